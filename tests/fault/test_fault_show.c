/* Reading and showing with every nth allocation failing: an error, never a crash or half an output. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fault/fault.h"
#include "read/read.h"
#include "show/show.h"
#include "unit/show_fixture.h"
#include <stdlib.h>

static void test_show(void **state) {
  (void)state;
  for (int format = 0; format < QUID_N_FORMATS; format++) {
    quid_show_options options = {.format = (quid_format)format, .color = true, .width = 60};
    quid_document doc;
    char *whole = NULL;
    fixture_make(&doc);
    assert_int_equal(quid_document_show(&whole, NULL, &doc, &options, NULL), QUID_OK);
    QI_FAULT_EACH {
      char *out = NULL;
      quid_error err = {0};
      quid_status status = quid_document_show(&out, NULL, &doc, &options, &err);
      if (status) {
        assert_null(out);
        assert_int_equal(status, QUID_ERR_MEMORY);
        assert_true(err.message[0] != '\0');
      } else {
        assert_string_equal(out, whole);
      }
      free(out);
    }
    free(whole);
    fixture_clear(&doc);
  }
}

static void test_jsonl(void **state) {
  (void)state;
  QI_FAULT_EACH {
    char line[] = "{\"id\":7,\"text\":\"Norland shipped grain.\",\"title\":\"T\"}";
    qi_jsonl_document doc;
    quid_error err = {0};
    if (qi_jsonl_parse(&doc, line, sizeof line - 1, "x", 1, &err) == QUID_OK) qi_jsonl_clear(&doc);
    else assert_true(err.message[0] != '\0');
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_show), cmocka_unit_test(test_jsonl)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
