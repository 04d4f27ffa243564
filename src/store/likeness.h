/* store: are two events tellings of one event of the world? likeness.c decides for a pair, match.c makes occurrences of pairs. */
#ifndef QI_STORE_LIKENESS_H
#define QI_STORE_LIKENESS_H

#include "base/slice.h"
#include <stdbool.h>
#include <stdint.h>

enum { QI_MAX_SIDES = 8, QI_MAX_CLASSES = 4, QI_MAX_PLACES = 8, QI_MAX_NAMES = 6, QI_MAX_WORDS = 48 };

/* How an event type is compared. */
typedef enum qi_type_way {
  QI_TYPE_MUTUAL = 1, /* its sides are one group: a meeting, a treaty */
  QI_TYPE_LOCAL = 2,  /* at two places there are two of them: an attack */
  QI_TYPE_GOODS = 4   /* other goods, other deed: aid */
} qi_type_way;

/* An entity's id, taken apart: UKR.GOV.VOLODYMYR_ZELENSKY. */
typedef struct qi_somebody {
  int64_t id;
  qi_slice code, country, sector, name; /* country empty: anybody (CVL) or nobody known (---) */
  bool state;  /* acts for its country: none, GOV, MIL, COP ... */
  bool place;  /* a town or region that stands for somebody */
  bool unknown;
  uint64_t mask; /* a bit for the first part of its id */
  uint8_t n_names;
  uint32_t names[QI_MAX_NAMES]; /* hashes of the words of its name: they say no more than that it takes part */
} qi_somebody;

typedef struct qi_telling {
  int64_t event, key, sentence, document, root; /* root: the document that it copies, or itself */
  int64_t story;                  /* as it stands in the store, 0 none */
  int64_t type, frame;
  int32_t day, day_from, day_to, published; /* INT32_MIN unknown */
  uint32_t publisher;             /* hash, 0 unknown */
  uint8_t way, standing;          /* standing: 0 told or denied, 1 to come, 2 asked for */
  bool full;                      /* places, classes and words were read */
  int64_t place;                  /* row, 0 none */
  bool dated;                     /* its day is said, not guessed from the day of publication */
  uint8_t n_actors, n_recipients, n_classes, n_places, n_words;
  const qi_somebody *actor[QI_MAX_SIDES], *recipient[QI_MAX_SIDES];
  uint64_t actor_mask, recipient_mask, said_mask; /* said: on whose word, of what is claimed */
  int64_t classes[QI_MAX_CLASSES];
  uint32_t places[QI_MAX_PLACES]; /* hashes of the words of its place, none for a whole country */
  uint32_t words[QI_MAX_WORDS];   /* hashes of the sentence's content words without the names of the sides, ascending */
  uint32_t cluster;               /* of match.c */
} qi_telling;

/* An entity's id taken apart. country, sector: as the store has them, empty unknown. The slices are *borrowed*. */
void qi_like_somebody(qi_somebody *out, int64_t id, qi_slice code, qi_slice country, qi_slice sector);
/* Hashes of content words: ascending, each once, `most` at most. Returns how many. */
uint8_t qi_like_words(uint32_t *out, size_t most, qi_slice text);
/* Takes the names of its sides out of a telling's words. */
void qi_like_unname(qi_telling *t);
/* Hashes of the capitalised words of a place's name. Returns how many. */
uint8_t qi_like_places(uint32_t *out, size_t most, qi_slice name);

/* 0 somebody else, 1 may be, 2 is among or above, 3 the same. */
int qi_like_who(const qi_somebody *a, const qi_somebody *b);
/* Can they tell of one event, as far as type, days and sides go? */
bool qi_like_possible(const qi_telling *a, const qi_telling *b);
/* Both cannot tell of one event, whatever else is said. */
bool qi_like_conflict(const qi_telling *a, const qi_telling *b);
/* Tenths of points for one event, 0: not one. Symmetric. */
int qi_like(const qi_telling *a, const qi_telling *b);

/* Each is told on the word of who did the other one, and they can be one deed otherwise. */
bool qi_like_dispute(const qi_telling *a, const qi_telling *b);

#define QI_LIKE_ENOUGH 60 /* points to be one event, both with a day of their own */
#define QI_LIKE_LOOSE 80  /* the same where the day is only guessed */

#endif
