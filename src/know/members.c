/* know: actors/members.tsv -> which bodies have, or had, which members.
 *
 * Lines may name actors of files that are read later, so ids are looked up at the end; then members
 * are sorted by body and day, and a body's are found by binary search.
 *
 * Worked example: the line
 *   ALL.NATO  FIN  2023-04-04    own
 * makes Finland one of qi_actors_members(NATO); whether it was one on a day, its span tells. */
#include "know/actors_impl.h"

#include "know/table.h"

enum { C_BODY, C_MEMBER, C_FROM, C_TO, C_SOURCE };
static const char HEADER[] = "body\tmember\tfrom\tto\tsource";

quid_status qi_actors_add_members(qi_actors *a, qi_slice data, const char *file, quid_error *err) {
  qi_table t;
  bool more;
  const char *kept = qi_arena_strdup(&a->arena, qi_slice_str(file));
  if (!kept) return qi_error_memory(err, "the dictionary");
  quid_status status = qi_table_open(&t, data, kept, HEADER, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) {
    qi_member_line m = {.from = QI_DAY_MIN, .to = QI_DAY_MAX, .at = {kept, (uint32_t)t.line, (uint32_t)t.column[C_BODY]},
                        .member_column = (uint32_t)t.column[C_MEMBER]};
    if (t.field[C_FROM].len && !qi_date_parse(t.field[C_FROM], &m.from, NULL))
      return qi_table_error(&t, C_FROM, err, "no such date", t.field[C_FROM]);
    if (t.field[C_TO].len && !qi_date_parse(t.field[C_TO], NULL, &m.to))
      return qi_table_error(&t, C_TO, err, "no such date", t.field[C_TO]);
    if (m.from > m.to) return qi_table_error(&t, C_TO, err, "ends before it begins", t.field[C_TO]);
    m.body = qi_arena_slice(&a->arena, t.field[C_BODY]);
    m.member = qi_arena_slice(&a->arena, t.field[C_MEMBER]);
    if (!m.body.ptr || !m.member.ptr || !QI_VEC_PUSH(&a->member_text, m)) return qi_error_memory(err, "the dictionary");
  }
  return status;
}

typedef struct order {
  qi_member m;
  qi_actor_line at;
} order;

static int by_body_and_day(const void *x, const void *y) {
  const order *a = x, *b = y;
  if (a->m.body != b->m.body) return a->m.body < b->m.body ? -1 : 1;
  if (a->m.from != b->m.from) return a->m.from < b->m.from ? -1 : 1;
  return a->at.line < b->at.line ? -1 : a->at.line > b->at.line;
}

static quid_status look_up(const qi_actors *a, const qi_member_line *line, qi_member *out, quid_error *err) {
  *out = (qi_member){qi_actors_find(a, line->body), qi_actors_find(a, line->member), line->from, line->to};
  bool body = out->body == QI_NO_ACTOR;
  if (!body && out->member != QI_NO_ACTOR) return QUID_OK;
  return qi_error_at(err, QUID_ERR_FORMAT, line->at.file, line->at.line,
                     body ? line->at.country_column : line->member_column, "no such actor '%.*s'",
                     QI_SLICE_ARG(body ? line->body : line->member));
}

quid_status qi_members_finish(qi_actors *a, quid_error *err) {
  size_t n = a->member_text.len;
  quid_status status = QUID_OK;
  order *all = n ? calloc(n, sizeof *all) : NULL;
  if (n && (!all || !QI_VEC_RESERVE(&a->members, n) || !QI_VEC_RESERVE(&a->member_lines, n)))
    status = qi_error_memory(err, "the dictionary");
  for (size_t i = 0; !status && i < n; i++) {
    all[i].at = a->member_text.items[i].at;
    status = look_up(a, &a->member_text.items[i], &all[i].m, err);
  }
  if (!status && n) {
    qsort(all, n, sizeof *all, by_body_and_day);
    for (size_t i = 0; i < n; i++) {
      a->members.items[i] = all[i].m;
      a->member_lines.items[i] = all[i].at;
    }
    a->members.len = a->member_lines.len = n;
  }
  free(all);
  return status;
}

/* ---- questions ---- */

const qi_member *qi_actors_members(const qi_actors *a, uint32_t body, size_t *n) {
  size_t low = 0, high = a->members.len;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (a->members.items[mid].body < body) low = mid + 1;
    else high = mid;
  }
  for (*n = 0; low + *n < a->members.len && a->members.items[low + *n].body == body;) ++*n;
  return *n ? a->members.items + low : NULL;
}

const qi_member *qi_actors_all_members(const qi_actors *a, size_t *n) {
  *n = a->members.len;
  return a->members.items;
}

void qi_actors_member_source(const qi_actors *a, const qi_member *member, qi_slice *file, uint32_t *line) {
  const qi_actor_line *at = &a->member_lines.items[member - a->members.items];
  *file = qi_actors_shown_file(at->file);
  *line = at->line;
}
