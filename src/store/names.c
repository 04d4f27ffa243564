/* store: texts -> the numbers of their rows, made when they are new.
 *
 * Each number is asked of the file once and then remembered: rows of these tables are never taken away. */
#include "store/store.h"

#include <string.h>

/* The remembered number; 0 none. */
static int64_t remembered(const quid_store *s, const qi_map *map, qi_slice key) {
  uint32_t at = qi_map_find(map, key, QI_MAP_NONE);
  return at == QI_MAP_NONE ? 0 : s->ids.items[at];
}

static quid_status remember(quid_store *s, qi_map *map, qi_slice key, int64_t id, quid_error *err) {
  qi_slice kept = qi_arena_slice(&s->keys, key);
  if (!kept.ptr || !QI_VEC_PUSH(&s->ids, id) || !qi_map_put(map, kept, (uint32_t)s->ids.len - 1)) return qi_error_memory(err, "the store's names");
  return QUID_OK;
}

/* Asks `get`; runs `put` where there is no row yet. The caller has bound both. */
static quid_status get_or_put(int64_t *out, quid_store *s, qi_statement get, qi_statement put, quid_error *err) {
  int code = sqlite3_step(s->sql[get]);
  if (code == SQLITE_ROW) *out = sqlite3_column_int64(s->sql[get], 0);
  quid_status status = qi_store_error(s, code, err);
  sqlite3_reset(s->sql[get]);
  if (status || code == SQLITE_ROW) return status;
  status = qi_store_run(s, put, err);
  *out = sqlite3_last_insert_rowid(s->db);
  return status;
}

quid_status qi_store_name(int64_t *out, quid_store *s, const char *text, quid_error *err) {
  *out = 0;
  if (!text || !*text) return QUID_OK;
  qi_slice key = qi_slice_str(text);
  if ((*out = remembered(s, &s->names, key))) return QUID_OK;
  sqlite3_bind_text(s->sql[QI_SQL_NAME_GET], 1, text, -1, SQLITE_STATIC);
  sqlite3_bind_text(s->sql[QI_SQL_NAME_PUT], 1, text, -1, SQLITE_STATIC);
  quid_status status = get_or_put(out, s, QI_SQL_NAME_GET, QI_SQL_NAME_PUT, err);
  return status ? status : remember(s, &s->names, key, *out, err);
}

static void bind_name(sqlite3_stmt *q, int at, int64_t name) {
  if (name) sqlite3_bind_int64(q, at, name);
  else sqlite3_bind_null(q, at);
}

quid_status qi_store_entity(int64_t *out, quid_store *s, const cJSON *entity, quid_error *err) {
  const char *code = qi_store_text(entity, "id");
  *out = 0;
  if (!code) return QUID_OK;
  if ((*out = remembered(s, &s->entities, qi_slice_str(code)))) return QUID_OK;
  int64_t country, sector, party;
  quid_status status = qi_store_party(&party, s, entity, err);
  if (!status) status = qi_store_name(&country, s, qi_store_text(entity, "country"), err);
  if (!status) status = qi_store_name(&sector, s, qi_store_text(entity, "sector"), err);
  if (status) return status;
  sqlite3_stmt *put = s->sql[QI_SQL_ENTITY_PUT];
  sqlite3_bind_text(s->sql[QI_SQL_ENTITY_GET], 1, code, -1, SQLITE_STATIC);
  sqlite3_bind_text(put, 1, code, -1, SQLITE_STATIC);
  sqlite3_bind_text(put, 2, qi_store_text(entity, "name"), -1, SQLITE_STATIC);
  bind_name(put, 3, country);
  bind_name(put, 4, sector);
  bind_name(put, 5, party);
  status = get_or_put(out, s, QI_SQL_ENTITY_GET, QI_SQL_ENTITY_PUT, err);
  return status ? status : remember(s, &s->entities, qi_slice_str(code), *out, err);
}

quid_status qi_store_place(int64_t *out, quid_store *s, const cJSON *place, quid_error *err) {
  const char *name = qi_store_text(place, "name");
  const cJSON *latitude = qi_store_get(place, "latitude"), *longitude = qi_store_get(place, "longitude"), *id = qi_store_get(place, "geonames");
  int64_t country;
  *out = 0;
  if (!name && !(name = qi_store_text(place, "text"))) return QUID_OK;
  quid_status status = qi_store_name(&country, s, qi_store_text(place, "country"), err);
  if (status) return status;
  char room[512];
  sqlite3_snprintf(sizeof room, room, "%s|%lld|%.0f", name, (long long)country, id ? id->valuedouble : 0);
  if ((*out = remembered(s, &s->places, qi_slice_str(room)))) return QUID_OK;
  for (int k = 0; k < 2; k++) {
    sqlite3_stmt *q = s->sql[k ? QI_SQL_PLACE_PUT : QI_SQL_PLACE_GET];
    sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
    bind_name(q, 2, country);
    if (id) sqlite3_bind_int64(q, 6, (int64_t)id->valuedouble);
    else sqlite3_bind_null(q, 6);
  }
  sqlite3_stmt *put = s->sql[QI_SQL_PLACE_PUT];
  sqlite3_bind_text(put, 3, qi_store_text(place, "admin1"), -1, SQLITE_STATIC);
  if (latitude && longitude) {
    sqlite3_bind_double(put, 4, latitude->valuedouble);
    sqlite3_bind_double(put, 5, longitude->valuedouble);
  } else {
    sqlite3_bind_null(put, 4);
    sqlite3_bind_null(put, 5);
  }
  status = get_or_put(out, s, QI_SQL_PLACE_GET, QI_SQL_PLACE_PUT, err);
  return status ? status : remember(s, &s->places, qi_slice_str(room), *out, err);
}

quid_status qi_store_party(int64_t *out, quid_store *s, const cJSON *entity, quid_error *err) {
  static const char *const wide[] = {"IGO", "NGO", "NGM", "MNC", "INT"}; /* countries that are none: the body counts */
  const char *code = qi_store_text(entity, "id"), *country = qi_store_text(entity, "country");
  char room[128];
  *out = 0;
  if (!code || !country) return QUID_OK;
  bool body = false;
  for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) body |= strcmp(country, wide[i]) == 0;
  if (!body) return qi_store_name(out, s, country, err);
  /* IGO.NATO; INT.UAF.ISLAMIC_STATE, whose second part is a sector */
  size_t n = 0, dots = 0, most = strncmp(code, "IGO.", 4) == 0 ? 2 : 3;
  for (; code[n] && n < sizeof room - 1; n++) {
    if (code[n] == '.' && ++dots == most) break;
    room[n] = code[n];
  }
  room[n] = '\0';
  return qi_store_name(out, s, room, err);
}
