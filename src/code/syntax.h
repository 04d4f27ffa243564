/* code: reading a dependency tree. Small questions about one token, each answered from the token's
 * own neighbourhood; nothing here follows a chain without a bound. */
#ifndef QI_CODE_SYNTAX_H
#define QI_CODE_SYNTAX_H

#include "code/mention.h"
#include "know/slots.h"
#include "know/words.h"
#include "parse/sentence.h"

#define QI_NO_TOKEN (-1)

/* One sentence with all that is known about it. */
typedef struct qi_view {
  const qi_know *know;
  const qi_parsed *doc;
  const qi_sentence *s;
  const qi_mentions *mentions;
} qi_view;

static inline const qi_token *qi_tok(const qi_view *v, int32_t i) { return &v->s->tokens[i]; }

/* for (QI_EACH_CHILD(v, i, k, c)): k runs over places, c is the child's index. */
#define QI_EACH_CHILD(v, i, k, c)                                                                  \
  uint32_t k = (v)->s->child_begin[i], c = 0;                                                      \
  k < (v)->s->child_begin[(i) + 1] && ((c = (v)->s->child[k]), true);                              \
  k++

/* First child with that relation, QI_NO_TOKEN none. */
int32_t qi_child(const qi_view *v, int32_t i, qi_rel rel);
/* Is `word` (lower case) the token's lemma, or its form? ASCII case is ignored. */
bool qi_lemma_is(const qi_view *v, int32_t i, const char *word);
bool qi_form_is(const qi_view *v, int32_t i, const char *word);
bool qi_lemma_in(const qi_view *v, int32_t i, const char *const *list); /* NULL-terminated */
static inline bool qi_xpos_is(const qi_view *v, int32_t i, const char *tag) {
  return qi_slice_eq_str(qi_tok(v, i)->xpos, tag);
}

bool qi_is_verb(const qi_view *v, int32_t i); /* a verb, or an auxiliary used as one */
bool qi_is_nominal(const qi_view *v, int32_t i); /* noun, name, pronoun, number */
bool qi_is_subject(qi_rel rel);  /* nsubj, csubj and their passives */
bool qi_is_relative(const qi_view *v, int32_t i); /* who, which, that as a pronoun */
bool qi_is_participle(const qi_view *v, int32_t i); /* past participle */
/* The passive verb of "was sent", "the troops sent there", "emboldened by the pact, he ...". */
bool qi_is_passive(const qi_view *v, int32_t i);
/* Does the clause have "to" before its verb? */
bool qi_is_to_infinitive(const qi_view *v, int32_t i);

/* "that they attacked the port": nothing is missing in it, so it is what a word says and no relative clause, whatever its label. */
bool qi_is_content_clause(const qi_view *v, int32_t clause);

/* The token that governs a clause or noun: its head, but for an infinitive that stands right behind a
 * word that takes one ("planning to attack") while the parser hung it higher up, and a clause with "that" hung on the
 * object of its verb. */
int32_t qi_governor(const qi_view *v, int32_t i);
/* The preposition over a noun or gerund (from case or mark, in lower case, "because of" joined), as
 * a slot; QI_SLOT_NONE none. *token (may be NULL): its first word. */
qi_slot qi_preposition(const qi_view *v, int32_t i, int32_t *token);
/* Do the entry's words stand here, the token being its head? Verbs: the other words hang on the
 * verb ("carried it out"). Others: the words stand side by side. */
bool qi_words_at(const qi_view *v, int32_t i, const qi_words *words, bool verb);

/* What the pronoun of a relative clause stands for; other tokens stand for themselves. */
int32_t qi_antecedent(const qi_view *v, int32_t i);
/* "the", "this", a possessor, a name: what is spoken of is taken as known. */
bool qi_is_definite(const qi_view *v, int32_t i);
/* First and last token of the subtree, by a bounded walk. */
void qi_subtree_span(const qi_view *v, int32_t i, uint32_t *first, uint32_t *last);
/* The mention headed by the token, NULL none. */
const qi_mention *qi_mention_at(const qi_view *v, int32_t i);
/* Whom an adjective or name that is no mention of its own names ("Russian" of "Russian gas"); NULL none. */
const quid_entity *qi_modifier_at(const qi_view *v, int32_t i);
static inline bool qi_names_somebody(const qi_view *v, int32_t i) {
  return qi_mention_at(v, i) || qi_modifier_at(v, i);
}

#endif
