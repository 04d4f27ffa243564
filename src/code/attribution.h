/* code: on whose word. See attribution.c. */
#ifndef QI_CODE_ATTRIBUTION_H
#define QI_CODE_ATTRIBUTION_H

#include "code/syntax.h"
#include "know/operators.h"

/* The operator of a verb of saying, over a finite clause; NULL none. */
const qi_operator *qi_attribution_saying(const qi_view *v, int32_t verb);

/* Before a colon: somebody who speaks, or a place that is only what the words behind it are about? */
bool qi_attribution_speaks(const qi_mention *m);

#endif
