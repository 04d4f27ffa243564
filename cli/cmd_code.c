/* quid code: files -> events on standard output. The work is quid_run's; this reads the options. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "usage: quid code [OPTION...] [FILE...]\n"
    "\n"
    "Writes the events that the files tell of: who did what to whom, and whether it happened or was\n"
    "only said, planned, feared. Without a file, or for '-', reads the standard input.\n"
    "\n"
    "  -i, --input FORMAT     plain: a file is a document; jsonl: each line is a JSON object with\n"
    "                         \"text\" and, if known, \"id\", \"title\", \"published\", \"publisher\",\n"
    "                         \"byline\", \"url\", \"language\". Otherwise by the name: .jsonl, .ndjson\n"
    "  -d, --date DATE        day of publication of what brings no date, such as 2024-11-25\n"
    "  -f, --format FORMAT    table, jsonl or tsv; otherwise table on a terminal, else jsonl\n"
    "  -r, --records WHAT     events: who did what to whom; options: what somebody is urged to do;\n"
    "                         links: what is given for what, what hangs on what; all.\n"
    "                         Otherwise events and options in a table, else events; tsv has no all\n"
    "  -x, --explain          show how each sentence was read, and what stopped those without events;\n"
    "                         goes with the table\n"
    "  -t, --threads N        number of threads; otherwise one per processor\n"
    "      --prefilter        do not parse sentences that cannot tell an event: faster\n"
    "      --model FILE       use this model of the language\n"
    "      --knowledge DIR    use these dictionaries\n"
    "      --dictionary WHERE code with PETRARCH or TABARI dictionaries instead: a folder, a\n"
    "                         PETR_config.ini, or files joined by commas\n"
    "      --dictionary-beside  and with quid's own too\n"
    "      --color WHEN       auto, always or never; auto is for a terminal without NO_COLOR\n"
    "  -h, --help             this text\n"
    "\n"
    "examples:\n"
    "  quid code --date 2024-11-25 article.txt\n"
    "  quid code news.jsonl > events.jsonl\n"
    "  curl -s https://example.org/a.txt | quid code --format tsv -\n"
    "  quid code --dictionary examples/dictionary examples/sample.txt\n"
    "  quid code news.jsonl | jq -r 'select(.status == \"asserted\") | .event'\n"
    "  quid code --records options opinion.txt | jq -r .deed.text\n"
    "\n"
    "exit codes: 0 done, 1 failure, 2 usage, 3 some documents skipped (each named on stderr)\n";

enum { INPUT = 1, DATE, FORMAT, EXPLAIN, THREADS, MODEL, KNOWLEDGE, COLOR, DICTIONARY, BESIDE, PREFILTER, RECORDS };

static const cli_option options[] = {
    {"input", 'i', true, INPUT},       {"date", 'd', true, DATE},
    {"format", 'f', true, FORMAT},     {"explain", 'x', false, EXPLAIN},
    {"records", 'r', true, RECORDS},
    {"threads", 't', true, THREADS},   {"model", 0, true, MODEL},
    {"knowledge", 0, true, KNOWLEDGE}, {"color", 0, true, COLOR},
    {"dictionary", 0, true, DICTIONARY}, {"dictionary-beside", 0, false, BESIDE},
    {"prefilter", 0, false, PREFILTER},
    {0},
};

/* In the order of quid_input, quid_format and quid_records. */
static const char *const inputs[] = {"auto", "plain", "jsonl", NULL};
static const char *const formats[] = {"jsonl", "tsv", "table", NULL};
static const char *const records[] = {"default", "events", "options", "links", "all", NULL};
static const char *const whens[] = {"auto", "always", "never", NULL};

typedef struct command {
  quid_run_options run;
  quid_context_options context;
  const char *color;
  int format; /* a quid_format, or -1 when not given */
  const char **paths; /* [n_paths] */
  size_t n_paths;
  cli_progress progress;
} command;

/* Returns an exit code, or -1 to go on. */
static int read_option(command *c, const cli_args *args, int id) {
  int choice = 0;
  switch (id) {
  case CLI_STOP: return args->exit_code;
  case CLI_OPERAND: c->paths[c->n_paths++] = args->value; break;
  case INPUT:
    if ((choice = cli_choose(args, inputs)) < 0) return CLI_USAGE;
    c->run.input = (quid_input)choice;
    break;
  case FORMAT:
    if ((choice = cli_choose(args, formats)) < 0) return CLI_USAGE;
    c->format = choice;
    break;
  case RECORDS:
    if ((choice = cli_choose(args, records + 1)) < 0) return CLI_USAGE;
    c->run.show.records = (quid_records)(choice + 1);
    break;
  case COLOR:
    if ((choice = cli_choose(args, whens)) < 0) return CLI_USAGE;
    c->color = whens[choice];
    break;
  case THREADS:
    if (!cli_number(args, 1, QUID_MAX_THREADS, &c->run.n_threads)) return CLI_USAGE;
    break;
  case DATE: c->run.published = args->value; break;
  case EXPLAIN: c->run.show.explain = true; break;
  case PREFILTER: c->run.prefilter = c->context.prefilter = true; break;
  case MODEL: c->context.model = args->value; break;
  case KNOWLEDGE: c->context.knowledge = args->value; break;
  case DICTIONARY:
    if (!*args->value) {
      cli_say("'--dictionary' wants a folder or files");
      return CLI_USAGE;
    }
    c->context.dictionary = args->value;
    break;
  case BESIDE: c->context.dictionary_beside = true; break;
  default: break;
  }
  return -1;
}

/* Returns an exit code, or -1 to go on. */
static int choose_format(command *c) {
  if (c->context.dictionary_beside && !c->context.dictionary) {
    cli_say("'--dictionary-beside' goes with '--dictionary' alone");
    return CLI_USAGE;
  }
  bool table = c->run.show.explain || isatty(STDOUT_FILENO);
  c->run.show.format = c->format >= 0 ? (quid_format)c->format
                       : table        ? QUID_FORMAT_TABLE
                                      : QUID_FORMAT_JSONL;
  if (c->run.show.format == QUID_FORMAT_TSV && c->run.show.records == QUID_RECORDS_ALL) {
    cli_say("'--records all' does not go with '--format tsv', whose lines are of one kind");
    return CLI_USAGE;
  }
  if (!c->run.show.explain || c->run.show.format == QUID_FORMAT_TABLE) return -1;
  cli_say("'--explain' goes with '--format table' alone");
  return CLI_USAGE;
}

static quid_status write_out(void *user, const char *bytes, size_t n_bytes, quid_error *err) {
  command *c = user;
  cli_progress_wipe(&c->progress);
  return cli_write(bytes, n_bytes, err);
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

/* What a dictionary held, and where it could not be read. */
static void tell_dictionary(const quid_context *ctx) {
  quid_dictionary_counts n;
  if (!quid_context_dictionary(ctx, &n)) return;
  for (size_t i = 0; i < quid_context_n_notes(ctx); i++) cli_say_error(quid_context_note(ctx, i));
  cli_say("dictionary: %u names, %u agents, %u verbs, %u patterns, %u discards from %u file%s; %u line%s not read", n.names, n.agents,
          n.verbs, n.patterns, n.discards, n.files, n.files == 1 ? "" : "s", n.unread, n.unread == 1 ? "" : "s");
}

static int code(command *c) {
  quid_context *ctx = NULL;
  quid_run_totals totals = {0};
  quid_error err = {0};
  quid_status status = quid_context_new(&ctx, &c->context, &err);
  if (!status) tell_dictionary(ctx);
  if (!status) status = quid_run(&totals, ctx, c->paths, c->n_paths, &c->run, &err);
  cli_progress_wipe(&c->progress);
  quid_context_free(ctx);
  if (status) {
    cli_say_error(&err);
    return status == QUID_ERR_ARGUMENT ? CLI_USAGE : CLI_FAILED;
  }
  if (totals.n_failed && totals.n_documents == 0) return cli_finish(CLI_FAILED);
  return cli_finish(totals.n_skipped ? CLI_SKIPPED : CLI_DONE);
}

static int run(int argc, char **argv) {
  command c = {.color = "auto", .format = -1, .run = {.write = write_out, .notice = tell}};
  c.run.user = &c;
  c.paths = cli_operands_new(argc);
  if (!c.paths) return CLI_FAILED;
  cli_args args;
  int exit_code = -1;
  cli_args_open(&args, argc, argv, options);
  for (int id; exit_code < 0 && (id = cli_next(&args)) != CLI_END;)
    exit_code = read_option(&c, &args, id);
  if (exit_code < 0) exit_code = choose_format(&c);
  if (exit_code < 0) {
    if (c.n_paths == 0) {
      c.paths[c.n_paths++] = "-";
      if (isatty(STDIN_FILENO)) cli_say("reading from the terminal; Ctrl-D ends the text");
    }
    c.run.show.color = cli_wants_color(c.color, stdout);
    c.run.show.width = cli_width();
    c.run.progress = show_progress;
    cli_progress_open(&c.progress);
    exit_code = code(&c);
  }
  free(c.paths);
  return exit_code;
}

const cli_command cli_code = {
    .name = "code",
    .summary = "write the events of plain text or JSON lines",
    .help = help,
    .run = run,
};
