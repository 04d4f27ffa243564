/* ask: the ledger. Who gave, promised, was asked for and is expected to give whom what, by class of goods.
 *
 * Rows of `transfer` lie in the order of giver, taker and day, so that a pair's are one stretch of the file, and a country's one for each
 * partner (transfer_month tells the partners). They are counted by class, kind and status first and joined by name afterwards. Everybody's
 * goods come from the sums by month. A filter that looks into the event makes a join with each row's event; --as-of reads the rows of
 * replaced events too. The classes of goods are a tree: level 1 counts by its roots (material, troops, people), 2 by what is below them
 * (arms, money, energy), 3 by the class itself. The same exchange of goods seen from both sides is as in double-entry bookkeeping.
 *
 *   ledger PRK RUS -> arms, ammunition, given: PRK > RUS 12 (claimed 9, asserted 3), 2023-08-11 .. 2024-11-20; RUS > PRK 0 */
#include "ask/ledger.h"

#define MOST_ROWS 200
#define TO_TEXT(KIND)                                                                                                                      \
  "CASE " KIND " WHEN 0 THEN 'given' WHEN 1 THEN 'promised' WHEN 2 THEN 'asked' WHEN 3 THEN 'expected' WHEN 4 THEN 'possible' WHEN 5 "     \
  "THEN 'denied' ELSE 'urged' END"

/* ---- what the three ledgers share ---- */

static bool looks_into_events(const quid_filter *f) { return f && (f->actor || f->status || f->word_of || f->type || f->place || f->text || f->one_a_day || f->as_of); }

quid_status qi_ledger_find(qi_ledger *l, quid_store *s, const char *a, const char *b, const quid_filter *f, quid_error *err) {
  *l = (qi_ledger){.filter = f, .store = s};
  quid_status status = qi_filter_days(&l->days, f, err);
  if (!status && a) status = qi_ask_party(&l->a, s, a, err);
  if (!status && b) status = qi_ask_party(&l->b, s, b, err);
  return status;
}

/* "(SELECT giver, taker ...) p": the pairs that are looked at. */
static void add_pairs(qi_query *q, const qi_ledger *l, const char *table) {
  if (l->b) {
    qi_query_add(q, "(SELECT ");
    qi_query_number(q, l->a);
    qi_query_add(q, " AS giver, ");
    qi_query_number(q, l->b);
    qi_query_add(q, " AS taker UNION ALL SELECT ");
    qi_query_number(q, l->b);
    qi_query_add(q, ", ");
    qi_query_number(q, l->a);
    qi_query_add(q, ") p CROSS JOIN ");
  } else if (l->a) {
    static const char *const sides[] = {" WHERE giver = ", " UNION SELECT giver, taker FROM ", " WHERE taker = "};
    qi_query_add(q, "(SELECT giver, taker FROM ");
    qi_query_add(q, table);
    qi_query_add(q, sides[0]);
    qi_query_number(q, l->a);
    qi_query_add(q, sides[1]);
    qi_query_add(q, table);
    qi_query_add(q, sides[2]);
    qi_query_number(q, l->a);
    qi_query_add(q, ") p CROSS JOIN ");
  }
}

static quid_status add_rows_of(qi_query *q, const qi_ledger *l, const char *table, const char *pairs, quid_error *err) {
  bool join = looks_into_events(l->filter);
  qi_query_add(q, "SELECT x.giver, x.taker, x.day, x.event, x.class, x.kind, x.status FROM ");
  add_pairs(q, l, pairs);
  qi_query_add(q, table);
  qi_query_add(q, " x");
  if (l->a) qi_query_add(q, " ON x.giver = p.giver AND x.taker = p.taker");
  if (join) qi_query_add(q, " CROSS JOIN event e ON e.id = x.event");
  qi_query_add(q, " WHERE x.day BETWEEN ");
  qi_query_number(q, l->days.from);
  qi_query_add(q, " AND ");
  qi_query_number(q, l->days.to);
  return join ? qi_filter_where(q, l->store, l->filter, "e", err) : QUID_OK;
}

quid_status qi_ledger_add_rows(qi_query *q, const qi_ledger *l, quid_error *err) {
  quid_status status = add_rows_of(q, l, "transfer", "transfer_month", err);
  if (status || !l->filter || !l->filter->as_of) return status;
  qi_query_add(q, " UNION ALL ");
  return add_rows_of(q, l, "transfer_gone", "transfer_gone", err);
}

quid_status qi_answer_name_columns(quid_answer *a, const char *const *names, quid_error *err) {
  for (size_t i = 0; i < a->columns.len && names[i]; i++)
    if (!(a->columns.items[i] = qi_arena_strdup(&a->arena, qi_slice_str(names[i])))) return qi_error_memory(err, "the answer");
  return QUID_OK;
}

/* ---- the goods ---- */

/* "counted": rows by giver, taker, class at that level, kind and status. The last event is found by the greatest day and number. */
static quid_status add_counted(qi_query *q, const qi_ledger *l, unsigned level, quid_error *err) {
  qi_query_add(q, "WITH counted AS (SELECT x.giver, x.taker, ");
  qi_query_add(q, level == 1 ? "coalesce(c.root, x.class)" : level == 2 ? "coalesce(c.grp, x.class)" : "x.class");
  qi_query_add(q, " AS class, x.kind, x.status, count(DISTINCT x.event) AS n, min(x.day) AS first, max((x.day + 4000000) << 40 | x.event) AS last FROM (");
  quid_status status = qi_ledger_add_rows(q, l, err);
  qi_query_add(q, level < 3 ? ") x LEFT JOIN class c ON c.class = x.class GROUP BY 1, 2, 3, 4, 5), " : ") x GROUP BY 1, 2, 3, 4, 5), ");
  qi_query_add(q, "named AS (SELECT k.*, st.text || ' ' || k.n AS said FROM counted k JOIN name st ON st.id = k.status ORDER BY k.n DESC, st.text) ");
  return status;
}

#define DAY_OF(LAST) "date(((" LAST " >> 40) - 4000000) * 86400, 'unixepoch')"
#define EVENT_OF(LAST) "(SELECT printf('%016x', key) FROM event WHERE id = " LAST " & 0xffffffffff)"
#define GROUP_OF "coalesce((SELECT g.text FROM class c JOIN name g ON g.id = c.grp WHERE c.class = k.class), cn.text, '')"

/* One side of the table: what `giver` gave. */
static void add_side(qi_query *q, int64_t giver) {
  static const char *const columns[] = {", sum(CASE WHEN k.giver = ", " THEN k.n ELSE 0 END), coalesce(group_concat(CASE WHEN k.giver = ",
                                        " THEN k.said END, ', '), ''), min(CASE WHEN k.giver = ", " THEN k.first END), max(CASE WHEN k.giver = "};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    qi_query_add(q, columns[i]);
    qi_query_number(q, giver);
  }
  qi_query_add(q, " THEN k.last END)");
}

static const char SIDE_BY_SIDE[] =
    "SELECT " GROUP_OF " AS grp, coalesce(cn.text, '') AS class, " TO_TEXT("k.kind") ", k.an, k.asaid, date(k.afirst * 86400, 'unixepoch'), " DAY_OF("k.alast")
    ", " EVENT_OF("k.alast") ", k.bn, k.bsaid, date(k.bfirst * 86400, 'unixepoch'), " DAY_OF("k.blast") ", " EVENT_OF("k.blast")
    " FROM sides k LEFT JOIN name cn ON cn.id = k.class ORDER BY sum(k.an + k.bn) OVER (PARTITION BY " GROUP_OF ") DESC, grp, "
    "sum(k.an + k.bn) OVER (PARTITION BY k.class) DESC, cn.text, k.kind LIMIT ";

static quid_status side_by_side(quid_answer **out, const qi_ledger *l, const char *a, const char *b, unsigned level, quid_error *err) {
  qi_query q;
  char names[10][96];
  qi_query_init(&q);
  quid_status status = add_counted(&q, l, level, err);
  qi_query_add(&q, ", sides (class, kind, an, asaid, afirst, alast, bn, bsaid, bfirst, blast) AS (SELECT k.class, k.kind");
  add_side(&q, l->a);
  add_side(&q, l->b);
  qi_query_add(&q, " FROM named k GROUP BY k.class, k.kind) ");
  qi_query_add(&q, SIDE_BY_SIDE);
  qi_query_number(&q, l->filter && l->filter->limit ? l->filter->limit : MOST_ROWS);
  if (!status) status = qi_answer_of(out, l->store, &q, err);
  qi_query_clear(&q);
  static const char *const what[] = {"%s > %s", "%s status", "%s first", "%s last", "%s event"};
  const char *columns[14] = {"group", "class", "what"};
  for (int i = 0; i < 10; i++) {
    sqlite3_snprintf(sizeof names[i], names[i], what[i % 5], i < 5 ? a : b, i < 5 ? b : a);
    columns[3 + i] = names[i];
  }
  return status ? status : qi_answer_name_columns(*out, columns, err);
}

static const char OF_ONE[] =
    "SELECT g.text AS giver, t.text AS taker, " GROUP_OF " AS 'group', coalesce(cn.text, '') AS class, " TO_TEXT("k.kind") " AS what, k.n AS events, "
    "k.said AS status, date(k.first * 86400, 'unixepoch') AS first, " DAY_OF("k.last") " AS last, " EVENT_OF("k.last") " AS event "
    "FROM (SELECT giver, taker, class, kind, sum(n) AS n, group_concat(said, ', ') AS said, min(first) AS first, max(last) AS last FROM named "
    "GROUP BY giver, taker, class, kind) k JOIN name g ON g.id = k.giver JOIN name t ON t.id = k.taker LEFT JOIN name cn ON cn.id = k.class "
    "ORDER BY k.n DESC, giver, taker, class, k.kind LIMIT ";

static quid_status of_one(quid_answer **out, const qi_ledger *l, unsigned level, quid_error *err) {
  qi_query q;
  qi_query_init(&q);
  quid_status status = add_counted(&q, l, level, err);
  qi_query_add(&q, OF_ONE);
  qi_query_number(&q, l->filter && l->filter->limit ? l->filter->limit : MOST_ROWS);
  if (!status) status = qi_answer_of(out, l->store, &q, err);
  qi_query_clear(&q);
  return status;
}

/* ---- everybody's, by the sums ---- */

/* The event is the newest of that class and kind in the last month. */
#define MONTH(M) "printf('%04d-%02d', " M " / 12, " M " % 12 + 1)"
static const char EVERYBODY[] =
    ") SELECT g.text AS giver, t.text AS taker, " GROUP_OF " AS 'group', coalesce(cn.text, '') AS class, " TO_TEXT("k.kind") " AS what, k.n AS events, '' AS status, "
    MONTH("k.first") " AS first, " MONTH("k.last") " AS last, (SELECT printf('%016x', e.key) FROM transfer x JOIN event e ON e.id = x.event "
    "LEFT JOIN class xc ON xc.class = x.class WHERE x.giver = k.giver AND x.taker = k.taker AND x.day BETWEEN "
    "CAST(strftime('%s', " MONTH("k.last") " || '-01') AS INTEGER) / 86400 AND CAST(strftime('%s', " MONTH("k.last") " || '-01', '+1 month') AS INTEGER) / 86400 - 1 "
    "AND x.kind = k.kind AND k.class IN (x.class, xc.grp, xc.root) ORDER BY x.day DESC, x.event DESC LIMIT 1) AS event "
    "FROM k JOIN name g ON g.id = k.giver JOIN name t ON t.id = k.taker LEFT JOIN name cn ON cn.id = k.class ORDER BY k.n DESC, giver, taker, class, k.kind";

static bool whole_months(const qi_days_of *d) {
  bool from = d->from == QI_DAY_MIN || qi_day_to_ymd(d->from).day == 1;
  return from && (d->to == QI_DAY_MAX || qi_day_to_ymd(d->to + 1).day == 1);
}

static quid_status everybody(quid_answer **out, const qi_ledger *l, unsigned level, quid_error *err) {
  qi_query q;
  qi_query_init(&q);
  qi_query_add(&q, "WITH k AS (SELECT giver, taker, ");
  qi_query_add(&q, level == 1 ? "coalesce(c.root, m.class)" : level == 2 ? "coalesce(c.grp, m.class)" : "m.class");
  qi_query_add(&q, " AS class, kind, sum(n) AS n, min(month) AS first, max(month) AS last FROM transfer_month m LEFT JOIN class c ON c.class = m.class WHERE n > 0 AND month BETWEEN ");
  qi_query_number(&q, l->days.from == QI_DAY_MIN ? INT32_MIN : qi_store_month(l->days.from));
  qi_query_add(&q, " AND ");
  qi_query_number(&q, l->days.to == QI_DAY_MAX ? INT32_MAX : qi_store_month(l->days.to));
  qi_query_add(&q, " GROUP BY 1, 2, 3, 4 ORDER BY n DESC, 1, 2, 3, 4 LIMIT ");
  qi_query_number(&q, l->filter && l->filter->limit ? l->filter->limit : MOST_ROWS);
  qi_query_add(&q, EVERYBODY);
  quid_status status = qi_answer_of(out, l->store, &q, err);
  qi_query_clear(&q);
  return status;
}

quid_status quid_ask_ledger(quid_answer **out, quid_store *s, const char *a, const char *b, unsigned level, const quid_filter *f, quid_error *err) {
  qi_ledger l;
  *out = NULL;
  if (level > 3) return qi_error_set(err, QUID_ERR_ARGUMENT, "no level %u of classes; wanted 1, 2 or 3", level);
  if (!level) level = 3;
  quid_status status = qi_ledger_find(&l, s, a, b, f, err);
  if (!status && b) status = side_by_side(out, &l, a, b, level, err);
  else if (!status && !a && !looks_into_events(f) && whole_months(&l.days)) status = everybody(out, &l, level, err);
  else if (!status) status = of_one(out, &l, level, err);
  if (status) quid_answer_free(*out), *out = NULL;
  return status;
}
