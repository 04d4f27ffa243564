/* The network, the series and the brief of a store made of a few records. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "ask/pairs.h"
#include "quid/network.h"
#include "unit.h"

#include <stdio.h>
#include <unistd.h>

static char folder[] = "/tmp/quid-network-XXXXXX";
static char path[64];

static void add(quid_store *s, int number, const char *a, const char *b, const char *type, double score, const char *status, const char *date) {
  char line[1024];
  int n = snprintf(line, sizeof line,
                   "{\"id\":\"%016x\",\"document\":{\"id\":\"d%d\",\"published\":\"%s\"},\"sentence\":{\"index\":0,\"start\":0,\"end\":10,\"text\":\"Sentence %d.\"},"
                   "\"actor\":[{\"id\":\"%s\",\"name\":\"The %s\",\"country\":\"%.3s\"}],\"recipient\":[{\"id\":\"%s\",\"name\":\"The %s\",\"country\":\"%.3s\"}],"
                   "\"event\":\"%s\",\"mode\":[],\"context\":[],\"quad\":\"verbal cooperation\",\"score\":%g,\"trigger\":{\"text\":\"x\",\"start\":0,\"end\":1},"
                   "\"status\":\"%s\",\"date\":{\"from\":\"%s\",\"to\":\"%s\"},\"confidence\":0.9}",
                   number, number, date, number, a, a, a, b, b, b, type, score, status, date, date);
  quid_error err = {0};
  if (quid_store_add(s, line, (size_t)n, &err)) fail_msg("%s", err.message);
}

/* Two blocs with CHN between PAK and the first: PRK-RUS-CHN-PAK, USA-KOR; RUS at war with UKR. */
static quid_store *make(void) {
  quid_store *s;
  assert_int_equal(quid_store_open(&s, path, QUID_STORE_WRITE, NULL), QUID_OK);
  int n = 1;
  for (int i = 0; i < 3; i++) add(s, n++, "PRK", "RUS", "AID", 10, "asserted", "2024-03-05");
  for (int i = 0; i < 2; i++) add(s, n++, "RUS", "PRK", "CONSULT", 2.5, "asserted", "2024-04-10");
  for (int i = 0; i < 6; i++) add(s, n++, "CHN", "RUS", "AID", 10, "reported", "2024-03-20");
  for (int i = 0; i < 2; i++) add(s, n++, "PAK", "CHN", "AID", 10, "asserted", "2024-05-01");
  for (int i = 0; i < 5; i++) add(s, n++, "USA.GOV", "KOR", "SUPPORT", 5, "asserted", "2023-06-01");
  for (int i = 0; i < 4; i++) add(s, n++, "RUS", "UKR", "ASSAULT", -9, "claimed", "2024-03-07");
  add(s, n++, "PRK", "UKR", "ASSAULT", -9, "denied", "2024-03-08");
  add(s, n++, "RUS", "RUS", "COERCE", -7, "asserted", "2024-03-08");
  assert_int_equal(quid_store_commit(s, NULL), QUID_OK);
  return s;
}

static void test_counts(void **state) {
  quid_network *n;
  quid_filter f = {.from = "2024"}, half = {.from = "2024-03-06", .status = "all"}, bad = {.status = "maybe"};
  static const char *const ids[] = {"CHN", "KOR", "PAK", "PRK", "RUS", "UKR", "USA"};
  assert_int_equal(quid_ask_network(&n, *state, NULL, NULL), QUID_OK);
  assert_int_equal(n->n_parties, 7);
  for (size_t i = 0; i < 7; i++) assert_string_equal(n->parties[i].id, ids[i]);
  assert_string_equal(n->parties[4].name, "The RUS");
  assert_int_equal(n->n_ties, 6); /* neither what is denied nor what a party does at home */
  assert_int_equal(n->ties[2].from, 3);
  assert_int_equal(n->ties[2].n, 3);
  assert_int_equal(n->ties[2].score, 30);
  assert_string_equal(n->ties[2].first, "2024-03-01");
  assert_string_equal(n->ties[2].last, "2024-03-31");
  assert_int_equal(n->parties[4].n_partners, 2);
  assert_int_equal(n->parties[4].n_conflict, 4);
  quid_network_free(n);
  assert_int_equal(quid_ask_network(&n, *state, &f, NULL), QUID_OK);
  assert_int_equal(n->n_parties, 5);
  quid_network_free(n);
  assert_int_equal(quid_ask_network(&n, *state, &half, NULL), QUID_OK); /* by days, not months */
  assert_int_equal(n->n_parties, 5);
  assert_int_equal(n->n_ties, 5);
  quid_network_free(n);
  assert_int_equal(quid_ask_network(&n, *state, &bad, NULL), QUID_ERR_ARGUMENT);
  assert_null(n);
}

static void test_actors(void **state) {
  quid_network *n;
  quid_filter rus = {.actor = "RUS"}, gov = {.actor = "USA.GOV"}, place = {.place = "XXX"};
  assert_int_equal(quid_ask_network(&n, *state, &rus, NULL), QUID_OK);
  assert_int_equal(n->n_ties, 4);
  quid_network_free(n);
  assert_int_equal(quid_ask_network(&n, *state, &gov, NULL), QUID_OK); /* by the events */
  assert_int_equal(n->n_ties, 1);
  assert_int_equal(n->ties[0].n, 5);
  quid_network_free(n);
  assert_int_equal(quid_ask_network(&n, *state, &place, NULL), QUID_OK);
  assert_int_equal(n->n_ties, 0);
  quid_network_free(n);
}

static void test_change_and_texts(void **state) {
  quid_network *now, *before;
  quid_filter march = {.from = "2024-03", .to = "2024-03"}, april = {.from = "2024-04", .to = "2024-04"};
  quid_answer *a;
  char *text;
  assert_int_equal(quid_ask_network(&now, *state, &april, NULL), QUID_OK);
  assert_int_equal(quid_ask_network(&before, *state, &march, NULL), QUID_OK);
  assert_int_equal(quid_network_change(&a, now, before, 0, NULL), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 3);
  assert_string_equal(quid_answer_cell(a, 0, 0), "CHN"); /* 60 points lost, then 36 won, then PRK and RUS 25 lost */
  assert_string_equal(quid_answer_cell(a, 1, 1), "UKR");
  assert_string_equal(quid_answer_cell(a, 2, 2), "2");
  assert_string_equal(quid_answer_cell(a, 2, 3), "3");
  quid_answer_free(a);
  for (int f = 0; f < 3; f++) {
    assert_int_equal(quid_network_show(&text, NULL, before, (quid_network_format)f, NULL), QUID_OK);
    assert_non_null(strstr(text, "0000000000000001")); /* the strongest, of these the latest, of these the first */
    free(text);
  }
  quid_network_free(now);
  quid_network_free(before);
}

static void test_series(void **state) {
  quid_answer *a;
  quid_error err = {0};
  assert_int_equal(quid_ask_series(&a, *state, "PRK", "RUS", NULL, QUID_BY_MONTH, false, NULL), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 2);
  assert_string_equal(quid_answer_cell(a, 0, 0), "2024-03");
  assert_string_equal(quid_answer_cell(a, 0, 3), "3");
  assert_string_equal(quid_answer_cell(a, 1, 2), "2");
  assert_string_equal(quid_answer_cell(a, 1, 6), "2.50");
  quid_answer_free(a);
  assert_int_equal(quid_ask_series(&a, *state, "PRK", "RUS", NULL, QUID_BY_WEEK, true, NULL), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 1);
  assert_string_equal(quid_answer_cell(a, 0, 0), "2024-03-04"); /* the Monday */
  quid_answer_free(a);
  assert_int_equal(quid_ask_series(&a, *state, "UKR", NULL, NULL, QUID_BY_DAY, false, NULL), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 1);
  assert_string_equal(quid_answer_cell(a, 0, 5), "4");
  quid_answer_free(a);
  assert_int_equal(quid_ask_series(&a, *state, NULL, NULL, NULL, QUID_BY_YEAR, false, NULL), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 2);
  assert_string_equal(quid_answer_cell(a, 1, 1), "18");
  quid_answer_free(a);
  assert_int_equal(quid_ask_series(&a, *state, "QQQ", NULL, NULL, QUID_BY_YEAR, false, &err), QUID_ERR_ARGUMENT);
  assert_null(a);
}

static void test_brief(void **state) {
  quid_answer *a;
  assert_int_equal(quid_ask_brief(&a, *state, "2024-03", NULL, NULL), QUID_OK);
  assert_true(quid_answer_n_rows(a) == 3);
  assert_string_equal(quid_answer_cell(a, 0, 0), "CHN");
  assert_string_equal(quid_answer_cell(a, 0, 2), "\xE2\x86\x91");
  assert_string_equal(quid_answer_cell(a, 1, 1), "UKR");
  assert_string_equal(quid_answer_cell(a, 1, 5), "\xE2\x86\x91");
  assert_non_null(strstr(quid_answer_cell(a, 1, 10), "Sentence"));
  quid_answer_free(a);
  assert_int_equal(quid_ask_brief(&a, *state, "2024", NULL, NULL), QUID_ERR_ARGUMENT);
}

static int open_store(void **state) {
  if (!mkdtemp(folder)) return -1;
  snprintf(path, sizeof path, "%s/news.db", folder);
  *state = make();
  return 0;
}

static int close_store(void **state) {
  quid_store_close(*state); /* takes its -wal and -shm away */
  unlink(path);
  rmdir(folder);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_counts), cmocka_unit_test(test_actors), cmocka_unit_test(test_change_and_texts), cmocka_unit_test(test_series),
      cmocka_unit_test(test_brief),
  };
  return cmocka_run_group_tests(tests, open_store, close_store);
}
