/* know: every mistake of a folder of dictionaries. check.c looks at files as text and hands them to
 * the loaders; check_actors.c, check_names.c and check_frames.c look across lines; check_examples.c at
 * examples/; check_operators.c at status/examples.tsv. */
#ifndef QI_KNOW_CHECK_H
#define QI_KNOW_CHECK_H

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "know/actors.h"
#include "know/places.h"
#include "know/table.h"

typedef struct qi_finding {
  const char *file, *message; /* in the check's arena */
  size_t line, column;
  bool warning;
  size_t at; /* to keep the order of finding among equals */
} qi_finding;

/* A file of the dictionaries in memory. */
typedef struct qi_check_file {
  const char *path;   /* DIR/actors/states.tsv */
  const char *part;   /* "actors" */
  qi_slice data;
} qi_check_file;

typedef struct qi_check {
  qi_arena arena;
  const char *dir;
  QI_VEC(qi_check_file) files;
  QI_VEC(qi_finding) findings;
  qi_know know;       /* what could be loaded of it; actors not finished */
  qi_places_maker *places; /* NULL before its first file */
  bool memory;        /* ran out */
} qi_check;

/* Fills check->findings, sorted. Clear it whatever the status. */
quid_status qi_check_run(qi_check *check, const char *dir, quid_error *err);
void qi_check_clear(qi_check *check);

/* ---- for the check's own files ---- */

void qi_check_tell(qi_check *c, const char *file, size_t line, size_t column, bool warning, const char *fmt, ...)
    QI_PRINTF(6, 7);
/* The next row of the table that has its fields; rows that have not are passed over. */
bool qi_check_row(qi_table *t);
void qi_check_actors(qi_check *c);
void qi_check_frames(qi_check *c);
void qi_check_operators(qi_check *c);
void qi_check_example_file(qi_check *c, const qi_check_file *file);

#endif
