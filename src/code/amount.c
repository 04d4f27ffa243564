/* code: the words of a sentence -> its amounts, from left to right.
 *
 *   amount = bound* number (("to" | "-" | "or") number)? unit? | "between" number "and" number | "from" number "to" number
 *   number = currency? (digits | number words | vague words) scale* currency?
 *
 * Trees play no part: they are often wrong where numbers are. The numbers of a range share the scale and the
 * currency of the last one. What words mean is in knowledge/items/amounts.tsv.
 *
 * "between $1 and 2 million" -> 1,000,000 to 2,000,000 USD; "up to 45 percent" -> 45 percent, under;
 * "several hundred" -> 300, about. */
#include "code/amount.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "code/calendar.h"

enum { MAX_BOUNDS = 3, FIRST_YEAR = 1900, LAST_YEAR = 2100 };

typedef struct scan {
  const qi_amounts *words;
  const qi_sentence *s;
} scan;

typedef struct number {
  double value;
  uint32_t end;         /* token behind it */
  bool scaled, vague, share;
  const char *currency; /* NULL none */
} number;

static const qi_token *at(const scan *c, uint32_t i) { return i < c->s->n_tokens ? &c->s->tokens[i] : NULL; }

static bool is(const scan *c, uint32_t i, const char *word) {
  return i < c->s->n_tokens && qi_slice_eq_nocase(c->s->tokens[i].form, qi_slice_str(word));
}

static bool is_dash(const scan *c, uint32_t i) { return is(c, i, "-") || is(c, i, "–") || is(c, i, "‑"); }

/* Does the token follow the one before without a blank? */
static bool is_close(const scan *c, uint32_t i) {
  return i > 0 && i < c->s->n_tokens && c->s->tokens[i - 1].end == c->s->tokens[i].start;
}

/* The longest phrase of one of the kinds that begins at the token; *n: its tokens. */
static const qi_amount_word *phrase(const scan *c, uint32_t i, uint32_t kinds, uint32_t *n) {
  char room[QI_MAX_AMOUNT_BYTES];
  const qi_amount_word *best = NULL;
  size_t len = 0;
  if (i >= c->s->n_tokens || !qi_amounts_starts(c->words, c->s->tokens[i].form)) return NULL;
  for (uint32_t k = 0; k < QI_MAX_AMOUNT_WORDS && i + k < c->s->n_tokens; k++) {
    qi_slice form = c->s->tokens[i + k].form;
    if (len + form.len + 1 > sizeof room) break;
    if (k) room[len++] = ' ';
    for (size_t b = 0; b < form.len; b++) room[len++] = qi_ascii_lower(form.ptr[b]);
    const qi_amount_word *w = qi_amounts_find(c->words, (qi_slice){room, len});
    if (w && (w->kinds & kinds)) best = w, *n = k + 1;
  }
  return best;
}

/* A scale behind a number; those of one or two letters must touch it ("$50m") or be followed by a currency. */
static const qi_amount_word *scale(const scan *c, uint32_t i, uint32_t *n) {
  const qi_amount_word *w = phrase(c, i, QI_AMOUNT_SCALE, n);
  return w && c->s->tokens[i].form.len == 1 && !is_close(c, i) ? NULL : w;
}

/* "$", "US$", "EUR": not the word "won". */
static const char *currency_before(const scan *c, uint32_t i, uint32_t *n) {
  const qi_amount_word *w = phrase(c, i, QI_AMOUNT_CURRENCY, n);
  if (!w) return NULL;
  qi_slice form = c->s->tokens[i].form;
  char last = form.ptr[form.len - 1];
  bool code = form.len == 3 && qi_ascii_is_upper(form.ptr[0]) && qi_ascii_is_upper(form.ptr[1]) && qi_ascii_is_upper(form.ptr[2]);
  return code || !qi_ascii_is_alpha(last) ? w->name : NULL;
}

/* One token that is a number by itself: digits or a word up to ninety; "a" and words of the dictionary are not. */
static double plain(const scan *c, uint32_t i) {
  const qi_token *t = at(c, i);
  uint32_t n;
  if (!t || is(c, i, "a") || is(c, i, "an")) return -1;
  double value = qi_number(t);
  if (value < 0 || qi_ascii_is_digit(t->form.ptr[0])) return value;
  return phrase(c, i, QI_AMOUNT_SCALE | QI_AMOUNT_VAGUE, &n) && n == 1 ? -1 : value;
}

/* "twenty - five", "three hundred and fifty", "1.2 million", "two dozen". */
static bool read_plain(const scan *c, uint32_t i, number *out) {
  double part = plain(c, i), total = 0, last = 1e18;
  uint32_t n;
  if (part < 0) return false;
  bool digits = qi_ascii_is_digit(c->s->tokens[i].form.ptr[0]);
  *out = (number){.end = i + 1};
  if (is(c, i + 1, "and") && is(c, i + 2, "a") && is(c, i + 3, "half")) part += 0.5, out->end += 3;
  if (!digits && part >= 20 && is_dash(c, i + 1) && plain(c, i + 2) >= 1 && plain(c, i + 2) < 10) part += plain(c, i + 2), out->end += 2;
  for (const qi_amount_word *w; (w = scale(c, out->end, &n)) && part > 0;) {
    out->end += n, out->scaled = true;
    part *= w->value;
    if (digits) continue;
    uint32_t next = is(c, out->end, "and") ? out->end + 1 : out->end;
    double more = plain(c, next);
    bool joins = more >= 1 && more < w->value && w->value < last && !qi_ascii_is_digit(c->s->tokens[next].form.ptr[0]) && w->value >= 100;
    if (!joins) continue;
    uint32_t after = next + 1;
    if (is_dash(c, after) && more >= 20 && plain(c, after + 1) >= 1 && plain(c, after + 1) < 10) more += plain(c, after + 1), after += 2;
    if (w->value >= 1000) total += part, part = more, last = w->value;
    else part += more;
    out->end = after;
  }
  out->value = total + part;
  return true;
}

/* "a million", "half a million", "a third", "two thirds", "dozens", "several hundred". */
static bool read_words(const scan *c, uint32_t i, number *out) {
  uint32_t n, m;
  const qi_amount_word *w, *x;
  double times = -1;
  uint32_t next = i + 1;
  if ((w = phrase(c, i, QI_AMOUNT_VAGUE, &n)) && at(c, i)->upos != QI_VERB) {
    *out = (number){.value = w->value, .end = i + n, .vague = true};
    while ((x = scale(c, out->end, &m))) out->value *= x->value, out->end += m, out->scaled = true;
    if (!out->scaled && is(c, out->end - 1, "of")) out->end--;
    return true;
  }
  if (is(c, i, "half")) times = 0.5, next += is(c, next, "a") || is(c, next, "an");
  else if (is(c, i, "a") || is(c, i, "an")) times = 1;
  if (times > 0 && (w = scale(c, next, &n)) && (times == 1 || next > i)) {
    *out = (number){.value = times * w->value, .end = next + n, .scaled = true};
    while ((x = scale(c, out->end, &m))) out->value *= x->value, out->end += m;
    return true;
  }
  double count = times == 1 ? 1 : plain(c, i);
  if (count >= 1 && is_dash(c, next)) next++;
  if (count >= 1 && (w = phrase(c, next, QI_AMOUNT_SHARE, &n)) && (is(c, next + n, "of") || next > i + 1)) {
    *out = (number){.value = count * w->value, .end = next + n, .share = true};
    return true;
  }
  if ((w = phrase(c, i, QI_AMOUNT_SHARE, &n)) && is(c, i, "half") &&
      (is(c, i + 1, "of") || is(c, i + 1, "its") || is(c, i + 1, "their") || is(c, i + 1, "the") || is(c, i + 1, "all"))) {
    *out = (number){.value = w->value, .end = i + n, .share = true};
    return true;
  }
  if ((w = phrase(c, i, QI_AMOUNT_SCALE, &n)) && at(c, i)->upos == QI_NUM && at(c, i)->form.len > 2) {
    *out = (number){.value = w->value, .end = i + n, .scaled = true};
    return true;
  }
  return false;
}

static bool read_number(const scan *c, uint32_t i, number *out) {
  uint32_t n = 0, begin = i;
  const char *currency = currency_before(c, i, &n);
  if (currency) begin += n;
  if (!read_words(c, begin, out) && !read_plain(c, begin, out)) return false;
  out->currency = currency;
  const qi_amount_word *w = currency ? NULL : phrase(c, out->end, QI_AMOUNT_CURRENCY | QI_AMOUNT_UNIT, &n);
  if (w && (w->kinds & QI_AMOUNT_CURRENCY)) out->currency = w->name, out->end += n;
  return true;
}

/* A year, unless what is counted stands behind it. */
static bool is_year(const scan *c, uint32_t i, const number *n) {
  if (n->scaled || n->currency || n->end != i + 1 || n->value < FIRST_YEAR || n->value > LAST_YEAR) return false;
  const qi_token *t = at(c, i), *next = at(c, n->end);
  if (t->form.len != 4) return false;
  return !next || (next->upos != QI_NOUN && next->upos != QI_ADJ) || next->xpos.len == 2; /* "2000 troops" is none, "the 2015 deal" is */
}

static uint8_t use_of(const scan *c, uint32_t end) {
  static const char *const time[] = {"second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "weekend",
                                     "fortnight", "night", "a.m.", "p.m.", "am", "pm", "o'clock", NULL};
  const qi_token *t = at(c, end);
  if (!t) return QI_AMOUNT_OF_THINGS;
  for (size_t k = 0; time[k]; k++)
    if (qi_slice_eq_nocase(t->lemma, qi_slice_str(time[k])) || qi_slice_eq_nocase(t->form, qi_slice_str(time[k]))) return QI_AMOUNT_OF_TIME;
  if (is(c, end, "times") || is(c, end, "occasions")) return QI_AMOUNT_OF_TIMES;
  return QI_AMOUNT_OF_THINGS;
}

/* Unit or use, by what stands behind the number. */
static void read_behind(const scan *c, qi_amount *a, uint32_t end) {
  uint32_t n = 0, from = end;
  if (is_dash(c, end) && is_close(c, end)) from++;
  const qi_amount_word *w = a->money ? NULL : phrase(c, from, QI_AMOUNT_UNIT, &n);
  a->last = end - 1;
  if (w) {
    a->unit = w->name;
    a->last = from + n - 1;
    if (is(c, a->last, "of")) a->last--;
  } else {
    a->use = use_of(c, from);
    if (from > end && !a->money && a->use == QI_AMOUNT_OF_THINGS) a->use = QI_AMOUNT_JOINED;
    else if (from > end) a->use = a->money ? a->use : QI_AMOUNT_JOINED;
  }
  w = phrase(c, a->last + 1, QI_AMOUNT_AFTER, &n);
  if (w) a->value.bound = w->name, a->last += n;
}

/* The numbers of a range share scale and currency. false: no range. */
static bool read_range(const scan *c, number *low, uint32_t join, number *high) {
  if (join >= c->s->n_tokens || !read_number(c, join, high) || high->share != low->share) return false;
  if (high->scaled && !low->scaled && low->value < 1000 && high->value >= 1000 && low->value < high->value) {
    double factor = 1;
    while (high->value / factor >= 1000) factor *= 1000;
    low->value *= factor;
  }
  return high->value > low->value && !(low->currency && high->currency && strcmp(low->currency, high->currency) != 0);
}

static bool read_amount(const scan *c, uint32_t i, qi_amount *out) {
  const qi_amount_word *w;
  number low, high;
  uint32_t p = i, n;
  *out = (qi_amount){.first = i, .value = {-1, -1, ""}, .unit = "", .use = QI_AMOUNT_OF_THINGS};
  for (int k = 0; k < MAX_BOUNDS && at(c, p) && at(c, p)->rel != QI_REL_COMPOUND_PRT && (w = phrase(c, p, QI_AMOUNT_BOUND, &n)); k++, p += n)
    if (!*out->value.bound || strcmp(out->value.bound, "about") == 0) out->value.bound = w->name;
  bool between = is(c, p, "between"), from = is(c, p, "from");
  if (between || from) p++;
  if (!read_number(c, p, &low) || is_year(c, p, &low)) return false;
  out->core = p;
  uint32_t join = low.end, end = low.end;
  bool joined = between ? is(c, join, "and") : is(c, join, "to") || is(c, join, "or") || (is_dash(c, join) && is_close(c, join) && is_close(c, join + 1));
  bool range = joined && !low.vague && read_range(c, &low, join + 1, &high) && !is_year(c, join + 1, &high);
  if ((between || from) && !range) return false;
  if (range) end = high.end;
  out->value.from = low.value, out->value.to = range ? high.value : low.value;
  const char *currency = low.currency ? low.currency : range ? high.currency : NULL;
  if (currency) out->unit = currency, out->money = true;
  else if (low.share) out->unit = "share";
  if (low.vague && !*out->value.bound) out->value.bound = "about";
  if (low.share) out->last = end - 1;
  else read_behind(c, out, end);
  return true;
}

static bool may_begin(const scan *c, uint32_t i) {
  const qi_token *t = &c->s->tokens[i];
  if (t->form.len == 0 || t->upos == QI_PUNCT) return false;
  if (qi_ascii_is_digit(t->form.ptr[0]) || t->upos == QI_NUM || t->upos == QI_SYM) return true;
  return is(c, i, "a") || is(c, i, "an") || is(c, i, "between") || is(c, i, "from") || qi_amounts_starts(c->words, t->form);
}

/* "one" is a number before what it counts alone. */
static bool is_lone_one(const scan *c, const qi_amount *a) {
  const qi_token *next = at(c, a->last + 1);
  return a->value.from == 1 && a->value.to == 1 && !*a->unit && a->core == a->last && !qi_ascii_is_digit(c->s->tokens[a->core].form.ptr[0]) &&
         !(next && (next->upos == QI_NOUN || next->upos == QI_PROPN || next->upos == QI_ADJ || next->upos == QI_VERB));
}

/* "S-400", "F-16": part of a name. */
static bool is_in_name(const scan *c, uint32_t i) {
  return i >= 2 && is_dash(c, i - 1) && is_close(c, i) && is_close(c, i - 1) && qi_ascii_is_alpha(c->s->tokens[i - 2].form.ptr[0]) &&
         qi_ascii_is_digit(c->s->tokens[i].form.ptr[0]);
}

bool qi_amount_scan(qi_amount_list *out, const qi_amounts *words, const qi_sentence *s, qi_arena *arena) {
  scan c = {words, s};
  QI_VEC(qi_amount) found = {0};
  *out = (qi_amount_list){0};
  for (uint32_t i = 0; words && i < s->n_tokens; i++) {
    qi_amount a;
    if (!may_begin(&c, i) || is_in_name(&c, i) || !read_amount(&c, i, &a) || is_lone_one(&c, &a)) continue;
    if (!QI_VEC_PUSH_IN(arena, &found, a)) return false;
    i = a.last;
  }
  out->items = found.items;
  out->len = (uint32_t)found.len;
  return true;
}

const qi_amount *qi_amount_at(const qi_amount_list *list, uint32_t token) {
  uint32_t low = 0, high = list->len;
  while (low < high) {
    uint32_t mid = (low + high) / 2;
    if (list->items[mid].last < token) low = mid + 1;
    else high = mid;
  }
  return low < list->len && list->items[low].first <= token ? &list->items[low] : NULL;
}

/* Does the token hang on the noun, over few steps? */
static bool hangs_on(const qi_sentence *s, uint32_t i, uint32_t noun) {
  for (int step = 0; step < 4; step++) {
    int32_t up = s->tokens[i].head;
    if (up < 0) return false;
    if ((uint32_t)up == noun) return true;
    i = (uint32_t)up;
  }
  return false;
}

const qi_amount *qi_amount_of(const qi_amount_list *list, const qi_sentence *s, uint32_t noun) {
  enum { MAX_BACK = 12 };
  const qi_amount *a = list->len ? qi_amount_at(list, noun) : NULL;
  if (!list->len) return NULL;
  if (a) return a->use == QI_AMOUNT_OF_THINGS ? a : NULL;
  for (uint32_t i = noun, steps = 0; i-- > 0 && steps < MAX_BACK; steps++) {
    const qi_token *t = &s->tokens[i];
    if ((a = qi_amount_at(list, i))) {
      if (a->use == QI_AMOUNT_OF_THINGS) return a;
      if (a->use == QI_AMOUNT_OF_TIMES) return NULL;
      i = a->first; /* "two 72-year-old men" */
      continue;
    }
    if (t->upos == QI_PUNCT && (qi_slice_eq_str(t->form, "-") || qi_slice_eq_str(t->form, "\""))) continue;
    bool part = t->upos == QI_ADJ || t->upos == QI_NOUN || t->upos == QI_PROPN || t->upos == QI_NUM || t->upos == QI_ADV ||
                (t->upos == QI_VERB && t->rel == QI_REL_AMOD);
    if (part && hangs_on(s, i, noun)) continue;
    a = t->upos == QI_DET || t->rel == QI_REL_NMOD_POSS ? i > 0 ? qi_amount_at(list, i - 1) : NULL : NULL;
    return a && qi_slice_eq_str(qi_slice_str(a->unit), "share") ? a : NULL; /* "half the aid" */
  }
  return NULL;
}
