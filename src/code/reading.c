/* code: a name with several readings -> the one that the document means.
 *
 * Evidence, strongest first: the place or word that stands right beside the name ("Moscow, Idaho",
 * "Orange County"), the title or nationality before it, the date, the office (the leader before his
 * ministers, and whoever holds the same office as others of the text), other names of the same
 * country, and the words that knowledge/names/clashes.tsv lists.
 *
 * Worked example: "Bush" in a text of 2003 has two readings, presidents until 1993 and 2009; only
 * the second is in office that day. "Georgia" beside "Atlanta" and "Sen." is no state of the Caucasus. */
#include "code/who.h"

#include "base/utf8.h"

#define N(list) (sizeof(list) / sizeof *(list))
#define MAX_PLACED 5u /* names in a row of which each may lie in the next */
#define EXPLAINED_WITHIN 3u /* sentences to either side where an abbreviation is looked up */
#define DAYS_PER_YEAR 365
#define MAX_ELECT_DAYS 120
#define NO_READING (-1000)

/* ---- words of the document ---- */

static bool fill_words(qi_whos *w) {
  for (uint32_t i = 0; i < w->doc->n_sentences; i++) {
    const qi_sentence *s = &w->doc->sentences[i];
    for (uint32_t k = 0; k < s->n_tokens; k++) {
      qi_slice key = qi_actors_key(s->tokens[k].form, w->arena);
      if (!key.ptr || !qi_map_put(&w->words, key, 1)) return false;
    }
  }
  return true;
}

bool qi_reading_says_word(qi_whos *w, qi_slice word) {
  if (!w->words_filled) {
    w->words_filled = true;
    if (!fill_words(w)) return false; /* less evidence, not less sense */
  }
  return qi_map_find(&w->words, word, 0) == 1;
}

static int count_cues(qi_whos *w, const qi_slice *cues, uint32_t n) {
  int found = 0;
  for (uint32_t i = 0; i < n; i++) found += qi_reading_says_word(w, cues[i]);
  return found;
}

/* ---- evidence ---- */

static uint32_t country_named(const qi_whos *w, qi_slice country) {
  return country.len ? qi_map_find(&w->country_count, country, 0) : 0;
}

static bool holds_now(const qi_whos *w, const qi_post *post) {
  return w->day != QI_DAY_NONE && post->from <= w->day && w->day <= post->to;
}

/* The one who leads is meant before his ministers, and these before those who speak for them. */
static int rank_now(const qi_whos *w, const qi_actor *actor, qi_slice role) {
  const qi_post *posts = qi_actors_posts(w->actors, actor);
  for (uint32_t i = 0; i < actor->n_posts; i++)
    if (holds_now(w, &posts[i]) && qi_slice_eq_str(posts[i].role, "leader")) return 7;
  if (qi_role_leads(role)) return 6;
  return qi_slice_find(role, QI_SLICE("spokesperson")) != QI_NOT_FOUND ? 4 : 5;
}

/* How well do the person's posts fit the date? */
static int person_at_date(const qi_whos *w, const qi_actor *actor) {
  bool current;
  const qi_post *post = qi_actors_post_at(w->actors, actor, w->day, &current);
  if (!post) return 0;
  if (w->day == QI_DAY_NONE) return qi_role_leads(post->role) ? 1 : 0;
  if (current) return rank_now(w, actor, post->role);
  const qi_post *posts = qi_actors_posts(w->actors, actor);
  for (uint32_t i = 0; i < actor->n_posts; i++) /* elected, not yet in office */
    if (posts[i].from > w->day && posts[i].from - w->day <= MAX_ELECT_DAYS) return 4;
  if (post->to < w->day) { /* former: fades with the years */
    int years = (w->day - post->to) / DAYS_PER_YEAR;
    int leads = qi_role_leads(post->role) ? 1 : 0;
    return years < 3 ? 2 + leads : years < 12 ? leads : 2 * leads - 3;
  }
  int years = (post->from - w->day) / DAYS_PER_YEAR;
  return years < 2 ? 0 : -6;
}

/* Is the country that of the actor, or of an office that he holds on the day? */
static bool belongs_to(const qi_whos *w, const qi_actor *actor, qi_slice country) {
  if (qi_slice_eq(actor->country, country)) return true;
  const qi_post *posts = qi_actors_posts(w->actors, actor);
  for (uint32_t i = 0; i < actor->n_posts; i++)
    if (holds_now(w, &posts[i]) && qi_slice_eq(posts[i].country, country)) return true;
  return false;
}

static bool owner_country_is(qi_whos *w, const qi_who *who, const qi_actor *actor, bool *any) {
  *any = false;
  for (uint32_t i = 0; i < who->n_owners; i++) {
    if (who->owners[i].spot < 0) continue;
    const qi_spot *spot = &w->spots[who->sentence].items[who->owners[i].spot];
    for (uint32_t k = 0; k < spot->n_names; k++) {
      const qi_actor *a = qi_actors_get(w->actors, spot->names[k]->actor);
      if (a->country.len == 0) continue;
      *any = true;
      if (belongs_to(w, actor, a->country)) return true;
    }
  }
  return false;
}

/* Does somebody else of the text hold the same office, elsewhere? Ministers talk to ministers. */
static bool has_peer(const qi_whos *w, const qi_actor *actor) {
  const qi_post *mine = qi_actors_posts(w->actors, actor);
  for (size_t r = 0; r < w->refs.len; r++) {
    if (!w->refs.items[r].person || w->refs.items[r].actor == QI_NO_ACTOR) continue;
    const qi_actor *other = qi_actors_get(w->actors, w->refs.items[r].actor);
    if (other == actor || qi_slice_eq(other->country, actor->country)) continue;
    const qi_post *theirs = qi_actors_posts(w->actors, other);
    for (uint32_t i = 0; i < actor->n_posts; i++)
      for (uint32_t k = 0; holds_now(w, &mine[i]) && k < other->n_posts; k++)
        if (holds_now(w, &theirs[k]) && qi_slice_eq(mine[i].role, theirs[k].role)) return true;
  }
  return false;
}

/* "Korea" in a text speaks a little for those of South Korea, though it be part of "North Korea". */
static bool says_part_of_country(qi_whos *w, const qi_actor *actor) {
  uint32_t state = qi_actors_find(w->actors, actor->country);
  if (state == QI_NO_ACTOR) return false;
  qi_slice rest = qi_actors_get(w->actors, state)->name, word, last = {0};
  while (qi_slice_word(&rest, &word)) last = word;
  qi_slice key = qi_actors_key(last, w->arena);
  return key.ptr && key.len > 3 && qi_reading_says_word(w, key);
}

static void add(qi_reading *r, qi_evidence kind, int points) {
  r->part[kind] += points;
  r->score += points;
}

static void weigh_person(qi_whos *w, const qi_actor *actor, const qi_who *who, qi_reading *r) {
  bool any;
  add(r, QI_EVIDENCE_DATE, person_at_date(w, actor));
  if (country_named(w, actor->country)) add(r, QI_EVIDENCE_COUNTRY, 2);
  else if (says_part_of_country(w, actor)) add(r, QI_EVIDENCE_COUNTRY, 1);
  if (has_peer(w, actor)) add(r, QI_EVIDENCE_ROLE, 1);
  if (!who) return;
  if (owner_country_is(w, who, actor, &any)) add(r, QI_EVIDENCE_OWNER, 5);
  else if (any) add(r, QI_EVIDENCE_OWNER, -5);
  if (who->agent != QI_NO_AGENT) {
    qi_slice role = qi_agents_get(w->actors, who->agent)->role;
    if (role.len > 0) {
      bool now = qi_actors_has_role(w->actors, actor, role, w->day);
      add(r, QI_EVIDENCE_ROLE, now ? 6 : qi_actors_has_role(w->actors, actor, role, QI_DAY_NONE) ? 3 : -3);
    }
  }
  if (who->title && who->title->role.len > 0)
    add(r, QI_EVIDENCE_ROLE, qi_actors_has_role(w->actors, actor, who->title->role, QI_DAY_NONE) ? 3 : -3);
}

static uint32_t spot_first(const qi_who *who, const qi_whos *w) {
  return who->spot >= 0 && w->spots ? w->spots[who->sentence].items[who->spot].first : QI_NO_TOKEN;
}

static void weigh(qi_whos *w, const qi_name *name, const qi_who *who, qi_reading *r) {
  const qi_actor *actor = qi_actors_get(w->actors, name->actor);
  *r = (qi_reading){.fate = QI_FATE_BEATEN};
  if (actor->type == QI_ACTOR_PERSON) {
    weigh_person(w, actor, who, r);
    if (name->kind != QI_NAME_SUR) add(r, QI_EVIDENCE_NAME, 8); /* the full name */
    return;
  }
  if (w->day != QI_DAY_NONE) add(r, QI_EVIDENCE_DATE, name->from <= w->day && w->day <= name->to ? 2 : -3);
  bool anywhere = actor->type == QI_ACTOR_STATE || actor->type == QI_ACTOR_MEDIA || actor->type == QI_ACTOR_COMPANY;
  bool of_state = !anywhere && actor->country.len == 3 && qi_actors_find(w->actors, actor->country) != QI_NO_ACTOR;
  if (country_named(w, actor->country) > 1) add(r, QI_EVIDENCE_COUNTRY, 1);
  else if (of_state && w->countries.len && !country_named(w, actor->country)) add(r, QI_EVIDENCE_COUNTRY, -1); /* told nothing of */
  if (name->kind == QI_NAME_NAME || name->kind == QI_NAME_ABBR) add(r, QI_EVIDENCE_NAME, 3);
  if (name->kind == QI_NAME_CAP || name->kind == QI_NAME_SEAT) add(r, QI_EVIDENCE_NAME, 1);
  if (actor->type == QI_ACTOR_STATE) add(r, QI_EVIDENCE_STATE, 1);
  if (who && who->title) add(r, QI_EVIDENCE_ROLE, -4); /* "Gov. Jordan" */
  bool officer = who && who->agent != QI_NO_AGENT && qi_agents_get(w->actors, who->agent)->role.len > 0;
  if (officer && actor->type == QI_ACTOR_COMPANY && who->agent_head + 1 == spot_first(who, w)) add(r, QI_EVIDENCE_ROLE, -8); /* "President Ford" */
  bool any;
  if (who && owner_country_is(w, who, actor, &any)) add(r, QI_EVIDENCE_OWNER, 3);
  else if (who && any && actor->type != QI_ACTOR_STATE) add(r, QI_EVIDENCE_OWNER, -3); /* "Russian Security Council" */
}

/* ---- what stands right beside the name ---- */

static const qi_sentence *sentence_of(const qi_whos *w, const qi_spot *spot) { return &w->doc->sentences[spot->sentence]; }

static bool is_capital(qi_slice form) { return form.len > 0 && qi_ascii_is_upper(form.ptr[0]); }

static bool is_cue(qi_whos *w, const qi_slice *cues, uint32_t n, qi_slice form) {
  qi_slice key = qi_actors_key(form, w->arena);
  for (uint32_t i = 0; key.ptr && i < n; i++)
    if (qi_slice_eq(cues[i], key)) return true;
  return false;
}

/* A line of clashes.tsv about a country: "in" lists its parts, "home" the words of its home affairs. */
static const qi_clash *country_words(const qi_whos *w, const char *what, qi_slice country) {
  qi_slice name = qi_arena_printf(w->arena, "%s:%.*s", what, QI_SLICE_ARG(country));
  return name.ptr && country.len == 3 ? qi_actors_clash(w->actors, name, w->arena) : NULL;
}

/* The country that the name at `token` places what stands before it in: a state or region of the
 * dictionary, or the part of a federation ("Idaho", "New Hampshire"). *last: its last token. */
static qi_slice place_at(qi_whos *w, uint32_t sentence, uint32_t token, uint32_t *last) {
  static const char *const federations[] = {"USA", "CAN", "AUS"};
  static const char *const firsts[] = {"New", "North", "South", "West", "British", "Nova", "Rhode"};
  const qi_sentence *s = &w->doc->sentences[sentence];
  int32_t at = w->spots[sentence].at[token];
  const qi_spot *spot = at >= 0 ? &w->spots[sentence].items[at] : NULL;
  uint32_t two = qi_tree_form_in(&s->tokens[token], firsts, N(firsts)) && token + 1 < s->n_tokens;
  if (spot && spot->names && spot->first == token && spot->names[0]->kind == QI_NAME_NAME) {
    const qi_actor *a = qi_actors_get(w->actors, spot->names[0]->actor);
    *last = spot->last;
    if (a->type != QI_ACTOR_STATE && a->type != QI_ACTOR_TERRITORY) return QI_SLICE("");
    return qi_resolve_reading(w, spot, NULL) ? a->country : qi_reading_other_country(w, spot);
  }
  for (size_t i = 0; i < N(federations); i++) {
    const qi_clash *parts = country_words(w, "in", qi_slice_str(federations[i]));
    if (!parts || !is_cue(w, parts->cues, parts->n_cues, s->tokens[token + two].form)) continue;
    *last = token + two;
    return qi_slice_str(federations[i]);
  }
  return QI_SLICE("");
}

static qi_slice place_behind(qi_whos *w, const qi_spot *spot) {
  const qi_sentence *s = sentence_of(w, spot);
  uint32_t comma = spot->last + 1;
  for (int part = 0; part < 2; part++) {
    if (comma + 1 >= s->n_tokens || !qi_slice_eq_str(s->tokens[comma].form, ",")) break;
    uint32_t next = comma + 1, last = next;
    bool proper = s->tokens[next].upos == QI_PROPN || s->tokens[next].upos == QI_ADJ; /* "New" */
    if (!is_capital(s->tokens[next].form) || !proper) break;
    qi_slice country = place_at(w, spot->sentence, next, &last);
    uint32_t head = qi_tree_span_head(s, next, last);
    bool listed = s->tokens[head].rel == QI_REL_CONJ || s->tokens[head].rel == QI_REL_NSUBJ ||
                  (last + 1 < s->n_tokens && s->tokens[last + 1].upos == QI_CCONJ);
    if (listed) break;
    if (country.len) return country;
    comma = last + 1;
  }
  return QI_SLICE("");
}

/* "Moscow, Idaho", "Jamaica, Queens, New York": the country behind the comma; "" none. A list of names
 * ("Moscow, Iran and Turkey") is no such thing. What stands behind is read in its turn, a few names far: each
 * may ask twice for the next. */
static qi_slice placed_in(qi_whos *w, const qi_spot *spot) {
  if (!w->spots || w->placing == MAX_PLACED) return QI_SLICE(""); /* a name alone, or a long chain */
  w->placing++;
  qi_slice country = place_behind(w, spot);
  w->placing--;
  return country;
}

/* "Orange County", "Niger State", "University of Georgia": the name is part of another one. */
static bool is_part_of_name(qi_whos *w, const qi_spot *spot) {
  if (!w->spots) return false; /* a name alone */
  static const char *const after[] = {"County", "State", "Street", "Avenue", "Boulevard", "Tech", "University", "College", "Township"};
  static const char *const before[] = {"University", "College"};
  const qi_sentence *s = sentence_of(w, spot);
  if (spot->last + 1 < s->n_tokens && qi_tree_form_in(&s->tokens[spot->last + 1], after, N(after)) &&
      is_capital(s->tokens[spot->last + 1].form) && w->spots[spot->sentence].agent[spot->last + 1] < 0)
    return true;
  return spot->first >= 2 && qi_slice_eq_str(s->tokens[spot->first - 1].form, "of") &&
         qi_tree_form_in(&s->tokens[spot->first - 2], before, N(before));
}

/* "Athens, Georgia": right behind a town that lies in another country. */
static bool follows_foreign_town(const qi_whos *w, const qi_spot *spot, qi_slice country) {
  if (!w->spots) return false; /* a name alone */
  const qi_sentence *s = sentence_of(w, spot);
  if (spot->first < 2 || !qi_slice_eq_str(s->tokens[spot->first - 1].form, ",")) return false;
  if (s->tokens[spot->head].rel == QI_REL_CONJ || s->tokens[spot->head].rel == QI_REL_NSUBJ) return false;
  int32_t at = w->spots[spot->sentence].at[spot->first - 2];
  const qi_spot *town = at >= 0 ? &w->spots[spot->sentence].items[at] : NULL;
  return town && town->names && town->names[0]->kind == QI_NAME_CAP &&
         !qi_slice_eq(qi_actors_get(w->actors, town->names[0]->actor)->country, country);
}

/* Is the abbreviation spelt out near by as something else: "Seattle Police Department (SPD)"? */
static bool is_explained_otherwise(qi_whos *w, const qi_spot *spot, const qi_name *name) {
  if (!w->spots) return false; /* a name alone */
  qi_slice abbr = name->text;
  if (name->kind != QI_NAME_ABBR || abbr.len < 3) return false;
  uint32_t begin = spot->sentence > EXPLAINED_WITHIN ? spot->sentence - EXPLAINED_WITHIN : 0;
  for (uint32_t n = begin; n < w->doc->n_sentences && n <= spot->sentence + EXPLAINED_WITHIN; n++) {
    const qi_sentence *s = &w->doc->sentences[n];
    for (uint32_t i = 0; i < s->n_tokens; i++) {
      size_t found = 0;
      uint32_t k = i;
      for (; k < s->n_tokens && found < abbr.len; k++) {
        qi_slice form = s->tokens[k].form;
        if (form.len > 1 && form.ptr[0] == abbr.ptr[found] && qi_ascii_is_lower(form.ptr[1])) found++;
        else if (k == i || s->tokens[k].upos == QI_PUNCT || is_capital(form) || k - i > 8) break;
      }
      if (found < abbr.len) continue;
      bool known = false; /* a name that the dictionary has for the same actor */
      for (uint32_t t = i; t < k; t++) {
        int32_t at = w->spots[n].at[t];
        const qi_spot *full = at >= 0 ? &w->spots[n].items[at] : NULL;
        for (uint32_t x = 0; full && full->names && x < full->n_names; x++) known |= full->names[x]->actor == name->actor;
      }
      if (!known) return true;
    }
  }
  return false;
}

/* Does somebody in office of an unmistakable name, or a government, army or parliament stand in the text? */
static bool is_of_politics(qi_whos *w) {
  if (!w->spots) return false; /* a name alone */
  static const char *const sectors[] = {"GOV", "MIL", "LEG"};
  for (uint32_t n = 0; n < w->doc->n_sentences && w->politics == 0; n++)
    for (uint32_t i = 0; i < w->spots[n].len && w->politics == 0; i++) {
      const qi_spot *spot = &w->spots[n].items[i];
      for (size_t k = 0; spot->agent != QI_NO_AGENT && k < N(sectors); k++)
        if (qi_slice_eq_str(qi_agents_get(w->actors, spot->agent)->sector, sectors[k])) w->politics = 1;
      if (!spot->names || spot->n_names != 1) continue;
      const qi_actor *actor = qi_actors_get(w->actors, spot->names[0]->actor);
      if (actor->type == QI_ACTOR_PERSON && person_at_date(w, actor) >= 4 && w->day != QI_DAY_NONE &&
          !qi_actors_clash(w->actors, spot->names[0]->text, w->arena))
        w->politics = 1;
    }
  if (w->politics == 0) w->politics = -1;
  return w->politics > 0;
}

/* "Rice exports fell": a word before a noun that is nobody. Not so "Bush officials". */
static bool is_word_before_noun(const qi_whos *w, const qi_spot *spot) {
  if (!w->spots) return false; /* a name alone */
  const qi_sentence *s = sentence_of(w, spot);
  const qi_token *t = &s->tokens[spot->head];
  if ((t->rel != QI_REL_COMPOUND && t->rel != QI_REL_AMOD) || t->head < (int32_t)spot->last) return false;
  const qi_token *noun = &s->tokens[t->head];
  return (noun->upos == QI_NOUN || !is_capital(noun->form)) && w->spots[spot->sentence].agent[t->head] < 0;
}

/* "fires in the Amazon", "Apple growers", "Time is running out": no firm or paper, though it have that name. */
static bool is_plain_word(const qi_whos *w, const qi_spot *spot, const qi_actor *actor) {
  if (!w->spots) return false; /* a name alone */
  const qi_sentence *s = sentence_of(w, spot);
  const qi_token *t = &s->tokens[spot->head];
  if ((actor->type != QI_ACTOR_COMPANY && actor->type != QI_ACTOR_MEDIA) || spot->first != spot->last) return false;
  static const char *const say[] = {"say", "report", "tell", "write", "publish", "quote", "name", "reveal", "call", "claim", "add"};
  if (actor->type == QI_ACTOR_MEDIA && spot->first == 0 && t->ner != QI_NER_ORG) /* papers say; time runs out */
    return t->head < 0 || !qi_tree_lemma_in(&s->tokens[t->head], say, N(say));
  return t->upos != QI_PROPN || is_word_before_noun(w, spot) || qi_tree_child(s, spot->head, QI_REL_DET) != QI_NO_TOKEN;
}

/* ---- names that also mean something else ---- */

/* Does the text speak for the other meaning of the word? */
static bool means_other(qi_whos *w, const qi_spot *spot, const qi_name *name, const qi_who *who) {
  const qi_actor *actor = qi_actors_get(w->actors, name->actor);
  bool land = actor->type == QI_ACTOR_STATE || actor->type == QI_ACTOR_TERRITORY;
  if (land && (name->kind == QI_NAME_NAME || name->kind == QI_NAME_CAP)) {
    if (is_part_of_name(w, spot)) return true;
    qi_slice in = placed_in(w, spot);
    if (in.len) return !qi_slice_eq(in, actor->country);
  }
  if (name->kind == QI_NAME_NAME && is_plain_word(w, spot, actor)) return true;
  const qi_clash *clash = qi_actors_clash(w->actors, name->text, w->arena);
  if (!clash) return false;
  int pro = count_cues(w, clash->cues, clash->n_cues);
  int con = count_cues(w, clash->against, clash->n_against);
  const qi_clash *home = qi_slice_eq_str(clash->other, "place") ? country_words(w, "home", clash->country) : NULL;
  if (home && name->kind == QI_NAME_NAME) con += count_cues(w, home->against, home->n_against);
  if (home && name->kind == QI_NAME_NAME && follows_foreign_town(w, spot, actor->country)) con += 2;
  /* "Idaho's senators said Moscow ...": who acts is the government, whatever towns there are. */
  if (name->kind == QI_NAME_CAP && who && who->actor_place && who->subject) return false;
  if (name->kind != QI_NAME_SUR) return con > pro;
  bool opens = spot->first == 0 && sentence_of(w, spot)->tokens[spot->head].ner == QI_NER_NONE;
  if (opens && is_word_before_noun(w, spot)) return true;
  /* A surname that many bear needs a word for it: a title, the country, politics. */
  bool titled = who && (who->title || who->agent != QI_NO_AGENT || who->n_owners > 0);
  if (country_named(w, actor->country)) pro += 2;
  else if (w->countries.len > 0 && person_at_date(w, actor) >= 5) pro += 1; /* news of the world */
  if (titled || is_of_politics(w)) pro += 1;
  return con >= pro;
}

bool qi_reading_speaks_for(qi_whos *w, qi_slice word) {
  const qi_clash *clash = qi_actors_clash(w->actors, word, w->arena);
  return !clash || qi_slice_eq_str(clash->other, "actor") || count_cues(w, clash->cues, clash->n_cues) > 0;
}

bool qi_reading_speaks_of_place(qi_whos *w, const qi_spot *spot) {
  const qi_clash *clash = qi_actors_clash(w->actors, spot->names[0]->text, w->arena);
  if (!clash || !qi_slice_eq_str(clash->other, "place") || !clash->country.len) return false;
  const qi_clash *home = spot->names[0]->kind == QI_NAME_NAME ? country_words(w, "home", clash->country) : NULL;
  int con = count_cues(w, clash->against, clash->n_against) + (home ? count_cues(w, home->against, home->n_against) : 0);
  return con > count_cues(w, clash->cues, clash->n_cues);
}

qi_slice qi_reading_other_country(qi_whos *w, const qi_spot *spot) {
  qi_slice in = spot->names ? placed_in(w, spot) : QI_SLICE("");
  if (in.len) return in;
  const qi_clash *clash = spot->names ? qi_actors_clash(w->actors, spot->names[0]->text, w->arena) : NULL;
  return clash && qi_slice_eq_str(clash->other, "place") ? clash->country : QI_SLICE("");
}

static bool is_armed(qi_slice sector) {
  static const char *const sectors[] = {"REB", "INS", "SEP", "UAF"};
  for (size_t i = 0; i < N(sectors); i++)
    if (qi_slice_eq_str(sector, sectors[i])) return true;
  return false;
}

/* "ADF rebels": the word behind says of what kind the body is. */
static bool is_of_kind_behind(const qi_whos *w, const qi_spot *spot, const qi_actor *actor) {
  if (!w->spots) return false; /* a name alone */
  const qi_sentence *s = sentence_of(w, spot);
  const qi_spots *spots = &w->spots[spot->sentence];
  int32_t agent = spot->last + 1 < s->n_tokens ? spots->agent[spot->last + 1] : -1;
  if (agent < 0) return false;
  qi_slice sector = qi_agents_get(w->actors, spots->items[agent].agent)->sector;
  return qi_slice_eq(sector, actor->sector) || (is_armed(sector) && is_armed(actor->sector));
}

/* "Pittsburgh, PA": the post office's letters for a state, right behind a town. */
static bool is_postal(const qi_whos *w, const qi_spot *spot, const qi_name *name) {
  const qi_sentence *s = sentence_of(w, spot);
  if (name->kind != QI_NAME_ABBR || name->text.len != 2 || spot->first < 2) return false;
  if (qi_actors_get(w->actors, name->actor)->type == QI_ACTOR_STATE || !qi_slice_eq_str(s->tokens[spot->first - 1].form, ",")) return false;
  const qi_token *town = &s->tokens[spot->first - 2];
  bool ends = spot->last + 1 >= s->n_tokens || s->tokens[spot->last + 1].upos == QI_PUNCT;
  return ends && (town->ner == QI_NER_LOC || town->etype == QI_ETYPE_PLACE);
}

/* "Australia's ADF": an abbreviation that the dictionary knows of another country's body alone. */
static bool is_foreign(qi_whos *w, const qi_name *name, const qi_who *who) {
  const qi_actor *actor = qi_actors_get(w->actors, name->actor);
  bool any;
  if (!who || name->kind != QI_NAME_ABBR || actor->type == QI_ACTOR_STATE || actor->type == QI_ACTOR_PERSON) return false;
  if (actor->country.len != 3 || qi_actors_find(w->actors, actor->country) == QI_NO_ACTOR) return false;
  return !owner_country_is(w, who, actor, &any) && any;
}

const qi_name *qi_reading_choose(qi_whos *w, const qi_spot *spot, const qi_who *who, qi_reading *all) {
  const qi_name *best = NULL, *rival = NULL;
  uint32_t best_at = 0, rival_at = 0;
  int best_score = NO_READING;
  /* Of several bearers one must fit well; an only one need but not misfit. */
  int least = spot->n_names == 1 ? -1 : w->day == QI_DAY_NONE ? 0 : 2;
  for (uint32_t i = 0; i < spot->n_names; i++) {
    const qi_name *name = spot->names[i];
    const qi_actor *actor = qi_actors_get(w->actors, name->actor);
    qi_reading alone, *r = all ? &all[i] : &alone;
    /* The Democratic Party of a country that the text is not about. */
    bool elsewhere = actor->type == QI_ACTOR_PARTY && !country_named(w, actor->country) && w->countries.len;
    bool strange = is_foreign(w, name, who) || is_postal(w, spot, name) || is_explained_otherwise(w, spot, name);
    if (!(elsewhere || strange) || all) weigh(w, name, who, r);
    if (name->kind == QI_NAME_ABBR && !elsewhere && !strange && is_of_kind_behind(w, spot, actor)) add(r, QI_EVIDENCE_ROLE, 2);
    if (elsewhere || strange) r->fate = elsewhere ? QI_FATE_ELSEWHERE : QI_FATE_CLASH;
    else if (name->kind == QI_NAME_SUR && r->score < least) r->fate = QI_FATE_WEAK;
    else if (r->score > best_score) {
      best = name, best_at = i;
      best_score = r->score;
      rival = NULL;
    } else if (r->score == best_score && name->actor != best->actor) {
      rival = name, rival_at = i;
    }
  }
  if (!best) return NULL;
  bool other = means_other(w, spot, best, who);
  /* Two people fit alike: nobody for certain. Of two bodies or places the dictionary's first. */
  bool tied = !other && rival && best->kind == QI_NAME_SUR && rival->kind == QI_NAME_SUR;
  if (all && rival) all[rival_at].fate = QI_FATE_TIED;
  if (all) all[best_at].fate = other ? QI_FATE_CLASH : tied ? QI_FATE_TIED : QI_FATE_CHOSEN;
  return other || tied ? NULL : best;
}

const qi_name *qi_resolve_reading(qi_whos *w, const qi_spot *spot, const qi_who *who) {
  return qi_reading_choose(w, spot, who, NULL);
}

/* ---- countries of the document ---- */

/* A mention in the first sentence counts double: headline, dateline, lead. */
static bool count_country(qi_whos *w, qi_slice country, uint32_t sentence) {
  if (country.len != 3) return true;
  uint32_t n = qi_map_find(&w->country_count, country, 0);
  if (n == 0 && !QI_VEC_PUSH_IN(w->arena, &w->countries, country)) return false;
  return qi_map_put(&w->country_count, country, n + (sentence == 0 ? 2 : 1));
}

/* "King Abdullah", "the PLA": of which country, the text must tell. */
static bool is_of_several(const qi_whos *w, const qi_spot *spot) {
  for (uint32_t i = 1; i < spot->n_names; i++) {
    const qi_actor *a = qi_actors_get(w->actors, spot->names[0]->actor), *b = qi_actors_get(w->actors, spot->names[i]->actor);
    bool land = a->type == QI_ACTOR_STATE || a->type == QI_ACTOR_TERRITORY;
    if (!land && !qi_slice_eq(a->country, b->country)) return true;
  }
  return false;
}

bool qi_reading_count_countries(qi_whos *w) {
  for (uint32_t i = 0; i < w->doc->n_sentences; i++)
    for (uint32_t k = 0; k < w->spots[i].len; k++) {
      const qi_spot *spot = &w->spots[i].items[k];
      if (!spot->names) continue;
      const qi_name *name = spot->names[0];
      const qi_actor *actor = qi_actors_get(w->actors, name->actor);
      /* Surnames are open, and parties of one name stand in many countries. */
      if (name->kind == QI_NAME_SUR || actor->type == QI_ACTOR_PARTY || is_of_several(w, spot)) continue;
      if (actor->type == QI_ACTOR_MEDIA || actor->type == QI_ACTOR_COMPANY) continue; /* they tell of any country */
      qi_slice country = qi_reading_speaks_of_place(w, spot) ? qi_reading_other_country(w, spot) : actor->country;
      /* What happens to a region is told of other countries too: it counts once, in the lead as well. */
      bool region = actor->type == QI_ACTOR_TERRITORY && qi_slice_find_char(actor->id, '.') != QI_NOT_FOUND;
      if (!count_country(w, country, region ? 1 : i)) return false;
    }
  return true;
}

qi_slice qi_reading_main_country(const qi_whos *w) {
  qi_slice best = {0};
  uint32_t most = 0, all = 0;
  for (size_t i = 0; i < w->countries.len; i++) {
    uint32_t n = qi_map_find(&w->country_count, w->countries.items[i], 0);
    all += n;
    if (n > most) {
      most = n;
      best = w->countries.items[i];
    }
  }
  /* Evident: named at least three times and more than all others together, or the only one of a story. */
  bool only = most == all && w->doc->n_sentences > 1;
  return (most >= 3 && most * 2 > all) || only ? best : QI_SLICE("");
}
