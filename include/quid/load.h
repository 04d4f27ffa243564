/* Loading records, lines that `quid code` wrote, into a store. Documents are loaded by quid_run with quid_run_options.take. */
#ifndef QUID_LOAD_H
#define QUID_LOAD_H

#include "quid/run.h"
#include "quid/store.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct quid_load_options {
  void *user; /* handed to the callbacks */
  void (*notice)(void *user, quid_notice kind, const quid_error *what);     /* NULL: nobody cares */
  void (*progress)(void *user, const quid_run_totals *so_far);              /* NULL: nobody cares */
} quid_load_options;

/* Adds all records of the files ("-": standard input) and commits. Lines that are no records are told to `notice` and skipped.
 * totals: n_events the records read, known ones too. Errors: those of quid_store_add but for the format. */
quid_status quid_load_records(quid_run_totals *totals, quid_store *store, const char *const *paths, size_t n_paths,
                              const quid_load_options *options, quid_error *err);

#ifdef __cplusplus
}
#endif
#endif
