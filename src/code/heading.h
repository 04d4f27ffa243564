/* code: points under a line that urges, "The government should:". */
#ifndef QI_CODE_HEADING_H
#define QI_CODE_HEADING_H

#include "code/urge.h"

/* The line that is open, while the text is read sentence by sentence; zeroed at its start. */
typedef struct qi_heading {
  bool open;
  bool asks_verb;     /* it ends in "should" or "to": only a verb can follow */
  uint32_t sentence;
  int32_t on, asker;  /* tokens there, QI_NO_TOKEN none */
  uint8_t strength;   /* quid_strength */
  uint32_t n_points;  /* so far */
  quid_span words;
} qi_heading;

/* Opens a heading at a sentence that ends in one. */
void qi_heading_read(qi_heading *h, const qi_view *v);
/* Is the sentence the next point of the open heading? *verb: the deed that it begins with, QI_NO_TOKEN none. Closes the heading
 * where its points are over. */
bool qi_heading_point(qi_heading *h, const qi_view *v, int32_t *verb);

#endif
