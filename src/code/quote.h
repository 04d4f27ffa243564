/* code: quotations that run over several sentences, and who speaks them. */
#ifndef QI_CODE_QUOTE_H
#define QI_CODE_QUOTE_H

#include "code/syntax.h"

/* One for each sentence. */
typedef struct qi_quote {
  bool inside;      /* the whole sentence stands between quotation marks */
  int32_t sentence; /* where its speaker is named, -1 nowhere near */
  int32_t speaker;  /* token there */
  bool past;        /* "said", not "says" */
} qi_quote;

/* *out: [n_sentences]. false: out of memory. */
bool qi_quotes_find(qi_quote **out, const qi_know *know, const qi_parsed *doc, const qi_mentions *mentions,
                    qi_arena *arena);

#endif
