/* parse: word form -> quantised input vector, and from there the first layer's gates, cached. */
#ifndef QI_PARSE_LEXICON_H
#define QI_PARSE_LEXICON_H

#include "parse/model.h"

/* Cache of first-layer gate inputs by word form. As the inputs depend on the form alone, a form is
 * computed once and then costs one look-up. */
typedef struct qi_lexicon qi_lexicon;

qi_lexicon *qi_lexicon_new(const qi_model *model, const qi_kernel *kernel); /* *new*; NULL: no memory */
void qi_lexicon_free(qi_lexicon *lex);

/* Makes sure that all forms are in the cache; rows[i] then points at the 8 H gate inputs of forms[i]
 * (times 1024). *borrowed until the next call*. n at most QI_LEXICON_MAX_BATCH. false: no memory. */
#define QI_LEXICON_MAX_BATCH 4096u
bool qi_lexicon_rows(qi_lexicon *lex, const qi_slice *forms, uint32_t n, const int16_t **rows);

/* What the lower-case word is known as a lemma of: QI_LEMMA_* bits. */
unsigned qi_lexicon_lemma(const qi_model *model, qi_slice word);

/* The input vector alone, [k_pad of in1] bytes; for tests. */
void qi_lexicon_vector(const qi_model *model, qi_slice form, uint8_t *out);

#endif
