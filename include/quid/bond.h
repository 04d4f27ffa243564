/* The link record: that one thing is given for another, hangs on another, answers another, or was made possible by it, in the
 * words of the text. A side need not be a deed that the event record knows ("if the frost comes", "in exchange for oil").
 *
 * Everything here is owned by the quid_document it was read from and is freed with it; see event.h. */
#ifndef QUID_BOND_H
#define QUID_BOND_H

#include "quid/event.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is told on a side, or one of several things: "oil", "lift the siege". */
typedef struct quid_bond_part {
  quid_span span;         /* its words */
  quid_span head;         /* the word that heads them: of a deed its verb or noun, of goods their noun */
  uint32_t event;         /* the same among the document's events, QUID_NO_EVENT none */
  const quid_item *items; /* [n_items] */
  uint32_t n_items;
  int status;             /* a quid_event_status; -1: it is a thing, not a deed */
} quid_bond_part;

typedef struct quid_bond_side {
  const quid_bond_part *parts; /* [n_parts], at least 1, in the order in which they were found */
  const quid_entity *givers, *takers; /* of an exchange: [n_givers], [n_takers] */
  uint32_t n_parts, n_givers, n_takers;
} quid_bond_side;

typedef struct quid_bond {
  const char *id;      /* 16 hex digits; of an exchange the id that its events share (quid_event.exchange) */
  const char *type;    /* exchange condition retaliation enabling */
  uint32_t sentence;   /* index into the document's sentences: where the words stand that say it */
  quid_span span;      /* these words: "in response to", "If" */
  quid_bond_side first, second; /* exchange: what is given, what is given in return; else: what comes about,
                                   and what it hangs on, answers, was made possible by */
} quid_bond;

#ifdef __cplusplus
}
#endif
#endif
