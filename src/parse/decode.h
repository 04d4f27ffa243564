/* parse: what the encoder gives -> heads, labels, tags, lemmas, entities of tokens. */
#ifndef QI_PARSE_DECODE_H
#define QI_PARSE_DECODE_H

#include "parse/encoder.h"

/* Fills the tokens of sentence `s`, whose first row in `enc` is `offset`. Strings that are not the
 * model's own (lemmas) go to `arena`. false: out of memory. */
bool qi_decode(const qi_model *model, const qi_kernel *kernel, const qi_encoded *enc, uint32_t offset, qi_sentence *s,
               qi_arena *arena, qi_arena *scratch);

#endif
