/* code: a sentence -> spots: where the dictionary's names, agents' words and other named entities
 * stand, and which of them wins where they overlap.
 *
 * Worked example: "Bank of China said South Korean officials met Mike Johnson." The dictionary spots
 * "China", "South Korean" and the surname "Johnson"; the entity tagger has ORG "Bank of China" and
 * PER "Mike Johnson". "Bank of China" is the longer name, so "China" only tells its country; the
 * surname belongs to a longer unknown name and is dropped; "officials" is an agent. */
#include "code/who.h"

#include "know/amounts.h"

#include "base/utf8.h"

#define N(list) (sizeof(list) / sizeof *(list))

typedef struct spotter {
  qi_whos *w;
  const qi_sentence *s;
  qi_spots *out;
  qi_atoms forms, lemmas;
  QI_VEC(qi_spot) spots;
} spotter;

/* ---- tokens ---- */

static bool is_capital(const qi_token *t) {
  size_t at = 0;
  return t->form.len > 0 && qi_cp_is_upper(qi_utf8_decode(t->form, &at));
}

static bool is_title(const spotter *sp, uint32_t token) {
  return qi_actors_title(sp->w->actors, sp->s->tokens[token].form, sp->w->arena) != NULL;
}

/* Could the word be part of a proper name that the dictionary does not know? */
static bool is_name_word(const spotter *sp, uint32_t i) {
  const qi_token *t = &sp->s->tokens[i];
  if (sp->out->at[i] >= 0 || sp->out->agent[i] >= 0) return false;
  if (t->upos != QI_PROPN && !((t->upos == QI_NOUN || t->upos == QI_ADJ) && is_capital(t) && i > 0))
    return false;
  return !is_title(sp, i);
}

static bool linked(const qi_sentence *s, uint32_t a, uint32_t b, qi_rel rel) {
  return s->tokens[a].head == (int32_t)b && s->tokens[a].rel == rel;
}

/* The lemma, or where the tagger took a plural for a name the singular: "Gunmen" -> gunman. */
static qi_slice lemma_of(const qi_token *t, qi_arena *arena) {
  qi_slice f = t->form;
  bool same = t->lemma.len == 0 || qi_slice_eq_nocase(t->lemma, f);
  if (!same) return t->lemma;
  if (t->ner == QI_NER_PER) return t->lemma.len ? f : t->lemma;
  if (f.len > 4 && qi_slice_ends(f, QI_SLICE("men"))) {
    qi_slice man = qi_arena_slice(arena, f);
    if (man.ptr) ((char *)(uintptr_t)man.ptr)[f.len - 2] = 'a';
    return man.ptr ? man : f;
  }
  bool plural = f.len > 3 && f.ptr[f.len - 1] == 's' && f.ptr[f.len - 2] != 's';
  return plural ? qi_slice_sub(f, 0, f.len - 1) : f;
}

/* ---- names of the dictionary ---- */

static bool has_kind(const qi_actor_match *m, unsigned kinds) {
  for (uint32_t i = 0; i < m->n_names; i++)
    if (kinds >> m->names[i]->kind & 1u) return true;
  return false;
}

/* "in May", "last March": a month that is also somebody's name. */
static bool is_month(const spotter *sp, uint32_t i) {
  static const char *const months[] = {"March", "April", "May", "June", "August"};
  static const char *const when[] = {"in", "since", "until", "during", "by", "last", "next", "late", "early"};
  const qi_token *t = &sp->s->tokens[i];
  if (!qi_tree_form_in(t, months, N(months))) return false;
  bool number = i + 1 < sp->s->n_tokens && t[1].form.len > 0 && qi_ascii_is_digit(t[1].form.ptr[0]);
  return number || t->etype == QI_ETYPE_TIME || (i > 0 && qi_tree_form_in(t - 1, when, N(when)));
}

static bool may_be_name(const spotter *sp, uint32_t first, const qi_actor_match *m) {
  bool only_sur = !has_kind(m, ~(1u << QI_NAME_SUR));
  if (has_kind(m, 1u << QI_NAME_ABBR) && !sp->forms.all_caps) return true; /* "WHO" is not "who" */
  if (only_sur && (is_month(sp, first) || sp->s->tokens[first].etype == QI_ETYPE_TIME)) return false;
  for (uint32_t i = first; i < first + m->n_tokens; i++) {
    const qi_token *t = &sp->s->tokens[i];
    if (t->upos == QI_PROPN) return true;
    if (!only_sur && (t->upos == QI_NOUN || t->upos == QI_ADJ || t->upos == QI_X)) return true;
  }
  return false;
}

/* A single word that is only part of somebody's name: "Mike Johnson", "Jordan Peterson", "New Mexico". */
static bool in_longer_name(const spotter *sp, uint32_t i, const qi_actor_match *m) {
  const qi_sentence *s = sp->s;
  static const char *const new_lands[] = {"New"};
  if (m->n_tokens != 1 || !has_kind(m, 1u << QI_NAME_NAME | 1u << QI_NAME_SUR | 1u << QI_NAME_CAP))
    return false;
  if (i > 0 && qi_tree_form_in(&s->tokens[i - 1], new_lands, N(new_lands)) &&
      s->tokens[i - 1].upos == QI_PROPN)
    return true;
  bool sur = has_kind(m, 1u << QI_NAME_SUR);
  if (i + 1 < s->n_tokens && linked(s, i + 1, i, QI_REL_FLAT) && s->tokens[i + 1].upos == QI_PROPN)
    return true;
  if (i == 0 || s->tokens[i - 1].upos != QI_PROPN || is_title(sp, i - 1)) return false;
  if (sp->out->at[i - 1] >= 0) return false; /* "Russia Putin": two names */
  uint32_t n, before = i;
  while (before > 0 && before + 4 > i) /* the word before is an office: "Prime Minister Modi" */
    if (qi_agents_match(sp->w->actors, &sp->forms, &sp->lemmas, --before, &n) != QI_NO_AGENT &&
        before + n == i)
      return false;
  return linked(s, i, i - 1, QI_REL_FLAT) ||
         (sur && (linked(s, i - 1, i, QI_REL_FLAT) || linked(s, i - 1, i, QI_REL_COMPOUND) ||
                  s->tokens[i - 1].head == s->tokens[i].head));
}

/* "Iran-backed", "pro-Russian": the name is not the owner of what follows. */
static bool is_backed(const qi_sentence *s, uint32_t first, uint32_t last) {
  static const char *const before[] = {"pro", "anti", "non", "post", "ex", "counter", "inter"};
  if (first >= 2 && qi_slice_eq_str(s->tokens[first - 1].form, "-") &&
      qi_tree_form_in(&s->tokens[first - 2], before, N(before)))
    return true;
  return last + 2 < s->n_tokens && qi_slice_eq_str(s->tokens[last + 1].form, "-") &&
         (s->tokens[last + 2].upos == QI_VERB || s->tokens[last + 2].upos == QI_ADJ) &&
         !is_capital(&s->tokens[last + 2]);
}

/* An adjective before a noun names nobody by itself. */
static bool is_modifier(const spotter *sp, const qi_actor_match *m, uint32_t head) {
  const qi_token *t = &sp->s->tokens[head];
  if (!has_kind(m, 1u << QI_NAME_ADJ | 1u << QI_NAME_DEM)) return false;
  if (has_kind(m, 1u << QI_NAME_NAME | 1u << QI_NAME_ABBR)) return false;
  if (t->rel == QI_REL_AMOD || t->rel == QI_REL_COMPOUND) return true;
  if (t->rel == QI_REL_CONJ) {
    uint32_t top = qi_tree_conj_top(sp->s, head);
    if (sp->s->tokens[top].rel == QI_REL_AMOD || sp->s->tokens[top].rel == QI_REL_COMPOUND) return true;
  }
  /* "is Russian": a predicate; "the French": people. */
  return t->upos == QI_ADJ && !has_kind(m, 1u << QI_NAME_DEM) &&
         qi_tree_child(sp->s, head, QI_REL_DET) == QI_NO_TOKEN;
}

static bool add_name(spotter *sp, uint32_t first, const qi_actor_match *m) {
  qi_spot spot = {.first = first, .last = first + m->n_tokens - 1, .n_names = m->n_names,
                  .agent = QI_NO_AGENT};
  spot.head = qi_tree_span_head(sp->s, spot.first, spot.last);
  spot.modifier = is_modifier(sp, m, spot.head);
  spot.backed = is_backed(sp->s, spot.first, spot.last);
  spot.names = qi_arena_alloc(sp->w->arena, m->n_names * sizeof *spot.names);
  if (!spot.names || !QI_VEC_PUSH_IN(sp->w->arena, &sp->spots, spot)) return false;
  memcpy(spot.names, m->names, m->n_names * sizeof *spot.names);
  for (uint32_t i = spot.first; i <= spot.last; i++)
    sp->out->at[i] = (int32_t)sp->spots.len - 1;
  return true;
}

/* "National Security Council": an office or body of any country whose words hold the name and start before it. */
static bool in_longer_agent(const spotter *sp, uint32_t i, const qi_actor_match *m) {
  uint32_t n;
  for (uint32_t back = 1; back <= 3 && back <= i; back++)
    if (qi_agents_match(sp->w->actors, &sp->forms, &sp->lemmas, i - back, &n) != QI_NO_AGENT &&
        n >= back + m->n_tokens)
      return true;
  return false;
}

static bool find_names(spotter *sp) {
  for (uint32_t i = 0; i < sp->s->n_tokens;) {
    qi_actor_match m;
    if (qi_atoms_start_name(&sp->forms, i) && qi_actors_match(sp->w->actors, &sp->forms, i, &m) && may_be_name(sp, i, &m) &&
        !in_longer_name(sp, i, &m) && !in_longer_agent(sp, i, &m)) {
      if (!add_name(sp, i, &m)) return false;
      i += m.n_tokens;
    } else {
      i++;
    }
  }
  return true;
}

/* ---- agents ---- */

/* "Choe Son Hui": a word inside somebody's name is no agent. */
static bool in_person_name(const spotter *sp, uint32_t i, uint32_t n) {
  const qi_token *t = &sp->s->tokens[i];
  if (n != 1 || i == 0 || t->ner != QI_NER_PER || t->ner_begin || t->upos != QI_PROPN) return false;
  const qi_token *before = t - 1;
  return before->ner == QI_NER_PER && before->upos == QI_PROPN && !is_title(sp, i - 1) &&
         sp->out->agent[i - 1] < 0;
}

/* "Thousands marched": a number stands for people only as a bare subject. */
static bool is_mere_number(const spotter *sp, uint32_t first, uint32_t last, uint32_t head) {
  const qi_token *t = &sp->s->tokens[head];
  if (!qi_amounts_is(sp->w->know->amounts, sp->s->tokens[first].form, QI_AMOUNT_VAGUE)) return false;
  bool of = last + 1 < sp->s->n_tokens && qi_slice_eq_nocase(sp->s->tokens[last + 1].form, QI_SLICE("of"));
  return of || (t->rel != QI_REL_NSUBJ && t->rel != QI_REL_NSUBJ_PASS);
}

static bool find_agents(spotter *sp) {
  const qi_sentence *s = sp->s;
  for (uint32_t i = 0; i < s->n_tokens;) {
    if (!qi_atoms_start_agent(&sp->forms, i) && !qi_atoms_start_agent(&sp->lemmas, i)) {
      i++;
      continue;
    }
    uint32_t n, agent = qi_agents_match(sp->w->actors, &sp->forms, &sp->lemmas, i, &n);
    uint32_t head = agent == QI_NO_AGENT ? i : qi_tree_span_head(s, i, i + n - 1);
    if (agent == QI_NO_AGENT || !qi_tree_is_noun(&s->tokens[head]) || in_person_name(sp, i, n) || is_mere_number(sp, i, i + n - 1, head)) {
      i++;
      continue;
    }
    /* A name of the dictionary wins, unless the agent's words go on behind it. */
    int32_t name = sp->out->at[i];
    bool covered = false;
    for (uint32_t k = i; k < i + n; k++) covered |= sp->out->at[k] >= 0;
    if (covered && !(name >= 0 && sp->spots.items[name].first == i &&
                     sp->spots.items[name].last + 1 < i + n)) {
      i++;
      continue;
    }
    for (uint32_t k = i; k < i + n; k++) {
      if (sp->out->at[k] >= 0) sp->spots.items[sp->out->at[k]].modifier = true;
      sp->out->at[k] = -1;
      sp->out->agent[k] = (int32_t)sp->spots.len;
    }
    qi_spot spot = {.first = i, .last = i + n - 1, .head = head, .agent = agent};
    if (!QI_VEC_PUSH_IN(sp->w->arena, &sp->spots, spot)) return false;
    i += n;
  }
  return true;
}

/* ---- other named entities ---- */

/* "Kwok Wai-keung": a given name goes on behind its hyphen. */
static uint32_t over_hyphen(const spotter *sp, uint32_t last, uint8_t ner) {
  const qi_token *t = sp->s->tokens;
  while (ner == QI_NER_PER && last + 2 < sp->s->n_tokens && qi_slice_eq_str(t[last + 1].form, "-") &&
         !t[last].space_after && !t[last + 1].space_after && t[last + 2].upos == QI_PROPN)
    last += 2;
  return last;
}

static bool add_unknown(spotter *sp, uint32_t first, uint32_t last, uint8_t ner) {
  last = over_hyphen(sp, last, ner);
  qi_spot spot = {.first = first, .last = last, .agent = QI_NO_AGENT, .ner = ner,
                  .head = qi_tree_span_head(sp->s, first, last)};
  if (!QI_VEC_PUSH_IN(sp->w->arena, &sp->spots, spot)) return false;
  for (uint32_t i = first; i <= last; i++) {
    /* Names inside it only tell its country; agents inside it its sector. */
    if (sp->out->at[i] >= 0) sp->spots.items[sp->out->at[i]].modifier = true;
    sp->out->at[i] = (int32_t)sp->spots.len - 1;
  }
  return true;
}

/* The dictionary's names and the tagger's entity overlap: does the entity win? */
static bool entity_wins(const spotter *sp, uint32_t first, uint32_t last, uint8_t ner) {
  int32_t north = sp->out->at[first];
  if (first == last && north >= 0 && !sp->spots.items[north].names) return false; /* find_norths */
  uint32_t extra = 0, names = 0, head = qi_tree_span_head(sp->s, first, last);
  bool covered = false;
  for (uint32_t i = first; i <= last; i++) {
    int32_t k = sp->out->at[i];
    extra += is_name_word(sp, i);
    covered |= k >= 0;
    names += k >= 0 && sp->spots.items[k].first == i && !sp->spots.items[k].modifier;
  }
  if (!covered) return extra > 0 || sp->out->agent[head] < 0;
  /* "Choe Son Hui": words that are names one by one do not make the person. */
  if (ner == QI_NER_PER && names > 1 && extra == 0) return true;
  if (extra == 0) return false;
  int32_t name = sp->out->at[head];
  if (ner == QI_NER_PER) {
    /* "US President Jane Roe" as one entity: she is known by her whole name. */
    const qi_spot *end = sp->out->at[last] >= 0 ? &sp->spots.items[sp->out->at[last]] : NULL;
    if (end && end->names && end->first < end->last && end->last == last && qi_actors_get(sp->w->actors, end->names[0]->actor)->type == QI_ACTOR_PERSON)
      return false;
    /* A known person with a word more is still that person; a place or surname is not. */
    for (uint32_t i = first; i <= last; i++)
      if (sp->out->at[i] >= 0 && sp->spots.items[sp->out->at[i]].names) { /* not another unknown name */
        const qi_name *n = sp->spots.items[sp->out->at[i]].names[0];
        if (n->kind == QI_NAME_ADJ) continue;
        return n->n_atoms == 1 || qi_actors_get(sp->w->actors, n->actor)->type != QI_ACTOR_PERSON;
      }
    return true;
  }
  return name < 0 || sp->spots.items[name].modifier;
}

/* Cuts off what is no part of the name: titles, offices, nationalities before a person, articles. */
static void trim(const spotter *sp, uint32_t *first, uint32_t *last, uint8_t ner) {
  const qi_sentence *s = sp->s;
  while (*first < *last) {
    uint8_t upos = s->tokens[*first].upos;
    bool drop = upos == QI_DET || upos == QI_PUNCT || upos == QI_ADP;
    int32_t name = sp->out->at[*first];
    if (ner == QI_NER_PER)
      drop |= is_title(sp, *first) || sp->out->agent[*first] >= 0 ||
              (name >= 0 && sp->spots.items[name].modifier);
    if (!drop) break;
    ++*first;
  }
  while (*last > *first) {
    uint8_t upos = s->tokens[*last].upos;
    if (upos != QI_PART && upos != QI_PUNCT && upos != QI_DET) break;
    --*last;
  }
}

static bool find_entities(spotter *sp) {
  const qi_sentence *s = sp->s;
  for (uint32_t i = 0, next; i < s->n_tokens; i = next) {
    next = i + 1;
    uint8_t ner = s->tokens[i].ner;
    if (ner == QI_NER_NONE) continue;
    while (next < s->n_tokens && s->tokens[next].ner == ner && !s->tokens[next].ner_begin) next++;
    uint32_t first = i, last = next - 1;
    if (!entity_wins(sp, first, last, ner)) continue;
    trim(sp, &first, &last, ner);
    bool name_like = false;
    for (uint32_t k = first; k <= last; k++)
      name_like |= is_capital(&s->tokens[k]) &&
                   (k > 0 || s->tokens[k].upos == QI_PROPN || qi_slice_starts(s->tokens[k].xpos, QI_SLICE("NNP")));
    if (first == last && s->tokens[first].form.len < 2) continue;
    if (!name_like || is_month(sp, first) || (first == last && (is_title(sp, first) || sp->out->agent[first] >= 0))) continue;
    if (!add_unknown(sp, first, last, ner)) return false;
  }
  return true;
}

/* "student Ahmed/flat Doe": the words of a name right behind somebody's trade. */
static bool follows_office(const spotter *sp, uint32_t first, uint32_t head) {
  const qi_token *t = &sp->s->tokens[head];
  if (first == 0 || t->head != (int32_t)first - 1 || (t->rel != QI_REL_FLAT && t->rel != QI_REL_APPOS)) return false;
  const qi_token *before = t->head < 0 ? t : &sp->s->tokens[t->head];
  return sp->out->agent[first - 1] >= 0 && before->upos == QI_NOUN && before->etype == QI_ETYPE_PERSON && !qi_token_has(before, "Number=Plur");
}

/* Proper nouns that the tagger left out, but whose entity type is known. */
static bool find_proper_nouns(spotter *sp) {
  const qi_sentence *s = sp->s;
  for (uint32_t i = 0, next; i < s->n_tokens; i = next) {
    next = i + 1;
    if (s->tokens[i].upos != QI_PROPN || !is_name_word(sp, i)) continue;
    while (next < s->n_tokens && s->tokens[next].upos == QI_PROPN && is_name_word(sp, next)) next++;
    uint32_t head = qi_tree_span_head(s, i, next - 1), first = i;
    uint8_t etype = s->tokens[head].etype;
    if (!is_capital(&s->tokens[head]) || is_month(sp, head)) continue;
    while (first > 0 && etype != QI_ETYPE_PERSON && is_capital(&s->tokens[first - 1]) && /* "Korean Peninsula" */
           (s->tokens[first - 1].upos == QI_ADJ || s->tokens[first - 1].upos == QI_PROPN) &&
           sp->out->agent[first - 1] < 0 && qi_tree_under(s, first - 1, head))
      first--;
    uint8_t ner = etype == QI_ETYPE_PERSON ? QI_NER_PER
                  : etype == QI_ETYPE_ORGANIZATION ? QI_NER_ORG
                  : etype == QI_ETYPE_PLACE ? QI_NER_LOC : follows_office(sp, first, head) ? QI_NER_PER : QI_NER_NONE;
    if (next - first == 1 && s->tokens[first].form.len < 2) continue; /* the U of a U-turn */
    if (ner != QI_NER_NONE && !add_unknown(sp, first, next - 1, ner)) return false;
  }
  return true;
}

/* "the North", "North and South Korea": said of states; resolve.c decides whether they are. */
static bool find_norths(spotter *sp) {
  static const char *const words[] = {"North", "South"};
  const qi_sentence *s = sp->s;
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    const qi_token *t = &s->tokens[i];
    if (t->form.len != strlen("North") || !is_capital(t)) continue;
    if (sp->out->at[i] >= 0 || sp->out->agent[i] >= 0 || sp->forms.all_caps) continue;
    if (!qi_tree_form_in(t, words, N(words))) continue;
    bool inner = t->rel == QI_REL_COMPOUND || t->rel == QI_REL_AMOD || t->rel == QI_REL_FLAT;
    uint32_t det = qi_tree_child(s, i, QI_REL_DET);
    bool conj = i + 1 < s->n_tokens && s->tokens[i + 1].upos == QI_CCONJ;
    if ((!inner && det != QI_NO_TOKEN && det < i) || conj)
      if (!add_unknown(sp, i, i, QI_NER_LOC)) return false;
  }
  return true;
}

/* An agent in capitals with more capitals before it is a name of its own: "Free Syrian Army". */
static bool name_agents(spotter *sp) {
  const qi_sentence *s = sp->s;
  for (uint32_t k = 0; k < sp->spots.len; k++) {
    qi_spot *spot = &sp->spots.items[k];
    if (spot->agent == QI_NO_AGENT || sp->out->at[spot->head] >= 0) continue;
    if (s->tokens[spot->head].upos != QI_PROPN || !is_capital(&s->tokens[spot->head])) continue;
    uint32_t first = spot->first, extra = 0;
    while (first > 0) {
      const qi_token *t = &s->tokens[first - 1];
      bool own = is_name_word(sp, first - 1) && is_capital(t);
      bool adjective = sp->out->at[first - 1] >= 0 && sp->spots.items[sp->out->at[first - 1]].modifier;
      if (!own && !adjective) break;
      if (!qi_tree_under(s, first - 1, spot->head)) break;
      extra += own;
      first--;
    }
    /* A nationality at the very start is the owner, not part of the name. */
    while (extra > 0 && sp->out->at[first] >= 0 && first < spot->first) first++;
    if (sp->forms.all_caps || extra == 0) continue;
    if (s->tokens[spot->head].etype == QI_ETYPE_PERSON) continue;
    if (!add_unknown(sp, first, spot->last, QI_NER_ORG)) return false;
  }
  return true;
}

quid_status qi_spot_sentence(qi_whos *w, uint32_t sentence, quid_error *err) {
  spotter sp = {.w = w, .s = &w->doc->sentences[sentence], .out = &w->spots[sentence]};
  uint32_t n = sp.s->n_tokens;
  qi_slice *forms = qi_arena_alloc(w->arena, ((size_t)n * 2 + 1) * sizeof *forms);
  sp.out->at = qi_arena_alloc(w->arena, (size_t)n * sizeof(int32_t));
  sp.out->agent = qi_arena_alloc(w->arena, (size_t)n * sizeof(int32_t));
  if (!forms || !sp.out->at || !sp.out->agent) return qi_error_memory(err, "the mentions");
  for (uint32_t i = 0; i < n; i++) {
    forms[i] = sp.s->tokens[i].form;
    forms[n + i] = lemma_of(&sp.s->tokens[i], w->arena);
    sp.out->at[i] = sp.out->agent[i] = -1;
  }
  if (!qi_actors_atoms(&sp.forms, w->actors, forms, n, w->arena) ||
      !qi_actors_lemma_atoms(&sp.lemmas, w->actors, forms + n, &sp.forms, w->arena) || !find_names(&sp) ||
      !find_agents(&sp) || !find_norths(&sp) || !find_entities(&sp) || !find_proper_nouns(&sp) || !name_agents(&sp))
    return qi_error_memory(err, "the mentions");
  sp.out->items = sp.spots.items;
  sp.out->len = (uint32_t)sp.spots.len;
  return QUID_OK;
}
