/* code: who speaks a quotation of several sentences.
 *
 *   "Norland shelled the port," Ostria's minister said. "It killed two sailors." -> the second sentence is
 *   the minister's word.
 *
 * Quotation marks are followed through the text; a paragraph ends a quotation unless it begins with a mark,
 * as newspapers do. The speaker is the subject of a verb of saying outside the marks in the sentence where
 * the quotation ends, where it begins, or in the one before. A sentence of saying that ends in a colon
 * announces the paragraph behind it. Linear in the text. */
#include "code/quote.h"

#include "code/attribution.h"
#include "code/deep.h"

typedef enum mark { NO_MARK, OPENING, CLOSING, STRAIGHT } mark;

static mark mark_of(const qi_token *t) {
  if (qi_slice_eq_str(t->form, "\xE2\x80\x9C") || qi_slice_eq_str(t->form, "``")) return OPENING;
  if (qi_slice_eq_str(t->form, "\xE2\x80\x9D") || qi_slice_eq_str(t->form, "''")) return CLOSING;
  return qi_slice_eq_str(t->form, "\"") ? STRAIGHT : NO_MARK;
}

/* A verb of saying outside the marks, from the token on; in_quote: state at the first token. */
static bool find_speaker(const qi_view *v, bool open, qi_quote *q) {
  for (uint32_t i = 0; i < v->s->n_tokens; i++) {
    mark m = mark_of(&v->s->tokens[i]);
    if (m != NO_MARK) open = m == OPENING || (m == STRAIGHT && !open);
    if (open || !qi_is_verb(v, (int32_t)i) || !qi_attribution_saying(v, (int32_t)i)) continue;
    int32_t subject = qi_deep_subject(v, (int32_t)i);
    if (subject < 0) continue;
    *q = (qi_quote){true, (int32_t)v->s->index, subject, qi_xpos_is(v, (int32_t)i, "VBD")};
    return true;
  }
  return false;
}

typedef struct run { /* a quotation: from one mark to the other */
  uint32_t first, last;
  bool closed;
} run;

static void name_speaker(qi_quote *list, const qi_know *know, const qi_parsed *doc, const qi_mentions *mentions, const bool *open_at,
                         run r) {
  uint32_t where[3] = {r.last, r.first, r.first > 0 ? r.first - 1 : r.first};
  qi_quote found = {true, -1, QI_NO_TOKEN, false};
  for (int k = 0; k < 3 && found.sentence < 0; k++) {
    qi_view v = {know, doc, &doc->sentences[where[k]], mentions};
    find_speaker(&v, open_at[where[k]], &found);
  }
  for (uint32_t i = r.first; i <= r.last; i++)
    if (list[i].inside && list[i].sentence < 0) list[i] = found;
}

/* All words of the sentence lie between marks. *open: state, before and after. */
static bool all_inside(const qi_sentence *s, bool *open, bool *opened, bool *closed) {
  bool words = false, outside = false;
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    mark m = mark_of(&s->tokens[i]);
    if (m == OPENING || (m == STRAIGHT && !*open)) *open = *opened = true;
    else if (m != NO_MARK) {
      *closed |= *open;
      *open = false;
    } else if (s->tokens[i].upos != QI_PUNCT) {
      words = true;
      outside |= !*open;
    }
  }
  return words && !outside;
}

/* "Moscow:" at the head of a line of its own: a headline's way to say who says so. */
static bool find_headline(const qi_view *v, qi_quote *q) {
  enum { HEAD = 8 }; /* words of "Dutch defence minister in Kyiv:" */
  if (v->s->n_tokens > HEAD || !v->s->new_paragraph) return false;
  int32_t speaker = QI_NO_TOKEN;
  for (uint32_t i = 0; i < v->s->n_tokens; i++) {
    const qi_mention *m = qi_mention_at(v, (int32_t)i);
    if (v->s->tokens[i].upos == QI_VERB) return false;
    if (m && qi_attribution_speaks(m) && m->first == 0) speaker = (int32_t)i;
  }
  if (speaker < 0) return false;
  *q = (qi_quote){true, (int32_t)v->s->index, speaker, false};
  return true;
}

/* "The minister said:" and then a paragraph without marks. */
static void read_announced(qi_quote *list, const qi_know *know, const qi_parsed *doc, const qi_mentions *mentions, uint32_t i) {
  const qi_sentence *s = &doc->sentences[i];
  qi_view v = {know, doc, s, mentions};
  qi_quote found = {true, -1, QI_NO_TOKEN, false};
  if (s->n_tokens == 0 || !qi_slice_eq_str(s->tokens[s->n_tokens - 1].form, ":")) return;
  if (!find_speaker(&v, false, &found) && !find_headline(&v, &found)) return;
  for (uint32_t k = i + 1; k < doc->n_sentences && (k == i + 1 || !doc->sentences[k].new_paragraph); k++) {
    if (k > i + 1 && mark_of(&doc->sentences[k].tokens[0]) != NO_MARK) break;
    list[k] = found;
  }
}

bool qi_quotes_find(qi_quote **out, const qi_know *know, const qi_parsed *doc, const qi_mentions *mentions, qi_arena *arena) {
  qi_quote *list = QI_NEW_ARRAY(arena, qi_quote, doc->n_sentences);
  bool *open_at = QI_NEW_ARRAY(arena, bool, doc->n_sentences);
  if (!list || !open_at) return false;
  bool open = false;
  run r = {0, 0, false};
  for (uint32_t i = 0; i < doc->n_sentences; i++) {
    const qi_sentence *s = &doc->sentences[i];
    bool opened = false, closed = false;
    if (s->new_paragraph && open && s->n_tokens && mark_of(&s->tokens[0]) == STRAIGHT) open = false; /* a mark repeated */
    else if (s->new_paragraph && s->n_tokens && mark_of(&s->tokens[0]) == NO_MARK) open = false;
    bool before = open_at[i] = open;
    list[i] = (qi_quote){all_inside(s, &open, &opened, &closed), -1, QI_NO_TOKEN, false};
    if (!before) r.first = i;
    r.last = i;
    bool ends = !open || i + 1 == doc->n_sentences || doc->sentences[i + 1].new_paragraph;
    if ((before || opened) && ends) name_speaker(list, know, doc, mentions, open_at, r);
  }
  for (uint32_t i = 0; i + 1 < doc->n_sentences; i++)
    if (!list[i].inside) read_announced(list, know, doc, mentions, i);
  *out = list;
  return true;
}
