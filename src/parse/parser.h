/* parse: text -> sentences -> tokens -> trees. The one header that later steps need besides sentence.h.
 *
 * model.c maps and checks the model file; segment.c cuts text into sentences and tokens; lexicon.c
 * turns word forms into input vectors; encoder.c runs the BiLSTM; decode.c reads tags, trees,
 * entities off it; conllu.c reads and writes CoNLL-U; eval.c scores. */
#ifndef QI_PARSE_PARSER_H
#define QI_PARSE_PARSER_H

#include "base/arena.h"
#include "base/error.h"
#include "parse/sentence.h"

/* Ceilings. A longer token or sentence is cut there; nothing is lost. */
#define QI_MAX_TOKEN_BYTES 256u
#define QI_MAX_SENTENCE_TOKENS 1024u
#define QI_MAX_DOCUMENT_BYTES (64u << 20)

/* The mapped model file; shared by all threads. */
typedef struct qi_model qi_model;
/* *new*. A truncated, altered or foreign file is refused. */
quid_status qi_model_open(qi_model **out, const char *path, quid_error *err);
void qi_model_close(qi_model *model);
/* 16 hex digits: the checksum of the file. */
const char *qi_model_version(const qi_model *model);
/* A named part of the file, *borrowed until close*; empty when there is none. */
qi_slice qi_model_section(const qi_model *model, const char *name);

/* The static vector of a word (any case), [QI_VECTOR_DIMS] bytes: 64 + 63 v. *borrowed until close*; NULL unknown. */
#define QI_VECTOR_DIMS 100u
const uint8_t *qi_model_vector(const qi_model *model, qi_slice word);

/* Cuts `text` (valid UTF-8) into sentences and tokens: forms, offsets, mwt, space_after, new_paragraph. */
quid_status qi_segment(const qi_model *model, qi_slice text, qi_arena *arena, qi_parsed *out,
                       quid_error *err);

/* Per-thread state: caches and scratch space. */
typedef struct qi_parser qi_parser;
quid_status qi_parser_new(qi_parser **out, const qi_model *model, quid_error *err);
void qi_parser_free(qi_parser *parser);

/* For all sentences but those marked `unparsed`: fills lemma, upos, xpos, feats, head, deprel, rel, ner, etype of all tokens and links the trees.
 * doc holds sentences with forms, from qi_segment or CoNLL-U. The result does not depend on
 * the batch, the thread or the kernel. */
quid_status qi_parser_run(qi_parser *parser, qi_parsed *doc, qi_arena *arena, quid_error *err);

#endif
