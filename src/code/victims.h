/* code: who suffered by a deed, and how many took part in it. */
#ifndef QI_CODE_VICTIMS_H
#define QI_CODE_VICTIMS_H

#include "code/amount.h"
#include "code/match.h"

/* Those whom the deed's sentence counts as dead, wounded, missing, held, displaced by it. `deeds`: all of the sentence.
 * Returns how many were written, to `max` at most. */
uint32_t qi_victims_of(quid_victims *out, uint32_t max, const qi_view *v, const qi_amount_list *amounts, const qi_deed *deed,
                       qi_deed *const *deeds, size_t n_deeds);

/* The same from the sentence after that of the deed, when it can be about nothing else: "At least nine people were killed.", "The blast
 * wounded 40." v: of that sentence. */
uint32_t qi_victims_after(quid_victims *out, uint32_t max, const qi_view *v, const qi_amount_list *amounts);

/* How many took part: of protests and gatherings. false: not said. */
bool qi_crowd_of(quid_span *span, quid_amount *count, const qi_view *v, const qi_amount_list *amounts, const qi_deed *deed);

#endif
