/* ask: a filter -> rows of pairs: from the sums by month where they can answer, else day by day, else with the events.
 *
 *   --from 2024                           -> dyad_told: everybody, by month
 *   --from 2024-01 --to 2024-06, PRK RUS  -> dyad_month, a = PRK and b = RUS, then a = RUS and b = PRK
 *   --from 2024-01-15                     -> dyad: no sum of a month tells its halves apart
 *   --place Vostochny                     -> dyad with the events: no sum knows a place
 *
 * What b alone narrows down is found by the index dyad_month_other; days have no such index, so they are sought with every a that ever
 * dealt with that b. */
#include "ask/pairs.h"

#include <string.h>

/* The quad classes of PLOVER's types, in the order of quid_event_type (knowledge/ontology.tsv; a test compares). */
static const unsigned char QUADS[QI_N_TYPES] = {
    QI_VERBAL_COOPERATION, QI_VERBAL_COOPERATION, QI_VERBAL_COOPERATION, QI_VERBAL_COOPERATION, QI_MATERIAL_COOPERATION, QI_MATERIAL_COOPERATION,
    QI_MATERIAL_COOPERATION, QI_VERBAL_CONFLICT, QI_VERBAL_CONFLICT, QI_VERBAL_CONFLICT, QI_VERBAL_CONFLICT, QI_MATERIAL_CONFLICT,
    QI_MATERIAL_CONFLICT, QI_MATERIAL_CONFLICT, QI_MATERIAL_CONFLICT, QI_MATERIAL_CONFLICT,
};
_Static_assert(QUID_N_EVENT_TYPES == QI_N_TYPES, "a quad class for each type");

qi_quad qi_quad_of(quid_event_type type) { return (unsigned)type < QI_N_TYPES ? (qi_quad)QUADS[type] : QI_NO_QUAD; }

static qi_quad quad_of(const qi_pairs *p, int64_t type) {
  for (int i = 0; i < QI_N_TYPES; i++)
    if (type == p->type_ids[i]) return type ? (qi_quad)QUADS[i] : QI_NO_QUAD;
  return QI_NO_QUAD;
}

/* ---- months ---- */

int32_t qi_month_of(qi_day day) {
  qi_ymd d = qi_day_to_ymd(day);
  return d.year * 12 + d.month - 1;
}

static qi_day first_of(int32_t month) {
  int32_t year = month >= 0 ? month / 12 : (month - 11) / 12;
  return qi_day_from_ymd(year, month - year * 12 + 1, 1);
}

qi_day qi_month_first(int32_t month) { return first_of(month); }
qi_day qi_month_last(int32_t month) { return first_of(month + 1) - 1; }

static bool whole_months(const qi_days_of *d) {
  bool starts = d->from == QI_DAY_MIN || qi_month_first(qi_month_of(d->from)) == d->from;
  return starts && (d->to == QI_DAY_MAX || qi_month_last(qi_month_of(d->to)) == d->to);
}

/* ---- what is wanted ---- */

static bool push_id(qi_ids *ids, int64_t id) {
  for (size_t i = 0; i < ids->len; i++)
    if (ids->items[i] == id) return true;
  return QI_VEC_PUSH(ids, id);
}

static quid_status read_parties(qi_ids *out, quid_store *s, const char *list, quid_error *err) {
  qi_slice rest = qi_slice_str(list), one;
  while (list && qi_slice_split(&rest, ',', &one)) {
    char id[128];
    int64_t party;
    one = qi_slice_trim(one);
    sqlite3_snprintf((int)sizeof id, id, "%.*s", (int)(one.len < sizeof id ? one.len : sizeof id - 1), one.ptr);
    quid_status status = qi_ask_party(&party, s, id, err);
    if (status) return status;
    if (!push_id(out, party)) return qi_error_memory(err, "the parties");
  }
  return QUID_OK;
}

/* Do all ids of the list stand for parties, as the sums know them: RUS, IGO.NATO? Not RUS.GOV, nor IGO. */
static bool are_parties(const char *list) {
  static const char *const wide[] = {"IGO", "NGO", "NGM", "MNC", "INT"};
  qi_slice rest = qi_slice_str(list), one;
  while (qi_slice_split(&rest, ',', &one)) {
    size_t dots = 0;
    bool is_wide = false;
    one = qi_slice_trim(one);
    for (size_t i = 0; i < one.len; i++) dots += one.ptr[i] == '.';
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) is_wide |= qi_slice_starts(one, qi_slice_str(wide[i])) && (one.len == 3 || one.ptr[3] == '.');
    size_t wanted = !is_wide ? 0 : qi_slice_starts(one, QI_SLICE("IGO")) ? 1 : 2;
    if (dots != wanted) return false;
  }
  return true;
}

static quid_status read_type_ids(qi_pairs *p, quid_error *err) {
  sqlite3_stmt *q;
  quid_status status = qi_store_error(p->store, sqlite3_prepare_v2(p->store->db, "SELECT id FROM name WHERE text = ?1", -1, &q, NULL), err);
  for (int i = 0, code; !status && i < QI_N_TYPES; i++) {
    sqlite3_bind_text(q, 1, quid_event_type_name((quid_event_type)i), -1, SQLITE_STATIC);
    if ((code = sqlite3_step(q)) == SQLITE_ROW) p->type_ids[i] = sqlite3_column_int64(q, 0);
    status = qi_store_error(p->store, code, err);
    sqlite3_reset(q);
  }
  sqlite3_finalize(q);
  return status;
}

static bool is_type(qi_slice word) {
  for (int i = 0; i < QI_N_TYPES; i++)
    if (qi_slice_eq_str(word, quid_event_type_name((quid_event_type)i))) return true;
  return false;
}

static bool is_status(qi_slice word) {
  for (int i = 0; i < QUID_N_EVENT_STATUSES; i++)
    if (qi_slice_eq_str(word, quid_event_status_name((quid_event_status)i))) return true;
  return false;
}

static quid_status check_list(const char *list, const char *what, bool (*fits)(qi_slice), quid_error *err) {
  qi_slice rest = qi_slice_str(list), one;
  while (list && qi_slice_split(&rest, ',', &one))
    if (!fits(one = qi_slice_trim(one))) return qi_error_set(err, QUID_ERR_ARGUMENT, "no %s: '%.*s'", what, QI_SLICE_ARG(one));
  return QUID_OK;
}

quid_status qi_pairs_init(qi_pairs *p, quid_store *s, const quid_filter *f, const char *a, const char *b, bool by_month, quid_error *err) {
  static const quid_filter none;
  *p = (qi_pairs){.store = s, .statuses = "told"};
  if (f) {
    p->rest = *f;
    p->types = f->type;
    if (f->status) p->statuses = f->status;
    if (f->actor && !a && are_parties(f->actor)) a = f->actor, p->rest.actor = NULL;
    p->rest.from = p->rest.to = p->rest.type = p->rest.status = NULL;
    p->rest.limit = 0;
  }
  if (!a && b) a = b, b = NULL;
  if (strcmp(p->statuses, "all") == 0) p->statuses = NULL;
  else if (strcmp(p->statuses, "told") == 0) p->statuses = "asserted,reported,claimed", p->told = true;
  /* all of the filter that the columns of a pair do not hold, fields of later days too */
  p->events = memcmp(&p->rest, &none, sizeof none) != 0;
  quid_status status = qi_filter_days(&p->days, f, err);
  if (!status) status = check_list(p->types, "event type", is_type, err);
  if (!status) status = check_list(p->statuses, "status", is_status, err);
  if (!status) status = read_parties(&p->a, s, a, err);
  if (!status) status = read_parties(&p->b, s, b, err);
  if (!status) status = read_type_ids(p, err);
  if (!status) p->sums = by_month && !p->events && whole_months(&p->days);
  p->told = p->sums && p->told && !p->types && !p->a.len;
  return status;
}

void qi_pairs_clear(qi_pairs *p) {
  sqlite3_finalize(p->example);
  QI_VEC_CLEAR(&p->a);
  QI_VEC_CLEAR(&p->b);
  *p = (qi_pairs){0};
}

/* ---- as SQL ---- */

/* Where the rows of what was known earlier are: those of replaced events too. */
#define ROWS_OF_EARLIER "dyad_ever"

static const char *table_of(const qi_pairs *p) { return p->sums ? "dyad_month" : p->rest.as_of ? ROWS_OF_EARLIER : "dyad"; }

static void where_ids(qi_query *q, const char *column, const char *in, const qi_ids *ids) {
  if (!ids->len) return;
  qi_query_add(q, " AND ");
  qi_query_add(q, column);
  qi_query_add(q, in);
  for (size_t i = 0; i < ids->len; i++) {
    if (i) qi_query_add(q, ", ");
    qi_query_number(q, ids->items[i]);
  }
  qi_query_add(q, ")");
}

static void where_words(qi_query *q, const char *column, const char *list) {
  qi_slice rest = qi_slice_str(list), one;
  bool first = true;
  if (!list) return;
  qi_query_add(q, " AND ");
  qi_query_add(q, column);
  qi_query_add(q, " IN (SELECT id FROM name WHERE text IN (");
  while (qi_slice_split(&rest, ',', &one)) {
    const char *word = qi_arena_strdup(&q->arena, qi_slice_trim(one));
    if (!first) qi_query_add(q, ", ");
    qi_query_text(q, word ? word : "");
    first = false;
  }
  qi_query_add(q, "))");
}

/* The filter, for the rows `x` and the events `e`. */
static quid_status where_filter(qi_query *q, qi_pairs *p, bool events, quid_error *err) {
  where_words(q, "x.type", p->types);
  where_words(q, "x.status", p->statuses);
  return events ? qi_filter_where(q, p->store, &p->rest, "e", err) : QUID_OK;
}

static void where_days(qi_query *q, const qi_pairs *p) {
  bool open = p->days.from == QI_DAY_MIN && p->days.to == QI_DAY_MAX;
  if (open) return;
  qi_query_add(q, p->sums ? " AND x.month BETWEEN " : " AND x.day BETWEEN ");
  qi_query_number(q, p->days.from == QI_DAY_MIN ? INT32_MIN : p->sums ? qi_month_of(p->days.from) : p->days.from);
  qi_query_add(q, " AND ");
  qi_query_number(q, p->days.to == QI_DAY_MAX ? INT32_MAX : p->sums ? qi_month_of(p->days.to) : p->days.to);
}

/* back: from b to a, without what the way there had already. */
static quid_status add_branch(qi_query *q, qi_pairs *p, bool back, quid_error *err) {
  qi_query_add(q, p->sums ? "SELECT x.a, x.b, x.month, x.type, x.n, x.score FROM " : "SELECT x.a, x.b, x.day, x.type, 1, x.score FROM ");
  qi_query_add(q, table_of(p));
  qi_query_add(q, " x");
  if (p->events) qi_query_add(q, " JOIN event e ON e.id = x.event");
  qi_query_add(q, p->known ? " WHERE x.a <> x.b AND x.a <> 0 AND x.b <> 0" : " WHERE 1");
  where_ids(q, back ? "x.b" : "x.a", " IN (", &p->a);
  where_ids(q, back ? "x.a" : "x.b", " IN (", &p->b);
  if (back) where_ids(q, "x.a", " NOT IN (", &p->a);
  if (back && !p->sums && !p->b.len) {
    qi_query_add(q, " AND x.a IN (SELECT m.a FROM dyad_month m WHERE 1");
    where_ids(q, "m.b", " IN (", &p->a);
    if (p->rest.as_of) {
      qi_query_add(q, " UNION SELECT g.a FROM dyad_gone g WHERE 1");
      where_ids(q, "g.b", " IN (", &p->a);
    }
    qi_query_add(q, ")");
  }
  where_days(q, p);
  return where_filter(q, p, p->events, err);
}

static quid_status add_rows(qi_query *q, qi_pairs *p, quid_error *err) {
  if (p->told) {
    qi_query_add(q, "SELECT x.a, x.b, x.month, x.verbal_cooperation, x.material_cooperation, x.verbal_conflict, x.material_conflict, x.other, x.score "
                    "FROM dyad_told x");
    qi_query_add(q, p->known ? " WHERE x.a <> x.b AND x.a <> 0 AND x.b <> 0" : " WHERE 1");
    where_days(q, p);
    return QUID_OK;
  }
  quid_status status = add_branch(q, p, false, err);
  if (status || !p->a.len || p->directed) return status;
  qi_query_add(q, " UNION ALL ");
  return add_branch(q, p, true, err);
}

static void read_row(qi_pair_row *row, const qi_pairs *p, sqlite3_stmt *q) {
  *row = (qi_pair_row){.a = sqlite3_column_int64(q, 0), .b = sqlite3_column_int64(q, 1), .day = sqlite3_column_int(q, 2)};
  if (p->sums) row->day = qi_month_first(row->day);
  if (p->told) {
    for (int k = 0; k <= QI_NO_QUAD; k++) row->n += row->of[k] = sqlite3_column_int64(q, 3 + k);
    row->score = sqlite3_column_double(q, 4 + QI_NO_QUAD);
  } else {
    row->type = sqlite3_column_int64(q, 3);
    row->n = row->of[quad_of(p, row->type)] = sqlite3_column_int64(q, 4);
    row->score = sqlite3_column_double(q, 5);
  }
}

quid_status qi_pairs_read(qi_pairs *p, qi_pairs_take *take, void *user, quid_error *err) {
  qi_query q;
  sqlite3_stmt *statement = NULL;
  int code = SQLITE_DONE;
  qi_query_init(&q);
  quid_status status = add_rows(&q, p, err);
  if (!status) status = qi_query_prepare(&statement, p->store, &q, err);
  while (!status && (code = sqlite3_step(statement)) == SQLITE_ROW) {
    qi_pair_row row;
    read_row(&row, p, statement);
    if (row.n) status = take(user, &row, err);
  }
  if (!status) status = qi_store_error(p->store, code, err);
  sqlite3_finalize(statement);
  qi_query_clear(&q);
  return status;
}

/* ---- one event ---- */

quid_status qi_pairs_where(qi_query *q, qi_pairs *p, int64_t a, int64_t b, qi_day from, qi_day to, quid_error *err) {
  qi_query_add(q, p->rest.as_of ? ROWS_OF_EARLIER : "dyad");
  qi_query_add(q, " x JOIN event e ON e.id = x.event WHERE x.a = ");
  qi_query_number(q, a);
  qi_query_add(q, " AND x.b = ");
  qi_query_number(q, b);
  qi_query_add(q, " AND x.day BETWEEN ");
  qi_query_number(q, from);
  qi_query_add(q, " AND ");
  qi_query_number(q, to);
  return where_filter(q, p, true, err);
}

static quid_status prepare_example(qi_pairs *p, quid_error *err) {
  qi_query q;
  qi_query_init(&q);
  qi_query_add(&q, "SELECT e.key, x.day FROM ");
  quid_status status = qi_pairs_where(&q, p, 0, 0, 0, 0, err);
  p->example_type = (int)q.parameters.len + 1;
  qi_query_add(&q, " AND x.type BETWEEN ");
  qi_query_number(&q, 0);
  qi_query_add(&q, " AND ");
  qi_query_number(&q, 0);
  qi_query_add(&q, " ORDER BY abs(x.score) DESC, x.day DESC, e.key LIMIT 1");
  if (!status) status = qi_query_prepare(&p->example, p->store, &q, err);
  if (!status) status = qi_query_keep(p->example, &q, err);
  qi_query_clear(&q);
  return status;
}

quid_status qi_pairs_example(qi_example *out, qi_pairs *p, int64_t a, int64_t b, qi_day from, qi_day to, int64_t type, quid_error *err) {
  quid_status status = p->example ? QUID_OK : prepare_example(p, err);
  out->id[0] = '\0';
  out->day = QI_DAY_NONE;
  if (status) return status;
  if (from < p->days.from) from = p->days.from;
  if (to > p->days.to) to = p->days.to;
  sqlite3_bind_int64(p->example, 1, a);
  sqlite3_bind_int64(p->example, 2, b);
  sqlite3_bind_int(p->example, 3, from);
  sqlite3_bind_int(p->example, 4, to);
  sqlite3_bind_int64(p->example, p->example_type, type ? type : INT64_MIN);
  sqlite3_bind_int64(p->example, p->example_type + 1, type ? type : INT64_MAX);
  int code = sqlite3_step(p->example);
  if (code == SQLITE_ROW) {
    sqlite3_snprintf((int)sizeof out->id, out->id, "%016llx", sqlite3_column_int64(p->example, 0));
    out->day = sqlite3_column_int(p->example, 1);
  }
  status = qi_store_error(p->store, code, err);
  sqlite3_reset(p->example);
  return status;
}

quid_status qi_pairs_party(const char **id, const char **name, quid_store *s, int64_t party, qi_arena *arena, quid_error *err) {
  sqlite3_stmt *q;
  *id = *name = "";
  quid_status status = qi_store_error(
      s, sqlite3_prepare_v2(s->db, "SELECT n.text, coalesce((SELECT name FROM entity WHERE code = n.text), n.text) FROM name n WHERE n.id = ?1", -1, &q, NULL), err);
  if (status) return status;
  sqlite3_bind_int64(q, 1, party);
  int code = sqlite3_step(q);
  if (code == SQLITE_ROW) {
    *id = qi_arena_strdup(arena, qi_slice_str((const char *)sqlite3_column_text(q, 0)));
    *name = qi_arena_strdup(arena, qi_slice_str((const char *)sqlite3_column_text(q, 1)));
  }
  status = qi_store_error(s, code, err);
  sqlite3_finalize(q);
  return status || (*id && *name) ? status : qi_error_memory(err, "the parties");
}
