/* The input vectors, against those that model/train/tiny.py computed from the training code
 * (tests/data/tiny-forms.tsv); and that neither the cache nor the batch changes a bit. */
#include "unit/unit.h"

#include "base/file.h"
#include "parse/lexicon.h"

#include <stdio.h>

static qi_model *model;

static int open_model(void **state) {
  (void)state;
  quid_error err = {0};
  if (qi_model_open(&model, test_root("tests/data/tiny.model"), &err) == QUID_OK) return 0;
  printf("# %s\n", err.message);
  return -1;
}

static int close_model(void **state) {
  (void)state;
  qi_model_close(model);
  return 0;
}

static size_t from_hex(qi_slice hex, uint8_t *out, size_t max) {
  size_t n = 0;
  for (size_t i = 0; i + 1 < hex.len && n < max; i += 2, n++) {
    char two[3] = {hex.ptr[i], hex.ptr[i + 1], '\0'};
    out[n] = (uint8_t)strtoul(two, NULL, 16);
  }
  return n;
}

/* Which part of the vector the byte belongs to. */
static const char *part_of(size_t at, char out[32]) {
  uint32_t affix = model->d_pre + model->d_word, conv = affix + QI_N_AFFIX * model->d_affix;
  if (at < model->d_pre) return "pre";
  if (at < affix) return "word";
  if (at >= conv) return "conv";
  snprintf(out, 32, "affix %zu", (at - affix) / model->d_affix);
  return out;
}

static void vectors_are_those_of_the_training_code(void **state) {
  (void)state;
  qi_builder text;
  qi_builder_init(&text, 0);
  assert_int_equal(qi_file_read(&text, test_root("tests/data/tiny-forms.tsv"), 0, NULL), QUID_OK);
  qi_slice rest = qi_builder_view(&text), line, form, field;
  size_t n_forms = 0, n_bad = 0;
  while (qi_slice_line(&rest, &line)) {
    if (line.len == 0 || line.ptr[0] == '#') continue;
    uint8_t expected[512], got[512] = {0};
    assert_true(qi_slice_split(&line, '\t', &form));
    while (qi_slice_split(&line, '\t', &field)) {} /* the last one */
    assert_int_equal(from_hex(field, expected, sizeof expected), model->d_input);
    qi_lexicon_vector(model, form, got);
    size_t at = 0;
    while (at < model->d_input && got[at] == expected[at]) at++;
    char part[32];
    if (at < model->d_input)
      printf("# '%.*s' differs at byte %zu (%s)\n", QI_SLICE_ARG(form), at, part_of(at, part));
    n_bad += at < model->d_input;
    n_forms++;
  }
  qi_builder_clear(&text);
  assert_int_equal(n_bad, 0);
  assert_true(n_forms >= 40);
}

static void a_vector_is_padded_with_nothing(void **state) {
  (void)state;
  uint8_t one[512], two[512];
  memset(one, 0xAA, sizeof one);
  memset(two, 0x55, sizeof two);
  qi_lexicon_vector(model, QI_SLICE("Kyiv"), one);
  qi_lexicon_vector(model, QI_SLICE("Kyiv"), two);
  assert_memory_equal(one, two, model->in1.k_pad);
  for (uint32_t i = 0; i < model->in1.k_pad; i++) assert_true(one[i] < 128);
}

/* The gates of one form, computed by a lexicon that has seen nothing else. */
static void fresh_gates(qi_slice form, int16_t *out) {
  const int16_t *row;
  qi_lexicon *lex = qi_lexicon_new(model, qi_kernel_best());
  assert_non_null(lex);
  assert_true(qi_lexicon_rows(lex, &form, 1, &row));
  memcpy(out, row, model->in1.n * sizeof *out);
  qi_lexicon_free(lex);
}

/* Forms "w0", "w1", ... in the given text. */
static qi_slice numbered(char *text, uint32_t number) {
  return qi_slice_of(text, (size_t)snprintf(text, 16, "w%u", number));
}

static void cached_rows_equal_fresh_ones(void **state) {
  (void)state;
  enum { N = 3000, ROUNDS = 9, STEP = 2000 }; /* more than the cache holds: it starts afresh */
  static char text[N][16];
  static qi_slice forms[N];
  static const int16_t *rows[N];
  int16_t expected[4096];
  qi_lexicon *lex = qi_lexicon_new(model, qi_kernel_best());
  assert_non_null(lex);
  assert_true(model->in1.n <= 4096);
  for (uint32_t round = 0; round < ROUNDS; round++) {
    for (uint32_t i = 0; i < N; i++) /* a third of them seen in the round before, some twice */
      forms[i] = numbered(text[i], round * STEP + (i % 7 ? i : i / 2));
    assert_true(qi_lexicon_rows(lex, forms, N, rows));
    for (uint32_t i = round; i < N; i += 97) {
      fresh_gates(forms[i], expected);
      assert_memory_equal(rows[i], expected, model->in1.n * sizeof *expected);
    }
  }
  assert_true(qi_lexicon_rows(lex, forms, 0, rows));
  qi_lexicon_free(lex);
}

static void odd_forms(void **state) {
  (void)state;
  char letters[QI_MAX_TOKEN_BYTES + 1];
  memset(letters, 'x', sizeof letters);
  const qi_slice forms[] = {{0},
                            QI_SLICE(""),
                            QI_SLICE("\0"),
                            QI_SLICE("\xFF\xFE\x80"),
                            QI_SLICE("\xF0\x9F"),
                            {letters, QI_MAX_TOKEN_BYTES},
                            {letters, QI_MAX_TOKEN_BYTES + 1}};
  uint8_t got[7][512];
  for (size_t i = 0; i < 7; i++) {
    qi_lexicon_vector(model, forms[i], got[i]);
    for (uint32_t j = 0; j < model->d_input; j++) assert_true(got[i][j] < 128);
  }
  assert_memory_equal(got[0], got[1], model->d_input);
  /* What comes after the ceiling is not looked at. */
  assert_memory_equal(got[5], got[6], model->d_input);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(vectors_are_those_of_the_training_code),
      cmocka_unit_test(a_vector_is_padded_with_nothing),
      cmocka_unit_test(cached_rows_equal_fresh_ones),
      cmocka_unit_test(odd_forms),
  };
  return cmocka_run_group_tests(tests, open_model, close_model);
}
