/* base: what went wrong -> a quid_error that a person can act on.
 * First error wins. Text is cut at a whole character, so a message never carries half of one.
 * Example: "no such file 'news.txt'" with file "news.txt". */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *quid_status_name(quid_status status) {
  switch (status) {
  case QUID_OK: return "ok";
  case QUID_ERR_IO: return "input or output error";
  case QUID_ERR_FORMAT: return "format error";
  case QUID_ERR_MEMORY: return "out of memory";
  case QUID_ERR_LIMIT: return "limit reached";
  case QUID_ERR_ARGUMENT: return "bad argument";
  case QUID_ERR_INTERNAL: return "internal error";
  }
  return "unknown";
}

void qi_error_clear(quid_error *err) {
  if (err) memset(err, 0, sizeof *err);
}

/* Drop a character that a cut at the end of a full buffer left unfinished. */
static void drop_partial(char *text) {
  size_t len = strlen(text);
  size_t start = len;
  while (start > 0 && len - start < 4) {
    unsigned char c = (unsigned char)text[--start];
    if (c < 0x80) return;
    if (c >= 0xC0) {
      size_t need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
      if (start + need > len) text[start] = '\0';
      return;
    }
  }
}

/* File names are cut at the front: the end says more. */
static void set_file(quid_error *err, const char *file) {
  size_t len = strlen(file);
  if (len < sizeof err->file) {
    memcpy(err->file, file, len + 1);
    return;
  }
  const char *from = file + len - (sizeof err->file - 4);
  while (((unsigned char)*from & 0xC0) == 0x80) from++;
  snprintf(err->file, sizeof err->file, "...%s", from);
}

static void set(quid_error *err, quid_status code, const char *file, size_t line, size_t column,
                const char *fmt, va_list args) QI_PRINTF(6, 0);

static void set(quid_error *err, quid_status code, const char *file, size_t line, size_t column,
                const char *fmt, va_list args) {
  if (!err || err->code != QUID_OK) return;
  qi_error_clear(err);
  err->code = code;
  err->line = line;
  err->column = column;
  if (file) set_file(err, file);
  if (vsnprintf(err->message, sizeof err->message, fmt, args) < 0) err->message[0] = '\0';
  drop_partial(err->message);
}

quid_status qi_error_set(quid_error *err, quid_status code, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  set(err, code, NULL, 0, 0, fmt, args);
  va_end(args);
  return code;
}

quid_status qi_error_at(quid_error *err, quid_status code, const char *file, size_t line,
                        size_t column, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  set(err, code, file, line, column, fmt, args);
  va_end(args);
  return code;
}

quid_status qi_error_memory(quid_error *err, const char *what) {
  return qi_error_set(err, QUID_ERR_MEMORY, "out of memory for %s", what);
}
