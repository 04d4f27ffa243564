/* ask: the network: rows of pairs -> parties and directed ties, and the tables of them once somebody measured it (cli/graph.c).
 *
 *   AID 3 events, PRK > RUS, score 30; ASSAULT 5 events, RUS > UKR, score -45
 *   -> parties PRK RUS UKR; ties PRK > RUS (3 of cooperation, score 30), RUS > UKR (5 of conflict, score -45); PRK and RUS stand together
 *
 * A tie's score is the sum of PLOVER's scores (-10 to 10) of its events, so its sign says what prevails and its size how much there was.
 * Two parties stand together as far as the sum of both directions is above 0. Parties and ties are in the order of their ids, whatever
 * the order they were loaded in. */
#include "ask/pairs.h"
#include "quid/network.h"

#include <math.h>
#include <string.h>

enum { MOST_ROWS = 100 };
#define DAYS_OF_A_RATE 30.0 /* changes are told per this many days, as periods differ in length */

typedef struct draft {
  quid_tie tie;
  int64_t a, b; /* name.id */
  qi_day first, last;
} draft;

typedef struct network {
  quid_network seen; /* first: what the caller has is this */
  qi_pairs pairs;
  qi_arena arena;
  qi_map at;         /* bytes of a and b -> draft */
  QI_VEC(draft) drafts;
  QI_VEC(quid_party) parties;
  QI_VEC(int64_t) party_ids; /* name.id of each */
  QI_VEC(quid_tie) ties;
  qi_day first, last;
} network;

static draft *find(network *n, int64_t a, int64_t b) {
  int64_t key[2] = {a, b};
  qi_slice bytes = {(const char *)key, sizeof key};
  uint32_t at = qi_map_find(&n->at, bytes, QI_MAP_NONE);
  if (at != QI_MAP_NONE) return &n->drafts.items[at];
  qi_slice kept = qi_arena_slice(&n->arena, bytes);
  if (!kept.ptr || !qi_map_put(&n->at, kept, (uint32_t)n->drafts.len)) return NULL;
  draft empty = {.a = a, .b = b, .first = QI_DAY_MAX, .last = QI_DAY_MIN};
  return QI_VEC_PUSH(&n->drafts, empty) ? &n->drafts.items[n->drafts.len - 1] : NULL;
}

static quid_status take(void *user, const qi_pair_row *row, quid_error *err) {
  network *n = user;
  draft *d = find(n, row->a, row->b);
  if (!d) return qi_error_memory(err, "the network");
  qi_day last = n->pairs.sums ? qi_month_last(qi_month_of(row->day)) : row->day;
  d->tie.n += (uint64_t)row->n;
  d->tie.n_cooperation += (uint64_t)(row->of[QI_VERBAL_COOPERATION] + row->of[QI_MATERIAL_COOPERATION]);
  d->tie.n_conflict += (uint64_t)(row->of[QI_VERBAL_CONFLICT] + row->of[QI_MATERIAL_CONFLICT]);
  d->tie.score += row->score;
  if (row->day < d->first) d->first = row->day;
  if (last > d->last) d->last = last;
  return QUID_OK;
}

/* ---- parties ---- */

static quid_status add_party(uint32_t *out, network *n, qi_map *places, int64_t id, quid_error *err) {
  qi_slice bytes = {(const char *)&id, sizeof id};
  quid_party p = {.broker = NAN, .isolation = NAN};
  if (qi_map_get(places, bytes, out)) return QUID_OK;
  quid_status status = qi_pairs_party(&p.id, &p.name, n->pairs.store, id, &n->arena, err);
  if (status) return status;
  qi_slice kept = qi_arena_slice(&n->arena, bytes);
  *out = (uint32_t)n->parties.len;
  if (!kept.ptr || !qi_map_put(places, kept, *out) || !QI_VEC_PUSH(&n->parties, p) || !QI_VEC_PUSH(&n->party_ids, id)) return qi_error_memory(err, "the network");
  return QUID_OK;
}

typedef struct place { const char *id; uint32_t old; } place;

static int by_id(const void *x, const void *y) { return strcmp(((const place *)x)->id, ((const place *)y)->id); }

static int by_ends(const void *x, const void *y) {
  const quid_tie *a = x, *b = y;
  if (a->from != b->from) return a->from < b->from ? -1 : 1;
  return a->to < b->to ? -1 : a->to > b->to;
}

/* Parties into the order of their ids, and the ties with them. */
static quid_status sort(network *n, quid_error *err) {
  size_t len = n->parties.len;
  place *order = QI_NEW_ARRAY(&n->arena, place, len);
  uint32_t *new_place = QI_NEW_ARRAY(&n->arena, uint32_t, len);
  quid_party *parties = QI_NEW_ARRAY(&n->arena, quid_party, len);
  int64_t *ids = QI_NEW_ARRAY(&n->arena, int64_t, len);
  if (len && (!order || !new_place || !parties || !ids)) return qi_error_memory(err, "the network");
  for (size_t i = 0; i < len; i++) order[i] = (place){n->parties.items[i].id, (uint32_t)i}, parties[i] = n->parties.items[i], ids[i] = n->party_ids.items[i];
  if (len) qsort(order, len, sizeof *order, by_id);
  for (size_t i = 0; i < len; i++) {
    new_place[order[i].old] = (uint32_t)i;
    n->parties.items[i] = parties[order[i].old];
    n->party_ids.items[i] = ids[order[i].old];
  }
  for (size_t i = 0; i < n->ties.len; i++) {
    quid_tie *t = &n->ties.items[i];
    t->from = new_place[t->from], t->to = new_place[t->to];
  }
  if (n->ties.len) qsort(n->ties.items, n->ties.len, sizeof *n->ties.items, by_ends);
  return QUID_OK;
}

static void count_party(quid_party *p, const quid_tie *t) {
  p->n_cooperation += t->n_cooperation;
  p->n_conflict += t->n_conflict;
  p->score += t->score;
}

static quid_status count_partners(network *n, quid_error *err) {
  quid_standing *pairs;
  size_t len;
  quid_status status = quid_network_standings(&pairs, &len, &n->seen, err);
  for (size_t i = 0; !status && i < len; i++) n->parties.items[pairs[i].a].n_partners++, n->parties.items[pairs[i].b].n_partners++;
  free(pairs);
  return status;
}

static quid_status build(network *n, quid_error *err) {
  qi_map places = {0};
  quid_status status = QUID_OK;
  n->first = QI_DAY_MAX, n->last = QI_DAY_MIN;
  for (size_t i = 0; !status && i < n->drafts.len; i++) {
    draft *d = &n->drafts.items[i];
    status = add_party(&d->tie.from, n, &places, d->a, err);
    if (!status) status = add_party(&d->tie.to, n, &places, d->b, err);
    if (d->first < n->pairs.days.from) d->first = n->pairs.days.from;
    if (d->last > n->pairs.days.to) d->last = n->pairs.days.to;
    if (d->first < n->first) n->first = d->first;
    if (d->last > n->last) n->last = d->last;
    char date[QI_DATE_BYTES];
    sqlite3_snprintf((int)sizeof d->tie.first, d->tie.first, "%s", qi_date_format(date, d->first));
    sqlite3_snprintf((int)sizeof d->tie.last, d->tie.last, "%s", qi_date_format(date, d->last));
    if (!status && !QI_VEC_PUSH(&n->ties, d->tie)) status = qi_error_memory(err, "the network");
  }
  if (!status) status = sort(n, err);
  if (!status) {
    n->seen = (quid_network){n->parties.items, n->parties.len, n->ties.items, n->ties.len, false};
    for (size_t i = 0; i < n->ties.len; i++) {
      count_party(&n->parties.items[n->ties.items[i].from], &n->ties.items[i]);
      count_party(&n->parties.items[n->ties.items[i].to], &n->ties.items[i]);
    }
    status = count_partners(n, err);
  }
  qi_map_clear(&places);
  return status;
}

quid_status quid_ask_network(quid_network **out, quid_store *store, const quid_filter *f, quid_error *err) {
  *out = NULL;
  network *n = calloc(1, sizeof *n);
  if (!n) return qi_error_memory(err, "the network");
  qi_arena_init(&n->arena, 0);
  quid_status status = qi_pairs_init(&n->pairs, store, f, NULL, NULL, true, err);
  n->pairs.known = true;
  if (!status) status = qi_pairs_read(&n->pairs, take, n, err);
  if (!status) status = build(n, err);
  if (status) quid_network_free(&n->seen);
  else *out = &n->seen;
  return status;
}

void quid_network_free(quid_network *seen) {
  network *n = (network *)seen;
  if (!n) return;
  for (size_t i = 0; i < n->parties.len; i++) free(n->parties.items[i].path);
  qi_map_clear(&n->at);
  QI_VEC_CLEAR(&n->drafts);
  QI_VEC_CLEAR(&n->parties);
  QI_VEC_CLEAR(&n->party_ids);
  QI_VEC_CLEAR(&n->ties);
  qi_pairs_clear(&n->pairs);
  qi_arena_clear(&n->arena);
  free(n);
}

/* ---- pairs of both directions ---- */

static const quid_tie *tie_between(const quid_network *n, uint32_t from, uint32_t to) {
  quid_tie key = {.from = from, .to = to};
  return n->n_ties ? bsearch(&key, n->ties, n->n_ties, sizeof key, by_ends) : NULL;
}

/* The sum of both directions; each pair once: given for a tie that goes up, or one down that has none up. */
static bool sum_pair(quid_tie *out, const quid_network *n, const quid_tie *t) {
  const quid_tie *other = tie_between(n, t->to, t->from);
  if (t->from > t->to && other) return false;
  *out = *t;
  if (t->from > t->to) out->from = t->to, out->to = t->from;
  if (!other) return true;
  out->n += other->n;
  out->n_cooperation += other->n_cooperation;
  out->n_conflict += other->n_conflict;
  out->score += other->score;
  return true;
}

quid_status quid_network_standings(quid_standing **out, size_t *len, const quid_network *n, quid_error *err) {
  quid_tie sum;
  *len = 0;
  *out = calloc(n->n_ties ? n->n_ties : 1, sizeof **out);
  if (!*out) return qi_error_memory(err, "the network");
  for (size_t i = 0; i < n->n_ties; i++)
    if (sum_pair(&sum, n, &n->ties[i]) && sum.score > 0) (*out)[(*len)++] = (quid_standing){sum.from, sum.to, sum.score};
  return QUID_OK;
}

quid_status qi_network_example(quid_network *seen, quid_tie *t, quid_error *err) {
  network *n = (network *)seen;
  qi_example e;
  if (t->example[0]) return QUID_OK;
  quid_status status = qi_pairs_example(&e, &n->pairs, n->party_ids.items[t->from], n->party_ids.items[t->to], QI_DAY_MIN, QI_DAY_MAX, 0, err);
  if (!status) sqlite3_snprintf((int)sizeof t->example, t->example, "%s", e.id);
  return status;
}

/* ---- tables ---- */

typedef struct ranked { double by; uint32_t at; } ranked; /* larger first, then in order of place */

static int by_rank(const void *x, const void *y) {
  const ranked *a = x, *b = y;
  if (a->by != b->by) return a->by > b->by ? -1 : 1;
  return a->at < b->at ? -1 : a->at > b->at;
}

static ranked *new_ranks(size_t n) { return malloc((n ? n : 1) * sizeof(ranked)); }
static void rank(ranked *r, size_t n) { if (n) qsort(r, n, sizeof *r, by_rank); }

static quid_status put_measure(quid_answer *out, double value, int decimals, quid_error *err) {
  return isnan(value) ? qi_answer_put(out, NULL, err) : qi_answer_put_number(out, value, decimals, err);
}

static quid_status put_count(quid_answer *out, uint64_t n, quid_error *err) { return qi_answer_put_number(out, (double)n, 0, err); }

static quid_status put_party(quid_answer *out, const quid_party *p, quid_error *err) {
  quid_status status = qi_answer_put(out, p->id, err);
  if (!status) status = qi_answer_put(out, p->name, err);
  if (!status) status = p->bloc ? put_count(out, p->bloc, err) : qi_answer_put(out, NULL, err);
  if (!status) status = put_measure(out, p->broker, 3, err);
  if (!status) status = put_measure(out, p->isolation, 3, err);
  if (!status) status = put_count(out, p->n_partners, err);
  if (!status) status = put_count(out, p->n_cooperation, err);
  if (!status) status = put_count(out, p->n_conflict, err);
  return status ? status : qi_answer_put_number(out, p->score, 1, err);
}

/* The strongest tie of each party, either way. */
static void strongest_ties(uint32_t *out, const quid_network *n) {
  for (size_t i = 0; i < n->n_parties; i++) out[i] = UINT32_MAX;
  for (size_t i = 0; i < n->n_ties; i++) {
    uint32_t ends[2] = {n->ties[i].from, n->ties[i].to};
    for (int k = 0; k < 2; k++)
      if (out[ends[k]] == UINT32_MAX || n->ties[i].n > n->ties[out[ends[k]]].n) out[ends[k]] = (uint32_t)i;
  }
}

quid_status quid_network_parties(quid_answer **out, const quid_network *n, uint32_t limit, quid_error *err) {
  static const char *const columns[] = {"id", "name", "bloc", "broker", "isolation", "partners", "cooperation", "conflict", "score", "example", NULL};
  ranked *order = new_ranks(n->n_parties);
  uint32_t *ties = malloc((n->n_parties ? n->n_parties : 1) * sizeof *ties);
  size_t most = limit ? limit : MOST_ROWS;
  *out = NULL;
  quid_status status = order && ties ? qi_answer_new(out, columns, err) : qi_error_memory(err, "the network");
  if (!status) strongest_ties(ties, n);
  for (size_t i = 0; !status && i < n->n_parties; i++)
    order[i] = (ranked){(double)(n->parties[i].n_cooperation + n->parties[i].n_conflict), (uint32_t)i};
  if (!status) rank(order, n->n_parties);
  for (size_t i = 0; !status && i < n->n_parties && i < most; i++) {
    quid_tie *tie = &n->ties[ties[order[i].at]];
    status = put_party(*out, &n->parties[order[i].at], err);
    if (!status) status = qi_network_example((quid_network *)n, tie, err);
    if (!status) status = qi_answer_put(*out, tie->example, err);
  }
  if (status) quid_answer_free(*out), *out = NULL;
  free(order);
  free(ties);
  return status;
}

static quid_status put_tie(quid_answer *out, quid_network *n, quid_tie *t, quid_error *err) {
  quid_status status = qi_network_example(n, t, err);
  if (!status) status = qi_answer_put(out, n->parties[t->from].id, err);
  if (!status) status = qi_answer_put(out, n->parties[t->to].id, err);
  if (!status) status = put_count(out, t->n, err);
  if (!status) status = put_count(out, t->n_cooperation, err);
  if (!status) status = put_count(out, t->n_conflict, err);
  if (!status) status = qi_answer_put_number(out, t->score, 1, err);
  if (!status) status = qi_answer_put(out, t->score > 0 ? "+" : t->score < 0 ? "-" : "0", err);
  if (!status) status = qi_answer_put(out, t->first, err);
  if (!status) status = qi_answer_put(out, t->last, err);
  return status ? status : qi_answer_put(out, t->example, err);
}

quid_status quid_network_ties(quid_answer **out, quid_network *n, uint32_t limit, quid_error *err) {
  static const char *const columns[] = {"from", "to", "events", "cooperation", "conflict", "score", "sign", "first", "last", "example", NULL};
  ranked *order = new_ranks(n->n_ties);
  size_t most = limit ? limit : MOST_ROWS;
  *out = NULL;
  quid_status status = order ? qi_answer_new(out, columns, err) : qi_error_memory(err, "the network");
  for (size_t i = 0; !status && i < n->n_ties; i++) order[i] = (ranked){(double)n->ties[i].n, (uint32_t)i};
  if (!status) rank(order, n->n_ties);
  for (size_t i = 0; !status && i < n->n_ties && i < most; i++) status = put_tie(*out, n, &n->ties[order[i].at], err);
  if (status) quid_answer_free(*out), *out = NULL;
  free(order);
  return status;
}

quid_status quid_network_near(quid_answer **out, const quid_network *n, uint32_t limit, quid_error *err) {
  static const char *const columns[] = {"id", "name", "closeness", "steps", "path", "bloc", "cooperation", "conflict", "score", NULL};
  ranked *order = new_ranks(n->n_parties);
  size_t len = 0, most = limit ? limit : MOST_ROWS;
  *out = NULL;
  quid_status status = order ? qi_answer_new(out, columns, err) : qi_error_memory(err, "the network");
  for (size_t i = 0; !status && i < n->n_parties; i++)
    if (n->parties[i].path) order[len++] = (ranked){n->parties[i].closeness, (uint32_t)i};
  if (!status) rank(order, len);
  for (size_t i = 0; !status && i < len && i < most; i++) {
    const quid_party *p = &n->parties[order[i].at];
    status = qi_answer_put(*out, p->id, err);
    if (!status) status = qi_answer_put(*out, p->name, err);
    if (!status) status = qi_answer_put_number(*out, p->closeness, 3, err);
    if (!status) status = put_count(*out, p->n_steps, err);
    if (!status) status = qi_answer_put(*out, p->path, err);
    if (!status) status = p->bloc ? put_count(*out, p->bloc, err) : qi_answer_put(*out, NULL, err);
    if (!status) status = put_count(*out, p->n_cooperation, err);
    if (!status) status = put_count(*out, p->n_conflict, err);
    if (!status) status = qi_answer_put_number(*out, p->score, 1, err);
  }
  if (status) quid_answer_free(*out), *out = NULL;
  free(order);
  return status;
}

/* ---- change between two periods ---- */

/* How many times DAYS_OF_A_RATE the period has: by the filter, where that is open by the events. */
static double rates_of(const network *n) {
  qi_day from = n->pairs.days.from == QI_DAY_MIN ? n->first : n->pairs.days.from;
  qi_day to = n->pairs.days.to == QI_DAY_MAX ? n->last : n->pairs.days.to;
  return from == QI_DAY_MAX || to < from ? 1 : ((double)to - (double)from + 1) / DAYS_OF_A_RATE;
}

static uint32_t place_of(const quid_network *n, const char *id) {
  size_t low = 0, high = n->n_parties;
  while (low < high) {
    size_t at = low + (high - low) / 2;
    int order = strcmp(n->parties[at].id, id);
    if (!order) return (uint32_t)at;
    if (order < 0) low = at + 1;
    else high = at;
  }
  return UINT32_MAX;
}

typedef struct change {
  const char *a, *b;
  quid_tie sum[2];   /* before, now */
  uint32_t ends[2][2]; /* places of a and b before and now, UINT32_MAX not there */
  double move;       /* of the score, per DAYS_OF_A_RATE */
} change;

typedef QI_VEC(change) changes;

/* Pairs of one period, with what the other one has of them; those that both have only once. */
static quid_status compare(changes *out, const network *own, const network *other, int which, quid_error *err) {
  const quid_network *n = &own->seen, *o = &other->seen;
  for (size_t i = 0; i < n->n_ties; i++) {
    change c = {0};
    quid_tie sum;
    if (!sum_pair(&sum, n, &n->ties[i])) continue;
    c.a = n->parties[sum.from].id, c.b = n->parties[sum.to].id;
    c.sum[which] = sum;
    c.ends[which][0] = sum.from, c.ends[which][1] = sum.to;
    uint32_t a = c.ends[!which][0] = place_of(o, c.a), b = c.ends[!which][1] = place_of(o, c.b);
    const quid_tie *up = a == UINT32_MAX || b == UINT32_MAX ? NULL : tie_between(o, a, b);
    const quid_tie *down = a == UINT32_MAX || b == UINT32_MAX ? NULL : tie_between(o, b, a);
    if (which == 0 && (up || down)) continue;
    if (up) sum_pair(&c.sum[!which], o, up);
    else if (down) sum_pair(&c.sum[!which], o, down);
    c.move = c.sum[1].score / rates_of(which ? own : other) - c.sum[0].score / rates_of(which ? other : own);
    if (!QI_VEC_PUSH(out, c)) return qi_error_memory(err, "the network");
  }
  return QUID_OK;
}

static int by_move(const void *x, const void *y) {
  const change *a = x, *b = y;
  double left = fabs(a->move), right = fabs(b->move);
  if (left != right) return left > right ? -1 : 1;
  int order = strcmp(a->a, b->a);
  return order ? order : strcmp(a->b, b->b);
}

static bool in_one_bloc(const quid_network *n, const uint32_t ends[2]) {
  if (ends[0] == UINT32_MAX || ends[1] == UINT32_MAX) return false;
  return n->parties[ends[0]].bloc && n->parties[ends[0]].bloc == n->parties[ends[1]].bloc;
}

static quid_status put_change(quid_answer *out, const change *c, network *const n[2], quid_error *err) {
  bool together[2];
  const char *id = "";
  quid_status status = qi_answer_put(out, c->a, err);
  if (!status) status = qi_answer_put(out, c->b, err);
  for (int k = 1; !status && k >= 0; k--) status = put_count(out, c->sum[k].n_cooperation, err);
  for (int k = 1; !status && k >= 0; k--) status = put_count(out, c->sum[k].n_conflict, err);
  for (int k = 1; !status && k >= 0; k--) status = qi_answer_put_number(out, c->sum[k].score / rates_of(n[k]), 1, err);
  if (!status) status = qi_answer_put_number(out, c->move, 1, err);
  for (int k = 0; k < 2; k++) together[k] = in_one_bloc(&n[k]->seen, c->ends[k]);
  if (!status) status = qi_answer_put(out, together[1] == together[0] ? NULL : together[1] ? "joined" : "parted", err);
  for (int k = 1; !status && k >= 0 && !*id; k--) {
    if (!c->sum[k].n) continue;
    quid_tie *up = (quid_tie *)tie_between(&n[k]->seen, c->ends[k][0], c->ends[k][1]), *down = (quid_tie *)tie_between(&n[k]->seen, c->ends[k][1], c->ends[k][0]);
    quid_tie *best = !up || (down && fabs(down->score) > fabs(up->score)) ? down : up;
    status = qi_network_example(&n[k]->seen, best, err);
    id = best->example;
  }
  return status ? status : qi_answer_put(out, id, err);
}

quid_status quid_network_change(quid_answer **out, quid_network *now, quid_network *before, uint32_t limit, quid_error *err) {
  static const char *const columns[] = {"a", "b", "cooperation", "cooperation_before", "conflict", "conflict_before", "score_30_days",
                                        "score_30_days_before", "change", "bloc", "example", NULL};
  network *n[2] = {(network *)before, (network *)now};
  changes all = {0};
  size_t most = limit ? limit : MOST_ROWS;
  *out = NULL;
  quid_status status = compare(&all, n[1], n[0], 1, err);
  if (!status) status = compare(&all, n[0], n[1], 0, err);
  if (!status && all.len) qsort(all.items, all.len, sizeof *all.items, by_move);
  if (!status) status = qi_answer_new(out, columns, err);
  for (size_t i = 0; !status && i < all.len && i < most; i++) status = put_change(*out, &all.items[i], n, err);
  if (status) quid_answer_free(*out), *out = NULL;
  QI_VEC_CLEAR(&all);
  return status;
}
