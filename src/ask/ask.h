/* ask: what the questions share: the filter as SQL, the answer as a table.
 *
 * A question builds one SQL statement from its own part and the filter's conditions, runs it, and puts rows into the answer:
 *
 *   qi_query q;
 *   qi_query_init(&q);
 *   qi_query_add(&q, "SELECT ... FROM dyad d JOIN event e ON e.id = d.event WHERE d.day BETWEEN ");
 *   qi_query_day(&q, from); ...
 *   status = qi_filter_where(&q, store, filter, "e", err);
 *   status = qi_answer_fill(out, store, &q, err);   columns are named as in the SELECT */
#ifndef QI_ASK_ASK_H
#define QI_ASK_ASK_H

#include "base/arena.h"
#include "base/builder.h"
#include "base/vec.h"
#include "quid/ask.h"
#include "store/store.h"

/* SQL with its parameters. Texts of users are always parameters, never part of the SQL. */
typedef struct qi_parameter {
  bool is_text;
  int64_t number;
  const char *text; /* in the arena */
} qi_parameter;

typedef struct qi_query {
  qi_builder sql;
  QI_VEC(qi_parameter) parameters;
  qi_arena arena;
} qi_query;

void qi_query_init(qi_query *q);
void qi_query_clear(qi_query *q);
void qi_query_add(qi_query *q, const char *sql);            /* failure sticks, told by qi_query_prepare */
void qi_query_number(qi_query *q, int64_t value);           /* adds "?" */
void qi_query_text(qi_query *q, const char *text);          /* adds "?"; copies the text */
quid_status qi_query_prepare(sqlite3_stmt **out, quid_store *s, qi_query *q, quid_error *err);
/* Lets a prepared statement outlive the query, whose texts it borrows. */
quid_status qi_query_keep(sqlite3_stmt *statement, const qi_query *q, quid_error *err);

/* ---- the filter ---- */
typedef struct qi_days_of { qi_day from, to; } qi_days_of; /* QI_DAY_MIN and QI_DAY_MAX: open */
quid_status qi_filter_days(qi_days_of *out, const quid_filter *f, quid_error *err);
/* Adds " AND ..." for all of the filter; `event` is the alias of the table event. NULL filter: only that the event holds. */
quid_status qi_filter_where(qi_query *q, quid_store *s, const quid_filter *f, const char *event, quid_error *err);
/* Nothing is left out, whatever the limit: sums over all serve. */
bool qi_filter_is_plain(const quid_filter *f);
/* The same for an option (--actor, --word-of, --type, --as-of), without the days. */
quid_status qi_filter_option(qi_query *q, quid_store *s, const quid_filter *f, const char *option, quid_error *err);
/* Number of a text in `name`; QUID_ERR_ARGUMENT "no WHAT 'text' in the store". */
quid_status qi_ask_name(int64_t *out, quid_store *s, const char *what, const char *text, quid_error *err);
/* The parties that an id means: "RUS" the country; "IGO.NATO" the body. */
quid_status qi_ask_party(int64_t *out, quid_store *s, const char *id, quid_error *err);

/* ---- the answer ---- */
struct quid_answer {
  qi_arena arena;
  QI_VEC(const char *) columns;
  QI_VEC(bool) is_number;   /* of each column: every cell is a number */
  QI_VEC(const char *) cells; /* row by row; "" empty */
};

quid_status qi_answer_new(quid_answer **out, const char *const *columns, quid_error *err); /* NULL at the end */
quid_status qi_answer_put(quid_answer *a, const char *text, quid_error *err);              /* the next cell; copied; NULL empty */
quid_status qi_answer_put_number(quid_answer *a, double value, int decimals, quid_error *err);
quid_status qi_answer_of_statement(quid_answer **out, quid_store *s, sqlite3_stmt *q, quid_error *err);
/* All rows of the query, columns as it names them; *out new. */
quid_status qi_answer_of(quid_answer **out, quid_store *s, qi_query *q, quid_error *err);

#endif
