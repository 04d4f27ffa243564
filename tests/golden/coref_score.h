/* Scores of coreference as defined by the CoNLL-2012 scorer (Pradhan and others 2014): MUC, B3, CEAFe with an exact
 * assignment (Kuhn 1955, Munkres 1957), and pairs of mentions. run_coref.c, unit/test_coref_score.c.
 *
 * Mentions are numbered once for both sides; a mention that one side lacks has the cluster -1 there. Sums go over documents:
 * right over wanted is recall, right over said is precision. */
#ifndef QUID_TEST_COREF_SCORE_H
#define QUID_TEST_COREF_SCORE_H

#include "base/arena.h"
#include <math.h>
#include <stdint.h>

typedef struct score {
  double right_key, key, right_response, response;
} score;

static inline double score_recall(const score *s) { return s->key > 0 ? s->right_key / s->key : 0; }
static inline double score_precision(const score *s) { return s->response > 0 ? s->right_response / s->response : 0; }

static inline double score_f1(const score *s) {
  double r = score_recall(s), p = score_precision(s);
  return r + p > 0 ? 2 * r * p / (r + p) : 0;
}

static inline int32_t n_clusters(const int32_t *of, uint32_t n) {
  int32_t max = -1;
  for (uint32_t i = 0; i < n; i++)
    if (of[i] > max) max = of[i];
  return max + 1;
}

/* Sizes of both sides' clusters and of what they share. */
typedef struct overlap {
  int32_t n_a, n_b;
  uint32_t *a, *b, *ab; /* [n_a], [n_b], [n_a * n_b] */
} overlap;

static inline bool overlap_of(overlap *o, const int32_t *a, const int32_t *b, uint32_t n, qi_arena *arena) {
  *o = (overlap){.n_a = n_clusters(a, n), .n_b = n_clusters(b, n)};
  o->a = QI_NEW_ARRAY(arena, uint32_t, (size_t)o->n_a + 1);
  o->b = QI_NEW_ARRAY(arena, uint32_t, (size_t)o->n_b + 1);
  o->ab = QI_NEW_ARRAY(arena, uint32_t, (size_t)o->n_a * (size_t)o->n_b + 1);
  if (!o->a || !o->b || !o->ab) return false;
  for (uint32_t i = 0; i < n; i++) {
    if (a[i] >= 0) o->a[a[i]]++;
    if (b[i] >= 0) o->b[b[i]]++;
    if (a[i] >= 0 && b[i] >= 0) o->ab[(size_t)a[i] * (size_t)o->n_b + (size_t)b[i]]++;
  }
  return true;
}

static inline uint32_t shared(const overlap *o, int32_t a, int32_t b) { return o->ab[(size_t)a * (size_t)o->n_b + (size_t)b]; }

/* Links that the cluster keeps when the other side cuts it: |K| - parts, of |K| - 1. */
static inline void muc_side(const overlap *o, bool rows, double *right, double *all) {
  int32_t n = rows ? o->n_a : o->n_b, m = rows ? o->n_b : o->n_a;
  for (int32_t i = 0; i < n; i++) {
    uint32_t size = rows ? o->a[i] : o->b[i], in = 0, parts = 0;
    for (int32_t k = 0; k < m; k++) {
      uint32_t x = rows ? shared(o, i, k) : shared(o, k, i);
      in += x;
      parts += x > 0;
    }
    if (size < 2) continue;
    parts += size - in;
    *right += size - parts;
    *all += size - 1;
  }
}

static inline void b3_side(const overlap *o, bool rows, double *right, double *all) {
  int32_t n = rows ? o->n_a : o->n_b, m = rows ? o->n_b : o->n_a;
  for (int32_t i = 0; i < n; i++) {
    double size = rows ? o->a[i] : o->b[i];
    for (int32_t k = 0; k < m; k++) {
      double x = rows ? shared(o, i, k) : shared(o, k, i);
      if (size > 0) *right += x * x / size;
    }
    *all += size;
  }
}

static inline void pair_side(const overlap *o, bool rows, double *right, double *all) {
  int32_t n = rows ? o->n_a : o->n_b;
  for (int32_t i = 0; i < n; i++) {
    double size = rows ? o->a[i] : o->b[i];
    *all += size * (size - 1) / 2;
  }
  for (int32_t i = 0; i < o->n_a; i++)
    for (int32_t k = 0; k < o->n_b; k++) {
      double x = shared(o, i, k);
      *right += x * (x - 1) / 2;
    }
}

/* The heaviest matching of rows and columns, by shortest augmenting paths with potentials; cost is -weight. */
static inline double assign(const double *weight, int32_t n, int32_t m, qi_arena *arena) {
  size_t room = (size_t)m + 1;
  double *u = QI_NEW_ARRAY(arena, double, (size_t)n + 1), *v = QI_NEW_ARRAY(arena, double, room), total = 0;
  double *least = QI_NEW_ARRAY(arena, double, room);
  int32_t *row = QI_NEW_ARRAY(arena, int32_t, room), *way = QI_NEW_ARRAY(arena, int32_t, room);
  bool *used = QI_NEW_ARRAY(arena, bool, room);
  if (!u || !v || !least || !row || !way || !used) return NAN;
  for (int32_t i = 1; i <= n; i++) { /* n <= m; rows and columns from 1, 0 is no column */
    int32_t col = 0;
    row[0] = i;
    for (int32_t k = 0; k <= m; k++) least[k] = INFINITY, used[k] = false;
    do {
      int32_t r = row[col], next = 0;
      double delta = INFINITY;
      used[col] = true;
      for (int32_t k = 1; k <= m; k++) {
        if (used[k]) continue;
        double cost = -weight[(size_t)(r - 1) * (size_t)m + (size_t)(k - 1)] - u[r] - v[k];
        if (cost < least[k]) least[k] = cost, way[k] = col;
        if (least[k] < delta) delta = least[k], next = k;
      }
      for (int32_t k = 0; k <= m; k++) {
        if (used[k]) u[row[k]] += delta, v[k] -= delta;
        else least[k] -= delta;
      }
      col = next;
    } while (row[col] != 0);
    for (; col != 0; col = way[col]) row[col] = row[way[col]];
  }
  for (int32_t k = 1; k <= m; k++)
    if (row[k] > 0) total += weight[(size_t)(row[k] - 1) * (size_t)m + (size_t)(k - 1)];
  return total;
}

/* phi4: 2 |K and R| / (|K| + |R|), under the best one-to-one matching of clusters. */
static inline double ceaf(const overlap *o, qi_arena *arena) {
  bool turned = o->n_a > o->n_b;
  int32_t n = turned ? o->n_b : o->n_a, m = turned ? o->n_a : o->n_b;
  double *weight = QI_NEW_ARRAY(arena, double, (size_t)n * (size_t)m + 1);
  if (!weight || n == 0) return 0;
  for (int32_t i = 0; i < n; i++)
    for (int32_t k = 0; k < m; k++) {
      int32_t a = turned ? k : i, b = turned ? i : k;
      weight[(size_t)i * (size_t)m + (size_t)k] = 2.0 * shared(o, a, b) / (double)(o->a[a] + o->b[b]);
    }
  return assign(weight, n, m, arena);
}

typedef struct scores {
  score muc, b3, ceafe, pairs;
} scores;

static inline double scores_conll(const scores *s) { return (score_f1(&s->muc) + score_f1(&s->b3) + score_f1(&s->ceafe)) / 3; }

/* Adds one document. key, response: [n] cluster of each mention, numbered from 0 without gaps, -1 none. */
static inline bool scores_add(scores *s, const int32_t *key, const int32_t *response, uint32_t n, qi_arena *arena) {
  overlap o;
  if (!overlap_of(&o, key, response, n, arena)) return false;
  muc_side(&o, true, &s->muc.right_key, &s->muc.key);
  muc_side(&o, false, &s->muc.right_response, &s->muc.response);
  b3_side(&o, true, &s->b3.right_key, &s->b3.key);
  b3_side(&o, false, &s->b3.right_response, &s->b3.response);
  pair_side(&o, true, &s->pairs.right_key, &s->pairs.key);
  pair_side(&o, false, &s->pairs.right_response, &s->pairs.response);
  double like = ceaf(&o, arena);
  s->ceafe.right_key += like, s->ceafe.right_response += like;
  s->ceafe.key += o.n_a, s->ceafe.response += o.n_b;
  return true;
}

#endif
