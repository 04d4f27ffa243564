/* code: arithmetic of the calendar, and numbers. The words of the calendar are in knowledge/when.
 * Every function keeps to the years -9999..9999 and gives QI_DAY_NONE outside them. */
#ifndef QI_CODE_CALENDAR_H
#define QI_CODE_CALENDAR_H

#include "base/date.h"
#include "know/days.h"
#include "parse/sentence.h"

/* A number in figures or words ("10,000", "1.2", "six", "dozen", "million", "a"); < 0 none. */
double qi_number(const qi_token *t);
/* "4", "4th" -> 4; also "fifth", where `words`; 0 none. At most 99. */
int qi_calendar_ordinal(const qi_token *t, bool words);

qi_day qi_calendar_day(int year, int month, int day); /* years -9999..9999 */
/* The day moved by n units (QI_UNIT_DAY to QI_UNIT_CENTURY). */
qi_day qi_calendar_shift(qi_day day, qi_unit unit, int n);
/* The whole unit that holds the day: its week from Monday, its month ... false: none. */
bool qi_calendar_whole(qi_day day, qi_unit unit, qi_day *from, qi_day *to);
/* The months `first` to `last` of a year, 12 to 2 runs into the next. false: none. */
bool qi_calendar_months(int year, int first, int last, qi_day *from, qi_day *to);
/* The holiday in that year. false: none. */
bool qi_calendar_holiday(const qi_day_word *holiday, int year, qi_day *from, qi_day *to);
/* ISO date of years 0 to 9999; "" for what is open or beyond. */
void qi_calendar_iso(char out[11], qi_day day);
/* "day" "week" "month" "quarter" "season" "year" "decade" "century"; "" none. */
const char *qi_unit_name(qi_unit unit);

#endif
