/* code: a bargain of which one side is announced and told elsewhere -> that side.
 *
 * "Norland will demand something in return", "What does it get in return?": what Norland gave are its gifts of the sentences
 * before; what it gets are the points that follow ("First, ... Second, ..."), or, behind a question, what the rest of the
 * paragraph says is given to it.
 *
 *   "Norland sent shells. What does it get in return? Ostria has delivered oil." sent: given; delivered: return. */
#include "code/event.h"
#include "code/list.h"

enum {
  REACH = 4,       /* sentences to the first point */
  MAX_POINTS = 6,
  ANSWERS = 6      /* sentences behind a question */
};

static qi_view view_at(const qi_coding *c, uint32_t sentence) {
  return (qi_view){c->know, c->doc, &c->doc->sentences[sentence], &c->out->mentions};
}

static bool is_gift(const quid_event *e) {
  return e->type == QUID_AID || e->type == QUID_COOPERATE || e->type == QUID_MOBILIZE || e->type == QUID_CONCEDE || e->type == QUID_SUPPORT;
}

static bool is_party(const quid_entity *list, uint32_t n, const qi_cast *who) {
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t k = 0; k < who->n; k++)
      if (strcmp(list[i].id, who->who[k]->id) == 0 || (list[i].country[0] && strcmp(list[i].country, who->who[k]->country) == 0)) return true;
  return false;
}

/* Whoever wants or gets; nobody where it is told who will give. */
static void taker_of(const qi_coding *c, const qi_bond *b, qi_cast *out) {
  qi_view v = view_at(c, b->sentence);
  int32_t clause = qi_clause_of(&v, (int32_t)b->from), subject = clause >= 0 ? qi_deep_subject(&v, clause) : QI_NO_TOKEN;
  if (subject >= 0 && !qi_in_set(&v, clause, QI_SET_GIVES)) qi_cast_phrase(&v, subject, true, out);
}

static void add_event(qi_members *out, const qi_coding *c, size_t i) {
  const quid_event *e = &c->out->items[i];
  qi_head head = {e->sentence, c->deed_of[i]->token, false};
  qi_member_add(out, (uint32_t)i, e->trigger, head);
}

/* What the taker gave, in the sentences before. */
static void add_gifts(qi_members *out, const qi_coding *c, const qi_bond *b, const qi_cast *taker) {
  size_t n, end = qi_events_of(c, b->sentence, &n);
  for (size_t i = end; i-- > 0 && c->out->items[i].sentence + QI_LOOK_BACK >= b->sentence && out->n < QI_MAX_SIDE;) {
    const quid_event *e = &c->out->items[i];
    if (is_gift(e) && is_party(e->actors, e->n_actors, taker)) add_event(out, c, i);
  }
}

/* The word that heads the point: the first one in it that hangs on none of it. */
static int32_t head_of_point(const qi_sentence *s, const qi_list_point *p) {
  uint32_t end = p->last_sentence == p->sentence ? p->end_token : s->n_tokens;
  for (uint32_t i = p->token; i < end && i < s->n_tokens; i++) {
    int32_t head = s->tokens[i].head;
    if ((head < (int32_t)p->token || head >= (int32_t)end) && s->tokens[i].upos != QI_PUNCT) return (int32_t)i;
  }
  return QI_NO_TOKEN;
}

/* The words of each point of the list that begins next, or the event that it tells. */
static void add_points(qi_members *out, const qi_coding *c, const qi_bond *b) {
  const qi_lists *lists = &c->out->lists;
  const qi_list_point *first = NULL;
  for (uint32_t i = 0, n = 0; i < lists->n_points && n < MAX_POINTS; i++) {
    const qi_list_point *p = &lists->points[i];
    if (p->sentence <= b->sentence || c->doc->sentences[p->sentence].unparsed) continue;
    if (!first && p->sentence > b->sentence + REACH) return;
    if (first && p->list != first->list) continue;
    if (!first) first = p;
    qi_view v = view_at(c, p->sentence);
    int32_t head = head_of_point(v.s, p);
    if (head >= 0) qi_member_of(out, c, b, &(qi_head){p->sentence, head, !qi_is_verb(&v, head)});
    n++;
  }
}

/* Behind a question: what comes to the taker, or is asked by it, in the rest of the paragraph. */
static void add_answers(qi_members *out, const qi_coding *c, const qi_bond *b, const qi_cast *taker) {
  const qi_sentence *own = &c->doc->sentences[b->sentence];
  if (!qi_slice_eq_str(own->tokens[own->n_tokens - 1].form, "?")) return;
  for (uint32_t s = b->sentence + 1; s < c->doc->n_sentences && s <= b->sentence + ANSWERS; s++) {
    if (c->doc->sentences[s].new_paragraph) return;
    size_t n, first = qi_events_of(c, s, &n);
    for (size_t i = first; i < first + n; i++) {
      const quid_event *e = &c->out->items[i];
      bool comes = is_gift(e) && is_party(e->recipients, e->n_recipients, taker), asked = e->type == QUID_REQUEST && is_party(e->actors, e->n_actors, taker);
      bool given = is_gift(e) && !e->n_recipients && !is_party(e->actors, e->n_actors, taker);
      if ((comes || asked || given) && e->exchange.id[0] == '\0') add_event(out, c, i);
    }
  }
}

bool qi_open_fill(qi_coding *c, const qi_bond *b, qi_members *given, qi_members *back) {
  qi_cast taker = {.n = 0};
  qi_members gifts = {.n = 0}, told = {.n = 0};
  taker_of(c, b, &taker);
  add_gifts(&gifts, c, b, &taker);
  add_points(&told, c, b);
  if (!told.n) add_answers(&told, c, b, &taker);
  if (gifts.n) *given = gifts;
  if (told.n) { /* the wish itself stays with them where it is an event */
    for (uint32_t i = 0; i < back->n; i++)
      if (back->at[i].event != QUID_NO_EVENT) qi_member_add(&told, back->at[i].event, back->at[i].span, back->at[i].head);
    *back = told;
  }
  return given->n && back->n;
}
