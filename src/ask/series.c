/* ask: conflict and cooperation of a pair over time: per day, week, month or year the counts of the four quad classes and the mean score,
 * where the level changes for good, and how unlike its own past a period is (change.c).
 *
 *   series PRK RUS --by month -> 2024-06: 9 events, 5 verbal and 4 material cooperation, score 6.1, change "cooperation up 3.0x",
 *                                cooperation_surprise 2.4, example 5a1e40c9b2d07731 (a treaty)
 *
 * Periods without events stand as zeros between the first and the last one, as silence is part of a series. The past of a period is at
 * most PAST of its kind before it. The example is the strongest event of the kind that scored highest in the period. What is counted are rows
 * of pairs: of A with everybody, a deed toward two parties counts twice. */
#include "ask/change.h"
#include "ask/pairs.h"

#include <math.h>
#include <string.h>

#define MAX_PERIODS 20000u /* 54 years of days: without any change the search for one grows with the square */

typedef struct period {
  int64_t n[QI_N_QUADS], other; /* events */
  double score;
  double strongest; /* mean score of the row below, -1 none */
  int64_t a, b, type;
} period;

typedef struct series {
  quid_series_by by;
  int32_t first; /* number of periods[0] */
  size_t past;
  QI_VEC(period) periods;
} series;

/* Periods are numbered: days and weeks from 1970 (Thursday 1 January lies in the week of Monday, 29 December), months and years from 0. */
static int32_t number_of(quid_series_by by, qi_day day) {
  switch (by) {
  case QUID_BY_DAY: return day;
  case QUID_BY_WEEK: return (day + 3 - (((day + 3) % 7) + 7) % 7) / 7;
  case QUID_BY_MONTH: return qi_month_of(day);
  case QUID_BY_YEAR: return qi_day_to_ymd(day).year;
  }
  return 0;
}

static qi_day first_day(quid_series_by by, int32_t number) {
  switch (by) {
  case QUID_BY_DAY: return number;
  case QUID_BY_WEEK: return number * 7 - 3;
  case QUID_BY_MONTH: return qi_month_first(number);
  case QUID_BY_YEAR: return qi_day_from_ymd(number, 1, 1);
  }
  return 0;
}

static quid_status reach(series *s, int32_t number, quid_error *err) {
  static const period empty = {.strongest = -1};
  if (!s->periods.len) s->first = number;
  size_t before = number < s->first ? (size_t)(s->first - number) : 0;
  size_t need = number < s->first ? s->periods.len + before : (size_t)(number - s->first) + 1;
  if (need > MAX_PERIODS)
    return qi_error_set(err, QUID_ERR_ARGUMENT, "more than %u periods; take longer ones (--by) or a shorter time (--from, --to)", MAX_PERIODS);
  size_t old = s->periods.len;
  while (s->periods.len < need)
    if (!QI_VEC_PUSH(&s->periods, empty)) return qi_error_memory(err, "the series");
  if (before) {
    memmove(s->periods.items + before, s->periods.items, old * sizeof *s->periods.items);
    for (size_t i = 0; i < before; i++) s->periods.items[i] = empty;
    s->first = number;
  }
  return QUID_OK;
}

static bool is_stronger(const qi_pair_row *row, double mean, const period *p) {
  if (mean != p->strongest) return mean > p->strongest;
  if (row->a != p->a) return row->a < p->a;
  return row->b != p->b ? row->b < p->b : row->type < p->type;
}

static quid_status take(void *user, const qi_pair_row *row, quid_error *err) {
  series *s = user;
  int32_t number = number_of(s->by, row->day);
  quid_status status = reach(s, number, err);
  if (status) return status;
  period *p = &s->periods.items[number - s->first];
  for (int k = 0; k < QI_N_QUADS; k++) p->n[k] += row->of[k];
  p->other += row->of[QI_NO_QUAD];
  p->score += row->score;
  double mean = fabs(row->n ? row->score / (double)row->n : 0);
  if (is_stronger(row, mean, p)) p->strongest = mean, p->a = row->a, p->b = row->b, p->type = row->type;
  return QUID_OK;
}

static qi_counts counts_of(const period *p) {
  return (qi_counts){(double)(p->n[QI_VERBAL_COOPERATION] + p->n[QI_MATERIAL_COOPERATION]),
                     (double)(p->n[QI_VERBAL_CONFLICT] + p->n[QI_MATERIAL_CONFLICT])};
}

/* ---- as rows ---- */

/* "cooperation up 3.0x", "conflict down": of the mean of one stretch to that of the next; "" where it hardly moved. */
static void put_move(qi_builder *b, const char *what, double before, double after) {
  double ratio = before > 0 && after > 0 ? after / before : 0;
  if (before == after || (ratio && ratio > 0.8 && ratio < 1.25)) return;
  if (b->len) qi_builder_str(b, ", ");
  qi_builder_str(b, what);
  qi_builder_str(b, after > before ? " up" : " down");
  char text[32];
  sqlite3_snprintf((int)sizeof text, text, " %.1fx", ratio > 1 ? ratio : ratio ? 1 / ratio : 0.0);
  if (ratio) qi_builder_str(b, text);
}

static qi_counts mean_of(const qi_counts *c, const bool *starts, size_t n, size_t from, size_t *end) {
  qi_counts sum = {0, 0};
  size_t at = from;
  do sum.cooperation += c[at].cooperation, sum.conflict += c[at].conflict, at++;
  while (at < n && !starts[at]);
  *end = at;
  return (qi_counts){sum.cooperation / (double)(at - from), sum.conflict / (double)(at - from)};
}

typedef struct table {
  qi_counts *counts;      /* [n] */
  double *cooperation, *conflict; /* [n] */
  bool *starts;           /* [n] */
  qi_counts before, level; /* of the stretch before and of this one */
} table;

static quid_status put_surprise(quid_answer *out, const double *all, size_t at, size_t most, quid_error *err) {
  size_t n = at < most ? at : most;
  if (n < QI_LEAST_PAST) return qi_answer_put(out, NULL, err);
  qi_surprise s = qi_surprise_of(all + at - n, n, all[at]);
  return qi_answer_put_number(out, fabs(s.surprise) < 0.05 ? 0 : s.surprise, 1, err); /* no -0.0 */
}

static quid_status put_period(quid_answer *out, qi_pairs *pairs, const series *s, table *t, size_t i, quid_error *err) {
  const period *p = &s->periods.items[i];
  char date[QI_DATE_BYTES];
  int32_t number = s->first + (int32_t)i;
  qi_day from = first_day(s->by, number);
  int64_t n = p->other;
  size_t end = 0;
  qi_builder move;
  qi_example example = {.id = ""};
  for (int k = 0; k < QI_N_QUADS; k++) n += p->n[k];
  qi_builder_init(&move, 0);
  if (i == 0) t->level = mean_of(t->counts, t->starts, s->periods.len, 0, &end);
  if (t->starts[i]) {
    t->before = t->level;
    t->level = mean_of(t->counts, t->starts, s->periods.len, i, &end);
    put_move(&move, "cooperation", t->before.cooperation, t->level.cooperation);
    put_move(&move, "conflict", t->before.conflict, t->level.conflict);
  }
  qi_date_format(date, from);
  if (s->by == QUID_BY_MONTH) date[7] = '\0';
  if (s->by == QUID_BY_YEAR) date[4] = '\0';
  quid_status status = qi_answer_put(out, date, err);
  if (!status) status = qi_answer_put_number(out, (double)n, 0, err);
  for (int k = 0; !status && k < QI_N_QUADS; k++) status = qi_answer_put_number(out, (double)p->n[k], 0, err);
  if (!status) status = n ? qi_answer_put_number(out, p->score / (double)n, 2, err) : qi_answer_put(out, NULL, err);
  if (!status) status = qi_builder_status(&move, "the series", err);
  if (!status) status = qi_answer_put(out, move.ptr, err);
  if (!status) status = put_surprise(out, t->cooperation, i, s->past, err);
  if (!status) status = put_surprise(out, t->conflict, i, s->past, err);
  if (!status && n) status = qi_pairs_example(&example, pairs, p->a, p->b, from, first_day(s->by, number + 1) - 1, p->type, err);
  if (!status) status = qi_answer_put(out, example.id, err);
  qi_builder_clear(&move);
  return status;
}

static quid_status put_all(quid_answer *out, qi_pairs *pairs, const series *s, uint32_t limit, quid_error *err) {
  size_t n = s->periods.len;
  qi_arena arena;
  quid_status status = QUID_OK;
  qi_arena_init(&arena, 0);
  table t = {.counts = QI_NEW_ARRAY(&arena, qi_counts, n), .cooperation = QI_NEW_ARRAY(&arena, double, n),
             .conflict = QI_NEW_ARRAY(&arena, double, n), .starts = QI_NEW_ARRAY(&arena, bool, n)};
  if (n && (!t.counts || !t.cooperation || !t.conflict || !t.starts)) status = qi_error_memory(err, "the series");
  for (size_t i = 0; !status && i < n; i++) {
    t.counts[i] = counts_of(&s->periods.items[i]);
    t.cooperation[i] = t.counts[i].cooperation;
    t.conflict[i] = t.counts[i].conflict;
  }
  if (!status && n && !qi_change_points(t.starts, t.counts, n)) status = qi_error_memory(err, "the series");
  for (size_t i = 0; !status && i < n && (!limit || i < limit); i++) status = put_period(out, pairs, s, &t, i, err);
  qi_arena_clear(&arena);
  return status;
}

quid_status quid_ask_series(quid_answer **out, quid_store *store, const char *a, const char *b, const quid_filter *f, quid_series_by by, bool directed,
                            quid_error *err) {
  static const char *const columns[] = {"period", "events", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict",
                                        "score", "change", "cooperation_surprise", "conflict_surprise", "example", NULL};
  static const size_t past[] = {[QUID_BY_DAY] = 365, [QUID_BY_WEEK] = 104, [QUID_BY_MONTH] = 36, [QUID_BY_YEAR] = 10};
  series s = {.by = by, .past = past[by]};
  qi_pairs pairs;
  *out = NULL;
  quid_status status = qi_pairs_init(&pairs, store, f, a, b, by == QUID_BY_MONTH || by == QUID_BY_YEAR, err);
  pairs.directed = directed;
  if (!status) status = qi_pairs_read(&pairs, take, &s, err);
  if (!status) status = qi_answer_new(out, columns, err);
  if (!status) status = put_all(*out, &pairs, &s, f ? f->limit : 0, err);
  if (status) quid_answer_free(*out), *out = NULL;
  QI_VEC_CLEAR(&s.periods);
  qi_pairs_clear(&pairs);
  return status;
}
