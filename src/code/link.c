/* code: bonds (cue.c) and events -> conditions, retaliation and enabling as links of events; bargains go on to exchange.c.
 *
 * The words that head a side are led to the deeds that tell it: "agreed to free" -> free, "imposed tariffs" -> tariffs. A side
 * that is no event keeps its words.
 *
 *   "If Norland attacks, Ostria will close the border."  close: condition, other event attacks, by "If". */
#include "code/bond.h"

#include "know/frames.h"

enum {
  MAX_LINKS = 8,  /* of one event */
  MAX_INNER = 6   /* "agreed to try to help to free" */
};

/* ---- from a word to its deeds ---- */

bool qi_is_verbal(const qi_deed *d) {
  quid_event_type t = d->frame->type;
  return t == QUID_AGREE || t == QUID_REQUEST || t == QUID_THREATEN || t == QUID_ACCUSE || (t == QUID_REJECT && d->role[QI_ROLE_CONTENT].n);
}

static qi_deed *deed_at(qi_deed *const *deeds, size_t n, int32_t token) {
  for (size_t i = 0; i < n; i++)
    if (!deeds[i]->dropped && (deeds[i]->token == token || deeds[i]->light == token)) return deeds[i];
  return NULL;
}

/* A deed among the dependents with that label. */
static qi_deed *deed_below(const qi_view *v, qi_deed *const *deeds, size_t n, int32_t token, qi_rel rel) {
  for (QI_EACH_CHILD(v, token, k, c)) {
    qi_deed *d = qi_tok(v, (int32_t)c)->rel == rel ? deed_at(deeds, n, (int32_t)c) : NULL;
    if (d) return d;
  }
  return NULL;
}

/* "the jets that Russia sent", "shells delivered by Norland". */
static qi_deed *deed_of_remark(const qi_view *v, qi_deed *const *deeds, size_t n, int32_t token) {
  qi_deed *d = deed_below(v, deeds, n, token, QI_REL_ACL_RELCL);
  if (!d) d = deed_below(v, deeds, n, token, QI_REL_ACL);
  return d && !qi_is_verbal(d) && d->part == 'v' ? d : NULL;
}

static int32_t clause_below(const qi_view *v, int32_t token) {
  if (qi_in_set(v, token, QI_SET_LETS)) return QI_NO_TOKEN;
  for (QI_EACH_CHILD(v, token, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    bool noun = qi_is_nominal(v, token) || qi_tok(v, token)->upos == QI_ADJ;
    if (rel == QI_REL_XCOMP || rel == QI_REL_CCOMP) return (int32_t)c;
    if (noun && (rel == QI_REL_ACL || rel == QI_REL_ADVCL) && qi_is_to_infinitive(v, (int32_t)c)) return (int32_t)c;
  }
  return QI_NO_TOKEN;
}

/* What a word of saying, asking, promising is about; QI_NO_TOKEN: it is the deed itself. */
static int32_t inner(const qi_view *v, const qi_deed *d, int32_t token) {
  const qi_fill *content = d ? &d->role[QI_ROLE_CONTENT] : NULL;
  for (uint32_t i = 0; content && i < content->n; i++)
    if (content->token[i] != token) return content->token[i];
  return clause_below(v, token);
}

/* "would ask the council to meet": under a condition it is the asking that is told of. */
static bool has_future(const qi_view *v, int32_t token) {
  for (QI_EACH_CHILD(v, token, k, c))
    if (qi_xpos_is(v, (int32_t)c, "MD")) return true;
  const qi_token *t = qi_tok(v, token);
  if (t->rel != QI_REL_CONJ || t->head < 0) return false;
  for (QI_EACH_CHILD(v, t->head, j, d)) /* "will close the post and refuse to talk" */
    if (qi_xpos_is(v, (int32_t)d, "MD")) return true;
  return false;
}

uint32_t qi_settle(const qi_view *v, qi_deed *const *deeds, size_t n, int32_t token, bool stay, qi_deed **out, uint32_t max, int32_t *last) {
  qi_deed *verbal = NULL;
  *last = token;
  for (int step = 0; step < MAX_INNER && token >= 0 && max; step++) {
    qi_deed *d = deed_at(deeds, n, token);
    if (d && !qi_is_verbal(d)) return out[0] = d, 1;
    if (d && stay && has_future(v, token)) return out[0] = d, 1;
    if (d) verbal = d;
    *last = token;
    int32_t next = inner(v, d, token);
    if (next < 0 || next == token) {
      qi_deed *under = deed_below(v, deeds, n, token, QI_REL_OBJ);
      if (!under) under = deed_below(v, deeds, n, token, QI_REL_NSUBJ_PASS);
      if (!under && qi_is_nominal(v, token)) under = deed_of_remark(v, deeds, n, token);
      if (under && !d) return out[0] = under, 1;
      break;
    }
    token = next;
  }
  if (verbal && max) return out[0] = verbal, 1;
  return 0;
}

/* ---- spans ---- */

quid_span qi_bond_span(const qi_coding *c, const qi_bond *b) {
  const qi_sentence *s = &c->doc->sentences[b->sentence];
  return (quid_span){s->tokens[b->from].start, s->tokens[b->to].end};
}

/* "Aided by advisers": the participle is the deed, and belongs to its words. */
static bool is_participle_cue(const qi_view *v, const qi_bond *b, const qi_head *h) {
  return b->cue->type == QI_LINK_ENABLING && b->cue->form == QI_CUE_PREP && h->sentence == b->sentence && h->phrase && h->token > (int32_t)b->to &&
         qi_is_verb(v, (int32_t)b->from);
}

/* A clause ends where the next one begins: "leased the base, and left". */
static uint32_t end_of_clause(const qi_view *v, int32_t token, uint32_t last) {
  for (QI_EACH_CHILD(v, token, k, c)) {
    const qi_token *t = qi_tok(v, (int32_t)c);
    if ((int32_t)c <= token || (t->rel != QI_REL_CONJ && t->rel != QI_REL_PARATAXIS)) continue;
    uint32_t first, end;
    qi_subtree_span(v, (int32_t)c, &first, &end);
    if (first > (uint32_t)token && first <= last) last = first - 1;
  }
  return last;
}

/* A complement may go on in what the parser hung on the cue: "as payment for the oil that Ostria delivered". */
static uint32_t end_of_complement(const qi_view *v, const qi_bond *b, uint32_t last) {
  for (uint32_t i = b->from; i <= b->to; i++) {
    uint32_t first, end;
    if (!qi_is_nominal(v, (int32_t)i)) continue;
    qi_subtree_span(v, (int32_t)i, &first, &end);
    if (end > last) last = end;
  }
  return last;
}

/* The words of a side: all that hangs on its head, but for the cue and what lies beyond it. */
static quid_span words_of(const qi_view *v, const qi_bond *b, const qi_head *h) {
  uint32_t first, last;
  qi_subtree_span(v, h->token, &first, &last);
  if (b->sentence == h->sentence) {
    bool inside = !h->phrase && b->cue->form != QI_CUE_PREP && b->cue->form != QI_CUE_CONJ; /* "would want something for that" */
    if (!inside && (int32_t)b->from > h->token && last >= b->from) last = b->from - 1;
    if ((int32_t)b->to < h->token && first <= b->to) first = b->to + 1;
    if (h->phrase && b->cue->form == QI_CUE_PREP && h->token > (int32_t)b->to) last = end_of_complement(v, b, last);
  }
  if (!h->phrase) last = end_of_clause(v, h->token, last);
  if (last < (uint32_t)h->token) last = (uint32_t)h->token;
  if (!h->phrase && !qi_is_nominal(v, h->token) && first < (uint32_t)h->token) first = (uint32_t)h->token;
  while (first < (uint32_t)h->token && qi_tok(v, (int32_t)first)->rel == QI_REL_CASE) first++;
  if (is_participle_cue(v, b, h)) first = b->from;
  while (first < last && qi_tok(v, (int32_t)first)->upos == QI_PUNCT) first++;
  while (last > first && (qi_tok(v, (int32_t)last)->upos == QI_PUNCT || qi_tok(v, (int32_t)last)->upos == QI_CCONJ)) last--;
  return (quid_span){v->s->tokens[first].start, v->s->tokens[last].end};
}

/* ---- before the events ---- */

static qi_view view_of(const qi_coding *c, uint32_t sentence) {
  return (qi_view){c->know, c->doc, &c->doc->sentences[sentence], &c->out->mentions};
}

static qi_slice word_at(const qi_coding *c, const qi_heads *h) { return c->doc->sentences[h->at[0].sentence].tokens[h->at[0].token].form; }

bool qi_link_find(qi_coding *c) {
  for (uint32_t i = 0; i < c->doc->n_sentences; i++) {
    qi_view v = view_of(c, i);
    size_t n = c->bonds.len;
    if (c->out->story.sentences[i] == QI_STORY && !qi_bonds_find(&c->bonds, &v, c->arena)) return false;
    for (; n < c->bonds.len && c->explain; n++) {
      const qi_bond *b = &c->bonds.items[n];
      qi_explain_add(c->explain, i, (int32_t)b->from, "%s (line %u): '%.*s' (%u) by '%.*s' (%u)", qi_link_type_name((qi_link_type)b->cue->type), b->cue->line,
                     QI_SLICE_ARG(word_at(c, &b->first)), b->first.n, QI_SLICE_ARG(word_at(c, &b->second)), b->second.n);
    }
  }
  return true;
}

/* "recalled its envoy over the arrest", "fined him for selling arms": a deed, or a matter taken as known; not "over the
 * weekend", "detained for questioning". */
static bool is_cause(const qi_coding *c, const qi_bond *b, const qi_head *h) {
  if (b->cue->need != QI_NEED_PUNISH && b->cue->need != QI_NEED_OPENING) return true;
  qi_view v = view_of(c, h->sentence);
  const qi_token *t = qi_tok(&v, h->token);
  if (t->upos == QI_VERB) return true;
  bool deed = t->upos == QI_NOUN && qi_frames_first(c->know->frames, t->lemma, 'n') != QI_MAP_NONE;
  if (b->cue->need == QI_NEED_OPENING) return deed;
  if (t->etype == QI_ETYPE_TIME || t->etype == QI_ETYPE_PERSON || t->etype == QI_ETYPE_PLACE || t->etype == QI_ETYPE_ORGANIZATION) return false;
  if (qi_form_is(&v, (int32_t)b->from, "for")) return false;
  if (deed) return true;
  return t->upos == QI_NOUN && (deed || t->etype == QI_ETYPE_EVENT || t->etype == QI_ETYPE_ABSTRACT) && qi_is_definite(&v, h->token);
}

/* A verb with somebody who does it, that does not only want something. */
static bool may_be_deed(const qi_view *v, int32_t token) {
  bool question = qi_slice_eq_str(v->s->tokens[v->s->n_tokens - 1].form, "?"); /* "What does it get?" */
  return !question && qi_tok(v, token)->upos == QI_VERB && !qi_in_set(v, token, QI_SET_WANTS);
}

static qi_linked how_linked(const qi_bond *b) {
  if (b->cue->type != QI_LINK_EXCHANGE) return QI_LINKED;
  return b->cue->form == QI_CUE_PREP && b->cue->words.n > 2 ? QI_LINKED_SURELY : QI_LINKED_BARGAIN;
}

static bool add_deed(qi_coding *c, const qi_view *v, const qi_bond *b, const qi_head *h) {
  qi_deed *found[1], *kept;
  int32_t last;
  if (qi_settle(v, c->deeds.items, c->deeds.len, h->token, b->cue->type == QI_LINK_CONDITION, found, 1, &last) && !qi_is_verbal(found[0])) return true;
  if (!may_be_deed(v, last) || deed_at(c->deeds.items, c->deeds.len, last)) return true;
  if (!qi_opinion_linked(&kept, c->second, v, &c->quotes[v->s->index], &c->deeds, last, how_linked(b), c->arena, &c->scratch, c->explain))
    return false;
  return !kept || QI_VEC_PUSH_IN(c->arena, &c->deeds, kept);
}

/* Is the first side of the bond told by a deed of this sentence? */
static bool has_deed(const qi_coding *c, const qi_view *v, const qi_bond *b) {
  qi_deed *found[1];
  int32_t last;
  for (uint32_t k = 0; k < b->first.n; k++)
    if (b->first.at[k].sentence == v->s->index && qi_settle(v, c->deeds.items, c->deeds.len, b->first.at[k].token, false, found, 1, &last)) return true;
  return false;
}

bool qi_link_add_deeds(qi_coding *c, const qi_view *v) {
  uint32_t s = v->s->index;
  size_t n = c->deeds.len;
  while (c->first_bond < c->bonds.len && c->bonds.items[c->first_bond].sentence + QI_LOOK_BACK < s) c->first_bond++;
  for (size_t i = c->first_bond; i < c->bonds.len && c->bonds.items[i].sentence <= s + QI_LOOK_BACK; i++) {
    const qi_bond *b = &c->bonds.items[i];
    if ((c->know->petrarch && !c->know->petrarch_beside) || qi_is_weak(b->cue) || b->loose) continue;
    for (uint32_t k = 0; k < b->first.n; k++)
      if (b->first.at[k].sentence == s && !add_deed(c, v, b, &b->first.at[k])) return false;
    qi_head verb = {b->sentence, (int32_t)b->from, false}; /* "retaliated with 300 drones" */
    if (b->cue->first == QI_PLACE_ANSWER && b->sentence == s && !has_deed(c, v, b) && !add_deed(c, v, b, &verb)) return false;
    for (uint32_t k = 0; k < b->second.n && b->cue->type == QI_LINK_EXCHANGE; k++)
      if (b->second.at[k].sentence == s && !add_deed(c, v, b, &b->second.at[k])) return false;
  }
  if (c->deeds.len > n) qi_deeds_sort(&c->deeds);
  return true;
}

/* ---- links ---- */

/* The events [first, first + n) of a sentence; events stand in the order of sentences. */
size_t qi_events_of(const qi_coding *c, uint32_t sentence, size_t *n) {
  size_t low = 0, high = c->n_events;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (c->out->items[mid].sentence < sentence) low = mid + 1;
    else high = mid;
  }
  for (*n = 0; low + *n < c->n_events && c->out->items[low + *n].sentence == sentence;) ++*n;
  return low;
}

void qi_member_add(qi_members *out, uint32_t event, quid_span span, qi_head head) {
  for (uint32_t i = 0; i < out->n; i++)
    if (event != QUID_NO_EVENT && out->at[i].event == event) return;
  if (out->n < sizeof out->at / sizeof *out->at) out->at[out->n++] = (qi_member){event, span, head};
}

/* The deeds of a phrase beside its head: "the release of prisoners and the lifting of the siege". */
static void add_conjuncts(qi_members *out, const qi_view *v, qi_deed *const *deeds, size_t n, size_t first, const qi_head *h, quid_span span) {
  for (QI_EACH_CHILD(v, h->token, k, c)) {
    if (qi_tok(v, (int32_t)c)->rel != QI_REL_CONJ) continue;
    for (size_t i = 0; i < n; i++)
      if (deeds[i]->token == (int32_t)c || deeds[i]->light == (int32_t)c) qi_member_add(out, (uint32_t)(first + i), span, *h);
  }
}

void qi_member_of(qi_members *out, const qi_coding *c, const qi_bond *b, const qi_head *h) {
  size_t n, first = qi_events_of(c, h->sentence, &n);
  qi_view v = view_of(c, h->sentence);
  qi_deed *const *deeds = c->deed_of ? c->deed_of + first : NULL, *found[1];
  quid_span span = words_of(&v, b, h);
  int32_t last;
  int32_t token = is_participle_cue(&v, b, h) && deed_at(deeds, n, (int32_t)b->from) ? (int32_t)b->from : h->token;
  if (!qi_settle(&v, deeds, n, token, b->cue->type == QI_LINK_CONDITION, found, 1, &last)) {
    if (h->phrase || b->cue->type == QI_LINK_EXCHANGE) qi_member_add(out, QUID_NO_EVENT, span, *h);
    if (h->phrase) add_conjuncts(out, &v, deeds, n, first, h, span);
    return;
  }
  for (size_t i = 0; i < n; i++)
    if (deeds[i] == found[0]) qi_member_add(out, (uint32_t)(first + i), span, *h);
  if (h->phrase) add_conjuncts(out, &v, deeds, n, first, h, span);
}

quid_span qi_bond_words(const qi_coding *c, const qi_bond *b, const qi_head *h, int32_t *last) {
  size_t n, first = qi_events_of(c, h->sentence, &n);
  qi_view v = view_of(c, h->sentence);
  qi_deed *found[1];
  qi_settle(&v, c->deed_of ? c->deed_of + first : NULL, n, h->token, b->cue->type == QI_LINK_CONDITION, found, 1, last);
  return words_of(&v, b, h);
}

static void members_of(qi_members *out, const qi_coding *c, const qi_bond *b, const qi_heads *heads) {
  out->n = 0;
  for (uint32_t i = 0; i < heads->n; i++) qi_member_of(out, c, b, &heads->at[i]);
}

static bool is_hostile(quid_event_type t) {
  return (t >= QUID_REQUEST && t != QUID_N_EVENT_TYPES) || t == QUID_RETREAT;
}

static bool is_punishment(quid_event_type t) {
  return t == QUID_SANCTION || t == QUID_COERCE || t == QUID_ASSAULT || t == QUID_RETREAT || t == QUID_THREATEN;
}

static bool add_link(qi_coding *c, quid_event *e, const qi_bond *b, const qi_member *other) {
  if (e->n_links == MAX_LINKS || (other->event != QUID_NO_EVENT && &c->out->items[other->event] == e)) return true;
  quid_link link = {qi_link_type_name((qi_link_type)b->cue->type), other->event, other->span, qi_bond_span(c, b)};
  return qi_event_add_link(c, e, &link);
}

/* *any: was something linked? */
static bool link_pair(bool *any, qi_coding *c, const qi_bond *b, const qi_members *first, const qi_members *second) {
  for (uint32_t i = 0; i < first->n; i++) {
    if (first->at[i].event == QUID_NO_EVENT) continue;
    quid_event *e = &c->out->items[first->at[i].event];
    if ((b->cue->need == QI_NEED_HOSTILE || b->cue->need == QI_NEED_OPENING) && !is_hostile(e->type)) continue;
    if (b->cue->need == QI_NEED_PUNISH && !is_punishment(e->type)) continue;
    for (uint32_t k = 0; k < second->n; k++)
      if (second->at[k].event != QUID_NO_EVENT || is_cause(c, b, &second->at[k].head)) {
        *any = true;
        if (!add_link(c, e, b, &second->at[k])) return false;
      }
  }
  return true;
}

static bool any_event(const qi_members *m) {
  for (uint32_t i = 0; i < m->n; i++)
    if (m->at[i].event != QUID_NO_EVENT) return true;
  return false;
}

static bool any_hostile(const qi_coding *c, const qi_members *m) {
  for (uint32_t i = 0; i < m->n; i++)
    if (m->at[i].event != QUID_NO_EVENT && is_hostile(c->out->items[m->at[i].event].type)) return true;
  return false;
}

static bool all_friendly(const qi_coding *c, const qi_members *m) {
  for (uint32_t i = 0; i < m->n; i++) {
    if (m->at[i].event == QUID_NO_EVENT) return false;
    quid_event_type t = c->out->items[m->at[i].event].type;
    if (t > QUID_RETREAT || t == QUID_CONSULT) return false;
  }
  return m->n > 0;
}

static bool all_giving(const qi_coding *c, const qi_members *m) {
  for (uint32_t i = 0; i < m->n; i++) {
    if (m->at[i].event == QUID_NO_EVENT) return false;
    quid_event_type t = c->out->items[m->at[i].event].type;
    if (t != QUID_CONCEDE && t != QUID_COOPERATE && t != QUID_AID && t != QUID_RETREAT) return false;
  }
  return m->n > 0;
}

bool qi_link_events(qi_coding *c) {
  for (size_t i = 0; i < c->bonds.len; i++) {
    const qi_bond *b = &c->bonds.items[i];
    qi_members first, second;
    members_of(&first, c, b, &b->first);
    members_of(&second, c, b, &b->second);
    if (b->open && !qi_open_fill(c, b, &first, &second)) continue;
    if (b->cue->first == QI_PLACE_ANSWER && !any_event(&first)) { /* "hit back with tariffs": the verb is the deed */
      qi_head verb = {b->sentence, (int32_t)b->from, false};
      qi_member_of(&first, c, b, &verb);
    }
    if (b->loose) {
      if (b->cue->need != QI_NEED_NOTHING && !all_friendly(c, &first)) continue;
      if (b->cue->need == QI_NEED_BARGAIN && !all_giving(c, &second)) continue;
      if (b->cue->need == QI_NEED_PRICE && !all_giving(c, &first)) continue;
      if (!qi_bond_tell(c, b, &first, &second)) return false;
      continue;
    }
    if (b->cue->need == QI_NEED_BARGAIN && !all_giving(c, &first)) continue;
    if (b->cue->need == QI_NEED_FRIENDLY && !(all_friendly(c, &first) && all_friendly(c, &second))) continue;
    bool any = false, typed = b->cue->need == QI_NEED_HOSTILE || b->cue->need == QI_NEED_OPENING || b->cue->need == QI_NEED_PUNISH;
    if (!(b->cue->type == QI_LINK_EXCHANGE ? qi_exchange_link(c, b, &first, &second) : link_pair(&any, c, b, &first, &second))) return false;
    if (b->cue->need == QI_NEED_HOSTILE && !any) any = any_hostile(c, &first) || any_hostile(c, &second);
    if ((any || !typed) && !qi_bond_tell(c, b, &first, &second)) return false; /* its types are known of events alone */
  }
  return true;
}
