/* know: what the files of the actors' dictionary share: actors.c loads, names.c matches,
 * people.c knows first names, titles and clashes. Not for other folders. */
#ifndef QI_KNOW_ACTORS_IMPL_H
#define QI_KNOW_ACTORS_IMPL_H

#include "base/file.h"
#include "base/intern.h"
#include "base/map.h"
#include "base/vec.h"
#include "know/actors.h"
#include "know/table.h"

#define QI_MAX_NAME_ATOMS 24u
#define QI_NO_UPPER 0xFFu
#define QI_NO_NAME UINT32_MAX

/* A tree of atoms. Edges lie in one hash table keyed by (node, atom); node 0 is the root. */
typedef struct qi_trie {
  uint64_t *keys;   /* [cap]; 0 empty */
  uint32_t *nodes;  /* [cap]: where the edge leads */
  size_t len, cap;  /* cap a power of two */
  QI_VEC(uint32_t) payload; /* [n_nodes]: first name or agent ending there, QI_NO_NAME none */
} qi_trie;

/* edges: room to begin with, a power of two. false: out of memory. */
bool qi_trie_init(qi_trie *t, size_t edges);
void qi_trie_clear(qi_trie *t);
/* The node behind that edge, new if need be; UINT32_MAX out of memory. */
uint32_t qi_trie_add(qi_trie *t, uint32_t node, uint32_t atom);
/* 0 when there is no such edge. */
uint32_t qi_trie_step(const qi_trie *t, uint32_t node, uint32_t atom);

typedef struct qi_actor_line {
  const char *file;
  uint32_t line, country_column;
} qi_actor_line;

/* A line of members.tsv before its ids are looked up. */
typedef struct qi_member_line {
  qi_slice body, member;
  qi_day from, to;
  qi_actor_line at; /* column: of the body */
  uint32_t member_column;
} qi_member_line;

/* Atoms of up to 16 bytes, which nearly all words are, keyed by their bytes: no text is hashed or
 * compared. A byte of each slot's hash lies apart, so that a word that is no atom is mostly told from
 * a table that stays in the cache. */
typedef struct qi_short_atom {
  uint64_t low, high; /* the bytes, the first the lowest, 0 where there are none */
  uint32_t id;
  uint8_t starts;     /* as in qi_atom */
} qi_short_atom;

typedef struct qi_short_atoms {
  uint8_t *tags;        /* [cap]; 0 free */
  qi_short_atom *items; /* [cap] */
  size_t cap;           /* a power of two, at least twice what is in it; 0 before it is filled */
} qi_short_atoms;

/* Where the edge of one atom from the root leads in the two trees, 0 nowhere. */
typedef struct qi_starts {
  uint32_t name, agent;
  uint32_t small; /* 1: some name begins with the atom in small letters */
} qi_starts;

struct qi_actors {
  qi_arena arena;
  qi_intern atoms;   /* folded words */
  qi_intern words;   /* countries, sectors, roles: few and often */
  QI_VEC(qi_actor) actors;
  QI_VEC(qi_post) posts; /* sorted by actor, then from, once finished */
  QI_VEC(qi_name) names;
  QI_VEC(qi_agent) agents;
  QI_VEC(qi_title) titles;
  QI_VEC(qi_clash) clashes;
  QI_VEC(qi_actor_line) lines; /* [posts.len]: where each post stands */
  QI_VEC(qi_member_line) member_text;
  QI_VEC(qi_member) members;   /* in order of body, from, member, once finished */
  QI_VEC(qi_actor_line) member_lines; /* [members.len] */
  qi_map by_id;       /* id -> actor */
  qi_map by_role;     /* "RUS\tpresident" -> first in role_next, of the posts */
  const uint32_t *role_next; /* [posts.len] */
  qi_map first_names; /* folded -> 'm', 'f' */
  qi_map title_of;    /* folded -> titles */
  qi_map clash_of;    /* folded -> clashes */
  qi_trie name_trie, agent_trie;
  const qi_starts *starts; /* [n_starts] by atom, so that most words are seen to start nothing at once */
  uint32_t n_starts;
  qi_short_atoms short_atoms;
  bool finished;
  qi_mapping block;            /* what a frozen dictionary borrows from; empty otherwise */
  bool in_block;               /* the tries' tables lie there */
  QI_VEC(const char *) files;  /* of a frozen one */
};

/* Fills `starts` once both trees stand; the table of short atoms. false: out of memory. */
bool qi_names_finish(qi_actors *a);
bool qi_names_index(qi_actors *a);

quid_status qi_members_finish(qi_actors *a, quid_error *err);

/* "/usr/share/quid/knowledge/actors/states.tsv" -> "actors/states.tsv": the same wherever they lie. */
qi_slice qi_actors_shown_file(const char *path);

/* One word of text -> its atoms, appended in order. `text` may hold several words.
 * Returns how many, at most `max`; SIZE_MAX out of memory. add: intern new ones. */
typedef struct qi_word_atom {
  uint32_t id;
  bool upper, initial;
} qi_word_atom;
size_t qi_word_atoms(const qi_actors *a, qi_intern *add, qi_slice text, qi_word_atom *out,
                     size_t max, qi_arena *scratch);

#endif
