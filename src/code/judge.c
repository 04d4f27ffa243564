/* code: a pair's features -> which deed links the two, with probabilities.
 *
 * Each word is a sum: its static vector and its lemma's row through a matrix, and a row for each of its
 * features (pair.h), then a ReLU. Attention (Bahdanau, Cho and Bengio 2015), whose first head is trained to
 * look at the deed word, pools the words; pools and the means of the two phrases go through one hidden
 * layer to four answers. Trained by model/train/judge.py.
 *
 *   words [D] -> scores [A] -> weights [H] -> pools [H + 2][D] -> hidden [M] -> 17 | 17 | 10 | modes
 *
 *   "Ostria agreed to lend Norland money" (Ostria, Norland): relation AGREE 0.97, deed AGREE 0.8 ...
 *
 * Sums run in a fixed order and exp is our own, so that every machine gives the same bits. */
#include "code/judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DIM = 512, MAX_HEADS = 8 };

/* [n_in][n_out], so that the inner loop runs over independent sums. */
typedef struct matrix {
  uint32_t n_in, n_out;
  float *at;
} matrix;

enum { VECTOR, LEMMA_ROWS, LEMMA, FEATURES, SCORE, HEADS, HIDDEN, RELATION, DEED, STATUS, MODE, N_MATRICES };

struct qi_judge {
  matrix m[N_MATRICES];
  float *bias[N_MATRICES];       /* [n_out], NULL where there is none */
  uint32_t dims, score, heads, hidden;
  float sharpness[3];            /* 1 / temperature of relation, deed, status */
  float confidence[7];           /* logistic weights: 1, logit of sure, logit of prior, then the rest of qi_likeness */
  uint32_t n_modes;
  struct { uint8_t type; char name[24]; } mode[QI_MAX_MODES];
  float *store;
};

/* ---- loading: "QJ04", counts, temperatures, weights of the confidence, modes, then matrix after matrix ---- */

typedef struct reader {
  qi_slice rest;
  bool bad;
} reader;

static uint32_t get_u32(reader *r) {
  uint32_t v = 0;
  if (r->rest.len < 4) r->bad = true;
  else {
    memcpy(&v, r->rest.ptr, 4);
    r->rest = qi_slice_of(r->rest.ptr + 4, r->rest.len - 4);
  }
  return v;
}

static float get_float(reader *r) {
  uint32_t v = get_u32(r);
  float f;
  memcpy(&f, &v, 4);
  if (!(f >= -1e4f && f <= 1e4f)) r->bad = true; /* NaN too */
  return f;
}

/* Shapes: what must agree with what. */
static bool shape_fits(const qi_judge *j, int k) {
  const matrix *m = &j->m[k];
  switch (k) {
  case VECTOR: return m->n_in == QI_VECTOR_DIMS && m->n_out == j->dims;
  case LEMMA_ROWS: return m->n_in == QI_WORD_BUCKETS;
  case LEMMA: return m->n_in == j->m[LEMMA_ROWS].n_out && m->n_out == j->dims;
  case FEATURES: return m->n_in == QI_N_FEATURES && m->n_out == j->dims;
  case SCORE: return m->n_in == j->dims && m->n_out == j->score;
  case HEADS: return m->n_in == j->score && m->n_out == j->heads;
  case HIDDEN: return m->n_in == (j->heads + 2) * j->dims && m->n_out == j->hidden;
  case RELATION:
  case DEED: return m->n_in == j->hidden && m->n_out == QI_N_DEEDS;
  case STATUS: return m->n_in == j->hidden && m->n_out == QUID_N_EVENT_STATUSES;
  default: return m->n_in == j->hidden && m->n_out == j->n_modes;
  }
}

/* n_in, n_out, has bias; biases; then each input's row: its scale, and its weights in 8 bits. */
static void get_matrix(qi_judge *j, int k, reader *r, float **free_at, const float *end) {
  matrix *m = &j->m[k];
  m->n_in = get_u32(r);
  m->n_out = get_u32(r);
  bool has_bias = get_u32(r) != 0;
  if (r->bad || m->n_out > MAX_DIM || !shape_fits(j, k)) r->bad = true;
  size_t need = r->bad ? 0 : (size_t)m->n_in * m->n_out + (has_bias ? m->n_out : 0);
  if (r->bad || (size_t)(end - *free_at) < need) {
    r->bad = true;
    return;
  }
  if (has_bias) {
    j->bias[k] = *free_at;
    for (uint32_t i = 0; i < m->n_out; i++) *(*free_at)++ = get_float(r);
  }
  m->at = *free_at;
  for (uint32_t i = 0; i < m->n_in && !r->bad; i++) {
    float scale = get_float(r);
    if (r->bad || r->rest.len < m->n_out) {
      r->bad = true;
      return;
    }
    const int8_t *row = (const int8_t *)(const void *)r->rest.ptr;
    for (uint32_t o = 0; o < m->n_out; o++) *(*free_at)++ = scale * (float)row[o];
    r->rest = qi_slice_of(r->rest.ptr + m->n_out, r->rest.len - m->n_out);
  }
}

static void get_modes(qi_judge *j, reader *r) {
  j->n_modes = get_u32(r);
  if (j->n_modes == 0 || j->n_modes > QI_MAX_MODES) r->bad = true;
  for (uint32_t i = 0; i < j->n_modes && !r->bad; i++) {
    uint32_t type = get_u32(r), n = get_u32(r);
    if (type >= QUID_N_EVENT_TYPES || n >= sizeof j->mode[i].name || r->rest.len < n) {
      r->bad = true;
      return;
    }
    j->mode[i].type = (uint8_t)type;
    memcpy(j->mode[i].name, r->rest.ptr, n);
    r->rest = qi_slice_of(r->rest.ptr + n, r->rest.len - n);
  }
}

quid_status qi_judge_from_bytes(qi_judge **out, qi_slice bytes, const char *name, quid_error *err) {
  reader r = {bytes, false};
  *out = NULL;
  qi_judge *j = calloc(1, sizeof *j);
  if (!j) return qi_error_memory(err, "the second opinion");
  j->store = malloc((bytes.len + 16) * sizeof *j->store); /* a weight takes a byte or more in the file */
  if (!j->store) {
    qi_judge_free(j);
    return qi_error_memory(err, "the second opinion");
  }
  if (get_u32(&r) != 0x34304A51u) r.bad = true; /* "QJ04" */
  j->dims = get_u32(&r);
  j->score = get_u32(&r);
  j->heads = get_u32(&r);
  j->hidden = get_u32(&r);
  if (j->dims > MAX_DIM || j->score > MAX_DIM || j->heads > MAX_HEADS || j->heads == 0 || j->hidden > MAX_DIM) r.bad = true;
  for (int i = 0; i < 3; i++) j->sharpness[i] = get_float(&r);
  for (int i = 0; i < 7; i++) j->confidence[i] = get_float(&r);
  if (!r.bad) get_modes(j, &r);
  float *free_at = j->store;
  for (int k = 0; k < N_MATRICES && !r.bad; k++) get_matrix(j, k, &r, &free_at, j->store + bytes.len + 16);
  if (r.bad || r.rest.len) {
    qi_judge_free(j);
    return qi_error_at(err, QUID_ERR_FORMAT, name, 0, 0, "the section 'judge' is not for this program; retrain it with model/train/judge.py");
  }
  *out = j;
  return QUID_OK;
}

quid_status qi_judge_open(qi_judge **out, const qi_model *model, quid_error *err) {
  qi_slice bytes = qi_model_section(model, "judge");
  *out = NULL;
  return bytes.len ? qi_judge_from_bytes(out, bytes, "the model", err) : QUID_OK;
}

void qi_judge_free(qi_judge *j) {
  if (!j) return;
  free(j->store);
  free(j);
}

/* ---- arithmetic ---- */

/* e^x to single precision, by 2^k e^r with a Taylor sum; the same bits everywhere. */
static float exp_of(float x) {
  double y = x > 80.0f ? 80.0 : x > -80.0f ? (double)x : -80.0; /* no number counts as the least */
  double k = floor(y * 1.4426950408889634 + 0.5), r = y - k * 0.6931471805599453;
  double sum = 1 + r * (1 + r / 2 * (1 + r / 3 * (1 + r / 4 * (1 + r / 5 * (1 + r / 6 * (1 + r / 7))))));
  return (float)ldexp(sum, (int)k);
}

static float tanh_of(float x) {
  float e = exp_of(-2 * fabsf(x)), t = (1 - e) / (1 + e);
  return x < 0 ? -t : t;
}

/* out += x m. Inputs that are zero cost nothing. */
static void multiply(float *restrict out, const matrix *m, const float *x) {
  for (uint32_t i = 0; i < m->n_in; i++) {
    if (x[i] == 0) continue;
    const float *restrict row = m->at + (size_t)i * m->n_out;
    float v = x[i];
    for (uint32_t o = 0; o < m->n_out; o++) out[o] += v * row[o];
  }
}

static void start(float *out, const qi_judge *j, int k) {
  if (j->bias[k]) memcpy(out, j->bias[k], j->m[k].n_out * sizeof *out);
  else memset(out, 0, j->m[k].n_out * sizeof *out);
}

static void add_features(float *restrict out, const matrix *m, const qi_features *f) {
  for (uint32_t k = 0; k < f->n; k++) {
    const float *restrict row = m->at + (size_t)f->id[k] * m->n_out;
    for (uint32_t o = 0; o < m->n_out; o++) out[o] += row[o];
  }
}

static void relu(float *x, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) x[i] = x[i] > 0 ? x[i] : 0;
}

static void softmax(float *x, uint32_t n, float sharpness) {
  float most = x[0], sum = 0;
  for (uint32_t i = 1; i < n; i++) most = x[i] > most ? x[i] : most;
  for (uint32_t i = 0; i < n; i++) sum += x[i] = exp_of((x[i] - most) * sharpness);
  for (uint32_t i = 0; i < n; i++) x[i] /= sum;
}

/* ---- the sentence ---- */

bool qi_judge_sentence(qi_bench *out, const qi_judge *j, const qi_scene *scene, qi_arena *arena) {
  uint32_t n = scene->v->s->n_tokens, d = j->dims;
  *out = (qi_bench){.scene = scene, .words = QI_NEW_ARRAY(arena, float, (size_t)n * d + 1)};
  if (!out->words) return false;
  for (uint32_t i = 0; i < n; i++) {
    const qi_scene_word *w = &scene->words[i];
    float *x = out->words + (size_t)i * d, vector[QI_VECTOR_DIMS];
    start(x, j, VECTOR);
    for (uint32_t k = 0; w->vector && k < QI_VECTOR_DIMS; k++) vector[k] = (float)((int)w->vector[k] - 64) / 63;
    if (w->vector) multiply(x, &j->m[VECTOR], vector);
    const matrix *rows = &j->m[LEMMA_ROWS];
    if (w->bucket) multiply(x, &j->m[LEMMA], rows->at + (size_t)w->bucket * rows->n_out);
    add_features(x, &j->m[FEATURES], &w->features);
  }
  return true;
}

/* ---- the pair ---- */

/* Weights [n][heads] of the words, in place of their scores. */
static void attend(float *weights, const qi_judge *j, const float *words, uint32_t n) {
  float score[MAX_DIM], head[MAX_HEADS];
  for (uint32_t i = 0; i < n; i++) {
    start(score, j, SCORE);
    multiply(score, &j->m[SCORE], words + (size_t)i * j->dims);
    for (uint32_t k = 0; k < j->score; k++) score[k] = tanh_of(score[k]);
    start(head, j, HEADS);
    multiply(head, &j->m[HEADS], score);
    for (uint32_t h = 0; h < j->heads; h++) weights[(size_t)h * n + i] = head[h];
  }
  for (uint32_t h = 0; h < j->heads; h++) softmax(weights + (size_t)h * n, n, 1);
}

static void pool(float *out, const qi_judge *j, const float *words, const float *weights, const qi_pair *p, uint32_t n) {
  uint32_t d = j->dims, members[2] = {0, 0};
  memset(out, 0, (size_t)(j->heads + 2) * d * sizeof *out);
  for (uint32_t i = 0; i < n; i++) {
    const float *restrict x = words + (size_t)i * d;
    for (uint32_t h = 0; h < j->heads; h++) {
      float w = weights[(size_t)h * n + i], *restrict to = out + (size_t)h * d;
      for (uint32_t k = 0; k < d; k++) to[k] += w * x[k];
    }
    for (uint32_t side = 0; side < 2; side++) {
      if (!(p->side[i] & (side ? QI_SIDE_TARGET : QI_SIDE_SOURCE))) continue;
      float *restrict to = out + (size_t)(j->heads + side) * d;
      members[side]++;
      for (uint32_t k = 0; k < d; k++) to[k] += x[k];
    }
  }
  for (uint32_t side = 0; side < 2; side++)
    for (uint32_t k = 0; members[side] && k < d; k++) out[(size_t)(j->heads + side) * d + k] /= (float)members[side];
}

/* The word that the first head looks at most, outside the two phrases. */
static int32_t trigger_of(const qi_view *v, const float *weights, const qi_pair *p) {
  int32_t best = QI_NO_TOKEN;
  for (uint32_t i = 0; i < v->s->n_tokens; i++) {
    uint8_t upos = v->s->tokens[i].upos;
    if (p->side[i] || (upos != QI_VERB && upos != QI_NOUN && upos != QI_ADJ)) continue;
    if (best < 0 || weights[i] > weights[best]) best = (int32_t)i;
  }
  return best;
}

uint32_t qi_judge_likeliest(const float *p, uint32_t n) {
  uint32_t best = 0;
  for (uint32_t i = 1; i < n; i++) best = p[i] > p[best] ? i : best;
  return best;
}

uint32_t qi_judge_event(const float p[QI_N_DEEDS]) {
  uint32_t best = QUID_CONCEDE, yield = p[QUID_CONCEDE] >= p[QUID_RETREAT] ? QUID_CONCEDE : QUID_RETREAT;
  float most = -1;
  for (uint32_t t = 0; t < QI_N_DEEDS; t++) {
    float mine = t == yield ? p[QUID_CONCEDE] + p[QUID_RETREAT] : t == QUID_CONCEDE || t == QUID_RETREAT ? -1 : p[t];
    if (mine > most) most = mine, best = t;
  }
  return best;
}

static const char *mode_of(const qi_judge *j, const float *scores, uint32_t type) {
  int32_t best = -1;
  for (uint32_t i = 0; i < j->n_modes; i++)
    if (j->mode[i].type == type && (best < 0 || scores[i] > scores[best])) best = (int32_t)i;
  return best < 0 ? "" : j->mode[best].name;
}

bool qi_judge_pair(qi_verdict *out, const qi_judge *j, const qi_bench *bench, const qi_pair *pair, qi_arena *scratch) {
  uint32_t n = bench->scene->v->s->n_tokens, d = j->dims;
  qi_features *f = QI_NEW_ARRAY(scratch, qi_features, n + 1);
  float *words = QI_NEW_ARRAY(scratch, float, (size_t)n * d + 1), *weights = QI_NEW_ARRAY(scratch, float, (size_t)n * j->heads + 1);
  float *pools = QI_NEW_ARRAY(scratch, float, (size_t)(j->heads + 2) * d), hidden[MAX_DIM], modes[MAX_DIM];
  if (!f || !words || !weights || !pools || !qi_pair_read(f, bench->scene, pair, scratch)) return false;
  memcpy(words, bench->words, (size_t)n * d * sizeof *words);
  for (uint32_t i = 0; i < n; i++) {
    add_features(words + (size_t)i * d, &j->m[FEATURES], &f[i]);
    relu(words + (size_t)i * d, d);
  }
  attend(weights, j, words, n);
  pool(pools, j, words, weights, pair, n);
  start(hidden, j, HIDDEN);
  multiply(hidden, &j->m[HIDDEN], pools);
  relu(hidden, j->hidden);
  const struct { int matrix; float *to; uint32_t n; } answers[] = {
      {RELATION, out->relation, QI_N_DEEDS}, {DEED, out->deed, QI_N_DEEDS}, {STATUS, out->status, QUID_N_EVENT_STATUSES}};
  for (int k = 0; k < 3; k++) {
    start(answers[k].to, j, answers[k].matrix);
    multiply(answers[k].to, &j->m[answers[k].matrix], hidden);
    softmax(answers[k].to, answers[k].n, j->sharpness[k]);
  }
  start(modes, j, MODE);
  multiply(modes, &j->m[MODE], hidden);
  out->mode = mode_of(j, modes, qi_judge_event(out->relation));
  out->trigger = trigger_of(bench->scene->v, weights, pair);
  return true;
}

/* ln x by Newton's steps on our own exp: the same bits everywhere. x in [0.001, 0.999]. */
static double log_of(double x) {
  double y = 2 * (x - 1) / (x + 1);
  for (int step = 0; step < 12; step++) {
    double e = (double)exp_of((float)y);
    y += 2 * (x - e) / (x + e);
  }
  return y;
}

static double logit(double p) {
  double q = p < 0.001 ? 0.001 : p > 0.999 ? 0.999 : p;
  return log_of(q) - log_of(1 - q);
}

double qi_judge_confidence(const qi_judge *j, float sure, const qi_likeness *like) {
  const float *w = j->confidence;
  const bool flags[] = {like->actor, like->recipient, like->verb, like->told};
  double x = (double)w[0] + (double)w[1] * logit((double)sure) + (double)w[2] * logit(like->prior);
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
    if (flags[i]) x += (double)w[3 + i];
  return 1 / (1 + (double)exp_of((float)-x));
}
