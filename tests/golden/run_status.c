/* Runs sentences with a known status through the whole road and compares.
 *
 *   run_status [--model FILE] [--trees FILE.conllu] [--list] [--show] [--least SHARE] [--word SHARE] [--by SHARE] [--asserted N] [FILE.tsv]
 *
 * FILE's header tells its kind: tests/golden/status.tsv, tests/golden/status_news.tsv (a third of it is held out), or
 * knowledge/status/examples.tsv (each sentence must have the status that its operator gives).
 * --list prints the sentences (of the development part) for another parser; --trees reads its trees; --show names failures, of the development part alone.
 * A deed that must not be asserted and comes out so is counted apart: that is the error that matters. Exit 1 when either part is under
 * --least (status), --word (status, words that no frame took for a deed counted too) or --by (attribution), or when more than N of a part are wrongly asserted. */
#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "code/coder.h"
#include "code/match.h"
#include "code/status.h"
#include "golden/held_out.h"
#include "know/table.h"
#include "parse/conllu.h"
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Where each kind of file has what; -1: not at all. */
typedef struct layout {
  const char *header;
  int status, word, sentence, by, operator;
  bool halves; /* no: an example of an operator, where the bare word counts as well as an event */
} layout;

static const layout layouts[] = {
    {"status\tword\tsentence", 0, 1, 2, -1, -1, false},
    {"operator\tstatus\tword\tby\tsentence", 1, 2, 4, 3, 0, true},
    {"word\tpos\tslot\tstatus\tdeed\tsentence", 3, 4, 5, -1, 0, false},
};

typedef struct tally {
  qi_slice name; /* of an operator */
  size_t n, right, missing, wrongly_asserted, n_by, right_by;
  size_t bare; /* of the missing: status.c has the right one for the bare word */
} tally;

typedef struct runner {
  qi_know know;
  qi_model *model;
  qi_second second;
  qi_parser *parser;
  qi_map trees, operators;
  QI_VEC(qi_parsed) parsed;
  QI_VEC(tally) by_operator; /* of the development part */
  const layout *layout;
  qi_arena arena, tree_arena;
  bool list, show, has_trees;
  tally half[2]; /* [held out] */
} runner;

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
    if (!qi_map_put(&r->trees, letters(doc.text, &r->tree_arena), (uint32_t)r->parsed.len) ||
        !QI_VEC_PUSH(&r->parsed, doc))
      return qi_error_memory(err, "the trees");
  }
  qi_conllu_close(&in);
  r->has_trees = true;
  return status;
}

static quid_status parse(runner *r, qi_slice sentence, qi_parsed *doc, quid_error *err) {
  if (r->has_trees) {
    uint32_t at = qi_map_find(&r->trees, letters(sentence, &r->arena), QI_MAP_NONE);
    *doc = at == QI_MAP_NONE ? (qi_parsed){.text = {"", 0}} : r->parsed.items[at];
    return QUID_OK;
  }
  quid_status status = qi_segment(r->model, sentence, &r->arena, doc, err);
  return status ? status : qi_parser_run(r->parser, doc, &r->arena, err);
}

/* ---- where the word is ---- */

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80; }

/* "word#2" -> the span of its second occurrence; an empty one where there is none. */
static quid_span place_of(qi_slice text, qi_slice word) {
  size_t nth = 1, at = 0;
  if (word.len > 2 && word.ptr[word.len - 2] == '#') nth = (size_t)(word.ptr[word.len - 1] - '0'), word.len -= 2;
  for (; at + word.len <= text.len; at++) {
    bool here = memcmp(text.ptr + at, word.ptr, word.len) == 0 && (at == 0 || !is_letter(text.ptr[at - 1])) &&
                (at + word.len == text.len || !is_letter(text.ptr[at + word.len]));
    if (here && --nth == 0) return (quid_span){(uint32_t)at, (uint32_t)(at + word.len)};
  }
  return (quid_span){0, 0};
}

/* ---- attribution ---- */

static bool begins(const quid_entity *e, qi_slice part) {
  if (!e) return false;
  qi_slice id = qi_slice_str(e->id);
  return qi_slice_starts(id, part) && (id.len == part.len || id.ptr[part.len] == '.');
}

static bool is_by(const quid_event *e, qi_slice wanted) {
  qi_slice one;
  uint32_t n = 0;
  if (qi_slice_eq_str(wanted, "-")) return e->n_attribution == 0;
  for (; qi_slice_split(&wanted, '<', &one); n++)
    if (n >= e->n_attribution || !begins(e->attribution[n].entity, one)) return false;
  return n == e->n_attribution;
}

static void tell(const runner *r, const qi_table *t, const char *what, const quid_event *e) {
  printf("%zu [%.*s] '%.*s' is %s%s", t->line, QI_SLICE_ARG(t->field[r->layout->operator < 0 ? 0 : r->layout->operator]),
         QI_SLICE_ARG(t->field[r->layout->word]), e || strcmp(what, "none") == 0 ? "" : "no event, but the word ", what);
  for (uint32_t i = 0; e && r->layout->by >= 0 && i < e->n_attribution; i++)
    printf("%s%s", i ? "<" : " by ", e->attribution[i].entity ? e->attribution[i].entity->id : "?");
  printf(", must be %.*s", QI_SLICE_ARG(t->field[r->layout->status]));
  if (r->layout->by >= 0) printf(" by %.*s", QI_SLICE_ARG(t->field[r->layout->by]));
  printf(": %.*s\n", QI_SLICE_ARG(t->field[r->layout->sentence]));
}

static void book(tally *t, const tally *row) {
  t->n += row->n, t->right += row->right, t->missing += row->missing;
  t->wrongly_asserted += row->wrongly_asserted, t->n_by += row->n_by, t->right_by += row->right_by;
  t->bare += row->bare;
}

static bool book_operator(runner *r, qi_slice name, const tally *row) {
  uint32_t at = qi_map_find(&r->operators, name, QI_MAP_NONE);
  if (at == QI_MAP_NONE) {
    at = (uint32_t)r->by_operator.len;
    if (!QI_VEC_PUSH(&r->by_operator, (tally){.name = name}) || !qi_map_put(&r->operators, name, at)) return false;
  }
  book(&r->by_operator.items[at], row);
  return true;
}

/* What status.c says of a word that no frame took for a deed: is it the status that fails, or the frame? */
static bool status_of_word(const runner *r, const qi_parsed *doc, const qi_events *events, quid_span word, qi_arena *arena, uint8_t *out) {
  static const qi_frame frame = {.id = "any", .type = QUID_COOPERATE, .embeds = QI_NO_STATUS};
  qi_quote *quotes;
  if (!qi_quotes_find(&quotes, &r->know, doc, &events->mentions, arena)) return false;
  for (uint32_t i = 0; i < doc->n_sentences; i++)
    for (uint32_t k = 0; k < doc->sentences[i].n_tokens; k++) {
      qi_view v = {&r->know, doc, &doc->sentences[i], &events->mentions};
      const qi_token *t = &v.s->tokens[k];
      if (t->start >= word.end || t->end <= word.start) continue;
      qi_deed deed = {.frame = &frame, .sentence = i, .token = (int32_t)k, .light = QI_NO_TOKEN};
      deed.part = qi_is_verb(&v, deed.token) ? 'v' : t->upos == QI_ADJ ? 'a' : 'n';
      qi_deep deep;
      qi_deep_read(&v, deed.token, deed.part, &deep);
      deed.light = deep.light, deed.light_entry = deep.light_entry;
      int32_t subject = deed.part == 'n' ? qi_deep_owner(&v, deed.token) : qi_deep_subject(&v, deed.token);
      if (subject >= 0) {
        deed.role[QI_ROLE_ACTOR] = (qi_fill){.token = {subject}, .n = 1};
        qi_cast_phrase(&v, subject, false, &deed.actors);
      }
      qi_deeds deeds = {0};
      qi_standing standing;
      if (!qi_match_sentence(&v, arena, &deeds, NULL)) return false;
      qi_status_of(&standing, &v, &deed, deeds.items, deeds.len, events->story.genre, &quotes[i]);
      *out = standing.status;
      return true;
    }
  return true;
}

static bool compare(runner *r, const qi_table *t, const qi_parsed *doc, const qi_events *events) {
  const layout *l = r->layout;
  qi_slice wanted = t->field[l->status], by = l->by < 0 ? QI_SLICE("*") : t->field[l->by];
  quid_span word = place_of(doc->text, t->field[l->word]);
  const quid_event *got = NULL;
  tally row = {.n = 1};
  for (uint32_t i = 0; i < events->len; i++) {
    const quid_event *e = &events->items[i];
    if (e->trigger.start >= word.end || e->trigger.end <= word.start) continue;
    bool fits = qi_slice_eq_str(wanted, quid_event_status_name(e->status));
    if (!got || fits) got = e;
    row.wrongly_asserted |= e->status == QUID_ASSERTED && !qi_slice_eq_str(wanted, "asserted") && !qi_slice_eq_str(wanted, "none");
  }
  const char *name = got ? quid_event_status_name(got->status) : "none";
  row.right = qi_slice_eq_str(wanted, name);
  row.missing = !got && !row.right;
  row.n_by = got && !qi_slice_eq_str(by, "*");
  row.right_by = row.n_by && is_by(got, by);
  bool out = l->halves && held_out(t->field[l->sentence]);
  uint8_t bare = QUID_N_EVENT_STATUSES;
  if (row.missing && !status_of_word(r, doc, events, word, &r->arena, &bare)) return false;
  if (bare < QUID_N_EVENT_STATUSES) row.bare = qi_slice_eq_str(wanted, name = quid_event_status_name(bare));
  if (!l->halves && l->operator >= 0) row.right |= row.bare, row.missing &= !row.bare;
  book(&r->half[out], &row);
  if (!out && r->show && (!row.right || row.right_by < row.n_by)) tell(r, t, name, got);
  return out || l->operator < 0 || book_operator(r, t->field[l->operator], &row);
}

static quid_status run_row(runner *r, const qi_table *t, quid_error *err) {
  qi_parsed doc;
  qi_events events;
  qi_document_info info = {.published = qi_day_from_ymd(2023, 6, 1)};
  qi_slice sentence = t->field[r->layout->sentence];
  if (r->list) {
    if (!r->layout->halves || !held_out(sentence)) printf("%.*s\n", QI_SLICE_ARG(sentence));
    return QUID_OK;
  }
  qi_arena_reset(&r->arena);
  quid_status status = parse(r, sentence, &doc, err);
  if (!status && doc.n_sentences == 0) return QUID_OK;
  if (!status) status = qi_code_document(&r->know, &r->second, &doc, &info, &r->arena, &events, NULL, err);
  if (!status && !compare(r, t, &doc, &events)) status = qi_error_memory(err, "the figures");
  return status;
}

static quid_status run_file(runner *r, qi_slice data, const char *file, quid_error *err) {
  qi_table t;
  bool more;
  quid_status status = QUID_ERR_FORMAT;
  for (size_t i = 0; i < sizeof layouts / sizeof *layouts && status; i++) {
    qi_error_clear(err);
    r->layout = &layouts[i];
    status = qi_table_open(&t, data, file, layouts[i].header, err);
  }
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = run_row(r, &t, err);
  return status;
}

/* ---- the report ---- */

static double share(size_t part, size_t whole) { return whole ? (double)part / (double)whole : 1; }

static void report(const runner *r) {
  static const char *const names[2] = {"development", "held out"};
  for (uint32_t i = 0; i < r->by_operator.len && r->show; i++) {
    const tally *o = &r->by_operator.items[i];
    if (o->right < o->n) printf("  %.*s: %zu of %zu\n", QI_SLICE_ARG(o->name), o->right, o->n);
  }
  for (int h = 0; h < 2; h++) {
    const tally *t = &r->half[h];
    if (!t->n) continue;
    printf("%s%s%s%zu of %zu right (%.1f%%; %zu not found, %zu of them right by the bare word), %zu asserted that must not be", h ? "; " : "", r->layout->halves ? names[h] : "",
           r->layout->halves ? " " : "", t->right, t->n, 100 * share(t->right, t->n), t->missing, t->bare, t->wrongly_asserted);
    if (t->n_by) printf(", attribution %zu of %zu (%.1f%%)", t->right_by, t->n_by, 100 * share(t->right_by, t->n_by));
  }
  printf("\n");
}

static bool is_under(const runner *r, double least, double least_word, double least_by, double asserted) {
  for (int h = 0; h < 2; h++) {
    const tally *t = &r->half[h];
    if (share(t->right, t->n) < least || share(t->right + t->bare, t->n) < least_word || share(t->right_by, t->n_by) < least_by || (double)t->wrongly_asserted > asserted) return true;
  }
  return false;
}

int main(int argc, char **argv) {
  qi_judge *judge = NULL;
  runner r = {.list = false};
  quid_error err = {.code = QUID_OK};
  const char *model = test_root("model/quid.model"), *trees = NULL, *file = test_root("tests/golden/status.tsv");
  double least = 0, least_word = 0, least_by = 0, asserted = HUGE_VAL;
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = value, i++;
    else if (strcmp(argv[i], "--trees") == 0) trees = value, i++;
    else if (strcmp(argv[i], "--least") == 0) least = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--word") == 0) least_word = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--by") == 0) least_by = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--asserted") == 0) asserted = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--list") == 0) r.list = true;
    else if (strcmp(argv[i], "--show") == 0) r.show = true;
    else file = argv[i];
  }
  qi_builder data, tree_data;
  qi_builder_init(&data, 0);
  qi_builder_init(&tree_data, 0);
  qi_arena_init(&r.arena, 0);
  qi_arena_init(&r.tree_arena, 0);
  quid_status status = qi_file_read(&data, file, 0, &err);
  if (!status && !r.list) status = qi_know_load(&r.know, test_root("knowledge"), &err);
  if (!status && trees && !(status = qi_file_read(&tree_data, trees, 0, &err)))
    status = read_trees(&r, qi_builder_view(&tree_data), trees, &err);
  if (!status && !trees && !r.list && !(status = qi_model_open(&r.model, model, &err)))
    status = qi_parser_new(&r.parser, r.model, &err);
  if (!status && r.model) status = qi_judge_open(&judge, r.model, &err);
  r.second = (qi_second){r.model, judge};
  if (!status) status = run_file(&r, qi_builder_view(&data), file, &err);
  if (status) fprintf(stderr, "run_status: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else if (!r.list) report(&r);
  if (r.parser) qi_parser_free(r.parser);
  qi_judge_free(judge);
  if (r.model) qi_model_close(r.model);
  qi_map_clear(&r.trees);
  qi_map_clear(&r.operators);
  QI_VEC_CLEAR(&r.parsed);
  QI_VEC_CLEAR(&r.by_operator);
  qi_know_clear(&r.know);
  qi_arena_clear(&r.arena);
  qi_arena_clear(&r.tree_arena);
  qi_builder_clear(&data);
  qi_builder_clear(&tree_data);
  if (status) return 2;
  return is_under(&r, least, least_word, least_by, asserted) ? 1 : 0;
}
