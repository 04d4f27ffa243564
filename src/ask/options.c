/* ask: options. What is urged, by whom, on whom, toward whom, how often, and whether it was done since.
 *
 * Options on the same party toward the same party with the same deed are one row; the deed is the type of its event, where it is one, with its
 * verb. Counting reads the index option_sum alone, so that a million options take a second; what the index has not (words, sentence) is
 * looked up for the rows that are shown. Done is a told event of that type by that party to that party after it was first urged.
 *
 *   "Seoul ought to give Ukraine air defense systems" -> KOR, UKR, AID, give: 1; done: - */
#include "ask/ask.h"

#define MOST_ROWS 200

static const char COUNTED[] =
    "WITH k AS (SELECT o.on_party, o.toward_party, o.type, o.verb, o.negated, count(*) AS n, count(DISTINCT o.by_party) AS n_by, min(o.day) AS first, max(o.day) AS last, "
    "max(o.id) AS one FROM option o WHERE ";
static const char SHOWN[] =
    "SELECT coalesce(nullif((SELECT group_concat(text, ', ') FROM (SELECT DISTINCT coalesce(n.text, '(writer)') AS text FROM option o LEFT JOIN name n ON n.id = o.by_party "
    "  WHERE o.on_party = k.on_party AND o.toward_party = k.toward_party AND o.type = k.type AND o.verb IS k.verb AND o.negated = k.negated AND o.gone IS NULL ORDER BY 1 LIMIT 5)), ''), '(writer)') AS by, "
    "coalesce(no.text, x.record ->> '$.on[0].name', x.record ->> '$.on_words.text', '') AS 'on', coalesce(nt.text, '') AS toward, "
    "CASE k.negated WHEN 1 THEN 'not ' ELSE '' END || coalesce(x.record ->> '$.deed.text', k.verb, '') AS deed, coalesce(ty.text, '') AS type, k.n AS times, "
    "date(k.first * 86400, 'unixepoch') AS first, date(k.last * 86400, 'unixepoch') AS last, "
    "CASE WHEN k.type = 0 OR k.on_party = 0 THEN '' WHEN d.event IS NULL THEN 'no' ELSE date(d.day * 86400, 'unixepoch') END AS done, "
    "s.text AS sentence, coalesce(x.record ->> '$.id', '') AS option, CASE WHEN x.event_key IS NULL THEN '' ELSE printf('%016x', x.event_key) END AS event, coalesce((SELECT printf('%016x', key) FROM event WHERE id = d.event), '') AS done_event "
    "FROM k JOIN option x ON x.id = k.one JOIN sentence s ON s.id = x.sentence LEFT JOIN name no ON no.id = k.on_party LEFT JOIN name nt ON nt.id = k.toward_party "
    "LEFT JOIN name ty ON ty.id = k.type LEFT JOIN dyad d ON (d.a, d.b, d.day, d.event) = (SELECT y.a, y.b, y.day, y.event FROM dyad y WHERE k.type != 0 AND k.on_party != 0 "
    "AND y.a = k.on_party AND y.b = k.toward_party AND y.day > k.first AND y.type = k.type AND y.status IN (SELECT id FROM name WHERE text IN ('asserted', 'reported', 'claimed')) "
    "ORDER BY y.day, y.event LIMIT 1) ORDER BY k.n DESC, k.last DESC, k.one";

/* The filter's conditions on options; those of events do not apply to them. */
static quid_status add_where(qi_query *q, quid_store *s, const char *on, const quid_filter *f, quid_error *err) {
  qi_days_of days;
  int64_t party;
  quid_status status = qi_filter_days(&days, f, err);
  if (!status && f && (f->status || f->place)) status = qi_error_set(err, QUID_ERR_ARGUMENT, "options have no status and no place");
  if (status) return status;
  if (days.from != QI_DAY_MIN || days.to != QI_DAY_MAX) {
    qi_query_add(q, " AND o.day BETWEEN ");
    qi_query_number(q, days.from);
    qi_query_add(q, " AND ");
    qi_query_number(q, days.to);
  }
  if (on) {
    status = qi_ask_party(&party, s, on, err);
    qi_query_add(q, " AND o.on_party = ");
    qi_query_number(q, party);
  }
  return status ? status : qi_filter_option(q, s, f, "o", err);
}

quid_status quid_ask_options(quid_answer **out, quid_store *s, const char *on, const quid_filter *f, quid_error *err) {
  qi_query q;
  *out = NULL;
  qi_query_init(&q);
  qi_query_add(&q, COUNTED);
  qi_query_add(&q, f && f->as_of ? "1" : "o.gone IS NULL");
  quid_status status = add_where(&q, s, on, f, err);
  /* A verb alone ("do", "work") says too little where the deed is no event: there the words count. */
  qi_query_add(&q, " GROUP BY o.on_party, o.toward_party, o.type, o.verb, o.negated, "
                   "CASE WHEN o.type = 0 THEN lower(json_extract(o.record, '$.deed.text')) END ORDER BY n DESC, last DESC, one LIMIT ");
  qi_query_number(&q, f && f->limit ? f->limit : MOST_ROWS);
  qi_query_add(&q, ") ");
  qi_query_add(&q, SHOWN);
  if (!status) status = qi_answer_of(out, s, &q, err);
  qi_query_clear(&q);
  return status;
}
