/* code: sides joined by words that link deeds -> link records. */
#ifndef QI_CODE_BOND_H
#define QI_CODE_BOND_H

#include "code/event.h"
#include "code/item.h"
#include "quid/bond.h"

/* Link records of one document. A longer list is cut there. */
#define QI_MAX_BONDS 20000u

/* Appends the record of a bond, whose events are there. first, second: its members as the events are linked by them.
 * false: out of memory. */
bool qi_bond_tell(qi_coding *c, const qi_bond *b, const qi_members *first, const qi_members *second);
/* exchange.c: who gives and takes on both sides. false: out of memory. */
bool qi_exchange_parties(quid_bond *r, qi_coding *c, const qi_members *given, const qi_members *back);
/* exchange.c: the id that both sides of a bargain share; NULL: out of memory. */
const char *qi_exchange_id(qi_coding *c, quid_span span);
/* link.c: the words of the side headed there; *last: the innermost word that qi_settle reaches. */
quid_span qi_bond_words(const qi_coding *c, const qi_bond *b, const qi_head *h, int32_t *last);

#endif
