/* store: batches. What lies between two commits is in the file as a whole or not at all, whenever the program ends.
 *
 * A batch holds the file's only lock for writing, so it is kept short: it ends after a number of events, after some seconds, and after
 * each document where documents come slowly (they are being coded, or a pipe gives them). Between two batches there is a moment for others
 * who wait. A batch that fails is taken back, and the store with it, since what it remembers of numbers may no longer be so.
 *
 * A large load into a store that was smaller than itself does without the indices that serve questions alone and whose order is not that of
 * the load: each event would touch a page of its own. They are dropped with their SQL noted in `meta`, all in one transaction, and made
 * again by the commit at the load's end, or the end of the next load if this one is killed; in between questions are slower.
 *
 *   500,000 events into an empty file -> 5 batches, event_key dropped after the first and made by sorting at the end */
#include "store/store.h"

#include <time.h>

#define SLOW_MS 50 /* between two documents: nobody should wait for this */

static const char *const droppable[] = {"event_key", "event_day", "participant_entity"};

int64_t qi_store_now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

quid_status qi_store_fail(quid_store *s, quid_status status) {
  if (s->in_batch && !sqlite3_get_autocommit(s->db)) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  s->in_batch = false;
  s->broken = true;
  return status;
}

quid_status qi_store_begin(quid_store *s, quid_error *err) {
  if (s->in_batch) return QUID_OK;
  quid_status status = qi_store_exec(s, "BEGIN IMMEDIATE", err);
  s->in_batch = !status;
  s->doc.id = 0; /* another program may have added to it */
  s->began_ms = qi_store_now_ms();
  return status;
}

static quid_status commit(quid_store *s, quid_error *err) {
  if (s->broken) return qi_error_at(err, QUID_ERR_IO, s->path, 0, 0, "an earlier failure ended the load");
  if (!s->in_batch) return QUID_OK;
  quid_status status = qi_sums_write(s, err);
  if (!status) status = qi_store_exec(s, "COMMIT", err);
  if (status) return qi_store_fail(s, status);
  s->in_batch = false;
  s->n_in_batch = 0;
  s->kept = s->counts;
  return QUID_OK;
}

/* ---- indices that a large load does without ---- */

static quid_status drop_indices(quid_store *s, quid_error *err) {
  quid_status status = QUID_OK;
  s->without_indices = true;
  for (size_t i = 0; !status && i < sizeof droppable / sizeof *droppable; i++) {
    char *sql = sqlite3_mprintf("INSERT OR REPLACE INTO meta SELECT 'index ' || name, sql FROM sqlite_schema WHERE type = 'index' AND name = %Q; "
                                "DROP INDEX IF EXISTS %s", droppable[i], droppable[i]);
    status = sql ? qi_store_exec(s, sql, err) : qi_error_memory(err, "the store");
    sqlite3_free(sql);
  }
  return status;
}

/* Another loader may be making it: the lock decides. */
static quid_status make_index(quid_store *s, const char *name, quid_error *err) {
  sqlite3_stmt *q = NULL;
  quid_status status = qi_store_exec(s, "BEGIN IMMEDIATE", err);
  if (status) return status;
  status = qi_store_error(s, sqlite3_prepare_v2(s->db, "DELETE FROM meta WHERE key = 'index ' || ?1 RETURNING value", -1, &q, NULL), err);
  char *sql = NULL;
  if (!status) {
    sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
    int code = sqlite3_step(q);
    if (code == SQLITE_ROW) sql = sqlite3_mprintf("%s", sqlite3_column_text(q, 0));
    while (code == SQLITE_ROW) code = sqlite3_step(q);
    status = qi_store_error(s, code, err);
  }
  sqlite3_finalize(q);
  if (!status && sql) status = qi_store_exec(s, sql, err);
  sqlite3_free(sql);
  if (!status) status = qi_store_exec(s, "COMMIT", err);
  if (status) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  return status;
}

static quid_status make_indices(quid_store *s, quid_error *err) {
  int64_t n;
  s->without_indices = false;
  quid_status status = qi_store_number(&n, s, "SELECT count(*) FROM meta WHERE key LIKE 'index %'", err);
  for (size_t i = 0; !status && n && i < sizeof droppable / sizeof *droppable; i++) status = make_index(s, droppable[i], err);
  return status;
}

/* ---- when to commit ---- */

void quid_store_set_batch(quid_store *s, uint32_t n_events) { s->max_in_batch = n_events ? n_events : QI_STORE_BATCH; }

quid_status qi_store_next(quid_store *s, bool new_document, quid_error *err) {
  const struct timespec moment = {.tv_nsec = 2000000};
  if (s->in_batch && new_document && (s->n_in_batch >= s->max_in_batch || qi_store_now_ms() - s->began_ms >= QI_STORE_BATCH_MS)) {
    quid_status status = commit(s, err);
    if (status) return status;
    nanosleep(&moment, NULL);
  }
  if (s->in_batch) return QUID_OK;
  quid_status status = qi_store_begin(s, err);
  bool large = s->counts.n_events >= QI_STORE_LARGE_LOAD * s->max_in_batch && s->counts.n_events >= (uint64_t)s->n_before;
  if (!status && large && !s->without_indices && (status = drop_indices(s, err))) return qi_store_fail(s, status);
  return status;
}

quid_status qi_store_after_document(quid_store *s, quid_error *err) {
  int64_t now = qi_store_now_ms(), before = s->ended_ms;
  s->ended_ms = now;
  return now - before > SLOW_MS || now - s->began_ms > SLOW_MS ? commit(s, err) : QUID_OK;
}

quid_status quid_store_pause(quid_store *s, quid_error *err) { return commit(s, err); }

quid_status quid_store_commit(quid_store *s, quid_error *err) {
  quid_status status = commit(s, err);
  return status || !s->writes ? status : make_indices(s, err);
}
