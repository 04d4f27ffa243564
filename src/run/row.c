/* run: text of a sentence and two phrases -> its tree, names, frames and the phrases' words.
 * Example: "Ostria agreed to lend Norland money.", "Ostria", "Norland" -> source 0, target 4. */
#include "run/row.h"

#include "base/utf8.h"
#include "code/mend.h"
#include "code/quote.h"

static bool is_word(qi_slice text, size_t at) {
  return at < text.len && (qi_ascii_is_alpha(text.ptr[at]) || qi_ascii_is_digit(text.ptr[at]) || text.ptr[at] == '_');
}

typedef struct place {
  uint32_t start, end; /* bytes; equal: nowhere */
} place;

/* The first place of the phrase as words of its own and outside `but`; else any. */
static place find(qi_slice text, qi_slice phrase, place but) {
  place best = {0, 0};
  int best_rank = -1;
  for (size_t from = 0; phrase.len && from + phrase.len <= text.len;) {
    size_t at = qi_slice_find(qi_slice_sub(text, from, text.len), phrase);
    if (at == QI_NOT_FOUND) break;
    at += from;
    place p = {(uint32_t)at, (uint32_t)(at + phrase.len)};
    bool whole = !(at && is_word(text, at - 1)) && !is_word(text, p.end), free = p.start >= but.end || p.end <= but.start;
    int rank = (whole ? 2 : 0) + (free ? 1 : 0);
    if (rank > best_rank) best = p, best_rank = rank;
    from = at + 1;
  }
  return best;
}

/* The text as one sentence, whatever the segmenter says, with its tree. */
static quid_status parse(qi_parsed *doc, const qi_model *model, const qi_know *know, qi_parser *parser, qi_slice text, qi_arena *arena,
                         quid_error *err) {
  quid_status status = qi_segment(model, text, arena, doc, err);
  if (status) return status;
  uint32_t n = 0;
  for (uint32_t i = 0; i < doc->n_sentences; i++) n += doc->sentences[i].n_tokens;
  if (n == 0) return qi_error_set(err, QUID_ERR_FORMAT, "no words in the sentence");
  if (n > QI_MAX_SENTENCE_TOKENS) return qi_error_set(err, QUID_ERR_LIMIT, "a sentence of %u tokens, more than %u", n, QI_MAX_SENTENCE_TOKENS);
  if (!qi_parsed_join(doc, arena)) return qi_error_memory(err, "the sentence");
  status = qi_parser_run(parser, doc, arena, err);
  if (!status && !qi_mend(know, doc, arena)) status = qi_error_memory(err, "the sentence");
  return status;
}

quid_status qi_row_read(qi_row *out, const qi_model *model, const qi_know *know, qi_parser *parser, qi_slice sentence,
                        qi_slice source, qi_slice target, qi_arena *arena, quid_error *err) {
  qi_quote *quotes;
  quid_status status = parse(&out->doc, model, know, parser, sentence, arena, err);
  if (!status) status = qi_mentions_find(&out->mentions, know, &out->doc, QI_DAY_NONE, arena, err);
  if (status) return status;
  const qi_sentence *s = &out->doc.sentences[0];
  out->view = (qi_view){know, &out->doc, s, &out->mentions};
  uint8_t *side = qi_arena_alloc(arena, s->n_tokens);
  if (!side || !qi_quotes_find(&quotes, know, &out->doc, &out->mentions, arena) ||
      !qi_scene_read(&out->scene, &out->view, model, &quotes[0], NULL, arena))
    return qi_error_memory(err, "the row");
  memset(side, 0, s->n_tokens);
  place from = find(sentence, source, (place){0, 0}), to = find(sentence, target, from);
  out->has_source = from.start < from.end;
  out->has_target = to.start < to.end;
  out->pair = (qi_pair){.side = side, .trigger = QI_NO_TOKEN};
  out->pair.source = qi_pair_mark(s, from.start, from.end, side, QI_SIDE_SOURCE);
  out->pair.target = qi_pair_mark(s, to.start, to.end, side, QI_SIDE_TARGET);
  return QUID_OK;
}
