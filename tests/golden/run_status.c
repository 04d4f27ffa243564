/* Runs status.tsv through the whole road and compares the statuses.
 *
 *   run_status [--model FILE] [--trees FILE.conllu] [--list] [--show] [--least SHARE] [FILE.tsv]
 *
 * --list prints the sentences for another parser; --trees reads its trees. A deed that must not be
 * asserted and comes out so is counted apart: that is the error that matters. */
#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "code/coder.h"
#include "know/table.h"
#include "parse/conllu.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct runner {
  qi_know know;
  qi_model *model;
  qi_second second;
  qi_parser *parser;
  qi_map trees;
  QI_VEC(qi_parsed) parsed;
  qi_arena arena, tree_arena;
  bool list, show, has_trees;
  size_t n, right, wrongly_asserted, missing;
} runner;

static qi_slice letters(qi_slice text, qi_arena *arena) {
  char *out = qi_arena_alloc(arena, text.len + 1);
  size_t n = 0;
  for (size_t i = 0; out && i < text.len; i++)
    if (text.ptr[i] != ' ') out[n++] = text.ptr[i];
  return (qi_slice){out, n};
}

static quid_status read_trees(runner *r, qi_slice data, const char *file, quid_error *err) {
  qi_conllu in;
  qi_parsed doc;
  quid_status status;
  qi_conllu_open(&in, data, file, true);
  while (!(status = qi_conllu_next(&doc, &in, &r->tree_arena, err)) && doc.n_sentences) {
    if (!qi_map_put(&r->trees, letters(doc.text, &r->tree_arena), (uint32_t)r->parsed.len) ||
        !QI_VEC_PUSH(&r->parsed, doc))
      return qi_error_memory(err, "the trees");
  }
  qi_conllu_close(&in);
  r->has_trees = true;
  return status;
}

static quid_status parse(runner *r, qi_slice sentence, qi_parsed *doc, quid_error *err) {
  if (r->has_trees) {
    uint32_t at = qi_map_find(&r->trees, letters(sentence, &r->arena), QI_MAP_NONE);
    *doc = at == QI_MAP_NONE ? (qi_parsed){{"", 0}, NULL, 0} : r->parsed.items[at];
    return QUID_OK;
  }
  quid_status status = qi_segment(r->model, sentence, &r->arena, doc, err);
  return status ? status : qi_parser_run(r->parser, doc, &r->arena, err);
}

static void compare(runner *r, const qi_table *t, const qi_parsed *doc, const qi_events *events) {
  const char *got = "none";
  bool asserted = false;
  for (uint32_t i = 0; i < events->len; i++) {
    quid_span s = events->items[i].trigger;
    qi_slice words = qi_slice_sub(doc->text, s.start, s.end);
    if (!qi_slice_eq(words, t->field[1])) {
      qi_slice rest = words, word;
      bool found = false;
      while (qi_slice_word(&rest, &word)) found |= qi_slice_eq(word, t->field[1]);
      if (!found) continue;
    }
    const char *status = quid_event_status_name(events->items[i].status);
    if (strcmp(got, "none") == 0 || qi_slice_eq_str(t->field[0], status)) got = status;
    asserted |= events->items[i].status == QUID_ASSERTED;
  }
  bool right = qi_slice_eq_str(t->field[0], got);
  r->n++;
  r->right += right;
  r->missing += strcmp(got, "none") == 0;
  r->wrongly_asserted += asserted && !qi_slice_eq_str(t->field[0], "asserted");
  if (!right && r->show)
    printf("%zu: '%.*s' is %s, must be %.*s: %.*s\n", t->line, QI_SLICE_ARG(t->field[1]), got,
           QI_SLICE_ARG(t->field[0]), QI_SLICE_ARG(t->field[2]));
}

static quid_status run_row(runner *r, const qi_table *t, quid_error *err) {
  qi_parsed doc;
  qi_events events;
  qi_document_info info = {.published = qi_day_from_ymd(2023, 6, 1)};
  if (r->list) {
    printf("%.*s\n", QI_SLICE_ARG(t->field[2]));
    return QUID_OK;
  }
  qi_arena_reset(&r->arena);
  quid_status status = parse(r, t->field[2], &doc, err);
  if (!status && doc.n_sentences == 0) return QUID_OK;
  if (!status) status = qi_code_document(&r->know, &r->second, &doc, &info, &r->arena, &events, NULL, err);
  if (!status) compare(r, t, &doc, &events);
  return status;
}

int main(int argc, char **argv) {
  qi_judge *judge = NULL;
  runner r = {.list = false};
  quid_error err = {.code = QUID_OK};
  const char *model = test_root("model/quid.model"), *trees = NULL, *file = test_root("tests/golden/status.tsv");
  double least = 0;
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = value, i++;
    else if (strcmp(argv[i], "--trees") == 0) trees = value, i++;
    else if (strcmp(argv[i], "--least") == 0) least = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--list") == 0) r.list = true;
    else if (strcmp(argv[i], "--show") == 0) r.show = true;
    else file = argv[i];
  }
  qi_builder data, tree_data;
  qi_builder_init(&data, 0);
  qi_builder_init(&tree_data, 0);
  qi_arena_init(&r.arena, 0);
  qi_arena_init(&r.tree_arena, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_file_read(&data, file, 0, &err);
  if (!status && !r.list) status = qi_know_load(&r.know, test_root("knowledge"), &err);
  if (!status && trees && !(status = qi_file_read(&tree_data, trees, 0, &err)))
    status = read_trees(&r, qi_builder_view(&tree_data), trees, &err);
  if (!status && !trees && !r.list && !(status = qi_model_open(&r.model, model, &err)))
    status = qi_parser_new(&r.parser, r.model, &err);
  if (!status && r.model) status = qi_judge_open(&judge, r.model, &err);
  r.second = (qi_second){r.model, judge};
  if (!status) status = qi_table_open(&t, qi_builder_view(&data), file, "status\tword\tsentence", &err);
  while (!status && !(status = qi_table_next(&t, &more, &err)) && more) status = run_row(&r, &t, &err);
  if (status) fprintf(stderr, "run_status: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else if (!r.list)
    printf("%zu of %zu right (%zu not found), %zu asserted that must not be\n", r.right, r.n, r.missing, r.wrongly_asserted);
  if (r.parser) qi_parser_free(r.parser);
  qi_judge_free(judge);
  if (r.model) qi_model_close(r.model);
  qi_map_clear(&r.trees);
  QI_VEC_CLEAR(&r.parsed);
  qi_know_clear(&r.know);
  qi_arena_clear(&r.arena);
  qi_arena_clear(&r.tree_arena);
  qi_builder_clear(&data);
  qi_builder_clear(&tree_data);
  if (status) return 2;
  return (double)r.right < least * (double)r.n || (least > 0 && r.wrongly_asserted) ? 1 : 0;
}
