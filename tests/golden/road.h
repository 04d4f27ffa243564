/* The whole road from a text to its events, for programs that run collections of sentences. */
#ifndef QUID_TEST_ROAD_H
#define QUID_TEST_ROAD_H

#include "code/coder.h"
#include "parse/parser.h"
#include "parse/segment.h"
#include "support.h"

typedef struct road {
  qi_know know;
  qi_model *model;
  qi_judge *judge;
  qi_second second;
  qi_parser *parser;
  qi_arena arena; /* of the text at hand */
} road;

/* Zeroed before; clear with road_clear also after a failure. */
static inline quid_status road_open(road *r, const char *model, quid_error *err) {
  qi_arena_init(&r->arena, 0);
  quid_status status = qi_know_load(&r->know, test_root("knowledge"), err);
  if (!status) status = qi_model_open(&r->model, model, err);
  if (!status) status = qi_parser_new(&r->parser, r->model, err);
  if (!status) status = qi_judge_open(&r->judge, r->model, err);
  r->second = (qi_second){r->model, r->judge};
  return status;
}

static inline void road_clear(road *r) {
  if (r->parser) qi_parser_free(r->parser);
  qi_judge_free(r->judge);
  if (r->model) qi_model_close(r->model);
  qi_know_clear(&r->know);
  qi_arena_clear(&r->arena);
}

/* What was coded before is forgotten. */
static inline quid_status road_code(road *r, qi_slice text, const qi_document_info *info, qi_parsed *doc, qi_events *events, quid_error *err) {
  qi_arena_reset(&r->arena);
  quid_status status = qi_segment(r->model, text, &r->arena, doc, err);
  if (!status) status = qi_parser_run(r->parser, doc, &r->arena, err);
  return status ? status : qi_code_document(&r->know, &r->second, doc, info, &r->arena, events, NULL, err);
}

#endif
