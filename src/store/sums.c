/* store: sums by month that wait for the commit, so that a batch touches each row of a sum table once. */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

bool qi_sums_add(qi_month_sums *sums, qi_arena *arena, const qi_month_sum *one) {
  int64_t key[5] = {one->a, one->b, one->month, one->type, one->status};
  qi_slice bytes = {(const char *)key, sizeof key};
  uint32_t at = qi_map_find(&sums->at, bytes, QI_MAP_NONE);
  if (at != QI_MAP_NONE) {
    sums->items.items[at].n += one->n;
    sums->items.items[at].score += one->score;
    return true;
  }
  qi_slice kept = qi_arena_slice(arena, bytes);
  return kept.ptr && qi_map_put(&sums->at, kept, (uint32_t)sums->items.len) && QI_VEC_PUSH(&sums->items, *one);
}

void qi_sums_clear(qi_month_sums *sums) {
  qi_map_clear(&sums->at);
  QI_VEC_CLEAR(&sums->items);
}

static quid_status write_one(quid_store *s, qi_statement which, const qi_month_sum *one, quid_error *err) {
  sqlite3_stmt *q = s->sql[which];
  sqlite3_bind_int64(q, 1, one->a);
  sqlite3_bind_int64(q, 2, one->b);
  sqlite3_bind_int64(q, 3, one->month);
  sqlite3_bind_int64(q, 4, one->type);
  sqlite3_bind_int64(q, 5, one->status);
  sqlite3_bind_int64(q, 6, one->n);
  if (which != QI_SQL_TRANSFER_MONTH_PUT) sqlite3_bind_double(q, 7, one->score);
  return qi_store_run(s, which, err);
}

/* In the order of the table, so that each of its pages is met once. */
static int by_key(const void *x, const void *y) {
  const qi_month_sum *a = x, *b = y;
  const int64_t left[5] = {a->a, a->b, a->month, a->type, a->status}, right[5] = {b->a, b->b, b->month, b->type, b->status};
  for (int i = 0; i < 5; i++)
    if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
  return 0;
}

static quid_status write_sums(quid_store *s, qi_month_sums *sums, qi_statement which, quid_error *err) {
  quid_status status = QUID_OK;
  if (sums->items.len) qsort(sums->items.items, sums->items.len, sizeof *sums->items.items, by_key);
  for (size_t i = 0; !status && i < sums->items.len; i++) status = write_one(s, which, &sums->items.items[i], err);
  qi_sums_clear(sums);
  return status;
}

quid_status qi_sums_write(quid_store *s, quid_error *err) {
  quid_status status = QUID_OK;
  for (size_t i = 0; !status && i < s->dyads.items.len; i++) status = write_one(s, QI_SQL_DYAD_TOLD_PUT, &s->dyads.items.items[i], err);
  if (!status) status = write_sums(s, &s->dyads, QI_SQL_DYAD_MONTH_PUT, err);
  if (!status) status = write_sums(s, &s->transfers, QI_SQL_TRANSFER_MONTH_PUT, err);
  if (!status && s->newest != QI_DAY_NONE) {
    sqlite3_bind_int(s->sql[QI_SQL_NEWEST_PUT], 1, s->newest);
    status = qi_store_run(s, QI_SQL_NEWEST_PUT, err);
    s->newest = QI_DAY_NONE;
  }
  qi_arena_reset(&s->batch);
  return status;
}
