/* Runs topic.tsv through the whole road, with and without the filter, and compares.
 *
 *   run_topic [--model FILE] [--knowledge DIR] [--show] [--held] [--least SHARE] [--lost SHARE] [FILE.tsv]
 *
 * A word with `-` is right when no event comes from it, one with `+` when the filter takes away none that was
 * there without it. Only what the coder finds without the filter says something about it: the rest is counted
 * as `silent`. A fifth of the rows, by their hash, is held apart and never shown without --held. Exit 1 when
 * fewer than --least of the events of other worlds are dropped, or more than --lost of those of politics. */
#include "base/file.h"
#include "base/hash.h"
#include "code/coder.h"
#include "know/table.h"
#include "parse/parser.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct counts {
  size_t rows, other, dropped, politics, lost, silent, texts, texts_right;
} counts;

typedef struct runner {
  qi_know know;
  qi_model *model;
  qi_parser *parser;
  qi_arena arena;
  bool show, held;
  counts of[2]; /* worked on; held apart */
} runner;

/* " || " -> blank line. */
static qi_slice paragraphs(qi_slice text, qi_arena *arena) {
  char *out = qi_arena_alloc(arena, text.len + 1);
  size_t n = 0;
  for (size_t i = 0; out && i < text.len;) {
    bool bar = qi_slice_starts(qi_slice_sub(text, i, text.len), QI_SLICE(" || "));
    out[n++] = bar ? '\n' : text.ptr[i];
    if (bar) out[n++] = '\n';
    i += bar ? 4 : 1;
  }
  return (qi_slice){out, n};
}

static quid_status code(runner *r, qi_slice text, bool filter, qi_parsed *doc, qi_events *events, quid_error *err) {
  qi_document_info info = {.published = qi_day_from_ymd(2024, 6, 1)};
  qi_topics *topics = r->know.topics;
  quid_status status = qi_segment(r->model, text, &r->arena, doc, err);
  if (!status) status = qi_parser_run(r->parser, doc, &r->arena, err);
  if (!filter) r->know.topics = NULL;
  if (!status) status = qi_code_document(&r->know, NULL, doc, &info, &r->arena, events, NULL, err);
  r->know.topics = topics;
  return status;
}

/* How many events come from that word. */
static size_t events_of(const qi_events *events, qi_slice text, qi_slice wanted) {
  size_t n = 0;
  for (uint32_t i = 0; i < events->len; i++) {
    quid_span s = events->items[i].trigger;
    qi_slice rest = qi_slice_sub(text, s.start, s.end), word;
    bool found = false;
    while (qi_slice_word(&rest, &word)) found |= qi_slice_eq_nocase(word, wanted);
    n += found;
  }
  return n;
}

static quid_status run_row(runner *r, const qi_table *t, quid_error *err) {
  qi_parsed doc;
  qi_events with, without;
  bool apart = qi_hash64(t->field[3]) % 5 == 0;
  counts *n = &r->of[apart];
  qi_arena_reset(&r->arena);
  qi_slice text = paragraphs(t->field[3], &r->arena), deeds = t->field[2], deed;
  quid_status status = code(r, text, false, &doc, &without, err);
  if (!status) status = code(r, text, true, &doc, &with, err);
  if (status) return status;
  bool show = r->show && (!apart || r->held);
  n->rows++;
  while (qi_slice_word(&deeds, &deed)) {
    bool keep = deed.ptr[0] == '+';
    qi_slice word = qi_slice_sub(deed, 1, deed.len);
    size_t before = events_of(&without, text, word), after = events_of(&with, text, word);
    n->silent += before == 0;
    if (!before) continue;
    bool wrong = keep ? after < before : after > 0;
    if (keep) n->politics++, n->lost += wrong;
    else n->other++, n->dropped += !wrong;
    if (wrong && show)
      printf("%zu: '%.*s' %s: %.*s\n", t->line, QI_SLICE_ARG(word), keep ? "is lost" : "stays", QI_SLICE_ARG(t->field[3]));
  }
  if (!qi_slice_eq_str(t->field[0], "text")) return QUID_OK;
  bool right = qi_slice_eq_str(t->field[1], qi_topic_name((qi_topic)with.topics.document));
  n->texts++;
  n->texts_right += right;
  if (!right && show)
    printf("%zu: the text is '%s', must be '%.*s'\n", t->line, qi_topic_name((qi_topic)with.topics.document), QI_SLICE_ARG(t->field[1]));
  return QUID_OK;
}

static void report(const char *name, const counts *n) {
  printf("%s: %zu rows; other worlds %zu of %zu events dropped; politics %zu of %zu lost; texts %zu of %zu named right; %zu words silent anyway\n",
         name, n->rows, n->dropped, n->other, n->lost, n->politics, n->texts_right, n->texts, n->silent);
}

static bool fails(const counts *n, double least, double lost) {
  return (double)n->dropped < least * (double)n->other || (double)n->lost > lost * (double)n->politics;
}

int main(int argc, char **argv) {
  runner r = {.show = false};
  quid_error err = {.code = QUID_OK};
  const char *model = test_root("model/quid.model"), *knowledge = test_root("knowledge"), *file = test_root("tests/golden/topic.tsv");
  double least = 0, lost = 1;
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = value, i++;
    else if (strcmp(argv[i], "--knowledge") == 0) knowledge = value, i++;
    else if (strcmp(argv[i], "--least") == 0) least = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--lost") == 0) lost = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--show") == 0) r.show = true;
    else if (strcmp(argv[i], "--held") == 0) r.held = true;
    else file = argv[i];
  }
  qi_builder data;
  qi_builder_init(&data, 0);
  qi_arena_init(&r.arena, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_file_read(&data, file, 0, &err);
  if (!status) status = qi_know_load(&r.know, knowledge, &err);
  if (!status && !(status = qi_model_open(&r.model, model, &err))) status = qi_parser_new(&r.parser, r.model, &err);
  if (!status) status = qi_table_open(&t, qi_builder_view(&data), file, "kind\ttopic\tdeeds\ttext", &err);
  while (!status && !(status = qi_table_next(&t, &more, &err)) && more) status = run_row(&r, &t, &err);
  if (status) fprintf(stderr, "run_topic: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else report("held apart", &r.of[1]), report("worked on", &r.of[0]);
  if (r.parser) qi_parser_free(r.parser);
  if (r.model) qi_model_close(r.model);
  qi_know_clear(&r.know);
  qi_arena_clear(&r.arena);
  qi_builder_clear(&data);
  if (status) return 2;
  return fails(&r.of[0], least, lost) || fails(&r.of[1], least - 0.1, lost) ? 1 : 0;
}
