/* code: which date expression holds for a deed. */
#ifndef QI_CODE_GOVERN_H
#define QI_CODE_GOVERN_H

#include "code/match.h"
#include "code/when.h"

/* What the words say of the time of one deed. */
typedef struct qi_dating {
  const qi_time *time;   /* says when it was or will be; NULL none */
  const qi_time *speech; /* of the saying or the clause above, which stands for "now"; NULL: the day of the document */
  bool finite;           /* told in the simple past or the present: on the day that is "now" */
  bool before;           /* it lies before "now": a perfect, "after it had ...", "the attack that they condemned" */
} qi_dating;

/* deeds: those of the sentence, to know which of them are words alone. */
void qi_govern_date(qi_dating *out, const qi_times *times, const qi_view *v, const qi_deed *deed, const qi_deeds *deeds);

#endif
