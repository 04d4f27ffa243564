/* code: a noun phrase -> goods with class, count, unit.
 *
 * The head noun is looked through while it only measures ("hundreds of", "tons of", "shipments of"),
 * then head and the words before it are looked up, longest term first. "some 10,000 tons of rice" ->
 * class food, count 10000, unit ton. */
#include "code/item.h"
#include "base/utf8.h"
#include "code/calendar.h"
#include "know/items.h"

static const char *const UNITS[] = {"ton", "tonne", "kilogram", "kilo", "kg", "pound", "barrel", "gallon", "liter", "litre", "bushel", "meter",
                                    "metre", "kilometer", "kilometre", "mile", "acre", "hectare", "megawatt", "gigawatt", "dose", "container",
                                    "truckload", "shipload", "planeload", "crate", "round", "unit", "piece", "set", "pair", "battalion", "brigade",
                                    "division", "regiment", "platoon", "company", "squadron", "battery", "fleet", "convoy", NULL};
/* Heads that say nothing of what is given: the phrase under "of" does. */
static const char *const VESSELS[] = {"hundred", "thousand", "million", "billion", "dozen", "score", "number", "lot", "amount", "quantity", "volume",
                                      "shipment", "delivery", "supply", "consignment", "batch", "package", "kind", "type", "sort", "range", "series",
                                      "tranche", "stock", "stockpile", "load", "cargo", "plenty", "couple", "majority", "part", "rest", "total",
                                      "flow", "transfer", "provision", "export", "import", "sale", "purchase", "third", "quarter", "half", NULL};
static const struct { const char *word, *unit; } MONEY[] = {
    {"$", "USD"}, {"dollar", "USD"}, {"us$", "USD"}, {"€", "EUR"}, {"euro", "EUR"}, {"£", "GBP"}, {"¥", "JPY"}, {"yen", "JPY"}, {"yuan", "CNY"},
    {"ruble", "RUB"}, {"rouble", "RUB"}, {"won", "KRW"}, {"rupee", "INR"}, {"rial", "IRR"}, {"lira", "TRY"}, {"riyal", "SAR"}, {"dirham", "AED"}};

static bool lemma_in(const qi_token *t, const char *const *list) {
  for (; *list; list++)
    if (qi_slice_eq_nocase(t->lemma, qi_slice_str(*list))) return true;
  return false;
}

static const char *money_unit(const qi_token *t) {
  for (size_t i = 0; i < sizeof MONEY / sizeof *MONEY; i++)
    if (qi_slice_eq_nocase(t->lemma, qi_slice_str(MONEY[i].word))) return MONEY[i].unit;
  return NULL;
}

/* Number written over token `i`: "10,000", "1.2 billion", "two dozen"; < 0 none. *first: its first token. */
static double number_at(const qi_sentence *s, uint32_t i, uint32_t *first) {
  double n = qi_number(&s->tokens[i]);
  if (n < 0) return -1;
  *first = i < *first ? i : *first;
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
    uint32_t c = s->child[k];
    if (c >= i || (s->tokens[c].rel != QI_REL_COMPOUND && s->tokens[c].rel != QI_REL_NUMMOD)) continue;
    double part = qi_number(&s->tokens[c]);
    if (part > 0) n *= part, *first = c < *first ? c : *first;
  }
  return n;
}

static double count_of(const qi_sentence *s, uint32_t head, uint32_t *first) {
  for (uint32_t k = s->child_begin[head]; k < s->child_begin[head + 1]; k++)
    if (s->tokens[s->child[k]].rel == QI_REL_NUMMOD) {
      double n = number_at(s, s->child[k], first);
      if (n >= 0) return n;
    }
  return -1;
}

/* The noun under "of", or the head's own token. */
static uint32_t under_of(const qi_sentence *s, uint32_t head) {
  for (uint32_t k = s->child_begin[head]; k < s->child_begin[head + 1]; k++) {
    uint32_t c = s->child[k];
    if (s->tokens[c].rel != QI_REL_NMOD || c < head) continue;
    for (uint32_t j = s->child_begin[c]; j < s->child_begin[c + 1]; j++)
      if (s->tokens[s->child[j]].rel == QI_REL_CASE && qi_slice_eq_nocase(s->tokens[s->child[j]].form, QI_SLICE("of"))) return c;
  }
  return head;
}

static bool is_modifier(const qi_token *t) {
  return t->rel == QI_REL_COMPOUND || t->rel == QI_REL_AMOD || t->rel == QI_REL_NMOD_DESC || t->rel == QI_REL_FLAT;
}

/* Class of the term that ends at the head, longest first; else of a word before it. */
static const char *class_of(const qi_items *items, const qi_sentence *s, uint32_t head, uint32_t *first) {
  const char *found = "";
  qi_item_key key = {0};
  qi_classes all;
  uint32_t own;
  for (uint32_t n = 0, i = head; n < QI_ITEM_MAX_WORDS; n++, i--) {
    bool ok = n == 0 ? qi_item_key_append(&key, s->tokens[i].lemma) : qi_item_key_prepend(&key, s->tokens[i].form);
    if (!ok) break;
    if (qi_items_find(items, &key, &all, &own)) found = qi_items_class_name(items, own), *first = i < *first ? i : *first;
    if (i == 0 || s->tokens[i - 1].upos == QI_PUNCT || s->tokens[i - 1].upos == QI_DET) break;
  }
  for (uint32_t k = s->child_begin[head]; !*found && k < s->child_begin[head + 1]; k++) {
    uint32_t c = s->child[k];
    if (!is_modifier(&s->tokens[c]) || c > head) continue;
    key = (qi_item_key){0};
    if (qi_item_key_append(&key, s->tokens[c].lemma) && qi_items_find(items, &key, &all, &own)) found = qi_items_class_name(items, own);
  }
  return found;
}

static bool one_item(quid_item *out, const qi_know *know, const qi_sentence *s, uint32_t head, qi_arena *arena) {
  uint32_t first = head, last = head, thing = head;
  *out = (quid_item){.count = {-1, -1, ""}, .unit = "", .item_class = ""};
  for (int depth = 0; depth < 4; depth++) {
    const qi_token *t = &s->tokens[thing];
    uint32_t inner = under_of(s, thing);
    double n = count_of(s, thing, &first), whole = depth < 3 && inner != thing ? qi_number(t) : -1;
    bool unit = lemma_in(t, UNITS);
    if (whole > 0) n = n > 0 ? n * whole : whole; /* "hundreds of", "two dozen of" */
    if (n >= 0 && out->count.from < 0) out->count.from = out->count.to = n;
    if (inner == thing || (!unit && whole < 0 && !lemma_in(t, VESSELS))) break;
    if (unit && !*out->unit && !(out->unit = qi_arena_strdup(arena, t->lemma))) return false;
    thing = inner;
    last = thing > last ? thing : last;
  }
  const char *money = money_unit(&s->tokens[thing]);
  uint32_t term = thing;
  out->item_class = money ? "money" : class_of(know->items, s, thing, &term);
  if (money) out->unit = money;
  if (term < first) first = term;
  for (uint32_t k = s->child_begin[head]; k < s->child_begin[head + 1]; k++) { /* the words before the head */
    uint32_t c = s->child[k];
    if (c < first && is_modifier(&s->tokens[c])) first = c;
  }
  out->span = (quid_span){s->tokens[first].start, s->tokens[last].end};
  return true;
}

uint32_t qi_items_of(quid_item *out, uint32_t max, const qi_know *know, const qi_parsed *doc, uint32_t sentence, uint32_t token,
                     qi_arena *arena) {
  const qi_sentence *s = &doc->sentences[sentence];
  uint32_t n = 0;
  if (max && one_item(&out[n], know, s, token, arena)) n++;
  for (uint32_t k = s->child_begin[token]; k < s->child_begin[token + 1] && n < max; k++) {
    const qi_token *t = &s->tokens[s->child[k]];
    bool nominal = t->upos == QI_NOUN || t->upos == QI_PROPN || t->upos == QI_SYM || t->upos == QI_NUM;
    if (t->rel == QI_REL_CONJ && nominal && s->child[k] > token && one_item(&out[n], know, s, s->child[k], arena)) n++;
  }
  return n;
}
