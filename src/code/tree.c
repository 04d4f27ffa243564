/* code: small questions to a dependency tree. */
#include "code/who.h"

#include "base/utf8.h"

bool qi_tree_is_noun(const qi_token *t) { return t->upos == QI_NOUN || t->upos == QI_PROPN; }

uint32_t qi_tree_span_head(const qi_sentence *s, uint32_t first, uint32_t last) {
  uint32_t best = last;
  int best_rank = -1;
  for (uint32_t i = first; i <= last; i++) {
    int32_t head = s->tokens[i].head;
    if (head >= (int32_t)first && head <= (int32_t)last) continue;
    /* In a broken span a noun beats other words, and the first of two names their flat chain. */
    int rank = qi_tree_is_noun(&s->tokens[i]) ? 2 : s->tokens[i].upos == QI_ADJ ? 1 : 0;
    if (rank > best_rank) {
      best = i;
      best_rank = rank;
    }
  }
  return best;
}

uint32_t qi_tree_child(const qi_sentence *s, uint32_t token, qi_rel rel) {
  for (uint32_t i = s->child_begin[token]; i < s->child_begin[token + 1]; i++)
    if (s->tokens[s->child[i]].rel == rel) return s->child[i];
  return QI_NO_TOKEN;
}

qi_slice qi_tree_case(const qi_sentence *s, uint32_t token) {
  uint32_t mark = qi_tree_child(s, token, QI_REL_CASE);
  if (mark == QI_NO_TOKEN || mark > token) return QI_SLICE(""); /* "'s" stands behind */
  return s->tokens[mark].lemma.len ? s->tokens[mark].lemma : s->tokens[mark].form;
}

uint32_t qi_tree_conj_top(const qi_sentence *s, uint32_t token) {
  for (uint32_t steps = 0; s->tokens[token].rel == QI_REL_CONJ && steps < s->n_tokens; steps++)
    token = (uint32_t)s->tokens[token].head;
  return token;
}

static bool among(qi_slice word, const char *const *words, size_t n) {
  if (word.len == 0) return false;
  char first = qi_ascii_lower(word.ptr[0]);
  for (size_t i = 0; i < n; i++) /* most differ in the first letter */
    if (qi_ascii_lower(words[i][0]) == first && qi_slice_eq_nocase(word, qi_slice_str(words[i])))
      return true;
  return false;
}

bool qi_tree_form_in(const qi_token *t, const char *const *words, size_t n) {
  return among(t->form, words, n);
}

bool qi_tree_lemma_in(const qi_token *t, const char *const *words, size_t n) {
  return among(t->lemma, words, n);
}

bool qi_tree_under(const qi_sentence *s, uint32_t token, uint32_t above) {
  for (uint32_t steps = 0; steps < QI_MAX_TREE_STEPS; steps++) {
    if (token == above) return true;
    if (s->tokens[token].head < 0) return false;
    token = (uint32_t)s->tokens[token].head;
  }
  return false;
}
