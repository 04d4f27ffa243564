/* Runs story.tsv, mini documents with what a careful reader sees around and in the story, through the whole road.
 *
 *   run_story [--model FILE] [--show] [--least SHARE] [--least-held SHARE] [--listed-held SHARE] [FILE.tsv]
 *
 * kind, wish: genre; title, byline, `-` none; dateline `place;day`; notstory: a word that must give no event and stand in a
 * sentence marked as no story; story: a deed word that must stay; writer: a deed word that is the writer's own praise or blame;
 * listed `item<head`: points of a list under a head, `item<` or `item<-` on none. Documents are of 2024-11-25. A deed word
 * that gives no event at all is judged by its sentence (story) or point (listed) and counted as silent. A third of the
 * documents is held out (held_out.h): counted, never shown. Exit 1 when a kind has less than --least of
 * its rows right, or --least-held of those held out, --listed-held of its points of lists. */
#include "base/file.h"
#include "base/utf8.h"
#include "code/list.h"
#include "held_out.h"
#include "know/table.h"
#include "run/document.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

enum { GENRE, TITLE, BYLINE, DATELINE, NOTSTORY, STORY, WRITER, LISTED, UNLISTED, N_KINDS };
static const char *const KINDS[N_KINDS] = {"genre", "title", "byline", "dateline", "notstory", "story", "writer", "listed", "unlisted"};

typedef struct counts {
  size_t rows, right, silent, in_list; /* in_list: a point of some list, its head apart */
} counts;

typedef struct runner {
  quid_context *ctx;
  quid_worker *worker;
  qi_arena arena;
  bool show;
  counts of[2][N_KINDS]; /* worked on; held out */
} runner;

/* " || " -> blank line. */
static qi_slice paragraphs(qi_slice text, qi_arena *arena) {
  char *out = qi_arena_alloc(arena, text.len + 1);
  size_t n = 0;
  for (size_t i = 0; out && i < text.len;) {
    bool bar = qi_slice_starts(qi_slice_sub(text, i, text.len), QI_SLICE(" || "));
    out[n++] = bar ? '\n' : text.ptr[i];
    if (bar) out[n++] = '\n';
    i += bar ? 4 : 1;
  }
  return (qi_slice){out, n};
}

/* "right#2": the second place of the word in the text; QI_NOT_FOUND none. */
static size_t place_of(qi_slice text, qi_slice word) {
  size_t hash = qi_slice_find_char(word, '#');
  long nth = 1;
  if (hash != QI_NOT_FOUND) {
    qi_slice_to_long(qi_slice_sub(word, hash + 1, word.len), &nth);
    word = qi_slice_sub(word, 0, hash);
  }
  for (size_t at = 0; at + word.len <= text.len; at++) {
    bool begins = at == 0 || !qi_ascii_is_alpha(text.ptr[at - 1]);
    bool ends = at + word.len == text.len || !qi_ascii_is_alpha(text.ptr[at + word.len]);
    if (begins && ends && qi_slice_eq(qi_slice_sub(text, at, at + word.len), word) && --nth == 0) return at;
  }
  return QI_NOT_FOUND;
}

static bool covers(quid_span s, size_t at) { return s.start <= at && at < s.end; }

static const qi_sentence *sentence_at(const qi_parsed *doc, size_t at) {
  for (uint32_t i = 0; i < doc->n_sentences; i++)
    if (at < doc->sentences[i].end) return &doc->sentences[i];
  return NULL;
}

static bool is_writer(const qi_story *story, const quid_entity *e) { return e && story->writer && strcmp(e->id, story->writer->id) == 0; }

static bool by_writer(const qi_story *story, const quid_event *e) {
  for (uint32_t i = 0; i < e->n_actors; i++)
    if (is_writer(story, &e->actors[i])) return true;
  return e->n_attribution && is_writer(story, e->attribution[e->n_attribution - 1].entity);
}

static const quid_link *listed(const quid_event *e) {
  for (uint32_t i = 0; i < e->n_links; i++)
    if (strcmp(e->links[i].type, "listed") == 0) return &e->links[i];
  return NULL;
}

/* ---- words ---- */

static bool deed_is_right(const quid_document *doc, int kind, qi_slice wish, bool *silent) {
  qi_slice text = qi_builder_view(&doc->text);
  const qi_story *story = &doc->events.story;
  size_t at = place_of(text, wish);
  const qi_sentence *s = at == QI_NOT_FOUND ? NULL : sentence_at(&doc->parsed, at);
  if (!s) return false;
  size_t n = 0, right = 0;
  for (uint32_t i = 0; i < doc->events.len; i++)
    if (covers(doc->events.items[i].trigger, at)) n++, right += by_writer(story, &doc->events.items[i]);
  bool is_story = story->sentences[s->index] == QI_STORY;
  *silent = n == 0;
  if (kind == NOTSTORY) return n == 0 && !is_story;
  if (kind == STORY) return is_story;
  return right > 0;
}

/* A head that occurs more than once is meant wherever it stands in the words given. */
static bool holds(qi_slice text, quid_span span, qi_slice word, size_t at) {
  if (qi_slice_find_char(word, '#') != QI_NOT_FOUND) return covers(span, at);
  return place_of(qi_slice_sub(text, span.start, span.end), word) != QI_NOT_FOUND;
}

static bool list_is_right(const quid_document *doc, qi_slice wish, bool *silent, bool *in_list) {
  qi_slice text = qi_builder_view(&doc->text);
  size_t bar = qi_slice_find_char(wish, '<');
  qi_slice item = qi_slice_sub(wish, 0, bar), head = bar == QI_NOT_FOUND ? wish : qi_slice_sub(wish, bar + 1, wish.len);
  bool none = head.len == 0 || qi_slice_eq_str(head, "-");
  size_t at = place_of(text, item), head_at = none ? 0 : place_of(text, head);
  const qi_sentence *s = at == QI_NOT_FOUND ? NULL : sentence_at(&doc->parsed, at);
  if (!s || head_at == QI_NOT_FOUND) return false;
  *silent = true;
  for (uint32_t i = 0; i < doc->events.len; i++) {
    const quid_event *e = &doc->events.items[i];
    if (!covers(e->trigger, at)) continue;
    const quid_link *link = listed(e);
    *silent = false;
    *in_list = link != NULL;
    return none ? !link : link && (holds(text, link->other, head, head_at) || (link->event < doc->events.len && holds(text, doc->events.items[link->event].trigger, head, head_at)));
  }
  uint32_t token = 0;
  while (token + 1 < s->n_tokens && s->tokens[token].end <= at) token++;
  const qi_list_point *p = qi_lists_at(&doc->events.lists, s->index, token);
  *in_list = p != NULL;
  return none ? !p : p && holds(text, doc->events.lists.items[p->list].head, head, head_at);
}

/* ---- the outside ---- */

static bool says(const char *what, qi_slice got, qi_slice wish, bool show) {
  bool right = qi_slice_eq_str(wish, "-") ? got.len == 0 : qi_slice_eq(got, wish);
  if (!right && show) printf("  %s '%.*s'\n", what, QI_SLICE_ARG(got));
  return right;
}

static bool dateline_is_right(const quid_document *doc, qi_slice wish, bool show) {
  char day[QI_DATE_BYTES];
  qi_slice rest = wish, place, date = {"-", 1};
  if (!qi_slice_split(&rest, ';', &place)) return false;
  if (rest.ptr) date = rest;
  qi_date_format(day, qi_date_near(doc->header.dateline.date, doc->day));
  return says("place", doc->events.story.place, place, show) & says("day", qi_slice_str(day), date, show);
}

static quid_status run_row(runner *r, const qi_table *t, quid_error *err) {
  int kind = 0;
  while (kind < N_KINDS && !qi_slice_eq_str(t->field[0], KINDS[kind])) kind++;
  if (kind == LISTED && (qi_slice_ends(t->field[1], QI_SLICE("<")) || qi_slice_ends(t->field[1], QI_SLICE("<-")))) kind = UNLISTED;
  if (kind >= N_KINDS) return qi_table_error(t, 0, err, "unknown kind", t->field[0]);
  bool apart = held_out(t->field[2]), silent = false, in_list = false, right = false, show = r->show && !apart;
  qi_arena_reset(&r->arena);
  qi_slice text = paragraphs(t->field[2], &r->arena), wish = t->field[1];
  quid_document *doc;
  quid_document_input in = {.text = text.ptr, .text_bytes = text.len, .published = "2024-11-25"};
  quid_status status = quid_document_code(&doc, r->worker, &in, err);
  if (status) return status;
  switch (kind) {
  case GENRE: right = says("genre", qi_slice_str(quid_genre_name(doc->genre)), wish, show); break;
  case TITLE: right = says("title", qi_slice_str(doc->title), wish, show); break;
  case BYLINE: right = says("byline", qi_slice_str(doc->byline), wish, show); break;
  case DATELINE: right = dateline_is_right(doc, wish, show); break;
  case LISTED:
  case UNLISTED: right = list_is_right(doc, wish, &silent, &in_list); break;
  default: right = deed_is_right(doc, kind, wish, &silent); break;
  }
  quid_document_free(doc);
  counts *n = &r->of[apart][kind];
  n->rows++;
  n->right += right;
  n->in_list += in_list;
  n->silent += silent && kind != NOTSTORY;
  if (!right && show) printf("%zu: %s '%.*s'%s: %.*s\n", t->line, KINDS[kind], QI_SLICE_ARG(wish), silent ? " (silent)" : "", QI_SLICE_ARG(t->field[2]));
  return QUID_OK;
}

static bool report(const char *name, const counts *of, double least, double listed_least) {
  bool low = false;
  size_t rows = 0, right = 0;
  for (int k = 0; k < N_KINDS; k++) {
    if (of[k].rows) printf("%s %-8s %3zu of %3zu (%.0f %%), %zu silent\n", name, KINDS[k], of[k].right, of[k].rows, 100.0 * (double)of[k].right / (double)of[k].rows, of[k].silent);
    if (k == LISTED) printf("%s listed under some head: %zu\n", name, of[k].in_list);
    low |= (double)of[k].right < (k == LISTED ? listed_least : least) * (double)of[k].rows;
    rows += of[k].rows;
    right += of[k].right;
  }
  printf("%s: %zu of %zu right\n", name, right, rows);
  return low;
}

int main(int argc, char **argv) {
  runner r = {.show = false};
  quid_error err = {.code = QUID_OK};
  const char *model = test_root("model/quid.model"), *file = test_root("tests/golden/story.tsv");
  double least = 0, least_held = 0, listed_held = 0;
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = value, i++;
    else if (strcmp(argv[i], "--least") == 0) least = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--least-held") == 0) least_held = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--listed-held") == 0) listed_held = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--show") == 0) r.show = true;
    else file = argv[i];
  }
  qi_builder data;
  qi_builder_init(&data, 0);
  qi_arena_init(&r.arena, 0);
  qi_table t;
  bool more = true, low = false;
  quid_context_options options = {.model = model, .knowledge = test_root("knowledge")};
  quid_status status = qi_file_read(&data, file, 0, &err);
  if (!status) status = quid_context_new(&r.ctx, &options, &err);
  if (!status) status = quid_worker_new(&r.worker, r.ctx, &err);
  if (!status) status = qi_table_open(&t, qi_builder_view(&data), file, "kind\twish\ttext", &err);
  while (!status && !(status = qi_table_next(&t, &more, &err)) && more) status = run_row(&r, &t, &err);
  if (status) fprintf(stderr, "run_story: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else {
    low = report("held out", r.of[1], least_held, listed_held);
    low |= report("worked on", r.of[0], least, least);
  }
  quid_worker_free(r.worker);
  quid_context_free(r.ctx);
  qi_arena_clear(&r.arena);
  qi_builder_clear(&data);
  return status ? 2 : low;
}
