/* know: status/operators.tsv and status/examples.tsv -> operators without an example, and examples of no operator, of no status, or
 * whose deed is not in their sentence.
 *
 * Worked example: "deny v comp" stands in operators.tsv and in no row of examples.tsv -> "no example of 'deny' (v comp)". */
#include "know/check.h"

#include "base/map.h"
#include "know/operators.h"

enum { WORD, POS, SLOT, STATUS, DEED, SENTENCE };

static const char operators_header[] = "word\tpos\tslot\teffect\tattribution\tnote";
static const char examples_header[] = "word\tpos\tslot\tstatus\tdeed\tsentence";

static qi_slice key_of(qi_check *c, const qi_table *t) {
  return qi_arena_printf(&c->arena, "%.*s\t%.*s\t%.*s", QI_SLICE_ARG(t->field[WORD]), QI_SLICE_ARG(t->field[POS]), QI_SLICE_ARG(t->field[SLOT]));
}

static const qi_check_file *file_named(const qi_check *c, const char *name) {
  for (size_t i = 0; i < c->files.len; i++) {
    const qi_check_file *f = &c->files.items[i];
    if (strcmp(f->part, "status") == 0 && qi_slice_ends(qi_slice_str(f->path), qi_slice_str(name))) return f;
  }
  return NULL;
}

static bool is_status(qi_slice name) {
  for (int i = 0; i < QUID_N_EVENT_STATUSES; i++)
    if (qi_slice_eq_str(name, quid_event_status_name((quid_event_status)i))) return true;
  return false;
}

/* The keys of a table's rows, with their line. false: the file has another header, told by its loader or here. */
static bool read_keys(qi_check *c, const qi_check_file *f, const char *header, qi_map *keys) {
  qi_table t;
  quid_error err = {0};
  if (qi_table_open(&t, f->data, f->path, header, &err)) {
    qi_check_tell(c, f->path, err.line, err.column, false, "%s", err.message);
    qi_error_clear(&err);
    return false;
  }
  while (qi_check_row(&t)) {
    qi_slice key = key_of(c, &t);
    if (!key.ptr || !qi_map_put(keys, key, (uint32_t)t.line)) c->memory = true;
  }
  return true;
}

#define TELL(i, problem) qi_check_tell(c, t->file, t->line, t->column[i], false, "%s '%.*s'", (problem), QI_SLICE_ARG(t->field[i]))

static void check_example(qi_check *c, const qi_table *t, const qi_map *operators) {
  qi_slice deed = t->field[DEED], key = key_of(c, t);
  if (deed.len > 2 && deed.ptr[deed.len - 2] == '#') deed.len -= 2;
  if (!key.ptr) c->memory = true;
  else if (qi_map_find(operators, key, QI_MAP_NONE) == QI_MAP_NONE) TELL(WORD, "example of no operator");
  if (!is_status(t->field[STATUS])) TELL(STATUS, "unknown status");
  if (deed.len == 0 || qi_slice_find(t->field[SENTENCE], deed) == QI_NOT_FOUND) TELL(DEED, "not in the sentence");
}

void qi_check_operators(qi_check *c) {
  const qi_check_file *list = file_named(c, "/operators.tsv"), *examples = file_named(c, "/examples.tsv");
  qi_map operators = {0}, shown = {0};
  qi_table t;
  if (list && read_keys(c, list, operators_header, &operators) && (!examples || read_keys(c, examples, examples_header, &shown))) {
    if (examples && !qi_table_open(&t, examples->data, examples->path, examples_header, NULL))
      while (!c->memory && qi_check_row(&t)) check_example(c, &t, &operators);
    if (!qi_table_open(&t, list->data, list->path, operators_header, NULL))
      while (!c->memory && qi_check_row(&t)) {
        qi_slice key = key_of(c, &t);
        if (key.ptr && qi_map_find(&shown, key, QI_MAP_NONE) != QI_MAP_NONE) continue;
        qi_check_tell(c, t.file, t.line, t.column[WORD], false, "no example of '%.*s' (%.*s %.*s)", QI_SLICE_ARG(t.field[WORD]),
                      QI_SLICE_ARG(t.field[POS]), QI_SLICE_ARG(t.field[SLOT]));
      }
  }
  qi_map_clear(&operators);
  qi_map_clear(&shown);
}
