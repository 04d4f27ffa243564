/* know: words of PETRARCH dictionaries and of text -> atoms; names as paths of atoms.
 *
 * Both sides are cut in the same way, so that neither needs the other's habits: folded, split at hyphens,
 * blanks and underscores, without quotes, brackets and the last dot; "don't" is "do" and "n't" as in text.
 * A blank of the dictionary is kept as the mark QI_PETR_OPEN on the atom behind it: other words may stand
 * there, up to MAX_GAP of them.
 *
 * Worked example: "PRINCE OF DOL_AMROTH" is prince, open of, open dol, amroth; the text "Prince of Dol
 * Amroth" follows it, and so does "Prince Imrahil of Dol Amroth". */
#include "know/petrarch_impl.h"


enum { MAX_PIECE_BYTES = 128, MAX_GAP = 2 };

static bool is_cut(char c) { return c == '-' || c == '_' || c == '/' || c == '+' || qi_ascii_is_space(c); }

static bool is_mark(char c) { return strchr("()[]{}\"`,;:!?*<>|=", c) != NULL; }

/* The next piece of folded text, without marks, in buf. false: no more. */
static bool next_piece(qi_slice *rest, char buf[MAX_PIECE_BYTES], qi_slice *out) {
  while (rest->len) {
    size_t n = 0, len = 0;
    while (n < rest->len && !is_cut(rest->ptr[n])) n++;
    for (size_t i = 0; i < n; i++)
      if (!is_mark(rest->ptr[i]) && len < MAX_PIECE_BYTES) buf[len++] = rest->ptr[i];
    *rest = qi_slice_sub(*rest, n + (n < rest->len), rest->len);
    while (len > 1 && (buf[len - 1] == '.' || buf[len - 1] == '\'')) len--;
    size_t skip = 0;
    while (skip < len && buf[skip] == '\'') skip++;
    *out = qi_slice_of(buf + skip, len - skip);
    if (len - skip && !qi_slice_eq_str(*out, ".") && !(skip && qi_slice_eq_str(*out, "s"))) return true;
  }
  return false;
}

/* "don't" in one piece: what stands before "n't"; 0 for other words. */
static size_t before_not(qi_slice piece) {
  return piece.len > 3 && memcmp(piece.ptr + piece.len - 3, "n't", 3) == 0 ? piece.len - 3 : 0;
}

static qi_slice fold(qi_slice word, char room[MAX_PIECE_BYTES * 2], qi_arena *scratch) {
  if (word.len > MAX_PIECE_BYTES * 2 || !qi_utf8_is_ascii(word)) return qi_utf8_fold(scratch, word);
  for (size_t i = 0; i < word.len; i++) room[i] = qi_ascii_lower(word.ptr[i]);
  return qi_slice_of(room, word.len);
}

uint32_t qi_petrarch_atoms(const qi_petrarch *p, qi_slice word, uint32_t out[QI_PETR_WORD_ATOMS], qi_arena *scratch) {
  char room[MAX_PIECE_BYTES * 2], buf[MAX_PIECE_BYTES];
  qi_slice rest = fold(word, room, scratch), piece;
  uint32_t n = 0;
  if (!rest.ptr) return word.len ? QI_PETR_NONE : 0;
  while (n + 2 <= QI_PETR_WORD_ATOMS && next_piece(&rest, buf, &piece)) {
    size_t cut = before_not(piece);
    if (cut) out[n++] = qi_intern_find(&p->atoms, qi_slice_sub(piece, 0, cut));
    out[n++] = qi_intern_find(&p->atoms, qi_slice_sub(piece, cut, piece.len));
  }
  return n;
}

static bool push(qi_petrarch *p, qi_slice piece, bool open, uint32_t *out, uint32_t *n) {
  uint32_t id = *n < QI_PETR_NAME_ATOMS ? qi_intern_add(&p->atoms, piece) : QI_INTERN_NONE;
  if (id == QI_INTERN_NONE) return false;
  out[(*n)++] = id | (open ? QI_PETR_OPEN : 0);
  return true;
}

uint32_t qi_petr_name_atoms(qi_petrarch *p, qi_slice name, bool closed, uint32_t out[QI_PETR_NAME_ATOMS]) {
  char room[MAX_PIECE_BYTES * 2], buf[MAX_PIECE_BYTES];
  qi_slice rest = name, word;
  uint32_t n = 0;
  while (qi_slice_word(&rest, &word)) {
    bool open = n > 0 && !closed;
    qi_slice pieces = fold(word, room, &p->arena), piece;
    if (!pieces.ptr) return QI_PETR_NONE;
    while (next_piece(&pieces, buf, &piece)) {
      size_t cut = before_not(piece);
      if (cut && !push(p, qi_slice_sub(piece, 0, cut), open, out, &n)) return QI_PETR_NONE;
      if (!push(p, qi_slice_sub(piece, cut, piece.len), open && !cut, out, &n)) return QI_PETR_NONE;
      open = false;
    }
  }
  return n;
}

bool qi_petr_add_name(qi_trie *t, const uint32_t *atoms, uint32_t n, uint32_t value, bool *known) {
  uint32_t node = 0;
  for (uint32_t i = 0; i < n; i++)
    if ((node = qi_trie_add(t, node, atoms[i])) == UINT32_MAX) return false;
  bool old = t->payload.items[node] != QI_NO_NAME;
  if (known) *known = old;
  if (!old) t->payload.items[node] = value;
  return true;
}

/* ---- matching ---- */

typedef struct walk {
  const qi_trie *t;
  const uint32_t *atoms;
  uint32_t begin, end, best_end, value;
  int steps; /* left */
} walk;

static void follow(walk *w, uint32_t node, uint32_t at) {
  uint32_t value = w->t->payload.items[node];
  if (value != QI_NO_NAME && at > w->best_end) {
    w->best_end = at;
    w->value = value;
  }
  if (at >= w->end || w->steps-- <= 0) return;
  uint32_t next = w->atoms[at] == QI_INTERN_NONE ? 0 : qi_trie_step(w->t, node, w->atoms[at]);
  if (next) follow(w, next, at + 1);
  if (at == w->begin) return;
  for (uint32_t gap = 0; gap <= MAX_GAP && at + gap < w->end; gap++) {
    if (w->atoms[at + gap] == QI_INTERN_NONE) continue;
    next = qi_trie_step(w->t, node, w->atoms[at + gap] | QI_PETR_OPEN);
    if (next) follow(w, next, at + gap + 1);
  }
}

static uint32_t longest(const qi_trie *t, const uint32_t *atoms, uint32_t at, uint32_t end, uint32_t *value) {
  walk w = {.t = t, .atoms = atoms, .begin = at, .end = end, .best_end = at, .steps = 1000};
  follow(&w, 0, at);
  *value = w.value;
  return w.best_end - at;
}

uint32_t qi_petrarch_actor_at(const qi_petrarch *p, const uint32_t *atoms, uint32_t at, uint32_t end, uint32_t *actor) {
  return longest(&p->actor_names, atoms, at, end, actor);
}

uint32_t qi_petrarch_agent_at(const qi_petrarch *p, const uint32_t *atoms, uint32_t at, uint32_t end, uint32_t *agent) {
  return longest(&p->agent_names, atoms, at, end, agent);
}

int qi_petrarch_discards(const qi_petrarch *p, const uint32_t *atoms, uint32_t n) {
  int worst = 0;
  for (uint32_t i = 0; i < n; i++) {
    uint32_t value;
    if (longest(&p->discard_names, atoms, i, n, &value) && (int)value > worst) worst = (int)value;
  }
  return worst;
}
