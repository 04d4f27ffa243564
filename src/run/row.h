/* run: a sentence with two phrases, read as one tree and made ready for the second opinion. What `quid relate` asks about, and
 * what its training sees (model/train/judge_lib.c). */
#ifndef QI_RUN_ROW_H
#define QI_RUN_ROW_H

#include "code/pair.h"

typedef struct qi_row {
  qi_parsed doc; /* of one sentence */
  qi_mentions mentions;
  qi_view view;
  qi_scene scene; /* borrows from view: do not copy the row */
  qi_pair pair;   /* asks about any word */
  bool has_source, has_target; /* does the phrase stand in the sentence? */
} qi_row;

/* All in valid UTF-8; a phrase may be empty. The first place where a phrase stands as words of its own counts, for the target
 * outside the source; else any. Everything lives in the arena. Errors: QUID_ERR_FORMAT no words; QUID_ERR_LIMIT too many;
 * QUID_ERR_MEMORY. */
quid_status qi_row_read(qi_row *out, const qi_model *model, const qi_know *know, qi_parser *parser, qi_slice sentence,
                        qi_slice source, qi_slice target, qi_arena *arena, quid_error *err);

#endif
