/* How fast is the parser? From raw text to trees, on one core, in CPU time.
 *
 *   bench/parse MODEL FILE...     measures; `make bench` calls it through bench/run
 *   bench/parse --start MODEL     opens the model and ends: what the start costs
 *   bench/parse --once MODEL FILE...   parses each file once and prints the most memory used, in kB
 *
 * Each file is a document. All of them make one pass, and each pass has a parser of its own, whose
 * cache of word forms is empty at first: a longer run of real news would meet fewer new forms. */
#include "bench.h"

#include "base/file.h"
#include "base/map.h"
#include "base/utf8.h"
#include "parse/decode.h"
#include "parse/encoder.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

enum { N_RUNS = 5, N_STARTS = 20, MAX_DOCS = 512, BATCH_TOKENS = 2048 };
static const double run_s = 0.7; /* at least, each */

typedef struct corpus {
  qi_slice texts[MAX_DOCS];
  size_t n;
  size_t n_bytes, n_words, n_sentences;
  qi_arena arena;
} corpus;

static void read_corpus(corpus *c, char **paths, int n) {
  quid_error err = {0};
  qi_arena_init(&c->arena, 0);
  for (int i = 0; i < n && c->n < MAX_DOCS; i++) {
    qi_builder raw, text;
    qi_utf8_repairs repairs;
    qi_builder_init(&raw, 0), qi_builder_init(&text, 0);
    if (qi_file_read(&raw, paths[i], 0, &err)) stop(&err);
    qi_utf8_repair(&text, qi_builder_view(&raw), &repairs);
    c->texts[c->n] = qi_arena_slice(&c->arena, qi_builder_view(&text));
    c->n_bytes += c->texts[c->n++].len;
    qi_builder_clear(&raw), qi_builder_clear(&text);
  }
}

/* --- All of it, as the program does it --- */

static void one_pass(const qi_model *model, corpus *c) {
  quid_error err = {0};
  qi_parser *parser;
  qi_arena arena;
  qi_arena_init(&arena, 0);
  if (qi_parser_new(&parser, model, &err)) stop(&err);
  c->n_words = c->n_sentences = 0;
  for (size_t i = 0; i < c->n; i++) {
    qi_parsed doc;
    qi_arena_reset(&arena);
    if (qi_segment(model, c->texts[i], &arena, &doc, &err) ||
        qi_parser_run(parser, &doc, &arena, &err))
      stop(&err);
    for (uint32_t s = 0; s < doc.n_sentences; s++) c->n_words += doc.sentences[s].n_tokens;
    c->n_sentences += doc.n_sentences;
  }
  qi_parser_free(parser);
  qi_arena_clear(&arena);
}

static double words_per_s(const qi_model *model, corpus *c) {
  double rates[N_RUNS];
  for (size_t run = 0; run < N_RUNS; run++) {
    double start = cpu_s(), spent = 0;
    size_t words = 0;
    do {
      one_pass(model, c);
      words += c->n_words;
      spent = cpu_s() - start;
    } while (spent < run_s);
    rates[run] = (double)words / spent;
  }
  return median(rates, N_RUNS);
}

/* --- Stage by stage: parser.c's loop, with a clock in it --- */

typedef struct stages {
  double segment, lexicon, encode, decode; /* s */
  size_t n_forms;                          /* computed by the lexicon */
  double n_macs;                           /* multiply-adds of all products */
} stages;

static int longest_first(const void *a, const void *b) {
  const qi_sentence *x = *(qi_sentence *const *)a, *y = *(qi_sentence *const *)b;
  if (x->n_tokens != y->n_tokens) return x->n_tokens > y->n_tokens ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

typedef struct bench {
  const qi_model *model;
  const qi_kernel *kernel;
  qi_lexicon *lexicon;
  qi_arena batch_arena, scratch;
  stages time;
} bench;

static void batch_stages(bench *b, qi_sentence **sentences, uint32_t n, qi_arena *arena) {
  static uint32_t len[BATCH_TOKENS], offset[BATCH_TOKENS];
  static qi_slice forms[QI_MAX_BATCH_TOKENS];
  static const int16_t *rows[QI_MAX_BATCH_TOKENS];
  uint32_t at = 0;
  for (uint32_t i = 0; i < n; i++) {
    offset[i] = at;
    len[i] = sentences[i]->n_tokens;
    for (uint32_t t = 0; t < len[i]; t++) forms[at++] = sentences[i]->tokens[t].form;
    b->time.n_macs += ((double)len[i] + 1) * len[i] * b->model->d_arc;
  }
  qi_batch batch = {n, at, len, offset, forms};
  qi_encoded enc;
  double start = cpu_s();
  if (!qi_lexicon_rows(b->lexicon, forms, at, rows)) abort();
  b->time.lexicon += cpu_s() - start;
  qi_arena_reset(&b->batch_arena);
  start = cpu_s();
  if (!qi_encode(b->model, b->kernel, b->lexicon, &batch, &b->batch_arena, &enc)) abort();
  b->time.encode += cpu_s() - start;
  start = cpu_s();
  for (uint32_t i = 0; i < n; i++) {
    qi_arena_reset(&b->scratch);
    if (!qi_decode(b->model, b->kernel, &enc, offset[i], sentences[i], arena, &b->scratch)) abort();
  }
  b->time.decode += cpu_s() - start;
}

static void document_stages(bench *b, qi_slice text, qi_map *seen, qi_arena *arena) {
  qi_parsed doc;
  quid_error err = {0};
  double start = cpu_s();
  if (qi_segment(b->model, text, arena, &doc, &err)) stop(&err);
  b->time.segment += cpu_s() - start;
  qi_sentence **order = qi_arena_alloc(arena, (doc.n_sentences + 1) * sizeof *order);
  for (uint32_t i = 0; i < doc.n_sentences; i++) {
    order[i] = &doc.sentences[i];
    for (uint32_t t = 0; t < order[i]->n_tokens; t++) {
      qi_slice form = order[i]->tokens[t].form;
      if (!qi_map_get(seen, form, NULL)) qi_map_put(seen, form, 0), b->time.n_forms++;
    }
  }
  qsort(order, doc.n_sentences, sizeof *order, longest_first);
  for (uint32_t first = 0; first < doc.n_sentences;) {
    uint32_t last = first, tokens = 0;
    do tokens += order[last++]->n_tokens;
    while (last < doc.n_sentences && tokens + order[last]->n_tokens <= BATCH_TOKENS);
    batch_stages(b, order + first, last - first, arena);
    first = last;
  }
}

static double size_of(const qi_linear *l) { return (double)l->n * l->k; }

/* Multiply-adds of one word, but for its arcs and its form. */
static double macs_per_word(const qi_model *m) {
  return size_of(&m->hh1[0]) + size_of(&m->hh1[1]) + size_of(&m->in2) + size_of(&m->hh2[0]) +
         size_of(&m->hh2[1]) + size_of(&m->proj) + size_of(&m->arcu) + size_of(&m->tags) +
         size_of(&m->label);
}

static stages measure_stages(const qi_model *model, const qi_kernel *kernel, const corpus *c) {
  bench b = {.model = model, .kernel = kernel, .lexicon = qi_lexicon_new(model, kernel)};
  qi_arena arena; /* kept to the end: `seen` borrows from it */
  qi_map seen = {0};
  if (!b.lexicon) abort();
  qi_arena_init(&arena, 0), qi_arena_init(&b.batch_arena, 0), qi_arena_init(&b.scratch, 0);
  for (size_t i = 0; i < c->n; i++) document_stages(&b, c->texts[i], &seen, &arena);
  b.time.n_macs +=
      macs_per_word(model) * (double)c->n_words + size_of(&model->in1) * (double)b.time.n_forms;
  qi_map_clear(&seen);
  qi_lexicon_free(b.lexicon);
  qi_arena_clear(&arena), qi_arena_clear(&b.batch_arena), qi_arena_clear(&b.scratch);
  return b.time;
}

/* --- The most that the product can do --- */

/* Everything in the first-level cache: 64 x 192 weights, 12 KB; the best of some heights. */
static double peak_gmacs(const qi_kernel *kernel) {
  enum { N = 64, K = 192, MAX_M = 30 };
  static _Alignas(64) uint8_t act[MAX_M * K];
  static _Alignas(64) int8_t weights[N * K];
  static _Alignas(64) int32_t out[MAX_M * N];
  memset(act, 3, sizeof act), memset(weights, 5, sizeof weights);
  double best = 0;
  for (uint32_t run = 0; run < 3; run++)
    for (uint32_t m = 6; m <= MAX_M; m += 6) {
      size_t n = 0;
      double start = cpu_s(), spent = 0;
      do {
        for (int i = 0; i < 200; i++, n++) kernel->matmul(act, K, m, weights, N, K, out, N);
        spent = cpu_s() - start;
      } while (spent < 0.03);
      double rate = (double)n * m * N * K / spent * 1e-9;
      best = rate > best ? rate : best;
    }
  return best;
}

/* --- Other processes --- */

static double start_ms(char *self, char *model) {
  double times[N_STARTS];
  for (size_t i = 0; i < N_STARTS; i++) {
    char flag[] = "--start";
    char *args[] = {self, flag, model, NULL};
    pid_t child;
    int status;
    double start = clock_s(CLOCK_MONOTONIC);
    if (posix_spawn(&child, self, NULL, NULL, args, environ) != 0 ||
        waitpid(child, &status, 0) < 0 || status != 0)
      return -1;
    times[i] = 1e3 * (clock_s(CLOCK_MONOTONIC) - start);
  }
  return median(times, N_STARTS);
}

static long most_resident_kb(void) {
  char line[256];
  long kb = -1;
  FILE *file = fopen("/proc/self/status", "r");
  while (file && fgets(line, sizeof line, file))
    if (strncmp(line, "VmHWM:", 6) == 0) kb = strtol(line + 6, NULL, 10);
  if (file) fclose(file);
  return kb;
}

/* Runs itself with --once and reads the number that it prints. */
static long resident_kb(char *self, char *model, char **paths, int n) {
  char *args[MAX_DOCS + 4] = {self, "--once", model}, name[] = "/tmp/quid-bench-XXXXXX";
  for (int i = 0; i < n && i < MAX_DOCS; i++) args[3 + i] = paths[i];
  int fd = mkstemp(name), status;
  pid_t child;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, fd, 1);
  long kb = -1;
  FILE *file = fdopen(fd, "r");
  if (file && posix_spawn(&child, self, &actions, NULL, args, environ) == 0 &&
      waitpid(child, &status, 0) > 0) {
    rewind(file);
    if (fscanf(file, "%ld", &kb) != 1) kb = -1;
  }
  if (file) fclose(file);
  posix_spawn_file_actions_destroy(&actions);
  remove(name);
  return kb;
}

static void print_kernel(const qi_model *model, const qi_kernel *kernel, corpus *c) {
  setenv("QUID_KERNEL", kernel->name, 1);
  double rate = words_per_s(model, c), peak = peak_gmacs(kernel);
  stages s = measure_stages(model, kernel, c);
  double all = s.segment + s.lexicon + s.encode + s.decode, macs = s.n_macs / (double)c->n_words;
  printf("%-9s %8.0f %8.1f%% %7.1f%% %7.1f%% %7.1f%% %12.1f %12.1f %8.0f%%\n", kernel->name, rate,
         100 * s.segment / all, 100 * s.lexicon / all, 100 * s.encode / all, 100 * s.decode / all,
         macs * rate * 1e-9, peak, 100 * macs * rate * 1e-9 / peak);
  fflush(stdout);
}

static void measure(char *self, char *model_path, char **paths, int n) {
  static const char *const names[] = {"vnni", "avx2", "portable"};
  static corpus c;
  quid_error err = {0};
  qi_model *model;
  if (qi_model_open(&model, model_path, &err)) stop(&err);
  read_corpus(&c, paths, n);
  unsetenv("QUID_KERNEL");
  one_pass(model, &c);
  if (c.n_words == 0) stop(&(quid_error){.message = "no words in the text"});
  stages s = measure_stages(model, qi_kernel_best(), &c);
  printf("model     %s, %.1f MB, %u units\n", qi_model_version(model),
         (double)model->bytes.len * 1e-6, model->hidden);
  printf("text      %zu files, %zu words, %zu sentences, %zu bytes; %zu different forms\n", c.n,
         c.n_words, c.n_sentences, c.n_bytes, s.n_forms);
  printf("work      %.2f million multiply-adds a word\n\n", s.n_macs / (double)c.n_words * 1e-6);
  printf(
      "kernel     words/s  segment lexicon encoder  decode  used GMAC/s  peak GMAC/s    share\n");
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (qi_kernel_named(names[i])) print_kernel(model, qi_kernel_named(names[i]), &c);
  unsetenv("QUID_KERNEL");
  printf("\nstart     %.1f ms from exec to exit with the model mapped and checked (median of %d)\n",
         start_ms(self, model_path), N_STARTS);
  printf("memory    %.0f MB resident at most (VmHWM), all files parsed\n",
         (double)resident_kb(self, model_path, paths, n) / 1024);
  qi_model_close(model);
  qi_arena_clear(&c.arena);
}

int main(int argc, char **argv) {
  quid_error err = {0};
  qi_model *model;
  if (argc == 3 && strcmp(argv[1], "--start") == 0) {
    if (qi_model_open(&model, argv[2], &err)) stop(&err);
    qi_model_close(model);
  } else if (argc >= 4 && strcmp(argv[1], "--once") == 0) {
    static corpus c;
    if (qi_model_open(&model, argv[2], &err)) stop(&err);
    read_corpus(&c, argv + 3, argc - 3);
    one_pass(model, &c);
    printf("%ld\n", most_resident_kb());
    qi_model_close(model);
    qi_arena_clear(&c.arena);
  } else if (argc >= 3 && argv[1][0] != '-') {
    measure(argv[0], argv[1], argv + 2, argc - 2);
  } else {
    fprintf(stderr, "usage: %s MODEL FILE...\n", argv[0]);
    return 2;
  }
  return 0;
}
