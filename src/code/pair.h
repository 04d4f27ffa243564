/* code: what stands where about two phrases of a sentence, as numbered features of its words. The
 * second opinion (judge.c) reads them, and so does its training (model/train/judge_lib.c). */
#ifndef QI_CODE_PAIR_H
#define QI_CODE_PAIR_H

#include "code/match.h"
#include "code/status.h"
#include "parse/parser.h"

/* Features of a word are small numbers; each group has its own range. A change here asks for a new
 * training: judge.c refuses weights made for another QI_N_FEATURES. */
enum {
  QI_N_TYPES = 16,
  QI_HASHED_TAGS = 64,   /* xpos, deprel: hashed */
  QI_HASHED_SLOTS = 128, /* slots of the deep grammar, as they are */
  QI_FAR = 7,            /* steps in the tree: 0 .. 6, and further */

  QI_F_XPOS = 0,
  QI_F_REL = QI_F_XPOS + QI_HASHED_TAGS,
  QI_F_TYPE = QI_F_REL + QI_HASHED_TAGS,        /* a frame of that type knows the word */
  QI_F_HOLDS = QI_F_TYPE + QI_N_TYPES,          /* and its conditions hold here */
  QI_F_STATUS = QI_F_HOLDS + QI_N_TYPES,        /* of such a deed */
  QI_F_EFFECT = QI_F_STATUS + 16,               /* the word changes the status of others */
  QI_F_WORD_END = QI_F_EFFECT + 16,             /* up to here the word alone counts, below the pair */
  QI_F_IN = QI_F_WORD_END,                      /* in source, target; heads them */
  QI_F_FROM_SOURCE = QI_F_IN + 4,               /* steps in the tree */
  QI_F_FROM_TARGET = QI_F_FROM_SOURCE + QI_FAR + 1,
  QI_F_PATH = QI_F_FROM_TARGET + QI_FAR + 1,    /* on the path between the heads, one, two steps off it */
  QI_F_SIDE = QI_F_PATH + 3,                    /* before, between, behind, by the order of the two */
  QI_F_TYPE_ON = QI_F_SIDE + 6,                 /* type of a word on the path */
  QI_F_SLOT_SOURCE = QI_F_TYPE_ON + QI_N_TYPES, /* the source's slot below this word */
  QI_F_SLOT_TARGET = QI_F_SLOT_SOURCE + QI_HASHED_SLOTS,
  QI_F_INSIDE_SOURCE = QI_F_SLOT_TARGET + QI_HASHED_SLOTS, /* the source stands in the clause of that slot */
  QI_F_INSIDE_TARGET = QI_F_INSIDE_SOURCE + QI_HASHED_SLOTS,
  QI_F_CAST = QI_F_INSIDE_TARGET + QI_HASHED_SLOTS, /* type of the frame that fires, by who fits its roles */
  QI_F_FROM_TRIGGER = QI_F_CAST + QI_N_TYPES * 8, /* steps from the word asked about, where one is given */
  QI_N_FEATURES = QI_F_FROM_TRIGGER + QI_FAR + 1,

  QI_MAX_FEATURES = 96, /* of one word */
  QI_WORD_BUCKETS = 4096 /* rows of the table of lemmas, by hash; 0: none */
};

typedef struct qi_features {
  uint16_t id[QI_MAX_FEATURES]; /* [n] */
  uint32_t n;
} qi_features;

/* One word, whoever is asked about. */
typedef struct qi_scene_word {
  const uint8_t *vector; /* [QI_VECTOR_DIMS], NULL unknown */
  uint16_t bucket;       /* of its lemma, 0 for names */
  bool name;
  const qi_frame *frame; /* the one that fits best, NULL none */
  const qi_deep *deep;   /* NULL: no frame knows the word */
  qi_features features;
} qi_scene_word;

/* A sentence made ready for questions about pairs. */
typedef struct qi_scene {
  const qi_view *v;
  qi_scene_word *words; /* [n_tokens] */
} qi_scene;

/* Two phrases, as tokens of the sentence. */
typedef struct qi_pair {
  const uint8_t *side; /* [n_tokens]: QI_SIDE_* */
  int32_t source, target; /* heads, QI_NO_TOKEN none */
  int32_t trigger;        /* is it this word that links them? QI_NO_TOKEN: any word */
} qi_pair;

enum { QI_SIDE_SOURCE = 1, QI_SIDE_TARGET = 2 };

/* quote: of the sentence. readings: of a match before (match.h), or NULL. false: out of memory. Everything lives in the arena. */
bool qi_scene_read(qi_scene *out, const qi_view *v, const qi_model *model, const qi_quote *quote, qi_word_reading *const *readings,
                   qi_arena *arena);
/* Marks the tokens that overlap the bytes [start, end) and returns their head, QI_NO_TOKEN none. */
int32_t qi_pair_mark(const qi_sentence *s, uint32_t start, uint32_t end, uint8_t *side, uint8_t bit);
/* out: [n_tokens], the features that the pair adds to those of the words. false: out of memory. */
bool qi_pair_read(qi_features *out, const qi_scene *scene, const qi_pair *pair, qi_arena *scratch);

#endif
