/* read: bytes -> documents. One file a format; header.c says what the outside of a text shows.
 *
 * What comes out is a quid_document_input, the same that a user of the library makes by hand, so
 * repair of UTF-8 and ceilings on the text have one place: quid_document_code. */
#ifndef QI_READ_READ_H
#define QI_READ_READ_H

#include "base/builder.h"
#include "base/date.h"
#include "base/error.h"
#include "quid/document.h"
#include "read/dateline.h"

/* --- plain.c --- */

/* Refuses what is no text: empty or only white space, a known binary format, UTF-16, or bytes of
 * which too many are control characters or broken UTF-8. `name` is for the message.
 * Cost: looks at the first QI_SNIFF_BYTES only (and at the end of the white space). */
#define QI_SNIFF_BYTES ((size_t)64 << 10)
quid_status qi_plain_check(qi_slice bytes, const char *name, quid_error *err);

/* --- jsonl.c --- */

/* Strings are *borrowed from `tree`*. */
typedef struct qi_jsonl_document {
  quid_document_input input;
  void *tree; /* the parsed JSON */
} qi_jsonl_document;

/* One line -> one document. `line` is changed in place: NULs and halves of surrogate pairs, raw or
 * escaped, become the byte FF, which quid_document_code replaces and counts as it does other
 * broken bytes. `name` and `number` are for messages.
 * Errors: QUID_ERR_FORMAT not JSON (with the column), no object, no "text", a field of the wrong
 * type; QUID_ERR_MEMORY.
 * Threads: cJSON keeps the place of its last error in a global, so one thread at a time. */
quid_status qi_jsonl_parse(qi_jsonl_document *out, char *line, size_t line_bytes, const char *name,
                           size_t number, quid_error *err);
void qi_jsonl_clear(qi_jsonl_document *doc);

/* --- pairs.c --- */

/* A table of sentences with two phrases each: tabs between fields, a header that names the columns. */
typedef struct qi_pairs {
  const char *name;  /* *borrowed*: for messages */
  qi_slice rest;     /* *borrowed* */
  size_t line;       /* of the row just given, from 1 */
  size_t n_columns;
  size_t column[3];  /* of sentence, source, target */
} qi_pairs;

typedef struct qi_pairs_row {
  qi_slice sentence, source, target; /* *borrowed*, any bytes */
} qi_pairs_row;

/* Errors: QUID_ERR_FORMAT without one of the columns, or with one of them twice. */
quid_status qi_pairs_open(qi_pairs *out, qi_slice bytes, const char *name, quid_error *err);
/* The next row; *more is false after the last. Empty lines are passed over. Errors: QUID_ERR_FORMAT a row with too few
 * fields; the next call goes on behind it. */
quid_status qi_pairs_next(qi_pairs_row *out, qi_pairs *pairs, bool *more, quid_error *err);

/* --- header.c --- */

/* What the first lines of a text and its address show. Slices of the text, empty when absent. */
typedef struct qi_header {
  qi_slice title, byline;
  qi_slice byline_line, dateline_line; /* the lines that hold them; of a dateline before a report, with the dash and no more */
  qi_slice beside_byline;              /* "Moscow" of "By Jane Doe, Moscow"; it may as well be an agency */
  qi_dateline dateline;
  qi_day day; /* of a date line or of a dateline with a year, QI_DAY_NONE: none */
  quid_genre genre;
  bool sure;  /* a label, the publisher or the address says so, and not a dateline alone */
} qi_header;

/* text: valid UTF-8. title, publisher, url: as given with the document, "" unknown. */
qi_header qi_header_read(qi_slice text, const char *title, const char *publisher, const char *url);

#endif
