/* Which deed links two marked phrases of a sentence: `quid relate`.
 *
 *   quid_relate(&totals, ctx, paths, n_paths, &options, &err);
 */
#ifndef QUID_RELATE_H
#define QUID_RELATE_H

#include "quid/context.h"
#include "quid/error.h"
#include "quid/run.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A longer file is refused. */
#define QUID_MAX_TABLE_BYTES ((size_t)1 << 30)

typedef struct quid_relate_totals {
  uint64_t n_rows;    /* written */
  uint64_t n_related; /* of these, with an event other than NONE */
  uint64_t n_skipped; /* of these, rows that could not be read: written as NONE with confidence 0 */
  uint64_t n_failed;  /* files that could not be read, or without the columns asked for */
} quid_relate_totals;

/* A zeroed struct (with `write` set) asks for the defaults. The callbacks are those of quid_run_options. */
typedef struct quid_relate_options {
  void *user;
  quid_status (*write)(void *user, const char *bytes, size_t n_bytes, quid_error *err);
  void (*notice)(void *user, quid_notice kind, const quid_error *what);
} quid_relate_options;

/* Reads tables with tabs between fields and a header that names the columns `sentence`, `source` and `target` among
 * others, and writes a table with a header and, in the same order, a line for each row: `line` (in the file), `event` (the
 * PLOVER type after PLOVER's conventions on tense and negation, or NONE), `quad`, `mode`, `deed` (the type as named: AID in
 * "will send aid", where the event is AGREE), `status` (of that deed), `confidence` (of the event, calibrated on held-out
 * examples), `trigger` (the word that names the deed). Source and target are looked for in the sentence as words of their own; one
 * that does not stand there is told to `notice`, and the row is judged without it.
 *
 * totals    what was done, also on failure; may be NULL
 * ctx       not changed; needs dictionaries
 * paths     [n_paths] files; "-" is the standard input
 * Errors: those of `write`; QUID_ERR_ARGUMENT no dictionaries, or a model without a second opinion; QUID_ERR_MEMORY.
 * Threads: any; works on the calling one. Cost: linear in the rows. */
quid_status quid_relate(quid_relate_totals *totals, const quid_context *ctx, const char *const *paths, size_t n_paths,
                        const quid_relate_options *options, quid_error *err);

#ifdef __cplusplus
}
#endif
#endif
