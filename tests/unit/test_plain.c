/* What is plain text and what is not; what the first lines of a text show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/read.h"
#include <string.h>

static void refused(qi_slice bytes, const char *why) {
  quid_error err = {0};
  assert_int_equal(qi_plain_check(bytes, "x.txt", &err), QUID_ERR_FORMAT);
  if (!strstr(err.message, why)) fail_msg("'%s' is not in '%s'", why, err.message);
  assert_non_null(strstr(err.message, "'x.txt'"));
}

static void accepted(qi_slice bytes) {
  quid_error err = {0};
  if (qi_plain_check(bytes, "x.txt", &err)) fail_msg("%s", err.message);
}

static void test_refused(void **state) {
  (void)state;
  refused(QI_SLICE(""), "empty file");
  refused(QI_SLICE("\xEF\xBB\xBF"), "empty file");
  refused(QI_SLICE(" \n\t\r\n"), "nothing but white space");
  refused(QI_SLICE("%PDF-1.7 abc"), "a PDF file");
  refused(QI_SLICE("PK\x03\x04zzz"), "ZIP");
  refused(QI_SLICE("\x1F\x8B\x08"), "gzip");
  refused(QI_SLICE("\xFF\xFEN\0o\0"), "UTF-16");
  refused(QI_SLICE("\x7F" "ELF"), "a program");
  refused(QI_SLICE("ab\0\0cd\0\0\0\0ef"), "control characters");
  refused(QI_SLICE("\x80\x81\x82\x83\x84 text"), "broken UTF-8");
}

static void test_accepted(void **state) {
  (void)state;
  accepted(QI_SLICE("A"));
  accepted(QI_SLICE("\xEF\xBB\xBFNorland shipped grain."));
  accepted(QI_SLICE("Norland shipped grain.\0"));
  accepted(QI_SLICE("Norland\tshipped\r\ngrain.\f"));
  accepted(QI_SLICE("Caf\xE9 society, in Latin-1, has few letters with accents, and they are replaced."));
  accepted(QI_SLICE("\xD0\x9A\xD0\xB8\xD0\xB5\xD0\xB2"));
}

static void has(const char *text, const char *title, const char *byline, qi_day day, quid_genre genre) {
  qi_header h = qi_header_read(qi_slice_str(text), "", "", "");
  assert_int_equal(h.title.len, strlen(title));
  assert_memory_equal(h.title.len ? h.title.ptr : "", title, h.title.len);
  assert_int_equal(h.byline.len, strlen(byline));
  assert_memory_equal(h.byline.len ? h.byline.ptr : "", byline, h.byline.len);
  assert_int_equal(h.day, day);
  assert_int_equal(h.genre, genre);
}

static void test_header(void **state) {
  (void)state;
  qi_day aug21 = qi_day_from_ymd(2015, 8, 21);
  has("Norland shipped grain.", "", "", QI_DAY_NONE, QUID_GENRE_UNKNOWN);
  has("Norland ships grain\n\nIt was late.", "Norland ships grain", "", QI_DAY_NONE, QUID_GENRE_UNKNOWN);
  has("Grain sails\r\n\r\nFriday, August 21, 2015\r\n\r\nSEOUL, Aug 21 (Reuters) - It was late.", "Grain sails",
      "", aug21, QUID_GENRE_REPORT);
  has("Grain sails\nBy Jane Doe\n21 August 2015\nIt was late.", "Grain sails", "Jane Doe", aug21,
      QUID_GENRE_UNKNOWN);
  has("Grain sails\n\nFriday, August 21, 2015 On Thursday, a ship left.", "Grain sails", "", aug21,
      QUID_GENRE_UNKNOWN);
  has("OPINION:\nLong ago, Norland shipped grain.", "", "", QI_DAY_NONE, QUID_GENRE_OPINION);
  has("Opinion | Why grain\n\nLong ago.", "Opinion | Why grain", "", QI_DAY_NONE, QUID_GENRE_OPINION);
  has("Joint Statement by Norland and Ostria\n\nWe agree.", "Joint Statement by Norland and Ostria", "",
      QI_DAY_NONE, QUID_GENRE_STATEMENT);
  has("Taipei, Taiwan \xE2\x80\x94 The festival began.", "", "", QI_DAY_NONE, QUID_GENRE_REPORT);
  has("Russia \xE2\x80\x94 and this matters \xE2\x80\x94 fell.", "", "", QI_DAY_NONE, QUID_GENRE_UNKNOWN);
  has("2015-08-21\nIt was late.", "", "", aug21, QUID_GENRE_UNKNOWN);
  has("Friday, August 41, 2015\nIt was late.", "", "", QI_DAY_NONE, QUID_GENRE_UNKNOWN);
  /* Lines wrapped at a fixed width are no headline. */
  has("Norland shipped grain to Ostria on\nTuesday, said the harbour master of\nPort Ost.", "", "",
      QI_DAY_NONE, QUID_GENRE_UNKNOWN);
}

static void test_genre_of_address(void **state) {
  (void)state;
  qi_slice text = QI_SLICE("It was late.");
  assert_int_equal(qi_header_read(text, "", "", "https://x.org/Opinion/1").genre, QUID_GENRE_OPINION);
  assert_int_equal(qi_header_read(text, "", "", "https://www.state.gov/a").genre, QUID_GENRE_STATEMENT);
  assert_int_equal(qi_header_read(text, "", "", "https://x.org/news/a").genre, QUID_GENRE_REPORT);
  assert_int_equal(qi_header_read(text, "", "Ministry of Grain", "").genre, QUID_GENRE_STATEMENT);
  assert_int_equal(qi_header_read(text, "", "Reuters", "").genre, QUID_GENRE_REPORT);
  assert_int_equal(qi_header_read(text, "Editorial: grain", "", "").genre, QUID_GENRE_OPINION);
  assert_int_equal(qi_header_read(text, "Columns of grain", "", "").genre, QUID_GENRE_UNKNOWN);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_refused), cmocka_unit_test(test_accepted), cmocka_unit_test(test_header),
      cmocka_unit_test(test_genre_of_address),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
