/* Runs retellings.tsv through the whole road and a store: which texts tell of one event, and which copy which.
 *
 *   run_retellings [--model FILE] [--show] [--least F1] [--held-out F1] [--copies F1] [--backwards] [FILE.tsv]
 *
 * Columns: cluster ("name/part": another event that is easily taken for "name"), outlet, published, copy (the outlet of the same
 * cluster whose text this one copies, - none), trigger (words that name the deed), text. All rows are loaded into one store, which
 * is then matched. An event is the one whose trigger shares a letter with the words; one that is not coded stands alone.
 * Score: B-cubed (Bagga and Baldwin 1998) of each event, over the whole store; and the pairs of copy and original. Held out is a
 * third of the names, with all their parts. --backwards loads the rows from the last to the first: the figures must be the same. */
#include "base/file.h"
#include "base/hash.h"
#include "base/vec.h"
#include "golden/held_out.h"
#include "know/table.h"
#include "quid/ask.h"
#include "quid/document.h"
#include "quid/show.h"
#include "quid/store.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CLUSTER, OUTLET, PUBLISHED, COPY, TRIGGER, TEXT };

typedef struct row {
  qi_slice cluster, outlet, published, copy, trigger, text;
  size_t line, start, end; /* of the trigger */
  bool held;
  long story;              /* what the store says; negative: alone */
  long original;           /* line of the text that it is said to copy, 0 none */
} row;

typedef QI_VEC(row) rows_of;

typedef struct score {
  double precision, recall;
  size_t n, missing, n_copies, n_said, n_right;
} score;

static quid_status read_rows(rows_of *out, qi_slice data, const char *file, quid_error *err) {
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, "cluster\toutlet\tpublished\tcopy\ttrigger\ttext", err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) {
    row r = {t.field[CLUSTER], t.field[OUTLET], t.field[PUBLISHED], t.field[COPY], t.field[TRIGGER], t.field[TEXT], t.line, 0, 0, false, 0, 0};
    size_t slash = qi_slice_find_char(r.cluster, '/');
    r.held = held_out(slash == QI_NOT_FOUND ? r.cluster : qi_slice_sub(r.cluster, 0, slash));
    r.start = qi_slice_find(r.text, r.trigger);
    if (r.start == QI_NOT_FOUND) return qi_table_error(&t, TRIGGER, err, "not in the text:", r.trigger);
    r.end = r.start + r.trigger.len;
    r.story = -(long)t.line;
    if (!QI_VEC_PUSH(out, r)) return qi_error_memory(err, "the rows");
  }
  return status;
}

static quid_status load_row(quid_store *store, quid_worker *worker, const row *r, quid_error *err) {
  char id[32], published[16], outlet[64];
  quid_document *doc = NULL;
  char *records = NULL;
  size_t n = 0;
  snprintf(id, sizeof id, "%zu", r->line);
  snprintf(published, sizeof published, "%.*s", QI_SLICE_ARG(r->published));
  snprintf(outlet, sizeof outlet, "%.*s", QI_SLICE_ARG(r->outlet));
  quid_document_input input = {.text = r->text.ptr, .text_bytes = r->text.len, .id = id, .published = published, .publisher = outlet};
  quid_show_options show = {.format = QUID_FORMAT_JSONL};
  quid_status status = quid_document_code(&doc, worker, &input, err);
  if (!status) status = quid_document_show(&records, &n, doc, &show, err);
  if (!status) status = quid_store_add_document(store, doc, records, n, err);
  free(records);
  quid_document_free(doc);
  return status;
}

static quid_status load_rows(quid_store *store, const rows_of *rows, const char *model, bool backwards, quid_error *err) {
  quid_context *context = NULL;
  quid_worker *worker = NULL;
  quid_context_options options = {.model = model, .knowledge = test_root("knowledge")};
  quid_status status = quid_context_new(&context, &options, err);
  if (!status) status = quid_worker_new(&worker, context, err);
  for (size_t i = 0; !status && i < rows->len; i++) {
    status = load_row(store, worker, &rows->items[backwards ? rows->len - 1 - i : i], err);
    /* In parts, so that what comes later changes what was matched before. */
    if (!status && i % 50 == 49) status = quid_store_match(store, err);
  }
  quid_worker_free(worker);
  quid_context_free(context);
  return status ? status : quid_store_match(store, err);
}

static row *row_of(const rows_of *rows, const char *line) {
  for (size_t i = 0; i < rows->len; i++)
    if (rows->items[i].line == strtoul(line, NULL, 10)) return &rows->items[i];
  return NULL;
}

static quid_status read_store(rows_of *rows, quid_store *store, quid_error *err) {
  quid_answer *events = NULL, *copies = NULL;
  quid_status status = quid_ask_sql(&events, store, "SELECT d.name, e.trigger_start, e.trigger_end, coalesce(e.story, e.id) FROM event e JOIN sentence s "
                                                    "ON s.id = e.sentence JOIN document d ON d.id = s.document ORDER BY e.key DESC", err);
  for (size_t i = 0; !status && i < quid_answer_n_rows(events); i++) {
    row *r = row_of(rows, quid_answer_cell(events, i, 0));
    if (r && strtoul(quid_answer_cell(events, i, 1), NULL, 10) < r->end && strtoul(quid_answer_cell(events, i, 2), NULL, 10) > r->start)
      r->story = strtol(quid_answer_cell(events, i, 3), NULL, 10);
  }
  if (!status) status = quid_ask_sql(&copies, store, "SELECT d.name, o.name FROM document d JOIN document o ON o.id = d.original", err);
  for (size_t i = 0; !status && i < quid_answer_n_rows(copies); i++) {
    row *r = row_of(rows, quid_answer_cell(copies, i, 0));
    if (r) r->original = strtol(quid_answer_cell(copies, i, 1), NULL, 10);
  }
  quid_answer_free(events);
  quid_answer_free(copies);
  return status;
}

static bool is_copy_of(const row *r, const row *o) {
  return qi_slice_eq(r->cluster, o->cluster) && qi_slice_eq(r->copy, o->outlet) && r != o;
}

static void add_row(score *out, const rows_of *rows, const row *r) {
  size_t both = 0, told = 0, meant = 0;
  for (size_t i = 0; i < rows->len; i++) {
    const row *o = &rows->items[i];
    bool same = qi_slice_eq(o->cluster, r->cluster), said = o->story == r->story;
    both += same && said;
    told += said;
    meant += same;
    if (r->original == (long)o->line && is_copy_of(r, o)) out->n_right++;
  }
  out->precision += (double)both / (double)told;
  out->recall += (double)both / (double)meant;
  out->n++;
  out->missing += r->story < 0;
  out->n_copies += !qi_slice_eq_str(r->copy, "-");
  out->n_said += r->original != 0;
}

static void tell(const rows_of *rows, const row *r) {
  for (size_t i = 0; i < rows->len; i++) {
    const row *o = &rows->items[i];
    bool same = qi_slice_eq(o->cluster, r->cluster), said = o->story == r->story;
    if (same == said || o->held) continue;
    printf("%s %zu %zu: %.*s\n    %.*s\n    %.*s\n", same ? (r->story < 0 || o->story < 0 ? "not coded" : "apart") : "together", r->line, o->line,
           QI_SLICE_ARG(r->cluster), QI_SLICE_ARG(r->text), QI_SLICE_ARG(o->text));
    return;
  }
}

static double f1(double p, double r) { return p + r > 0 ? 2 * p * r / (p + r) : 0; }

static double print_score(const char *name, const score *s) {
  double p = s->n ? s->precision / (double)s->n : 1, r = s->n ? s->recall / (double)s->n : 1;
  printf("%s%s B-cubed P %.3f R %.3f F1 %.3f (%zu, %zu not coded)", *name == 'h' ? "; " : "", name, p, r, f1(p, r), s->n, s->missing);
  return f1(p, r);
}

int main(int argc, char **argv) {
  const char *model = test_root("model/quid.model"), *file = test_root("tests/golden/retellings.tsv");
  double least = 0, least_held = 0, least_copies = 0;
  bool show = false, backwards = false;
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = value, i++;
    else if (strcmp(argv[i], "--least") == 0) least = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--held-out") == 0) least_held = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--copies") == 0) least_copies = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--show") == 0) show = true;
    else if (strcmp(argv[i], "--backwards") == 0) backwards = true;
    else file = argv[i];
  }
  quid_error err = {.code = QUID_OK};
  qi_builder data;
  rows_of rows = {0};
  quid_store *store = NULL;
  score half[2] = {{0}};
  char folder[] = "/tmp/quid-retellings-XXXXXX", path[64];
  qi_builder_init(&data, 0);
  if (!mkdtemp(folder)) return 2;
  snprintf(path, sizeof path, "%s/store.db", folder);
  quid_status status = qi_file_read(&data, file, 0, &err);
  if (!status) status = read_rows(&rows, qi_builder_view(&data), file, &err);
  if (!status) status = quid_store_open(&store, path, QUID_STORE_WRITE, &err);
  if (!status) status = load_rows(store, &rows, model, backwards, &err);
  if (!status) status = read_store(&rows, store, &err);
  for (size_t i = 0; !status && i < rows.len; i++) {
    add_row(&half[rows.items[i].held], &rows, &rows.items[i]);
    if (show && !rows.items[i].held) tell(&rows, &rows.items[i]);
  }
  quid_store_close(store);
  remove(path);
  remove(folder);
  double dev = 0, held = 0, copies = 0;
  if (status) {
    fprintf(stderr, "run_retellings: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  } else {
    size_t n = half[0].n_copies + half[1].n_copies, said = half[0].n_said + half[1].n_said, right = half[0].n_right + half[1].n_right;
    dev = print_score("development", &half[0]);
    held = print_score("held out", &half[1]);
    copies = f1(said ? (double)right / (double)said : 1, n ? (double)right / (double)n : 1);
    printf("; copies %zu of %zu, %zu said, F1 %.3f\n", right, n, said, copies);
  }
  QI_VEC_CLEAR(&rows);
  qi_builder_clear(&data);
  if (status) return 2;
  return dev < least || held < least_held || copies < least_copies ? 1 : 0;
}
