/* How fast are the dictionaries? Loading, in CPU time, and finding their names in text.
 *
 *   bench/know MODEL KNOWLEDGE FILE...        measures; `make bench` calls it through bench/run
 *   bench/know --load KNOWLEDGE               loads and ends
 *
 * Names are looked for as quid code does: qi_spot_sentence over parsed sentences, in bytes of the text
 * that they came from, with an arena that is warm. The trees are made beforehand; each document's are
 * read once before its clock starts, for in a run the parser has just written them. */
#include "bench.h"

#include "base/file.h"
#include "base/utf8.h"
#include "code/who.h"
#include "know/cache.h"
#include "know/files.h"
#include "know/frozen.h"
#include "parse/parser.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { N_RUNS = 7, MAX_DOCS = 512 };
static const double run_s = 0.5; /* at least, each */

/* --- Loading --- */

static double load_ms(const char *dir) {
  double times[N_RUNS];
  for (size_t i = 0; i < N_RUNS; i++) {
    qi_know know;
    quid_error err = {0};
    double start = cpu_s();
    if (qi_know_load(&know, dir, &err)) stop(&err);
    times[i] = 1e3 * (cpu_s() - start);
    qi_know_clear(&know);
  }
  return median(times, N_RUNS);
}

static void measure_loading(const char *dir) {
  qi_know know;
  quid_error err = {0};
  qi_builder block;
  size_t lines = 0;
  setenv("QUID_CACHE", "", 1);
  double text = load_ms(dir);
  char cache[] = "/tmp/quid-bench-XXXXXX", rm[64];
  if (!mkdtemp(cache)) stop(&(quid_error){.message = "no folder for the cache"});
  setenv("QUID_CACHE", cache, 1);
  if (qi_know_load(&know, dir, &err)) stop(&err); /* writes it */
  double compiled = load_ms(dir);
  qi_builder_init(&block, 0);
  if (qi_actors_freeze(&block, know.actors, know.version, &err)) stop(&err);
  qi_know_files files;
  if (qi_know_files_list(&files, dir, "actors", ".tsv", &err)) stop(&err);
  for (size_t i = 0; i < files.len; i++) {
    qi_builder data;
    qi_builder_init(&data, 0);
    if (qi_file_read(&data, files.paths[i], 0, &err)) stop(&err);
    for (size_t k = 0; k < data.len; k++) lines += data.ptr[k] == '\n';
    qi_builder_clear(&data);
  }
  qi_know_files_clear(&files);
  printf("loading   %zu lines of actors, %u actors: %.1f ms from text, %.1f ms compiled (%.1f MB); all\n"
         "          dictionaries, with the content hash of all files (CPU time, median of %d)\n",
         lines, qi_actors_count(know.actors), text, compiled, (double)block.len * 1e-6, N_RUNS);
  qi_builder_clear(&block);
  qi_know_clear(&know);
  snprintf(rm, sizeof rm, "rm -rf %s", cache);
  if (system(rm)) printf("          (left behind: %s)\n", cache);
  unsetenv("QUID_CACHE");
}

/* --- Names --- */

typedef struct corpus {
  qi_parsed docs[MAX_DOCS];
  size_t n, n_bytes, n_words, n_sentences, n_names, n_agents, n_unknown;
  qi_arena arena;
} corpus;

static void read_corpus(corpus *c, const qi_model *model, char **paths, int n) {
  quid_error err = {0};
  qi_parser *parser;
  qi_arena_init(&c->arena, 0);
  if (qi_parser_new(&parser, model, &err)) stop(&err);
  for (int i = 0; i < n && c->n < MAX_DOCS; i++) {
    qi_builder raw, text;
    qi_utf8_repairs repairs;
    qi_builder_init(&raw, 0), qi_builder_init(&text, 0);
    if (qi_file_read(&raw, paths[i], 0, &err)) stop(&err);
    qi_utf8_repair(&text, qi_builder_view(&raw), &repairs);
    qi_slice kept = qi_arena_slice(&c->arena, qi_builder_view(&text));
    qi_parsed *doc = &c->docs[c->n++];
    if (qi_segment(model, kept, &c->arena, doc, &err) || qi_parser_run(parser, doc, &c->arena, &err)) stop(&err);
    c->n_bytes += kept.len;
    c->n_sentences += doc->n_sentences;
    for (uint32_t s = 0; s < doc->n_sentences; s++) c->n_words += doc->sentences[s].n_tokens;
    qi_builder_clear(&raw), qi_builder_clear(&text);
  }
  qi_parser_free(parser);
}

static void spot_document(const qi_parsed *doc, const qi_know *know, qi_arena *arena, corpus *count) {
  quid_error err = {0};
  qi_arena_reset(arena);
  qi_whos w = {.know = know, .actors = know->actors, .doc = doc, .arena = arena};
  w.spots = QI_NEW_ARRAY(arena, qi_spots, (size_t)doc->n_sentences + 1);
  for (uint32_t s = 0; s < doc->n_sentences; s++) {
    if (qi_spot_sentence(&w, s, &err)) stop(&err);
    for (uint32_t k = 0; count && k < w.spots[s].len; k++) {
      const qi_spot *spot = &w.spots[s].items[k];
      count->n_names += spot->names != NULL;
      count->n_agents += spot->agent != QI_NO_AGENT;
      count->n_unknown += !spot->names && spot->agent == QI_NO_AGENT;
    }
  }
}

static unsigned touch(const qi_parsed *doc) {
  unsigned sum = 0;
  for (uint32_t s = 0; s < doc->n_sentences; s++)
    for (uint32_t i = 0; i < doc->sentences[s].n_tokens; i++) {
      const qi_token *t = &doc->sentences[s].tokens[i];
      sum += t->upos + t->etype;
      if (t->form.len) sum += (unsigned char)t->form.ptr[0];
      if (t->lemma.len) sum += (unsigned char)t->lemma.ptr[0];
    }
  return sum;
}

/* CPU seconds. */
static double spot_all(corpus *c, const qi_know *know, qi_arena *arena, bool count) {
  double spent = 0;
  static volatile unsigned sum;
  for (size_t i = 0; i < c->n; i++) {
    sum += touch(&c->docs[i]);
    double start = cpu_s();
    spot_document(&c->docs[i], know, arena, count ? c : NULL);
    spent += cpu_s() - start;
  }
  return spent;
}

static void measure_names(corpus *c, const qi_know *know) {
  double rates[N_RUNS];
  qi_arena arena;
  qi_arena_init(&arena, 0);
  spot_all(c, know, &arena, true);
  for (size_t run = 0; run < N_RUNS; run++) {
    double spent = 0;
    size_t bytes = 0;
    do {
      spent += spot_all(c, know, &arena, false);
      bytes += c->n_bytes;
    } while (spent < run_s);
    rates[run] = (double)bytes / spent * 1e-6;
  }
  double rate = median(rates, N_RUNS);
  printf("text      %zu files, %zu bytes, %zu words, %zu sentences; in it %zu names of the dictionaries, %zu\n"
         "          agents (\"troops\"), %zu other names\n",
         c->n, c->n_bytes, c->n_words, c->n_sentences, c->n_names, c->n_agents, c->n_unknown);
  printf("names     %.1f MB/s, %.0f ns a word (spot.c, median of %d; the best %.1f)\n", rate,
         1e3 * (double)c->n_bytes / (double)c->n_words / rate, N_RUNS, rates[N_RUNS - 1]);
  qi_arena_clear(&arena);
}

int main(int argc, char **argv) {
  quid_error err = {0};
  qi_model *model;
  qi_know know;
  static corpus c;
  if (argc == 3 && strcmp(argv[1], "--load") == 0) {
    if (qi_know_load(&know, argv[2], &err)) stop(&err);
    qi_know_clear(&know);
    return 0;
  }
  if (argc < 4 || argv[1][0] == '-') {
    fprintf(stderr, "usage: %s MODEL KNOWLEDGE FILE...\n", argv[0]);
    return 2;
  }
  measure_loading(argv[2]);
  if (qi_model_open(&model, argv[1], &err) || qi_know_load(&know, argv[2], &err)) stop(&err);
  read_corpus(&c, model, argv + 3, argc - 3);
  measure_names(&c, &know);
  qi_know_clear(&know);
  qi_model_close(model);
  qi_arena_clear(&c.arena);
  return 0;
}
