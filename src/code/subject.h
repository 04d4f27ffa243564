/* code: the grammatical and the deep subject of a word. See subject.c; for other steps, deep.h. */
#ifndef QI_CODE_SUBJECT_H
#define QI_CODE_SUBJECT_H

#include "code/deep.h"

#define QI_DEEP_STEPS 8 /* up a tree, for one question */

typedef struct qi_subject {
  int32_t token; /* QI_NO_TOKEN none */
  qi_origin origin;
} qi_subject;

/* The grammatical subject: of a passive, what undergoes it. */
qi_subject qi_subject_of(const qi_view *v, int32_t t);
/* Who stands under "by"; QI_NO_TOKEN none. */
int32_t qi_subject_agent(const qi_view *v, int32_t t);
/* The same, hung on a noun behind the deed word by the parser. */
int32_t qi_subject_distant_agent(const qi_view *v, int32_t t);

/* "summoned the envoy to protest": is the infinitive `t` below `h` done by who summons, as the purpose of it? */
bool qi_subject_own_purpose(const qi_view *v, int32_t h, int32_t t);

#endif
