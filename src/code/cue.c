/* code: a sentence -> the words in it that link deeds, with the two sides that they join.
 *
 * At each word the entries of knowledge/links that begin there are tried, the longest first; the first whose sides are in
 * the tree (sides.c) is taken. Words of an entry without a type ("as if") are passed over.
 *
 *   "Norland sent grain in return for fuel."  "in return for", not "in return": first side sent, second side fuel. */
#include "code/link.h"

#include "base/vec.h"

enum {
  MAX_TRIED = 24,   /* entries at one word */
  MAX_CUES = 256    /* words of one sentence at which any entry stands: each may cost a walk over the sentence */
};

typedef struct found {
  const qi_link_cue *cue;
  uint32_t to; /* last token */
} found;

static bool word_is(const qi_view *v, uint32_t i, qi_slice w, bool lemma) {
  const qi_token *t = qi_tok(v, (int32_t)i);
  return qi_slice_eq_str(w, "*") || qi_slice_eq_nocase(t->form, w) || (lemma && qi_slice_eq_nocase(t->lemma, w));
}

/* Words side by side, as they are or (lemma) in their dictionary form. */
static bool stands_at(const qi_view *v, uint32_t i, const qi_words *w, bool lemma, uint32_t *to) {
  if (i + w->n > v->s->n_tokens) return false;
  for (uint32_t k = 0; k < w->n; k++)
    if (!word_is(v, i + k, w->w[k], lemma)) return false;
  *to = i + w->n - 1;
  return true;
}

/* A verb's other words may stand apart from it: "laid his arms down". */
static bool verb_at(const qi_view *v, uint32_t i, const qi_words *w, uint32_t *to) {
  *to = i;
  if (!qi_is_verb(v, (int32_t)i) || !qi_slice_eq_nocase(qi_tok(v, (int32_t)i)->lemma, w->w[0])) return false;
  return w->n == 1 || qi_words_at(v, (int32_t)i, w, true) || stands_at(v, i, w, true, to);
}

static bool inflects(const qi_link_cue *cue) { return cue->form == QI_CUE_NOUN || cue->form == QI_CUE_ADJ || cue->form == QI_CUE_PHRASE; }

static uint32_t collect(found *out, uint32_t n, const qi_view *v, uint32_t i, qi_slice word) {
  const qi_link_cue *cue;
  uint32_t at = qi_links_first(v->know->links, word);
  while ((cue = qi_links_next(v->know->links, &at)) && n < MAX_TRIED) {
    found f = {cue, i};
    bool here = cue->form == QI_CUE_VERB ? verb_at(v, i, &cue->words, &f.to) : stands_at(v, i, &cue->words, inflects(cue), &f.to);
    bool twice = false;
    for (uint32_t k = 0; k < n; k++) twice |= out[k].cue == cue;
    bool longer = cue->form == QI_CUE_PHRASE && cue->type == QI_LINK_RETALIATION && f.to + 1 < v->s->n_tokens && /* "a reprisal for" */
                  (word_is(v, f.to + 1, QI_SLICE("for"), false) || word_is(v, f.to + 1, QI_SLICE("to"), false));
    if (!here || twice || longer) continue;
    uint32_t k = n++;
    for (; k > 0 && out[k - 1].cue->words.n < cue->words.n; k--) out[k] = out[k - 1];
    out[k] = f;
  }
  return n;
}

/* Is the same second side linked in this sentence already? "paid a ransom for the release": by paid, not by for. */
static bool is_told(qi_bonds *bonds, const qi_bond *b) {
  for (size_t i = bonds->len; i-- > 0 && bonds->items[i].sentence == b->sentence;) {
    qi_bond *old = &bonds->items[i];
    if (old->second.at[0].sentence != b->second.at[0].sentence || old->second.at[0].token != b->second.at[0].token) continue;
    bool by_verb = old->cue->form == QI_CUE_VERB && b->cue->form == QI_CUE_PREP && b->cue->words.n > 1; /* "granted access in exchange for" */
    bool by_more = qi_is_weak(old->cue) && !qi_is_weak(b->cue); /* "because Norland withdrew in return" */
    if (by_verb || by_more) *old = *b;
    return true;
  }
  return false;
}

/* Tries the entries at the word; *next: where to go on. */
static bool try_word(qi_bonds *out, const qi_view *v, uint32_t i, uint32_t *next, uint32_t *cues, qi_arena *arena) {
  found tried[MAX_TRIED];
  const qi_token *t = qi_tok(v, (int32_t)i);
  uint32_t n = collect(tried, 0, v, i, t->form);
  if (!qi_slice_eq_nocase(t->form, t->lemma)) n = collect(tried, n, v, i, t->lemma);
  *cues += n > 0;
  for (uint32_t k = 0; k < n; k++) {
    qi_bond b = {.cue = tried[k].cue, .sentence = v->s->index, .from = i, .to = tried[k].to};
    if (b.cue->type && !qi_place_sides(&b, v) && !(b.loose = qi_loose_condition(&b, v))) continue;
    *next = b.to + 1;
    if (b.cue->type && is_told(out, &b)) return true;
    return !b.cue->type || QI_VEC_PUSH_IN(arena, out, b);
  }
  return true;
}

bool qi_bonds_find(qi_bonds *out, const qi_view *v, qi_arena *arena) {
  size_t from = out->len;
  if (!v->know->links || v->s->unparsed) return true;
  uint32_t cues = 0;
  for (uint32_t i = 0, next; i < v->s->n_tokens && cues < MAX_CUES; i = next) {
    next = i + 1;
    if (!try_word(out, v, i, &next, &cues, arena)) return false;
  }
  return qi_loose_find(out, v, from, arena);
}
