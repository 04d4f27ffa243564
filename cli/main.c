/* quid: the program. Finds the command and runs it: `quid code news.txt` -> cli_code.run(2, ...). */
#include "cli.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

const cli_command *const cli_commands[] = {&cli_code, &cli_load, &cli_recode, &cli_events, &cli_show, &cli_ledger, &cli_promises, &cli_options, &cli_occurrences, &cli_contradict, &cli_network, &cli_series, &cli_brief, &cli_sql, &cli_parse, &cli_relate, &cli_who, &cli_check, &cli_help, NULL};

static const cli_command *find(const char *name) {
  for (size_t i = 0; cli_commands[i]; i++)
    if (strcmp(cli_commands[i]->name, name) == 0) return cli_commands[i];
  return NULL;
}

static int unknown(const char *word) {
  static const char *const options[] = {"help", "version", NULL};
  enum { MAX_COMMANDS = 32 };
  const char *names[MAX_COMMANDS + 1] = {0};
  for (size_t i = 0; cli_commands[i] && i < MAX_COMMANDS; i++) names[i] = cli_commands[i]->name;
  bool option = word[0] == '-';
  const char *near = cli_nearest(word + strspn(word, "-"), option ? options : names);
  const char *what = option ? "option" : "command";
  if (near) cli_say("unknown %s '%s'; did you mean '%s%s'?", what, word, option ? "--" : "", near);
  else if (!option && access(word, F_OK) == 0) cli_say("unknown command '%s'; did you mean 'quid code %s'?", word, word);
  else cli_say("unknown %s '%s'; see 'quid --help'", what, word);
  return CLI_USAGE;
}

static int run_help(int argc, char **argv);

int main(int argc, char **argv) {
  /* A reader that goes away (`quid code ... | head`) ends the program as it ends cat. */
  signal(SIGPIPE, SIG_DFL);
  if (argc < 2) {
    fputs("usage: quid COMMAND [OPTION...] [FILE...]; see 'quid --help'\n", stderr);
    return CLI_USAGE;
  }
  const char *word = argv[1];
  if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
    printf("quid %s\n", quid_version());
    return cli_finish(CLI_DONE);
  }
  if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) return run_help(1, argv);
  const cli_command *command = find(word);
  return command ? command->run(argc - 1, argv + 1) : unknown(word);
}

/* --- quid help --- */

static void print_overview(void) {
  fputs("quid reads news into events: who did what to whom, and whether it happened or was only said.\n"
        "\n"
        "usage: quid COMMAND [OPTION...] [FILE...]\n"
        "\n"
        "commands:\n",
        stdout);
  for (size_t i = 0; cli_commands[i]; i++)
    printf("  %-11s %s\n", cli_commands[i]->name, cli_commands[i]->summary);
  fputs("\n"
        "options:\n"
        "  -h, --help     this text; 'quid help COMMAND' for a command\n"
        "  -V, --version  version of the program\n"
        "\n"
        "examples:\n"
        "  quid code article.txt                  the events of an article, as a table\n"
        "  quid code --date 2024-11-25 a.txt      with its day of publication\n"
        "  quid code news.jsonl > events.jsonl    many articles, one JSON object a line\n"
        "\n"
        "exit codes: 0 done, 1 failure, 2 usage, 3 some documents skipped (each named on stderr)\n",
        stdout);
}

/* argc 1: the overview; else the help of the command argv[1]. */
static int run_help(int argc, char **argv) {
  if (argc < 2 || strcmp(argv[1], "--help") == 0) {
    print_overview();
    return cli_finish(CLI_DONE);
  }
  const cli_command *command = find(argv[1]);
  if (!command) return unknown(argv[1]);
  fputs(command->help, stdout);
  return cli_finish(CLI_DONE);
}

const cli_command cli_help = {
    .name = "help",
    .summary = "explain a command",
    .help = "usage: quid help [COMMAND]\n"
            "\n"
            "Explains a command, or lists all.\n",
    .run = run_help,
};
