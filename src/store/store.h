/* store: what the files of this step share. open.c opens and migrates, json.c reads a record, names.c turns texts into numbers,
 * write.c writes a record's rows, batch.c begins and commits, sums.c keeps the sums, search.c keeps the index of words. */
#ifndef QI_STORE_STORE_H
#define QI_STORE_STORE_H

#include "base/arena.h"
#include "base/builder.h"
#include "base/date.h"
#include "base/error.h"
#include "base/map.h"
#include "base/slice.h"
#include "base/vec.h"
#include "quid/store.h"
#include <cjson/cJSON.h>
#include <sqlite3.h>

#define QI_STORE_SCHEMA 1
#define QI_STORE_APPLICATION 0x51554944 /* "QUID", in the file's header */
#define QI_STORE_BATCH 100000u          /* events between two commits at most: pages all over the file wait for a commit, to be written once */
#define QI_STORE_BATCH_MS 5000          /* a batch is committed before the next document when it is as old as this */
#define QI_STORE_LARGE_LOAD 1u          /* batches of one load from which on it may do without some indices */

extern const char qi_store_schema_sql[]; /* made from schema.sql */
extern const char qi_store_classes_sql[], qi_store_classes_sql_version[]; /* made from knowledge/items/items.tsv */

typedef enum qi_statement {
  QI_SQL_NAME_GET, QI_SQL_NAME_PUT, QI_SQL_ENTITY_GET, QI_SQL_ENTITY_PUT, QI_SQL_PLACE_GET, QI_SQL_PLACE_PUT,
  QI_SQL_LOAD_PUT, QI_SQL_DOCUMENT_GET, QI_SQL_DOCUMENT_PUT, QI_SQL_DOCUMENT_TEXT, QI_SQL_SENTENCE_GET, QI_SQL_SENTENCE_PUT,
  QI_SQL_EVENT_PUT, QI_SQL_PARTICIPANT_PUT, QI_SQL_WORD_OF_PUT, QI_SQL_ITEM_PUT, QI_SQL_DETAIL_PUT,
  QI_SQL_LINK_PUT, QI_SQL_BARGAIN_PUT, QI_SQL_OPTION_PUT, QI_SQL_OPTION_PARTY_PUT, QI_SQL_DYAD_PUT, QI_SQL_DYAD_MONTH_PUT, QI_SQL_DYAD_TOLD_PUT,
  QI_SQL_TRANSFER_PUT, QI_SQL_TRANSFER_MONTH_PUT, QI_SQL_PROMISE_PUT, QI_SQL_DEAL_PUT, QI_SQL_NEWEST_PUT, QI_SQL_EVENT_TYPE,
  QI_N_STATEMENTS
} qi_statement;

/* A sum that waits for the commit. */
typedef struct qi_month_sum {
  int64_t a, b, month, type, status; /* of transfer_month: giver, taker, month, class, kind */
  int64_t n;
  double score;
} qi_month_sum;

typedef struct qi_month_sums {
  qi_map at; /* bytes of the five keys -> index into items */
  QI_VEC(qi_month_sum) items;
} qi_month_sums;

struct quid_store {
  sqlite3 *db;
  char *path;
  bool writes, in_batch;
  bool broken;       /* a batch failed and was taken back: nothing can be added any more */
  sqlite3_stmt *sql[QI_N_STATEMENTS];
  qi_arena keys;     /* of the maps */
  qi_map names, entities, places; /* text -> index into ids */
  QI_VEC(int64_t) ids;
  qi_month_sums dyads, transfers;
  qi_arena batch;    /* keys of the sums; reset by a commit */
  qi_arena record;   /* the record that is being added */
  int64_t load;      /* of this opening, 0 not yet needed */
  char model[32], knowledge[32]; /* of that load */
  struct {           /* the document that records are being added to */
    int64_t id;
    qi_builder name;
    qi_day published;
    bool is_new;
    QI_VEC(int64_t) sentences; /* [number]: row, 0 unknown */
  } doc;
  qi_day newest;       /* day of publication in the batch, QI_DAY_NONE none: meta has the newest of all */
  uint32_t n_in_batch, max_in_batch; /* events */
  int64_t began_ms, ended_ms; /* the batch; the last addition of a document */
  int64_t n_before;    /* highest event.id at the opening */
  bool without_indices;
  int64_t waiting_since_ms; /* for another program's lock */
  quid_store_counts counts, kept; /* with the batch; without it */
};

/* Makes the tables, or brings them up to date: steps[n] leads from schema n to n + 1, where 0 is the empty file; all in one transaction. A store
 * opened for reading is only checked. Errors: QUID_ERR_FORMAT somebody else's tables, a schema above n_steps, an older one that is only read. */
quid_status qi_store_migrate(quid_store *s, const char *const *steps, int n_steps, quid_error *err);
/* Every error of SQLite, with the file's name. Returns QUID_OK for SQLITE_OK, _ROW, _DONE. */
quid_status qi_store_error(quid_store *s, int code, quid_error *err);
/* Runs SQL without parameters. */
quid_status qi_store_exec(quid_store *s, const char *sql, quid_error *err);
/* The first number that SQL gives, 0 when it gives none. */
quid_status qi_store_number(int64_t *out, quid_store *s, const char *sql, quid_error *err);
/* Runs a statement that gives no row, and makes it ready again. */
quid_status qi_store_run(quid_store *s, qi_statement which, quid_error *err);

/* --- json.c --- */
/* A tree of cJSON's nodes in the arena, never to be deleted. Errors: QUID_ERR_FORMAT no JSON; QUID_ERR_MEMORY. */
quid_status qi_store_json(cJSON **out, qi_arena *arena, qi_slice line, quid_error *err);

/* --- batch.c --- */
int64_t qi_store_now_ms(void);
/* Begins a batch where there is none. */
quid_status qi_store_begin(quid_store *s, quid_error *err);
/* Before a document: commits what came before it now and then, so that others get the file, and begins. */
quid_status qi_store_next(quid_store *s, bool new_document, quid_error *err);
/* After a whole document: commits when documents come slowly, so that no lock is held while waiting for the next one. */
quid_status qi_store_after_document(quid_store *s, quid_error *err);
/* Takes the batch back; the store is of no use any more. Returns status. */
quid_status qi_store_fail(quid_store *s, quid_status status);

/* --- search.c --- */
/* All sentences can be searched for words; brings the index up to date, by a writer of its own where `s` only reads. */
quid_status qi_store_searchable(quid_store *s, quid_error *err);

/* --- names.c: the numbers of texts; 0 for an empty one --- */
quid_status qi_store_name(int64_t *out, quid_store *s, const char *text, quid_error *err);
quid_status qi_store_entity(int64_t *out, quid_store *s, const cJSON *entity, quid_error *err);
quid_status qi_store_place(int64_t *out, quid_store *s, const cJSON *place, quid_error *err);
/* The party that an entity counts under: its country, or a body such as IGO.NATO; 0 nobody that is known. */
quid_status qi_store_party(int64_t *out, quid_store *s, const cJSON *entity, quid_error *err);

/* --- sums.c --- */
bool qi_sums_add(qi_month_sums *sums, qi_arena *arena, const qi_month_sum *one);
void qi_sums_clear(qi_month_sums *sums);
/* Adds what waits to dyad_month and transfer_month. */
quid_status qi_sums_write(quid_store *s, quid_error *err);

/* --- derive.c: rows that the questions read, of an event just written --- */
typedef struct qi_stored_event {
  int64_t id, type, status;
  qi_day day; /* QI_DAY_NONE unknown */
  double score;
  const char *type_name, *status_name;
  const cJSON *record;
} qi_stored_event;
quid_status qi_derive(quid_store *s, const qi_stored_event *e, quid_error *err);
#define QI_MAX_PARTIES 16
typedef struct qi_parties {
  int64_t id[QI_MAX_PARTIES];
  uint32_t n;
} qi_parties;
/* --- deal.c --- */
quid_status qi_derive_deal(quid_store *s, const qi_stored_event *e, const qi_parties *givers, const qi_parties *takers, quid_error *err);

/* --- gone.c: within a batch, with the load that replaces it in use --- */
quid_status qi_store_event_gone(quid_store *s, int64_t event, quid_error *err);
quid_status qi_store_option_gone(quid_store *s, int64_t option, quid_error *err);
/* The sentences of the document as they are cut now get their numbers; former ones numbers below 0. */
quid_status qi_store_cut(quid_store *s, int64_t document, const quid_document *doc, quid_error *err);
/* Sums by month that have become 0. */
quid_status qi_store_clear_empty_sums(quid_store *s, quid_error *err);

/* --- write.c --- */
/* What a document that is coded again replaces: rows of event and option. */
typedef struct qi_replaced {
  const int64_t *events, *options;
  size_t n_events, n_options;
} qi_replaced;
/* As quid_store_add_document, after the replaced rows are marked as gone; all in one batch. */
quid_status qi_store_replace_document(quid_store *s, const quid_document *doc, const char *records, size_t n_bytes, const qi_replaced *old, quid_error *err);
typedef struct qi_stored_document { /* "" or NULL: not known */
  const char *name, *title, *byline, *publisher, *url, *language, *genre, *published, *text;
} qi_stored_document;
/* The load of that model and knowledge becomes the one that rows are written under. */
quid_status qi_store_use_load(quid_store *s, const char *model, const char *knowledge, quid_error *err);
bool qi_store_key(const char *hex, int64_t *out); /* 16 hexadecimal digits -> the same 64 bits; false: it is none */
qi_day qi_store_day(const char *iso); /* QI_DAY_NONE none; NULL is fine */
int32_t qi_store_month(qi_day day);   /* year * 12 + month - 1 */
/* The member of an object; NULL when it is not there or null. */
const cJSON *qi_store_get(const cJSON *object, const char *key);
const char *qi_store_text(const cJSON *object, const char *key); /* NULL none */

#endif
