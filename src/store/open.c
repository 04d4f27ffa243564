/* store: a path -> an open store with its tables there.
 *
 * The schema is schema.sql; its number stands in PRAGMA user_version. Migration n brings a file from n to n + 1, all in one
 * transaction, so that a crash leaves the old or the new one. WAL lets readers read while a loader writes; synchronous NORMAL
 * keeps a power cut from harming the file, at the price of the last commits.
 *
 *   quid_store_open(&s, "news.db", QUID_STORE_WRITE, &err) -> tables made, ready to add records */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#define WAIT_MS 60000 /* for another loader's batch */

/* migrations[n]: from schema n to n + 1; n = 0 is the empty file. */
static const char *const migrations[QI_STORE_SCHEMA] = {qi_store_schema_sql};

static const char *const statements[QI_N_STATEMENTS] = {
    [QI_SQL_NAME_GET] = "SELECT id FROM name WHERE text = ?1",
    [QI_SQL_NAME_PUT] = "INSERT INTO name (text) VALUES (?1)",
    [QI_SQL_ENTITY_GET] = "SELECT id FROM entity WHERE code = ?1",
    [QI_SQL_ENTITY_PUT] = "INSERT INTO entity (code, name, country, sector) VALUES (?1, ?2, ?3, ?4)",
    [QI_SQL_PLACE_GET] = "SELECT id FROM place WHERE name = ?1 AND country IS ?2 AND geonames IS ?6",
    [QI_SQL_PLACE_PUT] = "INSERT INTO place (name, country, admin1, latitude, longitude, geonames) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [QI_SQL_LOAD_PUT] = "INSERT INTO load (at, model, knowledge) VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?1, ?2)",
    [QI_SQL_DOCUMENT_GET] = "SELECT id, published FROM document WHERE name = ?1",
    [QI_SQL_DOCUMENT_PUT] = "INSERT INTO document (name, title, byline, publisher, url, language, published, genre, load, text) "
                            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [QI_SQL_DOCUMENT_TEXT] = "UPDATE document SET text = ?2 WHERE id = ?1 AND text IS NULL",
    [QI_SQL_SENTENCE_GET] = "SELECT id FROM sentence WHERE document = ?1 AND number = ?2",
    [QI_SQL_SENTENCE_PUT] = "INSERT INTO sentence (document, number, start, \"end\", text) VALUES (?1, ?2, ?3, ?4, ?5)",
    [QI_SQL_SENTENCE_INDEX] = "INSERT INTO sentence_text (rowid, text) VALUES (?1, ?2)",
    [QI_SQL_EVENT_PUT] = "INSERT OR IGNORE INTO event (key, load, sentence, type, mode, context, cameo, quad, score, status, trigger_start, "
                         "trigger_end, day_from, day_to, date_start, date_end, date_source, granularity, day, place, place_start, "
                         "place_end, times, purpose_start, purpose_end, confidence, frame, file, line, part, prior, second_opinion) "
                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, "
                         "?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32)",
    [QI_SQL_PARTICIPANT_PUT] = "INSERT INTO participant (event, role, number, entity, start, \"end\", words, office, via) "
                               "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [QI_SQL_WORD_OF_PUT] = "INSERT INTO word_of (event, number, entity, start, \"end\", words, office, via) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [QI_SQL_ITEM_PUT] = "INSERT INTO item (event, number, start, \"end\", words, class, count, count_to, bound, unit) "
                        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [QI_SQL_DETAIL_PUT] = "INSERT INTO detail (event, number, kind, start, \"end\", words, count, count_to, bound, value, day_from, day_to) "
                          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    [QI_SQL_LINK_PUT] = "INSERT INTO link (event, number, kind, other_key, other_start, other_end, other_words, start, \"end\", words, status, "
                        "items) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    [QI_SQL_BARGAIN_PUT] = "INSERT INTO bargain (event, key, side, start, \"end\", words) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [QI_SQL_OPTION_PUT] = "INSERT OR IGNORE INTO option (key, load, sentence, day, verb, negated, event_key, record) "
                          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [QI_SQL_OPTION_PARTY_PUT] = "INSERT INTO option_party (option, role, number, entity) VALUES (?1, ?2, ?3, ?4)",
    [QI_SQL_DYAD_PUT] = "INSERT OR IGNORE INTO dyad (a, b, day, event, type, status, score) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [QI_SQL_DYAD_MONTH_PUT] = "INSERT INTO dyad_month (a, b, month, type, status, n, score) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
                              "ON CONFLICT DO UPDATE SET n = n + excluded.n, score = score + excluded.score",
    /* The parameters are those of QI_SQL_DYAD_MONTH_PUT. */
    [QI_SQL_DYAD_TOLD_PUT] = "INSERT INTO dyad_told (month, a, b, verbal_cooperation, material_cooperation, verbal_conflict, material_conflict, "
                             "other, score) SELECT ?3, ?1, ?2, iif(q = 0, ?6, 0), iif(q = 1, ?6, 0), iif(q = 2, ?6, 0), iif(q = 3, ?6, 0), "
                             "iif(q = 4, ?6, 0), ?7 FROM (SELECT CASE WHEN t IN ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE') THEN 0 "
                             "WHEN t IN ('COOPERATE', 'AID', 'RETREAT') THEN 1 WHEN t IN ('REQUEST', 'ACCUSE', 'REJECT', 'THREATEN') THEN 2 "
                             "WHEN t IN ('PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT') THEN 3 ELSE 4 END AS q "
                             "FROM (SELECT (SELECT text FROM name WHERE id = ?4) AS t)) "
                             "WHERE (SELECT text FROM name WHERE id = ?5) IN ('asserted', 'reported', 'claimed') "
                             "ON CONFLICT DO UPDATE SET verbal_cooperation = verbal_cooperation + excluded.verbal_cooperation, "
                             "material_cooperation = material_cooperation + excluded.material_cooperation, "
                             "verbal_conflict = verbal_conflict + excluded.verbal_conflict, "
                             "material_conflict = material_conflict + excluded.material_conflict, other = other + excluded.other, "
                             "score = score + excluded.score",
    [QI_SQL_TRANSFER_PUT] = "INSERT OR IGNORE INTO transfer (giver, taker, day, event, number, class, kind, status) "
                            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [QI_SQL_TRANSFER_MONTH_PUT] = "INSERT INTO transfer_month (giver, taker, month, class, kind, n) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
                                  "ON CONFLICT DO UPDATE SET n = n + excluded.n",
    [QI_SQL_SAVEPOINT] = "SAVEPOINT record",
    [QI_SQL_RELEASE] = "RELEASE record",
    [QI_SQL_ROLLBACK_TO] = "ROLLBACK TO record",
    [QI_SQL_PROMISE_PUT] = "INSERT OR IGNORE INTO promise (event, a, b, day, due) VALUES (?1, ?2, ?3, ?4, ?5)",
};

quid_status qi_store_error(quid_store *s, int code, quid_error *err) {
  quid_status status = QUID_ERR_INTERNAL;
  switch (code & 0xff) {
  case SQLITE_OK: case SQLITE_ROW: case SQLITE_DONE: return QUID_OK;
  case SQLITE_NOMEM: return qi_error_memory(err, "the store");
  case SQLITE_BUSY: case SQLITE_LOCKED:
    return qi_error_at(err, QUID_ERR_IO, s->path, 0, 0, "locked by another program for more than a minute");
  case SQLITE_FULL: return qi_error_at(err, QUID_ERR_IO, s->path, 0, 0, "no space left on the disk");
  case SQLITE_READONLY: return qi_error_at(err, QUID_ERR_IO, s->path, 0, 0, "cannot be written to");
  case SQLITE_NOTADB: return qi_error_at(err, QUID_ERR_FORMAT, s->path, 0, 0, "not a SQLite file");
  case SQLITE_CORRUPT: return qi_error_at(err, QUID_ERR_FORMAT, s->path, 0, 0, "damaged: 'PRAGMA integrity_check' tells where");
  case SQLITE_CANTOPEN: case SQLITE_IOERR: case SQLITE_PERM: status = QUID_ERR_IO; break;
  default: break;
  }
  return qi_error_at(err, status, s->path, 0, 0, "%s", s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(code));
}

quid_status qi_store_run(quid_store *s, qi_statement which, quid_error *err) {
  int code = sqlite3_step(s->sql[which]);
  quid_status status = qi_store_error(s, code, err);
  sqlite3_reset(s->sql[which]);
  return status;
}

quid_status qi_store_exec(quid_store *s, const char *sql, quid_error *err) {
  return qi_store_error(s, sqlite3_exec(s->db, sql, NULL, NULL, NULL), err);
}

static quid_status read_number(quid_store *s, const char *sql, int64_t *out, quid_error *err) {
  sqlite3_stmt *q;
  *out = 0;
  quid_status status = qi_store_error(s, sqlite3_prepare_v2(s->db, sql, -1, &q, NULL), err);
  if (status) return status;
  int code = sqlite3_step(q);
  if (code == SQLITE_ROW) *out = sqlite3_column_int64(q, 0);
  status = qi_store_error(s, code, err);
  sqlite3_finalize(q);
  return status;
}

/* Makes the tables, or brings them up to date. Another program may be doing the same: the lock decides. */
static quid_status migrate(quid_store *s, quid_error *err) {
  int64_t application = 0, schema = 0, n_tables = 0;
  quid_status status = qi_store_exec(s, s->writes ? "BEGIN IMMEDIATE" : "BEGIN", err);
  if (status) return status;
  status = read_number(s, "PRAGMA application_id", &application, err);
  if (!status) status = read_number(s, "PRAGMA user_version", &schema, err);
  if (!status) status = read_number(s, "SELECT count(*) FROM sqlite_schema", &n_tables, err);
  if (!status && application != QI_STORE_APPLICATION && (n_tables || !s->writes))
    status = qi_error_at(err, QUID_ERR_FORMAT, s->path, 0, 0, "no store of quid");
  if (!status && schema > QI_STORE_SCHEMA)
    status = qi_error_at(err, QUID_ERR_FORMAT, s->path, 0, 0, "schema %d, this program knows %d: a newer quid made it", (int)schema, QI_STORE_SCHEMA);
  if (!status && schema < QI_STORE_SCHEMA && !s->writes)
    status = qi_error_at(err, QUID_ERR_FORMAT, s->path, 0, 0, "schema %d, this program reads %d: 'quid load' brings it up to date", (int)schema, QI_STORE_SCHEMA);
  for (; !status && schema < QI_STORE_SCHEMA; schema++) status = qi_store_exec(s, migrations[schema], err);
  if (!status && s->writes) {
    char sql[128];
    sqlite3_snprintf(sizeof sql, sql, "PRAGMA application_id = %d; PRAGMA user_version = %d", QI_STORE_APPLICATION, QI_STORE_SCHEMA);
    status = qi_store_exec(s, sql, err);
  }
  if (!status) return qi_store_exec(s, "COMMIT", err);
  sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  return status;
}

static quid_status open_file(quid_store *s, quid_error *err) {
  int flags = s->writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  quid_status status = qi_store_error(s, sqlite3_open_v2(s->path, &s->db, flags, NULL), err);
  if (status) return status;
  sqlite3_extended_result_codes(s->db, 1);
  sqlite3_busy_timeout(s->db, WAIT_MS);
  if (s->writes) status = qi_store_exec(s, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 16384", err);
  if (!status) status = qi_store_exec(s, "PRAGMA cache_size = -262144; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 1073741824", err);
  return status;
}

static quid_status prepare(quid_store *s, quid_error *err) {
  quid_status status = QUID_OK;
  for (int i = 0; !status && i < QI_N_STATEMENTS; i++)
    status = qi_store_error(s, sqlite3_prepare_v3(s->db, statements[i], -1, SQLITE_PREPARE_PERSISTENT, &s->sql[i], NULL), err);
  return status;
}

quid_status quid_store_open(quid_store **out, const char *path, quid_store_mode mode, quid_error *err) {
  *out = NULL;
  quid_store *s = calloc(1, sizeof *s);
  if (!s) return qi_error_memory(err, "the store");
  qi_arena_init(&s->keys, 0);
  qi_arena_init(&s->batch, 0);
  qi_builder_init(&s->doc.name, 0);
  s->writes = mode == QUID_STORE_WRITE;
  s->path = strdup(path);
  quid_status status = s->path ? open_file(s, err) : qi_error_memory(err, "the store");
  if (!status) status = migrate(s, err);
  /* Words are kept in memory up to this and merged when they are searched for, not while loading. */
  if (!status && s->writes) status = qi_store_exec(s, "INSERT INTO sentence_text (sentence_text, rank) VALUES ('hashsize', 33554432)", err);
  if (!status && s->writes) status = prepare(s, err);
  if (status) quid_store_close(s);
  else *out = s;
  return status;
}

void quid_store_close(quid_store *s) {
  if (!s) return;
  for (int i = 0; i < QI_N_STATEMENTS; i++) sqlite3_finalize(s->sql[i]);
  if (s->in_batch) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close(s->db);
  qi_sums_clear(&s->dyads);
  qi_sums_clear(&s->transfers);
  qi_map_clear(&s->names);
  qi_map_clear(&s->entities);
  qi_map_clear(&s->places);
  QI_VEC_CLEAR(&s->ids);
  QI_VEC_CLEAR(&s->doc.sentences);
  qi_builder_clear(&s->doc.name);
  qi_arena_clear(&s->keys);
  qi_arena_clear(&s->batch);
  free(s->path);
  free(s);
}

void quid_store_count(const quid_store *s, quid_store_counts *out) { *out = s->counts; }
