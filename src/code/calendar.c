/* code: words of the English calendar and of numbers -> values. */
#include "code/calendar.h"
#include "base/utf8.h"

typedef struct word_value {
  const char *word;
  double value;
} word_value;

static const word_value MONTHS[] = {
    {"january", 1}, {"jan", 1}, {"february", 2}, {"feb", 2}, {"march", 3}, {"mar", 3}, {"april", 4}, {"apr", 4}, {"may", 5},
    {"june", 6}, {"jun", 6}, {"july", 7}, {"jul", 7}, {"august", 8}, {"aug", 8}, {"september", 9}, {"sept", 9}, {"sep", 9},
    {"october", 10}, {"oct", 10}, {"november", 11}, {"nov", 11}, {"december", 12}, {"dec", 12}, {NULL, 0}};
static const word_value WEEKDAYS[] = {{"monday", 0}, {"tuesday", 1}, {"wednesday", 2}, {"thursday", 3}, {"friday", 4},
                                      {"saturday", 5}, {"sunday", 6}, {NULL, 0}};
static const word_value UNITS[] = {
    {"day", QI_UNIT_DAY}, {"week", QI_UNIT_WEEK}, {"month", QI_UNIT_MONTH}, {"year", QI_UNIT_YEAR}, {"decade", QI_UNIT_DECADE},
    {"century", QI_UNIT_CENTURY}, {"spring", QI_UNIT_SPRING}, {"summer", QI_UNIT_SUMMER}, {"autumn", QI_UNIT_AUTUMN},
    {"fall", QI_UNIT_AUTUMN}, {"winter", QI_UNIT_WINTER}, {"night", QI_UNIT_NIGHT}, {"weekend", QI_UNIT_WEEKEND},
    {"days", QI_UNIT_DAY}, {"weeks", QI_UNIT_WEEK}, {"months", QI_UNIT_MONTH}, {"years", QI_UNIT_YEAR},
    {"decades", QI_UNIT_DECADE}, {NULL, 0}};
static const word_value NUMBERS[] = {
    {"a", 1}, {"an", 1}, {"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7}, {"eight", 8},
    {"nine", 9}, {"ten", 10}, {"eleven", 11}, {"twelve", 12}, {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16},
    {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20}, {"thirty", 30}, {"forty", 40}, {"fifty", 50},
    {"sixty", 60}, {"seventy", 70}, {"eighty", 80}, {"ninety", 90}, {"dozen", 12}, {"dozens", 12}, {"score", 20}, {"scores", 20},
    {"hundred", 100}, {"hundreds", 100}, {"thousand", 1e3}, {"thousands", 1e3}, {"million", 1e6}, {"millions", 1e6},
    {"billion", 1e9}, {"billions", 1e9}, {"trillion", 1e12}, {NULL, 0}};

static const word_value *find(const word_value *table, qi_slice form) {
  if (form.len > 1 && form.ptr[form.len - 1] == '.') form.len--; /* "Sept." */
  for (; table->word; table++)
    if (qi_slice_eq_nocase(form, qi_slice_str(table->word))) return table;
  return NULL;
}

static bool capital(const qi_token *t) { return t->form.len && qi_ascii_is_upper(t->form.ptr[0]); }

int qi_calendar_month(const qi_token *t) {
  const word_value *v = capital(t) ? find(MONTHS, t->form) : NULL;
  if (!v || (t->upos != QI_PROPN && (v->value == 3 || v->value == 5))) return 0;
  return (int)v->value;
}

int qi_calendar_weekday(const qi_token *t) {
  const word_value *v = capital(t) ? find(WEEKDAYS, t->form) : NULL;
  return v ? (int)v->value : -1;
}

int qi_calendar_year(const qi_token *t) {
  long year;
  return t->form.len == 4 && qi_slice_to_long(t->form, &year) && year >= 1500 && year < 2200 ? (int)year : 0;
}

int qi_calendar_day(const qi_token *t) {
  qi_slice s = t->form;
  long day;
  if (s.len > 2 && !qi_ascii_is_digit(s.ptr[s.len - 1])) {
    qi_slice end = qi_slice_sub(s, s.len - 2, s.len);
    if (!qi_slice_eq_str(end, "st") && !qi_slice_eq_str(end, "nd") && !qi_slice_eq_str(end, "rd") && !qi_slice_eq_str(end, "th")) return 0;
    s.len -= 2;
  }
  return s.len <= 2 && qi_slice_to_long(s, &day) && day >= 1 && day <= 31 ? (int)day : 0;
}

qi_unit qi_calendar_unit(const qi_token *t) {
  const word_value *v = find(UNITS, t->form);
  return v ? (qi_unit)(int)v->value : QI_UNIT_NONE;
}

double qi_number(const qi_token *t) {
  char digits[32];
  size_t n = 0;
  double value;
  if (t->form.len && qi_ascii_is_digit(t->form.ptr[0]) && t->form.len < sizeof digits) {
    for (size_t i = 0; i < t->form.len; i++)
      if (t->form.ptr[i] != ',') digits[n++] = t->form.ptr[i];
    return qi_slice_to_double(qi_slice_of(digits, n), &value) ? value : -1;
  }
  const word_value *v = find(NUMBERS, t->form);
  return v ? v->value : -1;
}

qi_day qi_calendar_shift(qi_day day, qi_unit unit, int n) {
  switch (unit) {
  case QI_UNIT_DAY: case QI_UNIT_NIGHT: return day + n;
  case QI_UNIT_WEEK: case QI_UNIT_WEEKEND: return day + 7 * n;
  case QI_UNIT_MONTH: return qi_day_add_months(day, n);
  case QI_UNIT_DECADE: return qi_day_add_months(day, 120 * n);
  case QI_UNIT_CENTURY: return qi_day_add_months(day, 1200 * n);
  default: return qi_day_add_months(day, 12 * n);
  }
}

/* Seasons of the northern year: three whole months each. */
static void season(int year, int first_month, qi_day *from, qi_day *to) {
  *from = qi_day_from_ymd(year, first_month, 1);
  *to = qi_day_add_months(*from, 3) - 1;
}

void qi_calendar_whole(qi_day day, qi_unit unit, qi_day *from, qi_day *to) {
  qi_ymd d = qi_day_to_ymd(day);
  *from = *to = day;
  switch (unit) {
  case QI_UNIT_WEEK: *from = day - qi_day_weekday(day), *to = *from + 6; break;
  case QI_UNIT_WEEKEND: *from = day - qi_day_weekday(day) + 5, *to = *from + 1; break;
  case QI_UNIT_MONTH: *from = qi_day_from_ymd(d.year, d.month, 1), *to = qi_day_add_months(*from, 1) - 1; break;
  case QI_UNIT_YEAR: *from = qi_day_from_ymd(d.year, 1, 1), *to = qi_day_from_ymd(d.year, 12, 31); break;
  case QI_UNIT_DECADE: *from = qi_day_from_ymd(d.year - d.year % 10, 1, 1), *to = qi_day_add_months(*from, 120) - 1; break;
  case QI_UNIT_CENTURY: *from = qi_day_from_ymd(d.year - d.year % 100, 1, 1), *to = qi_day_add_months(*from, 1200) - 1; break;
  case QI_UNIT_SPRING: season(d.year, 3, from, to); break;
  case QI_UNIT_SUMMER: season(d.year, 6, from, to); break;
  case QI_UNIT_AUTUMN: season(d.year, 9, from, to); break;
  case QI_UNIT_WINTER: season(d.month < 3 ? d.year - 1 : d.year, 12, from, to); break;
  default: break;
  }
}
