/* know: a line of knowledge/actors as the checks across lines see it; for check_actors.c and
 * check_names.c alone. */
#ifndef QI_KNOW_CHECK_IMPL_H
#define QI_KNOW_CHECK_IMPL_H

#include "know/actors_impl.h"
#include "know/check.h"

enum { QI_ROW_ID, QI_ROW_TYPE, QI_ROW_COUNTRY, QI_ROW_SECTOR, QI_ROW_FROM, QI_ROW_TO, QI_ROW_ROLE, QI_ROW_NAMES,
       QI_ROW_SOURCE, QI_ROW_COLUMNS };

/* Only lines that the loader took. */
typedef struct qi_check_line {
  const char *file;
  uint32_t line, column[QI_ROW_COLUMNS];
  qi_slice field[QI_ROW_COLUMNS];
  uint32_t actor;
  qi_day from, to;
  uint32_t slack_from, slack_to; /* days by which a year or month may be off */
} qi_check_line;

typedef struct qi_check_lines {
  QI_VEC(qi_check_line) items;
} qi_check_lines;

void qi_check_names(qi_check *c, const qi_check_lines *lines);

#endif
