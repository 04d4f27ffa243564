/* code: who is named where. mention.c finds the mentions of actors in parsed sentences, resolve.c
 * says whom each means. Everything lives in the document's arena. */
#ifndef QI_CODE_MENTION_H
#define QI_CODE_MENTION_H

#include "know/know.h"
#include "parse/sentence.h"
#include "quid/event.h"

typedef enum qi_mention_kind {
  QI_MENTION_NAME,    /* a name in the dictionary, or an unknown name */
  QI_MENTION_AGENT,   /* "Russian troops", "the ministry", "protesters" */
  QI_MENTION_PRONOUN, /* he, they, which, who */
  QI_MENTION_GROUP    /* "the two leaders", "both sides" */
} qi_mention_kind;

typedef struct qi_mention {
  uint32_t sentence;   /* index */
  uint32_t head;       /* token index of the head word */
  uint32_t first, last; /* tokens [first, last] of the mention's own words */
  qi_mention_kind kind;
  bool is_actor;       /* fit to fill @actor: person, organisation, country, agent */
  bool is_state;       /* a country or its government as a whole */
  bool is_person, is_org, is_place;
  uint32_t n_entities; /* 0: not resolved; > 1: a group ("the two leaders") */
  const quid_entity **entities; /* [n_entities] */
} qi_mention;

typedef struct qi_mentions {
  qi_mention *items;
  uint32_t len;
  int32_t **at; /* at[sentence][token]: index of the mention headed there, -1 none */
  const quid_entity ***modifier; /* [sentence][token]: what an adjective or name that is no mention of
                                    its own names ("Russian" of "Russian gas"), NULL none */
  const quid_entity *giver; /* whose statement the document says it is, NULL none */
} qi_mentions;

#define QI_NO_MENTION (-1)

/* Finds and resolves all mentions of a document. `day`: publication day, QI_DAY_NONE unknown. */
quid_status qi_mentions_find(qi_mentions *out, const qi_know *know, const qi_parsed *doc, qi_day day,
                             qi_arena *arena, quid_error *err);

/* Entities of the noun phrase headed by `token`: the mention there and those of its coordinated
 * members ("the U.S. and South Korea"). Returns how many were written, at most `max`. */
uint32_t qi_mentions_of_phrase(const qi_mentions *m, const qi_parsed *doc, uint32_t sentence,
                               uint32_t token, const quid_entity **out, uint32_t max);

/* "the Paris Agreement", "the Vienna talks": does the token name a city before what was done or written there? It owns nothing. */
bool qi_mentions_names_where(const qi_mentions *m, const qi_parsed *doc, uint32_t sentence, uint32_t token);
/* Whose the noun is: the entity of its possessor, adjective or name before it ("Russia's invasion",
 * "Russian gas", "U.S. tanks"; "his war" when "his" is resolved). NULL none, or not exactly one. */
const quid_entity *qi_mentions_modifier(const qi_mentions *m, const qi_parsed *doc, uint32_t sentence,
                                        uint32_t token);

#endif
