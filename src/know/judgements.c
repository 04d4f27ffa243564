/* know: story/judgements.tsv -> for each word the kinds of judgement that it is, and for each row the frame of the
 * event that it makes. Row "blame v deplore" -> "deplore" as a verb has the bit of QI_JUDGEMENT_BLAME; its event is
 * ACCUSE, disapprove, CAMEO 111. */
#include "know/judgements.h"

#include "base/map.h"
#include "know/table.h"
#include <stdlib.h>

#define MAX_ROWS 16u

struct qi_judgements {
  qi_arena arena;
  qi_judgement rows[MAX_ROWS];
  uint32_t n_rows;
  qi_map kinds; /* "deplore/v" -> bits */
};

static const char *const KINDS[QI_N_JUDGEMENT_KINDS] = {"praise", "blame", "good", "bad", "speech"};

static void fill_frame(qi_judgement *row, const char *file, uint32_t line) {
  bool blames = row->kind == QI_JUDGEMENT_BLAME || row->kind == QI_JUDGEMENT_BAD;
  row->frame = (qi_frame){.id = blames ? "judgement.blame" : "judgement.praise", .file = file, .line = line,
                          .type = blames ? QUID_ACCUSE : QUID_SUPPORT, .cameo = blames ? "111" : "051",
                          .embeds = QI_NO_STATUS, .triggers = &row->trigger, .n_triggers = 1};
  if (blames) row->frame.modes[row->frame.n_modes++] = "disapprove";
  row->frame.contexts[row->frame.n_contexts++] = "diplomatic";
}

static quid_status add_words(qi_judgements *j, const qi_judgement *row, const qi_table *t, quid_error *err) {
  qi_slice rest = t->field[2], word;
  while (qi_slice_split(&rest, '|', &word)) {
    word = qi_slice_trim(word);
    char room[QI_KEY_BYTES];
    qi_slice key = qi_key(room, word, row->part), kept;
    if (!word.len || !key.len || qi_slice_find_char(word, ' ') != QI_NOT_FOUND) return qi_table_error(t, 2, err, "not one word", word);
    uint32_t bits = qi_map_find(&j->kinds, key, 0);
    if (bits & 1u << row->kind) return qi_table_error(t, 2, err, "twice in its row", word);
    kept = qi_slice_of(qi_arena_strdup(&j->arena, key), key.len);
    if (!kept.ptr || !qi_map_put(&j->kinds, kept, bits | 1u << row->kind)) return qi_error_memory(err, "the judgements");
  }
  return QUID_OK;
}

static quid_status add_row(qi_judgements *j, const qi_table *t, const char *file, quid_error *err) {
  qi_judgement new = {.kind = QI_N_JUDGEMENT_KINDS};
  for (unsigned k = 0; k < QI_N_JUDGEMENT_KINDS; k++)
    if (qi_slice_eq_str(t->field[0], KINDS[k])) new.kind = (qi_judgement_kind)k;
  if (new.kind == QI_N_JUDGEMENT_KINDS) return qi_table_error(t, 0, err, "unknown kind", t->field[0]);
  if (t->field[1].len != 1 || !memchr("van", t->field[1].ptr[0], 3)) return qi_table_error(t, 1, err, "neither 'v', 'a' nor 'n':", t->field[1]);
  new.part = t->field[1].ptr[0];
  for (uint32_t i = 0; i < j->n_rows; i++)
    if (j->rows[i].kind == new.kind && j->rows[i].part == new.part) return qi_table_error(t, 0, err, "a second row of that kind and part:", t->field[0]);
  if (j->n_rows == MAX_ROWS) return qi_table_error(t, 0, err, "too many rows, from", t->field[0]);
  qi_judgement *row = &j->rows[j->n_rows++];
  *row = new;
  row->trigger.part = row->part;
  row->trigger.words.n = 1;
  fill_frame(row, file, (uint32_t)t->line);
  return add_words(j, row, t, err);
}

quid_status qi_judgements_parse(qi_judgements **out, qi_slice data, const char *file, quid_error *err) {
  qi_judgements *j = calloc(1, sizeof *j);
  if (!j) return qi_error_memory(err, "the judgements");
  qi_arena_init(&j->arena, 0);
  const char *name = qi_arena_strdup(&j->arena, qi_slice_str(file));
  qi_table t;
  bool more = true;
  quid_status status = name ? qi_table_open(&t, data, file, "kind\tpart\twords", err) : qi_error_memory(err, "the judgements");
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = add_row(j, &t, name, err);
  if (status) qi_judgements_free(j);
  else *out = j;
  return status;
}

quid_status qi_judgements_load(qi_judgements **out, const char *dir, quid_error *err) {
  qi_builder data;
  char path[4096];
  quid_status status = qi_know_read(&data, path, sizeof path, dir, "story/judgements.tsv", err);
  if (!status) status = qi_judgements_parse(out, qi_builder_view(&data), path, err);
  qi_builder_clear(&data);
  return status;
}

void qi_judgements_free(qi_judgements *j) {
  if (!j) return;
  qi_map_clear(&j->kinds);
  qi_arena_clear(&j->arena);
  free(j);
}

unsigned qi_judgements_kinds(const qi_judgements *j, char part, qi_slice lemma) {
  char room[QI_KEY_BYTES];
  qi_slice key = qi_key(room, lemma, part);
  return j && key.len ? qi_map_find(&j->kinds, key, 0) : 0;
}

const qi_judgement *qi_judgements_find(const qi_judgements *j, qi_judgement_kind kind, char part, qi_slice lemma) {
  if (!(qi_judgements_kinds(j, part, lemma) & 1u << kind)) return NULL;
  for (uint32_t i = 0; i < j->n_rows; i++)
    if (j->rows[i].kind == kind && j->rows[i].part == part) return &j->rows[i];
  return NULL;
}
