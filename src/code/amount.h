/* code: what a sentence says in numbers. */
#ifndef QI_CODE_AMOUNT_H
#define QI_CODE_AMOUNT_H

#include "know/amounts.h"
#include "parse/sentence.h"
#include "quid/event.h"

/* How an amount is used, by the word behind it. */
typedef enum qi_amount_use {
  QI_AMOUNT_OF_THINGS, /* "12 howitzers", "60 tonnes", "$3 million", "a third of" */
  QI_AMOUNT_OF_TIME,   /* "40 minutes" */
  QI_AMOUNT_OF_TIMES,  /* "27 times", "three occasions" */
  QI_AMOUNT_JOINED     /* "15-nation": part of a word that says of what kind something is */
} qi_amount_use;

typedef struct qi_amount {
  uint32_t first, last;  /* tokens, with bound, currency and unit */
  uint32_t core;         /* first token of the number or of its currency */
  quid_amount value;
  const char *unit;      /* "USD", "tonne", "percent", "share"; "" none */
  uint8_t use;           /* qi_amount_use */
  bool money;
} qi_amount;

typedef struct qi_amount_list {
  qi_amount *items; /* [len], in order, none overlaps another */
  uint32_t len;
} qi_amount_list;

/* All amounts of a sentence, by its words alone, whatever its tree. Years are none. false: out of memory. Linear. */
bool qi_amount_scan(qi_amount_list *out, const qi_amounts *words, const qi_sentence *s, qi_arena *arena);
/* The amount that covers the token; NULL none. */
const qi_amount *qi_amount_at(const qi_amount_list *list, uint32_t token);
/* The amount of things that counts the noun at the token: it covers it, or stands before it in its phrase; NULL none. */
const qi_amount *qi_amount_of(const qi_amount_list *list, const qi_sentence *s, uint32_t noun);

#endif
