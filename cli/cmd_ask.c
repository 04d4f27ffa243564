/* quid events, show, ledger, sql ...: questions to a store. All take the same options; each is a line of the table below and a
 * cli_command beside it. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILTERS                                                                                    \
  "\n"                                                                                             \
  "  -f, --format FORMAT    table, json (lines), csv or tsv; otherwise table\n"                    \
  "      --from DATE        from this day, month or year on\n"                                     \
  "      --to DATE          up to this day, month or year, with it\n"                              \
  "      --actor ID[,ID]    somebody of these takes part: RUS, RUS.GOV, IGO.NATO\n"                \
  "      --status WORD[,..] asserted, reported, claimed ...; told is these three\n"                \
  "      --word-of ID[,ID]  on whose word\n"                                                       \
  "      --type TYPE[,..]   AID, ASSAULT ...\n"                                                    \
  "      --place WHERE      a country (UKR) or a part of a place's name\n"                         \
  "      --as-of DATE       what was known at the end of that day\n"                               \
  "      --text WORDS       the sentence has all these words; '\"so many\"' together; ship* also ships\n" \
  "      --one-a-day        of events of one day with the same sides and type only one\n"         \
  "  -n, --limit N          rows at most\n"                                                        \
  "  -h, --help             this text\n"

#define CODES "\nexit codes: 0 done, 1 failure, 2 usage\n"

enum { FORMAT = 1, FROM, TO, ACTOR, STATUS, WORD_OF, TYPE, PLACE, AS_OF, TEXT, LIMIT, ONE_A_DAY };
enum { MAX_OPERANDS = 4 };

static const cli_option options[] = {
    {"format", 'f', true, FORMAT}, {"from", 0, true, FROM},   {"to", 0, true, TO},       {"actor", 0, true, ACTOR}, {"status", 0, true, STATUS},
    {"word-of", 0, true, WORD_OF}, {"type", 0, true, TYPE},   {"place", 0, true, PLACE}, {"as-of", 0, true, AS_OF}, {"text", 0, true, TEXT}, {"limit", 'n', true, LIMIT},
    {"one-a-day", 0, false, ONE_A_DAY}, {0},
};

static const char *const formats[] = {"table", "json", "csv", "tsv", NULL}; /* in the order of quid_answer_format */

typedef struct question {
  const char *name;
  int least, most; /* operands behind DB */
  const char *wanted; /* said when there are too few */
  quid_status (*ask)(quid_answer **out, quid_store *store, const char *const *operands, const quid_filter *filter, quid_error *err);
} question;

typedef struct command {
  quid_filter filter;
  quid_answer_format format;
  const char *operands[MAX_OPERANDS + 1]; /* DB first */
  int n_operands;
} command;

/* Returns an exit code, or -1 to go on. */
static int read_option(command *c, const cli_args *args, int id) {
  int choice;
  unsigned limit;
  switch (id) {
  case CLI_STOP: return args->exit_code;
  case CLI_OPERAND:
    if (c->n_operands > MAX_OPERANDS) {
      cli_say("too many operands: '%s'", args->value);
      return CLI_USAGE;
    }
    c->operands[c->n_operands++] = args->value;
    break;
  case FORMAT:
    if ((choice = cli_choose(args, formats)) < 0) return CLI_USAGE;
    c->format = (quid_answer_format)choice;
    break;
  case LIMIT:
    if (!cli_number(args, 1, 1000000000, &limit)) return CLI_USAGE;
    c->filter.limit = limit;
    break;
  case FROM: c->filter.from = args->value; break;
  case TO: c->filter.to = args->value; break;
  case ACTOR: c->filter.actor = args->value; break;
  case STATUS: c->filter.status = args->value; break;
  case WORD_OF: c->filter.word_of = args->value; break;
  case TYPE: c->filter.type = args->value; break;
  case PLACE: c->filter.place = args->value; break;
  case TEXT: c->filter.text = args->value; break;
  case AS_OF: c->filter.as_of = args->value; break;
  case ONE_A_DAY: c->filter.one_a_day = true; break;
  default: break;
  }
  return -1;
}

static quid_status answer(const question *q, const command *c, quid_error *err) {
  quid_store *store;
  quid_answer *found = NULL;
  char *text = NULL;
  size_t n = 0;
  quid_status status = quid_store_open(&store, c->operands[0], QUID_STORE_READ, err);
  if (!status) status = q->ask(&found, store, c->operands + 1, &c->filter, err);
  if (!status) status = quid_answer_show(&text, &n, found, c->format, isatty(STDOUT_FILENO) ? cli_width() : 0, err);
  if (!status) status = cli_write(text, n, err);
  free(text);
  quid_answer_free(found);
  quid_store_close(store);
  return status;
}

static int run_question(const question *q, int argc, char **argv) {
  command c = {.format = QUID_ANSWER_TABLE};
  cli_args args;
  quid_error err = {0};
  cli_args_open(&args, argc, argv, options);
  for (int id, code; (id = cli_next(&args)) != CLI_END;)
    if ((code = read_option(&c, &args, id)) >= 0) return code;
  if (c.n_operands < 1 + q->least || c.n_operands > 1 + q->most) {
    cli_say("%s; see 'quid %s --help'", c.n_operands < 1 + q->least ? q->wanted : "too many operands", q->name);
    return CLI_USAGE;
  }
  quid_status status = answer(q, &c, &err);
  if (!status) return cli_finish(CLI_DONE);
  cli_say_error(&err);
  return status == QUID_ERR_ARGUMENT ? CLI_USAGE : CLI_FAILED;
}

#define QUESTION(WHAT, LEAST, MOST, WANTED, SUMMARY, HELP)                                         \
  static int run_##WHAT(int argc, char **argv) {                                                   \
    static const question q = {#WHAT, LEAST, MOST, WANTED, ask_##WHAT};                            \
    return run_question(&q, argc, argv);                                                           \
  }                                                                                                \
  const cli_command cli_##WHAT = {.name = #WHAT, .summary = SUMMARY, .help = HELP, .run = run_##WHAT}

/* ---- the questions ---- */

static quid_status ask_events(quid_answer **out, quid_store *s, const char *const *o, const quid_filter *f, quid_error *err) {
  (void)o;
  return quid_ask_events(out, s, f, err);
}
QUESTION(events, 0, 0, "no store given", "list the events of a store",
         "usage: quid events [OPTION...] DB\n\nLists the events that fit, newest first, with their sentences.\n" FILTERS
         "\nexamples:\n  quid events news.db --actor PRK --from 2024-10 --status told\n" CODES);

static quid_status ask_show(quid_answer **out, quid_store *s, const char *const *o, const quid_filter *f, quid_error *err) {
  (void)f;
  return quid_ask_event(out, s, o[0], err);
}
QUESTION(show, 1, 1, "a store and an event's id are wanted", "show all that a store knows of one event",
         "usage: quid show [OPTION...] DB EVENT\n\nShows the sentence of the event with that id, and all that was read in it.\n" FILTERS
         "\nexamples:\n  quid show news.db 5a1e40c9b2d07731\n" CODES);

static quid_status ask_ledger(quid_answer **out, quid_store *s, const char *const *o, const quid_filter *f, quid_error *err) {
  return quid_ask_ledger(out, s, o[0], o[0] ? o[1] : NULL, f, err);
}
QUESTION(ledger, 0, 2, "no store given", "who gave, promised, asked whom for what",
         "usage: quid ledger [OPTION...] DB [A [B]]\n\n"
         "What two parties gave, promised, asked of and are expected to give each other, by class of goods.\n"
         "Without B all partners of A; without both everybody.\n" FILTERS
         "\nexamples:\n  quid ledger news.db PRK RUS --from 2023\n" CODES);

static quid_status ask_occurrences(quid_answer **out, quid_store *s, const char *const *o, const quid_filter *f, quid_error *err) {
  (void)o;
  return quid_ask_occurrences(out, s, f, err);
}
QUESTION(occurrences, 0, 0, "no store given", "list events, each with all that tell of it",
         "usage: quid occurrences [OPTION...] DB\n\n"
         "Lists events of the world that two or more events of the store tell of, those with most sources first:\n"
         "how many events, documents and publishers tell of it (a copy counts for the publisher of its original),\n"
         "when first and last, and where the tellings differ. An event that is told once is in 'quid events' alone.\n" FILTERS
         "\nexamples:\n  quid occurrences news.db --from 2024-03 --type ASSAULT\n" CODES);

static quid_status ask_contradict(quid_answer **out, quid_store *s, const char *const *o, const quid_filter *f, quid_error *err) {
  (void)o;
  return quid_ask_contradict(out, s, f, err);
}
QUESTION(contradict, 0, 0, "no store given", "list events on which words differ",
         "usage: quid contradict [OPTION...] DB\n\n"
         "Lists events that one tells and another denies, that each side lays at the other's door, or of which\n"
         "the numbers differ, with both sentences.\n" FILTERS
         "\nexamples:\n  quid contradict news.db --actor RUS --from 2024\n" CODES);

static quid_status ask_sql(quid_answer **out, quid_store *s, const char *const *o, const quid_filter *f, quid_error *err) {
  (void)f;
  return quid_ask_sql(out, s, o[0], err);
}
QUESTION(sql, 1, 1, "a store and a statement are wanted", "ask a store in SQL, reading only",
         "usage: quid sql [OPTION...] DB STATEMENT\n\nRuns one statement of SQL that only reads. docs/store.md has the tables and views.\n" FILTERS
         "\nexamples:\n  quid sql news.db \"SELECT status, count(*) FROM events GROUP BY status\"\n" CODES);
