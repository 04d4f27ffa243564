/* What closes a promise, a threat, an ultimatum. */
#include "unit/store_fixture.h"

static quid_store *s;
static quid_answer *a;

static int setup(void **state) {
  (void)state;
  s = new_store();
  return 0;
}

static int teardown(void **state) {
  (void)state;
  quid_answer_free(a);
  a = NULL;
  quid_store_close(s);
  return 0;
}

static void ask(const char *states) {
  quid_error err = {0};
  assert_int_equal(quid_store_commit(s, &err), QUID_OK);
  quid_answer_free(a);
  assert_int_equal(quid_ask_promises(&a, s, NULL, NULL, states, NULL, &err), QUID_OK);
}

static void becomes(unsigned id, const char *state, const char *closed, unsigned by) {
  char event[17], closing[17] = "";
  snprintf(event, sizeof event, "%016x", id);
  if (by) snprintf(closing, sizeof closing, "%016x", by);
  assert_string_equal(cell(a, "event", event, "state"), state);
  assert_string_equal(cell(a, "event", event, "closed"), closed);
  assert_string_equal(cell(a, "event", event, "closing_event"), closing);
}

/* A promise of a content, and one later event. */
static void promise_of(const char *type, const char *mode, const char *item) {
  add_event(s, (one_event){1, "2024-01-10", "AGREE", .actor = "ISR", .recipient = "LBN", .content = 2});
  add_event(s, (one_event){2, "2024-01-10", type, "planned", "ISR", "LBN", .mode = mode, .item = item});
}

static void deed_keeps(void **state) {
  (void)state;
  promise_of("RETREAT", "withdraw", NULL);
  add_event(s, (one_event){3, "2024-01-05", "RETREAT", .actor = "ISR", .recipient = "LBN", .mode = "withdraw"}); /* before */
  add_event(s, (one_event){4, "2024-02-01", "RETREAT", "planned", "ISR", "LBN", .mode = "withdraw"});             /* not told as done */
  add_event(s, (one_event){5, "2024-02-02", "RETREAT", .actor = "LBN", .recipient = "ISR", .mode = "withdraw"}); /* by the other */
  add_event(s, (one_event){6, "2024-02-03", "RETREAT", .actor = "ISR", .recipient = "LBN", .mode = "release"});  /* another deed */
  add_event(s, (one_event){7, "2024-02-04", "RETREAT", "claimed", "ISR", "LBN", .mode = "withdraw"});
  ask(NULL);
  becomes(1, "kept", "2024-02-04", 7);
}

static void opposite_breaks(void **state) {
  (void)state;
  promise_of("RETREAT", "ceasefire", NULL);
  add_event(s, (one_event){3, "2024-01-20", "ASSAULT", .actor = "ISR", .recipient = "LBN"});
  add_event(s, (one_event){4, "2024-01-25", "RETREAT", .actor = "ISR", .recipient = "LBN", .mode = "ceasefire"}); /* too late */
  ask(NULL);
  becomes(1, "broken", "2024-01-20", 3);
}

static void refusal_breaks(void **state) {
  (void)state;
  promise_of("AID", NULL, "food");
  add_event(s, (one_event){3, "2024-01-20", "REJECT", .actor = "ISR", .recipient = "LBN", .mode = "meet"}); /* refuses something else */
  add_event(s, (one_event){4, "2024-01-22", "REJECT", .actor = "ISR", .recipient = "LBN", .mode = "assist"});
  ask("broken,kept");
  becomes(1, "broken", "2024-01-22", 4);
  ask("open,expired");
  assert_int_equal(quid_answer_n_rows(a), 0);
}

static void negated_deed_breaks(void **state) {
  (void)state;
  promise_of("AID", NULL, NULL);
  add_event(s, (one_event){3, "2024-03-20", "AID", "negated", .actor = "ISR", .recipient = "LBN"});
  ask(NULL);
  becomes(1, "broken", "2024-03-20", 3);
}

static void goods_must_agree(void **state) {
  (void)state;
  promise_of("AID", NULL, "missile");
  add_event(s, (one_event){3, "2024-01-20", "AID", .actor = "ISR", .recipient = "LBN", .item = "food"});
  ask(NULL);
  becomes(1, "open", "", 0);
  add_event(s, (one_event){4, "2024-01-21", "AID", .actor = "ISR", .recipient = "LBN", .item = "ammunition"}); /* arms too */
  ask(NULL);
  becomes(1, "kept", "2024-01-21", 4);
}

static void meeting_either_way(void **state) {
  (void)state;
  add_event(s, (one_event){1, "2024-01-10", "AGREE", .actor = "ISR,LBN", .cameo = "036"}); /* both are actors, no content: its code tells */
  add_event(s, (one_event){3, "2024-01-20", "CONSULT", .actor = "LBN,ISR"});
  ask(NULL);
  becomes(1, "kept", "2024-01-20", 3);
}

static void deadline_passes(void **state) {
  (void)state;
  add_event(s, (one_event){1, "2024-01-10", "AGREE", .actor = "ISR", .recipient = "LBN", .cameo = "033", .deadline = "2024-02-01"});
  add_event(s, (one_event){2, "2024-01-10", "AGREE", .actor = "ISR", .recipient = "LBN", .cameo = "033", .deadline = "2024-12-31"});
  add_event(s, (one_event){3, "2024-02-20", "AID", .actor = "ISR", .recipient = "LBN"});
  ask(NULL);
  becomes(1, "expired", "2024-02-01", 0);
  becomes(2, "kept", "2024-02-20", 3);
  ask("expired");
  assert_int_equal(quid_answer_n_rows(a), 1);
}

static void threats(void **state) {
  (void)state;
  add_event(s, (one_event){1, "2024-01-10", "THREATEN", .actor = "ISR", .recipient = "LBN", .mode = "violence"});
  add_event(s, (one_event){2, "2024-01-10", "THREATEN", .actor = "USA", .recipient = "IRN", .mode = "relations"});
  add_event(s, (one_event){3, "2024-01-12", "ASSAULT", .actor = "ISR", .recipient = "LBN"});
  add_event(s, (one_event){4, "2024-01-12", "CONCEDE", .actor = "USA", .recipient = "IRN"});
  ask(NULL);
  becomes(1, "kept", "2024-01-12", 3);
  becomes(2, "broken", "2024-01-12", 4);
}

static void ultimatum_is_for_the_other(void **state) {
  (void)state;
  add_event(s, (one_event){1, "2024-01-10", "REQUEST", .actor = "USA", .recipient = "IRN", .mode = "yield", .deadline = "2024-02-10"});
  add_event(s, (one_event){2, "2024-01-12", "RETREAT", .actor = "USA", .recipient = "IRN"}); /* not by the one who was asked */
  add_event(s, (one_event){3, "2024-01-20", "REJECT", .actor = "IRN", .recipient = "USA"});
  ask(NULL);
  becomes(1, "broken", "2024-01-20", 3);
  assert_string_equal(cell(a, "kind", "ultimatum", "by"), "USA");
}

static void refuses_states(void **state) {
  (void)state;
  quid_error err = {0};
  quid_answer *none;
  assert_int_equal(quid_ask_promises(&none, s, NULL, NULL, "lost", NULL, &err), QUID_ERR_ARGUMENT);
  assert_null(none);
}

#define TEST(NAME) cmocka_unit_test_setup_teardown(NAME, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {TEST(deed_keeps), TEST(opposite_breaks), TEST(refusal_breaks), TEST(negated_deed_breaks), TEST(goods_must_agree), TEST(meeting_either_way),
                                     TEST(deadline_passes), TEST(threats), TEST(ultimatum_is_for_the_other), TEST(refuses_states)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
