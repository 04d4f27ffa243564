/* run: what is behind quid_document. */
#ifndef QI_RUN_DOCUMENT_H
#define QI_RUN_DOCUMENT_H

#include "base/arena.h"
#include "base/builder.h"
#include "base/date.h"
#include "code/coder.h"
#include "parse/sentence.h"
#include "quid/document.h"
#include "read/read.h"

/* Each kind of warning is given at most once. */
#define QI_MAX_WARNINGS 4

struct quid_document {
  qi_arena arena;      /* all that hangs below */
  qi_builder text;     /* repaired */
  qi_parsed parsed;
  qi_events events;
  qi_explain explain;  /* filled when the input asked for it */
  bool explained, known;
  const char *id, *title, *byline, *publisher, *url, *language;
  qi_header header; /* of `text` */
  char published[QI_DATE_BYTES];
  qi_day day; /* of `published`, QI_DAY_NONE unknown */
  quid_genre genre;
  const char *warnings[QI_MAX_WARNINGS];
  size_t n_warnings, n_replaced;
  const char *model_version, *knowledge_version; /* *borrowed from the context* */
};

#endif
