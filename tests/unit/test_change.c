/* Change points and surprise of counts; the quad classes against the ontology. */
#include "ask/change.h"
#include "ask/pairs.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>

static void points_of(const char *cooperation, const char *conflict, bool *starts) {
  qi_counts counts[64];
  size_t n = strlen(cooperation);
  for (size_t i = 0; i < n; i++) counts[i] = (qi_counts){cooperation[i] - '0', conflict[i] - '0'};
  assert_true(qi_change_points(starts, counts, n));
}

static void test_steps_are_found(void **state) {
  (void)state;
  bool starts[64];
  points_of("0000000000", "1010109898", starts);
  for (size_t i = 0; i < 10; i++) assert_int_equal(starts[i], i == 6);
  points_of("99989899111110111000", "00000000000000000000", starts);
  for (size_t i = 0; i < 20; i++) assert_int_equal(starts[i], i == 8);
  points_of("1111111199999999", "9999999911111111", starts); /* the sum does not move, the kinds do */
  for (size_t i = 0; i < 16; i++) assert_int_equal(starts[i], i == 8);
  points_of("000000000099989899990000000000", "000000000000000000000000000000", starts);
  for (size_t i = 0; i < 30; i++) assert_int_equal(starts[i], i == 10 || i == 20);
}

static void test_noise_is_no_change(void **state) {
  (void)state;
  bool starts[64];
  points_of("31223132123121322131", "10201001021001020100", starts);
  for (size_t i = 0; i < 20; i++) assert_false(starts[i]);
  points_of("00000000000000000000", "00000000000000000000", starts);
  for (size_t i = 0; i < 20; i++) assert_false(starts[i]);
  points_of("08009000700900080009", "00000000000000000000", starts); /* bursts */
  for (size_t i = 0; i < 20; i++) assert_false(starts[i]);
  points_of("", "", starts);
  points_of("5", "5", starts);
  assert_false(starts[0]);
}

/* The cheapest of all cuts, tried one by one, is what PELT's pruning must not miss. */
static double cost_of(const qi_counts *c, size_t n, unsigned cuts, double by) {
  double total = 0;
  for (size_t from = 0, to; from < n; from = to) {
    double sum[2] = {0, 0};
    for (to = from; to < n && (to == from || !(cuts >> to & 1)); to++) sum[0] += c[to].cooperation, sum[1] += c[to].conflict;
    for (int k = 0; k < 2; k++) total += (sum[k] > 0 ? -2 * sum[k] * log(sum[k] / (double)(to - from)) + 2 * sum[k] : 0) / by;
    total += 3 * log((double)n);
  }
  return total;
}

static void test_no_cut_is_cheaper(void **state) {
  (void)state;
  unsigned seed = 7;
  for (int round = 0; round < 60; round++) {
    qi_counts c[12];
    bool starts[12];
    double by = 0, pairs = 0, best = INFINITY;
    unsigned cuts = 0;
    for (size_t i = 0; i < 12; i++) {
      seed = seed * 1103515245u + 12345u;
      c[i] = (qi_counts){(seed >> 16) % 3 * ((seed >> 20) % 4 + (i > 6 ? 5 : 0)), (seed >> 24) % 3};
    }
    for (size_t i = 1; i < 12; i++) {
      double x[2][2] = {{c[i - 1].cooperation, c[i].cooperation}, {c[i - 1].conflict, c[i].conflict}};
      for (int k = 0; k < 2; k++)
        if (x[k][0] + x[k][1] > 0) by += (x[k][1] - x[k][0]) * (x[k][1] - x[k][0]) / (x[k][0] + x[k][1]), pairs++;
    }
    by = by > pairs && pairs > 0 ? by / pairs : 1;
    assert_true(qi_change_points(starts, c, 12));
    for (size_t i = 1; i < 12; i++) cuts |= (unsigned)starts[i] << i;
    for (unsigned all = 0; all < 1u << 12; all += 2) best = fmin(best, cost_of(c, 12, all, by));
    assert_true(cost_of(c, 12, cuts, by) <= best + 1e-9);
  }
}

static void test_surprise(void **state) {
  (void)state;
  double past[] = {2, 3, 2, 1, 2, 3}, quiet[24] = {0}, busy[] = {5000, 5100, 4900, 5050, 4950}, wild[] = {0, 30, 2, 0, 25, 1};
  qi_surprise s = qi_surprise_of(past, 6, 14);
  assert_true(fabs(s.usual - 13 / 6.0) < 1e-9);
  assert_true(s.surprise > 2.5 && s.surprise < 6);
  assert_true(fabs(qi_surprise_of(past, 6, 2).surprise) < 0.5);
  assert_true(qi_surprise_of(past, 6, 14).surprise > qi_surprise_of(past, 6, 10).surprise);
  assert_true(qi_surprise_of(quiet, 24, 1).surprise < 2); /* one event after silence is nothing yet */
  assert_true(qi_surprise_of(quiet, 24, 4).surprise > 2);
  assert_true(qi_surprise_of(quiet, 24, 0).surprise > -0.1);
  assert_true(qi_surprise_of(busy, 5, 2000).surprise < -10);
  assert_true(qi_surprise_of(busy, 5, 1e6).surprise > 10);
  assert_true(isfinite(qi_surprise_of(busy, 5, 1e6).surprise));
  assert_true(qi_surprise_of(wild, 6, 28).surprise < 2); /* it comes in bursts */
  assert_true(qi_surprise_of(past, 2, 99).surprise == 0); /* too short a past */
  assert_true(qi_surprise_of(NULL, 0, 3).surprise == 0);
}

/* The tail against the sum of the plain negative binomial. */
static void test_tail_is_the_distribution(void **state) {
  (void)state;
  double past[] = {4, 6, 5, 5}, mean = 20.5 / 4, variance = 2 * mean * 1.25, r = mean * mean / (variance - mean), q = 1 - mean / variance;
  double term = pow(1 - q, r), below = 0;
  for (int k = 0; k < 12; k++) below += term, term *= (k + r) * q / (k + 1);
  assert_true(fabs(qi_surprise_of(past, 4, 12).surprise + log10(1 - below)) < 1e-6);
  assert_true(fabs(qi_surprise_of(past, 4, 0).surprise - log10(pow(1 - q, r))) < 1e-6);
}

static void test_quads_are_the_ontologys(void **state) {
  (void)state;
  static const char *const names[] = {"verbal cooperation", "material cooperation", "verbal conflict", "material conflict"};
  char line[512];
  int seen = 0;
  FILE *f = fopen(QUID_TEST_ROOT "/knowledge/ontology.tsv", "r");
  assert_non_null(f);
  while (fgets(line, sizeof line, f))
    for (int t = 0; t < QUID_N_EVENT_TYPES; t++) {
      const char *name = quid_event_type_name((quid_event_type)t);
      size_t n = strlen(name);
      if (strncmp(line, name, n) || strncmp(line + n, "\t-\t", 3)) continue;
      assert_int_equal(strncmp(line + n + 3, names[qi_quad_of((quid_event_type)t)], strlen(names[qi_quad_of((quid_event_type)t)])), 0);
      seen++;
    }
  fclose(f);
  assert_int_equal(seen, QUID_N_EVENT_TYPES);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_steps_are_found), cmocka_unit_test(test_noise_is_no_change), cmocka_unit_test(test_no_cut_is_cheaper),
      cmocka_unit_test(test_surprise), cmocka_unit_test(test_tail_is_the_distribution), cmocka_unit_test(test_quads_are_the_ontologys),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
