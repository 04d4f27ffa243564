/* code: pronouns, "the two leaders", "the president", "the country" -> somebody named before.
 *
 * Pronouns are weighed after Lappin and Leass (1994): each earlier mention that agrees in number
 * and gender gets points for nearness, for being subject, for being named often; the best one wins
 * if it is clear of the next. Common nouns that are no actors compete too, so that "it" after "the
 * treaty" is left alone: no answer is better than a wrong one.
 *
 * Worked example: "Mr. Putin met Ms. Choe. He praised her." The candidates for "he" are Putin
 * (subject, male) and Choe (female by her title, ruled out); for "her" only Choe is left. */
#include "code/who.h"

#include "base/utf8.h"

#define N(list) (sizeof(list) / sizeof *(list))
#define MAX_BACK 3u      /* sentences that a pronoun looks back */
#define MAX_CANDIDATES 200u /* mentions that a pronoun is weighed against */
#define MAX_BACK_NOUN 15u /* sentences that "the president" looks back */
#define MAX_CALLED 100u /* sentences to either side that show how a body is called */
#define CLEAR_OF_NEXT 20 /* points by which the best candidate must win */
#define CLEAR_FOR_THINGS 20 /* the same for "it" and "they", which mean anything */

static const qi_sentence *sentence_of(const qi_whos *w, const qi_who *who) {
  return &w->doc->sentences[who->sentence];
}

static const qi_token *head_of(const qi_whos *w, const qi_who *who) {
  return &sentence_of(w, who)->tokens[who->head];
}

static const qi_ref *only_ref(const qi_whos *w, const qi_who *who) {
  return who->n_refs == 1 ? &w->refs.items[who->refs[0]] : NULL;
}

static void copy_refs(qi_whos *w, qi_who *who, const qi_who *from) {
  for (uint32_t i = 0; i < from->n_refs; i++) qi_resolve_add(w, who, from->refs[i]);
}

/* ---- relative and reflexive pronouns ---- */

static bool is_reflexive(const qi_token *t) {
  static const char *const words[] = {"himself", "herself", "itself", "themselves"};
  return qi_tree_form_in(t, words, N(words));
}

static bool is_relative(const qi_token *t) {
  static const char *const words[] = {"who", "whom", "whose", "which", "that"};
  return qi_tree_form_in(t, words, N(words));
}

/* The noun whose relative clause the pronoun stands in. */
static uint32_t antecedent_of_relative(const qi_sentence *s, uint32_t token) {
  for (uint32_t steps = 0; steps < s->n_tokens && s->tokens[token].head >= 0; steps++) {
    qi_rel rel = (qi_rel)s->tokens[token].rel;
    uint32_t head = (uint32_t)s->tokens[token].head;
    if (rel == QI_REL_ACL_RELCL || (rel == QI_REL_ACL && steps > 0)) return head;
    token = head;
  }
  return QI_NO_TOKEN;
}

/* "who" right behind somebody means him, whatever noun the clause was hung on. */
static int32_t person_before(const qi_whos *w, const qi_who *who) {
  const qi_sentence *s = sentence_of(w, who);
  uint32_t i = who->head;
  if (i > 0 && qi_slice_eq_str(s->tokens[i - 1].form, ",")) i--;
  for (uint32_t k = w->at[who->sentence][who->head] > 0 ? (uint32_t)w->at[who->sentence][who->head] : 0; k-- > 0;) {
    const qi_who *c = &w->items.items[k];
    if (c->sentence != who->sentence) break;
    if (c->last + 1 == i && c->n_refs > 0 && (c->person || w->refs.items[c->refs[0]].person)) return (int32_t)k;
  }
  return -1;
}

static void resolve_relative(qi_whos *w, qi_who *who) {
  static const char *const of_people[] = {"who", "whom", "whose"};
  uint32_t noun = antecedent_of_relative(sentence_of(w, who), who->head);
  int32_t k = noun == QI_NO_TOKEN ? -1 : w->at[who->sentence][noun];
  bool nobody = k < 0 || w->items.items[k].n_refs == 0;
  bool people = qi_tree_form_in(head_of(w, who), of_people, N(of_people));
  const qi_ref *ref = nobody ? NULL : only_ref(w, &w->items.items[k]);
  if (people && ref && ref->ner == QI_NER_LOC && !ref->state) { /* "citizens in Tikrit who suffered" */
    int32_t above = sentence_of(w, who)->tokens[noun].head;
    k = above < 0 ? -1 : w->at[who->sentence][above];
    if (k >= 0 && !w->items.items[k].person) return;
  }
  if (nobody && people) k = person_before(w, who);
  if (k < 0 || &w->items.items[k] == who) return;
  copy_refs(w, who, &w->items.items[k]);
}

static void resolve_reflexive(qi_whos *w, qi_who *who) {
  const qi_sentence *s = sentence_of(w, who);
  int32_t head = s->tokens[who->head].head;
  for (uint32_t steps = 0; head >= 0 && steps < 3; steps++, head = s->tokens[head].head) {
    int32_t k = w->at[who->sentence][head];
    if (k < 0) {
      uint32_t subject = qi_tree_child(s, (uint32_t)head, QI_REL_NSUBJ);
      k = subject == QI_NO_TOKEN ? -1 : w->at[who->sentence][subject];
    }
    if (k >= 0 && w->items.items[k].n_refs > 0 && &w->items.items[k] != who) {
      copy_refs(w, who, &w->items.items[k]);
      return;
    }
  }
}

/* ---- personal pronouns ---- */

typedef struct candidate {
  const qi_who *who;
  bool with_conj; /* the whole coordination that it heads */
  int points;
} candidate;

/* "Russia and China": does the mention head a coordination of somebodies? */
static bool heads_coordination(const qi_whos *w, const qi_who *who) {
  const qi_sentence *s = sentence_of(w, who);
  for (uint32_t i = s->child_begin[who->head]; i < s->child_begin[who->head + 1]; i++) {
    uint32_t c = s->child[i];
    int32_t k = w->at[who->sentence][c];
    if (s->tokens[c].rel == QI_REL_CONJ && k >= 0 && w->items.items[k].n_refs > 0) return true;
  }
  return false;
}

static bool is_argument(qi_rel rel) {
  return rel == QI_REL_NSUBJ || rel == QI_REL_NSUBJ_PASS || rel == QI_REL_OBJ || rel == QI_REL_IOBJ ||
         rel == QI_REL_OBL || rel == QI_REL_OBL_AGENT || rel == QI_REL_OBL_UNMARKED;
}

/* The token in whose place the mention stands: "Ukraine's president, Volodymyr Zelenskyy, accused" is about its subject. */
static const qi_token *place_of(const qi_whos *w, const qi_who *who) {
  const qi_sentence *s = sentence_of(w, who);
  const qi_token *t = &s->tokens[who->head];
  for (uint32_t steps = 0; t->rel == QI_REL_APPOS && t->head >= 0 && steps < 3; steps++) t = &s->tokens[t->head];
  return t;
}

static bool stands_as_subject(const qi_whos *w, const qi_who *who) {
  qi_rel rel = (qi_rel)place_of(w, who)->rel;
  return who->subject || rel == QI_REL_NSUBJ || rel == QI_REL_NSUBJ_PASS;
}

/* "Poland sent tanks to help it": does the subject do the pronoun's clause too, which has no subject of its own? */
static bool does_clause(const qi_sentence *s, const qi_token *pronoun, const qi_token *subject) {
  if (pronoun->head < 0 || qi_tree_child(s, (uint32_t)pronoun->head, QI_REL_NSUBJ) != QI_NO_TOKEN) return false;
  const qi_token *clause = &s->tokens[pronoun->head];
  if ((clause->rel != QI_REL_ADVCL && clause->rel != QI_REL_XCOMP) || clause->head < 0 || clause->head != subject->head) return false;
  if (clause->rel == QI_REL_ADVCL) return true;
  uint32_t object = qi_tree_child(s, (uint32_t)clause->head, QI_REL_OBJ);
  if (object == QI_NO_TOKEN) object = qi_tree_child(s, (uint32_t)clause->head, QI_REL_IOBJ);
  return object == QI_NO_TOKEN; /* "asked Poland to help it": Poland does it */
}

/* Two arguments of one verb are different people, unless one of them is reflexive. */
static bool same_clause_arguments(const qi_whos *w, const qi_who *pronoun, const qi_who *c) {
  if (pronoun->sentence != c->sentence) return false;
  const qi_token *p = head_of(w, pronoun), *t = head_of(w, c);
  if (p->rel == QI_REL_NMOD_POSS || !is_argument((qi_rel)p->rel)) return false;
  const qi_sentence *s = sentence_of(w, c);
  const qi_token *top = place_of(w, c);
  if (top->rel == QI_REL_NSUBJ && p->rel != QI_REL_NSUBJ && does_clause(s, p, top)) return true;
  if (top == t) top = &s->tokens[qi_tree_conj_top(s, c->head)];
  return p->head == top->head && is_argument((qi_rel)top->rel) && t != p;
}

/* Who speaks says "I" of himself. */
static bool is_its_speaker(const qi_whos *w, const qi_who *pronoun, const qi_who *c) {
  if (!pronoun->gender || pronoun->sentence != c->sentence || !c->subject) return false;
  return w->quoted[c->sentence][pronoun->head] && !w->quoted[c->sentence][c->head];
}

static bool is_somebody(const qi_who *c) { return c->n_refs > 0; }

/* Can the pronoun mean that mention at all? */
static bool agrees(const qi_whos *w, const qi_who *pronoun, const qi_who *c, bool conj) {
  const qi_ref *ref = only_ref(w, c);
  bool plural = conj || c->plural || c->n_refs > 1;
  bool person = ref ? ref->person || c->person : c->person;
  bool body = ref ? ref->body || (c->how == QI_WHO_AGENT && c->body) : c->body;
  char gender = ref && ref->gender ? ref->gender : c->gender;
  if (pronoun->gender) {
    if (plural || (gender && gender != pronoun->gender)) return false;
    if (ref && (ref->state || ref->body)) return false;
    return person || (c->how == QI_WHO_PRONOUN && c->gender == pronoun->gender);
  }
  if (pronoun->plural) return plural || (body && !person);
  return !plural && !person && !gender && c->how != QI_WHO_GROUP; /* it */
}

/* "Ukraine's defense of its homeland", "a Europe awakened from its slumber": the possessor, or the
 * implied subject, of a phrase that the pronoun stands in. */
static bool rules_phrase(const qi_whos *w, const qi_who *pronoun, const qi_who *c) {
  if (pronoun->sentence != c->sentence) return false;
  const qi_sentence *s = sentence_of(w, c);
  const qi_token *t = &s->tokens[c->head];
  if (t->rel == QI_REL_NMOD_POSS && t->head >= 0 && (uint32_t)t->head != pronoun->head &&
      s->tokens[pronoun->head].head != t->head && qi_tree_under(s, pronoun->head, (uint32_t)t->head))
    return true;
  for (uint32_t at = pronoun->head, steps = 0; s->tokens[at].head >= 0 && steps < QI_MAX_TREE_STEPS; steps++) {
    uint32_t head = (uint32_t)s->tokens[at].head;
    qi_rel rel = (qi_rel)s->tokens[at].rel;
    bool clause = rel == QI_REL_ACL || rel == QI_REL_ACL_RELCL || rel == QI_REL_CONJ; /* "Kim and his aide" */
    if (head == c->head) return clause && steps > 0;
    at = head;
  }
  return false;
}

/* "the defense of its homeland": the noun that holds the pronoun is not what it means. */
static bool holds_pronoun(const qi_whos *w, const qi_who *pronoun, const qi_who *c) {
  return pronoun->sentence == c->sentence && !rules_phrase(w, pronoun, c) &&
         qi_tree_under(sentence_of(w, c), pronoun->head, c->head);
}

static int points_of(const qi_whos *w, const qi_who *pronoun, const qi_who *c) {
  static const int near[] = {100, 70, 30, 10};
  uint32_t back = pronoun->sentence - c->sentence;
  const qi_token *t = head_of(w, c);
  const qi_ref *ref = only_ref(w, c);
  int points = near[back <= MAX_BACK ? back : MAX_BACK];
  bool subject = stands_as_subject(w, c);
  if (subject) points += 50;
  else if (c->object) points += 25;
  else if (t->rel == QI_REL_NMOD_POSS) points += 20;
  else if (t->rel == QI_REL_NMOD || t->rel == QI_REL_COMPOUND) points -= 10;
  if (subject && pronoun->subject) points += 10;
  if (rules_phrase(w, pronoun, c)) points += 50;
  if (pronoun->plural && !c->plural && c->n_refs == 1 && !heads_coordination(w, c)) points -= 40;
  if (c->how == QI_WHO_NAME || c->how == QI_WHO_UNKNOWN) points += 10;
  if (c->how == QI_WHO_PRONOUN && c->n_refs > 0) points += 10;
  if (c->how == QI_WHO_NOUN && !c->person && back > 0) points -= 15;
  if (ref) {
    points += (int)(ref->count < 5 ? ref->count : 5) * 4;
    if (pronoun->gender && ref->gender == pronoun->gender) points += 20;
    qi_slice prep = qi_tree_case(sentence_of(w, c), c->head);
    if (ref->state && (qi_slice_eq_str(prep, "in") || qi_slice_eq_str(prep, "at"))) points -= 30;
  }
  if (t->rel == QI_REL_OBL_UNMARKED || t->etype == QI_ETYPE_TIME) points -= 60;
  return points;
}

static bool same_meaning(const qi_who *a, const qi_who *b) {
  if (a->n_refs != b->n_refs || a->n_refs == 0) return false;
  for (uint32_t i = 0; i < a->n_refs; i++)
    if (a->refs[i] != b->refs[i]) return false;
  return true;
}

static void take(qi_whos *w, qi_who *who, const candidate *c) {
  copy_refs(w, who, c->who);
  if (!c->with_conj) return;
  const qi_sentence *s = sentence_of(w, c->who);
  for (uint32_t i = s->child_begin[c->who->head]; i < s->child_begin[c->who->head + 1]; i++) {
    int32_t k = w->at[c->who->sentence][s->child[i]];
    if (s->tokens[s->child[i]].rel == QI_REL_CONJ && k >= 0) copy_refs(w, who, &w->items.items[k]);
  }
}

static bool is_dead_noun(const qi_whos *w, const qi_who *c) {
  return c->first_person || c->dateline || head_of(w, c)->etype == QI_ETYPE_TIME || (c->same >= 0 && c->how != QI_WHO_NAME);
}

/* Is one of the refs named beside the pronoun, by an argument of the same verb after it? */
static bool named_beside(qi_whos *w, uint32_t k, const qi_who *c) {
  const qi_who *who = &w->items.items[k];
  const qi_token *t = head_of(w, who);
  if (!is_argument((qi_rel)t->rel) || t->head < 0 || c->n_refs != 1) return false;
  const qi_sentence *s = sentence_of(w, who);
  for (uint32_t i = s->child_begin[t->head]; i < s->child_begin[t->head + 1]; i++) {
    int32_t other = w->at[who->sentence][s->child[i]];
    if (s->child[i] == who->head || other < 0 || !is_argument((qi_rel)s->tokens[s->child[i]].rel)) continue;
    qi_resolve_ahead(w, (uint32_t)other);
    if (w->items.items[other].n_refs == 1 && w->items.items[other].refs[0] == c->refs[0]) return true;
  }
  return false;
}

/* "Emboldened by the pact which he signed, Kim ...": a fronted clause without a subject of its own
 * has that of the main clause. The mention of that subject, -1 none. */
static int32_t fronted_subject(const qi_whos *w, const qi_who *who) {
  const qi_sentence *s = sentence_of(w, who);
  uint32_t at = who->head;
  for (uint32_t steps = 0; s->tokens[at].head >= 0 && steps < QI_MAX_TREE_STEPS; steps++) {
    uint32_t head = (uint32_t)s->tokens[at].head;
    bool adverbial = s->tokens[at].rel == QI_REL_ADVCL || (s->tokens[at].rel == QI_REL_OBL && steps > 0);
    if (adverbial && at < head && qi_tree_child(s, at, QI_REL_NSUBJ) == QI_NO_TOKEN &&
        qi_tree_child(s, at, QI_REL_NSUBJ_PASS) == QI_NO_TOKEN) {
      uint32_t subject = qi_tree_child(s, head, QI_REL_NSUBJ);
      if (subject == QI_NO_TOKEN) subject = qi_tree_child(s, head, QI_REL_NSUBJ_PASS);
      if (subject != QI_NO_TOKEN && subject > who->head) return w->at[who->sentence][subject];
    }
    at = head;
  }
  return -1;
}

static bool resolve_fronted(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  int32_t subject = fronted_subject(w, who);
  if (subject < 0 || subject == (int32_t)k) return false;
  const qi_who *c = &w->items.items[subject];
  if (c->how == QI_WHO_PRONOUN) return false;
  qi_resolve_ahead(w, (uint32_t)subject);
  if (!is_somebody(c) || !agrees(w, who, c, who->plural && heads_coordination(w, c))) return false;
  take(w, who, &(candidate){c, who->plural && heads_coordination(w, c), 0});
  return true;
}

/* "it" and "they" mean things, ideas and people at large more often than actors: only near ones that
 * are named or have a country will do. */
static bool is_sure_of_things(const qi_whos *w, const qi_who *who, const candidate *best) {
  const qi_token *t = head_of(w, who);
  uint32_t back = who->sentence - best->who->sentence;
  bool possessive = t->rel == QI_REL_NMOD_POSS;
  for (uint32_t i = 0; i < best->who->n_refs; i++) {
    const qi_ref *ref = &w->refs.items[best->who->refs[i]];
    if (ref->ner == QI_NER_LOC && ref->actor == QI_NO_ACTOR) return false;
    if (!ref->person && !ref->state && !ref->body && !*ref->country && !who->plural) return false;
  }
  if (who->plural && (best->who->plural || best->with_conj || best->who->n_refs > 1)) return back <= 1;
  if (who->plural) return best->who->subject && (back == 0 || (back == 1 && who->subject)); /* a body */
  if (back > 1 || (back == 1 && !best->who->subject)) return false;
  if (possessive) return true;
  /* "It is ...", "It was ...": seldom an actor. */
  const qi_sentence *s = sentence_of(w, who);
  if (t->head >= 0 && qi_tree_child(s, (uint32_t)t->head, QI_REL_COP) != QI_NO_TOKEN) return false;
  if (back > 0) return t->rel == QI_REL_NSUBJ;
  return best->who->subject || (best->who->object && who->subject); /* "warned Israel that it ..." */
}

static void resolve_personal(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  candidate best = {0}, next = {0};
  if (resolve_fronted(w, k)) return;
  for (uint32_t i = k; i-- > 0;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + MAX_BACK < who->sentence || i + MAX_CANDIDATES < k) break;
    bool conj = who->plural && heads_coordination(w, c);
    if (holds_pronoun(w, who, c) || is_its_speaker(w, who, c) || named_beside(w, k, c)) continue;
    if (is_dead_noun(w, c) || same_clause_arguments(w, who, c) || !agrees(w, who, c, conj)) continue;
    if (!is_somebody(c) && c->how != QI_WHO_NOUN && c->how != QI_WHO_PRONOUN) continue;
    /* An unresolved pronoun of the same kind is no evidence for anybody. */
    if (c->how == QI_WHO_PRONOUN && !is_somebody(c)) continue;
    candidate one = {c, conj, points_of(w, who, c)};
    if (best.who && !conj && !best.with_conj && same_meaning(best.who, c)) {
      if (one.points > best.points) best = one;
      continue;
    }
    if (!best.who || one.points > best.points) {
      next = best;
      best = one;
    } else if (!next.who || one.points > next.points) {
      next = one;
    }
  }
  if (!best.who || !is_somebody(best.who)) return;
  int clear = who->gender ? CLEAR_OF_NEXT : CLEAR_FOR_THINGS;
  if (next.who && best.points - next.points < clear) return;
  if (!who->gender && !is_sure_of_things(w, who, &best)) return;
  take(w, who, &best);
}

/* ---- groups ---- */

typedef struct members_list {
  uint32_t refs[QI_MAX_GROUP * 4];
  uint32_t n;
} members_list;

static void add_member(members_list *g, uint32_t ref) {
  for (uint32_t i = 0; i < g->n; i++)
    if (g->refs[i] == ref) return;
  if (ref != QI_NO_REF && g->n < N(g->refs)) g->refs[g->n++] = ref;
}

typedef enum members { PEOPLE, LEADERS, STATES, ANYBODY } members;

static members members_of(const qi_whos *w, const qi_who *who) {
  static const char *const leaders[] = {"leader", "president", "premier", "minister", "diplomat",
                                        "statesman", "prime minister", "counterpart"};
  static const char *const people[] = {"man", "woman"};
  static const char *const any[] = {"both", "pair", "duo", "two", "trio", "side", "party", "foe",
                                    "rival", "ally", "enemy", "adversary", "partner", "faction",
                                    "belligerent"};
  const qi_token *t = head_of(w, who);
  if (qi_tree_lemma_in(t, leaders, N(leaders))) return LEADERS;
  if (qi_tree_lemma_in(t, people, N(people))) return PEOPLE;
  if (qi_tree_lemma_in(t, any, N(any))) return ANYBODY;
  return STATES;
}

/* Has the person an office such as "the two ministers" names? */
static bool is_of_office(const qi_whos *w, const qi_ref *ref, const qi_who *group) {
  const qi_token *t = head_of(w, group);
  qi_slice role = qi_slice_str(ref->role), lemma = t->lemma;
  if (qi_slice_find(role, QI_SLICE("former ")) != QI_NOT_FOUND) return false;
  if (qi_slice_find(role, lemma) != QI_NOT_FOUND) return true;
  if (qi_slice_eq_str(lemma, "diplomat")) return qi_slice_find(role, QI_SLICE("foreign")) != QI_NOT_FOUND;
  if (qi_slice_eq_str(lemma, "counterpart")) return role.len > 0;
  return qi_slice_eq_str(lemma, "leader") && qi_role_leads(role);
}

/* What a ref counts as among such members; QI_NO_REF: nothing. */
static uint32_t as_member(qi_whos *w, uint32_t index, members kind, const qi_who *group) {
  const qi_ref *ref = &w->refs.items[index];
  bool person = ref->person;
  switch (kind) {
  case PEOPLE: return person ? index : QI_NO_REF;
  case LEADERS: return person && is_of_office(w, ref, group) ? index : QI_NO_REF;
  case STATES:
    if (ref->state) return index;
    return strlen(ref->country) == 3 ? qi_resolve_country_ref(w, qi_slice_str(ref->country)) : QI_NO_REF;
  default:
    if (ref->ner == QI_NER_LOC && !ref->state) return QI_NO_REF;
    if (person || ref->state || ref->body || ref->actor != QI_NO_ACTOR) return index;
    return strlen(ref->country) == 3 ? index : QI_NO_REF;
  }
}

/* Members named in the sentence before mention `k`. core: only subjects, objects, and those in a
 * coordination with them or under "with". */
static void members_in(qi_whos *w, uint32_t sentence, uint32_t k, members kind, bool core, members_list *g) {
  const qi_who *what = &w->items.items[k];
  static const char *const with[] = {"with", "between", "against", "and"};
  for (uint32_t i = k; i-- > 0 && w->items.items[i].sentence >= sentence;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence != sentence || c->first_person || c->dateline) continue;
    const qi_sentence *s = sentence_of(w, c);
    uint32_t top = qi_tree_conj_top(s, c->head);
    qi_slice prep = qi_tree_case(s, top);
    bool is_core = c->subject || c->object || s->tokens[top].rel == QI_REL_OBL_AGENT;
    for (size_t p = 0; p < N(with); p++) is_core |= qi_slice_eq_str(prep, with[p]);
    if (core && !is_core) continue;
    for (uint32_t r = c->n_refs; r-- > 0;) add_member(g, as_member(w, c->refs[r], kind, what));
  }
}

/* The leaders of the members' countries. */
static void to_leaders(qi_whos *w, const members_list *states, members_list *out) {
  for (uint32_t i = 0; i < states->n; i++) {
    qi_slice country = qi_slice_str(w->refs.items[states->refs[i]].id);
    uint32_t holder = qi_actors_holder(w->actors, country, QI_SLICE("leader"), w->day);
    if (holder != QI_NO_ACTOR) add_member(out, qi_resolve_actor_ref(w, holder));
  }
}

static bool gather_group(qi_whos *w, uint32_t k, members kind, uint32_t count, members_list *out) {
  const qi_who *who = &w->items.items[k];
  members_list all = {0};
  for (uint32_t back = 0; back <= MAX_BACK && back <= who->sentence; back++) {
    uint32_t sentence = who->sentence - back;
    members_list before = all, core = all;
    members_in(w, sentence, k, kind, false, &all);
    if (all.n < count) continue;
    members_in(w, sentence, k, kind, true, &core);
    *out = all.n == count ? all : core.n == count ? core : before;
    return out->n == count;
  }
  return false;
}

static void resolve_group(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  members kind = members_of(w, who);
  uint32_t count = who->count ? who->count : 2;
  members_list g = {0};
  if (!gather_group(w, k, kind, count, &g) && kind == LEADERS) {
    members_list states = {0};
    g = (members_list){0};
    if (gather_group(w, k, STATES, count, &states)) to_leaders(w, &states, &g);
  }
  if (g.n != count) return;
  for (uint32_t i = g.n; i-- > 0;) qi_resolve_add(w, who, g.refs[i]); /* in order of the text */
}

/* ---- definite descriptions ---- */

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

/* "the militant group" after "Hezbollah". */
static uint32_t last_armed_group(const qi_whos *w, uint32_t k, const qi_agent *agent) {
  static const char *const heads[] = {"group", "militia", "organization", "organisation", "movement",
                                      "faction", "cartel", "network", "front"};
  static const char *const sectors[] = {"UAF", "REB", "INS", "SEP", "CRM"};
  const qi_who *who = &w->items.items[k];
  bool armed = false;
  for (size_t i = 0; i < N(sectors); i++) armed |= qi_slice_eq_str(agent->sector, sectors[i]);
  if (!armed || who->plural || !qi_tree_lemma_in(head_of(w, who), heads, N(heads))) return QI_NO_REF;
  for (uint32_t i = k; i-- > 0;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + 4 < who->sentence) break;
    const qi_ref *ref = only_ref(w, c);
    if (ref && ref->body && ref->actor != QI_NO_ACTOR &&
        qi_actors_get(w->actors, ref->actor)->type == QI_ACTOR_ARMED_GROUP)
      return c->refs[0];
  }
  return QI_NO_REF;
}

/* "the court" after "the International Criminal Court": the last body with that word in its name. */
static uint32_t last_with_word(const qi_whos *w, uint32_t k) {
  const qi_who *who = &w->items.items[k];
  qi_slice lemma = head_of(w, who)->lemma;
  for (uint32_t i = k; i-- > 0 && lemma.len > 2;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + 5 < who->sentence) break;
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
    int points = points_of(w, who, c) + (ref->state ? 10 : -10);
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

bool qi_coref_body(qi_whos *w, uint32_t k) {
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

bool qi_coref_definite(qi_whos *w, uint32_t k) {
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
  } else if (!who->plural || agent->group) {
    ref = last_armed_group(w, k, agent);
    if (ref == QI_NO_REF && !who->person) ref = last_with_word(w, k);
    who->via = "alias";
  }
  const qi_who *same = ref == QI_NO_REF ? last_of_words(w, k) : NULL;
  if (same) {
    copy_refs(w, who, same);
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
static void resolve_noun(qi_whos *w, uint32_t k) {
  static const char *const armed[] = {"group", "movement", "organization", "organisation", "faction"};
  static const char *const blocs[] = {"alliance", "bloc", "organization", "organisation", "body", "union"};
  qi_who *who = &w->items.items[k];
  const qi_token *t = head_of(w, who);
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
  bool any_armed = qi_tree_lemma_in(t, armed, N(armed)), any_bloc = qi_tree_lemma_in(t, blocs, N(blocs));
  if (!any_armed && !any_bloc) return;
  for (uint32_t i = k; i-- > 0;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + 4 < who->sentence) break;
    const qi_ref *ref = only_ref(w, c);
    if (!ref || !ref->body) continue;
    uint8_t type = ref->actor == QI_NO_ACTOR ? QI_ACTOR_NGO : qi_actors_get(w->actors, ref->actor)->type;
    bool bloc = type == QI_ACTOR_IGO || type == QI_ACTOR_ALLIANCE;
    bool group_like = type == QI_ACTOR_ARMED_GROUP || type == QI_ACTOR_PARTY || type == QI_ACTOR_NGO;
    if ((any_bloc && bloc) || (any_armed && group_like)) {
      qi_resolve_add(w, who, c->refs[0]);
      who->via = "alias";
      return;
    }
  }
}

quid_status qi_coref(qi_whos *w, uint32_t k, quid_error *err) {
  (void)err;
  qi_who *who = &w->items.items[k];
  const qi_token *t = head_of(w, who);
  if (who->how == QI_WHO_GROUP) resolve_group(w, k);
  else if (who->how == QI_WHO_NOUN) resolve_noun(w, k);
  else if (who->first_person) qi_speaker_resolve(w, k);
  else if (is_reflexive(t)) resolve_reflexive(w, who);
  else if (is_relative(t)) resolve_relative(w, who);
  else resolve_personal(w, k);
  return QUID_OK;
}
