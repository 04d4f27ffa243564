/* code: dates said in the text -> day ranges. Which one is whose: govern.c.
 *
 * Each sentence is scanned once (dates.c reads one expression), in the order of the text, so that "the
 * next day" and "in June" can lean on what was said before. Then "since", "until", "by", "after" before
 * an expression open it at one end. "Since June 2022 it has shelled ..." with the document of 2024-11-25
 * -> said 2022-06-01 .. 2022-06-30, the deed's 2022-06-01 .. 2024-11-25. */
#include "code/when.h"

#include "base/vec.h"
#include "code/dates.h"

enum { YEAR_SENTENCES = 2 }; /* how far an explicit year holds for dates without one */

static bool is(const qi_token *t, const char *word) { return qi_token_is(t, word); }

/* What the text has said so far: the year it is in, and the expression that "the next day" follows. */
typedef struct context {
  qi_day ref_from, ref_to;
  int year;
  uint32_t year_sentence;
} context;

/* The words before the expression that bound it: since, until, by, after. */
static void widen(qi_time *t, const qi_sentence *s, qi_day today) {
  uint32_t i = t->first;
  const qi_token *before = i > 0 ? &s->tokens[i - 1] : NULL;
  if (is(before, "the") || is(before, "about") || is(before, "around")) before = i > 1 ? &s->tokens[i - 2] : NULL;
  if (!before) return;
  if (is(before, "since")) t->to = today != QI_DAY_NONE && today >= t->from ? today : QI_DAY_MAX;
  if (is(before, "until") || is(before, "till")) t->from = QI_DAY_MIN;
  if (is(before, "by") || is(before, "before")) t->from = today != QI_DAY_NONE && today < t->from ? today : QI_DAY_MIN;
  if (is(before, "after")) t->from = t->to, t->to = QI_DAY_MAX;
}

/* "on the eve of the summit on 19 June": the day before. */
static void eve(qi_time *t, const qi_sentence *s) {
  for (uint32_t back = 2; back <= 7 && back <= t->first && t->unit == QI_UNIT_DAY; back++) {
    const qi_token *token = &s->tokens[t->first - back];
    if (token->upos == QI_VERB || token->upos == QI_PUNCT) return;
    if (!is(token, "eve") || !is(token + 1, "of")) continue;
    qi_day day = qi_calendar_shift(t->said_from, QI_UNIT_DAY, -1);
    if (day != QI_DAY_NONE) t->from = t->to = day;
    return;
  }
}

/* "two days after the election on 5 November": the number and unit before "after". */
static void offset(qi_time *t, const qi_sentence *s) {
  for (uint32_t back = 2; back <= 6 && back + 1 < t->first && t->unit == QI_UNIT_DAY; back++) {
    uint32_t i = t->first - back;
    const qi_token *token = &s->tokens[i];
    if (token->upos == QI_VERB || token->upos == QI_PUNCT) return;
    bool after = is(token, "after");
    if (!after && !is(token, "before")) continue;
    static const struct { const char *word; qi_unit unit; } UNITS[] = {{"day", QI_UNIT_DAY}, {"days", QI_UNIT_DAY}, {"week", QI_UNIT_WEEK}, {"weeks", QI_UNIT_WEEK}};
    double n = qi_number(&s->tokens[i - 2]);
    for (size_t k = 0; k < sizeof UNITS / sizeof *UNITS && n >= 1 && n < 1000; k++) {
      if (!is(&s->tokens[i - 1], UNITS[k].word)) continue;
      qi_day day = qi_calendar_shift(t->said_from, UNITS[k].unit, after ? (int)n : -(int)n);
      if (day != QI_DAY_NONE) t->from = t->to = day;
    }
    return;
  }
}

static qi_scan scan_of(const qi_days *days, const qi_sentence *s, qi_day today, const context *x) {
  bool near_year = x->year && s->index <= x->year_sentence + YEAR_SENTENCES;
  if (near_year && today != QI_DAY_NONE && x->year == qi_day_to_ymd(today).year) near_year = false;
  return (qi_scan){.days = days, .s = s, .end = s->n_tokens, .today = today, .ref_from = x->ref_from, .ref_to = x->ref_to,
                   .year = near_year ? x->year : 0};
}

static qi_time time_of(const qi_scan *c, uint32_t i, uint32_t n) {
  qi_time t = {.sentence = c->s->index, .first = i, .last = i + n - 1, .head = c->head, .start = c->s->tokens[i].start,
                   .end = c->s->tokens[i + n - 1].end, .from = c->from, .to = c->to, .said_from = c->from, .said_to = c->to,
                   .unit = (uint8_t)c->unit, .vague = c->vague, .has_year = c->has_year, .narrowed = c->narrowed};
  if (c->narrowed) t.from = c->near_from, t.to = c->near_to;
  if (c->narrowed && (!c->noun || c->given)) t.said_from = t.from, t.said_to = t.to;
  return t;
}

/* "the treaty of 1987": which one, not when. */
static bool names_thing(const qi_sentence *s, const qi_time *t) {
  uint8_t rel = s->tokens[t->head].rel;
  if (t->unit != QI_UNIT_YEAR || t->first != t->last) return false;
  return rel == QI_REL_NMOD && t->first > 1 && is(&s->tokens[t->first - 1], "of") && s->tokens[t->first - 2].etype != QI_ETYPE_TIME;
}

static void follow(context *x, const qi_sentence *s, const qi_time *t) {
  x->ref_from = t->said_from, x->ref_to = t->said_to;
  if (t->said_from <= QI_DAY_MIN) return;
  int year = qi_day_to_ymd(t->said_from).year;
  bool active = x->year && t->sentence <= x->year_sentence + YEAR_SENTENCES;
  if (active && t->unit <= QI_UNIT_YEAR && !t->vague && year >= x->year && year <= x->year + 1) x->year = year, x->year_sentence = t->sentence; /* "the following year" */
  if (t->has_year && t->unit <= QI_UNIT_YEAR && !names_thing(s, t)) x->year = year, x->year_sentence = t->sentence;
}

/* "from 2014 to 2020", "between June and August": the second end closes the first. */
static bool closes(const qi_sentence *s, const qi_time *a, const qi_time *b) {
  if (a->sentence != b->sentence || b->first != a->last + 2 || a->first == 0 || b->to < a->from) return false;
  const qi_token *open = &s->tokens[a->first - 1], *mid = &s->tokens[a->last + 1];
  return (is(open, "from") && (is(mid, "to") || is(mid, "until") || is(mid, "through"))) || (is(open, "between") && is(mid, "and")) ||
         (is(mid, "and") && a->unit == QI_UNIT_DAY && b->unit == QI_UNIT_DAY && b->from >= a->to && b->from - a->to <= 1) || is(mid, "-") || is(mid, "–");
}

/* Does the second begin right behind the first, with one of these words between? */
static bool joined(const qi_sentence *s, const qi_time *a, const qi_time *b, const char *const *words) {
  return a->sentence == b->sentence && b->first == a->last + 2 && qi_token_any(&s->tokens[a->last + 1], words);
}

static void move(qi_time *t, qi_unit unit, int n) {
  qi_day from = qi_calendar_shift(t->said_from, unit, n), to = qi_calendar_shift(t->said_to, unit, n);
  if (from != QI_DAY_NONE && to != QI_DAY_NONE) t->from = t->said_from = from, t->to = t->said_to = to;
}

/* "from Monday to Wednesday", "on Saturday and Sunday": one week, whichever day it is today. */
static void same_week(const qi_sentence *s, qi_time *a, qi_time *b, qi_day today) {
  static const char *const JOINS[] = {"to", "through", "until", "and", "-", "–", NULL};
  if (!joined(s, a, b, JOINS) || a->unit != QI_UNIT_DAY || b->unit != QI_UNIT_DAY) return;
  int back = a->said_from - b->said_from;
  if (back < 1 || back > 6) return;
  if (b->said_from <= today) move(a, QI_UNIT_WEEK, -1);
  else move(b, QI_UNIT_WEEK, 1);
}

/* "from November 20 to March 11": without a year of its own, the end is not before the beginning. */
static void later_end(const qi_sentence *s, const qi_time *a, qi_time *b) {
  enum { SHORT_DAYS = 7 };
  static const char *const JOINS[] = {"to", "through", "until", "-", "–", NULL};
  if (!joined(s, a, b, JOINS) || b->has_year || b->unit > QI_UNIT_MONTH || b->said_to >= a->said_from - SHORT_DAYS) return;
  qi_day from = qi_calendar_shift(b->said_from, QI_UNIT_YEAR, 1);
  if (from != QI_DAY_NONE && from - a->said_from <= 366) move(b, QI_UNIT_YEAR, 1);
}

/* The sentence is the date alone: "Tuesday, 3 May." heads what happened then. */
static bool is_heading(const qi_sentence *s, const qi_time *t) {
  for (uint32_t i = 0; i < s->n_tokens; i++)
    if ((i < t->first || i > t->last) && s->tokens[i].upos != QI_PUNCT) return false;
  return true;
}

/* "Today is Monday, May 3rd", "It's currently 2 a.m. on Wednesday": from here on "today" is that day. */
static bool says_today(const qi_sentence *s, const qi_time *t, qi_day today) {
  if (t->unit != QI_UNIT_DAY || t->said_from != t->said_to || today - t->said_from > 60 || t->said_from > today + 60) return false;
  if (t->first > 0 && is(&s->tokens[t->first - 1], "happy")) return true;
  if (t->said_from <= today && is_heading(s, t)) return true;
  uint32_t i = t->head;
  for (int steps = 0; steps < 3; steps++, i = (uint32_t)s->tokens[i].head) {
    bool subject = false, copula = false;
    for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
      const qi_token *child = &s->tokens[s->child[k]];
      subject |= (is(child, "it") || is(child, "today")) && (child->rel == QI_REL_NSUBJ || child->rel == QI_REL_EXPL);
      copula |= child->rel == QI_REL_COP && (is(child, "is") || is(child, "'s") || is(child, "’s"));
    }
    const qi_token *token = &s->tokens[i];
    if (subject && copula) return (i >= t->first && i <= t->last) || token->upos == QI_NUM || is(token, "a.m.") || is(token, "p.m.") || is(token, "am") || is(token, "pm");
    if (token->head == QI_ROOT || token->upos == QI_VERB) return false;
  }
  return false;
}

bool qi_when_find(qi_times *out, const qi_days *days, const qi_parsed *doc, qi_day day, qi_arena *arena) {
  struct { qi_time *items; size_t len, cap; } found = {0};
  if (qi_calendar_shift(day, QI_UNIT_DAY, 0) == QI_DAY_NONE) day = QI_DAY_NONE; /* beyond the calendar */
  qi_day published = day;
  context x = {QI_DAY_NONE, QI_DAY_NONE, 0, 0};
  bool diary = false; /* it has said which day "today" is */
  for (uint32_t k = 0; k < doc->n_sentences; k++) {
    const qi_sentence *s = &doc->sentences[k];
    for (uint32_t i = 0; i < s->n_tokens;) {
      qi_scan c = scan_of(days, s, day, &x);
      uint32_t n = qi_date_read(&c, i);
      if (!n) {
        i++;
        continue;
      }
      qi_time t = time_of(&c, i, n);
      if (found.len && day != QI_DAY_NONE) same_week(s, &found.items[found.len - 1], &t, day);
      if (found.len) later_end(s, &found.items[found.len - 1], &t);
      if (found.len && closes(s, &found.items[found.len - 1], &t)) { /* both ends are the event's time */
        qi_time *first = &found.items[found.len - 1];
        first->to = t.to;
        t.from = first->from;
      } else {
        widen(&t, s, day);
        eve(&t, s);
        offset(&t, s);
      }
      if (day != QI_DAY_NONE && says_today(s, &t, day)) {
        qi_day said = t.said_from;
        if (diary && said < day && day - said < 7) t.from = t.to = t.said_from = t.said_to = said + 7; /* a diary goes on */
        day = t.said_from, diary = t.is_today = true;
      }
      if (!QI_VEC_PUSH_IN(arena, &found, t)) return false;
      follow(&x, s, &t);
      i += n;
    }
  }
  *out = (qi_times){found.items, (uint32_t)found.len, published};
  return true;
}

size_t qi_when_first(const qi_times *times, uint32_t sentence) {
  size_t low = 0, high = times->len;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (times->items[mid].sentence < sentence) low = mid + 1;
    else high = mid;
  }
  return low;
}

/* "between May and June 1981", all of it marked: the second end. */
static void both_ends(qi_time *t, const qi_scan *first, uint32_t i, uint32_t last) {
  static const char *const TO[] = {"to", "and", "-", "–", "until", "through", NULL};
  qi_scan c = *first;
  if (i >= last || !qi_token_any(&c.s->tokens[i], TO) || t->said_from == QI_DAY_MIN) return;
  c.ref_from = t->said_from, c.ref_to = t->said_to;
  c.narrowed = c.noun = false;
  if (qi_date_read(&c, i + 1) && c.to >= t->said_to && c.from > QI_DAY_MIN) t->said_to = t->to = c.to, t->last = last;
}

bool qi_when_read(qi_time *out, const qi_days *days, const qi_parsed *doc, const qi_times *times, uint32_t sentence, uint32_t first,
                  uint32_t last, qi_day day) {
  const qi_sentence *s = &doc->sentences[sentence];
  context x = {QI_DAY_NONE, QI_DAY_NONE, 0, 0};
  if (qi_calendar_shift(day, QI_UNIT_DAY, 0) == QI_DAY_NONE) day = QI_DAY_NONE;
  bool read = false;
  for (uint32_t k = 0; k < times->len; k++) {
    const qi_time *t = &times->items[k];
    if (t->sentence < sentence || (t->sentence == sentence && t->last < first)) {
      follow(&x, &doc->sentences[t->sentence], t);
      if (t->is_today) day = t->said_from;
    }
  }
  uint32_t most = 0;
  for (uint32_t i = first; i <= last; i++) {
    qi_scan c = scan_of(days, s, day, &x);
    c.end = last + 1, c.given = true;
    uint32_t n = qi_date_read(&c, i);
    if (n <= most) continue;
    *out = time_of(&c, i, n);
    if (i > first && is(&s->tokens[i - 1], "since")) out->said_to = QI_DAY_MAX;
    most = n, read = true;
    both_ends(out, &c, i + n, last);
  }
  for (uint32_t i = first; i <= last && !read && day != QI_DAY_NONE; i++) { /* "our last day": the day of the text */
    qi_scan c = scan_of(days, s, day, &x);
    c.end = last + 1;
    if (!qi_date_names_day(&c, i)) continue;
    c.from = c.to = day, c.unit = QI_UNIT_DAY, c.head = i;
    *out = time_of(&c, first, last - first + 1);
    read = true;
  }
  return read;
}
