/* ask: rows of pairs (who dealt with whom, when, how) that fit a filter, for the network, the series and the brief. */
#ifndef QI_ASK_PAIRS_H
#define QI_ASK_PAIRS_H

#include "ask/ask.h"
#include "quid/event.h"
#include "quid/network.h"

typedef enum qi_quad { QI_VERBAL_COOPERATION, QI_MATERIAL_COOPERATION, QI_VERBAL_CONFLICT, QI_MATERIAL_CONFLICT, QI_NO_QUAD } qi_quad;
enum { QI_N_QUADS = QI_NO_QUAD };

qi_quad qi_quad_of(quid_event_type type); /* QI_NO_QUAD for none */

#define QI_N_TYPES 16

typedef struct qi_ids {
  int64_t *items;
  size_t len, cap;
} qi_ids;

/* Which rows are wanted. */
typedef struct qi_pairs {
  quid_store *store;
  quid_filter rest;     /* of the filter: what only the events themselves can answer */
  bool sums;            /* read dyad_month, else dyad */
  bool told;            /* read dyad_told instead */
  bool events;          /* join the events, for `rest` */
  bool directed;        /* only what `a` did to `b` */
  bool known;           /* both parties known and not the same one */
  qi_days_of days;
  const char *types, *statuses; /* lists, NULL all */
  qi_ids a, b;          /* name.id of the parties; none: anybody */
  int64_t type_ids[QI_N_TYPES]; /* name.id by quid_event_type, 0 none in the store */
  sqlite3_stmt *example;
  int example_type;     /* number of its parameter */
} qi_pairs;

typedef struct qi_pair_row {
  int64_t a, b;         /* name.id, 0 nobody known */
  qi_day day;           /* of sums the first of the month */
  int64_t type;         /* 0 several */
  int64_t n;
  int64_t of[QI_NO_QUAD + 1]; /* of these by quad class */
  double score;         /* sum */
} qi_pair_row;

/* a, b: lists of parties or NULL. by_month: days within a month need not be told apart. Without --status what was told to have happened
 * (asserted, reported, claimed); "all" is everything. Clear it whatever is returned. Errors: those of the questions. */
quid_status qi_pairs_init(qi_pairs *p, quid_store *s, const quid_filter *f, const char *a, const char *b, bool by_month, quid_error *err);
void qi_pairs_clear(qi_pairs *p);
/* Hands all rows to `take`, in no order that means something; stops at the first failure. */
typedef quid_status qi_pairs_take(void *user, const qi_pair_row *row, quid_error *err);
quid_status qi_pairs_read(qi_pairs *p, qi_pairs_take *take, void *user, quid_error *err);

/* The event of that pair, type (0: any) and span with the strongest score, the latest of these. */
typedef struct qi_example {
  char id[20];          /* "" there is none */
  qi_day day;
} qi_example;
quid_status qi_pairs_example(qi_example *out, qi_pairs *p, int64_t a, int64_t b, qi_day from, qi_day to, int64_t type, quid_error *err);

/* Adds "dyad x JOIN event e ... WHERE ..." for the rows of a and b, in that order, that fit the filter. */
quid_status qi_pairs_where(qi_query *q, qi_pairs *p, int64_t a, int64_t b, qi_day from, qi_day to, quid_error *err);

/* Id ("RUS") and name ("Russia") of a party, copied into the arena. */
quid_status qi_pairs_party(const char **id, const char **name, quid_store *s, int64_t party, qi_arena *arena, quid_error *err);

int32_t qi_month_of(qi_day day);     /* year * 12 + month - 1 */
qi_day qi_month_first(int32_t month);
qi_day qi_month_last(int32_t month);

/* network.c: fills in the tie's example. */
quid_status qi_network_example(quid_network *network, quid_tie *tie, quid_error *err);

#endif
