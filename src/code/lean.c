/* code: date expressions that lean on the one before them, or on the day of the text -> days.
 *
 * Patterns of the grammar of dates.c. After "On 4 November ...": "the next day" -> 5 November; "by then" -> up to the 4th;
 * "that Tuesday" -> the Tuesday nearest to it; "on the 14th" -> 14 November. */
#include "code/dates_impl.h"

#include <stdlib.h>

static bool has_ref(const qi_scan *c) { return c->ref_from > QI_DAY_MIN && c->ref_to != QI_DAY_MAX && c->ref_to >= c->ref_from; }

/* Somebody tells what he went through around a day some time ago ("on the 16th I tested positive"): his weekdays are about that day. */
bool qi_date_tells_own(const qi_scan *c, uint32_t i) {
  enum { FRESH = 3, STALE = 45, NEAR = 40 };
  static const char *const SELF[] = {"I", "my", "we", "our", NULL};
  if (!has_ref(c) || c->ref_to != c->ref_from || c->today == QI_DAY_NONE) return false;
  if (c->ref_from > c->today - FRESH || c->ref_from < c->today - STALE) return false;
  for (uint32_t k = i > NEAR ? i - NEAR : 0; k < c->s->n_tokens && k < i + NEAR; k++)
    if (qi_token_any(&c->s->tokens[k], SELF)) return true;
  return false;
}

/* The weekday nearest to the day before (0), the first after it (1), the last before it (-1). */
static uint32_t weekday_from(qi_scan *c, uint32_t i, uint32_t k, int wd, int way) {
  qi_day ref = way > 0 ? c->ref_to : c->ref_from;
  if (!has_ref(c) || c->ref_to - c->ref_from > 7) return 0;
  int on = (wd - 1 - qi_day_weekday(ref) + 7) % 7;
  qi_day d = way > 0 ? ref + (on ? on : 7) : way < 0 ? ref - (on ? 7 - on : 7) : ref + (on + 3) % 7 - 3;
  return qi_date_set(c, d, d, QI_UNIT_DAY, k, k + 1 - i);
}

/* "that summer", "the following March": of the year of the date before, or the next one. */
static uint32_t part_of_year(qi_scan *c, uint32_t i, uint32_t k, int way) {
  uint32_t n = 1;
  const qi_day_word *w = qi_date_kind(c, k, QI_DAY_SEASON, &n);
  if (!w) w = qi_date_kind(c, k, QI_DAY_MONTH, &n);
  if (!w || !has_ref(c) || (w->kind == QI_DAY_MONTH && !capital(at(c, k))) || (way == 0 && !is(c, i, "that"))) return 0;
  if (way > 0 && is(c, k - 1, "next")) return 0; /* "the next spring" is from today */
  int first = w->a, last = w->kind == QI_DAY_MONTH ? w->a : w->b, year = qi_day_to_ymd(c->ref_from).year;
  qi_day from, to;
  if (!qi_calendar_months(year, first, last, &from, &to)) return 0;
  if (way > 0 && from <= c->ref_from && !qi_calendar_months(year + 1, first, last, &from, &to)) return 0;
  if (way < 0 && to >= c->ref_from && !qi_calendar_months(year - 1, first, last, &from, &to)) return 0;
  return qi_date_set(c, from, to, w->kind == QI_DAY_MONTH ? QI_UNIT_MONTH : QI_UNIT_SEASON, k, k + n - i);
}

/* "the next day", "the following year", "that day", "the same month", "the day before": from the expression before. */
uint32_t qi_date_anchored(qi_scan *c, uint32_t i) {
  bool that = is(c, i, "that"), the = is(c, i, "the");
  uint32_t k = i + 1, n;
  if ((!that && !the) || c->ref_from == QI_DAY_NONE || c->ref_from == QI_DAY_MIN) return 0;
  bool same = is(c, k, "same"), next = is(c, k, "next") || is(c, k, "following"), prev = is(c, k, "previous") || is(c, k, "preceding");
  if (same || next || prev) k++;
  int wd = qi_date_weekday(c, k);
  if (wd && (that || is(c, k - 1, "following") || prev)) return weekday_from(c, i, k, wd, that ? 0 : prev ? -1 : 1);
  if ((n = part_of_year(c, i, k, prev ? -1 : next ? 1 : 0)) != 0) return n;
  qi_unit u = qi_date_unit(c, k);
  if (!u && qi_date_kind(c, k, QI_DAY_DAYPART, &n)) u = QI_UNIT_DAY;
  if (!u) return 0;
  bool after = the && !next && !prev && !same && (is(c, k + 1, "after") || is(c, k + 1, "before")) && (at(c, k + 1)->upos == QI_ADV || (c->given && k + 2 == c->end));
  int step = next ? 1 : prev ? -1 : after ? (is(c, k + 1, "after") ? 1 : -1) : 0;
  if (!step && !same && !that) return 0;
  if (next && is(c, k - 1, "next") && u != QI_UNIT_DAY) return 0; /* "the next year" is from today */
  if (c->ref_to != QI_DAY_MAX && c->ref_to - c->ref_from > 31 && u < QI_UNIT_MONTH) return 0; /* "the next day" of a year */
  qi_day d = qi_calendar_shift(step > 0 && u == QI_UNIT_DAY && c->ref_to != QI_DAY_MAX ? c->ref_to : c->ref_from, u, step);
  uint32_t len = k + 1 + (after ? 1 : 0) - i;
  return u == QI_UNIT_DAY ? qi_date_set(c, d, d, u, k, len) : qi_date_set_whole(c, d, u, k, len);
}

static qi_unit unit_of_span(qi_day from, qi_day to) {
  int days = to - from + 1;
  return days <= 1 ? QI_UNIT_DAY : days <= 7 ? QI_UNIT_WEEK : days <= 31 ? QI_UNIT_MONTH : days <= 366 ? QI_UNIT_YEAR : QI_UNIT_DECADE;
}

/* "by then", "since then". */
uint32_t qi_date_then(qi_scan *c, uint32_t i) {
  static const char *const BEFORE[] = {"by", "since", "until", "till", "before", NULL};
  if (!is(c, i, "then") || !has_ref(c) || !(c->given || qi_token_any(before(c, i, 1), BEFORE))) return 0;
  return qi_date_set(c, c->ref_from, c->ref_to, unit_of_span(c->ref_from, c->ref_to), i, 1);
}

/* "on the 14th": of the month spoken of, else the nearest on the side of the tense. */
uint32_t qi_date_ordinal_day(qi_scan *c, uint32_t i) {
  uint32_t k = i + (is(c, i, "the") ? 1 : 0);
  const qi_token *t = at(c, k), *next = at(c, k + 1);
  if (!t || (k == i && !c->given) || !(qi_ascii_is_digit(t->form.ptr[0]) || c->given) || t->form.len < 3) return 0;
  int d = qi_date_day_number(c, k, true);
  if (!d || (!c->given && !qi_token_is(before(c, i, 1), "on"))) return 0;
  if (next && (next->upos == QI_NOUN || next->upos == QI_PROPN || next->upos == QI_ADJ || qi_token_is(next, "of") || qi_token_is(next, "-"))) return 0;
  bool lean = has_ref(c) && c->ref_to - c->ref_from <= 31;
  qi_day base = lean ? c->ref_from : c->today;
  if (base == QI_DAY_NONE) return 0;
  qi_ymd m = qi_day_to_ymd(base);
  qi_day day = qi_calendar_day(m.year, m.month, d);
  int way = qi_date_tense(c->s, k);
  if (!lean && day != QI_DAY_NONE && way < 0 && day > c->today) day = qi_calendar_shift(day, QI_UNIT_MONTH, -1);
  if (!lean && day != QI_DAY_NONE && way > 0 && day < c->today) day = qi_calendar_shift(day, QI_UNIT_MONTH, 1);
  return day == QI_DAY_NONE ? 0 : qi_date_set(c, day, day, QI_UNIT_DAY, k, k + 1 - i);
}

/* "over the weekend": the last one, or the coming one. */
uint32_t qi_date_weekend(qi_scan *c, uint32_t i) {
  static const char *const BEFORE[] = {"over", "during", "at", "on", NULL};
  uint32_t k = i + (is(c, i, "the") ? 1 : 0);
  if (qi_date_unit(c, k) != QI_UNIT_WEEKEND || c->today == QI_DAY_NONE) return 0;
  if (!c->given && (k == i || !qi_token_any(before(c, i, 1), BEFORE) || is(c, k, "weekends"))) return 0;
  int back = qi_day_weekday(c->today) < 5 && qi_date_tense(c->s, k) <= 0 ? 7 : 0;
  return qi_date_set_whole(c, qi_calendar_shift(c->today, QI_UNIT_DAY, -back), QI_UNIT_WEEKEND, k, k + 1 - i);
}

/* "within 48 hours", "in two weeks", of what is still to come. */
uint32_t qi_date_within(qi_scan *c, uint32_t i) {
  enum { DAY_HOURS = 24, MOST_HOURS = 24 * 400 };
  uint32_t n;
  bool vague, range = qi_token_is(before(c, i, 1), "within"), point = qi_token_is(before(c, i, 1), "in");
  if ((!range && !point) || c->today == QI_DAY_NONE) return 0;
  double count = qi_date_amount(c, i, &n, &vague);
  const qi_token *after = at(c, i + n + 1);
  qi_unit u = qi_date_unit(c, i + n);
  bool hours = is(c, i + n, "hours") || is(c, i + n, "hour");
  if (count < 1 || vague || (!hours && u == QI_UNIT_NONE) || (hours && count > MOST_HOURS)) return 0;
  if (after && (after->upos == QI_NOUN || after->upos == QI_PART || qi_token_any(after, (const char *const[]){"ago", "of", "after", "from", NULL}))) return 0;
  if (qi_date_tense(c->s, i + n) <= 0) return 0;
  if (point && !hours) return qi_date_away(c, c->today, u, count, 1, false, i + n, n + 1);
  qi_day to = hours ? c->today + ((int)count + DAY_HOURS - 1) / DAY_HOURS : qi_calendar_shift(c->today, u, (int)count);
  return to == QI_DAY_NONE ? 0 : qi_date_set(c, c->today, to, QI_UNIT_DAY, i + n, n + 1);
}

/* "the second Sunday in May", "the last weekend of August 2019", "the first week of July". */
uint32_t qi_date_nth(qi_scan *c, uint32_t i) {
  uint32_t k = i + (is(c, i, "the") ? 1 : 0);
  if (!at(c, k) || !at(c, k + 3)) return 0;
  bool last = is(c, k, "last");
  int n = last ? -1 : qi_calendar_ordinal(at(c, k), true), wd = qi_date_weekday(c, k + 1);
  qi_unit u = qi_date_unit(c, k + 1);
  if (n == 0 || n > 5 || (!wd && u != QI_UNIT_WEEK && u != QI_UNIT_WEEKEND && u != QI_UNIT_DAY) || (!is(c, k + 2, "of") && !is(c, k + 2, "in"))) return 0;
  qi_scan month = *c;
  uint32_t read = qi_date_month(&month, k + 3);
  if (!read || month.to - month.from > 30) return 0;
  c->has_year = month.has_year;
  qi_day from = month.from, to = month.to;
  if (u == QI_UNIT_DAY && (last || n == 1)) from = last ? to : from, to = from;
  else if (u == QI_UNIT_DAY) return 0;
  else if (u == QI_UNIT_WEEK) from = last ? to - 6 : from + 7 * (n - 1), to = from + 6;
  else {
    int day = wd ? wd - 1 : 5, on = (day - qi_day_weekday(from) + 7) % 7;
    qi_day first = from + on + 7 * (last ? 0 : n - 1);
    while (last && first + 7 <= to) first += 7;
    from = first, to = wd ? first : first + 1;
  }
  if (from > month.to) return 0;
  return qi_date_set(c, from, to, u == QI_UNIT_WEEK ? u : QI_UNIT_DAY, k + 1, k + 3 + read - i);
}

/* "the week of Nov. 11", "the weekend of 11 January". */
uint32_t qi_date_week_of(qi_scan *c, uint32_t i) {
  qi_unit u = qi_date_unit(c, i);
  if ((u != QI_UNIT_WEEK && u != QI_UNIT_WEEKEND) || !is(c, i + 1, "of")) return 0;
  qi_scan day = *c;
  uint32_t n = qi_date_month(&day, i + 2);
  if (!n) n = qi_date_day_first(&day, i + 2);
  if (!n || day.unit != QI_UNIT_DAY || day.from != day.to) return 0;
  c->has_year = day.has_year;
  return qi_date_set_whole(c, day.from, u, i, n + 2);
}
