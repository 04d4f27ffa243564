/* cli: measures of a network, by the graph library igraph. Built without it, they are left out. */
#ifndef QUID_CLI_GRAPH_H
#define QUID_CLI_GRAPH_H

#include "quid/network.h"

/* Writes blocs, brokers and isolation into the parties; `near` (an id or NULL): also how close each of them stands to that one.
 * Errors: QUID_ERR_ARGUMENT `near` is none of the parties, or there is no igraph to find it; QUID_ERR_MEMORY. */
quid_status cli_graph_measure(quid_network *network, const char *near, quid_error *err);

#endif
