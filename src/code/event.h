/* code: a deed with its status -> the public event record. */
#ifndef QI_CODE_EVENT_H
#define QI_CODE_EVENT_H

#include "code/amount.h"
#include "code/coder.h"
#include "code/govern.h"
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
  size_t n_events, cap_events, cap_deeds, cap_options;
  uint64_t text_hash;
  qi_explain *explain;
} qi_coding;

/* Fills everything but content and exchange. false: out of memory. */
bool qi_event_fill(quid_event *e, qi_coding *c, const qi_view *v, const qi_deed *deed,
                   const qi_standing *standing);
/* How sure a reading is by its shape alone, 0.05 to 0.95: its order is meant, not its value. With the second
 * opinion's word it becomes the calibrated confidence (judge.h). */
double qi_event_prior(const qi_view *v, const qi_deed *d, const qi_standing *s);
/* exchange.c: marks the two sides of bargains. false: out of memory. */
bool qi_exchange_link(qi_coding *c);

#endif
