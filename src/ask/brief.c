/* ask: the monthly brief: the pairs of parties whose cooperation or conflict in a month is unlike the months before it.
 *
 *   brief --month 2024-11 -> PRK RUS, cooperation up 14 (usual 2.2), conflict = 0, surprise 5.1, events 5a1e40c9b2d07731 ..., sentences
 *
 * For each pair, both directions together, the counts of cooperation and of conflict are held against the PAST months before, silent ones
 * too, from the first month that has events of anybody (change.c: a negative binomial tail). A pair is told when one of the two is as rare
 * as LEAST says: with hundreds of pairs some are so by chance, so the figure itself stands in the row. The events that account for it are
 * those of the kinds that rose, strongest first; of a fall, what there still was. */
#include "ask/change.h"
#include "ask/pairs.h"

#include <math.h>
#include <string.h>

enum { PAST = 24, MONTHS = PAST + 1, N_EVENTS = 3, MOST_ROWS = 50 };
#define LEAST 2.0 /* one in a hundred */

typedef struct pair {
  int64_t a, b; /* a < b */
  float n[MONTHS][2]; /* cooperation, conflict; the last is the month asked for */
  qi_surprise surprise[2];
  double most;
  const char *ids[2], *names[2];
} pair;

typedef struct brief {
  int32_t month, first; /* first: oldest with events of anybody */
  qi_map at;            /* bytes of a and b -> pair */
  qi_arena arena;
  QI_VEC(pair) pairs;
} brief;

static pair *find(brief *b, int64_t one, int64_t other) {
  int64_t key[2] = {one < other ? one : other, one < other ? other : one};
  qi_slice bytes = {(const char *)key, sizeof key};
  uint32_t at = qi_map_find(&b->at, bytes, QI_MAP_NONE);
  if (at != QI_MAP_NONE) return &b->pairs.items[at];
  qi_slice kept = qi_arena_slice(&b->arena, bytes);
  if (!kept.ptr || !qi_map_put(&b->at, kept, (uint32_t)b->pairs.len)) return NULL;
  pair empty = {.a = key[0], .b = key[1]};
  return QI_VEC_PUSH(&b->pairs, empty) ? &b->pairs.items[b->pairs.len - 1] : NULL;
}

static quid_status take(void *user, const qi_pair_row *row, quid_error *err) {
  brief *b = user;
  int32_t month = qi_month_of(row->day), at = month - (b->month - PAST);
  if (at < 0 || at >= MONTHS) return QUID_OK;
  if (month < b->first) b->first = month;
  if (row->n == row->of[QI_NO_QUAD]) return QUID_OK;
  pair *p = find(b, row->a, row->b);
  if (!p) return qi_error_memory(err, "the brief");
  for (int k = 0; k < QI_N_QUADS; k++) p->n[at][k >= QI_VERBAL_CONFLICT] += (float)row->of[k];
  return QUID_OK;
}

static void judge(brief *b) {
  /* first: INT32_MAX where the store has nothing before */
  int64_t before = (int64_t)b->first - (b->month - PAST);
  size_t start = before > 0 ? (size_t)(before < PAST ? before : PAST) : 0, kept = 0;
  for (size_t i = 0; i < b->pairs.len; i++) {
    pair *p = &b->pairs.items[i];
    for (int k = 0; k < 2; k++) {
      double past[PAST];
      size_t n = 0;
      for (size_t m = start; m < PAST; m++) past[n++] = (double)p->n[m][k];
      p->surprise[k] = qi_surprise_of(past, n, (double)p->n[PAST][k]);
      if (fabs(p->surprise[k].surprise) > p->most) p->most = fabs(p->surprise[k].surprise);
    }
    if (p->most >= LEAST) b->pairs.items[kept++] = *p;
  }
  b->pairs.len = kept;
}

static int by_surprise(const void *x, const void *y) {
  const pair *a = x, *b = y;
  if (a->most != b->most) return a->most > b->most ? -1 : 1;
  int order = strcmp(a->ids[0], b->ids[0]);
  return order ? order : strcmp(a->ids[1], b->ids[1]);
}

static quid_status name_all(brief *b, quid_store *s, quid_error *err) {
  quid_status status = QUID_OK;
  for (size_t i = 0; !status && i < b->pairs.len; i++) {
    pair *p = &b->pairs.items[i];
    status = qi_pairs_party(&p->ids[0], &p->names[0], s, p->a, &b->arena, err);
    if (!status) status = qi_pairs_party(&p->ids[1], &p->names[1], s, p->b, &b->arena, err);
    if (status || strcmp(p->ids[0], p->ids[1]) <= 0) continue;
    pair old = *p;
    p->a = old.b, p->b = old.a;
    p->ids[0] = old.ids[1], p->ids[1] = old.ids[0];
    p->names[0] = old.names[1], p->names[1] = old.names[0];
  }
  if (!status && b->pairs.len) qsort(b->pairs.items, b->pairs.len, sizeof *b->pairs.items, by_surprise);
  return status;
}

/* ---- as rows ---- */

static quid_status put_kind(quid_answer *out, const pair *p, int k, quid_error *err) {
  char text[64];
  double surprise = p->surprise[k].surprise;
  const char *arrow = surprise >= LEAST ? "\xE2\x86\x91" : surprise <= -LEAST ? "\xE2\x86\x93" : "=";
  sqlite3_snprintf((int)sizeof text, text, "%s", arrow);
  quid_status status = qi_answer_put(out, text, err);
  if (!status) status = qi_answer_put_number(out, (double)p->n[PAST][k], 0, err);
  return status ? status : qi_answer_put_number(out, p->surprise[k].usual, 1, err);
}

/* Which of cooperation and conflict the events shall show: what rose, the more surprising of the two; else both. */
static int risen(const pair *p) {
  double up[2] = {p->surprise[0].surprise, p->surprise[1].surprise};
  if (up[0] < LEAST && up[1] < LEAST) return -1;
  return up[1] > up[0];
}

static void where_side(qi_query *q, const qi_pairs *pairs, int side) {
  if (side < 0) return;
  qi_query_add(q, " AND x.type IN (0");
  for (int t = 0; t < QI_N_TYPES; t++)
    if ((qi_quad_of((quid_event_type)t) >= QI_VERBAL_CONFLICT) == (side == 1)) {
      qi_query_add(q, ", ");
      qi_query_number(q, pairs->type_ids[t]);
    }
  qi_query_add(q, ")");
}

static quid_status ask_events(sqlite3_stmt **out, qi_pairs *pairs, const pair *p, int32_t month, quid_error *err) {
  qi_query q;
  qi_query_init(&q);
  qi_query_add(&q, "SELECT printf('%016x', key), sentence.text FROM (");
  quid_status status = QUID_OK;
  for (int back = 0; !status && back < 2; back++) {
    qi_query_add(&q, back ? " UNION ALL SELECT " : "SELECT ");
    qi_query_add(&q, "e.key AS key, e.sentence AS sentence, x.score AS score, x.day AS day FROM ");
    status = qi_pairs_where(&q, pairs, back ? p->b : p->a, back ? p->a : p->b, qi_month_first(month), qi_month_last(month), err);
    where_side(&q, pairs, risen(p));
  }
  qi_query_add(&q, ") f JOIN sentence ON sentence.id = f.sentence GROUP BY key ORDER BY max(abs(score)) DESC, max(day) DESC, key LIMIT ");
  qi_query_number(&q, N_EVENTS);
  if (!status) status = qi_query_prepare(out, pairs->store, &q, err);
  if (!status) status = qi_query_keep(*out, &q, err);
  qi_query_clear(&q);
  return status;
}

static quid_status put_events(quid_answer *out, qi_pairs *pairs, const pair *p, int32_t month, quid_error *err) {
  qi_builder ids, sentences;
  sqlite3_stmt *q = NULL;
  int code = SQLITE_DONE;
  qi_builder_init(&ids, 0);
  qi_builder_init(&sentences, 0);
  quid_status status = ask_events(&q, pairs, p, month, err);
  while (!status && (code = sqlite3_step(q)) == SQLITE_ROW) {
    const char *text = (const char *)sqlite3_column_text(q, 1);
    if (ids.len) qi_builder_char(&ids, ' '), qi_builder_str(&sentences, " / ");
    qi_builder_str(&ids, (const char *)sqlite3_column_text(q, 0));
    qi_builder_str(&sentences, text ? text : "");
  }
  if (!status) status = qi_store_error(pairs->store, code, err);
  if (!status) status = qi_builder_status(&ids, "the brief", err);
  if (!status) status = qi_builder_status(&sentences, "the brief", err);
  if (!status) status = qi_answer_put(out, ids.ptr, err);
  if (!status) status = qi_answer_put(out, sentences.ptr, err);
  sqlite3_finalize(q);
  qi_builder_clear(&ids);
  qi_builder_clear(&sentences);
  return status;
}

static quid_status put_pair(quid_answer *out, qi_pairs *pairs, const pair *p, int32_t month, quid_error *err) {
  quid_status status = QUID_OK;
  for (int k = 0; !status && k < 2; k++) status = qi_answer_put(out, p->ids[k], err);
  for (int k = 0; !status && k < 2; k++) status = put_kind(out, p, k, err);
  if (!status) status = qi_answer_put_number(out, p->most, 1, err);
  return status ? status : put_events(out, pairs, p, month, err);
}

/* The month asked for, else the last one that has events. */
static quid_status read_month(int32_t *out, quid_store *s, const char *month, quid_error *err) {
  qi_day first, last;
  if (month) {
    if (!qi_date_parse(qi_slice_str(month), &first, &last) || qi_month_of(first) != qi_month_of(last))
      return qi_error_set(err, QUID_ERR_ARGUMENT, "no month: '%s'; wanted one as 2024-11", month);
    *out = qi_month_of(first);
    return QUID_OK;
  }
  sqlite3_stmt *q;
  quid_status status = qi_store_error(s, sqlite3_prepare_v2(s->db, "SELECT coalesce(max(month), 0) FROM dyad_told", -1, &q, NULL), err);
  if (status) return status;
  int code = sqlite3_step(q);
  if (code == SQLITE_ROW) *out = sqlite3_column_int(q, 0);
  status = qi_store_error(s, code, err);
  sqlite3_finalize(q);
  return status;
}

/* --from and --to can cut the past shorter; the month itself is always whole. */
static void bound(qi_pairs *p, int32_t month) {
  qi_day from = qi_month_first(month - PAST);
  if (p->days.from < from) p->days.from = from;
  p->days.to = qi_month_last(month);
}

quid_status quid_ask_brief(quid_answer **out, quid_store *store, const char *month, const quid_filter *f, quid_error *err) {
  static const char *const columns[] = {"a", "b", "cooperation", "cooperation_events", "cooperation_usual", "conflict", "conflict_events",
                                        "conflict_usual", "surprise", "events", "sentences", NULL};
  brief b = {.first = INT32_MAX};
  qi_pairs pairs;
  size_t most = f && f->limit ? f->limit : MOST_ROWS;
  *out = NULL;
  qi_arena_init(&b.arena, 0);
  quid_status status = qi_pairs_init(&pairs, store, f, NULL, NULL, true, err);
  if (!status) status = read_month(&b.month, store, month, err);
  if (!status) {
    bound(&pairs, b.month);
    pairs.known = true;
    status = qi_pairs_read(&pairs, take, &b, err);
  }
  judge(&b);
  if (!status) status = name_all(&b, store, err);
  if (!status) status = qi_answer_new(out, columns, err);
  for (size_t i = 0; !status && i < b.pairs.len && i < most; i++) status = put_pair(*out, &pairs, &b.pairs.items[i], b.month, err);
  if (status) quid_answer_free(*out), *out = NULL;
  qi_map_clear(&b.at);
  QI_VEC_CLEAR(&b.pairs);
  qi_arena_clear(&b.arena);
  qi_pairs_clear(&pairs);
  return status;
}
