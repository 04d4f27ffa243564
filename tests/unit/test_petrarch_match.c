/* PETRARCH dictionaries over trees: who, patterns, voice, verbs that take others, codes put together. */
#include "unit/tree_fixture.h"

#include "code/petrarch.h"
#include "know/cameo.h"

static trees t;

static const char ACTORS[] = "NORLAND [NOR]\nOSTRIA [OST]\nSUDRIA [SUD]\nTWINS [AAA/BBB]\nDATED\n\t[OLD <20200101]\n\t[NEW >20200101]\n";
static const char AGENTS[] = "SOLDIER [~MIL]\nGOVERNMENT [~GOV]\nLAWMAKER [~LEG]\nRELIEF_WORKER [NGO~]\n";

/* Words in order. */
static const char OLD_VERBS[] =
  "--- RESTORE [064] ---\nRESTORE\n- * DIPLOMATIC TIES [065]\n- + WAS_ * TO $ [066]\n- % * [030:030]\n- NOT * [112]\n- SAID * [---]\n"
  "--- VISIT [032:033] ---\nVISIT\n";

/* By the tree. */
static const char NEW_VERBS[] =
  "--- SEND [---] ---\nSEND {SENT SENDS SENDING}\n- * {RELIEF FOOD} [073]\n- * GRAIN (TO PORT) [071]\n- * GRAIN [070]\n"
  "--- PROMISE [030] ---\nPROMISE\n--- REFUSE [120] ---\nREFUSE\n--- ATTACK [190] ---\nATTACK\n--- SAY [010] ---\nSAY {SAID}\n"
  "--- MEET [040] ---\nMEET {MET}\n~ a (b . ATTACK) SAY = a b 112\n";

static void use(const char *verbs) {
  quid_error err = {0};
  qi_petrarch_free(t.know.petrarch);
  assert_int_equal(qi_petrarch_new(&t.know.petrarch, &err), QUID_OK);
  assert_int_equal(qi_petrarch_add(t.know.petrarch, QI_PETR_ACTORS, qi_slice_str(ACTORS), "actors", &err), QUID_OK);
  assert_int_equal(qi_petrarch_add(t.know.petrarch, QI_PETR_AGENTS, qi_slice_str(AGENTS), "agents", &err), QUID_OK);
  assert_int_equal(qi_petrarch_add(t.know.petrarch, QI_PETR_VERBS, qi_slice_str(verbs), "verbs", &err), QUID_OK);
  assert_int_equal(qi_petrarch_add(t.know.petrarch, QI_PETR_DISCARDS, QI_SLICE("FOOTBALL\n+WORLD CUP\n"), "discards", &err), QUID_OK);
  assert_int_equal(qi_petrarch_finish(t.know.petrarch, &err), QUID_OK);
  assert_int_equal(qi_petrarch_n_notes(t.know.petrarch), 0);
}

static int setup(void **state) {
  (void)state;
  quid_error err = {0};
  trees_init(&t);
  return qi_cameo_load(&t.know.cameo, test_root("knowledge"), t.know.ontology, &err);
}

static int teardown(void **state) {
  (void)state;
  trees_clear(&t);
  return 0;
}

/* All events as "NOR > OST 064; ..." */
static void expect_all(const char *text, const char *wanted) {
  char got[1024] = "";
  size_t n = 0;
  code_trees(&t, text);
  for (uint32_t i = 0; i < t.events.len; i++) {
    const quid_event *e = &t.events.items[i];
    for (uint32_t k = 0; k < e->n_actors; k++) n += (size_t)snprintf(got + n, sizeof got - n, "%s%s", k ? "," : n ? "; " : "", e->actors[k].id);
    n += (size_t)snprintf(got + n, sizeof got - n, " > ");
    for (uint32_t k = 0; k < e->n_recipients; k++) n += (size_t)snprintf(got + n, sizeof got - n, "%s%s", k ? "," : "", e->recipients[k].id);
    n += (size_t)snprintf(got + n, sizeof got - n, "%s %s", e->n_recipients ? "" : "-", e->cameo);
  }
  assert_string_equal(got, wanted);
}

static void default_code_and_pattern(void **state) {
  (void)state;
  use(OLD_VERBS);
  expect_all("Norland/PROPN/NNP/2/nsubj restored:restore/VERB/VBD/0/root ties:tie/NOUN/NNS/2/obj with/ADP/IN/5/case Ostria/PROPN/NNP/3/nmod\n",
             "NOR > OST 064");
  expect_all("Norland/PROPN/NNP/2/nsubj restored:restore/VERB/VBD/0/root full/ADJ/JJ/5/amod diplomatic/ADJ/JJ/5/amod ties:tie/NOUN/NNS/2/obj "
             "with/ADP/IN/7/case Ostria/PROPN/NNP/5/nmod\n",
             "NOR > OST 065");
  const quid_event *e = &t.events.items[0];
  assert_int_equal(e->type, QUID_COOPERATE); /* 065 has no row: that of 06 */
  assert_int_equal(e->n_modes, 0);
  assert_string_equal(e->frame_file, "verbs");
  assert_int_equal(e->frame_line, 3);
  assert_string_equal(e->frame, "RESTORE.065");
  assert_string_equal(e->actors[0].country, "NOR");
}

static void both_directions_and_agents(void **state) {
  (void)state;
  use(OLD_VERBS);
  expect_all("Norland/PROPN/NNP/2/compound soldiers:soldier/NOUN/NNS/3/nsubj visited:visit/VERB/VBD/0/root the/DET/DT/5/det "
             "government/NOUN/NN/3/obj of/ADP/IN/7/case Ostria/PROPN/NNP/5/nmod\n",
             "NORMIL > OSTGOV 032; OSTGOV > NORMIL 033");
  assert_string_equal(t.events.items[0].actors[0].sector, "MIL");
}

static void lists_and_coded_pairs(void **state) {
  (void)state;
  use(OLD_VERBS);
  expect_all("Lawmakers:lawmaker/NOUN/NNS/7/nsubj in/ADP/IN/3/case Norland/PROPN/NNP/1/nmod and/CCONJ/CC/5/cc Ostria/PROPN/NNP/3/conj "
             "have/AUX/VBP/7/aux visited:visit/VERB/VBN/0/root the/DET/DT/9/det Twins/PROPN/NNPS/7/obj\n",
             "NORLEG,OSTLEG > AAA,BBB 032; AAA,BBB > NORLEG,OSTLEG 033");
  expect_all("Norland/PROPN/NNP/4/nsubj and/CCONJ/CC/3/cc Ostria/PROPN/NNP/1/conj restored:restore/VERB/VBD/0/root relations:relation/NOUN/NNS/4/obj\n",
             "NOR,OST > - 030");
}

static void signs_and_negation(void **state) {
  (void)state;
  use(OLD_VERBS);
  expect_all("Norland/PROPN/NNP/3/nsubj:pass was:be/AUX/VBD/3/aux:pass restored:restore/VERB/VBN/0/root to/ADP/IN/5/case Ostria/PROPN/NNP/3/obl\n",
             "OST > NOR 066");
  expect_all("Norland/PROPN/NNP/4/nsubj did:do/AUX/VBD/4/aux not/PART/RB/4/advmod restore/VERB/VB/0/root Ostria/PROPN/NNP/4/obj\n", "NOR > OST 112");
  assert_int_equal(t.events.items[0].status, QUID_ASSERTED); /* that it was not done is what the code says */
  expect_all("Norland/PROPN/NNP/2/nsubj visited:visit/VERB/VBD/0/root Norland/PROPN/NNP/2/obj\n", "");
}

static void dates_decide_codes(void **state) {
  (void)state;
  use(OLD_VERBS);
  expect_all("Dated/PROPN/NNP/2/nsubj visited:visit/VERB/VBD/0/root Ostria/PROPN/NNP/2/obj\n", "NEW > OST 032; OST > NEW 033");
}

static void discards_drop(void **state) {
  (void)state;
  use(OLD_VERBS);
  expect_all("Norland/PROPN/NNP/2/nsubj visited:visit/VERB/VBD/0/root Ostria/PROPN/NNP/2/obj\n"
             "Norland/PROPN/NNP/2/nsubj visited:visit/VERB/VBD/0/root football/NOUN/NN/4/compound Sudria/PROPN/NNP/2/obj\n",
             "NOR > OST 032; OST > NOR 033");
  expect_all("Norland/PROPN/NNP/2/nsubj visited:visit/VERB/VBD/0/root Ostria/PROPN/NNP/2/obj\n"
             "Norland/PROPN/NNP/2/nsubj visited:visit/VERB/VBD/0/root the/DET/DT/5/det World/PROPN/NNP/5/compound Cup/PROPN/NNP/2/obj\n",
             "");
}

#define SENT "Norland/PROPN/NNP/2/nsubj sent:send/VERB/VBD/0/root "

static void patterns_by_the_tree(void **state) {
  (void)state;
  use(NEW_VERBS);
  expect_all(SENT "relief/NOUN/NN/4/compound food/NOUN/NN/2/obj to/ADP/IN/6/case Ostria/PROPN/NNP/2/obl\n", "NOR > OST 073");
  expect_all(SENT "food/NOUN/NN/2/obj for/ADP/IN/5/case relief/NOUN/NN/2/obl to/ADP/IN/7/case Ostria/PROPN/NNP/2/obl\n", "");
  expect_all(SENT "grain/NOUN/NN/2/obj to/ADP/IN/6/case a/DET/DT/6/det port:port/NOUN/NN/2/obl in/ADP/IN/8/case Ostria/PROPN/NNP/6/nmod\n", "NOR > OST 071");
  expect_all("Grains:grain/NOUN/NNS/3/nsubj:pass were:be/AUX/VBD/3/aux:pass sent:send/VERB/VBN/0/root by/ADP/IN/5/case Norland/PROPN/NNP/3/obl:agent\n", "");
  expect_all("Ostria/PROPN/NNP/3/nsubj:pass was:be/AUX/VBD/3/aux:pass attacked:attack/VERB/VBN/0/root by/ADP/IN/5/case Norland/PROPN/NNP/3/obl:agent\n",
             "NOR > OST 190");
  expect_all("Norland/PROPN/NNP/4/nsubj and/CCONJ/CC/3/cc Ostria/PROPN/NNP/1/conj met:meet/VERB/VBD/0/root\n", "NOR,OST > - 040");
}

static void verbs_that_take_others(void **state) {
  (void)state;
  use(NEW_VERBS);
  expect_all("Norland/PROPN/NNP/2/nsubj promised:promise/VERB/VBD/0/root to/PART/TO/4/mark send/VERB/VB/2/xcomp relief/NOUN/NN/6/compound food/NOUN/NN/4/obj "
             "to/ADP/IN/8/case Ostria/PROPN/NNP/4/obl\n",
             "NOR > OST 0333");
  expect_all("Norland/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root Ostria/PROPN/NNP/4/nsubj attacked:attack/VERB/VBD/2/ccomp Sudria/PROPN/NNP/4/obj\n",
             "NOR > OST 112");
  expect_all("Norland/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root Ostria/PROPN/NNP/4/nsubj met:meet/VERB/VBD/2/ccomp Sudria/PROPN/NNP/4/obj\n",
             "OST > SUD 040");
  assert_int_equal(t.events.items[0].status, QUID_REPORTED);
}

static void words_of_a_pattern_are_no_deeds(void **state) {
  (void)state;
  use("--- ASK [020] ---\nASK\n- * HELP [023]\n--- HELP [070] ---\nHELP\n- * {BIG FOOD} [073]\n--- SAY [010] ---\nSAY {SAID}\n~ a (b . HELP) SAY = a b 051\n");
  expect_all("Norland/PROPN/NNP/2/nsubj asked:ask/VERB/VBD/0/root Ostria/PROPN/NNP/2/obj to/PART/TO/5/mark help/VERB/VB/2/xcomp Sudria/PROPN/NNP/5/obj\n",
             "NOR > OST 023");
  expect_all("Norland/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root Ostria/PROPN/NNP/4/nsubj helped:help/VERB/VBD/2/ccomp Sudria/PROPN/NNP/4/obj\n",
             "NOR > OST 051");
  assert_int_equal(t.events.items[0].frame_line, 9); /* of the transformation */
}

static void names_say_more(void **state) {
  (void)state;
  quid_error err = {0};
  use(NEW_VERBS);
  assert_int_equal(qi_petrarch_add(t.know.petrarch, QI_PETR_ACTORS, QI_SLICE("JANE_DOE [NORGOV]\n"), "more", &err), QUID_OK);
  expect_all("Norland/PROPN/NNP/3/compound President/PROPN/NNP/3/nmod:desc Jane/PROPN/NNP/5/nsubj Doe/PROPN/NNP/3/flat attacked:attack/VERB/VBD/0/root "
             "Ostria/PROPN/NNP/5/obj\n",
             "NORGOV > OST 190");
}

static void unknown_actors_on_demand(void **state) {
  (void)state;
  static const char text[] = "The/DET/DT/2/det Ministry/PROPN/NNP/5/nsubj of/ADP/IN/4/case Magic/PROPN/NNP/2/nmod attacked:attack/VERB/VBD/0/root Ostria/PROPN/NNP/5/obj\n";
  use(NEW_VERBS);
  expect_all(text, "");
  qi_petrarch_set(t.know.petrarch, (qi_petr_settings){.new_actor_length = 4});
  expect_all(text, "\"THE MINISTRY OF MAGIC\" > OST 190");
  assert_string_equal(t.events.items[0].actors[0].country, "");
  qi_petrarch_set(t.know.petrarch, (qi_petr_settings){.new_actor_length = 3});
  expect_all(text, "");
  qi_petrarch_set(t.know.petrarch, (qi_petr_settings){.any_pairs = true});
  expect_all("Norland/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root a/DET/DT/4/det bridge/NOUN/NN/2/obj\n", "NOR > - 190");
}

static void relative_clauses(void **state) {
  (void)state;
  use(NEW_VERBS);
  expect_all("Norland/PROPN/NNP/0/root which/PRON/WDT/3/nsubj attacked:attack/VERB/VBD/1/acl:relcl Ostria/PROPN/NNP/3/obj\n", "NOR > OST 190");
}

static void beside_the_frames(void **state) {
  (void)state;
  use("--- PRAISE [051] ---\nPRAISE\n");
  t.know.petrarch_beside = true;
  code_trees(&t, "Russia/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Ukraine/PROPN/NNP/2/obj\n"
                 "Norland/PROPN/NNP/2/nsubj praised:praise/VERB/VBD/0/root Ostria/PROPN/NNP/2/obj\n");
  t.know.petrarch_beside = false;
  expect(&t, "attacked", "RUS > UKR ; asserted");
  expect(&t, "praised", "NOR > OST ; asserted");
  assert_int_equal(event_at(&t, "praised")->type, QUID_SUPPORT);
}

static void codes_put_together(void **state) {
  (void)state;
  assert_string_equal(qi_petr_combine("030", "073"), "0333");
  assert_string_equal(qi_petr_combine("120", "046"), "125");
  assert_string_equal(qi_petr_combine("10", "0831"), "1041");
  assert_string_equal(qi_petr_combine("020", "045"), "028");
  assert_string_equal(qi_petr_combine("130", "190"), "138");
  assert_string_equal(qi_petr_combine("030", "163"), "1312");
  assert_string_equal(qi_petr_combine("010", "190"), "");
  assert_string_equal(qi_petr_combine("110", "073"), "");
}

static void codes_to_plover(void **state) {
  (void)state;
  bool exact;
  const qi_cameo_row *row = qi_cameo_find(t.know.cameo, QI_SLICE("1031"), &exact);
  assert_true(exact);
  assert_int_equal(row->type, QUID_REQUEST);
  assert_string_equal(row->mode, "assist");
  assert_string_equal(row->contexts[0], "economic");
  row = qi_cameo_find(t.know.cameo, QI_SLICE("0231"), &exact);
  assert_false(exact);
  assert_int_equal(row->type, QUID_N_EVENT_TYPES);
  assert_null(qi_cameo_find(t.know.cameo, QI_SLICE("901"), &exact));
  assert_null(qi_cameo_find(t.know.cameo, QI_SLICE(""), &exact));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(default_code_and_pattern), cmocka_unit_test(both_directions_and_agents), cmocka_unit_test(lists_and_coded_pairs),
    cmocka_unit_test(signs_and_negation), cmocka_unit_test(dates_decide_codes), cmocka_unit_test(discards_drop),
    cmocka_unit_test(patterns_by_the_tree), cmocka_unit_test(verbs_that_take_others), cmocka_unit_test(words_of_a_pattern_are_no_deeds),
    cmocka_unit_test(names_say_more), cmocka_unit_test(unknown_actors_on_demand),
    cmocka_unit_test(relative_clauses), cmocka_unit_test(beside_the_frames),
    cmocka_unit_test(codes_put_together), cmocka_unit_test(codes_to_plover)};
  return cmocka_run_group_tests(tests, setup, teardown);
}
