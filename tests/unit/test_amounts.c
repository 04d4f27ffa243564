/* Amounts, goods, victims, crowds, aims: what the words of a sentence say in numbers. */
#include "unit/tree_fixture.h"

#include "code/aim.h"
#include "code/amount.h"
#include "code/calendar.h"
#include "know/amounts.h"
#include "know/items.h"
#include "know/victims.h"

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

/* A sentence of bare words, tagged by what they look like. A word that touches the one before is written "~word". */
static const qi_amount *scan(const char *words, uint32_t *n) {
  static qi_token tokens[40];
  static qi_amount_list list;
  qi_sentence s = {.tokens = tokens};
  qi_slice rest = qi_slice_str(words), word;
  uint32_t at = 0;
  while (qi_slice_word(&rest, &word)) {
    bool touches = word.len > 1 && word.ptr[0] == '~';
    if (touches) word = qi_slice_sub(word, 1, word.len);
    at += !touches;
    char c = word.ptr[0];
    qi_token *token = &tokens[s.n_tokens++];
    *token = (qi_token){.form = word, .lemma = word, .xpos = QI_SLICE("NNS"), .start = at, .end = at + (uint32_t)word.len, .head = -1};
    token->upos = qi_slice_eq_str(word, "of") ? QI_ADP : c == '-' ? QI_PUNCT : c == '$' ? QI_SYM : qi_number(token) >= 0 ? QI_NUM : QI_NOUN;
    at += (uint32_t)word.len;
  }
  assert_true(qi_amount_scan(&list, t.know.amounts, &s, &t.arena));
  *n = list.len;
  return list.items;
}

static void amount(const char *words, double from, double to, const char *bound, const char *unit) {
  uint32_t n;
  const qi_amount *a = scan(words, &n);
  if (n != 1) fail_msg("%s: %u amounts", words, n);
  if (a->value.from < from * 0.999 || a->value.from > from * 1.001 || a->value.to < to * 0.999 || a->value.to > to * 1.001)
    fail_msg("%s: %g to %g", words, a->value.from, a->value.to);
  assert_string_equal(a->value.bound, bound);
  assert_string_equal(a->unit, unit);
}

static void none(const char *words) {
  uint32_t n;
  scan(words, &n);
  if (n) fail_msg("%s: %u amounts", words, n);
}

static void reads_numbers(void **state) {
  (void)state;
  amount("18 howitzers", 18, 18, "", "");
  amount("10,000 troops", 10000, 10000, "", "");
  amount("twenty ~- ~five men", 25, 25, "", "");
  amount("three hundred and fifty thousand men", 350000, 350000, "", "");
  amount("two dozen tanks", 24, 24, "", "");
  amount("a dozen tanks", 12, 12, "", "");
  amount("half a million people", 5e5, 5e5, "", "");
  amount("one and a half million people", 1.5e6, 1.5e6, "", "");
  amount("dozens of men", 24, 24, "about", "");
  amount("several hundred men", 300, 300, "about", "");
  amount("hundreds of thousands of people", 200000, 200000, "about", "");
  amount("a couple of journalists", 2, 2, "about", "");
}

static void reads_bounds_and_ranges(void **state) {
  (void)state;
  amount("at least 30 men", 30, 30, "over", "");
  amount("up to 45 percent", 45, 45, "under", "percent");
  amount("nearly 300 men", 300, 300, "about", "");
  amount("30 or more men", 30, 30, "over", "");
  amount("between 3,000 and 5,000 men", 3000, 5000, "", "");
  amount("from 10,000 to 15,000 men", 10000, 15000, "", "");
  amount("10 to 15 men", 10, 15, "", "");
  amount("10 ~- ~15 men", 10, 15, "", "");
  amount("between $ ~1 and 2 million", 1e6, 2e6, "", "USD");
  amount("3 to 5 million euros", 3e6, 5e6, "", "EUR");
}

static void reads_units(void **state) {
  (void)state;
  amount("$ ~450 million", 4.5e8, 4.5e8, "", "USD");
  amount("1.2 ~bn euros", 1.2e9, 1.2e9, "", "EUR");
  amount("$ ~50 ~m", 5e7, 5e7, "", "USD");
  amount("500 ~- ~tonne shipment", 500, 500, "", "tonne");
  amount("60 tonnes of aid", 60, 60, "", "tonne");
  amount("a third of its aid", 0.333, 0.333, "", "share");
  amount("two thirds of them", 0.666, 0.666, "", "share");
}

static void leaves_other_numbers(void **state) {
  (void)state;
  uint32_t n;
  none("in 2015");
  none("S ~- ~400 batteries");
  none("the first tank");
  none("one of them");
  assert_int_equal(scan("15 ~- ~nation bloc", &n)->use, QI_AMOUNT_JOINED);
  assert_int_equal(scan("40 minute walk", &n)->use, QI_AMOUNT_OF_TIME);
  assert_int_equal(scan("27 times", &n)->use, QI_AMOUNT_OF_TIMES);
}

/* ---- the record ---- */

static const quid_event *code(const char *text) {
  code_trees(&t, text);
  assert_true(t.events.len >= 1);
  return &t.events.items[0];
}

static void counts_goods(void **state) {
  (void)state;
  const quid_event *e = code("France/PROPN/NNP/2/nsubj sent:send/VERB/VBD/0/root at/ADP/IN/4/case least/ADJ/JJS/5/advmod 18/NUM/CD/6/nummod "
                             "howitzers:howitzer/NOUN/NNS/2/obj and/CCONJ/CC/9/cc a/DET/DT/9/det battalion/NOUN/NN/6/conj to/ADP/IN/11/case Ukraine/PROPN/NNP/2/obl "
                             "././PUNCT/./2/punct");
  assert_int_equal(e->n_items, 2);
  assert_string_equal(e->items[0].item_class, "artillery");
  assert_true(e->items[0].count.from == 18);
  assert_string_equal(e->items[0].count.bound, "over");
  assert_string_equal(e->items[1].item_class, "troops");
  assert_true(e->items[1].count.from == 1);
}

static void counts_victims(void **state) {
  (void)state;
  const quid_event *e = code("Rebels:rebel/NOUN/NNS/2/nsubj attacked:attack/VERB/VBD/0/root a/DET/DT/5/det Kenyan/ADJ/JJ/5/amod convoy/NOUN/NN/2/obj ,/PUNCT/,/7/punct "
                             "killing:kill/VERB/VBG/2/advcl 12/NUM/CD/9/nummod soldiers:soldier/NOUN/NNS/7/obj and/CCONJ/CC/11/cc wounding:wound/VERB/VBG/7/conj "
                             "40/NUM/CD/11/obj ././PUNCT/./2/punct");
  assert_int_equal(e->n_victims, 2);
  assert_string_equal(e->victims[0].kind, "dead");
  assert_true(e->victims[0].count.from == 12);
  assert_string_equal(e->victims[1].kind, "wounded");
  assert_true(e->victims[1].count.from == 40);
}

/* "Rebels attacked a Kenyan convoy." and what comes behind it. */
static uint32_t victims_after(const char *next) {
  static char text[1024];
  snprintf(text, sizeof text, "Rebels:rebel/NOUN/NNS/2/nsubj attacked:attack/VERB/VBD/0/root a/DET/DT/5/det Kenyan/ADJ/JJ/5/amod convoy/NOUN/NN/2/obj ././PUNCT/./2/punct\n%s", next);
  return code(text)->n_victims;
}

static void looks_at_the_next_sentence(void **state) {
  (void)state;
  assert_int_equal(victims_after("12/NUM/CD/2/nummod people/NOUN/NNS/4/nsubj:pass were:be/AUX/VBD/4/aux:pass killed:kill/VERB/VBN/0/root ././PUNCT/./4/punct"), 1);
  assert_int_equal(victims_after("The/DET/DT/2/det blast/NOUN/NN/3/nsubj wounded:wound/VERB/VBD/0/root 12/NUM/CD/5/nummod men:man/NOUN/NNS/3/obj ././PUNCT/./3/punct"), 1);
  /* Somebody else did that, or it was elsewhere. */
  assert_int_equal(victims_after("12/NUM/CD/2/nummod people/NOUN/NNS/4/nsubj:pass were:be/AUX/VBD/4/aux:pass killed:kill/VERB/VBN/0/root by/ADP/IN/6/case bandits/NOUN/NNS/4/obl:agent"), 0);
  assert_int_equal(victims_after("12/NUM/CD/2/nummod people/NOUN/NNS/4/nsubj:pass were:be/AUX/VBD/4/aux:pass killed:kill/VERB/VBN/0/root in/ADP/IN/6/case Chad/PROPN/NNP/4/obl"), 0);
  /* A new paragraph begins something new. */
  assert_int_equal(victims_after("\n12/NUM/CD/2/nummod people/NOUN/NNS/4/nsubj:pass were:be/AUX/VBD/4/aux:pass killed:kill/VERB/VBN/0/root ././PUNCT/./4/punct"), 0);
}

static void counts_crowds_and_aims(void **state) {
  (void)state;
  const quid_event *e = code("Hundreds:hundred/NOUN/NNS/4/nsubj of/ADP/IN/3/case farmers:farmer/NOUN/NNS/1/nmod protested:protest/VERB/VBD/0/root twice/ADV/RB/4/advmod "
                             "in/ADP/IN/7/case Paris/PROPN/NNP/4/obl in/ADP/IN/11/mark order/NOUN/NN/8/fixed to/PART/TO/8/fixed stop/VERB/VB/4/advcl imports:import/NOUN/NNS/11/obj "
                             "././PUNCT/./4/punct");
  assert_true(e->crowd.count.from == 200);
  assert_int_equal(e->times, 2);
  assert_slice(qi_slice_sub(t.doc.text, e->purpose.start, e->purpose.end), "in order to stop imports");
}

/* ---- the files ---- */

static void refuses(const char *text, bool victims, size_t line, size_t column, const char *message) {
  qi_amounts *a = NULL;
  qi_victims *v = NULL;
  quid_error err = {0};
  quid_status status = victims ? qi_victims_parse(&v, qi_slice_str(text), "f", &err) : qi_amounts_parse(&a, qi_slice_str(text), "f", t.know.items, &err);
  assert_int_equal(status, QUID_ERR_FORMAT);
  assert_true(!a && !v);
  if (err.line != line || err.column != column || !strstr(err.message, message))
    fail_msg("%zu:%zu: %s; wanted %zu:%zu: %s", err.line, err.column, err.message, line, column, message);
}

#define HEAD "kind\tvalue\twords\n"
#define VICTIMS "kind\tpart\twords\n"

static void refuses_mistakes(void **state) {
  (void)state;
  refuses(HEAD "nothing\t1\tone\n", false, 2, 1, "unknown kind");
  refuses(HEAD "scale\tx\tone\n", false, 2, 7, "not a value");
  refuses(HEAD "bound\tmaybe\tone\n", false, 2, 7, "not a value");
  refuses(HEAD "vessel\tx\tone\n", false, 2, 8, "not a value");
  refuses(HEAD "unit\t-\tone\n", false, 2, 6, "not a value");
  refuses(HEAD "scale\t12\tdozen\nvague\t24\tdozen\n", false, 3, 10, "said twice");
  refuses(HEAD "vague\t5\ta b c d e\n", false, 2, 9, "too few or too many words");
  refuses(HEAD "goods\t-\tnonsense\n", false, 2, 9, "no such class");
  refuses(VICTIMS "lost\tverb\tlose\n", true, 2, 1, "unknown kind");
  refuses(VICTIMS "dead\tadverb\tlose\n", true, 2, 6, "unknown part");
  refuses(VICTIMS "dead\tverb\ta_b_c_d_e_f_g\n", true, 2, 11, "too few or too many words");
  refuses(VICTIMS "dead\tverb\tkill | kill\n", true, 2, 11, "said twice");
  quid_error err = {0};
  assert_int_equal(qi_items_check_examples(t.know.items, QI_SLICE("class\tphrase\n!arms\tx\n"), "f", &err), QUID_OK);
  assert_int_equal(qi_items_check_examples(t.know.items, QI_SLICE("class\tphrase\nnothing\tx\n"), "f", &err), QUID_ERR_FORMAT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_numbers),  cmocka_unit_test(reads_bounds_and_ranges), cmocka_unit_test(reads_units),
      cmocka_unit_test(leaves_other_numbers), cmocka_unit_test(counts_goods), cmocka_unit_test(counts_victims),
      cmocka_unit_test(looks_at_the_next_sentence), cmocka_unit_test(counts_crowds_and_aims), cmocka_unit_test(refuses_mistakes),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
