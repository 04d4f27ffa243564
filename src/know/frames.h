/* know: which words, in which construction, name which deed. Format: knowledge/README.md. */
#ifndef QI_KNOW_FRAMES_H
#define QI_KNOW_FRAMES_H

#include "base/error.h"
#include "know/items.h"
#include "know/know.h"
#include "know/ontology.h"
#include "know/operators.h"
#include "know/slots.h"
#include "know/words.h"

#define QI_PATH_SLOTS 8

/* Where a participant comes from: the first filled slot, or all of them together. */
typedef struct qi_path {
  uint8_t n;
  qi_slot slot[QI_PATH_SLOTS];
  bool with_next[QI_PATH_SLOTS]; /* "a & b": slot[i] and slot[i + 1] belong together */
} qi_path;

/* Classes that are no goods: what kind of thing fills the slot. */
enum {
  QI_KIND_ACTOR = 1, QI_KIND_STATE = 2, QI_KIND_PERSON = 4, QI_KIND_ORG = 8, QI_KIND_PLACE = 16,
  QI_KIND_CLAUSE = 32, QI_KIND_NUMBER = 64
};

/* "need obj | on @arms talk": one of the slots holds one of the lemmas or classes. */
typedef struct qi_condition {
  qi_path slots;           /* alternatives */
  uint32_t n_lemmas;
  const qi_words *lemmas;  /* [n_lemmas] */
  qi_classes classes;
  uint8_t kinds;           /* QI_KIND_* */
  bool anything;           /* no lemma and no class: any filler will do */
} qi_condition;

typedef enum qi_role {
  QI_ROLE_ACTOR, QI_ROLE_RECIPIENT, QI_ROLE_ITEM, QI_ROLE_PLACE, QI_ROLE_PURPOSE, QI_ROLE_CONTENT,
  QI_N_ROLES
} qi_role;

typedef struct qi_trigger {
  qi_words words;
  char part; /* v n a */
} qi_trigger;

typedef struct qi_example {
  bool yes;
  uint32_t line;
  const char *sentence;            /* *borrowed* */
  const char *actors, *recipients; /* "RUS,BLR", "-" none; "" when `no` */
  uint8_t status;
} qi_example;

#define QI_FRAME_MODES 4
#define QI_FRAME_CONTEXTS 6

typedef struct qi_frame {
  const char *id, *file; /* "assault.attack", ".../frames/assault.frames" */
  uint32_t line;
  quid_event_type type;
  const char *modes[QI_FRAME_MODES], *contexts[QI_FRAME_CONTEXTS];
  uint32_t n_modes, n_contexts;
  const char *cameo;
  const qi_trigger *triggers; /* [n_triggers] */
  uint32_t n_triggers;
  qi_path role[QI_N_ROLES];
  uint8_t embeds;             /* quid_event_status of the content's deeds, QI_NO_STATUS none */
  const qi_condition *needs, *nots;
  uint32_t n_needs, n_nots;
  const qi_example *examples; /* [n_examples]; not inherited */
  uint32_t n_examples;
} qi_frame;

/* Loads DIR/frames/(name).frames in order of their names. *out: *new*; it borrows from items and
 * ontology nothing that outlives the call but the ontology's texts. */
quid_status qi_frames_load(qi_frames **out, const char *dir, const qi_items *items,
                           const qi_ontology *ontology, quid_error *err);
void qi_frames_free(qi_frames *frames); /* NULL is fine */

/* In steps, for tests: new, any number of adds. */
quid_status qi_frames_new(qi_frames **out, quid_error *err);
quid_status qi_frames_add(qi_frames *frames, qi_slice data, const char *file, const qi_items *items,
                          const qi_ontology *ontology, quid_error *err);

uint32_t qi_frames_count(const qi_frames *frames);
const qi_frame *qi_frames_get(const qi_frames *frames, uint32_t i);

/* All (frame, trigger) pairs for a lemma: verbs and adjectives under their first word, nouns under
 * each of their words.
 *   for (at = first(f, lemma, 'v'); (frame = next(f, &at, &trigger));) */
uint32_t qi_frames_first(const qi_frames *frames, qi_slice lemma, char part);
const qi_frame *qi_frames_next(const qi_frames *frames, uint32_t *at, const qi_trigger **trigger);

#endif
