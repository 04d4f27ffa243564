/* code: between list.c and list_marker.c. */
#ifndef QI_CODE_LIST_IMPL_H
#define QI_CODE_LIST_IMPL_H

#include "code/list.h"

/* Markers of one family count together. */
typedef enum qi_marker_family {
  QI_MARK_ADVERBS,   /* "First,", "For another,", "Finally," */
  QI_MARK_NOMINALS,  /* "The second is", "Another reason is" */
  QI_MARK_NUMERALS, QI_MARK_LETTERS, QI_MARK_ROMANS, QI_MARK_BULLETS,
  QI_MARK_NAMED,     /* "Mistake number two", "Three:" */
  QI_MARK_NOUNS,     /* "The greater danger is", where dangers were announced */
  QI_MARK_QUESTIONS, /* where questions were announced */
  QI_MARK_LABELS,    /* "Money: ...", "Item: ..." */
  QI_MARK_INLINE,    /* "first" inside a sentence */
  QI_N_MARKS
} qi_marker_family;

typedef struct qi_marker {
  qi_marker_family family;
  uint32_t number;  /* 0: whatever comes next */
  bool last;        /* "finally" */
  bool inside;      /* the head stands before it in the same sentence */
  bool near;        /* "As for Iran": carries on what stands right before it, and nothing else */
  uint32_t sentence, first, last_token;
} qi_marker;

typedef struct qi_open_list { /* the latest of a family */
  bool on, closed;
  uint32_t list, n, sentence; /* points so far; where the last one stands */
} qi_open_list;

/* What has been read so far, as far as markers depend on it. */
typedef struct qi_list_state {
  const qi_parsed *doc;
  const qi_story *story;
  qi_open_list open[QI_N_MARKS];
} qi_list_state;

/* The marker that the sentence begins with at token i. false: none. */
bool qi_list_marker(qi_marker *m, const qi_list_state *x, const qi_sentence *s, uint32_t i);
/* The bullet or label that a paragraph begins with. */
bool qi_list_bullet(qi_marker *m, const qi_sentence *s);
bool qi_list_label(qi_marker *m, const qi_sentence *s);
/* A marker inside a sentence, behind token i - 1. */
bool qi_list_marker_inside(qi_marker *m, const qi_list_state *x, const qi_sentence *s, uint32_t i);
/* "Russia, the second ally, ...": the place of "second" where the sentence before has announced allies; 0 none. */
uint32_t qi_list_apposition(const qi_list_state *x, const qi_sentence *s);

/* Does the sentence announce points ("for three reasons")? *count: how many, 0 where it does not say. *noun: the place of the noun. */
bool qi_list_announces(const qi_story *story, const qi_sentence *s, uint32_t *count, uint32_t *noun);
/* Where the points would begin that it names itself, behind a colon; 0 none. */
uint32_t qi_list_colon(const qi_sentence *s);
/* "two ministers", of whatever, before that token. */
bool qi_list_counts(const qi_sentence *s, uint32_t before, uint32_t *count, uint32_t *noun);
uint32_t qi_list_first_word(const qi_sentence *s);
/* "First the army seized the radio": a first point, if a second follows. */
bool qi_list_opens_with_first(const qi_sentence *s);

#endif
