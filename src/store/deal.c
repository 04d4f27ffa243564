/* store: an event in a bargain -> its rows of `deal`: what moves on its side, and on the other side where bare words tell it.
 *
 * The other side's own event writes its own rows; both share the bargain's key.
 *
 *   "PRK sent shells in exchange for oil" -> (given, PRK > RUS, ammunition), (return, RUS > PRK, energy) */
#include "store/store.h"

#include "base/hash.h"
#include <string.h>

typedef struct side {
  int64_t key, giver, taker, status;
  int number; /* 0 given, 1 return */
} side;

static quid_status put_row(quid_store *s, const qi_stored_event *e, const side *one, const char *class_name, quid_error *err) {
  sqlite3_stmt *q = s->sql[QI_SQL_DEAL_PUT];
  int64_t class_id;
  quid_status status = qi_store_name(&class_id, s, class_name, err);
  if (status) return status;
  sqlite3_bind_int64(q, 1, one->key);
  sqlite3_bind_int(q, 2, one->number);
  sqlite3_bind_int64(q, 3, one->giver);
  sqlite3_bind_int64(q, 4, one->taker);
  sqlite3_bind_int64(q, 5, class_id);
  sqlite3_bind_int64(q, 6, e->id);
  sqlite3_bind_int(q, 7, e->day);
  sqlite3_bind_int64(q, 8, one->status);
  return qi_store_run(s, QI_SQL_DEAL_PUT, err);
}

static quid_status put_classes(quid_store *s, const qi_stored_event *e, const side *one, const cJSON *items, quid_error *err) {
  const cJSON *item;
  quid_status status = QUID_OK;
  if (!items || !items->child) return put_row(s, e, one, NULL, err);
  cJSON_ArrayForEach(item, items) {
    status = put_row(s, e, one, qi_store_text(item, "class"), err);
    if (status) break;
  }
  return status;
}

static quid_status put_others(quid_store *s, const qi_stored_event *e, const side *own, const cJSON *others, quid_error *err) {
  const cJSON *one;
  cJSON_ArrayForEach(one, others) {
    side other = {own->key, own->taker, own->giver, own->status, 1 - own->number};
    const char *said = qi_store_text(one, "status");
    if (qi_store_get(one, "event")) continue;
    quid_status status = said ? qi_store_name(&other.status, s, said, err) : QUID_OK;
    if (!status) status = put_classes(s, e, &other, qi_store_get(one, "item"), err);
    if (status) return status;
  }
  return QUID_OK;
}

quid_status qi_derive_deal(quid_store *s, const qi_stored_event *e, const qi_parties *givers, const qi_parties *takers, quid_error *err) {
  const cJSON *exchange = qi_store_get(e->record, "exchange");
  const char *name = qi_store_text(exchange, "side");
  side one = {.status = e->status, .number = name && strcmp(name, "return") == 0};
  const char *id = qi_store_text(exchange, "id");
  if (!exchange || !name || !id) return QUID_OK;
  if (!qi_store_key(id, &one.key)) one.key = (int64_t)qi_hash64(qi_slice_str(id)); /* of another program */
  quid_status status = QUID_OK;
  for (uint32_t i = 0; !status && i < (givers->n ? givers->n : 1); i++)
    for (uint32_t k = 0; !status && k < (takers->n ? takers->n : 1); k++) {
      one.giver = givers->n ? givers->id[i] : 0;
      one.taker = takers->n ? takers->id[k] : 0;
      if (one.giver && one.giver == one.taker) continue;
      status = put_classes(s, e, &one, qi_store_get(e->record, "item"), err);
      if (!status) status = put_others(s, e, &one, qi_store_get(exchange, "other"), err);
    }
  return status;
}
