/* parse: word forms -> first-layer gate inputs.
 *
 * "Kyiv's" -> [frozen vector | trained vector | 8 hashed affixes | character convolution], all
 * 7-bit, -> one matrix product -> 8 H gate inputs, kept by form. Mirrors model/train/data.py. */
#include "parse/lexicon.h"
#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include <stdlib.h>

#define CACHE_FORMS (3 * QI_LEXICON_MAX_BATCH) /* 12,288 forms x 3 KB = 37 MB at H = 192 */
#define MAX_CP QI_MAX_TOKEN_BYTES
#define MAX_CONV 1024 /* the most that model.c lets pass */

struct qi_lexicon {
  const qi_model *model;
  const qi_kernel *kernel;
  qi_map index;      /* form -> slot */
  qi_arena names;    /* the forms' bytes */
  int16_t *gates;    /* [CACHE_FORMS][8H] */
  uint8_t *inputs;   /* [QI_LEXICON_MAX_BATCH][k_pad] */
  int32_t *acc;      /* [CHUNK][n_pad] */
  uint32_t n;        /* slots used */
};
#define CHUNK 48u

qi_lexicon *qi_lexicon_new(const qi_model *model, const qi_kernel *kernel) {
  qi_lexicon *lex = calloc(1, sizeof *lex);
  if (!lex) return NULL;
  lex->model = model;
  lex->kernel = kernel;
  qi_arena_init(&lex->names, 0);
  lex->gates = malloc((size_t)CACHE_FORMS * 8 * model->hidden * sizeof *lex->gates);
  lex->inputs = malloc((size_t)QI_LEXICON_MAX_BATCH * model->in1.k_pad);
  lex->acc = malloc((size_t)CHUNK * model->in1.n_pad * sizeof *lex->acc);
  if (!lex->gates || !lex->inputs || !lex->acc) {
    qi_lexicon_free(lex);
    return NULL;
  }
  return lex;
}

void qi_lexicon_free(qi_lexicon *lex) {
  if (!lex) return;
  qi_map_clear(&lex->index);
  qi_arena_clear(&lex->names);
  free(lex->gates);
  free(lex->inputs);
  free(lex->acc);
  free(lex);
}

/* Typographic marks look like their ASCII forms. */
static uint32_t plain(uint32_t cp) {
  switch (cp) {
  case 0x201C: case 0x201D: case 0x201E: case 0xAB: case 0xBB: return '"';
  case 0x2018: case 0x2019: case '`': return '\'';
  case 0x2013: case 0x2014: case 0x2212: return '-';
  case 0x2026: return '.';
  default: return cp;
  }
}

static uint32_t hash(const char *bytes, size_t n, uint32_t seed) {
  uint32_t h = 2166136261u ^ seed;
  for (size_t i = 0; i < n; i++) h = (h ^ (uint8_t)bytes[i]) * 16777619u;
  return h;
}

typedef struct form_view { /* a form as characters, and its lower case as bytes */
  uint32_t cp[MAX_CP];     /* [n] */
  char low[MAX_CP * 4 + 4];
  uint16_t low_at[MAX_CP + 1]; /* byte offset of each character in low */
  uint32_t n;
} form_view;

static void view_form(qi_slice form, form_view *v) {
  size_t bytes = 0;
  v->n = 0;
  for (size_t at = 0; at < form.len && v->n < MAX_CP; v->n++) {
    v->cp[v->n] = plain(qi_utf8_decode(form, &at));
    v->low_at[v->n] = (uint16_t)bytes;
    bytes += qi_utf8_encode(qi_cp_lower(v->cp[v->n]), v->low + bytes);
  }
  v->low_at[v->n] = (uint16_t)bytes;
}

static const qi_word_entry *find_word(const qi_model *m, const char *low, size_t n) {
  for (uint32_t at = hash(low, n, 0) & (m->word_cap - 1); m->word_slots[at];
       at = (at + 1) & (m->word_cap - 1)) {
    const qi_word_entry *e = &m->word_entries[m->word_slots[at] - 1];
    if (e->len == n && memcmp(m->word_text + e->at, low, n) == 0) return e;
  }
  return NULL;
}

/* Classes as Python's isupper, isalpha, isdigit give them in training: combining marks are no
 * letters, raised and lowered digits are digits. */
static uint32_t shape_class(uint32_t c) {
  bool small_digit = c == 0xB2 || c == 0xB3 || c == 0xB9 || c == 0x2070 ||
                     (c >= 0x2074 && c <= 0x2079) || (c >= 0x2080 && c <= 0x2089);
  if (qi_cp_is_upper(c)) return 'X';
  if (qi_cp_is_letter(c) && !qi_cp_is_mark(c)) return 'x';
  return small_digit || qi_cp_is_digit(c) ? '9' : c;
}

unsigned qi_lexicon_lemma(const qi_model *m, qi_slice word) {
  const qi_word_entry *e = find_word(m, word.ptr, word.len);
  return e ? e->lemma : 0;
}

const uint8_t *qi_model_vector(const qi_model *m, qi_slice word) {
  form_view v;
  if (m->d_pre != QI_VECTOR_DIMS) return NULL; /* a small model made for tests */
  view_form(word, &v);
  const qi_word_entry *e = find_word(m, v.low, v.low_at[v.n]);
  return e && e->pre ? m->tab_pre + (size_t)e->pre * m->d_pre : NULL;
}

/* Capitals X, letters x, digits 9, the rest as is; runs cut to two; first 12 characters. */
static size_t shape(const form_view *v, char *out) {
  uint32_t last[2] = {0, 0};
  size_t n = 0, kinds = 0;
  for (uint32_t i = 0; i < v->n && i < 12; i++) {
    uint32_t k = shape_class(v->cp[i]);
    if (kinds >= 2 && last[0] == k && last[1] == k) continue;
    last[0] = last[1];
    last[1] = k;
    kinds++;
    n += qi_utf8_encode(k, out + n);
  }
  return n;
}

static void affix_hashes(const form_view *v, uint32_t n_buckets, uint32_t out[QI_N_AFFIX]) {
  const uint16_t *at = v->low_at;
  uint32_t n = v->n, end = at[n];
  for (uint32_t k = 0; k < 4; k++) { /* last 1, 2, 3, 4 characters */
    uint32_t from = at[n > k ? n - k - 1 : 0];
    out[k] = hash(v->low + from, end - from, 97 * k);
  }
  out[4] = hash(v->low, at[n < 2 ? n : 2], 97 * 4);
  out[5] = hash(v->low, at[n < 3 ? n : 3], 97 * 5);
  char text[64];
  out[6] = hash(text, shape(v, text), 97 * 6);
  size_t head = at[n < 5 ? n : 5], tail = at[n < 5 ? 0 : n - 5];
  memcpy(text, v->low, head);
  text[head] = '|';
  memcpy(text + head + 1, v->low + tail, end - tail);
  out[7] = hash(text, head + 1 + (end - tail), 97 * 7);
  for (uint32_t k = 0; k < QI_N_AFFIX; k++) out[k] %= n_buckets;
}

/* Character convolution of width 3, ReLU and maximum over positions, by look-up of sums. */
static void convolve(const qi_model *m, const form_view *v, uint8_t *out) {
  uint32_t ids[66] = {0}, n = 0, d = m->d_conv, half = m->max_chars / 2;
  for (uint32_t i = 0; i < v->n; i++) {
    if (v->n > m->max_chars && i >= half && i < v->n - half) continue;
    uint32_t c = v->cp[i];
    ids[1 + n++] = c >= 32 && c < 127 ? c - 31 : 96 + c % 32;
  }
  /* Nothing stands left of the first character; right of the last stands the mark 0, but nothing
   * where the form fills the whole width. */
  static const int16_t nothing[MAX_CONV];
  const int16_t *t0 = m->conv, *t1 = t0 + 128 * d, *t2 = t1 + 128 * d;
  int32_t best[MAX_CONV];
  for (uint32_t j = 0; j < d; j++) best[j] = 0;
  for (uint32_t p = 1; p <= n; p++) {
    const int16_t *a = p > 1 ? t0 + ids[p - 1] * d : nothing, *b = t1 + ids[p] * d;
    const int16_t *c = p < m->max_chars ? t2 + ids[p + 1] * d : nothing;
    for (uint32_t j = 0; j < d; j++) {
      int32_t sum = m->conv_bias[j] + a[j] + b[j] + c[j];
      if (sum > best[j]) best[j] = sum;
    }
  }
  for (uint32_t j = 0; j < d; j++) {
    float q = (float)best[j] * (1.0f / 1024) * (63.0f / m->clip_conv) + 0.5f;
    out[j] = (uint8_t)(64 + (q > 63.0f ? 63 : (int)q));
  }
}

void qi_lexicon_vector(const qi_model *m, qi_slice form, uint8_t *out) {
  form_view v;
  view_form(form, &v);
  const qi_word_entry *e = find_word(m, v.low, v.low_at[v.n]);
  memcpy(out, m->tab_pre + (size_t)(e ? e->pre : 0) * m->d_pre, m->d_pre);
  out += m->d_pre;
  memcpy(out, m->tab_word + (size_t)(e ? e->word : 0) * m->d_word, m->d_word);
  out += m->d_word;
  uint32_t buckets[QI_N_AFFIX];
  affix_hashes(&v, m->n_buckets, buckets);
  for (uint32_t k = 0; k < QI_N_AFFIX; k++, out += m->d_affix)
    memcpy(out, m->tab_affix + ((size_t)k * m->n_buckets + buckets[k]) * m->d_affix, m->d_affix);
  convolve(m, &v, out);
  for (uint32_t j = m->d_input; j < m->in1.k_pad; j++) out[m->d_conv + j - m->d_input] = 0;
}

/* Gate inputs of the `n` vectors in lex->inputs, into slots first.. */
static void fill_slots(qi_lexicon *lex, uint32_t first, uint32_t n) {
  const qi_linear *in1 = &lex->model->in1;
  for (uint32_t i = 0; i < n; i += CHUNK) {
    uint32_t m = n - i < CHUNK ? n - i : CHUNK;
    lex->kernel->matmul(lex->inputs + (size_t)i * in1->k_pad, in1->k_pad, m, in1->weights,
                        in1->n_pad, in1->k_pad, lex->acc, in1->n_pad);
    for (uint32_t r = 0; r < m; r++)
      lex->kernel->gates(lex->acc + (size_t)r * in1->n_pad, in1->scale, in1->bias,
                         lex->gates + (size_t)(first + i + r) * in1->n, in1->n);
  }
}

/* Start afresh: simple, and the common words are back at once. */
static void forget(qi_lexicon *lex) {
  qi_map_clear(&lex->index);
  qi_arena_reset(&lex->names);
  lex->n = 0;
}

bool qi_lexicon_rows(qi_lexicon *lex, const qi_slice *forms, uint32_t n, const int16_t **rows) {
  const qi_linear *in1 = &lex->model->in1;
  if (lex->n + n > CACHE_FORMS) forget(lex);
  uint32_t first = lex->n;
  for (uint32_t i = 0; i < n; i++) {
    uint32_t slot = qi_map_find(&lex->index, forms[i], QI_MAP_NONE);
    if (slot == QI_MAP_NONE) {
      slot = lex->n;
      qi_slice key = qi_arena_slice(&lex->names, forms[i]);
      if (!key.ptr || !qi_map_put(&lex->index, key, slot)) {
        forget(lex); /* the slots from `first` on are named, but not filled */
        return false;
      }
      qi_lexicon_vector(lex->model, forms[i], lex->inputs + (size_t)(slot - first) * in1->k_pad);
      lex->n++;
    }
    rows[i] = lex->gates + (size_t)slot * in1->n;
  }
  fill_slots(lex, first, lex->n - first);
  return true;
}
