/* The loaders of operators, light verbs and word forms. */
#include "unit/unit.h"

#include "know/forms.h"
#include "know/operators.h"

#define HEAD "word\tpos\tslot\teffect\tattribution\tnote\n"
#define LIGHT "verb\teffect\tnote\n"

static quid_status parse(qi_operators **ops, const char *operators, const char *light, quid_error *err) {
  return qi_operators_parse(ops, qi_slice_str(operators), "ops.tsv", qi_slice_str(light), "light.tsv", err);
}

static void reads_operators(void **state) {
  (void)state;
  qi_operators *ops = NULL;
  quid_error err = {0};
  assert_int_equal(parse(&ops, HEAD "fail\tv\tto-inf\tnegated\t-\tneg=asserted; remark\n"
                                    "plan\tv\tto-inf\tplanned\tsubj\t\n"
                                    "discuss\tv\tobj\tpossible\tsubj\tdef=asserted; remark\n"
                                    "call_on\tv\tto-inf\trequested\tsubj\t\n",
                         LIGHT "engage_in\tsame\t\ncarry_out\tsame\t\nbreak_out\tstart\tdeed=subj\ncome_under\tsame\tsubj=recipient\n", &err), QUID_OK);
  uint32_t at = qi_operators_first(ops, QI_SLICE("Fail"), 'v');
  const qi_operator *op = qi_operators_next(ops, &at);
  assert_int_equal(op->effect, QUID_NEGATED);
  assert_int_equal(op->neg, QUID_ASSERTED);
  assert_int_equal(op->slot, QI_SLOT_TO_INF);
  assert_null(qi_operators_next(ops, &at));
  at = qi_operators_first(ops, QI_SLICE("plan"), 'v');
  op = qi_operators_next(ops, &at);
  assert_int_equal(op->neg, QUID_NEGATED);
  assert_int_equal(op->attribution, QI_ATTRIBUTION_SUBJ);
  at = qi_operators_first(ops, QI_SLICE("discuss"), 'v');
  assert_int_equal(qi_operators_next(ops, &at)->definite, QUID_ASSERTED);
  assert_int_equal(qi_operators_first(ops, QI_SLICE("plan"), 'n'), QI_MAP_NONE);
  /* Light verbs: a last preposition is where the noun stands, a particle is not. */
  at = qi_lights_first(ops, QI_SLICE("engage"));
  const qi_light *light = qi_lights_next(ops, &at);
  assert_string_equal(qi_slot_name(light->under), "in");
  assert_int_equal(light->words.n, 1);
  at = qi_lights_first(ops, QI_SLICE("carry"));
  light = qi_lights_next(ops, &at);
  assert_int_equal(light->under, QI_SLOT_OBJ);
  assert_int_equal(light->words.n, 2);
  at = qi_lights_first(ops, QI_SLICE("break"));
  assert_int_equal(qi_lights_next(ops, &at)->under, QI_SLOT_SUBJ);
  at = qi_lights_first(ops, QI_SLICE("come"));
  assert_true(qi_lights_next(ops, &at)->subject_recipient);
  qi_operators_free(ops);
}

static void refuses(const char *operators, const char *light, const char *file, size_t line, size_t column, const char *message) {
  qi_operators *ops = NULL;
  quid_error err = {0};
  assert_int_equal(parse(&ops, operators, light, &err), QUID_ERR_FORMAT);
  assert_null(ops);
  assert_string_equal(err.file, file);
  if (err.line != line || err.column != column || !strstr(err.message, message))
    fail_msg("%zu:%zu: %s; wanted %zu:%zu: %s", err.line, err.column, err.message, line, column, message);
}

static void refuses_mistakes(void **state) {
  (void)state;
  refuses("", LIGHT, "ops.tsv", 1, 1, "no header line");
  refuses("word\n", LIGHT, "ops.tsv", 1, 1, "unexpected header 'word'");
  refuses(HEAD "x\tv\tobj\tdone\t-\t\n", LIGHT, "ops.tsv", 2, 9, "unknown effect 'done'");
  refuses(HEAD "x\tw\tobj\tdenied\t-\t\n", LIGHT, "ops.tsv", 2, 3, "unknown part of speech 'w'");
  refuses(HEAD "x\tv\tobjj\tdenied\t-\t\n", LIGHT, "ops.tsv", 2, 5, "unknown slot 'objj'");
  refuses(HEAD "x\tv\tobj\tdenied\tme\t\n", LIGHT, "ops.tsv", 2, 16, "unknown attribution 'me'");
  refuses(HEAD "x\tv\tobj\tdenied\t-\tneg=sure;\n", LIGHT, "ops.tsv", 2, 18, "unknown effect 'sure'");
  refuses(HEAD "x\tv\tobj\n", LIGHT, "ops.tsv", 2, 8, "3 fields where 6 are needed");
  refuses(HEAD "x\tv\tobj\tdenied\t-\t\textra\n", LIGHT, "ops.tsv", 2, 19, "too many fields");
  refuses(HEAD, LIGHT "launch\tsoon\t\n", "light.tsv", 2, 8, "unknown effect 'soon'");
}

static void mends_lemmas(void **state) {
  (void)state;
  qi_know know = {0};
  quid_error err = {0};
  if (qi_know_load(&know, test_root("knowledge"), &err)) fail_msg("%s:%zu: %s", err.file, err.line, err.message);
  const qi_forms *f = know.forms;
  assert_slice(qi_forms_lemma(f, QI_SLICE("bought"), QI_SLICE("bougin"), 'v', false), "buy");
  assert_slice(qi_forms_lemma(f, QI_SLICE("violated"), QI_SLICE("violat"), 'v', false), "violate");
  assert_slice(qi_forms_lemma(f, QI_SLICE("shelling"), QI_SLICE("shell"), 'v', false), "shell");
  assert_slice(qi_forms_lemma(f, QI_SLICE("supplied"), QI_SLICE("suppli"), 'v', false), "supply");
  assert_slice(qi_forms_lemma(f, QI_SLICE("Attacks"), QI_SLICE("attack"), 'n', false), "attack");
  assert_slice(qi_forms_lemma(f, QI_SLICE("attack"), QI_SLICE("attac"), 'n', true), "attack");
  assert_null(qi_forms_lemma(f, QI_SLICE("flibbertigibbets"), QI_SLICE("x"), 'n', false).ptr);
  assert_null(qi_forms_lemma(f, QI_SLICE(""), QI_SLICE(""), 'v', false).ptr);
  qi_know_clear(&know);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_operators),
      cmocka_unit_test(refuses_mistakes),
      cmocka_unit_test(mends_lemmas),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
