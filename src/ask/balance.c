/* ask: the ledger over time. What each side gave, promised and asked for, month by month or year by year, and what it gave more than the
 * other up to then.
 *
 *   ledger PRK RUS --by month -> 2024-10: PRK gave 7, RUS gave 1, ..., balance 6 (since the first month) */
#include "ask/ledger.h"

#include <string.h>

static void add_count(qi_query *q, int64_t a, bool gives, int kind, const char *as) {
  qi_query_add(q, ", count(DISTINCT CASE WHEN x.giver ");
  qi_query_add(q, gives ? "= " : "!= ");
  qi_query_number(q, a);
  qi_query_add(q, " AND x.kind = ");
  qi_query_number(q, kind);
  qi_query_add(q, " THEN x.event END) AS ");
  qi_query_add(q, as);
}

quid_status quid_ask_balance(quid_answer **out, quid_store *s, const char *a, const char *b, const char *by, const quid_filter *f, quid_error *err) {
  qi_ledger l;
  qi_query q;
  *out = NULL;
  bool year = strcmp(by, "year") == 0;
  if (!a) return qi_error_set(err, QUID_ERR_ARGUMENT, "a balance is somebody's: a party is wanted");
  if (!year && strcmp(by, "month") != 0) return qi_error_set(err, QUID_ERR_ARGUMENT, "no balance by '%s'; wanted month or year", by);
  quid_status status = qi_ledger_find(&l, s, a, b, f, err);
  if (status) return status;
  qi_query_init(&q);
  qi_query_add(&q, "WITH p AS (SELECT strftime(");
  qi_query_text(&q, year ? "%Y" : "%Y-%m");
  qi_query_add(&q, ", x.day * 86400, 'unixepoch') AS period");
  /* What somebody asks for, the other one would give: kind 2. */
  static const char *const as[] = {"a0", "b0", "a1", "b1", "b2", "a2", "a3", "b3"};
  for (int i = 0; i < 8; i++) add_count(&q, l.a, i % 2 == 0, i / 2, as[i]);
  qi_query_add(&q, ", max((x.day + 4000000) << 40 | x.event) AS last FROM (");
  status = qi_ledger_add_rows(&q, &l, err);
  qi_query_add(&q, ") x GROUP BY 1) SELECT period, a0, b0, a1, b1, a2, b2, a3, b3, sum(a0 - b0) OVER (ORDER BY period) AS balance, "
                   "(SELECT printf('%016x', key) FROM event WHERE id = last & 0xffffffffff) AS event FROM p ORDER BY period");
  if (f && f->limit) qi_query_add(&q, " LIMIT "), qi_query_number(&q, f->limit);
  if (!status) status = qi_answer_of(out, s, &q, err);
  qi_query_clear(&q);
  char names[8][96];
  const char *columns[10] = {"period"};
  static const char *const what[] = {"%s gave", "%s promised", "%s asked", "%s is to give"};
  for (int i = 0; i < 8; i++) {
    sqlite3_snprintf(sizeof names[i], names[i], what[i / 2], i % 2 == 0 ? a : b ? b : "others");
    columns[1 + i] = names[i];
  }
  if (!status) status = qi_answer_name_columns(*out, columns, err);
  if (status) quid_answer_free(*out), *out = NULL;
  return status;
}
