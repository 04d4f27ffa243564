/* know: operators.tsv, light.tsv -> lists by first word. */
#include "know/operators.h"

#include "base/vec.h"
#include "know/table.h"
#include <stdlib.h>

#define HEADER "word\tpos\tslot\teffect\tattribution\tnote"
#define LIGHT_HEADER "verb\teffect\tnote"

struct qi_operators {
  qi_arena arena;
  QI_VEC(qi_operator) list;
  QI_VEC(qi_light) lights;
  qi_multimap by_word;  /* "deny/v" */
  qi_multimap by_light; /* "launch/l" */
};

typedef struct named {
  const char *name;
  uint8_t value;
} named;

static const named parts[] = {{"v", 'v'},   {"n", 'n'}, {"a", 'a'}, {"adv", 'd'}, {"aux", 'x'},
                              {"det", 't'}, {"p", 'p'}, {"c", 'c'}, {NULL, 0}};

static const named effects[] = {{"asserted", QUID_ASSERTED},   {"reported", QUID_REPORTED},
                                {"claimed", QUID_CLAIMED},     {"denied", QUID_DENIED},
                                {"negated", QUID_NEGATED},     {"planned", QUID_PLANNED},
                                {"expected", QUID_EXPECTED},   {"possible", QUID_POSSIBLE},
                                {"requested", QUID_REQUESTED}, {"recommended", QUID_RECOMMENDED},
                                {NULL, 0}};

static const named attributions[] = {{"-", QI_ATTRIBUTION_NONE},  {"subj", QI_ATTRIBUTION_SUBJ},
                                     {"by", QI_ATTRIBUTION_BY},   {"obj", QI_ATTRIBUTION_OBJ},
                                     {NULL, 0}};

static const named light_effects[] = {
    {"same", QI_LIGHT_SAME},           {"start", QI_LIGHT_START},
    {"stop", QI_LIGHT_STOP},           {"negated", QI_LIGHT_NEGATED},
    {"planned", QI_LIGHT_PLANNED},     {"possible", QI_LIGHT_POSSIBLE},
    {"requested", QI_LIGHT_REQUESTED}, {"recommended", QI_LIGHT_RECOMMENDED},
    {NULL, 0}};

static bool lookup(const named *table, qi_slice name, uint8_t *value) {
  for (; table->name; table++)
    if (qi_slice_eq_str(name, table->name)) {
      *value = table->value;
      return true;
    }
  return false;
}

/* What a negated operator does where its line does not say. */
static uint8_t negated_effect(uint8_t effect) {
  switch (effect) {
  case QUID_ASSERTED:
  case QUID_PLANNED: return QUID_NEGATED;
  default: return QUID_POSSIBLE;
  }
}

static quid_status read_words(qi_words *out, qi_operators *ops, const qi_table *t, quid_error *err) {
  bool memory;
  if (qi_words_of(out, t->field[0], &ops->arena, &memory)) return QUID_OK;
  return memory ? qi_error_memory(err, "the operators")
                : qi_table_error(t, 0, err, "not a word", t->field[0]);
}

static quid_status index_word(qi_operators *ops, qi_multimap *map, qi_slice word, char part, size_t n,
                              quid_error *err) {
  char room[QI_KEY_BYTES];
  qi_slice key = qi_arena_slice(&ops->arena, qi_key(room, word, part));
  if (!key.ptr || !qi_multimap_add(map, key, (uint32_t)n))
    return qi_error_memory(err, "the operators");
  return QUID_OK;
}

static quid_status read_note(qi_operator *op, const qi_table *t, quid_error *err) {
  qi_slice rest = t->field[5], part;
  op->neg = negated_effect(op->effect);
  op->definite = QI_NO_STATUS;
  while (qi_slice_split(&rest, ';', &part)) {
    part = qi_slice_trim(part);
    uint8_t *into = qi_slice_starts(part, QI_SLICE("neg=")) ? &op->neg : qi_slice_starts(part, QI_SLICE("def=")) ? &op->definite : NULL;
    if (!into) return QUID_OK; /* the remark */
    qi_slice value = qi_slice_sub(part, 4, part.len);
    if (!lookup(effects, value, into)) return qi_table_error(t, 5, err, "unknown effect", value);
  }
  return QUID_OK;
}

static quid_status read_operator(qi_operators *ops, const qi_table *t, quid_error *err) {
  qi_operator op = {.line = (uint32_t)t->line};
  uint8_t part;
  quid_status status = read_words(&op.words, ops, t, err);
  if (status) return status;
  if (op.words.w[0].len + 2 > QI_KEY_BYTES)
    return qi_table_error(t, 0, err, "word too long", t->field[0]);
  if (!lookup(parts, t->field[1], &part))
    return qi_table_error(t, 1, err, "unknown part of speech", t->field[1]);
  op.part = (char)part;
  op.slot = qi_slot_of(t->field[2]);
  if (op.slot == QI_SLOT_NONE) return qi_table_error(t, 2, err, "unknown slot", t->field[2]);
  if (!lookup(effects, t->field[3], &op.effect))
    return qi_table_error(t, 3, err, "unknown effect", t->field[3]);
  if (!lookup(attributions, t->field[4], &op.attribution))
    return qi_table_error(t, 4, err, "unknown attribution", t->field[4]);
  if ((status = read_note(&op, t, err))) return status;
  if (!QI_VEC_PUSH(&ops->list, op)) return qi_error_memory(err, "the operators");
  return index_word(ops, &ops->by_word, op.words.w[0], op.part, ops->list.len - 1, err);
}

static quid_status read_light(qi_operators *ops, const qi_table *t, quid_error *err) {
  qi_light light = {.under = QI_SLOT_OBJ};
  quid_status status = read_words(&light.words, ops, t, err);
  if (status) return status;
  if (light.words.w[0].len + 2 > QI_KEY_BYTES)
    return qi_table_error(t, 0, err, "word too long", t->field[0]);
  if (!lookup(light_effects, t->field[1], &light.effect))
    return qi_table_error(t, 1, err, "unknown effect", t->field[1]);
  qi_slice note = t->field[2];
  light.subject_recipient = qi_slice_starts(note, QI_SLICE("subj=recipient"));
  if (qi_slice_starts(note, QI_SLICE("deed=subj"))) {
    light.under = QI_SLOT_SUBJ;
  } else if (light.words.n > 1) {
    /* "engage_in": a last word that is always a preposition, never a particle ("carry_out"). */
    qi_slice last = light.words.w[light.words.n - 1];
    static const char *const under[] = {"in", "into", "at", "under", "with", "for", "to", "by",
                                        "on", "of", "victim"};
    for (size_t i = 0; i < sizeof under / sizeof *under; i++)
      if (qi_slice_eq_str(last, under[i])) {
        light.under = qi_slot_of_preposition(last);
        light.words.n--;
        break;
      }
  }
  if (!QI_VEC_PUSH(&ops->lights, light)) return qi_error_memory(err, "the operators");
  return index_word(ops, &ops->by_light, light.words.w[0], 'l', ops->lights.len - 1, err);
}

typedef quid_status read_fn(qi_operators *, const qi_table *, quid_error *);

static quid_status read_table(qi_operators *ops, qi_slice data, const char *file, const char *header,
                              read_fn *read, quid_error *err) {
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, header, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = read(ops, &t, err);
  return status;
}

quid_status qi_operators_parse(qi_operators **out, qi_slice operators, const char *file,
                               qi_slice light, const char *light_file, quid_error *err) {
  *out = NULL;
  qi_operators *ops = calloc(1, sizeof *ops);
  if (!ops) return qi_error_memory(err, "the operators");
  qi_arena_init(&ops->arena, 0);
  quid_status status = read_table(ops, operators, file, HEADER, read_operator, err);
  if (!status) status = read_table(ops, light, light_file, LIGHT_HEADER, read_light, err);
  if (status) qi_operators_free(ops);
  else *out = ops;
  return status;
}

quid_status qi_operators_load(qi_operators **out, const char *dir, quid_error *err) {
  qi_builder data, light;
  char path[1024], light_path[1024];
  *out = NULL;
  quid_status status = qi_know_read(&data, path, sizeof path, dir, "status/operators.tsv", err);
  quid_status second = qi_know_read(&light, light_path, sizeof light_path, dir, "status/light.tsv", err);
  if (!status) status = second;
  if (!status)
    status = qi_operators_parse(out, qi_builder_view(&data), path, qi_builder_view(&light),
                                light_path, err);
  qi_builder_clear(&data);
  qi_builder_clear(&light);
  return status;
}

void qi_operators_free(qi_operators *ops) {
  if (!ops) return;
  qi_multimap_clear(&ops->by_word);
  qi_multimap_clear(&ops->by_light);
  QI_VEC_CLEAR(&ops->list);
  QI_VEC_CLEAR(&ops->lights);
  qi_arena_clear(&ops->arena);
  free(ops);
}

uint32_t qi_operators_first(const qi_operators *ops, qi_slice lemma, char part) {
  char room[QI_KEY_BYTES];
  qi_slice key = qi_key(room, lemma, part);
  return key.len ? qi_multimap_first(&ops->by_word, key) : QI_MAP_NONE;
}

const qi_operator *qi_operators_next(const qi_operators *ops, uint32_t *at) {
  if (*at == QI_MAP_NONE) return NULL;
  const qi_link *link = &ops->by_word.links.items[*at];
  *at = link->next;
  return &ops->list.items[link->value];
}

uint32_t qi_lights_first(const qi_operators *ops, qi_slice lemma) {
  char room[QI_KEY_BYTES];
  qi_slice key = qi_key(room, lemma, 'l');
  return key.len ? qi_multimap_first(&ops->by_light, key) : QI_MAP_NONE;
}

const qi_light *qi_lights_next(const qi_operators *ops, uint32_t *at) {
  if (*at == QI_MAP_NONE) return NULL;
  const qi_link *link = &ops->by_light.links.items[*at];
  *at = link->next;
  return &ops->lights.items[link->value];
}

uint32_t qi_operators_count(const qi_operators *ops) { return (uint32_t)ops->list.len; }

const qi_operator *qi_operators_get(const qi_operators *ops, uint32_t i) { return &ops->list.items[i]; }

uint32_t qi_lights_count(const qi_operators *ops) { return (uint32_t)ops->lights.len; }

const qi_light *qi_lights_get(const qi_operators *ops, uint32_t i) { return &ops->lights.items[i]; }
