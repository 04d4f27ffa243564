/* The context: the model and the dictionaries, loaded once and then shared.
 *
 *   quid_context *ctx;
 *   quid_error err = {0};
 *   if (quid_context_new(&ctx, NULL, &err)) { fprintf(stderr, "%s\n", err.message); return 1; }
 *   quid_worker *worker;            // one for each thread
 *   quid_worker_new(&worker, ctx, &err);
 *   ... quid_document_code(&doc, worker, &input, &err) ...
 *   quid_worker_free(worker);
 *   quid_context_free(ctx);
 */
#ifndef QUID_CONTEXT_H
#define QUID_CONTEXT_H

#include "quid/error.h"
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Frozen once made: any number of threads may use one at the same time. */
typedef struct quid_context quid_context;

/* What one thread needs to code documents: the parser's caches and scratch space. Reused from
 * document to document; never used by two threads at once. */
typedef struct quid_worker quid_worker;

/* A zeroed struct asks for the defaults. */
typedef struct quid_context_options {
  const char *model;     /* path of the model file; NULL or "": search */
  const char *knowledge; /* folder of the dictionaries; NULL or "": search */
  bool parser_only;      /* load the model alone: enough to parse, not to code */
  const char *dictionary; /* PETRARCH or TABARI dictionaries to code with: a folder, an .ini that names its
                             files, or files joined by commas; NULL or "": none */
  bool dictionary_beside; /* code with quid's own frames too; otherwise the dictionary alone codes */
  bool prefilter;         /* be ready for documents that ask for it; takes some milliseconds */
} quid_context_options;

/* Loads the model (mapped, not read) and the dictionaries.
 *
 * Where no path is given, `model/quid.model` and `knowledge/` are looked for in this order, and the
 * first that is there is taken: below $QUID_HOME, when it is set; in the folder of the running
 * program and its next three parents (a build folder in a source tree; /opt/quid); in
 * ../share/quid of the program; in the data folder given when the library was built.
 *
 * out      *new*, free with quid_context_free; NULL on failure
 * options  NULL for the defaults; *borrowed during the call*
 * Errors: QUID_ERR_IO not found or not readable, QUID_ERR_FORMAT a model or dictionary that is not
 * right (file, line and column in err), QUID_ERR_MEMORY.
 * Threads: any. Cost: linear in the size of the dictionaries; tens of milliseconds. */
quid_status quid_context_new(quid_context **out, const quid_context_options *options,
                             quid_error *err);

/* Workers and documents made with the context must be gone before. NULL is fine. */
void quid_context_free(quid_context *ctx);

/* Checksum of the model and of the dictionaries, 16 hex digits each; "" when not loaded.
 * *Borrowed until quid_context_free*. The same versions and text give the same events. */
const char *quid_context_model_version(const quid_context *ctx);
const char *quid_context_knowledge_version(const quid_context *ctx);

/* What quid_context_options.dictionary held. */
typedef struct quid_dictionary_counts {
  unsigned files, names, agents, verbs, patterns, sets, discards; /* names: of actors */
  unsigned unread; /* lines that could not be read */
} quid_dictionary_counts;

/* false: the context has no dictionary. */
bool quid_context_dictionary(const quid_context *ctx, quid_dictionary_counts *counts);
/* The lines of it that could not be read, with file, line, column and reason, and files left alone (code
 * QUID_OK); at most 1,000. NULL for an index that is too high. *Borrowed until quid_context_free*. */
size_t quid_context_n_notes(const quid_context *ctx);
const quid_error *quid_context_note(const quid_context *ctx, size_t index);

/* The paths that were taken. *Borrowed until quid_context_free*. */
const char *quid_context_model_path(const quid_context *ctx);
const char *quid_context_knowledge_path(const quid_context *ctx);

/* out: *new*, free with quid_worker_free before the context.
 * Errors: QUID_ERR_MEMORY; QUID_ERR_ARGUMENT for a context with `parser_only`. */
quid_status quid_worker_new(quid_worker **out, const quid_context *ctx, quid_error *err);
void quid_worker_free(quid_worker *worker); /* NULL is fine */

#ifdef __cplusplus
}
#endif
#endif
