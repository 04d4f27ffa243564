/* What stands around the story, who writes it, and lists: datelines, words of judgement, points. */
#include "unit/tree_fixture.h"

#include "know/cues.h"
#include "know/judgements.h"
#include "read/dateline.h"

static void reads(const char *line, const char *place, int year, int month, int day, const char *rest) {
  qi_dateline d;
  qi_slice s = qi_slice_str(line);
  if (!qi_dateline_read(s, &d)) fail_msg("no dateline: %s", line);
  assert_true(qi_slice_eq_str(d.place, place));
  assert_int_equal(d.date.year, year);
  assert_int_equal(d.date.month, month);
  assert_int_equal(d.date.day, day);
  assert_true(qi_slice_eq_str(qi_slice_sub(s, d.run_in ? d.run_in : s.len, s.len), rest));
}

static void datelines(void **state) {
  (void)state;
  reads("SEOUL, Oct. 31 (Agency) - Norland shipped grain.", "SEOUL", 0, 10, 31, "Norland shipped grain.");
  reads("MOSCOW (AP) \xE2\x80\x94 The ship left.", "MOSCOW", 0, 0, 0, "The ship left.");
  reads("Geneva, 3 March 2022 \xE2\x80\x93 The talks began.", "Geneva", 2022, 3, 3, "The talks began.");
  reads("LUANDA, Angola (Nov. 21, 2024) \xE2\x80\x94 The ship left.", "LUANDA, Angola", 2024, 11, 21, "The ship left.");
  reads("NORTHPORT/SOUTHPORT, 1st Sept. (News Agency) -- The ship left.", "NORTHPORT/SOUTHPORT", 0, 9, 1, "The ship left.");
  reads("New York, 18 November 2024", "New York", 2024, 11, 18, "");
  reads("18 November 2024, New York", "New York", 2024, 11, 18, "");
  reads("RIO DE JANEIRO, Friday, Nov. 22 - The ship left.", "RIO DE JANEIRO", 0, 11, 22, "The ship left.");
  static const char *const none[] = {"", "SEOUL", "Norland \xE2\x80\x94 and this matters \xE2\x80\x94 fell.", "NATO - The ship left.", "Mr. Roe, Mr. Doe - two men - left.",
                                     "SEOUL, Oct. 41 (Agency) - It left.", "ANALYSIS - What the ship carried", "Norland shipped grain - again.", "New York, New York"};
  qi_dateline d;
  for (size_t i = 0; i < sizeof none / sizeof *none; i++)
    if (qi_dateline_read(qi_slice_str(none[i]), &d)) fail_msg("a dateline: %s", none[i]);
}

static void days_without_year(void **state) {
  (void)state;
  qi_day near = qi_day_from_ymd(2024, 1, 3);
  assert_int_equal(qi_date_near((qi_ymd){0, 12, 30}, near), qi_day_from_ymd(2023, 12, 30));
  assert_int_equal(qi_date_near((qi_ymd){0, 1, 2}, near), qi_day_from_ymd(2024, 1, 2));
  assert_int_equal(qi_date_near((qi_ymd){1999, 1, 2}, near), qi_day_from_ymd(1999, 1, 2));
  assert_int_equal(qi_date_near((qi_ymd){0, 1, 2}, QI_DAY_NONE), QI_DAY_NONE);
  assert_int_equal(qi_date_near((qi_ymd){0, 2, 29}, qi_day_from_ymd(2023, 3, 1)), qi_day_from_ymd(2024, 2, 29));
}

static void cues_by_place(void **state) {
  (void)state;
  qi_cues *c = NULL;
  quid_error err = {0};
  qi_slice rows = QI_SLICE("kind\tat\tphrase\nnotice\tlabel\twatch\nnotice\tany\tour newsletter\nsignoff\tstart\treporting by\n");
  assert_int_equal(qi_cues_parse(&c, rows, "cues.tsv", &err), QUID_OK);
  unsigned notice = QI_CUE(QI_CUE_NOTICE), first = QI_CUE_AT_START(QI_CUE_NOTICE);
  assert_int_equal(qi_cues_find(c, QI_SLICE("watch: how it began")), notice | first);
  assert_int_equal(qi_cues_find(c, QI_SLICE("watch")), notice | first);
  assert_int_equal(qi_cues_find(c, QI_SLICE("watch how it began")), 0);
  assert_int_equal(qi_cues_find(c, QI_SLICE("read our newsletter")), notice);
  assert_int_equal(qi_cues_find(c, QI_SLICE("(reporting by jane doe)")), QI_CUE(QI_CUE_SIGNOFF) | QI_CUE_AT_START(QI_CUE_SIGNOFF));
  qi_cues_free(c);
}

#define HEAD "kind\tpart\twords\n"

static void refuses(const char *rows, size_t line, size_t column, const char *message) {
  qi_judgements *j = NULL;
  quid_error err = {0};
  assert_int_equal(qi_judgements_parse(&j, qi_slice_str(rows), "judgements.tsv", &err), QUID_ERR_FORMAT);
  assert_null(j);
  if (err.line != line || err.column != column || !strstr(err.message, message))
    fail_msg("%zu:%zu: %s; wanted %zu:%zu: %s", err.line, err.column, err.message, line, column, message);
}

static void judgements(void **state) {
  (void)state;
  qi_judgements *j = NULL;
  quid_error err = {0};
  assert_int_equal(qi_judgements_parse(&j, QI_SLICE(HEAD "blame\tv\tdeplore | condemn\nbad\ta\treckless\nspeech\tv\tcondemn\n"), "judgements.tsv", &err), QUID_OK);
  assert_int_equal(qi_judgements_kinds(j, 'v', QI_SLICE("Condemn")), 1u << QI_JUDGEMENT_BLAME | 1u << QI_JUDGEMENT_SPEECH);
  assert_int_equal(qi_judgements_kinds(j, 'n', QI_SLICE("condemn")), 0);
  const qi_judgement *row = qi_judgements_find(j, QI_JUDGEMENT_BAD, 'a', QI_SLICE("reckless"));
  assert_non_null(row);
  assert_int_equal(row->frame.type, QUID_ACCUSE);
  assert_int_equal(row->frame.line, 3);
  assert_null(qi_judgements_find(j, QI_JUDGEMENT_PRAISE, 'v', QI_SLICE("deplore")));
  qi_judgements_free(j);
  refuses(HEAD "scorn\tv\tdeplore\n", 2, 1, "unknown kind");
  refuses(HEAD "blame\tx\tdeplore\n", 2, 7, "neither");
  refuses(HEAD "blame\tv\tdeplore | | condemn\n", 2, 9, "not one word");
  refuses(HEAD "blame\tv\tdeplore | deplore\n", 2, 9, "twice");
  refuses(HEAD "blame\tv\tdeplore\nblame\tv\tcondemn\n", 3, 1, "second row");
  refuses("kind\twords\n", 1, 1, "header");
}

/* ---- on trees ---- */

#define FIRST "First/ADV/RB/4/advmod ,/PUNCT/,/4/punct Russia/PROPN/NNP/4/nsubj attacked:attack/VERB/VBD/0/root Ukraine/PROPN/NNP/4/obj ./PUNCT/./4/punct\n"
#define SECOND "Second/ADV/RB/4/advmod ,/PUNCT/,/4/punct Russia/PROPN/NNP/4/nsubj bombed:bomb/VERB/VBD/0/root Poland/PROPN/NNP/4/obj ./PUNCT/./4/punct\n"
#define HEAD_TREE "Kim/PROPN/NNP/2/nsubj condemned:condemn/VERB/VBD/0/root Russia/PROPN/NNP/2/obj ./PUNCT/./2/punct\n"

static const quid_link *listed(const trees *t, const char *word) {
  const quid_event *e = event_at(t, word);
  if (!e) fail_msg("no event at '%s'", word);
  for (uint32_t i = 0; i < e->n_links; i++)
    if (strcmp(e->links[i].type, "listed") == 0) return &e->links[i];
  return NULL;
}

static void points_are_linked(void **state) {
  (void)state;
  trees t;
  trees_init(&t);
  code_trees(&t, HEAD_TREE "\n" FIRST "\n" SECOND);
  const quid_link *link = listed(&t, "bombed");
  assert_non_null(link);
  assert_true(qi_slice_eq_str(qi_slice_sub(t.doc.text, link->span.start, link->span.end), "Second"));
  assert_true(qi_slice_eq_str(qi_slice_sub(t.doc.text, link->other.start, link->other.end), "Kim condemned Russia"));
  assert_int_equal(link->event, 0);
  assert_non_null(listed(&t, "attacked"));
  assert_null(listed(&t, "condemned"));
  assert_int_equal(t.events.lists.len, 1);
  assert_int_equal(t.events.lists.items[0].n_points, 2);
  code_trees(&t, HEAD_TREE "\n" FIRST); /* what stays alone is no list */
  assert_null(listed(&t, "attacked"));
  assert_int_equal(t.events.lists.n_points, 0);
  code_trees(&t, HEAD_TREE "\n" SECOND "\n" FIRST);
  assert_int_equal(t.events.lists.n_points, 0);
  trees_clear(&t);
}

static void writer_judges(void **state) {
  (void)state;
  trees t;
  trees_init(&t);
  code_trees(&t, "Editorial/NOUN/NN/0/root\n\n"
                 "We:we/PRON/PRP/2/nsubj deplore/VERB/VBP/0/root Russia/PROPN/NNP/5/nmod:poss 's/PART/POS/3/case silence/NOUN/NN/2/obj ./PUNCT/./2/punct\n\n"
                 "Russia/PROPN/NNP/4/nmod:poss 's/PART/POS/1/case reckless/ADJ/JJ/4/amod war/NOUN/NN/5/nsubj failed:fail/VERB/VBD/0/root ./PUNCT/./5/punct\n");
  assert_int_equal(t.events.story.genre, QI_GENRE_OPINION);
  expect(&t, "deplore", "---.WRITER > RUS ; asserted");
  expect(&t, "reckless", "---.WRITER > RUS ; asserted");
  const quid_event *e = event_at(&t, "reckless");
  assert_int_equal(e->n_attribution, 1);
  assert_string_equal(e->attribution[0].entity->id, "---.WRITER");
  assert_string_equal(e->frame, "judgement.blame");
  code_trees(&t, "Russia/PROPN/NNP/4/nmod:poss 's/PART/POS/1/case reckless/ADJ/JJ/4/amod war/NOUN/NN/5/nsubj failed:fail/VERB/VBD/0/root ./PUNCT/./5/punct\n");
  assert_null(event_at(&t, "reckless")); /* no opinion piece */
  trees_clear(&t);
}

static void around_the_story(void **state) {
  (void)state;
  trees t;
  trees_init(&t);
  code_trees(&t, HEAD_TREE "\n" FIRST "\n"
                 "Read/VERB/VB/0/root more/ADV/RBR/1/advmod :/PUNCT/:/1/punct Russia/PROPN/NNP/5/nsubj shelled:shell/VERB/VBD/1/parataxis Poland/PROPN/NNP/5/obj\n");
  assert_int_equal(t.events.story.sentences[2], QI_NOTICE);
  assert_null(event_at(&t, "shelled"));
  assert_non_null(event_at(&t, "attacked"));
  assert_string_equal(qi_not_story_name(QI_DATELINE), "a dateline");
  trees_clear(&t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(datelines),        cmocka_unit_test(days_without_year), cmocka_unit_test(cues_by_place), cmocka_unit_test(judgements),
      cmocka_unit_test(points_are_linked), cmocka_unit_test(writer_judges),     cmocka_unit_test(around_the_story),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
