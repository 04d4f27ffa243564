/* code: deeds of a sentence -> how sure each is, by the second opinion.
 *
 * Each deed's actor and recipient are put before the judge as a pair. Where the judge is all but sure of another
 * type whose frame holds for the same word too, that frame takes over. Verbs that no frame knows are asked about when
 * somebody does them to somebody; what the judge is all but sure of becomes a deed by the open frame ("words" with a star) of
 * that type.
 *
 *   "Norland strafed Ostria", strafe unknown: judge says ASSAULT 0.99, trigger "strafed" -> open.assault. */
#include "code/opinion.h"

#include "code/gate.h"

#include <string.h>

#define SURE 0.98f    /* to take a deed on the judge's word alone */
/* Where the word is one of that deed's, though no frame of it holds: between two parties that are known, with one, or none. */
#define SURE_OF_KNOWN 0.70f
#define SURE_OF_ONE 0.90f
#define SURE_OF_NONE 0.97f
#define SETTLES 0.90f /* to take one frame for another */
#define LINKED 0.60f         /* to take a verb that the text links to another deed */
#define LINKED_BARGAIN 0.50f /* a side of a bargain as something else than COOPERATE */
#define NO_DEED 0.50f
#define UNLIKELY 0.02f

/* ---- the pair of a deed ---- */

/* The words of the noun phrase at the token: those of its mention, or what stands before it and hangs on it. */
static void mark_phrase(const qi_view *v, int32_t token, uint8_t *side, uint8_t bit) {
  const qi_mention *m = qi_mention_at(v, token);
  uint32_t first = (uint32_t)token, last = (uint32_t)token;
  if (m) first = m->first < first ? m->first : first, last = m->last > last ? m->last : last;
  while (first > 0 && qi_tok(v, (int32_t)first - 1)->head == token && qi_tok(v, (int32_t)first - 1)->upos != QI_PUNCT) first--;
  for (uint32_t i = first; i <= last; i++) side[i] |= bit;
}

/* The first that is no clause; QI_NO_TOKEN none. */
static int32_t mark_role(const qi_view *v, const qi_fill *fill, uint8_t *side, uint8_t bit) {
  for (uint32_t i = 0; i < fill->n; i++)
    if (!fill->clause[i]) {
      mark_phrase(v, fill->token[i], side, bit);
      return fill->token[i];
    }
  return QI_NO_TOKEN;
}

/* A meeting's sides all stand in the actor's role: the second is asked about as target. trigger: is it this word that
 * links them? QI_NO_TOKEN: any. */
static bool ask(qi_verdict *out, qi_opinion *o, const qi_fill *actor, const qi_fill *recipient, int32_t trigger) {
  const qi_view *v = o->v;
  if (!o->scene.words && (!qi_scene_read(&o->scene, v, o->second->model, o->quote, o->readings, o->scratch) ||
                          !qi_judge_sentence(&o->bench, o->second->judge, &o->scene, o->scratch)))
    return false;
  qi_arena_reset(o->pair);
  uint8_t *side = qi_arena_alloc(o->pair, v->s->n_tokens);
  if (!side) return false;
  memset(side, 0, v->s->n_tokens);
  qi_pair pair = {.side = side, .source = mark_role(v, actor, side, QI_SIDE_SOURCE), .target = QI_NO_TOKEN, .trigger = trigger};
  if (recipient->n) pair.target = mark_role(v, recipient, side, QI_SIDE_TARGET);
  else if (actor->n > 1 && !actor->clause[1]) {
    mark_phrase(v, actor->token[1], side, QI_SIDE_TARGET);
    pair.target = actor->token[1];
  }
  return qi_judge_pair(out, o->second->judge, &o->bench, &pair, o->pair);
}

static const char *deed_name(uint32_t t) { return t == QI_NO_DEED ? "no deed" : quid_event_type_name((quid_event_type)t); }

/* ---- deeds that frames found ---- */

static bool judge_deed(qi_opinion *o, qi_deed *deed, qi_explain *x) {
  const qi_view *v = o->v;
  qi_verdict verdict;
  if (!ask(&verdict, o, &deed->role[QI_ROLE_ACTOR], &deed->role[QI_ROLE_RECIPIENT], deed->token)) return false;
  uint32_t own = (uint32_t)deed->frame->type, best = qi_judge_likeliest(verdict.deed, QI_N_DEEDS);
  if (best != own && best != QI_NO_DEED && verdict.deed[best] > SETTLES && verdict.deed[own] < UNLIKELY) {
    qi_deed other;
    if (qi_match_as(v, deed->token, (quid_event_type)best, &other) && other.actors.n + other.recipients.n >= deed->actors.n + deed->recipients.n &&
        !qi_gate_why_not(v, &other)) {
      qi_explain_add(x, v->s->index, deed->token, "second opinion: %s %.2f, %s %.2f; %s takes over from %s", deed_name(best),
                     (double)verdict.deed[best], deed_name(own), (double)verdict.deed[own], other.frame->id, deed->frame->id);
      *deed = other;
      own = best;
    }
  }
  deed->sure = verdict.deed[own];
  deed->judged = true;
  if (best != own)
    qi_explain_add(x, v->s->index, deed->token, "second opinion: %s %.2f, where %s says %s (%.2f)", deed_name(best),
                   (double)verdict.deed[best], deed->frame->id, deed_name(own), (double)verdict.deed[own]);
  return true;
}

/* ---- deeds that no frame knows ---- */

static bool is_taken(const qi_deeds *deeds, size_t n, int32_t token) {
  for (size_t i = 0; i < n; i++)
    if (deeds->items[i]->token == token || deeds->items[i]->light == token) return true;
  return false;
}

/* The types whose frames have the word, none of which holds: bits. */
static uint32_t types_known(const qi_opinion *o, int32_t token) {
  const qi_word_reading *r = o->readings ? o->readings[token] : NULL;
  return r ? r->known : 0;
}

/* A state, or a body or group of one that is known: politics is likely where two of them meet. */
static bool is_party(const qi_cast *cast) {
  for (uint32_t i = 0; i < cast->n; i++)
    if (cast->who[i]->country[0]) return true;
  return false;
}

static bool judge_verb(qi_opinion *o, int32_t token, qi_deeds *deeds, qi_arena *arena, qi_explain *x) {
  const qi_view *v = o->v;
  qi_deed deed;
  qi_verdict verdict;
  if (!qi_match_open(v, token, QUID_N_EVENT_TYPES, &deed) || !deed.actors.n || !deed.recipients.n) return true;
  if (!ask(&verdict, o, &deed.role[QI_ROLE_ACTOR], &deed.role[QI_ROLE_RECIPIENT], QI_NO_TOKEN)) return false;
  uint32_t best = qi_judge_likeliest(verdict.deed, QI_N_DEEDS), known = types_known(o, token);
  if (best == QI_NO_DEED || verdict.trigger != token) return true;
  bool same = known & (1u << best);
  int parties = is_party(&deed.actors) + is_party(&deed.recipients);
  float needed = !same ? SURE : parties == 2 ? SURE_OF_KNOWN : parties ? SURE_OF_ONE : SURE_OF_NONE;
  bool taken = verdict.deed[best] > needed && (same || !known);
  qi_explain_add(x, v->s->index, token, "%s; second opinion: %s %.2f%s", known ? "no frame of the word holds" : "no frame knows the word",
                 deed_name(best), (double)verdict.deed[best], taken ? "" : ", not sure enough");
  if (!taken || !qi_match_open(v, token, (quid_event_type)best, &deed) || !deed.actors.n || !deed.recipients.n ||
      qi_gate_why_not(v, &deed))
    return true;
  qi_deed *kept = QI_NEW(arena, qi_deed);
  if (!kept || !QI_VEC_PUSH_IN(arena, deeds, kept)) return false;
  *kept = deed;
  kept->sure = verdict.deed[best];
  kept->judged = true;
  return true;
}

static bool ask_all(qi_opinion *o, qi_deeds *deeds, qi_arena *arena, qi_explain *explain) {
  size_t found = deeds->len;
  for (size_t i = 0; i < found; i++)
    if (!deeds->items[i]->dropped && !judge_deed(o, deeds->items[i], explain)) return false;
  for (uint32_t i = 0; i < o->v->s->n_tokens; i++)
    if (!is_taken(deeds, found, (int32_t)i) && !judge_verb(o, (int32_t)i, deeds, arena, explain)) return false;
  return true;
}

bool qi_opinion_ask(const qi_second *second, const qi_view *v, const qi_quote *quote, qi_deeds *deeds, qi_arena *arena,
                    qi_arena *scratch, qi_explain *explain) {
  qi_arena pair; /* a long sentence full of deeds asks often: each question's memory goes with it */
  qi_arena_init(&pair, 0);
  qi_opinion o = {.second = second, .v = v, .quote = quote, .readings = deeds->scratch ? deeds->readings : NULL, .scratch = scratch, .pair = &pair};
  bool ok = ask_all(&o, deeds, arena, explain);
  qi_arena_clear(&pair);
  return ok;
}

/* ---- deeds that the text links to others ---- */

static bool keep_linked(qi_deed **out, const qi_view *v, int32_t token, quid_event_type type, float sure, bool judged, qi_arena *arena) {
  qi_deed deed;
  if (!qi_match_linked(v, token, type, &deed) || qi_gate_why_not(v, &deed)) return true;
  if (!(*out = QI_NEW(arena, qi_deed))) return false;
  **out = deed;
  (*out)->sure = sure;
  (*out)->judged = judged;
  return true;
}

bool qi_opinion_linked(qi_deed **out, const qi_second *second, const qi_view *v, const qi_quote *quote, const qi_deeds *deeds, int32_t token,
                       qi_linked linked, qi_arena *arena, qi_arena *scratch, qi_explain *explain) {
  qi_deed deed;
  qi_verdict verdict;
  qi_arena pair;
  bool bargain = linked != QI_LINKED;
  *out = NULL;
  if (!qi_match_linked(v, token, QUID_N_EVENT_TYPES, &deed)) return true;
  if (!second) return !bargain || keep_linked(out, v, token, QUID_N_EVENT_TYPES, 0, false, arena);
  qi_arena_init(&pair, 0);
  qi_opinion o = {.second = second, .v = v, .quote = quote, .readings = deeds->scratch ? deeds->readings : NULL, .scratch = scratch, .pair = &pair};
  bool ok = ask(&verdict, &o, &deed.role[QI_ROLE_ACTOR], &deed.role[QI_ROLE_RECIPIENT], QI_NO_TOKEN);
  qi_arena_clear(&pair);
  if (!ok) return false;
  uint32_t best = qi_judge_likeliest(verdict.deed, QI_NO_DEED);
  float sure = verdict.deed[best];
  qi_explain_add(explain, v->s->index, token, "the text links it to another deed; second opinion: %s %.2f, no deed %.2f", deed_name(best), (double)sure,
                 (double)verdict.deed[QI_NO_DEED]);
  if (linked != QI_LINKED_SURELY && verdict.deed[QI_NO_DEED] > NO_DEED && verdict.deed[QI_NO_DEED] > sure) return true;
  if (sure < (bargain ? LINKED_BARGAIN : LINKED) && bargain) best = QUID_N_EVENT_TYPES;
  else if (sure < LINKED) return true;
  return keep_linked(out, v, token, (quid_event_type)best, sure, best != QUID_N_EVENT_TYPES, arena);
}
