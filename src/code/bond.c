/* code: two sides joined by words that link deeds (link.h) -> the public link record.
 *
 * A side need be no event. Each word that heads a part of a side is led to the deed that it promises, asks for or carries, as
 * the events are (qi_settle); where the coder has an event there the part names it, else it keeps its words, the things in
 * them, and the status that the bare word has.
 *
 *   "If the frost comes, Norland will close the port."  condition: first "will close the port", an event; second "the frost
 *   comes", head "comes", no event, possible; by "If".
 *
 * Cost: linear in the sides. */
#include "code/bond.h"

#include "base/hash.h"
#include "know/frames.h"
#include <stdio.h>

enum { MAX_PARTS = 2 * QI_MAX_SIDE, MAX_PART_ITEMS = 8 };

static qi_view view_of(const qi_coding *c, uint32_t sentence) {
  return (qi_view){c->know, c->doc, &c->doc->sentences[sentence], &c->out->mentions};
}

static quid_span word_span(const qi_view *v, int32_t i) { return (quid_span){qi_tok(v, i)->start, qi_tok(v, i)->end}; }

/* What the coder says of the word were it a deed. */
static int bare_status(const qi_coding *c, const qi_view *v, int32_t token) {
  static const qi_frame frame = {.id = "side", .type = QUID_COOPERATE, .embeds = QI_NO_STATUS};
  size_t n, first = qi_events_of(c, v->s->index, &n);
  qi_deed deed = {.frame = &frame, .sentence = v->s->index, .token = token, .light = QI_NO_TOKEN};
  qi_deep deep;
  qi_standing standing;
  deed.part = qi_is_verb(v, token) ? 'v' : qi_tok(v, token)->upos == QI_ADJ ? 'a' : 'n';
  qi_deep_read(v, token, deed.part, &deep);
  deed.light = deep.light, deed.light_entry = deep.light_entry;
  int32_t subject = deed.part == 'n' ? qi_deep_owner(v, token) : qi_deep_subject(v, token);
  if (subject >= 0) {
    deed.role[QI_ROLE_ACTOR] = (qi_fill){.token = {subject}, .n = 1};
    qi_cast_phrase(v, subject, false, &deed.actors);
  }
  qi_status_of(&standing, v, &deed, c->deed_of ? c->deed_of + first : NULL, n, c->out->story.genre, &c->quotes[v->s->index]);
  return standing.status;
}

/* A noun that names a deed, or a clause. */
static bool is_deed_word(const qi_view *v, int32_t i) {
  if (qi_is_predicate(v, i)) return true;
  return qi_tok(v, i)->upos == QI_NOUN && qi_frames_first(v->know->frames, qi_tok(v, i)->lemma, 'n') != QI_MAP_NONE;
}

static bool bare_items(quid_bond_part *out, qi_coding *c, const qi_view *v, int32_t token) {
  quid_item found[MAX_PART_ITEMS];
  qi_amount_list amounts;
  int32_t obj = token;
  if (qi_is_verb(v, token) && (obj = qi_child(v, token, QI_REL_OBJ)) < 0) obj = qi_child(v, token, QI_REL_NSUBJ_PASS);
  if (obj < 0) return true;
  if (!qi_amount_scan(&amounts, c->know->amounts, v->s, c->arena)) return false;
  uint32_t n = qi_items_of(found, MAX_PART_ITEMS, v, &amounts, (uint32_t)obj);
  quid_item *list = QI_NEW_ARRAY(c->arena, quid_item, n);
  if (!list) return false;
  memcpy(list, found, n * sizeof *list);
  out->items = list, out->n_items = n;
  return true;
}

typedef struct parts {
  quid_bond_part at[MAX_PARTS]; /* [n] */
  uint32_t n;
  bool known;   /* one of them is an event, has goods, or a word that frames know */
  bool deeds;   /* one of them is a deed */
  bool events;  /* one of them is an event */
} parts;

static bool is_there(const parts *out, uint32_t event, quid_span head) {
  for (uint32_t i = 0; i < out->n; i++)
    if ((event != QUID_NO_EVENT && out->at[i].event == event) || (out->at[i].head.start == head.start && out->at[i].head.end == head.end)) return true;
  return out->n == MAX_PARTS;
}

static void add_event(parts *out, const qi_coding *c, uint32_t event, quid_span span) {
  const quid_event *e = &c->out->items[event];
  if (is_there(out, event, e->trigger)) return;
  out->known = out->deeds = out->events = true;
  out->at[out->n++] = (quid_bond_part){span, e->trigger, event, e->items, e->n_items, (int)e->status};
}

/* "two of its agents", "thousands of shells", "a series of raids": what there is of it. */
static int32_t out_of_quantity(const qi_view *v, int32_t i) {
  static const char *const measures[] = {"thousand", "hundred", "dozen", "score", "number", "series", "wave", "couple", "package", "string", "host", "handful", "lot", "round", "ton", "tonne", "barrel", NULL};
  if (qi_tok(v, i)->upos != QI_NUM && !qi_lemma_in(v, i, measures)) return i;
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_NMOD && (int32_t)c > i && qi_preposition(v, (int32_t)c, NULL) == qi_slot_of_preposition(QI_SLICE("of"))) return (int32_t)c;
  return i;
}

/* With the number behind a sign of money: "$7 billion". */
static quid_span head_span(const qi_view *v, int32_t i) {
  quid_span s = word_span(v, i);
  for (int32_t k = i + 1; qi_tok(v, i)->upos == QI_SYM && k < (int32_t)v->s->n_tokens && qi_tok(v, k)->upos == QI_NUM; k++) s.end = qi_tok(v, k)->end;
  return s;
}

static bool add_words(parts *out, qi_coding *c, const qi_view *v, int32_t token, quid_span span) {
  token = out_of_quantity(v, token);
  quid_bond_part p = {.span = span, .head = head_span(v, token), .event = QUID_NO_EVENT, .status = -1};
  if (is_there(out, QUID_NO_EVENT, p.head)) return true;
  out->deeds |= is_deed_word(v, token);
  if (is_deed_word(v, token)) p.status = bare_status(c, v, token);
  if (!bare_items(&p, c, v, token)) return false;
  for (uint32_t i = 0; i < p.n_items; i++) out->known |= p.items[i].item_class[0] != 0;
  out->known |= qi_frames_first(v->know->frames, qi_tok(v, token)->lemma, qi_is_verb(v, token) ? 'v' : 'n') != QI_MAP_NONE;
  out->at[out->n++] = p;
  return true;
}

/* The event told by the word, itself or as what carries it ("launch" of "launch a strike"); QUID_NO_EVENT none. */
static uint32_t event_at(const qi_coding *c, uint32_t sentence, int32_t token) {
  size_t n, first = qi_events_of(c, sentence, &n);
  for (size_t i = first; i < first + n; i++)
    if (c->deed_of[i]->token == token || c->deed_of[i]->light == token) return (uint32_t)i;
  return QUID_NO_EVENT;
}

/* "oil, flour and help": each stands for itself. */
static bool add_beside(parts *out, qi_coding *c, const qi_view *v, int32_t head) {
  for (QI_EACH_CHILD(v, head, k, i)) {
    uint32_t first, last;
    if (qi_tok(v, (int32_t)i)->rel != QI_REL_CONJ || (int32_t)i < head) continue;
    if (qi_is_predicate(v, (int32_t)i) && qi_has_subject(v, (int32_t)i)) continue;
    uint32_t event = event_at(c, v->s->index, (int32_t)i);
    qi_subtree_span(v, (int32_t)i, &first, &last);
    while (first < i && (qi_tok(v, (int32_t)first)->upos == QI_CCONJ || qi_tok(v, (int32_t)first)->upos == QI_PUNCT)) first++;
    while (last > i && qi_tok(v, (int32_t)last)->upos == QI_PUNCT) last--;
    quid_span span = {v->s->tokens[first].start, v->s->tokens[last].end};
    if (event != QUID_NO_EVENT) add_event(out, c, event, span);
    else if (!add_words(out, c, v, (int32_t)i, span)) return false;
  }
  return true;
}

/* "on parliament passing the law": passing. */
static int32_t gerund_of(const qi_view *v, int32_t noun) {
  if (!qi_is_nominal(v, noun) || qi_preposition(v, noun, NULL) == QI_SLOT_NONE || noun + 1 >= (int32_t)v->s->n_tokens) return noun;
  return qi_xpos_is(v, noun + 1, "VBG") && qi_tok(v, noun + 1)->head == noun && qi_tok(v, noun + 1)->rel == QI_REL_ACL ? noun + 1 : noun;
}

static bool add_head(parts *out, qi_coding *c, const qi_bond *b, const qi_head *h) {
  qi_members members = {.n = 0};
  qi_view v = view_of(c, h->sentence);
  int32_t last;
  bool told = false;
  quid_span span = qi_bond_words(c, b, h, &last);
  if (h->phrase && last == h->token) last = gerund_of(&v, last);
  qi_member_of(&members, c, b, h);
  for (uint32_t i = 0; i < members.n; i++) {
    if (members.at[i].event == QUID_NO_EVENT) continue;
    add_event(out, c, members.at[i].event, members.at[i].span);
    told = true;
  }
  if (!told && !add_words(out, c, &v, last, span)) return false;
  return !h->phrase || add_beside(out, c, &v, h->token);
}

/* *is: what the side has. false: out of memory. */
static bool fill_side(quid_bond_side *side, parts *is, qi_coding *c, const qi_bond *b, const qi_heads *heads, const qi_members *told) {
  parts out = {.n = 0};
  *is = out;
  for (uint32_t i = 0; told && i < told->n; i++) {
    const qi_member *m = &told->at[i];
    qi_view v = view_of(c, m->head.sentence);
    if (m->event != QUID_NO_EVENT) add_event(&out, c, m->event, m->span);
    else if (!add_words(&out, c, &v, m->head.token, m->span)) return false;
  }
  for (uint32_t i = 0; !told && i < heads->n; i++)
    if (!add_head(&out, c, b, &heads->at[i])) return false;
  quid_bond_part *list = QI_NEW_ARRAY(c->arena, quid_bond_part, out.n);
  if (!list) return false;
  memcpy(list, out.at, out.n * sizeof *list);
  side->parts = list, side->n_parts = out.n;
  *is = out;
  return true;
}

static bool fill_id(quid_bond *r, qi_coding *c, const qi_bond *b) {
  char text[96], hex[QI_HASH64_HEX_BYTES];
  if (b->cue->type == QI_LINK_EXCHANGE) return (r->id = qi_exchange_id(c, r->span)) != NULL;
  int n = snprintf(text, sizeof text, "%016llx %s %u %u %u", (unsigned long long)c->text_hash, r->type, r->span.start, r->first.parts[0].head.start,
                   r->second.parts[0].head.start);
  r->id = qi_arena_strdup(c->arena, qi_slice_str(qi_hash64_hex(hex, (qi_slice){text, n > 0 ? (size_t)n : 0})));
  return r->id != NULL;
}

/* Is one part on both sides? */
static bool is_circular(const quid_bond *r) {
  for (uint32_t i = 0; i < r->first.n_parts; i++)
    for (uint32_t k = 0; k < r->second.n_parts; k++)
      if (r->first.parts[i].head.start == r->second.parts[k].head.start) return true;
  return false;
}

/* Without an event the dictionaries must know both sides: not "The crowd cheered him, who in return smiled"; a clause under "if" is enough, not
 * "linked the man to the raid". */
static bool is_matter(const qi_bond *b, const parts *first, const parts *second) {
  bool clause = b->cue->form == QI_CUE_CONJ || b->cue->form == QI_CUE_INVERT || b->cue->form == QI_CUE_CC;
  if (b->cue->type == QI_LINK_CONDITION) return clause || first->deeds;
  if (b->cue->type == QI_LINK_ENABLING) return first->events || second->events || (first->known && second->known);
  bool strong = b->cue->words.n > 2 && b->cue->form == QI_CUE_PREP; /* "in return for" */
  return (first->known && second->known) && (first->events || second->events || strong);
}

bool qi_bond_tell(qi_coding *c, const qi_bond *b, const qi_members *first, const qi_members *second) {
  quid_bond r = {.type = qi_link_type_name((qi_link_type)b->cue->type), .sentence = b->sentence, .span = qi_bond_span(c, b)};
  size_t n = c->out->n_bonds;
  if (n == QI_MAX_BONDS) return true;
  parts one, two;
  if (!fill_side(&r.first, &one, c, b, &b->first, b->open ? first : NULL) || !fill_side(&r.second, &two, c, b, &b->second, b->open ? second : NULL)) return false;
  if (!r.first.n_parts || !r.second.n_parts || is_circular(&r) || !is_matter(b, &one, &two)) return true;
  if (b->cue->type == QI_LINK_EXCHANGE && !qi_exchange_parties(&r, c, first, second)) return false;
  if (!fill_id(&r, c, b)) return false;
  if (n == c->cap_bonds && !qi_vec_grow_in(c->arena, &c->out->bonds, &c->cap_bonds, n, n + 1, sizeof r)) return false;
  c->out->bonds[n] = r;
  c->out->n_bonds++;
  return true;
}
