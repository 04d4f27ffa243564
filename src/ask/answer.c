/* ask: the answer, a table of texts, and rows of SQL -> answer. */
#include "ask/ask.h"

#include <stdlib.h>
#include <string.h>

static quid_status make(quid_answer **out, quid_error *err) {
  *out = calloc(1, sizeof **out);
  if (!*out) return qi_error_memory(err, "the answer");
  qi_arena_init(&(*out)->arena, 0);
  return QUID_OK;
}

static quid_status add_column(quid_answer *a, const char *name, quid_error *err) {
  const char *copy = qi_arena_strdup(&a->arena, qi_slice_str(name));
  if (!copy || !QI_VEC_PUSH(&a->columns, copy) || !QI_VEC_PUSH(&a->is_number, true)) return qi_error_memory(err, "the answer");
  return QUID_OK;
}

quid_status qi_answer_new(quid_answer **out, const char *const *columns, quid_error *err) {
  quid_status status = make(out, err);
  for (size_t i = 0; !status && columns[i]; i++) status = add_column(*out, columns[i], err);
  if (status) quid_answer_free(*out), *out = NULL;
  return status;
}

void quid_answer_free(quid_answer *a) {
  if (!a) return;
  qi_arena_clear(&a->arena);
  QI_VEC_CLEAR(&a->columns);
  QI_VEC_CLEAR(&a->is_number);
  QI_VEC_CLEAR(&a->cells);
  free(a);
}

static quid_status put(quid_answer *a, const char *text, bool number, quid_error *err) {
  const char *copy = text && *text ? qi_arena_strdup(&a->arena, qi_slice_str(text)) : "";
  size_t column = a->cells.len % a->columns.len;
  if (!copy || !QI_VEC_PUSH(&a->cells, copy)) return qi_error_memory(err, "the answer");
  if (!number && *copy) a->is_number.items[column] = false;
  return QUID_OK;
}

quid_status qi_answer_put(quid_answer *a, const char *text, quid_error *err) { return put(a, text, false, err); }

/* Not by the locale's decimal point: SQLite's printf knows none. */
quid_status qi_answer_put_number(quid_answer *a, double value, int decimals, quid_error *err) {
  char text[64];
  sqlite3_snprintf(sizeof text, text, "%.*f", decimals, value);
  return put(a, text, true, err);
}

static quid_status put_value(quid_answer *a, sqlite3_stmt *q, int column, quid_error *err) {
  int type = sqlite3_column_type(q, column);
  if (type == SQLITE_NULL) return put(a, NULL, false, err);
  return put(a, (const char *)sqlite3_column_text(q, column), type == SQLITE_INTEGER || type == SQLITE_FLOAT, err);
}

static quid_status read_rows(quid_answer *a, quid_store *s, sqlite3_stmt *q, quid_error *err) {
  quid_status status = QUID_OK;
  int n = sqlite3_column_count(q), code = SQLITE_DONE;
  for (int i = 0; !status && i < n; i++) status = add_column(a, sqlite3_column_name(q, i), err);
  while (!status && n && (code = sqlite3_step(q)) == SQLITE_ROW)
    for (int i = 0; !status && i < n; i++) status = put_value(a, q, i, err);
  return status ? status : qi_store_error(s, code, err);
}

quid_status qi_answer_of_statement(quid_answer **out, quid_store *s, sqlite3_stmt *q, quid_error *err) {
  quid_status status = make(out, err);
  if (!status) status = read_rows(*out, s, q, err);
  if (status) quid_answer_free(*out), *out = NULL;
  return status;
}

quid_status qi_answer_of(quid_answer **out, quid_store *s, qi_query *q, quid_error *err) {
  sqlite3_stmt *statement;
  *out = NULL;
  quid_status status = qi_query_prepare(&statement, s, q, err);
  if (!status) status = qi_answer_of_statement(out, s, statement, err);
  sqlite3_finalize(statement);
  return status;
}

size_t quid_answer_n_columns(const quid_answer *a) { return a->columns.len; }
size_t quid_answer_n_rows(const quid_answer *a) { return a->columns.len ? a->cells.len / a->columns.len : 0; }
const char *quid_answer_column(const quid_answer *a, size_t column) { return column < a->columns.len ? a->columns.items[column] : NULL; }
const char *quid_answer_cell(const quid_answer *a, size_t row, size_t column) {
  return row < quid_answer_n_rows(a) && column < a->columns.len ? a->cells.items[row * a->columns.len + column] : NULL;
}
