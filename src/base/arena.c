/* base: many small requests -> few large blocks, freed together.
 * A chain of blocks, each at least twice the last up to a maximum; reset rewinds to the first.
 * Under AddressSanitizer the unused part of a block is poisoned and a red zone follows each
 * allocation, so that an overrun inside the arena is caught as it would be on the heap. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define QI_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define QI_ASAN 1
#endif

#ifdef QI_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#define RED_ZONE_BYTES QI_ARENA_ALIGN
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define RED_ZONE_BYTES 0
#endif

#define FIRST_BLOCK_BYTES ((size_t)16 << 10)
#define LARGEST_BLOCK_BYTES ((size_t)4 << 20)

struct qi_arena_block {
  qi_arena_block *next;
  size_t used, cap; /* bytes of data */
  _Alignas(QI_ARENA_ALIGN) char data[];
};

void qi_arena_init(qi_arena *arena, size_t max_bytes) {
  *arena = (qi_arena){.max_bytes = max_bytes ? max_bytes : QI_ARENA_NO_LIMIT};
}

void qi_arena_clear(qi_arena *arena) {
  for (qi_arena_block *block = arena->first; block;) {
    qi_arena_block *next = block->next;
    UNPOISON(block->data, block->cap);
    free(block);
    block = next;
  }
  arena->first = arena->current = NULL;
  arena->used_bytes = 0;
}

void qi_arena_reset(qi_arena *arena) {
  for (qi_arena_block *block = arena->first; block; block = block->next) {
    POISON(block->data, block->cap);
    block->used = 0;
  }
  arena->current = arena->first;
  arena->used_bytes = 0;
}

/* A block with `need` free bytes as the current one; NULL out of memory. */
static qi_arena_block *room(qi_arena *arena, size_t need) {
  qi_arena_block *block = arena->current;
  if (block && block->cap - block->used >= need) return block;
  /* After a reset the chain has blocks behind the current one; the first that fits is taken and
   * the ones passed over stay empty until the next reset. */
  while (block && block->next) {
    block = block->next;
    if (block->cap - block->used >= need) return arena->current = block;
  }
  size_t cap = block ? block->cap * 2 : FIRST_BLOCK_BYTES;
  if (cap > LARGEST_BLOCK_BYTES) cap = LARGEST_BLOCK_BYTES;
  if (cap < need) cap = need;
  qi_arena_block *fresh = malloc(sizeof *fresh + cap);
  if (!fresh) return NULL;
  *fresh = (qi_arena_block){.cap = cap};
  POISON(fresh->data, cap);
  if (block) block->next = fresh;
  else arena->first = fresh;
  return arena->current = fresh;
}

void *qi_arena_alloc(qi_arena *arena, size_t size_bytes) {
  if (size_bytes > SIZE_MAX / 4) return NULL;
  size_t padded = (size_bytes + QI_ARENA_ALIGN - 1) / QI_ARENA_ALIGN * QI_ARENA_ALIGN;
  if (padded == 0) padded = QI_ARENA_ALIGN;
  /* A zeroed arena has max_bytes 0, which means no ceiling, as it does in init. */
  size_t max = arena->max_bytes ? arena->max_bytes : QI_ARENA_NO_LIMIT;
  if (arena->used_bytes > max || padded > max - arena->used_bytes) return NULL;
  qi_arena_block *block = room(arena, padded + RED_ZONE_BYTES);
  if (!block) return NULL;
  char *p = block->data + block->used;
  block->used += padded + RED_ZONE_BYTES;
  arena->used_bytes += padded;
  UNPOISON(p, size_bytes);
  return p;
}

void *qi_arena_zalloc(qi_arena *arena, size_t size_bytes) {
  void *p = qi_arena_alloc(arena, size_bytes);
  return p ? memset(p, 0, size_bytes) : NULL;
}

void *qi_arena_array(qi_arena *arena, size_t n, size_t item_bytes) {
  if (item_bytes && n > SIZE_MAX / item_bytes) return NULL;
  return qi_arena_zalloc(arena, n * item_bytes);
}

char *qi_arena_strdup(qi_arena *arena, qi_slice s) {
  if (s.len == SIZE_MAX) return NULL;
  char *p = qi_arena_alloc(arena, s.len + 1);
  if (!p) return NULL;
  if (s.len) memcpy(p, s.ptr, s.len);
  p[s.len] = '\0';
  return p;
}

qi_slice qi_arena_slice(qi_arena *arena, qi_slice s) {
  char *p = qi_arena_strdup(arena, s);
  return (qi_slice){p, p ? s.len : 0};
}

qi_slice qi_arena_vprintf(qi_arena *arena, const char *fmt, va_list args) {
  va_list again;
  va_copy(again, args);
  int len = vsnprintf(NULL, 0, fmt, args);
  char *p = len < 0 ? NULL : qi_arena_alloc(arena, (size_t)len + 1);
  if (p) vsnprintf(p, (size_t)len + 1, fmt, again);
  va_end(again);
  return (qi_slice){p, p ? (size_t)len : 0};
}

qi_slice qi_arena_printf(qi_arena *arena, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  qi_slice s = qi_arena_vprintf(arena, fmt, args);
  va_end(args);
  return s;
}
