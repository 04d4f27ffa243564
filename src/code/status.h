/* code: did it happen? The status of a deed, and on whose word. */
#ifndef QI_CODE_STATUS_H
#define QI_CODE_STATUS_H

#include "code/match.h"
#include "code/quote.h"
#include "code/story.h"

#define QI_MAX_ATTRIBUTION 6

/* One link of "on whose word". */
typedef struct qi_word_of {
  uint32_t start, end;       /* bytes */
  const quid_entity *entity; /* NULL: nobody that is known */
} qi_word_of;

/* What makes a deed less than told, seen from the deed: its own modal counts before the condition above it. */
typedef enum qi_doubt {
  QI_DOUBT_NONE,
  QI_DOUBT_WORD,      /* an operator: "fear that", "likely to" */
  QI_DOUBT_OPEN,      /* a word that is no operator: "a role in helping them" */
  QI_DOUBT_PURPOSE,   /* "sent troops to fight" */
  QI_DOUBT_ABLE,      /* can, could */
  QI_DOUBT_MODAL,     /* may, might, should, must, will */
  QI_DOUBT_WOULD,
  QI_DOUBT_ADVERB,    /* probably, perhaps */
  QI_DOUBT_CONDITION, /* if, unless, once */
  QI_DOUBT_QUESTION,
  QI_N_DOUBTS
} qi_doubt;

typedef enum qi_tense { QI_TENSE_PAST, QI_TENSE_PRESENT, QI_TENSE_NONE /* infinitive, gerund, noun */, QI_TENSE_GERUND, QI_N_TENSES } qi_tense;

typedef struct qi_standing {
  uint8_t status; /* quid_event_status */
  uint8_t bare;   /* the same with negation left out */
  uint8_t doubt;  /* qi_doubt */
  bool negated;   /* a negation reaches the deed, whatever status came of it */
  uint8_t tense;  /* qi_tense of its clause */
  uint32_t line;  /* of operators.tsv, of the word that made it doubtful; 0 none */
  qi_word_of by[QI_MAX_ATTRIBUTION]; /* [n_by], outermost last */
  uint32_t n_by;
} qi_standing;

/* quote: of the sentence. deeds: those of the same sentence, [n], for the statuses that frames give to their content. */
void qi_status_of(qi_standing *out, const qi_view *v, const qi_deed *deed, qi_deed *const *deeds,
                  size_t n, qi_genre genre, const qi_quote *quote);

/* ---- shared by status.c, modality.c, attribution.c ---- */

/* What is known at a place in the sentence, from the outside in. */
typedef struct qi_context {
  uint8_t status;      /* of what stands here, negation apart */
  uint8_t presupposed; /* of what is taken for granted here: asserted, or on somebody's word */
  bool negated;
  bool past_speech;    /* below a verb of saying in the past: "would" is its future */
  bool accused;        /* below "accused X of": what X is said to plan is on the accuser's word alone */
  bool imminent;       /* "doubtless", "inevitably": a future here is foreseen, not planned */
  bool unable;         /* "cannot", "would not": */
  bool was_unable;     /* "could not", "would not" of the past */
  uint8_t able;        /* what the status was before that modal */
  bool settled;        /* "if they had not attacked": nothing in the clause itself counts any more */
  bool asked;          /* the sentence is a question */
  bool kept;           /* "kept its promise to": what was intended was done */
  bool untrue;         /* "it is not true that": the writer denies it */
  qi_word_of by[QI_MAX_ATTRIBUTION]; /* outermost first */
  uint32_t n_by;
  uint32_t n_by_presupposed; /* of those, on whose word what is taken for granted stands */
  const qi_deed *deed; /* whose status is sought */
  uint32_t line; /* of the operator that caused the doubt */
  uint8_t cause, doubt; /* qi_doubt: of what is being read, of what was read last and counted */
  qi_genre genre;
  int32_t final; /* "..., X said" or "..., according to X" at the end of the sentence, counted for all of it; QI_NO_TOKEN none */
} qi_context;

/* What `effect` makes of a context (event-record.md, "Nested words combine outwards"). */
uint8_t qi_status_combine(uint8_t outer, uint8_t effect);
/* Told as a fact by the writer or somebody: asserted, reported, claimed. */
bool qi_status_is_told(uint8_t status);
/* The status once a negation is counted in. spoken: on somebody's word. */
uint8_t qi_status_resolve(uint8_t status, bool negated, bool spoken);

/* modality.c: modals, negation, adverbs, conjunctions and prepositions of the clause or noun at `token`. */
void qi_modality_apply(qi_context *x, const qi_view *v, int32_t token, int32_t shared_with);
/* "will" and its kin: planned by the actor itself, or expected by others. */
uint8_t qi_modality_future(const qi_context *x, const qi_view *v, int32_t clause);

/* subclause.c: clauses that no operator governs, and questions. */
void qi_subclause_presuppose(qi_context *x); /* taken for granted, whatever stands above */
void qi_subclause_purpose(qi_context *x);
void qi_subclause_adverbial(qi_context *x, const qi_view *v, int32_t head, int32_t clause);
/* A clause of condition that did not hold: "if they had not attacked". */
void qi_subclause_condition(qi_context *x, const qi_view *v, int32_t clause);
void qi_subclause_ask(qi_context *x, const qi_view *v, int32_t root);
/* "Had they attacked", "should they attack": a condition. */
bool qi_subclause_is_inverted(const qi_view *v, int32_t clause);
bool qi_subclause_is_question(const qi_view *v); /* the sentence */
bool qi_subclause_asks_detail(const qi_view *v, int32_t clause);
bool qi_subclause_is_past(const qi_view *v, int32_t clause);
qi_tense qi_subclause_tense(const qi_view *v, int32_t clause);
bool qi_subclause_ends_negation(const qi_view *v, int32_t clause);
/* inner: what was intended; a clause with "when" may hang on it. */
bool qi_subclause_is_overtaken(const qi_view *v, int32_t clause, int32_t inner);

/* attribution.c: adds whose word it is; `claimed` becomes `reported` when it is no party's. The token is
 * QI_NO_TOKEN when the text names nobody. Returns the effect that holds. */
uint8_t qi_attribution_add(qi_context *x, const qi_view *v, int32_t token, uint8_t effect);
/* The token whose word an operator at `token` gives. */
int32_t qi_attribution_token(const qi_view *v, int32_t token, const qi_operator *op);
/* "..., he said", "as he said", "according to him" that hang on the clause. */
void qi_attribution_beside(qi_context *x, const qi_view *v, int32_t clause);
/* The same at the end of the sentence, wherever the parser hung it: it speaks for every deed before it. */
void qi_attribution_final(qi_context *x, const qi_view *v, int32_t root);
/* "Kyiv: army shelled plant": the words before the colon speak. */
void qi_attribution_headline(qi_context *x, const qi_view *v);
/* The same on the first of coordinated clauses: it speaks for `member` too where it stands before both or behind both. */
void qi_attribution_shared(qi_context *x, const qi_view *v, int32_t first, int32_t member);
/* Do the last speaker and the deed's actors belong together? */
bool qi_attribution_is_own(const qi_context *x, const qi_view *v);

#endif
