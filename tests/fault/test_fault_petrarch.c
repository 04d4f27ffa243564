/* PETRARCH dictionaries survive the failure of any one allocation, at loading and at coding. */
#include "unit/unit.h"

#include "base/error.h"
#include "code/petrarch.h"
#include "fault/fault.h"
#include "know/cameo.h"
#include "parse/conllu.h"

static const char ACTORS[] = "NORLAND [NOR]\n+NORLANDERS\n\t[NORGOV 20200101-20301231]\nOSTRIA [OST]\n";
static const char AGENTS[] = "!PERSON! = MAN, MEN\nSOLDIER [~MIL]\nSPOKES!PERSON! [~GOV]\n";
static const char VERBS[] =
  "&AID\n+GRAIN\n--- SEND [---] ---\nSEND {SENT}\nSUPPLY\n- * &AID (TO +) [073]\n- * TROOPS [154:155]\n~ a (a b SEND) SUPPLY = a b 033\n";

static quid_status load(qi_petrarch **p, quid_error *err) {
  quid_status status = qi_petrarch_new(p, err);
  if (!status) status = qi_petrarch_add(*p, QI_PETR_ACTORS, qi_slice_str(ACTORS), "actors", err);
  if (!status) status = qi_petrarch_add(*p, QI_PETR_AGENTS, qi_slice_str(AGENTS), "agents", err);
  if (!status) status = qi_petrarch_add(*p, QI_PETR_VERBS, qi_slice_str(VERBS), "verbs", err);
  if (!status) status = qi_petrarch_add(*p, QI_PETR_DISCARDS, QI_SLICE("FOOTBALL\n"), "discards", err);
  return status ? status : qi_petrarch_finish(*p, err);
}

static void loading(void **state) {
  (void)state;
  QI_FAULT_EACH {
    qi_petrarch *p = NULL;
    quid_error err = {0};
    quid_status status = load(&p, &err);
    assert_true(status == QUID_OK || (status == QUID_ERR_MEMORY && fault_fired()));
    qi_petrarch_free(p);
  }
}

static const char TREE[] =
  "1\tNorland\tNorland\tPROPN\tNNP\t_\t3\tcompound\t_\t_\n"
  "2\tsoldiers\tsoldier\tNOUN\tNNS\t_\t3\tnsubj\t_\t_\n"
  "3\tsent\tsend\tVERB\tVBD\t_\t0\troot\t_\t_\n"
  "4\tgrain\tgrain\tNOUN\tNN\t_\t3\tobj\t_\t_\n"
  "5\tto\tto\tADP\tIN\t_\t6\tcase\t_\t_\n"
  "6\tOstria\tOstria\tPROPN\tNNP\t_\t3\tobl\t_\t_\n"
  "\n";

static void coding(void **state) {
  (void)state;
  qi_know know;
  quid_error err = {0};
  qi_arena trees;
  qi_conllu in;
  qi_parsed doc;
  fault_arm(0);
  assert_int_equal(qi_know_load(&know, test_root("knowledge"), &err), QUID_OK);
  assert_int_equal(qi_cameo_load(&know.cameo, test_root("knowledge"), know.ontology, &err), QUID_OK);
  assert_int_equal(load(&know.petrarch, &err), QUID_OK);
  qi_arena_init(&trees, 0);
  qi_conllu_open(&in, qi_slice_str(TREE), "tree", true);
  assert_int_equal(qi_conllu_next(&doc, &in, &trees, &err), QUID_OK);
  qi_view v = {&know, &doc, &doc.sentences[0], NULL};
  QI_FAULT_EACH {
    qi_arena arena;
    qi_deeds deeds = {0};
    qi_explain explain = {.arena = &arena};
    qi_arena_init(&arena, 0);
    bool fine = qi_petr_match_sentence(&v, qi_day_from_ymd(2023, 6, 1), &arena, &deeds, &explain);
    assert_true(fine || fault_fired());
    if (!fault_fired()) assert_int_equal(deeds.len, 1);
    qi_arena_clear(&arena);
  }
  qi_conllu_close(&in);
  qi_arena_clear(&trees);
  qi_know_clear(&know);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(loading), cmocka_unit_test(coding)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
