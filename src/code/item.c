/* code: a noun phrase -> goods with class, count, unit; a deed -> its goods.
 *
 * The head noun is looked through while it only measures ("hundreds of", "tons of", "shipments of"); then head and
 * the words before it are looked up, longest term first. The amount is the one before the noun, else one that
 * follows ("worth $3 million", "of up to 45 percent"); "a" before a singular of goods that are counted is one.
 *
 * "some 10,000 tonnes of rice" -> class food, count 10000 about, unit tonne. "$2 million in fuel" -> class energy,
 * count 2000000, unit USD. "a battalion" -> class troops, count 1. */
#include "code/item.h"

#include "base/utf8.h"
#include "know/items.h"
#include "know/victims.h"

typedef struct reader {
  const qi_view *v;
  const qi_sentence *s;
  const qi_amount_list *amounts;
  bool strict; /* only what is known as goods */
} reader;

static bool form_is(const reader *r, uint32_t i, const char *word) {
  return i < r->s->n_tokens && qi_slice_eq_nocase(r->s->tokens[i].form, qi_slice_str(word));
}

/* The noun under "of", or the head's own token. */
static uint32_t under_of(const qi_sentence *s, uint32_t head) {
  for (uint32_t k = s->child_begin[head]; k < s->child_begin[head + 1]; k++) {
    uint32_t c = s->child[k];
    if (s->tokens[c].rel != QI_REL_NMOD || c < head) continue;
    for (uint32_t j = s->child_begin[c]; j < s->child_begin[c + 1]; j++)
      if (s->tokens[s->child[j]].rel == QI_REL_CASE && qi_slice_eq_nocase(s->tokens[s->child[j]].form, QI_SLICE("of"))) return c;
  }
  return head;
}

static bool is_modifier(const qi_token *t) {
  return t->rel == QI_REL_COMPOUND || t->rel == QI_REL_AMOD || t->rel == QI_REL_NMOD_DESC || t->rel == QI_REL_FLAT;
}

static bool is_noun(const qi_token *t) { return t->upos == QI_NOUN || t->upos == QI_PROPN || t->upos == QI_SYM || t->upos == QI_NUM; }

/* ---- the class ---- */

/* QI_NO_CLASS and *known: it is something, but no goods. */
static uint32_t class_of_term(const reader *r, const qi_item_key *key, bool *known) {
  const qi_items *items = r->v->know->items;
  qi_classes all = {{0}};
  uint32_t own;
  if (!key->len || !qi_items_find(items, key, &all, &own)) return QI_NO_CLASS;
  *known = true;
  return qi_items_goods(items, &all, own, qi_amounts_goods(r->v->know->amounts));
}

/* Does a word before the head say more of the class? Of nothing known it does, and of "shipment" and its like: "grain shipment"; but
 * "drug lords" are people, and a "power struggle" is no energy. */
static bool told_by_modifier(const reader *r, uint32_t head, uint32_t found, bool known) {
  const qi_token *t = &r->s->tokens[head];
  if (qi_amounts_is(r->v->know->amounts, t->lemma, QI_AMOUNT_VESSEL)) return true;
  if (qi_amounts_is(r->v->know->amounts, t->lemma, QI_AMOUNT_GROUP)) return false; /* "a mortar team" */
  return found == QI_NO_CLASS && !known && t->etype != QI_ETYPE_PERSON && t->etype != QI_ETYPE_EVENT && t->etype != QI_ETYPE_ABSTRACT;
}

static uint32_t modifier_class(const reader *r, uint32_t head, uint32_t otherwise) {
  const qi_sentence *s = r->s;
  for (uint32_t k = s->child_begin[head + 1]; k-- > s->child_begin[head];) { /* the nearest first */
    uint32_t c = s->child[k];
    if (c >= head || !is_modifier(&s->tokens[c]) || s->tokens[c].upos == QI_SYM) continue;
    for (int form = 0; form < 2; form++) {
      qi_item_key key = {.len = 0};
      bool listed = false;
      uint32_t id = qi_item_key_append(&key, form ? s->tokens[c].form : s->tokens[c].lemma) ? class_of_term(r, &key, &listed) : QI_NO_CLASS;
      if (id != QI_NO_CLASS) return id;
    }
  }
  return otherwise;
}

/* Class of the term that ends at the head, longest first; else of a word before it. *first: where the term begins. */
static uint32_t class_of(const reader *r, uint32_t head, uint32_t *first, bool *known) {
  const qi_sentence *s = r->s;
  uint32_t found = QI_NO_CLASS;
  for (int form = 1; form >= 0 && found == QI_NO_CLASS; form--) { /* "waters" is not water */
    qi_item_key key = {.len = 0};
    for (uint32_t n = 0, i = head; n < QI_ITEM_MAX_WORDS; n++, i--) {
      bool ok = n == 0 ? qi_item_key_append(&key, form ? s->tokens[i].form : s->tokens[i].lemma) : qi_item_key_prepend(&key, s->tokens[i].form);
      if (!ok) break;
      bool listed = false;
      uint32_t id = class_of_term(r, &key, &listed);
      if (listed) found = id, *known = true, *first = i < *first ? i : *first;
      if (i == 0 || s->tokens[i - 1].upos == QI_PUNCT || s->tokens[i - 1].upos == QI_DET) break;
    }
  }
  return *first >= head && told_by_modifier(r, head, found, *known) ? modifier_class(r, head, found) : found;
}

/* ---- the amount ---- */

/* What stands under "of", "in", "worth of" right behind an amount: the noun that governs it; the amount's head itself: none. */
static uint32_t behind_amount(const reader *r, const qi_amount *a, uint32_t thing) {
  uint32_t p = a->last + 1;
  bool worth = form_is(r, p, "worth");
  if (worth) p++;
  if (!form_is(r, p, "of") && !(a->money && form_is(r, p, "in"))) return thing;
  bool in = form_is(r, p, "in");
  int32_t up = r->s->tokens[p].head;
  if (up <= (int32_t)p || !is_noun(&r->s->tokens[up])) return thing;
  bool known = false;
  uint32_t first = (uint32_t)up;
  if (in && (r->s->tokens[up].upos == QI_PROPN || class_of(r, (uint32_t)up, &first, &known) == QI_NO_CLASS)) return thing;
  return (uint32_t)up;
}

static bool one_of_verbs(const qi_token *t) { return t->upos == QI_VERB && t->rel != QI_REL_ACL && t->rel != QI_REL_AMOD; }

/* "loans worth 200 million euros", "a ransom of $1 million", "tariffs of up to 45 percent". */
static const qi_amount *amount_behind(const reader *r, uint32_t head) {
  enum { MAX_AHEAD = 10 };
  for (uint32_t i = head + 1; i < r->s->n_tokens && i <= head + MAX_AHEAD; i++) {
    const qi_token *t = &r->s->tokens[i];
    bool says = form_is(r, i, "worth") || form_is(r, i, "totalling") || form_is(r, i, "totaling") ||
                (form_is(r, i, "at") && form_is(r, i - 1, "valued")) || (i == head + 1 && form_is(r, i, "of"));
    const qi_amount *a = says ? qi_amount_at(r->amounts, i + 1) : NULL;
    if (a && (a->money || strcmp(a->unit, "percent") == 0)) return a;
    if (one_of_verbs(t) || form_is(r, i, ";") || form_is(r, i, ".") || form_is(r, i, "and")) return NULL;
  }
  return NULL;
}

/* "a battalion", "its ambassador": one of what is counted. */
static bool is_single(const reader *r, uint32_t head, uint32_t class_id) {
  const qi_token *t = &r->s->tokens[head];
  const qi_know *know = r->v->know;
  if (class_id == QI_NO_CLASS || !qi_slice_eq_str(t->xpos, "NN")) return false;
  if (!qi_items_is_below(know->items, class_id, qi_amounts_counted(know->amounts))) return false;
  const char *name = qi_items_class_name(know->items, class_id);
  bool person = strcmp(name, "envoys") == 0 || strcmp(name, "people") == 0; /* "its ambassador"; but "its army" is no number */
  for (uint32_t k = r->s->child_begin[head]; k < r->s->child_begin[head + 1]; k++) {
    const qi_token *c = &r->s->tokens[r->s->child[k]];
    if (c->rel == QI_REL_NMOD_POSS && c->upos == QI_PRON && person) return true;
    if (c->rel != QI_REL_DET) continue;
    if (qi_slice_eq_nocase(c->form, QI_SLICE("a")) || qi_slice_eq_nocase(c->form, QI_SLICE("an")) || qi_slice_eq_nocase(c->form, QI_SLICE("another")))
      return true;
  }
  return false;
}

/* ---- one item ---- */

typedef struct draft {
  uint32_t first, last, thing;
  const qi_amount *amount;
  const char *unit; /* of a word that measures */
} draft;

/* From "hundreds", "tonnes", "a shipment" to what is under them. */
static draft look_through(const reader *r, uint32_t head) {
  enum { MAX_DEPTH = 4 };
  const qi_amounts *words = r->v->know->amounts;
  draft d = {head, head, head, NULL, ""};
  for (int depth = 0; depth < MAX_DEPTH; depth++) {
    const qi_token *t = &r->s->tokens[d.thing];
    const qi_amount *a = qi_amount_of(r->amounts, r->s, d.thing);
    bool covers = a && a->first <= d.thing && d.thing <= a->last;
    if (a && !d.amount) {
      d.amount = a;
      if (a->core < d.first) d.first = a->core;
      if (covers && a->last > d.last) d.last = a->last;
    }
    uint32_t inner = under_of(r->s, d.thing);
    if (covers && inner == d.thing) inner = behind_amount(r, a, d.thing);
    bool measure = covers || qi_amounts_is(words, t->lemma, QI_AMOUNT_UNIT | QI_AMOUNT_FORMATION | QI_AMOUNT_VESSEL) || (t->upos == QI_NUM);
    if (inner == d.thing || !measure) break;
    char room[QI_MAX_AMOUNT_BYTES];
    size_t n = t->lemma.len < sizeof room ? t->lemma.len : 0;
    for (size_t i = 0; i < n; i++) room[i] = qi_ascii_lower(t->lemma.ptr[i]);
    const qi_amount_word *w = covers ? NULL : qi_amounts_find(words, (qi_slice){room, n});
    if (w && (w->kinds & (QI_AMOUNT_UNIT | QI_AMOUNT_FORMATION)) && !*d.unit) d.unit = w->name;
    d.thing = inner;
    if (inner > d.last) d.last = inner;
  }
  return d;
}

static void set_amount(const reader *r, quid_item *out, draft *d, uint32_t head, uint32_t class_id) {
  const qi_amount *a = d->amount;
  const qi_amount *behind = a ? NULL : amount_behind(r, d->thing);
  out->unit = d->unit;
  out->count = (quid_amount){-1, -1, ""};
  if (!a) a = behind;
  if (a) {
    out->count = a->value;
    if (*a->unit) out->unit = a->unit;
  } else if (is_single(r, d->thing, class_id) || (*d->unit && is_single(r, head, class_id))) {
    out->count = (quid_amount){1, 1, ""};
  }
}

/* Is it something that no deed is done with: an event, a time, an actor that is a name? */
static bool is_no_thing(const reader *r, uint32_t thing, bool known) {
  const qi_token *t = &r->s->tokens[thing];
  if (known) return t->etype != QI_ETYPE_PERSON || t->upos == QI_PROPN;
  const qi_mention *m = qi_mention_at(r->v, (int32_t)thing);
  if (r->strict || t->upos == QI_PRON || (m && t->upos == QI_PROPN && (m->is_actor || m->is_state))) return true;
  return t->etype == QI_ETYPE_EVENT || t->etype == QI_ETYPE_TIME || t->ner == QI_NER_PER;
}

/* "17 engineers", "3,000 Afghans". */
static bool is_people(const reader *r, uint32_t i) {
  const qi_token *t = &r->s->tokens[i];
  const qi_mention *m = qi_mention_at(r->v, (int32_t)i);
  bool plural = qi_slice_eq_str(t->xpos, "NNPS");
  if (t->etype == QI_ETYPE_PERSON && (t->upos == QI_NOUN || plural)) return true;
  return m && m->is_actor && (plural || (m->is_person && qi_slice_eq_str(t->xpos, "NNS")));
}

/* "40-day truce": the number goes with its word. */
static uint32_t with_joined(const reader *r, uint32_t first) {
  const qi_amount *a = first >= 2 && qi_slice_eq_str(r->s->tokens[first - 1].form, "-") ? qi_amount_at(r->amounts, first - 2) : NULL;
  return a && a->use != QI_AMOUNT_OF_THINGS ? a->core : first;
}

/* false: it is no goods. */
static bool one_item(const reader *r, quid_item *out, uint32_t head) {
  const qi_items *items = r->v->know->items;
  draft d = look_through(r, head);
  uint32_t term = d.thing, class_id = QI_NO_CLASS;
  bool known = false, covered = d.amount && d.amount->first <= d.thing && d.thing <= d.amount->last;
  if (!covered) class_id = class_of(r, d.thing, &term, &known);
  bool money = d.amount && d.amount->money && (covered || class_id == QI_NO_CLASS);
  if (money) class_id = qi_items_class(items, QI_SLICE("money"));
  if (class_id == QI_NO_CLASS && is_people(r, d.thing)) class_id = qi_items_class(items, QI_SLICE("people"));
  bool measured = *d.unit || (d.amount && *d.amount->unit);
  if (class_id == QI_NO_CLASS && !(measured && !known && !covered) && is_no_thing(r, d.thing, known)) return false;
  *out = (quid_item){.item_class = qi_items_class_name(items, class_id)};
  set_amount(r, out, &d, head, class_id);
  if (term < d.first && term <= head) d.first = term;
  for (uint32_t k = r->s->child_begin[head]; k < r->s->child_begin[head + 1]; k++) { /* the words before the head */
    uint32_t c = r->s->child[k];
    if (c < d.first && is_modifier(&r->s->tokens[c])) d.first = c;
  }
  d.first = with_joined(r, d.first);
  out->span = (quid_span){r->s->tokens[d.first].start, r->s->tokens[d.last].end};
  return true;
}

/* "artillery and ballistic missiles": the first is a thing of its own. QI_NO_TOKEN none. */
static int32_t thing_before_and(const reader *r, uint32_t head) {
  const qi_sentence *s = r->s;
  for (uint32_t k = s->child_begin[head]; k < s->child_begin[head + 1]; k++) {
    uint32_t c = s->child[k];
    if (c > head || s->tokens[c].upos != QI_NOUN || s->tokens[c].rel != QI_REL_COMPOUND) continue;
    int32_t other = qi_child(r->v, (int32_t)c, QI_REL_CONJ);
    if (other > (int32_t)c && other < (int32_t)head && s->tokens[other].upos == QI_ADJ) return (int32_t)c;
  }
  return QI_NO_TOKEN;
}

static void add_phrase(const reader *r, quid_item *out, uint32_t max, uint32_t *n, uint32_t token) {
  int32_t before = thing_before_and(r, token);
  quid_item first;
  if (before >= 0 && *n < max && one_item(r, &first, (uint32_t)before) && *first.item_class) out[(*n)++] = first;
  else before = QI_NO_TOKEN;
  if (*n < max && one_item(r, &out[*n], token)) {
    uint32_t and_end = before >= 0 ? r->s->tokens[qi_child(r->v, before, QI_REL_CONJ)].start : 0;
    if (and_end > out[*n].span.start) out[*n].span.start = and_end;
    ++*n;
  }
  const qi_sentence *s = r->s;
  for (uint32_t k = s->child_begin[token]; k < s->child_begin[token + 1] && *n < max; k++) {
    const qi_token *t = &s->tokens[s->child[k]];
    if (t->rel == QI_REL_CONJ && is_noun(t) && s->child[k] > token && one_item(r, &out[*n], s->child[k])) ++*n;
  }
}

uint32_t qi_items_of(quid_item *out, uint32_t max, const qi_view *v, const qi_amount_list *amounts, uint32_t token) {
  reader r = {v, v->s, amounts, false};
  uint32_t n = 0;
  add_phrase(&r, out, max, &n, token);
  return n;
}

/* ---- the items of a deed ---- */

/* What acts of itself, or has a name: "the New Iraqi Army deployed"; but "bombers were deployed" are moved, whoever moves them. */
static bool is_actor(const qi_view *v, const qi_deed *d, int32_t token) {
  const qi_fill *f = &d->role[QI_ROLE_ACTOR];
  for (uint32_t i = 0; i < f->n; i++)
    if (f->token[i] == token) return f->origin[i] != QI_FROM_PASSIVE && (qi_tok(v, token)->rel == QI_REL_NSUBJ || qi_tok(v, token)->upos == QI_PROPN);
  return false;
}

static bool class_is(const char *name, const char *const *list) {
  for (; *list; list++)
    if (strcmp(name, *list) == 0) return true;
  return false;
}

/* "arrested", "kidnapped": who undergoes it is held, and no goods. */
static bool holds_people(const qi_view *v, const qi_deed *d) {
  uint32_t at = qi_victims_first(v->know->victims, qi_tok(v, d->token)->lemma, QI_HARM_VERB);
  for (const qi_harm *h; (h = qi_victims_next(v->know->victims, &at));)
    if (strcmp(h->kind, "held") == 0) return true;
  return false;
}

/* Is that what the type of deed is done with? Who is hurt, held or helped is no goods, and where a blow falls is a place. */
static bool fits_type(const qi_view *v, const qi_deed *d, const quid_item *it) {
  static const char *const matters[] = {"talks", "agreement", "law", "proposal", "relations", NULL};
  static const char *const people[] = {"people", "troops", "police-force", "advisers", "peacekeepers", "mercenaries", "prisoners", "hostages",
                                       "refugees", "envoys", NULL};
  static const char *const places[] = {"land", "route", NULL}, *const targets[] = {"building", "media-outlet", "utility", NULL};
  bool who = class_is(it->item_class, people), counted = it->count.from >= 0;
  switch (d->frame->type) {
  case QUID_ASSAULT: /* "razed three villages" */
    return !who && !class_is(it->item_class, matters) && (counted || !class_is(it->item_class, targets)) &&
           (it->count.from >= 2 || !class_is(it->item_class, places));
  case QUID_CONSULT: case QUID_ACCUSE: return false;
  case QUID_PROTEST: return !who && (counted || !class_is(it->item_class, targets)) && !class_is(it->item_class, places);
  case QUID_COERCE: return !(who && holds_people(v, d)) && (counted || !class_is(it->item_class, targets));
  case QUID_RETREAT: case QUID_SANCTION: case QUID_MOBILIZE: /* freed, expelled, called up */
    return counted || strcmp(it->item_class, "people") != 0;
  default: return !who || counted;
  }
}

static bool overlaps(const quid_item *list, uint32_t n, const quid_item *it) {
  for (uint32_t i = 0; i < n; i++)
    if (it->span.start < list[i].span.end && list[i].span.start < it->span.end) return true;
  return false;
}

static void add_fitting(const reader *r, const qi_deed *d, quid_item *out, uint32_t max, uint32_t *n, uint32_t token) {
  enum { MAX = 12 };
  quid_item found[MAX];
  uint32_t k = 0;
  add_phrase(r, found, MAX, &k, token);
  for (uint32_t i = 0; i < k && *n < max; i++)
    if (((!r->strict && d->frame->type != QUID_ASSAULT) || fits_type(r->v, d, &found[i])) && !overlaps(out, *n, &found[i])) out[(*n)++] = found[i];
}

/* "along with an air defence system", "together with 12 tanks". */
static void add_companions(const reader *r, const qi_deed *d, quid_item *out, uint32_t max, uint32_t *n) {
  uint32_t verb = (uint32_t)(d->light >= 0 ? d->light : d->token);
  for (uint32_t i = verb + 1; i + 1 < r->s->n_tokens; i++) {
    if (!form_is(r, i + 1, "with") || !(form_is(r, i, "along") || form_is(r, i, "together"))) continue;
    int32_t up = r->s->tokens[i + 1].head;
    if (up > (int32_t)i + 1 && r->s->tokens[up].upos == QI_NOUN) add_fitting(r, d, out, max, n, (uint32_t)up);
  }
}

/* Of these verbs the new state stands under "to": "reduced its presence to 900 troops". */
static void add_new_state(const reader *r, const qi_deed *d, const qi_deep *deep, quid_item *out, uint32_t max, uint32_t *n) {
  static const char *const verbs[] = {"reduce", "cut", "raise", "increase", "lower", "scale", "boost", "expand", "bring", "shrink", NULL};
  if (d->part != 'v' || !qi_lemma_in(r->v, d->token, verbs)) return;
  qi_slot to = qi_slot_of(QI_SLICE("to"));
  for (int32_t i = qi_deep_find(deep, to, 0); i >= 0; i = qi_deep_find(deep, to, (uint32_t)i + 1)) {
    const qi_filler *f = &deep->fillers[i];
    quid_item one;
    if (f->clause || !one_item(r, &one, (uint32_t)f->token) || one.count.from < 0 || !*one.item_class) continue;
    if (*n == 1 && strcmp(out[0].item_class, one.item_class) == 0 && out[0].count.from < 0) *n = 0; /* "its forces to 600 soldiers" */
    if (*n < max) out[(*n)++] = one;
    return;
  }
}

/* What is done to, else what stands under "with" ("equipped the army with 150 vehicles"). */
static void add_object(const reader *r, const qi_deed *d, const qi_deep *deep, quid_item *out, uint32_t max, uint32_t *n) {
  const qi_slot slots[] = {QI_SLOT_OBJ, qi_slot_of(QI_SLICE("with"))};
  static const char *const addressing[] = {"ask", "urge", "tell", "call", "beg", "press", "order", "warn", "implore", NULL}; /* "asked schools to pay" */
  for (size_t k = d->part == 'v' && qi_lemma_in(r->v, d->token, addressing) ? 1 : 0; k < sizeof slots / sizeof *slots && !*n; k++) {
    int32_t i = qi_deep_find(deep, slots[k], 0);
    const qi_filler *f = i >= 0 ? &deep->fillers[i] : NULL;
    if (f && !f->clause && !is_actor(r->v, d, f->token)) add_fitting(r, d, out, max, n, (uint32_t)f->token);
  }
}

/* "a 25 percent tariff", "imposed sanctions": the deed's own word is what is laid on somebody. */
static void add_own_word(const reader *r, const qi_deed *d, quid_item *out, uint32_t max, uint32_t *n) {
  quid_item own;
  bool percent = *n == 1 && !*out[0].item_class && strcmp(out[0].unit, "percent") == 0;
  if (d->part != 'n' || (*n && !percent) || !one_item(r, &own, (uint32_t)d->token)) return;
  if (strcmp(own.item_class, "restriction") != 0 || (!percent && d->light < 0 && own.count.from < 0)) return;
  if (percent && own.count.from < 0) own.count = out[0].count, own.unit = out[0].unit;
  if (max) out[0] = own, *n = 1;
}

uint32_t qi_items_of_deed(quid_item *out, uint32_t max, const qi_view *v, const qi_amount_list *amounts, const qi_deed *d) {
  reader r = {v, v->s, amounts, false};
  const qi_fill *role = &d->role[QI_ROLE_ITEM];
  uint32_t n = 0;
  for (uint32_t i = 0; i < role->n && n < max; i++) {
    uint32_t before = n;
    bool actor = is_actor(v, d, role->token[i]);
    if (role->clause[i] || (actor && qi_tok(v, role->token[i])->upos == QI_PROPN)) continue;
    add_fitting(&r, d, out, max, &n, (uint32_t)role->token[i]);
    if (actor && n == before + 1 && out[before].count.from < 0) n = before; /* "1,500 doctors arrived", but not "the army advanced" */
  }
  r.strict = true;
  qi_deep deep;
  qi_deep_read(v, d->token, d->part, &deep);
  if (!n) add_object(&r, d, &deep, out, max, &n);
  add_new_state(&r, d, &deep, out, max, &n);
  add_own_word(&r, d, out, max, &n);
  if (n) add_companions(&r, d, out, max, &n);
  return n;
}
