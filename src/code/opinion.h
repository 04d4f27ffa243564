/* code: what the second opinion (judge.h) does for the deeds that frames find: it says how sure each is, settles
 * clashes between frames that hold for one word, and finds deeds whose words no frame knows. */
#ifndef QI_CODE_OPINION_H
#define QI_CODE_OPINION_H

#include "code/explain.h"
#include "code/judge.h"

typedef struct qi_second {
  const qi_model *model;
  const qi_judge *judge; /* NULL: no second opinion */
} qi_second;

/* The opinion on one sentence. */
typedef struct qi_opinion {
  const qi_second *second;
  const qi_view *v;
  const qi_quote *quote;
  qi_word_reading *const *readings; /* of the match; NULL none */
  qi_scene scene;    /* read when first asked about; words NULL before */
  qi_bench bench;
  qi_arena *scratch; /* of the sentence */
  qi_arena *pair;    /* of one question */
} qi_opinion;

/* Reads the sentence, and asks about each deed: deed->sure is filled, clashes are settled, and deeds that only the second
 * opinion sees are appended. explain may be NULL. false: out of memory. Cost: a fifth of the parse or less. */
bool qi_opinion_ask(const qi_second *second, const qi_view *v, const qi_quote *quote, qi_deeds *deeds, qi_arena *arena,
                    qi_arena *scratch, qi_explain *explain);

typedef enum qi_linked { QI_LINKED, QI_LINKED_BARGAIN, QI_LINKED_SURELY } qi_linked; /* surely: by words that can mean nothing else */

/* Whether a verb that the text links to another deed, though no frame holds for it, is a deed itself. A bargain
 * takes it as COOPERATE where the judge knows no better. *out: NULL it is none, else in `arena`. second NULL: no opinion. false: out of memory. */
bool qi_opinion_linked(qi_deed **out, const qi_second *second, const qi_view *v, const qi_quote *quote, const qi_deeds *deeds, int32_t token,
                       qi_linked linked, qi_arena *arena, qi_arena *scratch, qi_explain *explain);

#endif
