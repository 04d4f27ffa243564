/* quid check: a folder of dictionaries -> every mistake in it. The work is quid_check's. */
#include "cli.h"

#include <string.h>

static const char help[] =
    "usage: quid check [OPTION...] [FOLDER]\n"
    "\n"
    "Checks dictionaries and writes what is wrong in them, one finding a line, in order:\n"
    "  file:line:column: problem\n"
    "Without a folder, the dictionaries that 'quid code' would use. Warnings are findings that may be\n"
    "right as they stand; they are marked so, and do not fail the check.\n"
    "\n"
    "  -s, --strict           warnings fail the check too\n"
    "  -e, --errors           leave out the warnings\n"
    "  -h, --help             this text\n"
    "\n"
    "examples:\n"
    "  quid check knowledge/\n"
    "  quid check --errors knowledge/ | head\n"
    "\n"
    "exit codes: 0 nothing wrong, 1 errors (with --strict also warnings), or failure; 2 usage\n";

enum { STRICT = 1, ERRORS };

static const cli_option options[] = {{"strict", 's', false, STRICT}, {"errors", 'e', false, ERRORS}, {0}};

typedef struct command {
  bool strict, only_errors;
  const char *folder; /* NULL: search */
} command;

static void tell(void *user, const quid_finding *f) {
  const command *c = user;
  if (f->warning && c->only_errors) return;
  printf("%s:%zu:%zu: %s%s\n", f->file, f->line, f->column, f->warning ? "warning: " : "", f->message);
}

static const char *plural(size_t n) { return n == 1 ? "" : "s"; }

static int work(command *c) {
  quid_check_totals totals;
  quid_error err = {0};
  if (quid_check(&totals, c->folder, tell, c, &err)) {
    cli_say_error(&err);
    return CLI_FAILED;
  }
  bool bad = totals.n_errors || (c->strict && totals.n_warnings);
  int code = cli_finish(bad ? CLI_FAILED : CLI_DONE);
  cli_say("%zu error%s, %zu warning%s in %zu files", totals.n_errors, plural(totals.n_errors), totals.n_warnings,
          plural(totals.n_warnings), totals.n_files);
  return code;
}

static int run(int argc, char **argv) {
  command c = {0};
  cli_args args;
  cli_args_open(&args, argc, argv, options);
  for (int id; (id = cli_next(&args)) != CLI_END;) switch (id) {
    case CLI_STOP: return args.exit_code;
    case STRICT: c.strict = true; break;
    case ERRORS: c.only_errors = true; break;
    default:
      if (c.folder) {
        cli_say("one folder only, not also '%s'", args.value);
        return CLI_USAGE;
      }
      c.folder = args.value;
    }
  return work(&c);
}

const cli_command cli_check = {
    .name = "check",
    .summary = "write everything that is wrong in the dictionaries",
    .help = help,
    .run = run,
};
