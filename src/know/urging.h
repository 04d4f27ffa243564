/* know: words by which somebody is urged to do something (status/urging.tsv). The head of the file says what
 * each column means. */
#ifndef QI_KNOW_URGING_H
#define QI_KNOW_URGING_H

#include "base/error.h"
#include "know/know.h"
#include "know/slots.h"
#include "know/words.h"
#include "quid/option.h"

/* What a word says about the deed below it. */
typedef enum qi_urge_sense {
  QI_URGE_NOTHING, /* it is no urging ("does not have to", "consider the case of") */
  QI_URGE_FOR, QI_URGE_AGAINST
} qi_urge_sense;

typedef enum qi_urge_slot {
  QI_URGE_SELF,    /* an auxiliary of the deed itself */
  QI_URGE_TO_INF, QI_URGE_COMP, QI_URGE_ING, QI_URGE_INF, QI_URGE_UNDER, /* UNDER: a gerund or deed noun under a preposition */
  QI_URGE_OBJ,     /* a deed noun */
  QI_URGE_IS,      /* a noun of which the deed is said: "the answer is to ..." */
  QI_URGE_OPENS,   /* a word that opens a paragraph of a resolution: "Calls upon ..." */
  QI_URGE_COLON,   /* words behind which, after a colon, stands what shall be done */
  QI_N_URGE_SLOTS
} qi_urge_slot;

typedef struct qi_urge_word {
  qi_words words;
  char part;        /* v n a x(auxiliary) i(imperative) */
  uint8_t slot;     /* qi_urge_slot */
  qi_slot under;    /* QI_URGE_UNDER: the preposition */
  uint8_t says, negated; /* qi_urge_sense; negated: when the word itself is */
  uint8_t strength; /* quid_strength */
  uint32_t line;
} qi_urge_word;

quid_status qi_urging_load(qi_urging **out, const char *dir, quid_error *err);
quid_status qi_urging_parse(qi_urging **out, qi_slice data, const char *file, quid_error *err);
void qi_urging_free(qi_urging *u); /* NULL is fine */

/* All entries whose first word is `word`, whatever its part:
 *   for (at = first(u, lemma); (e = next(u, &at));) */
uint32_t qi_urging_first(const qi_urging *u, qi_slice word);
const qi_urge_word *qi_urging_next(const qi_urging *u, uint32_t *at);

#endif
