/* quid relate: tables of sentences with two marked phrases -> the deed that links them. The work is quid_relate's. */
#include "cli.h"

#include <stdlib.h>

static const char help[] =
    "usage: quid relate [OPTION...] [FILE...]\n"
    "\n"
    "Reads tables with tabs between fields and a header that names the columns sentence, source and\n"
    "target (other columns are passed over), and writes for each row, in the same order, which deed\n"
    "links the two phrases. Without a file, or for '-', reads the standard input.\n"
    "\n"
    "columns of the answer:\n"
    "  line        of the row in its file\n"
    "  event       PLOVER type after PLOVER's conventions on tense and negation: a promised deed of\n"
    "              cooperation is an AGREE, a conflict deed only announced a THREATEN, cooperation\n"
    "              refused a REJECT, aid withdrawn a SANCTION; NONE where no deed links the two\n"
    "  quad        its quad class\n"
    "  mode        its PLOVER mode, '-' for none\n"
    "  deed        the type of the deed as named, whatever its status\n"
    "  status      of that deed: asserted, claimed, planned ... (see 'man quid')\n"
    "  confidence  0 to 1: how likely the event is right\n"
    "  trigger     the word that names the deed\n"
    "\n"
    "      --model FILE       use this model of the language\n"
    "      --knowledge DIR    use these dictionaries\n"
    "  -h, --help             this text\n"
    "\n"
    "examples:\n"
    "  quid relate pairs.tsv > relations.tsv\n"
    "\n"
    "exit codes: 0 done, 1 failure, 2 usage, 3 some rows or files skipped (each named on stderr)\n";

enum { MODEL = 1, KNOWLEDGE };

static const cli_option options[] = {{"model", 0, true, MODEL}, {"knowledge", 0, true, KNOWLEDGE}, {0}};

static quid_status write_out(void *user, const char *bytes, size_t n_bytes, quid_error *err) {
  (void)user;
  return cli_write(bytes, n_bytes, err);
}

static void tell(void *user, quid_notice kind, const quid_error *what) {
  (void)user;
  (kind == QUID_NOTICE_WARNING ? cli_say_error : cli_say_skipped)(what);
}

static int work(const quid_context_options *context, const char *const *paths, size_t n_paths) {
  static const char *const standard_input[] = {"-"};
  quid_relate_options relate = {.write = write_out, .notice = tell};
  quid_relate_totals totals = {0};
  quid_context *ctx = NULL;
  quid_error err = {0};
  quid_status status = quid_context_new(&ctx, context, &err);
  if (!status) status = quid_relate(&totals, ctx, n_paths ? paths : standard_input, n_paths ? n_paths : 1, &relate, &err);
  quid_context_free(ctx);
  if (status) {
    cli_say_error(&err);
    return CLI_FAILED;
  }
  if (totals.n_failed && totals.n_rows == 0) return cli_finish(CLI_FAILED);
  return cli_finish(totals.n_failed || totals.n_skipped ? CLI_SKIPPED : CLI_DONE);
}

static int run(int argc, char **argv) {
  quid_context_options context = {0};
  const char **paths = cli_operands_new(argc);
  size_t n_paths = 0;
  cli_args args;
  int exit_code = -1;
  if (!paths) return CLI_FAILED;
  cli_args_open(&args, argc, argv, options);
  for (int id; exit_code < 0 && (id = cli_next(&args)) != CLI_END;) {
    if (id == CLI_STOP) exit_code = args.exit_code;
    else if (id == MODEL) context.model = args.value;
    else if (id == KNOWLEDGE) context.knowledge = args.value;
    else paths[n_paths++] = args.value;
  }
  if (exit_code < 0) exit_code = work(&context, paths, n_paths);
  free(paths);
  return exit_code;
}

const cli_command cli_relate = {
    .name = "relate",
    .summary = "say which deed links two marked phrases of a sentence",
    .help = help,
    .run = run,
};
