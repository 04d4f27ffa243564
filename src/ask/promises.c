/* ask: promises, threats and ultimatums, and what became of them.
 *
 * Whether a promise was kept is not stored but found when it is asked: it depends on what was told later, on what is known at --as-of,
 * and on the order of no load. It is cheap, since the events of a pair lie in `dyad` in the order of their days: from the day of the
 * promise on, the first told deed that closes it ends the search. Promises are looked at from the newest on, until there are enough.
 *
 * What was promised is the event under the link `content`; without one it is told by the code of the promise itself (CAMEO 036, a
 * promise to meet) or its mode (THREATEN/violence). Then the first of these closes it:
 *   kept     the deed, or a stronger one of its kind (AID for COOPERATE), told, by the same party to the same party, of agreeing modes and
 *            goods of the same group of classes
 *   broken   a refusal (REJECT), the deed told not to have been done, or its opposite (ASSAULT after a promised ceasefire); a threat is
 *            broken when the other is yielded to (CONCEDE, RETREAT)
 *   expired  the deadline passed without either: before --as-of, or else before the newest day of publication
 *   open     none of these; without a deadline the deed is looked for within two years
 *
 *   AGREE (content RETREAT/ceasefire), ISR > LBN, 2024-11-26; ASSAULT, ISR > LBN, 2024-12-02 -> broken on 2024-12-02 */
#include "ask/ask.h"

#include <string.h>

#define MOST_ROWS 200
#define HORIZON_DAYS 730 /* without a deadline */

typedef enum type {
  AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT, N_TYPES, UNKNOWN = -1
} type;
static const char *const type_names[N_TYPES] = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
                                                "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"};
#define OF(T) (1u << (T))

typedef enum state { OPEN, KEPT, BROKEN, EXPIRED, N_STATES } state;
static const char *const state_names[N_STATES] = {"open", "kept", "broken", "expired"};
static const char *const kind_names[] = {"promise", "threat", "ultimatum"};
enum { PROMISE, THREAT, ULTIMATUM };

/* Deeds that keep a promise of the type, and those that break it. REJECT breaks all but a threat. */
static const uint32_t keeps[N_TYPES] = {
    [AGREE] = OF(AGREE), [CONSULT] = OF(CONSULT), [SUPPORT] = OF(SUPPORT), [CONCEDE] = OF(CONCEDE) | OF(RETREAT), [COOPERATE] = OF(COOPERATE) | OF(AID), [AID] = OF(AID),
    [RETREAT] = OF(RETREAT), [REJECT] = OF(REJECT), [PROTEST] = OF(PROTEST), [SANCTION] = OF(SANCTION), [MOBILIZE] = OF(MOBILIZE) | OF(ASSAULT), [COERCE] = OF(COERCE),
    [ASSAULT] = OF(ASSAULT), [ACCUSE] = OF(ACCUSE)};
static const uint32_t breaks[N_TYPES] = {
    [CONSULT] = 0, [SUPPORT] = OF(SANCTION) | OF(ASSAULT), [CONCEDE] = OF(ASSAULT) | OF(COERCE), [COOPERATE] = OF(SANCTION) | OF(ASSAULT), [AID] = OF(SANCTION) | OF(ASSAULT),
    [RETREAT] = OF(ASSAULT) | OF(MOBILIZE)};
static const uint32_t mutual = OF(CONSULT) | OF(COOPERATE) | OF(AGREE) | OF(SUPPORT); /* either may stand first */

/* What a code promises, longest first. */
static const struct { const char *cameo; type deed; } promised[] = {
    {"0356", RETREAT}, {"0354", CONCEDE}, {"0353", RETREAT}, {"031", COOPERATE}, {"032", SUPPORT}, {"033", AID}, {"034", CONCEDE}, {"035", CONCEDE}, {"036", CONSULT}, {"037", CONSULT},
    {"038", CONSULT}, {"039", CONSULT}, {"021", COOPERATE}, {"022", SUPPORT}, {"023", AID}, {"024", CONCEDE}, {"025", RETREAT}, {"026", CONSULT}, {"027", CONSULT}};
/* What a mode of THREATEN threatens with, and one of REQUEST asks for. */
static const struct { type of; const char *mode; type deed; } moded[] = {
    {THREATEN, "violence", ASSAULT}, {THREATEN, "territory", ASSAULT}, {THREATEN, "relations", SANCTION}, {THREATEN, "expel", SANCTION}, {THREATEN, "restrict", COERCE},
    {THREATEN, "arrest", COERCE}, {REQUEST, "assist", AID}, {REQUEST, "change", CONCEDE}, {REQUEST, "yield", RETREAT}, {REQUEST, "meet", CONSULT}};
/* What a mode of REJECT refuses; without a mode anything. */
static const struct { const char *mode; uint32_t deeds; } refused[] = {
    {"assist", OF(AID) | OF(COOPERATE) | OF(SUPPORT)}, {"change", OF(CONCEDE) | OF(SUPPORT)}, {"yield", OF(CONCEDE) | OF(RETREAT)}, {"meet", OF(CONSULT)}};

enum { MAX_CLASSES = 16, MODE_BYTES = 96 };

typedef struct deed {
  type type;
  char mode[MODE_BYTES]; /* joined by commas */
  int64_t groups[MAX_CLASSES];
  size_t n_groups;
} deed;

typedef struct promise {
  int64_t event, a, b;
  qi_day day, due; /* QI_DAY_NONE none */
  int kind;
  int64_t doer, target;
  deed deed;
  bool is_sure; /* the deed's kind is known: it can be closed */
  state state;
  int64_t closed_by;
  qi_day closed;
} promise;

typedef struct finder {
  quid_store *store;
  int64_t types[N_TYPES]; /* name.id, 0 not in the store */
  qi_day today;
  sqlite3_stmt *content, *groups, *recipient, *later, *show;
} finder;

/* ---- what was promised ---- */

static type type_of(const finder *f, int64_t name) {
  for (int i = 0; i < N_TYPES; i++)
    if (name && f->types[i] == name) return (type)i;
  return UNKNOWN;
}

static bool has_mode(const char *modes, const char *one) {
  qi_slice rest = qi_slice_str(modes), mode;
  while (qi_slice_split(&rest, ',', &mode))
    if (qi_slice_eq_str(mode, one)) return true;
  return false;
}

static bool share_mode(const char *a, const char *b) {
  qi_slice rest = qi_slice_str(a), mode;
  char one[MODE_BYTES];
  while (qi_slice_split(&rest, ',', &mode)) {
    sqlite3_snprintf(sizeof one, one, "%.*s", QI_SLICE_ARG(mode));
    if (has_mode(b, one)) return true;
  }
  return false;
}

static type implied(type of, const char *modes, const char *cameo) {
  for (size_t i = 0; i < sizeof moded / sizeof *moded; i++)
    if (moded[i].of == of && has_mode(modes, moded[i].mode)) return moded[i].deed;
  for (size_t i = 0; of != THREATEN && i < sizeof promised / sizeof *promised; i++)
    if (strncmp(cameo, promised[i].cameo, strlen(promised[i].cameo)) == 0) return promised[i].deed;
  return UNKNOWN;
}

static const char *text_of(sqlite3_stmt *q, int column) {
  const char *text = (const char *)sqlite3_column_text(q, column);
  return text ? text : "";
}

static quid_status read_groups(deed *d, finder *f, int64_t event, quid_error *err) {
  int code;
  d->n_groups = 0;
  sqlite3_bind_int64(f->groups, 1, event);
  while ((code = sqlite3_step(f->groups)) == SQLITE_ROW)
    if (d->n_groups < MAX_CLASSES) d->groups[d->n_groups++] = sqlite3_column_int64(f->groups, 0);
  sqlite3_reset(f->groups);
  return qi_store_error(f->store, code, err);
}

static quid_status read_recipient(promise *p, finder *f, int64_t content, quid_error *err) {
  sqlite3_bind_int64(f->recipient, 1, content);
  sqlite3_bind_int64(f->recipient, 2, p->doer);
  int code = sqlite3_step(f->recipient);
  if (code == SQLITE_ROW) p->target = sqlite3_column_int64(f->recipient, 0);
  sqlite3_reset(f->recipient);
  return qi_store_error(f->store, code, err);
}

/* The event of the promise's content, else what its own code tells. */
static quid_status read_deed(promise *p, finder *f, type own, const char *modes, const char *cameo, quid_error *err) {
  int64_t content = 0;
  p->deed = (deed){.type = implied(own, modes, cameo)};
  sqlite3_bind_int64(f->content, 1, p->event);
  int code = sqlite3_step(f->content);
  if (code == SQLITE_ROW) {
    type told = type_of(f, sqlite3_column_int64(f->content, 1));
    if (told != UNKNOWN) {
      content = sqlite3_column_int64(f->content, 0);
      p->deed.type = told;
      sqlite3_snprintf(MODE_BYTES, p->deed.mode, "%s", text_of(f->content, 2));
    }
  }
  sqlite3_reset(f->content);
  quid_status status = qi_store_error(f->store, code, err);
  if (!status && content) status = read_recipient(p, f, content, err);
  if (!status && content) status = read_groups(&p->deed, f, content, err);
  if (!status && !p->deed.n_groups) status = read_groups(&p->deed, f, p->event, err);
  p->is_sure = p->deed.type != UNKNOWN;
  return status;
}

/* ---- what became of it ---- */

static bool share_group(const deed *a, const deed *b) {
  for (size_t i = 0; i < a->n_groups; i++)
    for (size_t k = 0; k < b->n_groups; k++)
      if (a->groups[i] == b->groups[k]) return true;
  return false;
}

/* Nothing that both tell may differ; where nobody was promised it, something must agree. */
static bool agrees(const promise *p, const deed *later) {
  const deed *d = &p->deed;
  bool same_type = d->type == later->type;
  bool modes = same_type && *d->mode && *later->mode, goods = d->n_groups && later->n_groups;
  if (modes && !share_mode(d->mode, later->mode)) return false;
  if (goods && !share_group(d, later)) return false;
  return p->target || modes || goods;
}

static bool refuses(const promise *p, const deed *later) {
  bool any = !*later->mode;
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
    any |= has_mode(later->mode, refused[i].mode) && (refused[i].deeds & OF(p->deed.type)) != 0;
  return any && agrees(p, later);
}

/* What a later event makes of it; OPEN nothing. forward: by the doer. */
static state judge(const promise *p, const deed *later, bool told, bool not_done, bool forward) {
  uint32_t one = OF(later->type);
  if (!forward) return told && (one & keeps[p->deed.type] & mutual) && agrees(p, later) ? KEPT : OPEN;
  if (told && (one & keeps[p->deed.type]) && agrees(p, later)) return KEPT;
  if (p->kind == THREAT) return told && (one & (OF(CONCEDE) | OF(RETREAT))) ? BROKEN : OPEN;
  if (not_done && later->type == p->deed.type && agrees(p, later)) return BROKEN;
  if (told && (one & breaks[p->deed.type]) && p->target) return BROKEN;
  return told && later->type == REJECT && refuses(p, later) ? BROKEN : OPEN;
}

static void bind_search(finder *f, const promise *p, bool forward, uint32_t wanted, qi_day last) {
  sqlite3_bind_int64(f->later, 1, forward ? p->doer : p->target);
  sqlite3_bind_int64(f->later, 2, forward ? p->target : p->doer);
  sqlite3_bind_int(f->later, 3, p->day + 1);
  sqlite3_bind_int(f->later, 4, last);
  for (int i = 0; i < N_TYPES; i++) sqlite3_bind_int64(f->later, 5 + i, wanted & OF(i) ? f->types[i] : 0);
}

/* The first event by the doer, or the other way, that closes it, if that is before what closes it already. */
static quid_status search(promise *p, finder *f, bool forward, uint32_t wanted, qi_day last, quid_error *err) {
  int code = SQLITE_DONE;
  quid_status status = QUID_OK;
  bool found = false;
  bind_search(f, p, forward, wanted, last);
  while (!status && !found && (code = sqlite3_step(f->later)) == SQLITE_ROW) {
    deed later = {.type = type_of(f, sqlite3_column_int64(f->later, 2))};
    const char *said = text_of(f->later, 3);
    bool not_done = strcmp(said, "negated") == 0 || strcmp(said, "denied") == 0;
    bool told = strcmp(said, "asserted") == 0 || strcmp(said, "reported") == 0 || strcmp(said, "claimed") == 0;
    int64_t event = sqlite3_column_int64(f->later, 0);
    if ((!told && !not_done) || later.type == UNKNOWN || event == p->event) continue;
    sqlite3_snprintf(MODE_BYTES, later.mode, "%s", text_of(f->later, 4));
    if (p->deed.n_groups) status = read_groups(&later, f, event, err);
    state now = judge(p, &later, told, not_done, forward);
    if (status || now == OPEN) continue;
    p->state = now;
    p->closed_by = event;
    p->closed = sqlite3_column_int(f->later, 1);
    found = true;
  }
  sqlite3_reset(f->later);
  return status ? status : qi_store_error(f->store, code, err);
}

static quid_status search_both(promise *p, finder *f, quid_error *err) {
  qi_day last = p->due != QI_DAY_NONE ? p->due : p->day + HORIZON_DAYS;
  uint32_t keep = keeps[p->deed.type], wanted = keep | breaks[p->deed.type] | OF(p->deed.type) | (p->kind == THREAT ? OF(CONCEDE) | OF(RETREAT) : OF(REJECT));
  quid_status status = search(p, f, true, wanted, last, err);
  if (status || !p->target || !(keep & mutual)) return status;
  return search(p, f, false, keep & mutual, p->state == OPEN ? last : p->closed - 1, err);
}

static quid_status close_promise(promise *p, finder *f, quid_error *err) {
  quid_status status = p->is_sure ? search_both(p, f, err) : QUID_OK;
  if (!status && p->state == OPEN && p->due != QI_DAY_NONE && f->today != QI_DAY_NONE && p->due < f->today) {
    p->state = EXPIRED;
    p->closed = p->due;
  }
  return status;
}

/* ---- the statements ---- */

static quid_status prepare(sqlite3_stmt **out, quid_store *s, const char *sql, quid_error *err) {
  return qi_store_error(s, sqlite3_prepare_v2(s->db, sql, -1, out, NULL), err);
}

static const char CONTENT[] = "SELECT e.id, e.type, e.mode FROM link l CROSS JOIN event e ON e.key = l.other_key WHERE l.event = ?1 AND l.kind = 'content' "
                              "ORDER BY e.gone IS NOT NULL, l.number, e.id LIMIT 1";
static const char GROUPS[] = "SELECT DISTINCT coalesce(c.grp, i.class) FROM item i LEFT JOIN class c ON c.class = i.class WHERE i.event = ?1 AND i.class IS NOT NULL ORDER BY 1";
static const char RECIPIENT[] = "SELECT n.party FROM participant x JOIN entity n ON n.id = x.entity WHERE x.event = ?1 AND x.role = 1 AND n.party IS NOT NULL "
                                "AND n.party != ?2 ORDER BY x.number LIMIT 1";
static const char SHOW[] = "SELECT printf('%016x', e.key), s.text FROM event e JOIN sentence s ON s.id = e.sentence WHERE e.id = ?1";

/* Rows of the wanted types from one party to another in the order of their days, as known at as_of. The key of dyad has that order, so that
 * a search can stop at its first find; only --as-of has to sort.
 * The parameters ?1 to ?20 are bound by each search; those of the filter come behind them. */
#define LATER_FROM(TABLE)                                                                                                                  \
  "SELECT d.event, d.day, d.type, d.status FROM " TABLE " d WHERE d.a = ?1 AND d.b = ?2 AND d.day BETWEEN ?3 AND ?4 "                       \
  "AND d.type IN (?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)"

static quid_status prepare_later(finder *f, const quid_filter *filter, quid_error *err) {
  qi_query q;
  quid_filter time = {.as_of = filter ? filter->as_of : NULL};
  qi_query_init(&q);
  qi_query_add(&q, "SELECT d.event, d.day, d.type, st.text, e.mode FROM (" LATER_FROM("dyad"));
  if (time.as_of) qi_query_add(&q, " UNION ALL " LATER_FROM("dyad_gone"));
  qi_query_add(&q, ") d CROSS JOIN event e ON e.id = d.event CROSS JOIN name st ON st.id = d.status WHERE 1");
  quid_status status = qi_filter_where(&q, f->store, &time, "e", err);
  qi_query_add(&q, " ORDER BY d.day, d.event");
  if (!status) status = qi_builder_status(&q.sql, "the question", err);
  if (!status) status = prepare(&f->later, f->store, q.sql.ptr, err);
  for (size_t i = 0; !status && i < q.parameters.len; i++) { /* texts of days */
    const qi_parameter *p = &q.parameters.items[i];
    sqlite3_bind_text(f->later, 21 + (int)i, p->text, -1, SQLITE_TRANSIENT);
  }
  qi_query_clear(&q);
  return status;
}

static quid_status read_today(finder *f, const quid_filter *filter, quid_error *err) {
  int64_t newest;
  qi_day first;
  f->today = QI_DAY_NONE;
  if (filter && filter->as_of) { /* a wrong one was refused before */
    qi_date_parse(qi_slice_str(filter->as_of), &first, &f->today);
    return QUID_OK;
  }
  quid_status status = qi_store_number(&newest, f->store, "SELECT coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'newest'), -1000000000)", err);
  if (!status && newest > -1000000000) f->today = (qi_day)newest;
  return status;
}

static quid_status open_finder(finder *f, const quid_filter *filter, quid_error *err) {
  sqlite3_stmt *q = NULL;
  quid_status status = prepare(&q, f->store, "SELECT id FROM name WHERE text = ?1", err);
  for (int i = 0; !status && i < N_TYPES; i++) {
    sqlite3_bind_text(q, 1, type_names[i], -1, SQLITE_STATIC);
    if (sqlite3_step(q) == SQLITE_ROW) f->types[i] = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
  }
  sqlite3_finalize(q);
  if (!status) status = prepare(&f->content, f->store, CONTENT, err);
  if (!status) status = prepare(&f->groups, f->store, GROUPS, err);
  if (!status) status = prepare(&f->recipient, f->store, RECIPIENT, err);
  if (!status) status = prepare(&f->show, f->store, SHOW, err);
  if (!status) status = prepare_later(f, filter, err);
  return status ? status : read_today(f, filter, err);
}

static void close_finder(finder *f) {
  sqlite3_stmt *const all[] = {f->content, f->groups, f->recipient, f->later, f->show};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) sqlite3_finalize(all[i]);
}

/* ---- the answer ---- */

static quid_status put_date(quid_answer *a, qi_day day, quid_error *err) {
  char text[QI_DATE_BYTES];
  return qi_answer_put(a, day == QI_DAY_NONE ? NULL : qi_date_format(text, day), err);
}

static quid_status put_event(quid_answer *a, finder *f, int64_t event, int column, quid_error *err) {
  if (!event) return qi_answer_put(a, NULL, err);
  sqlite3_bind_int64(f->show, 1, event);
  int code = sqlite3_step(f->show);
  quid_status status = qi_store_error(f->store, code, err);
  if (!status) status = qi_answer_put(a, code == SQLITE_ROW ? text_of(f->show, column) : NULL, err);
  sqlite3_reset(f->show);
  return status;
}

static quid_status put_promise(quid_answer *a, finder *f, const promise *p, const char *by, const char *to, quid_error *err) {
  char what[MODE_BYTES + 32] = "";
  if (p->is_sure) sqlite3_snprintf(sizeof what, what, "%s%s%s", type_names[p->deed.type], *p->deed.mode ? "/" : "", p->deed.mode);
  quid_status status = put_date(a, p->day, err);
  const char *const cells[] = {kind_names[p->kind], by, to, what};
  for (size_t i = 0; !status && i < 4; i++) status = qi_answer_put(a, cells[i], err);
  if (!status) status = put_date(a, p->due, err);
  if (!status) status = qi_answer_put(a, state_names[p->state], err);
  if (!status) status = put_date(a, p->state == OPEN ? QI_DAY_NONE : p->closed, err);
  if (!status) status = put_event(a, f, p->event, 1, err);
  if (!status) status = put_event(a, f, p->closed_by, 1, err);
  if (!status) status = put_event(a, f, p->event, 0, err);
  return status ? status : put_event(a, f, p->closed_by, 0, err);
}

/* Reads the row, and what became of it. */
static quid_status read_promise(promise *p, finder *f, sqlite3_stmt *q, quid_error *err) {
  type own = type_of(f, sqlite3_column_int64(q, 5));
  *p = (promise){.event = sqlite3_column_int64(q, 0), .a = sqlite3_column_int64(q, 1), .b = sqlite3_column_int64(q, 2), .day = sqlite3_column_int(q, 3),
                 .due = sqlite3_column_type(q, 4) == SQLITE_NULL ? QI_DAY_NONE : sqlite3_column_int(q, 4),
                 .kind = own == THREATEN ? THREAT : own == REQUEST ? ULTIMATUM : PROMISE};
  p->doer = p->kind == ULTIMATUM ? p->b : p->a;
  p->target = p->kind == ULTIMATUM ? p->a : p->b;
  quid_status status = read_deed(p, f, own, text_of(q, 6), text_of(q, 7), err);
  p->is_sure = p->is_sure && p->doer;
  return status ? status : close_promise(p, f, err);
}

static quid_status read_states(uint32_t *out, const char *list, quid_error *err) {
  qi_slice rest = qi_slice_str(list ? list : "open,kept,broken,expired"), one;
  *out = 0;
  while (qi_slice_split(&rest, ',', &one)) {
    int found = -1;
    for (int i = 0; i < N_STATES; i++)
      if (qi_slice_eq_str(qi_slice_trim(one), state_names[i])) found = i;
    if (found < 0) return qi_error_set(err, QUID_ERR_ARGUMENT, "no state: '%.*s'; wanted open, kept, broken or expired", QI_SLICE_ARG(one));
    *out |= OF(found);
  }
  return QUID_OK;
}

static quid_status add_parties(qi_query *q, quid_store *s, const char *a, const char *b, quid_error *err) {
  int64_t one, other = 0;
  if (!a) return QUID_OK;
  quid_status status = qi_ask_party(&one, s, a, err);
  if (!status && b) status = qi_ask_party(&other, s, b, err);
  if (status) return status;
  qi_query_add(q, " AND ((p.a = ");
  qi_query_number(q, one);
  if (b) qi_query_add(q, " AND p.b = "), qi_query_number(q, other);
  qi_query_add(q, ") OR (p.b = ");
  qi_query_number(q, one);
  if (b) qi_query_add(q, " AND p.a = "), qi_query_number(q, other);
  qi_query_add(q, "))");
  return QUID_OK;
}

static quid_status list(sqlite3_stmt **out, finder *f, const char *a, const char *b, uint32_t states, const quid_filter *filter, quid_error *err, qi_query *q) {
  quid_filter own = filter ? *filter : (quid_filter){0};
  qi_days_of days;
  quid_status status = qi_filter_days(&days, filter, err);
  own.from = own.to = NULL; /* p.day is e.day, with an index */
  qi_query_add(q, "SELECT p.event, p.a, p.b, p.day, p.due, e.type, e.mode, e.cameo, na.text, nb.text FROM promise p CROSS JOIN event e ON e.id = p.event "
                  "LEFT JOIN name na ON na.id = p.a LEFT JOIN name nb ON nb.id = p.b WHERE p.day BETWEEN ");
  qi_query_number(q, days.from);
  qi_query_add(q, " AND ");
  qi_query_number(q, days.to);
  if (states == OF(EXPIRED)) qi_query_add(q, " AND p.due < "), qi_query_number(q, f->today);
  if (!status) status = add_parties(q, f->store, a, b, err);
  if (!status) status = qi_filter_where(q, f->store, &own, "e", err);
  qi_query_add(q, " ORDER BY p.day DESC, p.event DESC");
  return status ? status : qi_query_prepare(out, f->store, q, err);
}

quid_status quid_ask_promises(quid_answer **out, quid_store *s, const char *a, const char *b, const char *state_list, const quid_filter *filter, quid_error *err) {
  static const char *const columns[] = {"day", "kind", "by", "to", "deed", "due", "state", "closed", "sentence", "closing", "event", "closing_event", NULL};
  finder f = {.store = s};
  sqlite3_stmt *q = NULL;
  qi_query query;
  uint32_t states, limit = filter && filter->limit ? filter->limit : MOST_ROWS;
  int code = SQLITE_DONE;
  *out = NULL;
  qi_query_init(&query);
  quid_status status = read_states(&states, state_list, err);
  if (!status) status = open_finder(&f, filter, err);
  if (!status) status = list(&q, &f, a, b, states, filter, err, &query);
  if (!status) status = qi_answer_new(out, columns, err);
  for (uint32_t n = 0; !status && n < limit && (code = sqlite3_step(q)) == SQLITE_ROW;) {
    promise p;
    status = read_promise(&p, &f, q, err);
    if (status || !(states & OF(p.state))) continue;
    status = put_promise(*out, &f, &p, text_of(q, 8), text_of(q, 9), err);
    n++;
  }
  if (!status) status = qi_store_error(s, code, err);
  sqlite3_finalize(q);
  close_finder(&f);
  qi_query_clear(&query);
  if (status) quid_answer_free(*out), *out = NULL;
  return status;
}
