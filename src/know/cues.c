/* know: story/cues.tsv -> phrases by kind. A few hundred phrases over the few sentences at a text's
 * ends: plain search is fast enough. */
#include "know/cues.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "know/table.h"

typedef struct cue {
  qi_slice phrase; /* folded */
  unsigned kind;
  bool start;
} cue;

struct qi_cues {
  qi_arena arena;
  QI_VEC(cue) items;
};

static const char *const KINDS[QI_N_CUES] = {"biography", "notice", "proverb", "caption", "opinion", "statement"};

static quid_status add_row(qi_cues *c, const qi_table *t, quid_error *err) {
  cue new = {.kind = QI_N_CUES};
  for (unsigned k = 0; k < QI_N_CUES; k++)
    if (qi_slice_eq_str(t->field[0], KINDS[k])) new.kind = k;
  if (new.kind == QI_N_CUES) return qi_table_error(t, 0, err, "unknown kind", t->field[0]);
  new.start = qi_slice_eq_str(t->field[1], "start");
  if (!new.start && !qi_slice_eq_str(t->field[1], "any")) return qi_table_error(t, 1, err, "neither 'start' nor 'any':", t->field[1]);
  if (t->field[2].len < 3) return qi_table_error(t, 2, err, "phrase too short", t->field[2]);
  new.phrase = qi_utf8_fold(&c->arena, t->field[2]);
  return new.phrase.ptr && QI_VEC_PUSH(&c->items, new) ? QUID_OK : qi_error_memory(err, "the story's cues");
}

quid_status qi_cues_parse(qi_cues **out, qi_slice data, const char *file, quid_error *err) {
  qi_cues *c = calloc(1, sizeof *c);
  if (!c) return qi_error_memory(err, "the story's cues");
  qi_arena_init(&c->arena, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, "kind\tat\tphrase", err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = add_row(c, &t, err);
  if (status) qi_cues_free(c);
  else *out = c;
  return status;
}

quid_status qi_cues_load(qi_cues **out, const char *dir, quid_error *err) {
  qi_builder data;
  char path[4096];
  quid_status status = qi_know_read(&data, path, sizeof path, dir, "story/cues.tsv", err);
  if (!status) status = qi_cues_parse(out, qi_builder_view(&data), path, err);
  qi_builder_clear(&data);
  return status;
}

void qi_cues_free(qi_cues *c) {
  if (!c) return;
  QI_VEC_CLEAR(&c->items);
  qi_arena_clear(&c->arena);
  free(c);
}

static bool word_byte(char c) { return qi_ascii_is_alpha(c) || qi_ascii_is_digit(c); }

static bool holds(qi_slice text, const cue *c) {
  if (c->start) {
    while (text.len && !word_byte(text.ptr[0]) && text.ptr[0] != '(') text.ptr++, text.len--; /* "* Photo by" */
    return qi_slice_starts(text, c->phrase) && (text.len == c->phrase.len || !word_byte(text.ptr[c->phrase.len]) || !word_byte(c->phrase.ptr[c->phrase.len - 1]));
  }
  for (size_t from = 0;;) {
    size_t at = qi_slice_find(qi_slice_sub(text, from, text.len), c->phrase);
    if (at == QI_NOT_FOUND) return false;
    size_t end = from + at + c->phrase.len;
    bool left = from + at == 0 || !word_byte(text.ptr[from + at - 1]) || !word_byte(c->phrase.ptr[0]);
    bool right = end == text.len || !word_byte(text.ptr[end]) || !word_byte(c->phrase.ptr[c->phrase.len - 1]);
    if (left && right) return true;
    from += at + 1;
  }
}

unsigned qi_cues_find(const qi_cues *c, qi_slice folded) {
  unsigned found = 0;
  for (size_t i = 0; i < c->items.len; i++)
    if (!(found & 1u << c->items.items[i].kind) && holds(folded, &c->items.items[i])) found |= 1u << c->items.items[i].kind;
  return found;
}
