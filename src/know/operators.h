/* know: words that change the status of the deed they govern (status/operators.tsv) and light verbs
 * (status/light.tsv). The heads of the two files say what each column means. */
#ifndef QI_KNOW_OPERATORS_H
#define QI_KNOW_OPERATORS_H

#include "base/error.h"
#include "know/know.h"
#include "know/slots.h"
#include "know/words.h"
#include "quid/event.h"

#define QI_NO_STATUS 0xFFu /* where a quid_event_status may be missing */

typedef enum qi_attribution {
  QI_ATTRIBUTION_NONE, QI_ATTRIBUTION_SUBJ, QI_ATTRIBUTION_BY, QI_ATTRIBUTION_OBJ
} qi_attribution;

typedef struct qi_operator {
  qi_words words;
  char part;           /* v n a d(adverb) x(auxiliary) t(determiner) p c */
  qi_slot slot;
  uint8_t effect;      /* quid_event_status */
  uint8_t neg;         /* the effect when the operator itself is negated: always given */
  uint8_t definite;    /* obj: the effect on a deed noun that is taken as known; QI_NO_STATUS: as effect */
  uint8_t attribution; /* qi_attribution */
  uint32_t line;
} qi_operator;

typedef enum qi_light_effect {
  QI_LIGHT_SAME, QI_LIGHT_START, QI_LIGHT_STOP, QI_LIGHT_NEGATED, QI_LIGHT_PLANNED,
  QI_LIGHT_POSSIBLE, QI_LIGHT_REQUESTED, QI_LIGHT_RECOMMENDED
} qi_light_effect;

typedef struct qi_light {
  qi_words words;         /* without the preposition */
  qi_slot under;          /* preposition that the deed noun stands under; QI_SLOT_OBJ, QI_SLOT_SUBJ */
  uint8_t effect;         /* qi_light_effect */
  bool subject_recipient; /* "came under attack" */
} qi_light;

quid_status qi_operators_load(qi_operators **out, const char *dir, quid_error *err);
quid_status qi_operators_parse(qi_operators **out, qi_slice operators, const char *file,
                               qi_slice light, const char *light_file, quid_error *err);
void qi_operators_free(qi_operators *ops); /* NULL is fine */

/* All operators whose first word is `lemma`:
 *   for (at = first(ops, lemma, 'v'); (op = next(ops, &at));) */
uint32_t qi_operators_first(const qi_operators *ops, qi_slice lemma, char part);
const qi_operator *qi_operators_next(const qi_operators *ops, uint32_t *at);
uint32_t qi_operators_count(const qi_operators *ops);
const qi_operator *qi_operators_get(const qi_operators *ops, uint32_t i);
uint32_t qi_lights_count(const qi_operators *ops);
const qi_light *qi_lights_get(const qi_operators *ops, uint32_t i);
uint32_t qi_lights_first(const qi_operators *ops, qi_slice lemma);
const qi_light *qi_lights_next(const qi_operators *ops, uint32_t *at);

#endif
