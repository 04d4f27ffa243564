/* code: subclauses without an operator of their own. What a clause of time, cause, purpose or condition, a question, or a relative
 * clause makes of the context in which it stands.
 *
 * Clauses of time tell a fact when they are in the past and nothing yet when they are in the present or future (Lascarides & Oberlander
 * 1993 on presupposing connectives); questions with a question word take for granted what they ask about (Levinson 1983, chapter 4).
 *
 *   "The blockade ends once the militias disarm." -> disarm: present below "once": possible
 *   "The market was full until aircraft bombed it." -> bombed: past below "until": taken for granted, asserted
 *   "Why did Norland shell the port?" -> shell: asserted; "Did Norland shell the port?" -> possible */
#include "code/status.h"

void qi_subclause_presuppose(qi_context *x) {
  x->status = x->presupposed;
  x->n_by = x->n_by_presupposed;
  x->negated = false;
  x->doubt = QI_DOUBT_NONE;
}

/* What is open here is open for everything below. */
static void open_up(qi_context *x, uint8_t cause) {
  x->negated = false;
  x->status = qi_status_combine(x->status, QUID_POSSIBLE);
  x->doubt = cause;
}

/* ---- tense ---- */

bool qi_subclause_is_past(const qi_view *v, int32_t clause) {
  for (QI_EACH_CHILD(v, clause, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel != QI_REL_AUX && rel != QI_REL_AUX_PASS && rel != QI_REL_COP) continue;
    if (qi_xpos_is(v, (int32_t)c, "VBD")) return true;
    if (qi_xpos_is(v, (int32_t)c, "VBZ") || qi_xpos_is(v, (int32_t)c, "VBP") || qi_xpos_is(v, (int32_t)c, "MD")) return false;
  }
  return qi_xpos_is(v, clause, "VBD");
}

/* "disarm", "has returned", "are gone"; not "may return". */
static bool is_present(const qi_view *v, int32_t clause) {
  for (QI_EACH_CHILD(v, clause, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel != QI_REL_AUX && rel != QI_REL_AUX_PASS && rel != QI_REL_COP) continue;
    if (qi_xpos_is(v, (int32_t)c, "VBZ") || qi_xpos_is(v, (int32_t)c, "VBP")) return true;
    if (qi_xpos_is(v, (int32_t)c, "VBD") || qi_xpos_is(v, (int32_t)c, "MD")) return false;
  }
  return qi_xpos_is(v, clause, "VBZ") || qi_xpos_is(v, clause, "VBP");
}

qi_tense qi_subclause_tense(const qi_view *v, int32_t clause) {
  if (qi_subclause_is_past(v, clause)) return QI_TENSE_PAST;
  if (is_present(v, clause)) return QI_TENSE_PRESENT;
  return qi_xpos_is(v, clause, "VBG") ? QI_TENSE_GERUND : QI_TENSE_NONE;
}

static bool has_modal(const qi_view *v, int32_t clause) {
  for (QI_EACH_CHILD(v, clause, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_AUX && qi_xpos_is(v, (int32_t)c, "MD")) return true;
  return false;
}

static bool is_negative(const qi_view *v, int32_t clause) {
  static const char *const words[] = {"not", "n't", "n’t", "never", NULL};
  for (QI_EACH_CHILD(v, clause, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_ADVMOD && qi_lemma_in(v, (int32_t)c, words)) return true;
  return false;
}

/* "had not intervened": the perfect of a condition that did not hold. */
static bool had_not(const qi_view *v, int32_t clause) {
  if (!is_negative(v, clause) || !qi_xpos_is(v, clause, "VBN")) return false;
  for (QI_EACH_CHILD(v, clause, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_AUX && qi_form_is(v, (int32_t)c, "had")) return true;
  return false;
}

void qi_subclause_condition(qi_context *x, const qi_view *v, int32_t clause) {
  if (!had_not(v, clause)) return;
  qi_subclause_presuppose(x);
  x->settled = true;
}

/* ---- questions ---- */

bool qi_subclause_is_question(const qi_view *v) {
  for (uint32_t i = v->s->n_tokens; i > 0 && i + 3 > v->s->n_tokens; i--)
    if (qi_form_is(v, (int32_t)i - 1, "?")) return true;
  return false;
}

static bool is_question_word(const qi_view *v, int32_t i) {
  static const char *const words[] = {"who", "whom", "whose", "what", "when", "where", "why", "how", "which", NULL};
  return qi_lemma_in(v, i, words);
}

/* The clause's own question word: "why did they attack", "which port did they shell". */
static int32_t question_word(const qi_view *v, int32_t clause) {
  for (QI_EACH_CHILD(v, clause, k, c)) {
    if ((int32_t)c > clause) break;
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel == QI_REL_CCOMP || rel == QI_REL_ADVCL || rel == QI_REL_ACL_RELCL || rel == QI_REL_PARATAXIS) continue;
    if (is_question_word(v, (int32_t)c)) return (int32_t)c;
    for (uint32_t n = v->s->child_begin[c]; n < v->s->child_begin[c + 1]; n++)
      if ((qi_tok(v, (int32_t)v->s->child[n])->rel == QI_REL_DET || qi_tok(v, (int32_t)v->s->child[n])->rel == QI_REL_ADVMOD) &&
          v->s->child[n] < c && is_question_word(v, (int32_t)v->s->child[n]))
        return (int32_t)v->s->child[n];
  }
  return QI_NO_TOKEN;
}

/* "learn where they met", "who bombed Grozny" below a verb: that it was done is taken for granted. */
bool qi_subclause_asks_detail(const qi_view *v, int32_t clause) {
  int32_t word = question_word(v, clause);
  if (word < 0 || qi_is_to_infinitive(v, clause) || has_modal(v, clause)) return false;
  return qi_subclause_is_past(v, clause) || (is_present(v, clause) && !qi_xpos_is(v, clause, "VBP"));
}

void qi_subclause_ask(qi_context *x, const qi_view *v, int32_t root) {
  if (!qi_subclause_is_question(v)) {
    if (!qi_subclause_is_inverted(v, root)) return;
    open_up(x, QI_DOUBT_CONDITION); /* "Had they attacked, ...", with the main clause hung on it */
    qi_subclause_condition(x, v, root);
    return;
  }
  int32_t word = question_word(v, root);
  x->asked = true;
  if (word < 0 || has_modal(v, root) || (qi_form_is(v, word, "what") && qi_child(v, root, QI_REL_NSUBJ) < 0) || !qi_is_verb(v, root)) {
    x->status = QUID_POSSIBLE;
    x->doubt = QI_DOUBT_QUESTION;
  }
}

/* ---- adverbial clauses ---- */

static bool is_gerund(const qi_view *v, int32_t clause) {
  int32_t aux = qi_child(v, clause, QI_REL_AUX);
  return aux < 0 ? qi_xpos_is(v, clause, "VBG") : qi_xpos_is(v, aux, "VBG");
}

/* The word that opens the clause; QI_NO_TOKEN none. */
static int32_t opener(const qi_view *v, int32_t clause) {
  static const char *const adverbs[] = {"when", "once", "whenever", NULL};
  int32_t mark = QI_NO_TOKEN;
  qi_preposition(v, clause, &mark);
  if (mark < 0) mark = qi_child(v, clause, QI_REL_MARK);
  for (QI_EACH_CHILD(v, clause, k, c))
    if (mark < 0 && qi_tok(v, (int32_t)c)->rel == QI_REL_ADVMOD && (int32_t)c < clause && qi_lemma_in(v, (int32_t)c, adverbs)) mark = (int32_t)c;
  return mark;
}

static bool form_in(const qi_view *v, int32_t i, const char *const *list) {
  for (; *list; list++)
    if (qi_form_is(v, i, *list)) return true;
  return false;
}

/* "Had they attacked", "were it to attack", "should Norland attack". */
bool qi_subclause_is_inverted(const qi_view *v, int32_t clause) {
  static const char *const words[] = {"had", "were", "should", NULL};
  for (QI_EACH_CHILD(v, clause, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (qi_is_subject(rel)) {
      /* The parser may hang the auxiliary on the main clause. */
      uint32_t first, last;
      qi_subtree_span(v, (int32_t)c, &first, &last);
      return first > 0 && form_in(v, (int32_t)first - 1, words) && (first == 1 || qi_tok(v, (int32_t)first - 2)->upos == QI_PUNCT);
    }
    if ((rel == QI_REL_AUX || rel == QI_REL_AUX_PASS || rel == QI_REL_COP) && (int32_t)c < clause)
      return form_in(v, (int32_t)c, words) && (c == 0 || qi_tok(v, (int32_t)c - 1)->upos == QI_PUNCT);
  }
  return false;
}

static bool is_able(const qi_view *v, int32_t clause) {
  int32_t aux = qi_child(v, clause, QI_REL_AUX);
  return aux >= 0 && (qi_form_is(v, aux, "could") || qi_form_is(v, aux, "can"));
}

static void enter_timed(qi_context *x, const qi_view *v, int32_t clause, int32_t mark) {
  if (is_gerund(v, clause)) {
    if (qi_status_is_told(x->status)) qi_subclause_presuppose(x);
    else x->negated = false; /* "will go there before leaving": as sure as the rest */
    return;
  }
  if (is_able(v, clause) && qi_form_is(v, mark, "before") && qi_status_is_told(x->status) && !x->negated) { /* "before they could attack" */
    qi_subclause_presuppose(x);
    x->negated = true;
  } else if (qi_subclause_is_past(v, clause) && x->past_speech && !qi_status_is_told(x->status)) {
    open_up(x, QI_DOUBT_CONDITION); /* "said it would stay until they left" */
  } else if (qi_subclause_is_past(v, clause) || (!is_present(v, clause) && qi_status_is_told(x->status) && !has_modal(v, clause))) {
    qi_subclause_presuppose(x);
  } else {
    open_up(x, QI_DOUBT_CONDITION);
  }
}

/* A gerund under a preposition of its own: "for helping", "by helping", "on helping". */
static void enter_gerund(qi_context *x, const qi_view *v, int32_t head, int32_t mark) {
  static const char *const open[] = {"for", "of", "against", "about", "on", "at", "from", "to", "so", NULL};
  if (!qi_lemma_in(v, mark, open)) return;
  if (qi_form_is(v, mark, "for") && qi_status_is_told(x->status) && !x->negated) {
    x->status = qi_status_combine(x->status, qi_attribution_add(x, v, qi_deep_subject(v, head), QUID_CLAIMED));
    x->presupposed = x->status;
    x->n_by_presupposed = x->n_by;
  } else {
    open_up(x, QI_DOUBT_OPEN);
  }
}

/* A purpose is a plan of whoever acts for it; of what is only asked, feared or denied it is a possibility. */
void qi_subclause_purpose(qi_context *x) {
  if (x->negated) x->status = QUID_POSSIBLE;
  x->negated = false;
  x->status = qi_status_combine(x->status, QUID_PLANNED);
  x->doubt = QI_DOUBT_PURPOSE;
}

void qi_subclause_adverbial(qi_context *x, const qi_view *v, int32_t head, int32_t clause) {
  static const char *const told[] = {"since", "because", "despite", "although", "though", "as", "whereas", "while", "now", NULL};
  static const char *const timed[] = {"after", "following", "when", "once", "until", "till", "whenever", "before", NULL};
  int32_t mark = opener(v, clause);
  bool soon = mark > 0 && qi_form_is(v, mark, "as") && (qi_form_is(v, mark - 1, "soon") || qi_form_is(v, mark - 1, "long"));
  if (!qi_subclause_is_question(v) && (mark < 0 || qi_is_to_infinitive(v, clause)) && qi_subclause_is_inverted(v, clause)) {
    open_up(x, QI_DOUBT_CONDITION);
    qi_subclause_condition(x, v, clause);
  } else if (qi_is_to_infinitive(v, clause)) {
    qi_subclause_purpose(x);
  } else if (mark >= 0 && (soon || qi_lemma_in(v, mark, timed))) {
    enter_timed(x, v, clause, mark);
  } else if (mark >= 0 && qi_lemma_in(v, mark, told)) {
    qi_subclause_presuppose(x);
  } else if (mark >= 0 && is_gerund(v, clause)) {
    enter_gerund(x, v, head, mark);
  } else if (mark >= 0 && qi_form_is(v, mark, "so")) {
    qi_subclause_purpose(x);
  } else if (mark < 0 && clause < head) {
    qi_subclause_presuppose(x); /* "Having supplied ..., he will": said in passing */
  } else if (mark >= 0) {
    qi_subclause_presuppose(x);
  }
}

/* "France did not recognise it until its leaders agreed", "nobody was arrested until May": it came about in the end. */
bool qi_subclause_ends_negation(const qi_view *v, int32_t clause) {
  static const char *const words[] = {"until", "till", NULL};
  for (QI_EACH_CHILD(v, clause, k, c)) {
    if ((int32_t)c < clause) continue;
    int32_t mark = QI_NO_TOKEN;
    qi_preposition(v, (int32_t)c, &mark);
    if (mark < 0) mark = qi_child(v, (int32_t)c, QI_REL_MARK);
    if (mark >= 0 && mark < (int32_t)c && qi_lemma_in(v, mark, words)) return !qi_is_verb(v, (int32_t)c) || qi_subclause_is_past(v, (int32_t)c);
  }
  return false;
}

static bool is_when(const qi_view *v, int32_t clause) {
  int32_t mark = qi_tok(v, clause)->rel == QI_REL_ADVCL ? opener(v, clause) : QI_NO_TOKEN;
  return mark >= 0 && qi_form_is(v, mark, "when") && qi_subclause_is_past(v, clause);
}

/* "was about to storm it when the order came", "were due to meet, but": what was intended was overtaken. */
bool qi_subclause_is_overtaken(const qi_view *v, int32_t clause, int32_t inner) {
  if (!qi_subclause_is_past(v, clause)) return false;
  for (QI_EACH_CHILD(v, clause, k, c)) {
    if ((int32_t)c < clause) continue;
    int32_t cc = qi_tok(v, (int32_t)c)->rel == QI_REL_CONJ ? qi_child(v, (int32_t)c, QI_REL_CC) : QI_NO_TOKEN;
    if ((cc >= 0 && qi_form_is(v, cc, "but")) || is_when(v, (int32_t)c)) return true;
  }
  for (QI_EACH_CHILD(v, inner, k, c))
    if ((int32_t)c > inner && is_when(v, (int32_t)c)) return true;
  return false;
}
