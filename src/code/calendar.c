/* code: days and units -> days and units; number words -> values. Easter after Oudin and Meeus, the
 * Islamic calendar by its tables (Dershowitz and Reingold, Calendrical Calculations, ch. 7).
 * "the week of 2024-11-27" -> 2024-11-25 .. 2024-12-01. */
#include "code/calendar.h"
#include "base/utf8.h"

typedef struct word_value {
  const char *word;
  double value;
} word_value;

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

static const word_value ORDINALS[] = {
    {"first", 1}, {"second", 2}, {"third", 3}, {"fourth", 4}, {"fifth", 5}, {"sixth", 6}, {"seventh", 7}, {"eighth", 8}, {"ninth", 9},
    {"tenth", 10}, {"eleventh", 11}, {"twelfth", 12}, {"thirteenth", 13}, {"fourteenth", 14}, {"fifteenth", 15}, {"sixteenth", 16},
    {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19}, {"twentieth", 20}, {"twenty-first", 21}, {"thirtieth", 30}, {NULL, 0}};

int qi_calendar_ordinal(const qi_token *t, bool words) {
  qi_slice s = t->form;
  const word_value *v = words ? find(ORDINALS, s) : NULL;
  long day;
  if (v) return (int)v->value;
  if (s.len > 2 && !qi_ascii_is_digit(s.ptr[s.len - 1])) {
    qi_slice end = qi_slice_sub(s, s.len - 2, s.len);
    if (!qi_slice_eq_nocase(end, QI_SLICE("st")) && !qi_slice_eq_nocase(end, QI_SLICE("nd")) &&
        !qi_slice_eq_nocase(end, QI_SLICE("rd")) && !qi_slice_eq_nocase(end, QI_SLICE("th"))) return 0;
    s.len -= 2;
  }
  return s.len <= 2 && qi_slice_to_long(s, &day) && day >= 1 && day <= 99 ? (int)day : 0;
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

enum { MAX_YEAR = 9999, ISLAMIC_EPOCH = -492148 }; /* the latter: 622-07-19, the day 1 Muharram of the year 1 by the tables */

qi_day qi_calendar_day(int year, int month, int day) {
  return year < -MAX_YEAR || year > MAX_YEAR ? QI_DAY_NONE : qi_day_from_ymd(year, month, day);
}

static bool sane(qi_day day) {
  return day >= qi_day_from_ymd(-MAX_YEAR, 1, 1) && day <= qi_day_from_ymd(MAX_YEAR, 12, 31);
}

qi_day qi_calendar_shift(qi_day day, qi_unit unit, int n) {
  static const int MONTHS[QI_N_UNITS] = {[QI_UNIT_MONTH] = 1, [QI_UNIT_QUARTER] = 3, [QI_UNIT_SEASON] = 12, [QI_UNIT_YEAR] = 12,
                                         [QI_UNIT_DECADE] = 120, [QI_UNIT_CENTURY] = 1200};
  static const int DAYS[QI_N_UNITS] = {[QI_UNIT_DAY] = 1, [QI_UNIT_WEEK] = 7, [QI_UNIT_WEEKEND] = 7, [QI_UNIT_FORTNIGHT] = 14};
  if (!sane(day) || n > 100000 || n < -100000) return QI_DAY_NONE;
  qi_day moved = MONTHS[unit] ? qi_day_add_months(day, n * MONTHS[unit]) : day + n * DAYS[unit];
  return sane(moved) ? moved : QI_DAY_NONE;
}

bool qi_calendar_months(int year, int first, int last, qi_day *from, qi_day *to) {
  int end = last < first ? year + 1 : year;
  *from = qi_calendar_day(year, first, 1);
  *to = qi_calendar_day(end, last, qi_days_in_month(end, last));
  return *from != QI_DAY_NONE && *to != QI_DAY_NONE;
}

/* The first year of the block of n years that holds it: also before the year 0. */
static int block(int year, int n) { return (year >= 0 ? year : year - n + 1) / n * n; }

bool qi_calendar_whole(qi_day day, qi_unit unit, qi_day *from, qi_day *to) {
  if (!sane(day)) return false;
  qi_ymd d = qi_day_to_ymd(day);
  int first = d.year, years = 1;
  switch (unit) {
  case QI_UNIT_WEEK: case QI_UNIT_FORTNIGHT: *from = day - qi_day_weekday(day), *to = *from + 6; break;
  case QI_UNIT_WEEKEND: *from = day - qi_day_weekday(day) + 5, *to = *from + 1; break;
  case QI_UNIT_MONTH: return qi_calendar_months(d.year, d.month, d.month, from, to);
  case QI_UNIT_QUARTER: return qi_calendar_months(d.year, (d.month - 1) / 3 * 3 + 1, (d.month - 1) / 3 * 3 + 3, from, to);
  case QI_UNIT_DECADE: first = block(d.year, years = 10); break;
  case QI_UNIT_CENTURY: first = block(d.year, years = 100); break;
  case QI_UNIT_YEAR: break;
  default: *from = *to = day; return true;
  }
  if (unit >= QI_UNIT_YEAR) *from = qi_calendar_day(first, 1, 1), *to = qi_calendar_day(first + years - 1, 12, 31);
  return sane(*from) && sane(*to);
}

/* J.-M. Oudin (1940), as in Meeus, Astronomical Algorithms, ch. 8: year from 1583. */
static qi_day easter(int y) {
  int g = y % 19, century = y / 100;
  int h = (century - century / 4 - (8 * century + 13) / 25 + 19 * g + 15) % 30;
  int i = h - h / 28 * (1 - h / 28 * (29 / (h + 1)) * ((21 - g) / 11));
  int j = (y + y / 4 + i + 2 - century + century / 4) % 7, l = i - j;
  return qi_calendar_day(y, 3, 1) + l + 27; /* l days after 28 March */
}

/* Meeus, ch. 8: Julian calendar, put on the Gregorian one. */
static qi_day orthodox(int y) {
  int a = y % 4, b = y % 7, c = y % 19, d = (19 * c + 15) % 30, e = (2 * a + 4 * b - d + 34) % 7;
  int month = (d + e + 114) / 31, day = (d + e + 114) % 31 + 1;
  return qi_calendar_day(y, month, day) + y / 100 - y / 400 - 2;
}

/* The tabular calendar: 11 leap years in 30, odd months of 30 days, even ones of 29. */
static qi_day hijri(int year, int month, int day) {
  return ISLAMIC_EPOCH + (year - 1) * 354 + (11 * year + 3) / 30 + 29 * (month - 1) + month / 2 + day - 1;
}

static bool hijri_in(const qi_day_word *w, int year, qi_day *from, qi_day *to) {
  for (int y = (year - 622) * 33 / 32 - 1, end = y + 4; y < end; y++) {
    *from = hijri(y, w->a, w->b ? w->b : 1);
    *to = w->b ? *from : hijri(w->a == 12 ? y + 1 : y, w->a % 12 + 1, 1) - 1;
    if (y > 0 && qi_day_to_ymd(*from).year == year) return true;
  }
  return false;
}

bool qi_calendar_holiday(const qi_day_word *w, int year, qi_day *from, qi_day *to) {
  if (year < 1583 || year > MAX_YEAR) return false;
  switch (w->rule) {
  case QI_HOLIDAY_NTH: {
    int last = qi_days_in_month(year, w->a);
    qi_day first = qi_calendar_day(year, w->a, 1);
    *from = first + (w->c - 1 - qi_day_weekday(first) + 7) % 7 + 7 * (w->b > 0 ? w->b - 1 : 0);
    while (w->b < 0 && *from + 7 < first + last) *from += 7;
    break;
  }
  case QI_HOLIDAY_EASTER: *from = easter(year) + w->a; break;
  case QI_HOLIDAY_ORTHODOX: *from = orthodox(year) + w->a; break;
  case QI_HOLIDAY_HIJRI: return hijri_in(w, year, from, to);
  default:
    *from = qi_calendar_day(year, w->a, w->b);
    *to = qi_calendar_day(w->c < w->a ? year + 1 : year, w->c, w->d);
    return sane(*from) && sane(*to); /* 29 February */
  }
  *to = *from;
  return sane(*from);
}

void qi_calendar_iso(char out[11], qi_day day) {
  char text[QI_DATE_BYTES];
  bool known = day > QI_DAY_MIN && day < QI_DAY_MAX && qi_day_to_ymd(day).year >= 0 && qi_day_to_ymd(day).year <= MAX_YEAR;
  memcpy(out, qi_date_format(text, known ? day : QI_DAY_NONE), 11);
  out[10] = '\0';
}

const char *qi_unit_name(qi_unit unit) {
  static const char *const NAMES[QI_N_UNITS] = {"", "day", "week", "week", "day", "month", "quarter", "season", "year", "decade", "century"};
  return unit < QI_N_UNITS ? NAMES[unit] : "";
}
