#include "unit/unit.h"

#include <limits.h>
#include <stdio.h>

static void compares(void **state) {
  (void)state;
  assert_true(qi_slice_eq(QI_SLICE("abc"), qi_slice_str("abc")));
  assert_false(qi_slice_eq(QI_SLICE("abc"), QI_SLICE("abd")));
  assert_true(qi_slice_eq(qi_slice_str(NULL), QI_SLICE("")));
  assert_true(qi_slice_eq_nocase(QI_SLICE("NATO"), QI_SLICE("nAto")));
  assert_false(qi_slice_eq_nocase(QI_SLICE("\xC3\x89"), QI_SLICE("\xC3\xA9")));
  assert_true(qi_slice_cmp(QI_SLICE("a"), QI_SLICE("ab")) < 0);
  assert_true(qi_slice_cmp(QI_SLICE("b"), QI_SLICE("ab")) > 0);
  assert_int_equal(qi_slice_cmp(QI_SLICE(""), qi_slice_str(NULL)), 0);
  assert_true(qi_slice_starts(QI_SLICE("abc"), QI_SLICE("ab")));
  assert_false(qi_slice_starts(QI_SLICE("a"), QI_SLICE("ab")));
  assert_true(qi_slice_ends(QI_SLICE("abc"), QI_SLICE("bc")));
  assert_true(qi_slice_ends(QI_SLICE("abc"), QI_SLICE("")));
}

static void takes_parts(void **state) {
  (void)state;
  assert_slice(qi_slice_sub(QI_SLICE("abcdef"), 2, 4), "cd");
  assert_slice(qi_slice_sub(QI_SLICE("abc"), 2, 99), "c");
  assert_slice(qi_slice_sub(QI_SLICE("abc"), 7, 9), "");
  assert_slice(qi_slice_trim(QI_SLICE(" \t a b \r\n")), "a b");
  assert_slice(qi_slice_trim(QI_SLICE("  \n ")), "");
  assert_int_equal(qi_slice_find(QI_SLICE("aab aabc"), QI_SLICE("aabc")), 4);
  assert_true(qi_slice_find(QI_SLICE("aaa"), QI_SLICE("ab")) == QI_NOT_FOUND);
  assert_true(qi_slice_find(QI_SLICE("a"), QI_SLICE("ab")) == QI_NOT_FOUND);
  assert_int_equal(qi_slice_find(QI_SLICE("a"), QI_SLICE("")), 0);
  assert_true(qi_slice_find_char(qi_slice_str(NULL), 'a') == QI_NOT_FOUND);
}

static void splits(void **state) {
  (void)state;
  qi_slice rest = QI_SLICE("a,,b,"), field;
  const char *wanted[] = {"a", "", "b", ""};
  for (size_t i = 0; i < 4; i++) {
    assert_true(qi_slice_split(&rest, ',', &field));
    assert_slice(field, wanted[i]);
  }
  assert_false(qi_slice_split(&rest, ',', &field));
  rest = QI_SLICE("");
  assert_true(qi_slice_split(&rest, ',', &field));
  assert_false(qi_slice_split(&rest, ',', &field));
}

static void finds_words_and_lines(void **state) {
  (void)state;
  qi_slice rest = QI_SLICE("  two\t words "), part;
  assert_true(qi_slice_word(&rest, &part));
  assert_slice(part, "two");
  assert_true(qi_slice_word(&rest, &part));
  assert_slice(part, "words");
  assert_false(qi_slice_word(&rest, &part));
  rest = QI_SLICE("one\r\n\nthree\n");
  const char *wanted[] = {"one", "", "three"};
  for (size_t i = 0; i < 3; i++) {
    assert_true(qi_slice_line(&rest, &part));
    assert_slice(part, wanted[i]);
  }
  assert_false(qi_slice_line(&rest, &part));
  rest = QI_SLICE("\nlast");
  assert_true(qi_slice_line(&rest, &part));
  assert_slice(part, "");
  assert_true(qi_slice_line(&rest, &part));
  assert_slice(part, "last");
  assert_false(qi_slice_line(&rest, &part));
}

static void reads_longs(void **state) {
  (void)state;
  char text[32];
  long n = 5;
  assert_true(qi_slice_to_long(QI_SLICE("-042"), &n));
  assert_int_equal(n, -42);
  assert_true(qi_slice_to_long(QI_SLICE("+7"), &n));
  assert_int_equal(n, 7);
  snprintf(text, sizeof text, "%ld", LONG_MAX);
  assert_true(qi_slice_to_long(qi_slice_str(text), &n));
  assert_true(n == LONG_MAX);
  snprintf(text, sizeof text, "%ld", LONG_MIN);
  assert_true(qi_slice_to_long(qi_slice_str(text), &n));
  assert_true(n == LONG_MIN);
  assert_false(qi_slice_to_long(qi_slice_str(text + 1), &n)); /* -LONG_MIN */
  assert_false(qi_slice_to_long(QI_SLICE("99999999999999999999"), &n));
  const char *bad[] = {"", "-", "+", " 1", "1 ", "1.0", "0x1", "--1"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    assert_false(qi_slice_to_long(qi_slice_str(bad[i]), &n));
  assert_true(n == LONG_MIN);
}

static void reads_doubles(void **state) {
  (void)state;
  double x = 1;
  assert_true(qi_slice_to_double(QI_SLICE("-2.5e2"), &x));
  assert_true(x == -250.0);
  assert_true(qi_slice_to_double(QI_SLICE(".5"), &x));
  assert_true(x == 0.5);
  assert_true(qi_slice_to_double(QI_SLICE("10."), &x));
  assert_true(x == 10.0);
  const char *bad[] = {"", ".", "-", "1e", "1e+", "nan", "inf", "0x10", " 1", "1,5", "1e999"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    assert_false(qi_slice_to_double(qi_slice_str(bad[i]), &x));
  assert_true(x == 10.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(compares),    cmocka_unit_test(takes_parts),
      cmocka_unit_test(splits),      cmocka_unit_test(finds_words_and_lines),
      cmocka_unit_test(reads_longs), cmocka_unit_test(reads_doubles),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
