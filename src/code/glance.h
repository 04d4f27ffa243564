/* code: a cheap look at sentences before they are parsed: which of them could tell an event at all? */
#ifndef QI_CODE_GLANCE_H
#define QI_CODE_GLANCE_H

#include "base/error.h"
#include "know/know.h"
#include "parse/sentence.h"

/* Deed words with all their forms, and what each frame needs beside them. Frozen once made. */
typedef struct qi_glance qi_glance;

/* *new*; borrows nothing that outlives `know`. Errors: out of memory. */
quid_status qi_glance_new(qi_glance **out, const qi_know *know, quid_error *err);
void qi_glance_free(qi_glance *glance); /* NULL is fine */

/* Marks as `unparsed` the sentences that need no tree, and gives their tokens plain tags from their
 * letters, so that names in them are still found. false: out of memory. Cost: linear in the text. */
bool qi_glance_document(const qi_glance *glance, qi_parsed *doc, qi_arena *arena);

#endif
