/* code: a deed word in its tree -> who fills which slot.
 *
 * Method: the tree is read with a small fixed set of rules over Universal Dependencies, in the
 * manner of PredPatt (White et al. 2016) and of classical deep-structure grammars: every
 * construction is turned back to the plain active clause, so that frames need one pattern.
 *
 *   "Having supplied Russia with shells, Kim has sent troops, which the Kremlin wanted to deploy."
 *   supply: subj Kim (of the main clause), obj Russia, with shells
 *   send:   subj Kim, obj troops
 *   deploy: subj Kremlin (of "wanted"), obj troops (what the relative clause is about)
 *
 * Every walk is bounded, so odd trees cost nothing. subject.c finds who does it. */
#include "code/subject.h"

#include "know/frames.h"

static const char *const origin_names[QI_N_ORIGINS] = {
    "dependent", "passive", "shared", "control", "relative", "light verb", "modifier", "attachment"};

const char *qi_origin_name(qi_origin origin) {
  return (unsigned)origin < QI_N_ORIGINS ? origin_names[origin] : "";
}

int32_t qi_deep_find(const qi_deep *d, qi_slot slot, uint32_t from) {
  for (uint32_t i = from; i < d->n; i++)
    if (d->fillers[i].slot == slot) return (int32_t)i;
  return -1;
}

static bool has(const qi_deep *d, qi_slot slot) { return qi_deep_find(d, slot, 0) >= 0; }

static void add(const qi_view *v, qi_deep *d, qi_slot slot, int32_t token, qi_origin origin,
                bool clause) {
  if (slot == QI_SLOT_NONE || token < 0 || token == d->trigger || d->n == QI_MAX_FILLERS) return;
  int32_t meant = qi_antecedent(v, token);
  if (meant != token) origin = QI_FROM_RELATIVE;
  if (meant == d->trigger) return;
  for (uint32_t i = 0; i < d->n; i++)
    if (d->fillers[i].slot == slot && d->fillers[i].token == meant) return;
  d->fillers[d->n++] = (qi_filler){slot, (uint8_t)origin, clause, meant};
}

/* ---- verbs ---- */

static const char *const ditransitive[] = {"give", "offer", "award", "grant", "hand", "pay", "promise",
                                           "deny", "show", "teach", "lend", "sell", "tell", "allow",
                                           "send", "ask", "guarantee", "owe", "assure", "refuse",
                                           "loan", "pledge", "pass", "wire", NULL};

static void add_subjects(const qi_view *v, int32_t t, qi_deep *d) {
  qi_subject s = qi_subject_of(v, t);
  if (!qi_is_passive(v, t)) {
    bool clause = s.token >= 0 && qi_tok(v, s.token)->rel == QI_REL_CSUBJ;
    add(v, d, QI_SLOT_SUBJ, s.token, s.origin, clause);
    return;
  }
  int32_t object = qi_child(v, t, QI_REL_OBJ);
  add(v, d, QI_SLOT_SUBJ, qi_subject_agent(v, t), QI_FROM_PASSIVE, false);
  if (object >= 0 && qi_lemma_in(v, t, ditransitive)) add(v, d, QI_SLOT_IOBJ, s.token, QI_FROM_PASSIVE, false);
  else add(v, d, QI_SLOT_OBJ, s.token, s.origin == QI_FROM_TREE ? QI_FROM_PASSIVE : s.origin, false);
  /* "A truce was agreed to": the preposition left behind. */
  for (QI_EACH_CHILD(v, t, k, c)) {
    const qi_token *tok = qi_tok(v, (int32_t)c);
    if (tok->upos != QI_ADP || (int32_t)c < t || v->s->child_begin[c] != v->s->child_begin[c + 1]) continue;
    char room[QI_KEY_BYTES];
    qi_slice key = qi_key(room, tok->form, '/');
    if (key.len > 2) key.len -= 2;
    add(v, d, qi_slot_of_preposition(key), s.token, QI_FROM_PASSIVE, false);
  }
}

/* The slot of a clause below a verb or noun. */
static qi_slot clause_slot(const qi_view *v, int32_t c) {
  const qi_token *t = qi_tok(v, c);
  if (qi_is_to_infinitive(v, c)) return QI_SLOT_TO_INF;
  if (t->rel == QI_REL_XCOMP || t->rel == QI_REL_CCOMP) {
    if (qi_xpos_is(v, c, "VBG") && qi_child(v, c, QI_REL_AUX) < 0)
      return qi_preposition(v, c, NULL) != QI_SLOT_NONE ? qi_preposition(v, c, NULL) : QI_SLOT_ING;
    if (t->rel == QI_REL_XCOMP) return qi_is_verb(v, c) ? QI_SLOT_INF : QI_SLOT_NONE;
    return QI_SLOT_COMP;
  }
  return qi_preposition(v, c, NULL);
}

static void add_child(const qi_view *v, int32_t t, int32_t c, qi_deep *d, qi_origin origin) {
  const qi_token *tok = qi_tok(v, c);
  if (qi_lemma_is(v, t, "summon") && qi_is_to_infinitive(v, c) && qi_subject_own_purpose(v, t, c)) return;
  switch (tok->rel) {
  case QI_REL_OBJ: { /* "agreed to talks", taken for an object */
    qi_slot prep = tok->upos == QI_NOUN ? qi_preposition(v, c, NULL) : QI_SLOT_NONE;
    add(v, d, prep != QI_SLOT_NONE ? prep : QI_SLOT_OBJ, c, origin, false);
    break;
  }
  case QI_REL_IOBJ: add(v, d, QI_SLOT_IOBJ, c, origin, false); break;
  case QI_REL_CCOMP:
  case QI_REL_XCOMP: add(v, d, clause_slot(v, c), c, origin, true); break;
  case QI_REL_ADVCL:
    if (!qi_is_to_infinitive(v, c)) add(v, d, qi_preposition(v, c, NULL), c, origin, true);
    break;
  case QI_REL_OBL:
  case QI_REL_OBL_AGENT:
  case QI_REL_NMOD: add(v, d, qi_preposition(v, c, NULL), c, origin, false); break;
  default: break;
  }
}

/* "wrote off the debt", with "off" taken for a preposition. */
static void add_behind_particle(const qi_view *v, int32_t t, qi_deep *d) {
  static const char *const particles[] = {"off", "up", "down", "out", "over", "back", "away", NULL};
  if (has(d, QI_SLOT_OBJ) || t + 1 >= (int32_t)v->s->n_tokens) return;
  bool take_in = qi_lemma_is(v, t, "take") && qi_form_is(v, t + 1, "in");
  if (!take_in && !qi_lemma_in(v, t + 1, particles)) return;
  for (QI_EACH_CHILD(v, t, k, c)) {
    const qi_token *ct = qi_tok(v, (int32_t)c);
    if ((int32_t)c > t && ct->rel == QI_REL_OBL && (qi_tok(v, t + 1)->head == (int32_t)c || qi_tok(v, t + 1)->head == t) &&
        ct->upos != QI_NUM && ct->etype != QI_ETYPE_TIME) {
      add(v, d, QI_SLOT_OBJ, (int32_t)c, QI_FROM_ATTACHMENT, false);
      return;
    }
  }
}

/* "gave Kyiv tanks": two objects, or a name that the parser took for part of the thing given. */
static void add_given(const qi_view *v, int32_t t, qi_deep *d) {
  int32_t first = QI_NO_TOKEN, second = QI_NO_TOKEN;
  if (qi_is_passive(v, t)) return;
  int32_t iobj = qi_child(v, t, QI_REL_IOBJ);
  if (iobj >= 0) { /* the only object is one, whatever its label */
    if (!has(d, QI_SLOT_OBJ)) add(v, d, QI_SLOT_OBJ, iobj, QI_FROM_ATTACHMENT, false);
    return;
  }
  add_behind_particle(v, t, d);
  for (QI_EACH_CHILD(v, t, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_OBJ) {
      if (first < 0) first = (int32_t)c;
      else if (second < 0) second = (int32_t)c;
    }
  if (second >= 0) {
    for (uint32_t i = 0; i < d->n; i++)
      if (d->fillers[i].slot == QI_SLOT_OBJ && d->fillers[i].token == first) d->fillers[i].slot = QI_SLOT_IOBJ;
    return;
  }
  if (first < 0 || !qi_lemma_in(v, t, ditransitive)) return;
  for (QI_EACH_CHILD(v, first, k, c)) {
    const qi_mention *m = qi_mention_at(v, (int32_t)c);
    bool who = m ? m->is_actor : qi_modifier_at(v, (int32_t)c) != NULL;
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if ((int32_t)c < first && who && (rel == QI_REL_COMPOUND || rel == QI_REL_NMOD_POSS || rel == QI_REL_NMOD_DESC) &&
        v->s->child_begin[c] + 1 >= v->s->child_begin[c + 1])
      add(v, d, QI_SLOT_IOBJ, (int32_t)c, QI_FROM_ATTACHMENT, false);
  }
}

/* What coordinated verbs have in common: "shelled and captured the town near Kherson". */
static void add_shared(const qi_view *v, int32_t t, qi_deep *d) {
  const qi_token *tok = qi_tok(v, t);
  bool passive = qi_is_passive(v, t);
  if (tok->rel == QI_REL_CONJ && tok->head >= 0 && qi_is_verb(v, tok->head) &&
      qi_is_passive(v, tok->head) == passive)
    for (QI_EACH_CHILD(v, tok->head, k, c)) {
      const qi_token *ct = qi_tok(v, (int32_t)c);
      if ((int32_t)c <= t) continue;
      if (ct->rel == QI_REL_OBJ && has(d, QI_SLOT_OBJ)) continue;
      if (ct->rel == QI_REL_OBJ || ct->rel == QI_REL_OBL || ct->rel == QI_REL_OBL_AGENT)
        add_child(v, tok->head, (int32_t)c, d, QI_FROM_SHARED);
    }
  if (passive || has(d, QI_SLOT_OBJ) || qi_child(v, t, QI_REL_CCOMP) >= 0) return;
  for (QI_EACH_CHILD(v, t, k, c)) {
    const qi_token *ct = qi_tok(v, (int32_t)c);
    if ((int32_t)c < t) continue;
    if (ct->rel == QI_REL_CONJ && qi_is_verb(v, (int32_t)c) && !qi_is_passive(v, (int32_t)c)) {
      bool own_subject = qi_child(v, (int32_t)c, QI_REL_NSUBJ) >= 0;
      int32_t object = own_subject ? QI_NO_TOKEN : qi_child(v, (int32_t)c, QI_REL_OBJ);
      if (object > (int32_t)c) add(v, d, QI_SLOT_OBJ, object, QI_FROM_SHARED, false);
      break;
    }
    if (ct->rel != QI_REL_PUNCT && ct->rel != QI_REL_CC && ct->rel != QI_REL_ADVMOD) break;
  }
}

/* "the pact he agreed to sign": the object left out at the foot of a relative clause. */
static void add_gap(const qi_view *v, int32_t t, qi_deep *d) {
  if (has(d, QI_SLOT_OBJ) || has(d, QI_SLOT_COMP) || has(d, QI_SLOT_TO_INF) || qi_is_passive(v, t)) return;
  int32_t at = t;
  for (int step = 0; step < 4; step++) {
    const qi_token *tok = qi_tok(v, at);
    bool pronoun = false, subject_here = false;
    for (QI_EACH_CHILD(v, at, k, c)) {
      pronoun |= qi_is_relative(v, (int32_t)c);
      subject_here |= qi_is_subject(qi_tok(v, (int32_t)c)->rel);
    }
    if (pronoun || tok->head < 0) return;
    if (tok->rel == QI_REL_ACL_RELCL) {
      if (subject_here) add(v, d, QI_SLOT_OBJ, tok->head, QI_FROM_RELATIVE, false);
      return;
    }
    if (tok->rel != QI_REL_XCOMP) return;
    at = tok->head;
  }
}

/* Prepositional phrases that the parser may have hung on the object or on each other, and
 * infinitives hung beside the verb instead of below it. */
static void add_attached(const qi_view *v, int32_t t, qi_deep *d) {
  uint32_t n = d->n;
  for (QI_EACH_CHILD(v, t, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_ADVCL && qi_is_to_infinitive(v, (int32_t)c) &&
        !has(d, QI_SLOT_TO_INF) && !(qi_lemma_is(v, t, "summon") && qi_subject_own_purpose(v, t, (int32_t)c)))
      add(v, d, QI_SLOT_TO_INF, (int32_t)c, QI_FROM_ATTACHMENT, true);
  for (uint32_t i = 0; i < n; i++) {
    qi_filler f = d->fillers[i];
    bool turned = f.slot == QI_SLOT_OBJ && f.origin == QI_FROM_PASSIVE; /* "a grant for Kyiv was announced" */
    /* "a truce between the two began": sides named behind a subject that is nobody. */
    bool matter = f.slot == QI_SLOT_SUBJ && qi_tok(v, f.token)->upos == QI_NOUN && !qi_names_somebody(v, f.token);
    if (f.clause || (f.slot == QI_SLOT_SUBJ && !matter) || (f.token < t && !turned && !matter)) continue;
    /* Down the last branches of an object; of other phrases only what hangs on them directly. */
    int steps = f.slot == QI_SLOT_OBJ || f.slot == QI_SLOT_IOBJ ? 3 : 1;
    for (int step = 0; step < steps; step++) {
      int32_t last = QI_NO_TOKEN;
      for (QI_EACH_CHILD(v, f.token, k, c)) {
        const qi_token *ct = qi_tok(v, (int32_t)c);
        if ((int32_t)c < f.token) continue;
        if (ct->rel == QI_REL_ACL && qi_is_to_infinitive(v, (int32_t)c) && !has(d, QI_SLOT_TO_INF))
          add(v, d, QI_SLOT_TO_INF, (int32_t)c, QI_FROM_ATTACHMENT, true);
        if (qi_governor(v, (int32_t)c) == t && qi_tok(v, (int32_t)c)->head != t && !has(d, QI_SLOT_COMP) &&
            !qi_is_to_infinitive(v, (int32_t)c))
          add(v, d, QI_SLOT_COMP, (int32_t)c, QI_FROM_ATTACHMENT, true);
        if (ct->rel == QI_REL_ACL && f.slot == QI_SLOT_OBJ && qi_xpos_is(v, (int32_t)c, "VBG")) {
          qi_slot slot = qi_preposition(v, (int32_t)c, NULL);
          if (slot != QI_SLOT_NONE && !has(d, slot)) add(v, d, slot, (int32_t)c, QI_FROM_ATTACHMENT, true);
        }
        if (ct->rel != QI_REL_NMOD) continue;
        qi_slot slot = qi_preposition(v, (int32_t)c, NULL);
        if (matter && slot != qi_slot_of_preposition(QI_SLICE("between")) && slot != qi_slot_of_preposition(QI_SLICE("with")))
          continue;
        if (slot != QI_SLOT_NONE && !has(d, slot)) add(v, d, slot, (int32_t)c, QI_FROM_ATTACHMENT, false);
        last = (int32_t)c;
      }
      if (last < 0) break;
      f.token = last;
    }
  }
  int32_t inf = qi_deep_find(d, QI_SLOT_TO_INF, 0);
  for (QI_EACH_CHILD(v, inf >= 0 ? d->fillers[inf].token : t, k, c)) { /* "sent troops to fight alongside the army" */
    int32_t prep = QI_NO_TOKEN;
    qi_slot slot = qi_tok(v, (int32_t)c)->rel == QI_REL_OBL ? qi_preposition(v, (int32_t)c, &prep) : QI_SLOT_NONE;
    if (slot != QI_SLOT_NONE && qi_form_is(v, prep, "alongside") && !has(d, slot))
      add(v, d, slot, (int32_t)c, QI_FROM_ATTACHMENT, false);
  }
}

/* "Kim, he said, ...": what is said stands above the verb of saying. */
static void add_quoted(const qi_view *v, int32_t t, qi_deep *d) {
  const qi_token *tok = qi_tok(v, t);
  if (tok->rel != QI_REL_PARATAXIS || tok->head < 0 || has(d, QI_SLOT_COMP)) return;
  if (qi_operators_first(v->know->operators, tok->lemma, 'v') != QI_MAP_NONE)
    add(v, d, QI_SLOT_COMP, tok->head, QI_FROM_TREE, true);
}

static void read_verb(const qi_view *v, int32_t t, qi_deep *d) {
  add_subjects(v, t, d);
  for (QI_EACH_CHILD(v, t, k, c)) add_child(v, t, (int32_t)c, d, QI_FROM_TREE);
  add_given(v, t, d);
  add_quoted(v, t, d);
  add_shared(v, t, d);
  add_gap(v, t, d);
  add_attached(v, t, d);
}

static void read_adjective(const qi_view *v, int32_t t, qi_deep *d) {
  qi_subject s = qi_subject_of(v, t);
  add(v, d, QI_SLOT_SUBJ, s.token, s.origin, false);
  for (QI_EACH_CHILD(v, t, k, c)) {
    const qi_token *ct = qi_tok(v, (int32_t)c);
    if (ct->rel == QI_REL_ADVCL && qi_is_to_infinitive(v, (int32_t)c))
      add(v, d, QI_SLOT_TO_INF, (int32_t)c, QI_FROM_TREE, true);
    add_child(v, t, (int32_t)c, d, QI_FROM_TREE);
  }
}

/* ---- nouns ---- */
static bool is_abbreviation(const qi_view *v, int32_t i) {
  qi_slice f = qi_tok(v, i)->form;
  size_t upper = 0;
  for (size_t k = 0; k < f.len; k++) {
    if (f.ptr[k] >= 'a' && f.ptr[k] <= 'z') return false;
    upper += f.ptr[k] >= 'A' && f.ptr[k] <= 'Z';
  }
  return upper >= 2;
}

/* "drone attack", "police cordon": a kind of thing rather than somebody. */
static bool is_plain_agent(const qi_view *v, int32_t c) {
  const qi_mention *m = qi_mention_at(v, c);
  return m && m->kind == QI_MENTION_AGENT && m->n_entities == 1 && m->entities[0]->country[0] == '\0';
}

/* A name in front of the noun: "U.S. strikes", "Hamas attack" do it; "the Ukraine war" undergoes it. */
static void add_name_before(const qi_view *v, int32_t t, int32_t c, qi_deep *d) {
  if (!qi_names_somebody(v, c) || is_plain_agent(v, c)) return;
  if (has(d, QI_SLOT_SUBJ)) {
    add(v, d, QI_SLOT_OBJ, c, QI_FROM_MODIFIER, false);
    return;
  }
  const qi_mention *m = qi_mention_at(v, c);
  const quid_entity *e = qi_modifier_at(v, c);
  bool land = m ? m->is_state || m->is_place : e && !strchr(e->id, '.');
  bool target = false;
  for (QI_EACH_CHILD(v, t, k, o)) {
    int32_t prep = QI_NO_TOKEN;
    if (qi_tok(v, (int32_t)o)->rel != QI_REL_NMOD) continue;
    qi_preposition(v, (int32_t)o, &prep);
    static const char *const against[] = {"on", "against", "of", "to", "with", "at", NULL};
    target |= prep >= 0 && qi_lemma_in(v, prep, against);
  }
  bool does = target || is_abbreviation(v, c) || !land;
  add(v, d, does ? QI_SLOT_SUBJ : QI_SLOT_OBJ, c, QI_FROM_MODIFIER, false);
}

static void add_noun_child(const qi_view *v, int32_t t, int32_t c, qi_deep *d, qi_origin origin) {
  const qi_token *tok = qi_tok(v, c);
  qi_slot slot;
  (void)t;
  switch (tok->rel) {
  case QI_REL_NMOD:
  case QI_REL_OBL:
  case QI_REL_OBL_AGENT: {
    int32_t prep = QI_NO_TOKEN;
    slot = qi_preposition(v, c, &prep);
    bool by = tok->rel == QI_REL_OBL_AGENT || (prep >= 0 && qi_form_is(v, prep, "by"));
    if (by) add(v, d, QI_SLOT_SUBJ, c, origin, false);
    add(v, d, slot, c, origin, false);
    if (prep >= 0 && qi_form_is(v, prep, "of")) add(v, d, QI_SLOT_OBJ, c, origin, false);
    break;
  }
  case QI_REL_ACL:
    if (qi_is_to_infinitive(v, c)) add(v, d, QI_SLOT_TO_INF, c, origin, true);
    else if ((slot = qi_preposition(v, c, NULL)) != QI_SLOT_NONE) add(v, d, slot, c, origin, true);
    else if (qi_child(v, c, QI_REL_MARK) >= 0) add(v, d, QI_SLOT_COMP, c, origin, true);
    break;
  case QI_REL_CCOMP: add(v, d, clause_slot(v, c), c, origin, true); break;
  case QI_REL_ADVCL:
    if (qi_is_to_infinitive(v, c)) add(v, d, QI_SLOT_TO_INF, c, origin, true);
    break;
  default: break;
  }
}

typedef struct carrier {
  int32_t verb;
  const qi_light *light;
} carrier;

/* Does a light verb at `verb` carry the noun `t` that stands in slot `under` of it? */
static const qi_light *light_at(const qi_view *v, int32_t verb, qi_slot under) {
  uint32_t at = qi_lights_first(v->know->operators, qi_tok(v, verb)->lemma);
  const qi_light *light, *best = NULL;
  while ((light = qi_lights_next(v->know->operators, &at)))
    if (light->under == under && qi_words_at(v, verb, &light->words, true) &&
        (!best || light->words.n > best->words.n))
      best = light;
  return best;
}

static carrier carried_by(const qi_view *v, int32_t verb, int32_t t, qi_rel rel) {
  carrier none = {QI_NO_TOKEN, NULL};
  if (verb < 0 || !qi_is_verb(v, verb)) return none;
  qi_slot under = QI_SLOT_NONE;
  if (rel == QI_REL_OBJ) under = QI_SLOT_OBJ;
  else if (rel == QI_REL_NSUBJ_PASS) under = QI_SLOT_OBJ;
  else if (rel == QI_REL_NSUBJ) under = qi_is_passive(v, verb) ? QI_SLOT_OBJ : QI_SLOT_SUBJ;
  else if (rel == QI_REL_OBL || rel == QI_REL_NMOD || rel == QI_REL_OBL_AGENT)
    under = qi_preposition(v, t, NULL);
  /* "called the attack horrific" names it, and calls no attack */
  if (under == QI_SLOT_OBJ && qi_lemma_is(v, verb, "call") && qi_child(v, verb, QI_REL_XCOMP) >= 0) return none;
  const qi_light *light = under ? light_at(v, verb, under) : NULL;
  return light ? (carrier){verb, light} : none;
}

static carrier find_carrier(const qi_view *v, int32_t t, int depth) {
  const qi_token *tok = qi_tok(v, t);
  carrier found = carried_by(v, tok->head, t, tok->rel);
  if (found.light && found.light->under != QI_SLOT_SUBJ) return found;
  for (QI_EACH_CHILD(v, t, k, c)) {
    const qi_token *ct = qi_tok(v, (int32_t)c);
    bool relative = ct->rel == QI_REL_ACL_RELCL, participle = ct->rel == QI_REL_ACL;
    if (!relative && !participle) continue;
    bool passive = qi_is_passive(v, (int32_t)c);
    if (participle && !passive) continue;
    qi_slot under = QI_SLOT_OBJ;
    if (relative && !passive) {
      int32_t pronoun = QI_NO_TOKEN;
      for (QI_EACH_CHILD(v, c, kk, cc))
        if (qi_is_relative(v, (int32_t)cc)) pronoun = (int32_t)cc;
      if (pronoun >= 0 && qi_is_subject(qi_tok(v, pronoun)->rel)) under = QI_SLOT_SUBJ;
      else if (pronoun >= 0 && qi_tok(v, pronoun)->rel == QI_REL_OBL) under = qi_preposition(v, pronoun, NULL);
    }
    const qi_light *light = qi_is_verb(v, (int32_t)c) ? light_at(v, (int32_t)c, under) : NULL;
    if (light) return (carrier){(int32_t)c, light};
  }
  if (found.light) return found; /* "the curfew imposed by India lasted weeks": who imposed it matters more */
  if (tok->rel == QI_REL_CONJ && tok->head >= 0 && depth > 0 && qi_is_nominal(v, tok->head))
    return find_carrier(v, tok->head, depth - 1);
  return (carrier){QI_NO_TOKEN, NULL};
}

static void add_light(const qi_view *v, int32_t t, qi_deep *d) {
  carrier found = find_carrier(v, t, 3);
  if (!found.light) return;
  d->light = found.verb;
  d->light_entry = found.light;
  qi_deep verb = {.trigger = found.verb, .light = QI_NO_TOKEN, .undergoer = QI_NO_TOKEN};
  read_verb(v, found.verb, &verb);
  for (uint32_t i = 0; i < verb.n; i++) {
    qi_filler f = verb.fillers[i];
    if (f.token == t || f.slot == QI_SLOT_OBJ) continue;
    if (f.slot == QI_SLOT_SUBJ) {
      if (found.light->under == QI_SLOT_SUBJ || f.clause) continue;
      if (found.light->subject_recipient) d->undergoer = f.token;
      else if (!has(d, QI_SLOT_SUBJ)) add(v, d, QI_SLOT_SUBJ, f.token, QI_FROM_LIGHT, false);
      continue;
    }
    if (!has(d, f.slot)) add(v, d, f.slot, f.token, QI_FROM_LIGHT, f.clause);
  }
}

/* "is at war with", "is under attack": the noun is the predicate. */
static void add_copular(const qi_view *v, int32_t t, qi_deep *d) {
  if (qi_child(v, t, QI_REL_COP) < 0) return;
  qi_slot under = qi_preposition(v, t, NULL);
  qi_subject s = qi_subject_of(v, t);
  uint32_t at = qi_lights_first(v->know->operators, QI_SLICE("be"));
  const qi_light *light;
  while ((light = qi_lights_next(v->know->operators, &at)))
    if (under != QI_SLOT_NONE && light->under == under && light->words.n == 1) {
      d->light_entry = light;
      if (light->subject_recipient) {
        d->undergoer = s.token;
        return;
      }
    }
  add(v, d, QI_SLOT_SUBJ, s.token, s.origin, false);
}

/* "attacks and raids on the town": what coordinated nouns have in common. */
static void add_noun_shared(const qi_view *v, int32_t t, qi_deep *d) {
  const qi_token *tok = qi_tok(v, t);
  if (tok->rel == QI_REL_CONJ && tok->head >= 0 && !has(d, QI_SLOT_SUBJ) && qi_tok(v, tok->head)->upos == QI_NOUN)
    add(v, d, QI_SLOT_SUBJ, qi_deep_owner(v, tok->head), QI_FROM_SHARED, false);
  for (QI_EACH_CHILD(v, t, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_CONJ && qi_tok(v, (int32_t)c)->upos == QI_NOUN)
      for (QI_EACH_CHILD(v, c, kk, cc)) {
        qi_slot slot = qi_preposition(v, (int32_t)cc, NULL);
        if (qi_tok(v, (int32_t)cc)->rel == QI_REL_NMOD && slot != QI_SLOT_NONE && !has(d, slot))
          add_noun_child(v, (int32_t)c, (int32_t)cc, d, QI_FROM_SHARED);
      }
}

/* "the withdrawal of troops from Georgia": a phrase hung on the phrase before it. */
static void add_nested(const qi_view *v, int32_t t, qi_deep *d) {
  uint32_t n = d->n;
  for (uint32_t i = 0; i < n; i++) {
    qi_filler f = d->fillers[i];
    if (f.clause || f.token < t || f.slot < QI_SLOT_FIRST_PREP || f.origin == QI_FROM_LIGHT) continue;
    for (QI_EACH_CHILD(v, f.token, k, c)) {
      if (qi_tok(v, (int32_t)c)->rel != QI_REL_NMOD || (int32_t)c < f.token) continue;
      qi_slot slot = qi_preposition(v, (int32_t)c, NULL);
      if (slot != QI_SLOT_NONE && !has(d, slot)) add(v, d, slot, (int32_t)c, QI_FROM_ATTACHMENT, false);
    }
  }
}

/* "his meeting last year with Putin was": a phrase hung on what the noun hangs on. */
static void add_beside(const qi_view *v, int32_t t, qi_deep *d) {
  const qi_token *tok = qi_tok(v, t);
  int32_t h = tok->head;
  if (h < 0 || (tok->rel != QI_REL_OBJ && tok->rel != QI_REL_OBL && tok->rel != QI_REL_NSUBJ)) return;
  char part = qi_is_verb(v, h) ? 'v' : qi_tok(v, h)->upos == QI_ADJ ? 'a' : 'n';
  if (qi_frames_first(v->know->frames, qi_tok(v, h)->lemma, part) != QI_MAP_NONE) return;
  for (QI_EACH_CHILD(v, h, k, c)) {
    const qi_token *ct = qi_tok(v, (int32_t)c);
    if ((int32_t)c < t || (tok->rel == QI_REL_NSUBJ && (int32_t)c > h)) continue;
    if (ct->rel != QI_REL_OBL && ct->rel != QI_REL_NMOD) continue;
    qi_slot slot = qi_preposition(v, (int32_t)c, NULL);
    if (slot != QI_SLOT_NONE && !has(d, slot)) add(v, d, slot, (int32_t)c, QI_FROM_ATTACHMENT, false);
  }
}

/* A thing named before the noun undergoes it: "arms transfers", "a heart attack". */
static void add_things_before(const qi_view *v, int32_t t, qi_deep *d) {
  qi_slot of = qi_slot_of_preposition(QI_SLICE("of"));
  for (QI_EACH_CHILD(v, t, k, c)) {
    const qi_token *thing = qi_tok(v, (int32_t)c);
    if ((int32_t)c > t || thing->rel != QI_REL_COMPOUND || thing->upos != QI_NOUN) continue;
    if (qi_names_somebody(v, (int32_t)c) || is_plain_agent(v, (int32_t)c)) continue;
    if (!has(d, QI_SLOT_OBJ)) add(v, d, QI_SLOT_OBJ, (int32_t)c, QI_FROM_MODIFIER, false);
    if (!has(d, of)) add(v, d, of, (int32_t)c, QI_FROM_MODIFIER, false);
  }
}

/* "Israel denied the attack", "denied any role in the attack", "claimed responsibility for it": who denies or claims is who
 * is said to have done it. */
static int32_t denier(const qi_view *v, int32_t t) {
  static const char *const verbs[] = {"deny", "disavow", "disclaim", NULL};
  static const char *const shares[] = {"responsibility", "involvement", "role", "part", "complicity", "hand", "link", NULL};
  /* "denied the allegations", "denied aid": said, and refused, by others. */
  static const char *const others[] = {"allegation", "accusation", "charge", "claim", "criticism", "complaint", "report", "rumour",
                                       "rumor", "request", "demand", "appeal", "permission", "entry", "access", "visa", "bail",
                                       "asylum", "aid", "help", "support", "assistance", "right", "statement", "offer", NULL};
  static const char *const claims[] = {"claim", "admit", "accept", "assume", NULL};
  const qi_token *tok = qi_tok(v, t);
  int32_t h = tok->head;
  if (qi_lemma_in(v, t, others)) return QI_NO_TOKEN;
  if (h >= 0 && qi_lemma_is(v, h, "responsibility") && qi_tok(v, h)->rel == QI_REL_OBJ && qi_tok(v, h)->head >= 0 &&
      qi_lemma_in(v, qi_tok(v, h)->head, claims))
    return qi_deep_subject(v, qi_tok(v, h)->head);
  if (tok->rel == QI_REL_NMOD && h >= 0 && qi_lemma_in(v, h, shares) && qi_tok(v, h)->rel == QI_REL_OBJ) h = qi_tok(v, h)->head;
  else if (tok->rel == QI_REL_OBL && h >= 0) {
    int32_t object = qi_child(v, h, QI_REL_OBJ);
    if (object < 0 || !qi_lemma_in(v, object, shares)) return QI_NO_TOKEN;
  } else if (tok->rel != QI_REL_OBJ) return QI_NO_TOKEN;
  return h >= 0 && qi_is_verb(v, h) && qi_lemma_in(v, h, verbs) ? qi_deep_subject(v, h) : QI_NO_TOKEN;
}

static void read_noun(const qi_view *v, int32_t t, qi_deep *d) {
  int32_t subj = qi_deep_owner(v, t), owner = qi_child(v, t, QI_REL_NMOD_POSS);
  add(v, d, QI_SLOT_SUBJ, subj, QI_FROM_MODIFIER, false);
  if (owner >= 0 && owner != subj) add(v, d, QI_SLOT_OBJ, owner, QI_FROM_MODIFIER, false);
  for (QI_EACH_CHILD(v, t, k, c)) add_noun_child(v, t, (int32_t)c, d, QI_FROM_TREE);
  for (QI_EACH_CHILD(v, t, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if ((int32_t)c < t && (rel == QI_REL_COMPOUND || rel == QI_REL_NMOD_DESC || rel == QI_REL_NMOD_UNMARKED))
      add_name_before(v, t, (int32_t)c, d);
    if ((int32_t)c < t && rel == QI_REL_AMOD && qi_names_somebody(v, (int32_t)c) && (int32_t)c != subj)
      add(v, d, QI_SLOT_OBJ, (int32_t)c, QI_FROM_MODIFIER, false);
  }
  add_copular(v, t, d);
  add_light(v, t, d);
  add_nested(v, t, d);
  if (d->light < 0) add_beside(v, t, d);
  int32_t agent = qi_subject_distant_agent(v, t);
  if (agent >= 0 && !has(d, QI_SLOT_SUBJ)) add(v, d, QI_SLOT_SUBJ, agent, QI_FROM_ATTACHMENT, false);
  for (QI_EACH_CHILD(v, t, k, c))
    if ((int32_t)c < t && qi_tok(v, (int32_t)c)->rel == QI_REL_COMPOUND && is_plain_agent(v, (int32_t)c) && !has(d, QI_SLOT_SUBJ))
      add(v, d, QI_SLOT_SUBJ, (int32_t)c, QI_FROM_MODIFIER, false);
  add_things_before(v, t, d);
  add_noun_shared(v, t, d);
  if (!has(d, QI_SLOT_SUBJ)) add(v, d, QI_SLOT_SUBJ, denier(v, t), QI_FROM_SHARED, false);
}

void qi_deep_read(const qi_view *v, int32_t token, char part, qi_deep *out) {
  out->n = 0;
  out->trigger = token;
  out->light = out->undergoer = QI_NO_TOKEN;
  out->light_entry = NULL;
  if (part == 'v') read_verb(v, token, out);
  else if (part == 'a') read_adjective(v, token, out);
  else read_noun(v, token, out);
}
