/* parse: decoding, one sentence at a time.
 *
 * Arcs: biaffine scores (Dozat and Manning 2017), each word's best head; where these make no tree,
 * the maximum spanning arborescence. Labels: a hidden layer over both ends of the chosen arc. Tags:
 * linear heads. "Moscow denied it" -> denied = root, Moscow <-nsubj- denied, it <-obj- denied. */
#include "parse/decode.h"
#include "base/builder.h"
#include "base/utf8.h"
#include "parse/mst.h"

/* score[(n + 1)][n_pad]: head (0 the root) by dependent, in units of row_scale[dependent]. */
typedef struct arc_scores {
  int32_t *score;
  float *row_scale; /* [n] */
  uint32_t n, n_pad;
} arc_scores;

/* Rows of the bilinear form, one for each dependent, as packed 8-bit weights. */
static int8_t *pack_dependents(const qi_model *m, const qi_kernel *kernel, const uint8_t *dep, arc_scores *a, qi_arena *scratch) {
  uint32_t d = m->d_arc, n = a->n;
  int8_t *packed = qi_arena_zalloc(scratch, (size_t)a->n_pad * d);
  int32_t *acc = qi_arena_alloc(scratch, (size_t)n * m->arcu.n_pad * sizeof *acc);
  a->row_scale = qi_arena_alloc(scratch, n * sizeof *a->row_scale);
  float *row = qi_arena_alloc(scratch, d * sizeof *row);
  int8_t *small = qi_arena_alloc(scratch, d);
  if (!packed || !acc || !a->row_scale || !row || !small) return NULL;
  kernel->matmul(dep, d, n, m->arcu.weights, m->arcu.n_pad, m->arcu.k_pad, acc, m->arcu.n_pad);
  for (uint32_t i = 0; i < n; i++) {
    kernel->to_float(acc + (size_t)i * m->arcu.n_pad, m->arcu.scale, m->arcu.bias, row, d);
    a->row_scale[i] = kernel->to_signed(row, small, d);
    int8_t *panel = packed + (size_t)(i / QI_PANEL) * QI_PANEL * d + (i % QI_PANEL) * 4;
    for (uint32_t j = 0; j < d; j += 4) memcpy(panel + (size_t)j * QI_PANEL, small + j, 4);
  }
  return packed;
}

static bool score_arcs(const qi_model *m, const qi_kernel *kernel, const qi_encoded *enc, uint32_t offset, arc_scores *a,
                       qi_arena *scratch) {
  uint32_t d = m->d_arc, n = a->n;
  a->n_pad = (n + QI_PANEL - 1) / QI_PANEL * QI_PANEL;
  int8_t *packed = pack_dependents(m, kernel, enc->arc_dep + (size_t)offset * d, a, scratch);
  uint8_t *heads = qi_arena_alloc(scratch, (size_t)(n + 1) * d);
  a->score = qi_arena_alloc(scratch, (size_t)(n + 1) * a->n_pad * sizeof *a->score);
  if (!packed || !heads || !a->score) return false;
  memcpy(heads, m->root_arc, d);
  memcpy(heads + d, enc->arc_head + (size_t)offset * d, (size_t)n * d);
  kernel->matmul(heads, d, n + 1, packed, a->n_pad, d, a->score, a->n_pad);
  return true;
}

/* head[1..n], 0 the root. */
static bool choose_heads(const arc_scores *a, uint32_t *head, qi_arena *scratch) {
  uint32_t n = a->n;
  int32_t *best = qi_arena_alloc(scratch, n * sizeof *best);
  if (!best) return false;
  for (uint32_t d = 0; d < n; d++) best[d] = a->score[d], head[d + 1] = 0;
  for (uint32_t h = 1; h <= n; h++) {
    const int32_t *row = a->score + (size_t)h * a->n_pad;
    for (uint32_t d = 0; d < n; d++)
      if (row[d] > best[d] && d + 1 != h) best[d] = row[d], head[d + 1] = h;
  }
  if (qi_mst_is_tree(head, n, scratch)) return true;
  double *w = qi_arena_alloc(scratch, (size_t)(n + 1) * (n + 1) * sizeof *w);
  if (!w) return false;
  for (uint32_t h = 0; h <= n; h++)
    for (uint32_t d = 0; d <= n; d++)
      w[(size_t)h * (n + 1) + d] = d == 0 ? 0 : (double)a->score[(size_t)h * a->n_pad + d - 1] * (double)a->row_scale[d - 1];
  return qi_mst_solve(w, n, head, scratch);
}

static bool choose_labels(const qi_model *m, const qi_kernel *kernel, const qi_encoded *enc, uint32_t offset, const uint32_t *head,
                          qi_sentence *s, qi_arena *scratch) {
  uint32_t d = m->d_lab, n = s->n_tokens;
  uint8_t *z = qi_arena_alloc(scratch, (size_t)n * d);
  int32_t *acc = qi_arena_alloc(scratch, (size_t)n * m->label.n_pad * sizeof *acc);
  if (!z || !acc) return false;
  float mult = 127.0f / m->clip_lab;
  for (uint32_t i = 0; i < n; i++) {
    const float *dep = enc->lab_dep + (size_t)(offset + i) * d;
    const float *up = head[i + 1] == 0 ? m->root_lab : enc->lab_head + (size_t)(offset + head[i + 1] - 1) * d;
    kernel->relu_sum(dep, up, mult, z + (size_t)i * d, d);
  }
  kernel->matmul(z, d, n, m->label.weights, m->label.n_pad, m->label.k_pad, acc, m->label.n_pad);
  for (uint32_t i = 0; i < n; i++) {
    qi_token *t = &s->tokens[i];
    t->head = (int32_t)head[i + 1] - 1;
    uint32_t label = head[i + 1] == 0 ? m->root_label
                                      : kernel->argmax(acc + (size_t)i * m->label.n_pad, m->label.scale, m->label.bias, m->label.n, m->root_label);
    t->deprel = m->deprel.items[label];
    t->rel = m->rel_of[label];
  }
  return true;
}

/* Edit script: case (l lower, k keep, t title), characters to strip, suffix to add. */
static qi_slice lemma_of(qi_slice form, qi_slice script, qi_arena *arena) {
  if (script.len < 2 || form.len > QI_MAX_TOKEN_BYTES) return form;
  if (script.ptr[0] == '=') return qi_slice_sub(script, 1, script.len);
  if (script.len == 2 && script.ptr[1] == '0' && script.ptr[0] == 'k') return form;
  char text[QI_MAX_TOKEN_BYTES * 4 + 16];
  uint16_t at_of[QI_MAX_TOKEN_BYTES + 1];
  size_t bytes = 0, n = 0, strip = (size_t)(script.ptr[1] - '0');
  for (size_t at = 0; at < form.len; n++) {
    uint32_t cp = qi_utf8_decode(form, &at);
    at_of[n] = (uint16_t)bytes;
    bool lower = script.ptr[0] == 'l' || (script.ptr[0] == 't' && n > 0);
    bool upper = script.ptr[0] == 't' && n == 0;
    bytes += qi_utf8_encode(lower ? qi_cp_lower(cp) : upper ? qi_cp_upper(cp) : cp, text + bytes);
  }
  if (strip > n) return form;
  if (strip) bytes = at_of[n - strip];
  if (script.len - 2 > 8) return form;
  memcpy(text + bytes, script.ptr + 2, script.len - 2);
  bytes += script.len - 2;
  return bytes ? qi_arena_slice(arena, qi_slice_of(text, bytes)) : form;
}

#define LEMMA_TRIES 6

#define MAX_KEY 32u

/* ASCII lower case of a short word into `out`; false when it is too long to be in a list. */
static bool lower_key(qi_slice word, char out[MAX_KEY]) {
  if (word.len > MAX_KEY) return false;
  for (size_t i = 0; i < word.len; i++) out[i] = qi_ascii_lower(word.ptr[i]);
  return true;
}

static bool known(const qi_model *m, qi_slice lemma, unsigned part) {
  char key[MAX_KEY];
  return lower_key(lemma, key) && (qi_lexicon_lemma(m, qi_slice_of(key, lemma.len)) & part) != 0;
}

/* "shot" as a verb -> "shoot"; empty for regular forms. */
static qi_slice irregular(const qi_model *m, qi_slice form, unsigned part) {
  char key[MAX_KEY + 2] = {part == QI_LEMMA_VERB ? 'v' : part == QI_LEMMA_NOUN ? 'n' : 'a', ' '};
  return lower_key(form, key + 2) ? qi_model_irregular(m, qi_slice_of(key, form.len + 2)) : (qi_slice){0};
}

/* The best script that gives a lemma known for this part of speech, as a script never seen on this
 * ending can make "pledg" of "pledged"; the best of all when none of the first few does, and for
 * names. acc: the scripts' scores, overwritten. */
static qi_slice choose_lemma(const qi_model *m, const qi_kernel *kernel, const qi_token *t, int32_t *acc, uint32_t at, uint32_t best,
                             qi_arena *arena) {
  const qi_names *scripts = &m->heads[QI_HEAD_LEMMA];
  qi_slice first = lemma_of(t->form, scripts->items[best], arena), lemma = first;
  unsigned part = t->upos == QI_VERB || t->upos == QI_AUX ? QI_LEMMA_VERB : t->upos == QI_NOUN ? QI_LEMMA_NOUN
                  : t->upos == QI_ADJ || t->upos == QI_ADV ? QI_LEMMA_OTHER : 0;
  if (!part || known(m, first, part)) return first;
  qi_slice listed = irregular(m, t->form, part);
  if (listed.len) return listed;
  for (int k = 0; lemma.ptr && k < LEMMA_TRIES; k++) {
    if (scripts->items[best].ptr[0] != '=' && known(m, lemma, part)) return lemma;
    acc[best] = -(1 << 20); /* far below any score, and no overflow of argmax's steps */
    best = kernel->argmax(acc, m->tags.scale + at, m->tags.bias + at, scripts->n, QI_NO_INDEX);
    lemma = lemma_of(t->form, scripts->items[best], arena);
  }
  return lemma.ptr ? first : lemma; /* NULL: out of memory */
}

/* Model's tag list: O, B-PER, I-PER, B-ORG, I-ORG, B-LOC, I-LOC. I-X stands behind B-X or I-X alone. */
enum { N_NER_TAGS = 7 };

static bool may_follow(uint32_t tag, uint32_t before) {
  return tag == 0 || tag % 2 == 1 || before == tag || before + 1 == tag;
}

/* The best sequence of tags that may follow each other (Viterbi 1967): "O I-LOC" for "United States"
 * becomes "B-LOC I-LOC" or "O O". acc: the tags' scores, those of names `at` numbers into each row. */
static bool choose_names(const qi_model *m, const qi_kernel *kernel, const int32_t *acc, uint32_t at, qi_sentence *s,
                         qi_arena *scratch) {
  uint32_t n = s->n_tokens, best = 0;
  uint8_t (*from)[N_NER_TAGS] = qi_arena_alloc(scratch, (size_t)n * sizeof *from);
  if (!from) return false;
  double total[N_NER_TAGS] = {0};
  for (uint32_t i = 0; i < n; i++) {
    float score[N_NER_TAGS];
    double sum[N_NER_TAGS];
    kernel->to_float(acc + (size_t)i * m->tags.n_pad + at, m->tags.scale + at, m->tags.bias + at, score, N_NER_TAGS);
    for (uint32_t tag = 0; tag < N_NER_TAGS; tag++) {
      uint32_t before = 0; /* O may always stand before B and O; before I it only stands for "none" */
      double top = may_follow(tag, 0) ? total[0] : -1e30;
      for (uint32_t k = 1; k < N_NER_TAGS && i > 0; k++)
        if (may_follow(tag, k) && total[k] > top) top = total[k], before = k;
      from[i][tag] = (uint8_t)before;
      sum[tag] = top + (double)score[tag];
    }
    memcpy(total, sum, sizeof total);
  }
  for (uint32_t tag = 1; tag < N_NER_TAGS; tag++)
    if (total[tag] > total[best]) best = tag;
  for (uint32_t i = n; i-- > 0; best = from[i][best]) {
    s->tokens[i].ner = best == 0 ? QI_NER_NONE : (uint8_t)((best + 1) / 2);
    s->tokens[i].ner_begin = best % 2 == 1;
  }
  return true;
}

static bool choose_tags(const qi_model *m, const qi_kernel *kernel, const qi_encoded *enc, uint32_t offset, qi_sentence *s,
                        qi_arena *arena, qi_arena *scratch) {
  uint32_t n = s->n_tokens;
  int32_t *acc = qi_arena_alloc(scratch, (size_t)n * m->tags.n_pad * sizeof *acc);
  if (!acc) return false;
  uint32_t ner_at = 0;
  kernel->matmul(enc->tag + (size_t)offset * m->d_tag, m->d_tag, n, m->tags.weights, m->tags.n_pad, m->tags.k_pad, acc, m->tags.n_pad);
  for (uint32_t i = 0; i < n; i++) {
    qi_token *t = &s->tokens[i];
    uint32_t best[QI_N_TAG_HEADS], at = 0, lemma_at = 0;
    for (int k = 0; k < QI_N_TAG_HEADS; k++) {
      best[k] = kernel->argmax(acc + (size_t)i * m->tags.n_pad + at, m->tags.scale + at, m->tags.bias + at, m->heads[k].n, QI_NO_INDEX);
      if (k == QI_HEAD_LEMMA) lemma_at = at;
      if (k == QI_HEAD_NER) ner_at = at;
      at += m->heads[k].n;
    }
    t->upos = m->upos_of[best[QI_HEAD_UPOS]];
    t->xpos = m->heads[QI_HEAD_XPOS].items[best[QI_HEAD_XPOS]];
    t->feats = m->heads[QI_HEAD_FEATS].items[best[QI_HEAD_FEATS]];
    if (qi_slice_eq_str(t->feats, "_")) t->feats = (qi_slice){0};
    t->lemma = choose_lemma(m, kernel, t, acc + (size_t)i * m->tags.n_pad + lemma_at, lemma_at, best[QI_HEAD_LEMMA], arena);
    t->etype = m->etype_of[best[QI_HEAD_ETYPE]];
    if (!t->lemma.ptr) return false;
  }
  return choose_names(m, kernel, acc, ner_at, s, scratch);
}

bool qi_decode(const qi_model *model, const qi_kernel *kernel, const qi_encoded *enc, uint32_t offset, qi_sentence *s,
               qi_arena *arena, qi_arena *scratch) {
  arc_scores a = {.n = s->n_tokens};
  uint32_t *head = qi_arena_alloc(scratch, (a.n + 1) * sizeof *head);
  return head && score_arcs(model, kernel, enc, offset, &a, scratch) && choose_heads(&a, head, scratch) &&
         choose_labels(model, kernel, enc, offset, head, s, scratch) &&
         choose_tags(model, kernel, enc, offset, s, arena, scratch) && qi_sentence_link(s, arena);
}
