/* code: where a deed took place -> words, name, country, degrees.
 *
 * The tree is searched outwards from the deed: what stands under "in", "at", "near" on the deed itself; what it is
 * done to ("hit Peshawar", "the siege of Sarajevo", "shot a man in Ankara"); whither and whence; clauses that tell the
 * scene; the clause that it is joined to; the noun that says where ("the street where"); and for a deed that goes
 * on with the scene of the sentence before it, that sentence. Never the newspaper's dateline, and not whence somebody is.
 * Which place of the gazetteer a name means has been said before (place.c).
 *
 * "fight alongside the army in the Kursk region" -> "Kursk region", RUS, 51.6 36.1. */
#include "code/where.h"

#include "base/utf8.h"

#include <math.h>

enum {
  MAX_UP = 4,    /* steps from a deed noun to the verb that carries it */
  MAX_DEPTH = 4, /* noun phrases in each other: "in a park of a suburb in the south of Berlin" */
  MAX_WALK = 64, /* children looked at in one phrase */
  MAX_HERE = 12  /* tokens from a deed to its "here" */
};

static const char *const SCENE[] = {"in", "at", "near", "outside", "across", "off", "over", "inside", "around", "throughout", "along", "on", "within",
                                    "between", "beyond", "above", "below", "under", "through", "against", "amid", "by", NULL};
static const char *const INNER[] = {"in", "at", "near", "outside", "across", "off", "over", "inside", "around", "throughout", "along", "on", "within", "under", "above",
                                    "below", "beyond", "behind", "opposite", NULL};
/* Under these any noun may lead on to a place ("in talks in Geneva"); under others only a place may stand ("over Gaza", not
 * "over the war in Gaza"). */
static const char *const LEADING[] = {"in", "at", "near", "outside", "inside", "around", "during", NULL};
static const char *const WHITHER[] = {"to", "into", "towards", "toward", "onto", NULL};
static const char *const WHENCE[] = {"from", NULL};
static const char *const OF[] = {"of", NULL};
static const char *const FOR[] = {"for", NULL};
static const char *const LEAVING[] = {"leave", "depart", "head", "sail", "embark", NULL}; /* for X */

typedef struct search {
  const qi_where *q;
  const qi_atlas *a;
  const qi_sentence *s;
  uint32_t sentence;
  qi_arena *arena;
  uint32_t steps;  /* walked */
  qi_place *out;
  bool memory;     /* ran out */
} search;

qi_deed_kind qi_where_kind(quid_event_type type) {
  switch (type) {
  case QUID_AGREE: case QUID_CONSULT: case QUID_COOPERATE: case QUID_SUPPORT: case QUID_AID: return QI_DEED_MEETS;
  case QUID_RETREAT: case QUID_PROTEST: case QUID_MOBILIZE: case QUID_COERCE: case QUID_ASSAULT: return QI_DEED_DONE;
  default: return QI_DEED_SAID;
  }
}

static bool in_list(qi_slice word, const char *const *list) {
  for (; *list; list++)
    if (qi_slice_eq_nocase(word, qi_slice_str(*list))) return true;
  return false;
}

/* Does one of these prepositions stand over the noun? "out of", "close to": the words before count too. */
static bool under(const qi_sentence *s, uint32_t i, const char *const *list) {
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
    const qi_token *c = &s->tokens[s->child[k]];
    if (c->rel == QI_REL_CASE && s->child[k] < i && in_list(c->form, list)) return true;
  }
  return false;
}

/* ---- the words of a place ---- */

/* -1, 0, 1 to the north and to the east; false: no word of the compass. */
static bool compass(qi_slice word, int *north, int *east) {
  static const struct { const char *stem; int north, east; } stems[] = {
    {"north", 1, 0}, {"south", -1, 0}, {"east", 0, 1}, {"west", 0, -1}};
  *north = *east = 0;
  char low[20];
  size_t n = 0;
  for (size_t i = 0; i < word.len && n + 1 < sizeof low; i++)
    if (word.ptr[i] != '-') low[n++] = qi_ascii_lower(word.ptr[i]);
  qi_slice rest = qi_slice_of(low, n);
  for (int pass = 0; pass < 2; pass++)
    for (size_t k = 0; k < 4; k++)
      if (qi_slice_starts(rest, qi_slice_str(stems[k].stem))) {
        *north += stems[k].north, *east += stems[k].east;
        rest = qi_slice_sub(rest, strlen(stems[k].stem), rest.len);
        break;
      }
  return (*north || *east) && (rest.len == 0 || qi_slice_eq_str(rest, "ern"));
}

/* Moves to a side of the country or region, or to its middle: where its towns are there. */
static void shift_part(const qi_places *p, uint32_t place, int north, int east, double *la, double *lo) {
  const qi_spot_of_earth *x = qi_places_get(p, place);
  int32_t at[2];
  north = north > 0 ? 1 : north < 0 ? -1 : 0;
  east = east > 0 ? 1 : east < 0 ? -1 : 0;
  if (qi_place_is_town(x->kind)) return;
  if (qi_places_side(p, place, north, east, &at[0], &at[1])) {
    *la = at[0] / 1000.0;
    *lo = at[1] / 1000.0;
    return;
  }
  *la += (qi_place_is_water(x->kind) ? 1.8 : 0.7) * north;
  *lo += (qi_place_is_water(x->kind) ? 3.6 : 0.9) * east;
}

static bool is_unit(qi_slice word, double *km) {
  static const struct { const char *word; double km; } units[] = {
    {"km", 1}, {"kms", 1}, {"kilometer", 1}, {"kilometers", 1}, {"kilometre", 1}, {"kilometres", 1}, {"mile", 1.609}, {"miles", 1.609}};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (qi_slice_eq_nocase(word, qi_slice_str(units[i].word))) {
      *km = units[i].km;
      return true;
    }
  return false;
}

/* "some 60 km (37 miles) north of X": X moved. */
static void shift_way(const qi_sentence *s, uint32_t first, double *la, double *lo) {
  int north, east;
  double unit, n;
  if (first < 4 || !qi_slice_eq_str(s->tokens[first - 1].form, "of")) return;
  if (!compass(s->tokens[first - 2].form, &north, &east)) return;
  uint32_t u = first - 3;
  if (qi_slice_eq_str(s->tokens[u].form, "the") && u > 1) u -= 2; /* "to the north of" */
  if (u < 1 || !is_unit(s->tokens[u].form, &unit)) return;
  char digits[24];
  size_t len = 0;
  for (size_t i = 0; i < s->tokens[u - 1].form.len && len < sizeof digits; i++)
    if (s->tokens[u - 1].form.ptr[i] != ',') digits[len++] = s->tokens[u - 1].form.ptr[i];
  if (!qi_slice_to_double(qi_slice_of(digits, len), &n) || n <= 0 || n > 1500) return;
  double degrees = n * unit / 111.2 / (north && east ? 1.414 : 1), shrink = cos(*la * 3.14159265358979 / 180);
  *la += degrees * north;
  *lo += degrees * east / (shrink > 0.1 ? shrink : 0.1);
  if (*la > 90) *la = 90;
  if (*la < -90) *la = -90;
  if (*lo > 180) *lo -= 360;
  if (*lo < -180) *lo += 360;
}

/* The words from `first` to `last` become the place; named: what they mean, QI_NO_NAMED unknown. */
static void take(search *w, uint32_t first, uint32_t last, uint32_t named) {
  qi_place *out = w->out;
  const qi_sentence *s = w->s;
  int north = 0, east = 0;
  *out = (qi_place){.name = "", .country = "", .admin1 = ""};
  const qi_named_place *x = named == QI_NO_NAMED ? NULL : &w->a->items[named];
  bool side = first > 0 && x && (compass(s->tokens[first - 1].form, &north, &east) || qi_slice_eq_nocase(s->tokens[first - 1].form, QI_SLICE("central")));
  int more_north, more_east;
  if (side && first > 2 && qi_slice_eq_str(s->tokens[first - 2].form, "-") && compass(s->tokens[first - 3].form, &more_north, &more_east)) {
    north += more_north, east += more_east; /* "north-east India" in three tokens */
    first -= 2;
  }
  if (side) first--;
  out->start = s->tokens[first].start;
  out->end = s->tokens[last].end;
  out->name = qi_arena_strdup(w->arena, qi_slice_of(w->a->doc->text.ptr + out->start, out->end - out->start));
  if (!out->name) w->memory = true;
  if (!x || x->place == QI_NO_PLACE) return;
  const qi_places *p = w->a->know->places;
  const qi_spot_of_earth *e = qi_places_get(p, x->place);
  out->country = e->country;
  out->located = true;
  out->latitude = e->latitude / 1000.0;
  out->longitude = e->longitude / 1000.0;
  out->geonames = e->geonames;
  if (e->kind == QI_PLACE_DIVISION) out->admin1 = qi_places_name(p, x->place);
  else if (e->division != QI_NO_PLACE) out->admin1 = qi_places_name(p, e->division);
  bool land = e->kind == QI_PLACE_COUNTRY || e->kind == QI_PLACE_DIVISION; /* "the north of Syria" */
  bool part_of = !side && land && x->first >= 3 && qi_slice_eq_str(s->tokens[x->first - 1].form, "of") &&
                 compass(s->tokens[x->first - 2].form, &north, &east) && qi_slice_eq_nocase(s->tokens[x->first - 3].form, QI_SLICE("the"));
  if (side || part_of) shift_part(p, x->place, north, east, &out->latitude, &out->longitude);
  else shift_way(s, x->first, &out->latitude, &out->longitude);
  if (!*out->country && x->within != QI_NO_NAMED && w->a->items[x->within].place != QI_NO_PLACE)
    out->country = qi_places_get(p, w->a->items[x->within].place)->country;
}

static bool is_noun_of_place(uint32_t word) { return word != QI_N_PLACE_KINDS && word != QI_PLACE_WORD_VERB; }

/* A name with the noun behind it that makes one name of both ("Kursk region", "Rafah crossing"), or another place
 * behind a comma ("Kingston, Ontario"). */
static void take_named(search *w, uint32_t named) {
  const qi_named_place *x = &w->a->items[named];
  const qi_sentence *s = w->s;
  uint32_t first = x->first, last = x->last;
  if (last + 1 < s->n_tokens && s->tokens[last + 1].head >= 0) {
    uint32_t word = qi_atlas_word(w->a, s, last + 1);
    bool own = word == QI_PLACE_WORD_DIVISION || word == QI_PLACE_WORD_WATER || word == QI_PLACE_WORD_SITE;
    if (own && s->tokens[last].head == (int32_t)last + 1 && s->tokens[last].rel != QI_REL_NMOD_POSS) last++;
  }
  take(w, first, last, named);
}

static uint32_t kind_at(const search *w, uint32_t named) {
  uint32_t place = w->a->items[named].place;
  return place == QI_NO_PLACE ? QI_N_PLACE_KINDS : qi_places_get(w->a->know->places, place)->kind;
}

/* Treaties bear the names of the towns where they were signed. */
static bool is_paper(qi_slice lemma) {
  static const char *const papers[] = {"agreement", "accord", "treaty", "protocol", "convention", "declaration", "rule", "deal", "process", "pact",
                                       "format", "communique", "statement", "memorandum", "formula", "consensus", "club", "plan", "paper", NULL};
  return in_list(lemma, papers);
}

/* The name that the noun at `i` bears, or that stands before it as its own: "the Rafah crossing", "Kabul airport". */
static uint32_t name_of(const search *w, uint32_t i) {
  const qi_sentence *s = w->s;
  uint32_t named = qi_atlas_at(w->a, w->sentence, i);
  if (named != QI_NO_NAMED) return named;
  if (s->tokens[i].etype == QI_ETYPE_PERSON || s->tokens[i].etype == QI_ETYPE_ORGANIZATION || s->tokens[i].etype == QI_ETYPE_ABSTRACT) return QI_NO_NAMED;
  bool place = is_noun_of_place(qi_atlas_word(w->a, s, i)) || s->tokens[i].etype == QI_ETYPE_PLACE;
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1] && k < s->child_begin[i] + MAX_WALK; k++) {
    const qi_token *c = &s->tokens[s->child[k]];
    if (c->rel != QI_REL_COMPOUND && c->rel != QI_REL_NMOD_DESC && c->rel != QI_REL_FLAT && c->rel != QI_REL_NMOD_POSS && c->rel != QI_REL_AMOD &&
        c->rel != QI_REL_APPOS)
      continue;
    named = qi_atlas_at(w->a, w->sentence, s->child[k]);
    if (named == QI_NO_NAMED || w->a->items[named].part) continue;
    if (c->rel == QI_REL_NMOD_POSS && kind_at(w, named) == QI_PLACE_COUNTRY) continue; /* "Angola's exclave of Cabinda" */
    bool thing = s->tokens[i].etype == QI_ETYPE_OBJECT && !is_paper(s->tokens[i].lemma);
    if (place || (thing && c->rel == QI_REL_COMPOUND && kind_at(w, named) != QI_PLACE_COUNTRY)) return named; /* "the Azovstal works" */
  }
  return QI_NO_NAMED;
}

static bool is_usable(const search *w, uint32_t named) {
  if (named == QI_NO_NAMED || w->a->items[named].dateline || w->a->items[named].part) return false;
  uint32_t at = w->s->tokens[w->a->items[named].last].start;
  for (uint32_t i = 0; w->q && i < w->q->n_actors; i++)
    if (at >= w->q->actors[i].span.start && at < w->q->actors[i].span.end) return false;
  return true;
}

/* A name that no gazetteer has, but that the parser takes for a place. */
static bool is_unknown_place(const search *w, uint32_t i) {
  const qi_token *t = &w->s->tokens[i];
  int32_t at = w->a->mentions->at[w->sentence][i];
  if (t->etype == QI_ETYPE_TIME || t->upos == QI_NUM || t->upos == QI_PRON || t->ner == QI_NER_PER || t->ner == QI_NER_ORG) return false;
  if (at >= 0) {
    const qi_mention *m = &w->a->mentions->items[at];
    if (m->is_person || (m->is_org && !m->is_place)) return false;
  }
  return t->upos == QI_PROPN && (t->ner == QI_NER_LOC || t->etype == QI_ETYPE_PLACE);
}

/* First and last token of a name that is not in the gazetteer: the head with what belongs to it before. */
static void take_unknown(search *w, uint32_t head) {
  const qi_sentence *s = w->s;
  uint32_t first = head, last = head;
  for (uint32_t k = s->child_begin[head]; k < s->child_begin[head + 1] && k < s->child_begin[head] + MAX_WALK; k++) {
    uint32_t c = s->child[k];
    const qi_token *t = &s->tokens[c];
    bool word = t->rel == QI_REL_COMPOUND || t->rel == QI_REL_AMOD || t->rel == QI_REL_FLAT || t->rel == QI_REL_NMOD_DESC;
    if (word && t->upos == QI_PROPN && c < first) first = c;
    if (word && t->upos == QI_PROPN && c > last) last = c;
  }
  take(w, first, last, QI_NO_NAMED);
}

/* ---- phrases ---- */

static bool found(const search *w) { return w->out->end > w->out->start; }

/* Does the phrase measure a way: "60 km from X", "a day's march from X"? */
static bool is_way(const search *w, uint32_t i) {
  static const char *const ways[] = {"march", "drive", "walk", "flight", "hour", "minute", "way", "distance", "boat", "car", "road", "truck", "train", "foot", NULL};
  double km;
  int north, east;
  const qi_token *t = &w->s->tokens[i];
  return compass(t->lemma, &north, &east) || is_unit(t->form, &km) || in_list(t->lemma, ways);
}

/* May the noun under its preposition lead on to a place? */
static bool leads(const search *w, uint32_t i) {
  return under(w->s, i, LEADING) || w->s->tokens[i].etype == QI_ETYPE_PLACE || w->s->tokens[i].etype == QI_ETYPE_OBJECT ||
         is_noun_of_place(qi_atlas_word(w->a, w->s, i)) || is_way(w, i);
}

static bool phrase(search *w, uint32_t i, int depth, bool states, bool inside);

/* What stands in the noun phrase: "a park in Berlin", "the docks of X", "defenders of the steelworks in X". */
static bool within(search *w, uint32_t i, int depth, bool of) {
  const qi_sentence *s = w->s;
  bool way = is_way(w, i), road = qi_atlas_word(w->a, s, i) == QI_PLACE_WORD_SPOT; /* "the road into X" */
  for (uint32_t k = s->child_begin[i]; depth && k < s->child_begin[i + 1] && k < s->child_begin[i] + MAX_WALK; k++) {
    uint32_t c = s->child[k];
    const qi_token *child = &s->tokens[c];
    /* "180 km from X" */
    bool measure = child->rel == QI_REL_NMOD_UNMARKED || child->rel == QI_REL_OBL_UNMARKED || child->rel == QI_REL_ADVMOD || child->rel == QI_REL_APPOS;
    if (measure && is_way(w, c) && within(w, c, depth - 1, true)) return true;
    if (child->rel != QI_REL_NMOD && child->rel != QI_REL_OBL) continue;
    bool in = under(s, c, INNER) || ((of || way) && under(s, c, OF)) || (way && under(s, c, WHENCE)) || (road && under(s, c, WHITHER));
    if (in && phrase(w, c, leads(w, c) ? depth - 1 : 0, true, true)) return true;
    if (!in && under(s, c, OF) && qi_atlas_at(w->a, w->sentence, c) == QI_NO_NAMED && within(w, c, depth - 1, false)) return true;
  }
  return false;
}

/* "Lebanon's south", "Israel's airspace". */
static bool of_owner(search *w, uint32_t i) {
  const qi_sentence *s = w->s;
  if (!is_noun_of_place(qi_atlas_word(w->a, s, i)) && !compass(s->tokens[i].form, &(int){0}, &(int){0})) return false;
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1] && k < s->child_begin[i] + MAX_WALK; k++) {
    uint32_t named = s->tokens[s->child[k]].rel == QI_REL_NMOD_POSS ? qi_atlas_at(w->a, w->sentence, s->child[k]) : QI_NO_NAMED;
    if (!is_usable(w, named)) continue;
    take_named(w, named);
    return true;
  }
  return false;
}

/* The place that the noun phrase at `i` is, or that stands inside it: "in a park in Berlin". states: may it be a
 * country? inside: it stands under a preposition of place, so that "the docks of X" lie in X. */
static bool phrase(search *w, uint32_t i, int depth, bool states, bool inside) {
  const qi_sentence *s = w->s;
  const qi_token *t = &s->tokens[i];
  if (w->steps++ > MAX_WALK * 4 || (t->etype == QI_ETYPE_TIME && !is_way(w, i))) return false;
  uint32_t named = name_of(w, i);
  if (is_usable(w, named) && (states || kind_at(w, named) != QI_PLACE_COUNTRY)) {
    take_named(w, named);
    return true;
  }
  if (named != QI_NO_NAMED && !states) return false;
  if (named == QI_NO_NAMED && is_unknown_place(w, i)) {
    take_unknown(w, i);
    return true;
  }
  bool of = inside || is_noun_of_place(qi_atlas_word(w->a, s, i)) || t->etype == QI_ETYPE_PLACE;
  return within(w, i, depth, of) || (inside && of_owner(w, i));
}

/* Phrases under one of the prepositions on the word. */
static bool on_word(search *w, uint32_t token, const char *const *prepositions, bool states) {
  const qi_sentence *s = w->s;
  for (uint32_t k = s->child_begin[token]; k < s->child_begin[token + 1] && k < s->child_begin[token] + MAX_WALK; k++) {
    uint32_t c = s->child[k];
    const qi_token *t = &s->tokens[c];
    if (t->rel != QI_REL_OBL && t->rel != QI_REL_NMOD) continue;
    if (under(s, c, prepositions) && phrase(w, c, leads(w, c) ? MAX_DEPTH : 0, states, true)) return true;
  }
  return false;
}

/* What the verb is done to; `other`: who does it. */
static bool on_object(search *w, uint32_t token, bool whole) {
  const qi_sentence *s = w->s;
  for (uint32_t k = s->child_begin[token]; k < s->child_begin[token + 1] && k < s->child_begin[token] + MAX_WALK; k++) {
    uint32_t c = s->child[k];
    qi_rel rel = (qi_rel)s->tokens[c].rel;
    if (rel != QI_REL_OBJ && rel != QI_REL_NSUBJ_PASS) continue;
    uint32_t named = qi_atlas_at(w->a, w->sentence, c);
    if (named != QI_NO_NAMED && (!whole || !is_usable(w, named))) continue;
    uint8_t etype = s->tokens[c].etype; /* "discussed the conflict in X" is said elsewhere */
    if (!whole && (etype == QI_ETYPE_EVENT || etype == QI_ETYPE_ABSTRACT) && !is_paper(s->tokens[c].lemma)) continue;
    if (phrase(w, c, MAX_DEPTH - 1, whole, false)) return true;
  }
  return false;
}

/* What those to whom it was done were doing then: "killed women who were gathering wood in X". */
static bool on_victims(search *w, uint32_t token) {
  const qi_sentence *s = w->s;
  for (uint32_t k = s->child_begin[token]; k < s->child_begin[token + 1] && k < s->child_begin[token] + MAX_WALK; k++) {
    uint32_t c = s->child[k];
    if (s->tokens[c].rel != QI_REL_OBJ && s->tokens[c].rel != QI_REL_NSUBJ_PASS) continue;
    for (uint32_t r = s->child_begin[c]; r < s->child_begin[c + 1] && r < s->child_begin[c] + MAX_WALK; r++) {
      const qi_token *t = &s->tokens[s->child[r]];
      bool then = (t->rel == QI_REL_ACL_RELCL || t->rel == QI_REL_ACL) && qi_slice_eq_str(t->xpos, "VBG");
      if (then && (on_word(w, s->child[r], INNER, true) || on_object(w, s->child[r], false))) return true;
    }
  }
  return false;
}

static bool on_subject(search *w, uint32_t token) {
  const qi_sentence *s = w->s;
  for (uint32_t k = s->child_begin[token]; k < s->child_begin[token + 1] && k < s->child_begin[token] + MAX_WALK; k++) {
    uint32_t c = s->child[k];
    if (s->tokens[c].rel != QI_REL_NSUBJ) continue;
    if (qi_atlas_at(w->a, w->sentence, c) != QI_NO_NAMED) continue;
    if (within(w, c, MAX_DEPTH, false)) return true;
    for (uint32_t r = s->child_begin[c]; r < s->child_begin[c + 1] && r < s->child_begin[c] + MAX_WALK; r++) /* "men who had stopped buses in X" */
      if (s->tokens[s->child[r]].rel == QI_REL_ACL_RELCL && (on_word(w, s->child[r], INNER, true) || on_object(w, s->child[r], false))) return true;
  }
  return false;
}

/* The deed as a noun: "the Srebrenica massacre", "the siege of Sarajevo", "the airstrike on Dahieh". */
static bool on_noun(search *w, uint32_t token, qi_deed_kind kind) {
  const qi_sentence *s = w->s;
  static const char *const done_to[] = {"of", "on", "against", NULL};
  if (kind == QI_DEED_DONE && on_word(w, token, done_to, true)) return true;
  for (uint32_t k = s->child_begin[token]; k < s->child_begin[token + 1] && k < s->child_begin[token] + MAX_WALK; k++) {
    uint32_t c = s->child[k];
    if (s->tokens[c].rel != QI_REL_COMPOUND && s->tokens[c].rel != QI_REL_NMOD_DESC && s->tokens[c].rel != QI_REL_AMOD) continue;
    uint32_t named = qi_atlas_at(w->a, w->sentence, c);
    if (named == QI_NO_NAMED || w->a->items[named].dateline || kind_at(w, named) == QI_PLACE_COUNTRY) continue;
    take(w, w->a->items[named].first, w->a->items[named].last, named);
    return true;
  }
  return false;
}

static bool has_mark(const qi_sentence *s, uint32_t i, const char *const *list) {
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
    const qi_token *c = &s->tokens[s->child[k]];
    if ((c->rel == QI_REL_MARK || c->rel == QI_REL_ADVMOD) && s->child[k] < i && in_list(c->form, list)) return true;
  }
  return false;
}

/* Clauses that tell the scene: "to fight in Kursk", "as they left a mass in Alexandria", "standing in Kyiv". */
static bool on_clauses(search *w, uint32_t token) {
  static const char *const while_[] = {"as", "while", "when", "where", NULL};
  const qi_sentence *s = w->s;
  for (uint32_t k = s->child_begin[token]; k < s->child_begin[token + 1] && k < s->child_begin[token] + MAX_WALK; k++) {
    uint32_t c = s->child[k];
    const qi_token *t = &s->tokens[c];
    if (t->rel != QI_REL_ADVCL && t->rel != QI_REL_XCOMP && t->rel != QI_REL_ACL) continue;
    bool open = qi_token_has(t, "VerbForm=Inf") || qi_token_has(t, "VerbForm=Ger") || qi_token_has(t, "VerbForm=Part");
    if (!open && !has_mark(s, c, while_)) continue;
    if (on_word(w, c, SCENE, true) || (t->rel != QI_REL_ACL && on_object(w, c, false))) return true;
  }
  return false;
}

static bool is_verb(const qi_token *t) { return t->upos == QI_VERB || t->upos == QI_AUX; }

static bool has_child(const qi_sentence *s, uint32_t i, qi_rel one, qi_rel other) {
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++)
    if (s->tokens[s->child[k]].rel == one || s->tokens[s->child[k]].rel == other) return true;
  return false;
}

static bool has_subject(const qi_sentence *s, uint32_t i) { return has_child(s, i, QI_REL_NSUBJ, QI_REL_NSUBJ_PASS); }
static bool has_object(const qi_sentence *s, uint32_t i) { return has_child(s, i, QI_REL_OBJ, QI_REL_NSUBJ_PASS); }

/* ---- from the deed outwards ---- */

static bool is_finite(const qi_token *t) {
  return qi_slice_eq_str(t->xpos, "VBD") || qi_slice_eq_str(t->xpos, "VBZ") || qi_slice_eq_str(t->xpos, "VBP");
}

/* "who", "which", "where": another clause. */
static bool is_relative(const qi_token *t) {
  return qi_slice_eq_str(t->xpos, "WP") || qi_slice_eq_str(t->xpos, "WDT") || qi_slice_eq_str(t->xpos, "WP$") || qi_slice_eq_str(t->xpos, "WRB");
}

/* Does the name stand where a scene is told: behind a preposition of place, or "north of", "the docks of"? */
static bool tells_scene(const search *w, uint32_t named, bool object) {
  const qi_sentence *s = w->s;
  uint32_t first = w->a->items[named].first;
  int north, east;
  while (first > 0) { /* back over what belongs to the name */
    const qi_token *t = &s->tokens[first - 1];
    if (t->upos != QI_DET && t->upos != QI_ADJ && !compass(t->form, &north, &east) && t->rel != QI_REL_COMPOUND) break;
    first--;
  }
  if (first == 0) return false;
  const qi_token *t = &s->tokens[first - 1];
  if (in_list(t->form, INNER) || qi_slice_eq_nocase(t->form, QI_SLICE("between")) || (w->q->kind != QI_DEED_SAID && in_list(t->form, WHITHER))) return true;
  if (object && first - 1 == w->q->token && kind_at(w, named) != QI_PLACE_COUNTRY) return true;
  if (first < 2 || !(in_list(t->form, OF) || in_list(t->form, WHENCE))) return false;
  bool place = in_list(t->form, OF) && (is_noun_of_place(qi_atlas_word(w->a, s, first - 2)) || s->tokens[first - 2].etype == QI_ETYPE_PLACE);
  return place || is_way(w, first - 2);
}

/* "after a shooting in X", "over the war in X": another scene begins. */
static bool leads_away(const search *w, uint32_t i) {
  static const char *const always[] = {"after", "before", "since", "until", "about", "because", "despite", "following", "amid", NULL};
  static const char *const often[] = {"for", "over", "against", NULL};
  const qi_token *t = &w->s->tokens[i];
  if (t->upos != QI_ADP && t->upos != QI_SCONJ && t->upos != QI_VERB) return false;
  if (i + 1 < w->s->n_tokens && w->s->tokens[i + 1].upos == QI_NUM) return false; /* "about 60 km" */
  if (in_list(t->form, always)) return true;
  if (!in_list(t->form, often) || t->head < 0) return false;
  uint8_t kind = w->s->tokens[t->head].etype;
  return kind == QI_ETYPE_EVENT || kind == QI_ETYPE_ABSTRACT;
}

/* Where the tree is of no use, the words: the next name behind the deed that stands where a scene is told, before
 * another finite verb. */
static bool in_line(search *w, uint32_t token, bool object) {
  const qi_sentence *s = w->s;
  for (uint32_t i = token + 1; i < s->n_tokens && i < token + MAX_WALK; i++) {
    if (is_finite(&s->tokens[i]) || is_relative(&s->tokens[i]) || s->tokens[i].rel == QI_REL_MARK || qi_slice_eq_str(s->tokens[i].form, ";")) return false;
    if (i > token + 1 && qi_slice_eq_str(s->tokens[i - 1].form, ",") && !in_list(s->tokens[i].form, INNER)) return false;
    if (leads_away(w, i)) return false;
    uint32_t named = qi_atlas_at(w->a, w->sentence, i);
    if (named == QI_NO_NAMED) continue;
    const qi_named_place *x = &w->a->items[named];
    if (is_usable(w, named) && tells_scene(w, named, object)) {
      take_named(w, named);
      return true;
    }
    i = x->last;
  }
  return false;
}

/* Does a deed noun or verb take its place from the word above? */
static bool carried(const qi_token *t) {
  switch (t->rel) {
  case QI_REL_OBJ: case QI_REL_NSUBJ: case QI_REL_NSUBJ_PASS: case QI_REL_COMPOUND: return t->upos != QI_VERB;
  case QI_REL_NMOD: case QI_REL_OBL: return t->upos == QI_NOUN;
  default: return false;
  }
}

/* What the verbs joined to it share with it: "boarded and attacked a ship in X", "seized two men and held them in X". */
static bool on_next(search *w, uint32_t token, qi_deed_kind kind) {
  const qi_sentence *s = w->s;
  for (uint32_t k = s->child_begin[token]; k < s->child_begin[token + 1] && k < s->child_begin[token] + MAX_WALK; k++) {
    uint32_t c = s->child[k];
    if (s->tokens[c].rel != QI_REL_CONJ || !is_verb(&s->tokens[c]) || has_subject(s, c)) continue;
    return on_word(w, c, LEADING, true) || (kind == QI_DEED_DONE && !has_object(s, token) && on_object(w, c, true));
  }
  return false;
}

/* "from Sudan to Cyprus": the place found is the first of the two; the second is meant. */
static bool to_end(search *w) {
  const qi_sentence *s = w->s;
  uint32_t i = 0;
  while (i < s->n_tokens && s->tokens[i].start < w->out->end) i++;
  if (i + 1 >= s->n_tokens || !in_list(s->tokens[i].form, WHITHER)) return true;
  for (uint32_t k = i + 1; k < s->n_tokens && k < i + 4; k++) {
    uint32_t named = qi_atlas_at(w->a, w->sentence, k);
    if (!is_usable(w, named)) continue;
    take_named(w, named);
    break;
  }
  return true;
}

static bool is_country(const search *w) {
  uint32_t place = qi_places_country(w->a->know->places, w->out->country);
  return w->out->located && !w->out->geonames && place != QI_NO_PLACE && !*w->out->admin1 &&
         qi_places_get(w->a->know->places, place)->latitude == (int32_t)lround(w->out->latitude * 1000);
}

/* "recaptured the town of X in Iraq": X, where the tree has hung "in Iraq" on the verb. */
static bool more_precise(search *w, uint32_t token) {
  qi_place whole = *w->out;
  *w->out = (qi_place){.name = "", .country = "", .admin1 = ""};
  if (!on_object(w, token, true) || strcmp(w->out->country, whole.country) != 0) *w->out = whole;
  return true;
}

static bool around(search *w, uint32_t token, qi_deed_kind kind) {
  const qi_token *t = &w->s->tokens[token];
  if (on_word(w, token, SCENE, true)) return kind == QI_DEED_DONE && is_country(w) ? more_precise(w, token) : true;
  if (!is_verb(t) && kind != QI_DEED_SAID && on_noun(w, token, kind)) return true;
  if (kind == QI_DEED_SAID) return false;
  if (on_object(w, token, kind == QI_DEED_DONE || qi_atlas_word(w->a, w->s, token) == QI_PLACE_WORD_VERB)) return true; /* "visited X" */
  if (on_word(w, token, WHITHER, true) || (in_list(t->lemma, LEAVING) && on_word(w, token, FOR, true))) return true;
  if (on_word(w, token, WHENCE, kind == QI_DEED_DONE)) return to_end(w);
  return on_clauses(w, token) || on_next(w, token, kind) || (kind == QI_DEED_DONE && (on_victims(w, token) || on_subject(w, token)));
}

/* "the street in Bucha where", "the hangar at Duqm in which". */
static bool antecedent(search *w, uint32_t token) {
  static const char *const where_[] = {"where", "which", NULL};
  const qi_token *t = &w->s->tokens[token];
  if (t->rel != QI_REL_ACL_RELCL || t->head < 0) return false;
  for (uint32_t k = w->s->child_begin[token]; k < w->s->child_begin[token + 1]; k++) {
    uint32_t c = w->s->child[k];
    const qi_token *r = &w->s->tokens[c];
    if (!in_list(r->form, where_)) continue;
    if (qi_slice_eq_nocase(r->form, QI_SLICE("where")) || under(w->s, c, INNER)) return phrase(w, (uint32_t)t->head, MAX_DEPTH, true, true);
  }
  return false;
}

/* The clauses that this one hangs on: "gathered in Barcelona and demanded", "killed in the raid on X". */
static bool outwards(search *w, uint32_t token, qi_deed_kind kind) {
  for (int up = 0; up < MAX_UP; up++) {
    const qi_token *t = &w->s->tokens[token];
    if (antecedent(w, token)) return true;
    if (t->head == QI_ROOT) return false;
    bool joined = t->rel == QI_REL_CONJ && is_verb(t);
    bool scene = (t->rel == QI_REL_ADVCL || t->rel == QI_REL_XCOMP) && kind == QI_DEED_DONE && !qi_token_has(t, "VerbForm=Fin");
    if (!joined && !scene && !carried(t)) return false;
    token = (uint32_t)t->head;
    if (on_word(w, token, SCENE, true) || (joined && kind == QI_DEED_DONE && on_object(w, token, qi_atlas_word(w->a, w->s, token) == QI_PLACE_WORD_VERB))) return true;
    if (!joined && kind != QI_DEED_SAID && !is_verb(&w->s->tokens[token]) && on_noun(w, token, kind)) return true;
    if (joined && kind == QI_DEED_DONE && on_subject(w, token)) return true;
  }
  return false;
}

/* "signed a ceasefire here": the dateline's place. */
static bool here(search *w, uint32_t token) {
  const qi_atlas *a = w->a;
  uint32_t named = 0;
  while (named < a->len && named < MAX_WALK && !a->items[named].dateline) named++;
  if (named == a->len || named == MAX_WALK) return false;
  for (uint32_t i = token + 1; i < w->s->n_tokens && i < token + MAX_HERE && !is_finite(&w->s->tokens[i]); i++) {
    if (!qi_slice_eq_nocase(w->s->tokens[i].form, QI_SLICE("here"))) continue;
    search first = *w;
    first.s = &a->doc->sentences[a->items[named].sentence];
    take(&first, a->items[named].first, a->items[named].last, named);
    w->memory |= first.memory;
    return true;
  }
  return false;
}

/* The scene of the sentence before goes on, if this one names no other. */
static bool before(search *w) {
  const qi_atlas *a = w->a;
  if (w->sentence == 0 || w->s->new_paragraph || !w->q->acts_alone) return false;
  for (uint32_t k = a->begin[w->sentence]; k < a->begin[w->sentence + 1]; k++)
    if (!a->items[k].part && kind_at(w, k) != QI_PLACE_COUNTRY) return false;
  search past = *w;
  past.sentence--;
  past.s = &a->doc->sentences[past.sentence];
  if (past.s->unparsed) return false;
  for (uint32_t i = 0; i < past.s->n_tokens; i++) {
    if (past.s->tokens[i].head != QI_ROOT) continue;
    bool got = around(&past, i, QI_DEED_DONE) || in_line(&past, i, false);
    if (got && !w->out->located) *w->out = (qi_place){.name = "", .country = "", .admin1 = ""};
    w->memory |= past.memory;
    return found(w);
  }
  return false;
}

/* "Gunmen shot two priests. The attack took place in X." */
static bool behind(search *w) {
  static const char *const happen[] = {"happen", "occur", "take", "unfold", NULL};
  const qi_atlas *a = w->a;
  if (!w->q->acts_alone || w->sentence + 1 >= a->doc->n_sentences || a->doc->sentences[w->sentence + 1].new_paragraph) return false;
  search next = *w;
  next.sentence++;
  next.s = &a->doc->sentences[next.sentence];
  if (next.s->unparsed) return false;
  for (uint32_t i = 0; i < next.s->n_tokens; i++) {
    if (next.s->tokens[i].head != QI_ROOT) continue;
    bool got = in_list(next.s->tokens[i].lemma, happen) && on_word(&next, i, LEADING, true);
    w->memory |= next.memory;
    return got;
  }
  return false;
}

bool qi_where_of(qi_place *out, const qi_where *q, qi_arena *arena) {
  search w = {.q = q, .a = q->atlas, .s = &q->atlas->doc->sentences[q->sentence], .sentence = q->sentence, .arena = arena, .out = out};
  *out = (qi_place){.name = "", .country = "", .admin1 = ""};
  if (here(&w, q->token) || around(&w, q->token, q->kind)) return !w.memory;
  if (q->light >= 0 && (uint32_t)q->light != q->token && around(&w, (uint32_t)q->light, q->kind)) return !w.memory;
  if (outwards(&w, q->light >= 0 ? (uint32_t)q->light : q->token, q->kind)) return !w.memory;
  if (q->kind != QI_DEED_SAID && in_line(&w, q->token, q->kind == QI_DEED_DONE)) return !w.memory;
  if (!before(&w)) (void)behind(&w);
  return !w.memory;
}

bool qi_where_at(qi_place *out, const qi_atlas *atlas, uint32_t sentence, uint32_t token, qi_arena *arena) {
  search w = {.a = atlas, .s = &atlas->doc->sentences[sentence], .sentence = sentence, .arena = arena, .out = out};
  *out = (qi_place){.name = "", .country = "", .admin1 = ""};
  (void)phrase(&w, token, MAX_DEPTH, true, true);
  return !w.memory;
}
