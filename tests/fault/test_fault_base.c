/* base survives the failure of any one allocation, and says so. */
#include "unit/unit.h"

#include <stdio.h>

#include "base/builder.h"
#include "base/file.h"
#include "base/intern.h"
#include "base/utf8.h"
#include "fault/fault.h"

static void arena_and_text(void **state) {
  (void)state;
  QI_FAULT_EACH {
    qi_arena arena = {0};
    bool ok = true;
    for (size_t i = 0; i < 20; i++) ok &= qi_arena_alloc(&arena, 10000) != NULL;
    ok &= qi_utf8_fold(&arena, QI_SLICE("Łódź")).ptr != NULL;
    ok &= qi_arena_printf(&arena, "%05000d", 7).ptr != NULL;
    assert_int_equal(ok, !fault_fired());
    qi_arena_clear(&arena);
  }
}

static void builder_and_vector(void **state) {
  (void)state;
  QI_FAULT_EACH {
    qi_builder b;
    QI_VEC(int) v = {0};
    qi_builder_init(&b, 0);
    bool pushed = true;
    for (int i = 0; i < 500; i++) {
      qi_builder_printf(&b, "%d ", i);
      pushed &= QI_VEC_PUSH(&v, i);
    }
    bool built = qi_builder_status(&b, "numbers", NULL) == QUID_OK;
    assert_int_equal(pushed && built, !fault_fired());
    qi_builder_clear(&b);
    QI_VEC_CLEAR(&v);
  }
}

/* A word refused for want of memory may be asked for again; ids stay dense. */
static void intern(void **state) {
  (void)state;
  QI_FAULT_EACH {
    qi_intern in;
    char word[16];
    qi_intern_init(&in, 0);
    for (uint32_t i = 0; i < 200; i++) {
      qi_slice s = {word, (size_t)snprintf(word, sizeof word, "word%u", i)};
      uint32_t id = qi_intern_add(&in, s);
      if (id == QI_INTERN_NONE) id = qi_intern_add(&in, s);
      assert_int_equal(id, i);
      assert_slice(qi_intern_text(&in, i), word);
    }
    qi_intern_clear(&in);
  }
}

static void files(void **state) {
  (void)state;
  QI_FAULT_EACH {
    quid_error err = {0};
    qi_builder out;
    qi_builder_init(&out, 0);
    quid_status status = qi_file_read(&out, test_root("LICENSE"), 0, &err);
    assert_int_equal(status, fault_fired() ? QUID_ERR_MEMORY : QUID_OK);
    assert_int_equal(err.code, status);
    qi_builder_clear(&out);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(arena_and_text),
      cmocka_unit_test(builder_and_vector),
      cmocka_unit_test(intern),
      cmocka_unit_test(files),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
