/* The parser alone: text to trees in CoNLL-U, and its scores on a treebank.
 *
 *   quid_context_options only = {.parser_only = true};
 *   quid_context_new(&ctx, &only, &err);
 *   quid_parse(NULL, ctx, paths, n_paths, &options, &err);
 */
#ifndef QUID_PARSE_H
#define QUID_PARSE_H

#include "quid/context.h"
#include "quid/error.h"
#include "quid/run.h"
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A longer file of CoNLL-U is refused. Plain text: QUID_MAX_DOCUMENT_BYTES, see quid/document.h. */
#define QUID_MAX_CONLLU_BYTES ((size_t)1 << 30)

typedef enum quid_parse_input {
  QUID_PARSE_PLAIN, /* a file is a document; sentences and tokens are found in it */
  QUID_PARSE_CONLLU /* sentences and tokens as given; tags and trees, if any, are replaced */
} quid_parse_input;

typedef struct quid_parse_totals {
  uint64_t n_documents, n_sentences, n_words; /* written */
  uint64_t n_failed;                          /* inputs that could not be read, or not to their end */
} quid_parse_totals;

/* A zeroed struct (with `write` set) asks for the defaults. The callbacks are those of
 * quid_run_options. */
typedef struct quid_parse_options {
  quid_parse_input input;
  void *user;
  quid_status (*write)(void *user, const char *bytes, size_t n_bytes, quid_error *err);
  void (*notice)(void *user, quid_notice kind, const quid_error *what);
} quid_parse_options;

/* Reads, parses and writes all inputs as CoNLL-U: ten columns; names of persons, organisations and
 * places as NER=B-PER, and the type of the thing that a word names as EType=person, in MISC.
 *
 * totals    what was done, also on failure; may be NULL
 * ctx       not changed; one with `parser_only` will do
 * paths     [n_paths] files; "-" is the standard input
 * Errors: those of `write`; QUID_ERR_MEMORY. Inputs that cannot be read are told to `notice` and do
 * not end the run. Threads: any; works on the calling one. Cost: linear in the input. */
quid_status quid_parse(quid_parse_totals *totals, const quid_context *ctx, const char *const *paths,
                       size_t n_paths, const quid_parse_options *options, quid_error *err);

/* Scores in per cent, by the definitions of the CoNLL 2018 shared task (F1). */
#define QUID_N_METRICS 11
typedef struct quid_scores {
  double of[QUID_N_METRICS];  /* in the order of quid_metric_name */
  double words_per_s;         /* processor time of this thread, without reading and scoring */
} quid_scores;

typedef struct quid_evaluation {
  quid_scores from_tokens; /* sentences and tokens as in the treebank */
  quid_scores from_text;   /* all from the text alone */
  uint64_t n_documents, n_sentences, n_words, n_names; /* in the treebank */
} quid_evaluation;

typedef struct quid_evaluate_options {
  /* Only documents whose id holds one of these, separated by commas; NULL or "": all. */
  const char *documents;
  void *user;
  /* After each document, what it alone scores; NULL: nobody cares. */
  void (*document)(void *user, const char *id, const quid_evaluation *alone);
} quid_evaluate_options;

/* "Tokens", "LAS" ...: a static string; "" for an index that is too high. */
const char *quid_metric_name(size_t index);

/* Parses a treebank twice, from its tokens and from its text, and compares with its trees.
 *
 * out       the scores
 * path      a file of CoNLL-U with trees
 * options   NULL for the defaults
 * Errors: QUID_ERR_IO, QUID_ERR_FORMAT (with the line), QUID_ERR_LIMIT; QUID_ERR_ARGUMENT when no
 * document is left; QUID_ERR_MEMORY. Threads: any; works on the calling one. */
quid_status quid_evaluate(quid_evaluation *out, const quid_context *ctx, const char *path,
                          const quid_evaluate_options *options, quid_error *err);

#ifdef __cplusplus
}
#endif
#endif
