#include "unit/unit.h"

#include "base/date.h"

static void known_days(void **state) {
  (void)state;
  assert_int_equal(qi_day_from_ymd(1970, 1, 1), 0);
  assert_int_equal(qi_day_from_ymd(2024, 6, 19), 19893);
  assert_int_equal(qi_day_from_ymd(2000, 2, 29), 11016);
  assert_int_equal(qi_day_from_ymd(1969, 12, 31), -1);
  assert_int_equal(qi_day_from_ymd(1, 1, 1), -719162);
  assert_int_equal(qi_day_weekday(0), 3);
  assert_int_equal(qi_day_weekday(qi_day_from_ymd(2024, 11, 25)), 0);
  assert_int_equal(qi_day_weekday(qi_day_from_ymd(1914, 6, 28)), 6);
}

/* Every day of 1000 years, forth and back. */
static void round_trips(void **state) {
  (void)state;
  qi_day day = qi_day_from_ymd(1599, 12, 31);
  for (int y = 1600; y < 2600; y++)
    for (int m = 1; m <= 12; m++)
      for (int d = 1; d <= qi_days_in_month(y, m); d++) {
        qi_day next = qi_day_from_ymd(y, m, d);
        qi_ymd back = qi_day_to_ymd(next);
        if (next != ++day || back.year != y || back.month != m || back.day != d)
          fail_msg("%d-%d-%d", y, m, d);
      }
  const int years[] = {-32767, -401, -1, 0, 32767};
  for (size_t i = 0; i < 5; i++)
    assert_int_equal(qi_day_to_ymd(qi_day_from_ymd(years[i], 2, 28)).year, years[i]);
}

static void refuses_impossible(void **state) {
  (void)state;
  const int bad[][3] = {{2023, 2, 29}, {1900, 2, 29}, {2024, 13, 1}, {2024, 0, 1},
                        {2024, 4, 31}, {2024, 1, 0},  {2024, 1, -5}, {99999, 1, 1}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    assert_int_equal(qi_day_from_ymd(bad[i][0], bad[i][1], bad[i][2]), QI_DAY_NONE);
}

static void parses(void **state) {
  (void)state;
  char a[QI_DATE_BYTES], b[QI_DATE_BYTES];
  qi_day first = 1, last = 2;
  const char *good[][3] = {{"2024", "2024-01-01", "2024-12-31"},
                           {"2024-02", "2024-02-01", "2024-02-29"},
                           {"0001-03", "0001-03-01", "0001-03-31"},
                           {"2023-11-25", "2023-11-25", "2023-11-25"},
                           {"9999-12-31", "9999-12-31", "9999-12-31"}};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    assert_true(qi_date_parse(qi_slice_str(good[i][0]), &first, &last));
    assert_string_equal(qi_date_format(a, first), good[i][1]);
    assert_string_equal(qi_date_format(b, last), good[i][2]);
  }
  first = 1;
  const char *bad[] = {"",        "24",         "20245",       "0000",       "2024-",   "2024-1",
                       "2024-13", "2024-00",    "2024-06-",    "2024-06-1",  "2024/06", "2024-02-30",
                       " 2024",   "2024-06-19 ", "2024-06-191", "2024-06-1a", "-024"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    assert_false(qi_date_parse(qi_slice_str(bad[i]), &first, NULL));
  assert_int_equal(first, 1);
  assert_true(qi_date_parse_prefix(QI_SLICE("2024-06-19T10:00:00Z"), &first, NULL));
  assert_int_equal(first, 19893);
  assert_true(qi_date_parse_prefix(QI_SLICE("2024-06"), NULL, &last));
  assert_false(qi_date_parse_prefix(QI_SLICE("2024-06-19x"), &first, NULL));
}

static void formats_open_ends_as_nothing(void **state) {
  (void)state;
  char text[QI_DATE_BYTES];
  const qi_day ends[] = {QI_DAY_NONE, QI_DAY_MIN, QI_DAY_MAX, QI_DAY_MAX - 1};
  for (size_t i = 0; i < 4; i++) assert_string_equal(qi_date_format(text, ends[i]), "");
}

static void adds_months(void **state) {
  (void)state;
  char text[QI_DATE_BYTES];
  const struct { int y, m, d, n; const char *wanted; } cases[] = {
      {2024, 1, 31, 1, "2024-02-29"},  {2023, 1, 31, 1, "2023-02-28"},
      {2024, 3, 15, -3, "2023-12-15"}, {2024, 12, 1, 1, "2025-01-01"},
      {2024, 6, 19, -240, "2004-06-19"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    qi_day day = qi_day_from_ymd(cases[i].y, cases[i].m, cases[i].d);
    assert_string_equal(qi_date_format(text, qi_day_add_months(day, cases[i].n)), cases[i].wanted);
  }
  assert_int_equal(qi_day_add_months(QI_DAY_MAX, 1), QI_DAY_MAX);
  assert_int_equal(qi_day_add_months(QI_DAY_NONE, 1), QI_DAY_NONE);
  assert_int_equal(qi_day_add_months(0, INT32_MAX), QI_DAY_NONE);
  assert_true(qi_day_today() > 19893);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(known_days),         cmocka_unit_test(round_trips),
      cmocka_unit_test(refuses_impossible), cmocka_unit_test(parses),
      cmocka_unit_test(adds_months),        cmocka_unit_test(formats_open_ends_as_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
