/* know: links/cues.tsv -> cues by their first word, each with its construction and where its two sides stand.
 *
 *   "in_exchange_for	exchange	prep	head	comp	-	..." -> found under "in": words in, exchange, for; first side what they
 *   hang on, second side what stands under them. */
#include "know/links.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "know/table.h"
#include <stdlib.h>

#define HEADER "words\ttype\tform\tfirst\tsecond\tneed\tyes\tno"

enum { WORDS, TYPE, FORM, FIRST, SECOND, NEED, YES, NO };

struct qi_links {
  qi_arena arena;
  QI_VEC(qi_link_cue) list;
  qi_multimap by_word; /* first word */
  qi_map sets;         /* lemma -> bits 1 << qi_link_set */
};

static const char *const TYPES[] = {"-", "exchange", "condition", "retaliation", "enabling"};
static const char *const SETS[] = {"takes", "gives", "wants", "says", "lets", "suffers", "accord", "bargains", "answers", "pacts", "asks", "vague"};
static const char *const FORMS[] = {"prep", "adv", "conj", "verb", "adj", "noun", "phrase", "cc", "invert"};
static const char *const PLACES[] = {"head", "under", "clause", "before", "after", "pair", "rel", "answer", "cause", "is", "told"};
static const char *const NEEDS[] = {"-", "goods", "deed", "thing", "front", "open", "takes", "hostile", "would", "ultimatum", "punish", "means", "bargain", "friendly", "price", "sides", "counter", "opening"};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool lookup(const char *const *names, size_t n, qi_slice name, uint8_t *value) {
  for (size_t i = 0; i < n; i++)
    if (qi_slice_eq_str(name, names[i])) {
      *value = (uint8_t)i;
      return true;
    }
  return false;
}

static bool place_of(qi_slice name, uint8_t *value) {
  uint8_t place;
  if (lookup(PLACES, COUNT(PLACES), name, &place)) *value = (uint8_t)(QI_PLACE_HEAD + place);
  else *value = qi_slot_of(name);
  return *value != QI_SLOT_NONE;
}

static quid_status add_words(qi_links *links, qi_link_cue *cue, qi_slice words, const qi_table *t, quid_error *err) {
  bool memory;
  if (!qi_words_of(&cue->words, words, &links->arena, &memory))
    return memory ? qi_error_memory(err, "the links") : qi_table_error(t, WORDS, err, "not a word", words);
  if (qi_slice_eq_str(cue->words.w[0], "*")) return qi_table_error(t, WORDS, err, "a star stands first in", words);
  uint32_t n = (uint32_t)links->list.len;
  if (!QI_VEC_PUSH(&links->list, *cue) || !qi_multimap_add(&links->by_word, cue->words.w[0], n)) return qi_error_memory(err, "the links");
  return QUID_OK;
}

/* Words of a set, no link. */
static quid_status add_set(qi_links *links, const qi_table *t, uint8_t set, quid_error *err) {
  qi_slice rest = t->field[WORDS], word;
  while (qi_slice_split(&rest, '|', &word)) {
    qi_slice lemma = qi_utf8_lower(&links->arena, qi_slice_trim(word));
    if (lemma.ptr && !lemma.len) return qi_table_error(t, WORDS, err, "not a word", word);
    if (!lemma.ptr || !qi_map_put(&links->sets, lemma, qi_map_find(&links->sets, lemma, 0) | 1u << set)) return qi_error_memory(err, "the links");
  }
  return QUID_OK;
}

static quid_status check_places(const qi_link_cue *cue, const qi_table *t, quid_error *err) {
  bool both = cue->first == QI_PLACE_PAIR || cue->first == QI_PLACE_TOLD, too = cue->second == QI_PLACE_PAIR || cue->second == QI_PLACE_TOLD;
  if ((both || too) && cue->first != cue->second) return qi_table_error(t, SECOND, err, "'pair' and 'told' are both sides or none:", t->field[SECOND]);
  if (cue->type && cue->first == cue->second && !both)
    return qi_table_error(t, SECOND, err, "both sides stand at", t->field[SECOND]);
  return QUID_OK;
}

static quid_status read_cue(qi_link_cue *cue, const qi_table *t, quid_error *err) {
  *cue = (qi_link_cue){.line = (uint32_t)t->line};
  if (!lookup(TYPES, COUNT(TYPES), t->field[TYPE], &cue->type)) return qi_table_error(t, TYPE, err, "unknown type", t->field[TYPE]);
  if (!lookup(FORMS, COUNT(FORMS), t->field[FORM], &cue->form)) return qi_table_error(t, FORM, err, "unknown form", t->field[FORM]);
  if (!lookup(NEEDS, COUNT(NEEDS), t->field[NEED], &cue->need)) return qi_table_error(t, NEED, err, "unknown need", t->field[NEED]);
  if (!cue->type) return QUID_OK;
  if (!place_of(t->field[FIRST], &cue->first)) return qi_table_error(t, FIRST, err, "unknown place", t->field[FIRST]);
  if (!place_of(t->field[SECOND], &cue->second)) return qi_table_error(t, SECOND, err, "unknown place", t->field[SECOND]);
  return check_places(cue, t, err);
}

static quid_status add_row(qi_links *links, const qi_table *t, quid_error *err) {
  qi_link_cue cue;
  uint8_t set;
  if (lookup(SETS, COUNT(SETS), t->field[TYPE], &set)) return add_set(links, t, set, err);
  quid_status status = read_cue(&cue, t, err);
  qi_slice rest = t->field[WORDS], words;
  while (!status && qi_slice_split(&rest, '|', &words)) status = add_words(links, &cue, qi_slice_trim(words), t, err);
  return status;
}

quid_status qi_links_parse(qi_links **out, qi_slice data, const char *file, quid_error *err) {
  *out = NULL;
  qi_links *links = calloc(1, sizeof *links);
  if (!links) return qi_error_memory(err, "the links");
  qi_arena_init(&links->arena, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, HEADER, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = add_row(links, &t, err);
  if (status) qi_links_free(links);
  else *out = links;
  return status;
}

quid_status qi_links_load(qi_links **out, const char *dir, quid_error *err) {
  qi_builder data;
  char path[4096];
  *out = NULL;
  quid_status status = qi_know_read(&data, path, sizeof path, dir, "links/cues.tsv", err);
  if (!status) status = qi_links_parse(out, qi_builder_view(&data), path, err);
  qi_builder_clear(&data);
  return status;
}

void qi_links_free(qi_links *links) {
  if (!links) return;
  qi_multimap_clear(&links->by_word);
  qi_map_clear(&links->sets);
  QI_VEC_CLEAR(&links->list);
  qi_arena_clear(&links->arena);
  free(links);
}

/* In lower case, in `room`; empty: too long to be a word of ours. */
static qi_slice lower(char room[QI_KEY_BYTES], qi_slice word) {
  if (word.len > QI_KEY_BYTES) return (qi_slice){0};
  for (size_t i = 0; i < word.len; i++) room[i] = qi_ascii_lower(word.ptr[i]);
  return (qi_slice){room, word.len};
}

uint32_t qi_links_first(const qi_links *links, qi_slice word) {
  char room[QI_KEY_BYTES];
  qi_slice key = lower(room, word);
  return links && key.len ? qi_multimap_first(&links->by_word, key) : QI_MAP_NONE;
}

const qi_link_cue *qi_links_next(const qi_links *links, uint32_t *at) {
  if (*at == QI_MAP_NONE) return NULL;
  const qi_link *link = &links->by_word.links.items[*at];
  *at = link->next;
  return &links->list.items[link->value];
}

bool qi_links_has(const qi_links *links, qi_link_set set, qi_slice lemma) {
  char room[QI_KEY_BYTES];
  qi_slice key = lower(room, lemma);
  return links && key.len && (qi_map_find(&links->sets, key, 0) >> set & 1);
}

const char *qi_link_type_name(qi_link_type type) { return (unsigned)type < QI_N_LINK_TYPES ? TYPES[type] : "-"; }

quid_status qi_links_examples(qi_slice text, const char *file, qi_links_example *each, void *data, quid_error *err) {
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, text, file, HEADER, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) {
    qi_link_cue cue;
    uint8_t set;
    if (lookup(SETS, COUNT(SETS), t.field[TYPE], &set)) continue;
    if (!(status = read_cue(&cue, &t, err)) && !each(data, &cue, t.field[YES], t.field[NO])) break;
  }
  return status;
}
