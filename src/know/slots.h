/* know: the names of deep-grammar slots, as small numbers. See knowledge/README.md. */
#ifndef QI_KNOW_SLOTS_H
#define QI_KNOW_SLOTS_H

#include "base/slice.h"
#include <stdint.h>

typedef uint8_t qi_slot;

enum {
  QI_SLOT_NONE,
  QI_SLOT_SUBJ,   /* who does it */
  QI_SLOT_OBJ,    /* what undergoes it */
  QI_SLOT_IOBJ,   /* to whom, without preposition */
  QI_SLOT_COMP,   /* finite clause or quotation */
  QI_SLOT_TO_INF, /* "to ..." */
  QI_SLOT_ING,    /* gerund without preposition */
  QI_SLOT_INF,    /* bare infinitive */
  QI_SLOT_SELF,   /* operators.tsv: the operator modifies the deed itself */
  QI_SLOT_FIRST_PREP
  /* then one for each preposition in the table of slots.c */
};

/* QI_SLOT_NONE for a name that is no slot. */
qi_slot qi_slot_of(qi_slice name);
/* QI_SLOT_NONE for what is no preposition. `word` in lower case, several words joined with '_'. */
qi_slot qi_slot_of_preposition(qi_slice word);
const char *qi_slot_name(qi_slot slot); /* "" for none */

#endif
