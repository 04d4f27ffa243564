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

typedef QI_VEC(qi_atom) qi_vec_atoms;

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

/* ---- starts ---- */

static void fill_starts(qi_starts *starts, const qi_trie *t, bool agents) {
  for (size_t i = 0; i < t->cap; i++) {
    if (t->keys[i] == 0 || (t->keys[i] - 1) >> 32 != 0) continue; /* not from the root */
    uint32_t atom = (uint32_t)(t->keys[i] - 1);
    *(agents ? &starts[atom].agent : &starts[atom].name) = t->nodes[i];
  }
}

/* Can the name begin with a small letter in a text that has capitals? See case_fits. */
static bool begins_small(const qi_name *name) {
  size_t at = 0;
  if (name->kind != QI_NAME_ABBR) return name->upper != 0;
  return !qi_cp_is_upper(qi_utf8_decode(name->text, &at));
}

static uint8_t starts_of(const qi_actors *a, uint32_t atom) {
  if (atom >= a->n_starts) return 0;
  return (uint8_t)((a->starts[atom].name ? QI_STARTS_NAME : 0) | (a->starts[atom].agent ? QI_STARTS_AGENT : 0) |
                   (a->starts[atom].small ? QI_STARTS_SMALL : 0));
}

#define SHORT_BYTES 16u

/* Up to 16 bytes as two numbers, the first byte the lowest. */
static void load_short(qi_slice s, uint64_t out[2]) {
  out[0] = out[1] = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  const unsigned char *p = (const unsigned char *)s.ptr;
  if (s.len >= 8) { /* two loads that may overlap */
    memcpy(&out[0], p, 8);
    if (s.len == 8) return;
    memcpy(&out[1], p + s.len - 8, 8);
    out[1] >>= 8 * (16 - s.len);
  } else if (s.len >= 4) {
    uint32_t first, last;
    memcpy(&first, p, 4);
    memcpy(&last, p + s.len - 4, 4);
    out[0] = first | (uint64_t)last << 8 * (s.len - 4);
  } else if (s.len) {
    out[0] = p[0] | (uint64_t)p[s.len / 2] << 8 * (s.len / 2) | (uint64_t)p[s.len - 1] << 8 * (s.len - 1);
  }
#else
  for (size_t i = 0; i < s.len; i++) out[i / 8] |= (uint64_t)(unsigned char)s.ptr[i] << 8 * (i % 8);
#endif
}

static uint64_t short_hash(uint64_t low, uint64_t high) {
  uint64_t h = (low ^ (high * UINT64_C(0xC2B2AE3D27D4EB4F))) * UINT64_C(0x9E3779B97F4A7C15); /* as Fibonacci hashing */
  return h ^ h >> 32;
}

/* The slot that holds the atom, or the free one where it belongs. hash: of the two numbers. */
static size_t short_slot(const qi_short_atoms *t, uint64_t low, uint64_t high, uint64_t hash) {
  uint8_t tag = (uint8_t)((hash >> 56) | 1);
  size_t at = (size_t)hash & (t->cap - 1);
  for (; t->tags[at] != 0; at = (at + 1) & (t->cap - 1))
    if (t->tags[at] == tag && t->items[at].low == low && t->items[at].high == high) break;
  return at;
}

static bool fill_short(qi_actors *a) {
  qi_short_atoms *t = &a->short_atoms;
  size_t cap = 16, at = 0;
  qi_slice key;
  uint32_t id;
  while (cap < a->atoms.ids.len * 2) cap *= 2;
  t->tags = QI_NEW_ARRAY(&a->arena, uint8_t, cap);
  t->items = QI_NEW_ARRAY(&a->arena, qi_short_atom, cap);
  if (!t->tags || !t->items) return false;
  t->cap = cap;
  while (qi_map_next(&a->atoms.ids, &at, &key, &id)) {
    uint64_t bytes[2];
    if (key.len == 0 || key.len > SHORT_BYTES) continue;
    load_short(key, bytes);
    uint64_t hash = short_hash(bytes[0], bytes[1]);
    size_t slot = short_slot(t, bytes[0], bytes[1], hash);
    t->items[slot] = (qi_short_atom){bytes[0], bytes[1], id, starts_of(a, id)};
    t->tags[slot] = (uint8_t)((hash >> 56) | 1);
  }
  return true;
}

bool qi_names_index(qi_actors *a) { return fill_short(a); }

bool qi_names_finish(qi_actors *a) {
  size_t n = a->atoms.ids.len;
  qi_starts *starts = QI_NEW_ARRAY(&a->arena, qi_starts, n + 1);
  if (!starts) return false;
  fill_starts(starts, &a->name_trie, false);
  fill_starts(starts, &a->agent_trie, true);
  for (size_t i = 0; i < a->names.len; i++)
    if (begins_small(&a->names.items[i])) starts[a->names.items[i].first].small = 1;
  a->starts = starts;
  a->n_starts = (uint32_t)n;
  return qi_names_index(a);
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

/* What the case of a sentence's words tells. */
typedef struct letters {
  uint32_t words; /* of more than two letters */
  bool small, large;
} letters;

/* Letters of a word that is not plain. */
static void count_case(letters *l, qi_slice form) {
  uint32_t up = 0, low = 0;
  for (size_t at = 0; at < form.len;) {
    uint32_t cp = qi_utf8_decode(form, &at);
    up += qi_cp_is_upper(cp);
    low += qi_cp_is_lower(cp);
  }
  l->words += up + low > 2;
  l->small |= low > 0;
  l->large |= up > 0;
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The top bit of each byte of the result: was it from `low` to `high`? All bytes under 0x80. */
static uint64_t between(uint64_t x, unsigned low, unsigned high) {
  return (x + EACH(0x80 - low)) & ~(x + EACH(0x7F - high)) & EACH(0x80);
}

/* Eight characters at once: false when some byte of the mask is neither letter nor digit of ASCII. */
static bool fold_eight(uint64_t *x, uint64_t mask, uint64_t *letter, uint64_t *upper) {
  if (*x & EACH(0x80)) return false;
  *letter = between(*x | EACH(0x20), 'a', 'z');
  *upper = *letter & ~(*x << 2);
  bool ok = ((*letter | between(*x, '0', '9')) & mask) == mask;
  *x |= *letter >> 2; /* 0x80 -> 0x20 */
  return ok;
}

/* Are more than two bits set? */
static bool over_two(uint64_t bits) {
  bits &= bits - 1;
  bits &= bits - 1;
  return bits != 0;
}

#if defined(__GNUC__)
#define FETCH(p) __builtin_prefetch(p)
#else
#define FETCH(p) ((void)(p))
#endif

/* A word on its way to its atom. */
typedef struct plain_word {
  uint64_t x[2], hash; /* folded bytes */
  bool plain, upper, initial;
} plain_word;

/* Words of ASCII letters and digits alone, as most are, have one atom. The look-up is in two halves, so
 * that the memory for some words is on its way while others are folded. */
static void fold_plain(const qi_actors *a, qi_slice form, plain_word *out, letters *l) {
  uint64_t letter[2] = {0, 0}, upper[2] = {0, 0};
  out->plain = false;
  if (form.len > SHORT_BYTES || form.len == 0 || !a->short_atoms.cap) return;
  load_short(form, out->x);
  if (form.len == 1 && out->x[0] < 0x80 && !is_joint((uint32_t)out->x[0])) { /* a comma is an atom too */
    bool alpha = between(out->x[0] | 0x20, 'a', 'z') & 0x80;
    if (!alpha && !(between(out->x[0], '0', '9') & 0x80)) {
      out->plain = true;
      out->upper = out->initial = false;
      out->hash = short_hash(out->x[0], 0);
      return;
    }
  }
  uint64_t mask = form.len < 8 ? (UINT64_C(1) << 8 * form.len) - 1 : UINT64_MAX;
  if (!fold_eight(&out->x[0], mask & EACH(0x80), &letter[0], &upper[0])) return;
  if (form.len > 8) {
    mask = form.len < 16 ? (UINT64_C(1) << 8 * (form.len - 8)) - 1 : UINT64_MAX;
    if (!fold_eight(&out->x[1], mask & EACH(0x80), &letter[1], &upper[1])) return;
  }
  uint64_t letters_of = letter[0] | letter[1] >> 1, uppers = upper[0] | upper[1] >> 1;
  l->words += over_two(letters_of);
  l->small |= letters_of != uppers;
  l->large |= uppers != 0;
  out->plain = true;
  out->upper = upper[0] & 0x80;
  out->initial = form.len == 1 && out->upper;
  out->hash = short_hash(out->x[0], out->x[1]);
  size_t slot = out->hash & (a->short_atoms.cap - 1);
  if (a->short_atoms.tags[slot] == (uint8_t)((out->hash >> 56) | 1)) FETCH(&a->short_atoms.items[slot]);
}

static qi_atom plain_atom(const qi_actors *a, const plain_word *word, uint32_t token) {
  size_t slot = short_slot(&a->short_atoms, word->x[0], word->x[1], word->hash);
  const qi_short_atom *item = &a->short_atoms.items[slot];
  qi_atom out = {QI_INTERN_NONE, token, word->upper, word->initial, 0};
  if (!a->short_atoms.tags[slot]) return out;
  out.id = item->id;
  out.starts = item->starts;
  if (out.starts & QI_STARTS_NAME) FETCH(&a->starts[out.id]);
  return out;
}

static bool same_spelling(qi_slice lemma, qi_slice form) {
  if (lemma.ptr == form.ptr && lemma.len == form.len) return true;
  if (lemma.len != form.len || form.len == 0 || ((lemma.ptr[0] ^ form.ptr[0]) & 0xDF)) return false;
  return qi_slice_eq_nocase(lemma, form);
}

static bool other_atoms(const qi_actors *a, qi_slice form, uint32_t token, qi_vec_atoms *atoms, qi_arena *arena) {
  qi_word_atom word[QI_MAX_NAME_ATOMS];
  size_t n = qi_word_atoms(a, NULL, form, word, QI_MAX_NAME_ATOMS, arena);
  if (n == SIZE_MAX) return false;
  for (size_t k = 0; k < n; k++)
    if (!QI_VEC_PUSH_IN(arena, atoms, (qi_atom){word[k].id, token, word[k].upper, word[k].initial, starts_of(a, word[k].id)})) return false;
  return true;
}

#define MAX_AHEAD 16u /* words folded before the first of them is looked up */

/* Tokens [first, first + n), n up to MAX_AHEAD. */
static bool cut_some(qi_atoms *out, const qi_actors *a, const qi_atoms *like, uint32_t first, uint32_t n,
                     qi_vec_atoms *atoms, letters *l, qi_arena *arena) {
  plain_word words[MAX_AHEAD];
  bool same[MAX_AHEAD];
  for (uint32_t i = 0; i < n; i++) {
    same[i] = like && same_spelling(out->forms[first + i], like->forms[first + i]);
    if (!same[i]) fold_plain(a, out->forms[first + i], &words[i], l);
  }
  for (uint32_t i = 0, token = first; i < n; i++, token++) {
    out->begin[token] = (uint32_t)atoms->len;
    if (same[i]) {
      for (uint32_t k = like->begin[token]; k < like->begin[token + 1]; k++)
        if (!QI_VEC_PUSH_IN(arena, atoms, like->items[k])) return false;
    } else if (words[i].plain) {
      if (!QI_VEC_PUSH_IN(arena, atoms, plain_atom(a, &words[i], token))) return false;
    } else {
      count_case(l, out->forms[token]);
      if (!other_atoms(a, out->forms[token], token, atoms, arena)) return false;
    }
    out->starts[token] = 0; /* a hyphen starts nothing */
    if (out->begin[token] < atoms->len) {
      const qi_atom *atom = &atoms->items[out->begin[token]];
      out->starts[token] = atom->upper ? atom->starts | QI_STARTS_SMALL : atom->starts;
    }
  }
  return true;
}

/* all_caps: two words or more of two letters or more, and no small letter among them. */
static bool cut_tokens(qi_atoms *out, const qi_actors *a, const qi_atoms *like, qi_arena *arena) {
  qi_vec_atoms atoms = {0};
  letters l = {0};
  uint32_t n = out->n_tokens;
  out->begin = qi_arena_alloc(arena, ((size_t)n + 1) * sizeof *out->begin);
  out->starts = qi_arena_alloc(arena, n);
  if (!out->begin || !out->starts || !QI_VEC_RESERVE_IN(arena, &atoms, (size_t)n + n / 4 + 4)) return false;
  for (uint32_t i = 0; i < n; i += MAX_AHEAD)
    if (!cut_some(out, a, like, i, n - i < MAX_AHEAD ? n - i : MAX_AHEAD, &atoms, &l, arena)) return false;
  out->begin[n] = (uint32_t)atoms.len;
  out->items = atoms.items;
  out->all_caps = l.words >= 2 && !l.small;
  out->no_caps = l.words >= 2 && !l.large;
  return true;
}

bool qi_actors_atoms(qi_atoms *out, const qi_actors *a, const qi_slice *forms, uint32_t n_tokens,
                     qi_arena *arena) {
  *out = (qi_atoms){.forms = forms, .n_tokens = n_tokens};
  return cut_tokens(out, a, NULL, arena);
}

bool qi_actors_lemma_atoms(qi_atoms *out, const qi_actors *a, const qi_slice *lemmas, const qi_atoms *forms,
                           qi_arena *arena) {
  *out = (qi_atoms){.forms = lemmas, .n_tokens = forms->n_tokens};
  return cut_tokens(out, a, forms, arena);
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
  if (!qi_atoms_start_name(t, token)) return false;
  for (uint32_t i = first; i < end && i - first < QI_MAX_NAME_ATOMS; i++) {
    const qi_atom *atom = &t->items[i];
    uint32_t next = node ? qi_trie_step(&a->name_trie, node, atom->id) : a->starts[atom->id].name;
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
  *n_tokens = 0;
  if (!qi_atoms_start_agent(forms, token) && !qi_atoms_start_agent(lemmas, token)) return QI_NO_AGENT;
  uint32_t end, agent = match_agent(a, forms, lemmas, token, 0, 0, &end);
  *n_tokens = agent == QI_NO_AGENT ? 0 : end - token;
  return agent;
}
