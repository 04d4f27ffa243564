/* code: a deed with its status -> the public event record. */
#ifndef QI_CODE_EVENT_H
#define QI_CODE_EVENT_H

#include "code/amount.h"
#include "code/coder.h"
#include "code/govern.h"
#include "code/link.h"
#include "code/match.h"
#include "code/place.h"
#include "code/status.h"
#include "code/when.h"

/* A document while it is being coded. */
typedef struct qi_coding {
  const qi_know *know;
  const qi_second *second; /* NULL: no second opinion */
  const qi_parsed *doc;
  const qi_document_info *info;
  qi_arena *arena;
  qi_arena scratch;         /* of the sentence */
  qi_events *out;
  qi_times times;
  qi_atlas atlas;
  qi_day day;               /* of the dateline, else of publication; QI_DAY_NONE unknown */
  qi_quote *quotes;         /* [n_sentences] */
  struct qi_heading *heading; /* option.c's */
  qi_deeds deeds;           /* of the sentence at hand */
  qi_amount_list amounts;   /* of that sentence */
  bool has_amounts;         /* they have been read */
  qi_deed **deed_of;        /* [n]: deed of each event so far */
  size_t n_events, cap_events, cap_deeds, cap_options, cap_bonds;
  qi_bonds bonds;           /* of the whole document */
  size_t first_bond;        /* before it none reaches the sentence at hand */
  uint64_t text_hash;
  qi_explain *explain;
} qi_coding;

/* Fills everything but content and exchange. false: out of memory. */
bool qi_event_fill(quid_event *e, qi_coding *c, const qi_view *v, const qi_deed *deed,
                   const qi_standing *standing);
/* How sure a reading is by its shape alone, 0.05 to 0.95: its order is meant, not its value. With the second
 * opinion's word it becomes the calibrated confidence (judge.h). */
double qi_event_prior(const qi_view *v, const qi_deed *d, const qi_standing *s);
/* link.c: finds what links the deeds of the document, before there are any. false: out of memory. */
bool qi_link_find(qi_coding *c);
/* link.c: sides of bargains in this sentence that no frame knows become deeds of their own. false: out of memory. */
bool qi_link_add_deeds(qi_coding *c, const qi_view *v);
/* link.c: links the events that there are. false: out of memory. */
bool qi_link_events(qi_coding *c);

/* ---- shared by link.c and exchange.c ---- */

/* One member of a side: an event, or words. */
typedef struct qi_member {
  uint32_t event; /* QUID_NO_EVENT: words */
  quid_span span;
  qi_head head;
} qi_member;

typedef struct qi_members {
  qi_member at[2 * QI_MAX_SIDE]; /* [n] */
  uint32_t n;
} qi_members;

/* link.c: appends the members that tell the side headed there. */
void qi_member_of(qi_members *out, const qi_coding *c, const qi_bond *b, const qi_head *head);
void qi_member_add(qi_members *out, uint32_t event, quid_span span, qi_head head);
/* link.c: the events of a sentence: index of the first, and how many. */
size_t qi_events_of(const qi_coding *c, uint32_t sentence, size_t *n);
/* open.c: a bargain of which one side is yet to be told. false: nothing tells it. */
bool qi_open_fill(qi_coding *c, const qi_bond *b, qi_members *given, qi_members *back);

/* exchange.c: the two sides become one bargain. false: out of memory. */
bool qi_exchange_link(qi_coding *c, const qi_bond *b, const qi_members *given, const qi_members *back);
quid_span qi_bond_span(const qi_coding *c, const qi_bond *b);

/* exchange.c's like for lists (list_link.c): links each event of a point to the head of its list. false: out of memory. */
bool qi_lists_link(qi_coding *c);
/* Adds a link to those that the event has. false: out of memory. */
bool qi_event_add_link(qi_coding *c, quid_event *e, const quid_link *link);

#endif
