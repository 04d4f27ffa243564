/* know: frames/(name).frames -> what their loader cannot see: one id in two files, words twice, codes
 * that are none, examples that name nobody.
 *
 * Worked example: "yes  Rusia attacked. => RUZ > UKR" -> "no such actor 'RUZ'". */
#include "know/check.h"

#include "base/map.h"
#include "base/utf8.h"

typedef struct frame_at {
  const char *file;
  size_t line;
} frame_at;

typedef struct walk {
  qi_check *c;
  const qi_check_file *file;
  qi_slice line, value;
  size_t number;
  qi_map ids, words;       /* words: of this frame */
  QI_VEC(frame_at) frames; /* [ids.len] */
} walk;

static size_t column_of(const walk *w, qi_slice s) { return (size_t)(s.ptr - w->line.ptr) + 1; }

static void begin_frame(walk *w) {
  uint32_t old = qi_map_find(&w->ids, w->value, QI_MAP_NONE);
  qi_map_clear(&w->words);
  if (old != QI_MAP_NONE && w->frames.items[old].file != w->file->path) /* in one file the loader tells */
    qi_check_tell(w->c, w->file->path, w->number, column_of(w, w->value), false, "frame given twice '%.*s': see %s:%zu",
                  QI_SLICE_ARG(w->value), w->frames.items[old].file, w->frames.items[old].line);
  if (old == QI_MAP_NONE && (!QI_VEC_PUSH(&w->frames, (frame_at){w->file->path, w->number}) ||
                             !qi_map_put(&w->ids, w->value, (uint32_t)w->frames.len - 1)))
    w->c->memory = true;
}

static void check_words(walk *w) {
  qi_slice rest = w->value, word;
  while (qi_slice_word(&rest, &word)) {
    if (qi_map_get(&w->words, word, NULL))
      qi_check_tell(w->c, w->file->path, w->number, column_of(w, word), true, "word stands twice in this frame '%.*s'", QI_SLICE_ARG(word));
    if (!qi_map_put(&w->words, word, 1)) w->c->memory = true;
  }
}

static void check_cameo(walk *w) {
  bool digits = w->value.len >= 2 && w->value.len <= 4;
  for (size_t i = 0; i < w->value.len; i++) digits &= qi_ascii_is_digit(w->value.ptr[i]);
  long code = 0;
  if (digits) digits = qi_slice_to_long(qi_slice_sub(w->value, 0, 2), &code) && code >= 1 && code <= 20;
  if (!digits)
    qi_check_tell(w->c, w->file->path, w->number, column_of(w, w->value), false, "not a CAMEO code '%.*s'", QI_SLICE_ARG(w->value));
}

/* An id of the dictionary, a country with a sector, or the start of one: "RUS", "USA.MIL", "CVL", "---". */
static bool is_known(const walk *w, qi_slice id) {
  static const char *const others[] = {"GOV", "MIL", "COP", "OPP", "REB", "INS", "SEP", "CVL", "MED", "BUS", "JUD", "LEG",
                                       "PTY", "SPY", "UAF", "IGO", "NGO", "EDU", "REF", "CRM", "LAB", "REL", "ETH", "MNC",
                                       "INT", "---", "-", "PER", "ORG", "LOC"};
  if (qi_actors_find(w->c->know.actors, id) != QI_NO_ACTOR) return true;
  size_t dot = qi_slice_find_char(id, '.');
  qi_slice first = qi_slice_sub(id, 0, dot == QI_NOT_FOUND ? id.len : dot);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (qi_slice_eq_str(first, others[i])) return true;
  return qi_actors_find(w->c->know.actors, first) != QI_NO_ACTOR;
}

static void check_answer(walk *w) {
  size_t arrow = qi_slice_find(w->value, QI_SLICE("=>"));
  if (arrow == QI_NOT_FOUND) return;
  qi_slice answer = qi_slice_sub(w->value, arrow + 2, w->value.len), side, id;
  size_t semi = qi_slice_find_char(answer, ';');
  if (semi != QI_NOT_FOUND) answer = qi_slice_sub(answer, 0, semi);
  while (qi_slice_split(&answer, '>', &side))
    while (qi_slice_split(&side, ',', &id)) {
      id = qi_slice_trim(id);
      if (id.len && !is_known(w, id))
        qi_check_tell(w->c, w->file->path, w->number, column_of(w, id), false, "no such actor '%.*s'", QI_SLICE_ARG(id));
    }
}

static void check_file(walk *w) {
  qi_slice rest = w->file->data, key;
  for (w->number = 1; qi_slice_line(&rest, &w->line); w->number++) {
    if (w->line.len == 0 || w->line.ptr[0] == '#' || !qi_utf8_is_valid(w->line)) continue;
    w->value = w->line;
    if (!qi_slice_word(&w->value, &key)) continue;
    w->value = qi_slice_trim(w->value);
    if (w->value.len == 0) continue;
    if (qi_slice_eq_str(key, "frame")) begin_frame(w);
    else if (qi_slice_eq_str(key, "words")) check_words(w);
    else if (qi_slice_eq_str(key, "cameo")) check_cameo(w);
    else if (qi_slice_eq_str(key, "yes")) check_answer(w);
  }
}

void qi_check_frames(qi_check *c) {
  walk w = {.c = c};
  for (size_t i = 0; i < c->files.len; i++) {
    w.file = &c->files.items[i];
    if (strcmp(w.file->part, "frames") == 0) check_file(&w);
  }
  qi_map_clear(&w.ids);
  qi_map_clear(&w.words);
  QI_VEC_CLEAR(&w.frames);
}
