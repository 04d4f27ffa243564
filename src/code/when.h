/* code: dates. (when.c, where.c, item.c and story.c are being written by the lead since 10:45;
 * the matcher calls them and does not write them again.) */
#ifndef QI_CODE_WHEN_H
#define QI_CODE_WHEN_H

#include "base/date.h"
#include "parse/sentence.h"

typedef struct qi_time { /* one date expression */
  uint32_t sentence, first, last; /* tokens [first, last] */
  uint32_t head;                  /* token that hangs in the tree: "June" in "in June" */
  uint32_t start, end;            /* bytes */
  qi_day from, to;                /* inclusive; QI_DAY_MIN / QI_DAY_MAX where open ("since 2022") */
} qi_time;

typedef struct qi_times {
  qi_time *items; /* in text order */
  uint32_t len;
} qi_times;

/* All date expressions that can be put on the calendar. `day`: the document's, QI_DAY_NONE unknown. */
bool qi_when_find(qi_times *out, const qi_parsed *doc, qi_day day, qi_arena *arena);

/* The expression that governs the deed at `token`: below it in the tree, else at its governing
 * verbs within the sentence's clause chain; NULL none. */
const qi_time *qi_when_of(const qi_times *times, const qi_parsed *doc, uint32_t sentence, uint32_t token);

/* How often the text says the deed at `token` occurred ("six times", "twice"); 0: not said. */
uint32_t qi_when_times(const qi_parsed *doc, uint32_t sentence, uint32_t token);

#endif
