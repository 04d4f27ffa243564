/* Writing events: one function for all formats. The bytes depend on nothing but the document and
 * the options (never on the locale or the time). */
#ifndef QUID_SHOW_H
#define QUID_SHOW_H

#include "quid/document.h"
#include "quid/error.h"
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum quid_format {
  QUID_FORMAT_JSONL, /* one JSON object a line for each event: docs/event-record.md */
  QUID_FORMAT_TSV,   /* one line for each event, the main fields; a header line comes first */
  QUID_FORMAT_TABLE, /* for people: aligned rows, each with the sentence that says it */
  QUID_N_FORMATS
} quid_format;

/* What is written of a document. */
typedef enum quid_records {
  QUID_RECORDS_DEFAULT, /* events; of a table: all */
  QUID_RECORDS_EVENTS,  /* who did what to whom: event.h */
  QUID_RECORDS_OPTIONS, /* what somebody is urged to do: option.h */
  QUID_RECORDS_LINKS,   /* what is given for what, what hangs on what: bond.h */
  QUID_RECORDS_ALL,     /* the events, the options, the links; not for TSV, whose lines must be alike */
  QUID_N_RECORDS
} quid_records;

/* "jsonl", "tsv", "table". */
const char *quid_format_name(quid_format format);

/* A zeroed struct asks for the defaults. */
typedef struct quid_show_options {
  quid_format format;
  quid_records records;
  bool color;     /* table: ANSI colours */
  bool explain;   /* table: how each sentence was read, and what stopped those without events; needs
                     quid_document_input.explain */
  unsigned width; /* table: columns of the terminal; 0: no limit */
} quid_show_options;

/* What stands once before the first document: the header line of TSV, "" for the others. options: NULL for the defaults.
 * *Borrowed for ever*. */
const char *quid_show_head(const quid_show_options *options);

/* All events, options or links of the document, or all of them.
 *
 * out      *new*, free with free(); NUL-terminated. NULL on failure
 * n_bytes  length without the NUL; may be NULL
 * options  NULL for the defaults
 * Errors: QUID_ERR_MEMORY; QUID_ERR_ARGUMENT for all records as TSV. Threads: any. Cost: linear in the output. */
quid_status quid_document_show(char **out, size_t *n_bytes, const quid_document *doc,
                               const quid_show_options *options, quid_error *err);

#ifdef __cplusplus
}
#endif
#endif
