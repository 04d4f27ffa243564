/* code: the status of a deed, from the words around it.
 *
 * The path from the deed up to the root of the sentence is read from the outside in. At each place
 * a context is known: the status of what stands there (negation kept apart), and the status of what is
 * taken for granted there. Each step inwards goes through an operator ("accused X of", "plan to"),
 * through a frame whose content this is, or through a plain relation; then the modals, negations and
 * adverbs of that place are counted in. The signatures of operators follow Karttunen (1971, 2012),
 * the composition Nairn, Condoravdi & Karttunen (2006) and De Marneffe et al. (2012); where the words
 * leave it open, the weaker status is chosen.
 *
 *   "Ostria accused Norland of planning to shell a village."
 *   root accuse: asserted -> of: claimed (by Ostria) -> plan, to-inf: planned by others is still
 *   claimed -> shell: claimed. */
#include "code/status.h"

#define MAX_PATH 32

uint8_t qi_status_resolve(uint8_t status, bool negated) {
  if (!negated) return status;
  switch (status) {
  case QUID_ASSERTED:
  case QUID_PLANNED: return QUID_NEGATED;
  case QUID_REPORTED:
  case QUID_CLAIMED: return QUID_DENIED;
  default: return QUID_POSSIBLE;
  }
}

bool qi_status_is_told(uint8_t s) { return s == QUID_ASSERTED || s == QUID_REPORTED || s == QUID_CLAIMED; }

uint8_t qi_status_combine(uint8_t outer, uint8_t effect) {
  if (effect == QUID_ASSERTED) return outer;
  if (outer == QUID_POSSIBLE || effect == QUID_POSSIBLE) return QUID_POSSIBLE;
  if (outer == QUID_DENIED || outer == QUID_NEGATED) return QUID_POSSIBLE;
  bool told = qi_status_is_told(outer);
  switch (effect) {
  case QUID_CLAIMED:
  case QUID_REPORTED: /* what somebody will say is not yet said, but it is still on their word */
    return told || outer == QUID_PLANNED || outer == QUID_EXPECTED ? effect : QUID_POSSIBLE;
  case QUID_DENIED: return told ? QUID_DENIED : QUID_POSSIBLE;
  case QUID_PLANNED: return told ? QUID_PLANNED : outer;
  case QUID_EXPECTED: return told || outer == QUID_PLANNED ? QUID_EXPECTED : outer;
  case QUID_REQUESTED: return told || outer == QUID_PLANNED ? QUID_REQUESTED : outer;
  case QUID_RECOMMENDED: return told || outer == QUID_PLANNED ? QUID_RECOMMENDED : outer;
  default: return QUID_POSSIBLE;
  }
}

/* ---- the path ---- */

typedef struct place {
  int32_t node; /* clause or noun on the path */
  int32_t site; /* first member of its coordination: its relation upwards is that of the node */
} place;

static int32_t top_of_coordination(const qi_view *v, int32_t i) {
  for (int step = 0; step < MAX_PATH && qi_tok(v, i)->rel == QI_REL_CONJ && qi_tok(v, i)->head >= 0; step++)
    i = qi_tok(v, i)->head;
  return i;
}

/* From the deed (or the light verb that carries it) to the root, innermost first. */
static uint32_t climb(const qi_view *v, int32_t from, place path[MAX_PATH]) {
  uint32_t n = 0;
  for (int32_t i = from; i >= 0 && n < MAX_PATH;) {
    int32_t site = top_of_coordination(v, i);
    path[n++] = (place){i, site};
    i = qi_governor(v, site);
  }
  return n;
}

/* ---- one step inwards ---- */

/* "attacking", "having attacked". */
static bool is_gerund(const qi_view *v, int32_t i) {
  int32_t aux = qi_child(v, i, QI_REL_AUX);
  return aux < 0 ? qi_xpos_is(v, i, "VBG") : qi_xpos_is(v, aux, "VBG");
}

/* "avoided attacking" with the gerund taken for an adverbial: nothing stands between the two. */
static bool is_object_gerund(const qi_view *v, int32_t head, int32_t child) {
  if (!is_gerund(v, child) || child <= head || qi_preposition(v, child, NULL) != QI_SLOT_NONE || !qi_is_verb(v, head)) return false;
  int32_t aux = qi_child(v, child, QI_REL_AUX);
  return (aux >= 0 ? aux : child) == head + 1;
}

static qi_slot slot_in_clause(const qi_view *v, int32_t head, int32_t child) {
  const qi_token *t = qi_tok(v, child);
  bool to = qi_is_to_infinitive(v, child);
  if (t->head != head && !to) return QI_SLOT_COMP; /* a clause moved by qi_governor */
  switch (t->rel) {
  case QI_REL_CCOMP:
  case QI_REL_XCOMP:
    if (to) return QI_SLOT_TO_INF;
    if (is_gerund(v, child)) {
      qi_slot prep = qi_preposition(v, child, NULL);
      return prep != QI_SLOT_NONE ? prep : QI_SLOT_ING;
    }
    return t->rel == QI_REL_CCOMP ? QI_SLOT_COMP : qi_is_verb(v, child) ? QI_SLOT_INF : QI_SLOT_COMP;
  case QI_REL_ADVCL:
  case QI_REL_ACL:
    if (to) return QI_SLOT_TO_INF;
    if (is_object_gerund(v, head, child)) return QI_SLOT_ING;
    if (t->rel == QI_REL_ACL && qi_preposition(v, child, NULL) == QI_SLOT_NONE)
      return qi_child(v, child, QI_REL_MARK) >= 0 ? QI_SLOT_COMP : QI_SLOT_NONE;
    return qi_preposition(v, child, NULL);
  case QI_REL_OBJ:
  case QI_REL_NSUBJ_PASS: return QI_SLOT_OBJ;
  case QI_REL_NSUBJ: return qi_is_verb(v, head) && qi_is_passive(v, head) ? QI_SLOT_OBJ : QI_SLOT_SUBJ;
  case QI_REL_CSUBJ:
  case QI_REL_CSUBJ_PASS:
    if (to) return QI_SLOT_TO_INF;
    return qi_child(v, child, QI_REL_MARK) >= 0 ? QI_SLOT_COMP : QI_SLOT_SUBJ;
  case QI_REL_ACL_RELCL: { /* "the claim that they attacked", taken for a relative clause */
    int32_t mark = qi_child(v, child, QI_REL_MARK);
    return mark >= 0 && qi_form_is(v, mark, "that") ? QI_SLOT_COMP : QI_SLOT_NONE;
  }
  case QI_REL_OBL:
  case QI_REL_OBL_AGENT:
  case QI_REL_NMOD: return qi_preposition(v, child, NULL);
  case QI_REL_COMPOUND: return qi_slot_of_preposition(QI_SLICE("of")); /* "invasion threat" */
  default: return QI_SLOT_NONE;
  }
}

static const qi_operator *find_in(const qi_view *v, int32_t head, qi_slice word, char part, qi_slot slot) {
  const qi_operator *op, *best = NULL;
  uint32_t at = qi_operators_first(v->know->operators, word, part);
  while ((op = qi_operators_next(v->know->operators, &at)))
    if (op->slot == slot && (!best || op->words.n > best->words.n) &&
        (op->words.n == 1 || qi_words_at(v, head, &op->words, part == 'v')))
      best = op;
  return best;
}

static const qi_operator *find_operator(const qi_view *v, int32_t head, qi_slot slot) {
  const qi_token *t = qi_tok(v, head);
  const qi_operator *op = NULL;
  if (slot == QI_SLOT_NONE) return NULL;
  bool verb = qi_is_verb(v, head);
  if ((t->upos == QI_ADJ || t->upos == QI_ADV || t->upos == QI_ADP) && t->head >= 0 && qi_is_verb(v, t->head)) {
    op = find_in(v, t->head, qi_tok(v, t->head)->lemma, 'v', slot); /* "stopped short of an attack" */
    if (op && op->words.n > 1) return op;
    op = NULL;
  }
  if (verb) op = find_in(v, head, t->lemma, 'v', slot);
  if (!op && (t->upos == QI_ADJ || (verb && qi_is_participle(v, head)) || t->upos == QI_ADP || t->upos == QI_ADV))
    op = find_in(v, head, verb ? t->form : t->lemma, 'a', slot);
  if (!op && (t->upos == QI_NOUN || t->upos == QI_PROPN)) op = find_in(v, head, t->lemma, 'n', slot);
  return op;
}

static bool in_content(const qi_deed *d, int32_t child) {
  const qi_fill *f = &d->role[QI_ROLE_CONTENT];
  for (uint32_t i = 0; i < f->n; i++)
    if (f->token[i] == child) return true;
  return false;
}

/* The frame whose content the child is. */
static const qi_deed *embedding(qi_deed *const *deeds, size_t n, int32_t head, int32_t child) {
  for (size_t i = 0; i < n; i++)
    if ((deeds[i]->token == head || deeds[i]->light == head) && deeds[i]->frame->embeds != QI_NO_STATUS &&
        in_content(deeds[i], child))
      return deeds[i];
  return NULL;
}

static void go_presupposed(qi_context *x) {
  x->status = x->presupposed;
  x->n_by = x->n_by_presupposed;
  x->negated = false;
}

static void go_effect(qi_context *x, const qi_view *v, uint8_t effect) {
  x->negated = effect == QUID_NEGATED;
  if (effect == QUID_NEGATED) return;
  if (effect == QUID_PLANNED && x->accused && qi_status_is_told(x->status) && !qi_attribution_is_own(x, v)) return;
  x->status = qi_status_combine(x->status, effect);
  if (effect == QUID_CLAIMED || effect == QUID_REPORTED || effect == QUID_DENIED) {
    x->presupposed = effect == QUID_DENIED ? QUID_CLAIMED : effect;
    x->n_by_presupposed = x->n_by;
  }
}

static bool has_own_doer(const qi_view *v, int32_t clause) {
  for (QI_EACH_CHILD(v, clause, k, c))
    if (qi_is_subject(qi_tok(v, (int32_t)c)->rel) && !qi_is_relative(v, (int32_t)c) && qi_names_somebody(v, (int32_t)c)) return true;
  return false;
}

/* "wants to attack", "expects to win", not "wants Kyiv to attack": the operator's subject does it. */
static bool does_it_itself(const qi_view *v, int32_t head, int32_t child, qi_slot slot) {
  if (slot != QI_SLOT_TO_INF || !qi_is_verb(v, head) || qi_is_passive(v, head)) return false;
  for (QI_EACH_CHILD(v, child, k, c))
    if (qi_is_subject(qi_tok(v, (int32_t)c)->rel)) return false;
  for (QI_EACH_CHILD(v, head, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    bool other = rel == QI_REL_OBJ || rel == QI_REL_IOBJ || (rel == QI_REL_OBL && qi_preposition(v, (int32_t)c, NULL) != QI_SLOT_NONE);
    if (other && (int32_t)c > head && (int32_t)c < child) return false;
  }
  return qi_deep_subject(v, head) >= 0;
}

/* Deeds of words: a request that is refused, an offer that is turned down, was made. */
static bool is_of_words(const qi_deed *d) {
  quid_event_type t = d->frame->type;
  return t == QUID_REQUEST || t == QUID_ACCUSE || t == QUID_REJECT || t == QUID_THREATEN || t == QUID_AGREE;
}

static void enter_operator(qi_context *x, const qi_view *v, int32_t head, int32_t child, qi_slot slot,
                           const qi_operator *op) {
  uint8_t effect = x->negated ? op->neg : op->effect;
  bool past = qi_is_verb(v, head) && (qi_xpos_is(v, head, "VBD") || qi_xpos_is(v, head, "VBN"));
  /* "had to": what was needed was done, as far as the words go. */
  if (effect == QUID_RECOMMENDED && op->attribution == QI_ATTRIBUTION_NONE && qi_xpos_is(v, head, "VBD")) effect = QUID_ASSERTED;
  /* "regretted the attack", "knew that they attacked": taken for granted, whatever stands above. */
  /* "the tools they need to enter": what is needed is the tools, for a purpose. */
  if (effect == QUID_RECOMMENDED && op->attribution == QI_ATTRIBUTION_NONE && qi_is_verb(v, head) &&
      qi_tok(v, head)->rel == QI_REL_ACL_RELCL && has_own_doer(v, head) && qi_child(v, head, QI_REL_OBJ) < 0)
    effect = QUID_POSSIBLE;
  if (does_it_itself(v, head, child, slot)) {
    if (effect == QUID_EXPECTED) effect = QUID_PLANNED;
    else if (effect == QUID_REQUESTED) effect = QUID_POSSIBLE;
  }
  /* "must stop bombing the town": the bombing goes on, whatever is said of its end. */
  static const char *const ends[] = {"stop", "cease", "halt", "quit", "end", "discontinue", "suspend", NULL};
  if (slot == QI_SLOT_ING && effect == QUID_ASSERTED && qi_is_verb(v, head) && qi_lemma_in(v, head, ends)) {
    go_presupposed(x);
    return;
  }
  bool definite = slot == QI_SLOT_OBJ && qi_is_definite(v, child);
  if (definite && op->definite != QI_NO_STATUS) effect = op->definite;
  if (effect == QUID_ASSERTED && (definite || (slot == QI_SLOT_COMP && op->neg == QUID_ASSERTED))) {
    /* "will realise that they attacked" may be trusted, "will ensure that they attack" may not. */
    if (slot == QI_SLOT_OBJ || qi_status_is_told(x->status) || x->negated) go_presupposed(x);
    return;
  }
  /* "denied claims that it attacked": the denial reaches what was claimed. */
  if (x->status == QUID_DENIED && (effect == QUID_CLAIMED || effect == QUID_REPORTED) && qi_tok(v, head)->upos == QI_NOUN &&
      qi_tok(v, head)->rel == QI_REL_OBJ)
    return;
  bool speaks = op->attribution != QI_ATTRIBUTION_NONE && effect != QUID_ASSERTED && effect != QUID_NEGATED;
  /* Who plans without a word ("sent troops to fight") vouches for nothing. */
  if (effect == QUID_PLANNED && qi_is_verb(v, head) && !find_operator(v, head, QI_SLOT_COMP)) speaks = false;
  if (effect == QUID_CLAIMED || effect == QUID_REPORTED) x->accused = slot >= QI_SLOT_FIRST_PREP;
  if (speaks)
    effect = qi_attribution_add(x, v, qi_attribution_token(v, head, op), effect);
  if (slot == QI_SLOT_COMP) x->past_speech = past;
  if (effect == QUID_PLANNED && slot == QI_SLOT_COMP) effect = QUID_EXPECTED;
  x->imminent = false;
  go_effect(x, v, effect);
}

/* An adverbial clause without an operator. */
static void enter_adverbial(qi_context *x, const qi_view *v, int32_t head, int32_t child) {
  static const char *const before_it[] = {"after", "since", "because", "despite", "following", "although", "though", "as", NULL};
  static const char *const open[] = {"for", "of", "against", "about", "on", "at", "from", "to", "so", NULL};
  static const char *const timed[] = {"when", "once", "until", "till", "whenever", "before", NULL};
  int32_t mark = QI_NO_TOKEN;
  qi_preposition(v, child, &mark);
  if (mark < 0) mark = qi_child(v, child, QI_REL_MARK);
  for (QI_EACH_CHILD(v, child, k, c))
    if (mark < 0 && qi_tok(v, (int32_t)c)->rel == QI_REL_ADVMOD && (int32_t)c < child && qi_form_is(v, (int32_t)c, "when")) mark = (int32_t)c;
  bool gerund = qi_xpos_is(v, child, "VBG");
  if (qi_is_to_infinitive(v, child)) { /* a purpose */
    if (x->negated) x->status = QUID_POSSIBLE;
    go_effect(x, v, QUID_PLANNED);
  } else if (mark >= 0 && qi_lemma_in(v, mark, before_it)) {
    go_presupposed(x);
  } else if (mark >= 0 && gerund && qi_lemma_in(v, mark, open)) {
    if (qi_form_is(v, mark, "for") && qi_status_is_told(x->status) && !x->negated)
      go_effect(x, v, qi_attribution_add(x, v, qi_deep_subject(v, head), QUID_CLAIMED));
    else go_effect(x, v, QUID_POSSIBLE);
  } else if (mark >= 0 && qi_lemma_in(v, mark, timed)) {
    bool past = qi_xpos_is(v, child, "VBD") || qi_token_has(qi_tok(v, child), "Tense=Past");
    if (past || qi_status_is_told(x->status)) go_presupposed(x);
    else go_effect(x, v, QUID_POSSIBLE);
  } else if (mark >= 0 && qi_form_is(v, mark, "so")) {
    go_effect(x, v, QUID_POSSIBLE);
  } else if (mark < 0 && child < head) {
    go_presupposed(x); /* "Having supplied ..., he will": said in passing */
  } else if (mark >= 0 && !gerund) {
    go_presupposed(x);
  }
}

/* A noun below something that is no operator. */
static void enter_noun(qi_context *x, const qi_view *v, int32_t child) {
  int32_t prep = QI_NO_TOKEN;
  qi_preposition(v, child, &prep);
  if (qi_is_definite(v, child)) {
    go_presupposed(x);
  } else if (prep >= 0 && qi_form_is(v, prep, "against")) {
    go_effect(x, v, QUID_POSSIBLE);
  } else if (x->negated && qi_tok(v, child)->rel != QI_REL_OBJ) {
    x->negated = false; /* "did not comment after attacks" denies the comment alone */
    if (x->status == QUID_DENIED) x->status = x->presupposed;
  }
}

/* A clause below a noun or verb that is no operator. */
static void enter_plain(qi_context *x, const qi_view *v, int32_t head, int32_t child, qi_slot slot) {
  const qi_token *t = qi_tok(v, child);
  switch (t->rel) {
  case QI_REL_CCOMP: go_effect(x, v, QUID_POSSIBLE); break;
  case QI_REL_CSUBJ:
  case QI_REL_CSUBJ_PASS: go_effect(x, v, QUID_POSSIBLE); break;
  case QI_REL_XCOMP:
    if (slot == QI_SLOT_TO_INF) go_effect(x, v, QUID_POSSIBLE);
    break;
  case QI_REL_ADVCL: enter_adverbial(x, v, head, child); break;
  case QI_REL_ACL:
    if (slot == QI_SLOT_TO_INF) go_effect(x, v, QUID_PLANNED);
    else if (slot != QI_SLOT_NONE) go_effect(x, v, QUID_POSSIBLE);
    else if (qi_status_is_told(x->status) || qi_is_definite(v, head)) go_presupposed(x);
    break;
  case QI_REL_ACL_RELCL:
  case QI_REL_AMOD:
    /* "which the ministry rejects": with a doer of its own the clause speaks of a fact. */
    if (t->rel == QI_REL_ACL_RELCL && has_own_doer(v, child)) {
      go_presupposed(x);
      break;
    }
    if (qi_status_is_told(x->status) || x->negated || qi_is_definite(v, head)) go_presupposed(x);
    break;
  case QI_REL_ADVCL_RELCL:
  case QI_REL_APPOS: go_presupposed(x); break;
  default:
    if (qi_is_nominal(v, child)) enter_noun(x, v, child);
    break;
  }
}

static uint8_t light_effect(const qi_light *light) {
  static const uint8_t effects[] = {QUID_ASSERTED, QUID_ASSERTED, QUID_ASSERTED, QUID_NEGATED, QUID_PLANNED,
                                    QUID_POSSIBLE, QUID_REQUESTED, QUID_RECOMMENDED};
  return effects[light->effect];
}

/* "be going to", "is to visit": futures made of several words. */
static bool is_periphrastic_future(const qi_view *v, int32_t head, qi_slot slot) {
  if (slot != QI_SLOT_TO_INF) return false;
  if (qi_lemma_is(v, head, "go") && qi_xpos_is(v, head, "VBG")) return true;
  return qi_tok(v, head)->upos == QI_AUX && qi_lemma_is(v, head, "be");
}

static bool is_have(const qi_view *v, int32_t i) { return qi_lemma_is(v, i, "have") || qi_form_is(v, i, "had") || qi_form_is(v, i, "'d"); }

/* "had better meet". */
static bool is_urged_by_have(const qi_view *v, int32_t head, int32_t child) {
  return is_have(v, head) && head + 1 < child && qi_form_is(v, head + 1, "better") && qi_xpos_is(v, child, "VB");
}

/* "has yet to withdraw". */
static bool is_yet_to(const qi_view *v, int32_t head, qi_slot slot) {
  if (slot != QI_SLOT_TO_INF || !is_have(v, head)) return false;
  for (QI_EACH_CHILD(v, head, k, c))
    if (qi_form_is(v, (int32_t)c, "yet")) return true;
  return false;
}

/* "denied any role in the attack", "claimed responsibility for it": the verb with its object is the operator. */
static const qi_operator *of_verb_and_object(const qi_view *v, int32_t head, qi_slot slot) {
  const qi_token *t = qi_tok(v, head);
  if (t->rel != QI_REL_OBJ || t->head < 0 || slot < QI_SLOT_FIRST_PREP || !qi_is_verb(v, t->head)) return NULL;
  const qi_operator *op = find_in(v, t->head, qi_tok(v, t->head)->lemma, 'v', slot);
  bool speaks = op && op->words.n > 1 && (op->effect == QUID_DENIED || op->effect == QUID_CLAIMED);
  return speaks ? op : NULL;
}

/* "called for an end to the strikes": what shall end is going on. */
static bool is_end_of(const qi_view *v, int32_t head, qi_slot slot) {
  static const char *const ends[] = {"end", "halt", "stop", "cessation", "suspension", "moratorium", "pause", NULL};
  return slot >= QI_SLOT_FIRST_PREP && qi_tok(v, head)->upos == QI_NOUN && qi_lemma_in(v, head, ends);
}

static void step(qi_context *x, const qi_view *v, int32_t head, place inner, qi_deed *const *deeds, size_t n) {
  int32_t child = inner.site;
  qi_slot slot = slot_in_clause(v, head, child);
  const qi_token *t = qi_tok(v, child);
  const qi_operator *op = find_operator(v, head, slot);
  /* A quotation whose verb of saying stands above: "he said: ...". */
  if (!op && t->rel == QI_REL_PARATAXIS && child > head && qi_is_verb(v, child) && qi_child(v, head, QI_REL_CCOMP) < 0) {
    op = find_operator(v, head, QI_SLOT_COMP);
    slot = QI_SLOT_COMP;
  }
  const qi_deed *frame = op ? NULL : embedding(deeds, n, head, child);
  const qi_operator *joint = of_verb_and_object(v, head, slot);
  if (joint) {
    if (x->status != joint->effect) enter_operator(x, v, qi_tok(v, head)->head, child, slot, joint);
    return;
  }
  if (is_end_of(v, head, slot)) {
    go_presupposed(x);
    return;
  }
  if (is_urged_by_have(v, head, child)) go_effect(x, v, QUID_RECOMMENDED);
  else if (is_yet_to(v, head, slot)) x->negated = !x->negated;
  else if (is_periphrastic_future(v, head, slot)) go_effect(x, v, qi_modality_future(x, v, head));
  else if (op) enter_operator(x, v, head, child, slot, op);
  else if (frame) {
    uint8_t effect = frame->frame->embeds;
    if (effect == QUID_NEGATED && x->deed->part == 'n' && child == x->deed->token && is_of_words(x->deed)) {
      go_presupposed(x);
      return;
    }
    if (x->negated) effect = QUID_POSSIBLE;
    else if (effect == QUID_CLAIMED || effect == QUID_DENIED)
      effect = qi_attribution_add(x, v, frame->role[QI_ROLE_ACTOR].n ? frame->role[QI_ROLE_ACTOR].token[0] : QI_NO_TOKEN, effect);
    go_effect(x, v, effect);
  } else enter_plain(x, v, head, child, slot);
}

static bool is_question(const qi_view *v) {
  for (uint32_t i = v->s->n_tokens; i > 0 && i + 3 > v->s->n_tokens; i--)
    if (qi_form_is(v, (int32_t)i - 1, "?")) return true;
  return false;
}

static void enter_root(qi_context *x, const qi_view *v, int32_t root) {
  qi_attribution_final(x, v, root);
  if (is_question(v)) x->status = QUID_POSSIBLE;
  if (qi_token_has(qi_tok(v, root), "Mood=Imp") && qi_xpos_is(v, root, "VB") && qi_child(v, root, QI_REL_NSUBJ) < 0 &&
      qi_child(v, root, QI_REL_AUX) < 0)
    x->status = QUID_REQUESTED;
}

/* The whole sentence is somebody's word. */
static void enter_quotation(qi_context *x, const qi_view *v, const qi_quote *quote) {
  uint8_t effect = QUID_REPORTED;
  if (quote->sentence >= 0) {
    qi_view there = {v->know, v->doc, &v->doc->sentences[quote->sentence], v->mentions};
    effect = qi_attribution_add(x, &there, quote->speaker, QUID_CLAIMED);
  }
  go_effect(x, v, effect);
  x->past_speech = quote->past;
}

void qi_status_of(qi_standing *out, const qi_view *v, const qi_deed *deed, qi_deed *const *deeds, size_t n,
                  qi_genre genre, const qi_quote *quote) {
  qi_context x = {.status = QUID_ASSERTED, .presupposed = QUID_ASSERTED, .deed = deed, .genre = genre,
                  .final = QI_NO_TOKEN};
  place path[MAX_PATH];
  int32_t from = deed->light >= 0 ? deed->light : deed->token;
  uint32_t depth = climb(v, from, path);
  if (depth == MAX_PATH) x.status = QUID_POSSIBLE; /* cut off: what stands above is unknown */
  if (quote->inside) enter_quotation(&x, v, quote);
  for (uint32_t i = depth; i-- > 0;) {
    if (i == depth - 1) enter_root(&x, v, path[i].site);
    else step(&x, v, path[i + 1].node, path[i], deeds, n);
    qi_modality_apply(&x, v, path[i].node, path[i].site);
  }
  if (deed->light >= 0 && deed->light_entry) {
    uint8_t effect = light_effect(deed->light_entry);
    /* "Lebanon's request was refused", "discussed the attack": it was made, whatever came of it. */
    if ((effect == QUID_NEGATED && is_of_words(deed)) || (effect == QUID_POSSIBLE && qi_is_definite(v, deed->token))) {
      go_presupposed(&x);
      effect = QUID_ASSERTED;
    }
    if (effect == QUID_NEGATED) x.negated = !x.negated;
    else if (effect != QUID_ASSERTED) go_effect(&x, v, x.negated ? QUID_POSSIBLE : effect);
    qi_modality_apply(&x, v, deed->token, QI_NO_TOKEN);
  }
  out->status = qi_status_resolve(x.status, x.negated && !deed->says_not);
  out->bare = x.status;
  out->negated = x.negated;
  out->n_by = x.n_by;
  for (uint32_t i = 0; i < x.n_by; i++) out->by[i] = x.by[x.n_by - 1 - i];
}
