/* How fast is `quid code`, from bytes to events as JSON lines, on one core, in CPU time? And what does the
 * prefilter lose?
 *
 *   bench/code MODEL KNOWLEDGE --part NAME FILE... [--part NAME FILE...]...
 *
 * A .txt file is a document, any other holds JSON lines. Each part is a kind of text; all make one pass, each
 * pass with a parser of its own, whose cache of word forms is empty at first. Words are the parser's tokens. */
#include "bench.h"

#include "base/builder.h"
#include "base/utf8.h"
#include "code/coder.h"
#include "code/glance.h"
#include "parse/parser.h"
#include "quid/quid.h"
#include "run/context.h"
#include "run/source.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MAX_DOCS = 2048, MAX_PARTS = 16, N_RUNS = 5 };
static const double run_s = 1.0; /* at least, each */

typedef struct part {
  const char *name;
  size_t first, n, n_words; /* documents */
} part;

typedef struct corpus {
  qi_task tasks[MAX_DOCS];
  part parts[MAX_PARTS];
  size_t n, n_parts, n_bytes;
} corpus;

typedef struct stages {
  double read, segment, glance, parse, show, all; /* s */
  qi_stopwatch code;
} stages;

typedef struct measured {
  size_t n_words, n_parsed, n_sentences, n_parsed_sentences, n_events;
} measured;

static void read_part(corpus *c, char **paths, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const char *dot = strrchr(paths[i], '.');
    quid_run_options options = {.input = dot && strcmp(dot, ".txt") == 0 ? QUID_INPUT_PLAIN : QUID_INPUT_JSONL};
    const char *path = paths[i];
    qi_source source;
    qi_source_open(&source, &path, 1, &options);
    while (c->n < MAX_DOCS && qi_source_next(&source, &c->tasks[c->n])) {
      qi_task *t = &c->tasks[c->n];
      if (t->problem.code) stop(&t->problem);
      c->n_bytes += t->input.text_bytes;
      c->n++;
    }
    qi_source_close(&source);
  }
}

/* --- All of it, as the program does it --- */

static size_t one_pass(const quid_context *ctx, const corpus *c, bool prefilter) {
  quid_error err = {0};
  quid_worker *worker;
  size_t n_events = 0;
  if (quid_worker_new(&worker, ctx, &err)) stop(&err);
  for (size_t i = 0; i < c->n; i++) {
    quid_document_input input = c->tasks[i].input;
    quid_document *doc;
    char *shown;
    size_t n_bytes;
    input.prefilter = prefilter;
    if (quid_document_code(&doc, worker, &input, &err) || quid_document_show(&shown, &n_bytes, doc, NULL, &err)) stop(&err);
    n_events += quid_document_n_events(doc);
    free(shown);
    quid_document_free(doc);
  }
  quid_worker_free(worker);
  return n_events;
}

static double words_per_s(const quid_context *ctx, const corpus *c, bool prefilter, size_t n_words) {
  double rates[N_RUNS];
  for (size_t run = 0; run < N_RUNS; run++) {
    double start = cpu_s(), spent;
    size_t words = 0;
    do {
      one_pass(ctx, c, prefilter);
      words += n_words;
      spent = cpu_s() - start;
    } while (spent < run_s);
    rates[run] = (double)words / spent;
  }
  return median(rates, N_RUNS);
}

/* --- Stage by stage: document.c's steps, with a clock between them --- */

static double since(double *from) {
  double now = cpu_s(), spent = now - *from;
  *from = now;
  return spent;
}

static void one_document(const quid_context *ctx, quid_worker *worker, qi_parser *parser, const qi_task *task, bool prefilter, stages *s,
                         measured *m, qi_arena *arena) {
  quid_error err = {0};
  qi_builder text;
  qi_utf8_repairs repairs;
  qi_parsed doc;
  qi_events events;
  qi_document_info info = {.published = QI_DAY_NONE, .watch = &s->code};
  qi_arena_reset(arena);
  qi_builder_init(&text, 0);
  double at = cpu_s();
  qi_utf8_repair(&text, qi_slice_of(task->input.text, task->input.text_bytes), &repairs);
  s->read += since(&at);
  quid_status status = qi_segment(ctx->model, qi_builder_view(&text), arena, &doc, &err);
  s->segment += since(&at);
  if (!status && prefilter && !qi_glance_document(ctx->glance, &doc, arena)) status = qi_error_memory(&err, "the sentences");
  s->glance += since(&at);
  if (!status) status = qi_parser_run(parser, &doc, arena, &err);
  s->parse += since(&at);
  qi_second second = {ctx->model, ctx->judge};
  if (!status) status = qi_code_document(&ctx->know, &second, &doc, &info, arena, &events, NULL, &err);
  if (status) stop(&err);
  for (uint32_t i = 0; i < doc.n_sentences; i++) {
    m->n_words += doc.sentences[i].n_tokens;
    if (doc.sentences[i].unparsed) continue;
    m->n_parsed += doc.sentences[i].n_tokens;
    m->n_parsed_sentences++;
  }
  m->n_sentences += doc.n_sentences;
  m->n_events += events.len;
  qi_builder_clear(&text);
  /* Showing needs the public document. */
  quid_document_input input = task->input;
  quid_document *shown_doc;
  char *shown;
  size_t n_bytes;
  input.prefilter = prefilter;
  if (quid_document_code(&shown_doc, worker, &input, &err)) stop(&err);
  at = cpu_s();
  if (quid_document_show(&shown, &n_bytes, shown_doc, NULL, &err)) stop(&err);
  s->show += since(&at);
  free(shown);
  quid_document_free(shown_doc);
}

static void all_stages(const quid_context *ctx, corpus *c, bool prefilter, stages *s, measured *m) {
  quid_error err = {0};
  qi_arena arena;
  *s = (stages){0};
  *m = (measured){0};
  qi_arena_init(&arena, 0);
  for (int run = 0; run < N_RUNS; run++) {
    quid_worker *worker;
    qi_parser *parser;
    if (quid_worker_new(&worker, ctx, &err) || qi_parser_new(&parser, ctx->model, &err)) stop(&err);
    *m = (measured){0};
    for (size_t p = 0; p < c->n_parts; p++) {
      size_t before = m->n_words;
      for (size_t i = 0; i < c->parts[p].n; i++)
        one_document(ctx, worker, parser, &c->tasks[c->parts[p].first + i], prefilter, s, m, &arena);
      c->parts[p].n_words = m->n_words - before;
    }
    qi_parser_free(parser);
    quid_worker_free(worker);
  }
  s->all = s->read + s->segment + s->glance + s->parse + s->show;
  for (int k = 0; k < QI_N_STAGES; k++) s->all += s->code.spent[k];
  qi_arena_clear(&arena);
}

/* --- What the prefilter loses --- */

typedef struct loss {
  size_t n, lost, extra, who, status;
} loss;

static bool same_cast(const quid_entity *a, size_t n_a, const quid_entity *b, size_t n_b) {
  if (n_a != n_b) return false;
  for (size_t i = 0; i < n_a; i++) {
    bool found = false;
    for (size_t k = 0; k < n_b; k++) found |= strcmp(a[i].id, b[k].id) == 0;
    if (!found) return false;
  }
  return true;
}

static void compare(const quid_document *with, const quid_document *without, loss *l) {
  size_t n = quid_document_n_events(without), n_with = quid_document_n_events(with), found = 0;
  for (size_t i = 0; i < n; i++) {
    const quid_event *e = quid_document_event(without, i), *f = NULL;
    for (size_t k = 0; k < n_with && !f; k++)
      if (strcmp(quid_document_event(with, k)->id, e->id) == 0) f = quid_document_event(with, k);
    l->n++;
    l->lost += !f;
    if (!f) continue;
    found++;
    l->who += !same_cast(e->actors, e->n_actors, f->actors, f->n_actors) ||
              !same_cast(e->recipients, e->n_recipients, f->recipients, f->n_recipients);
    l->status += e->status != f->status;
  }
  l->extra += n_with - found;
}

static loss lost_events(const quid_context *ctx, const corpus *c) {
  quid_error err = {0};
  quid_worker *worker;
  loss l = {0};
  if (quid_worker_new(&worker, ctx, &err)) stop(&err);
  for (size_t i = 0; i < c->n; i++) {
    quid_document *docs[2];
    for (int k = 0; k < 2; k++) {
      quid_document_input input = c->tasks[i].input;
      input.prefilter = k;
      if (quid_document_code(&docs[k], worker, &input, &err)) stop(&err);
    }
    compare(docs[1], docs[0], &l);
    quid_document_free(docs[0]);
    quid_document_free(docs[1]);
  }
  quid_worker_free(worker);
  return l;
}

/* --- Report --- */

static double share(double part_of, double whole) { return whole > 0 ? 100 * part_of / whole : 0; }

static void report_stages(const char *name, const stages *s, double rate, const measured *m) {
  const double *code = s->code.spent;
  printf("%-10s%9.0f %7.1f%% %6.1f%% %6.1f%% %6.1f%% %6.1f%% %6.1f%% %6.1f%% %7.1f%% %5.1f%% %6.1f%% %6.1f%% %6.1f%% %5.1f%% %9.1f%%\n", name, rate,
         share(s->read, s->all), share(s->segment, s->all), share(s->glance, s->all), share(s->parse, s->all),
         share(code[QI_STAGE_STORY], s->all), share(code[QI_STAGE_TOPIC], s->all), share(code[QI_STAGE_MENTIONS], s->all),
         share(code[QI_STAGE_WHEN], s->all), share(code[QI_STAGE_MATCH], s->all), share(code[QI_STAGE_OPINION], s->all), share(code[QI_STAGE_STATUS], s->all),
         share(code[QI_STAGE_EVENT], s->all), share(s->show, s->all), share((double)m->n_parsed, (double)m->n_words));
}

int main(int argc, char **argv) {
  static corpus c;
  quid_error err = {0};
  quid_context *ctx;
  if (argc < 5) {
    fprintf(stderr, "usage: bench/code MODEL KNOWLEDGE --part NAME FILE...\n");
    return 2;
  }
  quid_context_options options = {.model = argv[1], .knowledge = argv[2], .prefilter = true};
  if (quid_context_new(&ctx, &options, &err)) stop(&err);
  for (int i = 3; i + 1 < argc && strcmp(argv[i], "--part") == 0 && c.n_parts < MAX_PARTS;) {
    int first = i + 2, last = first;
    while (last < argc && strcmp(argv[last], "--part") != 0) last++;
    part *p = &c.parts[c.n_parts++];
    *p = (part){.name = argv[i + 1], .first = c.n};
    read_part(&c, argv + first, (size_t)(last - first));
    p->n = c.n - p->first;
    i = last;
  }
  stages s[2];
  measured m[2];
  for (int k = 0; k < 2; k++) all_stages(ctx, &c, k == 1, &s[k], &m[k]);
  printf("model     %s, dictionaries %s\n", quid_context_model_version(ctx), quid_context_knowledge_version(ctx));
  printf("text      %zu documents, %zu words, %zu sentences, %zu bytes, %zu events\n", c.n, m[0].n_words, m[0].n_sentences, c.n_bytes,
         m[0].n_events);
  for (size_t p = 0; p < c.n_parts; p++)
    printf("          %-20s %6zu words in %3zu documents\n", c.parts[p].name, c.parts[p].n_words, c.parts[p].n);
  printf("\nfilter      words/s    read segment glance   parse  story  topic mentions  when   match  judge status  events  show words parsed\n");
  for (int k = 0; k < 2; k++)
    report_stages(k ? "prefilter" : "all", &s[k], words_per_s(ctx, &c, k == 1, m[0].n_words), &m[k]);
  loss l = lost_events(ctx, &c);
  printf("\nprefilter  %zu of %zu sentences parsed; of %zu events %zu lost (%.2f%%), %zu more; of those that stay %zu with other\n"
         "           participants (%.2f%%), %zu with another status (%.2f%%)\n",
         m[1].n_parsed_sentences, m[1].n_sentences, l.n, l.lost, share((double)l.lost, (double)l.n), l.extra, l.who,
         share((double)l.who, (double)l.n), l.status, share((double)l.status, (double)l.n));
  for (size_t i = 0; i < c.n; i++) qi_task_clear(&c.tasks[i]);
  quid_context_free(ctx);
  return 0;
}
