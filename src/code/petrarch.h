/* code: PETRARCH dictionaries (know/petrarch.h) over quid's own trees.
 *
 *   petrarch_phrase.c   a sentence -> atoms, names and agents in them, groups of noun phrases with codes
 *   petrarch_pattern.c  does this pattern hold around this verb?
 *   petrarch_combine.c  the code of "promised to send aid" from those of its two verbs
 *   petrarch_match.c    which verbs are coded, from whom to whom -> deeds */
#ifndef QI_CODE_PETRARCH_H
#define QI_CODE_PETRARCH_H

#include "code/explain.h"
#include "code/match.h"
#include "know/petrarch.h"

#define QI_PETR_GROUP_CODES 16u
#define QI_PETR_NO_GROUP (-1)

/* Noun phrases that act as one: "Lawmakers and officials in Fornost and Gondor". */
typedef struct qi_petr_group {
  uint32_t first, last; /* atoms [first, last] */
  int32_t head;         /* token */
  const char *codes[QI_PETR_GROUP_CODES]; /* [n_codes], all different; none for somebody unknown */
  uint32_t from[QI_PETR_GROUP_CODES], to[QI_PETR_GROUP_CODES]; /* [n_codes] atoms of the phrase that each is named by */
  uint32_t n_codes;
  bool agent;           /* known by generic words alone */
  const char *unnamed;  /* "\"THE MINISTRY OF MAGIC\"": its own words, where such may be actors (new_actor_length); NULL */
} qi_petr_group;

/* A sentence as a dictionary sees it. Marks that part phrases are atoms that nothing matches. */
typedef struct qi_petr_line {
  const qi_view *v;
  const qi_petrarch *p;
  qi_arena *arena;
  uint32_t n;
  uint32_t *form, *lemma; /* [n] atoms */
  uint32_t *token;        /* [n] */
  int32_t *chunk;         /* [n]: token that heads the noun phrase, -1 none */
  int32_t *group;         /* [n]: QI_PETR_NO_GROUP none */
  qi_petr_group *groups;  /* [n_groups], in order */
  uint32_t n_groups;
} qi_petr_line;

/* false: out of memory. day: of the document, for dated codes. */
bool qi_petr_line_read(qi_petr_line *out, const qi_view *v, const qi_petrarch *p, qi_day day, qi_arena *arena);

/* A verb and what of the sentence belongs above and below it. */
typedef struct qi_petr_site {
  const qi_petr_line *line;
  int32_t verb;            /* token */
  uint32_t first, last;    /* atoms of the verb's own words */
  bool *upper, *lower;     /* [line->n]: atoms that patterns may look at */
  bool *own;               /* [line->n]: of these below, outside clauses of other verbs */
  bool tree, passive;
} qi_petr_site;

/* What a pattern found. */
typedef struct qi_petr_found {
  int32_t source, target; /* groups, QI_PETR_NO_GROUP: the pattern does not say */
  bool both;              /* one compound is both */
  uint32_t last;          /* last atom of the lower part, of the verb when there is none */
} qi_petr_found;

bool qi_petr_pattern_holds(const qi_petr_site *site, const qi_petr_pattern *pattern, qi_petr_found *out);

/* CAMEO puts a code together from what is said and what is to be done: to promise (030) aid (0233) is 0333. The
 * code of such a pair, "" when there is none of it. */
const char *qi_petr_combine(const char *outer, const char *inner);

/* Appends the deeds of the sentence. explain may be NULL. false: out of memory. */
bool qi_petr_match_sentence(const qi_view *v, qi_day day, qi_arena *arena, qi_deeds *out, qi_explain *explain);
/* 0: nothing is discarded, 1: the sentence, 2: the whole story. */
int qi_petr_discards(const qi_view *v, qi_arena *arena);

#endif
