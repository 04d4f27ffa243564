/* store: an event -> the rows that the questions read.
 *
 *   dyad      each pair of parties (a country, or a body as IGO.NATO) with the event's day, type, status and score
 *   transfer  goods: who gave, promised, asked for what
 *   promise   promises, threats and ultimatums
 *   deal      the sides of bargains (deal.c)
 *
 *   AID, PRK > RUS, shells, claimed -> dyad (PRK, RUS); transfer (PRK, RUS, ammunition, given) */
#include "store/store.h"

#include <string.h>

enum { GIVEN, PROMISED, ASKED, EXPECTED, POSSIBLE, DENIED, URGED };

static quid_status read_parties(qi_parties *out, quid_store *s, const cJSON *list, quid_error *err) {
  const cJSON *one;
  out->n = 0;
  cJSON_ArrayForEach(one, list) {
    int64_t party;
    quid_status status = qi_store_party(&party, s, one, err);
    if (status) return status;
    bool known = party == 0;
    for (uint32_t i = 0; i < out->n; i++) known |= out->id[i] == party;
    if (!known && out->n < QI_MAX_PARTIES) out->id[out->n++] = party;
  }
  return QUID_OK;
}

static bool is(const char *text, const char *word) { return text && strcmp(text, word) == 0; }

/* ---- pairs ---- */

static quid_status put_pair(quid_store *s, const qi_stored_event *e, int64_t a, int64_t b, quid_error *err) {
  sqlite3_stmt *q = s->sql[QI_SQL_DYAD_PUT];
  sqlite3_bind_int64(q, 1, a);
  sqlite3_bind_int64(q, 2, b);
  sqlite3_bind_int(q, 3, e->day);
  sqlite3_bind_int64(q, 4, e->id);
  sqlite3_bind_int64(q, 5, e->type);
  sqlite3_bind_int64(q, 6, e->status);
  sqlite3_bind_double(q, 7, e->score);
  quid_status status = qi_store_run(s, QI_SQL_DYAD_PUT, err);
  qi_month_sum sum = {a, b, qi_store_month(e->day), e->type, e->status, 1, e->score};
  if (!status && !qi_sums_add(&s->dyads, &s->batch, &sum)) status = qi_error_memory(err, "the sums");
  return status;
}

/* All sides of a meeting, a treaty, a joint deed are actors: each pair of them counts once. */
static bool is_mutual(const qi_stored_event *e) {
  return is(e->type_name, "CONSULT") || is(e->type_name, "COOPERATE") || is(e->type_name, "AGREE") || is(e->type_name, "SUPPORT");
}

static quid_status put_pairs(quid_store *s, const qi_stored_event *e, const qi_parties *a, const qi_parties *b, quid_error *err) {
  quid_status status = QUID_OK;
  if (!b->n && a->n > 1 && is_mutual(e)) {
    for (uint32_t i = 0; !status && i < a->n; i++)
      for (uint32_t k = i + 1; !status && k < a->n; k++) status = put_pair(s, e, a->id[i], a->id[k], err);
    return status;
  }
  for (uint32_t i = 0; !status && i < (a->n ? a->n : 1); i++)
    for (uint32_t k = 0; !status && k < (b->n ? b->n : 1); k++)
      if (a->n || b->n) status = put_pair(s, e, a->n ? a->id[i] : 0, b->n ? b->id[k] : 0, err);
  return status;
}

/* ---- goods ---- */

static int kind_of_status(const char *status) {
  if (is(status, "planned")) return PROMISED;
  if (is(status, "requested")) return ASKED;
  if (is(status, "expected")) return EXPECTED;
  if (is(status, "possible")) return POSSIBLE;
  if (is(status, "denied") || is(status, "negated")) return DENIED;
  if (is(status, "recommended")) return URGED;
  return GIVEN;
}

static quid_status put_transfer(quid_store *s, const qi_stored_event *e, const qi_parties *givers, const qi_parties *takers, int kind,
                                const char *class_name, int *number, quid_error *err) {
  sqlite3_stmt *q = s->sql[QI_SQL_TRANSFER_PUT];
  int64_t class_id;
  quid_status status = qi_store_name(&class_id, s, class_name, err);
  for (uint32_t i = 0; !status && i < givers->n; i++)
    for (uint32_t k = 0; !status && k < takers->n; k++) {
      if (givers->id[i] == takers->id[k]) continue;
      sqlite3_bind_int64(q, 1, givers->id[i]);
      sqlite3_bind_int64(q, 2, takers->id[k]);
      sqlite3_bind_int(q, 3, e->day);
      sqlite3_bind_int64(q, 4, e->id);
      sqlite3_bind_int(q, 5, *number);
      sqlite3_bind_int64(q, 6, class_id);
      sqlite3_bind_int(q, 7, kind);
      sqlite3_bind_int64(q, 8, e->status);
      status = qi_store_run(s, QI_SQL_TRANSFER_PUT, err);
      qi_month_sum sum = {givers->id[i], takers->id[k], qi_store_month(e->day), class_id, kind, 1, 0};
      if (!status && !qi_sums_add(&s->transfers, &s->batch, &sum)) status = qi_error_memory(err, "the sums");
    }
  (*number)++;
  return status;
}

static quid_status put_goods(quid_store *s, const qi_stored_event *e, const qi_parties *givers, const qi_parties *takers, int kind,
                             const cJSON *items, int *number, quid_error *err) {
  const cJSON *one;
  quid_status status = QUID_OK;
  if (!items || !items->child) return put_transfer(s, e, givers, takers, kind, NULL, number, err);
  cJSON_ArrayForEach(one, items) {
    status = put_transfer(s, e, givers, takers, kind, qi_store_text(one, "class"), number, err);
    if (status) break;
  }
  return status;
}

/* The other sides of a bargain that bare words tell: "in exchange for oil". */
static quid_status put_counterparts(quid_store *s, const qi_stored_event *e, const qi_parties *givers, const qi_parties *takers, int kind,
                                    const cJSON *exchange, int *number, quid_error *err) {
  const cJSON *one, *others = qi_store_get(exchange, "other");
  quid_status status = QUID_OK;
  cJSON_ArrayForEach(one, others) {
    const char *own = qi_store_text(one, "status");
    const cJSON *items = qi_store_get(one, "item");
    if (qi_store_get(one, "event") || !items || !items->child) continue;
    status = put_goods(s, e, takers, givers, own ? kind_of_status(own) : kind, items, number, err);
    if (status) break;
  }
  return status;
}

static quid_status put_transfers(quid_store *s, const qi_stored_event *e, const qi_parties *a, const qi_parties *b, quid_error *err) {
  const cJSON *items = qi_store_get(e->record, "item"), *exchange = qi_store_get(e->record, "exchange");
  bool has_items = items && items->child, request = is(e->type_name, "REQUEST"), promise = is(e->type_name, "AGREE");
  int kind = kind_of_status(e->status_name), number = 0;
  qi_parties givers = *a, takers = *b;
  if (request) {
    givers = *b, takers = *a;
    if (kind == GIVEN) kind = ASKED;
  } else if (promise && kind == GIVEN) {
    kind = PROMISED;
  }
  quid_status status = QUID_OK;
  if (exchange) {
    qi_parties own_givers, own_takers;
    status = read_parties(&own_givers, s, qi_store_get(exchange, "giver"), err);
    if (!status) status = read_parties(&own_takers, s, qi_store_get(exchange, "taker"), err);
    if (status) return status;
    if (own_givers.n && own_takers.n) givers = own_givers, takers = own_takers;
  }
  bool moves = is(e->type_name, "AID") || (has_items && (request || promise || exchange || is(e->type_name, "COOPERATE")));
  if (moves) status = put_goods(s, e, &givers, &takers, kind, items, &number, err);
  if (!status && exchange) status = put_counterparts(s, e, &givers, &takers, kind, exchange, &number, err);
  if (!status && exchange) status = qi_derive_deal(s, e, &givers, &takers, err);
  return status;
}

/* ---- promises ---- */

static quid_status put_promise(quid_store *s, const qi_stored_event *e, const qi_parties *a, const qi_parties *b, quid_error *err) {
  const cJSON *deadline = qi_store_get(e->record, "deadline");
  bool told = kind_of_status(e->status_name) == GIVEN;
  bool binds = is(e->type_name, "AGREE") || is(e->type_name, "THREATEN") || (is(e->type_name, "REQUEST") && deadline);
  if (!told || !binds || !a->n) return QUID_OK;
  sqlite3_stmt *q = s->sql[QI_SQL_PROMISE_PUT];
  qi_day due = qi_store_day(qi_store_text(deadline, "to"));
  sqlite3_bind_int64(q, 1, e->id);
  sqlite3_bind_int64(q, 2, a->id[0]);
  sqlite3_bind_int64(q, 3, b->n ? b->id[0] : a->n > 1 ? a->id[1] : 0); /* an agreement's sides are all actors */
  sqlite3_bind_int(q, 4, e->day);
  if (due != QI_DAY_NONE) sqlite3_bind_int(q, 5, due);
  else sqlite3_bind_null(q, 5);
  return qi_store_run(s, QI_SQL_PROMISE_PUT, err);
}

quid_status qi_derive(quid_store *s, const qi_stored_event *e, quid_error *err) {
  qi_parties a, b;
  if (e->day == QI_DAY_NONE) return QUID_OK; /* no series and no month can count it */
  quid_status status = read_parties(&a, s, qi_store_get(e->record, "actor"), err);
  if (!status) status = read_parties(&b, s, qi_store_get(e->record, "recipient"), err);
  if (!status) status = put_pairs(s, e, &a, &b, err);
  if (!status) status = put_transfers(s, e, &a, &b, err);
  return status ? status : put_promise(s, e, &a, &b, err);
}
