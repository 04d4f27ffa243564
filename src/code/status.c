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

#include "code/attribution.h"

#define MAX_PATH 32

uint8_t qi_status_resolve(uint8_t status, bool negated, bool spoken) {
  if (!negated) return status;
  switch (status) {
  case QUID_ASSERTED: return QUID_NEGATED;
  case QUID_PLANNED:
  case QUID_EXPECTED: return spoken ? QUID_DENIED : QUID_NEGATED;
  case QUID_REPORTED:
  case QUID_CLAIMED: return QUID_DENIED;
  case QUID_DENIED: return QUID_CLAIMED;
  default: return QUID_POSSIBLE;
  }
}

bool qi_status_is_told(uint8_t s) { return s == QUID_ASSERTED || s == QUID_REPORTED || s == QUID_CLAIMED; }

uint8_t qi_status_combine(uint8_t outer, uint8_t effect) {
  if (effect == QUID_ASSERTED) return outer;
  if (outer == QUID_POSSIBLE || effect == QUID_POSSIBLE || outer == QUID_NEGATED) return QUID_POSSIBLE;
  bool told = qi_status_is_told(outer), to_come = outer == QUID_PLANNED || outer == QUID_EXPECTED;
  switch (effect) {
  case QUID_CLAIMED:
  case QUID_REPORTED: /* what somebody will say is not yet said, but it is still on their word */
    return told || to_come ? effect : QUID_POSSIBLE;
  case QUID_DENIED: return told || outer == QUID_PLANNED ? QUID_DENIED : QUID_POSSIBLE;
  /* "denied that it planned, asked, would": the deed is denied with the plan */
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

/* "denied that it had attacked and said ...", with "said" hung on "attacked": it stands beside "denied". */
static int32_t site_of(const qi_view *v, int32_t i) {
  int32_t site = top_of_coordination(v, i), above = qi_tok(v, site)->head;
  if (site == i || above < 0 || qi_tok(v, site)->rel != QI_REL_CCOMP || !qi_xpos_is(v, i, "VBD") || !qi_xpos_is(v, above, "VBD")) return site;
  if (qi_child(v, i, QI_REL_MARK) >= 0 || !qi_attribution_saying(v, i) || !qi_attribution_saying(v, above)) return site;
  return top_of_coordination(v, above);
}

/* From the deed (or the light verb that carries it) to the root, innermost first. */
static uint32_t climb(const qi_view *v, int32_t from, place path[MAX_PATH]) {
  uint32_t n = 0;
  for (int32_t i = from; i >= 0 && n < MAX_PATH;) {
    int32_t site = site_of(v, i);
    path[n++] = (place){i, site};
    i = qi_governor(v, site);
  }
  return n;
}

/* ---- one step inwards ---- */

/* "attacking", "having attacked". */
static bool is_gerund(const qi_view *v, int32_t i) {
  int32_t aux = qi_child(v, i, QI_REL_AUX);
  if (aux >= 0) return qi_xpos_is(v, aux, "VBG");
  qi_slice form = qi_tok(v, i)->form;
  bool ing = form.len > 4 && qi_slice_eq_str(qi_slice_sub(form, form.len - 3, form.len), "ing");
  bool clause = qi_child(v, i, QI_REL_MARK) >= 0 || qi_child(v, i, QI_REL_OBJ) >= 0;
  return qi_xpos_is(v, i, "VBG") || (ing && clause && (qi_tok(v, i)->upos == QI_ADJ || qi_tok(v, i)->upos == QI_NOUN));
}

/* "avoided attacking" with the gerund taken for an adverbial: nothing stands between the two. */
static bool is_object_gerund(const qi_view *v, int32_t head, int32_t child) {
  if (!is_gerund(v, child) || child <= head || qi_preposition(v, child, NULL) != QI_SLOT_NONE || !qi_is_verb(v, head)) return false;
  int32_t aux = qi_child(v, child, QI_REL_AUX), first = aux >= 0 ? aux : child;
  return first == head + 1 || (first == head + 2 && qi_tok(v, head + 1)->rel == QI_REL_COMPOUND_PRT);
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

static qi_slot slot_in_clause(const qi_view *v, int32_t head, int32_t child) {
  const qi_token *t = qi_tok(v, child);
  bool to = qi_is_to_infinitive(v, child);
  if (t->head != head && !to) { /* moved by qi_governor */
    qi_slot prep = qi_child(v, child, QI_REL_MARK) >= 0 && !is_gerund(v, child) ? QI_SLOT_NONE : qi_preposition(v, child, NULL);
    return prep != QI_SLOT_NONE ? prep : QI_SLOT_COMP;
  }
  switch (t->rel) {
  case QI_REL_CCOMP:
  case QI_REL_XCOMP:
    if (to) return QI_SLOT_TO_INF;
    if (is_gerund(v, child)) {
      qi_slot prep = qi_preposition(v, child, NULL);
      return prep != QI_SLOT_NONE ? prep : QI_SLOT_ING;
    }
    if (t->rel == QI_REL_CCOMP && qi_xpos_is(v, child, "VB") && qi_child(v, child, QI_REL_MARK) < 0 && qi_child(v, child, QI_REL_AUX) < 0 &&
        find_in(v, head, qi_tok(v, head)->lemma, 'v', QI_SLOT_INF))
      return QI_SLOT_INF; /* "heard them attack" */
    return t->rel == QI_REL_CCOMP ? QI_SLOT_COMP : qi_is_verb(v, child) ? QI_SLOT_INF : QI_SLOT_COMP;
  case QI_REL_ADVCL:
  case QI_REL_ACL:
    if (to) return QI_SLOT_TO_INF;
    if (is_object_gerund(v, head, child)) return QI_SLOT_ING;
    if (t->rel == QI_REL_ADVCL && qi_child(v, child, QI_REL_MARK) >= 0 && qi_form_is(v, qi_child(v, child, QI_REL_MARK), "that") &&
        qi_child(v, child, QI_REL_MARK) == head + 1)
      return QI_SLOT_COMP; /* "it is not true that" */
    if (t->rel == QI_REL_ACL && qi_preposition(v, child, NULL) == QI_SLOT_NONE)
      return qi_child(v, child, QI_REL_MARK) >= 0 || qi_is_content_clause(v, child) ? QI_SLOT_COMP : QI_SLOT_NONE;
    return qi_preposition(v, child, NULL);
  case QI_REL_OBJ: return qi_tok(v, child)->upos != QI_PROPN && qi_child(v, child, QI_REL_OBJ) >= 0 && is_gerund(v, child) ? QI_SLOT_ING : QI_SLOT_OBJ;
  case QI_REL_NSUBJ_PASS: return QI_SLOT_OBJ;
  case QI_REL_NSUBJ: return qi_is_verb(v, head) && qi_is_passive(v, head) ? QI_SLOT_OBJ : QI_SLOT_SUBJ;
  case QI_REL_CSUBJ:
  case QI_REL_CSUBJ_PASS:
    if (to) return QI_SLOT_TO_INF;
    return qi_child(v, child, QI_REL_MARK) >= 0 ? QI_SLOT_COMP : QI_SLOT_SUBJ;
  case QI_REL_ACL_RELCL: return qi_is_content_clause(v, child) ? QI_SLOT_COMP : QI_SLOT_NONE;
  case QI_REL_OBL:
  case QI_REL_OBL_AGENT:
  case QI_REL_NMOD: return qi_preposition(v, child, NULL);
  case QI_REL_COMPOUND: return qi_slot_of_preposition(QI_SLICE("of")); /* "invasion threat" */
  default: return QI_SLOT_NONE;
  }
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
  if (!op && (t->upos == QI_ADJ || (verb && (qi_is_participle(v, head) || qi_xpos_is(v, head, "VBG"))) || t->upos == QI_ADP || t->upos == QI_ADV))
    op = find_in(v, head, verb ? t->form : t->lemma, 'a', slot);
  if (!op && (t->upos == QI_NOUN || t->upos == QI_PROPN)) op = find_in(v, head, t->lemma, 'n', slot);
  if (!op && slot == QI_SLOT_OBJ && qi_xpos_is(v, head, "VBG")) op = find_in(v, head, t->form, 'p', slot); /* "barring an attack" */
  if (!op && verb && slot >= QI_SLOT_FIRST_PREP) { /* "staved off an attack", "went on bombing", with the particle taken for a preposition */
    op = find_in(v, head, t->lemma, 'v', QI_SLOT_OBJ);
    if (!op || op->words.n == 1) op = find_in(v, head, t->lemma, 'v', QI_SLOT_ING);
    if (op && (op->words.n == 1 || qi_slot_of_preposition(op->words.w[1]) != slot)) op = NULL; /* not "called off the parade after" */
  }
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

/* What X is said to plan is on that word alone ("accused X of planning to"), unless it is X's own. */
static bool is_second_hand(const qi_context *x, const qi_view *v) {
  bool said = x->status == QUID_REPORTED || (x->status == QUID_CLAIMED && (x->accused || x->n_by > 0));
  return said && !(x->n_by > 0 && !x->accused && qi_attribution_is_own(x, v));
}

static void go_effect(qi_context *x, const qi_view *v, uint8_t effect) {
  x->negated = effect == QUID_NEGATED;
  if (effect == QUID_NEGATED) return;
  if (effect == QUID_PLANNED && is_second_hand(x, v)) return;
  x->status = qi_status_combine(x->status, effect);
  if (effect != QUID_ASSERTED && effect != QUID_CLAIMED && effect != QUID_REPORTED) x->doubt = x->cause;
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

/* A noun for an intention that takes a deed: "threat to", "plan to". */
static bool is_intention(const qi_view *v, const qi_context *x, int32_t noun) {
  if (noun == x->deed->token || qi_tok(v, noun)->upos != QI_NOUN) return false;
  const qi_operator *op = find_in(v, noun, qi_tok(v, noun)->lemma, 'n', QI_SLOT_TO_INF);
  return op && op->effect == QUID_PLANNED;
}

/* Below a denial ("denied that it had ..."), where the operator's negated effect holds. */
static void enter_denied(qi_context *x, const qi_view *v, int32_t head, qi_slot slot, const qi_operator *op) {
  bool noun = qi_tok(v, head)->upos == QI_NOUN;
  if (op->neg == QUID_ASSERTED) { /* "denied that it failed to", "denied knowing that" */
    x->status = QUID_CLAIMED;
    return;
  }
  bool is_word = op->effect == QUID_CLAIMED || op->effect == QUID_REPORTED || op->effect == QUID_DENIED;
  if ((is_word || op->effect == QUID_POSSIBLE) && !(noun && slot != QI_SLOT_TO_INF)) x->status = QUID_POSSIBLE;
}

/* "rejected the demand that", "dismissed the offer to": it was made, and is what it was. */
static bool is_refused_word(const qi_view *v, int32_t child, qi_slot slot, const qi_operator *op) {
  if (op->effect != QUID_DENIED || op->neg != QUID_POSSIBLE || slot != QI_SLOT_OBJ || qi_tok(v, child)->upos != QI_NOUN) return false;
  const qi_operator *inner = find_in(v, child, qi_tok(v, child)->lemma, 'n', QI_SLOT_COMP);
  if (!inner) inner = find_in(v, child, qi_tok(v, child)->lemma, 'n', QI_SLOT_TO_INF);
  return inner && (inner->effect == QUID_REQUESTED || inner->effect == QUID_RECOMMENDED || inner->effect == QUID_PLANNED || inner->effect == QUID_EXPECTED);
}

static bool is_prevention(const qi_view *v, int32_t verb) {
  static const char *const words[] = {"prevent", "avert", "foil", "thwart", "forestall", "block", "derail", "deter", "avoid", "preempt", "pre-empt", "stop", "halt", NULL};
  return qi_lemma_in(v, verb, words);
}

/* "documents show that": at second hand. */
static bool is_shown_on_paper(const qi_view *v, int32_t verb) {
  static const char *const verbs[] = {"show", "prove", "demonstrate", "establish", NULL};
  static const char *const papers[] = {"document", "report", "file", "cable", "memo", "letter", "transcript", "leak", "paper", "minute", "dossier", "study", NULL};
  if (!qi_is_verb(v, verb) || !qi_lemma_in(v, verb, verbs)) return false;
  int32_t subject = qi_deep_subject(v, verb);
  return subject >= 0 && qi_lemma_in(v, subject, papers);
}

/* What an operator does to the deed, all of this place counted in. */
static uint8_t effect_of(const qi_context *x, const qi_view *v, int32_t head, int32_t child, qi_slot slot, const qi_operator *op) {
  uint8_t effect = x->negated ? op->neg : op->effect;
  bool need = effect == QUID_RECOMMENDED && op->attribution == QI_ATTRIBUTION_NONE;
  /* "had to": what was needed was done, as far as the words go; "will have to": it is foreseen. */
  if (need && qi_xpos_is(v, head, "VBD") && !x->past_speech) return QUID_ASSERTED;
  if (need && qi_is_verb(v, head) && (x->status == QUID_PLANNED || x->status == QUID_EXPECTED)) return QUID_EXPECTED;
  /* "the tools they need to enter": what is needed is the tools, for a purpose. */
  if (need && qi_is_verb(v, head) && qi_tok(v, head)->rel == QI_REL_ACL_RELCL && has_own_doer(v, head) && qi_child(v, head, QI_REL_OBJ) < 0)
    return QUID_POSSIBLE;
  if (op->effect == QUID_ASSERTED && slot == QI_SLOT_COMP && op->neg == QUID_ASSERTED && is_shown_on_paper(v, head)) return QUID_REPORTED;
  if ((op->effect == QUID_EXPECTED || op->effect == QUID_REQUESTED) && does_it_itself(v, head, child, slot))
    return x->negated ? QUID_NEGATED : QUID_PLANNED;
  /* "to prevent an attack", "will keep them from attacking": nobody says that it was coming. */
  bool prevents = slot >= QI_SLOT_FIRST_PREP || (slot == QI_SLOT_OBJ && is_prevention(v, head));
  if (effect == QUID_NEGATED && !x->negated && prevents && !qi_status_is_told(x->status) && x->status != QUID_DENIED) return QUID_POSSIBLE;
  return effect;
}

/* "to have signed". */
static bool has_have(const qi_view *v, int32_t infinitive) {
  for (QI_EACH_CHILD(v, infinitive, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_AUX && qi_form_is(v, (int32_t)c, "have")) return true;
  return false;
}

/* "to have signed" below a past intention: it did not come to that. */
static bool is_missed(const qi_view *v, int32_t head, int32_t child, qi_slot slot) {
  return slot == QI_SLOT_TO_INF && qi_subclause_is_past(v, head) && has_have(v, child);
}

/* "came close to attacking": it did not attack. */
static bool is_near_miss(const qi_view *v, int32_t head) {
  static const char *const words[] = {"close", "near", "closer", NULL};
  int32_t verb = qi_tok(v, head)->head;
  return qi_lemma_in(v, head, words) && verb >= 0 && qi_lemma_is(v, verb, "come") && qi_xpos_is(v, verb, "VBD");
}

/* "carried out its threat to", "kept its promise to", "made good on its pledge to". */
static bool is_kept(const qi_view *v, const qi_context *x, int32_t head, int32_t child) {
  static const char *const words[] = {"keep", "honour", "honor", "fulfil", "fulfill", "carry", "make", "implement", "execute", "deliver", NULL};
  return qi_is_verb(v, head) && qi_lemma_in(v, head, words) && is_intention(v, x, child) && qi_status_is_told(x->status) && !x->negated;
}

/* Taken for granted whatever stands above: "regretted the attack", "knew that they attacked", "stopped bombing". true: done. */
static bool enter_factive(qi_context *x, const qi_view *v, int32_t head, int32_t child, qi_slot slot, const qi_operator *op, uint8_t *effect) {
  static const char *const ends[] = {"stop", "cease", "halt", "quit", "end", "discontinue", "suspend", "finish", NULL};
  if (x->kept && op->part == 'n' && op->effect == QUID_PLANNED) {
    x->kept = false;
    return true;
  }
  x->kept = is_kept(v, x, head, child);
  static const char *const words[] = {"deliver", "make", "renege", "go", NULL}; /* "delivered on its pledge": it was made */
  if (slot >= QI_SLOT_FIRST_PREP && child == x->deed->token && qi_is_definite(v, child) && qi_is_verb(v, head) && qi_lemma_in(v, head, words)) {
    qi_subclause_presuppose(x);
    return true;
  }
  bool goes_on = (slot == QI_SLOT_ING || slot == QI_SLOT_TO_INF || slot == QI_SLOT_OBJ) && op->effect == QUID_ASSERTED && qi_is_verb(v, head) && qi_lemma_in(v, head, ends);
  if (goes_on) {
    qi_subclause_presuppose(x);
    return true;
  }
  bool definite = slot == QI_SLOT_OBJ && qi_is_definite(v, child) && !(op->effect == QUID_NEGATED && is_intention(v, x, child));
  if (definite && op->definite != QI_NO_STATUS) *effect = op->definite;
  if (slot == QI_SLOT_COMP && (*effect == QUID_ASSERTED || *effect == QUID_POSSIBLE || *effect == QUID_REPORTED) && qi_subclause_asks_detail(v, child)) {
    qi_subclause_presuppose(x);
    return true;
  }
  if (*effect != QUID_ASSERTED || !(definite || (slot == QI_SLOT_COMP && op->neg == QUID_ASSERTED))) return false;
  /* "will realise that they attacked" may be trusted, "will ensure that they attack" may not. */
  if (slot == QI_SLOT_OBJ || qi_status_is_told(x->status) || x->negated || qi_subclause_is_past(v, child)) qi_subclause_presuppose(x);
  return true;
}

/* Words that mean one thing or another by what stands below or beside them. */
static uint8_t weigh(const qi_context *x, const qi_view *v, int32_t head, int32_t child, qi_slot slot, const qi_operator *op, uint8_t effect) {
  /* "suggested that they meet", a subjunctive, urges; "suggested that they met" claims. */
  if (effect == QUID_CLAIMED && slot == QI_SLOT_COMP && qi_lemma_is(v, head, "suggest") && qi_xpos_is(v, head, "VBD") &&
      (qi_xpos_is(v, child, "VB") || qi_xpos_is(v, child, "VBP")) && qi_child(v, child, QI_REL_AUX) < 0)
    return QUID_RECOMMENDED;
  /* "the threat of invasion" that is nobody's is a danger. */
  if (effect == QUID_PLANNED && op->part == 'n' && slot >= QI_SLOT_FIRST_PREP && qi_lemma_is(v, head, "threat") && qi_deep_owner(v, head) < 0)
    return QUID_POSSIBLE;
  /* "Norland reported an attack": its word; "the newspapers reported it": nobody's. */
  if (effect == QUID_REPORTED && qi_is_verb(v, head) && qi_lemma_is(v, head, "report")) return QUID_CLAIMED;
  (void)x;
  return effect;
}

static void enter_operator(qi_context *x, const qi_view *v, int32_t head, int32_t child, qi_slot slot,
                           const qi_operator *op) {
  bool past = !qi_is_verb(v, head) || qi_xpos_is(v, head, "VBD") || qi_xpos_is(v, head, "VBN") || qi_xpos_is(v, head, "VBG"); /* "adding that it would", "the claim that it would" */
  /* "would do well to", "it would be wise to": the modal only makes the advice polite. */
  if (x->unable && !x->negated && op->effect == QUID_RECOMMENDED && (op->part == 'a' || op->words.n > 1)) x->status = x->able;
  /* "could not confirm reports that": they are what they are. */
  static const char *const confirms[] = {"confirm", "verify", "corroborate", "substantiate", NULL};
  if (x->negated && slot == QI_SLOT_OBJ && qi_is_verb(v, head) && qi_lemma_in(v, head, confirms) && child != x->deed->token &&
      qi_tok(v, child)->upos == QI_NOUN) {
    if (x->was_unable) x->status = x->able;
    x->negated = false;
    return;
  }
  x->cause = QI_DOUBT_WORD;
  x->line = op->line;
  if (x->was_unable && x->negated) x->status = x->able; /* "could not avoid a clash" */
  uint8_t effect = effect_of(x, v, head, child, slot, op);
  if (enter_factive(x, v, head, child, slot, op, &effect) || is_refused_word(v, child, slot, op)) return;
  if (x->status == QUID_DENIED && !x->negated) {
    enter_denied(x, v, head, slot, op);
    if (slot == QI_SLOT_COMP) x->past_speech = past;
    return;
  }
  /* "said there was no evidence that": denied by who says so; in the writer's voice it is open. */
  static const char *const proofs[] = {"evidence", "proof", "indication", "sign", NULL};
  if (x->negated && op->part == 'n' && slot == QI_SLOT_COMP && x->n_by && (x->status == QUID_CLAIMED || x->status == QUID_REPORTED) &&
      qi_lemma_in(v, head, proofs))
    return;
  if (x->untrue && x->negated && (op->effect == QUID_CLAIMED || op->effect == QUID_REPORTED)) return;
  x->untrue |= effect == QUID_NEGATED && op->attribution == QI_ATTRIBUTION_NONE && qi_lemma_is(v, head, "truth");
  if (effect == QUID_PLANNED && (is_missed(v, head, child, slot) || is_near_miss(v, head))) effect = QUID_NEGATED;
  if ((effect == QUID_PLANNED || effect == QUID_EXPECTED) && op->part == 'a' && qi_subclause_is_overtaken(v, head, child)) effect = QUID_NEGATED;
  effect = weigh(x, v, head, child, slot, op, effect);
  /* "sent troops to fight, reportedly": the sending is at second hand, the fighting is what it is for. */
  if (effect == QUID_PLANNED && op->part == 'v' && slot == QI_SLOT_TO_INF && qi_status_is_told(x->status) && !x->accused && !qi_is_passive(v, head) &&
      !does_it_itself(v, head, child, slot)) {
    x->status = QUID_PLANNED;
    x->doubt = QI_DOUBT_PURPOSE;
    x->negated = false;
    return;
  }
  /* "rescinded its pledge not to attack": no attack follows from that. */
  if (effect == QUID_NEGATED && op->effect == QUID_PLANNED && x->status == QUID_ASSERTED) x->status = QUID_PLANNED;
  if (effect == QUID_PLANNED && is_second_hand(x, v)) {
    x->negated = false;
    return;
  }
  bool speaks = op->attribution != QI_ATTRIBUTION_NONE && effect != QUID_ASSERTED && effect != QUID_NEGATED;
  /* Who plans without a word ("sent troops to fight") vouches for nothing. */
  if (effect == QUID_PLANNED && qi_is_verb(v, head) && !find_operator(v, head, QI_SLOT_COMP) && !qi_lemma_is(v, head, "offer")) speaks = false;
  if (effect == QUID_PLANNED && slot == QI_SLOT_TO_INF && (qi_lemma_is(v, head, "decide") || qi_lemma_is(v, head, "resolve"))) speaks = false;
  /* So does who only weighs a deed of its own. */
  bool own = slot == QI_SLOT_ING || slot == QI_SLOT_TO_INF || (slot == QI_SLOT_COMP && qi_is_to_infinitive(v, child));
  if (effect == QUID_POSSIBLE && own) speaks = false;
  if (effect == QUID_CLAIMED || effect == QUID_REPORTED) x->accused = slot >= QI_SLOT_FIRST_PREP;
  if (speaks)
    effect = qi_attribution_add(x, v, qi_attribution_token(v, head, op), effect);
  if (slot == QI_SLOT_COMP) x->past_speech = past;
  /* "vowed that it would", "warned them that its jets would": its own deed is its plan. */
  if ((effect == QUID_PLANNED || effect == QUID_EXPECTED) && slot == QI_SLOT_COMP)
    effect = (op->effect == QUID_PLANNED || qi_lemma_is(v, head, "warn")) && x->n_by && qi_attribution_is_own(x, v) ? QUID_PLANNED : QUID_EXPECTED;
  x->imminent = false;
  go_effect(x, v, effect);
}

/* A noun below something that is no operator. */
static void enter_noun(qi_context *x, const qi_view *v, int32_t head, int32_t child) {
  int32_t prep = QI_NO_TOKEN;
  qi_preposition(v, child, &prep);
  if (qi_is_definite(v, child)) {
    qi_subclause_presuppose(x);
  } else if (prep >= 0 && qi_form_is(v, prep, "against")) {
    go_effect(x, v, QUID_POSSIBLE);
  } else if (prep >= 0 && qi_form_is(v, prep, "without") && child < head) { /* "Without a withdrawal there was no peace", "there will be none" */
    if (!qi_status_is_told(x->status)) go_effect(x, v, QUID_POSSIBLE);
    x->negated = false;
  } else if (x->negated && qi_tok(v, child)->rel != QI_REL_OBJ && !(prep >= 0 && qi_form_is(v, prep, "without"))) {
    x->negated = false; /* "did not comment after attacks" denies the comment alone */
    if (x->status == QUID_DENIED) x->status = x->presupposed;
  }
}

static bool is_now_that(const qi_view *v, int32_t clause) {
  int32_t mark = qi_child(v, clause, QI_REL_MARK);
  return mark > 0 && qi_form_is(v, mark, "that") && qi_form_is(v, mark - 1, "now");
}

/* A clause below a noun or verb that is no operator. */
static void enter_plain(qi_context *x, const qi_view *v, int32_t head, int32_t child, qi_slot slot) {
  const qi_token *t = qi_tok(v, child);
  switch (t->rel) {
  case QI_REL_CCOMP:
    if (qi_subclause_asks_detail(v, child) || is_now_that(v, child)) qi_subclause_presuppose(x);
    else go_effect(x, v, QUID_POSSIBLE);
    break;
  case QI_REL_CSUBJ:
  case QI_REL_CSUBJ_PASS: go_effect(x, v, QUID_POSSIBLE); break;
  case QI_REL_XCOMP:
    if (slot == QI_SLOT_TO_INF) go_effect(x, v, QUID_POSSIBLE);
    break;
  case QI_REL_ADVCL: qi_subclause_adverbial(x, v, head, child); break;
  case QI_REL_ACL:
    if (slot == QI_SLOT_TO_INF) go_effect(x, v, QUID_PLANNED);
    else if (slot != QI_SLOT_NONE && qi_subclause_is_past(v, child)) qi_subclause_adverbial(x, v, head, child); /* "a day after they left" */
    else if (slot != QI_SLOT_NONE) go_effect(x, v, QUID_POSSIBLE);
    else if (qi_status_is_told(x->status) || qi_is_definite(v, head)) qi_subclause_presuppose(x);
    break;
  case QI_REL_ACL_RELCL:
  case QI_REL_AMOD:
    /* "which the ministry rejects": with a doer of its own the clause speaks of a fact. */
    if (t->rel == QI_REL_ACL_RELCL ? x->asked || has_own_doer(v, child) || qi_subclause_is_past(v, child) : qi_is_participle(v, child)) {
      qi_subclause_presuppose(x);
      break;
    }
    if (qi_status_is_told(x->status) || x->negated || qi_is_definite(v, head)) qi_subclause_presuppose(x);
    break;
  case QI_REL_ADVCL_RELCL:
  case QI_REL_APPOS: qi_subclause_presuppose(x); break;
  default:
    if (qi_is_nominal(v, child)) enter_noun(x, v, head, child);
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

/* "Norland to withdraw troops, ministry says": an announcement at the head of a headline. */
static bool is_announced(const qi_view *v, int32_t head, int32_t child) {
  if (child > head || !qi_is_to_infinitive(v, child) || !qi_is_verb(v, head) || !qi_attribution_saying(v, head)) return false;
  int32_t to = qi_child(v, child, QI_REL_MARK);
  return to > 0 && qi_is_nominal(v, to - 1);
}

/* "the agency quoted him as saying that": the agency's word. */
static bool is_quoting(const qi_view *v, int32_t head, int32_t child) {
  static const char *const words[] = {"quote", "cite", NULL};
  int32_t mark = qi_child(v, child, QI_REL_MARK);
  return qi_is_verb(v, head) && qi_lemma_in(v, head, words) && mark >= 0 && qi_form_is(v, mark, "as");
}

static void step(qi_context *x, const qi_view *v, int32_t head, place inner, qi_deed *const *deeds, size_t n) {
  int32_t child = inner.site;
  qi_slot slot = slot_in_clause(v, head, child);
  x->cause = QI_DOUBT_OPEN;
  const qi_token *t = qi_tok(v, child);
  const qi_operator *op = find_operator(v, head, slot);
  /* "their claim to have attacked", "claimed to have attacked": said of the past. */
  if (slot == QI_SLOT_TO_INF && has_have(v, child) && !qi_is_passive(v, head)) {
    const qi_operator *word = find_operator(v, head, QI_SLOT_COMP);
    if (word && (word->effect == QUID_CLAIMED || word->effect == QUID_DENIED) && word->attribution) op = word;
  }
  /* A quotation whose verb of saying stands above: "he said: ...". */
  if (!op && t->rel == QI_REL_PARATAXIS && child > head && qi_is_verb(v, child) && qi_child(v, head, QI_REL_CCOMP) < 0) {
    op = find_operator(v, head, QI_SLOT_COMP);
    if (op && op->attribution == QI_ATTRIBUTION_NONE) op = NULL; /* "The rumours were false: ..." */
    if (op) slot = QI_SLOT_COMP;
  }
  /* "the attempt to flee failed": the attempt was made, the flight not; "the attack failed" says nothing of that kind. */
  if (op && slot == QI_SLOT_SUBJ && op->effect == QUID_NEGATED && !is_intention(v, x, child)) op = NULL;
  const qi_deed *frame = op ? NULL : embedding(deeds, n, head, child);
  const qi_operator *joint = of_verb_and_object(v, head, slot);
  if (joint) {
    if (x->status != joint->effect) enter_operator(x, v, qi_tok(v, head)->head, child, slot, joint);
    return;
  }
  if (is_end_of(v, head, slot)) {
    qi_subclause_presuppose(x);
    return;
  }
  if (is_quoting(v, head, child)) {
    int32_t by = qi_is_passive(v, head) ? qi_child(v, head, QI_REL_OBL_AGENT) : qi_child(v, head, QI_REL_NSUBJ);
    go_effect(x, v, qi_attribution_add(x, v, by, QUID_CLAIMED));
    return;
  }
  if (is_announced(v, head, child)) {
    op = qi_attribution_saying(v, head);
    enter_operator(x, v, head, child, QI_SLOT_COMP, op);
    x->status = qi_status_combine(qi_status_is_told(x->status) ? QUID_ASSERTED : x->status, qi_modality_future(x, v, child));
    return;
  }
  if (is_urged_by_have(v, head, child)) go_effect(x, v, QUID_RECOMMENDED);
  else if (is_yet_to(v, head, slot)) x->negated = !x->negated;
  else if (is_periphrastic_future(v, head, slot)) go_effect(x, v, is_missed(v, head, child, slot) || qi_subclause_is_overtaken(v, head, child) ? QUID_NEGATED : qi_modality_future(x, v, head));
  else if (op) enter_operator(x, v, head, child, slot, op);
  else if (frame) {
    uint8_t effect = frame->frame->embeds;
    if (effect == QUID_NEGATED && x->deed->part == 'n' && child == x->deed->token && is_of_words(x->deed)) {
      qi_subclause_presuppose(x);
      return;
    }
    if (x->negated) effect = QUID_POSSIBLE;
    else if (effect == QUID_CLAIMED || effect == QUID_DENIED ||
             (frame->part == 'v' && (effect == QUID_REQUESTED || (effect == QUID_PLANNED && frame->frame->type == QUID_THREATEN))))
      effect = qi_attribution_add(x, v, frame->role[QI_ROLE_ACTOR].n ? frame->role[QI_ROLE_ACTOR].token[0] : QI_NO_TOKEN, effect);
    go_effect(x, v, effect);
  } else enter_plain(x, v, head, child, slot);
}

/* "Withdraw the bill", "let us talk": the writer urges it; between quotation marks it is asked of somebody. */
static bool is_imperative(const qi_view *v, int32_t root) {
  if (!qi_xpos_is(v, root, "VB")) return false;
  for (QI_EACH_CHILD(v, root, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (qi_is_subject(rel) || rel == QI_REL_COP || (rel == QI_REL_AUX && !qi_lemma_is(v, (int32_t)c, "do"))) return false;
  }
  return qi_token_has(qi_tok(v, root), "Mood=Imp");
}

static void enter_root(qi_context *x, const qi_view *v, int32_t root, bool quoted) {
  qi_attribution_headline(x, v);
  qi_attribution_final(x, v, root);
  qi_subclause_ask(x, v, root);
  if (is_imperative(v, root)) x->status = quoted || x->n_by ? QUID_REQUESTED : QUID_RECOMMENDED;
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

/* "ruled out an attack": on the subject's word. NULL: the light verb speaks for the writer. */
static const qi_operator *denies(const qi_view *v, int32_t light) {
  const qi_operator *op = find_operator(v, light, QI_SLOT_OBJ);
  return op && op->effect == QUID_DENIED && op->neg == QUID_POSSIBLE && qi_lemma_is(v, light, "rule") ? op : NULL;
}

/* "discussed the attack": a deed noun with an article is known; "considered the withdrawal": not so. */
static bool is_known_below(const qi_view *v, int32_t light) {
  const qi_operator *op = find_operator(v, light, QI_SLOT_OBJ);
  return !op || op->definite == QUID_ASSERTED;
}

/* "I must congratulate you", "we would like to thank Kenya": the words are the deed. */
static bool is_done_by_words(const qi_view *v, const qi_deed *deed) {
  static const char *const verbs[] = {"thank", "congratulate", "condemn", "commend", "praise", "applaud", "welcome", "salute", "apologise", "apologize",
                                      "reiterate", "reaffirm", "urge", "express", "deplore", "denounce", NULL};
  static const char *const first[] = {"i", "we", NULL}, *const wishes[] = {"like", "want", "wish", NULL};
  int32_t t = deed->token, up = qi_tok(v, t)->head, subject = qi_deep_subject(v, t);
  if (deed->part != 'v' || !qi_xpos_is(v, t, "VB") || subject < 0 || !qi_lemma_in(v, subject, first) || !qi_lemma_in(v, t, verbs)) return false;
  int32_t aux = qi_child(v, t, QI_REL_AUX);
  if (aux >= 0 && qi_form_is(v, aux, "must") && qi_lemma_is(v, subject, "i")) return true;
  return up >= 0 && qi_is_to_infinitive(v, t) && qi_lemma_in(v, up, wishes) && !qi_xpos_is(v, up, "VBD") && qi_tok(v, up)->rel != QI_REL_ADVCL;
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
    if (i == depth - 1) enter_root(&x, v, path[i].site, quote->inside);
    else step(&x, v, path[i + 1].node, path[i], deeds, n);
    x.settled = false;
    if (qi_tok(v, path[i].node)->rel != QI_REL_ADVMOD) x.unable = x.was_unable = false; /* "would do better to": still below "would" */
    qi_modality_apply(&x, v, path[i].node, path[i].site);
  }
  if (deed->light >= 0 && deed->light_entry) {
    uint8_t effect = light_effect(deed->light_entry);
    /* "Lebanon's request was refused", "discussed the attack": it was made, whatever came of it. */
    if ((effect == QUID_NEGATED && is_of_words(deed)) || (effect == QUID_POSSIBLE && qi_is_definite(v, deed->token) && is_known_below(v, deed->light))) {
      qi_subclause_presuppose(&x);
      effect = QUID_ASSERTED;
    }
    if (effect == QUID_NEGATED && !x.negated && !qi_status_is_told(x.status) && is_prevention(v, deed->light)) go_effect(&x, v, QUID_POSSIBLE);
    else if (effect == QUID_NEGATED && !x.negated && denies(v, deed->light)) enter_operator(&x, v, deed->light, deed->token, QI_SLOT_OBJ, denies(v, deed->light));
    else if (effect == QUID_NEGATED && x.negated) { /* "would not rule out a strike", "could not avoid a clash" */
      const qi_operator *op = find_operator(v, deed->light, QI_SLOT_OBJ);
      go_effect(&x, v, op ? op->neg : QUID_ASSERTED);
    } else if (effect == QUID_NEGATED) x.negated = true;
    else if (effect != QUID_ASSERTED) go_effect(&x, v, x.negated ? QUID_POSSIBLE : effect);
    qi_modality_apply(&x, v, deed->token, QI_NO_TOKEN);
  }
  if (x.unable && x.negated) x.status = x.able;
  if (!x.negated && is_done_by_words(v, deed)) x.status = x.n_by ? QUID_CLAIMED : QUID_ASSERTED;
  out->status = qi_status_resolve(x.status, x.negated && !deed->says_not, x.n_by > 0);
  out->bare = x.status;
  out->doubt = x.doubt;
  out->negated = x.negated;
  out->tense = (uint8_t)qi_subclause_tense(v, from);
  out->line = x.doubt == QI_DOUBT_WORD ? x.line : 0;
  out->n_by = x.n_by;
  for (uint32_t i = 0; i < x.n_by; i++) out->by[i] = x.by[x.n_by - 1 - i];
}
