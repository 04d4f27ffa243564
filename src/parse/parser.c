/* parse: sentences of a document -> batches -> encoder -> decoder.
 *
 * Sentences are sorted by length and cut into batches, so that the recurrent products have many
 * rows. See encoder.c for why this cannot change the result. */
#include "parse/parser.h"
#include "parse/decode.h"
#include "parse/encoder.h"
#include <stdlib.h>

struct qi_parser {
  const qi_model *model;
  const qi_kernel *kernel;
  qi_lexicon *lexicon;
  qi_arena batch_arena;   /* reset for each batch */
  qi_arena scratch;       /* reset for each sentence */
};

#define TARGET_BATCH_TOKENS 2048u

quid_status qi_parser_new(qi_parser **out, const qi_model *model, quid_error *err) {
  qi_parser *p = calloc(1, sizeof *p);
  if (!p) return qi_error_memory(err, "the parser");
  p->model = model;
  p->kernel = qi_kernel_best();
  qi_arena_init(&p->batch_arena, 0);
  qi_arena_init(&p->scratch, 0);
  p->lexicon = qi_lexicon_new(model, p->kernel);
  if (!p->lexicon) {
    qi_parser_free(p);
    return qi_error_memory(err, "the parser's cache");
  }
  *out = p;
  return QUID_OK;
}

void qi_parser_free(qi_parser *p) {
  if (!p) return;
  qi_lexicon_free(p->lexicon);
  qi_arena_clear(&p->batch_arena);
  qi_arena_clear(&p->scratch);
  free(p);
}

/* Longest first; equal lengths in document order. */
static int by_length(const void *a, const void *b) {
  const qi_sentence *x = *(qi_sentence *const *)a, *y = *(qi_sentence *const *)b;
  if (x->n_tokens != y->n_tokens) return x->n_tokens > y->n_tokens ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

static bool run_batch(qi_parser *p, qi_sentence **sentences, uint32_t n, uint32_t n_tokens, qi_arena *arena) {
  qi_arena_reset(&p->batch_arena);
  uint32_t *len = qi_arena_alloc(&p->batch_arena, n * sizeof *len);
  uint32_t *offset = qi_arena_alloc(&p->batch_arena, n * sizeof *offset);
  qi_slice *forms = qi_arena_alloc(&p->batch_arena, n_tokens * sizeof *forms);
  if (!len || !offset || !forms) return false;
  uint32_t at = 0;
  for (uint32_t i = 0; i < n; i++) {
    len[i] = sentences[i]->n_tokens;
    offset[i] = at;
    for (uint32_t t = 0; t < len[i]; t++) forms[at++] = sentences[i]->tokens[t].form;
  }
  qi_batch batch = {n, n_tokens, len, offset, forms};
  qi_encoded enc;
  if (!qi_encode(p->model, p->kernel, p->lexicon, &batch, &p->batch_arena, &enc)) return false;
  for (uint32_t i = 0; i < n; i++) {
    qi_arena_reset(&p->scratch);
    if (!qi_decode(p->model, p->kernel, &enc, offset[i], sentences[i], arena, &p->scratch)) return false;
  }
  return true;
}

quid_status qi_parser_run(qi_parser *p, qi_parsed *doc, qi_arena *arena, quid_error *err) {
  qi_sentence **order = malloc((doc->n_sentences + 1) * sizeof *order);
  if (!order) return qi_error_memory(err, "the document's sentences");
  quid_status status = QUID_OK;
  uint32_t n = 0;
  for (uint32_t i = 0; i < doc->n_sentences; i++) {
    qi_sentence *s = &doc->sentences[i];
    if (s->n_tokens > QI_MAX_BATCH_TOKENS) {
      status = qi_error_set(err, QUID_ERR_LIMIT, "sentence %u has %u tokens, more than %u", i + 1, s->n_tokens, QI_MAX_BATCH_TOKENS);
      goto cleanup;
    }
    if (s->unparsed) continue;
    if (s->n_tokens) order[n++] = s;
    else if (!qi_sentence_link(s, arena)) goto memory;
  }
  qsort(order, n, sizeof *order, by_length);
  for (uint32_t first = 0; first < n;) {
    uint32_t last = first, tokens = 0;
    do tokens += order[last++]->n_tokens;
    while (last < n && tokens + order[last]->n_tokens <= TARGET_BATCH_TOKENS);
    if (!run_batch(p, order + first, last - first, tokens, arena)) goto memory;
    first = last;
  }
  goto cleanup;
memory:
  status = qi_error_memory(err, "parsing");
cleanup:
  free(order);
  return status;
}
