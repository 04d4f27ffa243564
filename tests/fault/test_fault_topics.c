/* The words of other worlds, and those that call somebody again, survive the failure of any one allocation. */
#include "unit/unit.h"

#include "fault/fault.h"
#include "know/kinds.h"
#include "know/topics.h"

static void loading(void **state) {
  (void)state;
  QI_FAULT_EACH {
    qi_topics *t = NULL;
    quid_error err = {0};
    quid_status status = qi_topics_parse(&t, QI_SLICE("topic\tat\tweight\twords\nsport\ttext\t4\tquarter final | <score>\n"
                                                      "sport\tdeed\t2\tbeat\nany\tactor\t-2\tREB\n"), "topics.tsv", &err);
    assert_int_equal(status, fault_fired() ? QUID_ERR_MEMORY : QUID_OK);
    qi_topics_free(t);
  }
}

static void loading_kinds(void **state) {
  (void)state;
  QI_FAULT_EACH {
    qi_kinds *k = NULL;
    quid_error err = {0};
    quid_status status = qi_kinds_parse(&k, QI_SLICE("words\ttypes\tsource\nbloc | grouping\tigo alliance\town\n"), "kinds.tsv", &err);
    assert_int_equal(status, fault_fired() ? QUID_ERR_MEMORY : QUID_OK);
    qi_kinds_free(k);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(loading), cmocka_unit_test(loading_kinds)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
