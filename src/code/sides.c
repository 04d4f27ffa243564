/* code: words that link deeds, standing in a tree -> the words that head the two sides.
 *
 * Each place of knowledge/links is one small walk. What stands under a preposition is found from the words behind it, the
 * main side from what is left when cue and complement are taken out, so that a prepositional phrase that the parser
 * hung on the wrong noun still leads to the right clause.
 *
 *   "Iran would ship uranium to Russia and get fuel for its reactor in exchange." in exchange hangs on reactor; its clause is
 *   get; before: ship, of which get is the conjunct. */
#include "code/link.h"
#include "code/subject.h"
#include "know/frames.h"

enum { MAX_CLIMB = 48, NEAR = 2 };

bool qi_is_predicate(const qi_view *v, int32_t i) {
  uint8_t rel = qi_tok(v, i)->rel;
  if (rel == QI_REL_CASE || rel == QI_REL_MARK || rel == QI_REL_FIXED || rel == QI_REL_AUX || rel == QI_REL_COP || rel == QI_REL_AUX_PASS) return false;
  if (qi_is_verb(v, i)) return rel != QI_REL_AMOD && rel != QI_REL_COMPOUND;
  for (QI_EACH_CHILD(v, i, k, c)) {
    uint8_t r = qi_tok(v, (int32_t)c)->rel;
    if (qi_is_subject((qi_rel)r) || r == QI_REL_COP) return true;
  }
  return false;
}

int32_t qi_clause_of(const qi_view *v, int32_t t) {
  for (int step = 0; step < MAX_CLIMB && t >= 0; step++) {
    if (qi_is_predicate(v, t) || qi_tok(v, t)->head < 0) return t;
    t = qi_tok(v, t)->head;
  }
  return t;
}

static bool below(const qi_view *v, int32_t t, int32_t above) {
  for (int step = 0; step < MAX_CLIMB && t >= 0; step++, t = qi_tok(v, t)->head)
    if (t == above) return true;
  return false;
}

static void add(qi_heads *out, const qi_view *v, int32_t token, bool phrase) {
  if (token < 0 || out->n == QI_MAX_SIDE) return;
  for (uint32_t i = 0; i < out->n; i++)
    if (out->at[i].token == token && out->at[i].sentence == v->s->index) return;
  out->at[out->n++] = (qi_head){v->s->index, token, phrase};
}

bool qi_has_subject(const qi_view *v, int32_t i) {
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_is_subject((qi_rel)qi_tok(v, (int32_t)c)->rel)) return true;
  return false;
}

/* The clause and those beside it that share its subject ("froze the funds and recalled its envoy"), outside the cue's own. */
static void add_clause(qi_heads *out, const qi_bond *b, const qi_view *v, int32_t t) {
  add(out, v, t, false);
  if (t < 0) return;
  int32_t first = t;
  if (qi_tok(v, t)->rel == QI_REL_CONJ && !qi_has_subject(v, t) && qi_is_predicate(v, qi_tok(v, t)->head)) add(out, v, first = qi_tok(v, t)->head, false);
  for (QI_EACH_CHILD(v, first, k, c)) {
    const qi_token *m = qi_tok(v, (int32_t)c);
    if (m->rel == QI_REL_CONJ && qi_is_verb(v, (int32_t)c) && !qi_has_subject(v, (int32_t)c) && !qi_in_cue(b, (int32_t)c)) add(out, v, (int32_t)c, false);
  }
}

bool qi_has_modal(const qi_view *v, int32_t i) {
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_xpos_is(v, (int32_t)c, "MD")) return true;
  return false;
}

static int32_t main_of_inverted(const qi_view *v, int32_t clause);

/* The noun of the cue that hangs outside it: "quid" of "quid pro quo". */
int32_t qi_said_noun(const qi_bond *b, const qi_view *v) {
  for (int32_t i = (int32_t)b->from; i < (int32_t)b->to; i++)
    if (!qi_in_cue(b, qi_tok(v, i)->head) && qi_is_nominal(v, i)) return i;
  return (int32_t)b->to;
}

/* ---- under, head ---- */

/* Does the climb end here? What hangs on a clause is no part of it. */
static bool is_top(const qi_view *v, int32_t i, int32_t after) {
  const qi_token *t = qi_tok(v, i);
  if (t->head <= after) return true;
  return t->rel == QI_REL_OBL || t->rel == QI_REL_ADVCL || t->rel == QI_REL_OBL_AGENT || t->rel == QI_REL_PARATAXIS || t->rel == QI_REL_OBL_UNMARKED;
}

/* The head of what the words open. */
static int32_t under(const qi_bond *b, const qi_view *v) {
  int32_t to = (int32_t)b->to, i;
  for (i = to; i >= (int32_t)b->from; i--) { /* the preposition or conjunction itself knows */
    const qi_token *t = qi_tok(v, i);
    bool own = t->rel == QI_REL_CASE || t->rel == QI_REL_MARK || t->rel == QI_REL_CC;
    bool turned = b->cue->form == QI_CUE_INVERT && (t->rel == QI_REL_AUX || t->rel == QI_REL_AUX_PASS || t->rel == QI_REL_COP);
    if ((own || turned) && t->head > to) return t->head;
    if (t->rel != QI_REL_FIXED) break;
  }
  for (i = to + 1; i < (int32_t)v->s->n_tokens && qi_tok(v, i)->upos == QI_PUNCT; i++) {}
  if (i >= (int32_t)v->s->n_tokens) return QI_NO_TOKEN;
  for (int step = 0; step < MAX_CLIMB && !is_top(v, i, to); step++) i = qi_tok(v, i)->head;
  return i;
}

/* The word that cue and complement hang on. */
static int32_t outer(const qi_bond *b, const qi_view *v, int32_t complement) {
  for (int32_t i = (int32_t)b->from; i <= (int32_t)b->to; i++) {
    int32_t h = qi_tok(v, i)->head;
    if (h >= 0 && !qi_in_cue(b, h) && (complement < 0 || !below(v, h, complement))) return h;
  }
  int32_t t = complement >= 0 ? complement : (int32_t)b->from;
  for (int step = 0; step < MAX_CLIMB; step++) {
    int32_t h = qi_tok(v, t)->head;
    if (h < 0 || !qi_in_cue(b, h)) return h;
    t = h;
  }
  return QI_NO_TOKEN;
}

/* "Were Kosovo to ban the dinar": ban. */
static int32_t infinitive_behind(const qi_bond *b, const qi_view *v) {
  if (!qi_form_is(v, (int32_t)b->from, "were") && !qi_form_is(v, (int32_t)b->from, "was")) return QI_NO_TOKEN;
  for (uint32_t i = b->to + 1; i < v->s->n_tokens && i < b->to + 10; i++) {
    if (qi_tok(v, (int32_t)i)->upos == QI_PUNCT) break;
    if (qi_is_predicate(v, (int32_t)i)) return qi_is_to_infinitive(v, (int32_t)i) ? (int32_t)i : QI_NO_TOKEN;
  }
  return QI_NO_TOKEN;
}

/* A conjunction's clause, where what it seems to open is a noun of it ("in case Putin refused"). */
static int32_t opened(const qi_bond *b, const qi_view *v) {
  int32_t t = b->cue->form == QI_CUE_INVERT ? infinitive_behind(b, v) : under(b, v);
  if (b->cue->form == QI_CUE_INVERT && t < 0) t = under(b, v);
  if (b->cue->form != QI_CUE_CONJ || t < 0 || qi_is_predicate(v, t)) return t;
  int32_t clause = qi_clause_of(v, t);
  return clause > (int32_t)b->to ? clause : t;
}

static int32_t noun_in(const qi_bond *b, const qi_view *v) {
  for (int32_t i = (int32_t)b->to; i >= (int32_t)b->from; i--)
    if ((qi_is_nominal(v, i) && qi_tok(v, i)->upos != QI_PRON) || qi_tok(v, i)->upos == QI_ADJ) return i;
  return QI_NO_TOKEN;
}

/* "in what it called a reprisal for": the clause that this belongs to. */
static int32_t out_of_remark(const qi_view *v, int32_t clause) {
  for (int step = 0; step < NEAR && clause >= 0; step++) {
    if (!qi_in_set(v, clause, QI_SET_SAYS) || qi_tok(v, clause)->head < 0) break;
    uint8_t rel = qi_tok(v, clause)->rel;
    if (rel == QI_REL_ROOT || rel == QI_REL_CONJ) break;
    clause = qi_clause_of(v, qi_tok(v, clause)->head);
  }
  return clause;
}

/* "let smugglers drive": letting is the deed. "in seekers who cross the sea in return for": nor is the remark on a noun, but
 * for "a deal that frees". */
static int32_t main_deed(const qi_view *v, int32_t clause) {
  for (int step = 0; step < NEAR && clause >= 0; step++) {
    const qi_token *t = qi_tok(v, clause);
    if (t->head < 0) break;
    bool complement = t->rel == QI_REL_XCOMP || t->rel == QI_REL_CCOMP;
    bool remark = t->rel == QI_REL_ACL_RELCL && !qi_in_set(v, t->head, QI_SET_ACCORD);
    int32_t over = t->rel == QI_REL_ACL && qi_is_to_infinitive(v, clause) ? qi_tok(v, t->head)->head : QI_NO_TOKEN;
    bool let = complement ? qi_in_set(v, t->head, QI_SET_LETS) : over >= 0 && qi_in_set(v, over, QI_SET_LETS); /* "let smugglers drive" */
    if (!let && !remark) break;
    clause = qi_clause_of(v, t->head);
  }
  return clause;
}

/* "the police response to the march inspired": a noun that takes part in a clause says nothing of it. */
static bool is_argument(const qi_view *v, int32_t noun) {
  uint8_t rel = qi_tok(v, noun)->rel;
  return qi_is_subject((qi_rel)rel) || rel == QI_REL_OBJ || rel == QI_REL_IOBJ || rel == QI_REL_NMOD || rel == QI_REL_NMOD_POSS;
}

static void before_side(qi_heads *out, const qi_bond *b, const qi_view *v);

static void head_side(qi_heads *out, const qi_bond *b, const qi_view *v, int32_t complement) {
  int32_t noun = b->cue->form == QI_CUE_NOUN || b->cue->form == QI_CUE_ADJ || b->cue->form == QI_CUE_PREP ? noun_in(b, v) : QI_NO_TOKEN;
  if (noun >= 0 && qi_child(v, noun, QI_REL_COP) >= 0) { /* "the march was a response to", "aid is dependent on" */
    for (QI_EACH_CHILD(v, noun, k, c))
      if (qi_is_subject((qi_rel)qi_tok(v, (int32_t)c)->rel)) {
        if (qi_tok(v, (int32_t)c)->upos == QI_PRON && !qi_is_relative(v, (int32_t)c)) before_side(out, b, v); /* "It was an answer to" */
        else add(out, v, qi_antecedent(v, (int32_t)c), true);
        return;
      }
  }
  if (b->cue->form == QI_CUE_CC) {
    add(out, v, complement >= 0 ? qi_tok(v, complement)->head : QI_NO_TOKEN, false);
    return;
  }
  if (b->cue->form == QI_CUE_INVERT && complement >= 0 && infinitive_behind(b, v) == complement && qi_clause_of(v, qi_tok(v, (int32_t)b->from)->head) != complement) {
    add_clause(out, b, v, qi_clause_of(v, qi_tok(v, (int32_t)b->from)->head));
    return;
  }
  if (b->cue->form == QI_CUE_INVERT && complement >= 0 && qi_tok(v, complement)->head < 0) {
    add(out, v, main_of_inverted(v, complement), false);
    return;
  }
  int32_t t = b->cue->form == QI_CUE_VERB ? qi_tok(v, (int32_t)b->from)->head : outer(b, v, complement);
  if (t < 0 || (b->cue->form == QI_CUE_NOUN && noun >= 0 && is_argument(v, noun))) return;
  if (noun >= 0 && qi_tok(v, noun)->rel == QI_REL_XCOMP && qi_is_verb(v, t)) { /* "made aid dependent on" */
    int32_t obj = qi_child(v, t, QI_REL_OBJ);
    if (obj >= 0 && b->cue->type == QI_LINK_CONDITION) {
      add(out, v, obj, true);
      return;
    }
  }
  add_clause(out, b, v, main_deed(v, out_of_remark(v, qi_clause_of(v, t))));
}

/* ---- before, after ---- */

static void neighbour(qi_view *out, const qi_view *v, int by) {
  *out = *v;
  int64_t at = (int64_t)v->s->index + by;
  out->s = at >= 0 && at < (int64_t)v->doc->n_sentences ? &v->doc->sentences[at] : NULL;
  if (out->s && (out->s->unparsed || !out->s->n_tokens)) out->s = NULL;
}

static int32_t root_of(const qi_view *v) {
  for (uint32_t i = 0; i < v->s->n_tokens; i++)
    if (qi_tok(v, (int32_t)i)->head < 0) return (int32_t)i;
  return QI_NO_TOKEN;
}

/* The main clauses of a sentence. */
static void add_sentence(qi_heads *out, const qi_view *v) {
  int32_t root = root_of(v);
  if (root < 0) return;
  add(out, v, root, false);
  for (uint32_t i = 0; i < out->n; i++) /* conjuncts may hang on conjuncts */
    for (QI_EACH_CHILD(v, out->at[i].token, k, c)) {
      uint8_t rel = qi_tok(v, (int32_t)c)->rel;
      if (out->at[i].sentence != v->s->index) break;
      if ((rel == QI_REL_CONJ || rel == QI_REL_PARATAXIS) && qi_is_predicate(v, (int32_t)c) && !qi_in_set(v, (int32_t)c, QI_SET_SAYS)) add(out, v, (int32_t)c, false);
    }
}

/* Two clauses side by side, not two infinitives of one verb ("pledged to push and to pay"). */
static bool is_finite_peer(const qi_view *v, int32_t p, int32_t h) { return !(qi_is_to_infinitive(v, p) && qi_is_to_infinitive(v, h)); }

/* A clause of the sentence that stands before the cue and does not hold it. */
static int32_t clause_before(const qi_bond *b, const qi_view *v, int32_t own) {
  int32_t p = own;
  for (int step = 0; step < MAX_CLIMB && p >= 0; step++) {
    const qi_token *t = qi_tok(v, p);
    if (t->head < 0) break;
    int32_t h = qi_clause_of(v, t->head);
    if (h < 0 || h == p) break;
    if (t->rel == QI_REL_CONJ && h < (int32_t)b->from && is_finite_peer(v, p, h)) return h;
    if (h < (int32_t)b->from && !(t->rel == QI_REL_CONJ || t->rel == QI_REL_CCOMP || t->rel == QI_REL_XCOMP || qi_in_set(v, h, QI_SET_SAYS))) return h;
    p = h;
  }
  for (QI_EACH_CHILD(v, own, k, c)) { /* "By promising to stop, Xi obtained in return" */
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel == QI_REL_ADVCL && c < b->from && qi_is_predicate(v, (int32_t)c)) return (int32_t)c;
  }
  return QI_NO_TOKEN;
}

static bool opens_sentence(const qi_bond *b) { return b->from <= NEAR; }

static void before_side(qi_heads *out, const qi_bond *b, const qi_view *v) {
  int32_t own = qi_clause_of(v, (int32_t)b->from);
  int32_t here = own < 0 || (opens_sentence(b) && b->cue->form == QI_CUE_ADV) ? QI_NO_TOKEN : clause_before(b, v, own);
  if (here >= 0) {
    add_clause(out, b, v, here);
    for (uint32_t i = 0; i < out->n;) { /* never its own clause */
      if (out->at[i].token != own) i++;
      else memmove(&out->at[i], &out->at[i + 1], (--out->n - i) * sizeof *out->at);
    }
    return;
  }
  qi_view last;
  neighbour(&last, v, -1);
  if (last.s) add_sentence(out, &last);
}

static void after_side(qi_heads *out, const qi_bond *b, const qi_view *v) {
  int32_t at = (int32_t)b->to + 1, n = (int32_t)v->s->n_tokens;
  for (int32_t i = at; i < n; i++) /* "came quickly: it lifted" */
    if (qi_form_is(v, i, ":") || qi_form_is(v, i, ";")) at = i;
  while (at < n && qi_tok(v, at)->upos == QI_PUNCT) at++;
  if (at < n) {
    int32_t t = at;
    for (int step = 0; step < MAX_CLIMB && !(qi_tok(v, t)->head <= (int32_t)b->to); step++) t = qi_tok(v, t)->head;
    add(out, v, t, true);
    return;
  }
  qi_view next;
  neighbour(&next, v, 1);
  if (next.s) add_sentence(out, &next);
}

/* The clause and what follows in it; what stands before it may be the other side. */
static void own_side(qi_heads *out, const qi_view *v, int32_t t) {
  add(out, v, t, false);
  if (t < 0) return;
  for (QI_EACH_CHILD(v, t, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_CONJ && qi_is_verb(v, (int32_t)c) && !qi_has_subject(v, (int32_t)c)) add(out, v, (int32_t)c, false);
}

/* ---- pairs ---- */

static int32_t conjunct_clause(const qi_view *v, int32_t t) {
  for (QI_EACH_CHILD(v, t, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_CONJ && qi_is_predicate(v, (int32_t)c)) return (int32_t)c;
  return QI_NO_TOKEN;
}

static int32_t relative_of(const qi_view *v, int32_t noun) {
  for (QI_EACH_CHILD(v, noun, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel == QI_REL_ACL_RELCL || rel == QI_REL_ACL) return (int32_t)c;
  }
  return QI_NO_TOKEN;
}

/* A clause that hangs on this one and tells what came of it or before it: "resumed flights once ...", "...: it lifted". */
static int32_t hung_clause(const qi_bond *b, const qi_view *v, int32_t t) {
  for (QI_EACH_CHILD(v, t, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if ((rel == QI_REL_ADVCL || rel == QI_REL_PARATAXIS) && !qi_in_cue(b, (int32_t)c) && qi_is_predicate(v, (int32_t)c) && !qi_in_set(v, (int32_t)c, QI_SET_SAYS) &&
        !below(v, (int32_t)b->from, (int32_t)c))
      return (int32_t)c;
    if (rel == QI_REL_XCOMP && (int32_t)c > t) { /* "resumed issuing visas once ..." */
      for (QI_EACH_CHILD(v, (int32_t)c, j, d))
        if (qi_tok(v, (int32_t)d)->rel == QI_REL_ADVCL && qi_is_predicate(v, (int32_t)d)) return (int32_t)d;
    }
  }
  return QI_NO_TOKEN;
}

static int32_t first_clause_behind(const qi_bond *b, const qi_view *v, int32_t own) {
  int32_t best = QI_NO_TOKEN;
  for (uint32_t i = b->to + 1; i < v->s->n_tokens && best < 0; i++)
    if ((int32_t)i != own && qi_is_predicate(v, (int32_t)i) && qi_tok(v, (int32_t)i)->rel != QI_REL_ACL && qi_tok(v, (int32_t)i)->rel != QI_REL_ACL_RELCL) best = (int32_t)i;
  return best;
}

/* Does the word lie under the subject of the clause? */
static bool is_subject_of(const qi_view *v, int32_t t, int32_t clause) {
  for (int step = 0; step < MAX_CLIMB && t >= 0; step++, t = qi_tok(v, t)->head)
    if (qi_tok(v, t)->head == clause) return qi_is_subject((qi_rel)qi_tok(v, t)->rel);
  return false;
}

static void pair_sides(qi_bond *b, const qi_view *v) {
  int32_t root = root_of(v), one, two = QI_NO_TOKEN;
  if (b->cue->form == QI_CUE_NOUN) { /* "a deal under which A did this and B that" */
    one = relative_of(v, (int32_t)b->from);
    if (one >= 0 && qi_lemma_is(v, one, "see")) /* "a deal that saw Norland free two men" */
      for (QI_EACH_CHILD(v, one, k, c))
        if (qi_tok(v, (int32_t)c)->rel == QI_REL_CCOMP || qi_tok(v, (int32_t)c)->rel == QI_REL_XCOMP) one = (int32_t)c;
    if (one < 0) one = first_clause_behind(b, v, QI_NO_TOKEN);
    if (one >= 0) two = conjunct_clause(v, one);
    for (uint32_t i = (uint32_t)(one < 0 ? 0 : one + 1); one >= 0 && two < 0 && i < v->s->n_tokens; i++) /* wherever it was hung */
      if (qi_tok(v, (int32_t)i)->rel == QI_REL_CONJ && qi_is_verb(v, (int32_t)i) && qi_has_subject(v, (int32_t)i)) two = (int32_t)i;
    if (one >= 0 && two >= 0) {
      add(&b->first, v, one, false);
      add(&b->second, v, two, false);
      return;
    }
  }
  int32_t own = qi_clause_of(v, (int32_t)b->from);
  bool adjunct = own >= 0 && qi_is_verb(v, own) && !is_subject_of(v, (int32_t)b->from, own); /* "Under the deal, Iran freed" */
  if (root >= 0 && root != own && qi_is_predicate(v, root)) one = root;
  else if (adjunct && own > (int32_t)b->to) one = own;
  else one = own >= 0 && own < (int32_t)b->from && !qi_in_cue(b, own) && qi_is_verb(v, own) ? own : first_clause_behind(b, v, own);
  if (one >= 0 && (two = conjunct_clause(v, one)) < 0) two = hung_clause(b, v, one);
  if (one >= 0 && two >= 0 && two != own && !qi_in_cue(b, two)) {
    add_clause(&b->first, b, v, one);
    for (uint32_t i = 0; i < b->first.n;) {
      if (b->first.at[i].token != two) i++;
      else memmove(&b->first.at[i], &b->first.at[i + 1], (--b->first.n - i) * sizeof *b->first.at);
    }
    own_side(&b->second, v, two);
    return;
  }
  qi_view last;
  neighbour(&last, v, -1);
  if (!last.s) return;
  add_sentence(&b->first, &last);
  add_sentence(&b->second, v);
}

/* The clause of which the noun is said, by "it", "this", "that": "it was a swap", "called it a swap"; QI_NO_TOKEN none. */
static int32_t remark_of(const qi_bond *b, const qi_view *v) {
  static const char *const these[] = {"it", "this", "that", "what", NULL};
  static const char *const calling[] = {"call", "describe", "denounce", "term", NULL};
  int32_t noun = qi_said_noun(b, v), over = qi_tok(v, noun)->head;
  bool is = qi_child(v, noun, QI_REL_COP) >= 0;
  bool called = over >= 0 && qi_lemma_in(v, over, calling);
  int32_t clause = is ? noun : called ? over : QI_NO_TOKEN;
  for (uint32_t i = 0; clause >= 0 && i < (uint32_t)noun; i++)
    if (qi_lemma_in(v, (int32_t)i, these) && qi_tok(v, (int32_t)i)->upos == QI_PRON && (qi_tok(v, (int32_t)i)->head == clause || qi_tok(v, (int32_t)i)->head == noun)) return clause;
  return QI_NO_TOKEN;
}

/* Main clauses of the sentence before `end`, the last first, but for those in the cue's own. */
static uint32_t clauses_back(int32_t *out, uint32_t n, uint32_t max, const qi_view *v, uint32_t end, int32_t own) {
  for (uint32_t i = end; i-- > 0 && n < max;) {
    uint8_t rel = qi_tok(v, (int32_t)i)->rel;
    if ((int32_t)i == own || !qi_is_predicate(v, (int32_t)i) || qi_in_set(v, (int32_t)i, QI_SET_SAYS)) continue;
    if (rel == QI_REL_ROOT || rel == QI_REL_PARATAXIS || (rel == QI_REL_CONJ && qi_is_predicate(v, qi_tok(v, (int32_t)i)->head))) out[n++] = (int32_t)i;
  }
  return n;
}

static void told_sides(qi_bond *b, const qi_view *v) {
  int32_t own = remark_of(b, v), here[2];
  if (own < 0) return;
  qi_heads *side[2] = {&b->second, &b->first};
  uint32_t n = 0, found = clauses_back(here, 0, 2, v, b->from, own);
  for (uint32_t i = 0; i < found; i++) add(side[n++], v, here[i], false);
  for (int back = 1; back <= 2 && n < 2; back++) {
    qi_view last;
    neighbour(&last, v, -back);
    if (!last.s) return;
    found = clauses_back(here, 0, 2 - n, &last, last.s->n_tokens, QI_NO_TOKEN);
    for (uint32_t i = 0; i < found; i++) add(side[n++], &last, here[i], false);
  }
}

/* "The price was gold", "a loan was its reward": what stands across the copula. */
static void is_side(qi_heads *out, const qi_bond *b, const qi_view *v) {
  int32_t noun = qi_said_noun(b, v), head = qi_tok(v, noun)->head;
  for (QI_EACH_CHILD(v, noun, k, c)) /* "the price of oil" */
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_NMOD && (int32_t)c > noun && qi_preposition(v, (int32_t)c, NULL) == qi_slot_of_preposition(QI_SLICE("of"))) return;
  if (!qi_is_definite(v, noun)) return;
  if (qi_tok(v, noun)->rel == QI_REL_NSUBJ && head >= 0 && qi_child(v, head, QI_REL_COP) >= 0) {
    add(out, v, head, true);
    return;
  }
  if (qi_child(v, noun, QI_REL_COP) < 0) return;
  for (QI_EACH_CHILD(v, noun, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_NSUBJ && qi_tok(v, (int32_t)c)->upos != QI_PRON) add(out, v, (int32_t)c, true);
}

/* ---- slots ---- */

/* What stands under the preposition, hung on a noun behind the verb by the parser: "swapped a diplomat for two agents". */
static int32_t distant(const qi_view *v, int32_t verb, qi_slot slot) {
  for (int32_t i = verb + 1; i < (int32_t)v->s->n_tokens; i++) {
    const qi_token *t = qi_tok(v, i);
    if ((qi_is_predicate(v, i) && !below(v, i, verb)) || qi_form_is(v, i, ",") || qi_form_is(v, i, ";") || qi_form_is(v, i, ":")) break;
    if ((t->rel == QI_REL_CASE || t->rel == QI_REL_MARK) && t->head > i && qi_preposition(v, t->head, NULL) == slot && below(v, t->head, verb) &&
        qi_tok(v, t->head)->etype != QI_ETYPE_TIME && qi_tok(v, t->head)->upos != QI_PRON && !qi_lemma_is(v, t->head, "one"))
      return t->head;
  }
  return QI_NO_TOKEN;
}

/* "with the minister looking on" is no filler; nor is a time ("for three weeks"), nor, of a price, a person. */
static bool is_filler(const qi_view *v, const qi_bond *b, const qi_filler *f) {
  if (f->slot < QI_SLOT_FIRST_PREP) return true;
  if (qi_tok(v, f->token)->etype == QI_ETYPE_TIME && qi_tok(v, f->token)->upos != QI_NUM) return false; /* not "two of its men" */
  if (f->clause && f->slot != qi_slot_of_preposition(QI_SLICE("by")) && f->slot != qi_slot_of_preposition(QI_SLICE("for")) &&
      f->slot != qi_slot_of_preposition(QI_SLICE("at")))
    return false;
  return !(b->cue->type == QI_LINK_EXCHANGE && (qi_tok(v, f->token)->upos == QI_PRON || qi_lemma_is(v, f->token, "one")));
}

static bool has_infinitive(const qi_view *v, int32_t i) {
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_is_to_infinitive(v, (int32_t)c)) return true;
  return false;
}

static void slot_side(qi_heads *out, const qi_bond *b, const qi_view *v, qi_slot slot) {
  int32_t word = (int32_t)b->from;
  if (b->cue->form == QI_CUE_PHRASE) word = qi_clause_of(v, word);
  if (b->cue->form == QI_CUE_NOUN) word = noun_in(b, v);
  if (word < 0) return;
  if (slot == QI_SLOT_SELF) {
    add(out, v, word, false);
    return;
  }
  if (slot == QI_SLOT_SUBJ && qi_is_passive(v, word) && (b->cue->form == QI_CUE_PHRASE || (b->cue->form == QI_CUE_VERB && b->cue->words.n > 1))) { /* "an attack would be met with" */
    add(out, v, qi_antecedent(v, qi_subject_of(v, word).token), true);
    return;
  }
  if (slot == QI_SLOT_SUBJ && b->cue->form == QI_CUE_NOUN) word = qi_clause_of(v, word); /* "the veto gave it cover to" */
  if (slot == QI_SLOT_TO_INF && b->cue->form == QI_CUE_NOUN && !has_infinitive(v, word)) word = qi_clause_of(v, word);
  if (slot == QI_SLOT_TO_INF || slot == QI_SLOT_COMP) { /* the infinitive itself, not only where the slot is filled by a clause */
    for (QI_EACH_CHILD(v, word, k, c)) {
      uint8_t rel = qi_tok(v, (int32_t)c)->rel;
      if ((rel == QI_REL_XCOMP || rel == QI_REL_CCOMP || rel == QI_REL_ADVCL || rel == QI_REL_ACL) && (int32_t)c > word && qi_is_predicate(v, (int32_t)c)) {
        add(out, v, (int32_t)c, true);
        for (QI_EACH_CHILD(v, (int32_t)c, j, d))
          if (qi_tok(v, (int32_t)d)->rel == QI_REL_CONJ && qi_is_verb(v, (int32_t)d)) add(out, v, (int32_t)d, true);
        return;
      }
    }
  }
  if (slot == QI_SLOT_TO_INF && b->cue->form == QI_CUE_PHRASE) { /* "made it easier for Iran to buy": hung on the adjective */
    for (uint32_t i = b->to + 1; i < v->s->n_tokens; i++)
      if (qi_is_to_infinitive(v, (int32_t)i) && below(v, (int32_t)i, word)) {
        add(out, v, (int32_t)i, true);
        for (QI_EACH_CHILD(v, (int32_t)i, j, d))
          if (qi_tok(v, (int32_t)d)->rel == QI_REL_CONJ && qi_is_verb(v, (int32_t)d)) add(out, v, (int32_t)d, true);
        return;
      }
  }
  qi_deep deep;
  qi_deep_read(v, word, b->cue->form == QI_CUE_NOUN && !qi_is_predicate(v, word) ? 'n' : 'v', &deep);
  for (uint32_t i = 0; i < deep.n; i++)
    if (deep.fillers[i].slot == slot && !qi_in_cue(b, deep.fillers[i].token) &&
        !(out == &b->first && deep.fillers[i].origin == QI_FROM_ATTACHMENT) && is_filler(v, b, &deep.fillers[i])) add(out, v, deep.fillers[i].token, true);
  if (!out->n && slot >= QI_SLOT_FIRST_PREP && b->cue->form == QI_CUE_VERB && (out == &b->second || b->cue->words.n > 2)) add(out, v, distant(v, word, slot), true);
}

/* ---- verbs of answering ---- */

static int32_t first_filler(const qi_view *v, const qi_bond *b, const qi_deep *deep, const char *preposition) {
  qi_slot slot = qi_slot_of_preposition(qi_slice_str(preposition));
  for (uint32_t i = 0; i < deep->n; i++)
    if (deep->fillers[i].slot == slot && is_filler(v, b, &deep->fillers[i]) && qi_tok(v, deep->fillers[i].token)->upos != QI_PRON) return deep->fillers[i].token;
  return QI_NO_TOKEN;
}

/* "retaliated by bombing", "answered with a raid"; "struck back, banning exports"; "banned exports, hitting back at". */
static void answer_side(qi_heads *out, const qi_bond *b, const qi_view *v) {
  int32_t word = (int32_t)b->from, t;
  qi_deep deep;
  qi_deep_read(v, word, 'v', &deep);
  if ((t = first_filler(v, b, &deep, "by")) >= 0 && qi_is_verb(v, t)) {
    add(out, v, t, true);
    return;
  }
  if ((t = first_filler(v, b, &deep, "with")) >= 0 || (t = distant(v, word, qi_slot_of_preposition(QI_SLICE("with")))) >= 0) {
    add(out, v, t, true);
    return;
  }
  uint8_t rel = qi_tok(v, word)->rel;
  if ((rel == QI_REL_ADVCL || rel == QI_REL_ACL) && qi_tok(v, word)->head >= 0) {
    add_clause(out, b, v, main_deed(v, out_of_remark(v, qi_clause_of(v, qi_tok(v, word)->head))));
    return;
  }
  for (QI_EACH_CHILD(v, word, k, c)) {
    uint8_t r = qi_tok(v, (int32_t)c)->rel;
    if ((r == QI_REL_ADVCL || r == QI_REL_PARATAXIS) && (int32_t)c > word && qi_is_predicate(v, (int32_t)c) && qi_child(v, (int32_t)c, QI_REL_MARK) < 0) {
      add_clause(out, b, v, (int32_t)c);
      return;
    }
  }
  for (QI_EACH_CHILD(v, word, k, c)) /* "hit back at the ban and blocked exports" */
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_CONJ && (int32_t)c > word && qi_is_verb(v, (int32_t)c) && !qi_has_subject(v, (int32_t)c) && !qi_in_set(v, (int32_t)c, QI_SET_SAYS)) {
      add(out, v, (int32_t)c, false);
      return;
    }
  add(out, v, word, false);
}

static void cause_side(qi_heads *out, const qi_bond *b, const qi_view *v) {
  static const char *const from[] = {"to", "at", "for", "against", "over", "after", NULL};
  int32_t word = b->cue->form == QI_CUE_VERB ? (int32_t)b->from : qi_clause_of(v, (int32_t)b->from), t = QI_NO_TOKEN;
  if (word < 0) return;
  int32_t obj = qi_child(v, word, QI_REL_OBJ); /* "answering a raid" */
  if (b->cue->form == QI_CUE_VERB && obj >= 0 && qi_frames_first(v->know->frames, qi_tok(v, obj)->lemma, 'n') != QI_MAP_NONE) t = obj;
  qi_deep deep;
  qi_deep_read(v, word, 'v', &deep);
  for (QI_EACH_CHILD(v, word, k, c)) /* "a tit-for-tat move after Iran shelled the base" */
    if (b->cue->form == QI_CUE_PHRASE && qi_tok(v, (int32_t)c)->rel == QI_REL_ADVCL && c > b->to) t = (int32_t)c;
  for (int i = 0; b->cue->form == QI_CUE_VERB && from[i] && t < 0; i++) t = first_filler(v, b, &deep, from[i]);
  for (QI_EACH_CHILD(v, word, k, c)) /* "after Iran shelled the base" */
    if (t < 0 && qi_tok(v, (int32_t)c)->rel == QI_REL_ADVCL && qi_child(v, (int32_t)c, QI_REL_MARK) >= 0 && qi_form_is(v, qi_child(v, (int32_t)c, QI_REL_MARK), "after"))
      t = (int32_t)c;
  bool shared = qi_tok(v, word)->rel == QI_REL_CONJ && !qi_has_subject(v, word); /* who answers does not answer himself */
  if (t >= 0) add(out, v, t, true);
  else if (!shared) before_side(out, b, v);
}

static void fill(qi_heads *out, const qi_bond *b, const qi_view *v, uint8_t place, int32_t complement) {
  switch (place) {
  case QI_PLACE_HEAD: head_side(out, b, v, complement); break;
  case QI_PLACE_COMP: add(out, v, complement, true); break;
  case QI_PLACE_CLAUSE: own_side(out, v, qi_clause_of(v, (int32_t)b->from)); break;
  case QI_PLACE_BEFORE: before_side(out, b, v); break;
  case QI_PLACE_AFTER: after_side(out, b, v); break;
  case QI_PLACE_IS: is_side(out, b, v); break;
  case QI_PLACE_ANSWER: answer_side(out, b, v); break;
  case QI_PLACE_CAUSE: cause_side(out, b, v); break;
  case QI_PLACE_REL: add(out, v, relative_of(v, (int32_t)b->from), true); break;
  default: slot_side(out, b, v, place); break;
  }
}

/* The clause that the parser hung on the inverted one: "Had the rebels signed, the army would have left." */
static int32_t main_of_inverted(const qi_view *v, int32_t clause) {
  for (QI_EACH_CHILD(v, clause, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if ((rel == QI_REL_PARATAXIS || rel == QI_REL_CONJ || rel == QI_REL_CCOMP) && (int32_t)c > clause && qi_has_modal(v, (int32_t)c)) return (int32_t)c;
  }
  return QI_NO_TOKEN;
}

/* "should Norland attack", "had the rebels accepted": before its subject, and no question. */
static bool is_inverted(const qi_bond *b, const qi_view *v, int32_t clause) {
  const qi_token *t = qi_tok(v, clause);
  for (uint32_t i = b->to; i < v->s->n_tokens; i++)
    if (qi_form_is(v, (int32_t)i, "?")) return false;
  if (infinitive_behind(b, v) == clause && qi_clause_of(v, qi_tok(v, (int32_t)b->from)->head) != clause) return true;
  if (t->head < 0 && main_of_inverted(v, clause) < 0) return false;
  if (t->head >= 0 && t->rel != QI_REL_ADVCL && t->rel != QI_REL_PARATAXIS && t->rel != QI_REL_CCOMP && t->rel != QI_REL_XCOMP && t->rel != QI_REL_ACL) return false;
  for (QI_EACH_CHILD(v, clause, k, c))
    if (qi_is_subject((qi_rel)qi_tok(v, (int32_t)c)->rel)) return (int32_t)c > (int32_t)b->to && (int32_t)c <= clause;
  return false;
}

/* A conjunction opens a clause that hangs on another one as an adverbial: "asked if" is a question. */
static bool opens_clause(const qi_bond *b, const qi_view *v, int32_t complement) {
  if (b->cue->form == QI_CUE_INVERT) return complement >= 0 && is_inverted(b, v, complement);
  if (b->cue->form == QI_CUE_CC) return complement >= 0 && qi_tok(v, complement)->rel == QI_REL_CONJ && qi_is_predicate(v, complement);
  if (b->cue->form != QI_CUE_CONJ) return true;
  if (complement >= 0 && qi_form_is(v, (int32_t)b->from, "if") && qi_in_set(v, qi_tok(v, complement)->head, QI_SET_ASKS) && complement > qi_tok(v, complement)->head &&
      !qi_has_modal(v, qi_tok(v, complement)->head))
    return false; /* "asked the minister if" */
  bool participle = qi_is_verb(v, (int32_t)b->from) || b->to > b->from; /* "provided that" governs a clause of its own */
  return complement >= 0 && qi_is_predicate(v, complement) && (participle || qi_tok(v, complement)->rel != QI_REL_CCOMP);
}

static bool overlap(const qi_bond *b) {
  for (uint32_t i = 0; i < b->first.n; i++)
    for (uint32_t k = 0; k < b->second.n; k++)
      if (b->first.at[i].sentence == b->second.at[k].sentence && b->first.at[i].token == b->second.at[k].token) return true;
  return false;
}

/* "In exchange for its help, Tehran expects": whose it is stands behind, where nothing was told before. */
static bool follows_owner(const qi_bond *b, const qi_view *v) {
  int32_t clause = qi_clause_of(v, (int32_t)b->from), subject = clause >= 0 ? qi_deep_subject(v, clause) : QI_NO_TOKEN;
  return (v->s->index == 0 || v->s->new_paragraph) && subject > (int32_t)b->to && qi_mention_at(v, subject);
}

/* "In return for its loyalty Norland got ...": what was told before is meant. */
static bool is_anaphoric(const qi_bond *b, const qi_view *v, int32_t complement) {
  if (b->cue->type != QI_LINK_EXCHANGE || b->cue->form != QI_CUE_PREP || b->from > 0 || complement < 0) return false;
  if (qi_tok(v, complement)->upos == QI_PRON) return true;
  for (QI_EACH_CHILD(v, complement, k, c)) {
    const qi_token *t = qi_tok(v, (int32_t)c);
    if (t->upos == QI_PRON && t->rel == QI_REL_NMOD_POSS && !follows_owner(b, v)) return true;
    if (t->rel == QI_REL_DET && (qi_form_is(v, (int32_t)c, "this") || qi_form_is(v, (int32_t)c, "that") || qi_form_is(v, (int32_t)c, "these"))) return true;
  }
  return false;
}

bool qi_place_sides(qi_bond *b, const qi_view *v) {
  int32_t complement = opened(b, v);
  if (b->cue->form == QI_CUE_ADV && qi_tok(v, (int32_t)b->to)->upos == QI_DET && qi_tok(v, (int32_t)b->to)->head > (int32_t)b->to) return false; /* "for those men" */
  uint8_t rel = qi_tok(v, (int32_t)b->from)->rel; /* "expressed thanks to" */
  if (b->cue->form == QI_CUE_PREP && (rel == QI_REL_OBJ || qi_is_subject((qi_rel)rel))) return false;
  if (!opens_clause(b, v, complement) || is_anaphoric(b, v, complement)) return false;
  if (b->cue->first == QI_PLACE_PAIR) {
    pair_sides(b, v);
  } else if (b->cue->first == QI_PLACE_TOLD) {
    told_sides(b, v);
  } else {
    fill(&b->second, b, v, b->cue->second, complement);
    fill(&b->first, b, v, b->cue->first, complement);
  }
  b->open = b->cue->type == QI_LINK_EXCHANGE && qi_is_open_object(v, qi_clause_of(v, (int32_t)b->from));
  return b->first.n && b->second.n && !overlap(b) && qi_need_holds(b, v);
}
