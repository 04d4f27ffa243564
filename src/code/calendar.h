/* code: the English calendar: words for months, weekdays, units and numbers. Grammar, not
 * knowledge, hence tables in C. */
#ifndef QI_CODE_CALENDAR_H
#define QI_CODE_CALENDAR_H

#include "base/date.h"
#include "parse/sentence.h"

/* 1..12, 0 none. "March" and "May" only when tagged as names. */
int qi_calendar_month(const qi_token *t);
/* 0 Monday .. 6 Sunday, -1 none. */
int qi_calendar_weekday(const qi_token *t);
/* A year that stands alone, 1500..2199; 0 none. */
int qi_calendar_year(const qi_token *t);
/* Day of a month, "4", "4th"; 0 none. */
int qi_calendar_day(const qi_token *t);

typedef enum qi_unit { QI_UNIT_NONE, QI_UNIT_DAY, QI_UNIT_WEEK, QI_UNIT_MONTH, QI_UNIT_YEAR, QI_UNIT_DECADE, QI_UNIT_CENTURY,
                       QI_UNIT_SPRING, QI_UNIT_SUMMER, QI_UNIT_AUTUMN, QI_UNIT_WINTER, QI_UNIT_NIGHT, QI_UNIT_WEEKEND } qi_unit;
qi_unit qi_calendar_unit(const qi_token *t);

/* A number in figures or words ("10,000", "1.2", "six", "dozen", "million", "a"); < 0 none. */
double qi_number(const qi_token *t);

/* The day moved by n units (QI_UNIT_DAY to QI_UNIT_CENTURY). */
qi_day qi_calendar_shift(qi_day day, qi_unit unit, int n);
/* The whole unit that holds the day: its week from Monday, its month ... */
void qi_calendar_whole(qi_day day, qi_unit unit, qi_day *from, qi_day *to);

#endif
