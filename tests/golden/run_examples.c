/* Runs every `yes` and `no` sentence of the frames through the whole road: text -> trees -> events.
 *
 *   run_examples [--model FILE] [--trees FILE.conllu] [--list FILE] [--show yes|no|all] [--least SHARE] [NAME]
 *
 * --list writes the sentences, one a line, for another parser; --trees reads its trees, one document
 * each, found again by their letters. NAME: only frames whose id starts so. Without --show only the counts are
 * printed; failures are shown with what was coded instead. Exit 1 when the share of right answers is
 * under --least. */
#include "base/file.h"
#include "code/coder.h"
#include "know/frames.h"
#include "parse/conllu.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct counts {
  size_t yes, yes_right, no, no_right;
  size_t silent, wrong_type, wrong_actor, wrong_recipient, wrong_status;
} counts;

typedef struct runner {
  qi_know know;
  qi_model *model;
  qi_second second;
  qi_parser *parser;
  qi_map trees; /* letters of a sentence -> index into parsed */
  QI_VEC(qi_parsed) parsed;
  qi_arena tree_arena;
  size_t n_missing;
  bool has_trees, show_yes, show_no;
  const char *only;
  qi_arena arena;
  counts all;
} runner;

/* Nobody in particular: soldiers, protesters, a name that is not known. */
static bool is_unnamed(const quid_entity *e) { return e->country[0] == '\0'; }

/* "RUS" fits RUS and RUS.MIL; "CVL" anybody unnamed. */
static bool id_fits(qi_slice wanted, const quid_entity *e) {
  qi_slice have = qi_slice_str(e->id);
  if (is_unnamed(e) && (qi_slice_eq_str(wanted, "CVL") || qi_slice_eq_str(wanted, e->sector))) return true;
  return qi_slice_starts(have, wanted) && (have.len == wanted.len || have.ptr[wanted.len] == '.');
}

/* Every wanted one is there and nobody else. */
static bool cast_fits(const char *wanted, const quid_entity *who, uint32_t n) {
  qi_slice rest = qi_slice_str(wanted), one;
  if (strcmp(wanted, "-") == 0) {
    for (uint32_t i = 0; i < n; i++)
      if (!is_unnamed(&who[i])) return false;
    return true;
  }
  bool used[64] = {false};
  while (qi_slice_split(&rest, ',', &one)) {
    bool found = false;
    one = qi_slice_trim(one);
    for (uint32_t i = 0; i < n && i < 64; i++)
      if (id_fits(one, &who[i])) found = used[i] = true;
    if (!found) return false;
  }
  for (uint32_t i = 0; i < n && i < 64; i++)
    if (!used[i]) return false;
  return true;
}

static void show_cast(const quid_entity *who, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) printf("%s%s", i ? "," : "", who[i].id);
  if (!n) printf("-");
}

static void show_events(const qi_events *events) {
  for (uint32_t i = 0; i < events->len; i++) {
    const quid_event *e = &events->items[i];
    printf("      %s ", quid_event_type_name(e->type));
    show_cast(e->actors, e->n_actors);
    printf(" > ");
    show_cast(e->recipients, e->n_recipients);
    printf(" ; %s (%s)\n", quid_event_status_name(e->status), e->frame);
  }
}

/* How near the coded events come: 0 right, then what is wrong first. */
static const char *judge(const qi_frame *f, const qi_example *x, const qi_events *events, counts *n) {
  int best = 0;
  for (uint32_t i = 0; i < events->len; i++) {
    const quid_event *e = &events->items[i];
    if (e->type != f->type) continue;
    int score = 1;
    if (cast_fits(x->actors, e->actors, e->n_actors)) {
      score = 2;
      if (cast_fits(x->recipients, e->recipients, e->n_recipients)) score = e->status == x->status ? 4 : 3;
    }
    if (score > best) best = score;
  }
  switch (best) {
  case 4: return NULL;
  case 3: n->wrong_status++; return "status";
  case 2: n->wrong_recipient++; return "recipient";
  case 1: n->wrong_actor++; return "actor";
  default:
    if (events->len) n->wrong_type++;
    else n->silent++;
    return events->len ? "other event only" : "no event";
  }
}

/* The sentence without its blanks: what every tokenisation has in common. */
static qi_slice letters(qi_slice text, qi_arena *arena) {
  char *out = qi_arena_alloc(arena, text.len + 1);
  size_t n = 0;
  for (size_t i = 0; out && i < text.len; i++)
    if (text.ptr[i] != ' ') out[n++] = text.ptr[i];
  return (qi_slice){out, n};
}

static quid_status read_trees(runner *r, qi_slice data, const char *file, quid_error *err) {
  qi_conllu in;
  qi_parsed doc;
  quid_status status;
  qi_conllu_open(&in, data, file, true);
  while (!(status = qi_conllu_next(&doc, &in, &r->tree_arena, err)) && doc.n_sentences) {
    qi_slice key = letters(doc.text, &r->tree_arena);
    if (!qi_map_put(&r->trees, key, (uint32_t)r->parsed.len) || !QI_VEC_PUSH(&r->parsed, doc))
      status = qi_error_memory(err, "the trees");
    if (status) break;
  }
  qi_conllu_close(&in);
  return status;
}

static quid_status parse(runner *r, const qi_example *x, qi_parsed *doc, quid_error *err) {
  if (r->has_trees) {
    uint32_t at = qi_map_find(&r->trees, letters(qi_slice_str(x->sentence), &r->arena), QI_MAP_NONE);
    *doc = at == QI_MAP_NONE ? (qi_parsed){.text = {"", 0}} : r->parsed.items[at];
    r->n_missing += at == QI_MAP_NONE;
    return QUID_OK;
  }
  quid_status status = qi_segment(r->model, qi_slice_str(x->sentence), &r->arena, doc, err);
  return status ? status : qi_parser_run(r->parser, doc, &r->arena, err);
}

static quid_status run_one(runner *r, const qi_frame *f, const qi_example *x, quid_error *err) {
  qi_parsed doc;
  qi_events events;
  qi_explain why = {.arena = &r->arena};
  qi_document_info info = {.published = qi_day_from_ymd(2023, 6, 1)};
  qi_arena_reset(&r->arena);
  quid_status status = parse(r, x, &doc, err);
  if (!status && r->has_trees && !doc.n_sentences) return QUID_OK;
  if (!status) status = qi_code_document(&r->know, &r->second, &doc, &info, &r->arena, &events, &why, err);
  if (status) return status;
  if (r->only && strncmp(f->id, r->only, strlen(r->only)) != 0) return QUID_OK;
  const char *wrong = NULL;
  if (x->yes) {
    wrong = judge(f, x, &events, &r->all);
    r->all.yes++;
    r->all.yes_right += !wrong;
  } else {
    for (uint32_t i = 0; i < events.len && !wrong; i++)
      if (events.items[i].type == f->type) wrong = "matched";
    r->all.no++;
    r->all.no_right += !wrong;
  }
  if (!wrong || !(x->yes ? r->show_yes : r->show_no)) return QUID_OK;
  printf("%s:%u: %s %s: %s\n    %s\n", f->file, x->line, x->yes ? "yes" : "no", f->id, wrong, x->sentence);
  if (x->yes) printf("    => %s > %s ; %s\n", x->actors, x->recipients, quid_event_status_name(x->status));
  show_events(&events);
  for (size_t i = 0; i < why.lines.len && x->yes && getenv("QUID_EXPLAIN"); i++)
    printf("        %.*s\n", QI_SLICE_ARG(why.lines.items[i].text));
  return QUID_OK;
}

static void report(const counts *n) {
  double right = (double)(n->yes_right + n->no_right), all = (double)(n->yes + n->no);
  printf("yes %zu of %zu right (%zu no event, %zu other event only, %zu actor, %zu recipient, %zu status); ",
         n->yes_right, n->yes, n->silent, n->wrong_type, n->wrong_actor, n->wrong_recipient, n->wrong_status);
  printf("no %zu of %zu right; %.1f%% in all\n", n->no_right, n->no, all > 0 ? 100 * right / all : 0.0);
}

static quid_status run_all(runner *r, FILE *list, quid_error *err) {
  for (uint32_t i = 0; i < qi_frames_count(r->know.frames); i++) {
    const qi_frame *f = qi_frames_get(r->know.frames, i);
    for (uint32_t k = 0; k < f->n_examples; k++) {
      quid_status status = QUID_OK;
      if (list) fprintf(list, "%s\n", f->examples[k].sentence);
      else status = run_one(r, f, &f->examples[k], err);
      if (status) return status;
    }
  }
  return QUID_OK;
}

static int fail(const quid_error *err) {
  fprintf(stderr, "run_examples: %s:%zu:%zu: %s\n", err->file, err->line, err->column, err->message);
  return 2;
}

int main(int argc, char **argv) {
  runner r = {.only = NULL};
  qi_judge *judge_of_model = NULL;
  quid_error err = {.code = QUID_OK};
  const char *model = test_root("model/quid.model"), *trees = NULL, *list = NULL;
  double least = 0;
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = value, i++;
    else if (strcmp(argv[i], "--trees") == 0) trees = value, i++;
    else if (strcmp(argv[i], "--list") == 0) list = value, i++;
    else if (strcmp(argv[i], "--least") == 0) least = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--show") == 0) {
      r.show_yes = strcmp(value, "no") != 0;
      r.show_no = strcmp(value, "yes") != 0;
      i++;
    } else r.only = argv[i];
  }
  qi_builder data;
  qi_builder_init(&data, 0);
  qi_arena_init(&r.arena, 0);
  qi_arena_init(&r.tree_arena, 0);
  if (qi_know_load(&r.know, test_root("knowledge"), &err)) return fail(&err);
  if (trees) {
    r.has_trees = true;
    if (qi_file_read(&data, trees, 0, &err)) return fail(&err);
    if (read_trees(&r, qi_builder_view(&data), trees, &err)) return fail(&err);
  } else if (!list && (qi_model_open(&r.model, model, &err) || qi_parser_new(&r.parser, r.model, &err) || qi_judge_open(&judge_of_model, r.model, &err)))
    return fail(&err);
  r.second = (qi_second){r.model, judge_of_model};
  FILE *out = list ? fopen(list, "w") : NULL;
  if (run_all(&r, out, &err)) return fail(&err);
  if (out) fclose(out);
  else report(&r.all);
  if (r.n_missing) printf("%zu sentences have no tree\n", r.n_missing);
  qi_map_clear(&r.trees);
  QI_VEC_CLEAR(&r.parsed);
  qi_arena_clear(&r.tree_arena);
  if (r.parser) qi_parser_free(r.parser);
  qi_judge_free(judge_of_model);
  if (r.model) qi_model_close(r.model);
  qi_builder_clear(&data);
  qi_arena_clear(&r.arena);
  qi_know_clear(&r.know);
  double right = (double)(r.all.yes_right + r.all.no_right), all = (double)(r.all.yes + r.all.no);
  return all > 0 && right / all < least ? 1 : 0;
}
