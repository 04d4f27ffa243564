/* store: the text of a record -> a tree of cJSON's nodes, all in an arena.
 *
 * cJSON asks the heap for each node and each text, which takes longer than writing an event's rows. Here the line is copied once,
 * texts are unescaped where they stand, and nodes come from the arena; the tree is read and printed with cJSON's functions but never
 * deleted. JSON as RFC 8259 has it, nested at most MAX_DEPTH deep; a number's last bit may differ where it has more than 15 digits.
 *
 *   {"id":"5a","actor":[]} -> object { id: string "5a", actor: array } */
#include "store/store.h"

#include <math.h>
#include <string.h>

enum { MAX_DEPTH = 64 };

typedef struct reader {
  qi_arena *arena;
  char *at;  /* ends with a NUL at `end` */
  const char *end;
  bool no_memory;
} reader;

static bool read_value(reader *r, cJSON **out, int depth);

static inline void skip_space(reader *r) {
  char *at = r->at;
  if ((unsigned char)*at > ' ') return;
  while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r') at++;
  r->at = at;
}

static cJSON *new_node(reader *r, int type) {
  cJSON *node = qi_arena_alloc(r->arena, sizeof *node);
  if (!node) r->no_memory = true;
  else *node = (cJSON){.type = type};
  return node;
}

static bool read_hex(const char *at, uint32_t *out) {
  *out = 0;
  for (int i = 0; i < 4; i++) {
    char c = at[i];
    int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
    if (digit < 0) return false;
    *out = *out << 4 | (uint32_t)digit;
  }
  return true;
}

static char *put_utf8(char *to, uint32_t c) {
  if (c < 0x80) *to++ = (char)c;
  else if (c < 0x800) *to++ = (char)(0xC0 | c >> 6), *to++ = (char)(0x80 | (c & 63));
  else if (c < 0x10000) *to++ = (char)(0xE0 | c >> 12), *to++ = (char)(0x80 | (c >> 6 & 63)), *to++ = (char)(0x80 | (c & 63));
  else *to++ = (char)(0xF0 | c >> 18), *to++ = (char)(0x80 | (c >> 12 & 63)), *to++ = (char)(0x80 | (c >> 6 & 63)), *to++ = (char)(0x80 | (c & 63));
  return to;
}

/* Behind "\u". NULL: no character, or NUL, which no text of ours can hold. */
static char *read_unicode(reader *r, char *to) {
  uint32_t c, low;
  if (!read_hex(r->at, &c) || c == 0 || (c >= 0xDC00 && c < 0xE000)) return NULL;
  r->at += 4;
  if (c >= 0xD800 && c < 0xDC00) {
    if (r->at[0] != '\\' || r->at[1] != 'u' || !read_hex(r->at + 2, &low) || low < 0xDC00 || low >= 0xE000) return NULL;
    r->at += 6;
    c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
  }
  return put_utf8(to, c);
}

static char *read_escape(reader *r, char *to) {
  static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
  char c = *r->at;
  if (!c) return NULL;
  r->at++;
  if (c == 'u') return read_unicode(r, to);
  const char *found = strchr(from, c);
  if (!found) return NULL;
  *to = into[found - from];
  return to + 1;
}

/* The part of a text that has escapes in it, from the first one on. An escape is never shorter than what it stands for. */
static bool read_escaped(reader *r) {
  char *to = r->at;
  while (*r->at != '"') {
    if (!*r->at) return false;
    if (*r->at != '\\') *to++ = *r->at++;
    else if (r->at++, !(to = read_escape(r, to))) return false;
  }
  r->at++;
  *to = '\0';
  return true;
}

/* At the opening quote. */
static char *read_text(reader *r) {
  if (*r->at != '"') return NULL;
  char *text = r->at + 1, *quote = memchr(text, '"', (size_t)(r->end - text));
  if (!quote) return NULL;
  char *escape = memchr(text, '\\', (size_t)(quote - text));
  if (escape) return r->at = escape, read_escaped(r) ? text : NULL;
  *quote = '\0';
  r->at = quote + 1;
  return text;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Digits into *mantissa as long as they fit; *dropped counts those before the point that did not. */
static bool read_digits(reader *r, uint64_t *mantissa, int *taken, int *dropped) {
  if (!is_digit(*r->at)) return false;
  for (; is_digit(*r->at); r->at++) {
    if (*mantissa >= UINT64_MAX / 10 - 1) (*dropped)++;
    else *mantissa = *mantissa * 10 + (uint64_t)(*r->at - '0'), (*taken)++;
  }
  return true;
}

static bool read_number(reader *r, double *out) {
  uint64_t mantissa = 0;
  int taken = 0, dropped = 0, after = 0, ignored = 0, exponent = 0;
  bool minus = *r->at == '-';
  r->at += minus;
  if (r->at[0] == '0' && is_digit(r->at[1])) return false;
  if (!read_digits(r, &mantissa, &taken, &dropped)) return false;
  if (*r->at == '.' && (r->at++, !read_digits(r, &mantissa, &after, &ignored))) return false;
  if (*r->at == 'e' || *r->at == 'E') {
    r->at++;
    bool down = *r->at == '-';
    r->at += *r->at == '-' || *r->at == '+';
    if (!is_digit(*r->at)) return false;
    for (; is_digit(*r->at); r->at++)
      if (exponent < 10000) exponent = exponent * 10 + (*r->at - '0');
    if (down) exponent = -exponent;
  }
  exponent += dropped - after;
  double value = (double)mantissa;
  /* exact to 15 digits: both sides are exact and the division rounds once */
  if (mantissa && exponent) value = exponent < -300 ? value * pow(10, -300) * pow(10, exponent + 300) : exponent < 0 ? value / pow(10, -exponent) : value * pow(10, exponent);
  *out = minus ? -value : value;
  return isfinite(value);
}

static bool read_word(reader *r, const char *word) {
  size_t n = strlen(word);
  bool found = strncmp(r->at, word, n) == 0;
  if (found) r->at += n;
  return found;
}

/* Behind the opening bracket. */
static bool read_members(reader *r, cJSON *parent, bool named, int depth) {
  char close = named ? '}' : ']';
  cJSON *last = NULL;
  skip_space(r);
  if (*r->at == close) return r->at++, true;
  for (;;) {
    char *name = NULL;
    cJSON *child;
    skip_space(r);
    if (named) {
      if (!(name = read_text(r))) return false;
      skip_space(r);
      if (*r->at != ':') return false;
      r->at++;
    }
    if (!read_value(r, &child, depth + 1)) return false;
    child->string = name;
    child->prev = last;
    if (last) last->next = child;
    else parent->child = child;
    last = child;
    skip_space(r);
    char c = *r->at;
    if (c != ',' && c != close) return false;
    r->at++;
    if (c == close) break;
  }
  parent->child->prev = last; /* as cJSON has it */
  return true;
}

static bool read_value(reader *r, cJSON **out, int depth) {
  if (depth > MAX_DEPTH) return false;
  skip_space(r);
  char c = *r->at;
  int type = c == '{' ? cJSON_Object : c == '[' ? cJSON_Array : c == '"' ? cJSON_String : c == 'n' ? cJSON_NULL : c == 't' ? cJSON_True : c == 'f' ? cJSON_False : cJSON_Number;
  cJSON *node = *out = new_node(r, type);
  if (!node) return false;
  switch (type) {
  case cJSON_Object: case cJSON_Array: r->at++; return read_members(r, node, type == cJSON_Object, depth);
  case cJSON_String: return (node->valuestring = read_text(r)) != NULL;
  case cJSON_NULL: return read_word(r, "null");
  case cJSON_True: return read_word(r, "true");
  case cJSON_False: return read_word(r, "false");
  default: return read_number(r, &node->valuedouble);
  }
}

quid_status qi_store_json(cJSON **out, qi_arena *arena, qi_slice line, quid_error *err) {
  reader r = {.arena = arena};
  *out = NULL;
  if (line.len && memchr(line.ptr, '\0', line.len)) return qi_error_set(err, QUID_ERR_FORMAT, "not JSON: a NUL byte");
  r.at = qi_arena_strdup(arena, line);
  if (!r.at) return qi_error_memory(err, "the record");
  const char *start = r.at;
  r.end = r.at + line.len;
  bool whole = read_value(&r, out, 0);
  if (whole) skip_space(&r);
  if (whole && r.at == r.end) return QUID_OK;
  *out = NULL;
  return r.no_memory ? qi_error_memory(err, "the record") : qi_error_set(err, QUID_ERR_FORMAT, "not JSON: byte %zu", (size_t)(r.at - start) + 1);
}
