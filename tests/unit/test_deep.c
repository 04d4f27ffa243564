/* Deep grammar: each construction turned back to the plain active clause. */
#include "unit/tree_fixture.h"

#include "code/deep.h"

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

/* "subj=Kim obj=troops to=Russia" for the word; slots in the order wanted. */
static void deep(const char *text, const char *word, char part, const char *wanted) {
  quid_error err = {0};
  qi_deep d;
  qi_arena_reset(&t.arena);
  read_trees(&t, text);
  assert_int_equal(qi_mentions_find(&t.mentions, &t.know, &t.doc, 19500, &t.arena, &err), QUID_OK);
  qi_view v = {&t.know, &t.doc, &t.doc.sentences[0], &t.mentions};
  int32_t token = -1;
  for (uint32_t i = 0; i < v.s->n_tokens; i++)
    if (qi_slice_eq_str(v.s->tokens[i].form, word)) token = (int32_t)i;
  assert_true(token >= 0);
  qi_deep_read(&v, token, part, &d);
  qi_slice rest = qi_slice_str(wanted), one;
  while (qi_slice_word(&rest, &one)) {
    size_t eq = qi_slice_find_char(one, '=');
    qi_slice slot = qi_slice_sub(one, 0, eq), form = qi_slice_sub(one, eq + 1, one.len);
    int32_t at = qi_deep_find(&d, qi_slot_of(slot), 0);
    if (form.len == 0) {
      if (at >= 0) fail_msg("%s: slot '%.*s' must be empty", word, QI_SLICE_ARG(slot));
      continue;
    }
    if (at < 0) fail_msg("%s: slot '%.*s' is empty", word, QI_SLICE_ARG(slot));
    qi_slice got = v.s->tokens[d.fillers[at].token].form;
    if (!qi_slice_eq(got, form)) fail_msg("%s: '%.*s' fills '%.*s'", word, QI_SLICE_ARG(got), QI_SLICE_ARG(slot));
  }
}

static void plain_and_passive(void **state) {
  (void)state;
  deep("Russia/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Ukraine/PROPN/NNP/2/obj near/ADP/IN/5/case Kherson/PROPN/NNP/2/obl",
       "attacked", 'v', "subj=Russia obj=Ukraine near=Kherson iobj=");
  deep("Ukraine/PROPN/NNP/3/nsubj:pass was:be/AUX/VBD/3/aux:pass attacked:attack/VERB/VBN/0/root by/ADP/IN/5/case Russia/PROPN/NNP/3/obl:agent",
       "attacked", 'v', "subj=Russia obj=Ukraine");
  /* Two objects; the first is to whom. */
  deep("Iran/PROPN/NNP/2/nsubj gave:give/VERB/VBD/0/root Russia/PROPN/NNP/2/iobj drones:drone/NOUN/NNS/2/obj", "gave", 'v',
       "subj=Iran iobj=Russia obj=drones");
  deep("Russia/PROPN/NNP/3/nsubj:pass was:be/AUX/VBD/3/aux:pass given:give/VERB/VBN/0/root drones:drone/NOUN/NNS/3/obj by/ADP/IN/6/case "
       "Iran/PROPN/NNP/3/obl:agent",
       "given", 'v', "subj=Iran iobj=Russia obj=drones");
  /* A preposition left behind. */
  deep("Talks:talk/NOUN/NNS/3/nsubj:pass were:be/AUX/VBD/3/aux:pass agreed:agree/VERB/VBN/0/root to/ADP/IN/3/obl by/ADP/IN/6/case "
       "Iran/PROPN/NNP/3/obl:agent",
       "agreed", 'v', "subj=Iran to=Talks");
  /* A slip of the parser: no auxiliary, finite form. */
  deep("Iran/PROPN/NNP/2/nsubj:pass called:call/VERB/VBD/0/root", "called", 'v', "subj=Iran obj=");
}

static void clauses(void **state) {
  (void)state;
  /* Participle with the subject of the main clause. */
  deep("Having:have/AUX/VBG/2/aux supplied:supply/VERB/VBN/6/advcl Russia/PROPN/NNP/2/obj ,/PUNCT/,/2/punct Kim/PROPN/NNP/6/nsubj "
       "left:leave/VERB/VBD/0/root",
       "supplied", 'v', "subj=Kim obj=Russia");
  deep("Emboldened:embolden/VERB/VBN/6/advcl by/ADP/IN/3/case China/PROPN/NNP/1/obl:agent ,/PUNCT/,/1/punct Kim/PROPN/NNP/6/nsubj "
       "left:leave/VERB/VBD/0/root",
       "Emboldened", 'v', "subj=China obj=Kim");
  /* Relative clauses: with a pronoun, without one, with a preposition. */
  deep("the/DET/DT/2/det pact/NOUN/NN/0/root which/PRON/WDT/5/obj he/PRON/PRP/5/nsubj signed:sign/VERB/VBD/2/acl:relcl with/ADP/IN/7/case "
       "Putin/PROPN/NNP/5/obl",
       "signed", 'v', "subj=he obj=pact with=Putin");
  deep("the/DET/DT/2/det pact/NOUN/NN/0/root he/PRON/PRP/4/nsubj wanted:want/VERB/VBD/2/acl:relcl to/PART/TO/6/mark sign/VERB/VB/4/xcomp",
       "sign", 'v', "subj=he obj=pact");
  deep("troops:troop/NOUN/NNS/0/root who/PRON/WP/3/nsubj attacked:attack/VERB/VBD/1/acl:relcl Kyiv/PROPN/NNP/3/obj", "attacked", 'v',
       "subj=troops obj=Kyiv");
  deep("the/DET/DT/2/det man/NOUN/NN/0/root with/ADP/IN/4/case whom/PRON/WP/6/obl he/PRON/PRP/6/nsubj met:meet/VERB/VBD/2/acl:relcl", "met", 'v',
       "subj=he with=man");
  deep("troops:troop/NOUN/NNS/0/root sent:send/VERB/VBN/1/acl to/ADP/IN/4/case Kursk/PROPN/NNP/2/obl", "sent", 'v', "subj= obj=troops to=Kursk");
}

static void control(void **state) {
  (void)state;
  deep("Iran/PROPN/NNP/2/nsubj agreed:agree/VERB/VBD/0/root to/PART/TO/4/mark send/VERB/VB/2/xcomp arms/NOUN/NNS/4/obj", "send", 'v',
       "subj=Iran obj=arms");
  deep("Iran/PROPN/NNP/2/nsubj agreed:agree/VERB/VBD/0/root to/PART/TO/4/mark send/VERB/VB/2/xcomp arms/NOUN/NNS/4/obj", "agreed", 'v',
       "subj=Iran to-inf=send");
  deep("Kyiv/PROPN/NNP/2/nsubj asked:ask/VERB/VBD/0/root Seoul/PROPN/NNP/2/obj to/PART/TO/5/mark send/VERB/VB/2/xcomp arms/NOUN/NNS/5/obj", "send",
       'v', "subj=Seoul obj=arms");
  deep("Seoul/PROPN/NNP/3/nsubj:pass was:be/AUX/VBD/3/aux:pass asked:ask/VERB/VBN/0/root to/PART/TO/5/mark send/VERB/VB/3/xcomp arms/NOUN/NNS/5/obj",
       "send", 'v', "subj=Seoul");
  deep("Kyiv/PROPN/NNP/2/nsubj promised:promise/VERB/VBD/0/root Seoul/PROPN/NNP/2/obj to/PART/TO/5/mark send/VERB/VB/2/xcomp", "send", 'v', "subj=Kyiv");
  deep("Kyiv/PROPN/NNP/2/nsubj accused:accuse/VERB/VBD/0/root Moscow/PROPN/NNP/2/obj of/SCONJ/IN/5/mark planning:plan/VERB/VBG/2/advcl to/PART/TO/7/mark "
       "attack/VERB/VB/5/xcomp",
       "attack", 'v', "subj=Moscow");
  deep("Iran/PROPN/NNP/3/nsubj is:be/AUX/VBZ/3/cop ready/ADJ/JJ/0/root to/PART/TO/5/mark talk/VERB/VB/3/xcomp", "talk", 'v', "subj=Iran");
  deep("Iran/PROPN/NNP/3/nsubj is:be/AUX/VBZ/3/cop ready/ADJ/JJ/0/root to/PART/TO/5/mark talk/VERB/VB/3/xcomp", "ready", 'a', "subj=Iran to-inf=talk");
  deep("Iran/PROPN/NNP/3/nmod:poss 's/PART/POS/1/case plan/NOUN/NN/6/nsubj to/PART/TO/5/mark attack/VERB/VB/3/acl failed:fail/VERB/VBD/0/root", "attack",
       'v', "subj=Iran");
}

static void coordination(void **state) {
  (void)state;
  const char *both = "Russia/PROPN/NNP/2/nsubj shelled:shell/VERB/VBD/0/root and/CCONJ/CC/4/cc captured:capture/VERB/VBD/2/conj the/DET/DT/6/det "
                     "town/NOUN/NN/2/obj";
  deep(both, "shelled", 'v', "subj=Russia obj=town");
  deep(both, "captured", 'v', "subj=Russia obj=town");
  const char *last = "Russia/PROPN/NNP/2/nsubj shelled:shell/VERB/VBD/0/root and/CCONJ/CC/4/cc captured:capture/VERB/VBD/2/conj the/DET/DT/6/det "
                     "town/NOUN/NN/4/obj";
  deep(last, "shelled", 'v', "obj=town");
  deep("Kyiv/PROPN/NNP/3/nsubj:pass was:be/AUX/VBD/3/aux:pass shelled:shell/VERB/VBN/0/root and/CCONJ/CC/5/cc captured:capture/VERB/VBN/3/conj", "captured",
       'v', "subj= obj=Kyiv");
}

static void nouns(void **state) {
  (void)state;
  deep("Russia/PROPN/NNP/3/nmod:poss 's/PART/POS/1/case invasion/NOUN/NN/0/root of/ADP/IN/5/case Ukraine/PROPN/NNP/3/nmod", "invasion", 'n',
       "subj=Russia obj=Ukraine");
  deep("the/DET/DT/3/det Russian/ADJ/JJ/3/amod invasion/NOUN/NN/0/root of/ADP/IN/5/case Ukraine/PROPN/NNP/3/nmod", "invasion", 'n',
       "subj=Russian obj=Ukraine");
  deep("the/DET/DT/3/det Ukraine/PROPN/NNP/3/compound war/NOUN/NN/0/root", "war", 'n', "subj= obj=Ukraine");
  deep("US/PROPN/NNP/2/compound strikes:strike/NOUN/NNS/0/root on/ADP/IN/4/case Yemen/PROPN/NNP/2/nmod", "strikes", 'n', "subj=US on=Yemen");
  deep("the/DET/DT/2/det killing/NOUN/NN/0/root of/ADP/IN/5/case a/DET/DT/5/det diplomat/NOUN/NN/2/nmod by/ADP/IN/7/case Iran/PROPN/NNP/5/nmod",
       "killing", 'n', "subj=Iran obj=diplomat");
}

static void light_verbs(void **state) {
  (void)state;
  deep("Iran/PROPN/NNP/2/nsubj launched:launch/VERB/VBD/0/root an:a/DET/DT/4/det attack/NOUN/NN/2/obj on/ADP/IN/6/case Israel/PROPN/NNP/2/obl", "attack",
       'n', "subj=Iran on=Israel");
  deep("an:a/DET/DT/2/det attack/NOUN/NN/4/nsubj:pass was:be/AUX/VBD/4/aux:pass launched:launch/VERB/VBN/0/root by/ADP/IN/6/case Iran/PROPN/NNP/4/obl:agent",
       "attack", 'n', "subj=Iran");
  deep("the/DET/DT/2/det attack/NOUN/NN/0/root Iran/PROPN/NNP/4/nsubj launched:launch/VERB/VBD/2/acl:relcl", "attack", 'n', "subj=Iran");
  deep("Iran/PROPN/NNP/2/nsubj plans:plan/VERB/VBZ/0/root to/PART/TO/4/mark hold/VERB/VB/2/xcomp talks:talk/NOUN/NNS/4/obj with/ADP/IN/7/case "
       "Iraq/PROPN/NNP/4/obl",
       "talks", 'n', "subj=Iran with=Iraq");
}

/* Whatever the tree: a chain, a star, every label on every word. */
static void odd_trees(void **state) {
  (void)state;
  char text[8192];
  for (int rel = 0; rel < QI_N_RELS; rel++)
    for (int shape = 0; shape < 3; shape++) {
      size_t n = 0;
      for (int i = 1; i <= 40; i++) {
        int head = i == 1 ? 0 : shape == 0 ? i - 1 : shape == 1 ? 1 : (i / 2);
        n += (size_t)snprintf(text + n, sizeof text - n, "attacked:attack/%s/VBN/%d/%s ", i % 3 ? "VERB" : "NOUN", head,
                              i == 1 ? "root" : qi_rel_name((qi_rel)rel));
      }
      code_trees(&t, text);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(plain_and_passive), cmocka_unit_test(clauses), cmocka_unit_test(control),
      cmocka_unit_test(coordination),      cmocka_unit_test(nouns),   cmocka_unit_test(light_verbs),
      cmocka_unit_test(odd_trees),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
