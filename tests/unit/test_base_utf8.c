#include "unit/unit.h"

#include "base/utf8.h"

static void every_character_round_trips(void **state) {
  (void)state;
  for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
    if (cp >= 0xD800 && cp <= 0xDFFF) continue;
    char bytes[QI_UTF8_MAX_BYTES];
    qi_slice s = {bytes, qi_utf8_encode(cp, bytes)};
    size_t at = 0;
    bool ok;
    if (qi_utf8_decode_checked(s, &at, &ok) != cp || !ok || at != s.len) fail_msg("U+%X", cp);
    if (qi_utf8_decode_back(s, &at) != cp || at != 0) fail_msg("U+%X backwards", cp);
  }
  char bytes[QI_UTF8_MAX_BYTES];
  assert_int_equal(qi_utf8_encode(0xD800, bytes), 3);
  assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
  assert_int_equal(qi_utf8_encode(0x110000, bytes), 3);
}

/* The counts of U+FFFD that the Unicode standard asks for (section 3.9, tables 3-8 to 3-11). */
static void replaces_broken_sequences(void **state) {
  (void)state;
  const struct { const char *in; size_t n; const char *out; } cases[] = {
      {"\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", 8, NULL},
      {"\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", 8, NULL},
      {"\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", 7, NULL},
      {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", 4, NULL},
      {"a\xE2\x82", 1, "a\xEF\xBF\xBD"},
      {"\xFF" "b", 1, "\xEF\xBF\xBD" "b"},
      {"caf\xC3\xA9", 0, "caf\xC3\xA9"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    qi_builder out;
    qi_utf8_repairs repairs;
    qi_builder_init(&out, 0);
    assert_true(qi_utf8_repair(&out, qi_slice_str(cases[i].in), &repairs));
    assert_int_equal(repairs.n_invalid, cases[i].n);
    assert_int_equal(qi_utf8_is_valid(qi_slice_str(cases[i].in)), cases[i].n == 0);
    assert_true(qi_utf8_is_valid(qi_builder_view(&out)));
    if (cases[i].out) assert_slice(qi_builder_view(&out), cases[i].out);
    qi_builder_clear(&out);
  }
}

static void counts_nuls_and_drops_the_mark(void **state) {
  (void)state;
  qi_builder out;
  qi_utf8_repairs repairs;
  qi_builder_init(&out, 0);
  assert_true(qi_utf8_repair(&out, QI_SLICE("\xEF\xBB\xBF" "abcdefghijk\0l\0\xFF"), &repairs));
  assert_slice(qi_builder_view(&out), "abcdefghijk\xEF\xBF\xBDl\xEF\xBF\xBD\xEF\xBF\xBD");
  assert_int_equal(repairs.n_nul, 2);
  assert_int_equal(repairs.n_invalid, 1);
  assert_int_equal(repairs.first_byte, 14);
  qi_builder_reset(&out);
  assert_true(qi_utf8_repair(&out, qi_slice_str(NULL), &repairs));
  assert_int_equal(out.len, 0);
  qi_builder_clear(&out);
  qi_builder_init(&out, 4);
  assert_false(qi_utf8_repair(&out, QI_SLICE("\xFF\xFF"), &repairs)); /* grows to six bytes */
  assert_int_equal(out.failed, QUID_ERR_LIMIT);
  qi_builder_clear(&out);
}

/* Work must grow with the length, whatever the bytes: 4 MB each, in no time. */
static void repairs_in_linear_time(void **state) {
  (void)state;
  const char *parts[] = {"\xD0\xB0", "a", "", "\xFF", "a\xC3"};
  enum { BYTES = 4 << 20 };
  char *text = malloc(BYTES);
  for (size_t i = 0; i < 5; i++) {
    size_t len = strlen(parts[i]) ? strlen(parts[i]) : 1; /* "" stands for NULs */
    for (size_t k = 0; k + len <= BYTES; k += len) memcpy(text + k, parts[i], len);
    qi_builder out;
    qi_utf8_repairs repairs;
    qi_builder_init(&out, 0);
    assert_true(qi_utf8_repair(&out, (qi_slice){text, BYTES / len * len}, &repairs));
    qi_builder_clear(&out);
  }
  free(text);
}

static void measures(void **state) {
  (void)state;
  qi_slice s = QI_SLICE("a\xC3\xA9\xE5\xB9\xB3\xF0\x9F\x98\x80");
  assert_int_equal(qi_utf8_count(s), 4);
  assert_int_equal(qi_utf8_width(s), 6);
  assert_int_equal(qi_utf8_width(QI_SLICE("e\xCC\x81")), 1);
  const size_t cuts[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
  for (size_t i = 0; i < 12; i++) assert_int_equal(qi_utf8_cut(s, i).len, cuts[i]);
  assert_true(qi_utf8_is_ascii(QI_SLICE("plain and long enough")));
  assert_false(qi_utf8_is_ascii(s));
  size_t at = 2;
  assert_int_equal(qi_utf8_decode_back(QI_SLICE("a\x80"), &at), QI_UTF8_REPLACEMENT);
  assert_int_equal(at, 1);
}

static void classifies(void **state) {
  (void)state;
  assert_true(qi_cp_is_letter('a') && qi_cp_is_letter(0xE9) && qi_cp_is_letter(0x41A));
  assert_true(qi_cp_is_letter(0x5E73) && qi_cp_is_letter(0x301));
  assert_false(qi_cp_is_letter('1') || qi_cp_is_letter('-') || qi_cp_is_letter(0x110000));
  assert_true(qi_cp_is_digit('7') && qi_cp_is_digit(0x663));
  assert_true(qi_cp_is_number(0xBD) && !qi_cp_is_digit(0xBD));
  assert_true(qi_cp_is_upper(0x141) && qi_cp_is_lower(0x142));
  assert_true(qi_cp_is_punct('.') && qi_cp_is_punct(0x2019) && qi_cp_is_punct(0x2014));
  assert_false(qi_cp_is_punct('$') || qi_cp_is_punct('a'));
  assert_true(qi_cp_is_symbol('$') && qi_cp_is_symbol(0x20AC));
  assert_true(qi_cp_is_space(' ') && qi_cp_is_space('\n') && qi_cp_is_space(0xA0));
  assert_true(qi_cp_is_space(0x2028) && qi_cp_is_space(0x3000) && !qi_cp_is_space('x'));
  assert_int_equal(qi_cp_lower(0x141), 0x142);
  assert_int_equal(qi_cp_upper('a'), 'A');
  assert_int_equal(qi_cp_lower(0xFFFFFFFF), 0xFFFFFFFF);
}

static void lowers_and_folds(void **state) {
  (void)state;
  qi_arena arena = {0};
  const char *cases[][3] = {
      /* text, lower, fold */
      {"", "", ""},
      {"U.N. Security", "u.n. security", "u.n. security"},
      {"São Tomé", "são tomé", "sao tome"},
      {"Łódź’s", "łódź’s", "lodz's"},
      {"STRASSE Straße", "strasse straße", "strasse strasse"},
      {"İstanbul Erdoğan Işık", "istanbul erdoğan işık", "istanbul erdogan isik"},
      {"Ærø Đặng Þór", "ærø đặng þór", "aero dang thor"},
      {"“Киев” — Йемен", "“киев” — йемен", "\"киев\" - иемен"},
      {"10 000…", "10 000…", "10 000..."},
      {"ﬁnance", "ﬁnance", "finance"},
      {"Sana`a", "sana`a", "sana'a"},
      {"co­operate", "co­operate", "cooperate"}, /* soft hyphen */
      {"Nguyễn Phú Trọng", "nguyễn phú trọng", "nguyen phu trong"},
      {"Əliyev", "əliyev", "aliyev"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_slice(qi_utf8_lower(&arena, qi_slice_str(cases[i][0])), cases[i][1]);
    assert_slice(qi_utf8_fold(&arena, qi_slice_str(cases[i][0])), cases[i][2]);
  }
  qi_arena_clear(&arena);
  qi_arena_init(&arena, 16);
  assert_null(qi_utf8_fold(&arena, QI_SLICE("longer than sixteen bytes")).ptr);
  assert_null(qi_utf8_lower(&arena, QI_SLICE("ééééééééé")).ptr);
  qi_arena_clear(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_character_round_trips), cmocka_unit_test(replaces_broken_sequences),
      cmocka_unit_test(counts_nuls_and_drops_the_mark), cmocka_unit_test(repairs_in_linear_time),
      cmocka_unit_test(measures), cmocka_unit_test(classifies), cmocka_unit_test(lowers_and_folds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
