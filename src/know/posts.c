/* know: who held which post when. Posts are sorted by person and date; chains by country and role
 * answer "the Russian foreign minister on that day".
 *
 * Worked example: holder("GBR", "leader", 2019-09-01): no one's role there is "leader", so the
 * roles that may lead are tried in order; "prime minister" finds Boris Johnson. "president" in
 * that country finds no one. */
#include "know/actors_impl.h"

/* In order of what "leader" is answered by. A monarch or a president beside a head of government
 * leads only where the dictionary says so by the role `leader` or `supreme leader`. */
static const char *const LEADING[] = {"leader", "supreme leader", "paramount leader",
                                      "general secretary"};
static const char *const HEADS[] = {"head of government", "prime minister", "president",
                                    "chancellor", "head of state", "king", "queen", "emir",
                                    "sultan", "emperor", "monarch", "pope", "crown prince"};
/* The same office under several names. */
static const char *const SAME[][2] = {
  {"prime minister", "head of government"}, {"chancellor", "head of government"},
  {"premier", "head of government"},        {"president", "head of state"},
  {"king", "head of state"},                {"queen", "head of state"},
  {"emir", "head of state"},                {"sultan", "head of state"},
  {"emperor", "head of state"},             {"monarch", "king"},
  {"monarch", "queen"},                     {"pope", "head of state"},
  {"supreme leader", "leader"},             {"chairman", "head of state"},
  {"king", "queen"}};

static bool among(qi_slice role, const char *const *list, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (qi_slice_eq_str(role, list[i])) return true;
  return false;
}
#define AMONG(role, list) among((role), (list), sizeof(list) / sizeof *(list))

bool qi_role_leads(qi_slice role) { return AMONG(role, LEADING) || AMONG(role, HEADS); }

/* Does a post of `role` answer to the wanted role? */
static bool stands_for(qi_slice wanted, qi_slice role) {
  if (qi_slice_eq(wanted, role)) return true;
  if (qi_slice_eq_str(wanted, "leader") || qi_slice_eq_str(wanted, "ruler")) return qi_role_leads(role);
  return false;
}

#define MAX_HANDOVER_DAYS 31

static bool holds(const qi_post *p, qi_day day) { return p->from <= day && day <= p->to; }

/* ---- finish ---- */

typedef struct order {
  qi_post post;
  qi_actor_line line;
  uint32_t at; /* to keep the order of the file among equals */
} order;

static int by_actor_and_day(const void *x, const void *y) {
  const order *a = x, *b = y;
  if (a->post.actor != b->post.actor) return a->post.actor < b->post.actor ? -1 : 1;
  if (a->post.from != b->post.from) return a->post.from < b->post.from ? -1 : 1;
  return a->at < b->at ? -1 : a->at > b->at;
}

static quid_status sort_posts(qi_actors *a, quid_error *err) {
  size_t n = a->posts.len;
  order *all = n ? calloc(n, sizeof *all) : NULL;
  if (n && !all) return qi_error_memory(err, "the dictionary");
  for (size_t i = 0; i < n; i++)
    all[i] = (order){a->posts.items[i], a->lines.items[i], (uint32_t)i};
  if (n) qsort(all, n, sizeof *all, by_actor_and_day);
  for (size_t i = n; i-- > 0;) {
    a->posts.items[i] = all[i].post;
    a->lines.items[i] = all[i].line;
    qi_actor *who = &a->actors.items[all[i].post.actor];
    who->first_post = (uint32_t)i;
    who->n_posts++;
  }
  free(all);
  return QUID_OK;
}

/* The same post twice on one day is a mistake of the file. */
static quid_status check_posts(const qi_actors *a, quid_error *err) {
  for (size_t i = 1; i < a->posts.len; i++) {
    const qi_post *p = &a->posts.items[i - 1], *q = &a->posts.items[i];
    if (p->actor != q->actor || p->from != q->from || p->to != q->to) continue;
    if (!qi_slice_eq(p->role, q->role) || !qi_slice_eq(p->country, q->country)) continue;
    const qi_actor_line *x = &a->lines.items[i - 1], *y = &a->lines.items[i];
    if (y->line < x->line) y = x;
    return qi_error_at(err, QUID_ERR_FORMAT, y->file, y->line, 1, "duplicate '%.*s'",
                       QI_SLICE_ARG(a->actors.items[p->actor].id));
  }
  return QUID_OK;
}

/* A country code must be the id of a state or territory of the dictionary. */
static quid_status check_countries(const qi_actors *a, quid_error *err) {
  static const char *const bodies[] = {"", "IGO", "NGO", "MNC", "MED", "INT"};
  for (size_t i = 0; i < a->posts.len; i++) {
    qi_slice country = a->posts.items[i].country;
    if (AMONG(country, bodies) || qi_map_find(&a->by_id, country, QI_MAP_NONE) != QI_MAP_NONE) continue;
    const qi_actor_line *x = &a->lines.items[i];
    return qi_error_at(err, QUID_ERR_FORMAT, x->file, x->line, x->country_column,
                       "no such country '%.*s'", QI_SLICE_ARG(country));
  }
  return QUID_OK;
}

static qi_slice role_key(qi_slice country, qi_slice role, char *buf, size_t room) {
  size_t c = country.len < room / 4 ? country.len : room / 4;
  size_t r = role.len < room - c - 1 ? role.len : room - c - 1;
  if (c) memcpy(buf, country.ptr, c);
  buf[c] = '\t';
  if (r) memcpy(buf + c + 1, role.ptr, r);
  return qi_slice_of(buf, c + 1 + r);
}
#define ROLE_KEY_BYTES 160

static quid_status index_roles(qi_actors *a, quid_error *err) {
  char buf[ROLE_KEY_BYTES];
  uint32_t *next = QI_NEW_ARRAY(&a->arena, uint32_t, a->posts.len + 1);
  a->role_next = next;
  if (!next) return qi_error_memory(err, "the dictionary");
  for (size_t i = a->posts.len; i-- > 0;) {
    const qi_post *p = &a->posts.items[i];
    next[i] = UINT32_MAX;
    if (p->role.len == 0 || a->actors.items[p->actor].type != QI_ACTOR_PERSON) continue;
    qi_slice key = role_key(p->country, p->role, buf, sizeof buf);
    next[i] = qi_map_find(&a->by_role, key, UINT32_MAX);
    if (next[i] == UINT32_MAX) key = qi_arena_slice(&a->arena, key);
    if (!key.ptr || !qi_map_put(&a->by_role, key, (uint32_t)i))
      return qi_error_memory(err, "the dictionary");
  }
  return QUID_OK;
}

quid_status qi_actors_finish(qi_actors *a, quid_error *err) {
  quid_status status = sort_posts(a, err);
  if (status || (status = check_posts(a, err)) || (status = check_countries(a, err)) ||
      (status = index_roles(a, err)) || (status = qi_members_finish(a, err)))
    return status;
  if (!qi_names_finish(a)) return qi_error_memory(err, "the dictionary");
  a->finished = true;
  return QUID_OK;
}

/* ---- questions ---- */

uint32_t qi_actors_count(const qi_actors *a) { return (uint32_t)a->actors.len; }
const qi_actor *qi_actors_get(const qi_actors *a, uint32_t actor) { return &a->actors.items[actor]; }
const qi_agent *qi_agents_get(const qi_actors *a, uint32_t agent) { return &a->agents.items[agent]; }

uint32_t qi_actors_find(const qi_actors *a, qi_slice id) {
  return qi_map_find(&a->by_id, id, QI_NO_ACTOR);
}

void qi_actors_source(const qi_actors *a, const qi_post *post, qi_slice *file, uint32_t *line) {
  const qi_actor_line *at = &a->lines.items[post - a->posts.items];
  *file = qi_actors_shown_file(at->file);
  *line = at->line;
}

const qi_post *qi_actors_posts(const qi_actors *a, const qi_actor *actor) {
  return a->posts.items + actor->first_post;
}

/* First in the chain of posts of that role in that country. */
static uint32_t first_of_role(const qi_actors *a, qi_slice country, qi_slice role) {
  char buf[ROLE_KEY_BYTES];
  return qi_map_find(&a->by_role, role_key(country, role, buf, sizeof buf), UINT32_MAX);
}

static bool is_head(const qi_actors *a, uint32_t actor, qi_slice country, qi_day day) {
  const qi_actor *who = &a->actors.items[actor];
  const qi_post *posts = qi_actors_posts(a, who);
  for (uint32_t i = 0; i < who->n_posts; i++)
    if (holds(&posts[i], day) && qi_slice_eq(posts[i].country, country) &&
        (qi_slice_eq_str(posts[i].role, "head of state") ||
         qi_slice_eq_str(posts[i].role, "head of government")))
      return true;
  return false;
}

/* Do the two posts overlap only as a handover makes them? Dates of months and years do. */
static bool hand_over(const qi_post *old, const qi_post *next) {
  return old->to != QI_DAY_MAX && old->to - next->from <= MAX_HANDOVER_DAYS;
}

/* The one who holds that very role; at a handover the one who comes. Several at once ("envoy"):
 * nobody. heads: only heads of state and government ("leader" is also said of regions). */
static uint32_t exact_holder(const qi_actors *a, qi_slice country, qi_slice role, qi_day day, bool heads) {
  const qi_post *found = NULL;
  for (uint32_t i = first_of_role(a, country, role); i != UINT32_MAX; i = a->role_next[i]) {
    const qi_post *p = &a->posts.items[i];
    if (!holds(p, day) || (found && p->actor == found->actor)) continue;
    if (heads && !is_head(a, p->actor, country, day)) continue;
    if (!found || hand_over(found, p)) found = p;
    else if (!hand_over(p, found)) return QI_NO_ACTOR;
  }
  return found ? found->actor : QI_NO_ACTOR;
}

/* "leader": whoever has that very role, else the one who is head of state and of government in one,
 * else nobody for certain. */
static uint32_t leader(const qi_actors *a, qi_slice country, qi_day day) {
  for (int heads = 1; heads >= 0; heads--)
    for (size_t i = 0; i < sizeof LEADING / sizeof *LEADING; i++) {
      uint32_t found = exact_holder(a, country, qi_slice_str(LEADING[i]), day, heads);
      if (found != QI_NO_ACTOR) return found;
    }
  uint32_t government = qi_actors_holder(a, country, QI_SLICE("head of government"), day);
  uint32_t state = qi_actors_holder(a, country, QI_SLICE("head of state"), day);
  if (government == state || state == QI_NO_ACTOR) return government;
  return government == QI_NO_ACTOR ? state : QI_NO_ACTOR;
}

uint32_t qi_actors_holder(const qi_actors *a, qi_slice country, qi_slice role, qi_day day) {
  if (day == QI_DAY_NONE || country.len == 0 || role.len == 0) return QI_NO_ACTOR;
  if (qi_slice_eq_str(role, "leader") || qi_slice_eq_str(role, "ruler")) return leader(a, country, day);
  uint32_t found = exact_holder(a, country, role, day, false);
  if (found != QI_NO_ACTOR) return found;
  for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++) {
    /* "head of state" may be filled by its holder under another name, not the other way round:
     * where the king is head of state there is no president. */
    if (!qi_slice_eq_str(role, SAME[i][1])) continue;
    found = exact_holder(a, country, qi_slice_str(SAME[i][0]), day, false);
    if (found != QI_NO_ACTOR) return found;
  }
  return QI_NO_ACTOR;
}

/* Among the roles of one line the one that says most: "president" before "head of state". */
static int says(qi_slice role) {
  return qi_slice_eq_str(role, "head of state") ? 1 : qi_slice_eq_str(role, "head of government") ? 2
         : qi_slice_eq_str(role, "leader") ? 3 : role.len ? 4 : 0;
}

/* Is p the better answer to "what is this person on that day" than q? */
static bool is_nearer(const qi_post *p, const qi_post *q, qi_day day) {
  if (p->from == q->from && p->to == q->to) return says(p->role) > says(q->role);
  if (day == QI_DAY_NONE) return p->from > q->from;
  bool p_now = holds(p, day), q_now = holds(q, day);
  if (p_now || q_now) return p_now && (!q_now || p->from > q->from);
  if (p->to < day) return q->to >= day || p->to > q->to; /* the nearest past one */
  return q->to >= day && p->from < q->from;              /* the first to come */
}

const qi_post *qi_actors_post_at(const qi_actors *a, const qi_actor *actor, qi_day day,
                                 bool *current) {
  const qi_post *posts = qi_actors_posts(a, actor), *best = NULL;
  for (uint32_t i = 0; i < actor->n_posts; i++)
    if (!best || is_nearer(&posts[i], best, day)) best = &posts[i];
  if (current) *current = best && day != QI_DAY_NONE && holds(best, day);
  return best;
}

bool qi_actors_has_role(const qi_actors *a, const qi_actor *actor, qi_slice role, qi_day day) {
  const qi_post *posts = qi_actors_posts(a, actor);
  for (uint32_t i = 0; i < actor->n_posts; i++)
    if (stands_for(role, posts[i].role) && (day == QI_DAY_NONE || holds(&posts[i], day))) return true;
  return false;
}
