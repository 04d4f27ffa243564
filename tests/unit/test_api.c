/* The public API: contexts, documents, runs; their errors and their order. With the tiny model, whose
 * trees are nonsense: what is tested here does not hang on them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "quid/quid.h"
#include "support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static quid_context *context;

static int make_context(void **state) {
  (void)state;
  quid_error err = {0};
  quid_context_options options = {.model = test_root("tests/data/tiny.model"),
                                  .knowledge = test_root("knowledge")};
  if (quid_context_new(&context, &options, &err)) fprintf(stderr, "%s\n", err.message);
  return context ? 0 : -1;
}

static int free_context(void **state) {
  (void)state;
  quid_context_free(context);
  return 0;
}

static void test_context(void **state) {
  (void)state;
  quid_context *ctx = NULL;
  quid_worker *worker;
  quid_error err = {0};
  assert_int_equal(strlen(quid_context_model_version(context)), 16);
  assert_int_equal(strlen(quid_context_knowledge_version(context)), 16);
  assert_string_equal(quid_context_model_path(context), test_root("tests/data/tiny.model"));
  quid_context_options options = {.model = "nowhere.model"};
  assert_int_equal(quid_context_new(&ctx, &options, &err), QUID_ERR_IO);
  assert_null(ctx);
  assert_non_null(strstr(err.message, "nowhere.model"));
  options.model = test_root("tests/data/tiny.model");
  options.knowledge = test_root("examples");
  err = (quid_error){0};
  assert_int_not_equal(quid_context_new(&ctx, &options, &err), QUID_OK);
  assert_true(err.message[0] != '\0');
  options.parser_only = true;
  assert_int_equal(quid_context_new(&ctx, &options, NULL), QUID_OK);
  assert_string_equal(quid_context_knowledge_version(ctx), "");
  assert_int_equal(quid_worker_new(&worker, ctx, NULL), QUID_ERR_ARGUMENT);
  assert_null(worker);
  quid_context_free(ctx);
  quid_context_free(NULL);
}

static void test_dictionary(void **state) {
  (void)state;
  quid_context *ctx = NULL;
  quid_error err = {0};
  quid_dictionary_counts n;
  assert_false(quid_context_dictionary(context, &n));
  assert_int_equal(quid_context_n_notes(context), 0);
  assert_null(quid_context_note(context, 0));
  quid_context_options options = {.model = test_root("tests/data/tiny.model"), .knowledge = test_root("knowledge"), .dictionary = test_root("examples/dictionary")};
  assert_int_equal(quid_context_new(&ctx, &options, &err), QUID_OK);
  assert_true(quid_context_dictionary(ctx, &n));
  assert_int_equal(n.files, 4);
  assert_int_equal(n.unread, 0);
  assert_true(n.names > 10 && n.agents > 5 && n.verbs > 10 && n.patterns > 5);
  assert_string_not_equal(quid_context_knowledge_version(ctx), quid_context_knowledge_version(context));
  quid_context_free(ctx);
  options.dictionary = "nowhere";
  assert_int_equal(quid_context_new(&ctx, &options, &err), QUID_ERR_IO);
  assert_null(ctx);
}

static void test_home(void **state) {
  (void)state;
  quid_context *ctx;
  quid_error err = {0};
  assert_int_equal(setenv("QUID_HOME", "/nowhere", 1), 0);
  assert_int_equal(quid_context_new(&ctx, NULL, &err), QUID_ERR_IO);
  assert_non_null(strstr(err.message, "QUID_HOME '/nowhere'"));
  unsetenv("QUID_HOME");
}

static quid_document *code(const quid_document_input *in, quid_status wanted) {
  quid_worker *worker;
  quid_document *doc;
  quid_error err = {0};
  assert_int_equal(quid_worker_new(&worker, context, NULL), QUID_OK);
  assert_int_equal(quid_document_code(&doc, worker, in, &err), wanted);
  assert_int_equal(doc != NULL, wanted == QUID_OK);
  assert_int_equal(err.message[0] != '\0', wanted != QUID_OK);
  quid_worker_free(worker);
  return doc;
}

static void test_document(void **state) {
  (void)state;
  const char *text = "Grain sails\n\nFriday, August 21, 2015\n\nSEOUL (AP) - A ship left. It was late.";
  quid_document *doc = code(&(quid_document_input){.text = text, .text_bytes = strlen(text), .publisher = " The\nPost "}, QUID_OK);
  assert_string_equal(quid_document_text(doc), text);
  assert_int_equal(quid_document_text_bytes(doc), strlen(text));
  assert_string_equal(quid_document_title(doc), "Grain sails");
  assert_string_equal(quid_document_published(doc), "2015-08-21");
  assert_string_equal(quid_document_publisher(doc), "The Post");
  assert_string_equal(quid_document_url(doc), "");
  assert_int_equal(quid_document_genre(doc), QUID_GENRE_REPORT);
  assert_int_equal(strlen(quid_document_id(doc)), 32);
  assert_int_equal(quid_document_n_warnings(doc), 0);
  assert_null(quid_document_warning(doc, 0));
  assert_null(quid_document_event(doc, quid_document_n_events(doc)));
  size_t n = quid_document_n_sentences(doc);
  assert_true(n > 0);
  for (size_t i = 0, end = 0; i < n; i++) {
    quid_span s = quid_document_sentence(doc, i);
    assert_true(s.start >= end && s.end > s.start && s.end <= strlen(text));
    end = s.end;
  }
  assert_int_equal(quid_document_sentence(doc, n).end, 0);
  quid_document_free(doc);
  quid_document_free(NULL);
}

static void test_given_beats_found(void **state) {
  (void)state;
  const char *text = "Grain sails\n\nFriday, August 21, 2015\n\nA ship left.";
  quid_document *doc = code(&(quid_document_input){.text = text, .text_bytes = strlen(text), .id = "a", .title = "T",
                                                   .published = "2020-02-29T10:00:00Z", .language = "EN-us"}, QUID_OK);
  assert_string_equal(quid_document_id(doc), "a");
  assert_string_equal(quid_document_title(doc), "T");
  assert_string_equal(quid_document_published(doc), "2020-02-29");
  assert_int_equal(quid_document_n_warnings(doc), 0);
  quid_document_free(doc);
}

static void test_warnings(void **state) {
  (void)state;
  const char text[] = "A ship\0 left\xFF\xFE Port Ost.";
  quid_document *doc = code(&(quid_document_input){.text = text, .text_bytes = sizeof text - 1, .published = "soon",
                                                   .title = "T\xFF", .language = "fr"}, QUID_OK);
  assert_int_equal(quid_document_n_replaced(doc), 4);
  assert_int_equal(quid_document_n_warnings(doc), 3);
  assert_non_null(strstr(quid_document_warning(doc, 0), "'soon'"));
  assert_non_null(strstr(quid_document_warning(doc, 1), "4 bad byte sequences"));
  assert_non_null(strstr(quid_document_warning(doc, 2), "'fr'"));
  assert_string_equal(quid_document_text(doc), "A ship\xEF\xBF\xBD left\xEF\xBF\xBD\xEF\xBF\xBD Port Ost.");
  assert_string_equal(quid_document_title(doc), "T\xEF\xBF\xBD");
  quid_document_free(doc);
}

/* U+200E and their like at the edge of a word become spaces of as many bytes; inside a word they stay. */
static void test_marks_without_width(void **state) {
  (void)state;
  const char *text = "A ship\xE2\x80\x8E\xE2\x80\x8B left Port\xE2\x80\x8COst.\xE2\x80\x8F";
  quid_document *doc = code(&(quid_document_input){.text = text, .text_bytes = strlen(text)}, QUID_OK);
  assert_string_equal(quid_document_text(doc), "A ship       left Port\xE2\x80\x8COst.   ");
  quid_document_free(doc);
}

static void test_refused(void **state) {
  (void)state;
  code(&(quid_document_input){.text = "", .text_bytes = 0}, QUID_ERR_ARGUMENT);
  code(&(quid_document_input){.text = NULL, .text_bytes = 0}, QUID_ERR_ARGUMENT);
  code(&(quid_document_input){.text = " \n", .text_bytes = 2}, QUID_ERR_ARGUMENT);
  char *big = malloc(QUID_MAX_DOCUMENT_BYTES + 1);
  assert_non_null(big);
  memset(big, 'a', QUID_MAX_DOCUMENT_BYTES + 1);
  code(&(quid_document_input){.text = big, .text_bytes = QUID_MAX_DOCUMENT_BYTES + 1}, QUID_ERR_LIMIT);
  big[QUID_MAX_FIELD_BYTES + 1] = '\0';
  code(&(quid_document_input){.text = "x", .text_bytes = 1, .byline = big}, QUID_ERR_LIMIT);
  free(big);
}

/* --- runs --- */

typedef struct log {
  char told[2000]; /* a line for each notice */
  size_t n_written, max_writes;
} log;

static quid_status take(void *user, const char *bytes, size_t n_bytes, quid_error *err) {
  log *l = user;
  (void)err;
  assert_int_equal(strlen(bytes), n_bytes);
  return ++l->n_written > l->max_writes ? QUID_ERR_IO : QUID_OK;
}

static void tell(void *user, quid_notice kind, const quid_error *what) {
  log *l = user;
  size_t len = strlen(l->told);
  const char *file = strrchr(what->file, '/');
  snprintf(l->told + len, sizeof l->told - len, "%d %s:%zu\n", (int)kind, file ? file + 1 : what->file, what->line);
}

static const char *write_file(const char *name, const char *text) {
  static char paths[4][4096];
  static int next;
  char *path = paths[next++ % 4];
  const char *tmp = getenv("TEST_TMP");
  snprintf(path, sizeof paths[0], "%s/quid-%ld-%s", tmp ? tmp : "/tmp", (long)getpid(), name);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
  return path;
}

static void test_run(void **state) {
  (void)state;
  const char *lines = write_file("a.jsonl", "{\"text\":\"A ship left.\"}\nnonsense\n\n{\"text\":\"A\\u0000b ship.\"}\n");
  const char *plain = write_file("b.txt", "It was late.");
  const char *paths[] = {lines, "nowhere.txt", plain};
  for (unsigned n = 1; n < 5; n++) {
    log l = {.max_writes = SIZE_MAX};
    quid_run_totals totals;
    quid_run_options options = {.n_threads = n, .user = &l, .write = take, .notice = tell,
                                .show.format = QUID_FORMAT_TABLE};
    assert_int_equal(quid_run(&totals, context, paths, 3, &options, NULL), QUID_OK);
    assert_int_equal(totals.n_documents, 3);
    assert_int_equal(totals.n_skipped, 2);
    assert_int_equal(totals.n_failed, 1);
    assert_int_equal(l.n_written, 3);
    char wanted[200];
    snprintf(wanted, sizeof wanted, "%d %s:2\n%d %s:4\n%d nowhere.txt:0\n", QUID_NOTICE_SKIPPED, strrchr(lines, '/') + 1,
             QUID_NOTICE_WARNING, strrchr(lines, '/') + 1, QUID_NOTICE_FAILED);
    assert_string_equal(l.told, wanted);
  }
  unlink(lines);
  unlink(plain);
}

static void test_run_ends_with_its_writer(void **state) {
  (void)state;
  char text[6000] = "";
  for (size_t i = 0, at = 0; i < 200; i++)
    at += (size_t)snprintf(text + at, sizeof text - at, "{\"text\":\"A ship left.\"}\n");
  const char *lines = write_file("c.jsonl", text);
  for (unsigned n = 1; n < 4; n++) {
    log l = {.max_writes = 3};
    quid_run_totals totals;
    quid_run_options options = {.n_threads = n, .user = &l, .write = take, .show.format = QUID_FORMAT_TABLE};
    assert_int_equal(quid_run(&totals, context, &lines, 1, &options, NULL), QUID_ERR_IO);
    assert_int_equal(l.n_written, 4);
  }
  unlink(lines);
}

static void test_run_arguments(void **state) {
  (void)state;
  log l = {0};
  quid_error err = {0};
  quid_run_options options = {.user = &l, .write = take, .published = "2024-13-01"};
  assert_int_equal(quid_run(NULL, context, NULL, 0, &options, &err), QUID_ERR_ARGUMENT);
  assert_non_null(strstr(err.message, "2024-13-01"));
  options = (quid_run_options){.user = &l, .write = take, .n_threads = QUID_MAX_THREADS + 1};
  assert_int_equal(quid_run(NULL, context, NULL, 0, &options, NULL), QUID_ERR_ARGUMENT);
  options.n_threads = 0;
  assert_int_equal(quid_run(NULL, context, NULL, 0, &options, NULL), QUID_OK);
  assert_int_equal(l.n_written, 0);
}

/* All files of the dictionaries as shipped are read, and freed; tests/checks/dictionaries looks at what is found. */
static void test_check_of_all(void **state) {
  (void)state;
  quid_check_totals totals;
  quid_error err = {0};
  assert_int_equal(quid_check(&totals, test_root("knowledge"), NULL, NULL, &err), QUID_OK);
  assert_true(totals.n_files > 40);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_context), cmocka_unit_test(test_dictionary),  cmocka_unit_test(test_home),
      cmocka_unit_test(test_document), cmocka_unit_test(test_given_beats_found),
      cmocka_unit_test(test_warnings), cmocka_unit_test(test_marks_without_width),
      cmocka_unit_test(test_refused),
      cmocka_unit_test(test_run),      cmocka_unit_test(test_run_ends_with_its_writer),
      cmocka_unit_test(test_run_arguments), cmocka_unit_test(test_check_of_all),
  };
  return cmocka_run_group_tests(tests, make_context, free_context);
}
