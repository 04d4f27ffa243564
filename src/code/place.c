/* code: names of places in a document -> places of the gazetteer.
 *
 * Each run of capitals is looked up, the longest name first; states come from the mentions. A name with
 * several readings takes the one with the most to say for it: what the words behind it say ("Tripoli,
 * Lebanon"; "Goma in eastern Congo"), the kind of place that the noun beside it asks for ("Kursk region"),
 * the countries and divisions that sentence and document speak of, inhabitants, and how near it lies to
 * the other places of the sentence. (The cues are those of the usual toponym resolvers: Leidner 2007.)
 *
 * "Lebanese soldiers were sent into Tripoli" -> Tripoli: Libya 9.1 + 1.2 for a capital; Lebanon 8.0 + 0.4 for
 * a seat, + 3.0 for its people in the sentence, + 2.0 for its share of the document -> Lebanon. */
#include "code/place.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "know/actors.h"

#include <math.h>

enum { MAX_NEAR = 12, MAX_KEY = 120, MAX_READINGS = 40, MAX_OTHER_READINGS = 4 }; /* readings: the most prominent ones */

/* What speaks for a reading. */
#define WITHIN 15.0f       /* the words behind the name say so */
#define SAME_SENTENCE 3.0f /* its country is in the sentence */
#define SAME_DIVISION 3.5f
#define DOCUMENT 2.5f      /* times its country's share */
#define FITTING_WORD 4.0f
#define LARGE_TOWN 100000
#define SMALL_TOWN 20000
#define NEAR_KM 150.0
#define FAR_KM 600.0

typedef struct finder {
  qi_atlas *a;
  qi_arena *arena;
  QI_VEC(qi_named_place) found;
  size_t cap;
  bool memory;
} finder;

static const qi_places *places_of(const qi_atlas *a) { return a->know->places; }

static const qi_spot_of_earth *earth(const qi_atlas *a, uint32_t place) { return qi_places_get(a->know->places, place); }

/* ---- finding ---- */

/* The words as a key; in `room` where they are ASCII and short. ptr NULL: out of memory, or too long. */
static qi_slice key_of(qi_slice words, char room[MAX_KEY], qi_arena *arena) {
  size_t n = 0;
  if (words.len >= MAX_KEY) return (qi_slice){NULL, 0};
  if (!qi_utf8_is_ascii(words)) return qi_places_key(words, arena);
  for (size_t i = 0; i < words.len; i++) {
    char c = words.ptr[i];
    if (c == '\'' || c == '`' || c == '.') continue;
    if (c == '-' || c == '_' || qi_ascii_is_space(c)) c = ' ';
    if (c == ' ' && (n == 0 || room[n - 1] == ' ')) continue;
    room[n++] = qi_ascii_lower(c);
  }
  while (n && room[n - 1] == ' ') n--;
  return qi_slice_of(room, n);
}

static bool begins_upper(qi_slice form) {
  size_t at = 0;
  if (form.len == 0) return false;
  if (qi_slice_starts(form, QI_SLICE("al-")) || qi_slice_starts(form, QI_SLICE("el-"))) at = 3;
  return at < form.len && qi_cp_is_upper(qi_utf8_decode(form, &at));
}

/* Days and months are towns too. */
static bool is_calendar(qi_slice form) {
  static const char *const words[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
                                      "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb",
                                      "aug", "sept", "oct", "nov", "dec", NULL};
  for (size_t i = 0; words[i]; i++)
    if (qi_slice_eq_nocase(form, qi_slice_str(words[i]))) return true;
  return false;
}

/* "UN", "NATO", "CA": towns too, but only behind a comma ("Long Beach, CA") or in a dateline ("DOHA, Feb. 3"). */
static bool is_abbreviation(const qi_sentence *s, uint32_t i) {
  qi_slice form = s->tokens[i].form;
  size_t n = 0;
  for (size_t k = 0; k < form.len; k++) n += form.ptr[k] != '.' && form.ptr[k] != '-';
  if (n > 4 || (n == 4 && i < 2 && form.len == 4)) return false;
  for (size_t k = 0; n > 2 && k < form.len; k++)
    if (!qi_ascii_is_upper(form.ptr[k]) && form.ptr[k] != '.') return false;
  return i == 0 || !qi_slice_eq_str(s->tokens[i - 1].form, ",");
}

/* "in Gao", "near the Golan": whatever the parser takes the name for, a place stands there. */
static bool behind_preposition(const qi_sentence *s, uint32_t i) {
  static const char *const words[] = {"in", "at", "near", "outside", "across", "around", "throughout", "inside", "into", "between", "from", "to", "towards", NULL};
  static const char *const rulers[] = {"governor", "mayor", "bishop", "archbishop", "emir", "people", "resident", "inhabitant", "population", "city", "town",
                                       "village", "port", "province", "state", "region", "district", "governorate", "north", "south", "east", "west", "northeast", "northwest", "southeast",
                                       "southwest", NULL};
  while (i > 0 && (s->tokens[i - 1].upos == QI_DET || s->tokens[i - 1].upos == QI_ADJ)) i--;
  for (size_t k = 0; i > 0 && words[k]; k++)
    if (qi_slice_eq_nocase(s->tokens[i - 1].form, qi_slice_str(words[k]))) return true;
  for (size_t k = 0; i > 1 && qi_slice_eq_str(s->tokens[i - 1].form, "of") && rulers[k]; k++)
    if (qi_slice_eq_nocase(s->tokens[i - 2].lemma, qi_slice_str(rulers[k]))) return true;
  return false;
}

/* May a name begin at the token? */
static bool may_begin(const qi_sentence *s, uint32_t i) {
  const qi_token *t = &s->tokens[i];
  if (!begins_upper(t->form) || is_calendar(t->form) || t->upos == QI_PRON || t->upos == QI_DET) return false;
  if (t->ner == QI_NER_PER && !t->ner_begin) return false;
  if (t->upos == QI_PROPN || t->ner == QI_NER_LOC) return true;
  return i > 0 && (t->upos == QI_NOUN || t->upos == QI_ADJ || t->upos == QI_X);
}

/* A single word that is no name to the parser is none: "the Roman theatre". */
static bool is_doubtful(const qi_sentence *s, uint32_t first, uint32_t last) {
  static const char *const sides[] = {"north", "south", "east", "west", "centre", "center", NULL}; /* "flour to the North" */
  for (size_t k = 0; first == last && sides[k]; k++)
    if (qi_slice_eq_nocase(s->tokens[first].form, qi_slice_str(sides[k]))) return true;
  const qi_token *t = &s->tokens[first];
  bool name = t->upos == QI_PROPN || t->ner == QI_NER_LOC || qi_slice_eq_str(t->xpos, "NNP");
  return first == last && !name;
}

/* Is the word joined to a name that the parser takes for a place: "Nabatieh, Khiam and Bint Jbeil"? */
static bool joined_to_place(const qi_sentence *s, uint32_t i) {
  const qi_token *t = &s->tokens[i];
  if (t->rel == QI_REL_CONJ && t->head >= 0 && s->tokens[t->head].ner == QI_NER_LOC) return true;
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++)
    if (s->tokens[s->child[k]].rel == QI_REL_CONJ && s->tokens[s->child[k]].ner == QI_NER_LOC) return true;
  return false;
}

/* Whom the parser takes for a person: a place none the less when it is the whole name and stands where places
 * do, beside places or before a noun of place, has several words that the gazetteer knows, or is a large town's and no
 * first name. */
static bool is_person(const finder *f, const qi_sentence *s, const qi_named_place *x, const qi_mention *m) {
  uint32_t first = x->first, last = x->last;
  if (s->tokens[first].ner != QI_NER_PER) return false;
  if (last + 1 < s->n_tokens && s->tokens[last + 1].ner == QI_NER_PER && !s->tokens[last + 1].ner_begin) return true;
  if (m && m->is_person && m->n_entities == 1 && strncmp(m->entities[0]->id, "---", 3) != 0) return true;
  if (behind_preposition(s, first) || last != first || joined_to_place(s, first)) return false;
  const qi_token *t = &s->tokens[first];
  if (last + 1 < s->n_tokens && t->head == (int32_t)last + 1 && qi_atlas_word(f->a, s, last + 1) < QI_PLACE_WORD_VERB) return false;
  if ((t->rel == QI_REL_OBJ || t->rel == QI_REL_NSUBJ_PASS) && t->head >= 0 && qi_atlas_word(f->a, s, (uint32_t)t->head) == QI_PLACE_WORD_VERB) return false;
  return !x->readings || earth(f->a, x->readings[0])->people < LARGE_TOWN || qi_actors_gender(f->a->know->actors, s->tokens[first].form, f->arena);
}

/* The last token that a name from `i` on may reach: capitals, what joins them, and the noun they stand before. */
static uint32_t reach(const qi_sentence *s, uint32_t i) {
  uint32_t end = i;
  int32_t head = s->tokens[i].head;
  for (uint32_t k = i + 1; k < s->n_tokens && k < i + QI_MAX_PLACE_WORDS; k++) {
    const qi_token *t = &s->tokens[k];
    if (begins_upper(t->form) && t->upos != QI_PRON) end = k;
    else if (qi_slice_eq_str(t->form, "-") || qi_slice_eq_str(s->tokens[k - 1].form, "-")) continue; /* "Indian-administered Kashmir" */
    else if (!(t->upos == QI_ADP || t->upos == QI_DET || t->upos == QI_PART || t->upos == QI_CCONJ || t->form.len <= 3)) break;
  }
  bool before = s->tokens[i].rel == QI_REL_COMPOUND || s->tokens[i].rel == QI_REL_AMOD || s->tokens[i].rel == QI_REL_FLAT || s->tokens[i].rel == QI_REL_NMOD_DESC;
  if (before && head > (int32_t)end && head < (int32_t)(i + QI_MAX_PLACE_WORDS)) end = (uint32_t)head;
  return end;
}

/* Readings that are names, not common nouns; they stand in one run but for the nouns. */
static uint32_t look_up(finder *f, const qi_sentence *s, uint32_t first, uint32_t last, const uint32_t **list) {
  char room[MAX_KEY];
  qi_slice words = qi_slice_sub(f->a->doc->text, s->tokens[first].start, s->tokens[last].end);
  qi_slice key = key_of(words, room, f->arena);
  if (!key.ptr || key.len < 2) return 0;
  uint32_t n = qi_places_find(places_of(f->a), key, list);
  return n && qi_place_is_word(earth(f->a, (*list)[0])->kind) ? 0 : n;
}

static uint32_t country_index(const qi_atlas *a, const char *code) {
  if (strlen(code) != 3) return QI_NO_PLACE;
  return qi_places_country(places_of(a), code);
}

/* The same for another spelling of a name that stands where places do. */
static uint32_t look_up_loosely(finder *f, const qi_sentence *s, uint32_t first, uint32_t last, const uint32_t **list) {
  char room[MAX_KEY], loose[MAX_KEY + 2];
  const qi_token *t = &s->tokens[last];
  bool place = t->ner == QI_NER_LOC || behind_preposition(s, first) ||
               (t->rel == QI_REL_OBJ && t->head >= 0 && qi_atlas_word(f->a, s, (uint32_t)t->head) == QI_PLACE_WORD_VERB);
  if (!place || t->etype == QI_ETYPE_TIME) return 0;
  qi_slice key = key_of(qi_slice_sub(f->a->doc->text, s->tokens[first].start, t->end), room, f->arena);
  if (!key.ptr || key.len < QI_LOOSE_BYTES || key.len >= MAX_KEY) return 0;
  qi_slice shared = qi_places_loose(key, loose);
  uint32_t n = qi_places_find(places_of(f->a), shared, list);
  if (n == 0) n = qi_places_find(places_of(f->a), qi_slice_sub(shared, 1, shared.len), list);
  for (uint32_t i = 0; i < n && i < MAX_READINGS; i++) { /* only where the document speaks of its country */
    const qi_spot_of_earth *x = earth(f->a, (*list)[i]);
    uint32_t country = country_index(f->a, x->country);
    if (!qi_place_is_word(x->kind) && country != QI_NO_PLACE && f->a->weight[country] > 0) return n;
  }
  return 0;
}

static const qi_mention *cover(const qi_atlas *a, const qi_sentence *s, uint32_t token) {
  const int32_t *at = a->mentions->at[s->index];
  int32_t head = s->tokens[token].head;
  for (int step = 0; step < 3; step++) { /* the mention of the token or of what it hangs on */
    const qi_mention *m = at[token] >= 0 ? &a->mentions->items[at[token]] : NULL;
    if (m && m->kind == QI_MENTION_NAME) return m;
    if (head < 0) return NULL;
    token = (uint32_t)head;
    head = s->tokens[token].head;
  }
  return NULL;
}

/* Does the name go on before or behind: "Lanao del Sur", "Jordan Mills"? */
static bool goes_on(const qi_sentence *s, uint32_t first, uint32_t last) {
  static const char *const small[] = {"du", "de", "del", "la", "le", "el", "da", "do", "dos", "van", "von", NULL};
  for (size_t k = 0; first >= 2 && small[k]; k++)
    if (qi_slice_eq_str(s->tokens[first - 1].form, small[k]) && begins_upper(s->tokens[first - 2].form)) return true;
  const qi_token *t = &s->tokens[first];
  if (last + 2 < s->n_tokens && qi_slice_eq_str(s->tokens[last + 1].form, "-") && !s->tokens[last].space_after && !s->tokens[last + 1].space_after &&
      !begins_upper(s->tokens[last + 2].form))
    return true; /* "Alexandria-born" */
  if (first > 0 && t->rel == QI_REL_FLAT && t->head >= 0 && (uint32_t)t->head < first && begins_upper(s->tokens[first - 1].form)) return true;
  if (last + 1 >= s->n_tokens || !begins_upper(s->tokens[last + 1].form) || s->tokens[last + 1].upos != QI_PROPN) return false;
  const qi_token *next = &s->tokens[last + 1];
  bool one = (next->head >= (int32_t)first && next->head <= (int32_t)last) || s->tokens[last].head == (int32_t)last + 1;
  return one && (next->ner != QI_NER_LOC || next->rel == QI_REL_FLAT) && next->rel != QI_REL_APPOS && !is_calendar(next->form);
}

/* Is the name a part of another one: "Washington Post", "Jordan Mills", "the Geneva Conventions"? */
static bool is_part(const finder *f, const qi_sentence *s, qi_named_place *x) {
  uint32_t first = x->first, last = x->last;
  const qi_token *t = &s->tokens[last];
  const qi_mention *m = cover(f->a, s, last);
  if (m && (m->first > first || m->last < last)) m = NULL;
  x->person = is_person(f, s, x, m);
  if (x->person || goes_on(s, first, last)) return true;
  bool feature = x->readings && earth(f->a, x->readings[0])->kind >= QI_PLACE_REGION; /* "the Azovstal works": whoever runs it */
  if (m && !feature) {
    bool longer = m->first < first || m->last > last;
    bool noun = last + 1 < s->n_tokens && qi_atlas_word(f->a, s, last + 1) < QI_PLACE_WORD_VERB; /* "al-Hol camp" */
    if (longer && (m->is_person || (m->is_org && !m->is_place && !m->is_state && !noun))) return true;
  }
  if (!feature && t->ner == QI_NER_ORG && ((last + 1 < s->n_tokens && s->tokens[last + 1].ner == QI_NER_ORG && !s->tokens[last + 1].ner_begin) ||
                               (first > 0 && s->tokens[first - 1].ner == QI_NER_ORG && !s->tokens[first].ner_begin)))
    return true;
  if (t->head < 0 || (t->rel != QI_REL_COMPOUND && t->rel != QI_REL_NMOD_DESC && t->rel != QI_REL_FLAT && t->rel != QI_REL_AMOD)) return false;
  const qi_token *head = &s->tokens[t->head];
  return begins_upper(head->form) && qi_atlas_word(f->a, s, (uint32_t)t->head) == QI_N_PLACE_KINDS && head->ner != QI_NER_LOC && head->etype != QI_ETYPE_PLACE &&
         (uint32_t)t->head != first && (uint32_t)t->head > last && head->etype != QI_ETYPE_EVENT;
}

static void keep(finder *f, const qi_named_place *one) {
  if (f->found.len == f->cap && !qi_vec_grow_in(f->arena, &f->found.items, &f->cap, f->found.len, f->found.len + 1, sizeof *one)) {
    f->memory = true;
    return;
  }
  f->found.items[f->found.len++] = *one;
}

/* The state that the mention names by its own name. */
static uint32_t state_at(const qi_atlas *a, uint32_t sentence, uint32_t token) {
  int32_t at = a->mentions->at[sentence][token];
  if (at < 0) return QI_NO_PLACE;
  const qi_mention *m = &a->mentions->items[at];
  if (m->kind != QI_MENTION_NAME || m->n_entities != 1 || m->is_person) return QI_NO_PLACE;
  const quid_entity *e = m->entities[0];
  if (strlen(e->id) != 3 || strcmp(e->via, "capital") == 0 || strcmp(e->via, "demonym") == 0 || strcmp(e->via, "alias") == 0) return QI_NO_PLACE;
  return qi_places_country(places_of(a), e->id);
}

static void find_in(finder *f, const qi_sentence *s) {
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    qi_named_place one = {.sentence = s->index, .first = i, .within = QI_NO_NAMED, .place = QI_NO_PLACE};
    uint32_t last = i;
    if (!may_begin(s, i)) continue;
    for (last = reach(s, i);; last--) {
      bool open = last > i && s->tokens[last].upos == QI_PUNCT; /* "Alexandria-" */
      if (!open && (last > i || !is_abbreviation(s, i))) one.n = look_up(f, s, i, last, &one.readings);
      if (one.n || last == i) break;
    }
    for (uint32_t k = i; one.n == 0 && k <= i + 2 && k < s->n_tokens; k++) { /* "Britain", "the United Arab Emirates" */
      uint32_t state = state_at(f->a, s->index, k);
      const qi_mention *m = state == QI_NO_PLACE ? NULL : &f->a->mentions->items[f->a->mentions->at[s->index][k]];
      if (!m || m->first > i || m->last < i) continue;
      one.n = 1, one.place = state, last = m->last > i ? m->last : i;
    }
    uint32_t end = i;
    while (one.n == 0 && end + 1 < s->n_tokens && s->tokens[end + 1].head == (int32_t)i && s->tokens[end + 1].rel == QI_REL_FLAT) end++;
    if (one.n == 0 && (one.n = look_up_loosely(f, s, i, end, &one.readings)) > 0) last = end;
    if (one.n == 0 || is_doubtful(s, i, last)) continue;
    one.last = last;
    one.part = is_part(f, s, &one);
    keep(f, &one);
    i = last;
  }
}

/* ---- what the document speaks of ---- */


typedef struct context {
  uint32_t countries[MAX_NEAR], n_countries;
  float sure[MAX_NEAR]; /* [n_countries] */
  uint32_t asked;
} context;

/* Soldiers and governments of great powers act everywhere, their policemen and crowds at home; a government that is
 * called by its capital acts from afar. */
static float sureness(const quid_entity *e) {
  static const char *const powers[] = {"USA", "GBR", "FRA", "RUS", "CHN", NULL};
  static const char *const at_home[] = {"COP", "JUD", "CVL", "OPP", "LEG", "EDU", "LAB", "BUS", "REF", "CRM", "PTY", "REL", "ETH", NULL};
  float sure = strcmp(e->via, "capital") == 0 ? 0.5f : 1;
  bool named = strcmp(e->via, "name") == 0, home = false;
  for (size_t i = 0; at_home[i]; i++) home |= strcmp(e->sector, at_home[i]) == 0;
  for (size_t i = 0; powers[i] && !home; i++)
    if (strcmp(e->country, powers[i]) == 0) return sure * (named ? 0.5f : 0.2f);
  return sure;
}

/* Countries of the actors that the sentence names, each once. */
static void countries_of(const qi_atlas *a, const qi_sentence *s, uint32_t but_first, uint32_t but_last, context *out) {
  uint32_t n = 0;
  for (uint32_t k = 0; k < s->n_tokens && n < MAX_NEAR; k++) {
    if (k >= but_first && k <= but_last) continue;
    int32_t at = a->mentions->at[s->index][k];
    const quid_entity *e = at >= 0 && a->mentions->items[at].n_entities == 1 ? a->mentions->items[at].entities[0] : a->mentions->modifier[s->index][k];
    uint32_t c = e ? country_index(a, e->country) : QI_NO_PLACE;
    bool twice = c == QI_NO_PLACE;
    for (uint32_t i = 0; i < n; i++) twice |= out->countries[i] == c;
    if (twice) continue;
    out->sure[n] = sureness(e);
    out->countries[n++] = c;
  }
  out->n_countries = n;
}

static bool weigh_countries(qi_atlas *a, qi_arena *arena) {
  float total = 0;
  while (a->n_countries < qi_places_count(places_of(a)) && earth(a, a->n_countries)->kind == QI_PLACE_COUNTRY) a->n_countries++;
  if (!(a->weight = QI_NEW_ARRAY(arena, float, (size_t)a->n_countries + 1))) return false;
  for (uint32_t i = 0; i < a->mentions->len; i++) {
    const qi_mention *m = &a->mentions->items[i];
    uint32_t c = m->n_entities == 1 ? country_index(a, m->entities[0]->country) : QI_NO_PLACE;
    if (c == QI_NO_PLACE) continue;
    a->weight[c] += sureness(m->entities[0]); /* over all of them: those that say little get little */
    total += 1;
  }
  for (uint32_t i = 0; i < a->n_countries && total > 0; i++) a->weight[i] /= total;
  return true;
}

/* ---- resolving ---- */

static float prior_of(const qi_spot_of_earth *x) {
  float people = 1.5f * log10f((float)x->people + 50);
  switch ((qi_place_kind)x->kind) {
  case QI_PLACE_COUNTRY: return 11.5f;
  case QI_PLACE_DIVISION: return 7;
  case QI_PLACE_CAPITAL: return people + 1.2f;
  case QI_PLACE_SEAT: return people + 0.4f;
  case QI_PLACE_PART: return people - 1;
  case QI_PLACE_TOWN: return people;
  case QI_PLACE_VILLAGE: return 6.5f;
  case QI_PLACE_REGION: return 8;
  default: return 7.5f;
  }
}

/* Lies the place in the other one? */
static bool lies_in(const qi_atlas *a, uint32_t place, uint32_t other) {
  const qi_spot_of_earth *x = earth(a, place), *y = earth(a, other);
  if (place == other) return false;
  if (y->kind == QI_PLACE_COUNTRY) return strcmp(x->country, y->country) == 0;
  if (y->kind == QI_PLACE_DIVISION) return x->division == other;
  return false;
}

/* Of a name's readings, one that any reading of the other name holds. */
static bool any_lies_in(const qi_atlas *a, const qi_named_place *inner, const qi_named_place *outer) {
  for (uint32_t i = 0; i < inner->n; i++)
    for (uint32_t k = 0; k < outer->n; k++) {
      uint32_t x = inner->readings ? inner->readings[i] : inner->place, y = outer->readings ? outer->readings[k] : outer->place;
      if (lies_in(a, x, y)) return true;
    }
  return false;
}

/* "Tripoli, Lebanon"; "Goma in eastern Congo"; "Sweida in Syria's south". */
static void find_within(qi_atlas *a, uint32_t i) {
  qi_named_place *x = &a->items[i];
  const qi_sentence *s = &a->doc->sentences[x->sentence];
  if (i + 1 >= a->len || a->items[i + 1].sentence != x->sentence || x->last + 1 >= s->n_tokens) return;
  const qi_named_place *next = &a->items[i + 1];
  qi_slice link = s->tokens[x->last + 1].form;
  uint32_t gap = next->first - x->last;
  bool comma = qi_slice_eq_str(link, ",") && gap == 2, in = qi_slice_eq_str(link, "in") && gap <= 4;
  if ((comma || in) && any_lies_in(a, x, next)) x->within = i + 1;
}

static double kilometres(const qi_spot_of_earth *x, const qi_spot_of_earth *y) {
  const double rad = 3.14159265358979323846 / 180000.0; /* of a thousandth of a degree */
  double la = x->latitude * rad, lb = y->latitude * rad, dla = lb - la, dlo = (y->longitude - x->longitude) * rad;
  double h = sin(dla / 2) * sin(dla / 2) + cos(la) * cos(lb) * sin(dlo / 2) * sin(dlo / 2);
  return 12742.0 * asin(sqrt(h < 1 ? h : 1));
}

/* What the noun beside the name asks for; QI_N_PLACE_KINDS: nothing. */
static uint32_t asked_kind(const qi_atlas *a, const qi_named_place *x) {
  const qi_sentence *s = &a->doc->sentences[x->sentence];
  const qi_token *t = &s->tokens[x->last];
  uint32_t kind = x->last > x->first ? qi_atlas_word(a, s, x->last) : QI_N_PLACE_KINDS; /* "Red Sea" */
  if (kind == QI_N_PLACE_KINDS && x->last + 1 < s->n_tokens && qi_ascii_is_alpha(s->tokens[x->last + 1].form.ptr[0])) kind = qi_atlas_word(a, s, x->last + 1);
  if (kind == QI_N_PLACE_KINDS && x->first >= 2 && qi_slice_eq_str(s->tokens[x->first - 1].form, "of")) kind = qi_atlas_word(a, s, x->first - 2);
  if (kind == QI_N_PLACE_KINDS && t->rel == QI_REL_COMPOUND && t->head > (int32_t)x->last) kind = qi_atlas_word(a, s, (uint32_t)t->head);
  return kind;
}

static float fit_of(uint32_t asked, uint32_t kind) {
  switch (asked) {
  case QI_PLACE_WORD_DIVISION:
    return kind == QI_PLACE_DIVISION || kind == QI_PLACE_REGION ? FITTING_WORD : kind == QI_PLACE_COUNTRY ? -2 : qi_place_is_town(kind) ? -1 : 0;
  case QI_PLACE_WORD_TOWN: return qi_place_is_town(kind) ? FITTING_WORD : kind == QI_PLACE_COUNTRY || kind == QI_PLACE_DIVISION ? -FITTING_WORD : 0;
  case QI_PLACE_WORD_SITE: return kind >= QI_PLACE_BASE && kind <= QI_PLACE_CAMP ? FITTING_WORD : 0;
  case QI_PLACE_WORD_WATER: return qi_place_is_water(kind) || kind == QI_PLACE_ISLAND ? FITTING_WORD : 0;
  default: return 0;
  }
}

/* "Washington asked ...": no place is spoken of. */
static bool is_government(const qi_atlas *a, const qi_named_place *x) {
  int32_t at = a->mentions->at[x->sentence][x->last];
  const qi_mention *m = at >= 0 ? &a->mentions->items[at] : NULL;
  return m && m->is_state && m->n_entities == 1 && strcmp(m->entities[0]->via, "capital") == 0;
}

/* The other names of the sentence: a shared division, and how near they are. */
static float beside(const qi_atlas *a, uint32_t i, uint32_t place) {
  const qi_named_place *x = &a->items[i];
  const qi_spot_of_earth *me = earth(a, place);
  float best = 0;
  uint32_t seen = 0;
  for (uint32_t k = a->begin[x->sentence]; k < a->begin[x->sentence + 1] && seen < MAX_NEAR; k++) {
    const qi_named_place *y = &a->items[k];
    if (k == i || y->dateline || y->person || is_government(a, y)) continue;
    seen++;
    uint32_t n = y->n < MAX_OTHER_READINGS ? y->n : MAX_OTHER_READINGS;
    for (uint32_t r = 0; r < n; r++) {
      uint32_t other = y->readings ? y->readings[r] : y->place;
      const qi_spot_of_earth *you = earth(a, other);
      float got = 0, sure = y->n == 1 ? 1 : r == 0 ? 0.8f : 0.4f;
      if (you->kind == QI_PLACE_COUNTRY) got = lies_in(a, place, other) ? SAME_SENTENCE : 0;
      else if (you->kind == QI_PLACE_DIVISION && me->division == other) got = SAME_DIVISION;
      else if (other != place) {
        double km = kilometres(me, you);
        got = km < NEAR_KM ? 2.0f : km < FAR_KM ? 1.0f : 0;
        if (*me->country && strcmp(me->country, you->country) == 0) got += 1.0f;
      }
      if (got * sure > best) best = got * sure;
    }
  }
  return best;
}

static float score(const qi_atlas *a, uint32_t i, uint32_t place, const context *c) {
  const qi_named_place *x = &a->items[i];
  const qi_spot_of_earth *me = earth(a, place);
  float sum = prior_of(me) + fit_of(c->asked, me->kind), sentence = 0;
  uint32_t mine = country_index(a, me->country);
  if (x->within != QI_NO_NAMED) {
    const qi_named_place *outer = &a->items[x->within];
    bool inside = false;
    for (uint32_t k = 0; k < outer->n; k++) inside |= lies_in(a, place, outer->readings ? outer->readings[k] : outer->place);
    if (inside) sum += WITHIN;
  }
  for (uint32_t k = 0; k < c->n_countries && me->kind != QI_PLACE_COUNTRY; k++)
    if (c->countries[k] == mine) sentence = SAME_SENTENCE * c->sure[k];
  float near = beside(a, i, place);
  sum += sentence > near ? sentence + near / 3 : near + sentence / 3;
  if (mine != QI_NO_PLACE && me->kind != QI_PLACE_COUNTRY) sum += DOCUMENT * a->weight[mine];
  return sum;
}

/* The same name told more precisely elsewhere: "Paris, Texas ... Paris". */
static uint32_t told_elsewhere(const qi_atlas *a, const qi_named_place *x) {
  for (uint32_t k = 0; k < a->len && k < 200; k++)
    if (a->items[k].readings == x->readings && a->items[k].within != QI_NO_NAMED && a->items[k].place != QI_NO_PLACE) return a->items[k].place;
  return QI_NO_PLACE;
}

static void resolve(qi_atlas *a, uint32_t i, bool again) {
  qi_named_place *x = &a->items[i];
  const qi_sentence *s = &a->doc->sentences[x->sentence];
  if (!x->readings) return;
  if (x->n == 1) {
    x->place = x->readings[0];
    return;
  }
  if (again) {
    uint32_t told = x->within == QI_NO_NAMED ? told_elsewhere(a, x) : QI_NO_PLACE;
    if (told != QI_NO_PLACE) x->place = told;
    return;
  }
  context c = {.asked = asked_kind(a, x)};
  countries_of(a, s, x->first, x->last, &c);
  float best = -1e9f;
  for (uint32_t k = 0; k < x->n && (k < MAX_READINGS || x->within != QI_NO_NAMED); k++) {
    float now = score(a, i, x->readings[k], &c);
    if (now > best) best = now, x->place = x->readings[k];
  }
}

/* A small American town that nothing in the document speaks for: there is one of nearly every name. */
static bool is_far_fetched(const qi_atlas *a, uint32_t i) {
  const qi_named_place *x = &a->items[i];
  if (x->place == QI_NO_PLACE || x->within != QI_NO_NAMED) return false;
  const qi_spot_of_earth *e = earth(a, x->place);
  uint32_t country = country_index(a, e->country);
  return e->kind == QI_PLACE_TOWN && e->people < SMALL_TOWN && strcmp(e->country, "USA") == 0 && country != QI_NO_PLACE &&
         a->weight[country] <= 0 && beside(a, i, x->place) <= 0;
}

bool qi_atlas_find(qi_atlas *out, const qi_know *know, const qi_parsed *doc, const qi_mentions *mentions, int32_t dateline,
                   uint32_t dateline_end, qi_arena *arena) {
  *out = (qi_atlas){.know = know, .doc = doc, .mentions = mentions};
  finder f = {.a = out, .arena = arena};
  if (!(out->begin = QI_NEW_ARRAY(arena, uint32_t, (size_t)doc->n_sentences + 1)) || !weigh_countries(out, arena)) return false;
  for (uint32_t i = 0; i < doc->n_sentences && !f.memory; i++) {
    const qi_sentence *s = &doc->sentences[i];
    size_t before = f.found.len;
    if (!s->unparsed) find_in(&f, s);
    for (size_t k = before; k < f.found.len && (int32_t)i == dateline; k++)
      f.found.items[k].dateline = s->tokens[f.found.items[k].last].end <= dateline_end;
    out->begin[i + 1] = (uint32_t)f.found.len;
  }
  out->items = f.found.items;
  out->len = (uint32_t)f.found.len;
  for (uint32_t i = 0; i < out->len; i++) find_within(out, i);
  for (uint32_t i = 0; i < out->len; i++) resolve(out, i, false);
  for (uint32_t i = 0; i < out->len; i++) resolve(out, i, true);
  for (uint32_t i = 0; i < out->len; i++)
    if (is_far_fetched(out, i)) out->items[i].place = QI_NO_PLACE;
  return !f.memory;
}

uint32_t qi_atlas_at(const qi_atlas *a, uint32_t sentence, uint32_t token) {
  for (uint32_t k = a->begin[sentence]; k < a->begin[sentence + 1]; k++)
    if (token >= a->items[k].first && token <= a->items[k].last) return k;
  return QI_NO_NAMED;
}

uint32_t qi_atlas_word(const qi_atlas *a, const qi_sentence *s, uint32_t token) {
  const uint32_t *list;
  char room[MAX_KEY];
  qi_slice lemma = s->tokens[token].lemma;
  if (!qi_utf8_is_ascii(lemma)) return QI_N_PLACE_KINDS;
  qi_slice key = key_of(lemma, room, NULL);
  uint32_t n = key.ptr ? qi_places_find(places_of(a), key, &list) : 0;
  for (uint32_t i = 0; i < n; i++)
    if (qi_place_is_word(earth(a, list[i])->kind)) return earth(a, list[i])->kind;
  return QI_N_PLACE_KINDS;
}
