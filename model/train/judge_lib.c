/* What judge.py calls: the features of src/code/pair.c, so that training sees the very features that
 * running sees. Built by judge.py into a shared object, over the program's own library. */
#include "code/mend.h"
#include "code/pair.h"
#include "know/know.h"

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
/* trigger: the word asked about, -1 none. The features of the pair of phrases at the bytes [span[0], span[1]) and [span[2], span[3]) of a sentence; empty: none.
 * words [max_words][3]: 1 known vector, bucket, name?; vectors [max_words][QI_VECTOR_DIMS]; ids: features of word
 * after word, those of the word alone first, each list behind its length. Returns the number of words, below 0 on failure. */
int trainer_pair(trainer *t, const char *text, size_t bytes, const uint32_t span[4], int trigger, int max_words, int32_t *words,
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

/* The text as one sentence, ready to be read. */
typedef struct reading {
  qi_parsed doc;
  qi_mentions mentions;
  qi_quote *quotes;
} reading;

static bool read_text(trainer *t, reading *r, const char *text, size_t bytes) {
  quid_error err = {0};
  qi_arena_reset(&t->arena);
  return !qi_segment(t->model, qi_slice_of(text, bytes), &t->arena, &r->doc, &err) && qi_parsed_join(&r->doc, &t->arena) &&
         r->doc.n_sentences && !qi_parser_run(t->parser, &r->doc, &t->arena, &err) && qi_mend(&t->know, &r->doc, &t->arena) &&
         !qi_mentions_find(&r->mentions, &t->know, &r->doc, QI_DAY_NONE, &t->arena, &err) &&
         qi_quotes_find(&r->quotes, &t->know, &r->doc, &r->mentions, &t->arena);
}

int trainer_pair(trainer *t, const char *text, size_t bytes, const uint32_t span[4], int trigger, int max_words, int32_t *words,
                 uint8_t *vectors, uint16_t *ids, size_t max_ids) {
  reading r;
  qi_scene scene;
  if (!read_text(t, &r, text, bytes)) return -1;
  const qi_sentence *s = &r.doc.sentences[0];
  qi_view v = {&t->know, &r.doc, s, &r.mentions};
  qi_features *f = QI_NEW_ARRAY(&t->arena, qi_features, s->n_tokens);
  uint8_t *side = qi_arena_alloc(&t->arena, s->n_tokens + 1);
  if (!f || !side || (int)s->n_tokens > max_words || !qi_scene_read(&scene, &v, t->model, &r.quotes[0], NULL, &t->arena)) return -1;
  memset(side, 0, s->n_tokens + 1);
  qi_pair p = {.side = side, .trigger = trigger < (int)s->n_tokens ? trigger : QI_NO_TOKEN, .source = qi_pair_mark(s, span[0], span[1], side, QI_SIDE_SOURCE),
               .target = qi_pair_mark(s, span[2], span[3], side, QI_SIDE_TARGET)};
  if (!qi_pair_read(f, &scene, &p, &t->arena)) return -1;
  size_t at = 0;
  for (uint32_t i = 0; i < s->n_tokens && at <= max_ids; i++) {
    const qi_scene_word *w = &scene.words[i];
    words[3 * i] = w->vector != NULL, words[3 * i + 1] = w->bucket, words[3 * i + 2] = w->name;
    if (w->vector) memcpy(vectors + (size_t)i * QI_VECTOR_DIMS, w->vector, QI_VECTOR_DIMS);
    at = put(ids, at, max_ids, &w->features);
    if (at <= max_ids) at = put(ids, at, max_ids, &f[i]);
  }
  return at > max_ids ? -1 : (int)s->n_tokens;
}
