/* code: goods, counts and units of a noun phrase. */
#ifndef QI_CODE_ITEM_H
#define QI_CODE_ITEM_H

#include "know/know.h"
#include "parse/sentence.h"
#include "quid/event.h"

/* The items of the noun phrase headed by `token` and its coordinated members ("artillery and
 * ballistic missiles" -> two): span of each, class by knowledge/items (head word, else a modifier),
 * count and unit ("some 10,000 troops", "hundreds of shells", "$1.2 billion"). Returns how many were written. */
uint32_t qi_items_of(quid_item *out, uint32_t max, const qi_know *know, const qi_parsed *doc,
                     uint32_t sentence, uint32_t token, qi_arena *arena);

#endif
