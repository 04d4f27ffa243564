/* code: a line that urges, and the points below it, one a sentence.
 *
 *   "The government should:" / "- define victory;" / "- arm the militia."
 *   -> heading on: the government; points 1 (define), 2 (arm)
 *
 * A heading ends in a colon, behind an auxiliary or an infinitive's "to", or has a word of status/urging.tsv that stands before
 * colons ("Recommendations to Norland:"). Points begin with a mark or number, or with a verb like the point before; a paragraph that
 * does neither ends the list. Linear in the sentence. */
#include "code/heading.h"

#include "code/clause.h"

static int32_t n_tokens(const qi_view *v) { return (int32_t)v->s->n_tokens; }

/* The entry of that slot whose words end or begin at the token. */
static const qi_urge_word *entry_at(const qi_view *v, int32_t i, qi_urge_slot slot) {
  const qi_urge_word *e;
  for (int pass = 0; pass < 2; pass++) {
    uint32_t at = qi_urging_first(v->know->urging, pass ? qi_tok(v, i)->form : qi_tok(v, i)->lemma);
    while ((e = qi_urging_next(v->know->urging, &at)))
      if (e->slot == slot && e->says == QI_URGE_FOR && (e->words.n == 1 || qi_words_at(v, i, &e->words, e->part == 'v'))) return e;
  }
  return NULL;
}

/* The head of the words from `from` on, before `end`: a noun that hangs on something outside them. */
static int32_t noun_between(const qi_view *v, int32_t from, int32_t end) {
  for (int32_t i = from; i < end; i++)
    if (qi_is_nominal(v, i) && (qi_tok(v, i)->head < from || qi_tok(v, i)->head >= end)) return i;
  return QI_NO_TOKEN;
}

/* "... should:" */
static bool ends_in_auxiliary(qi_heading *h, const qi_view *v, int32_t last) {
  const qi_urge_word *e = entry_at(v, last, QI_URGE_SELF);
  if (!e || e->part != 'x') return false;
  h->on = qi_clause_subject(v, last);
  if (h->on < 0) h->on = noun_between(v, 0, last);
  h->strength = e->strength;
  return true;
}

/* "... calls on Norland to:", "Norland needs to:" */
static bool ends_in_to(qi_heading *h, const qi_view *v, int32_t last) {
  if (!qi_form_is(v, last, "to")) return false;
  for (int32_t i = last - 1; i >= 0; i--) {
    const qi_urge_word *e = qi_is_verb(v, i) ? entry_at(v, i, QI_URGE_TO_INF) : NULL;
    if (!e || e->part != 'v') continue;
    int32_t subject = qi_clause_subject(v, i), object = noun_between(v, i + 1, last);
    h->on = object >= 0 ? object : subject;
    h->asker = object >= 0 ? subject : QI_NO_TOKEN;
    h->strength = e->strength;
    return true;
  }
  return false;
}

/* "Recommendations to the Government of Norland:" */
static bool names_points(qi_heading *h, const qi_view *v, int32_t last) {
  for (int32_t i = 0; i <= last; i++) {
    const qi_urge_word *e = entry_at(v, i, QI_URGE_COLON);
    if (!e || qi_is_verb(v, i)) continue;
    h->strength = e->strength;
    for (int32_t k = i + 1; k <= last && h->on < 0; k++)
      if (qi_form_is(v, k, "to") || qi_form_is(v, k, "for")) h->on = noun_between(v, k + 1, last + 1);
    return true;
  }
  return false;
}

void qi_heading_read(qi_heading *h, const qi_view *v) {
  int32_t end = n_tokens(v) - 1;
  qi_heading new = {.sentence = v->s->index, .on = QI_NO_TOKEN, .asker = QI_NO_TOKEN};
  if (!v->know->urging || end < 1 || !qi_form_is(v, end, ":")) return;
  new.asks_verb = ends_in_auxiliary(&new, v, end - 1) || ends_in_to(&new, v, end - 1);
  new.open = new.asks_verb || names_points(&new, v, end - 1);
  if (!new.open) return;
  new.words = (quid_span){v->s->tokens[0].start, v->s->tokens[end - 1].end};
  *h = new;
}

static bool is_mark(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  if (t->upos == QI_PUNCT || t->upos == QI_NUM || t->upos == QI_SYM || qi_xpos_is(v, i, "LS")) return true;
  return t->form.len == 1 && i + 1 < n_tokens(v) && qi_tok(v, i + 1)->upos == QI_PUNCT; /* "a)" */
}

bool qi_heading_point(qi_heading *h, const qi_view *v, int32_t *verb) {
  int32_t i = 0;
  *verb = QI_NO_TOKEN;
  if (!h->open) return false;
  while (i < n_tokens(v) && is_mark(v, i)) i++;
  bool marked = i > 0;
  while (i < n_tokens(v) && (qi_tok(v, i)->upos == QI_ADV || qi_tok(v, i)->upos == QI_CCONJ || qi_form_is(v, i, "not"))) i++;
  const qi_token *t = i < n_tokens(v) ? qi_tok(v, i) : NULL;
  bool bare = t && t->upos == QI_VERB && (qi_xpos_is(v, i, "VB") || qi_xpos_is(v, i, "VBP")) && qi_clause_subject(v, i) < 0;
  bool mistaken = t && h->asks_verb && marked && (t->upos == QI_NOUN || t->upos == QI_ADJ || t->upos == QI_VERB); /* "Train judges" */
  if (!marked && !bare) {
    h->open = !v->s->new_paragraph && h->n_points > 0;
    return false;
  }
  if (bare || mistaken) *verb = i;
  h->n_points++;
  return true;
}
