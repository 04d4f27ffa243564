/* know: the lines of knowledge/actors -> links that lead nowhere, offices that two hold, odd dates and
 * roles; members of bodies.
 *
 * Worked example: two lines "head of government" of RUS, until 2008-05-08 and from 2008-03-01 ->
 * "term of 'Dmitry Medvedev' as head of government of RUS overlaps that of 'Vladimir Putin' ... by 69 days". */
#include "know/check_impl.h"

#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>

#define YEAR_SLACK 366u
#define MONTH_SLACK 31u
#define FIRST_YEAR 1500
#define LAST_YEAR 2100
#define RARE_ROLE 2      /* so seldom: may be a typing error */
#define COMMON_ROLE 10   /* of one so often used */
#define MANY_CHILDREN 3

static const char *const BODIES[] = {"IGO", "NGO", "MNC", "MED", "INT"};

static bool among(qi_slice s, const char *const *list, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (qi_slice_eq_str(s, list[i])) return true;
  return false;
}
#define AMONG(s, list) among((s), (list), sizeof(list) / sizeof *(list))

/* ---- lines ---- */

static uint32_t slack_of(qi_slice date) { return date.len == 4 ? YEAR_SLACK : date.len == 7 ? MONTH_SLACK : 0; }

static bool take(const qi_check *c, const qi_table *t, qi_check_line *out) {
  *out = (qi_check_line){.file = t->file, .line = (uint32_t)t->line, .from = QI_DAY_MIN, .to = QI_DAY_MAX};
  for (size_t i = 0; i < QI_ROW_COLUMNS; i++) {
    out->field[i] = t->field[i];
    out->column[i] = (uint32_t)t->column[i];
  }
  out->actor = qi_actors_find(c->know.actors, out->field[QI_ROW_ID]);
  qi_slice from = out->field[QI_ROW_FROM], to = out->field[QI_ROW_TO];
  out->slack_from = slack_of(from), out->slack_to = slack_of(to);
  if ((from.len && !qi_date_parse(from, &out->from, NULL)) || (to.len && !qi_date_parse(to, NULL, &out->to))) return false;
  return out->actor != QI_NO_ACTOR && out->from <= out->to;
}

static void collect(qi_check *c, qi_check_lines *lines) {
  static const char header[] = "id\ttype\tcountry\tsector\tfrom\tto\trole\tnames\tsource";
  for (size_t i = 0; i < c->files.len; i++) {
    const qi_check_file *f = &c->files.items[i];
    qi_table t;
    qi_check_line line;
    if (strcmp(f->part, "actors") || qi_table_open(&t, f->data, f->path, header, NULL)) continue;
    while (qi_check_row(&t))
      if (take(c, &t, &line) && !QI_VEC_PUSH(&lines->items, line)) c->memory = true;
  }
}

#define TELL(c, x, col, warning, ...) qi_check_tell((c), (x)->file, (x)->line, (x)->column[col], (warning), __VA_ARGS__)

/* ---- links ---- */

static void check_links(qi_check *c, const qi_check_line *x, const qi_map *parents) {
  static const char *const parts[] = {"GOV", "MIL", "COP", "OPP", "REB", "INS", "SEP", "CVL", "MED", "BUS", "JUD", "LEG",
                                      "PTY", "SPY", "UAF", "IGO", "NGO", "EDU", "REF", "CRM", "LAB", "REL", "ETH", "MNC"};
  qi_slice id = x->field[QI_ROW_ID], country = x->field[QI_ROW_COUNTRY];
  const qi_actors *a = c->know.actors;
  uint32_t land = qi_actors_find(a, country);
  if (!qi_slice_eq_str(country, "-") && !AMONG(country, BODIES)) {
    if (land == QI_NO_ACTOR) TELL(c, x, QI_ROW_COUNTRY, false, "no such country '%.*s'", QI_SLICE_ARG(country));
    else if (qi_actors_get(a, land)->type > QI_ACTOR_TERRITORY)
      TELL(c, x, QI_ROW_COUNTRY, false, "neither state nor territory '%.*s'", QI_SLICE_ARG(country));
  }
  for (size_t dot = 0; dot < id.len; dot++) {
    if (id.ptr[dot] != '.') continue;
    qi_slice parent = qi_slice_sub(id, 0, dot), last = parent;
    for (size_t k = 0; k < parent.len; k++)
      if (parent.ptr[k] == '.') last = qi_slice_sub(parent, k + 1, parent.len);
    bool top = last.len == parent.len;
    if (qi_actors_find(a, parent) != QI_NO_ACTOR || (top ? AMONG(parent, BODIES) : AMONG(last, parts))) continue;
    if (!top && qi_map_find(parents, parent, 0) >= MANY_CHILDREN) continue; /* "INT.SEA": a heading */
    qi_check_tell(c, x->file, x->line, x->column[QI_ROW_ID], !top, "no such parent '%.*s' of '%.*s'", QI_SLICE_ARG(parent),
                  QI_SLICE_ARG(id));
  }
}

static void check_dates(qi_check *c, const qi_check_line *x) {
  qi_day low = qi_day_from_ymd(FIRST_YEAR, 1, 1), high = qi_day_from_ymd(LAST_YEAR, 1, 1);
  if (x->from != QI_DAY_MIN && (x->from < low || x->from > high))
    TELL(c, x, QI_ROW_FROM, false, "not a likely date '%.*s'", QI_SLICE_ARG(x->field[QI_ROW_FROM]));
  if (x->to != QI_DAY_MAX && (x->to < low || x->to > high))
    TELL(c, x, QI_ROW_TO, false, "not a likely date '%.*s'", QI_SLICE_ARG(x->field[QI_ROW_TO]));
}

/* ---- roles ---- */

/* Are they one letter apart: added, lost, changed, or two swapped? */
static bool one_apart(qi_slice a, qi_slice b) {
  if (a.len > b.len) {
    qi_slice x = a;
    a = b, b = x;
  }
  if (b.len - a.len > 1) return false;
  size_t head = 0, tail = 0;
  while (head < a.len && a.ptr[head] == b.ptr[head]) head++;
  while (tail < a.len - head && a.ptr[a.len - 1 - tail] == b.ptr[b.len - 1 - tail]) tail++;
  size_t rest = a.len - head - tail;
  if (a.len == b.len && rest == 2) return a.ptr[head] == b.ptr[head + 1] && a.ptr[head + 1] == b.ptr[head];
  return a.len == b.len ? rest == 1 : rest == 0;
}

typedef struct role_use {
  qi_slice role;
  uint32_t n;
  const qi_check_line *first;
  size_t column;
} role_use;

static void check_roles(qi_check *c, const qi_check_lines *lines) {
  QI_VEC(role_use) uses = {0};
  qi_map at = {0};
  for (size_t i = 0; i < lines->items.len; i++) {
    const qi_check_line *x = &lines->items.items[i];
    qi_slice rest = x->field[QI_ROW_ROLE], role;
    while (rest.len && qi_slice_split(&rest, ';', &role)) {
      role = qi_slice_trim(role);
      size_t column = x->column[QI_ROW_ROLE] + (size_t)(role.ptr - x->field[QI_ROW_ROLE].ptr);
      if (role.len == 0) qi_check_tell(c, x->file, x->line, column, false, "empty role");
      uint32_t n = qi_map_find(&at, role, QI_MAP_NONE);
      if (n != QI_MAP_NONE) uses.items[n].n++;
      else if (!QI_VEC_PUSH(&uses, (role_use){role, 1, x, column}) || !qi_map_put(&at, role, (uint32_t)uses.len - 1)) c->memory = true;
    }
  }
  for (size_t i = 0; i < uses.len; i++)
    for (size_t k = 0; k < uses.len && uses.items[i].n <= RARE_ROLE && uses.items[i].role.len > 4; k++)
      if (uses.items[k].n >= COMMON_ROLE && one_apart(uses.items[i].role, uses.items[k].role)) {
        const role_use *u = &uses.items[i];
        qi_check_tell(c, u->first->file, u->first->line, u->column, true, "role '%.*s': is '%.*s' meant?", QI_SLICE_ARG(u->role),
                      QI_SLICE_ARG(uses.items[k].role));
        break;
      }
  QI_VEC_CLEAR(&uses);
  qi_map_clear(&at);
}

/* ---- offices ---- */

/* Offices of which a country has one; overlaps in the first two are errors. */
static const char *const SINGLE[] = {"head of state", "head of government", "president", "prime minister", "chancellor", "king",
                                     "queen", "emir", "supreme leader", "vice president", "foreign minister",
                                     "defence minister", "interior minister", "finance minister", "armed forces chief"};
/* Several people together are head of state there, or claim to be. */
static const char *const COLLEGES[] = {"BIH", "CHE", "SMR", "AND"};

typedef struct term {
  const qi_check_line *line;
  qi_slice country, role;
  size_t column;
  bool hard;
} term;

static int by_office_and_day(const void *x, const void *y) {
  const term *a = x, *b = y;
  int order = qi_slice_cmp(a->country, b->country);
  if (!order) order = qi_slice_cmp(a->role, b->role);
  if (order) return order;
  if (a->line->from != b->line->from) return a->line->from < b->line->from ? -1 : 1;
  return a->line->line < b->line->line ? -1 : a->line->line > b->line->line;
}

/* `disputed` among the sources of a line: two held or claimed the office at once. */
static bool is_disputed(const qi_check_line *x) {
  qi_slice rest = x->field[QI_ROW_SOURCE], source;
  while (rest.len && qi_slice_split(&rest, ';', &source))
    if (qi_slice_eq_str(qi_slice_trim(source), "disputed")) return true;
  return false;
}

static void check_pair(qi_check *c, const term *a, const term *b) {
  const qi_check_line *x = a->line, *y = b->line; /* x begins first */
  qi_day end = x->to < y->to ? x->to : y->to, slack = (qi_day)(x->slack_to > y->slack_from ? x->slack_to : y->slack_from);
  if (y->from > end) return;
  int64_t days = (int64_t)end - y->from + (end == QI_DAY_MAX ? 0 : 1);
  if (days <= 1 || days <= slack) return; /* the day on which one hands over to the other */
  const qi_actor *p = qi_actors_get(c->know.actors, x->actor), *q = qi_actors_get(c->know.actors, y->actor);
  qi_slice name = qi_actors_shown_file(x->file);
  if (x->actor == y->actor) {
    qi_check_tell(c, y->file, y->line, b->column, true, "'%.*s' is %.*s of %.*s in two lines at one time: see %.*s:%u",
                  QI_SLICE_ARG(q->name), QI_SLICE_ARG(b->role), QI_SLICE_ARG(b->country), QI_SLICE_ARG(name), x->line);
    return;
  }
  bool college = qi_slice_eq_str(b->role, "head of state") && AMONG(b->country, COLLEGES);
  if (college || is_disputed(x) || is_disputed(y)) return;
  char span[32] = "for ever";
  if (end != QI_DAY_MAX) snprintf(span, sizeof span, "by %lld days", (long long)days);
  qi_check_tell(c, y->file, y->line, b->column, !b->hard, "term of '%.*s' as %.*s of %.*s overlaps that of '%.*s' (%.*s:%u) %s",
                QI_SLICE_ARG(q->name), QI_SLICE_ARG(b->role), QI_SLICE_ARG(b->country), QI_SLICE_ARG(p->name),
                QI_SLICE_ARG(name), x->line, span);
}

static void check_terms(qi_check *c, const qi_check_lines *lines) {
  QI_VEC(term) terms = {0};
  for (size_t i = 0; i < lines->items.len; i++) {
    const qi_check_line *x = &lines->items.items[i];
    qi_slice rest = x->field[QI_ROW_ROLE], role;
    if (qi_actors_get(c->know.actors, x->actor)->type != QI_ACTOR_PERSON || x->field[QI_ROW_COUNTRY].len != 3) continue;
    while (rest.len && qi_slice_split(&rest, ';', &role)) {
      role = qi_slice_trim(role);
      if (!AMONG(role, SINGLE)) continue;
      term t = {x, x->field[QI_ROW_COUNTRY], role, x->column[QI_ROW_FROM], among(role, SINGLE, 2)};
      if (!QI_VEC_PUSH(&terms, t)) c->memory = true;
    }
  }
  if (terms.len) qsort(terms.items, terms.len, sizeof *terms.items, by_office_and_day);
  for (size_t i = 0; i < terms.len; i++)
    for (size_t k = i + 1; k < terms.len && qi_slice_eq(terms.items[k].country, terms.items[i].country) &&
                           qi_slice_eq(terms.items[k].role, terms.items[i].role); k++)
      check_pair(c, &terms.items[i], &terms.items[k]);
  QI_VEC_CLEAR(&terms);
}

/* ---- members ---- */

static bool same_member(const qi_member_line *x, const qi_member_line *y) {
  return qi_slice_eq(x->body, y->body) && qi_slice_eq(x->member, y->member);
}

static void check_life(qi_check *c, const qi_member_line *m, const qi_actor *actor, uint32_t column) {
  bool early = m->from != QI_DAY_MIN && actor->from != QI_DAY_MIN && (int64_t)m->from + YEAR_SLACK < actor->from;
  bool late = m->to != QI_DAY_MAX && actor->to != QI_DAY_MAX && m->to > (int64_t)actor->to + YEAR_SLACK;
  if (early || late)
    qi_check_tell(c, m->at.file, m->at.line, column, true, "member %s '%.*s' is there", early ? "before" : "after",
                  QI_SLICE_ARG(actor->id));
}

static void check_members(qi_check *c) {
  const qi_actors *a = c->know.actors;
  for (size_t i = 0; i < a->member_text.len; i++) {
    const qi_member_line *m = &a->member_text.items[i];
    uint32_t column = m->at.country_column, body = qi_actors_find(a, m->body), member = qi_actors_find(a, m->member);
    if (body == QI_NO_ACTOR)
      qi_check_tell(c, m->at.file, m->at.line, column, false, "no such actor '%.*s'", QI_SLICE_ARG(m->body));
    else if (qi_actors_get(a, body)->type == QI_ACTOR_PERSON)
      qi_check_tell(c, m->at.file, m->at.line, column, false, "a person has no members '%.*s'", QI_SLICE_ARG(m->body));
    if (member == QI_NO_ACTOR)
      qi_check_tell(c, m->at.file, m->at.line, m->member_column, false, "no such actor '%.*s'", QI_SLICE_ARG(m->member));
    if (qi_slice_eq(m->body, m->member))
      qi_check_tell(c, m->at.file, m->at.line, m->member_column, false, "member of itself '%.*s'", QI_SLICE_ARG(m->member));
    if (body != QI_NO_ACTOR) check_life(c, m, qi_actors_get(a, body), column);
    if (member != QI_NO_ACTOR) check_life(c, m, qi_actors_get(a, member), m->member_column);
  }
}

/* Lines of one body and member stand apart at times; found by a chain for each pair. */
static void check_member_spans(qi_check *c) {
  const qi_actors *a = c->know.actors;
  qi_map last = {0};
  uint32_t *before = QI_NEW_ARRAY(&c->arena, uint32_t, a->member_text.len + 1);
  if (!before) c->memory = true;
  for (uint32_t i = 0; before && i < a->member_text.len; i++) {
    const qi_member_line *m = &a->member_text.items[i];
    qi_slice key = qi_arena_printf(&c->arena, "%.*s\t%.*s", QI_SLICE_ARG(m->body), QI_SLICE_ARG(m->member));
    before[i] = key.ptr ? qi_map_find(&last, key, UINT32_MAX) : UINT32_MAX;
    if (!key.ptr || !qi_map_put(&last, key, i)) c->memory = true;
    for (uint32_t k = before[i]; k != UINT32_MAX; k = before[k]) {
      const qi_member_line *old = &a->member_text.items[k];
      if (!same_member(m, old) || m->from > old->to || old->from > m->to) continue;
      qi_check_tell(c, m->at.file, m->at.line, m->member_column, false, "'%.*s' is member of '%.*s' twice at one time: see line %u",
                    QI_SLICE_ARG(m->member), QI_SLICE_ARG(m->body), old->at.line);
      break;
    }
  }
  qi_map_clear(&last);
}

/* ---- posts ---- */

static void check_twice(qi_check *c, const qi_check_lines *lines) {
  qi_map seen = {0};
  for (size_t i = 0; i < lines->items.len; i++) {
    const qi_check_line *x = &lines->items.items[i];
    qi_slice rest = x->field[QI_ROW_ROLE].ptr ? x->field[QI_ROW_ROLE] : QI_SLICE(""), role;
    while (qi_slice_split(&rest, ';', &role)) {
      qi_slice key = qi_arena_printf(&c->arena, "%.*s\t%d\t%d\t%.*s\t%.*s", QI_SLICE_ARG(x->field[QI_ROW_ID]), (int)x->from,
                                     (int)x->to, QI_SLICE_ARG(x->field[QI_ROW_COUNTRY]), QI_SLICE_ARG(qi_slice_trim(role)));
      uint32_t old = key.ptr ? qi_map_find(&seen, key, QI_MAP_NONE) : QI_MAP_NONE;
      if (old != QI_MAP_NONE) {
        const qi_check_line *y = &lines->items.items[old];
        TELL(c, x, QI_ROW_ID, false, "duplicate '%.*s': see %.*s:%u", QI_SLICE_ARG(x->field[QI_ROW_ID]),
             QI_SLICE_ARG(qi_actors_shown_file(y->file)), y->line);
        break;
      }
      if (!key.ptr || !qi_map_put(&seen, key, (uint32_t)i)) c->memory = true;
    }
  }
  qi_map_clear(&seen);
}

/* How many lines have ids below each prefix. */
static void count_parents(qi_check *c, const qi_check_lines *lines, qi_map *out) {
  for (size_t i = 0; i < lines->items.len; i++) {
    qi_slice id = lines->items.items[i].field[QI_ROW_ID];
    for (size_t dot = 0; dot < id.len; dot++) {
      qi_slice parent = qi_slice_sub(id, 0, dot);
      if (id.ptr[dot] == '.' && !qi_map_put(out, parent, qi_map_find(out, parent, 0) + 1)) c->memory = true;
    }
  }
}

void qi_check_actors(qi_check *c) {
  qi_check_lines lines = {0};
  qi_map parents = {0};
  collect(c, &lines);
  count_parents(c, &lines, &parents);
  for (size_t i = 0; i < lines.items.len; i++) {
    check_links(c, &lines.items.items[i], &parents);
    check_dates(c, &lines.items.items[i]);
  }
  check_roles(c, &lines);
  check_terms(c, &lines);
  check_twice(c, &lines);
  check_members(c);
  check_member_spans(c);
  if (!c->memory && !qi_names_finish(c->know.actors)) c->memory = true; /* to match with */
  if (!c->memory) qi_check_names(c, &lines);
  qi_map_clear(&parents);
  QI_VEC_CLEAR(&lines.items);
}
