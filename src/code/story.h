/* code: what is story and what is not; of which genre the text is, and who wrote it. */
#ifndef QI_CODE_STORY_H
#define QI_CODE_STORY_H

#include "know/know.h"
#include "parse/sentence.h"
#include "quid/event.h"
#include "read/read.h"

typedef enum qi_genre { QI_GENRE_UNKNOWN, QI_GENRE_REPORT, QI_GENRE_OPINION, QI_GENRE_STATEMENT } qi_genre;

typedef enum qi_not_story { /* why a sentence yields no events */
  QI_STORY,
  QI_BIOGRAPHY, /* about the author */
  QI_NOTICE,    /* comment policy, subscription, copyright, navigation */
  QI_PROVERB,   /* a saying that is quoted as such */
  QI_CAPTION,   /* of a picture or map */
  QI_HEADING,   /* "OPINION:": a label with no clause */
  QI_SIGNOFF,   /* "Reporting by ...; editing by ..." */
  QI_BYLINE,
  QI_DATELINE   /* "SEOUL, Oct. 31 (Agency) -", where it is a sentence of its own */
} qi_not_story;

typedef struct qi_story {
  qi_genre genre;
  uint8_t *sentences;    /* [n_sentences], qi_not_story */
  const unsigned *cues;  /* [n_sentences], of qi_cues_find */
  int32_t dateline;      /* index of the sentence with "SEOUL, Oct. 31 (Agency) -", -1 none */
  uint32_t dateline_end; /* byte behind it */
  qi_slice place;        /* of the dateline, or "Moscow" of "By Jane Doe, Moscow"; empty none */
  qi_slice byline;       /* as given, or of the text; empty none */
  quid_span title;       /* where the text has a headline */
  quid_span byline_span; /* where the text has it */
  const quid_entity *writer; /* whose words these are: who wrote the opinion piece or gave the statement; NULL otherwise */
} qi_story;

const char *qi_not_story_name(qi_not_story why);
const char *qi_genre_name(qi_genre genre);

/* Everything in `out` is *borrowed* from the arena, the text and the arguments. header: of the text, NULL: it is read here.
 * byline: as given with the document, "" or NULL none. `writer` is left open. false: out of memory. */
bool qi_story_find(qi_story *out, const qi_know *know, const qi_parsed *doc, const qi_header *header, const char *byline,
                   qi_arena *arena);

/* genre.c: the genre, from the outside of the text (header, labels among the cues of the first sentences) and from inside. */
qi_genre qi_genre_find(const qi_story *story, const qi_know *know, const qi_parsed *doc, const qi_header *header, unsigned labels);

/* Follows quotation marks from token to token; *open: before it and behind it. Is the token itself a mark? */
bool qi_story_mark(const qi_token *t, bool *open);

#endif
