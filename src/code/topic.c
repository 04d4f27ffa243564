/* code: sentences and deeds -> the other worlds that borrow the words of politics.
 *
 * Cues (knowledge/story/topics.tsv) are weighed for each sentence; a text that is about one such world
 * throughout lends its weight to each of its sentences. A deed is explained away when its sentence's weight,
 * that of its own word and those of its participants reach DROP together. A deed word or type that the topic
 * does not list is never touched, so a boycott or an arrest on the sports page stays.
 *
 *   "Spain beat Italy 1-0 in the quarter-final": <score> 4 + quarter final 4 + beat 2 = 10: sport, dropped.
 *   "Police arrested ten fans before the quarter-final": 4 + arrest -8: stays. */
#include "code/topic.h"

enum {
  DROP = 5,          /* a deed is explained away */
  LEAST_TEXT = 2,    /* without that much no deed is */
  ABOUT = 4,         /* a sentence is about it */
  BACKGROUND = 3,    /* what the text lends to each sentence */
  TEXT_SENTENCES = 3, /* a shorter text has no topic beyond its sentences */
  TEXT_WEIGHT = 8,   /* least sum of a text that is about something */
  HISTORICAL_YEARS = 30
};

/* The world with the most weight, by a sum per topic. */
static unsigned heaviest(const int32_t weight[QI_N_TOPICS]) {
  unsigned best = 1;
  for (unsigned k = 2; k < QI_N_TOPICS; k++)
    if (weight[k] > weight[best]) best = k;
  return best;
}

/* Half of the sentences or more, and weight enough beside what speaks for politics. */
static qi_topic topic_of_text(const qi_topic_map *map, uint32_t n) {
  int32_t weight[QI_N_TOPICS] = {0};
  uint32_t held[QI_N_TOPICS] = {0};
  int32_t politics = 0;
  if (n < TEXT_SENTENCES) return QI_TOPIC_NONE;
  for (uint32_t i = 0; i < n; i++) {
    const qi_topic_sum *s = &map->sums[i];
    politics -= s->politics;
    for (unsigned k = 1; k < QI_N_TOPICS; k++) {
      int own = s->weight[k] - (k == QI_TOPIC_FICTION ? 0 : s->politics);
      weight[k] += own > 8 ? 8 : own;
      held[k] += own >= LEAST_TEXT;
    }
  }
  unsigned best = heaviest(weight);
  bool enough = weight[best] >= TEXT_WEIGHT && 2 * held[best] >= n && weight[best] > 2 * politics;
  return enough ? (qi_topic)best : QI_TOPIC_NONE;
}

static int weight_of(const qi_topic_map *map, uint32_t sentence, qi_topic topic) {
  return map->sums[sentence].weight[topic] + (map->document == (uint8_t)topic ? BACKGROUND : 0);
}

bool qi_topic_find(qi_topic_map *out, const qi_know *know, const qi_parsed *doc, qi_arena *arena) {
  uint32_t n = doc->n_sentences;
  out->document = QI_TOPIC_NONE;
  out->sentences = qi_arena_zalloc(arena, (size_t)n + 1);
  out->sums = know->topics ? QI_NEW_ARRAY(arena, qi_topic_sum, (size_t)n + 1) : NULL;
  if (!know->topics) return out->sentences != NULL;
  if (!out->sentences || !out->sums) return false;
  for (uint32_t i = 0; i < n; i++)
    qi_topics_sum(&out->sums[i], know->topics, qi_slice_sub(doc->text, doc->sentences[i].start, doc->sentences[i].end));
  out->document = (uint8_t)topic_of_text(out, n);
  for (uint32_t i = 0; i < n; i++) {
    int32_t weight[QI_N_TOPICS] = {0};
    for (unsigned k = 1; k < QI_N_TOPICS; k++) weight[k] = weight_of(out, i, (qi_topic)k);
    unsigned best = heaviest(weight);
    if (weight[best] >= ABOUT) out->sentences[i] = (uint8_t)best;
  }
  return true;
}

/* ---- one deed ---- */

/* Weight of one participant: that of the first of its codes that is listed. */
static int actor_weight(const qi_topics *topics, qi_topic topic, const quid_entity *e) {
  qi_slice rest = qi_slice_str(e->id), part;
  bool whole_state = !strchr(e->id, '.'), government = strcmp(e->sector, "GOV") == 0; /* of countries too */
  int weight = whole_state && *e->country ? qi_topics_actor(topics, topic, QI_SLICE("STATE")) : QI_TOPIC_NO_WEIGHT;
  while (weight == QI_TOPIC_NO_WEIGHT && qi_slice_split(&rest, '.', &part)) weight = qi_topics_actor(topics, topic, part);
  if (weight == QI_TOPIC_NO_WEIGHT && !government) weight = qi_topics_actor(topics, topic, qi_slice_str(e->sector));
  return weight;
}

/* For the topic all participants must speak, against it any may. */
static int actors_weight(const qi_topics *topics, qi_topic topic, const qi_deed *d) {
  const qi_cast *const casts[] = {&d->actors, &d->recipients};
  int least = 0, most = 0, n = 0, n_for = 0;
  for (size_t k = 0; k < 2; k++)
    for (uint32_t i = 0; i < casts[k]->n; i++, n++) {
      int weight = actor_weight(topics, topic, casts[k]->who[i]);
      if (weight == QI_TOPIC_NO_WEIGHT) continue;
      if (weight < least) least = weight;
      if (weight > most) most = weight;
      n_for += weight > 0;
    }
  return least < 0 ? least : n && n_for == n ? most : 0;
}

/* By "lay_siege", by one of its words, or by the type of its event. */
static int deed_weight(const qi_view *v, const qi_deed *d, qi_topic topic) {
  const qi_words *words = &d->words->words;
  const qi_topics *topics = v->know->topics;
  char room[QI_KEY_BYTES];
  size_t n = 0;
  for (uint32_t i = 0; i < words->n && n + words->w[i].len + 1 < sizeof room; i++) {
    if (i) room[n++] = '_';
    if (words->w[i].len) memcpy(room + n, words->w[i].ptr, words->w[i].len);
    n += words->w[i].len;
  }
  int weight = qi_topics_deed(topics, topic, qi_slice_of(room, n));
  for (uint32_t i = 0; i < words->n && weight == QI_TOPIC_NO_WEIGHT; i++)
    weight = qi_topics_deed(topics, topic, words->w[i]);
  if (weight != QI_TOPIC_NO_WEIGHT) return weight;
  return qi_topics_deed(topics, topic, qi_slice_str(quid_event_type_name(d->frame->type)));
}

static int sum_of(const qi_topic_map *map, const qi_view *v, const qi_deed *d, qi_topic topic) {
  int deed = deed_weight(v, d, topic), text = weight_of(map, v->s->index, topic);
  int actors = actors_weight(v->know->topics, topic, d);
  if (deed == QI_TOPIC_NO_WEIGHT || text + (actors > 0 ? actors : 0) < LEAST_TEXT) return 0;
  return deed + text + actors;
}

qi_topic qi_topic_explains(const qi_topic_map *map, const qi_view *v, const qi_deed *d) {
  int32_t weight[QI_N_TOPICS] = {0};
  if (!v->know->topics) return QI_TOPIC_NONE;
  for (unsigned k = 1; k < QI_TOPIC_HISTORY; k++) weight[k] = sum_of(map, v, d, (qi_topic)k);
  unsigned best = heaviest(weight);
  return weight[best] >= DROP ? (qi_topic)best : QI_TOPIC_NONE;
}

void qi_topic_tell(const qi_topic_map *map, const qi_view *v, const qi_deed *d, qi_topic topic, qi_explain *x) {
  if (!x) return;
  const qi_topic_sum *sum = &map->sums[v->s->index];
  qi_slice text = qi_arena_printf(x->arena, "%s: %s, no politics:", d->frame->id, qi_topic_name(topic));
  for (unsigned i = 0; i < sum->n_cues && text.ptr; i++) {
    int weight = 0;
    qi_slice words = qi_topics_cue(v->know->topics, sum->cue[i], topic, &weight);
    if (weight) text = qi_arena_printf(x->arena, "%.*s '%.*s' %+d", QI_SLICE_ARG(text), QI_SLICE_ARG(words), weight);
  }
  int actors = actors_weight(v->know->topics, topic, d);
  if (map->document == (uint8_t)topic) text = qi_arena_printf(x->arena, "%.*s, the whole text %+d", QI_SLICE_ARG(text), BACKGROUND);
  if (actors) text = qi_arena_printf(x->arena, "%.*s, those named %+d", QI_SLICE_ARG(text), actors);
  qi_explain_add(x, v->s->index, d->token, "%.*s, the word %+d", QI_SLICE_ARG(text), deed_weight(v, d, topic));
}

/* ---- long past ---- */

bool qi_topic_is_historical(const qi_topic_map *map, const qi_view *v, const qi_deed *d, const quid_event *e, qi_day published) {
  qi_day first, last;
  if (e->status != QUID_ASSERTED && e->status != QUID_REPORTED && e->status != QUID_CLAIMED && e->status != QUID_DENIED &&
      e->status != QUID_NEGATED)
    return false;
  if (e->date.span.end > e->date.span.start && e->date.to[0]) {
    if (!qi_date_parse(qi_slice_str(e->date.to), &first, &last)) return false;
    qi_day now = published == QI_DAY_NONE ? qi_day_from_ymd(2000, 1, 1) : published;
    return last < now - (qi_day)(HISTORICAL_YEARS * 365.25);
  }
  if (!v->know->topics) return false;
  int deed = deed_weight(v, d, QI_TOPIC_HISTORY);
  return weight_of(map, v->s->index, QI_TOPIC_HISTORY) + (deed == QI_TOPIC_NO_WEIGHT ? 0 : deed) >= ABOUT;
}
