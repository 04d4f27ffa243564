/* Runs options.tsv, deeds that are urged, through the whole road.
 *
 *   run_options [--model FILE] [--show] [--f1 SHARE] [--fields SHARE] [FILE.tsv]
 *
 * Rows of one text stand together; a text's `-` row says that it urges nothing. An option is found where its verb is
 * the row's word (the k-th such word for "word#k") and both or neither are negated. Of those found, `by`, `on`, `toward`, `end` and
 * `reason` are compared; a star is anything. --show prints what failed, of the development part alone. The shares asked for must be reached
 * on both parts, `fields` by the mean of the five. */
#include "base/file.h"
#include "base/utf8.h"
#include "golden/road.h"
#include "held_out.h"
#include "know/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BY, ON, TOWARD, END, REASON, N_FIELDS, MAX_ROWS = 32, MAX_ROW_OPTIONS = 256 };
static const char *const names[N_FIELDS] = {"by", "on", "toward", "end", "reason"};

typedef struct part {
  size_t wanted, given, found, right[N_FIELDS];
} part;

typedef struct runner {
  road road;
  bool show;
  part parts[2]; /* development, held out */
  qi_slice rows[MAX_ROWS][7]; /* [n_rows] of the text at hand */
  size_t n_rows;
} runner;

static qi_slice words(const qi_parsed *doc, quid_span s) { return qi_slice_sub(doc->text, s.start, s.end); }

static bool is_id(qi_slice gold, const char *id) {
  qi_slice have = qi_slice_str(id);
  return qi_slice_starts(have, gold) && (have.len == gold.len || have.ptr[gold.len] == '.');
}

static bool same_entities(qi_slice gold, const quid_entity *list, uint32_t n) {
  size_t n_gold = 0;
  if (qi_slice_eq_str(gold, "*")) return true;
  if (qi_slice_eq_str(gold, "-")) return n == 0;
  qi_slice rest = gold, one;
  while (qi_slice_split(&rest, ',', &one)) {
    bool met = false;
    for (uint32_t i = 0; i < n; i++) met |= is_id(one, list[i].id);
    if (!met) return false;
    n_gold++;
  }
  return n == n_gold;
}

static bool same_word(qi_slice gold, qi_slice span) {
  qi_slice rest = span, word;
  if (qi_slice_eq_str(gold, "-")) return span.len == 0;
  while (qi_slice_word(&rest, &word)) {
    while (word.len && !qi_ascii_is_alpha(word.ptr[word.len - 1]) && (unsigned char)word.ptr[word.len - 1] < 0x80) word.len--;
    if (qi_slice_eq(word, gold)) return true;
  }
  return false;
}

/* How many of that word stand in the text up to the span. */
static size_t place_of(const qi_parsed *doc, quid_span span) {
  qi_slice word = words(doc, span);
  size_t n = 0;
  for (size_t at = 0; at + word.len <= doc->text.len && at <= span.start; at++) {
    bool edge = (at == 0 || !qi_ascii_is_alpha(doc->text.ptr[at - 1])) &&
                (at + word.len == doc->text.len || !qi_ascii_is_alpha(doc->text.ptr[at + word.len]));
    n += edge && memcmp(doc->text.ptr + at, word.ptr, word.len) == 0;
  }
  return n;
}

static bool is_row(const qi_slice row[7], const qi_parsed *doc, const quid_option *o) {
  qi_slice verb = row[0], number;
  bool negated = qi_slice_starts(verb, QI_SLICE("not:"));
  if (negated) verb = qi_slice_sub(verb, 4, verb.len);
  qi_slice rest = verb;
  qi_slice_split(&rest, '#', &verb);
  double k = 0;
  if (qi_slice_split(&rest, '#', &number)) qi_slice_to_double(number, &k);
  return negated == o->negated && qi_slice_eq(verb, words(doc, o->verb)) && (k == 0 || (size_t)k == place_of(doc, o->verb));
}

static void say_entities(const quid_entity *list, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) printf("%s%s", i ? "," : "", list[i].id);
  if (n == 0) printf("-");
}

static void say(const qi_parsed *doc, const quid_option *o) {
  printf("  got %s%.*s by ", o->negated ? "not:" : "", QI_SLICE_ARG(words(doc, o->verb)));
  if (o->n_by) printf("%s", o->by[0].entity ? o->by[0].entity->id : "?");
  else printf("writer");
  printf(" on ");
  say_entities(o->on, o->n_on);
  printf(" toward ");
  say_entities(o->toward, o->n_toward);
  printf(" words '%.*s' deed '%.*s' end '%.*s' reason '%.*s'\n", QI_SLICE_ARG(words(doc, o->words)), QI_SLICE_ARG(words(doc, o->deed)),
         QI_SLICE_ARG(words(doc, o->purpose)), QI_SLICE_ARG(words(doc, o->reason)));
}

/* Bit by field: wrong. */
static unsigned compare(const qi_slice row[7], const qi_parsed *doc, const quid_option *o) {
  bool right[N_FIELDS];
  bool by = qi_slice_eq_str(row[1], "*");
  if (qi_slice_eq_str(row[1], "writer")) by = o->n_by == 0;
  else if (!by) by = o->n_by && o->by[0].entity && is_id(row[1], o->by[0].entity->id);
  right[BY] = by;
  right[ON] = same_entities(row[2], o->on, o->n_on);
  right[TOWARD] = same_entities(row[3], o->toward, o->n_toward);
  right[END] = same_word(row[4], words(doc, o->purpose));
  right[REASON] = same_word(row[5], words(doc, o->reason));
  unsigned wrong = 0;
  for (unsigned i = 0; i < N_FIELDS; i++) wrong |= right[i] ? 0 : 1u << i;
  return wrong;
}

static void say_row(const char *problem, const qi_slice row[7]) {
  printf("%s: %.*s by %.*s on %.*s toward %.*s end %.*s reason %.*s: %.*s\n", problem, QI_SLICE_ARG(row[0]), QI_SLICE_ARG(row[1]), QI_SLICE_ARG(row[2]),
         QI_SLICE_ARG(row[3]), QI_SLICE_ARG(row[4]), QI_SLICE_ARG(row[5]), QI_SLICE_ARG(row[6]));
}

static void judge(runner *r, const qi_parsed *doc, const qi_events *events) {
  bool kept = held_out(r->rows[0][6]), show = r->show && !kept, used[MAX_ROW_OPTIONS] = {false};
  part *p = &r->parts[kept];
  for (size_t i = 0; i < r->n_rows; i++) {
    const quid_option *match = NULL;
    if (qi_slice_eq_str(r->rows[i][0], "-")) continue;
    p->wanted++;
    for (uint32_t k = 0; !match && k < events->n_options && k < MAX_ROW_OPTIONS; k++)
      if (!used[k] && is_row(r->rows[i], doc, &events->options[k])) match = &events->options[k], used[k] = true;
    if (!match) {
      if (show) say_row("missing", r->rows[i]);
      continue;
    }
    p->found++;
    unsigned wrong = compare(r->rows[i], doc, match);
    for (unsigned k = 0; k < N_FIELDS; k++) {
      p->right[k] += !(wrong >> k & 1);
      if (show && (wrong >> k & 1)) say_row(names[k], r->rows[i]);
    }
    if (show && wrong) say(doc, match);
  }
  p->given += events->n_options;
  for (uint32_t k = 0; show && k < events->n_options && k < MAX_ROW_OPTIONS; k++)
    if (!used[k]) {
      printf("too much: %.*s\n", QI_SLICE_ARG(doc->text));
      say(doc, &events->options[k]);
    }
}

static quid_status run_text(runner *r, quid_error *err) {
  qi_parsed doc;
  qi_events events;
  qi_document_info info = {.published = qi_day_from_ymd(2024, 11, 25)};
  if (r->n_rows == 0) return QUID_OK;
  quid_status status = road_code(&r->road, r->rows[0][6], &info, &doc, &events, err);
  if (!status) judge(r, &doc, &events);
  r->n_rows = 0;
  return status;
}

static quid_status add_row(runner *r, const qi_table *t, quid_error *err) {
  quid_status status = QUID_OK;
  if (r->n_rows && (r->n_rows == MAX_ROWS || !qi_slice_eq(r->rows[0][6], t->field[6]))) status = run_text(r, err);
  memcpy(r->rows[r->n_rows++], t->field, sizeof r->rows[0]);
  return status;
}

static double share(size_t n, size_t of) { return of ? (double)n / (double)of : 0; }

/* false: less than was asked for. */
static bool report(const part *p, const char *name, double f1, double fields) {
  double precision = share(p->found, p->given), recall = share(p->found, p->wanted), mean = 0;
  double f = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  printf("%s: %zu urged, precision %.3f, recall %.3f, F1 %.3f", name, p->wanted, precision, recall, f);
  for (int i = 0; i < N_FIELDS; i++) {
    printf(", %s %.3f", names[i], share(p->right[i], p->found));
    mean += share(p->right[i], p->found) / N_FIELDS;
  }
  printf(", fields %.3f\n", mean);
  return f >= f1 && mean >= fields;
}

int main(int argc, char **argv) {
  runner r = {.show = false};
  quid_error err = {.code = QUID_OK};
  const char *model = test_root("model/quid.model"), *file = test_root("tests/golden/options.tsv");
  double f1 = 0, fields = 0;
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = value, i++;
    else if (strcmp(argv[i], "--f1") == 0) f1 = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--fields") == 0) fields = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--show") == 0) r.show = true;
    else file = argv[i];
  }
  qi_builder data;
  qi_builder_init(&data, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_file_read(&data, file, 0, &err);
  if (!status) status = road_open(&r.road, model, &err);
  if (!status) status = qi_table_open(&t, qi_builder_view(&data), file, "verb\tby\ton\ttoward\tend\treason\ttext", &err);
  while (!status && !(status = qi_table_next(&t, &more, &err)) && more) status = add_row(&r, &t, &err);
  if (!status) status = run_text(&r, &err);
  bool good = true;
  if (status) fprintf(stderr, "run_options: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else {
    good = report(&r.parts[0], "development", f1, fields);
    good &= report(&r.parts[1], "held out", f1, fields);
  }
  road_clear(&r.road);
  qi_builder_clear(&data);
  if (status) return 2;
  return good ? 0 : 1;
}
