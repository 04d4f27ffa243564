/* quid recode: the documents of a store -> coded again by the model and dictionaries of now. The work is quid_recode's. */
#include "cli.h"

#include <stdlib.h>
#include <unistd.h>

static const char help[] =
    "usage: quid recode [OPTION...] DB\n"
    "\n"
    "Codes the documents of DB again whose last coding was with another model or other dictionaries, and\n"
    "replaces the events that read otherwise now. What was read before is kept: 'quid ledger --as-of DATE'\n"
    "and the other questions answer as they did on that day. Documents without a text (loaded as records)\n"
    "are left alone. A document is coded as a whole; of its events only those that differ are touched.\n"
    "\n"
    "      --dry-run          write nothing; show what would be added, gone and changed\n"
    "      --only WORDS       only documents with a sentence in which these stand: 'Wagner OR Prigozhin'\n"
    "      --all              documents that are up to date too\n"
    "      --prefilter        as of 'quid load': give it where the load had it\n"
    "      --model FILE       use this model of the language\n"
    "      --knowledge DIR    use these dictionaries\n"
    "  -f, --format FORMAT    of what --dry-run shows: table, json (lines), csv or tsv; otherwise table\n"
    "  -n, --limit N          rows at most that --dry-run shows; otherwise 100\n"
    "  -q, --quiet            do not say what was done\n"
    "  -h, --help             this text\n"
    "\n"
    "examples:\n"
    "  quid recode news.db --dry-run\n"
    "  quid recode news.db --knowledge my-dictionaries\n"
    "\n"
    "exit codes: 0 done, 1 failure, 2 usage\n";

enum { DRY_RUN = 1, ONLY, ALL, PREFILTER, MODEL, KNOWLEDGE, FORMAT, LIMIT, QUIET };

static const cli_option options[] = {
    {"dry-run", 0, false, DRY_RUN}, {"only", 0, true, ONLY},           {"all", 0, false, ALL},     {"prefilter", 0, false, PREFILTER}, {"model", 0, true, MODEL},
    {"knowledge", 0, true, KNOWLEDGE}, {"format", 'f', true, FORMAT}, {"limit", 'n', true, LIMIT}, {"quiet", 'q', false, QUIET},       {0},
};

static const char *const formats[] = {"table", "json", "csv", "tsv", NULL}; /* in the order of quid_answer_format */

typedef struct command {
  quid_recode_options recode;
  quid_context_options context;
  quid_answer_format format;
  const char *db;
  bool quiet;
  cli_progress progress;
} command;

/* Returns an exit code, or -1 to go on. */
static int read_option(command *c, const cli_args *args, int id) {
  int choice;
  switch (id) {
  case CLI_STOP: return args->exit_code;
  case CLI_OPERAND:
    if (c->db) {
      cli_say("too many operands: '%s'", args->value);
      return CLI_USAGE;
    }
    c->db = args->value;
    break;
  case DRY_RUN: c->recode.dry_run = true; break;
  case ONLY: c->recode.only = args->value; break;
  case ALL: c->recode.all = true; break;
  case PREFILTER: c->recode.prefilter = c->context.prefilter = true; break;
  case MODEL: c->context.model = args->value; break;
  case KNOWLEDGE: c->context.knowledge = args->value; break;
  case FORMAT:
    if ((choice = cli_choose(args, formats)) < 0) return CLI_USAGE;
    c->format = (quid_answer_format)choice;
    break;
  case LIMIT:
    if (!cli_number(args, 1, 1000000000, &c->recode.n_examples)) return CLI_USAGE;
    break;
  case QUIET: c->quiet = true; break;
  default: break;
  }
  return -1;
}

static void show_progress(void *user, uint64_t n_done, uint64_t n_all) {
  command *c = user;
  quid_run_totals so_far = {.n_documents = n_done};
  (void)n_all;
  cli_progress_show(&c->progress, &so_far);
}

static void say(const command *c, const quid_recode_counts *n) {
  cli_say("%s: %llu documents coded again, %llu of them read otherwise; %llu up to date, %llu without text", c->db, (unsigned long long)n->n_coded,
          (unsigned long long)n->n_touched, (unsigned long long)n->n_current, (unsigned long long)n->n_textless);
  cli_say("%s: events: %llu added, %llu gone, %llu changed, %llu kept; options: %llu added, %llu gone%s", c->db, (unsigned long long)n->n_added, (unsigned long long)n->n_gone,
          (unsigned long long)n->n_changed, (unsigned long long)n->n_kept, (unsigned long long)n->n_options_added, (unsigned long long)n->n_options_gone,
          c->recode.dry_run ? " (nothing was written)" : "");
}

static quid_status show(const command *c, const quid_answer *changes, quid_error *err) {
  char *text = NULL;
  size_t n = 0;
  quid_status status = quid_answer_show(&text, &n, changes, c->format, isatty(STDOUT_FILENO) ? cli_width() : 0, err);
  if (!status) status = cli_write(text, n, err);
  free(text);
  return status;
}

static int recode(command *c) {
  quid_error err = {0};
  quid_store *store = NULL;
  quid_context *ctx = NULL;
  quid_answer *changes = NULL;
  quid_recode_counts counts = {0};
  if (access(c->db, F_OK) != 0) {
    cli_say("%s: no such store", c->db);
    return CLI_FAILED;
  }
  quid_status status = quid_store_open(&store, c->db, c->recode.dry_run ? QUID_STORE_READ : QUID_STORE_WRITE, &err);
  if (!status) status = quid_context_new(&ctx, &c->context, &err);
  if (!status) status = quid_recode(&changes, &counts, store, ctx, &c->recode, &err);
  cli_progress_wipe(&c->progress);
  if (!status && c->recode.dry_run) status = show(c, changes, &err);
  if (!status && !c->quiet) say(c, &counts);
  quid_answer_free(changes);
  quid_context_free(ctx);
  quid_store_close(store);
  if (!status) return cli_finish(CLI_DONE);
  cli_say_error(&err);
  return status == QUID_ERR_ARGUMENT ? CLI_USAGE : CLI_FAILED;
}

static int run(int argc, char **argv) {
  command c = {.format = QUID_ANSWER_TABLE};
  cli_args args;
  c.recode.user = &c;
  c.recode.progress = show_progress;
  cli_args_open(&args, argc, argv, options);
  for (int id, code; (id = cli_next(&args)) != CLI_END;)
    if ((code = read_option(&c, &args, id)) >= 0) return code;
  if (!c.db) {
    cli_say("no store given; see 'quid recode --help'");
    return CLI_USAGE;
  }
  cli_progress_open(&c.progress);
  return recode(&c);
}

const cli_command cli_recode = {
    .name = "recode",
    .summary = "code the documents of a store again",
    .help = help,
    .run = run,
};
