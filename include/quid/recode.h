/* Coding the documents of a store again, with another model or other dictionaries. */
#ifndef QUID_RECODE_H
#define QUID_RECODE_H

#include "quid/ask.h"
#include "quid/context.h"
#include "quid/store.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct quid_recode_options {
  bool dry_run;        /* only tell what would change; the store may be open for reading */
  bool all;            /* documents that the same model and dictionaries coded too */
  bool prefilter;      /* as quid_run_options.prefilter; the context must be ready for it */
  const char *only;    /* only documents with a sentence in which these words stand: "Wagner OR Prigozhin" (FTS5); NULL all */
  unsigned n_examples; /* rows of the answer at most, 0: 100 */
  void *user;
  void (*progress)(void *user, uint64_t n_done, uint64_t n_all); /* after each document; NULL: nobody cares */
} quid_recode_options;

typedef struct quid_recode_counts {
  uint64_t n_current;  /* documents left alone: the same model and dictionaries coded them */
  uint64_t n_textless; /* documents left alone: loaded as records, without a text */
  uint64_t n_coded;    /* documents coded again */
  uint64_t n_touched;  /* of these, documents that read otherwise now */
  uint64_t n_kept, n_added, n_gone, n_changed; /* events */
  uint64_t n_options_added, n_options_gone;    /* a changed one is in both */
} quid_recode_counts;

/* Codes again what another model or other dictionaries coded, and replaces what reads otherwise: the old reading stays, with the load that
 * replaced it. Each document is replaced as a whole or not at all, so that a run that was cut off can be done again.
 *
 * out      *new*, free with quid_answer_free: the changes (change, document, day, before, after, sentence, event), as far as n_examples go; NULL on failure
 * counts   what was done, also on failure
 * Errors: those of the store; QUID_ERR_ARGUMENT words that are no search; QUID_ERR_MEMORY. Cost: that of coding the documents. */
quid_status quid_recode(quid_answer **out, quid_recode_counts *counts, quid_store *store, const quid_context *ctx, const quid_recode_options *options,
                        quid_error *err);

#ifdef __cplusplus
}
#endif
#endif
