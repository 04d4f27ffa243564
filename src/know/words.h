/* know: an entry of one or several words ("carry_out", "according_to", "no-fly_zone"), and a
 * multimap from first or last word to entries. */
#ifndef QI_KNOW_WORDS_H
#define QI_KNOW_WORDS_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

#define QI_MAX_JOINED 6

typedef struct qi_words {
  uint32_t n;                 /* 1 .. QI_MAX_JOINED */
  qi_slice w[QI_MAX_JOINED];  /* *borrowed* from the owner's arena, lower case */
} qi_words;

/* "carry_out" -> {carry, out}, lower-cased copies in the arena. false: empty, too many words, or out of
 * memory (told by *memory). */
bool qi_words_of(qi_words *out, qi_slice joined, qi_arena *arena, bool *memory);

/* Key -> list of numbers, in order of addition. */
typedef struct qi_link {
  uint32_t value, next, last; /* last: of the list that starts here */
} qi_link;

typedef struct qi_multimap {
  qi_map heads; /* key -> index into links */
  QI_VEC(qi_link) links;
} qi_multimap;

void qi_multimap_clear(qi_multimap *m);
/* The key is *borrowed*. false: out of memory. */
bool qi_multimap_add(qi_multimap *m, qi_slice key, uint32_t value);
/* uint32_t at = qi_multimap_first(m, key); at != QI_MAP_NONE; at = m->links.items[at].next */
static inline uint32_t qi_multimap_first(const qi_multimap *m, qi_slice key) {
  return qi_map_find(&m->heads, key, QI_MAP_NONE);
}

/* Key "word/v" in `room` (words longer than that give the empty slice, which is no key). */
#define QI_KEY_BYTES 64
qi_slice qi_key(char room[QI_KEY_BYTES], qi_slice word, char part);

#endif
