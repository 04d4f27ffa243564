/* code: sentences -> story or not, and the genre of the whole.
 *
 * Cue phrases (knowledge/story) say what a sentence may be; its place decides: an author is described
 * at the start or the end, a notice may stand anywhere. "* Jane Roe is a retired diplomat." in the
 * last paragraph is a biography and so is the rest of that paragraph; in mid-text it is story. */
#include "code/story.h"
#include "base/utf8.h"
#include "know/cues.h"

#define EDGE_SENTENCES 8u  /* how far from the end an author is described */
#define LABEL_SENTENCES 3u /* how far from the start a label stands */
#define DATELINE_TOKENS 14u

const char *qi_not_story_name(qi_not_story why) {
  static const char *const NAMES[] = {"story", "about the author", "a notice", "a saying", "a caption", "a heading"};
  return NAMES[why];
}

const char *qi_genre_name(qi_genre genre) {
  static const char *const NAMES[] = {"unknown", "report", "opinion", "statement"};
  return NAMES[genre];
}

static bool has_verb(const qi_sentence *s) {
  for (uint32_t i = 0; i < s->n_tokens; i++)
    if (s->tokens[i].upos == QI_VERB || s->tokens[i].upos == QI_AUX) return true;
  return false;
}

static bool ends_with(const qi_sentence *s, const char *mark) {
  return s->n_tokens && qi_slice_eq_str(s->tokens[s->n_tokens - 1].form, mark);
}

static bool has_quote(const qi_sentence *s) {
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    qi_slice f = s->tokens[i].form;
    if (qi_slice_eq_str(f, "\"") || qi_slice_eq_str(f, "\xE2\x80\x9C") || qi_slice_eq_str(f, "``")) return true;
  }
  return false;
}

static bool is_bullet(const qi_sentence *s) {
  if (!s->n_tokens) return false;
  qi_slice f = s->tokens[0].form;
  return qi_slice_eq_str(f, "\xE2\x80\xA2") || qi_slice_eq_str(f, "*") || qi_slice_eq_str(f, "\xC2\xB7");
}

static bool all_capitals(qi_slice form) {
  size_t letters = 0;
  for (size_t at = 0; at < form.len;) {
    uint32_t cp = qi_utf8_decode(form, &at);
    if (qi_cp_is_lower(cp)) return false;
    letters += qi_cp_is_letter(cp);
  }
  return letters >= 3;
}

/* "SEOUL, Oct. 31 (Agency) -" at the head of one of the first sentences. */
static void find_dateline(qi_story *out, const qi_parsed *doc) {
  for (uint32_t k = 0; k < doc->n_sentences && k < LABEL_SENTENCES; k++) {
    const qi_sentence *s = &doc->sentences[k];
    if (!s->n_tokens || !all_capitals(s->tokens[0].form)) continue;
    for (uint32_t i = 1; i < s->n_tokens && i < DATELINE_TOKENS; i++) {
      qi_slice f = s->tokens[i].form;
      bool dash = qi_slice_eq_str(f, "-") || qi_slice_eq_str(f, "--") || qi_slice_eq_str(f, "\xE2\x80\x93") || qi_slice_eq_str(f, "\xE2\x80\x94");
      bool spaced = s->tokens[i - 1].space_after || qi_slice_eq_str(s->tokens[i - 1].form, ")");
      if (!dash || !spaced) continue;
      out->dateline = (int32_t)k;
      out->dateline_end = s->tokens[i].end;
      return;
    }
  }
}

static uint8_t judge(const qi_sentence *s, unsigned cues, uint32_t from_end, bool in_biography) {
  if (cues & 1u << QI_CUE_NOTICE) return QI_NOTICE;
  if (cues & 1u << QI_CUE_CAPTION) return QI_CAPTION;
  if ((cues & 1u << QI_CUE_PROVERB) && (has_quote(s) || ends_with(s, ":"))) return QI_PROVERB;
  bool edge = from_end < EDGE_SENTENCES && (s->new_paragraph || is_bullet(s) || from_end < 2);
  if ((cues & 1u << QI_CUE_BIOGRAPHY) && edge && s->index > 2) return QI_BIOGRAPHY;
  if (in_biography && !s->new_paragraph) return QI_BIOGRAPHY;
  if (!has_verb(s) && s->n_tokens <= 6 && (ends_with(s, ":") || (cues & (1u << QI_CUE_OPINION | 1u << QI_CUE_STATEMENT)))) return QI_HEADING;
  return QI_STORY;
}

bool qi_story_find(qi_story *out, const qi_know *know, const qi_parsed *doc, qi_arena *arena) {
  *out = (qi_story){.dateline = -1};
  out->sentences = qi_arena_zalloc(arena, doc->n_sentences + 1);
  if (!out->sentences) return false;
  unsigned labels = 0;
  bool biography = false;
  for (uint32_t k = 0; k < doc->n_sentences; k++) {
    const qi_sentence *s = &doc->sentences[k];
    qi_slice folded = qi_utf8_fold(arena, qi_slice_sub(doc->text, s->start, s->end));
    if (!folded.ptr) return false;
    unsigned cues = qi_cues_find(know->cues, folded);
    if (k < LABEL_SENTENCES) labels |= cues;
    out->sentences[k] = judge(s, cues, doc->n_sentences - 1 - k, k > 0 && out->sentences[k - 1] == QI_BIOGRAPHY);
    biography |= out->sentences[k] == QI_BIOGRAPHY;
    /* "They have a saying:" and then the saying. */
    if (k && out->sentences[k - 1] == QI_PROVERB && ends_with(&doc->sentences[k - 1], ":")) out->sentences[k] = QI_PROVERB;
  }
  find_dateline(out, doc);
  if ((labels & 1u << QI_CUE_OPINION) || biography) out->genre = QI_GENRE_OPINION;
  else if (labels & 1u << QI_CUE_STATEMENT) out->genre = QI_GENRE_STATEMENT;
  else if (out->dateline >= 0) out->genre = QI_GENRE_REPORT;
  return true;
}
