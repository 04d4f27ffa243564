/* code: which frame a deed word fires, and who fills its roles. */
#ifndef QI_CODE_MATCH_H
#define QI_CODE_MATCH_H

#include "code/deep.h"
#include "code/explain.h"
#include "know/frames.h"

#define QI_MAX_PARTICIPANTS 16
#define QI_MAX_ROLE_TOKENS 8

/* The tokens that fill one role. */
typedef struct qi_fill {
  int32_t token[QI_MAX_ROLE_TOKENS];
  uint8_t origin[QI_MAX_ROLE_TOKENS];
  bool clause[QI_MAX_ROLE_TOKENS];
  uint32_t n;
} qi_fill;

typedef struct qi_cast { /* entities of a role */
  const quid_entity *who[QI_MAX_PARTICIPANTS];
  uint32_t n;
} qi_cast;

/* How a writer judges: "I deplore it"; "his threat is reckless"; in passing, "his reckless threat must end". */
typedef enum qi_by_writer { QI_BY_OTHERS, QI_BY_WRITER_SAYING, QI_BY_WRITER_CLAIMING, QI_BY_WRITER_NAMING } qi_by_writer;

/* A deed found, before it becomes an event. */
typedef struct qi_deed {
  const qi_frame *frame;
  const qi_trigger *words;
  char part;
  uint32_t sentence;
  int32_t token;
  int32_t light;              /* light verb, QI_NO_TOKEN none */
  const qi_light *light_entry;
  qi_fill role[QI_N_ROLES];
  qi_cast actors, recipients;
  uint32_t n_needs;           /* fulfilled */
  int32_t used[QI_MAX_ROLE_TOKENS]; /* [n_used]: nouns that a need asks for by lemma or class */
  uint32_t n_used;
  bool says_not;              /* its words count a negation in already ("no intention", dictionaries' patterns) */
  uint8_t by_writer;          /* qi_by_writer: the writer's own praise or blame (judgement.h) */
  bool dropped;               /* the same deed is told by another word of the sentence, or: */
  const char *why_not;        /* why it is no political event (gate.h), NULL it may be one */
  bool judged;                /* the second opinion was asked: */
  float sure;                 /* its probability of the frame's type */
} qi_deed;

/* What the frames read in one word, whoever is named. */
typedef struct qi_word_reading {
  qi_deep deep;
  char part;               /* v n a */
  uint32_t known, holding; /* bit t: frames of type t have the word; and their conditions hold here */
  const qi_frame *frame;   /* the best of those that hold, NULL none */
} qi_word_reading;

typedef struct qi_deeds {
  qi_deed **items; /* [len], in order of their tokens */
  size_t len, cap;
  qi_arena *scratch;           /* of the sentence; NULL: no readings are kept */
  qi_word_reading **readings;  /* [n_tokens] of the sentence matched last, NULL or with `known` 0
                                  where no frame has the word; in `scratch` */
} qi_deeds;

/* Appends the deeds of one sentence. explain may be NULL. false: out of memory. */
bool qi_match_sentence(const qi_view *v, qi_arena *arena, qi_deeds *out, qi_explain *explain);

/* false: no frame has the word, and *out is undefined. */
bool qi_match_read(const qi_view *v, int32_t token, qi_word_reading *out);

/* The deed at the token by the best frame of that type that holds for its word. false: there is none. */
bool qi_match_as(const qi_view *v, int32_t token, quid_event_type type, qi_deed *out);
/* The deed of a verb of which no frame holds, by the open frame (its word a star) of that type; QUID_N_EVENT_TYPES: by the first open
 * frame. false: there is none. */
bool qi_match_open(const qi_view *v, int32_t token, quid_event_type type, qi_deed *out);

/* The deed of a verb that a text links to another deed and no frame holds for, by the open frame of that type;
 * QUID_N_EVENT_TYPES: by the frame for sides of bargains (its word two stars; three for verbs of getting). false: nobody is known who takes part. */
bool qi_match_linked(const qi_view *v, int32_t token, quid_event_type type, qi_deed *out);
/* In order of their tokens; those of one token as they are. */
void qi_deeds_sort(qi_deeds *deeds);

/* Entities of a noun phrase, through "hundreds of", apposition and, when `owned`, its possessor or
 * nationality ("a Ukrainian convoy" stands for Ukraine). Returns how many were added. */
uint32_t qi_cast_phrase(const qi_view *v, int32_t token, bool owned, qi_cast *out);
/* Classes of items that the noun phrase belongs to. */
qi_classes qi_classes_of(const qi_view *v, int32_t token);

#endif
