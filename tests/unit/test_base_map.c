#include "unit/unit.h"

#include "base/hash.h"
#include "base/intern.h"
#include "base/map.h"

#include <stdio.h>

static void maps(void **state) {
  (void)state;
  qi_map map = {0};
  qi_arena keys = {0};
  uint32_t value = 7;
  assert_false(qi_map_get(&map, QI_SLICE("x"), &value));
  for (uint32_t i = 0; i < 5000; i++)
    assert_true(qi_map_put(&map, qi_arena_printf(&keys, "key %u", i), i * 2));
  assert_int_equal(map.len, 5000);
  for (uint32_t i = 0; i < 5000; i++)
    assert_int_equal(qi_map_find(&map, qi_arena_printf(&keys, "key %u", i), 1), i * 2);
  assert_false(qi_map_get(&map, QI_SLICE("key 5000"), &value));
  assert_int_equal(value, 7);
  assert_true(qi_map_put(&map, QI_SLICE("key 3"), 1));
  assert_int_equal(map.len, 5000);
  assert_int_equal(qi_map_find(&map, QI_SLICE("key 3"), QI_MAP_NONE), 1);
  assert_true(qi_map_put(&map, qi_slice_str(NULL), 9)); /* the empty key is a key */
  assert_int_equal(qi_map_find(&map, QI_SLICE(""), 0), 9);
  qi_map_clear(&map);
  assert_int_equal(qi_map_find(&map, QI_SLICE("key 3"), QI_MAP_NONE), QI_MAP_NONE);
  qi_arena_clear(&keys);
}

static void visits_each_entry_once(void **state) {
  (void)state;
  qi_map map = {0};
  const char *names[] = {"a", "b", "c", "d"};
  for (uint32_t i = 0; i < 4; i++) qi_map_put(&map, qi_slice_str(names[i]), 1u << i);
  uint32_t seen = 0, value;
  size_t at = 0, n = 0;
  qi_slice key;
  for (; qi_map_next(&map, &at, &key, &value); n++) seen |= value;
  assert_int_equal(n, 4);
  assert_int_equal(seen, 15);
  qi_map_clear(&map);
}

static void interns(void **state) {
  (void)state;
  qi_intern in;
  qi_intern_init(&in, 0);
  char text[] = "nsubj";
  assert_int_equal(qi_intern_add(&in, qi_slice_str(text)), 0);
  assert_int_equal(qi_intern_add(&in, QI_SLICE("obj")), 1);
  text[0] = 'x'; /* it keeps a copy */
  assert_int_equal(qi_intern_add(&in, QI_SLICE("nsubj")), 0);
  assert_int_equal(qi_intern_find(&in, QI_SLICE("obj")), 1);
  assert_int_equal(qi_intern_find(&in, QI_SLICE("obl")), QI_INTERN_NONE);
  assert_slice(qi_intern_text(&in, 0), "nsubj");
  assert_slice(qi_intern_text(&in, 77), "");
  assert_int_equal(qi_intern_count(&in), 2);
  qi_intern_clear(&in);
  qi_intern_init(&in, 32);
  assert_int_equal(qi_intern_add(&in, QI_SLICE("a")), 0);
  assert_int_equal(qi_intern_add(&in, QI_SLICE("far too long for what is left")), QI_INTERN_NONE);
  assert_int_equal(qi_intern_add(&in, QI_SLICE("b")), 1);
  qi_intern_clear(&in);
}

/* The published values of XXH3 with seed 0: ids of documents must never change. */
static void hashes_are_stable(void **state) {
  (void)state;
  char hex[QI_HASH128_HEX_BYTES];
  assert_string_equal(qi_hash64_hex(hex, QI_SLICE("")), "2d06800538d394c2");
  assert_string_equal(qi_hash64_hex(hex, qi_slice_str(NULL)), "2d06800538d394c2");
  assert_string_equal(qi_hash128_hex(hex, QI_SLICE("")), "99aa06d3014798d86001c324468d497f");
  assert_true(qi_hash64(QI_SLICE("a")) != qi_hash64(QI_SLICE("b")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(maps),
      cmocka_unit_test(visits_each_entry_once),
      cmocka_unit_test(interns),
      cmocka_unit_test(hashes_are_stable),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
