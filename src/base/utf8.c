/* base: bytes -> Unicode characters; repair, classes, lower case, folding.
 * Decoding follows table 3-7 of the Unicode standard (well-formed sequences), and replaces each
 * maximal broken part with U+FFFD, as browsers do. Categories and mappings come from utf8proc.
 * Example: fold("Łódź’s") -> "lodz's". */
#include "base/utf8.h"

#include <utf8proc.h>

uint32_t qi_utf8_decode_checked(qi_slice s, size_t *at, bool *ok) {
  const unsigned char *p = (const unsigned char *)s.ptr;
  size_t i = *at;
  unsigned c = p[i++];
  *ok = true;
  *at = i;
  if (c < 0x80) return c;
  /* The second byte's range keeps out overlong forms, surrogates and values over 0x10FFFF. */
  unsigned low = 0x80, high = 0xBF;
  size_t more;
  uint32_t cp;
  if (c >= 0xC2 && c <= 0xDF) more = 1, cp = c & 0x1F;
  else if (c >= 0xE0 && c <= 0xEF) {
    more = 2, cp = c & 0x0F;
    if (c == 0xE0) low = 0xA0;
    if (c == 0xED) high = 0x9F;
  } else if (c >= 0xF0 && c <= 0xF4) {
    more = 3, cp = c & 0x07;
    if (c == 0xF0) low = 0x90;
    if (c == 0xF4) high = 0x8F;
  } else {
    *ok = false;
    return QI_UTF8_REPLACEMENT;
  }
  for (; more; more--, i++) {
    if (i >= s.len || p[i] < low || p[i] > high) {
      *at = i;
      *ok = false;
      return QI_UTF8_REPLACEMENT;
    }
    cp = cp << 6 | (p[i] & 0x3F);
    low = 0x80, high = 0xBF;
  }
  *at = i;
  return cp;
}

uint32_t qi_utf8_decode(qi_slice s, size_t *at) {
  bool ok;
  return qi_utf8_decode_checked(s, at, &ok);
}

/* Tries the starts up to four bytes back for one whose character ends exactly here. */
uint32_t qi_utf8_decode_back(qi_slice s, size_t *at) {
  size_t end = *at;
  qi_slice head = qi_slice_sub(s, 0, end);
  for (size_t back = 1; back <= QI_UTF8_MAX_BYTES && back <= end; back++) {
    if (((unsigned char)s.ptr[end - back] & 0xC0) == 0x80) continue;
    size_t next = end - back;
    uint32_t cp = qi_utf8_decode(head, &next);
    if (next != end) break;
    *at = end - back;
    return cp;
  }
  *at = end - 1;
  return QI_UTF8_REPLACEMENT;
}

size_t qi_utf8_encode(uint32_t cp, char out[QI_UTF8_MAX_BYTES]) {
  if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) cp = QI_UTF8_REPLACEMENT;
  if (cp < 0x80) {
    out[0] = (char)cp;
    return 1;
  }
  size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
  static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (size_t i = n - 1; i > 0; i--, cp >>= 6) out[i] = (char)(0x80 | (cp & 0x3F));
  out[0] = (char)(lead[n] | cp);
  return n;
}

/* Length of the run of ASCII at p. Eight bytes at a time: news is nearly all ASCII. */
static size_t ascii_run(const char *p, size_t len) {
  size_t i = 0;
  for (uint64_t word; i + sizeof word <= len; i += sizeof word) {
    memcpy(&word, p + i, sizeof word);
    if (word & UINT64_C(0x8080808080808080)) break;
  }
  while (i < len && (unsigned char)p[i] < 0x80) i++;
  return i;
}

bool qi_utf8_is_ascii(qi_slice s) { return s.len == 0 || ascii_run(s.ptr, s.len) == s.len; }

bool qi_utf8_is_valid(qi_slice s) {
  for (size_t at = 0; at < s.len;) {
    at += ascii_run(s.ptr + at, s.len - at);
    bool ok = true;
    if (at < s.len) qi_utf8_decode_checked(s, &at, &ok);
    if (!ok) return false;
  }
  return true;
}

size_t qi_utf8_count(qi_slice s) {
  size_t n = 0;
  for (size_t at = 0; at < s.len; n++) qi_utf8_decode(s, &at);
  return n;
}

size_t qi_utf8_width(qi_slice s) {
  size_t width = 0;
  for (size_t at = 0; at < s.len;) {
    int columns = utf8proc_charwidth((utf8proc_int32_t)qi_utf8_decode(s, &at));
    width += columns > 0 ? (size_t)columns : 0;
  }
  return width;
}

qi_slice qi_utf8_cut(qi_slice s, size_t max_bytes) {
  if (s.len <= max_bytes) return s;
  size_t end = max_bytes;
  while (end > 0 && max_bytes - end < QI_UTF8_MAX_BYTES &&
         ((unsigned char)s.ptr[end] & 0xC0) == 0x80)
    end--;
  return qi_slice_sub(s, 0, end);
}

/* Length of the run of ASCII without NUL at p; the usual trick for a zero byte in a word. */
static size_t clean_run(const char *p, size_t len) {
  size_t i = 0;
  for (uint64_t word; i + sizeof word <= len; i += sizeof word) {
    memcpy(&word, p + i, sizeof word);
    if ((word | ((word - UINT64_C(0x0101010101010101)) & ~word)) & UINT64_C(0x8080808080808080))
      break;
  }
  while (i < len && p[i] != 0 && (unsigned char)p[i] < 0x80) i++;
  return i;
}

bool qi_utf8_repair(qi_builder *out, qi_slice in, qi_utf8_repairs *repairs) {
  *repairs = (qi_utf8_repairs){0};
  size_t at = qi_slice_starts(in, QI_SLICE("\xEF\xBB\xBF")) ? 3 : 0;
  if (!qi_builder_reserve(out, in.len - at)) return false;
  size_t good = at; /* start of what is fine and not yet copied */
  while (at < in.len) {
    at += clean_run(in.ptr + at, in.len - at);
    if (at == in.len) break;
    size_t start = at;
    bool ok;
    bool nul = qi_utf8_decode_checked(in, &at, &ok) == 0;
    if (ok && !nul) continue;
    if (repairs->n_invalid + repairs->n_nul == 0) repairs->first_byte = start;
    if (nul) repairs->n_nul++;
    else repairs->n_invalid++;
    qi_builder_slice(out, qi_slice_sub(in, good, start));
    qi_builder_codepoint(out, QI_UTF8_REPLACEMENT);
    good = at;
  }
  return qi_builder_slice(out, qi_slice_sub(in, good, in.len));
}

static utf8proc_category_t category(uint32_t cp) {
  return cp > 0x10FFFF ? UTF8PROC_CATEGORY_CN : utf8proc_category((utf8proc_int32_t)cp);
}

static bool in_range(utf8proc_category_t c, utf8proc_category_t first, utf8proc_category_t last) {
  return c >= first && c <= last;
}

bool qi_cp_is_letter(uint32_t cp) {
  if (cp < 0x80) return qi_ascii_is_alpha((char)cp);
  return in_range(category(cp), UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_ME);
}

bool qi_cp_is_mark(uint32_t cp) {
  return cp >= 0x300 && in_range(category(cp), UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_ME);
}

bool qi_cp_is_digit(uint32_t cp) {
  if (cp < 0x80) return qi_ascii_is_digit((char)cp);
  return category(cp) == UTF8PROC_CATEGORY_ND;
}

bool qi_cp_is_number(uint32_t cp) {
  return in_range(category(cp), UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_NO);
}

bool qi_cp_is_upper(uint32_t cp) {
  if (cp < 0x80) return qi_ascii_is_upper((char)cp);
  utf8proc_category_t c = category(cp);
  return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool qi_cp_is_lower(uint32_t cp) {
  if (cp < 0x80) return qi_ascii_is_lower((char)cp);
  return category(cp) == UTF8PROC_CATEGORY_LL;
}

bool qi_cp_is_punct(uint32_t cp) {
  return in_range(category(cp), UTF8PROC_CATEGORY_PC, UTF8PROC_CATEGORY_PO);
}

bool qi_cp_is_symbol(uint32_t cp) {
  return in_range(category(cp), UTF8PROC_CATEGORY_SM, UTF8PROC_CATEGORY_SO);
}

bool qi_cp_is_space(uint32_t cp) {
  if (cp < 0x80) return qi_ascii_is_space((char)cp);
  if (cp == 0x85 || cp == 0x200B || cp == 0xFEFF) return true;
  return in_range(category(cp), UTF8PROC_CATEGORY_ZS, UTF8PROC_CATEGORY_ZP);
}

uint32_t qi_cp_lower(uint32_t cp) {
  if (cp < 0x80) return (uint32_t)qi_ascii_lower((char)cp);
  return cp > 0x10FFFF ? cp : (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

uint32_t qi_cp_upper(uint32_t cp) {
  return cp > 0x10FFFF ? cp : (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
}

/* What Unicode does not decompose to the letter an English newspaper would print, after lowering. */
static const char *plain_form(uint32_t cp) {
  switch (cp) {
  case 0xE6: return "ae";
  case 0x153: return "oe";
  case 0xDF: return "ss";
  case 0xFE: return "th";
  case 0xF0: case 0x111: case 0x256: return "d";
  case 0xF8: return "o";
  case 0x142: return "l";
  case 0x127: return "h";
  case 0x131: return "i";
  case 0x167: return "t";
  case 0x14B: return "ng";
  case 0x259: return "a"; /* Azerbaijani schwa: Əliyev is printed Aliyev */
  case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032: case 0x2BB: case 0x2BC:
  case 0x2BD: case 0x2BE: case 0x2BF: case 0x60: case 0xB4: return "'";
  case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033: case 0xAB: case 0xBB:
    return "\"";
  case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212:
    return "-";
  case 0x2026: return "...";
  case 0xAD: case 0x200B: case 0x200C: case 0x200D: case 0x2060: case 0xFEFF: return "";
  }
  return NULL;
}

static bool fold_one(qi_builder *out, uint32_t cp) {
  enum { MAX_PARTS = 32 };
  if (cp < 0x80 && cp != '`') return qi_builder_char(out, qi_ascii_lower((char)cp));
  const char *plain = plain_form(qi_cp_lower(cp));
  if (plain) return qi_builder_str(out, plain);
  if (qi_cp_is_space(cp)) return qi_builder_char(out, ' ');
  utf8proc_int32_t parts[MAX_PARTS];
  int boundary = 0;
  utf8proc_ssize_t n =
      utf8proc_decompose_char((utf8proc_int32_t)cp, parts, MAX_PARTS,
                              UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK, &boundary);
  if (n < 0 || n > MAX_PARTS) return qi_builder_codepoint(out, qi_cp_lower(cp));
  for (utf8proc_ssize_t i = 0; i < n; i++) {
    uint32_t part = qi_cp_lower((uint32_t)parts[i]);
    plain = plain_form(part);
    if (plain) qi_builder_str(out, plain);
    else qi_builder_codepoint(out, part);
  }
  return !out->failed;
}

static bool lower_one(qi_builder *out, uint32_t cp) {
  return qi_builder_codepoint(out, cp == 0x130 ? 'i' : qi_cp_lower(cp));
}

static qi_slice map_text(qi_arena *arena, qi_slice s, bool (*one)(qi_builder *, uint32_t)) {
  if (qi_utf8_is_ascii(s) && qi_slice_find_char(s, '`') == QI_NOT_FOUND) {
    char *copy = qi_arena_strdup(arena, s);
    for (size_t i = 0; copy && i < s.len; i++) copy[i] = qi_ascii_lower(copy[i]);
    return (qi_slice){copy, copy ? s.len : 0};
  }
  qi_slice result = {NULL, 0};
  qi_builder out;
  qi_builder_init(&out, 0);
  for (size_t at = 0; at < s.len && !out.failed;) one(&out, qi_utf8_decode(s, &at));
  if (!out.failed) result = qi_arena_slice(arena, qi_builder_view(&out));
  qi_builder_clear(&out);
  return result;
}

qi_slice qi_utf8_lower(qi_arena *arena, qi_slice s) { return map_text(arena, s, lower_one); }

qi_slice qi_utf8_fold(qi_arena *arena, qi_slice s) { return map_text(arena, s, fold_one); }
