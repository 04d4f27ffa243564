/* parse: what a parsed document looks like. Everything lives in the document's arena.
 *
 * A token is a syntactic word of CoNLL-U. Where one surface token holds several words ("don't" ->
 * "do" + "n't"), each word has its own byte range when the letters allow it, and `mwt` groups them. */
#ifndef QI_PARSE_SENTENCE_H
#define QI_PARSE_SENTENCE_H

#include "base/arena.h"
#include "base/slice.h"
#include <stdint.h>

typedef enum qi_upos {
  QI_ADJ, QI_ADP, QI_ADV, QI_AUX, QI_CCONJ, QI_DET, QI_INTJ, QI_NOUN, QI_NUM, QI_PART, QI_PRON,
  QI_PROPN, QI_PUNCT, QI_SCONJ, QI_SYM, QI_VERB, QI_X,
  QI_N_UPOS
} qi_upos;

/* Universal relations, then the subtypes that the coder looks at. A subtype not named here has the
 * value of its universal part; the full label stays in qi_token.deprel. */
typedef enum qi_rel {
  QI_REL_ACL, QI_REL_ADVCL, QI_REL_ADVMOD, QI_REL_AMOD, QI_REL_APPOS, QI_REL_AUX, QI_REL_CASE,
  QI_REL_CC, QI_REL_CCOMP, QI_REL_CLF, QI_REL_COMPOUND, QI_REL_CONJ, QI_REL_COP, QI_REL_CSUBJ,
  QI_REL_DEP, QI_REL_DET, QI_REL_DISCOURSE, QI_REL_DISLOCATED, QI_REL_EXPL, QI_REL_FIXED,
  QI_REL_FLAT, QI_REL_GOESWITH, QI_REL_IOBJ, QI_REL_LIST, QI_REL_MARK, QI_REL_NMOD, QI_REL_NSUBJ,
  QI_REL_NUMMOD, QI_REL_OBJ, QI_REL_OBL, QI_REL_ORPHAN, QI_REL_PARATAXIS, QI_REL_PUNCT,
  QI_REL_REPARANDUM, QI_REL_ROOT, QI_REL_VOCATIVE, QI_REL_XCOMP,
  QI_N_UNIVERSAL,
  QI_REL_ACL_RELCL = QI_N_UNIVERSAL, QI_REL_ADVCL_RELCL, QI_REL_AUX_PASS, QI_REL_COMPOUND_PRT,
  QI_REL_CSUBJ_PASS, QI_REL_NSUBJ_PASS, QI_REL_NSUBJ_OUTER, QI_REL_NMOD_POSS, QI_REL_NMOD_DESC,
  QI_REL_NMOD_UNMARKED, QI_REL_OBL_AGENT, QI_REL_OBL_UNMARKED,
  QI_N_RELS
} qi_rel;

typedef enum qi_ner { QI_NER_NONE, QI_NER_PER, QI_NER_ORG, QI_NER_LOC } qi_ner;

/* GUM's entity types, given to the head word of each mention (names and common nouns alike). */
typedef enum qi_etype {
  QI_ETYPE_NONE, QI_ETYPE_PERSON, QI_ETYPE_PLACE, QI_ETYPE_ORGANIZATION, QI_ETYPE_OBJECT,
  QI_ETYPE_EVENT, QI_ETYPE_TIME, QI_ETYPE_SUBSTANCE, QI_ETYPE_ANIMAL, QI_ETYPE_PLANT,
  QI_ETYPE_ABSTRACT,
  QI_N_ETYPES
} qi_etype;

#define QI_ROOT (-1)

typedef struct qi_token {
  qi_slice form, lemma;         /* lemma as the treebank writes it: lower case but for names */
  qi_slice xpos, feats, deprel; /* feats "Mood=Ind|Tense=Past", "" none; deprel full, "nsubj:pass" */
  uint32_t start, end;          /* bytes into the document's text */
  int32_t head;                 /* index into the sentence's tokens, QI_ROOT for the root */
  uint16_t mwt;                 /* 0: its own surface token; k: with its neighbours of equal k */
  uint8_t upos;                 /* qi_upos */
  uint8_t rel;                  /* qi_rel */
  uint8_t ner;                  /* qi_ner of the named span it belongs to */
  bool ner_begin;               /* first token of that span */
  uint8_t etype;                /* qi_etype of the mention it heads */
  bool space_after;
} qi_token;

typedef struct qi_sentence {
  uint32_t index;      /* in the document, from 0 */
  uint32_t start, end; /* bytes */
  bool new_paragraph;  /* first sentence of a paragraph */
  bool unparsed;       /* left out by the prefilter (code/glance.h): tags guessed from letters, no tree */
  bool outside;        /* a byline or dateline: names no actors (code/story.h) */
  uint32_t n_tokens;
  qi_token *tokens;       /* [n_tokens] */
  uint32_t *child_begin;  /* [n_tokens + 1]: children of i are child[child_begin[i] .. child_begin[i+1]) */
  uint32_t *child;        /* [n_tokens], in sentence order; the root is nobody's child */
  const char *id;         /* sent_id of CoNLL-U input, NULL otherwise */
} qi_sentence;

typedef struct qi_parsed {
  qi_slice text; /* the document's text, valid UTF-8 */
  qi_sentence *sentences;
  uint32_t n_sentences;
  qi_slice publisher; /* as the outside of the document gives it, empty unknown: whose "we" a statement's is */
} qi_parsed;

/* Makes one sentence of all, before they are parsed: for text that is known to be one. false: out of memory. */
bool qi_parsed_join(qi_parsed *doc, qi_arena *arena);
/* Where no blank line parts the text and no line breaks off within a sentence, each line is a paragraph. */
void qi_parsed_lines(qi_parsed *doc);
/* Ends the sentence that `byte` lies in before the token that starts there or next, before it is parsed: for what stands
 * before a report. Nothing happens at the edge of a sentence. false: out of memory. */
bool qi_parsed_split(qi_parsed *doc, uint32_t byte, qi_arena *arena);
/* Fills child_begin and child from the heads. false: out of memory. */
bool qi_sentence_link(qi_sentence *s, qi_arena *arena);
/* "Tense=Past" among the token's features? */
bool qi_token_has(const qi_token *t, const char *feature);
/* Label text -> value and back; unknown subtypes fall to their universal part, unknown labels to QI_REL_DEP. */
qi_rel qi_rel_of(qi_slice deprel);
const char *qi_rel_name(qi_rel rel);
/* Unknown tags give QI_X. */
qi_upos qi_upos_of(qi_slice upos);
const char *qi_upos_name(qi_upos upos);
const char *qi_etype_name(qi_etype e); /* "person" ... "" for none */

#endif
