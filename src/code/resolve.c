/* code: names and agents -> whom they mean at the document's date.
 *
 * First all full names of the document are read, so that a short form may stand before or after
 * the full one ("Choe" in the headline); then every mention in order of the text. Names that the
 * story itself introduces beat the dictionary: after "Jane Johnson" a bare "Johnson" is her.
 *
 * Worked example (2024-11-25): "North Korean leader Kim Jong Un ... Mr. Kim ... the Russian foreign
 * minister": the full name is in the dictionary; "Kim" has a dozen readings there but one bearer
 * in the story; the office of foreign minister of RUS has one holder that day, Sergey Lavrov. */
#include "code/who.h"

#include "base/utf8.h"


/* ---- refs ---- */

uint32_t qi_resolve_add_ref(qi_whos *w, qi_slice key, qi_ref ref) {
  uint32_t at = (uint32_t)w->refs.len;
  ref.born = UINT32_MAX;
  ref.side = QI_NO_REF;
  if (!ref.id) ref.id = "";
  if (!ref.name) ref.name = "";
  if (!ref.country) ref.country = "";
  if (!ref.sector) ref.sector = "";
  if (!ref.role) ref.role = "";
  bool kept = QI_VEC_PUSH_IN(w->arena, &w->refs, ref) &&
              (key = qi_arena_slice(w->arena, key)).ptr && qi_map_put(&w->ref_of, key, at);
  w->failed |= !kept;
  return kept ? at : QI_NO_REF;
}

/* Remembers the words of a person's or body's name for its short forms. */
static bool index_words(qi_whos *w, uint32_t ref, qi_slice name) {
  qi_slice rest = name, word;
  while (qi_slice_word(&rest, &word)) {
    qi_slice key = qi_actors_key(word, w->arena);
    bool last = qi_slice_trim(rest).len == 0;
    if (!key.ptr) return !(w->failed = true);
    qi_word_ref node = {ref, qi_map_find(&w->word_refs_of, key, UINT32_MAX), last};
    if (!QI_VEC_PUSH_IN(w->arena, &w->word_refs, node) ||
        !qi_map_put(&w->word_refs_of, key, (uint32_t)w->word_refs.len - 1))
      return !(w->failed = true);
  }
  return true;
}

static const char *role_at(qi_whos *w, const qi_post *post, bool current) {
  if (!post || post->role.len == 0) return "";
  if (current || w->day == QI_DAY_NONE || post->from > w->day) return post->role.ptr;
  qi_slice former = qi_arena_printf(w->arena, "former %s", post->role.ptr);
  return former.ptr ? former.ptr : "";
}

uint32_t qi_resolve_actor_ref(qi_whos *w, uint32_t index) {
  const qi_actor *actor = qi_actors_get(w->actors, index);
  uint32_t old = qi_map_find(&w->ref_of, actor->id, QI_NO_REF);
  if (old != QI_NO_REF) return old;
  qi_ref ref = {.id = actor->id.ptr, .name = actor->name.ptr, .country = actor->country.ptr,
                .sector = actor->sector.ptr, .actor = index};
  bool current;
  const qi_post *post = qi_actors_post_at(w->actors, actor, w->day, &current);
  if (post && actor->type != QI_ACTOR_STATE) {
    ref.sector = post->sector.ptr;
    if (post->country.len) ref.country = post->country.ptr;
  }
  ref.person = actor->type == QI_ACTOR_PERSON;
  bool land = actor->type == QI_ACTOR_STATE || actor->type == QI_ACTOR_TERRITORY;
  ref.state = land && actor->sector.len > 0; /* without a sector it is a mere place: "the Sahel" */
  ref.body = !ref.person && !land;
  ref.ner = ref.person ? QI_NER_PER : land ? QI_NER_LOC : QI_NER_ORG;
  if (ref.person) {
    ref.role = role_at(w, post, current);
    qi_slice name = actor->name, first;
    if (qi_slice_word(&name, &first)) ref.gender = qi_actors_gender(w->actors, first, w->arena);
  }
  uint32_t made = qi_resolve_add_ref(w, actor->id, ref);
  if (made != QI_NO_REF && ref.person && !index_words(w, made, actor->name)) return QI_NO_REF;
  return made;
}

uint32_t qi_resolve_country_ref(qi_whos *w, qi_slice country) {
  uint32_t actor = qi_actors_find(w->actors, country);
  return actor == QI_NO_ACTOR ? QI_NO_REF : qi_resolve_actor_ref(w, actor);
}

/* What a sector is called beside a country; the id says no more than this either. */
static const char *sector_words(qi_slice sector) {
  static const char *const words[][2] = {
    {"GOV", "government"}, {"MIL", "armed forces"}, {"COP", "police"}, {"OPP", "opposition"},
    {"REB", "rebels"}, {"INS", "insurgents"}, {"SEP", "separatists"}, {"CVL", "civilians"},
    {"MED", "media"}, {"BUS", "business"}, {"JUD", "courts"}, {"LEG", "legislature"},
    {"PTY", "parties"}, {"SPY", "intelligence"}, {"UAF", "armed groups"}, {"IGO", "international bodies"},
    {"NGO", "non-governmental bodies"}, {"EDU", "education"}, {"REF", "refugees"}, {"CRM", "criminals"},
    {"LAB", "labour"}, {"REL", "religious bodies"}, {"ETH", "ethnic groups"}, {"MNC", "multinationals"}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (qi_slice_eq_str(sector, words[i][0])) return words[i][1];
  return "people";
}

uint32_t qi_resolve_agent_ref(qi_whos *w, qi_slice country, const qi_agent *agent) {
  qi_slice sector = agent->sector.len ? agent->sector : QI_SLICE("CVL");
  qi_slice key = qi_arena_printf(w->arena, "%.*s.%.*s/%s", QI_SLICE_ARG(country),
                                 QI_SLICE_ARG(sector), agent->words.ptr);
  if (!key.ptr) return QI_NO_REF;
  uint32_t old = qi_map_find(&w->ref_of, key, QI_NO_REF);
  if (old != QI_NO_REF) return old;
  qi_ref ref = {.sector = sector.ptr, .role = agent->role.ptr, .actor = QI_NO_ACTOR};
  if (country.len) {
    uint32_t actor = qi_actors_find(w->actors, country);
    qi_slice where = actor == QI_NO_ACTOR ? country : qi_actors_get(w->actors, actor)->name;
    ref.country = qi_arena_strdup(w->arena, country);
    ref.id = qi_arena_printf(w->arena, "%.*s.%.*s", QI_SLICE_ARG(country), QI_SLICE_ARG(sector)).ptr;
    ref.name = qi_arena_printf(w->arena, "%.*s: %s", QI_SLICE_ARG(where), sector_words(sector)).ptr;
  } else {
    ref.id = sector.ptr;
    ref.name = sector_words(sector);
  }
  if (!ref.id || !ref.name || (country.len && !ref.country)) return QI_NO_REF;
  return qi_resolve_add_ref(w, key, ref);
}

void qi_resolve_add(qi_whos *w, qi_who *who, uint32_t ref) {
  if (ref == QI_NO_REF || who->n_refs >= QI_MAX_GROUP) return;
  for (uint32_t i = 0; i < who->n_refs; i++)
    if (who->refs[i] == ref) return;
  who->refs[who->n_refs++] = ref;
  w->refs.items[ref].count++;
}

/* ---- names ---- */

static const qi_sentence *sentence_of(const qi_whos *w, const qi_who *who) {
  return &w->doc->sentences[who->sentence];
}

static qi_slice text_of(const qi_whos *w, const qi_who *who, uint32_t first, uint32_t last) {
  const qi_sentence *s = sentence_of(w, who);
  return qi_slice_sub(w->doc->text, s->tokens[first].start, s->tokens[last].end);
}

static const qi_spot *spot_of(const qi_whos *w, const qi_who *who) {
  return &w->spots[who->sentence].items[who->spot];
}


/* The country that the owners give: of a state, a body, or a person. */
static qi_slice owners_country(qi_whos *w, const qi_who *who) {
  for (uint32_t i = 0; i < who->n_owners; i++) {
    if (who->owners[i].spot >= 0) {
      const qi_spot *spot = &w->spots[who->sentence].items[who->owners[i].spot];
      if (!spot->names) continue;
      const qi_name *name = qi_resolve_reading(w, spot, NULL);
      qi_slice country = name ? qi_actors_get(w->actors, name->actor)->country
                              : qi_reading_other_country(w, spot);
      if (country.len == 3) return country;
    } else {
      int32_t k = w->at[who->sentence][who->owners[i].token];
      if (k < 0 || w->items.items[k].n_refs != 1) continue;
      const qi_ref *ref = &w->refs.items[w->items.items[k].refs[0]];
      if (strlen(ref->country) == 3) return qi_slice_str(ref->country);
    }
  }
  return QI_SLICE("");
}

/* "the State Department spokesman Jane Doe": the body beside the name is the one that she speaks for. */
static void learn_side(qi_whos *w, const qi_who *who, uint32_t at) {
  for (uint32_t i = 0; i < who->n_owners && w->refs.items[at].side == QI_NO_REF; i++) {
    int32_t k = w->at[who->sentence][who->owners[i].token];
    if (k < 0 || w->items.items[k].how == QI_WHO_PRONOUN) continue;
    if (w->items.items[k].n_refs == 0) qi_resolve_ahead(w, (uint32_t)k);
    const qi_who *owner = &w->items.items[k];
    if (owner->n_refs == 1 && owner->refs[0] != at && w->refs.items[owner->refs[0]].body) w->refs.items[at].side = owner->refs[0];
  }
}

/* What the words around a name tell about an unknown bearer; the first to tell wins. */
static void learn(qi_whos *w, const qi_who *who, uint32_t at) {
  qi_ref *ref = &w->refs.items[at];
  if (who->gender && !ref->gender) ref->gender = who->gender;
  if (ref->person && who->n_owners > 0) {
    learn_side(w, who, at);
    ref = &w->refs.items[at]; /* more refs may have come */
  }
  if (ref->actor != QI_NO_ACTOR) return;
  if (!*ref->country) {
    qi_slice country = owners_country(w, who);
    if (country.len) ref->country = qi_arena_strdup(w->arena, country);
    if (!ref->country) ref->country = "";
  }
  if (who->agent != QI_NO_AGENT) {
    const qi_agent *agent = qi_agents_get(w->actors, who->agent);
    if (!*ref->sector && (ref->ner != QI_NER_LOC)) ref->sector = agent->sector.ptr;
    if (!*ref->role && ref->person)
      ref->role = agent->role.len ? agent->role.ptr
                                  : qi_utf8_lower(w->arena, sentence_of(w, who)->tokens[who->agent_head].lemma).ptr;
    if (!ref->role) ref->role = "";
  }
  if (who->title && ref->person) {
    if (!*ref->sector) ref->sector = who->title->sector.ptr;
    if (!*ref->role) ref->role = who->title->role.ptr;
  }
}

/* The ref of an unknown name, by its whole text. */
static uint32_t unknown_ref(qi_whos *w, const qi_who *who, qi_slice text) {
  qi_slice folded = qi_actors_key(text, w->arena);
  if (!folded.ptr) return QI_NO_REF;
  qi_slice key = qi_arena_printf(w->arena, "?%u/%.*s", who->ner, QI_SLICE_ARG(folded));
  uint32_t old = key.ptr ? qi_map_find(&w->ref_of, key, QI_NO_REF) : QI_NO_REF;
  if (old != QI_NO_REF || !key.ptr) return old;
  if (who->ner == QI_NER_PER && (old = qi_short_person(w, text)) != QI_NO_REF) return old;
  if (who->ner == QI_NER_ORG && (old = qi_short_body(w, text)) != QI_NO_REF) return old;
  qi_ref ref = {.name = qi_arena_strdup(w->arena, text), .actor = QI_NO_ACTOR, .ner = who->ner,
                .full = qi_arena_slice(w->arena, text), .person = who->ner == QI_NER_PER,
                .body = who->ner == QI_NER_ORG};
  if (!ref.name || !ref.full.ptr) return QI_NO_REF;
  qi_slice rest = text, first;
  if (ref.person && qi_slice_word(&rest, &first) && rest.len)
    ref.gender = qi_actors_gender(w->actors, first, w->arena);
  uint32_t made = qi_resolve_add_ref(w, key, ref);
  if (made == QI_NO_REF) return made;
  if ((ref.person || ref.body) && !index_words(w, made, text)) return QI_NO_REF;
  if (ref.body) { /* its acronym means the same */
    qi_slice short_form = qi_short_initials(w, text);
    key = qi_arena_printf(w->arena, "!%.*s", QI_SLICE_ARG(short_form));
    if (short_form.len >= 3 && (!key.ptr || !qi_map_put(&w->ref_of, key, made))) return QI_NO_REF;
  }
  return made;
}

uint32_t qi_resolve_unknown_org(qi_whos *w, qi_slice name) {
  const qi_who who = {.ner = QI_NER_ORG};
  return unknown_ref(w, &who, name);
}

static bool is_short(const qi_whos *w, const qi_who *who) {
  if (who->how == QI_WHO_UNKNOWN) {
    const qi_spot *spot = spot_of(w, who);
    return who->ner == QI_NER_PER && spot->first == spot->last;
  }
  const qi_spot *spot = spot_of(w, who);
  for (uint32_t i = 0; i < spot->n_names; i++)
    if (spot->names[i]->kind != QI_NAME_SUR) return false;
  return true;
}

static void named_as(qi_whos *w, uint32_t k, uint32_t ref, const char *via) {
  qi_who *who = &w->items.items[k];
  if (ref == QI_NO_REF) return;
  who->via = via;
  qi_resolve_add(w, who, ref);
  learn(w, who, ref);
  if (w->refs.items[ref].born == UINT32_MAX) w->refs.items[ref].born = k;
  w->refs.items[ref].last = k;
}

/* The agency or council named without a country belongs to another: "the Australian Department of Defence". */
static bool of_other_country(qi_whos *w, const qi_who *who, const qi_actor *actor) {
  qi_slice country = owners_country(w, who);
  if (!country.len || qi_slice_eq(country, actor->country)) return false;
  /* "Russia's Security Council": words that any state may use for a body of its own. */
  static const char *const kinds[] = {"council", "court", "assembly", "commission", "parliament", "congress"};
  bool general = actor->type == QI_ACTOR_IGO && qi_actors_find(w->actors, country) != QI_NO_ACTOR &&
                 qi_tree_form_in(&sentence_of(w, who)->tokens[spot_of(w, who)->head], kinds, sizeof kinds / sizeof *kinds);
  return general || actor->type == QI_ACTOR_AGENCY;
}

/* "the hermit kingdom", "the Islamic Republic": the country itself, wherever it stands. */
static bool is_epithet(const qi_name *name) {
  static const char *const lands[] = {"kingdom", "state", "republic", "nation", "country", "regime",
                                      "entity", "island", "sun", "empire", "power", "giant"};
  qi_slice text = name->text;
  if (name->upper == UINT8_MAX) return true; /* no capital in it */
  for (size_t i = 0; i < sizeof lands / sizeof *lands; i++) {
    size_t n = strlen(lands[i]);
    if (text.len >= n && qi_slice_eq_nocase(qi_slice_sub(text, text.len - n, text.len), qi_slice_str(lands[i])))
      return true;
  }
  return false;
}

/* "the two Koreas" are two states, not the peninsula. */
static bool resolve_koreas(qi_whos *w, uint32_t k, const qi_name *name) {
  if (qi_slice_find(name->text, QI_SLICE("Koreas")) == QI_NOT_FOUND) return false;
  named_as(w, k, qi_resolve_country_ref(w, QI_SLICE("PRK")), "name");
  named_as(w, k, qi_resolve_country_ref(w, QI_SLICE("KOR")), "name");
  w->items.items[k].plural = true;
  return w->items.items[k].n_refs == 2;
}

static void resolve_known(qi_whos *w, uint32_t k, const qi_name *name) {
  qi_who *who = &w->items.items[k];
  const qi_actor *actor = qi_actors_get(w->actors, name->actor);
  if (resolve_koreas(w, k, name)) return;
  const qi_spot *spot = spot_of(w, who);
  if (name->kind == QI_NAME_CAP || name->kind == QI_NAME_SEAT) {
    if (!who->actor_place) { /* a place: "in Moscow", "at the White House" */
      bool city = name->kind == QI_NAME_CAP;
      qi_slice text = text_of(w, who, spot->first, spot->last);
      if (city || !is_epithet(name)) {
        who->ner = QI_NER_LOC;
        uint32_t ref = unknown_ref(w, who, text);
        bool state = qi_actors_find(w->actors, actor->country) != QI_NO_ACTOR; /* Brussels of the EU has none */
        if (ref != QI_NO_REF && state && !*w->refs.items[ref].country) w->refs.items[ref].country = actor->country.ptr;
        named_as(w, k, ref, "name");
        return;
      }
    }
    named_as(w, k, qi_resolve_actor_ref(w, name->actor), name->kind == QI_NAME_CAP ? "capital" : "alias");
    return;
  }
  if (name->kind == QI_NAME_DEM || name->kind == QI_NAME_ADJ) {
    named_as(w, k, qi_resolve_actor_ref(w, name->actor), "demonym");
    return;
  }
  if (of_other_country(w, who, actor)) {
    const qi_agent agency = {.words = actor->name, .role = QI_SLICE(""),
                             .sector = actor->type == QI_ACTOR_IGO ? QI_SLICE("GOV") : actor->sector};
    named_as(w, k, qi_resolve_agent_ref(w, owners_country(w, who), &agency), "agent");
    return;
  }
  named_as(w, k, qi_resolve_actor_ref(w, name->actor), "name");
}

/* A short form, or a name that the story gave to somebody: "Jordan" after "Michael Jordan". */
static bool resolve_in_story(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  const qi_spot *spot = spot_of(w, who);
  if (spot->first != spot->last) return false;
  const qi_token *t = &sentence_of(w, who)->tokens[spot->head];
  if (!is_short(w, who)) {
    if (t->ner == QI_NER_ORG) return false;
    if (t->ner == QI_NER_LOC && (!who->actor_place || qi_reading_speaks_for(w, t->form))) return false;
    const qi_clash *clash = qi_actors_clash(w->actors, t->form, w->arena);
    if (t->ner != QI_NER_PER && !who->actor_place && !(clash && qi_slice_eq_str(clash->other, "person")))
      return false;
  }
  uint32_t ref = qi_short_bearer(w, t->form, who, k);
  if (ref == QI_NO_REF) return false;
  named_as(w, k, ref, "name");
  return true;
}

/* "the North" in a story about Korea or the Sudans. */
static bool resolve_north(qi_whos *w, uint32_t k, qi_slice text) {
  bool north = qi_slice_eq_str(text, "North");
  if (!north && !qi_slice_eq_str(text, "South")) return false;
  uint32_t korea = qi_map_find(&w->country_count, QI_SLICE("PRK"), 0) +
                   qi_map_find(&w->country_count, QI_SLICE("KOR"), 0);
  uint32_t sudan = qi_map_find(&w->country_count, QI_SLICE("SDN"), 0) +
                   qi_map_find(&w->country_count, QI_SLICE("SSD"), 0);
  if (korea == sudan) return false;
  qi_slice country = korea > sudan ? (north ? QI_SLICE("PRK") : QI_SLICE("KOR"))
                                   : (north ? QI_SLICE("SDN") : QI_SLICE("SSD"));
  named_as(w, k, qi_resolve_country_ref(w, country), "alias");
  return true;
}

/* "Vernon Jordan": behind a stranger's first name, where many are called so. */
static bool is_surname_here(qi_whos *w, const qi_who *who) {
  const qi_spot *spot = spot_of(w, who);
  const qi_sentence *s = sentence_of(w, who);
  if (spot->first == 0) return false;
  const qi_token *t = &s->tokens[spot->head], *before = &s->tokens[spot->first - 1];
  const qi_clash *clash = qi_actors_clash(w->actors, t->form, w->arena);
  if (!clash || !qi_slice_eq_str(clash->other, "person") || before->upos != QI_PROPN || t->rel != QI_REL_FLAT) return false;
  if (before->rel != QI_REL_FLAT || before->head != t->head || qi_actors_title(w->actors, before->form, w->arena)) return false;
  return w->spots[who->sentence].at[spot->first - 1] < 0 && w->spots[who->sentence].agent[spot->first - 1] < 0;
}

/* Where the name of a country stands before a stranger's surname it is his first name: "Jordan
 * Henderson", "Cuba Gooding". QI_NO_REF: it does not. */
static uint32_t stranger_called(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  const qi_spot *spot = spot_of(w, who);
  const qi_sentence *s = sentence_of(w, who);
  uint32_t next = spot->last + 1, last = next;
  if (who->how != QI_WHO_NAME || spot->first != spot->last || next >= s->n_tokens) return QI_NO_REF;
  if (s->tokens[spot->head].ner == QI_NER_NONE && is_surname_here(w, who)) {
    who->ner = QI_NER_PER;
    return unknown_ref(w, who, text_of(w, who, spot->first - 1, spot->last));
  }
  const qi_token *t = &s->tokens[spot->head], *n = &s->tokens[next];
  if (t->ner == QI_NER_LOC || n->upos != QI_PROPN || (n->rel != QI_REL_FLAT && n->rel != QI_REL_APPOS) || !t->space_after) return QI_NO_REF;
  bool joined = n->head == (int32_t)spot->head || n->head == t->head;
  int32_t at = w->spots[who->sentence].at[next];
  if (!joined || w->spots[who->sentence].agent[next] >= 0) return QI_NO_REF;
  if (at >= 0) {
    const qi_spot *other = &w->spots[who->sentence].items[at];
    if (other->names || other->ner != QI_NER_PER || other->first != next) return QI_NO_REF;
    last = other->last;
  } else if (n->ner != QI_NER_NONE && n->ner != QI_NER_PER) {
    return QI_NO_REF;
  }
  if (qi_actors_title(w->actors, n->form, w->arena)) return QI_NO_REF;
  who->ner = QI_NER_PER;
  return unknown_ref(w, who, text_of(w, who, spot->first, last));
}

/* "Congo" beside "Brazzaville": the other state that has the word in its name; QI_NO_REF none. */
static uint32_t namesake(qi_whos *w, const qi_spot *spot, qi_slice text) {
  qi_slice country = qi_reading_other_country(w, spot);
  uint32_t actor = country.len == 3 ? qi_actors_find(w->actors, country) : QI_NO_ACTOR;
  if (actor == QI_NO_ACTOR || !qi_short_has_words(qi_actors_get(w->actors, actor)->name, text)) return QI_NO_REF;
  return qi_resolve_actor_ref(w, actor);
}

static void resolve_name(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  const qi_spot *spot = spot_of(w, who);
  qi_slice text = text_of(w, who, spot->first, spot->last);
  if (spot->first == spot->last && resolve_north(w, k, text)) return;
  if (resolve_in_story(w, k)) return;
  uint32_t stranger = stranger_called(w, k);
  if (stranger != QI_NO_REF) {
    named_as(w, k, stranger, "name");
    return;
  }
  const qi_name *name = who->how == QI_WHO_NAME ? qi_resolve_reading(w, spot, who) : NULL;
  if (name) {
    resolve_known(w, k, name);
    return;
  }
  if (who->how == QI_WHO_NAME) { /* all readings ruled out: a stranger of that name */
    const qi_token *t = &sentence_of(w, who)->tokens[spot->head];
    const qi_clash *clash = qi_actors_clash(w->actors, text, w->arena);
    bool sur = spot->names[0]->kind == QI_NAME_SUR;
    if (!sur && spot->first == spot->last) { /* "Jordan" in a story about Michael Jordan */
      uint32_t ref = qi_short_bearer(w, t->form, who, k);
      if (ref != QI_NO_REF) {
        named_as(w, k, ref, "name");
        return;
      }
    }
    uint32_t twin = sur ? QI_NO_REF : namesake(w, spot, text);
    if (twin != QI_NO_REF) {
      named_as(w, k, twin, "name");
      return;
    }
    qi_slice other = qi_reading_other_country(w, spot);
    if (spot->names[0]->kind == QI_NAME_ABBR && t->ner != QI_NER_LOC) { /* "Australia's ADF" */
      who->ner = QI_NER_ORG;
      named_as(w, k, unknown_ref(w, who, text), "name");
      return;
    }
    bool place = other.len > 0 || (clash && qi_slice_eq_str(clash->other, "place"));
    who->ner = place && !sur ? QI_NER_LOC : t->ner ? t->ner : sur || who->title ? QI_NER_PER : QI_NER_NONE;
    if (sur && !who->title && !t->ner && t->etype != QI_ETYPE_PERSON) return; /* "May" the month */
    if (who->ner == QI_NER_NONE) return;
    uint32_t ref = unknown_ref(w, who, text);
    if (other.len && who->ner == QI_NER_LOC && ref != QI_NO_REF) w->refs.items[ref].country = other.ptr;
    named_as(w, k, ref, "name");
    return;
  }
  uint32_t known = qi_short_known(w, who, text);
  if (known != QI_NO_REF) {
    named_as(w, k, known, "name");
    return;
  }
  if (who->ner == QI_NER_ORG && spot->first == spot->last) { /* an acronym explained before */
    qi_slice key = qi_arena_printf(w->arena, "!%.*s", QI_SLICE_ARG(text));
    uint32_t ref = key.ptr ? qi_map_find(&w->ref_of, key, QI_NO_REF) : QI_NO_REF;
    if (ref != QI_NO_REF) {
      named_as(w, k, ref, "alias");
      return;
    }
  }
  named_as(w, k, unknown_ref(w, who, text), "name");
}

/* ---- agents ---- */

/* "NATO's secretary-general": posts of bodies name the body in the role. */
static uint32_t head_of_body(qi_whos *w, const qi_who *who, const qi_agent *agent, const qi_actor *owner) {
  if (agent->role.len == 0 || who->plural || who->former || who->indefinite) return QI_NO_ACTOR;
  for (int the = 0; the < 2; the++) {
    qi_slice role = qi_arena_printf(w->arena, "%s of %s%s", agent->role.ptr, the ? "the " : "", owner->name.ptr);
    uint32_t holder = role.ptr ? qi_actors_holder(w->actors, owner->country, role, w->day) : QI_NO_ACTOR;
    if (holder != QI_NO_ACTOR) return holder;
  }
  return QI_NO_ACTOR;
}

/* Members and officers of a body are that body; its critics, victims and guests are not. */
static bool is_outside(const qi_agent *agent) {
  static const char *const sectors[] = {"CVL", "OPP", "REF", "MED", "EDU", "LAB"};
  for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++)
    if (qi_slice_eq_str(agent->sector, sectors[i])) return true;
  return false;
}

/* The person or people that one owner makes of the agent; QI_NO_REF out of memory. */
static uint32_t owned_ref(qi_whos *w, const qi_who *who, const qi_agent *agent, const qi_actor *owner,
                          const char **via) {
  static const char *const of_state[] = {"GOV", "MIL", "LEG", "COP", "SPY", "JUD", "SEP", "REB"};
  bool acts_for = false, dotted = qi_slice_find_char(owner->id, '.') != QI_NOT_FOUND;
  for (size_t i = 0; i < sizeof of_state / sizeof *of_state; i++)
    acts_for |= qi_slice_eq_str(agent->sector, of_state[i]);
  qi_slice country = owner->country;
  if (owner->type == QI_ACTOR_PERSON) {
    bool current;
    const qi_post *post = qi_actors_post_at(w->actors, owner, w->day, &current);
    if (post) country = post->country;
  }
  bool state = owner->type == QI_ACTOR_STATE || owner->type == QI_ACTOR_TERRITORY;
  if (qi_slice_eq_str(agent->words, "country") && !who->plural && country.len == 3) {
    uint32_t land = qi_resolve_country_ref(w, state && !dotted ? owner->id : country); /* "his country" */
    if (land != QI_NO_REF) return land;
  }
  if (state && !dotted && agent->role.len && !who->plural && !who->former && !who->indefinite &&
      !qi_slice_eq_str(agent->role, "spokesperson")) {
    uint32_t holder = qi_office_holder(w, who, owner->id, agent->role);
    if (holder != QI_NO_ACTOR) {
      *via = "title";
      return qi_resolve_actor_ref(w, holder);
    }
  }
  uint32_t head = state ? QI_NO_ACTOR : head_of_body(w, who, agent, owner);
  if (head != QI_NO_ACTOR) {
    *via = "title";
    return qi_resolve_actor_ref(w, head);
  }
  if (owner->type == QI_ACTOR_PERSON) return qi_resolve_agent_ref(w, country, agent);
  if (state && country.len == 0) /* "Western officials", "Kurdish fighters of the region" */
    return acts_for && owner->sector.len ? qi_resolve_actor_ref(w, (uint32_t)(owner - qi_actors_get(w->actors, 0)))
                                         : qi_resolve_agent_ref(w, country, agent);
  if (state && dotted && !(acts_for && qi_slice_eq_str(owner->sector, "SEP")))
    return qi_resolve_agent_ref(w, country, agent);
  if (state && !dotted) return qi_resolve_agent_ref(w, owner->id, agent);
  bool people = owner->type == QI_ACTOR_ETHNIC || owner->type == QI_ACTOR_RELIGIOUS;
  bool known = country.len == 3 && qi_actors_find(w->actors, country) != QI_NO_ACTOR;
  if (is_outside(agent) && !people) return qi_resolve_agent_ref(w, known ? country : QI_SLICE(""), agent);
  return qi_resolve_actor_ref(w, (uint32_t)(owner - qi_actors_get(w->actors, 0)));
}

/* "his North Korean counterpart": the office of the one, in the other's country. */
static bool resolve_counterpart(qi_whos *w, qi_who *who) {
  const qi_agent *agent = qi_agents_get(w->actors, who->agent);
  if (!qi_slice_eq_str(agent->words, "counterpart") || who->n_owners < 2 || who->plural) return false;
  uint32_t mine = QI_NO_REF;
  qi_slice country = {0};
  for (uint32_t i = 0; i < who->n_owners; i++) {
    const qi_owner *o = &who->owners[i];
    int32_t k = w->at[who->sentence][o->token];
    if (k >= 0 && w->items.items[k].n_refs == 1 && w->refs.items[w->items.items[k].refs[0]].person)
      mine = w->items.items[k].refs[0];
    else if (o->spot >= 0 && w->spots[who->sentence].items[o->spot].names) {
      const qi_name *name = qi_resolve_reading(w, &w->spots[who->sentence].items[o->spot], NULL);
      if (name) country = qi_actors_get(w->actors, name->actor)->id;
    }
  }
  if (mine == QI_NO_REF || country.len == 0) return false;
  uint32_t holder = QI_NO_ACTOR;
  const qi_ref *ref = &w->refs.items[mine];
  if (ref->actor == QI_NO_ACTOR) {
    holder = qi_actors_holder(w->actors, country, qi_slice_str(ref->role), w->day);
  } else { /* any of the offices that he holds */
    const qi_actor *actor = qi_actors_get(w->actors, ref->actor);
    const qi_post *posts = qi_actors_posts(w->actors, actor);
    for (uint32_t i = 0; i < actor->n_posts && holder == QI_NO_ACTOR; i++)
      if (posts[i].from <= w->day && w->day <= posts[i].to && w->day != QI_DAY_NONE)
        holder = qi_actors_holder(w->actors, country, posts[i].role, w->day);
  }
  if (holder == QI_NO_ACTOR) return false;
  who->via = "title";
  qi_resolve_add(w, who, qi_resolve_actor_ref(w, holder));
  return true;
}

static bool names_state(const qi_whos *w, const qi_who *who) {
  for (uint32_t i = 0; i < who->n_owners; i++) {
    if (who->owners[i].spot < 0) continue;
    const qi_spot *spot = &w->spots[who->sentence].items[who->owners[i].spot];
    for (uint32_t k = 0; k < spot->n_names; k++)
      if (qi_actors_get(w->actors, spot->names[k]->actor)->type == QI_ACTOR_STATE) return true;
  }
  return false;
}

/* Russia's rivals are not Russia: whose they are does not say who they are. */
static bool is_relation(const qi_whos *w, const qi_who *who) {
  static const char *const words[] = {"ally", "rival", "partner", "adversary", "enemy", "foe",
                                      "neighbor", "neighbour", "counterpart", "signatory", "guarantor"};
  return qi_tree_lemma_in(&sentence_of(w, who)->tokens[who->head], words, sizeof words / sizeof *words);
}

/* Owners of a relation count only where they are adjectives: "his Egyptian counterpart". */
static bool is_outsider(const qi_whos *w, const qi_who *who, const qi_owner *o) {
  if (!is_relation(w, who)) return false;
  if (o->spot < 0) return true;
  const qi_spot *spot = &w->spots[who->sentence].items[o->spot];
  return !spot->names || spot->names[0]->kind != QI_NAME_ADJ;
}

static void resolve_agent(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  const qi_agent *agent = qi_agents_get(w->actors, who->agent);
  if (resolve_counterpart(w, who) || qi_describe_other(w, k) || qi_describe_land(w, k)) return;
  if (who->n_owners > 0 && who->definite && qi_describe_of_country(w, k, owners_country(w, who))) return;
  if (who->n_owners == 0 && qi_describe_body(w, k)) return;
  for (uint32_t i = 0; i < who->n_owners; i++) {
    const qi_owner *o = &who->owners[i];
    const qi_actor *owner = NULL;
    if (is_outsider(w, who, o)) continue;
    if (o->spot >= 0 && w->spots[who->sentence].items[o->spot].names) {
      const qi_spot *spot = &w->spots[who->sentence].items[o->spot];
      /* A short name that the story resolved otherwise than the dictionary would. */
      int32_t m = w->at[who->sentence][spot->head];
      const qi_ref *ref = m >= 0 && m != (int32_t)k && w->items.items[m].n_refs == 1
                            ? &w->refs.items[w->items.items[m].refs[0]] : NULL;
      if (ref && ref->actor != QI_NO_ACTOR) owner = qi_actors_get(w->actors, ref->actor);
      const qi_name *name = owner || (ref && ref->person) ? NULL : qi_resolve_reading(w, spot, NULL);
      if (name) owner = qi_actors_get(w->actors, name->actor);
      if (!owner && ref && *ref->country) {
        qi_resolve_add(w, who, qi_resolve_agent_ref(w, qi_slice_str(ref->country), agent));
        continue;
      }
    } else {
      int32_t m = w->at[who->sentence][o->token];
      if (m < 0 || m == (int32_t)k) continue;
      if (m > (int32_t)k) qi_resolve_ahead(w, (uint32_t)m); /* "the army of the country" */
      const qi_who *other = &w->items.items[m];
      if (other->how == QI_WHO_PRONOUN && who->n_owners > 1) continue; /* "his Chinese hosts" */
      for (uint32_t r = 0; r < other->n_refs; r++) {
        const qi_ref *ref = &w->refs.items[other->refs[r]];
        if (ref->actor != QI_NO_ACTOR)
          qi_resolve_add(w, who, owned_ref(w, who, agent, qi_actors_get(w->actors, ref->actor), &who->via));
        else if (strlen(ref->country) == 3)
          qi_resolve_add(w, who, qi_resolve_agent_ref(w, qi_slice_str(ref->country), agent));
        else if (ref->body) /* "an Acme spokesman" is Acme, an Acme victim is not */
          qi_resolve_add(w, who, is_outside(agent) ? qi_resolve_agent_ref(w, QI_SLICE(""), agent) : other->refs[r]);
      }
      continue;
    }
    /* "Syrian Arab forces": the state says it all. */
    bool people = owner && (owner->type == QI_ACTOR_ETHNIC || owner->type == QI_ACTOR_RELIGIOUS);
    if (people && names_state(w, who)) continue;
    if (owner) qi_resolve_add(w, who, owned_ref(w, who, agent, owner, &who->via));
  }
  if (who->n_refs == 0 && who->n_owners == 0 && qi_describe_definite(w, k)) return;
  if (who->n_refs == 0) qi_resolve_add(w, who, qi_resolve_agent_ref(w, QI_SLICE(""), agent));
}

/* ---- all of it ---- */

static void touch(qi_whos *w, uint32_t k) {
  const qi_who *who = &w->items.items[k];
  for (uint32_t i = 0; i < who->n_refs; i++) w->refs.items[who->refs[i]].last = k;
}

/* An apposition means what it stands beside; a title there tells the gender of the name. */
static void resolve_same(qi_whos *w, size_t begin, size_t end) {
  for (size_t k = begin; k < end; k++) {
    qi_who *who = &w->items.items[k];
    if (who->same < 0 || who->same == (int32_t)k) continue;
    const qi_who *other = &w->items.items[who->same];
    who->n_refs = 0;
    for (uint32_t i = 0; i < other->n_refs; i++) qi_resolve_add(w, who, other->refs[i]);
    const qi_sentence *s = sentence_of(w, other);
    for (uint32_t i = s->child_begin[other->head]; who->plural && i < s->child_begin[other->head + 1]; i++) {
      int32_t next = w->at[who->sentence][s->child[i]]; /* "its rivals Iran and China" */
      if (s->tokens[s->child[i]].rel != QI_REL_CONJ || next < 0 || next == (int32_t)k) continue;
      const qi_who *more = &w->items.items[next];
      for (uint32_t r = 0; r < more->n_refs; r++) qi_resolve_add(w, who, more->refs[r]);
    }
    bool name = other->how == QI_WHO_NAME || other->how == QI_WHO_UNKNOWN;
    who->via = !name ? other->via : who->how == QI_WHO_AGENT ? "title" : "alias";
  }
}

void qi_resolve_ahead(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  if (who->n_refs > 0 || who->same >= 0) return;
  if (who->how == QI_WHO_NAME || who->how == QI_WHO_UNKNOWN) resolve_name(w, k);
  else if (who->how == QI_WHO_AGENT) resolve_agent(w, k);
}

static quid_status resolve_sentence(qi_whos *w, size_t begin, size_t end, quid_error *err) {
  for (size_t k = begin; k < end; k++) {
    qi_who *who = &w->items.items[k];
    quid_status status = QUID_OK;
    if (who->same >= 0 && who->same < (int32_t)k) resolve_same(w, k, k + 1);
    if (who->n_refs == 0 && who->same < 0) {
      switch (who->how) {
      case QI_WHO_NAME: case QI_WHO_UNKNOWN: resolve_name(w, (uint32_t)k); break;
      case QI_WHO_AGENT: resolve_agent(w, (uint32_t)k); break;
      default: status = qi_coref(w, (uint32_t)k, err); break;
      }
    }
    if (status) return status;
    touch(w, (uint32_t)k);
  }
  resolve_same(w, begin, end);
  return QUID_OK;
}

quid_status qi_resolve_all(qi_whos *w, quid_error *err) {
  if (!qi_reading_count_countries(w)) return qi_error_memory(err, "the mentions");
  for (uint32_t k = 0; k < w->items.len; k++) {
    const qi_who *who = &w->items.items[k];
    if (who->how != QI_WHO_NAME && who->how != QI_WHO_UNKNOWN) continue;
    const qi_spot *spot = spot_of(w, who);
    bool person = who->how == QI_WHO_UNKNOWN
                    ? who->ner == QI_NER_PER
                    : qi_actors_get(w->actors, spot->names[0]->actor)->type == QI_ACTOR_PERSON;
    if (person && !is_short(w, who)) resolve_name(w, k);
  }
  for (size_t begin = 0, end; begin < w->items.len; begin = end) {
    for (end = begin; end < w->items.len && w->items.items[end].sentence == w->items.items[begin].sentence;)
      end++;
    quid_status status = resolve_sentence(w, begin, end, err);
    if (status) return status;
  }
  for (uint32_t k = 0; k < w->items.len; k++) /* "...," he said: known only now */
    if (w->items.items[k].first_person && w->items.items[k].n_refs == 0) qi_speaker_resolve(w, k);
  for (uint32_t k = 0; k < w->items.len; k++)
    if (w->items.items[k].first_person && w->items.items[k].n_refs == 0) qi_speaker_remain(w, k);
  return w->failed ? qi_error_memory(err, "the mentions") : QUID_OK;
}
