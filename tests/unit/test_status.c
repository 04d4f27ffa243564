/* Status and attribution on trees; tests/golden/status.tsv has many more, through the parser. */
#include "unit/tree_fixture.h"

#include "code/status.h"

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

static void status(const char *text, const char *word, const char *wanted) {
  code_trees(&t, text);
  const quid_event *e = event_at(&t, word);
  if (!e) fail_msg("no event at '%s' in %s", word, text);
  if (strcmp(quid_event_status_name(e->status), wanted) != 0)
    fail_msg("'%s' is %s, not %s, in %s", word, quid_event_status_name(e->status), wanted, text);
}

static void combines(void **state) {
  (void)state;
  /* No context makes a weak effect a fact. */
  for (uint8_t outer = 0; outer < QUID_N_EVENT_STATUSES; outer++)
    for (uint8_t effect = 0; effect < QUID_N_EVENT_STATUSES; effect++) {
      uint8_t got = qi_status_combine(outer, effect);
      assert_true(got < QUID_N_EVENT_STATUSES);
      if (outer != QUID_ASSERTED || effect != QUID_ASSERTED) assert_int_not_equal(got, QUID_ASSERTED);
      assert_int_not_equal(qi_status_resolve(got, true, false), QUID_ASSERTED);
    }
  assert_int_equal(qi_status_resolve(QUID_CLAIMED, true, true), QUID_DENIED);
  assert_int_equal(qi_status_resolve(QUID_PLANNED, true, false), QUID_NEGATED);
}

static void modals(void **state) {
  (void)state;
  status("Russia/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Ukraine/PROPN/NNP/2/obj", "attacked", "asserted");
  status("Russia/PROPN/NNP/4/nsubj has:have/AUX/VBZ/4/aux not/PART/RB/4/advmod attacked:attack/VERB/VBN/0/root Ukraine/PROPN/NNP/4/obj", "attacked",
         "negated");
  status("Russia/PROPN/NNP/3/nsubj will/AUX/MD/3/aux attack/VERB/VB/0/root Ukraine/PROPN/NNP/3/obj", "attack", "planned");
  status("Russia/PROPN/NNP/4/nsubj will/AUX/MD/4/aux undoubtedly/ADV/RB/4/advmod attack/VERB/VB/0/root Ukraine/PROPN/NNP/4/obj", "attack", "expected");
  status("Russia/PROPN/NNP/3/nsubj could/AUX/MD/3/aux attack/VERB/VB/0/root Ukraine/PROPN/NNP/3/obj", "attack", "possible");
  status("Russia/PROPN/NNP/3/nsubj should/AUX/MD/3/aux attack/VERB/VB/0/root Ukraine/PROPN/NNP/3/obj", "attack", "recommended");
  status("Russia/PROPN/NNP/4/nsubj should/AUX/MD/4/aux have/AUX/VB/4/aux attacked:attack/VERB/VBN/0/root Ukraine/PROPN/NNP/4/obj", "attacked", "negated");
  status("Russia/PROPN/NNP/3/nsubj reportedly/ADV/RB/3/advmod attacked:attack/VERB/VBD/0/root Ukraine/PROPN/NNP/3/obj", "attacked", "reported");
  status("If/SCONJ/IN/3/mark Russia/PROPN/NNP/3/nsubj attacks:attack/VERB/VBZ/6/advcl Ukraine/PROPN/NNP/3/obj we/PRON/PRP/6/nsubj lose/VERB/VBP/0/root",
         "attacks", "possible");
  status("Did:do/AUX/VBD/3/aux Russia/PROPN/NNP/3/nsubj attack/VERB/VB/0/root Ukraine/PROPN/NNP/3/obj ?/PUNCT/./3/punct", "attack", "possible");
  status("No:no/DET/DT/3/det Russian/ADJ/JJ/3/amod troops:troop/NOUN/NNS/4/nsubj attacked:attack/VERB/VBD/0/root Ukraine/PROPN/NNP/4/obj", "attacked",
         "negated");
  /* A second verb shares "will", not so a finite one. */
  status("Russia/PROPN/NNP/3/nsubj will/AUX/MD/3/aux leave/VERB/VB/0/root and/CCONJ/CC/5/cc attack/VERB/VB/3/conj Ukraine/PROPN/NNP/5/obj", "attack",
         "planned");
}

static void operators(void **state) {
  (void)state;
  const char *to = "Russia/PROPN/NNP/2/nsubj %s/VERB/VBD/0/root to/PART/TO/4/mark attack/VERB/VB/2/xcomp Ukraine/PROPN/NNP/4/obj";
  static const char *const verbs[][2] = {{"planned:plan", "planned"},     {"failed:fail", "negated"},     {"refused:refuse", "negated"},
                                         {"managed:manage", "asserted"},  {"vowed:vow", "planned"},       {"hoped:hope", "planned"},
                                         {"agreed:agree", "planned"},     {"wanted:want", "planned"},    {"flibbered:flibber", "possible"}};
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
    char text[512];
    snprintf(text, sizeof text, to, verbs[i][0]);
    status(text, "attack", verbs[i][1]);
  }
  status("Ukraine/PROPN/NNP/2/nsubj accused:accuse/VERB/VBD/0/root Russia/PROPN/NNP/2/obj of/SCONJ/IN/5/mark planning:plan/VERB/VBG/2/advcl to/PART/TO/7/mark "
         "attack/VERB/VB/5/xcomp Moldova/PROPN/NNP/7/obj",
         "attack", "claimed");
  expect(&t, "accused", "UKR > RUS ; asserted");
  expect(&t, "attack", "RUS > MDA ; claimed");
  status("Ukraine/PROPN/NNP/2/nsubj asked:ask/VERB/VBD/0/root Germany/PROPN/NNP/2/obj to/PART/TO/5/mark attack/VERB/VB/2/xcomp Russia/PROPN/NNP/5/obj", "attack",
         "requested");
  status("Russia/PROPN/NNP/2/nsubj denied:deny/VERB/VBD/0/root attacking:attack/VERB/VBG/2/xcomp Ukraine/PROPN/NNP/3/obj", "attacking", "denied");
  status("Russia/PROPN/NNP/4/nsubj did:do/AUX/VBD/4/aux not/PART/RB/4/advmod manage/VERB/VB/0/root to/PART/TO/6/mark attack/VERB/VB/4/xcomp "
         "Ukraine/PROPN/NNP/6/obj",
         "attack", "negated");
  /* A relative clause is not under the main verb's negation or future. */
  status("Germany/PROPN/NNP/3/nsubj will/AUX/MD/3/aux help/VERB/VB/0/root Ukraine/PROPN/NNP/3/obj which/PRON/WDT/7/obj Russia/PROPN/NNP/7/nsubj "
         "attacked:attack/VERB/VBD/4/acl:relcl",
         "attacked", "asserted");
}

static void words_of_others(void **state) {
  (void)state;
  status("Ukraine/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root Russia/PROPN/NNP/4/nsubj attacked:attack/VERB/VBD/2/ccomp Moldova/PROPN/NNP/4/obj", "attacked",
         "claimed");
  const quid_event *e = event_at(&t, "attacked");
  assert_int_equal(e->n_attribution, 1);
  assert_string_equal(e->attribution[0].entity->id, "UKR");
  status("Sources:source/NOUN/NNS/2/nsubj said:say/VERB/VBD/0/root Russia/PROPN/NNP/4/nsubj attacked:attack/VERB/VBD/2/ccomp Moldova/PROPN/NNP/4/obj",
         "attacked", "reported");
  status("Russia/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Moldova/PROPN/NNP/2/obj ,/PUNCT/,/6/punct Ukraine/PROPN/NNP/6/nsubj "
         "said:say/VERB/VBD/2/parataxis",
         "attacked", "claimed");
  status("According:accord/VERB/VBG/3/case to/ADP/IN/1/fixed Ukraine/PROPN/NNP/6/obl ,/PUNCT/,/3/punct Russia/PROPN/NNP/6/nsubj "
         "attacked:attack/VERB/VBD/0/root Moldova/PROPN/NNP/6/obj",
         "attacked", "claimed");
  status("Russia/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root it/PRON/PRP/6/nsubj had:have/AUX/VBD/6/aux not/PART/RB/6/advmod attacked:attack/VERB/VBN/2/ccomp "
         "Moldova/PROPN/NNP/6/obj",
         "attacked", "denied");
  /* "would" of its own, and of others. */
  status("Germany/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root Germany/PROPN/NNP/5/nsubj would/AUX/MD/5/aux attack/VERB/VB/2/ccomp Russia/PROPN/NNP/5/obj",
         "attack", "planned");
  status("France/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root Germany/PROPN/NNP/5/nsubj would/AUX/MD/5/aux attack/VERB/VB/2/ccomp Russia/PROPN/NNP/5/obj",
         "attack", "expected");
}

static void quotations(void **state) {
  (void)state;
  /* The second sentence of a quotation is its speaker's too. */
  code_trees(&t, "\"/PUNCT/``/3/punct Russia/PROPN/NNP/3/nsubj left:leave/VERB/VBD/7/ccomp ,/PUNCT/,/3/punct \"/PUNCT/''/3/punct Ukraine/PROPN/NNP/7/nsubj "
                 "said:say/VERB/VBD/0/root ./PUNCT/./7/punct\n"
                 "\"/PUNCT/``/3/punct Russia/PROPN/NNP/3/nsubj attacked:attack/VERB/VBD/0/root Moldova/PROPN/NNP/3/obj ./PUNCT/./3/punct \"/PUNCT/''/3/punct\n");
  expect(&t, "attacked", "RUS > MDA ; claimed");
  assert_string_equal(event_at(&t, "attacked")->attribution[0].entity->id, "UKR");
}

static void deed_nouns(void **state) {
  (void)state;
  status("Iran/PROPN/NNP/2/nsubj launched:launch/VERB/VBD/0/root an:a/DET/DT/4/det attack/NOUN/NN/2/obj on/ADP/IN/6/case Israel/PROPN/NNP/4/nmod", "attack",
         "asserted");
  status("Iran/PROPN/NNP/2/nsubj plans:plan/VERB/VBZ/0/root to/PART/TO/4/mark launch/VERB/VB/2/xcomp an:a/DET/DT/6/det attack/NOUN/NN/4/obj on/ADP/IN/8/case "
         "Israel/PROPN/NNP/6/nmod",
         "attack", "planned");
  status("Israel/PROPN/NNP/2/nsubj condemned:condemn/VERB/VBD/0/root the/DET/DT/5/det Iranian/ADJ/JJ/5/amod attack/NOUN/NN/2/obj on/ADP/IN/7/case "
         "Iraq/PROPN/NNP/5/nmod",
         "attack", "asserted");
  status("Israel/PROPN/NNP/2/nsubj feared:fear/VERB/VBD/0/root an:a/DET/DT/5/det Iranian/ADJ/JJ/5/amod attack/NOUN/NN/2/obj on/ADP/IN/7/case Iraq/PROPN/NNP/5/nmod",
         "attack", "possible");
}

/* Clauses that no operator governs. */
static void clauses(void **state) {
  (void)state;
  const char *timed = "We/PRON/PRP/2/nsubj %s/0/root %s/SCONJ/IN/5/mark Russia/PROPN/NNP/5/nsubj %s/2/advcl Moldova/PROPN/NNP/5/obj";
  static const char *const rows[][5] = {{"wait/VERB/VBP", "until", "attacks:attack/VERB/VBZ", "attacks", "possible"},
                                        {"waited:wait/VERB/VBD", "until", "attacked:attack/VERB/VBD", "attacked", "asserted"},
                                        {"leave/VERB/VBP", "after", "attacks:attack/VERB/VBZ", "attacks", "possible"},
                                        {"left:leave/VERB/VBD", "because", "attacked:attack/VERB/VBD", "attacked", "asserted"},
                                        {"left:leave/VERB/VBD", "if", "attacked:attack/VERB/VBD", "attacked", "possible"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char text[512];
    snprintf(text, sizeof text, timed, rows[i][0], rows[i][1], rows[i][2]);
    status(text, rows[i][3], rows[i][4]);
  }
  status("Why:why/ADV/WRB/4/advmod did:do/AUX/VBD/4/aux Russia/PROPN/NNP/4/nsubj attack/VERB/VB/0/root Moldova/PROPN/NNP/4/obj ?/PUNCT/./4/punct", "attack",
         "asserted");
  status("Were:be/AUX/VBD/4/aux Russia/PROPN/NNP/4/nsubj to/PART/TO/4/mark attack/VERB/VB/8/advcl Moldova/PROPN/NNP/4/obj ,/PUNCT/,/4/punct we/PRON/PRP/8/nsubj "
         "left:leave/VERB/VBD/0/root",
         "attack", "possible");
}

/* Two negations, and what a denial reaches. */
static void denials(void **state) {
  (void)state;
  const char *text = "Russia/PROPN/NNP/2/nsubj denied:deny/VERB/VBD/0/root that/SCONJ/IN/6/mark it/PRON/PRP/6/nsubj had:have/AUX/VBD/6/aux %s/VERB/VBN/2/ccomp "
                     "to/PART/TO/8/mark attack/VERB/VB/6/xcomp Moldova/PROPN/NNP/8/obj";
  static const char *const rows[][2] = {{"planned:plan", "denied"}, {"failed:fail", "claimed"}, {"managed:manage", "denied"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char sentence[512];
    snprintf(sentence, sizeof sentence, text, rows[i][0]);
    status(sentence, "attack", rows[i][1]);
  }
  status("Russia/PROPN/NNP/4/nsubj could/AUX/MD/4/aux not/PART/RB/4/advmod attack/VERB/VB/0/root Moldova/PROPN/NNP/4/obj", "attack", "negated");
  status("Russia/PROPN/NNP/4/nsubj not/PART/RB/4/advmod only/ADV/RB/4/advmod attacked:attack/VERB/VBD/0/root Moldova/PROPN/NNP/4/obj", "attacked", "asserted");
  status("Russia/PROPN/NNP/5/nsubj has:have/AUX/VBZ/5/aux not/PART/RB/5/advmod yet/ADV/RB/5/advmod attacked:attack/VERB/VBN/0/root Moldova/PROPN/NNP/5/obj",
         "attacked", "negated");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(combines),        cmocka_unit_test(modals),     cmocka_unit_test(operators),
      cmocka_unit_test(words_of_others), cmocka_unit_test(quotations), cmocka_unit_test(deed_nouns),
      cmocka_unit_test(clauses),         cmocka_unit_test(denials),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
