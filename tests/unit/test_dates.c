/* Dates said in sentences, against the words of knowledge/when; and the loader of those. */
#include "unit/unit.h"

#include "base/vec.h"
#include "code/calendar.h"
#include "code/when.h"
#include "know/days.h"
#include "support.h"

#include <stdio.h>

static qi_days *days;

/* Words of one sentence, each hanging on the one before; `verb` is the root. */
static qi_sentence sentence_of(qi_arena *arena, const char *text, qi_parsed *doc) {
  qi_slice rest = qi_slice_str(text), word;
  QI_VEC(qi_token) tokens = {0};
  int32_t root = -1;
  while (qi_slice_word(&rest, &word)) {
    uint32_t start = (uint32_t)(word.ptr - text);
    qi_token t = {.form = word, .lemma = word, .xpos = QI_SLICE("NN"), .start = start, .end = start + (uint32_t)word.len, .upos = QI_NOUN, .rel = QI_REL_OBL};
    if (word.ptr[0] >= 'A' && word.ptr[0] <= 'Z') t.upos = QI_PROPN;
    if (word.ptr[0] >= '0' && word.ptr[0] <= '9') t.upos = QI_NUM;
    if (qi_slice_eq_str(word, "attacked")) t.upos = QI_VERB, t.xpos = QI_SLICE("VBD"), root = (int32_t)tokens.len;
    if (qi_slice_eq_str(word, "will")) t.upos = QI_AUX, t.rel = QI_REL_AUX, t.xpos = QI_SLICE("MD");
    if (qi_slice_eq_str(word, "attack")) t.upos = QI_VERB, t.xpos = QI_SLICE("VB"), root = (int32_t)tokens.len;
    assert_true(QI_VEC_PUSH_IN(arena, &tokens, t));
  }
  if (root < 0) root = 0;
  for (size_t i = 0; i < tokens.len; i++) tokens.items[i].head = (int32_t)i == root ? QI_ROOT : root;
  tokens.items[root].rel = QI_REL_ROOT;
  qi_sentence s = {.n_tokens = (uint32_t)tokens.len, .tokens = tokens.items, .end = (uint32_t)strlen(text)};
  assert_true(qi_sentence_link(&s, arena));
  doc->text = qi_slice_str(text);
  return s;
}

static void puts_on_the_calendar(void **state) {
  (void)state;
  static const struct { const char *text, *said, *dates; } CASES[] = { /* of 2024-11-25, a Monday */
      {"It attacked on Nov. 4 , 2024", "Nov. 4 , 2024", "2024-11-04..2024-11-04 day"},
      {"It attacked on 4 November", "4 November", "2024-11-04..2024-11-04 day"},
      {"It attacked on the fifth of June 2023", "the fifth of June 2023", "2023-06-05..2023-06-05 day"},
      {"It attacked in December", "December", "2023-12-01..2023-12-31 month"},
      {"It will attack in December", "December", "2024-12-01..2024-12-31 month"},
      {"It attacked on Tuesday , Nov. 19 ,", "Tuesday , Nov. 19", "2024-11-19..2024-11-19 day"},
      {"It attacked on Friday", "Friday", "2024-11-22..2024-11-22 day"},
      {"It will attack on Friday", "Friday", "2024-11-29..2024-11-29 day"},
      {"It attacked last month", "last month", "2024-10-01..2024-10-31 month"},
      {"It attacked six times this year", "this year", "2024-01-01..2024-12-31 year"},
      {"It attacked last summer", "last summer", "2024-06-01..2024-08-31 season"},
      {"It attacked in the winter of 2022", "winter of 2022", "2022-12-01..2023-02-28 season"},
      {"It attacked two weeks ago", "two weeks ago", "2024-11-11..2024-11-17 week"},
      {"It attacked three days ago", "three days ago", "2024-11-22..2024-11-22 day"},
      {"It attacked over the past 24 hours", "past 24 hours", "2024-11-24..2024-11-25 day"},
      {"It attacked in recent days", "recent days", "2024-11-18..2024-11-25 day"},
      {"It has attacked since 2022", "2022", "2022-01-01..2024-11-25 year"},
      {"It attacked until 2022", "2022", "..2022-12-31 year"},
      {"It attacked in early June 2023", "early June 2023", "2023-06-01..2023-06-15 week"},
      {"It attacked at the end of 2023", "end of 2023", "2023-10-01..2023-12-31 quarter"},
      {"It attacked in the third quarter of 2023", "third quarter of 2023", "2023-07-01..2023-09-30 quarter"},
      {"It attacked in the 1990s", "1990s", "1990-01-01..1999-12-31 decade"},
      {"It attacked in the 19th century", "19th century", "1800-01-01..1899-12-31 century"},
      {"It attacked on Christmas Eve", "Christmas Eve", "2023-12-24..2023-12-24 day"},
      {"It attacked on Good Friday 2024", "Good Friday 2024", "2024-03-29..2024-03-29 day"},
      {"It attacked on the eve of Nov. 4", "eve of Nov. 4", "2024-11-03..2024-11-03 day"},
      {"It attacked on the eve of the summit on 19 June", "19 June", "2024-06-18..2024-06-18 day"},
      {"It attacked after World War II", "World War II", "1945-09-02.. year"},
      {"It attacked over the weekend", "the weekend", "2024-11-23..2024-11-24 day"},
      {"It will attack within 48 hours", "48 hours", "2024-11-25..2024-11-27 day"},
      {"It will attack in two weeks", "two weeks", "2024-12-09..2024-12-15 week"},
      {"It attacked within two weeks", "", ""},
      {"It attacked on the 14th", "the 14th", "2024-11-14..2024-11-14 day"},
      {"It attacked on Friday the 15th", "Friday the 15th", "2024-11-15..2024-11-15 day"},
      {"It attacked on the second Sunday in May 2023", "the second Sunday in May 2023", "2023-05-14..2023-05-14 day"},
      {"It attacked in the last week of May 2023", "the last week of May 2023", "2023-05-25..2023-05-31 week"},
      {"It attacked in late May 2023", "late May 2023", "2023-05-16..2023-05-31 week"},
      {"It attacked earlier this month", "earlier this month", "2024-11-01..2024-11-25 month"},
      {"It attacked earlier in the week", "earlier in the week", "2024-11-25..2024-11-25 week"},
      {"It will attack by the end of the year", "end of the year", "2024-11-25..2024-12-31 day"},
      {"It will attack before year end", "year end", "2024-11-25..2024-12-31 day"},
      {"It attacked half a century ago", "half a century ago", "1974-01-01..1974-12-31 year"},
      {"It attacked in 500BC", "500BC", ""},
      {"It attacked in 1200 - 900 BC", "1200", ""},
      {"It attacked Monday to Friday", "", ""},
      {"It attacked every Friday", "", ""},
      {"It attacked a Sun Valley hotel", "", ""},
      {"It attacked in 99999999999 years", "", ""},
      {"It attacked 99999 centuries ago", "", ""},
      {"It attacked on 31 February 2023", "February 2023", "2023-02-01..2023-02-28 month"},
  };
  qi_arena arena;
  qi_arena_init(&arena, 0);
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    qi_parsed doc = {.n_sentences = 1};
    qi_sentence s = sentence_of(&arena, CASES[i].text, &doc);
    doc.sentences = &s;
    qi_times times;
    char from[QI_DATE_BYTES], to[QI_DATE_BYTES], got[64] = "";
    qi_slice said = {0};
    assert_true(qi_when_find(&times, days, &doc, qi_day_from_ymd(2024, 11, 25), &arena));
    if (times.len) {
      const qi_time *t = &times.items[0];
      said = qi_slice_sub(doc.text, t->start, t->end);
      snprintf(got, sizeof got, "%s..%s %s", qi_date_format(from, t->from), qi_date_format(to, t->to), qi_unit_name((qi_unit)t->unit));
    }
    if (!qi_slice_eq_str(said, CASES[i].said) || (CASES[i].dates[0] && strcmp(got, CASES[i].dates) != 0) || (!CASES[i].said[0] && times.len))
      fail_msg("'%s': '%.*s' %s, wanted '%s' %s", CASES[i].text, QI_SLICE_ARG(said), got, CASES[i].said, CASES[i].dates);
  }
  qi_arena_clear(&arena);
}

/* One sentence each, of the same text. */
static void lean(const char *const *text, const char *const *want, uint32_t n) {
  qi_arena arena;
  qi_arena_init(&arena, 0);
  qi_sentence s[8];
  qi_parsed doc = {.n_sentences = n, .sentences = s};
  for (uint32_t i = 0; i < n; i++) s[i] = sentence_of(&arena, text[i], &doc), s[i].index = i;
  qi_times times;
  assert_true(qi_when_find(&times, days, &doc, qi_day_from_ymd(2024, 11, 25), &arena));
  assert_int_equal(times.len, n);
  for (uint32_t i = 0; i < n; i++) {
    char from[QI_DATE_BYTES];
    assert_string_equal(qi_date_format(from, times.items[i].said_from), want[i]);
  }
  qi_arena_clear(&arena);
}

static void leans_on_what_was_said(void **state) {
  (void)state;
  static const char *const TEXT[] = {"It attacked on 4 November 1999", "It attacked again on 9 December", "The next day it attacked",
                                     "Two weeks later it attacked", "That same year it attacked"};
  static const char *const WANT[] = {"1999-11-04", "1999-12-09", "1999-12-10", "1999-12-20", "1999-01-01"};
  lean(TEXT, WANT, 5);
  static const char *const MORE[] = {"It attacked on 4 November 1999", "That Tuesday it attacked", "The following spring it attacked", "By then it attacked"};
  static const char *const MORE_WANT[] = {"1999-11-04", "1999-11-02", "2000-03-01", "2000-03-01"};
  lean(MORE, MORE_WANT, 4);
  /* "The following year" is the year of what comes then; after November, January is of the next one. */
  static const char *const YEARS[] = {"It attacked in June 1961", "The following year it attacked", "It attacked on 9 December", "It attacked on 3 January"};
  static const char *const YEARS_WANT[] = {"1961-06-01", "1962-01-01", "1962-12-09", "1963-01-03"};
  lean(YEARS, YEARS_WANT, 4);
  static const char *const OWN[] = {"I attacked on 6 November", "On Monday I attacked"}; /* the one about that day, not of this week */
  static const char *const OWN_WANT[] = {"2024-11-06", "2024-11-04"};
  lean(OWN, OWN_WANT, 2);
}

static void reckons_holidays(void **state) {
  (void)state;
  static const struct { const char *name; int year; const char *from, *to; } CASES[] = {
      {"easter", 2024, "2024-03-31", "2024-03-31"},          {"easter", 1961, "1961-04-02", "1961-04-02"},
      {"orthodox easter", 2024, "2024-05-05", "2024-05-05"}, {"thanksgiving", 2024, "2024-11-28", "2024-11-28"},
      {"memorial day", 2024, "2024-05-27", "2024-05-27"},    {"ramadan", 2024, "2024-03-11", "2024-04-09"},
      {"eid al-fitr", 2023, "2023-04-22", "2023-04-22"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    qi_day from, to;
    char text[QI_DATE_BYTES];
    const qi_day_word *w = qi_days_find(days, qi_slice_str(CASES[i].name));
    assert_non_null(w);
    assert_true(qi_calendar_holiday(w, CASES[i].year, &from, &to));
    assert_string_equal(qi_date_format(text, from), CASES[i].from);
    assert_string_equal(qi_date_format(text, to), CASES[i].to);
    for (int year = -10000; year <= 10000; year += 7)
      if (qi_calendar_holiday(w, year, &from, &to)) assert_true(from <= to && qi_day_to_ymd(from).year == year);
  }
}

static void stays_in_range(void **state) {
  (void)state;
  qi_day first = qi_calendar_day(-9999, 1, 1), last = qi_calendar_day(9999, 12, 31), from, to;
  assert_int_equal(qi_calendar_day(10000, 1, 1), QI_DAY_NONE);
  for (int u = QI_UNIT_DAY; u < QI_N_UNITS; u++) {
    assert_int_equal(qi_calendar_shift(last, (qi_unit)u, 1), QI_DAY_NONE);
    assert_int_equal(qi_calendar_shift(first, (qi_unit)u, -1), QI_DAY_NONE);
    assert_int_equal(qi_calendar_shift(QI_DAY_MAX, (qi_unit)u, 1), QI_DAY_NONE);
    assert_int_equal(qi_calendar_shift(0, (qi_unit)u, 2000000000), QI_DAY_NONE);
    assert_false(qi_calendar_whole(QI_DAY_MIN, (qi_unit)u, &from, &to));
    if (qi_calendar_whole(0, (qi_unit)u, &from, &to)) assert_true(from <= 3 && to >= 0 && from <= to);
  }
}

static void refuses(char which, const char *text, size_t line, size_t column, const char *message) {
  qi_days *d = NULL;
  quid_error err = {0};
  assert_int_equal(qi_days_new(&d, &err), QUID_OK);
  assert_int_equal(qi_days_add(d, which, qi_slice_str(text), "when.tsv", &err), QUID_ERR_FORMAT);
  qi_days_free(d);
  if (err.line != line || err.column != column || !strstr(err.message, message))
    fail_msg("%zu:%zu: %s; wanted %zu:%zu: %s", err.line, err.column, err.message, line, column, message);
}

static void refuses_mistakes(void **state) {
  (void)state;
  refuses('w', "kind\tvalue\twords\nmonat\t1\tjan\n", 2, 1, "unknown kind");
  refuses('w', "kind\tvalue\twords\nmonth\t13\tjan\n", 2, 7, "not a value");
  refuses('w', "kind\tvalue\twords\nmonth\t1\tjan\nmonth\t2\tfeb | jan\n", 3, 9, "said twice");
  refuses('w', "kind\tvalue\twords\npart\t50-20\tearly\n", 2, 6, "not a value");
  refuses('h', "rule\tnames\n02-30\tno day\n", 2, 1, "not a rule");
  refuses('h', "rule\tnames\n11 5 thursday\tnone\n", 2, 1, "not a rule");
  refuses('p', "from\tto\tnames\n1945\t1939\twar\n", 2, 6, "ends before");
}

static int load(void **state) {
  (void)state;
  quid_error err = {0};
  return qi_days_load(&days, test_root("knowledge"), &err);
}
static int unload(void **state) {
  (void)state;
  qi_days_free(days);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(puts_on_the_calendar), cmocka_unit_test(leans_on_what_was_said), cmocka_unit_test(reckons_holidays),
      cmocka_unit_test(stays_in_range), cmocka_unit_test(refuses_mistakes),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
