/* cli: a network -> blocs, brokers, isolation, ways to one party. The only file that knows igraph (GPL-2 or later, so libquid, which is
 * under Apache-2.0, does without: `meson setup -Digraph=disabled` builds the program without it too).
 *
 * Ties are what two parties stand together by: the sum of their scores in both directions, where it is above 0.
 *
 *   bloc       communities by the Leiden algorithm (Traag, Waltman and van Eck 2019, "From Louvain to Leiden") on modularity: the best of
 *              RUNS runs from fixed seeds; numbered by size, then by first id; a party alone has none
 *   broker     betweenness (Brandes 2001): shortest ways between all others that lead through it, of all such pairs; a tie is the shorter
 *              the stronger, 1 / weight
 *   isolation  1 - harmonic centrality: 0 stands with everybody, 1/2 two steps from everybody, 1 with nobody
 *   closeness  of the shortest way to one party: usual weight / weight summed over its ties, inverted
 *
 *   PRK-RUS 30, RUS-CHN 60, CHN-PAK 20, USA-KOR 50 -> blocs {CHN PAK PRK RUS}, {KOR USA}; brokers CHN and RUS; from PRK to CHN by RUS */
#include "graph.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static quid_status fail(quid_error *err, quid_status code, const char *message) {
  if (err && !err->code) {
    err->code = code;
    snprintf(err->message, sizeof err->message, "%s", message);
  }
  return code;
}

#ifndef QUID_WITH_IGRAPH

quid_status cli_graph_measure(quid_network *network, const char *near, quid_error *err) {
  (void)network;
  return near ? fail(err, QUID_ERR_ARGUMENT, "this quid was built without igraph and knows no distances") : QUID_OK;
}

#else

#include <igraph/igraph.h>

enum { RUNS = 10, SEED = 20241125 };

typedef struct graph {
  igraph_t igraph;
  igraph_vector_t weights, lengths, strengths, values, best;
  igraph_vector_int_t ends, members;
  igraph_vector_int_list_t ways;
  double sum; /* of the weights */
} graph;

/* All empty, so that close can free whatever open came to. */
static igraph_error_t init(graph *g, igraph_integer_t n, igraph_integer_t m) {
  igraph_error_t code = igraph_empty(&g->igraph, n, IGRAPH_UNDIRECTED);
  if (code) return code;
  if ((code = igraph_vector_init(&g->weights, m))) goto graph;
  if ((code = igraph_vector_init(&g->lengths, m))) goto weights;
  if ((code = igraph_vector_init(&g->strengths, n))) goto lengths;
  if ((code = igraph_vector_init(&g->values, n))) goto strengths;
  if ((code = igraph_vector_init(&g->best, n))) goto values;
  if ((code = igraph_vector_int_init(&g->ends, 2 * m))) goto best;
  if ((code = igraph_vector_int_init(&g->members, n))) goto ends;
  if ((code = igraph_vector_int_list_init(&g->ways, 0))) goto members;
  return IGRAPH_SUCCESS;
members: igraph_vector_int_destroy(&g->members);
ends: igraph_vector_int_destroy(&g->ends);
best: igraph_vector_destroy(&g->best);
values: igraph_vector_destroy(&g->values);
strengths: igraph_vector_destroy(&g->strengths);
lengths: igraph_vector_destroy(&g->lengths);
weights: igraph_vector_destroy(&g->weights);
graph: igraph_destroy(&g->igraph);
  return code;
}

static void destroy(graph *g) {
  igraph_vector_int_list_destroy(&g->ways);
  igraph_vector_int_destroy(&g->members);
  igraph_vector_int_destroy(&g->ends);
  igraph_vector_destroy(&g->best);
  igraph_vector_destroy(&g->values);
  igraph_vector_destroy(&g->strengths);
  igraph_vector_destroy(&g->lengths);
  igraph_vector_destroy(&g->weights);
  igraph_destroy(&g->igraph);
}

static igraph_error_t fill(graph *g, const quid_standing *ties, size_t m) {
  for (size_t i = 0; i < m; i++) g->sum += ties[i].weight;
  double usual = m ? g->sum / (double)m : 1;
  for (size_t i = 0; i < m; i++) {
    igraph_integer_t at = (igraph_integer_t)i;
    VECTOR(g->ends)[2 * at] = ties[i].a;
    VECTOR(g->ends)[2 * at + 1] = ties[i].b;
    VECTOR(g->weights)[at] = ties[i].weight;
    VECTOR(g->lengths)[at] = usual / ties[i].weight;
    VECTOR(g->strengths)[ties[i].a] += ties[i].weight;
    VECTOR(g->strengths)[ties[i].b] += ties[i].weight;
  }
  return igraph_add_edges(&g->igraph, &g->ends, NULL);
}

/* ---- blocs ---- */

typedef struct bloc { uint32_t size, first, community; } bloc;

static int by_size(const void *x, const void *y) {
  const bloc *a = x, *b = y;
  if (a->size != b->size) return a->size > b->size ? -1 : 1;
  return a->first < b->first ? -1 : a->first > b->first;
}

static igraph_error_t number_blocs(graph *g, quid_network *n) {
  bloc *blocs = calloc(n->n_parties, sizeof *blocs);
  uint32_t *numbers = calloc(n->n_parties, sizeof *numbers);
  if (blocs && numbers) {
    for (size_t i = 0; i < n->n_parties; i++) blocs[i] = (bloc){0, UINT32_MAX, (uint32_t)i};
    for (size_t i = 0; i < n->n_parties; i++) {
      bloc *b = &blocs[(size_t)VECTOR(g->best)[(igraph_integer_t)i]];
      if (!b->size++) b->first = (uint32_t)i;
    }
    qsort(blocs, n->n_parties, sizeof *blocs, by_size);
    for (size_t i = 0; i < n->n_parties && blocs[i].size > 1; i++) numbers[blocs[i].community] = (uint32_t)i + 1;
    for (size_t i = 0; i < n->n_parties; i++) n->parties[i].bloc = numbers[(size_t)VECTOR(g->best)[(igraph_integer_t)i]];
  }
  igraph_error_t code = blocs && numbers ? IGRAPH_SUCCESS : IGRAPH_ENOMEM;
  free(blocs);
  free(numbers);
  return code;
}

static igraph_error_t find_blocs(graph *g, quid_network *n) {
  double best = -INFINITY;
  for (int run = 0; run < RUNS; run++) {
    igraph_real_t quality = 0;
    igraph_integer_t n_communities;
    igraph_error_t code = igraph_rng_seed(igraph_rng_default(), (igraph_uint_t)(SEED + run));
    if (!code) code = igraph_community_leiden(&g->igraph, &g->weights, &g->strengths, 1 / (2 * g->sum), 0.01, false, -1, &g->members, &n_communities, &quality);
    if (code) return code;
    if (!(quality > best + 1e-12)) continue;
    best = quality;
    for (size_t i = 0; i < n->n_parties; i++) VECTOR(g->best)[(igraph_integer_t)i] = (igraph_real_t)VECTOR(g->members)[(igraph_integer_t)i];
  }
  return number_blocs(g, n);
}

/* ---- places in it ---- */

static igraph_error_t find_brokers(graph *g, quid_network *n) {
  double others = (double)n->n_parties - 1, pairs = others * (others - 1) / 2;
  igraph_error_t code = igraph_betweenness(&g->igraph, &g->values, igraph_vss_all(), IGRAPH_UNDIRECTED, &g->lengths);
  for (size_t i = 0; !code && i < n->n_parties; i++) n->parties[i].broker = pairs > 0 ? VECTOR(g->values)[(igraph_integer_t)i] / pairs : 0;
  return code;
}

static igraph_error_t find_isolated(graph *g, quid_network *n) {
  igraph_error_t code = igraph_harmonic_centrality(&g->igraph, &g->values, igraph_vss_all(), IGRAPH_ALL, NULL, true);
  for (size_t i = 0; !code && i < n->n_parties; i++) {
    double central = VECTOR(g->values)[(igraph_integer_t)i];
    n->parties[i].isolation = isnan(central) ? 1 : 1 - central;
  }
  return code;
}

static double length_of(const graph *g, igraph_integer_t from, igraph_integer_t to) {
  igraph_integer_t edge = -1;
  return igraph_get_eid(&g->igraph, &edge, from, to, IGRAPH_UNDIRECTED, false) || edge < 0 ? 0 : VECTOR(g->lengths)[edge];
}

static igraph_error_t put_way(const graph *g, quid_network *n, const igraph_vector_int_t *way, quid_party *p) {
  igraph_integer_t len = igraph_vector_int_size(way);
  size_t bytes = 1, at = 0;
  double length = 0;
  if (len < 2) return IGRAPH_SUCCESS; /* itself, or no way */
  for (igraph_integer_t i = 0; i < len; i++) {
    bytes += strlen(n->parties[VECTOR(*way)[i]].id) + 1;
    if (i) length += length_of(g, VECTOR(*way)[i - 1], VECTOR(*way)[i]);
  }
  if (!(p->path = malloc(bytes))) return IGRAPH_ENOMEM;
  for (igraph_integer_t i = 0; i < len; i++)
    at += (size_t)snprintf(p->path + at, bytes - at, "%s%s", i ? " " : "", n->parties[VECTOR(*way)[i]].id);
  p->n_steps = (uint32_t)len - 1;
  p->closeness = length > 0 ? 1 / length : 0;
  return IGRAPH_SUCCESS;
}

static igraph_error_t find_ways(graph *g, quid_network *n, igraph_integer_t from) {
  igraph_error_t code = igraph_get_shortest_paths_dijkstra(&g->igraph, &g->ways, NULL, from, igraph_vss_all(), &g->lengths, IGRAPH_ALL, NULL, NULL);
  for (size_t i = 0; !code && i < n->n_parties; i++)
    code = put_way(g, n, igraph_vector_int_list_get_ptr(&g->ways, (igraph_integer_t)i), &n->parties[i]);
  return code;
}

static igraph_error_t measure(quid_network *n, const quid_standing *ties, size_t n_ties, igraph_integer_t near) {
  graph g = {.sum = 0};
  igraph_set_error_handler(igraph_error_handler_ignore); /* its own ends the program */
  igraph_set_warning_handler(igraph_warning_handler_ignore);
  igraph_error_t code = init(&g, (igraph_integer_t)n->n_parties, (igraph_integer_t)n_ties);
  if (code) return code;
  code = fill(&g, ties, n_ties);
  if (!code && n_ties) code = find_blocs(&g, n);
  if (!code) code = find_brokers(&g, n);
  if (!code) code = find_isolated(&g, n);
  if (!code && near >= 0) code = find_ways(&g, n, near);
  destroy(&g);
  return code;
}

quid_status cli_graph_measure(quid_network *n, const char *near, quid_error *err) {
  igraph_integer_t from = -1;
  quid_standing *ties = NULL;
  size_t n_ties;
  for (size_t i = 0; near && i < n->n_parties; i++)
    if (strcmp(n->parties[i].id, near) == 0) from = (igraph_integer_t)i;
  if (near && from < 0) {
    char text[160];
    snprintf(text, sizeof text, "no party '%.80s' in the network", near);
    return fail(err, QUID_ERR_ARGUMENT, text);
  }
  if (!n->n_parties) return QUID_OK;
  quid_status status = quid_network_standings(&ties, &n_ties, n, err);
  if (status) return status;
  igraph_error_t code = measure(n, ties, n_ties, from);
  free(ties);
  if (code == IGRAPH_ENOMEM) return fail(err, QUID_ERR_MEMORY, "out of memory: the network");
  if (code) return fail(err, QUID_ERR_INTERNAL, igraph_strerror(code));
  n->is_measured = true;
  return QUID_OK;
}

#endif
