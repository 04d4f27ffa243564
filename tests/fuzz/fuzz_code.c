/* The whole road on any bytes, with the model of the repository, or else with the tiny one, whose trees are
 * nonsense, as good a test. Whatever the text, every event's spans are whole characters of it, every
 * format can show it, and the same text gives the same output twice (the worker keeps no trace). */
#include "base/utf8.h"
#include "quid/quid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static quid_context *context;
static quid_worker *worker;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  quid_error err = {0};
  const char *model = QUID_TEST_ROOT "/model/quid.model";
  if (access(model, R_OK) != 0) model = QUID_TEST_ROOT "/tests/data/tiny.model";
  quid_context_options options = {.model = model, .knowledge = QUID_TEST_ROOT "/knowledge"};
  if (quid_context_new(&context, &options, &err) || quid_worker_new(&worker, context, &err)) {
    fprintf(stderr, "%s\n", err.message);
    abort();
  }
  return 0;
}

static void check_span(const quid_document *doc, quid_span span) {
  const char *text = quid_document_text(doc);
  size_t len = quid_document_text_bytes(doc);
  if (span.start > span.end || span.end > len) abort();
  if (span.start < len && ((unsigned char)text[span.start] & 0xC0) == 0x80) abort();
  if (span.end < len && ((unsigned char)text[span.end] & 0xC0) == 0x80) abort();
}

static void check_entities(const quid_document *doc, const quid_entity *list, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    check_span(doc, list[i].span);
    if (!*list[i].id || !*list[i].name || !list[i].country || !list[i].sector || !list[i].role ||
        !list[i].via)
      abort();
  }
}

static void check_index(const quid_document *doc, uint32_t event) {
  if (event != QUID_NO_EVENT && event >= quid_document_n_events(doc)) abort();
}

static void check_event(const quid_document *doc, const quid_event *e) {
  if (e->sentence >= quid_document_n_sentences(doc) || strlen(e->id) != 16) abort();
  if ((unsigned)e->type >= QUID_N_EVENT_TYPES || (unsigned)e->status >= QUID_N_EVENT_STATUSES) abort();
  if (!(e->confidence >= 0 && e->confidence <= 1)) abort();
  check_entities(doc, e->actors, e->n_actors);
  check_entities(doc, e->recipients, e->n_recipients);
  check_entities(doc, e->exchange.givers, e->exchange.n_givers);
  check_entities(doc, e->exchange.takers, e->exchange.n_takers);
  quid_span spans[] = {e->trigger, e->date.span, e->place.span, e->exchange.span, e->purpose, e->crowd.span, e->duration.span,
                       e->deadline.span};
  for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) check_span(doc, spans[i]);
  for (uint32_t i = 0; i < e->n_items; i++) check_span(doc, e->items[i].span);
  for (uint32_t i = 0; i < e->n_attribution; i++) check_span(doc, e->attribution[i].span);
  for (uint32_t i = 0; i < e->n_victims; i++) check_span(doc, e->victims[i].span);
  for (uint32_t i = 0; i < e->n_links; i++) {
    check_span(doc, e->links[i].span);
    check_span(doc, e->links[i].other);
    check_index(doc, e->links[i].event);
  }
  for (uint32_t i = 0; i < e->exchange.n_others; i++) {
    check_span(doc, e->exchange.others[i].span);
    check_index(doc, e->exchange.others[i].event);
  }
  for (uint32_t i = 0; i < e->n_content; i++)
    if (e->content[i] >= quid_document_n_events(doc)) abort();
}

static void check_option(const quid_document *doc, const quid_option *o) {
  if (o->sentence >= quid_document_n_sentences(doc) || strlen(o->id) != 16 || (unsigned)o->strength >= QUID_N_STRENGTHS) abort();
  check_entities(doc, o->on, o->n_on);
  check_entities(doc, o->toward, o->n_toward);
  check_index(doc, o->event);
  quid_span spans[] = {o->deed, o->verb, o->on_words, o->purpose, o->reason, o->words, o->head};
  for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) check_span(doc, spans[i]);
  if (o->verb.start >= o->verb.end || o->deed.start > o->verb.start || o->deed.end < o->verb.end) abort();
  for (uint32_t i = 0; i < o->n_by; i++) check_span(doc, o->by[i].span);
}

static void check_side(const quid_document *doc, const quid_bond_side *side) {
  if (side->n_parts == 0) abort();
  for (uint32_t i = 0; i < side->n_parts; i++) {
    const quid_bond_part *p = &side->parts[i];
    check_span(doc, p->span);
    check_span(doc, p->head);
    check_index(doc, p->event);
    if (p->head.start >= p->head.end || p->status >= QUID_N_EVENT_STATUSES || p->status < -1) abort();
    for (uint32_t k = 0; k < p->n_items; k++) check_span(doc, p->items[k].span);
  }
  check_entities(doc, side->givers, side->n_givers);
  check_entities(doc, side->takers, side->n_takers);
}

static void check_bond(const quid_document *doc, const quid_bond *b) {
  if (b->sentence >= quid_document_n_sentences(doc) || strlen(b->id) != 16 || !*b->type) abort();
  check_span(doc, b->span);
  check_side(doc, &b->first);
  check_side(doc, &b->second);
}

static char *show(const quid_document *doc, quid_format format, quid_records records) {
  char *out;
  size_t n;
  quid_show_options options = {.format = format, .records = records, .explain = true, .width = 80};
  if (quid_document_show(&out, &n, doc, &options, NULL)) abort();
  if (strlen(out) != n || !qi_utf8_is_valid(qi_slice_of(out, n))) abort();
  return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *first = NULL;
  for (int round = 0; round < 2; round++) {
    quid_document *doc;
    quid_error err = {0};
    quid_document_input input = {.text = (const char *)data, .text_bytes = size, .explain = round == 0,
                                 .published = "2024-11-25"};
    quid_status status = quid_document_code(&doc, worker, &input, &err);
    if (status == QUID_ERR_ARGUMENT && strcmp(err.message, "empty text") == 0) break;
    if (status) {
      fprintf(stderr, "%s\n", err.message);
      abort();
    }
    for (size_t i = 0; i < quid_document_n_events(doc); i++) check_event(doc, quid_document_event(doc, i));
    for (size_t i = 0; i < quid_document_n_options(doc); i++) check_option(doc, quid_document_option(doc, i));
    for (size_t i = 0; i < quid_document_n_bonds(doc); i++) check_bond(doc, quid_document_bond(doc, i));
    char *out = show(doc, QUID_FORMAT_JSONL, QUID_RECORDS_ALL);
    if (round == 0) {
      first = out;
      free(show(doc, QUID_FORMAT_TSV, QUID_RECORDS_EVENTS));
      free(show(doc, QUID_FORMAT_TSV, QUID_RECORDS_OPTIONS));
      free(show(doc, QUID_FORMAT_TSV, QUID_RECORDS_LINKS));
      free(show(doc, QUID_FORMAT_TABLE, QUID_RECORDS_LINKS));
      free(show(doc, QUID_FORMAT_TABLE, QUID_RECORDS_DEFAULT));
    } else {
      if (strcmp(out, first) != 0) abort();
      free(out);
    }
    quid_document_free(doc);
  }
  free(first);
  return 0;
}
