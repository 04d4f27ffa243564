/* store: an event that a later coding does not find any more, or reads otherwise -> a row that is kept but no longer holds.
 *
 * The event keeps its row with `gone`, the load that replaced it. What the questions sum leaves the sums: its rows of dyad and transfer
 * move to dyad_gone and transfer_gone (read for --as-of), and the sums by month get as much less. Those rows are found without an
 * index by event: they lie under the event's day and the pairs of its participants' parties.
 *
 *   event 17, AID, PRK > RUS, on 2024-10-08 -> dyad (PRK, RUS, 2024-10-08, 17) moves; dyad_month (PRK, RUS, 2024-10, AID) n - 1 */
#include "store/store.h"

/* The pairs: parties of the participants, and nobody. */
#define PAIRS                                                                                                                              \
  "WITH p AS (SELECT DISTINCT n.party AS id FROM participant x JOIN entity n ON n.id = x.entity WHERE x.event = ?1 AND n.party IS NOT NULL " \
  "UNION SELECT 0), e AS (SELECT id, day FROM event WHERE id = ?1) "

static const char DYADS[] = PAIRS "SELECT d.a, d.b, d.day, d.type, d.status, d.score FROM e, p AS pa, p AS pb CROSS JOIN dyad d "
                                  "ON d.a = pa.id AND d.b = pb.id AND d.day = e.day AND d.event = e.id";
static const char TRANSFERS[] = PAIRS "SELECT x.giver, x.taker, x.day, x.class, x.kind, 0, x.number FROM e, p AS pa, p AS pb CROSS JOIN transfer x "
                                      "ON x.giver = pa.id AND x.taker = pb.id AND x.day = e.day AND x.event = e.id";

static quid_status subtract(quid_store *s, const char *sql, qi_month_sums *sums, int64_t event, quid_error *err) {
  sqlite3_stmt *q = NULL;
  int code = SQLITE_DONE;
  quid_status status = qi_store_error(s, sqlite3_prepare_v2(s->db, sql, -1, &q, NULL), err);
  if (!status) sqlite3_bind_int64(q, 1, event);
  while (!status && (code = sqlite3_step(q)) == SQLITE_ROW) {
    qi_month_sum less = {sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1), qi_store_month(sqlite3_column_int(q, 2)),
                         sqlite3_column_int64(q, 3), sqlite3_column_int64(q, 4), -1, -sqlite3_column_double(q, 5)};
    if (!qi_sums_add(sums, &s->batch, &less)) status = qi_error_memory(err, "the sums");
  }
  if (!status) status = qi_store_error(s, code, err);
  sqlite3_finalize(q);
  return status;
}

/* Runs SQL with the event as ?1 and the load as ?2. */
static quid_status run(quid_store *s, const char *sql, int64_t event, quid_error *err) {
  sqlite3_stmt *q = NULL;
  quid_status status = qi_store_error(s, sqlite3_prepare_v2(s->db, sql, -1, &q, NULL), err);
  if (status) return status;
  sqlite3_bind_int64(q, 1, event);
  if (sqlite3_bind_parameter_count(q) > 1) sqlite3_bind_int64(q, 2, s->load);
  status = qi_store_error(s, sqlite3_step(q), err);
  sqlite3_finalize(q);
  return status;
}

quid_status qi_store_event_gone(quid_store *s, int64_t event, quid_error *err) {
  static const char *const moves[] = {
      PAIRS "INSERT INTO dyad_gone SELECT d.* FROM e, p AS pa, p AS pb CROSS JOIN dyad d ON d.a = pa.id AND d.b = pb.id AND d.day = e.day AND d.event = e.id",
      PAIRS "DELETE FROM dyad WHERE (a, b, day, event) IN (SELECT g.a, g.b, g.day, g.event FROM e, p AS pa, p AS pb CROSS JOIN dyad_gone g "
            "ON g.a = pa.id AND g.b = pb.id AND g.day = e.day AND g.event = e.id)",
      PAIRS "INSERT INTO transfer_gone SELECT x.* FROM e, p AS pa, p AS pb CROSS JOIN transfer x ON x.giver = pa.id AND x.taker = pb.id AND x.day = e.day AND x.event = e.id",
      PAIRS "DELETE FROM transfer WHERE (giver, taker, day, event, number) IN (SELECT g.giver, g.taker, g.day, g.event, g.number FROM e, p AS pa, p AS pb "
            "CROSS JOIN transfer_gone g ON g.giver = pa.id AND g.taker = pb.id AND g.day = e.day AND g.event = e.id)",
      PAIRS "UPDATE deal SET gone = ?2 WHERE event = ?1 AND gone IS NULL AND (giver, taker, day) IN (SELECT pa.id, pb.id, e.day FROM e, p AS pa, p AS pb)",
      "UPDATE event SET gone = ?2 WHERE id = ?1 AND gone IS NULL",
  };
  quid_status status = subtract(s, DYADS, &s->dyads, event, err);
  if (!status) status = subtract(s, TRANSFERS, &s->transfers, event, err);
  for (size_t i = 0; !status && i < sizeof moves / sizeof *moves; i++) status = run(s, moves[i], event, err);
  return status;
}

quid_status qi_store_option_gone(quid_store *s, int64_t option, quid_error *err) {
  return run(s, "UPDATE option SET gone = ?2 WHERE id = ?1 AND gone IS NULL", option, err);
}

/* ---- the document ---- */

static quid_status step(quid_store *s, sqlite3_stmt *q, quid_error *err) {
  quid_status status = qi_store_error(s, sqlite3_step(q), err);
  sqlite3_reset(q);
  return status;
}

/* All are put away below 0; then those with the same span as a sentence of now get its number. A long document's are few: no index. */
quid_status qi_store_cut(quid_store *s, int64_t document, const quid_document *doc, quid_error *err) {
  sqlite3_stmt *put_away = NULL, *number = NULL, *coded = NULL;
  quid_status status = qi_store_error(s, sqlite3_prepare_v2(s->db, "UPDATE sentence SET number = -2 - number WHERE document = ?1 AND number >= 0", -1, &put_away, NULL), err);
  if (!status) status = qi_store_error(s, sqlite3_prepare_v2(s->db, "UPDATE sentence SET number = ?2 WHERE id = (SELECT max(id) FROM sentence WHERE document = ?1 AND number < 0 "
                                                                    "AND start = ?3 AND \"end\" = ?4)", -1, &number, NULL), err);
  if (!status) status = qi_store_error(s, sqlite3_prepare_v2(s->db, "UPDATE document SET coded = ?2 WHERE id = ?1", -1, &coded, NULL), err);
  if (!status) {
    sqlite3_bind_int64(put_away, 1, document);
    sqlite3_bind_int64(coded, 1, document);
    sqlite3_bind_int64(coded, 2, s->load);
    status = step(s, put_away, err);
  }
  for (size_t i = 0; !status && i < quid_document_n_sentences(doc); i++) {
    quid_span span = quid_document_sentence(doc, i);
    sqlite3_bind_int64(number, 1, document);
    sqlite3_bind_int64(number, 2, (int64_t)i);
    sqlite3_bind_int64(number, 3, span.start);
    sqlite3_bind_int64(number, 4, span.end);
    status = step(s, number, err);
  }
  if (!status) status = step(s, coded, err);
  sqlite3_finalize(put_away);
  sqlite3_finalize(number);
  sqlite3_finalize(coded);
  return status;
}

quid_status qi_store_clear_empty_sums(quid_store *s, quid_error *err) {
  return qi_store_exec(s, "DELETE FROM dyad_month WHERE n = 0; DELETE FROM transfer_month WHERE n = 0; "
                         "DELETE FROM dyad_told WHERE verbal_cooperation = 0 AND material_cooperation = 0 AND verbal_conflict = 0 AND material_conflict = 0 AND other = 0", err);
}
