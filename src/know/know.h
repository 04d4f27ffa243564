/* know: the dictionaries, frozen once loaded and shared by all threads. */
#ifndef QI_KNOW_KNOW_H
#define QI_KNOW_KNOW_H

#include "base/date.h"
#include "base/error.h"

typedef struct qi_actors qi_actors;       /* actors.h: names, posts, agents */
typedef struct qi_frames qi_frames;       /* frames.h: which words name which deed */
typedef struct qi_items qi_items;         /* items.h: classes of goods */
typedef struct qi_amounts qi_amounts;     /* amounts.h: numbers, units, currencies */
typedef struct qi_victims qi_victims;     /* victims.h: words for those who suffer */
typedef struct qi_operators qi_operators; /* operators.h: words that change the status */
typedef struct qi_urging qi_urging;       /* urging.h: words by which somebody is urged */
typedef struct qi_cues qi_cues;           /* cues.h: what is not story */
typedef struct qi_judgements qi_judgements; /* judgements.h: words of praise and blame */
typedef struct qi_topics qi_topics;       /* topics.h: words of other worlds: sport, weather, fiction */
typedef struct qi_ontology qi_ontology;   /* ontology.h: types, modes, contexts, scores */

typedef struct qi_forms qi_forms;         /* forms.h: inflected form -> dictionary word */
typedef struct qi_petrarch qi_petrarch;   /* petrarch.h: somebody else's dictionaries */
typedef struct qi_cameo qi_cameo;         /* cameo.h: CAMEO codes -> PLOVER; loaded with those */

typedef struct qi_kinds qi_kinds;         /* kinds.h: words that call somebody again */
typedef struct qi_links qi_links;         /* links.h: words that link deeds */
typedef struct qi_days qi_days;           /* days.h: the words of the calendar */
typedef struct qi_places qi_places;       /* places.h: the gazetteer */

typedef struct qi_know {
  qi_actors *actors;
  qi_frames *frames;
  qi_items *items;
  qi_amounts *amounts;
  qi_victims *victims;
  qi_operators *operators;
  qi_urging *urging; /* NULL: no options are read */
  qi_ontology *ontology;
  qi_forms *forms;
  qi_cues *cues;
  qi_judgements *judgements;
  qi_petrarch *petrarch; /* NULL: none was asked for */
  qi_cameo *cameo;       /* NULL without petrarch */
  bool petrarch_beside;  /* the frames code too */
  qi_topics *topics; /* NULL: nothing is dropped for its topic */
  qi_days *days;
  qi_places *places;
  qi_kinds *kinds;   /* NULL: none known */
  qi_links *links; /* NULL: no deeds are linked */
  char version[17]; /* hash of all files, in order of their paths */
} qi_know;

/* Loads DIR/actors, DIR/items, DIR/links, DIR/status, DIR/story, DIR/when, DIR/places, DIR/frames. A mistake is refused with file, line, column. */
quid_status qi_know_load(qi_know *out, const char *dir, quid_error *err);
void qi_know_clear(qi_know *know);

#endif
