/* The store as a loader sees it: JSON, batches, resume, words, migrations. tests/cli/crash.py kills it. */
#include "unit/unit.h"

#include "ask/ask.h"
#include "store/store.h"

#include <stdio.h>
#include <unistd.h>

/* ---- JSON ---- */

static cJSON *read_json(qi_arena *arena, const char *text) {
  cJSON *tree = NULL;
  qi_arena_reset(arena);
  return qi_store_json(&tree, arena, qi_slice_str(text), NULL) ? NULL : tree;
}

static void reads_json(void **state) {
  (void)state;
  qi_arena arena = {0};
  cJSON *r = read_json(&arena, " {\"a\":\"x\\n\\u00e9\\ud83d\\ude00\\\"\",\"b\":[1,-2.5,1e3,true,false,null],\"c\":{},\"d\":[ ]} ");
  assert_non_null(r);
  assert_string_equal(qi_store_text(r, "a"), "x\n\xC3\xA9\xF0\x9F\x98\x80\"");
  const cJSON *b = qi_store_get(r, "b");
  assert_int_equal(cJSON_GetArraySize(b), 6);
  assert_true(cJSON_GetArrayItem(b, 1)->valuedouble == -2.5 && cJSON_GetArrayItem(b, 2)->valuedouble == 1000);
  assert_true(cJSON_IsTrue(cJSON_GetArrayItem(b, 3)) && cJSON_IsNull(cJSON_GetArrayItem(b, 5)));
  assert_null(qi_store_get(r, "c")->child);
  assert_null(qi_store_get(r, "e"));
  qi_arena_clear(&arena);
}

static void numbers_are_as_c_reads_them(void **state) {
  (void)state;
  static const char *const texts[] = {"0", "-0.25", "0.1", "3.14159", "123456789012345", "2.5e-7", "39.0738", "1e22", "0.000001", "999999999999999"};
  qi_arena arena = {0};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) assert_true(read_json(&arena, texts[i])->valuedouble == strtod(texts[i], NULL));
  double far = read_json(&arena, "123456789012345678901234.5")->valuedouble;
  assert_true(far > 1.2345678901234e23 && far < 1.2345678901235e23);
  qi_arena_clear(&arena);
}

static void refuses_what_is_no_json(void **state) {
  (void)state;
  static const char *const texts[] = {"", "{", "[1,]", "{\"a\"}", "{\"a\":}", "\"\\q\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00 \"", "\"\\u0000\"", "\"open", "\"\\", "01", "1.", "-", "1e",
                                      "1e999", "nul", "{} {}", "{a:1}", "\"a\" b"};
  qi_arena arena = {0};
  char deep[400];
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) assert_null(read_json(&arena, texts[i]));
  memset(deep, '[', 199), memset(deep + 199, ']', 199), deep[398] = '\0';
  assert_null(read_json(&arena, deep));
  qi_arena_clear(&arena);
}

/* ---- a store of a few made-up events ---- */

static char path[] = "/tmp/quid-test-store-XXXXXX";

static void remove_store(void) {
  char other[64];
  unlink(path);
  snprintf(other, sizeof other, "%s-wal", path), unlink(other);
  snprintf(other, sizeof other, "%s-shm", path), unlink(other);
}

static int new_path(void **state) {
  (void)state;
  memcpy(path + sizeof path - 7, "XXXXXX", 6);
  int file = mkstemp(path);
  if (file < 0) return -1;
  close(file);
  return 0;
}

static int old_path(void **state) {
  (void)state;
  remove_store();
  return 0;
}

/* Event i of document i / 4, a sentence for each two. */
static char *record(char room[2048], int i) {
  snprintf(room, 2048,
           "{\"id\":\"%016x\",\"document\":{\"id\":\"d%d\",\"published\":\"2024-%02d-01\"},\"sentence\":{\"index\":%d,\"start\":%d,\"end\":%d,\"text\":\"Norland "
           "shipped %d crates of grain to Ostria.\"},\"actor\":[{\"id\":\"NOR\",\"name\":\"Norland\",\"country\":\"NOR\",\"sector\":\"GOV\",\"start\":0,\"end\":7,\"text\":\"Norland\","
           "\"via\":\"name\"}],\"recipient\":[{\"id\":\"OST.GOV.X\",\"name\":\"X\",\"country\":\"OST\",\"sector\":\"GOV\",\"start\":1,\"end\":2,\"text\":\"X\",\"via\":\"name\"}],"
           "\"event\":\"AID\",\"score\":7,\"status\":\"asserted\",\"item\":[{\"class\":\"food\",\"start\":3,\"end\":4,\"text\":\"grain\"}]}",
           i + 1, i / 4, i / 4 % 12 + 1, i % 4 / 2, i % 4 * 100, i % 4 * 100 + 40, i / 2);
  return room;
}

static void add(quid_store *s, int from, int to) {
  char room[2048];
  for (int i = from; i < to; i++) assert_int_equal(quid_store_add(s, record(room, i), strlen(record(room, i)), NULL), QUID_OK);
}

static int64_t number_of(quid_store *s, const char *sql) {
  int64_t n = -1;
  assert_int_equal(qi_store_number(&n, s, sql, NULL), QUID_OK);
  return n;
}

static quid_store *open_store(quid_store_mode mode) {
  quid_store *s = NULL;
  quid_error err = {0};
  if (quid_store_open(&s, path, mode, &err)) fail_msg("%s", err.message);
  return s;
}

static void what_is_not_committed_is_forgotten(void **state) {
  (void)state;
  quid_store *s = open_store(QUID_STORE_WRITE);
  quid_store_set_batch(s, 8);
  add(s, 0, 22);
  quid_store_close(s);
  s = open_store(QUID_STORE_WRITE);
  assert_int_equal(number_of(s, "SELECT count(*) FROM event"), 16); /* whole documents */
  add(s, 0, 22);
  quid_store_counts counts;
  quid_store_count(s, &counts);
  assert_int_equal(counts.n_known, 16);
  assert_int_equal(counts.n_events, 6);
  assert_int_equal(quid_store_commit(s, NULL), QUID_OK);
  assert_int_equal(number_of(s, "SELECT count(*) FROM event"), 22);
  assert_int_equal(number_of(s, "SELECT count(*) FROM sentence"), 11);
  assert_int_equal(number_of(s, "SELECT sum(n) FROM dyad_month"), 22);
  assert_int_equal(number_of(s, "SELECT sum(n) FROM transfer_month"), 22);
  quid_store_close(s);
}

/* A large load does without some indices, and has them again at its end, also when it was another one that went without. */
static void indices_come_back(void **state) {
  (void)state;
  const char *count = "SELECT count(*) FROM sqlite_schema WHERE name IN ('event_key', 'event_day', 'participant_entity')";
  quid_store *s = open_store(QUID_STORE_WRITE);
  quid_store_set_batch(s, 4);
  add(s, 0, 40);
  assert_int_equal(number_of(s, count), 0);
  quid_store_close(s); /* as if killed */
  s = open_store(QUID_STORE_WRITE);
  assert_int_equal(number_of(s, count), 0);
  assert_int_equal(quid_store_commit(s, NULL), QUID_OK);
  assert_int_equal(number_of(s, count), 3);
  assert_int_equal(number_of(s, "SELECT count(*) FROM meta WHERE key LIKE 'index %'"), 0);
  quid_store_close(s);
}

static void bad_records_leave_no_row(void **state) {
  (void)state;
  static const char *const bad[] = {"{}", "[]", "{\"id\":\"0000000000000001\",\"document\":{\"id\":\"d\"}}",
                                    "{\"id\":\"0000000000000001\",\"status\":\"asserted\",\"document\":{\"id\":\"d\"},\"sentence\":{\"index\":-1,\"start\":0,\"end\":1}}",
                                    "{\"id\":\"1\",\"status\":\"asserted\",\"document\":{\"id\":\"d\"},\"sentence\":{\"index\":0,\"start\":0,\"end\":1}}",
                                    "{\"id\":\"0000000000000001\",\"status\":\"asserted\",\"document\":{\"id\":\"d\"},\"sentence\":{\"index\":1e99,\"start\":0,\"end\":1}}"};
  quid_store *s = open_store(QUID_STORE_WRITE);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_int_equal(quid_store_add(s, bad[i], strlen(bad[i]), NULL), QUID_ERR_FORMAT);
  assert_int_equal(quid_store_commit(s, NULL), QUID_OK);
  assert_int_equal(number_of(s, "SELECT count(*) FROM document"), 0);
  quid_store_close(s);
}

/* ---- words ---- */

static size_t n_found(quid_store *s, const char *words) {
  quid_answer *found = NULL;
  quid_filter f = {.text = words};
  quid_error err = {0};
  if (quid_ask_events(&found, s, &f, &err)) fail_msg("'%s': %s", words, err.message);
  size_t n = quid_answer_n_rows(found);
  quid_answer_free(found);
  return n;
}

static void words_are_found(void **state) {
  (void)state;
  quid_store *s = open_store(QUID_STORE_WRITE);
  add(s, 0, 8);
  assert_int_equal(quid_store_commit(s, NULL), QUID_OK);
  quid_store_close(s);
  s = open_store(QUID_STORE_READ); /* the first question indexes */
  assert_int_equal(n_found(s, "grain"), 8);
  assert_int_equal(n_found(s, "GRAIN ostria"), 8);
  assert_int_equal(n_found(s, "\"2 crates\""), 2);
  assert_int_equal(n_found(s, "\"crates 2\""), 0);
  assert_int_equal(n_found(s, "ship* norl*"), 8);
  assert_int_equal(n_found(s, "grain NOT \"OR\" ) (' -- \"open"), 0);
  assert_int_equal(n_found(s, "grain *"), 8); /* no word in it */
  quid_answer *none = NULL;
  quid_filter f = {.text = "  \"\" "};
  assert_int_equal(quid_ask_events(&none, s, &f, NULL), QUID_ERR_ARGUMENT);
  quid_store *writer = open_store(QUID_STORE_WRITE);
  add(writer, 8, 12);
  assert_int_equal(quid_store_commit(writer, NULL), QUID_OK);
  assert_int_equal(n_found(s, "grain"), 12); /* and what came since */
  quid_store_close(writer);
  quid_store_close(s);
}

/* ---- resume ---- */

static void knows_documents_with_their_text(void **state) {
  (void)state;
  quid_known *known;
  quid_store *s = open_store(QUID_STORE_WRITE);
  add(s, 0, 8);
  assert_int_equal(quid_store_commit(s, NULL), QUID_OK);
  assert_int_equal(quid_known_open(&known, path, NULL), QUID_OK);
  assert_false(quid_known_has(known, "d0")); /* of records */
  assert_int_equal(qi_store_exec(s, "UPDATE document SET text = 'x' WHERE name = 'd0'", NULL), QUID_OK);
  assert_true(quid_known_has(known, "d0"));
  assert_false(quid_known_has(known, "d1"));
  assert_true(quid_store_has(s, "d1"));
  quid_known_close(known);
  quid_known_close(NULL);
  quid_store_close(s);
}

/* ---- migrations ---- */

static void older_stores_are_brought_up_to_date(void **state) {
  (void)state;
  quid_error err = {0};
  quid_store *s = open_store(QUID_STORE_WRITE);
  add(s, 0, 8);
  assert_int_equal(quid_store_commit(s, NULL), QUID_OK);
  const char *const next[] = {qi_store_schema_sql, "ALTER TABLE document ADD COLUMN colour TEXT; UPDATE document SET colour = 'red'"};
  const char *const broken[] = {qi_store_schema_sql, "ALTER TABLE document ADD COLUMN colour TEXT; UPDATE nothing SET colour = 1"};
  /* one that fails leaves all as it was */
  assert_int_not_equal(qi_store_migrate(s, broken, 2, &err), QUID_OK);
  assert_int_equal(number_of(s, "PRAGMA user_version"), 1);
  assert_int_equal(number_of(s, "SELECT count(*) FROM pragma_table_info('document') WHERE name = 'colour'"), 0);
  /* who only reads does not change it */
  quid_store *reader = open_store(QUID_STORE_READ);
  err = (quid_error){0};
  assert_int_equal(qi_store_migrate(reader, next, 2, &err), QUID_ERR_FORMAT);
  assert_non_null(strstr(err.message, "schema 1, this program reads 2"));
  quid_store_close(reader);
  assert_int_equal(qi_store_migrate(s, next, 2, NULL), QUID_OK);
  assert_int_equal(qi_store_migrate(s, next, 2, NULL), QUID_OK); /* nothing left to do */
  assert_int_equal(number_of(s, "PRAGMA user_version"), 2);
  assert_int_equal(number_of(s, "SELECT count(*) FROM document WHERE colour = 'red'"), 2);
  assert_int_equal(number_of(s, "SELECT count(*) FROM event"), 8);
  quid_store_close(s);
  /* and this program refuses it now */
  for (int mode = 0; mode < 2; mode++) {
    err = (quid_error){0};
    assert_int_equal(quid_store_open(&s, path, (quid_store_mode)mode, &err), QUID_ERR_FORMAT);
    assert_non_null(strstr(err.message, "a newer quid made it"));
    assert_null(s);
  }
}

static void an_empty_file_becomes_a_store(void **state) {
  (void)state;
  quid_store *s = open_store(QUID_STORE_WRITE);
  assert_int_equal(number_of(s, "PRAGMA user_version"), QI_STORE_SCHEMA);
  assert_int_equal(number_of(s, "PRAGMA application_id"), QI_STORE_APPLICATION);
  quid_store_close(s);
}

#define ON_A_FILE(test) cmocka_unit_test_setup_teardown(test, new_path, old_path)

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_json),
      cmocka_unit_test(numbers_are_as_c_reads_them),
      cmocka_unit_test(refuses_what_is_no_json),
      ON_A_FILE(what_is_not_committed_is_forgotten),
      ON_A_FILE(indices_come_back),
      ON_A_FILE(bad_records_leave_no_row),
      ON_A_FILE(words_are_found),
      ON_A_FILE(knows_documents_with_their_text),
      ON_A_FILE(older_stores_are_brought_up_to_date),
      ON_A_FILE(an_empty_file_becomes_a_store),
  };
  return cmocka_run_group_tests_name("store_load", tests, NULL, NULL);
}
