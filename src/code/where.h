/* code: places of deeds. */
#ifndef QI_CODE_WHERE_H
#define QI_CODE_WHERE_H

#include "code/place.h"

typedef struct qi_place {
  uint32_t start, end;  /* bytes of the place's words, without the preposition; start == end: none */
  const char *name;     /* display name */
  const char *country;  /* alpha-3, "" unknown */
  bool located;
  double latitude, longitude;
  const char *admin1;   /* name of the first-level division, "" unknown */
  uint32_t geonames;    /* 0 unknown */
} qi_place;

/* What kind of deed: how far from it its place may stand. */
typedef enum qi_deed_kind {
  QI_DEED_SAID,   /* threatens, condemns, promises: only where the text says where it was said */
  QI_DEED_MEETS,  /* agrees, meets: its objects' places too */
  QI_DEED_DONE    /* strikes, arrests, marches, goes: what it is done to lies where it is done */
} qi_deed_kind;

qi_deed_kind qi_where_kind(quid_event_type type);

typedef struct qi_where { /* what is asked */
  const qi_atlas *atlas;
  uint32_t sentence, token;
  int32_t light;          /* the verb that carries a deed noun, -1 none */
  qi_deed_kind kind;
  const quid_entity *actors; /* [n_actors]: their names are no places of the deed ("Prague expelled ...") */
  uint32_t n_actors;
  bool acts_alone;        /* nobody but "it", "they", nobody named as a state: the scene of the sentence before may be its own */
} qi_where;

/* Where the deed took place; out->start == out->end when the text does not say. false: out of memory. */
bool qi_where_of(qi_place *out, const qi_where *q, qi_arena *arena);

/* The place named by the noun phrase at `token` itself (for slots), none if it is no place. */
bool qi_where_at(qi_place *out, const qi_atlas *atlas, uint32_t sentence, uint32_t token, qi_arena *arena);

#endif
