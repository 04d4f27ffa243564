/* parse: gold and system -> counts of what agrees.
 *
 * After conll18_ud_eval.py (Zeman et al. 2018). Words stand as ranges of the document's characters
 * without white space, so that two segmentations can be compared. Words that are tokens of their
 * own are aligned where their ranges are equal; where either side has a token of several words, the
 * words in that stretch are aligned by their longest common subsequence. A word agrees in X when it
 * is aligned and X is equal; precision and recall divide by the words of each side.
 *
 * gold "do|n't go" (a token of two words), system "don't|go" -> tokens 2 of 2, words: 1 of 3 and 2.
 */
#include "parse/eval.h"

#include "base/utf8.h"

#define MAX_LCS   ((size_t)1 << 22) /* a larger stretch stays unaligned */
#define UNALIGNED UINT32_MAX

typedef struct span {
  uint32_t start, end; /* characters without white space */
} span;

typedef struct word {
  span at; /* of the surface token, if it has several words */
  bool multiword;
  const qi_token *t;
  uint32_t head;    /* index of the head among all words, UNALIGNED for the root */
  uint32_t aligned; /* index on the other side */
} word;

/* One side. */
typedef struct side {
  word *words; /* [n_words] */
  span *tokens, *sentences;
  uint32_t n_words, n_tokens, n_sentences;
  qi_slice letters; /* all forms without white space */
} side;

/* --- Reading a document into a side --- */

static bool add_letters(qi_builder *out, qi_slice form) {
  for (size_t at = 0; at < form.len;) {
    size_t start = at;
    if (!qi_cp_is_space(qi_utf8_decode(form, &at)))
      qi_builder_slice(out, qi_slice_sub(form, start, at));
  }
  return !out->failed;
}

/* The letters of the surface token of tokens [i, end). */
static qi_slice surface_of(const qi_parsed *doc, const qi_token *tokens, uint32_t i, uint32_t end) {
  if (!tokens[i].mwt)
    return tokens[i].form;
  return qi_slice_sub(doc->text, tokens[i].start, tokens[end - 1].end);
}

static bool read_side(side *out, const qi_parsed *doc, qi_builder *letters, qi_arena *arena) {
  size_t n = 0;
  for (uint32_t i = 0; i < doc->n_sentences; i++)
    n += doc->sentences[i].n_tokens;
  out->words = QI_NEW_ARRAY(arena, word, n + 1);
  out->tokens = QI_NEW_ARRAY(arena, span, n + 1);
  out->sentences = QI_NEW_ARRAY(arena, span, (size_t)doc->n_sentences + 1);
  if (!out->words || !out->tokens || !out->sentences)
    return false;
  for (uint32_t k = 0; k < doc->n_sentences; k++) {
    const qi_sentence *s = &doc->sentences[k];
    uint32_t first = out->n_words, sentence_start = (uint32_t)letters->len;
    for (uint32_t i = 0, end; i < s->n_tokens; i = end) {
      end = i + 1;
      while (s->tokens[i].mwt && end < s->n_tokens && s->tokens[end].mwt == s->tokens[i].mwt)
        end++;
      span at = {.start = (uint32_t)letters->len};
      if (!add_letters(letters, surface_of(doc, s->tokens, i, end)))
        return false;
      at.end = (uint32_t)letters->len;
      out->tokens[out->n_tokens++] = at;
      for (uint32_t w = i; w < end; w++) {
        const qi_token *t = &s->tokens[w];
        uint32_t head = t->head < 0 ? UNALIGNED : first + (uint32_t)t->head;
        out->words[out->n_words++] = (word){at, s->tokens[i].mwt != 0, t, head, UNALIGNED};
      }
    }
    out->sentences[out->n_sentences++] = (span){sentence_start, (uint32_t)letters->len};
  }
  out->letters = qi_builder_view(letters);
  return true;
}

/* --- Alignment --- */

static void align(side *gold, side *system, uint32_t g, uint32_t s) {
  gold->words[g].aligned = s;
  system->words[s].aligned = g;
}

static bool is_beyond(const side *x, uint32_t i, uint32_t end) {
  if (i >= x->n_words)
    return true;
  return x->words[i].multiword ? x->words[i].at.start >= end : x->words[i].at.end > end;
}

/* The smallest stretch of words that holds all tokens of several words around (*g, *s). Moves *g
 * and *s to its end and gives its start in *g0 and *s0. */
static void find_stretch(const side *gold, const side *system, uint32_t *g0, uint32_t *s0,
                         uint32_t *g, uint32_t *s) {
  const word *a = &gold->words[*g], *b = &system->words[*s];
  uint32_t end = a->multiword ? a->at.end : b->at.end;
  if (a->multiword && !b->multiword && b->at.start < a->at.start)
    ++*s;
  if (!a->multiword && a->at.start < b->at.start)
    ++*g;
  *g0 = *g;
  *s0 = *s;
  while (!is_beyond(gold, *g, end) || !is_beyond(system, *s, end)) {
    bool from_gold = *g < gold->n_words && (*s >= system->n_words ||
                                            gold->words[*g].at.start <= system->words[*s].at.start);
    const word *w = from_gold ? &gold->words[(*g)++] : &system->words[(*s)++];
    if (w->multiword && w->at.end > end)
      end = w->at.end;
  }
}

static bool same_form(const word *a, const word *b, qi_arena *scratch) {
  if (qi_slice_eq_nocase(a->t->form, b->t->form))
    return true;
  if (qi_utf8_is_ascii(a->t->form))
    return false;
  return qi_slice_eq(qi_utf8_lower(scratch, a->t->form), qi_utf8_lower(scratch, b->t->form));
}

/* Longest common subsequence of the words [g0, g1) and [s0, s1). false: out of memory. */
static bool align_stretch(side *gold, side *system, uint32_t g0, uint32_t g1, uint32_t s0,
                          uint32_t s1, qi_arena *scratch) {
  size_t n = g1 - g0, m = s1 - s0, wide = m + 1;
  if (n == 0 || m == 0 || (n + 1) * wide > MAX_LCS)
    return true;
  qi_arena_reset(scratch);
  uint32_t *best = QI_NEW_ARRAY(scratch, uint32_t, (n + 1) * wide); /* of the rests from (g, s) */
  bool *same = QI_NEW_ARRAY(scratch, bool, n *m);
  if (!best || !same)
    return false;
  for (size_t g = n; g-- > 0;)
    for (size_t s = m; s-- > 0;) {
      same[g * m + s] = same_form(&gold->words[g0 + g], &system->words[s0 + s], scratch);
      uint32_t x = same[g * m + s] ? 1 + best[(g + 1) * wide + s + 1] : 0;
      if (best[(g + 1) * wide + s] > x)
        x = best[(g + 1) * wide + s];
      if (best[g * wide + s + 1] > x)
        x = best[g * wide + s + 1];
      best[g * wide + s] = x;
    }
  for (size_t g = 0, s = 0; g < n && s < m;) {
    if (same[g * m + s])
      align(gold, system, g0 + (uint32_t)g++, s0 + (uint32_t)s++);
    else if (best[g * wide + s] == best[(g + 1) * wide + s])
      g++;
    else
      s++;
  }
  return true;
}

static bool align_words(side *gold, side *system, qi_arena *scratch) {
  uint32_t g = 0, s = 0;
  while (g < gold->n_words && s < system->n_words) {
    const word *a = &gold->words[g], *b = &system->words[s];
    if (a->multiword || b->multiword) {
      uint32_t g0, s0;
      find_stretch(gold, system, &g0, &s0, &g, &s);
      if (!align_stretch(gold, system, g0, g, s0, s, scratch))
        return false;
    } else if (a->at.start == b->at.start && a->at.end == b->at.end) {
      align(gold, system, g++, s++);
    } else if (a->at.start <= b->at.start) {
      g++;
    } else {
      s++;
    }
  }
  return true;
}

/* --- Counting --- */

static void count_spans(qi_count *c, const span *gold, uint32_t n_gold, const span *system,
                        uint32_t n_system) {
  c->n_gold += n_gold;
  c->n_system += n_system;
  for (uint32_t g = 0, s = 0; g < n_gold && s < n_system;) {
    if (system[s].start < gold[g].start)
      s++;
    else if (gold[g].start < system[s].start)
      g++;
    else
      c->n_correct += gold[g++].end == system[s++].end;
  }
}

static bool is_universal(qi_slice feature) {
  static const char *const names[] = {
      "PronType", "NumType", "Poss",  "Reflex",   "Foreign",  "Abbr",     "Gender",
      "Animacy",  "Number",  "Case",  "Definite", "Degree",   "VerbForm", "Mood",
      "Tense",    "Aspect",  "Voice", "Evident",  "Polarity", "Person",   "Polite"};
  size_t equals = qi_slice_find_char(feature, '=');
  qi_slice name = qi_slice_sub(feature, 0, equals == QI_NOT_FOUND ? feature.len : equals);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (qi_slice_eq_str(name, names[i]))
      return true;
  return false;
}

static bool has_universal(qi_slice feats, qi_slice wanted) {
  qi_slice rest = feats, field;
  while (qi_slice_split(&rest, '|', &field))
    if (qi_slice_eq(field, wanted))
      return true;
  return false;
}

/* Are all universal features of a also in b? */
static bool in_feats(qi_slice a, qi_slice b) {
  qi_slice rest = a, field;
  while (qi_slice_split(&rest, '|', &field))
    if (is_universal(field) && !has_universal(b, field))
      return false;
  return true;
}

static qi_slice universal_label(qi_slice deprel) {
  size_t colon = qi_slice_find_char(deprel, ':');
  return qi_slice_sub(deprel, 0, colon == QI_NOT_FOUND ? deprel.len : colon);
}

static bool is_content(const qi_token *t) {
  static const char *const functional[] = {"aux", "case", "cc",   "clf",
                                           "cop", "det",  "mark", "punct"};
  qi_slice label = universal_label(t->deprel);
  for (size_t i = 0; i < sizeof functional / sizeof *functional; i++)
    if (qi_slice_eq_str(label, functional[i]))
      return false;
  return true;
}

/* The head of the gold word and that of the system's are the root, or aligned. */
static bool same_head(const word *gold, const word *system, const side *system_side) {
  if (gold->head == UNALIGNED || system->head == UNALIGNED)
    return gold->head == system->head;
  return system_side->words[system->head].aligned == gold->head;
}

static void count_words(qi_eval *e, const side *gold, const side *system) {
  for (int m = QI_METRIC_WORDS; m <= QI_METRIC_LAS; m++) {
    e->of[m].n_gold += gold->n_words;
    e->of[m].n_system += system->n_words;
  }
  for (uint32_t i = 0; i < gold->n_words; i++)
    e->of[QI_METRIC_CLAS].n_gold += is_content(gold->words[i].t);
  for (uint32_t i = 0; i < system->n_words; i++)
    e->of[QI_METRIC_CLAS].n_system += is_content(system->words[i].t);
  for (uint32_t i = 0; i < gold->n_words; i++) {
    const word *w = &gold->words[i];
    if (w->aligned == UNALIGNED)
      continue;
    const qi_token *g = w->t, *s = system->words[w->aligned].t;
    bool head = same_head(w, &system->words[w->aligned], system);
    bool label = head && qi_slice_eq(universal_label(g->deprel), universal_label(s->deprel));
    e->of[QI_METRIC_WORDS].n_correct++;
    e->of[QI_METRIC_UPOS].n_correct += g->upos == s->upos;
    e->of[QI_METRIC_XPOS].n_correct += qi_slice_eq(g->xpos, s->xpos);
    e->of[QI_METRIC_UFEATS].n_correct +=
        in_feats(g->feats, s->feats) && in_feats(s->feats, g->feats);
    e->of[QI_METRIC_LEMMAS].n_correct += g->lemma.len == 0 || qi_slice_eq(g->lemma, s->lemma);
    e->of[QI_METRIC_UAS].n_correct += head;
    e->of[QI_METRIC_LAS].n_correct += label;
    e->of[QI_METRIC_CLAS].n_correct += label && is_content(g);
  }
}

/* The name that starts at word i: its letters and type; its last word is left in *i. */
static bool next_name(const side *x, uint32_t *i, span *at, uint8_t *kind) {
  while (*i < x->n_words && !(x->words[*i].t->ner && x->words[*i].t->ner_begin))
    ++*i;
  if (*i >= x->n_words)
    return false;
  *kind = x->words[*i].t->ner;
  *at = x->words[*i].at;
  while (*i + 1 < x->n_words && x->words[*i + 1].t->ner == *kind && !x->words[*i + 1].t->ner_begin)
    at->end = x->words[++*i].at.end;
  ++*i;
  return true;
}

static void count_names(qi_count *c, const side *gold, const side *system) {
  uint32_t g = 0, s = 0;
  span a = {0}, b = {0};
  uint8_t x = 0, y = 0;
  bool more_a = next_name(gold, &g, &a, &x), more_b = next_name(system, &s, &b, &y);
  while (more_a || more_b) {
    bool step_a = more_a && (!more_b || a.start <= b.start),
         step_b = more_b && (!more_a || b.start <= a.start);
    c->n_gold += step_a;
    c->n_system += step_b;
    c->n_correct += step_a && step_b && a.end == b.end && x == y;
    if (step_a)
      more_a = next_name(gold, &g, &a, &x);
    if (step_b)
      more_b = next_name(system, &s, &b, &y);
  }
}

static quid_status check_letters(qi_slice gold, qi_slice system, quid_error *err) {
  size_t at = 0;
  while (at < gold.len && at < system.len && gold.ptr[at] == system.ptr[at])
    at++;
  if (at == gold.len && at == system.len)
    return QUID_OK;
  return qi_error_set(err, QUID_ERR_ARGUMENT, "the texts differ at '%.*s' and '%.*s'",
                      QI_SLICE_ARG(qi_utf8_cut(qi_slice_sub(gold, at, gold.len), 20)),
                      QI_SLICE_ARG(qi_utf8_cut(qi_slice_sub(system, at, system.len), 20)));
}

quid_status qi_eval_add(qi_eval *eval, const qi_parsed *gold_doc, const qi_parsed *system_doc,
                        quid_error *err) {
  qi_arena arena, scratch;
  qi_builder letters[2];
  side gold = {0}, system = {0};
  quid_status status = QUID_OK;
  qi_arena_init(&arena, 0);
  qi_arena_init(&scratch, 0);
  qi_builder_init(&letters[0], UINT32_MAX - 1);
  qi_builder_init(&letters[1], UINT32_MAX - 1);
  if (!read_side(&gold, gold_doc, &letters[0], &arena) ||
      !read_side(&system, system_doc, &letters[1], &arena)) {
    status = qi_error_memory(err, "scoring");
    goto cleanup;
  }
  status = check_letters(gold.letters, system.letters, err);
  if (status)
    goto cleanup;
  if (!align_words(&gold, &system, &scratch)) {
    status = qi_error_memory(err, "scoring");
    goto cleanup;
  }
  count_spans(&eval->of[QI_METRIC_TOKENS], gold.tokens, gold.n_tokens, system.tokens,
              system.n_tokens);
  count_spans(&eval->of[QI_METRIC_SENTENCES], gold.sentences, gold.n_sentences, system.sentences,
              system.n_sentences);
  count_words(eval, &gold, &system);
  count_names(&eval->of[QI_METRIC_ENTITIES], &gold, &system);
  eval->n_documents++;
cleanup:
  qi_builder_clear(&letters[0]);
  qi_builder_clear(&letters[1]);
  qi_arena_clear(&arena);
  qi_arena_clear(&scratch);
  return status;
}

double qi_eval_f1(const qi_eval *eval, qi_metric metric) {
  const qi_count *c = &eval->of[metric];
  uint64_t all = c->n_gold + c->n_system;
  return all ? 200.0 * (double)c->n_correct / (double)all : 0.0;
}

const char *qi_metric_name(qi_metric metric) {
  static const char *const names[QI_N_METRICS] = {"Tokens", "Sentences", "Words",   "UPOS",
                                                  "XPOS",   "UFeats",    "Lemmas",  "UAS",
                                                  "LAS",    "CLAS",      "Entities"};
  return (unsigned)metric < QI_N_METRICS ? names[metric] : "";
}
