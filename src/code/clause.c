/* code: questions about one clause: who does it, is it negated, asked about, only a description. Each is answered from the
 * clause's own words and a bounded walk up.
 *
 *   "They debate whether Norland should not leave." leave: subject Norland; negated; asked about */
#include "code/clause.h"

enum { MAX_UP = 24 };

/* "it", "there", "what": nobody. */
bool qi_clause_is_nobody(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  if (t->rel == QI_REL_EXPL) return true;
  if (t->xpos.len && t->xpos.ptr[0] == 'W') return true;
  return (qi_lemma_is(v, i, "it") || qi_lemma_is(v, i, "this") || qi_lemma_is(v, i, "that") || qi_lemma_is(v, i, "there")) && !qi_mention_at(v, i);
}

/* "you" of advice to readers, "I" of who tells about themselves. */
bool qi_clause_is_anybody(const qi_view *v, int32_t i) { return qi_lemma_is(v, i, "you") || qi_lemma_is(v, i, "i") || qi_form_is(v, i, "me") || qi_lemma_is(v, i, "one"); }

bool qi_clause_is_somebody(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  const qi_mention *m = qi_mention_at(v, i);
  if (m && (m->is_actor || m->is_person || m->is_org || m->is_state)) return true;
  if (t->etype == QI_ETYPE_PERSON || t->etype == QI_ETYPE_ORGANIZATION || t->etype == QI_ETYPE_PLACE) return true;
  if (t->upos == QI_PROPN || t->upos == QI_X) return true;
  static const char *const people[] = {"we", "you", "they", "he", "she", "i", "one", "everyone", "everybody", "someone", "all", "both", "who", "it", NULL};
  return (t->upos == QI_PRON || t->upos == QI_DET || t->upos == QI_NUM) && qi_lemma_in(v, i, people) && t->rel != QI_REL_EXPL;
}

int32_t qi_clause_subject(const qi_view *v, int32_t verb) {
  for (QI_EACH_CHILD(v, verb, k, c))
    if (qi_is_subject(qi_tok(v, (int32_t)c)->rel) || qi_tok(v, (int32_t)c)->rel == QI_REL_EXPL) return (int32_t)c;
  return QI_NO_TOKEN;
}

/* "if", "whether", "why", "what" over the clause or one above it. */
bool qi_clause_is_asked(const qi_view *v, int32_t clause) {
  if (qi_tok(v, clause)->rel == QI_REL_ACL_RELCL) { /* "over what she should do" */
    uint32_t first, last;
    qi_subtree_span(v, clause, &first, &last);
    if (first > 0 && qi_lemma_in(v, (int32_t)first - 1, (const char *const[]){"what", "how", "why", "whether", NULL})) return true;
  }
  static const char *const marks[] = {"if", "whether", "unless", "lest", NULL};
  static const char *const asks[] = {"what", "why", "how", "where", "whom", "when", "who", "which", NULL};
  for (int step = 0; step < MAX_UP && clause >= 0; step++, clause = qi_tok(v, clause)->head) {
    uint8_t rel = qi_tok(v, clause)->rel;
    if (rel == QI_REL_ACL_RELCL) continue;
    for (QI_EACH_CHILD(v, clause, k, c)) {
      const qi_token *t = qi_tok(v, (int32_t)c);
      if (t->rel == QI_REL_MARK && qi_lemma_in(v, (int32_t)c, marks)) return true;
      bool early = (int32_t)c < clause && t->rel != QI_REL_CCOMP && t->rel != QI_REL_CSUBJ && t->rel != QI_REL_ADVCL && t->rel != QI_REL_DET;
      bool below = rel == QI_REL_CCOMP || rel == QI_REL_XCOMP || rel == QI_REL_CSUBJ || rel == QI_REL_ADVCL || rel == QI_REL_ACL || rel == QI_REL_OBL ||
                   rel == QI_REL_OBJ || rel == QI_REL_NMOD || rel == QI_REL_ROOT;
      if (early && below && t->xpos.len && t->xpos.ptr[0] == 'W' && qi_lemma_in(v, (int32_t)c, asks) &&
          !(rel == QI_REL_ROOT && (int32_t)c > 0) && !(rel == QI_REL_ADVCL && qi_lemma_is(v, (int32_t)c, "when")))
        return true;
    }
  }
  return false;
}

/* "the steps that need to be taken", "anything that she should tolerate": what is spoken of is the thing. */
bool qi_clause_describes(const qi_view *v, int32_t clause) {
  for (int step = 0; step < 4 && clause >= 0; step++) {
    const qi_token *t = qi_tok(v, clause);
    if (t->rel == QI_REL_ACL_RELCL && t->head >= 0) {
      uint32_t first, last;
      qi_subtree_span(v, clause, &first, &last);
      bool apart = first > 0 && qi_form_is(v, (int32_t)first - 1, ",");
      return !apart && !qi_clause_is_somebody(v, t->head);
    }
    if (t->rel != QI_REL_XCOMP && t->rel != QI_REL_CONJ) return false;
    clause = t->head;
  }
  return false;
}

int32_t qi_clause_modal(const qi_view *v, int32_t i) {
  static const char *const modals[] = {"would", "could", "might", "can", "may", "'d", "\xE2\x80\x99" "d", "ca", NULL};
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_AUX && qi_lemma_in(v, (int32_t)c, modals)) return (int32_t)c;
  return QI_NO_TOKEN;
}

/* "no troops", "no more piers". */
static bool has_no(const qi_view *v, int32_t i) {
  for (QI_EACH_CHILD(v, i, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel == QI_REL_DET && qi_form_is(v, (int32_t)c, "no")) return true;
    if ((rel == QI_REL_CC || rel == QI_REL_DET) && (int32_t)c < i && qi_form_is(v, (int32_t)c, "neither")) return true;
    if ((int32_t)c + 1 == i && qi_form_is(v, (int32_t)c, "more") && c > 0 && qi_form_is(v, (int32_t)c - 1, "no")) return true;
  }
  static const char *const words[] = {"nobody", "none", "no-one", "nothing", NULL};
  return qi_lemma_in(v, i, words);
}

bool qi_clause_is_negated(const qi_view *v, int32_t i) {
  static const char *const words[] = {"not", "n't", "n\xE2\x80\x99t", "never", "nor", "neither", NULL};
  static const char *const nouns[] = {"account", "circumstance", "way", "case", NULL};
  for (QI_EACH_CHILD(v, i, k, c)) {
    const qi_token *t = qi_tok(v, (int32_t)c);
    if ((t->rel == QI_REL_ADVMOD || t->rel == QI_REL_CC) && qi_lemma_in(v, (int32_t)c, words)) {
      bool only = (int32_t)c + 1 < (int32_t)v->s->n_tokens && (qi_form_is(v, (int32_t)c + 1, "only") || qi_form_is(v, (int32_t)c + 1, "just") || qi_form_is(v, (int32_t)c + 1, "merely"));
      if (!only && ((int32_t)c < i || t->rel == QI_REL_CC)) return true;
    }
    bool object = t->rel == QI_REL_NSUBJ || t->rel == QI_REL_NSUBJ_PASS || t->rel == QI_REL_OBJ;
    if (object && has_no(v, (int32_t)c)) return true;
    if (t->rel == QI_REL_OBL && (int32_t)c < i && qi_lemma_in(v, (int32_t)c, nouns) && has_no(v, (int32_t)c)) return true;
  }
  return false;
}

bool qi_clause_is_perfect(const qi_view *v, int32_t clause) {
  for (QI_EACH_CHILD(v, clause, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_AUX && qi_lemma_is(v, (int32_t)c, "have")) return true;
  return false;
}

/* "...; it should leave", ": unless she leaves, they should be tightened" */
bool qi_clause_stands_alone(const qi_view *v, int32_t clause) {
  static const char *const marks[] = {";", ":", "\xE2\x80\x94", "--", NULL};
  uint32_t first, last;
  if (qi_clause_subject(v, clause) < 0) return false;
  if (qi_tok(v, clause)->rel == QI_REL_PARATAXIS) return true;
  qi_subtree_span(v, clause, &first, &last);
  return first > 0 && qi_lemma_in(v, (int32_t)first - 1, marks);
}

/* "demanded that Kyiv leave": the clause asks; "insisted that Kyiv left": it tells. */
bool qi_clause_is_subjunctive(const qi_view *v, int32_t clause) {
  int32_t subject = qi_clause_subject(v, clause);
  if (qi_child(v, clause, QI_REL_AUX) >= 0) return false;
  int32_t aux = qi_child(v, clause, QI_REL_AUX_PASS);
  if (aux >= 0) return qi_form_is(v, aux, "be");
  if (qi_xpos_is(v, clause, "VB")) return true;
  return qi_xpos_is(v, clause, "VBP") && subject >= 0 && qi_token_has(qi_tok(v, subject), "Number=Sing");
}

bool qi_clause_is_caused(const qi_view *v, int32_t clause, int32_t member) {
  static const char *const causes[] = {"make", "let", "have", "help", "see", "watch", NULL};
  if (!qi_lemma_in(v, clause, causes) || !qi_xpos_is(v, member, "VB") || member == 0 || qi_child(v, member, QI_REL_CC) >= 0) return false;
  return qi_is_nominal(v, member - 1) && qi_clause_subject(v, member) < 0;
}
