#include "unit/unit.h"

#include "base/file.h"
#include "parse/conllu.h"
#include "support.h"

static const char sample[] = "# newdoc id = doc1\n"
                             "# newpar\n"
                             "# sent_id = a-1\n"
                             "# text = They don't go (now).\n"
                             "1\tThey\tthey\tPRON\tPRP\tCase=Nom|Number=Plur\t4\tnsubj\t4:nsubj\tNER=B-ORG\n"
                             "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                             "2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_\n"
                             "3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\tEntity=3)\n"
                             "3.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t0:root\t_\n"
                             "4\tgo\tgo\tVERB\tVB\t_\t0\troot\t0:root\tEType=event\n"
                             "5\t(\t(\tPUNCT\t-LRB-\t_\t6\tpunct\t_\tSpaceAfter=No\n"
                             "6\tnow\tnow\tADV\tRB\t_\t4\tadvmod:emph\t_\tSpaceAfter=No\n"
                             "7\t)\t)\tPUNCT\t-RRB-\t_\t6\tpunct\t_\tSpaceAfter=No\n"
                             "8\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n"
                             "\n"
                             "# sent_id = a-2\n"
                             "# newpar id = p2\n"
                             "1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\tSpaceAfter=No\n"
                             "\n"
                             "1\t!\t!\tPUNCT\t.\t_\t0\troot\t_\t_\n"
                             "\n"
                             "# newdoc\n"
                             "1\tcannot\tcannot\tX\t_\t_\t0\troot\t_\t_\n";

typedef struct reading {
  qi_conllu in;
  qi_arena arena;
  qi_parsed doc;
  quid_error err;
} reading;

static quid_status start(reading *r, const char *data, bool keep) {
  memset(r, 0, sizeof *r);
  qi_arena_init(&r->arena, 0);
  qi_conllu_open(&r->in, qi_slice_str(data), "x.conllu", keep);
  return qi_conllu_next(&r->doc, &r->in, &r->arena, &r->err);
}

static void stop(reading *r) {
  qi_conllu_close(&r->in);
  qi_arena_clear(&r->arena);
}

static void reads_documents(void **state) {
  (void)state;
  reading r;
  assert_int_equal(start(&r, sample, true), QUID_OK);
  assert_string_equal(r.in.doc_id, "doc1");
  assert_int_equal(r.doc.n_sentences, 3);
  assert_string_equal(r.doc.text.ptr, "They don't go (now).\n\nYes!");
  const qi_sentence *s = &r.doc.sentences[0];
  assert_int_equal(s->n_tokens, 8);
  assert_string_equal(s->id, "a-1");
  assert_true(s->new_paragraph && r.doc.sentences[1].new_paragraph);
  assert_false(r.doc.sentences[2].new_paragraph);
  assert_int_equal(s->tokens[1].start, 5);
  assert_int_equal(s->tokens[1].end, 7);
  assert_int_equal(s->tokens[2].start, 7);
  assert_int_equal(s->tokens[2].end, 10);
  assert_int_equal(s->tokens[1].mwt, 1);
  assert_int_equal(s->tokens[2].mwt, 1);
  assert_int_equal(s->tokens[3].mwt, 0);
  assert_false(s->tokens[1].space_after);
  assert_true(s->tokens[2].space_after);
  assert_int_equal(s->tokens[0].head, 3);
  assert_int_equal(s->tokens[3].head, QI_ROOT);
  assert_int_equal(s->tokens[0].ner, QI_NER_ORG);
  assert_true(s->tokens[0].ner_begin);
  assert_int_equal(s->tokens[3].etype, QI_ETYPE_EVENT);
  assert_int_equal(s->tokens[5].rel, QI_REL_ADVMOD);
  assert_true(qi_token_has(&s->tokens[0], "Number=Plur"));
  assert_false(qi_token_has(&s->tokens[0], "Number=Plu"));
  assert_int_equal(s->child_begin[4] - s->child_begin[3], 5); /* they do n't now . */
  assert_int_equal(s->child[s->child_begin[3]], 0);
  assert_int_equal(r.doc.sentences[2].start, 25);
  assert_int_equal(qi_conllu_next(&r.doc, &r.in, &r.arena, &r.err), QUID_OK);
  assert_int_equal(r.doc.n_sentences, 1);
  assert_null(r.in.doc_id);
  assert_int_equal(qi_conllu_next(&r.doc, &r.in, &r.arena, &r.err), QUID_OK);
  assert_int_equal(r.doc.n_sentences, 0);
  stop(&r);
}

static void ignores_trees(void **state) {
  (void)state;
  reading r;
  assert_int_equal(start(&r, "1\ta\tx\tDET\tDT\t_\t99\tdet\t_\tNER=B-PER\r\n2\tb\t_\t_\t_\t_\t_\t_\t_\t_\r\n", false),
                   QUID_OK);
  assert_int_equal(r.doc.n_sentences, 1);
  const qi_token *t = r.doc.sentences[0].tokens;
  assert_int_equal(t[0].lemma.len, 0);
  assert_int_equal(t[0].ner, 0);
  assert_int_equal(t[0].head, QI_ROOT);
  assert_string_equal(r.doc.text.ptr, "a b");
  stop(&r);
}

static void writes(void **state) {
  (void)state;
  static const char wanted[] =
      "# newdoc id = doc1\n# newpar\n# sent_id = a-1\n# text = They don't go (now).\n"
      "1\tThey\tthey\tPRON\tPRP\tCase=Nom|Number=Plur\t4\tnsubj\t_\tNER=B-ORG\n"
      "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n"
      "2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_\n"
      "3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n"
      "4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tEType=event\n"
      "5\t(\t(\tPUNCT\t-LRB-\t_\t6\tpunct\t_\tSpaceAfter=No\n"
      "6\tnow\tnow\tADV\tRB\t_\t4\tadvmod:emph\t_\tSpaceAfter=No\n"
      "7\t)\t)\tPUNCT\t-RRB-\t_\t6\tpunct\t_\tSpaceAfter=No\n"
      "8\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n\n"
      "# newpar\n# sent_id = a-2\n# text = Yes\n"
      "1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\tSpaceAfter=No\n\n"
      "# sent_id = 3\n# text = !\n"
      "1\t!\t!\tPUNCT\t.\t_\t0\troot\t_\t_\n\n";
  reading r;
  qi_builder out;
  qi_builder_init(&out, 0);
  assert_int_equal(start(&r, sample, true), QUID_OK);
  qi_conllu_write(&out, &r.doc, r.in.doc_id);
  assert_string_equal(out.ptr, wanted);
  qi_builder_clear(&out);
  stop(&r);
}

static void tells_errors(void **state) {
  (void)state;
#define ROW(id, head) id "\tw\tw\tX\tX\t_\t" head "\tdep\t_\t_\n"
  static const struct {
    const char *data;
    size_t line, column;
    const char *message;
  } cases[] = {
      {"1\ta\tb\n", 1, 1, "3 columns instead of 10 in '1\ta\tb'"},
      {"# text = x\n\n\n" ROW("1", "0") ROW("3", "1"), 5, 1, "token number out of order '3'"},
      {ROW("1", "0") ROW("x", "1"), 2, 1, "not a token number 'x'"},
      {ROW("1", "é"), 1, 13, "not a head 'é'"},
      {ROW("1", "7"), 1, 1, "head outside the sentence for 'w'"},
      {ROW("1", "0") ROW("2", "0"), 2, 1, "2 roots instead of 1 in the sentence"},
      {ROW("1", "0") ROW("2", "3") ROW("3", "2"), 3, 1, "heads run in a circle at 'w'"},
      {ROW("1-2", "_") ROW("1", "0"), 2, 1, "words missing of the range 'w'"},
      {ROW("1", "0") ROW("3-4", "_"), 2, 1, "range of words out of place '3-4'"},
      {ROW("1", "0") "\n1\t\xFF\n", 3, 1, "not UTF-8 in 'line'"},
      {"1\t\tw\tX\tX\t_\t0\tdep\t_\t_\n", 1, 3, "an empty column in '1\t\tw\tX\tX\t_\t0\tdep\t_\t_'"},
      {"1\tw \tw\tX\tX\t_\t0\tdep\t_\t_\n", 1, 3, "white space around the form 'w '"},
      {ROW("1", "4294967296"), 1, 13, "not a head '4294967296'"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    reading r;
    assert_int_equal(start(&r, cases[i].data, true), QUID_ERR_FORMAT);
    assert_string_equal(r.err.message, cases[i].message);
    assert_string_equal(r.err.file, "x.conllu");
    assert_int_equal(r.err.line, cases[i].line);
    assert_int_equal(r.err.column, cases[i].column);
    stop(&r);
  }
}

static void keeps_ceilings(void **state) {
  (void)state;
  qi_builder data;
  reading r;
  qi_builder_init(&data, 0);
  for (unsigned i = 1; i <= QI_MAX_SENTENCE_TOKENS + 1; i++)
    qi_builder_printf(&data, "%u\tw\t_\t_\t_\t_\t_\t_\t_\t_\n", i);
  assert_int_equal(start(&r, data.ptr, false), QUID_ERR_LIMIT);
  assert_int_equal(r.err.line, QI_MAX_SENTENCE_TOKENS + 1);
  stop(&r);
  qi_builder_reset(&data);
  qi_builder_str(&data, "1\t");
  qi_builder_repeat(&data, 'x', QI_MAX_TOKEN_BYTES + 1);
  qi_builder_str(&data, "\t_\t_\t_\t_\t_\t_\t_\t_\n");
  assert_int_equal(start(&r, data.ptr, false), QUID_ERR_LIMIT);
  stop(&r);
  qi_builder_clear(&data);
}

/* Read, write, read, write: both writings agree, and the sentences' text is that of the treebank. */
static void round_trip(const char *path) {
  qi_builder data, first, second;
  reading r, again;
  qi_builder_init(&data, 0);
  qi_builder_init(&first, 0);
  qi_builder_init(&second, 0);
  assert_int_equal(qi_file_read(&data, path, 0, NULL), QUID_OK);
  quid_status status = start(&r, data.ptr, true);
  for (; !status && r.doc.n_sentences; status = qi_conllu_next(&r.doc, &r.in, &r.arena, &r.err)) {
    qi_builder_reset(&first);
    qi_builder_reset(&second);
    qi_conllu_write(&first, &r.doc, r.in.doc_id);
    assert_int_equal(start(&again, first.ptr, true), QUID_OK);
    qi_conllu_write(&second, &again.doc, again.in.doc_id);
    assert_string_equal(first.ptr, second.ptr);
    assert_true(qi_slice_eq(r.doc.text, again.doc.text));
    stop(&again);
    for (qi_slice rest = qi_builder_view(&first), line; qi_slice_line(&rest, &line);)
      if (qi_slice_starts(line, QI_SLICE("# text = ")) &&
          qi_slice_find(qi_builder_view(&data), line) == QI_NOT_FOUND)
        fail_msg("not in the treebank: %.*s", QI_SLICE_ARG(line));
  }
  if (status) fail_msg("%s:%zu: %s", r.err.file, r.err.line, r.err.message);
  stop(&r);
  qi_builder_clear(&data);
  qi_builder_clear(&first);
  qi_builder_clear(&second);
}

static void round_trip_ewt(void **state) {
  (void)state;
  TEST_NEED_DATA(path, "treebank/ewt/en_ewt-ud-dev.conllu");
  round_trip(path);
}

static void round_trip_gum(void **state) {
  (void)state;
  TEST_NEED_DATA(path, "treebank/gum/gum-open-dev.conllu");
  round_trip(path);
}

static void names(void **state) {
  (void)state;
  for (int i = 0; i < QI_N_RELS; i++)
    assert_int_equal(qi_rel_of(qi_slice_str(qi_rel_name((qi_rel)i))), i);
  for (int i = 0; i < QI_N_UPOS; i++)
    assert_int_equal(qi_upos_of(qi_slice_str(qi_upos_name((qi_upos)i))), i);
  assert_int_equal(qi_rel_of(QI_SLICE("obl:tmod")), QI_REL_OBL);
  assert_int_equal(qi_rel_of(QI_SLICE("")), QI_REL_DEP);
  assert_int_equal(qi_rel_of(QI_SLICE("xyz:pass")), QI_REL_DEP);
  assert_string_equal(qi_etype_name(QI_ETYPE_ABSTRACT), "abstract");
  assert_string_equal(qi_etype_name((qi_etype)77), "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_documents), cmocka_unit_test(ignores_trees),
      cmocka_unit_test(writes),          cmocka_unit_test(tells_errors),
      cmocka_unit_test(keeps_ceilings),  cmocka_unit_test(round_trip_ewt),
      cmocka_unit_test(round_trip_gum),  cmocka_unit_test(names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
