/* code: tokens, not yet tagged -> which sentences are worth a tree.
 *
 * A sentence can tell an event only where some frame has all words of one of its entries there ("carry" and
 * "out"), and for each of its needs that ask for certain words one of those. Forms are undone by making them:
 * every dictionary word is entered with each form it can take ("violate": violates, violated, violating).
 * What cannot be seen without a tree, who does it and whether it stands in the right place, is taken as given.
 *
 *   "Snow fell in the mountains on Sunday."  fall/v needs "government regime city ..." as subject: no tree.
 *
 * Sentences beside those keep their tokens, with tags guessed from their letters, so that names and dates in
 * them are still found. Two kinds of neighbours get a tree all the same: those that a pronoun of a sentence of
 * deeds may point back to, and those that share a quotation with one. */
#include "code/glance.h"

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "know/forms.h"
#include "know/frames.h"
#include "know/links.h"

enum { MAX_FORM_BYTES = 48, MAX_PRESENT = 512 };

/* What a form can be, beside the id of its word in qi_glance.forms. */
enum { AS_VERB = 1, AS_NOUN = 2, AS_BARE = 4 /* neither -ed nor -ing: what stands before it tells */, ROLE_BITS = 3 };

/* A list of numbers inside `numbers`. */
typedef struct list {
  uint32_t at, n;
} list;

typedef struct entry { /* one trigger of one frame */
  list words;          /* all must be there */
  uint32_t frame;
  char part;
} entry;

/* A need that only certain words, or terms of certain classes, can fill. */
typedef struct need {
  list words;
  qi_classes classes;
} need;

struct qi_glance {
  qi_arena arena;
  qi_map ids;              /* dictionary word -> id */
  qi_multimap forms;       /* form -> id << ROLE_BITS | AS_... */
  uint32_t n_words;
  QI_VEC(uint32_t) numbers;
  QI_VEC(entry) entries;
  list *needs;             /* [n_frames] into need_lists */
  QI_VEC(need) need_lists;
  QI_VEC(qi_classes) classes; /* by id of word, may be shorter */
  qi_multimap anchors;     /* dictionary word -> entries */
  const qi_links *links;   /* of the dictionaries */
};

/* ---- making ---- */

static bool add_form(qi_glance *g, uint32_t id, uint32_t as, qi_slice stem, size_t keep, const char *more) {
  qi_slice form = qi_arena_printf(&g->arena, "%.*s%s", (int)keep, stem.ptr, more);
  uint32_t value = id << ROLE_BITS | as;
  if (!form.ptr) return false;
  for (uint32_t at = qi_multimap_first(&g->forms, form); at != QI_MAP_NONE; at = g->forms.links.items[at].next)
    if (g->forms.links.items[at].value == value) return true;
  return qi_multimap_add(&g->forms, form, value);
}

static bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

/* Every form that forms.c can lead back to the word. */
static bool add_forms(qi_glance *g, uint32_t id, qi_slice w) {
  static const uint32_t bare = AS_VERB | AS_NOUN | AS_BARE;
  size_t n = w.len;
  bool ok = add_form(g, id, bare, w, n, "");
  if (n < 2 || !qi_ascii_is_alpha(w.ptr[n - 1])) return ok;
  char last = w.ptr[n - 1];
  ok = ok && add_form(g, id, bare, w, n, "s") && add_form(g, id, bare, w, n, "es") && add_form(g, id, AS_VERB, w, n, "ed") &&
       add_form(g, id, AS_VERB, w, n, "ing");
  if (last == 'e') ok = ok && add_form(g, id, AS_VERB, w, n, "d") && add_form(g, id, AS_VERB, w, n - 1, "ing");
  if (last == 'y') ok = ok && add_form(g, id, bare, w, n - 1, "ies") && add_form(g, id, AS_VERB, w, n - 1, "ied");
  if (last == 'f') ok = ok && add_form(g, id, AS_NOUN, w, n - 1, "ves");
  if (n > 2 && w.ptr[n - 2] == 'i' && last == 'e') ok = ok && add_form(g, id, AS_VERB, w, n - 2, "ying");
  if (is_vowel(last)) return ok;
  char twice[2][5] = {{last, 'e', 'd', 0}, {last, 'i', 'n', 'g', 0}};
  return ok && add_form(g, id, AS_VERB, w, n, twice[0]) && add_form(g, id, AS_VERB, w, n, twice[1]);
}

static uint32_t id_of(qi_glance *g, qi_slice word) {
  uint32_t id = qi_map_find(&g->ids, word, QI_MAP_NONE);
  if (id != QI_MAP_NONE) return id;
  id = g->n_words++;
  return qi_map_put(&g->ids, word, id) && add_forms(g, id, word) ? id : QI_MAP_NONE;
}

static bool push_word(qi_glance *g, qi_slice word, list *to) {
  uint32_t id = id_of(g, word);
  if (id == QI_MAP_NONE || !QI_VEC_PUSH(&g->numbers, id)) return false;
  to->n++;
  return true;
}

/* A need that only what stands under certain prepositions can fill: one of those must be there. */
static bool add_preposition(qi_glance *g, uint32_t frame, const qi_condition *c) {
  static const char *const SAME[][2] = {{"on", "upon"}, {"on", "onto"}, {"to", "unto"}, {"toward", "towards"}, {"among", "amongst"},
                                        {"amid", "amidst"}, {"versus", "vs"}, {"versus", "vs."}, {"until", "till"}};
  need wanted = {{(uint32_t)g->numbers.len, 0}, {{0}}};
  for (uint32_t k = 0; k < c->slots.n; k++)
    if (c->slots.slot[k] < QI_SLOT_FIRST_PREP && c->slots.slot[k] != QI_SLOT_TO_INF) return true;
  for (uint32_t k = 0; k < c->slots.n; k++) {
    qi_slice name = c->slots.slot[k] == QI_SLOT_TO_INF ? QI_SLICE("to") : qi_slice_str(qi_slot_name(c->slots.slot[k])), first;
    if (!qi_slice_split(&name, '_', &first) || !push_word(g, first, &wanted.words)) return false;
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++)
      if (qi_slice_eq_str(first, SAME[i][0]) && !push_word(g, qi_slice_str(SAME[i][1]), &wanted.words)) return false;
  }
  g->needs[frame].n++;
  return QI_VEC_PUSH(&g->need_lists, wanted);
}

/* Needs that nothing but certain words can fill. Of a need of several words one stands for all. */
static bool add_needs(qi_glance *g, uint32_t frame, const qi_frame *f) {
  g->needs[frame] = (list){(uint32_t)g->need_lists.len, 0};
  for (uint32_t i = 0; i < f->n_needs; i++) {
    const qi_condition *c = &f->needs[i];
    if (!add_preposition(g, frame, c)) return false;
    if (c->anything || c->kinds || !(c->n_lemmas || qi_classes_any(&c->classes))) continue;
    need wanted = {{(uint32_t)g->numbers.len, 0}, c->classes};
    for (uint32_t k = 0; k < c->n_lemmas; k++)
      if (!push_word(g, c->lemmas[k].w[c->lemmas[k].n - 1], &wanted.words)) return false;
    if (!QI_VEC_PUSH(&g->need_lists, wanted)) return false;
    g->needs[frame].n++;
  }
  return true;
}

static bool add_frame(qi_glance *g, uint32_t frame, const qi_frame *f) {
  if (!add_needs(g, frame, f)) return false;
  for (uint32_t t = 0; t < f->n_triggers; t++) {
    const qi_words *w = &f->triggers[t].words;
    entry e = {{(uint32_t)g->numbers.len, 0}, frame, f->triggers[t].part};
    for (uint32_t i = 0; i < w->n; i++)
      if (!push_word(g, w->w[i], &e.words)) return false;
    uint32_t anchor = g->numbers.items[e.words.at];
    if (f->triggers[t].part == 'n') anchor = g->numbers.items[e.words.at + e.words.n - 1];
    char *key = qi_arena_alloc(&g->arena, sizeof anchor);
    if (!key) return false;
    memcpy(key, &anchor, sizeof anchor);
    if (!qi_multimap_add(&g->anchors, qi_slice_of(key, sizeof anchor), (uint32_t)g->entries.len)) return false;
    if (!QI_VEC_PUSH(&g->entries, e)) return false;
  }
  return true;
}

static bool add_irregular(void *glance, qi_slice form, qi_slice lemma) {
  qi_glance *g = glance;
  uint32_t id = qi_map_find(&g->ids, lemma, QI_MAP_NONE);
  return id == QI_MAP_NONE || add_form(g, id, AS_VERB | AS_NOUN, form, form.len, "");
}

static bool add_classes(void *glance, qi_slice word, const qi_classes *classes) {
  qi_glance *g = glance;
  uint32_t id = id_of(g, word);
  while (id != QI_MAP_NONE && g->classes.len <= id)
    if (!QI_VEC_PUSH(&g->classes, (qi_classes){{0}})) return false;
  if (id != QI_MAP_NONE) qi_classes_add(&g->classes.items[id], classes);
  return id != QI_MAP_NONE;
}

quid_status qi_glance_new(qi_glance **out, const qi_know *know, quid_error *err) {
  *out = NULL;
  qi_glance *g = calloc(1, sizeof *g);
  if (!g) return qi_error_memory(err, "the deed words");
  qi_arena_init(&g->arena, 0);
  uint32_t n = qi_frames_count(know->frames);
  g->links = know->links;
  bool ok = (g->needs = calloc((size_t)n + 1, sizeof *g->needs)) != NULL;
  for (uint32_t i = 0; ok && i < n; i++) ok = add_frame(g, i, qi_frames_get(know->frames, i));
  ok = ok && qi_items_each_ending(know->items, add_classes, g) && qi_forms_each_irregular(know->forms, add_irregular, g);
  if (!ok) {
    qi_glance_free(g);
    return qi_error_memory(err, "the deed words");
  }
  *out = g;
  return QUID_OK;
}

void qi_glance_free(qi_glance *g) {
  if (!g) return;
  qi_map_clear(&g->ids);
  qi_multimap_clear(&g->forms);
  qi_multimap_clear(&g->anchors);
  QI_VEC_CLEAR(&g->numbers);
  QI_VEC_CLEAR(&g->entries);
  QI_VEC_CLEAR(&g->need_lists);
  QI_VEC_CLEAR(&g->classes);
  free(g->needs);
  qi_arena_clear(&g->arena);
  free(g);
}

/* ---- looking ---- */

typedef struct look {
  const qi_glance *g;
  uint32_t *stamp, *verb, *noun; /* [n_words]: number of the sentence that has the word last; as a verb, as a noun */
  uint32_t now, n;
  uint32_t present[MAX_PRESENT]; /* [n] each once */
  qi_classes classes;            /* of the words that are there */
  bool full;
} look;

static bool form_in(qi_slice form, const char *const *words) {
  for (size_t i = 0; words[i]; i++)
    if (qi_slice_eq_nocase(form, qi_slice_str(words[i]))) return true;
  return false;
}

/* What a bare form cannot be behind that word. */
static uint32_t forbidden_after(qi_slice before) {
  static const char *const NO_VERB[] = {"the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "'s", "of", "every", "each", NULL};
  static const char *const NO_NOUN[] = {"to", "will", "would", "can", "could", "may", "might", "must", "should", "n't",
                                        "he", "she", "they", "we", "i", "you", NULL};
  if (before.len > 6) return 0;
  return form_in(before, NO_VERB) ? AS_VERB : form_in(before, NO_NOUN) ? AS_NOUN : 0;
}

static void meet_form(look *l, qi_slice form, qi_slice before) {
  const qi_glance *g = l->g;
  uint32_t forbidden = 0;
  bool asked = false;
  for (uint32_t at = qi_multimap_first(&g->forms, form); at != QI_MAP_NONE; at = g->forms.links.items[at].next) {
    uint32_t value = g->forms.links.items[at].value, id = value >> ROLE_BITS;
    if (!asked && (value & AS_BARE)) forbidden = forbidden_after(before), asked = true;
    uint32_t as = value & AS_BARE ? value & ~forbidden : value;
    if (as & AS_VERB) l->verb[id] = l->now;
    if (as & AS_NOUN) l->noun[id] = l->now;
    if (l->stamp[id] == l->now) continue;
    l->stamp[id] = l->now;
    if (id < g->classes.len) qi_classes_add(&l->classes, &g->classes.items[id]);
    if (l->n < MAX_PRESENT) l->present[l->n++] = id;
    else l->full = true;
  }
}

/* The form in small letters; with what hangs before it by hyphens where the tokens were cut there. */
static void meet_token(look *l, const qi_sentence *s, uint32_t i) {
  char low[MAX_FORM_BYTES];
  qi_slice form = s->tokens[i].form, before = i ? s->tokens[i - 1].form : (qi_slice){0};
  if (form.len > sizeof low || form.len < 2) return;
  for (size_t k = 0; k < form.len; k++) low[k] = qi_ascii_lower(form.ptr[k]);
  meet_form(l, qi_slice_of(low, form.len), before);
  if (i < 2 || !qi_slice_eq_str(before, "-")) return;
  qi_slice first = s->tokens[i - 2].form;
  if (first.len + 1 + form.len > sizeof low) return;
  memmove(low + first.len + 1, low, form.len);
  for (size_t k = 0; k < first.len; k++) low[k] = qi_ascii_lower(first.ptr[k]);
  low[first.len] = '-';
  meet_form(l, qi_slice_of(low, first.len + 1 + form.len), (qi_slice){0});
}

static bool all_here(const look *l, list words) {
  for (uint32_t i = 0; i < words.n; i++)
    if (l->stamp[l->g->numbers.items[words.at + i]] != l->now) return false;
  return true;
}

static bool filled(const look *l, const need *wanted) {
  if (qi_classes_meet(&l->classes, &wanted->classes)) return true;
  for (uint32_t i = 0; i < wanted->words.n; i++)
    if (l->stamp[l->g->numbers.items[wanted->words.at + i]] == l->now) return true;
  return false;
}

static bool frame_possible(const look *l, const entry *e, uint32_t anchor) {
  const qi_glance *g = l->g;
  if ((e->part == 'v' && l->verb[anchor] != l->now) || (e->part == 'n' && l->noun[anchor] != l->now)) return false;
  if (!all_here(l, e->words)) return false;
  for (uint32_t i = 0; i < g->needs[e->frame].n; i++)
    if (!filled(l, &g->need_lists.items[g->needs[e->frame].at + i])) return false;
  return true;
}

static bool event_possible(look *l, const qi_sentence *s) {
  const qi_glance *g = l->g;
  l->now++;
  l->n = 0;
  l->full = false;
  l->classes = (qi_classes){{0}};
  for (uint32_t i = 0; i < s->n_tokens; i++) meet_token(l, s, i);
  if (l->full) return true;
  for (uint32_t i = 0; i < l->n; i++) {
    qi_slice key = {(const char *)&l->present[i], sizeof l->present[i]};
    for (uint32_t at = qi_multimap_first(&g->anchors, key); at != QI_MAP_NONE; at = g->anchors.links.items[at].next)
      if (frame_possible(l, &g->entries.items[g->anchors.links.items[at].value], l->present[i])) return true;
  }
  return false;
}

/* ---- neighbours ---- */

/* "The minister said:": who speaks in what follows. */
static bool announces(const qi_sentence *s) {
  return s->n_tokens && qi_slice_eq_str(s->tokens[s->n_tokens - 1].form, ":");
}

/* "it" and "its" seldom mean an actor; those who are meant by the others may stand in the sentence before. */
static bool points_back(const qi_sentence *s) {
  static const char *const PRONOUNS[] = {"he", "she", "they", "him", "her", "his", "them", NULL};
  for (uint32_t i = 0; i < s->n_tokens; i++)
    if (form_in(s->tokens[i].form, PRONOUNS)) return true;
  return false;
}

static bool has_mark(const qi_sentence *s) {
  static const char *const MARKS[] = {"\"", "``", "''", "\xE2\x80\x9C", "\xE2\x80\x9D", NULL};
  for (uint32_t i = 0; i < s->n_tokens; i++)
    if (form_in(s->tokens[i].form, MARKS)) return true;
  return false;
}

static bool stands_at(const qi_sentence *s, uint32_t i, const qi_words *w) {
  if (i + w->n > s->n_tokens) return false;
  for (uint32_t k = 1; k < w->n; k++)
    if (!qi_slice_eq_str(w->w[k], "*") && !qi_slice_eq_nocase(s->tokens[i + k].form, w->w[k])) return false;
  return true;
}

/* "In return, it leased the base": the words of a bargain make deeds of verbs that no frame knows, here and in the sentence before. */
static bool tells_bargain(const qi_glance *g, const qi_sentence *s) {
  const qi_link_cue *cue;
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    uint32_t at = qi_links_first(g->links, s->tokens[i].form);
    while ((cue = qi_links_next(g->links, &at)))
      if (cue->type == QI_LINK_EXCHANGE && cue->form != QI_CUE_VERB && cue->words.n > 1 && stands_at(s, i, &cue->words)) return true;
  }
  return false;
}

/* ---- tags from letters ---- */

static uint8_t plain_tag(const qi_sentence *s, uint32_t i) {
  qi_slice f = s->tokens[i].form;
  char c = f.len ? f.ptr[0] : ' ';
  if (qi_ascii_is_digit(c)) return QI_NUM;
  if (c >= 'A' && c <= 'Z') return i == 0 ? QI_X : QI_PROPN;
  return (unsigned char)c < 0x80 && !qi_ascii_is_alpha(c) ? QI_PUNCT : QI_X;
}

static bool tag_plainly(qi_sentence *s, qi_arena *arena) {
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    qi_token *t = &s->tokens[i];
    t->lemma = t->form;
    t->xpos = t->feats = QI_SLICE("");
    t->upos = plain_tag(s, i);
    bool name = i > 1 && t->upos == QI_PROPN && s->tokens[i - 1].upos == QI_PROPN;
    t->rel = name ? QI_REL_FLAT : i ? QI_REL_DEP : QI_REL_ROOT;
    t->head = name ? (s->tokens[i - 1].rel == QI_REL_FLAT ? s->tokens[i - 1].head : (int32_t)i - 1) : i ? 0 : QI_ROOT;
    t->deprel = qi_slice_str(qi_rel_name((qi_rel)t->rel));
    t->ner = QI_NER_NONE;
    t->ner_begin = false;
    t->etype = QI_ETYPE_NONE;
  }
  return qi_sentence_link(s, arena);
}

bool qi_glance_document(const qi_glance *g, qi_parsed *doc, qi_arena *arena) {
  size_t room = (size_t)g->n_words + 1;
  look l = {.g = g, .stamp = qi_arena_zalloc(arena, 3 * room * sizeof(uint32_t))};
  uint32_t n = doc->n_sentences;
  bool *possible = qi_arena_zalloc(arena, (size_t)n + 1);
  if (!l.stamp || !possible) return false;
  l.verb = l.stamp + room;
  l.noun = l.verb + room;
  for (uint32_t i = 0; i < n; i++) {
    possible[i] = event_possible(&l, &doc->sentences[i]);
    doc->sentences[i].unparsed = !possible[i] && !announces(&doc->sentences[i]);
  }
  for (uint32_t i = 1; i < n; i++) {
    qi_sentence *s = &doc->sentences[i], *before = s - 1;
    if (possible[i] && points_back(s)) before->unparsed = false;
    if (tells_bargain(g, s)) s->unparsed = before->unparsed = false;
    if (possible[i - 1] != possible[i] && has_mark(s) && has_mark(before)) s->unparsed = before->unparsed = false;
  }
  for (uint32_t i = 0; i < n; i++)
    if (doc->sentences[i].unparsed && !tag_plainly(&doc->sentences[i], arena)) return false;
  return true;
}
