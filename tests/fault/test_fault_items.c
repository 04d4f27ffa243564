/* The words of amounts and victims survive the failure of any one allocation; so does the reading of a sentence. */
#include "unit/unit.h"

#include "code/amount.h"
#include "fault/fault.h"
#include "know/victims.h"

#define AMOUNTS "kind\tvalue\twords\nscale\t1000000\tmillion\nbound\tover\tat least | over\ncurrency\tUSD\t$ | dollars\ngoods\t-\tarms\n"

static void loading(void **state) {
  (void)state;
  qi_items *items = NULL;
  quid_error err = {0};
  assert_int_equal(qi_items_parse(&items, QI_SLICE("class\tparent\twords\tsource\narms\t-\ttank\town\n"), "items.tsv", &err), QUID_OK);
  QI_FAULT_EACH {
    qi_amounts *a = NULL;
    qi_victims *v = NULL;
    quid_status status = qi_amounts_parse(&a, QI_SLICE(AMOUNTS), "amounts.tsv", items, &err);
    if (!status) status = qi_victims_parse(&v, QI_SLICE("kind\tpart\twords\ndead\tverb\tkill | shoot_dead\n"), "victims.tsv", &err);
    assert_int_equal(status, fault_fired() ? QUID_ERR_MEMORY : QUID_OK);
    qi_amounts_free(a);
    qi_victims_free(v);
  }
  qi_items_free(items);
}

static void scanning(void **state) {
  (void)state;
  qi_items *items = NULL;
  qi_amounts *a = NULL;
  quid_error err = {0};
  assert_int_equal(qi_items_parse(&items, QI_SLICE("class\tparent\twords\tsource\narms\t-\ttank\town\n"), "items.tsv", &err), QUID_OK);
  assert_int_equal(qi_amounts_parse(&a, QI_SLICE(AMOUNTS), "amounts.tsv", items, &err), QUID_OK);
  qi_token tokens[] = {{.form = QI_SLICE("$"), .upos = QI_SYM}, {.form = QI_SLICE("3"), .upos = QI_NUM}, {.form = QI_SLICE("million"), .upos = QI_NUM}};
  qi_sentence s = {.n_tokens = 3, .tokens = tokens};
  QI_FAULT_EACH {
    qi_arena arena;
    qi_amount_list found;
    qi_arena_init(&arena, 0);
    bool good = qi_amount_scan(&found, a, &s, &arena);
    assert_int_equal(good, !fault_fired());
    if (good) assert_true(found.len == 1 && found.items[0].value.from == 3e6 && found.items[0].money);
    qi_arena_clear(&arena);
  }
  qi_amounts_free(a);
  qi_items_free(items);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(loading), cmocka_unit_test(scanning)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
