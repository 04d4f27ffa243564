/* know: joined words and the multimap over them. See words.h. */
#include "know/words.h"

#include "base/utf8.h"

bool qi_words_of(qi_words *out, qi_slice joined, qi_arena *arena, bool *memory) {
  *memory = false;
  *out = (qi_words){0};
  qi_slice rest = joined, word;
  while (qi_slice_split(&rest, '_', &word)) {
    if (word.len == 0 || out->n == QI_MAX_JOINED) return false;
    qi_slice copy = qi_utf8_lower(arena, word);
    if (!copy.ptr) {
      *memory = true;
      return false;
    }
    out->w[out->n++] = copy;
  }
  return out->n > 0;
}

void qi_multimap_clear(qi_multimap *m) {
  qi_map_clear(&m->heads);
  QI_VEC_CLEAR(&m->links);
}

bool qi_multimap_add(qi_multimap *m, qi_slice key, uint32_t value) {
  uint32_t at = (uint32_t)m->links.len;
  if (!QI_VEC_PUSH(&m->links, (qi_link){value, QI_MAP_NONE, at})) return false;
  uint32_t first = qi_multimap_first(m, key);
  if (first == QI_MAP_NONE) return qi_map_put(&m->heads, key, at);
  m->links.items[m->links.items[first].last].next = at;
  m->links.items[first].last = at;
  return true;
}

qi_slice qi_key(char room[QI_KEY_BYTES], qi_slice word, char part) {
  if (word.len + 2 > QI_KEY_BYTES) return (qi_slice){0};
  for (size_t i = 0; i < word.len; i++) room[i] = qi_ascii_lower(word.ptr[i]);
  room[word.len] = '/';
  room[word.len + 1] = part;
  return (qi_slice){room, word.len + 2};
}
