/* The dictionary of actors and the search for mentions survive the failure of any one allocation. */
#include "unit/who_fixture.h"

#include "base/error.h"
#include "code/mention.h"
#include "fault/fault.h"
#include "parse/conllu.h"

static void loading(void **state) {
  (void)state;
  QI_FAULT_EACH {
    qi_actors *a = NULL;
    quid_error err = {0};
    quid_status status = qi_actors_new(&a, &err);
    if (!status) status = qi_actors_add(a, qi_slice_str(WHO_ACTORS), "actors", &err);
    if (!status) status = qi_actors_add_agents(a, qi_slice_str(WHO_AGENTS), "agents", &err);
    if (!status) status = qi_actors_add_titles(a, qi_slice_str(WHO_TITLES), "titles", &err);
    if (!status) status = qi_actors_add_first_names(a, qi_slice_str(WHO_FIRST_NAMES), "first", &err);
    if (!status) status = qi_actors_add_clashes(a, qi_slice_str(WHO_CLASHES), "clashes", &err);
    if (!status) status = qi_actors_finish(a, &err);
    assert_int_equal(status, fault_fired() ? QUID_ERR_MEMORY : QUID_OK);
    qi_actors_free(a);
  }
}

static const char TREES[] =
  "1\tRussian\tRussian\tADJ\tJJ\t_\t2\tamod\t_\t_\n"
  "2\tPresident\tPresident\tPROPN\tNNP\t_\t3\tnmod:desc\t_\t_\n"
  "3\tVladimir\tVladimir\tPROPN\tNNP\t_\t5\tnsubj\t_\tNER=B-PER|EType=person\n"
  "4\tPutin\tPutin\tPROPN\tNNP\t_\t3\tflat\t_\tNER=I-PER\n"
  "5\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n"
  "6\tJane\tJane\tPROPN\tNNP\t_\t5\tobj\t_\tNER=B-PER|EType=person\n"
  "7\tDoe\tDoe\tPROPN\tNNP\t_\t6\tflat\t_\tNER=I-PER\n"
  "\n"
  "1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n"
  "2\tthanked\tthank\tVERB\tVBD\t_\t0\troot\t_\t_\n"
  "3\tRussian\tRussian\tADJ\tJJ\t_\t4\tamod\t_\t_\n"
  "4\ttroops\ttroop\tNOUN\tNNS\tNumber=Plur\t2\tobj\t_\t_\n"
  "\n"
  "1\tJohnson\tJohnson\tPROPN\tNNP\t_\t2\tnsubj\t_\tNER=B-PER\n"
  "2\tscored\tscore\tVERB\tVBD\t_\t0\troot\t_\t_\n"
  "\n";

static void finding(void **state) {
  (void)state;
  qi_know know = {.actors = who_actors()};
  qi_arena trees;
  qi_conllu in;
  qi_parsed doc;
  quid_error err = {0};
  qi_arena_init(&trees, 0);
  qi_conllu_open(&in, qi_slice_str(TREES), "trees", true);
  assert_int_equal(qi_conllu_next(&doc, &in, &trees, &err), QUID_OK);
  QI_FAULT_EACH {
    qi_arena arena;
    qi_mentions m;
    qi_arena_init(&arena, 0);
    qi_error_clear(&err);
    quid_status status = qi_mentions_find(&m, &know, &doc, qi_day_from_ymd(2021, 1, 1), &arena, &err);
    assert_true(status == QUID_OK || (status == QUID_ERR_MEMORY && fault_fired()));
    if (!fault_fired()) assert_int_equal(m.items[m.at[0][2]].n_entities, 1);
    qi_arena_clear(&arena);
  }
  qi_conllu_close(&in);
  qi_arena_clear(&trees);
  qi_actors_free(know.actors);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(loading), cmocka_unit_test(finding)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
