/* know: the words that link deeds (links/cues.tsv): bargains, conditions, retaliation, enabling. The head of
 * the file says what each column means. */
#ifndef QI_KNOW_LINKS_H
#define QI_KNOW_LINKS_H

#include "base/error.h"
#include "know/know.h"
#include "know/slots.h"
#include "know/words.h"

typedef enum qi_link_type { QI_LINK_NOTHING, QI_LINK_EXCHANGE, QI_LINK_CONDITION, QI_LINK_RETALIATION, QI_LINK_ENABLING, QI_N_LINK_TYPES } qi_link_type;

/* How the words stand in the sentence. */
typedef enum qi_cue_form {
  QI_CUE_PREP, QI_CUE_ADV, QI_CUE_CONJ, QI_CUE_VERB, QI_CUE_ADJ, QI_CUE_NOUN, QI_CUE_PHRASE, QI_CUE_CC, QI_CUE_INVERT,
  QI_N_CUE_FORMS
} qi_cue_form;

/* Where a side is found: a slot of deep grammar (slots.h), or one of these above all slots. */
enum {
  QI_PLACE_HEAD = 224, /* the clause or noun that the words hang on */
  QI_PLACE_COMP,       /* what stands under the words: a noun, or the clause that they open */
  QI_PLACE_CLAUSE,     /* the clause in which the words stand */
  QI_PLACE_BEFORE,     /* what was told before that clause, in this sentence or the one before */
  QI_PLACE_AFTER,      /* what is told behind it */
  QI_PLACE_PAIR,       /* two clauses side by side, the earlier first */
  QI_PLACE_REL,        /* the relative clause on the noun */
  QI_PLACE_ANSWER,     /* of a verb of answering: the deed that is the answer */
  QI_PLACE_CAUSE,      /* of a verb of answering: what it answers */
  QI_PLACE_IS,         /* the other side of the copula beside the noun */
  QI_PLACE_TOLD        /* the two clauses told last, of which the noun is said */
};

/* What must hold besides. */
typedef enum qi_link_need {
  QI_NEED_NOTHING,
  QI_NEED_GOODS,   /* the second side is goods, money, a deed: neither a time nor somebody */
  QI_NEED_DEED,    /* the second side is a noun that names a deed */
  QI_NEED_THING,   /* the subject is nobody */
  QI_NEED_FRONT,   /* the words open the sentence, or stand apart by a comma */
  QI_NEED_OPEN,    /* the second side has not come about: it is told in the present, below a future */
  QI_NEED_TAKES,   /* the clause is about getting, wanting, paying (type takes) */
  QI_NEED_HOSTILE, /* the first side is a deed of conflict */
  QI_NEED_WOULD,   /* the first side has a modal verb */
  QI_NEED_ULTIMATUM, /* the second side is an order, the first what follows if it is not obeyed, or if it is */
  QI_NEED_PUNISH,  /* the first side is a deed against somebody, the second a deed or matter that is taken as known */
  QI_NEED_MEANS,   /* the noun is what its clause gives, and nobody gives it: "the loan gave it the means to" */
  QI_NEED_BARGAIN, /* the second side is money, or goods, the first a deed of giving or yielding */
  QI_NEED_FRIENDLY, /* both sides are deeds of cooperation or yielding */
  QI_NEED_PRICE,   /* the second side is a sum of money */
  QI_NEED_SIDES,   /* the second side has a subject of its own */
  QI_NEED_COUNTER, /* the first side would not have come about: "could not have" */
  QI_NEED_OPENING, /* a deed of conflict, and the words open the sentence */
  QI_N_NEEDS
} qi_link_need;

/* Sets of words that the constructions ask about. */
typedef enum qi_link_set {
  QI_SET_TAKES,   /* their object comes to their subject: get */
  QI_SET_GIVES,   /* their object goes to somebody: pay */
  QI_SET_WANTS,   /* their object is asked for: demand */
  QI_SET_SAYS,    /* they only say, plan or report what their clause tells: announce */
  QI_SET_LETS,    /* they are the deed, not what is done by their leave: allow */
  QI_SET_SUFFERS, /* what becomes of those who do not obey: face */
  QI_SET_ACCORD,  /* nouns whose relative clause holds the bargain: deal */
  QI_SET_BARGAINS, /* say wherever they stand that a bargain is told: swap */
  QI_SET_ANSWERS,  /* say so of an answer to a deed: reprisal */
  QI_SET_PACTS,    /* what two sides agree on: deal */
  QI_SET_ASKS,     /* ask whether something is so: wonder */
  QI_SET_VAGUE,   /* nouns for what is yet to be told: something */
  QI_N_LINK_SETS
} qi_link_set;

typedef struct qi_link_cue {
  qi_words words;       /* a word "*" stands for any one word */
  uint8_t type;         /* qi_link_type; NOTHING: the words link nothing, whatever shorter ones would */
  uint8_t form;         /* qi_cue_form */
  uint8_t first, second; /* qi_slot or QI_PLACE_... */
  uint8_t need;         /* qi_link_need */
  uint32_t line;
} qi_link_cue;

quid_status qi_links_load(qi_links **out, const char *dir, quid_error *err);
/* The same from text; data is only read during the call. */
quid_status qi_links_parse(qi_links **out, qi_slice data, const char *file, quid_error *err);
void qi_links_free(qi_links *links); /* NULL is fine */

/* All cues whose first word is `word`, in order of the file:
 *   for (at = first(links, word); (cue = next(links, &at));)   links NULL: none */
uint32_t qi_links_first(const qi_links *links, qi_slice word);
const qi_link_cue *qi_links_next(const qi_links *links, uint32_t *at);
/* Is the word (a lemma) in the set? links NULL: no. */
bool qi_links_has(const qi_links *links, qi_link_set set, qi_slice lemma);
const char *qi_link_type_name(qi_link_type type);

/* An example of the file, for those who run them: `yes` with the two sides marked "1[sent]" and "2[fuel]", `no` without. */
typedef bool qi_links_example(void *data, const qi_link_cue *cue, qi_slice yes, qi_slice no);
/* Calls `each` for every line until it returns false. Errors: as qi_links_parse. */
quid_status qi_links_examples(qi_slice text, const char *file, qi_links_example *each, void *data, quid_error *err);

#endif
