/* code: the two sides of a bargain (link.c) -> events marked with one id, their side, who gives and who takes on it, what
 * stands on the other side, and the words that link them.
 *
 *   "Norland sent grain in return for fuel."  send: given, Norland > -, for the words "fuel".
 *
 * Where one side alone is told ("Norland will demand a quid pro quo"), what the same actor gave the same other before is the
 * other one. A side that names no taker gives to who gives on the other side. */
#include "code/bond.h"

#include "base/hash.h"
#include "code/item.h"
#include <stdio.h>

enum { MAX_PARTIES = 8, MAX_COUNTER_ITEMS = 8 };

typedef struct party { /* who gives or takes on a side */
  quid_entity at[MAX_PARTIES]; /* [n] */
  uint32_t n;
} party;

const char *qi_exchange_id(qi_coding *c, quid_span span) {
  char text[64], hex[QI_HASH64_HEX_BYTES];
  int n = snprintf(text, sizeof text, "%016llx exchange %u", (unsigned long long)c->text_hash, span.start);
  return qi_arena_strdup(c->arena, qi_slice_str(qi_hash64_hex(hex, (qi_slice){text, n > 0 ? (size_t)n : 0})));
}

/* ---- who gives, who takes ---- */

static bool same(const quid_entity *a, const quid_entity *b) {
  return strcmp(a->id, b->id) == 0 || (a->country[0] && strcmp(a->country, b->country) == 0 && strcmp(a->country, "IGO") != 0);
}

static bool share_member(const quid_entity *a, uint32_t n_a, const quid_entity *b, uint32_t n_b) {
  for (uint32_t i = 0; i < n_a; i++)
    for (uint32_t k = 0; k < n_b; k++)
      if (same(&a[i], &b[k])) return true;
  return false;
}

/* Is it, or its country, there? A country takes the place of its army. */
static bool widen(party *p, const quid_entity *who) {
  for (uint32_t i = 0; i < p->n; i++)
    if (same(&p->at[i], who)) {
      if (strlen(who->id) < strlen(p->at[i].id) && strncmp(who->id, p->at[i].id, strlen(who->id)) == 0) p->at[i] = *who;
      return true;
    }
  return false;
}

static void join(party *p, const quid_entity *who, uint32_t n) {
  for (uint32_t i = 0; i < n && p->n < MAX_PARTIES; i++)
    if (!widen(p, &who[i])) p->at[p->n++] = who[i];
}

/* Who asks for something takes it. */
static void parties_of(const quid_event *e, party *givers, party *takers) {
  bool asks = e->type == QUID_REQUEST;
  if (!e->n_recipients && e->n_actors == 2) { /* "restored relations with": each with the other */
    join(givers, e->actors, 1);
    join(takers, e->actors + 1, 1);
    return;
  }
  join(asks ? takers : givers, e->actors, e->n_actors);
  join(asks ? givers : takers, e->recipients, e->n_recipients);
}

static const qi_sentence *sentence_of(const qi_coding *c, const qi_member *m) { return &c->doc->sentences[m->head.sentence]; }

/* "on the tarmac at Muscat": where it was done, not with whom. */
static bool is_scene(const qi_view *v, int32_t i) {
  static const char *const where[] = {"in", "at", "on", "near", "off", "outside", "from"};
  qi_slot slot = qi_preposition(v, i, NULL);
  for (size_t k = 0; k < sizeof where / sizeof *where; k++)
    if (slot != QI_SLOT_NONE && slot == qi_slot_of_preposition(qi_slice_str(where[k]))) return true;
  return false;
}

/* Whoever is named in the words of a member, or whose it is. */
static void named_in(const qi_coding *c, const qi_member *m, quid_span span, party *out) {
  const qi_sentence *s = sentence_of(c, m);
  qi_view v = {c->know, c->doc, s, &c->out->mentions};
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    if (s->tokens[i].start < span.start || s->tokens[i].end > span.end) continue;
    const qi_mention *named = qi_mention_at(&v, (int32_t)i);
    if (named && named->is_place && is_scene(&v, (int32_t)i)) continue;
    const quid_entity *modifier = qi_modifier_at(&v, (int32_t)i);
    for (uint32_t k = 0; named && k < named->n_entities; k++)
      if (named->entities[k]->country[0]) join(out, named->entities[k], 1);
    if (modifier && modifier->country[0]) join(out, modifier, 1);
  }
}

static void leave_out(party *p, const party *who) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < p->n; i++)
    if (!share_member(who->at, who->n, &p->at[i], 1)) p->at[n++] = p->at[i];
  p->n = n;
}

/* Who is left, when the givers of both sides are known by halves: somebody else named in the words. */
static void guess_taker(const qi_coding *c, const qi_members *own, const qi_members *other, const party *givers, party *takers) {
  const qi_members *both[2] = {own, other};
  for (int side = 1; side >= 0 && !takers->n; side--)
    for (uint32_t i = 0; i < both[side]->n && !takers->n; i++) {
      const qi_member *m = &both[side]->at[i];
      party named = {.n = 0};
      named_in(c, m, m->span, &named);
      leave_out(&named, givers);
      if (named.n) join(takers, named.at, 1);
    }
}

/* Those without a country ("the suspects") stand back behind those with one. */
static void drop_unnamed(party *p) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < p->n; i++)
    if (p->at[i].country[0]) p->at[n++] = p->at[i];
  p->n = n;
}

/* Subject and receiver of a clause that is no event; whoever wants or gets takes. */
static void parties_of_clause(const qi_coding *c, const qi_member *m, party *givers, party *takers) {
  qi_view v = {c->know, c->doc, sentence_of(c, m), &c->out->mentions};
  if (!qi_is_verb(&v, m->head.token)) return;
  bool takes = qi_in_set(&v, m->head.token, QI_SET_TAKES) || qi_in_set(&v, m->head.token, QI_SET_WANTS);
  qi_slot from = qi_slot_of_preposition(QI_SLICE("from")), to = qi_slot_of_preposition(QI_SLICE("to"));
  qi_deep deep;
  qi_deep_read(&v, m->head.token, 'v', &deep);
  for (uint32_t i = 0; i < deep.n; i++) {
    qi_slot slot = deep.fillers[i].slot;
    qi_cast cast = {.n = 0};
    bool subject = slot == QI_SLOT_SUBJ, receiver = takes ? slot == from : slot == QI_SLOT_IOBJ || slot == to;
    if (deep.fillers[i].clause || !(subject || receiver)) continue;
    qi_cast_phrase(&v, deep.fillers[i].token, true, &cast);
    for (uint32_t k = 0; k < cast.n; k++) join(subject != takes ? givers : takers, cast.who[k], 1);
  }
}

/* Givers and takers of the first side, as both sides tell them. */
static void tell_parties(const qi_coding *c, const qi_members *side, party *givers, party *takers) {
  for (uint32_t i = 0; i < side->n; i++) {
    if (side->at[i].event != QUID_NO_EVENT) parties_of(&c->out->items[side->at[i].event], givers, takers);
    else parties_of_clause(c, &side->at[i], givers, takers);
  }
  drop_unnamed(givers);
  drop_unnamed(takers);
  leave_out(takers, givers);
}

static void sort_parties(const qi_coding *c, const qi_members *given, const qi_members *back, party *givers, party *takers) {
  party g = {.n = 0}, t = {.n = 0}, rg = {.n = 0}, rt = {.n = 0};
  tell_parties(c, given, &g, &t);
  tell_parties(c, back, &rg, &rt);
  if (!g.n) g = rt;
  leave_out(&rg, &g);
  if (rg.n) t = rg; /* who gives in return is the other side, whoever else is told of */
  leave_out(&t, &g);
  if (!t.n && g.n) guess_taker(c, given, back, &g, &t);
  *givers = g, *takers = t;
}

/* ---- filling the record ---- */

static const quid_entity *keep(qi_coding *c, const party *p) {
  quid_entity *list = QI_NEW_ARRAY(c->arena, quid_entity, p->n);
  if (list) memcpy(list, p->at, p->n * sizeof *list);
  return list;
}

/* The thing that bare words name: the object of a clause, else their head. */
static bool bare_items(qi_coding *c, const qi_member *m, quid_counterpart *out) {
  quid_item found[MAX_COUNTER_ITEMS];
  qi_view v = {c->know, c->doc, sentence_of(c, m), &c->out->mentions};
  int32_t token = m->head.token, obj = qi_is_verb(&v, token) ? qi_child(&v, token, QI_REL_OBJ) : token;
  if (obj < 0) return true;
  qi_amount_list amounts;
  if (!qi_amount_scan(&amounts, c->know->amounts, v.s, c->arena)) return false;
  uint32_t n = qi_items_of(found, MAX_COUNTER_ITEMS, &v, &amounts, (uint32_t)obj);
  quid_item *list = QI_NEW_ARRAY(c->arena, quid_item, n);
  if (!list) return false;
  memcpy(list, found, n * sizeof *list);
  out->items = list;
  out->n_items = n;
  return true;
}

static const quid_counterpart *counterparts(qi_coding *c, const qi_members *members) {
  quid_counterpart *list = QI_NEW_ARRAY(c->arena, quid_counterpart, members->n);
  for (uint32_t i = 0; list && i < members->n; i++) {
    const qi_member *m = &members->at[i];
    quid_counterpart *o = &list[i];
    *o = (quid_counterpart){.event = m->event, .span = m->span, .status = -1};
    if (m->event == QUID_NO_EVENT) {
      if (!bare_items(c, m, o)) return NULL;
      continue;
    }
    const quid_event *e = &c->out->items[m->event];
    o->items = e->items;
    o->n_items = e->n_items;
    o->status = (int)e->status;
  }
  return list;
}

/* Where the event is a side of a bargain already, the first one that said so stays. */
static bool mark(qi_coding *c, const qi_members *side, const qi_members *other, const party *givers, const party *takers, const quid_event *model) {
  const quid_entity *g = NULL, *t = NULL;
  const quid_counterpart *others = NULL;
  for (uint32_t i = 0; i < side->n; i++) {
    if (side->at[i].event == QUID_NO_EVENT) continue;
    quid_event *e = &c->out->items[side->at[i].event];
    if (e->exchange.id[0]) continue;
    if (!g && (!(g = keep(c, givers)) || !(t = keep(c, takers)) || !(others = counterparts(c, other)))) return false;
    e->exchange = model->exchange;
    e->exchange.givers = g, e->exchange.n_givers = givers->n;
    e->exchange.takers = t, e->exchange.n_takers = takers->n;
    e->exchange.others = others, e->exchange.n_others = other->n;
  }
  return true;
}

static bool any_event(const qi_members *m) {
  for (uint32_t i = 0; i < m->n; i++)
    if (m->at[i].event != QUID_NO_EVENT) return true;
  return false;
}

bool qi_exchange_link(qi_coding *c, const qi_bond *b, const qi_members *given, const qi_members *back) {
  party givers, takers;
  quid_event model = {.exchange = {.span = qi_bond_span(c, b)}};
  if (!given->n || !back->n || !(any_event(given) || any_event(back))) return true;
  if (!(model.exchange.id = qi_exchange_id(c, model.exchange.span))) return false;
  sort_parties(c, given, back, &givers, &takers);
  model.exchange.side = "given";
  if (!mark(c, given, back, &givers, &takers, &model)) return false;
  model.exchange.side = "return";
  return mark(c, back, given, &takers, &givers, &model);
}

bool qi_exchange_parties(quid_bond *r, qi_coding *c, const qi_members *given, const qi_members *back) {
  party givers, takers;
  sort_parties(c, given, back, &givers, &takers);
  const quid_entity *g = keep(c, &givers), *t = keep(c, &takers);
  if (!g || !t) return false;
  r->first.givers = r->second.takers = g, r->first.n_givers = r->second.n_takers = givers.n;
  r->first.takers = r->second.givers = t, r->first.n_takers = r->second.n_givers = takers.n;
  return true;
}
