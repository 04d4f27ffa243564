/* A line of JSON -> a document, or an error with line and column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/read.h"
#include <stdlib.h>
#include <string.h>

/* Clear the document after use. */
static quid_status parse(qi_jsonl_document *doc, qi_slice line, quid_error *err) {
  char *copy = malloc(line.len + 1);
  assert_non_null(copy);
  memcpy(copy, line.ptr, line.len);
  quid_status status = qi_jsonl_parse(doc, copy, line.len, "x.jsonl", 7, err);
  free(copy);
  return status;
}

static void good(qi_slice line, const char *text, const char *id) {
  qi_jsonl_document doc;
  quid_error err = {0};
  if (parse(&doc, line, &err)) fail_msg("%s", err.message);
  assert_int_equal(doc.input.text_bytes, strlen(text));
  assert_string_equal(doc.input.text, text);
  if (id) assert_string_equal(doc.input.id, id);
  else assert_null(doc.input.id);
  qi_jsonl_clear(&doc);
}

static void bad(qi_slice line, size_t column, const char *why) {
  qi_jsonl_document doc;
  quid_error err = {0};
  assert_int_equal(parse(&doc, line, &err), QUID_ERR_FORMAT);
  assert_string_equal(err.file, "x.jsonl");
  assert_int_equal(err.line, 7);
  if (!strstr(err.message, why)) fail_msg("'%s' is not in '%s'", why, err.message);
  assert_int_equal(err.column, column);
}

static void test_good(void **state) {
  (void)state;
  good(QI_SLICE("{\"text\":\"Norland.\"}"), "Norland.", NULL);
  good(QI_SLICE(" {\"id\":\"a\",\"text\":\"x\"} \r"), "x", "a");
  good(QI_SLICE("{\"id\":12345678901,\"text\":\"x\"}"), "x", "12345678901");
  good(QI_SLICE("{\"id\":-3,\"text\":\"x\"}"), "x", "-3");
  good(QI_SLICE("{\"id\":null,\"text\":\"x\",\"more\":[1,{}]}"), "x", NULL);
  good(QI_SLICE("{\"text\":\"\\u00e9 \\ud83d\\ude00 \\n \\\\u0000 \\\"\"}"), "\xC3\xA9 \xF0\x9F\x98\x80 \n \\u0000 \"", NULL);
}

/* NULs and halves of pairs become the byte FF, which the next step replaces and counts. */
static void test_mended(void **state) {
  (void)state;
  good(QI_SLICE("{\"text\":\"a\\u0000b\"}"), "a\xFF" "b", NULL);
  good(QI_SLICE("{\"text\":\"a\0b\"}"), "a\xFF" "b", NULL);
  good(QI_SLICE("{\"text\":\"a\\ud800b\"}"), "a\xFF" "b", NULL);
  good(QI_SLICE("{\"text\":\"a\\udc00\\ud800\\u0041\"}"), "a\xFF\xFF" "A", NULL);
  good(QI_SLICE("{\"text\":\"a\\\\\\u0000\"}"), "a\\\xFF", NULL);
}

static void test_all_fields(void **state) {
  (void)state;
  qi_jsonl_document doc;
  assert_int_equal(parse(&doc, QI_SLICE("{\"language\":\"en\",\"url\":\"u\",\"byline\":\"b\",\"publisher\":\"p\","
                                        "\"published\":\"2024-06-19\",\"title\":\"t\",\"text\":\"x\",\"id\":\"i\"}"),
                         NULL), QUID_OK);
  const quid_document_input *in = &doc.input;
  assert_string_equal(in->id, "i");
  assert_string_equal(in->title, "t");
  assert_string_equal(in->published, "2024-06-19");
  assert_string_equal(in->publisher, "p");
  assert_string_equal(in->byline, "b");
  assert_string_equal(in->url, "u");
  assert_string_equal(in->language, "en");
  qi_jsonl_clear(&doc);
}

static void test_bad(void **state) {
  (void)state;
  bad(QI_SLICE("nonsense"), 1, "not JSON");
  bad(QI_SLICE("{\"text\":\"x\"} y"), 14, "not JSON");
  bad(QI_SLICE("{\"text\": x}"), 10, "not JSON");
  bad(QI_SLICE("{\"text\":\"abc"), 10, "ends too early");
  bad(QI_SLICE("{\"text\":\"abc\\\""), 10, "ends too early");
  bad(QI_SLICE("{\"text\":\"abc\""), 13, "ends too early");
  bad(QI_SLICE("{"), 1, "ends too early");
  bad(QI_SLICE("[\"text\"]"), 0, "not a JSON object");
  bad(QI_SLICE("{\"id\":\"a\"}"), 0, "no 'text'");
  bad(QI_SLICE("{\"text\":null}"), 0, "no 'text'");
  bad(QI_SLICE("{\"text\":5}"), 0, "no string under 'text'");
  bad(QI_SLICE("{\"text\":\"x\",\"title\":[]}"), 0, "no string under 'title'");
  bad(QI_SLICE("{\"text\":\"x\",\"id\":1.5}"), 0, "'id'");
  bad(QI_SLICE("{\"text\":\"x\",\"id\":99999999999999999999}"), 0, "'id'");
}

static void test_deep(void **state) {
  (void)state;
  enum { DEEP = 100000 };
  char *line = malloc(DEEP);
  qi_jsonl_document doc;
  quid_error err = {0};
  assert_non_null(line);
  memset(line, '[', DEEP);
  assert_int_equal(qi_jsonl_parse(&doc, line, DEEP, "x.jsonl", 1, &err), QUID_ERR_FORMAT);
  free(line);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_good), cmocka_unit_test(test_mended), cmocka_unit_test(test_all_fields),
      cmocka_unit_test(test_bad),  cmocka_unit_test(test_deep),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
