/* store: documents -> which copies which.
 *
 * A document is the set of its shingles, three words in a row; MinHash (Broder 1997) keeps of each set 64 least values under 64
 * different hashes, of which two documents share as large a part as their sets have in common. Signatures are cut into 16 bands of
 * four; documents that share a band are compared (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, ch. 3), so that of
 * pairs that are 70 % alike 99 % are found. Those that are alike, directly or through others, are one story: its original is the
 * earliest published, then the first by name. The order of loading changes nothing as long as fewer than MOST_IN_BAND documents
 * share a band. A document of which only records were loaded is compared by the sentences that those brought.
 *
 *   "Russia delivered 50,000 tons of grain to Somalia on Friday. The ship ..." in two papers, the second with a sentence less
 *   -> 88 % alike, the second is a copy of the first */
#include "store/match.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <string.h>

enum { N_HASHES = 64, N_BANDS = 16, ROWS = N_HASHES / N_BANDS, SHINGLE = 3, LEAST_SHINGLES = 20, MOST_IN_BAND = 200 };
enum { LEAST_SHARED = 36 }; /* of 64: 56 % alike */

typedef struct copier {
  quid_store *s;
  sqlite3_stmt *text, *sign, *candidates, *band, *family, *point;
  qi_builder words;        /* of a document: in lower case, one blank between */
  QI_VEC(uint32_t) starts; /* of the words */
  QI_VEC(int64_t) alike;   /* documents */
} copier;

static uint64_t mix(uint64_t x) { /* splitmix64's finisher */
  x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
  return x ^ (x >> 31);
}

/* ---- signature ---- */

static bool split_words(copier *c, qi_slice text) {
  qi_builder_reset(&c->words);
  c->starts.len = 0;
  bool inside = false;
  for (size_t i = 0; i < text.len; i++) {
    char ch = text.ptr[i];
    if (!qi_ascii_is_alpha(ch) && !qi_ascii_is_digit(ch) && (unsigned char)ch < 0x80) {
      inside = false;
      continue;
    }
    if (!inside) {
      if (c->words.len) qi_builder_char(&c->words, ' ');
      if (!QI_VEC_PUSH(&c->starts, (uint32_t)c->words.len)) return false;
    }
    inside = true;
    qi_builder_char(&c->words, qi_ascii_lower(ch));
  }
  return QI_VEC_PUSH(&c->starts, (uint32_t)c->words.len + 1) && !c->words.failed;
}

/* false: too short to tell. */
static bool sign(uint32_t out[N_HASHES], const copier *c) {
  if (c->starts.len < LEAST_SHINGLES + SHINGLE) return false;
  memset(out, 0xff, N_HASHES * sizeof *out);
  for (size_t i = 0; i + SHINGLE < c->starts.len; i++) {
    size_t from = c->starts.items[i], to = c->starts.items[i + SHINGLE] - 1;
    uint64_t hash = qi_hash64(qi_slice_of(c->words.ptr + from, to - from));
    uint32_t low = (uint32_t)hash, high = (uint32_t)(hash >> 32) | 1;
    for (uint32_t k = 0; k < N_HASHES; k++) {
      uint32_t value = (low + k * high) * UINT32_C(0x9E3779B1);
      value = (value ^ (value >> 15)) * UINT32_C(0x85EBCA6B);
      value ^= value >> 13;
      if (value < out[k]) out[k] = value;
    }
  }
  return true;
}

static int64_t band_of(const uint32_t *signature, uint32_t band) {
  uint64_t hash = mix(band + 1);
  for (uint32_t i = 0; i < ROWS; i++) hash = mix(hash ^ signature[band * ROWS + i]);
  int64_t out;
  memcpy(&out, &hash, sizeof out);
  return out;
}

/* ---- what is alike ---- */

static bool is_alike(const uint32_t *a, const void *bytes, int n_bytes) {
  uint32_t b[N_HASHES];
  int n = 0;
  if (n_bytes != (int)sizeof b) return false;
  memcpy(b, bytes, sizeof b);
  for (int i = 0; i < N_HASHES; i++) n += a[i] == b[i];
  return n >= LEAST_SHARED;
}

static quid_status add_alike(copier *c, int64_t document, quid_error *err) {
  for (size_t i = 0; i < c->alike.len; i++)
    if (c->alike.items[i] == document) return QUID_OK;
  return QI_VEC_PUSH(&c->alike, document) ? QUID_OK : qi_error_memory(err, "the copies");
}

/* Originals of the documents that share a band and are alike. */
static quid_status find_alike(copier *c, int64_t document, const uint32_t *signature, quid_error *err) {
  quid_status status = QUID_OK;
  c->alike.len = 0;
  for (uint32_t band = 0; !status && band < N_BANDS; band++) {
    int code;
    sqlite3_bind_int64(c->candidates, 1, band_of(signature, band));
    while (!status && (code = sqlite3_step(c->candidates)) == SQLITE_ROW)
      if (is_alike(signature, sqlite3_column_blob(c->candidates, 1), sqlite3_column_bytes(c->candidates, 1)))
        status = add_alike(c, sqlite3_column_int64(c->candidates, 0), err);
    if (!status) status = qi_store_error(c->s, code, err);
    sqlite3_reset(c->candidates);
    if (status) break;
    sqlite3_bind_int64(c->band, 1, band_of(signature, band));
    sqlite3_bind_int64(c->band, 2, document);
    status = qi_store_error(c->s, sqlite3_step(c->band), err);
    sqlite3_reset(c->band);
  }
  return status;
}

/* All of the families of `alike`, and the document itself, get one original: the earliest. */
static quid_status join_families(copier *c, int64_t document, quid_error *err) {
  sqlite3_stmt *q = c->family;
  quid_status status = qi_store_exec(c->s, "DELETE FROM temp.family", err);
  size_t n = c->alike.len;
  for (size_t i = 0; !status && i <= n; i++) {
    sqlite3_bind_int64(q, 1, i < n ? c->alike.items[i] : document);
    status = qi_store_error(c->s, sqlite3_step(q), err);
    sqlite3_reset(q);
  }
  if (!status) status = qi_store_error(c->s, sqlite3_step(c->point), err);
  sqlite3_reset(c->point);
  if (!status) status = qi_store_exec(c->s, "INSERT OR IGNORE INTO temp.changed_document SELECT id FROM temp.family", err);
  return status;
}

static quid_status take(copier *c, int64_t document, qi_slice text, quid_error *err) {
  uint32_t signature[N_HASHES];
  if (!split_words(c, text)) return qi_error_memory(err, "the copies");
  if (!sign(signature, c)) return QUID_OK;
  sqlite3_bind_int64(c->sign, 1, document);
  sqlite3_bind_blob(c->sign, 2, signature, sizeof signature, SQLITE_STATIC);
  quid_status status = qi_store_error(c->s, sqlite3_step(c->sign), err);
  sqlite3_reset(c->sign);
  if (!status) status = find_alike(c, document, signature, err);
  return !status && c->alike.len ? join_families(c, document, err) : status;
}

/* ---- all new documents ---- */

static quid_status prepare(copier *c, quid_error *err) {
  const struct { sqlite3_stmt **q; const char *sql; } all[] = {
      {&c->text, "SELECT d.id, coalesce(d.text, (SELECT group_concat(text, ' ') FROM (SELECT text FROM sentence WHERE document = d.id ORDER BY number))) "
                 "FROM document d WHERE d.id > ?1 AND d.signature IS NULL ORDER BY d.id"},
      {&c->sign, "UPDATE document SET signature = ?2 WHERE id = ?1"},
      {&c->candidates, "SELECT coalesce(d.original, d.id), d.signature FROM copy_band b JOIN document d ON d.id = b.document WHERE b.band = ?1 LIMIT 200"},
      {&c->band, "INSERT OR IGNORE INTO copy_band (band, document) VALUES (?1, ?2)"},
      {&c->family, "INSERT OR IGNORE INTO temp.family SELECT id FROM document WHERE id = ?1 OR original = ?1"},
      {&c->point, "UPDATE document SET original = nullif((SELECT d.id FROM temp.family f JOIN document d ON d.id = f.id ORDER BY d.published IS NULL, "
                  "d.published, d.name LIMIT 1), id) WHERE id IN (SELECT id FROM temp.family)"},
  };
  quid_status status = qi_store_exec(c->s, "CREATE TEMP TABLE IF NOT EXISTS family (id INTEGER PRIMARY KEY)", err);
  for (size_t i = 0; !status && i < sizeof all / sizeof *all; i++)
    status = qi_store_error(c->s, sqlite3_prepare_v2(c->s->db, all[i].sql, -1, all[i].q, NULL), err);
  return status;
}

quid_status qi_copies_find(quid_store *s, int64_t after, quid_error *err) {
  copier c = {.s = s};
  qi_builder_init(&c.words, 0);
  quid_status status = prepare(&c, err);
  int code = SQLITE_DONE;
  if (!status) sqlite3_bind_int64(c.text, 1, after);
  while (!status && (code = sqlite3_step(c.text)) == SQLITE_ROW) {
    const char *text = (const char *)sqlite3_column_text(c.text, 1);
    status = take(&c, sqlite3_column_int64(c.text, 0), qi_slice_of(text, text ? (size_t)sqlite3_column_bytes(c.text, 1) : 0), err);
  }
  if (!status) status = qi_store_error(s, code, err);
  sqlite3_stmt *all[] = {c.text, c.sign, c.candidates, c.band, c.family, c.point};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) sqlite3_finalize(all[i]);
  qi_builder_clear(&c.words);
  QI_VEC_CLEAR(&c.starts);
  QI_VEC_CLEAR(&c.alike);
  return status;
}
