/* know: frames/(name).frames -> frames, indexed by their words. See knowledge/README.md for the format.
 *
 * A file is a list of blocks; each line is a key and a value. Reading is strict: an unknown key,
 * slot, class, mode or context is an error with file, line and column, because a misspelt condition
 * would otherwise silently never hold. `like` copies an earlier frame of the same file, examples
 * apart; then slots given replace, words and conditions given add. */
#include "know/frames.h"

#include "base/file.h"
#include "base/utf8.h"
#include "know/files.h"
#include "know/table.h"
#include <stdlib.h>

#define MAX_WORDS 400      /* triggers of one frame */
#define MAX_CONDITIONS 24  /* needs, nots of one frame */
#define MAX_LEMMAS 200     /* of one condition */
#define MAX_EXAMPLES 100

typedef struct entry {
  uint32_t frame, trigger;
} entry;

struct qi_frames {
  qi_arena arena;
  QI_VEC(qi_frame *) list;
  qi_map by_id;          /* -> index into list */
  qi_multimap by_word;   /* "attack/v" -> index into entries */
  QI_VEC(entry) entries;
};

/* The block being read. */
typedef struct draft {
  qi_frame *frame; /* NULL between blocks */
  size_t first_of_file;
  bool has_type;
  uint64_t seen; /* single-value keys given in this block */
  qi_trigger words[MAX_WORDS];
  qi_condition needs[MAX_CONDITIONS], nots[MAX_CONDITIONS];
  qi_example examples[MAX_EXAMPLES];
} draft;

typedef struct reader {
  qi_frames *frames;
  const qi_items *items;
  const qi_ontology *ontology;
  const char *file;  /* for messages */
  const char *shown; /* for records, which are the same wherever the dictionaries lie */
  size_t line;
  qi_slice text; /* the line, to tell columns */
  draft *d;
  quid_error *err;
} reader;

static quid_status refuse(reader *r, qi_slice where, const char *problem) {
  size_t column = where.ptr ? (size_t)(where.ptr - r->text.ptr) + 1 : 1;
  return qi_error_at(r->err, QUID_ERR_FORMAT, r->file, r->line, column, "%s '%.*s'", problem,
                     QI_SLICE_ARG(where));
}

static quid_status out_of_memory(reader *r) { return qi_error_memory(r->err, "the frames"); }

/* ---- values ---- */

static quid_status read_words_of(reader *r, qi_slice joined, qi_words *out) {
  bool memory;
  if (qi_words_of(out, joined, &r->frames->arena, &memory)) return QUID_OK;
  return memory ? out_of_memory(r) : refuse(r, joined, "not a word");
}

static quid_status read_triggers(reader *r, qi_slice value) {
  qi_slice word;
  qi_frame *f = r->d->frame;
  while (qi_slice_word(&value, &word)) {
    if (word.len < 3 || word.ptr[word.len - 2] != '/' || !memchr("vna", word.ptr[word.len - 1], 3))
      return refuse(r, word, "word without part of speech (/v, /n or /a)");
    if (f->n_triggers == MAX_WORDS) return refuse(r, word, "too many words at");
    qi_trigger *t = &r->d->words[f->n_triggers];
    t->part = word.ptr[word.len - 1];
    quid_status status = read_words_of(r, qi_slice_sub(word, 0, word.len - 2), &t->words);
    if (status) return status;
    for (uint32_t i = 0; i < t->words.n; i++)
      if (t->words.w[i].len + 2 > QI_KEY_BYTES) return refuse(r, word, "word too long");
    f->n_triggers++;
  }
  return QUID_OK;
}

/* Slots at the start of `value`, joined by '|' or '&'; what follows is left in *value. */
static quid_status read_path(reader *r, qi_slice *value, bool to_end, qi_path *out) {
  *out = (qi_path){0};
  qi_slice rest = *value, word;
  while (qi_slice_word(&rest, &word)) {
    if (out->n == QI_PATH_SLOTS) return refuse(r, word, "too many slots at");
    qi_slot slot = qi_slot_of(word);
    if (slot == QI_SLOT_NONE || slot == QI_SLOT_SELF) return refuse(r, word, "unknown slot");
    out->slot[out->n++] = slot;
    *value = rest;
    if (!qi_slice_word(&rest, &word)) return QUID_OK;
    if (qi_slice_eq_str(word, "&")) out->with_next[out->n - 1] = true;
    else if (!qi_slice_eq_str(word, "|")) return to_end ? refuse(r, word, "expected '|' or '&' before") : QUID_OK;
    *value = rest;
  }
  return refuse(r, *value, "slot missing");
}

static uint8_t kind_of(qi_slice name) {
  static const char *const names[] = {"actor", "state", "person", "org", "place", "clause", "number"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (qi_slice_eq_str(name, names[i])) return (uint8_t)(1u << i);
  return 0;
}

static quid_status read_condition(reader *r, qi_slice value, qi_condition *list, uint32_t *n) {
  if (*n == MAX_CONDITIONS) return refuse(r, value, "too many conditions at");
  qi_condition *c = &list[*n];
  *c = (qi_condition){.anything = true};
  quid_status status = read_path(r, &value, false, &c->slots);
  if (status) return status;
  qi_words lemmas[MAX_LEMMAS];
  qi_slice word;
  while (qi_slice_word(&value, &word)) {
    c->anything = false;
    if (word.ptr[0] == '@') {
      qi_slice name = qi_slice_sub(word, 1, word.len);
      uint8_t kind = kind_of(name);
      uint32_t id = kind ? 0 : qi_items_class(r->items, name);
      if (id == QI_NO_CLASS) return refuse(r, word, "unknown class");
      if (kind) c->kinds |= kind;
      else c->classes.bits[id / 64] |= UINT64_C(1) << (id % 64);
      continue;
    }
    if (c->n_lemmas == MAX_LEMMAS) return refuse(r, word, "too many words at");
    if ((status = read_words_of(r, word, &lemmas[c->n_lemmas]))) return status;
    c->n_lemmas++;
  }
  qi_words *copy = QI_NEW_ARRAY(&r->frames->arena, qi_words, c->n_lemmas);
  if (!copy) return out_of_memory(r);
  memcpy(copy, lemmas, c->n_lemmas * sizeof *copy);
  c->lemmas = copy;
  (*n)++;
  return QUID_OK;
}

static const char *copy_text(reader *r, qi_slice text) {
  return qi_arena_strdup(&r->frames->arena, qi_slice_trim(text));
}

/* "SUDAN > RUS; planned" behind the arrow. */
static quid_status read_answer(reader *r, qi_slice answer, qi_example *e) {
  size_t semi = qi_slice_find_char(answer, ';'), angle = qi_slice_find_char(answer, '>');
  if (semi != QI_NOT_FOUND) {
    qi_slice name = qi_slice_trim(qi_slice_sub(answer, semi + 1, answer.len));
    e->status = QI_NO_STATUS;
    for (int i = 0; i < QUID_N_EVENT_STATUSES; i++)
      if (qi_slice_eq_str(name, quid_event_status_name((quid_event_status)i))) e->status = (uint8_t)i;
    if (e->status == QI_NO_STATUS) return refuse(r, name, "unknown status");
    answer = qi_slice_sub(answer, 0, semi);
  }
  if (angle == QI_NOT_FOUND || angle >= answer.len) return refuse(r, answer, "no '>' in");
  e->actors = copy_text(r, qi_slice_sub(answer, 0, angle));
  e->recipients = copy_text(r, qi_slice_sub(answer, angle + 1, answer.len));
  return e->actors && e->recipients ? QUID_OK : out_of_memory(r);
}

static quid_status read_example(reader *r, qi_slice value, bool yes) {
  qi_frame *f = r->d->frame;
  if (f->n_examples == MAX_EXAMPLES) return refuse(r, value, "too many examples at");
  qi_example *e = &r->d->examples[f->n_examples];
  *e = (qi_example){.yes = yes, .line = (uint32_t)r->line, .actors = "", .recipients = ""};
  size_t arrow = qi_slice_find(value, QI_SLICE("=>"));
  if (yes == (arrow == QI_NOT_FOUND))
    return refuse(r, value, yes ? "no '=>' in" : "'=>' in a sentence that must not match");
  if (yes) {
    quid_status status = read_answer(r, qi_slice_sub(value, arrow + 2, value.len), e);
    if (status) return status;
    value = qi_slice_sub(value, 0, arrow);
  }
  if (!(e->sentence = copy_text(r, value))) return out_of_memory(r);
  f->n_examples++;
  return QUID_OK;
}

static quid_status read_type(reader *r, qi_slice value) {
  r->d->frame->n_modes = 0; /* another type has other modes */
  r->d->has_type = true;
  return qi_ontology_type(value, &r->d->frame->type) ? QUID_OK : refuse(r, value, "unknown event type");
}

static quid_status read_modes(reader *r, qi_slice value) {
  qi_frame *f = r->d->frame;
  qi_slice word;
  f->n_modes = 0;
  while (qi_slice_word(&value, &word)) {
    if (f->n_modes == QI_FRAME_MODES) return refuse(r, word, "too many modes at");
    if (!r->d->has_type) return refuse(r, word, "event type must come before mode");
    if (!qi_ontology_mode(r->ontology, f->type, word, &f->modes[f->n_modes]))
      return refuse(r, word, "no mode of this event type:");
    f->n_modes++;
  }
  return QUID_OK;
}

static quid_status read_contexts(reader *r, qi_slice value) {
  qi_frame *f = r->d->frame;
  qi_slice word;
  f->n_contexts = 0;
  while (qi_slice_word(&value, &word)) {
    if (f->n_contexts == QI_FRAME_CONTEXTS) return refuse(r, word, "too many contexts at");
    if (!qi_ontology_context(r->ontology, word, &f->contexts[f->n_contexts]))
      return refuse(r, word, "unknown context");
    f->n_contexts++;
  }
  return QUID_OK;
}

static quid_status read_embeds(reader *r, qi_slice value) {
  for (int i = 0; i < QUID_N_EVENT_STATUSES; i++)
    if (qi_slice_eq_str(value, quid_event_status_name((quid_event_status)i))) {
      r->d->frame->embeds = (uint8_t)i;
      return QUID_OK;
    }
  return refuse(r, value, "unknown status");
}

/* A frame further up in the same file. */
static quid_status read_like(reader *r, qi_slice value) {
  qi_frame *f = r->d->frame;
  uint32_t at = qi_map_find(&r->frames->by_id, value, QI_MAP_NONE);
  if (at == QI_MAP_NONE || at < r->d->first_of_file)
    return refuse(r, value, "no frame above in this file:");
  if (r->d->seen & ~UINT64_C(3)) return refuse(r, value, "'like' must come first:");
  const char *id = f->id;
  uint32_t line = f->line;
  *f = *r->frames->list.items[at];
  memcpy(r->d->words, f->triggers, f->n_triggers * sizeof *f->triggers);
  memcpy(r->d->needs, f->needs, f->n_needs * sizeof *f->needs);
  memcpy(r->d->nots, f->nots, f->n_nots * sizeof *f->nots);
  f->id = id, f->line = line;
  f->n_examples = 0;
  r->d->has_type = true;
  return QUID_OK;
}

static quid_status read_role(reader *r, qi_slice value, qi_role role) {
  if (!qi_slice_eq_str(value, "-")) return read_path(r, &value, true, &r->d->frame->role[role]);
  r->d->frame->role[role] = (qi_path){0};
  return QUID_OK;
}

/* ---- blocks ---- */

static quid_status begin_block(reader *r, qi_slice value) {
  qi_frame *f = QI_NEW(&r->frames->arena, qi_frame);
  if (!f || !(f->id = qi_arena_strdup(&r->frames->arena, value))) return out_of_memory(r);
  if (value.len == 0) return refuse(r, value, "frame without a name");
  if (qi_map_get(&r->frames->by_id, value, NULL)) return refuse(r, value, "frame given twice:");
  f->file = r->shown;
  f->line = (uint32_t)r->line;
  f->embeds = QI_NO_STATUS;
  f->cameo = "";
  r->d->frame = f;
  r->d->has_type = false;
  r->d->seen = 0;
  return QUID_OK;
}

static quid_status index_trigger(reader *r, uint32_t frame, uint32_t trigger) {
  qi_frames *fs = r->frames;
  const qi_trigger *t = &fs->list.items[frame]->triggers[trigger];
  uint32_t n = t->part == 'n' ? t->words.n : 1;
  uint32_t at = (uint32_t)fs->entries.len;
  if (!QI_VEC_PUSH(&fs->entries, (entry){frame, trigger})) return out_of_memory(r);
  for (uint32_t i = 0; i < n; i++) {
    char room[QI_KEY_BYTES];
    qi_slice key = qi_key(room, t->words.w[i], t->part);
    if (!qi_map_get(&fs->by_word.heads, key, NULL)) key = qi_arena_slice(&fs->arena, key);
    if (!key.ptr || !qi_multimap_add(&fs->by_word, key, at)) return out_of_memory(r);
  }
  return QUID_OK;
}

/* The draft's lists become the frame's own. */
static bool keep_lists(reader *r) {
  qi_arena *a = &r->frames->arena;
  draft *d = r->d;
  qi_frame *f = d->frame;
  qi_trigger *words = QI_NEW_ARRAY(a, qi_trigger, f->n_triggers);
  qi_condition *needs = QI_NEW_ARRAY(a, qi_condition, f->n_needs);
  qi_condition *nots = QI_NEW_ARRAY(a, qi_condition, f->n_nots);
  qi_example *examples = QI_NEW_ARRAY(a, qi_example, f->n_examples);
  if (!words || !needs || !nots || !examples) return false;
  memcpy(words, d->words, f->n_triggers * sizeof *words);
  memcpy(needs, d->needs, f->n_needs * sizeof *needs);
  memcpy(nots, d->nots, f->n_nots * sizeof *nots);
  memcpy(examples, d->examples, f->n_examples * sizeof *examples);
  f->triggers = words, f->needs = needs, f->nots = nots, f->examples = examples;
  return true;
}

static quid_status end_block(reader *r) {
  qi_frame *f = r->d->frame;
  if (!f) return QUID_OK;
  qi_slice id = qi_slice_str(f->id);
  const char *missing = !r->d->has_type ? "frame without event type:"
                        : f->n_triggers == 0 ? "frame without words:"
                        : f->role[QI_ROLE_ACTOR].n + f->role[QI_ROLE_RECIPIENT].n == 0
                            ? "frame without actor and recipient:"
                            : NULL;
  if (missing)
    return qi_error_at(r->err, QUID_ERR_FORMAT, r->file, f->line, 1, "%s '%s'", missing, f->id);
  uint32_t at = (uint32_t)r->frames->list.len;
  if (!keep_lists(r) || !QI_VEC_PUSH(&r->frames->list, f) || !qi_map_put(&r->frames->by_id, id, at))
    return out_of_memory(r);
  r->d->frame = NULL;
  for (uint32_t i = 0; i < f->n_triggers; i++) {
    quid_status status = index_trigger(r, at, i);
    if (status) return status;
  }
  return QUID_OK;
}

typedef enum key {
  KEY_FRAME, KEY_LIKE, KEY_EVENT, KEY_MODE, KEY_CONTEXT, KEY_CAMEO, KEY_WORDS, KEY_ACTOR,
  KEY_RECIPIENT, KEY_ITEM, KEY_PLACE, KEY_PURPOSE, KEY_CONTENT, KEY_EMBEDS, KEY_NEED, KEY_NOT,
  KEY_YES, KEY_NO, N_KEYS
} key;

static const char *const key_names[N_KEYS] = {
    "frame",     "like", "event", "mode",    "context", "cameo",  "words", "actor",
    "recipient", "item", "place", "purpose", "content", "embeds", "need",  "not",
    "yes",       "no"};

static quid_status read_value(reader *r, key k, qi_slice value) {
  qi_frame *f = r->d->frame;
  switch (k) {
  case KEY_LIKE: return read_like(r, value);
  case KEY_EVENT: return read_type(r, value);
  case KEY_MODE: return read_modes(r, value);
  case KEY_CONTEXT: return read_contexts(r, value);
  case KEY_CAMEO: return (f->cameo = copy_text(r, value)) ? QUID_OK : out_of_memory(r);
  case KEY_WORDS: return read_triggers(r, value);
  case KEY_ACTOR: return read_role(r, value, QI_ROLE_ACTOR);
  case KEY_RECIPIENT: return read_role(r, value, QI_ROLE_RECIPIENT);
  case KEY_ITEM: return read_role(r, value, QI_ROLE_ITEM);
  case KEY_PLACE: return read_role(r, value, QI_ROLE_PLACE);
  case KEY_PURPOSE: return read_role(r, value, QI_ROLE_PURPOSE);
  case KEY_CONTENT: return read_role(r, value, QI_ROLE_CONTENT);
  case KEY_EMBEDS: return read_embeds(r, value);
  case KEY_NEED: return read_condition(r, value, r->d->needs, &f->n_needs);
  case KEY_NOT: return read_condition(r, value, r->d->nots, &f->n_nots);
  case KEY_YES: return read_example(r, value, true);
  case KEY_NO: return read_example(r, value, false);
  default: return QUID_OK;
  }
}

static quid_status read_line(reader *r) {
  qi_slice rest = r->text, name;
  if (!qi_slice_word(&rest, &name)) return end_block(r); /* an empty line ends the block */
  qi_slice value = qi_slice_trim(rest);
  key k = 0;
  while (k < N_KEYS && !qi_slice_eq_str(name, key_names[k])) k++;
  if (k == N_KEYS) return refuse(r, name, "unknown key");
  if (value.len == 0) return refuse(r, name, "no value after");
  if (k == KEY_FRAME) {
    quid_status status = end_block(r);
    return status ? status : begin_block(r, value);
  }
  if (!r->d->frame) return refuse(r, name, "outside a frame:");
  bool many = k == KEY_WORDS || k >= KEY_NEED;
  if (!many && (r->d->seen >> k & 1)) return refuse(r, name, "key given twice:");
  r->d->seen |= UINT64_C(1) << k;
  return read_value(r, k, value);
}

quid_status qi_frames_new(qi_frames **out, quid_error *err) {
  *out = calloc(1, sizeof **out);
  if (!*out) return qi_error_memory(err, "the frames");
  qi_arena_init(&(*out)->arena, 0);
  return QUID_OK;
}

quid_status qi_frames_add(qi_frames *frames, qi_slice data, const char *file, const qi_items *items,
                          const qi_ontology *ontology, quid_error *err) {
  draft *d = calloc(1, sizeof *d);
  reader r = {.frames = frames, .items = items, .ontology = ontology, .file = file, .d = d, .err = err};
  const char *slash = strrchr(file, '/');
  r.shown = qi_arena_printf(&frames->arena, "%s%s", slash ? "knowledge/frames/" : "", slash ? slash + 1 : file).ptr;
  if (!d || !r.shown) {
    free(d);
    return qi_error_memory(err, "the frames");
  }
  d->first_of_file = frames->list.len;
  quid_status status = QUID_OK;
  qi_slice rest = data;
  if (!qi_utf8_is_valid(data))
    status = qi_error_at(err, QUID_ERR_FORMAT, file, 0, 0, "not valid UTF-8");
  while (!status && qi_slice_line(&rest, &r.text)) {
    r.line++;
    if (r.text.len > 0 && r.text.ptr[0] == '#') continue;
    status = read_line(&r);
  }
  r.text = (qi_slice){0};
  if (!status) status = end_block(&r);
  free(d);
  return status;
}

quid_status qi_frames_load(qi_frames **out, const char *dir, const qi_items *items,
                           const qi_ontology *ontology, quid_error *err) {
  qi_know_files files;
  *out = NULL;
  qi_frames *frames = NULL;
  quid_status status = qi_know_files_list(&files, dir, "frames", ".frames", err);
  if (!status) status = qi_frames_new(&frames, err);
  for (size_t i = 0; !status && i < files.len; i++) {
    qi_builder data;
    qi_builder_init(&data, QI_MAX_KNOWLEDGE_BYTES);
    status = qi_file_read(&data, files.paths[i], QI_MAX_KNOWLEDGE_BYTES, err);
    if (!status)
      status = qi_frames_add(frames, qi_builder_view(&data), files.paths[i], items, ontology, err);
    qi_builder_clear(&data);
  }
  qi_know_files_clear(&files);
  if (status) qi_frames_free(frames);
  else *out = frames;
  return status;
}

void qi_frames_free(qi_frames *frames) {
  if (!frames) return;
  qi_multimap_clear(&frames->by_word);
  qi_map_clear(&frames->by_id);
  QI_VEC_CLEAR(&frames->entries);
  QI_VEC_CLEAR(&frames->list);
  qi_arena_clear(&frames->arena);
  free(frames);
}

uint32_t qi_frames_count(const qi_frames *frames) { return (uint32_t)frames->list.len; }

const qi_frame *qi_frames_get(const qi_frames *frames, uint32_t i) { return frames->list.items[i]; }

uint32_t qi_frames_first(const qi_frames *frames, qi_slice lemma, char part) {
  char room[QI_KEY_BYTES];
  qi_slice k = qi_key(room, lemma, part);
  return k.len ? qi_multimap_first(&frames->by_word, k) : QI_MAP_NONE;
}

const qi_frame *qi_frames_next(const qi_frames *frames, uint32_t *at, const qi_trigger **trigger) {
  if (*at == QI_MAP_NONE) return NULL;
  const qi_link *link = &frames->by_word.links.items[*at];
  *at = link->next;
  const entry *e = &frames->entries.items[link->value];
  const qi_frame *f = frames->list.items[e->frame];
  *trigger = &f->triggers[e->trigger];
  return f;
}
