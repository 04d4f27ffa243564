/* A store: events kept in a SQLite file that any program can open (docs/store.md has its tables).
 *
 * Writing is crash-only: what is added between two commits is there as a whole or not at all, whenever the program ends. A
 * document or event that is there already is left alone, so that a load can be done again from its beginning. */
#ifndef QUID_STORE_H
#define QUID_STORE_H

#include "quid/document.h"
#include "quid/error.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct quid_store quid_store;

typedef enum quid_store_mode {
  QUID_STORE_READ,  /* the file must be there; nothing is written */
  QUID_STORE_WRITE  /* made when it is not there */
} quid_store_mode;

typedef struct quid_store_counts {
  uint64_t n_documents, n_events, n_options; /* added */
  uint64_t n_known;                          /* records that were there already */
} quid_store_counts;

/* out: *new*, close with quid_store_close; NULL on failure. An older schema is brought up to date in QUID_STORE_WRITE, and refused
 * in QUID_STORE_READ. Errors: QUID_ERR_IO no such file, no SQLite file, locked for a minute, a full disk; QUID_ERR_FORMAT another
 * program's tables or a newer schema; QUID_ERR_MEMORY. Threads: one at a time for a store; several stores on one file are safe. */
quid_status quid_store_open(quid_store **out, const char *path, quid_store_mode mode, quid_error *err);
void quid_store_close(quid_store *store); /* NULL is fine; what is not committed is forgotten */

/* Adds a document that was coded here: its text, all its sentences, and its records as JSON lines (quid_document_show). */
quid_status quid_store_add_document(quid_store *store, const quid_document *doc, const char *records, size_t n_bytes, quid_error *err);
/* Is a document of that id there? */
bool quid_store_has(quid_store *store, const char *document_id);
/* Adds one record, a line of what `quid code` writes. Errors: QUID_ERR_FORMAT a line that is no record, which is skipped as a whole;
 * QUID_ERR_IO, QUID_ERR_MEMORY, after which all since the last commit is taken back and the store takes nothing more.
 * Cost: some 20 microseconds. Commits by itself now and then, between documents. */
quid_status quid_store_add(quid_store *store, const char *line, size_t n_bytes, quid_error *err);
/* The documents of a store that were coded as a whole (not those of which records were loaded), for quid_run_options.known.
 * *out: *new*, close with quid_known_close. Errors: those of quid_store_open in QUID_STORE_READ. Threads: quid_known_has may be called by several
 * at once; it sees what other programs add. Cost: some 3 microseconds a call. */
typedef struct quid_known quid_known;
quid_status quid_known_open(quid_known **out, const char *path, quid_error *err);
bool quid_known_has(const quid_known *known, const char *document_id); /* false also where the file cannot be read */
void quid_known_close(quid_known *known); /* NULL is fine */

/* Events between two commits at most; 0: 100,000. Fewer are slower, and kinder to others who wait for the file. */
void quid_store_set_batch(quid_store *store, uint32_t n_events);
/* Makes all that was added stay. At the end of a load; during it, that happens by itself now and then. */
quid_status quid_store_commit(quid_store *store, quid_error *err);
/* Commits, for others may be waiting for the file: to be called during a load where what comes next is long in coming. */
quid_status quid_store_pause(quid_store *store, quid_error *err);
/* Commits, and makes all sentences searchable for words (quid_filter.text). Cost: some 30 microseconds for each new sentence. */
quid_status quid_store_index(quid_store *store, quid_error *err);
/* Commits, then finds which documents are copies and which events tell of one event of the world (tables document.original and
 * occurrence), for all that came since the last time. Cost: some 20 microseconds an event. */
quid_status quid_store_match(quid_store *store, quid_error *err);
/* Since it was opened; without what was taken back because it failed. */
void quid_store_count(const quid_store *store, quid_store_counts *out);

#ifdef __cplusplus
}
#endif
#endif
