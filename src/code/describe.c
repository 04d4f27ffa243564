/* code: "the president", "the rebels", "the bloc", "the country", "the visitors" -> somebody named before.
 *
 * Definite descriptions without an owner. An office means who holds it (office.c); a body is called by a word of its name, by its
 * kind, or by a capital; armed men are those of the only armed group that the text has just named.
 *
 * Worked example: "Al-Shabab stormed a base. The militants fled.": "militants" are armed men, and one armed group was named in
 * the sentences before; it is they. */
#include "code/who.h"

#include "base/utf8.h"
#include "know/kinds.h"

#define N(list) (sizeof(list) / sizeof *(list))
#define MAX_BACK_NOUN 15u /* sentences that "the rebels" look back for the same words */
#define MAX_BACK_KIND 4u  /* sentences that "the bloc" looks back */
#define MAX_BACK_OTHER 2u /* the same for "the visitors" */
#define MAX_BACK_WORD 7u  /* and for a word of its name: "the court" */
#define MAX_CALLED 100u   /* sentences to either side that show how a body is called */
#define CLEAR_OF_NEXT 20  /* points by which the best candidate must win */

static const qi_sentence *sentence_of(const qi_whos *w, const qi_who *who) { return &w->doc->sentences[who->sentence]; }

static const qi_token *head_of(const qi_whos *w, const qi_who *who) { return &sentence_of(w, who)->tokens[who->head]; }

static const qi_ref *only_ref(const qi_whos *w, const qi_who *who) { return who->n_refs == 1 ? &w->refs.items[who->refs[0]] : NULL; }

/* ---- what was named last ---- */

/* "the rebels" after "Syrian rebels": the same words with an owner. */
static const qi_who *last_of_words(const qi_whos *w, uint32_t k) {
  const qi_who *who = &w->items.items[k];
  for (uint32_t i = k; i-- > 0;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + MAX_BACK_NOUN < who->sentence) break;
    if (c->how != QI_WHO_AGENT || c->agent != who->agent || c->n_refs == 0) continue;
    if (!qi_slice_eq_nocase(head_of(w, c)->lemma, head_of(w, who)->lemma)) continue;
    if (*w->refs.items[c->refs[0]].country) return c;
  }
  return NULL;
}

/* Organs of a state that go by their kind: "the Philippine coast guard". */
static bool is_office_body(const qi_whos *w, const qi_who *c, const qi_ref *ref) {
  static const char *const sectors[] = {"GOV", "MIL", "COP", "SPY", "LEG", "JUD"};
  if (c->how != QI_WHO_AGENT || c->plural || !c->body || ref->actor != QI_NO_ACTOR || strlen(ref->country) != 3) return false;
  for (size_t i = 0; i < N(sectors); i++)
    if (strcmp(ref->sector, sectors[i]) == 0) return !qi_tree_lemma_in(head_of(w, c), (const char *const[]){"government", "army"}, 2);
  return false;
}

/* "the bloc", "the agency", "the militants": the body of such a type that was named last; of armed men, the only one. */
static uint32_t last_of_kind(const qi_whos *w, uint32_t k) {
  const qi_who *who = &w->items.items[k];
  uint32_t kinds = qi_kinds_of(w->know->kinds, head_of(w, who)->lemma), found = QI_NO_REF;
  bool armed = kinds == 1u << QI_ACTOR_ARMED_GROUP;
  if (!kinds || (kinds & QI_KIND_OTHER) || (who->plural && !armed)) return QI_NO_REF;
  for (uint32_t i = k; i-- > 0;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + MAX_BACK_KIND < who->sentence) break;
    if (c->how == QI_WHO_PRONOUN || c->dateline) continue;
    if (armed && c->how == QI_WHO_AGENT && c->plural && qi_slice_eq(head_of(w, c)->lemma, head_of(w, who)->lemma) &&
        (c->n_refs != 1 || c->refs[0] != found))
      return QI_NO_REF; /* they were brought in as such */
    const qi_ref *ref = only_ref(w, c);
    if (!ref) continue;
    bool fits = ref->body && ref->actor != QI_NO_ACTOR && (kinds >> qi_actors_get(w->actors, ref->actor)->type & 1u);
    if (!fits && (kinds & QI_KIND_OFFICE)) fits = is_office_body(w, c, ref);
    if (!fits) continue;
    if (!armed) return c->refs[0];
    if (found != QI_NO_REF && found != c->refs[0]) return QI_NO_REF;
    found = c->refs[0];
  }
  return found;
}

/* ---- the other party ---- */

/* The refs that the mention stands beside: of its possessor, and of its clause's subject. */
static bool is_beside(qi_whos *w, uint32_t k, const qi_who *c) {
  const qi_who *who = &w->items.items[k];
  for (uint32_t i = 0; i < who->n_owners; i++) {
    int32_t m = w->at[who->sentence][who->owners[i].token];
    if (m >= 0 && m != (int32_t)k && qi_coref_same(&w->items.items[m], c)) return true;
  }
  const qi_sentence *s = sentence_of(w, who);
  const qi_token *t = head_of(w, who);
  uint32_t subject = t->head < 0 ? QI_NO_TOKEN : qi_tree_child(s, (uint32_t)t->head, QI_REL_NSUBJ);
  int32_t m = subject == QI_NO_TOKEN ? -1 : w->at[who->sentence][subject];
  return m >= 0 && m != (int32_t)k && qi_coref_same(&w->items.items[m], c);
}

/* Does somebody of a country stand there who may come and be received? */
static bool may_be_other(const qi_whos *w, const qi_who *c, bool office) {
  const qi_ref *ref = only_ref(w, c);
  if (!ref || c->first_person || c->dateline || c->how == QI_WHO_NOUN || strlen(ref->country) == 0) return false;
  if (office) return ref->person && (*ref->role || *ref->sector);
  return ref->person || (c->how == QI_WHO_AGENT && c->subject);
}

bool qi_describe_other(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  if (!(qi_kinds_of(w->know->kinds, head_of(w, who)->lemma) & QI_KIND_OTHER)) return false;
  bool owned = false;
  for (uint32_t i = 0; i < who->n_owners; i++) {
    int32_t m = w->at[who->sentence][who->owners[i].token];
    if (who->owners[i].spot >= 0 || m < 0 || w->items.items[m].how != QI_WHO_PRONOUN) return false; /* "his Russian counterpart" */
    owned = true;
  }
  if (!owned && !who->definite) return false;
  bool office = qi_tree_lemma_in(head_of(w, who), (const char *const[]){"counterpart"}, 1);
  for (uint32_t i = k; i-- > 0;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + MAX_BACK_OTHER < who->sentence) break;
    if ((c->sentence == who->sentence && !office) || !may_be_other(w, c, office) || is_beside(w, k, c)) continue;
    if (!office && !c->subject) continue; /* who comes is subject of his coming */
    qi_coref_copy(w, who, c);
    who->via = "alias";
    return true;
  }
  return false;
}

static bool is_capital(qi_slice form) {
  size_t at = 0;
  return form.len > 0 && qi_cp_is_upper(qi_utf8_decode(form, &at));
}

/* A capital that is not just the sentence's first or a headline's. */
static bool is_called_so(const qi_whos *w, const qi_who *who, uint32_t token) {
  const qi_sentence *s = sentence_of(w, who);
  if (!is_capital(s->tokens[token].form)) return false;
  uint32_t small = 0, large = 0;
  for (uint32_t i = 1; i < s->n_tokens; i++) {
    uint8_t upos = s->tokens[i].upos;
    if (upos != QI_NOUN && upos != QI_VERB && upos != QI_ADJ) continue;
    *(is_capital(s->tokens[i].form) ? &large : &small) += 1;
  }
  if (small <= large) return false;
  if (token > 0) return true;
  uint32_t from = who->sentence > MAX_CALLED ? who->sentence - MAX_CALLED : 0;
  for (uint32_t i = from; i < w->doc->n_sentences && i - from < 2 * MAX_CALLED; i++) /* elsewhere in mid-sentence */
    for (uint32_t k = 1; k < w->doc->sentences[i].n_tokens; k++)
      if (qi_slice_eq(w->doc->sentences[i].tokens[k].form, s->tokens[token].form)) return true;
  return false;
}

/* "the court" after "the International Criminal Court": the last body with that word in its name. */
static uint32_t last_with_word(const qi_whos *w, uint32_t k) {
  const qi_who *who = &w->items.items[k];
  qi_slice lemma = head_of(w, who)->lemma;
  uint32_t back = is_called_so(w, who, who->head) ? MAX_CALLED : MAX_BACK_WORD; /* "the Church" is called so throughout */
  for (uint32_t i = k; i-- > 0 && lemma.len > 2;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + back < who->sentence) break;
    const qi_ref *ref = only_ref(w, c);
    if (!ref || !ref->body || c->how == QI_WHO_PRONOUN) continue;
    qi_slice rest = ref->full.len ? ref->full : qi_slice_str(ref->name), word;
    while (qi_slice_word(&rest, &word))
      if (qi_slice_eq_nocase(word, lemma)) return c->refs[0];
  }
  return QI_NO_REF;
}

/* "the country", "the kingdom": the state that the text was last about. */
static uint32_t last_state(qi_whos *w, uint32_t k) {
  const qi_who *who = &w->items.items[k];
  uint32_t best = QI_NO_REF;
  int best_points = 0;
  bool clear = false;
  for (uint32_t i = k; i-- > 0;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + 2 < who->sentence) break;
    const qi_ref *ref = only_ref(w, c);
    if (!ref || strlen(ref->country) != 3) continue;
    uint32_t state = qi_resolve_country_ref(w, qi_slice_str(ref->country));
    if (state == QI_NO_REF) continue;
    int points = qi_coref_points(w, who, c) + (ref->state ? 10 : -10);
    if (state == best) {
      if (points > best_points) best_points = points;
      continue;
    }
    clear = best == QI_NO_REF || abs(points - best_points) >= 2 * CLEAR_OF_NEXT;
    if (best == QI_NO_REF || points > best_points) {
      best = state;
      best_points = points;
    }
  }
  if (best != QI_NO_REF && clear) return best;
  qi_slice main_country = qi_reading_main_country(w);
  return main_country.len ? qi_resolve_country_ref(w, main_country) : QI_NO_REF;
}

static bool is_institution(const qi_whos *w, const qi_who *who, const qi_agent *agent) {
  if (qi_slice_eq_str(agent->sector, "JUD") && !who->subject) return false; /* whoever withdraws from "the court" */
  static const char *const sectors[] = {"GOV", "MIL", "COP", "LEG", "JUD"};
  static const char *const bodies[] = {"government", "regime", "army", "military", "police", "parliament",
                                       "ministry", "cabinet", "junta", "opposition", "authority",
                                       "administration", "navy", "president", "minister", "premier",
                                       "court", "senate", "congress", "assembly", "legislature", "judiciary",
                                       "force", "guard", "general", "commander", "chief", "prosecutor", "judge",
                                       "speaker"};
  if (!qi_tree_lemma_in(head_of(w, who), bodies, N(bodies))) return agent->role.len > 0;
  for (size_t i = 0; i < N(sectors); i++)
    if (qi_slice_eq_str(agent->sector, sectors[i])) return true;
  return qi_slice_eq_str(agent->sector, "OPP");
}

/* ---- bodies that are called by their kind ---- */

/* Has the body that word in its name, or is it of the kind that the word means? */
static bool is_of_kind(const qi_whos *w, const qi_ref *ref, qi_slice word) {
  if (!ref->body) return false;
  qi_slice rest = ref->full.len ? ref->full : qi_slice_str(ref->name), part;
  while (qi_slice_word(&rest, &part))
    if (qi_slice_eq_nocase(part, word)) return true;
  if (ref->actor == QI_NO_ACTOR || !qi_slice_eq_nocase(word, QI_SLICE("alliance"))) return false;
  return qi_slice_eq_str(qi_slice_str(ref->id), "IGO.NATO") ||
         qi_actors_get(w->actors, ref->actor)->type == QI_ACTOR_ALLIANCE;
}

/* "the regime": the one last called so, else that of the only country whose government was named before. */
static uint32_t last_government(const qi_whos *w, uint32_t k) {
  static const char *const words[] = {"regime", "junta", "government", "authority"};
  const qi_who *who = &w->items.items[k];
  uint32_t found = QI_NO_REF;
  for (uint32_t i = k; i-- > 0;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + MAX_BACK_NOUN < who->sentence) break;
    const qi_ref *ref = only_ref(w, c);
    if (!ref || c->how != QI_WHO_AGENT || strlen(ref->country) != 3) continue;
    if (!qi_tree_lemma_in(head_of(w, c), words, N(words))) continue;
    if (qi_tree_lemma_in(head_of(w, c), words, 1)) return c->refs[0];
    if (found != QI_NO_REF && strcmp(w->refs.items[found].country, ref->country) != 0) return QI_NO_REF;
    found = c->refs[0];
  }
  return found;
}

/* A force or a blow that the body's name stands before: "a coalition airstrike". */
static bool is_of_arms(const qi_token *t) {
  static const char *const words[] = {"airstrike", "strike", "raid", "bombing", "aircraft", "warplane", "jet", "plane",
                                      "force", "troop", "soldier", "airpower", "bombardment", "drone", "helicopter", "operation", "campaign"};
  return qi_tree_lemma_in(t, words, N(words));
}

/* "the international coalition": of states, not of parties. */
static bool is_of_states(const qi_sentence *s, uint32_t token) {
  static const char *const words[] = {"international", "global", "multinational", "military", "nation", "western", "arab"};
  for (uint32_t i = s->child_begin[token]; i < s->child_begin[token + 1]; i++)
    if (qi_tree_lemma_in(&s->tokens[s->child[i]], words, N(words))) return true;
  return false;
}

bool qi_describe_body(qi_whos *w, uint32_t k) {
  static const char *const kinds[] = {"coalition", "alliance", "union", "bloc"};
  qi_who *who = &w->items.items[k];
  const qi_sentence *s = sentence_of(w, who);
  if (qi_tree_lemma_in(head_of(w, who), (const char *const[]){"regime"}, 1)) {
    bool said = who->definite || head_of(w, who)->rel == QI_REL_COMPOUND; /* "regime bombardment" */
    uint32_t ref = said && !who->plural ? last_government(w, k) : QI_NO_REF;
    qi_resolve_add(w, who, ref);
    return ref != QI_NO_REF;
  }
  /* The word itself, or the first of "Coalition forces". */
  uint32_t token = who->head;
  if (!qi_tree_form_in(&s->tokens[token], kinds, N(kinds))) token = who->first;
  if (!qi_tree_form_in(&s->tokens[token], kinds, N(kinds))) return false;
  const qi_token *t = &s->tokens[token];
  bool called = is_called_so(w, who, token);
  if (token != who->head && !called && !is_of_arms(head_of(w, who))) return false; /* "coalition government" */
  if (token == who->head && who->first != who->last) return false;                 /* "ruling coalition" */
  bool before_arms = token != who->head || is_of_states(s, token) ||
                     (t->rel == QI_REL_COMPOUND && t->head >= 0 && is_of_arms(&s->tokens[t->head]));
  if (!called && !before_arms && !(who->definite && !who->indefinite)) return false;
  uint32_t ref = QI_NO_REF;
  for (uint32_t i = k; i-- > 0 && ref == QI_NO_REF;) {
    const qi_who *c = &w->items.items[i];
    if (!called && c->sentence + MAX_BACK_NOUN < who->sentence) break;
    const qi_ref *one = only_ref(w, c);
    if (one && is_of_kind(w, one, t->form)) ref = c->refs[0];
  }
  bool arms = qi_slice_eq_nocase(t->form, QI_SLICE("coalition")) && before_arms;
  if (ref == QI_NO_REF && (called || arms)) {
    char name[16] = {0};
    for (size_t i = 0; i < t->form.len && i + 1 < sizeof name; i++)
      name[i] = i == 0 && qi_ascii_is_lower(t->form.ptr[i]) ? (char)(t->form.ptr[i] - 32) : t->form.ptr[i];
    ref = qi_resolve_unknown_org(w, qi_slice_str(name));
  }
  if (ref == QI_NO_REF) return false;
  who->via = "alias";
  qi_resolve_add(w, who, ref);
  return true;
}

/* "our nation", "this country" of somebody unnamed: the one that the text is about. true: resolved. */
bool qi_describe_land(qi_whos *w, uint32_t k) {
  static const char *const lands[] = {"country", "nation", "homeland", "republic"};
  qi_who *who = &w->items.items[k];
  if (who->plural || !qi_tree_lemma_in(head_of(w, who), lands, N(lands))) return false;
  const qi_sentence *s = sentence_of(w, who);
  uint32_t det = qi_tree_child(s, who->head, QI_REL_DET);
  bool ours = who->n_owners == 0 && det != QI_NO_TOKEN && qi_slice_eq_nocase(s->tokens[det].form, QI_SLICE("this"));
  if (who->n_owners == 1 && who->owners[0].spot < 0) {
    int32_t m = w->at[who->sentence][who->owners[0].token];
    ours = m >= 0 && w->items.items[m].first_person && w->items.items[m].n_refs == 0;
  }
  qi_slice country = ours ? qi_reading_main_country(w) : QI_SLICE("");
  uint32_t ref = country.len ? qi_resolve_country_ref(w, country) : QI_NO_REF;
  qi_resolve_add(w, who, ref);
  if (ref != QI_NO_REF) who->via = "alias";
  return ref != QI_NO_REF;
}

/* "the former British premier", "the Russian minister": the one named before who held, or holds, such an office there. true: resolved. */
bool qi_describe_of_country(qi_whos *w, uint32_t k, qi_slice country) {
  qi_who *who = &w->items.items[k];
  if (who->plural || !who->person || who->indefinite || !country.len) return false;
  const qi_agent *agent = qi_agents_get(w->actors, who->agent);
  if (!who->former && qi_actors_holder(w->actors, country, agent->role, w->day) != QI_NO_ACTOR) return false; /* he it is */
  uint32_t ref = qi_office_named_before(w, k, agent);
  if (ref == QI_NO_REF || !qi_slice_eq_str(country, w->refs.items[ref].country)) return false;
  who->via = "title";
  qi_resolve_add(w, who, ref);
  return true;
}

bool qi_describe_definite(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  const qi_agent *agent = qi_agents_get(w->actors, who->agent);
  static const char *const lands[] = {"country", "nation", "kingdom", "republic"};
  if (!who->definite) return false;
  uint32_t ref = who->former && who->person && !who->plural ? qi_office_named_before(w, k, agent) : QI_NO_REF;
  if (who->former && ref == QI_NO_REF) return qi_office_newcomer(w, k, agent);
  if (ref != QI_NO_REF) {
    who->via = "title";
    qi_resolve_add(w, who, ref);
    return true;
  }
  if (qi_tree_lemma_in(head_of(w, who), lands, N(lands)) && !who->plural) {
    ref = last_state(w, k);
    who->via = "alias";
  } else if (!who->plural && who->person) {
    ref = qi_office_named_before(w, k, agent);
    who->via = "title";
  } else {
    ref = last_of_kind(w, k);
    if (ref == QI_NO_REF && !who->person && (!who->plural || agent->group)) ref = last_with_word(w, k);
    who->via = "alias";
  }
  const qi_who *same = ref == QI_NO_REF ? last_of_words(w, k) : NULL;
  if (same) {
    qi_coref_copy(w, who, same);
    who->via = "agent";
    return who->n_refs > 0;
  }
  if (ref == QI_NO_REF && is_institution(w, who, agent) && !qi_office_is_of_other(w, who)) {
    bool pope = qi_slice_eq_str(agent->role, "pope"); /* there is one */
    qi_slice country = pope ? QI_SLICE("VAT") : qi_office_country(w, k);
    if (country.len) {
      uint32_t holder = !who->plural && agent->role.len ? qi_office_holder(w, who, country, agent->role) : QI_NO_ACTOR;
      ref = holder != QI_NO_ACTOR ? qi_resolve_actor_ref(w, holder) : qi_resolve_agent_ref(w, country, agent);
      who->via = holder != QI_NO_ACTOR ? "title" : "agent";
    }
  }
  if (ref == QI_NO_REF) {
    who->via = "agent";
    return false;
  }
  qi_resolve_add(w, who, ref);
  return true;
}

/* "the group", "the company": the body of that kind named last. */
void qi_describe_noun(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  if (qi_describe_other(w, k)) return;
  if (who->person && who->how == QI_WHO_NOUN) {
    /* Somebody, if only by a word: "a Syrian pilot". */
    const qi_agent anybody = {.words = QI_SLICE("person"), .sector = QI_SLICE("CVL"), .role = QI_SLICE("")};
    qi_slice country = {0};
    for (uint32_t i = 0; i < who->n_owners && country.len == 0; i++) {
      if (who->owners[i].spot < 0) continue;
      const qi_spot *spot = &w->spots[who->sentence].items[who->owners[i].spot];
      const qi_name *name = spot->names ? qi_resolve_reading(w, spot, NULL) : NULL;
      if (name) country = qi_actors_get(w->actors, name->actor)->country;
    }
    if (country.len == 3) qi_resolve_add(w, who, qi_resolve_agent_ref(w, country, &anybody));
    return;
  }
  if (!who->definite || who->plural || who->n_owners > 0) return;
  uint32_t same = who->body ? last_with_word(w, k) : QI_NO_REF;
  if (same != QI_NO_REF) {
    qi_resolve_add(w, who, same);
    who->via = "alias";
    return;
  }
  qi_resolve_add(w, who, last_of_kind(w, k));
  if (who->n_refs > 0) who->via = "alias";
}
