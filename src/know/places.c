/* know: knowledge/places -> the gazetteer's block.
 *
 * Countries, divisions, towns, features, kinds of place and further names are read in that order, for each
 * leans on those before it. All names become keys (qi_places_key) with their readings; Arabic, Spanish and
 * English articles may be left out. Where a country's or
 * division's north lies is told by its towns there.
 *
 * Example: line "2210247 Tripoli LBY 77 ..." of cities.tsv -> a place with division LBY.77, key "tripoli";
 * line "YEM town Al Ḩudaydah Hodeidah | Hodeida" of names.tsv -> keys "hodeidah", "hodeida" of that town. */
#include "know/places_impl.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "know/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define NO_VERSION "0000000000000000"

typedef struct reading {
  uint32_t place, next, last; /* further reading of the key; last: of the chain that starts here */
} reading;

/* Sums over the towns on each side of a country's or division's middle, each as heavy as the square of its way out; over
 * all towns for the middle. */
typedef struct sides {
  double sum[QI_N_SIDES][2]; /* latitude, longitude */
  double weight[QI_N_SIDES];
} sides;

struct qi_places_maker {
  qi_arena arena;                /* keys and names */
  QI_VEC(qi_spot_of_earth) places;
  QI_VEC(sides) sides;           /* [countries and divisions] */
  QI_VEC(qi_slice) names;        /* [places] */
  QI_VEC(qi_slice) keys;
  QI_VEC(uint32_t) first;        /* [keys]: first reading */
  QI_VEC(reading) readings;
  qi_map key_of;
  qi_map divisions;              /* "LBY.77" -> place */
  uint32_t country;              /* the one that was asked for last: towns stand country by country */
};

static const struct { const char *name, *header; } FILES[QI_N_PLACES_FILES] = {
  {"countries.tsv", "code\talpha2\tnames\tlatitude\tlongitude\tsource"},
  {"admin.tsv", "code\tnames\tlatitude\tlongitude"},
  {"cities.tsv", "id\tname\tcountry\tdivision\tlatitude\tlongitude\tpeople\tkind"},
  {"features.tsv", "names\tkind\tcountry\tlatitude\tlongitude\tsource"},
  {"words.tsv", "words\tkind\tsource"},
  {"names.tsv", "country\tkind\tplace\tnames\tsource"},
};

static const char *const KINDS[QI_N_PLACE_KINDS] = {
  "country", "division", "capital", "seat", "town", "part", "town", "region", "island", "mountain", "base", "plant", "port",
  "crossing", "camp", "river", "lake", "canal", "strait", "gulf", "sea", "ocean", "division", "town", "site", "water", "spot", "verb"};

const char *qi_places_file_name(qi_places_file file) { return FILES[file].name; }

quid_status qi_places_maker_new(qi_places_maker **out, quid_error *err) {
  *out = calloc(1, sizeof **out);
  if (!*out) return qi_error_memory(err, "the gazetteer");
  qi_arena_init(&(*out)->arena, 0);
  return QUID_OK;
}

void qi_places_maker_free(qi_places_maker *m) {
  if (!m) return;
  QI_VEC_CLEAR(&m->places);
  QI_VEC_CLEAR(&m->sides);
  QI_VEC_CLEAR(&m->names);
  QI_VEC_CLEAR(&m->keys);
  QI_VEC_CLEAR(&m->first);
  QI_VEC_CLEAR(&m->readings);
  qi_map_clear(&m->key_of);
  qi_map_clear(&m->divisions);
  qi_arena_clear(&m->arena);
  free(m);
}

/* ---- keys ---- */

/* One name is one place once, however often it is written. */
static bool stands_there(const qi_places_maker *m, uint32_t first, uint32_t place) {
  for (uint32_t r = first; r != UINT32_MAX; r = m->readings.items[r].next)
    if (m->readings.items[r].place == place) return true;
  return false;
}

/* false: out of memory. */
static bool add_key(qi_places_maker *m, qi_slice key, uint32_t place) {
  uint32_t k = qi_map_find(&m->key_of, key, QI_MAP_NONE), r = (uint32_t)m->readings.len;
  if (key.len == 0) return true;
  if (k != QI_MAP_NONE && stands_there(m, m->first.items[k], place)) return true;
  reading one = {place, UINT32_MAX, r};
  if (!QI_VEC_PUSH(&m->readings, one)) return false;
  if (k != QI_MAP_NONE) {
    reading *head = &m->readings.items[m->first.items[k]];
    m->readings.items[head->last].next = r;
    head->last = r;
    return true;
  }
  k = (uint32_t)m->keys.len;
  return QI_VEC_PUSH(&m->keys, key) && QI_VEC_PUSH(&m->first, r) && qi_map_put(&m->key_of, key, k);
}

/* What stands behind an article: "hudaydah" of "al hudaydah". */
static qi_slice without_article(qi_slice key) {
  static const char *const articles[] = {"the ", "al ", "el ", "ad ", "ar ", "as ", "ash ", "at ", "az ", "an ", "adh ", "ath ", NULL};
  for (size_t i = 0; articles[i]; i++)
    if (qi_slice_starts(key, qi_slice_str(articles[i]))) return qi_slice_sub(key, strlen(articles[i]), key.len);
  return (qi_slice){NULL, 0};
}

/* The key and what other spellings share with it. false: out of memory. */
static bool add_spellings(qi_places_maker *m, qi_slice key, uint32_t place) {
  if (!add_key(m, key, place)) return false;
  if (key.len < QI_LOOSE_BYTES || qi_place_is_word(m->places.items[place].kind)) return true;
  char *room = qi_arena_alloc(&m->arena, key.len + 2);
  if (!room) return false;
  qi_slice loose = qi_places_loose(key, room);
  return qi_slice_eq(qi_slice_sub(loose, 1, loose.len), key) || add_key(m, loose, place);
}

/* false: out of memory. */
static bool add_name(qi_places_maker *m, qi_slice name, uint32_t place) {
  qi_slice key = qi_places_key(name, &m->arena);
  if (!key.ptr || !add_spellings(m, key, place)) return false;
  qi_slice rest = without_article(key);
  return rest.len < 3 || add_spellings(m, rest, place);
}

static quid_status no_memory(quid_error *err) { return qi_error_memory(err, "the gazetteer"); }

/* All names of the field; a bad one is told at the field. */
static quid_status add_names(qi_places_maker *m, const qi_table *t, size_t field, uint32_t place, quid_error *err) {
  qi_slice rest = t->field[field], name;
  while (qi_slice_split(&rest, '|', &name)) {
    name = qi_slice_trim(name);
    if (name.len == 0) return qi_table_error(t, field, err, "empty name in", t->field[field]);
    if (!add_name(m, name, place)) return no_memory(err);
  }
  return QUID_OK;
}

/* ---- fields ---- */

static bool degrees(qi_slice s, double limit, int32_t *out) {
  double d;
  if (!qi_slice_to_double(s, &d) || !(d >= -limit && d <= limit)) return false;
  *out = (int32_t)(d * 1000 + (d < 0 ? -0.5 : 0.5));
  return true;
}

static quid_status read_point(const qi_table *t, size_t field, qi_spot_of_earth *out, quid_error *err) {
  if (!degrees(t->field[field], 90, &out->latitude)) return qi_table_error(t, field, err, "no such latitude", t->field[field]);
  if (!degrees(t->field[field + 1], 180, &out->longitude)) return qi_table_error(t, field + 1, err, "no such longitude", t->field[field + 1]);
  return QUID_OK;
}

/* QI_NO_PLACE: there is none. */
static uint32_t country_at(qi_places_maker *m, qi_slice code) {
  if (m->country < m->places.len && m->places.items[m->country].kind == QI_PLACE_COUNTRY && qi_slice_eq_str(code, m->places.items[m->country].country)) return m->country;
  for (size_t i = 0; i < m->places.len && m->places.items[i].kind == QI_PLACE_COUNTRY; i++)
    if (qi_slice_eq_str(code, m->places.items[i].country)) return m->country = (uint32_t)i;
  return QI_NO_PLACE;
}

static bool is_known_country(qi_places_maker *m, qi_slice code) { return country_at(m, code) != QI_NO_PLACE; }

/* none: "-" is allowed. */
static quid_status read_country(qi_places_maker *m, const qi_table *t, size_t field, bool none, qi_spot_of_earth *out, quid_error *err) {
  qi_slice code = t->field[field];
  if (none && qi_slice_eq_str(code, "-")) return QUID_OK;
  if (code.len != 3 || !is_known_country(m, code)) return qi_table_error(t, field, err, "no such country", code);
  memcpy(out->country, code.ptr, 3);
  return QUID_OK;
}

static bool kind_of(qi_slice word, uint32_t first, uint32_t last, uint32_t *out) {
  for (*out = first; *out <= last; ++*out)
    if (qi_slice_eq_str(word, KINDS[*out])) return true;
  return false;
}

static quid_status read_number(const qi_table *t, size_t field, uint32_t *out, quid_error *err) {
  long n;
  if (!qi_slice_to_long(t->field[field], &n) || n < 0 || n > INT32_MAX) return qi_table_error(t, field, err, "no such number", t->field[field]);
  *out = (uint32_t)n;
  return QUID_OK;
}

static quid_status add_place(qi_places_maker *m, const qi_spot_of_earth *one, qi_slice names, uint32_t *place, quid_error *err) {
  qi_slice rest = names, first = {NULL, 0};
  qi_slice_split(&rest, '|', &first);
  qi_slice name = qi_arena_slice(&m->arena, qi_slice_trim(first));
  *place = (uint32_t)m->places.len;
  if (one->kind <= QI_PLACE_DIVISION && *place == m->sides.len && !QI_VEC_PUSH(&m->sides, (sides){.weight = {0}})) return no_memory(err);
  return name.ptr && QI_VEC_PUSH(&m->names, name) && QI_VEC_PUSH(&m->places, *one) ? QUID_OK : no_memory(err);
}

static qi_spot_of_earth nowhere(uint32_t kind) {
  return (qi_spot_of_earth){.kind = kind, .division = QI_NO_PLACE};
}

/* ---- rows ---- */

static bool is_code(qi_slice s) {
  bool good = s.len == 3;
  for (size_t i = 0; good && i < s.len; i++) good = qi_ascii_is_upper(s.ptr[i]);
  return good;
}

static quid_status add_country(qi_places_maker *m, const qi_table *t, quid_error *err) {
  qi_spot_of_earth one = nowhere(QI_PLACE_COUNTRY);
  uint32_t place;
  if (!is_code(t->field[0])) return qi_table_error(t, 0, err, "no alpha-3 code", t->field[0]);
  if (is_known_country(m, t->field[0])) return qi_table_error(t, 0, err, "country stands twice", t->field[0]);
  memcpy(one.country, t->field[0].ptr, 3);
  quid_status status = read_point(t, 3, &one, err);
  if (!status) status = add_place(m, &one, t->field[2], &place, err);
  return status ? status : add_names(m, t, 2, place, err);
}

static quid_status add_division(qi_places_maker *m, const qi_table *t, quid_error *err) {
  qi_spot_of_earth one = nowhere(QI_PLACE_DIVISION);
  uint32_t place;
  qi_slice code = t->field[0], country = qi_slice_sub(code, 0, 3);
  if (code.len < 5 || code.ptr[3] != '.' || !is_known_country(m, country)) return qi_table_error(t, 0, err, "no code of a division", code);
  if (qi_map_get(&m->divisions, code, NULL)) return qi_table_error(t, 0, err, "division stands twice", code);
  memcpy(one.country, country.ptr, 3);
  quid_status status = read_point(t, 2, &one, err);
  if (!status) status = add_place(m, &one, t->field[1], &place, err);
  if (status) return status;
  qi_slice key = qi_arena_slice(&m->arena, code);
  if (!key.ptr || !qi_map_put(&m->divisions, key, place)) return no_memory(err);
  return add_names(m, t, 1, place, err);
}

static void weigh_sides(sides *of, const qi_spot_of_earth *whole, const qi_spot_of_earth *town) {
  double up = (double)town->latitude - whole->latitude, right = (double)town->longitude - whole->longitude;
  if (right > 180000 || right < -180000) return; /* over the date line */
  right *= cos(whole->latitude * 3.14159265358979323846 / 180000);
  for (int k = 0; k < QI_N_SIDES; k++) {
    int north = k / 3 - 1, east = k % 3 - 1;
    double out = up * north + right * east, weight = north || east ? out * out : 1;
    if ((north || east) && out <= 0) continue;
    if (north && east) weight /= 2;
    of->sum[k][0] += weight * town->latitude;
    of->sum[k][1] += weight * town->longitude;
    of->weight[k] += weight;
  }
}

static quid_status add_town(qi_places_maker *m, const qi_table *t, quid_error *err) {
  qi_spot_of_earth one = nowhere(0);
  uint32_t place;
  char code[32];
  quid_status status = read_number(t, 0, &one.geonames, err);
  if (!status) status = read_country(m, t, 2, false, &one, err);
  if (!status) status = read_point(t, 4, &one, err);
  if (!status) status = read_number(t, 6, &one.people, err);
  if (status) return status;
  if (!kind_of(t->field[7], QI_PLACE_CAPITAL, QI_PLACE_PART, &one.kind)) return qi_table_error(t, 7, err, "no such kind of town", t->field[7]);
  if (!qi_slice_eq_str(t->field[3], "-")) {
    int n = snprintf(code, sizeof code, "%s.%.*s", one.country, QI_SLICE_ARG(t->field[3]));
    if (n < 0 || (size_t)n >= sizeof code || !qi_map_get(&m->divisions, qi_slice_of(code, (size_t)n), &one.division))
      return qi_table_error(t, 3, err, "no such division", t->field[3]);
  }
  if ((status = add_place(m, &one, t->field[1], &place, err))) return status;
  uint32_t whole[2] = {one.division, country_at(m, t->field[2])};
  for (int i = 0; i < 2; i++)
    if (whole[i] < m->sides.len) weigh_sides(&m->sides.items[whole[i]], &m->places.items[whole[i]], &one);
  return add_names(m, t, 1, place, err);
}

static quid_status add_feature(qi_places_maker *m, const qi_table *t, quid_error *err) {
  qi_spot_of_earth one = nowhere(0);
  uint32_t place;
  if (!kind_of(t->field[1], QI_PLACE_VILLAGE, QI_PLACE_OCEAN, &one.kind)) return qi_table_error(t, 1, err, "no such kind of place", t->field[1]);
  quid_status status = read_country(m, t, 2, true, &one, err);
  if (!status) status = read_point(t, 3, &one, err);
  if (!status) status = add_place(m, &one, t->field[0], &place, err);
  return status ? status : add_names(m, t, 0, place, err);
}

static quid_status add_word(qi_places_maker *m, const qi_table *t, quid_error *err) {
  qi_spot_of_earth one = nowhere(0);
  uint32_t place;
  if (!kind_of(t->field[1], QI_PLACE_WORD_DIVISION, QI_PLACE_WORD_VERB, &one.kind)) return qi_table_error(t, 1, err, "no such kind of word", t->field[1]);
  quid_status status = add_place(m, &one, t->field[0], &place, err);
  return status ? status : add_names(m, t, 0, place, err);
}

/* The largest town, or the division, of that name in that country. */
static uint32_t meant_by(const qi_places_maker *m, qi_slice key, qi_slice country, bool town) {
  uint32_t best = QI_NO_PLACE, k = qi_map_find(&m->key_of, key, QI_MAP_NONE);
  for (uint32_t r = k == QI_MAP_NONE ? UINT32_MAX : m->first.items[k]; r != UINT32_MAX; r = m->readings.items[r].next) {
    uint32_t place = m->readings.items[r].place;
    const qi_spot_of_earth *x = &m->places.items[place];
    if (!qi_slice_eq_str(country, x->country) || (town ? !qi_place_is_town(x->kind) : x->kind != QI_PLACE_DIVISION)) continue;
    if (best == QI_NO_PLACE || x->people > m->places.items[best].people) best = place;
  }
  return best;
}

static quid_status add_other_names(qi_places_maker *m, const qi_table *t, quid_error *err) {
  bool town = qi_slice_eq_str(t->field[1], "town");
  if (!is_known_country(m, t->field[0])) return qi_table_error(t, 0, err, "no such country", t->field[0]);
  if (!town && !qi_slice_eq_str(t->field[1], "division")) return qi_table_error(t, 1, err, "neither town nor division", t->field[1]);
  qi_slice key = qi_places_key(t->field[2], &m->arena);
  if (!key.ptr) return no_memory(err);
  uint32_t place = meant_by(m, key, t->field[0], town);
  if (place == QI_NO_PLACE) return qi_table_error(t, 2, err, town ? "no such town" : "no such division", t->field[2]);
  return add_names(m, t, 3, place, err);
}

quid_status qi_places_maker_add(qi_places_maker *m, qi_places_file which, qi_slice data, const char *file, quid_error *err) {
  static quid_status (*const row[QI_N_PLACES_FILES])(qi_places_maker *, const qi_table *, quid_error *) = {
    add_country, add_division, add_town, add_feature, add_word, add_other_names};
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, FILES[which].header, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = row[which](m, &t, err);
  return status;
}

/* ---- the block ---- */

static void begin(qi_builder *out, qi_places_range *r) {
  while (out->len % QI_PLACES_ALIGN && !out->failed) qi_builder_char(out, '\0');
  r->at = out->len;
}

static void add_bytes(qi_builder *out, const void *bytes, size_t n) { qi_builder_slice(out, qi_slice_of(bytes, n)); }

/* Texts, and the places with their names in them. */
static void write_places(qi_places_maker *m, qi_builder *out, qi_builder *texts, qi_places_range *table) {
  begin(out, &table[QI_PLACES_PLACES]);
  for (size_t i = 0; i < m->places.len; i++) {
    m->places.items[i].name = (uint32_t)texts->len;
    qi_builder_slice(texts, m->names.items[i]);
    qi_builder_char(texts, '\0');
    add_bytes(out, &m->places.items[i], sizeof m->places.items[i]);
  }
  table[QI_PLACES_PLACES].bytes = m->places.len * sizeof *m->places.items;
}

/* By prominence: countries, divisions and features first, then towns by inhabitants. */
static bool is_before(const qi_spot_of_earth *x, const qi_spot_of_earth *y) {
  bool x_town = qi_place_is_town(x->kind) && x->people, y_town = qi_place_is_town(y->kind) && y->people;
  return x_town != y_town ? y_town : x_town && x->people > y->people;
}

/* false: out of memory. */
static bool write_readings(qi_places_maker *m, qi_builder *out, uint32_t first, uint32_t n) {
  uint32_t *list = QI_NEW_ARRAY(&m->arena, uint32_t, n), len = 0;
  if (!list) return false;
  for (uint32_t r = first; r != UINT32_MAX; r = m->readings.items[r].next) {
    uint32_t at = len++, place = m->readings.items[r].place;
    for (; at > 0 && is_before(&m->places.items[place], &m->places.items[list[at - 1]]); at--) list[at] = list[at - 1];
    list[at] = place;
  }
  add_bytes(out, list, n * sizeof *list);
  return true;
}

/* false: out of memory. */
static bool write_keys(qi_places_maker *m, qi_builder *out, qi_builder *texts, qi_places_range *table) {
  uint32_t n = 0;
  begin(out, &table[QI_PLACES_KEYS]);
  for (size_t i = 0; i < m->keys.len; i++) {
    qi_places_key_of k = {(uint32_t)texts->len, (uint32_t)m->keys.items[i].len, n, 0};
    for (uint32_t r = m->first.items[i]; r != UINT32_MAX; r = m->readings.items[r].next) k.n++;
    n += k.n;
    qi_builder_slice(texts, m->keys.items[i]);
    add_bytes(out, &k, sizeof k);
  }
  qi_builder_char(texts, '\0');
  table[QI_PLACES_KEYS].bytes = m->keys.len * sizeof(qi_places_key_of);
  begin(out, &table[QI_PLACES_READINGS]);
  table[QI_PLACES_READINGS].bytes = n * sizeof(uint32_t);
  for (size_t i = 0; i < m->keys.len; i++) {
    uint32_t here = 0;
    for (uint32_t r = m->first.items[i]; r != UINT32_MAX; r = m->readings.items[r].next) here++;
    if (!write_readings(m, out, m->first.items[i], here)) return false;
  }
  return true;
}

/* A side without towns is its middle. */
static void write_sides(const qi_places_maker *m, qi_builder *out, qi_places_range *r) {
  begin(out, r);
  for (size_t i = 0; i < m->sides.len; i++) {
    const sides *of = &m->sides.items[i];
    const qi_spot_of_earth *x = &m->places.items[i];
    qi_sides one = {{{0}}};
    for (int k = 0; k < QI_N_SIDES && of->weight[QI_N_SIDES / 2] > 0; k++) {
      one.at[k][0] = of->weight[k] > 0 ? (int32_t)(of->sum[k][0] / of->weight[k]) : x->latitude;
      one.at[k][1] = of->weight[k] > 0 ? (int32_t)(of->sum[k][1] / of->weight[k]) : x->longitude;
    }
    add_bytes(out, &one, sizeof one);
  }
  r->bytes = m->sides.len * sizeof(qi_sides);
}

/* false: out of memory. */
static bool write_slots(qi_places_maker *m, qi_builder *out, qi_places_range *r) {
  size_t cap = 4;
  while (cap < m->keys.len * 2) cap *= 2;
  uint32_t *slots = calloc(cap, sizeof *slots);
  if (!slots) return false;
  for (size_t i = 0; i < m->keys.len; i++) {
    size_t at = (size_t)qi_hash64(m->keys.items[i]) & (cap - 1);
    while (slots[at]) at = (at + 1) & (cap - 1);
    slots[at] = (uint32_t)i + 1;
  }
  begin(out, r);
  add_bytes(out, slots, cap * sizeof *slots);
  r->bytes = cap * sizeof *slots;
  free(slots);
  return true;
}

static bool write_all(qi_places_maker *m, qi_builder *out, qi_builder *texts) {
  qi_places_range table[QI_N_PLACES_SECTIONS] = {0};
  qi_places_header empty = {.magic = ""};
  add_bytes(out, &empty, sizeof empty);
  add_bytes(out, table, sizeof table);
  write_places(m, out, texts, table);
  if (!write_keys(m, out, texts, table) || !write_slots(m, out, &table[QI_PLACES_SLOTS]) || texts->failed) return false;
  write_sides(m, out, &table[QI_PLACES_SIDES]);
  begin(out, &table[QI_PLACES_TEXT]);
  add_bytes(out, texts->ptr, texts->len);
  table[QI_PLACES_TEXT].bytes = texts->len;
  if (out->failed) return false;
  memcpy(out->ptr + sizeof empty, table, sizeof table);
  return true;
}

quid_status qi_places_maker_finish(qi_places_maker *m, qi_places **out, quid_error *err) {
  qi_builder block, texts;
  qi_builder_init(&block, QI_MAX_PLACES_BYTES);
  qi_builder_init(&texts, QI_MAX_PLACES_BYTES);
  *out = NULL;
  quid_status status = write_all(m, &block, &texts) ? QUID_OK : no_memory(err);
  char *owned = status ? NULL : malloc(block.len);
  if (!status && !owned) status = no_memory(err);
  if (!status) {
    memcpy(owned, block.ptr, block.len);
    qi_places_seal(owned, block.len, NO_VERSION);
    status = qi_places_thaw(out, qi_slice_of(owned, block.len), NO_VERSION, "the gazetteer", err);
  }
  if (!status) (*out)->owned = owned;
  else free(owned);
  qi_builder_clear(&texts);
  qi_builder_clear(&block);
  return status;
}

quid_status qi_places_load(qi_places **out, const char *dir, quid_error *err) {
  qi_places_maker *m;
  *out = NULL;
  quid_status status = qi_places_maker_new(&m, err);
  for (int f = 0; !status && f < QI_N_PLACES_FILES; f++) {
    qi_builder data;
    char path[4096], relative[64];
    snprintf(relative, sizeof relative, "places/%s", FILES[f].name);
    status = qi_know_read(&data, path, sizeof path, dir, relative, err);
    if (!status) status = qi_places_maker_add(m, (qi_places_file)f, qi_builder_view(&data), path, err);
    qi_builder_clear(&data);
  }
  if (!status) status = qi_places_maker_finish(m, out, err);
  qi_places_maker_free(m);
  return status;
}
