/* Scores worked out by hand after the definitions of the CoNLL 2018 shared task. */
#include "unit/unit.h"

#include "base/file.h"
#include "parse/conllu.h"
#include "parse/eval.h"

static qi_arena arena;
static quid_error err;

static int start(void **state) {
  (void)state;
  qi_arena_init(&arena, 0);
  memset(&err, 0, sizeof err);
  return 0;
}

static int stop(void **state) {
  (void)state;
  qi_arena_clear(&arena);
  return 0;
}

static qi_parsed read_trees(const char *data) {
  qi_conllu in;
  qi_parsed doc;
  qi_conllu_open(&in, qi_slice_str(data), "x", true);
  if (qi_conllu_next(&doc, &in, &arena, &err)) fail_msg("%zu: %s", err.line, err.message);
  qi_conllu_close(&in);
  return doc;
}

static qi_eval compare(const char *gold, const char *system) {
  qi_eval eval = {0};
  qi_parsed g = read_trees(gold), s = read_trees(system);
  if (qi_eval_add(&eval, &g, &s, &err)) fail_msg("%s", err.message);
  return eval;
}

static void assert_count(const qi_eval *e, qi_metric m, uint64_t gold, uint64_t system, uint64_t correct) {
  const qi_count *c = &e->of[m];
  if (c->n_gold != gold || c->n_system != system || c->n_correct != correct)
    fail_msg("%s: %d gold, %d system, %d correct", qi_metric_name(m), (int)c->n_gold, (int)c->n_system,
             (int)c->n_correct);
}

#define ROW(id, form, upos, head, rel) id "\t" form "\t" form "\t" upos "\t_\t_\t" head "\t" rel "\t_\t_\n"
#define TIGHT(id, form, upos, head, rel) id "\t" form "\t" form "\t" upos "\t_\t_\t" head "\t" rel "\t_\tSpaceAfter=No\n"
#define RANGE(id, form) id "\t" form "\t_\t_\t_\t_\t_\t_\t_\t_\n"

static const char gold_simple[] = ROW("1", "She", "PRON", "2", "nsubj") ROW("2", "saw", "VERB", "0", "root")
    ROW("3", "him", "PRON", "2", "obj") ROW("4", "today", "NOUN", "2", "obl:unmarked") ROW("5", ".", "PUNCT", "2", "punct");

static void all_right(void **state) {
  (void)state;
  qi_eval e = compare(gold_simple, gold_simple);
  for (int m = 0; m < QI_METRIC_ENTITIES; m++)
    if (qi_eval_f1(&e, (qi_metric)m) < 99.999) fail_msg("%s", qi_metric_name((qi_metric)m));
  assert_count(&e, QI_METRIC_WORDS, 5, 5, 5);
  assert_count(&e, QI_METRIC_SENTENCES, 1, 1, 1);
  assert_count(&e, QI_METRIC_CLAS, 4, 4, 4);
  assert_count(&e, QI_METRIC_ENTITIES, 0, 0, 0);
}

/* One tag, one head, one label; a subtype makes no difference. */
static void some_wrong(void **state) {
  (void)state;
  qi_eval e = compare(gold_simple, ROW("1", "She", "PROPN", "2", "nsubj") ROW("2", "saw", "VERB", "0", "root")
    ROW("3", "him", "PRON", "2", "iobj") ROW("4", "today", "NOUN", "3", "obl") ROW("5", ".", "PUNCT", "2", "punct"));
  assert_count(&e, QI_METRIC_UPOS, 5, 5, 4);
  assert_count(&e, QI_METRIC_UAS, 5, 5, 4);
  assert_count(&e, QI_METRIC_LAS, 5, 5, 3);
  assert_count(&e, QI_METRIC_CLAS, 4, 4, 2);
}

/* Two sentences instead of one, and a token cut in two: heads count only where they are aligned. */
static void other_segmentation(void **state) {
  (void)state;
  qi_eval e = compare(gold_simple, ROW("1", "She", "PRON", "2", "nsubj") ROW("2", "saw", "VERB", "0", "root") "\n"
    ROW("1", "him", "PRON", "0", "root") TIGHT("2", "to", "NOUN", "1", "obl") ROW("3", "day", "NOUN", "1", "obl")
    ROW("4", ".", "PUNCT", "1", "punct"));
  assert_count(&e, QI_METRIC_TOKENS, 5, 6, 4);
  assert_count(&e, QI_METRIC_SENTENCES, 1, 2, 0);
  assert_count(&e, QI_METRIC_WORDS, 5, 6, 4);
  assert_count(&e, QI_METRIC_LAS, 5, 6, 2);
}

/* Tokens of several words: equal words are aligned within the stretch, whoever made it. */
static void multiword_tokens(void **state) {
  (void)state;
  static const char gold[] = RANGE("1-2", "don't") ROW("1", "do", "AUX", "3", "aux") ROW("2", "n't", "PART", "3", "advmod")
      ROW("3", "go", "VERB", "0", "root");
  static const char whole[] = ROW("1", "don't", "AUX", "2", "aux") ROW("2", "go", "VERB", "0", "root");
  static const char other[] = RANGE("1-2", "don't") ROW("1", "don", "AUX", "3", "aux") ROW("2", "'t", "PART", "3", "advmod")
      ROW("3", "go", "VERB", "0", "root");
  static const char cut[] = TIGHT("1", "do", "AUX", "3", "aux") ROW("2", "n't", "PART", "3", "advmod") ROW("3", "go", "VERB", "0", "root");
  qi_eval e = compare(gold, gold);
  assert_count(&e, QI_METRIC_TOKENS, 2, 2, 2);
  assert_count(&e, QI_METRIC_WORDS, 3, 3, 3);
  e = compare(gold, whole);
  assert_count(&e, QI_METRIC_TOKENS, 2, 2, 2);
  assert_count(&e, QI_METRIC_WORDS, 3, 2, 1);
  e = compare(whole, gold);
  assert_count(&e, QI_METRIC_WORDS, 2, 3, 1);
  e = compare(gold, other);
  assert_count(&e, QI_METRIC_TOKENS, 2, 2, 2);
  assert_count(&e, QI_METRIC_WORDS, 3, 3, 1);
  e = compare(gold, cut); /* the same words from other tokens */
  assert_count(&e, QI_METRIC_TOKENS, 2, 3, 1);
  assert_count(&e, QI_METRIC_WORDS, 3, 3, 3);
  assert_count(&e, QI_METRIC_LAS, 3, 3, 3);
}

static void features_and_lemmas(void **state) {
  (void)state;
#define FULL(lemma, feats) "1\tGo\t" lemma "\tVERB\tVB\t" feats "\t0\troot\t_\t_\n"
  qi_eval e = compare(FULL("go", "Mood=Imp|Typo=Yes"), FULL("Go", "Mood=Imp"));
  assert_count(&e, QI_METRIC_UFEATS, 1, 1, 1); /* Typo is no universal feature */
  assert_count(&e, QI_METRIC_LEMMAS, 1, 1, 0);
  e = compare(FULL("_", "Mood=Imp"), FULL("go", "Mood=Imp|Person=2"));
  assert_count(&e, QI_METRIC_UFEATS, 1, 1, 0);
  assert_count(&e, QI_METRIC_LEMMAS, 1, 1, 1); /* gold says nothing */
}

static void entities(void **state) {
  (void)state;
#define NAME(id, form, head, ner) id "\t" form "\t_\tX\t_\t_\t" head "\tdep\t_\t" ner "\n"
  qi_eval e = compare(
      NAME("1", "Kim", "0", "NER=B-PER") NAME("2", "Jong", "1", "NER=I-PER") NAME("3", "met", "1", "_")
      NAME("4", "Putin", "1", "NER=B-PER") NAME("5", "Lavrov", "1", "NER=B-PER") NAME("6", "UN", "1", "NER=B-OTH"),
      NAME("1", "Kim", "0", "NER=B-PER") NAME("2", "Jong", "1", "NER=I-PER") NAME("3", "met", "1", "NER=B-LOC")
      NAME("4", "Putin", "1", "NER=B-PER") NAME("5", "Lavrov", "1", "NER=I-PER") NAME("6", "UN", "1", "NER=B-ORG"));
  assert_count(&e, QI_METRIC_ENTITIES, 3, 4, 1);
}

static void other_text(void **state) {
  (void)state;
  qi_eval e = {0};
  qi_parsed a = read_trees(ROW("1", "He", "X", "0", "root")), b = read_trees(ROW("1", "Hé", "X", "0", "root"));
  assert_int_equal(qi_eval_add(&e, &a, &b, &err), QUID_ERR_ARGUMENT);
  assert_string_equal(err.message, "the texts differ at 'e' and 'é'");
  assert_int_equal(e.n_documents, 0);
}

/* A treebank against itself is right throughout. */
static void treebank(void **state) {
  (void)state;
  TEST_NEED_DATA(path, "treebank/gum/gum-open-dev.conllu");
  qi_builder data;
  qi_conllu in;
  qi_parsed doc;
  qi_eval e = {0};
  qi_builder_init(&data, 0);
  assert_int_equal(qi_file_read(&data, path, 0, &err), QUID_OK);
  qi_conllu_open(&in, qi_builder_view(&data), path, true);
  while (qi_conllu_next(&doc, &in, &arena, &err) == QUID_OK && doc.n_sentences)
    assert_int_equal(qi_eval_add(&e, &doc, &doc, &err), QUID_OK);
  assert_int_equal(err.code, QUID_OK);
  assert_count(&e, QI_METRIC_SENTENCES, 693, 693, 693);
  for (int m = 0; m < QI_METRIC_ENTITIES; m++)
    assert_int_equal(e.of[m].n_correct, e.of[m].n_gold);
  qi_conllu_close(&in);
  qi_builder_clear(&data);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(all_right, start, stop),
      cmocka_unit_test_setup_teardown(some_wrong, start, stop),
      cmocka_unit_test_setup_teardown(other_segmentation, start, stop),
      cmocka_unit_test_setup_teardown(multiword_tokens, start, stop),
      cmocka_unit_test_setup_teardown(features_and_lemmas, start, stop),
      cmocka_unit_test_setup_teardown(entities, start, stop),
      cmocka_unit_test_setup_teardown(other_text, start, stop),
      cmocka_unit_test_setup_teardown(treebank, start, stop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
