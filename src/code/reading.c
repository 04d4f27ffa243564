/* code: a name with several readings -> the one that the document means.
 *
 * Evidence, strongest first: the title or nationality beside the name, the date, other names of the
 * same country in the text, and the words that knowledge/names/clashes.tsv lists.
 *
 * Worked example: "Bush" in a text of 2003 has two readings, presidents until 1993 and 2009; only
 * the second is in office that day. "Georgia" beside "Atlanta" and "Sen." is no state of the Caucasus. */
#include "code/who.h"

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

/* How well do the person's posts fit the date? */
static int person_at_date(const qi_whos *w, const qi_actor *actor) {
  bool current;
  const qi_post *post = qi_actors_post_at(w->actors, actor, w->day, &current);
  if (!post) return 0;
  if (w->day == QI_DAY_NONE) return qi_role_leads(post->role) ? 1 : 0;
  if (current) return qi_role_leads(post->role) ? 6 : 5;
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

static bool owner_country_is(qi_whos *w, const qi_who *who, qi_slice country, bool *any) {
  *any = false;
  for (uint32_t i = 0; i < who->n_owners; i++) {
    if (who->owners[i].spot < 0) continue;
    const qi_spot *spot = &w->spots[who->sentence].items[who->owners[i].spot];
    for (uint32_t k = 0; k < spot->n_names; k++) {
      const qi_actor *a = qi_actors_get(w->actors, spot->names[k]->actor);
      if (a->country.len == 0) continue;
      *any = true;
      if (qi_slice_eq(a->country, country)) return true;
    }
  }
  return false;
}

static void add(qi_reading *r, qi_evidence kind, int points) {
  r->part[kind] += points;
  r->score += points;
}

static void weigh_person(qi_whos *w, const qi_actor *actor, const qi_who *who, qi_reading *r) {
  bool any;
  add(r, QI_EVIDENCE_DATE, person_at_date(w, actor));
  if (country_named(w, actor->country)) add(r, QI_EVIDENCE_COUNTRY, 2);
  if (!who) return;
  if (owner_country_is(w, who, actor->country, &any)) add(r, QI_EVIDENCE_OWNER, 5);
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

static void weigh(qi_whos *w, const qi_name *name, const qi_who *who, qi_reading *r) {
  const qi_actor *actor = qi_actors_get(w->actors, name->actor);
  *r = (qi_reading){.fate = QI_FATE_BEATEN};
  if (actor->type == QI_ACTOR_PERSON) {
    weigh_person(w, actor, who, r);
    if (name->kind != QI_NAME_SUR) add(r, QI_EVIDENCE_NAME, 8); /* the full name */
    return;
  }
  if (w->day != QI_DAY_NONE) add(r, QI_EVIDENCE_DATE, name->from <= w->day && w->day <= name->to ? 2 : -3);
  if (country_named(w, actor->country) > 1) add(r, QI_EVIDENCE_COUNTRY, 1);
  if (name->kind == QI_NAME_NAME || name->kind == QI_NAME_ABBR) add(r, QI_EVIDENCE_NAME, 3);
  if (name->kind == QI_NAME_CAP || name->kind == QI_NAME_SEAT) add(r, QI_EVIDENCE_NAME, 1);
  if (actor->type == QI_ACTOR_STATE) add(r, QI_EVIDENCE_STATE, 1);
  if (who && who->title) add(r, QI_EVIDENCE_ROLE, -4); /* "Gov. Jordan" */
  bool any;
  if (who && owner_country_is(w, who, actor->country, &any)) add(r, QI_EVIDENCE_OWNER, 3);
  else if (who && any && actor->type != QI_ACTOR_STATE) add(r, QI_EVIDENCE_OWNER, -3); /* "Russian Security Council" */
}

/* Does the text speak for the other meaning of the word? */
static bool means_other(qi_whos *w, const qi_name *name, const qi_who *who) {
  const qi_clash *clash = qi_actors_clash(w->actors, name->text, w->arena);
  if (!clash) return false;
  int pro = count_cues(w, clash->cues, clash->n_cues);
  int con = count_cues(w, clash->against, clash->n_against);
  const qi_actor *actor = qi_actors_get(w->actors, name->actor);
  if (name->kind != QI_NAME_SUR) return con > pro;
  /* A surname that many bear needs a word for it: a title, the country, politics. */
  bool titled = who && (who->title || who->agent != QI_NO_AGENT || who->n_owners > 0);
  if (country_named(w, actor->country)) pro += 2;
  else if (w->countries.len > 0 && person_at_date(w, actor) >= 5) pro += 1; /* news of the world */
  if (titled) pro += 1;
  return con >= pro;
}

bool qi_reading_speaks_for(qi_whos *w, qi_slice word) {
  const qi_clash *clash = qi_actors_clash(w->actors, word, w->arena);
  return !clash || qi_slice_eq_str(clash->other, "actor") || count_cues(w, clash->cues, clash->n_cues) > 0;
}

qi_slice qi_reading_other_country(qi_whos *w, const qi_spot *spot) {
  const qi_clash *clash = spot->names ? qi_actors_clash(w->actors, spot->names[0]->text, w->arena) : NULL;
  return clash && qi_slice_eq_str(clash->other, "place") ? clash->country : QI_SLICE("");
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
    if (!elsewhere || all) weigh(w, name, who, r);
    if (elsewhere) r->fate = QI_FATE_ELSEWHERE;
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
  bool other = means_other(w, best, who);
  /* Two people fit alike: nobody for certain. Of two bodies or places the dictionary's first. */
  bool tied = !other && rival && best->kind == QI_NAME_SUR && rival->kind == QI_NAME_SUR;
  if (all && rival) all[rival_at].fate = QI_FATE_TIED;
  if (all) all[best_at].fate = other ? QI_FATE_CLASH : tied ? QI_FATE_TIED : QI_FATE_CHOSEN;
  return other || tied ? NULL : best;
}

const qi_name *qi_resolve_reading(qi_whos *w, const qi_spot *spot, const qi_who *who) {
  return qi_reading_choose(w, spot, who, NULL);
}
