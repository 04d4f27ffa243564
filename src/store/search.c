/* store: words -> sentences, by FTS5. The index lags behind the sentences and is brought up to date in one go.
 *
 * To index a sentence takes longer than to write its events. So a load of records leaves it, and who needs it first catches up: a load of
 * documents at its end, `quid load --index`, or the first question with words. `meta` has the last sentence that is indexed; sentences
 * are never taken away and get ascending ids under the lock, so those above it are what is missing. Each step is one transaction.
 *
 *   sentences 1..50000, searchable 20000 -> 20001..40000 indexed, then 40001..50000; searchable 50000 */
#include "store/store.h"

#define STEP 20000 /* sentences in one transaction */

static const char SEARCHABLE[] = "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'searchable'";

static quid_status index_step(quid_store *s, int64_t *done, quid_error *err) {
  int64_t last = 0;
  quid_status status = qi_store_exec(s, "BEGIN IMMEDIATE", err);
  if (status) return status;
  status = qi_store_number(done, s, SEARCHABLE, err); /* another program may have gone on */
  if (!status) status = qi_store_number(&last, s, "SELECT max(id) FROM sentence", err);
  int64_t to = last - *done > STEP ? *done + STEP : last;
  char *sql = sqlite3_mprintf("INSERT INTO sentence_text (rowid, text) SELECT id, text FROM sentence WHERE id > %lld AND id <= %lld; "
                              "INSERT OR REPLACE INTO meta VALUES ('searchable', %lld)", (long long)*done, (long long)to, (long long)to);
  if (!status && !sql) status = qi_error_memory(err, "the store");
  if (!status && to > *done) status = qi_store_exec(s, sql, err);
  sqlite3_free(sql);
  if (!status) status = qi_store_exec(s, "COMMIT", err);
  if (status) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  *done = to == last ? INT64_MAX : to;
  return status;
}

static quid_status index_all(quid_store *s, quid_error *err) {
  int64_t done = 0;
  /* Words are kept in memory up to this, and written once a transaction. All in one that begins with the lock: who reads first and
   * writes then is sent away when another has written in between, without waiting. */
  quid_status status = qi_store_exec(s, "BEGIN IMMEDIATE; INSERT INTO sentence_text (sentence_text, rank) VALUES ('hashsize', 67108864); COMMIT", err);
  if (status) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  while (!status && done != INT64_MAX) status = index_step(s, &done, err);
  return status;
}

static quid_status n_missing(int64_t *out, quid_store *s, quid_error *err) {
  int64_t done, last;
  quid_status status = qi_store_number(&done, s, SEARCHABLE, err);
  if (!status) status = qi_store_number(&last, s, "SELECT max(id) FROM sentence", err);
  *out = status ? 0 : last - done;
  return status;
}

quid_status quid_store_index(quid_store *s, quid_error *err) {
  int64_t missing;
  if (!s->writes) return qi_error_set(err, QUID_ERR_ARGUMENT, "'%s' was opened for reading", s->path);
  quid_status status = quid_store_commit(s, err);
  if (!status) status = n_missing(&missing, s, err);
  return !status && missing ? index_all(s, err) : status;
}

quid_status qi_store_searchable(quid_store *s, quid_error *err) {
  quid_store *writer = NULL;
  int64_t missing;
  quid_status status = n_missing(&missing, s, err);
  if (status || !missing) return status;
  if (s->writes) return quid_store_index(s, err);
  quid_error why = {0};
  status = quid_store_open(&writer, s->path, QUID_STORE_WRITE, &why);
  if (!status) status = quid_store_index(writer, &why);
  quid_store_close(writer);
  if (!status) return QUID_OK;
  return qi_error_at(err, status, s->path, 0, 0, "the words of %lld sentences are not indexed yet ('quid load --index' does it): %s", (long long)missing, why.message);
}
