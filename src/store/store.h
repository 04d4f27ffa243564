/* store: what the files of this step share. open.c opens and migrates, names.c turns texts into numbers, write.c writes a
 * record's rows, sums.c keeps the sums. */
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
#define QI_STORE_BATCH 5000u            /* events between two commits */

extern const char qi_store_schema_sql[]; /* made from schema.sql */

typedef enum qi_statement {
  QI_SQL_NAME_GET, QI_SQL_NAME_PUT, QI_SQL_ENTITY_GET, QI_SQL_ENTITY_PUT, QI_SQL_PLACE_GET, QI_SQL_PLACE_PUT,
  QI_SQL_LOAD_PUT, QI_SQL_DOCUMENT_GET, QI_SQL_DOCUMENT_PUT, QI_SQL_DOCUMENT_TEXT, QI_SQL_SENTENCE_GET, QI_SQL_SENTENCE_PUT,
  QI_SQL_SENTENCE_INDEX, QI_SQL_EVENT_PUT, QI_SQL_PARTICIPANT_PUT, QI_SQL_WORD_OF_PUT, QI_SQL_ITEM_PUT, QI_SQL_DETAIL_PUT,
  QI_SQL_LINK_PUT, QI_SQL_BARGAIN_PUT, QI_SQL_OPTION_PUT, QI_SQL_OPTION_PARTY_PUT, QI_SQL_DYAD_PUT, QI_SQL_DYAD_MONTH_PUT, QI_SQL_DYAD_TOLD_PUT,
  QI_SQL_TRANSFER_PUT, QI_SQL_TRANSFER_MONTH_PUT, QI_SQL_PROMISE_PUT, QI_SQL_SAVEPOINT, QI_SQL_RELEASE, QI_SQL_ROLLBACK_TO,
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
  sqlite3_stmt *sql[QI_N_STATEMENTS];
  qi_arena keys;     /* of the maps */
  qi_map names, entities, places; /* text -> index into ids */
  QI_VEC(int64_t) ids;
  qi_month_sums dyads, transfers;
  qi_arena batch;    /* keys of the sums; reset by a commit */
  int64_t load;      /* of this opening, 0 not yet needed */
  char model[32], knowledge[32]; /* of that load */
  struct {           /* the document that records are being added to */
    int64_t id;
    qi_builder name;
    qi_day published;
    bool is_new;
    QI_VEC(int64_t) sentences; /* [number]: row, 0 unknown */
  } doc;
  uint32_t n_in_batch; /* events */
  quid_store_counts counts;
};

/* Every error of SQLite, with the file's name. Returns QUID_OK for SQLITE_OK, _ROW, _DONE. */
quid_status qi_store_error(quid_store *s, int code, quid_error *err);
/* Runs a statement that gives no row, and makes it ready again. */
/* Runs SQL without parameters. */
quid_status qi_store_exec(quid_store *s, const char *sql, quid_error *err);
quid_status qi_store_run(quid_store *s, qi_statement which, quid_error *err);

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

/* --- write.c --- */
typedef struct qi_stored_document { /* "" or NULL: not known */
  const char *name, *title, *byline, *publisher, *url, *language, *genre, *published, *text;
} qi_stored_document;
qi_day qi_store_day(const char *iso); /* QI_DAY_NONE none; NULL is fine */
int32_t qi_store_month(qi_day day);   /* year * 12 + month - 1 */
/* The member of an object; NULL when it is not there or null. */
const cJSON *qi_store_get(const cJSON *object, const char *key);
const char *qi_store_text(const cJSON *object, const char *key); /* NULL none */

#endif
