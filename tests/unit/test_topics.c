/* The words of other worlds: what the file may hold, and what is found in a sentence. */
#include "unit/unit.h"

#include "know/topics.h"

#define HEAD "topic\tat\tweight\twords\n"

static qi_topics *topics_of(const char *rows) {
  qi_topics *t = NULL;
  quid_error err = {0};
  if (qi_topics_parse(&t, qi_slice_str(rows), "topics.tsv", &err)) fail_msg("%zu:%zu: %s", err.line, err.column, err.message);
  return t;
}

static int weight(const qi_topics *t, qi_topic topic, const char *text) {
  qi_topic_sum sum;
  qi_topics_sum(&sum, t, qi_slice_str(text));
  return sum.weight[topic];
}

static void finds_words(void **state) {
  (void)state;
  qi_topics *t = topics_of(HEAD "sport\ttext\t4\t<score> | quarter final | Celtics\nany\ttext\t-3\tpolice\n"
                                "history\ttext\t4\tin <oldyear> | <number> BC\nfiction\ttext\t5\tin the _ thriller\n");
  assert_int_equal(weight(t, QI_TOPIC_SPORT, "Spain won 2-1"), 4);
  assert_int_equal(weight(t, QI_TOPIC_SPORT, "Spain won 2\xE2\x80\x93""1."), 4);
  assert_int_equal(weight(t, QI_TOPIC_SPORT, "on 2021-12-01, between 1914-18 and 10-15%"), 0);
  assert_int_equal(weight(t, QI_TOPIC_SPORT, "the Quarter-Finals; a quarter, final"), 4); /* once, and not across a comma */
  assert_int_equal(weight(t, QI_TOPIC_SPORT, "the Celtics"), 4);
  assert_int_equal(weight(t, QI_TOPIC_SPORT, "the celtics"), 0);
  assert_int_equal(weight(t, QI_TOPIC_SPORT, "police at the quarter-final"), 1);
  assert_int_equal(weight(t, QI_TOPIC_HISTORY, "in 1683"), 4);
  assert_int_equal(weight(t, QI_TOPIC_HISTORY, "in 1995"), 0);
  assert_int_equal(weight(t, QI_TOPIC_HISTORY, "in 330 BC"), 8);
  assert_int_equal(weight(t, QI_TOPIC_FICTION, "In the Korean thriller, police come"), 5); /* `any` leaves fiction alone */
  assert_int_equal(weight(t, QI_TOPIC_SPORT, ""), 0);
  qi_topics_free(t);
}

static void weighs_deeds_and_actors(void **state) {
  (void)state;
  qi_topics *t = topics_of(HEAD "sport\tdeed\t2\tbeat | ASSAULT\nany\tdeed\t-8\tarrest\nsport\tactor\t-5\tREB\n");
  assert_int_equal(qi_topics_deed(t, QI_TOPIC_SPORT, QI_SLICE("beat")), 2);
  assert_int_equal(qi_topics_deed(t, QI_TOPIC_SPORT, QI_SLICE("arrest")), -8);
  assert_int_equal(qi_topics_deed(t, QI_TOPIC_SPORT, QI_SLICE("boycott")), QI_TOPIC_NO_WEIGHT);
  assert_int_equal(qi_topics_deed(t, QI_TOPIC_BUSINESS, QI_SLICE("beat")), QI_TOPIC_NO_WEIGHT);
  assert_int_equal(qi_topics_actor(t, QI_TOPIC_SPORT, QI_SLICE("REB")), -5);
  qi_topics_free(t);
}

static void refuses(const char *rows, size_t line, size_t column, const char *message) {
  qi_topics *t = NULL;
  quid_error err = {0};
  assert_int_equal(qi_topics_parse(&t, qi_slice_str(rows), "topics.tsv", &err), QUID_ERR_FORMAT);
  assert_null(t);
  if (err.line != line || err.column != column || !strstr(err.message, message))
    fail_msg("%zu:%zu: %s; wanted %zu:%zu: %s", err.line, err.column, err.message, line, column, message);
}

static void refuses_mistakes(void **state) {
  (void)state;
  refuses("topic\tat\twords\n", 1, 1, "");
  refuses(HEAD "sports\ttext\t4\tgoal\n", 2, 1, "unknown topic 'sports'");
  refuses(HEAD "sport\twords\t4\tgoal\n", 2, 7, "neither 'text' nor 'deed' nor 'actor'");
  refuses(HEAD "sport\ttext\t40\tgoal\n", 2, 12, "no weight from -20 to 20");
  refuses(HEAD "sport\ttext\t4\tgoal | \n", 2, 14, "empty entry");
  refuses(HEAD "sport\ttext\t4\t_ goal\n", 2, 14, "must start with a word");
  refuses(HEAD "sport\ttext\t4\tsemi-final\n", 2, 14, "only letters, digits and blanks");
  refuses(HEAD "sport\ttext\t4\ta b c d e f g h i\n", 2, 14, "too many words");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(finds_words),
    cmocka_unit_test(weighs_deeds_and_actors),
    cmocka_unit_test(refuses_mistakes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
