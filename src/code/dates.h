/* code: one date expression at a token -> days. For when.c alone. */
#ifndef QI_CODE_DATES_H
#define QI_CODE_DATES_H

#include "code/calendar.h"

typedef struct qi_scan {
  const qi_days *days;  /* *borrowed* */
  const qi_sentence *s; /* *borrowed* */
  uint32_t end;         /* tokens from here on are not read */
  bool given;           /* known to be a date: "2022" needs no preposition */
  qi_day today;         /* QI_DAY_NONE unknown */
  qi_day ref_from, ref_to; /* the expression before it: "the next day"; QI_DAY_NONE none */
  int year;             /* that the text is in, of an explicit date shortly before; 0 none */
  /* what was read */
  qi_day from, to;
  qi_unit unit;         /* how exact it is */
  bool vague;           /* "in recent days": one end is a guess */
  bool has_year;        /* it names its year */
  bool narrowed, noun;  /* "early 2024", "the end of 2024": [near_from, near_to] of it; with a noun and "of" */
  qi_day near_from, near_to;
  uint32_t head;        /* token that hangs in the tree */
} qi_scan;

/* Tokens of the expression that starts at token i, 0 none. */
uint32_t qi_date_read(qi_scan *c, uint32_t i);

/* "day", "morning": a day, whichever. */
bool qi_date_names_day(const qi_scan *c, uint32_t i);

bool qi_token_is(const qi_token *t, const char *word);             /* without case */
bool qi_token_any(const qi_token *t, const char *const *words);    /* NULL-terminated list */

#endif
