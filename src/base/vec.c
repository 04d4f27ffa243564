/* base: the growth behind QI_VEC. Capacity grows by half again, from 8.
 * The typed pointer is read and written with memcpy, because a `T **` is not a `void **`. */
#include "base/vec.h"

#include <stdint.h>
#include <string.h>

#define FIRST_CAP 8

static bool next_cap(size_t cap, size_t need, size_t item_bytes, size_t *out) {
  size_t next = cap < FIRST_CAP ? FIRST_CAP : cap + cap / 2;
  if (next < need) next = need;
  if (next < cap || next > SIZE_MAX / 4 / item_bytes) return false;
  *out = next;
  return true;
}

bool qi_vec_grow(void *items, size_t *cap, size_t need, size_t item_bytes) {
  size_t next;
  if (!next_cap(*cap, need, item_bytes, &next)) return false;
  void *old, *fresh;
  memcpy(&old, items, sizeof old);
  fresh = realloc(old, next * item_bytes);
  if (!fresh) return false;
  memcpy(items, &fresh, sizeof fresh);
  *cap = next;
  return true;
}

bool qi_vec_grow_in(qi_arena *arena, void *items, size_t *cap, size_t len, size_t need,
                    size_t item_bytes) {
  size_t next;
  if (!next_cap(*cap, need, item_bytes, &next)) return false;
  void *old, *fresh = qi_arena_alloc(arena, next * item_bytes);
  if (!fresh) return false;
  memcpy(&old, items, sizeof old);
  if (len) memcpy(fresh, old, len * item_bytes);
  memcpy(items, &fresh, sizeof fresh);
  *cap = next;
  return true;
}
