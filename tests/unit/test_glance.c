/* Which sentences the prefilter leaves unparsed. With the dictionaries of the project and tokens at blanks. */
#include "unit/unit.h"

#include "code/glance.h"
#include "know/know.h"

typedef struct state {
  qi_know know;
  qi_glance *glance;
  qi_arena arena;
} state;

static int set_up(void **out) {
  static state s;
  quid_error err = {0};
  qi_arena_init(&s.arena, 0);
  if (qi_know_load(&s.know, test_root("knowledge"), &err) || qi_glance_new(&s.glance, &s.know, &err)) return -1;
  *out = &s;
  return 0;
}

static int tear_down(void **in) {
  state *s = *in;
  qi_glance_free(s->glance);
  qi_know_clear(&s->know);
  qi_arena_clear(&s->arena);
  return 0;
}

/* Sentences end at " /", tokens at blanks. */
static qi_parsed doc_of(state *s, const char *text) {
  qi_parsed doc = {.text = qi_slice_str(text)};
  doc.sentences = QI_NEW_ARRAY(&s->arena, qi_sentence, 16);
  qi_slice rest = doc.text, part, word;
  while (qi_slice_split(&rest, '/', &part)) {
    qi_sentence *to = &doc.sentences[doc.n_sentences];
    to->index = doc.n_sentences++;
    to->tokens = QI_NEW_ARRAY(&s->arena, qi_token, 64);
    while (qi_slice_word(&part, &word)) to->tokens[to->n_tokens++].form = word;
  }
  assert_true(qi_glance_document(s->glance, &doc, &s->arena));
  return doc;
}

static bool parsed(state *s, const char *text) {
  qi_parsed doc = doc_of(s, text);
  return !doc.sentences[0].unparsed;
}

static void looks(void **in) {
  state *s = *in;
  assert_true(parsed(s, "Russian forces attacked a Ukrainian convoy near Kherson ."));
  assert_true(parsed(s, "North Korea test - fired two missiles ."));
  assert_true(parsed(s, "Troops carried the raid out at dawn ."));
  assert_true(parsed(s, "The two presidents met in Geneva ."));
  assert_false(parsed(s, "Snow fell in the mountains on Sunday ."));
  assert_false(parsed(s, "The village lies by a lake ."));
  assert_false(parsed(s, ""));
}

static void keeps_what_others_lean_on(void **in) {
  state *s = *in;
  qi_parsed doc = doc_of(s, "Anna Smith is a teacher . / The lake is blue . / She attacked Russia in Geneva .");
  assert_true(doc.sentences[0].unparsed);
  assert_false(doc.sentences[1].unparsed); /* what "she" may mean */
  assert_false(doc.sentences[2].unparsed);
  doc = doc_of(s, "The lake is blue , the minister of Norway said : / Russia attacked Ukraine .");
  assert_false(doc.sentences[0].unparsed);
}

static void tags_by_letters(void **in) {
  state *s = *in;
  qi_parsed doc = doc_of(s, "In 1990 Anna Smith was a lake .");
  const qi_sentence *one = &doc.sentences[0];
  assert_true(one->unparsed);
  assert_int_equal(one->tokens[1].upos, QI_NUM);
  assert_int_equal(one->tokens[2].upos, QI_PROPN);
  assert_int_equal(one->tokens[3].rel, QI_REL_FLAT);
  assert_int_equal(one->tokens[3].head, 2);
  assert_int_equal(one->tokens[0].head, QI_ROOT);
  assert_int_equal(one->child_begin[one->n_tokens], one->n_tokens - 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(looks),
    cmocka_unit_test(keeps_what_others_lean_on),
    cmocka_unit_test(tags_by_letters),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
