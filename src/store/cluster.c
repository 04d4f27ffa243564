/* store: the tellings of a day -> clusters, each one event of the world.
 *
 * All pairs of one type are scored (likeness.c) and merged from the likest down, as in agglomerative clustering with single links
 * (Sneath and Sokal 1973), but two clusters stay apart when a member of one contradicts a member of the other: "Russia
 * shelled Ukraine" may tell of Kharkiv or of Kherson, and must not bring both together. Tellings whose day is only guessed cannot
 * bring two days together: each joins the likest one of its own and the QI_MATCH_DAYS days before, or a group of its sort.
 * Ties go by the order of keys. All this is a function of the set of tellings; so is the only shortcut: of more
 * than NEAR tellings of one type on one day each is compared with the NEAR next ones of the same sides alone.
 *
 *   kharkiv 8.6 with kharkiv, 0 with kherson -> {kharkiv, kharkiv}, {kherson} */
#include "store/match.h"

#include <stdlib.h>

enum { NEAR = 3000, MOST_CHECKS = 64 };

typedef struct pair {
  int points;
  uint32_t a, b;
} pair;

typedef struct grouping {
  qi_teller *teller;
  qi_day_of_tellings *day;
  QI_VEC(uint32_t) order;        /* what is compared, one type at a time */
  QI_VEC(pair) pairs;
  QI_VEC(uint32_t) head, next;   /* [telling]: its cluster's first, the next in its cluster or QI_NO_CLUSTER */
} grouping;

static void clear(grouping *g) {
  QI_VEC_CLEAR(&g->order);
  QI_VEC_CLEAR(&g->pairs);
  QI_VEC_CLEAR(&g->head);
  QI_VEC_CLEAR(&g->next);
}

static uint32_t find(const grouping *g, uint32_t i) {
  while (g->head.items[i] != i) i = g->head.items[i] = g->head.items[g->head.items[i]];
  return i;
}

static int by_points(const void *x, const void *y) {
  const pair *a = x, *b = y;
  if (a->points != b->points) return a->points > b->points ? -1 : 1;
  if (a->a != b->a) return a->a < b->a ? -1 : 1;
  return a->b < b->b ? -1 : a->b > b->b;
}

/* Could a side of one be a side of the other? */
static bool may_share(const qi_telling *a, const qi_telling *b) {
  if (a->way & QI_TYPE_MUTUAL) return ((a->actor_mask | a->recipient_mask) & (b->actor_mask | b->recipient_mask)) != 0;
  return ((a->actor_mask & b->actor_mask) | (a->recipient_mask & b->recipient_mask)) != 0;
}

static bool contradict(const grouping *g, uint32_t a, uint32_t b) {
  const qi_telling *all = g->day->items.items;
  size_t n = 0;
  for (uint32_t i = a; i != QI_NO_CLUSTER; i = g->next.items[i])
    for (uint32_t k = b; k != QI_NO_CLUSTER; k = g->next.items[k]) {
      if (n++ == MOST_CHECKS * MOST_CHECKS) return false;
      if (qi_like_conflict(&all[i], &all[k])) return true;
    }
  return false;
}

static void merge(grouping *g, uint32_t a, uint32_t b) {
  a = find(g, a);
  b = find(g, b);
  if (a == b || contradict(g, a, b)) return;
  if (a > b) { uint32_t other = a; a = b, b = other; }
  uint32_t last = a;
  while (g->next.items[last] != QI_NO_CLUSTER) last = g->next.items[last];
  g->next.items[last] = b;
  g->head.items[b] = a;
}

/* Points of a pair, 0 none; reads of both what the store has, where that may matter. */
static quid_status compare(int *points, qi_teller *t, qi_telling *a, qi_telling *b, quid_error *err) {
  *points = 0;
  if (!may_share(a, b) || !qi_like_possible(a, b)) return QUID_OK;
  quid_status status = qi_teller_fill(t, a, err);
  if (!status) status = qi_teller_fill(t, b, err);
  if (!status) *points = qi_like(a, b);
  return status;
}

/* order[from, to) is of one type. */
static quid_status score_pairs(grouping *g, size_t from, size_t to, int enough, quid_error *err) {
  qi_telling *all = g->day->items.items;
  for (size_t i = from; i < to; i++)
    for (size_t k = i + 1; k < to && k <= i + NEAR; k++) {
      uint32_t a = g->order.items[i], b = g->order.items[k];
      int points;
      quid_status status = compare(&points, g->teller, &all[a], &all[b], err);
      if (status) return status;
      if (points >= enough && !QI_VEC_PUSH(&g->pairs, (pair){points, a < b ? a : b, a < b ? b : a})) return qi_error_memory(err, "the matching");
    }
  return QUID_OK;
}

typedef struct sortable { uint64_t actor, recipient; uint32_t at; } sortable;

static int by_sides(const void *x, const void *y) {
  const sortable *a = x, *b = y;
  if (a->actor != b->actor) return a->actor < b->actor ? -1 : 1;
  if (a->recipient != b->recipient) return a->recipient < b->recipient ? -1 : 1;
  return a->at < b->at ? -1 : a->at > b->at;
}

/* Too many to compare all: those of the same sides come to lie together. */
static quid_status sort_by_sides(grouping *g, size_t from, size_t to, quid_error *err) {
  sortable *list = malloc((to - from) * sizeof *list);
  if (!list) return qi_error_memory(err, "the matching");
  for (size_t i = from; i < to; i++) {
    const qi_telling *e = &g->day->items.items[g->order.items[i]];
    list[i - from] = (sortable){e->actor_mask, e->recipient_mask, g->order.items[i]};
  }
  qsort(list, to - from, sizeof *list, by_sides);
  for (size_t i = from; i < to; i++) g->order.items[i] = list[i - from].at;
  free(list);
  return QUID_OK;
}

/* Merges what stands in `order`. */
static quid_status group(grouping *g, int enough, quid_error *err) {
  const qi_telling *all = g->day->items.items;
  quid_status status = QUID_OK;
  for (size_t from = 0, to; !status && from < g->order.len; from = to) {
    for (to = from; to < g->order.len && all[g->order.items[to]].type == all[g->order.items[from]].type; to++) {}
    g->pairs.len = 0;
    if (to - from > NEAR) status = sort_by_sides(g, from, to, err);
    if (!status) status = score_pairs(g, from, to, enough, err);
    if (g->pairs.len) qsort(g->pairs.items, g->pairs.len, sizeof *g->pairs.items, by_points);
    for (size_t i = 0; !status && i < g->pairs.len; i++) merge(g, g->pairs.items[i].a, g->pairs.items[i].b);
  }
  return status;
}

/* First telling of a type, the tellings being sorted by it. */
static size_t first_of(const qi_day_of_tellings *d, int64_t type) {
  size_t low = 0, high = d->items.len;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (d->items.items[middle].type < type) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* The likest telling with a day of its own; no cluster: none. The later day wins, then the earlier key. */
static quid_status likest(qi_joined *best, qi_teller *t, qi_day_of_tellings *const *days, size_t n_days, uint32_t at, quid_error *err) {
  qi_telling *e = &days[n_days - 1]->items.items[at];
  *best = (qi_joined){at, 0, QI_NO_CLUSTER};
  int most = QI_LIKE_LOOSE - 1;
  for (size_t d = n_days; d-- > 0;) {
    size_t first = first_of(days[d], e->type), n = 0;
    for (size_t i = first; i < days[d]->items.len && days[d]->items.items[i].type == e->type && n < NEAR; i++) {
      qi_telling *other = &days[d]->items.items[i];
      int points;
      if (!other->dated || !may_share(e, other)) continue;
      n++;
      quid_status status = compare(&points, t, e, other, err);
      if (status) return status;
      if (points > most) most = points, best->day = (uint32_t)d, best->cluster = other->cluster;
    }
  }
  return QUID_OK;
}

static quid_status start(grouping *g, bool dated, quid_error *err) {
  g->order.len = 0;
  for (uint32_t i = 0; i < g->day->items.len; i++) {
    const qi_telling *e = &g->day->items.items[i];
    if (e->dated == dated && (dated || e->cluster != QI_NO_CLUSTER) && !QI_VEC_PUSH(&g->order, i)) return qi_error_memory(err, "the matching");
  }
  return QUID_OK;
}

/* Numbers the clusters of `order`. */
static void number(grouping *g) {
  qi_telling *all = g->day->items.items;
  for (size_t i = 0; i < g->order.len; i++)
    if (find(g, g->order.items[i]) == g->order.items[i]) all[g->order.items[i]].cluster = g->day->n_clusters++;
  for (size_t i = 0; i < g->order.len; i++) all[g->order.items[i]].cluster = all[find(g, g->order.items[i])].cluster;
}

quid_status qi_match_day(qi_joined_list *joined, qi_teller *t, qi_day_of_tellings *const *days, size_t n_days, quid_error *err) {
  grouping g = {.teller = t, .day = days[n_days - 1]};
  quid_status status = QUID_OK;
  g.day->n_clusters = 0;
  for (uint32_t i = 0; i < g.day->items.len; i++)
    if (!QI_VEC_PUSH(&g.head, i) || !QI_VEC_PUSH(&g.next, QI_NO_CLUSTER)) status = qi_error_memory(err, "the matching");
  if (!status) status = start(&g, true, err);
  if (!status) status = group(&g, QI_LIKE_ENOUGH, err);
  if (!status) number(&g);
  for (uint32_t i = 0; !status && i < g.day->items.len; i++) {
    qi_telling *e = &g.day->items.items[i];
    if (e->dated) continue;
    e->cluster = 0;
    qi_joined one;
    status = likest(&one, t, days, n_days, i, err);
    if (status || one.cluster == QI_NO_CLUSTER) continue;
    e->cluster = QI_NO_CLUSTER;
    if (!QI_VEC_PUSH(joined, one)) status = qi_error_memory(err, "the matching");
  }
  if (!status) status = start(&g, false, err);
  if (!status) status = group(&g, QI_LIKE_LOOSE, err);
  if (!status) number(&g);
  clear(&g);
  return status;
}
