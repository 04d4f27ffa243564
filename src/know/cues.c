/* know: story/cues.tsv -> phrases by kind, in lists by their first byte: at each place of a sentence where a
 * phrase may begin, those of one list are tried. */
#include "know/cues.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "know/table.h"

typedef struct cue {
  qi_slice phrase; /* folded */
  unsigned kind;
  bool start, label; /* label: a colon or nothing at all behind it */
  uint32_t next; /* with the same first byte, NO_CUE none */
} cue;

#define NO_CUE UINT32_MAX

struct qi_cues {
  qi_arena arena;
  QI_VEC(cue) items;
  uint32_t first[256]; /* by first byte: those that may stand anywhere; NO_CUE none */
  uint32_t starts;     /* those that begin a sentence */
};

static const char *const KINDS[QI_N_CUES] = {"biography", "notice", "house", "signoff", "proverb", "caption", "opinion", "statement", "points"};

static quid_status add_row(qi_cues *c, const qi_table *t, quid_error *err) {
  cue new = {.kind = QI_N_CUES};
  for (unsigned k = 0; k < QI_N_CUES; k++)
    if (qi_slice_eq_str(t->field[0], KINDS[k])) new.kind = k;
  if (new.kind == QI_N_CUES) return qi_table_error(t, 0, err, "unknown kind", t->field[0]);
  new.label = qi_slice_eq_str(t->field[1], "label");
  new.start = new.label || qi_slice_eq_str(t->field[1], "start");
  if (!new.start && !qi_slice_eq_str(t->field[1], "any"))
    return qi_table_error(t, 1, err, "neither 'start' nor 'label' nor 'any':", t->field[1]);
  if (t->field[2].len < 3 && !((unsigned char)t->field[2].ptr[0] & 0x80)) return qi_table_error(t, 2, err, "phrase too short", t->field[2]);
  new.phrase = qi_utf8_fold(&c->arena, t->field[2]);
  if (!new.phrase.ptr) return qi_error_memory(err, "the story's cues");
  uint32_t *list = new.start ? &c->starts : &c->first[(unsigned char)new.phrase.ptr[0]];
  new.next = *list;
  if (!QI_VEC_PUSH(&c->items, new)) return qi_error_memory(err, "the story's cues");
  *list = (uint32_t)c->items.len - 1;
  return QUID_OK;
}

quid_status qi_cues_parse(qi_cues **out, qi_slice data, const char *file, quid_error *err) {
  qi_cues *c = calloc(1, sizeof *c);
  if (!c) return qi_error_memory(err, "the story's cues");
  qi_arena_init(&c->arena, 0);
  memset(c->first, 0xFF, sizeof c->first); /* NO_CUE */
  c->starts = NO_CUE;
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

/* Does the phrase stand at `at`, with no letter or digit right behind it? */
static bool stands_at(qi_slice text, size_t at, const cue *c) {
  size_t end = at + c->phrase.len;
  if (end > text.len || memcmp(text.ptr + at, c->phrase.ptr, c->phrase.len) != 0) return false;
  if (end < text.len && word_byte(text.ptr[end]) && word_byte(c->phrase.ptr[c->phrase.len - 1])) return false;
  while (c->label && end < text.len && (text.ptr[end] == ' ' || text.ptr[end] == ')' || text.ptr[end] == ']')) end++;
  return !c->label || end == text.len || text.ptr[end] == ':' || text.ptr[end] == '|';
}

static unsigned find_in(const qi_cues *c, uint32_t list, qi_slice text, size_t at) {
  unsigned found = 0;
  for (uint32_t i = list; i != NO_CUE; i = c->items.items[i].next)
    if (stands_at(text, at, &c->items.items[i]))
      found |= QI_CUE(c->items.items[i].kind) | (c->items.items[i].start ? QI_CUE_AT_START(c->items.items[i].kind) : 0);
  return found;
}

unsigned qi_cues_find(const qi_cues *c, qi_slice text) {
  size_t start = 0;
  unsigned found = find_in(c, c->starts, text, 0); /* "(c) 2024" */
  while (start < text.len && !word_byte(text.ptr[start])) start++; /* "* Photo by", "(Reporting by" */
  if (start) found |= find_in(c, c->starts, text, start);
  for (size_t at = 0; at < text.len; at++)
    if (at == 0 || !word_byte(text.ptr[at]) || !word_byte(text.ptr[at - 1]))
      found |= find_in(c, c->first[(unsigned char)text.ptr[at]], text, at);
  return found;
}
