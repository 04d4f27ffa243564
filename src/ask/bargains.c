/* ask: bargains. What was given for what, with the words that link both sides and the events that tell them; and the largest anywhere.
 *
 * `deal` has the sides of each bargain under its key. A pair's bargains are found by either side; each is shown with what is known of
 * both. The largest are those that most sentences tell: bargains with the same parties and the same classes of goods are one.
 *
 *   ledger PRK RUS --bargains -> 2024-11-20: PRK gave ammunition (claimed), RUS gave energy (expected): "in exchange for" */
#include "ask/ledger.h"

#define MOST_ROWS 200

static void add_end(qi_query *q, const quid_filter *f) {
  qi_query_add(q, " LIMIT ");
  qi_query_number(q, f && f->limit ? f->limit : MOST_ROWS);
}

/* " FROM deal x JOIN event e ... WHERE": the sides that fit. */
static quid_status add_fitting(qi_query *q, const qi_ledger *l, quid_error *err) {
  qi_query_add(q, " FROM deal x CROSS JOIN event e ON e.id = x.event WHERE ");
  if (l->b) {
    qi_query_add(q, "(x.giver, x.taker) IN (SELECT ");
    qi_query_number(q, l->a);
    qi_query_add(q, ", ");
    qi_query_number(q, l->b);
    qi_query_add(q, " UNION ALL SELECT ");
    qi_query_number(q, l->b);
    qi_query_add(q, ", ");
    qi_query_number(q, l->a);
    qi_query_add(q, ")");
  } else if (l->a) {
    qi_query_add(q, "(x.giver = ");
    qi_query_number(q, l->a);
    qi_query_add(q, " OR x.taker = ");
    qi_query_number(q, l->a);
    qi_query_add(q, ")");
  } else {
    qi_query_add(q, "1");
  }
  qi_query_add(q, " AND x.day BETWEEN "); /* as the event's, with an index */
  qi_query_number(q, l->days.from);
  qi_query_add(q, " AND ");
  qi_query_number(q, l->days.to);
  return qi_filter_where(q, l->store, l->filter, "e", err);
}

/* One value of a side, such as its goods, from the rows of the bargain. */
#define OF_SIDE(SIDE, WHAT, FROM)                                                                                                          \
  "(SELECT coalesce(group_concat(v, ', '), '') FROM (SELECT DISTINCT " WHAT " AS v FROM known d " FROM " WHERE d.key = k.key AND d.side = " SIDE " AND v IS NOT NULL ORDER BY v))"

static const char BARGAINS[] =
    "SELECT date(k.day * 86400, 'unixepoch') AS day, " OF_SIDE("0", "n.text", "JOIN name n ON n.id = d.giver") " AS giver, "
    OF_SIDE("0", "n.text", "JOIN name n ON n.id = d.class") " AS gave, " OF_SIDE("0", "n.text", "JOIN name n ON n.id = d.status") " AS status, "
    "coalesce(nullif(" OF_SIDE("1", "n.text", "JOIN name n ON n.id = d.giver") ", ''), " OF_SIDE("0", "n.text", "JOIN name n ON n.id = d.taker") ") AS other, "
    OF_SIDE("1", "n.text", "JOIN name n ON n.id = d.class") " AS returned, " OF_SIDE("1", "n.text", "JOIN name n ON n.id = d.status") " AS return_status, "
    "coalesce((SELECT coalesce(b.words, CAST(substr(CAST(s.text AS BLOB), b.start - s.start + 1, b.\"end\" - b.start) AS TEXT)) "
    "  FROM bargain b JOIN event e ON e.id = b.event JOIN sentence s ON s.id = e.sentence WHERE b.event = k.event), '') AS words, "
    OF_SIDE("0", "printf('%016x', e.key)", "JOIN event e ON e.id = d.event") " AS event, "
    OF_SIDE("1", "printf('%016x', e.key)", "JOIN event e ON e.id = d.event") " AS return_event, "
    "(SELECT s.text FROM event e JOIN sentence s ON s.id = e.sentence WHERE e.id = k.event) AS sentence FROM fits k ORDER BY k.day DESC, k.event";

quid_status quid_ask_bargains(quid_answer **out, quid_store *s, const char *a, const char *b, const quid_filter *f, quid_error *err) {
  qi_ledger l;
  qi_query q;
  *out = NULL;
  quid_status status = qi_ledger_find(&l, s, a, b, f, err);
  if (status) return status;
  qi_query_init(&q);
  qi_query_add(&q, "WITH fits AS MATERIALIZED (SELECT x.key, max(x.day) AS day, min(x.event) AS event");
  status = add_fitting(&q, &l, err);
  qi_query_add(&q, " GROUP BY x.key ORDER BY 2 DESC, 3");
  add_end(&q, f);
  /* The other side's rows need not fit the filter, but must hold at the same time. */
  qi_query_add(&q, "), known AS (SELECT x.* FROM deal x CROSS JOIN event e ON e.id = x.event WHERE x.key IN (SELECT key FROM fits)");
  quid_filter time = {.as_of = f ? f->as_of : NULL};
  if (!status) status = qi_filter_where(&q, s, &time, "e", err);
  qi_query_add(&q, ") ");
  qi_query_add(&q, BARGAINS);
  if (!status) status = qi_answer_of(out, s, &q, err);
  qi_query_clear(&q);
  return status;
}

/* ---- the largest ---- */

static const char LARGEST[] =
    "SELECT g.text AS giver, t.text AS taker, coalesce(c.text, '') AS gave, coalesce(r.text, '') AS returned, k.n AS bargains, "
    "date(k.first * 86400, 'unixepoch') AS first, date(((k.last >> 40) - 4000000) * 86400, 'unixepoch') AS last, "
    "(SELECT printf('%016x', key) FROM event WHERE id = k.last & 0xffffffffff) AS event FROM k "
    "JOIN name g ON g.id = k.giver JOIN name t ON t.id = k.taker LEFT JOIN name c ON c.id = k.class LEFT JOIN name r ON r.id = k.returned "
    "ORDER BY k.n DESC, giver, taker, gave, returned";

/* Without a filter that looks into the event, the rows of deal alone are read. */
static quid_status add_sides(qi_query *q, const qi_ledger *l, quid_error *err) {
  const quid_filter *f = l->filter;
  if (f && (f->actor || f->status || f->word_of || f->type || f->place || f->text || f->one_a_day || f->as_of)) {
    qi_query_add(q, "SELECT x.*");
    return add_fitting(q, l, err);
  }
  qi_query_add(q, "SELECT x.* FROM deal x WHERE x.gone IS NULL AND x.day BETWEEN ");
  qi_query_number(q, l->days.from);
  qi_query_add(q, " AND ");
  qi_query_number(q, l->days.to);
  return QUID_OK;
}

quid_status quid_ask_largest_bargains(quid_answer **out, quid_store *s, const quid_filter *f, quid_error *err) {
  qi_ledger l;
  qi_query q;
  *out = NULL;
  quid_status status = qi_ledger_find(&l, s, NULL, NULL, f, err);
  if (status) return status;
  qi_query_init(&q);
  qi_query_add(&q, "WITH k AS (SELECT x.giver, x.taker, x.class, coalesce(r.class, 0) AS returned, count(DISTINCT x.key) AS n, min(x.day) AS first, "
                   "max((x.day + 4000000) << 40 | x.event) AS last FROM (");
  status = add_sides(&q, &l, err);
  qi_query_add(&q, ") x LEFT JOIN deal r ON r.key = x.key AND r.side = 1 AND r.gone IS NULL WHERE x.side = 0 AND x.giver != 0 AND x.taker != 0 "
                   "GROUP BY 1, 2, 3, 4 ORDER BY n DESC, 1, 2, 3, 4");
  add_end(&q, f);
  qi_query_add(&q, ") ");
  qi_query_add(&q, LARGEST);
  if (!status) status = qi_answer_of(out, s, &q, err);
  qi_query_clear(&q);
  return status;
}
