/* run: what is behind quid_context and quid_worker. */
#ifndef QI_RUN_CONTEXT_H
#define QI_RUN_CONTEXT_H

#include "code/glance.h"
#include "know/know.h"
#include "parse/parser.h"
#include "quid/context.h"

struct quid_context {
  qi_model *model;
  qi_know know;
  qi_glance *glance; /* NULL without know */
  bool has_know; /* false with options.parser_only */
  char *model_path, *knowledge_path; /* heap; knowledge_path NULL without know */
};

struct quid_worker {
  const quid_context *ctx; /* *borrowed* */
  qi_parser *parser;
};

#endif
