/* code: how long a deed lasts, and by when it is to be done. */
#ifndef QI_CODE_DURATION_H
#define QI_CODE_DURATION_H

#include "code/match.h"
#include "code/when.h"

/* "for three days", "a two-week exercise": the words, and the value where they give a number. false: out of memory. */
bool qi_duration_of(quid_period *out, const qi_view *v, const qi_deed *deed, qi_arena *arena);

/* "by Friday", "within 48 hours" of what is promised, threatened, demanded, and of the demand itself. `now`: the day it was
 * said, QI_DAY_NONE unknown. */
void qi_deadline_of(quid_period *out, const qi_times *times, const qi_view *v, const qi_deed *deed, quid_event_status status, qi_day now);

#endif
