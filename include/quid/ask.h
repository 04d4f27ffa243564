/* Questions to a store. Each gives a table whose rows lead to the events, and so to the sentences, that they rest on.
 *
 * Threads: one question at a time for a store. */
#ifndef QUID_ASK_H
#define QUID_ASK_H

#include "quid/error.h"
#include "quid/store.h"
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a question looks at. Any may be NULL: all. Lists are joined by commas. */
typedef struct quid_filter {
  const char *from, *to;  /* ISO dates, months or years, inclusive */
  const char *actor;      /* ids or their first parts, "RUS", "RUS.GOV", "IGO.NATO": somebody of them takes part */
  const char *status;     /* "asserted,claimed"; "told": asserted, reported, claimed */
  const char *word_of;    /* on whose word */
  const char *type;       /* "AID,COOPERATE" */
  const char *place;      /* a country (alpha-3) or a part of the place's name */
  const char *as_of;      /* ISO date: what was known at the end of that day */
  const char *text;       /* words that the sentence has, all of them; "several words" together, prefix* */
  uint32_t limit;         /* rows at most, 0: the question's own */
  bool one_a_day;         /* of the events of one day with the same actors, recipients and type one alone, as ICEWS and PETRARCH do it */
} quid_filter;

typedef enum quid_answer_format { QUID_ANSWER_TABLE, QUID_ANSWER_JSON, QUID_ANSWER_CSV, QUID_ANSWER_TSV } quid_answer_format;

typedef struct quid_answer quid_answer;

void quid_answer_free(quid_answer *answer); /* NULL is fine */
size_t quid_answer_n_rows(const quid_answer *answer);
size_t quid_answer_n_columns(const quid_answer *answer);
const char *quid_answer_column(const quid_answer *answer, size_t column); /* its name, NULL there is none */
/* A cell as text, "" empty; NULL there is none. *Borrowed until quid_answer_free*. */
const char *quid_answer_cell(const quid_answer *answer, size_t row, size_t column);
/* *out: *new*, free it with free. width: columns of the terminal for a table, 0 as wide as it is. JSON: one object a line. */
quid_status quid_answer_show(char **out, size_t *n_bytes, const quid_answer *answer, quid_answer_format format, unsigned width,
                             quid_error *err);

/* All take: out *new*, free with quid_answer_free; filter NULL: all. Errors: QUID_ERR_ARGUMENT a filter that is none (no such date,
 * status, type, nobody of that id); QUID_ERR_IO; QUID_ERR_MEMORY. */

/* Events that fit, newest first. */
quid_status quid_ask_events(quid_answer **out, quid_store *store, const quid_filter *filter, quid_error *err);
/* All that the store knows of one event: fields and values, with its sentence. id: 16 hex digits. */
quid_status quid_ask_event(quid_answer **out, quid_store *store, const char *id, quid_error *err);
/* Events of the world that two or more events tell of, most sources first, with what they disagree about (quid_store_match). */
quid_status quid_ask_occurrences(quid_answer **out, quid_store *store, const quid_filter *filter, quid_error *err);
/* Where words differ: one says that it happened and another that it did not; who did it; how many. Both sentences. */
quid_status quid_ask_contradict(quid_answer **out, quid_store *store, const quid_filter *filter, quid_error *err);
/* Reads only: anything that would write is refused. */
quid_status quid_ask_sql(quid_answer **out, quid_store *store, const char *sql, quid_error *err);
/* What each of two parties gave, promised, was asked for and is expected to give the other, by class of goods, side by side. b NULL: all
 * partners of a; a NULL too: everybody. level: of the classes, 1 the roots of their tree (material, troops, people), 2 what is below
 * them (arms, money), 3 or 0 the classes themselves. */
quid_status quid_ask_ledger(quid_answer **out, quid_store *store, const char *a, const char *b, unsigned level, const quid_filter *filter,
                            quid_error *err);
/* The same over time, by "month" or "year", with what a gave more than b, NULL the others, up to then. a is needed. */
quid_status quid_ask_balance(quid_answer **out, quid_store *store, const char *a, const char *b, const char *by, const quid_filter *filter,
                             quid_error *err);
/* Bargains between a and b, newest first, both sides with the words that link them. NULL: as above. */
quid_status quid_ask_bargains(quid_answer **out, quid_store *store, const char *a, const char *b, const quid_filter *filter, quid_error *err);
/* Same parties, same classes of goods: one bargain; those that are told most often first. */
quid_status quid_ask_largest_bargains(quid_answer **out, quid_store *store, const quid_filter *filter, quid_error *err);
/* Promises, threats and ultimatums of a or b to the other, newest first, and what became of them. NULL: as above.
 * state: "open,kept,broken,expired" or some of them; NULL all. */
quid_status quid_ask_promises(quid_answer **out, quid_store *store, const char *a, const char *b, const char *state, const quid_filter *filter,
                              quid_error *err);
/* What is urged, most often urged first: by whom, on whom (on: only on that party, NULL anybody), toward whom, and whether it was done since. */
quid_status quid_ask_options(quid_answer **out, quid_store *store, const char *on, const quid_filter *filter, quid_error *err);

typedef enum quid_series_by { QUID_BY_DAY, QUID_BY_WEEK, QUID_BY_MONTH, QUID_BY_YEAR } quid_series_by;
/* Conflict and cooperation of a and b over time, a row for each period from the first that has events to the last. a, b: lists of ids,
 * NULL anybody. directed: only what a did to b. Like the brief and the network it looks at what was told to have happened (asserted,
 * reported, claimed) when the filter names no status; "all" is every status. */
quid_status quid_ask_series(quid_answer **out, quid_store *store, const char *a, const char *b, const quid_filter *filter, quid_series_by by,
                            bool directed, quid_error *err);
/* Each pair whose cooperation or conflict in a month is unlike its months before, most surprising first, with the events that account for
 * it. month: "2024-11", NULL the last that has events. */
quid_status quid_ask_brief(quid_answer **out, quid_store *store, const char *month, const quid_filter *filter, quid_error *err);

#ifdef __cplusplus
}
#endif
#endif
