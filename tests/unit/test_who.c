/* The public API of names and of checking. The tiny model's trees are nonsense: what a text means is
 * tested by tests/cli/who.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "quid/quid.h"
#include "support.h"
#include <stdlib.h>
#include <string.h>

static quid_context *make(bool parser_only) {
  quid_context *ctx = NULL;
  quid_error err = {0};
  quid_context_options options = {.model = test_root("tests/data/tiny.model"), .knowledge = test_root("tests/data/know"),
                                  .parser_only = parser_only};
  if (quid_context_new(&ctx, &options, &err)) fail_msg("%s:%zu: %s", err.file, err.line, err.message);
  return ctx;
}

static quid_who *ask(const quid_context *ctx, const char *name, const char *date, bool members) {
  quid_who *who = NULL;
  quid_error err = {0};
  quid_who_options options = {.date = date, .members = members};
  if (quid_who_new(&who, ctx, name, &options, &err)) fail_msg("%s", err.message);
  return who;
}

static void names(void **state) {
  (void)state;
  quid_context *ctx = make(false);
  quid_who *who = ask(ctx, "Bush", "2003-05-01", false);
  assert_int_equal(quid_who_n_meanings(who), 2);
  const quid_meaning *m = quid_who_meaning(who, 0);
  assert_string_equal(m->id, "USA.GOV.GEORGE_W_BUSH");
  assert_string_equal(m->role, "head of state; head of government; president");
  assert_string_equal(m->kind, "surname");
  assert_string_equal(m->file, "actors/people.tsv");
  assert_int_equal(m->line, 4);
  assert_true(m->holds && m->chosen);
  assert_false(quid_who_meaning(who, 1)->chosen || quid_who_meaning(who, 1)->holds);
  assert_null(quid_who_meaning(who, 2));
  assert_string_equal(quid_who_reason(who), "in office on 2003-05-01");
  quid_who_free(who);
  who = ask(ctx, "moscow", NULL, false);
  assert_string_equal(quid_who_meaning(who, 0)->kind, "capital");
  assert_string_equal(quid_who_words(who), "Moscow");
  quid_who_free(who);
  who = ask(ctx, "nato", NULL, false); /* an abbreviation, in capitals */
  assert_string_equal(quid_who_meaning(who, 0)->id, "IGO.NATO");
  quid_who_free(who);
  who = ask(ctx, "\xFF\xFE", NULL, false);
  assert_int_equal(quid_who_n_meanings(who), 0);
  quid_who_free(who);
  quid_context_free(ctx);
}

static void members(void **state) {
  (void)state;
  quid_context *ctx = make(false);
  quid_who *who = ask(ctx, "NATO", "1990-01-01", true);
  assert_int_equal(quid_who_n_members(who), 2);
  assert_string_equal(quid_who_member(who, 1)->id, "DEU");
  assert_string_equal(quid_who_member(who, 1)->body, "IGO.NATO");
  assert_string_equal(quid_who_member(who, 1)->from, "1955-05-09");
  assert_null(quid_who_member(who, 2));
  quid_who_free(who);
  who = ask(ctx, "the G8", "2020-01-01", true);
  assert_int_equal(quid_who_n_members(who), 1);
  quid_who_free(who);
  quid_context_free(ctx);
}

static void errors(void **state) {
  (void)state;
  quid_context *ctx = make(false), *bare = make(true);
  quid_who *who = NULL;
  quid_error err = {0};
  assert_int_equal(quid_who_new(&who, bare, "Bush", NULL, &err), QUID_ERR_ARGUMENT);
  assert_int_equal(quid_who_new(&who, ctx, " ", NULL, NULL), QUID_ERR_ARGUMENT);
  assert_int_equal(quid_who_new(&who, ctx, "Bush", &(quid_who_options){.date = "yesterday"}, NULL), QUID_ERR_ARGUMENT);
  char *lots = calloc(1, QUID_MAX_WHO_TEXT_BYTES + 2);
  memset(lots, 'x', QUID_MAX_WHO_TEXT_BYTES + 1);
  assert_int_equal(quid_who_new(&who, ctx, "Bush", &(quid_who_options){.text = lots}, NULL), QUID_ERR_LIMIT);
  assert_int_equal(quid_who_new(&who, ctx, lots, NULL, NULL), QUID_ERR_LIMIT);
  assert_null(who);
  free(lots);
  quid_who_free(NULL);
  quid_context_free(ctx);
  quid_context_free(bare);
}

static void in_a_text(void **state) {
  (void)state;
  quid_context *ctx = make(false);
  quid_who *who = NULL;
  char *out = NULL;
  quid_who_options options = {.date = "2003-05-01", .text = "Somebody else was there. Bush met Bush."};
  assert_int_equal(quid_who_new(&who, ctx, "Bush", &options, NULL), QUID_OK);
  assert_int_equal(quid_who_n_meanings(who), 2);
  for (int format = 0; format < QUID_N_FORMATS; format++) {
    quid_show_options show = {.format = (quid_format)format, .color = true};
    assert_int_equal(quid_who_show(&out, NULL, who, &show, NULL), QUID_OK);
    assert_non_null(strstr(out, "USA.GOV.GEORGE_W_BUSH"));
    free(out);
  }
  quid_who_free(who);
  quid_context_free(ctx);
}

/* ---- check ---- */

static void count(void *user, const quid_finding *f) {
  assert_non_null(f->message);
  assert_true(f->line > 0 && f->column > 0 && *f->file);
  ++*(size_t *)user;
}

static void checks(void **state) {
  (void)state;
  quid_check_totals totals;
  quid_error err = {0};
  size_t told = 0;
  assert_int_equal(quid_check(&totals, test_root("tests/data/know"), count, &told, &err), QUID_OK);
  assert_int_equal(totals.n_errors + totals.n_warnings + told, 0);
  assert_int_equal(totals.n_files, 33);
  assert_int_equal(quid_check(&totals, test_root("knowledge"), count, &told, &err), QUID_OK);
  assert_int_equal(totals.n_errors + totals.n_warnings, told);
  assert_int_equal(quid_check(NULL, test_root("tests"), NULL, NULL, &err), QUID_ERR_IO);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(names),  cmocka_unit_test(members), cmocka_unit_test(errors), cmocka_unit_test(in_a_text),
    cmocka_unit_test(checks),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
