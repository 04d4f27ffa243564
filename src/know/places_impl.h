/* know: the layout of the gazetteer's block, for places.c and places_block.c alone.
 *
 *   header    64 bytes
 *   table     N_PLACES_SECTIONS times {u64 offset, u64 bytes}
 *   sections  each aligned to 8
 *
 * SLOTS is an open hash table over KEYS (0 empty, else key + 1), a key owns a run of READINGS, a reading is
 * a place. Countries stand first among the places, then divisions; SIDES has one record for each of them. Numbers are in the byte order of the machine. */
#ifndef QI_KNOW_PLACES_IMPL_H
#define QI_KNOW_PLACES_IMPL_H

#include "base/file.h"
#include "know/places.h"

#define QI_PLACES_MAGIC "QUIDPLC"
#define QI_PLACES_LAYOUT 4u /* raise it whenever a record or its meaning changes */
#define QI_PLACES_ORDER 0x01020304u
#define QI_PLACES_ALIGN 8u
#define QI_MAX_PLACES_BYTES ((size_t)128 << 20)

typedef enum qi_places_section {
  QI_PLACES_TEXT, QI_PLACES_PLACES, QI_PLACES_KEYS, QI_PLACES_READINGS, QI_PLACES_SLOTS, QI_PLACES_SIDES, QI_N_PLACES_SECTIONS
} qi_places_section;

typedef struct qi_places_header {
  char magic[8];
  uint32_t layout, order;
  uint64_t n_bytes;  /* of the whole block */
  uint64_t checksum; /* of all behind the header */
  char version[16];  /* of the dictionaries */
  char program[16];  /* QUID_VERSION, cut */
} qi_places_header;
_Static_assert(sizeof(qi_places_header) == 64, "the header has no padding");
_Static_assert(sizeof(qi_spot_of_earth) == 32, "a place has no padding");

typedef struct qi_places_range { uint64_t at, bytes; } qi_places_range;

typedef struct qi_places_key_of {
  uint32_t text, len, first, n; /* readings [first, first + n) */
} qi_places_key_of;

enum { QI_N_SIDES = 9 }; /* 3 * (north + 1) + east + 1 */
typedef struct qi_sides { int32_t at[QI_N_SIDES][2]; } qi_sides; /* latitude, longitude; all 0: no towns */

struct qi_places {
  qi_slice block;   /* header to end */
  char *owned;      /* the block, when it was made here */
  qi_mapping file;  /* the block, when it is mapped */
  qi_slice texts;
  const qi_spot_of_earth *places; /* [n_places] */
  const qi_places_key_of *keys;   /* [n_keys] */
  const uint32_t *readings;       /* [n_readings] */
  const uint32_t *slots;          /* [cap] a power of two */
  const qi_sides *sides;          /* [n_sides] */
  uint32_t n_sides;
  uint32_t n_places, n_keys, n_readings, n_countries;
  size_t cap;
};

/* Fills size, checksum, version and program of a block whose sections and table are in place. */
void qi_places_seal(char *block, size_t n_bytes, const char version[17]);

#endif
