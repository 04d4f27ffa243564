#include "unit/unit.h"

#include "base/builder.h"

static void appends(void **state) {
  (void)state;
  qi_builder b;
  qi_builder_init(&b, 0);
  assert_string_equal(b.ptr, "");
  qi_builder_str(&b, "ab");
  qi_builder_char(&b, 'c');
  qi_builder_repeat(&b, '-', 3);
  qi_builder_codepoint(&b, 0xE9);
  qi_builder_printf(&b, "%d", 42);
  assert_string_equal(b.ptr, "abc---\xC3\xA9" "42");
  qi_builder_truncate(&b, 3);
  assert_string_equal(b.ptr, "abc");
  for (int i = 0; i < 10000; i++) qi_builder_printf(&b, "%d,", i);
  assert_int_equal(qi_builder_status(&b, "numbers", NULL), QUID_OK);
  assert_true(qi_slice_ends(qi_builder_view(&b), QI_SLICE("9998,9999,")));
  qi_builder_reset(&b);
  assert_string_equal(b.ptr, "");
  qi_builder_clear(&b);
  qi_builder_clear(&b);
}

static void stops_at_the_ceiling(void **state) {
  (void)state;
  qi_builder b;
  quid_error err = {0};
  qi_builder_init(&b, 8);
  assert_true(qi_builder_str(&b, "12345678"));
  assert_int_equal(qi_builder_status(&b, "the line", &err), QUID_OK);
  assert_false(qi_builder_char(&b, '9'));
  assert_false(qi_builder_slice(&b, QI_SLICE(""))); /* sticks */
  assert_string_equal(b.ptr, "12345678");
  assert_int_equal(qi_builder_status(&b, "the line", &err), QUID_ERR_LIMIT);
  assert_string_equal(err.message, "more than 8 bytes in the line");
  qi_builder_reset(&b);
  assert_false(qi_builder_printf(&b, "%s", "123456789"));
  assert_string_equal(b.ptr, "");
  qi_builder_reset(&b);
  assert_false(qi_builder_reserve(&b, SIZE_MAX));
  qi_builder_clear(&b);
  assert_int_equal(b.max_bytes, 8);
}

static void gives_away(void **state) {
  (void)state;
  qi_builder b;
  size_t len = 99;
  qi_builder_init(&b, 0);
  char *empty = qi_builder_take(&b, &len);
  assert_string_equal(empty, "");
  assert_int_equal(len, 0);
  free(empty);
  qi_builder_str(&b, "mine");
  char *text = qi_builder_take(&b, NULL);
  assert_string_equal(text, "mine");
  assert_int_equal(b.len, 0);
  free(text);
  qi_builder_init(&b, 1);
  qi_builder_str(&b, "too long");
  assert_null(qi_builder_take(&b, NULL));
  qi_builder_clear(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(appends),
      cmocka_unit_test(stops_at_the_ceiling),
      cmocka_unit_test(gives_away),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
