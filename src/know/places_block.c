/* know: a block of bytes -> the gazetteer, and questions to it. See places_impl.h for the layout.
 *
 * The checksum guards against damage; the checks of offsets and indices against a block made to look
 * right: whatever passes them can be asked without harm. Nothing is copied.
 *
 * Example: key "tripoli" -> hash -> slot -> key {readings 812 to 815} -> the towns in Libya, Lebanon, Iowa. */
#include "know/places_impl.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <stdlib.h>

static quid_status refuse(const char *name, const char *problem, quid_error *err) {
  return qi_error_at(err, QUID_ERR_FORMAT, name, 0, 0, "compiled gazetteer %s", problem);
}

static void put_program(char program[16]) {
  size_t n = strlen(QUID_VERSION);
  memset(program, 0, 16);
  memcpy(program, QUID_VERSION, n < 16 ? n : 16);
}

void qi_places_seal(char *block, size_t n_bytes, const char version[17]) {
  qi_places_header h = {.magic = QI_PLACES_MAGIC, .layout = QI_PLACES_LAYOUT, .order = QI_PLACES_ORDER, .n_bytes = n_bytes};
  memcpy(h.version, version, sizeof h.version);
  put_program(h.program);
  h.checksum = qi_hash64(qi_slice_of(block + sizeof h, n_bytes - sizeof h));
  memcpy(block, &h, sizeof h);
}

static quid_status check_header(qi_slice bytes, const char version[17], const char *name, quid_error *err) {
  qi_places_header h;
  char program[16];
  if (bytes.len < sizeof h + sizeof(qi_places_range) * QI_N_PLACES_SECTIONS) return refuse(name, "cut short", err);
  memcpy(&h, bytes.ptr, sizeof h);
  put_program(program);
  if (memcmp(h.magic, QI_PLACES_MAGIC, sizeof h.magic) != 0) return refuse(name, "is something else", err);
  if (h.layout != QI_PLACES_LAYOUT || h.order != QI_PLACES_ORDER || memcmp(h.program, program, sizeof program) != 0)
    return refuse(name, "of another quid", err);
  if (memcmp(h.version, version, sizeof h.version) != 0) return refuse(name, "of other dictionaries", err);
  if (h.n_bytes != bytes.len) return refuse(name, "cut short or grown", err);
  if (h.checksum != qi_hash64(qi_slice_sub(bytes, sizeof h, bytes.len))) return refuse(name, "damaged", err);
  return QUID_OK;
}

/* The section as records of that size. */
static bool section(qi_slice block, qi_places_section s, size_t record, const void **at, size_t *n) {
  qi_places_range r;
  memcpy(&r, block.ptr + sizeof(qi_places_header) + (size_t)s * sizeof r, sizeof r);
  if (r.at % QI_PLACES_ALIGN || r.at > block.len || r.bytes > block.len - r.at || r.bytes % record || r.bytes / record > UINT32_MAX - 1)
    return false;
  *at = block.ptr + r.at;
  *n = (size_t)r.bytes / record;
  return true;
}

static bool in_range(int32_t thousandths, int32_t limit) { return thousandths >= -limit && thousandths <= limit; }

static bool check_places(qi_places *p) {
  bool countries = true;
  for (uint32_t i = 0; i < p->n_places; i++) {
    const qi_spot_of_earth *x = &p->places[i];
    if (x->name >= p->texts.len || x->country[3] || x->kind >= QI_N_PLACE_KINDS || !in_range(x->latitude, 90000) || !in_range(x->longitude, 180000))
      return false;
    if (x->division != QI_NO_PLACE && (x->division >= p->n_places || p->places[x->division].kind != QI_PLACE_DIVISION)) return false;
    countries &= x->kind == QI_PLACE_COUNTRY;
    p->n_countries += countries;
  }
  return true;
}

static bool check_sides(const qi_places *p) {
  for (uint32_t i = 0; i < p->n_sides; i++)
    for (int k = 0; k < QI_N_SIDES; k++)
      if (!in_range(p->sides[i].at[k][0], 90000) || !in_range(p->sides[i].at[k][1], 180000)) return false;
  return p->n_sides <= p->n_places;
}

static bool check_keys(const qi_places *p) {
  size_t used = 0;
  for (uint32_t i = 0; i < p->n_keys; i++) {
    const qi_places_key_of *k = &p->keys[i];
    if (k->text > p->texts.len || k->len > p->texts.len - k->text || k->first > p->n_readings || k->n > p->n_readings - k->first) return false;
  }
  for (uint32_t i = 0; i < p->n_readings; i++)
    if (p->readings[i] >= p->n_places) return false;
  for (size_t i = 0; i < p->cap; i++) {
    if (p->slots[i] > p->n_keys) return false;
    used += p->slots[i] != 0;
  }
  return used < p->cap; /* an empty slot ends a look-up */
}

static bool open_block(qi_places *p) {
  const void *texts, *places, *keys, *readings, *slots, *sides;
  size_t n_texts, n_places, n_keys, n_readings, n_sides;
  if (!section(p->block, QI_PLACES_TEXT, 1, &texts, &n_texts) || !section(p->block, QI_PLACES_PLACES, sizeof *p->places, &places, &n_places) ||
      !section(p->block, QI_PLACES_KEYS, sizeof *p->keys, &keys, &n_keys) ||
      !section(p->block, QI_PLACES_READINGS, sizeof *p->readings, &readings, &n_readings) ||
      !section(p->block, QI_PLACES_SIDES, sizeof *p->sides, &sides, &n_sides) ||
      !section(p->block, QI_PLACES_SLOTS, sizeof *p->slots, &slots, &p->cap) || p->cap == 0 || (p->cap & (p->cap - 1)) || n_texts == 0 ||
      ((const char *)texts)[n_texts - 1] != '\0')
    return false;
  p->texts = qi_slice_of(texts, n_texts);
  p->places = places, p->keys = keys, p->readings = readings, p->slots = slots, p->sides = sides;
  p->n_sides = (uint32_t)n_sides;
  p->n_places = (uint32_t)n_places, p->n_keys = (uint32_t)n_keys, p->n_readings = (uint32_t)n_readings;
  return check_places(p) && check_sides(p) && check_keys(p);
}

quid_status qi_places_thaw(qi_places **out, qi_slice bytes, const char version[17], const char *name, quid_error *err) {
  *out = NULL;
  quid_status status = check_header(bytes, version, name, err);
  if (status) return status;
  qi_places *p = calloc(1, sizeof *p);
  if (!p) return qi_error_memory(err, "the gazetteer");
  p->block = bytes;
  if (!open_block(p)) {
    free(p);
    return refuse(name, "does not fit together", err);
  }
  *out = p;
  return QUID_OK;
}

quid_status qi_places_thaw_file(qi_places **out, const char *path, const char version[17], quid_error *err) {
  qi_mapping file;
  *out = NULL;
  quid_status status = qi_mapping_open(&file, path, QI_MAX_PLACES_BYTES, err);
  if (status) return status;
  status = qi_places_thaw(out, qi_slice_of(file.ptr, file.len), version, path, err);
  if (status) qi_mapping_close(&file);
  else (*out)->file = file;
  return status;
}

quid_status qi_places_freeze(qi_builder *out, const qi_places *p, const char version[17], quid_error *err) {
  size_t start = out->len;
  qi_builder_slice(out, p->block);
  quid_status status = qi_builder_status(out, "the compiled gazetteer", err);
  if (!status) qi_places_seal(out->ptr + start, p->block.len, version);
  return status;
}

void qi_places_free(qi_places *p) {
  if (!p) return;
  qi_mapping_close(&p->file);
  free(p->owned);
  free(p);
}

/* ---- questions ---- */

uint32_t qi_places_count(const qi_places *p) { return p->n_places; }
const qi_spot_of_earth *qi_places_get(const qi_places *p, uint32_t place) { return &p->places[place]; }
const char *qi_places_name(const qi_places *p, uint32_t place) { return p->texts.ptr + p->places[place].name; }

uint32_t qi_places_find(const qi_places *p, qi_slice key, const uint32_t **list) {
  for (size_t at = (size_t)qi_hash64(key) & (p->cap - 1); p->slots[at]; at = (at + 1) & (p->cap - 1)) {
    const qi_places_key_of *k = &p->keys[p->slots[at] - 1];
    if (!qi_slice_eq(qi_slice_of(p->texts.ptr + k->text, k->len), key)) continue;
    *list = p->readings + k->first;
    return k->n;
  }
  *list = NULL;
  return 0;
}

uint32_t qi_places_country(const qi_places *p, const char *alpha3) {
  for (uint32_t i = 0; i < p->n_countries; i++)
    if (strcmp(p->places[i].country, alpha3) == 0) return i;
  return QI_NO_PLACE;
}

bool qi_places_side(const qi_places *p, uint32_t place, int north, int east, int32_t *latitude, int32_t *longitude) {
  if (place >= p->n_sides || north < -1 || north > 1 || east < -1 || east > 1) return false;
  const int32_t *at = p->sides[place].at[3 * (north + 1) + east + 1];
  *latitude = at[0], *longitude = at[1];
  return at[0] || at[1];
}

/* Letters that only some spellings write: apostrophes, hamza, ayn. */
static bool is_mute(uint32_t cp) {
  return cp == '\'' || cp == '`' || cp == '.' || cp == 0x2018 || cp == 0x2019 || (cp >= 0x2BB && cp <= 0x2BF) || cp == 0x2C8;
}

qi_slice qi_places_key(qi_slice words, qi_arena *arena) {
  qi_slice folded = qi_utf8_fold(arena, words);
  if (!folded.ptr) return folded;
  char *out = qi_arena_alloc(arena, folded.len + 1);
  if (!out) return (qi_slice){NULL, 0};
  size_t n = 0;
  bool gap = false;
  for (size_t at = 0; at < folded.len;) {
    size_t here = at;
    uint32_t cp = qi_utf8_decode(folded, &at);
    if (is_mute(cp)) continue;
    if (cp == ' ' || cp == '-' || cp == '_' || cp == '\n' || cp == '\t' || cp == '\r') {
      gap = n > 0;
      continue;
    }
    if (gap) out[n++] = ' ';
    gap = false;
    memcpy(out + n, folded.ptr + here, at - here);
    n += at - here;
  }
  out[n] = '\0';
  return qi_slice_of(out, n);
}

/* Two letters that some write as one; 0: they are two. */
static char joined(char a, char b) {
  static const char pairs[][4] = {"ouu", "oou", "eei", "aaa", "khk", "ghg", "dhd", "tht", "phf", "ckk", "djj"};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (pairs[i][0] == a && pairs[i][1] == b) return pairs[i][2];
  return 0;
}

qi_slice qi_places_loose(qi_slice key, char *room) {
  size_t n = 0;
  room[n++] = '~';
  for (size_t i = 0; i < key.len; i++) {
    char c = key.ptr[i], one = i + 1 < key.len ? joined(c, key.ptr[i + 1]) : 0;
    bool ends = i + 1 == key.len || key.ptr[i + 1] == ' ';
    if (one) c = one, i++;
    if (c == 'y' || c == 'j') c = 'i';
    if (c == 'q' || c == 'c') c = 'k';
    if (c == 'w') c = 'v';
    if (c == 'h' && ends && n > 1 && (room[n - 1] == 'a' || room[n - 1] == 'e')) continue; /* "Samarrah" */
    if (c == room[n - 1] || (c == ' ' && n == 1)) continue;
    room[n++] = c;
  }
  room[n] = '\0';
  return qi_slice_of(room, n);
}
