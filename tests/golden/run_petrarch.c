/* Runs PETRARCH's unit-test records, their raw sentences alone, with the validation dictionaries that they
 * name, and compares the sets of (source, target, code).
 *
 *   run_petrarch [--model FILE] [--show] [--id ID] [--least SHARE]
 *
 * Needs ../shared/data/events/petrarch2 (or $QUID_TEST_DATA); says so by name when it is absent and ends with 77.
 * The causes of what does not come out are kept in petrarch_causes.tsv, one line a record. */
#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "code/coder.h"
#include "know/cameo.h"
#include "know/petrarch.h"
#include "know/table.h"
#include "parse/parser.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_EVENTS = 64 };

typedef enum class_of { SHOULD, SHOULD_NOT, NOT_TRIED, N_CLASSES } class_of;
static const char *const class_names[] = {"should code", "should not code", "are marked as not done by PETRARCH itself, or are about its parse"};

typedef struct event_list {
  char text[MAX_EVENTS][120]; /* "ARN GON 064" */
  size_t n;
} event_list;

typedef struct runner {
  qi_know know;
  qi_model *model;
  qi_parser *parser;
  qi_arena arena, keep;
  qi_map cause_of;
  QI_VEC(qi_slice) causes;  /* of cause_of */
  QI_VEC(qi_slice) cause_names;
  QI_VEC(size_t) cause_counts;
  QI_VEC(qi_slice) failed; /* "cause\tid\texpected\tgot" */
  const char *only;
  bool show;
  size_t n[N_CLASSES], right[N_CLASSES];
} runner;

/* ---- the records ---- */

/* The text between two marks; *rest moves behind it. */
static bool between(qi_slice *rest, const char *open, const char *close, qi_slice *out) {
  size_t at = qi_slice_find(*rest, qi_slice_str(open));
  if (at == QI_NOT_FOUND) return false;
  qi_slice inside = qi_slice_sub(*rest, at + strlen(open), rest->len);
  size_t end = qi_slice_find(inside, qi_slice_str(close));
  if (end == QI_NOT_FOUND) return false;
  *out = qi_slice_sub(inside, 0, end);
  *rest = qi_slice_sub(inside, end + strlen(close), inside.len);
  return true;
}

/* name = "value" or 'value'. */
static qi_slice attribute(qi_slice tag, const char *name) {
  size_t at = qi_slice_find(tag, qi_slice_str(name));
  if (at == QI_NOT_FOUND) return (qi_slice){"", 0};
  qi_slice rest = qi_slice_sub(tag, at + strlen(name), tag.len);
  size_t i = 0;
  while (i < rest.len && rest.ptr[i] != '"' && rest.ptr[i] != '\'') i++;
  if (i == rest.len) return (qi_slice){"", 0};
  qi_slice value = qi_slice_sub(rest, i + 1, rest.len);
  size_t end = qi_slice_find_char(value, rest.ptr[i]);
  return qi_slice_sub(value, 0, end == QI_NOT_FOUND ? 0 : end);
}

/* Without <!-- -->. */
static qi_slice without_comments(qi_slice text, qi_arena *arena) {
  char *out = qi_arena_alloc(arena, text.len + 1);
  size_t n = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.len - i > 4 && memcmp(text.ptr + i, "<!--", 4) == 0) {
      size_t end = qi_slice_find(qi_slice_sub(text, i, text.len), QI_SLICE("-->"));
      if (end == QI_NOT_FOUND) break;
      i += end + 2;
    } else {
      out[n++] = text.ptr[i];
    }
  }
  return qi_slice_of(out, n);
}

/* One line, white space single, "&amp;" undone. */
static qi_slice plain(qi_slice text, qi_arena *arena) {
  char *out = qi_arena_alloc(arena, text.len + 1);
  size_t n = 0;
  for (qi_slice word; qi_slice_word(&text, &word);) {
    if (n) out[n++] = ' ';
    for (size_t i = 0; i < word.len; i++) {
      out[n++] = word.ptr[i];
      if (qi_slice_starts(qi_slice_sub(word, i, word.len), QI_SLICE("&amp;"))) i += 4;
    }
  }
  return qi_slice_of(out, n);
}

static void add_event(event_list *list, const char *source, const char *target, const char *code) {
  char text[120];
  snprintf(text, sizeof text, "%.50s %.50s %.10s", source, target, code);
  for (size_t i = 0; i < list->n; i++)
    if (strcmp(list->text[i], text) == 0) return;
  if (list->n < MAX_EVENTS) memcpy(list->text[list->n++], text, sizeof text);
}

static void read_expected(qi_slice body, event_list *list, qi_arena *arena) {
  qi_slice tag;
  while (between(&body, "<EventCoding", ">", &tag)) {
    qi_slice code = attribute(tag, "eventcode");
    if (code.len)
      add_event(list, qi_arena_strdup(arena, attribute(tag, "sourcecode")), qi_arena_strdup(arena, attribute(tag, "targetcode")),
                qi_arena_strdup(arena, code));
  }
}

/* ---- coding ---- */

static void pairs_of(const quid_event *e, event_list *out) {
  bool symmetric = e->n_recipients == 0 && e->n_actors > 1;
  for (uint32_t a = 0; a < e->n_actors; a++) {
    if (!symmetric && !e->n_recipients) add_event(out, e->actors[a].id, "---", e->cameo);
    for (uint32_t b = 0; b < e->n_recipients; b++)
      if (strcmp(e->actors[a].id, e->recipients[b].id) != 0) add_event(out, e->actors[a].id, e->recipients[b].id, e->cameo);
    for (uint32_t b = 0; symmetric && b < e->n_actors; b++)
      if (a != b) add_event(out, e->actors[a].id, e->actors[b].id, e->cameo);
  }
}

/* A record is one sentence, as PETRARCH was given it, wherever the segmenter would have cut it. */
static bool make_one(qi_parsed *doc, qi_arena *arena) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < doc->n_sentences; i++) n += doc->sentences[i].n_tokens;
  qi_token *tokens = QI_NEW_ARRAY(arena, qi_token, n);
  if (!tokens || !n) return tokens != NULL;
  n = 0;
  for (uint32_t i = 0; i < doc->n_sentences; i++) {
    memcpy(tokens + n, doc->sentences[i].tokens, doc->sentences[i].n_tokens * sizeof *tokens);
    n += doc->sentences[i].n_tokens;
  }
  doc->sentences[0].end = doc->sentences[doc->n_sentences - 1].end;
  doc->sentences[0].tokens = tokens;
  doc->sentences[0].n_tokens = n;
  doc->n_sentences = 1;
  return true;
}

static quid_status code(runner *r, qi_slice text, qi_day day, event_list *out, quid_error *err) {
  qi_parsed doc;
  qi_events events;
  qi_explain explain = {.arena = &r->arena};
  qi_document_info info = {.published = day};
  quid_status status = qi_segment(r->model, text, &r->arena, &doc, err);
  if (!status && !make_one(&doc, &r->arena)) status = qi_error_memory(err, "the sentence");
  if (!status) status = qi_parser_run(r->parser, &doc, &r->arena, err);
  if (!status) status = qi_code_document(&r->know, NULL, &doc, &info, &r->arena, &events, &explain, err);
  for (uint32_t i = 0; !status && i < events.len; i++) pairs_of(&events.items[i], out);
  for (size_t i = 0; !status && r->show && r->only && i < explain.lines.len; i++)
    printf("    %.*s\n", QI_SLICE_ARG(explain.lines.items[i].text));
  for (uint32_t n = 0; !status && r->show && r->only && n < doc.n_sentences; n++)
    for (uint32_t i = 0; i < doc.sentences[n].n_tokens; i++) {
      const qi_token *t = &doc.sentences[n].tokens[i];
      printf("    %2u %-14.*s %-5s %-4.*s %2d %.*s\n", i, QI_SLICE_ARG(t->form), qi_upos_name((qi_upos)t->upos), QI_SLICE_ARG(t->xpos),
             t->head, QI_SLICE_ARG(t->deprel));
    }
  return status;
}

static int by_text(const void *a, const void *b) { return strcmp(a, b); }

static bool same(event_list *a, event_list *b) {
  qsort(a->text, a->n, sizeof a->text[0], by_text);
  qsort(b->text, b->n, sizeof b->text[0], by_text);
  if (a->n != b->n) return false;
  for (size_t i = 0; i < a->n; i++)
    if (strcmp(a->text[i], b->text[i]) != 0) return false;
  return true;
}

static qi_slice joined(const event_list *list, qi_arena *arena) {
  qi_slice out = QI_SLICE("");
  for (size_t i = 0; i < list->n; i++) out = qi_arena_printf(arena, "%.*s%s%s", QI_SLICE_ARG(out), i ? "; " : "", list->text[i]);
  return list->n ? out : QI_SLICE("none");
}

static class_of class_of_record(qi_slice head, qi_slice body, const event_list *expected) {
  if (qi_slice_find(body, QI_SLICE("bad_input_parse")) != QI_NOT_FOUND) return NOT_TRIED;
  if (qi_slice_eq_str(attribute(head, "sentence"), "false")) return NOT_TRIED;
  return expected->n ? SHOULD : SHOULD_NOT;
}

static bool note_failure(runner *r, qi_slice id, const event_list *expected, const event_list *got, qi_slice text) {
  uint32_t cause = qi_map_find(&r->cause_of, id, QI_MAP_NONE);
  qi_slice why = cause == QI_MAP_NONE ? QI_SLICE("not yet looked into") : r->causes.items[cause];
  if (r->show)
    printf("%.*s: %.*s\n  expected %.*s\n  got      %.*s\n", QI_SLICE_ARG(id), QI_SLICE_ARG(text), QI_SLICE_ARG(joined(expected, &r->arena)),
           QI_SLICE_ARG(joined(got, &r->arena)));
  size_t k = 0;
  while (k < r->cause_names.len && !qi_slice_eq(r->cause_names.items[k], why)) k++;
  if (k == r->cause_names.len && !(QI_VEC_PUSH(&r->cause_names, why) && QI_VEC_PUSH(&r->cause_counts, 0))) return false;
  r->cause_counts.items[k]++;
  qi_slice line = qi_arena_printf(&r->keep, "%zu\t%.*s: expected %.*s; got %.*s", k, QI_SLICE_ARG(id),
                                  QI_SLICE_ARG(joined(expected, &r->arena)), QI_SLICE_ARG(joined(got, &r->arena)));
  return line.ptr && QI_VEC_PUSH(&r->failed, line);
}

static quid_status run_record(runner *r, qi_slice head, qi_slice body, quid_error *err) {
  event_list expected = {.n = 0}, got = {.n = 0};
  qi_slice id = attribute(head, "id"), date = attribute(head, "date"), text, rest = body;
  qi_day day = QI_DAY_NONE;
  if (r->only && !qi_slice_eq_str(id, r->only)) return QUID_OK;
  if (!between(&rest, "<Text>", "</Text>", &text)) return QUID_OK;
  qi_arena_reset(&r->arena);
  qi_slice iso = qi_arena_printf(&r->arena, "%.4s-%.2s-%.2s", date.ptr, date.ptr + 4, date.ptr + 6);
  qi_date_parse(iso, &day, NULL);
  read_expected(body, &expected, &r->arena);
  class_of class = class_of_record(head, body, &expected);
  text = plain(text, &r->arena);
  quid_status status = code(r, text, day, &got, err);
  if (status) return status;
  bool right = same(&expected, &got);
  r->n[class]++;
  r->right[class] += right;
  if (!right && class != NOT_TRIED && !note_failure(r, id, &expected, &got, text)) return qi_error_memory(err, "the report");
  return QUID_OK;
}

/* Records and the settings between them, in order. */
static quid_status run_all(runner *r, qi_slice xml, quid_error *err) {
  quid_status status = QUID_OK;
  while (!status) {
    size_t record = qi_slice_find(xml, QI_SLICE("<Sentence ")), config = qi_slice_find(xml, QI_SLICE("<Config "));
    qi_slice head, body;
    if (record == QI_NOT_FOUND) break;
    if (config != QI_NOT_FOUND && config < record) {
      between(&xml, "<Config ", ">", &head);
      qi_slice value = attribute(head, "value");
      qi_petr_settings settings = qi_petrarch_settings(r->know.petrarch);
      if (qi_slice_eq_str(attribute(head, "option"), "require_dyad")) settings.any_pairs = !qi_slice_eq_nocase(value, QI_SLICE("true"));
      if (qi_slice_eq_str(attribute(head, "option"), "new_actor_length")) settings.new_actor_length = (uint32_t)strtoul(value.ptr, NULL, 10);
      qi_petrarch_set(r->know.petrarch, settings);
      continue;
    }
    if (!between(&xml, "<Sentence ", ">", &head)) break;
    qi_slice rest = xml;
    if (!between(&rest, "", "</Sentence>", &body)) break;
    status = run_record(r, head, body, err);
    /* Settings inside a record count from there on. */
    xml = rest;
  }
  return status;
}

/* ---- report ---- */

static quid_status read_causes(runner *r, const char *path, qi_builder *data, quid_error *err) {
  qi_table t;
  bool more = true;
  quid_status status = qi_file_read(data, path, 0, err);
  if (!status) status = qi_table_open(&t, qi_builder_view(data), path, "id\tcause", err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more)
    if (!QI_VEC_PUSH(&r->causes, t.field[1]) || !qi_map_put(&r->cause_of, t.field[0], (uint32_t)r->causes.len - 1))
      return qi_error_memory(err, "the causes");
  return status;
}

static void report(const runner *r) {
  printf("\n");
  for (int i = 0; i < N_CLASSES; i++)
    printf("%zu of %zu as expected (%.1f%%): records that %s\n", r->right[i], r->n[i],
           r->n[i] ? 100.0 * (double)r->right[i] / (double)r->n[i] : 0.0, class_names[i]);
  for (size_t k = 0; k < r->cause_names.len; k++) {
    printf("\n%zu: %.*s\n", r->cause_counts.items[k], QI_SLICE_ARG(r->cause_names.items[k]));
    for (size_t i = 0; i < r->failed.len; i++)
      if ((size_t)strtoul(r->failed.items[i].ptr, NULL, 10) == k) printf("  %s\n", strchr(r->failed.items[i].ptr, '\t') + 1);
  }
}

static void clear(runner *r) {
  if (r->parser) qi_parser_free(r->parser);
  if (r->model) qi_model_close(r->model);
  qi_know_clear(&r->know);
  qi_arena_clear(&r->arena);
  qi_arena_clear(&r->keep);
  qi_map_clear(&r->cause_of);
  QI_VEC_CLEAR(&r->causes);
  QI_VEC_CLEAR(&r->cause_names);
  QI_VEC_CLEAR(&r->cause_counts);
  QI_VEC_CLEAR(&r->failed);
}

#define FOLDER "events/petrarch2/"

static quid_status load(runner *r, const char *model, quid_error *err) {
  const char *verbs = test_data(FOLDER "PETR.Validate.verbs.txt");
  if (!verbs) return QUID_ERR_IO;
  size_t n = strlen(verbs) - strlen("verbs.txt");
  char where[8192];
  snprintf(where, sizeof where, "%.*sverbs.txt,%.*sactors.txt,%.*sagents.txt,%.*sdiscards.txt", (int)n, verbs, (int)n, verbs, (int)n, verbs, (int)n, verbs);
  quid_status status = qi_know_load(&r->know, test_root("knowledge"), err);
  if (!status) status = qi_cameo_load(&r->know.cameo, test_root("knowledge"), r->know.ontology, err);
  if (!status) status = qi_petrarch_load(&r->know.petrarch, where, err);
  if (!status) status = qi_model_open(&r->model, model, err);
  if (!status) status = qi_parser_new(&r->parser, r->model, err);
  return status;
}

int main(int argc, char **argv) {
  runner r = {.show = false};
  quid_error err = {.code = QUID_OK};
  char model[4096], records[4096]; /* test_root() keeps four paths only */
  snprintf(model, sizeof model, "%s", test_root("model/quid.model"));
  double least = 0;
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) snprintf(model, sizeof model, "%s", value), i++;
    else if (strcmp(argv[i], "--id") == 0) r.only = value, i++;
    else if (strcmp(argv[i], "--least") == 0) least = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--show") == 0) r.show = true;
  }
  const char *path = test_data(FOLDER "PETR.UnitTest.records.xml");
  if (!path) return 77;
  snprintf(records, sizeof records, "%s", path);
  qi_builder data, causes;
  qi_builder_init(&data, 0);
  qi_builder_init(&causes, 0);
  qi_arena_init(&r.arena, 0);
  qi_arena_init(&r.keep, 0);
  quid_status status = load(&r, model, &err);
  if (!status) status = read_causes(&r, test_root("tests/golden/petrarch_causes.tsv"), &causes, &err);
  if (!status) status = qi_file_read(&data, records, 0, &err);
  if (!status) status = run_all(&r, without_comments(qi_builder_view(&data), &r.keep), &err);
  if (status) fprintf(stderr, "run_petrarch: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else if (!r.only) report(&r);
  bool enough = (double)r.right[SHOULD] >= least * (double)r.n[SHOULD];
  clear(&r);
  qi_builder_clear(&data);
  qi_builder_clear(&causes);
  return status ? 2 : enough ? 0 : 1;
}
