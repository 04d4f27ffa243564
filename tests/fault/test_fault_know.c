/* The compiled dictionary, names' meanings and the check of a folder survive the failure of any one
 * allocation. */
#include "unit/frozen_fixture.h"

#include "base/error.h"
#include "code/meaning.h"
#include "fault/fault.h"
#include "know/cache.h"
#include "know/check.h"
#include "quid/quid.h"
#include "support.h"

#include <stdlib.h>

static void freezing(void **state) {
  (void)state;
  qi_actors *a = actors_with_members();
  QI_FAULT_EACH {
    qi_builder block;
    quid_error err = {0};
    qi_builder_init(&block, 0);
    quid_status status = qi_actors_freeze(&block, a, FROZEN_VERSION, &err);
    assert_int_equal(status, fault_fired() ? QUID_ERR_MEMORY : QUID_OK);
    qi_builder_clear(&block);
  }
  qi_actors_free(a);
}

static void thawing(void **state) {
  (void)state;
  qi_actors *a = actors_with_members();
  qi_builder block;
  qi_builder_init(&block, 0);
  assert_int_equal(qi_actors_freeze(&block, a, FROZEN_VERSION, NULL), QUID_OK);
  qi_actors_free(a);
  QI_FAULT_EACH {
    quid_error err = {0};
    quid_status status = qi_actors_thaw(&a, qi_builder_view(&block), FROZEN_VERSION, "block", &err);
    assert_int_equal(status, fault_fired() ? QUID_ERR_MEMORY : QUID_OK);
    qi_actors_free(a);
  }
  qi_builder_clear(&block);
}

/* With a cache that cannot be written, and so is tried each time. */
static void caching(void **state) {
  (void)state;
  setenv("QUID_CACHE", "/proc/nowhere", 1);
  QI_FAULT_EACH {
    qi_actors *a = NULL;
    quid_error err = {0};
    quid_status status = qi_know_cached_actors(&a, test_root("tests/data/know"), FROZEN_VERSION, &err);
    /* To keep the compiled form is not worth an error. */
    assert_true(status == QUID_OK || (status == QUID_ERR_MEMORY && fault_fired()));
    assert_true((status == QUID_OK) == (a != NULL));
    qi_actors_free(a);
  }
  unsetenv("QUID_CACHE");
}

static void meaning(void **state) {
  (void)state;
  static const char *const names[] = {"Kim", "the kremlin", "RUS", "Johnson"};
  qi_know know = {.actors = actors_with_members()};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    QI_FAULT_EACH {
      qi_arena arena;
      qi_meanings m;
      quid_error err = {0};
      qi_arena_init(&arena, 0);
      quid_status status = qi_meanings_alone(&m, &know, qi_slice_str(names[i]), qi_day_from_ymd(2015, 1, 1), &arena, &err);
      assert_true(status == QUID_OK || (status == QUID_ERR_MEMORY && fault_fired()));
      if (!fault_fired()) assert_true(m.len > 0);
      qi_arena_clear(&arena);
    }
  qi_actors_free(know.actors);
}

/* The gazetteer from its text, written and read again. */
static void places(void **state) {
  (void)state;
  QI_FAULT_EACH {
    qi_places *p = NULL, *q = NULL;
    quid_error err = {0};
    qi_builder block;
    qi_builder_init(&block, 0);
    quid_status status = qi_places_load(&p, test_root("tests/data/know"), &err);
    if (!status) status = qi_places_freeze(&block, p, FROZEN_VERSION, &err);
    if (!status) status = qi_places_thaw(&q, qi_builder_view(&block), FROZEN_VERSION, "block", &err);
    assert_int_equal(status, fault_fired() ? QUID_ERR_MEMORY : QUID_OK);
    qi_places_free(q);
    qi_places_free(p);
    qi_builder_clear(&block);
  }
}

static void checking(void **state) {
  (void)state;
  QI_FAULT_EACH {
    qi_check check;
    quid_error err = {0};
    quid_status status = qi_check_run(&check, test_root("tests/data/know"), &err);
    assert_int_equal(status, fault_fired() ? QUID_ERR_MEMORY : QUID_OK);
    if (!status) assert_int_equal(check.findings.len, 0);
    qi_check_clear(&check);
  }
}

/* The public calls, with a text too. */
static void asking(void **state) {
  (void)state;
  quid_context *ctx = NULL;
  quid_context_options options = {.model = test_root("tests/data/tiny.model"), .knowledge = test_root("tests/data/know")};
  assert_int_equal(quid_context_new(&ctx, &options, NULL), QUID_OK);
  const quid_who_options asked[] = {{.date = "2003-05-01"}, {.members = true}, {.text = "NATO met Bush. Bush met NATO."}};
  for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
    QI_FAULT_EACH {
      quid_who *who = NULL;
      quid_error err = {0};
      char *out = NULL;
      quid_status status = quid_who_new(&who, ctx, i == 1 ? "NATO" : "Bush", &asked[i], &err);
      if (!status) status = quid_who_show(&out, NULL, who, NULL, &err);
      assert_true(status == QUID_OK || (status == QUID_ERR_MEMORY && fault_fired()));
      if (!fault_fired()) assert_non_null(strstr(out, i == 1 ? "DEU" : "GEORGE_W_BUSH"));
      free(out);
      quid_who_free(who);
    }
  quid_context_free(ctx);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(freezing), cmocka_unit_test(thawing), cmocka_unit_test(caching), cmocka_unit_test(places),
                                     cmocka_unit_test(meaning), cmocka_unit_test(checking), cmocka_unit_test(asking)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
