/* code: enumerated points under a head sentence. See list.c. */
#ifndef QI_CODE_LIST_H
#define QI_CODE_LIST_H

#include "code/story.h"
#include "parse/sentence.h"

/* One point, from its marker on. */
typedef struct qi_list_point {
  uint32_t list;                    /* index into qi_lists.items */
  uint32_t number;                  /* from 1 */
  uint32_t sentence, token;         /* its first word, which is of the marker */
  uint32_t last_sentence, end_token; /* its last sentence, and the token behind its last word there */
  quid_span marker;                 /* "Third", "(2)", "The last"; a question for lists of questions */
} qi_list_point;

typedef struct qi_list {
  uint32_t sentence;   /* of the head */
  uint32_t n_tokens;   /* of that sentence, from its first, that are the head: all but where the points stand in it too */
  quid_span head;      /* its words, without the closing mark */
  uint32_t n_points;   /* at least 2 */
} qi_list;

typedef struct qi_lists {
  qi_list *items;        /* [len] */
  qi_list_point *points; /* [n_points], in order of the text */
  uint32_t len, n_points;
} qi_lists;

/* Everything in `out` is *borrowed* from the arena. false: out of memory. Cost: linear in the text. */
bool qi_lists_find(qi_lists *out, const qi_parsed *doc, const qi_story *story, qi_arena *arena);

/* The point that the token belongs to, the innermost where a list stands inside a point of another; NULL none. */
const qi_list_point *qi_lists_at(const qi_lists *lists, uint32_t sentence, uint32_t token);

#endif
