/* base: text -> a small number, the same for the same text.
 * A map over texts that an arena keeps, and an array for the way back. */
#include "base/intern.h"

void qi_intern_init(qi_intern *in, size_t max_bytes) {
  *in = (qi_intern){0};
  qi_arena_init(&in->arena, max_bytes);
}

void qi_intern_clear(qi_intern *in) {
  QI_VEC_CLEAR(&in->texts);
  qi_map_clear(&in->ids);
  qi_arena_clear(&in->arena);
}

uint32_t qi_intern_add(qi_intern *in, qi_slice text) {
  uint32_t id;
  if (qi_map_get(&in->ids, text, &id)) return id;
  if (in->texts.len >= QI_INTERN_NONE) return QI_INTERN_NONE;
  id = (uint32_t)in->texts.len;
  /* Room first, so that a failure half-way leaves map and array in step. */
  if (!QI_VEC_RESERVE(&in->texts, in->texts.len + 1)) return QI_INTERN_NONE;
  qi_slice copy = qi_arena_slice(&in->arena, text);
  if (!copy.ptr || !qi_map_put(&in->ids, copy, id)) return QI_INTERN_NONE;
  in->texts.items[in->texts.len++] = copy;
  return id;
}

uint32_t qi_intern_find(const qi_intern *in, qi_slice text) {
  return qi_map_find(&in->ids, text, QI_INTERN_NONE);
}

qi_slice qi_intern_text(const qi_intern *in, uint32_t id) {
  return id < in->texts.len ? in->texts.items[id] : QI_SLICE("");
}

size_t qi_intern_count(const qi_intern *in) { return in->texts.len; }
