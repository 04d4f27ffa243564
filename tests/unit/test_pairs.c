/* A table of sentences with two phrases -> rows, or an error with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/read.h"
#include <string.h>

static void next(qi_pairs *p, const char *sentence, const char *source, const char *target, size_t line) {
  qi_pairs_row row;
  quid_error err = {0};
  bool more;
  if (qi_pairs_next(&row, p, &more, &err)) fail_msg("%s", err.message);
  assert_true(more);
  assert_true(qi_slice_eq_str(row.sentence, sentence));
  assert_true(qi_slice_eq_str(row.source, source));
  assert_true(qi_slice_eq_str(row.target, target));
  assert_int_equal(p->line, line);
}

static void end(qi_pairs *p) {
  qi_pairs_row row;
  quid_error err = {0};
  bool more = true;
  assert_int_equal(qi_pairs_next(&row, p, &more, &err), QUID_OK);
  assert_false(more);
}

static void test_columns_by_name(void **state) {
  (void)state;
  qi_pairs p;
  quid_error err = {0};
  qi_slice table = QI_SLICE("\xEF\xBB\xBFid\ttarget\tsentence\tx\tsource\r\n1\tB\tA \"hit\" B.\t\tA\r\n\n2\t\tC fell.\ty\tC");
  assert_int_equal(qi_pairs_open(&p, table, "t.tsv", &err), QUID_OK);
  next(&p, "A \"hit\" B.", "A", "B", 2);
  next(&p, "C fell.", "C", "", 4);
  end(&p);
}

/* A short row is told with its line, and the next is given all the same. */
static void test_short_row(void **state) {
  (void)state;
  qi_pairs p;
  qi_pairs_row row;
  quid_error err = {0};
  bool more;
  assert_int_equal(qi_pairs_open(&p, QI_SLICE("sentence\tsource\ttarget\nA hit B.\tA\nC hit D.\tC\tD\n"), "t.tsv", &err), QUID_OK);
  assert_int_equal(qi_pairs_next(&row, &p, &more, &err), QUID_ERR_FORMAT);
  assert_true(more);
  assert_int_equal(err.line, 2);
  assert_non_null(strstr(err.message, "2 fields instead of 3"));
  next(&p, "C hit D.", "C", "D", 3);
  end(&p);
}

static void refused(const char *table, const char *why) {
  qi_pairs p;
  quid_error err = {0};
  assert_int_equal(qi_pairs_open(&p, qi_slice_str(table), "t.tsv", &err), QUID_ERR_FORMAT);
  assert_int_equal(err.line, 1);
  if (!strstr(err.message, why)) fail_msg("'%s' is not in '%s'", why, err.message);
}

static void test_header_refused(void **state) {
  (void)state;
  refused("", "no column 'sentence'");
  refused("sentence\tsource\n", "no column 'target'");
  refused("Sentence\tsource\ttarget\n", "no column 'sentence'");
  refused("sentence\tsource\ttarget\tsource\n", "two columns named 'source'");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_columns_by_name),
      cmocka_unit_test(test_short_row),
      cmocka_unit_test(test_header_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
