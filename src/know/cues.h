/* know: phrases that tell the story from what stands around it, from story/cues.tsv. */
#ifndef QI_KNOW_CUES_H
#define QI_KNOW_CUES_H

#include "base/arena.h"
#include "base/error.h"
#include "know/know.h"

typedef enum qi_cue_kind {
  QI_CUE_BIOGRAPHY, QI_CUE_NOTICE, QI_CUE_HOUSE, QI_CUE_SIGNOFF, QI_CUE_PROVERB, QI_CUE_CAPTION, QI_CUE_OPINION, QI_CUE_STATEMENT,
  QI_CUE_POINTS,
  QI_N_CUES
} qi_cue_kind;

/* Loads DIR/story/cues.tsv. *out: *new*. */
quid_status qi_cues_load(qi_cues **out, const char *dir, quid_error *err);
/* The same from text; data is only read during the call. */
quid_status qi_cues_parse(qi_cues **out, qi_slice data, const char *file, quid_error *err);
void qi_cues_free(qi_cues *cues); /* NULL is fine */

#define QI_CUE(kind) (1u << (kind))
#define QI_CUE_AT_START(kind) (0x10000u << (kind)) /* the sentence begins with it */

/* Which kinds of cue a sentence holds: bits QI_CUE; and QI_CUE_AT_START as well for rows `start` and `label`. folded: its text after qi_utf8_fold. */
unsigned qi_cues_find(const qi_cues *cues, qi_slice folded);

#endif
