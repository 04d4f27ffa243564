/* quid events, show, ledger, sql ...: questions to a store. All take the same options; each is a line of the table below and a
 * cli_command beside it. */
#include "cli.h"
#include "graph.h"

#include <stdio.h>
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

enum { FORMAT = 1, FROM, TO, ACTOR, STATUS, WORD_OF, TYPE, PLACE, AS_OF, TEXT, LIMIT, ONE_A_DAY, SHOW, NEAR, AGAINST, BY, DIRECTED, MONTH, LEVEL, BARGAINS, ALL, STATE };
enum { MAX_OPERANDS = 4 };

static const cli_option options[] = {
    {"format", 'f', true, FORMAT}, {"from", 0, true, FROM},   {"to", 0, true, TO},       {"actor", 0, true, ACTOR}, {"status", 0, true, STATUS},
    {"word-of", 0, true, WORD_OF}, {"type", 0, true, TYPE},   {"place", 0, true, PLACE}, {"as-of", 0, true, AS_OF}, {"limit", 'n', true, LIMIT},
    {"show", 0, true, SHOW},       {"near", 0, true, NEAR},   {"against", 0, true, AGAINST}, {"by", 0, true, BY}, {"directed", 0, false, DIRECTED},
    {"month", 0, true, MONTH},     {"text", 0, true, TEXT},    {"level", 0, true, LEVEL}, {"bargains", 0, false, BARGAINS}, {"all", 0, false, ALL},
    {"state", 0, true, STATE},     {"one-a-day", 0, false, ONE_A_DAY}, {0},
};

/* In the order of quid_answer_format; those of a network in that of quid_network_format. */
enum { FIRST_OF_NETWORK = 4 };
static const char *const formats[] = {"table", "json", "csv", "tsv", NULL};
static const char *const network_formats[] = {"table", "json", "csv", "tsv", "graphml", "gexf", "edges", NULL};
static const char *const shows[] = {"parties", "ties", NULL};
static const char *const periods[] = {"day", "week", "month", "year", NULL}; /* in the order of quid_series_by */

struct command;

typedef struct question {
  const char *name;
  int least, most; /* operands behind DB */
  const char *wanted; /* said when there are too few */
  quid_status (*ask)(quid_answer **out, quid_store *store, const char *const *operands, const quid_filter *filter, quid_error *err);
  /* Instead of ask, for a question with options of its own (their ids, 0 at the end) or formats. Gives an answer or a text. */
  quid_status (*ask_more)(quid_answer **out, char **text, size_t *n_bytes, quid_store *store, const struct command *c, quid_error *err);
  int own[8];
  const char *const *formats; /* NULL the usual ones */
} question;

typedef struct command {
  const question *question;
  quid_filter filter;
  int format; /* place in the question's formats */
  int show, by;
  bool directed, bargains, all;
  unsigned level; /* 0 not given */
  const char *by_name, *state; /* NULL not given */
  const char *near, *against, *month;
  const char *operands[MAX_OPERANDS + 1]; /* DB first */
  int n_operands;
} command;

static bool is_own(const question *q, int id) {
  for (size_t i = 0; i < sizeof q->own / sizeof *q->own && q->own[i]; i++)
    if (q->own[i] == id) return true;
  return false;
}

/* Returns an exit code, or -1 to go on. */
static int read_option(command *c, const cli_args *args, int id) {
  unsigned limit;
  if (id >= SHOW && !is_own(c->question, id)) {
    cli_say("'--%s' is no option of 'quid %s'", args->name, c->question->name);
    return CLI_USAGE;
  }
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
    if ((c->format = cli_choose(args, c->question->formats ? c->question->formats : formats)) < 0) return CLI_USAGE;
    break;
  case SHOW:
    if ((c->show = cli_choose(args, shows)) < 0) return CLI_USAGE;
    break;
  case BY:
    if ((c->by = cli_choose(args, periods)) < 0) return CLI_USAGE;
    c->by_name = periods[c->by];
    break;
  case LEVEL:
    if (!cli_number(args, 1, 3, &c->level)) return CLI_USAGE;
    break;
  case BARGAINS: c->bargains = true; break;
  case ALL: c->all = true; break;
  case STATE: c->state = args->value; break;
  case TEXT: c->filter.text = args->value; break;
  case DIRECTED: c->directed = true; break;
  case NEAR: c->near = args->value; break;
  case AGAINST: c->against = args->value; break;
  case MONTH: c->month = args->value; break;
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
  if (!status && q->ask_more) status = q->ask_more(&found, &text, &n, store, c, err);
  else if (!status) status = q->ask(&found, store, c->operands + 1, &c->filter, err);
  if (!status && found) status = quid_answer_show(&text, &n, found, (quid_answer_format)c->format, isatty(STDOUT_FILENO) ? cli_width() : 0, err);
  if (!status) status = cli_write(text, n, err);
  free(text);
  quid_answer_free(found);
  quid_store_close(store);
  return status;
}

static int run_question(const question *q, int argc, char **argv) {
  command c = {.question = q, .by = QUID_BY_MONTH};
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
    static const question q = {.name = #WHAT, .least = LEAST, .most = MOST, .wanted = WANTED, .ask = ask_##WHAT};                            \
    return run_question(&q, argc, argv);                                                           \
  }                                                                                                \
  const cli_command cli_##WHAT = {.name = #WHAT, .summary = SUMMARY, .help = HELP, .run = run_##WHAT}

/* The same for ask_more; behind HELP the own options, and formats. */
#define QUESTION_MORE(WHAT, MOST, SUMMARY, HELP, FORMATS, ...)                                     \
  static int run_##WHAT(int argc, char **argv) {                                                   \
    static const question q = {.name = #WHAT, .most = MOST, .wanted = "no store given", .ask_more = ask_##WHAT, .own = {__VA_ARGS__}, .formats = FORMATS}; \
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

static quid_status ask_ledger(quid_answer **out, char **text, size_t *n_bytes, quid_store *s, const command *c, quid_error *err) {
  (void)text, (void)n_bytes;
  const char *a = c->operands[1], *b = a ? c->operands[2] : NULL;
  if (c->all) return quid_ask_largest_bargains(out, s, &c->filter, err);
  if (c->bargains) return quid_ask_bargains(out, s, a, b, &c->filter, err);
  if (c->by_name) return quid_ask_balance(out, s, a, b, c->by_name, &c->filter, err);
  return quid_ask_ledger(out, s, a, b, c->level, &c->filter, err);
}
QUESTION_MORE(ledger, 2, "who gave, promised, asked whom for what",
              "usage: quid ledger [OPTION...] DB [A [B]]\n\n"
              "What two parties gave, promised, asked of and are expected to give each other, by class of goods,\n"
              "side by side: '2 (claimed 2)' under 'A > B' is what A gave, promised, was asked for. Without B all\n"
              "partners of A; without both everybody, by whole months. Counts are of events, not of goods.\n"
              "\n"
              "      --bargains         what was given for what: both sides, the words that link them\n"
              "      --all              the largest bargains anywhere: those that are told most often\n"
              "      --by month|year    the balance over time\n"
              "      --level 1|2|3      of the goods: material; arms; ammunition. Otherwise 3\n" FILTERS
              "\nexamples:\n  quid ledger news.db PRK RUS --from 2023\n  quid ledger news.db PRK RUS --bargains\n"
              "  quid ledger news.db PRK RUS --by month\n" CODES, NULL, BY, LEVEL, BARGAINS, ALL);

static quid_status ask_promises(quid_answer **out, char **text, size_t *n_bytes, quid_store *s, const command *c, quid_error *err) {
  (void)text, (void)n_bytes;
  return quid_ask_promises(out, s, c->operands[1], c->operands[1] ? c->operands[2] : NULL, c->state, &c->filter, err);
}
QUESTION_MORE(promises, 2, "promises, threats and ultimatums, and what became of them",
              "usage: quid promises [OPTION...] DB [A [B]]\n\n"
              "Promises, threats and ultimatums, newest first: open, kept (the deed was told later), broken (the\n"
              "opposite was, or a refusal) or expired (the deadline passed without it), with the sentences of both.\n"
              "Of A and of B to each other; without B of and to A; without both everybody's.\n"
              "\n"
              "      --state WORD[,..]  open, kept, broken, expired; otherwise all\n" FILTERS
              "\nexamples:\n  quid promises news.db ISR IRN --from 2024 --state broken\n" CODES, NULL, STATE);

static quid_status ask_options(quid_answer **out, quid_store *s, const char *const *o, const quid_filter *f, quid_error *err) {
  return quid_ask_options(out, s, o[0], f, err);
}
QUESTION(options, 0, 1, "no store given", "what is urged, on whom, and whether it was done",
         "usage: quid options [OPTION...] DB [WHO]\n\n"
         "What is urged, by whom, on whom, toward whom, how often; and whether it was done since. With WHO, only\n"
         "what is urged on WHO. 'not' marks what is urged not to be done.\n" FILTERS
         "\nexamples:\n  quid options news.db KOR\n" CODES);

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

#define TOLD "\nWithout --status it looks at what was told to have happened; --status all is everything.\n"

/* "2023-01..2023-12" -> first and last; each may be empty. room: of the text. */
static quid_status read_span(quid_filter *f, char *room, size_t n_bytes, const char *span, quid_error *err) {
  const char *dots = strstr(span, "..");
  size_t len = strlen(span), at = dots ? (size_t)(dots - span) : 0;
  if (!dots || len >= n_bytes) {
    err->code = QUID_ERR_ARGUMENT;
    snprintf(err->message, sizeof err->message, "no span of time: '%.60s'; wanted one as 2023-01..2023-12", span);
    return QUID_ERR_ARGUMENT;
  }
  memcpy(room, span, len + 1);
  room[at] = '\0';
  f->from = at ? room : NULL;
  f->to = room[at + 2] ? room + at + 2 : NULL;
  return QUID_OK;
}

static quid_status ask_change(quid_answer **out, quid_store *s, quid_network *now, const command *c, quid_error *err) {
  char room[64];
  quid_filter f = c->filter;
  quid_network *before = NULL;
  quid_status status = read_span(&f, room, sizeof room, c->against, err);
  if (!status) status = quid_ask_network(&before, s, &f, err);
  if (!status) status = cli_graph_measure(before, NULL, err);
  if (!status) status = quid_network_change(out, now, before, c->filter.limit, err);
  quid_network_free(before);
  return status;
}

static quid_status ask_network(quid_answer **out, char **text, size_t *n_bytes, quid_store *s, const command *c, quid_error *err) {
  quid_network *n = NULL;
  quid_status status = quid_ask_network(&n, s, &c->filter, err);
  if (!status) status = cli_graph_measure(n, c->near, err);
  if (status) goto cleanup;
  if (c->against) status = ask_change(out, s, n, c, err);
  else if (c->format >= FIRST_OF_NETWORK) status = quid_network_show(text, n_bytes, n, (quid_network_format)(c->format - FIRST_OF_NETWORK), err);
  else if (c->near) status = quid_network_near(out, n, c->filter.limit, err);
  else if (c->show == 1) status = quid_network_ties(out, n, c->filter.limit, err);
  else status = quid_network_parties(out, n, c->filter.limit, err);
cleanup:
  quid_network_free(n);
  return status;
}
QUESTION_MORE(network, 0, "who deals with whom: blocs, brokers, the isolated",
              "usage: quid network [OPTION...] DB\n\n"
              "Countries and bodies with their ties. Two stand together as far as the sum of the PLOVER scores of what\n"
              "they do to each other is above 0; by that: blocs (Leiden; 1 is the largest), brokers (share of the\n"
              "shortest ways between others), isolation (0 next to all, 1 far from all). Formats beyond\n"
              "those below: graphml, gexf (with dates) and edges (TSV), which hold all ties.\n" TOLD
              "\n"
              "      --show WHAT        parties or ties; otherwise parties\n"
              "      --near ID          how close the others stand to this one, and by whom\n"
              "      --against SPAN     what changed since another time: 2023-01..2023-12, 2023.., ..2022" FILTERS
              "\nexamples:\n"
              "  quid network news.db --from 2024\n"
              "  quid network news.db --near PRK --from 2024\n"
              "  quid network news.db --from 2024-07 --to 2024-12 --against 2024-01..2024-06\n"
              "  quid network news.db --format gexf > news.gexf\n" CODES,
              network_formats, SHOW, NEAR, AGAINST);

static quid_status ask_series(quid_answer **out, char **text, size_t *n_bytes, quid_store *s, const command *c, quid_error *err) {
  (void)text, (void)n_bytes;
  return quid_ask_series(out, s, c->operands[1], c->operands[1] ? c->operands[2] : NULL, &c->filter, (quid_series_by)c->by, c->directed, err);
}
QUESTION_MORE(series, 2, "conflict and cooperation of two parties over time",
              "usage: quid series [OPTION...] DB [A [B]]\n\n"
              "Events of A and B, in both directions, period by period: the four quad classes, the mean PLOVER score,\n"
              "where the level changes for good (change), and how unlike the periods before a period is: 2 is one in a\n"
              "hundred, 3 one in a thousand, below 0 when there are fewer than usual. Without B all partners of A, without\n"
              "both everybody.\n" TOLD
              "\n"
              "      --by PERIOD        day, week (its Monday), month or year; otherwise month\n"
              "      --directed         only what A did to B" FILTERS
              "\nexamples:\n  quid series news.db PRK RUS --by week --from 2024\n" CODES,
              NULL, BY, DIRECTED);

static quid_status ask_brief(quid_answer **out, char **text, size_t *n_bytes, quid_store *s, const command *c, quid_error *err) {
  (void)text, (void)n_bytes;
  return quid_ask_brief(out, s, c->month, &c->filter, err);
}
QUESTION_MORE(brief, 0, "which pairs changed in a month, and by what events",
              "usage: quid brief [OPTION...] DB\n\n"
              "Pairs whose cooperation or conflict in a month is unlike the two years before, most surprising first: arrows\n"
              "up and down, the events of the month, what is usual, and the events that account for it.\n" TOLD
              "\n"
              "      --month MONTH      2024-11; otherwise the last one that has events" FILTERS
              "\nexamples:\n  quid brief news.db --month 2024-11\n" CODES,
              NULL, MONTH);
