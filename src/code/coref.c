/* code: pronouns -> somebody named before.
 *
 * Pronouns are weighed after Lappin and Leass (1994): each earlier mention that agrees in number
 * and gender gets points for nearness, for being subject, for being named often; the best one wins
 * if it is clear of the next. Common nouns that are no actors compete too, so that "it" after "the
 * treaty" is left alone: no answer is better than a wrong one.
 *
 * Worked example: "Mr. Putin met Ms. Choe. He praised her." The candidates for "he" are Putin
 * (subject, male) and Choe (female by her title, ruled out); for "her" only Choe is left. */
#include "code/who.h"

#include "know/frames.h"

#define N(list) (sizeof(list) / sizeof *(list))
#define MAX_BACK 3u      /* sentences that a pronoun looks back */
#define MAX_CANDIDATES 200u /* mentions that a pronoun is weighed against */
#define CLEAR_OF_NEXT 5 /* points by which the best candidate must win */
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

void qi_coref_copy(qi_whos *w, qi_who *who, const qi_who *from) {
  if (who->from < 0 && from->n_refs > 0) who->from = (int32_t)(from - w->items.items);
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
  qi_coref_copy(w, who, &w->items.items[k]);
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
      qi_coref_copy(w, who, &w->items.items[k]);
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

/* "Roe met Doe and thanked him": the second verb has the first one's subject. */
static bool shares_subject(const qi_sentence *s, const qi_token *p, const qi_token *subject) {
  if (p->head < 0) return false;
  const qi_token *verb = &s->tokens[p->head];
  return verb->rel == QI_REL_CONJ && verb->upos == QI_VERB && verb->head == subject->head &&
         qi_tree_child(s, (uint32_t)p->head, QI_REL_NSUBJ) == QI_NO_TOKEN && qi_tree_child(s, (uint32_t)p->head, QI_REL_NSUBJ_PASS) == QI_NO_TOKEN;
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
  if (top->rel == QI_REL_NSUBJ && p->rel != QI_REL_NSUBJ && shares_subject(s, p, top)) return true;
  return p->head == top->head && is_argument((qi_rel)top->rel) && t != p;
}

static bool is_hostile(const qi_whos *w, const qi_token *verb) {
  const qi_frames *frames = w->know->frames;
  const qi_trigger *trigger;
  if (!frames || verb->upos != QI_VERB) return false;
  uint32_t at = qi_frames_first(frames, verb->lemma, 'v');
  const qi_frame *frame;
  while ((frame = qi_frames_next(frames, &at, &trigger)))
    if ((frame->type == QUID_ASSAULT || frame->type == QUID_COERCE || frame->type == QUID_THREATEN) && trigger->words.n == 1) return true;
  return false;
}

/* "Ostria said that Norland had attacked its ports": in a clause that somebody tells, who attacks does not attack what is his own. */
static bool is_own_victim(const qi_whos *w, const qi_who *pronoun, const qi_who *c) {
  if (pronoun->sentence != c->sentence) return false;
  const qi_sentence *s = sentence_of(w, c);
  const qi_token *p = head_of(w, pronoun);
  if (p->rel != QI_REL_NMOD_POSS || p->head < 0) return false;
  const qi_token *noun = &s->tokens[p->head];
  if (noun->rel != QI_REL_OBJ || noun->head < 0) return false;
  const qi_token *verb = &s->tokens[noun->head];
  uint32_t subject = qi_tree_child(s, (uint32_t)noun->head, QI_REL_NSUBJ);
  int32_t k = subject == QI_NO_TOKEN ? -1 : w->at[c->sentence][subject];
  if (k < 0 || (verb->rel != QI_REL_CCOMP && verb->rel != QI_REL_ADVCL)) return false;
  return (&w->items.items[k] == c || qi_coref_same(&w->items.items[k], c)) && is_hostile(w, verb);
}

/* Who speaks says "I" of himself. */
static bool is_its_speaker(const qi_whos *w, const qi_who *pronoun, const qi_who *c) {
  if (!pronoun->gender || pronoun->sentence != c->sentence || !c->subject) return false;
  return w->quoted[c->sentence][pronoun->head] && !w->quoted[c->sentence][c->head];
}

static bool is_somebody(const qi_who *c) { return c->n_refs > 0; }

/* "The United States said it had": names of states and bodies are one, whatever their last letter; not those of forces. */
static bool is_one_by_name(const qi_whos *w, const qi_who *c, const qi_ref *ref) {
  if (!ref || c->how != QI_WHO_NAME) return false;
  if (ref->state) return true;
  uint8_t type = ref->actor == QI_NO_ACTOR ? QI_N_ACTOR_TYPES : qi_actors_get(w->actors, ref->actor)->type;
  return type == QI_ACTOR_IGO || type == QI_ACTOR_COMPANY || type == QI_ACTOR_NGO || type == QI_ACTOR_MEDIA;
}

/* Can the pronoun mean that mention at all? */
static bool agrees(const qi_whos *w, const qi_who *pronoun, const qi_who *c, bool conj) {
  const qi_ref *ref = only_ref(w, c);
  bool plural = conj || (c->plural && (pronoun->plural || !is_one_by_name(w, c, ref))) || c->n_refs > 1;
  bool person = ref ? ref->person || c->person : c->person;
  bool body = ref ? ref->body || (c->how == QI_WHO_AGENT && c->body) : c->body;
  char gender = ref && ref->gender ? ref->gender : c->gender;
  if (pronoun->gender) {
    if (plural || (gender && gender != pronoun->gender)) return false;
    if (ref && (ref->state || ref->body)) return false;
    return person || (c->how == QI_WHO_PRONOUN && c->gender == pronoun->gender);
  }
  if (pronoun->plural) return plural || ((body || (ref && ref->state)) && !person);
  return !plural && !person && !gender && c->how != QI_WHO_GROUP; /* it */
}

/* A state by name, or a pronoun that meant it. */
static bool is_land(const qi_whos *w, const qi_who *c) {
  const qi_ref *ref = only_ref(w, c);
  return ref && ref->state && (c->how == QI_WHO_NAME || c->how == QI_WHO_PRONOUN);
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

int qi_coref_points(const qi_whos *w, const qi_who *pronoun, const qi_who *c) {
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

bool qi_coref_same(const qi_who *a, const qi_who *b) {
  if (a->n_refs != b->n_refs || a->n_refs == 0) return false;
  for (uint32_t i = 0; i < a->n_refs; i++)
    if (a->refs[i] != b->refs[i]) return false;
  return true;
}

static void take(qi_whos *w, qi_who *who, const candidate *c) {
  qi_coref_copy(w, who, c->who);
  if (!c->with_conj) return;
  const qi_sentence *s = sentence_of(w, c->who);
  for (uint32_t i = s->child_begin[c->who->head]; i < s->child_begin[c->who->head + 1]; i++) {
    int32_t k = w->at[c->who->sentence][s->child[i]];
    if (s->tokens[s->child[i]].rel == QI_REL_CONJ && k >= 0) qi_coref_copy(w, who, &w->items.items[k]);
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

/* Verbs whose object is somebody: "warned it", "helped it". */
static bool takes_somebody(const qi_sentence *s, const qi_token *object) {
  static const char *const verbs[] = {"accuse", "warn", "threaten", "urge", "ask", "tell", "thank", "invade", "persuade", "pressure", "blame",
                                      "help", "arm", "invite", "remind", "advise", "persuade", "punish", "pressure"};
  return object->head >= 0 && qi_tree_lemma_in(&s->tokens[object->head], verbs, N(verbs));
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
  if (back > 0) return t->rel == QI_REL_NSUBJ || t->rel == QI_REL_IOBJ || (t->rel == QI_REL_OBJ && takes_somebody(s, t));
  return best->who->subject || (best->who->object && who->subject); /* "warned Israel that it ..." */
}

/* The two best candidates for the pronoun. land: a state may be "she". */
static void weigh_all(qi_whos *w, uint32_t k, bool land, candidate *best, candidate *next) {
  qi_who *who = &w->items.items[k];
  for (uint32_t i = k; i-- > 0;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence + MAX_BACK < who->sentence || i + MAX_CANDIDATES < k) break;
    bool conj = who->plural && heads_coordination(w, c);
    if (holds_pronoun(w, who, c) || is_its_speaker(w, who, c) || is_own_victim(w, who, c) || named_beside(w, k, c)) continue;
    if (is_dead_noun(w, c) || same_clause_arguments(w, who, c)) continue;
    if (land ? !is_land(w, c) : !agrees(w, who, c, conj)) continue;
    if (!is_somebody(c) && c->how != QI_WHO_NOUN && c->how != QI_WHO_PRONOUN) continue;
    /* An unresolved pronoun of the same kind is no evidence for anybody. */
    if (c->how == QI_WHO_PRONOUN && !is_somebody(c)) continue;
    candidate one = {c, conj, qi_coref_points(w, who, c)};
    if (best->who && !conj && !best->with_conj && qi_coref_same(best->who, c)) {
      if (one.points > best->points) *best = one;
      continue;
    }
    if (!best->who || one.points > best->points) {
      *next = *best;
      *best = one;
    } else if (!next->who || one.points > next->points) {
      *next = one;
    }
  }
}

static void resolve_personal(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  candidate best = {0}, next = {0};
  if (resolve_fronted(w, k)) return;
  weigh_all(w, k, false, &best, &next);
  if (!best.who && who->gender == 'f') weigh_all(w, k, true, &best, &next); /* "Norland and her allies" */
  if (!best.who || !is_somebody(best.who)) return;
  int clear = who->gender ? CLEAR_OF_NEXT : CLEAR_FOR_THINGS;
  if (next.who && best.points - next.points < clear) return;
  if (!who->gender && !is_sure_of_things(w, who, &best)) return;
  take(w, who, &best);
}

quid_status qi_coref(qi_whos *w, uint32_t k, quid_error *err) {
  (void)err;
  qi_who *who = &w->items.items[k];
  const qi_token *t = head_of(w, who);
  if (who->how == QI_WHO_GROUP) qi_group_resolve(w, k);
  else if (who->how == QI_WHO_NOUN) qi_describe_noun(w, k);
  else if (who->first_person) qi_speaker_resolve(w, k);
  else if (is_reflexive(t)) resolve_reflexive(w, who);
  else if (is_relative(t)) resolve_relative(w, who);
  else resolve_personal(w, k);
  return QUID_OK;
}
