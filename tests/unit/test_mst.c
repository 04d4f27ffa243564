/* The best tree, against all trees there are. */
#include "unit/unit.h"

#include "parse/mst.h"

static uint64_t seed;

static double draw(void) { /* splitmix64, in [-1, 1) */
  uint64_t z = (seed += UINT64_C(0x9E3779B97F4A7C15));
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return (double)(z >> 11) / 4503599627370496.0 - 1;
}

static qi_arena scratch;

static int set_up(void **state) {
  (void)state;
  qi_arena_init(&scratch, 0);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  qi_arena_clear(&scratch);
  return 0;
}

/* By following the heads up to the root from each word. */
static bool is_single_rooted_tree(const uint32_t *head, uint32_t n) {
  uint32_t roots = 0;
  for (uint32_t d = 1; d <= n; d++) {
    uint32_t at = d, steps = 0;
    if (head[d] > n) return false;
    while (at && steps++ <= n) at = head[at];
    if (at) return false;
    roots += head[d] == 0;
  }
  return roots == 1;
}

static double total(const double *score, const uint32_t *head, uint32_t n) {
  double sum = 0;
  for (uint32_t d = 1; d <= n; d++) sum += score[head[d] * (n + 1) + d];
  return sum;
}

/* The best total among all (n + 1)^n choices of heads. */
static double best_of_all(const double *score, uint32_t n) {
  uint32_t head[8] = {0};
  double best = -1e300;
  for (;;) {
    if (is_single_rooted_tree(head, n)) {
      double sum = total(score, head, n);
      best = sum > best ? sum : best;
    }
    uint32_t d = 1;
    while (d <= n && ++head[d] > n) head[d++] = 0;
    if (d > n) return best;
  }
}

/* Solves, checks that it is a tree, and returns its total. */
static double solved(const double *score, uint32_t n, uint32_t *head) {
  size_t bytes = (size_t)(n + 1) * (n + 1) * sizeof *score;
  double *copy = malloc(bytes);
  assert_non_null(copy);
  memcpy(copy, score, bytes);
  qi_arena_reset(&scratch);
  for (uint32_t d = 0; d <= n; d++) head[d] = 99999;
  assert_true(qi_mst_solve(copy, n, head, &scratch));
  free(copy);
  assert_true(is_single_rooted_tree(head, n));
  assert_true(qi_mst_is_tree(head, n, &scratch));
  return total(score, head, n);
}

static void finds_the_best_of_all_trees(void **state) {
  (void)state;
  static const int rounds[] = {0, 5, 200, 200, 200, 100, 15};
  static const double sizes[] = {1, 1e-3, 5e8}; /* what the parser's scores come to, and more */
  seed = 1;
  for (uint32_t n = 1; n <= 6; n++)
    for (int round = 0; round < rounds[n]; round++) {
      double score[49], size = sizes[round % 3];
      uint32_t head[8];
      for (uint32_t i = 0; i < (n + 1) * (n + 1); i++) score[i] = draw() * size;
      if (round % 4 == 3) /* whole numbers: many trees are equally good */
        for (uint32_t i = 0; i < (n + 1) * (n + 1); i++) score[i] = (double)(int)(draw() * 3);
      double got = solved(score, n, head), best = best_of_all(score, n);
      if (got < best - 1e-9 * size - 1e-9 || got > best + 1e-9 * size + 1e-9)
        fail_msg("n %u round %d: %.12g instead of %.12g", n, round, got, best);
    }
}

/* The greedy choice has several roots, each dear to leave: still one remains. */
static void one_root_whatever_it_costs(void **state) {
  (void)state;
  enum { N = 5 };
  double score[(N + 1) * (N + 1)];
  uint32_t head[N + 1];
  for (uint32_t h = 0; h <= N; h++)
    for (uint32_t d = 0; d <= N; d++) score[h * (N + 1) + d] = h == 0 ? 1e8 + d : -1e8;
  double got = solved(score, N, head);
  assert_true(got == best_of_all(score, N));
}

static void known_cycles(void **state) {
  (void)state;
  /* root saw I: saw <-> I are each other's best heads. */
  const double two[9] = {0, 5, 1, 0, 0, 9, 0, 8, 0};
  uint32_t head[8];
  solved(two, 2, head);
  assert_int_equal(head[1], 0);
  assert_int_equal(head[2], 1);
  /* McDonald et al. 2005: root John saw Mary; saw and John form a cycle. */
  const double john[16] = {0, 9, 10, 9, 0, 0, 20, 3, 0, 30, 0, 30, 0, 11, 0, 0};
  assert_true(solved(john, 3, head) == 70);
  assert_int_equal(head[1], 2);
  assert_int_equal(head[2], 0);
  assert_int_equal(head[3], 2);
  /* Two cycles, 1 <-> 2 and 3 <-> 4, whose best entrances are each other: a cycle of cycles. */
  double nested[25];
  for (int i = 0; i < 25; i++) nested[i] = -50;
  nested[1 * 5 + 2] = nested[2 * 5 + 1] = nested[3 * 5 + 4] = nested[4 * 5 + 3] = 10;
  nested[2 * 5 + 3] = 8, nested[4 * 5 + 1] = 8;
  nested[0 * 5 + 2] = 1, nested[0 * 5 + 4] = 0;
  assert_true(solved(nested, 4, head) == best_of_all(nested, 4));
}

static void one_word(void **state) {
  (void)state;
  const double score[4] = {0, -7, 0, 100};
  uint32_t head[2];
  solved(score, 1, head);
  assert_int_equal(head[1], 0);
}

static void tells_trees_from_others(void **state) {
  (void)state;
  const struct { uint32_t n, head[6]; bool tree; } cases[] = {
      {1, {0, 0}, true},           {2, {0, 0, 1}, true},
      {2, {0, 2, 0}, true},        {2, {0, 0, 0}, false},
      {2, {0, 2, 1}, false},       {3, {0, 1, 0, 2}, false}, /* its own head */
      {4, {0, 0, 3, 4, 2}, false}, {5, {0, 2, 0, 2, 5, 3}, true},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    qi_arena_reset(&scratch);
    assert_int_equal(qi_mst_is_tree(cases[i].head, cases[i].n, &scratch), cases[i].tree);
    assert_int_equal(is_single_rooted_tree(cases[i].head, cases[i].n), cases[i].tree);
  }
}

/* 300 words. Each cycle takes a known amount of scratch, so its use bounds the number of cycles
 * met, and with it the work, whatever the machine's speed: at most one a word. */
static void long_sentences_cost_a_cycle_a_word_at_most(void **state) {
  (void)state;
  enum { N = 300, N1 = N + 1 };
  double *score = malloc((size_t)N1 * N1 * sizeof *score);
  uint32_t *head = malloc(N1 * sizeof *head);
  assert_true(score && head);
  const size_t per_cycle = 4 * (N1 * sizeof *head + 32) + 128, fixed = 4 * (N1 * sizeof *head + 32);
  for (int kind = 0; kind < 4; kind++) {
    seed = (uint64_t)kind;
    for (uint32_t h = 0; h <= N; h++)
      for (uint32_t d = 0; d <= N; d++) {
        double far = h > d ? h - d : d - h;
        score[(size_t)h * N1 + d] =
            kind == 0   ? draw()
            : kind == 1 ? -far                             /* neighbours: many pairs */
            : kind == 2 ? (h == d + 1 ? 1e3 + d : draw())  /* a chain without a root */
                        : 1e8 * (double)(h < d) - far * h; /* steps: cycles in cycles */
      }
    solved(score, N, head);
    assert_true(scratch.used_bytes <= fixed + (size_t)N * per_cycle);
  }
  free(score), free(head);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_the_best_of_all_trees),
      cmocka_unit_test(one_root_whatever_it_costs),
      cmocka_unit_test(known_cycles),
      cmocka_unit_test(one_word),
      cmocka_unit_test(tells_trees_from_others),
      cmocka_unit_test(long_sentences_cost_a_cycle_a_word_at_most),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
