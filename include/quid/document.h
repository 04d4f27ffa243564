/* A document: a text, its sentences, and the events that it tells of.
 *
 * Made by quid_document_code and constant from then on. All that the accessors return is
 * *borrowed until quid_document_free*. Strings are NUL-terminated UTF-8 and never NULL: "" where
 * there is nothing. Offsets are half-open byte ranges into quid_document_text, which is the text as given, but
 * for broken bytes (U+FFFD) and marks without width at the edge of a word (as many spaces). */
#ifndef QUID_DOCUMENT_H
#define QUID_DOCUMENT_H

#include "quid/context.h"
#include "quid/error.h"
#include "quid/event.h"
#include "quid/option.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A longer text is refused. */
#define QUID_MAX_DOCUMENT_BYTES ((size_t)16 << 20)
/* A longer title, byline, address ... is refused. */
#define QUID_MAX_FIELD_BYTES ((size_t)64 << 10)

/* What goes in. Only `text` is needed; any other may be NULL or "". All *borrowed during the call*. */
typedef struct quid_document_input {
  const char *text;      /* UTF-8; what is not is replaced and counted */
  size_t text_bytes;     /* length of text; it need not be NUL-terminated */
  const char *id;        /* the caller's name for it; else a hash of the text serves */
  const char *title;     /* else the first line, where it stands as a headline */
  const char *published; /* ISO date or date and time; else a date line of the text */
  const char *publisher;
  const char *byline;
  const char *url;
  const char *language;  /* ISO 639-1; "" is taken for English */
  bool prefilter;        /* do not parse sentences that cannot tell an event: faster, see quid_run_options;
                            needs a context with `prefilter` */
  bool explain;          /* keep how each event came about, for quid_show_options.explain */
  /* Is the document of that id known, so that it need not be coded? NULL: none is. */
  bool (*known)(const void *user, const char *document_id);
  const void *known_user; /* handed to it */
} quid_document_input;

typedef struct quid_document quid_document;

/* Who speaks in the document, as far as its outside shows (labels, dateline, address). */
typedef enum quid_genre {
  QUID_GENRE_UNKNOWN, QUID_GENRE_REPORT, QUID_GENRE_OPINION, QUID_GENRE_STATEMENT
} quid_genre;
/* "report", "opinion", "statement", "unknown": static strings. */
const char *quid_genre_name(quid_genre genre);

/* Segments, parses and codes one document.
 *
 * out     *new*, free with quid_document_free; NULL on failure
 * worker  of this thread; its context must outlive the document
 * input   see above; may be freed right after the call
 * Errors: QUID_ERR_ARGUMENT a text that is empty or only white space; QUID_ERR_LIMIT a text over
 * QUID_MAX_DOCUMENT_BYTES, a field over QUID_MAX_FIELD_BYTES; QUID_ERR_MEMORY.
 * A date that is none, or bytes that are no UTF-8, are no errors: see quid_document_warning.
 * Threads: any, each with its own worker. The result does not depend on what the worker did before.
 * Cost: linear in the text, but for sentences of hundreds of words: on one core some 4 microseconds
 * and 100 bytes of memory for each byte of text. */
quid_status quid_document_code(quid_document **out, quid_worker *worker,
                               const quid_document_input *input, quid_error *err);
void quid_document_free(quid_document *doc); /* NULL is fine */

/* `known` said so: it was not coded and has neither sentences nor events. */
bool quid_document_is_known(const quid_document *doc);

/* The id given, or the hash of the text (32 hex digits). */
const char *quid_document_id(const quid_document *doc);
const char *quid_document_title(const quid_document *doc);
const char *quid_document_byline(const quid_document *doc);
const char *quid_document_publisher(const quid_document *doc);
const char *quid_document_published(const quid_document *doc); /* ISO date, "" unknown */
const char *quid_document_url(const quid_document *doc);
const char *quid_document_language(const quid_document *doc);
quid_genre quid_document_genre(const quid_document *doc);
/* Versions of what coded it, as in the context. */
const char *quid_document_model_version(const quid_document *doc);
const char *quid_document_knowledge_version(const quid_document *doc);

/* The text as coded: valid UTF-8 without NULs. The same bytes as the input where that was so. */
const char *quid_document_text(const quid_document *doc);
size_t quid_document_text_bytes(const quid_document *doc);

/* In the order of the text. NULL, or an empty span, for an index that is too high. */
size_t quid_document_n_events(const quid_document *doc);
const quid_event *quid_document_event(const quid_document *doc, size_t index);
/* What the text urges somebody to do, in the order of the text; NULL for an index that is too high. With `prefilter`, only of the
 * sentences that were parsed. */
size_t quid_document_n_options(const quid_document *doc);
const quid_option *quid_document_option(const quid_document *doc, size_t index);
size_t quid_document_n_sentences(const quid_document *doc);
quid_span quid_document_sentence(const quid_document *doc, size_t index);

/* What a reader should be told about the input: broken UTF-8 that was replaced, a date that is
 * none. Sentences without a full stop, each said once a document. */
size_t quid_document_n_warnings(const quid_document *doc);
const char *quid_document_warning(const quid_document *doc, size_t index);
/* Broken sequences and NULs replaced by U+FFFD in the text and the fields. */
size_t quid_document_n_replaced(const quid_document *doc);

#ifdef __cplusplus
}
#endif
#endif
