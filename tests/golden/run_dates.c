/* Measures dates on GUM's marked date expressions (../shared/data/dates, ../shared/data/treebank/gum).
 *
 *   run_dates [--model FILE] [--half train|dev] [--trees] [--strict] [--show] [--value SHARE] [--f1 SHARE]
 *
 * Sentences and tokens are given; tags and trees are the model's (--trees: the treebank's). Two figures:
 *   value  given the expression: how many of them get the value that GUM has, both ends to the day
 *   F1     end to end over all sentences of the half: an expression found shares a token with a marked
 *          one, each counted once, and has its value
 * Four habits of GUM are allowed for, unless --strict: end to end, of "early April 1833" it may mark "April 1833"
 * alone, which is then what must be read in these words; of a vague expression ("the past few days") it leaves
 * one end open, where quid guesses, so that the other end counts; a season ends with its third month or,
 * mostly, with the next (summer: 06 to 09); a decade or century ends on some day of its last year.
 * A value without a year in GUM (--06-19) is compared by month and day. Times of day alone ("8 p.m.")
 * are no dates and are left out on both sides. GUM's values are taken as they are, its slips too.
 * --show prints each one that differs: for the train half alone. */
#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "code/calendar.h"
#include "code/when.h"
#include "know/know.h"
#include "know/table.h"
#include "parse/conllu.h"
#include "parse/parser.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct value {
  qi_day from, to;
  bool yearless; /* only month and day count */
} value;

typedef struct gold {
  qi_slice doc, words, said;
  uint32_t sentence, first, last; /* from 0 */
  value value;
  bool found;
} gold;

typedef struct runner {
  qi_know know;
  qi_model *model;
  qi_parser *parser;
  qi_arena arena;
  QI_VEC(gold) golds;
  qi_map days; /* document -> qi_day, as uint32_t */
  const char *half;
  bool show, trees, strict;
  size_t n, right, left_out, n_found, hit, hit_right;
} runner;

/* "2024", "2024-06", "--06-19", "-0400", "2024-06-19T10:00": its first or last day. */
static bool read_bound(qi_slice text, bool last, qi_day *day, bool *yearless) {
  bool before_christ = false;
  size_t time = qi_slice_find_char(text, 'T');
  if (time != QI_NOT_FOUND) text.len = time;
  if (qi_slice_find_char(text, ':') != QI_NOT_FOUND) return false;
  qi_ymd d = {2000, 0, 0};
  if (qi_slice_starts(text, QI_SLICE("--"))) text = qi_slice_sub(text, 2, text.len), *yearless = true;
  else if (qi_slice_starts(text, QI_SLICE("-"))) text = qi_slice_sub(text, 1, text.len), before_christ = true;
  qi_slice part;
  long n;
  int *next = *yearless ? &d.month : &d.year;
  for (; qi_slice_split(&text, '-', &part); next = next == &d.year ? &d.month : &d.day)
    if (next == NULL || !qi_slice_to_long(part, &n) || n < 0 || n > 32000) return false;
    else *next = (int)n;
  if (before_christ) d.year = -d.year;
  int month = d.month ? d.month : last ? 12 : 1;
  *day = qi_day_from_ymd(d.year, month, d.day ? d.day : last ? qi_days_in_month(d.year, month) : 1);
  return *day != QI_DAY_NONE;
}

static bool read_value(qi_slice text, value *out) {
  qi_slice word;
  *out = (value){QI_DAY_MIN, QI_DAY_MAX, false};
  while (qi_slice_word(&text, &word)) {
    size_t at = qi_slice_find_char(word, '=');
    if (at == QI_NOT_FOUND) return false;
    qi_slice key = qi_slice_sub(word, 0, at), bound = qi_slice_sub(word, at + 1, word.len);
    bool when = qi_slice_eq_str(key, "when");
    if ((when || qi_slice_eq_str(key, "from") || qi_slice_eq_str(key, "notBefore")) &&
        !read_bound(bound, false, &out->from, &out->yearless)) return false;
    if ((when || qi_slice_eq_str(key, "to") || qi_slice_eq_str(key, "notAfter")) &&
        !read_bound(bound, true, &out->to, &out->yearless)) return false;
  }
  return out->from != QI_DAY_MIN || out->to != QI_DAY_MAX;
}

static bool same(qi_day a, qi_day b, bool yearless) {
  if (!yearless || a == QI_DAY_MIN || a == QI_DAY_MAX || b == QI_DAY_MIN || b == QI_DAY_MAX) return a == b;
  qi_ymd x = qi_day_to_ymd(a), y = qi_day_to_ymd(b);
  bool leap = x.month == 2 && y.month == 2 && x.day >= 28 && y.day >= 28; /* the end of February */
  return x.month == y.month && (x.day == y.day || leap);
}

/* What GUM leaves open or writes in two ways is not counted as wrong, but with --strict. */
static bool same_but_for_habits(const value *v, const qi_time *t) {
  if (t->vague && v->from == QI_DAY_MIN) return v->to == t->said_to;
  if (t->vague && v->to == QI_DAY_MAX) return v->from == t->said_from;
  if (v->from == QI_DAY_MIN || v->to == QI_DAY_MAX || !same(v->from, t->said_from, v->yearless)) return false;
  if (t->unit == QI_UNIT_SEASON) return same(v->to, qi_calendar_shift(t->said_to + 1, QI_UNIT_MONTH, 1) - 1, v->yearless);
  return (t->unit == QI_UNIT_DECADE || t->unit == QI_UNIT_CENTURY) && t->said_to < QI_DAY_MAX &&
         qi_day_to_ymd(v->to).year == qi_day_to_ymd(t->said_to).year;
}

static bool right(const runner *r, const gold *g, const qi_time *t) {
  if (same(g->value.from, t->said_from, g->value.yearless) && same(g->value.to, t->said_to, g->value.yearless)) return true;
  return !r->strict && same_but_for_habits(&g->value, t);
}

/* End to end: the value that the expression has, or, where GUM marks it without "early" or "the end of", that of the marked words. */
static bool right_found(const runner *r, const gold *g, const qi_parsed *doc, const qi_times *times, const qi_time *t, qi_day day) {
  qi_time marked;
  if (right(r, g, t)) return true;
  bool part = !r->strict && g->first > t->first && g->last <= t->last && t->narrowed;
  return part && qi_when_read(&marked, r->know.days, doc, times, g->sentence, g->first, g->last, day) && right(r, g, &marked);
}

/* "12-14", "3-3" -> tokens from 0; "…-12" at the end of a sent_id -> sentence from 0. */
static bool read_place(gold *g, qi_slice tokens, qi_slice id) {
  long first, last, number;
  size_t dash = qi_slice_find_char(tokens, '-'), at = id.len;
  while (at > 0 && id.ptr[at - 1] != '-') at--;
  if (dash == QI_NOT_FOUND || !qi_slice_to_long(qi_slice_sub(tokens, 0, dash), &first) ||
      !qi_slice_to_long(qi_slice_sub(tokens, dash + 1, tokens.len), &last) ||
      !qi_slice_to_long(qi_slice_sub(id, at, id.len), &number)) return false;
  *g = (gold){.sentence = (uint32_t)number - 1, .first = (uint32_t)first - 1, .last = (uint32_t)last - 1};
  return first >= 1 && last >= first && number >= 1;
}

static quid_status add_gold(runner *r, const qi_table *t, quid_error *err) {
  gold g;
  value v;
  if (!qi_slice_eq_str(t->field[0], r->half)) return QUID_OK;
  if (!read_place(&g, t->field[4], t->field[3])) return qi_table_error(t, 4, err, "not a place", t->field[4]);
  if (qi_slice_eq_str(t->field[6], "time") || !read_value(t->field[7], &v)) {
    r->left_out++;
    v = (value){QI_DAY_NONE, QI_DAY_NONE, false}; /* may be found, is not counted */
  }
  g.value = v, g.doc = t->field[1], g.words = t->field[5], g.said = t->field[7];
  return QI_VEC_PUSH(&r->golds, g) ? QUID_OK : qi_error_memory(err, "the dates");
}

/* The day of each document, from its "# meta::dateCreated" line. */
static bool read_days(runner *r, qi_slice data) {
  qi_slice line, id = {0};
  const qi_slice newdoc = QI_SLICE("# newdoc id = "), created = QI_SLICE("# meta::dateCreated = ");
  qi_day day;
  while (qi_slice_line(&data, &line)) {
    if (qi_slice_starts(line, newdoc)) id = qi_slice_sub(line, newdoc.len, line.len);
    if (qi_slice_starts(line, created) && qi_date_parse(qi_slice_sub(line, created.len, line.len), &day, NULL) &&
        !qi_map_put(&r->days, id, (uint32_t)day)) return false;
  }
  return true;
}

static void tell(const runner *r, const char *what, qi_slice doc, const gold *g, const qi_time *t, qi_slice words) {
  char from[QI_DATE_BYTES] = "", to[QI_DATE_BYTES] = "", day[QI_DATE_BYTES];
  if (!r->show) return;
  if (t) qi_date_format(from, t->said_from), qi_date_format(to, t->said_to);
  printf("%s\t%.*s\t%s\t'%.*s'\t%.*s\t%s..%s\t'%.*s'\n", what, QI_SLICE_ARG(doc),
         qi_date_format(day, (qi_day)qi_map_find(&r->days, doc, (uint32_t)QI_DAY_NONE)), QI_SLICE_ARG(g ? g->words : (qi_slice){0}),
         QI_SLICE_ARG(g ? g->said : (qi_slice){0}), from, to, QI_SLICE_ARG(words));
}

static qi_slice words_of(const qi_parsed *doc, const qi_time *t) {
  uint32_t end = t->end + 30 < doc->text.len ? t->end + 30 : (uint32_t)doc->text.len, start = t->start > 30 ? t->start - 30 : 0;
  for (uint32_t i = start; i < end; i++) /* one line */
    if (doc->text.ptr[i] == '\n') { if (i < t->start) start = i + 1; else if (i >= t->end) end = i; }
  return qi_slice_sub(doc->text, start, end);
}

static void measure(runner *r, const qi_parsed *doc, qi_slice id, const qi_times *times, qi_day day) {
  for (size_t i = 0; i < r->golds.len; i++) {
    gold *g = &r->golds.items[i];
    if (!qi_slice_eq(g->doc, id) || g->value.from == QI_DAY_NONE) continue;
    qi_time t;
    bool read = g->sentence < doc->n_sentences && g->last < doc->sentences[g->sentence].n_tokens &&
                qi_when_read(&t, r->know.days, doc, times, g->sentence, g->first, g->last, day);
    r->n++;
    if (read && right(r, g, &t)) r->right++;
    else tell(r, read ? "value" : "unread", id, g, read ? &t : NULL, qi_slice_str(""));
  }
  for (uint32_t k = 0; k < times->len; k++) {
    const qi_time *t = &times->items[k];
    gold *best = NULL;
    for (size_t i = 0; i < r->golds.len; i++) {
      gold *g = &r->golds.items[i];
      if (g->sentence != t->sentence || g->first > t->last || g->last < t->first || !qi_slice_eq(g->doc, id)) continue;
      if (!g->found && (!best || (!right_found(r, best, doc, times, t, day) && right_found(r, g, doc, times, t, day)))) best = g;
    }
    if (best && best->value.from == QI_DAY_NONE) continue;
    r->n_found++;
    if (best) best->found = true, r->hit++;
    if (best && right_found(r, best, doc, times, t, day)) r->hit_right++;
    else tell(r, best ? "wrong" : "extra", id, best, t, words_of(doc, t));
  }
  for (size_t i = 0; i < r->golds.len; i++)
    if (qi_slice_eq(r->golds.items[i].doc, id) && !r->golds.items[i].found && r->golds.items[i].value.from != QI_DAY_NONE)
      tell(r, "missed", id, &r->golds.items[i], NULL, qi_slice_str(""));
}

static quid_status run_all(runner *r, qi_slice data, const char *file, quid_error *err) {
  qi_conllu in;
  qi_parsed doc;
  quid_status status;
  if (!read_days(r, data)) return qi_error_memory(err, "the days");
  qi_conllu_open(&in, data, file, true);
  while (!(status = qi_conllu_next(&doc, &in, &r->arena, err)) && doc.n_sentences) {
    qi_slice id = qi_slice_str(in.doc_id);
    qi_times times;
    qi_day day = (qi_day)qi_map_find(&r->days, id, (uint32_t)QI_DAY_NONE);
    if (!r->trees && (status = qi_parser_run(r->parser, &doc, &r->arena, err))) break;
    if (!qi_when_find(&times, r->know.days, &doc, day, &r->arena)) status = qi_error_memory(err, "the dates");
    if (status) break;
    measure(r, &doc, id, &times, day);
    qi_arena_reset(&r->arena);
  }
  qi_conllu_close(&in);
  return status;
}

static double share(size_t part, size_t whole) { return whole ? (double)part / (double)whole : 0; }

int main(int argc, char **argv) {
  runner r = {.half = "dev"};
  quid_error err = {.code = QUID_OK};
  const char *model = test_root("model/quid.model");
  double least_value = 0, least_f1 = 0;
  for (int i = 1; i < argc; i++) {
    const char *next = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = next, i++;
    else if (strcmp(argv[i], "--half") == 0) r.half = next, i++;
    else if (strcmp(argv[i], "--value") == 0) least_value = strtod(next, NULL), i++;
    else if (strcmp(argv[i], "--f1") == 0) least_f1 = strtod(next, NULL), i++;
    else if (strcmp(argv[i], "--trees") == 0) r.trees = true;
    else if (strcmp(argv[i], "--strict") == 0) r.strict = true;
    else if (strcmp(argv[i], "--show") == 0) r.show = true;
  }
  const char *dates = test_data("dates/gum-dates.tsv");
  const char *half = test_data(strcmp(r.half, "train") ? "treebank/gum/gum-open-dev.conllu" : "treebank/gum/gum-open-train.conllu");
  if (!dates || !half) {
    printf("run_dates: no such data '../shared/data/%s': not measured\n", dates ? "treebank/gum" : "dates/gum-dates.tsv");
    return 77;
  }
  qi_builder table, trees;
  qi_builder_init(&table, 0);
  qi_builder_init(&trees, 0);
  qi_arena_init(&r.arena, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_file_read(&table, dates, 0, &err);
  if (!status) status = qi_file_read(&trees, half, 0, &err);
  if (!status) status = qi_know_load(&r.know, test_root("knowledge"), &err);
  if (!status && !r.trees && !(status = qi_model_open(&r.model, model, &err))) status = qi_parser_new(&r.parser, r.model, &err);
  if (!status)
    status = qi_table_open(&t, qi_builder_view(&table), dates, "split\tdoc\tdate_created\tsent_id\ttokens\texpression\ttag\tvalue\tsentence", &err);
  while (!status && !(status = qi_table_next(&t, &more, &err)) && more) status = add_gold(&r, &t, &err);
  if (!status) status = run_all(&r, qi_builder_view(&trees), half, &err);
  double value_share = share(r.right, r.n), precision = share(r.hit_right, r.n_found), recall = share(r.hit_right, r.n);
  double f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  if (status) fprintf(stderr, "run_dates: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else
    printf("%s: value %.3f (%zu of %zu; %zu times of day left out); found %.3f of them; with value: precision %.3f, recall %.3f, F1 %.3f\n",
           r.half, value_share, r.right, r.n, r.left_out, share(r.hit, r.n), precision, recall, f1);
  if (r.parser) qi_parser_free(r.parser);
  if (r.model) qi_model_close(r.model);
  qi_map_clear(&r.days);
  QI_VEC_CLEAR(&r.golds);
  qi_know_clear(&r.know);
  qi_arena_clear(&r.arena);
  qi_builder_clear(&table);
  qi_builder_clear(&trees);
  if (status) return 2;
  return value_share < least_value || f1 < least_f1 ? 1 : 0;
}
