/* ask: what ledger.c, balance.c and bargains.c share. */
#ifndef QI_ASK_LEDGER_H
#define QI_ASK_LEDGER_H

#include "ask/ask.h"

typedef struct qi_ledger {
  quid_store *store;
  const quid_filter *filter; /* may be NULL */
  qi_days_of days;
  int64_t a, b; /* parties, 0 everybody */
} qi_ledger;

quid_status qi_ledger_find(qi_ledger *l, quid_store *s, const char *a, const char *b, const quid_filter *f, quid_error *err);
/* "SELECT giver, taker, day, event, class, kind, status ...": the goods that fit, both ways. */
quid_status qi_ledger_add_rows(qi_query *q, const qi_ledger *l, quid_error *err);
/* Names the columns anew, as far as there are names. */
quid_status qi_answer_name_columns(quid_answer *a, const char *const *names, quid_error *err);

#endif
