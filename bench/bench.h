/* What the benchmarks share: the clock, the median, and how one ends that cannot go on. */
#ifndef QI_BENCH_BENCH_H
#define QI_BENCH_BENCH_H

#include "base/error.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline _Noreturn void stop(const quid_error *err) {
  fprintf(stderr, "bench: %s:%zu: %s\n", err->file, err->line, err->message);
  exit(1);
}

static inline double clock_s(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* CPU time of this thread. */
static inline double cpu_s(void) { return clock_s(CLOCK_THREAD_CPUTIME_ID); }

static inline int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

/* Sorts v. */
static inline double median(double *v, size_t n) {
  qsort(v, n, sizeof *v, by_size);
  return v[n / 2];
}

#endif
