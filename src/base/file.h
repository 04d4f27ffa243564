/* Reading files. Errors say which it was: missing, a directory, not allowed,
 * too big (QUID_ERR_LIMIT), out of memory; err->file names the file. */
#ifndef QI_BASE_FILE_H
#define QI_BASE_FILE_H

#include "base/builder.h"
#include "base/error.h"
#include "base/slice.h"
#include <stdio.h>

/* Open for reading; *out NULL on failure. Close it with fclose. */
quid_status qi_file_open(FILE **out, const char *path, quid_error *err);

/* Append the whole file to `out`. max_bytes: 0 for none. Works on pipes and devices too. */
quid_status qi_file_read(qi_builder *out, const char *path, size_t max_bytes, quid_error *err);
/* Append all that is left of a stream; name is for messages ("standard input"). */
quid_status qi_file_read_stream(qi_builder *out, FILE *stream, const char *name, size_t max_bytes,
                                quid_error *err);
quid_status qi_file_read_stdin(qi_builder *out, size_t max_bytes, quid_error *err);

/* A file mapped read-only. An empty file gives a valid pointer and len 0. */
typedef struct qi_mapping {
  const char *ptr;
  size_t len; /* bytes */
} qi_mapping;

quid_status qi_mapping_open(qi_mapping *map, const char *path, size_t max_bytes, quid_error *err);
void qi_mapping_close(qi_mapping *map); /* a zeroed mapping is fine */

/* Lines of a stream, whatever its size, with a ceiling per line.
 *   qi_lines lines; qi_lines_open(&lines, stream, "standard input", max);
 *   while (qi_lines_next(&lines, &line)) {
 *     if (lines.too_long) ...   // line holds its first bytes; the rest was skipped
 *   }
 *   status = qi_lines_close(&lines, err);   // a read error, or out of memory */
typedef struct qi_lines {
  FILE *stream;     /* *borrowed* */
  const char *name; /* *borrowed* */
  qi_builder text;
  size_t number; /* of the line just given, from 1 */
  size_t byte;   /* where it starts */
  size_t next_byte;
  bool too_long;
  int error_number; /* errno of a read error, 0 none */
} qi_lines;

void qi_lines_open(qi_lines *lines, FILE *stream, const char *name, size_t max_line_bytes);
/* The next line without "\n" or "\r\n", *borrowed until the next call*. */
bool qi_lines_next(qi_lines *lines, qi_slice *line);
quid_status qi_lines_close(qi_lines *lines, quid_error *err);

#endif
