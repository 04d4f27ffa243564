/* parse: names of tags and labels, and heads -> lists of children.
 * Example: "Putin met Kim" with heads 1, root, 1 -> child_begin 0 0 2 2, child 0 2.
 * The lists are built by counting sort: linear in the number of tokens. */
#include "parse/sentence.h"

static const char *const upos_names[QI_N_UPOS] = {
    "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
};

static const char *const rel_names[QI_N_RELS] = {
    "acl",         "advcl",        "advmod",    "amod",         "appos",      "aux",
    "case",        "cc",           "ccomp",     "clf",          "compound",   "conj",
    "cop",         "csubj",        "dep",       "det",          "discourse",  "dislocated",
    "expl",        "fixed",        "flat",      "goeswith",     "iobj",       "list",
    "mark",        "nmod",         "nsubj",     "nummod",       "obj",        "obl",
    "orphan",      "parataxis",    "punct",     "reparandum",   "root",       "vocative",
    "xcomp",       "acl:relcl",    "advcl:relcl", "aux:pass",   "compound:prt", "csubj:pass",
    "nsubj:pass",  "nsubj:outer",  "nmod:poss", "nmod:desc",    "nmod:unmarked", "obl:agent",
    "obl:unmarked",
};

static const char *const etype_names[QI_N_ETYPES] = {
    "",     "person",    "place",  "organization", "object",   "event",
    "time", "substance", "animal", "plant",        "abstract",
};

/* Index of the name among the first n, or n. */
static int index_of(const char *const *names, int n, qi_slice name) {
  for (int i = 0; i < n; i++)
    if (qi_slice_eq_str(name, names[i])) return i;
  return n;
}

qi_upos qi_upos_of(qi_slice upos) {
  int i = index_of(upos_names, QI_N_UPOS, upos);
  return i < QI_N_UPOS ? (qi_upos)i : QI_X;
}

const char *qi_upos_name(qi_upos upos) {
  return (unsigned)upos < QI_N_UPOS ? upos_names[upos] : "X";
}

qi_rel qi_rel_of(qi_slice deprel) {
  int i = index_of(rel_names, QI_N_RELS, deprel);
  if (i < QI_N_RELS) return (qi_rel)i;
  size_t colon = qi_slice_find_char(deprel, ':');
  if (colon != QI_NOT_FOUND)
    i = index_of(rel_names, QI_N_UNIVERSAL, qi_slice_sub(deprel, 0, colon));
  return i < QI_N_UNIVERSAL ? (qi_rel)i : QI_REL_DEP;
}

const char *qi_rel_name(qi_rel rel) { return (unsigned)rel < QI_N_RELS ? rel_names[rel] : "dep"; }

const char *qi_etype_name(qi_etype e) { return (unsigned)e < QI_N_ETYPES ? etype_names[e] : ""; }

bool qi_token_has(const qi_token *t, const char *feature) {
  qi_slice rest = t->feats, field, wanted = qi_slice_str(feature);
  while (qi_slice_split(&rest, '|', &field))
    if (qi_slice_eq(field, wanted)) return true;
  return false;
}

bool qi_sentence_link(qi_sentence *s, qi_arena *arena) {
  uint32_t n = s->n_tokens;
  uint32_t *begin = QI_NEW_ARRAY(arena, uint32_t, (size_t)n + 1);
  uint32_t *child = QI_NEW_ARRAY(arena, uint32_t, (size_t)n + 1); /* never of size 0 */
  if (!begin || !child) return false;
  for (uint32_t i = 0; i < n; i++) /* begin[h + 1] = number of children of h */
    if (s->tokens[i].head >= 0 && (uint32_t)s->tokens[i].head < n) begin[s->tokens[i].head + 1]++;
  for (uint32_t i = 0; i < n; i++) begin[i + 1] += begin[i];
  for (uint32_t i = 0; i < n; i++) { /* place; begin[h] walks to the start of the next list */
    int32_t head = s->tokens[i].head;
    if (head >= 0 && (uint32_t)head < n) child[begin[head]++] = i;
  }
  for (uint32_t i = n; i > 0; i--) begin[i] = begin[i - 1]; /* walk back */
  begin[0] = 0;
  s->child_begin = begin;
  s->child = child;
  return true;
}

bool qi_parsed_join(qi_parsed *doc, qi_arena *arena) {
  uint32_t n = 0, words = 0; /* words: number of the last surface token of several words */
  if (doc->n_sentences < 2) return true;
  for (uint32_t i = 0; i < doc->n_sentences; i++) n += doc->sentences[i].n_tokens;
  qi_token *tokens = QI_NEW_ARRAY(arena, qi_token, n);
  if (!tokens) return false;
  n = 0;
  for (uint32_t i = 0; i < doc->n_sentences; i++) {
    uint32_t before = words;
    for (uint32_t k = 0; k < doc->sentences[i].n_tokens; k++) {
      qi_token *t = &tokens[n++];
      *t = doc->sentences[i].tokens[k];
      if (t->mwt) t->mwt = (uint16_t)(t->mwt + before);
      if (t->mwt > words) words = t->mwt;
    }
  }
  doc->sentences[0].tokens = tokens;
  doc->sentences[0].n_tokens = n;
  doc->sentences[0].end = doc->sentences[doc->n_sentences - 1].end;
  doc->n_sentences = 1;
  return true;
}

static bool has_break(qi_slice text, uint32_t from, uint32_t to) { return from < to && memchr(text.ptr + from, '\n', to - from); }

void qi_parsed_lines(qi_parsed *doc) {
  uint32_t inside = 0, between = 0;
  for (uint32_t i = 0; i < doc->n_sentences; i++) {
    const qi_sentence *s = &doc->sentences[i];
    if (i && s->new_paragraph) return;
    inside += has_break(doc->text, s->start, s->end);
    between += i && has_break(doc->text, doc->sentences[i - 1].end, s->start);
  }
  if (inside * 4 > between) return; /* wrapped at a width */
  for (uint32_t i = 1; i < doc->n_sentences; i++)
    doc->sentences[i].new_paragraph = has_break(doc->text, doc->sentences[i - 1].end, doc->sentences[i].start);
}

bool qi_parsed_split(qi_parsed *doc, uint32_t byte, qi_arena *arena) {
  uint32_t k = 0, n = 0;
  while (k < doc->n_sentences && doc->sentences[k].end <= byte) k++;
  if (k == doc->n_sentences || doc->sentences[k].start >= byte) return true;
  const qi_sentence *old = &doc->sentences[k];
  while (n < old->n_tokens && old->tokens[n].start < byte) n++;
  if (n == 0 || n == old->n_tokens) return true;
  qi_sentence *list = QI_NEW_ARRAY(arena, qi_sentence, (size_t)doc->n_sentences + 1);
  if (!list) return false;
  memcpy(list, doc->sentences, (k + 1) * sizeof *list);
  memcpy(list + k + 1, doc->sentences + k, (doc->n_sentences - k) * sizeof *list);
  qi_sentence *first = &list[k], *second = &list[k + 1];
  first->n_tokens = n;
  first->end = first->tokens[n - 1].end;
  second->tokens += n;
  second->n_tokens -= n;
  second->start = second->tokens[0].start;
  second->new_paragraph = false;
  doc->sentences = list;
  doc->n_sentences++;
  for (uint32_t i = k; i < doc->n_sentences; i++) list[i].index = i;
  return true;
}
