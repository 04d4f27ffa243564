/* run: one document through all steps, in order: repair, outside, segment, parse, code.
 * Example: {text "Norland shipped grain to Ostria.", published "2024-06-19"}
 *   -> 1 sentence, 1 event: AID, Norland > Ostria, asserted. */
#include "run/document.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "code/glance.h"
#include "read/read.h"
#include "run/context.h"
#include "show/show.h"
#include <stdlib.h>
#include <string.h>

#define MAX_SHOWN_BYTES ((size_t)1 << 30) /* a sentence is shown again for each of its events */

static quid_status warn(quid_document *doc, qi_slice text, quid_error *err) {
  if (!text.ptr) return qi_error_memory(err, "the document");
  if (doc->n_warnings < QI_MAX_WARNINGS) doc->warnings[doc->n_warnings++] = text.ptr;
  return QUID_OK;
}

/* --- repair --- */

static bool is_mark(const char *text) {
  unsigned char a = (unsigned char)text[0], b = (unsigned char)text[1], c = (unsigned char)text[2];
  return (a == 0xE2 && b == 0x80 && c >= 0x8B && c <= 0x8F) || (a == 0xEF && b == 0xBB && c == 0xBF);
}

static bool is_inner(char c) { return qi_ascii_is_alpha(c) || qi_ascii_is_digit(c) || (unsigned char)c >= 0x80; }

/* Marks without width (U+200B to U+200F, U+FEFF) beside a space, a point or the text's edge say nothing about
 * words: spaces of as many bytes stand for them, so that offsets hold. Between two letters they stay. */
static void blank_marks(char *text, size_t n) {
  for (size_t i = 0, end; i + 2 < n; i = end) {
    for (end = i; end + 2 < n && is_mark(text + end);) end += 3;
    bool inner = i > 0 && is_inner(text[i - 1]) && end < n && is_inner(text[end]);
    if (end == i) end++;
    else if (!inner) memset(text + i, ' ', end - i);
  }
}

static quid_status repair_text(quid_document *doc, const quid_document_input *in, quid_error *err) {
  qi_utf8_repairs repairs;
  if (in->text_bytes > QUID_MAX_DOCUMENT_BYTES)
    return qi_error_set(err, QUID_ERR_LIMIT, "text of %zu bytes, more than %zu", in->text_bytes,
                        QUID_MAX_DOCUMENT_BYTES);
  qi_utf8_repair(&doc->text, qi_slice_of(in->text, in->text_bytes), &repairs);
  quid_status status = qi_builder_status(&doc->text, "the text", err);
  if (status) return status;
  if (qi_slice_trim(qi_builder_view(&doc->text)).len == 0)
    return qi_error_set(err, QUID_ERR_ARGUMENT, "empty text");
  blank_marks(doc->text.ptr, doc->text.len);
  doc->n_replaced = repairs.n_invalid + repairs.n_nul;
  return QUID_OK;
}

/* A field of the input, repaired, without white space at its ends and without line breaks. */
static quid_status repair_field(const char **out, quid_document *doc, const char *given,
                                const char *name, quid_error *err) {
  *out = "";
  if (!given || !*given) return QUID_OK;
  qi_slice in = qi_slice_trim(qi_slice_str(given));
  if (in.len > QUID_MAX_FIELD_BYTES)
    return qi_error_set(err, QUID_ERR_LIMIT, "%s of %zu bytes, more than %zu", name, in.len,
                        QUID_MAX_FIELD_BYTES);
  qi_builder fixed;
  qi_utf8_repairs repairs;
  qi_builder_init(&fixed, 0);
  qi_utf8_repair(&fixed, in, &repairs);
  quid_status status = qi_builder_status(&fixed, name, err);
  char *copy = status ? NULL : qi_arena_strdup(&doc->arena, qi_builder_view(&fixed));
  qi_builder_clear(&fixed);
  if (status) return status;
  if (!copy) return qi_error_memory(err, name);
  for (char *c = copy; *c; c++)
    if (qi_ascii_is_space(*c)) *c = ' ';
  doc->n_replaced += repairs.n_invalid;
  *out = copy;
  return QUID_OK;
}

/* --- outside --- */

static quid_status set_day(quid_document *doc, const char *published, qi_day header_day,
                           quid_error *err) {
  qi_slice given = qi_slice_trim(qi_slice_str(published));
  qi_day last = QI_DAY_NONE;
  doc->day = header_day;
  bool date = given.len && qi_date_parse_prefix(given, &doc->day, &last);
  qi_date_format(doc->published, doc->day);
  if (given.len && !date)
    return warn(doc, qi_arena_printf(&doc->arena, "no date in '%.40s', given as day of publication",
                                     published), err);
  if (date && last != doc->day)
    return warn(doc, qi_arena_printf(&doc->arena, "no day in the date '%.*s', taken as %s",
                                     QI_SLICE_ARG(given), doc->published), err);
  return QUID_OK;
}

static quid_status set_outside(quid_document *doc, const quid_document_input *in, quid_error *err) {
  const struct {
    const char **to, *given, *name;
  } fields[] = {
      {&doc->id, in->id, "id"},
      {&doc->title, in->title, "title"},
      {&doc->byline, in->byline, "byline"},
      {&doc->publisher, in->publisher, "publisher"},
      {&doc->url, in->url, "url"},
      {&doc->language, in->language, "language"},
  };
  const char *published;
  quid_status status = repair_field(&published, doc, in->published, "published", err);
  for (size_t i = 0; !status && i < sizeof fields / sizeof *fields; i++)
    status = repair_field(fields[i].to, doc, fields[i].given, fields[i].name, err);
  if (status) return status;

  qi_slice text = qi_builder_view(&doc->text);
  qi_header header = doc->header = qi_header_read(text, doc->title, doc->publisher, doc->url);
  char hash[QI_HASH128_HEX_BYTES];
  if (!*doc->id) doc->id = qi_arena_strdup(&doc->arena, qi_slice_str(qi_hash128_hex(hash, text)));
  if (!*doc->title) doc->title = qi_arena_strdup(&doc->arena, header.title);
  if (!*doc->byline) doc->byline = qi_arena_strdup(&doc->arena, header.byline);
  if (!doc->id || !doc->title || !doc->byline) return qi_error_memory(err, "the document");
  doc->genre = header.genre;
  status = set_day(doc, published, header.day, err);
  if (!status && doc->n_replaced)
    status = warn(doc, qi_arena_printf(&doc->arena, "%zu bad byte sequence%s (no UTF-8, or NUL) "
                                       "replaced by U+FFFD", doc->n_replaced,
                                       doc->n_replaced == 1 ? "" : "s"), err);
  bool english = !*doc->language || ((doc->language[0] | 32) == 'e' && (doc->language[1] | 32) == 'n');
  if (!status && !english)
    status = warn(doc, qi_arena_printf(&doc->arena, "language '%.20s', read as if it were English",
                                       doc->language), err);
  return status;
}

/* --- all steps --- */

/* The report behind "SEOUL, Oct. 31 (Agency) -" is a sentence of its own. */
static quid_status cut_dateline(quid_document *doc, quid_error *err) {
  const qi_header *h = &doc->header;
  if (!h->dateline.run_in) return QUID_OK;
  size_t byte = (size_t)(h->dateline_line.ptr + h->dateline_line.len - doc->text.ptr);
  return qi_parsed_split(&doc->parsed, (uint32_t)byte, &doc->arena) ? QUID_OK : qi_error_memory(err, "the sentences");
}

/* The day that "today" means: the dateline's, which is at most some days older than the publication. */
static qi_day day_of_report(const quid_document *doc) {
  enum { MAX_LATE_DAYS = 7 };
  qi_day day = qi_date_near(doc->header.dateline.date, doc->day);
  bool fits = day != QI_DAY_NONE && day <= doc->day && day + MAX_LATE_DAYS >= doc->day;
  return fits ? day : doc->day;
}

static quid_genre genre_of_story(qi_genre genre) {
  switch (genre) {
  case QI_GENRE_UNKNOWN: break;
  case QI_GENRE_REPORT: return QUID_GENRE_REPORT;
  case QI_GENRE_OPINION: return QUID_GENRE_OPINION;
  case QI_GENRE_STATEMENT: return QUID_GENRE_STATEMENT;
  }
  return QUID_GENRE_UNKNOWN;
}

static quid_status run_steps(quid_document *doc, quid_worker *worker, const quid_document_input *in,
                             quid_error *err) {
  const quid_context *ctx = worker->ctx;
  quid_status status = repair_text(doc, in, err);
  if (!status) status = set_outside(doc, in, err);
  if (!status && in->known && in->known(in->known_user, doc->id)) {
    doc->known = true;
    return QUID_OK;
  }
  if (!status) status = qi_segment(ctx->model, qi_builder_view(&doc->text), &doc->arena, &doc->parsed, err);
  if (!status) qi_parsed_lines(&doc->parsed);
  if (!status) status = cut_dateline(doc, err);
  if (!status && in->prefilter && !ctx->glance)
    status = qi_error_set(err, QUID_ERR_ARGUMENT, "a context without 'prefilter'");
  if (!status && in->prefilter && !qi_glance_document(ctx->glance, &doc->parsed, &doc->arena))
    status = qi_error_memory(err, "the sentences");
  if (!status) status = qi_parser_run(worker->parser, &doc->parsed, &doc->arena, err);
  if (status) return status;
  doc->parsed.publisher = qi_slice_str(doc->publisher);
  qi_document_info info = {.id = doc->id, .title = doc->title, .byline = doc->byline, .published = doc->day,
                           .today = day_of_report(doc), .header = &doc->header};
  doc->explained = in->explain;
  doc->explain.arena = &doc->arena;
  qi_second second = {ctx->model, ctx->judge};
  status = qi_code_document(&ctx->know, &second, &doc->parsed, &info, &doc->arena, &doc->events,
                            in->explain ? &doc->explain : NULL, err);
  if (!status && doc->events.cut)
    status = warn(doc, qi_arena_printf(&doc->arena, "more than %u events; the rest is left out",
                                       QI_MAX_EVENTS), err);
  doc->genre = genre_of_story(doc->events.story.genre);
  if (!status && !*doc->byline && doc->events.story.byline.len && !(doc->byline = qi_arena_strdup(&doc->arena, doc->events.story.byline)))
    status = qi_error_memory(err, "the byline");
  return status;
}

quid_status quid_document_code(quid_document **out, quid_worker *worker,
                               const quid_document_input *input, quid_error *err) {
  *out = NULL;
  quid_document *doc = calloc(1, sizeof *doc);
  if (!doc) return qi_error_memory(err, "the document");
  qi_arena_init(&doc->arena, 0);
  qi_builder_init(&doc->text, 0);
  doc->model_version = quid_context_model_version(worker->ctx);
  doc->knowledge_version = quid_context_knowledge_version(worker->ctx);
  quid_status status = run_steps(doc, worker, input, err);
  if (status) quid_document_free(doc);
  else *out = doc;
  return status;
}

void quid_document_free(quid_document *doc) {
  if (!doc) return;
  qi_arena_clear(&doc->arena);
  qi_builder_clear(&doc->text);
  free(doc);
}

quid_status quid_document_show(char **out, size_t *n_bytes, const quid_document *doc,
                               const quid_show_options *options, quid_error *err) {
  static const quid_show_options defaults = {0};
  if (!options) options = &defaults;
  *out = NULL;
  if (n_bytes) *n_bytes = 0;
  if (options->format == QUID_FORMAT_TSV && options->records == QUID_RECORDS_ALL)
    return qi_error_set(err, QUID_ERR_ARGUMENT, "'tsv' has lines of one kind alone, events or options");
  qi_builder b;
  qi_builder_init(&b, MAX_SHOWN_BYTES);
  qi_builder_reserve(&b, 1);
  switch (options->format) {
  case QUID_FORMAT_JSONL: qi_show_jsonl(&b, doc, options->records); break;
  case QUID_FORMAT_TSV: qi_show_tsv(&b, doc, options->records); break;
  case QUID_FORMAT_TABLE: 
    qi_show_table(&b, doc, options, &doc->parsed,
                  options->explain && doc->explained ? &doc->explain : NULL);
    break;
  case QUID_N_FORMATS: break;
  }
  quid_status status = qi_builder_status(&b, "the events", err);
  size_t len = 0;
  *out = status ? NULL : qi_builder_take(&b, &len);
  if (n_bytes) *n_bytes = len;
  qi_builder_clear(&b);
  return status;
}

/* --- accessors --- */

bool quid_document_is_known(const quid_document *doc) { return doc->known; }
const char *quid_document_id(const quid_document *doc) { return doc->id; }
const char *quid_document_title(const quid_document *doc) { return doc->title; }
const char *quid_document_byline(const quid_document *doc) { return doc->byline; }
const char *quid_document_publisher(const quid_document *doc) { return doc->publisher; }
const char *quid_document_published(const quid_document *doc) { return doc->published; }
const char *quid_document_url(const quid_document *doc) { return doc->url; }
const char *quid_document_language(const quid_document *doc) { return doc->language; }
quid_genre quid_document_genre(const quid_document *doc) { return doc->genre; }
const char *quid_document_model_version(const quid_document *doc) { return doc->model_version; }
const char *quid_document_knowledge_version(const quid_document *doc) {
  return doc->knowledge_version;
}

const char *quid_genre_name(quid_genre genre) {
  switch (genre) {
  case QUID_GENRE_UNKNOWN: break;
  case QUID_GENRE_REPORT: return "report";
  case QUID_GENRE_OPINION: return "opinion";
  case QUID_GENRE_STATEMENT: return "statement";
  }
  return "unknown";
}

const char *quid_document_text(const quid_document *doc) { return doc->text.ptr; }
size_t quid_document_text_bytes(const quid_document *doc) { return doc->text.len; }

size_t quid_document_n_events(const quid_document *doc) { return doc->events.len; }

const quid_event *quid_document_event(const quid_document *doc, size_t index) {
  return index < doc->events.len ? &doc->events.items[index] : NULL;
}

size_t quid_document_n_options(const quid_document *doc) { return doc->events.n_options; }

const quid_option *quid_document_option(const quid_document *doc, size_t index) {
  return index < doc->events.n_options ? &doc->events.options[index] : NULL;
}

size_t quid_document_n_sentences(const quid_document *doc) { return doc->parsed.n_sentences; }

quid_span quid_document_sentence(const quid_document *doc, size_t index) {
  if (index >= doc->parsed.n_sentences) return (quid_span){0, 0};
  const qi_sentence *s = &doc->parsed.sentences[index];
  return (quid_span){s->start, s->end};
}

size_t quid_document_n_warnings(const quid_document *doc) { return doc->n_warnings; }

const char *quid_document_warning(const quid_document *doc, size_t index) {
  return index < doc->n_warnings ? doc->warnings[index] : NULL;
}

size_t quid_document_n_replaced(const quid_document *doc) { return doc->n_replaced; }
