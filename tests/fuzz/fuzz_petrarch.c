/* Whatever the bytes of PETRARCH dictionaries and of a text: faults are noted with their line, and the rest
 * can be coded with. Lines "%actors", "%agents", "%verbs", "%discards", "%text" part the input; the text's
 * words become trees of odd shapes, made from their own letters. */
#include "base/utf8.h"
#include "code/coder.h"
#include "know/cameo.h"
#include "know/petrarch.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_WORDS = 80 };

static qi_know know;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  quid_error err = {0};
  const char *dir = QUID_TEST_ROOT "/knowledge";
  if (qi_know_load(&know, dir, &err) || qi_cameo_load(&know.cameo, dir, know.ontology, &err)) {
    fprintf(stderr, "%s\n", err.message);
    abort();
  }
  return 0;
}

/* A tree whose tags and labels come from the words' letters. */
static void make_tree(qi_parsed *doc, qi_slice text, qi_arena *arena) {
  static const qi_upos tags[] = {QI_PROPN, QI_NOUN, QI_VERB, QI_ADP, QI_ADJ, QI_CCONJ, QI_DET, QI_AUX, QI_PUNCT, QI_PRON};
  static const char *const labels[] = {"nsubj", "obj", "obl", "conj", "nmod", "amod", "xcomp", "ccomp", "parataxis", "nsubj:pass", "det", "compound", "appos", "advcl"};
  qi_sentence *s = QI_NEW(arena, qi_sentence);
  qi_slice word, rest = text;
  if (!s || !(s->tokens = QI_NEW_ARRAY(arena, qi_token, MAX_WORDS))) abort();
  while (s->n_tokens < MAX_WORDS && qi_slice_word(&rest, &word)) {
    uint32_t i = s->n_tokens++, mix = (uint32_t)(unsigned char)word.ptr[word.len - 1] * 7u + (uint32_t)word.len;
    const char *label = labels[mix % (sizeof labels / sizeof *labels)];
    qi_token *t = &s->tokens[i];
    *t = (qi_token){.form = word, .lemma = word, .xpos = QI_SLICE("NN"), .feats = QI_SLICE(""), .start = (uint32_t)(word.ptr - text.ptr),
                    .head = i ? (int32_t)(mix % i) : QI_ROOT, .space_after = true};
    t->end = t->start + (uint32_t)word.len;
    t->upos = (uint8_t)tags[mix % (sizeof tags / sizeof *tags)];
    if (t->upos == QI_VERB) t->xpos = mix & 1 ? QI_SLICE("VBD") : QI_SLICE("VBN");
    t->deprel = qi_slice_str(i ? label : "root");
    t->rel = (uint8_t)qi_rel_of(t->deprel);
  }
  s->end = (uint32_t)text.len;
  if (!qi_sentence_link(s, arena)) abort();
  *doc = (qi_parsed){.text = text, .sentences = s, .n_sentences = s->n_tokens ? 1 : 0};
}

static void code_text(qi_slice bytes) {
  qi_arena arena;
  qi_builder text;
  qi_utf8_repairs repairs;
  qi_parsed doc;
  qi_events events;
  quid_error err = {0};
  qi_document_info info = {.published = 20000};
  qi_arena_init(&arena, 0);
  qi_builder_init(&text, 0);
  qi_utf8_repair(&text, bytes, &repairs);
  make_tree(&doc, qi_builder_view(&text), &arena);
  qi_explain explain = {.arena = &arena};
  if (qi_code_document(&know, NULL, &doc, &info, &arena, &events, &explain, &err)) abort();
  for (uint32_t i = 0; i < events.len; i++) {
    const quid_event *e = &events.items[i];
    if (!e->n_actors || !*e->cameo || !e->frame_line || e->trigger.end > doc.text.len) abort();
    for (uint32_t k = 0; k < e->n_recipients; k++)
      if (!*e->recipients[k].id || e->recipients[k].span.end > doc.text.len) abort();
  }
  qi_arena_clear(&arena);
  qi_builder_clear(&text);
}

static void check_notes(const qi_petrarch *p) {
  for (size_t i = 0; i < qi_petrarch_n_notes(p); i++) {
    const quid_error *note = qi_petrarch_note(p, i);
    if (note->code && (!*note->message || (*note->file && (!note->line || !note->column)))) abort();
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const names[] = {"%actors", "%agents", "%verbs", "%discards", "%text", NULL};
  qi_slice rest = {(const char *)data, size}, line, part = {"", 0}, text = {"", 0};
  size_t kind = 4;
  quid_error err = {0};
  if (qi_petrarch_new(&know.petrarch, &err)) abort();
  for (bool more = true; more;) {
    more = qi_slice_line(&rest, &line);
    size_t next = 5;
    for (size_t i = 0; more && names[i]; i++)
      if (qi_slice_eq_str(line, names[i])) next = i;
    if (more && next == 5) {
      part.len = (size_t)(line.ptr + line.len - part.ptr) < size + 1 && part.ptr >= (const char *)data ? (size_t)(line.ptr + line.len - part.ptr) : part.len;
      continue;
    }
    if (kind < 4 && qi_petrarch_add(know.petrarch, (qi_petr_kind)kind, part, "fuzz.txt", &err)) abort();
    if (kind == 4) text = part;
    kind = next;
    part = (qi_slice){rest.ptr ? rest.ptr : "", 0};
  }
  if (qi_petrarch_finish(know.petrarch, &err)) abort();
  check_notes(know.petrarch);
  qi_petrarch_set(know.petrarch, (qi_petr_settings){.any_pairs = size & 1, .new_actor_length = (uint32_t)(size % 5)});
  code_text(text);
  qi_petrarch_free(know.petrarch);
  know.petrarch = NULL;
  return 0;
}
