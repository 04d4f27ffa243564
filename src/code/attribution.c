/* code: on whose word. An operator of saying -> its speaker, as tokens and as an entity.
 *
 *   "Norland shelled the port, according to Ostria's minister." -> by: the minister, OST
 *
 * A speaker who is a party of its own makes the deed `claimed`; unnamed officials, sources, media
 * and reports make it `reported`. */
#include "code/attribution.h"

#include "code/status.h"

/* Words for speakers who vouch with no name of their own. */
static bool vouches(const quid_entity *e) {
  if (!e) return false;
  if (strcmp(e->sector, "MED") == 0) return false;
  if (strcmp(e->via, "agent") == 0 && e->country[0] == '\0') return false;
  return true;
}

/* A government and its minister speak with one voice; an agency that quotes them has its own. */
static bool is_same_side(const quid_entity *a, const quid_entity *b) {
  if (!a || !b || strcmp(a->sector, "MED") == 0 || strcmp(b->sector, "MED") == 0) return false;
  if (strcmp(a->id, b->id) == 0) return true;
  bool state = strcmp(a->sector, "GOV") == 0 || a->sector[0] == '\0' || strcmp(b->sector, "GOV") == 0 || b->sector[0] == '\0';
  return state && a->country[0] && strcmp(a->country, b->country) == 0;
}

uint8_t qi_attribution_add(qi_context *x, const qi_view *v, int32_t token, uint8_t effect) {
  qi_cast who = {.n = 0};
  if (token >= 0) qi_cast_phrase(v, token, false, &who);
  const quid_entity *e = who.n ? who.who[0] : NULL;
  if (effect == QUID_CLAIMED && !vouches(e)) effect = QUID_REPORTED;
  /* Nobody has said yet what they may say: a wish or plan to speak is on no one's word. */
  if (token >= 0 && x->n_by < QI_MAX_ATTRIBUTION && (qi_status_is_told(x->status) || x->status == QUID_DENIED) && !x->negated) {
    const qi_mention *m = qi_mention_at(v, token);
    const qi_token *first = qi_tok(v, m ? (int32_t)m->first : token), *last = qi_tok(v, m ? (int32_t)m->last : token);
    if (x->n_by && x->by[x->n_by - 1].start == first->start) return effect; /* "he said ..., adding that": still his word */
    if (x->n_by && is_same_side(x->by[x->n_by - 1].entity, e)) return effect; /* "he doubts, its minister said" */
    qi_word_of *w = &x->by[x->n_by++];
    *w = (qi_word_of){first->start, last->end, e};
  }
  return effect;
}

/* The general of "quoted a general as saying". */
static int32_t quoted_speaker(const qi_view *v, int32_t verb) {
  static const char *const words[] = {"quote", "cite", NULL};
  int32_t mark = qi_child(v, verb, QI_REL_MARK), above = qi_tok(v, verb)->head;
  if (mark < 0 || !qi_form_is(v, mark, "as") || above < 0 || !qi_lemma_in(v, above, words)) return QI_NO_TOKEN;
  int32_t object = qi_child(v, above, QI_REL_OBJ);
  return object >= 0 ? object : qi_child(v, above, QI_REL_NSUBJ_PASS);
}

int32_t qi_attribution_token(const qi_view *v, int32_t token, const qi_operator *op) {
  switch (op->attribution) {
  case QI_ATTRIBUTION_SUBJ:
    if (quoted_speaker(v, token) >= 0) return quoted_speaker(v, token);
    return qi_is_nominal(v, token) ? qi_deep_owner(v, token) : qi_deep_subject(v, token);
  case QI_ATTRIBUTION_BY:
    if (!qi_is_nominal(v, token)) return qi_deep_subject(v, token);
    int32_t owner = qi_deep_owner(v, token);
    if (owner >= 0) return owner;
    for (QI_EACH_CHILD(v, token, k, c)) { /* "reports from Kyiv" */
      int32_t prep = QI_NO_TOKEN;
      if (qi_tok(v, (int32_t)c)->rel != QI_REL_NMOD) continue;
      qi_preposition(v, (int32_t)c, &prep);
      if (prep >= 0 && qi_form_is(v, prep, "from")) return (int32_t)c;
    }
    return QI_NO_TOKEN;
  default: return QI_NO_TOKEN;
  }
}

/* The operator of saying at a verb, over a finite clause. */
const qi_operator *qi_attribution_saying(const qi_view *v, int32_t verb) {
  const qi_operator *op;
  uint32_t at = qi_operators_first(v->know->operators, qi_tok(v, verb)->lemma, 'v');
  while ((op = qi_operators_next(v->know->operators, &at)))
    if (op->slot == QI_SLOT_COMP && (op->effect == QUID_CLAIMED || op->effect == QUID_REPORTED || op->effect == QUID_DENIED) && qi_words_at(v, verb, &op->words, true)) return op;
  return NULL;
}

/* "the minister was quoted by the agency as saying": the agency says that the minister says. */
static bool beside_quoted(qi_context *x, const qi_view *v, int32_t verb) {
  static const char *const words[] = {"quote", "cite", NULL};
  if (!qi_lemma_in(v, verb, words) || !qi_is_passive(v, verb)) return false;
  uint8_t effect = QUID_REPORTED;
  int32_t agent = qi_child(v, verb, QI_REL_OBL_AGENT), speaker = qi_child(v, verb, QI_REL_NSUBJ_PASS);
  if (agent >= 0) qi_attribution_add(x, v, agent, QUID_CLAIMED);
  if (speaker >= 0) effect = qi_attribution_add(x, v, speaker, QUID_CLAIMED);
  x->status = qi_status_combine(x->status, effect);
  x->presupposed = effect;
  x->n_by_presupposed = x->n_by;
  return true;
}

static void beside_verb(qi_context *x, const qi_view *v, int32_t verb) {
  const qi_operator *op = qi_attribution_saying(v, verb);
  if (beside_quoted(x, v, verb)) return;
  if (!op) return;
  for (QI_EACH_CHILD(v, verb, k, c)) /* it has what it says below itself; not so "as he put it" */
    if (op->words.n > 1) break;
    else if (qi_tok(v, (int32_t)c)->rel == QI_REL_CCOMP || qi_tok(v, (int32_t)c)->rel == QI_REL_XCOMP ||
        qi_tok(v, (int32_t)c)->rel == QI_REL_OBJ)
      return;
  uint8_t effect = op->attribution ? qi_attribution_add(x, v, qi_attribution_token(v, verb, op), op->effect) : op->effect;
  x->status = qi_status_combine(x->status, effect);
  if (effect == QUID_CLAIMED || effect == QUID_REPORTED) {
    x->presupposed = effect;
    x->n_by_presupposed = x->n_by;
  }
  x->past_speech |= qi_xpos_is(v, verb, "VBD") || qi_xpos_is(v, verb, "VBN");
}

static void beside_phrase(qi_context *x, const qi_view *v, int32_t phrase, int32_t prep) {
  const qi_operator *op;
  uint32_t at = qi_operators_first(v->know->operators, qi_tok(v, prep)->form, 'p');
  while ((op = qi_operators_next(v->know->operators, &at))) {
    if (op->slot != QI_SLOT_SELF || op->attribution != QI_ATTRIBUTION_OBJ) continue;
    bool all = (uint32_t)prep + op->words.n <= v->s->n_tokens;
    for (uint32_t n = 1; all && n < op->words.n; n++)
      all = qi_slice_eq_nocase(qi_tok(v, prep + (int32_t)n)->form, op->words.w[n]);
    if (!all) continue;
    /* "in the words of its minister": the minister's, who stands under the last word. */
    int32_t last = qi_tok(v, prep + (int32_t)op->words.n - 1)->head;
    uint8_t effect = qi_attribution_add(x, v, op->words.n > 2 && last > phrase ? last : phrase, op->effect);
    x->status = qi_status_combine(x->status, effect);
    x->presupposed = effect;
    x->n_by_presupposed = x->n_by;
    return;
  }
}

static int32_t case_of(const qi_view *v, int32_t phrase) {
  for (QI_EACH_CHILD(v, phrase, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_CASE) return (int32_t)c;
  return QI_NO_TOKEN;
}

static void beside_child(qi_context *x, const qi_view *v, int32_t c) {
  const qi_token *t = qi_tok(v, c);
  if (c == x->final) return;
  if (t->rel == QI_REL_PARATAXIS && qi_is_verb(v, c)) beside_verb(x, v, c);
  else if (t->rel == QI_REL_ADVCL && qi_is_verb(v, c)) {
    int32_t mark = qi_child(v, c, QI_REL_MARK);
    if (mark >= 0 && qi_form_is(v, mark, "as")) beside_verb(x, v, c);
  } else if (t->rel == QI_REL_OBL || t->rel == QI_REL_NMOD || t->rel == QI_REL_ADVMOD || t->rel == QI_REL_PARATAXIS) {
    int32_t prep = case_of(v, c);
    if (prep >= 0) beside_phrase(x, v, c, prep);
  }
}

/* "No soldier, Minsk insisted, ever crossed": hung on the subject as if it spoke of the soldier. */
static void beside_subject(qi_context *x, const qi_view *v, int32_t subject) {
  for (QI_EACH_CHILD(v, subject, k, c)) {
    const qi_token *t = qi_tok(v, (int32_t)c);
    if ((t->rel != QI_REL_ACL_RELCL && t->rel != QI_REL_PARATAXIS && t->rel != QI_REL_APPOS) || !qi_is_verb(v, (int32_t)c)) continue;
    uint32_t first, last;
    bool relative = false;
    qi_subtree_span(v, (int32_t)c, &first, &last);
    while (first < last && qi_tok(v, (int32_t)first)->upos == QI_PUNCT) first++;
    for (uint32_t i = first; i <= last; i++) relative |= qi_is_relative(v, (int32_t)i);
    if (!relative && first > 0 && qi_form_is(v, (int32_t)first - 1, ",") && last > first) beside_verb(x, v, (int32_t)c);
  }
}

void qi_attribution_beside(qi_context *x, const qi_view *v, int32_t clause) {
  for (QI_EACH_CHILD(v, clause, k, c)) {
    beside_child(x, v, (int32_t)c);
    if (qi_is_subject(qi_tok(v, (int32_t)c)->rel) && qi_is_verb(v, clause)) beside_subject(x, v, (int32_t)c);
  }
}

bool qi_attribution_speaks(const qi_mention *m) {
  if (m->is_actor) return true;
  const char *country = m->n_entities ? m->entities[0]->country : "";
  return strlen(country) == 3 && strcmp(country, "INT") != 0; /* "Moscow:", not "Sahel:" */
}

/* A name and a colon at the head of a line, without a verb. */
void qi_attribution_headline(qi_context *x, const qi_view *v) {
  enum { HEAD = 8 }; /* words of "Dutch defence minister in Kyiv" */
  int32_t colon = QI_NO_TOKEN;
  for (int32_t i = 0; i < HEAD && (uint32_t)i + 3 < v->s->n_tokens && colon < 0; i++) {
    if (qi_form_is(v, i, ":")) colon = i;
    else if (qi_tok(v, i)->upos == QI_VERB && !qi_is_participle(v, i)) return;
  }
  if (colon < 1 || x->deed->token < colon || x->n_by) return;
  for (int32_t i = colon - 1; i >= 0; i--) {
    const qi_mention *m = qi_mention_at(v, i);
    if (!m || !qi_attribution_speaks(m) || m->first > 1) continue;
    uint8_t effect = qi_attribution_add(x, v, i, QUID_CLAIMED);
    x->status = x->presupposed = qi_status_combine(x->status, effect);
    x->n_by_presupposed = x->n_by;
    return;
  }
}

void qi_attribution_shared(qi_context *x, const qi_view *v, int32_t first, int32_t member) {
  for (QI_EACH_CHILD(v, first, k, c))
    if ((int32_t)c < first || (int32_t)c > member) beside_child(x, v, (int32_t)c);
}

void qi_attribution_final(qi_context *x, const qi_view *v, int32_t root) {
  enum { BACK = 24 }; /* words of "according to the ministry's chief spokesman in the north" */
  int32_t end = (int32_t)v->s->n_tokens - 1;
  while (end > 0 && qi_tok(v, end)->upos == QI_PUNCT) end--;
  for (int32_t c = end; c > 1 && c + BACK > end; c--) {
    const qi_token *t = qi_tok(v, c);
    bool says = t->rel == QI_REL_PARATAXIS && qi_is_verb(v, c);
    bool phrase = (t->rel == QI_REL_OBL || t->rel == QI_REL_NMOD || t->rel == QI_REL_PARATAXIS) && qi_is_nominal(v, c);
    int32_t prep = phrase ? case_of(v, c) : QI_NO_TOKEN;
    uint32_t first, last;
    if (c == root || t->head == root || (!says && prep < 0)) continue; /* on the root it is found anyway */
    qi_subtree_span(v, c, &first, &last);
    while (first < last && qi_tok(v, (int32_t)first)->upos == QI_PUNCT) first++;
    if ((int32_t)last < end || first == 0 || !qi_form_is(v, (int32_t)first - 1, ",")) continue;
    if (x->deed->token >= (int32_t)first) return;
    uint32_t n_by = x->n_by;
    if (says) beside_verb(x, v, c);
    else beside_phrase(x, v, c, prep);
    if (x->n_by > n_by) {
      x->final = c;
      return;
    }
  }
}

/* "it", "his jets": no entity is known, and the speaker is the likeliest one meant. */
static bool is_meant(const qi_view *v, const qi_deed *deed) {
  const qi_fill *actor = &deed->role[QI_ROLE_ACTOR];
  static const char *const words[] = {"it", "he", "she", "they", "its", "his", "her", "their", NULL};
  if (actor->n == 0) return deed->part == 'v' && !qi_is_passive(v, deed->token);
  if (qi_lemma_in(v, actor->token[0], words)) return true;
  int32_t owner = qi_child(v, actor->token[0], QI_REL_NMOD_POSS);
  return owner >= 0 && qi_lemma_in(v, owner, words);
}

static bool is_public(const quid_entity *e) {
  return e->country[0] == '\0' && (strcmp(e->sector, "GOV") == 0 || strcmp(e->sector, "MIL") == 0 || strcmp(e->sector, "COP") == 0);
}

bool qi_attribution_is_own(const qi_context *x, const qi_view *v) {
  static const char *const first_person[] = {"we", "i", "our", "my", NULL};
  if (x->n_by == 0) return true;
  const qi_fill *actor = &x->deed->role[QI_ROLE_ACTOR];
  if (actor->n && qi_lemma_in(v, actor->token[0], first_person)) return true;
  const quid_entity *speaker = x->by[x->n_by - 1].entity;
  if (!speaker) return false;
  if (x->deed->actors.n == 0) return is_meant(v, x->deed);
  for (uint32_t i = 0; i < x->deed->actors.n; i++) {
    const quid_entity *who = x->deed->actors.who[i];
    if (strcmp(who->id, speaker->id) == 0) return true;
    if (who->country[0] && strcmp(who->country, speaker->country) == 0) return true;
    /* "the defence minister said that Norland would", "Norland vowed that the army would" */
    if ((is_public(speaker) && strlen(who->country) == 3) || (is_public(who) && strlen(speaker->country) == 3)) return true;
    if (is_meant(v, x->deed) && who->country[0] == '\0') return true;
  }
  return false;
}
