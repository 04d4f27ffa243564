/* know: dictionaries of the TABARI and PETRARCH family: actors, agents, verbs with patterns, discards.
 *
 * The formats, by the dictionaries' own heads and the PETRARCH documentation:
 *
 *   actors    NAME [CODE] and, below it, +OTHER_NAME and [CODE 19950601-19990815]; "_" joins words that
 *             stand together, a blank leaves room for other words
 *   agents    MINISTER {MINISTERS} [~GOV]: behind the actor's code; [NGO~]: before it; !PERSON! = MAN, WOMAN
 *   verbs     --- BLOCK [code] ---, verbs with {THEIR FORMS} and codes of their own, patterns "- ... * ... [code]";
 *             &NAME and +words: a synonym set; ~ lines: transformations
 *   discards  words that drop the sentence, +words the story
 *
 * A pattern's signs: * the verb, $ the source, + the target, % both (a compound), ^ somebody who is
 * neither, {A B} words of one noun phrase, (P A) a preposition and its noun, &NAME one of a set.
 *
 * These files are known to have faults. A line that cannot be read is noted with its place and the reason,
 * and left out; all others count. Frozen once loaded; any number of threads may read. */
#ifndef QI_KNOW_PETRARCH_H
#define QI_KNOW_PETRARCH_H

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "know/know.h"

#define QI_PETR_NONE UINT32_MAX
#define QI_PETR_WORD_ATOMS 16u    /* atoms of one token */
#define QI_PETR_PATTERN_WORDS 24u /* elements on one side of the verb */

/* A code of an actor and the days on which it holds. */
typedef struct qi_petr_code {
  const char *text; /* "ARN", "ELR/GAL"; "---" none */
  qi_day from, to;  /* first and last day */
  bool dated;
} qi_petr_code;

typedef struct qi_petr_agent {
  const char *code; /* "GOV" */
  bool prefix;      /* stands before the actor's code */
} qi_petr_agent;

typedef enum qi_petr_sign {
  QI_PETR_WORD, QI_PETR_SET, QI_PETR_SOURCE, QI_PETR_TARGET, QI_PETR_BOTH, QI_PETR_SKIP
} qi_petr_sign;

/* One element of a pattern. Elements are numbered away from the verb on either side. */
typedef struct qi_petr_element {
  uint8_t sign;   /* qi_petr_sign */
  bool joined;    /* nothing stands between it and its neighbour towards the verb */
  uint8_t noun;   /* number of the {} it stands in, 0 none */
  uint8_t phrase; /* number of the () it stands in, 0 none */
  bool head;      /* first word of a (): the preposition */
  uint32_t id;    /* atom of a word; index of a set */
} qi_petr_element;

typedef struct qi_petr_pattern {
  const qi_petr_element *upper, *lower; /* [n_upper], [n_lower] */
  uint8_t n_upper, n_lower;
  uint8_t weight;         /* elements: longer patterns are tried first */
  bool negates;           /* has a word of negation of its own */
  bool null;              /* "---": whoever matches is not coded */
  const char *code, *back; /* "031", "032"; "" none */
  const char *file;
  uint32_t line;
} qi_petr_pattern;

/* Verbs that share patterns. */
typedef struct qi_petr_block {
  const char *name;
  uint32_t first_pattern, n_patterns;
  bool tree; /* patterns with {} and (): PETRARCH-2, read off the tree; else words in order */
} qi_petr_block;

typedef struct qi_petr_verb {
  uint32_t block;
  const char *code, *back; /* without any pattern; "" none */
  const char *file;
  uint32_t line;
} qi_petr_verb;

/* One form of a verb: "cordoned off" has the atom cordoned, off behind it. */
typedef struct qi_petr_form {
  uint32_t verb, next;          /* next form with the same head atom */
  const uint32_t *atoms;        /* [n_before + 1 + n_after] */
  uint8_t n_before, n_after;
} qi_petr_form;

/* a (a b INNER) OUTER = a b code: the outer verb's event from the inner one's. */
typedef struct qi_petr_transformation {
  const char *outer, *inner; /* verbs; inner "Q": any */
  uint32_t outer_block, inner_block; /* QI_PETR_NONE: no such verb, or any */
  char inner_source, inner_target, source, target; /* a b _ . */
  const char *code; /* "Q": the inner event's */
  const char *file;
  uint32_t line;
} qi_petr_transformation;

typedef struct qi_petr_counts {
  uint32_t files, names, agents, verbs, patterns, sets, discards, faults;
} qi_petr_counts;

/* where: a folder, all of whose files are read that have a known name (petrarch_files.c); a file with the
 * suffix .ini in the manner of PETR_config.ini, which names them; or files, separated by commas.
 * *out: *new*. Errors: a file or folder that cannot be opened or holds no dictionary, out of memory;
 * faults in lines are notes. */
quid_status qi_petrarch_load(qi_petrarch **out, const char *where, quid_error *err);
void qi_petrarch_free(qi_petrarch *p); /* NULL is fine */

/* The same in steps, for tests: new, any number of adds, finish. */
typedef enum qi_petr_kind { QI_PETR_ACTORS, QI_PETR_AGENTS, QI_PETR_VERBS, QI_PETR_DISCARDS, QI_PETR_N_KINDS } qi_petr_kind;
quid_status qi_petrarch_new(qi_petrarch **out, quid_error *err);
quid_status qi_petrarch_add(qi_petrarch *p, qi_petr_kind kind, qi_slice data, const char *file, quid_error *err);
quid_status qi_petrarch_finish(qi_petrarch *p, quid_error *err);
/* By the file's name: "...actors....txt", "...agents...", "...verbs..." or "CAMEO....txt", "...discards...".
 * QI_PETR_N_KINDS: none of these. */
qi_petr_kind qi_petrarch_kind_of(const char *path);

qi_petr_counts qi_petrarch_counts(const qi_petrarch *p);
/* Lines that could not be read, and files left alone, in order; *borrowed*. The first QI_PETR_MAX_NOTES. */
#define QI_PETR_MAX_NOTES 1000u
size_t qi_petrarch_n_notes(const qi_petrarch *p);
const quid_error *qi_petrarch_note(const qi_petrarch *p, size_t i);
/* 16 hex digits over the bytes of all files, in order. */
const char *qi_petrarch_version(const qi_petrarch *p);
/* Settings of the .ini. */
typedef struct qi_petr_settings {
  bool any_pairs;            /* require_dyad = False: events without a target too */
  uint32_t new_actor_length; /* words of unknown noun phrases that are actors under their own words; 0: none */
} qi_petr_settings;
qi_petr_settings qi_petrarch_settings(const qi_petrarch *p);
void qi_petrarch_set(qi_petrarch *p, qi_petr_settings settings); /* before anybody shares it */

/* ---- words ---- */

/* A word of text -> its atoms: folded, cut at hyphens, without marks; "'s" and marks give none. Returns
 * how many, QI_PETR_NONE out of memory; unknown atoms are QI_INTERN_NONE. */
uint32_t qi_petrarch_atoms(const qi_petrarch *p, qi_slice word, uint32_t out[QI_PETR_WORD_ATOMS], qi_arena *scratch);

/* ---- lookups: over a sentence's atoms ---- */

/* The longest name that starts at atoms[at] and ends before `end`: the number of its atoms, 0 none. *actor. */
uint32_t qi_petrarch_actor_at(const qi_petrarch *p, const uint32_t *atoms, uint32_t at, uint32_t end, uint32_t *actor);
uint32_t qi_petrarch_agent_at(const qi_petrarch *p, const uint32_t *atoms, uint32_t at, uint32_t end, uint32_t *agent);
/* The actor's code on that day (QI_DAY_NONE: undated, else the last); "" when none holds. */
const char *qi_petrarch_actor_code(const qi_petrarch *p, uint32_t actor, qi_day day);
const qi_petr_agent *qi_petrarch_agent(const qi_petrarch *p, uint32_t agent);

/* for (f = first(p, atom); f != QI_PETR_NONE; f = form(p, f)->next) */
uint32_t qi_petrarch_first_form(const qi_petrarch *p, uint32_t atom);
const qi_petr_form *qi_petrarch_form(const qi_petrarch *p, uint32_t form);
const qi_petr_verb *qi_petrarch_verb(const qi_petrarch *p, uint32_t verb);
const qi_petr_block *qi_petrarch_block(const qi_petrarch *p, uint32_t block);
const qi_petr_pattern *qi_petrarch_pattern(const qi_petrarch *p, uint32_t pattern);
/* How many atoms from atoms[at] on (backwards when `back`) are a member of the set; 0 none. */
uint32_t qi_petrarch_set_at(const qi_petrarch *p, uint32_t set, const uint32_t *atoms, uint32_t at, uint32_t begin,
                            uint32_t end, bool back);
/* The nth transformation for these two blocks, NULL none. inner QI_PETR_NONE: for any. */
const qi_petr_transformation *qi_petrarch_transformation(const qi_petrarch *p, uint32_t outer, uint32_t inner, uint32_t nth);
/* Does a discard stand among the atoms? 0 none, 1 drops the sentence, 2 the story. */
int qi_petrarch_discards(const qi_petrarch *p, const uint32_t *atoms, uint32_t n);

#endif
