/* code: questions about one clause. A clause is named by its verb or predicate. */
#ifndef QI_CODE_CLAUSE_H
#define QI_CODE_CLAUSE_H

#include "code/deep.h"

/* Its subject, also an empty one ("it is vital"); QI_NO_TOKEN none. */
int32_t qi_clause_subject(const qi_view *v, int32_t clause);
/* "would", "could", "might", "can", "may" on it; QI_NO_TOKEN none. */
int32_t qi_clause_modal(const qi_view *v, int32_t clause);
bool qi_clause_is_perfect(const qi_view *v, int32_t clause); /* "has left", "should have left" */
bool qi_clause_is_subjunctive(const qi_view *v, int32_t clause); /* "(demands that) Norland leave" */
/* By "not", "never", "on no account", or "no" in its subject or object. */
bool qi_clause_is_negated(const qi_view *v, int32_t clause);
/* "if", "whether", "why", "what" over the clause or one above it. */
bool qi_clause_is_asked(const qi_view *v, int32_t clause);
/* A relative clause about a thing: "the steps that need to be taken". */
bool qi_clause_describes(const qi_view *v, int32_t clause);
/* "make Norland and Ostria pay": what the object does, taken for a second verb beside `clause`. */
bool qi_clause_is_caused(const qi_view *v, int32_t clause, int32_t member);
/* Beside another one with a subject of its own: "...; it should leave". */
bool qi_clause_stands_alone(const qi_view *v, int32_t clause);

/* Who a noun or pronoun is, as far as its form tells. */
bool qi_clause_is_nobody(const qi_view *v, int32_t token);   /* "it", "there", "what" */
bool qi_clause_is_anybody(const qi_view *v, int32_t token);  /* "you" of advice to readers, "I", "one" */
bool qi_clause_is_somebody(const qi_view *v, int32_t token); /* a person, an organisation, a country, "we" */

#endif
