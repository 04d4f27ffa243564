/* A slice: bytes that somebody else owns. Never NUL-terminated for sure; print
 * it with "%.*s" and QI_SLICE_ARG. A zeroed slice is the empty slice. */
#ifndef QI_BASE_SLICE_H
#define QI_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct qi_slice {
  const char *ptr; /* may be NULL when len is 0 */
  size_t len;      /* bytes */
} qi_slice;

/* From a string literal. The "" makes anything else a compile error. */
#define QI_SLICE(lit) ((qi_slice){"" lit, sizeof(lit) - 1})
/* The same as an initialiser of a static table: {QI_SLICE_INIT("a"), ...} */
#define QI_SLICE_INIT(lit) {"" lit, sizeof(lit) - 1}
/* The two arguments of "%.*s". */
#define QI_SLICE_ARG(s) (int)(s).len, ((s).ptr ? (s).ptr : "")

static inline qi_slice qi_slice_of(const char *ptr, size_t len) { return (qi_slice){ptr, len}; }
/* NULL gives the empty slice. */
static inline qi_slice qi_slice_str(const char *str) {
  return (qi_slice){str, str ? strlen(str) : 0};
}
/* Half-open byte range [start, end), cut to what is there. */
qi_slice qi_slice_sub(qi_slice s, size_t start, size_t end);

static inline bool qi_slice_eq(qi_slice a, qi_slice b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
/* ASCII letters compare without case; all other bytes exactly. */
bool qi_slice_eq_nocase(qi_slice a, qi_slice b);
static inline bool qi_slice_eq_str(qi_slice a, const char *str) {
  return qi_slice_eq(a, qi_slice_str(str));
}
/* Byte order: <0, 0, >0. Fit for qsort. */
int qi_slice_cmp(qi_slice a, qi_slice b);
bool qi_slice_starts(qi_slice s, qi_slice prefix);
bool qi_slice_ends(qi_slice s, qi_slice suffix);

/* Without ASCII white space at both ends (space, tab, CR, LF, VT, FF). */
qi_slice qi_slice_trim(qi_slice s);

#define QI_NOT_FOUND ((size_t)-1)
/* Offset of the first byte `c` or first `needle`, or QI_NOT_FOUND. */
size_t qi_slice_find_char(qi_slice s, char c);
size_t qi_slice_find(qi_slice s, qi_slice needle);

/* Split iterator. Fields may be empty; "a,,b" has three, "" has one.
 *   qi_slice rest = line, field;
 *   while (qi_slice_split(&rest, '\t', &field)) ...
 * `rest` is used up; after the last field its ptr is NULL. Because of that, a
 * slice with a NULL ptr has no field at all. */
bool qi_slice_split(qi_slice *rest, char sep, qi_slice *field);
/* Words between runs of ASCII white space; never empty. */
bool qi_slice_word(qi_slice *rest, qi_slice *word);
/* Lines without their "\n" or "\r\n"; a last line without "\n" counts, an empty one after it does not. */
bool qi_slice_line(qi_slice *rest, qi_slice *line);

/* The whole slice as a number: no white space, nothing after it, no overflow.
 * On false *out is unchanged. Double: decimal with optional fraction and
 * exponent, '.' in every locale, no hex, "inf" or "nan". */
bool qi_slice_to_long(qi_slice s, long *out);
bool qi_slice_to_double(qi_slice s, double *out);

#endif
