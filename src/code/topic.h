/* code: is a text, a sentence, a deed of this world of politics or of another? */
#ifndef QI_CODE_TOPIC_H
#define QI_CODE_TOPIC_H

#include "base/date.h"
#include "code/explain.h"
#include "code/match.h"
#include "know/topics.h"

typedef struct qi_topic_map {
  uint8_t document;   /* qi_topic of the text as a whole */
  uint8_t *sentences; /* [n_sentences] qi_topic of each */
  qi_topic_sum *sums; /* [n_sentences] */
} qi_topic_map;

/* Everything in `out` is *borrowed* from the arena; all politics where know->topics is NULL.
 * false: out of memory. Cost: linear in the text. */
bool qi_topic_find(qi_topic_map *out, const qi_know *know, const qi_parsed *doc, qi_arena *arena);

/* The other world in which the deed's word is no political act: "beat" in a match report. QI_TOPIC_NONE
 * when it stays. */
qi_topic qi_topic_explains(const qi_topic_map *map, const qi_view *v, const qi_deed *deed);
/* Says so, with the words that weighed. explain may be NULL. */
void qi_topic_tell(const qi_topic_map *map, const qi_view *v, const qi_deed *deed, qi_topic topic, qi_explain *explain);

/* Is the event long past: by its own date ("" unknown), or else by what the sentence speaks of?
 * published: QI_DAY_NONE unknown. */
bool qi_topic_is_historical(const qi_topic_map *map, const qi_view *v, const qi_deed *deed, const quid_event *event, qi_day published);

#endif
