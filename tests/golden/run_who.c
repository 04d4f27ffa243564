/* Runs tests/golden/who.txt: texts -> trees -> mentions, against what each must mean.
 *
 *   run_who [--model FILE] [--trees FILE.conllu] [--list FILE] [--quiet] [--least SHARE] [FILE]
 *
 * --list writes the texts, one sentence a line under "# NAME", for another parser; --trees reads its
 * trees, one document each, by the name in "# newdoc id". Exit 1 when the share of right answers is
 * under --least. */
#include "base/file.h"
#include "code/mention.h"
#include "know/actors.h"
#include "know/judgements.h"
#include "know/kinds.h"
#include "parse/conllu.h"
#include "golden/mention_at.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#define MAX_DOCS 2000
#define MAX_IDS 8

typedef struct tree {
  const char *name;
  qi_parsed doc;
} tree;

typedef struct runner {
  qi_know know;
  qi_model *model;
  qi_parser *parser;
  qi_arena arena;
  tree trees[MAX_DOCS];
  size_t n_trees, n, right, n_missing;
  bool quiet, has_trees;
  FILE *list;
} runner;

/* One text and its expectations: lines of the file. */
typedef struct text {
  char name[64];
  qi_day day;
  qi_slice sentences, expectations; /* whole lines */
} text;

static bool id_fits(qi_slice wanted, const char *id) {
  if (qi_slice_ends(wanted, QI_SLICE("*")))
    return qi_slice_starts(qi_slice_str(id), qi_slice_sub(wanted, 0, wanted.len - 1));
  return qi_slice_eq_str(wanted, id);
}

static bool ids_fit(qi_slice ids, const qi_mention *m) {
  qi_slice id;
  uint32_t n = 0;
  if (qi_slice_eq_str(ids, "-")) return !m || m->n_entities == 0;
  while (qi_slice_split(&ids, ',', &id)) {
    bool found = false;
    for (uint32_t i = 0; m && i < m->n_entities; i++) found |= id_fits(id, m->entities[i]->id);
    if (!found) return false;
    n++;
  }
  return m && m->n_entities == n;
}

static void expect(runner *r, const text *t, const qi_parsed *doc, const qi_mentions *m, qi_slice line) {
  qi_slice mark, word, ids, via = {0};
  uint32_t sentence, token;
  if (!qi_slice_word(&line, &mark) || !qi_slice_word(&line, &word) || !qi_slice_word(&line, &ids)) return;
  qi_slice_word(&line, &via);
  r->n++;
  bool right = find_word(doc, word, &sentence, &token);
  const qi_mention *got = NULL;
  const quid_entity *owner = NULL;
  if (right && mark.ptr[0] == '~') {
    owner = qi_mentions_modifier(m, doc, sentence, token);
    right = owner && id_fits(ids, owner->id);
  } else if (right) {
    got = mention_of(m, sentence, token);
    right = ids_fit(ids, got) && (!via.len || (got && got->n_entities && qi_slice_eq_str(via, got->entities[0]->via)));
  }
  r->right += right;
  if (right || r->quiet) return;
  printf("%s: %.*s is not %.*s %.*s but", t->name, QI_SLICE_ARG(word), QI_SLICE_ARG(ids), QI_SLICE_ARG(via));
  for (uint32_t i = 0; got && i < got->n_entities; i++)
    printf(" %s %s", got->entities[i]->id, got->entities[i]->via);
  printf("%s%s\n", owner ? owner->id : "", got && got->n_entities ? "" : owner ? "" : " nobody");
}

/* The text's trees: given, or parsed now. */
static bool parse(runner *r, const text *t, qi_parsed *doc, quid_error *err) {
  for (size_t i = 0; i < r->n_trees; i++)
    if (strcmp(r->trees[i].name, t->name) == 0) {
      *doc = r->trees[i].doc;
      return true;
    }
  if (!r->parser) return false;
  return !qi_segment(r->model, t->sentences, &r->arena, doc, err) &&
         !qi_parser_run(r->parser, doc, &r->arena, err);
}

static void run(runner *r, const text *t, quid_error *err) {
  qi_parsed doc;
  qi_mentions m;
  qi_slice rest = t->expectations, line;
  if (r->list) {
    fprintf(r->list, "# %s\n%.*s", t->name, QI_SLICE_ARG(t->sentences));
    return;
  }
  if (!parse(r, t, &doc, err)) {
    r->n_missing++;
    return;
  }
  if (qi_mentions_find(&m, &r->know, &doc, t->day, &r->arena, err)) return;
  while (qi_slice_line(&rest, &line)) expect(r, t, &doc, &m, line);
}

/* "doc NAME DATE" */
static bool begin(text *t, qi_slice line) {
  qi_slice word, name, date;
  if (!qi_slice_word(&line, &word) || !qi_slice_eq_str(word, "doc")) return false;
  *t = (text){.day = QI_DAY_NONE};
  if (qi_slice_word(&line, &name) && name.len < sizeof t->name) memcpy(t->name, name.ptr, name.len);
  if (qi_slice_word(&line, &date)) qi_date_parse(date, &t->day, NULL);
  return true;
}

static void extend(qi_slice *part, qi_slice rest, qi_slice line) {
  if (!part->ptr) part->ptr = line.ptr;
  part->len = (size_t)((rest.ptr ? rest.ptr : line.ptr + line.len) - part->ptr);
}

static void run_file(runner *r, qi_slice data, quid_error *err) {
  qi_slice rest = data, line;
  text t = {0};
  while (!err->code && qi_slice_line(&rest, &line)) {
    if (line.len == 0 || (line.ptr[0] == '#' && !t.sentences.ptr)) continue;
    text next;
    if (begin(&next, line)) {
      if (*t.name) run(r, &t, err);
      t = next;
    } else if (line.ptr[0] == '=' || line.ptr[0] == '~') {
      extend(&t.expectations, rest, line);
    } else if (line.ptr[0] != '#') {
      extend(&t.sentences, rest, line);
    }
  }
  if (*t.name && !err->code) run(r, &t, err);
}

static quid_status read_trees(runner *r, const char *path, qi_builder *data, quid_error *err) {
  qi_conllu in;
  quid_status status = qi_file_read(data, path, 0, err);
  if (status) return status;
  qi_conllu_open(&in, qi_builder_view(data), path, true);
  while (r->n_trees < MAX_DOCS) {
    tree *t = &r->trees[r->n_trees];
    if ((status = qi_conllu_next(&t->doc, &in, &r->arena, err)) || t->doc.n_sentences == 0) break;
    t->name = in.doc_id ? in.doc_id : "";
    r->n_trees++;
  }
  qi_conllu_close(&in);
  return status;
}

int main(int argc, char **argv) {
  static runner r;
  quid_error err = {0};
  qi_builder data, trees;
  double least = 0;
  const char *file = test_root("tests/golden/who.txt"), *model = NULL, *tree_file = NULL;
  qi_builder_init(&data, 0);
  qi_builder_init(&trees, 0);
  qi_arena_init(&r.arena, 0);
  for (int i = 1; i < argc; i++) {
    bool more = i + 1 < argc;
    if (strcmp(argv[i], "--quiet") == 0) r.quiet = true;
    else if (strcmp(argv[i], "--model") == 0 && more) model = argv[++i];
    else if (strcmp(argv[i], "--trees") == 0 && more) tree_file = argv[++i];
    else if (strcmp(argv[i], "--list") == 0 && more) r.list = fopen(argv[++i], "w");
    else if (strcmp(argv[i], "--least") == 0 && more) qi_slice_to_double(qi_slice_str(argv[++i]), &least);
    else file = argv[i];
  }
  quid_status status = qi_actors_load(&r.know.actors, test_root("knowledge"), &err);
  if (!status) status = qi_judgements_load(&r.know.judgements, test_root("knowledge"), &err);
  if (!status) status = qi_kinds_load(&r.know.kinds, test_root("knowledge"), &err);
  if (!status && tree_file) status = read_trees(&r, tree_file, &trees, &err);
  if (!status && model) status = qi_model_open(&r.model, model, &err);
  if (!status && model) status = qi_parser_new(&r.parser, r.model, &err);
  if (!status) status = qi_file_read(&data, file, 0, &err);
  if (!status) run_file(&r, qi_builder_view(&data), &err);
  if (err.code) fprintf(stderr, "%s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  if (r.list) fclose(r.list);
  else printf("%zu of %zu right (%.1f%%)", r.right, r.n, r.n ? 100.0 * (double)r.right / (double)r.n : 0.0);
  if (!r.list) printf(r.n_missing ? ", %zu texts without trees\n" : "\n", r.n_missing);
  qi_parser_free(r.parser);
  qi_model_close(r.model);
  qi_actors_free(r.know.actors);
  qi_judgements_free(r.know.judgements);
  qi_kinds_free(r.know.kinds);
  qi_arena_clear(&r.arena);
  qi_builder_clear(&data);
  qi_builder_clear(&trees);
  return err.code || (r.n && (double)r.right < least * (double)r.n) ? 1 : 0;
}
