/* parse: CoNLL-U in and out (universaldependencies.org/format.html). */
#ifndef QI_PARSE_CONLLU_H
#define QI_PARSE_CONLLU_H

#include "base/builder.h"
#include "parse/parser.h"

/* A file of CoNLL-U, read document by document ("# newdoc" starts the next one).
 *   qi_conllu_open(&in, data, "dev.conllu", true);
 *   while ((status = qi_conllu_next(&doc, &in, arena, err)) == QUID_OK && doc.n_sentences) ...
 *   qi_conllu_close(&in); */
typedef struct qi_conllu {
  qi_slice rest;      /* *borrowed* */
  const char *file;   /* *borrowed*; for messages, may be NULL */
  bool keep_trees;
  size_t line;        /* number of the line at rest, from 1 */
  qi_builder text;    /* of the document being read */
  const char *doc_id; /* of the document just given, in its arena; NULL none */
} qi_conllu;

/* keep_trees: keep tags, lemmas, trees and entities (and refuse sentences that are not one tree);
 * otherwise only tokens, their place and the bounds of sentences, paragraphs, documents are read. */
void qi_conllu_open(qi_conllu *in, qi_slice data, const char *file, bool keep_trees);
void qi_conllu_close(qi_conllu *in);

/* The next document; n_sentences is 0 after the last. Its text is put together from the forms:
 * SpaceAfter=No joins tokens and sentences, a paragraph ("# newpar") follows a blank line. Empty
 * nodes and the columns DEPS and MISC are skipped, but for SpaceAfter, NER=B-PER and EType=person.
 * Errors: QUID_ERR_FORMAT with line and column; QUID_ERR_LIMIT for a longer token, sentence or
 * document than parser.h allows. Everything given lives in `arena`. */
quid_status qi_conllu_next(qi_parsed *doc, qi_conllu *in, qi_arena *arena, quid_error *err);

/* Appends the document. doc_id: for "# newdoc id", NULL for none. A document without tags and
 * trees has "_" there. Ask qi_builder_status at the end. */
void qi_conllu_write(qi_builder *out, const qi_parsed *doc, const char *doc_id);

#endif
