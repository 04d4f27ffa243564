/* know: the layout of a frozen dictionary, for freeze.c and thaw.c alone.
 *
 *   header    64 bytes
 *   table     N_FROZEN times {u64 offset, u64 bytes}
 *   sections  in the order of qi_frozen_section, each aligned to 8, without gaps but for padding
 *
 * Numbers are in the byte order of the machine; `order` tells. Texts are {offset, length} into the
 * section of texts, where a NUL follows each. Nothing else points. */
#ifndef QI_KNOW_FROZEN_IMPL_H
#define QI_KNOW_FROZEN_IMPL_H

#include "know/actors_impl.h"
#include "know/frozen.h"

#define QI_FROZEN_MAGIC "QUIDKNW"
#define QI_FROZEN_LAYOUT 2u /* raise it whenever a record or its meaning changes */
#define QI_FROZEN_ORDER 0x01020304u
#define QI_FROZEN_ALIGN 8u

typedef enum qi_frozen_section {
  QI_FROZEN_TEXT, QI_FROZEN_ACTORS, QI_FROZEN_POSTS, QI_FROZEN_NAMES, QI_FROZEN_AGENTS, QI_FROZEN_TITLES,
  QI_FROZEN_CLASHES, QI_FROZEN_CUES, QI_FROZEN_FILES, QI_FROZEN_MEMBERS, QI_FROZEN_ATOMS, QI_FROZEN_BY_ID,
  QI_FROZEN_BY_ROLE, QI_FROZEN_ROLE_NEXT, QI_FROZEN_FIRST_NAMES, QI_FROZEN_TITLE_OF, QI_FROZEN_CLASH_OF,
  QI_FROZEN_NAME_KEYS, QI_FROZEN_NAME_NODES, QI_FROZEN_NAME_PAYLOAD,
  QI_FROZEN_AGENT_KEYS, QI_FROZEN_AGENT_NODES, QI_FROZEN_AGENT_PAYLOAD, QI_FROZEN_STARTS,
  QI_N_FROZEN
} qi_frozen_section;

typedef struct qi_frozen_header {
  char magic[8];
  uint32_t layout, order;
  uint64_t n_bytes;  /* of the whole block */
  uint64_t checksum; /* of all behind the header */
  char version[16];  /* of the dictionaries */
  char program[16];  /* QUID_VERSION, cut */
} qi_frozen_header;
_Static_assert(sizeof(qi_frozen_header) == 64, "the header has no padding");

typedef struct qi_frozen_range { uint64_t at, bytes; } qi_frozen_range;
typedef struct qi_frozen_text { uint32_t at, len; } qi_frozen_text;

typedef struct qi_frozen_actor {
  qi_frozen_text id, name, country, sector;
  int32_t from, to;
  uint32_t first_post, n_posts, type;
} qi_frozen_actor;

typedef struct qi_frozen_post {
  qi_frozen_text role, country, sector;
  int32_t from, to;
  uint32_t actor, file, line, country_column;
} qi_frozen_post;

typedef struct qi_frozen_name {
  qi_frozen_text text;
  int32_t from, to;
  uint32_t actor, next;
  uint8_t kind, upper, n_atoms, zero;
} qi_frozen_name;

typedef struct qi_frozen_words { /* an agent or a title */
  qi_frozen_text words, sector, role;
  uint32_t flag; /* group; gender */
} qi_frozen_words;

typedef struct qi_frozen_clash {
  qi_frozen_text name, other, country;
  uint32_t first_cue, n_cues, first_against, n_against; /* into QI_FROZEN_CUES */
} qi_frozen_clash;

typedef struct qi_frozen_member {
  int32_t from, to;
  uint32_t body, member, file, line, column;
} qi_frozen_member;

typedef struct qi_frozen_key { /* of a map */
  qi_frozen_text key;
  uint32_t value;
} qi_frozen_key;

#endif
