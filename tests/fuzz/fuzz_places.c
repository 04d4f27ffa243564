/* Whatever a compiled gazetteer says: it is refused, or it can be asked without harm; and whatever its files say.
 *
 * First byte below 128: the rest are changes to the compiled form of a small gazetteer, 8 bytes each, as in
 * fuzz_frozen.c, with size and checksum put right. Otherwise: the rest is one of its files, by the byte. */
#include "base/hash.h"
#include "know/places_impl.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CHANGE = 8 };

static const char VERSION[17] = "0123456789abcdef";
static const char *const SMALL[QI_N_PLACES_FILES] = {
  "code\talpha2\tnames\tlatitude\tlongitude\tsource\nLBN\tLB\tLebanon\t33.83\t35.83\town\nLBY\tLY\tLibya\t28\t17\town\n",
  "code\tnames\tlatitude\tlongitude\nLBN.09\tNorth Lebanon\t34.33\t35.86\nLBY.77\tTripoli\t32.78\t13.38\n",
  "id\tname\tcountry\tdivision\tlatitude\tlongitude\tpeople\tkind\n1\tTripoli\tLBN\t09\t34.434\t35.844\t229398\tseat\n"
  "2\tTripoli\tLBY\t77\t32.887\t13.187\t1150989\tcapital\n3\tAz Z\xC4\x81wiyah\tLBY\t-\t32.75\t12.73\t200000\ttown\n",
  "names\tkind\tcountry\tlatitude\tlongitude\tsource\nBlack Sea\tsea\t-\t43.5\t34.5\town\n",
  "words\tkind\tsource\nregion | oblast\tdivision\town\n",
  "country\tkind\tplace\tnames\tsource\nLBY\ttown\tAz Zawiyah\tZawia | Zauiya\town\n",
};

static qi_builder frozen;

static quid_status make(qi_places **out, int changed, qi_slice text, quid_error *err) {
  qi_places_maker *m;
  *out = NULL;
  quid_status status = qi_places_maker_new(&m, err);
  for (int f = 0; !status && f < QI_N_PLACES_FILES; f++)
    status = qi_places_maker_add(m, (qi_places_file)f, f == changed ? text : qi_slice_str(SMALL[f]), "fuzz", err);
  if (!status) status = qi_places_maker_finish(m, out, err);
  qi_places_maker_free(m);
  return status;
}

static void change(char *block, const uint8_t *c) {
  qi_places_range range = {0, sizeof(qi_places_header) + sizeof(qi_places_range) * QI_N_PLACES_SECTIONS};
  if (c[0] != 127) memcpy(&range, frozen.ptr + sizeof(qi_places_header) + (c[0] % QI_N_PLACES_SECTIONS) * sizeof range, sizeof range);
  size_t bytes = (size_t)1 << c[1] % 3, place = (size_t)(c[2] | c[3] << 8);
  if (range.bytes == 0) return;
  size_t at = (size_t)(c[1] & 0x80 ? range.at + range.bytes - 1 - place % range.bytes : range.at + place % range.bytes);
  if (at + bytes <= frozen.len) memcpy(block + at, c + 4, bytes);
}

static void ask(const qi_places *p) {
  static const char *const keys[] = {"tripoli", "zawia", "black sea", "region", "atlantis", "", "libya"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    const uint32_t *list;
    uint32_t n = qi_places_find(p, qi_slice_str(keys[i]), &list);
    for (uint32_t k = 0; k < n; k++) {
      const qi_spot_of_earth *x = qi_places_get(p, list[k]);
      if (strlen(x->country) > 3 || !qi_places_name(p, list[k])) abort();
      if (x->division != QI_NO_PLACE && qi_places_get(p, x->division)->kind != QI_PLACE_DIVISION) abort();
      if (strlen(qi_places_name(p, list[k])) > 1000000) abort();
    }
  }
  (void)qi_places_country(p, "LBY");
}

static void by_block(const uint8_t *data, size_t size) {
  qi_places *p = NULL;
  quid_error err = {0};
  if (!frozen.ptr) {
    qi_builder_init(&frozen, 0);
    if (make(&p, -1, QI_SLICE(""), &err) || qi_places_freeze(&frozen, p, VERSION, &err)) abort();
    qi_places_free(p);
  }
  char *block = malloc(frozen.len);
  if (!block) abort();
  memcpy(block, frozen.ptr, frozen.len);
  for (size_t i = 0; i + CHANGE <= size; i += CHANGE) change(block, data + i);
  qi_places_header head;
  memcpy(&head, block, sizeof head);
  head.n_bytes = frozen.len;
  head.checksum = qi_hash64(qi_slice_of(block + sizeof head, frozen.len - sizeof head));
  memcpy(block, &head, sizeof head);
  quid_status status = qi_places_thaw(&p, qi_slice_of(block, frozen.len), VERSION, "fuzz", &err);
  if (status == QUID_OK) {
    ask(p);
    qi_places_free(p);
  } else if (status != QUID_ERR_FORMAT || !err.message[0]) {
    abort();
  }
  free(block);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  qi_places *p = NULL;
  quid_error err = {0};
  if (size == 0) return 0;
  if (data[0] < 128) {
    by_block(data + 1, size - 1);
    return 0;
  }
  quid_status status = make(&p, data[0] % QI_N_PLACES_FILES, qi_slice_of((const char *)data + 1, size - 1), &err);
  if (status == QUID_OK) ask(p);
  else if (status != QUID_ERR_FORMAT || !err.message[0] || p) abort();
  qi_places_free(p);
  return 0;
}
