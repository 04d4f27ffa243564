/* know: the tokens of a sentence -> names of the dictionary.
 *
 * Names and sentences are cut into atoms: letters and digits, folded (lower case, no accents, no
 * dots), split at hyphens and apostrophes. The names form a tree of atoms whose edges lie in one
 * hash table, so that a lookup walks from a token as far as the text follows some name. A middle
 * initial that no name has is stepped over: "Donald J. Trump" is "Donald Trump".
 *
 * Worked example: tokens "U.N.", "Security", "Council" are the atoms un, security, council; the
 * name "UN Security Council" ends at the third, "Security Council" would start at the second.
 *
 * Case is given up for matching and looked at again at the end of a name: the first word that the
 * dictionary writes with a capital must have one in the text ("Turkey", not "turkey"), and an
 * abbreviation must stand letter for letter ("WHO", not "Who"). */
#include "know/actors_impl.h"

#include "base/utf8.h"

/* ---- tree ---- */

static uint64_t edge_key(uint32_t node, uint32_t atom) { return ((uint64_t)node << 32 | atom) + 1; }

static size_t edge_slot(const qi_trie *t, uint64_t key) {
  uint64_t h = key * UINT64_C(0x9E3779B97F4A7C15); /* Fibonacci hashing */
  size_t at = (size_t)(h >> 20) & (t->cap - 1);
  while (t->keys[at] != 0 && t->keys[at] != key) at = (at + 1) & (t->cap - 1);
  return at;
}

bool qi_trie_init(qi_trie *t, size_t edges) {
  t->cap = edges;
  t->keys = calloc(t->cap, sizeof *t->keys);
  t->nodes = calloc(t->cap, sizeof *t->nodes);
  return t->keys && t->nodes && QI_VEC_PUSH(&t->payload, QI_NO_NAME);
}

void qi_trie_clear(qi_trie *t) {
  free(t->keys);
  free(t->nodes);
  QI_VEC_CLEAR(&t->payload);
  *t = (qi_trie){0};
}

static bool grow(qi_trie *t) {
  qi_trie next = *t;
  next.cap = t->cap * 2;
  next.keys = calloc(next.cap, sizeof *next.keys);
  next.nodes = calloc(next.cap, sizeof *next.nodes);
  if (!next.keys || !next.nodes) {
    free(next.keys);
    free(next.nodes);
    return false;
  }
  for (size_t i = 0; i < t->cap; i++) {
    if (t->keys[i] == 0) continue;
    size_t at = edge_slot(&next, t->keys[i]);
    next.keys[at] = t->keys[i];
    next.nodes[at] = t->nodes[i];
  }
  free(t->keys);
  free(t->nodes);
  *t = next;
  return true;
}

uint32_t qi_trie_add(qi_trie *t, uint32_t node, uint32_t atom) {
  if (t->len * 3 >= t->cap * 2 && !grow(t)) return UINT32_MAX;
  uint64_t key = edge_key(node, atom);
  size_t at = edge_slot(t, key);
  if (t->keys[at] == key) return t->nodes[at];
  uint32_t fresh = (uint32_t)t->payload.len;
  if (!QI_VEC_PUSH(&t->payload, QI_NO_NAME)) return UINT32_MAX;
  t->keys[at] = key;
  t->nodes[at] = fresh;
  t->len++;
  return fresh;
}

uint32_t qi_trie_step(const qi_trie *t, uint32_t node, uint32_t atom) {
  if (atom == QI_INTERN_NONE) return 0;
  size_t at = edge_slot(t, edge_key(node, atom));
  return t->keys[at] ? t->nodes[at] : 0;
}

/* ---- atoms ---- */

/* Where words are cut without leaving an atom behind. */
static bool is_joint(uint32_t cp) {
  return cp == '-' || cp == '\'' || cp == '/' || cp == '_' || cp == 0x2019 || cp == 0x2018 ||
         cp == '`' || cp == 0x2010 || cp == 0x2011 || cp == 0x2013 || qi_cp_is_space(cp);
}

/* Punctuation that stands as an atom of its own, so that no name reaches across it unless the
 * dictionary writes it too ("Congo (Kinshasa)"). */
static bool is_bar(uint32_t cp) {
  if (cp == '.') return false;
  if (cp < 0x80) return !qi_ascii_is_alpha((char)cp) && !qi_ascii_is_digit((char)cp);
  return qi_cp_is_punct(cp) || qi_cp_is_symbol(cp);
}

#define MAX_ATOM_BYTES 128u

/* Folds the piece into buf without dots. Empty when it does not fit or nothing is left of it.
 * false: out of memory. */
static bool fold_piece(qi_slice piece, char buf[MAX_ATOM_BYTES], qi_slice *out, qi_arena *scratch) {
  size_t len = 0;
  bool ascii = qi_utf8_is_ascii(piece);
  qi_slice from = ascii ? piece : qi_utf8_fold(scratch, piece);
  *out = (qi_slice){0};
  if (!from.ptr) return false;
  if (from.len >= MAX_ATOM_BYTES) return true;
  for (size_t i = 0; i < from.len; i++)
    if (from.ptr[i] != '.') buf[len++] = qi_ascii_lower(from.ptr[i]);
  *out = qi_slice_of(buf, len);
  return true;
}

static size_t add_atom(const qi_actors *a, qi_intern *add, qi_slice piece, qi_word_atom *out,
                       size_t n, size_t max, qi_arena *scratch) {
  char buf[MAX_ATOM_BYTES];
  qi_slice folded;
  if (n >= max) return n;
  qi_word_atom atom = {.id = QI_INTERN_NONE};
  if (!fold_piece(piece, buf, &folded, scratch)) return SIZE_MAX;
  if (folded.len > 0) {
    atom.id = add ? qi_intern_add(add, folded) : qi_intern_find(&a->atoms, folded);
    if (add && atom.id == QI_INTERN_NONE) return SIZE_MAX;
    size_t at = 0;
    atom.upper = qi_cp_is_upper(qi_utf8_decode(piece, &at));
    atom.initial = folded.len == 1 && atom.upper;
  }
  out[n] = atom;
  return n + 1;
}

size_t qi_word_atoms(const qi_actors *a, qi_intern *add, qi_slice text, qi_word_atom *out,
                     size_t max, qi_arena *scratch) {
  size_t n = 0, from = 0;
  bool dots_only = true;
  for (size_t at = 0; at <= text.len && n != SIZE_MAX;) {
    size_t here = at;
    uint32_t cp = ' '; /* the end cuts like a blank */
    if (at == text.len) at++;
    else if ((unsigned char)text.ptr[at] < 0x80) cp = (unsigned char)text.ptr[at++];
    else cp = qi_utf8_decode(text, &at);
    if (cp < 0x80 && (qi_ascii_is_alpha((char)cp) || qi_ascii_is_digit((char)cp))) { /* most are */
      dots_only = false;
      continue;
    }
    bool bar = is_bar(cp) && !is_joint(cp);
    if (!bar && !is_joint(cp)) {
      dots_only = dots_only && cp == '.';
      continue;
    }
    /* A lone full stop bars the way too; "Jr." and "U.S." do not. */
    if (here > from && !(dots_only && from > 0))
      n = add_atom(a, add, qi_slice_sub(text, from, here), out, n, max, scratch);
    if (bar && n != SIZE_MAX)
      n = add_atom(a, add, qi_slice_sub(text, here, at), out, n, max, scratch);
    from = at;
    dots_only = true;
  }
  return n;
}

qi_slice qi_actors_key(qi_slice text, qi_arena *arena) {
  qi_slice folded = qi_utf8_fold(arena, text);
  if (!folded.ptr) return folded;
  char *out = qi_arena_alloc(arena, folded.len + 1);
  size_t n = 0;
  if (!out) return (qi_slice){0};
  for (size_t i = 0; i < folded.len; i++)
    if (folded.ptr[i] != '.') out[n++] = folded.ptr[i];
  out[n] = '\0';
  return qi_slice_of(out, n);
}

/* all_caps: two words or more of two letters or more, and no small letter among them. */
static void look_at_case(qi_atoms *t) {
  uint32_t words = 0, small = 0, large = 0;
  for (uint32_t i = 0; i < t->n_tokens; i++) {
    uint32_t up = 0, low = 0;
    for (size_t at = 0; at < t->forms[i].len;) {
      uint32_t cp = qi_utf8_decode(t->forms[i], &at);
      up += qi_cp_is_upper(cp);
      low += qi_cp_is_lower(cp);
    }
    words += up + low > 2;
    small += low;
    large += up;
  }
  t->all_caps = words >= 2 && small == 0;
  t->no_caps = words >= 2 && large == 0;
}

bool qi_actors_atoms(qi_atoms *out, const qi_actors *a, const qi_slice *forms, uint32_t n_tokens,
                     qi_arena *arena) {
  QI_VEC(qi_atom) atoms = {0};
  *out = (qi_atoms){.forms = forms, .n_tokens = n_tokens};
  out->begin = QI_NEW_ARRAY(arena, uint32_t, (size_t)n_tokens + 1);
  if (!out->begin || !QI_VEC_RESERVE_IN(arena, &atoms, (size_t)n_tokens + n_tokens / 4 + 4))
    return false;
  for (uint32_t i = 0; i < n_tokens; i++) {
    qi_word_atom word[QI_MAX_NAME_ATOMS];
    size_t n = qi_word_atoms(a, NULL, forms[i], word, QI_MAX_NAME_ATOMS, arena);
    if (n == SIZE_MAX) return false;
    out->begin[i] = (uint32_t)atoms.len;
    for (size_t k = 0; k < n; k++)
      if (!QI_VEC_PUSH_IN(arena, &atoms, (qi_atom){word[k].id, i, word[k].upper, word[k].initial}))
        return false;
  }
  out->begin[n_tokens] = (uint32_t)atoms.len;
  out->items = atoms.items;
  look_at_case(out);
  return true;
}

/* ---- matching ---- */

/* The next character that counts when an abbreviation is compared, 0 at the end. */
static uint32_t next_letter(qi_slice s, size_t *at) {
  while (*at < s.len) {
    uint32_t cp = qi_utf8_decode(s, at);
    if (cp != '.' && !is_joint(cp)) return cp;
  }
  return 0;
}

/* Do the tokens spell the abbreviation letter for letter? */
static bool same_letters(qi_slice abbr, const qi_slice *forms, uint32_t n) {
  size_t at = 0;
  for (uint32_t i = 0; i < n; i++) {
    uint32_t cp;
    for (size_t k = 0; (cp = next_letter(forms[i], &k)) != 0;)
      if (cp != next_letter(abbr, &at)) return false;
  }
  return next_letter(abbr, &at) == 0;
}

/* Is the case of the text such that it can be this name? */
static bool case_fits(const qi_name *name, const qi_atoms *t, uint32_t first_atom, uint32_t token,
                      uint32_t n_tokens) {
  if (name->kind == QI_NAME_ABBR) return same_letters(name->text, t->forms + token, n_tokens);
  if (name->upper == QI_NO_UPPER) return true;
  if (t->no_caps) return name->n_atoms > 1 && name->kind != QI_NAME_SUR;
  uint32_t at = first_atom + name->upper;
  return at < t->begin[token + n_tokens] && t->items[at].upper;
}

static bool accept(const qi_actors *a, const qi_atoms *t, uint32_t token, uint32_t node,
                   uint32_t n_tokens, bool skipped, qi_actor_match *out) {
  uint32_t n = 0;
  for (uint32_t i = a->name_trie.payload.items[node]; i != QI_NO_NAME && n < QI_MAX_CANDIDATES;
       i = a->names.items[i].next) {
    const qi_name *name = &a->names.items[i];
    if (skipped && a->actors.items[name->actor].type != QI_ACTOR_PERSON) continue;
    if (case_fits(name, t, t->begin[token], token, n_tokens)) out->names[n++] = name;
  }
  if (n == 0) return false;
  out->n_names = n;
  out->n_tokens = n_tokens;
  return true;
}

bool qi_actors_match(const qi_actors *a, const qi_atoms *t, uint32_t token, qi_actor_match *out) {
  uint32_t node = 0, end = t->begin[t->n_tokens], first = t->begin[token];
  bool found = false, skipped = false;
  if (first == t->begin[token + 1]) return false; /* a hyphen starts nothing */
  for (uint32_t i = first; i < end && i - first < QI_MAX_NAME_ATOMS; i++) {
    const qi_atom *atom = &t->items[i];
    uint32_t next = qi_trie_step(&a->name_trie, node, atom->id);
    if (next == 0) {
      if (node == 0 || !atom->initial || skipped) break;
      skipped = true;
      continue;
    }
    node = next;
    if (i + 1 == t->begin[atom->token + 1] && a->name_trie.payload.items[node] != QI_NO_NAME)
      found |= accept(a, t, token, node, atom->token - token + 1, skipped, out);
  }
  return found;
}

static bool same_atoms(const qi_atoms *x, const qi_atoms *y, uint32_t token) {
  uint32_t n = x->begin[token + 1] - x->begin[token];
  if (y->begin[token + 1] - y->begin[token] != n) return false;
  for (uint32_t i = 0; i < n; i++)
    if (x->items[x->begin[token] + i].id != y->items[y->begin[token] + i].id) return false;
  return true;
}

/* Depth-first: at each token the form or the lemma may go on. */
static uint32_t match_agent(const qi_actors *a, const qi_atoms *forms, const qi_atoms *lemmas,
                            uint32_t token, uint32_t node, uint32_t depth, uint32_t *end) {
  uint32_t best = QI_NO_AGENT;
  *end = token;
  if (token >= forms->n_tokens || depth >= QI_MAX_NAME_ATOMS) return best;
  for (int way = 0; way < 2; way++) {
    const qi_atoms *t = way ? lemmas : forms;
    if (way && same_atoms(forms, lemmas, token)) break;
    uint32_t at = t->begin[token], stop = t->begin[token + 1], here = node, deeper_end;
    for (; at < stop; at++)
      if ((here = qi_trie_step(&a->agent_trie, here, t->items[at].id)) == 0) break;
    if (at < stop || (here == node && depth == 0)) continue;
    uint32_t deeper = match_agent(a, forms, lemmas, token + 1, here, depth + 1, &deeper_end);
    if (deeper == QI_NO_AGENT && here != node) {
      deeper = a->agent_trie.payload.items[here];
      deeper_end = token + 1;
    }
    if (deeper != QI_NO_AGENT && deeper_end > *end) {
      best = deeper;
      *end = deeper_end;
    }
  }
  return best;
}

uint32_t qi_agents_match(const qi_actors *a, const qi_atoms *forms, const qi_atoms *lemmas,
                         uint32_t token, uint32_t *n_tokens) {
  uint32_t end, agent = match_agent(a, forms, lemmas, token, 0, 0, &end);
  *n_tokens = agent == QI_NO_AGENT ? 0 : end - token;
  return agent;
}
