/* run: the inputs of a run, one document after the other. */
#ifndef QI_RUN_SOURCE_H
#define QI_RUN_SOURCE_H

#include "base/builder.h"
#include "base/file.h"
#include "quid/run.h"
#include "read/read.h"

/* A document to be coded, or (problem.code set) what to tell the user in its place. */
typedef struct qi_task {
  const char *name; /* of the input; *borrowed from the paths* */
  size_t line;      /* of a JSON lines file, 0 for plain text */
  size_t in_bytes;  /* of the input, used up by it */
  quid_document_input input;
  qi_builder bytes;       /* plain text: what `input` points to */
  qi_jsonl_document json; /* JSON lines: the same */
  quid_error problem;
  bool whole_input; /* the problem is the input's, not one document's */
} qi_task;

void qi_task_clear(qi_task *task);

typedef struct qi_source {
  const char *const *paths; /* [n_paths] */
  size_t n_paths, at;       /* at: the path to open next */
  quid_input input;
  const char *published; /* for documents that bring no date */
  FILE *stream;          /* of the JSON lines being read, NULL for none */
  qi_lines lines;
  size_t n_tasks; /* from that stream */
} qi_source;

void qi_source_open(qi_source *source, const char *const *paths, size_t n_paths,
                    const quid_run_options *options);
/* The next task into *task (clear it after use); false at the end. */
bool qi_source_next(qi_source *source, qi_task *task);
void qi_source_close(qi_source *source);

/* Does any of the inputs hold several documents? */
bool qi_source_has_lines(const qi_source *source);
/* Sum of the sizes, 0 when one of them is no ordinary file. */
uint64_t qi_source_total_bytes(const qi_source *source);

#endif
