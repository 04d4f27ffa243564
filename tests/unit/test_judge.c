/* The second opinion: weights that do not fit are refused; made-up weights give what can be reckoned by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/builder.h"
#include "code/judge.h"
#include <math.h>
#include <string.h>

static void put_u32(qi_builder *b, uint32_t v) { qi_builder_slice(b, qi_slice_of((const char *)&v, sizeof v)); }
static void put_float(qi_builder *b, float v) { qi_builder_slice(b, qi_slice_of((const char *)&v, sizeof v)); }

/* All weights zero: every answer is as likely as its bias says; only the first deed has one. */
static void put_matrix(qi_builder *b, uint32_t n_in, uint32_t n_out, bool has_bias, float first_bias) {
  put_u32(b, n_in);
  put_u32(b, n_out);
  put_u32(b, has_bias);
  for (uint32_t i = 0; has_bias && i < n_out; i++) put_float(b, i ? 0 : first_bias);
  for (uint32_t i = 0; i < n_in; i++) {
    put_float(b, 1);
    for (uint32_t o = 0; o < n_out; o++) qi_builder_char(b, 0);
  }
}

enum { DIMS = 2, SCORE = 2, HEADS = 1, HIDDEN = 3, LEMMA = 1 };

static void put_section(qi_builder *b) {
  qi_builder_str(b, "QJ03");
  put_u32(b, DIMS), put_u32(b, SCORE), put_u32(b, HEADS), put_u32(b, HIDDEN);
  for (int i = 0; i < 3; i++) put_float(b, 1);
  const float confidence[] = {0, 1, 0, 0, 0};
  for (int i = 0; i < 5; i++) put_float(b, confidence[i]);
  put_u32(b, 1);
  put_u32(b, QUID_AGREE), put_u32(b, 4), qi_builder_str(b, "mode");
  put_matrix(b, QI_VECTOR_DIMS, DIMS, true, 0);
  put_matrix(b, QI_WORD_BUCKETS, LEMMA, false, 0);
  put_matrix(b, LEMMA, DIMS, false, 0);
  put_matrix(b, QI_N_FEATURES, DIMS, false, 0);
  put_matrix(b, DIMS, SCORE, true, 0);
  put_matrix(b, SCORE, HEADS, true, 0);
  put_matrix(b, (HEADS + 2) * DIMS, HIDDEN, true, 0);
  put_matrix(b, HIDDEN, QI_N_DEEDS, true, logf(16)); /* 16 to 1 against each of 16 others: a half */
  put_matrix(b, HIDDEN, QI_N_DEEDS, true, 0);
  put_matrix(b, HIDDEN, QUID_N_EVENT_STATUSES, true, 0);
  put_matrix(b, HIDDEN, 1, true, 0);
}

static void test_probabilities(void **state) {
  (void)state;
  qi_builder b;
  qi_judge *judge;
  quid_error err = {0};
  qi_arena arena;
  qi_builder_init(&b, 0);
  qi_arena_init(&arena, 0);
  put_section(&b);
  if (qi_judge_from_bytes(&judge, qi_builder_view(&b), "section", &err)) fail_msg("%s", err.message);
  qi_token tokens[2] = {{.form = QI_SLICE("hit"), .lemma = QI_SLICE("hit"), .upos = QI_VERB, .rel = QI_REL_ROOT, .head = QI_ROOT},
                        {.form = QI_SLICE("it"), .lemma = QI_SLICE("it"), .upos = QI_PRON, .rel = QI_REL_OBJ, .head = 0}};
  qi_sentence s = {.n_tokens = 2, .tokens = tokens};
  assert_true(qi_sentence_link(&s, &arena));
  qi_view v = {.s = &s};
  qi_scene_word words[2] = {{.bucket = 1}, {.bucket = 2}};
  qi_scene scene = {&v, words};
  qi_bench bench;
  qi_verdict verdict;
  uint8_t side[2] = {0, QI_SIDE_TARGET};
  qi_pair pair = {side, QI_NO_TOKEN, 1, QI_NO_TOKEN};
  assert_true(qi_judge_sentence(&bench, judge, &scene, &arena));
  assert_true(qi_judge_pair(&verdict, judge, &bench, &pair, &arena));
  assert_float_equal(verdict.relation[QUID_AGREE], 0.5f, 1e-5f);
  assert_float_equal(verdict.relation[QI_NO_DEED], 1 / 32.0f, 1e-5f);
  assert_float_equal(verdict.deed[3], 1 / 17.0f, 1e-5f);
  assert_float_equal(verdict.status[9], 0.1f, 1e-5f);
  assert_int_equal(verdict.trigger, 0);
  assert_string_equal(verdict.mode, "mode");
  assert_float_equal((float)qi_judge_confidence(judge, 0.8f, 0.3, true, true), 0.8f, 1e-4f);
  assert_float_equal((float)qi_judge_confidence(judge, 0.02f, 0.9, false, true), 0.02f, 1e-4f);
  qi_judge_free(judge);
  qi_builder_clear(&b);
  qi_arena_clear(&arena);
}

/* Cut short anywhere, or with bytes behind it, it is refused and nothing leaks. */
static void test_refused(void **state) {
  (void)state;
  qi_builder b;
  qi_builder_init(&b, 0);
  put_section(&b);
  qi_builder_char(&b, 'x');
  for (size_t n = 0; n <= b.len; n += n < 400 ? 1 : 97) {
    qi_judge *judge;
    quid_error err = {0};
    if (n == b.len - 1) continue;
    assert_int_equal(qi_judge_from_bytes(&judge, qi_slice_of(b.ptr, n), "section", &err), QUID_ERR_FORMAT);
    assert_null(judge);
  }
  qi_builder_clear(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_probabilities), cmocka_unit_test(test_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
