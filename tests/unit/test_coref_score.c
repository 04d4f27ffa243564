/* The scores of coreference on cases whose figures are published or can be counted by hand. */
#include "unit/unit.h"

#include "golden/coref_score.h"

static scores score_of(const int32_t *key, const int32_t *response, uint32_t n) {
  qi_arena arena;
  scores s = {.muc = {0}};
  qi_arena_init(&arena, 0);
  assert_true(scores_add(&s, key, response, n, &arena));
  qi_arena_clear(&arena);
  return s;
}

static void near(double a, double b) { assert_true(fabs(a - b) < 0.0005); }

/* Key {a b c} {d e f g}, response {a b} {c d} {f g h i}: the example of the scorer's paper (Pradhan and others 2014). */
static void paper(void **state) {
  (void)state;
  /*                     a  b  c  d  e   f  g  h   i */
  const int32_t key[] = {0, 0, 0, 1, 1, 1, 1, -1, -1}, response[] = {0, 0, 1, 1, -1, 2, 2, 2, 2};
  scores s = score_of(key, response, 9);
  near(score_recall(&s.muc), 0.4);
  near(score_precision(&s.muc), 0.4);
  near(score_f1(&s.muc), 0.4);
  near(score_recall(&s.b3), 0.4167);   /* 35/84 */
  near(score_precision(&s.b3), 0.5);
  near(score_recall(&s.ceafe), 0.65);
  near(score_precision(&s.ceafe), 0.4333);
  near(score_recall(&s.pairs), 2.0 / 9);
  near(score_precision(&s.pairs), 2.0 / 8);
}

static void extremes(void **state) {
  (void)state;
  const int32_t one[] = {0, 0, 1, 1, 1}, none[] = {-1, -1, -1, -1, -1}, all[] = {0, 0, 0, 0, 0};
  scores s = score_of(one, one, 5);
  near(scores_conll(&s), 1);
  near(score_f1(&s.pairs), 1);
  s = score_of(one, none, 5);
  near(scores_conll(&s), 0);
  s = score_of(one, all, 5);
  near(score_recall(&s.muc), 1);
  near(score_precision(&s.muc), 0.75);
  near(score_recall(&s.ceafe), 0.375); /* the larger one alone: 6/8, over two */
  near(score_precision(&s.ceafe), 0.75);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(paper), cmocka_unit_test(extremes)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
