/* base: pieces of text -> one growing buffer under a ceiling.
 * Capacity doubles; a failure sticks, so that writers need not check each append. */
#include "base/builder.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

#define FIRST_CAP_BYTES 64

/* What an empty builder shows; never written to, as cap is 0 then. */
static char *empty_text(void) { return (char *)(uintptr_t)""; }

void qi_builder_init(qi_builder *b, size_t max_bytes) {
  *b = (qi_builder){.ptr = empty_text(), .max_bytes = max_bytes ? max_bytes : SIZE_MAX};
}

void qi_builder_clear(qi_builder *b) {
  if (b->cap) free(b->ptr);
  qi_builder_init(b, b->max_bytes);
}

void qi_builder_reset(qi_builder *b) {
  b->len = 0;
  b->failed = QUID_OK;
  if (b->cap) b->ptr[0] = '\0';
}

bool qi_builder_reserve(qi_builder *b, size_t more_bytes) {
  if (b->failed) return false;
  if (b->cap && more_bytes < b->cap - b->len) return true;
  if (b->len > b->max_bytes || more_bytes > b->max_bytes - b->len) {
    b->failed = QUID_ERR_LIMIT;
    return false;
  }
  if (more_bytes > SIZE_MAX / 4 || b->len > SIZE_MAX / 4) {
    b->failed = QUID_ERR_MEMORY;
    return false;
  }
  size_t cap = b->cap ? b->cap * 2 : FIRST_CAP_BYTES;
  if (cap < b->len + more_bytes + 1) cap = b->len + more_bytes + 1;
  if (b->max_bytes < SIZE_MAX && cap > b->max_bytes + 1) cap = b->max_bytes + 1;
  char *ptr = realloc(b->cap ? b->ptr : NULL, cap);
  if (!ptr) {
    b->failed = QUID_ERR_MEMORY;
    return false;
  }
  if (!b->cap) ptr[0] = '\0';
  b->ptr = ptr;
  b->cap = cap;
  return true;
}

bool qi_builder_slice(qi_builder *b, qi_slice s) {
  if (s.len == 0) return !b->failed;
  if (!qi_builder_reserve(b, s.len)) return false;
  memcpy(b->ptr + b->len, s.ptr, s.len);
  b->len += s.len;
  b->ptr[b->len] = '\0';
  return true;
}

bool qi_builder_str(qi_builder *b, const char *str) {
  return qi_builder_slice(b, qi_slice_str(str));
}

bool qi_builder_char(qi_builder *b, char c) { return qi_builder_slice(b, qi_slice_of(&c, 1)); }

bool qi_builder_repeat(qi_builder *b, char c, size_t n) {
  if (n == 0) return !b->failed;
  if (!qi_builder_reserve(b, n)) return false;
  memset(b->ptr + b->len, c, n);
  b->len += n;
  b->ptr[b->len] = '\0';
  return true;
}

bool qi_builder_codepoint(qi_builder *b, uint32_t cp) {
  char bytes[QI_UTF8_MAX_BYTES];
  return qi_builder_slice(b, qi_slice_of(bytes, qi_utf8_encode(cp, bytes)));
}

bool qi_builder_vprintf(qi_builder *b, const char *fmt, va_list args) {
  va_list again;
  va_copy(again, args);
  int len = vsnprintf(NULL, 0, fmt, args);
  bool ok = false;
  if (len < 0) {
    if (!b->failed) b->failed = QUID_ERR_MEMORY;
  } else if (qi_builder_reserve(b, (size_t)len)) {
    vsnprintf(b->ptr + b->len, (size_t)len + 1, fmt, again);
    b->len += (size_t)len;
    ok = true;
  }
  va_end(again);
  return ok;
}

bool qi_builder_printf(qi_builder *b, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  bool ok = qi_builder_vprintf(b, fmt, args);
  va_end(args);
  return ok;
}

void qi_builder_truncate(qi_builder *b, size_t len) {
  if (len >= b->len) return;
  b->len = len;
  b->ptr[len] = '\0';
}

char *qi_builder_take(qi_builder *b, size_t *len) {
  char *text = NULL;
  if (qi_builder_reserve(b, 0)) {
    text = b->ptr;
    if (len) *len = b->len;
    b->cap = 0;
  }
  qi_builder_clear(b);
  return text;
}

quid_status qi_builder_status(const qi_builder *b, const char *what, quid_error *err) {
  if (b->failed == QUID_ERR_LIMIT)
    return qi_error_set(err, QUID_ERR_LIMIT, "more than %zu bytes in %s", b->max_bytes, what);
  if (b->failed) return qi_error_memory(err, what);
  return QUID_OK;
}
