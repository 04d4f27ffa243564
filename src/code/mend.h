/* code: mends what parsers of English are known to get wrong, where the words leave no doubt. */
#ifndef QI_CODE_MEND_H
#define QI_CODE_MEND_H

#include "base/arena.h"
#include "know/know.h"
#include "parse/sentence.h"

/* Lemmas that the dictionaries know better, and impossible labels. In place; false: out of memory. */
bool qi_mend(const qi_know *know, qi_parsed *doc, qi_arena *arena);

/* mend_list.c: members of lists and speakers. true: a token hangs elsewhere now, and the sentence must be linked again. */
bool qi_mend_list(qi_sentence *s, uint32_t i);

#endif
