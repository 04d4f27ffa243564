/* Which mention of a document an expectation speaks of: run_who.c, run_ambiguity.c. */
#ifndef QUID_TEST_MENTION_AT_H
#define QUID_TEST_MENTION_AT_H

#include "code/mention.h"

/* "Kim#2" -> the sentence and token of the second "Kim". */
static inline bool find_word(const qi_parsed *doc, qi_slice word, uint32_t *sentence, uint32_t *token) {
  size_t hash = qi_slice_find_char(word, '#');
  long nth = 1;
  if (hash != QI_NOT_FOUND) {
    if (!qi_slice_to_long(qi_slice_sub(word, hash + 1, word.len), &nth)) return false;
    word = qi_slice_sub(word, 0, hash);
  }
  for (uint32_t i = 0; i < doc->n_sentences; i++)
    for (uint32_t k = 0; k < doc->sentences[i].n_tokens; k++)
      if (qi_slice_eq(doc->sentences[i].tokens[k].form, word) && --nth == 0) {
        *sentence = i;
        *token = k;
        return true;
      }
  return false;
}

/* The mention headed by the token, else the shortest that covers it. */
static inline const qi_mention *mention_of(const qi_mentions *m, uint32_t sentence, uint32_t token) {
  int32_t at = m->at[sentence][token];
  const qi_mention *best = at >= 0 ? &m->items[at] : NULL;
  for (uint32_t i = 0; i < m->len && at < 0; i++) {
    const qi_mention *x = &m->items[i];
    if (x->sentence != sentence || token < x->first || token > x->last) continue;
    if (!best || x->last - x->first < best->last - best->first) best = x;
  }
  return best;
}

#endif
