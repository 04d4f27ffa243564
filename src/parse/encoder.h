/* parse: word forms of a batch of sentences -> contextual vectors -> inputs of the decoders. */
#ifndef QI_PARSE_ENCODER_H
#define QI_PARSE_ENCODER_H

#include "base/arena.h"
#include "parse/lexicon.h"
#include "parse/model.h"

#define QI_MAX_BATCH_TOKENS QI_LEXICON_MAX_BATCH

/* Sentences of one batch, longest first. Tokens stand one sentence after the other. */
typedef struct qi_batch {
  uint32_t n;             /* sentences */
  uint32_t n_tokens;      /* at most QI_MAX_BATCH_TOKENS */
  const uint32_t *len;    /* [n], falling */
  const uint32_t *offset; /* [n], index of the first token */
  const qi_slice *forms;  /* [n_tokens] */
} qi_batch;

typedef struct qi_encoded { /* per token of the batch */
  uint8_t *tag;             /* [n_tokens][d_tag] */
  uint8_t *arc_dep;         /* [n_tokens][d_arc] */
  uint8_t *arc_head;        /* [n_tokens][d_arc] */
  float *lab_dep;           /* [n_tokens][d_lab] */
  float *lab_head;          /* [n_tokens][d_lab] */
} qi_encoded;

/* Everything in `out` is *borrowed* from the arena. false: out of memory. */
bool qi_encode(const qi_model *model, const qi_kernel *kernel, qi_lexicon *lex, const qi_batch *batch,
               qi_arena *arena, qi_encoded *out);

#endif
