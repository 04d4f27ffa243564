/* know: items/victims.tsv -> lists of entries by first word and part. "take_hostage" of the part verb is found
 * under "take/v". */
#include "know/victims.h"

#include "base/vec.h"
#include "know/table.h"
#include <stdlib.h>

#define HEADER "kind\tpart\twords"

struct qi_victims {
  qi_arena arena;
  QI_VEC(qi_harm) list;
  qi_multimap by_word;
};

static const char *const KINDS[] = {"dead", "wounded", "missing", "held", "displaced", NULL};
static const char *const PARTS[] = {"verb", "fate", "state", "noun", "toll", NULL};
static const char LETTERS[QI_N_HARM_PARTS] = {'v', 'f', 's', 'n', 't'};

static int index_of(const char *const *names, qi_slice text) {
  for (int i = 0; names[i]; i++)
    if (qi_slice_eq_str(text, names[i])) return i;
  return -1;
}

uint32_t qi_victims_first(const qi_victims *v, qi_slice lemma, qi_harm_part part) {
  char room[QI_KEY_BYTES];
  qi_slice key = qi_key(room, lemma, LETTERS[part]);
  return key.len ? qi_multimap_first(&v->by_word, key) : QI_MAP_NONE;
}

const qi_harm *qi_victims_next(const qi_victims *v, uint32_t *at) {
  if (*at == QI_MAP_NONE) return NULL;
  const qi_link *link = &v->by_word.links.items[*at];
  *at = link->next;
  return &v->list.items[link->value];
}

static quid_status add_entry(qi_victims *v, const qi_table *t, qi_slice joined, int kind, int part, quid_error *err) {
  qi_harm harm = {.kind = KINDS[kind]};
  bool memory;
  char room[QI_KEY_BYTES];
  if (!qi_words_of(&harm.words, joined, &v->arena, &memory))
    return memory ? qi_error_memory(err, "the victims") : qi_table_error(t, 2, err, "too few or too many words", joined);
  qi_slice key = qi_key(room, harm.words.w[0], LETTERS[part]);
  if (!key.len) return qi_table_error(t, 2, err, "word too long", joined);
  uint32_t at = qi_multimap_first(&v->by_word, key);
  for (const qi_harm *old; (old = qi_victims_next(v, &at));) {
    bool same = old->kind == harm.kind && old->words.n == harm.words.n;
    for (uint32_t i = 0; same && i < old->words.n; i++) same = qi_slice_eq(old->words.w[i], harm.words.w[i]);
    if (same) return qi_table_error(t, 2, err, "said twice:", joined);
  }
  key = qi_arena_slice(&v->arena, key);
  if (!key.ptr || !QI_VEC_PUSH(&v->list, harm) || !qi_multimap_add(&v->by_word, key, (uint32_t)v->list.len - 1))
    return qi_error_memory(err, "the victims");
  return QUID_OK;
}

static quid_status add_row(qi_victims *v, const qi_table *t, quid_error *err) {
  int kind = index_of(KINDS, t->field[0]), part = index_of(PARTS, t->field[1]);
  if (kind < 0) return qi_table_error(t, 0, err, "unknown kind", t->field[0]);
  if (part < 0) return qi_table_error(t, 1, err, "unknown part", t->field[1]);
  qi_slice rest = t->field[2], joined;
  while (qi_slice_split(&rest, '|', &joined)) {
    quid_status status = add_entry(v, t, qi_slice_trim(joined), kind, part, err);
    if (status) return status;
  }
  return QUID_OK;
}

quid_status qi_victims_parse(qi_victims **out, qi_slice data, const char *file, quid_error *err) {
  *out = NULL;
  qi_victims *v = calloc(1, sizeof *v);
  if (!v) return qi_error_memory(err, "the victims");
  qi_arena_init(&v->arena, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, HEADER, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = add_row(v, &t, err);
  if (status) qi_victims_free(v);
  else *out = v;
  return status;
}

quid_status qi_victims_load(qi_victims **out, const char *dir, quid_error *err) {
  qi_builder data;
  char path[1024];
  *out = NULL;
  quid_status status = qi_know_read(&data, path, sizeof path, dir, "items/victims.tsv", err);
  if (!status) status = qi_victims_parse(out, qi_builder_view(&data), path, err);
  qi_builder_clear(&data);
  return status;
}

void qi_victims_free(qi_victims *v) {
  if (!v) return;
  qi_multimap_clear(&v->by_word);
  QI_VEC_CLEAR(&v->list);
  qi_arena_clear(&v->arena);
  free(v);
}
