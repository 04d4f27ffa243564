/* code: spots + tree -> one record for each mention of somebody.
 *
 * A name takes the offices and titles before it into its own mention ("Russian Foreign Minister
 * Sergey Lavrov" is one), an agent gets its owners ("the Syrian army", "troops from Chad"), and
 * appositions are tied together ("Choe Son Hui, the North Korean foreign minister").
 *
 * Worked example: "Russian Foreign Minister Sergey Lavrov met his North Korean counterpart": the
 * agent "foreign minister" stands right before a person's name, so it is the title of that name and
 * its owner is "Russian"; "his" is a pronoun; "counterpart" is an agent owned by "North Korean" and
 * by "his". */
#include "code/who.h"

#include "base/utf8.h"

#define N(list) (sizeof(list) / sizeof *(list))
#define MAX_BACK_SURNAME 10u /* sentences that a surname looks back for the full name */

typedef struct phraser {
  qi_whos *w;
  uint32_t sentence;
  const qi_sentence *s;
  qi_spots *spots;
  size_t begin; /* of this sentence's mentions in w->items */
  uint32_t dateline; /* tokens of "SEOUL, South Korea (AP) --" at its start */
  bool failed;
} phraser;

static int32_t *at(const phraser *p) { return p->w->at[p->sentence]; }

/* Words that say whether a man or a woman is meant. */
static char gender_of_word(const qi_token *t) {
  static const char *const male[] = {
    "man", "boy", "father", "brother", "son", "husband", "uncle", "nephew", "grandfather", "king",
    "prince", "spokesman", "chairman", "businessman", "congressman", "policeman", "gunman", "gentleman",
    "actor", "emperor", "sultan", "emir", "sheikh", "imam", "ayatollah", "bishop", "pope", "priest",
    "monk", "cleric", "clergyman", "fisherman", "salesman", "cameraman", "newsman", "statesman",
    "widower", "strongman", "strongmen", "grandson", "stepfather", "son-in-law", "dad", "guy"};
  static const char *const female[] = {
    "woman", "girl", "mother", "sister", "daughter", "wife", "aunt", "niece", "grandmother", "queen",
    "princess", "spokeswoman", "chairwoman", "businesswoman", "congresswoman", "policewoman", "lady",
    "actress", "empress", "nun", "widow", "granddaughter", "stepmother", "mom", "mum", "girlfriend"};
  if (qi_tree_lemma_in(t, male, N(male))) return 'm';
  return qi_tree_lemma_in(t, female, N(female)) ? 'f' : 0;
}

static qi_who *new_who(phraser *p, uint32_t head, uint32_t first, uint32_t last, qi_who_how how) {
  qi_who who = {.sentence = p->sentence, .head = head, .first = first, .last = last,
                .how = (uint8_t)how, .spot = -1, .agent = QI_NO_AGENT, .agent_head = QI_NO_TOKEN,
                .same = -1, .from = -1, .via = "name"};
  const qi_token *t = &p->s->tokens[head];
  uint32_t det = qi_tree_child(p->s, head, QI_REL_DET);
  static const char *const indefinite[] = {"a", "an", "another", "any", "some", "no", "every", "each"};
  if (det != QI_NO_TOKEN) {
    who.indefinite = qi_tree_lemma_in(&p->s->tokens[det], indefinite, N(indefinite));
    who.definite = !who.indefinite;
  }
  who.plural = qi_token_has(t, "Number=Plur");
  uint32_t top = qi_tree_conj_top(p->s, head);
  qi_rel rel = (qi_rel)p->s->tokens[top].rel;
  who.subject = rel == QI_REL_NSUBJ || rel == QI_REL_NSUBJ_PASS || rel == QI_REL_NSUBJ_OUTER;
  who.object = rel == QI_REL_OBJ || rel == QI_REL_IOBJ;
  if (how == QI_WHO_AGENT || how == QI_WHO_NOUN) who.gender = gender_of_word(t);
  if (!QI_VEC_PUSH_IN(p->w->arena, &p->w->items, who)) {
    p->failed = true;
    return NULL;
  }
  at(p)[head] = (int32_t)p->w->items.len - 1;
  return &p->w->items.items[p->w->items.len - 1];
}

static bool was(const phraser *p, uint32_t token) {
  static const char *const words[] = {
    "former", "ex", "late", "then", "future", "incoming", "next", "previous", "past", "would-be",
    "aspiring", "ousted", "deposed", "onetime", "erstwhile", "elect", "designate", "vice", "deputy",
    "assistant", "potential", "prospective", "new", "first", "last", "ex-", "exiled", "overthrown",
    "toppled", "retired", "outgoing"};
  return qi_tree_form_in(&p->s->tokens[token], words, N(words));
}

/* "former president", "then-president", "president-elect". */
static bool is_former(const phraser *p, uint32_t first, uint32_t head) {
  static const char *const rank[] = {"vice", "deputy", "assistant", "first"};
  for (uint32_t i = p->s->child_begin[head]; i < p->s->child_begin[head + 1]; i++) {
    uint32_t c = p->s->child[i];
    bool own = c >= first && c < head && qi_tree_form_in(&p->s->tokens[c], rank, N(rank)); /* the office itself: "vice president" */
    if (was(p, c) && !own && p->spots->at[c] < 0) return true; /* but "New Zealand's PM" */
  }
  if (first >= 1 && was(p, first - 1)) return true;
  return first >= 2 && qi_slice_eq_str(p->s->tokens[first - 1].form, "-") && was(p, first - 2);
}

static uint8_t ner_of_etype(const qi_token *t) {
  return t->etype == QI_ETYPE_PERSON ? QI_NER_PER
         : t->etype == QI_ETYPE_ORGANIZATION ? QI_NER_ORG
         : t->etype == QI_ETYPE_PLACE ? QI_NER_LOC : QI_NER_NONE;
}

/* ---- one record for each spot, pronoun, and other noun for somebody ---- */

/* Equipment and abstractions act where they are subjects; elsewhere they are what is given or shared. */
static bool is_thing(const phraser *p, const qi_who *who) {
  static const char *const equipment[] = {
    "artillery", "tank", "submarine", "warship", "drone", "helicopter", "jet", "aircraft", "vehicle",
    "plane", "bomber", "fighter jet", "gunboat", "frigate", "destroyer", "vessel", "ship", "tanker",
    "warplane", "carrier", "corvette", "ferry", "freighter", "trawler", "boat", "defense", "defence",
    "website", "television", "TV", "newspaper", "drone", "gunship"};
  static const char *const abstract[] = {
    "intelligence", "press", "alliance", "force", "court", "mission", "operation", "coalition",
    "union", "partner", "leadership", "presidency", "state", "country", "society", "community",
    "resistance", "opposition", "prosecution", "mediator", "movement", "business", "school", "office",
    "bank", "mob", "church", "party", "staff", "department", "crew", "power", "asset"};
  const qi_token *t = &p->s->tokens[who->head];
  if (qi_tree_lemma_in(t, equipment, N(equipment))) return !who->subject;
  if (qi_token_has(t, "Number=Plur")) return false; /* "forces" */
  static const char *const pacts[] = {"alliance", "partnership", "union", "coalition"};
  for (uint32_t i = p->s->child_begin[who->head]; i < p->s->child_begin[who->head + 1]; i++)
    if (qi_tree_lemma_in(t, pacts, N(pacts)) && p->s->tokens[p->s->child[i]].rel == QI_REL_NMOD &&
        (qi_slice_eq_str(qi_tree_case(p->s, p->s->child[i]), "with") ||
         qi_slice_eq_str(qi_tree_case(p->s, p->s->child[i]), "between")))
      return true; /* "its alliance with China" */
  bool idea = t->etype == QI_ETYPE_ABSTRACT || t->etype == QI_ETYPE_EVENT || t->etype == QI_ETYPE_TIME;
  return idea && qi_tree_lemma_in(t, abstract, N(abstract));
}

/* "at 9 PM" */
static bool is_hour(const phraser *p, const qi_spot *spot) {
  if (spot->first == 0 || spot->first != spot->last || !qi_slice_eq_nocase(p->s->tokens[spot->first].form, QI_SLICE("PM"))) return false;
  const qi_token *t = &p->s->tokens[spot->first - 1];
  return t->upos == QI_NUM || (t->form.len && qi_ascii_is_digit(t->form.ptr[0]));
}

static void add_spot(phraser *p, int32_t k) {
  const qi_spot *spot = &p->spots->items[k];
  if (spot->modifier || spot->backed || is_hour(p, spot)) return;
  bool name = spot->agent == QI_NO_AGENT;
  /* A spot that a later one took over. */
  if ((name ? p->spots->at : p->spots->agent)[spot->head] != k) return;
  if (!name && p->spots->at[spot->head] >= 0) return;
  qi_who *who = new_who(p, spot->head, spot->first, spot->last,
                        !name ? QI_WHO_AGENT : spot->names ? QI_WHO_NAME : QI_WHO_UNKNOWN);
  if (!who) return;
  who->ner = spot->ner;
  if (name) {
    who->spot = k;
    return;
  }
  const qi_agent *agent = qi_agents_get(p->w->actors, spot->agent);
  who->agent = spot->agent;
  who->agent_head = spot->head;
  who->former = is_former(p, spot->first, spot->head);
  who->via = "agent";
  who->plural |= agent->group;
  who->person = agent->role.len > 0 || p->s->tokens[spot->head].etype == QI_ETYPE_PERSON;
  who->body = !who->person;
  who->thing = is_thing(p, who);
}

static bool is_first_person(const qi_token *t) {
  static const char *const words[] = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"};
  return t->upos == QI_PRON && !qi_slice_eq_str(t->form, "US") && qi_tree_form_in(t, words, N(words));
}

/* he she they it his ... and the relative pronouns. */
static bool is_pronoun(const qi_token *t) {
  static const char *const personal[] = {"he", "she", "him", "her", "his", "hers", "it", "its", "they",
                                         "them", "their", "theirs", "himself", "herself", "itself",
                                         "themselves"};
  static const char *const relative[] = {"who", "whom", "whose", "which", "that"};
  if (t->upos != QI_PRON && t->upos != QI_DET) return false;
  if (t->rel == QI_REL_EXPL) return false;
  if (is_first_person(t)) return true;
  if (qi_tree_form_in(t, personal, N(personal))) return true;
  if (!qi_tree_form_in(t, relative, N(relative))) return false;
  return qi_slice_eq_str(t->xpos, "WDT") || qi_slice_eq_str(t->xpos, "WP") ||
         qi_slice_eq_str(t->xpos, "WP$") || qi_token_has(t, "PronType=Rel");
}

static void add_pronoun(phraser *p, uint32_t i) {
  static const char *const male[] = {"he", "him", "his", "himself"};
  static const char *const female[] = {"she", "her", "hers", "herself"};
  static const char *const many[] = {"they", "them", "their", "theirs", "themselves"};
  const qi_token *t = &p->s->tokens[i];
  qi_who *who = new_who(p, i, i, i, QI_WHO_PRONOUN);
  if (!who) return;
  who->via = "pronoun";
  who->gender = qi_tree_form_in(t, male, N(male)) ? 'm' : qi_tree_form_in(t, female, N(female)) ? 'f' : 0;
  who->person = who->gender != 0;
  who->plural = qi_tree_form_in(t, many, N(many));
  who->first_person = is_first_person(t);
}

/* "hundreds of soldiers", "members of Hamas", "some of the rebels": the noun behind "of". */
static uint32_t counted_noun(const phraser *p, uint32_t i) {
  static const char *const words[] = {
    "hundred", "thousand", "dozen", "score", "million", "number", "group", "majority", "handful",
    "couple", "rest", "some", "many", "most", "lot", "part", "bulk", "half", "third", "quarter",
    "unit", "element", "remnant", "column", "convoy", "wave", "few", "several", "all", "one",
    "none", "each", "both", "two", "three", "contingent", "battalion", "brigade", "team", "band",
    "remainder", "percent", "ten", "tens", "member"}; /* last: no former ones */
  if (!qi_tree_lemma_in(&p->s->tokens[i], words, N(words))) return QI_NO_TOKEN;
  if (qi_tree_lemma_in(&p->s->tokens[i], words + N(words) - 1, 1) && is_former(p, i, i)) return QI_NO_TOKEN;
  for (uint32_t k = p->s->child_begin[i]; k < p->s->child_begin[i + 1]; k++) {
    uint32_t c = p->s->child[k];
    if (c > i && p->s->tokens[c].rel == QI_REL_NMOD && qi_slice_eq_str(qi_tree_case(p->s, c), "of")) return c;
  }
  return QI_NO_TOKEN;
}

static void count_noun(phraser *p, uint32_t i) {
  uint32_t noun = counted_noun(p, i);
  if (noun == QI_NO_TOKEN || at(p)[noun] < 0 || at(p)[noun] == at(p)[i]) return;
  const qi_who *counted = &p->w->items.items[at(p)[noun]];
  if (counted->how == QI_WHO_PRONOUN || counted->how == QI_WHO_GROUP) return;
  if (counted->how == QI_WHO_NOUN && !counted->person) return;
  static const char *const any[] = {"member", "unit", "element", "remnant", "column", "convoy", "team",
                                    "contingent", "battalion", "brigade", "group"};
  /* "half of the protesters", but not "part of the country". */
  if (!counted->plural && !qi_tree_lemma_in(&p->s->tokens[i], any, N(any))) return;
  int32_t same = at(p)[noun];
  bool person = counted->person, body = counted->body;
  qi_who *who = at(p)[i] >= 0 ? &p->w->items.items[at(p)[i]] : new_who(p, i, i, i, QI_WHO_NOUN);
  if (!who || who->how == QI_WHO_NAME || who->how == QI_WHO_UNKNOWN || who->same >= 0) return;
  who->same = same;
  who->person = person;
  who->body = body;
  who->via = "agent";
  who->plural = true;
}

static void add_others(phraser *p) {
  for (uint32_t i = 0; i < p->s->n_tokens; i++) {
    const qi_token *t = &p->s->tokens[i];
    uint8_t count;
    if (at(p)[i] >= 0 || p->spots->at[i] >= 0 || p->spots->agent[i] >= 0) continue;
    if (is_pronoun(t)) {
      add_pronoun(p, i);
    } else if (qi_group_stands(p->s, i, &count)) {
      qi_who *who = new_who(p, i, i, i, QI_WHO_GROUP);
      if (who) who->via = "pronoun", who->plural = count > 1, who->count = count;
    } else if (t->upos == QI_NOUN && t->rel != QI_REL_COMPOUND) {
      /* Everything that a pronoun might mean: most are no actors, but stand in the way of one. */
      qi_who *who = new_who(p, i, i, i, QI_WHO_NOUN);
      if (!who) return;
      who->ner = ner_of_etype(t);
      who->person = t->etype == QI_ETYPE_PERSON;
      who->body = t->etype == QI_ETYPE_ORGANIZATION;
      who->via = "agent";
    }
  }
}

static void make_group(qi_who *who, uint8_t count) {
  who->how = QI_WHO_GROUP;
  who->count = count;
  who->plural = true;
  who->via = "pronoun";
}

/* "the two leaders", "both countries": an agent counted, and without an owner of its own. */
static void mark_group(phraser *p, qi_who *who) {
  static const char *const plain[] = {"side", "man", "woman", "country", "nation", "state", "party",
                                      "government", "capital", "leader", "neighbor", "neighbour",
                                      "ally", "foe", "rival", "power", "president", "premier",
                                      "minister", "prime minister", "diplomat", "army", "military",
                                      "adversary", "enemy", "partner", "statesman", "superpower",
                                      "belligerent", "counterpart", "republic", "kingdom", "faction"};
  const qi_token *t = &p->s->tokens[who->head];
  if (!qi_tree_lemma_in(t, plain, N(plain)) || who->n_owners > 0) return;
  for (uint32_t i = p->s->child_begin[who->head]; i < p->s->child_begin[who->head + 1]; i++) {
    bool whole;
    uint8_t count = qi_group_counted(&p->s->tokens[p->s->child[i]], &whole);
    if (count == 0) continue;
    if (!whole && !who->definite) return; /* "two leaders": new ones */
    make_group(who, count);
    return;
  }
  static const char *const two[] = {"side", "foe", "rival", "adversary", "belligerent", "neighbor", "neighbour"};
  bool bare = who->first == who->last && who->definite && qi_token_has(t, "Number=Plur");
  for (uint32_t i = p->s->child_begin[who->head]; i < p->s->child_begin[who->head + 1]; i++)
    bare &= p->s->tokens[p->s->child[i]].rel == QI_REL_DET || p->s->child[i] > who->head;
  if (bare && qi_tree_lemma_in(t, two, N(two))) make_group(who, 2); /* "the sides agreed" */
}

/* ---- owners ---- */

static bool owns_from_within(const qi_agent *agent, qi_slice prep) {
  /* "rebels in Syria" are Syrian, "troops in Syria" need not be. */
  static const char *const local[] = {"GOV", "COP", "CVL", "OPP", "REB", "INS", "SEP", "LEG", "JUD",
                                      "PTY", "LAB", "REF", "EDU", "REL", "UAF", "CRM"};
  if (!qi_slice_eq_str(prep, "in") && !qi_slice_eq_str(prep, "at")) return false;
  for (size_t i = 0; i < N(local); i++)
    if (qi_slice_eq_str(agent->sector, local[i]) && agent->role.len == 0) return true;
  return false;
}

static void add_owner(qi_who *who, uint32_t token, int32_t spot) {
  for (uint32_t i = 0; i < who->n_owners; i++)
    if (who->owners[i].token == token) return;
  if (who->n_owners < QI_MAX_OWNERS) who->owners[who->n_owners++] = (qi_owner){token, spot};
}

static void gather(const phraser *p, qi_who *who, uint32_t token, uint32_t depth);

/* The noun phrase at `c` owns the mention: its name, its coordinated names, or through its own owner. */
static void own(const phraser *p, qi_who *who, uint32_t c, uint32_t depth) {
  int32_t name = p->spots->at[c];
  uint8_t count;
  if (c < p->dateline || (name >= 0 && name == who->spot)) return;
  if (name >= 0) {
    if (!p->spots->items[name].backed) add_owner(who, p->spots->items[name].head, name);
  } else if (p->spots->agent[c] >= 0) {
    uint32_t before = who->n_owners;
    gather(p, who, c, depth + 1); /* "the Syrian army's commander" */
    uint32_t head = p->spots->items[p->spots->agent[c]].head;
    if (who->n_owners == before && head != who->head && head != who->agent_head)
      add_owner(who, head, -1); /* "the country's army" */
  } else if (is_pronoun(&p->s->tokens[c]) || qi_group_stands(p->s, c, &count)) {
    add_owner(who, c, -1);
  } else {
    return;
  }
  for (uint32_t i = p->s->child_begin[c]; i < p->s->child_begin[c + 1]; i++) {
    uint32_t next = p->s->child[i];
    /* "troops from Chad and rebel fighters": the fighters own nothing. */
    if (p->s->tokens[next].rel == QI_REL_CONJ && depth < 3 && (name < 0 || p->spots->at[next] >= 0))
      own(p, who, next, depth + 1);
  }
}

static bool preposition_owns(const phraser *p, const qi_who *who, uint32_t c) {
  static const char *const owning[] = {"of", "from", "for"};
  static const char *const origin[] = {"ambassador", "envoy", "spokesman", "spokeswoman", "spokesperson",
                                       "minister", "secretary", "commander", "chief", "official"};
  qi_slice prep = qi_tree_case(p->s, c);
  bool for_whom = qi_slice_eq_str(prep, "for");
  for (size_t i = 0; i < N(owning); i++)
    if (qi_slice_eq_nocase(prep, qi_slice_str(owning[i])))
      return !for_whom || (who->agent != QI_NO_AGENT &&
                           qi_tree_lemma_in(&p->s->tokens[who->agent_head], origin, N(origin)));
  return who->agent != QI_NO_AGENT &&
         owns_from_within(qi_agents_get(p->w->actors, who->agent), prep);
}

/* "our friends from Germany": whose they are does not say where they come from. */
static uint32_t n_named_owners(const phraser *p, const qi_who *who) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < who->n_owners; i++)
    n += who->owners[i].spot >= 0 || !is_first_person(&p->s->tokens[who->owners[i].token]);
  return n;
}

/* "a delegation led by Jane Roe": it is hers. */
static void led_by(const phraser *p, qi_who *who, uint32_t clause, uint32_t depth) {
  static const char *const verbs[] = {"lead", "head"};
  const qi_token *t = &p->s->tokens[clause];
  if (t->rel != QI_REL_ACL || !qi_tree_lemma_in(t, verbs, N(verbs)) || who->agent == QI_NO_AGENT) return;
  for (uint32_t i = p->s->child_begin[clause]; i < p->s->child_begin[clause + 1]; i++) {
    uint32_t c = p->s->child[i];
    if (c > clause && qi_slice_eq_str(qi_tree_case(p->s, c), "by")) own(p, who, c, depth);
  }
}

static void gather(const phraser *p, qi_who *who, uint32_t token, uint32_t depth) {
  if (depth > 3) return;
  uint32_t before = n_named_owners(p, who);
  for (uint32_t i = p->s->child_begin[token]; i < p->s->child_begin[token + 1]; i++) {
    uint32_t c = p->s->child[i];
    if (at(p)[c] >= 0 && at(p)[c] == at(p)[who->head] && c != token) continue; /* its own name */
    switch (p->s->tokens[c].rel) {
    case QI_REL_NMOD_POSS: case QI_REL_AMOD: case QI_REL_COMPOUND: case QI_REL_NMOD_DESC:
    case QI_REL_DET: case QI_REL_NMOD_UNMARKED: /* "In Syria, Coalition forces": the place, whatever the tree says */
      if (c < token && qi_tree_case(p->s, c).len == 0) own(p, who, c, depth);
      break;
    default: break;
    }
  }
  for (uint32_t i = p->s->child_begin[token]; i < p->s->child_begin[token + 1] && n_named_owners(p, who) == before; i++)
    led_by(p, who, p->s->child[i], depth);
  for (uint32_t i = p->s->child_begin[token]; i < p->s->child_begin[token + 1]; i++) {
    uint32_t c = p->s->child[i];
    /* What stands before the word is nearer than what follows it. */
    if (p->s->tokens[c].rel == QI_REL_NMOD && n_named_owners(p, who) == before && preposition_owns(p, who, c))
      own(p, who, c, depth);
  }
}

/* "U.S. and South Korean officials", "A U.S. and South Korean delegation", parsed as two phrases: the
 * first country shares the noun. Told by its being an abbreviation, or by the article before it. */
static void gather_shared(const phraser *p, qi_who *who) {
  const qi_token *t = &p->s->tokens[who->head];
  if (t->rel != QI_REL_CONJ || who->n_owners == 0) return;
  uint32_t top = (uint32_t)t->head;
  int32_t name = p->spots->at[top], first = at(p)[top];
  if (name < 0 || first < 0 || !p->spots->items[name].names) return;
  const qi_spot *spot = &p->spots->items[name];
  const qi_spot *mine = who->owners[0].spot >= 0 ? &p->spots->items[who->owners[0].spot] : NULL;
  /* Nothing but the conjunction stands between the two. */
  if (!mine || !mine->modifier || mine->first != spot->last + 2 || top > who->head) return;
  bool article = spot->first > 0 && p->s->tokens[spot->first - 1].upos == QI_DET &&
                 !qi_slice_eq_nocase(p->s->tokens[spot->first - 1].form, QI_SLICE("the"));
  if (spot->names[0]->kind != QI_NAME_ABBR && !article) return;
  add_owner(who, spot->head, name);
  p->w->items.items[first].same = (int32_t)(who - p->w->items.items);
}

static bool is_state(const phraser *p, int32_t spot) {
  const qi_spot *x = &p->spots->items[spot];
  return x->names && x->names[0]->kind == QI_NAME_NAME && qi_actors_get(p->w->actors, x->names[0]->actor)->type == QI_ACTOR_STATE;
}

static void gather_all(phraser *p) {
  for (size_t k = p->begin; k < p->w->items.len; k++) {
    qi_who *who = &p->w->items.items[k];
    if (who->how == QI_WHO_PRONOUN) continue;
    if (who->how == QI_WHO_NOUN && !who->person && !who->body) {
      mark_group(p, who); /* "the two sides" */
      continue;
    }
    if (who->agent != QI_NO_AGENT) {
      const qi_spot *spot = &p->spots->items[p->spots->agent[who->agent_head]];
      for (uint32_t i = spot->first; i <= spot->last; i++) gather(p, who, i, 0);
      /* "Hungary's PM", whatever the tree says. */
      if (who->n_owners == 0 && spot->first >= 2 && qi_slice_eq_str(p->s->tokens[spot->first - 1].xpos, "POS") &&
          p->spots->at[spot->first - 2] >= 0)
        add_owner(who, p->spots->items[p->spots->at[spot->first - 2]].head, p->spots->at[spot->first - 2]);
      /* "condemned the junta in Norland", whatever the tree says. */
      uint32_t in = spot->last + 1;
      if (who->n_owners == 0 && who->body && !who->plural && in + 1 < p->s->n_tokens && p->spots->at[in + 1] >= 0 &&
          owns_from_within(qi_agents_get(p->w->actors, who->agent), p->s->tokens[in].form) && is_state(p, p->spots->at[in + 1]))
        add_owner(who, p->spots->items[p->spots->at[in + 1]].head, p->spots->at[in + 1]);
      /* "State Department spokesman", whatever the tree says. */
      if (who->n_owners == 0 && who->person && spot->first >= 1 && p->spots->at[spot->first - 1] >= 0 &&
          p->spots->items[p->spots->at[spot->first - 1]].names && p->s->tokens[spot->first - 1].space_after)
        add_owner(who, p->spots->items[p->spots->at[spot->first - 1]].head, p->spots->at[spot->first - 1]);
      /* "Kremlin critic": a name among the agent's own words. */
      for (uint32_t i = 0; i < p->spots->len; i++)
        if (p->spots->items[i].names && p->spots->items[i].first >= spot->first &&
            p->spots->items[i].last <= spot->last)
          add_owner(who, p->spots->items[i].head, (int32_t)i);
    }
    if (who->spot >= 0) {
      const qi_spot *spot = &p->spots->items[who->spot];
      gather(p, who, spot->head, 0);
      if (!spot->names) /* "Bank of China" */
        for (uint32_t i = 0; i < p->spots->len; i++)
          if (p->spots->items[i].names && p->spots->items[i].first >= spot->first &&
              p->spots->items[i].last <= spot->last)
            add_owner(who, p->spots->items[i].head, (int32_t)i);
    }
    if (who->how == QI_WHO_NOUN) gather(p, who, who->head, 0);
    if (who->how == QI_WHO_AGENT) gather_shared(p, who);
    mark_group(p, who);
  }
}

/* ---- titles ---- */

static bool can_be_person(const phraser *p, const qi_who *who) {
  if (who->how == QI_WHO_UNKNOWN) return who->ner == QI_NER_PER;
  if (who->how != QI_WHO_NAME) return false;
  const qi_spot *spot = &p->spots->items[who->spot];
  for (uint32_t i = 0; i < spot->n_names; i++)
    if (qi_actors_get(p->w->actors, spot->names[i]->actor)->type == QI_ACTOR_PERSON) return true;
  return false;
}

/* The mention of the agent at `head` becomes part of the name's. */
static void merge_title(phraser *p, int32_t name, uint32_t head) {
  qi_who *who = &p->w->items.items[name];
  int32_t k = at(p)[head];
  if (k < 0 || k == name) return;
  const qi_who *title = &p->w->items.items[k];
  if (title->how != QI_WHO_AGENT) return;
  const qi_spot *spot = &p->spots->items[p->spots->agent[head]];
  if (who->agent == QI_NO_AGENT) {
    who->agent = title->agent;
    who->agent_head = head;
    who->former = title->former;
  }
  if (!who->gender) who->gender = title->gender; /* "spokeswoman" */
  if (spot->first < who->first) who->first = spot->first;
  /* Where the tree hangs the name under the office, the office is the head of the phrase. */
  if (qi_tree_under(p->s, who->head, head)) {
    at(p)[who->head] = name;
    who->subject |= title->subject;
    who->object |= title->object;
    who->definite |= title->definite;
    who->head = head;
  }
  at(p)[head] = name;
}

/* Offices stand right before the name: "Foreign Minister Sergey Lavrov", "activist Jane Doe". */
static void take_titles(phraser *p, int32_t k) {
  for (uint32_t steps = 0; steps < 4; steps++) {
    qi_who *who = &p->w->items.items[k];
    const qi_spot *name = &p->spots->items[who->spot];
    uint32_t first = who->first < name->first ? who->first : name->first;
    if (first == 0) return;
    const qi_token *t = &p->s->tokens[first - 1];
    int32_t agent = p->spots->agent[first - 1];
    const qi_title *title = qi_actors_title(p->w->actors, t->form, p->w->arena);
    if (agent >= 0 && p->spots->items[agent].last + 1 == first) {
      uint32_t head = p->spots->items[agent].head;
      int32_t other = at(p)[head];
      bool tied = qi_tree_under(p->s, name->head, head) || qi_tree_under(p->s, head, name->head) ||
                  p->s->tokens[head].head == p->s->tokens[name->head].head;
      if (!tied || other < 0 || other == k) return;
      const qi_who *office = &p->w->items.items[other];
      if (office->plural && !qi_slice_eq_nocase(p->s->tokens[head].form, p->s->tokens[head].lemma)) return;
      if (office->indefinite && !can_be_person(p, who)) return;
      merge_title(p, k, head);
    } else if (title && t->upos != QI_VERB && can_be_person(p, who)) {
      if (!who->title) who->title = title;
      if (title->gender) who->gender = title->gender;
      who->first = first - 1;
      if (qi_tree_under(p->s, name->head, first - 1)) at(p)[first - 1] = k; /* a parser's slip */
    } else if (qi_slice_eq_str(t->form, ".") || (qi_slice_eq_str(t->form, "-") && first >= 2 && was(p, first - 2))) {
      return;
    } else {
      return;
    }
  }
}

/* The nationality before the office belongs to the phrase: "Russian Foreign Minister ...". */
static void take_adjective(phraser *p, qi_who *who) {
  for (uint32_t steps = 0; who->first > 0 && steps < 3; steps++) {
    int32_t spot = p->spots->at[who->first - 1];
    if (spot < 0 || !p->spots->items[spot].names) return;
    const qi_spot *name = &p->spots->items[spot];
    bool owner = false;
    for (uint32_t i = 0; i < who->n_owners; i++) owner |= who->owners[i].spot == spot;
    if (!owner || name->last + 1 != who->first) return;
    who->first = name->first;
  }
}

/* ---- appositions ---- */

static bool named(const qi_who *who) { return who->how == QI_WHO_NAME || who->how == QI_WHO_UNKNOWN; }

static bool is_place_name(const phraser *p, const qi_who *who) {
  if (who->how == QI_WHO_UNKNOWN) return who->ner == QI_NER_LOC;
  if (who->how != QI_WHO_NAME) return false;
  const qi_spot *spot = &p->spots->items[who->spot];
  uint8_t type = qi_actors_get(p->w->actors, spot->names[0]->actor)->type;
  return type == QI_ACTOR_STATE || type == QI_ACTOR_TERRITORY;
}

static void tie(phraser *p, int32_t above, int32_t below) {
  qi_who *a = &p->w->items.items[above], *b = &p->w->items.items[below];
  if (above == below || (named(a) && named(b))) return;
  if (a->how == QI_WHO_PRONOUN || b->how == QI_WHO_PRONOUN || a->how == QI_WHO_GROUP || b->how == QI_WHO_GROUP)
    return;
  qi_who *name = named(a) ? a : named(b) ? b : NULL, *other = name == a ? b : a;
  if (name) {
    bool person = can_be_person(p, name);
    if (is_place_name(p, name) && !person) { /* "Seoul, the capital"; "its rivals Iran and China" */
      static const char *const like_states[] = {"ally", "rival", "neighbor", "neighbour", "partner", "country",
                                                "nation", "state", "power", "enemy", "foe", "adversary",
                                                "kingdom", "republic", "member", "signatory", "superpower"};
      if (!qi_tree_lemma_in(&p->s->tokens[other->head], like_states, N(like_states))) return;
    } else if (person != other->person && other->how != QI_WHO_NOUN) {
      return;
    }
    if (other->plural && person) return;
    if (other->how == QI_WHO_NOUN && !other->person && !other->body) return;
    other->same = (int32_t)(name - p->w->items.items);
    if (!name->gender) name->gender = other->gender;
    if (name->agent == QI_NO_AGENT && other->agent != QI_NO_AGENT) {
      name->agent = other->agent; /* tells role and sector of a name, and whose: owners */
      name->agent_head = other->agent_head;
      name->former = other->former;
    }
    for (uint32_t i = 0; i < other->n_owners; i++)
      if (other->owners[i].spot >= 0) add_owner(name, other->owners[i].token, other->owners[i].spot);
  } else if (a->how == QI_WHO_AGENT && b->how == QI_WHO_AGENT && a->person == b->person &&
             a->plural == b->plural) {
    b->same = above;
    for (uint32_t i = 0; i < b->n_owners && a->n_owners == 0; i++)
      add_owner(a, b->owners[i].token, b->owners[i].spot);
  }
}

/* "its rivals Iran and China": the name stands right behind, whatever the tree says. */
static void take_neighbours(phraser *p) {
  for (size_t k = p->begin; k < p->w->items.len; k++) {
    const qi_who *who = &p->w->items.items[k];
    if (who->how != QI_WHO_AGENT || who->same >= 0 || who->last + 1 >= p->s->n_tokens) continue;
    int32_t spot = p->spots->at[who->last + 1];
    if (spot < 0 || !p->spots->items[spot].names || p->spots->items[spot].modifier) continue;
    int32_t name = at(p)[p->spots->items[spot].head];
    if (name >= 0 && name != (int32_t)k && is_place_name(p, &p->w->items.items[name])) tie(p, name, (int32_t)k);
  }
}

static void take_appositions(phraser *p) {
  for (uint32_t i = 0; i < p->s->n_tokens; i++) {
    const qi_token *t = &p->s->tokens[i];
    if ((t->rel != QI_REL_APPOS && t->rel != QI_REL_NMOD_UNMARKED && t->rel != QI_REL_FLAT) || t->head < 0)
      continue;
    if (t->rel != QI_REL_APPOS && i > 0 && !qi_slice_eq_str(p->s->tokens[i - 1].form, ",") &&
        t->rel == QI_REL_NMOD_UNMARKED)
      continue;
    int32_t above = at(p)[t->head], below = at(p)[i], name = p->spots->at[i];
    /* "Jane Roe, the State Department/appos spokeswoman/flat": she is the latter. */
    uint32_t behind = name >= 0 ? p->spots->items[name].last + 1 : p->s->n_tokens;
    if (t->rel == QI_REL_APPOS && behind < p->s->n_tokens && p->spots->agent[behind] >= 0 && qi_tree_under(p->s, behind, i))
      below = at(p)[p->spots->items[p->spots->agent[behind]].head];
    if (above >= 0 && below >= 0) tie(p, above, below);
  }
}

/* ---- capitals and seats ---- */

static bool acts_upon_place(const qi_token *verb) {
  static const char *const physical[] = {
    "visit", "leave", "reach", "enter", "bomb", "shell", "hit", "strike", "attack", "capture", "seize",
    "besiege", "tour", "occupy", "storm", "surround", "evacuate", "flee", "bombard", "recapture",
    "retake", "liberate", "raid", "cross", "approach", "near", "rock", "overrun", "rebuild", "destroy",
    "fly", "travel", "go", "arrive", "return", "come", "head", "move", "drive", "trip", "flight",
    "road", "train", "route", "march", "journey", "tour", "depart", "land", "escape", "bus", "sail",
    "city", "capital", "town", "rush", "advance", "withdraw", "way", "summon", "recall", "invite",
    "bring", "take", "transfer", "deport", "visitor", "live", "stay", "work", "meet", "born"};
  return qi_tree_lemma_in(verb, physical, N(physical));
}

/* Does the city's or building's name stand where somebody acts, owns, or is dealt with? */
static bool stands_as_actor(const phraser *p, uint32_t head) {
  static const char *const towards[] = {"to", "with", "from", "against", "between", "by", "on",
                                        "upon", "for", "of", "versus", "vs", "toward", "towards"};
  uint32_t top = qi_tree_conj_top(p->s, head);
  const qi_token *t = &p->s->tokens[top];
  if (t->head < 0) return false;
  const qi_token *above = &p->s->tokens[t->head];
  uint32_t beside = qi_tree_child(p->s, head, QI_REL_APPOS);
  static const char *const states[] = {"ally", "rival", "partner", "foe", "enemy", "adversary", "sponsor", "backer", "patron", "creditor"};
  if (beside != QI_NO_TOKEN && !qi_tree_lemma_in(&p->s->tokens[beside], states, N(states))) return false; /* "Moscow, Russia" */
  qi_slice prep = qi_tree_case(p->s, top);
  switch (t->rel) {
  case QI_REL_NSUBJ:
    return qi_tree_child(p->s, (uint32_t)t->head, QI_REL_COP) == QI_NO_TOKEN ||
           above->upos == QI_ADJ || above->upos == QI_VERB;
  case QI_REL_NSUBJ_PASS: return !acts_upon_place(above);
  case QI_REL_OBL_AGENT: case QI_REL_IOBJ: return true;
  case QI_REL_NMOD_POSS: case QI_REL_OBJ: return !acts_upon_place(above);
  case QI_REL_OBL: case QI_REL_NMOD:
    if (qi_tree_lemma_in(above, (const char *const[]){"rein"}, 1)) return true; /* "rein in Pyongyang" */
    for (size_t i = 0; i < N(towards); i++)
      if (qi_slice_eq_nocase(prep, qi_slice_str(towards[i])))
        return !acts_upon_place(above) && !qi_slice_eq_str(prep, "of");
    return false;
  default: return false;
  }
}

/* ---- datelines ---- */

static bool is_all_capitals(qi_slice form) {
  size_t letters = 0;
  for (size_t i = 0; i < form.len;) {
    uint32_t cp = qi_utf8_decode(form, &i);
    if (qi_cp_is_lower(cp)) return false;
    letters += qi_cp_is_letter(cp);
  }
  return letters >= 3;
}

/* "SEOUL, South Korea (AP) --", "BAGHDAD -": tokens up to and with the dash, 0 when the sentence has none.
 * A place in capitals, no verb before the dash, and a sentence that is not itself in capitals. */
static uint32_t dateline_of(const phraser *p) {
  static const char *const dashes[] = {"-", "--", "_", "\xE2\x80\x93", "\xE2\x80\x94"};
  const qi_sentence *s = p->s;
  if (s->n_tokens < 4 || (!s->new_paragraph && s->index > 2) || !is_all_capitals(s->tokens[0].form)) return 0;
  int32_t spot = p->spots->at[0];
  if (p->spots->agent[0] >= 0) return 0;
  for (uint32_t i = 0; spot >= 0 && i < p->spots->items[spot].n_names; i++) /* "NATO - Russia talks" */
    if (p->spots->items[spot].names[i]->kind == QI_NAME_ABBR) return 0;
  if (spot >= 0 && !p->spots->items[spot].names && p->spots->items[spot].ner != QI_NER_LOC) return 0;
  for (uint32_t i = 1; i + 1 < s->n_tokens && i < 14; i++) {
    if (s->tokens[i].upos == QI_VERB || s->tokens[i].upos == QI_AUX) return 0;
    bool dash = qi_tree_form_in(&s->tokens[i], dashes, N(dashes));
    if (!dash || !(s->tokens[i - 1].space_after || qi_slice_eq_str(s->tokens[i - 1].form, ")"))) continue;
    for (uint32_t k = i + 1; k < s->n_tokens; k++)
      if (s->tokens[k].form.len > 2 && !is_all_capitals(s->tokens[k].form) && s->tokens[k].upos != QI_NUM) return i + 1;
    return 0;
  }
  return 0;
}

/* ---- surnames that the tagger missed ---- */

/* The last word of somebody's full name in a sentence before: "Key has led" after "John Key". */
static bool is_known_surname(const phraser *p, qi_slice form) {
  uint32_t from = p->sentence > MAX_BACK_SURNAME ? p->sentence - MAX_BACK_SURNAME : 0;
  for (uint32_t n = from; n < p->sentence; n++) {
    const qi_sentence *s = &p->w->doc->sentences[n];
    for (uint32_t i = 0; i < p->w->spots[n].len; i++) {
      const qi_spot *spot = &p->w->spots[n].items[i];
      if (spot->first == spot->last || spot->agent != QI_NO_AGENT || !qi_slice_eq(s->tokens[spot->last].form, form)) continue;
      if (spot->names ? qi_actors_get(p->w->actors, spot->names[0]->actor)->type == QI_ACTOR_PERSON : spot->ner == QI_NER_PER)
        return true;
    }
  }
  return false;
}

static void add_surnames(phraser *p) {
  const qi_sentence *s = p->s;
  for (uint32_t i = 0; i + 1 < s->n_tokens; i++) {
    const qi_token *t = &s->tokens[i];
    bool capital = t->form.len > 2 && qi_ascii_is_upper(t->form.ptr[0]) && qi_ascii_is_lower(t->form.ptr[1]);
    if (!capital || p->spots->at[i] >= 0 || p->spots->agent[i] >= 0 || t->upos == QI_VERB || t->upos == QI_DET) continue;
    bool subject = t[1].upos == QI_AUX || t[1].upos == QI_VERB || t[1].upos == QI_PART;
    if ((t->upos != QI_PROPN && !subject) || t->upos == QI_PRON || !is_known_surname(p, t->form)) continue;
    qi_spot *grown = QI_NEW_ARRAY(p->w->arena, qi_spot, (size_t)p->spots->len + 1);
    if (!grown) {
      p->failed = true;
      return;
    }
    if (p->spots->len) memcpy(grown, p->spots->items, p->spots->len * sizeof *grown);
    grown[p->spots->len] = (qi_spot){.first = i, .last = i, .head = i, .agent = QI_NO_AGENT, .ner = QI_NER_PER};
    p->spots->at[i] = (int32_t)p->spots->len++;
    p->spots->items = grown;
  }
}

/* ---- all of a sentence ---- */

static int by_place(const void *x, const void *y) {
  const qi_who *a = x, *b = y;
  if (a->last != b->last) return a->last < b->last ? -1 : 1;
  return a->first < b->first ? -1 : a->first > b->first;
}

/* Mentions in order of their last word, so that owners and possessors come before what they own.
 * Titles that became part of a name are dropped. */
static void put_in_order(phraser *p) {
  size_t n = p->w->items.len - p->begin, kept = 0;
  if (n == 0) return;
  qi_who *items = p->w->items.items + p->begin;
  int32_t *map = qi_arena_alloc(p->w->arena, (n + 1) * sizeof *map);
  int32_t *place = qi_arena_alloc(p->w->arena, (n + 1) * sizeof *place);
  if (!map || !place) {
    p->failed = true;
    return;
  }
  for (size_t i = 0; i < n; i++) {
    if (at(p)[items[i].head] != (int32_t)(p->begin + i)) continue;
    items[kept] = items[i];
    items[kept].refs[0] = (uint32_t)i; /* its old place, while sorting */
    kept++;
  }
  if (kept > 1) qsort(items, kept, sizeof *items, by_place);
  for (size_t i = 0; i < n; i++) map[i] = -1;
  for (size_t i = 0; i < kept; i++) map[items[i].refs[0]] = (int32_t)(p->begin + i);
  for (size_t i = 0; i < kept; i++)
    if (items[i].same >= 0) items[i].same = map[items[i].same - (int32_t)p->begin];
  for (uint32_t i = 0; i < p->s->n_tokens; i++)
    if (at(p)[i] >= 0) at(p)[i] = map[at(p)[i] - (int32_t)p->begin];
  p->w->items.len = p->begin + kept;
}

quid_status qi_phrase_sentence(qi_whos *w, uint32_t sentence, quid_error *err) {
  phraser p = {.w = w, .sentence = sentence, .s = &w->doc->sentences[sentence],
               .spots = &w->spots[sentence], .begin = w->items.len};
  add_surnames(&p);
  for (uint32_t i = 0; i < p.spots->len; i++) p.spots->items[i].sentence = sentence;
  p.dateline = p.s->outside ? p.s->n_tokens : dateline_of(&p);
  for (uint32_t i = 0; i < p.spots->len; i++) add_spot(&p, (int32_t)i);
  add_others(&p);
  if (p.failed) return qi_error_memory(err, "the mentions");
  for (size_t k = p.begin; k < w->items.len; k++)
    if (named(&w->items.items[k])) take_titles(&p, (int32_t)k);
  for (uint32_t i = 0; i < p.s->n_tokens; i++) count_noun(&p, i);
  gather_all(&p);
  take_appositions(&p);
  take_neighbours(&p);
  for (size_t k = p.begin; k < w->items.len; k++) {
    qi_who *who = &w->items.items[k];
    if (named(who) || who->how == QI_WHO_AGENT) take_adjective(&p, who);
    if (who->how == QI_WHO_NAME) who->actor_place = stands_as_actor(&p, who->head);
    if (who->last < p.dateline) who->dateline = true, who->actor_place = false, who->same = -1;
    else if (who->same >= 0 && w->items.items[who->same].last < p.dateline) who->same = -1;
  }
  put_in_order(&p);
  return p.failed ? qi_error_memory(err, "the mentions") : QUID_OK;
}
