/* code: bargains. Words such as "in exchange for" or "quid pro quo" -> the two sides of an exchange,
 * marked with one id and the words that link them.
 *
 *   "Norland sent grain in return for fuel that Ostria supplied." send: given; supply: return.
 *
 * Inside a sentence the side after the cue's "for" is the return. A cue without its other side ("Norland
 * will demand a quid pro quo") looks back a few sentences for what the same actor gave the same side. */
#include "code/event.h"

#include "base/hash.h"
#include <stdio.h>

enum { LOOK_BACK = 8 }; /* sentences */

typedef struct cue {
  const char *words;
  bool with_object; /* what follows is the other side */
  bool back;        /* stands for the return of something told before */
} cue;

/* Longer ones first. */
static const cue cues[] = {
    {"in exchange for", true, false},  {"in return for", true, false}, {"as payment for", true, false},
    {"in payment for", true, false},   {"in compensation for", true, false}, {"as a reward for", true, false},
    {"in exchange", false, true},      {"in return", false, true},     {"quid pro quo", false, true},
    {"free of charge", false, true},   {"trade-off", false, true},
};

static bool cue_at(const qi_sentence *s, uint32_t at, const char *words, uint32_t *n_tokens) {
  qi_slice rest = qi_slice_str(words), word;
  uint32_t n = 0;
  while (qi_slice_word(&rest, &word)) {
    if (at + n >= s->n_tokens || !qi_slice_eq_nocase(s->tokens[at + n].form, word)) return false;
    n++;
  }
  *n_tokens = n;
  return true;
}

static const cue *find_cue(const qi_sentence *s, uint32_t from, uint32_t *at, uint32_t *n_tokens) {
  for (uint32_t i = from; i < s->n_tokens; i++)
    for (size_t k = 0; k < sizeof cues / sizeof *cues; k++)
      if (cue_at(s, i, cues[k].words, n_tokens)) {
        *at = i;
        return &cues[k];
      }
  return NULL;
}

static void mark(quid_event *e, const char *id, const char *side, quid_span span) {
  e->exchange.id = id;
  e->exchange.side = side;
  e->exchange.span = span;
}

static const char *new_id(qi_coding *c, quid_span span) {
  char text[64], hex[QI_HASH64_HEX_BYTES];
  int n = snprintf(text, sizeof text, "%016llx exchange %u", (unsigned long long)c->text_hash, span.start);
  return qi_arena_strdup(c->arena, qi_slice_str(qi_hash64_hex(hex, (qi_slice){text, n > 0 ? (size_t)n : 0})));
}

/* The event of the sentence that lies nearest to the cue, on the wanted side of it. */
static quid_event *nearest(quid_event *list, size_t n, quid_span span, bool after, const quid_event *other) {
  quid_event *best = NULL;
  for (size_t i = 0; i < n; i++) {
    quid_event *e = &list[i];
    if (e == other || e->exchange.id[0] || e->type == QUID_ACCUSE) continue;
    if (after ? e->trigger.start < span.end : e->trigger.end > span.start) continue;
    if (!best || (after ? e->trigger.start < best->trigger.start : e->trigger.start > best->trigger.start)) best = e;
  }
  return best;
}

static bool share_member(const quid_entity *a, uint32_t n_a, const quid_entity *b, uint32_t n_b) {
  for (uint32_t i = 0; i < n_a; i++)
    for (uint32_t k = 0; k < n_b; k++)
      if (strcmp(a[i].id, b[k].id) == 0 || (a[i].country[0] && strcmp(a[i].country, b[k].country) == 0)) return true;
  return false;
}

/* What the one who now wants something gave before. */
static quid_event *given_before(qi_coding *c, quid_event *wants) {
  size_t at = (size_t)(wants - c->out->items);
  for (size_t i = at; i-- > 0 && c->out->items[i].sentence + LOOK_BACK >= wants->sentence;) {
    quid_event *e = &c->out->items[i];
    if (e->type != QUID_AID && e->type != QUID_COOPERATE && e->type != QUID_AGREE && e->type != QUID_MOBILIZE) continue;
    if (e->exchange.id[0] || !share_member(e->actors, e->n_actors, wants->actors, wants->n_actors)) continue;
    if (wants->n_recipients && e->n_recipients &&
        !share_member(e->recipients, e->n_recipients, wants->recipients, wants->n_recipients))
      continue;
    return e;
  }
  return NULL;
}

static bool link_cue(qi_coding *c, const qi_sentence *s, size_t first, size_t n, const cue *q, uint32_t at, uint32_t n_tokens) {
  quid_event *list = c->out->items + first;
  quid_span span = {s->tokens[at].start, s->tokens[at + n_tokens - 1].end};
  quid_event *given, *back;
  if (q->with_object) {
    given = nearest(list, n, span, false, NULL);
    back = nearest(list, n, span, true, given);
    if (!given && back) { /* "In exchange for grain, Ostria sent fuel." */
      given = back;
      back = nearest(list, n, span, true, given);
    }
  } else {
    back = nearest(list, n, span, true, NULL);
    if (!back || q->words[0] != 'i') back = nearest(list, n, span, false, NULL) ? nearest(list, n, span, false, NULL) : back;
    given = back ? given_before(c, back) : NULL;
  }
  if (!given && !back) return true;
  const char *id = new_id(c, span);
  if (!id) return false;
  if (given) mark(given, id, "given", span);
  if (back) mark(back, id, "return", span);
  return true;
}

bool qi_exchange_link(qi_coding *c) {
  size_t first = 0;
  while (first < c->n_events) {
    uint32_t sentence = c->out->items[first].sentence;
    size_t n = 1;
    while (first + n < c->n_events && c->out->items[first + n].sentence == sentence) n++;
    const qi_sentence *s = &c->doc->sentences[sentence];
    uint32_t at, n_tokens;
    const cue *q;
    for (uint32_t from = 0; (q = find_cue(s, from, &at, &n_tokens)); from = at + n_tokens)
      if (!link_cue(c, s, first, n, q, at, n_tokens)) return false;
    first += n;
  }
  return true;
}
