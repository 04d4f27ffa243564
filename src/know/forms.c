/* know: forms.tsv and the words of the dictionaries -> lemmas of inflected words.
 *
 *   "bought" -> buy (irregular); "violated" -> violat, violate, of which violate is a word;
 *   "bombing" -> bomb; "batteries" -> battery. */
#include "know/forms.h"

#include "base/intern.h"
#include "base/utf8.h"
#include "know/frames.h"
#include "know/operators.h"
#include "know/table.h"
#include <stdlib.h>

#define HEADER "form\tlemma\tpart\tsource"
enum { MAX_BYTES = 40, MAX_CANDIDATES = 12 };

struct qi_forms {
  qi_intern words;     /* of the dictionaries */
  qi_arena arena;
  qi_map irregular[2]; /* verbs, nouns: form -> id in words */
};

/* ---- candidates ---- */

typedef struct guess {
  char text[MAX_BYTES];
  size_t len;
} guess;

typedef struct guesses {
  guess list[MAX_CANDIDATES];
  size_t n;
} guesses;

/* The first `keep` bytes of the form, and then `more`. */
static void offer(guesses *g, qi_slice form, size_t keep, const char *more) {
  size_t extra = strlen(more);
  if (g->n == MAX_CANDIDATES || keep < 2 || keep + extra > MAX_BYTES) return;
  guess *x = &g->list[g->n++];
  memcpy(x->text, form.ptr, keep);
  memcpy(x->text + keep, more, extra);
  x->len = keep + extra;
}

static bool ends(qi_slice s, const char *tail) { return qi_slice_ends(s, qi_slice_str(tail)); }

/* Stem of "-ed" and "-ing": plain, with e, without a doubled consonant. */
static void offer_stem(guesses *g, qi_slice form, size_t keep) {
  offer(g, form, keep, "");
  offer(g, form, keep, "e");
  if (keep > 2 && form.ptr[keep - 1] == form.ptr[keep - 2]) offer(g, form, keep - 1, "");
}

static void offer_all(guesses *g, qi_slice f, char part) {
  size_t n = f.len;
  if (ends(f, "ies")) offer(g, f, n - 3, "y");
  if (ends(f, "ves") && part == 'n') offer(g, f, n - 3, "f");
  if (ends(f, "es")) offer(g, f, n - 2, "");
  if (ends(f, "s")) offer(g, f, n - 1, "");
  if (part != 'v') return;
  if (ends(f, "ied")) offer(g, f, n - 3, "y");
  if (ends(f, "ed")) offer_stem(g, f, n - 2);
  if (ends(f, "ying") && n < 7) offer(g, f, n - 4, "ie");
  if (ends(f, "ing")) offer_stem(g, f, n - 3);
}

qi_slice qi_forms_lemma(const qi_forms *forms, qi_slice form, qi_slice lemma, char part, bool base) {
  char room[MAX_BYTES];
  qi_slice none = {NULL, 0};
  if (form.len == 0 || form.len > MAX_BYTES) return none;
  for (size_t i = 0; i < form.len; i++) room[i] = qi_ascii_lower(form.ptr[i]);
  qi_slice f = {room, form.len};
  uint32_t id = QI_INTERN_NONE;
  if (!base && part != 'a' && qi_map_get(&forms->irregular[part == 'n'], f, &id))
    return qi_intern_text(&forms->words, id);
  guesses g = {.n = 0};
  if (!base) offer_all(&g, f, part);
  qi_slice found = none;
  for (size_t i = 0; i < g.n; i++) {
    id = qi_intern_find(&forms->words, (qi_slice){g.list[i].text, g.list[i].len});
    if (id == QI_INTERN_NONE) continue;
    qi_slice word = qi_intern_text(&forms->words, id);
    if (qi_slice_eq(word, lemma)) return word;
    if (!found.ptr) found = word;
  }
  if (found.ptr) return found;
  id = qi_intern_find(&forms->words, f);
  return id == QI_INTERN_NONE ? none : qi_intern_text(&forms->words, id);
}

/* ---- loading ---- */

static bool add_word(qi_forms *forms, qi_slice word) {
  return qi_intern_add(&forms->words, word) != QI_INTERN_NONE;
}

static bool add_words(qi_forms *forms, const qi_words *words) {
  for (uint32_t i = 0; i < words->n; i++)
    if (!add_word(forms, words->w[i])) return false;
  return true;
}

static bool add_conditions(qi_forms *forms, const qi_condition *list, uint32_t n) {
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t k = 0; k < list[i].n_lemmas; k++)
      if (!add_words(forms, &list[i].lemmas[k])) return false;
  return true;
}

static bool add_dictionaries(qi_forms *forms, const qi_know *know) {
  for (uint32_t i = 0; i < qi_frames_count(know->frames); i++) {
    const qi_frame *f = qi_frames_get(know->frames, i);
    for (uint32_t k = 0; k < f->n_triggers; k++)
      if (!add_words(forms, &f->triggers[k].words)) return false;
    if (!add_conditions(forms, f->needs, f->n_needs) || !add_conditions(forms, f->nots, f->n_nots)) return false;
  }
  for (uint32_t i = 0; i < qi_operators_count(know->operators); i++)
    if (!add_words(forms, &qi_operators_get(know->operators, i)->words)) return false;
  for (uint32_t i = 0; i < qi_lights_count(know->operators); i++)
    if (!add_words(forms, &qi_lights_get(know->operators, i)->words)) return false;
  return true;
}

static bool add_item_word(void *forms, qi_slice word) { return add_word(forms, word); }

static quid_status read_row(qi_forms *forms, const qi_table *t, quid_error *err) {
  char part = t->field[2].len == 1 ? t->field[2].ptr[0] : '?';
  if (part != 'v' && part != 'n') return qi_table_error(t, 2, err, "part of speech is not v or n", t->field[2]);
  if (!t->field[0].len || !t->field[1].len) return qi_table_error(t, 0, err, "empty form or lemma", t->field[0]);
  uint32_t id = qi_intern_add(&forms->words, t->field[1]);
  qi_slice form = qi_arena_slice(&forms->arena, t->field[0]);
  if (id == QI_INTERN_NONE || !form.ptr) return qi_error_memory(err, "the word forms");
  qi_map *map = &forms->irregular[part == 'n'];
  if (qi_map_get(map, form, NULL)) return QUID_OK; /* "lay": the first line wins */
  return qi_map_put(map, form, id) ? QUID_OK : qi_error_memory(err, "the word forms");
}

quid_status qi_forms_parse(qi_forms **out, qi_slice data, const char *file, const qi_know *know, quid_error *err) {
  *out = NULL;
  qi_forms *forms = calloc(1, sizeof *forms);
  if (!forms) return qi_error_memory(err, "the word forms");
  qi_intern_init(&forms->words, 0);
  qi_arena_init(&forms->arena, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, HEADER, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = read_row(forms, &t, err);
  if (!status && !(add_dictionaries(forms, know) && qi_items_each_word(know->items, add_item_word, forms)))
    status = qi_error_memory(err, "the word forms");
  if (status) qi_forms_free(forms);
  else *out = forms;
  return status;
}

quid_status qi_forms_load(qi_forms **out, const char *dir, const qi_know *know, quid_error *err) {
  qi_builder data;
  char path[1024];
  *out = NULL;
  quid_status status = qi_know_read(&data, path, sizeof path, dir, "forms.tsv", err);
  if (!status) status = qi_forms_parse(out, qi_builder_view(&data), path, know, err);
  qi_builder_clear(&data);
  return status;
}

void qi_forms_free(qi_forms *forms) {
  if (!forms) return;
  qi_map_clear(&forms->irregular[0]);
  qi_map_clear(&forms->irregular[1]);
  qi_intern_clear(&forms->words);
  qi_arena_clear(&forms->arena);
  free(forms);
}

bool qi_forms_each_irregular(const qi_forms *forms, bool (*each)(void *data, qi_slice form, qi_slice lemma), void *data) {
  qi_slice form;
  uint32_t id;
  for (size_t part = 0; part < 2; part++)
    for (size_t at = 0; qi_map_next(&forms->irregular[part], &at, &form, &id);)
      if (!each(data, form, qi_intern_text(&forms->words, id))) return false;
  return true;
}
