/* The table: rows, marks in the sentence, widths, colour, nothing that steers a terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "show/show.h"
#include "show_fixture.h"
#include <stdlib.h>

static char *show(quid_show_options options) {
  quid_document doc;
  char *out = NULL;
  options.format = QUID_FORMAT_TABLE;
  fixture_make(&doc);
  assert_int_equal(quid_document_show(&out, NULL, &doc, &options, NULL), QUID_OK);
  fixture_clear(&doc);
  return out;
}

static void test_plain(void **state) {
  (void)state;
  char *out = show((quid_show_options){.width = 0});
  assert_string_equal(
      out, "Cadets\n"
           "2024-06-19, report, 3 events in 2 sentences\n"
           "\n"
           "#  DATE     STATUS    EVENT            ACTOR > RECIPIENT         ITEM             PLACE\n"
           "1  2024-06  asserted  AID/visit,phone  Norland > Norland, Ann \xC3\x96  10,000 \"cadets\"  Port Ost\n"
           "    6 times; crowd: 10,000; victims: held 12; lasts: six times; until: six times\n"
           "    Norland has [1 sent] 10,000 \"cadets\" to Port Ost six times.\n"
           "2           asserted  ACCUSE           Ann \xC3\x96\n"
           "    about 3; exchange: given by Norland to Ann \xC3\x96 for 3, cadets, \"said\"; retaliation: 1, \"said\"; condition: "
           "school, \"shelled\"\n"
           "3           claimed   ASSAULT          Norland\n"
           "    on the word of Ann \xC3\x96\n"
           "    Ostria [2 said] Norland [3 shelled] a school.\n"
           "\n");
  free(out);
}

static void test_narrow(void **state) {
  (void)state;
  for (unsigned width = 40; width < 120; width += 7) {
    char *out = show((quid_show_options){.width = width});
    qi_slice rest = qi_slice_str(out), line;
    assert_true(qi_utf8_is_valid(rest));
    for (int n = 0; qi_slice_line(&rest, &line); n++) {
      /* The columns have their smallest widths; below 90 they may stick out, sentences never. */
      bool sentence = qi_slice_starts(line, QI_SLICE("    ")) && line.ptr[4] != ' ';
      if (width >= 90 || sentence) assert_true(qi_utf8_width(line) <= width);
    }
    free(out);
  }
}

static void test_color(void **state) {
  (void)state;
  char *colored = show((quid_show_options){.color = true}), *plain = show((quid_show_options){0});
  assert_non_null(strstr(colored, "\033[1m"));
  assert_null(strchr(plain, '\033'));
  /* Without its codes, the coloured table is the plain one. */
  char *to = colored;
  for (const char *from = colored; *from;) {
    if (*from == '\033') from = strchr(from, 'm') + 1;
    else *to++ = *from++;
  }
  *to = '\0';
  assert_string_equal(colored, plain);
  free(colored);
  free(plain);
}

static void test_controls(void **state) {
  (void)state;
  quid_document doc;
  char *out = NULL;
  quid_show_options options = {.format = QUID_FORMAT_TABLE};
  fixture_make(&doc);
  doc.title = "a\033]0;x\007b\xC2\x9B" "31mc";
  assert_int_equal(quid_document_show(&out, NULL, &doc, &options, NULL), QUID_OK);
  assert_non_null(strstr(out, "a ]0;x b 31mc\n"));
  free(out);
  fixture_clear(&doc);
}

static void test_overlapping_triggers(void **state) {
  (void)state;
  quid_document doc;
  char *out = NULL;
  quid_show_options options = {.format = QUID_FORMAT_TABLE};
  fixture_make(&doc);
  quid_event *events = doc.events.items;
  events[1].trigger = fixture_span("said Norland shelled");
  assert_int_equal(quid_document_show(&out, NULL, &doc, &options, NULL), QUID_OK);
  assert_non_null(strstr(out, "Ostria [2,3 said Norland shelled] a school."));
  free(out);
  events[1].trigger = events[2].trigger;
  assert_int_equal(quid_document_show(&out, NULL, &doc, &options, NULL), QUID_OK);
  assert_non_null(strstr(out, "Norland [2,3 shelled] a school."));
  free(out);
  fixture_clear(&doc);
}

static void test_options(void **state) {
  (void)state;
  quid_document doc;
  char *out;
  quid_show_options options = {.format = QUID_FORMAT_TABLE, .records = QUID_RECORDS_OPTIONS};
  fixture_make(&doc);
  fixture_options(&doc);
  assert_int_equal(quid_document_show(&out, NULL, &doc, &options, NULL), QUID_OK);
  assert_string_equal(out, "Cadets\n2024-06-19, report, 2 options in 2 sentences\n\nOPTIONS URGED\n"
                           "    Ann \xC3\x96 > Norland: must not: shelled a school\n"
                           "      toward: Ann \xC3\x96; aim: said; reason: a school; event: 3; point 3 of: six times\n"
                           "    the writer > -: could: sent\n\n");
  free(out);
  options.records = QUID_RECORDS_DEFAULT;
  assert_int_equal(quid_document_show(&out, NULL, &doc, &options, NULL), QUID_OK);
  assert_non_null(strstr(out, "3 events and 2 options in 2 sentences\n"));
  assert_non_null(strstr(out, "OPTIONS URGED\n"));
  free(out);
  options.records = QUID_RECORDS_EVENTS;
  assert_int_equal(quid_document_show(&out, NULL, &doc, &options, NULL), QUID_OK);
  assert_null(strstr(out, "OPTIONS"));
  free(out);
  fixture_clear(&doc);
}

static void test_no_events(void **state) {
  (void)state;
  quid_document doc;
  char *out = NULL;
  quid_show_options options = {.format = QUID_FORMAT_TABLE};
  fixture_make(&doc);
  doc.events.len = 0;
  assert_int_equal(quid_document_show(&out, NULL, &doc, &options, NULL), QUID_OK);
  assert_string_equal(out, "Cadets\n2024-06-19, report, 0 events in 2 sentences\n\n");
  free(out);
  fixture_clear(&doc);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_plain),    cmocka_unit_test(test_narrow),
      cmocka_unit_test(test_color),    cmocka_unit_test(test_controls),
      cmocka_unit_test(test_overlapping_triggers), cmocka_unit_test(test_options), cmocka_unit_test(test_no_events),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
