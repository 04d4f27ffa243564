/* know: words that tell another world (sport, business, weather, fiction ...) from politics, from
 * story/topics.tsv. See the head of that file. */
#ifndef QI_KNOW_TOPICS_H
#define QI_KNOW_TOPICS_H

#include "base/arena.h"
#include "base/error.h"
#include "know/know.h"

typedef enum qi_topic {
  QI_TOPIC_NONE, /* politics, or nothing that can be told */
  QI_TOPIC_SPORT, QI_TOPIC_BUSINESS, QI_TOPIC_WEATHER, QI_TOPIC_NATURE, QI_TOPIC_SCIENCE,
  QI_TOPIC_ENTERTAINMENT, QI_TOPIC_FICTION, QI_TOPIC_HISTORY,
  QI_N_TOPICS
} qi_topic;

#define QI_TOPIC_NO_WEIGHT INT16_MIN
#define QI_MAX_TOPIC_CUES 24 /* of one sentence; further ones are not counted */

/* What the cues of a sentence add up to. */
typedef struct qi_topic_sum {
  int16_t weight[QI_N_TOPICS];  /* for (> 0) and against (< 0); "any" is in all but fiction's */
  int16_t politics;             /* of "any" alone, <= 0 */
  uint16_t n_cues;
  uint32_t cue[QI_MAX_TOPIC_CUES]; /* [n_cues] each once */
} qi_topic_sum;

/* Loads DIR/story/topics.tsv. *out: *new*. */
quid_status qi_topics_load(qi_topics **out, const char *dir, quid_error *err);
/* The same from text; data is only read during the call. */
quid_status qi_topics_parse(qi_topics **out, qi_slice data, const char *file, quid_error *err);
void qi_topics_free(qi_topics *topics); /* NULL is fine */

/* "sport": a static string. */
const char *qi_topic_name(qi_topic topic);
/* Cost: linear in the text. */
void qi_topics_sum(qi_topic_sum *out, const qi_topics *topics, qi_slice text);
/* The words of a cue as the file has them, and its weight for that topic. */
qi_slice qi_topics_cue(const qi_topics *topics, uint32_t cue, qi_topic topic, int *weight);
/* Weight of a deed word or of the name of an event type, QI_TOPIC_NO_WEIGHT where the topic does not list it. */
int qi_topics_deed(const qi_topics *topics, qi_topic topic, qi_slice word);
/* Weight of a participant's code ("MNC", "REB"), QI_TOPIC_NO_WEIGHT none. */
int qi_topics_actor(const qi_topics *topics, qi_topic topic, qi_slice code);

#endif
