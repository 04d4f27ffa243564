/* know: the names of knowledge/actors -> one name of several actors at one date; names/clashes.tsv.
 *
 * Surnames are left out: many bear them, and the text tells which is meant. Names are compared as
 * they are matched: without case, accents and dots, but for abbreviations.
 *
 * Worked example: "Congo" of COG and of COD from 1997 on, no line of clashes.tsv for it ->
 * "name 'Congo' of COD is one of COG too (actors/states.tsv:139)". */
#include "know/check_impl.h"

#include "base/utf8.h"
#include <stdlib.h>

typedef struct bearer {
  qi_slice key, text;
  const qi_check_line *line;
  uint32_t actor;
  uint8_t kind; /* qi_name_kind */
} bearer;

typedef struct bearers {
  QI_VEC(bearer) items;
} bearers;

/* "adj:Russian" -> QI_NAME_ADJ, "Russian". */
static uint8_t kind_of(qi_slice *text) {
  for (int k = QI_NAME_ADJ; k < QI_N_NAME_KINDS; k++) {
    qi_slice tag = qi_slice_str(qi_name_kind_name((qi_name_kind)k));
    if (!qi_slice_starts(*text, tag) || text->len <= tag.len || text->ptr[tag.len] != ':') continue;
    *text = qi_slice_trim(qi_slice_sub(*text, tag.len + 1, text->len));
    return (uint8_t)k;
  }
  return QI_NAME_NAME;
}

static bool add_line(qi_check *c, bearers *all, const qi_check_line *x) {
  qi_slice rest = x->field[QI_ROW_NAMES], part;
  if (qi_slice_eq_str(rest, "=")) return true;
  while (qi_slice_split(&rest, '|', &part)) {
    bearer b = {.text = qi_slice_trim(part), .line = x, .actor = x->actor};
    b.kind = kind_of(&b.text);
    if (b.kind == QI_NAME_SUR) continue;
    qi_slice folded = qi_actors_key(b.text, &c->arena);
    b.key = b.kind == QI_NAME_ABBR ? qi_arena_printf(&c->arena, "=%.*s", QI_SLICE_ARG(b.text)) : folded;
    if (!folded.ptr || !b.key.ptr || !QI_VEC_PUSH(&all->items, b)) return false;
  }
  return true;
}

static int by_key(const void *x, const void *y) {
  const bearer *a = x, *b = y;
  int order = qi_slice_cmp(a->key, b->key);
  if (!order) order = strcmp(a->line->file, b->line->file);
  if (order) return order;
  if (a->line->line != b->line->line) return a->line->line < b->line->line ? -1 : 1;
  return a->text.ptr < b->text.ptr ? -1 : a->text.ptr > b->text.ptr;
}

/* People keep their names; others have them for the time of the line. */
static void span_of(const qi_check *c, const bearer *b, qi_day *from, qi_day *to) {
  const qi_actor *actor = qi_actors_get(c->know.actors, b->actor);
  bool person = actor->type == QI_ACTOR_PERSON;
  *from = person ? actor->from : b->line->from;
  *to = person ? actor->to : b->line->to;
}

static void check_pair(qi_check *c, const bearer *a, const bearer *b) {
  qi_day a_from, a_to, b_from, b_to;
  span_of(c, a, &a_from, &a_to);
  span_of(c, b, &b_from, &b_to);
  if (a_from >= b_to || b_from >= a_to) return; /* the day on which one follows the other is no clash */
  bool names = (a->kind == QI_NAME_NAME || a->kind == QI_NAME_ABBR) && (b->kind == QI_NAME_NAME || b->kind == QI_NAME_ABBR);
  size_t column = b->line->column[QI_ROW_NAMES] + (size_t)(b->text.ptr - b->line->field[QI_ROW_NAMES].ptr);
  qi_check_tell(c, b->line->file, b->line->line, column, !names, "name '%.*s' of %.*s is one of %.*s too (%.*s:%u), and "
                "names/clashes.tsv does not settle it", QI_SLICE_ARG(b->text), QI_SLICE_ARG(b->line->field[QI_ROW_ID]),
                QI_SLICE_ARG(a->line->field[QI_ROW_ID]), QI_SLICE_ARG(qi_actors_shown_file(a->line->file)), a->line->line);
}

static bool is_settled(qi_check *c, const bearer *b) {
  qi_slice key = qi_actors_key(b->text, &c->arena);
  if (!key.ptr) c->memory = true;
  return key.ptr && qi_map_get(&c->know.actors->clash_of, key, NULL);
}

/* Of each actor but the first in the group, the clash with the first that it meets. */
static void check_group(qi_check *c, const bearer *group, size_t n) {
  if (is_settled(c, group)) return;
  for (size_t k = 1; k < n; k++) {
    bool told = false;
    for (size_t i = 0; i < k && !told; i++) {
      if (group[i].actor == group[k].actor) continue;
      size_t findings = c->findings.len;
      check_pair(c, &group[i], &group[k]);
      told = c->findings.len > findings;
    }
  }
}

/* ---- names/clashes.tsv ---- */

static void check_cues(qi_check *c, const qi_table *t) {
  qi_slice rest = t->field[3], cue, other;
  while (rest.len && qi_slice_split(&rest, '|', &cue)) {
    qi_slice against = t->field[4];
    while (against.len && qi_slice_split(&against, '|', &other))
      if (qi_slice_trim(cue).len && qi_slice_eq_nocase(qi_slice_trim(cue), qi_slice_trim(other)))
        qi_check_tell(c, t->file, t->line, t->column[3] + (size_t)(qi_slice_trim(cue).ptr - t->field[3].ptr), false,
                      "word both for and against '%.*s'", QI_SLICE_ARG(qi_slice_trim(cue)));
  }
}

/* Is anybody of the dictionary called so, surnames and all? */
static bool has_bearer(qi_check *c, qi_slice name) {
  qi_slice words[16], word;
  uint32_t n = 0;
  qi_atoms atoms;
  qi_actor_match m;
  while (n < 16 && qi_slice_word(&name, &word)) words[n++] = word;
  if (!qi_actors_atoms(&atoms, c->know.actors, words, n, &c->arena)) return c->memory = true;
  atoms.no_caps = false;
  return n > 0 && qi_actors_match(c->know.actors, &atoms, 0, &m) && m.n_tokens == n;
}

static void check_clashes(qi_check *c, const qi_check_file *f) {
  qi_table t;
  if (qi_table_open(&t, f->data, f->path, "names\tother\tcountry\tfor\tagainst\tsource", NULL)) return;
  while (qi_check_row(&t)) {
    qi_slice rest = t.field[0], name, country = t.field[2];
    if (!qi_slice_eq_str(country, "-") && country.len && qi_actors_find(c->know.actors, country) == QI_NO_ACTOR)
      qi_check_tell(c, f->path, t.line, t.column[2], false, "no such country '%.*s'", QI_SLICE_ARG(country));
    check_cues(c, &t);
    while (qi_slice_split(&rest, '|', &name)) {
      name = qi_slice_trim(name);
      if (name.len && !has_bearer(c, name))
        qi_check_tell(c, f->path, t.line, t.column[0] + (size_t)(name.ptr - t.field[0].ptr), true, "no actor is called '%.*s'",
                      QI_SLICE_ARG(name));
    }
  }
}

/* Offices that agents name and nobody holds. */
static void check_agents(qi_check *c, const qi_check_file *f, const qi_check_lines *lines) {
  qi_table t;
  qi_map roles = {0};
  if (qi_table_open(&t, f->data, f->path, "words\tsector\trole\tplural\tsource", NULL)) return;
  for (size_t i = 0; i < lines->items.len; i++) {
    qi_slice rest = lines->items.items[i].field[QI_ROW_ROLE], role;
    while (rest.len && qi_slice_split(&rest, ';', &role))
      if (!qi_map_put(&roles, qi_slice_trim(role), 1)) c->memory = true;
  }
  while (qi_check_row(&t))
    if (t.field[2].len && !qi_map_get(&roles, t.field[2], NULL))
      qi_check_tell(c, f->path, t.line, t.column[2], true, "nobody has the role '%.*s'", QI_SLICE_ARG(t.field[2]));
  qi_map_clear(&roles);
}

void qi_check_names(qi_check *c, const qi_check_lines *lines) {
  bearers all = {0};
  for (size_t i = 0; i < lines->items.len && !c->memory; i++)
    if (!add_line(c, &all, &lines->items.items[i])) c->memory = true;
  if (all.items.len) qsort(all.items.items, all.items.len, sizeof *all.items.items, by_key);
  for (size_t i = 0, n; i < all.items.len && !c->memory; i += n) {
    for (n = 1; i + n < all.items.len && qi_slice_eq(all.items.items[i + n].key, all.items.items[i].key);) n++;
    if (n > 1) check_group(c, &all.items.items[i], n);
  }
  QI_VEC_CLEAR(&all.items);
  for (size_t i = 0; i < c->files.len; i++) {
    if (qi_slice_ends(qi_slice_str(c->files.items[i].path), QI_SLICE("/names/clashes.tsv"))) check_clashes(c, &c->files.items[i]);
    if (qi_slice_ends(qi_slice_str(c->files.items[i].path), QI_SLICE("/actors/agents.tsv"))) check_agents(c, &c->files.items[i], lines);
  }
}
