/* code: two sides joined by words that link deeds -> does what the words need hold besides? (knowledge/links, column need)
 *
 * "Iran swapped a diplomat for two agents": goods. "Fighting went on until the army came": its second side is of the past, so
 * that no condition is told. */
#include "code/link.h"

#include "know/frames.h"
#include "know/items.h"

static bool is_deed_noun(const qi_view *v, int32_t i) {
  return qi_tok(v, i)->upos == QI_NOUN && qi_frames_first(v->know->frames, qi_tok(v, i)->lemma, 'n') != QI_MAP_NONE;
}

static bool is_goods(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  if (t->etype == QI_ETYPE_TIME || t->etype == QI_ETYPE_PERSON) return t->upos == QI_NOUN && is_deed_noun(v, i);
  if (qi_is_verb(v, i)) return true;
  qi_classes classes = qi_classes_of(v, i);
  if (qi_classes_any(&classes) || is_deed_noun(v, i)) return true;
  int32_t of = QI_NO_TOKEN; /* "two of its agents", "thousands of shells" */
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_NMOD && c > (uint32_t)i) of = (int32_t)c;
  if (of >= 0 && t->upos == QI_NUM) return true;
  return false;
}

/* Has the clause come about? Present tense has not, below a future. */
static bool is_open(const qi_view *v, int32_t i) {
  if (qi_xpos_is(v, i, "VBZ") || qi_xpos_is(v, i, "VBP")) return true;
  for (QI_EACH_CHILD(v, i, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if ((rel == QI_REL_AUX || rel == QI_REL_AUX_PASS || rel == QI_REL_COP) && (qi_xpos_is(v, (int32_t)c, "VBZ") || qi_xpos_is(v, (int32_t)c, "VBP"))) return true;
  }
  return false;
}

/* Told of the future: "will", "would", or the infinitive below "vowed". */
static bool is_future(const qi_view *v, const qi_heads *heads) {
  for (uint32_t i = 0; i < heads->n; i++)
    if (heads->at[i].sentence == v->s->index && (qi_has_modal(v, heads->at[i].token) || qi_has_modal(v, qi_clause_of(v, heads->at[i].token)) || qi_is_to_infinitive(v, heads->at[i].token)))
      return true;
  return false;
}

/* "Leave", "must leave", "were told to leave". */
static bool is_order(const qi_view *v, int32_t i) {
  if (!qi_is_verb(v, i)) return false;
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_form_is(v, (int32_t)c, "must") || qi_form_is(v, (int32_t)c, "either")) return true;
  if (qi_is_to_infinitive(v, i)) return qi_tok(v, i)->rel != QI_REL_ADVCL;
  return qi_xpos_is(v, i, "VB") && !qi_has_subject(v, i) && qi_child(v, i, QI_REL_AUX) < 0;
}

/* What follows unless the order is obeyed; "and Japan should" is another order. */
static bool is_sequel(const qi_view *v, int32_t i) {
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_AUX && (qi_form_is(v, (int32_t)c, "should") || qi_form_is(v, (int32_t)c, "must"))) return false;
  return qi_has_modal(v, i) || qi_in_set(v, i, QI_SET_SUFFERS);
}

static bool is_negated(const qi_view *v, int32_t i) {
  static const char *const no[] = {"not", "n't", "never", "hardly", "no", NULL};
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_lemma_in(v, (int32_t)c, no)) return true;
  return false;
}

/* "could not have held". */
static bool is_counterfactual(const qi_view *v, const qi_head *h) {
  if (h->sentence != v->s->index || !qi_has_modal(v, h->token)) return false;
  for (QI_EACH_CHILD(v, h->token, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_AUX && qi_form_is(v, (int32_t)c, "have")) return true;
  for (QI_EACH_CHILD(v, h->token, k, c)) /* "will not sign without" is a condition */
    if (qi_form_is(v, (int32_t)c, "will") || qi_form_is(v, (int32_t)c, "shall") || qi_form_is(v, (int32_t)c, "wo")) return false;
  return is_negated(v, h->token);
}

static bool is_money(const qi_view *v, int32_t i) {
  uint32_t class_id = qi_items_class(v->know->items, QI_SLICE("money"));
  qi_classes have = qi_classes_of(v, i);
  if (class_id != QI_NO_CLASS && (have.bits[class_id / 64] >> (class_id % 64) & 1)) return true;
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_form_is(v, (int32_t)c, "$")) return true;
  return qi_form_is(v, i, "$");
}

/* Or a name right before it, wherever the parser hung it: "freed the men and Ostria lifted the siege". */
static bool has_own_subject(const qi_view *v, int32_t i) {
  return qi_has_subject(v, i) || (i > 0 && qi_mention_at(v, i - 1) && qi_tok(v, i - 1)->upos == QI_PROPN);
}

/* Goods by their class, and neither weapons that one fights against nor people. */
static bool is_ware(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  qi_classes classes = qi_classes_of(v, i);
  return t->upos == QI_NOUN && t->etype != QI_ETYPE_PERSON && t->etype != QI_ETYPE_ORGANIZATION && t->etype != QI_ETYPE_PLACE && qi_classes_any(&classes);
}

static bool is_thing(const qi_view *v, int32_t i) {
  uint8_t etype = qi_tok(v, i)->etype;
  if (qi_tok(v, i)->upos != QI_NOUN) return false;
  if (is_deed_noun(v, i)) return true;
  return !qi_mention_at(v, i) && etype != QI_ETYPE_PERSON && etype != QI_ETYPE_ORGANIZATION && etype != QI_ETYPE_PLACE;
}

static bool stands_apart(const qi_bond *b, const qi_view *v) {
  return b->from <= 1 || qi_tok(v, (int32_t)b->from - 1)->upos == QI_PUNCT || (b->from >= 2 && qi_tok(v, (int32_t)b->from - 2)->upos == QI_PUNCT);
}

static bool takes(const qi_view *v, int32_t clause) { return qi_in_set(v, clause, QI_SET_TAKES) || qi_in_set(v, clause, QI_SET_WANTS); }

/* Nothing is given: "asked nothing in return", "without asking for anything in return". */
static bool is_nothing(const qi_bond *b, const qi_view *v) {
  static const char *const none[] = {"nothing", "none", "nobody", "no", "not", "n't", "never", "little", "without", NULL};
  int32_t clause = qi_clause_of(v, (int32_t)b->from);
  if (clause < 0 || b->cue->form != QI_CUE_ADV) return false;
  for (QI_EACH_CHILD(v, clause, k, c))
    if (qi_lemma_in(v, (int32_t)c, none)) return true;
  return false;
}

bool qi_need_holds(const qi_bond *b, const qi_view *v) {
  const qi_head *first = b->first.at, *second = b->second.at;
  if (is_nothing(b, v)) return false;
  switch (b->cue->need) {
  case QI_NEED_GOODS: return second->sentence == v->s->index && is_goods(v, second->token);
  case QI_NEED_DEED: return second->sentence == v->s->index && is_deed_noun(v, second->token);
  case QI_NEED_THING: return second->sentence == v->s->index && is_thing(v, second->token);
  case QI_NEED_FRONT: return stands_apart(b, v);
  case QI_NEED_OPEN: return second->sentence == v->s->index && is_open(v, second->token) && is_future(v, &b->first);
  case QI_NEED_ULTIMATUM: return second->sentence == v->s->index && is_order(v, second->token) && is_sequel(v, first->token);
  case QI_NEED_TAKES: {
    int32_t clause = qi_clause_of(v, (int32_t)b->from);
    if (b->cue->form == QI_CUE_NOUN && qi_child(v, clause, QI_REL_OBJ) != qi_said_noun(b, v)) return false;
    return takes(v, clause) || qi_in_set(v, clause, QI_SET_GIVES);
  }
  case QI_NEED_PRICE: return second->sentence == v->s->index && is_money(v, second->token);
  case QI_NEED_MEANS: {
    int32_t noun = qi_said_noun(b, v), clause = qi_tok(v, noun)->head;
    return clause >= 0 && qi_tok(v, noun)->rel == QI_REL_OBJ && qi_in_set(v, clause, QI_SET_GIVES) && second->sentence == v->s->index &&
           is_thing(v, second->token);
  }
  case QI_NEED_BARGAIN: {
    bool goods = !qi_form_is(v, (int32_t)b->from, "for");
    return second->sentence == v->s->index && !qi_is_verb(v, second->token) && (is_money(v, second->token) || (goods && is_ware(v, second->token)));
  }
  case QI_NEED_SIDES: return stands_apart(b, v) && second->sentence == v->s->index && (has_own_subject(v, second->token) || takes(v, second->token));
  case QI_NEED_COUNTER: return is_counterfactual(v, first);
  case QI_NEED_OPENING: return b->from == 0 && is_deed_noun(v, second->token);
  case QI_NEED_WOULD: {
    for (uint32_t i = 0; i < b->first.n; i++)
      if (first[i].sentence == v->s->index && qi_has_modal(v, qi_clause_of(v, first[i].token))) return true;
    return false;
  }
  default: return true;
  }
}

bool qi_is_open_object(const qi_view *v, int32_t clause) {
  int32_t obj = clause >= 0 ? qi_child(v, clause, QI_REL_OBJ) : QI_NO_TOKEN;
  return obj >= 0 && (takes(v, clause) || qi_in_set(v, clause, QI_SET_GIVES)) && qi_in_set(v, obj, QI_SET_VAGUE);
}
