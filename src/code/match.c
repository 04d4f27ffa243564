/* code: deed words and their deep slots -> deeds with actors, recipients and the rest.
 *
 * Each token whose lemma has frames is read once by the deep grammar; every frame's needs and nots
 * are tested against the same slots; of those that hold, the one with most needs wins, then the most
 * specific, then the first in the files; and it must name somebody.
 *
 *   "Norland shelled a Ostrian village": shell/v -> assault.shell, actor subj Norland, recipient obj
 *   village, whose nationality stands for Ostria. */
#include "code/match.h"

#include "base/utf8.h"
#include "code/gate.h"
#include "know/amounts.h"
#include "know/links.h"

#define MAX_MEMBERS 8 /* of a coordination */
#define TAKING_WORD "***" /* in frames: the same, of getting */
#define BARGAIN_WORD "**" /* in frames: a verb that a text names as one side of a bargain */
#define OPEN_WORD "*" /* in frames: a verb that no other frame knows, on the second opinion's word */

/* ---- what a noun phrase is ---- */

static int32_t of_child(const qi_view *v, int32_t i) {
  for (QI_EACH_CHILD(v, i, k, c)) {
    int32_t prep = QI_NO_TOKEN;
    if ((int32_t)c < i || qi_tok(v, (int32_t)c)->rel != QI_REL_NMOD) continue;
    qi_preposition(v, (int32_t)c, &prep);
    if (prep >= 0 && qi_form_is(v, prep, "of")) return (int32_t)c;
  }
  return QI_NO_TOKEN;
}

/* What is under the "of" of a noun that stands for it: "hundreds of troops", "a group of rebels". */
static int32_t measured(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  const uint32_t kinds = QI_AMOUNT_UNIT | QI_AMOUNT_GROUP;
  if (t->upos == QI_NUM && qi_ascii_is_digit(t->form.ptr[0])) return of_child(v, i);
  if (t->upos == QI_VERB || !(qi_amounts_is(v->know->amounts, t->lemma, kinds) || qi_amounts_is(v->know->amounts, t->form, kinds))) return QI_NO_TOKEN;
  return of_child(v, i);
}

/* The longest term of the item dictionary that ends at token i, or runs on through "of". */
static bool find_term(const qi_view *v, int32_t i, qi_classes *out) {
  enum { BEFORE = 3, AFTER = 3 };
  const qi_items *items = v->know->items;
  const qi_token *t = qi_tok(v, i);
  int32_t n = (int32_t)v->s->n_tokens;
  if (i + 2 < n && qi_form_is(v, i + 1, "of"))
    for (int32_t last = i + 1 + AFTER; last > i + 1; last--) {
      qi_item_key key = {.len = 0};
      bool fits = last < n && qi_item_key_append(&key, t->lemma);
      for (int32_t k = i + 1; fits && k <= last; k++) fits = qi_item_key_append(&key, k == last ? qi_tok(v, k)->lemma : qi_tok(v, k)->form);
      if (fits && qi_items_find(items, &key, out, NULL)) return true;
    }
  for (int32_t before = BEFORE; before >= 0; before--) {
    if (i - before < 0) continue;
    /* The words before must hang on the noun, or the term crosses a phrase. */
    int32_t up = qi_tok(v, i - before)->head;
    if (before > 0 && up != i && !(up > i - before && up < i)) continue;
    for (int form = 0; form < 2; form++) {
      qi_item_key key = {.len = 0};
      bool fits = qi_item_key_append(&key, form ? t->form : t->lemma);
      for (int32_t k = i - 1; fits && k >= i - before; k--) fits = qi_item_key_prepend(&key, qi_tok(v, k)->form);
      if (fits && key.len && qi_items_find(items, &key, out, NULL)) return true;
    }
  }
  return false;
}

qi_classes qi_classes_of(const qi_view *v, int32_t token) {
  qi_classes out = {{0}};
  find_term(v, token, &out);
  int32_t of = measured(v, token);
  if (of >= 0) find_term(v, of, &out);
  return out;
}

/* "an ISIL-held tank": who stands before the participle. */
static int32_t holder_of(const qi_view *v, int32_t participle) {
  static const char *const words[] = {"held", "controlled", "run", "occupied", "owned", "operated", "ruled", NULL};
  if (qi_tok(v, participle)->rel != QI_REL_AMOD || !qi_lemma_in(v, participle, words)) return QI_NO_TOKEN;
  for (QI_EACH_CHILD(v, participle, k, c))
    if ((int32_t)c < participle && qi_names_somebody(v, (int32_t)c)) return (int32_t)c;
  return QI_NO_TOKEN;
}

static int32_t owner_of(const qi_view *v, int32_t i) {
  int32_t best = QI_NO_TOKEN;
  for (QI_EACH_CHILD(v, i, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if ((int32_t)c < i && best < 0) best = holder_of(v, (int32_t)c);
    if (!qi_names_somebody(v, (int32_t)c) || (v->mentions && qi_mentions_names_where(v->mentions, v->doc, v->s->index, c))) continue;
    if (rel == QI_REL_NMOD_POSS) return (int32_t)c;
    if ((int32_t)c < i && (rel == QI_REL_AMOD || rel == QI_REL_COMPOUND || rel == QI_REL_NMOD_DESC)) best = (int32_t)c;
  }
  return best;
}

static uint32_t cast_direct(const qi_view *v, int32_t token, qi_cast *out) {
  const quid_entity *found[QI_MAX_PARTICIPANTS];
  if (qi_gate_is_nobody(v, token)) return 0;
  uint32_t n = qi_mentions_of_phrase(v->mentions, v->doc, v->s->index, (uint32_t)token, found,
                                     QI_MAX_PARTICIPANTS);
  if (!n && (found[0] = qi_modifier_at(v, token))) n = 1;
  uint32_t added = 0;
  for (uint32_t i = 0; i < n && out->n < QI_MAX_PARTICIPANTS; i++) {
    bool known = false;
    for (uint32_t k = 0; k < out->n; k++) known |= strcmp(out->who[k]->id, found[i]->id) == 0;
    if (!known) out->who[out->n++] = found[i], added++;
  }
  return added;
}

/* "a village in Norland", "the old city of Mosul": where a thing stands says whose it is. */
static uint32_t cast_location(const qi_view *v, int32_t token, qi_cast *out) {
  static const char *const preps[] = {"in", "of", "near", "around", "outside", "at", NULL};
  for (QI_EACH_CHILD(v, token, k, c)) {
    int32_t prep = QI_NO_TOKEN;
    const qi_mention *m = qi_mention_at(v, (int32_t)c);
    if ((int32_t)c < token || qi_tok(v, (int32_t)c)->rel != QI_REL_NMOD || !m || !(m->is_place || m->is_state)) continue;
    qi_preposition(v, (int32_t)c, &prep);
    uint32_t n = prep >= 0 && qi_lemma_in(v, prep, preps) ? cast_direct(v, (int32_t)c, out) : 0;
    if (n) return n;
  }
  return 0;
}

uint32_t qi_cast_phrase(const qi_view *v, int32_t token, bool owned, qi_cast *out) {
  uint32_t n = cast_direct(v, token, out);
  if (n) return n;
  int32_t of = measured(v, token);
  if (of >= 0 && (n = cast_direct(v, of, out))) return n;
  int32_t appos = qi_child(v, token, QI_REL_APPOS);
  if (appos >= 0 && (n = cast_direct(v, appos, out))) return n;
  if (!owned || qi_tok(v, token)->upos == QI_VERB) return 0;
  int32_t owner = owner_of(v, token);
  if (owner < 0 && of >= 0) owner = owner_of(v, of);
  return owner >= 0 ? cast_direct(v, owner, out) : 0;
}

/* Does the noun phrase belong to one of the classes (NULL-terminated)? */
static bool is_of(const qi_view *v, int32_t i, const char *const *names) {
  qi_classes mine = qi_classes_of(v, i), wanted = {{0}};
  for (size_t k = 0; names[k]; k++) {
    uint32_t id = qi_items_class(v->know->items, qi_slice_str(names[k]));
    if (id != QI_NO_CLASS) wanted.bits[id / 64] |= UINT64_C(1) << (id % 64);
  }
  return qi_classes_meet(&mine, &wanted);
}

/* Things that act for their owner: "Ukrainian drones struck". */
static bool acts_for_owner(const qi_view *v, int32_t i) {
  static const char *const names[] = {"arms", "vehicles", "vessel", "airliner", "troops", "violence", NULL};
  if (is_of(v, i, names)) return true;
  uint8_t e = qi_tok(v, i)->etype;
  return e == QI_ETYPE_PERSON || e == QI_ETYPE_ORGANIZATION;
}

static uint8_t kinds_of_mention(const qi_mention *m) {
  return (uint8_t)((m->is_actor ? QI_KIND_ACTOR : 0) | (m->is_state ? QI_KIND_STATE : 0) |
                   (m->is_person ? QI_KIND_PERSON : 0) | (m->is_org ? QI_KIND_ORG : 0) |
                   (m->is_place ? QI_KIND_PLACE : 0));
}

static uint8_t kinds_of(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  const qi_mention *m = qi_mention_at(v, i);
  uint8_t kinds = m ? kinds_of_mention(m) : 0;
  if (t->etype == QI_ETYPE_PLACE || t->ner == QI_NER_LOC) kinds |= QI_KIND_PLACE;
  if (t->etype == QI_ETYPE_PERSON) kinds |= QI_KIND_PERSON;
  if (t->etype == QI_ETYPE_ORGANIZATION) kinds |= QI_KIND_ORG;
  if (t->upos == QI_NUM || qi_child(v, i, QI_REL_NUMMOD) >= 0) kinds |= QI_KIND_NUMBER;
  const quid_entity *e = m ? NULL : qi_modifier_at(v, i);
  if (e) kinds |= (uint8_t)(QI_KIND_ACTOR | (strchr(e->id, '.') ? 0 : QI_KIND_STATE));
  if (!(kinds & QI_KIND_ACTOR) && !m) {
    int32_t owner = owner_of(v, i);
    const qi_mention *om = owner >= 0 ? qi_mention_at(v, owner) : NULL;
    if (owner >= 0 && (!om || om->is_actor) && acts_for_owner(v, i)) kinds |= QI_KIND_ACTOR;
  }
  return kinds;
}

/* ---- conditions ---- */

/* The token, what it measures, and its coordinated members. */
static uint32_t members_of(const qi_view *v, int32_t token, int32_t out[MAX_MEMBERS]) {
  uint32_t n = 0;
  out[n++] = token;
  int32_t of = measured(v, token);
  if (of >= 0) out[n++] = of;
  for (QI_EACH_CHILD(v, token, k, c))
    if (n < MAX_MEMBERS && qi_tok(v, (int32_t)c)->rel == QI_REL_CONJ) out[n++] = (int32_t)c;
  for (QI_EACH_CHILD(v, token, k, c))
    if (n < MAX_MEMBERS && qi_tok(v, (int32_t)c)->rel == QI_REL_APPOS) out[n++] = (int32_t)c;
  return n;
}

/* What a name is: the dictionary lists "sector:REB" among the armed, so that Hezbollah is. */
static void find_sectors(const qi_view *v, int32_t i, qi_classes *out) {
  const qi_mention *m = qi_mention_at(v, i);
  for (uint32_t k = 0; m && k < m->n_entities; k++) {
    qi_item_key key = {.len = 0};
    if (*m->entities[k]->sector && qi_item_key_append(&key, QI_SLICE("sector:")) &&
        qi_item_key_append(&key, qi_slice_str(m->entities[k]->sector)))
      qi_items_find(v->know->items, &key, out, NULL);
  }
}

static bool member_fits(const qi_view *v, int32_t i, bool clause, const qi_condition *c) {
  bool verb = qi_is_verb(v, i);
  for (uint32_t k = 0; k < c->n_lemmas; k++)
    if (qi_words_at(v, i, &c->lemmas[k], verb)) return true;
  if (clause) return false;
  if (c->kinds && (kinds_of(v, i) & c->kinds)) return true;
  if (!qi_classes_any(&c->classes)) return false;
  qi_classes mine = qi_classes_of(v, i);
  find_sectors(v, i, &mine);
  return qi_classes_meet(&mine, &c->classes);
}

static bool filler_fits(const qi_view *v, const qi_filler *f, const qi_condition *c) {
  if (c->anything) return true;
  if (f->clause && (c->kinds & QI_KIND_CLAUSE)) return true;
  int32_t members[MAX_MEMBERS];
  uint32_t n = members_of(v, f->token, members);
  for (uint32_t k = 0; k < n; k++)
    if (member_fits(v, members[k], f->clause, c)) return true;
  return false;
}

/* "on Monday", "in May": when, not where or about what. */
static bool is_time(const qi_view *v, const qi_filler *f) {
  static const char *const names[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
                                      "february", "april", "may", "june", "july", "august", "september", "october", "november",
                                      "december", "march", "yesterday", "today", "tomorrow", NULL};
  if (f->clause || f->slot < QI_SLOT_FIRST_PREP) return false;
  const qi_token *t = qi_tok(v, f->token);
  return t->etype == QI_ETYPE_TIME || (t->upos == QI_PROPN && qi_lemma_in(v, f->token, names));
}

/* forbidden: of a `not`; a time never stands against it. */
static bool condition_holds(const qi_view *v, const qi_deep *d, const qi_condition *c, bool forbidden) {
  for (uint32_t k = 0; k < c->slots.n; k++)
    for (int32_t i = qi_deep_find(d, c->slots.slot[k], 0); i >= 0;
         i = qi_deep_find(d, c->slots.slot[k], (uint32_t)i + 1)) {
      if (forbidden && c->anything && is_time(v, &d->fillers[i])) continue;
      if (filler_fits(v, &d->fillers[i], c)) return true;
    }
  return false;
}

/* Which noun fulfils a need for certain words or goods. */
static int32_t used_by(const qi_view *v, const qi_deep *d, const qi_condition *c) {
  if (!c->n_lemmas && !qi_classes_any(&c->classes)) return QI_NO_TOKEN;
  for (uint32_t k = 0; k < c->slots.n; k++)
    for (int32_t i = qi_deep_find(d, c->slots.slot[k], 0); i >= 0; i = qi_deep_find(d, c->slots.slot[k], (uint32_t)i + 1))
      if (!d->fillers[i].clause && filler_fits(v, &d->fillers[i], c)) return d->fillers[i].token;
  return QI_NO_TOKEN;
}

static const char *condition_text(const qi_condition *c, qi_arena *arena) {
  qi_slice text = {"", 0};
  for (uint32_t k = 0; k < c->slots.n; k++)
    text = qi_arena_printf(arena, "%.*s%s%s", QI_SLICE_ARG(text), k ? " | " : "", qi_slot_name(c->slots.slot[k]));
  for (uint32_t k = 0; k < c->n_lemmas && k < 4; k++)
    text = qi_arena_printf(arena, "%.*s %.*s", QI_SLICE_ARG(text), QI_SLICE_ARG(c->lemmas[k].w[c->lemmas[k].n - 1]));
  if (c->kinds & QI_KIND_ACTOR) text = qi_arena_printf(arena, "%.*s @actor", QI_SLICE_ARG(text));
  if (qi_classes_any(&c->classes)) text = qi_arena_printf(arena, "%.*s @class", QI_SLICE_ARG(text));
  return text.ptr ? text.ptr : "";
}

static bool frame_holds(const qi_view *v, const qi_deep *d, const qi_frame *f, qi_explain *x) {
  for (uint32_t i = 0; i < f->n_needs; i++)
    if (!condition_holds(v, d, &f->needs[i], false)) {
      if (x) qi_explain_add(x, v->s->index, d->trigger, "%s: need %s failed", f->id, condition_text(&f->needs[i], x->arena));
      return false;
    }
  for (uint32_t i = 0; i < f->n_nots; i++)
    if (condition_holds(v, d, &f->nots[i], true)) {
      if (x) qi_explain_add(x, v->s->index, d->trigger, "%s: not %s forbids", f->id, condition_text(&f->nots[i], x->arena));
      return false;
    }
  return true;
}

/* ---- roles ---- */

static bool in_fill(const qi_fill *fill, int32_t token) {
  for (uint32_t i = 0; i < fill->n; i++)
    if (fill->token[i] == token) return true;
  return false;
}

static void fill_slot(const qi_deep *d, qi_slot slot, qi_fill *out, const qi_fill *taken) {
  for (int32_t i = qi_deep_find(d, slot, 0); i >= 0; i = qi_deep_find(d, slot, (uint32_t)i + 1)) {
    const qi_filler *f = &d->fillers[i];
    if (out->n == QI_MAX_ROLE_TOKENS || in_fill(out, f->token) || (taken && in_fill(taken, f->token))) continue;
    out->token[out->n] = f->token;
    out->origin[out->n] = f->origin;
    out->clause[out->n++] = f->clause;
    if (slot == QI_SLOT_SUBJ || slot == QI_SLOT_OBJ || slot == QI_SLOT_IOBJ) break;
  }
}

/* The next group "a & b" of a path from *at; false: none left. */
static bool next_group(const qi_path *p, uint32_t *at, const qi_deep *d, qi_fill *out, const qi_fill *taken) {
  if (*at >= p->n) return false;
  *out = (qi_fill){.n = 0};
  do fill_slot(d, p->slot[*at], out, taken);
  while (p->with_next[(*at)++] && *at < p->n);
  return true;
}

/* The first group of the path that names somebody. material: things count by where they stand; scene: where it was done
 * is nobody. */
static void cast_role(const qi_view *v, const qi_path *p, const qi_deep *d, bool material, bool scene, const qi_fill *taken,
                      qi_fill *fill, qi_cast *cast) {
  qi_fill group;
  for (uint32_t at = 0; next_group(p, &at, d, &group, taken);) {
    qi_cast found = {.n = 0};
    for (uint32_t i = 0; i < group.n; i++)
      if (!group.clause[i] && !(scene && qi_gate_is_scene(v, group.token[i])) && !qi_cast_phrase(v, group.token[i], true, &found) && material)
        cast_location(v, group.token[i], &found);
    if (group.n && (found.n || fill->n == 0)) *fill = group;
    if (found.n) {
      *cast = found;
      return;
    }
  }
}

static void fill_role(const qi_path *p, const qi_deep *d, qi_fill *fill) {
  qi_fill group;
  for (uint32_t at = 0; next_group(p, &at, d, &group, NULL);)
    if (group.n) {
      *fill = group;
      return;
    }
}

/* Nobody stands on both sides; who was found as actor stays there. */
static void take_out(qi_cast *from, const qi_cast *others) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < from->n; i++) {
    bool there = false;
    for (uint32_t k = 0; k < others->n; k++) there |= strcmp(from->who[i]->id, others->who[k]->id) == 0;
    if (!there) from->who[n++] = from->who[i];
  }
  from->n = n;
}

/* Nobody promises or refuses something to their own. */
static void take_out_countries(qi_cast *from, const qi_cast *others) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < from->n; i++) {
    bool there = false;
    for (uint32_t k = 0; k < others->n; k++)
      there |= from->who[i]->country[0] && strcmp(from->who[i]->country, others->who[k]->country) == 0;
    if (!there) from->who[n++] = from->who[i];
  }
  from->n = n;
}

static void fill_deed(const qi_view *v, const qi_deep *d, qi_deed *deed) {
  const qi_frame *f = deed->frame;
  bool material = f->type == QUID_ASSAULT || f->type == QUID_COERCE || f->type == QUID_AID || f->type == QUID_MOBILIZE ||
                  f->type == QUID_RETREAT;
  bool scene = f->type != QUID_CONSULT; /* "arrived in Damascus for talks" */
  cast_role(v, &f->role[QI_ROLE_ACTOR], d, false, scene, NULL, &deed->role[QI_ROLE_ACTOR], &deed->actors);
  cast_role(v, &f->role[QI_ROLE_RECIPIENT], d, material, scene, &deed->role[QI_ROLE_ACTOR],
            &deed->role[QI_ROLE_RECIPIENT], &deed->recipients);
  if (!deed->recipients.n && d->undergoer >= 0 && f->role[QI_ROLE_RECIPIENT].n)
    qi_cast_phrase(v, d->undergoer, true, &deed->recipients);
  take_out(&deed->recipients, &deed->actors);
  for (int r = QI_ROLE_ITEM; r < QI_N_ROLES; r++) fill_role(&f->role[r], d, &deed->role[r]);
  for (uint32_t i = 0; i < f->n_needs && deed->n_used < QI_MAX_ROLE_TOKENS; i++) {
    int32_t used = used_by(v, d, &f->needs[i]);
    if (used >= 0) deed->used[deed->n_used++] = used;
  }
}

/* ---- choosing ---- */

static uint32_t specificity(const qi_frame *f, const qi_trigger *t) {
  uint32_t s = 4 * t->words.n + (f->n_modes > 0);
  for (uint32_t i = 0; i < f->n_needs; i++)
    s += f->needs[i].n_lemmas > 0 ? 3 : qi_classes_any(&f->needs[i].classes) ? 2 : f->needs[i].kinds ? 1 : 0;
  return s;
}

typedef struct choice {
  const qi_frame *frame;
  const qi_trigger *words;
  uint32_t needs, special;
} choice;

/* A further word of the entry counts as a need: "carry out" is not "carry". */
static bool better(const choice *a, const choice *b) {
  uint32_t of_a = a->needs + a->words->words.n, of_b = b->needs + b->words->words.n;
  if (of_a != of_b) return of_a > of_b;
  if (a->words->words.n != b->words->words.n) return a->words->words.n > b->words->words.n;
  return a->special > b->special;
}

/* Past participles may be listed as adjectives ("prepared/a"), nouns in capitals as nouns. */
static uint32_t parts_of(const qi_view *v, int32_t i, char parts[3], qi_slice lemmas[3]) {
  uint32_t n = 0;
  const qi_token *t = qi_tok(v, i);
  bool verb = qi_is_verb(v, i);
  if (verb) {
    if (qi_gate_is_attribute(v, i)) {
      lemmas[n] = t->form, parts[n++] = 'a';
      return n;
    }
    /* "Fighting broke out": a gerund where a noun stands. */
    bool noun = t->rel == QI_REL_NSUBJ || t->rel == QI_REL_NSUBJ_PASS || t->rel == QI_REL_OBJ || t->rel == QI_REL_NMOD ||
                t->rel == QI_REL_OBL;
    if (noun && qi_xpos_is(v, i, "VBG")) lemmas[n] = t->form, parts[n++] = 'n';
    lemmas[n] = t->lemma, parts[n++] = 'v';
    if (qi_is_participle(v, i) && n < 3) lemmas[n] = t->form, parts[n++] = 'a';
  } else if (qi_gate_is_modifier(v, i)) {
    return 0;
  } else if (t->upos == QI_NOUN || (t->upos == QI_PROPN && i == 0)) {
    lemmas[n] = t->upos == QI_NOUN ? t->lemma : t->form, parts[n++] = 'n'; /* the first word's capital says nothing */
  } else if (t->upos == QI_ADJ) {
    lemmas[n] = t->lemma, parts[n++] = 'a';
  }
  return n;
}

enum { MAX_CHOICES = 24 };

static uint32_t choices_at(const qi_view *v, const qi_deep *d, char part, qi_slice lemma, choice out[MAX_CHOICES], bool *any,
                           qi_explain *x) {
  const qi_trigger *words;
  const qi_frame *f;
  uint32_t n = 0;
  uint32_t at = qi_frames_first(v->know->frames, lemma, part);
  while ((f = qi_frames_next(v->know->frames, &at, &words))) {
    if (words->words.n > 1 && !qi_words_at(v, d->trigger, &words->words, part == 'v')) continue;
    if (words->words.n == 1 && part == 'v' && qi_gate_is_phrasal(v, d->trigger)) continue;
    *any = true;
    if (!frame_holds(v, d, f, x)) continue;
    choice c = {f, words, f->n_needs, specificity(f, words)};
    uint32_t k = n < MAX_CHOICES ? n++ : n;
    for (; k > 0 && better(&c, &out[k - 1]); k--)
      if (k < MAX_CHOICES) out[k] = out[k - 1];
    if (k < MAX_CHOICES) out[k] = c;
  }
  return n;
}

static void explain_fired(const qi_view *v, const qi_deed *deed, qi_explain *x) {
  static const char *const names[QI_N_ROLES] = {"actor", "recipient", "item", "place", "purpose", "content"};
  if (!x) return;
  qi_slice text = qi_arena_printf(x->arena, "%s (%s:%u) fired", deed->frame->id, deed->frame->file, deed->frame->line);
  for (int r = 0; r < QI_N_ROLES; r++)
    for (uint32_t i = 0; i < deed->role[r].n; i++)
      text = qi_arena_printf(x->arena, "%.*s; %s '%.*s' (%s)", QI_SLICE_ARG(text), names[r],
                             QI_SLICE_ARG(qi_tok(v, deed->role[r].token[i])->form),
                             qi_origin_name(deed->role[r].origin[i]));
  qi_explain_add(x, v->s->index, deed->token, "%.*s", QI_SLICE_ARG(text));
}

/* "test - fired", where a hyphened word was cut: "test-fire" in `room`; empty when it is none. */
static qi_slice hyphened(const qi_view *v, int32_t i, qi_slice lemma, char room[QI_KEY_BYTES]) {
  if (i < 2 || !qi_form_is(v, i - 1, "-") || qi_tok(v, i - 2)->end != qi_tok(v, i - 1)->start ||
      qi_tok(v, i - 1)->end != qi_tok(v, i)->start)
    return (qi_slice){0};
  qi_slice first = qi_tok(v, i - 2)->form;
  if (first.len + 1 + lemma.len > QI_KEY_BYTES) return (qi_slice){0};
  memcpy(room, first.ptr, first.len);
  room[first.len] = '-';
  memcpy(room + first.len + 1, lemma.ptr, lemma.len);
  return (qi_slice){room, first.len + 1 + lemma.len};
}

/* The lemma under which frames list the token as that part; a hyphened word goes before its last part. */
static qi_slice listed(const qi_view *v, int32_t i, char part, qi_slice lemma, char room[QI_KEY_BYTES]) {
  qi_slice joined = hyphened(v, i, lemma, room);
  if (joined.len && qi_frames_first(v->know->frames, joined, part) != QI_MAP_NONE) return joined;
  return qi_frames_first(v->know->frames, lemma, part) != QI_MAP_NONE ? lemma : (qi_slice){0};
}

static uint32_t types_known(const qi_view *v, int32_t i, char part, qi_slice lemma) {
  const qi_trigger *words;
  const qi_frame *f;
  uint32_t types = 0, at = qi_frames_first(v->know->frames, lemma, part);
  while ((f = qi_frames_next(v->know->frames, &at, &words)))
    if (words->words.n == 1 || qi_words_at(v, i, &words->words, part == 'v')) types |= 1u << f->type;
  return types;
}

/* Adds what the frames say of the word as that part of speech; the first part with a frame that holds counts. */
static void add_reading(qi_word_reading *r, const qi_view *v, char part, qi_slice lemma, const qi_deep *d, const choice *found, uint32_t n) {
  if (r->frame) return;
  r->deep = *d;
  r->part = part;
  r->known |= types_known(v, d->trigger, part, lemma);
  for (uint32_t k = 0; k < n; k++) r->holding |= 1u << found[k].frame->type;
  if (n) r->frame = found[0].frame;
}

bool qi_match_read(const qi_view *v, int32_t i, qi_word_reading *out) {
  char parts[3];
  qi_slice lemmas[3];
  uint32_t n_parts = parts_of(v, i, parts, lemmas);
  out->known = out->holding = 0;
  out->frame = NULL;
  for (uint32_t p = 0; p < n_parts && !out->frame; p++) {
    char room[QI_KEY_BYTES];
    qi_slice lemma = listed(v, i, parts[p], lemmas[p], room);
    choice found[MAX_CHOICES];
    bool any = false;
    qi_deep d;
    if (!lemma.len) continue;
    qi_deep_read(v, i, parts[p], &d);
    add_reading(out, v, parts[p], lemma, &d, found, choices_at(v, &d, parts[p], lemma, found, &any, NULL));
  }
  return out->known != 0;
}

static void cast(const qi_view *v, const qi_deep *d, char part, const choice *c, qi_deed *out) {
  *out = (qi_deed){.frame = c->frame, .words = c->words, .part = part, .sentence = v->s->index, .token = d->trigger,
                   .light = d->light, .light_entry = d->light_entry, .n_needs = c->needs,
                   .says_not = c->words && qi_slice_eq_str(c->words->words.w[0], "no")}; /* "has no intention of": said outright */
  fill_deed(v, d, out);
}

static bool cast_as(const qi_view *v, int32_t i, char part, qi_slice lemma, quid_event_type type, qi_deed *out) {
  choice found[MAX_CHOICES];
  bool any = false;
  qi_deep d;
  qi_deep_read(v, i, part, &d);
  uint32_t n = choices_at(v, &d, part, lemma, found, &any, NULL);
  for (uint32_t k = 0; k < n; k++)
    if (type == QUID_N_EVENT_TYPES || found[k].frame->type == type) {
      cast(v, &d, part, &found[k], out);
      return true;
    }
  return false;
}

bool qi_match_as(const qi_view *v, int32_t i, quid_event_type type, qi_deed *out) {
  char parts[3], room[QI_KEY_BYTES];
  qi_slice lemmas[3];
  uint32_t n_parts = parts_of(v, i, parts, lemmas);
  for (uint32_t p = 0; p < n_parts; p++) {
    qi_slice lemma = listed(v, i, parts[p], lemmas[p], room);
    if (lemma.len && cast_as(v, i, parts[p], lemma, type, out)) return true;
  }
  return false;
}

bool qi_match_open(const qi_view *v, int32_t i, quid_event_type type, qi_deed *out) {
  if (qi_tok(v, i)->upos != QI_VERB || qi_frames_first(v->know->frames, QI_SLICE(OPEN_WORD), 'v') == QI_MAP_NONE) return false;
  return cast_as(v, i, 'v', QI_SLICE(OPEN_WORD), type, out);
}

bool qi_match_linked(const qi_view *v, int32_t i, quid_event_type type, qi_deed *out) {
  bool takes = qi_links_has(v->know->links, QI_SET_TAKES, qi_tok(v, i)->lemma);
  qi_slice word = takes ? QI_SLICE(TAKING_WORD) : type == QUID_N_EVENT_TYPES ? QI_SLICE(BARGAIN_WORD) : QI_SLICE(OPEN_WORD);
  if (takes) type = QUID_N_EVENT_TYPES;
  if (qi_frames_first(v->know->frames, word, 'v') == QI_MAP_NONE) return false;
  return cast_as(v, i, 'v', word, type, out) && out->actors.n + out->recipients.n > 0;
}

void qi_deeds_sort(qi_deeds *deeds) {
  for (size_t i = 1; i < deeds->len; i++) {
    qi_deed *one = deeds->items[i];
    size_t k = i;
    for (; k > 0 && deeds->items[k - 1]->token > one->token; k--) deeds->items[k] = deeds->items[k - 1];
    deeds->items[k] = one;
  }
}

/* Puts down on the way what qi_match_read would say. */
static bool keep_reading(qi_deeds *out, const qi_view *v, char part, qi_slice lemma, const qi_deep *d, const choice *found, uint32_t n) {
  if (!out->scratch) return true;
  qi_word_reading **r = &out->readings[d->trigger];
  if (!*r) {
    if (!(*r = QI_NEW(out->scratch, qi_word_reading))) return false;
    **r = (qi_word_reading){.known = 0};
  }
  add_reading(*r, v, part, lemma, d, found, n);
  return true;
}

/* "A convoy was bombed near Aleppo": where it fell says whose it was, when nothing else does. */
static void cast_scene(const qi_view *v, qi_deed *deed) {
  static const char *const targets[] = {"vehicles", "vessel", "airliner", "building", "route", "land", "people", "troops", "aid", "arms", NULL};
  const qi_fill *place = &deed->role[QI_ROLE_PLACE], *hit = &deed->role[QI_ROLE_RECIPIENT];
  if (deed->actors.n + deed->recipients.n || deed->frame->type != QUID_ASSAULT || deed->part != 'v' || !hit->n || hit->clause[0]) return;
  if (!is_of(v, hit->token[0], targets)) return;
  for (uint32_t i = 0; i < place->n && !deed->recipients.n; i++) {
    const qi_mention *m = place->clause[i] ? NULL : qi_mention_at(v, place->token[i]);
    if (m && (m->is_place || m->is_state)) cast_direct(v, place->token[i], &deed->recipients);
  }
}

static bool match_token(const qi_view *v, int32_t i, qi_arena *arena, qi_deeds *out, qi_explain *x) {
  char parts[3];
  qi_slice lemmas[3];
  uint32_t n_parts = parts_of(v, i, parts, lemmas);
  for (uint32_t p = 0; p < n_parts; p++) {
    char room[QI_KEY_BYTES];
    qi_slice lemma = listed(v, i, parts[p], lemmas[p], room);
    if (!lemma.len) continue;
    qi_deep d;
    choice found[MAX_CHOICES];
    bool any = false;
    qi_deep_read(v, i, parts[p], &d);
    uint32_t n = choices_at(v, &d, parts[p], lemma, found, &any, x);
    if (!keep_reading(out, v, parts[p], lemma, &d, found, n)) return false;
    for (uint32_t k = 0; k < n; k++) {
      qi_deed deed;
      cast(v, &d, parts[p], &found[k], &deed);
      cast_scene(v, &deed);
      if (deed.actors.n + deed.recipients.n == 0) {
        qi_explain_add(x, v->s->index, i, "%s: no actor and no recipient that is known", deed.frame->id);
        continue;
      }
      if (qi_gate_is_note(v, &deed)) {
        qi_explain_add(x, v->s->index, i, "%s: a government protests in words", deed.frame->id);
        continue;
      }
      qi_deed *kept = QI_NEW(arena, qi_deed);
      if (!kept || !QI_VEC_PUSH_IN(arena, out, kept)) return false;
      *kept = deed;
      explain_fired(v, kept, x);
      return true;
    }
  }
  return true;
}

/* ---- one deed, told twice ---- */

static bool fills(const qi_deed *d, qi_role role, int32_t token) { return in_fill(&d->role[role], token); }

/* A verb and the noun it carries: "launched an attack", "held talks", "attacked in an attack". */
static bool same_deed(const qi_view *v, const qi_deed *verb, const qi_deed *noun) {
  if (verb->part != 'v' || noun->part != 'n' || verb->frame->type != noun->frame->type) return false;
  if (noun->light == verb->token) return true;
  const qi_token *t = qi_tok(v, noun->token);
  /* "the air strike killed five": the deed and what came of it. */
  if (t->rel == QI_REL_NSUBJ && t->head == verb->token && verb->frame->type == QUID_ASSAULT) return true;
  int32_t up = t->head;
  for (int step = 0; step < 3 && up >= 0 && qi_tok(v, noun->token)->rel == QI_REL_CONJ; step++) up = qi_tok(v, up)->head;
  if (fills(verb, QI_ROLE_CONTENT, noun->token)) return t->rel == QI_REL_OBJ || t->rel == QI_REL_NSUBJ_PASS;
  if (up != verb->token) return false;
  return t->rel == QI_REL_OBJ || t->rel == QI_REL_NSUBJ_PASS || t->rel == QI_REL_OBL || t->rel == QI_REL_OBL_AGENT;
}

/* "lifted the curfew", "suspension of aid": the noun is what the other deed is done to, not a deed
 * beside it, unless the frame says that the deed is about it. */
static bool is_used_up(const qi_deed *outer, const qi_deed *noun) {
  if (noun->part != 'n' || fills(outer, QI_ROLE_CONTENT, noun->token)) return false;
  if (fills(outer, QI_ROLE_ITEM, noun->token)) return true;
  for (uint32_t i = 0; i < outer->n_used; i++)
    if (outer->used[i] == noun->token) return true;
  /* "Recognition was withdrawn": the verb that ends it is a deed of its own. */
  return noun->light == outer->token && noun->light_entry &&
         (noun->light_entry->effect == QI_LIGHT_STOP || noun->light_entry->effect == QI_LIGHT_NEGATED);
}

/* "killed in a Hamas attack": each word names one side. */
static void complete(qi_deed *kept, const qi_deed *lost) {
  if (kept->frame->type != QUID_ASSAULT) return;
  if (!kept->actors.n) {
    kept->actors = lost->actors;
    kept->role[QI_ROLE_ACTOR] = lost->role[QI_ROLE_ACTOR];
    take_out(&kept->actors, &kept->recipients);
  }
  if (!kept->recipients.n) {
    kept->recipients = lost->recipients;
    take_out(&kept->recipients, &kept->actors);
  }
}

/* "killed when Russia shelled the market": what happened at the same time says who did it. */
static void borrow_actors(const qi_view *v, qi_deed **deeds, size_t n) {
  for (size_t a = 0; a < n; a++)
    for (size_t b = 0; b < n; b++) {
      qi_deed *d = deeds[a];
      const qi_deed *how = deeds[b];
      if (d->frame->type != QUID_ASSAULT || how->frame->type != QUID_ASSAULT || d->actors.n || d->part != 'v') continue;
      const qi_token *t = qi_tok(v, how->token);
      if (t->rel != QI_REL_ADVCL || t->head != d->token || !qi_is_passive(v, d->token)) continue;
      bool when = false;
      for (QI_EACH_CHILD(v, how->token, k, c)) when |= (int32_t)c < how->token && qi_form_is(v, (int32_t)c, "when");
      if (!when) continue;
      d->actors = how->actors;
      d->role[QI_ROLE_ACTOR] = how->role[QI_ROLE_ACTOR];
      take_out(&d->actors, &d->recipients);
    }
}

/* How much a telling says: a side that is named counts more than one that is not. */
static uint32_t worth(const qi_deed *d) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < d->actors.n; i++) n += d->actors.who[i]->country[0] ? 3 : 2;
  for (uint32_t i = 0; i < d->recipients.n; i++) n += d->recipients.who[i]->country[0] ? 3 : 2;
  return n;
}

static void drop_doubles(const qi_view *v, qi_deed **deeds, size_t n) {
  for (size_t a = 0; a < n; a++)
    for (size_t b = 0; b < n; b++) {
      qi_deed *verb = deeds[a], *noun = deeds[b];
      if (a != b && !verb->dropped && !noun->dropped && qi_gate_is_purpose_of(v, verb, noun)) {
        if (verb->frame->type == QUID_AID && !verb->recipients.n) verb->recipients = noun->recipients;
        noun->dropped = true;
      }
      if (a != b && !verb->dropped && !noun->dropped && verb->frame->type != noun->frame->type && is_used_up(verb, noun))
        noun->dropped = true;
      if (a == b || verb->dropped || noun->dropped || !same_deed(v, verb, noun)) continue;
      uint32_t of_verb = worth(verb), of_noun = worth(noun);
      /* "Roe was killed in an Israeli strike on the town": whom it befell says more than where it went. */
      bool befell = verb->frame->type == QUID_ASSAULT && !verb->actors.n && noun->actors.n && worth(verb) % 3 == 0 && worth(verb) > 0;
      bool noun_says_more = of_noun > of_verb && !befell;
      qi_deed *lost = noun_says_more ? verb : noun, *kept = noun_says_more ? noun : verb;
      lost->dropped = true;
      complete(kept, lost);
    }
}

/* ---- whom a promise, refusal, threat or demand is about ---- */

static const qi_deed *deed_at(qi_deed *const *deeds, size_t n, int32_t token) {
  for (size_t i = 0; i < n; i++)
    if (deeds[i]->token == token || (deeds[i]->light == token && deeds[i]->light >= 0)) return deeds[i];
  return NULL;
}

static void add_all(qi_cast *to, const qi_cast *from) {
  for (uint32_t i = 0; i < from->n && to->n < QI_MAX_PARTICIPANTS; i++) {
    bool known = false;
    for (uint32_t k = 0; k < to->n; k++) known |= strcmp(to->who[k]->id, from->who[i]->id) == 0;
    if (!known) to->who[to->n++] = from->who[i];
  }
}

/* Whom the clause at `token` is done to, when no frame says so. */
static void cast_clause(const qi_view *v, int32_t token, qi_cast *out) {
  static const char *const slots[] = {"iobj", "to", "obj", "with", "for", "from", "on", "against", "in", NULL};
  qi_deep d;
  qi_deep_read(v, token, qi_is_verb(v, token) ? 'v' : 'n', &d);
  for (size_t k = 0; slots[k] && !out->n; k++) {
    int32_t i = qi_deep_find(&d, qi_slot_of(qi_slice_str(slots[k])), 0);
    if (i < 0 || d.fillers[i].clause) continue;
    if (!qi_cast_phrase(v, d.fillers[i].token, true, out)) cast_location(v, d.fillers[i].token, out);
  }
}

/* "ended its siege of Lere", "cut all funding of the agency", "scaled down raids on the rebels": whom the object is about. */
static void cast_of_object(const qi_view *v, const qi_deed *d, qi_cast *out) {
  static const char *const preps[] = {"of", "on", "against", "to", "for", "with", "from", NULL}; /* not "in": that is where */
  int32_t object = qi_child(v, d->token, QI_REL_OBJ);
  if (object < 0) object = qi_child(v, d->token, QI_REL_NSUBJ_PASS);
  if (object < 0 || qi_tok(v, object)->upos != QI_NOUN || in_fill(&d->role[QI_ROLE_ITEM], object)) return;
  for (size_t k = 0; preps[k] && !out->n; k++)
    for (QI_EACH_CHILD(v, object, j, c)) {
      int32_t prep = QI_NO_TOKEN;
      if ((int32_t)c < object || qi_tok(v, (int32_t)c)->rel != QI_REL_NMOD) continue;
      qi_preposition(v, (int32_t)c, &prep);
      if (prep >= 0 && qi_form_is(v, prep, preps[k]) && qi_names_somebody(v, (int32_t)c)) qi_cast_phrase(v, (int32_t)c, true, out);
    }
  int32_t owner = out->n ? QI_NO_TOKEN : owner_of(v, object);
  if (owner >= 0 && qi_tok(v, owner)->upos != QI_PRON) cast_direct(v, owner, out);
}

/* "demanded that the union disclose its books": who shall do it. */
static void cast_asked(const qi_view *v, int32_t clause, qi_cast *out) {
  int32_t subject = qi_deep_subject(v, clause);
  if (subject >= 0 && qi_tok(v, subject)->upos != QI_PRON) qi_cast_phrase(v, subject, true, out);
}

/* Deeds done to somebody through a thing of theirs. */
static void borrow_from_object(const qi_view *v, qi_deed *d) {
  quid_event_type t = d->frame->type;
  bool through = t == QUID_RETREAT || t == QUID_SANCTION || t == QUID_COERCE || t == QUID_REJECT || t == QUID_CONCEDE || t == QUID_SUPPORT;
  if (!through || d->recipients.n || !d->actors.n || d->part != 'v') return;
  qi_cast found = {.n = 0};
  cast_of_object(v, d, &found);
  take_out(&found, &d->actors);
  take_out_countries(&found, &d->actors);
  d->recipients = found;
}

/* "agreed to send tanks to Kyiv": Kyiv is whom the promise is made for; "demanded that Moscow withdraw":
 * Moscow is who is asked. Only where the deed names no recipient of its own. */
static void borrow_recipients(const qi_view *v, qi_deed **deeds, size_t n) {
  for (size_t i = 0; i < n; i++) {
    qi_deed *d = deeds[i];
    quid_event_type type = d->frame->type;
    bool promise = type == QUID_AGREE || type == QUID_REJECT || type == QUID_THREATEN;
    bool demand = type == QUID_REQUEST || type == QUID_ACCUSE;
    const qi_fill *content = &d->role[QI_ROLE_CONTENT];
    if (d->recipients.n) continue;
    for (uint32_t k = 0; (promise || demand) && k < content->n && !d->recipients.n; k++) {
      const qi_deed *inner = deed_at(deeds, n, content->token[k]);
      qi_cast found = {.n = 0};
      if (inner == d) continue;
      if (inner) add_all(&found, demand ? &inner->actors : &inner->recipients);
      if (inner && promise && !found.n) add_all(&found, &inner->actors); /* "agreed to work with Beijing" */
      take_out(&found, &d->actors);
      if (!found.n && promise && content->clause[k] && (!inner || inner->frame->type != QUID_CONSULT))
        cast_clause(v, content->token[k], &found);
      if (!found.n && demand && content->clause[k] && !inner) cast_asked(v, content->token[k], &found);
      take_out_countries(&found, &d->actors);
      d->recipients = found;
    }
    borrow_from_object(v, d);
  }
}

bool qi_match_sentence(const qi_view *v, qi_arena *arena, qi_deeds *out, qi_explain *explain) {
  enum { MAX_DEEDS = 64 }; /* of one sentence: what is beyond is a list, not a story */
  size_t first = out->len;
  if (out->scratch && !(out->readings = QI_NEW_ARRAY(out->scratch, qi_word_reading *, v->s->n_tokens + 1))) return false;
  for (uint32_t i = 0; out->scratch && i < v->s->n_tokens; i++) out->readings[i] = NULL;
  for (uint32_t i = 0; i < v->s->n_tokens && out->len - first < MAX_DEEDS; i++)
    if (!match_token(v, (int32_t)i, arena, out, explain)) return false;
  if (out->len > first) drop_doubles(v, out->items + first, out->len - first);
  borrow_recipients(v, out->items + first, out->len - first);
  borrow_actors(v, out->items + first, out->len - first);
  for (size_t i = first; i < out->len; i++) {
    qi_deed *deed = out->items[i];
    if (deed->dropped || !(deed->why_not = qi_gate_why_not(v, deed))) continue;
    deed->dropped = true;
  }
  return true;
}
