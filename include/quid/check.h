/* Checking the dictionaries: every mistake in them, not only the first. */
#ifndef QUID_CHECK_H
#define QUID_CHECK_H

#include "quid/error.h"
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* More findings of one file are counted, not told. */
#define QUID_MAX_FINDINGS 2000u

typedef struct quid_finding {
  bool warning;        /* likely, but not surely, a mistake */
  const char *file;    /* path */
  size_t line, column; /* from 1, column in bytes */
  const char *message; /* problem first, subject in single quotes, no full stop */
} quid_finding;

typedef struct quid_check_totals {
  size_t n_files, n_errors, n_warnings;
} quid_check_totals;

/* Checks all dictionaries of a folder: what would be refused at loading, and beyond that spaces around
 * tabs, double names, names of several actors at one date that names/clashes.tsv does not settle,
 * terms of one office that overlap, ids that lead nowhere, examples that do not hold.
 *
 * totals     may be NULL
 * knowledge  the folder; NULL or "": searched as by quid_context_new
 * tell       called for each finding, in order of file, line, column; the finding is *borrowed during
 *            the call*. NULL: only count
 * Errors: QUID_ERR_IO no such folder or file, QUID_ERR_MEMORY. Mistakes in the dictionaries are none.
 * Threads: any. Cost: linear in the files, but for the findings; a second or less. */
quid_status quid_check(quid_check_totals *totals, const char *knowledge,
                       void (*tell)(void *user, const quid_finding *finding), void *user, quid_error *err);

#ifdef __cplusplus
}
#endif
#endif
