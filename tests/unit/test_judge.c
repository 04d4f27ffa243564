/* The second opinion: weights that do not fit are refused; made-up weights give what can be reckoned by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "unit/judge_fixture.h"
#include <string.h>

static void test_probabilities(void **state) {
  (void)state;
  qi_judge *judge = made_judge(0, 0);
  qi_arena arena;
  qi_arena_init(&arena, 0);
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
  assert_float_equal((float)qi_judge_confidence(judge, 0.8f, &(qi_likeness){.prior = 0.3, .actor = true}), 0.8f, 1e-4f);
  assert_float_equal((float)qi_judge_confidence(judge, 0.02f, &(qi_likeness){.prior = 0.9, .told = true}), 0.02f, 1e-4f);
  qi_judge_free(judge);
  qi_arena_clear(&arena);
}

static void test_event(void **state) {
  (void)state;
  float p[QI_N_DEEDS] = {0};
  p[QUID_CONCEDE] = 0.2f, p[QUID_RETREAT] = 0.3f, p[QUID_AGREE] = 0.4f;
  assert_int_equal(qi_judge_likeliest(p, QI_N_DEEDS), QUID_AGREE);
  assert_int_equal(qi_judge_event(p), QUID_RETREAT); /* half of it is to yield, in one way or the other */
  p[QUID_CONCEDE] = 0.05f;
  assert_int_equal(qi_judge_event(p), QUID_AGREE);
  p[QI_NO_DEED] = 0.5f;
  assert_int_equal(qi_judge_event(p), QI_NO_DEED);
}

/* Cut short anywhere, or with bytes behind it, it is refused and nothing leaks. */
static void test_refused(void **state) {
  (void)state;
  qi_builder b;
  qi_builder_init(&b, 0);
  put_section(&b, 0, 0);
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
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_probabilities), cmocka_unit_test(test_event), cmocka_unit_test(test_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
