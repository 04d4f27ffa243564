/* quid load: files -> a store. Documents are coded as by `quid code`; records that it wrote are taken as they are. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: quid load [OPTION...] DB [FILE...]\n"
    "\n"
    "Codes the files and keeps what they tell in DB, a SQLite file that is made when it is not there.\n"
    "Documents and events that are there already are left alone, so that a load that was cut off can\n"
    "be run again. Without a file, or for '-', reads the standard input.\n"
    "\n"
    "      --index            make all sentences searchable for words ('quid events --text') at the end;\n"
    "                         without files and records that is all that is done\n"
    "  -r, --records          the files are records, JSON lines that 'quid code' wrote\n"
    "  -i, --input FORMAT     plain or jsonl, as of 'quid code'; otherwise by the name\n"
    "  -d, --date DATE        day of publication of what brings no date, such as 2024-11-25\n"
    "      --batch N          commit after this many events at the latest; otherwise 100000\n"
    "  -t, --threads N        number of threads; otherwise one per processor\n"
    "      --prefilter        do not parse sentences that cannot tell an event: faster\n"
    "      --model FILE       use this model of the language\n"
    "      --knowledge DIR    use these dictionaries\n"
    "      --match            after --records too: find copies and retellings, see 'quid occurrences'\n"
    "      --no-match         do not; 'quid load --match DB' does it later\n"
    "  -q, --quiet            do not say what was loaded\n"
    "  -h, --help             this text\n"
    "\n"
    "examples:\n"
    "  quid load news.db --date 2024-11-25 article.txt\n"
    "  quid code news.jsonl | quid load news.db --records\n"
    "  sqlite3 news.db \"SELECT date_from, status, event, actor, recipient FROM events\"\n"
    "\n"
    "exit codes: 0 done, 1 failure, 2 usage, 3 some documents or records skipped (each named on stderr)\n";

enum { RECORDS = 1, INDEX, BATCH, INPUT, DATE, THREADS, PREFILTER, MODEL, KNOWLEDGE, QUIET, MATCH, NO_MATCH };

static const cli_option options[] = {
    {"records", 'r', false, RECORDS}, {"index", 0, false, INDEX}, {"batch", 0, true, BATCH}, {"input", 'i', true, INPUT},       {"date", 'd', true, DATE},
    {"threads", 't', true, THREADS},  {"prefilter", 0, false, PREFILTER}, {"model", 0, true, MODEL},
    {"knowledge", 0, true, KNOWLEDGE}, {"quiet", 'q', false, QUIET},     {"match", 0, false, MATCH},
    {"no-match", 0, false, NO_MATCH}, {0},
};

static const char *const inputs[] = {"auto", "plain", "jsonl", NULL}; /* in the order of quid_input */

typedef struct command {
  quid_run_options run;
  quid_context_options context;
  bool records, index, quiet, match, no_match;
  unsigned batch;
  const char *db;
  const char **paths; /* [n_paths] */
  size_t n_paths;
  quid_store *store;
  quid_known *known;
  cli_progress progress;
} command;

/* Returns an exit code, or -1 to go on. */
static int read_option(command *c, const cli_args *args, int id) {
  int choice;
  switch (id) {
  case CLI_STOP: return args->exit_code;
  case CLI_OPERAND:
    if (c->db) c->paths[c->n_paths++] = args->value;
    else c->db = args->value;
    break;
  case RECORDS: c->records = true; break;
  case BATCH:
    if (!cli_number(args, 1, 10000000, &c->batch)) return CLI_USAGE;
    break;
  case INDEX: c->index = true; break;
  case INPUT:
    if ((choice = cli_choose(args, inputs)) < 0) return CLI_USAGE;
    c->run.input = (quid_input)choice;
    break;
  case DATE: c->run.published = args->value; break;
  case THREADS:
    if (!cli_number(args, 1, QUID_MAX_THREADS, &c->run.n_threads)) return CLI_USAGE;
    break;
  case PREFILTER: c->run.prefilter = c->context.prefilter = true; break;
  case MODEL: c->context.model = args->value; break;
  case KNOWLEDGE: c->context.knowledge = args->value; break;
  case QUIET: c->quiet = true; break;
  case MATCH: c->match = true; break;
  case NO_MATCH: c->no_match = true; break;
  default: break;
  }
  return -1;
}

static void tell(void *user, quid_notice kind, const quid_error *what) {
  command *c = user;
  cli_progress_wipe(&c->progress);
  (kind == QUID_NOTICE_SKIPPED ? cli_say_skipped : cli_say_error)(what);
}

static void show_progress(void *user, const quid_run_totals *so_far) {
  command *c = user;
  cli_progress_show(&c->progress, so_far);
}

static quid_status take(void *user, const quid_document *doc, const char *bytes, size_t n_bytes, quid_error *err) {
  command *c = user;
  return quid_store_add_document(c->store, doc, bytes, n_bytes, err);
}

static bool is_known(const void *user, const char *document_id) {
  const command *c = user;
  return quid_known_has(c->known, document_id);
}

static quid_status load_documents(command *c, quid_run_totals *totals, quid_error *err) {
  quid_context *ctx = NULL;
  quid_status status = quid_context_new(&ctx, &c->context, err);
  if (!status) status = quid_known_open(&c->known, c->db, err);
  if (!status) status = quid_run(totals, ctx, c->paths, c->n_paths, &c->run, err);
  quid_context_free(ctx);
  quid_known_close(c->known);
  /* What came before a failure of the input stays. */
  quid_status committed = quid_store_index(c->store, status ? NULL : err);
  return status ? status : committed;
}

static int load(command *c) {
  quid_run_totals totals = {0};
  quid_store_counts counts;
  quid_error err = {0};
  quid_load_options options_of_records = {.user = c, .notice = tell, .progress = show_progress};
  quid_status status = quid_store_open(&c->store, c->db, QUID_STORE_WRITE, &err);
  if (!status) quid_store_set_batch(c->store, c->batch);
  bool nothing = (c->index || c->match) && !c->records && c->n_paths == 0;
  if (!nothing && c->n_paths == 0) c->paths[c->n_paths++] = "-";
  if (!status && c->records) status = quid_load_records(&totals, c->store, c->paths, c->n_paths, &options_of_records, &err);
  else if (!status && !nothing) status = load_documents(c, &totals, &err);
  if (!status && !c->no_match && (c->match || !c->records)) status = quid_store_match(c->store, &err);
  if (!status && c->index) status = quid_store_index(c->store, &err);
  cli_progress_wipe(&c->progress);
  if (c->store) quid_store_count(c->store, &counts);
  if (c->store && !c->quiet)
    cli_say("%s: %llu documents, %llu events, %llu options added; %llu known", c->db, (unsigned long long)counts.n_documents,
            (unsigned long long)counts.n_events, (unsigned long long)counts.n_options, (unsigned long long)(counts.n_known + totals.n_known));
  quid_store_close(c->store);
  if (status) {
    cli_say_error(&err);
    return status == QUID_ERR_ARGUMENT ? CLI_USAGE : CLI_FAILED;
  }
  if (totals.n_failed && totals.n_failed == c->n_paths) return CLI_FAILED; /* all of them */
  return totals.n_skipped ? CLI_SKIPPED : CLI_DONE;
}

static int run(int argc, char **argv) {
  command c = {.run = {.show.records = QUID_RECORDS_ALL, .take = take, .known = is_known, .notice = tell, .progress = show_progress}};
  c.run.user = &c;
  c.paths = cli_operands_new(argc);
  if (!c.paths) return CLI_FAILED;
  cli_args args;
  int exit_code = -1;
  cli_args_open(&args, argc, argv, options);
  for (int id; exit_code < 0 && (id = cli_next(&args)) != CLI_END;) exit_code = read_option(&c, &args, id);
  if (exit_code < 0 && !c.db) {
    cli_say("no store given; see 'quid load --help'");
    exit_code = CLI_USAGE;
  }
  if (exit_code < 0) {
    cli_progress_open(&c.progress);
    exit_code = load(&c);
  }
  free(c.paths);
  return exit_code;
}

const cli_command cli_load = {
    .name = "load",
    .summary = "keep the events of files in a store",
    .help = help,
    .run = run,
};
