/* code: which deeds of a sentence somebody urges. */
#ifndef QI_CODE_URGE_H
#define QI_CODE_URGE_H

#include "code/status.h"
#include "know/urging.h"

#define QI_MAX_URGED 48 /* of one sentence */

typedef struct qi_urged {
  int32_t verb;        /* what is urged */
  int32_t head;        /* the word that urges; the verb itself for an imperative */
  int32_t first, last; /* the words that urge; first QI_NO_TOKEN: none */
  uint32_t elsewhere;  /* sentence of `on` and `asker` */
  int32_t on;          /* who shall do it; QI_NO_TOKEN nobody named */
  int32_t asker;       /* who urges, as a token above the verb; QI_NO_TOKEN: only whose word the sentence is */
  bool negated, passive;
  uint8_t strength;    /* quid_strength */
  qi_standing standing; /* of the deed: whose word it is */
} qi_urged;

/* A deed that a heading (heading.h) urges, by all that can be told from its own sentence. */
void qi_urged_make(qi_urged *out, const qi_view *v, const qi_deeds *deeds, qi_genre genre, const qi_quote *quote, int32_t verb);

/* deeds: of the sentence, as for qi_status_of. Returns how many were written, in order of their verbs. */
uint32_t qi_urged_find(qi_urged out[QI_MAX_URGED], const qi_view *v, const qi_deeds *deeds, qi_genre genre, const qi_quote *quote);

#endif
