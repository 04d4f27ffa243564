/* UTF-8: decoding, repair, classes of characters, and folding for matching.
 * Offsets are bytes. Bad input never fails: it decodes as U+FFFD, one for each
 * maximal broken sequence (Unicode 15, section 3.9). */
#ifndef QI_BASE_UTF8_H
#define QI_BASE_UTF8_H

#include "base/arena.h"
#include "base/builder.h"
#include "base/slice.h"
#include <stdint.h>

#define QI_UTF8_REPLACEMENT 0xFFFDu
#define QI_UTF8_MAX_BYTES 4

/* The character at s.ptr[*at]; moves *at behind it. *at must be < s.len.
 *   for (size_t at = 0; at < s.len;) { uint32_t cp = qi_utf8_decode(s, &at); ... } */
uint32_t qi_utf8_decode(qi_slice s, size_t *at);
/* The same, and tells by *ok whether the sequence was well formed. */
uint32_t qi_utf8_decode_checked(qi_slice s, size_t *at, bool *ok);
/* The character that ends before s.ptr[*at]; moves *at to its start. *at must be > 0. */
uint32_t qi_utf8_decode_back(qi_slice s, size_t *at);
/* Returns bytes written, 1 to 4; surrogates and values over 0x10FFFF become U+FFFD. */
size_t qi_utf8_encode(uint32_t cp, char out[QI_UTF8_MAX_BYTES]);

bool qi_utf8_is_valid(qi_slice s); /* NULs are valid here */
bool qi_utf8_is_ascii(qi_slice s);
/* Number of characters. */
size_t qi_utf8_count(qi_slice s);
/* Columns on a terminal: wide East Asian 2, combining 0. */
size_t qi_utf8_width(qi_slice s);
/* Largest prefix of whole characters that has at most max_bytes bytes. */
qi_slice qi_utf8_cut(qi_slice s, size_t max_bytes);

typedef struct qi_utf8_repairs {
  size_t n_invalid;  /* broken sequences replaced by U+FFFD */
  size_t n_nul;      /* NUL bytes replaced by U+FFFD */
  size_t first_byte; /* offset in the input of the first of either */
} qi_utf8_repairs;

/* Append `in` to `out` as valid UTF-8 without NULs. repairs: set, not added to. A byte-order
 * mark at the start is dropped without counting. false: out did not have the room. */
bool qi_utf8_repair(qi_builder *out, qi_slice in, qi_utf8_repairs *repairs);

/* Classes, by Unicode general category. */
bool qi_cp_is_letter(uint32_t cp); /* L*, and M* (marks belong to their letter) */
bool qi_cp_is_mark(uint32_t cp);   /* M* */
bool qi_cp_is_digit(uint32_t cp);  /* Nd */
bool qi_cp_is_number(uint32_t cp); /* N*: also fractions, circled and roman numbers */
bool qi_cp_is_upper(uint32_t cp);  /* Lu, Lt */
bool qi_cp_is_lower(uint32_t cp);  /* Ll */
bool qi_cp_is_punct(uint32_t cp);  /* P* */
bool qi_cp_is_symbol(uint32_t cp); /* S* */
bool qi_cp_is_space(uint32_t cp);  /* Z*, tab, LF, VT, FF, CR, NEL; also U+200B and U+FEFF */
uint32_t qi_cp_lower(uint32_t cp); /* simple mapping, one to one */
uint32_t qi_cp_upper(uint32_t cp);

/* Lower case, character by character ("İ" becomes "i"; nothing grows otherwise).
 * The result is *borrowed* from the arena and NUL-terminated; ptr NULL out of memory. */
qi_slice qi_utf8_lower(qi_arena *arena, qi_slice s);
/* For matching names: lower case, accents off, ligatures opened, curly quotes, dashes and odd
 * spaces made plain ("São Tomé" -> "sao tome", "Choe’s" -> "choe's", "Łódź" -> "lodz",
 * "Straße" -> "strasse"). Other scripts are lower-cased. Same ownership. */
qi_slice qi_utf8_fold(qi_arena *arena, qi_slice s);

/* ASCII only, for keywords and file formats; independent of locale, unlike <ctype.h>. */
static inline bool qi_ascii_is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline bool qi_ascii_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool qi_ascii_is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static inline bool qi_ascii_is_lower(char c) { return c >= 'a' && c <= 'z'; }
static inline bool qi_ascii_is_alpha(char c) { return qi_ascii_is_upper(c) || qi_ascii_is_lower(c); }
static inline char qi_ascii_lower(char c) { return qi_ascii_is_upper(c) ? (char)(c + 32) : c; }

#endif
