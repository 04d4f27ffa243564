/* parse: the segmenter behind qi_segment, for its tests and its trainer (model/train/segment.py). */
#ifndef QI_PARSE_SEGMENT_H
#define QI_PARSE_SEGMENT_H

#include "parse/parser.h"

/* What may stand before a piece. */
typedef enum qi_cut {
  QI_CUT_NONE,
  QI_CUT_WORD,     /* a new word of the same surface token */
  QI_CUT_TOKEN,
  QI_CUT_SENTENCE,
  QI_N_CUTS
} qi_cut;

#define QI_SEGMENT_FEATURES 48u
#define QI_SEGMENT_HIDDEN 16u

/* As qi_segment, from the bytes of the model's section `segment`. A blob that is not in order is
 * refused with QUID_ERR_FORMAT. */
quid_status qi_segment_blob(qi_parsed *out, qi_slice blob, qi_slice text, qi_arena *arena,
                            quid_error *err);

/* For training: what the segmenter would see at each place where it has to decide, when all places
 * before were decided as `gold` says. */
typedef struct qi_segment_tape {
  const uint8_t *gold; /* [text.len + 1] qi_cut before each byte */
  size_t max, n;       /* places; n may grow beyond max, nothing is stored then */
  uint32_t (*features)[QI_SEGMENT_FEATURES]; /* [max] hashes */
  uint32_t *at;                              /* [max] byte */
  uint8_t *allowed;                          /* [max] bit k: cut k is possible */
} qi_segment_tape;
/* 0, or a quid_status. Places that are not on the tape are always token breaks at white space. */
int qi_segment_record(const char *blob, size_t blob_bytes, const char *text, size_t text_bytes,
                      qi_segment_tape *tape);

#endif
