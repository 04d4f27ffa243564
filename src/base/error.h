/* Setting a quid_error. All of these accept err == NULL, keep an error that is
 * already there (the first one wins), cut over-long text at a whole UTF-8
 * character, and return `code` so that `return qi_error_set(err, ...)` reads well. */
#ifndef QI_BASE_ERROR_H
#define QI_BASE_ERROR_H

#include "quid/error.h"

#if defined(__GNUC__)
#define QI_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define QI_PRINTF(fmt, args)
#endif

/* Forget what happened, so that the struct can be used again. */
void qi_error_clear(quid_error *err);

/* An error with no place. */
quid_status qi_error_set(quid_error *err, quid_status code, const char *fmt, ...) QI_PRINTF(3, 4);

/* An error in a file. file: NULL or "" when unnamed; line, column: from 1, 0 unknown. */
quid_status qi_error_at(quid_error *err, quid_status code, const char *file, size_t line,
                        size_t column, const char *fmt, ...) QI_PRINTF(6, 7);

/* Out of memory; `what` names what it was for ("the document"). Returns QUID_ERR_MEMORY. */
quid_status qi_error_memory(quid_error *err, const char *what);

#endif
