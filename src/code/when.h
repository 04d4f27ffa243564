/* code: dates. */
#ifndef QI_CODE_WHEN_H
#define QI_CODE_WHEN_H

#include "base/date.h"
#include "know/days.h"
#include "parse/sentence.h"

typedef struct qi_time { /* one date expression */
  uint32_t sentence, first, last; /* tokens [first, last] */
  uint32_t head;                  /* token that hangs in the tree: "June" in "in June" */
  uint32_t start, end;            /* bytes */
  qi_day from, to;                /* of a deed, inclusive; QI_DAY_MIN / QI_DAY_MAX where open ("since 2022") */
  qi_day said_from, said_to;      /* of the expression alone: all of 2022 */
  uint8_t unit;                   /* qi_unit: how exact it is */
  bool vague;                     /* "a few weeks ago": one end is a guess */
  bool is_today;                  /* the text says that this is the day it speaks on */
  bool has_year;                  /* it names its year, which holds for those that follow */
  bool narrowed;                  /* "early", "the end of" begins it */
  bool dateline;                  /* stands in the line that says where the report is from: dates the whole text */
} qi_time;

typedef struct qi_times {
  qi_time *items; /* in text order */
  uint32_t len;
  qi_day day; /* of the text; QI_DAY_NONE unknown */
} qi_times;

/* All date expressions that can be put on the calendar. `day`: the document's, QI_DAY_NONE unknown. */
bool qi_when_find(qi_times *out, const qi_days *days, const qi_parsed *doc, qi_day day, qi_arena *arena);

/* Index of the first expression of that sentence or one behind it. */
size_t qi_when_first(const qi_times *times, uint32_t sentence);

/* The value of tokens [first, last], known to be a date, after the expressions of `times` before them. false: none. */
bool qi_when_read(qi_time *out, const qi_days *days, const qi_parsed *doc, const qi_times *times, uint32_t sentence, uint32_t first,
                  uint32_t last, qi_day day);

#endif
