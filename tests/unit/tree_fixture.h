/* A compact way to write trees, and the real dictionaries, for the tests of the coder.
 *
 *   "Russia/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Ukraine/PROPN/NNP/2/obj"
 *
 * is form[:lemma]/upos/xpos/head/deprel; a line break ends a sentence, an empty line a paragraph. */
#ifndef QUID_TEST_TREE_FIXTURE_H
#define QUID_TEST_TREE_FIXTURE_H

#include <stdio.h>

#include "unit/unit.h"

#include "base/builder.h"
#include "code/coder.h"
#include "parse/conllu.h"

typedef struct trees {
  qi_know know;
  qi_arena arena;
  qi_parsed doc;
  qi_mentions mentions;
  qi_events events;
  qi_explain explain;
  const qi_second *second; /* NULL: none */
} trees;

static void write_token(qi_builder *b, int number, qi_slice token) {
  qi_slice part[5] = {{0}};
  for (int i = 4; i > 0; i--) { /* from the end: the form may hold a slash */
    size_t at = token.len;
    while (at > 0 && token.ptr[at - 1] != '/') at--;
    part[i] = qi_slice_sub(token, at, token.len);
    token.len = at ? at - 1 : 0;
  }
  size_t colon = qi_slice_find_char(token, ':');
  bool has_lemma = colon != QI_NOT_FOUND && colon > 0;
  qi_slice form = has_lemma ? qi_slice_sub(token, 0, colon) : token;
  qi_slice lemma = has_lemma ? qi_slice_sub(token, colon + 1, token.len) : token;
  qi_builder_printf(b, "%d\t%.*s\t%.*s\t%.*s\t%.*s\t_\t%.*s\t%.*s\t_\t_\n", number, QI_SLICE_ARG(form),
                    QI_SLICE_ARG(lemma), QI_SLICE_ARG(part[1]), QI_SLICE_ARG(part[2]),
                    QI_SLICE_ARG(part[3]), QI_SLICE_ARG(part[4]));
}

static void read_trees(trees *t, const char *text) {
  qi_builder b;
  qi_slice rest = qi_slice_str(text), line, token;
  quid_error err = {0};
  qi_conllu in;
  qi_builder_init(&b, 0);
  qi_builder_str(&b, "# newpar\n");
  while (qi_slice_line(&rest, &line)) {
    int n = 0;
    if (line.len == 0) qi_builder_str(&b, "# newpar\n");
    while (qi_slice_word(&line, &token)) write_token(&b, ++n, token);
    if (n) qi_builder_char(&b, '\n');
  }
  qi_conllu_open(&in, qi_builder_view(&b), "trees", true);
  if (qi_conllu_next(&t->doc, &in, &t->arena, &err)) fail_msg("%zu:%zu: %s", err.line, err.column, err.message);
  qi_conllu_close(&in);
  qi_builder_clear(&b);
}

static void trees_init(trees *t) {
  quid_error err = {0};
  *t = (trees){.explain = {.arena = &t->arena}};
  qi_arena_init(&t->arena, 0);
  if (qi_know_load(&t->know, test_root("knowledge"), &err))
    fail_msg("%s:%zu:%zu: %s", err.file, err.line, err.column, err.message);
}

static void trees_clear(trees *t) {
  qi_know_clear(&t->know);
  qi_arena_clear(&t->arena);
}

/* Codes the text as published on 2023-06-01. */
static inline void code_trees(trees *t, const char *text) {
  quid_error err = {0};
  qi_document_info info = {.published = qi_day_from_ymd(2023, 6, 1)};
  qi_arena_reset(&t->arena);
  t->explain = (qi_explain){.arena = &t->arena};
  read_trees(t, text);
  if (qi_code_document(&t->know, t->second, &t->doc, &info, &t->arena, &t->events, &t->explain, &err)) fail_msg("%s", err.message);
}

/* The event whose trigger is that word; NULL none. */
static inline const quid_event *event_at(const trees *t, const char *word) {
  for (uint32_t i = 0; i < t->events.len; i++) {
    quid_span s = t->events.items[i].trigger;
    if (qi_slice_eq_str(qi_slice_sub(t->doc.text, s.start, s.end), word)) return &t->events.items[i];
  }
  return NULL;
}

/* The event at that word must be "ACTOR,ACTOR > RECIPIENT ; status". */
static inline void expect(const trees *t, const char *word, const char *wanted) {
  const quid_event *e = event_at(t, word);
  char got[512];
  size_t n = 0;
  if (!e) fail_msg("no event at '%s'", word);
  for (uint32_t i = 0; i < e->n_actors; i++) n += (size_t)snprintf(got + n, sizeof got - n, "%s%s", i ? "," : "", e->actors[i].id);
  n += (size_t)snprintf(got + n, sizeof got - n, "%s > ", e->n_actors ? "" : "-");
  for (uint32_t i = 0; i < e->n_recipients; i++)
    n += (size_t)snprintf(got + n, sizeof got - n, "%s%s", i ? "," : "", e->recipients[i].id);
  snprintf(got + n, sizeof got - n, "%s ; %s", e->n_recipients ? "" : "-", quid_event_status_name(e->status));
  assert_string_equal(got, wanted);
}

#endif
