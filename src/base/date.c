/* base: dates <-> day numbers, proleptic Gregorian.
 * H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013): years begin in March, so that
 * the leap day is the last of its year; 400 years are one era of 146097 days.
 * Example: 2024-06-19 -> 19893. */
#include "base/date.h"

#include "base/utf8.h"

#include <stdio.h>
#include <time.h>

#define MAX_YEAR 32767

static bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int qi_days_in_month(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return days[month - 1] + (month == 2 && is_leap(year));
}

qi_day qi_day_from_ymd(int year, int month, int day) {
  if (year < -MAX_YEAR || year > MAX_YEAR || day < 1 || day > qi_days_in_month(year, month))
    return QI_DAY_NONE;
  int y = year - (month <= 2);
  int era = (y >= 0 ? y : y - 399) / 400;
  int year_of_era = y - era * 400;
  int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

qi_ymd qi_day_to_ymd(qi_day day) {
  int64_t z = (int64_t)day + 719468;
  int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  int day_of_era = (int)(z - era * 146097);
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int march_month = (5 * day_of_year + 2) / 153;
  int month = march_month + (march_month < 10 ? 3 : -9);
  int year = (int)(era * 400) + year_of_era + (month <= 2);
  return (qi_ymd){year, month, day_of_year - (153 * march_month + 2) / 5 + 1};
}

int qi_day_weekday(qi_day day) {
  int64_t from_monday = ((int64_t)day + 3) % 7; /* 1970-01-01 was a Thursday */
  return (int)(from_monday < 0 ? from_monday + 7 : from_monday);
}

qi_day qi_day_add_months(qi_day day, int n) {
  if (day == QI_DAY_NONE || day == QI_DAY_MIN || day == QI_DAY_MAX) return day;
  qi_ymd ymd = qi_day_to_ymd(day);
  int64_t months = (int64_t)ymd.year * 12 + ymd.month - 1 + n;
  int64_t year = (months >= 0 ? months : months - 11) / 12;
  if (year < -MAX_YEAR || year > MAX_YEAR) return QI_DAY_NONE;
  int month = (int)(months - year * 12) + 1;
  int last = qi_days_in_month((int)year, month);
  return qi_day_from_ymd((int)year, month, ymd.day < last ? ymd.day : last);
}

qi_day qi_day_today(void) {
  int64_t now = (int64_t)time(NULL);
  return (qi_day)((now >= 0 ? now : now - 86399) / 86400);
}

/* n digits at *at; -1 if they are not all there. */
static int digits(qi_slice s, size_t *at, size_t n) {
  if (n > s.len - *at) return -1;
  int value = 0;
  for (size_t end = *at + n; *at < end; (*at)++) {
    if (!qi_ascii_is_digit(s.ptr[*at])) return -1;
    value = value * 10 + (s.ptr[*at] - '0');
  }
  return value;
}

bool qi_date_parse(qi_slice text, qi_day *first, qi_day *last) {
  size_t at = 0;
  int from_month = 1, to_month = 12, from_day = 1, to_day;
  int year = digits(text, &at, 4);
  if (year < 1) return false;
  if (at < text.len) {
    if (text.ptr[at++] != '-') return false;
    from_month = to_month = digits(text, &at, 2);
  }
  to_day = qi_days_in_month(year, to_month);
  if (at < text.len) {
    if (text.ptr[at++] != '-') return false;
    from_day = to_day = digits(text, &at, 2);
  }
  if (at != text.len) return false;
  qi_day from = qi_day_from_ymd(year, from_month, from_day);
  qi_day to = qi_day_from_ymd(year, to_month, to_day);
  if (from == QI_DAY_NONE || to == QI_DAY_NONE) return false;
  if (first) *first = from;
  if (last) *last = to;
  return true;
}

bool qi_date_parse_prefix(qi_slice text, qi_day *first, qi_day *last) {
  enum { DATE = 10 };
  if (text.len > DATE && (text.ptr[DATE] == 'T' || text.ptr[DATE] == ' ')) text.len = DATE;
  return qi_date_parse(text, first, last);
}

char *qi_date_format(char out[QI_DATE_BYTES], qi_day day) {
  out[0] = '\0';
  if (day == QI_DAY_NONE || day == QI_DAY_MIN || day == QI_DAY_MAX) return out;
  qi_ymd ymd = qi_day_to_ymd(day);
  if (ymd.year >= -MAX_YEAR && ymd.year <= MAX_YEAR)
    snprintf(out, QI_DATE_BYTES, "%04d-%02d-%02d", ymd.year, ymd.month, ymd.day);
  return out;
}
