/* know: cameo.tsv -> a table of codes. A code that has no row of its own is what its beginning is:
 * 065 (not there) -> 06, COOPERATE; 0231 -> 02, which PLOVER does not have. */
#include "know/cameo.h"

#include "base/map.h"
#include "base/vec.h"
#include "know/table.h"

static const char HEADER[] = "cameo\tevent\tmode\tcontext\tname\tsource";

struct qi_cameo {
  qi_arena arena;
  qi_map by_code;
  QI_VEC(qi_cameo_row) rows;
};

static quid_status read_row(qi_cameo *c, const qi_table *t, const qi_ontology *o, quid_error *err) {
  qi_cameo_row row = {.type = QUID_N_EVENT_TYPES};
  qi_slice word, rest = t->field[3];
  if (!t->field[0].len) return qi_table_error(t, 0, err, "no code", t->field[0]);
  if (!qi_slice_eq_str(t->field[1], "-") && !qi_ontology_type(t->field[1], &row.type))
    return qi_table_error(t, 1, err, "unknown event", t->field[1]);
  if (!qi_slice_eq_str(t->field[2], "-") &&
      (row.type == QUID_N_EVENT_TYPES || !qi_ontology_mode(o, row.type, t->field[2], &row.mode)))
    return qi_table_error(t, 2, err, "unknown mode", t->field[2]);
  while (qi_slice_word(&rest, &word)) {
    if (qi_slice_eq_str(word, "-")) continue;
    if (row.n_contexts == QI_CAMEO_CONTEXTS || !qi_ontology_context(o, word, &row.contexts[row.n_contexts]))
      return qi_table_error(t, 3, err, "unknown context, or too many", word);
    row.n_contexts++;
  }
  if (qi_map_find(&c->by_code, t->field[0], QI_MAP_NONE) != QI_MAP_NONE)
    return qi_table_error(t, 0, err, "code given twice", t->field[0]);
  row.code = qi_arena_slice(&c->arena, t->field[0]);
  row.name = qi_arena_slice(&c->arena, t->field[4]);
  uint32_t at = (uint32_t)c->rows.len;
  if (!row.code.ptr || !row.name.ptr || !QI_VEC_PUSH(&c->rows, row) || !qi_map_put(&c->by_code, row.code, at))
    return qi_error_memory(err, "the CAMEO codes");
  return QUID_OK;
}

quid_status qi_cameo_parse(qi_cameo **out, qi_slice data, const char *file, const qi_ontology *ontology, quid_error *err) {
  *out = NULL;
  qi_cameo *c = calloc(1, sizeof *c);
  if (!c) return qi_error_memory(err, "the CAMEO codes");
  qi_arena_init(&c->arena, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, HEADER, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = read_row(c, &t, ontology, err);
  if (status) qi_cameo_free(c);
  else *out = c;
  return status;
}

quid_status qi_cameo_load(qi_cameo **out, const char *dir, const qi_ontology *ontology, quid_error *err) {
  qi_builder data;
  char path[1024];
  *out = NULL;
  quid_status status = qi_know_read(&data, path, sizeof path, dir, "cameo.tsv", err);
  if (!status) status = qi_cameo_parse(out, qi_builder_view(&data), path, ontology, err);
  qi_builder_clear(&data);
  return status;
}

void qi_cameo_free(qi_cameo *c) {
  if (!c) return;
  qi_map_clear(&c->by_code);
  QI_VEC_CLEAR(&c->rows);
  qi_arena_clear(&c->arena);
  free(c);
}

const qi_cameo_row *qi_cameo_find(const qi_cameo *c, qi_slice code, bool *exact) {
  for (size_t n = code.len; n >= 2; n--) {
    uint32_t at = qi_map_find(&c->by_code, qi_slice_sub(code, 0, n), QI_MAP_NONE);
    if (at == QI_MAP_NONE) continue;
    *exact = n == code.len;
    return &c->rows.items[at];
  }
  return NULL;
}
