/* code: goods, counts and units of a noun phrase; what a deed is done with. */
#ifndef QI_CODE_ITEM_H
#define QI_CODE_ITEM_H

#include "code/amount.h"
#include "code/match.h"

/* The items of the noun phrase headed by `token` and its coordinated members ("artillery and
 * ballistic missiles" -> two): span of each, class by knowledge/items (head word, else a modifier),
 * count and unit ("some 10,000 troops", "hundreds of shells", "$1.2 billion"). What is no goods
 * ("a brutal attack") is left out. Returns how many were written, to `max` at most. */
uint32_t qi_items_of(quid_item *out, uint32_t max, const qi_view *v, const qi_amount_list *amounts, uint32_t token);

/* The items of a deed: those of its item role, else what is done to, as far as it is goods. Returns how many. */
uint32_t qi_items_of_deed(quid_item *out, uint32_t max, const qi_view *v, const qi_amount_list *amounts, const qi_deed *deed);

#endif
