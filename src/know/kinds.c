/* know: names/kinds.tsv -> word -> the types of actor that it may mean again. */
#include "know/kinds.h"

#include "base/map.h"
#include "know/table.h"
#include <stdlib.h>

struct qi_kinds {
  qi_arena arena;
  qi_map of; /* lemma -> bits */
};

static quid_status read_types(const qi_table *t, uint32_t *bits, quid_error *err) {
  qi_slice rest = t->field[1], one;
  *bits = 0;
  while (qi_slice_word(&rest, &one)) {
    int type = qi_actor_type_find(one);
    if (type >= 0) *bits |= 1u << type;
    else if (qi_slice_eq_str(one, "office")) *bits |= QI_KIND_OFFICE;
    else if (qi_slice_eq_str(one, "other")) *bits |= QI_KIND_OTHER;
    else return qi_table_error(t, 1, err, "unknown type", one);
  }
  return *bits ? QUID_OK : qi_table_error(t, 1, err, "no type for", t->field[0]);
}

static quid_status add_row(qi_kinds *k, const qi_table *t, quid_error *err) {
  uint32_t bits;
  quid_status status = read_types(t, &bits, err);
  qi_slice rest = t->field[0], word;
  if (status) return status;
  if (!rest.len) return qi_table_error(t, 0, err, "no words for", t->field[1]);
  while (qi_slice_split(&rest, '|', &word)) {
    word = qi_slice_trim(word);
    if (!word.len) return qi_table_error(t, 0, err, "empty word in", t->field[0]);
    if (qi_map_get(&k->of, word, NULL)) return qi_table_error(t, 0, err, "word listed twice", word);
    qi_slice key = qi_arena_slice(&k->arena, word);
    if (!key.ptr || !qi_map_put(&k->of, key, bits)) return qi_error_memory(err, "the kinds of names");
  }
  return QUID_OK;
}

quid_status qi_kinds_parse(qi_kinds **out, qi_slice data, const char *file, quid_error *err) {
  qi_kinds *k = calloc(1, sizeof *k);
  if (!k) return qi_error_memory(err, "the kinds of names");
  qi_arena_init(&k->arena, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, "words\ttypes\tsource", err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = add_row(k, &t, err);
  if (status) qi_kinds_free(k);
  else *out = k;
  return status;
}

quid_status qi_kinds_load(qi_kinds **out, const char *dir, quid_error *err) {
  qi_builder data;
  char path[4096];
  quid_status status = qi_know_read(&data, path, sizeof path, dir, "names/kinds.tsv", err);
  if (!status) status = qi_kinds_parse(out, qi_builder_view(&data), path, err);
  qi_builder_clear(&data);
  return status;
}

void qi_kinds_free(qi_kinds *k) {
  if (!k) return;
  qi_map_clear(&k->of);
  qi_arena_clear(&k->arena);
  free(k);
}

uint32_t qi_kinds_of(const qi_kinds *k, qi_slice lemma) { return k ? qi_map_find(&k->of, lemma, 0) : 0; }
