/* code: a parsed document -> its events. Runs the steps in order:
 *
 *   story      what is story, and of which genre
 *   list       enumerated points and the sentence that they stand under
 *   topic      sport, business, weather, fiction: whose deeds are no politics
 *   mentions   who is named where, and whom it means
 *   when       all date expressions
 *   place      all names of places, and which place each means
 *   match      per sentence: deed words -> frames -> deeds with their roles (deep grammar)
 *   opinion    how sure each deed is, and deeds that no frame knows
 *              and off those that the topic explains away
 *   judgement  what the writer praises and blames
 *   status     did it happen, and on whose word
 *   event      items, place, date, times, purpose, confidence, id
 *              content: which event is about which
 *   option     the deeds that somebody urges, events or not
 *   link       what is given for what (exchange), and what hangs on what: conditions, retaliation, enabling; the words that say so
 *              are found before the sentences are read (cue, sides, need), for they make deeds of verbs that no frame knows
 *   bond       the same as records of their own, whether or not the sides are events; also what only the clauses around such words
 *              tell (loose)
 *   list       which events are points of one list, and under which head */
#ifndef QI_CODE_CODER_H
#define QI_CODE_CODER_H

#include "base/date.h"
#include "code/explain.h"
#include "code/list.h"
#include "code/mention.h"
#include "code/opinion.h"
#include "code/story.h"
#include "code/topic.h"
#include "know/know.h"
#include "parse/sentence.h"
#include "quid/bond.h"
#include "quid/event.h"
#include "quid/option.h"
#include "read/read.h"

/* Events of one document. A longer list is cut there: no story has that many. */
#define QI_MAX_EVENTS 100000u

/* Where the time goes, for bench/code.c. */
typedef enum qi_stage {
  QI_STAGE_STORY, QI_STAGE_TOPIC, QI_STAGE_MENTIONS, QI_STAGE_WHEN, QI_STAGE_MATCH, QI_STAGE_OPINION, QI_STAGE_STATUS, QI_STAGE_EVENT,
  QI_N_STAGES
} qi_stage;

typedef struct qi_stopwatch {
  double last, spent[QI_N_STAGES]; /* s, processor time of this thread */
} qi_stopwatch;

typedef struct qi_document_info {
  const char *id;    /* names the text; NULL or "": the hash of the text */
  const char *title; /* NULL or "": none */
  const char *byline; /* NULL or "": the text's own, if it has one */
  qi_day published;  /* QI_DAY_NONE unknown */
  qi_day today;      /* of the dateline; 0 and QI_DAY_NONE: as published */
  const qi_header *header; /* of the text; NULL: it is read here */
  qi_stopwatch *watch; /* NULL: nobody measures */
} qi_document_info;

/* The day that "today" means. */
static inline qi_day qi_today(const qi_document_info *info) {
  return info->today && info->today != QI_DAY_NONE ? info->today : info->published;
}

typedef struct qi_events {
  quid_event *items; /* [len], in order of the text */
  uint32_t len;
  quid_option *options; /* [n_options], in order of the text */
  uint32_t n_options;
  quid_bond *bonds; /* [n_bonds], in order of the words that say so */
  uint32_t n_bonds;
  bool cut;          /* there were more than QI_MAX_EVENTS */
  qi_story story;
  qi_lists lists;
  qi_topic_map topics;
  qi_mentions mentions;
} qi_events;

/* Lemmas and labels of `doc` that cannot be right are mended in place (mend.h). Everything given lives in the arena, but for names of frames, modes, contexts, classes and quad
 * classes, which are *borrowed* from `know`. second: NULL when no second opinion is wanted. explain: NULL when no explanation is wanted. Errors: out
 * of memory. Cost: linear in the text but for the longest sentences. */
quid_status qi_code_document(const qi_know *know, const qi_second *second, qi_parsed *doc, const qi_document_info *info,
                             qi_arena *arena, qi_events *out, qi_explain *explain, quid_error *err);

#endif
