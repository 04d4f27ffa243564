/* What segment.py calls: the segmenter of src/parse, so that training sees the very features that
 * running sees. Built by segment.py into a shared object. */
#include "parse/segment.h"

/* Cuts of the text: cuts[i] is the qi_cut before byte i. Returns 0 or a quid_status. */
int trainer_cuts(const char *blob, size_t blob_bytes, const char *text, size_t text_bytes, uint8_t *cuts);

int trainer_cuts(const char *blob, size_t blob_bytes, const char *text, size_t text_bytes, uint8_t *cuts) {
  qi_arena arena;
  qi_parsed doc;
  quid_error err = {0};
  qi_arena_init(&arena, 0);
  int status = (int)qi_segment_blob(&doc, qi_slice_of(blob, blob_bytes), qi_slice_of(text, text_bytes), &arena, &err);
  for (uint32_t i = 0; i < doc.n_sentences && !status; i++)
    for (uint32_t k = 0; k < doc.sentences[i].n_tokens; k++) {
      const qi_token *t = &doc.sentences[i].tokens[k];
      cuts[t->start] = k == 0 ? QI_CUT_SENTENCE : t->mwt && t->mwt == t[-1].mwt ? QI_CUT_WORD : QI_CUT_TOKEN;
    }
  qi_arena_clear(&arena);
  return status;
}

/* Links without the model file. */
qi_slice qi_model_section(const qi_model *model, const char *name) {
  (void)model, (void)name;
  return (qi_slice){0};
}
