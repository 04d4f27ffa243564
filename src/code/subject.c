/* code: who does it. The subject of a verb or noun, through relative clauses, control, coordination,
 * participles and passives. Every walk upwards takes at most QI_DEEP_STEPS steps.
 *
 *   "Having asked Kyiv to send troops, Kim left." ask: Kim (of the main clause); send: Kyiv (control) */
#include "code/subject.h"

#include "know/frames.h"

static const qi_subject nobody = {QI_NO_TOKEN, QI_FROM_TREE};

static qi_subject surface_subject(const qi_view *v, int32_t t, int depth);

/* Verbs whose infinitive is done by their subject although they have an object ("promised Kyiv to send"). */
static const char *const subject_control[] = {"promise", "threaten", "vow", "pledge", "offer", "swear",
                                              "guarantee", "use", "take", "have", "need", "send",
                                              "deploy", "dispatch", "mobilize", "mobilise", NULL};
/* ... and those whose infinitive is done by what stands under their preposition. */
static const char *const oblique_control[] = {"call", "appeal", "plead", "rely", "count", "depend",
                                              "look", "prevail", "lean", "wait", "arrange", NULL};
/* Nouns of asking: whoever asks does not do it. */
static const char *const asking_nouns[] = {"call", "appeal", "request", "demand", "order", "plea",
                                           "pressure", "invitation", "permission", "ultimatum", NULL};

static bool is_reflexive(const qi_view *v, int32_t i) {
  qi_slice f = qi_tok(v, i)->form;
  return qi_tok(v, i)->upos == QI_PRON &&
         (qi_slice_ends(f, QI_SLICE("self")) || qi_slice_ends(f, QI_SLICE("selves")));
}

static int32_t child_under(const qi_view *v, int32_t h, int32_t before, const char *const *preps) {
  for (QI_EACH_CHILD(v, h, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if ((int32_t)c > before || (rel != QI_REL_OBL && rel != QI_REL_NMOD)) continue;
    int32_t prep = QI_NO_TOKEN;
    if (qi_preposition(v, (int32_t)c, &prep) != QI_SLOT_NONE && prep >= 0 && qi_lemma_in(v, prep, preps))
      return (int32_t)c;
  }
  return QI_NO_TOKEN;
}

bool qi_subject_own_purpose(const qi_view *v, int32_t h, int32_t t) {
  static const char *const calls[] = {"summon", "call", "meet", "telephone", "phone", "convene", NULL};
  static const char *const words[] = {"protest", "complain", "express", "convey", "demand", "register", "lodge", "discuss",
                                      "condemn", "deliver", "denounce", "voice", NULL};
  return qi_lemma_in(v, h, calls) && qi_lemma_in(v, t, words) && child_under(v, h, t, (const char *const[]){"on", "upon", NULL}) < 0;
}

/* Who does the infinitive `t` below `h`. */
static qi_subject controller(const qi_view *v, int32_t h, int32_t t, int depth) {
  static const char *const preps[] = {"on", "upon", "to", "with", "for", NULL};
  if (qi_is_verb(v, h) && !qi_is_passive(v, h) && !qi_lemma_in(v, h, subject_control) && !qi_subject_own_purpose(v, h, t)) {
    int32_t object = qi_child(v, h, QI_REL_OBJ);
    if (object < 0 || object > t) object = qi_child(v, h, QI_REL_IOBJ);
    if (object >= 0 && object < t && !is_reflexive(v, object))
      return (qi_subject){object, QI_FROM_CONTROL};
    if (qi_lemma_in(v, h, oblique_control)) {
      int32_t oblique = child_under(v, h, t, preps);
      if (oblique >= 0) return (qi_subject){oblique, QI_FROM_CONTROL};
    }
  }
  qi_subject s = surface_subject(v, h, depth);
  s.origin = QI_FROM_CONTROL;
  return s;
}

/* Who does the infinitive that hangs on a noun ("its plan to attack", "troops to fight"). */
static qi_subject noun_infinitive_subject(const qi_view *v, int32_t noun, int32_t t, int depth) {
  static const char *const preps[] = {"on", "upon", "for", "to", NULL};
  if (qi_lemma_in(v, noun, asking_nouns))
    return (qi_subject){child_under(v, noun, t, preps), QI_FROM_CONTROL};
  int32_t own = qi_deep_owner(v, noun);
  if (own >= 0) return (qi_subject){own, QI_FROM_MODIFIER};
  const qi_mention *m = qi_mention_at(v, noun);
  if (m && m->is_actor) return (qi_subject){noun, QI_FROM_RELATIVE};
  int32_t h = qi_tok(v, noun)->head;
  if (h < 0) return surface_subject(v, noun, depth); /* "it is a plan to ..." */
  qi_subject s = surface_subject(v, h, depth);
  s.origin = QI_FROM_CONTROL;
  return s;
}

static bool relative_elsewhere(const qi_view *v, int32_t t) {
  for (QI_EACH_CHILD(v, t, k, c))
    if (!qi_is_subject(qi_tok(v, (int32_t)c)->rel) && qi_is_relative(v, (int32_t)c)) return true;
  return false;
}

/* "permit Kyiv to strike": a verb with its infinitive, although the tree has it as a purpose. */
static bool governs_infinitive(const qi_view *v, int32_t h) {
  const qi_operator *op;
  uint32_t at = qi_operators_first(v->know->operators, qi_tok(v, h)->lemma, 'v');
  while ((op = qi_operators_next(v->know->operators, &at)))
    if (op->slot == QI_SLOT_TO_INF) return true;
  return false;
}

/* "accused Kyiv of planning", "kept them from leaving": done by the object. */
static bool is_blamed(const qi_view *v, int32_t h, int32_t t) {
  static const char *const words[] = {"of", "from", "for", "into", NULL};
  int32_t prep = QI_NO_TOKEN;
  if (t < h || !qi_is_verb(v, h) || !qi_xpos_is(v, t, "VBG")) return false;
  qi_preposition(v, t, &prep);
  return prep >= 0 && qi_lemma_in(v, prep, words);
}

/* How much a token looks like a subject, where the parser gave a verb several. */
static int subject_rank(const qi_view *v, int32_t i) {
  if (qi_tok(v, i)->rel == QI_REL_NSUBJ_OUTER) return 1;
  if (qi_names_somebody(v, i)) return 4;
  return qi_is_nominal(v, i) ? 3 : 2;
}

/* "North Korea test - fired": where a hyphened verb was cut, its first part is no subject. */
static int32_t behind_hyphen(const qi_view *v, int32_t t, int32_t found) {
  if (found != t - 2 || !qi_form_is(v, t - 1, "-")) return found;
  for (QI_EACH_CHILD(v, found, k, c))
    if (qi_names_somebody(v, (int32_t)c)) return (int32_t)c;
  return found;
}

static int32_t own_subject(const qi_view *v, int32_t t) {
  int32_t best = QI_NO_TOKEN;
  int best_rank = 0;
  for (QI_EACH_CHILD(v, t, k, c)) {
    if (!qi_is_subject(qi_tok(v, (int32_t)c)->rel)) continue;
    int rank = subject_rank(v, (int32_t)c);
    if (rank > best_rank) best = (int32_t)c, best_rank = rank;
  }
  return best < 0 ? best : qi_antecedent(v, behind_hyphen(v, t, best));
}

static qi_subject surface_subject(const qi_view *v, int32_t t, int depth) {
  if (depth == 0 || t < 0) return nobody;
  int32_t own = own_subject(v, t);
  if (own >= 0) return (qi_subject){own, QI_FROM_TREE};
  const qi_token *tok = qi_tok(v, t);
  int32_t h = qi_governor(v, t);
  if (h < 0) return nobody;
  if (h != tok->head) return qi_tok(v, h)->upos == QI_NOUN ? noun_infinitive_subject(v, h, t, depth - 1) : controller(v, h, t, depth - 1);
  qi_subject s;
  switch (tok->rel) {
  case QI_REL_CONJ:
    s = surface_subject(v, h, depth - 1);
    s.origin = QI_FROM_SHARED;
    return s;
  case QI_REL_XCOMP: return controller(v, h, t, depth - 1);
  case QI_REL_ADVCL:
  case QI_REL_ADVCL_RELCL:
    if (qi_is_to_infinitive(v, t) && (qi_lemma_in(v, h, oblique_control) || governs_infinitive(v, h)))
      return controller(v, h, t, depth - 1);
    if (is_blamed(v, h, t)) return controller(v, h, t, depth - 1);
    s = surface_subject(v, h, depth - 1);
    s.origin = QI_FROM_SHARED;
    return s;
  case QI_REL_CCOMP:
  case QI_REL_CSUBJ:
    if (qi_is_to_infinitive(v, t) || qi_xpos_is(v, t, "VBG")) return controller(v, h, t, depth - 1);
    return nobody;
  case QI_REL_ACL_RELCL:
    if (relative_elsewhere(v, t)) return nobody;
    return (qi_subject){h, QI_FROM_RELATIVE};
  case QI_REL_ACL:
    if (qi_is_to_infinitive(v, t)) return noun_infinitive_subject(v, h, t, depth - 1);
    if (qi_preposition(v, t, NULL) != QI_SLOT_NONE) {
      /* "accused the army of shelling", with the gerund hung on "army" */
      int32_t verb = qi_tok(v, h)->head;
      uint8_t rel = qi_tok(v, h)->rel;
      if ((rel == QI_REL_OBJ || rel == QI_REL_IOBJ || rel == QI_REL_NSUBJ_PASS) && verb >= 0 && is_blamed(v, verb, t))
        return (qi_subject){h, QI_FROM_CONTROL};
      return noun_infinitive_subject(v, h, t, depth - 1);
    }
    return (qi_subject){h, QI_FROM_RELATIVE};
  case QI_REL_AMOD: return (qi_subject){h, QI_FROM_RELATIVE};
  default: return nobody;
  }
}

/* Another deed has its own doer: "liberated after its occupation by rebels". */
static bool has_own_agent(const qi_view *v, int32_t i) {
  int32_t prep = QI_NO_TOKEN;
  qi_preposition(v, i, &prep);
  return !(prep >= 0 && qi_form_is(v, prep, "of")) && qi_tok(v, i)->upos == QI_NOUN &&
         qi_frames_first(v->know->frames, qi_tok(v, i)->lemma, 'n') != QI_MAP_NONE;
}

/* The "by" phrase at or below the children of `at` behind the deed `t`, nearest to the deed first within the last branch, then
 * in the branches before it. */
static int32_t agent_below(const qi_view *v, int32_t t, int32_t at, int steps) {
  int32_t branch[8];
  uint32_t n = 0;
  for (QI_EACH_CHILD(v, at, k, c)) {
    const qi_token *tok = qi_tok(v, (int32_t)c);
    bool noun = tok->rel == QI_REL_NMOD || tok->rel == QI_REL_OBL || tok->rel == QI_REL_OBJ || tok->rel == QI_REL_OBL_AGENT;
    bool infinitive = (tok->rel == QI_REL_XCOMP || tok->rel == QI_REL_ACL) && qi_is_to_infinitive(v, (int32_t)c) &&
                      !qi_is_passive(v, (int32_t)c); /* "were permitted to vote by the king" */
    if ((int32_t)c < t || (!noun && !infinitive)) continue;
    int32_t prep = QI_NO_TOKEN;
    qi_preposition(v, (int32_t)c, &prep);
    if (prep >= 0 && qi_form_is(v, prep, "by") && tok->etype != QI_ETYPE_TIME && tok->upos != QI_NUM) return (int32_t)c;
    if (n == sizeof branch / sizeof *branch) n--;
    branch[n++] = (int32_t)c;
  }
  for (uint32_t i = n; steps > 1 && i-- > 0;) {
    int32_t found = has_own_agent(v, branch[i]) ? QI_NO_TOKEN : agent_below(v, t, branch[i], steps - 1);
    if (found >= 0) return found;
  }
  return QI_NO_TOKEN;
}

/* A "by" phrase that the parser hung on a noun after the deed word: "promised to Egypt by Qatar",
 * "condemnation of the coup by the Union". */
int32_t qi_subject_distant_agent(const qi_view *v, int32_t t) { return agent_below(v, t, t, 4); }

int32_t qi_subject_agent(const qi_view *v, int32_t t) {
  int32_t by = QI_NO_TOKEN;
  for (QI_EACH_CHILD(v, t, k, c)) {
    const qi_token *tok = qi_tok(v, (int32_t)c);
    if (tok->rel == QI_REL_OBL_AGENT) return (int32_t)c;
    if (tok->rel != QI_REL_OBL && tok->rel != QI_REL_NMOD) continue;
    int32_t prep = QI_NO_TOKEN;
    qi_preposition(v, (int32_t)c, &prep);
    if (prep >= 0 && qi_form_is(v, prep, "by") && tok->etype != QI_ETYPE_TIME) by = (int32_t)c;
  }
  return by >= 0 ? by : qi_subject_distant_agent(v, t);
}

int32_t qi_deep_subject(const qi_view *v, int32_t verb) {
  if (qi_is_verb(v, verb) && qi_is_passive(v, verb)) return qi_subject_agent(v, verb);
  return surface_subject(v, verb, QI_DEEP_STEPS).token;
}

qi_subject qi_subject_of(const qi_view *v, int32_t t) { return surface_subject(v, t, QI_DEEP_STEPS); }

/* Possessor, agent or nationality of a noun. */
static int32_t by_child(const qi_view *v, int32_t i) {
  for (QI_EACH_CHILD(v, i, k, c)) {
    int32_t prep = QI_NO_TOKEN;
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel == QI_REL_OBL_AGENT) return (int32_t)c;
    if (rel != QI_REL_OBL) continue;
    qi_preposition(v, (int32_t)c, &prep);
    if (prep >= 0 && qi_form_is(v, prep, "by") && qi_tok(v, (int32_t)c)->etype != QI_ETYPE_TIME) return (int32_t)c;
  }
  return QI_NO_TOKEN;
}

int32_t qi_deep_owner(const qi_view *v, int32_t noun) {
  int32_t nation = QI_NO_TOKEN, owner = QI_NO_TOKEN, maker = QI_NO_TOKEN;
  for (QI_EACH_CHILD(v, noun, k, c)) {
    const qi_token *t = qi_tok(v, (int32_t)c);
    if (t->rel == QI_REL_NMOD_POSS) owner = (int32_t)c;
    if (t->rel == QI_REL_OBL_AGENT) return (int32_t)c;
    if (t->rel == QI_REL_NMOD) {
      int32_t prep = QI_NO_TOKEN;
      qi_preposition(v, (int32_t)c, &prep);
      if (prep >= 0 && qi_form_is(v, prep, "by")) return (int32_t)c;
    }
    if ((int32_t)c < noun && t->rel == QI_REL_AMOD && qi_names_somebody(v, (int32_t)c)) nation = (int32_t)c;
    /* "an appeal filed by the party" */
    if (t->rel == QI_REL_ACL && qi_is_participle(v, (int32_t)c) && maker < 0) maker = by_child(v, (int32_t)c);
  }
  return owner >= 0 ? owner : nation >= 0 ? nation : maker;
}
