/* know: examples/(name).tsv -> rows whose spans are not in the sentence, or whose labels are none.
 *
 * Worked example: actor "Russian troop" in "Russian troops entered Kherson." occurs there; recipient
 * "Kyiv" does not -> "not in the sentence 'Kyiv'". */
#include "know/check.h"

#include "base/map.h"
#include "base/utf8.h"
#include "know/ontology.h"

enum { SENTENCE, ACTOR, RECIPIENT, EVENT, MODE, STATUS, RELATE, CAMEO, FORM };
enum { LEAST_WORDS = 4, MOST_WORDS = 70 };

#define TELL(c, t, i, problem) \
  qi_check_tell((c), (t)->file, (t)->line, (t)->column[i], false, "%s '%.*s'", (problem), QI_SLICE_ARG((t)->field[i]))

static bool none(qi_slice s) { return qi_slice_eq_str(s, "-"); }

static bool is_status(qi_slice name) {
  for (int i = 0; i < QUID_N_EVENT_STATUSES; i++)
    if (qi_slice_eq_str(name, quid_event_status_name((quid_event_status)i))) return true;
  return false;
}

static bool is_code(qi_slice code) {
  for (size_t i = 0; i < code.len; i++)
    if (!qi_ascii_is_digit(code.ptr[i])) return false;
  return code.len >= 2 && code.len <= 4;
}

static void check_spans(qi_check *c, const qi_table *t) {
  qi_slice rest = t->field[SENTENCE], word;
  size_t n = 0;
  while (qi_slice_word(&rest, &word)) n++;
  if (n < LEAST_WORDS || n > MOST_WORDS)
    qi_check_tell(c, t->file, t->line, t->column[SENTENCE], true, "sentence of %zu words", n);
  if (t->field[ACTOR].len == 0 || none(t->field[ACTOR])) TELL(c, t, ACTOR, "no actor");
  else if (qi_slice_find(t->field[SENTENCE], t->field[ACTOR]) == QI_NOT_FOUND) TELL(c, t, ACTOR, "not in the sentence");
  if (t->field[RECIPIENT].len == 0) TELL(c, t, RECIPIENT, "empty recipient, '-' for none");
  else if (!none(t->field[RECIPIENT]) && qi_slice_find(t->field[SENTENCE], t->field[RECIPIENT]) == QI_NOT_FOUND)
    TELL(c, t, RECIPIENT, "not in the sentence");
}

static void check_labels(qi_check *c, const qi_table *t) {
  quid_event_type type = QUID_N_EVENT_TYPES, relate;
  const char *text;
  bool nothing = qi_slice_eq_str(t->field[EVENT], "NONE");
  bool known = qi_ontology_type(t->field[EVENT], &type);
  if (!known && !nothing) TELL(c, t, EVENT, "unknown event type");
  if (!qi_ontology_type(t->field[RELATE], &relate) && !qi_slice_eq_str(t->field[RELATE], "NONE"))
    TELL(c, t, RELATE, "unknown event type");
  if (!none(t->field[MODE])) {
    if (nothing) TELL(c, t, MODE, "mode of nothing");
    else if (known && c->know.ontology && !qi_ontology_mode(c->know.ontology, type, t->field[MODE], &text))
      TELL(c, t, MODE, "no mode of this event type:");
  }
  if (nothing && !none(t->field[STATUS])) TELL(c, t, STATUS, "status of nothing");
  if (!nothing && !is_status(t->field[STATUS])) TELL(c, t, STATUS, "unknown status");
  if (!none(t->field[CAMEO]) && !is_code(t->field[CAMEO])) TELL(c, t, CAMEO, "not a CAMEO code");
  if (t->field[FORM].len == 0) TELL(c, t, FORM, "no form");
}

/* The same sentence with the same parties. */
static void check_twice(qi_check *c, qi_map *seen, const qi_table *t) {
  qi_slice lower = qi_utf8_lower(&c->arena, t->field[SENTENCE]);
  qi_slice key = qi_arena_printf(&c->arena, "%.*s\t%.*s\t%.*s", QI_SLICE_ARG(lower), QI_SLICE_ARG(t->field[ACTOR]),
                                 QI_SLICE_ARG(t->field[RECIPIENT]));
  uint32_t old = 0;
  if (key.ptr && qi_map_get(seen, key, &old))
    qi_check_tell(c, t->file, t->line, t->column[SENTENCE], false, "row given twice: see line %u", old);
  else if (!key.ptr || !qi_map_put(seen, key, (uint32_t)t->line))
    c->memory = true;
}

void qi_check_example_file(qi_check *c, const qi_check_file *file) {
  static const char header[] = "sentence\tactor\trecipient\tevent\tmode\tstatus\trelate\tcameo\tform";
  qi_table t;
  quid_error err = {0};
  qi_map seen = {0};
  quid_status status = qi_table_open(&t, file->data, file->path, header, &err);
  bool more = !status;
  while (more) {
    if (!status && !(status = qi_table_next(&t, &more, &err)) && more) {
      check_spans(c, &t);
      check_labels(c, &t);
      check_twice(c, &seen, &t);
    }
    if (!status) continue;
    qi_check_tell(c, file->path, err.line, err.column, false, "%s", err.message);
    qi_error_clear(&err);
    status = QUID_OK;
  }
  if (status) qi_check_tell(c, file->path, err.line, err.column, false, "%s", err.message);
  qi_map_clear(&seen);
}
