/* code: the words around one clause or noun that change its status: modals, negation, adverbs,
 * conjunctions and prepositions. Which words do what stands in knowledge/status/operators.tsv. */
#include "code/status.h"

/* The operator at `token` with that part and slot; words longer than one must stand side by side. */
static const qi_operator *find(const qi_view *v, int32_t token, char part, qi_slot slot) {
  const qi_operator *op, *best = NULL;
  qi_slice first = part == 'p' || part == 'c' ? qi_tok(v, token)->form : qi_tok(v, token)->lemma;
  for (int pass = 0; pass < 2 && !best; pass++) {
    uint32_t at = qi_operators_first(v->know->operators, pass ? qi_tok(v, token)->form : first, part);
    while ((op = qi_operators_next(v->know->operators, &at))) {
      if (op->slot != slot || (best && best->words.n >= op->words.n)) continue;
      bool all = (uint32_t)token + op->words.n <= v->s->n_tokens;
      for (uint32_t n = 1; all && n < op->words.n; n++) {
        const qi_token *t = qi_tok(v, token + (int32_t)n);
        all = qi_slice_eq_nocase(t->lemma, op->words.w[n]) || qi_slice_eq_nocase(t->form, op->words.w[n]);
      }
      if (all) best = op;
    }
  }
  return best;
}

/* The same where the token is any word of the entry: the "longer" of "no longer". */
static const qi_operator *find_covering(const qi_view *v, int32_t token, char part, qi_slot slot, bool several) {
  enum { BACK = 3 };
  const qi_operator *op = find(v, token, part, slot);
  if (op && (op->words.n > 1 || !several)) return op;
  for (int32_t start = token - 1; start >= 0 && start >= token - BACK; start--)
    if ((op = find(v, start, part, slot)) && op->words.n > (uint32_t)(token - start)) return op;
  return NULL;
}

static void apply(qi_context *x, uint8_t effect) {
  if (effect == QUID_NEGATED) x->negated = !x->negated;
  /* "denied the alleged killing", "accused them of the attempted killing": still denied, still claimed. */
  else if (x->status == QUID_DENIED && (effect == QUID_REPORTED || effect == QUID_CLAIMED)) return;
  else if (effect == QUID_PLANNED && x->accused && qi_status_is_told(x->status)) return;
  else if (effect != QUID_ASSERTED) {
    x->status = qi_status_combine(x->status, effect);
    x->doubt = x->cause;
  }
}

uint8_t qi_modality_future(const qi_context *x, const qi_view *v, int32_t clause) {
  if (x->imminent || x->genre == QI_GENRE_OPINION) return QUID_EXPECTED;
  if (x->n_by) return qi_attribution_is_own(x, v) ? QUID_PLANNED : QUID_EXPECTED;
  /* The writer foretells; that a party will do it is taken as its plan only if it is the doer. */
  if (qi_is_verb(v, clause) && qi_is_passive(v, clause) && qi_deep_subject(v, clause) < 0) return QUID_EXPECTED;
  int32_t subject = qi_deep_subject(v, clause);
  const qi_mention *m = subject >= 0 ? qi_mention_at(v, subject) : NULL;
  return m && m->is_actor ? QUID_PLANNED : QUID_EXPECTED;
}

static bool has_perfect(const qi_view *v, int32_t clause) {
  for (QI_EACH_CHILD(v, clause, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_AUX && qi_lemma_is(v, (int32_t)c, "have")) return true;
  return false;
}

/* "so that they could attack": the modal belongs to the purpose. */
static bool is_purpose(const qi_view *v, int32_t clause) {
  for (QI_EACH_CHILD(v, clause, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_MARK && qi_form_is(v, (int32_t)c, "so")) return true;
  return false;
}

/* "would attack if": what hangs on a condition. */
static bool is_conditional(const qi_view *v, int32_t clause) {
  for (QI_EACH_CHILD(v, clause, k, c)) {
    if (qi_tok(v, (int32_t)c)->rel != QI_REL_ADVCL) continue;
    int32_t mark = qi_child(v, (int32_t)c, QI_REL_MARK);
    if (mark < 0 || qi_form_is(v, mark, "if") || qi_form_is(v, mark, "unless")) return true;
  }
  return false;
}

static void apply_modal(qi_context *x, const qi_view *v, int32_t clause, int32_t aux) {
  const qi_operator *op = find(v, aux, 'x', QI_SLOT_SELF);
  if (!op) return;
  uint8_t effect = op->effect;
  bool perfect = has_perfect(v, clause) && !qi_xpos_is(v, clause, "VB") && !qi_slice_eq_str(op->words.w[0], "have");
  bool would = qi_lemma_is(v, aux, "would") || qi_form_is(v, aux, "'d") || qi_form_is(v, aux, "\xE2\x80\x99" "d");
  bool can = qi_form_is(v, aux, "can") || qi_form_is(v, aux, "ca") || qi_form_is(v, aux, "could");
  x->cause = can ? QI_DOUBT_ABLE : would ? QI_DOUBT_WOULD : QI_DOUBT_MODAL;
  if (qi_form_is(v, aux, "'d") && qi_lemma_is(v, aux, "have") && op->words.n == 1) return;
  if (effect == QUID_POSSIBLE && is_purpose(v, clause)) return;
  bool was_to = op->words.n > 1 && qi_xpos_is(v, aux, "VBD"); /* "were to have signed", "was to sign, but" */
  if (effect == QUID_PLANNED && was_to && (perfect || qi_subclause_is_overtaken(v, clause, clause))) effect = QUID_NEGATED;
  else if (effect == QUID_PLANNED && op->words.n > 1 && x->n_by == 0 && x->genre != QI_GENRE_OPINION) effect = QUID_PLANNED; /* "are to be deployed": it is arranged */
  else if (effect == QUID_PLANNED) effect = qi_modality_future(x, v, clause);
  else if (would && x->past_speech && !perfect) effect = qi_modality_future(x, v, clause);
  else if (effect == QUID_RECOMMENDED && perfect) { /* "should have": it was not done; "must have": a guess */
    effect = qi_lemma_is(v, aux, "should") || qi_lemma_is(v, aux, "ought") ? QUID_NEGATED : QUID_POSSIBLE;
  } else if (can || (would && !perfect && !is_conditional(v, clause))) { /* "could not", "would not": it was not done */
    x->unable = true;
    x->was_unable = !qi_form_is(v, aux, "can") && !qi_form_is(v, aux, "ca");
    x->able = x->status;
  }
  apply(x, effect);
}

/* "not only", "not just", "not so much": what follows holds all the same. */
static bool is_only(const qi_view *v, int32_t i) {
  static const char *const words[] = {"only", "just", "merely", "simply", "solely", "least", "so", NULL};
  static const char *const negations[] = {"not", "n't", NULL};
  if (!qi_lemma_in(v, i, negations) || (uint32_t)i + 2 >= v->s->n_tokens || !qi_lemma_in(v, i + 1, words)) return false;
  return !qi_form_is(v, i + 1, "so") || qi_form_is(v, i + 2, "much");
}

/* "hardly had they signed when", "had barely begun when": it was done. */
static bool is_temporal(const qi_view *v, int32_t clause, int32_t adverb) {
  static const char *const words[] = {"hardly", "scarcely", "barely", NULL};
  if (!qi_lemma_in(v, adverb, words)) return false;
  for (QI_EACH_CHILD(v, clause, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_ADVCL && (int32_t)c > clause) return true;
  return false;
}

/* "tried in vain to": the intention came to nothing; "attacked in vain": it was done. */
static bool is_vain(const qi_view *v, int32_t adverb) {
  static const char *const words[] = {"vain", "vainly", "unsuccessfully", "avail", NULL};
  return qi_lemma_in(v, adverb, words);
}

static bool is_false(const qi_view *v, int32_t adverb) {
  static const char *const words[] = {"falsely", "wrongly", "mistakenly", "erroneously", NULL};
  return qi_lemma_in(v, adverb, words);
}

/* "not yet": counted at "not" already. */
static bool is_counted(const qi_view *v, int32_t i, const qi_operator *op) {
  const qi_token *before = i > 0 ? qi_tok(v, i - 1) : NULL;
  return before && op->words.n > 1 && before->head == qi_tok(v, i)->head && find(v, i - 1, 'd', QI_SLOT_SELF) == op;
}

/* "vowed never to", "chose not to": the negation is the infinitive's, whatever it hangs on. */
static bool is_before_infinitive(const qi_view *v, int32_t i) {
  static const char *const words[] = {"not", "never", NULL};
  return qi_lemma_in(v, i, words) && (uint32_t)i + 2 < v->s->n_tokens && qi_form_is(v, i + 1, "to") && qi_tok(v, i + 1)->rel == QI_REL_MARK;
}

/* "will probably attack": it is foreseen. */
static bool is_likely_future(const qi_view *v, int32_t clause, int32_t adverb) {
  static const char *const words[] = {"probably", "likely", "presumably", NULL};
  if (!qi_lemma_in(v, adverb, words)) return false;
  for (QI_EACH_CHILD(v, clause, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_AUX && (qi_form_is(v, (int32_t)c, "will") || qi_form_is(v, (int32_t)c, "would"))) return true;
  return false;
}

static void apply_adverb(qi_context *x, const qi_view *v, int32_t clause, int32_t i, bool several) {
  const qi_operator *op = find_covering(v, i, 'd', QI_SLOT_SELF, several);
  if (!op || is_counted(v, i, op)) return;
  x->cause = QI_DOUBT_ADVERB;
  if (is_before_infinitive(v, i) && qi_tok(v, i + 1)->head != clause) return;
  if (op->effect == QUID_EXPECTED || is_likely_future(v, clause, i)) x->imminent = true;
  else if (op->effect != QUID_NEGATED) apply(x, op->effect);
  else if (is_false(v, i)) { /* "falsely said that": it was said, and is not so; "wrongly arrested": it was done */
    if (clause == x->deed->token) return;
    x->untrue = true;
    apply(x, op->effect);
  }
  else if (!is_only(v, i) && !is_temporal(v, clause, i) && !(is_vain(v, i) && clause == x->deed->token)) apply(x, op->effect);
}

/* "No troops attacked", "nobody was killed", "neither side": a negation inside a dependent. */
static bool is_negative_noun(const qi_view *v, int32_t i) {
  static const char *const words[] = {"nobody", "none", "neither", "no-one", "nothing", NULL};
  uint8_t upos = qi_tok(v, i)->upos;
  if ((upos == QI_PRON || upos == QI_DET || upos == QI_CCONJ || upos == QI_NOUN) && qi_lemma_in(v, i, words)) return true;
  for (QI_EACH_CHILD(v, i, k, c)) {
    const qi_token *t = qi_tok(v, (int32_t)c);
    if (t->rel == QI_REL_ADVMOD && (int32_t)c < i && qi_form_is(v, (int32_t)c, "not") && !is_only(v, (int32_t)c)) return true;
    if (t->rel == QI_REL_CC && (int32_t)c < i && qi_form_is(v, (int32_t)c, "neither")) return true;
    if (t->rel == QI_REL_DET && (qi_form_is(v, (int32_t)c, "no") || qi_form_is(v, (int32_t)c, "neither"))) return true;
  }
  return false;
}

/* Its own negation is counted where the way down to the deed comes through it ("has no plan to attack"). */
static bool leads_to(const qi_view *v, int32_t i, const qi_deed *deed) {
  enum { MAX_UP = 32 };
  int32_t at = deed->light >= 0 ? deed->light : deed->token;
  for (int step = 0; step < MAX_UP && at >= 0; step++, at = qi_tok(v, at)->head)
    if (at == i) return true;
  return false;
}

static void apply_children(qi_context *x, const qi_view *v, int32_t clause, int32_t token, bool only_auxiliaries) {
  const qi_operator *op;
  for (QI_EACH_CHILD(v, token, k, c)) {
    int32_t i = (int32_t)c;
    uint8_t rel = qi_tok(v, i)->rel;
    if (only_auxiliaries && (rel == QI_REL_DET || rel == QI_REL_AMOD)) continue;
    switch (rel) {
    case QI_REL_AUX:
    case QI_REL_AUX_PASS:
    case QI_REL_COP: apply_modal(x, v, clause, i); break;
    case QI_REL_ADVMOD:
    case QI_REL_CC:
    case QI_REL_DISCOURSE:
      if (only_auxiliaries && i > token) break;
      apply_adverb(x, v, clause, i, false);
      break;
    case QI_REL_OBL: /* "in vain", "under no circumstances" */
      if (!only_auxiliaries || i < token) apply_adverb(x, v, clause, i, true);
      break;
    case QI_REL_DET:
      if ((op = find(v, i, 't', QI_SLOT_SELF))) apply(x, op->effect);
      break;
    case QI_REL_NSUBJ:
    case QI_REL_NSUBJ_PASS:
    case QI_REL_OBJ:
      if (!only_auxiliaries && is_negative_noun(v, i) && i != x->deed->token && !leads_to(v, i, x->deed)) x->negated = !x->negated;
      break;
    case QI_REL_AMOD:
    case QI_REL_COMPOUND:
      /* "the failed talks" were held. */
      if ((op = find_covering(v, i, 'a', QI_SLOT_SELF, false)) && !(x->deed->frame->type == QUID_CONSULT && qi_form_is(v, i, "failed"))) apply(x, op->effect);
      break;
    case QI_REL_ACL: /* "a strike averted at the last minute", "a visit planned for May" */
      if (clause == x->deed->token && qi_is_participle(v, i) && (op = find(v, i, 'v', QI_SLOT_OBJ)) && op->effect != QUID_ASSERTED &&
          op->attribution == QI_ATTRIBUTION_NONE)
        apply(x, op->effect);
      break;
    default: break;
    }
  }
}

/* Adverbs that speak about the whole clause must be known before its "will": "will undoubtedly ask". */
static void look_for_certainty(qi_context *x, const qi_view *v, int32_t token) {
  for (QI_EACH_CHILD(v, token, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel != QI_REL_ADVMOD && rel != QI_REL_OBL && rel != QI_REL_OBL_UNMARKED && rel != QI_REL_DISCOURSE && rel != QI_REL_DET) continue;
    const qi_operator *op = find(v, (int32_t)c, 'd', QI_SLOT_SELF);
    if (!op && c > 0 && qi_lemma_is(v, (int32_t)c, "doubt")) op = find(v, (int32_t)c - 1, 'd', QI_SLOT_SELF);
    if (op && (op->effect == QUID_EXPECTED || is_likely_future(v, token, (int32_t)c))) x->imminent = true;
  }
}

static bool has_own_auxiliary(const qi_view *v, int32_t i) {
  for (QI_EACH_CHILD(v, i, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel == QI_REL_AUX || rel == QI_REL_AUX_PASS || rel == QI_REL_COP || qi_is_subject(rel)) return true;
  }
  return false;
}

/* "will attack and destroy", "has not attacked or seized": a coordinated verb that is no finite form
 * shares the first one's auxiliaries and negation. */
static bool shares_auxiliary(const qi_view *v, int32_t i) {
  if (has_own_auxiliary(v, i)) return false;
  const qi_token *t = qi_tok(v, i);
  int32_t cc = qi_child(v, i, QI_REL_CC);
  if (cc >= 0 && qi_form_is(v, cc, "but")) return false;
  return qi_slice_eq_str(t->xpos, "VB") || qi_slice_eq_str(t->xpos, "VBN") || qi_slice_eq_str(t->xpos, "VBG") ||
         t->upos == QI_ADJ || t->upos == QI_NOUN;
}

/* "stopped short of": counted with the verb. */
static bool is_of_verb(const qi_view *v, int32_t i, const qi_operator *op) {
  return op->words.n == 2 && op->effect == QUID_NEGATED && i > 1 && qi_slice_eq_nocase(qi_tok(v, i)->form, op->words.w[1]) && qi_is_verb(v, i - 2);
}

static void apply_markers(qi_context *x, const qi_view *v, int32_t token) {
  const qi_operator *op;
  for (QI_EACH_CHILD(v, token, k, c)) {
    const qi_token *t = qi_tok(v, (int32_t)c);
    int32_t i = (int32_t)c;
    bool marker = t->rel == QI_REL_MARK || t->rel == QI_REL_CASE || (t->rel == QI_REL_CC && i < token);
    x->cause = QI_DOUBT_CONDITION;
    if (!marker && !(t->rel == QI_REL_ADVMOD && i < token && t->upos == QI_SCONJ)) continue;
    if ((op = find_covering(v, i, 'c', QI_SLOT_OBJ, false))) {
      if (op->effect != QUID_POSSIBLE || !x->settled) apply(x, op->effect);
      if (op->effect == QUID_POSSIBLE && !x->settled) qi_subclause_condition(x, v, token);
    }
    else if (qi_form_is(v, i, "due") && qi_xpos_is(v, token, "VB")) apply(x, QUID_PLANNED); /* "is due to visit", taken for "due to" */
    else if ((op = find_covering(v, i, 'p', QI_SLOT_OBJ, false)) && op->effect != QUID_ASSERTED && !is_of_verb(v, i, op)) apply(x, op->effect);
  }
}

/* "is visiting Norland tomorrow", "arrives next week": the present of a timetable. */
static bool is_timetable(const qi_view *v, int32_t clause) {
  bool present = qi_xpos_is(v, clause, "VBZ") || qi_xpos_is(v, clause, "VBP");
  for (QI_EACH_CHILD(v, clause, k, c))
    present |= qi_tok(v, (int32_t)c)->rel == QI_REL_AUX && qi_xpos_is(v, clause, "VBG") && qi_lemma_is(v, (int32_t)c, "be") &&
               (qi_xpos_is(v, (int32_t)c, "VBZ") || qi_xpos_is(v, (int32_t)c, "VBP"));
  if (!present) return false;
  for (QI_EACH_CHILD(v, clause, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel != QI_REL_OBL && rel != QI_REL_OBL_UNMARKED && rel != QI_REL_ADVMOD) continue;
    if (qi_form_is(v, (int32_t)c, "tomorrow")) return true;
    for (uint32_t n = v->s->child_begin[c]; n < v->s->child_begin[c + 1]; n++)
      if (qi_form_is(v, (int32_t)v->s->child[n], "next") && (rel == QI_REL_OBL_UNMARKED || qi_preposition(v, (int32_t)c, NULL) == QI_SLOT_NONE)) return true;
  }
  return false;
}

void qi_modality_apply(qi_context *x, const qi_view *v, int32_t token, int32_t shared_with) {
  if (shared_with >= 0 && shared_with != token) qi_attribution_shared(x, v, shared_with, token);
  qi_attribution_beside(x, v, token);
  if (shared_with >= 0 && shared_with != token) apply_markers(x, v, shared_with); /* "unless he returned and paid" */
  apply_markers(x, v, token);
  bool shares = shared_with >= 0 && shared_with != token && shares_auxiliary(v, token);
  if (shares) look_for_certainty(x, v, shared_with);
  look_for_certainty(x, v, token);
  bool before = x->negated;
  if (x->settled) return;
  x->cause = QI_DOUBT_WORD;
  if (shares) apply_children(x, v, shared_with, shared_with, true);
  bool shared = x->negated != before;
  int32_t to = qi_child(v, token, QI_REL_MARK);
  if (to > 0 && qi_form_is(v, to, "to") && is_before_infinitive(v, to - 1) && qi_tok(v, to - 1)->head != token) x->negated = !x->negated;
  apply_children(x, v, token, token, false);
  int32_t cc = qi_child(v, token, QI_REL_CC);
  if (shared && cc >= 0 && qi_form_is(v, cc, "nor")) x->negated = !before; /* "neither paid nor apologised": one negation */
  x->cause = QI_DOUBT_MODAL;
  if (is_timetable(v, token)) apply(x, qi_modality_future(x, v, token));
  if (x->negated && !before && qi_status_is_told(x->status) && qi_subclause_ends_negation(v, token)) x->negated = false;
}
