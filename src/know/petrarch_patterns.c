/* know: one pattern line of a PETRARCH verb dictionary -> its elements on either side of the verb.
 *
 * Worked example: "- SAID $ * {PEACE TALKS} (WITH +) [036]" has above the verb, counted away from it,
 * source, said; below it peace (noun 1), talks (noun 1), with (phrase 1, head), target (phrase 1).
 * An underscore joins an element to the one before it, wherever they lie. */
#include "know/petrarch_impl.h"

enum { MAX_ELEMENTS = 2 * QI_PETR_PATTERN_WORDS };

/* A pattern while it is being read, in the order of the line. */
typedef struct row {
  qi_petr_reader *r;
  qi_petr_element items[MAX_ELEMENTS]; /* joined: to the one before */
  uint32_t n, verb;                    /* verb: place among the items, or NO_VERB */
  bool join;                           /* an underscore stands just before */
  bool tree;                           /* {} or () were seen */
  uint8_t noun, phrase;                /* open group, 0 none */
  uint8_t n_nouns, n_phrases;
  bool first_of_phrase, memory, full, empty;
} row;

#define NO_VERB UINT32_MAX

static void add(row *w, qi_petr_sign sign, uint32_t id) {
  if (w->n == MAX_ELEMENTS) {
    w->full = true;
    return;
  }
  w->items[w->n++] = (qi_petr_element){.sign = (uint8_t)sign, .joined = w->join, .noun = w->noun,
                                       .phrase = w->phrase, .head = w->first_of_phrase, .id = id};
  w->first_of_phrase = false;
  w->join = false;
}

static void add_words(row *w, qi_slice word) {
  uint32_t atoms[QI_PETR_NAME_ATOMS];
  uint32_t n = qi_petr_name_atoms(w->r->p, word, true, atoms);
  if (n == QI_PETR_NONE) w->full = true;
  else if (n == 0) w->empty = true;
  else
    for (uint32_t i = 0; i < n; i++) {
      add(w, QI_PETR_WORD, atoms[i]);
      w->join = true;
    }
  w->join = false;
}

static bool is_sign(char c) { return strchr("*$+%^{}()&_", c) != NULL || qi_ascii_is_space(c); }

static size_t word_end(qi_slice s, size_t at) {
  while (at < s.len && !is_sign(s.ptr[at])) at++;
  return at;
}

static bool open_group(row *w, char c, const char *at) {
  bool noun = c == '{';
  if (noun ? w->noun : w->phrase || w->noun) return qi_petr_fault(w->r, at, "'%c' inside a group of its kind", c);
  if (noun) w->noun = ++w->n_nouns;
  else w->phrase = ++w->n_phrases, w->first_of_phrase = true;
  w->tree = true;
  return true;
}

static bool close_group(row *w, char c, const char *at) {
  uint8_t *open = c == '}' ? &w->noun : &w->phrase;
  if (!*open || (c == ')' && w->noun)) return qi_petr_fault(w->r, at, "'%c' without its beginning", c);
  *open = 0;
  w->first_of_phrase = false;
  return true;
}

static bool add_sign(row *w, char c, const char *at) {
  switch (c) {
  case '$': add(w, QI_PETR_SOURCE, 0); return true;
  case '+': add(w, QI_PETR_TARGET, 0); return true;
  case '%': add(w, QI_PETR_BOTH, 0); return true;
  case '^': add(w, QI_PETR_SKIP, 0); return true;
  case '{':
  case '(': return open_group(w, c, at);
  case '}':
  case ')': return close_group(w, c, at);
  default: break;
  }
  if (w->verb != NO_VERB) return qi_petr_fault(w->r, at, "a second '*'");
  w->verb = w->n;
  add(w, QI_PETR_WORD, 0);
  return true;
}

static bool read_elements(row *w, qi_slice text) {
  for (size_t i = 0; i < text.len;) {
    char c = text.ptr[i];
    if (qi_ascii_is_space(c)) w->join = false, i++;
    else if (c == '_') w->join = w->n > 0, i++;
    else if (c == '&') {
      size_t end = word_end(text, i + 1);
      uint32_t set = qi_petr_set_of(w->r->p, qi_slice_sub(text, i + 1, end));
      if (end == i + 1) return qi_petr_fault(w->r, text.ptr + i, "no name behind '&'");
      if (set == QI_PETR_NONE) return w->memory = true, false;
      add(w, QI_PETR_SET, set);
      i = end;
    } else if (is_sign(c)) {
      if (!add_sign(w, c, text.ptr + i)) return false;
      i++;
    } else {
      size_t end = word_end(text, i);
      add_words(w, qi_slice_sub(text, i, end));
      i = end;
    }
    if (w->full) return qi_petr_fault(w->r, text.ptr, "pattern too long");
    if (w->empty) return qi_petr_fault(w->r, text.ptr, "no word in '%.*s'", QI_SLICE_ARG(text));
  }
  if (w->noun || w->phrase) return qi_petr_fault(w->r, text.ptr, "group without end in '%.*s'", QI_SLICE_ARG(text));
  if (w->verb == NO_VERB) return qi_petr_fault(w->r, text.ptr, "no '*' in '%.*s'", QI_SLICE_ARG(text));
  if (w->n == 1) return qi_petr_fault(w->r, text.ptr, "nothing beside '*'");
  return true;
}

static bool is_negation(const qi_petrarch *p, const qi_petr_element *e) {
  static const char *const words[] = {"not", "n't", "no", "never", "neither", "nor", NULL};
  if (e->sign != QI_PETR_WORD) return false;
  for (size_t i = 0; words[i]; i++)
    if (qi_slice_eq_str(qi_intern_text(&p->atoms, e->id), words[i])) return true;
  return false;
}

/* Splits the row at the verb; what stands above it is turned round. */
static bool take(row *w, qi_petr_pattern *out) {
  qi_petrarch *p = w->r->p;
  uint32_t n_upper = w->verb, n_lower = w->n - w->verb - 1;
  qi_petr_element *upper = QI_NEW_ARRAY(&p->arena, qi_petr_element, n_upper);
  qi_petr_element *lower = QI_NEW_ARRAY(&p->arena, qi_petr_element, n_lower);
  if (!upper || !lower) return w->memory = true, false;
  for (uint32_t i = 0; i < n_upper; i++) {
    upper[i] = w->items[w->verb - 1 - i];
    upper[i].joined = w->items[w->verb - i].joined;
    out->negates |= is_negation(p, &upper[i]);
  }
  for (uint32_t i = 0; i < n_lower; i++) {
    lower[i] = w->items[w->verb + 1 + i];
    out->negates |= is_negation(p, &lower[i]);
  }
  out->upper = upper;
  out->lower = lower;
  out->n_upper = (uint8_t)n_upper;
  out->n_lower = (uint8_t)n_lower;
  out->weight = (uint8_t)(w->n - 1);
  return true;
}

static bool is_event_code(qi_slice s) {
  for (size_t i = 0; i < s.len; i++)
    if (!qi_ascii_is_digit(s.ptr[i]) && !qi_ascii_is_alpha(s.ptr[i])) return false;
  return true;
}

bool qi_petr_read_code(qi_petr_reader *r, qi_slice inside, const char **code, const char **back, bool *null) {
  qi_slice text = qi_slice_trim(inside);
  *code = *back = "";
  *null = text.len >= 3 && strchr("-+#", text.ptr[0]) && text.ptr[0] == text.ptr[1];
  if (*null) return true;
  if (text.len && text.ptr[text.len - 1] == '?') text.len--;
  size_t colon = qi_slice_find_char(text, ':');
  qi_slice there = qi_slice_trim(qi_slice_sub(text, 0, colon == QI_NOT_FOUND ? text.len : colon));
  qi_slice here = colon == QI_NOT_FOUND ? (qi_slice){"", 0} : qi_slice_trim(qi_slice_sub(text, colon + 1, text.len));
  if (there.len + here.len < 2 || !is_event_code(there) || !is_event_code(here))
    return qi_petr_fault(r, inside.ptr, "no event code '%.*s'", QI_SLICE_ARG(inside));
  *code = qi_arena_strdup(&r->p->arena, there);
  *back = qi_arena_strdup(&r->p->arena, here);
  return true;
}

bool qi_petr_read_pattern(qi_petr_reader *r, qi_petr_pattern *out, bool *tree, bool *memory) {
  qi_slice text = qi_slice_sub(r->text, 1, r->text.len);
  size_t open = qi_slice_find_char(text, '['), close = qi_slice_find_char(text, ']');
  *memory = false;
  if (open == QI_NOT_FOUND) return qi_petr_fault(r, NULL, "pattern without a code");
  if (close == QI_NOT_FOUND || close < open) return qi_petr_fault(r, text.ptr + open, "bracket without end");
  *out = (qi_petr_pattern){.file = r->file, .line = r->line};
  if (!qi_petr_read_code(r, qi_slice_sub(text, open + 1, close), &out->code, &out->back, &out->null)) return false;
  row w = {.r = r, .verb = NO_VERB};
  bool fine = out->code && out->back && read_elements(&w, qi_slice_trim(qi_slice_sub(text, 0, open))) && take(&w, out);
  *tree |= w.tree;
  *memory = w.memory || !out->code || !out->back;
  return fine;
}
