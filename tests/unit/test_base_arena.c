#include "unit/unit.h"

#include "base/arena.h"
#include "base/vec.h"

static void aligns_and_keeps_apart(void **state) {
  (void)state;
  qi_arena arena;
  qi_arena_init(&arena, 0);
  unsigned char *items[500];
  for (size_t i = 0; i < 500; i++) {
    items[i] = qi_arena_alloc(&arena, i);
    assert_non_null(items[i]);
    assert_int_equal((uintptr_t)items[i] % QI_ARENA_ALIGN, 0);
    memset(items[i], (int)(i & 0xFF), i);
  }
  for (size_t i = 0; i < 500; i++)
    for (size_t k = 0; k < i; k++) assert_int_equal(items[i][k], i & 0xFF);
  qi_arena_clear(&arena);
  qi_arena_clear(&arena);
}

static void refuses_over_the_ceiling(void **state) {
  (void)state;
  qi_arena arena;
  qi_arena_init(&arena, 100);
  assert_non_null(qi_arena_alloc(&arena, 90)); /* 96 with padding */
  assert_null(qi_arena_alloc(&arena, 1));
  qi_arena_reset(&arena);
  assert_null(qi_arena_alloc(&arena, 101));
  assert_null(qi_arena_alloc(&arena, SIZE_MAX));
  assert_null(qi_arena_array(&arena, SIZE_MAX / 2, 4));
  assert_null(qi_arena_strdup(&arena, (qi_slice){"", SIZE_MAX}));
  assert_non_null(qi_arena_alloc(&arena, 64));
  qi_arena_clear(&arena);
  assert_non_null(qi_arena_alloc(&arena, 64));
  qi_arena_clear(&arena);
}

static void reuses_after_reset(void **state) {
  (void)state;
  qi_arena arena;
  qi_arena_init(&arena, 0);
  char *first = qi_arena_alloc(&arena, 10);
  qi_arena_alloc(&arena, 1 << 20);
  qi_arena_alloc(&arena, 10);
  qi_arena_reset(&arena);
  assert_int_equal(arena.used_bytes, 0);
  assert_ptr_equal(qi_arena_alloc(&arena, 10), first);
  char *large = qi_arena_zalloc(&arena, 1 << 20);
  assert_non_null(large);
  for (size_t i = 0; i < 1 << 20; i++) assert_int_equal(large[i], 0);
  qi_arena_clear(&arena);
}

static void makes_text(void **state) {
  (void)state;
  qi_arena arena = {0};
  assert_string_equal(qi_arena_strdup(&arena, QI_SLICE("Kim")), "Kim");
  qi_slice s = qi_arena_printf(&arena, "%s %d", "Kursk", 10000);
  assert_slice(s, "Kursk 10000");
  assert_int_equal(s.ptr[s.len], 0);
  assert_slice(qi_arena_slice(&arena, qi_slice_str(NULL)), "");
  int *zeros = QI_NEW_ARRAY(&arena, int, 100);
  for (size_t i = 0; i < 100; i++) assert_int_equal(zeros[i], 0);
  qi_arena_clear(&arena);
}

static void grows_vectors(void **state) {
  (void)state;
  qi_arena arena = {0};
  QI_VEC(int) heap = {0};
  QI_VEC(qi_slice) in_arena = {0};
  for (int i = 0; i < 1000; i++) {
    assert_true(QI_VEC_PUSH(&heap, i));
    assert_true(QI_VEC_PUSH_IN(&arena, &in_arena, (qi_slice){"xyz", (size_t)i % 4}));
  }
  for (int i = 0; i < 1000; i++) {
    assert_int_equal(heap.items[i], i);
    assert_int_equal(in_arena.items[i].len, i % 4);
  }
  assert_false(QI_VEC_RESERVE(&heap, SIZE_MAX / 4));
  assert_int_equal(heap.len, 1000);
  QI_VEC_CLEAR(&heap);
  assert_null(heap.items);
  qi_arena_clear(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(aligns_and_keeps_apart), cmocka_unit_test(refuses_over_the_ceiling),
      cmocka_unit_test(reuses_after_reset),     cmocka_unit_test(makes_text),
      cmocka_unit_test(grows_vectors),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
