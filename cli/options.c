/* cli: argv -> options and operands, in order. An unknown option is answered with the nearest valid
 * one (Damerau-Levenshtein distance, restricted to neighbours swapped once).
 * Example: "--formt=tsv" -> "unknown option '--formt'; did you mean '--format'?" */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MAX_WORD_BYTES 64 /* longer words are not compared */

static size_t min3(size_t a, size_t b, size_t c) {
  size_t m = a < b ? a : b;
  return m < c ? m : c;
}

static size_t distance(const char *a, const char *b) {
  size_t n = strlen(a), m = strlen(b);
  size_t rows[3][MAX_WORD_BYTES + 1]; /* [i % 3][j]: cost of making b[..j] of a[..i] */
  for (size_t j = 0; j <= m; j++) rows[0][j] = j;
  for (size_t i = 1; i <= n; i++) {
    size_t *now = rows[i % 3], *above = rows[(i + 2) % 3], *above2 = rows[(i + 1) % 3];
    now[0] = i;
    for (size_t j = 1; j <= m; j++) {
      now[j] = min3(above[j] + 1, now[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
      bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped && above2[j - 2] + 1 < now[j]) now[j] = above2[j - 2] + 1;
    }
  }
  return rows[n % 3][m];
}

const char *cli_nearest(const char *text, const char *const *words) {
  size_t len = strlen(text);
  if (len == 0 || len > MAX_WORD_BYTES) return NULL;
  const char *best = NULL;
  size_t best_distance = len / 3 + 2; /* farther is no help */
  for (size_t i = 0; words[i]; i++) {
    if (strlen(words[i]) > MAX_WORD_BYTES) continue;
    size_t d = distance(text, words[i]);
    bool prefix = strncmp(text, words[i], len) == 0;
    if (prefix) d = 1;
    if (d < best_distance) best = words[i], best_distance = d;
  }
  return best;
}

const char **cli_operands_new(int argc) {
  const char **operands = calloc((size_t)argc + 1, sizeof *operands);
  if (!operands) cli_say("out of memory");
  return operands;
}

void cli_args_open(cli_args *args, int argc, char **argv, const cli_option *options) {
  *args = (cli_args){.argc = argc, .argv = argv, .options = options, .at = 1};
}

static int stop(cli_args *args, int exit_code) {
  args->exit_code = exit_code;
  return CLI_STOP;
}

static int show_help(cli_args *args) {
  for (size_t i = 0; cli_commands[i]; i++)
    if (strcmp(cli_commands[i]->name, args->argv[0]) == 0) fputs(cli_commands[i]->help, stdout);
  return stop(args, cli_finish(CLI_DONE));
}

#define MAX_OPTIONS 32

static int unknown(cli_args *args, const char *dashes, const char *name) {
  const char *words[MAX_OPTIONS + 2] = {"help"};
  size_t n = 1;
  for (const cli_option *o = args->options; o->name && n <= MAX_OPTIONS; o++) words[n++] = o->name;
  const char *near = strlen(dashes) == 2 ? cli_nearest(name, words) : NULL;
  if (near)
    cli_say("unknown option '%s%s'; did you mean '--%s'?", dashes, name, near);
  else
    cli_say("unknown option '%s%s'; see 'quid help %s'", dashes, name, args->argv[0]);
  return stop(args, CLI_USAGE);
}

/* Takes the value of an option from the next argument. */
static int take_value(cli_args *args, const cli_option *o) {
  if (args->at >= args->argc) {
    cli_say("no value for '--%s'; see 'quid help %s'", o->name, args->argv[0]);
    return stop(args, CLI_USAGE);
  }
  args->value = args->argv[args->at++];
  return o->id;
}

static int long_option(cli_args *args, const char *text) {
  char name[MAX_WORD_BYTES];
  size_t len = strcspn(text, "=");
  const char *value = text[len] == '=' ? text + len + 1 : NULL;
  snprintf(name, sizeof name, "%.*s", len < sizeof name ? (int)len : (int)sizeof name - 1, text);
  if (strcmp(name, "help") == 0) return show_help(args);
  for (const cli_option *o = args->options; o->name; o++) {
    if (strcmp(o->name, name) != 0) continue;
    args->name = o->name;
    if (value && !o->has_value) {
      cli_say("'--%s' takes no value", o->name);
      return stop(args, CLI_USAGE);
    }
    args->value = value;
    return o->has_value && !value ? take_value(args, o) : o->id;
  }
  return unknown(args, "--", name);
}

/* One letter of a bundle; the last may have a value. */
static int letter_option(cli_args *args, const char *bundle) {
  char letter = bundle[args->letter];
  for (const cli_option *o = args->options; o->name; o++) {
    if (o->letter != letter) continue;
    const char *rest = bundle + args->letter + 1;
    args->name = o->name;
    if (!o->has_value) {
      if (*rest) args->letter++;
      else args->letter = 0, args->at++;
      return o->id;
    }
    args->letter = 0;
    args->at++;
    if (!*rest) return take_value(args, o);
    args->value = *rest == '=' ? rest + 1 : rest;
    return o->id;
  }
  if (letter == 'h') return show_help(args);
  return unknown(args, "-", (char[]){letter, '\0'});
}

int cli_next(cli_args *args) {
  args->value = NULL;
  if (args->at >= args->argc) return CLI_END;
  const char *text = args->argv[args->at];
  if (args->letter) return letter_option(args, text);
  if (!args->only_operands && strcmp(text, "--") == 0) {
    args->only_operands = true;
    args->at++;
    return cli_next(args);
  }
  if (!args->only_operands && text[0] == '-' && text[1] == '-') {
    args->at++;
    return long_option(args, text + 2);
  }
  if (!args->only_operands && text[0] == '-' && text[1]) {
    args->letter = 1;
    return letter_option(args, text);
  }
  args->at++;
  args->value = text;
  return CLI_OPERAND;
}

int cli_choose(const cli_args *args, const char *const *words) {
  for (int i = 0; words[i]; i++)
    if (strcmp(args->value, words[i]) == 0) return i;
  const char *near = cli_nearest(args->value, words);
  char list[256] = "";
  for (size_t i = 0, len = 0; words[i] && len < sizeof list; i++)
    len += (size_t)snprintf(list + len, sizeof list - len, "%s%s", i ? ", " : "", words[i]);
  if (near)
    cli_say("unknown value '%s' for '--%s'; did you mean '%s'?", args->value, args->name, near);
  else
    cli_say("unknown value '%s' for '--%s'; it takes one of: %s", args->value, args->name, list);
  return -1;
}

bool cli_number(const cli_args *args, unsigned low, unsigned high, unsigned *out) {
  char *end;
  errno = 0;
  unsigned long number = strtoul(args->value, &end, 10);
  bool digits = args->value[0] >= '0' && args->value[0] <= '9' && *end == '\0';
  if (!digits || errno || number < low || number > high) {
    cli_say("bad value '%s' for '--%s'; it takes a number from %u to %u", args->value, args->name,
            low, high);
    return false;
  }
  *out = (unsigned)number;
  return true;
}
