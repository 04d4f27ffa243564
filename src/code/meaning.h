/* code: what a name can mean, and why one meaning is taken. */
#ifndef QI_CODE_MEANING_H
#define QI_CODE_MEANING_H

#include "know/actors.h"
#include "parse/sentence.h"

#define QI_NO_MEANING UINT32_MAX

typedef struct qi_meaning {
  uint32_t actor;
  const qi_name *name; /* NULL: asked for by its id */
  int score;           /* points for it, see qi_reading */
  uint8_t fate;        /* qi_fate */
} qi_meaning;

typedef struct qi_meanings {
  qi_slice words;    /* of the name that the dictionary has */
  qi_meaning *items; /* [len] one an actor, the best first */
  uint32_t len;
  uint32_t chosen;   /* index, QI_NO_MEANING none */
  const char *reason;
} qi_meanings;

/* The name by itself. Everything is *borrowed* from `arena`. */
quid_status qi_meanings_alone(qi_meanings *out, const qi_know *know, qi_slice name, qi_day day,
                              qi_arena *arena, quid_error *err);
/* The first place of a parsed text that names it. */
quid_status qi_meanings_in(qi_meanings *out, const qi_know *know, qi_slice name, const qi_parsed *doc,
                           qi_day day, qi_arena *arena, quid_error *err);

#endif
