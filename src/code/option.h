/* code: the deeds that a text urges -> option records. */
#ifndef QI_CODE_OPTION_H
#define QI_CODE_OPTION_H

#include "code/event.h"
#include "quid/option.h"

/* Options of one document. A longer list is cut there. */
#define QI_MAX_OPTIONS 20000u

/* Appends the options of one sentence to c->out, whose events are there already from `first_event` on.
 * false: out of memory. */
bool qi_options_of_sentence(qi_coding *c, const qi_view *v, size_t first_event);

#endif
