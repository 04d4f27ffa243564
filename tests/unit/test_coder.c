/* Trees -> event records: roles, one deed told twice, links, bargains, explanations. */
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

#define ACCUSED                                                                                     \
  "Ukraine/PROPN/NNP/2/nsubj accused:accuse/VERB/VBD/0/root Russia/PROPN/NNP/2/obj of/SCONJ/IN/5/mark planning:plan/VERB/VBG/2/advcl an:a/DET/DT/7/det " \
  "attack/NOUN/NN/5/obj on/ADP/IN/9/case Moldova/PROPN/NNP/7/nmod ./PUNCT/./2/punct\n"

static void fills_the_record(void **state) {
  (void)state;
  code_trees(&t, "Germany/PROPN/NNP/2/nsubj sent:send/VERB/VBD/0/root 10/NUM/CD/4/nummod tanks:tank/NOUN/NNS/2/obj to/ADP/IN/6/case Ukraine/PROPN/NNP/2/obl "
                 "in/ADP/IN/8/case May/PROPN/NNP/2/obl ./PUNCT/./2/punct\n");
  expect(&t, "sent", "DEU > UKR ; asserted");
  const quid_event *e = event_at(&t, "sent");
  assert_int_equal(e->type, QUID_AID);
  assert_string_equal(e->quad, "material cooperation");
  assert_float_equal(e->score, 10, 0.001);
  assert_int_equal(e->n_items, 1);
  assert_float_equal(e->items[0].count.from, 10, 0.001);
  assert_string_equal(e->items[0].item_class, "tank");
  assert_string_equal(e->date.from, "2023-05-01");
  assert_string_equal(e->date.to, "2023-05-31");
  assert_string_equal(e->date.source, "expression");
  assert_int_equal(strlen(e->id), 16);
  assert_true(e->confidence > 0 && e->confidence < 1);
  assert_true(e->frame_line > 0);
  assert_true(qi_slice_ends(qi_slice_str(e->frame_file), QI_SLICE("aid.frames")));
}

static void is_stable(void **state) {
  (void)state;
  char first[17];
  code_trees(&t, ACCUSED);
  memcpy(first, t.events.items[0].id, 17);
  code_trees(&t, ACCUSED);
  assert_string_equal(first, t.events.items[0].id);
  assert_string_not_equal(t.events.items[0].id, t.events.items[1].id);
}

static void links_content(void **state) {
  (void)state;
  code_trees(&t, ACCUSED);
  assert_int_equal(t.events.len, 2);
  expect(&t, "accused", "UKR > RUS ; asserted");
  expect(&t, "attack", "RUS > MDA ; claimed");
  assert_int_equal(t.events.items[0].n_content, 1);
  assert_int_equal(t.events.items[0].content[0], 1);
  assert_int_equal(t.events.items[1].n_content, 0);
}

/* A verb and its noun are one deed. */
static void counts_once(void **state) {
  (void)state;
  code_trees(&t, "Russia/PROPN/NNP/2/nsubj held:hold/VERB/VBD/0/root talks:talk/NOUN/NNS/2/obj with/ADP/IN/5/case Iran/PROPN/NNP/3/nmod ./PUNCT/./2/punct\n");
  assert_int_equal(t.events.len, 1);
  assert_int_equal(t.events.items[0].type, QUID_CONSULT);
  /* "lifted the sanctions": no sanction beside it. */
  code_trees(&t, "Canada/PROPN/NNP/2/nsubj lifted:lift/VERB/VBD/0/root its:its/PRON/PRP$/4/nmod:poss sanctions:sanction/NOUN/NNS/2/obj on/ADP/IN/6/case "
                 "Belarus/PROPN/NNP/4/nmod ./PUNCT/./2/punct\n");
  assert_int_equal(t.events.len, 1);
  assert_int_equal(t.events.items[0].type, QUID_RETREAT);
}

static void symmetric(void **state) {
  (void)state;
  code_trees(&t, "Putin/PROPN/NNP/4/nsubj and/CCONJ/CC/3/cc Lukashenko/PROPN/NNP/1/conj met:meet/VERB/VBD/0/root in/ADP/IN/6/case Minsk/PROPN/NNP/4/obl ./PUNCT/./4/punct\n");
  const quid_event *e = event_at(&t, "met");
  assert_non_null(e);
  assert_int_equal(e->n_actors, 2);
  assert_int_equal(e->n_recipients, 0);
  assert_string_equal(e->place.country, "BLR");
}

static void needs_somebody(void **state) {
  (void)state;
  code_trees(&t, "The:the/DET/DT/2/det storm/NOUN/NN/3/nsubj attacked:attack/VERB/VBD/0/root the/DET/DT/5/det coast/NOUN/NN/3/obj ./PUNCT/./3/punct\n");
  assert_int_equal(t.events.len, 0);
  assert_true(t.explain.lines.len > 0); /* what stopped it */
  code_trees(&t, "The:the/DET/DT/2/det cat/NOUN/NN/3/nsubj slept:sleep/VERB/VBD/0/root ./PUNCT/./3/punct\n");
  assert_int_equal(t.events.len, 0);
  assert_int_equal(t.explain.lines.len, 1);
  assert_slice(t.explain.lines.items[0].text, "no deed word");
}

static void links_bargains(void **state) {
  (void)state;
  code_trees(&t, "Iran/PROPN/NNP/2/nsubj sent:send/VERB/VBD/0/root drones:drone/NOUN/NNS/2/obj to/ADP/IN/5/case Russia/PROPN/NNP/2/obl in/ADP/IN/7/case "
                 "exchange/NOUN/NN/2/obl for/ADP/IN/9/case jets:jet/NOUN/NNS/7/nmod that/PRON/WDT/12/obj Russia/PROPN/NNP/12/nsubj sent:send/VERB/VBD/9/acl:relcl "
                 "to/ADP/IN/14/case Iran/PROPN/NNP/12/obl ./PUNCT/./2/punct\n");
  assert_int_equal(t.events.len, 2);
  assert_string_equal(t.events.items[0].exchange.side, "given");
  assert_string_equal(t.events.items[1].exchange.side, "return");
  assert_string_equal(t.events.items[0].exchange.id, t.events.items[1].exchange.id);
  quid_span s = t.events.items[0].exchange.span;
  assert_slice(qi_slice_sub(t.doc.text, s.start, s.end), "in exchange for");
}

/* Two texts in one run leave no trace on each other; empty ones do no harm. */
static void empty(void **state) {
  (void)state;
  quid_error err = {0};
  qi_parsed doc = {.text = {"", 0}};
  qi_document_info info = {.published = QI_DAY_NONE};
  qi_arena_reset(&t.arena);
  assert_int_equal(qi_code_document(&t.know, NULL, &doc, &info, &t.arena, &t.events, NULL, &err), QUID_OK);
  assert_int_equal(t.events.len, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fills_the_record), cmocka_unit_test(is_stable), cmocka_unit_test(links_content),
      cmocka_unit_test(counts_once),      cmocka_unit_test(symmetric), cmocka_unit_test(needs_somebody),
      cmocka_unit_test(links_bargains),   cmocka_unit_test(empty),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
