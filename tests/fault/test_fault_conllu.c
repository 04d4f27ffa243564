/* Reading and writing CoNLL-U, segmenting and scoring survive the failure of any one allocation,
 * say so, and leak nothing. */
#include "unit/unit.h"

#include "fault/fault.h"
#include "parse/conllu.h"
#include "parse/eval.h"

static const char text[] = "# newdoc id = a\n# sent_id = 1\n"
                           "1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                           "1\tdo\tdo\tAUX\tVB\t_\t3\taux\t_\t_\n"
                           "2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n"
                           "3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tNER=B-PER\n\n"
                           "1\tÉté\tété\tNOUN\tNN\t_\t0\troot\t_\t_\n";

static quid_status read_and_write(quid_error *err) {
  qi_conllu in;
  qi_parsed doc;
  qi_arena arena;
  qi_builder out;
  qi_arena_init(&arena, 0);
  qi_builder_init(&out, 0);
  qi_conllu_open(&in, qi_slice_str(text), "x", true);
  quid_status status = qi_conllu_next(&doc, &in, &arena, err);
  if (!status)
    qi_conllu_write(&out, &doc, in.doc_id);
  if (!status)
    status = qi_builder_status(&out, "CoNLL-U", err);
  qi_eval eval = {0};
  if (!status)
    status = qi_eval_add(&eval, &doc, &doc, err);
  qi_conllu_close(&in);
  qi_arena_clear(&arena);
  qi_builder_clear(&out);
  return status;
}

static void reading(void **state) {
  (void)state;
  QI_FAULT_EACH {
    quid_error err = {0};
    quid_status status = read_and_write(&err);
    assert_int_equal(status, fault_fired() ? QUID_ERR_MEMORY : QUID_OK);
    assert_int_equal(err.code, status);
  }
}

static void segmenting(void **state) {
  (void)state;
  qi_model *model;
  assert_int_equal(qi_model_open(&model, test_root("tests/data/tiny.model"), NULL), QUID_OK);
  QI_FAULT_EACH {
    quid_error err = {0};
    qi_arena arena;
    qi_parsed doc;
    qi_arena_init(&arena, 0);
    quid_status status = qi_segment(model, QI_SLICE("Mr. Kim didn't go.\n\nHe stayed, they said."),
                                    &arena, &doc, &err);
    assert_int_equal(status, fault_fired() ? QUID_ERR_MEMORY : QUID_OK);
    assert_int_equal(err.code, status);
    qi_arena_clear(&arena);
  }
  fault_arm(0);
  qi_model_close(model);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(reading), cmocka_unit_test(segmenting)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
