/* store: one record, a line of JSON -> its rows.
 *
 * A record brings its document and sentence with it; they are written when they are new. An event that is there already (same id in
 * the same sentence) is left alone, so that a load can be repeated. All between two commits is one transaction.
 *
 *   {"id":"5a...","document":{"id":"n1",...},"sentence":{"index":0,...},"actor":[...],...}
 *     -> document n1, its sentence 0, an event with its participants, items, links; then what the questions read (derive.c) */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading JSON ---- */

const cJSON *qi_store_get(const cJSON *object, const char *key) {
  const cJSON *child = object ? object->child : NULL;
  while (child && (!child->string || child->string[0] != key[0] || child->string[1] != key[1] || strcmp(child->string, key) != 0)) child = child->next;
  return child && !cJSON_IsNull(child) ? child : NULL;
}

const char *qi_store_text(const cJSON *object, const char *key) {
  const cJSON *value = qi_store_get(object, key);
  return cJSON_IsString(value) ? value->valuestring : NULL;
}

qi_day qi_store_day(const char *iso) {
  qi_day day = QI_DAY_NONE;
  if (iso) qi_date_parse_prefix(qi_slice_str(iso), &day, NULL);
  return day;
}

int32_t qi_store_month(qi_day day) {
  qi_ymd d = qi_day_to_ymd(day);
  return d.year * 12 + d.month - 1;
}

bool qi_store_key(const char *hex, int64_t *out) {
  uint64_t bits = 0;
  if (!hex || strlen(hex) != 16) return false;
  for (int i = 0; i < 16; i++) {
    char c = hex[i];
    int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) return false;
    bits = bits << 4 | (uint64_t)digit;
  }
  memcpy(out, &bits, sizeof bits);
  return true;
}

/* ---- binding: NULL where the record has none ---- */

static void bind_text(sqlite3_stmt *q, int at, const char *text) { sqlite3_bind_text(q, at, text, -1, SQLITE_STATIC); }

static void bind_int(sqlite3_stmt *q, int at, const cJSON *value) {
  if (cJSON_IsNumber(value)) sqlite3_bind_int64(q, at, (int64_t)value->valuedouble);
  else sqlite3_bind_null(q, at);
}

static void bind_double(sqlite3_stmt *q, int at, const cJSON *value) {
  if (cJSON_IsNumber(value)) sqlite3_bind_double(q, at, value->valuedouble);
  else sqlite3_bind_null(q, at);
}

static void bind_row(sqlite3_stmt *q, int at, int64_t row) {
  if (row) sqlite3_bind_int64(q, at, row);
  else sqlite3_bind_null(q, at);
}

static void bind_day(sqlite3_stmt *q, int at, qi_day day) {
  if (day != QI_DAY_NONE) sqlite3_bind_int(q, at, day);
  else sqlite3_bind_null(q, at);
}

static quid_status bind_name(quid_store *s, sqlite3_stmt *q, int at, const char *text, quid_error *err) {
  int64_t name;
  quid_status status = qi_store_name(&name, s, text, err);
  bind_row(q, at, name);
  return status;
}

/* Start and end. */
static void bind_span(sqlite3_stmt *q, int at, const cJSON *span) {
  bind_int(q, at, qi_store_get(span, "start"));
  bind_int(q, at + 1, qi_store_get(span, "end"));
}

/* Start, end, and the words where they lie outside the sentence. */
static void bind_words(sqlite3_stmt *q, int at, const cJSON *span, const cJSON *sentence) {
  const cJSON *start = qi_store_get(span, "start"), *end = qi_store_get(span, "end");
  const cJSON *first = qi_store_get(sentence, "start"), *last = qi_store_get(sentence, "end");
  bind_span(q, at, span);
  bool within = start && end && first && last && start->valuedouble >= first->valuedouble && end->valuedouble <= last->valuedouble;
  bind_text(q, at + 2, within ? NULL : qi_store_text(span, "text"));
}

/* A list of texts joined by commas, in `out`; NULL when empty. */
static const char *join(qi_builder *out, const cJSON *list) {
  const cJSON *one;
  qi_builder_reset(out);
  cJSON_ArrayForEach(one, list) {
    if (!cJSON_IsString(one)) continue;
    if (out->len) qi_builder_char(out, ',');
    qi_builder_str(out, one->valuestring);
  }
  return out->len ? out->ptr : NULL;
}

/* ---- document and sentence ---- */

static quid_status put_document(quid_store *s, const qi_stored_document *d, quid_error *err) {
  sqlite3_stmt *q = s->sql[QI_SQL_DOCUMENT_PUT];
  const char *const fields[] = {d->name, d->title, d->byline, d->publisher, d->url, d->language};
  for (int i = 0; i < 6; i++) bind_text(q, i + 1, fields[i] && *fields[i] ? fields[i] : NULL);
  bind_day(q, 7, s->doc.published);
  quid_status status = bind_name(s, q, 8, d->genre, err);
  sqlite3_bind_int64(q, 9, s->load);
  bind_text(q, 10, d->text);
  if (!status) status = qi_store_run(s, QI_SQL_DOCUMENT_PUT, err);
  s->doc.id = sqlite3_last_insert_rowid(s->db);
  s->doc.is_new = true;
  s->counts.n_documents += !status;
  if (s->doc.published != QI_DAY_NONE && (s->newest == QI_DAY_NONE || s->doc.published > s->newest)) s->newest = s->doc.published;
  return status;
}

/* Makes it the document that records are added to. */
static quid_status find_document(quid_store *s, const qi_stored_document *d, quid_error *err) {
  if (s->doc.id && qi_slice_eq_str(qi_builder_view(&s->doc.name), d->name)) return QUID_OK;
  qi_builder_reset(&s->doc.name);
  qi_builder_str(&s->doc.name, d->name);
  s->doc.sentences.len = 0;
  s->doc.is_new = false;
  s->doc.published = qi_store_day(d->published);
  sqlite3_stmt *q = s->sql[QI_SQL_DOCUMENT_GET];
  bind_text(q, 1, d->name);
  int code = sqlite3_step(q);
  if (code == SQLITE_ROW) s->doc.id = sqlite3_column_int64(q, 0);
  quid_status status = qi_store_error(s, code, err);
  sqlite3_reset(q);
  if (!status && code != SQLITE_ROW) return put_document(s, d, err);
  if (!status && d->text) { /* loaded as records before */
    sqlite3_bind_int64(s->sql[QI_SQL_DOCUMENT_TEXT], 1, s->doc.id);
    bind_text(s->sql[QI_SQL_DOCUMENT_TEXT], 2, d->text);
    status = qi_store_run(s, QI_SQL_DOCUMENT_TEXT, err);
  }
  return status;
}

static void read_document(qi_stored_document *out, const cJSON *document) {
  *out = (qi_stored_document){.name = qi_store_text(document, "id"), .title = qi_store_text(document, "title"),
                              .byline = qi_store_text(document, "byline"), .publisher = qi_store_text(document, "publisher"),
                              .url = qi_store_text(document, "url"), .language = qi_store_text(document, "language"),
                              .genre = qi_store_text(document, "genre"), .published = qi_store_text(document, "published")};
}

typedef struct stored_sentence {
  uint32_t number, start, end;
  const char *text;
  size_t n_bytes;
} stored_sentence;

static quid_status put_sentence(int64_t *out, quid_store *s, const stored_sentence *sentence, quid_error *err) {
  sqlite3_stmt *q = s->sql[QI_SQL_SENTENCE_PUT];
  sqlite3_bind_int64(q, 1, s->doc.id);
  sqlite3_bind_int64(q, 2, sentence->number);
  sqlite3_bind_int64(q, 3, sentence->start);
  sqlite3_bind_int64(q, 4, sentence->end);
  sqlite3_bind_text(q, 5, sentence->text, (int)sentence->n_bytes, SQLITE_STATIC);
  quid_status status = qi_store_run(s, QI_SQL_SENTENCE_PUT, err);
  *out = sqlite3_last_insert_rowid(s->db);
  return status;
}

static quid_status known_sentence(int64_t *out, quid_store *s, uint32_t number, quid_error *err) {
  while (s->doc.sentences.len <= number)
    if (!QI_VEC_PUSH(&s->doc.sentences, 0)) return qi_error_memory(err, "the sentences");
  *out = s->doc.sentences.items[number];
  if (*out || s->doc.is_new) return QUID_OK;
  sqlite3_stmt *q = s->sql[QI_SQL_SENTENCE_GET];
  sqlite3_bind_int64(q, 1, s->doc.id);
  sqlite3_bind_int64(q, 2, number);
  int code = sqlite3_step(q);
  if (code == SQLITE_ROW) s->doc.sentences.items[number] = *out = sqlite3_column_int64(q, 0);
  quid_status status = qi_store_error(s, code, err);
  sqlite3_reset(q);
  return status;
}

/* The record was checked: index, start and end are there. */
static quid_status find_sentence(int64_t *out, quid_store *s, const cJSON *sentence, quid_error *err) {
  const char *text = qi_store_text(sentence, "text");
  stored_sentence one = {.number = (uint32_t)qi_store_get(sentence, "index")->valuedouble, .start = (uint32_t)qi_store_get(sentence, "start")->valuedouble,
                         .end = (uint32_t)qi_store_get(sentence, "end")->valuedouble, .text = text ? text : "", .n_bytes = text ? strlen(text) : 0};
  quid_status status = known_sentence(out, s, one.number, err);
  if (!status && !*out && !(status = put_sentence(out, s, &one, err))) s->doc.sentences.items[one.number] = *out;
  return status;
}

/* ---- the event ---- */

static qi_day day_of(const quid_store *s, const cJSON *date) {
  qi_day day = qi_store_day(qi_store_text(date, "from"));
  if (day == QI_DAY_NONE) day = qi_store_day(qi_store_text(date, "to"));
  return day != QI_DAY_NONE ? day : s->doc.published;
}

static quid_status bind_date(quid_store *s, sqlite3_stmt *q, const cJSON *date, quid_error *err) {
  bind_day(q, 13, qi_store_day(qi_store_text(date, "from")));
  bind_day(q, 14, qi_store_day(qi_store_text(date, "to")));
  bind_span(q, 15, date);
  quid_status status = bind_name(s, q, 17, qi_store_text(date, "source"), err);
  return status ? status : bind_name(s, q, 18, qi_store_text(date, "granularity"), err);
}

static quid_status bind_why(quid_store *s, sqlite3_stmt *q, const cJSON *why, quid_error *err) {
  quid_status status = bind_name(s, q, 27, qi_store_text(why, "frame"), err);
  if (!status) status = bind_name(s, q, 28, qi_store_text(why, "file"), err);
  bind_int(q, 29, qi_store_get(why, "line"));
  bind_text(q, 30, qi_store_text(why, "part"));
  bind_double(q, 31, qi_store_get(why, "prior"));
  bind_double(q, 32, qi_store_get(why, "second_opinion"));
  return status;
}

/* *id is 0 when the event was there already. */
static quid_status put_event(int64_t *id, quid_store *s, qi_stored_event *e, int64_t key, int64_t sentence, quid_error *err) {
  const cJSON *r = e->record, *date = qi_store_get(r, "date"), *place = qi_store_get(r, "place"), *trigger = qi_store_get(r, "trigger");
  sqlite3_stmt *q = s->sql[QI_SQL_EVENT_PUT];
  qi_builder modes, contexts;
  int64_t at_place = 0;
  qi_builder_init(&modes, 0);
  qi_builder_init(&contexts, 0);
  quid_status status = qi_store_name(&e->type, s, e->type_name, err);
  if (!status) status = qi_store_name(&e->status, s, e->status_name, err);
  if (!status && place) status = qi_store_place(&at_place, s, place, err);
  sqlite3_bind_int64(q, 1, key);
  sqlite3_bind_int64(q, 2, s->load);
  sqlite3_bind_int64(q, 3, sentence);
  bind_row(q, 4, e->type);
  bind_text(q, 5, join(&modes, qi_store_get(r, "mode")));
  bind_text(q, 6, join(&contexts, qi_store_get(r, "context")));
  bind_text(q, 7, qi_store_text(r, "cameo"));
  if (!status) status = bind_name(s, q, 8, qi_store_text(r, "quad"), err);
  bind_double(q, 9, qi_store_get(r, "score"));
  sqlite3_bind_int64(q, 10, e->status);
  bind_span(q, 11, trigger);
  if (!status) status = bind_date(s, q, date, err);
  bind_day(q, 19, e->day);
  bind_row(q, 20, at_place);
  bind_span(q, 21, place);
  bind_int(q, 23, qi_store_get(r, "times"));
  bind_span(q, 24, qi_store_get(r, "purpose"));
  bind_double(q, 26, qi_store_get(r, "confidence"));
  if (!status) status = bind_why(s, q, qi_store_get(r, "why"), err);
  if (!status) status = qi_store_run(s, QI_SQL_EVENT_PUT, err);
  *id = !status && sqlite3_changes(s->db) ? sqlite3_last_insert_rowid(s->db) : 0;
  qi_builder_clear(&modes);
  qi_builder_clear(&contexts);
  return status;
}

/* ---- what hangs on it ---- */

static quid_status put_participants(quid_store *s, int64_t event, int role, const cJSON *list, const cJSON *sentence, quid_error *err) {
  sqlite3_stmt *q = s->sql[QI_SQL_PARTICIPANT_PUT];
  const cJSON *one;
  int number = 0;
  quid_status status = QUID_OK;
  cJSON_ArrayForEach(one, list) {
    int64_t entity;
    status = qi_store_entity(&entity, s, one, err);
    if (status || !entity) break;
    sqlite3_bind_int64(q, 1, event);
    sqlite3_bind_int(q, 2, role);
    sqlite3_bind_int(q, 3, number++);
    sqlite3_bind_int64(q, 4, entity);
    bind_words(q, 5, one, sentence);
    bind_text(q, 8, qi_store_text(one, "role"));
    status = bind_name(s, q, 9, qi_store_text(one, "via"), err);
    if (!status) status = qi_store_run(s, QI_SQL_PARTICIPANT_PUT, err);
    if (status) break;
  }
  return status;
}

static quid_status put_attribution(quid_store *s, int64_t event, const cJSON *list, const cJSON *sentence, quid_error *err) {
  sqlite3_stmt *q = s->sql[QI_SQL_WORD_OF_PUT];
  const cJSON *one;
  int number = 0;
  quid_status status = QUID_OK;
  cJSON_ArrayForEach(one, list) {
    const cJSON *who = qi_store_get(one, "entity");
    int64_t entity = 0;
    if (who && (status = qi_store_entity(&entity, s, who, err))) break;
    sqlite3_bind_int64(q, 1, event);
    sqlite3_bind_int(q, 2, number++);
    bind_row(q, 3, entity);
    bind_words(q, 4, one, sentence);
    bind_text(q, 7, qi_store_text(who, "role"));
    status = bind_name(s, q, 8, qi_store_text(who, "via"), err);
    if (!status) status = qi_store_run(s, QI_SQL_WORD_OF_PUT, err);
    if (status) break;
  }
  return status;
}

static quid_status put_items(quid_store *s, int64_t event, const cJSON *list, const cJSON *sentence, quid_error *err) {
  sqlite3_stmt *q = s->sql[QI_SQL_ITEM_PUT];
  const cJSON *one;
  int number = 0;
  quid_status status = QUID_OK;
  cJSON_ArrayForEach(one, list) {
    sqlite3_bind_int64(q, 1, event);
    sqlite3_bind_int(q, 2, number++);
    bind_words(q, 3, one, sentence);
    status = bind_name(s, q, 6, qi_store_text(one, "class"), err);
    bind_double(q, 7, qi_store_get(one, "count"));
    bind_double(q, 8, qi_store_get(one, "count_to"));
    bind_text(q, 9, qi_store_text(one, "bound"));
    bind_text(q, 10, qi_store_text(one, "unit"));
    if (!status) status = qi_store_run(s, QI_SQL_ITEM_PUT, err);
    if (status) break;
  }
  return status;
}

static quid_status put_detail(quid_store *s, int64_t event, int *number, const char *kind, const cJSON *one, const cJSON *sentence,
                              quid_error *err) {
  sqlite3_stmt *q = s->sql[QI_SQL_DETAIL_PUT];
  if (!one || !kind) return QUID_OK;
  sqlite3_bind_int64(q, 1, event);
  sqlite3_bind_int(q, 2, (*number)++);
  bind_text(q, 3, kind);
  bind_words(q, 4, one, sentence);
  bind_double(q, 7, qi_store_get(one, "count"));
  bind_double(q, 8, qi_store_get(one, "count_to"));
  bind_text(q, 9, qi_store_text(one, "bound"));
  bind_text(q, 10, qi_store_text(one, "value"));
  bind_day(q, 11, qi_store_day(qi_store_text(one, "from")));
  bind_day(q, 12, qi_store_day(qi_store_text(one, "to")));
  return qi_store_run(s, QI_SQL_DETAIL_PUT, err);
}

static quid_status put_details(quid_store *s, int64_t event, const cJSON *r, const cJSON *sentence, quid_error *err) {
  const cJSON *one, *victims = qi_store_get(r, "victims");
  int number = 0;
  quid_status status = QUID_OK;
  cJSON_ArrayForEach(one, victims) {
    status = put_detail(s, event, &number, qi_store_text(one, "kind"), one, sentence, err);
    if (status) return status;
  }
  static const char *const kinds[] = {"crowd", "duration", "deadline"};
  for (size_t i = 0; !status && i < sizeof kinds / sizeof *kinds; i++)
    status = put_detail(s, event, &number, kinds[i], qi_store_get(r, kinds[i]), sentence, err);
  return status;
}

typedef struct link_row {
  const char *kind;
  const char *other;      /* an event's id, NULL bare words */
  const cJSON *other_span, *span; /* NULL none */
  const char *status;
  const cJSON *items;
} link_row;

static quid_status put_link(quid_store *s, int64_t event, int *number, const link_row *l, const cJSON *sentence, quid_error *err) {
  sqlite3_stmt *q = s->sql[QI_SQL_LINK_PUT];
  int64_t other;
  char *items = l->items && l->items->child ? cJSON_PrintUnformatted(l->items) : NULL;
  if (l->items && l->items->child && !items) return qi_error_memory(err, "the store");
  sqlite3_bind_int64(q, 1, event);
  sqlite3_bind_int(q, 2, (*number)++);
  bind_text(q, 3, l->kind);
  if (qi_store_key(l->other, &other)) sqlite3_bind_int64(q, 4, other);
  else sqlite3_bind_null(q, 4);
  bind_words(q, 5, l->other_span, sentence);
  bind_words(q, 8, l->span, sentence);
  quid_status status = bind_name(s, q, 11, l->status, err);
  bind_text(q, 12, items);
  if (!status) status = qi_store_run(s, QI_SQL_LINK_PUT, err);
  free(items);
  return status;
}

static quid_status put_bargain(quid_store *s, int64_t event, int *number, const cJSON *exchange, const cJSON *sentence, quid_error *err) {
  sqlite3_stmt *q = s->sql[QI_SQL_BARGAIN_PUT];
  const cJSON *one, *others = qi_store_get(exchange, "other");
  const char *key = qi_store_text(exchange, "id"), *side = qi_store_text(exchange, "side");
  if (!key || !side) return QUID_OK;
  sqlite3_bind_int64(q, 1, event);
  bind_text(q, 2, key);
  bind_text(q, 3, side);
  bind_words(q, 4, exchange, sentence);
  quid_status status = qi_store_run(s, QI_SQL_BARGAIN_PUT, err);
  if (!status) status = put_participants(s, event, 2, qi_store_get(exchange, "giver"), sentence, err);
  if (!status) status = put_participants(s, event, 3, qi_store_get(exchange, "taker"), sentence, err);
  cJSON_ArrayForEach(one, others) {
    if (status) break;
    link_row l = {"exchange", qi_store_text(one, "event"), one, NULL, qi_store_text(one, "status"), qi_store_get(one, "item")};
    status = put_link(s, event, number, &l, sentence, err);
  }
  return status;
}

static quid_status put_links(quid_store *s, int64_t event, const cJSON *r, const cJSON *sentence, quid_error *err) {
  const cJSON *one, *content = qi_store_get(r, "content"), *links = qi_store_get(r, "link");
  int number = 0;
  quid_status status = QUID_OK;
  cJSON_ArrayForEach(one, content) {
    link_row l = {"content", cJSON_IsString(one) ? one->valuestring : NULL, NULL, NULL, NULL, NULL};
    status = put_link(s, event, &number, &l, sentence, err);
    if (status) return status;
  }
  cJSON_ArrayForEach(one, links) {
    link_row l = {qi_store_text(one, "type"), qi_store_text(one, "event"), qi_store_get(one, "other"), one, NULL, NULL};
    if (l.kind && (status = put_link(s, event, &number, &l, sentence, err))) return status;
  }
  const cJSON *exchange = qi_store_get(r, "exchange");
  return exchange ? put_bargain(s, event, &number, exchange, sentence, err) : QUID_OK;
}

static quid_status add_event(quid_store *s, const cJSON *r, quid_error *err) {
  const cJSON *sentence = qi_store_get(r, "sentence");
  int64_t key = 0, row = 0;
  qi_stored_event e = {.record = r, .type_name = qi_store_text(r, "event"), .status_name = qi_store_text(r, "status"),
                       .day = day_of(s, qi_store_get(r, "date"))};
  const cJSON *score = qi_store_get(r, "score");
  e.score = score ? score->valuedouble : 0;
  qi_store_key(qi_store_text(r, "id"), &key);
  quid_status status = find_sentence(&row, s, sentence, err);
  if (!status) status = put_event(&e.id, s, &e, key, row, err);
  if (!status && !e.id) {
    s->counts.n_known++;
    return QUID_OK;
  }
  if (!status) status = put_participants(s, e.id, 0, qi_store_get(r, "actor"), sentence, err);
  if (!status) status = put_participants(s, e.id, 1, qi_store_get(r, "recipient"), sentence, err);
  if (!status) status = put_attribution(s, e.id, qi_store_get(r, "attribution"), sentence, err);
  if (!status) status = put_items(s, e.id, qi_store_get(r, "item"), sentence, err);
  if (!status) status = put_details(s, e.id, r, sentence, err);
  if (!status) status = put_links(s, e.id, r, sentence, err);
  if (!status) status = qi_derive(s, &e, err);
  s->counts.n_events += !status;
  s->n_in_batch++;
  return status;
}

/* ---- options ---- */

/* The first that is a country or a body; 0 none. */
static quid_status first_party(int64_t *out, quid_store *s, const cJSON *list, quid_error *err) {
  const cJSON *one;
  *out = 0;
  cJSON_ArrayForEach(one, list) {
    quid_status status = qi_store_party(out, s, qi_store_get(one, "entity") ? qi_store_get(one, "entity") : one, err);
    if (status || *out) return status;
  }
  return QUID_OK;
}

static quid_status type_of(int64_t *out, quid_store *s, int64_t sentence, int64_t key, quid_error *err) {
  sqlite3_stmt *q = s->sql[QI_SQL_EVENT_TYPE];
  sqlite3_bind_int64(q, 1, sentence);
  sqlite3_bind_int64(q, 2, key);
  int code = sqlite3_step(q);
  *out = code == SQLITE_ROW ? sqlite3_column_int64(q, 0) : 0;
  quid_status status = qi_store_error(s, code, err);
  sqlite3_reset(q);
  return status;
}

static quid_status put_option_parties(quid_store *s, int64_t option, int role, const cJSON *list, quid_error *err) {
  sqlite3_stmt *q = s->sql[QI_SQL_OPTION_PARTY_PUT];
  const cJSON *one;
  int number = 0;
  cJSON_ArrayForEach(one, list) {
    const cJSON *who = qi_store_get(one, "entity") ? qi_store_get(one, "entity") : one; /* a chain's link, or an entity */
    int64_t entity;
    quid_status status = qi_store_entity(&entity, s, who, err);
    if (!status && !entity) continue;
    sqlite3_bind_int64(q, 1, option);
    sqlite3_bind_int(q, 2, role);
    sqlite3_bind_int(q, 3, number++);
    sqlite3_bind_int64(q, 4, entity);
    if (!status) status = qi_store_run(s, QI_SQL_OPTION_PARTY_PUT, err);
    if (status) return status;
  }
  return QUID_OK;
}

static quid_status add_option(quid_store *s, const cJSON *r, const char *line, size_t n_bytes, quid_error *err) {
  static const char *const roles[] = {"by", "on", "toward"};
  sqlite3_stmt *q = s->sql[QI_SQL_OPTION_PUT];
  const cJSON *verb = qi_store_get(r, "verb");
  int64_t key = 0, row = 0, event;
  qi_store_key(qi_store_text(r, "id"), &key);
  quid_status status = find_sentence(&row, s, qi_store_get(r, "sentence"), err);
  if (status) return status;
  sqlite3_bind_int64(q, 1, key);
  sqlite3_bind_int64(q, 2, s->load);
  sqlite3_bind_int64(q, 3, row);
  bind_day(q, 4, s->doc.published);
  bind_text(q, 5, cJSON_IsString(verb) ? verb->valuestring : qi_store_text(verb, "text"));
  sqlite3_bind_int(q, 6, cJSON_IsTrue(qi_store_get(r, "negated")));
  if (qi_store_key(qi_store_text(r, "event"), &event)) sqlite3_bind_int64(q, 7, event);
  else sqlite3_bind_null(q, 7);
  sqlite3_bind_text(q, 8, line, (int)n_bytes, SQLITE_STATIC);
  int64_t type = 0;
  if (qi_store_key(qi_store_text(r, "event"), &event)) status = type_of(&type, s, row, event, err);
  sqlite3_bind_int64(q, 9, type);
  for (int i = 0; !status && i < 3; i++) {
    int64_t party;
    status = first_party(&party, s, qi_store_get(r, roles[i]), err);
    sqlite3_bind_int64(q, 10 + i, party);
  }
  if (status) return status;
  status = qi_store_run(s, QI_SQL_OPTION_PUT, err);
  if (status) return status;
  if (!sqlite3_changes(s->db)) {
    s->counts.n_known++;
    return QUID_OK;
  }
  int64_t id = sqlite3_last_insert_rowid(s->db);
  for (int i = 0; !status && i < 3; i++) status = put_option_parties(s, id, i, qi_store_get(r, roles[i]), err);
  s->counts.n_options += !status;
  return status;
}

/* ---- records ---- */

static bool is_offset(const cJSON *sentence, const char *key, double most) {
  const cJSON *value = qi_store_get(sentence, key);
  return cJSON_IsNumber(value) && value->valuedouble >= 0 && value->valuedouble < most;
}

static bool is_option(const cJSON *r) {
  const char *kind = qi_store_text(r, "record");
  return kind && strcmp(kind, "option") == 0;
}

/* All that can be wrong with a record is found before a row of it is written: what fails later fails the batch. */
static quid_status check_record(const cJSON *r, quid_error *err) {
  enum { MAX_NUMBER = 1 << 24 };
  const cJSON *sentence = qi_store_get(r, "sentence");
  int64_t key;
  if (!qi_store_text(qi_store_get(r, "document"), "id")) return qi_error_set(err, QUID_ERR_FORMAT, "no record of an event");
  if (!qi_store_key(qi_store_text(r, "id"), &key)) return qi_error_set(err, QUID_ERR_FORMAT, "no id of 16 hexadecimal digits");
  if (!is_option(r) && !qi_store_text(r, "status")) return qi_error_set(err, QUID_ERR_FORMAT, "no status");
  if (!is_offset(sentence, "index", MAX_NUMBER) || !is_offset(sentence, "start", UINT32_MAX) || !is_offset(sentence, "end", UINT32_MAX))
    return qi_error_set(err, QUID_ERR_FORMAT, "no sentence with index, start and end");
  return QUID_OK;
}

/* A load is one model and one state of the dictionaries. */
quid_status qi_store_use_load(quid_store *s, const char *model, const char *knowledge, quid_error *err) {
  if (s->load && strcmp(s->model, model) == 0 && strcmp(s->knowledge, knowledge) == 0) return QUID_OK;
  sqlite3_snprintf(sizeof s->model, s->model, "%s", model);
  sqlite3_snprintf(sizeof s->knowledge, s->knowledge, "%s", knowledge);
  bind_text(s->sql[QI_SQL_LOAD_PUT], 1, s->model);
  bind_text(s->sql[QI_SQL_LOAD_PUT], 2, s->knowledge);
  quid_status status = qi_store_run(s, QI_SQL_LOAD_PUT, err);
  s->load = sqlite3_last_insert_rowid(s->db);
  return status;
}

static quid_status find_load(quid_store *s, const cJSON *why, quid_error *err) {
  const char *model = qi_store_text(why, "model"), *knowledge = qi_store_text(why, "knowledge");
  return qi_store_use_load(s, model ? model : "", knowledge ? knowledge : "", err);
}

static quid_status next_document(quid_store *s, const char *name, quid_error *err) {
  return qi_store_next(s, !s->doc.id || !qi_slice_eq_str(qi_builder_view(&s->doc.name), name), err);
}

static quid_status add_record(quid_store *s, const cJSON *r, const char *line, size_t n_bytes, quid_error *err) {
  qi_stored_document d;
  read_document(&d, qi_store_get(r, "document"));
  quid_status status = next_document(s, d.name, err);
  if (status) return status;
  status = find_load(s, qi_store_get(r, "why"), err);
  if (!status) status = find_document(s, &d, err);
  if (!status) status = is_option(r) ? add_option(s, r, line, n_bytes, err) : add_event(s, r, err);
  return status ? qi_store_fail(s, status) : QUID_OK;
}

static quid_status check_writes(const quid_store *s, quid_error *err) {
  if (!s->writes) return qi_error_set(err, QUID_ERR_ARGUMENT, "'%s' was opened for reading", s->path);
  return s->broken ? qi_error_at(err, QUID_ERR_IO, s->path, 0, 0, "an earlier failure ended the load") : QUID_OK;
}

quid_status quid_store_add(quid_store *s, const char *line, size_t n_bytes, quid_error *err) {
  quid_status status = check_writes(s, err);
  if (status) return status;
  cJSON *r;
  qi_arena_reset(&s->record);
  status = qi_store_json(&r, &s->record, qi_slice_of(line, n_bytes), err);
  if (!status && !cJSON_IsObject(r)) status = qi_error_set(err, QUID_ERR_FORMAT, "no object of JSON");
  if (!status) status = check_record(r, err);
  return status ? status : add_record(s, r, line, n_bytes, err);
}

bool quid_store_has(quid_store *s, const char *document_id) {
  sqlite3_stmt *q;
  if (sqlite3_prepare_v2(s->db, "SELECT 1 FROM document WHERE name = ?1", -1, &q, NULL)) return false;
  sqlite3_bind_text(q, 1, document_id, -1, SQLITE_STATIC);
  bool found = sqlite3_step(q) == SQLITE_ROW;
  sqlite3_finalize(q);
  return found;
}

/* All sentences of a document that is new, so that each can be searched. */
static quid_status put_sentences(quid_store *s, const quid_document *doc, quid_error *err) {
  const char *text = quid_document_text(doc);
  quid_status status = QUID_OK;
  for (uint32_t i = 0; !status && i < quid_document_n_sentences(doc); i++) {
    quid_span span = quid_document_sentence(doc, i);
    stored_sentence one = {i, span.start, span.end, text + span.start, span.end - span.start};
    int64_t row;
    status = known_sentence(&row, s, i, err);
    if (!status && !row && !(status = put_sentence(&row, s, &one, err))) s->doc.sentences.items[i] = row;
  }
  return status;
}

/* What the document was coded to before goes, as far as it is replaced. */
static quid_status replace(quid_store *s, const quid_document *doc, const qi_replaced *old, quid_error *err) {
  quid_status status = qi_store_cut(s, s->doc.id, doc, err);
  for (size_t i = 0; !status && i < old->n_events; i++) status = qi_store_event_gone(s, old->events[i], err);
  for (size_t i = 0; !status && i < old->n_options; i++) status = qi_store_option_gone(s, old->options[i], err);
  s->doc.sentences.len = 0; /* as remembered */
  return status;
}

quid_status qi_store_replace_document(quid_store *s, const quid_document *doc, const char *records, size_t n_bytes, const qi_replaced *old, quid_error *err) {
  qi_stored_document d = {.name = quid_document_id(doc), .title = quid_document_title(doc), .byline = quid_document_byline(doc),
                          .publisher = quid_document_publisher(doc), .url = quid_document_url(doc), .language = quid_document_language(doc),
                          .genre = quid_genre_name(quid_document_genre(doc)), .published = quid_document_published(doc),
                          .text = quid_document_text(doc)};
  quid_status status = check_writes(s, err);
  if (!status) status = next_document(s, d.name, err);
  if (status) return status;
  status = qi_store_use_load(s, quid_document_model_version(doc), quid_document_knowledge_version(doc), err);
  if (!status) status = find_document(s, &d, err);
  if (!status && old) status = replace(s, doc, old, err);
  if (!status) status = put_sentences(s, doc, err);
  qi_slice rest = {records, n_bytes}, line;
  while (!status && qi_slice_line(&rest, &line))
    if (line.len) status = quid_store_add(s, line.ptr, line.len, err);
  return status ? qi_store_fail(s, status) : qi_store_after_document(s, err);
}

quid_status quid_store_add_document(quid_store *s, const quid_document *doc, const char *records, size_t n_bytes, quid_error *err) {
  return qi_store_replace_document(s, doc, records, n_bytes, NULL, err);
}
