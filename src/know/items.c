/* know: items.tsv -> classes in a tree and their terms.
 *
 * Each term is stored under its words put together without blanks or hyphens ("F-16", "F - 16",
 * "air-defence system" and "air defence system" need no variants), with the set of all classes that
 * list it and their ancestors, so that one lookup answers "is this arms?". */
#include "know/items.h"

#include "base/arena.h"
#include "base/intern.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "know/table.h"
#include <stdlib.h>

#define HEADER "class\tparent\twords\tsource"

typedef struct item_class {
  qi_slice name;  /* NUL-terminated */
  uint32_t parent;
} item_class;

typedef struct item_term {
  qi_classes all;
  uint32_t own;
} item_term;

struct qi_items {
  qi_arena arena;
  item_class classes[QI_MAX_CLASSES];
  uint32_t n_classes;
  qi_intern words; /* of all terms, lower case */
  QI_VEC(qi_classes) ending; /* [words]: classes of the terms that end in the word */
  qi_map terms; /* key -> index into term */
  QI_VEC(item_term) term;
};

uint32_t qi_items_class(const qi_items *items, qi_slice name) {
  for (uint32_t i = 0; i < items->n_classes; i++)
    if (qi_slice_eq(items->classes[i].name, name)) return i;
  return QI_NO_CLASS;
}

const char *qi_items_class_name(const qi_items *items, uint32_t class_id) {
  return class_id < items->n_classes ? items->classes[class_id].name.ptr : "";
}

static void set_with_ancestors(const qi_items *items, uint32_t id, qi_classes *out) {
  for (; id != QI_NO_CLASS; id = items->classes[id].parent)
    out->bits[id / 64] |= UINT64_C(1) << (id % 64);
}

uint32_t qi_items_parent(const qi_items *items, uint32_t class_id) {
  return class_id < items->n_classes ? items->classes[class_id].parent : QI_NO_CLASS;
}

bool qi_item_key_append(qi_item_key *key, qi_slice word) {
  for (size_t i = 0; i < word.len; i++) {
    if (word.ptr[i] == '-' || word.ptr[i] == ' ') continue;
    if (key->len == sizeof key->text) return false;
    key->text[key->len++] = qi_ascii_lower(word.ptr[i]);
  }
  return true;
}

bool qi_item_key_prepend(qi_item_key *key, qi_slice word) {
  qi_item_key front = {.len = 0};
  if (!qi_item_key_append(&front, word) || front.len + key->len > sizeof key->text) return false;
  memmove(key->text + front.len, key->text, key->len);
  memcpy(key->text, front.text, front.len);
  key->len += front.len;
  return true;
}

bool qi_items_find(const qi_items *items, const qi_item_key *key, qi_classes *all, uint32_t *own) {
  uint32_t at = qi_map_find(&items->terms, (qi_slice){key->text, key->len}, QI_MAP_NONE);
  if (at == QI_MAP_NONE) return false;
  if (all) qi_classes_add(all, &items->term.items[at].all);
  if (own) *own = items->term.items[at].own;
  return true;
}

static bool has(const qi_classes *set, uint32_t id) { return (set->bits[id / 64] >> (id % 64)) & 1; }

bool qi_items_is_below(const qi_items *items, uint32_t id, const qi_classes *set) {
  for (; id != QI_NO_CLASS; id = items->classes[id].parent)
    if (has(set, id)) return true;
  return false;
}

uint32_t qi_items_goods(const qi_items *items, const qi_classes *all, uint32_t own, const qi_classes *goods) {
  if (qi_items_is_below(items, own, goods)) return own;
  uint32_t best = QI_NO_CLASS;
  for (uint32_t id = 0; id < items->n_classes; id++) {
    bool deeper = best == QI_NO_CLASS || items->classes[id].parent == best;
    if (has(all, id) && deeper && qi_items_is_below(items, id, goods)) best = id;
  }
  return best;
}

bool qi_items_each_word(const qi_items *items, bool (*add)(void *data, qi_slice word), void *data) {
  for (uint32_t i = 0; i < qi_intern_count(&items->words); i++)
    if (!add(data, qi_intern_text(&items->words, i))) return false;
  return true;
}

bool qi_items_each_ending(const qi_items *items, bool (*add)(void *data, qi_slice word, const qi_classes *classes), void *data) {
  for (uint32_t i = 0; i < items->ending.len; i++)
    if (qi_classes_any(&items->ending.items[i]) && !add(data, qi_intern_text(&items->words, i), &items->ending.items[i])) return false;
  return true;
}

static quid_status add_term(qi_items *items, uint32_t id, qi_slice term, const qi_table *t,
                            quid_error *err) {
  qi_item_key key = {.len = 0};
  qi_slice rest = term, word;
  uint32_t last = 0;
  while (qi_slice_word(&rest, &word)) {
    qi_slice lower = qi_utf8_lower(&items->arena, word);
    if (!lower.ptr || (last = qi_intern_add(&items->words, lower)) == QI_INTERN_NONE)
      return qi_error_memory(err, "the items");
    while (items->ending.len <= last)
      if (!QI_VEC_PUSH(&items->ending, (qi_classes){{0}})) return qi_error_memory(err, "the items");
  }
  if (term.len == 0) return qi_table_error(t, 2, err, "empty term in", t->field[2]);
  if (!qi_item_key_append(&key, term)) return qi_table_error(t, 2, err, "term too long", term);
  uint32_t at = qi_map_find(&items->terms, (qi_slice){key.text, key.len}, QI_MAP_NONE);
  if (at == QI_MAP_NONE) {
    qi_slice stored = qi_arena_slice(&items->arena, (qi_slice){key.text, key.len});
    at = (uint32_t)items->term.len;
    if (!stored.ptr || !QI_VEC_PUSH(&items->term, (item_term){.own = id}) ||
        !qi_map_put(&items->terms, stored, at))
      return qi_error_memory(err, "the items");
  }
  set_with_ancestors(items, id, &items->term.items[at].all);
  set_with_ancestors(items, id, &items->ending.items[last]);
  return QUID_OK;
}

static quid_status add_class(qi_items *items, const qi_table *t, quid_error *err) {
  qi_slice name = t->field[0], parent = t->field[1];
  if (name.len == 0) return qi_table_error(t, 0, err, "empty class", name);
  if (qi_items_class(items, name) != QI_NO_CLASS)
    return qi_table_error(t, 0, err, "class given twice", name);
  if (items->n_classes == QI_MAX_CLASSES) return qi_table_error(t, 0, err, "too many classes at", name);
  uint32_t up = qi_slice_eq_str(parent, "-") ? QI_NO_CLASS : qi_items_class(items, parent);
  if (up == QI_NO_CLASS && !qi_slice_eq_str(parent, "-"))
    return qi_table_error(t, 1, err, "parent is no class above", parent);
  qi_slice stored = qi_arena_slice(&items->arena, name);
  if (!stored.ptr) return qi_error_memory(err, "the items");
  uint32_t id = items->n_classes++;
  items->classes[id] = (item_class){stored, up};
  qi_slice rest = t->field[2], term;
  while (qi_slice_split(&rest, '|', &term)) {
    quid_status status = add_term(items, id, qi_slice_trim(term), t, err);
    if (status) return status;
  }
  return QUID_OK;
}

quid_status qi_items_parse(qi_items **out, qi_slice data, const char *file, quid_error *err) {
  *out = NULL;
  qi_items *items = calloc(1, sizeof *items);
  if (!items) return qi_error_memory(err, "the items");
  qi_arena_init(&items->arena, 0);
  qi_intern_init(&items->words, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, HEADER, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more)
    status = add_class(items, &t, err);
  if (status) qi_items_free(items);
  else *out = items;
  return status;
}

quid_status qi_items_load(qi_items **out, const char *dir, quid_error *err) {
  qi_builder data;
  char path[1024];
  *out = NULL;
  quid_status status = qi_know_read(&data, path, sizeof path, dir, "items/items.tsv", err);
  if (!status) status = qi_items_parse(out, qi_builder_view(&data), path, err);
  qi_builder_clear(&data);
  return status;
}

void qi_items_free(qi_items *items) {
  if (!items) return;
  qi_map_clear(&items->terms);
  qi_intern_clear(&items->words);
  QI_VEC_CLEAR(&items->ending);
  QI_VEC_CLEAR(&items->term);
  qi_arena_clear(&items->arena);
  free(items);
}

quid_status qi_items_check_examples(const qi_items *items, qi_slice data, const char *file, quid_error *err) {
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, QI_ITEM_EXAMPLES_HEADER, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) {
    qi_slice name = t.field[0];
    if (qi_slice_starts(name, QI_SLICE("!"))) name = qi_slice_sub(name, 1, name.len);
    if (qi_items_class(items, name) == QI_NO_CLASS) status = qi_table_error(&t, 0, err, "no such class", name);
    else if (t.field[1].len == 0) status = qi_table_error(&t, 1, err, "empty phrase in", t.field[1]);
  }
  return status;
}
