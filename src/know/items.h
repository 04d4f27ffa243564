/* know: classes of things and matters ("ballistic missile" is arms), from items/items.tsv. */
#ifndef QI_KNOW_ITEMS_H
#define QI_KNOW_ITEMS_H

#include "base/error.h"
#include "base/slice.h"
#include "know/know.h"
#include <stdint.h>

#define QI_MAX_CLASSES 128
#define QI_NO_CLASS UINT32_MAX
#define QI_ITEM_MAX_WORDS 6 /* of one term */

/* A set of classes. */
typedef struct qi_classes {
  uint64_t bits[QI_MAX_CLASSES / 64];
} qi_classes;

static inline bool qi_classes_meet(const qi_classes *a, const qi_classes *b) {
  return ((a->bits[0] & b->bits[0]) | (a->bits[1] & b->bits[1])) != 0;
}
static inline void qi_classes_add(qi_classes *a, const qi_classes *b) {
  a->bits[0] |= b->bits[0], a->bits[1] |= b->bits[1];
}
static inline bool qi_classes_any(const qi_classes *a) { return (a->bits[0] | a->bits[1]) != 0; }

/* Loads DIR/items/items.tsv. *out: *new*. */
quid_status qi_items_load(qi_items **out, const char *dir, quid_error *err);
/* The same from text; data is only read during the call. */
quid_status qi_items_parse(qi_items **out, qi_slice data, const char *file, quid_error *err);
void qi_items_free(qi_items *items); /* NULL is fine */

/* items/examples.tsv: each row names a class of `items`, or "!" and one that the phrase must not have, and a phrase. */
#define QI_ITEM_EXAMPLES_HEADER "class\tphrase"
quid_status qi_items_check_examples(const qi_items *items, qi_slice data, const char *file, quid_error *err);

/* QI_NO_CLASS for an unknown name. */
uint32_t qi_items_class(const qi_items *items, qi_slice name);
const char *qi_items_class_name(const qi_items *items, uint32_t class_id);

/* The class by which goods are called: `own` if it is one of `goods` or lies below one; else the deepest of `all` that does;
 * QI_NO_CLASS none. */
uint32_t qi_items_goods(const qi_items *items, const qi_classes *all, uint32_t own, const qi_classes *goods);
/* Is the class one of the set, or below one? */
bool qi_items_is_below(const qi_items *items, uint32_t class_id, const qi_classes *set);

/* QI_NO_CLASS of one at the top. */
uint32_t qi_items_parent(const qi_items *items, uint32_t class_id);

/* Calls add(data, word) with each word of each term, until it returns false; returns its last answer. */
bool qi_items_each_word(const qi_items *items, bool (*add)(void *data, qi_slice word), void *data);

/* The same with the last word of each term, once, and the classes of all terms that end in it. */
bool qi_items_each_ending(const qi_items *items, bool (*add)(void *data, qi_slice word, const qi_classes *classes), void *data);

/* A term as the dictionary keys it: words put together, lower case, without blanks and hyphens. */
typedef struct qi_item_key {
  char text[96];
  uint32_t len; /* bytes */
} qi_item_key;

/* Adds a word at the end (or front). false: it grows too long to be a term. */
bool qi_item_key_append(qi_item_key *key, qi_slice word);
bool qi_item_key_prepend(qi_item_key *key, qi_slice word);
/* Its classes with all their ancestors into *all; the class itself (the first in the file that has
 * the term) into *own. false: no such term. */
bool qi_items_find(const qi_items *items, const qi_item_key *key, qi_classes *all, uint32_t *own);

#endif
