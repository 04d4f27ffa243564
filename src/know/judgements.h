/* know: words by which a writer praises and blames, from story/judgements.tsv. */
#ifndef QI_KNOW_JUDGEMENTS_H
#define QI_KNOW_JUDGEMENTS_H

#include "know/frames.h"

typedef enum qi_judgement_kind {
  QI_JUDGEMENT_PRAISE, QI_JUDGEMENT_BLAME, QI_JUDGEMENT_GOOD, QI_JUDGEMENT_BAD, QI_JUDGEMENT_SPEECH,
  QI_N_JUDGEMENT_KINDS
} qi_judgement_kind;

/* One row. */
typedef struct qi_judgement {
  qi_judgement_kind kind;
  char part;          /* v a n */
  qi_frame frame;     /* of the event that such a judgement is: SUPPORT or ACCUSE */
  qi_trigger trigger; /* no words, the part */
} qi_judgement;

/* Loads DIR/story/judgements.tsv. *out: *new*. */
quid_status qi_judgements_load(qi_judgements **out, const char *dir, quid_error *err);
/* The same from text; data and file are only read during the call. */
quid_status qi_judgements_parse(qi_judgements **out, qi_slice data, const char *file, quid_error *err);
void qi_judgements_free(qi_judgements *j); /* NULL is fine */

/* The row of that kind and part with the lemma, in any case; NULL none. */
const qi_judgement *qi_judgements_find(const qi_judgements *j, qi_judgement_kind kind, char part, qi_slice lemma);
/* Bit 1 << kind for each kind that has the lemma as that part; 0 for j NULL. */
unsigned qi_judgements_kinds(const qi_judgements *j, char part, qi_slice lemma);

#endif
