/* know: the gazetteer: countries, their first-level divisions, towns, and what else of the map the news names.
 * Format: knowledge/README.md. Frozen once loaded; any number of threads may read.
 *
 * It is one block of bytes, in memory as in its compiled file (places_impl.h), so that it is mapped and
 * not read line by line. Names are looked up by their key: folded (case, accents), without quotes and
 * dots, hyphens as spaces, and with and without an article ("the", "al-"). */
#ifndef QI_KNOW_PLACES_H
#define QI_KNOW_PLACES_H

#include "base/arena.h"
#include "base/builder.h"
#include "base/error.h"
#include "know/know.h"

typedef enum qi_place_kind {
  QI_PLACE_COUNTRY, QI_PLACE_DIVISION, QI_PLACE_CAPITAL, QI_PLACE_SEAT, QI_PLACE_TOWN, QI_PLACE_PART,
  QI_PLACE_VILLAGE, /* of features.tsv: its size is not known */
  QI_PLACE_REGION, QI_PLACE_ISLAND, QI_PLACE_MOUNTAIN, QI_PLACE_BASE, QI_PLACE_PLANT, QI_PLACE_PORT,
  QI_PLACE_CROSSING, QI_PLACE_CAMP, QI_PLACE_RIVER, QI_PLACE_LAKE, QI_PLACE_CANAL, QI_PLACE_STRAIT,
  QI_PLACE_GULF, QI_PLACE_SEA, QI_PLACE_OCEAN,
  QI_PLACE_WORD_DIVISION, QI_PLACE_WORD_TOWN, QI_PLACE_WORD_SITE, QI_PLACE_WORD_WATER, QI_PLACE_WORD_SPOT, /* common nouns */
  QI_PLACE_WORD_VERB, /* what it is done to is mostly a place */
  QI_N_PLACE_KINDS
} qi_place_kind;

#define QI_NO_PLACE UINT32_MAX
#define QI_LOOSE_BYTES 5u    /* shorter keys have one spelling */
#define QI_MAX_PLACE_WORDS 7 /* tokens of a place's name */

/* As in the compiled file. */
typedef struct qi_spot_of_earth {
  int32_t latitude, longitude;         /* thousandths of a degree */
  uint32_t name;                       /* into the texts */
  uint32_t people, geonames, division; /* 0 unknown; division: a place, QI_NO_PLACE none */
  char country[4];                     /* alpha-3, "" of no one country */
  uint32_t kind;                       /* qi_place_kind */
} qi_spot_of_earth;

/* Loads DIR/places. *out: *new*. */
quid_status qi_places_load(qi_places **out, const char *dir, quid_error *err);
void qi_places_free(qi_places *places); /* NULL is fine */

/* The files in the order in which they lean on each other. */
typedef enum qi_places_file {
  QI_PLACES_COUNTRIES, QI_PLACES_DIVISIONS, QI_PLACES_TOWNS, QI_PLACES_FEATURES, QI_PLACES_WORDS, QI_PLACES_NAMES, QI_N_PLACES_FILES
} qi_places_file;
const char *qi_places_file_name(qi_places_file file); /* "cities.tsv" */

/* The same in steps: new, a text for each file, finish. data is only read during the call. */
typedef struct qi_places_maker qi_places_maker;
quid_status qi_places_maker_new(qi_places_maker **out, quid_error *err);
void qi_places_maker_free(qi_places_maker *m);
quid_status qi_places_maker_add(qi_places_maker *m, qi_places_file which, qi_slice data, const char *file, quid_error *err);
quid_status qi_places_maker_finish(qi_places_maker *m, qi_places **out, quid_error *err);

/* The block, to be kept. version: of the dictionaries, 16 hex digits. */
quid_status qi_places_freeze(qi_builder *out, const qi_places *p, const char version[17], quid_error *err);
/* *out: *new*; it *borrows* from bytes, which must be aligned to 8. QUID_ERR_FORMAT: made from other
 * dictionaries, by another quid, or damaged. */
quid_status qi_places_thaw(qi_places **out, qi_slice bytes, const char version[17], const char *name, quid_error *err);
quid_status qi_places_thaw_file(qi_places **out, const char *path, const char version[17], quid_error *err);

uint32_t qi_places_count(const qi_places *p);
const qi_spot_of_earth *qi_places_get(const qi_places *p, uint32_t place);
const char *qi_places_name(const qi_places *p, uint32_t place);
/* All that the key names: [returned] places in *list. */
uint32_t qi_places_find(const qi_places *p, qi_slice key, const uint32_t **list);
/* The words as a key, in the arena; ptr NULL out of memory. */
qi_slice qi_places_key(qi_slice words, qi_arena *arena);
/* Where a country's or division's north (1), south (-1), east (1), west (-1) or middle (0, 0) lies: thousandths of a degree,
 * by its towns there. false: not known. */
bool qi_places_side(const qi_places *p, uint32_t place, int north, int east, int32_t *latitude, int32_t *longitude);
/* The key as different spellings of it would share it, behind a '~', under which names can be found too: "avdiivka",
 * "avdiyivka" -> "~avdivka"; "hudaydah", "hudeida" differ still. room: key.len + 2 bytes. */
qi_slice qi_places_loose(qi_slice key, char *room);
/* The country with that alpha-3 code, QI_NO_PLACE none. */
uint32_t qi_places_country(const qi_places *p, const char *alpha3);

static inline bool qi_place_is_word(uint32_t kind) { return kind >= QI_PLACE_WORD_DIVISION; }
static inline bool qi_place_is_water(uint32_t kind) { return kind >= QI_PLACE_RIVER && kind <= QI_PLACE_OCEAN; }
static inline bool qi_place_is_town(uint32_t kind) { return kind >= QI_PLACE_CAPITAL && kind <= QI_PLACE_VILLAGE; }

#endif
