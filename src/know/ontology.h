/* know: PLOVER as a table: types, modes, quad class, score; and its contexts. From ontology.tsv. */
#ifndef QI_KNOW_ONTOLOGY_H
#define QI_KNOW_ONTOLOGY_H

#include "base/error.h"
#include "base/slice.h"
#include "know/know.h"
#include "quid/event.h"

quid_status qi_ontology_load(qi_ontology **out, const char *dir, quid_error *err);
quid_status qi_ontology_parse(qi_ontology **out, qi_slice data, const char *file, quid_error *err);
void qi_ontology_free(qi_ontology *o); /* NULL is fine */

/* false: no such type, mode of that type, context. Texts given are *borrowed*, NUL-terminated. */
bool qi_ontology_type(qi_slice name, quid_event_type *type);
bool qi_ontology_mode(const qi_ontology *o, quid_event_type type, qi_slice mode, const char **text);
bool qi_ontology_context(const qi_ontology *o, qi_slice context, const char **text);
const char *qi_ontology_quad(const qi_ontology *o, quid_event_type type);
/* mode NULL: of the type alone. */
double qi_ontology_score(const qi_ontology *o, quid_event_type type, const char *mode);

#endif
