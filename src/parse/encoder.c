/* parse: two-layer bidirectional LSTM in integers (Hochreiter and Schmidhuber 1997; set-up after
 * Dozat and Manning 2017).
 *
 * Gate inputs of layer 1 come by word form from the lexicon; layer 2's are one large product. The
 * recurrent product takes all sentences of the batch that are still running at once:
 *
 *   forms -> lexicon rows [8H] -> layer 1 -> h1 [2H] -> in2 [8H] -> layer 2 -> h2 [2H] -> proj
 *
 * Each row's result depends on its own sentence only, and all sums are exact, so batching, threads
 * and kernels cannot change a bit. */
#include "parse/encoder.h"

#define ROWS 24u /* rows per product: their accumulators stay in the second-level cache */

typedef struct layer_run {
  const qi_model *model;
  const qi_kernel *kernel;
  const qi_batch *batch;
  const int16_t **x; /* [n_tokens] -> 8H gate inputs */
  uint8_t *h;        /* [n][H] state */
  float *c;          /* [n][H] state */
  int32_t *acc;      /* [ROWS][4H] */
  uint8_t *out;      /* [n_tokens][2H] */
} layer_run;

/* One direction: d = 0 left to right, 1 right to left. */
static void run_direction(layer_run *r, const qi_linear *hh, int d) {
  uint32_t hidden = r->model->hidden, running = r->batch->n, longest = r->batch->n ? r->batch->len[0] : 0;
  memset(r->h, 64, (size_t)r->batch->n * hidden);
  memset(r->c, 0, (size_t)r->batch->n * hidden * sizeof *r->c);
  for (uint32_t t = 0; t < longest; t++) {
    while (running && r->batch->len[running - 1] <= t) running--;
    for (uint32_t first = 0; first < running; first += ROWS) {
      uint32_t m = running - first < ROWS ? running - first : ROWS;
      r->kernel->matmul(r->h + (size_t)first * hidden, hidden, m, hh->weights, hh->n_pad, hh->k_pad, r->acc, hh->n_pad);
      for (uint32_t i = 0; i < m; i++) {
        uint32_t s = first + i;
        uint32_t token = r->batch->offset[s] + (d ? r->batch->len[s] - 1 - t : t);
        uint8_t *h = r->h + (size_t)s * hidden;
        r->kernel->cell(r->x[token] + (size_t)d * 4 * hidden, r->acc + (size_t)i * hh->n_pad, hh->scale, hh->bias,
                        r->c + (size_t)s * hidden, h, hidden);
        memcpy(r->out + ((size_t)token * 2 + (size_t)d) * hidden, h, hidden);
      }
    }
  }
}

/* Gate inputs of layer 2 for all tokens. */
static void second_inputs(layer_run *r, const uint8_t *h1, int16_t *gates, int32_t *acc) {
  const qi_linear *in2 = &r->model->in2;
  for (uint32_t t = 0; t < r->batch->n_tokens; t += ROWS) {
    uint32_t m = r->batch->n_tokens - t < ROWS ? r->batch->n_tokens - t : ROWS;
    r->kernel->matmul(h1 + (size_t)t * in2->k_pad, in2->k_pad, m, in2->weights, in2->n_pad, in2->k_pad, acc, in2->n_pad);
    for (uint32_t i = 0; i < m; i++) {
      r->x[t + i] = gates + (size_t)(t + i) * in2->n;
      r->kernel->gates(acc + (size_t)i * in2->n_pad, in2->scale, in2->bias, gates + (size_t)(t + i) * in2->n, in2->n);
    }
  }
}

/* One product for all that the decoders start from. */
static void project(const layer_run *r, const uint8_t *h2, int32_t *acc, qi_encoded *out) {
  const qi_model *m = r->model;
  const qi_linear *p = &m->proj;
  for (uint32_t t = 0; t < r->batch->n_tokens; t += ROWS) {
    uint32_t n = r->batch->n_tokens - t < ROWS ? r->batch->n_tokens - t : ROWS;
    r->kernel->matmul(h2 + (size_t)t * p->k_pad, p->k_pad, n, p->weights, p->n_pad, p->k_pad, acc, p->n_pad);
    for (uint32_t i = 0; i < n; i++) {
      size_t token = t + i;
      const int32_t *a = acc + (size_t)i * p->n_pad;
      uint32_t at = 0;
      r->kernel->relu(a, p->scale, p->bias, 127.0f / m->clip_tag, out->tag + token * m->d_tag, m->d_tag);
      at += m->d_tag;
      r->kernel->relu(a + at, p->scale + at, p->bias + at, 127.0f / m->clip_arc, out->arc_dep + token * m->d_arc, m->d_arc);
      at += m->d_arc;
      r->kernel->relu(a + at, p->scale + at, p->bias + at, 127.0f / m->clip_arc, out->arc_head + token * m->d_arc, m->d_arc);
      at += m->d_arc;
      r->kernel->to_float(a + at, p->scale + at, p->bias + at, out->lab_dep + token * m->d_lab, m->d_lab);
      at += m->d_lab;
      r->kernel->to_float(a + at, p->scale + at, p->bias + at, out->lab_head + token * m->d_lab, m->d_lab);
    }
  }
}

static uint32_t max3(uint32_t a, uint32_t b, uint32_t c) { return a > b ? (a > c ? a : c) : (b > c ? b : c); }

bool qi_encode(const qi_model *m, const qi_kernel *kernel, qi_lexicon *lex, const qi_batch *b, qi_arena *arena,
               qi_encoded *out) {
  size_t n = b->n_tokens, h = m->hidden;
  layer_run r = {.model = m, .kernel = kernel, .batch = b};
  r.x = qi_arena_alloc(arena, n * sizeof *r.x);
  r.h = qi_arena_alloc(arena, b->n * h);
  r.c = qi_arena_alloc(arena, b->n * h * sizeof *r.c);
  uint8_t *h1 = qi_arena_alloc(arena, n * 2 * h), *h2 = qi_arena_alloc(arena, n * 2 * h);
  int16_t *gates = qi_arena_alloc(arena, n * m->in2.n * sizeof *gates);
  r.acc = qi_arena_alloc(arena, (size_t)ROWS * max3(m->hh1[0].n_pad, m->in2.n_pad, m->proj.n_pad) * sizeof *r.acc);
  *out = (qi_encoded){.tag = qi_arena_alloc(arena, n * m->d_tag), .arc_dep = qi_arena_alloc(arena, n * m->d_arc),
                      .arc_head = qi_arena_alloc(arena, n * m->d_arc), .lab_dep = qi_arena_alloc(arena, n * m->d_lab * sizeof(float)),
                      .lab_head = qi_arena_alloc(arena, n * m->d_lab * sizeof(float))};
  if (!r.x || !r.h || !r.c || !h1 || !h2 || !gates || !r.acc || !out->tag || !out->arc_dep || !out->arc_head || !out->lab_dep ||
      !out->lab_head || !qi_lexicon_rows(lex, b->forms, b->n_tokens, r.x))
    return false;
  r.out = h1;
  for (int d = 0; d < 2; d++) run_direction(&r, &m->hh1[d], d);
  second_inputs(&r, h1, gates, r.acc);
  r.out = h2;
  for (int d = 0; d < 2; d++) run_direction(&r, &m->hh2[d], d);
  project(&r, h2, r.acc, out);
  return true;
}
