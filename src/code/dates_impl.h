/* code: shared by dates.c and years.c, the grammar of date expressions. Patterns give the tokens read, 0 none. */
#ifndef QI_CODE_DATES_IMPL_H
#define QI_CODE_DATES_IMPL_H

#include "base/utf8.h"
#include "code/dates.h"

static inline const qi_token *at(const qi_scan *c, uint32_t i) { return i < c->end ? &c->s->tokens[i] : NULL; }
static inline const qi_token *before(const qi_scan *c, uint32_t i, uint32_t n) { return i >= n ? &c->s->tokens[i - n] : NULL; }
static inline bool is(const qi_scan *c, uint32_t i, const char *word) { return qi_token_is(at(c, i), word); }
static inline bool capital(const qi_token *t) { return t->form.len && qi_ascii_is_upper(t->form.ptr[0]); }

/* ---- dates.c ---- */

/* The longest phrase of the dictionary at token i; *n its tokens. NULL none. */
const qi_day_word *qi_date_phrase(const qi_scan *c, uint32_t i, uint32_t *n);
/* The same, if of that kind. */
const qi_day_word *qi_date_kind(const qi_scan *c, uint32_t i, qi_day_kind k, uint32_t *n);
qi_unit qi_date_unit(const qi_scan *c, uint32_t i);
int qi_date_year(const qi_scan *c, uint32_t i); /* "2024"; 0 none */
/* ", 2019", "2019", "of 2019", "this year", "last year": tokens, 0 none. */
uint32_t qi_date_year_after(const qi_scan *c, uint32_t i, bool comma_too, int *out);
/* Puts the value down; returns n, or 0 where it is none. */
uint32_t qi_date_set(qi_scan *c, qi_day from, qi_day to, qi_unit u, uint32_t head, uint32_t n);
uint32_t qi_date_set_whole(qi_scan *c, qi_day day, qi_unit u, uint32_t head, uint32_t n);
/* Of the verb above the token: -1 past, 1 future, 0 neither. */
int qi_date_tense(const qi_sentence *s, uint32_t i);
/* The season nearest to the day, or that of a turn: -1 the last one, 1 the next. */
uint32_t qi_date_season_at(qi_scan *c, const qi_day_word *w, int y, int turn, uint32_t head, uint32_t n);

int qi_date_weekday(const qi_scan *c, uint32_t i); /* 1..7, 0 none */
/* "4 November 2024", "5-6 September 2019". */
uint32_t qi_date_day_first(qi_scan *c, uint32_t i);
/* "Nov. 4, 2024", "November 2024", "June", "January - June 2016". */
uint32_t qi_date_month(qi_scan *c, uint32_t i);
int qi_date_day_number(const qi_scan *c, uint32_t i, bool words); /* "4", "4th": 1..31, 0 none */
/* "six", "several", "a few", "2 1/2"; *n tokens, *vague. < 0 none. */
double qi_date_amount(const qi_scan *c, uint32_t i, uint32_t *n, bool *vague);
/* A point n units from a day; those of months and years are no more exact than themselves. */
uint32_t qi_date_away(qi_scan *c, qi_day from, qi_unit u, double count, int way, bool vague, uint32_t head, uint32_t n);

/* ---- lean.c ---- */

bool qi_date_tells_own(const qi_scan *c, uint32_t i);
uint32_t qi_date_anchored(qi_scan *c, uint32_t i);
uint32_t qi_date_then(qi_scan *c, uint32_t i);
uint32_t qi_date_ordinal_day(qi_scan *c, uint32_t i);
uint32_t qi_date_weekend(qi_scan *c, uint32_t i);
uint32_t qi_date_nth(qi_scan *c, uint32_t i);
uint32_t qi_date_week_of(qi_scan *c, uint32_t i);
uint32_t qi_date_within(qi_scan *c, uint32_t i);

/* ---- years.c ---- */

uint32_t qi_date_decade(qi_scan *c, uint32_t i);
uint32_t qi_date_century(qi_scan *c, uint32_t i);
uint32_t qi_date_year_alone(qi_scan *c, uint32_t i);
uint32_t qi_date_season(qi_scan *c, uint32_t i);
uint32_t qi_date_named(qi_scan *c, uint32_t i);
uint32_t qi_date_quarter(qi_scan *c, uint32_t i);

#endif
