/* code: what is story and what is not. */
#ifndef QI_CODE_STORY_H
#define QI_CODE_STORY_H

#include "know/know.h"
#include "parse/sentence.h"

typedef enum qi_genre { QI_GENRE_UNKNOWN, QI_GENRE_REPORT, QI_GENRE_OPINION, QI_GENRE_STATEMENT } qi_genre;

typedef enum qi_not_story { /* why a sentence yields no events */
  QI_STORY,
  QI_BIOGRAPHY, /* about the author */
  QI_NOTICE,    /* comment policy, subscription, copyright, navigation */
  QI_PROVERB,   /* a saying that is quoted as such */
  QI_CAPTION,   /* photo credit */
  QI_HEADING    /* "OPINION:": a label with no clause */
} qi_not_story;

typedef struct qi_story {
  qi_genre genre;
  uint8_t *sentences;    /* [n_sentences], qi_not_story */
  int32_t dateline;      /* index of the sentence with "SEOUL, Oct. 31 (Agency) -", -1 none */
  uint32_t dateline_end; /* byte behind it */
} qi_story;

const char *qi_not_story_name(qi_not_story why);
const char *qi_genre_name(qi_genre genre);

/* Everything in `out` is *borrowed* from the arena. false: out of memory. */
bool qi_story_find(qi_story *out, const qi_know *know, const qi_parsed *doc, qi_arena *arena);

#endif
