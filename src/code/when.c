/* code: dates said in the text -> day ranges.
 *
 * Each sentence is scanned once; at each token the longest pattern wins: full dates, months, years,
 * weekdays, "last month", "two weeks ago", "in recent days", decades. Bare months and weekdays go to
 * the past, or to the future under a future verb. "Last month, it test-fired ..." with the document of
 * 2024-11-25 -> 2024-10-01 .. 2024-10-31. */
#include "code/when.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "code/calendar.h"

typedef struct scan {
  const qi_sentence *s;
  qi_day today;    /* QI_DAY_NONE unknown */
  qi_day from, to; /* of the pattern just read */
  uint32_t head;
} scan;

static bool is(const qi_token *t, const char *word) { return qi_slice_eq_nocase(t->form, qi_slice_str(word)); }

static bool any(const qi_token *t, const char *const *words) {
  for (; *words; words++)
    if (is(t, *words)) return true;
  return false;
}

static const qi_token *at(const scan *c, uint32_t i) { return i < c->s->n_tokens ? &c->s->tokens[i] : NULL; }

/* Does the verb above the token speak of the future? */
static bool future(const qi_sentence *s, uint32_t i) {
  static const char *const FUTURE[] = {"will", "shall", "'ll", "to", NULL};
  for (int steps = 0; steps < 8; steps++) {
    const qi_token *t = &s->tokens[i];
    if (t->upos == QI_VERB || t->head == QI_ROOT) {
      for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
        const qi_token *child = &s->tokens[s->child[k]];
        if ((child->rel == QI_REL_AUX || child->rel == QI_REL_MARK) && any(child, FUTURE)) return true;
      }
      return false;
    }
    i = (uint32_t)t->head;
  }
  return false;
}

static bool set(scan *c, qi_day from, qi_day to, uint32_t head) {
  if (from == QI_DAY_NONE || to == QI_DAY_NONE) return false;
  c->from = from, c->to = to, c->head = head;
  return true;
}

static bool set_whole(scan *c, qi_day day, qi_unit unit, uint32_t head) {
  qi_day from, to;
  if (day == QI_DAY_NONE) return false;
  qi_calendar_whole(day, unit, &from, &to);
  return set(c, from, to, head);
}

/* "Nov. 4, 2024", "November 2024", "June 19", "June": tokens read, 0 none. */
static uint32_t month_first(scan *c, uint32_t i) {
  int month = qi_calendar_month(at(c, i)), day = 0, year = 0;
  uint32_t n = 1;
  if (!month) return 0;
  if (at(c, i + n) && (day = qi_calendar_day(at(c, i + n))) != 0) n++;
  uint32_t comma = at(c, i + n) && is(at(c, i + n), ",") ? 1 : 0;
  if (at(c, i + n + comma) && (year = qi_calendar_year(at(c, i + n + comma))) != 0 && (day || !comma)) n += comma + 1;
  else year = 0;
  if (!year) {
    if (c->today == QI_DAY_NONE) return 0;
    qi_ymd now = qi_day_to_ymd(c->today);
    bool later = month > now.month || (month == now.month && day > now.day);
    year = now.year + (future(c->s, i) ? (later || month == now.month ? 0 : 1) : later ? -1 : 0);
  }
  if (day) {
    qi_day d = qi_day_from_ymd(year, month, day);
    return set(c, d, d, i) ? n : 0;
  }
  return set_whole(c, qi_day_from_ymd(year, month, 1), QI_UNIT_MONTH, i) ? n : 0;
}

/* "4 November 2024", "the 4th of November". */
static uint32_t day_first(scan *c, uint32_t i) {
  int day = qi_calendar_day(at(c, i));
  if (!day || !at(c, i + 1)) return 0;
  uint32_t of = is(at(c, i + 1), "of") ? 1 : 0, m = i + 1 + of;
  int month = at(c, m) ? qi_calendar_month(at(c, m)) : 0, year = at(c, m + 1) ? qi_calendar_year(at(c, m + 1)) : 0;
  if (!month) return 0;
  qi_day from;
  if (year) from = qi_day_from_ymd(year, month, day);
  else {
    if (!month_first(c, m)) return 0;
    qi_ymd d = qi_day_to_ymd(c->from);
    from = qi_day_from_ymd(d.year, month, day);
  }
  return set(c, from, from, m) ? m + (year ? 2 : 1) - i : 0;
}

/* "2022" under a preposition or with a word such as "early"; "1990s". */
static uint32_t year_alone(scan *c, uint32_t i) {
  static const char *const BEFORE[] = {"in", "since", "by", "until", "till", "from", "to", "of", "during", "early", "late", "mid", "between",
                                       "before", "after", "through", "and", "around", "year", "summer", "spring", "fall", "autumn", "winter", "(", NULL};
  const qi_token *t = at(c, i);
  if (t->form.len >= 5 && (qi_slice_ends(t->form, QI_SLICE("0s")) || qi_slice_ends(t->form, QI_SLICE("0's")))) {
    long year;
    if (!qi_slice_to_long(qi_slice_sub(t->form, 0, 4), &year) || year < 1500 || year > 2190) return 0;
    return set_whole(c, qi_day_from_ymd((int)year, 1, 1), QI_UNIT_DECADE, i) ? 1 : 0;
  }
  int year = qi_calendar_year(t);
  if (!year || i == 0 || !any(at(c, i - 1), BEFORE)) return 0;
  /* A number that counts something is no year: "to 2000 troops". */
  if (t->rel == QI_REL_NUMMOD && t->head != QI_ROOT && c->s->tokens[t->head].upos == QI_NOUN) return 0;
  return set_whole(c, qi_day_from_ymd(year, 1, 1), QI_UNIT_YEAR, i) ? 1 : 0;
}

static uint32_t iso(scan *c, uint32_t i) {
  qi_day from, to;
  const qi_token *t = at(c, i);
  return t->form.len == 10 && qi_date_parse(t->form, &from, &to) && set(c, from, to, i) ? 1 : 0;
}

static uint32_t weekday(scan *c, uint32_t i) {
  int wd = qi_calendar_weekday(at(c, i));
  if (wd < 0 || c->today == QI_DAY_NONE) return 0;
  int back = (qi_day_weekday(c->today) - wd + 7) % 7;
  bool next = (i > 0 && is(at(c, i - 1), "next")) || future(c->s, i);
  if (i > 0 && is(at(c, i - 1), "last") && back == 0) back = 7;
  qi_day d = next ? c->today + (back == 0 ? 7 : 7 - back) : c->today - back;
  return set(c, d, d, i) ? 1 : 0;
}

static uint32_t relative_day(scan *c, uint32_t i) {
  static const struct { const char *word; int days; } DAYS[] = {{"yesterday", -1}, {"today", 0}, {"tonight", 0}, {"tomorrow", 1}};
  for (size_t k = 0; k < sizeof DAYS / sizeof *DAYS && c->today != QI_DAY_NONE; k++)
    if (is(at(c, i), DAYS[k].word) && at(c, i)->rel != QI_REL_NMOD_POSS)
      return set(c, c->today + DAYS[k].days, c->today + DAYS[k].days, i) ? 1 : 0;
  return 0;
}

/* "last month", "this year", "next summer", "the past two weeks", "recent months". */
static uint32_t last_next(scan *c, uint32_t i) {
  static const char *const LAST[] = {"last", "past", "previous", NULL}, *const NEXT[] = {"next", "coming", NULL},
              *const RECENT[] = {"recent", NULL};
  const qi_token *t = at(c, i);
  bool back = any(t, LAST), on = any(t, NEXT), near = any(t, RECENT), now = is(t, "this");
  if (!(back || on || near || now) || c->today == QI_DAY_NONE || !at(c, i + 1)) return 0;
  double n = qi_number(at(c, i + 1));
  if (is(at(c, i + 1), "few") || is(at(c, i + 1), "several")) n = 3;
  uint32_t u = i + (n >= 1 ? 2 : 1);
  qi_unit unit = at(c, u) ? qi_calendar_unit(at(c, u)) : QI_UNIT_NONE;
  int month = at(c, u) ? qi_calendar_month(at(c, u)) : 0;
  if (month && n < 0 && !near) {
    int year = qi_day_to_ymd(c->today).year, now_month = qi_day_to_ymd(c->today).month;
    year += back && month >= now_month ? -1 : on && month <= now_month ? 1 : 0;
    return set_whole(c, qi_day_from_ymd(year, month, 1), QI_UNIT_MONTH, u) ? u + 1 - i : 0;
  }
  if (unit == QI_UNIT_NONE || n > 1000) return 0;
  int count = n >= 1 ? (int)n : near ? (unit == QI_UNIT_DAY ? 7 : 3) : 1;
  if (near) return set(c, qi_calendar_shift(c->today, unit, -count), c->today, u) ? u + 1 - i : 0;
  if (n >= 1 || (back && is(t, "past")))
    return set(c, on ? c->today : qi_calendar_shift(c->today, unit, -count), on ? qi_calendar_shift(c->today, unit, count) : c->today, u) ? u + 1 - i : 0;
  if (unit == QI_UNIT_DAY && !now) return 0; /* "the last day" */
  if (unit == QI_UNIT_NIGHT && !back && !now) return 0;
  return set_whole(c, qi_calendar_shift(c->today, unit, back ? -1 : on ? 1 : 0), unit, u) ? u + 1 - i : 0;
}

/* "two weeks ago", "a year earlier". Units longer than a week are no more exact than themselves. */
static uint32_t ago(scan *c, uint32_t i) {
  double n = qi_number(at(c, i));
  if (n < 1 || n > 1000 || c->today == QI_DAY_NONE || !at(c, i + 2)) return 0;
  qi_unit unit = qi_calendar_unit(at(c, i + 1));
  if (unit < QI_UNIT_DAY || unit > QI_UNIT_CENTURY || !is(at(c, i + 2), "ago")) return 0;
  qi_day day = qi_calendar_shift(c->today, unit, -(int)n);
  if (unit == QI_UNIT_DAY) return set(c, day, day, i + 1) ? 3 : 0;
  return set_whole(c, day, unit, i + 1) ? 3 : 0;
}

/* The words before the expression that bound or narrow it: since, until, early, late. */
static void widen(scan *c, uint32_t i) {
  const qi_token *before = i > 0 ? at(c, i - 1) : NULL;
  if (!before) return;
  qi_day length = c->to - c->from + 1;
  if (length >= 28 && is(before, "early")) c->to = c->from + length / 3 - 1;
  if (length >= 28 && is(before, "late")) c->from = c->to - length / 3 + 1;
  if (length >= 28 && is(before, "mid")) c->from += length / 3, c->to -= length / 3;
  if (is(before, "early") || is(before, "late") || is(before, "mid") || is(before, "the")) before = i > 1 ? at(c, i - 2) : NULL;
  if (!before) return;
  if (is(before, "since")) c->to = c->today != QI_DAY_NONE && c->today >= c->from ? c->today : QI_DAY_MAX;
  if (is(before, "until") || is(before, "till")) c->from = QI_DAY_MIN;
  if (is(before, "by") || is(before, "before")) c->from = c->today != QI_DAY_NONE && c->today < c->from ? c->today : QI_DAY_MIN;
  if (is(before, "after")) c->from = c->to, c->to = QI_DAY_MAX;
}

static uint32_t read_one(scan *c, uint32_t i) {
  static uint32_t (*const PATTERNS[])(scan *, uint32_t) = {iso, day_first, month_first, last_next, ago, weekday, relative_day, year_alone};
  for (size_t k = 0; k < sizeof PATTERNS / sizeof *PATTERNS; k++) {
    uint32_t n = PATTERNS[k](c, i);
    if (n) return n;
  }
  return 0;
}

/* "from 2014 to 2020", "between June and August": the second end closes the first. */
static bool closes(const qi_sentence *s, const qi_time *a, const qi_time *b) {
  if (a->sentence != b->sentence || b->first != a->last + 2 || a->first == 0) return false;
  const qi_token *open = &s->tokens[a->first - 1], *mid = &s->tokens[a->last + 1];
  return (is(open, "from") && (is(mid, "to") || is(mid, "until") || is(mid, "through"))) || (is(open, "between") && is(mid, "and"));
}

bool qi_when_find(qi_times *out, const qi_parsed *doc, qi_day day, qi_arena *arena) {
  struct { qi_time *items; size_t len, cap; } found = {0};
  for (uint32_t k = 0; k < doc->n_sentences; k++) {
    const qi_sentence *s = &doc->sentences[k];
    for (uint32_t i = 0; i < s->n_tokens;) {
      scan c = {.s = s, .today = day};
      uint32_t n = read_one(&c, i);
      if (!n) {
        i++;
        continue;
      }
      widen(&c, i);
      qi_time t = {k, i, i + n - 1, c.head, s->tokens[i].start, s->tokens[i + n - 1].end, c.from, c.to};
      qi_time *last = found.len ? &found.items[found.len - 1] : NULL;
      if (last && closes(s, last, &t)) last->last = t.last, last->end = t.end, last->to = t.to;
      else if (!QI_VEC_PUSH_IN(arena, &found, t)) return false;
      i += n;
    }
  }
  *out = (qi_times){found.items, (uint32_t)found.len};
  return true;
}

/* Steps up from `from` to `to`; -1 when it is not above, or another clause lies between. */
static int climb(const qi_sentence *s, uint32_t from, uint32_t to) {
  int steps = 0;
  for (uint32_t i = from; i != to; steps++) {
    const qi_token *t = &s->tokens[i];
    if (t->head == QI_ROOT || steps > 12) return -1;
    switch (t->rel) {
    case QI_REL_CCOMP: case QI_REL_XCOMP: case QI_REL_ADVCL: case QI_REL_ADVCL_RELCL: case QI_REL_ACL: case QI_REL_ACL_RELCL:
    case QI_REL_PARATAXIS: case QI_REL_CSUBJ:
      return -1;
    case QI_REL_CONJ:
      if (t->upos == QI_VERB) return -1;
      break;
    default: break;
    }
    i = (uint32_t)t->head;
  }
  return steps;
}

static const qi_time *nearest(const qi_times *times, const qi_sentence *s, uint32_t token) {
  const qi_time *best = NULL;
  int best_steps = 0;
  size_t low = 0, high = times->len; /* first of the sentence */
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (times->items[mid].sentence < s->index) low = mid + 1;
    else high = mid;
  }
  for (size_t k = low; k < times->len && times->items[k].sentence == s->index; k++) {
    int steps = climb(s, times->items[k].head, token);
    if (steps >= 0 && (!best || steps < best_steps)) best = &times->items[k], best_steps = steps;
  }
  return best;
}

static bool has_subject(const qi_sentence *s, uint32_t i) {
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
    uint8_t rel = s->tokens[s->child[k]].rel;
    if (rel == QI_REL_NSUBJ || rel == QI_REL_NSUBJ_PASS) return true;
  }
  return false;
}

const qi_time *qi_when_of(const qi_times *times, const qi_parsed *doc, uint32_t sentence, uint32_t token) {
  const qi_sentence *s = &doc->sentences[sentence];
  bool fronted = false; /* only a date before the verb still holds */
  for (int steps = 0; steps < 6; steps++) {
    const qi_time *t = nearest(times, s, token);
    const qi_token *tok = &s->tokens[token];
    if (t && fronted && t->first > token) return NULL;
    if (t || tok->head == QI_ROOT) return t;
    /* A deed noun takes the date of its verb; a second verb that of the first: "On Monday it
     * attacked X and burned Y", but not "A met B this year, and C attacked D". */
    bool nominal = tok->upos != QI_VERB && (tok->rel == QI_REL_OBJ || tok->rel == QI_REL_NSUBJ || tok->rel == QI_REL_NSUBJ_PASS ||
                                            tok->rel == QI_REL_NMOD || tok->rel == QI_REL_OBL || tok->rel == QI_REL_COMPOUND);
    if (!nominal && !(tok->upos == QI_VERB && tok->rel == QI_REL_CONJ && (uint32_t)tok->head < token)) return NULL;
    fronted |= !nominal && has_subject(s, token);
    token = (uint32_t)tok->head;
  }
  return NULL;
}

/* "six times", "on three occasions"; "twice". Not "three times larger" nor "for the third time". */
uint32_t qi_when_times(const qi_parsed *doc, uint32_t sentence, uint32_t token) {
  const qi_sentence *s = &doc->sentences[sentence];
  for (uint32_t k = s->child_begin[token]; k < s->child_begin[token + 1]; k++) {
    uint32_t i = s->child[k];
    const qi_token *t = &s->tokens[i];
    if (is(t, "twice") && t->rel == QI_REL_ADVMOD) return 2;
    if (is(t, "thrice") && t->rel == QI_REL_ADVMOD) return 3;
    if (!is(t, "times") && !is(t, "occasions")) continue;
    for (uint32_t j = s->child_begin[i]; j < s->child_begin[i + 1]; j++) {
      double n = s->tokens[s->child[j]].rel == QI_REL_NUMMOD ? qi_number(&s->tokens[s->child[j]]) : -1;
      if (n >= 2 && n < 1e6) return (uint32_t)n;
    }
  }
  return 0;
}
