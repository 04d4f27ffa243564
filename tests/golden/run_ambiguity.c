/* Runs tests/golden/ambiguity.tsv: texts -> trees -> mentions, one ambiguous name of each against what
 * it must mean.
 *
 *   run_ambiguity --model FILE [--least SHARE] [--quiet] [FILE]
 *
 * Prints the right answers by category and half. Failures are named for the development half alone:
 * the other is kept for the final figure. Exit 1 when the share of right answers is under --least. */
#include "base/file.h"
#include "code/mend.h"
#include "code/mention.h"
#include "know/table.h"
#include "parse/model.h"
#include "parse/parser.h"
#include "parse/segment.h"
#include "golden/mention_at.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

enum { CATEGORY, DATE, NAME, WANTED, TEXT };

static const char header[] = "category\tdate\tname\twanted\ttext";
static const char *const categories[] = {"place", "twin", "washington", "metonym", "surname", "title", "abbr", "word"};
#define N_CATEGORIES (sizeof categories / sizeof *categories)

typedef struct tally {
  size_t n, right;
} tally;

typedef struct runner {
  qi_know know;
  qi_model *model;
  qi_parser *parser;
  tally by[N_CATEGORIES][2]; /* [category][held out] */
  bool quiet;
} runner;

/* FNV-1a, 64 bit. */
static bool is_held_out(qi_slice text) {
  uint64_t h = UINT64_C(0xcbf29ce484222325);
  for (size_t i = 0; i < text.len; i++) h = (h ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001b3);
  return h & 1;
}

/* Does the id fit the pattern, where * stands for anything? */
static bool fits(qi_slice pattern, qi_slice id) {
  if (pattern.len == 0) return id.len == 0;
  if (pattern.ptr[0] == '*') {
    for (size_t skip = 0; skip <= id.len; skip++)
      if (fits(qi_slice_sub(pattern, 1, pattern.len), qi_slice_sub(id, skip, id.len))) return true;
    return false;
  }
  return id.len > 0 && pattern.ptr[0] == id.ptr[0] &&
         fits(qi_slice_sub(pattern, 1, pattern.len), qi_slice_sub(id, 1, id.len));
}

static bool is_stranger(const qi_mention *m) {
  for (uint32_t i = 0; m && i < m->n_entities; i++)
    if (!qi_slice_starts(qi_slice_str(m->entities[i]->id), QI_SLICE("---."))) return false;
  return true;
}

static bool all_meant(qi_slice ids, const qi_mention *m) {
  qi_slice id;
  uint32_t n = 0;
  for (; qi_slice_split(&ids, ',', &id); n++) {
    bool found = false;
    for (uint32_t i = 0; m && i < m->n_entities; i++) found |= fits(id, qi_slice_str(m->entities[i]->id));
    if (!found) return false;
  }
  return m && m->n_entities == n;
}

static bool is_right(qi_slice wanted, const qi_mention *m) {
  qi_slice one;
  while (qi_slice_split(&wanted, '|', &one)) {
    bool nobody = !m || m->n_entities == 0;
    if (qi_slice_eq_str(one, "-") ? nobody : qi_slice_eq_str(one, "~") ? is_stranger(m) : all_meant(one, m)) return true;
  }
  return false;
}

static void report(const qi_table *t, const qi_mention *got, bool found) {
  printf("line %zu, %.*s: %.*s is not %.*s but", t->line, QI_SLICE_ARG(t->field[CATEGORY]), QI_SLICE_ARG(t->field[NAME]),
         QI_SLICE_ARG(t->field[WANTED]));
  for (uint32_t i = 0; got && i < got->n_entities; i++) printf(" %s", got->entities[i]->id);
  printf("%s: %.*s\n", !found ? " no word" : got && got->n_entities ? "" : " nobody", QI_SLICE_ARG(t->field[TEXT]));
}

static quid_status run(runner *r, const qi_table *t, qi_arena *arena, quid_error *err) {
  qi_parsed doc;
  qi_mentions m;
  qi_day day = QI_DAY_NONE;
  size_t category = 0;
  while (category < N_CATEGORIES && !qi_slice_eq_str(t->field[CATEGORY], categories[category])) category++;
  if (category == N_CATEGORIES) return qi_table_error(t, CATEGORY, err, "unknown category", t->field[CATEGORY]);
  if (!qi_date_parse(t->field[DATE], &day, NULL)) return qi_table_error(t, DATE, err, "no date", t->field[DATE]);
  quid_status status = qi_segment(r->model, t->field[TEXT], arena, &doc, err);
  if (!status) status = qi_parser_run(r->parser, &doc, arena, err);
  if (!status && !qi_mend(&r->know, &doc, arena)) status = qi_error_memory(err, "the trees");
  if (!status) status = qi_mentions_find(&m, &r->know, &doc, day, arena, err);
  if (status) return status;
  uint32_t sentence, token;
  bool found = find_word(&doc, t->field[NAME], &sentence, &token);
  const qi_mention *got = found ? mention_of(&m, sentence, token) : NULL;
  bool right = found && is_right(t->field[WANTED], got), held_out = is_held_out(t->field[TEXT]);
  r->by[category][held_out].n++;
  r->by[category][held_out].right += right;
  if (!right && !held_out && !r->quiet) report(t, got, found);
  return QUID_OK;
}

static double share(tally t) { return t.n ? 100.0 * (double)t.right / (double)t.n : 0; }

/* One line a category, then both halves, then all of it; returns the whole. */
static tally sum_up(const runner *r) {
  tally half[2] = {{0, 0}, {0, 0}}, all = {0, 0};
  for (size_t c = 0; c < N_CATEGORIES; c++) {
    const tally *t = r->by[c];
    printf("%-12s development %3zu of %3zu  held out %3zu of %3zu\n", categories[c], t[0].right, t[0].n, t[1].right, t[1].n);
    for (int h = 0; h < 2; h++) half[h].n += t[h].n, half[h].right += t[h].right;
  }
  for (int h = 0; h < 2; h++) all.n += half[h].n, all.right += half[h].right;
  printf("%zu of %zu right (%.1f%%): development %zu of %zu (%.1f%%), held out %zu of %zu (%.1f%%)\n", all.right, all.n, share(all),
         half[0].right, half[0].n, share(half[0]), half[1].right, half[1].n, share(half[1]));
  return all;
}

static quid_status run_file(runner *r, qi_slice data, const char *file, quid_error *err) {
  qi_table t;
  qi_arena arena;
  bool more;
  quid_status status = qi_table_open(&t, data, file, header, err);
  qi_arena_init(&arena, 0);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) {
    status = run(r, &t, &arena, err);
    qi_arena_reset(&arena);
  }
  qi_arena_clear(&arena);
  return status;
}

int main(int argc, char **argv) {
  static runner r;
  quid_error err = {0};
  qi_builder data;
  double least = 0;
  const char *file = test_root("tests/golden/ambiguity.tsv"), *model = "";
  qi_builder_init(&data, 0);
  for (int i = 1; i < argc; i++) {
    bool more = i + 1 < argc;
    if (strcmp(argv[i], "--quiet") == 0) r.quiet = true;
    else if (strcmp(argv[i], "--model") == 0 && more) model = argv[++i];
    else if (strcmp(argv[i], "--least") == 0 && more) qi_slice_to_double(qi_slice_str(argv[++i]), &least);
    else file = argv[i];
  }
  quid_status status = qi_know_load(&r.know, test_root("knowledge"), &err);
  if (!status) status = qi_model_open(&r.model, model, &err);
  if (!status) status = qi_parser_new(&r.parser, r.model, &err);
  if (!status) status = qi_file_read(&data, file, 0, &err);
  if (!status) status = run_file(&r, qi_builder_view(&data), file, &err);
  if (status) fprintf(stderr, "%s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  tally all = sum_up(&r);
  qi_parser_free(r.parser);
  qi_model_close(r.model);
  qi_know_clear(&r.know);
  qi_builder_clear(&data);
  return status || (double)all.right < least * (double)all.n ? 1 : 0;
}
