/* run: what is behind quid_context and quid_worker. */
#ifndef QI_RUN_CONTEXT_H
#define QI_RUN_CONTEXT_H

#include "code/glance.h"
#include "know/know.h"
#include "parse/parser.h"
#include "quid/context.h"

struct quid_context {
  qi_model *model;
  struct qi_judge *judge; /* NULL: the model has none */
  qi_know know;
  qi_glance *glance; /* NULL unless asked for */
  bool has_know; /* false with options.parser_only */
  char *model_path, *knowledge_path; /* heap; knowledge_path NULL without know */
};

struct quid_worker {
  const quid_context *ctx; /* *borrowed* */
  qi_parser *parser;
};

/* The folder of the dictionaries: the one given, else searched. *out: *new*, free with free(). */
quid_status qi_context_find_knowledge(char **out, const char *given, quid_error *err);

#endif
