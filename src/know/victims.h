/* know: the words of items/victims.tsv: who is dead, wounded, missing, held, displaced. */
#ifndef QI_KNOW_VICTIMS_H
#define QI_KNOW_VICTIMS_H

#include "base/error.h"
#include "know/know.h"
#include "know/words.h"

/* Where those who suffer stand, see the head of the file. */
typedef enum qi_harm_part { QI_HARM_VERB, QI_HARM_FATE, QI_HARM_STATE, QI_HARM_NOUN, QI_HARM_TOLL, QI_N_HARM_PARTS } qi_harm_part;

typedef struct qi_harm {
  const char *kind; /* dead wounded missing held displaced; static */
  qi_words words;
} qi_harm;

/* Loads DIR/items/victims.tsv. *out: *new*. */
quid_status qi_victims_load(qi_victims **out, const char *dir, quid_error *err);
/* The same from text; data is only read during the call. */
quid_status qi_victims_parse(qi_victims **out, qi_slice data, const char *file, quid_error *err);
void qi_victims_free(qi_victims *victims); /* NULL is fine */

/* Entries whose first word this is:
 *   uint32_t at = qi_victims_first(v, lemma, part);
 *   while ((harm = qi_victims_next(v, &at))) ... */
uint32_t qi_victims_first(const qi_victims *victims, qi_slice lemma, qi_harm_part part);
const qi_harm *qi_victims_next(const qi_victims *victims, uint32_t *at);

#endif
