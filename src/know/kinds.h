/* know: words by which a text calls again somebody whom it has named, from names/kinds.tsv: "the bloc", "the militants", "the visitors". */
#ifndef QI_KNOW_KINDS_H
#define QI_KNOW_KINDS_H

#include "base/error.h"
#include "base/slice.h"
#include "know/actors.h"
#include "know/know.h"

/* What a word may mean again: bits 1 << qi_actor_type, and these. */
#define QI_KIND_OFFICE (1u << 30) /* an organ of a state that goes by its kind: "Norland's coast guard" */
#define QI_KIND_OTHER (1u << 31)  /* the other party of those named: "the visitors", "his counterpart" */

/* Loads DIR/names/kinds.tsv. *out: *new*. */
quid_status qi_kinds_load(qi_kinds **out, const char *dir, quid_error *err);
/* The same from text; data is only read during the call. */
quid_status qi_kinds_parse(qi_kinds **out, qi_slice data, const char *file, quid_error *err);
void qi_kinds_free(qi_kinds *kinds); /* NULL is fine */

/* The bits of the lemma, 0 none. kinds: NULL knows none. */
uint32_t qi_kinds_of(const qi_kinds *kinds, qi_slice lemma);

#endif
