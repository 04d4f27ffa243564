/* Runs event_dates.tsv through the whole road: which deed of a passage gets which date.
 *
 *   run_event_dates [--model FILE] [--show] [--least SHARE] [--held-out SHARE] [FILE.tsv]
 *
 * Columns: kind, published (- unknown), trigger (words that name the deed, once in the text), from, to
 * (- open or not known), source (none: nothing is known), text. A row is right when from, to and source all
 * are; a deed that is not coded at all is wrong. How the rows are meant:
 *   - a past deed without an expression: the day of the dateline, or of publication (dateline);
 *     perfect, pluperfect, and a noun: up to that day (tense); what is planned, feared, demanded: from it on (tense)
 *   - below a dated saying, its day stands for that of publication ("said on Monday that it had withdrawn")
 *   - a deadline bounds what is demanded or promised ("withdraw by Friday": from now to Friday), not the demand
 * Failures are named for the development part alone (held_out.h). */
#include "base/file.h"
#include "golden/held_out.h"
#include "golden/road.h"
#include "know/table.h"

#include <stdio.h>
#include <stdlib.h>

enum { KIND, PUBLISHED, TRIGGER, FROM, TO, SOURCE, TEXT };

typedef struct tally {
  size_t n, right, missing;
} tally;

typedef struct runner {
  road road;
  bool show;
  tally half[2]; /* [held out] */
} runner;

static bool same(qi_slice wanted, const char *have) {
  if (qi_slice_eq_str(wanted, "-") || qi_slice_eq_str(wanted, "none")) return have[0] == '\0';
  return qi_slice_eq_str(wanted, have);
}

/* The event whose trigger shares a letter with the words; NULL none. */
static const quid_event *event_at(const qi_events *events, size_t start, size_t end) {
  for (uint32_t i = 0; i < events->len; i++)
    if (events->items[i].trigger.start < end && events->items[i].trigger.end > start) return &events->items[i];
  return NULL;
}

static void tell(const runner *r, const qi_table *t, const quid_event *e) {
  if (!r->show) return;
  printf("%zu %.*s: '%.*s' must be %.*s..%.*s %.*s, is ", t->line, QI_SLICE_ARG(t->field[KIND]), QI_SLICE_ARG(t->field[TRIGGER]),
         QI_SLICE_ARG(t->field[FROM]), QI_SLICE_ARG(t->field[TO]), QI_SLICE_ARG(t->field[SOURCE]));
  if (e) printf("%s..%s %s (%s, %s)", e->date.from, e->date.to, e->date.source, quid_event_status_name(e->status), e->frame);
  else printf("not coded");
  printf("\n    %.*s [%.*s]\n", QI_SLICE_ARG(t->field[TEXT]), QI_SLICE_ARG(t->field[PUBLISHED]));
}

static quid_status run_row(runner *r, const qi_table *t, quid_error *err) {
  qi_parsed doc;
  qi_events events;
  qi_document_info info = {.published = QI_DAY_NONE};
  size_t at = qi_slice_find(t->field[TEXT], t->field[TRIGGER]);
  if (at == QI_NOT_FOUND) return qi_table_error(t, TRIGGER, err, "not in the text:", t->field[TRIGGER]);
  if (!qi_slice_eq_str(t->field[PUBLISHED], "-") && !qi_date_parse(t->field[PUBLISHED], &info.published, NULL))
    return qi_table_error(t, PUBLISHED, err, "not a date", t->field[PUBLISHED]);
  quid_status status = road_code(&r->road, t->field[TEXT], &info, &doc, &events, err);
  if (status) return status;
  bool kept = held_out(t->field[TEXT]);
  tally *half = &r->half[kept];
  const quid_event *e = event_at(&events, at, at + t->field[TRIGGER].len);
  bool right = e && same(t->field[FROM], e->date.from) && same(t->field[TO], e->date.to) && same(t->field[SOURCE], e->date.source);
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
  const char *model = test_root("model/quid.model"), *file = test_root("tests/golden/event_dates.tsv");
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
  if (!status) status = qi_table_open(&t, qi_builder_view(&data), file, "kind\tpublished\ttrigger\tfrom\tto\tsource\ttext", &err);
  while (!status && !(status = qi_table_next(&t, &more, &err)) && more) status = run_row(&r, &t, &err);
  const tally *dev = &r.half[0], *held = &r.half[1];
  if (status) fprintf(stderr, "run_event_dates: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else
    printf("development %.3f (%zu of %zu, %zu not coded); held out %.3f (%zu of %zu, %zu not coded)\n", share(dev), dev->right, dev->n,
           dev->missing, share(held), held->right, held->n, held->missing);
  road_clear(&r.road);
  qi_builder_clear(&data);
  if (status) return 2;
  return share(dev) < least || share(held) < least_held ? 1 : 0;
}
