/* Runs coref.tsv: who did what to whom where the text does not name them again ("He met his Russian counterpart").
 *
 *   run_cast [--model FILE] [--show] [--least SHARE] [FILE.tsv]
 *
 * A row is right when an event whose trigger holds the row's word has the row's actors and recipients. Ids are given whole or
 * by their first parts ("FRA"), '*NAME' is whoever's id ends so, '*' anybody, '-' nobody. Of a deed with several
 * actors and '-', all sides may stand on either side. Without such an event the row is wrong too: those are counted
 * apart, for they may be faults of the frames. --show names the failures of the development part, never those held out. */
#include "base/file.h"
#include "golden/held_out.h"
#include "golden/road.h"
#include "know/table.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct part {
  size_t n, right, no_event;
} part;

typedef struct runner {
  road road;
  bool show;
  part parts[2]; /* development, held out */
} runner;

static bool id_fits(qi_slice wanted, const quid_entity *e) {
  qi_slice have = qi_slice_str(e->id);
  if (wanted.len > 1 && wanted.ptr[0] == '*') return qi_slice_ends(have, qi_slice_sub(wanted, 1, wanted.len));
  return qi_slice_starts(have, wanted) && (have.len == wanted.len || have.ptr[wanted.len] == '.');
}

static bool is_unnamed(const quid_entity *e) { return e->country[0] == '\0'; }

typedef struct cast {
  const quid_entity *who[64];
  uint32_t n;
} cast;

static void add_all(cast *c, const quid_entity *list, uint32_t n) {
  for (uint32_t i = 0; i < n && c->n < 64; i++) {
    bool twice = false;
    for (uint32_t k = 0; k < c->n; k++) twice |= strcmp(c->who[k]->id, list[i].id) == 0;
    if (!twice) c->who[c->n++] = &list[i];
  }
}

static bool cast_fits(qi_slice wanted, const cast *c) {
  qi_slice rest = wanted, one;
  uint32_t n = 0;
  if (qi_slice_eq_str(wanted, "*")) return true;
  if (qi_slice_eq_str(wanted, "-")) {
    for (uint32_t i = 0; i < c->n; i++)
      if (!is_unnamed(c->who[i])) return false;
    return true;
  }
  while (qi_slice_split(&rest, ',', &one)) {
    bool found = false;
    for (uint32_t i = 0; i < c->n; i++) found |= id_fits(qi_slice_trim(one), c->who[i]);
    if (!found) return false;
    n++;
  }
  return n == c->n;
}

static bool event_fits(const qi_table *t, const quid_event *e) {
  cast actors = {.n = 0}, recipients = {.n = 0}, all;
  add_all(&actors, e->actors, e->n_actors);
  all = actors;
  add_all(&recipients, e->recipients, e->n_recipients);
  add_all(&all, e->recipients, e->n_recipients);
  if (cast_fits(t->field[2], &actors) && cast_fits(t->field[3], &recipients)) return true;
  bool sides = qi_slice_find_char(t->field[2], ',') != QI_NOT_FOUND && qi_slice_eq_str(t->field[3], "-");
  return sides && cast_fits(t->field[2], &all);
}

static void show_cast(const quid_entity *who, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) printf("%s%s", i ? "," : "", who[i].id);
  if (!n) printf("-");
}

static void show_row(const qi_table *t, const qi_events *events) {
  printf("%zu: %.*s: %.*s\n    must be %.*s: %.*s > %.*s\n", t->line, QI_SLICE_ARG(t->field[0]), QI_SLICE_ARG(t->field[4]), QI_SLICE_ARG(t->field[1]),
         QI_SLICE_ARG(t->field[2]), QI_SLICE_ARG(t->field[3]));
  for (uint32_t i = 0; i < events->len; i++) {
    const quid_event *e = &events->items[i];
    printf("    is      %.*s %s: ", QI_SLICE_ARG(qi_slice_sub(t->field[4], e->trigger.start, e->trigger.end)), quid_event_type_name(e->type));
    show_cast(e->actors, e->n_actors);
    printf(" > ");
    show_cast(e->recipients, e->n_recipients);
    printf(" ; %s (%s)\n", quid_event_status_name(e->status), e->frame);
  }
}

static quid_status run_row(runner *r, const qi_table *t, quid_error *err) {
  qi_parsed doc;
  qi_events events;
  qi_document_info info = {.published = qi_day_from_ymd(2023, 6, 1)};
  quid_status status = road_code(&r->road, t->field[4], &info, &doc, &events, err);
  if (status) return status;
  bool right = false, there = false, held = held_out(t->field[4]);
  for (uint32_t i = 0; i < events.len; i++) {
    const quid_event *e = &events.items[i];
    qi_slice trigger = qi_slice_sub(t->field[4], e->trigger.start, e->trigger.end);
    if (qi_slice_find(trigger, t->field[1]) == QI_NOT_FOUND) continue;
    there = true;
    right |= event_fits(t, e);
  }
  part *p = &r->parts[held];
  p->n++;
  p->right += right;
  p->no_event += !there;
  if (!right && !held && r->show) show_row(t, &events);
  return QUID_OK;
}

static double share(const part *p) { return p->n ? (double)p->right / (double)p->n : 0; }

int main(int argc, char **argv) {
  runner r = {.show = false};
  quid_error err = {.code = QUID_OK};
  const char *model = test_root("model/quid.model"), *file = test_root("tests/golden/coref.tsv");
  double least = 0;
  for (int i = 1; i < argc; i++) {
    const char *next = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = next, i++;
    else if (strcmp(argv[i], "--least") == 0) least = strtod(next, NULL), i++;
    else if (strcmp(argv[i], "--show") == 0) r.show = true;
    else file = argv[i];
  }
  qi_builder data;
  qi_table t;
  bool more = true;
  qi_builder_init(&data, 0);
  quid_status status = qi_file_read(&data, file, 0, &err);
  if (!status) status = road_open(&r.road, model, &err);
  if (!status) status = qi_table_open(&t, qi_builder_view(&data), file, "kind\ttrigger\tactors\trecipients\ttext", &err);
  while (!status && !(status = qi_table_next(&t, &more, &err)) && more) status = run_row(&r, &t, &err);
  const part *p = r.parts;
  if (status) fprintf(stderr, "run_cast: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else
    printf("casts: %zu of %zu right (%.1f %%, %zu without event), held out %zu of %zu (%.1f %%, %zu without event)\n", p[0].right, p[0].n,
           100 * share(&p[0]), p[0].no_event, p[1].right, p[1].n, 100 * share(&p[1]), p[1].no_event);
  road_clear(&r.road);
  qi_builder_clear(&data);
  if (status) return 2;
  return share(&p[0]) < least || share(&p[1]) < least ? 1 : 0;
}
