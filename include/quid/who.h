/* What a name can mean: the dictionaries' actors of that name, which of them a text means, and why.
 *
 *   quid_who *who;
 *   quid_who_options options = {.date = "2015-03-01"};
 *   if (!quid_who_new(&who, ctx, "Lavrov", &options, &err)) {
 *     for (size_t i = 0; i < quid_who_n_meanings(who); i++) ... quid_who_meaning(who, i)->id ...
 *     quid_who_free(who);
 *   }
 *
 * Constant once made. All that the accessors return is *borrowed until quid_who_free*; strings are
 * never NULL, "" where there is nothing. */
#ifndef QUID_WHO_H
#define QUID_WHO_H

#include "quid/context.h"
#include "quid/error.h"
#include "quid/show.h"
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A longer name, or text, is refused. */
#define QUID_MAX_NAME_BYTES ((size_t)1 << 10)
#define QUID_MAX_WHO_TEXT_BYTES ((size_t)1 << 20)

typedef struct quid_who quid_who;

/* A zeroed struct asks for the defaults. *Borrowed during the call*. */
typedef struct quid_who_options {
  const char *date; /* the day in question, ISO; NULL or "": unknown */
  const char *text; /* a text that names it; NULL or "": the name by itself */
  bool members;     /* of the bodies among the meanings: quid_who_n_members */
} quid_who_options;

/* One line of the dictionaries: a post of a person, or a time of a state, body, group. */
typedef struct quid_meaning {
  const char *id, *name, *type, *country, *sector, *role;
  const char *from, *to; /* ISO days, "" open */
  const char *kind;      /* what the name is to it: "name", "surname", "adjective", "capital", "id" ... */
  const char *file;      /* "actors/leaders.tsv", within the dictionaries */
  unsigned line;
  bool holds;  /* on the day; true when the day is unknown */
  bool chosen; /* what a text of that day means by the name, as far as can be told */
} quid_meaning;

typedef struct quid_member {
  const char *body, *id, *name; /* ids, and the member's name */
  const char *from, *to;        /* ISO days, "" open */
  const char *file;
  unsigned line;
} quid_member;

/* Looks a name up, or an id.
 *
 * out      *new*, free with quid_who_free; NULL on failure
 * name     as a text writes it ("Lavrov", "the G7"), or an id ("RUS.GOV.SERGEY_LAVROV")
 * options  NULL for the defaults
 * A name that nothing bears, or that the text does not hold, is no error: there are no meanings, or
 * none is chosen, and quid_who_reason says so.
 * Errors: QUID_ERR_ARGUMENT no dictionaries in this context, an empty name, a date that is none;
 * QUID_ERR_LIMIT a name or text that is too long; QUID_ERR_MEMORY.
 * Threads: any. Cost: microseconds; with a text, that of parsing it. */
quid_status quid_who_new(quid_who **out, const quid_context *ctx, const char *name,
                         const quid_who_options *options, quid_error *err);
void quid_who_free(quid_who *who); /* NULL is fine */

/* The one chosen comes first, then by how well they fit; lines of one actor stand together, in order
 * of their days. NULL for an index that is too high. */
size_t quid_who_n_meanings(const quid_who *who);
const quid_meaning *quid_who_meaning(const quid_who *who, size_t index);
/* Why that one, or why none: "in office on 2015-03-01; the other bearers of the name are not". */
const char *quid_who_reason(const quid_who *who);
/* The words of the name that were found in the dictionaries: "G7" of "the G7 group". */
const char *quid_who_words(const quid_who *who);

/* With options.members: members of the chosen body (of the first meaning that has some, where none is
 * chosen) on the day; without a day, all that ever were. */
size_t quid_who_n_members(const quid_who *who);
const quid_member *quid_who_member(const quid_who *who, size_t index);

/* All of it in a format: a table, an object of JSON, or tab-separated lines under a header. Members,
 * when asked for, are shown instead of the meanings.
 * out: *new*, free with free(); NUL-terminated. n_bytes: without the NUL; may be NULL.
 * options: NULL for the defaults. Errors: QUID_ERR_MEMORY. Threads: any. */
quid_status quid_who_show(char **out, size_t *n_bytes, const quid_who *who,
                          const quid_show_options *options, quid_error *err);

#ifdef __cplusplus
}
#endif
#endif
