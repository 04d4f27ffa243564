/* code: the deeds that somebody urges, in one sentence.
 *
 * Each word of status/urging.tsv that stands here is asked for the clause that it urges: an auxiliary its own verb,
 * others the infinitive, clause or gerund below them. Imperatives need no such word. What is asked about, stands under a
 * condition, tells of the past or guesses ("must be watching") urges nothing. Verbs coordinated with the urged one are urged
 * too; what stands below it ("urge Kyiv to release her") is part of it.
 *
 *   "The two should recruit sources and not waste a year." recruit: for; waste: against; on: the two
 *
 * The parser knows few imperatives and fewer resolutions, so those, and "the answer is for X to ...", are read from the order
 * of the words. Linear in the sentence but for bounded walks. */
#include "code/urge.h"

#include "code/attribution.h"
#include "code/clause.h"

enum { MAX_UP = 24, REACH = 16, LONG_REACH = 40 };

typedef struct finder {
  const qi_view *v;
  const qi_deeds *deeds;
  const qi_quote *quote;
  qi_genre genre;
  bool question;
  qi_urged *out;
  uint32_t n;
} finder;

static int32_t n_tokens(const qi_view *v) { return (int32_t)v->s->n_tokens; }

static int32_t top_of_coordination(const qi_view *v, int32_t i) {
  for (int step = 0; step < MAX_UP && qi_tok(v, i)->rel == QI_REL_CONJ && qi_tok(v, i)->head >= 0; step++) i = qi_tok(v, i)->head;
  return i;
}

static int32_t clause_above(const qi_view *v, int32_t i) { return qi_governor(v, top_of_coordination(v, i)); }

/* ---- whose word, and whether it holds ---- */

/* The status of any word, as if it were a deed of its subject. */
static void standing_of(const finder *f, int32_t token, qi_standing *out) {
  static const qi_frame frame = {.id = "urged", .type = QUID_COOPERATE, .embeds = QI_NO_STATUS};
  qi_deed d = {.frame = &frame, .sentence = f->v->s->index, .token = token, .light = QI_NO_TOKEN};
  d.part = qi_is_verb(f->v, token) ? 'v' : qi_tok(f->v, token)->upos == QI_ADJ ? 'a' : 'n';
  qi_status_of(out, f->v, &d, f->deeds->items, f->deeds->len, f->genre, f->quote);
}

/* Is what stands above the word told as a fact, so that its own "would" alone makes it open? */
static bool told_above(const finder *f, int32_t i) {
  qi_standing above;
  int32_t g = clause_above(f->v, i), top = top_of_coordination(f->v, i);
  if (g < 0 || qi_clause_stands_alone(f->v, top)) return true;
  standing_of(f, g, &above);
  return qi_status_is_told(above.bare);
}

static bool is_urged_status(uint8_t s) { return s == QUID_RECOMMENDED || s == QUID_REQUESTED; }

static bool is_speech(const qi_view *v, int32_t verb) { return verb >= 0 && qi_is_verb(v, verb) && qi_attribution_saying(v, verb); }

/* "needed to" tells what was done, but below "said" it is "needs to". */
static bool is_told_past(const qi_view *v, int32_t h) {
  if (qi_xpos_is(v, h, "VBD")) return !is_speech(v, clause_above(v, h));
  for (QI_EACH_CHILD(v, h, k, c)) {
    const qi_token *t = qi_tok(v, (int32_t)c);
    bool helps = t->rel == QI_REL_COP || t->rel == QI_REL_AUX;
    if (helps && qi_slice_eq_str(t->xpos, "VBD") && qi_clause_modal(v, h) < 0) return !is_speech(v, clause_above(v, h));
  }
  return false;
}

/* ---- taking one down ---- */

static bool is_reader_verb(const qi_view *v, int32_t i) {
  uint32_t at = qi_urging_first(v->know->urging, qi_tok(v, i)->lemma);
  const qi_urge_word *e;
  while ((e = qi_urging_next(v->know->urging, &at)))
    if (e->part == 'i' && qi_words_at(v, i, &e->words, true)) return true;
  return false;
}

static qi_urged *take(finder *f, int32_t verb) {
  for (uint32_t i = 0; i < f->n; i++)
    if (f->out[i].verb == verb) return NULL;
  if (f->n == QI_MAX_URGED) return NULL;
  qi_urged *u = &f->out[f->n++];
  *u = (qi_urged){.verb = verb, .head = verb, .first = QI_NO_TOKEN, .last = QI_NO_TOKEN, .on = QI_NO_TOKEN, .asker = QI_NO_TOKEN,
                  .strength = QUID_SHOULD, .passive = qi_is_verb(f->v, verb) && qi_is_passive(f->v, verb), .elsewhere = f->v->s->index};
  standing_of(f, verb, &u->standing);
  return u;
}

/* Verbs coordinated with an urged one, without a subject or auxiliary of their own. */
static bool goes_along(const qi_view *v, int32_t first, int32_t member) {
  const qi_token *t = qi_tok(v, member), *one = qi_tok(v, first);
  int32_t cc = qi_child(v, member, QI_REL_CC);
  if (qi_clause_is_caused(v, first, member)) return false;
  if (cc >= 0 && (qi_form_is(v, cc, "rather") || qi_form_is(v, cc, "instead"))) return false;
  if (t->upos != QI_VERB && !qi_slice_eq(t->xpos, one->xpos)) return false;
  bool alike = qi_slice_eq(t->xpos, one->xpos) || (qi_xpos_is(v, member, "VBP") && qi_xpos_is(v, first, "VB")) ||
               (qi_xpos_is(v, member, "VB") && qi_xpos_is(v, first, "VBP"));
  bool passive = qi_child(v, first, QI_REL_AUX_PASS) >= 0, gerund = qi_xpos_is(v, first, "VBG");
  if (!alike && !(qi_xpos_is(v, member, "VB") && (passive || gerund))) return false;
  for (QI_EACH_CHILD(v, member, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (qi_is_subject(rel) || rel == QI_REL_AUX || rel == QI_REL_COP) return false;
  }
  return true;
}

/* "to define it, ensure this and ...": a bare verb behind a comma, hung on what urges as if it were an adverbial. */
static bool is_in_series(const qi_view *v, int32_t first, int32_t member) {
  uint8_t rel = qi_tok(v, member)->rel;
  if (member <= first || member == 0 || (rel != QI_REL_ADVCL && rel != QI_REL_PARATAXIS)) return false;
  return qi_form_is(v, member - 1, ",") && qi_xpos_is(v, member, "VB") && qi_child(v, member, QI_REL_MARK) < 0;
}

static void take_along(finder *f, qi_urged one) {
  const qi_view *v = f->v;
  int32_t queue[8] = {one.verb, one.head};
  uint32_t n = one.head != one.verb && qi_is_verb(v, one.head) ? 2 : 1;
  for (uint32_t at = 0; at < n; at++)
    for (QI_EACH_CHILD(v, queue[at], k, c)) {
      uint8_t rel = qi_tok(v, (int32_t)c)->rel;
      bool of_head = queue[at] == one.head && one.head != one.verb, listed = !of_head && rel == QI_REL_CONJ;
      if ((!listed && !is_in_series(v, one.verb, (int32_t)c)) || (int32_t)c <= one.verb || !goes_along(v, one.verb, (int32_t)c)) continue;
      qi_urged *u = take(f, (int32_t)c);
      if (!u) continue;
      bool passive = u->passive;
      qi_standing own = u->standing;
      *u = one;
      u->verb = (int32_t)c;
      u->passive = passive;
      u->standing.n_by = own.n_by;
      memcpy(u->standing.by, own.by, sizeof own.by);
      int32_t cc = qi_child(v, (int32_t)c, QI_REL_CC);
      bool but = cc >= 0 && (qi_form_is(v, cc, "but") || qi_form_is(v, cc, "and"));
      u->negated = qi_clause_is_negated(v, (int32_t)c) || (one.negated && !but);
      if (n < 8) queue[n++] = (int32_t)c;
    }
}

/* The words of the urging, from its first auxiliary to the "to" right behind them. */
static void mark_words(qi_urged *u, const qi_view *v, int32_t h, uint32_t n_words, bool joined) {
  u->head = h;
  u->first = u->last = h;
  for (QI_EACH_CHILD(v, h, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if ((rel == QI_REL_AUX || rel == QI_REL_COP) && (int32_t)c < u->first) u->first = (int32_t)c;
  }
  if (joined) u->last = h + (int32_t)n_words - 1;
  if (u->last >= n_tokens(v)) u->last = n_tokens(v) - 1;
  if (u->last + 1 < u->verb && qi_form_is(v, u->last + 1, "to")) u->last++;
}

/* ---- auxiliaries ---- */

/* "must be watching", "must be the only one", "must know": a guess. */
static bool is_guess(const qi_view *v, int32_t verb, int32_t aux) {
  static const char *const states[] = {"know", "feel", "realize", "realise", "seem", "appear", "wonder", "be", "exceed", "exist", "rain", NULL};
  if (!qi_is_verb(v, verb) || qi_clause_is_perfect(v, verb)) return true;
  if (qi_child(v, verb, QI_REL_COP) >= 0) return true;
  if (qi_lemma_is(v, aux, "must") && (qi_xpos_is(v, verb, "VBG") || qi_lemma_in(v, verb, states))) return true;
  return qi_lemma_in(v, verb, states) && !qi_lemma_is(v, verb, "know");
}

static int32_t verb_of_auxiliary(const qi_view *v, int32_t aux) {
  const qi_token *t = qi_tok(v, aux);
  if (t->rel == QI_REL_AUX && t->head >= 0) return t->head;
  return QI_NO_TOKEN;
}

/* "Norland's fund should sell its shares" */
static bool acts_for_somebody(const qi_view *v, int32_t noun, int32_t verb) {
  int32_t owner = qi_deep_owner(v, noun);
  const qi_mention *m = owner >= 0 ? qi_mention_at(v, owner) : NULL;
  return m && m->is_actor && qi_child(v, verb, QI_REL_OBJ) >= 0;
}

/* Who shall do it, right before the auxiliary where the tree does not say. */
static int32_t doer_of(const qi_view *v, int32_t verb, int32_t aux) {
  int32_t on = qi_deep_subject(v, verb);
  if (on >= 0 || aux == 0) return on;
  const qi_mention *m = qi_mention_at(v, aux - 1);
  return m && m->is_actor ? aux - 1 : QI_NO_TOKEN;
}

/* "should: (a) do this; (b) do that" */
static void take_list(finder *f, const qi_urge_word *e, int32_t aux, int32_t subject) {
  const qi_view *v = f->v;
  bool due = false;
  for (int32_t i = aux + 1; i < n_tokens(v); i++) {
    const qi_token *t = qi_tok(v, i);
    if (qi_form_is(v, i, ":") || qi_form_is(v, i, ";")) {
      due = true;
      continue;
    }
    bool marker = t->upos == QI_PUNCT || t->form.len == 1 || t->upos == QI_NUM || t->upos == QI_CCONJ || t->upos == QI_ADV;
    if (!due || (marker && !(t->upos == QI_VERB))) continue;
    due = false;
    if (t->upos == QI_DET || t->upos == QI_PRON || t->upos == QI_ADP || t->upos == QI_PROPN) return;
    qi_urged *u = take(f, i);
    if (!u) return;
    u->head = u->first = u->last = aux;
    u->on = subject;
    u->strength = e->strength;
    u->negated = qi_clause_is_negated(v, i);
  }
}

static int32_t named_beside(const qi_view *v, int32_t t);

static void by_auxiliary(finder *f, const qi_urge_word *e, int32_t aux) {
  const qi_view *v = f->v;
  if (aux + (int32_t)e->words.n < n_tokens(v) && qi_form_is(v, aux + (int32_t)e->words.n, ":")) {
    int32_t subject = aux - 1;
    while (subject > 0 && !qi_is_nominal(v, subject)) subject--;
    if (subject >= 0 && qi_clause_is_somebody(v, subject)) take_list(f, e, aux, subject);
    return;
  }
  int32_t verb = verb_of_auxiliary(v, aux);
  if (verb < 0 || verb < aux || is_guess(v, verb, aux) || qi_clause_is_asked(v, verb) || qi_clause_describes(v, verb)) return;
  bool passive = qi_is_passive(v, verb);
  int32_t seen = qi_clause_subject(v, verb);
  if (seen > aux) return; /* "should Norland attack" */
  static const char *const deciding[] = {"decide", "resolve", "demand", "agree", "determine", "stipulate", NULL};
  int32_t above = clause_above(v, verb);
  if (qi_lemma_is(v, aux, "shall") && (above < 0 || !qi_lemma_in(v, above, deciding))) return;
  int32_t on = passive ? QI_NO_TOKEN : doer_of(v, verb, aux);
  if (!passive) {
    bool it = on >= 0 && qi_lemma_is(v, on, "it") && qi_tok(v, on)->rel != QI_REL_EXPL;
    if (on < 0 || (qi_clause_is_nobody(v, on) && !it) || (!qi_clause_is_somebody(v, on) && !acts_for_somebody(v, on, verb))) return;
    if (qi_clause_is_anybody(v, on)) {
      if (!qi_lemma_is(v, on, "you") || (on = named_beside(v, verb)) < 0) return; /* "You must go, Mr. Norman" */
    }
  } else if (seen >= 0 && qi_clause_is_nobody(v, seen) && is_reader_verb(v, verb)) return;
  if (passive && qi_child(v, verb, QI_REL_CCOMP) >= 0) return; /* "it must be said that" */
  uint32_t before = f->n;
  qi_urged *u = take(f, verb);
  if (!u) return;
  /* "could and should offer", "warned that it should not": what stands above must be told. */
  if (!is_urged_status(u->standing.bare) && (f->question || !told_above(f, verb))) {
    f->n = before;
    return;
  }
  u->negated = qi_clause_is_negated(v, verb);
  if (u->negated && e->negated == QI_URGE_NOTHING) {
    f->n = before;
    return;
  }
  u->head = u->first = aux;
  u->last = aux + (int32_t)e->words.n - 1;
  u->on = on;
  u->strength = e->strength;
  take_along(f, *u);
}

/* ---- words with a clause below them ---- */

/* "(for Norland) to leave" right behind a word, by the order of the words. *on: head of what stands under "for". */
static int32_t infinitive_behind(const qi_view *v, int32_t from, int32_t reach, int32_t *on) {
  bool under = from < n_tokens(v) && qi_form_is(v, from, "for");
  for (int32_t i = from; i < n_tokens(v) && i < from + reach; i++) {
    const qi_token *t = qi_tok(v, i);
    if (qi_form_is(v, i, "to") && i + 1 < n_tokens(v)) {
      int32_t verb = i + 1;
      while (verb < n_tokens(v) && verb < i + 3 && qi_tok(v, verb)->upos == QI_ADV) verb++;
      if (verb < n_tokens(v) && qi_xpos_is(v, verb, "VB")) {
        if (under && on)
          for (int32_t k = from + 1; k < i; k++) {
            int32_t up = qi_tok(v, k)->head;
            if (qi_is_nominal(v, k) && (up < from + 1 || up >= i) && *on < 0) *on = k;
          }
        return verb;
      }
    }
    if (t->upos == QI_VERB || qi_form_is(v, i, ";") || qi_form_is(v, i, ":")) return QI_NO_TOKEN;
    if (!under && t->upos != QI_ADV && t->upos != QI_PUNCT && i > from + 1) return QI_NO_TOKEN;
  }
  return QI_NO_TOKEN;
}

static bool hangs_below(const qi_view *v, int32_t clause, int32_t h) {
  if (qi_governor(v, clause) == h || qi_tok(v, clause)->head == h) return true;
  int32_t up = qi_tok(v, clause)->head;
  uint8_t rel = qi_tok(v, clause)->rel;
  return (rel == QI_REL_ACL || rel == QI_REL_XCOMP || rel == QI_REL_ADVCL) && up >= 0 && qi_tok(v, up)->head == h && up > h && qi_is_nominal(v, up);
}

static int32_t clause_below(const qi_view *v, int32_t h, const qi_urge_word *e, int32_t behind, int32_t *on) {
  for (int32_t i = h + 1; i < n_tokens(v) && i < h + LONG_REACH; i++) {
    const qi_token *t = qi_tok(v, i);
    bool verb = qi_is_verb(v, i) || t->upos == QI_VERB;
    if (!verb) continue;
    switch (e->slot) {
    case QI_URGE_TO_INF:
      if (qi_is_to_infinitive(v, i) && hangs_below(v, i, h)) return i;
      break;
    case QI_URGE_COMP:
      if ((t->rel == QI_REL_CCOMP || t->rel == QI_REL_CSUBJ || t->rel == QI_REL_CSUBJ_PASS) && t->head == h && !qi_is_to_infinitive(v, i) && qi_clause_is_subjunctive(v, i)) return i;
      break;
    case QI_URGE_ING:
      if (qi_xpos_is(v, i, "VBG") && t->head == h && (t->rel == QI_REL_XCOMP || t->rel == QI_REL_CCOMP || i == h + 1)) return i;
      break;
    case QI_URGE_INF:
      if (t->head == h && (t->rel == QI_REL_XCOMP || t->rel == QI_REL_CCOMP) && qi_xpos_is(v, i, "VB") && qi_child(v, i, QI_REL_MARK) < 0 &&
          qi_child(v, i, QI_REL_AUX) < 0 && qi_child(v, i, QI_REL_COP) < 0)
        return i;
      break;
    case QI_URGE_UNDER:
      if (qi_xpos_is(v, i, "VBG") && t->head == h && qi_preposition(v, i, NULL) == e->under) return i;
      break;
    default: return QI_NO_TOKEN;
    }
  }
  return e->slot == QI_URGE_TO_INF ? infinitive_behind(v, behind, REACH, on) : QI_NO_TOKEN;
}

/* Who asks, for a verb that has an asker. */
static int32_t asker_of(const qi_view *v, int32_t h) {
  const qi_operator *op;
  char part = qi_is_verb(v, h) ? 'v' : 'n';
  uint32_t at = qi_operators_first(v->know->operators, qi_tok(v, h)->lemma, part);
  while ((op = qi_operators_next(v->know->operators, &at)))
    if (op->attribution != QI_ATTRIBUTION_NONE && is_urged_status(op->effect)) {
      int32_t asker = qi_attribution_token(v, h, op);
      if (asker >= 0) return asker;
    }
  if (part == 'n') /* "the Council demands that", taken for a noun with a name before it */
    for (QI_EACH_CHILD(v, h, k, c)) {
      const qi_mention *m = qi_mention_at(v, (int32_t)c);
      if (m && m->is_actor && (int32_t)c + 1 == h) return (int32_t)c;
    }
  return QI_NO_TOKEN;
}

static bool is_imperative(const finder *f, int32_t t);

static bool has_will(const qi_view *v, int32_t i) {
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_AUX && qi_lemma_is(v, (int32_t)c, "will")) return true;
  return false;
}

/* Does the urging of `h` itself hold here: told, not asked or supposed? */
static bool urging_holds(const finder *f, const qi_urge_word *e, int32_t h) {
  const qi_view *v = f->v;
  qi_standing own;
  if (f->question || qi_clause_is_asked(v, h)) return false;
  bool personal = e->part == 'v' && asker_of(v, h) >= 0;
  if (e->slot == QI_URGE_INF) return is_imperative(f, h) || qi_lemma_is(v, h, "have");
  if (!personal && is_told_past(v, h)) return false;
  standing_of(f, h, &own);
  if (qi_status_is_told(own.bare)) return true;
  if (qi_lemma_is(v, h, "need") && has_will(v, h)) return told_above(f, h); /* "will need to define" */
  bool wished = qi_clause_modal(v, h) >= 0 && (e->part != 'v' || personal || e->words.n > 1 || qi_lemma_is(v, h, "afford"));
  return wished && told_above(f, h);
}

static bool is_clause_subject(const qi_view *v, int32_t i) {
  uint8_t rel = qi_tok(v, i)->rel;
  return rel == QI_REL_CSUBJ || rel == QI_REL_CSUBJ_PASS;
}

/* "Norland is right to leave" judges, "would be right to" urges; "it is right to" does too. */
static bool only_judges(const qi_view *v, const qi_urge_word *e, int32_t h) {
  if (e->part != 'a' || qi_clause_modal(v, h) >= 0) return false;
  int32_t subject = qi_clause_subject(v, h);
  return subject >= 0 && !is_clause_subject(v, subject) && !qi_clause_is_nobody(v, subject) && !qi_lemma_is(v, subject, "it");
}

/* "vital for Norland to leave" */
static int32_t under_for(const qi_view *v, int32_t h, int32_t verb) {
  int32_t from = h + 1;
  while (from < verb && !qi_form_is(v, from, "for")) from++;
  for (int32_t i = from + 1; i < verb; i++)
    if (qi_is_nominal(v, i) && (qi_tok(v, i)->head <= from || qi_tok(v, i)->head >= verb)) return i;
  return QI_NO_TOKEN;
}

/* "have to leave", not "has the means to leave". */
static bool is_close(const qi_view *v, int32_t h, int32_t verb) {
  for (int32_t i = h + 1; i < verb; i++)
    if (qi_tok(v, i)->upos != QI_ADV && qi_tok(v, i)->upos != QI_PART && !qi_form_is(v, i, "to")) return false;
  return true;
}

/* Who shall do what is urged as a gerund or noun: the object beside it, never who urges. */
static int32_t warned(const qi_view *v, int32_t h, int32_t deed) {
  int32_t object = qi_child(v, h, QI_REL_OBJ);
  if (object < 0) object = qi_child(v, h, QI_REL_IOBJ);
  if (object < 0) object = qi_child(v, h, QI_REL_NSUBJ_PASS);
  return object == deed ? QI_NO_TOKEN : object;
}

/* "called for the release of the hostages": a deed noun that the coder knows. */
static void by_noun(finder *f, const qi_urge_word *e, int32_t h) {
  const qi_view *v = f->v;
  if (asker_of(v, h) < 0 || qi_clause_is_negated(v, h) || !urging_holds(f, e, h)) return;
  for (size_t i = 0; i < f->deeds->len; i++) {
    const qi_deed *d = f->deeds->items[i];
    const qi_token *t = qi_tok(v, d->token);
    bool here = t->head == h && (e->slot == QI_URGE_OBJ ? t->rel == QI_REL_OBJ : t->rel == QI_REL_OBL && qi_preposition(v, d->token, NULL) == e->under);
    if (d->dropped || d->part != 'n' || !here) continue;
    qi_urged *u = take(f, d->token);
    if (!u) continue;
    u->asker = asker_of(v, h);
    u->on = warned(v, h, d->token);
    u->strength = e->strength;
    u->negated = e->says == QI_URGE_AGAINST;
    mark_words(u, v, h, e->words.n, false);
    u->last = e->slot == QI_URGE_UNDER && h + 1 < d->token ? h + 1 : h;
  }
}

/* Is the word used as its entry means it? */
static bool is_meant(const finder *f, const qi_urge_word *e, int32_t h) {
  const qi_view *v = f->v;
  bool verb = e->part == 'v';
  if (verb && qi_lemma_is(v, h, "get") && !(qi_form_is(v, h, "got") && qi_clause_is_perfect(v, h))) return false;
  if (e->part == 'n' && qi_child(v, h, QI_REL_COP) < 0 && asker_of(v, h) < 0) return false; /* "enough time to leave" */
  return !only_judges(v, e, h) && urging_holds(f, e, h) && !qi_clause_describes(v, h);
}

/* Is the clause below it a deed that somebody can be urged to do? */
static bool is_deed(const qi_view *v, const qi_urge_word *e, int32_t h, int32_t verb) {
  if (is_reader_verb(v, verb) && (e->part != 'v' || e->slot == QI_URGE_INF)) return false;
  if (qi_lemma_is(v, verb, "be") || qi_child(v, verb, QI_REL_COP) >= 0 || qi_clause_is_asked(v, verb)) return false;
  bool have = e->part == 'v' && e->words.n == 1 && qi_lemma_is(v, h, "have");
  return !have || is_close(v, h, verb);
}

/* Who shall do it; `under` is what stands under "for". */
static int32_t doer_below(const qi_view *v, const qi_urge_word *e, int32_t h, int32_t verb, int32_t under) {
  bool of_it = e->part == 'a' || (e->part == 'n' && qi_child(v, h, QI_REL_COP) >= 0), passive = qi_is_verb(v, verb) && qi_is_passive(v, verb);
  int32_t subject = of_it ? qi_clause_subject(v, h) : QI_NO_TOKEN, own = qi_clause_subject(v, verb), object = qi_child(v, h, QI_REL_OBJ), on = under;
  bool it = subject >= 0 && (qi_lemma_is(v, subject, "it") || qi_clause_is_nobody(v, subject));
  if (e->slot == QI_URGE_ING || e->slot == QI_URGE_UNDER) return warned(v, h, verb);
  if (e->part == 'v' && qi_lemma_is(v, h, "need") && object > h && object < verb && qi_clause_is_somebody(v, object)) return object; /* "they need her to leave" */
  if (on < 0 && !passive) on = !it ? qi_deep_subject(v, verb) : own >= 0 ? own : under_for(v, h, verb);
  if (on >= 0 && !qi_clause_is_nobody(v, on) && !qi_lemma_is(v, on, "it")) return on;
  int32_t other = under_for(v, h, verb);
  return other >= 0 || on < 0 || qi_clause_is_nobody(v, on) ? other : on;
}

/* Nobody is urged: who asks does it, or rules ask for it, or a thing needs it, or it is only wished. */
static bool is_idle(const qi_view *v, const qi_urge_word *e, const qi_urged *u, int32_t h, int32_t on) {
  static const char *const loose[] = {"require", "want", "encourage", "tell", "remind", NULL};
  bool somebody = on >= 0 && qi_clause_is_somebody(v, on);
  if (on >= 0 && qi_clause_is_anybody(v, on)) return true;
  if (e->part != 'v') return false;
  if (u->asker < 0) {
    if (qi_lemma_is(v, h, "require")) return true; /* "members are required to sign" */
    return e->slot == QI_URGE_TO_INF && !u->passive && !somebody; /* "the house needs to settle" */
  }
  if (on == u->asker) return true; /* "asked to leave" */
  if (qi_lemma_is(v, h, "want") && (!somebody || is_guess(v, u->verb, h) || qi_lemma_is(v, u->verb, "know"))) return true;
  return qi_lemma_in(v, h, loose) && !qi_clause_is_somebody(v, u->asker) && qi_deep_owner(v, u->asker) < 0; /* "the job asks them to" */
}

static void by_governing(finder *f, const qi_urge_word *e, int32_t h) {
  const qi_view *v = f->v;
  int32_t on = QI_NO_TOKEN, behind = h + (e->part == 'v' ? (int32_t)e->words.n : 1);
  uint8_t says = qi_clause_is_negated(v, h) ? e->negated : e->says;
  if (says == QI_URGE_NOTHING || !is_meant(f, e, h)) return;
  int32_t verb = clause_below(v, h, e, behind, &on);
  if (verb < 0 || !is_deed(v, e, h, verb)) return;
  uint32_t before = f->n;
  qi_urged *u = take(f, verb);
  if (!u) return;
  u->on = on = doer_below(v, e, h, verb, on);
  u->asker = e->part == 'v' || e->part == 'n' ? asker_of(v, h) : QI_NO_TOKEN;
  if (is_idle(v, e, u, h, on)) {
    f->n = before;
    return;
  }
  if (on >= 0 && (qi_form_is(v, on, "us") || (e->slot == QI_URGE_INF && qi_lemma_is(v, on, "we")))) u->on = QI_NO_TOKEN;
  u->strength = e->strength;
  u->negated = qi_clause_is_negated(v, verb) != (says == QI_URGE_AGAINST);
  mark_words(u, v, h, e->words.n, e->part == 'v');
  take_along(f, *u);
}

/* "the best course is (for Norland) to leave" */
static void by_predicate(finder *f, const qi_urge_word *e, int32_t h) {
  static const char *const present[] = {"is", "are", "'s", "remains", "be", "come", NULL};
  const qi_view *v = f->v;
  int32_t on = QI_NO_TOKEN;
  if (f->question) return;
  for (int32_t b = h + (int32_t)e->words.n; b < n_tokens(v) && b < h + 10; b++) {
    if (!qi_lemma_in(v, b, present) || qi_form_is(v, b, "was") || qi_form_is(v, b, "were")) continue;
    int32_t from = b + 1;
    while (from < n_tokens(v) && qi_tok(v, from)->upos == QI_ADV) from++;
    if (from >= n_tokens(v) || (!qi_form_is(v, from, "to") && !qi_form_is(v, from, "for"))) continue;
    int32_t verb = infinitive_behind(v, from, REACH + 8, &on);
    if (verb < 0) return;
    qi_urged *u = take(f, verb);
    if (!u) return;
    u->on = on;
    u->strength = e->strength;
    u->negated = qi_clause_is_negated(v, verb);
    u->head = u->first = h;
    u->last = b;
    take_along(f, *u);
    return;
  }
}

/* "Calls upon all States to refrain", "Demands that both sides leave": no subject before it. */
static void by_opening(finder *f, const qi_urge_word *e, int32_t h) {
  const qi_view *v = f->v;
  int32_t from = h + (int32_t)e->words.n, verb = QI_NO_TOKEN, on = QI_NO_TOKEN;
  for (int32_t i = 0; i < h; i++)
    if (qi_tok(v, i)->upos != QI_ADV && qi_tok(v, i)->upos != QI_ADJ && qi_tok(v, i)->upos != QI_NUM && qi_tok(v, i)->upos != QI_PUNCT) return;
  if (from < n_tokens(v) && qi_form_is(v, from, "that")) {
    for (int32_t i = from + 1; verb < 0 && i < n_tokens(v) && i < from + LONG_REACH; i++)
      if (qi_tok(v, i)->upos == QI_VERB && qi_clause_subject(v, i) > from && qi_clause_subject(v, i) < i && !qi_is_relative(v, qi_clause_subject(v, i))) verb = i;
    if (verb >= 0) on = qi_is_passive(v, verb) ? QI_NO_TOKEN : qi_clause_subject(v, verb);
  } else {
    for (int32_t i = from; verb < 0 && i + 1 < n_tokens(v) && i < from + LONG_REACH; i++)
      if (qi_form_is(v, i, "to") && qi_xpos_is(v, i + 1, "VB")) verb = i + 1;
    for (int32_t i = from; verb >= 0 && on < 0 && i < verb - 1; i++)
      if (qi_is_nominal(v, i) && (qi_tok(v, i)->head < from || qi_tok(v, i)->head >= verb - 1)) on = i;
  }
  qi_urged *u = verb >= 0 ? take(f, verb) : NULL;
  if (!u) return;
  u->on = on;
  u->strength = e->strength;
  u->negated = qi_clause_is_negated(v, verb);
  u->head = u->first = h;
  u->last = from - 1;
  take_along(f, *u);
}

/* ---- imperatives ---- */

/* Verbs of a list share the mood of the first. */
static bool is_listed(const qi_view *v, int32_t t) {
  const qi_token *tok = qi_tok(v, t);
  return tok->rel == QI_REL_CONJ && tok->head >= 0 && qi_xpos_is(v, tok->head, "VB") && qi_child(v, t, QI_REL_CC) >= 0;
}

static int32_t clause_start(const qi_view *v, int32_t t) {
  int32_t i = t;
  while (i > 0 && !qi_form_is(v, i - 1, ":") && !qi_form_is(v, i - 1, ";") && !qi_form_is(v, i - 1, "\xE2\x80\x9C") && !qi_form_is(v, i - 1, "\"") &&
         !qi_form_is(v, i - 1, "\xE2\x80\x94") && !qi_form_is(v, i - 1, ".") && !qi_form_is(v, i - 1, "\xE2\x80\xA2"))
    i--;
  return i;
}

/* What may stand before an imperative: "do not", "never", "please", and whom it speaks to, with a comma. */
static bool opens_clause(const qi_view *v, int32_t t, int32_t *addressed) {
  static const char *const before[] = {"do", "not", "n't", "n\xE2\x80\x99t", "never", "please", "so", "then", "and", "but", "instead", "first", "second",
                                       "third", "finally", "just", "therefore", "also", "now", "next", "always", NULL};
  int32_t from = clause_start(v, t), comma = QI_NO_TOKEN;
  for (int32_t i = from; i < t; i++)
    if (qi_form_is(v, i, ",")) comma = i;
  *addressed = QI_NO_TOKEN;
  for (int32_t i = from; i < t; i++) {
    const qi_token *k = qi_tok(v, i);
    if (k->upos == QI_PUNCT || k->upos == QI_NUM || qi_lemma_in(v, i, before)) continue;
    bool name = qi_is_nominal(v, i) || k->upos == QI_ADJ || k->upos == QI_DET;
    if (i > comma || !name) return false;
    if (qi_is_nominal(v, i) && (k->head < from || k->head >= comma) && *addressed < 0) *addressed = i;
  }
  return *addressed < 0 || qi_tok(v, *addressed)->upos == QI_PROPN || qi_tok(v, *addressed)->etype == QI_ETYPE_PERSON ||
         qi_tok(v, *addressed)->etype == QI_ETYPE_ORGANIZATION || qi_mention_at(v, *addressed);
}

static bool is_imperative(const finder *f, int32_t t) {
  const qi_view *v = f->v;
  const qi_token *tok = qi_tok(v, t);
  int32_t addressed;
  bool base = qi_xpos_is(v, t, "VB") || (qi_xpos_is(v, t, "VBP") && t == 2 && qi_form_is(v, 1, ",")); /* "Mayors, leave" */
  if (f->question || tok->upos != QI_VERB || !base || qi_is_to_infinitive(v, t)) return false;
  if (tok->rel != QI_REL_ROOT && tok->rel != QI_REL_PARATAXIS && tok->rel != QI_REL_CONJ && tok->rel != QI_REL_CCOMP && tok->rel != QI_REL_APPOS &&
      tok->rel != QI_REL_DEP && tok->rel != QI_REL_ADVCL && tok->rel != QI_REL_LIST && tok->rel != QI_REL_ACL)
    return false;
  for (QI_EACH_CHILD(v, t, k, c)) {
    const qi_token *child = qi_tok(v, (int32_t)c);
    if (child->rel == QI_REL_AUX && !qi_lemma_is(v, (int32_t)c, "do")) return false;
    if (qi_is_subject(child->rel) && (int32_t)c < t && !((int32_t)c + 1 < t && qi_tok(v, t - 1)->upos == QI_PUNCT)) return false;
  }
  if (is_listed(v, t)) return is_imperative(f, tok->head);
  return opens_clause(v, t, &addressed);
}

/* Whom an imperative speaks to: "Wake up, Norland!", "Mayors, demolish ...". */
static int32_t addressed_by(const qi_view *v, int32_t t) {
  int32_t addressed;
  opens_clause(v, t, &addressed);
  if (addressed >= 0) return addressed;
  return named_beside(v, t);
}

/* A name set apart by commas, or at the end, behind the verb. */
static int32_t named_beside(const qi_view *v, int32_t t) {
  for (QI_EACH_CHILD(v, t, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_VOCATIVE) return (int32_t)c;
  for (int32_t i = t + 1; i + 1 < n_tokens(v); i++) { /* ", Norland ," however it was hung */
    const qi_mention *m = qi_form_is(v, i, ",") ? qi_mention_at(v, i + 1) : NULL;
    for (int32_t k = i + 1; !m && qi_form_is(v, i, ",") && k < n_tokens(v) && k < i + 4; k++) m = qi_mention_at(v, k);
    if (!m || !m->is_actor || (int32_t)m->first != i + 1 || (int32_t)m->last + 1 >= n_tokens(v)) continue;
    if (qi_tok(v, (int32_t)m->last + 1)->upos == QI_PUNCT) return (int32_t)m->head;
  }
  return QI_NO_TOKEN;
}

/* What stands before the colon may say on whom: "To Norland: leave", or urge already. */
static bool colon_urges(const finder *f, int32_t t, int32_t *on) {
  const qi_view *v = f->v;
  int32_t colon = clause_start(v, t) - 1;
  bool urges = false;
  if (colon < 0 || !qi_form_is(v, colon, ":")) return true;
  for (uint32_t i = 0; i < f->n; i++)
    if (f->out[i].verb < colon) {
      *on = f->out[i].on;
      return true;
    }
  for (int32_t i = 0; i < colon; i++) {
    const qi_urge_word *e;
    uint32_t at = qi_urging_first(v->know->urging, qi_tok(v, i)->lemma);
    while ((e = qi_urging_next(v->know->urging, &at))) urges |= e->slot == QI_URGE_COLON;
    if ((qi_form_is(v, i, "to") || qi_form_is(v, i, "for")) && *on < 0)
      for (int32_t k = i + 1; k < colon && k < i + 8 && *on < 0; k++)
        if (qi_is_nominal(v, k) && (qi_tok(v, k)->head <= i || qi_tok(v, k)->head > colon || qi_mention_at(v, k))) *on = k;
  }
  return urges || (*on >= 0 && qi_form_is(v, 0, "to"));
}

/* An imperative to nobody that is named: that of a comment or statement, or one that speaks of somebody; a report's own
 * ("Wait until the crowds are gone") speaks to its readers. */
static bool is_political(const finder *f, int32_t t) {
  const qi_view *v = f->v;
  if (f->genre == QI_GENRE_OPINION || f->genre == QI_GENRE_STATEMENT) return true;
  if (f->genre == QI_GENRE_REPORT && !f->quote->inside && t == 0) return false;
  uint32_t here = v->s->index, last = here + 1 < v->doc->n_sentences ? here + 1 : here;
  for (uint32_t s = here > 0 ? here - 1 : 0; s <= last; s++) {
    qi_view there = {v->know, v->doc, &v->doc->sentences[s], v->mentions};
    for (int32_t i = 0; i < n_tokens(&there); i++) {
      const qi_mention *m = qi_mention_at(&there, i);
      if (m && m->is_actor && m->n_entities && m->entities[0]->country[0]) return true;
    }
  }
  return false;
}

static void by_mood(finder *f, int32_t t) {
  const qi_view *v = f->v;
  int32_t on = QI_NO_TOKEN;
  if (!is_imperative(f, t) || is_reader_verb(v, t) || qi_lemma_is(v, t, "let") || !colon_urges(f, t, &on)) return;
  int32_t addressed = addressed_by(v, t);
  if (qi_clause_is_asked(v, t) || (addressed < 0 && on < 0 && !is_political(f, t))) return;
  qi_urged *u = take(f, t);
  if (!u) return;
  u->on = addressed >= 0 ? addressed : on;
  u->negated = qi_clause_is_negated(v, t);
  take_along(f, *u);
}

/* ---- all of the sentence ---- */

static bool stands_here(const qi_view *v, int32_t i, const qi_urge_word *e) {
  const qi_token *t = qi_tok(v, i);
  switch (e->part) {
  case 'x':
    if (t->upos != QI_AUX && t->upos != QI_VERB) return false;
    break;
  case 'v':
    if (!qi_is_verb(v, i)) return false;
    return qi_words_at(v, i, &e->words, true);
  case 'a':
    if (t->upos != QI_ADJ || t->rel == QI_REL_AMOD) return false;
    break;
  case 'n':
    if (e->slot == QI_URGE_IS || e->slot == QI_URGE_OPENS) break;
    if (t->upos != QI_NOUN) return false;
    break;
  default: return false;
  }
  if ((uint32_t)i + e->words.n > v->s->n_tokens) return false;
  for (uint32_t n = 0; n < e->words.n; n++) {
    const qi_token *w = qi_tok(v, i + (int32_t)n);
    if (!qi_slice_eq_nocase(w->form, e->words.w[n]) && (e->slot == QI_URGE_OPENS || !qi_slice_eq_nocase(w->lemma, e->words.w[n]))) return false;
  }
  return true;
}

static void read_word(finder *f, int32_t i) {
  const qi_urge_word *e, *best[QI_N_URGE_SLOTS] = {NULL};
  for (int pass = 0; pass < 2; pass++) {
    const qi_token *t = qi_tok(f->v, i);
    if (pass && qi_slice_eq_nocase(t->form, t->lemma)) break;
    uint32_t at = qi_urging_first(f->v->know->urging, pass ? t->form : t->lemma);
    while ((e = qi_urging_next(f->v->know->urging, &at)))
      if (e->part != 'i' && (!best[e->slot] || best[e->slot]->words.n < e->words.n) && stands_here(f->v, i, e)) best[e->slot] = e;
  }
  for (int slot = 0; slot < QI_N_URGE_SLOTS; slot++) {
    if (!(e = best[slot])) continue;
    if (slot == QI_URGE_SELF) by_auxiliary(f, e, i);
    else if (slot == QI_URGE_IS) by_predicate(f, e, i);
    else if (slot == QI_URGE_OPENS) by_opening(f, e, i);
    else if (slot != QI_URGE_COLON && slot != QI_URGE_OBJ) by_governing(f, e, i);
    if (slot == QI_URGE_OBJ || slot == QI_URGE_UNDER) by_noun(f, e, i);
  }
}

/* Is it part of another deed that is urged ("urge Kyiv to release her")? */
static bool is_inner(const finder *f, const qi_urged *u) {
  const qi_view *v = f->v;
  int32_t at = u->verb;
  for (int step = 0; step < MAX_UP; step++) {
    int32_t site = top_of_coordination(v, at), up = qi_governor(v, site);
    uint8_t rel = qi_tok(v, site)->rel;
    bool below = rel == QI_REL_XCOMP || rel == QI_REL_CCOMP || ((rel == QI_REL_ADVCL || rel == QI_REL_ACL) && qi_is_to_infinitive(v, site)) ||
                 rel == QI_REL_OBJ || rel == QI_REL_OBL || rel == QI_REL_NMOD || (rel == QI_REL_ADVCL && qi_xpos_is(v, site, "VBG"));
    if (up < 0 || !below) return false;
    for (uint32_t i = 0; i < f->n; i++)
      if (f->out[i].verb == up && f->out[i].head != u->head) return true;
    at = up;
  }
  return false;
}

static void keep_outer(finder *f) {
  bool inner[QI_MAX_URGED];
  uint32_t n = 0;
  for (uint32_t i = 0; i < f->n; i++) inner[i] = is_inner(f, &f->out[i]);
  for (uint32_t i = 0; i < f->n; i++)
    if (!inner[i]) f->out[n++] = f->out[i];
  f->n = n;
}

static void sort(finder *f) {
  for (uint32_t i = 1; i < f->n; i++) {
    qi_urged one = f->out[i];
    uint32_t k = i;
    for (; k > 0 && f->out[k - 1].verb > one.verb; k--) f->out[k] = f->out[k - 1];
    f->out[k] = one;
  }
}

void qi_urged_make(qi_urged *out, const qi_view *v, const qi_deeds *deeds, qi_genre genre, const qi_quote *quote, int32_t verb) {
  finder f = {.v = v, .deeds = deeds, .quote = quote, .genre = genre, .out = out};
  take(&f, verb)->negated = qi_clause_is_negated(v, verb);
}

uint32_t qi_urged_find(qi_urged out[QI_MAX_URGED], const qi_view *v, const qi_deeds *deeds, qi_genre genre, const qi_quote *quote) {
  finder f = {.v = v, .deeds = deeds, .quote = quote, .genre = genre, .out = out};
  if (!v->know->urging) return 0;
  for (int32_t i = n_tokens(v); i > 0 && i + 3 > n_tokens(v); i--) f.question |= qi_form_is(v, i - 1, "?");
  for (int32_t i = 0; i < n_tokens(v); i++) read_word(&f, i);
  for (int32_t i = 0; i < n_tokens(v); i++)
    if (qi_xpos_is(v, i, "VB") || qi_xpos_is(v, i, "VBP")) by_mood(&f, i);
  keep_outer(&f);
  sort(&f);
  return f.n;
}
