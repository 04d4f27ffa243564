/* parse: text -> pieces: runs of letters, runs of digits, single marks; and what stands between.
 * One pass, a chunk (what stands between white space) at a time, so time is linear.
 *
 * "don’t (U.S.)" -> do |inner n ’ t | ( U . S . ), the "’" an apostrophe, since letters follow it.
 *
 * A new line inside a paragraph is a wrap where the next word would not have fitted into the width
 * of the text's lines, and a cut somebody made on purpose otherwise. */
#include "parse/piece.h"

#include "base/utf8.h"

#define MAX_WIDTH 130u /* a text with longer lines is not wrapped */
#define MIN_WIDTH 40u  /* one with only shorter ones is not either */
#define FNV_START 2166136261u
#define FNV_PRIME 16777619u

static uint32_t fnv(uint32_t h, unsigned char byte) { return (h ^ byte) * FNV_PRIME; }

uint32_t qi_piece_hash(qi_slice lower) {
  uint32_t h = FNV_START;
  for (size_t i = 0; i < lower.len; i++) h = fnv(h, (unsigned char)lower.ptr[i]);
  return h ? h : 1;
}

/* --- Characters --- */

typedef enum char_class { CHAR_SPACE, CHAR_LETTER, CHAR_DIGIT, CHAR_MARK, CHAR_JOINER } char_class;

/* Marks that cling to what they follow: accents, joiners, tones of emoji. */
static bool is_joiner(uint32_t cp) {
  return (cp >= 0x300 && cp <= 0x36F) || (cp >= 0xFE00 && cp <= 0xFE0F) || cp == 0x200C ||
         cp == 0x200D || cp == 0x2060 || cp == 0xAD || (cp >= 0x20D0 && cp <= 0x20FF) ||
         (cp >= 0x1F3FB && cp <= 0x1F3FF) || (cp >= 0xE0020 && cp <= 0xE007F);
}

static char_class class_of(uint32_t cp) {
  if (cp < 0x80) {
    char c = (char)cp;
    if (qi_ascii_is_alpha(c)) return CHAR_LETTER;
    if (qi_ascii_is_space(c)) return CHAR_SPACE;
    return qi_ascii_is_digit(c) ? CHAR_DIGIT : CHAR_MARK;
  }
  if (is_joiner(cp)) return CHAR_JOINER;
  if (cp >= 0x2010 && cp <= 0x2027) return CHAR_MARK; /* quotation marks and dashes */
  if (qi_cp_is_letter(cp)) return CHAR_LETTER;
  if (qi_cp_is_space(cp)) return CHAR_SPACE;
  return qi_cp_is_number(cp) ? CHAR_DIGIT : CHAR_MARK;
}

static uint8_t ascii_mark(uint32_t cp) {
  switch (cp) {
  case '.': return QI_PIECE_PERIOD;
  case ',': return QI_PIECE_COMMA;
  case ';': return QI_PIECE_SEMICOLON;
  case ':': return QI_PIECE_COLON;
  case '!': return QI_PIECE_EXCLAIM;
  case '?': return QI_PIECE_QUESTION;
  case '"': return QI_PIECE_DOUBLE;
  case '\'': case '`': return QI_PIECE_SINGLE;
  case '(': return QI_PIECE_OPEN;
  case ')': return QI_PIECE_CLOSE;
  case '[': case '{': return QI_PIECE_SQUARE_OPEN;
  case ']': case '}': return QI_PIECE_SQUARE_CLOSE;
  case '-': return QI_PIECE_HYPHEN;
  case '/': case '\\': return QI_PIECE_SLASH;
  case '@': return QI_PIECE_AT;
  case '%': return QI_PIECE_PERCENT;
  case '$': return QI_PIECE_CURRENCY;
  case '#': return QI_PIECE_HASH;
  case '&': return QI_PIECE_AMPERSAND;
  case '*': return QI_PIECE_STAR;
  case '_': return QI_PIECE_UNDERSCORE;
  case '<': return QI_PIECE_LESS;
  case '>': return QI_PIECE_GREATER;
  case '=': return QI_PIECE_EQUALS;
  case '+': return QI_PIECE_PLUS;
  case '~': return QI_PIECE_TILDE;
  default: return QI_PIECE_MARK;
  }
}

static uint8_t mark_kind(uint32_t cp) {
  if (cp < 0x80) return ascii_mark(cp);
  switch (cp) {
  case 0x2018: case 0x201A: case 0x201B: case 0x2039: return QI_PIECE_SINGLE_OPEN;
  case 0x2019: case 0x203A: case 0xB4: case 0x2032: return QI_PIECE_SINGLE;
  case 0x201C: case 0x201E: case 0x201F: case 0xAB: return QI_PIECE_DOUBLE_OPEN;
  case 0x201D: case 0xBB: case 0x2033: return QI_PIECE_DOUBLE_CLOSE;
  case 0x2010: case 0x2011: case 0x2212: return QI_PIECE_HYPHEN;
  case 0x2013: return QI_PIECE_EN_DASH;
  case 0x2014: case 0x2015: return QI_PIECE_EM_DASH;
  case 0x2026: return QI_PIECE_ELLIPSIS;
  case 0x2022: case 0xB7: case 0x2023: case 0x25CF: case 0x25AA: case 0x25E6: return QI_PIECE_BULLET;
  case 0xA3: case 0x20AC: case 0xA5: return QI_PIECE_CURRENCY;
  default: return qi_cp_is_symbol(cp) ? QI_PIECE_SYMBOL : QI_PIECE_MARK;
  }
}

/* --- Pieces --- */

static uint32_t read_u32(const char *p) {
  const unsigned char *b = (const unsigned char *)p;
  return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static void look_up(const qi_piece_words *words, uint32_t hash, uint8_t *lex, uint8_t *splits) {
  *lex = *splits = 0;
  if (!words->cap) return;
  for (uint32_t i = hash & (words->cap - 1);; i = (i + 1) & (words->cap - 1)) {
    const char *slot = words->slots + (size_t)i * QI_PIECE_SLOT_BYTES;
    uint32_t key = read_u32(slot);
    if (key == 0) return;
    if (key != hash) continue;
    *lex = (uint8_t)slot[4];
    *splits = (uint8_t)slot[5];
    return;
  }
}

/* The end of the run of `wanted` characters that starts at `at`. */
static size_t run_end(qi_slice text, size_t at, char_class wanted) {
  while (at < text.len) {
    size_t next = at;
    uint32_t cp = (unsigned char)text.ptr[at];
    if (cp < 0x80) next++;
    else cp = qi_utf8_decode(text, &next);
    char_class c = class_of(cp);
    if (c != wanted && c != CHAR_JOINER) break;
    at = next;
  }
  return at;
}

/* Letters [start, end): their case and hash. */
static void letters(qi_piece *p, qi_slice text, size_t start, size_t end) {
  uint32_t h = FNV_START, n = 0, n_upper = 0, n_lower = 0;
  bool first_upper = false;
  for (size_t at = start; at < end; n++) {
    unsigned char c = (unsigned char)text.ptr[at];
    if (c < 0x80) {
      bool upper = c < 'a';
      n_upper += upper;
      n_lower += !upper;
      if (at == start) first_upper = upper;
      h = fnv(h, c | 0x20);
      at++;
      continue;
    }
    uint32_t cp = qi_utf8_decode(text, &at), low = qi_cp_lower(cp);
    bool upper = qi_cp_is_upper(cp);
    n_upper += upper;
    n_lower += qi_cp_is_lower(cp);
    if (n == 0) first_upper = upper;
    char bytes[QI_UTF8_MAX_BYTES];
    size_t len = qi_utf8_encode(low, bytes);
    for (size_t i = 0; i < len; i++) h = fnv(h, (unsigned char)bytes[i]);
  }
  *p = (qi_piece){.start = (uint32_t)start, .end = (uint32_t)end, .sym = h ? h : 1};
  if (n_upper + n_lower == 0) p->kind = QI_PIECE_SCRIPT;
  else if (n_upper == 0) p->kind = n == 1 ? QI_PIECE_LETTER : QI_PIECE_LOWER;
  else if (n_lower == 0) p->kind = n == 1 ? QI_PIECE_INITIAL : QI_PIECE_UPPER;
  else p->kind = first_upper && n_upper == 1 ? QI_PIECE_TITLE : QI_PIECE_MIXED;
}

static bool is_apostrophe(qi_slice text, size_t at, size_t *next) {
  if (at >= text.len) return false;
  *next = at;
  uint32_t cp = qi_utf8_decode(text, next);
  return cp == '\'' || cp == '`' || cp == 0x2019 || cp == 0xB4;
}

/* do|n't: the letters [start, end) end in "n" and "'t" follows. */
static bool is_negated(qi_slice text, size_t start, size_t end) {
  size_t next;
  if (end - start < 2 || qi_ascii_lower(text.ptr[end - 1]) != 'n') return false;
  if (!is_apostrophe(text, end, &next)) return false;
  return next < text.len && qi_ascii_lower(text.ptr[next]) == 't' &&
         run_end(text, next, CHAR_LETTER) == next + 1;
}

/* A run of letters, cut inside where it may hold two words. Returns the number of pieces. */
static uint32_t read_letters(const qi_piece_reader *in, qi_piece *out, size_t start, size_t end) {
  uint8_t lex, splits;
  letters(out, in->text, start, end);
  look_up(&in->words, out->sym, &lex, &splits);
  size_t cuts[3] = {end, end, end};
  uint32_t n_cuts = 0;
  if (is_negated(in->text, start, end)) {
    cuts[n_cuts++] = end - 1;
  } else if (splits && qi_utf8_is_ascii(qi_slice_of(in->text.ptr + start, end - start))) {
    for (int shift = 0; shift < 8; shift += 4) {
      size_t cut = start + (size_t)((splits >> shift) & 15);
      if (cut > (n_cuts ? cuts[n_cuts - 1] : start) && cut < end) cuts[n_cuts++] = cut;
    }
  }
  out->lex = lex;
  if (n_cuts == 0) return 1;
  cuts[n_cuts] = end;
  for (uint32_t i = 0; i <= n_cuts; i++) {
    letters(&out[i], in->text, i ? cuts[i - 1] : start, cuts[i]);
    look_up(&in->words, out[i].sym, &out[i].lex, &splits);
    if (i) out[i].gap = QI_GAP_INNER;
  }
  return n_cuts + 1;
}

static void read_digits(qi_piece *p, size_t start, size_t end) {
  size_t n = end - start;
  *p = (qi_piece){.start = (uint32_t)start, .end = (uint32_t)end};
  p->kind = (uint8_t)(n <= 4 ? QI_PIECE_DIGIT1 + (n - 1) : QI_PIECE_DIGITS);
  p->sym = fnv(FNV_START, p->kind);
}

static uint32_t mark_sym(uint8_t kind) { return fnv(FNV_START + 1, kind); }

/* One mark, with what clings to it. The sequences of emoji that "joiner" holds together are one. */
static void read_mark(qi_piece *p, qi_slice text, size_t start) {
  size_t at = start;
  uint32_t cp = qi_utf8_decode(text, &at);
  bool flag = cp >= 0x1F1E6 && cp <= 0x1F1FF; /* two letters of these make a flag */
  while (at < text.len && (unsigned char)text.ptr[at] >= 0x80) {
    size_t next = at;
    uint32_t more = qi_utf8_decode(text, &next);
    if (flag && more >= 0x1F1E6 && more <= 0x1F1FF) flag = false;
    else if (!is_joiner(more)) break;
    at = next;
    if (more == 0x200D && at < text.len && (unsigned char)text.ptr[at] >= 0x80) {
      next = at;
      if (class_of(qi_utf8_decode(text, &next)) == CHAR_MARK) at = next;
    }
  }
  *p = (qi_piece){.start = (uint32_t)start, .end = (uint32_t)at, .kind = mark_kind(cp)};
  bool own = p->kind == QI_PIECE_MARK || p->kind == QI_PIECE_SYMBOL;
  p->sym = own ? FNV_START ^ cp * FNV_PRIME : mark_sym(p->kind);
}

/* --- Chunks --- */

static bool is_opening(uint8_t kind) {
  return kind == QI_PIECE_OPEN || kind == QI_PIECE_SQUARE_OPEN || kind == QI_PIECE_EM_DASH ||
         kind == QI_PIECE_DOUBLE_OPEN || kind == QI_PIECE_SINGLE_OPEN || kind == QI_PIECE_SLASH ||
         kind == QI_PIECE_EN_DASH || kind == QI_PIECE_HYPHEN;
}

static bool is_closing(uint8_t kind) {
  return (kind >= QI_PIECE_PERIOD && kind <= QI_PIECE_ELLIPSIS) || kind == QI_PIECE_CLOSE ||
         kind == QI_PIECE_SQUARE_CLOSE || kind == QI_PIECE_DOUBLE_CLOSE || kind == QI_PIECE_EM_DASH;
}

/* Which way a straight quotation mark (or a ’) looks, from its neighbours in the chunk. */
static void turn_quote(qi_piece *p, uint32_t i, uint32_t n, bool whole) {
  uint8_t base = p[i].kind;
  if (base != QI_PIECE_DOUBLE && base != QI_PIECE_SINGLE) return;
  bool before = i == 0 || is_opening(p[i - 1].kind);
  bool after = i + 1 == n ? whole : false;
  bool marked = i + 1 < n && (is_closing(p[i + 1].kind) || p[i + 1].kind == base);
  if (before && !after && !marked) p[i].kind = (uint8_t)(base - 2); /* OPEN */
  else if (!before && (after || marked)) p[i].kind = (uint8_t)(base - 1); /* CLOSE */
  p[i].sym = mark_sym(p[i].kind);
}

/* *address: the piece at which a web address begins, n if none does. */
static uint8_t chunk_signs(const qi_piece *p, uint32_t n, const qi_piece_reader *in,
                           uint32_t *address) {
  unsigned signs = n > 8 ? QI_CHUNK_LONG : 0;
  *address = n;
  for (uint32_t i = 0; i < n; i++) {
    uint8_t kind = p[i].kind;
    if (kind <= QI_PIECE_SCRIPT) signs |= QI_CHUNK_LETTER;
    else if (kind <= QI_PIECE_DIGITS) signs |= QI_CHUNK_DIGIT;
    else if (kind == QI_PIECE_AT && i && i + 1 < n) signs |= QI_CHUNK_AT;
    else if (kind == QI_PIECE_UNDERSCORE) signs |= QI_CHUNK_UNDERSCORE;
    else if (kind == QI_PIECE_SLASH) signs |= QI_CHUNK_SLASH;
    bool colon = kind == QI_PIECE_COLON && i + 2 < n && p[i + 1].kind == QI_PIECE_SLASH &&
                 p[i + 2].kind == QI_PIECE_SLASH;
    if (i && p[i].lex == QI_LEX_DOMAIN && p[i - 1].kind == QI_PIECE_PERIOD) signs |= QI_CHUNK_DOMAIN;
    bool www = i + 1 < n && p[i].end - p[i].start == 3 && kind <= QI_PIECE_SCRIPT &&
               qi_slice_eq_nocase(qi_slice_of(in->text.ptr + p[i].start, 3), QI_SLICE("www"));
    if ((colon || www) && *address == n) *address = i;
  }
  if (*address < n) signs |= QI_CHUNK_ADDRESS;
  return (uint8_t)signs;
}

/* What can be said of a piece only once its chunk is known. whole: white space follows the chunk. */
static void finish_chunk(const qi_piece_reader *in, qi_piece *p, uint32_t n, bool whole) {
  uint32_t address;
  uint8_t signs = chunk_signs(p, n, in, &address);
  uint32_t left = FNV_START;
  bool tail = whole;
  for (uint32_t i = n; i-- > 0;) p[i].tail = tail = tail && p[i].kind > QI_PIECE_DIGITS;
  for (uint32_t i = 0; i < n; i++) {
    turn_quote(p, i, n, whole);
    p[i].chunk = signs;
    p[i].in_address = i > address;
    p[i].left = left;
    p[i].chunk_left = (uint8_t)i;
    p[i].chunk_right = (uint8_t)(n - 1 - i);
    left = (left ^ p[i].sym) * 0x85EBCA6Bu;
    left ^= left >> 15;
  }
}

/* --- White space and lines --- */

static uint32_t count_chars(qi_slice text, size_t start, size_t end) {
  uint32_t n = 0;
  for (size_t i = start; i < end; i++) n += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
  return n;
}

/* Is the line that starts at `line` full, so that the word at `next` had to go to the next one? */
static bool is_full(qi_slice text, uint32_t width, size_t line, size_t next) {
  size_t end = next, stop = next;
  while (end > line && qi_ascii_is_space(text.ptr[end - 1])) end--;
  while (stop < text.len && stop - next < 4 * MAX_WIDTH && !qi_ascii_is_space(text.ptr[stop])) stop++;
  if (end - line > 4 * MAX_WIDTH) return true;
  return count_chars(text, line, end) + 1 + count_chars(text, next, stop) > width;
}

/* The width that all but one line in fifty keep to; 0 when lines are too long for a wrapped text, or
 * when hardly any of them is full, as in a list. */
static uint32_t line_width(qi_slice text) {
  uint32_t n_of[MAX_WIDTH + 1] = {0}, n_lines = 0; /* lines of each width */
  qi_slice rest = text, line;
  while (rest.len && qi_slice_line(&rest, &line)) {
    size_t width = line.len > 4 * MAX_WIDTH ? MAX_WIDTH : count_chars(line, 0, line.len);
    if (width == 0) continue;
    n_of[width < MAX_WIDTH ? width : MAX_WIDTH]++;
    n_lines++;
  }
  uint32_t left = n_lines / 50, width = MAX_WIDTH;
  while (width > 0 && n_of[width] <= left) left -= n_of[width--];
  if (width == MAX_WIDTH || width < MIN_WIDTH) return 0;
  uint32_t n_full = 0, n_broken = 0; /* lines that another follows */
  const char *before = NULL;
  for (rest = text; rest.len && qi_slice_line(&rest, &line);) {
    if (before && line.len) {
      n_broken++;
      n_full += is_full(text, width, (size_t)(before - text.ptr), (size_t)(line.ptr - text.ptr));
    }
    before = line.len ? line.ptr : NULL;
  }
  return n_full > 1 && 2 * n_full > n_broken ? width : 0;
}

void qi_piece_open(qi_piece_reader *in, qi_slice text, qi_piece_words words) {
  *in = (qi_piece_reader){.text = text, .words = words, .width = line_width(text),
                          .paragraph = true};
}

/* White space at in->at. Sets gap and paragraph for what follows. */
static void read_space(qi_piece_reader *in) {
  size_t at = in->at, start = at, line_start = in->line_start;
  uint32_t n_lines = 0, n_spaces = 0, indent = 0;
  bool paragraph = false;
  while (at < in->text.len) {
    size_t next = at;
    uint32_t cp = qi_utf8_decode(in->text, &next);
    if (class_of(cp) != CHAR_SPACE) break;
    bool crlf = cp == '\r' && next < in->text.len && in->text.ptr[next] == '\n';
    if (cp == '\f' || cp == 0x2029) paragraph = true;
    if ((cp == '\n' || cp == '\r' || cp == '\v' || cp == 0x85 || cp == 0x2028) && !crlf) {
      n_lines++;
      line_start = next;
      indent = 0;
    } else if (!crlf) {
      indent += cp == '\t' ? 4 : 1;
    }
    n_spaces += cp == '\t' ? 2 : 1;
    at = next;
  }
  in->at = at;
  if (n_lines > 1 || paragraph) in->paragraph = true;
  if (start == at) return; /* the next part of a long chunk */
  in->gap = n_spaces > 1 ? QI_GAP_SPACES : QI_GAP_SPACE;
  if (n_lines) {
    bool full = in->width && indent <= in->line_indent &&
                is_full(in->text, in->width, in->line_start, at);
    in->gap = full ? QI_GAP_WRAP : QI_GAP_LINE;
    in->line_start = line_start;
    in->line_indent = indent;
  }
}

uint32_t qi_piece_chunk(qi_piece_reader *in, qi_piece *out, bool *end_of_text) {
  read_space(in);
  *end_of_text = in->at >= in->text.len;
  if (*end_of_text) return 0;
  if (in->paragraph && in->gap != QI_GAP_NONE) { /* said once, then read on */
    in->paragraph = false;
    in->gap = QI_GAP_NONE;
    return 0;
  }
  in->paragraph = false;
  uint32_t n = 0;
  bool whole = true;
  while (in->at < in->text.len) {
    if (n + 3 > QI_PIECE_CHUNK_MAX) { /* letters may be three pieces */
      whole = false;
      break;
    }
    size_t start = in->at, next = start;
    char_class c = class_of(qi_utf8_decode(in->text, &next));
    if (c == CHAR_SPACE) break;
    if (c == CHAR_LETTER) {
      in->at = run_end(in->text, start, CHAR_LETTER);
      uint8_t gap = (uint8_t)(n ? QI_GAP_NONE : in->gap);
      uint32_t more = read_letters(in, &out[n], start, in->at);
      out[n].gap = gap;
      n += more;
      continue;
    }
    if (c == CHAR_DIGIT) {
      in->at = run_end(in->text, start, CHAR_DIGIT);
      read_digits(&out[n], start, in->at);
    } else {
      read_mark(&out[n], in->text, start);
      in->at = out[n].end;
    }
    out[n].gap = (uint8_t)(n ? QI_GAP_NONE : in->gap);
    n++;
  }
  finish_chunk(in, out, n, whole);
  in->gap = QI_GAP_NONE;
  return n;
}
