/* code: a deed that is urged -> the public option record. urge.c finds the deeds; here are their fields.
 *
 *   "The minister said that Norland must return the ships to Ostria, because they were stolen, to end the quarrel."
 *   by: the minister; on: Norland; deed: "return the ships to Ostria"; toward: Ostria; purpose: "to end the
 *   quarrel"; reason: "because they were stolen"
 *
 * Linear in the sentence for each option. */
#include "code/option.h"

#include "base/hash.h"
#include "code/clause.h"
#include "code/heading.h"
#include "code/urge.h"
#include <stdio.h>

static int32_t n_tokens(const qi_view *v) { return (int32_t)v->s->n_tokens; }

static quid_span span_of(const qi_view *v, uint32_t first, uint32_t last) {
  return (quid_span){v->s->tokens[first].start, v->s->tokens[last].end};
}

static bool is_punct(const qi_view *v, int32_t i) { return qi_tok(v, i)->upos == QI_PUNCT; }

/* First and last word below `i`, without the marks at the ends. */
static void words_below(const qi_view *v, int32_t i, uint32_t *first, uint32_t *last) {
  qi_subtree_span(v, i, first, last);
  while (*first < *last && is_punct(v, (int32_t)*first)) (*first)++;
  while (*last > *first && is_punct(v, (int32_t)*last)) (*last)--;
}

/* ---- aim and reason ---- */

static int32_t first_word(const qi_view *v, int32_t i) {
  uint32_t first, last;
  words_below(v, i, &first, &last);
  return (int32_t)first;
}

static bool starts_with(const qi_view *v, int32_t at, const char *words) {
  qi_slice rest = qi_slice_str(words), word;
  for (; qi_slice_word(&rest, &word); at++)
    if (at < 0 || at >= n_tokens(v) || !qi_slice_eq_nocase(qi_tok(v, at)->form, word)) return false;
  return true;
}

static bool starts_with_any(const qi_view *v, int32_t at, const char *const *list) {
  for (; *list; list++)
    if (starts_with(v, at, *list)) return true;
  return false;
}

/* "for all to read": the words right before the "to". */
static bool is_for_somebody(const qi_view *v, int32_t to) {
  for (int32_t i = to - 1; i >= 0 && i > to - 5; i--)
    if (qi_form_is(v, i, "for")) return true;
    else if (!qi_is_nominal(v, i) && qi_tok(v, i)->upos != QI_DET && qi_tok(v, i)->upos != QI_ADJ) return false;
  return false;
}

/* Verbs whose infinitive behind an object is what somebody else shall do. */
static const char *const asks[] = {"help", "allow", "enable", "permit", "force", "encourage", "ask", "tell", "urge", "get", "persuade", "teach",
                                   "invite", "press", "compel", "require", "oblige", "convince", "order", "leave", NULL};

/* "to deter an attack", "so that it can pay". Infinitives that a verb asks for are none ("help it to pay"). */
static bool is_purpose(const qi_view *v, int32_t verb, int32_t c) {
  static const char *const marks[] = {"so that", "in order that", "so as to", "in order to", "if only to", "in an effort to", "in a bid to",
                                      "with a view to", "with the aim of", "for the sake of", "lest", NULL};
  uint8_t rel = qi_tok(v, c)->rel;
  if (c < verb) return (rel == QI_REL_ADVCL && qi_is_to_infinitive(v, c)) || (rel == QI_REL_OBL && starts_with_any(v, first_word(v, c), marks));
  if (rel != QI_REL_ADVCL && rel != QI_REL_OBL && rel != QI_REL_NMOD && rel != QI_REL_ACL) return false;
  int32_t at = first_word(v, c);
  if (starts_with_any(v, at, marks) || (at > 0 && starts_with_any(v, at - 1, marks))) return true;
  if (at >= 2 && rel == QI_REL_ADVCL && starts_with_any(v, at - 2, marks)) return true;
  bool own = rel == QI_REL_ADVCL && qi_is_to_infinitive(v, c) && qi_child(v, c, QI_REL_NSUBJ) < 0;
  return own && !qi_lemma_in(v, verb, asks) && !is_for_somebody(v, at);
}

static bool takes_infinitive(const qi_view *v, int32_t noun) {
  const qi_operator *op;
  static const char *const nouns[] = {"way", "ability", "thing", "place", "something", "nothing", "man", "reason", NULL};
  uint32_t at = qi_operators_first(v->know->operators, qi_tok(v, noun)->lemma, 'n');
  while ((op = qi_operators_next(v->know->operators, &at)))
    if (op->slot == QI_SLOT_TO_INF) return true;
  return qi_lemma_in(v, noun, nouns);
}

/* "reopen the crossing to admit the wounded", hung on the crossing; but not "a plan to leave". */
static int32_t purpose_below(const qi_view *v, int32_t verb) {
  uint32_t first, last;
  if (qi_lemma_in(v, verb, asks)) return QI_NO_TOKEN;
  for (QI_EACH_CHILD(v, verb, k, c)) {
    int32_t noun = (int32_t)c;
    uint8_t rel = qi_tok(v, noun)->rel;
    if (noun < verb || (rel != QI_REL_OBJ && rel != QI_REL_OBL)) continue;
    for (int step = 0; step < 3 && noun >= 0; step++) {
      int32_t next = QI_NO_TOKEN;
      for (QI_EACH_CHILD(v, noun, j, d)) {
        int32_t i = (int32_t)d;
        if (i < noun) continue;
        if (qi_tok(v, i)->rel == QI_REL_NMOD) next = i;
        if (qi_tok(v, i)->rel != QI_REL_ACL || !qi_is_to_infinitive(v, i)) continue;
        words_below(v, i, &first, &last);
        if (!takes_infinitive(v, noun) && !is_for_somebody(v, (int32_t)first)) return i;
      }
      noun = next;
    }
  }
  return QI_NO_TOKEN;
}

/* "because", "since" with a clause, ", for it enriches one man". */
static bool is_reason(const qi_view *v, int32_t c) {
  static const char *const marks[] = {"because", "since", "given that", "given", "as", "for", "not least because", "in view of", "in light of",
                                      "seeing that", "now that", "inasmuch as", "lest", "due to", "owing to", NULL};
  const qi_token *t = qi_tok(v, c);
  int32_t at = first_word(v, c);
  if (!starts_with_any(v, at, marks)) return false;
  bool clause = qi_is_verb(v, c) || qi_child(v, c, QI_REL_COP) >= 0 || qi_child(v, c, QI_REL_NSUBJ) >= 0;
  bool finite = clause && (qi_child(v, c, QI_REL_NSUBJ) >= 0 || qi_child(v, c, QI_REL_NSUBJ_PASS) >= 0 || qi_child(v, c, QI_REL_EXPL) >= 0);
  bool phrase = starts_with(v, at, "because") || starts_with(v, at, "given") || starts_with(v, at, "in view") || starts_with(v, at, "in light") ||
                starts_with(v, at, "due to") || starts_with(v, at, "owing");
  if (t->rel == QI_REL_OBL || t->rel == QI_REL_NMOD) return phrase;
  if (t->rel != QI_REL_ADVCL && t->rel != QI_REL_CONJ && t->rel != QI_REL_PARATAXIS && t->rel != QI_REL_ACL && t->rel != QI_REL_CCOMP) return false;
  if (!finite && !phrase) return false;
  bool comma = at > 0 && qi_form_is(v, at - 1, ",");
  if (starts_with(v, at, "for")) return comma;
  if (starts_with(v, at, "as")) return comma && !starts_with(v, at, "as if") && !starts_with(v, at, "as though") && t->rel == QI_REL_ADVCL;
  return true;
}

static bool is_apart(const qi_view *v, int32_t verb, int32_t c) { return is_purpose(v, verb, c) || is_reason(v, c); }

static void find_aim_and_reason(quid_option *o, const qi_view *v, const qi_urged *u) {
  uint32_t first, last;
  int32_t verb = u->verb;
  /* Hung on the verb, on its first neighbour in a list, on what urges, or on the object. */
  int32_t rel = qi_tok(v, verb)->rel, up = qi_tok(v, verb)->head;
  int32_t places[4] = {verb, rel == QI_REL_CONJ ? up : QI_NO_TOKEN, u->head != verb ? u->head : QI_NO_TOKEN, qi_child(v, verb, QI_REL_XCOMP)};
  for (int p = 0; p < 4; p++) {
    if (places[p] < 0) continue;
    for (QI_EACH_CHILD(v, places[p], k, c)) {
      if ((int32_t)c == verb || (p && (int32_t)c < verb)) continue;
      if (o->purpose.start == o->purpose.end && p != 2 && p != 3 && is_purpose(v, places[p], (int32_t)c)) {
        words_below(v, (int32_t)c, &first, &last);
        o->purpose = span_of(v, first, last);
      } else if (o->reason.start == o->reason.end && is_reason(v, (int32_t)c)) {
        words_below(v, (int32_t)c, &first, &last);
        o->reason = span_of(v, first, last);
      }
    }
  }
  int32_t below = o->purpose.start == o->purpose.end ? purpose_below(v, verb) : QI_NO_TOKEN;
  if (below < 0) return;
  words_below(v, below, &first, &last);
  o->purpose = span_of(v, first, last);
}

/* ---- the words of the deed ---- */

static bool ends_deed(const qi_view *v, int32_t verb, int32_t c) {
  uint8_t rel = qi_tok(v, c)->rel;
  if (rel == QI_REL_CONJ && qi_clause_is_caused(v, verb, c)) return false;
  if (rel == QI_REL_CONJ || rel == QI_REL_CC || rel == QI_REL_PARATAXIS || rel == QI_REL_VOCATIVE || rel == QI_REL_APPOS || rel == QI_REL_LIST) return true;
  return is_apart(v, verb, c);
}

/* Ends the deed before the aim or reason, where that hangs on one of its nouns. */
static void cut_deed(quid_option *o, const qi_view *v, quid_span apart) {
  if (apart.start <= o->verb.end || apart.start >= o->deed.end || apart.start == apart.end) return;
  for (uint32_t i = v->s->n_tokens; i-- > 0;)
    if (v->s->tokens[i].end <= apart.start && v->s->tokens[i].upos != QI_PUNCT) {
      o->deed.end = v->s->tokens[i].end > o->verb.end ? v->s->tokens[i].end : o->verb.end;
      return;
    }
}

static void fill_deed(quid_option *o, const qi_view *v, const qi_urged *u) {
  static const char *const focus[] = {"only", "also", "just", "then", "therefore", "thus", "better", NULL};
  static const char *const nots[] = {"not", "never", "n't", "n\xE2\x80\x99t", NULL};
  uint32_t first = (uint32_t)u->verb, last = first, a, b;
  bool over = false;
  o->verb = span_of(v, first, first);
  if (!qi_is_verb(v, u->verb) && qi_tok(v, u->verb)->rel != QI_REL_OBJ && qi_tok(v, u->verb)->rel != QI_REL_OBL) /* a verb taken for a noun: no tree to go by */
    for (last = (uint32_t)n_tokens(v) - 1; last > first && is_punct(v, (int32_t)last);) last--;
  for (QI_EACH_CHILD(v, u->verb, k, c)) {
    int32_t i = (int32_t)c;
    uint8_t rel = qi_tok(v, i)->rel;
    if (i < u->verb) {
      bool subject = u->passive && (rel == QI_REL_NSUBJ_PASS || rel == QI_REL_NSUBJ || rel == QI_REL_CSUBJ_PASS);
      bool manner = rel == QI_REL_ADVMOD && i + 1 == u->verb && i != u->first && !qi_lemma_in(v, i, nots) && !(u->negated || qi_lemma_in(v, i, focus));
      if (!subject && !manner) continue;
      words_below(v, i, &a, &b);
      if (a < first) first = a;
      continue;
    }
    over |= ends_deed(v, u->verb, i);
    if (over || is_punct(v, i)) continue;
    words_below(v, i, &a, &b);
    if (b > last) last = b;
  }
  o->deed = span_of(v, first, last);
  for (uint32_t i = (uint32_t)u->verb + 1; i <= last; i++)
    if (qi_form_is(v, (int32_t)i, ";")) {
      cut_deed(o, v, span_of(v, i, last));
      break;
    }
  cut_deed(o, v, o->purpose);
  cut_deed(o, v, o->reason);
}

/* ---- toward whom ---- */

static bool has_entity(const qi_cast *cast, const quid_entity *e) {
  for (uint32_t i = 0; i < cast->n; i++)
    if (strcmp(cast->who[i]->id, e->id) == 0) return true;
  return false;
}

static void add_others(qi_cast *out, const qi_cast *found, const qi_cast *on) {
  for (uint32_t i = 0; i < found->n && out->n < QI_MAX_PARTICIPANTS; i++) {
    const quid_entity *e = found->who[i];
    if (has_entity(on, e) || has_entity(out, e) || !e->country[0] || strstr(e->id, ".LOC.")) continue; /* "judges" are nobody's */
    bool own = false; /* "should reopen its embassy", "Iran ... Iranian" */
    for (uint32_t k = 0; k < on->n; k++) own |= on->who[k]->country[0] && strcmp(on->who[k]->country, found->who[i]->country) == 0 && strlen(found->who[i]->country) == 3 && strcmp(found->who[i]->country, "IGO") != 0 && strcmp(found->who[i]->country, "NGO") != 0;
    if (!own) out->who[out->n++] = found->who[i];
  }
}

static void add_phrase(const qi_view *v, int32_t token, bool owned, qi_cast *out, const qi_cast *on) {
  qi_cast found = {.n = 0};
  qi_cast_phrase(v, token, owned, &found);
  add_others(out, &found, on);
}

/* Somebody in the noun phrase: itself, whose it is, or under one of these prepositions below it. */
static void add_noun(const qi_view *v, int32_t noun, qi_cast *out, const qi_cast *on, int depth) {
  static const char *const preps[] = {"on", "to", "with", "against", "from", "for", "toward", "towards", "upon", "of", NULL};
  uint32_t before = out->n;
  add_phrase(v, noun, true, out, on);
  if (out->n > before || depth == 0) return;
  for (QI_EACH_CHILD(v, noun, k, c)) {
    int32_t prep = QI_NO_TOKEN;
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (out->n > before) return;
    if (rel == QI_REL_NMOD_POSS || rel == QI_REL_COMPOUND || rel == QI_REL_AMOD) {
      const quid_entity *e = qi_modifier_at(v, (int32_t)c);
      qi_cast one = {.who = {e}, .n = e != NULL};
      add_others(out, &one, on);
      if (out->n == before) add_phrase(v, (int32_t)c, true, out, on);
    }
    if (rel != QI_REL_NMOD) continue;
    if (qi_preposition(v, (int32_t)c, &prep) == QI_SLOT_NONE || prep < 0 || !qi_lemma_in(v, prep, preps)) continue;
    add_noun(v, (int32_t)c, out, on, depth - 1);
  }
}

static void find_toward(const qi_view *v, const qi_urged *u, const qi_deed *deed, const qi_cast *on, qi_cast *out) {
  static const char *const preps[] = {"to", "with", "against", "on", "upon", "toward", "towards", "at", "from", "for", "over", NULL};
  if (deed) add_others(out, &deed->recipients, on);
  if (out->n) return;
  for (int pass = 0; pass < 3 && out->n == 0; pass++)
    for (QI_EACH_CHILD(v, u->verb, k, c)) {
      int32_t prep = QI_NO_TOKEN;
      uint8_t rel = qi_tok(v, (int32_t)c)->rel;
      bool object = rel == QI_REL_OBJ || rel == QI_REL_IOBJ || rel == QI_REL_NSUBJ_PASS;
      if (is_apart(v, u->verb, (int32_t)c)) continue;
      if (pass == 0 && object && (rel != QI_REL_NSUBJ_PASS || u->passive)) add_phrase(v, (int32_t)c, false, out, on);
      if (pass == 1 && rel == QI_REL_OBL && (int32_t)c > u->verb && qi_preposition(v, (int32_t)c, &prep) != QI_SLOT_NONE && prep >= 0 && qi_lemma_in(v, prep, preps))
        add_noun(v, (int32_t)c, out, on, 0);
      if (pass == 2 && object) add_noun(v, (int32_t)c, out, on, 2);
    }
}

/* ---- who ---- */

static bool copy_cast(qi_arena *arena, const qi_cast *cast, const quid_entity **out, uint32_t *n) {
  quid_entity *list = QI_NEW_ARRAY(arena, quid_entity, cast->n);
  if (!list) return false;
  for (uint32_t i = 0; i < cast->n; i++) list[i] = *cast->who[i];
  *out = list;
  *n = cast->n;
  return true;
}

/* Where the names of who urges and who shall do it stand. */
static qi_view elsewhere(const qi_view *v, const qi_urged *u) { return (qi_view){v->know, v->doc, &v->doc->sentences[u->elsewhere], v->mentions}; }

/* "I", "we" of the writer. */
static bool is_writer(const qi_view *v, const qi_word_of *w) {
  static const char *const self[] = {"I", "we", "We", "me", "my", "My", "our", "Our", "us", NULL};
  qi_slice words = qi_slice_sub(v->doc->text, w->start, w->end);
  for (size_t i = 0; self[i]; i++)
    if (qi_slice_eq_str(words, self[i])) return true;
  return false;
}

static bool fill_by(quid_option *o, qi_coding *c, const qi_view *v, const qi_urged *u) {
  qi_word_of chain[QI_MAX_ATTRIBUTION + 1];
  uint32_t n = 0;
  if (u->asker >= 0) {
    qi_cast who = {.n = 0};
    qi_view there = elsewhere(v, u);
    const qi_mention *m = qi_mention_at(&there, u->asker);
    qi_cast_phrase(&there, u->asker, true, &who);
    const qi_token *first = qi_tok(&there, m ? (int32_t)m->first : u->asker), *last = qi_tok(&there, m ? (int32_t)m->last : u->asker);
    chain[n++] = (qi_word_of){first->start, last->end, who.n ? who.who[0] : NULL};
  }
  for (uint32_t i = 0; i < u->standing.n_by; i++)
    if (n == 0 || u->standing.by[i].start != chain[n - 1].start) chain[n++] = u->standing.by[i];
  quid_word_of *list = QI_NEW_ARRAY(c->arena, quid_word_of, n);
  if (!list) return false;
  for (uint32_t i = 0; i < n; i++)
    if (!is_writer(v, &chain[i])) list[o->n_by++] = (quid_word_of){{chain[i].start, chain[i].end}, chain[i].entity};
  o->by = list;
  return true;
}

/* Who does a deed noun, but for who asks for it. */
static void take_doers(qi_cast *on, const qi_view *v, const qi_urged *u, const qi_cast *doers) {
  qi_cast asker = {.n = 0};
  qi_view there = elsewhere(v, u);
  if (u->asker >= 0) qi_cast_phrase(&there, u->asker, true, &asker);
  for (uint32_t i = 0; i < doers->n; i++)
    if (!has_entity(&asker, doers->who[i])) on->who[on->n++] = doers->who[i];
}

static bool fill_who(quid_option *o, qi_coding *c, const qi_view *v, const qi_urged *u, const qi_deed *deed) {
  qi_cast on = {.n = 0}, toward = {.n = 0};
  if (u->on >= 0) {
    uint32_t first, last;
    qi_view there = elsewhere(v, u);
    qi_cast_phrase(&there, u->on, true, &on);
    words_below(&there, u->on, &first, &last);
    const qi_mention *m = qi_mention_at(&there, u->on);
    if (m && m->last >= m->first) last = m->last > (uint32_t)u->on ? m->last : (uint32_t)u->on, first = m->first;
    o->on_words = span_of(&there, first, last);
  }
  if (on.n == 0 && deed && deed->part == 'n') take_doers(&on, v, u, &deed->actors);
  find_toward(v, u, deed, &on, &toward);
  return copy_cast(c->arena, &on, &o->on, &o->n_on) && copy_cast(c->arena, &toward, &o->toward, &o->n_toward) && fill_by(o, c, v, u);
}

/* The event that the coder made of the same deed. */
static uint32_t event_of(const qi_coding *c, size_t first, int32_t verb) {
  for (size_t i = first; i < c->n_events; i++)
    if (c->deed_of[i]->token == verb || c->deed_of[i]->light == verb) return (uint32_t)i;
  return QUID_NO_EVENT;
}

static bool fill_id(quid_option *o, qi_coding *c) {
  char text[96], hex[QI_HASH64_HEX_BYTES];
  int n = snprintf(text, sizeof text, "%016llx option %u %u %u", (unsigned long long)c->text_hash, o->sentence, o->verb.start, o->verb.end);
  o->id = qi_arena_strdup(c->arena, qi_slice_str(qi_hash64_hex(hex, (qi_slice){text, n > 0 ? (size_t)n : 0})));
  return o->id != NULL;
}

/* "England must beat Germany" of a match report. */
static bool is_of_other_world(const qi_coding *c, const qi_view *v, const qi_urged *u) {
  static const qi_frame any = {.id = "urged", .type = QUID_COOPERATE, .embeds = QI_NO_STATUS};
  qi_trigger words = {.words = {.n = 1, .w = {qi_tok(v, u->verb)->lemma}}};
  qi_deed d = {.frame = &any, .words = &words, .part = 'v', .sentence = v->s->index, .token = u->verb, .light = QI_NO_TOKEN};
  qi_view there = elsewhere(v, u);
  if (u->on >= 0) qi_cast_phrase(&there, u->on, true, &d.actors);
  for (size_t i = 0; i < c->deeds.len; i++)
    if (c->deeds.items[i]->token == u->verb) return qi_topic_explains(&c->out->topics, v, c->deeds.items[i]) != QI_TOPIC_NONE;
  return qi_topic_explains(&c->out->topics, v, &d) != QI_TOPIC_NONE;
}

static bool add_option(qi_coding *c, const qi_view *v, const qi_urged *u, size_t first_event, const qi_heading *point) {
  quid_option o = {.sentence = v->s->index, .negated = u->negated, .strength = (quid_strength)u->strength};
  if (c->out->n_options == QI_MAX_OPTIONS || is_of_other_world(c, v, u)) return true;
  o.event = event_of(c, first_event, u->verb);
  find_aim_and_reason(&o, v, u);
  fill_deed(&o, v, u);
  if (u->first >= 0) o.words = span_of(v, (uint32_t)u->first, (uint32_t)u->last);
  if (!fill_who(&o, c, v, u, o.event == QUID_NO_EVENT ? NULL : c->deed_of[o.event]) || !fill_id(&o, c)) return false;
  if (point) o.number = point->n_points, o.head = point->words;
  const qi_list_point *listed = point ? NULL : qi_lists_at(&c->out->lists, v->s->index, (uint32_t)u->verb);
  if (listed) o.number = listed->number, o.head = c->out->lists.items[listed->list].head;
  size_t n = c->out->n_options;
  if (n == c->cap_options && !qi_vec_grow_in(c->arena, &c->out->options, &c->cap_options, n, n + 1, sizeof o)) return false;
  c->out->options[n] = o;
  c->out->n_options++;
  return true;
}

/* The deed that a point begins with is urged on whom its heading names, whether or not it was found already. */
static uint32_t put_point(qi_urged *urged, uint32_t n, const qi_coding *c, const qi_view *v, int32_t verb) {
  uint32_t at = 0;
  while (at < n && urged[at].verb < verb) at++;
  bool known = at < n && urged[at].verb == verb;
  if (!known && n == QI_MAX_URGED) return n;
  if (!known) {
    memmove(urged + at + 1, urged + at, (n - at) * sizeof *urged);
    qi_urged_make(&urged[at], v, &c->deeds, c->out->story.genre, &c->quotes[v->s->index], verb);
  }
  urged[at].on = c->heading->on;
  urged[at].asker = c->heading->asker;
  urged[at].elsewhere = c->heading->sentence;
  urged[at].strength = c->heading->strength;
  return known ? n : n + 1;
}

bool qi_options_of_sentence(qi_coding *c, const qi_view *v, size_t first_event) {
  qi_urged urged[QI_MAX_URGED];
  int32_t verb;
  uint32_t n = qi_urged_find(urged, v, &c->deeds, c->out->story.genre, &c->quotes[v->s->index]);
  if (!c->heading && !(c->heading = QI_NEW(c->arena, qi_heading))) return false;
  bool point = qi_heading_point(c->heading, v, &verb);
  if (verb >= 0) n = put_point(urged, n, c, v, verb);
  for (uint32_t i = 0; i < n; i++)
    if (!add_option(c, v, &urged[i], first_event, point ? c->heading : NULL)) return false;
  qi_heading_read(c->heading, v);
  return true;
}

const char *quid_strength_name(quid_strength strength) {
  static const char *const strengths[QUID_N_STRENGTHS] = {"could", "should", "must"};
  return (unsigned)strength < QUID_N_STRENGTHS ? strengths[strength] : "";
}
