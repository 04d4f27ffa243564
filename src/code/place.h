/* code: names of places in a document, and which place of the gazetteer each means. */
#ifndef QI_CODE_PLACE_H
#define QI_CODE_PLACE_H

#include "code/mention.h"
#include "know/places.h"

#define QI_NO_NAMED UINT32_MAX

/* A name of the gazetteer, or of a state, in the text. */
typedef struct qi_named_place {
  uint32_t sentence, first, last; /* tokens */
  uint32_t n;
  const uint32_t *readings;       /* [n] places; NULL: `place` is the only one */
  uint32_t place;                 /* what it means, once resolved */
  uint32_t within;                /* the name behind it that says where it lies ("Paris, Texas"), QI_NO_NAMED none */
  bool dateline;                  /* "SEOUL, Oct. 31 -": of the newspaper */
  bool part;                      /* of the name of a person, a body, a treaty */
  bool person;                    /* the first of these */
} qi_named_place;

typedef struct qi_atlas {
  const qi_know *know;
  const qi_parsed *doc;
  const qi_mentions *mentions;
  qi_named_place *items; /* [len], in order of the text */
  uint32_t len;
  uint32_t *begin;       /* [n_sentences + 1]: those of sentence i are begin[i] .. begin[i + 1] */
  float *weight;         /* [countries]: how much the document speaks of each, 0 to 1 */
  uint32_t n_countries;
} qi_atlas;

/* dateline: sentence, -1 none; dateline_end: byte behind it. Everything in `out` is *borrowed* from the arena.
 * false: out of memory. Cost: linear in the text. */
bool qi_atlas_find(qi_atlas *out, const qi_know *know, const qi_parsed *doc, const qi_mentions *mentions, int32_t dateline,
                   uint32_t dateline_end, qi_arena *arena);
/* The name that the token belongs to, QI_NO_NAMED none. */
uint32_t qi_atlas_at(const qi_atlas *a, uint32_t sentence, uint32_t token);
/* What kind of common noun the token is: QI_PLACE_WORD_*, or QI_N_PLACE_KINDS for none. */
uint32_t qi_atlas_word(const qi_atlas *a, const qi_sentence *s, uint32_t token);

#endif
