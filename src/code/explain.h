/* code: what --explain shows: which frames were tried and why they fired or not. */
#ifndef QI_CODE_EXPLAIN_H
#define QI_CODE_EXPLAIN_H

#include "base/arena.h"
#include "base/vec.h"
#include <stdint.h>

/* One remark, in order of the text. */
typedef struct qi_explain_line {
  uint32_t sentence;
  int32_t token;  /* deed word, -1 about the sentence as a whole */
  int32_t event;  /* index of the document's events, -1 none */
  qi_slice text;
} qi_explain_line;

typedef struct qi_explain {
  qi_arena *arena; /* of the lines; *borrowed* */
  QI_VEC(qi_explain_line) lines; /* in the arena */
} qi_explain;

/* Adds a remark; does nothing for NULL, and silently nothing without memory: an explanation is no result. */
void qi_explain_add(qi_explain *e, uint32_t sentence, int32_t token, const char *fmt, ...)
    QI_PRINTF(4, 5);

#endif
