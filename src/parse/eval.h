/* parse: scores of a parse against a gold one, by the definitions of the CoNLL 2018 shared task. */
#ifndef QI_PARSE_EVAL_H
#define QI_PARSE_EVAL_H

#include "base/error.h"
#include "parse/sentence.h"

typedef enum qi_metric {
  QI_METRIC_TOKENS, QI_METRIC_SENTENCES, QI_METRIC_WORDS, QI_METRIC_UPOS, QI_METRIC_XPOS,
  QI_METRIC_UFEATS, /* universal features only */
  QI_METRIC_LEMMAS, QI_METRIC_UAS,
  QI_METRIC_LAS,    /* universal part of the label */
  QI_METRIC_CLAS,   /* the same of content words only */
  QI_METRIC_ENTITIES, /* spans of names with their type; counts gold where gold has any */
  QI_N_METRICS
} qi_metric;

typedef struct qi_count {
  uint64_t n_gold, n_system, n_correct;
} qi_count;

/* A zeroed struct is the start. */
typedef struct qi_eval {
  qi_count of[QI_N_METRICS];
  uint64_t n_documents;
} qi_eval;

/* Adds a document. Both must have the same characters but for white space: QUID_ERR_ARGUMENT, with
 * the place in the message, when not. system may have other tokens and sentences. */
quid_status qi_eval_add(qi_eval *eval, const qi_parsed *gold, const qi_parsed *system,
                        quid_error *err);
/* Harmonic mean of precision and recall in per cent; 0 where nothing was counted. */
double qi_eval_f1(const qi_eval *eval, qi_metric metric);
/* "LAS" */
const char *qi_metric_name(qi_metric metric);

#endif
