/* store: events -> occurrences: one event of the world, however many documents tell it.
 *
 * Days that could look different for what is new are done anew as a whole, in order, with a window of QI_MATCH_DAYS
 * before and after: an occurrence is a function of the events of those days, so that the order in which documents were loaded
 * changes nothing. Only occurrences of two or more events have a row; event.story is NULL for the others, and the id of an
 * occurrence is that of its first event (the earliest published, then the lowest key).
 *
 * Cost: some 20 microseconds for each event of the days in question; commits by itself now and then. What stands in meta 'matched'
 * tells which events were seen, so that a pass that was cut off is done again.
 *
 *   new: an attack on 2024-03-11 -> days 2024-03-08 .. 14 are read, clustered (cluster.c), and written where they changed */
#include "store/match.h"

#include <stdlib.h>
#include <string.h>

enum { WINDOW = QI_MATCH_DAYS + 1, COMMIT_EVENTS = 20000, MOST_DISPUTED = 3000 };

typedef QI_VEC(int32_t) days_list;

typedef struct matcher {
  quid_store *s;
  qi_teller teller;
  qi_day_of_tellings days[WINDOW];       /* a ring */
  qi_joined_list joiners[WINDOW];        /* [ring]: tellings of later days that joined; .day is the ring index of the teller */
  QI_VEC(const qi_telling *) members;    /* of the day being written, by cluster */
  sqlite3_stmt *drop, *put, *set, *drop_disputes, *dispute;
  uint64_t n_since_commit;
} matcher;

/* ---- writing ---- */

/* As qi_store_party: the country, or the body's id. */
static quid_status party_of(int64_t *out, quid_store *s, const qi_somebody *who, quid_error *err) {
  static const char *const wide[] = {"IGO", "NGO", "NGM", "MNC", "INT"};
  char room[128];
  *out = 0;
  if (!who || !who->country.len) return QUID_OK;
  size_t dots = 1, n = 0;
  for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
    if (qi_slice_eq_str(who->country, wide[i])) dots = i == 0 ? 2 : 3;
  for (; n < who->code.len && n < sizeof room - 1; n++) {
    if (who->code.ptr[n] == '.' && --dots == 0) break;
    room[n] = who->code.ptr[n];
  }
  room[n] = '\0';
  return qi_store_name(out, s, room, err);
}

static int by_time(const void *x, const void *y) {
  const qi_telling *a = *(const qi_telling *const *)x, *b = *(const qi_telling *const *)y;
  if (a->published != b->published) return a->published < b->published ? -1 : 1;
  if (a->key != b->key) return a->key < b->key ? -1 : 1;
  return a->event < b->event ? -1 : a->event > b->event;
}

/* How many different values of a 64-bit field the members have. */
static int64_t count_distinct(const qi_telling *const *m, size_t n, int64_t (*field)(const qi_telling *)) {
  enum { MOST = 1000 }; /* beyond, each counts: quadratic otherwise */
  int64_t found = 0;
  for (size_t i = 0; i < n; i++) {
    bool known = false;
    for (size_t k = 0; k < i && i < MOST && !known; k++) known = field(m[i]) == field(m[k]);
    found += !known;
  }
  return found;
}

static int64_t document_of(const qi_telling *e) { return e->document; }
static int64_t source_of(const qi_telling *e) { return e->publisher; }

static quid_status set_story(matcher *m, const qi_telling *e, int64_t story, quid_error *err) {
  if (e->story == story) return QUID_OK;
  sqlite3_bind_int64(m->set, 1, e->event);
  if (story) sqlite3_bind_int64(m->set, 2, story);
  else sqlite3_bind_null(m->set, 2);
  quid_status status = qi_store_error(m->s, sqlite3_step(m->set), err);
  sqlite3_reset(m->set);
  return status;
}

static quid_status put_occurrence(matcher *m, const qi_telling **list, size_t n, int32_t day, quid_error *err) {
  qsort(list, n, sizeof *list, by_time);
  const qi_telling *first = list[0];
  const qi_somebody *second = first->n_recipients ? first->recipient[0] : first->n_actors > 1 ? first->actor[1] : NULL;
  int64_t a, b;
  quid_status status = party_of(&a, m->s, first->n_actors ? first->actor[0] : NULL, err);
  if (!status) status = party_of(&b, m->s, second, err);
  if (status) return status;
  const int64_t values[] = {first->event, first->type, day, a, b, (int64_t)n, count_distinct(list, n, document_of), count_distinct(list, n, source_of)};
  for (int i = 0; i < 8; i++) sqlite3_bind_int64(m->put, i + 1, values[i]);
  for (int i = 0; i < 2; i++) {
    int32_t published = list[i ? n - 1 : 0]->published;
    if (published == INT32_MIN) sqlite3_bind_null(m->put, 9 + i);
    else sqlite3_bind_int(m->put, 9 + i, published);
  }
  sqlite3_bind_int64(m->put, 11, first->key);
  status = qi_store_error(m->s, sqlite3_step(m->put), err);
  sqlite3_reset(m->put);
  for (size_t i = 0; !status && i < n; i++) status = set_story(m, list[i], first->event, err);
  return status;
}

/* ---- one day ---- */

typedef struct member { uint32_t cluster; const qi_telling *e; } member;

static int by_cluster(const void *x, const void *y) {
  const member *a = x, *b = y;
  if (a->cluster != b->cluster) return a->cluster < b->cluster ? -1 : 1;
  return by_time(&a->e, &b->e);
}

static quid_status write_clusters(matcher *m, const member *all, size_t n, int32_t day, quid_error *err) {
  quid_status status = QUID_OK;
  for (size_t from = 0, to; !status && from < n; from = to) {
    m->members.len = 0;
    for (to = from; to < n && all[to].cluster == all[from].cluster; to++)
      if (!QI_VEC_PUSH(&m->members, all[to].e)) return qi_error_memory(err, "the matching");
    status = to - from == 1 ? set_story(m, all[from].e, 0, err) : put_occurrence(m, m->members.items, to - from, day, err);
  }
  return status;
}

/* Told on different words: each blames the other. */
static quid_status write_disputes(matcher *m, qi_day_of_tellings *d, quid_error *err) {
  sqlite3_bind_int(m->drop_disputes, 1, d->day);
  quid_status status = qi_store_error(m->s, sqlite3_step(m->drop_disputes), err);
  sqlite3_reset(m->drop_disputes);
  for (size_t i = 0; i < d->items.len; i++)
    for (size_t k = i + 1; !status && k < d->items.len && k < i + MOST_DISPUTED && d->items.items[i].said_mask; k++) {
      qi_telling *a = &d->items.items[i], *b = &d->items.items[k];
      if (b->type != a->type) break;
      if (!(a->said_mask & b->actor_mask) || !(b->said_mask & a->actor_mask)) continue;
      if ((status = qi_teller_fill(&m->teller, a, err)) || (status = qi_teller_fill(&m->teller, b, err)) || !qi_like_dispute(a, b)) continue;
      sqlite3_bind_int(m->dispute, 1, d->day);
      sqlite3_bind_int64(m->dispute, 2, a->event);
      sqlite3_bind_int64(m->dispute, 3, b->event);
      status = qi_store_error(m->s, sqlite3_step(m->dispute), err);
      sqlite3_reset(m->dispute);
    }
  return status;
}

/* All that tells of the events of a day is known: its own tellings, and later ones that joined them. */
static quid_status write_day(matcher *m, size_t ring, quid_error *err) {
  qi_day_of_tellings *d = &m->days[ring];
  const qi_joined_list *later = &m->joiners[ring];
  sqlite3_bind_int(m->drop, 1, d->day);
  quid_status status = qi_store_error(m->s, sqlite3_step(m->drop), err);
  sqlite3_reset(m->drop);
  if (!status) status = write_disputes(m, d, err);
  if (status || !(d->items.len + later->len)) return status;
  member *all = malloc((d->items.len + later->len) * sizeof *all);
  if (!all) return qi_error_memory(err, "the matching");
  size_t n = 0;
  for (size_t i = 0; i < d->items.len; i++)
    if (d->items.items[i].cluster != QI_NO_CLUSTER) all[n++] = (member){d->items.items[i].cluster, &d->items.items[i]};
  for (size_t i = 0; i < later->len; i++)
    all[n++] = (member){later->items[i].cluster, &m->days[later->items[i].day].items.items[later->items[i].telling]};
  qsort(all, n, sizeof *all, by_cluster);
  status = write_clusters(m, all, n, d->day, err);
  free(all);
  return status;
}

/* Lets go of the lock now and then. */
static quid_status breathe(matcher *m, quid_error *err) {
  if (m->n_since_commit < COMMIT_EVENTS) return QUID_OK;
  m->n_since_commit = 0;
  quid_status status = qi_store_exec(m->s, "COMMIT", err);
  return status ? status : qi_store_exec(m->s, "BEGIN IMMEDIATE", err);
}

static size_t ring_of(int32_t day) { return (size_t)(((int64_t)day - INT32_MIN) % WINDOW); }

static quid_status read_day(matcher *m, int32_t day, int32_t first, qi_joined_list *joined, quid_error *err) {
  qi_day_of_tellings *before[WINDOW];
  size_t n = 0;
  m->joiners[ring_of(day)].len = 0;
  quid_status status = qi_teller_read(&m->days[ring_of(day)], &m->teller, day, err);
  m->n_since_commit += m->days[ring_of(day)].items.len;
  for (int32_t d = day - QI_MATCH_DAYS > first ? day - QI_MATCH_DAYS : first; d <= day; d++) before[n++] = &m->days[ring_of(d)];
  joined->len = 0;
  if (!status) status = qi_match_day(joined, &m->teller, before, n, err);
  for (size_t i = 0; !status && i < joined->len; i++) {
    const qi_joined *j = &joined->items[i];
    qi_joined one = {j->telling, (uint32_t)ring_of(day), j->cluster};
    if (!QI_VEC_PUSH(&m->joiners[ring_of(before[j->day]->day)], one)) status = qi_error_memory(err, "the matching");
  }
  return status;
}

/* Does the days from .. to anew; what lies around them is only read. */
static quid_status match_days(matcher *m, int32_t from, int32_t to, quid_error *err) {
  qi_joined_list joined = {0};
  quid_status status = QUID_OK;
  int32_t first = from - QI_MATCH_DAYS;
  for (int32_t day = first; !status && day <= to + QI_MATCH_DAYS; day++) {
    status = read_day(m, day, first, &joined, err);
    int32_t done = day - QI_MATCH_DAYS;
    if (!status && done >= from) status = write_day(m, ring_of(done), err);
    if (!status) status = breathe(m, err);
  }
  QI_VEC_CLEAR(&joined);
  return status;
}

/* ---- the pass ---- */

static quid_status read_list(days_list *out, quid_store *s, const char *sql, int64_t after, quid_error *err) {
  sqlite3_stmt *q = NULL;
  quid_status status = qi_store_error(s, sqlite3_prepare_v2(s->db, sql, -1, &q, NULL), err);
  int code = SQLITE_DONE;
  if (!status) sqlite3_bind_int64(q, 1, after);
  while (!status && (code = sqlite3_step(q)) == SQLITE_ROW)
    if (!QI_VEC_PUSH(out, sqlite3_column_int(q, 0))) status = qi_error_memory(err, "the matching");
  if (!status) status = qi_store_error(s, code, err);
  sqlite3_finalize(q);
  return status;
}

static quid_status run(matcher *m, int64_t after, quid_error *err) {
  days_list days = {0};
  quid_status status = read_list(&days, m->s,
                                 "SELECT day FROM event WHERE id > ?1 AND day IS NOT NULL UNION SELECT e.day FROM temp.changed_document c JOIN "
                                 "sentence s ON s.document = c.id JOIN event e ON e.sentence = s.id WHERE e.day IS NOT NULL ORDER BY 1",
                                 after, err);
  for (size_t i = 0; !status && i < days.len;) {
    size_t last = i;
    while (last + 1 < days.len && days.items[last + 1] - days.items[last] <= 2 * QI_MATCH_DAYS) last++;
    status = match_days(m, days.items[i] - QI_MATCH_DAYS, days.items[last] + QI_MATCH_DAYS, err);
    i = last + 1;
  }
  QI_VEC_CLEAR(&days);
  return status;
}

static quid_status open_matcher(matcher *m, quid_store *s, quid_error *err) {
  static const char put[] = "INSERT INTO occurrence (id, type, day, a, b, n_events, n_documents, n_sources, first_event, first_report, last_report, key) "
                            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?1, ?9, ?10, ?11)";
  *m = (matcher){.s = s};
  quid_status status = qi_teller_open(&m->teller, s, err);
  if (!status) status = qi_store_error(s, sqlite3_prepare_v2(s->db, "DELETE FROM occurrence WHERE day = ?1", -1, &m->drop, NULL), err);
  if (!status) status = qi_store_error(s, sqlite3_prepare_v2(s->db, put, -1, &m->put, NULL), err);
  if (!status) status = qi_store_error(s, sqlite3_prepare_v2(s->db, "DELETE FROM dispute WHERE day = ?1", -1, &m->drop_disputes, NULL), err);
  if (!status) status = qi_store_error(s, sqlite3_prepare_v2(s->db, "INSERT OR IGNORE INTO dispute VALUES (?1, ?2, ?3)", -1, &m->dispute, NULL), err);
  if (!status) status = qi_store_error(s, sqlite3_prepare_v2(s->db, "UPDATE event SET story = ?2 WHERE id = ?1", -1, &m->set, NULL), err);
  return status;
}

static void close_matcher(matcher *m) {
  qi_teller_close(&m->teller);
  sqlite3_finalize(m->drop);
  sqlite3_finalize(m->put);
  sqlite3_finalize(m->set);
  sqlite3_finalize(m->drop_disputes);
  sqlite3_finalize(m->dispute);
  for (size_t i = 0; i < WINDOW; i++) {
    QI_VEC_CLEAR(&m->days[i].items);
    QI_VEC_CLEAR(&m->joiners[i]);
  }
  QI_VEC_CLEAR(&m->members);
}

static quid_status get_number(int64_t *out, quid_store *s, const char *sql, quid_error *err) {
  sqlite3_stmt *q = NULL;
  *out = 0;
  quid_status status = qi_store_error(s, sqlite3_prepare_v2(s->db, sql, -1, &q, NULL), err);
  int code = status ? SQLITE_DONE : sqlite3_step(q);
  if (code == SQLITE_ROW) *out = sqlite3_column_int64(q, 0);
  if (!status) status = qi_store_error(s, code, err);
  sqlite3_finalize(q);
  return status;
}

static quid_status remember(quid_store *s, const char *key, int64_t value, quid_error *err) {
  char sql[160];
  sqlite3_snprintf(sizeof sql, sql, "INSERT INTO meta VALUES (%Q, %lld) ON CONFLICT DO UPDATE SET value = excluded.value", key, (long long)value);
  return qi_store_exec(s, sql, err);
}

/* Inside a transaction. */
static quid_status match_all(quid_store *s, quid_error *err) {
  int64_t events, documents, last_event, last_document;
  matcher m = {.s = s};
  quid_status status = get_number(&events, s, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'matched'", err);
  if (!status) status = get_number(&documents, s, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'matched documents'", err);
  if (!status) status = get_number(&last_event, s, "SELECT max(id) FROM event", err);
  if (!status) status = get_number(&last_document, s, "SELECT max(id) FROM document", err);
  if (status || (events == last_event && documents == last_document)) return status;
  status = qi_store_exec(s, "CREATE TEMP TABLE IF NOT EXISTS changed_document (id INTEGER PRIMARY KEY); DELETE FROM temp.changed_document", err);
  if (!status) status = qi_copies_find(s, documents, err);
  if (!status) status = open_matcher(&m, s, err);
  if (!status) status = run(&m, events, err);
  if (!status) status = remember(s, "matched", last_event, err);
  if (!status) status = remember(s, "matched documents", last_document, err);
  close_matcher(&m);
  return status;
}

quid_status quid_store_match(quid_store *s, quid_error *err) {
  if (!s->writes) return qi_error_set(err, QUID_ERR_ARGUMENT, "'%s' was opened for reading", s->path);
  quid_status status = quid_store_commit(s, err);
  if (!status) status = qi_store_exec(s, "BEGIN IMMEDIATE", err);
  if (status) return status;
  status = match_all(s, err);
  if (!status) return qi_store_exec(s, "COMMIT", err);
  sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
  return qi_store_fail(s, status); /* numbers of names that were remembered may be gone with it */
}
