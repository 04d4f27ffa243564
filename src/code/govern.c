/* code: deeds + date expressions -> which expression holds for which deed.
 *
 * An expression holds for the word it hangs on, and for deeds in clauses that say what went on at the same
 * time: coordinated ones, participles, "as", "when", "while". It does not reach out of a noun phrase that it only
 * names ("the 2015 agreement", "the treaty of 1987", "Tuesday's attack", "the first since May"), nor out of a clause that
 * tells of something earlier. A saying's date is what "now" means to the clause below it.
 *
 * "Ukraine said on Monday that it had left the town, which Russia shelled on Friday": said Monday; had left
 * up to Monday (before, speech Monday); shelled Friday. */
#include "code/govern.h"

enum { MAX_STEPS = 12, COMPARED = 10 };

static bool form_in(const qi_token *t, const char *const *words) {
  for (; *words; words++)
    if (qi_slice_eq_nocase(t->form, qi_slice_str(*words))) return true;
  return false;
}

static bool is(const qi_view *v, uint32_t i, const char *word) { return qi_form_is(v, (int32_t)i, word); }

/* ---- from the expression up ---- */

/* "the first", "the worst", "its fifth": what is counted or compared over a span of time. */
static bool compares(const qi_view *v, uint32_t i) {
  static const char *const WORDS[] = {"first", "last", "only", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "second",
                                      "most", "least", "more", "fewer", "less", NULL};
  const qi_token *t = qi_tok(v, (int32_t)i);
  return form_in(t, WORDS) || qi_xpos_is(v, (int32_t)i, "JJS") || qi_xpos_is(v, (int32_t)i, "RBS") || qi_token_has(t, "NumType=Ord");
}

static bool counts_among(const qi_view *v, uint32_t noun) {
  if (compares(v, noun)) return true;
  for (QI_EACH_CHILD(v, noun, k, c))
    if (c < noun && qi_tok(v, (int32_t)c)->etype != QI_ETYPE_TIME && compares(v, c)) return true;
  return false;
}

static bool has_case(const qi_view *v, uint32_t i, const char *word) {
  for (QI_EACH_CHILD(v, i, k, c))
    if ((qi_tok(v, (int32_t)c)->rel == QI_REL_CASE || qi_tok(v, (int32_t)c)->rel == QI_REL_MARK) && is(v, c, word)) return true;
  return false;
}

static bool of_time(const qi_token *t, uint32_t i, const qi_time *x) { return (i >= x->first && i <= x->last) || t->etype == QI_ETYPE_TIME; }

/* Does the noun at `noun` keep the expression below its child `i` to itself, seen from the deed `to`? */
static bool keeps(const qi_view *v, const qi_time *x, uint32_t i, uint32_t noun, uint32_t to, bool words) {
  const qi_token *t = qi_tok(v, (int32_t)i), *n = qi_tok(v, (int32_t)noun);
  if (of_time(n, noun, x)) return false;
  bool opens = x->first == 0 || (x->first == 1 && qi_tok(v, 0)->upos == QI_ADP); /* "On Tuesday Serbia deployed", "This morning police" */
  if (opens && t->rel == QI_REL_COMPOUND && n->etype != QI_ETYPE_EVENT) return false;
  bool event = n->etype == QI_ETYPE_EVENT;
  if (event && n->rel == QI_REL_NSUBJ && n->head == (int32_t)to) return words; /* "Tuesday's attack killed ten" */
  if (n->upos != QI_NOUN && n->upos != QI_PROPN && n->upos != QI_NUM && n->upos != QI_PRON) return false;
  switch (t->rel) {
  case QI_REL_COMPOUND: case QI_REL_NMOD_POSS: case QI_REL_AMOD: case QI_REL_NUMMOD: case QI_REL_NMOD_DESC: case QI_REL_FLAT: return true;
  case QI_REL_NMOD: case QI_REL_NMOD_UNMARKED: case QI_REL_OBL: case QI_REL_OBL_UNMARKED:
    return has_case(v, i, "of") || (event && words) || counts_among(v, noun);
  default: return false;
  }
}

/* Does another clause begin between the two? */
static bool is_clause(const qi_token *t) {
  switch (t->rel) {
  case QI_REL_CCOMP: case QI_REL_XCOMP: case QI_REL_ADVCL: case QI_REL_ADVCL_RELCL: case QI_REL_ACL: case QI_REL_ACL_RELCL:
  case QI_REL_PARATAXIS: case QI_REL_CSUBJ: case QI_REL_CSUBJ_PASS:
    return true;
  case QI_REL_CONJ: return t->upos == QI_VERB;
  default: return false;
  }
}

/* "since 2018" behind "the first time": the span of a comparison, not of the deed. */
static bool since_compared(const qi_view *v, const qi_time *x, uint32_t to) {
  if (x->first == 0 || !is(v, x->first - 1, "since") || qi_tok(v, (int32_t)to)->upos != QI_VERB) return false;
  for (uint32_t i = x->first - 1, n = 0; i-- > to + 1 && n < COMPARED; n++)
    if (compares(v, i)) return true;
  return false;
}

/* Steps from the expression up to `to`; -1 when it does not hold there. */
static int climb(const qi_view *v, const qi_time *x, uint32_t to, bool words) {
  int steps = 0;
  if (x->dateline || has_case(v, x->head, "than") || since_compared(v, x, to)) return -1;
  for (uint32_t i = x->head; i != to; steps++) {
    const qi_token *t = qi_tok(v, (int32_t)i);
    if (t->head == QI_ROOT || steps > MAX_STEPS || is_clause(t) || (t->rel == QI_REL_APPOS && counts_among(v, i))) return -1;
    uint32_t above = (uint32_t)t->head;
    if (above != to && keeps(v, x, i, above, to, words)) return -1;
    i = above;
  }
  return steps;
}

/* "condemned the invasion of Ukraine in February 2022", told two years later: the parser hung the date on the words, it is the
 * deed's that they are about. */
static bool dates_object(const qi_times *times, const qi_view *v, const qi_time *x, uint32_t verb) {
  enum { STALE_DAYS = 60 };
  int32_t object = qi_child(v, (int32_t)verb, QI_REL_OBJ);
  if (object < (int32_t)verb || (uint32_t)object > x->first || times->day == QI_DAY_NONE || x->to > times->day - STALE_DAYS) return false;
  return qi_tok(v, object)->upos == QI_NOUN;
}

/* Of the expressions below the word, the nearest. words: the word speaks of a deed and is none but that. */
static const qi_time *own(const qi_times *times, const qi_view *v, uint32_t token, bool words) {
  const qi_time *best = NULL;
  int best_steps = 0;
  for (size_t k = qi_when_first(times, v->s->index); k < times->len && times->items[k].sentence == v->s->index; k++) {
    int steps = climb(v, &times->items[k], token, words);
    if (steps >= 0 && words && dates_object(times, v, &times->items[k], token)) continue;
    if (steps >= 0 && (!best || steps < best_steps)) best = &times->items[k], best_steps = steps;
  }
  return best;
}

/* ---- from the deed up ---- */

static bool has_subject(const qi_view *v, uint32_t i) {
  return qi_child(v, (int32_t)i, QI_REL_NSUBJ) >= 0 || qi_child(v, (int32_t)i, QI_REL_NSUBJ_PASS) >= 0;
}

typedef enum clause_time { SIMPLE, PERFECT, PARTICIPLE, NO_TENSE } clause_time;

/* The tense of the clause at a verb, from its auxiliaries. */
static clause_time tense_of(const qi_view *v, uint32_t i) {
  static const char *const HAVE[] = {"has", "have", "had", "having", "'ve", "’ve", NULL};
  bool finite = false;
  for (QI_EACH_CHILD(v, i, k, c)) {
    const qi_token *t = qi_tok(v, (int32_t)c);
    if (t->rel != QI_REL_AUX && t->rel != QI_REL_AUX_PASS && t->rel != QI_REL_COP) continue;
    if (form_in(t, HAVE) && t->rel == QI_REL_AUX) return PERFECT;
    if (qi_xpos_is(v, (int32_t)c, "MD")) return NO_TENSE;
    finite |= qi_xpos_is(v, (int32_t)c, "VBD") || qi_xpos_is(v, (int32_t)c, "VBZ") || qi_xpos_is(v, (int32_t)c, "VBP");
  }
  if (finite || qi_xpos_is(v, (int32_t)i, "VBD") || qi_xpos_is(v, (int32_t)i, "VBZ") || qi_xpos_is(v, (int32_t)i, "VBP")) return SIMPLE;
  return qi_xpos_is(v, (int32_t)i, "VBG") ? PARTICIPLE : NO_TENSE;
}

/* How a clause stands in time to the one above it. */
typedef enum clause_link { SAME, EARLIER, SAID, APART } clause_link;

static clause_link link_of(const qi_view *v, uint32_t i) {
  static const char *const TOGETHER[] = {"as", "when", "while", "whilst", "by", "in", "on", "upon", "where", "with", NULL};
  static const char *const BEFORE[] = {"after", "because", "since", "though", "although", "for", "once", "over", NULL};
  const qi_token *t = qi_tok(v, (int32_t)i);
  clause_time tense = tense_of(v, i);
  int32_t mark = qi_child(v, (int32_t)i, QI_REL_MARK);
  if (mark < 0) mark = qi_child(v, (int32_t)i, QI_REL_ADVMOD);
  if (mark > (int32_t)i) mark = QI_NO_TOKEN;
  switch (t->rel) {
  case QI_REL_CCOMP: case QI_REL_XCOMP: case QI_REL_PARATAXIS: return SAID;
  case QI_REL_ADVCL:
    if (tense == PERFECT) return EARLIER;
    if (mark >= 0 && form_in(qi_tok(v, mark), BEFORE)) return EARLIER;
    return tense == PARTICIPLE || (mark >= 0 && form_in(qi_tok(v, mark), TOGETHER)) ? SAME : is(v, mark < 0 ? i : (uint32_t)mark, "to") ? SAID : APART;
  case QI_REL_ACL: return tense == PARTICIPLE ? SAME : qi_is_to_infinitive(v, (int32_t)i) ? SAID : EARLIER;
  case QI_REL_ACL_RELCL: case QI_REL_ADVCL_RELCL: return EARLIER;
  default: return APART;
  }
}

/* A noun that is part of what a verb says. */
static bool is_dependent_noun(const qi_token *t) {
  if (t->upos == QI_VERB) return false;
  switch (t->rel) {
  case QI_REL_OBJ: case QI_REL_NSUBJ: case QI_REL_NSUBJ_PASS: case QI_REL_NMOD: case QI_REL_OBL: case QI_REL_COMPOUND: case QI_REL_IOBJ:
  case QI_REL_OBL_AGENT: case QI_REL_NMOD_POSS: return true;
  case QI_REL_CONJ: return t->upos == QI_NOUN || t->upos == QI_PROPN;
  default: return false;
  }
}

/* Deeds that are words: what they speak of was before them. */
static bool speaks(const qi_deeds *deeds, uint32_t token) {
  for (size_t i = 0; i < deeds->len; i++) {
    const qi_deed *d = deeds->items[i];
    if (d->token != (int32_t)token || d->dropped) continue;
    int type = d->frame->type;
    return type == QUID_ACCUSE || type == QUID_REJECT || type == QUID_REQUEST || type == QUID_THREATEN || type == QUID_PROTEST;
  }
  return false;
}

/* ---- from the deed down ---- */

/* "Arriving on Tuesday, she met", "as they met on Friday": the time of a clause below that tells of the same. */
static const qi_time *below(const qi_times *times, const qi_view *v, uint32_t i, bool words) {
  for (QI_EACH_CHILD(v, i, k, c)) {
    const qi_token *t = qi_tok(v, (int32_t)c);
    bool clause = (t->rel == QI_REL_ADVCL || t->rel == QI_REL_ADVCL_RELCL) && link_of(v, c) == SAME;
    bool second = t->rel == QI_REL_CONJ && qi_is_verb(v, (int32_t)c) && c > i && !has_subject(v, c);
    if (!clause && !second) continue;
    const qi_time *x = own(times, v, c, words);
    if (x && (clause || x->first > c) && (clause || tense_of(v, c) == tense_of(v, i))) return x;
  }
  return NULL;
}

/* "the attack, which took place on Friday", "the invasion that began in 2022", "the attack launched in May". */
static const qi_time *told_of(const qi_times *times, const qi_view *v, uint32_t noun) {
  static const char *const LEMMAS[] = {"begin", "start", "take", "occur", "happen", "launch", "hold", "come", "be", "carry", "last", NULL};
  for (QI_EACH_CHILD(v, noun, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel != QI_REL_ACL && rel != QI_REL_ACL_RELCL) continue;
    const qi_time *x = qi_lemma_in(v, (int32_t)c, LEMMAS) ? own(times, v, c, false) : NULL;
    if (x) return x;
  }
  return NULL;
}

/* The first date that governs the clause at `i` or one above it, of which it is a part: what "now" means to what is said there. */
static const qi_time *now_above(const qi_times *times, const qi_view *v, uint32_t i) {
  for (int steps = 0; steps < MAX_STEPS; steps++) {
    const qi_token *t = qi_tok(v, (int32_t)i);
    if (t->head == QI_ROOT) return NULL;
    i = (uint32_t)t->head;
    const qi_time *x = qi_is_verb(v, (int32_t)i) ? own(times, v, i, true) : NULL;
    if (x) return x->from > QI_DAY_MIN && x->to < QI_DAY_MAX ? x : NULL;
  }
  return NULL;
}

/* The verb of saying that the parser put below what is said: "..., the army said on Monday". */
static const qi_time *now_beside(const qi_times *times, const qi_view *v, uint32_t i) {
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_PARATAXIS && qi_is_verb(v, (int32_t)c)) {
      const qi_time *x = own(times, v, c, true);
      if (x) return x;
    }
  return NULL;
}

/* Walks from the deed to the clauses above that go on at the same time. */
static void walk(qi_dating *out, const qi_times *times, const qi_view *v, uint32_t token, const qi_deeds *deeds) {
  bool words = speaks(deeds, token), noun = false, fronted = false; /* only a date before the verb still holds */
  uint32_t i = token;
  for (int steps = 0; steps < MAX_STEPS; steps++) {
    const qi_token *t = qi_tok(v, (int32_t)i);
    const qi_time *x = own(times, v, i, words);
    if (!x && t->upos != QI_VERB) x = told_of(times, v, i);
    if (x && fronted && x->first > i) return;
    if (!x && !fronted && qi_is_verb(v, (int32_t)i)) x = below(times, v, i, words);
    if (x) {
      out->time = x;
      return;
    }
    clause_time tense = qi_is_verb(v, (int32_t)i) ? tense_of(v, i) : NO_TENSE;
    if (tense == SIMPLE) out->finite = !noun;
    if (tense == PERFECT) out->before = true;
    if (tense == SIMPLE || tense == PERFECT) out->speech = now_beside(times, v, i);
    if (t->head == QI_ROOT || out->speech) return;
    uint32_t head = (uint32_t)t->head;
    if (is_dependent_noun(t)) {
      if (speaks(deeds, head)) {
        if (t->rel == QI_REL_OBJ && (x = own(times, v, head, false)) != NULL && dates_object(times, v, x, head)) {
          out->time = x;
          return;
        }
        out->before = true, out->speech = own(times, v, head, true);
        if (!out->speech) out->speech = now_above(times, v, head);
        return;
      }
      noun = true;
      i = head;
      continue;
    }
    if (t->upos == QI_VERB && t->rel == QI_REL_CONJ && head < i) {
      fronted |= has_subject(v, i);
      i = head;
      continue;
    }
    switch (link_of(v, i)) {
    case SAME: break;
    case EARLIER: out->before = true, out->speech = now_above(times, v, i); return;
    case SAID: out->speech = now_above(times, v, i); return;
    default: return;
    }
    i = head;
  }
}

/* "Putin visited Pyongyang in June. The two leaders signed a treaty there.": the sentence leans on the one before it, which has a
 * date that is past, and has none of its own. */
static const qi_time *carried(const qi_times *times, const qi_view *v, uint32_t token) {
  static const char *const LEANS[] = {"he", "she", "it", "they", "this", "these", "both", NULL};
  const qi_sentence *s = v->s;
  if (s->index == 0 || s->new_paragraph || tense_of(v, token) != SIMPLE || qi_tok(v, (int32_t)token)->head != QI_ROOT) return NULL;
  size_t first = qi_when_first(times, s->index);
  if (first < times->len && times->items[first].sentence == s->index) return NULL;
  int32_t subject = qi_child(v, (int32_t)token, QI_REL_NSUBJ);
  if (subject < 0) subject = qi_child(v, (int32_t)token, QI_REL_NSUBJ_PASS);
  bool leans = subject >= 0 && form_in(qi_tok(v, subject), LEANS);
  for (int32_t i = 0; subject >= 0 && i < (int32_t)s->n_tokens; i++) {
    leans |= qi_form_is(v, i, "there") && qi_tok(v, i)->rel == QI_REL_ADVMOD && qi_tok(v, i)->head == (int32_t)token;
    leans |= i + 1 < subject && qi_form_is(v, i, "the") && (qi_form_is(v, i + 1, "two") || qi_form_is(v, i + 1, "three"));
  }
  if (!leans) return NULL;
  qi_view last = *v;
  last.s = &v->doc->sentences[s->index - 1];
  for (uint32_t i = 0; i < last.s->n_tokens; i++)
    if (last.s->tokens[i].head == QI_ROOT && tense_of(&last, i) == SIMPLE) return own(times, &last, i, false);
  return NULL;
}

void qi_govern_date(qi_dating *out, const qi_times *times, const qi_view *v, const qi_deed *deed, const qi_deeds *deeds) {
  *out = (qi_dating){0};
  walk(out, times, v, (uint32_t)deed->token, deeds);
  if (!out->time && deed->light >= 0) {
    qi_dating light = {0};
    walk(&light, times, v, (uint32_t)deed->light, deeds);
    *out = light;
  }
  if (!out->time && !out->speech && !out->before)
    out->time = carried(times, v, (uint32_t)(deed->light >= 0 ? deed->light : deed->token));
}
