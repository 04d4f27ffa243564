/* code: bargains, conditions, retaliation, enabling. cue.c finds the words that say so and where in the trees the two
 * sides stand; link.c makes links between events of it, exchange.c bargains. */
#ifndef QI_CODE_LINK_H
#define QI_CODE_LINK_H

#include "code/match.h"
#include "know/links.h"

enum {
  QI_MAX_SIDE = 8, /* words of one side: "freed the crew, lifted the siege and ..." */
  QI_LOOK_BACK = 8 /* sentences in which what was given may have been told */
};

/* A word that heads (a part of) one side. */
typedef struct qi_head {
  uint32_t sentence;
  int32_t token;
  bool phrase; /* all that hangs on it is this side: a complement, not a main clause */
} qi_head;

typedef struct qi_heads {
  qi_head at[QI_MAX_SIDE]; /* [n] */
  uint32_t n;
} qi_heads;

/* Two sides and the words that join them. */
typedef struct qi_bond {
  const qi_link_cue *cue;
  uint32_t sentence, from, to; /* tokens [from, to] of the cue */
  qi_heads first, second;
  bool loose; /* found by the clauses around its words alone (loose.c): makes and links no events */
  bool open; /* a bargain of which one side is yet to be told: "wants something in return" */
} qi_bond;

typedef struct qi_bonds {
  qi_bond *items; /* [len], in order of the text */
  size_t len, cap;
} qi_bonds;

/* Is the word in that set of knowledge/links? */
static inline bool qi_in_set(const qi_view *v, int32_t token, qi_link_set set) {
  return token >= 0 && qi_links_has(v->know->links, set, qi_tok(v, token)->lemma);
}
/* Words that mean much besides, "for", "over", "because": they link deeds, and make none. */
static inline bool qi_is_weak(const qi_link_cue *cue) {
  return cue->need == QI_NEED_PUNISH || cue->need == QI_NEED_OPENING || cue->need == QI_NEED_BARGAIN;
}
/* cue.c: appends the bonds of one sentence. false: out of memory. Cost: linear in the sentence but for its cues. */
bool qi_bonds_find(qi_bonds *out, const qi_view *v, qi_arena *arena);
/* sides.c: fills the sides of a bond whose cue and tokens are given. false: they are not there, or what the cue
 * needs does not hold. */
bool qi_place_sides(qi_bond *b, const qi_view *v);
/* loose.c: sides of a conjunction of condition that its tree does not give. */
bool qi_loose_condition(qi_bond *b, const qi_view *v);
/* loose.c: appends what words of bargain, answer, condition say that are in no construction of their own. from: the first bond of this
 * sentence. false: out of memory. */
bool qi_loose_find(qi_bonds *out, const qi_view *v, size_t from, qi_arena *arena);
/* need.c: does what the cue needs hold, now that the sides are placed? */
bool qi_need_holds(const qi_bond *b, const qi_view *v);

/* ---- shared by sides.c and need.c ---- */

static inline bool qi_in_cue(const qi_bond *b, int32_t i) { return i >= (int32_t)b->from && i <= (int32_t)b->to; }
/* Does a clause stand on the word: a verb, or a noun or adjective with a subject? */
bool qi_is_predicate(const qi_view *v, int32_t token);
bool qi_has_subject(const qi_view *v, int32_t token);
bool qi_has_modal(const qi_view *v, int32_t token); /* "will", "would" */
/* The noun of the cue that hangs outside it: "quid" of "quid pro quo". */
int32_t qi_said_noun(const qi_bond *b, const qi_view *v);
/* The clause that the word stands in: the nearest predicate at or above it. */
int32_t qi_clause_of(const qi_view *v, int32_t token);
/* A bare word for what is wanted: "something", "a quid pro quo". */
bool qi_is_open_object(const qi_view *v, int32_t clause);

/* The deeds that tell the side headed there: its own, or those that it promises, asks for, carries. `deeds`: those of the
 * sentence. stay: one that is told with "will" or "would" is
 * the deed itself. *last: the innermost word reached, where no deed was found. Returns how many were written to `out`. */
uint32_t qi_settle(const qi_view *v, qi_deed *const *deeds, size_t n, int32_t token, bool stay, qi_deed **out, uint32_t max, int32_t *last);
/* Does the deed only say, ask, promise or threaten something? */
bool qi_is_verbal(const qi_deed *deed);

#endif
