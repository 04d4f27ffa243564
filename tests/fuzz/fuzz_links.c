/* Whatever the bytes of cues.tsv: they are refused with their line, or they can be asked for their own words. */
#include "know/links.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool count(void *n, const qi_link_cue *cue, qi_slice yes, qi_slice no) {
  (void)yes, (void)no;
  ++*(size_t *)n;
  return cue->type < QI_N_LINK_TYPES;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  qi_slice text = qi_slice_of((const char *)data, size), rest = text, word;
  qi_links *links = NULL;
  quid_error err = {0};
  size_t n = 0;
  if (qi_links_parse(&links, text, "file", &err)) {
    if (links || !err.message[0] || !err.line) abort();
    return 0;
  }
  if (qi_links_examples(text, "file", count, &n, &err)) abort();
  while (qi_slice_word(&rest, &word)) {
    const qi_link_cue *cue;
    uint32_t at = qi_links_first(links, word);
    while ((cue = qi_links_next(links, &at)))
      if (!cue->words.n || cue->form >= QI_N_CUE_FORMS || cue->need >= QI_N_NEEDS) abort();
    for (qi_link_set set = QI_SET_TAKES; set < QI_N_LINK_SETS; set++) n += qi_links_has(links, set, word);
  }
  qi_links_free(links);
  return 0;
}
