/* know: tab-separated dictionary files, read strictly. Lines that start with '#' and empty lines are
 * skipped; the first other line must be the header, word for word. A row has as many fields as the
 * header; missing trailing ones are refused. */
#ifndef QI_KNOW_TABLE_H
#define QI_KNOW_TABLE_H

#include "base/builder.h"
#include "base/error.h"

#define QI_MAX_COLUMNS 16
#define QI_MAX_KNOWLEDGE_BYTES ((size_t)64 << 20) /* of one dictionary file */

typedef struct qi_table {
  const char *file; /* *borrowed*: for messages */
  qi_slice rest;    /* *borrowed* */
  size_t line;      /* of the row just given, from 1 */
  size_t n_columns;
  qi_slice field[QI_MAX_COLUMNS]; /* of the row just given, without blanks at the ends */
  size_t column[QI_MAX_COLUMNS];  /* where each field starts, in bytes from 1 */
} qi_table;

/* header: the column names, tab-separated. */
quid_status qi_table_open(qi_table *t, qi_slice data, const char *file, const char *header,
                          quid_error *err);
/* The next row; *more is false after the last one. */
quid_status qi_table_next(qi_table *t, bool *more, quid_error *err);
/* An error at field `i` of the row just given. */
quid_status qi_table_error(const qi_table *t, size_t i, quid_error *err, const char *problem,
                           qi_slice subject);

/* Reads DIR/relative into `data` (initialised here; clear it after use). *path gets the full name,
 * in `path_room` bytes. */
quid_status qi_know_read(qi_builder *data, char *path, size_t path_room, const char *dir,
                         const char *relative, quid_error *err);

#endif
