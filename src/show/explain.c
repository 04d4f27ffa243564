/* show: how a sentence was read -> its tree and the coder's remarks, for `quid code --explain`.
 *
 * The tree hangs from its root, each word below its head, in the order of the sentence; below it stand
 * the remarks: the frames that fired, with the words that filled their slots, and those that did not,
 * with the reason.
 *
 * Example, for "Norland shipped grain.":
 *       shipped  VERB root
 *         Norland  PROPN nsubj
 *         grain  NOUN obj
 *     shipped: aid.give (knowledge/frames/aid.frames:12) fired; actor 'Norland' (subj); item 'grain' (obj) */
#include "show/show.h"

#define TREE_INDENT 6
#define REMARK_INDENT 4
#define MAX_LEVELS 24 /* deeper words are not indented further */

static void put_word(qi_builder *out, const qi_token *t, size_t level) {
  qi_builder_repeat(out, ' ', TREE_INDENT + 2 * (level < MAX_LEVELS ? level : MAX_LEVELS));
  qi_show_clean(out, t->form);
  qi_builder_printf(out, "  %s %.*s\n", qi_upos_name((qi_upos)t->upos), QI_SLICE_ARG(t->deprel));
}

/* Recursion is as deep as the tree: at most QI_MAX_SENTENCE_TOKENS. */
static void put_subtree(qi_builder *out, const qi_sentence *s, uint32_t token, size_t level) {
  if (s->tokens[token].upos == QI_PUNCT) return;
  put_word(out, &s->tokens[token], level);
  for (uint32_t i = s->child_begin[token]; i < s->child_begin[token + 1]; i++)
    put_subtree(out, s, s->child[i], level + 1);
}

static void put_remark(qi_builder *out, const qi_sentence *s, const qi_explain_line *line) {
  qi_builder_repeat(out, ' ', REMARK_INDENT);
  if (line->token >= 0 && (uint32_t)line->token < s->n_tokens) {
    qi_show_clean(out, s->tokens[line->token].form);
    qi_builder_str(out, ": ");
  }
  qi_show_clean(out, line->text);
  qi_builder_char(out, '\n');
}

void qi_show_explain(qi_builder *out, const qi_sentence *s, const qi_explain *explain, size_t *next) {
  for (uint32_t i = 0; i < s->n_tokens; i++)
    if (s->tokens[i].head == QI_ROOT) put_subtree(out, s, i, 0);
  for (; *next < explain->lines.len && explain->lines.items[*next].sentence <= s->index; ++*next)
    put_remark(out, s, &explain->lines.items[*next]);
  qi_builder_char(out, '\n');
}
