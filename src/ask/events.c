/* ask: events that fit a filter; one event with all that hangs on it; SQL of the user's own. */
#include "ask/ask.h"

#include <string.h>

#define MOST_EVENTS 100

quid_status quid_ask_events(quid_answer **out, quid_store *s, const quid_filter *f, quid_error *err) {
  qi_query q;
  *out = NULL;
  qi_query_init(&q);
  qi_query_add(&q, "SELECT printf('%016x', e.key) AS id, date(e.day * 86400, 'unixepoch') AS day, st.text AS status, t.text AS event, e.mode, "
                   "(SELECT group_concat(n.name, ', ') FROM participant p JOIN entity n ON n.id = p.entity WHERE p.event = e.id AND p.role = 0) AS actor, "
                   "(SELECT group_concat(n.name, ', ') FROM participant p JOIN entity n ON n.id = p.entity WHERE p.event = e.id AND p.role = 1) AS recipient, "
                   "pl.name AS place, s.text AS sentence FROM event e JOIN sentence s ON s.id = e.sentence JOIN name st ON st.id = e.status "
                   "LEFT JOIN name t ON t.id = e.type LEFT JOIN place pl ON pl.id = e.place WHERE 1");
  quid_status status = qi_filter_where(&q, s, f, "e", err);
  qi_query_add(&q, " ORDER BY e.day DESC, e.id LIMIT ");
  qi_query_number(&q, f && f->limit ? f->limit : MOST_EVENTS);
  if (!status) status = qi_answer_of(out, s, &q, err);
  qi_query_clear(&q);
  return status;
}

/* Fields of one event as rows "field, value"; {key} stands for the event's key. The words of a span are cut from the sentence. */
static const char EVENT_SQL[] =
    "WITH e AS (SELECT * FROM event WHERE key = ?1 ORDER BY gone IS NOT NULL, id DESC LIMIT 1), s AS (SELECT * FROM sentence WHERE id = (SELECT sentence FROM e)), "
    "d AS (SELECT * FROM document WHERE id = (SELECT document FROM s)) "
    "SELECT 'sentence' AS field, (SELECT text FROM s) AS value "
    "UNION ALL SELECT 'document', (SELECT coalesce(title || ' ', '') || '(' || name || coalesce(', ' || publisher, '') || coalesce(', ' || date(published * 86400, 'unixepoch'), '') || ')' FROM d) "
    "UNION ALL SELECT 'url', url FROM d WHERE url IS NOT NULL "
    "UNION ALL SELECT 'event', coalesce((SELECT text FROM name WHERE id = type), cameo) || coalesce('/' || mode, '') || coalesce(' (' || context || ')', '') FROM e "
    "UNION ALL SELECT 'status', (SELECT text FROM name WHERE id = status) FROM e "
    "UNION ALL SELECT CASE p.role WHEN 0 THEN 'actor' WHEN 1 THEN 'recipient' WHEN 2 THEN 'giver' ELSE 'taker' END, n.name || ' (' || n.code || ')' "
    "  FROM participant p JOIN entity n ON n.id = p.entity WHERE p.event = (SELECT id FROM e) "
    "UNION ALL SELECT 'on the word of', coalesce((SELECT name || ' (' || code || ')' FROM entity WHERE id = w.entity), w.words, "
    "  (SELECT CAST(substr(CAST(text AS BLOB), w.start - s.start + 1, w.\"end\" - w.start) AS TEXT) FROM s)) FROM word_of w WHERE w.event = (SELECT id FROM e) "
    "UNION ALL SELECT 'trigger', (SELECT CAST(substr(CAST(text AS BLOB), e.trigger_start - s.start + 1, e.trigger_end - e.trigger_start) AS TEXT) FROM s) FROM e "
    "UNION ALL SELECT 'date', coalesce(date(day_from * 86400, 'unixepoch'), '') || '..' || coalesce(date(day_to * 86400, 'unixepoch'), '') || coalesce(' by ' || (SELECT text FROM name WHERE id = date_source), '') "
    "  FROM e WHERE day_from IS NOT NULL OR day_to IS NOT NULL "
    "UNION ALL SELECT 'place', pl.name || coalesce(', ' || pl.admin1, '') || coalesce(', ' || (SELECT text FROM name WHERE id = pl.country), '') || "
    "  CASE WHEN pl.latitude IS NULL THEN '' ELSE printf(' (%.4f, %.4f)', pl.latitude, pl.longitude) END FROM place pl WHERE pl.id = (SELECT place FROM e) "
    "UNION ALL SELECT 'item', coalesce(i.words, (SELECT CAST(substr(CAST(text AS BLOB), i.start - s.start + 1, i.\"end\" - i.start) AS TEXT) FROM s)) || "
    "  coalesce(' [' || (SELECT text FROM name WHERE id = i.class) || ']', '') || CASE WHEN i.count IS NULL THEN '' ELSE printf(' %g', i.count) END || coalesce(' ' || i.unit, '') FROM item i WHERE i.event = (SELECT id FROM e) "
    "UNION ALL SELECT kind, CASE WHEN count IS NULL THEN '' ELSE printf('%g ', count) END || coalesce(value, '') || coalesce(date(day_to * 86400, 'unixepoch'), '') FROM detail WHERE event = (SELECT id FROM e) "
    "UNION ALL SELECT 'times', times FROM e WHERE times IS NOT NULL "
    "UNION ALL SELECT 'bargain', side || ' (' || key || ')' FROM bargain WHERE event = (SELECT id FROM e) "
    "UNION ALL SELECT l.kind, coalesce(CASE WHEN l.other_key IS NOT NULL THEN printf('%016x', l.other_key) END, l.other_words, (SELECT CAST(substr(CAST(text AS BLOB), l.other_start - s.start + 1, l.other_end - l.other_start) AS TEXT) FROM s)) "
    "  FROM link l WHERE l.event = (SELECT id FROM e) "
    "UNION ALL SELECT 'confidence', confidence FROM e "
    "UNION ALL SELECT 'frame', (SELECT text FROM name WHERE id = frame) || coalesce(' (' || (SELECT text FROM name WHERE id = file) || ':' || line || ')', '') FROM e "
    "UNION ALL SELECT 'learned', l.at || ' (model ' || l.model || ', knowledge ' || l.knowledge || ')' FROM load l WHERE l.id = (SELECT load FROM e) "
    "UNION ALL SELECT 'replaced', l.at FROM load l WHERE l.id = (SELECT gone FROM e)";

static bool read_key(const char *hex, int64_t *out) {
  uint64_t bits = 0;
  if (strlen(hex) != 16 || strspn(hex, "0123456789abcdef") != 16) return false;
  for (int i = 0; i < 16; i++) bits = bits << 4 | (uint64_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
  memcpy(out, &bits, sizeof bits);
  return true;
}

quid_status quid_ask_event(quid_answer **out, quid_store *s, const char *id, quid_error *err) {
  sqlite3_stmt *q = NULL;
  int64_t key;
  *out = NULL;
  if (!read_key(id, &key)) return qi_error_set(err, QUID_ERR_ARGUMENT, "no id of an event: '%s'; wanted 16 hexadecimal digits", id);
  quid_status status = qi_store_error(s, sqlite3_prepare_v2(s->db, EVENT_SQL, -1, &q, NULL), err);
  if (!status) {
    sqlite3_bind_int64(q, 1, key);
    status = qi_answer_of_statement(out, s, q, err);
  }
  sqlite3_finalize(q);
  if (!status && quid_answer_n_rows(*out) && !*quid_answer_cell(*out, 0, 1)) {
    quid_answer_free(*out);
    *out = NULL;
    status = qi_error_set(err, QUID_ERR_ARGUMENT, "no event '%s' in the store", id);
  }
  return status;
}

quid_status quid_ask_sql(quid_answer **out, quid_store *s, const char *sql, quid_error *err) {
  sqlite3_stmt *q = NULL;
  const char *rest = "";
  *out = NULL;
  int code = sqlite3_prepare_v2(s->db, sql, -1, &q, &rest);
  quid_status status = QUID_OK;
  if (code) status = qi_error_set(err, QUID_ERR_ARGUMENT, "%s", sqlite3_errmsg(s->db));
  else if (!q) status = qi_error_set(err, QUID_ERR_ARGUMENT, "no SQL given");
  else if (rest[strspn(rest, " \t\r\n;")]) status = qi_error_set(err, QUID_ERR_ARGUMENT, "more than one statement");
  else if (!sqlite3_stmt_readonly(q)) status = qi_error_set(err, QUID_ERR_ARGUMENT, "only questions are taken: this statement writes");
  if (!status) status = qi_answer_of_statement(out, s, q, err);
  sqlite3_finalize(q);
  return status;
}
