/* ask: a filter -> conditions of SQL.
 *
 *   --from 2024 --actor RUS --status told -> day BETWEEN ? AND ? AND EXISTS (... participant ...) AND status IN (?, ?, ?) */
#include "ask/ask.h"
#include "base/utf8.h"

#include <string.h>

static quid_status read_day(qi_day *out, const char *text, bool last, quid_error *err) {
  qi_day first, end;
  if (!text) return QUID_OK;
  if (!qi_date_parse(qi_slice_str(text), &first, &end))
    return qi_error_set(err, QUID_ERR_ARGUMENT, "no date: '%s'; wanted a day, month or year as 2024-11-25, 2024-11, 2024", text);
  *out = last ? end : first;
  return QUID_OK;
}

quid_status qi_filter_days(qi_days_of *out, const quid_filter *f, quid_error *err) {
  *out = (qi_days_of){QI_DAY_MIN, QI_DAY_MAX};
  if (!f) return QUID_OK;
  quid_status status = read_day(&out->from, f->from, false, err);
  return status ? status : read_day(&out->to, f->to, true, err);
}

static quid_status find(int64_t *out, quid_store *s, const char *sql, qi_slice text, quid_error *err) {
  sqlite3_stmt *q;
  *out = 0;
  quid_status status = qi_store_error(s, sqlite3_prepare_v2(s->db, sql, -1, &q, NULL), err);
  if (status) return status;
  sqlite3_bind_text(q, 1, text.ptr, (int)text.len, SQLITE_STATIC);
  int code = sqlite3_step(q);
  if (code == SQLITE_ROW) *out = sqlite3_column_int64(q, 0);
  status = qi_store_error(s, code, err);
  sqlite3_finalize(q);
  return status;
}

static quid_status find_name(int64_t *out, quid_store *s, const char *what, qi_slice text, quid_error *err) {
  quid_status status = find(out, s, "SELECT id FROM name WHERE text = ?1", text, err);
  if (!status && !*out) status = qi_error_set(err, QUID_ERR_ARGUMENT, "no %s '%.*s' in the store", what, QI_SLICE_ARG(text));
  return status;
}

quid_status qi_ask_name(int64_t *out, quid_store *s, const char *what, const char *text, quid_error *err) {
  return find_name(out, s, what, qi_slice_str(text), err);
}

quid_status qi_ask_party(int64_t *out, quid_store *s, const char *id, quid_error *err) { return qi_ask_name(out, s, "party", id, err); }

/* " AND column IN (?, ?)" of names in a list. */
static quid_status where_names(qi_query *q, quid_store *s, const char *event, const char *column, const char *what, const char *list,
                               quid_error *err) {
  qi_slice rest = qi_slice_str(list), one;
  bool first = true;
  qi_query_add(q, " AND ");
  qi_query_add(q, event);
  qi_query_add(q, column);
  while (qi_slice_split(&rest, ',', &one)) {
    int64_t name;
    quid_status status = find_name(&name, s, what, qi_slice_trim(one), err);
    if (status) return status;
    qi_query_add(q, first ? " IN (" : ", ");
    qi_query_number(q, name);
    first = false;
  }
  qi_query_add(q, ")");
  return QUID_OK;
}

static bool is_status(qi_slice word) {
  for (int i = 0; i < QUID_N_EVENT_STATUSES; i++)
    if (qi_slice_eq_str(word, quid_event_status_name((quid_event_status)i))) return true;
  return false;
}

/* A status that nothing in the store has is no mistake; one that does not exist is. */
static quid_status where_status(qi_query *q, const char *event, const char *list, quid_error *err) {
  if (strcmp(list, "told") == 0) list = "asserted,reported,claimed";
  qi_slice rest = qi_slice_str(list), one;
  bool first = true;
  qi_query_add(q, " AND ");
  qi_query_add(q, event);
  qi_query_add(q, ".status IN (SELECT id FROM name WHERE text IN (");
  while (qi_slice_split(&rest, ',', &one)) {
    char word[32];
    one = qi_slice_trim(one);
    if (!is_status(one)) return qi_error_set(err, QUID_ERR_ARGUMENT, "no status: '%.*s'", QI_SLICE_ARG(one));
    sqlite3_snprintf((int)(one.len + 1 < sizeof word ? one.len + 1 : sizeof word), word, "%s", one.ptr);
    if (!first) qi_query_add(q, ", ");
    qi_query_text(q, word);
    first = false;
  }
  qi_query_add(q, "))");
  return QUID_OK;
}

#define FEW_EVENTS 20000 /* of somebody: these are listed, where otherwise each event is looked at */

/* " WHERE ..." entities `n` of the ids, or below them. */
static void where_codes(qi_query *q, const char *list) {
  qi_slice rest = qi_slice_str(list), one;
  bool first = true;
  while (qi_slice_split(&rest, ',', &one)) {
    char *id = qi_arena_strdup(&q->arena, qi_slice_trim(one));
    qi_query_add(q, first ? "(" : " OR ");
    qi_query_add(q, "n.code = ");
    qi_query_text(q, id ? id : "");
    qi_query_add(q, " OR substr(n.code, 1, length(");
    qi_query_text(q, id ? id : "");
    qi_query_add(q, ") + 1) = ");
    qi_query_text(q, id ? id : "");
    qi_query_add(q, " || '.'");
    first = false;
  }
  qi_query_add(q, first ? "0" : ")");
}

/* Do they take part in few events? */
static quid_status takes_part_in_few(bool *out, quid_store *s, const char *list, quid_error *err) {
  qi_query q;
  sqlite3_stmt *statement = NULL;
  int code = SQLITE_DONE;
  qi_query_init(&q);
  qi_query_add(&q, "SELECT count(*) FROM (SELECT 1 FROM participant WHERE entity IN (SELECT id FROM entity n WHERE ");
  where_codes(&q, list);
  qi_query_add(&q, ") LIMIT ");
  qi_query_number(&q, FEW_EVENTS + 1);
  qi_query_add(&q, ")");
  quid_status status = qi_query_prepare(&statement, s, &q, err);
  if (!status) code = sqlite3_step(statement);
  *out = code == SQLITE_ROW && sqlite3_column_int(statement, 0) <= FEW_EVENTS;
  if (!status) status = qi_store_error(s, code, err);
  sqlite3_finalize(statement);
  qi_query_clear(&q);
  return status;
}

/* Somebody of the ids, or below them, stands in `table` for the event. */
static void where_somebody(qi_query *q, const char *event, const char *table, const char *list, bool few) {
  qi_query_add(q, " AND ");
  if (few) {
    qi_query_add(q, event);
    qi_query_add(q, ".id IN (SELECT p.event FROM ");
    qi_query_add(q, table);
    qi_query_add(q, " p WHERE p.entity IN (SELECT id FROM entity n WHERE ");
  } else {
    qi_query_add(q, "EXISTS (SELECT 1 FROM ");
    qi_query_add(q, table);
    qi_query_add(q, " p CROSS JOIN entity n ON n.id = p.entity WHERE p.event = ");
    qi_query_add(q, event);
    qi_query_add(q, ".id AND ");
  }
  where_codes(q, list);
  qi_query_add(q, few ? "))" : ")");
}

static quid_status where_as_of(qi_query *q, const char *event, const char *as_of, quid_error *err) {
  qi_day day = QI_DAY_NONE;
  char date[QI_DATE_BYTES], text[QI_DATE_BYTES + 16];
  quid_status status = read_day(&day, as_of, true, err);
  if (status) return status;
  sqlite3_snprintf(sizeof text, text, "%sT23:59:59Z", qi_date_format(date, day));
  qi_query_add(q, " AND EXISTS (SELECT 1 FROM load WHERE load.id = ");
  qi_query_add(q, event);
  qi_query_add(q, ".load AND load.at <= ");
  qi_query_text(q, text);
  qi_query_add(q, ") AND NOT EXISTS (SELECT 1 FROM load WHERE load.id = ");
  qi_query_add(q, event);
  qi_query_add(q, ".gone AND load.at <= ");
  qi_query_text(q, text);
  qi_query_add(q, ")");
  return QUID_OK;
}

static void where_place(qi_query *q, const char *event, const char *place) {
  qi_query_add(q, " AND EXISTS (SELECT 1 FROM place pl LEFT JOIN name pn ON pn.id = pl.country WHERE pl.id = ");
  qi_query_add(q, event);
  qi_query_add(q, ".place AND (pn.text = ");
  qi_query_text(q, place);
  qi_query_add(q, " OR instr(lower(pl.name), lower(");
  qi_query_text(q, place);
  qi_query_add(q, ")) > 0))");
}

/* No event of that day before it in the order of ids, told by the same filter, has the same type and the same sides. */
static quid_status where_one_a_day(qi_query *q, quid_store *s, const quid_filter *f, const char *event, quid_error *err) {
  static const char *const sides[] = {"(SELECT group_concat(role || ':' || entity) FROM (SELECT role, entity FROM participant WHERE event = ",
                                      ".id AND role < 2 ORDER BY role, entity))"};
  quid_filter all = *f;
  all.one_a_day = false;
  qi_query_add(q, " AND NOT EXISTS (SELECT 1 FROM event twin WHERE twin.day = ");
  qi_query_add(q, event);
  qi_query_add(q, ".day AND twin.type IS ");
  qi_query_add(q, event);
  qi_query_add(q, ".type AND twin.id < ");
  qi_query_add(q, event);
  qi_query_add(q, ".id AND ");
  qi_query_add(q, sides[0]);
  qi_query_add(q, "twin");
  qi_query_add(q, sides[1]);
  qi_query_add(q, " IS ");
  qi_query_add(q, sides[0]);
  qi_query_add(q, event);
  qi_query_add(q, sides[1]);
  quid_status status = qi_filter_where(q, s, &all, "twin", err);
  qi_query_add(q, ")");
  return status;
}

/* Words as FTS5 wants them, each in quotes, so that none of its operators are meant: missile "foreign minister" ship* -> "missile" "foreign minister" "ship"* */
static quid_status quote_words(qi_builder *out, const char *words, quid_error *err) {
  qi_slice rest = qi_slice_trim(qi_slice_str(words));
  while (rest.len) {
    bool phrase = rest.ptr[0] == '"';
    size_t n = phrase;
    while (n < rest.len && (phrase ? rest.ptr[n] != '"' : !qi_ascii_is_space(rest.ptr[n]) && rest.ptr[n] != '"')) n++;
    qi_slice word = qi_slice_of(rest.ptr + phrase, n - phrase);
    n += phrase && n < rest.len;
    bool prefix = phrase ? n < rest.len && rest.ptr[n] == '*' : word.len > 1 && word.ptr[word.len - 1] == '*';
    if (prefix && phrase) n++;
    if (prefix && !phrase) word.len--;
    rest = qi_slice_trim(qi_slice_of(rest.ptr + n, rest.len - n));
    if (!word.len) continue;
    qi_builder_str(out, out->len ? " \"" : "\"");
    qi_builder_slice(out, word);
    qi_builder_str(out, prefix ? "\"*" : "\"");
  }
  if (!out->len) return qi_error_set(err, QUID_ERR_ARGUMENT, "no words: '%s'", words);
  return qi_builder_status(out, "the words", err);
}

static quid_status where_text(qi_query *q, quid_store *s, const char *event, const char *words, quid_error *err) {
  qi_builder quoted;
  qi_builder_init(&quoted, 0);
  quid_status status = quote_words(&quoted, words, err);
  if (!status) status = qi_store_searchable(s, err);
  if (!status) {
    qi_query_add(q, " AND ");
    qi_query_add(q, event);
    qi_query_add(q, ".sentence IN (SELECT rowid FROM sentence_text WHERE sentence_text MATCH ");
    qi_query_text(q, quoted.ptr);
    qi_query_add(q, ")");
  }
  qi_builder_clear(&quoted);
  return status;
}

quid_status qi_filter_where(qi_query *q, quid_store *s, const quid_filter *f, const char *event, quid_error *err) {
  qi_days_of days;
  quid_status status = qi_filter_days(&days, f, err);
  if (status) return status;
  if (!f || !f->as_of) {
    qi_query_add(q, " AND ");
    qi_query_add(q, event);
    qi_query_add(q, ".gone IS NULL");
  }
  if (!f) return QUID_OK;
  if (days.from != QI_DAY_MIN || days.to != QI_DAY_MAX) {
    qi_query_add(q, " AND ");
    qi_query_add(q, event);
    qi_query_add(q, ".day BETWEEN ");
    qi_query_number(q, days.from);
    qi_query_add(q, " AND ");
    qi_query_number(q, days.to);
  }
  if (f->type) status = where_names(q, s, event, ".type", "event type", f->type, err);
  if (!status && f->status) status = where_status(q, event, f->status, err);
  if (!status && f->as_of) status = where_as_of(q, event, f->as_of, err);
  bool few = false;
  if (!status && f->actor) status = takes_part_in_few(&few, s, f->actor, err);
  if (!status && f->actor) where_somebody(q, event, "participant", f->actor, few);
  if (f->word_of) where_somebody(q, event, "word_of", f->word_of, false);
  if (f->place) where_place(q, event, f->place);
  if (!status && f->text) status = where_text(q, s, event, f->text, err);
  return !status && f->one_a_day ? where_one_a_day(q, s, f, event, err) : status;
}

bool qi_filter_is_plain(const quid_filter *f) {
  return !f || !(f->from || f->to || f->actor || f->status || f->word_of || f->type || f->place || f->as_of || f->text || f->one_a_day);
}

/* Somebody of the ids has one of the option's roles. */
static void where_party(qi_query *q, const char *option, const char *roles, const char *list) {
  qi_slice rest = qi_slice_str(list), one;
  bool first = true;
  qi_query_add(q, " AND EXISTS (SELECT 1 FROM option_party p JOIN entity n ON n.id = p.entity WHERE p.option = ");
  qi_query_add(q, option);
  qi_query_add(q, ".id AND p.role IN ");
  qi_query_add(q, roles);
  qi_query_add(q, " AND (");
  while (qi_slice_split(&rest, ',', &one)) {
    char *id = qi_arena_strdup(&q->arena, qi_slice_trim(one));
    if (!first) qi_query_add(q, " OR ");
    qi_query_add(q, "substr(n.code || '.', 1, length(");
    qi_query_text(q, id ? id : "");
    qi_query_add(q, ") + 1) = ");
    qi_query_text(q, id ? id : "");
    qi_query_add(q, " || '.'");
    first = false;
  }
  qi_query_add(q, "))");
}

quid_status qi_filter_option(qi_query *q, quid_store *s, const quid_filter *f, const char *option, quid_error *err) {
  quid_status status = QUID_OK;
  if (!f) return status;
  if (f->type) status = where_names(q, s, option, ".type", "event type", f->type, err);
  if (!status && f->as_of) status = where_as_of(q, option, f->as_of, err);
  if (f->actor) where_party(q, option, "(1, 2)", f->actor);
  if (f->word_of) where_party(q, option, "(0)", f->word_of);
  return status;
}
