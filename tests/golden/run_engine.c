/* Runs engine.tsv through the whole road: classes of error of the coding engine, each with sentences that must give an
 * event and sentences that must not.
 *
 *   run_engine [--model FILE] [--show] [--least SHARE] [FILE.tsv]
 *
 * A row's second column is one or more wishes, joined by ' & ':
 *   TYPE A > R ; status    that event must be there (ids or their first parts, ',' between members, '-' nobody
 *                          known, '*' anybody; without a status: asserted)
 *   !TYPE A > R ; status   no such event (what is left out fits everything); '!' alone: no event at all
 * A row is right when all its wishes hold. */
#include "base/file.h"
#include "golden/road.h"
#include "know/table.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct runner {
  road road;
  bool show;
  size_t n, right;
} runner;

static bool is_unnamed(const quid_entity *e) { return e->country[0] == '\0'; }

/* "RUS" fits RUS and RUS.MIL; a sector anybody unnamed of it. */
static bool id_fits(qi_slice wanted, const quid_entity *e) {
  qi_slice have = qi_slice_str(e->id);
  if (is_unnamed(e) && qi_slice_eq_str(wanted, e->sector)) return true;
  return qi_slice_starts(have, wanted) && (have.len == wanted.len || have.ptr[wanted.len] == '.');
}

static bool cast_fits(qi_slice wanted, const quid_entity *who, uint32_t n) {
  qi_slice rest = wanted, one;
  uint32_t n_wanted = 0;
  if (qi_slice_eq_str(wanted, "*")) return true;
  if (qi_slice_eq_str(wanted, "-")) {
    for (uint32_t i = 0; i < n; i++)
      if (!is_unnamed(&who[i])) return false;
    return true;
  }
  while (qi_slice_split(&rest, ',', &one)) {
    bool found = false;
    for (uint32_t i = 0; i < n; i++) found |= id_fits(qi_slice_trim(one), &who[i]);
    if (!found) return false;
    n_wanted++;
  }
  return n == n_wanted;
}

/* "TYPE A > R ; status", each part after the type optional. */
static bool fits(qi_slice wish, const quid_event *e, bool status_too) {
  qi_slice rest = wish, cast = {0}, status, actors = {0}, type;
  qi_slice_split(&rest, ';', &cast);
  status = qi_slice_trim(rest);
  cast = qi_slice_trim(cast);
  if (!qi_slice_word(&cast, &type) || !qi_slice_eq_str(type, quid_event_type_name(e->type))) return false;
  if (!status.len && status_too) status = QI_SLICE("asserted");
  if (status.len && !qi_slice_eq_str(status, "*") && !qi_slice_eq_str(status, quid_event_status_name(e->status))) return false;
  if (!qi_slice_trim(cast).len) return true;
  qi_slice_split(&cast, '>', &actors);
  return cast_fits(qi_slice_trim(actors), e->actors, e->n_actors) &&
         (!qi_slice_trim(cast).len || cast_fits(qi_slice_trim(cast), e->recipients, e->n_recipients));
}

static bool holds(qi_slice wish, const qi_events *events) {
  bool must_not = wish.len > 0 && wish.ptr[0] == '!', found = false;
  if (must_not) wish = qi_slice_trim((qi_slice){wish.ptr + 1, wish.len - 1});
  if (must_not && !wish.len) return events->len == 0;
  for (uint32_t i = 0; i < events->len; i++) found |= fits(wish, &events->items[i], !must_not);
  return found != must_not;
}

static void show_cast(const quid_entity *who, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) printf("%s%s", i ? "," : "", who[i].id);
  if (!n) printf("-");
}

static void show_row(const qi_table *t, const qi_events *events) {
  printf("%zu: %.*s: %.*s\n    must be %.*s\n", t->line, QI_SLICE_ARG(t->field[0]), QI_SLICE_ARG(t->field[2]),
         QI_SLICE_ARG(t->field[1]));
  for (uint32_t i = 0; i < events->len; i++) {
    const quid_event *e = &events->items[i];
    printf("    is      %s ", quid_event_type_name(e->type));
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
  quid_status status = road_code(&r->road, t->field[2], &info, &doc, &events, err);
  if (status) return status;
  qi_slice rest = t->field[1], wish;
  bool right = true;
  while (qi_slice_split(&rest, '&', &wish)) right &= holds(qi_slice_trim(wish), &events);
  r->n++;
  r->right += right;
  if (!right && r->show) show_row(t, &events);
  return QUID_OK;
}

int main(int argc, char **argv) {
  runner r = {.show = false};
  quid_error err = {.code = QUID_OK};
  const char *model = test_root("model/quid.model"), *file = test_root("tests/golden/engine.tsv");
  double least = 0;
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = value, i++;
    else if (strcmp(argv[i], "--least") == 0) least = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--show") == 0) r.show = true;
    else file = argv[i];
  }
  qi_builder data;
  qi_table t;
  bool more = true;
  qi_builder_init(&data, 0);
  quid_status status = qi_file_read(&data, file, 0, &err);
  if (!status) status = road_open(&r.road, model, &err);
  if (!status) status = qi_table_open(&t, qi_builder_view(&data), file, "class\tevents\tsentence", &err);
  while (!status && !(status = qi_table_next(&t, &more, &err)) && more) status = run_row(&r, &t, &err);
  if (status) fprintf(stderr, "run_engine: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else printf("%zu of %zu right\n", r.right, r.n);
  road_clear(&r.road);
  qi_builder_clear(&data);
  if (status) return 2;
  return (double)r.right < least * (double)r.n ? 1 : 0;
}
