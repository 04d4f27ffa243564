/* A hash map from text to a 32-bit number. Open addressing, XXH3, load under 3/4.
 * The text of the keys is *borrowed*: it must outlive the map (keep it in an
 * arena or a mapped file). Once no one puts any more, any number of threads may get. */
#ifndef QI_BASE_MAP_H
#define QI_BASE_MAP_H

#include "base/slice.h"
#include <stdint.h>

typedef struct qi_map_slot qi_map_slot;

typedef struct qi_map {
  qi_map_slot *slots; /* [cap], cap a power of two */
  size_t len, cap;
} qi_map;

#define QI_MAP_NONE UINT32_MAX

/* A zeroed map is an empty map, so `qi_map m = {0};` does as well. */
void qi_map_init(qi_map *map);
void qi_map_clear(qi_map *map);
/* Make room for n keys at once. false: out of memory. */
bool qi_map_reserve(qi_map *map, size_t n);
/* Add or overwrite. false: out of memory, the map unchanged. */
bool qi_map_put(qi_map *map, qi_slice key, uint32_t value);
/* *value is set only when found; value may be NULL. */
bool qi_map_get(const qi_map *map, qi_slice key, uint32_t *value);
/* The value, or `otherwise`. */
uint32_t qi_map_find(const qi_map *map, qi_slice key, uint32_t otherwise);
/* All entries, in an order that depends only on what was put and when:
 *   size_t at = 0;
 *   while (qi_map_next(&map, &at, &key, &value)) ... */
bool qi_map_next(const qi_map *map, size_t *at, qi_slice *key, uint32_t *value);

#endif
