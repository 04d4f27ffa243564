/* code: small questions about a dependency tree. See syntax.h. */
#include "code/syntax.h"

#include "base/utf8.h"
#include "know/operators.h"

#define MAX_CLIMB 64 /* steps up a tree; deeper trees are read as if cut there */

int32_t qi_child(const qi_view *v, int32_t i, qi_rel rel) {
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_tok(v, (int32_t)c)->rel == rel) return (int32_t)c;
  return QI_NO_TOKEN;
}

bool qi_form_is(const qi_view *v, int32_t i, const char *word) {
  return qi_slice_eq_nocase(qi_tok(v, i)->form, qi_slice_str(word));
}

bool qi_lemma_is(const qi_view *v, int32_t i, const char *word) {
  qi_slice w = qi_slice_str(word);
  return qi_slice_eq_nocase(qi_tok(v, i)->lemma, w) || qi_slice_eq_nocase(qi_tok(v, i)->form, w);
}

bool qi_lemma_in(const qi_view *v, int32_t i, const char *const *list) {
  for (; *list; list++)
    if (qi_lemma_is(v, i, *list)) return true;
  return false;
}

bool qi_is_verb(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  if (t->upos == QI_VERB) return true;
  return t->upos == QI_AUX && t->rel != QI_REL_AUX && t->rel != QI_REL_AUX_PASS && t->rel != QI_REL_COP;
}

bool qi_is_nominal(const qi_view *v, int32_t i) {
  uint8_t u = qi_tok(v, i)->upos;
  return u == QI_NOUN || u == QI_PROPN || u == QI_PRON || u == QI_NUM || u == QI_X || u == QI_SYM;
}

bool qi_is_subject(qi_rel rel) {
  return rel == QI_REL_NSUBJ || rel == QI_REL_NSUBJ_PASS || rel == QI_REL_CSUBJ ||
         rel == QI_REL_CSUBJ_PASS || rel == QI_REL_NSUBJ_OUTER;
}

bool qi_is_relative(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  if (t->upos != QI_PRON && t->upos != QI_DET) return false;
  if (qi_token_has(t, "PronType=Rel")) return true;
  return qi_xpos_is(v, i, "WDT") || (qi_xpos_is(v, i, "WP") && i > 0 && (qi_form_is(v, i, "who") || qi_form_is(v, i, "whom")));
}

bool qi_is_to_infinitive(const qi_view *v, int32_t i) {
  if (qi_xpos_is(v, i, "VBG") && qi_child(v, i, QI_REL_AUX) < 0) return false; /* "resorted to bombing" */
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_MARK && (int32_t)c < i && qi_form_is(v, (int32_t)c, "to"))
      return true;
  return false;
}

static bool has_aux(const qi_view *v, int32_t i) {
  return qi_child(v, i, QI_REL_AUX) >= 0 || qi_child(v, i, QI_REL_AUX_PASS) >= 0;
}

bool qi_is_participle(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  return qi_slice_eq_str(t->xpos, "VBN") ||
         (qi_token_has(t, "VerbForm=Part") && qi_token_has(t, "Tense=Past"));
}

static bool ends_in_stop(const qi_view *v) {
  for (uint32_t i = v->s->n_tokens; i > 0 && i + 2 > v->s->n_tokens; i--)
    if (qi_form_is(v, (int32_t)i - 1, ".")) return true;
  return false;
}

bool qi_is_passive(const qi_view *v, int32_t i) {
  for (int step = 0; step < 4 && i >= 0; step++) {
    const qi_token *t = qi_tok(v, i);
    bool subject = false;
    for (QI_EACH_CHILD(v, i, k, c)) {
      uint8_t rel = qi_tok(v, (int32_t)c)->rel;
      if (rel == QI_REL_AUX_PASS) return true;
      subject |= rel == QI_REL_NSUBJ_PASS || rel == QI_REL_CSUBJ_PASS;
    }
    /* Label and tag without an auxiliary are a slip of the parser ("Qatar mediated."), but for headlines
     * ("Mayor arrested"). */
    if (subject && qi_child(v, i, QI_REL_AUX) < 0 && t->rel != QI_REL_CONJ)
      return qi_is_participle(v, i) && !ends_in_stop(v) && qi_child(v, i, QI_REL_OBJ) < 0;
    if (subject) return qi_is_participle(v, i);
    if (!qi_is_participle(v, i) || has_aux(v, i)) return false;
    if (t->rel == QI_REL_ACL || t->rel == QI_REL_AMOD || t->rel == QI_REL_ADVCL ||
        t->rel == QI_REL_ACL_RELCL)
      return qi_child(v, i, QI_REL_NSUBJ) < 0;
    /* "was shelled and captured": the second verb shares the first one's auxiliary. */
    if (t->rel != QI_REL_CONJ || qi_child(v, i, QI_REL_NSUBJ) >= 0) return false;
    i = t->head;
  }
  return false;
}

static bool takes_infinitive(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  char part = t->upos == QI_VERB ? 'v' : t->upos == QI_NOUN ? 'n' : t->upos == QI_ADJ ? 'a' : 0;
  if (!part) return false;
  const qi_operator *op;
  uint32_t at = qi_operators_first(v->know->operators, t->lemma, part);
  while ((op = qi_operators_next(v->know->operators, &at)))
    if (op->slot == QI_SLOT_TO_INF && op->words.n == 1) return true;
  return false;
}

static bool takes_clause(const qi_view *v, int32_t i, char part) {
  const qi_operator *op;
  uint32_t at = qi_operators_first(v->know->operators, qi_tok(v, i)->lemma, part);
  while ((op = qi_operators_next(v->know->operators, &at)))
    if (op->slot == QI_SLOT_COMP) return true;
  return false;
}

bool qi_is_content_clause(const qi_view *v, int32_t clause) {
  int32_t that = QI_NO_TOKEN;
  uint32_t subjects = 0, objects = 0;
  bool modal = false;
  for (QI_EACH_CHILD(v, clause, k, c)) {
    const qi_token *t = qi_tok(v, (int32_t)c);
    if (that < 0 && qi_form_is(v, (int32_t)c, "that") && t->rel != QI_REL_DET) {
      that = (int32_t)c;
      if (t->rel == QI_REL_MARK) return true;
    } else if (qi_is_subject(t->rel)) subjects++;
    else if (t->rel == QI_REL_OBJ) objects++;
    modal |= t->rel == QI_REL_AUX && qi_xpos_is(v, (int32_t)c, "MD");
  }
  if (that < 0 || subjects == 0) return false;
  return objects > 0 || modal || qi_is_subject(qi_tok(v, that)->rel);
}

/* "promised Seoul that it would pay", with the clause hung on "Seoul". */
static int32_t verb_of_clause(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  if ((t->rel != QI_REL_ACL && t->rel != QI_REL_ACL_RELCL) || t->head < 0) return QI_NO_TOKEN;
  int32_t noun = t->head, verb = qi_tok(v, noun)->head;
  if (!qi_is_content_clause(v, i) || verb < 0 || takes_clause(v, noun, 'n')) return QI_NO_TOKEN;
  /* "reports in the press that they met" */
  if (qi_tok(v, noun)->rel == QI_REL_NMOD && takes_clause(v, verb, 'n')) return verb;
  uint8_t rel = qi_tok(v, noun)->rel;
  int32_t object = rel == QI_REL_OBL && qi_is_verb(v, verb) ? qi_child(v, verb, QI_REL_OBJ) : QI_NO_TOKEN;
  if (object >= 0 && object < noun && takes_clause(v, object, 'n')) return object;
  bool below = rel == QI_REL_OBJ || rel == QI_REL_IOBJ || rel == QI_REL_OBL || rel == QI_REL_OBL_AGENT;
  return below && qi_is_verb(v, verb) && takes_clause(v, verb, 'v') ? verb : QI_NO_TOKEN;
}

static bool takes(const qi_view *v, int32_t i, char part, qi_slot slot) {
  const qi_operator *op;
  uint32_t at = qi_operators_first(v->know->operators, qi_tok(v, i)->lemma, part);
  while ((op = qi_operators_next(v->know->operators, &at)))
    if (op->slot == slot && op->words.n == 1) return true;
  return false;
}

/* "accused its neighbour of arming rebels", "blamed it for an attack", with what follows the preposition hung on the object. */
static int32_t verb_of_phrase(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  bool gerund = t->rel == QI_REL_ACL && qi_is_verb(v, i);
  if ((!gerund && t->rel != QI_REL_NMOD) || t->head < 0) return QI_NO_TOKEN;
  int32_t noun = t->head, verb = qi_tok(v, noun)->head;
  uint8_t rel = qi_tok(v, noun)->rel;
  if (verb < 0 || noun > i || verb > noun || (rel != QI_REL_OBJ && rel != QI_REL_IOBJ && rel != QI_REL_OBL_AGENT) || !qi_is_verb(v, verb)) return QI_NO_TOKEN;
  qi_slot slot = qi_preposition(v, i, NULL);
  if (slot < QI_SLOT_FIRST_PREP || !takes(v, verb, 'v', slot) || takes(v, noun, 'n', slot)) return QI_NO_TOKEN;
  return gerund || qi_names_somebody(v, noun) ? verb : QI_NO_TOKEN;
}

int32_t qi_governor(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  int32_t verb = verb_of_clause(v, i);
  if (verb < 0) verb = verb_of_phrase(v, i);
  if (verb >= 0) return verb;
  if (t->rel != QI_REL_ADVCL && t->rel != QI_REL_XCOMP && t->rel != QI_REL_ACL) return t->head;
  for (QI_EACH_CHILD(v, i, k, c)) {
    if (qi_tok(v, (int32_t)c)->rel != QI_REL_MARK || !qi_form_is(v, (int32_t)c, "to") || (int32_t)c > i) continue;
    int32_t before = (int32_t)c - 1;
    if (before < 0 || before == t->head || qi_tok(v, before)->rel == QI_REL_FIXED || !takes_infinitive(v, before)) break; /* "in order to" */
    /* It must stand below the head, or the infinitive would change clauses. */
    int32_t up = qi_tok(v, before)->head;
    for (int step = 0; step < 3 && up >= 0; step++, up = qi_tok(v, up)->head)
      if (up == t->head && up != i) return before;
    break;
  }
  return t->head;
}

/* Appends "_word" (or "word") in lower case; false: no room. */
static bool append(char *room, size_t size, size_t *len, qi_slice w) {
  if (*len + 1 + w.len > size) return false;
  if (*len > 0) room[(*len)++] = '_';
  for (size_t i = 0; i < w.len; i++) room[(*len)++] = qi_ascii_lower(w.ptr[i]);
  return true;
}

/* The words that start at a case or mark, joined, longest first ("because of", "in front of"), whether
 * or not the parser marked them as one. */
static qi_slot slot_of_marker(const qi_view *v, int32_t m) {
  char room[48];
  size_t len = 0;
  if (!append(room, sizeof room, &len, qi_tok(v, m)->form)) return QI_SLOT_NONE;
  qi_slot best = qi_slot_of_preposition((qi_slice){room, len});
  for (uint32_t next = (uint32_t)m + 1; next < v->s->n_tokens && next <= (uint32_t)m + 3; next++) {
    if (!append(room, sizeof room, &len, qi_tok(v, (int32_t)next)->form)) break;
    qi_slot slot = qi_slot_of_preposition((qi_slice){room, len});
    if (slot != QI_SLOT_NONE) best = slot;
  }
  return best;
}

qi_slot qi_preposition(const qi_view *v, int32_t i, int32_t *token) {
  for (int step = 0; step < 4; step++) {
    for (QI_EACH_CHILD(v, i, k, c)) {
      const qi_token *t = qi_tok(v, (int32_t)c);
      if ((int32_t)c > i) break;
      if (t->rel != QI_REL_CASE && t->rel != QI_REL_MARK) continue;
      /* "to" before a noun is a preposition, whatever its label ("agreed to talks"). */
      if (t->rel == QI_REL_MARK && qi_form_is(v, (int32_t)c, "to") && qi_tok(v, i)->upos != QI_NOUN && qi_is_to_infinitive(v, i)) continue;
      qi_slot slot = slot_of_marker(v, (int32_t)c);
      if (slot == QI_SLOT_NONE) continue;
      if (token) *token = (int32_t)c;
      return slot;
    }
    /* "the agreement and the pact": a conjunct shares the first one's preposition. */
    const qi_token *t = qi_tok(v, i);
    if (t->rel != QI_REL_CONJ || t->head < 0) return QI_SLOT_NONE;
    i = t->head;
  }
  return QI_SLOT_NONE;
}

static bool word_is(const qi_view *v, int32_t i, qi_slice w) {
  return qi_slice_eq_nocase(qi_tok(v, i)->lemma, w) || qi_slice_eq_nocase(qi_tok(v, i)->form, w);
}

static bool word_among(const qi_view *v, int32_t i, const qi_words *words, uint32_t from) {
  for (uint32_t n = from; n < words->n; n++)
    if (word_is(v, i, words->w[n])) return true;
  return false;
}

static bool verb_words_at(const qi_view *v, int32_t i, const qi_words *words) {
  enum { WINDOW = 8 };
  if (!word_is(v, i, words->w[0])) return false;
  uint32_t at = (uint32_t)i + 1, last = (uint32_t)i;
  for (uint32_t n = 1; n < words->n; n++, last = at++) {
    for (;; at++) {
      if (at >= v->s->n_tokens || at > (uint32_t)i + WINDOW) return false;
      const qi_token *t = qi_tok(v, (int32_t)at);
      /* On the verb itself; or on what hangs on the verb, right behind the word before ("took part in")
       * or on another word of the entry ("put its army on high alert"). */
      bool next = t->head >= 0 && qi_tok(v, t->head)->head == i && (at == last + 1 || word_among(v, t->head, words, n + 1));
      if ((t->head == i || next) && word_is(v, (int32_t)at, words->w[n])) break;
    }
  }
  return true;
}

bool qi_words_at(const qi_view *v, int32_t i, const qi_words *words, bool verb) {
  if (words->n == 1) return word_is(v, i, words->w[0]);
  if (verb) return verb_words_at(v, i, words);
  for (uint32_t place = 0; place < words->n; place++) {
    if (!word_is(v, i, words->w[place])) continue;
    int64_t first = (int64_t)i - place, end = first + words->n;
    if (first < 0 || end > v->s->n_tokens) continue;
    /* The head of the words is the one that hangs on something outside them. */
    int32_t up = qi_tok(v, i)->head;
    if (up >= first && up < end) continue;
    bool all = true;
    for (uint32_t n = 0; all && n < words->n; n++) all = word_is(v, (int32_t)(first + n), words->w[n]);
    if (all) return true;
  }
  return false;
}

int32_t qi_antecedent(const qi_view *v, int32_t i) {
  if (!qi_is_relative(v, i)) return i;
  int32_t at = i;
  for (int step = 0; step < MAX_CLIMB && at >= 0; step++) {
    const qi_token *t = qi_tok(v, at);
    if (t->rel == QI_REL_ACL_RELCL || (t->rel == QI_REL_ACL && step > 0))
      return t->head >= 0 ? t->head : i;
    if (t->rel == QI_REL_ADVCL_RELCL) return i;
    at = t->head;
  }
  return i;
}

bool qi_is_definite(const qi_view *v, int32_t i) {
  static const char *const words[] = {"the", "this", "that", "these", "those", NULL};
  if (qi_tok(v, i)->upos == QI_PROPN) return true;
  for (QI_EACH_CHILD(v, i, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel == QI_REL_NMOD_POSS) return true;
    if (rel == QI_REL_DET && qi_lemma_in(v, (int32_t)c, words)) return true;
  }
  return false;
}

void qi_subtree_span(const qi_view *v, int32_t i, uint32_t *first, uint32_t *last) {
  *first = *last = (uint32_t)i;
  /* Down the outermost children: subtrees of projective trees are spans, so this is exact there. */
  int32_t at = i;
  for (int step = 0; step < MAX_CLIMB; step++) {
    uint32_t b = v->s->child_begin[at], e = v->s->child_begin[at + 1];
    if (b == e || v->s->child[b] >= (uint32_t)at) break;
    at = (int32_t)v->s->child[b];
    if ((uint32_t)at < *first) *first = (uint32_t)at;
  }
  at = i;
  for (int step = 0; step < MAX_CLIMB; step++) {
    uint32_t b = v->s->child_begin[at], e = v->s->child_begin[at + 1];
    while (e > b && qi_tok(v, (int32_t)v->s->child[e - 1])->upos == QI_PUNCT) e--;
    if (b == e || v->s->child[e - 1] <= (uint32_t)at) break;
    at = (int32_t)v->s->child[e - 1];
    if ((uint32_t)at > *last) *last = (uint32_t)at;
  }
}

const qi_mention *qi_mention_at(const qi_view *v, int32_t i) {
  int32_t m = v->mentions && v->mentions->at ? v->mentions->at[v->s->index][i] : QI_NO_MENTION;
  return m == QI_NO_MENTION ? NULL : &v->mentions->items[m];
}

const quid_entity *qi_modifier_at(const qi_view *v, int32_t i) {
  return v->mentions && v->mentions->modifier ? v->mentions->modifier[v->s->index][i] : NULL;
}
