/* code: the second opinion. A small trained network that says which deed links two phrases of a
 * sentence, whether or not a frame knows its words. */
#ifndef QI_CODE_JUDGE_H
#define QI_CODE_JUDGE_H

#include "code/pair.h"

#define QI_NO_DEED 16u /* in place of a quid_event_type: no deed links the two */
#define QI_N_DEEDS 17u
#define QI_MAX_MODES 128u

/* The weights; shared by all threads. */
typedef struct qi_judge qi_judge;

/* From the model's section "judge". *out is NULL when the model has none: small models made for tests. */
quid_status qi_judge_open(qi_judge **out, const qi_model *model, quid_error *err);
/* The same from bytes that are only read during the call. name: for messages. */
quid_status qi_judge_from_bytes(qi_judge **out, qi_slice bytes, const char *name, quid_error *err);
void qi_judge_free(qi_judge *judge); /* NULL is fine */

/* Probabilities, each list with sum 1. */
typedef struct qi_verdict {
  float relation[QI_N_DEEDS]; /* after PLOVER's conventions: a promised gift is an AGREE */
  float deed[QI_N_DEEDS];     /* as named, whatever its status */
  float status[QUID_N_EVENT_STATUSES];
  const char *mode;           /* of qi_judge_event(relation), "" none; *borrowed from the judge* */
  int32_t trigger;            /* the word that names it, QI_NO_TOKEN none */
} qi_verdict;

/* The first of the highest of p[n]. */
uint32_t qi_judge_likeliest(const float *p, uint32_t n);
/* The relation to answer with. CONCEDE and RETREAT count as one class until one is chosen: yielding takes both. */
uint32_t qi_judge_event(const float relation[QI_N_DEEDS]);

/* A sentence made ready: the part of the work that all its pairs share. */
typedef struct qi_bench {
  const qi_scene *scene;
  float *words; /* [n_tokens][dims] */
} qi_bench;

/* false: out of memory. */
bool qi_judge_sentence(qi_bench *out, const qi_judge *judge, const qi_scene *scene, qi_arena *arena);
/* Cost: linear in the words of the sentence. false: out of memory. */
bool qi_judge_pair(qi_verdict *out, const qi_judge *judge, const qi_bench *bench, const qi_pair *pair, qi_arena *scratch);

/* What a reading is like, besides what the judge says. */
typedef struct qi_likeness {
  double prior;           /* how sure it is by its shape */
  bool actor, recipient;  /* somebody is named */
  bool verb;              /* a verb names it */
  bool told;              /* asserted, reported or claimed */
} qi_likeness;

/* The share of readings like this one that were right among those judged by hand (model/train/judged.tsv), 0 to 1. sure: the
 * probability of the deed's type. */
double qi_judge_confidence(const qi_judge *judge, float sure, const qi_likeness *like);

#endif
