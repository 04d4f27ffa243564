/* ask: the ledger. Who gave, promised, was asked for and is expected to give whom what, by class of goods.
 *
 *   ledger PRK RUS -> PRK > RUS: ammunition, given, 12 events from 2023-08 to 2024-11; RUS > PRK: technology, expected, 3 ... */
#include "ask/ask.h"

#define MOST_ROWS 200

static const char SELECT[] =
    "SELECT g.text AS giver, t.text AS taker, coalesce(c.text, '') AS class, CASE x.kind WHEN 0 THEN 'given' WHEN 1 THEN 'promised' WHEN 2 THEN 'asked' "
    "WHEN 3 THEN 'expected' WHEN 4 THEN 'possible' WHEN 5 THEN 'denied' ELSE 'urged' END AS kind, count(DISTINCT x.event) AS events, "
    "date(min(x.day) * 86400, 'unixepoch') AS first, date(max(x.day) * 86400, 'unixepoch') AS last, group_concat(DISTINCT st.text) AS status, "
    "count(DISTINCT b.key) AS bargains, printf('%016x', min(e.key)) AS example "
    "FROM transfer x JOIN event e ON e.id = x.event JOIN name st ON st.id = x.status JOIN name g ON g.id = x.giver JOIN name t ON t.id = x.taker "
    "LEFT JOIN name c ON c.id = x.class LEFT JOIN bargain b ON b.event = x.event WHERE ";

static quid_status where_parties(qi_query *q, quid_store *s, const char *a, const char *b, quid_error *err) {
  int64_t first, second = 0;
  if (!a) {
    qi_query_add(q, "1");
    return QUID_OK;
  }
  quid_status status = qi_ask_party(&first, s, a, err);
  if (!status && b) status = qi_ask_party(&second, s, b, err);
  if (status) return status;
  qi_query_add(q, "((x.giver = ");
  qi_query_number(q, first);
  if (b) qi_query_add(q, " AND x.taker = "), qi_query_number(q, second);
  qi_query_add(q, ") OR (x.taker = ");
  qi_query_number(q, first);
  if (b) qi_query_add(q, " AND x.giver = "), qi_query_number(q, second);
  qi_query_add(q, "))");
  return QUID_OK;
}

quid_status quid_ask_ledger(quid_answer **out, quid_store *s, const char *a, const char *b, const quid_filter *f, quid_error *err) {
  qi_query q;
  *out = NULL;
  qi_query_init(&q);
  qi_query_add(&q, SELECT);
  quid_status status = where_parties(&q, s, a, b, err);
  if (!status) status = qi_filter_where(&q, s, f, "e", err);
  qi_query_add(&q, " GROUP BY x.giver, x.taker, x.class, x.kind ORDER BY events DESC, giver, taker, class, kind LIMIT ");
  qi_query_number(&q, f && f->limit ? f->limit : MOST_ROWS);
  if (!status) status = qi_answer_of(out, s, &q, err);
  qi_query_clear(&q);
  return status;
}
