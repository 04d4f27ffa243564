/* store: a day -> its events as tellings, ready to be compared.
 *
 * Ids, types and statuses are taken apart once and remembered; the rest is read event by event in the order of the keys, which hang
 * on the text and not on the order of loading. An event whose day is only that of publication, or is only bounded ("has
 * shipped"), is not `dated`.
 *
 *   2024-03-11 -> {ASSAULT, told, RUS.MIL > nobody, kharkiv, [forces kharki killin market offici russia shelle ukrain]} ... */
#include "store/match.h"

#include "base/hash.h"

#include <string.h>

static const char EVENTS[] =
    "SELECT e.id, e.key, e.type, e.status, e.day_from, e.day_to, d.published, ds.text, g.text, e.place, e.frame, e.story, e.sentence, d.id, "
    "o.id, coalesce(o.publisher, o.name) FROM event e JOIN sentence s ON s.id = e.sentence JOIN document d ON d.id = s.document "
    "JOIN document o ON o.id = coalesce(d.original, d.id) LEFT JOIN name ds ON ds.id = e.date_source LEFT JOIN name g ON g.id = e.granularity "
    "WHERE e.day = ?1 AND e.gone IS NULL AND e.type IS NOT NULL ORDER BY e.type, e.key, d.name, s.number";
enum { ID, KEY, TYPE, STATUS, FROM, TO, PUBLISHED, SOURCE, GRAIN, PLACE, FRAME, STORY, SENTENCE, DOCUMENT, ROOT, PUBLISHER };

static const char SIDES[] = "SELECT role, entity FROM participant WHERE event = ?1 AND role < 2 ORDER BY role, number";
static const char ITEMS[] = "SELECT DISTINCT class FROM item WHERE event = ?1 AND class IS NOT NULL ORDER BY number LIMIT 4";
static const char ENTITY[] = "SELECT e.code, c.text, s.text, e.name FROM entity e LEFT JOIN name c ON c.id = e.country LEFT JOIN name s ON s.id = e.sector WHERE e.id = ?1";
static const char TEXT[] = "SELECT text FROM sentence WHERE id = ?1";
static const char SAID[] = "SELECT entity FROM word_of WHERE event = ?1 AND entity IS NOT NULL ORDER BY number";
/* A place that is a whole country bears the name of the entity that is nothing but the country. */
static const char PLACE_OF[] = "SELECT p.name, EXISTS (SELECT 1 FROM name c JOIN entity e ON e.code = c.text WHERE c.id = p.country AND "
                               "e.name = p.name) FROM place p WHERE p.id = ?1";

static qi_slice column(sqlite3_stmt *q, int at) {
  const char *text = (const char *)sqlite3_column_text(q, at);
  return qi_slice_of(text, text ? (size_t)sqlite3_column_bytes(q, at) : 0);
}

static bool is(qi_slice text, const char *word) { return qi_slice_eq_str(text, word); }

static const struct { const char *type; uint8_t way; } ways[] = {
    {"CONSULT", QI_TYPE_MUTUAL}, {"AGREE", QI_TYPE_MUTUAL},  {"SUPPORT", QI_TYPE_MUTUAL}, {"COOPERATE", QI_TYPE_MUTUAL},
    {"ASSAULT", QI_TYPE_LOCAL},  {"COERCE", QI_TYPE_LOCAL},  {"PROTEST", QI_TYPE_LOCAL},  {"MOBILIZE", QI_TYPE_LOCAL},
    {"RETREAT", QI_TYPE_LOCAL},  {"AID", QI_TYPE_LOCAL | QI_TYPE_GOODS},
};
static const struct { const char *status; uint8_t standing; } standings[] = {
    {"planned", 1}, {"expected", 1}, {"possible", 1}, {"requested", 2}, {"recommended", 2},
};

/* 0: the store does not have it. */
static quid_status find_name(int64_t *out, quid_store *s, const char *name, quid_error *err) {
  sqlite3_stmt *q = NULL;
  int code = sqlite3_prepare_v2(s->db, "SELECT id FROM name WHERE text = ?1", -1, &q, NULL);
  if (!code) sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
  if (!code) code = sqlite3_step(q);
  *out = code == SQLITE_ROW ? sqlite3_column_int64(q, 0) : 0;
  quid_status status = qi_store_error(s, code, err);
  sqlite3_finalize(q);
  return status;
}

/* list[id of the name] = value */
static quid_status put_name(qi_bytes *list, quid_store *s, const char *name, uint8_t value, quid_error *err) {
  int64_t found;
  quid_status status = find_name(&found, s, name, err);
  size_t id = status ? 0 : (size_t)found;
  while (!status && id && list->len <= id)
    if (!QI_VEC_PUSH(list, 0)) status = qi_error_memory(err, "the matching");
  if (!status && id) list->items[id] = value;
  return status;
}

static quid_status read_names(qi_teller *t, quid_error *err) {
  quid_status status = find_name(&t->claimed, t->s, "claimed", err);
  for (size_t i = 0; !status && i < sizeof ways / sizeof *ways; i++) status = put_name(&t->ways, t->s, ways[i].type, ways[i].way, err);
  for (size_t i = 0; !status && i < sizeof standings / sizeof *standings; i++)
    status = put_name(&t->standings, t->s, standings[i].status, standings[i].standing, err);
  return status;
}

quid_status qi_teller_open(qi_teller *t, quid_store *s, quid_error *err) {
  *t = (qi_teller){.s = s};
  qi_arena_init(&t->arena, 0);
  struct { sqlite3_stmt **q; const char *sql; } all[] = {{&t->events, EVENTS}, {&t->sides, SIDES}, {&t->items, ITEMS}, {&t->entity, ENTITY}, {&t->place, PLACE_OF}, {&t->said, SAID}, {&t->text, TEXT}};
  quid_status status = QUID_OK;
  for (size_t i = 0; !status && i < sizeof all / sizeof *all; i++)
    status = qi_store_error(s, sqlite3_prepare_v2(s->db, all[i].sql, -1, all[i].q, NULL), err);
  return status ? status : read_names(t, err);
}

void qi_teller_close(qi_teller *t) {
  sqlite3_stmt *all[] = {t->events, t->sides, t->items, t->entity, t->place, t->said, t->text};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) sqlite3_finalize(all[i]);
  QI_VEC_CLEAR(&t->bodies);
  QI_VEC_CLEAR(&t->ways);
  QI_VEC_CLEAR(&t->standings);
  qi_arena_clear(&t->arena);
}

static quid_status read_somebody(const qi_somebody **out, qi_teller *t, int64_t id, quid_error *err) {
  *out = NULL;
  while (t->bodies.len <= (size_t)id)
    if (!QI_VEC_PUSH(&t->bodies, NULL)) return qi_error_memory(err, "the matching");
  if ((*out = t->bodies.items[id])) return QUID_OK;
  sqlite3_bind_int64(t->entity, 1, id);
  int code = sqlite3_step(t->entity);
  qi_somebody *one = QI_NEW(&t->arena, qi_somebody);
  if (one && code == SQLITE_ROW)
    qi_like_somebody(one, id, qi_arena_slice(&t->arena, column(t->entity, 0)), qi_arena_slice(&t->arena, column(t->entity, 1)),
                     qi_arena_slice(&t->arena, column(t->entity, 2)));
  if (one && code == SQLITE_ROW) one->n_names = qi_like_words(one->names, QI_MAX_NAMES, column(t->entity, 3));
  sqlite3_reset(t->entity);
  if (!one) return qi_error_memory(err, "the matching");
  *out = t->bodies.items[id] = one;
  return qi_store_error(t->s, code, err);
}

static void add_places(qi_telling *e, qi_slice name) {
  uint32_t found[QI_MAX_PLACES];
  uint8_t n = qi_like_places(found, QI_MAX_PLACES, name);
  for (uint8_t i = 0; i < n; i++) {
    uint8_t at = 0;
    while (at < e->n_places && e->places[at] < found[i]) at++;
    if (e->n_places == QI_MAX_PLACES || (at < e->n_places && e->places[at] == found[i])) continue;
    memmove(e->places + at + 1, e->places + at, (size_t)(e->n_places - at) * sizeof *e->places);
    e->places[at] = found[i];
    e->n_places++;
  }
}

static quid_status read_sides(qi_telling *e, qi_teller *t, quid_error *err) {
  int code;
  quid_status status = QUID_OK;
  sqlite3_bind_int64(t->sides, 1, e->event);
  while ((code = sqlite3_step(t->sides)) == SQLITE_ROW) {
    const qi_somebody *who;
    bool actor = sqlite3_column_int(t->sides, 0) == 0;
    uint8_t *n = actor ? &e->n_actors : &e->n_recipients;
    if ((status = read_somebody(&who, t, sqlite3_column_int64(t->sides, 1), err))) break;
    if (*n == QI_MAX_SIDES) continue;
    (actor ? e->actor : e->recipient)[(*n)++] = who;
    *(actor ? &e->actor_mask : &e->recipient_mask) |= who->mask;
  }
  sqlite3_reset(t->sides);
  return status ? status : qi_store_error(t->s, code, err);
}

static quid_status read_items(qi_telling *e, qi_teller *t, quid_error *err) {
  int code;
  sqlite3_bind_int64(t->items, 1, e->event);
  while ((code = sqlite3_step(t->items)) == SQLITE_ROW)
    if (e->n_classes < QI_MAX_CLASSES) e->classes[e->n_classes++] = sqlite3_column_int64(t->items, 0);
  sqlite3_reset(t->items);
  return qi_store_error(t->s, code, err);
}

static quid_status read_place(qi_telling *e, qi_teller *t, quid_error *err) {
  for (size_t i = 0; i < e->n_recipients; i++)
    if (e->recipient[i]->place) add_places(e, e->recipient[i]->name); /* KYIV, NOVA_KAKHOVKA */
  if (!e->place) return QUID_OK;
  sqlite3_bind_int64(t->place, 1, e->place);
  int code = sqlite3_step(t->place);
  if (code == SQLITE_ROW && !sqlite3_column_int(t->place, 1)) add_places(e, column(t->place, 0));
  sqlite3_reset(t->place);
  return qi_store_error(t->s, code, err);
}

static quid_status read_said(qi_telling *e, qi_teller *t, quid_error *err) {
  int code;
  quid_status status = QUID_OK;
  sqlite3_bind_int64(t->said, 1, e->event);
  while (!status && (code = sqlite3_step(t->said)) == SQLITE_ROW) {
    const qi_somebody *who;
    status = read_somebody(&who, t, sqlite3_column_int64(t->said, 0), err);
    if (!status) e->said_mask |= who->mask;
  }
  sqlite3_reset(t->said);
  return status ? status : qi_store_error(t->s, code, err);
}

static int32_t day_at(sqlite3_stmt *q, int at) { return sqlite3_column_type(q, at) == SQLITE_NULL ? INT32_MIN : sqlite3_column_int(q, at); }

static uint8_t of_name(const qi_bytes *list, int64_t name) { return name > 0 && (size_t)name < list->len ? list->items[name] : 0; }

static quid_status read_telling(qi_telling *e, qi_teller *t, int32_t day, quid_error *err) {
  sqlite3_stmt *q = t->events;
  qi_slice source = column(q, SOURCE), grain = column(q, GRAIN), publisher = column(q, PUBLISHER);
  *e = (qi_telling){.event = sqlite3_column_int64(q, ID), .key = sqlite3_column_int64(q, KEY), .type = sqlite3_column_int64(q, TYPE),
                    .frame = sqlite3_column_int64(q, FRAME), .story = sqlite3_column_int64(q, STORY), .sentence = sqlite3_column_int64(q, SENTENCE),
                    .document = sqlite3_column_int64(q, DOCUMENT), .root = sqlite3_column_int64(q, ROOT), .day = day,
                    .day_from = day_at(q, FROM), .day_to = day_at(q, TO), .published = day_at(q, PUBLISHED),
                    .publisher = (uint32_t)qi_hash64(publisher)};
  e->way = of_name(&t->ways, e->type);
  e->standing = of_name(&t->standings, sqlite3_column_int64(q, STATUS));
  e->dated = is(source, "expression") && grain.len && e->day_from != INT32_MIN;
  e->place = sqlite3_column_int64(q, PLACE);
  quid_status status = read_sides(e, t, err);
  if (!status && sqlite3_column_int64(q, STATUS) == t->claimed) status = read_said(e, t, err);
  return status;
}

quid_status qi_teller_fill(qi_teller *t, qi_telling *e, quid_error *err) {
  if (e->full) return QUID_OK;
  e->full = true;
  sqlite3_bind_int64(t->text, 1, e->sentence);
  int code = sqlite3_step(t->text);
  if (code == SQLITE_ROW) e->n_words = qi_like_words(e->words, QI_MAX_WORDS, column(t->text, 0));
  sqlite3_reset(t->text);
  qi_like_unname(e);
  quid_status status = qi_store_error(t->s, code, err);
  if (!status) status = read_place(e, t, err);
  return status ? status : read_items(e, t, err);
}

quid_status qi_teller_read(qi_day_of_tellings *out, qi_teller *t, int32_t day, quid_error *err) {
  int code = SQLITE_DONE;
  quid_status status = QUID_OK;
  out->day = day;
  out->items.len = 0;
  out->n_clusters = 0;
  sqlite3_bind_int(t->events, 1, day);
  while (!status && (code = sqlite3_step(t->events)) == SQLITE_ROW) {
    qi_telling one;
    status = read_telling(&one, t, day, err);
    if (!status && !QI_VEC_PUSH(&out->items, one)) status = qi_error_memory(err, "the matching");
  }
  sqlite3_reset(t->events);
  return status ? status : qi_store_error(t->s, code, err);
}
