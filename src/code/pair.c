/* code: sentence + two phrases -> features of its words.
 *
 * The words' own features (tags, which deeds the frames read in them, with which status) are
 * read once a sentence; those of a pair say how each word lies to the two phrases: in the tree, and in the
 * deep grammar, where passives, control and light verbs are undone.
 *
 *   "Ostria agreed to lend Norland money" with source Ostria, target Norland: "lend" has the type AID,
 *   status planned, source in slot subj, target in iobj; "agreed" has AGREE, asserted, source in subj,
 *   target inside to-inf. */
#include "code/pair.h"

#include <string.h>

_Static_assert(QUID_ASSAULT == QI_N_TYPES - 1, "one feature for each event type");

static void add(qi_features *f, uint32_t id) {
  if (f->n < QI_MAX_FEATURES) f->id[f->n++] = (uint16_t)id;
}

static uint32_t hash_tag(qi_slice text) {
  uint32_t h = 2166136261u; /* FNV-1a */
  for (size_t i = 0; i < text.len; i++) h = (h ^ (uint8_t)text.ptr[i]) * 16777619u;
  return h;
}

/* ---- the words ---- */

static void read_effects(const qi_view *v, int32_t i, qi_features *out) {
  static const char parts[] = "vnadxt";
  uint32_t seen = 0;
  for (const char *part = parts; *part; part++) {
    const qi_operator *op;
    uint32_t at = qi_operators_first(v->know->operators, qi_tok(v, i)->lemma, *part);
    while ((op = qi_operators_next(v->know->operators, &at)))
      if (op->words.n == 1 && op->effect < 16 && !(seen & 1u << op->effect)) {
        seen |= 1u << op->effect;
        add(out, QI_F_EFFECT + op->effect);
      }
  }
}

static void read_frames(qi_scene_word *w, const qi_view *v, int32_t i, const qi_word_reading *r, const qi_quote *quote) {
  w->deep = &r->deep;
  w->frame = r->frame;
  for (uint32_t t = 0; t < QI_N_TYPES; t++) {
    if (r->known & 1u << t) add(&w->features, QI_F_TYPE + t);
    if (r->holding & 1u << t) add(&w->features, QI_F_HOLDS + t);
  }
  if (!r->frame) return;
  qi_deed deed = {.frame = r->frame, .part = r->part, .sentence = v->s->index, .token = i, .light = r->deep.light,
                  .light_entry = r->deep.light_entry};
  qi_standing standing;
  qi_status_of(&standing, v, &deed, NULL, 0, QI_GENRE_UNKNOWN, quote);
  add(&w->features, QI_F_STATUS + standing.status);
}

/* The reading of a word when no match has left one; *out NULL: no frame has it. false: out of memory. */
static bool read_word(const qi_word_reading **out, const qi_view *v, int32_t i, qi_arena *arena) {
  qi_word_reading r;
  *out = NULL;
  if (!qi_match_read(v, i, &r)) return true;
  qi_word_reading *kept = QI_NEW(arena, qi_word_reading);
  if (!kept) return false;
  *kept = r;
  *out = kept;
  return true;
}

bool qi_scene_read(qi_scene *out, const qi_view *v, const qi_model *model, const qi_quote *quote, qi_word_reading *const *readings,
                   qi_arena *arena) {
  *out = (qi_scene){.v = v, .words = QI_NEW_ARRAY(arena, qi_scene_word, v->s->n_tokens)};
  if (!out->words) return false;
  for (uint32_t i = 0; i < v->s->n_tokens; i++) {
    const qi_token *t = &v->s->tokens[i];
    qi_scene_word *w = &out->words[i];
    *w = (qi_scene_word){.name = t->upos == QI_PROPN};
    w->vector = qi_model_vector(model, t->form);
    if (!w->vector) w->vector = qi_model_vector(model, t->lemma);
    if (!w->name) w->bucket = (uint16_t)(1 + hash_tag(t->lemma) % (QI_WORD_BUCKETS - 1));
    add(&w->features, QI_F_XPOS + hash_tag(t->xpos) % QI_HASHED_TAGS);
    add(&w->features, QI_F_REL + hash_tag(t->deprel) % QI_HASHED_TAGS);
    read_effects(v, (int32_t)i, &w->features);
    const qi_word_reading *r = readings ? readings[i] : NULL;
    if (!readings && !read_word(&r, v, (int32_t)i, arena)) return false;
    if (r && r->known) read_frames(w, v, (int32_t)i, r, quote);
  }
  return true;
}

/* ---- the pair ---- */

int32_t qi_pair_mark(const qi_sentence *s, uint32_t start, uint32_t end, uint8_t *side, uint8_t bit) {
  int32_t head = QI_NO_TOKEN;
  for (uint32_t i = 0; i < s->n_tokens; i++)
    if (s->tokens[i].start < end && s->tokens[i].end > start) side[i] |= bit;
  for (uint32_t i = 0; i < s->n_tokens && head < 0; i++)
    if (side[i] & bit && (s->tokens[i].head < 0 || !(side[s->tokens[i].head] & bit))) head = (int32_t)i;
  return head;
}

/* Steps in the tree from a head to every token, QI_FAR for what is further or apart. */
static void measure(uint8_t *out, const qi_sentence *s, int32_t from, uint32_t *queue) {
  uint32_t n = 0;
  memset(out, QI_FAR, s->n_tokens);
  if (from < 0) return;
  out[from] = 0;
  queue[n++] = (uint32_t)from;
  for (uint32_t at = 0; at < n; at++) {
    uint32_t i = queue[at];
    uint8_t next = (uint8_t)(out[i] + 1);
    if (next >= QI_FAR) continue;
    if (s->tokens[i].head >= 0 && out[s->tokens[i].head] > next) {
      out[s->tokens[i].head] = next;
      queue[n++] = (uint32_t)s->tokens[i].head;
    }
    for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++)
      if (out[s->child[k]] > next) {
        out[s->child[k]] = next;
        queue[n++] = s->child[k];
      }
  }
}

/* Relations by which a phrase stands for the noun above it: "U.N. experts", "Putin and Xi". */
static bool is_nominal_link(uint8_t rel) {
  return rel == QI_REL_COMPOUND || rel == QI_REL_NMOD || rel == QI_REL_NMOD_POSS || rel == QI_REL_NMOD_DESC ||
         rel == QI_REL_AMOD || rel == QI_REL_FLAT || rel == QI_REL_APPOS || rel == QI_REL_CONJ || rel == QI_REL_NUMMOD;
}

enum { APART, WITHIN, ITSELF };

/* How the phrase headed by `head` lies to the filler: it is it, or stands in its clause, or neither. */
static int lies(const qi_view *v, int32_t head, int32_t filler) {
  bool nominal = true;
  for (int step = 0; step < 64 && head >= 0; step++) {
    if (head == filler) return nominal ? ITSELF : WITHIN;
    nominal = nominal && step < 3 && is_nominal_link(qi_tok(v, head)->rel);
    head = qi_tok(v, head)->head;
  }
  return APART;
}

static void read_slots(const qi_view *v, const qi_deep *d, int32_t head, uint32_t direct, uint32_t inside, qi_features *out) {
  uint64_t seen[2][QI_HASHED_SLOTS / 64] = {{0}};
  for (uint32_t i = 0; i < d->n && head >= 0; i++) {
    int how = lies(v, head, d->fillers[i].token);
    uint32_t slot = d->fillers[i].slot % QI_HASHED_SLOTS;
    if (how == APART || seen[how - 1][slot / 64] >> slot % 64 & 1) continue;
    seen[how - 1][slot / 64] |= UINT64_C(1) << slot % 64;
    add(out, (how == ITSELF ? direct : inside) + slot);
  }
}

/* Does the phrase fill a slot of the path? */
static bool fits(const qi_view *v, const qi_path *path, const qi_deep *d, int32_t head) {
  for (uint32_t k = 0; k < path->n; k++)
    for (int32_t i = qi_deep_find(d, path->slot[k], 0); i >= 0; i = qi_deep_find(d, path->slot[k], (uint32_t)i + 1))
      if (head >= 0 && lies(v, head, d->fillers[i].token) == ITSELF) return true;
  return false;
}

static void read_cast(const qi_view *v, const qi_scene_word *w, const qi_pair *p, qi_features *out) {
  const qi_path *actor = &w->frame->role[QI_ROLE_ACTOR], *recipient = &w->frame->role[QI_ROLE_RECIPIENT];
  bool source_acts = fits(v, actor, w->deep, p->source), target_takes = fits(v, recipient, w->deep, p->target);
  bool target_acts = fits(v, actor, w->deep, p->target), source_takes = fits(v, recipient, w->deep, p->source);
  uint32_t how = source_acts && target_takes   ? 1
                 : source_takes && target_acts ? 2
                 : source_acts && target_acts  ? 3
                 : source_acts                 ? 4
                 : target_takes                ? 5
                 : target_acts                 ? 6
                 : source_takes                ? 7
                                               : 0;
  add(out, QI_F_CAST + 8 * (uint32_t)w->frame->type + how);
}

static void read_place(const qi_pair *p, uint32_t i, uint8_t from_source, uint8_t from_target, bool apart, uint32_t path,
                       qi_features *out) {
  if (p->side[i] & QI_SIDE_SOURCE) add(out, QI_F_IN);
  if (p->side[i] & QI_SIDE_TARGET) add(out, QI_F_IN + 1);
  if ((int32_t)i == p->source) add(out, QI_F_IN + 2);
  if ((int32_t)i == p->target) add(out, QI_F_IN + 3);
  add(out, QI_F_FROM_SOURCE + from_source);
  add(out, QI_F_FROM_TARGET + from_target);
  bool near = !apart && from_source < QI_FAR && from_target < QI_FAR;
  if (near && (uint32_t)from_source + from_target <= path + 2) add(out, (uint32_t)QI_F_PATH + from_source + from_target - path);
  int32_t low = p->source < p->target ? p->source : p->target, high = p->source < p->target ? p->target : p->source;
  uint32_t where = (int32_t)i < low ? 0 : (int32_t)i < high ? 1 : 2;
  add(out, QI_F_SIDE + where + (p->source < p->target ? 0 : 3));
}

bool qi_pair_read(qi_features *out, const qi_scene *scene, const qi_pair *p, qi_arena *scratch) {
  const qi_view *v = scene->v;
  uint32_t n = v->s->n_tokens;
  uint8_t *from_source = qi_arena_alloc(scratch, n), *from_target = qi_arena_alloc(scratch, n), *from_trigger = qi_arena_alloc(scratch, n);
  uint32_t *queue = QI_NEW_ARRAY(scratch, uint32_t, n);
  if (!from_source || !from_target || !from_trigger || !queue) return false;
  measure(from_source, v->s, p->source, queue);
  measure(from_target, v->s, p->target, queue);
  measure(from_trigger, v->s, p->trigger, queue);
  bool apart = p->source < 0 || p->target < 0 || from_source[p->target] == QI_FAR; /* no path that counts */
  uint32_t path = apart ? 0 : from_source[p->target];
  for (uint32_t i = 0; i < n; i++) {
    const qi_scene_word *w = &scene->words[i];
    qi_features *f = &out[i];
    f->n = 0;
    read_place(p, i, from_source[i], from_target[i], apart, path, f);
    for (uint32_t k = 0; k < w->features.n; k++) {
      uint32_t id = w->features.id[k];
      bool on = !apart && (uint32_t)from_source[i] + from_target[i] <= path + 1;
      if (on && id >= QI_F_TYPE && id < QI_F_HOLDS) add(f, id + QI_F_TYPE_ON - QI_F_TYPE);
    }
    if (p->trigger >= 0) add(f, (uint32_t)QI_F_FROM_TRIGGER + from_trigger[i]);
    if (!w->deep) continue;
    read_slots(v, w->deep, p->source, QI_F_SLOT_SOURCE, QI_F_INSIDE_SOURCE, f);
    read_slots(v, w->deep, p->target, QI_F_SLOT_TARGET, QI_F_INSIDE_TARGET, f);
    if (w->frame) read_cast(v, w, p, f);
  }
  return true;
}
