/* code: one date expression at a token -> days.
 *
 * A handwritten grammar over the words of knowledge/when: its patterns are here, in years.c (years and
 * longer) and in lean.c (what leans on another date). At each token all are tried and the
 * longest wins, as in SUTime (Chang and Manning 2012). Dates without a year go to the year that the text
 * is in, else to the nearest on the side that the tense asks for. "Last month, it test-fired ..." with
 * the document of 2024-11-25 -> 2024-10-01 .. 2024-10-31, month. */
#include "code/dates_impl.h"

#include "base/utf8.h"
#include <stdlib.h>

bool qi_token_is(const qi_token *t, const char *word) { return t && qi_slice_eq_nocase(t->form, qi_slice_str(word)); }

bool qi_token_any(const qi_token *t, const char *const *words) {
  for (; t && *words; words++)
    if (qi_token_is(t, *words)) return true;
  return false;
}

/* ---- words ---- */

/* The longest phrase of the dictionary at token i; *n its tokens. */
const qi_day_word *qi_date_phrase(const qi_scan *c, uint32_t i, uint32_t *n) {
  char key[96];
  size_t len = 0;
  const qi_day_word *best = NULL;
  if (!at(c, i) || !qi_days_starts(c->days, at(c, i)->form)) return NULL;
  for (uint32_t k = 0; k < QI_MAX_DAY_WORDS && at(c, i + k); k++) {
    qi_slice form = at(c, i + k)->form;
    if (form.len > 1 && form.ptr[form.len - 1] == '.') form.len--; /* "Sept." */
    if (form.len + len + 2 > sizeof key) break;
    if (k) key[len++] = ' ';
    for (size_t b = 0; b < form.len; b++) {
      if (form.len - b >= 3 && memcmp(form.ptr + b, "\xE2\x80\x99", 3) == 0) key[len++] = '\'', b += 2;
      else key[len++] = qi_ascii_lower(form.ptr[b]);
    }
    const qi_day_word *w = qi_days_find(c->days, qi_slice_of(key, len));
    if (w) best = w, *n = k + 1;
  }
  return best;
}

const qi_day_word *qi_date_kind(const qi_scan *c, uint32_t i, qi_day_kind k, uint32_t *n) {
  const qi_day_word *w = qi_date_phrase(c, i, n);
  return w && w->kind == k ? w : NULL;
}

/* 1..12, 0 none. "March" and "May" only as names or beside a figure. */
static int month(const qi_scan *c, uint32_t i) {
  uint32_t n;
  const qi_day_word *w = qi_date_kind(c, i, QI_DAY_MONTH, &n);
  if (!w || (!capital(at(c, i)) && !(i > 0 && (is(c, i - 1, "-") || is(c, i - 1, "–")) && at(c, i)->form.len > 3))) return 0;
  const qi_token *next = at(c, i + 1), *prev = before(c, i, 1);
  bool figure = (next && next->form.len && qi_ascii_is_digit(next->form.ptr[0])) || (prev && prev->form.len && qi_ascii_is_digit(prev->form.ptr[0]));
  return at(c, i)->upos == QI_PROPN || figure || (w->a != 3 && w->a != 5) ? w->a : 0;
}

int qi_date_weekday(const qi_scan *c, uint32_t i) { /* 1..7, 0 none */
  uint32_t n;
  const qi_day_word *w = qi_date_kind(c, i, QI_DAY_WEEKDAY, &n);
  return w && capital(at(c, i)) ? w->a : 0;
}

qi_unit qi_date_unit(const qi_scan *c, uint32_t i) {
  uint32_t n;
  const qi_day_word *w = qi_date_kind(c, i, QI_DAY_UNIT, &n);
  return w ? (qi_unit)w->a : QI_UNIT_NONE;
}

int qi_date_day_number(const qi_scan *c, uint32_t i, bool words) {
  int n = at(c, i) ? qi_calendar_ordinal(at(c, i), words) : 0;
  return n <= 31 ? n : 0;
}

/* "2024"; 0 none. */
int qi_date_year(const qi_scan *c, uint32_t i) {
  long n;
  const qi_token *t = at(c, i);
  return t && t->form.len == 4 && qi_ascii_is_digit(t->form.ptr[0]) && qi_slice_to_long(t->form, &n) && n >= 1000 && n < 2200 ? (int)n : 0;
}

/* "six", "several", "a few", "2 1/2"; *n tokens, *vague. < 0 none. */
double qi_date_amount(const qi_scan *c, uint32_t i, uint32_t *n, bool *vague) {
  const qi_day_word *w = qi_date_kind(c, i, QI_DAY_SOME, n);
  *vague = w != NULL;
  if (w) return w->a;
  *n = 1;
  double value = at(c, i) ? qi_number(at(c, i)) : -1;
  if (is(c, i + 1, "-")) return value >= 1 && qi_number(at(c, i)) >= 1 && at(c, i + 2) && qi_date_unit(c, i + 2) ? (*n = 2, value) : value;
  if (value >= 1 && is(c, i + 1, "1/2")) *n = 2, value += 0.5;
  else if (value >= 1 && is(c, i + 1, "and") && is(c, i + 2, "a") && is(c, i + 3, "half")) *n = 4, value += 0.5;
  else if (value >= 20 && value < 100 && at(c, i + 1) && qi_number(at(c, i + 1)) >= 1 && qi_number(at(c, i + 1)) < 10) value += qi_number(at(c, i + 1)), *n = 2;
  else if (value >= 1 && at(c, i + 1) && (is(c, i + 1, "hundred") || is(c, i + 1, "thousand"))) value *= qi_number(at(c, i + 1)), *n = 2;
  return value <= 100000 ? value : -1;
}

/* ---- values ---- */

uint32_t qi_date_set(qi_scan *c, qi_day from, qi_day to, qi_unit u, uint32_t head, uint32_t n) {
  bool in_range = qi_calendar_shift(from, QI_UNIT_DAY, 0) != QI_DAY_NONE && (to == QI_DAY_MAX || qi_calendar_shift(to, QI_UNIT_DAY, 0) != QI_DAY_NONE);
  if (!in_range || to < from) return 0;
  c->from = from, c->to = to, c->unit = u, c->head = head;
  return n;
}

uint32_t qi_date_set_whole(qi_scan *c, qi_day day, qi_unit u, uint32_t head, uint32_t n) {
  qi_day from, to;
  return day != QI_DAY_NONE && qi_calendar_whole(day, u, &from, &to) ? qi_date_set(c, from, to, u, head, n) : 0;
}

static bool past_of(const qi_token *t) { return t->xpos.len == 3 && memcmp(t->xpos.ptr, "VBD", 3) == 0; }

/* Of one clause, from its auxiliaries and marks; *infinitive: "to" before it. */
static int tense_of(const qi_sentence *s, uint32_t i, bool *infinitive) {
  static const char *const FUTURE[] = {"will", "shall", "'ll", "’ll", "wo", "would", "may", "might", "could", "can", "should", "must", NULL};
  static const char *const HAVE[] = {"has", "have", "had", "'ve", "’ve", NULL}, *const IF[] = {"if", "unless", NULL}, *const BE[] = {"is", "are", "am", NULL};
  const qi_token *t = &s->tokens[i];
  bool past = past_of(t), modal = false, have = false, condition = false, be = false, any = false;
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
    const qi_token *child = &s->tokens[s->child[k]];
    bool aux = child->rel == QI_REL_AUX || child->rel == QI_REL_AUX_PASS || child->rel == QI_REL_COP;
    if (child->rel == QI_REL_MARK) condition |= qi_token_any(child, IF), *infinitive |= qi_token_is(child, "to");
    any |= aux;
    modal |= aux && qi_token_any(child, FUTURE);
    have |= aux && qi_token_any(child, HAVE);
    be |= child->rel == QI_REL_AUX && qi_token_any(child, BE);
    past |= aux && past_of(child);
  }
  if (modal) return have ? -1 : 1;
  if (have) return -1;
  if (condition) return 1;
  if (past) return -1;
  if (be && qi_slice_eq_str(t->xpos, "VBG")) return 1; /* "is meeting him on Friday" */
  return !any && !*infinitive && t->rel == QI_REL_CCOMP && qi_slice_eq_str(t->xpos, "VB"); /* "demanded that it leave by Friday" */
}

int qi_date_tense(const qi_sentence *s, uint32_t i) {
  for (int steps = 0; steps < 8; steps++) {
    const qi_token *t = &s->tokens[i];
    if (t->upos == QI_VERB || t->head == QI_ROOT) {
      bool infinitive = false;
      int found = tense_of(s, i, &infinitive);
      if (!infinitive || found > 0) return found;
      if (t->rel == QI_REL_XCOMP || t->rel == QI_REL_CCOMP || t->rel == QI_REL_ACL) return 1; /* "agreed to meet on Friday" */
      if (t->rel == QI_REL_ADVCL && t->head != QI_ROOT && s->tokens[t->head].upos == QI_ADJ) return 1; /* "due to meet on Friday" */
      if (t->head == QI_ROOT) return 0;
    }
    i = (uint32_t)t->head;
  }
  return 0;
}

enum { TURN_MONTHS = 8 }; /* a story that goes back so far has gone on into the next year */

/* The year of a month and day without one. */
static int year_for(const qi_scan *c, uint32_t i, int m, int d) {
  if (c->year && c->ref_from > QI_DAY_MIN && c->ref_to != QI_DAY_MAX && c->ref_to - c->ref_from <= 31) { /* from November on, "3 January" is of the next year */
    qi_ymd ref = qi_day_to_ymd(c->ref_from);
    if (ref.year == c->year && ref.month - m >= TURN_MONTHS) return c->year + 1;
  }
  if (c->year) return c->year;
  if (c->today == QI_DAY_NONE) return 0;
  qi_ymd now = qi_day_to_ymd(c->today);
  int ahead = (m - now.month) * 31 + (d ? d - now.day : 0), way = qi_date_tense(c->s, i); /* days, roughly */
  if (way > 0) return now.year + (ahead < 0 && !(m == now.month && !d) ? 1 : 0);
  if (way < 0) return now.year - (ahead > 0 ? 1 : 0);
  return now.year + (ahead > 200 ? -1 : ahead < -200 ? 1 : 0);
}

/* "of that year", "the same year", "of the following year": of the date before. */
static uint32_t year_leaning(const qi_scan *c, uint32_t i, int *out) {
  uint32_t k = i + (is(c, i, "of") || is(c, i, "in") ? 1 : 0);
  bool that = is(c, k, "that"), the = is(c, k, "the");
  if ((!that && !the) || c->ref_from <= QI_DAY_MIN) return 0;
  int step = 0;
  k++;
  if (is(c, k, "same")) k++;
  else if (the && (is(c, k, "following") || is(c, k, "next"))) step = 1, k++;
  else if (the && (is(c, k, "previous") || is(c, k, "preceding"))) step = -1, k++;
  else if (the) return 0;
  if (!is(c, k, "year")) return 0;
  *out = qi_day_to_ymd(c->ref_from).year + step;
  return k + 1 - i;
}

/* ", 2019", "2019", "of 2019", "this year", "last year": tokens, 0 none. */
uint32_t qi_date_year_after(const qi_scan *c, uint32_t i, bool comma_too, int *out) {
  static const char *const TURN[] = {"last", "this", "next", NULL};
  uint32_t n;
  if ((n = year_leaning(c, i, out)) != 0) return n;
  n = 0;
  if (is(c, i, ",") ? comma_too : is(c, i, "of") || is(c, i, "in")) n = 1;
  if ((*out = qi_date_year(c, i + n)) != 0) return n + 1;
  if (is(c, i, "of") && is(c, i + 1, "the")) n = 2;
  if (qi_token_any(at(c, i + n), TURN) && is(c, i + n + 1, "year") && c->today != QI_DAY_NONE)
    return *out = qi_day_to_ymd(c->today).year + (is(c, i + n, "last") ? -1 : is(c, i + n, "next")), n + 2;
  long number;
  const qi_token *t = at(c, i + 1); /* "of 384", "420" behind a day and month is taken by the caller */
  if (is(c, i, "of") && t && t->form.len == 3 && qi_slice_to_long(t->form, &number) && number >= 100) return *out = (int)number, 2;
  return 0;
}

/* ---- patterns: tokens read, 0 none ---- */

/* "March 3 to March 12, 2019", "from March to August 2011", "1 April - 3 May 2020": the year that comes with the second; 0 none. */
static int year_ahead(const qi_scan *c, uint32_t i) {
  static const char *const MIDDLE[] = {"-", "–", "to", "through", "until", "till", "and", NULL};
  int y = 0;
  if (!qi_token_any(at(c, i), MIDDLE)) return 0;
  uint32_t k = i + 1 + (is(c, i + 1, "the") ? 1 : 0);
  if (qi_date_day_number(c, k, false)) k++;
  if (!month(c, k)) return 0;
  k++;
  if (qi_date_day_number(c, k, false)) k++;
  return qi_date_year_after(c, k, true, &y) ? y : 0;
}

/* "Nov. 4, 2024", "November 2024", "June 19", "June", "January - June 2016", "June 3 - 5". */
uint32_t qi_date_month(qi_scan *c, uint32_t i) {
  int m = month(c, i), d = 0, y = 0, last_day = 0, last_month = m;
  uint32_t n = 1, more;
  if (!m) return 0;
  if ((d = qi_date_day_number(c, i + n, false)) != 0) n++;
  bool dash = is(c, i + n, "-") || is(c, i + n, "–");
  if (d && dash && (last_day = qi_date_day_number(c, i + n + 1, false)) > d) n += 2;
  else last_day = d;
  if (!d && dash && (last_month = month(c, i + n + 1)) > m && qi_date_year_after(c, i + n + 2, false, &y)) n += 2;
  else last_month = m, y = 0;
  if ((more = qi_date_year_after(c, i + n, true, &y)) != 0) n += more;
  c->has_year = more != 0 && y;
  if (!y && (y = year_ahead(c, i + n)) != 0) c->has_year = true;
  if (!y && (y = year_for(c, i, m, d)) == 0) return 0;
  if (d) return qi_date_set(c, qi_calendar_day(y, m, d), qi_calendar_day(y, m, last_day), QI_UNIT_DAY, i, n);
  qi_day from, to;
  return qi_calendar_months(y, m, last_month, &from, &to) ? qi_date_set(c, from, to, QI_UNIT_MONTH, i, n) : 0;
}

/* "4 November 2024", "the 4th of November", "5-6 September 2019". */
uint32_t qi_date_day_first(qi_scan *c, uint32_t i) {
  uint32_t the = is(c, i, "the") ? 1 : 0, k = i + the;
  int d = qi_date_day_number(c, k, true), last = d, y = 0;
  const qi_token *t = at(c, k);
  if (t && !d && t->form.len <= 8 && t->form.len >= 5) { /* "5–6" in one token */
    size_t dash = qi_slice_find(t->form, QI_SLICE("–")), len = 3;
    long a, b;
    if (dash == QI_NOT_FOUND) dash = qi_slice_find_char(t->form, '-'), len = 1;
    if (dash != QI_NOT_FOUND && qi_slice_to_long(qi_slice_sub(t->form, 0, dash), &a) &&
        qi_slice_to_long(qi_slice_sub(t->form, dash + len, t->form.len), &b) && a >= 1 && a < b && b <= 31) d = (int)a, last = (int)b;
  }
  if (!d) return 0;
  k++;
  if ((is(c, k, "-") || is(c, k, "–") || is(c, k, "and") || is(c, k, "to")) && qi_date_day_number(c, k + 1, false) > d) last = qi_date_day_number(c, k + 1, false), k += 2;
  if (is(c, k, "of")) k++;
  int m = month(c, k);
  uint32_t head = k;
  if (!m) return 0;
  k++;
  long ancient;
  uint32_t more = qi_date_year_after(c, k, true, &y);
  if (!more && at(c, k) && at(c, k)->form.len == 3 && qi_slice_to_long(at(c, k)->form, &ancient) && ancient >= 100) y = (int)ancient, more = 1;
  c->has_year = more != 0;
  if (!y && (y = year_ahead(c, k)) != 0) c->has_year = true;
  if (!y && (y = year_for(c, head, m, d)) == 0) return 0;
  return qi_date_set(c, qi_calendar_day(y, m, d), qi_calendar_day(y, m, last), QI_UNIT_DAY, head, k + more - i);
}

/* "The talks are on Friday", "it leaves on Monday": the verb above is in the simple present. */
static bool is_present(const qi_sentence *s, uint32_t i) {
  static const char *const EITHER[] = {"beat", "hit", "put", "set", "shut", "cut", "let", "bid", "cast", "cost", "hurt", "quit", "split", "spread", "read", NULL};
  for (int steps = 0; steps < 6 && s->tokens[i].head != QI_ROOT; steps++) {
    bool noun = s->tokens[i].rel == QI_REL_NMOD || s->tokens[i].rel == QI_REL_NMOD_UNMARKED || s->tokens[i].rel == QI_REL_NMOD_POSS;
    i = (uint32_t)s->tokens[i].head;
    const qi_token *t = &s->tokens[i];
    if (noun && t->etype != QI_ETYPE_TIME) return false; /* "We condemn the attack on Monday" */
    if (qi_token_any(t, EITHER)) return false; /* past as well */
    if (t->upos == QI_VERB && !qi_slice_eq_str(t->xpos, "VBN")) return qi_slice_eq_str(t->xpos, "VBZ") || qi_slice_eq_str(t->xpos, "VBP");
    for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
      const qi_token *child = &s->tokens[s->child[k]];
      if (child->rel == QI_REL_COP || child->rel == QI_REL_AUX_PASS) return qi_slice_eq_str(child->xpos, "VBZ") || qi_slice_eq_str(child->xpos, "VBP");
    }
  }
  return false;
}

static qi_day weekday_near(const qi_scan *c, uint32_t i, int wd) {
  static const char *const LAST[] = {"last", "past", "previous", NULL}, *const NEXT[] = {"coming", "upcoming", NULL};
  const qi_token *prev = before(c, i, 1);
  bool last = qi_token_any(prev, LAST), next = qi_token_is(prev, "next");
  if (!last && !next && qi_date_tells_own(c, i)) return c->ref_from + (wd - 1 - qi_day_weekday(c->ref_from) + 10) % 7 - 3;
  int back = (qi_day_weekday(c->today) - (wd - 1) + 7) % 7, way = qi_date_tense(c->s, i);
  bool ahead = way > 0 || qi_token_any(prev, NEXT) || (way == 0 && (qi_token_is(prev, "this") || is_present(c->s, i)));
  if (next || (ahead && !last)) {
    int on = (7 - back) % 7;
    bool before_it = qi_token_any(prev, (const char *const[]){"before", "by", "until", NULL}); /* said on a Monday, it is the next one */
    return qi_calendar_shift(c->today, QI_UNIT_DAY, on || !(next || before_it) ? on : 7);
  }
  if (last && back == 0) back = 7;
  return qi_calendar_shift(c->today, QI_UNIT_DAY, -back);
}

/* "every Friday", "on Saturdays", "a Monday", "Saturday mornings" are no one day; "Sun" without a point no day at all. */
static bool habitual(const qi_scan *c, uint32_t i) {
  static const char *const BEFORE[] = {"every", "each", "a", "any", "per", "most", "-", "/", "the", NULL};
  static const char *const AFTER[] = {"-", "/", "mornings", "evenings", "nights", "afternoons", NULL};
  qi_slice form = at(c, i)->form;
  bool plural = form.len > 5 && qi_ascii_lower(form.ptr[form.len - 1]) == 's';
  static const char *const TO[] = {"to", "through", "thru", "till", NULL};
  if (i > 1 && qi_token_any(before(c, i, 1), TO) && qi_date_weekday(c, i - 2) && !qi_token_is(before(c, i, 3), "from")) return true; /* "open Monday to Friday" */
  if (qi_token_any(at(c, i + 1), TO) && qi_date_weekday(c, i + 2) && !qi_token_is(before(c, i, 1), "from")) return true;
  for (uint32_t k = i > 20 ? i - 20 : 0; k + 1 < c->s->n_tokens && k < i + 20; k++)
    if (qi_token_is(&c->s->tokens[k], "per") && qi_token_is(&c->s->tokens[k + 1], "week")) return true;
  return form.len < 4 || plural || qi_token_any(before(c, i, 1), BEFORE) || qi_token_any(at(c, i + 1), AFTER);
}

/* "Monday the 15th": the nearest month in which the one is the other. `n`: tokens before "the". */
static uint32_t numbered_weekday(qi_scan *c, uint32_t i, uint32_t n, int wd) {
  uint32_t k = i + n + (is(c, i + n, "the") ? 1 : 0);
  const qi_token *t = at(c, k);
  if (!t || !qi_ascii_is_digit(t->form.ptr[0]) || t->form.len < 3 || c->today == QI_DAY_NONE) return 0;
  int d = qi_date_day_number(c, k, false);
  qi_ymd now = qi_day_to_ymd(c->today);
  for (int m = 0; d && m < 7; m++) { /* this month, the last, the next, the one before the last ... */
    qi_day first = qi_calendar_shift(qi_calendar_day(now.year, now.month, 1), QI_UNIT_MONTH, m % 2 ? -(m + 1) / 2 : m / 2);
    if (first == QI_DAY_NONE) return 0;
    qi_ymd at_month = qi_day_to_ymd(first);
    qi_day day = qi_calendar_day(at_month.year, at_month.month, d);
    if (day != QI_DAY_NONE && qi_day_weekday(day) == wd - 1) return qi_date_set(c, day, day, QI_UNIT_DAY, i, k + 1 - i - n);
  }
  return 0;
}

/* "Friday, August 21, 2015", "Friday the 21st of August", "Friday night", "Friday". */
static uint32_t from_weekday(qi_scan *c, uint32_t i) {
  int wd = qi_date_weekday(c, i);
  uint32_t n = 1, more, part;
  if (!wd) return 0;
  if (is(c, i + n, ",")) n++;
  if ((more = qi_date_month(c, i + n)) != 0 && c->unit == QI_UNIT_DAY) return n + more;
  if ((more = qi_date_day_first(c, i + n)) != 0) return n + more;
  c->has_year = false;
  if ((more = numbered_weekday(c, i, n, wd)) != 0) return n + more;
  if (c->today == QI_DAY_NONE || (habitual(c, i) && !c->given)) return 0;
  more = qi_date_kind(c, i + 1, QI_DAY_DAYPART, &part) ? part : 0;
  qi_day d = weekday_near(c, i, wd);
  return qi_date_set(c, d, d, QI_UNIT_DAY, more ? i + more : i, 1 + more);
}

static uint32_t iso(qi_scan *c, uint32_t i) {
  qi_day from, to;
  const qi_token *t = at(c, i);
  long part[3];
  qi_slice rest = t->form, field;
  int fields = 0;
  while (fields < 3 && qi_slice_split(&rest, '/', &field) && qi_slice_to_long(field, &part[fields])) fields++;
  if (fields == 3 && !rest.ptr && part[2] >= 1000 && part[2] <= 2200 && part[0] > 0 && part[1] > 0 && part[0] <= 31 && part[1] <= 31 &&
      (part[0] > 12 || part[1] > 12 || part[0] == part[1])) { /* "25/11/2024", "11/25/2024", not "11/4/2024" */
    bool month_first_of = part[1] > 12;
    qi_day d = qi_calendar_day((int)part[2], (int)part[month_first_of ? 0 : 1], (int)part[month_first_of ? 1 : 0]);
    c->has_year = true;
    return qi_date_set(c, d, d, QI_UNIT_DAY, i, 1);
  }
  const qi_token *behind = at(c, i + 2);
  if (t->form.len == 4 && is(c, i + 1, "-") && behind && behind->form.len <= 5) { /* in pieces: "2024", "-", "11-03" */
    char joined[12];
    size_t len = 0;
    uint32_t n = 0;
    for (; n < 5 && at(c, i + n) && len + at(c, i + n)->form.len <= 10; n++) {
      memcpy(joined + len, at(c, i + n)->form.ptr, at(c, i + n)->form.len);
      len += at(c, i + n)->form.len;
    }
    if (len == 10 && qi_date_parse(qi_slice_of(joined, len), &from, &to)) return c->has_year = true, qi_date_set(c, from, to, QI_UNIT_DAY, i, n);
  }
  if (t->form.len != 10 || !qi_date_parse(t->form, &from, &to)) return 0;
  c->has_year = true;
  return qi_date_set(c, from, to, QI_UNIT_DAY, i, 1);
}

/* "Today, most live in towns": the simple present, and nobody who speaks of himself. */
static bool is_general(const qi_scan *c, uint32_t i) {
  static const char *const SELF[] = {"I", "we", "my", "our", "me", "us", "you", "your", "here", NULL};
  enum { NEAR = 40 };
  const qi_sentence *s = c->s;
  for (uint32_t k = i > NEAR ? i - NEAR : 0; k < s->n_tokens && k < i + NEAR; k++)
    if (qi_token_any(&s->tokens[k], SELF)) return false;
  if (s->tokens[i].head != QI_ROOT && s->tokens[s->tokens[i].head].etype == QI_ETYPE_EVENT) return false; /* "today's attack" */
  for (int steps = 0; steps < 6 && s->tokens[i].head != QI_ROOT; steps++) {
    i = (uint32_t)s->tokens[i].head;
    const qi_token *t = &s->tokens[i];
    bool present = qi_slice_eq_str(t->xpos, "VBZ") || qi_slice_eq_str(t->xpos, "VBP"), other = past_of(t), any = present || other;
    for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
      const qi_token *child = &s->tokens[s->child[k]];
      if (child->rel != QI_REL_AUX && child->rel != QI_REL_AUX_PASS && child->rel != QI_REL_COP) continue;
      any = true;
      bool now = qi_slice_eq_str(child->xpos, "VBZ") || qi_slice_eq_str(child->xpos, "VBP") || qi_token_is(child, "can") || qi_token_is(child, "may");
      if (now && !qi_token_is(child, "has") && !qi_token_is(child, "have")) present = true;
      else other = true;
    }
    if (any) return present && !other && !qi_slice_eq_str(t->xpos, "VBG");
  }
  return false;
}

/* "still used today", "Rome today", "known today as": our times rather than this day. */
static bool nowadays(const qi_scan *c, uint32_t i) {
  const qi_token *t = at(c, i), *head = t->head == QI_ROOT ? NULL : &c->s->tokens[t->head];
  if (!head) return false;
  bool names = head->upos == QI_PROPN, participle = (head->rel == QI_REL_ACL || head->rel == QI_REL_ACL_RELCL) && qi_slice_eq_str(head->xpos, "VBN");
  bool still = is_general(c, i);
  for (uint32_t k = c->s->child_begin[t->head]; k < c->s->child_begin[t->head + 1]; k++) still |= qi_token_is(&c->s->tokens[c->s->child[k]], "still");
  return still || participle || (names && t->rel != QI_REL_OBL_UNMARKED && c->s->n_tokens < 40);
}

static uint32_t relative_day(qi_scan *c, uint32_t i) {
  uint32_t n;
  const qi_day_word *w = qi_date_kind(c, i, QI_DAY_DAY, &n);
  if (!w || c->today == QI_DAY_NONE || (w->a == 0 && !c->given && nowadays(c, i))) return 0;
  qi_day d = qi_calendar_shift(c->today, QI_UNIT_DAY, w->a);
  return qi_date_set(c, d, d, QI_UNIT_DAY, i + n - 1, n);
}

/* "in recent days". */
static uint32_t recent(qi_scan *c, uint32_t i) {
  uint32_t n;
  const qi_day_word *w = qi_date_kind(c, i, QI_DAY_RECENT, &n);
  if (!w || c->today == QI_DAY_NONE) return 0;
  c->vague = true;
  return qi_date_set(c, qi_calendar_shift(c->today, QI_UNIT_DAY, -w->a), c->today, qi_date_unit(c, i + n - 1), i + n - 1, n);
}

/* The season nearest to the day, or that of a turn: -1 the last one, 1 the next. */
uint32_t qi_date_season_at(qi_scan *c, const qi_day_word *w, int y, int turn, uint32_t head, uint32_t n) {
  qi_day from, to;
  if (c->today == QI_DAY_NONE) return 0;
  if (y) return qi_calendar_months(y, w->a, w->b, &from, &to) ? qi_date_set(c, from, to, QI_UNIT_SEASON, head, n) : 0;
  y = qi_day_to_ymd(c->today).year;
  for (int k = turn > 0 ? -1 : 1; k >= -2 && k <= 2; k += turn > 0 ? 1 : -1) {
    if (!qi_calendar_months(y + k, w->a, w->b, &from, &to)) continue;
    bool fits = turn > 0 ? from > c->today : turn < 0 ? to < c->today : from <= c->today + 120;
    if (fits) return qi_date_set(c, from, to, QI_UNIT_SEASON, head, n);
  }
  return 0;
}

/* "last month", "this year", "next summer", "the past two weeks", "next June", "last Christmas". */
static uint32_t turned(qi_scan *c, uint32_t i) {
  static const char *const LAST[] = {"last", "past", "previous", NULL}, *const NEXT[] = {"next", "coming", "upcoming", NULL};
  uint32_t k = i + (is(c, i, "this") && at(c, i + 1) && (is(c, i + 1, "past") || is(c, i + 1, "coming") || is(c, i + 1, "last")) ? 1 : 0);
  const qi_token *t = at(c, k);
  if (!t || c->today == QI_DAY_NONE) return 0;
  int turn = qi_token_any(t, LAST) ? -1 : qi_token_any(t, NEXT) ? 1 : 0;
  if (!turn && !is(c, k, "this") && !is(c, k, "current") && !is(c, k, "these")) return 0;
  if (is(c, k, "past") && t->upos == QI_ADP) return 0; /* "not far past eighteen months" */
  bool vague = false;
  uint32_t n = 0, m;
  double count = turn ? qi_date_amount(c, k + 1, &n, &vague) : -1;
  if (count < 1) n = 0;
  uint32_t u = k + 1 + n;
  if (is(c, u, "hours") && turn && count >= 1 && count <= 240) { /* "the past 24 hours" */
    qi_day far = qi_calendar_shift(c->today, QI_UNIT_DAY, turn * (((int)count + 23) / 24));
    return turn > 0 ? qi_date_set(c, c->today, far, QI_UNIT_DAY, u, u + 1 - i) : qi_date_set(c, far, c->today, QI_UNIT_DAY, u, u + 1 - i);
  }
  qi_unit unit_of = qi_date_unit(c, u);
  int mon = n ? 0 : month(c, u), now = qi_day_to_ymd(c->today).year, now_month = qi_day_to_ymd(c->today).month;
  const qi_day_word *w;
  if (mon) {
    int y = now + (turn < 0 && mon >= now_month ? -1 : turn > 0 && mon <= now_month ? 1 : 0);
    return qi_date_set_whole(c, qi_calendar_day(y, mon, 1), QI_UNIT_MONTH, u, u + 1 - i);
  }
  if (!n && (w = qi_date_kind(c, u, QI_DAY_SEASON, &m)) != NULL) return qi_date_season_at(c, w, 0, turn, u, u + m - i);
  if (!n && !turn && qi_date_kind(c, u, QI_DAY_DAYPART, &m)) return qi_date_set(c, c->today, c->today, QI_UNIT_DAY, u, u + m - i);
  if (!n && (w = qi_date_kind(c, u, QI_DAY_HOLIDAY, &m)) != NULL && capital(at(c, u))) {
    qi_day from, to;
    for (int y = turn > 0 ? now : now + 1; y >= now - 1 && y <= now + 1; y += turn > 0 ? 1 : -1)
      if (qi_calendar_holiday(w, y, &from, &to) && (turn > 0 ? from > c->today : turn < 0 ? to < c->today : y == now)) return qi_date_set(c, from, to, QI_UNIT_DAY, u, u + m - i);
    return 0;
  }
  if (unit_of == QI_UNIT_NONE) return 0;
  if (unit_of == QI_UNIT_DAY && !turn && !c->given && (is(c, k, "these") || qi_token_is(before(c, i, 1), "to"))) return 0; /* "these days", "to this day": our times */
  if (!turn) return is(c, k, "these") ? (c->vague = true, qi_date_set(c, qi_calendar_shift(c->today, unit_of, -3), c->today, unit_of, u, u + 1 - i))
                    : unit_of == QI_UNIT_WEEKEND && (qi_date_tense(c->s, u) < 0 || c->s->tokens[u].rel == QI_REL_NMOD_UNMARKED) && qi_day_weekday(c->today) < 5 ? qi_date_set_whole(c, c->today - 7, unit_of, u, u + 1 - i)
                    : unit_of == QI_UNIT_DAY ? qi_date_set(c, c->today, c->today, unit_of, u, u + 1 - i) : qi_date_set_whole(c, c->today, unit_of, u, u + 1 - i);
  bool many = n || (u < c->end && at(c, u)->form.len && at(c, u)->form.ptr[at(c, u)->form.len - 1] == 's');
  bool over = qi_token_is(before(c, k, 2), "over") && qi_token_is(before(c, k, 1), "the"); /* "over the last year" */
  if (!many && over && turn < 0 && unit_of >= QI_UNIT_WEEK && unit_of != QI_UNIT_WEEKEND) many = true, count = 1;
  if (!many && is(c, k, "past") && unit_of > QI_UNIT_WEEK && unit_of != QI_UNIT_CENTURY && unit_of != QI_UNIT_WEEKEND) many = true, count = 1; /* "the past year" */
  if (many) {
    if (turn > 0 && count >= 1 && is(c, k, "next") && c->ref_from > QI_DAY_MIN && c->ref_to < c->today && qi_date_tense(c->s, u) < 0)
      return qi_date_set(c, c->ref_to, qi_calendar_shift(c->ref_to, unit_of, (int)count), unit_of, u, u + 1 - i); /* "in the next two weeks it shelled" */
    int steps = count >= 1 ? (int)count : 3;
    c->vague = vague || count < 1;
    qi_day far = qi_calendar_shift(c->today, unit_of, turn * steps);
    if (count > steps && far != QI_DAY_NONE && unit_of == QI_UNIT_YEAR) far = qi_calendar_shift(far, QI_UNIT_MONTH, turn * 6);
    if (turn < 0 && unit_of > QI_UNIT_DAY && far != QI_DAY_NONE) far++;
    return turn > 0 ? qi_date_set(c, c->today, far, unit_of, u, u + 1 - i) : qi_date_set(c, far, c->today, unit_of, u, u + 1 - i);
  }
  if (unit_of == QI_UNIT_DAY) return 0; /* "the last day" */
  return qi_date_set_whole(c, qi_calendar_shift(c->today, unit_of, turn), unit_of, u, u + 1 - i);
}

/* A point n units from a day; those of months and years are no more exact than themselves. */
uint32_t qi_date_away(qi_scan *c, qi_day from, qi_unit u, double count, int way, bool vague, uint32_t head, uint32_t n) {
  int whole = (int)count;
  qi_day d = qi_calendar_shift(from, u, way * whole);
  if (count > whole && d != QI_DAY_NONE) { /* "six and a half months ago" */
    static const int HALF[QI_N_UNITS] = {[QI_UNIT_WEEK] = 3, [QI_UNIT_MONTH] = 15, [QI_UNIT_YEAR] = 183, [QI_UNIT_DECADE] = 1826};
    d = qi_calendar_shift(d, QI_UNIT_DAY, way * HALF[u]);
  }
  if (vague) {
    c->vague = true;
    if (d == QI_DAY_NONE) return 0;
    return way < 0 ? qi_date_set(c, qi_calendar_shift(from, u, -2 * whole), from, u, head, n) : qi_date_set(c, from, qi_calendar_shift(from, u, 2 * whole), u, head, n);
  }
  if (u == QI_UNIT_DECADE || u == QI_UNIT_CENTURY) u = QI_UNIT_YEAR; /* "two decades ago": about that year */
  return u == QI_UNIT_DAY || u == QI_UNIT_FORTNIGHT ? qi_date_set(c, d, d, QI_UNIT_DAY, head, n) : qi_date_set_whole(c, d, u, head, n);
}

/* "half a century ago", "half a year later". */
static uint32_t counted_half(qi_scan *c, uint32_t i) {
  static const int MONTHS[QI_N_UNITS] = {[QI_UNIT_YEAR] = 6, [QI_UNIT_DECADE] = 60, [QI_UNIT_CENTURY] = 600};
  int months = MONTHS[qi_date_unit(c, i + 2)];
  bool ago = is(c, i + 3, "ago"), later = is(c, i + 3, "later"), earlier = is(c, i + 3, "earlier");
  qi_day from = ago ? c->today : c->ref_from > QI_DAY_MIN && c->ref_from < QI_DAY_MAX ? c->ref_from : c->today;
  if (!months || (!ago && !later && !earlier) || from == QI_DAY_NONE) return 0;
  return qi_date_set_whole(c, qi_calendar_shift(from, QI_UNIT_MONTH, later ? months : -months), months == 6 ? QI_UNIT_MONTH : QI_UNIT_YEAR, i + 2, 4);
}

/* "two weeks ago", "a year earlier", "several months later", "three days from now". */
static uint32_t counted(qi_scan *c, uint32_t i) {
  static const char *const EARLIER[] = {"earlier", "before", "previously", NULL}, *const LATER[] = {"later", "after", "afterwards", NULL};
  uint32_t n;
  bool vague;
  double count = qi_date_amount(c, i, &n, &vague);
  if (is(c, i, "half") && (is(c, i + 1, "a") || is(c, i + 1, "an"))) return counted_half(c, i);
  if (count < 1) return 0;
  uint32_t u = i + n;
  if (is(c, u, "more")) u++;
  if (is(c, u, "hours") && is(c, u + 1, "ago") && c->today != QI_DAY_NONE && count <= 240) {
    qi_day d = qi_calendar_shift(c->today, QI_UNIT_DAY, -(int)count / 24);
    return qi_date_set(c, d, d, QI_UNIT_DAY, u, u + 2 - i);
  }
  qi_unit unit_of = qi_date_unit(c, u);
  if (!unit_of || !at(c, u + 1)) return 0;
  if (is(c, u + 1, "and") && is(c, u + 2, "a") && is(c, u + 3, "half")) u += 3, count += 0.5; /* "a year and a half ago" */
  if (count <= 1 && qi_token_is(before(c, i, 1), "half")) count = 0.5;
  qi_day today = c->today, ref = c->ref_from > QI_DAY_MIN && c->ref_from != QI_DAY_MAX ? c->ref_from : c->today;
  if (is(c, u + 1, "ago") && unit_of == QI_UNIT_YEAR && count >= 1000 && (int)count % 100 == 0) { /* "4,000 years ago": round figures, from 2000 */
    c->vague = true;
    return qi_date_set_whole(c, qi_calendar_day(2000 - (int)count, 1, 1), QI_UNIT_YEAR, u, u + 2 - i);
  }
  if ((is(c, u + 1, "ago") || is(c, u + 1, "back")) && today != QI_DAY_NONE) return qi_date_away(c, today, unit_of, count, -1, vague, u, u + 2 - i);
  if (is(c, u + 1, "from") && is(c, u + 2, "now") && today != QI_DAY_NONE) return qi_date_away(c, today, unit_of, count, 1, vague, u, u + 3 - i);
  bool that = is(c, u + 2, "that") && !(at(c, u + 3) && (at(c, u + 3)->upos == QI_NOUN || at(c, u + 3)->upos == QI_ADJ)); /* "two days after that" */
  bool clause = !that && !(c->given && u + 2 == c->end) && (at(c, u + 1)->upos == QI_ADP || at(c, u + 1)->upos == QI_SCONJ); /* "two days after the attack" */
  if (ref == QI_DAY_NONE || clause) return 0;
  if (qi_token_any(at(c, u + 1), EARLIER)) return qi_date_away(c, ref, unit_of, count, -1, vague, u, u + 2 - i);
  if (qi_token_any(at(c, u + 1), LATER)) return qi_date_away(c, c->ref_to > QI_DAY_MIN && c->ref_to != QI_DAY_MAX && unit_of == QI_UNIT_DAY ? c->ref_to : ref, unit_of, count, 1, vague, u, u + 2 - i);
  return 0;
}

static uint32_t core(qi_scan *c, uint32_t i) {
  static uint32_t (*const PATTERNS[])(qi_scan *, uint32_t) = {iso, from_weekday, qi_date_day_first, qi_date_month, turned, counted, qi_date_anchored, recent,
                                                              relative_day, qi_date_quarter, qi_date_century, qi_date_decade, qi_date_season, qi_date_named, qi_date_year_alone,
                                                              qi_date_then, qi_date_nth, qi_date_week_of, qi_date_ordinal_day, qi_date_weekend, qi_date_within};
  const qi_scan start = *c;
  qi_scan best = start;
  uint32_t n = 0;
  for (size_t k = 0; k < sizeof PATTERNS / sizeof *PATTERNS && at(c, i); k++) {
    qi_scan one = start;
    uint32_t read = PATTERNS[k](&one, i);
    if (read > n) n = read, best = one;
  }
  *c = best;
  return n;
}

/* "later that year", "earlier the same day". */
static uint32_t narrowed_by_ref(qi_scan *c, uint32_t i, bool later) {
  qi_day from = c->ref_from, to = c->ref_to;
  uint32_t n = qi_date_anchored(c, i + 1);
  if (!n) return 0;
  c->near_from = later && from > c->from ? from : c->from, c->near_to = later || to > c->to ? c->to : to;
  c->narrowed = c->noun = true;
  return n + 1;
}

/* "earlier this month", "later in the week". */
static uint32_t narrowed_by_now(qi_scan *c, uint32_t i) {
  bool later = is(c, i, "later");
  if (is(c, i + 1, "that") || (is(c, i + 1, "the") && is(c, i + 2, "same"))) return narrowed_by_ref(c, i, later);
  bool in_the = is(c, i + 1, "in") && is(c, i + 2, "the");
  uint32_t u = in_the ? i + 3 : i + 2;
  qi_unit of = qi_date_unit(c, u);
  if ((!in_the && !is(c, i + 1, "this")) || of == QI_UNIT_NONE || c->today == QI_DAY_NONE) return 0;
  if (of == QI_UNIT_DAY) return qi_date_set(c, c->today, c->today, of, u, u + 1 - i);
  if (!qi_date_set_whole(c, c->today, of, u, 1) || c->today < c->from || c->today > c->to) return 0;
  c->near_from = later ? c->today : c->from, c->near_to = later ? c->to : c->today;
  c->narrowed = c->noun = true;
  return u + 1 - i;
}

/* "the end of the year", "year end", "year-end": of the one that the text is in. */
static uint32_t end_of_unit(qi_scan *c, uint32_t i) {
  uint32_t u = i, n = 0;
  if (is(c, i, "end") && is(c, i + 1, "of") && is(c, i + 2, "the")) u = i + 2 + 1, n = 4;
  else if (is(c, i, "year") || is(c, i, "month")) n = is(c, i + 1, "end") ? 2 : is(c, i + 1, "-") && is(c, i + 2, "end") ? 3 : 0;
  qi_unit of = n ? qi_date_unit(c, u) : QI_UNIT_NONE;
  qi_day from, to, day = of == QI_UNIT_YEAR && c->year ? qi_calendar_day(c->year, 1, 1) : c->today;
  if (of < QI_UNIT_WEEK || day == QI_DAY_NONE || !qi_calendar_whole(day, of, &from, &to)) return 0;
  return qi_date_set(c, to, to, QI_UNIT_DAY, u, n);
}

/* "mid-August 2023" in one token, `word` behind the hyphen: its second ten days. */
static uint32_t mid_month(qi_scan *c, uint32_t i, qi_slice word) {
  qi_token token = *at(c, i);
  qi_sentence one = *c->s;
  qi_scan inner = *c;
  int y = 0;
  token.form = qi_slice_sub(word, 4, word.len);
  token.upos = QI_PROPN;
  one.tokens = &token, one.n_tokens = 1;
  inner.s = &one, inner.end = 1;
  int m = month(&inner, 0);
  if (!m) return 0;
  uint32_t k = qi_date_year_after(c, i + 1, false, &y);
  if (!k) y = year_for(c, i, m, 15);
  qi_day from, to;
  if (!y || !qi_calendar_months(y, m, m, &from, &to)) return 0;
  c->has_year = k != 0;
  return qi_date_set(c, from + 10, from + 19, QI_UNIT_WEEK, i, 1 + k);
}

/* "early June", "the end of 2024", "mid-August", "the eve of the ...". */
static uint32_t part(qi_scan *c, uint32_t i) {
  uint32_t n, k;
  const qi_day_word *w = qi_date_kind(c, i, QI_DAY_PART, &n);
  int a = w ? w->a : 33, b = w ? w->b : 67;
  bool eve = is(c, i, "eve") && is(c, i + 1, "of");
  qi_scan inner = *c;
  if ((is(c, i, "later") || is(c, i, "earlier")) && (k = narrowed_by_now(c, i)) != 0) return k;
  if ((k = end_of_unit(c, i)) != 0) return k;
  if (!w && !eve) { /* "mid-August" in one token */
    qi_slice s = at(c, i)->form;
    if (s.len < 7 || !qi_slice_eq_nocase(qi_slice_sub(s, 0, 4), QI_SLICE("mid-"))) return 0;
    if (is(c, i + 1, "century") && s.len >= 7) {
      long number;
      if (!qi_slice_to_long(qi_slice_sub(s, 4, s.len - 2), &number) || number < 1 || number > 22) return 0;
      c->has_year = true;
      return qi_date_set(c, qi_calendar_day((int)number * 100 - 67, 1, 1), qi_calendar_day((int)number * 100 - 34, 12, 31), QI_UNIT_DECADE, i + 1, 2);
    }
    return mid_month(c, i, s);
  }
  if (eve) n = 2;
  k = i + n;
  if (is(c, k, "-")) k++;
  bool of = is(c, k, "of");
  if (of) k++;
  if (is(c, k, "the")) k++;
  inner.given = inner.given || k > i + n; /* "the end of 2024" */
  uint32_t read = core(&inner, k);
  qi_unit of_the = !read && of && is(c, k - 1, "the") ? qi_date_unit(c, k) : QI_UNIT_NONE; /* "the start of the year" */
  if (of_the >= QI_UNIT_MONTH && c->today != QI_DAY_NONE) read = qi_date_set_whole(&inner, c->today, of_the, k, 1);
  if (!read) return 0;
  inner.given = c->given;
  if (eve) {
    *c = inner;
    qi_day d = qi_calendar_shift(inner.from, QI_UNIT_DAY, -1);
    return qi_date_set(c, d, d, QI_UNIT_DAY, inner.head, k + read - i);
  }
  qi_day from = inner.from, length = inner.to - inner.from + 1;
  if (length < 28 || from == QI_DAY_MIN || inner.to == QI_DAY_MAX) return 0;
  *c = inner;
  if (length > 3000) { /* whole years of decades and centuries */
    int y = qi_day_to_ymd(from).year, years = length > 30000 ? 100 : 10;
    if (years == 100 && a == 50) a = 75; /* "the late 20th century": its last quarter */
    else if (years == 100 && b == 50) b = 25;
    c->near_from = qi_calendar_day(y + years * a / 100, 1, 1), c->near_to = qi_calendar_day(y + years * b / 100 - 1, 12, 31);
  } else if (length > 360) { /* whole months of a year */
    int y = qi_day_to_ymd(from).year, first = (12 * a + 50) / 100 + 1, last = (12 * b + 50) / 100;
    if (!qi_calendar_months(y, first, last, &c->near_from, &c->near_to)) return 0;
  } else {
    c->near_from = from + (length - 1) * a / 100, c->near_to = from + length * b / 100 - 1;
  }
  if (c->near_from == QI_DAY_NONE || c->near_to < c->near_from) return 0;
  c->narrowed = true;
  c->noun = of;
  c->unit = length > 3000 ? QI_UNIT_YEAR : length > 93 ? QI_UNIT_QUARTER : QI_UNIT_WEEK;
  return k + read - i;
}

bool qi_date_names_day(const qi_scan *c, uint32_t i) {
  uint32_t n;
  return qi_date_kind(c, i, QI_DAY_DAYPART, &n) || (qi_date_unit(c, i) == QI_UNIT_DAY && !qi_token_is(at(c, i), "days"));
}

/* Most words begin no expression, which one look-up tells. */
static bool can_begin(const qi_scan *c, uint32_t i) {
  qi_slice form = c->s->tokens[i].form;
  for (size_t b = 0; b < form.len; b++)
    if (qi_ascii_is_digit(form.ptr[b])) return true;
  return qi_days_starts(c->days, form) || (form.len > 4 && qi_slice_eq_nocase(qi_slice_sub(form, 0, 4), QI_SLICE("mid-")));
}

uint32_t qi_date_read(qi_scan *c, uint32_t i) {
  if (!can_begin(c, i)) return 0;
  qi_scan other = *c;
  uint32_t n = core(c, i), m = part(&other, i);
  if (m <= n) return n;
  *c = other;
  return m;
}
