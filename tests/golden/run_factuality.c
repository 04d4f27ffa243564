/* Measures statuses against It-Happened (UDS): how far readers thought that each predicate of EWT's sentences happened, from -3
 * (certainly not) to +3 (certainly), as published: normalised means of two readers.
 *
 *   run_factuality [--model FILE] [--half dev|train] [--show] [--fit] [--least R]
 *
 * Every predicate is given to status.c as if it were a deed. What it says (the status, what makes it doubtful, whether a negation reaches it,
 * the tense of its clause) is mapped to the mean of the train half's predicates of which it says the same (--half train --fit
 * prints them for factuality_means.inc); reported are Pearson's r and the mean absolute error, all predicates of the half
 * and those of at least as many readers' confidence as 0.8. Most predicates are no deeds of politics, the texts are of the web:
 * the figure tells how well operators are read, not how often events are right. Trees are the parser's own, on gold tokens. */
#include "base/file.h"
#include "base/map.h"
#include "code/coder.h"
#include "code/match.h"
#include "code/mend.h"
#include "code/status.h"
#include "base/vec.h"
#include "know/table.h"
#include "parse/conllu.h"
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One cell: what status.c says of a predicate. A predicate is expected to be as factual as the mean of the train half's predicates in its
 * cell; cells of fewer than LEAST_IN_CELL lean on the status alone. */
#define LEAST_IN_CELL 20
#define TOLERATED 1.2 /* --show names what is off by more */
#define N_CELLS (QUID_N_EVENT_STATUSES * QI_N_DOUBTS * 2 * QI_N_TENSES)

static const struct { int cell; double mean; } fitted[] = {
#include "golden/factuality_means.inc"
};

typedef struct gold {
  uint32_t token, next; /* next: of the same sentence, UINT32_MAX last */
  double value, confidence;
  qi_slice form;
} gold;

typedef struct sums { /* for Pearson's r */
  double n, x, y, xx, yy, xy, error;
} sums;

typedef struct runner {
  qi_know know;
  qi_model *model;
  qi_parser *parser;
  qi_arena arena, table_arena;
  qi_map first; /* sentence id -> its first gold */
  QI_VEC(gold) golds;
  const char *half;
  bool show, gold_trees, fit;
  double mean[N_CELLS];
  size_t n_lost;
  sums all, sure, by_status[QUID_N_EVENT_STATUSES], by_cell[N_CELLS];
} runner;

static void add(sums *s, double said, double value) {
  s->n++;
  s->x += said, s->y += value;
  s->xx += said * said, s->yy += value * value, s->xy += said * value;
  s->error += fabs(said - value);
}

static double pearson(const sums *s) {
  double over = s->n * s->xy - s->x * s->y, under = sqrt(s->n * s->xx - s->x * s->x) * sqrt(s->n * s->yy - s->y * s->y);
  return under > 0 ? over / under : 0;
}

static quid_status read_gold(runner *r, const qi_table *t, quid_error *err) {
  double token, value, confidence;
  if (!qi_slice_to_double(t->field[1], &token) || !qi_slice_to_double(t->field[5], &value) || !qi_slice_to_double(t->field[6], &confidence))
    return qi_error_set(err, QUID_ERR_FORMAT, "no number");
  uint32_t at = (uint32_t)r->golds.len;
  gold g = {(uint32_t)token, qi_map_find(&r->first, t->field[0], UINT32_MAX), value, confidence, t->field[2]};
  return QI_VEC_PUSH(&r->golds, g) && qi_map_put(&r->first, t->field[0], at) ? QUID_OK : qi_error_memory(err, "the gold");
}

/* The predicate as a deed of its subject. */
static void make_deed(qi_deed *d, const qi_view *v, int32_t token) {
  static const qi_frame frame = {.id = "any", .type = QUID_COOPERATE, .embeds = QI_NO_STATUS};
  *d = (qi_deed){.frame = &frame, .sentence = v->s->index, .token = token, .light = QI_NO_TOKEN};
  d->part = qi_is_verb(v, token) ? 'v' : qi_tok(v, token)->upos == QI_ADJ ? 'a' : 'n';
  int32_t subject = qi_deep_subject(v, token);
  if (subject < 0) return;
  d->role[QI_ROLE_ACTOR] = (qi_fill){.token = {subject}, .n = 1};
  qi_cast_phrase(v, subject, false, &d->actors);
}

static int cell_of(const qi_standing *s) {
  return ((s->status * QI_N_DOUBTS + s->doubt) * 2 + (s->negated ? 1 : 0)) * QI_N_TENSES + s->tense;
}

/* Prints the means of the half as factuality_means.inc wants them. */
static void print_means(const runner *r) {
  for (int i = 0; i < N_CELLS; i++) {
    const sums *c = &r->by_cell[i], *s = &r->by_status[i / (QI_N_DOUBTS * 2 * QI_N_TENSES)];
    if (s->n == 0) continue;
    double prior = s->y / s->n;
    printf("{%d, %.2f}, /* %s, n %.0f */\n", i, (c->y + LEAST_IN_CELL * prior) / (c->n + LEAST_IN_CELL),
           quid_event_status_name((quid_event_status)(i / (QI_N_DOUBTS * 2 * QI_N_TENSES))), c->n);
  }
}

static void measure(runner *r, const qi_view *v, const gold *g, const qi_deeds *deeds, const qi_quote *quote) {
  qi_deed deed;
  qi_standing standing;
  if (g->token == 0 || g->token > v->s->n_tokens || !qi_slice_eq(v->s->tokens[g->token - 1].form, g->form)) {
    r->n_lost++;
    return;
  }
  make_deed(&deed, v, (int32_t)g->token - 1);
  qi_status_of(&standing, v, &deed, deeds->items, deeds->len, QI_GENRE_UNKNOWN, quote);
  int cell = cell_of(&standing);
  double said = r->mean[cell];
  add(&r->by_cell[cell], said, g->value);
  add(&r->all, said, g->value);
  add(&r->by_status[standing.status], said, g->value);
  if (g->confidence >= 0.8) add(&r->sure, said, g->value);
  if (r->show && fabs(said - g->value) > TOLERATED)
    printf("%+.2f %s/%u/%u '%.*s': %.*s\n", g->value, quid_event_status_name((quid_event_status)standing.status), standing.doubt, standing.line, QI_SLICE_ARG(g->form),
           QI_SLICE_ARG(qi_slice_sub(v->doc->text, v->s->start, v->s->end)));
}

static quid_status run_document(runner *r, qi_parsed *doc, const char *doc_id, quid_error *err) {
  qi_mentions mentions;
  qi_quote *quotes;
  quid_status status = r->gold_trees ? QUID_OK : qi_parser_run(r->parser, doc, &r->arena, err);
  if (!status && !qi_mend(&r->know, doc, &r->arena)) status = qi_error_memory(err, "the trees");
  if (!status) status = qi_mentions_find(&mentions, &r->know, doc, QI_DAY_NONE, &r->arena, err);
  if (status) return status;
  if (!qi_quotes_find(&quotes, &r->know, doc, &mentions, &r->arena)) return qi_error_memory(err, "the quotations");
  qi_deeds deeds = {0};
  for (uint32_t i = 0; i < doc->n_sentences && !status; i++) {
    char id[256];
    snprintf(id, sizeof id, "%s-%04u", doc_id, i + 1);
    uint32_t at = qi_map_find(&r->first, qi_slice_str(id), UINT32_MAX);
    if (at == UINT32_MAX) continue;
    qi_view v = {&r->know, doc, &doc->sentences[i], &mentions};
    deeds.len = 0;
    if (!qi_match_sentence(&v, &r->arena, &deeds, NULL)) status = qi_error_memory(err, "the deeds");
    for (; at != UINT32_MAX && !status; at = r->golds.items[at].next) measure(r, &v, &r->golds.items[at], &deeds, &quotes[i]);
  }
  return status;
}

static quid_status run_all(runner *r, qi_slice data, const char *file, quid_error *err) {
  qi_conllu in;
  qi_parsed doc;
  quid_status status;
  qi_conllu_open(&in, data, file, true);
  while (!(status = qi_conllu_next(&doc, &in, &r->arena, err)) && doc.n_sentences) {
    if ((status = run_document(r, &doc, in.doc_id, err))) break;
    qi_arena_reset(&r->arena);
  }
  qi_conllu_close(&in);
  return status;
}

static void report(const runner *r) {
  for (int i = 0; i < QUID_N_EVENT_STATUSES; i++) {
    const sums *s = &r->by_status[i];
    if (s->n > 0) printf("  %-12s %5.0f predicates, mean %+.3f, mean absolute error %.3f\n", quid_event_status_name((quid_event_status)i), s->n, s->y / s->n, s->error / s->n);
  }
  if (r->n_lost) printf("  %zu predicates are not where their sentence says\n", r->n_lost);
  printf("%s: %.0f predicates: Pearson r %.3f, mean absolute error %.3f; readers sure of it (%.0f): r %.3f, error %.3f\n", r->half, r->all.n,
         pearson(&r->all), r->all.error / r->all.n, r->sure.n, pearson(&r->sure), r->sure.error / r->sure.n);
}

int main(int argc, char **argv) {
  static runner r = {.half = "dev"};
  quid_error err = {.code = QUID_OK};
  const char *model = test_root("model/quid.model");
  double least = 0;
  for (int i = 1; i < argc; i++) {
    const char *next = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = next, i++;
    else if (strcmp(argv[i], "--half") == 0) r.half = next, i++;
    else if (strcmp(argv[i], "--least") == 0) least = strtod(next, NULL), i++;
    else if (strcmp(argv[i], "--trees") == 0) r.gold_trees = true;
    else if (strcmp(argv[i], "--show") == 0) r.show = true;
    else if (strcmp(argv[i], "--fit") == 0) r.fit = true;
  }
  for (size_t i = 0; i < sizeof fitted / sizeof *fitted; i++) r.mean[fitted[i].cell] = fitted[i].mean;
  bool dev = strcmp(r.half, "train") != 0;
  const char *gold_file = test_data(dev ? "factuality/uds-factuality-dev.tsv" : "factuality/uds-factuality-train.tsv");
  const char *trees_file = test_data(dev ? "treebank/ewt/en_ewt-ud-dev.conllu" : "treebank/ewt/en_ewt-ud-train.conllu");
  if (!gold_file || !trees_file) {
    printf("run_factuality: no such data '../shared/data/%s': not measured\n", gold_file ? "treebank/ewt" : "factuality");
    return 77;
  }
  qi_builder table, trees;
  qi_builder_init(&table, 0);
  qi_builder_init(&trees, 0);
  qi_arena_init(&r.arena, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_file_read(&table, gold_file, 0, &err);
  if (!status) status = qi_file_read(&trees, trees_file, 0, &err);
  if (!status) status = qi_know_load(&r.know, test_root("knowledge"), &err);
  if (!status && !(status = qi_model_open(&r.model, model, &err))) status = qi_parser_new(&r.parser, r.model, &err);
  if (!status) status = qi_table_open(&t, qi_builder_view(&table), gold_file, "sent_id\ttoken\tform\tlemma\tupos\tfactuality\tconfidence", &err);
  while (!status && !(status = qi_table_next(&t, &more, &err)) && more) status = read_gold(&r, &t, &err);
  if (!status) status = run_all(&r, qi_builder_view(&trees), trees_file, &err);
  if (status) fprintf(stderr, "run_factuality: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else if (r.fit) print_means(&r);
  else report(&r);
  double reached = pearson(&r.all);
  if (r.parser) qi_parser_free(r.parser);
  if (r.model) qi_model_close(r.model);
  qi_map_clear(&r.first);
  QI_VEC_CLEAR(&r.golds);
  qi_know_clear(&r.know);
  qi_arena_clear(&r.arena);
  qi_builder_clear(&table);
  qi_builder_clear(&trees);
  if (status) return 2;
  return reached < least ? 1 : 0;
}
