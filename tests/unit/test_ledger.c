/* The ledger: both sides, levels of goods, balance, bargains; options and whether they were done. */
#include "unit/store_fixture.h"

static quid_store *s;
static quid_answer *a;

static int setup(void **state) {
  (void)state;
  quid_error err = {0};
  s = new_store();
  add_event(s, (one_event){1, "2023-12-30", "AID", "claimed", "PRK", "RUS", .item = "ammunition"});
  add_event(s, (one_event){2, "2024-01-05", "AID", "asserted", "PRK", "RUS", .item = "missile",
                           .exchange = "{\"id\":\"00000000000000aa\",\"side\":\"given\",\"text\":\"in exchange for\",\"start\":8,\"end\":23,\"giver\":[],\"taker\":[],"
                                       "\"other\":[{\"event\":null,\"text\":\"oil\",\"start\":24,\"end\":27,\"item\":[{\"text\":\"oil\",\"start\":24,\"end\":27,\"class\":\"energy\"}],\"status\":\"expected\"}]}"});
  add_event(s, (one_event){3, "2024-01-06", "AID", "asserted", "PRK", "RUS", .item = "missile"});
  add_event(s, (one_event){4, "2024-02-06", "AID", "asserted", "RUS", "PRK", .item = "food"});
  add_event(s, (one_event){5, "2024-02-07", "REQUEST", "asserted", "RUS", "PRK", .item = "ammunition"}); /* PRK is asked to give */
  add_event(s, (one_event){6, "2024-02-08", "AID", "asserted", "CHN", "RUS", .item = "drone"});
  add_event(s, (one_event){7, "2024-02-08", "AID", "asserted", "PRK", "RUS", .item = "troops",
                           .exchange = "{\"id\":\"00000000000000bb\",\"side\":\"given\",\"text\":\"in exchange for\",\"start\":8,\"end\":23,\"giver\":[],\"taker\":[],\"other\":[{\"event\":\"0000000000000008\",\"item\":[]}]}"});
  add_event(s, (one_event){8, "2024-02-08", "AID", "expected", "RUS", "PRK", .item = "technology",
                           .exchange = "{\"id\":\"00000000000000bb\",\"side\":\"return\",\"text\":\"in exchange for\",\"start\":8,\"end\":23,\"giver\":[],\"taker\":[],\"other\":[{\"event\":\"0000000000000007\",\"item\":[]}]}"});
  assert_int_equal(quid_store_commit(s, &err), QUID_OK);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  quid_answer_free(a);
  a = NULL;
  quid_store_close(s);
  return 0;
}

static void both_sides(void **state) {
  (void)state;
  quid_error err = {0};
  assert_int_equal(quid_ask_ledger(&a, s, "PRK", "RUS", 0, NULL, &err), QUID_OK);
  assert_string_equal(cell(a, "class", "missile", "PRK > RUS"), "2");
  assert_string_equal(cell(a, "class", "missile", "group"), "arms");
  assert_string_equal(cell(a, "class", "missile", "PRK status"), "asserted 2");
  assert_string_equal(cell(a, "class", "missile", "PRK first"), "2024-01-05");
  assert_string_equal(cell(a, "class", "missile", "PRK last"), "2024-01-06");
  assert_string_equal(cell(a, "class", "missile", "PRK event"), "0000000000000003");
  assert_string_equal(cell(a, "class", "missile", "RUS > PRK"), "0");
  assert_string_equal(cell(a, "class", "energy", "RUS > PRK"), "1");
  assert_string_equal(cell(a, "class", "energy", "what"), "expected");
  assert_string_equal(cell(a, "what", "asked", "class"), "ammunition");
  assert_string_equal(cell(a, "class", "drone", "what"), "-");
}

static void levels(void **state) {
  (void)state;
  quid_error err = {0};
  assert_int_equal(quid_ask_ledger(&a, s, "PRK", "RUS", 2, NULL, &err), QUID_OK);
  assert_string_equal(cell(a, "class", "arms", "PRK > RUS"), "3");
  assert_string_equal(cell(a, "class", "arms", "PRK status"), "asserted 2, claimed 1");
  quid_answer_free(a);
  assert_int_equal(quid_ask_ledger(&a, s, "RUS", NULL, 1, NULL, &err), QUID_OK);
  assert_string_equal(cell(a, "class", "material", "events"), "3");
  assert_string_equal(cell(a, "giver", "CHN", "class"), "material");
  quid_answer_free(a);
  assert_int_equal(quid_ask_ledger(&a, s, NULL, NULL, 2, NULL, &err), QUID_OK); /* by the sums */
  assert_string_equal(cell(a, "class", "arms", "events"), "3");
  assert_string_equal(cell(a, "class", "arms", "last"), "2024-01");
  assert_string_equal(cell(a, "class", "arms", "event"), "0000000000000003");
  quid_answer_free(a);
  a = NULL;
  assert_int_equal(quid_ask_ledger(&a, s, NULL, NULL, 4, NULL, &err), QUID_ERR_ARGUMENT);
}

static void filters(void **state) {
  (void)state;
  quid_error err = {0};
  quid_filter f = {.status = "claimed"}, year = {.from = "2024"}, none = {.as_of = "1999-01-01"};
  assert_int_equal(quid_ask_ledger(&a, s, "PRK", "RUS", 2, &f, &err), QUID_OK);
  assert_string_equal(cell(a, "class", "arms", "PRK > RUS"), "1");
  quid_answer_free(a);
  assert_int_equal(quid_ask_ledger(&a, s, "PRK", "RUS", 2, &year, &err), QUID_OK);
  assert_string_equal(cell(a, "class", "arms", "PRK > RUS"), "2");
  quid_answer_free(a);
  assert_int_equal(quid_ask_ledger(&a, s, "PRK", "RUS", 2, &none, &err), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 0);
}

static void balance(void **state) {
  (void)state;
  quid_error err = {0};
  assert_int_equal(quid_ask_balance(&a, s, "PRK", "RUS", "month", NULL, &err), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 3);
  assert_string_equal(cell(a, "period", "2024-01", "PRK gave"), "2");
  assert_string_equal(cell(a, "period", "2024-01", "balance"), "3");
  assert_string_equal(cell(a, "period", "2024-02", "RUS gave"), "1");
  assert_string_equal(cell(a, "period", "2024-02", "RUS asked"), "1");
  assert_string_equal(cell(a, "period", "2024-02", "RUS is to give"), "1");
  assert_string_equal(cell(a, "period", "2024-02", "balance"), "3");
  quid_answer_free(a);
  assert_int_equal(quid_ask_balance(&a, s, "RUS", NULL, "year", NULL, &err), QUID_OK);
  assert_string_equal(cell(a, "period", "2024", "others gave"), "4");
  quid_answer_free(a);
  a = NULL;
  assert_int_equal(quid_ask_balance(&a, s, "RUS", NULL, "week", NULL, &err), QUID_ERR_ARGUMENT);
}

static void bargains(void **state) {
  (void)state;
  quid_error err = {0};
  assert_int_equal(quid_ask_bargains(&a, s, "RUS", "PRK", NULL, &err), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 2);
  assert_string_equal(cell(a, "gave", "troops", "returned"), "technology");
  assert_string_equal(cell(a, "gave", "troops", "event"), "0000000000000007");
  assert_string_equal(cell(a, "gave", "troops", "return_event"), "0000000000000008");
  assert_string_equal(cell(a, "gave", "troops", "return_status"), "expected");
  assert_string_equal(cell(a, "gave", "missile", "returned"), "energy");
  assert_string_equal(cell(a, "gave", "missile", "words"), "in exchange for");
  quid_answer_free(a);
  assert_int_equal(quid_ask_bargains(&a, s, "CHN", "RUS", NULL, &err), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 0);
  quid_answer_free(a);
  assert_int_equal(quid_ask_largest_bargains(&a, s, NULL, &err), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 2);
  assert_string_equal(cell(a, "gave", "missile", "bargains"), "1");
}

static void add_option(unsigned id, const char *on, const char *event, int negated) {
  char line[2048];
  quid_error err = {0};
  snprintf(line, sizeof line,
           "{\"record\":\"option\",\"id\":\"%016x\",\"document\":{\"id\":\"o\",\"published\":\"2024-01-01\"},\"sentence\":{\"index\":0,\"start\":0,\"end\":4,\"text\":\"Text.\"},\"by\":[],"
           "\"on\":[{\"id\":\"%s\",\"country\":\"%s\"}],\"toward\":[{\"id\":\"PRK\",\"country\":\"PRK\"}],\"deed\":{\"text\":\"feed them\"},\"verb\":{\"text\":\"feed\"},\"negated\":%s,\"event\":%s,"
           "\"why\":{\"model\":\"m\",\"knowledge\":\"k\"}}", id, on, on, negated ? "true" : "false", event);
  assert_int_equal(quid_store_add(s, line, strlen(line), &err), QUID_OK);
}

static void options(void **state) {
  (void)state;
  quid_error err = {0};
  const char *event = "{\"id\":\"00000000000000ff\",\"document\":{\"id\":\"o\",\"published\":\"2024-01-01\"},\"sentence\":{\"index\":0,\"start\":0,\"end\":4,\"text\":\"Text.\"},"
                      "\"actor\":[],\"recipient\":[],\"event\":\"AID\",\"status\":\"recommended\",\"why\":{\"model\":\"m\",\"knowledge\":\"k\"}}";
  assert_int_equal(quid_store_add(s, event, strlen(event), &err), QUID_OK);
  add_option(0x11, "RUS", "\"00000000000000ff\"", 0);
  add_option(0x12, "RUS", "\"00000000000000ff\"", 0);
  add_option(0x13, "CHN", "\"00000000000000ff\"", 0);
  add_option(0x14, "CHN", "null", 1);
  assert_int_equal(quid_store_commit(s, &err), QUID_OK);
  assert_int_equal(quid_ask_options(&a, s, NULL, NULL, &err), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 3);
  assert_string_equal(cell(a, "on", "RUS", "times"), "2");
  assert_string_equal(cell(a, "on", "RUS", "type"), "AID");
  assert_string_equal(cell(a, "on", "RUS", "done"), "2024-02-06");
  assert_string_equal(cell(a, "on", "RUS", "done_event"), "0000000000000004");
  assert_string_equal(cell(a, "on", "CHN", "by"), "(writer)");
  assert_string_equal(cell(a, "type", "", "deed"), "not feed them");
  quid_answer_free(a);
  assert_int_equal(quid_ask_options(&a, s, "CHN", NULL, &err), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 2);
  assert_string_equal(cell(a, "type", "AID", "done"), "no");
}

#define TEST(NAME) cmocka_unit_test_setup_teardown(NAME, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {TEST(both_sides), TEST(levels), TEST(filters), TEST(balance), TEST(bargains), TEST(options)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
