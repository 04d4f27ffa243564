/* code: words that link deeds whose sides their construction does not give -> two sides all the same, by the clauses around them.
 *
 * knowledge/links names constructions. Where the parser hung a clause elsewhere, or the text says in a way of its own that
 * something is a bargain or an answer, the clauses of the sentence, and of the one before it, are taken in order of the text:
 * of a condition those on either side of the conjunction; of a bargain two with different doers; of an answer its own clause and
 * the one before. Such a bond makes no events and links none: it is told as a link record alone.
 *
 *   "Norland reopened the port, and the rebels freed the crew: a swap that both denied." reopened, freed, by "swap".
 *
 * Cost: linear in the sentence for each such word, of which there are few. */
#include "code/link.h"

#include "code/clause.h"
#include "know/frames.h"

enum { MAX_CLAUSES = 16, MAX_OPEN = 40, MAX_UP = 8 };

static const qi_link_cue bargain = {.type = QI_LINK_EXCHANGE, .form = QI_CUE_PHRASE, .need = QI_NEED_NOTHING};
static const qi_link_cue taking = {.type = QI_LINK_EXCHANGE, .form = QI_CUE_PHRASE, .need = QI_NEED_FRIENDLY}; /* the first side alone */
static const qi_link_cue trading = {.type = QI_LINK_EXCHANGE, .form = QI_CUE_PHRASE, .need = QI_NEED_PRICE}; /* the first side is a gift */
static const qi_link_cue pair = {.type = QI_LINK_EXCHANGE, .form = QI_CUE_PHRASE, .need = QI_NEED_BARGAIN};    /* both sides */
static const qi_link_cue answer = {.type = QI_LINK_RETALIATION, .form = QI_CUE_PHRASE, .need = QI_NEED_NOTHING};
static const qi_link_cue whoever = {.type = QI_LINK_CONDITION, .form = QI_CUE_PHRASE, .need = QI_NEED_NOTHING};

/* "a swap under which": not "a swap that many denounced". */
static bool is_under_which(const qi_view *v, int32_t clause) {
  for (QI_EACH_CHILD(v, clause, k, c))
    if (qi_is_relative(v, (int32_t)c) && qi_child(v, (int32_t)c, QI_REL_CASE) >= 0) return true;
  return false;
}

/* Does a clause tell a deed of its own: no remark, no relative clause, no infinitive below a verb that is told itself? */
static bool tells_deed(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  if (!qi_is_verb(v, i) || !qi_is_predicate(v, i) || qi_in_set(v, i, QI_SET_SAYS)) return false;
  switch (t->rel) {
  case QI_REL_ROOT: case QI_REL_PARATAXIS: case QI_REL_ADVCL: return true;
  case QI_REL_CONJ: return t->head >= 0 && qi_is_predicate(v, t->head);
  case QI_REL_CCOMP: case QI_REL_XCOMP: return t->head >= 0 && (qi_in_set(v, t->head, QI_SET_SAYS) || !qi_is_verb(v, t->head));
  case QI_REL_ACL_RELCL: return t->head >= 0 && qi_in_set(v, t->head, QI_SET_ACCORD) && is_under_which(v, i);
  default: return false;
  }
}

static uint32_t clauses_of(int32_t *out, const qi_view *v) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < v->s->n_tokens && n < MAX_CLAUSES; i++)
    if (tells_deed(v, (int32_t)i)) out[n++] = (int32_t)i;
  return n;
}

static const char *doer_of(const qi_view *v, int32_t clause) {
  int32_t subject = qi_deep_subject(v, clause);
  qi_cast who = {.n = 0};
  if (subject >= 0) qi_cast_phrase(v, subject, true, &who);
  return who.n ? (who.who[0]->country[0] ? who.who[0]->country : who.who[0]->id) : NULL;
}

/* Both are told who does them, and they are not the same. */
static bool have_other_doers(const qi_view *a, int32_t one, const qi_view *b, int32_t two) {
  const char *x = doer_of(a, one), *y = doer_of(b, two);
  return x && y && strcmp(x, y) != 0;
}

static void put(qi_heads *out, const qi_view *v, int32_t token) { *out = (qi_heads){.at = {{v->s->index, token, false}}, .n = 1}; }

static bool before(qi_view *out, const qi_view *v) {
  *out = *v;
  if (v->s->index == 0 || v->s->new_paragraph) return false;
  out->s = &v->doc->sentences[v->s->index - 1];
  return !out->s->unparsed && out->s->n_tokens;
}

/* "as partial payment for the loan", "in revenge for the raid": the clause that the noun hangs on, and what stands under it. */
static bool oblique_sides(qi_bond *b, const qi_view *v) {
  static const char *const over[] = {"as", "in", "by", "under"}, *const under[] = {"for", "to", "against", "of", "at", "over"};
  int32_t noun = (int32_t)b->from, head = qi_tok(v, noun)->head, below = QI_NO_TOKEN;
  qi_slot own = qi_is_nominal(v, noun) ? qi_preposition(v, noun, NULL) : QI_SLOT_NONE;
  bool oblique = false;
  for (size_t i = 0; own != QI_SLOT_NONE && i < sizeof over / sizeof *over; i++) oblique |= own == qi_slot_of_preposition(qi_slice_str(over[i]));
  if (!oblique || head < 0) return false;
  for (QI_EACH_CHILD(v, noun, k, c)) {
    qi_slot slot = (int32_t)c > noun ? qi_preposition(v, (int32_t)c, NULL) : QI_SLOT_NONE;
    for (size_t i = 0; below < 0 && slot != QI_SLOT_NONE && i < sizeof under / sizeof *under; i++)
      if (slot == qi_slot_of_preposition(qi_slice_str(under[i]))) below = (int32_t)c;
  }
  int32_t clause = qi_clause_of(v, head);
  if (below < 0 || clause < 0 || clause == below || qi_tok(v, below)->upos == QI_PRON || qi_in_set(v, clause, QI_SET_SAYS)) return false;
  put(&b->first, v, clause);
  b->second = (qi_heads){.at = {{v->s->index, below, true}}, .n = 1};
  return true;
}

/* "offered Norland money to guard its coast". */
static int32_t bought_of(const qi_view *v, int32_t clause) {
  if (!qi_in_set(v, clause, QI_SET_GIVES)) return QI_NO_TOKEN;
  for (QI_EACH_CHILD(v, clause, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if ((rel == QI_REL_XCOMP || rel == QI_REL_ADVCL) && (int32_t)c > clause && qi_is_to_infinitive(v, (int32_t)c) && qi_child(v, clause, QI_REL_OBJ) >= 0) return (int32_t)c;
  }
  int32_t obj = qi_child(v, clause, QI_REL_OBJ);
  for (uint32_t k = obj >= 0 ? v->s->child_begin[obj] : 0; obj >= 0 && k < v->s->child_begin[obj + 1]; k++)
    if (qi_tok(v, (int32_t)v->s->child[k])->rel == QI_REL_ACL && qi_is_to_infinitive(v, (int32_t)v->s->child[k])) return (int32_t)v->s->child[k];
  return QI_NO_TOKEN;
}

static bool is_sequel(const qi_view *v, int32_t clause) {
  int32_t mark = qi_child(v, clause, QI_REL_MARK);
  return mark >= 0 && (qi_form_is(v, mark, "after") || qi_form_is(v, mark, "once") || qi_form_is(v, mark, "when"));
}

/* ---- bargains ---- */

static bool bargain_sides(qi_bond *b, const qi_view *v) {
  int32_t here[MAX_CLAUSES], there[MAX_CLAUSES];
  uint32_t n = clauses_of(here, v), m;
  qi_view last;
  if (oblique_sides(b, v)) return true;
  for (uint32_t i = 0; i + 1 < n; i++)
    if (have_other_doers(v, here[i], v, here[i + 1])) return put(&b->first, v, here[i]), put(&b->second, v, here[i + 1]), true;
  for (uint32_t i = 0, to; i < n; i++)
    if ((int32_t)b->from > here[i] && (to = (uint32_t)bought_of(v, here[i])) != (uint32_t)QI_NO_TOKEN) return put(&b->first, v, here[i]), put(&b->second, v, (int32_t)to), true;
  for (uint32_t i = 0; i + 1 < n && qi_tok(v, (int32_t)b->from)->upos == QI_NOUN; i++) /* "freed him after the firm paid a ransom" */
    if (qi_clause_of(v, (int32_t)b->from) == here[i + 1] && qi_tok(v, here[i + 1])->rel == QI_REL_ADVCL && qi_tok(v, here[i + 1])->head == here[i] && is_sequel(v, here[i + 1]))
      return put(&b->first, v, here[i]), put(&b->second, v, here[i + 1]), true;
  if (!before(&last, v) || (m = clauses_of(there, &last)) == 0) return false;
  if (n == 1 && m == 1 && qi_deep_subject(&last, there[0]) >= 0 && qi_deep_subject(v, here[0]) >= 0) return put(&b->first, &last, there[0]), put(&b->second, v, here[0]), true;
  for (uint32_t i = 0; i < n; i++)
    if (have_other_doers(&last, there[m - 1], v, here[i])) return put(&b->first, &last, there[m - 1]), put(&b->second, v, here[i]), true;
  for (uint32_t i = m; i-- > 1;)
    if (have_other_doers(&last, there[i - 1], &last, there[i])) return put(&b->first, &last, there[i - 1]), put(&b->second, &last, there[i]), true;
  return false;
}

/* "Under the deal Norland would reopen the port, and Ostria would free the crew": two promises side by side, here or behind the sentence
 * that has the word. */
static bool pact_sides(qi_bond *b, const qi_view *v, bool modal) {
  int32_t here[MAX_CLAUSES];
  uint32_t n = clauses_of(here, v);
  for (uint32_t i = 0; i + 1 < n; i++) {
    uint8_t rel = qi_tok(v, here[i + 1])->rel;
    if (rel != QI_REL_CONJ && rel != QI_REL_PARATAXIS) continue;
    if (qi_has_modal(v, here[i]) != modal || qi_has_modal(v, here[i + 1]) != modal || !have_other_doers(v, here[i], v, here[i + 1])) continue;
    return put(&b->first, v, here[i]), put(&b->second, v, here[i + 1]), true;
  }
  return false;
}

static bool gives(const qi_view *v, int32_t i) {
  return qi_in_set(v, i, QI_SET_GIVES) || qi_frames_first(v->know->frames, qi_tok(v, i)->lemma, 'v') != QI_MAP_NONE;
}

/* "sold the port to win a loan", "won a loan by selling the port", "sold the port and received a loan". */
static bool taking_sides(qi_bond *b, const qi_view *v) {
  int32_t taken = (int32_t)b->from, given = QI_NO_TOKEN;
  if (!qi_is_verb(v, taken) || qi_child(v, taken, QI_REL_OBJ) < 0) return false;
  if (qi_tok(v, taken)->rel == QI_REL_ADVCL && qi_is_to_infinitive(v, taken) && qi_tok(v, taken)->head >= 0 && gives(v, qi_tok(v, taken)->head))
    given = qi_tok(v, taken)->head;
  for (QI_EACH_CHILD(v, taken, k, c))
    if (given < 0 && qi_tok(v, (int32_t)c)->rel == QI_REL_ADVCL && qi_preposition(v, (int32_t)c, NULL) == qi_slot_of_preposition(QI_SLICE("by")) && gives(v, (int32_t)c) &&
        qi_child(v, (int32_t)c, QI_REL_OBJ) >= 0)
      given = (int32_t)c;
  if (given < 0 && qi_tok(v, taken)->rel == QI_REL_CONJ && !qi_has_subject(v, taken) && qi_tok(v, taken)->head >= 0 && gives(v, qi_tok(v, taken)->head) &&
      qi_child(v, qi_tok(v, taken)->head, QI_REL_OBJ) >= 0)
    given = qi_tok(v, taken)->head, b->cue = &trading;
  if (given < 0) return false;
  put(&b->first, v, given);
  put(&b->second, v, taken);
  return true;
}

/* ---- answers ---- */

static bool is_deed_noun(const qi_view *v, int32_t i) {
  return qi_tok(v, i)->upos == QI_NOUN && qi_frames_first(v->know->frames, qi_tok(v, i)->lemma, 'n') != QI_MAP_NONE;
}

/* What stands under "for", "after", "over" below the word. */
static int32_t cause_below(const qi_view *v, int32_t word) {
  static const char *const from[] = {"for", "to", "after", "over", "against", "at"};
  for (QI_EACH_CHILD(v, word, k, c)) {
    qi_slot slot = (int32_t)c > word ? qi_preposition(v, (int32_t)c, NULL) : QI_SLOT_NONE;
    for (size_t i = 0; slot != QI_SLOT_NONE && i < sizeof from / sizeof *from; i++)
      if (slot == qi_slot_of_preposition(qi_slice_str(from[i])) && (is_deed_noun(v, (int32_t)c) || qi_is_verb(v, (int32_t)c))) return (int32_t)c;
    int32_t mark = qi_child(v, (int32_t)c, QI_REL_MARK);
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_ADVCL && mark >= 0 && (qi_form_is(v, mark, "after") || qi_form_is(v, mark, "because") || qi_form_is(v, mark, "when"))) return (int32_t)c;
  }
  return QI_NO_TOKEN;
}

static bool answer_sides(qi_bond *b, const qi_view *v) {
  int32_t word = (int32_t)b->from, here[MAX_CLAUSES], cause, did = QI_NO_TOKEN;
  uint8_t rel = qi_tok(v, word)->rel;
  if (oblique_sides(b, v)) return true;
  if ((rel == QI_REL_AMOD || rel == QI_REL_COMPOUND) && qi_tok(v, word)->head >= 0) did = word = qi_tok(v, word)->head; /* "retaliatory strikes" */
  int32_t clause = qi_clause_of(v, word);
  if (did < 0 || !is_deed_noun(v, did)) did = clause;
  if (did < 0) return false;
  if (qi_is_verb(v, did) && qi_tok(v, did)->rel == QI_REL_ADVCL && qi_is_to_infinitive(v, did)) did = qi_clause_of(v, qi_tok(v, did)->head);
  cause = QI_NO_TOKEN;
  for (int32_t at = word, step = 0; at >= 0 && cause < 0 && step < MAX_UP; step++, at = qi_tok(v, at)->head) {
    cause = cause_below(v, at);
    if (at == clause) break;
  }
  uint32_t n = clauses_of(here, v);
  for (uint32_t i = n; i-- > 0 && cause < 0;)
    if (here[i] < (int32_t)b->from && here[i] != clause && here[i] != did) cause = here[i];
  qi_view last = *v;
  if (cause < 0) {
    if (!before(&last, v) || (n = clauses_of(here, &last)) == 0) return false;
    cause = here[n - 1];
  }
  return did != cause || last.s != v->s ? put(&b->first, v, did), put(&b->second, &last, cause), true : false;
}

/* ---- conditions ---- */

/* "Those who lay down their arms will be pardoned." */
static bool whoever_sides(qi_bond *b, const qi_view *v) {
  static const char *const any[] = {"those", "anyone", "anybody", "whoever", "everyone", "any", "all", NULL};
  int32_t word = (int32_t)b->from, clause = qi_tok(v, word)->head, rel = qi_child(v, word, QI_REL_ACL_RELCL);
  if (!qi_lemma_in(v, word, any) && !qi_form_is(v, word, "those")) return false;
  if (clause < 0 || rel < 0 || !qi_is_subject((qi_rel)qi_tok(v, word)->rel) || !qi_is_verb(v, rel)) return false;
  if (!qi_has_modal(v, clause) || qi_has_modal(v, rel)) return false;
  put(&b->first, v, clause);
  put(&b->second, v, rel);
  return true;
}

/* "Leave the city, he told them, or we will shell it." */
static bool order_sides(qi_bond *b, const qi_view *v) {
  int32_t order = QI_NO_TOKEN, n = (int32_t)v->s->n_tokens, then = QI_NO_TOKEN;
  for (int32_t i = 0; i < 2 && i < n && order < 0; i++)
    if (qi_xpos_is(v, i, "VB") && qi_is_verb(v, i) && !qi_has_subject(v, i) && (i == 0 || !qi_is_nominal(v, 0))) order = i;
  for (int32_t i = (int32_t)b->from + 1; order >= 0 && then < 0 && i < n && i < (int32_t)b->from + 8; i++) {
    if (qi_tok(v, i)->upos == QI_PUNCT) break;
    if (qi_is_verb(v, i) && qi_is_predicate(v, i)) then = i;
  }
  if (then < 0 || !(qi_has_modal(v, then) || qi_in_set(v, then, QI_SET_SUFFERS))) return false;
  for (QI_EACH_CHILD(v, then, k, c)) /* "and Japan should": another order, no consequence */
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_AUX && (qi_form_is(v, (int32_t)c, "should") || qi_form_is(v, (int32_t)c, "must"))) return false;
  put(&b->first, v, then);
  put(&b->second, v, order);
  return true;
}

static bool is_main(const qi_view *v, int32_t i) {
  return qi_is_verb(v, i) && qi_is_predicate(v, i) && !qi_in_set(v, i, QI_SET_SAYS) && qi_tok(v, i)->rel != QI_REL_ACL && qi_tok(v, i)->rel != QI_REL_ACL_RELCL;
}

bool qi_loose_condition(qi_bond *b, const qi_view *v) {
  int32_t n = (int32_t)v->s->n_tokens, second = QI_NO_TOKEN, first = QI_NO_TOKEN, i;
  if (b->cue->type != QI_LINK_CONDITION || b->cue->form != QI_CUE_CONJ || b->cue->need != QI_NEED_NOTHING) return false;
  for (i = (int32_t)b->to + 1; i < n && i < (int32_t)b->to + MAX_OPEN && second < 0; i++) {
    if (qi_form_is(v, i, ",") || qi_form_is(v, i, ";")) break;
    if (is_main(v, i)) second = i;
  }
  if (second < 0) return false;
  bool opens = b->from == 0 || qi_tok(v, (int32_t)b->from - 1)->upos == QI_PUNCT || qi_tok(v, (int32_t)b->from - 1)->upos == QI_CCONJ;
  if (b->from <= 1) { /* the main clause stands behind a comma */
    while (i < n && !qi_form_is(v, i, ",")) i++;
    for (; i < n && first < 0; i++)
      if (is_main(v, i) && (qi_has_modal(v, i) || qi_has_subject(v, i))) first = i;
  } else {
    for (i = (int32_t)b->from - 1; i >= 0 && first < 0; i--)
      if (is_main(v, i)) first = i;
    if (first >= 0 && !opens && qi_in_set(v, first, QI_SET_ASKS)) return false; /* "asked if" */
  }
  if (first < 0) return false;
  put(&b->first, v, first);
  put(&b->second, v, second);
  return true;
}

/* ---- a sentence ---- */

static bool has_type(const qi_bonds *bonds, size_t from, uint8_t type) {
  for (size_t i = from; i < bonds->len; i++)
    if (bonds->items[i].cue->type == type) return true;
  return false;
}

/* The sentence before speaks of a deal. */
static bool has_pact_before(const qi_view *v) {
  qi_view last;
  if (!before(&last, v)) return false;
  for (uint32_t i = 0; i < last.s->n_tokens; i++)
    if (qi_in_set(&last, (int32_t)i, QI_SET_PACTS) || qi_in_set(&last, (int32_t)i, QI_SET_BARGAINS)) return true;
  return false;
}

bool qi_loose_find(qi_bonds *out, const qi_view *v, size_t from, qi_arena *arena) {
  bool pact = has_pact_before(v);
  for (uint32_t i = 0; i < v->s->n_tokens; i++) {
    qi_bond b = {.sentence = v->s->index, .from = i, .to = i, .loose = true};
    bool found = false;
    bool vague = qi_tok(v, (int32_t)i)->upos == QI_NOUN && qi_in_set(v, (int32_t)i, QI_SET_VAGUE);
    if (vague && !has_type(out, from, QI_LINK_EXCHANGE)) b.cue = &bargain, found = oblique_sides(&b, v);
    else if (qi_in_set(v, (int32_t)i, QI_SET_BARGAINS) && !has_type(out, from, QI_LINK_EXCHANGE)) b.cue = &bargain, found = bargain_sides(&b, v);
    else if (qi_in_set(v, (int32_t)i, QI_SET_ANSWERS) && !has_type(out, from, QI_LINK_RETALIATION)) b.cue = &answer, found = answer_sides(&b, v);
    else if ((qi_in_set(v, (int32_t)i, QI_SET_PACTS) || (pact && i == 0)) && !has_type(out, from, QI_LINK_EXCHANGE)) b.cue = &bargain, found = pact_sides(&b, v, true) || (b.cue = &pair, pact_sides(&b, v, false));
    else if (qi_in_set(v, (int32_t)i, QI_SET_TAKES) && !has_type(out, from, QI_LINK_EXCHANGE)) b.cue = &taking, found = taking_sides(&b, v);
    else if ((qi_form_is(v, (int32_t)i, "and") || qi_form_is(v, (int32_t)i, "or")) && !has_type(out, from, QI_LINK_CONDITION)) b.cue = &whoever, found = order_sides(&b, v);
    else if (qi_tok(v, (int32_t)i)->upos == QI_PRON || qi_form_is(v, (int32_t)i, "those")) b.cue = &whoever, found = whoever_sides(&b, v);
    if (found && !QI_VEC_PUSH_IN(arena, out, b)) return false;
  }
  return true;
}
