/* store: is a document there, so that it need not be coded again? Asked by the threads that code, while another one writes.
 *
 * A document counts when it has its text: then all its sentences and events came with it in one transaction. One of which only records
 * were loaded is coded, since the load that brought them may have been cut off. The reader is one of its own, used by one thread at a time.
 *
 *   load of a.txt, killed, begun again -> a.txt is there: known; b.txt is not: coded */
#include "store/store.h"

#include <pthread.h>
#include <stdlib.h>

struct quid_known {
  quid_store *store;
  sqlite3_stmt *find;
  pthread_mutex_t *lock; /* a pointer, so that asking leaves the struct as it is */
};

quid_status quid_known_open(quid_known **out, const char *path, quid_error *err) {
  *out = NULL;
  quid_known *k = calloc(1, sizeof *k);
  pthread_mutex_t *lock = malloc(sizeof *lock);
  if (!k || !lock || pthread_mutex_init(lock, NULL)) {
    free(k);
    free(lock);
    return qi_error_memory(err, "the store");
  }
  k->lock = lock;
  quid_status status = quid_store_open(&k->store, path, QUID_STORE_READ, err);
  if (!status)
    status = qi_store_error(k->store, sqlite3_prepare_v2(k->store->db, "SELECT 1 FROM document WHERE name = ?1 AND text IS NOT NULL", -1, &k->find, NULL), err);
  if (status) quid_known_close(k);
  else *out = k;
  return status;
}

bool quid_known_has(const quid_known *k, const char *document_id) {
  pthread_mutex_lock(k->lock);
  sqlite3_bind_text(k->find, 1, document_id, -1, SQLITE_STATIC);
  bool found = sqlite3_step(k->find) == SQLITE_ROW;
  sqlite3_reset(k->find);
  pthread_mutex_unlock(k->lock);
  return found;
}

void quid_known_close(quid_known *k) {
  if (!k) return;
  sqlite3_finalize(k->find);
  quid_store_close(k->store);
  pthread_mutex_destroy(k->lock);
  free(k->lock);
  free(k);
}
