/* know: what the readers of PETRARCH dictionaries share. Not for other folders.
 *
 *   petrarch_files.c     folder, .ini or list -> files; petrarch.c  the whole, its notes and lookups
 *   petrarch_names.c     words -> atoms; names in a tree of atoms
 *   petrarch_actors.c    actors, agents, discards
 *   petrarch_verbs.c     synonym sets, verbs and their forms, transformations
 *   petrarch_patterns.c  one pattern line -> elements */
#ifndef QI_KNOW_PETRARCH_IMPL_H
#define QI_KNOW_PETRARCH_IMPL_H

#include "base/builder.h"
#include "base/intern.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "know/actors_impl.h"
#include "know/petrarch.h"

#define QI_PETR_NAME_ATOMS 24u
#define QI_PETR_OPEN 0x80000000u /* edge of a name's tree: other words may stand before this one */

/* A member of a synonym set: atoms that stand together, or another set. */
typedef struct qi_petr_member {
  const uint32_t *atoms; /* [n] */
  uint32_t n;
  uint32_t set; /* QI_PETR_NONE: a word */
} qi_petr_member;

typedef struct qi_petr_set {
  const char *name;
  QI_VEC(qi_petr_member) members;
  bool defined;
} qi_petr_set;

typedef struct qi_petr_actor {
  uint32_t first_code, n_codes;
} qi_petr_actor;

struct qi_petrarch {
  qi_arena arena;
  qi_intern atoms;
  qi_trie actor_names, agent_names, discard_names;
  QI_VEC(qi_petr_actor) actors;
  QI_VEC(qi_petr_code) codes;
  QI_VEC(qi_petr_agent) agents;
  QI_VEC(qi_petr_set) sets;
  qi_map set_of;  /* name -> sets */
  QI_VEC(qi_petr_block) blocks;
  QI_VEC(qi_petr_verb) verbs;
  QI_VEC(qi_petr_form) forms;
  QI_VEC(uint32_t) first_form, last_form; /* by head atom: ends of its list, QI_PETR_NONE */
  QI_VEC(qi_petr_pattern) patterns;
  QI_VEC(qi_petr_transformation) transformations;
  qi_map substitutions; /* "PERSON" -> lists */
  QI_VEC(qi_slice) lists; /* "MAN, MEN, WOMAN" */
  QI_VEC(quid_error) notes;
  qi_petr_counts counts;
  qi_builder sums;
  char version[17];
  qi_petr_settings settings;
};

/* A file while it is being read. */
typedef struct qi_petr_reader {
  qi_petrarch *p;
  const char *file; /* in p->arena */
  qi_slice rest;
  uint32_t line;      /* of `text` */
  qi_slice raw, text; /* the line as it stands; without comment and blanks at its ends */
  bool in_comment;    /* between <!-- and --> */
} qi_petr_reader;

/* The next line that holds something. */
bool qi_petr_next(qi_petr_reader *r);
/* Notes a fault of the line at that place in it (NULL: its start). Always false. */
bool qi_petr_fault(qi_petr_reader *r, const char *at, const char *fmt, ...) QI_PRINTF(3, 4);

/* Atoms of a dictionary's name, with QI_PETR_OPEN where a blank stands before. Returns how many, 0 none,
 * QI_PETR_NONE out of memory or too many. closed: blanks are as "_". */
uint32_t qi_petr_name_atoms(qi_petrarch *p, qi_slice name, bool closed, uint32_t out[QI_PETR_NAME_ATOMS]);
/* Adds the name; one that is there already stays. false: out of memory. *known (may be NULL): it was there. */
bool qi_petr_add_name(qi_trie *t, const uint32_t *atoms, uint32_t n, uint32_t value, bool *known);

bool qi_petr_read_actors(qi_petr_reader *r);
bool qi_petr_read_agents(qi_petr_reader *r);
bool qi_petr_read_discards(qi_petr_reader *r);
bool qi_petr_read_verbs(qi_petr_reader *r);
/* "- ... * ... [code]" -> *out. false: noted, or *memory. */
bool qi_petr_read_pattern(qi_petr_reader *r, qi_petr_pattern *out, bool *tree, bool *memory);
/* "[031:032]" behind `from`: code and back. false: noted. */
bool qi_petr_read_code(qi_petr_reader *r, qi_slice inside, const char **code, const char **back, bool *null);
/* Index of the set of that name, new and undefined if need be; QI_PETR_NONE out of memory. */
uint32_t qi_petr_set_of(qi_petrarch *p, qi_slice name);
/* "CHURCH" -> "CHURCHES". In the arena; ptr NULL out of memory. */
qi_slice qi_petr_plural(qi_arena *arena, qi_slice noun);

#endif
