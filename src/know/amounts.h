/* know: the words of items/amounts.tsv: numbers that are vague, bounds, currencies, units, measures. */
#ifndef QI_KNOW_AMOUNTS_H
#define QI_KNOW_AMOUNTS_H

#include "base/error.h"
#include "base/slice.h"
#include "know/items.h"

#define QI_MAX_AMOUNT_WORDS 4  /* tokens of one phrase */
#define QI_MAX_AMOUNT_BYTES 64 /* of one phrase */

/* Bits: one phrase may be of several kinds ("third" is a share and a vessel). */
enum {
  QI_AMOUNT_SCALE = 1, QI_AMOUNT_VAGUE = 2, QI_AMOUNT_SHARE = 4, QI_AMOUNT_BOUND = 8, QI_AMOUNT_AFTER = 16, QI_AMOUNT_CURRENCY = 32,
  QI_AMOUNT_UNIT = 64, QI_AMOUNT_FORMATION = 128, QI_AMOUNT_VESSEL = 256, QI_AMOUNT_GROUP = 512
};

typedef struct qi_amount_word {
  uint32_t kinds;
  double value;     /* SCALE VAGUE SHARE */
  const char *name; /* BOUND AFTER: about over under; CURRENCY UNIT FORMATION: its name; "" else */
} qi_amount_word;

/* Loads DIR/items/amounts.tsv; its classes must be those of `items`. *out: *new*. */
quid_status qi_amounts_load(qi_amounts **out, const char *dir, const qi_items *items, quid_error *err);
/* The same from text; data is only read during the call. */
quid_status qi_amounts_parse(qi_amounts **out, qi_slice data, const char *file, const qi_items *items, quid_error *err);
void qi_amounts_free(qi_amounts *amounts); /* NULL is fine */

/* Can a phrase begin with the word? Case does not matter. amounts NULL: no. */
bool qi_amounts_starts(const qi_amounts *amounts, qi_slice word);
/* The phrase, words joined by one blank, in lower case; NULL none. *borrowed* */
const qi_amount_word *qi_amounts_find(const qi_amounts *amounts, qi_slice phrase);
/* Is the single word, in any case, of one of these kinds? amounts NULL: no. */
bool qi_amounts_is(const qi_amounts *amounts, qi_slice word, uint32_t kinds);
/* Classes of which one is counted; classes that are goods. They hold no ancestors. */
const qi_classes *qi_amounts_counted(const qi_amounts *amounts);
const qi_classes *qi_amounts_goods(const qi_amounts *amounts);

#endif
