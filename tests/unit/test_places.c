/* The gazetteer: what its files say, what is refused in them, and its compiled form. */
#include "unit/unit.h"

#include "base/hash.h"
#include "know/places_impl.h"

#define COUNTRIES "code\talpha2\tnames\tlatitude\tlongitude\tsource\n"
#define DIVISIONS "code\tnames\tlatitude\tlongitude\n"
#define TOWNS "id\tname\tcountry\tdivision\tlatitude\tlongitude\tpeople\tkind\n"
#define FEATURES "names\tkind\tcountry\tlatitude\tlongitude\tsource\n"
#define WORDS "words\tkind\tsource\n"
#define NAMES "country\tkind\tplace\tnames\tsource\n"
#define VERSION "0123456789abcdef"

static const char *const SMALL[QI_N_PLACES_FILES] = {
  COUNTRIES "LBN\tLB\tLebanon\t33.83\t35.83\town\nLBY\tLY\tLibya\t28\t17\town\n",
  DIVISIONS "LBN.09\tNorth Lebanon\t34.33\t35.86\nLBY.77\tTripoli\t32.78\t13.38\n",
  TOWNS "1\tTripoli\tLBN\t09\t34.434\t35.844\t229398\tseat\n2\tTripoli\tLBY\t77\t32.887\t13.187\t1150989\tcapital\n3\tAz Z\xC4\x81wiyah\tLBY\t-\t32.75\t12.73\t200000\ttown\n",
  FEATURES "Black Sea\tsea\t-\t43.5\t34.5\town\n",
  WORDS "region | oblast\tdivision\town\nshell\tverb\town\n",
  NAMES "LBY\ttown\tAz Zawiyah\tZawia | Zauiya\town\nLBN\tdivision\tnorth lebanon\tthe Lebanese North\town\n",
};

static quid_status make(qi_places **out, int changed, const char *text, quid_error *err) {
  qi_places_maker *m;
  *out = NULL;
  quid_status status = qi_places_maker_new(&m, err);
  for (int f = 0; !status && f < QI_N_PLACES_FILES; f++)
    status = qi_places_maker_add(m, (qi_places_file)f, qi_slice_str(f == changed ? text : SMALL[f]), qi_places_file_name((qi_places_file)f), err);
  if (!status) status = qi_places_maker_finish(m, out, err);
  qi_places_maker_free(m);
  return status;
}

static const qi_spot_of_earth *only(const qi_places *p, const char *key) {
  const uint32_t *list;
  uint32_t n = qi_places_find(p, qi_slice_str(key), &list);
  if (n != 1) fail_msg("%u places for '%s'", n, key);
  return qi_places_get(p, list[0]);
}

static void finds(void **state) {
  (void)state;
  qi_places *p;
  quid_error err = {0};
  const uint32_t *list;
  assert_int_equal(make(&p, -1, NULL, &err), QUID_OK);
  /* the division, then the towns, the larger one first */
  assert_int_equal(qi_places_find(p, QI_SLICE("tripoli"), &list), 3);
  assert_int_equal(qi_places_get(p, list[0])->kind, QI_PLACE_DIVISION);
  assert_string_equal(qi_places_get(p, list[1])->country, "LBY");
  assert_int_equal(qi_places_get(p, list[1])->latitude, 32887);
  assert_string_equal(qi_places_name(p, qi_places_get(p, list[2])->division), "North Lebanon");
  assert_int_equal(only(p, "az zawiyah")->geonames, 3); /* accents and articles aside */
  assert_int_equal(only(p, "zawiyah")->geonames, 3);
  assert_int_equal(only(p, "zauiya")->geonames, 3);
  assert_int_equal(only(p, "lebanese north")->kind, QI_PLACE_DIVISION);
  assert_string_equal(only(p, "black sea")->country, "");
  assert_int_equal(only(p, "oblast")->kind, QI_PLACE_WORD_DIVISION);
  assert_int_equal(qi_places_find(p, QI_SLICE("atlantis"), &list), 0);
  assert_string_equal(qi_places_name(p, qi_places_country(p, "LBY")), "Libya");
  assert_int_equal(qi_places_country(p, "XXX"), QI_NO_PLACE);
  /* the north of Libya is where its towns in the north are */
  int32_t la, lo;
  assert_true(qi_places_side(p, qi_places_country(p, "LBY"), 1, 0, &la, &lo));
  assert_true(la > 32000);
  assert_false(qi_places_side(p, qi_places_count(p), 1, 0, &la, &lo));
  qi_places_free(p);
}

static void makes_keys(void **state) {
  (void)state;
  qi_arena arena;
  qi_arena_init(&arena, 0);
  assert_slice(qi_places_key(QI_SLICE("Al \xE1\xB8\xA8udaydah"), &arena), "al hudaydah");
  assert_slice(qi_places_key(QI_SLICE("Deir ez-Zor"), &arena), "deir ez zor");
  char one[40], other[40];
  static const char *const same[][2] = {{"avdiivka", "avdiyivka"}, {"oleksandriia", "oleksandriya"}, {"makhmur", "makhmoor"}, {"sulaymaniyah", "sulaimaniya"}};
  for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
    qi_slice b = qi_places_loose(qi_slice_str(same[i][1]), other);
    assert_slice(qi_places_loose(qi_slice_str(same[i][0]), one), b.ptr);
  }
  assert_slice(qi_places_loose(QI_SLICE(""), one), "~");
  assert_slice(qi_places_key(QI_SLICE("Xi\xE2\x80\x99" "an,  St. X"), &arena), "xian, st x");
  qi_arena_clear(&arena);
}

static void refuses(void **state) {
  (void)state;
  static const struct { int file; const char *text; size_t line, column; const char *message; } bad[] = {
    {QI_PLACES_COUNTRIES, COUNTRIES "Lb\tLB\tLebanon\t33\t35\town\n", 2, 1, "no alpha-3 code 'Lb'"},
    {QI_PLACES_COUNTRIES, COUNTRIES "LBN\tLB\tLebanon\t33\t35\town\nLBN\tLB\tLebanon\t33\t35\town\n", 3, 1, "country stands twice 'LBN'"},
    {QI_PLACES_COUNTRIES, COUNTRIES "LBN\tLB\tLebanon\t93\t35\town\n", 2, 16, "no such latitude '93'"},
    {QI_PLACES_DIVISIONS, DIVISIONS "FRA.1\tX\t1\t1\n", 2, 1, "no code of a division 'FRA.1'"},
    {QI_PLACES_TOWNS, TOWNS "1\tX\tFRA\t-\t1\t1\t1\ttown\n", 2, 5, "no such country 'FRA'"},
    {QI_PLACES_TOWNS, TOWNS "1\tX\tLBN\t12\t1\t1\t1\ttown\n", 2, 9, "no such division '12'"},
    {QI_PLACES_TOWNS, TOWNS "1\tX\tLBN\t-\t1\t181\t1\ttown\n", 2, 13, "no such longitude '181'"},
    {QI_PLACES_TOWNS, TOWNS "1\tX\tLBN\t-\t1\t1\t-5\ttown\n", 2, 15, "no such number '-5'"},
    {QI_PLACES_TOWNS, TOWNS "1\tX\tLBN\t-\t1\t1\t1\tvillage\n", 2, 17, "no such kind of town 'village'"},
    {QI_PLACES_FEATURES, FEATURES "X | \tsea\t-\t1\t1\town\n", 2, 1, "empty name in 'X |'"},
    {QI_PLACES_FEATURES, FEATURES "X\tpond\t-\t1\t1\town\n", 2, 3, "no such kind of place 'pond'"},
    {QI_PLACES_WORDS, WORDS "x\tthing\town\n", 2, 3, "no such kind of word 'thing'"},
    {QI_PLACES_NAMES, NAMES "LBN\ttown\tSidon\tSaida\town\n", 2, 10, "no such town 'Sidon'"},
    {QI_PLACES_NAMES, NAMES "LBN\tisland\tSidon\tSaida\town\n", 2, 5, "neither town nor division 'island'"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    qi_places *p;
    quid_error err = {0};
    assert_int_equal(make(&p, bad[i].file, bad[i].text, &err), QUID_ERR_FORMAT);
    assert_null(p);
    assert_string_equal(err.message, bad[i].message);
    assert_int_equal(err.line, bad[i].line);
    assert_int_equal(err.column, bad[i].column);
  }
}

static void keeps(void **state) {
  (void)state;
  qi_places *p, *q;
  quid_error err = {0};
  qi_builder block;
  qi_builder_init(&block, 0);
  assert_int_equal(make(&p, -1, NULL, &err), QUID_OK);
  assert_int_equal(qi_places_freeze(&block, p, VERSION, &err), QUID_OK);
  assert_int_equal(qi_places_thaw(&q, qi_builder_view(&block), VERSION, "block", &err), QUID_OK);
  assert_int_equal(qi_places_count(q), qi_places_count(p));
  assert_int_equal(only(q, "zawia")->geonames, 3);
  qi_places_free(q);
  qi_places_free(p);
  assert_int_equal(qi_places_thaw(&q, qi_builder_view(&block), "fedcba9876543210", "block", &err), QUID_ERR_FORMAT);
  assert_int_equal(qi_places_thaw(&q, qi_slice_of(block.ptr, block.len - 1), VERSION, "block", &err), QUID_ERR_FORMAT);
  assert_int_equal(qi_places_thaw(&q, qi_slice_of(block.ptr, 20), VERSION, "block", &err), QUID_ERR_FORMAT);
  block.ptr[block.len - 1] ^= 1;
  assert_int_equal(qi_places_thaw(&q, qi_builder_view(&block), VERSION, "block", &err), QUID_ERR_FORMAT);
  assert_null(q);
  qi_builder_clear(&block);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(finds), cmocka_unit_test(makes_keys), cmocka_unit_test(refuses), cmocka_unit_test(keeps)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
