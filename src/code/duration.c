/* code: deeds -> how long they last (ISO 8601), and by when they are to be done.
 *
 * A length is a number and a unit. It is the deed's where it hangs on it with "for" or "over" ("shelled the town for
 * three days"), stands before it ("a two-week exercise", "three days of fighting"), or is what it lasted. A deadline is a date
 * with "by", "before", "within", "until" in what is promised, threatened or demanded.
 *
 * "Ostria demanded that Norland end its two-week exercise by Friday" -> exercise P2W; end, and the demand, by Friday. */
#include "code/duration.h"

#include "code/dates.h"
#include "code/dates_impl.h"
#include <stdio.h>

enum { MAX_STEPS = 5, MAX_BEFORE = 8 };

/* A length that was read at [first, last]. */
typedef struct length {
  uint32_t first, last;
  double count; /* < 0: "for years", "several days" */
  const char *unit; /* "%gD" and its kin */
} length;

typedef struct unit_name {
  const char *word, *iso;
  double times;
} unit_name;

/* Parts of the day; the rest is in knowledge/when. */
static const unit_name CLOCK[] = {{"second", "PT%gS", 1}, {"seconds", "PT%gS", 1}, {"minute", "PT%gM", 1}, {"minutes", "PT%gM", 1},
                                  {"hour", "PT%gH", 1},   {"hours", "PT%gH", 1},   {NULL, NULL, 0}};
static const unit_name UNITS[QI_N_UNITS] = {
    [QI_UNIT_DAY] = {"", "P%gD", 1},      [QI_UNIT_WEEK] = {"", "P%gW", 1},   [QI_UNIT_FORTNIGHT] = {"", "P%gW", 2}, [QI_UNIT_WEEKEND] = {"", "P%gD", 2},
    [QI_UNIT_MONTH] = {"", "P%gM", 1},    [QI_UNIT_QUARTER] = {"", "P%gM", 3}, [QI_UNIT_YEAR] = {"", "P%gY", 1},      [QI_UNIT_DECADE] = {"", "P%gY", 10},
    [QI_UNIT_CENTURY] = {"", "P%gY", 100}};

static const unit_name *unit_at(const qi_scan *c, uint32_t i) {
  const qi_token *t = at(c, i);
  if (!t) return NULL;
  for (const unit_name *u = CLOCK; u->word; u++)
    if (qi_token_is(t, u->word)) return u;
  const unit_name *u = &UNITS[qi_date_unit(c, i)];
  return u->iso ? u : NULL;
}

static bool is_number(const qi_token *t) { return qi_number(t) >= 0; }

/* The length whose unit is the token: the number is before it, "and a half" on either side. */
static bool read_length(length *out, const qi_scan *c, uint32_t u) {
  const unit_name *unit = unit_at(c, u);
  if (!unit) return false;
  *out = (length){u, u, -1, unit->iso};
  if (is(c, u + 1, "-") && is(c, u + 2, "old")) return false; /* "a 17-year-old boy" */
  if (is(c, u + 1, "old") || is(c, u + 1, "ago") || is(c, u + 1, "later") || is(c, u + 1, "earlier") || is(c, u + 1, "after")) return false;
  uint32_t end = u > 0 && is(c, u - 1, "-") ? u - 1 : u;
  for (uint32_t back = 1; back <= 4 && back <= end; back++) {
    uint32_t n;
    bool vague;
    double count = qi_date_amount(c, end - back, &n, &vague);
    if (end != u && n == back + 1) n = back; /* with the hyphen */
    if (count < 0 || n > back || (n < back && end != u)) continue;
    if (n < back && !(n + 1 == back && is(c, end - 1, "full"))) continue;
    if (back == 1 && end - back > 0 && is(c, end - back - 1, "half") && count == 1) count = 0.5, back++; /* "half an hour" */
    out->first = end - back;
    out->count = vague ? -1 : count * unit->times;
    break;
  }
  if (out->first == u) { /* "for years"; not "the year" */
    const qi_token *t = &c->s->tokens[u];
    return t->form.len > 1 && t->form.ptr[t->form.len - 1] == 's' && end == u;
  }
  if (is(c, u + 1, "and") && is(c, u + 2, "a") && is(c, u + 3, "half") && out->count >= 0) out->count += 0.5 * unit->times, out->last = u + 3;
  return true;
}

/* "two-week" in one token. */
static bool read_joined(length *out, const qi_scan *c, uint32_t i) {
  qi_slice f = c->s->tokens[i].form;
  size_t dash = qi_slice_find_char(f, '-');
  if (dash == QI_NOT_FOUND || dash == 0 || dash + 1 >= f.len) return false;
  qi_token parts[2] = {c->s->tokens[i], c->s->tokens[i]};
  parts[0].form = qi_slice_sub(f, 0, dash);
  parts[1].form = qi_slice_sub(f, dash + 1, f.len);
  qi_sentence two = {.n_tokens = 2, .tokens = parts};
  qi_scan inner = *c;
  inner.s = &two, inner.end = 2;
  const unit_name *unit = is_number(&parts[0]) ? unit_at(&inner, 1) : NULL;
  if (!unit) return false;
  *out = (length){i, i, qi_number(&parts[0]) * unit->times, unit->iso};
  return true;
}

static bool put(quid_period *out, const qi_sentence *s, const length *l, int32_t from, qi_arena *arena) {
  char text[40] = "";
  out->span = (quid_span){s->tokens[from >= 0 ? (uint32_t)from : l->first].start, s->tokens[l->last].end};
  /* the format is one of the tables above */
  for (const char *p = l->unit; l->count >= 0 && *p; p++) {
    size_t len = strlen(text);
    if (p[0] == '%') snprintf(text + len, sizeof text - len, "%g", l->count), p++;
    else if (len + 1 < sizeof text) text[len] = *p, text[len + 1] = '\0';
  }
  out->value = qi_arena_strdup(arena, qi_slice_str(text));
  return out->value != NULL;
}

static bool is_clause(const qi_token *t) {
  switch (t->rel) {
  case QI_REL_CCOMP: case QI_REL_XCOMP: case QI_REL_ADVCL: case QI_REL_ADVCL_RELCL: case QI_REL_ACL: case QI_REL_ACL_RELCL:
  case QI_REL_PARATAXIS: case QI_REL_CSUBJ: return true;
  case QI_REL_CONJ: return t->upos == QI_VERB;
  default: return false;
  }
}

static bool hangs_on(const qi_sentence *s, uint32_t i, uint32_t above, bool clauses) {
  for (int steps = 0; steps < (clauses ? 3 * MAX_STEPS : MAX_STEPS); steps++) {
    const qi_token *t = &s->tokens[i];
    if (i == above) return true;
    if (t->head == QI_ROOT || (!clauses && is_clause(t))) return false;
    i = (uint32_t)t->head;
  }
  return false;
}

/* The preposition right before the length, over "nearly", "more than", "the past". */
static int32_t preposition_before(const qi_sentence *s, uint32_t first) {
  static const char *const SKIP[] = {"nearly", "almost", "about", "around", "some", "more", "than", "at", "least", "up", "to", "the", "past", "last",
                                     "over", "roughly", "only", "just", "another", "as", "long", "approximately", "next", "under", "less", NULL};
  for (uint32_t n = 0; n < MAX_BEFORE && first > 0; n++) {
    const qi_token *t = &s->tokens[--first];
    if (qi_token_is(t, "for") || qi_token_is(t, "throughout") || qi_token_is(t, "within")) return (int32_t)first;
    if (!qi_token_any(t, SKIP)) return QI_NO_TOKEN;
  }
  return QI_NO_TOKEN;
}

static bool lasts(const qi_view *v, int32_t verb) {
  static const char *const LEMMAS[] = {"last", "continue", "drag", "take", "rage", "stretch", NULL};
  return verb >= 0 && qi_lemma_in(v, verb, LEMMAS);
}

/* Is the length at [l->first, u] that of the deed whose words stand at `word`? *from: where its words begin. */
static bool is_of_deed(const qi_view *v, const length *l, uint32_t u, uint32_t word, int32_t *from) {
  const qi_sentence *s = v->s;
  const qi_token *unit = &s->tokens[u], *deed = &s->tokens[word];
  *from = QI_NO_TOKEN;
  int32_t prep = preposition_before(s, l->first);
  bool with_for = prep >= 0 && !qi_form_is(v, prep, "within");
  bool measures = l->last + 1 < s->n_tokens && qi_token_is(&s->tokens[l->last + 1], "of"); /* "thanked him for two years of help" */
  if (with_for && !measures && hangs_on(s, u, word, false)) return *from = prep, true;
  if (l->first == u) return false; /* "years" alone only with "for" */
  if (qi_token_is(unit, "time")) return false;
  if (deed->head >= 0 && lasts(v, deed->head) && (deed->rel == QI_REL_NSUBJ || deed->rel == QI_REL_NSUBJ_PASS) && unit->head == deed->head && prep < 0) return true;
  if (unit->head >= 0 && lasts(v, unit->head) && s->tokens[unit->head].head == (int32_t)word && s->tokens[unit->head].rel == QI_REL_ACL_RELCL) return true;
  bool before_noun = unit->head >= 0 && u < (uint32_t)unit->head && (l->first + 1 < u || u == l->first);
  if (before_noun && u > 0 && qi_token_is(&s->tokens[u - 1], "-") && unit->head == (int32_t)word) return true;
  return deed->head == (int32_t)u && word > u && qi_token_is(&s->tokens[u + 1], "of"); /* "three days of fighting" */
}

/* "a two-week exercise", "on a three-day trip": a modifier of the deed noun, or of a noun that tells what the deed went on in. */
static bool modifies(const qi_view *v, uint32_t modifier, uint32_t word) {
  static const char *const NOT[] = {"term", "sentence", "plan", "deal", "agreement", "contract", "boy", "girl", "man", "woman", NULL};
  const qi_sentence *s = v->s;
  int32_t noun = s->tokens[modifier].head;
  if (noun < 0 || (uint32_t)noun < modifier || qi_lemma_in(v, noun, NOT)) return false;
  if ((uint32_t)noun == word) return true;
  if (s->tokens[noun].head != (int32_t)word) return false;
  if (s->tokens[noun].rel == QI_REL_OBJ) return s->tokens[noun].etype == QI_ETYPE_EVENT;
  if (s->tokens[noun].rel != QI_REL_OBL) return false;
  int32_t prep = qi_child(v, noun, QI_REL_CASE);
  return s->tokens[noun].etype == QI_ETYPE_EVENT || (prep >= 0 && qi_form_is(v, prep, "on"));
}

bool qi_duration_of(quid_period *out, const qi_view *v, const qi_deed *deed, qi_arena *arena) {
  const qi_sentence *s = v->s;
  qi_scan c = {.days = v->know->days, .s = s, .end = s->n_tokens};
  const int32_t words[2] = {deed->token, deed->light};
  for (uint32_t u = 0; u < s->n_tokens; u++) {
    const qi_token *t = &s->tokens[u];
    length l;
    bool joined = t->upos != QI_PUNCT && t->form.len > 4 && read_joined(&l, &c, u);
    if (!joined && ((t->upos != QI_NOUN && t->upos != QI_ADJ) || !read_length(&l, &c, u))) continue;
    for (int k = 0; k < 2; k++) {
      int32_t from = QI_NO_TOKEN;
      if (words[k] < 0) continue;
      uint32_t word = (uint32_t)words[k];
      bool hyphen = joined || (u > 0 && qi_token_is(&s->tokens[u - 1], "-"));
      if (hyphen ? modifies(v, u, word) : is_of_deed(v, &l, u, word, &from)) return put(out, s, &l, from, arena);
    }
  }
  return true;
}

/* ---- deadlines ---- */

/* The word before a date that makes it a last day; 0 none. *first: its token. */
static char bound_before(const qi_sentence *s, const qi_time *t, uint32_t *first) {
  uint32_t i = t->first;
  if (i > 0 && qi_token_any(&s->tokens[i - 1], (const char *const[]){"the", "about", "midnight", "noon", "on", NULL})) i--;
  if (i == 0) return 0;
  const qi_token *p = &s->tokens[i - 1];
  *first = i - 1;
  if (qi_token_is(p, "by") || qi_token_is(p, "within") || qi_token_is(p, "inside")) return 'b';
  if (qi_token_is(p, "before")) return 'e';
  if (qi_token_is(p, "of") && i > 1 && qi_token_is(&s->tokens[i - 2], "ahead")) return *first = i - 2, 'e';
  const qi_token *begin = &s->tokens[t->first], *next = begin + (t->first + 1 < s->n_tokens && qi_token_is(begin, "the"));
  if (qi_token_is(p, "in") && (qi_token_is(next, "next") || qi_token_is(next, "coming"))) return 'b'; /* "in the next ten days" */
  if (qi_token_is(p, "until") || qi_token_is(p, "till")) return 'u';
  if (qi_token_is(p, "than") && i > 2 && qi_token_is(&s->tokens[i - 2], "later")) return *first = i - 3, 'b'; /* "no later than" */
  return 0;
}

static bool has_deadline(const qi_deed *deed, quid_event_status status, bool *demand) {
  int type = deed->frame->type;
  *demand = type == QUID_REQUEST || type == QUID_THREATEN || type == QUID_AGREE || type == QUID_SANCTION;
  return *demand || status == QUID_PLANNED || status == QUID_POSSIBLE || status == QUID_EXPECTED || status == QUID_REQUESTED || status == QUID_RECOMMENDED;
}

void qi_deadline_of(quid_period *out, const qi_times *times, const qi_view *v, const qi_deed *deed, quid_event_status status, qi_day now) {
  const qi_sentence *s = v->s;
  bool demand;
  if (!has_deadline(deed, status, &demand)) return;
  uint32_t word = (uint32_t)(deed->light >= 0 ? deed->light : deed->token);
  for (size_t k = qi_when_first(times, s->index); k < times->len && times->items[k].sentence == s->index; k++) {
    const qi_time *t = &times->items[k];
    uint32_t first = t->first;
    char bound = bound_before(s, t, &first);
    if (!bound || (bound == 'u' && !demand) || t->to == QI_DAY_MAX || (now != QI_DAY_NONE && t->to < now)) continue;
    bool opens = first == 0 && word > t->last && qi_token_is(&s->tokens[t->last + 1], ","); /* "By Tuesday, they warned, it must leave" */
    if (!opens && !hangs_on(s, t->head, word, demand) && !hangs_on(s, t->head, (uint32_t)deed->token, demand)) continue;
    bool day_before = bound == 'e' && t->unit == QI_UNIT_DAY && s->tokens[t->first].upos == QI_PROPN && t->said_from == t->said_to;
    out->span = (quid_span){s->tokens[first].start, t->end};
    qi_calendar_iso(out->from, now);
    qi_calendar_iso(out->to, day_before ? t->said_from - 1 : t->to);
    return;
  }
}
