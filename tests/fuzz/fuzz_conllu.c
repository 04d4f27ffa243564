/* Whatever the bytes: CoNLL-U is refused or read; what was read is whole, and can be written and
 * read again with the same result. */
#include "parse/conllu.h"
#include "parse/eval.h"

#include "base/utf8.h"
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_document(const qi_parsed *doc, bool trees) {
  if (!qi_utf8_is_valid(doc->text))
    abort();
  for (uint32_t i = 0; i < doc->n_sentences; i++) {
    const qi_sentence *s = &doc->sentences[i];
    if (s->n_tokens == 0 || s->n_tokens > QI_MAX_SENTENCE_TOKENS || s->start > s->end ||
        s->end > doc->text.len)
      abort();
    uint32_t n_roots = 0;
    for (uint32_t k = 0; k < s->n_tokens; k++) {
      const qi_token *t = &s->tokens[k];
      if (t->start > t->end || t->end > s->end || t->form.len == 0)
        abort();
      if (t->head != QI_ROOT && (t->head < 0 || (uint32_t)t->head >= s->n_tokens))
        abort();
      n_roots += t->head == QI_ROOT;
    }
    if (trees && (n_roots != 1 || s->child_begin[s->n_tokens] != s->n_tokens - 1))
      abort();
  }
}

/* Written and read again, and written: the same bytes. */
static void check_round(const qi_parsed *doc, const char *id, bool trees) {
  qi_builder first, second;
  qi_arena arena;
  qi_conllu in;
  qi_parsed again;
  qi_builder_init(&first, 0);
  qi_builder_init(&second, 0);
  qi_arena_init(&arena, 0);
  qi_conllu_write(&first, doc, id);
  qi_conllu_open(&in, qi_builder_view(&first), NULL, trees);
  if (qi_conllu_next(&again, &in, &arena, NULL) == QUID_OK) {
    qi_eval eval = {0};
    if (again.n_sentences != doc->n_sentences || !qi_slice_eq(again.text, doc->text))
      abort();
    qi_conllu_write(&second, &again, in.doc_id);
    if (!qi_slice_eq(qi_builder_view(&first), qi_builder_view(&second)))
      abort();
    if (qi_eval_add(&eval, doc, &again, NULL) ||
        eval.of[QI_METRIC_WORDS].n_correct != eval.of[QI_METRIC_WORDS].n_gold)
      abort();
  } else {
    abort();
  }
  qi_conllu_close(&in);
  qi_arena_clear(&arena);
  qi_builder_clear(&first);
  qi_builder_clear(&second);
}

static void read_all(qi_slice bytes, bool trees) {
  qi_conllu in;
  qi_parsed doc;
  qi_arena arena;
  quid_error err = {0};
  qi_arena_init(&arena, 0);
  qi_conllu_open(&in, bytes, "fuzz", trees);
  quid_status status;
  while ((status = qi_conllu_next(&doc, &in, &arena, &err)) == QUID_OK && doc.n_sentences) {
    check_document(&doc, trees);
    check_round(&doc, in.doc_id, trees);
    qi_arena_reset(&arena);
  }
  if (status != err.code || (status && (err.line == 0 || err.message[0] == '\0')))
    abort();
  qi_conllu_close(&in);
  qi_arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  qi_slice bytes = {(const char *)data, size};
  read_all(bytes, true);
  read_all(bytes, false);
  return 0;
}
