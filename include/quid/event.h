/* The event record, version 1: what `quid code` writes, as C structs.
 *
 * Everything here is owned by the quid_document it was coded from and is freed with it. Strings are
 * NUL-terminated UTF-8 and never NULL ("" when there is nothing) unless said otherwise. Spans are
 * half-open byte ranges into the document's text. */
#ifndef QUID_EVENT_H
#define QUID_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct quid_span {
  uint32_t start, end; /* bytes; start == end: no span */
} quid_span;

/* PLOVER's event types, in the order of its manual. */
typedef enum quid_event_type {
  QUID_AGREE, QUID_CONSULT, QUID_SUPPORT, QUID_CONCEDE, QUID_COOPERATE, QUID_AID, QUID_RETREAT,
  QUID_REQUEST, QUID_ACCUSE, QUID_REJECT, QUID_THREATEN, QUID_PROTEST, QUID_SANCTION,
  QUID_MOBILIZE, QUID_COERCE, QUID_ASSAULT,
  QUID_N_EVENT_TYPES /* as a type: none, of a code that PLOVER does not have (quid_context_options.dictionary) */
} quid_event_type;

/* Did it happen? Exactly one holds. See docs/event-record.md for each. */
typedef enum quid_event_status {
  QUID_ASSERTED, QUID_REPORTED, QUID_CLAIMED, QUID_DENIED, QUID_NEGATED, QUID_PLANNED,
  QUID_EXPECTED, QUID_POSSIBLE, QUID_REQUESTED, QUID_RECOMMENDED,
  QUID_N_EVENT_STATUSES
} quid_event_status;

/* Somebody or something that acts: a country, a person, an organisation, an agent ("rebels"). */
typedef struct quid_entity {
  const char *id;      /* dotted, "PRK.GOV.KIM_JONG_UN"; unknown names get "---.PER.SOME_NAME" */
  const char *name;    /* display name */
  const char *country; /* ISO 3166-1 alpha-3, or IGO, NGO, MNC; "" unknown */
  const char *sector;  /* GOV MIL COP ...; "" unknown */
  const char *role;    /* "foreign minister"; "" none */
  const char *via;     /* name title pronoun demonym capital alias agent */
  quid_span span;      /* the words of this mention */
} quid_entity;

/* "some 10,000", "at least 30", "between 3,000 and 5,000". */
typedef struct quid_amount {
  double from, to;   /* from < 0: none is said; from == to but for a range */
  const char *bound; /* "about", "over" (at least), "under" (at most), "" exact */
} quid_amount;

typedef struct quid_item {
  quid_span span;
  const char *item_class; /* a class of knowledge/items, "" unknown */
  quid_amount count;
  const char *unit;       /* "USD", "tonne", "battalion"; "" none */
} quid_item;

typedef struct quid_victims {
  quid_span span;
  const char *kind;       /* dead wounded missing held displaced */
  quid_amount count;
} quid_victims;

typedef struct quid_period { /* of time: a duration or a deadline */
  quid_span span;            /* start == end: none is said */
  char from[11], to[11];     /* of a deadline: ISO dates, inclusive; "" unknown */
  const char *value;         /* of a duration: ISO 8601, "P3D"; "" none */
} quid_period;

#define QUID_NO_EVENT UINT32_MAX

/* How this event hangs on another one. */
typedef struct quid_link {
  const char *type; /* condition: it comes about if the other one does; retaliation: it answers the other one;
                       enabling: the other one made it possible; listed: it is one of several points under the other one */
  uint32_t event;   /* index of the other one, QUID_NO_EVENT where the text names it with words that are no event */
  quid_span other;  /* the words of the other one */
  quid_span span;   /* the words that say so: "in response to", "Third" */
} quid_link;

/* The other side of a bargain. */
typedef struct quid_counterpart {
  uint32_t event;           /* QUID_NO_EVENT where it is told by bare words ("in exchange for oil") */
  quid_span span;           /* its words */
  const quid_item *items;   /* [n_items] what is given on that side; of the event itself, where it is one */
  uint32_t n_items;
  int status;               /* a quid_event_status; -1: bare words say none */
} quid_counterpart;

typedef struct quid_word_of { /* one link of the chain "on whose word" */
  quid_span span;
  const quid_entity *entity; /* NULL where it is no entity */
} quid_word_of;

typedef struct quid_event {
  const char *id;                 /* 16 hex digits; stable for same text, model, dictionaries */
  uint32_t sentence;              /* index into the document's sentences */
  quid_event_type type;
  const char *const *modes;       /* [n_modes] */
  const char *const *contexts;    /* [n_contexts] */
  uint32_t n_modes, n_contexts;
  const char *cameo;              /* "" none */
  const char *quad;               /* "verbal cooperation" ... */
  double score;                   /* PLOVER's, of type and mode */
  const quid_entity *actors;      /* [n_actors] */
  const quid_entity *recipients;  /* [n_recipients] */
  uint32_t n_actors, n_recipients;
  quid_span trigger;
  quid_event_status status;
  const quid_word_of *attribution; /* [n_attribution], outermost last */
  uint32_t n_attribution;
  struct {
    char from[11], to[11]; /* ISO, inclusive; "" unknown */
    quid_span span;        /* the expression, if any */
    const char *source;    /* expression tense dateline; "" none */
    const char *granularity; /* of the expression: day week month quarter season year decade century; NULL or "" not known */
  } date;
  struct {
    quid_span span;
    const char *name;    /* "" none */
    const char *country; /* alpha-3, "" unknown */
    bool located;        /* latitude and longitude are known */
    double latitude, longitude; /* degrees, north and east positive */
    const char *admin1;  /* first-level division, "" unknown */
    uint32_t geonames;   /* GeoNames id, 0 unknown */
  } place;
  const quid_item *items; /* [n_items] */
  uint32_t n_items;
  const quid_victims *victims; /* [n_victims] */
  uint32_t n_victims;
  struct {
    quid_span span;
    quid_amount count;
  } crowd;                /* how many took part */
  uint32_t times;         /* 0: not said */
  quid_period duration;   /* how long it lasts or lasted */
  quid_period deadline;   /* by when it is promised, threatened, demanded */
  const uint32_t *content; /* [n_content] indices of this document's events that this one is about */
  uint32_t n_content;
  struct {
    const char *id;   /* shared by both sides of a bargain; "" none */
    const char *side; /* given return */
    quid_span span;   /* the words that link them */
    const quid_entity *givers, *takers; /* [n_givers], [n_takers] of this side */
    uint32_t n_givers, n_takers;
    const quid_counterpart *others;     /* [n_others] what stands on the other side, in order of the text */
    uint32_t n_others;
  } exchange;
  const quid_link *links; /* [n_links] */
  uint32_t n_links;
  quid_span purpose;
  double confidence;      /* 0 to 1 */
  const char *frame;      /* why: "assault.attack" */
  const char *frame_file; /* "knowledge/frames/assault.frames" */
  uint32_t frame_line;
  char part;              /* of the trigger: v verb, n noun, a adjective */
  double prior;           /* how sure the frame's reading is by its shape, uncalibrated */
  double second_opinion;  /* the judge's probability of the type; below 0: it was not asked */
} quid_event;

/* "ASSAULT", "asserted": static strings. */
const char *quid_event_type_name(quid_event_type type);
const char *quid_event_status_name(quid_event_status status);

#ifdef __cplusplus
}
#endif
#endif
