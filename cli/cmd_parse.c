/* quid parse: files -> trees in CoNLL-U, or the parser's scores on a treebank. The work is
 * quid_parse's and quid_evaluate's; this reads the options and prints the table. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: quid parse [OPTION...] [FILE...]\n"
    "       quid parse --eval TREEBANK [--docs TEXT]\n"
    "\n"
    "Writes the sentences of the files with tags, lemmas, trees and names, in CoNLL-U (see\n"
    "universaldependencies.org). Without a file, or for '-', reads the standard input.\n"
    "\n"
    "  -i, --input FORMAT     plain: a file is a document (the default); conllu: sentences and tokens\n"
    "                         are kept as given, all else is written anew\n"
    "  -e, --eval TREEBANK    parse a treebank in CoNLL-U, from its tokens and from its text, and\n"
    "                         print what agrees with its trees (F1 as in the CoNLL 2018 shared task)\n"
    "  -d, --docs TEXT        with --eval: only documents whose id holds the text, or one of several\n"
    "                         separated by commas: GUM_news,GUM_speech\n"
    "      --each             with --eval: a line for each document too\n"
    "      --model FILE       use this model of the language\n"
    "  -h, --help             this text\n"
    "\n"
    "examples:\n"
    "  quid parse article.txt\n"
    "  quid parse --input conllu tokens.conllu > trees.conllu\n"
    "  quid parse --eval en_ewt-ud-dev.conllu\n"
    "\n"
    "exit codes: 0 done, 1 failure, 2 usage, 3 some files skipped (each named on stderr)\n";

enum { INPUT = 1, EVAL, DOCS, EACH, MODEL };

static const cli_option options[] = {
    {"input", 'i', true, INPUT}, {"eval", 'e', true, EVAL},  {"docs", 'd', true, DOCS},
    {"each", 0, false, EACH},    {"model", 0, true, MODEL}, {0},
};

/* In the order of quid_parse_input. */
static const char *const inputs[] = {"plain", "conllu", NULL};

typedef struct command {
  quid_parse_options parse;
  quid_evaluate_options evaluate;
  quid_context_options context;
  const char *treebank;
  const char **paths; /* [n_paths] */
  size_t n_paths;
} command;

static quid_status write_out(void *user, const char *bytes, size_t n_bytes, quid_error *err) {
  (void)user;
  return cli_write(bytes, n_bytes, err);
}

static void tell(void *user, quid_notice kind, const quid_error *what) {
  (void)user;
  (kind == QUID_NOTICE_FAILED ? cli_say_skipped : cli_say_error)(what);
}

static void print_document(void *user, const char *id, const quid_evaluation *alone) {
  (void)user;
  enum { LAS = 8 }; /* its place among the metrics */
  printf("%7llu words  LAS %6.2f from tokens %6.2f from text  %s\n",
         (unsigned long long)alone->n_words, alone->from_tokens.of[LAS], alone->from_text.of[LAS], id);
}

static void print_evaluation(const char *treebank, const quid_evaluation *e) {
  printf("%s: %llu documents, %llu sentences, %llu words (%.0f a document)\n\n", treebank,
         (unsigned long long)e->n_documents, (unsigned long long)e->n_sentences,
         (unsigned long long)e->n_words, (double)e->n_words / (double)e->n_documents);
  printf("%-12s %16s %16s\n", "F1, per cent", "from gold tokens", "from raw text");
  for (size_t i = 0; i < QUID_N_METRICS; i++) {
    if (i + 1 == QUID_N_METRICS && e->n_names == 0) continue; /* entities: the treebank has none */
    printf("%-12s %16.2f %16.2f\n", quid_metric_name(i), e->from_tokens.of[i], e->from_text.of[i]);
  }
  printf("%-12s %16.0f %16.0f\n", "words/s", e->from_tokens.words_per_s, e->from_text.words_per_s);
}

static int evaluate(const command *c, const quid_context *ctx) {
  quid_evaluation e;
  quid_error err = {0};
  if (quid_evaluate(&e, ctx, c->treebank, &c->evaluate, &err)) {
    cli_say_error(&err);
    return CLI_FAILED;
  }
  print_evaluation(c->treebank, &e);
  return cli_finish(CLI_DONE);
}

static int parse(const command *c, const quid_context *ctx) {
  quid_parse_totals totals = {0};
  quid_error err = {0};
  if (quid_parse(&totals, ctx, c->paths, c->n_paths, &c->parse, &err)) {
    cli_say_error(&err);
    return CLI_FAILED;
  }
  if (totals.n_failed && totals.n_documents == 0) return cli_finish(CLI_FAILED);
  return cli_finish(totals.n_failed ? CLI_SKIPPED : CLI_DONE);
}

/* Returns an exit code, or -1 to go on. */
static int read_option(command *c, const cli_args *args, int id) {
  int choice = 0;
  switch (id) {
  case CLI_STOP: return args->exit_code;
  case CLI_OPERAND: c->paths[c->n_paths++] = args->value; break;
  case INPUT:
    if ((choice = cli_choose(args, inputs)) < 0) return CLI_USAGE;
    c->parse.input = (quid_parse_input)choice;
    break;
  case EVAL: c->treebank = args->value; break;
  case DOCS: c->evaluate.documents = args->value; break;
  case EACH: c->evaluate.document = print_document; break;
  case MODEL: c->context.model = args->value; break;
  default: break;
  }
  return -1;
}

static int work(command *c) {
  if (c->treebank && c->n_paths) {
    cli_say("'--eval' takes one treebank and no other file, such as '%s'", c->paths[0]);
    return CLI_USAGE;
  }
  if (!c->treebank && (c->evaluate.documents || c->evaluate.document)) {
    cli_say("'--docs' and '--each' go with '--eval'");
    return CLI_USAGE;
  }
  if (c->n_paths == 0) c->paths[c->n_paths++] = "-";
  quid_context *ctx = NULL;
  quid_error err = {0};
  if (quid_context_new(&ctx, &c->context, &err)) {
    cli_say_error(&err);
    return CLI_FAILED;
  }
  int exit_code = c->treebank ? evaluate(c, ctx) : parse(c, ctx);
  quid_context_free(ctx);
  return exit_code;
}

static int run(int argc, char **argv) {
  command c = {.parse = {.write = write_out, .notice = tell}, .context = {.parser_only = true}};
  c.paths = cli_operands_new(argc);
  if (!c.paths) return CLI_FAILED;
  cli_args args;
  int exit_code = -1;
  cli_args_open(&args, argc, argv, options);
  for (int id; exit_code < 0 && (id = cli_next(&args)) != CLI_END;)
    exit_code = read_option(&c, &args, id);
  if (exit_code < 0) exit_code = work(&c);
  free(c.paths);
  return exit_code;
}

const cli_command cli_parse = {
    .name = "parse",
    .summary = "write the syntax trees of plain text in CoNLL-U",
    .help = help,
    .run = run,
};
