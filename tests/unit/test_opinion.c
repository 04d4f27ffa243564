/* What the second opinion does to deeds: it sets the confidence, is told where it differs, and finds what no frame knows. */
#include "unit/tree_fixture.h"
#include "unit/judge_fixture.h"

static trees t;
static qi_model *model;

static int setup(void **state) {
  (void)state;
  quid_error err = {0};
  trees_init(&t);
  if (qi_model_open(&model, test_root("tests/data/tiny.model"), &err)) fail_msg("%s", err.message);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  qi_model_close(model);
  trees_clear(&t);
  return 0;
}

/* Codes the text with a judge that is sure of the deed to that degree. */
static void code_with(uint32_t deed, float bias, const char *text) {
  qi_judge *judge = made_judge(deed, bias);
  qi_second second = {model, judge};
  t.second = &second;
  code_trees(&t, text);
  t.second = NULL;
  qi_judge_free(judge);
}

static bool explained(const char *words) {
  for (size_t i = 0; i < t.explain.lines.len; i++)
    if (qi_slice_find(t.explain.lines.items[i].text, qi_slice_str(words)) != QI_NOT_FOUND) return true;
  return false;
}

#define ATTACKED "Russia/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Ukraine/PROPN/NNP/2/obj ./PUNCT/./2/punct\n"
#define UNKNOWN "Russia/PROPN/NNP/2/nsubj bazookaed:bazooka/VERB/VBD/0/root Ukraine/PROPN/NNP/2/obj ./PUNCT/./2/punct\n"

/* The made weights take the judge's probability as it is: e^4 against 16 others. */
static void sets_the_confidence(void **state) {
  (void)state;
  code_with(QUID_ASSAULT, 4, ATTACKED);
  expect(&t, "attacked", "RUS > UKR ; asserted");
  double p = exp(4) / (exp(4) + 16);
  assert_float_equal(event_at(&t, "attacked")->second_opinion, p, 1e-4);
  assert_float_equal(event_at(&t, "attacked")->confidence, p, 1e-3);
  assert_false(explained("second opinion"));
  code_trees(&t, ATTACKED);
  assert_true(event_at(&t, "attacked")->second_opinion < 0);
}

/* No frame for "attacked" is an AGREE: the event stays, with little confidence, and both are told. */
static void tells_where_it_differs(void **state) {
  (void)state;
  code_with(QUID_AGREE, 12, ATTACKED);
  assert_int_equal(event_at(&t, "attacked")->type, QUID_ASSAULT);
  assert_true(event_at(&t, "attacked")->confidence < 0.01);
  assert_true(explained("second opinion: AGREE 1.00, where assault."));
  assert_true(explained("says ASSAULT (0.00)"));
}

static void finds_what_no_frame_knows(void **state) {
  (void)state;
  code_trees(&t, UNKNOWN);
  assert_int_equal(t.events.len, 0);
  code_with(QUID_COERCE, 3, UNKNOWN);
  assert_int_equal(t.events.len, 0);
  assert_true(explained("second opinion: COERCE 0.56, not sure enough"));
  code_with(QUID_COERCE, 12, UNKNOWN);
  expect(&t, "bazookaed", "RUS > UKR ; asserted");
  assert_string_equal(event_at(&t, "bazookaed")->frame, "open.coerce");
  code_with(QI_NO_DEED, 12, UNKNOWN);
  assert_int_equal(t.events.len, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sets_the_confidence),
      cmocka_unit_test(tells_where_it_differs),
      cmocka_unit_test(finds_what_no_frame_knows),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
