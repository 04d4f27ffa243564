/* know: urging.tsv -> lists by first word.
 *
 *   "do_well	v	to-inf	for	-	should" -> {do, well}, verb, infinitive below it, urged for; nothing when negated */
#include "know/urging.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "know/table.h"
#include <stdlib.h>

#define HEADER "word\tpos\tslot\tsays\tnegated\tstrength\tnote"

struct qi_urging {
  qi_arena arena;
  QI_VEC(qi_urge_word) list;
  qi_multimap by_word;
};

typedef struct named {
  const char *name;
  uint8_t value;
} named;

static const named parts[] = {{"v", 'v'}, {"n", 'n'}, {"a", 'a'}, {"aux", 'x'}, {"imp", 'i'}, {NULL, 0}};

static const named slots[] = {{"self", QI_URGE_SELF}, {"to-inf", QI_URGE_TO_INF}, {"comp", QI_URGE_COMP}, {"ing", QI_URGE_ING},
                              {"inf", QI_URGE_INF}, {"obj", QI_URGE_OBJ}, {"is", QI_URGE_IS}, {"opens", QI_URGE_OPENS}, {"colon", QI_URGE_COLON},
                              {NULL, 0}};

static const named senses[] = {{"-", QI_URGE_NOTHING}, {"for", QI_URGE_FOR}, {"against", QI_URGE_AGAINST}, {NULL, 0}};

static const named strengths[] = {{"could", QUID_COULD}, {"should", QUID_SHOULD}, {"must", QUID_MUST}, {NULL, 0}};

static bool lookup(const named *table, qi_slice name, uint8_t *value) {
  for (; table->name; table++)
    if (qi_slice_eq_str(name, table->name)) {
      *value = table->value;
      return true;
    }
  return false;
}

static quid_status read_slot(qi_urge_word *w, const qi_table *t, quid_error *err) {
  if (lookup(slots, t->field[2], &w->slot)) return QUID_OK;
  w->slot = QI_URGE_UNDER;
  w->under = qi_slot_of_preposition(t->field[2]);
  return w->under == QI_SLOT_NONE ? qi_table_error(t, 2, err, "unknown slot", t->field[2]) : QUID_OK;
}

static quid_status read_word(qi_urging *u, const qi_table *t, quid_error *err) {
  qi_urge_word w = {.line = (uint32_t)t->line};
  uint8_t part;
  bool memory;
  if (!qi_words_of(&w.words, t->field[0], &u->arena, &memory))
    return memory ? qi_error_memory(err, "the words of urging") : qi_table_error(t, 0, err, "not a word", t->field[0]);
  if (!lookup(parts, t->field[1], &part)) return qi_table_error(t, 1, err, "unknown part of speech", t->field[1]);
  w.part = (char)part;
  quid_status status = read_slot(&w, t, err);
  if (status) return status;
  if (!lookup(senses, t->field[3], &w.says)) return qi_table_error(t, 3, err, "neither 'for', 'against' nor '-':", t->field[3]);
  if (!lookup(senses, t->field[4], &w.negated)) return qi_table_error(t, 4, err, "neither 'for', 'against' nor '-':", t->field[4]);
  if (!lookup(strengths, t->field[5], &w.strength)) return qi_table_error(t, 5, err, "unknown strength", t->field[5]);
  if (!QI_VEC_PUSH(&u->list, w) || !qi_multimap_add(&u->by_word, w.words.w[0], (uint32_t)u->list.len - 1))
    return qi_error_memory(err, "the words of urging");
  return QUID_OK;
}

quid_status qi_urging_parse(qi_urging **out, qi_slice data, const char *file, quid_error *err) {
  *out = NULL;
  qi_urging *u = calloc(1, sizeof *u);
  if (!u) return qi_error_memory(err, "the words of urging");
  qi_arena_init(&u->arena, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, HEADER, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = read_word(u, &t, err);
  if (status) qi_urging_free(u);
  else *out = u;
  return status;
}

quid_status qi_urging_load(qi_urging **out, const char *dir, quid_error *err) {
  qi_builder data;
  char path[4096];
  *out = NULL;
  quid_status status = qi_know_read(&data, path, sizeof path, dir, "status/urging.tsv", err);
  if (!status) status = qi_urging_parse(out, qi_builder_view(&data), path, err);
  qi_builder_clear(&data);
  return status;
}

void qi_urging_free(qi_urging *u) {
  if (!u) return;
  qi_multimap_clear(&u->by_word);
  QI_VEC_CLEAR(&u->list);
  qi_arena_clear(&u->arena);
  free(u);
}

uint32_t qi_urging_first(const qi_urging *u, qi_slice word) {
  char room[QI_KEY_BYTES];
  if (word.len == 0 || word.len > sizeof room) return QI_MAP_NONE;
  for (size_t i = 0; i < word.len; i++) room[i] = qi_ascii_lower(word.ptr[i]);
  return qi_multimap_first(&u->by_word, (qi_slice){room, word.len});
}

const qi_urge_word *qi_urging_next(const qi_urging *u, uint32_t *at) {
  if (*at == QI_MAP_NONE) return NULL;
  const qi_link *link = &u->by_word.links.items[*at];
  *at = link->next;
  return &u->list.items[link->value];
}
