/* ask: change points and surprise of counts.
 *
 * Change points by PELT (Killick, Fearnhead and Eckley 2012, "Optimal detection of changepoints with a linear computational cost"):
 * the cheapest cut of the periods into stretches, F(t) = min over s of F(s) + cost(s, t) + penalty, where an s that can never be the best
 * start again is dropped. The cost of a stretch is twice the negative log likelihood of a Poisson rate for cooperation and one for
 * conflict; the penalty is BIC's, 3 parameters (two rates and a place) times log n. News comes in bursts, more uneven than Poisson: costs
 * are divided by the dispersion, estimated from neighbours, (x[t] - x[t-1])^2 / (x[t] + x[t-1]) on the mean, which a lasting change hardly
 * moves.
 *
 *   conflict 1 0 1 0 1 0 9 8 9 8 -> a stretch begins at the seventh period
 *
 * Surprise: the tail of a negative binomial with the mean and the variance of the past, both widened for the
 * number of periods they rest on, half an event added so that a past of nothing does not make one event impossible. One report often
 * gives several events, so the variance is never taken for less than BURST times the mean.
 *
 *   past 2 3 2 1 2 3, now 14 -> usual 2.2, surprise 3 or so: less than one in a thousand; now 2 -> 0.2, nothing new */
#include "ask/change.h"

#include <math.h>
#include <stdlib.h>

#define PARAMETERS 3.0
#define BURST 2.0

static double poisson_cost(double sum, double periods) { return sum > 0 ? -2 * sum * log(sum / periods) + 2 * sum : 0; }

/* At least 1; of periods where something happened. */
static double dispersion(const qi_counts *c, size_t n) {
  double sum = 0, pairs = 0;
  for (size_t i = 1; i < n; i++) {
    double x[2][2] = {{c[i - 1].cooperation, c[i].cooperation}, {c[i - 1].conflict, c[i].conflict}};
    for (int k = 0; k < 2; k++) {
      double both = x[k][0] + x[k][1], apart = x[k][0] - x[k][1];
      if (both > 0) sum += apart * apart / both, pairs++;
    }
  }
  return pairs > 0 && sum > pairs ? sum / pairs : 1;
}

typedef struct pelt {
  qi_counts *sums;  /* [n + 1]: of the periods before */
  double *best;     /* [n + 1] */
  size_t *from;     /* [n + 1]: start of the last stretch */
  size_t *starts;   /* [n + 1]: starts that can still be the best */
  double *values;   /* [n + 1]: what each of them costs, without the penalty */
  double by;        /* dispersion */
} pelt;

static double cost(const pelt *p, size_t s, size_t t) {
  double periods = (double)(t - s);
  return (poisson_cost(p->sums[t].cooperation - p->sums[s].cooperation, periods) +
          poisson_cost(p->sums[t].conflict - p->sums[s].conflict, periods)) / p->by;
}

static void cut(pelt *p, size_t n) {
  double penalty = PARAMETERS * log((double)n);
  size_t n_starts = 0;
  p->best[0] = -penalty;
  for (size_t t = 1; t <= n; t++) {
    size_t kept = 0;
    p->starts[n_starts++] = t - 1;
    p->best[t] = INFINITY;
    for (size_t i = 0; i < n_starts; i++) {
      p->values[i] = p->best[p->starts[i]] + cost(p, p->starts[i], t);
      if (p->values[i] + penalty < p->best[t]) p->best[t] = p->values[i] + penalty, p->from[t] = p->starts[i];
    }
    for (size_t i = 0; i < n_starts; i++)
      if (p->values[i] <= p->best[t]) p->starts[kept++] = p->starts[i];
    n_starts = kept;
  }
}

bool qi_change_points(bool *starts, const qi_counts *counts, size_t n) {
  for (size_t i = 0; i < n; i++) starts[i] = false;
  if (n < 2) return true;
  pelt p = {malloc((n + 1) * sizeof *p.sums), malloc((n + 1) * sizeof *p.best), malloc((n + 1) * sizeof *p.from),
            malloc((n + 1) * sizeof *p.starts), malloc((n + 1) * sizeof *p.values), dispersion(counts, n)};
  bool done = p.sums && p.best && p.from && p.starts && p.values;
  if (done) {
    p.sums[0] = (qi_counts){0, 0};
    for (size_t i = 0; i < n; i++)
      p.sums[i + 1] = (qi_counts){p.sums[i].cooperation + counts[i].cooperation, p.sums[i].conflict + counts[i].conflict};
    cut(&p, n);
    for (size_t t = n; t > 0; t = p.from[t])
      if (p.from[t] > 0) starts[p.from[t]] = true;
  }
  free(p.sums);
  free(p.best);
  free(p.from);
  free(p.starts);
  free(p.values);
  return done;
}

/* log10 of P(X <= x) or P(X >= x), whichever side of the mean x lies on; variance > mean. Terms are summed away from the mean, so
 * that they only get smaller. */
static double tail(double mean, double variance, double x) {
  bool up = x > mean;
  double r = mean * mean / (variance - mean), q = 1 - mean / variance, sum = 0, term = 1;
  double first = lgamma(x + r) - lgamma(r) - lgamma(x + 1) + r * log1p(-q) + x * log(q);
  for (double k = x; term > 1e-12 * sum; k += up ? 1 : -1) {
    sum += term;
    if (!up && k < 1) break;
    term *= up ? (k + r) * q / (k + 1) : k / ((k - 1 + r) * q);
  }
  double result = (first + log(sum)) / log(10);
  return result < 0 ? result : 0;
}

qi_surprise qi_surprise_of(const double *past, size_t n, double now) {
  double sum = 0, squares = 0, periods = (double)n;
  qi_surprise out = {0, 0};
  for (size_t i = 0; i < n; i++) sum += past[i];
  out.usual = n ? sum / periods : 0;
  if (n < QI_LEAST_PAST) return out;
  for (size_t i = 0; i < n; i++) squares += (past[i] - out.usual) * (past[i] - out.usual);
  double mean = (sum + 0.5) / periods, variance = squares / (periods - 1);
  variance = (variance > BURST * mean ? variance : BURST * mean) * (1 + 1 / periods);
  out.surprise = -tail(mean, variance, now);
  if (now < mean) out.surprise = -out.surprise;
  return out;
}
