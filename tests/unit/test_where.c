/* Where a deed took place, on trees; tests/golden/places.tsv has many more, through the parser. */
#include "unit/tree_fixture.h"

#include <math.h>

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

static const quid_event *place(const char *text, const char *word, const char *name, const char *country) {
  code_trees(&t, text);
  const quid_event *e = event_at(&t, word);
  if (!e) fail_msg("no event at '%s' in %s", word, text);
  if (strcmp(e->place.name, name) != 0 || strcmp(e->place.country, country) != 0)
    fail_msg("'%s' %s, not '%s' %s, in %s", e->place.name, e->place.country, name, country, text);
  return e;
}

static bool is_near(const quid_event *e, double la, double lo) {
  return e->place.located && fabs(e->place.latitude - la) < 0.6 && fabs(e->place.longitude - lo) < 0.6;
}

#define SHELLED "Russia/PROPN/NNP/2/nsubj shelled:shell/VERB/VBD/0/root "

static void on_the_deed(void **state) {
  (void)state;
  const quid_event *e = place(SHELLED "troops:troop/NOUN/NNS/2/obj in/ADP/IN/5/case Bakhmut/PROPN/NNP/2/obl", "shelled", "Bakhmut", "UKR");
  assert_true(is_near(e, 48.6, 38));
  assert_string_equal(e->place.admin1, "Donetsk");
  assert_true(e->place.geonames != 0);
  e = place(SHELLED "Kharkiv/PROPN/NNP/2/obj", "shelled", "Kharkiv", "UKR");
  assert_true(is_near(e, 50, 36.2));
  place(SHELLED "troops:troop/NOUN/NNS/2/obj in/ADP/IN/7/case the/DET/DT/7/det Kursk/PROPN/NNP/7/compound region/NOUN/NN/2/obl", "shelled", "Kursk region", "RUS");
}

/* "in a park in Kharkiv", "30 km north of Kharkiv" */
static void in_phrases(void **state) {
  (void)state;
  place(SHELLED "troops:troop/NOUN/NNS/2/obj in/ADP/IN/6/case a/DET/DT/6/det park/NOUN/NN/2/obl in/ADP/IN/8/case Kharkiv/PROPN/NNP/6/nmod", "shelled",
        "Kharkiv", "UKR");
  const quid_event *e = place(SHELLED "troops:troop/NOUN/NNS/2/obj in/ADP/IN/6/case northern/ADJ/JJ/6/amod Syria/PROPN/NNP/2/obl", "shelled", "northern Syria", "SYR");
  assert_true(e->place.latitude > 35.5);
  e = place(SHELLED "troops:troop/NOUN/NNS/2/obj 100/NUM/CD/5/nummod km/NOUN/NN/2/obl north/ADV/RB/5/advmod of/ADP/IN/8/case Kharkiv/PROPN/NNP/6/obl",
            "shelled", "Kharkiv", "UKR");
  assert_true(e->place.latitude > 50.7);
}

static void by_context(void **state) {
  (void)state;
  place("Lebanese/ADJ/JJ/2/amod troops:troop/NOUN/NNS/3/nsubj attacked:attack/VERB/VBD/0/root gunmen:gunman/NOUN/NNS/3/obj in/ADP/IN/6/case Tripoli/PROPN/NNP/3/obl",
        "attacked", "Tripoli", "LBN");
  place("Rebels:rebel/NOUN/NNS/2/nsubj attacked:attack/VERB/VBD/0/root troops:troop/NOUN/NNS/2/obj in/ADP/IN/5/case Tripoli/PROPN/NNP/2/obl", "attacked", "Tripoli", "LBY");
  place("Rebels:rebel/NOUN/NNS/2/nsubj attacked:attack/VERB/VBD/0/root troops:troop/NOUN/NNS/2/obj in/ADP/IN/5/case Tripoli/PROPN/NNP/2/obl ,/PUNCT/,/7/punct "
        "Lebanon/PROPN/NNP/5/appos", "attacked", "Tripoli", "LBN");
}

/* Nobody's home, no dateline, no topic of a deed that is only said. */
static void nowhere(void **state) {
  (void)state;
  place("Russia/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root rebels:rebel/NOUN/NNS/2/obj", "attacked", "", "");
  place("Russia/PROPN/NNP/2/nsubj condemned:condemn/VERB/VBD/0/root the/DET/DT/4/det attack/NOUN/NN/2/obj in/ADP/IN/6/case Kharkiv/PROPN/NNP/4/nmod", "condemned",
        "", "");
}

static void unknown(void **state) {
  (void)state;
  const quid_event *e = place(SHELLED "troops:troop/NOUN/NNS/2/obj", "shelled", "", "");
  assert_false(e->place.located);
  assert_int_equal(e->place.geonames, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(on_the_deed), cmocka_unit_test(in_phrases), cmocka_unit_test(by_context),
                                     cmocka_unit_test(nowhere), cmocka_unit_test(unknown)};
  return cmocka_run_group_tests(tests, setup, teardown);
}
