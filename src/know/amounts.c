/* know: items/amounts.tsv -> phrases with what they say of an amount. Each phrase is stored once, with the kinds
 * of all rows that list it: "third | thirds" of the kind share and "third" of the kind vessel make one entry. A
 * table of first words keeps the common word from being looked for. */
#include "know/amounts.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "know/table.h"
#include <stdlib.h>

#define HEADER "kind\tvalue\twords"

struct qi_amounts {
  qi_arena arena;
  QI_VEC(qi_amount_word) items;
  qi_map phrases; /* -> items */
  qi_map starts;  /* first words */
  qi_classes counted, goods;
};

enum { N_KINDS = 10, VALUES = QI_AMOUNT_SCALE | QI_AMOUNT_VAGUE | QI_AMOUNT_SHARE };
static const char *const KINDS[N_KINDS] = {"scale", "vague", "share", "bound", "after", "currency", "unit", "formation", "vessel", "group"};
static const char *const BOUNDS[] = {"about", "over", "under", NULL};

bool qi_amounts_starts(const qi_amounts *a, qi_slice word) {
  char room[QI_MAX_AMOUNT_BYTES];
  if (!a || word.len == 0 || word.len > sizeof room) return false;
  for (size_t i = 0; i < word.len; i++) room[i] = qi_ascii_lower(word.ptr[i]);
  return qi_map_get(&a->starts, (qi_slice){room, word.len}, NULL);
}

const qi_amount_word *qi_amounts_find(const qi_amounts *a, qi_slice phrase) {
  uint32_t at = qi_map_find(&a->phrases, phrase, QI_MAP_NONE);
  return at == QI_MAP_NONE ? NULL : &a->items.items[at];
}

bool qi_amounts_is(const qi_amounts *a, qi_slice word, uint32_t kinds) {
  char room[QI_MAX_AMOUNT_BYTES];
  if (!a || word.len == 0 || word.len > sizeof room) return false;
  for (size_t i = 0; i < word.len; i++) room[i] = qi_ascii_lower(word.ptr[i]);
  const qi_amount_word *w = qi_amounts_find(a, (qi_slice){room, word.len});
  return w && (w->kinds & kinds);
}

const qi_classes *qi_amounts_counted(const qi_amounts *a) { return &a->counted; }
const qi_classes *qi_amounts_goods(const qi_amounts *a) { return &a->goods; }

/* The value of a row, of its kind. false: it has none. */
static bool read_value(qi_amounts *a, uint32_t kind, qi_slice text, qi_amount_word *out) {
  *out = (qi_amount_word){.kinds = kind, .name = ""};
  if (kind & VALUES) return qi_slice_to_double(text, &out->value) && out->value > 0 && out->value <= 1e15;
  if (kind & (QI_AMOUNT_VESSEL | QI_AMOUNT_GROUP)) return qi_slice_eq_str(text, "-");
  if (kind & (QI_AMOUNT_BOUND | QI_AMOUNT_AFTER)) {
    for (size_t i = 0; BOUNDS[i]; i++)
      if (qi_slice_eq_str(text, BOUNDS[i])) out->name = BOUNDS[i];
    return *out->name != '\0';
  }
  if (text.len == 0 || qi_slice_eq_str(text, "-")) return false;
  out->name = qi_arena_strdup(&a->arena, text);
  return true;
}

/* A phrase may come again only where neither its value nor its name would be another. */
static bool join(qi_amount_word *old, const qi_amount_word *w) {
  bool value = (old->kinds & VALUES) && (w->kinds & VALUES), name = *old->name && *w->name;
  if ((old->kinds & w->kinds) || value || name) return false;
  old->kinds |= w->kinds;
  if (w->kinds & VALUES) old->value = w->value;
  if (*w->name) old->name = w->name;
  return true;
}

static quid_status add_phrase(qi_amounts *a, const qi_table *t, qi_slice phrase, const qi_amount_word *w, quid_error *err) {
  qi_slice words = phrase, word, first = {0};
  size_t n = 0;
  for (; qi_slice_word(&words, &word); n++)
    if (n == 0) first = word;
  if (n == 0 || n > QI_MAX_AMOUNT_WORDS || phrase.len > QI_MAX_AMOUNT_BYTES)
    return qi_table_error(t, 2, err, "too few or too many words", phrase);
  uint32_t at = qi_map_find(&a->phrases, phrase, QI_MAP_NONE);
  if (at != QI_MAP_NONE)
    return join(&a->items.items[at], w) ? QUID_OK : qi_table_error(t, 2, err, "said twice:", phrase);
  qi_slice key = qi_arena_slice(&a->arena, phrase);
  if (!key.ptr || !QI_VEC_PUSH(&a->items, *w) || !qi_map_put(&a->phrases, key, (uint32_t)a->items.len - 1) ||
      !qi_map_put(&a->starts, qi_slice_sub(key, 0, first.len), 1))
    return qi_error_memory(err, "the amounts");
  return QUID_OK;
}

static quid_status add_classes(const qi_table *t, const qi_items *items, qi_classes *out, quid_error *err) {
  qi_slice rest = t->field[2], name;
  while (qi_slice_split(&rest, '|', &name)) {
    uint32_t id = qi_items_class(items, qi_slice_trim(name));
    if (id == QI_NO_CLASS) return qi_table_error(t, 2, err, "no such class", qi_slice_trim(name));
    out->bits[id / 64] |= UINT64_C(1) << (id % 64);
  }
  return QUID_OK;
}

static quid_status add_row(qi_amounts *a, const qi_table *t, const qi_items *items, quid_error *err) {
  if (qi_slice_eq_str(t->field[0], "counted")) return add_classes(t, items, &a->counted, err);
  if (qi_slice_eq_str(t->field[0], "goods")) return add_classes(t, items, &a->goods, err);
  uint32_t kind = 0;
  while (kind < N_KINDS && !qi_slice_eq_str(t->field[0], KINDS[kind])) kind++;
  if (kind == N_KINDS) return qi_table_error(t, 0, err, "unknown kind", t->field[0]);
  qi_amount_word w;
  if (!read_value(a, 1u << kind, t->field[1], &w)) return qi_table_error(t, 1, err, "not a value of its kind:", t->field[1]);
  if (!w.name) return qi_error_memory(err, "the amounts");
  qi_slice rest = t->field[2], phrase;
  while (qi_slice_split(&rest, '|', &phrase)) {
    quid_status status = add_phrase(a, t, qi_slice_trim(phrase), &w, err);
    if (status) return status;
  }
  return QUID_OK;
}

quid_status qi_amounts_parse(qi_amounts **out, qi_slice data, const char *file, const qi_items *items, quid_error *err) {
  *out = NULL;
  qi_amounts *a = calloc(1, sizeof *a);
  if (!a) return qi_error_memory(err, "the amounts");
  qi_arena_init(&a->arena, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, HEADER, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = add_row(a, &t, items, err);
  if (status) qi_amounts_free(a);
  else *out = a;
  return status;
}

quid_status qi_amounts_load(qi_amounts **out, const char *dir, const qi_items *items, quid_error *err) {
  qi_builder data;
  char path[1024];
  *out = NULL;
  quid_status status = qi_know_read(&data, path, sizeof path, dir, "items/amounts.tsv", err);
  if (!status) status = qi_amounts_parse(out, qi_builder_view(&data), path, items, err);
  qi_builder_clear(&data);
  return status;
}

void qi_amounts_free(qi_amounts *a) {
  if (!a) return;
  qi_map_clear(&a->phrases);
  qi_map_clear(&a->starts);
  QI_VEC_CLEAR(&a->items);
  qi_arena_clear(&a->arena);
  free(a);
}
