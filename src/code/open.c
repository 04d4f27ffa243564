/* code: a bargain of which one side is announced and told elsewhere -> that side.
 *
 * "Norland will demand something in return", "What does it get in return?": what Norland gave are its gifts of the sentences
 * before; what it gets are the points that follow ("First, ... Second, ..."), or, behind a question, what the rest of the
 * paragraph says is given to it.
 *
 *   "Norland sent shells. What does it get in return? Ostria has delivered oil." sent: given; delivered: return. */
#include "code/event.h"

enum {
  REACH = 4,       /* sentences to the first point */
  MAX_POINTS = 6,
  POINT_APART = 12, /* sentences from one point to the next */
  ANSWERS = 6      /* sentences behind a question */
};

/* "First", "Secondly" at the start of a sentence: its number, 0 none. */
static uint32_t ordinal(const qi_sentence *s) {
  static const char *const words[] = {"first", "second", "third", "fourth", "fifth", "sixth"};
  static const char *const adverbs[] = {"firstly", "secondly", "thirdly", "fourthly", "fifthly", "sixthly"};
  if (s->n_tokens < 3 || s->unparsed) return 0;
  for (uint32_t i = 0; i < MAX_POINTS; i++) {
    bool word = qi_slice_eq_nocase(s->tokens[0].form, qi_slice_str(words[i])), adverb = qi_slice_eq_nocase(s->tokens[0].form, qi_slice_str(adverbs[i]));
    if (adverb || (word && s->tokens[1].upos == QI_PUNCT)) return i + 1;
  }
  return 0;
}

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

/* The words of each point, or the event that it tells. */
static void add_points(qi_members *out, const qi_coding *c, const qi_bond *b) {
  uint32_t number = 0, last = b->sentence;
  for (uint32_t s = b->sentence + 1; s < c->doc->n_sentences && number < MAX_POINTS; s++) {
    if (s > last + (number ? POINT_APART : REACH)) return;
    if (ordinal(&c->doc->sentences[s]) != number + 1) continue;
    number++, last = s;
    qi_view v = view_at(c, s);
    for (uint32_t i = 0; i < v.s->n_tokens; i++)
      if (qi_tok(&v, (int32_t)i)->head < 0) qi_member_of(out, c, b, &(qi_head){s, (int32_t)i, !qi_is_verb(&v, (int32_t)i)});
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
