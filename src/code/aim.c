/* code: a deed and its sentence -> the words of its aim; how often it was done.
 *
 * First the words that can mean nothing else ("in order to", "in a bid to", "so that"), where what they govern hangs on
 * the deed; then an infinitive of purpose below it; then what its frame calls purpose. What a deed answers or is blamed
 * on ("over", "on charges of", "fined for flouting") is a reason, no aim.
 *
 * "Tokyo gave two boats to Djibouti so that its coastguard could fight piracy" -> "so that ... piracy". */
#include "code/aim.h"

#include "base/utf8.h"

enum { MAX_UP = 8, MAX_TIMES = 1000000 };

enum { AIMED_AT = 0 };
static const char *const phrases[] = {
    "aimed at", "in order to", "so as to", "in a bid to", "in an effort to", "in an attempt to", "in a move to", "in efforts to", "with the aim of",
    "with the goal of", "with the intention of", "with the purpose of", "for the purpose of", "for the purposes of", "with a view to",
    "aiming to", "in the hope of", "in the hope that", "in hopes of", "in order that", "so that", "as part of a campaign to",
    "as part of an effort to", "as part of efforts to", "as part of a bid to", "as part of a plan to", "as part of a drive to", "in protest at",
    "in protest against", "in protest over", "in protest of", "in support of", "in solidarity with", "in defence of", "in defense of", "designed to",
    "intended to", "meant to", "for fear of", NULL};

static quid_span span_of(const qi_view *v, uint32_t first, uint32_t last) {
  return (quid_span){v->s->tokens[first].start, v->s->tokens[last].end};
}

/* Tokens of the phrase at `at`; 0: it does not stand there. */
static uint32_t phrase_at(const qi_view *v, uint32_t at, const char *phrase) {
  qi_slice rest = qi_slice_str(phrase), word;
  uint32_t n = 0;
  for (; qi_slice_word(&rest, &word); n++)
    if (at + n >= v->s->n_tokens || !qi_slice_eq_nocase(v->s->tokens[at + n].form, word)) return 0;
  return n;
}

static bool is_below(const qi_view *v, int32_t i, int32_t above) {
  for (int step = 0; step < MAX_UP && i >= 0; step++) {
    if (i == above) return true;
    i = qi_tok(v, i)->head;
  }
  return false;
}

/* What the last word of the phrase governs. */
static int32_t governed(const qi_view *v, uint32_t last) {
  int32_t i = (int32_t)last;
  for (int step = 0; step < MAX_UP && i >= 0 && i <= (int32_t)last; step++) i = qi_tok(v, i)->head;
  return i;
}

/* Another verb between the deed and the aim is whose aim it is. */
static int32_t verb_above(const qi_view *v, int32_t i, uint32_t phrase) {
  for (int step = 0; step < MAX_UP && i >= 0; step++) {
    int32_t up = qi_tok(v, i)->head;
    if (up >= 0 && (up < (int32_t)phrase || qi_tok(v, i)->rel == QI_REL_ADVCL) && (qi_is_verb(v, up) || qi_child(v, up, QI_REL_COP) >= 0)) return up;
    i = up;
  }
  return QI_NO_TOKEN;
}

static quid_span by_phrase(const qi_view *v, const qi_deed *d) {
  int32_t clause = d->light >= 0 ? d->light : d->token;
  for (uint32_t i = 0; i + 1 < v->s->n_tokens; i++)
    for (size_t k = 0; phrases[k]; k++) {
      qi_slice form = v->s->tokens[i].form;
      if (!form.len || phrases[k][0] != qi_ascii_lower(form.ptr[0])) continue;
      uint32_t n = phrase_at(v, i, phrases[k]), first, last;
      if (!n) continue;
      int32_t aim = governed(v, i + n - 1);
      if (aim < 0 || aim <= (int32_t)i || is_below(v, d->token, aim)) continue;
      uint8_t what = qi_tok(v, aim)->etype; /* not "aimed at the town" */
      if (k == AIMED_AT && (what == QI_ETYPE_PLACE || what == QI_ETYPE_OBJECT || what == QI_ETYPE_PERSON || what == QI_ETYPE_ORGANIZATION)) continue;
      int32_t verb = verb_above(v, aim, i);
      if (verb != clause && !(d->part != 'v' && (verb < 0 || is_below(v, d->token, verb)) && is_below(v, aim, d->token))) continue;
      qi_subtree_span(v, aim, &first, &last);
      if (last < (uint32_t)aim) continue;
      return span_of(v, i, last);
    }
  return (quid_span){0, 0};
}

static bool is_reason(const qi_view *v, const qi_deed *d, int32_t token) {
  int32_t prep = QI_NO_TOKEN;
  static const char *const reasons[] = {"over", "on", "about", "after", NULL};
  qi_preposition(v, token, &prep);
  if (prep < 0) return false;
  if (qi_lemma_in(v, prep, reasons)) return true;
  quid_event_type t = d->frame->type;
  bool blames = t == QUID_COERCE || t == QUID_SANCTION || t == QUID_ACCUSE || t == QUID_ASSAULT;
  return blames && qi_form_is(v, prep, "for") && qi_xpos_is(v, token, "VBG");
}

static int32_t by_frame(const qi_view *v, const qi_deed *d) {
  const qi_fill *role = &d->role[QI_ROLE_PURPOSE];
  for (uint32_t i = 0; i < role->n; i++)
    if (role->origin[i] != QI_FROM_ATTACHMENT && !is_reason(v, d, role->token[i]) && qi_tok(v, role->token[i])->etype != QI_ETYPE_TIME)
      return role->token[i];
  return QI_NO_TOKEN;
}

quid_span qi_aim_of(const qi_view *v, const qi_deed *d) {
  quid_span span = by_phrase(v, d);
  if (span.end > span.start) return span;
  int32_t clause = d->light >= 0 ? d->light : d->token, token = QI_NO_TOKEN;
  for (QI_EACH_CHILD(v, clause, k, c))
    if (token < 0 && qi_tok(v, (int32_t)c)->rel == QI_REL_ADVCL && ((int32_t)c > clause || qi_form_is(v, 0, "to")) && qi_is_to_infinitive(v, (int32_t)c) &&
        !(d->role[QI_ROLE_CONTENT].n && d->role[QI_ROLE_CONTENT].token[0] == (int32_t)c))
      token = (int32_t)c;
  if (token < 0) token = by_frame(v, d);
  if (token < 0) return (quid_span){0, 0};
  uint32_t first, last;
  qi_subtree_span(v, token, &first, &last);
  while (first < last && qi_tok(v, (int32_t)first)->upos == QI_PUNCT) first++;
  return span_of(v, first, last);
}

/* ---- how often ---- */

static uint32_t times_below(const qi_view *v, const qi_amount_list *amounts, int32_t token) {
  for (QI_EACH_CHILD(v, token, k, c)) {
    const qi_token *t = qi_tok(v, (int32_t)c);
    int32_t i = (int32_t)c;
    if (t->rel == QI_REL_ADVMOD && qi_form_is(v, i, "twice")) return 2;
    if (t->rel == QI_REL_ADVMOD && qi_form_is(v, i, "thrice")) return 3;
    /* "was bombed once during the war", not "once a colony" nor "once the war was over". */
    bool alone = i > token && t->rel == QI_REL_ADVMOD && qi_form_is(v, i, "once");
    if (alone && v->s->child_begin[i] == v->s->child_begin[i + 1] && (i < 1 || !qi_form_is(v, i - 1, "at"))) return 1;
    if (!qi_form_is(v, i, "times") && !qi_form_is(v, i, "occasions")) continue;
    const qi_amount *a = i > 0 ? qi_amount_at(amounts, (uint32_t)i - 1) : NULL;
    if (a && a->use == QI_AMOUNT_OF_TIMES && a->value.from >= 1 && a->value.from < MAX_TIMES) return (uint32_t)a->value.from;
  }
  return 0;
}

/* Below the deed word, its light verb, or what the parser may have hung it on. */
uint32_t qi_times_of(const qi_view *v, const qi_amount_list *amounts, const qi_deed *d) {
  uint32_t times = times_below(v, amounts, d->token);
  if (!times && d->light >= 0) times = times_below(v, amounts, d->light);
  for (int r = QI_ROLE_ACTOR; r <= QI_ROLE_ITEM; r++)
    for (uint32_t i = 0; !times && i < d->role[r].n; i++) {
      int32_t token = d->role[r].token[i], appos = qi_child(v, token, QI_REL_APPOS);
      if (d->role[r].clause[i] || token < d->token) continue;
      times = times_below(v, amounts, token);
      if (!times && appos >= 0) times = times_below(v, amounts, appos);
    }
  return times;
}
