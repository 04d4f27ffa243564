/* store: what the files of matching share: telling.c reads the tellings of a day, cluster.c puts them together, match.c runs over
 * the days and writes occurrences, copies.c finds copied documents. */
#ifndef QI_STORE_MATCH_H
#define QI_STORE_MATCH_H

#include "store/likeness.h"
#include "store/store.h"

#define QI_MATCH_DAYS 3 /* a telling without a day of its own was published at most so many days after the deed */

/* All tellings of a day, and what came of them. */
typedef struct qi_day_of_tellings {
  int32_t day;
  QI_VEC(qi_telling) items; /* by type, then by key */
  uint32_t n_clusters;      /* telling.cluster: 0 .. n_clusters - 1 */
} qi_day_of_tellings;

typedef QI_VEC(uint8_t) qi_bytes;

typedef struct qi_teller { /* reads tellings */
  quid_store *s;
  qi_arena arena;                /* ids of entities */
  QI_VEC(qi_somebody *) bodies;  /* [entity.id], NULL not read yet */
  qi_bytes ways;                 /* [name.id of a type] */
  qi_bytes standings;            /* [name.id of a status] */
  int64_t claimed;               /* name.id, 0 none in the store */
  sqlite3_stmt *events, *sides, *items, *entity, *place, *said, *text;
} qi_teller;

quid_status qi_teller_open(qi_teller *t, quid_store *s, quid_error *err);
void qi_teller_close(qi_teller *t);
/* Who, to whom, when; the rest is read when it is needed. */
quid_status qi_teller_read(qi_day_of_tellings *out, qi_teller *t, int32_t day, quid_error *err);
/* Places, classes of goods, words. */
quid_status qi_teller_fill(qi_teller *t, qi_telling *e, quid_error *err);

/* A telling without a day of its own that tells of an event of this day or of one shortly before. */
typedef struct qi_joined {
  uint32_t telling; /* of the last day */
  uint32_t day;     /* index into `days` */
  uint32_t cluster; /* of that day */
} qi_joined;
typedef QI_VEC(qi_joined) qi_joined_list;

#define QI_NO_CLUSTER UINT32_MAX /* of a telling that joined another one */

/* Puts the tellings of the last of `days` together: those with a day of their own with each other; the rest each with the likest of
 * them on this day or the days before, or else with each other. days: oldest first, at least one, the earlier ones done before.
 * Depends on what is told alone, not on the order in which it was loaded. */
quid_status qi_match_day(qi_joined_list *joined, qi_teller *t, qi_day_of_tellings *const *days, size_t n_days, quid_error *err);

/* --- copies.c --- */
/* Gives documents above `after` their signature and their original. Fills the table temp.changed_document. */
quid_status qi_copies_find(quid_store *s, int64_t after, quid_error *err);

#endif
