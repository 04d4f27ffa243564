/* code: parsed sentences -> mentions of actors, each with the entities it means.
 *
 *   spot.c -> phrase.c -> resolve.c, reading.c, coref.c, group.c, describe.c -> here
 *
 * Worked example: "Russian Foreign Minister Sergey Lavrov met his North Korean counterpart" on
 * 2024-11-25 gives the mentions "Russian Foreign Minister Sergey Lavrov" (RUS.GOV.SERGEY_LAVROV,
 * via name), "his" (the same, via pronoun) and "counterpart" (the foreign minister of PRK that
 * day, via title), each found under the head word of its phrase. */
#include "code/who.h"

#include "base/utf8.h"

/* ---- entities ---- */

/* "Jane Doe" -> "JANE_DOE"; letters beyond ASCII lose their accents where they can. */
static char *id_part(qi_whos *w, qi_slice name) {
  qi_slice folded = qi_utf8_fold(w->arena, name);
  char *out = folded.ptr ? qi_arena_alloc(w->arena, folded.len + 1) : NULL;
  size_t n = 0;
  if (!out) return NULL;
  for (size_t i = 0; i < folded.len; i++) {
    char c = folded.ptr[i];
    bool word = qi_ascii_is_alpha(c) || qi_ascii_is_digit(c) || (unsigned char)c >= 0x80;
    if (word) out[n++] = qi_ascii_is_lower(c) ? (char)(c - 32) : c;
    else if (n > 0 && out[n - 1] != '_' && c != '.' && c != '\'') out[n++] = '_';
  }
  while (n > 0 && out[n - 1] == '_') n--;
  out[n] = '\0';
  return out;
}

/* Ids of unknown names wait until the whole text has told what it knows of them. */
static bool name_unknown_refs(qi_whos *w) {
  static const char *const kinds[] = {"", "PER", "ORG", "LOC"};
  for (size_t i = 0; i < w->refs.len; i++) {
    qi_ref *ref = &w->refs.items[i];
    if (*ref->id || ref->unnamed) continue;
    char *part = id_part(w, ref->full);
    if (!part) return false;
    const char *kind = *ref->sector && ref->ner != QI_NER_LOC ? ref->sector : kinds[ref->ner];
    ref->id = qi_arena_printf(w->arena, "%s.%s.%s", *ref->country ? ref->country : "---", kind, part).ptr;
    if (!ref->id) return false;
  }
  return true;
}

static const quid_entity *entity_of(qi_whos *w, const qi_who *who, const qi_ref *ref) {
  const qi_sentence *s = &w->doc->sentences[who->sentence];
  quid_entity *e = QI_NEW(w->arena, quid_entity);
  if (!e) return NULL;
  *e = (quid_entity){ref->id, ref->name, ref->country, ref->sector, ref->role, who->via,
                     {s->tokens[who->first].start, s->tokens[who->last].end}};
  if (qi_slice_eq_str(qi_slice_str(who->via), "demonym") && ref->state) e->sector = "";
  return e;
}

/* ---- mentions ---- */

static bool fill_mention(qi_whos *w, const qi_who *who, qi_mention *m) {
  *m = (qi_mention){.sentence = who->sentence, .head = who->head, .first = who->first,
                    .last = who->last};
  m->kind = who->how == QI_WHO_PRONOUN ? QI_MENTION_PRONOUN
            : who->how == QI_WHO_GROUP ? QI_MENTION_GROUP
            : who->how == QI_WHO_AGENT || who->how == QI_WHO_NOUN ? QI_MENTION_AGENT : QI_MENTION_NAME;
  m->is_person = who->person || who->how == QI_WHO_GROUP;
  m->is_org = who->how == QI_WHO_AGENT && who->body;
  m->is_actor = who->how == QI_WHO_AGENT || who->how == QI_WHO_GROUP || (who->person && who->n_refs > 0);
  const quid_entity **list = qi_arena_alloc(w->arena, (who->n_refs + 1) * sizeof *list);
  if (!list) return false;
  m->entities = list;
  for (uint32_t i = 0; i < who->n_refs; i++) {
    const qi_ref *ref = &w->refs.items[who->refs[i]];
    if (ref->unnamed) continue;
    if (!(list[m->n_entities++] = entity_of(w, who, ref))) return false;
    m->is_actor |= ref->ner != QI_NER_LOC || ref->state;
    m->is_person |= ref->person;
    m->is_org |= ref->body;
    m->is_state |= ref->state && strcmp(who->via, "demonym") != 0;
    m->is_place |= ref->ner == QI_NER_LOC;
  }
  if (who->thing) m->is_actor = false;
  if (who->dateline) m->is_actor = m->is_state = false;
  if (who->how == QI_WHO_GROUP && who->n_refs > 0) m->is_person = w->refs.items[who->refs[0]].person;
  return true;
}

/* Common nouns for things were kept as rivals of pronouns only. */
static bool is_kept(const qi_whos *w, const qi_who *who) {
  if (who->first_person) return who->n_refs > 0 && !w->refs.items[who->refs[0]].unnamed;
  return who->how != QI_WHO_NOUN || who->person || who->n_refs > 0;
}

static bool fill(qi_mentions *out, qi_whos *w) {
  int32_t *map = qi_arena_alloc(w->arena, (w->items.len + 1) * sizeof *map);
  out->items = QI_NEW_ARRAY(w->arena, qi_mention, w->items.len + 1);
  if (!map || !out->items) return false;
  for (size_t i = 0; i < w->items.len; i++) {
    map[i] = QI_NO_MENTION;
    if (!is_kept(w, &w->items.items[i])) continue;
    map[i] = (int32_t)out->len;
    if (!fill_mention(w, &w->items.items[i], &out->items[out->len++])) return false;
  }
  for (uint32_t i = 0; i < w->doc->n_sentences; i++)
    for (uint32_t k = 0; k < w->doc->sentences[i].n_tokens; k++)
      if (w->at[i][k] >= 0) w->at[i][k] = map[w->at[i][k]];
  out->at = w->at;
  return true;
}

/* Nationalities before nouns that are no agents: "Russian gas". */
static bool fill_modifiers(qi_mentions *out, qi_whos *w) {
  out->modifier = QI_NEW_ARRAY(w->arena, const quid_entity **, (size_t)w->doc->n_sentences + 1);
  if (!out->modifier) return false;
  for (uint32_t i = 0; i < w->doc->n_sentences; i++) {
    const qi_sentence *s = &w->doc->sentences[i];
    out->modifier[i] = QI_NEW_ARRAY(w->arena, const quid_entity *, (size_t)s->n_tokens + 1);
    if (!out->modifier[i]) return false;
    for (uint32_t k = 0; k < w->spots[i].len; k++) {
      const qi_spot *spot = &w->spots[i].items[k];
      if (!spot->names || spot->backed) continue;
      const qi_name *name = qi_resolve_reading(w, spot, NULL);
      if (!name || qi_actors_get(w->actors, name->actor)->type == QI_ACTOR_PERSON) continue;
      if (!spot->modifier && w->at[i][spot->head] >= 0) continue; /* a mention of its own */
      uint32_t ref = qi_resolve_actor_ref(w, name->actor);
      qi_who who = {.sentence = i, .first = spot->first, .last = spot->last, .via = "demonym"};
      if (name->kind != QI_NAME_ADJ && name->kind != QI_NAME_DEM) who.via = "name";
      if (ref == QI_NO_REF) return false;
      const quid_entity *e = entity_of(w, &who, &w->refs.items[ref]);
      if (!e) return false;
      ((quid_entity *)(uintptr_t)e)->sector = w->refs.items[ref].sector;
      out->modifier[i][spot->head] = e;
    }
  }
  return true;
}

/* Marks each token that stands between quotation marks. Marks left open by a sentence before are
 * not known to the next one. */
static bool *mark_quoted(const qi_sentence *s, qi_arena *arena) {
  bool *out = QI_NEW_ARRAY(arena, bool, (size_t)s->n_tokens + 1), in = false;
  for (uint32_t i = 0; out && i < s->n_tokens; i++) {
    qi_slice f = s->tokens[i].form;
    out[i] = in;
    if (qi_slice_eq_str(f, "\"") || qi_slice_eq_str(f, "''") || qi_slice_eq_str(f, "``")) in = !in;
    else if (qi_slice_eq_str(f, "\xE2\x80\x9C")) in = true;
    else if (qi_slice_eq_str(f, "\xE2\x80\x9D")) in = false;
  }
  return out;
}

static bool prepare(qi_whos *w) {
  uint32_t n = w->doc->n_sentences;
  w->spots = QI_NEW_ARRAY(w->arena, qi_spots, (size_t)n + 1);
  w->at = QI_NEW_ARRAY(w->arena, int32_t *, (size_t)n + 1);
  w->quoted = QI_NEW_ARRAY(w->arena, bool *, (size_t)n + 1);
  if (!w->spots || !w->at || !w->quoted) return false;
  for (uint32_t i = 0; i < n; i++) {
    uint32_t n_tokens = w->doc->sentences[i].n_tokens;
    if (!(w->at[i] = qi_arena_alloc(w->arena, ((size_t)n_tokens + 1) * sizeof(int32_t)))) return false;
    for (uint32_t k = 0; k < n_tokens; k++) w->at[i][k] = QI_NO_MENTION;
    if (!(w->quoted[i] = mark_quoted(&w->doc->sentences[i], w->arena))) return false;
  }
  return qi_speaker_mark(w);
}

quid_status qi_whos_find(qi_whos *w, quid_error *err) {
  quid_status status = QUID_OK;
  if (!prepare(w)) status = qi_error_memory(err, "the mentions");
  for (uint32_t i = 0; !status && i < w->doc->n_sentences; i++) {
    status = qi_spot_sentence(w, i, err);
    if (!status) status = qi_phrase_sentence(w, i, err);
  }
  return status ? status : qi_resolve_all(w, err);
}

void qi_whos_clear(qi_whos *w) {
  qi_map_clear(&w->country_count);
  qi_map_clear(&w->ref_of);
  qi_map_clear(&w->word_refs_of);
  qi_map_clear(&w->words);
}

quid_status qi_mentions_find(qi_mentions *out, const qi_know *know, const qi_parsed *doc, qi_day day,
                             qi_arena *arena, quid_error *err) {
  qi_whos w = {.know = know, .actors = know->actors, .doc = doc, .day = day, .arena = arena};
  *out = (qi_mentions){0};
  quid_status status = qi_whos_find(&w, err);
  bool given = !status && qi_speaker_giver(&w) != QI_NO_REF && w.giver_who != QI_NO_REF; /* a publisher has no words in the text */
  if (!status && (!name_unknown_refs(&w) || !fill(out, &w) || !fill_modifiers(out, &w)))
    status = qi_error_memory(err, "the mentions");
  if (!status && given && !(out->giver = entity_of(&w, &w.items.items[w.giver_who], &w.refs.items[w.giver])))
    status = qi_error_memory(err, "the mentions");
  qi_whos_clear(&w);
  return status;
}

/* ---- questions ---- */

static uint32_t collect(const qi_mentions *m, const qi_parsed *doc, uint32_t sentence, uint32_t token,
                        const quid_entity **out, uint32_t n, uint32_t max, uint32_t depth) {
  const qi_sentence *s = &doc->sentences[sentence];
  int32_t k = m->at[sentence][token];
  for (uint32_t i = 0; k >= 0 && i < m->items[k].n_entities && n < max; i++) {
    bool twice = false;
    for (uint32_t j = 0; j < n; j++) twice |= strcmp(out[j]->id, m->items[k].entities[i]->id) == 0;
    if (!twice) out[n++] = m->items[k].entities[i];
  }
  for (uint32_t i = s->child_begin[token]; i < s->child_begin[token + 1] && depth < 16; i++)
    if (s->tokens[s->child[i]].rel == QI_REL_CONJ)
      n = collect(m, doc, sentence, s->child[i], out, n, max, depth + 1);
  return n;
}

uint32_t qi_mentions_of_phrase(const qi_mentions *m, const qi_parsed *doc, uint32_t sentence,
                               uint32_t token, const quid_entity **out, uint32_t max) {
  return collect(m, doc, sentence, token, out, 0, max, 0);
}

/* The entity that the modifying word names: a mention of its own, or a nationality. */
static const quid_entity *modifier_at(const qi_mentions *m, uint32_t sentence, uint32_t token) {
  int32_t k = m->at[sentence][token];
  if (k >= 0 && m->items[k].n_entities == 1) return m->items[k].entities[0];
  return k < 0 ? m->modifier[sentence][token] : NULL;
}

bool qi_mentions_names_where(const qi_mentions *m, const qi_parsed *doc, uint32_t sentence, uint32_t token) {
  const qi_sentence *s = &doc->sentences[sentence];
  int32_t k = m->at[sentence][token];
  const qi_token *t = &s->tokens[token];
  if (k < 0 || !m->items[k].is_place || m->items[k].is_state || t->rel != QI_REL_COMPOUND || t->head < 0) return false;
  uint8_t etype = s->tokens[t->head].etype;
  return etype == QI_ETYPE_ABSTRACT || etype == QI_ETYPE_EVENT;
}

const quid_entity *qi_mentions_modifier(const qi_mentions *m, const qi_parsed *doc, uint32_t sentence,
                                        uint32_t token) {
  static const qi_rel order[] = {QI_REL_NMOD_POSS, QI_REL_AMOD, QI_REL_COMPOUND, QI_REL_NMOD_DESC};
  const qi_sentence *s = &doc->sentences[sentence];
  for (size_t r = 0; r < sizeof order / sizeof *order; r++)
    for (uint32_t i = s->child_begin[token]; i < s->child_begin[token + 1]; i++) {
      if (s->tokens[s->child[i]].rel != order[r]) continue;
      const quid_entity *e = modifier_at(m, sentence, s->child[i]);
      if (e && !qi_mentions_names_where(m, doc, sentence, s->child[i])) return e;
    }
  return NULL;
}
