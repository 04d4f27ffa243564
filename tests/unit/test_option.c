/* Words of urging, and the options that the coder reads with them. */
#include "unit/tree_fixture.h"

#include "know/urging.h"

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

#define HEADER "word\tpos\tslot\tsays\tnegated\tstrength\tnote\n"

static void reads_words(void **state) {
  (void)state;
  quid_error err = {0};
  qi_urging *u = NULL;
  qi_slice data = QI_SLICE(HEADER "do_well\tv\tto-inf\tfor\tagainst\tmust\tx\nwarn\tv\tagainst\tagainst\t-\tshould\t\n");
  assert_int_equal(qi_urging_parse(&u, data, "u.tsv", &err), QUID_OK);
  uint32_t at = qi_urging_first(u, QI_SLICE("DO"));
  const qi_urge_word *w = qi_urging_next(u, &at);
  assert_non_null(w);
  assert_int_equal(w->words.n, 2);
  assert_int_equal(w->slot, QI_URGE_TO_INF);
  assert_int_equal(w->says, QI_URGE_FOR);
  assert_int_equal(w->negated, QI_URGE_AGAINST);
  assert_int_equal(w->strength, QUID_MUST);
  assert_null(qi_urging_next(u, &at));
  at = qi_urging_first(u, QI_SLICE("warn"));
  w = qi_urging_next(u, &at);
  assert_int_equal(w->slot, QI_URGE_UNDER);
  assert_int_equal(w->under, qi_slot_of(QI_SLICE("against")));
  assert_int_equal(qi_urging_first(u, QI_SLICE("well")), QI_MAP_NONE);
  qi_urging_free(u);
}

static void refuses(const char *row, size_t column, const char *message) {
  char data[256];
  quid_error err = {0};
  qi_urging *u = NULL;
  snprintf(data, sizeof data, HEADER "%s\n", row);
  assert_int_equal(qi_urging_parse(&u, qi_slice_str(data), "u.tsv", &err), QUID_ERR_FORMAT);
  assert_null(u);
  assert_int_equal(err.line, 2);
  assert_int_equal(err.column, column);
  assert_non_null(strstr(err.message, message));
}

static void refuses_mistakes(void **state) {
  (void)state;
  refuses("a__b\tv\tself\tfor\t-\tmust\t", 1, "not a word");
  refuses("a\tq\tself\tfor\t-\tmust\t", 3, "unknown part of speech 'q'");
  refuses("a\tv\tselve\tfor\t-\tmust\t", 5, "unknown slot 'selve'");
  refuses("a\tv\tself\tmaybe\t-\tmust\t", 10, "'maybe'");
  refuses("a\tv\tself\tfor\tnever\tmust\t", 14, "'never'");
  refuses("a\tv\tself\tfor\t-\tshall\t", 16, "unknown strength 'shall'");
}

/* The option at that verb must be "BY: ON > TOWARD", with "not " before it where it is urged not to do it. */
static const quid_option *wants(const char *verb, const char *wanted) {
  for (uint32_t i = 0; i < t.events.n_options; i++) {
    const quid_option *o = &t.events.options[i];
    char got[256];
    if (!qi_slice_eq_str(qi_slice_sub(t.doc.text, o->verb.start, o->verb.end), verb)) continue;
    snprintf(got, sizeof got, "%s%s: %s > %s", o->negated ? "not " : "", !o->n_by ? "writer" : o->by[0].entity ? o->by[0].entity->id : "?",
             o->n_on ? o->on[0].id : "-", o->n_toward ? o->toward[0].id : "-");
    assert_string_equal(got, wanted);
    return o;
  }
  fail_msg("no option at '%s'", verb);
  return NULL;
}

static bool says(quid_span span, const char *words) { return qi_slice_eq_str(qi_slice_sub(t.doc.text, span.start, span.end), words); }

static void auxiliaries(void **state) {
  (void)state;
  code_trees(&t, "Germany/PROPN/NNP/3/nsubj should/AUX/MD/3/aux send/VERB/VB/0/root tanks:tank/NOUN/NNS/3/obj to/ADP/IN/6/case Ukraine/PROPN/NNP/3/obl "
                 "and/CCONJ/CC/9/cc not/PART/RB/9/advmod wait/VERB/VB/3/conj ,/PUNCT/,/13/punct because/SCONJ/IN/13/mark winter/NOUN/NN/13/nsubj "
                 "comes:come/VERB/VBZ/3/advcl ./PUNCT/./3/punct\n");
  const quid_option *o = wants("send", "writer: DEU > UKR");
  assert_true(says(o->deed, "send tanks to Ukraine"));
  assert_true(says(o->words, "should"));
  assert_true(says(o->on_words, "Germany"));
  assert_true(says(o->reason, "because winter comes"));
  assert_int_equal(o->strength, QUID_SHOULD);
  assert_int_equal(strlen(o->id), 16);
  assert_int_equal(o->event, 0);
  wants("wait", "not writer: DEU > -");
  assert_int_equal(t.events.n_options, 2);
}

static void governing(void **state) {
  (void)state;
  code_trees(&t, "NATO/PROPN/NNP/2/nsubj urged:urge/VERB/VBD/0/root Poland/PROPN/NNP/2/obj to/PART/TO/5/mark tell/VERB/VB/2/xcomp Belarus/PROPN/NNP/5/obj "
                 "to/PART/TO/8/mark leave/VERB/VB/5/xcomp ./PUNCT/./2/punct\n");
  const quid_option *o = wants("tell", "IGO.NATO: POL > BLR");
  assert_true(says(o->words, "urged"));
  assert_int_equal(t.events.n_options, 1);
  code_trees(&t, "Poland/PROPN/NNP/4/nsubj can/AUX/MD/4/aux not/PART/RB/4/advmod afford/VERB/VB/0/root to/PART/TO/6/mark wait/VERB/VB/4/xcomp ./PUNCT/./4/punct\n");
  wants("wait", "not writer: POL > -");
}

static void by_order(void **state) {
  (void)state;
  code_trees(&t, "Calls:call/NOUN/NNS/0/root upon/ADP/IN/3/case Poland/PROPN/NNP/1/nmod to/PART/TO/5/mark leave/VERB/VB/1/acl ./PUNCT/./1/punct\n");
  wants("leave", "writer: POL > -");
  code_trees(&t, "The/DET/DT/2/det answer/NOUN/NN/5/nsubj is:be/AUX/VBZ/5/cop for/ADP/IN/5/case Poland/PROPN/NNP/0/root to/PART/TO/7/mark leave/VERB/VB/5/acl "
                 "./PUNCT/./5/punct\n");
  wants("leave", "writer: POL > -");
  code_trees(&t, "Wake:wake/VERB/VB/0/root up/ADP/RP/1/compound:prt ,/PUNCT/,/4/punct Poland/PROPN/NNP/1/vocative !/PUNCT/./1/punct\n");
  wants("Wake", "writer: POL > -");
}

static void points(void **state) {
  (void)state;
  code_trees(&t, "NATO/PROPN/NNP/2/nsubj calls:call/VERB/VBZ/0/root on/ADP/IN/4/case Poland/PROPN/NNP/2/obl to/PART/TO/2/obl :/PUNCT/:/2/punct\n"
                 "-/PUNCT/NFP/2/punct leave/VERB/VB/0/root Belarus/PROPN/NNP/2/obj ;/PUNCT/:/2/punct\n"
                 "2/NUM/LS/3/dep Train:train/NOUN/NN/3/compound judges:judge/NOUN/NNS/0/root ./PUNCT/./3/punct\n"
                 "\nHungary/PROPN/NNP/2/nsubj left:leave/VERB/VBD/0/root ./PUNCT/./2/punct\n"
                 "-/PUNCT/NFP/2/punct wait/VERB/VB/0/root ./PUNCT/./2/punct\n");
  const quid_option *o = wants("leave", "IGO.NATO: POL > BLR");
  assert_int_equal(o->number, 1);
  assert_true(says(o->head, "NATO calls on Poland to"));
  o = wants("Train", "IGO.NATO: POL > -");
  assert_int_equal(o->number, 2);
  assert_int_equal(o->sentence, 2);
  assert_true(says(o->deed, "Train judges"));
  o = wants("wait", "writer: - > -"); /* the list is over */
  assert_int_equal(o->number, 0);
  assert_int_equal(t.events.n_options, 3);
}

/* Questions, conditions, guesses, the past, and what is only described. */
static void nothing(void **state) {
  (void)state;
  static const char *const texts[] = {
      "Should:should/AUX/MD/3/aux Poland/PROPN/NNP/3/nsubj leave/VERB/VB/0/root ?/PUNCT/./3/punct\n",
      "Poland/PROPN/NNP/4/nsubj must/AUX/MD/4/aux be/AUX/VB/4/aux watching:watch/VERB/VBG/0/root ./PUNCT/./4/punct\n",
      "Poland/PROPN/NNP/4/nsubj should/AUX/MD/4/aux have/AUX/VB/4/aux left:leave/VERB/VBN/0/root ./PUNCT/./4/punct\n",
      "Poland/PROPN/NNP/2/nsubj had:have/VERB/VBD/0/root to/PART/TO/4/mark leave/VERB/VB/2/xcomp ./PUNCT/./2/punct\n",
      "Voters:voter/NOUN/NNS/2/nsubj debate:debate/VERB/VBP/0/root whether/SCONJ/IN/6/mark Poland/PROPN/NNP/6/nsubj should/AUX/MD/6/aux leave/VERB/VB/2/ccomp "
      "./PUNCT/./2/punct\n",
      "Turnout:turnout/NOUN/NN/3/nsubj should/AUX/MD/3/aux rise/VERB/VB/0/root ./PUNCT/./3/punct\n",
      "Poland/PROPN/NNP/2/nsubj has:have/VERB/VBZ/0/root means/NOUN/NNS/2/obj to/PART/TO/5/mark leave/VERB/VB/3/acl ./PUNCT/./2/punct\n",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    code_trees(&t, texts[i]);
    if (t.events.n_options) fail_msg("an option in text %zu", i);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_words), cmocka_unit_test(refuses_mistakes), cmocka_unit_test(auxiliaries),
      cmocka_unit_test(governing),   cmocka_unit_test(by_order),         cmocka_unit_test(nothing),
      cmocka_unit_test(points),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
