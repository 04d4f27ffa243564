/* code: years and longer -> days: decades, centuries, seasons, quarters, holidays, and times with a name.
 *
 * Patterns of the grammar of dates.c, which tries them at each token. "the mid-1990s" -> 1993 .. 1996; "the winter of
 * 1776-77" -> 1776-12 .. 1777-02; "Orthodox Easter 2024" -> 2024-05-05. */
#include "code/dates_impl.h"

#include "base/utf8.h"
#include <stdlib.h>

static bool ends_in(qi_slice s, const char *a, const char *b) { return qi_slice_ends(s, qi_slice_str(a)) || qi_slice_ends(s, qi_slice_str(b)); }

/* "1990s", "1990's", "'90s", "mid-1990s", "the sixties". The 1800s are a century. */
uint32_t qi_date_decade(qi_scan *c, uint32_t i) {
  qi_slice s = at(c, i)->form;
  long y;
  uint32_t n;
  const qi_day_word *w = qi_date_kind(c, i, QI_DAY_DECADE, &n);
  if (w && (c->given || qi_token_is(before(c, i, 1), "the") || qi_token_is(before(c, i, 2), "the"))) return qi_date_set_whole(c, qi_calendar_day(1900 + w->a, 1, 1), QI_UNIT_DECADE, i, n);
  bool mid = s.len > 4 && qi_slice_eq_nocase(qi_slice_sub(s, 0, 4), QI_SLICE("mid-"));
  if (mid) s = qi_slice_sub(s, 4, s.len);
  if (!ends_in(s, "0s", "0's") && !qi_slice_ends(s, QI_SLICE("0’s"))) return 0;
  if (s.len >= 5 && qi_slice_to_long(qi_slice_sub(s, 0, 4), &y) && y >= 1000 && y < 2200) {
    c->has_year = true;
    if (!qi_date_set_whole(c, qi_calendar_day((int)y, 1, 1), y % 100 || y >= 1900 ? QI_UNIT_DECADE : QI_UNIT_CENTURY, i, 1)) return 0;
    if (mid) c->from = qi_calendar_day((int)y + 3, 1, 1), c->to = qi_calendar_day((int)y + 6, 12, 31);
    return 1;
  }
  size_t quote = s.len == 4 && s.ptr[0] == '\'' ? 1 : s.len == 6 && memcmp(s.ptr, "’", 3) == 0 ? 3 : 0;
  bool short_of = s.len == 3 && qi_token_any(before(c, i, 1), (const char *const[]){"the", "early", "late", "mid", "-", NULL}) && !is(c, i + 1, "°F") && !is(c, i + 1, "°C") && !is(c, i + 1, "°"); /* "the 90s" */
  if (short_of && qi_slice_to_long(qi_slice_sub(s, 0, 2), &y) && y >= 20) return qi_date_set_whole(c, qi_calendar_day(1900 + (int)y, 1, 1), QI_UNIT_DECADE, i, 1);
  if (quote && qi_slice_to_long(qi_slice_sub(s, quote, quote + 2), &y) && y >= 20) return qi_date_set_whole(c, qi_calendar_day(1900 + (int)y, 1, 1), QI_UNIT_DECADE, i, 1);
  return 0;
}

/* As is(), but past the end of a given expression. */
static bool ahead(const qi_scan *c, uint32_t i, const char *word) { return i < c->s->n_tokens && qi_token_is(&c->s->tokens[i], word); }

static bool before_christ(const qi_scan *c, uint32_t i) {
  static const char *const BC[] = {"BC", "B.C.", "B.C", "BCE", "B.C.E.", "B.C.E", NULL};
  return i < c->s->n_tokens && qi_token_any(&c->s->tokens[i], BC);
}

/* "19th century", "19th-century", "the sixteenth century", "15th to the 19th century". */
uint32_t qi_date_century(qi_scan *c, uint32_t i) {
  int n = qi_calendar_ordinal(at(c, i), true);
  uint32_t k = i + 1;
  if (n < 1 || n > 60) return 0;
  if ((ahead(c, k, "and") || ahead(c, k, "to") || ahead(c, k, "or") || ahead(c, k, "-")) && (c->given || !qi_date_unit(c, k + 1))) { /* "15th to the 19th century" */
    uint32_t next = k + 1 + (ahead(c, k + 1, "the") ? 1 : 0), after = next + 1 + (ahead(c, next + 1, "-") ? 1 : 0);
    const qi_token *second = next < c->s->n_tokens ? &c->s->tokens[next] : NULL;
    if (second && qi_calendar_ordinal(second, true) > 0 && (ahead(c, after, "century") || ahead(c, after, "centuries"))) {
      c->has_year = true;
      if (before_christ(c, after + 1)) n = 1 - n;
      return qi_date_set(c, qi_calendar_day((n - 1) * 100, 1, 1), qi_calendar_day(n * 100 - 1, 12, 31), QI_UNIT_CENTURY, i, 1);
    }
  }
  if (is(c, k, "-")) k++;
  if (qi_date_unit(c, k) != QI_UNIT_CENTURY) return 0;
  k++;
  bool bc = before_christ(c, k) && at(c, k);
  c->has_year = true;
  if (bc) return qi_date_set(c, qi_calendar_day(-n * 100, 1, 1), qi_calendar_day(-(n - 1) * 100 - 1, 12, 31), QI_UNIT_CENTURY, k - 1, k + 1 - i);
  return qi_date_set(c, qi_calendar_day((n - 1) * 100, 1, 1), qi_calendar_day(n * 100 - 1, 12, 31), QI_UNIT_CENTURY, k - 1, k - i);
}

static bool is_dash(const qi_token *t) { return qi_token_is(t, "-") || qi_token_is(t, "–"); }

/* Do the two look like the ends of a span of years? */
static bool is_span(int first, int second) {
  enum { OLDEST = 1500, LATEST = 2059, LONGEST = 150 };
  return first >= OLDEST && second > first && second <= LATEST && second - first <= LONGEST;
}

/* Does a number stand where a year may: "in 2022", "(Moretti, 2013)", "the 2011 census"? */
static bool year_place(const qi_scan *c, uint32_t i) {
  static const char *const BEFORE[] = {"in", "since", "by", "until", "till", "from", "during", "early", "late", "mid", "before", "after", "around",
                                       "year", "circa", "c.", "(", "[", "/", "'s", "’s", NULL};
  static const char *const COUNT[] = {"about", "over", "nearly", "almost", "than", "some", "least", "$", "€", "£", "No.", "room", "page", "pp.", "p.", ":", NULL};
  const qi_token *t = at(c, i), *prev = before(c, i, 1), *next = at(c, i + 1);
  int y = qi_date_year(c, i);
  int second = is_dash(next) ? qi_date_year(c, i + 2) : 0, first = is_dash(prev) && i >= 2 ? qi_date_year(c, i - 2) : 0;
  if (is_span(y, second) || is_span(first, y)) return true; /* "over 2000 - 2050" */
  if (qi_token_any(prev, COUNT) || (next && qi_token_any(next, (const char *const[]){"%", "percent", "km", "m", "metres", "meters", "feet", "years", "miles", "kg", "am", "pm", "hours", NULL}))) return false;
  bool counts = t->rel == QI_REL_NUMMOD && t->head != QI_ROOT && (uint32_t)t->head > i && c->s->tokens[t->head].upos == QI_NOUN;
  bool plural = counts && c->s->tokens[t->head].xpos.len == 3 && c->s->tokens[t->head].xpos.ptr[2] == 'S';
  if (counts && (plural || y < 1900) && !qi_token_any(prev, (const char *const[]){"the", "its", "their", "his", "'s", "this", NULL})) return false;
  if (next && qi_date_unit(c, i + 1) && (is(c, i + 2, "old") || is(c, i + 2, "-"))) return false; /* "a 2000 year old tradition" */
  if (y >= 2060) return qi_token_any(prev, BEFORE) && !qi_token_is(prev, "(");
  if (qi_token_any(prev, BEFORE)) return true;
  if (qi_token_is(prev, "-") || qi_token_is(prev, "–")) return y >= 1700 && i >= 2 && (qi_date_year(c, i - 2) || !qi_ascii_is_digit(c->s->tokens[i - 2].form.ptr[0]));
  if (y >= 1500 && (!next || next->upos == QI_PUNCT)) return true; /* "1596, dating from ..." */
  return y >= 1700 || qi_token_any(prev, (const char *const[]){"of", "between", "to", "and", "through", NULL});
}

/* "between 1200 and 900 BC", "550 - 330 BC": of the first number. */
static bool before_christ_later(const qi_scan *c, uint32_t i, long n) {
  long second;
  if (!ahead(c, i + 1, "to") && !ahead(c, i + 1, "and") && !ahead(c, i + 1, "-") && !ahead(c, i + 1, "–") && !ahead(c, i + 1, "or")) return false;
  uint32_t k = i + 2 + (ahead(c, i + 2, "c.") || ahead(c, i + 2, "about") || ahead(c, i + 2, "around") ? 1 : 0);
  return before_christ(c, k + 1) && qi_slice_to_long(c->s->tokens[k].form, &second) && second <= n;
}

/* "2013 - present": open. */
static bool lasts_till_now(const qi_scan *c, uint32_t i) {
  bool to = ahead(c, i, "-") || ahead(c, i, "–") || ahead(c, i, "to") || ahead(c, i, "until");
  uint32_t k = i + (ahead(c, i + 1, "the") ? 2 : 1);
  return to && (ahead(c, k, "present") || ahead(c, k, "today") || ahead(c, k, "now"));
}

/* In a text that is before Christ, so are its years: "By 1200 the ...". */
static bool in_old_times(const qi_scan *c, uint32_t i, long n) {
  enum { ONWARD = 300 };
  static const char *const BEFORE[] = {"in", "from", "by", "around", "about", "c.", "until", "since", "after", "circa", NULL};
  const qi_token *next = at(c, i + 1);
  if (c->year >= 0 || n < 10 || n > ONWARD - c->year) return false;
  if (next && (next->upos == QI_NOUN || next->upos == QI_PROPN || next->upos == QI_ADJ || next->upos == QI_NUM)) return false;
  return c->given || (qi_token_any(before(c, i, 1), BEFORE) && at(c, i)->rel != QI_REL_NUMMOD);
}

/* Years of three figures where nothing else can stand: "(837 – 908)", "c. 314", "In 348 Pachomius died". */
static bool is_small_year(const qi_scan *c, uint32_t i, long n) {
  static const char *const CIRCA[] = {"c.", "circa", "ca.", NULL};
  const qi_token *t = at(c, i), *next = at(c, i + 1), *prev = before(c, i, 1);
  long other;
  bool no_noun = !next || (next->upos != QI_NOUN && next->upos != QI_NUM && next->upos != QI_ADJ && next->upos != QI_SYM);
  if (n < 100 || t->rel == QI_REL_NUMMOD || !no_noun) return false;
  if (qi_token_any(prev, CIRCA)) return true;
  if (c->year > 0 && c->year < 1000 && qi_token_any(prev, (const char *const[]){"after", "around", "about", "by", "until", "from", "in", NULL})) return true; /* so was the last */
  if (is_dash(next) && at(c, i + 2) && qi_slice_to_long(at(c, i + 2)->form, &other) && other > n && other < n + 120)
    return qi_token_is(prev, "(") || qi_token_any(prev, CIRCA);
  if (is_dash(prev) && i >= 3 && qi_slice_to_long(c->s->tokens[i - 2].form, &other) && other >= 100 && other < n && n < other + 120)
    return qi_token_any(before(c, i, 3), CIRCA) || qi_token_is(before(c, i, 3), "(");
  return qi_token_is(prev, "in") && next && (next->upos == QI_PROPN || next->upos == QI_PRON || next->upos == QI_DET) && i == 1;
}

/* "2022", "AD 842", "347 AD", "400 BCE", "the year 2030", "mid-2014", "1914-1918" and "2019-20". */
uint32_t qi_date_year_alone(qi_scan *c, uint32_t i) {
  static const char *const AD[] = {"AD", "A.D.", "CE", "C.E.", NULL};
  const qi_token *t = at(c, i);
  qi_slice s = t->form;
  long n = 0;
  c->has_year = true;
  if (s.len >= 1 && s.len <= 5 && qi_ascii_is_digit(s.ptr[0]) && at(c, i + 1) && (qi_token_any(at(c, i + 1), AD) || before_christ(c, i + 1)) &&
      qi_slice_to_long(s, &n) && n > 0 && n <= 9999) {
    int y = (int)(before_christ(c, i + 1) ? -n : n);
    return qi_date_set_whole(c, qi_calendar_day(y, 1, 1), QI_UNIT_YEAR, i, 2);
  }
  if (s.len >= 1 && s.len <= 5 && qi_ascii_is_digit(s.ptr[0]) && qi_slice_to_long(s, &n) && n > 0 && n <= 9999 && before_christ_later(c, i, n))
    return qi_date_set_whole(c, qi_calendar_day((int)-n, 1, 1), QI_UNIT_YEAR, i, 1);
  size_t letters = s.len > 3 && ends_in(s, "BC", "BCE") ? (qi_slice_ends(s, QI_SLICE("BC")) ? 2 : 3) : 0; /* "500BC" */
  if (letters && qi_slice_to_long(qi_slice_sub(s, 0, s.len - letters), &n) && n > 0 && n <= 9999) return qi_date_set_whole(c, qi_calendar_day((int)-n, 1, 1), QI_UNIT_YEAR, i, 1);
  if (qi_token_any(t, AD) && at(c, i + 1) && at(c, i + 1)->form.len <= 4 && qi_slice_to_long(at(c, i + 1)->form, &n) && n > 0)
    return qi_date_set_whole(c, qi_calendar_day((int)n, 1, 1), QI_UNIT_YEAR, i + 1, 2);
  if (is(c, i, "post") && is(c, i + 1, "-") && qi_date_year(c, i + 2)) return qi_date_set(c, qi_calendar_day(qi_date_year(c, i + 2) + 1, 1, 1), QI_DAY_MAX, QI_UNIT_YEAR, i + 2, 3);
  bool post = s.len == 9 && qi_slice_eq_nocase(qi_slice_sub(s, 0, 5), QI_SLICE("post-"));
  if (post && qi_slice_to_long(qi_slice_sub(s, 5, 9), &n) && n >= 1000 && n < 2200) return qi_date_set(c, qi_calendar_day((int)n + 1, 1, 1), QI_DAY_MAX, QI_UNIT_YEAR, i, 1);
  bool mid = s.len == 8 && qi_slice_eq_nocase(qi_slice_sub(s, 0, 4), QI_SLICE("mid-"));
  if (mid && qi_slice_to_long(qi_slice_sub(s, 4, 8), &n) && n >= 1000 && n < 2200)
    return qi_date_set(c, qi_calendar_day((int)n, 5, 1), qi_calendar_day((int)n, 8, 31), QI_UNIT_SEASON, i, 1);
  if (is(c, i, "the") && is(c, i + 1, "year") && at(c, i + 2) && at(c, i + 2)->form.len <= 3 && at(c, i + 2)->form.len >= 2 &&
      qi_slice_to_long(at(c, i + 2)->form, &n) && n >= 10) /* "the year 71" */
    return qi_date_set_whole(c, qi_calendar_day((int)n, 1, 1), QI_UNIT_YEAR, i + 1, 3);
  if (is(c, i, "the") && is(c, i + 1, "year") && qi_date_year(c, i + 2)) return qi_date_set_whole(c, qi_calendar_day(qi_date_year(c, i + 2), 1, 1), QI_UNIT_YEAR, i + 1, 3);
  int y = qi_date_year(c, i);
  if (s.len >= 2 && s.len <= 4 && qi_ascii_is_digit(s.ptr[0]) && qi_slice_to_long(s, &n) && in_old_times(c, i, n))
    return qi_date_set_whole(c, qi_calendar_day((int)-n, 1, 1), QI_UNIT_YEAR, i, 1);
  if (y && lasts_till_now(c, i + 1)) return qi_date_set(c, qi_calendar_day(y, 1, 1), QI_DAY_MAX, QI_UNIT_YEAR, i, 1);
  if (y && (c->given || year_place(c, i))) return qi_date_set_whole(c, qi_calendar_day(y, 1, 1), QI_UNIT_YEAR, i, 1);
  bool alone = t->rel != QI_REL_NUMMOD && (qi_token_is(before(c, i, 1), "in") || qi_token_is(before(c, i, 1), "until") || qi_token_is(before(c, i, 1), "since"));
  if (!y && s.len >= 2 && s.len <= 3 && qi_ascii_is_digit(s.ptr[0]) && qi_slice_to_long(s, &n)) {
    int first = i >= 2 && is_dash(before(c, i, 1)) ? qi_date_year(&(qi_scan){.s = c->s, .end = i}, i - 2) : 0; /* "1892 – 94" */
    if (s.len == 2 && first && n > first % 100) return qi_date_set_whole(c, qi_calendar_day(first / 100 * 100 + (int)n, 1, 1), QI_UNIT_YEAR, i, 1);
    if (s.len == 3 && is_small_year(c, i, n)) return qi_date_set_whole(c, qi_calendar_day((int)n, 1, 1), QI_UNIT_YEAR, i, 1);
    if (s.len == 2 && n > 31 && c->year >= 1700 && (c->given || alone)) n += c->year / 100 * 100;
    if (n >= 100 && ((c->given && !at(c, i + 1)) || (alone && (s.len == 2 || (n >= 200 && !at(c, i + 1)) || (at(c, i + 1) && at(c, i + 1)->upos == QI_PUNCT)))))
      return qi_date_set_whole(c, qi_calendar_day((int)n, 1, 1), QI_UNIT_YEAR, i, 1);
    if (c->given && s.len == 2 && n > 31 && !at(c, i + 1)) return qi_date_set_whole(c, qi_calendar_day((int)n, 1, 1), QI_UNIT_YEAR, i, 1);
  }
  c->has_year = false;
  return 0;
}

/* "summer 2004", "the summer of 2010", "the winter of 1776-77", "the summer". */
uint32_t qi_date_season(qi_scan *c, uint32_t i) {
  static const char *const BEFORE[] = {"the", "in", "during", "early", "late", "this", "until", "by", "since", "of", "mid", "every", "quite", NULL};
  uint32_t n;
  int y;
  const qi_day_word *w = qi_date_kind(c, i, QI_DAY_SEASON, &n);
  if (!w) return 0;
  uint32_t more = qi_date_year_after(c, i + n, false, &y);
  c->has_year = more != 0;
  if (more) {
    if ((is(c, i + n + more, "-") || is(c, i + n + more, "–")) && at(c, i + n + more + 1) && qi_number(at(c, i + n + more + 1)) > 0) more += 2;
    return qi_date_season_at(c, w, y, 0, i, n + more);
  }
  if (is(c, i + n, "of")) return 0;
  bool noun = at(c, i)->upos == QI_NOUN && at(c, i)->rel != QI_REL_COMPOUND;
  uint32_t m;
  bool listed = (is(c, i + n, "and") || is(c, i + n, "or") || is(c, i + n, ",")) && qi_date_kind(c, i + n + 1, QI_DAY_SEASON, &m); /* "spring and fall" */
  listed |= i >= 2 && qi_token_any(before(c, i, 1), (const char *const[]){"and", "or", NULL}) && qi_date_kind(c, i - 2, QI_DAY_SEASON, &m);
  listed |= is(c, i + n, "months") || is(c, i + n, "season");
  if (!c->given && listed && at(c, i)->upos != QI_VERB) return qi_date_season_at(c, w, c->year, 0, i, n);
  bool plain = noun && !is(c, i, "fall") && !is(c, i, "spring");
  if (!c->given && (!plain || !(at(c, i)->form.ptr[at(c, i)->form.len - 1] == 's' || qi_token_any(before(c, i, 1), BEFORE)))) return 0;
  return qi_date_season_at(c, w, c->year, 0, i, n);
}

/* "the Christmas Cottage", "Johnnie Christmas"; of wars only "during", "after" and the like speak of time. */
static bool inside_name(const qi_scan *c, uint32_t i, uint32_t n, bool period) {
  static const char *const TIME[] = {"during", "since", "before", "after", "until", "till", "throughout", "following", "outbreak", "end", "remainder",
                                     "beginning", "start", "from", "by", "in", NULL};
  const qi_token *next = at(c, i + n), *prev = before(c, i, 1);
  if (next && next->upos == QI_PROPN && capital(next)) return true;
  if (prev && prev->upos == QI_PROPN && capital(prev)) return true;
  if (!period) return false;
  if (is(c, i, "9/11")) return false;
  if (qi_token_is(prev, "the")) prev = before(c, i, 2);
  if (qi_token_is(prev, "of")) prev = before(c, i, qi_token_is(before(c, i, 1), "the") ? 3 : 2);
  return !qi_token_any(prev, TIME);
}

/* "Christmas", "Easter 2016", "World War II". */
uint32_t qi_date_named(qi_scan *c, uint32_t i) {
  uint32_t n;
  int y;
  const qi_day_word *w = qi_date_phrase(c, i, &n);
  if (!w || (w->kind != QI_DAY_HOLIDAY && w->kind != QI_DAY_PERIOD)) return 0;
  bool name = false;
  for (uint32_t k = 0; k < n; k++) name |= capital(at(c, i + k)) || qi_ascii_is_digit(at(c, i + k)->form.ptr[0]);
  if (!name || (!c->given && inside_name(c, i, n, w->kind == QI_DAY_PERIOD))) return 0;
  if (w->kind == QI_DAY_PERIOD) return qi_date_set(c, w->from, w->to, w->to - w->from < 31 ? QI_UNIT_DAY : QI_UNIT_YEAR, i + n - 1, n);
  uint32_t more = qi_date_year_after(c, i + n, true, &y);
  qi_day from, to, best_from = QI_DAY_NONE, best_to = QI_DAY_NONE;
  c->has_year = more != 0;
  if (more || c->year) return qi_calendar_holiday(w, more ? y : c->year, &from, &to) ? qi_date_set(c, from, to, QI_UNIT_DAY, i + n - 1, n + more) : 0;
  if (c->today == QI_DAY_NONE) return 0;
  int now = qi_day_to_ymd(c->today).year, way = qi_date_tense(c->s, i);
  for (y = now - 1; y <= now + 1; y++) { /* the nearest on the side of the tense */
    if (!qi_calendar_holiday(w, y, &from, &to) || (way < 0 && from > c->today) || (way > 0 && to < c->today)) continue;
    if (best_from == QI_DAY_NONE || abs(from - c->today) < abs(best_from - c->today)) best_from = from, best_to = to;
  }
  return qi_date_set(c, best_from, best_to, QI_UNIT_DAY, i + n - 1, n);
}

/* "the third quarter of 2024", "Q3 2024", "the first half of 2023". */
uint32_t qi_date_quarter(qi_scan *c, uint32_t i) {
  int q = 0, y = 0;
  uint32_t k = i;
  const qi_token *t = at(c, i);
  if (t->form.len == 2 && t->form.ptr[0] == 'Q' && t->form.ptr[1] >= '1' && t->form.ptr[1] <= '4') q = t->form.ptr[1] - '0', k = i + 1;
  else if ((q = qi_calendar_ordinal(t, true)) >= 1 && q <= 4 && (qi_date_unit(c, i + 1) == QI_UNIT_QUARTER || (q <= 2 && is(c, i + 1, "half")))) k = i + 2;
  else return 0;
  bool half = is(c, k - 1, "half");
  uint32_t more = qi_date_year_after(c, k, true, &y);
  if (!more && (half || c->today == QI_DAY_NONE)) return 0;
  if (!more) y = qi_day_to_ymd(c->today).year;
  c->has_year = more != 0;
  qi_day from, to;
  int first = half ? q * 6 - 5 : q * 3 - 2;
  return qi_calendar_months(y, first, first + (half ? 5 : 2), &from, &to) ? qi_date_set(c, from, to, QI_UNIT_QUARTER, k - 1, k + more - i) : 0;
}
