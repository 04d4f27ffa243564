/* code: deep grammar. What plays which part in a deed, whatever the construction: passives, relative
 * clauses, participles, control, coordination, possessives and light verbs are undone. */
#ifndef QI_CODE_DEEP_H
#define QI_CODE_DEEP_H

#include "code/syntax.h"
#include "know/operators.h"

#define QI_MAX_FILLERS 48

/* How a filler was found, for --explain. */
typedef enum qi_origin {
  QI_FROM_TREE,       /* a dependent of the deed word itself */
  QI_FROM_PASSIVE,    /* turned round */
  QI_FROM_SHARED,     /* shared with a coordinated verb or main clause */
  QI_FROM_CONTROL,    /* of the verb above an infinitive */
  QI_FROM_RELATIVE,   /* what the relative clause or participle is about */
  QI_FROM_LIGHT,      /* of the light verb that carries the noun */
  QI_FROM_MODIFIER,   /* possessor, nationality, name before a noun */
  QI_FROM_ATTACHMENT, /* preposition hung on a neighbour */
  QI_N_ORIGINS
} qi_origin;

typedef struct qi_filler {
  qi_slot slot;
  uint8_t origin; /* qi_origin */
  bool clause;    /* a clause, not a noun */
  int32_t token;  /* its head word */
} qi_filler;

typedef struct qi_deep {
  int32_t trigger;
  qi_filler fillers[QI_MAX_FILLERS]; /* [n], first the surest of each slot */
  uint32_t n;
  int32_t light;             /* light verb that carries the noun, QI_NO_TOKEN none */
  const qi_light *light_entry;
  int32_t undergoer;         /* light verbs like "came under attack": its subject, else QI_NO_TOKEN */
} qi_deep;

/* part: v n a. The tree may be any tree; the walk is bounded. */
void qi_deep_read(const qi_view *v, int32_t token, char part, qi_deep *out);
/* Place of the first filler of that slot at or after `from`, or -1. */
int32_t qi_deep_find(const qi_deep *d, qi_slot slot, uint32_t from);
/* The token that does what the verb says, through control and sharing; QI_NO_TOKEN unknown. */
int32_t qi_deep_subject(const qi_view *v, int32_t verb);
/* Possessor, agent ("by") or nationality of a noun; QI_NO_TOKEN none. */
int32_t qi_deep_owner(const qi_view *v, int32_t noun);
const char *qi_origin_name(qi_origin origin);

#endif
