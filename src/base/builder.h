/* A growable byte buffer with a ceiling, on the heap.
 *
 * Failure sticks: after the first append that does not fit, nothing more is
 * added, so a writer may append freely and ask once at the end with
 * qi_builder_status(). Each append also returns whether all is still well.
 * The text always stands NUL-terminated at `ptr` (never NULL after init). */
#ifndef QI_BASE_BUILDER_H
#define QI_BASE_BUILDER_H

#include "base/error.h"
#include "base/slice.h"
#include <stdarg.h>
#include <stdint.h>

typedef struct qi_builder {
  char *ptr;
  size_t len;         /* bytes, without the NUL */
  size_t cap;         /* 0 while ptr is the static empty string */
  size_t max_bytes;   /* ceiling on len */
  quid_status failed; /* QUID_OK, QUID_ERR_MEMORY or QUID_ERR_LIMIT */
} qi_builder;

/* max_bytes: ceiling, 0 for none. Allocates nothing yet. */
void qi_builder_init(qi_builder *b, size_t max_bytes);
void qi_builder_clear(qi_builder *b);
/* Empty and healthy again, memory kept. */
void qi_builder_reset(qi_builder *b);

bool qi_builder_reserve(qi_builder *b, size_t more_bytes);
bool qi_builder_slice(qi_builder *b, qi_slice s);
bool qi_builder_str(qi_builder *b, const char *str);
bool qi_builder_char(qi_builder *b, char c);
bool qi_builder_repeat(qi_builder *b, char c, size_t n);
bool qi_builder_codepoint(qi_builder *b, uint32_t cp); /* as UTF-8 */
bool qi_builder_printf(qi_builder *b, const char *fmt, ...) QI_PRINTF(2, 3);
bool qi_builder_vprintf(qi_builder *b, const char *fmt, va_list args) QI_PRINTF(2, 0);
/* Drop what lies after the first len bytes. */
void qi_builder_truncate(qi_builder *b, size_t len);

/* The text so far, *borrowed until the next append*. */
static inline qi_slice qi_builder_view(const qi_builder *b) {
  return (qi_slice){b->ptr, b->len};
}
/* *new*: the heap string (free it with free), builder emptied; NULL if it had failed. */
char *qi_builder_take(qi_builder *b, size_t *len);
/* QUID_OK, or the failure told in err; `what` names what was being written. */
quid_status qi_builder_status(const qi_builder *b, const char *what, quid_error *err);

#endif
