/* cli: what the commands share. main.c finds the command and runs it; each cmd_NAME.c is one command,
 * a thin use of the public API.
 *
 * A new command: write cmd_NAME.c with a `const cli_command cli_NAME`, declare it below, and add it
 * to the list in main.c and to cli/meson.build. Its help, `quid NAME --help` and `quid help NAME`,
 * comes from the struct. */
#ifndef QUID_CLI_CLI_H
#define QUID_CLI_CLI_H

#include "quid/quid.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Exit codes. */
enum {
  CLI_DONE = 0,
  CLI_FAILED = 1,
  CLI_USAGE = 2,
  CLI_SKIPPED = 3 /* some documents were skipped, each named on stderr */
};

typedef struct cli_command {
  const char *name;    /* "code" */
  const char *summary; /* one line for `quid --help` */
  const char *help;    /* the text of `quid help NAME` */
  int (*run)(int argc, char **argv); /* argv[0] is the name of the command; returns an exit code */
} cli_command;

extern const cli_command cli_code;
extern const cli_command cli_load;
extern const cli_command cli_events;
extern const cli_command cli_show;
extern const cli_command cli_ledger;
extern const cli_command cli_promises;
extern const cli_command cli_options;
extern const cli_command cli_recode;
extern const cli_command cli_network;
extern const cli_command cli_series;
extern const cli_command cli_brief;
extern const cli_command cli_occurrences;
extern const cli_command cli_contradict;
extern const cli_command cli_sql;
extern const cli_command cli_parse;
extern const cli_command cli_relate;
extern const cli_command cli_who;
extern const cli_command cli_check;
extern const cli_command cli_help;

/* All commands, ended by one without a name. */
extern const cli_command *const cli_commands[];

/* Options. A table of them ends with a zeroed one:
 *
 *   enum { FORMAT = 1, QUIET };
 *   static const cli_option options[] = {{"format", 'f', true, FORMAT}, {"quiet", 'q', false, QUIET}, {0}};
 *   cli_args args;
 *   cli_args_open(&args, argc, argv, options);
 *   for (int id; (id = cli_next(&args)) != CLI_END;)
 *     switch (id) {
 *     case FORMAT: ... args.value ...; break;
 *     case CLI_OPERAND: ... args.value ...; break;
 *     case CLI_STOP: return args.exit_code;   // --help was shown, or a bad option was named
 *     }
 *
 * Options and operands may be mixed; "--" ends the options; "-" is an operand. */
typedef struct cli_option {
  const char *name; /* without the dashes */
  char letter;      /* one-letter form, 0 for none */
  bool has_value;   /* --name VALUE or --name=VALUE; -lVALUE or -l VALUE */
  int id;           /* what cli_next gives, > 0 */
} cli_option;

enum { CLI_OPERAND = 0, CLI_END = -1, CLI_STOP = -2 };

typedef struct cli_args {
  int argc;
  char **argv;
  const cli_option *options;
  int at;              /* next argument */
  int letter;          /* next letter of a bundle ("-xyz"), 0 for none */
  bool only_operands;  /* after "--" */
  const char *name;    /* of the option just given, as in the table */
  const char *value;   /* of the option or operand just given, NULL for a flag */
  int exit_code;       /* when CLI_STOP was given */
} cli_args;

/* *new*: room for all operands; NULL, which is said, without memory. */
const char **cli_operands_new(int argc);
void cli_args_open(cli_args *args, int argc, char **argv, const cli_option *options);
int cli_next(cli_args *args);
/* The place of args->value in words[] (ended by NULL); else says so on stderr and gives -1. */
int cli_choose(const cli_args *args, const char *const *words);
/* args->value as a number from low to high; else says so and returns false. */
bool cli_number(const cli_args *args, unsigned low, unsigned high, unsigned *out);
/* The word of words[] (ended by NULL) that is nearest to `text`, NULL if none is near. */
const char *cli_nearest(const char *text, const char *const *words);

/* "quid: " and a message on stderr, with a new line after it. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
void cli_say(const char *fmt, ...);
/* The same for an error of the library: "quid: data.jsonl:3:17: not JSON". */
void cli_say_error(const quid_error *err);
/* And that it was skipped for that. */
void cli_say_skipped(const quid_error *err);
/* Flush standard output. Returns `code`, or CLI_FAILED with a message when writing fails. */
int cli_finish(int code);
/* Writes and flushes, so that a slow stream of documents comes out as it is done. */
quid_status cli_write(const char *bytes, size_t n_bytes, quid_error *err);
/* --color, NO_COLOR, and whether the stream is a terminal. choice: "auto", "always", "never". */
bool cli_wants_color(const char *choice, FILE *stream);
/* Columns of the terminal: of standard output, else $COLUMNS, else 100. */
unsigned cli_width(void);

/* One line on stderr that is drawn over and over. Zeroed: switched off. */
typedef struct cli_progress {
  bool on;
  bool stands;               /* a line is on the screen now */
  double started_s, drawn_s; /* clock */
} cli_progress;

/* Switched on when stderr is a terminal. */
void cli_progress_open(cli_progress *p);
/* Draws from the second document on, at most ten times a second. */
void cli_progress_show(cli_progress *p, const quid_run_totals *so_far);
/* Wipes the line, if one stands there. */
void cli_progress_wipe(cli_progress *p);

#endif
