/* parse: maximum spanning arborescence by contraction of cycles (Chu and Liu 1965; Edmonds 1967).
 *
 * A single root is had by taking a large constant off each arc from the root: the best tree then
 * uses one such arc (Stanojević and Cohen 2021). Example: saw -> I, I -> saw is a cycle; it becomes
 * one node, the best arc into it (root -> saw) is kept and the arc I -> saw dropped. */
#include "parse/mst.h"

#define NO_NODE UINT32_MAX
#define IN_CYCLE UINT32_MAX

typedef struct contraction {
  uint32_t *members, *best; /* [n_members]; best head of each member within the cycle */
  uint32_t n_members;
  uint32_t *enter; /* [n + 1]: member that an arc from outside node u would point to */
  uint32_t *leave; /* [n + 1]: member that an arc to outside node v would start from */
  struct contraction *before;
} contraction;

typedef struct graph {
  double *w;      /* [n + 1][n + 1] */
  uint32_t n;     /* nodes but for the root */
  uint8_t *alive; /* [n + 1] */
  uint32_t *best; /* [n + 1] */
  uint32_t *mark; /* [n + 1] */
} graph;

/* Nodes of one cycle in next[], or 0. mark: scratch [n + 1]. */
static uint32_t find_cycle(const uint32_t *next, const uint8_t *alive, uint32_t n, uint32_t *mark,
                           uint32_t *cycle) {
  for (uint32_t i = 0; i <= n; i++) mark[i] = 0;
  for (uint32_t i = 1; i <= n; i++) {
    if ((alive && !alive[i]) || mark[i]) continue;
    uint32_t v = i;
    while (v != 0 && !mark[v]) {
      mark[v] = i;
      v = next[v];
    }
    if (v == 0 || mark[v] != i) continue;
    uint32_t len = 0, u = v;
    do {
      if (cycle) cycle[len] = u;
      len++;
      u = next[u];
    } while (u != v);
    return len;
  }
  return 0;
}

bool qi_mst_is_tree(const uint32_t *head, uint32_t n, qi_arena *scratch) {
  uint32_t roots = 0, *mark = qi_arena_alloc(scratch, (n + 1) * sizeof *mark);
  if (!mark) return false;
  for (uint32_t i = 1; i <= n; i++) roots += head[i] == 0;
  return roots == 1 && find_cycle(head, NULL, n, mark, NULL) == 0;
}

/* The best head of each node, row by row as the matrix lies in memory. */
static void best_heads(graph *g) {
  size_t n1 = (size_t)g->n + 1;
  for (uint32_t v = 1; v <= g->n; v++) g->best[v] = 0;
  for (uint32_t u = 1; u <= g->n; u++)
    for (uint32_t v = 1; v <= g->n; v++)
      if (u != v && g->w[u * n1 + v] > g->w[g->best[v] * n1 + v]) g->best[v] = u;
}

/* After a contraction: heads that went into it are now the node that stands for it, which is as
 * good for them as its best member was; the node itself looks anew; all else stays. */
static void mend_heads(graph *g, const contraction *c) {
  size_t n1 = (size_t)g->n + 1;
  uint32_t rep = c->members[0];
  for (uint32_t i = 0; i < c->n_members; i++) g->mark[c->members[i]] = IN_CYCLE;
  for (uint32_t v = 1; v <= g->n; v++)
    if (g->alive[v] && g->mark[g->best[v]] == IN_CYCLE) g->best[v] = rep;
  g->best[rep] = 0;
  for (uint32_t u = 1; u <= g->n; u++)
    if (u != rep && g->alive[u] && g->w[u * n1 + rep] > g->w[g->best[rep] * n1 + rep])
      g->best[rep] = u;
}

/* More than any other choice of arcs could make good. */
static double root_cost(const double *score, uint32_t n) {
  size_t n1 = (size_t)n + 1;
  double low = 0, high = 0;
  for (size_t h = 0; h < n1; h++)
    for (size_t d = 1; d < n1; d++) {
      double w = score[h * n1 + d];
      if (w < low) low = w;
      if (w > high) high = w;
    }
  return (high - low + 1) * (double)n1;
}

/* The members become their first, with the best arcs in and out. */
static bool contract(graph *g, contraction *c, qi_arena *scratch) {
  size_t n1 = g->n + 1;
  uint32_t rep = c->members[0];
  c->enter = qi_arena_alloc(scratch, n1 * sizeof *c->enter);
  c->leave = qi_arena_alloc(scratch, n1 * sizeof *c->leave);
  if (!c->enter || !c->leave) return false;
  for (uint32_t i = 0; i < c->n_members; i++) g->alive[c->members[i]] = 0;
  for (uint32_t o = 0; o <= g->n; o++) {
    if (!g->alive[o]) continue;
    double in = 0, out = 0;
    for (uint32_t i = 0; i < c->n_members; i++) {
      uint32_t m = c->members[i];
      double gain = g->w[o * n1 + m] - g->w[c->best[i] * n1 + m], away = g->w[m * n1 + o];
      if (i == 0 || gain > in) in = gain, c->enter[o] = m;
      if (i == 0 || away > out) out = away, c->leave[o] = m;
    }
    g->w[o * n1 + rep] = in; /* less the cycle's own weight, which is the same for all o */
    g->w[rep * n1 + o] = out;
  }
  g->alive[rep] = 1;
  return true;
}

static void expand(const contraction *c, uint32_t *head, uint32_t n) {
  uint32_t rep = c->members[0], from = head[rep], entered = c->enter[from];
  for (uint32_t v = 1; v <= n; v++)
    if (head[v] == rep && v != rep) head[v] = c->leave[v];
  for (uint32_t i = 0; i < c->n_members; i++) head[c->members[i]] = c->best[i];
  head[entered] = from;
}

bool qi_mst_solve(double *score, uint32_t n, uint32_t *head, qi_arena *scratch) {
  size_t n1 = n + 1;
  graph g = {.w = score, .n = n};
  g.alive = qi_arena_alloc(scratch, n1);
  g.best = qi_arena_alloc(scratch, n1 * sizeof *g.best);
  g.mark = qi_arena_alloc(scratch, n1 * sizeof *g.mark);
  if (!g.alive || !g.best || !g.mark) return false;
  memset(g.alive, 1, n1);
  double cost = root_cost(score, n);
  for (uint32_t d = 1; d <= n; d++) score[d] -= cost;
  contraction *last = NULL;
  best_heads(&g);
  for (;;) {
    contraction *c = QI_NEW(scratch, contraction);
    if (!c || !(c->members = qi_arena_alloc(scratch, n1 * sizeof *c->members))) return false;
    c->n_members = find_cycle(g.best, g.alive, n, g.mark, c->members);
    if (c->n_members == 0) break;
    if (!(c->best = qi_arena_alloc(scratch, c->n_members * sizeof *c->best))) return false;
    for (uint32_t i = 0; i < c->n_members; i++) c->best[i] = g.best[c->members[i]];
    if (!contract(&g, c, scratch)) return false;
    mend_heads(&g, c);
    c->before = last;
    last = c;
  }
  for (uint32_t v = 1; v <= n; v++) head[v] = g.alive[v] ? g.best[v] : NO_NODE;
  for (; last; last = last->before) expand(last, head, n);
  return true;
}
