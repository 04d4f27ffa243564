/* read: datelines and dates in words. See dateline.c. */
#ifndef QI_READ_DATELINE_H
#define QI_READ_DATELINE_H

#include "base/date.h"

typedef struct qi_dateline {
  qi_slice place; /* of the line; empty where only a date stands */
  qi_ymd date;    /* month 0: none; year 0: not said */
  size_t run_in;  /* byte of the line where the report goes on; 0: the line holds no more */
} qi_dateline;

/* Is the line, or its beginning, a dateline? */
bool qi_dateline_read(qi_slice line, qi_dateline *out);

/* "Friday, August 21, 2015", "21st Aug.", "2015-08-21" at *at, which moves behind it. *out: year 0 where none is
 * said. *weekday: one stood before it. false: no date, *at as it was. */
bool qi_date_read_words(qi_slice s, size_t *at, qi_ymd *out, bool *weekday);

/* The day; without a year the one nearest to `near`. QI_DAY_NONE where neither tells it. */
qi_day qi_date_near(qi_ymd date, qi_day near);

#endif
