/* Which date is whose, on trees, and how long deeds last; tests/golden/event_dates.tsv and periods.tsv have many more, through
 * the parser. All texts are of 2023-06-01, a Thursday. */
#include "unit/tree_fixture.h"

static trees t;

static int setup(void **state) {
  (void)state;
  trees_init(&t);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  trees_clear(&t);
  return 0;
}

/* "FROM..TO source" of the event at that word. */
static void dated(const char *text, const char *word, const char *wanted) {
  char got[64];
  if (text) code_trees(&t, text);
  const quid_event *e = event_at(&t, word);
  if (!e) fail_msg("no event at '%s' in %s", word, text ? text : "the same");
  snprintf(got, sizeof got, "%s..%s %s", e->date.from, e->date.to, e->date.source);
  if (strcmp(got, wanted) != 0) fail_msg("'%s' is %s, not %s, in %s", word, got, wanted, text ? text : "the same");
}

static void tenses(void **state) {
  (void)state;
  dated("Russia/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Ukraine/PROPN/NNP/2/obj", "attacked", "2023-06-01..2023-06-01 dateline");
  dated("Russia/PROPN/NNP/3/nsubj has:have/AUX/VBZ/3/aux attacked:attack/VERB/VBN/0/root Ukraine/PROPN/NNP/3/obj", "attacked", "..2023-06-01 tense");
  dated("Russia/PROPN/NNP/3/nsubj will/AUX/MD/3/aux attack/VERB/VB/0/root Ukraine/PROPN/NNP/3/obj", "attack", "2023-06-01.. tense");
  dated("Russia/PROPN/NNP/3/nsubj could/AUX/MD/3/aux attack/VERB/VB/0/root Ukraine/PROPN/NNP/3/obj", "attack", ".. ");
}

static void clauses(void **state) {
  (void)state;
  /* A date at the head holds for the second verb, one behind it for the first where that has none. */
  dated("On/ADP/IN/2/case Monday/PROPN/NNP/4/obl Russia/PROPN/NNP/4/nsubj attacked:attack/VERB/VBD/0/root Ukraine/PROPN/NNP/4/obj and/CCONJ/CC/7/cc "
        "bombed:bomb/VERB/VBD/4/conj Moldova/PROPN/NNP/7/obj",
        "attacked", "2023-05-29..2023-05-29 expression");
  dated(NULL, "bombed", "2023-05-29..2023-05-29 expression");
  dated("Russia/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Ukraine/PROPN/NNP/2/obj and/CCONJ/CC/5/cc bombed:bomb/VERB/VBD/2/conj "
        "Moldova/PROPN/NNP/5/obj on/ADP/IN/8/case Monday/PROPN/NNP/5/obl",
        "attacked", "2023-05-29..2023-05-29 expression");
  /* What goes on at the same time. */
  dated("Russia/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Ukraine/PROPN/NNP/2/obj on/ADP/IN/5/case Monday/PROPN/NNP/2/obl ,/PUNCT/,/7/punct "
        "bombing:bomb/VERB/VBG/2/advcl Kharkiv/PROPN/NNP/7/obj",
        "bombing", "2023-05-29..2023-05-29 expression");
}

static void sayings(void **state) {
  (void)state;
  dated("Ukraine/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root on/ADP/IN/4/case Monday/PROPN/NNP/2/obl that/SCONJ/IN/7/mark Russia/PROPN/NNP/7/nsubj "
        "attacked:attack/VERB/VBD/2/ccomp Moldova/PROPN/NNP/7/obj",
        "attacked", "2023-05-29..2023-05-29 expression");
  dated("Ukraine/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root on/ADP/IN/4/case Monday/PROPN/NNP/2/obl that/SCONJ/IN/8/mark Russia/PROPN/NNP/8/nsubj "
        "had:have/AUX/VBD/8/aux attacked:attack/VERB/VBN/2/ccomp Moldova/PROPN/NNP/8/obj",
        "attacked", "..2023-05-29 tense");
}

static void names_of_things(void **state) {
  (void)state;
  /* "the 2015 agreement", "the treaty of 1987" are no dates of the deed. */
  dated("Iran/PROPN/NNP/2/nsubj rejected:reject/VERB/VBD/0/root the/DET/DT/5/det 2015/NUM/CD/5/compound proposal/NOUN/NN/2/obj", "rejected",
        "2023-06-01..2023-06-01 dateline");
  dated("Iran/PROPN/NNP/2/nsubj rejected:reject/VERB/VBD/0/root the/DET/DT/4/det proposal/NOUN/NN/2/obj of/ADP/IN/6/case 1987/NUM/CD/4/nmod", "rejected",
        "2023-06-01..2023-06-01 dateline");
}

static void periods(void **state) {
  (void)state;
  code_trees(&t, "Russia/PROPN/NNP/2/nsubj bombed:bomb/VERB/VBD/0/root Ukraine/PROPN/NNP/2/obj for/ADP/IN/7/case nearly/ADV/RB/6/advmod three/NUM/CD/7/nummod "
                 "days:day/NOUN/NNS/2/obl");
  const quid_event *e = event_at(&t, "bombed");
  assert_non_null(e);
  assert_string_equal(e->duration.value, "P3D");
  qi_slice words = qi_slice_sub(t.doc.text, e->duration.span.start, e->duration.span.end);
  if (!qi_slice_eq_str(words, "for nearly three days")) fail_msg("'%.*s'", QI_SLICE_ARG(words));
  assert_string_equal(e->deadline.to, "");
  code_trees(&t, "Ukraine/PROPN/NNP/2/nsubj asked:ask/VERB/VBD/0/root Russia/PROPN/NNP/2/obj to/PART/TO/5/mark withdraw/VERB/VB/2/xcomp its/PRON/PRP$/7/nmod:poss "
                 "troops:troop/NOUN/NNS/5/obj by/ADP/IN/9/case Monday/PROPN/NNP/5/obl");
  static const char *const BOTH[] = {"asked", "withdraw"};
  for (int i = 0; i < 2; i++) {
    e = event_at(&t, BOTH[i]);
    assert_non_null(e);
    assert_string_equal(e->deadline.to, "2023-06-05");
    assert_string_equal(e->deadline.from, "2023-06-01");
  }
  dated(NULL, "asked", "2023-06-01..2023-06-01 dateline");
  dated(NULL, "withdraw", "2023-06-01..2023-06-05 expression");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tenses),          cmocka_unit_test(clauses), cmocka_unit_test(sayings),
      cmocka_unit_test(names_of_things), cmocka_unit_test(periods),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
