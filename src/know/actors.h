/* know: the dictionary of actors: names, posts with dates, generic agents, and what a text's names
 * look like to it. Format: knowledge/README.md. Frozen once loaded; any number of threads may read.
 *
 * A name is matched as a path of atoms: words folded (case, accents, dots) and cut at hyphens and
 * apostrophes, so that "Guinea-Bissau", "Guinea - Bissau", "U.N." and "UN" need no variants. */
#ifndef QI_KNOW_ACTORS_H
#define QI_KNOW_ACTORS_H

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "know/know.h"

typedef enum qi_actor_type {
  QI_ACTOR_STATE, QI_ACTOR_TERRITORY, QI_ACTOR_IGO, QI_ACTOR_ALLIANCE, QI_ACTOR_COURT,
  QI_ACTOR_NGO, QI_ACTOR_COMPANY, QI_ACTOR_MEDIA, QI_ACTOR_ARMED_GROUP, QI_ACTOR_PARTY,
  QI_ACTOR_UNION, QI_ACTOR_RELIGIOUS, QI_ACTOR_ETHNIC, QI_ACTOR_AGENCY, QI_ACTOR_PERSON,
  QI_N_ACTOR_TYPES
} qi_actor_type;

/* What a name is to its actor. */
typedef enum qi_name_kind {
  QI_NAME_NAME, /* "Russia", "Vladimir Putin" */
  QI_NAME_ADJ,  /* "Russian" */
  QI_NAME_DEM,  /* "Russians" */
  QI_NAME_CAP,  /* "Moscow" */
  QI_NAME_SEAT, /* "the Kremlin", "the hermit kingdom" */
  QI_NAME_SUR,  /* "Putin" */
  QI_NAME_ABBR, /* "US", "WHO" */
  QI_N_NAME_KINDS
} qi_name_kind;

#define QI_NO_ACTOR UINT32_MAX
#define QI_NO_AGENT UINT32_MAX
#define QI_MAX_CANDIDATES 64 /* readings of one name; further ones are dropped */

typedef struct qi_actor {
  qi_slice id, name, country, sector; /* NUL-terminated; country "" for "-" */
  uint8_t type;                       /* qi_actor_type */
  qi_day from, to;                    /* first and last day of any of its lines */
  uint32_t first_post, n_posts;       /* into posts: one for each line and role, in order of `from` */
} qi_actor;

typedef struct qi_post {
  uint32_t actor;
  qi_day from, to;
  qi_slice role, country, sector; /* NUL-terminated; role "" when the line gives none */
} qi_post;

typedef struct qi_name {
  uint32_t actor;
  uint8_t kind;    /* qi_name_kind */
  uint8_t upper;   /* number of its first atom with a capital, NO_UPPER none */
  uint8_t n_atoms;
  qi_day from, to; /* of its line; open for persons, whose names outlive their posts */
  qi_slice text;   /* as written in the file */
  uint32_t next;   /* further reading of the same words */
  uint32_t first;  /* its first atom, while loading from text */
} qi_name;

typedef struct qi_agent {
  qi_slice words, sector, role; /* NUL-terminated; words: the first alternative */
  bool group;                   /* the word itself stands for many people */
} qi_agent;

/* A body has (or had) a member. */
typedef struct qi_member {
  uint32_t body, member; /* actors */
  qi_day from, to;
} qi_member;

/* A form of address before a name: "Mr.", "Gen.". */
typedef struct qi_title {
  qi_slice words, sector, role; /* NUL-terminated, "" none */
  char gender;                  /* 'm', 'f', 0 unknown */
} qi_title;

/* The type of that name ("armed-group"), -1 none. */
int qi_actor_type_find(qi_slice name);

/* Loads every *.tsv of DIR/actors (agents.tsv apart) and of DIR/names. *out: *new*. */
quid_status qi_actors_load(qi_actors **out, const char *dir, quid_error *err);
void qi_actors_free(qi_actors *actors); /* NULL is fine */

/* The same in steps, for tests: new, any number of adds, finish (indexes, checks across lines).
 * data is only read during the call; file is for messages. */
quid_status qi_actors_new(qi_actors **out, quid_error *err);
quid_status qi_actors_add(qi_actors *a, qi_slice data, const char *file, quid_error *err);
quid_status qi_actors_add_agents(qi_actors *a, qi_slice data, const char *file, quid_error *err);
quid_status qi_actors_add_first_names(qi_actors *a, qi_slice data, const char *file, quid_error *err);
quid_status qi_actors_add_titles(qi_actors *a, qi_slice data, const char *file, quid_error *err);
quid_status qi_actors_add_clashes(qi_actors *a, qi_slice data, const char *file, quid_error *err);
quid_status qi_actors_add_members(qi_actors *a, qi_slice data, const char *file, quid_error *err);
quid_status qi_actors_finish(qi_actors *a, quid_error *err);

uint32_t qi_actors_count(const qi_actors *a);
const qi_actor *qi_actors_get(const qi_actors *a, uint32_t actor);
/* QI_NO_ACTOR when there is none. */
uint32_t qi_actors_find(const qi_actors *a, qi_slice id);
const qi_post *qi_actors_posts(const qi_actors *a, const qi_actor *actor); /* [actor->n_posts] */

/* Who holds that role in that country on that day: a person, QI_NO_ACTOR when nobody or several do.
 * Roles stand for each other where they must: "leader", "head of government" and the like are
 * answered by the office that leads there. day QI_DAY_NONE: QI_NO_ACTOR. */
uint32_t qi_actors_holder(const qi_actors *a, qi_slice country, qi_slice role, qi_day day);
/* The person's post on that day; outside all posts the nearest one before it, else the first;
 * QI_DAY_NONE: the last. *current (may be NULL): does it hold on that day? NULL without posts. */
const qi_post *qi_actors_post_at(const qi_actors *a, const qi_actor *actor, qi_day day, bool *current);
/* Does any post of the person carry this role (or one that stands for it)? day QI_DAY_NONE: ever. */
bool qi_actors_has_role(const qi_actors *a, const qi_actor *actor, qi_slice role, qi_day day);
/* Heads of state and government, monarchs, supreme leaders: the roles that "leader" may mean. */
bool qi_role_leads(qi_slice role);

/* The line of the files that gives the post: "actors/leaders.tsv", 33. *borrowed* */
void qi_actors_source(const qi_actors *a, const qi_post *post, qi_slice *file, uint32_t *line);

/* Who the body's members are, or were: [*n], in order of `from`, then as in the file. */
const qi_member *qi_actors_members(const qi_actors *a, uint32_t body, size_t *n);
/* All of them, and where each stands. */
const qi_member *qi_actors_all_members(const qi_actors *a, size_t *n);
void qi_actors_member_source(const qi_actors *a, const qi_member *member, qi_slice *file, uint32_t *line);

/* "armed-group", "sur": as the files write them; "" for a plain name. */
const char *qi_actor_type_name(qi_actor_type type);
const char *qi_name_kind_name(qi_name_kind kind);

/* ---- matching ---- */

/* A sentence as the dictionary sees it. */
typedef struct qi_atom {
  uint32_t id;    /* QI_INTERN_NONE: a word that no name has */
  uint32_t token; /* whose part it is */
  bool upper;     /* starts with a capital */
  bool initial;   /* "J." */
  uint8_t starts; /* QI_STARTS_NAME, QI_STARTS_AGENT: some of them begin with it */
} qi_atom;

enum {
  QI_STARTS_NAME = 1,
  QI_STARTS_AGENT = 2,
  QI_STARTS_SMALL = 4 /* some name begins with it in small letters: "al-Qaeda" */
};

typedef struct qi_atoms {
  const qi_slice *forms; /* [n_tokens] *borrowed* */
  uint32_t n_tokens;
  qi_atom *items;        /* [begin[n_tokens]] */
  uint32_t *begin;       /* [n_tokens + 1]: atoms of token i are begin[i] .. begin[i + 1] */
  uint8_t *starts;       /* [n_tokens]: of the first atom; with a capital, SMALL is set too */
  bool all_caps;         /* headline in capitals: they say nothing about names */
  bool no_caps;          /* no capital anywhere */
} qi_atoms;

/* forms: the tokens of a sentence. *borrowed* from `arena`. false: out of memory. */
bool qi_actors_atoms(qi_atoms *out, const qi_actors *a, const qi_slice *forms, uint32_t n_tokens,
                     qi_arena *arena);

/* Can an agent's words start at the token? Most tokens start nothing. */
static inline bool qi_atoms_start_agent(const qi_atoms *t, uint32_t token) {
  return t->starts[token] & QI_STARTS_AGENT;
}

/* Can a name, case included? "who" starts none, "WHO" does. */
static inline bool qi_atoms_start_name(const qi_atoms *t, uint32_t token) {
  uint8_t starts = t->starts[token];
  return (starts & QI_STARTS_NAME) && ((starts & QI_STARTS_SMALL) || t->no_caps);
}

/* The same for the tokens' lemmas: where a lemma is spelt as the form, its atoms are. For agents. */
bool qi_actors_lemma_atoms(qi_atoms *out, const qi_actors *a, const qi_slice *lemmas, const qi_atoms *forms,
                           qi_arena *arena);

typedef struct qi_actor_match {
  uint32_t n_tokens;
  uint32_t n_names;
  const qi_name *names[QI_MAX_CANDIDATES]; /* [n_names] *borrowed* */
} qi_actor_match;

/* The longest name that starts at `token`, with all its readings. false: none. */
bool qi_actors_match(const qi_actors *a, const qi_atoms *text, uint32_t token, qi_actor_match *out);

/* The longest agent words that start at `token`, where each token may stand with its form or its
 * lemma ("armed forces", "lawmakers"). Returns the agent, QI_NO_AGENT none. */
uint32_t qi_agents_match(const qi_actors *a, const qi_atoms *forms, const qi_atoms *lemmas,
                         uint32_t token, uint32_t *n_tokens);
const qi_agent *qi_agents_get(const qi_actors *a, uint32_t agent);

/* ---- about people's names ---- */

/* 'm', 'f', 0 for unknown or both. */
char qi_actors_gender(const qi_actors *a, qi_slice first_name, qi_arena *scratch);
/* The title that the one token is, NULL none. */
const qi_title *qi_actors_title(const qi_actors *a, qi_slice form, qi_arena *scratch);

/* Folded and without dots, as those tables are keyed. ptr NULL out of memory. */
qi_slice qi_actors_key(qi_slice word, qi_arena *arena);

/* A name that also means something else. */
typedef struct qi_clash {
  qi_slice name, other;       /* other: `place`, `person`, `none` */
  qi_slice country;           /* of the other meaning, "" none */
  qi_slice *cues, *against;   /* folded words that speak for the actor, for the other */
  uint32_t n_cues, n_against;
} qi_clash;
/* NULL when the words mean one thing only. */
const qi_clash *qi_actors_clash(const qi_actors *a, qi_slice name, qi_arena *scratch);

#endif
