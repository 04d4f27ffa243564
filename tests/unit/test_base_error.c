#include "unit/unit.h"

#include "base/error.h"
#include "base/utf8.h"

static void first_error_wins(void **state) {
  (void)state;
  quid_error err = {0};
  assert_int_equal(qi_error_at(&err, QUID_ERR_FORMAT, "a.txt", 3, 7, "unknown frame '%s'", "x"),
                   QUID_ERR_FORMAT);
  assert_int_equal(qi_error_set(&err, QUID_ERR_IO, "later"), QUID_ERR_IO);
  assert_int_equal(err.code, QUID_ERR_FORMAT);
  assert_string_equal(err.message, "unknown frame 'x'");
  assert_string_equal(err.file, "a.txt");
  assert_int_equal(err.line, 3);
  assert_int_equal(err.column, 7);
  qi_error_clear(&err);
  assert_int_equal(qi_error_memory(&err, "the tree"), QUID_ERR_MEMORY);
  assert_string_equal(err.message, "out of memory for the tree");
}

static void takes_null(void **state) {
  (void)state;
  assert_int_equal(qi_error_set(NULL, QUID_ERR_IO, "x"), QUID_ERR_IO);
  assert_int_equal(qi_error_at(NULL, QUID_ERR_IO, NULL, 0, 0, "x"), QUID_ERR_IO);
  qi_error_clear(NULL);
}

static void cuts_whole_characters(void **state) {
  (void)state;
  char text[1200] = "";
  for (size_t shift = 0; shift < 4; shift++) {
    memset(text, 'a', shift);
    for (size_t i = 0; i < 250; i++) memcpy(text + shift + 4 * i, "\xF0\x9F\x98\x80", 5);
    quid_error err = {0};
    qi_error_at(&err, QUID_ERR_FORMAT, text, 1, 1, "%s", text);
    assert_true(qi_utf8_is_valid(qi_slice_str(err.message)));
    assert_true(qi_utf8_is_valid(qi_slice_str(err.file)));
    assert_true(strlen(err.message) > 250);
    assert_true(qi_slice_starts(qi_slice_str(err.file), QI_SLICE("...")));
  }
}

static void names_every_status(void **state) {
  (void)state;
  for (int s = QUID_OK; s <= QUID_ERR_INTERNAL; s++)
    assert_string_not_equal(quid_status_name((quid_status)s), "unknown");
  assert_string_equal(quid_status_name((quid_status)99), "unknown");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(first_error_wins),
      cmocka_unit_test(takes_null),
      cmocka_unit_test(cuts_whole_characters),
      cmocka_unit_test(names_every_status),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
