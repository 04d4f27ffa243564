/* code: trees -> the same, less members of lists, bearers of offices, speakers and receivers that were hung in the wrong place.
 *
 *   "Roe, Doe/appos and Poe/conj met"            names of one kind in a row before "and" are one list: conj
 *   "Norland/nsubj and Ostria/nsubj met"         two subjects with "and" between them are one: conj
 *   "sent Ostria/obj eighteen guns/obl"           who gets what: iobj and obj
 *   "'We met the envoy/obj,' Jane Roe/appos said" behind the closing mark a name before a verb of saying is its subject
 *
 * Worked sentence: "The premiers of Poland, the Czech Republic and Slovenia came": "Republic" hangs on "premiers" as an
 * apposition; "Poland" ends right before the comma, is a place as it is, and "Slovenia" is joined to it by "and", so all three are
 * what the premiers are of. */
#include "code/mend.h"

#define MAX_STEPS 64u /* heads that are climbed */

static bool is(const qi_token *t, const char *word) { return qi_slice_eq_nocase(t->form, qi_slice_str(word)); }

static void relabel(qi_token *t, qi_rel rel) {
  t->rel = (uint8_t)rel;
  t->deprel = qi_slice_str(qi_rel_name(rel));
}

static bool has_child(const qi_sentence *s, uint32_t token, qi_rel rel) {
  for (uint32_t i = s->child_begin[token]; i < s->child_begin[token + 1]; i++)
    if (s->tokens[s->child[i]].rel == rel) return true;
  return false;
}

static bool is_below(const qi_sentence *s, uint32_t token, uint32_t above) {
  int32_t up = (int32_t)token;
  for (uint32_t steps = 0; up >= 0 && steps < MAX_STEPS; steps++, up = s->tokens[up].head)
    if (up == (int32_t)above) return true;
  return up >= 0; /* too deep to say: as if it were */
}

/* First token of the phrase that ends with its head: "the Czech Republic". */
static uint32_t phrase_start(const qi_sentence *s, uint32_t head) {
  uint32_t first = head;
  while (first > 0 && s->tokens[first - 1].head == (int32_t)head && s->tokens[first - 1].upos != QI_PUNCT &&
         s->tokens[first - 1].rel != QI_REL_CC && s->tokens[first - 1].rel != QI_REL_CASE)
    first--;
  return first;
}

/* The head of the name that ends at `last`. */
static uint32_t name_head(const qi_sentence *s, uint32_t last) {
  uint32_t at = last;
  for (uint32_t steps = 0; steps < 8 && s->tokens[at].head >= 0; steps++) {
    const qi_token *t = &s->tokens[at];
    if (t->rel != QI_REL_FLAT && t->rel != QI_REL_COMPOUND && t->rel != QI_REL_AMOD) break;
    if (s->tokens[t->head].ner != t->ner || t->head > (int32_t)last) break;
    at = (uint32_t)t->head;
  }
  return at;
}

/* Is the name joined to another by "and"? */
static bool leads_on(const qi_sentence *s, uint32_t i) {
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
    uint32_t c = s->child[k];
    if (s->tokens[c].rel == QI_REL_CONJ && s->tokens[c].ner == s->tokens[i].ner && has_child(s, c, QI_REL_CC)) return true;
  }
  return false;
}

static bool is_where(const qi_sentence *s, uint32_t i) {
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
    const qi_token *c = &s->tokens[s->child[k]];
    if (c->rel == QI_REL_CASE && (is(c, "in") || is(c, "at") || is(c, "near"))) return true;
  }
  return false;
}

/* "Roe, Doe/appos and Poe". */
static bool mend_member(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  if (t->rel != QI_REL_APPOS || t->ner == QI_NER_NONE || t->upos != QI_PROPN || !leads_on(s, i)) return false;
  uint32_t first = phrase_start(s, i);
  if (first < 2 || !is(&s->tokens[first - 1], ",")) return false;
  uint32_t before = name_head(s, first - 2);
  const qi_token *b = &s->tokens[before];
  if (b->ner != t->ner || b->upos != QI_PROPN || is_below(s, before, i)) return false;
  if (t->ner == QI_NER_LOC && is_where(s, before)) return false; /* "in Munich, Germany and Vienna" */
  bool near = t->head == (int32_t)before || t->head == b->head || (b->head >= 0 && is_below(s, before, (uint32_t)t->head));
  if (!near) return false;
  t->head = (int32_t)before;
  relabel(t, QI_REL_CONJ);
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++)
    if (s->tokens[s->child[k]].rel == QI_REL_CONJ) s->tokens[s->child[k]].head = (int32_t)before;
  return true;
}

/* "Norland and Ostria/nsubj met": a verb has one subject. */
static bool mend_second_subject(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  if (t->rel != QI_REL_NSUBJ || t->head <= (int32_t)i || !has_child(s, i, QI_REL_CC)) return false;
  for (uint32_t k = s->child_begin[t->head]; k < s->child_begin[t->head + 1]; k++) {
    uint32_t c = s->child[k];
    if (c >= i || s->tokens[c].rel != QI_REL_NSUBJ) continue;
    t->head = (int32_t)c;
    relabel(t, QI_REL_CONJ);
    return true;
  }
  return false;
}

static bool is_mark(const qi_token *t) {
  return is(t, "\"") || is(t, "''") || is(t, "\xE2\x80\x9D") || is(t, "\xE2\x80\x99");
}

/* Behind a closing mark "Jane Roe said": whatever inside the quotation the name was hung on. */
static bool mend_sayer(qi_sentence *s, uint32_t i) {
  static const char *const verbs[] = {"said", "says", "told", "added", "wrote", "warned", "insisted", "declared", "announced", "explained", "stated"};
  qi_token *t = &s->tokens[i];
  bool hung = t->rel == QI_REL_APPOS || t->rel == QI_REL_PARATAXIS || t->rel == QI_REL_CONJ || t->rel == QI_REL_NMOD_UNMARKED ||
              t->rel == QI_REL_OBL_UNMARKED || t->rel == QI_REL_DEP || t->rel == QI_REL_OBJ || t->rel == QI_REL_NMOD_DESC;
  /* "'The police beat/ccomp me,' Jane Roe/nsubj told": the quoted verb has its own subject before the mark. */
  for (uint32_t k = t->head < 0 ? 0 : s->child_begin[t->head]; t->rel == QI_REL_NSUBJ && t->head >= 0 && k < s->child_begin[t->head + 1]; k++)
    hung |= s->child[k] < (uint32_t)t->head && s->tokens[s->child[k]].rel == QI_REL_NSUBJ;
  if (!hung || t->head < 0 || t->head >= (int32_t)i || (t->upos != QI_PROPN && t->upos != QI_NOUN)) return false;
  uint32_t mark = i, verb = i + 1;
  for (uint32_t steps = 0; mark > 0 && steps < 12 && !is_mark(&s->tokens[mark]); steps++) {
    if (mark != i && !is_below(s, mark, i)) return false;
    mark--;
  }
  if (!is_mark(&s->tokens[mark]) || t->head > (int32_t)mark) return false;
  while (verb < s->n_tokens && verb - i < 12 && is_below(s, verb, i)) verb++;
  if (verb + 1 < s->n_tokens && is(&s->tokens[verb], ",")) verb++; /* "the envoy, Jane Roe, said" */
  if (verb >= s->n_tokens || s->tokens[verb].upos != QI_VERB || is_below(s, verb, i)) return false;
  bool says = false;
  for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) says |= is(&s->tokens[verb], verbs[k]);
  if (!says || has_child(s, verb, QI_REL_NSUBJ)) return false;
  t->head = (int32_t)verb;
  relabel(t, QI_REL_NSUBJ);
  return true;
}

/* "Ostria's envoy to Norland, Jane Roe/appos of Norland": a person explains the office, not the place. */
static bool mend_bearer(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  if (t->rel != QI_REL_APPOS || t->ner != QI_NER_PER || t->head < 0 || t->head >= (int32_t)i) return false;
  const qi_token *place = &s->tokens[t->head];
  if (place->ner != QI_NER_LOC || place->rel != QI_REL_NMOD || place->head < 0 || place->head >= (int32_t)i) return false;
  const qi_token *office = &s->tokens[place->head];
  if (office->upos != QI_NOUN || office->etype != QI_ETYPE_PERSON || has_child(s, (uint32_t)place->head, QI_REL_APPOS)) return false;
  t->head = place->head;
  return true;
}

/* "sent Ostria/obj eighteen guns/obl": of two bare nouns behind a verb of giving the first is who gets the second. */
static bool mend_goods(qi_sentence *s, uint32_t i) {
  static const char *const verbs[] = {"send", "give", "lend", "loan", "offer", "sell", "grant", "hand", "promise", "pledge", "pay", "ship", "deny", "refuse"};
  qi_token *t = &s->tokens[i];
  bool bare = t->rel == QI_REL_OBL_UNMARKED || t->rel == QI_REL_XCOMP || t->rel == QI_REL_OBJ;
  if (!bare || t->upos != QI_NOUN || t->etype == QI_ETYPE_TIME || t->head < 0 || t->head >= (int32_t)i || has_child(s, i, QI_REL_CASE)) return false;
  uint32_t verb = (uint32_t)t->head, next = verb + 1;
  bool gives = false;
  for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) gives |= qi_slice_eq_str(s->tokens[verb].lemma, verbs[k]);
  if (next < i && s->tokens[next].upos == QI_DET) next++;
  if (!gives || next >= i || s->tokens[next].head != t->head || s->tokens[next].rel != QI_REL_OBJ) return false;
  qi_token *who = &s->tokens[next];
  if (who->ner == QI_NER_NONE && who->upos != QI_PRON) return false;
  relabel(who, QI_REL_IOBJ);
  relabel(t, QI_REL_OBJ);
  return true;
}

bool qi_mend_list(qi_sentence *s, uint32_t i) { return mend_member(s, i) || mend_second_subject(s, i) || mend_sayer(s, i) || mend_bearer(s, i) || mend_goods(s, i); }
