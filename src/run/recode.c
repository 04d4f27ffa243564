/* run: the documents of a store -> coded again, with what reads otherwise replaced.
 *
 * Which documents: those whose text is kept and whose last coding (document.coded) was with another model or other dictionaries. What
 * a change of the dictionaries does to a sentence cannot be told without coding it: a name in one sentence decides who "he" is in the next,
 * and a new deed word may stand in a sentence that told nothing. So the document is the smallest unit that is coded; --only narrows them
 * down to those in which given words stand. Of what is coded, only events that read otherwise are touched.
 *
 * How it is compared: the new records go into a store in memory, and both stores tell their events of the document by the same SQL, one
 * line of text an event with all that hangs on it, by name. The same id and the same line: kept. The same id, another line: changed. An
 * id on one side only: gone or added. The line number of a frame and the two figures that `confidence` is made of do not count.
 * Gone and changed rows get `gone`, the load of this run; their sums are taken back (store/gone.c); then the records are added as in any load,
 * which leaves alone what is kept.
 *
 *   frame "ship": AID is new -> "Norland shipped grain" added: AID asserted NLD > OST */
#include "quid/recode.h"

#include "ask/ask.h"
#include "quid/show.h"
#include "store/store.h"
#include <stdlib.h>
#include <string.h>

#define MOST_EXAMPLES 100
#define SCRATCH_DOCUMENTS 200 /* after these the store in memory is made anew */

/* ---- what a store tells of a document ---- */

/* One thing told: an event or an option. */
typedef struct told {
  int64_t row, key, sentence;
  const char *all, *shown, *text, *day; /* all that counts; for a reader; the sentence; ISO */
} told;

typedef struct telling {
  qi_arena arena;
  QI_VEC(told) items; /* in the order of sentence, key */
} telling;

#define NAME(COLUMN) "coalesce((SELECT text FROM name WHERE id = " COLUMN "), '')"
#define PEOPLE(ROLE) "coalesce((SELECT group_concat(code, '+') FROM (SELECT n.code FROM participant p JOIN entity n ON n.id = p.entity WHERE p.event = e.id AND p.role = " ROLE " ORDER BY p.number)), '')"

static const char EVENTS[] =
    "SELECT e.id, e.key, s.number, "
    "json_array(" NAME("e.type") ", e.mode, e.context, e.cameo, " NAME("e.quad") ", e.score, " NAME("e.status") ", e.trigger_start, e.trigger_end, e.day_from, e.day_to, e.date_start, e.date_end, "
    NAME("e.date_source") ", " NAME("e.granularity") ", e.place_start, e.place_end, e.times, e.purpose_start, e.purpose_end, printf('%.3f', e.confidence), " NAME("e.frame") ", e.part, "
    "(SELECT json_array(name, " NAME("country") ", admin1, latitude, longitude, geonames) FROM place WHERE id = e.place), "
    "(SELECT json_group_array(json_array(role, code, start, \"end\", words, office, via)) FROM (SELECT p.role, n.code, p.start, p.\"end\", p.words, p.office, " NAME("p.via") " AS via FROM participant p JOIN entity n ON n.id = p.entity WHERE p.event = e.id ORDER BY p.role, p.number)), "
    "(SELECT json_group_array(json_array(code, start, \"end\", words, office)) FROM (SELECT n.code, w.start, w.\"end\", w.words, w.office FROM word_of w LEFT JOIN entity n ON n.id = w.entity WHERE w.event = e.id ORDER BY w.number)), "
    "(SELECT json_group_array(json_array(start, \"end\", words, goods, count, count_to, bound, unit)) FROM (SELECT i.*, " NAME("i.class") " AS goods FROM item i WHERE i.event = e.id ORDER BY i.number)), "
    "(SELECT json_group_array(json_array(kind, start, \"end\", words, count, count_to, bound, value, day_from, day_to)) FROM (SELECT * FROM detail t WHERE t.event = e.id ORDER BY t.number)), "
    "(SELECT json_group_array(json_array(kind, other_key, other_start, other_end, other_words, start, \"end\", words, said, items)) FROM (SELECT l.*, " NAME("l.status") " AS said FROM link l WHERE l.event = e.id ORDER BY l.number)), "
    "(SELECT json_array(key, side, start, \"end\", words) FROM bargain WHERE event = e.id)), "
    NAME("e.type") " || coalesce('/' || e.mode, '') || ' ' || " NAME("e.status") " || ' ' || " PEOPLE("0") " || ' > ' || " PEOPLE("1")
    " || coalesce(' [' || (SELECT group_concat(c.text, ', ') FROM item i JOIN name c ON c.id = i.class WHERE i.event = e.id) || ']', '') || coalesce(' ' || date(e.day_from * 86400, 'unixepoch'), ''), "
    "s.text, date(e.day * 86400, 'unixepoch') "
    "FROM document d JOIN sentence s ON s.document = d.id JOIN event e ON e.sentence = s.id WHERE d.name = ?1 AND e.gone IS NULL ORDER BY s.number, e.key";

static const char OPTIONS[] =
    "SELECT o.id, o.key, s.number, json_remove(o.record, '$.why'), '', s.text, date(o.day * 86400, 'unixepoch') "
    "FROM document d JOIN sentence s ON s.document = d.id JOIN option o ON o.sentence = s.id WHERE d.name = ?1 AND o.gone IS NULL ORDER BY s.number, o.key";

static quid_status ask_store(telling *out, quid_store *s, const char *sql, const char *document, quid_error *err) {
  sqlite3_stmt *q = NULL;
  int code = SQLITE_DONE;
  quid_status status = qi_store_error(s, sqlite3_prepare_v2(s->db, sql, -1, &q, NULL), err);
  if (!status) sqlite3_bind_text(q, 1, document, -1, SQLITE_STATIC);
  while (!status && (code = sqlite3_step(q)) == SQLITE_ROW) {
    told one = {sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1), sqlite3_column_int64(q, 2), NULL, NULL, NULL, NULL};
    const char **const texts[] = {&one.all, &one.shown, &one.text, &one.day};
    for (int i = 0; i < 4; i++) {
      const char *text = (const char *)sqlite3_column_text(q, 3 + i);
      *texts[i] = qi_arena_strdup(&out->arena, qi_slice_str(text ? text : ""));
      if (!*texts[i]) status = qi_error_memory(err, "the comparison");
    }
    if (!status && !QI_VEC_PUSH(&out->items, one)) status = qi_error_memory(err, "the comparison");
  }
  if (!status) status = qi_store_error(s, code, err);
  sqlite3_finalize(q);
  return status;
}

static void clear_telling(telling *t) {
  qi_arena_clear(&t->arena);
  QI_VEC_CLEAR(&t->items);
}

/* ---- a run ---- */

typedef struct recoding {
  quid_store *store, *scratch;
  const quid_context *ctx;
  quid_worker *worker;
  const quid_recode_options *options;
  quid_recode_counts *counts;
  quid_answer *answer;
  QI_VEC(int64_t) events, options_gone; /* rows that this document's coding replaces */
  uint32_t n_in_scratch;
} recoding;

/* Of the array that EVENTS makes. */
static const char *const field_names[] = {"type", "mode", "context", "cameo", "quad", "score", "status", "trigger", "trigger", "date", "date", "date's words", "date's words", "date's source",
                                     "granularity", "place's words", "place's words", "times", "purpose", "purpose", "confidence", "frame", "part", "place", "participants",
                                     "attribution", "items", "details", "links", "bargain"};

/* "other confidence, items". */
static void put_difference(qi_builder *out, const told *before, const told *after) {
  cJSON *a = cJSON_Parse(before->all), *b = cJSON_Parse(after->all);
  const cJSON *x = a ? a->child : NULL, *y = b ? b->child : NULL;
  const char *last = "";
  for (size_t i = 0; x && y && i < sizeof field_names / sizeof *field_names; i++, x = x->next, y = y->next) {
    if (cJSON_Compare(x, y, true) || strcmp(last, field_names[i]) == 0) continue;
    qi_builder_str(out, *last ? ", " : "other ");
    qi_builder_str(out, last = field_names[i]);
  }
  cJSON_Delete(a);
  cJSON_Delete(b);
}

static quid_status tell(recoding *r, const char *change, const char *document, const told *before, const told *after, quid_error *err) {
  unsigned most = r->options->n_examples ? r->options->n_examples : MOST_EXAMPLES;
  const told *one = after ? after : before;
  char key[17];
  if (quid_answer_n_rows(r->answer) >= most) return QUID_OK;
  sqlite3_snprintf(sizeof key, key, "%016llx", (unsigned long long)one->key);
  qi_builder other;
  qi_builder_init(&other, 0);
  if (before && after) {
    if (strcmp(before->shown, after->shown) != 0) qi_builder_str(&other, after->shown), qi_builder_str(&other, "; ");
    put_difference(&other, before, after);
  }
  quid_status status = qi_builder_status(&other, "the comparison", err);
  const char *now = before && after ? other.ptr : after ? after->shown : NULL;
  const char *const cells[] = {change, document, one->day, before ? before->shown : NULL, now, one->text, key};
  for (size_t i = 0; !status && i < sizeof cells / sizeof *cells; i++) status = qi_answer_put(r->answer, cells[i], err);
  qi_builder_clear(&other);
  return status;
}

static int order(const told *a, const told *b) {
  if (a->sentence != b->sentence) return a->sentence < b->sentence ? -1 : 1;
  return a->key == b->key ? 0 : a->key < b->key ? -1 : 1;
}

/* Both lists are in order: one pass. */
static quid_status compare_events(recoding *r, const char *document, const telling *old, const telling *new, quid_error *err) {
  size_t i = 0, k = 0;
  quid_status status = QUID_OK;
  while (!status && (i < old->items.len || k < new->items.len)) {
    const told *a = i < old->items.len ? &old->items.items[i] : NULL, *b = k < new->items.len ? &new->items.items[k] : NULL;
    int side = !a ? 1 : !b ? -1 : order(a, b);
    i += side <= 0;
    k += side >= 0;
    if (side == 0 && strcmp(a->all, b->all) == 0) {
      r->counts->n_kept++;
      continue;
    }
    if (side <= 0 && !QI_VEC_PUSH(&r->events, a->row)) return qi_error_memory(err, "the comparison");
    r->counts->n_gone += side < 0;
    r->counts->n_added += side > 0;
    r->counts->n_changed += side == 0;
    status = tell(r, side < 0 ? "gone" : side > 0 ? "added" : "changed", document, side <= 0 ? a : NULL, side >= 0 ? b : NULL, err);
  }
  return status;
}

/* *differs: an option is new, gone or another. */
static quid_status compare_options(recoding *r, const telling *old, const telling *new, bool *differs, quid_error *err) {
  size_t i = 0, k = 0;
  while (i < old->items.len || k < new->items.len) {
    const told *a = i < old->items.len ? &old->items.items[i] : NULL, *b = k < new->items.len ? &new->items.items[k] : NULL;
    int side = !a ? 1 : !b ? -1 : order(a, b);
    i += side <= 0;
    k += side >= 0;
    if (side == 0 && strcmp(a->all, b->all) == 0) continue;
    if (side <= 0 && !QI_VEC_PUSH(&r->options_gone, a->row)) return qi_error_memory(err, "the comparison");
    r->counts->n_options_gone += side <= 0;
    r->counts->n_options_added += side >= 0;
    *differs = true;
  }
  return QUID_OK;
}

static quid_status fill_scratch(recoding *r, const quid_document *doc, const char *records, size_t n_bytes, quid_error *err) {
  quid_status status = QUID_OK;
  if (r->n_in_scratch >= SCRATCH_DOCUMENTS) quid_store_close(r->scratch), r->scratch = NULL;
  if (!r->scratch) {
    r->n_in_scratch = 0;
    status = quid_store_open(&r->scratch, ":memory:", QUID_STORE_WRITE, err);
  }
  r->n_in_scratch++;
  return status ? status : quid_store_add_document(r->scratch, doc, records, n_bytes, err);
}

static quid_status compare(recoding *r, const quid_document *doc, bool *differs, quid_error *err) {
  telling t[4] = {{.items = {0}}};
  const char *id = quid_document_id(doc);
  uint64_t before = r->counts->n_added + r->counts->n_gone + r->counts->n_changed;
  r->events.len = r->options_gone.len = 0;
  for (int i = 0; i < 4; i++) qi_arena_init(&t[i].arena, 0);
  quid_status status = ask_store(&t[0], r->store, EVENTS, id, err);
  if (!status) status = ask_store(&t[1], r->scratch, EVENTS, id, err);
  if (!status) status = ask_store(&t[2], r->store, OPTIONS, id, err);
  if (!status) status = ask_store(&t[3], r->scratch, OPTIONS, id, err);
  if (!status) status = compare_events(r, id, &t[0], &t[1], err);
  *differs = r->counts->n_added + r->counts->n_gone + r->counts->n_changed != before;
  if (!status) status = compare_options(r, &t[2], &t[3], differs, err);
  for (int i = 0; i < 4; i++) clear_telling(&t[i]);
  return status;
}

static quid_status recode_one(recoding *r, const quid_document_input *in, quid_error *err) {
  quid_document *doc = NULL;
  char *records = NULL;
  size_t n = 0;
  bool differs = false;
  const quid_show_options show = {.records = QUID_RECORDS_ALL};
  quid_status status = quid_document_code(&doc, r->worker, in, err);
  if (!status) status = quid_document_show(&records, &n, doc, &show, err);
  if (!status) status = fill_scratch(r, doc, records, n, err);
  if (!status) status = compare(r, doc, &differs, err);
  if (!status && !r->options->dry_run) { /* also where nothing differs: it need not be coded again */
    qi_replaced old = {r->events.items, r->options_gone.items, r->events.len, r->options_gone.len};
    status = qi_store_replace_document(r->store, doc, records, n, &old, err);
  }
  r->counts->n_coded++;
  r->counts->n_touched += differs;
  free(records);
  quid_document_free(doc);
  return status;
}

/* ---- which documents ---- */

#define OF_DOCUMENTS                                                                                                                       \
  " FROM document d LEFT JOIN load l ON l.id = coalesce(d.coded, d.load) WHERE d.text IS NOT NULL AND (?2 OR l.model != ?3 OR l.knowledge != ?4) " \
  "AND (?5 IS NULL OR d.id IN (SELECT document FROM sentence WHERE id IN (SELECT rowid FROM sentence_text WHERE sentence_text MATCH ?5))) AND d.id > ?1"

static quid_status prepare(sqlite3_stmt **out, const recoding *r, const char *sql, quid_error *err) {
  quid_status status = qi_store_error(r->store, sqlite3_prepare_v2(r->store->db, sql, -1, out, NULL), err);
  if (status) return status;
  sqlite3_bind_int64(*out, 1, 0);
  sqlite3_bind_int(*out, 2, r->options->all);
  sqlite3_bind_text(*out, 3, quid_context_model_version(r->ctx), -1, SQLITE_TRANSIENT);
  sqlite3_bind_text(*out, 4, quid_context_knowledge_version(r->ctx), -1, SQLITE_TRANSIENT);
  if (r->options->only) sqlite3_bind_text(*out, 5, r->options->only, -1, SQLITE_TRANSIENT);
  return QUID_OK;
}

/* The rows of documents, all at once: they are few numbers, and the run writes while it goes through them. */
static quid_status find_documents(qi_arena *arena, int64_t **rows, size_t *n, const recoding *r, quid_error *err) {
  QI_VEC(int64_t) found = {0};
  sqlite3_stmt *q = NULL;
  int code = SQLITE_DONE;
  quid_status status = prepare(&q, r, "SELECT d.id" OF_DOCUMENTS " ORDER BY d.id", err);
  while (!status && (code = sqlite3_step(q)) == SQLITE_ROW)
    if (!QI_VEC_PUSH(&found, sqlite3_column_int64(q, 0))) status = qi_error_memory(err, "the documents");
  if (!status && code == SQLITE_ERROR && r->options->only) status = qi_error_set(err, QUID_ERR_ARGUMENT, "no search for words: '%s': %s", r->options->only, sqlite3_errmsg(r->store->db));
  if (!status) status = qi_store_error(r->store, code, err);
  sqlite3_finalize(q);
  *n = status ? 0 : found.len;
  *rows = QI_NEW_ARRAY(arena, int64_t, *n + 1);
  if (!status && !*rows) status = qi_error_memory(err, "the documents");
  if (!status && *n) memcpy(*rows, found.items, *n * sizeof **rows);
  QI_VEC_CLEAR(&found);
  return status;
}

static quid_status recode_row(recoding *r, sqlite3_stmt *q, int64_t row, quid_error *err) {
  qi_arena arena;
  qi_arena_init(&arena, 0);
  sqlite3_bind_int64(q, 1, row);
  int code = sqlite3_step(q);
  quid_status status = qi_store_error(r->store, code, err);
  const char *fields[8] = {NULL};
  size_t n = code == SQLITE_ROW ? (size_t)sqlite3_column_bytes(q, 0) : 0;
  for (int i = 0; !status && code == SQLITE_ROW && i < 8; i++) {
    const char *text = (const char *)sqlite3_column_text(q, i);
    qi_slice all = i ? qi_slice_str(text ? text : "") : qi_slice_of(text ? text : "", n);
    if (!(fields[i] = qi_arena_strdup(&arena, all))) status = qi_error_memory(err, "the document");
  }
  sqlite3_reset(q); /* before anything is written */
  quid_document_input in = {.text = fields[0], .text_bytes = n, .id = fields[1], .title = fields[2], .published = fields[3], .publisher = fields[4],
                            .byline = fields[5], .url = fields[6], .language = fields[7], .prefilter = r->options->prefilter};
  if (!status && code == SQLITE_ROW) status = recode_one(r, &in, err);
  qi_arena_clear(&arena);
  return status;
}

static quid_status recode_all(recoding *r, quid_error *err) {
  qi_arena arena;
  int64_t *rows, textless = 0, with_text = 0;
  size_t n;
  sqlite3_stmt *q = NULL;
  qi_arena_init(&arena, 0);
  quid_status status = r->options->only ? qi_store_searchable(r->store, err) : QUID_OK;
  if (!status) status = qi_store_number(&textless, r->store, "SELECT count(*) FROM document WHERE text IS NULL", err);
  if (!status) status = qi_store_number(&with_text, r->store, "SELECT count(*) FROM document WHERE text IS NOT NULL", err);
  if (!status) status = find_documents(&arena, &rows, &n, r, err);
  if (!status) status = qi_store_error(r->store, sqlite3_prepare_v2(r->store->db, "SELECT text, name, title, date(published * 86400, 'unixepoch'), publisher, byline, url, language FROM document WHERE id = ?1", -1, &q, NULL), err);
  r->counts->n_textless = (uint64_t)textless;
  if (!status) r->counts->n_current = (uint64_t)with_text - n;
  for (size_t i = 0; !status && i < n; i++) {
    status = recode_row(r, q, rows[i], err);
    if (r->options->progress) r->options->progress(r->options->user, i + 1, n);
  }
  sqlite3_finalize(q);
  qi_arena_clear(&arena);
  if (r->options->dry_run) return status;
  if (!status) status = quid_store_commit(r->store, err);
  if (!status) status = qi_store_clear_empty_sums(r->store, err);
  /* Occurrences are of events that hold: where they were looked for, they are looked for again among all. */
  if (status || !(r->counts->n_gone + r->counts->n_changed)) return status;
  status = qi_store_exec(r->store, "UPDATE meta SET value = '0' WHERE key = 'matched'", err);
  if (!status && sqlite3_changes(r->store->db)) status = quid_store_match(r->store, err);
  return status;
}

quid_status quid_recode(quid_answer **out, quid_recode_counts *counts, quid_store *store, const quid_context *ctx, const quid_recode_options *options, quid_error *err) {
  static const char *const columns[] = {"change", "document", "day", "before", "after", "sentence", "event", NULL};
  recoding r = {.store = store, .ctx = ctx, .options = options, .counts = counts};
  *out = NULL;
  *counts = (quid_recode_counts){0};
  quid_status status = quid_worker_new(&r.worker, ctx, err);
  if (!status) status = qi_answer_new(&r.answer, columns, err);
  if (!status) status = recode_all(&r, err);
  quid_store_close(r.scratch);
  quid_worker_free(r.worker);
  QI_VEC_CLEAR(&r.events);
  QI_VEC_CLEAR(&r.options_gone);
  if (status) quid_answer_free(r.answer);
  else *out = r.answer;
  return status;
}
