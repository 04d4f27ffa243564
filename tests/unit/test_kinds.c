/* Words that call somebody again: what the file may hold. */
#include "unit/unit.h"

#include "know/kinds.h"

#define HEAD "words\ttypes\tsource\n"

static void knows_words(void **state) {
  (void)state;
  qi_kinds *k = NULL;
  quid_error err = {0};
  assert_int_equal(qi_kinds_parse(&k, QI_SLICE(HEAD "bloc | grouping\tigo alliance\town\nvisitor\tother\town\ncouncil\tigo office\town\n"), "kinds", &err),
                   QUID_OK);
  assert_int_equal(qi_kinds_of(k, QI_SLICE("grouping")), 1u << QI_ACTOR_IGO | 1u << QI_ACTOR_ALLIANCE);
  assert_int_equal(qi_kinds_of(k, QI_SLICE("visitor")), QI_KIND_OTHER);
  assert_int_equal(qi_kinds_of(k, QI_SLICE("council")), QI_KIND_OFFICE | 1u << QI_ACTOR_IGO);
  assert_int_equal(qi_kinds_of(k, QI_SLICE("treaty")), 0);
  assert_int_equal(qi_kinds_of(NULL, QI_SLICE("bloc")), 0);
  qi_kinds_free(k);
  qi_kinds_free(NULL);
}

static void refuses_mistakes(void **state) {
  (void)state;
  static const struct { const char *rows, *message; size_t line, column; } cases[] = {
    {HEAD "bloc\tigo pact\town\n", "unknown type 'pact'", 2, 6},
    {HEAD "bloc\t\town\n", "no type for 'bloc'", 2, 6},
    {HEAD "\tigo\town\n", "no words for 'igo'", 2, 1},
    {HEAD "bloc |\tigo\town\n", "empty word in 'bloc |'", 2, 1},
    {HEAD "bloc\tigo\town\nbloc\tngo\town\n", "word listed twice 'bloc'", 3, 1},
    {"words\ttypes\n", "unexpected header 'words\ttypes'", 1, 1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    qi_kinds *k = NULL;
    quid_error err = {0};
    assert_int_equal(qi_kinds_parse(&k, qi_slice_str(cases[i].rows), "kinds", &err), QUID_ERR_FORMAT);
    assert_null(k);
    assert_string_equal(err.message, cases[i].message);
    assert_int_equal(err.line, cases[i].line);
    assert_int_equal(err.column, cases[i].column);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(knows_words), cmocka_unit_test(refuses_mistakes)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
