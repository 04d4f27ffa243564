/* The record: keys and their order, spans, escapes, numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "show/show.h"
#include "show_fixture.h"
#include <cjson/cJSON.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

static char *show(quid_show_options options, size_t *n) {
  quid_document doc;
  char *out = NULL;
  quid_error err = {0};
  fixture_make(&doc);
  assert_int_equal(quid_document_show(&out, n, &doc, &options, &err), QUID_OK);
  fixture_clear(&doc);
  assert_non_null(out);
  return out;
}

/* The nth line as JSON. */
static cJSON *record(int number) {
  size_t n;
  char *out = show((quid_show_options){.format = QUID_FORMAT_JSONL}, &n), *line = out;
  assert_int_equal(strlen(out), n);
  while (number--) line = strchr(line, '\n') + 1;
  cJSON *tree = cJSON_ParseWithLength(line, (size_t)(strchr(line, '\n') - line));
  free(out);
  assert_non_null(tree);
  return tree;
}

static const cJSON *get(const cJSON *tree, const char *key) {
  const cJSON *value = cJSON_GetObjectItemCaseSensitive(tree, key);
  assert_non_null(value);
  return value;
}

static void test_keys_in_order(void **state) {
  (void)state;
  static const char *const keys[] = {
      "id", "document", "sentence", "actor", "recipient", "event", "mode", "context", "cameo", "quad",
      "score", "trigger", "status", "attribution", "date", "place", "item", "victims", "crowd", "times",
      "duration", "deadline", "content", "exchange", "link", "purpose", "confidence", "why", NULL};
  for (int i = 0; i < 3; i++) {
    cJSON *tree = record(i);
    const cJSON *child = tree->child;
    for (int k = 0; keys[k]; k++, child = child->next) {
      assert_non_null(child);
      assert_string_equal(child->string, keys[k]);
    }
    assert_null(child);
    cJSON_Delete(tree);
  }
}

static void test_values(void **state) {
  (void)state;
  cJSON *tree = record(0);
  assert_string_equal(get(get(tree, "document"), "id")->valuestring, "d\"1");
  assert_true(cJSON_IsNull(get(get(tree, "document"), "byline")));
  assert_string_equal(get(get(tree, "place"), "text")->valuestring, "Port\tOst");
  assert_string_equal(get(tree->child->next->next, "text")->valuestring,
                      "Norland has sent 10,000 \"cadets\" to Port\tOst six times.");
  const cJSON *item = get(tree, "item")->child;
  assert_string_equal(get(item, "text")->valuestring, "10,000 \"cadets\"");
  assert_true(get(item, "count")->valuedouble == 10000);
  assert_int_equal(get(tree, "times")->valueint, 6);
  assert_true(get(tree, "score")->valuedouble == -7.25);
  assert_int_equal(cJSON_GetArraySize(get(tree, "recipient")), 2);
  assert_string_equal(get(get(tree, "recipient")->child->next, "name")->valuestring, "Ann \xC3\x96");
  assert_string_equal(get(get(tree, "date"), "from")->valuestring, "2024-06-01");
  assert_true(cJSON_IsNull(get(get(tree, "date"), "text")));
  assert_int_equal(get(get(tree, "why"), "line")->valueint, 7);
  cJSON_Delete(tree);
}

static void test_absent(void **state) {
  (void)state;
  cJSON *tree = record(1);
  static const char *const nulls[] = {"cameo", "date", "place", "times", "crowd", "duration", "deadline", "purpose"};
  for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++) assert_true(cJSON_IsNull(get(tree, nulls[i])));
  assert_int_equal(cJSON_GetArraySize(get(tree, "recipient")), 0);
  assert_string_equal(get(tree, "content")->child->valuestring, "e2");
  cJSON_Delete(tree);
  tree = record(2);
  assert_true(cJSON_IsNull(get(tree, "exchange")));
  assert_int_equal(cJSON_GetArraySize(get(tree, "link")), 0);
  const cJSON *word = get(tree, "attribution")->child;
  assert_string_equal(get(get(word, "entity"), "id")->valuestring, "OST.GOV.ANN_O");
  cJSON_Delete(tree);
}

static void test_circumstances(void **state) {
  (void)state;
  cJSON *tree = record(0);
  const cJSON *place = get(tree, "place"), *item = get(tree, "item")->child, *victims = get(tree, "victims")->child;
  assert_true(get(place, "latitude")->valuedouble == -12.5 && get(place, "longitude")->valuedouble == 45.25);
  assert_string_equal(get(place, "admin1")->valuestring, "East");
  assert_int_equal(get(place, "geonames")->valueint, 77);
  assert_int_equal(get(item, "count_to")->valueint, 12000);
  assert_string_equal(get(item, "bound")->valuestring, "about");
  assert_string_equal(get(victims, "kind")->valuestring, "held");
  assert_int_equal(get(victims, "count")->valueint, 12);
  assert_true(cJSON_IsNull(get(victims, "count_to")));
  assert_int_equal(get(get(tree, "crowd"), "count")->valueint, 10000);
  assert_string_equal(get(get(tree, "duration"), "value")->valuestring, "P3D");
  assert_string_equal(get(get(tree, "deadline"), "to")->valuestring, "2024-07-02");
  cJSON_Delete(tree);
}

static void test_links(void **state) {
  (void)state;
  cJSON *tree = record(1);
  const cJSON *exchange = get(tree, "exchange"), *event = get(exchange, "other")->child, *words = event->next, *link = get(tree, "link")->child;
  assert_string_equal(get(get(exchange, "giver")->child, "id")->valuestring, "NOR");
  assert_string_equal(get(get(exchange, "taker")->child, "id")->valuestring, "OST.GOV.ANN_O");
  assert_string_equal(get(event, "event")->valuestring, "e2");
  assert_string_equal(get(event, "status")->valuestring, "claimed");
  assert_true(cJSON_IsNull(get(words, "event")) && cJSON_IsNull(get(words, "status")));
  assert_string_equal(get(get(words, "item")->child, "class")->valuestring, "people");
  assert_string_equal(get(link, "type")->valuestring, "retaliation");
  assert_string_equal(get(link, "event")->valuestring, "e0");
  assert_string_equal(get(link, "text")->valuestring, "said");
  assert_true(cJSON_IsNull(get(link->next, "event")));
  assert_string_equal(get(get(link->next, "other"), "text")->valuestring, "school");
  cJSON_Delete(tree);
}

static void check_number(double value, int decimals, const char *wanted) {
  qi_builder b;
  qi_builder_init(&b, 0);
  qi_show_number(&b, value, decimals);
  assert_string_equal(b.ptr, wanted);
  qi_builder_clear(&b);
}

static void test_numbers(void **state) {
  (void)state;
  check_number(0, 3, "0");
  check_number(-0.0, 3, "0");
  check_number(0.8, 3, "0.8");
  check_number(0.8125, 3, "0.813");
  check_number(-7.25, 3, "-7.25");
  check_number(-0.0001, 3, "0");
  check_number(1.005, 1, "1");
  check_number(0.05, 3, "0.05");
  check_number(10000, 6, "10000");
  check_number(2.5e6, 6, "2500000");
  check_number(1e15, 6, "1000000000000000");
  check_number(1e9 + 0.5, 6, "1000000000.5");
  check_number(NAN, 3, "null");
  check_number(-INFINITY, 3, "null");
  qi_builder b;
  qi_builder_init(&b, 0);
  qi_show_number(&b, DBL_MAX, 6);
  assert_int_equal(b.len, 309);
  qi_builder_clear(&b);
}

static void test_tsv(void **state) {
  (void)state;
  size_t n, tabs = 0, lines = 0, head_tabs = 0;
  const char *head = quid_show_head(&(quid_show_options){.format = QUID_FORMAT_TSV});
  for (const char *c = head; *c; c++) head_tabs += *c == '\t';
  assert_int_equal(head[strlen(head) - 1], '\n');
  char *out = show((quid_show_options){.format = QUID_FORMAT_TSV}, &n);
  for (const char *c = out; *c; c++) {
    tabs += *c == '\t';
    if (*c != '\n') continue;
    assert_int_equal(tabs, head_tabs);
    tabs = 0;
    lines++;
  }
  assert_int_equal(lines, 3);
  assert_non_null(strstr(out, "Port\\tOst"));
  assert_non_null(strstr(out, "NOR;OST.GOV.ANN_O\tNorland;Ann \xC3\x96\t"));
  free(out);
}

static char *show_options(quid_format format, quid_records records) {
  quid_document doc;
  char *out;
  quid_show_options options = {.format = format, .records = records};
  fixture_make(&doc);
  fixture_options(&doc);
  if (records == QUID_RECORDS_LINKS) fixture_bonds(&doc);
  assert_int_equal(quid_document_show(&out, NULL, &doc, &options, NULL), QUID_OK);
  fixture_clear(&doc);
  return out;
}

static void test_option_lines(void **state) {
  (void)state;
  char *out = show_options(QUID_FORMAT_JSONL, QUID_RECORDS_OPTIONS), *line = strchr(out, '\n');
  assert_non_null(line);
  *line++ = '\0';
  cJSON *o = cJSON_Parse(out), *none = cJSON_Parse(line);
  assert_non_null(o);
  assert_string_equal(cJSON_GetObjectItem(o, "record")->valuestring, "option");
  assert_string_equal(cJSON_GetObjectItem(o, "id")->valuestring, "o0");
  assert_string_equal(cJSON_GetObjectItem(cJSON_GetObjectItem(o, "deed"), "text")->valuestring, "shelled a school");
  assert_string_equal(cJSON_GetObjectItem(o, "strength")->valuestring, "must");
  assert_string_equal(cJSON_GetObjectItem(o, "event")->valuestring, "e2");
  assert_true(cJSON_IsTrue(cJSON_GetObjectItem(o, "negated")));
  assert_int_equal(cJSON_GetObjectItem(o, "number")->valueint, 3);
  assert_string_equal(cJSON_GetObjectItem(cJSON_GetArrayItem(cJSON_GetObjectItem(o, "toward"), 0), "id")->valuestring, "OST.GOV.ANN_O");
  assert_int_equal(cJSON_GetArraySize(o), cJSON_GetArraySize(none));
  assert_true(cJSON_IsNull(cJSON_GetObjectItem(none, "event")));
  assert_true(cJSON_IsNull(cJSON_GetObjectItem(none, "purpose")));
  assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(none, "by")), 0);
  cJSON_Delete(o);
  cJSON_Delete(none);
  free(out);
  out = show_options(QUID_FORMAT_JSONL, QUID_RECORDS_ALL);
  size_t lines = 0;
  for (const char *c = out; *c; c++) lines += *c == '\n';
  assert_int_equal(lines, 5);
  assert_true(strncmp(out, "{\"id\":", 6) == 0);
  free(out);
  out = show_options(QUID_FORMAT_JSONL, QUID_RECORDS_DEFAULT);
  assert_null(strstr(out, "\"record\""));
  free(out);
}

static void test_link_lines(void **state) {
  (void)state;
  char *out = show_options(QUID_FORMAT_JSONL, QUID_RECORDS_LINKS), *line = strchr(out, '\n');
  assert_non_null(line);
  *line++ = '\0';
  cJSON *o = cJSON_Parse(out), *two = cJSON_Parse(line);
  assert_string_equal(cJSON_GetObjectItem(o, "record")->valuestring, "link");
  assert_string_equal(cJSON_GetObjectItem(o, "type")->valuestring, "exchange");
  cJSON *first = cJSON_GetObjectItem(o, "first"), *part = cJSON_GetArrayItem(cJSON_GetObjectItem(first, "part"), 0);
  assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(first, "part")), 2);
  assert_string_equal(cJSON_GetObjectItem(part, "event")->valuestring, "e2");
  assert_string_equal(cJSON_GetObjectItem(cJSON_GetObjectItem(part, "head"), "text")->valuestring, "shelled");
  assert_string_equal(cJSON_GetObjectItem(part, "status")->valuestring, "claimed");
  assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(first, "giver")), 1);
  assert_true(cJSON_IsNull(cJSON_GetObjectItem(two, "words")));
  assert_null(cJSON_GetObjectItem(cJSON_GetObjectItem(two, "second"), "giver"));
  cJSON_Delete(o);
  cJSON_Delete(two);
  free(out);
  out = show_options(QUID_FORMAT_TSV, QUID_RECORDS_LINKS);
  const char *head = quid_show_head(&(quid_show_options){.format = QUID_FORMAT_TSV, .records = QUID_RECORDS_LINKS});
  size_t tabs = 0, wanted = 0;
  for (const char *c = head; *c; c++) wanted += *c == '\t';
  for (const char *c = out; *c; c++) tabs += *c == '\t';
  assert_int_equal(tabs, 2 * wanted);
  assert_non_null(strstr(out, "\texchange\tshelled a school;six times\tshelled;times\tclaimed;\te2;\t"));
  free(out);
  out = show_options(QUID_FORMAT_TABLE, QUID_RECORDS_LINKS);
  assert_non_null(strstr(out, "2 links in"));
  assert_non_null(strstr(out, "condition: shelled a school (claimed) <- said (possible)"));
  free(out);
}

static void test_option_tsv(void **state) {
  (void)state;
  char *out = show_options(QUID_FORMAT_TSV, QUID_RECORDS_OPTIONS);
  const char *head = quid_show_head(&(quid_show_options){.format = QUID_FORMAT_TSV, .records = QUID_RECORDS_OPTIONS});
  size_t tabs = 0, wanted = 0;
  for (const char *c = head; *c; c++) wanted += *c == '\t';
  for (const char *c = out; *c; c++) tabs += *c == '\t';
  assert_int_equal(tabs, 2 * wanted);
  assert_non_null(strstr(out, "\tmust\tnot\tshelled\tshelled a school\tOST.GOV.ANN_O\t"));
  free(out);
  quid_document doc;
  quid_error err = {0};
  fixture_make(&doc);
  assert_int_equal(quid_document_show(&out, NULL, &doc, &(quid_show_options){.format = QUID_FORMAT_TSV, .records = QUID_RECORDS_ALL}, &err), QUID_ERR_ARGUMENT);
  assert_null(out);
  fixture_clear(&doc);
}

static void test_heads(void **state) {
  (void)state;
  assert_string_equal(quid_show_head(NULL), "");
  assert_string_equal(quid_format_name(QUID_FORMAT_TABLE), "table");
  assert_string_equal(quid_genre_name(QUID_GENRE_OPINION), "opinion");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_keys_in_order), cmocka_unit_test(test_values), cmocka_unit_test(test_absent),
      cmocka_unit_test(test_circumstances), cmocka_unit_test(test_links),
      cmocka_unit_test(test_numbers),       cmocka_unit_test(test_tsv),    cmocka_unit_test(test_heads),
      cmocka_unit_test(test_option_lines), cmocka_unit_test(test_link_lines),  cmocka_unit_test(test_option_tsv),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
