/* base: text -> number. Open addressing with linear probing over XXH3 hashes.
 * The whole hash is kept in the slot: most misses are seen without touching the key, and growing
 * rehashes nothing. Keys are never removed, so there are no tombstones. */
#include "base/map.h"

#include "base/hash.h"

#include <stdlib.h>

#define FIRST_CAP 16

struct qi_map_slot {
  uint64_t hash;
  qi_slice key; /* *borrowed* */
  uint32_t value;
  bool taken;
};

void qi_map_init(qi_map *map) { *map = (qi_map){0}; }

void qi_map_clear(qi_map *map) {
  free(map->slots);
  qi_map_init(map);
}

/* The slot that holds the key, or the free one where it belongs. cap must be > len. */
static qi_map_slot *probe(qi_map_slot *slots, size_t cap, uint64_t hash, qi_slice key) {
  for (size_t i = (size_t)hash & (cap - 1);; i = (i + 1) & (cap - 1)) {
    qi_map_slot *slot = &slots[i];
    if (!slot->taken || (slot->hash == hash && qi_slice_eq(slot->key, key))) return slot;
  }
}

static bool grow(qi_map *map, size_t cap) {
  qi_map_slot *slots = calloc(cap, sizeof *slots);
  if (!slots) return false;
  for (size_t i = 0; i < map->cap; i++) {
    const qi_map_slot *old = &map->slots[i];
    if (old->taken) *probe(slots, cap, old->hash, old->key) = *old;
  }
  free(map->slots);
  map->slots = slots;
  map->cap = cap;
  return true;
}

bool qi_map_reserve(qi_map *map, size_t n) {
  size_t cap = map->cap ? map->cap : FIRST_CAP;
  while (n > cap / 4 * 3) {
    if (cap > SIZE_MAX / 4 / sizeof(qi_map_slot)) return false;
    cap *= 2;
  }
  return cap == map->cap || grow(map, cap);
}

bool qi_map_put(qi_map *map, qi_slice key, uint32_t value) {
  if (!qi_map_reserve(map, map->len + 1)) return false;
  uint64_t hash = qi_hash64(key);
  qi_map_slot *slot = probe(map->slots, map->cap, hash, key);
  if (slot->taken) {
    slot->value = value;
    return true;
  }
  *slot = (qi_map_slot){.hash = hash, .key = key, .value = value, .taken = true};
  map->len++;
  return true;
}

bool qi_map_get(const qi_map *map, qi_slice key, uint32_t *value) {
  if (map->len == 0) return false;
  const qi_map_slot *slot = probe(map->slots, map->cap, qi_hash64(key), key);
  if (!slot->taken) return false;
  if (value) *value = slot->value;
  return true;
}

uint32_t qi_map_find(const qi_map *map, qi_slice key, uint32_t otherwise) {
  uint32_t value = otherwise;
  qi_map_get(map, key, &value);
  return value;
}

bool qi_map_next(const qi_map *map, size_t *at, qi_slice *key, uint32_t *value) {
  for (; *at < map->cap; (*at)++) {
    const qi_map_slot *slot = &map->slots[*at];
    if (!slot->taken) continue;
    *key = slot->key;
    *value = slot->value;
    (*at)++;
    return true;
  }
  return false;
}
