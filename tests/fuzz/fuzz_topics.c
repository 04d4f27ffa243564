/* Whatever the bytes of topics.tsv: they are refused with their line, or they can be asked, of their own bytes too. */
#include "know/topics.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  qi_slice text = qi_slice_of((const char *)data, size), rest = text, word;
  qi_topics *topics = NULL;
  qi_topic_sum sum;
  quid_error err = {0};
  if (qi_topics_parse(&topics, text, "file", &err)) {
    if (topics || !err.message[0] || !err.line) abort();
    return 0;
  }
  qi_topics_sum(&sum, topics, text);
  if (sum.n_cues > QI_MAX_TOPIC_CUES || sum.politics > 0) abort();
  for (qi_topic t = QI_TOPIC_SPORT; t < QI_N_TOPICS; t++) {
    int weight;
    for (uint32_t i = 0; i < sum.n_cues; i++) qi_topics_cue(topics, sum.cue[i], t, &weight);
    for (qi_slice all = rest; qi_slice_word(&all, &word);) {
      qi_topics_deed(topics, t, word);
      qi_topics_actor(topics, t, word);
    }
  }
  qi_topics_free(topics);
  return 0;
}
