/* The network of a store: parties and their ties, counted from the events that fit a filter.
 *
 * The library counts; blocs, brokers and distances are for a library of graphs to find, which libquid does without (the program has
 * igraph: cli/graph.c). Whoever measures writes into the fields marked so, before the network is shown. */
#ifndef QUID_NETWORK_H
#define QUID_NETWORK_H

#include "quid/ask.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct quid_party {
  const char *id, *name;  /* "RUS", "Russia" */
  uint64_t n_cooperation, n_conflict; /* events with others, both directions */
  double score;           /* sum, both directions */
  uint32_t n_partners;    /* with whom the score is above 0 */
  /* measured; NaN or 0 until then */
  uint32_t bloc;          /* 1 the largest; 0 alone */
  double broker;          /* share of the shortest ways between two others that lead through it, 0 to 1 */
  double isolation;       /* 0 stands with everybody, 1 with nobody */
  double closeness;       /* to the party asked for: 1 a usual tie, 2 twice as close; 0 no way leads there */
  uint32_t n_steps;       /* ties on that way */
  char *path;             /* "PRK RUS IRN", freed with the network */
} quid_party;

typedef struct quid_tie {
  uint32_t from, to;      /* places in parties */
  uint64_t n, n_cooperation, n_conflict;
  double score;           /* sum */
  char first[12], last[12]; /* ISO dates: of days, or the bounds of months */
  char example[20];       /* id of its strongest event; "" until it is shown */
} quid_tie;

typedef struct quid_network {
  quid_party *parties;    /* by id */
  size_t n_parties;
  quid_tie *ties;         /* by ids of from and to: directed, at most one each way */
  size_t n_ties;
  bool is_measured;
} quid_network;

typedef enum quid_network_format { QUID_NETWORK_GRAPHML, QUID_NETWORK_GEXF, QUID_NETWORK_EDGES } quid_network_format;

/* *out: *new*; the store and the texts of the filter must outlive it. Without --status what was told to have happened; "all" is every status. Errors: those of the questions. */
quid_status quid_ask_network(quid_network **out, quid_store *store, const quid_filter *filter, quid_error *err);
void quid_network_free(quid_network *network); /* NULL is fine */
/* How well two parties stand: the sum of the scores in both directions where that is above 0. The ties of a measured network. out: [n_pairs],
 * *new*, free it with free; each pair once, by places. */
typedef struct quid_standing { uint32_t a, b; double weight; } quid_standing;
quid_status quid_network_standings(quid_standing **out, size_t *n, const quid_network *network, quid_error *err);

/* As tables; *out new. limit 0: 100 rows. */
quid_status quid_network_parties(quid_answer **out, const quid_network *network, uint32_t limit, quid_error *err);
quid_status quid_network_ties(quid_answer **out, quid_network *network, uint32_t limit, quid_error *err);
/* How near the others stand to the party that was measured for. */
quid_status quid_network_near(quid_answer **out, const quid_network *network, uint32_t limit, quid_error *err);
/* What is new against another period: pairs by how far their score moved. */
quid_status quid_network_change(quid_answer **out, quid_network *now, quid_network *before, uint32_t limit, quid_error *err);
/* *text: *new*, free it with free. */
quid_status quid_network_show(char **text, size_t *n_bytes, quid_network *network, quid_network_format format, quid_error *err);

#ifdef __cplusplus
}
#endif
#endif
