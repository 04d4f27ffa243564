/* Whatever the model file says: it is refused, or it parses, into trees, alike with every kernel.
 *
 * Size and checksum are put right first, so that what lies behind them is reached. Input that
 * starts like a model is one; other input is a list of changes to tests/data/tiny.model, 8 bytes
 * each: u8 section, u8 how (bytes to write: 1, 2 or 4; from the section's start or end), u16 place,
 * u32 value. Section 255 is the header with the table. */
#include "base/hash.h"
#include "parse/kernel.h"
#include "parse/model.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEADER = 64, ENTRY = 48, NAME = 32, CHANGE = 8 };

static char *tiny;
static size_t tiny_size;

static void read_tiny(void) {
  FILE *file = fopen(QUID_TEST_ROOT "/tests/data/tiny.model", "rb");
  if (!file || !(tiny = malloc(1 << 18))) abort();
  tiny_size = fread(tiny, 1, 1 << 18, file);
  if (tiny_size < HEADER || tiny_size == 1 << 18) abort();
  fclose(file);
}

static uint64_t number(const void *p, size_t bytes) {
  uint64_t v = 0;
  memcpy(&v, p, bytes);
  return v;
}

static void change(char *model, const uint8_t *c) {
  uint32_t n = (uint32_t)number(model + 12, 4);
  size_t start = 0, end = HEADER + (size_t)n * ENTRY;
  if (c[0] != 255 && n) { /* by tiny.model's own table: earlier changes may have spoilt this one */
    const char *entry = tiny + HEADER + c[0] % number(tiny + 12, 4) * ENTRY;
    start = (size_t)number(entry + NAME, 8);
    end = start + (size_t)number(entry + NAME + 8, 8);
  }
  size_t bytes = (size_t)1 << c[1] % 3, place = (size_t)number(c + 2, 2);
  size_t at = c[1] & 0x80 ? end - place % (end - start) : start + place % (end - start);
  if (at + bytes <= tiny_size) memcpy(model + at, c + 4, bytes);
}

static char *make_model(const uint8_t *data, size_t *size) {
  bool whole = *size >= 8 && memcmp(data, "QUIDMDL", 7) == 0;
  size_t n_changes = *size / CHANGE;
  if (!whole) *size = tiny_size;
  char *model = malloc(*size);
  if (!model) abort();
  memcpy(model, whole ? (const char *)data : tiny, *size);
  for (size_t i = 0; !whole && i < n_changes; i++) change(model, data + i * CHANGE);
  if (*size >= HEADER) {
    uint64_t len = *size, digest = qi_hash64(qi_slice_of(model + HEADER, *size - HEADER));
    memcpy(model + 16, &len, sizeof len);
    memcpy(model + 24, &digest, sizeof digest);
  }
  return model;
}

static void check_tree(const qi_sentence *s) {
  uint32_t roots = 0;
  for (uint32_t t = 0; t < s->n_tokens; t++) {
    int32_t at = (int32_t)t;
    for (uint32_t steps = 0; at != QI_ROOT; at = s->tokens[at].head)
      if (at < 0 || (uint32_t)at >= s->n_tokens || steps++ > s->n_tokens) abort();
    roots += s->tokens[t].head == QI_ROOT;
    if (s->tokens[t].upos >= QI_N_UPOS || s->tokens[t].rel >= QI_N_RELS ||
        s->tokens[t].etype >= QI_N_ETYPES)
      abort();
  }
  if (roots != (s->n_tokens > 0)) abort();
}

static bool same(const qi_token *a, const qi_token *b) {
  return a->head == b->head && qi_slice_eq(a->deprel, b->deprel) &&
         qi_slice_eq(a->lemma, b->lemma) && qi_slice_eq(a->xpos, b->xpos) &&
         qi_slice_eq(a->feats, b->feats) && a->upos == b->upos && a->ner == b->ner &&
         a->ner_begin == b->ner_begin && a->etype == b->etype && a->rel == b->rel;
}

static const char *const forms[] = {
    "Reportedly", "Putin", "met", "Kim", "\xE2\x80\x99s", "U.S.", "10,000", "counterrevolutionaries", ".",
};
enum { N_FORMS = sizeof forms / sizeof *forms };

static void parse(const qi_model *model, const char *kernel, qi_token tokens[N_FORMS],
                  qi_arena *arena) {
  qi_parser *parser;
  for (size_t i = 0; i < N_FORMS; i++) tokens[i] = (qi_token){.form = qi_slice_str(forms[i])};
  qi_sentence sentence = {.n_tokens = N_FORMS, .tokens = tokens};
  qi_parsed doc = {.sentences = &sentence, .n_sentences = 1};
  setenv("QUID_KERNEL", kernel, 1);
  if (qi_parser_new(&parser, model, NULL) || qi_parser_run(parser, &doc, arena, NULL)) abort();
  qi_parser_free(parser);
  check_tree(&sentence);
}

static void use(const qi_model *model) {
  static const char text[] = "Mr. Putin met Kim Jong-un, \"reportedly\" (in Pyongyang). They don't "
                             "say: see www.example.com...\n\nYes!";
  static const char *const kernels[] = {"portable", "avx2", "vnni"};
  qi_token first[N_FORMS], tokens[N_FORMS];
  qi_arena arena;
  qi_arena_init(&arena, 0);
  for (size_t k = 0; k < 3; k++) {
    if (!qi_kernel_named(kernels[k])) continue;
    parse(model, kernels[k], k ? tokens : first, &arena);
    for (size_t i = 0; k && i < N_FORMS; i++)
      if (!same(&first[i], &tokens[i])) abort();
  }
  unsetenv("QUID_KERNEL");
  qi_parsed doc;
  quid_error err = {0};
  quid_status status = qi_segment(model, qi_slice_of(text, sizeof text - 1), &arena, &doc, &err);
  if (status && status != QUID_ERR_FORMAT) abort();
  qi_arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!tiny) read_tiny();
  char *bytes = make_model(data, &size);
  qi_model *model;
  quid_error err = {0};
  quid_status status = qi_model_from_bytes(&model, qi_slice_of(bytes, size), "fuzz", &err);
  if (status == QUID_OK) {
    use(model);
    qi_model_close(model);
  } else if (status != QUID_ERR_FORMAT || err.code != status || !err.message[0] || model) {
    abort();
  }
  free(bytes);
  return 0;
}
