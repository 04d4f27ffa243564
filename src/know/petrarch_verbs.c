/* know: PETRARCH verbs: synonym sets, blocks of verbs with their forms, transformations.
 *
 *   &NEGATION                       a set, its members below with "+"
 *   +DID N'T
 *   --- BREAK [1717] ---            a block and the code of its verbs
 *   BREAK {BROKE BROKEN}            with its irregular forms; regular ones are made where there are no braces
 *   +BREAK_DOWN {+BROKE_DOWN}       several words; "+" before the verb among them
 *   SEVER [161]                     a code of its own
 *   - * TREATY [161]                patterns, tried longest first */
#include "know/petrarch_impl.h"

/* ---- sets ---- */

uint32_t qi_petr_set_of(qi_petrarch *p, qi_slice name) {
  while (name.len && name.ptr[name.len - 1] == '_') name.len--;
  uint32_t at = qi_map_find(&p->set_of, name, QI_MAP_NONE);
  if (at != QI_MAP_NONE) return at;
  qi_slice copy = qi_arena_slice(&p->arena, name);
  at = (uint32_t)p->sets.len;
  if (!copy.ptr || !QI_VEC_PUSH(&p->sets, (qi_petr_set){.name = copy.ptr}) || !qi_map_put(&p->set_of, copy, at)) return QI_PETR_NONE;
  return at;
}

static bool add_member(qi_petr_reader *r, uint32_t set, qi_slice words) {
  qi_petrarch *p = r->p;
  qi_petr_member member = {.set = QI_PETR_NONE};
  if (words.len && words.ptr[0] == '&') {
    member.set = qi_petr_set_of(p, qi_slice_sub(words, 1, words.len));
    if (member.set == QI_PETR_NONE) return false;
  } else {
    uint32_t atoms[QI_PETR_NAME_ATOMS];
    uint32_t n = qi_petr_name_atoms(p, words, true, atoms);
    if (n == 0 || n == QI_PETR_NONE) return qi_petr_fault(r, NULL, "no words '%.*s'", QI_SLICE_ARG(r->text)), true;
    uint32_t *copy = QI_NEW_ARRAY(&p->arena, uint32_t, n);
    if (!copy) return false;
    memcpy(copy, atoms, n * sizeof *copy);
    member.atoms = copy;
    member.n = n;
  }
  return QI_VEC_PUSH(&p->sets.items[set].members, member);
}

/* ---- forms ---- */

#define MAX_FORM_WORDS 8

/* A verb as written: words, and which of them is the verb. */
typedef struct phrase {
  qi_slice words[MAX_FORM_WORDS];
  uint32_t n, head;
} phrase;

/* "+BREAK_DOWN", "WIRE_+TAP", "LASH OUT". false: noted. */
static bool read_phrase(qi_petr_reader *r, qi_slice text, phrase *out) {
  *out = (phrase){.n = 0};
  size_t start = 0;
  for (size_t i = 0; i <= text.len; i++) {
    if (i < text.len && text.ptr[i] != '_' && !qi_ascii_is_space(text.ptr[i])) continue;
    qi_slice word = qi_slice_sub(text, start, i);
    start = i + 1;
    if (!word.len) continue;
    if (out->n == MAX_FORM_WORDS) return qi_petr_fault(r, text.ptr, "verb of too many words '%.*s'", QI_SLICE_ARG(text));
    if (word.ptr[0] == '+') {
      out->head = out->n;
      word = qi_slice_sub(word, 1, word.len);
    }
    if (!word.len || qi_slice_find_char(word, '+') != QI_NOT_FOUND)
      return qi_petr_fault(r, text.ptr, "no verb '%.*s'", QI_SLICE_ARG(text));
    out->words[out->n++] = word;
  }
  return out->n > 0 || qi_petr_fault(r, text.ptr, "no verb");
}

static bool link_form(qi_petrarch *p, uint32_t head, uint32_t form) {
  while (p->first_form.len <= head)
    if (!QI_VEC_PUSH(&p->first_form, QI_PETR_NONE) || !QI_VEC_PUSH(&p->last_form, QI_PETR_NONE)) return false;
  if (p->first_form.items[head] == QI_PETR_NONE) p->first_form.items[head] = form;
  else p->forms.items[p->last_form.items[head]].next = form;
  p->last_form.items[head] = form;
  return true;
}

/* The phrase with `verb` in the place of its head. false: out of memory. */
static bool add_form(qi_petrarch *p, const phrase *f, qi_slice verb, uint32_t of) {
  uint32_t atoms[QI_PETR_NAME_ATOMS * 2], n = 0, head = 0, before = 0;
  for (uint32_t i = 0; i < f->n; i++) {
    uint32_t piece[QI_PETR_NAME_ATOMS];
    uint32_t k = qi_petr_name_atoms(p, i == f->head ? verb : f->words[i], true, piece);
    if (k == QI_PETR_NONE) return false;
    if (k == 0 || n + k > QI_PETR_NAME_ATOMS * 2) return true; /* no letters: never met in text */
    if (i == f->head) before = n, head = piece[0];
    memcpy(atoms + n, piece, k * sizeof *piece);
    n += k;
  }
  uint32_t *copy = QI_NEW_ARRAY(&p->arena, uint32_t, n);
  if (!copy) return false;
  memcpy(copy, atoms, n * sizeof *copy);
  uint32_t at = (uint32_t)p->forms.len;
  qi_petr_form form = {.verb = of, .next = QI_PETR_NONE, .atoms = copy, .n_before = (uint8_t)before, .n_after = (uint8_t)(n - before - 1)};
  return QI_VEC_PUSH(&p->forms, form) && link_form(p, head, at);
}

/* -s, -ed, -ing. Consonants are not doubled: the dictionaries list such verbs with their forms. */
static bool add_regular(qi_petrarch *p, const phrase *f, uint32_t of) {
  qi_slice w = f->words[f->head];
  size_t n = w.len;
  char last = w.ptr[n - 1], before = n > 1 ? w.ptr[n - 2] : 0;
  bool silent = last == 'E' && before != 'E', changed = last == 'Y' && !strchr("AEIOU", before);
  qi_slice ed = changed ? qi_arena_printf(&p->arena, "%.*sIED", (int)n - 1, w.ptr)
                        : qi_arena_printf(&p->arena, "%.*s%s", QI_SLICE_ARG(w), last == 'E' ? "D" : "ED");
  qi_slice ing = qi_arena_printf(&p->arena, "%.*sING", (int)(silent ? n - 1 : n), w.ptr);
  qi_slice s = qi_petr_plural(&p->arena, w);
  return ed.ptr && ing.ptr && s.ptr && add_form(p, f, ed, of) && add_form(p, f, ing, of) && add_form(p, f, s, of);
}

/* ---- blocks ---- */

typedef struct verbs_state {
  uint32_t set;   /* open synonym set, QI_PETR_NONE */
  bool block;     /* inside a block */
  const char *code, *back;
  bool tree;      /* the file has patterns with {} or () */
  size_t first_block;
} verbs_state;

static qi_slice inside_brackets(qi_slice text, size_t *open, size_t *close) {
  *open = qi_slice_find_char(text, '[');
  *close = qi_slice_find_char(text, ']');
  if (*open == QI_NOT_FOUND || *close == QI_NOT_FOUND || *close < *open) return (qi_slice){0};
  return qi_slice_sub(text, *open + 1, *close);
}

/* Longer patterns first; those of one length stay in their order. */
static void sort_patterns(qi_petr_pattern *list, size_t n) {
  for (size_t i = 1; i < n; i++) {
    qi_petr_pattern one = list[i];
    size_t k = i;
    for (; k > 0 && list[k - 1].weight < one.weight; k--) list[k] = list[k - 1];
    list[k] = one;
  }
}

static void close_block(qi_petrarch *p, verbs_state *state) {
  if (!state->block) return;
  qi_petr_block *b = &p->blocks.items[p->blocks.len - 1];
  b->n_patterns = (uint32_t)p->patterns.len - b->first_pattern;
  if (b->n_patterns) sort_patterns(p->patterns.items + b->first_pattern, b->n_patterns);
  state->block = false;
}

/* "--- NAME [code] ---" */
static bool read_header(qi_petr_reader *r, verbs_state *state) {
  qi_petrarch *p = r->p;
  close_block(p, state);
  state->set = QI_PETR_NONE;
  size_t open, close;
  qi_slice text = qi_slice_sub(r->text, 3, r->text.len), inside = inside_brackets(text, &open, &close);
  bool null;
  state->code = state->back = "";
  if (!inside.ptr) qi_petr_fault(r, text.ptr, "block without a code");
  else qi_petr_read_code(r, inside, &state->code, &state->back, &null);
  if (!state->code || !state->back) return false;
  qi_slice name = qi_slice_trim(qi_slice_sub(text, 0, inside.ptr ? open : text.len));
  while (name.len && (name.ptr[name.len - 1] == '_' || name.ptr[name.len - 1] == '-')) name.len--;
  qi_petr_block block = {.name = qi_arena_strdup(&p->arena, name), .first_pattern = (uint32_t)p->patterns.len};
  return state->block = block.name && QI_VEC_PUSH(&p->blocks, block);
}

/* VERB {FORMS} [code] */
static bool read_verb(qi_petr_reader *r, verbs_state *state) {
  qi_petrarch *p = r->p;
  qi_slice text = r->text, forms = {0}, inside;
  size_t brace = qi_slice_find_char(text, '{'), open, close;
  qi_petr_verb verb = {.block = (uint32_t)p->blocks.len - 1, .code = state->code, .back = state->back, .file = r->file, .line = r->line};
  bool null = false;
  if ((inside = inside_brackets(text, &open, &close)).ptr && !qi_petr_read_code(r, inside, &verb.code, &verb.back, &null)) return true;
  if (!verb.code || !verb.back) return false;
  if (open != QI_NOT_FOUND && !inside.ptr) return qi_petr_fault(r, text.ptr + open, "bracket without end"), true;
  if (brace != QI_NOT_FOUND) {
    forms = qi_slice_sub(text, brace + 1, text.len);
    size_t end = qi_slice_find_char(forms, '}');
    if (end == QI_NOT_FOUND) return qi_petr_fault(r, text.ptr + brace, "brace without end"), true;
    forms = qi_slice_sub(forms, 0, end);
  }
  size_t end = brace < open ? brace : open;
  phrase f;
  if (!read_phrase(r, qi_slice_trim(qi_slice_sub(text, 0, end == QI_NOT_FOUND ? text.len : end)), &f)) return true;
  uint32_t at = (uint32_t)p->verbs.len;
  if (!QI_VEC_PUSH(&p->verbs, verb) || !add_form(p, &f, f.words[f.head], at)) return false;
  p->counts.verbs++;
  if (brace == QI_NOT_FOUND) return add_regular(p, &f, at);
  for (qi_slice word; qi_slice_word(&forms, &word);) {
    phrase other;
    if (read_phrase(r, word, &other) && !add_form(p, &other, other.words[other.head], at)) return false;
  }
  return true;
}

static bool read_pattern(qi_petr_reader *r, verbs_state *state) {
  qi_petr_pattern pattern;
  bool memory;
  if (!state->block) return qi_petr_fault(r, NULL, "pattern outside a block"), true;
  if (!qi_petr_read_pattern(r, &pattern, &state->tree, &memory)) return !memory;
  r->p->counts.patterns++;
  return QI_VEC_PUSH(&r->p->patterns, pattern);
}

static bool read_set_line(qi_petr_reader *r, verbs_state *state) {
  qi_petrarch *p = r->p;
  qi_slice rest = qi_slice_sub(r->text, 1, r->text.len), name;
  if (!qi_slice_word(&rest, &name)) return qi_petr_fault(r, NULL, "no name behind '&'"), true;
  state->set = qi_petr_set_of(p, name);
  if (state->set == QI_PETR_NONE) return false;
  p->counts.sets += !p->sets.items[state->set].defined;
  p->sets.items[state->set].defined = true;
  return true;
}

/* ---- transformations ---- */

/* "~ a (a b INNER) OUTER = a b code" */
static bool read_transformation(qi_petr_reader *r) {
  qi_petrarch *p = r->p;
  qi_slice words[10], rest = qi_slice_sub(r->text, 1, r->text.len), word;
  char flat[256];
  size_t n = 0;
  if (rest.len >= sizeof flat) return qi_petr_fault(r, NULL, "transformation too long"), true;
  for (size_t i = 0; i < rest.len; i++) flat[i] = strchr("()=", rest.ptr[i]) ? ' ' : rest.ptr[i];
  rest = qi_slice_of(flat, rest.len);
  while (n < 10 && qi_slice_word(&rest, &word)) words[n++] = word;
  bool signs = n == 8 && words[0].len == 1 && words[1].len == 1 && words[2].len == 1 && words[5].len == 1 && words[6].len == 1;
  if (!signs) return qi_petr_fault(r, NULL, "no transformation '%.*s'", QI_SLICE_ARG(r->text)), true;
  qi_petr_transformation t = {.inner = qi_arena_strdup(&p->arena, words[3]), .outer = qi_arena_strdup(&p->arena, words[4]),
                              .inner_source = words[1].ptr[0], .inner_target = words[2].ptr[0], .source = words[5].ptr[0],
                              .target = words[6].ptr[0], .code = qi_arena_strdup(&p->arena, words[7]), .file = r->file, .line = r->line};
  return t.inner && t.outer && t.code && QI_VEC_PUSH(&p->transformations, t);
}

bool qi_petr_read_verbs(qi_petr_reader *r) {
  qi_petrarch *p = r->p;
  verbs_state state = {.set = QI_PETR_NONE, .code = "", .back = "", .first_block = p->blocks.len};
  bool fine = true;
  while (fine && qi_petr_next(r)) {
    char c = r->text.ptr[0];
    if (r->text.len >= 3 && memcmp(r->text.ptr, "---", 3) == 0) fine = read_header(r, &state);
    else if (c == '&') fine = read_set_line(r, &state);
    else if (c == '+' && state.set != QI_PETR_NONE) fine = add_member(r, state.set, qi_slice_trim(qi_slice_sub(r->text, 1, r->text.len)));
    else if (c == '-') fine = read_pattern(r, &state);
    else if (c == '~') fine = read_transformation(r);
    else if (!state.block) qi_petr_fault(r, NULL, "verb outside a block '%.*s'", QI_SLICE_ARG(r->text));
    else state.set = QI_PETR_NONE, fine = read_verb(r, &state);
  }
  close_block(p, &state);
  for (size_t i = state.first_block; i < p->blocks.len; i++) p->blocks.items[i].tree = state.tree;
  return fine;
}
