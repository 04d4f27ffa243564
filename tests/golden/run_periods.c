/* Runs periods.tsv through the whole road: how long deeds last, and by when they are to be done.
 *
 *   run_periods [--model FILE] [--show] [--least SHARE] [--held-out SHARE] [FILE.tsv]
 *
 * Columns: kind (duration, deadline), trigger, value (of a duration ISO 8601, empty where the words give no number; of a
 * deadline its last day; - none is said), words, text. All texts are of Monday 2024-11-25. Failures are named for the
 * development part alone (held_out.h). */
#include "base/file.h"
#include "golden/held_out.h"
#include "golden/road.h"
#include "know/table.h"

#include <stdio.h>
#include <stdlib.h>

enum { KIND, TRIGGER, VALUE, WORDS, TEXT };

typedef struct tally {
  size_t n, right, missing;
} tally;

typedef struct runner {
  road road;
  bool show;
  tally half[2]; /* [held out] */
} runner;

static bool is_right(const qi_table *t, const quid_event *e) {
  bool deadline = qi_slice_eq_str(t->field[KIND], "deadline");
  const quid_period *p = deadline ? &e->deadline : &e->duration;
  if (qi_slice_eq_str(t->field[VALUE], "-")) return p->span.start == p->span.end;
  qi_slice words = qi_slice_sub(t->field[TEXT], p->span.start, p->span.end);
  return qi_slice_eq_nocase(words, t->field[WORDS]) && qi_slice_eq_str(t->field[VALUE], deadline ? p->to : p->value ? p->value : "");
}

/* The event whose trigger shares a letter with the words; NULL none. */
static const quid_event *event_at(const qi_events *events, size_t start, size_t end) {
  for (uint32_t i = 0; i < events->len; i++)
    if (events->items[i].trigger.start < end && events->items[i].trigger.end > start) return &events->items[i];
  return NULL;
}

static void tell(const runner *r, const qi_table *t, const quid_event *e) {
  if (!r->show) return;
  printf("%zu %.*s: '%.*s' must be %.*s (%.*s), is ", t->line, QI_SLICE_ARG(t->field[KIND]), QI_SLICE_ARG(t->field[TRIGGER]),
         QI_SLICE_ARG(t->field[VALUE]), QI_SLICE_ARG(t->field[WORDS]));
  if (!e) printf("not coded");
  else
    printf("duration %s (%.*s), deadline %s (%.*s), %s", e->duration.value ? e->duration.value : "",
           QI_SLICE_ARG(qi_slice_sub(t->field[TEXT], e->duration.span.start, e->duration.span.end)), e->deadline.to,
           QI_SLICE_ARG(qi_slice_sub(t->field[TEXT], e->deadline.span.start, e->deadline.span.end)), quid_event_status_name(e->status));
  printf("\n    %.*s\n", QI_SLICE_ARG(t->field[TEXT]));
}

static quid_status run_row(runner *r, const qi_table *t, quid_error *err) {
  qi_parsed doc;
  qi_events events;
  qi_document_info info = {.published = qi_day_from_ymd(2024, 11, 25)};
  size_t at = qi_slice_find(t->field[TEXT], t->field[TRIGGER]);
  if (at == QI_NOT_FOUND) return qi_table_error(t, TRIGGER, err, "not in the text:", t->field[TRIGGER]);
  quid_status status = road_code(&r->road, t->field[TEXT], &info, &doc, &events, err);
  if (status) return status;
  bool kept = held_out(t->field[TEXT]);
  tally *half = &r->half[kept];
  const quid_event *e = event_at(&events, at, at + t->field[TRIGGER].len);
  bool right = e && is_right(t, e);
  half->n++;
  half->right += right;
  half->missing += !e;
  if (!right && !kept) tell(r, t, e);
  return QUID_OK;
}

static double share(const tally *t) { return t->n ? (double)t->right / (double)t->n : 1; }

int main(int argc, char **argv) {
  runner r = {.show = false};
  quid_error err = {.code = QUID_OK};
  const char *model = test_root("model/quid.model"), *file = test_root("tests/golden/periods.tsv");
  double least = 0, least_held = 0;
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = value, i++;
    else if (strcmp(argv[i], "--least") == 0) least = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--held-out") == 0) least_held = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--show") == 0) r.show = true;
    else file = argv[i];
  }
  qi_builder data;
  qi_table t;
  bool more = true;
  qi_builder_init(&data, 0);
  quid_status status = qi_file_read(&data, file, 0, &err);
  if (!status) status = road_open(&r.road, model, &err);
  if (!status) status = qi_table_open(&t, qi_builder_view(&data), file, "kind\ttrigger\tvalue\twords\ttext", &err);
  while (!status && !(status = qi_table_next(&t, &more, &err)) && more) status = run_row(&r, &t, &err);
  const tally *dev = &r.half[0], *held = &r.half[1];
  if (status) fprintf(stderr, "run_periods: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else
    printf("development %.3f (%zu of %zu, %zu not coded); held out %.3f (%zu of %zu, %zu not coded)\n", share(dev), dev->right, dev->n,
           dev->missing, share(held), held->right, held->n, held->missing);
  road_clear(&r.road);
  qi_builder_clear(&data);
  if (status) return 2;
  return share(dev) < least || share(held) < least_held ? 1 : 0;
}
