/* code: offices without a name -> who holds them: on the day, until the coup, from tomorrow; of which country.
 *
 * "The president" is somebody named before who holds that office; else its holder in the country that
 * the text is about. On the day of a fall the news calls by their offices those who lost them, and "the
 * former", "the outgoing" and "the new" say as much themselves.
 *
 * Worked example (2023-07-27): "Niger's generals said that they had deposed the president": nobody holds
 * the office that day; ten days before Mohamed Bazoum did. */
#include "code/who.h"

#define N(list) (sizeof(list) / sizeof *(list))
#define MAX_BACK_OFFICE 15u /* sentences that "the president" looks back */
#define MAX_BACK_FORMER 3u  /* the same for "the former president" */
#define MAX_BACK_STRANGER 2u /* and so many where his offices are unknown */
#define MAX_COUP_DAYS 2     /* so long the news of a coup calls by their offices those who lost them */
#define MAX_NEWS_DAYS 10    /* so long after a fall it does so where it tells of it; and before the day for the outgoing */

static const qi_sentence *sentence_of(const qi_whos *w, const qi_who *who) { return &w->doc->sentences[who->sentence]; }

static const qi_token *head_of(const qi_whos *w, const qi_who *who) { return &sentence_of(w, who)->tokens[who->head]; }

static const qi_ref *only_ref(const qi_whos *w, const qi_who *who) { return who->n_refs == 1 ? &w->refs.items[who->refs[0]] : NULL; }

/* ---- who held it when ---- */

/* "the army deposed the president", "the president fled": he was that until now. */
static bool is_deposed(const qi_whos *w, const qi_who *who) {
  static const char *const done_to[] = {"depose", "oust", "overthrow", "topple", "remove", "unseat", "impeach", "dismiss", "sack",
                                        "fire", "detain", "arrest", "kill", "assassinate", "murder"};
  static const char *const done_by[] = {"flee", "resign", "quit", "abdicate", "die", "step", "hand", "cede", "leave", "go"};
  const qi_sentence *s = sentence_of(w, who);
  const qi_token *t = &s->tokens[who->head];
  if (t->head < 0) return false;
  const qi_token *verb = &s->tokens[t->head];
  if (t->rel == QI_REL_OBJ || t->rel == QI_REL_NSUBJ_PASS) return qi_tree_lemma_in(verb, done_to, N(done_to));
  return t->rel == QI_REL_NSUBJ && qi_tree_lemma_in(verb, done_by, N(done_by));
}

static bool says_one_of(qi_whos *w, const char *const *words, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (qi_reading_says_word(w, qi_slice_str(words[i]))) return true;
  return false;
}

/* So many days after he lost it, the text may still call somebody by his office: he is deposed in this very
 * clause, mourned, or fell to soldiers a day ago. 0: it means who holds it now. */
static int days_after_fall(qi_whos *w, const qi_who *who) {
  static const char *const coup[] = {"coup", "putsch", "junta", "mutinous", "mutiny", "mutineers", "soldiers", "generals", "officers"};
  static const char *const death[] = {"mourn", "mourns", "mourned", "mourning", "mourners", "funeral", "buried", "coffin", "reigned"};
  if (is_deposed(w, who) || says_one_of(w, death, N(death))) return MAX_NEWS_DAYS;
  return says_one_of(w, coup, N(coup)) ? MAX_COUP_DAYS : 0;
}

uint32_t qi_office_holder(qi_whos *w, const qi_who *who, qi_slice country, qi_slice role) {
  uint32_t now = qi_actors_holder(w->actors, country, role, w->day);
  int days = w->day == QI_DAY_NONE ? 0 : now == QI_NO_ACTOR ? MAX_NEWS_DAYS : days_after_fall(w, who);
  if (days == 0) return now;
  uint32_t before = qi_actors_holder(w->actors, country, role, w->day - days);
  return before != QI_NO_ACTOR ? before : now;
}

/* ---- somebody named before ---- */

static bool ends_with_word(qi_slice text, qi_slice word) {
  return text.len > word.len && qi_slice_ends(text, word) && text.ptr[text.len - word.len - 1] == ' ' &&
         qi_slice_find(text, QI_SLICE("former ")) == QI_NOT_FOUND;
}

static bool role_fits(const qi_whos *w, const qi_ref *ref, const qi_agent *agent, qi_slice lemma) {
  if (!ref->person) return false;
  /* "The general" of one who commands. */
  bool arms = qi_slice_eq_str(agent->sector, "MIL") && ref->actor != QI_NO_ACTOR &&
              qi_actors_has_role(w->actors, qi_actors_get(w->actors, ref->actor), QI_SLICE("commander"), w->day);
  if (arms && agent->role.len == 0) return true;
  if (ref->actor != QI_NO_ACTOR && ends_with_word(qi_slice_str(ref->role), lemma)) return true; /* "the minister" */
  if (ref->actor != QI_NO_ACTOR && agent->role.len)
    return qi_actors_has_role(w->actors, qi_actors_get(w->actors, ref->actor), agent->role, w->day);
  qi_slice role = qi_slice_str(ref->role);
  return role.len && (qi_slice_eq(role, agent->role) || qi_slice_eq_nocase(role, lemma) ||
                      (qi_slice_eq_str(agent->role, "leader") && qi_role_leads(role)));
}

/* "the president", "the activist": the one named last who is that. Where he goes by another office's words
 * and somebody before him by these, it is that one: "Foreign Secretary Roe met Secretary of State Doe.
 * The Foreign Secretary said". */
static uint32_t last_of_role(const qi_whos *w, uint32_t k, const qi_agent *agent) {
  const qi_who *who = &w->items.items[k];
  uint32_t last = QI_NO_REF;
  bool otherwise = false;
  for (uint32_t i = k; i-- > 0;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + MAX_BACK_OFFICE < who->sentence) break;
    const qi_ref *ref = only_ref(w, c);
    if (!ref || c->how == QI_WHO_PRONOUN || !role_fits(w, ref, agent, head_of(w, who)->lemma)) continue;
    if (c->agent == who->agent && (last == QI_NO_REF || last == c->refs[0] || otherwise)) return c->refs[0];
    if (last == QI_NO_REF) last = c->refs[0];
    otherwise |= last == c->refs[0] && c->agent != QI_NO_AGENT;
  }
  return last;
}

static bool is_leaving(const qi_token *t) {
  static const char *const words[] = {"outgoing", "ousted", "deposed", "toppled", "overthrown", "exiled", "former", "late", "ex", "onetime", "retired"};
  return qi_tree_form_in(t, words, N(words));
}

/* The office behind "former", where the dictionary knows the two as one agent without an office: "chancellor". */
static qi_slice office_words(const qi_whos *w, const qi_who *who, const qi_agent *agent) {
  const qi_sentence *s = sentence_of(w, who);
  uint32_t first = who->head;
  if (agent->role.len) return agent->role;
  while (first > who->first && !is_leaving(&s->tokens[first - 1])) first--;
  if (first == who->first && !(first > 0 && is_leaving(&s->tokens[first - 1]))) return QI_SLICE("");
  return qi_slice_sub(w->doc->text, s->tokens[first].start, s->tokens[who->head].end);
}

/* The only person whom the two sentences before have as a subject, where nothing is known of his offices. */
static uint32_t only_subject_before(const qi_whos *w, uint32_t k) {
  const qi_who *who = &w->items.items[k];
  uint32_t found = QI_NO_REF;
  for (uint32_t i = k; i-- > 0;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + MAX_BACK_STRANGER < who->sentence) break;
    const qi_ref *ref = only_ref(w, c);
    if (c->sentence == who->sentence || !c->subject || !ref || !ref->person || ref->unnamed) continue;
    if (ref->actor != QI_NO_ACTOR || (found != QI_NO_REF && found != c->refs[0])) return QI_NO_REF;
    found = c->refs[0];
  }
  return found;
}

/* "the former president", "the outgoing minister", "the new premier": the one named last who held the
 * office, holds it still, or will soon. */
static uint32_t last_former(const qi_whos *w, uint32_t k, const qi_agent *agent) {
  const qi_who *who = &w->items.items[k];
  const qi_sentence *s = sentence_of(w, who);
  static const char *const coming[] = {"new", "incoming", "next", "future"};
  bool gone = false, comes = false;
  for (uint32_t i = s->child_begin[who->head]; i < s->child_begin[who->head + 1]; i++) {
    gone |= is_leaving(&s->tokens[s->child[i]]);
    comes |= qi_tree_form_in(&s->tokens[s->child[i]], coming, N(coming));
  }
  qi_slice role = office_words(w, who, agent);
  if ((!gone && !comes) || role.len == 0) return QI_NO_REF;
  for (uint32_t i = k; i-- > 0 && w->day != QI_DAY_NONE;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + MAX_BACK_FORMER < who->sentence) break;
    const qi_ref *ref = only_ref(w, c);
    if (!ref || !ref->person || ref->actor == QI_NO_ACTOR || c->how == QI_WHO_PRONOUN) continue;
    const qi_actor *actor = qi_actors_get(w->actors, ref->actor);
    bool now = qi_actors_has_role(w->actors, actor, role, w->day);
    bool before = qi_actors_has_role(w->actors, actor, role, w->day - MAX_NEWS_DAYS);
    bool ever = qi_actors_has_role(w->actors, actor, role, QI_DAY_NONE);
    bool soon = now || qi_actors_has_role(w->actors, actor, role, w->day + MAX_NEWS_DAYS);
    if (comes ? soon && !before : before || (ever && !now)) return c->refs[0];
  }
  return gone ? only_subject_before(w, k) : QI_NO_REF;
}

/* "Yushchenko called for strikes. The opposition leader ...": the politician named last who does not rule. */
static uint32_t last_opponent(const qi_whos *w, uint32_t k, const qi_agent *agent) {
  const qi_who *who = &w->items.items[k];
  bool leader = qi_tree_lemma_in(head_of(w, who), (const char *const[]){"leader"}, 1);
  if (!leader || who->plural || (!qi_slice_eq_str(agent->sector, "OPP") && !qi_slice_eq_str(agent->sector, "PTY"))) return QI_NO_REF;
  for (uint32_t i = k; i-- > 0;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + 1 < who->sentence) break;
    const qi_ref *ref = only_ref(w, c);
    if (!c->subject || !ref || !ref->person || c->how == QI_WHO_PRONOUN) continue;
    bool rules = ref->actor != QI_NO_ACTOR && qi_actors_has_role(w->actors, qi_actors_get(w->actors, ref->actor), QI_SLICE("leader"), w->day);
    return rules ? QI_NO_REF : c->refs[0];
  }
  return QI_NO_REF;
}

uint32_t qi_office_named_before(const qi_whos *w, uint32_t k, const qi_agent *agent) {
  if (w->items.items[k].former) return last_former(w, k, agent);
  uint32_t ref = last_of_role(w, k, agent);
  return ref == QI_NO_REF ? last_opponent(w, k, agent) : ref;
}

/* ---- of which country ---- */

/* The country that an office or force without an owner belongs to: the one that the text is evidently
 * about, else that of the subject before ("Israel stormed a ship. The navy ..."), where no other is named
 * more often. */
qi_slice qi_office_country(const qi_whos *w, uint32_t k) {
  qi_slice main_country = qi_reading_main_country(w);
  if (main_country.len) return qi_actors_find(w->actors, main_country) == QI_NO_ACTOR ? QI_SLICE("") : main_country;
  const qi_who *who = &w->items.items[k];
  for (uint32_t i = k; i-- > 0;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + 1 < who->sentence) break;
    const qi_ref *ref = only_ref(w, c);
    if (!c->subject || !ref || c->dateline || c->sentence == who->sentence) continue;
    if (strlen(ref->country) != 3 || (c->how != QI_WHO_NAME && c->how != QI_WHO_AGENT)) return QI_SLICE("");
    qi_slice country = qi_slice_str(ref->country);
    uint32_t n = qi_map_find(&w->country_count, country, 0);
    for (size_t x = 0; x < w->countries.len; x++)
      if (qi_map_find(&w->country_count, w->countries.items[x], 0) > n) return QI_SLICE("");
    return qi_actors_find(w->actors, country) == QI_NO_ACTOR ? QI_SLICE("") : country;
  }
  return QI_SLICE("");
}

/* "the Liberal leader": the leader of something that is not the country. */
bool qi_office_is_of_other(const qi_whos *w, const qi_who *who) {
  static const char *const of_country[] = {"country", "national", "new", "current", "top"};
  const qi_sentence *s = sentence_of(w, who);
  if (!qi_tree_lemma_in(head_of(w, who), (const char *const[]){"leader"}, 1) || who->first != who->head) return false;
  for (uint32_t i = s->child_begin[who->head]; i < s->child_begin[who->head + 1]; i++) {
    const qi_token *t = &s->tokens[s->child[i]];
    bool modifies = t->rel == QI_REL_AMOD || t->rel == QI_REL_COMPOUND || t->rel == QI_REL_NMOD;
    if (modifies && !qi_tree_lemma_in(t, of_country, N(of_country))) return true;
  }
  return false;
}

/* "The new premier was sworn in": who holds the office in the country, or takes it within days. */
bool qi_office_newcomer(qi_whos *w, uint32_t k, const qi_agent *agent) {
  qi_who *who = &w->items.items[k];
  const qi_sentence *s = sentence_of(w, who);
  bool comes = false;
  for (uint32_t i = s->child_begin[who->head]; i < s->child_begin[who->head + 1]; i++)
    comes |= qi_tree_form_in(&s->tokens[s->child[i]], (const char *const[]){"new", "incoming"}, 2);
  qi_slice country = comes && agent->role.len && !who->plural ? qi_office_country(w, k) : QI_SLICE("");
  if (!country.len || w->day == QI_DAY_NONE) return false;
  uint32_t holder = qi_actors_holder(w->actors, country, agent->role, w->day + MAX_NEWS_DAYS);
  if (holder == QI_NO_ACTOR) return false;
  who->via = "title";
  qi_resolve_add(w, who, qi_resolve_actor_ref(w, holder));
  return true;
}
