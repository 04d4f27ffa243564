/* know: ontology.tsv -> types with quad class and score, their modes, and the contexts. */
#include "know/ontology.h"

#include "base/arena.h"
#include "base/vec.h"
#include "know/table.h"
#include <stdlib.h>

#define HEADER "event\tmode\tquad\tscore\tmeaning"

typedef struct mode_row {
  quid_event_type type;
  qi_slice name; /* NUL-terminated */
  double score;
} mode_row;

typedef struct type_row {
  bool given;
  const char *quad;
  double score;
} type_row;

struct qi_ontology {
  qi_arena arena;
  type_row types[QUID_N_EVENT_TYPES];
  QI_VEC(mode_row) modes;
  QI_VEC(qi_slice) contexts;
};

static const char *const quads[] = {"verbal cooperation", "material cooperation", "verbal conflict",
                                    "material conflict"};

static const char *const type_names[QUID_N_EVENT_TYPES] = {
    "AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
    "ACCUSE", "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT"};

static const char *const status_names[QUID_N_EVENT_STATUSES] = {
    "asserted", "reported", "claimed",  "denied",    "negated",
    "planned",  "expected", "possible", "requested", "recommended"};

const char *quid_event_type_name(quid_event_type type) {
  if (type == QUID_N_EVENT_TYPES) return "";
  return (unsigned)type < QUID_N_EVENT_TYPES ? type_names[type] : "unknown";
}

const char *quid_event_status_name(quid_event_status status) {
  return (unsigned)status < QUID_N_EVENT_STATUSES ? status_names[status] : "unknown";
}

bool qi_ontology_type(qi_slice name, quid_event_type *type) {
  for (int i = 0; i < QUID_N_EVENT_TYPES; i++)
    if (qi_slice_eq_str(name, type_names[i])) {
      *type = (quid_event_type)i;
      return true;
    }
  return false;
}

static const mode_row *find_mode(const qi_ontology *o, quid_event_type type, qi_slice mode) {
  for (size_t i = 0; i < o->modes.len; i++)
    if (o->modes.items[i].type == type && qi_slice_eq(o->modes.items[i].name, mode))
      return &o->modes.items[i];
  return NULL;
}

bool qi_ontology_mode(const qi_ontology *o, quid_event_type type, qi_slice mode, const char **text) {
  const mode_row *row = find_mode(o, type, mode);
  if (row) *text = row->name.ptr;
  return row != NULL;
}

bool qi_ontology_context(const qi_ontology *o, qi_slice context, const char **text) {
  for (size_t i = 0; i < o->contexts.len; i++)
    if (qi_slice_eq(o->contexts.items[i], context)) {
      *text = o->contexts.items[i].ptr;
      return true;
    }
  return false;
}

const char *qi_ontology_quad(const qi_ontology *o, quid_event_type type) {
  return type < QUID_N_EVENT_TYPES ? o->types[type].quad : "";
}

double qi_ontology_score(const qi_ontology *o, quid_event_type type, const char *mode) {
  if (type >= QUID_N_EVENT_TYPES) return 0;
  const mode_row *row = mode ? find_mode(o, type, qi_slice_str(mode)) : NULL;
  return row ? row->score : o->types[type].score;
}

static quid_status read_row(qi_ontology *o, const qi_table *t, quid_error *err) {
  const char *text;
  quid_event_type type;
  if (qi_slice_eq_str(t->field[0], "context")) {
    qi_slice name = qi_arena_slice(&o->arena, t->field[1]);
    if (qi_ontology_context(o, t->field[1], &text))
      return qi_table_error(t, 1, err, "context given twice", t->field[1]);
    if (!name.ptr || !QI_VEC_PUSH(&o->contexts, name)) return qi_error_memory(err, "the ontology");
    return QUID_OK;
  }
  if (!qi_ontology_type(t->field[0], &type))
    return qi_table_error(t, 0, err, "unknown event type", t->field[0]);
  double score;
  if (!qi_slice_to_double(t->field[3], &score))
    return qi_table_error(t, 3, err, "not a number", t->field[3]);
  if (!qi_slice_eq_str(t->field[1], "-")) {
    if (find_mode(o, type, t->field[1]))
      return qi_table_error(t, 1, err, "mode given twice", t->field[1]);
    qi_slice name = qi_arena_slice(&o->arena, t->field[1]);
    if (!name.ptr || !QI_VEC_PUSH(&o->modes, (mode_row){type, name, score}))
      return qi_error_memory(err, "the ontology");
    return QUID_OK;
  }
  if (o->types[type].given) return qi_table_error(t, 0, err, "type given twice", t->field[0]);
  for (size_t i = 0; i < sizeof quads / sizeof *quads; i++)
    if (qi_slice_eq_str(t->field[2], quads[i])) o->types[type] = (type_row){true, quads[i], score};
  if (!o->types[type].given) return qi_table_error(t, 2, err, "unknown quad class", t->field[2]);
  return QUID_OK;
}

quid_status qi_ontology_parse(qi_ontology **out, qi_slice data, const char *file, quid_error *err) {
  *out = NULL;
  qi_ontology *o = calloc(1, sizeof *o);
  if (!o) return qi_error_memory(err, "the ontology");
  qi_arena_init(&o->arena, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, HEADER, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = read_row(o, &t, err);
  for (int i = 0; !status && i < QUID_N_EVENT_TYPES; i++)
    if (!o->types[i].given)
      status = qi_error_at(err, QUID_ERR_FORMAT, file, 0, 0, "no line for type '%s'", type_names[i]);
  if (status) qi_ontology_free(o);
  else *out = o;
  return status;
}

quid_status qi_ontology_load(qi_ontology **out, const char *dir, quid_error *err) {
  qi_builder data;
  char path[1024];
  *out = NULL;
  quid_status status = qi_know_read(&data, path, sizeof path, dir, "ontology.tsv", err);
  if (!status) status = qi_ontology_parse(out, qi_builder_view(&data), path, err);
  qi_builder_clear(&data);
  return status;
}

void qi_ontology_free(qi_ontology *o) {
  if (!o) return;
  QI_VEC_CLEAR(&o->modes);
  QI_VEC_CLEAR(&o->contexts);
  qi_arena_clear(&o->arena);
  free(o);
}
