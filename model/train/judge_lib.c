/* What judge.py calls: the features of src/code/pair.c, so that training sees the very features that
 * running sees. Built by judge.py into a shared object, over the program's own library. */
#include "know/know.h"
#include "run/row.h"

#include <stdlib.h>
#include <string.h>

typedef struct trainer {
  qi_model *model;
  qi_know know;
  qi_parser *parser;
  qi_arena arena;
} trainer;

/* NULL: `message` [QUID_ERROR_MESSAGE_BYTES] says why. */
trainer *trainer_open(const char *model, const char *knowledge, char *message, size_t room);
/* The features of two phrases of a sentence, each found as `quid relate` finds it. trigger: the word asked about, -1 none.
 * words [max_words][3]: 1 known vector, bucket, name?; vectors [max_words][QI_VECTOR_DIMS]; ids: features of word
 * after word, those of the word alone first, each list behind its length. Returns the number of words, below 0 on failure. */
int trainer_pair(trainer *t, const char *text, const char *source, const char *target, int trigger, int max_words, int32_t *words,
                 uint8_t *vectors, uint16_t *ids, size_t max_ids);
int trainer_n_features(void);
/* The first feature of a group: 0 types that frames know the word for, 1 those whose
 * conditions hold, 2 in source and target. */
int trainer_group(int which);

int trainer_n_features(void) { return QI_N_FEATURES; }
int trainer_group(int which) { return which == 0 ? QI_F_TYPE : which == 1 ? QI_F_HOLDS : QI_F_IN; }

trainer *trainer_open(const char *model, const char *knowledge, char *message, size_t room) {
  trainer *t = calloc(1, sizeof *t);
  quid_error err = {0};
  if (!t || qi_model_open(&t->model, model, &err) || qi_know_load(&t->know, knowledge, &err) ||
      qi_parser_new(&t->parser, t->model, &err)) {
    strncpy(message, err.message, room - 1);
    return NULL; /* the trainer ends: nothing to clear */
  }
  qi_arena_init(&t->arena, 0);
  return t;
}

static size_t put(uint16_t *ids, size_t at, size_t max, const qi_features *f) {
  if (at + 1 + f->n > max) return max + 1;
  ids[at++] = (uint16_t)f->n;
  memcpy(ids + at, f->id, f->n * sizeof *f->id);
  return at + f->n;
}

int trainer_pair(trainer *t, const char *text, const char *source, const char *target, int trigger, int max_words, int32_t *words,
                 uint8_t *vectors, uint16_t *ids, size_t max_ids) {
  qi_row r;
  quid_error err = {0};
  qi_arena_reset(&t->arena);
  if (qi_row_read(&r, t->model, &t->know, t->parser, qi_slice_str(text), qi_slice_str(source), qi_slice_str(target), &t->arena, &err)) return -1;
  const qi_sentence *s = r.view.s;
  qi_features *f = QI_NEW_ARRAY(&t->arena, qi_features, s->n_tokens);
  r.pair.trigger = trigger < (int)s->n_tokens ? trigger : QI_NO_TOKEN;
  if (!f || (int)s->n_tokens > max_words || !qi_pair_read(f, &r.scene, &r.pair, &t->arena)) return -1;
  size_t at = 0;
  for (uint32_t i = 0; i < s->n_tokens && at <= max_ids; i++) {
    const qi_scene_word *w = &r.scene.words[i];
    words[3 * i] = w->vector != NULL, words[3 * i + 1] = w->bucket, words[3 * i + 2] = w->name;
    if (w->vector) memcpy(vectors + (size_t)i * QI_VECTOR_DIMS, w->vector, QI_VECTOR_DIMS);
    at = put(ids, at, max_ids, &w->features);
    if (at <= max_ids) at = put(ids, at, max_ids, &f[i]);
  }
  return at > max_ids ? -1 : (int)s->n_tokens;
}
