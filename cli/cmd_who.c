/* quid who: a name -> what it can mean, and which meaning is taken. The work is quid_who_new's; this
 * reads the options. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "usage: quid who [OPTION...] NAME...\n"
    "\n"
    "Lists what a name can mean by the dictionaries, with the lines that say so, and marks the meaning\n"
    "that is taken, with the reason. A name is written as in a text (\"Lavrov\", \"the Kremlin\"), or is\n"
    "an id (RUS.GOV.SERGEY_LAVROV).\n"
    "\n"
    "  -d, --date DATE        the day in question, such as 2015-03-01; otherwise none\n"
    "      --text SENTENCE    take the name as this text means it\n"
    "  -m, --members          the members of the body that the name means: those of the date, or all\n"
    "                         with their dates\n"
    "  -f, --format FORMAT    table, json or tsv; otherwise table on a terminal, else json\n"
    "      --model FILE       use this model of the language\n"
    "      --knowledge DIR    use these dictionaries\n"
    "      --color WHEN       auto, always or never; auto is for a terminal without NO_COLOR\n"
    "  -h, --help             this text\n"
    "\n"
    "examples:\n"
    "  quid who Lavrov --date 2015-03-01\n"
    "  quid who Georgia --text 'Police in Atlanta, Georgia, arrested two men.'\n"
    "  quid who NATO --members --date 1999-04-01\n"
    "\n"
    "exit codes: 0 a meaning was chosen for each name, or members were listed; 1 none, or failure; 2 usage\n";

enum { DATE = 1, TEXT, MEMBERS, FORMAT, MODEL, KNOWLEDGE, COLOR };

static const cli_option options[] = {
    {"date", 'd', true, DATE},     {"text", 0, true, TEXT},   {"members", 'm', false, MEMBERS},
    {"format", 'f', true, FORMAT}, {"model", 0, true, MODEL}, {"knowledge", 0, true, KNOWLEDGE},
    {"color", 0, true, COLOR},     {0},
};

/* In the order of quid_format. */
static const char *const formats[] = {"json", "tsv", "table", NULL};
static const char *const whens[] = {"auto", "always", "never", NULL};

typedef struct command {
  quid_who_options who;
  quid_context_options context;
  quid_show_options show;
  const char *color;
  const char **names; /* [n_names] */
  size_t n_names;
} command;

/* Returns an exit code, or -1 to go on. */
static int read_option(command *c, const cli_args *args, int id) {
  int choice = 0;
  switch (id) {
  case CLI_STOP: return args->exit_code;
  case CLI_OPERAND: c->names[c->n_names++] = args->value; break;
  case DATE: c->who.date = args->value; break;
  case TEXT: c->who.text = args->value; break;
  case MEMBERS: c->who.members = true; break;
  case FORMAT:
    if ((choice = cli_choose(args, formats)) < 0) return CLI_USAGE;
    c->show.format = (quid_format)choice;
    break;
  case MODEL: c->context.model = args->value; break;
  case KNOWLEDGE: c->context.knowledge = args->value; break;
  case COLOR:
    if ((choice = cli_choose(args, whens)) < 0) return CLI_USAGE;
    c->color = whens[choice];
    break;
  default: break;
  }
  return -1;
}

static bool found(const command *c, const quid_who *who) {
  if (c->who.members) return quid_who_n_members(who) > 0;
  for (size_t i = 0; i < quid_who_n_meanings(who); i++)
    if (quid_who_meaning(who, i)->chosen) return true;
  return false;
}

/* Returns an exit code. */
static int show_one(const command *c, const quid_context *ctx, const char *name) {
  quid_who *who = NULL;
  quid_error err = {0};
  char *out = NULL;
  size_t n_bytes = 0;
  quid_status status = quid_who_new(&who, ctx, name, &c->who, &err);
  if (!status) status = quid_who_show(&out, &n_bytes, who, &c->show, &err);
  if (!status) status = cli_write(out, n_bytes, &err);
  int exit_code = status == QUID_ERR_ARGUMENT ? CLI_USAGE : status ? CLI_FAILED : found(c, who) ? CLI_DONE : CLI_FAILED;
  if (status) cli_say_error(&err);
  else if (c->who.members && exit_code) cli_say("no members of '%s' in the dictionaries%s", name, c->who.date ? " on that day" : "");
  free(out);
  quid_who_free(who);
  return exit_code;
}

static int work(const command *c) {
  quid_context *ctx = NULL;
  quid_error err = {0};
  if (quid_context_new(&ctx, &c->context, &err)) {
    cli_say_error(&err);
    return CLI_FAILED;
  }
  int worst = CLI_DONE;
  for (size_t i = 0; i < c->n_names && worst != CLI_USAGE; i++) {
    if (i && c->show.format == QUID_FORMAT_TABLE) putchar('\n');
    int code = show_one(c, ctx, c->names[i]);
    if (code > worst) worst = code;
  }
  quid_context_free(ctx);
  return cli_finish(worst);
}

static int run(int argc, char **argv) {
  command c = {.color = "auto", .show = {.format = isatty(STDOUT_FILENO) ? QUID_FORMAT_TABLE : QUID_FORMAT_JSONL}};
  c.names = cli_operands_new(argc);
  if (!c.names) return CLI_FAILED;
  cli_args args;
  int exit_code = -1;
  cli_args_open(&args, argc, argv, options);
  for (int id; exit_code < 0 && (id = cli_next(&args)) != CLI_END;) exit_code = read_option(&c, &args, id);
  if (exit_code < 0 && c.n_names == 0) {
    cli_say("no name; see 'quid help who'");
    exit_code = CLI_USAGE;
  }
  if (exit_code < 0) {
    c.show.color = cli_wants_color(c.color, stdout);
    exit_code = work(&c);
  }
  free(c.names);
  return exit_code;
}

const cli_command cli_who = {
    .name = "who",
    .summary = "tell what a name can mean, and which meaning is taken",
    .help = help,
    .run = run,
};
