/* A sentence's parse is its own: the batch, the order, the cache and the kernel do not change it.
 * Runs on the tiny model of random numbers, and on the real one where it is there. */
#include "unit/unit.h"

#include "base/file.h"
#include "parse/conllu.h"
#include "parse/kernel.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

static const char *const kernels[] = {"portable", "avx2", "vnni"};
enum { N_KERNELS = 3, N_MODELS = 2 };

static qi_model *models[N_MODELS]; /* tiny, and the real one or NULL */

static int open_models(void **state) {
  (void)state;
  quid_error err = {0};
  if (qi_model_open(&models[0], test_root("tests/data/tiny.model"), &err) != QUID_OK) return -1;
  const char *real = test_root("model/quid.model");
  if (access(real, R_OK) == 0 && qi_model_open(&models[1], real, &err) != QUID_OK) return -1;
  if (!models[1]) print_message("# absent: model/quid.model\n");
  return 0;
}

static int close_models(void **state) {
  (void)state;
  for (int i = 0; i < N_MODELS; i++) qi_model_close(models[i]);
  return 0;
}

/* The document parsed by a parser of its own with this kernel (NULL: the best), as CoNLL-U. */
static void parse_to(qi_builder *out, const qi_model *model, const char *kernel, qi_parsed *doc,
                     qi_arena *arena) {
  quid_error err = {0};
  qi_parser *parser;
  if (kernel) setenv("QUID_KERNEL", kernel, 1);
  assert_int_equal(qi_parser_new(&parser, model, &err), QUID_OK);
  unsetenv("QUID_KERNEL");
  if (qi_parser_run(parser, doc, arena, &err)) fail_msg("%s", err.message);
  qi_parser_free(parser);
  qi_conllu_write(out, doc, NULL);
  assert_int_equal(qi_builder_status(out, "CoNLL-U", NULL), QUID_OK);
}

/* Heads make one tree with one root; the lists of children agree. */
static void check_trees(const qi_parsed *doc) {
  for (uint32_t i = 0; i < doc->n_sentences; i++) {
    const qi_sentence *s = &doc->sentences[i];
    uint32_t roots = 0;
    for (uint32_t t = 0; t < s->n_tokens; t++) {
      int32_t at = (int32_t)t;
      uint32_t steps = 0;
      while (at != QI_ROOT && steps++ <= s->n_tokens) at = s->tokens[at].head;
      assert_int_equal(at, QI_ROOT);
      roots += s->tokens[t].head == QI_ROOT;
      assert_int_equal(s->tokens[t].head == QI_ROOT, s->tokens[t].rel == QI_REL_ROOT);
      assert_true(s->tokens[t].lemma.len > 0 && s->tokens[t].xpos.len > 0 &&
                  s->tokens[t].deprel.len > 0);
    }
    assert_int_equal(roots, s->n_tokens > 0);
    assert_int_equal(s->child_begin[s->n_tokens], s->n_tokens - roots);
  }
}

static qi_slice copy_of(const qi_builder *b, qi_arena *arena) {
  return qi_arena_slice(arena, qi_builder_view(b));
}

/* Segmented and parsed with each kernel: returns how many kernels there are. */
static int compare_kernels(const qi_model *model, qi_slice text, const char *name) {
  qi_slice first = {0};
  qi_arena arena;
  qi_arena_init(&arena, 0);
  int n = 0;
  for (int k = 0; k < N_KERNELS; k++) {
    if (!qi_kernel_named(kernels[k])) continue;
    qi_parsed doc;
    quid_error err = {0};
    qi_builder out;
    qi_builder_init(&out, 0);
    if (qi_segment(model, text, &arena, &doc, &err)) fail_msg("%s: %s", name, err.message);
    assert_true(doc.n_sentences > 0);
    parse_to(&out, model, kernels[k], &doc, &arena);
    check_trees(&doc);
    if (n++ == 0) first = copy_of(&out, &arena);
    else if (!qi_slice_eq(first, qi_builder_view(&out)))
      fail_msg("%s: %s differs", name, kernels[k]);
    qi_builder_clear(&out);
  }
  qi_arena_clear(&arena);
  return n;
}

static void kernels_agree_on_the_examples(void **state) {
  (void)state;
  DIR *dir = opendir(test_root("examples"));
  assert_non_null(dir);
  int n_texts = 0;
  for (struct dirent *entry; (entry = readdir(dir));) {
    if (!qi_slice_ends(qi_slice_str(entry->d_name), QI_SLICE(".txt"))) continue;
    char relative[300];
    snprintf(relative, sizeof relative, "examples/%s", entry->d_name);
    qi_builder text;
    qi_builder_init(&text, 0);
    assert_int_equal(qi_file_read(&text, test_root(relative), 0, NULL), QUID_OK);
    for (int i = 0; i < N_MODELS; i++)
      if (models[i]) assert_true(compare_kernels(models[i], qi_builder_view(&text), relative) >= 1);
    qi_builder_clear(&text);
    n_texts++;
  }
  closedir(dir);
  assert_true(n_texts > 0);
}

/* Sanitized kernels are thirty times slower: one document in 20 then. */
#if defined(__SANITIZE_ADDRESS__)
enum { EVERY = 20 };
#else
enum { EVERY = 1 };
#endif

/* The documents of the file, parsed with the kernel. */
static void parse_file(qi_builder *out, const qi_model *model, const char *kernel, qi_slice data,
                       const char *path) {
  qi_conllu in;
  qi_arena arena;
  qi_parsed doc;
  quid_error err = {0};
  qi_arena_init(&arena, 0);
  qi_conllu_open(&in, data, path, false);
  for (int n = 0; qi_conllu_next(&doc, &in, &arena, &err) == QUID_OK && doc.n_sentences; n++) {
    if (n % EVERY == 0) {
      parse_to(out, model, kernel, &doc, &arena);
      check_trees(&doc);
    }
    qi_arena_reset(&arena);
  }
  if (err.code) fail_msg("%s", err.message);
  qi_conllu_close(&in);
  qi_arena_clear(&arena);
}

static void kernels_agree_on_a_treebank(void **state) {
  (void)state;
  TEST_NEED_DATA(path, "treebank/ewt/en_ewt-ud-dev.conllu");
  qi_builder data, first, out;
  qi_builder_init(&data, 0), qi_builder_init(&first, 0), qi_builder_init(&out, 0);
  assert_int_equal(qi_file_read(&data, path, 0, NULL), QUID_OK);
  for (int i = 0; i < N_MODELS; i++) {
    if (!models[i]) continue;
    qi_builder_reset(&first);
    parse_file(&first, models[i], kernels[0], qi_builder_view(&data), path);
    assert_true(first.len > 1000000 / EVERY / 2);
    for (int k = 1; k < N_KERNELS; k++) {
      if (!qi_kernel_named(kernels[k])) continue;
      qi_builder_reset(&out);
      parse_file(&out, models[i], kernels[k], qi_builder_view(&data), path);
      if (!qi_slice_eq(qi_builder_view(&first), qi_builder_view(&out)))
        fail_msg("%s differs", kernels[k]);
    }
  }
  qi_builder_clear(&data), qi_builder_clear(&first), qi_builder_clear(&out);
}

/* --- Made-up sentences: the words do not matter --- */

static const char *const vocabulary[] = {
    "The",       "president", "of",         "Russia", "met",       "Kim",  "in",
    "Pyongyang", "and",       "signed",     "an",     "agreement", "U.S.", "troops",
    "“",         "don",       "n’t",        "10,000", "missiles",  ",",    ".",
    "élysée",    "who",       "reportedly", "北京",   "said",
};
enum { N_VOCABULARY = sizeof vocabulary / sizeof *vocabulary };

static qi_sentence sentence_of(uint32_t index, uint32_t n, uint32_t salt, qi_arena *arena) {
  qi_sentence s = {.index = index, .n_tokens = n, .tokens = QI_NEW_ARRAY(arena, qi_token, n + 1)};
  assert_non_null(s.tokens);
  for (uint32_t t = 0; t < n; t++)
    s.tokens[t].form =
        qi_slice_str(vocabulary[(salt * 7919 + t * t * 31 + t * salt) % N_VOCABULARY]);
  return s;
}

/* All that the parser says of a sentence. */
static qi_slice result(const qi_sentence *s, qi_arena *arena) {
  qi_builder b;
  qi_builder_init(&b, 0);
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    const qi_token *t = &s->tokens[i];
    qi_builder_printf(&b, "%.*s/%.*s/%d/%.*s/%.*s/%d/%.*s/%d/%d/%d/%d\n", QI_SLICE_ARG(t->form),
                      QI_SLICE_ARG(t->lemma), t->upos, QI_SLICE_ARG(t->xpos),
                      QI_SLICE_ARG(t->feats), (int)t->head, QI_SLICE_ARG(t->deprel), t->rel, t->ner,
                      t->ner_begin, t->etype);
  }
  qi_slice text = copy_of(&b, arena);
  qi_builder_clear(&b);
  return text;
}

enum { N_SENTENCES = 150 };
static uint32_t length_of(uint32_t i) { return i == 0 ? 700 : i % 50 == 3 ? 0 : 1 + i * i % 61; }

/* As a document in the given order, 0 as they come, 1 backwards, else each step-th. */
static void parse_in_order(qi_parser *parser, uint32_t step, qi_slice *results, qi_arena *arena) {
  qi_parsed doc = {.sentences = QI_NEW_ARRAY(arena, qi_sentence, N_SENTENCES),
                   .n_sentences = N_SENTENCES};
  uint32_t which[N_SENTENCES];
  for (uint32_t i = 0; i < N_SENTENCES; i++) {
    which[i] = step == 0 ? i : step == 1 ? N_SENTENCES - 1 - i : i * step % N_SENTENCES;
    doc.sentences[i] = sentence_of(i, length_of(which[i]), which[i], arena);
  }
  assert_int_equal(qi_parser_run(parser, &doc, arena, NULL), QUID_OK);
  check_trees(&doc);
  for (uint32_t i = 0; i < N_SENTENCES; i++) results[which[i]] = result(&doc.sentences[i], arena);
}

static void alone_or_in_a_batch_in_any_order(void **state) {
  (void)state;
  static qi_slice together[N_SENTENCES], other[N_SENTENCES];
  for (int i = 0; i < N_MODELS; i++) {
    if (!models[i]) continue;
    qi_parser *parser;
    qi_arena arena;
    qi_arena_init(&arena, 0);
    assert_int_equal(qi_parser_new(&parser, models[i], NULL), QUID_OK);
    parse_in_order(parser, 0, together, &arena);
    for (uint32_t step = 1; step <= 7; step += 6) {
      parse_in_order(parser, step, other, &arena);
      for (uint32_t k = 0; k < N_SENTENCES; k++) assert_true(qi_slice_eq(together[k], other[k]));
    }
    for (uint32_t k = 0; k < N_SENTENCES; k += 7) { /* alone, with a parser that has seen nothing */
      qi_sentence s = sentence_of(0, length_of(k), k, &arena);
      qi_parsed doc = {.sentences = &s, .n_sentences = 1};
      qi_parser *fresh;
      assert_int_equal(qi_parser_new(&fresh, models[i], NULL), QUID_OK);
      assert_int_equal(qi_parser_run(fresh, &doc, &arena, NULL), QUID_OK);
      qi_parser_free(fresh);
      assert_true(qi_slice_eq(together[k], result(&s, &arena)));
    }
    qi_parser_free(parser);
    qi_arena_clear(&arena);
  }
}

static void nothing_and_too_much(void **state) {
  (void)state;
  qi_parser *parser;
  qi_arena arena;
  quid_error err = {0};
  qi_arena_init(&arena, 0);
  assert_int_equal(qi_parser_new(&parser, models[0], NULL), QUID_OK);
  qi_parsed empty = {0};
  assert_int_equal(qi_parser_run(parser, &empty, &arena, &err), QUID_OK);
  qi_sentence s[2] = {sentence_of(0, 3, 1, &arena), sentence_of(1, 4097, 2, &arena)};
  qi_parsed doc = {.sentences = s, .n_sentences = 2};
  assert_int_equal(qi_parser_run(parser, &doc, &arena, &err), QUID_ERR_LIMIT);
  assert_string_equal(err.message, "sentence 2 has 4097 tokens, more than 4096");
  s[1].n_tokens = 2000;
  assert_int_equal(qi_parser_run(parser, &doc, &arena, NULL), QUID_OK);
  check_trees(&doc);
  qi_parser_free(parser);
  qi_parser_free(NULL);
  qi_arena_clear(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(alone_or_in_a_batch_in_any_order),
      cmocka_unit_test(nothing_and_too_much),
      cmocka_unit_test(kernels_agree_on_the_examples),
      cmocka_unit_test(kernels_agree_on_a_treebank),
  };
  return cmocka_run_group_tests(tests, open_models, close_models);
}
