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
#include <time.h>
#include <unistd.h>

#define WAIT_MS 60000 /* for another loader's batch */

/* SQLite's own waiting looks every tenth of a second and would miss the moment between two batches of another loader. */
static int wait_for_lock(void *user, int n_times) {
  quid_store *s = user;
  const struct timespec pause = {.tv_nsec = 1000000};
  int64_t now = qi_store_now_ms();
  if (n_times == 0) s->waiting_since_ms = now;
  if (now - s->waiting_since_ms > WAIT_MS) return 0;
  nanosleep(&pause, NULL);
  return 1;
}

/* migrations[n]: from schema n to n + 1; n = 0 is the empty file. */
static const char *const migrations[QI_STORE_SCHEMA] = {qi_store_schema_sql};

static const char *const statements[QI_N_STATEMENTS] = {
    [QI_SQL_NAME_GET] = "SELECT id FROM name WHERE text = ?1",
    [QI_SQL_NAME_PUT] = "INSERT INTO name (text) VALUES (?1)",
    [QI_SQL_ENTITY_GET] = "SELECT id FROM entity WHERE code = ?1",
    [QI_SQL_ENTITY_PUT] = "INSERT INTO entity (code, name, country, sector, party) VALUES (?1, ?2, ?3, ?4, ?5)",
    [QI_SQL_PLACE_GET] = "SELECT id FROM place WHERE name = ?1 AND country IS ?2 AND geonames IS ?6",
    [QI_SQL_PLACE_PUT] = "INSERT INTO place (name, country, admin1, latitude, longitude, geonames) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [QI_SQL_LOAD_PUT] = "INSERT INTO load (at, model, knowledge) VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?1, ?2)",
    [QI_SQL_DOCUMENT_GET] = "SELECT id, published FROM document WHERE name = ?1",
    [QI_SQL_DOCUMENT_PUT] = "INSERT INTO document (name, title, byline, publisher, url, language, published, genre, load, text) "
                            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [QI_SQL_DOCUMENT_TEXT] = "UPDATE document SET text = ?2 WHERE id = ?1 AND text IS NULL",
    [QI_SQL_SENTENCE_GET] = "SELECT id FROM sentence WHERE document = ?1 AND number = ?2",
    [QI_SQL_SENTENCE_PUT] = "INSERT INTO sentence (document, number, start, \"end\", text) VALUES (?1, ?2, ?3, ?4, ?5)",
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
    [QI_SQL_OPTION_PUT] = "INSERT OR IGNORE INTO option (key, load, sentence, day, verb, negated, event_key, record, type, by_party, on_party, toward_party) "
                          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    [QI_SQL_OPTION_PARTY_PUT] = "INSERT INTO option_party (option, role, number, entity) VALUES (?1, ?2, ?3, ?4)",
    [QI_SQL_DYAD_PUT] = "INSERT INTO dyad (a, b, day, event, type, status, score) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
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
    [QI_SQL_TRANSFER_PUT] = "INSERT INTO transfer (giver, taker, day, event, number, class, kind, status) "
                            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [QI_SQL_TRANSFER_MONTH_PUT] = "INSERT INTO transfer_month (giver, taker, month, class, kind, n) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
                                  "ON CONFLICT DO UPDATE SET n = n + excluded.n",
    [QI_SQL_PROMISE_PUT] = "INSERT INTO promise (event, a, b, day, due) VALUES (?1, ?2, ?3, ?4, ?5)",
    [QI_SQL_DEAL_PUT] = "INSERT OR IGNORE INTO deal (key, side, giver, taker, class, event, day, status) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [QI_SQL_NEWEST_PUT] = "INSERT INTO meta (key, value) VALUES ('newest', ?1) ON CONFLICT DO UPDATE SET value = max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER))",
    [QI_SQL_EVENT_TYPE] = "SELECT coalesce(type, 0) FROM event WHERE sentence = ?1 AND key = ?2 AND gone IS NULL",
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
  if (code == SQLITE_IOERR_WRITE) return qi_error_at(err, status, s->path, 0, 0, "disk I/O error while writing");
  int number = s->db ? sqlite3_system_errno(s->db) : 0;
  if (status == QUID_ERR_IO && number)
    return qi_error_at(err, status, s->path, 0, 0, "%s: %s", sqlite3_errstr(code), strerror(number));
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

quid_status qi_store_number(int64_t *out, quid_store *s, const char *sql, quid_error *err) {
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

/* The tree of goods that this program was built with. */
static quid_status put_classes(quid_store *s, quid_error *err) {
  int64_t known = 0;
  char sql[96];
  sqlite3_snprintf(sizeof sql, sql, "SELECT count(*) FROM meta WHERE key = 'classes' AND value = '%s'", qi_store_classes_sql_version);
  quid_status status = qi_store_number(&known, s, sql, err);
  if (status || known) return status;
  status = qi_store_exec(s, "BEGIN IMMEDIATE", err);
  if (status) return status;
  status = qi_store_exec(s, qi_store_classes_sql, err);
  if (!status) return qi_store_exec(s, "COMMIT", err);
  sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  return status;
}

static quid_status check_schema(quid_store *s, int64_t schema, int known, quid_error *err) {
  int64_t application = 0, n_tables = 0;
  quid_status status = qi_store_number(&application, s, "PRAGMA application_id", err);
  if (!status) status = qi_store_number(&n_tables, s, "SELECT count(*) FROM sqlite_schema", err);
  if (status) return status;
  if (application != QI_STORE_APPLICATION && (n_tables || !s->writes)) return qi_error_at(err, QUID_ERR_FORMAT, s->path, 0, 0, "no store of quid");
  if (schema > known)
    return qi_error_at(err, QUID_ERR_FORMAT, s->path, 0, 0, "schema %d, this program knows %d: a newer quid made it", (int)schema, known);
  if (schema < known && !s->writes)
    return qi_error_at(err, QUID_ERR_FORMAT, s->path, 0, 0, "schema %d, this program reads %d: 'quid load' brings it up to date", (int)schema, known);
  return QUID_OK;
}

/* Another program may be doing the same: the lock decides. */
quid_status qi_store_migrate(quid_store *s, const char *const *steps, int n_steps, quid_error *err) {
  int64_t schema = 0;
  quid_status status = qi_store_exec(s, s->writes ? "BEGIN IMMEDIATE" : "BEGIN", err);
  if (status) return status;
  status = qi_store_number(&schema, s, "PRAGMA user_version", err);
  if (!status) status = check_schema(s, schema, n_steps, err);
  bool old = schema < n_steps;
  for (; !status && schema < n_steps; schema++) status = qi_store_exec(s, steps[schema], err);
  if (!status && old) {
    char sql[128];
    sqlite3_snprintf(sizeof sql, sql, "PRAGMA application_id = %d; PRAGMA user_version = %d", QI_STORE_APPLICATION, n_steps);
    status = qi_store_exec(s, sql, err);
  }
  if (!status) return qi_store_exec(s, "COMMIT", err);
  sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  return status;
}

/* Where neither file nor folder can be written, SQLite cannot make the files that a store is shared by; nor can any other program, and one that
 * nobody writes needs none. A file left by a loader that was killed may hold more than the store: then it is refused. */
static quid_status open_frozen(quid_store *s, quid_error *err) {
  static const char hex[] = "0123456789ABCDEF";
  qi_builder uri;
  qi_builder_init(&uri, 0);
  qi_builder_str(&uri, s->path);
  qi_builder_str(&uri, "-wal");
  bool left = !uri.failed && access(uri.ptr, F_OK) == 0;
  qi_builder_reset(&uri);
  qi_builder_str(&uri, "file:");
  for (const char *c = s->path; *c; c++) {
    bool plain = *c != '%' && *c != '?' && *c != '#';
    qi_builder_char(&uri, plain ? *c : '%');
    if (!plain) qi_builder_char(&uri, hex[(unsigned char)*c >> 4]), qi_builder_char(&uri, hex[*c & 15]);
  }
  qi_builder_str(&uri, "?immutable=1");
  quid_status status = qi_builder_status(&uri, s->path, err);
  if (!status && left) status = qi_error_at(err, QUID_ERR_IO, s->path, 0, 0, "neither file nor folder can be written to, and a load was cut off");
  if (!status) {
    sqlite3_close(s->db);
    status = qi_store_error(s, sqlite3_open_v2(uri.ptr, &s->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL), err);
  }
  qi_builder_clear(&uri);
  return status;
}

/* For this SQLite does not wait by itself. */
static quid_status use_wal(quid_store *s, quid_error *err) {
  int code, n_times = 0;
  do code = sqlite3_exec(s->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
  while ((code & 0xff) == SQLITE_BUSY && wait_for_lock(s, n_times++));
  return qi_store_error(s, code, err);
}

static quid_status open_file(quid_store *s, quid_error *err) {
  int flags = s->writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  flags |= SQLITE_OPEN_NOMUTEX; /* one thread at a time */
  quid_status status = qi_store_error(s, sqlite3_open_v2(s->path, &s->db, flags, NULL), err);
  if (!status && !s->writes && access(s->path, W_OK) != 0) {
    int code = sqlite3_exec(s->db, "SELECT 1 FROM sqlite_schema", NULL, NULL, NULL) & 0xff;
    if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN) status = open_frozen(s, err);
  }
  if (status) return status;
  sqlite3_extended_result_codes(s->db, 1);
  sqlite3_busy_handler(s->db, wait_for_lock, s);
  if (s->writes) status = use_wal(s, err);
  if (!status && s->writes) status = qi_store_exec(s, "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 65536; PRAGMA journal_size_limit = 67108864", err);
  if (!status) status = qi_store_exec(s, "PRAGMA cache_size = -262144; PRAGMA mmap_size = 1073741824", err);
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
  qi_arena_init(&s->record, 0);
  qi_builder_init(&s->doc.name, 0);
  s->newest = QI_DAY_NONE;
  s->writes = mode == QUID_STORE_WRITE;
  s->max_in_batch = QI_STORE_BATCH;
  s->path = strdup(path);
  quid_status status = s->path ? open_file(s, err) : qi_error_memory(err, "the store");
  if (!status) status = qi_store_migrate(s, migrations, QI_STORE_SCHEMA, err);
  if (!status && s->writes) status = put_classes(s, err);
  if (!status && s->writes) status = prepare(s, err);
  if (!status && s->writes) status = qi_store_number(&s->n_before, s, "SELECT max(id) FROM event", err);
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
  qi_arena_clear(&s->record);
  free(s->path);
  free(s);
}

void quid_store_count(const quid_store *s, quid_store_counts *out) { *out = s->broken ? s->kept : s->counts; }
