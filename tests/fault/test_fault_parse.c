/* The parser survives the failure of any one allocation, says so, and is as good as new after. */
#include "unit/unit.h"

#include <stdio.h>

#include "fault/fault.h"
#include "parse/parser.h"

static qi_model *model;

static int open_model(void **state) {
  (void)state;
  return qi_model_open(&model, test_root("tests/data/tiny.model"), NULL) ? -1 : 0;
}

static int close_model(void **state) {
  (void)state;
  qi_model_close(model);
  return 0;
}

static void opening(void **state) {
  (void)state;
  QI_FAULT_EACH {
    quid_error err = {0};
    qi_model *again;
    quid_status status = qi_model_open(&again, test_root("tests/data/tiny.model"), &err);
    assert_int_equal(status, fault_fired() ? QUID_ERR_MEMORY : QUID_OK);
    assert_int_equal(err.code, status);
    if (!status) qi_model_close(again);
  }
}

enum { N_TOKENS = 40, N_SENTENCES = 12 };

/* Sentences not yet parsed; takes no memory, so that only the parser's own requests are counted. */
static qi_parsed document(void) {
  static char words[90][12];
  static qi_token tokens[N_SENTENCES][N_TOKENS];
  static qi_sentence sentences[N_SENTENCES];
  for (uint32_t i = 0; i < 90; i++) snprintf(words[i], sizeof words[i], "Word%u", i);
  memset(tokens, 0, sizeof tokens);
  for (uint32_t i = 0; i < N_SENTENCES; i++) {
    sentences[i] = (qi_sentence){.index = i, .n_tokens = N_TOKENS - i, .tokens = tokens[i]};
    for (uint32_t t = 0; t < N_TOKENS; t++)
      tokens[i][t].form = qi_slice_str(words[(t * t + i * 7) % 90]);
  }
  return (qi_parsed){.sentences = sentences, .n_sentences = N_SENTENCES};
}

static uint64_t fingerprint(const qi_parsed *doc) {
  uint64_t h = 0;
  for (uint32_t i = 0; i < doc->n_sentences; i++)
    for (uint32_t t = 0; t < doc->sentences[i].n_tokens; t++) {
      const qi_token *k = &doc->sentences[i].tokens[t];
      h = h * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)(k->head + 2) * 1000 + k->upos * 17u +
          k->rel * 3u + k->lemma.len;
    }
  return h;
}

static uint64_t parsed(qi_parser *parser) {
  qi_arena arena = {0};
  qi_parsed doc = document();
  assert_int_equal(qi_parser_run(parser, &doc, &arena, NULL), QUID_OK);
  uint64_t h = fingerprint(&doc);
  qi_arena_clear(&arena);
  return h;
}

static void parsing(void **state) {
  (void)state;
  qi_parser *parser;
  assert_int_equal(qi_parser_new(&parser, model, NULL), QUID_OK);
  uint64_t clean = parsed(parser);
  qi_parser_free(parser);
  QI_FAULT_EACH {
    quid_error err = {0};
    if (qi_parser_new(&parser, model, &err)) {
      assert_true(fault_fired());
      assert_int_equal(err.code, QUID_ERR_MEMORY);
      continue;
    }
    qi_arena arena = {0};
    qi_parsed doc = document();
    quid_status status = qi_parser_run(parser, &doc, &arena, &err);
    assert_int_equal(status, fault_fired() ? QUID_ERR_MEMORY : QUID_OK);
    assert_int_equal(err.code, status);
    if (status) assert_true(parsed(parser) == clean); /* once more, with the same parser */
    else assert_true(fingerprint(&doc) == clean);
    qi_parser_free(parser);
    qi_arena_clear(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(opening),
      cmocka_unit_test(parsing),
  };
  return cmocka_run_group_tests(tests, open_model, close_model);
}
