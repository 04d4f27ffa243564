/* base: slices of bytes -> comparisons, parts, numbers. Nothing here allocates.
 * Example: "a\tb" split at '\t' gives "a", then "b". */
#include "base/slice.h"

#include "base/utf8.h" /* the ASCII classes */

#include <limits.h>
#include <locale.h>
#include <stdlib.h>

qi_slice qi_slice_sub(qi_slice s, size_t start, size_t end) {
  if (end > s.len) end = s.len;
  if (start > end) start = end;
  return (qi_slice){s.ptr ? s.ptr + start : NULL, end - start};
}

bool qi_slice_eq_nocase(qi_slice a, qi_slice b) {
  if (a.len != b.len) return false;
  if (a.len && memcmp(a.ptr, b.ptr, a.len) == 0) return true; /* most that are asked about are */
  for (size_t i = 0; i < a.len; i++)
    if (qi_ascii_lower(a.ptr[i]) != qi_ascii_lower(b.ptr[i])) return false;
  return true;
}

int qi_slice_cmp(qi_slice a, qi_slice b) {
  size_t n = a.len < b.len ? a.len : b.len;
  int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
  return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool qi_slice_starts(qi_slice s, qi_slice prefix) {
  return s.len >= prefix.len && qi_slice_eq(qi_slice_sub(s, 0, prefix.len), prefix);
}

bool qi_slice_ends(qi_slice s, qi_slice suffix) {
  return s.len >= suffix.len && qi_slice_eq(qi_slice_sub(s, s.len - suffix.len, s.len), suffix);
}

qi_slice qi_slice_trim(qi_slice s) {
  while (s.len && qi_ascii_is_space(s.ptr[0])) s = qi_slice_sub(s, 1, s.len);
  while (s.len && qi_ascii_is_space(s.ptr[s.len - 1])) s.len--;
  return s;
}

size_t qi_slice_find_char(qi_slice s, char c) {
  const char *at = s.len ? memchr(s.ptr, c, s.len) : NULL;
  return at ? (size_t)(at - s.ptr) : QI_NOT_FOUND;
}

size_t qi_slice_find(qi_slice s, qi_slice needle) {
  if (needle.len == 0) return 0;
  for (size_t from = 0; needle.len <= s.len - from;) {
    size_t at = qi_slice_find_char(qi_slice_sub(s, from, s.len - needle.len + 1), needle.ptr[0]);
    if (at == QI_NOT_FOUND) return QI_NOT_FOUND;
    from += at;
    if (memcmp(s.ptr + from, needle.ptr, needle.len) == 0) return from;
    from++;
  }
  return QI_NOT_FOUND;
}

bool qi_slice_split(qi_slice *rest, char sep, qi_slice *field) {
  if (!rest->ptr) return false;
  size_t at = qi_slice_find_char(*rest, sep);
  if (at == QI_NOT_FOUND) {
    *field = *rest;
    *rest = (qi_slice){NULL, 0};
  } else {
    *field = qi_slice_sub(*rest, 0, at);
    *rest = qi_slice_sub(*rest, at + 1, rest->len);
  }
  return true;
}

bool qi_slice_word(qi_slice *rest, qi_slice *word) {
  size_t start = 0;
  while (start < rest->len && qi_ascii_is_space(rest->ptr[start])) start++;
  size_t end = start;
  while (end < rest->len && !qi_ascii_is_space(rest->ptr[end])) end++;
  *word = qi_slice_sub(*rest, start, end);
  *rest = qi_slice_sub(*rest, end, rest->len);
  return word->len > 0;
}

bool qi_slice_line(qi_slice *rest, qi_slice *line) {
  if (rest->len == 0) return false;
  if (!qi_slice_split(rest, '\n', line)) return false;
  if (line->len && line->ptr[line->len - 1] == '\r') line->len--;
  return true;
}

bool qi_slice_to_long(qi_slice s, long *out) {
  bool negative = s.len && s.ptr[0] == '-';
  size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+') ? 1 : 0;
  if (i == s.len) return false;
  long value = 0; /* kept negative, as the negative range is the larger one */
  for (; i < s.len; i++) {
    if (!qi_ascii_is_digit(s.ptr[i])) return false;
    int digit = s.ptr[i] - '0';
    if (value < (LONG_MIN + digit) / 10) return false;
    value = value * 10 - digit;
  }
  if (!negative && value == LONG_MIN) return false;
  *out = negative ? value : -value;
  return true;
}

static size_t skip_digits(qi_slice s, size_t i) {
  while (i < s.len && qi_ascii_is_digit(s.ptr[i])) i++;
  return i;
}

static bool looks_decimal(qi_slice s) {
  size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+') ? 1 : 0;
  size_t start = i;
  i = skip_digits(s, i);
  size_t n_digits = i - start;
  if (i < s.len && s.ptr[i] == '.') {
    start = ++i;
    i = skip_digits(s, i);
    n_digits += i - start;
  }
  if (n_digits == 0) return false;
  if (i < s.len && (s.ptr[i] == 'e' || s.ptr[i] == 'E')) {
    i++;
    if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+')) i++;
    start = i;
    i = skip_digits(s, i);
    if (i == start) return false;
  }
  return i == s.len;
}

/* strtod is correctly rounded but reads the locale's decimal point and needs a NUL, so it gets a
 * copy with that point put in. */
bool qi_slice_to_double(qi_slice s, double *out) {
  enum { MAX_BYTES = 128 };
  char text[MAX_BYTES + 8];
  if (s.len > MAX_BYTES || !looks_decimal(s)) return false;
  const char *point = localeconv()->decimal_point;
  size_t point_len = strlen(point), n = 0;
  if (point_len == 0 || point_len > 4) return false;
  for (size_t i = 0; i < s.len; i++) {
    if (s.ptr[i] == '.') {
      memcpy(text + n, point, point_len);
      n += point_len;
    } else {
      text[n++] = s.ptr[i];
    }
  }
  text[n] = '\0';
  char *end = NULL;
  double value = strtod(text, &end);
  if (end != text + n || value > 1.7976931348623157e308 || value < -1.7976931348623157e308)
    return false;
  *out = value;
  return true;
}
