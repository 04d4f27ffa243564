/* ask: SQL in pieces, with parameters, -> a statement. */
#include "ask/ask.h"

void qi_query_init(qi_query *q) {
  *q = (qi_query){.parameters = {0}};
  qi_builder_init(&q->sql, 0);
  qi_arena_init(&q->arena, 0);
}

void qi_query_clear(qi_query *q) {
  qi_builder_clear(&q->sql);
  QI_VEC_CLEAR(&q->parameters);
  qi_arena_clear(&q->arena);
}

void qi_query_add(qi_query *q, const char *sql) { qi_builder_str(&q->sql, sql); }

static void push(qi_query *q, qi_parameter p) {
  if (!QI_VEC_PUSH(&q->parameters, p)) q->sql.failed = QUID_ERR_MEMORY;
  qi_builder_char(&q->sql, '?');
}

void qi_query_number(qi_query *q, int64_t value) { push(q, (qi_parameter){.number = value}); }

void qi_query_text(qi_query *q, const char *text) {
  const char *copy = qi_arena_strdup(&q->arena, qi_slice_str(text));
  if (!copy) q->sql.failed = QUID_ERR_MEMORY;
  push(q, (qi_parameter){.is_text = true, .text = copy});
}

quid_status qi_query_prepare(sqlite3_stmt **out, quid_store *s, qi_query *q, quid_error *err) {
  *out = NULL;
  quid_status status = qi_builder_status(&q->sql, "the question", err);
  if (!status) status = qi_store_error(s, sqlite3_prepare_v2(s->db, q->sql.ptr, (int)q->sql.len, out, NULL), err);
  for (size_t i = 0; !status && i < q->parameters.len; i++) {
    const qi_parameter *p = &q->parameters.items[i];
    if (p->is_text) sqlite3_bind_text(*out, (int)i + 1, p->text, -1, SQLITE_STATIC);
    else sqlite3_bind_int64(*out, (int)i + 1, p->number);
  }
  return status;
}

quid_status qi_query_keep(sqlite3_stmt *statement, const qi_query *q, quid_error *err) {
  for (size_t i = 0; i < q->parameters.len; i++) {
    const qi_parameter *p = &q->parameters.items[i];
    if (p->is_text && sqlite3_bind_text(statement, (int)i + 1, p->text, -1, SQLITE_TRANSIENT)) return qi_error_memory(err, "the question");
  }
  return QUID_OK;
}
