/* code: the stated aim of a deed, and how often it was done. */
#ifndef QI_CODE_AIM_H
#define QI_CODE_AIM_H

#include "code/amount.h"
#include "code/match.h"

/* The words that say what the deed is for; start == end: none do. */
quid_span qi_aim_of(const qi_view *v, const qi_deed *deed);
/* "six times", "on two occasions", "twice"; 0: not said. Not "for the third time", nor "three times larger". */
uint32_t qi_times_of(const qi_view *v, const qi_amount_list *amounts, const qi_deed *deed);

#endif
