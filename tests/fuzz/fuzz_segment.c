/* Whatever the text and the weights: the tokens cover the text in order, but for white space,
 * within the ceilings; and what the trainer is shown is what running sees. The first byte of the
 * input seeds the weights; the rest is the text. */
#include "parse/conllu.h"
#include "parse/segment.h"

#include "base/utf8.h"
#include "parse/piece.h"
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
  BUCKETS = 64,
  SLOTS = 16,
  HEAD = 16 + 2 * QI_SEGMENT_HIDDEN + 4 * QI_SEGMENT_HIDDEN + 16,
  BLOB = HEAD + BUCKETS * 4 * (2 + (int)QI_SEGMENT_HIDDEN) + SLOTS * (int)QI_PIECE_SLOT_BYTES
};

/* A blob of random weights in which every feature finds a row, and "cannot" may be cut. */
static void make_blob(uint8_t blob[BLOB], uint8_t seed) {
  uint64_t x = seed + 1;
  for (int i = 0; i < BLOB; i++) {
    x = x * UINT64_C(6364136223846793005) + 1442695040888963407u;
    blob[i] = i < BLOB - SLOTS * (int)QI_PIECE_SLOT_BYTES ? (uint8_t)(x >> 56) : 0;
  }
  static const uint8_t header[16] = {'Q', 'S', 'E', 'G', 1, 0, 0, 0, BUCKETS, 0, 0, 0, SLOTS};
  memcpy(blob, header, sizeof header);
  for (uint32_t i = 0; i < QI_SEGMENT_HIDDEN; i++)
    blob[17 + 2 * i] = 0; /* small biases */
  for (int i = 0; i < 4; i++)
    blob[HEAD - 16 + 4 * i + 2] = blob[HEAD - 16 + 4 * i + 3] = 0;
  uint32_t key = qi_piece_hash(QI_SLICE("cannot"));
  uint8_t *slot =
      blob + BLOB - SLOTS * QI_PIECE_SLOT_BYTES + (key & (SLOTS - 1)) * QI_PIECE_SLOT_BYTES;
  memcpy(slot, &key, sizeof key);
  slot[5] = 3 | 5 << 4;
}

static void check(const qi_parsed *doc) {
  size_t at = 0;
  for (uint32_t i = 0; i < doc->n_sentences; i++) {
    const qi_sentence *s = &doc->sentences[i];
    if (s->n_tokens == 0 || s->n_tokens > QI_MAX_SENTENCE_TOKENS || s->index != i)
      abort();
    for (uint32_t k = 0; k < s->n_tokens; k++) {
      const qi_token *t = &s->tokens[k];
      while (at < t->start)
        if (!qi_cp_is_space(qi_utf8_decode(doc->text, &at)))
          abort();
      if (t->start != at || t->end <= t->start || t->end - t->start > QI_MAX_TOKEN_BYTES)
        abort();
      if (!qi_utf8_is_valid(t->form))
        abort();
      at = t->end;
    }
  }
  while (at < doc->text.len)
    if (!qi_cp_is_space(qi_utf8_decode(doc->text, &at)))
      abort();
}

/* CoNLL-U carries all of it. */
static void check_conllu(const qi_parsed *doc, qi_arena *arena) {
  qi_builder out;
  qi_conllu in;
  qi_parsed again;
  qi_builder_init(&out, 0);
  qi_conllu_write(&out, doc, NULL);
  qi_conllu_open(&in, qi_builder_view(&out), NULL, false);
  if (qi_conllu_next(&again, &in, arena, NULL) || again.n_sentences != doc->n_sentences)
    abort();
  for (uint32_t i = 0; i < doc->n_sentences; i++)
    if (again.sentences[i].n_tokens != doc->sentences[i].n_tokens)
      abort();
  qi_conllu_close(&in);
  qi_builder_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint8_t blob[BLOB];
  qi_utf8_repairs repairs;
  qi_builder text;
  qi_arena arena;
  qi_parsed doc;
  qi_builder_init(&text, 0);
  qi_arena_init(&arena, 0);
  make_blob(blob, size ? data[0] : 0);
  qi_slice in = {(const char *)data + (size > 0), size - (size > 0)};
  if (!qi_utf8_repair(&text, in, &repairs))
    abort();
  qi_slice weights = {(const char *)blob, sizeof blob};
  if (qi_segment_blob(&doc, weights, qi_builder_view(&text), &arena, NULL))
    abort();
  check(&doc);
  check_conllu(&doc, &arena);
  uint8_t *gold = calloc(text.len + 1, 1); /* decide "none" wherever that is possible */
  if (!gold)
    abort();
  qi_segment_tape tape = {.gold = gold};
  if (qi_segment_record((const char *)blob, sizeof blob, text.ptr, text.len, &tape) ||
      tape.n > text.len)
    abort();
  free(gold);
  /* The bytes as weights: refused, or used. */
  qi_arena_reset(&arena);
  if (qi_segment_blob(&doc, qi_slice_of((const char *)data, size), QI_SLICE("He can't go."), &arena,
                      NULL) == QUID_OK)
    check(&doc);
  qi_arena_clear(&arena);
  qi_builder_clear(&text);
  return 0;
}
