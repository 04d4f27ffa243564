/* ask: occurrences. Events of the world that two or more events of the store tell of, with their sources and what they differ in.
 *
 * Without a filter the loader's sums serve; with one, what passes it is counted anew. Numbers are set side by side, never averaged.
 *
 *   occurrences --type ASSAULT -> 2024-03-11 ASSAULT Russia > Kharkiv: 4 events, 4 sources, 2024-03-11 .. 12; dead 6 | 8; denied by Russia */
#include "ask/ask.h"

#define MOST_ROWS 100

static const char COUNTED[] =
    "SELECT e.story AS id, count(*) AS events, count(DISTINCT s.document) AS documents, count(DISTINCT coalesce(r.publisher, r.name)) AS sources, "
    "min(d.published) AS first, max(d.published) AS last FROM event e JOIN sentence s ON s.id = e.sentence JOIN document d ON d.id = s.document "
    "JOIN document r ON r.id = coalesce(d.original, d.id) WHERE e.story IS NOT NULL";

static const char KEPT[] = "SELECT id, n_events AS events, n_documents AS documents, n_sources AS sources, first_report AS first, last_report AS last "
                           "FROM occurrence ORDER BY n_sources DESC, n_events DESC, day DESC, key LIMIT ";

/* c: the chosen; o: its row; f: its first event. */
static const char SELECT[] =
    ") SELECT printf('%016x', o.key) AS id, date(o.day * 86400, 'unixepoch') AS day, t.text AS event, "
    "(SELECT group_concat(n.name, ', ') FROM participant p JOIN entity n ON n.id = p.entity WHERE p.event = o.first_event AND p.role = 0) AS actor, "
    "(SELECT group_concat(n.name, ', ') FROM participant p JOIN entity n ON n.id = p.entity WHERE p.event = o.first_event AND p.role = 1) AS recipient, "
    "c.events, c.documents, c.sources, date(c.first * 86400, 'unixepoch') AS first, date(c.last * 86400, 'unixepoch') AS last, "
    "(SELECT group_concat(text || CASE n WHEN 1 THEN '' ELSE ' ' || n END, ', ') FROM (SELECT st.text, count(*) AS n FROM event m JOIN name st ON "
    "st.id = m.status WHERE m.story = o.id AND m.gone IS NULL GROUP BY st.text ORDER BY n DESC, st.text)) AS status, "
    /* how many, by kind of victim and class of goods */
    "(SELECT group_concat(what || ' ' || counts, '; ') FROM (SELECT what, group_concat(n, ' | ') AS counts FROM (SELECT what, printf('%g', n) AS n "
    "FROM (SELECT k.kind AS what, k.count AS n FROM event m JOIN detail k ON k.event = m.id WHERE m.story = o.id AND m.gone IS NULL AND k.count IS NOT NULL "
    "UNION SELECT cl.text, i.count FROM event m JOIN item i ON i.event = m.id JOIN name cl ON cl.id = i.class WHERE m.story = o.id AND m.gone IS NULL AND "
    "i.count IS NOT NULL UNION SELECT 'times', m.times FROM event m WHERE m.story = o.id AND m.gone IS NULL AND m.times IS NOT NULL) ORDER BY what, n) GROUP BY what HAVING count(*) > 1 ORDER BY what)) AS differ, "
    "(SELECT group_concat(who, ', ') FROM (SELECT DISTINCT coalesce(n.name, w.words) AS who FROM event m JOIN word_of w ON w.event = m.id LEFT JOIN entity n "
    "ON n.id = w.entity WHERE m.story = o.id AND m.gone IS NULL AND m.status = (SELECT id FROM name WHERE text = 'denied') AND who IS NOT NULL ORDER BY who)) AS denied_by, "
    "s.text AS sentence FROM chosen c JOIN occurrence o ON o.id = c.id JOIN name t ON t.id = o.type JOIN event f ON f.id = o.first_event "
    "JOIN sentence s ON s.id = f.sentence ORDER BY c.sources DESC, c.events DESC, o.day DESC, o.key";

quid_status quid_ask_occurrences(quid_answer **out, quid_store *s, const quid_filter *f, quid_error *err) {
  uint32_t most = f && f->limit ? f->limit : MOST_ROWS;
  quid_status status = QUID_OK;
  qi_query q;
  *out = NULL;
  qi_query_init(&q);
  qi_query_add(&q, "WITH chosen AS MATERIALIZED (");
  if (qi_filter_is_plain(f)) {
    qi_query_add(&q, KEPT);
  } else {
    qi_query_add(&q, COUNTED);
    status = qi_filter_where(&q, s, f, "e", err);
    qi_query_add(&q, " GROUP BY e.story HAVING count(*) > 1 ORDER BY sources DESC, events DESC, (SELECT day FROM occurrence x WHERE x.id = e.story) DESC, "
                     "(SELECT key FROM occurrence x WHERE x.id = e.story) LIMIT ");
  }
  qi_query_number(&q, most);
  qi_query_add(&q, SELECT);
  if (!status) status = qi_answer_of(out, s, &q, err);
  qi_query_clear(&q);
  return status;
}
