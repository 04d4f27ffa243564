/* A run: many inputs in, one stream of events out, on several threads.
 *
 * Documents are coded in parallel and written in the order in which they were read: the same bytes
 * whatever the number of threads. Memory is bounded by a queue, not by the number of documents. */
#ifndef QUID_RUN_H
#define QUID_RUN_H

#include "quid/context.h"
#include "quid/document.h"
#include "quid/error.h"
#include "quid/show.h"
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define QUID_MAX_THREADS 256u
/* A longer line of JSON is skipped. */
#define QUID_MAX_LINE_BYTES ((size_t)64 << 20)

typedef enum quid_input {
  QUID_INPUT_AUTO,  /* by the name: .jsonl and .ndjson are JSON lines, the rest is plain text */
  QUID_INPUT_PLAIN, /* a file is a document */
  QUID_INPUT_JSONL  /* a line is a document: an object with "text" and, if known, "id", "title",
                       "published", "publisher", "byline", "url", "language" */
} quid_input;

typedef struct quid_run_totals {
  uint64_t n_documents; /* coded and written */
  uint64_t n_events;
  uint64_t n_known;     /* documents that quid_run_options.known knew, so that they were not coded */
  uint64_t n_skipped;   /* documents and whole inputs that were skipped */
  uint64_t n_failed;    /* of these, whole inputs: missing, a directory, binary, empty */
  uint64_t done_bytes;  /* of input, of what is counted above */
  uint64_t total_bytes; /* of all inputs, 0 when unknown (a pipe) */
} quid_run_totals;

typedef enum quid_notice {
  QUID_NOTICE_WARNING, /* the document was coded all the same */
  QUID_NOTICE_SKIPPED, /* one document was skipped: its file and line are in what->file, what->line */
  QUID_NOTICE_FAILED   /* a whole input was skipped */
} quid_notice;

/* The callbacks are all called on the thread that called quid_run, in the order of the input.
 * A zeroed struct (with `write` set) asks for the defaults. */
typedef struct quid_run_options {
  quid_input input;
  quid_show_options show;
  bool prefilter;        /* leave sentences unparsed in which no deed word stands with what it needs: faster,
                            loses events only where names or speakers hang on such sentences */
  const char *published; /* ISO date for documents that bring none; NULL unknown */
  unsigned n_threads;    /* 0: one per processor that this process may use */
  void *user;            /* handed to the callbacks */
  /* Takes the next bytes of output, *borrowed during the call*. A status other than QUID_OK ends
   * the run with that status. */
  quid_status (*write)(void *user, const char *bytes, size_t n_bytes, quid_error *err);
  /* Instead of `write`: takes a coded document with what would have been written of it. */
  quid_status (*take)(void *user, const quid_document *doc, const char *bytes, size_t n_bytes, quid_error *err);
  /* Is the document of that id known, so that it need not be coded? NULL: none is. Called on any thread, several at once. */
  bool (*known)(const void *user, const char *document_id);
  /* Something to tell the user; NULL: nobody cares. */
  void (*notice)(void *user, quid_notice kind, const quid_error *what);
  /* After each document; NULL: nobody cares. */
  void (*progress)(void *user, const quid_run_totals *so_far);
} quid_run_options;

/* Reads, codes and writes all inputs.
 *
 * totals    what was done, also on failure; may be NULL
 * ctx       not changed
 * paths     [n_paths] files; "-" is the standard input
 * Errors: those of `write`; QUID_ERR_ARGUMENT options that are none (a date, too many threads);
 * QUID_ERR_MEMORY. Inputs and documents that cannot be read are told to `notice` and do not end
 * the run.
 * Threads: starts n_threads and a reader of its own and joins them before it returns; when `write`
 * fails while the reader waits for a pipe, that is when the pipe next gives something. */
quid_status quid_run(quid_run_totals *totals, const quid_context *ctx, const char *const *paths,
                     size_t n_paths, const quid_run_options *options, quid_error *err);

#ifdef __cplusplus
}
#endif
#endif
