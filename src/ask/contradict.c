/* ask: contradictions. Where the words of the parties, or of those who report, differ, with both sentences.
 *
 *   whether  of one occurrence somebody tells and somebody denies; a denial that no telling of the same day meets answers the last
 *            telling of the same type and pair before it, 400 days old at most
 *   who      on one day, at one place or to one side, each of two lays it at the other's door (table dispute)
 *   how many tellings of one occurrence give different numbers of dead, wounded ..., or of goods of one class
 *
 *   contradict --actor RUS -> 2024-03-11 ASSAULT, whether: Ukraine "... shelled a market ..." | Russia "... denied that ... shelled ..." */
#include "ask/ask.h"

#define MOST_ROWS 100

/* The newest denials and occurrences that pass the filter are looked at, so that the answer comes soon in a store of any size. */
enum { DENIALS_A_ROW = 20, STORIES_A_ROW = 50 };

static const char DENIALS[] =
    "WITH told AS (SELECT id FROM name WHERE text IN ('asserted', 'reported', 'claimed')), "
    "denial AS MATERIALIZED (SELECT x.id, x.story, x.type, x.day FROM event x WHERE x.status = (SELECT id FROM name WHERE text = 'denied') AND x.day IS NOT NULL";

/* The parties as in the table dyad. */
#define PARTY(ROLE)                                                                                                                             \
  "coalesce((SELECT CASE WHEN c.text IN ('IGO', 'NGO', 'NGM', 'MNC', 'INT') THEN (SELECT id FROM name WHERE text = n.code) ELSE n.country END " \
  "FROM participant p JOIN entity n ON n.id = p.entity JOIN name c ON c.id = n.country WHERE p.event = x.id AND p.role = " ROLE " ORDER BY p.number LIMIT 1), 0)"

/* pairs: matter; one: who tells, other: who denies or tells otherwise */
static const char PAIRS[] =
    "), met AS MATERIALIZED (SELECT x.*, " PARTY("0") " AS a, " PARTY("1") " AS b, (SELECT t.id FROM event t WHERE t.story = x.story AND t.gone IS NULL "
    "AND t.status IN told ORDER BY t.key LIMIT 1) AS teller FROM denial x), "
    "counted AS MATERIALIZED (SELECT e.story, e.id, e.times FROM story c JOIN event e ON e.story = c.id WHERE e.gone IS NULL), "
    "numbers AS MATERIALIZED (SELECT c.story, k.kind AS what, k.count AS n, c.id FROM counted c JOIN detail k ON k.event = c.id WHERE k.count IS NOT NULL "
    "UNION ALL SELECT c.story, printf('%d', i.class), i.count, c.id FROM counted c JOIN item i ON i.event = c.id WHERE i.count IS NOT NULL AND i.class IS NOT NULL "
    "UNION ALL SELECT story, 'times', times, id FROM counted WHERE times IS NOT NULL), "
    "pairs AS MATERIALIZED (SELECT 'whether' AS matter, teller AS one, id AS other FROM met WHERE teller IS NOT NULL "
    "UNION SELECT 'whether', (SELECT d.event FROM dyad d WHERE d.a = n.a AND d.b = n.b AND d.type = n.type AND d.status IN told AND d.day BETWEEN n.day - 400 "
    "AND n.day ORDER BY d.day DESC, d.event LIMIT 1), n.id FROM met n WHERE n.teller IS NULL "
    "UNION SELECT 'who', event, other FROM dispute "
    "UNION SELECT 'how many', (SELECT x.id FROM numbers x WHERE x.story = g.story AND x.what = g.what AND x.n = g.least ORDER BY x.id LIMIT 1), "
    "(SELECT x.id FROM numbers x WHERE x.story = g.story AND x.what = g.what AND x.n = g.most ORDER BY x.id LIMIT 1) "
    "FROM (SELECT story, what, min(n) AS least, max(n) AS most FROM numbers GROUP BY story, what HAVING min(n) < max(n)) g) ";

static const char SELECT[] =
    "SELECT date(o.day * 86400, 'unixepoch') AS day, t.text AS event, p.matter, "
    "coalesce((SELECT group_concat(coalesce(n.name, w.words), ', ') FROM word_of w LEFT JOIN entity n ON n.id = w.entity WHERE w.event = e.id), ed.publisher, ed.name) AS one, "
    "es.text AS one_status, est.text AS one_sentence, "
    "coalesce((SELECT group_concat(coalesce(n.name, w.words), ', ') FROM word_of w LEFT JOIN entity n ON n.id = w.entity WHERE w.event = o.id), od.publisher, od.name) AS other, "
    "os.text AS other_status, ost.text AS other_sentence, printf('%016x', e.key) AS example, printf('%016x', o.key) AS other_example "
    "FROM pairs p JOIN event e ON e.id = p.one JOIN event o ON o.id = p.other JOIN name t ON t.id = o.type JOIN name es ON es.id = e.status "
    "JOIN name os ON os.id = o.status JOIN sentence est ON est.id = e.sentence JOIN sentence ost ON ost.id = o.sentence "
    "JOIN document ed ON ed.id = est.document JOIN document od ON od.id = ost.document WHERE (p.matter <> 'how many' OR ed.id <> od.id) AND ((1";

quid_status quid_ask_contradict(quid_answer **out, quid_store *s, const quid_filter *f, quid_error *err) {
  qi_query q;
  *out = NULL;
  qi_query_init(&q);
  int64_t most = f && f->limit ? f->limit : MOST_ROWS;
  qi_query_add(&q, DENIALS);
  quid_status status = qi_filter_where(&q, s, f, "x", err);
  qi_query_add(&q, " ORDER BY x.day DESC, x.key LIMIT ");
  qi_query_number(&q, most * DENIALS_A_ROW);
  if (qi_filter_is_plain(f)) {
    qi_query_add(&q, "), story AS MATERIALIZED (SELECT x.id FROM occurrence x");
  } else {
    qi_query_add(&q, "), story AS MATERIALIZED (SELECT DISTINCT x.story AS id FROM event x WHERE x.story IS NOT NULL AND x.day IS NOT NULL");
    if (!status) status = qi_filter_where(&q, s, f, "x", err);
  }
  qi_query_add(&q, " ORDER BY x.day DESC, x.key LIMIT ");
  qi_query_number(&q, most * STORIES_A_ROW);
  qi_query_add(&q, PAIRS);
  qi_query_add(&q, SELECT);
  if (!status) status = qi_filter_where(&q, s, f, "e", err);
  qi_query_add(&q, ") OR (1");
  if (!status) status = qi_filter_where(&q, s, f, "o", err);
  qi_query_add(&q, ")) ORDER BY o.day DESC, p.matter, o.key, e.key LIMIT ");
  qi_query_number(&q, most);
  if (!status) status = qi_answer_of(out, s, &q, err);
  qi_query_clear(&q);
  return status;
}
