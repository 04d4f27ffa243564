/* code: events of enumerated points -> links to the head of their list.
 *
 * "Ostria will want two things. First, Norland must send grain." -> send: link `listed`, event: the wanting (if it is one),
 * other "Ostria will want two things", span "First". */
#include "code/event.h"

/* Steps from the token up to the root of its sentence. */
static uint32_t depth_of(const qi_sentence *s, int32_t token) {
  enum { MAX_DEPTH = 64 };
  uint32_t n = 0;
  for (; token >= 0 && n < MAX_DEPTH; n++) token = s->tokens[token].head;
  return n;
}

/* The event of the head that stands highest in its tree, QUID_NO_EVENT none. first: events of the document before which none
 * of that sentence stands. */
static uint32_t event_of_head(const qi_coding *c, const qi_list *list, size_t first) {
  uint32_t best = QUID_NO_EVENT, least = UINT32_MAX;
  const qi_sentence *s = &c->doc->sentences[list->sentence];
  for (size_t i = first; i < c->n_events && c->out->items[i].sentence == list->sentence; i++) {
    const qi_deed *d = c->deed_of[i];
    uint32_t depth = depth_of(s, d->light >= 0 ? d->light : d->token);
    if ((uint32_t)d->token < list->n_tokens && depth < least) best = (uint32_t)i, least = depth;
  }
  return best;
}

bool qi_lists_link(qi_coding *c) {
  const qi_lists *lists = &c->out->lists;
  uint32_t *head = QI_NEW_ARRAY(c->arena, uint32_t, (size_t)lists->len + 1);
  size_t *begin = QI_NEW_ARRAY(c->arena, size_t, (size_t)c->doc->n_sentences + 1);
  if (!head || !begin) return false;
  if (!lists->n_points) return true;
  size_t at = 0;
  for (uint32_t k = 0; k < c->doc->n_sentences; k++) {
    while (at < c->n_events && c->out->items[at].sentence < k) at++;
    begin[k] = at;
  }
  for (uint32_t l = 0; l < lists->len; l++) head[l] = event_of_head(c, &lists->items[l], begin[lists->items[l].sentence]);
  for (size_t i = 0; i < c->n_events; i++) {
    quid_event *e = &c->out->items[i];
    const qi_list_point *p = qi_lists_at(lists, e->sentence, (uint32_t)c->deed_of[i]->token);
    if (!p) continue;
    quid_link link = {.type = "listed", .event = head[p->list], .other = lists->items[p->list].head, .span = p->marker};
    if (link.event != i && !qi_event_add_link(c, e, &link)) return false;
  }
  return true;
}
