/* Words that link deeds: what the file may hold, and which sides they join in a tree. */
#include "unit/tree_fixture.h"

#include "code/link.h"
#include "know/links.h"

#define HEAD "words\ttype\tform\tfirst\tsecond\tneed\tyes\tno\n"

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

static qi_links *links_of(const char *rows) {
  qi_links *links = NULL;
  quid_error err = {0};
  if (qi_links_parse(&links, qi_slice_str(rows), "cues.tsv", &err)) fail_msg("%zu:%zu: %s", err.line, err.column, err.message);
  return links;
}

static void finds_entries(void **state) {
  (void)state;
  qi_links *links = links_of(HEAD "in_return_for | in_return_*\texchange\tprep\thead\tunder\tgoods\t-\t-\n"
                                  "get | receive\ttakes\t-\t-\t-\t-\t-\t-\nwant\twants\t-\t-\t-\t-\t-\t-\nas_if\t-\tconj\t-\t-\t-\t-\t-\n");
  uint32_t at = qi_links_first(links, QI_SLICE("IN"));
  const qi_link_cue *cue = qi_links_next(links, &at);
  assert_non_null(cue);
  assert_int_equal(cue->words.n, 3);
  assert_int_equal(cue->type, QI_LINK_EXCHANGE);
  assert_int_equal(cue->first, QI_PLACE_HEAD);
  assert_int_equal(cue->second, QI_PLACE_COMP);
  assert_int_equal(cue->need, QI_NEED_GOODS);
  assert_non_null(qi_links_next(links, &at));
  assert_null(qi_links_next(links, &at));
  at = qi_links_first(links, QI_SLICE("as"));
  assert_int_equal(qi_links_next(links, &at)->type, QI_LINK_NOTHING);
  assert_true(qi_links_has(links, QI_SET_TAKES, QI_SLICE("receive")));
  assert_false(qi_links_has(links, QI_SET_TAKES, QI_SLICE("want")));
  assert_true(qi_links_has(links, QI_SET_WANTS, QI_SLICE("want")));
  assert_false(qi_links_has(links, QI_SET_GIVES, QI_SLICE("want")));
  at = qi_links_first(links, QI_SLICE("nowhere"));
  assert_null(qi_links_next(links, &at));
  at = qi_links_first(NULL, QI_SLICE("in"));
  assert_null(qi_links_next(NULL, &at));
  qi_links_free(links);
  qi_links_free(NULL);
}

static void refuses(const char *rows, size_t line, size_t column, const char *message) {
  qi_links *links = NULL;
  quid_error err = {0};
  assert_int_equal(qi_links_parse(&links, qi_slice_str(rows), "cues.tsv", &err), QUID_ERR_FORMAT);
  assert_null(links);
  if (err.line != line || err.column != column || !strstr(err.message, message))
    fail_msg("%zu:%zu: %s; wanted %zu:%zu: %s", err.line, err.column, err.message, line, column, message);
}

static void refuses_mistakes(void **state) {
  (void)state;
  refuses("words\ttype\n", 1, 1, "");
  refuses(HEAD "in\tbarter\tprep\thead\tunder\t-\t-\t-\n", 2, 4, "unknown type 'barter'");
  refuses(HEAD "in\texchange\tword\thead\tunder\t-\t-\t-\n", 2, 13, "unknown form 'word'");
  refuses(HEAD "in\texchange\tprep\tfoot\tunder\t-\t-\t-\n", 2, 18, "unknown place 'foot'");
  refuses(HEAD "in\texchange\tprep\thead\thead\t-\t-\t-\n", 2, 23, "both sides stand at");
  refuses(HEAD "in\texchange\tprep\thead\tpair\t-\t-\t-\n", 2, 23, "both sides or none");
  refuses(HEAD "in\texchange\tprep\thead\tunder\tluck\t-\t-\n", 2, 29, "unknown need 'luck'");
  refuses(HEAD "*_in\texchange\tprep\thead\tunder\t-\t-\t-\n", 2, 1, "a star stands first");
  refuses(HEAD "a_b_c_d_e_f_g\texchange\tprep\thead\tunder\t-\t-\t-\n", 2, 1, "not a word");
  refuses(HEAD "get | \ttakes\t-\t-\t-\t-\t-\t-\n", 2, 1, "not a word");
}

/* The first bond of the last sentence: "first < second", the forms of its sides; "" none. */
static void joins(const char *text, const char *wanted) {
  quid_error err = {0};
  qi_bonds bonds = {0};
  char got[200] = "";
  int n = 0;
  qi_arena_reset(&t.arena);
  read_trees(&t, text);
  assert_int_equal(qi_mentions_find(&t.mentions, &t.know, &t.doc, 19500, &t.arena, &err), QUID_OK);
  qi_view v = {&t.know, &t.doc, &t.doc.sentences[t.doc.n_sentences - 1], &t.mentions};
  assert_true(qi_bonds_find(&bonds, &v, &t.arena));
  const qi_heads *sides[2] = {NULL, NULL};
  if (bonds.len) sides[0] = &bonds.items[0].first, sides[1] = &bonds.items[0].second;
  for (int k = 0; k < 2 && sides[k]; k++) {
    if (k) n += snprintf(got + n, sizeof got - (size_t)n, " <");
    for (uint32_t i = 0; i < sides[k]->n; i++) {
      qi_slice form = t.doc.sentences[sides[k]->at[i].sentence].tokens[sides[k]->at[i].token].form;
      n += snprintf(got + n, sizeof got - (size_t)n, "%s%.*s", n ? " " : "", QI_SLICE_ARG(form));
    }
  }
  assert_string_equal(got, wanted);
}

static void prepositions_and_adverbs(void **state) {
  (void)state;
  joins("Iran/PROPN/NNP/2/nsubj sent:send/VERB/VBD/0/root drones:drone/NOUN/NNS/2/obj in/ADP/IN/5/case return/NOUN/NN/2/obl for/ADP/IN/7/case "
        "jets:jet/NOUN/NNS/5/nmod ././././2/punct",
        "sent < jets");
  /* Hung on the wrong noun, it still leads to its clause. */
  joins("Iran/PROPN/NNP/2/nsubj sent:send/VERB/VBD/0/root drones:drone/NOUN/NNS/2/obj and/CCONJ/CC/5/cc received:receive/VERB/VBD/2/conj "
        "jets:jet/NOUN/NNS/5/obj in/ADP/IN/8/case exchange/NOUN/NN/6/nmod",
        "sent < received");
  joins("Iran/PROPN/NNP/2/nsubj sent:send/VERB/VBD/0/root drones:drone/NOUN/NNS/2/obj\n"
        "In/ADP/IN/2/case return/NOUN/NN/5/obl ,/PUNCT/,/2/punct Russia/PROPN/NNP/5/nsubj supplied:supply/VERB/VBD/0/root jets:jet/NOUN/NNS/5/obj",
        "sent < supplied");
  /* Nothing was asked. */
  joins("Iran/PROPN/NNP/2/nsubj sent:send/VERB/VBD/0/root drones:drone/NOUN/NNS/2/obj\n"
        "It/PRON/PRP/2/nsubj asked:ask/VERB/VBD/0/root nothing/PRON/NN/2/obj in/ADP/IN/5/case return/NOUN/NN/2/obl",
        "");
}

static void conditions(void **state) {
  (void)state;
  joins("Iran/PROPN/NNP/3/nsubj will/AUX/MD/3/aux attack/VERB/VB/0/root if/SCONJ/IN/6/mark Israel/PROPN/NNP/6/nsubj attacks:attack/VERB/VBZ/3/advcl",
        "attack < attacks");
  joins("He/PRON/PRP/2/nsubj asked:ask/VERB/VBD/0/root if/SCONJ/IN/5/mark Israel/PROPN/NNP/5/nsubj attacked:attack/VERB/VBD/2/ccomp", "");
  joins("Leave:leave/VERB/VB/0/root or/CCONJ/CC/5/cc we/PRON/PRP/5/nsubj will/AUX/MD/5/aux attack/VERB/VB/1/conj", "attack < Leave");
  joins("They/PRON/PRP/2/nsubj left:leave/VERB/VBD/0/root or/CCONJ/CC/4/cc died:die/VERB/VBD/2/conj", "");
  joins("Iran/PROPN/NNP/3/nsubj will/AUX/MD/3/aux attack/VERB/VB/0/root should/AUX/MD/6/aux Israel/PROPN/NNP/6/nsubj strike/VERB/VB/3/advcl",
        "attack < strike");
}

static qi_slice words(quid_span s) { return qi_slice_sub(t.doc.text, s.start, s.end); }

static void records(void **state) {
  (void)state;
  code_trees(&t, "Iran/PROPN/NNP/2/nsubj sent:send/VERB/VBD/0/root drones:drone/NOUN/NNS/2/obj to/ADP/IN/5/case Russia/PROPN/NNP/2/obl in/ADP/IN/7/case "
                 "return/NOUN/NN/2/obl for/ADP/IN/9/case jets:jet/NOUN/NNS/7/nmod");
  const quid_event *e = event_at(&t, "sent");
  assert_non_null(e);
  assert_string_equal(e->exchange.side, "given");
  assert_true(qi_slice_eq_str(words(e->exchange.span), "in return for"));
  assert_int_equal(e->exchange.n_givers, 1);
  assert_string_equal(e->exchange.givers[0].id, "IRN");
  assert_int_equal(e->exchange.n_takers, 1);
  assert_string_equal(e->exchange.takers[0].id, "RUS");
  assert_int_equal(e->exchange.n_others, 1);
  assert_int_equal(e->exchange.others[0].event, QUID_NO_EVENT);
  assert_int_equal(e->exchange.others[0].status, -1);
  assert_true(qi_slice_eq_str(words(e->exchange.others[0].span), "jets"));
  code_trees(&t, "Israel/PROPN/NNP/2/nsubj bombed:bomb/VERB/VBD/0/root Syria/PROPN/NNP/2/obj in/ADP/IN/5/case response/NOUN/NN/2/obl to/ADP/IN/8/case "
                 "the/DET/DT/8/det attack/NOUN/NN/5/nmod");
  e = event_at(&t, "bombed");
  assert_non_null(e);
  assert_int_equal(e->n_links, 1);
  assert_string_equal(e->links[0].type, "retaliation");
  assert_true(qi_slice_eq_str(words(e->links[0].span), "in response to"));
  assert_true(qi_slice_eq_str(words(e->links[0].other), "the attack"));
}

static const quid_bond *bond(const char *type) {
  for (uint32_t i = 0; i < t.events.n_bonds; i++)
    if (strcmp(t.events.bonds[i].type, type) == 0) return &t.events.bonds[i];
  return NULL;
}

/* With events, and of words that are none. */
static void bonds_of(void **state) {
  (void)state;
  code_trees(&t, "Israel/PROPN/NNP/2/nsubj bombed:bomb/VERB/VBD/0/root Syria/PROPN/NNP/2/obj in/ADP/IN/5/case response/NOUN/NN/2/obl to/ADP/IN/8/case "
                 "the/DET/DT/8/det attack/NOUN/NN/5/nmod");
  const quid_bond *b = bond("retaliation");
  assert_non_null(b);
  assert_int_equal(t.events.n_bonds, 1);
  assert_int_equal(strlen(b->id), 16);
  assert_int_equal(b->first.n_parts, 1);
  assert_true(b->first.parts[0].event != QUID_NO_EVENT);
  assert_int_equal(b->first.parts[0].status, QUID_ASSERTED);
  assert_true(qi_slice_eq_str(words(b->second.parts[0].head), "attack"));
  code_trees(&t, "if/SCONJ/IN/3/mark frost/NOUN/NN/3/nsubj comes:come/VERB/VBZ/7/advcl ,/PUNCT/,/7/punct they/PRON/PRP/7/nsubj will/AUX/MD/7/aux wait/VERB/VB/0/root");
  b = bond("condition");
  assert_non_null(b);
  assert_int_equal(t.events.len, 0);
  assert_int_equal(b->first.parts[0].event, QUID_NO_EVENT);
  assert_true(qi_slice_eq_str(words(b->first.parts[0].head), "wait"));
  assert_true(qi_slice_eq_str(words(b->second.parts[0].head), "comes"));
  assert_int_equal(b->second.parts[0].status, QUID_POSSIBLE);
  assert_true(qi_slice_eq_str(words(b->span), "if"));
  code_trees(&t, "they/PRON/PRP/2/nsubj asked:ask/VERB/VBD/0/root if/SCONJ/IN/5/mark frost/NOUN/NN/5/nsubj came:come/VERB/VBD/2/advcl");
  assert_null(bond("condition"));
}

/* By the clauses around a word that has no construction. */
static void loose_bonds(void **state) {
  (void)state;
  code_trees(&t, "those/PRON/DT/5/nsubj who/PRON/WP/3/nsubj surrender/VERB/VBP/1/acl:relcl will/AUX/MD/5/aux leave/VERB/VB/0/root");
  const quid_bond *b = bond("condition");
  assert_non_null(b);
  assert_true(qi_slice_eq_str(words(b->first.parts[0].head), "leave"));
  assert_true(qi_slice_eq_str(words(b->second.parts[0].head), "surrender"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_entries),
      cmocka_unit_test(refuses_mistakes),
      cmocka_unit_test(prepositions_and_adverbs),
      cmocka_unit_test(conditions),
      cmocka_unit_test(records),
      cmocka_unit_test(bonds_of),
      cmocka_unit_test(loose_bonds),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
