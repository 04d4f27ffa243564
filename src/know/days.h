/* know: the words of the calendar, from when/words.tsv, when/holidays.tsv and when/periods.tsv. */
#ifndef QI_KNOW_DAYS_H
#define QI_KNOW_DAYS_H

#include "base/date.h"
#include "base/error.h"
#include "base/slice.h"
#include "know/know.h"

typedef enum qi_day_kind {
  QI_DAY_MONTH, QI_DAY_WEEKDAY, QI_DAY_UNIT, QI_DAY_SEASON, QI_DAY_DAYPART, QI_DAY_DAY, QI_DAY_DECADE, QI_DAY_SOME,
  QI_DAY_RECENT, QI_DAY_PART, QI_DAY_HOLIDAY, QI_DAY_PERIOD,
  QI_N_DAY_KINDS
} qi_day_kind;

typedef enum qi_unit { QI_UNIT_NONE, QI_UNIT_DAY, QI_UNIT_WEEK, QI_UNIT_FORTNIGHT, QI_UNIT_WEEKEND, QI_UNIT_MONTH, QI_UNIT_QUARTER,
                       QI_UNIT_SEASON, QI_UNIT_YEAR, QI_UNIT_DECADE, QI_UNIT_CENTURY, QI_N_UNITS } qi_unit;

/* How a holiday is reckoned. */
typedef enum qi_holiday { QI_HOLIDAY_FIXED, QI_HOLIDAY_NTH, QI_HOLIDAY_EASTER, QI_HOLIDAY_ORTHODOX, QI_HOLIDAY_HIJRI } qi_holiday;

/* One line of the files as a rule. */
typedef struct qi_day_word {
  uint8_t kind;    /* qi_day_kind */
  uint8_t rule;    /* qi_holiday */
  int a, b, c, d;  /* month, weekday, unit, days, decade, some: a. season, part: a-b. HOLIDAY: a month, b day,
                    * c and d the last of several; NTH: a month, b which, c weekday 1..7; EASTER: a days */
  qi_day from, to; /* PERIOD */
} qi_day_word;

#define QI_MAX_DAY_WORDS 6 /* tokens of one phrase */

/* Loads DIR/when. *out: *new*. */
quid_status qi_days_load(qi_days **out, const char *dir, quid_error *err);
/* One file from text, for tests and checks: 'w' words, 'h' holidays, 'p' periods. Data is only read during the call. */
quid_status qi_days_new(qi_days **out, quid_error *err);
quid_status qi_days_add(qi_days *days, char which, qi_slice data, const char *file, quid_error *err);
void qi_days_free(qi_days *days); /* NULL is fine */

/* Can a phrase, or an expression of the grammar without a figure, begin with the word? Case does not matter. days NULL: no. */
bool qi_days_starts(const qi_days *days, qi_slice word);
/* The phrase, words joined by one blank, in lower case; NULL none. *borrowed* */
const qi_day_word *qi_days_find(const qi_days *days, qi_slice phrase);

#endif
