/* know: CAMEO event codes -> PLOVER's type, mode and contexts. From knowledge/cameo.tsv. */
#ifndef QI_KNOW_CAMEO_H
#define QI_KNOW_CAMEO_H

#include "base/error.h"
#include "base/slice.h"
#include "know/know.h"
#include "know/ontology.h"

#define QI_CAMEO_CONTEXTS 2

typedef struct qi_cameo_row {
  qi_slice code, name;
  quid_event_type type; /* QUID_N_EVENT_TYPES: PLOVER has none */
  const char *mode;     /* NULL none */
  const char *contexts[QI_CAMEO_CONTEXTS]; /* [n_contexts] */
  uint32_t n_contexts;
} qi_cameo_row;

/* Loads DIR/cameo.tsv. *out: *new*; texts of modes and contexts are the ontology's. */
quid_status qi_cameo_load(qi_cameo **out, const char *dir, const qi_ontology *ontology, quid_error *err);
quid_status qi_cameo_parse(qi_cameo **out, qi_slice data, const char *file, const qi_ontology *ontology, quid_error *err);
void qi_cameo_free(qi_cameo *c); /* NULL is fine */

/* The row of the code, else that of the longest beginning of two digits or more (*exact: false); NULL none. */
const qi_cameo_row *qi_cameo_find(const qi_cameo *c, qi_slice code, bool *exact);

#endif
