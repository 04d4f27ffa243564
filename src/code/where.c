/* code: where a deed took place -> words, name, country.
 *
 * Looks for a place under a preposition of place on the deed itself, then on the light verb or noun
 * chain that carries it; never at the actors' home countries. "fight alongside the army in the Kursk
 * region" -> "Kursk region". */
#include "code/where.h"
#include "base/utf8.h"

#define MAX_UP 4 /* steps from a deed noun to the verb that carries it */

static const char *const PREPOSITIONS[] = {"in", "at", "near", "outside", "across", "off", "over", "inside", "around", "throughout", "along", "on",
                                           "within", "between", "beyond", "above", "below", "under", NULL};
/* Common nouns that are places of deeds. Names come from the parser's entities. */
static const char *const PLACES[] = {"region", "city", "town", "village", "province", "district", "area", "capital", "border", "peninsula", "sea",
                                     "strait", "coast", "port", "airport", "base", "camp", "island", "valley", "mountain", "river", "square", "street",
                                     "prison", "hospital", "school", "mosque", "church", "university", "parliament", "embassy", "palace", "checkpoint",
                                     "front", "frontline", "highway", "bridge", "station", "market", "hotel", "headquarters", "zone", "territory",
                                     "neighborhood", "neighbourhood", "suburb", "county", "state", "gulf", "ocean", "lake", "desert", "center", "centre",
                                     "airspace", "waters", "enclave", "oblast", "governorate", "homeland", "east", "west", "north", "south", NULL};

static bool in_list(qi_slice word, const char *const *list) {
  for (; *list; list++)
    if (qi_slice_eq_nocase(word, qi_slice_str(*list))) return true;
  return false;
}

static bool has_case(const qi_sentence *s, uint32_t i) {
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
    const qi_token *c = &s->tokens[s->child[k]];
    if (c->rel == QI_REL_CASE && s->child[k] < i) return in_list(c->form, PREPOSITIONS);
  }
  return false;
}

/* First and last token of the place's name: the head with the words before it that belong to it, but
 * for preposition and article, and an "of" phrase or ", Country" behind. */
static void span_of(const qi_sentence *s, uint32_t head, uint32_t *first, uint32_t *last) {
  *first = *last = head;
  for (uint32_t k = s->child_begin[head]; k < s->child_begin[head + 1]; k++) {
    uint32_t c = s->child[k];
    const qi_token *t = &s->tokens[c];
    bool word = t->rel == QI_REL_COMPOUND || t->rel == QI_REL_AMOD || t->rel == QI_REL_FLAT || t->rel == QI_REL_NMOD_POSS || t->rel == QI_REL_NMOD_DESC;
    bool behind = c > head && t->upos == QI_PROPN && (t->rel == QI_REL_FLAT || t->rel == QI_REL_APPOS || t->rel == QI_REL_NMOD_UNMARKED || t->rel == QI_REL_NMOD);
    if (word && c < *first) *first = c;
    if (behind && c > *last) *last = c;
  }
  for (uint32_t k = s->child_begin[*first]; k < s->child_begin[*first + 1]; k++) { /* "the North Korean ..." */
    const qi_token *t = &s->tokens[s->child[k]];
    if (s->child[k] < *first && (t->rel == QI_REL_COMPOUND || t->rel == QI_REL_AMOD)) *first = s->child[k];
  }
}

/* Country of the first word of the span that is a state, its capital or its adjective. */
static const char *country_in(const qi_mentions *m, const qi_parsed *doc, uint32_t sentence, uint32_t first, uint32_t last) {
  for (uint32_t i = first; i <= last; i++) {
    int32_t at = m->at[sentence][i];
    if (at != QI_NO_MENTION && m->items[at].n_entities == 1 && *m->items[at].entities[0]->country &&
        (m->items[at].is_place || m->items[at].is_state))
      return m->items[at].entities[0]->country;
    const quid_entity *owner = qi_mentions_modifier(m, doc, sentence, i);
    if (owner && *owner->country) return owner->country;
  }
  return "";
}

static bool is_place(const qi_mentions *m, const qi_sentence *s, uint32_t i) {
  const qi_token *t = &s->tokens[i];
  if (t->etype == QI_ETYPE_TIME || t->upos == QI_NUM || t->upos == QI_PRON) return false;
  int32_t at = m->at[s->index][i];
  if (at != QI_NO_MENTION && (m->items[at].is_person || (m->items[at].is_org && !m->items[at].is_place && !m->items[at].is_state))) return false;
  if (at != QI_NO_MENTION && (m->items[at].is_place || m->items[at].is_state)) return true;
  if (t->ner == QI_NER_LOC) return true;
  if (t->upos == QI_PROPN) return t->etype == QI_ETYPE_PLACE;
  return t->etype == QI_ETYPE_PLACE && in_list(t->lemma, PLACES);
}

bool qi_where_at(qi_place *out, const qi_know *know, const qi_mentions *m, const qi_parsed *doc, uint32_t sentence, uint32_t token,
                 qi_arena *arena) {
  const qi_sentence *s = &doc->sentences[sentence];
  (void)know;
  *out = (qi_place){.name = "", .country = ""};
  if (!is_place(m, s, token)) return true;
  uint32_t first, last;
  span_of(s, token, &first, &last);
  out->start = s->tokens[first].start;
  out->end = s->tokens[last].end;
  out->name = qi_arena_strdup(arena, qi_slice_of(doc->text.ptr + out->start, out->end - out->start));
  out->country = country_in(m, doc, sentence, first, last);
  return out->name != NULL;
}

/* Does a deed noun or verb take its place from the word above? */
static bool carried(const qi_token *t) {
  switch (t->rel) {
  case QI_REL_OBJ: case QI_REL_NSUBJ: case QI_REL_NSUBJ_PASS: case QI_REL_COMPOUND: return t->upos != QI_VERB;
  case QI_REL_NMOD: case QI_REL_OBL: return t->upos == QI_NOUN;
  default: return false;
  }
}

/* The place may hang on the deed's own noun phrases: "sent troops to fight in Kursk", "soldiers in Kursk". */
static bool search(qi_place *out, const qi_know *know, const qi_mentions *m, const qi_parsed *doc, uint32_t sentence, uint32_t token,
                   int depth, qi_arena *arena) {
  const qi_sentence *s = &doc->sentences[sentence];
  for (uint32_t k = s->child_begin[token]; k < s->child_begin[token + 1]; k++) {
    uint32_t c = s->child[k];
    const qi_token *t = &s->tokens[c];
    if ((t->rel != QI_REL_OBL && t->rel != QI_REL_NMOD) || !has_case(s, c)) continue;
    if (!qi_where_at(out, know, m, doc, sentence, c, arena)) return false;
    if (out->end > out->start) return true;
  }
  for (uint32_t k = s->child_begin[token]; depth && k < s->child_begin[token + 1]; k++) {
    const qi_token *t = &s->tokens[s->child[k]];
    bool purpose = (t->rel == QI_REL_ADVCL || t->rel == QI_REL_ACL) && qi_token_has(t, "VerbForm=Inf");
    if (t->rel != QI_REL_OBJ && t->rel != QI_REL_OBL && !purpose) continue;
    if (!search(out, know, m, doc, sentence, s->child[k], 0, arena)) return false;
    if (out->end > out->start) return true;
  }
  return true;
}

bool qi_where_of(qi_place *out, const qi_know *know, const qi_mentions *m, const qi_parsed *doc, uint32_t sentence, uint32_t token,
                 qi_arena *arena) {
  const qi_sentence *s = &doc->sentences[sentence];
  *out = (qi_place){.name = "", .country = ""};
  for (int up = 0; up < MAX_UP; up++) {
    if (!search(out, know, m, doc, sentence, token, up == 0, arena)) return false;
    if (out->end > out->start || s->tokens[token].head == QI_ROOT || !carried(&s->tokens[token])) return true;
    token = (uint32_t)s->tokens[token].head;
  }
  return true;
}
