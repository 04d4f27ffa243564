/* What went wrong, and where.
 *
 * Every fallible call of the library returns a `quid_status` and takes a
 * `quid_error *` last. The caller owns it, starts it zeroed and may pass NULL.
 * The first error wins: a call never overwrites an error that is already there.
 */
#ifndef QUID_ERROR_H
#define QUID_ERROR_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum quid_status {
  QUID_OK = 0,
  QUID_ERR_IO,       /* a file or stream could not be opened, read or written */
  QUID_ERR_FORMAT,   /* the input is not what it claims to be */
  QUID_ERR_MEMORY,   /* the machine has no more memory */
  QUID_ERR_LIMIT,    /* a stated ceiling was reached */
  QUID_ERR_ARGUMENT, /* the caller asked for something impossible */
  QUID_ERR_INTERNAL  /* a fault of ours */
} quid_status;

#define QUID_ERROR_TEXT_BYTES 256

typedef struct quid_error {
  quid_status code;
  char message[QUID_ERROR_TEXT_BYTES]; /* problem first, subject in single quotes, no full stop */
  char file[QUID_ERROR_TEXT_BYTES];    /* "" when no file is concerned */
  size_t line, column;                 /* from 1; 0 when unknown */
  size_t byte;                         /* offset from 0 into the input; 0 when unknown */
} quid_error;

/* Name of a status in lower-case words, for messages and logs.
 * Returns a static string (*borrowed* for ever); "unknown" for other values.
 * Threads: any. */
const char *quid_status_name(quid_status status);

#ifdef __cplusplus
}
#endif
#endif
