/* code: a deed and its sentence -> the victims it counts; the crowd that took part.
 *
 * The verbs of the deed are gathered first: the deed word, its light verb, the verb that a deed noun hangs on, and from
 * there down: "..., killing 12 and wounding 40", "..., and five soldiers died", "the attack, in which nine died". Then
 * each word of knowledge/items/victims.tsv below them says where those who suffer stand: its object, its subject, the
 * noun under its "of", or the number before it ("left 12 dead"). Only who is counted counts: by a number, or one by
 * being one ("a soldier", "the governor").
 *
 * "A raid left at least 12 dead and 40 wounded." -> dead 12 over, wounded 40. */
#include "code/victims.h"

#include "know/items.h"
#include "know/victims.h"

enum { MAX_CLAUSES = 24, MAX_CLIMB = 6 };

typedef struct search {
  const qi_view *v;
  const qi_amount_list *amounts;
  const qi_deed *deed;
  qi_deed *const *deeds;
  size_t n_deeds;
  int32_t clause[MAX_CLAUSES]; /* [n] heads of clauses that tell of the deed */
  uint32_t n;
  quid_victims *out;
  uint32_t n_out, max;
} search;

static bool known_clause(const search *x, int32_t i) {
  for (uint32_t k = 0; k < x->n; k++)
    if (x->clause[k] == i) return true;
  return false;
}

static bool is_other_deed(const search *x, int32_t i) {
  for (size_t k = 0; k < x->n_deeds; k++)
    if (x->deeds[k]->token == i && x->deeds[k] != x->deed && !x->deeds[k]->dropped) return true;
  return false;
}

static bool is_subject_of(const search *x, int32_t i) {
  for (QI_EACH_CHILD(x->v, i, k, c))
    if (qi_is_subject((qi_rel)qi_tok(x->v, (int32_t)c)->rel)) return true;
  return false;
}

/* Does the clause below go on telling of the same deed? */
static bool tells_on(const search *x, int32_t i) {
  switch (qi_tok(x->v, i)->rel) {
  case QI_REL_ADVCL: case QI_REL_ADVCL_RELCL: case QI_REL_PARATAXIS: case QI_REL_XCOMP: case QI_REL_ACL_RELCL: case QI_REL_ACL: return true;
  case QI_REL_CONJ: /* "stole cattle and killed a chief" are two deeds */
    return !is_other_deed(x, i) || (x->deed->frame->type == QUID_ASSAULT && !is_subject_of(x, i));
  default: return false;
  }
}

static void add_clause(search *x, int32_t i) {
  if (i >= 0 && x->n < MAX_CLAUSES && !known_clause(x, i)) x->clause[x->n++] = i;
}

/* The verb or predicate that a noun hangs on. */
static int32_t governing_clause(const qi_view *v, int32_t i) {
  for (int step = 0; step < MAX_CLIMB && i >= 0; step++) {
    const qi_token *t = qi_tok(v, i);
    if (step > 0 && (qi_is_verb(v, i) || t->rel == QI_REL_ROOT)) return i;
    if (step > 0 && (qi_child(v, i, QI_REL_COP) >= 0)) return i;
    bool up = t->rel == QI_REL_NSUBJ || t->rel == QI_REL_NSUBJ_PASS || t->rel == QI_REL_OBJ || t->rel == QI_REL_OBL || t->rel == QI_REL_NMOD ||
              t->rel == QI_REL_OBL_AGENT || t->rel == QI_REL_CONJ || t->rel == QI_REL_COMPOUND || t->rel == QI_REL_ADVCL || t->rel == QI_REL_ACL;
    if (!up) return QI_NO_TOKEN;
    i = t->head;
  }
  return QI_NO_TOKEN;
}

/* "70,000 fled when troops crossed the border": the clause above tells what came of it. */
static int32_t clause_above(const search *x, int32_t verb) {
  static const char *const marks[] = {"when", "as", "after", "since", "while", NULL};
  const qi_view *v = x->v;
  int32_t up = qi_tok(v, verb)->head;
  if (qi_tok(v, verb)->rel != QI_REL_ADVCL || up < 0 || is_other_deed(x, up)) return QI_NO_TOKEN;
  for (QI_EACH_CHILD(v, verb, k, c))
    if ((int32_t)c < verb && qi_lemma_in(v, (int32_t)c, marks)) return up;
  return QI_NO_TOKEN;
}

static void gather_clauses(search *x) {
  const qi_view *v = x->v;
  add_clause(x, x->deed->token);
  add_clause(x, x->deed->light);
  quid_event_type type = x->deed->frame->type;
  int32_t clause = x->deed->light >= 0 ? x->deed->light : x->deed->token;
  if (type == QUID_ASSAULT || type == QUID_MOBILIZE) add_clause(x, clause_above(x, clause));
  if (x->deed->part != 'v') add_clause(x, governing_clause(v, x->deed->token));
  for (uint32_t at = 0; at < x->n; at++)
    for (QI_EACH_CHILD(v, x->clause[at], k, c)) {
      const qi_token *t = qi_tok(v, (int32_t)c);
      if (tells_on(x, (int32_t)c)) add_clause(x, (int32_t)c);
      /* "attacked pickers, four of whom were hurt" */
      if (t->rel != QI_REL_OBJ && t->rel != QI_REL_NSUBJ_PASS && t->rel != QI_REL_OBL) continue;
      int32_t relative = qi_child(v, (int32_t)c, QI_REL_ACL_RELCL);
      if (relative > (int32_t)c) add_clause(x, relative);
    }
}

/* ---- who ---- */

static bool is_people(const qi_view *v, int32_t i) {
  static const char *const names[] = {"people", "troops", "envoys", "crowd", "armed", "layfolk", "private", "authority", NULL};
  const qi_mention *m = qi_mention_at(v, i);
  if (qi_tok(v, i)->etype == QI_ETYPE_PERSON || qi_tok(v, i)->ner == QI_NER_PER || (m && m->is_actor && (qi_tok(v, i)->upos == QI_NOUN || qi_xpos_is(v, i, "NNPS")))) return true;
  qi_classes mine = qi_classes_of(v, i), wanted = {{0}};
  for (size_t k = 0; names[k]; k++) {
    uint32_t id = qi_items_class(v->know->items, qi_slice_str(names[k]));
    if (id != QI_NO_CLASS) wanted.bits[id / 64] |= UINT64_C(1) << (id % 64);
  }
  return qi_classes_meet(&mine, &wanted);
}

/* "a soldier", "the governor of Kunduz", "Jane Doe". */
static bool is_one(const qi_view *v, int32_t i) {
  if (!qi_xpos_is(v, i, "NN") && !qi_xpos_is(v, i, "NNP")) return false;
  if (qi_tok(v, i)->ner == QI_NER_PER) return true;
  if (qi_tok(v, i)->etype != QI_ETYPE_PERSON) return false;
  int32_t det = qi_child(v, i, QI_REL_DET);
  static const char *const singular[] = {"a", "an", "the", "another", "this", NULL};
  return (det >= 0 && qi_lemma_in(v, det, singular)) || qi_child(v, i, QI_REL_NMOD_POSS) >= 0;
}

static void put(search *x, const char *kind, quid_span span, quid_amount count) {
  for (uint32_t i = 0; i < x->n_out; i++)
    if (strcmp(x->out[i].kind, kind) == 0 && x->out[i].span.start < span.end && span.start < x->out[i].span.end) return;
  if (x->n_out < x->max) x->out[x->n_out++] = (quid_victims){span, kind, count};
}

static quid_span span_of(const qi_view *v, uint32_t first, uint32_t last) {
  return (quid_span){v->s->tokens[first].start, v->s->tokens[last].end};
}

static void count_noun(search *x, const char *kind, int32_t i, bool surely) {
  const qi_amount *a = qi_amount_of(x->amounts, x->v->s, (uint32_t)i);
  if (a) {
    bool number = a->first <= (uint32_t)i && (uint32_t)i <= a->last;
    if (*a->unit || (!number && !surely && !is_people(x->v, i))) return;
    put(x, kind, span_of(x->v, a->core, (uint32_t)i > a->last ? (uint32_t)i : a->last), a->value);
  } else if (is_one(x->v, i)) {
    put(x, kind, span_of(x->v, (uint32_t)i, (uint32_t)i), (quid_amount){1, 1, ""});
  }
}

/* The noun and those joined to it. */
static void count_phrase(search *x, const char *kind, int32_t i, bool surely) {
  if (i < 0) return;
  if (qi_is_relative(x->v, i)) {
    i = qi_antecedent(x->v, i);
    if (qi_is_relative(x->v, i)) return;
  }
  count_noun(x, kind, i, surely);
  for (QI_EACH_CHILD(x->v, i, k, c))
    if (qi_tok(x->v, (int32_t)c)->rel == QI_REL_CONJ && (int32_t)c > i && qi_is_nominal(x->v, (int32_t)c)) count_noun(x, kind, (int32_t)c, surely);
}

static int32_t subject_of(const qi_view *v, int32_t i) {
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_is_subject((qi_rel)qi_tok(v, (int32_t)c)->rel)) return (int32_t)c;
  return QI_NO_TOKEN;
}

/* ---- where the words say they stand ---- */

static const qi_harm *harm_at(const search *x, int32_t i, qi_harm_part part) {
  const qi_token *t = qi_tok(x->v, i);
  const qi_harm *best = NULL;
  for (int form = 0; form < 2; form++) {
    uint32_t at = qi_victims_first(x->v->know->victims, form ? t->form : t->lemma, part);
    for (const qi_harm *h; (h = qi_victims_next(x->v->know->victims, &at));)
      if (qi_words_at(x->v, i, &h->words, part <= QI_HARM_FATE) && (!best || h->words.n > best->words.n)) best = h;
  }
  return best;
}

static void of_verb(search *x, int32_t i) {
  const qi_view *v = x->v;
  const qi_harm *h = harm_at(x, i, QI_HARM_VERB), *fate = harm_at(x, i, QI_HARM_FATE);
  int32_t object = qi_child(v, i, QI_REL_OBJ), subject = subject_of(v, i);
  if (h && (!fate || object >= 0 || qi_is_passive(v, i))) {
    if (qi_is_passive(v, i)) {
      if (subject < 0 && qi_tok(v, i)->rel == QI_REL_ACL) subject = qi_tok(v, i)->head;
      if (subject < 0 && i == x->deed->token) subject = qi_deep_subject(v, i);
      count_phrase(x, h->kind, subject, h->words.n > 1);
    } else {
      count_phrase(x, h->kind, object, h->words.n > 1);
    }
  } else if (fate) {
    if (subject < 0 && qi_tok(v, i)->rel == QI_REL_CONJ) subject = qi_deep_subject(v, i);
    count_phrase(x, fate->kind, subject, false);
  }
}

/* "the execution of three dissidents": of the deed's own noun. */
static void of_noun(search *x) {
  const qi_harm *h = x->deed->part == 'n' ? harm_at(x, x->deed->token, QI_HARM_NOUN) : NULL;
  if (!h) return;
  for (QI_EACH_CHILD(x->v, x->deed->token, k, c)) {
    int32_t prep = QI_NO_TOKEN;
    if ((int32_t)c < x->deed->token || qi_tok(x->v, (int32_t)c)->rel != QI_REL_NMOD) continue;
    qi_preposition(x->v, (int32_t)c, &prep);
    if (prep >= 0 && qi_form_is(x->v, prep, "of")) count_phrase(x, h->kind, (int32_t)c, false);
  }
}

/* Does the token hang on one of the clauses, and on no other? */
static bool in_scope(const search *x, int32_t i) {
  for (int step = 0; step <= MAX_CLIMB && i >= 0; step++) {
    if (known_clause(x, i)) return true;
    uint8_t rel = qi_tok(x->v, i)->rel;
    if (step > 0 && (rel == QI_REL_CCOMP || rel == QI_REL_ROOT) && qi_is_verb(x->v, i)) return false;
    i = qi_tok(x->v, i)->head;
  }
  return false;
}

/* "12 dead", "200 people homeless", "three are still missing". */
static void of_state(search *x, uint32_t i) {
  const qi_token *t = qi_tok(x->v, (int32_t)i);
  const qi_harm *h = harm_at(x, (int32_t)i, QI_HARM_STATE);
  if (!h || !in_scope(x, (int32_t)i)) return;
  if (t->rel == QI_REL_AMOD && t->head == (int32_t)i + 1) return; /* "wounded soldiers" */
  if (qi_is_verb(x->v, (int32_t)i) && !qi_is_participle(x->v, (int32_t)i) && !qi_xpos_is(x->v, (int32_t)i, "VBG")) return;
  const qi_amount *a = i > 0 ? qi_amount_at(x->amounts, i - 1) : NULL;
  if (a && a->use == QI_AMOUNT_OF_THINGS && !*a->unit) {
    put(x, h->kind, span_of(x->v, a->core, i), a->value);
    return;
  }
  if (qi_child(x->v, (int32_t)i, QI_REL_COP) >= 0 || t->upos != QI_VERB || qi_xpos_is(x->v, (int32_t)i, "VBG")) {
    int32_t subject = subject_of(x->v, (int32_t)i);
    if (subject >= 0) {
      count_phrase(x, h->kind, subject, false);
      return;
    }
  }
  /* "left 200 people homeless": the noun right before it. */
  bool behind = t->rel == QI_REL_AMOD && t->head + 1 == (int32_t)i; /* "shot a teenager dead" */
  if (i > 0 && qi_is_nominal(x->v, (int32_t)i - 1) && (behind || qi_amount_of(x->amounts, x->v->s, i - 1))) count_noun(x, h->kind, (int32_t)i - 1, false);
}

/* "the death toll rose to 12", "12 deaths", "bringing to 22 the number of dead": said of all. It stands for those that the sentence
 * adds up to, or for what it does not tell one by one. */
static void of_toll(search *x, uint32_t i) {
  enum { AHEAD = 5, BACK = 3 };
  const qi_harm *h = harm_at(x, (int32_t)i, QI_HARM_TOLL);
  if (!h || !in_scope(x, (int32_t)i)) return;
  const qi_amount *a = qi_amount_of(x->amounts, x->v->s, i);
  bool tally = h->words.n > 1 || qi_lemma_is(x->v, (int32_t)i, "toll"); /* "deaths" are counted where they stand */
  if (!a && !tally) return;
  for (uint32_t k = 1; !a && k <= AHEAD && i + k < x->v->s->n_tokens; k++) a = qi_amount_at(x->amounts, i + k);
  for (uint32_t k = 1; !a && k <= BACK && i >= k; k++) a = qi_amount_at(x->amounts, i - k);
  if (!a || a->use != QI_AMOUNT_OF_THINGS || *a->unit) return;
  double sum = 0;
  uint32_t others = 0;
  for (uint32_t k = 0; k < x->n_out; k++)
    if (strcmp(x->out[k].kind, h->kind) == 0) sum += x->out[k].count.from, others++;
  if (others && sum != a->value.from) return;
  uint32_t kept = 0;
  for (uint32_t k = 0; k < x->n_out; k++)
    if (strcmp(x->out[k].kind, h->kind) != 0) x->out[kept++] = x->out[k];
  x->n_out = kept;
  put(x, h->kind, span_of(x->v, a->core < i ? a->core : i, a->last > i ? a->last : i), a->value);
}

uint32_t qi_victims_of(quid_victims *out, uint32_t max, const qi_view *v, const qi_amount_list *amounts, const qi_deed *deed,
                       qi_deed *const *deeds, size_t n_deeds) {
  quid_event_type type = deed->frame->type;
  if (type != QUID_ASSAULT && type != QUID_COERCE && type != QUID_PROTEST && type != QUID_MOBILIZE) return 0;
  search x = {.v = v, .amounts = amounts, .deed = deed, .deeds = deeds, .n_deeds = n_deeds, .out = out, .max = max};
  gather_clauses(&x);
  for (uint32_t k = 0; k < x.n; k++) of_verb(&x, x.clause[k]);
  of_noun(&x);
  for (uint32_t i = 0; i < v->s->n_tokens; i++) of_state(&x, i);
  for (uint32_t i = 0; i < v->s->n_tokens; i++) of_toll(&x, i);
  return x.n_out;
}

/* ---- the sentence after ---- */

/* "the attack", "the blast": a blow that was told before. */
static bool is_known_blow(const qi_view *v, int32_t i) {
  uint32_t id = qi_items_class(v->know->items, QI_SLICE("violence"));
  qi_classes mine = qi_classes_of(v, i), blows = {{0}};
  if (id == QI_NO_CLASS || !qi_is_definite(v, i) || qi_tok(v, i)->upos != QI_NOUN) return false;
  blows.bits[id / 64] |= UINT64_C(1) << (id % 64);
  return qi_classes_meet(&mine, &blows) || qi_lemma_is(v, i, "blast") || qi_lemma_is(v, i, "explosion");
}

/* Nobody who did it and no other blow is named: it goes on from the sentence before. */
static bool goes_on(const search *x, int32_t root) {
  const qi_view *v = x->v;
  int32_t subject = subject_of(v, root);
  if (subject >= 0 && is_known_blow(v, subject)) return true;
  bool suffers = (harm_at(x, root, QI_HARM_VERB) && qi_is_passive(v, root)) || harm_at(x, root, QI_HARM_FATE) || harm_at(x, root, QI_HARM_STATE);
  if (!suffers || qi_child(v, root, QI_REL_OBL_AGENT) >= 0) return false;
  for (QI_EACH_CHILD(v, root, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel == QI_REL_ADVCL) return false;
    if (rel == QI_REL_OBL && qi_tok(v, (int32_t)c)->etype != QI_ETYPE_TIME && !is_known_blow(v, (int32_t)c)) return false;
  }
  return true;
}

uint32_t qi_victims_after(quid_victims *out, uint32_t max, const qi_view *v, const qi_amount_list *amounts) {
  static const qi_deed nothing = {.token = QI_NO_TOKEN, .light = QI_NO_TOKEN, .part = 'v'};
  search x = {.v = v, .amounts = amounts, .deed = &nothing, .out = out, .max = max};
  int32_t root = QI_NO_TOKEN;
  for (uint32_t i = 0; i < v->s->n_tokens && root < 0; i++)
    if (qi_tok(v, (int32_t)i)->head == QI_ROOT) root = (int32_t)i;
  if (root < 0 || !amounts->len || !goes_on(&x, root)) return 0;
  add_clause(&x, root);
  for (QI_EACH_CHILD(v, root, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_CONJ || qi_tok(v, (int32_t)c)->rel == QI_REL_ADVCL) add_clause(&x, (int32_t)c);
  for (uint32_t k = 0; k < x.n; k++) of_verb(&x, x.clause[k]);
  for (uint32_t i = 0; i < v->s->n_tokens; i++) of_state(&x, i);
  return x.n_out;
}

/* ---- crowds ---- */

static bool count_crowd(quid_span *span, quid_amount *count, const qi_view *v, const qi_amount_list *amounts, int32_t i) {
  const qi_amount *a = i >= 0 ? qi_amount_of(amounts, v->s, (uint32_t)i) : NULL;
  if (!a || *a->unit || a->value.from < 2) return false;
  bool number = a->first <= (uint32_t)i && (uint32_t)i <= a->last;
  static const char *const bodies[] = {"party", "union", "group", "organisation", "organization", "country", "state", "company", "federation", NULL};
  if (!number && (!is_people(v, i) || qi_lemma_in(v, i, bodies))) return false;
  *span = span_of(v, a->core, (uint32_t)i > a->last ? (uint32_t)i : a->last);
  *count = a->value;
  return true;
}

bool qi_crowd_of(quid_span *span, quid_amount *count, const qi_view *v, const qi_amount_list *amounts, const qi_deed *d) {
  static const char *const joins[] = {"join", "attend", "take", "participate", "march", "gather", "stage", "hold", "turn", "rally", "assemble",
                                      "go", "begin", "launch", "call", "mount", "protest", "demonstrate", "flock", NULL};
  static const char *const draws[] = {"draw", "attract", "bring", "gather", "mobilise", "mobilize", NULL};
  bool gathering = qi_lemma_is(v, d->token, "gather") || qi_lemma_is(v, d->token, "assemble") || qi_lemma_is(v, d->token, "rally");
  if (!amounts->len || (d->frame->type != QUID_PROTEST && !gathering)) return false;
  const qi_fill *actor = &d->role[QI_ROLE_ACTOR];
  for (uint32_t i = 0; i < actor->n; i++)
    if (!actor->clause[i] && count_crowd(span, count, v, amounts, actor->token[i])) return true;
  int32_t verb = d->part == 'v' ? d->token : d->light >= 0 ? d->light : governing_clause(v, d->token);
  if (verb < 0) return false;
  if (d->part == 'v' || qi_lemma_in(v, verb, joins)) {
    if (count_crowd(span, count, v, amounts, qi_is_passive(v, verb) ? qi_child(v, verb, QI_REL_OBL_AGENT) : subject_of(v, verb))) return true;
  }
  return d->part != 'v' && qi_lemma_in(v, verb, draws) && count_crowd(span, count, v, amounts, qi_child(v, verb, QI_REL_OBJ));
}
