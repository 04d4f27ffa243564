/* Days. A day is a number in the proleptic Gregorian calendar, 0 = 1970-01-01,
 * so that differences and comparisons are plain arithmetic. Algorithms after
 * Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
#ifndef QI_BASE_DATE_H
#define QI_BASE_DATE_H

#include "base/slice.h"
#include <stdint.h>

typedef int32_t qi_day;

#define QI_DAY_NONE INT32_MIN /* no date; sorts before all dates */
/* Open ends of a span: "since for ever", "until further notice". */
#define QI_DAY_MIN (INT32_MIN + 1)
#define QI_DAY_MAX INT32_MAX

typedef struct qi_ymd {
  int year, month, day; /* month 1..12, day 1..31 */
} qi_ymd;

/* Years -32767..32767. A date that does not exist gives QI_DAY_NONE. */
qi_day qi_day_from_ymd(int year, int month, int day);
/* day must be one that qi_day_from_ymd can give. */
qi_ymd qi_day_to_ymd(qi_day day);
int qi_day_weekday(qi_day day); /* 0 Monday .. 6 Sunday */
int qi_days_in_month(int year, int month);
/* The same day n months on (n may be negative), cut to the month's end: 31 January + 1 month is
 * 28 or 29 February. */
qi_day qi_day_add_months(qi_day day, int n);
/* Today in UTC. */
qi_day qi_day_today(void);

/* "2024", "2024-06", "2024-06-19": first and last day of it (inclusive). Years 0001..9999.
 * Either output may be NULL. false: not such a date; outputs unchanged. */
bool qi_date_parse(qi_slice text, qi_day *first, qi_day *last);
/* As above, but also "2024-06-19T10:00:00Z" and "2024-06-19 10:00": the time of day is dropped,
 * no shift of zone is applied. */
bool qi_date_parse_prefix(qi_slice text, qi_day *first, qi_day *last);

#define QI_DATE_BYTES 16
/* "2024-06-19", NUL-terminated, into out; "" for QI_DAY_NONE, QI_DAY_MIN and QI_DAY_MAX. Returns out. */
char *qi_date_format(char out[QI_DATE_BYTES], qi_day day);

#endif
