/* code: places. */
#ifndef QI_CODE_WHERE_H
#define QI_CODE_WHERE_H

#include "code/mention.h"

typedef struct qi_place {
  uint32_t start, end;  /* bytes of the place's words, without the preposition; start == end: none */
  const char *name;     /* display name */
  const char *country;  /* alpha-3, "" unknown */
} qi_place;

/* Where the deed at `token` took place: a place under in/at/near/... on the deed or, failing that,
 * on its governing verb or object. false: out of memory; out->start == out->end when none is said. */
bool qi_where_of(qi_place *out, const qi_know *know, const qi_mentions *mentions, const qi_parsed *doc,
                 uint32_t sentence, uint32_t token, qi_arena *arena);

/* The place named by the noun phrase at `token` itself (for slots), none if it is no place. */
bool qi_where_at(qi_place *out, const qi_know *know, const qi_mentions *mentions, const qi_parsed *doc,
                 uint32_t sentence, uint32_t token, qi_arena *arena);

#endif
