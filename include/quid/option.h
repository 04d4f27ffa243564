/* The option record: what somebody is urged to do, in the words of the text. A deed that is urged need not
 * be one that the event record knows ("define what victory means").
 *
 * Everything here is owned by the quid_document it was read from and is freed with it; see event.h. */
#ifndef QUID_OPTION_H
#define QUID_OPTION_H

#include "quid/event.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How hard it is urged. */
typedef enum quid_strength { QUID_COULD, QUID_SHOULD, QUID_MUST, QUID_N_STRENGTHS } quid_strength;

typedef struct quid_option {
  const char *id;            /* 16 hex digits; stable for same text, model, dictionaries */
  uint32_t sentence;         /* index into the document's sentences */
  quid_span deed;            /* the words of what is urged, without aim and reason */
  quid_span verb;            /* its verb */
  bool negated;              /* it is urged not to do so */
  quid_strength strength;
  uint32_t event;            /* the same deed among the document's events, QUID_NO_EVENT none */
  const quid_word_of *by;    /* [n_by] who urges, outermost last; n_by 0: the writer */
  uint32_t n_by;
  const quid_entity *on;     /* [n_on] who shall do it; n_on 0: the text names nobody that is known */
  uint32_t n_on;
  quid_span on_words;        /* the words for who shall do it, known or not; empty: none ("should be lifted") */
  const quid_entity *toward; /* [n_toward] to whom, with whom, against whom */
  uint32_t n_toward;
  quid_span purpose;         /* the stated aim */
  quid_span reason;          /* the stated reason */
  quid_span words;           /* the words that urge: "should", "would do well to"; empty: the verb's own form does */
  uint32_t number;           /* its number in a list of such points, from 1; 0: no list */
  quid_span head;            /* the words under which the list stands */
} quid_option;

/* "could", "should", "must": static strings. */
const char *quid_strength_name(quid_strength strength);

#ifdef __cplusplus
}
#endif
#endif
