/* PETRARCH dictionaries: what is read, what is noted, what is found in words. */
#include "unit/unit.h"

#include "know/petrarch.h"

#include <stdio.h>

static qi_petrarch *p;
static qi_arena arena;

static void add(qi_petr_kind kind, const char *text) {
  quid_error err = {0};
  assert_int_equal(qi_petrarch_add(p, kind, qi_slice_str(text), "test.txt", &err), QUID_OK);
}

static int setup(void **state) {
  (void)state;
  quid_error err = {0};
  qi_arena_init(&arena, 0);
  return qi_petrarch_new(&p, &err);
}

static int teardown(void **state) {
  (void)state;
  qi_petrarch_free(p);
  qi_arena_clear(&arena);
  return 0;
}

static void finish(void) {
  quid_error err = {0};
  assert_int_equal(qi_petrarch_finish(p, &err), QUID_OK);
}

static uint32_t words(const char *text, uint32_t atoms[64]) {
  qi_slice rest = qi_slice_str(text), word;
  uint32_t n = 0;
  while (qi_slice_word(&rest, &word)) n += qi_petrarch_atoms(p, word, atoms + n, &arena);
  return n;
}

/* The code on that day of the name that starts the text. */
static const char *code_of(const char *text, qi_day day) {
  uint32_t atoms[64], actor, n = words(text, atoms);
  return qi_petrarch_actor_at(p, atoms, 0, n, &actor) ? qi_petrarch_actor_code(p, actor, day) : "no such name";
}

static uint32_t length_of(const char *text) {
  uint32_t atoms[64], actor, n = words(text, atoms);
  return qi_petrarch_actor_at(p, atoms, 0, n, &actor);
}

static void note(size_t i, size_t line, size_t column, const char *message) {
  assert_true(i < qi_petrarch_n_notes(p));
  const quid_error *n = qi_petrarch_note(p, i);
  assert_string_equal(n->message, message);
  assert_string_equal(n->file, "test.txt");
  assert_int_equal(n->line, line);
  assert_int_equal(n->column, column);
}

static void reads_actors(void **state) {
  (void)state;
  add(QI_PETR_ACTORS,
      "<!-- a comment\nNOBODY [NOB]\n-->\n"
      "GOLLUM # with a comment\n+SMEAGOL\n\t[HOB < 950601]\n\t[HOBGOV 19950601 - 19990815]\n\t[HOBREB > 990815]\n"
      "UNITED_NATIONS [IGOUNO]\n+U.N.\nSHIRE [FRO/BIL]\nPRINCE OF DOL_AMROTH [DOL]\nAL-QAEDA [alq]\nWRAITH [###]\n");
  finish();
  assert_int_equal(qi_petrarch_n_notes(p), 0);
  assert_int_equal(qi_petrarch_counts(p).names, 8);
  qi_day day = qi_day_from_ymd(1995, 6, 1);
  assert_string_equal(code_of("Gollum", day - 1), "HOB");
  assert_string_equal(code_of("smeagol", day), "HOBGOV");
  assert_string_equal(code_of("Gollum", qi_day_from_ymd(1999, 8, 15)), "HOBGOV");
  assert_string_equal(code_of("Gollum", qi_day_from_ymd(1999, 8, 16)), "HOBREB");
  assert_string_equal(code_of("Gollum", QI_DAY_NONE), "HOBREB");
  assert_string_equal(code_of("U.N.", day), "IGOUNO");
  assert_string_equal(code_of("al Qaeda", day), "ALQ");
  assert_string_equal(code_of("Shire", day), "FRO/BIL");
  assert_string_equal(code_of("Wraith", day), "---");
  assert_string_equal(code_of("Nobody", day), "no such name");
}

static void underscores_join_and_blanks_do_not(void **state) {
  (void)state;
  add(QI_PETR_ACTORS, "PRINCE OF DOL_AMROTH [DOL]\nPRINCE [ROY]\n");
  finish();
  assert_int_equal(length_of("Prince of Dol Amroth said"), 4);
  assert_int_equal(length_of("Prince Imrahil of Dol Amroth"), 5);
  assert_int_equal(length_of("Prince of Dol the Amroth"), 1);
  assert_int_equal(length_of("of Dol Amroth"), 0);
}

static void days_in_other_dress(void **state) {
  (void)state;
  add(QI_PETR_ACTORS, "\xEF\xBB\xBF# with a byte-order mark\nA [ONE 01/31/2000-12/31/2000]\n\t[TWO 20010101-]\nB [X13 13/01/2000]\n");
  finish();
  assert_string_equal(code_of("A", qi_day_from_ymd(2000, 1, 31)), "ONE");
  assert_string_equal(code_of("A", qi_day_from_ymd(2000, 1, 30)), "");
  assert_string_equal(code_of("A", qi_day_from_ymd(2023, 1, 1)), "TWO");
  note(0, 4, 8, "no day '13/01/2000'");
}

static void default_codes_hold_outside_days(void **state) {
  (void)state;
  add(QI_PETR_ACTORS, "HAMFAST [HOB]\n\t[HOBGOV 20121109-20130119]\nONODOHER\n\t[ONO <911226]\n");
  finish();
  assert_string_equal(code_of("Hamfast", qi_day_from_ymd(2012, 11, 9)), "HOBGOV");
  assert_string_equal(code_of("Hamfast", qi_day_from_ymd(2014, 1, 1)), "HOB");
  assert_string_equal(code_of("Hamfast", QI_DAY_NONE), "HOB");
  assert_string_equal(code_of("Onodoher", qi_day_from_ymd(1995, 1, 1)), "");
}

static void notes_faults_of_actors_and_goes_on(void **state) {
  (void)state;
  add(QI_PETR_ACTORS, "+NOBODY\nNAME\nOTHER [A]\nTHIRD [ABC 2004017-20061201]\n  FOURTH [ABC\nFIFTH_+SIXTH [ABC]\nLAST [LAS]\n");
  finish();
  note(0, 1, 1, "no actor above that this could belong to");
  note(1, 2, 1, "actor without a code");
  note(2, 3, 8, "no actor code 'A'");
  note(3, 3, 1, "actor without a code");
  note(4, 4, 12, "no day '2004017'");
  note(5, 4, 1, "actor without a code");
  note(6, 5, 11, "bracket without end");
  note(7, 5, 1, "actor without a code");
  note(8, 6, 7, "sign inside the name 'FIFTH_+SIXTH'");
  assert_int_equal(qi_petrarch_n_notes(p), 9);
  assert_int_equal(qi_petrarch_counts(p).faults, 9);
  assert_string_equal(code_of("Last", 0), "LAS");
}

/* "+GOV" behind, "NGO+" before, "" none. */
static const char *agent_of(const char *text) {
  static char out[32];
  uint32_t atoms[64], agent, n = words(text, atoms);
  if (!qi_petrarch_agent_at(p, atoms, 0, n, &agent)) return "";
  const qi_petr_agent *a = qi_petrarch_agent(p, agent);
  snprintf(out, sizeof out, a->prefix ? "%s+" : "+%s", a->code);
  return out;
}

static void reads_agents(void **state) {
  (void)state;
  add(QI_PETR_AGENTS,
      "!PERSON! = MAN, WOMEN\nMINISTRY [~GOV]\nPOLICE {} [ ~COP]\nGOLDEN_GOOSE {GOLDEN_GEESE} [~GGS]\nCONGRESS!PERSON! [~LEG]\n"
      "MSF {} [NGO~]\nCHURCH [~REL]\nARMY_ [~MIL]\n");
  finish();
  assert_int_equal(qi_petrarch_n_notes(p), 0);
  assert_string_equal(agent_of("ministries"), "+GOV");
  assert_string_equal(agent_of("police"), "+COP");
  assert_string_equal(agent_of("polices"), "");
  assert_string_equal(agent_of("golden geese"), "+GGS");
  assert_string_equal(agent_of("golden gooses"), "");
  assert_string_equal(agent_of("congresswomen"), "+LEG");
  assert_string_equal(agent_of("MSF"), "NGO+");
  assert_string_equal(agent_of("churches"), "+REL");
  assert_string_equal(agent_of("army"), "+MIL");
}

static void notes_faults_of_agents(void **state) {
  (void)state;
  add(QI_PETR_AGENTS, "A [B\nAGENT\nX!NOBODY! [~GOV]\nTHING [GOV]\nX {Y [~GOV]\n");
  finish();
  note(0, 1, 4, "bracket without end");
  note(1, 2, 1, "agent without a code 'AGENT'");
  note(2, 3, 2, "unknown substitution 'X!NOBODY!'");
  note(3, 4, 7, "no agent code 'GOV'");
  note(4, 5, 4, "brace without end");
}

static const qi_petr_verb *verb_of(const char *form) {
  uint32_t atoms[64];
  words(form, atoms);
  uint32_t f = qi_petrarch_first_form(p, atoms[0]);
  return f == QI_PETR_NONE ? NULL : qi_petrarch_verb(p, qi_petrarch_form(p, f)->verb);
}

static void reads_verbs_and_their_forms(void **state) {
  (void)state;
  add(QI_PETR_VERBS,
      "--- BREAK [1717] ---\nBREAK { BROKE BROKEN }\n+CORDON_OFF {+CORDONED_OFF}\nDEPLORE [012:013]\nMARRY\n+ASK_FOR\n--- HELP [---] ---\nHELP\n");
  finish();
  assert_int_equal(qi_petrarch_n_notes(p), 0);
  assert_string_equal(verb_of("broke")->code, "1717");
  assert_null(verb_of("breaks"));
  assert_string_equal(verb_of("deplored")->code, "012");
  assert_string_equal(verb_of("deploring")->back, "013");
  assert_non_null(verb_of("married"));
  assert_non_null(verb_of("marrying"));
  assert_string_equal(verb_of("helps")->code, "");
  uint32_t atoms[64];
  words("cordoned", atoms);
  const qi_petr_form *f = qi_petrarch_form(p, qi_petrarch_first_form(p, atoms[0]));
  assert_int_equal(f->n_before, 0);
  assert_int_equal(f->n_after, 1);
  words("asking", atoms);
  assert_int_equal(qi_petrarch_form(p, qi_petrarch_first_form(p, atoms[0]))->n_after, 1);
}

static const qi_petr_pattern *pattern(uint32_t i) {
  const qi_petr_block *b = qi_petrarch_block(p, 0);
  assert_true(i < b->n_patterns);
  return qi_petrarch_pattern(p, b->first_pattern + i);
}

static void reads_patterns(void **state) {
  (void)state;
  add(QI_PETR_VERBS,
      "--- MEET [040] ---\nMEET\n- * TREATY [161]\n- SAID $ * {PEACE TALKS} (WITH +) [036:036] # comment [999]\n- NOT * [+++]\n- % *_OUT ^ [046]\n");
  finish();
  assert_int_equal(qi_petrarch_n_notes(p), 0);
  assert_true(qi_petrarch_block(p, 0)->tree);
  const qi_petr_pattern *longest = pattern(0);
  assert_string_equal(longest->code, "036");
  assert_string_equal(longest->back, "036");
  assert_int_equal(longest->line, 4);
  assert_int_equal(longest->n_upper, 2);
  assert_int_equal(longest->upper[0].sign, QI_PETR_SOURCE);
  assert_int_equal(longest->upper[1].sign, QI_PETR_WORD);
  assert_int_equal(longest->n_lower, 4);
  assert_int_equal(longest->lower[1].noun, 1);
  assert_true(longest->lower[2].head);
  assert_int_equal(longest->lower[3].phrase, 1);
  assert_int_equal(longest->lower[3].sign, QI_PETR_TARGET);
  assert_string_equal(pattern(1)->code, "046");
  assert_int_equal(pattern(1)->upper[0].sign, QI_PETR_BOTH);
  assert_true(pattern(1)->lower[0].joined);
  assert_int_equal(pattern(1)->lower[1].sign, QI_PETR_SKIP);
  assert_false(pattern(2)->negates);
  assert_true(pattern(3)->negates);
  assert_true(pattern(3)->null);
}

static void notes_faults_of_verbs_and_goes_on(void **state) {
  (void)state;
  add(QI_PETR_VERBS,
      "VERB\n--- A [010] ---\nA\n- * [010]\n- * {A (B} C) [010]\n- A B [010]\n- * A * B [010]\n- * &NOWHERE [010]\n- * A\n- * A [080!]\n"
      "- * GOOD [020]\n~ a b\n~ a (a b NOBODY) A = a b 010\n");
  finish();
  note(0, 1, 1, "verb outside a block 'VERB'");
  note(1, 4, 3, "nothing beside '*'");
  note(2, 5, 8, "'(' inside a group of its kind");
  note(3, 6, 3, "no '*' in 'A B'");
  note(4, 7, 7, "a second '*'");
  note(5, 9, 1, "pattern without a code");
  note(6, 10, 8, "no event code '080!'");
  note(7, 12, 1, "no transformation '~ a b'");
  note(8, 8, 1, "no set '&NOWHERE' anywhere");
  note(9, 13, 1, "no verb 'NOBODY' anywhere");
  assert_int_equal(qi_petrarch_counts(p).patterns, 2);
}

static uint32_t set_length(uint32_t set, const char *text, bool back) {
  uint32_t atoms[64], n = words(text, atoms);
  return qi_petrarch_set_at(p, set, atoms, back ? n - 1 : 0, 0, n, back);
}

static void reads_sets_in_sets(void **state) {
  (void)state;
  add(QI_PETR_VERBS, "&MONEY_\n+EURO\n+SWISS FRANC\n+&METAL\n&METAL\n+GOLD\n+&MONEY\n--- PAY [070] ---\nPAY\n- * &MONEY [071]\n");
  finish();
  assert_int_equal(qi_petrarch_n_notes(p), 0);
  uint32_t set = pattern(0)->lower[0].id;
  assert_int_equal(set_length(set, "swiss franc", false), 2);
  assert_int_equal(set_length(set, "a swiss franc", true), 2);
  assert_int_equal(set_length(set, "gold", false), 1);
  assert_int_equal(set_length(set, "swiss", false), 0);
}

static void discards(void **state) {
  (void)state;
  add(QI_PETR_DISCARDS, "# comment\nFOOTBALL MATCH\n+WORLD CUP\n");
  finish();
  uint32_t atoms[64];
  assert_int_equal(qi_petrarch_discards(p, atoms, words("a football match", atoms)), 1);
  assert_int_equal(qi_petrarch_discards(p, atoms, words("the World Cup", atoms)), 2);
  assert_int_equal(qi_petrarch_discards(p, atoms, words("a football", atoms)), 0);
}

static void files_by_name(void **state) {
  (void)state;
  assert_int_equal(qi_petrarch_kind_of("x/Phoenix.Countries.actors.txt"), QI_PETR_ACTORS);
  assert_int_equal(qi_petrarch_kind_of("CAMEO.2.0.txt"), QI_PETR_VERBS);
  assert_int_equal(qi_petrarch_kind_of("PETR.Validate.verbs.txt"), QI_PETR_VERBS);
  assert_int_equal(qi_petrarch_kind_of("Phoenix.agents.txt"), QI_PETR_AGENTS);
  assert_int_equal(qi_petrarch_kind_of("actors/Phoenix.IssueCoding.txt"), QI_PETR_N_KINDS);
  assert_int_equal(qi_petrarch_kind_of("verbs.md"), QI_PETR_N_KINDS);
}

static void loads_folder_list_and_ini(void **state) {
  (void)state;
  qi_petrarch *loaded;
  quid_error err = {0};
  char list[8192];
  assert_int_equal(qi_petrarch_load(&loaded, test_root("examples/dictionary"), &err), QUID_OK);
  assert_int_equal(qi_petrarch_counts(loaded).files, 4);
  assert_int_equal(qi_petrarch_counts(loaded).faults, 0);
  assert_int_equal(strlen(qi_petrarch_version(loaded)), 16);
  qi_petrarch_free(loaded);
  snprintf(list, sizeof list, "%s, %s", test_root("examples/dictionary/sample.verbs.txt"), test_root("examples/dictionary/sample.actors.txt"));
  assert_int_equal(qi_petrarch_load(&loaded, list, &err), QUID_OK);
  assert_int_equal(qi_petrarch_counts(loaded).files, 2);
  assert_false(qi_petrarch_settings(loaded).any_pairs);
  qi_petrarch_free(loaded);
  assert_int_equal(qi_petrarch_load(&loaded, test_root("tests/data/petrarch.ini"), &err), QUID_OK);
  assert_int_equal(qi_petrarch_counts(loaded).files, 3);
  assert_true(qi_petrarch_settings(loaded).any_pairs);
  assert_int_equal(qi_petrarch_settings(loaded).new_actor_length, 4);
  qi_petrarch_free(loaded);
}

static void refuses_what_is_no_dictionary(void **state) {
  (void)state;
  qi_petrarch *loaded;
  quid_error err = {0};
  assert_int_equal(qi_petrarch_load(&loaded, "/nowhere/at/all", &err), QUID_ERR_IO);
  assert_null(loaded);
  err = (quid_error){0};
  assert_int_equal(qi_petrarch_load(&loaded, test_root("examples/sample.txt"), &err), QUID_ERR_ARGUMENT);
  err = (quid_error){0};
  assert_int_equal(qi_petrarch_load(&loaded, test_root("examples/dictionary/sample.actors.txt"), &err), QUID_ERR_ARGUMENT);
}

static void reads_petrarch2_with_few_faults(void **state) {
  (void)state;
  TEST_NEED_DATA(folder, "events/petrarch2");
  qi_petrarch *loaded;
  quid_error err = {0};
  assert_int_equal(qi_petrarch_load(&loaded, folder, &err), QUID_OK);
  qi_petr_counts n = qi_petrarch_counts(loaded);
  assert_true(n.names > 35000 && n.agents > 2200 && n.verbs > 2000 && n.patterns > 5000);
  assert_true(n.faults < 80);
  qi_petrarch_free(loaded);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(reads_actors), TEST(underscores_join_and_blanks_do_not), TEST(days_in_other_dress), TEST(default_codes_hold_outside_days),
    TEST(notes_faults_of_actors_and_goes_on), TEST(reads_agents), TEST(notes_faults_of_agents), TEST(reads_verbs_and_their_forms),
    TEST(reads_patterns), TEST(notes_faults_of_verbs_and_goes_on), TEST(reads_sets_in_sets), TEST(discards), TEST(files_by_name),
    TEST(loads_folder_list_and_ini), TEST(refuses_what_is_no_dictionary), TEST(reads_petrarch2_with_few_faults)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
