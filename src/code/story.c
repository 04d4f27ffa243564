/* code: sentences -> story or not, the byline and the dateline; the genre of the whole is genre.c's.
 *
 * Cue phrases (knowledge/story) say what a paragraph may be; its place decides: an author is described
 * at the start or the end, a notice may stand anywhere, the newspaper speaks of itself in the first and last paragraphs. What
 * begins as a notice, caption or sign-off is one to the end of its paragraph. Paragraphs are read from the last to the
 * first, so that three notices behind the author's biography do not push it into the middle.
 *
 * "* Jane Roe is a retired diplomat." in the last paragraph is a biography and so is the rest of that paragraph; in
 * mid-text it is story. */
#include "code/story.h"
#include "base/utf8.h"
#include "code/list_impl.h"
#include "know/cues.h"

#define LABEL_SENTENCES 4u /* how far from the start a label stands */
#define LAST_PARAGRAPHS 2u /* story behind what is told of the author */
#define HOUSE_PARAGRAPHS 3u
#define SHORT_PARAGRAPH 4u /* sentences: a notice in it makes all of it one */
#define CAPTION_SENTENCES 3u
#define BYLINE_TOKENS 8u
#define MAX_BYLINE 400u /* bytes */
#define MIN_QUESTIONS 5u /* of an interview */

const char *qi_not_story_name(qi_not_story why) {
  static const char *const NAMES[] = {"story", "about the author", "a notice", "a saying", "a caption", "a heading",
                                      "a sign-off", "a byline", "a dateline"};
  return NAMES[why];
}

const char *qi_genre_name(qi_genre genre) {
  static const char *const NAMES[] = {"unknown", "report", "opinion", "statement"};
  return NAMES[genre];
}

/* ---- a sentence ---- */

static bool has_verb(const qi_sentence *s) {
  for (uint32_t i = 0; i < s->n_tokens; i++)
    if (s->tokens[i].upos == QI_VERB || s->tokens[i].upos == QI_AUX) return true;
  return false;
}

static bool ends_with(const qi_sentence *s, const char *mark) {
  return s->n_tokens && qi_slice_eq_str(s->tokens[s->n_tokens - 1].form, mark);
}

bool qi_story_mark(const qi_token *t, bool *open) {
  bool opens = qi_slice_eq_str(t->form, "\xE2\x80\x9C") || qi_slice_eq_str(t->form, "``");
  bool closes = qi_slice_eq_str(t->form, "\xE2\x80\x9D") || qi_slice_eq_str(t->form, "''");
  bool straight = qi_slice_eq_str(t->form, "\"");
  if (opens || closes || straight) *open = opens || (straight && !*open);
  return opens || closes || straight;
}

static bool has_quote(const qi_sentence *s) {
  bool open = false;
  for (uint32_t i = 0; i < s->n_tokens; i++)
    if (qi_story_mark(&s->tokens[i], &open)) return true;
  return false;
}

static bool is_bullet(const qi_sentence *s) {
  if (!s->n_tokens) return false;
  qi_slice f = s->tokens[0].form;
  return qi_slice_eq_str(f, "\xE2\x80\xA2") || qi_slice_eq_str(f, "*") || qi_slice_eq_str(f, "\xC2\xB7");
}

static bool is_one_of(qi_slice form, const char *const *words) {
  for (; *words; words++)
    if (qi_slice_eq_nocase(form, qi_slice_str(*words))) return true;
  return false;
}

/* "You", "our", or an imperative. */
static bool speaks_to_reader(const qi_sentence *s) {
  static const char *const words[] = {"you", "your", "yours", "we", "our", "us", NULL};
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    const qi_token *t = &s->tokens[i];
    if (is_one_of(t->form, words) && !qi_slice_eq_str(t->form, "US")) return true;
    if (t->rel != QI_REL_ROOT || !qi_slice_eq_str(t->xpos, "VB")) continue;
    bool subject = false;
    for (uint32_t k = 0; k < i; k++) subject |= s->tokens[k].head == (int32_t)i && (s->tokens[k].rel == QI_REL_NSUBJ || s->tokens[k].rel == QI_REL_AUX);
    if (!subject) return true;
  }
  return false;
}

/* "press@example.org", "www.example.org". */
static bool has_address(const qi_sentence *s) {
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    qi_slice f = s->tokens[i].form;
    size_t at = qi_slice_find_char(f, '@');
    if (at != QI_NOT_FOUND && at > 0 && at + 1 < f.len) return true;
    if (qi_slice_starts(f, QI_SLICE("www.")) || qi_slice_starts(f, QI_SLICE("http"))) return true;
  }
  return false;
}

/* "ENDS", "###", "-30-": what follows is for the editors. */
static bool is_end_mark(const qi_parsed *doc, const qi_sentence *s) {
  qi_slice text = qi_slice_trim(qi_slice_sub(doc->text, s->start, s->end));
  while (text.len && strchr("-* ", text.ptr[0])) text = qi_slice_sub(text, 1, text.len);
  while (text.len && strchr("-* .", text.ptr[text.len - 1])) text.len--;
  return qi_slice_eq_str(text, "ENDS") || qi_slice_eq_str(text, "END") || qi_slice_eq_str(text, "###") || qi_slice_eq_str(text, "##") || qi_slice_eq_str(text, "30");
}

/* "Graphic:", "From our archives:", "Media contact:": a few words without verb, number or name before a colon. */
static bool has_label(const qi_sentence *s) {
  enum { LABEL_TOKENS = 5 };
  uint32_t i = 0;
  while (i < s->n_tokens && s->tokens[i].upos == QI_PUNCT && !qi_slice_eq_str(s->tokens[i].form, ":")) i++;
  uint32_t first = i;
  for (; i < s->n_tokens && i < first + LABEL_TOKENS; i++) {
    const qi_token *t = &s->tokens[i];
    if (qi_slice_eq_str(t->form, ":")) return i > first && i + 1 < s->n_tokens;
    bool other = t->upos == QI_VERB || t->upos == QI_AUX || t->upos == QI_NUM || t->upos == QI_ADV || t->ner != QI_NER_NONE;
    bool begins = i == first && (t->upos == QI_DET || t->upos == QI_PRON || t->upos == QI_ADP || t->upos == QI_PART || t->upos == QI_SCONJ);
    if ((other && i > first) || t->ner != QI_NER_NONE || t->upos == QI_NUM || begins) return false;
  }
  return false;
}

static bool is_person(const qi_sentence *s, uint32_t i) { return i < s->n_tokens && s->tokens[i].ner == QI_NER_PER; }

/* ---- the document ---- */

typedef struct reader {
  const qi_know *know;
  const qi_parsed *doc;
  const qi_header *header;
  unsigned *cues; /* [n_sentences] */
  qi_story *out;
  bool interview; /* question upon question: "you" and "we" are who talks */
} reader;

/* "- Sign the treaty", "(2)", "Rule three:": a point of a list speaks to nobody. */
static bool is_point(const reader *r, const qi_sentence *s) {
  qi_list_state none = {.doc = r->doc, .story = r->out};
  qi_marker m;
  return s->n_tokens && (qi_list_bullet(&m, s) || (qi_list_marker(&m, &none, s, qi_list_first_word(s)) && !m.near));
}

static uint32_t offset(const reader *r, qi_slice part) { return (uint32_t)(part.ptr - r->doc->text.ptr); }

static bool lies_in(const reader *r, const qi_sentence *s, qi_slice line) {
  return line.len && s->start >= offset(r, line) && s->end <= offset(r, line) + line.len;
}

static bool is_title(const reader *r, const qi_sentence *s) { return lies_in(r, s, r->header->title); }

/* Does the sentence begin with one of the names of the byline, or "Ms. Doe" for Jane Doe? */
static bool begins_with_byline(const reader *r, const qi_sentence *s) {
  static const char *const address[] = {"Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Professor", "Mr", "Ms", "Mrs", "Dr", "Father", NULL};
  uint32_t at = 0;
  while (at < s->n_tokens && s->tokens[at].upos == QI_PUNCT) at++;
  bool addressed = at + 1 < s->n_tokens && is_one_of(s->tokens[at].form, address);
  if (addressed) at++;
  if (at >= s->n_tokens || r->out->byline.len < 3 || r->out->byline.len > MAX_BYLINE) return false;
  qi_slice text = qi_slice_sub(r->doc->text, s->tokens[at].start, s->end), rest = r->out->byline, first = {0}, word;
  size_t n = 0;
  while (qi_slice_word(&rest, &word)) { /* names apart by "and" or commas */
    bool joins = qi_slice_eq_str(word, "and"), last = word.ptr[word.len - 1] == ',';
    if (joins) {
      n = 0;
      continue;
    }
    if (last) word.len--;
    if (n++ == 0) first = word;
    qi_slice name = qi_slice_of(first.ptr, (size_t)(word.ptr + word.len - first.ptr));
    if (n > 1 && qi_slice_starts(text, name)) return true;
    if (n > 1 && addressed && qi_slice_starts(text, word)) return true;
    if (last) n = 0;
  }
  return false;
}

/* Told of an author: a name or "the writer", and what a biography says. */
static bool tells_of_author(const reader *r, const qi_sentence *s) {
  if (begins_with_byline(r, s) && has_verb(s)) return true;
  unsigned cues = r->cues[s->index];
  if (cues & QI_CUE_AT_START(QI_CUE_BIOGRAPHY)) return true;
  if (!(cues & QI_CUE(QI_CUE_BIOGRAPHY))) return false;
  static const char *const others[] = {"he", "she", "the", "his", "her", "opinions", "views", NULL};
  uint32_t at = 0;
  while (at < s->n_tokens && s->tokens[at].upos == QI_PUNCT) at++;
  return is_bullet(s) || is_person(s, at) || is_person(s, at + 1) || (at < s->n_tokens && is_one_of(s->tokens[at].form, others));
}

/* "Jane Roe covers the courts": somebody whom the story has not named. present: only in the present tense. */
static bool is_stranger(const reader *r, const qi_sentence *s, bool present) {
  uint32_t at = 0, end;
  while (at < s->n_tokens && s->tokens[at].upos == QI_PUNCT) at++;
  for (end = at; is_person(s, end);) end++;
  if (end < at + 2 || end >= s->n_tokens || !(s->tokens[end].upos == QI_VERB || s->tokens[end].upos == QI_AUX || qi_slice_eq_str(s->tokens[end].form, ","))) return false;
  present = !present;
  for (uint32_t i = end; i < s->n_tokens; i++) present |= s->tokens[i].rel == QI_REL_ROOT && qi_slice_eq_str(s->tokens[i].xpos, "VBZ");
  for (uint32_t i = end; i < s->n_tokens; i++) present |= s->tokens[i].rel == QI_REL_COP && qi_slice_eq_str(s->tokens[i].xpos, "VBZ");
  return present && qi_slice_find(qi_slice_sub(r->doc->text, 0, s->start), s->tokens[end - 1].form) == QI_NOT_FOUND;
}

/* ---- a paragraph ---- */

typedef struct paragraph {
  uint32_t first, n;      /* sentences */
  uint32_t before, after; /* paragraphs of story */
} paragraph;

static bool is_house_notice(const reader *r, const paragraph *p) {
  bool house = false;
  if (r->interview || p->n > SHORT_PARAGRAPH || (p->after > HOUSE_PARAGRAPHS && p->before > 1) || is_point(r, &r->doc->sentences[p->first])) return false;
  for (uint32_t i = p->first; i < p->first + p->n; i++) {
    const qi_sentence *s = &r->doc->sentences[i];
    if (has_quote(s)) return false;
    house |= (r->cues[i] & QI_CUE(QI_CUE_HOUSE)) && speaks_to_reader(s);
  }
  return house;
}

/* "The plan has two parts. || Money: ... || Arms: ...", "Item: ... || Item: ..." */
static bool is_labelled_list(const reader *r, const paragraph *p) {
  const qi_sentence *list = r->doc->sentences, *head = &list[p->first];
  uint32_t k = p->first;
  uint32_t run = 1; /* three labels and more are a list in any case */
  while (k > 0) { /* up to the paragraph above all labels */
    uint32_t first = k - 1;
    while (first > 0 && !list[first].new_paragraph) first--;
    if (!has_label(&list[first])) break;
    if (qi_slice_eq(list[first].tokens[0].form, head->tokens[0].form)) return true;
    k = first;
    if (++run > 2) return true;
  }
  const qi_sentence *next = p->first + p->n < r->doc->n_sentences ? head + p->n : NULL;
  if (next && next->n_tokens && has_label(next) && qi_slice_eq(next->tokens[0].form, head->tokens[0].form)) return true;
  uint32_t count, noun;
  return k > 0 && (ends_with(&list[k - 1], ":") || qi_list_announces(r->out, &list[k - 1], &count, &noun));
}

/* In a report, which speaks to nobody and of no "us"; else under a label that is the only one, or with an address. */
static bool is_aside(const reader *r, const paragraph *p, bool report) {
  const qi_sentence *head = &r->doc->sentences[p->first];
  if (r->interview || p->n > CAPTION_SENTENCES || p->after > LAST_PARAGRAPHS || is_point(r, head)) return false;
  bool label = has_label(head) && !is_labelled_list(r, p), speaks = false;
  for (uint32_t i = p->first; i < p->first + p->n; i++) {
    const qi_sentence *s = &r->doc->sentences[i];
    if (has_quote(s)) return false;
    speaks |= speaks_to_reader(s);
    if (has_address(s)) return true;
  }
  return label || (speaks && report);
}

static bool any_cue(const reader *r, const paragraph *p, unsigned cue) {
  for (uint32_t i = p->first; i < p->first + p->n; i++)
    if (r->cues[i] & cue) return true;
  return false;
}

/* What all of the paragraph is. */
static uint8_t judge_paragraph(const reader *r, const paragraph *p) {
  const qi_sentence *s = &r->doc->sentences[p->first];
  unsigned head = r->cues[p->first];
  bool at_end = p->after <= LAST_PARAGRAPHS, is_short = p->n <= SHORT_PARAGRAPH;
  if (is_title(r, s)) return QI_STORY;
  if (head & QI_CUE_AT_START(QI_CUE_CAPTION)) return QI_CAPTION;
  if (head & QI_CUE_AT_START(QI_CUE_NOTICE)) return QI_NOTICE;
  if (p->n <= CAPTION_SENTENCES && any_cue(r, p, QI_CUE(QI_CUE_CAPTION))) return QI_CAPTION;
  if ((head & QI_CUE_AT_START(QI_CUE_SIGNOFF)) && is_short && (p->after <= HOUSE_PARAGRAPHS || !has_verb(s))) return QI_SIGNOFF;
  if (p->n <= CAPTION_SENTENCES && at_end && any_cue(r, p, QI_CUE(QI_CUE_SIGNOFF))) return QI_SIGNOFF;
  if ((at_end || p->before <= 2) && s->index > 0 && tells_of_author(r, s) && (at_end || begins_with_byline(r, s))) return QI_BIOGRAPHY;
  if (at_end && p->n <= CAPTION_SENTENCES && !r->header->dateline.run_in && is_stranger(r, s, true)) return QI_BIOGRAPHY;
  if (is_short && (at_end || p->before == 0) && any_cue(r, p, QI_CUE(QI_CUE_NOTICE))) return QI_NOTICE;
  return is_house_notice(r, p) || is_aside(r, p, false) ? QI_NOTICE : QI_STORY;
}

/* Does the story end with that paragraph? A sign-off, an end mark, the author by name. */
static bool ends_story(const reader *r, const paragraph *p, uint8_t is) {
  const qi_sentence *s = &r->doc->sentences[p->first];
  if (p->after > LAST_PARAGRAPHS || !p->before) return false;
  return is == QI_SIGNOFF || (is == QI_BIOGRAPHY && begins_with_byline(r, s)) || (p->n == 1 && is_end_mark(r->doc, s));
}

/* What a sentence of a paragraph that is story is. */
static uint8_t judge_sentence(const reader *r, const qi_sentence *s, bool last_two) {
  unsigned cues = r->cues[s->index];
  if (is_title(r, s)) return QI_STORY;
  if (cues & QI_CUE(QI_CUE_NOTICE) && !(cues & QI_CUE_AT_START(QI_CUE_NOTICE) && !s->new_paragraph)) return QI_NOTICE;
  if (cues & QI_CUE_AT_START(QI_CUE_CAPTION)) return QI_CAPTION;
  if ((cues & QI_CUE(QI_CUE_PROVERB)) && (has_quote(s) || ends_with(s, ":"))) return QI_PROVERB;
  if (last_two && s->index > 2 && (s->new_paragraph || is_bullet(s) || begins_with_byline(r, s)) && tells_of_author(r, s)) return QI_BIOGRAPHY;
  unsigned labels = QI_CUE(QI_CUE_OPINION) | QI_CUE(QI_CUE_STATEMENT);
  if (!has_verb(s) && s->n_tokens <= 6 && (ends_with(s, ":") || (cues & labels))) return QI_HEADING;
  return QI_STORY;
}

static void judge_all(reader *r) {
  const qi_sentence *list = r->doc->sentences;
  uint8_t *is = r->out->sentences;
  uint32_t n = r->doc->n_sentences, n_paragraphs = 0, after = 0;
  uint32_t questions = 0;
  for (uint32_t i = 0; i < n; i++) n_paragraphs += i == 0 || list[i].new_paragraph, questions += ends_with(&list[i], "?");
  r->interview = questions >= MIN_QUESTIONS && 8 * questions > n;
  for (uint32_t end = n; end > 0;) {
    uint32_t first = end - 1;
    while (first > 0 && !list[first].new_paragraph) first--;
    n_paragraphs--;
    paragraph p = {first, end - first, n_paragraphs, after};
    uint8_t all = judge_paragraph(r, &p), rest = QI_STORY;
    for (uint32_t i = first; i < end; i++) {
      if (is[i] != QI_STORY) continue; /* byline, dateline */
      is[i] = all != QI_STORY ? all : rest != QI_STORY ? rest : judge_sentence(r, &list[i], i + 2 >= n);
      if (is[i] == QI_BIOGRAPHY) rest = QI_BIOGRAPHY;
    }
    for (uint32_t i = end; i < n && ends_story(r, &p, all); i++)
      if (is[i] == QI_STORY) is[i] = QI_NOTICE;
    after += all == QI_STORY && is[first] == QI_STORY;
    end = first;
  }
  for (uint32_t i = 0; i < n && r->header->title.len && list[i].end <= offset(r, r->header->title); i++)
    if (is[i] == QI_STORY) is[i] = QI_HEADING; /* above the headline */
  for (uint32_t i = 1; i < n; i++) /* "They have a saying:" and then the saying */
    if (is[i - 1] == QI_PROVERB && ends_with(&list[i - 1], ":")) is[i] = QI_PROVERB;
}

/* Once the genre is known: the last paragraphs of a report, and who is named at the end of an opinion piece for the first time. */
static void judge_asides(reader *r) {
  const qi_sentence *list = r->doc->sentences;
  uint8_t *is = r->out->sentences;
  uint32_t after = 0;
  for (uint32_t end = r->doc->n_sentences; end > 0 && after <= LAST_PARAGRAPHS;) {
    uint32_t first = end - 1;
    while (first > 0 && !list[first].new_paragraph) first--;
    paragraph p = {first, end - first, 1, after};
    bool report = r->out->genre == QI_GENRE_REPORT, free = is[first] == QI_STORY && first > 1 && !is_title(r, &list[first]);
    bool aside = free && report && is_aside(r, &p, true);
    bool author = free && r->out->genre == QI_GENRE_OPINION && after == 0 && p.n <= CAPTION_SENTENCES && is_stranger(r, &list[first], false);
    for (uint32_t i = first; (aside || author) && i < end; i++) is[i] = aside ? QI_NOTICE : QI_BIOGRAPHY;
    after += is[first] == QI_STORY;
    end = first;
  }
}

/* ---- bylines and datelines ---- */

static void set_byline(reader *r, uint32_t start, uint32_t end) {
  r->out->byline = qi_slice_sub(r->doc->text, start, end);
  r->out->byline_span = (quid_span){start, end};
}

/* A paragraph that is somebody's name, or begins with one and goes on with a place or post ("Father Jan Roe, Leon"). */
static bool is_name_line(reader *r, uint32_t i, bool alone) {
  const qi_sentence *s = &r->doc->sentences[i];
  bool closed = i + 1 == r->doc->n_sentences || r->doc->sentences[i + 1].new_paragraph;
  uint32_t first = 0;
  if (!s->new_paragraph || !closed || s->n_tokens < 2 || s->n_tokens > BYLINE_TOKENS || ends_with(s, ".") || has_verb(s) || is_title(r, s)) return false;
  while (first < 2 && !is_person(s, first)) first++;
  uint32_t end = first;
  while (is_person(s, end)) end++;
  static const char *const address[] = {"Father", "Dr.", "Prof.", "Professor", "Rev.", "Sir", NULL};
  if (end > first + 2 && is_one_of(s->tokens[first].form, address)) first++;
  if (end < first + 2 || end > first + 5 || (alone && (first > 1 || end < s->n_tokens))) return false;
  if (end < s->n_tokens && !qi_slice_eq_str(s->tokens[end].form, ",")) return false;
  set_byline(r, s->tokens[first].start, s->tokens[end - 1].end);
  return true;
}

/* A byline without "By": a name below the headline, or under a letter. */
static void find_name_line(reader *r) {
  uint32_t n = r->doc->n_sentences, last = n;
  for (uint32_t i = 1; i < n && i < LABEL_SENTENCES && r->header->title.len; i++)
    if (is_name_line(r, i, true)) {
      r->out->sentences[i] = QI_BYLINE;
      return;
    }
  while (last > LABEL_SENTENCES && (r->cues[last - 1] & QI_CUE(QI_CUE_NOTICE))) last--;
  if (last > LABEL_SENTENCES && is_name_line(r, last - 1, false)) r->out->sentences[last - 1] = QI_BYLINE;
}

static void find_byline(reader *r, const char *given) {
  qi_slice name = qi_slice_str(given);
  r->out->byline = name;
  if (r->header->byline.len && !(name.len && !qi_slice_eq(name, r->header->byline)))
    set_byline(r, offset(r, r->header->byline), offset(r, r->header->byline) + (uint32_t)r->header->byline.len);
  for (uint32_t i = 0; i < r->doc->n_sentences && i < 2 * LABEL_SENTENCES; i++)
    if (lies_in(r, &r->doc->sentences[i], r->header->byline_line)) r->out->sentences[i] = QI_BYLINE;
  if (!r->out->byline.len) find_name_line(r);
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

/* "SEOUL, Oct. 31 (Agency) -" at the head of one of the first sentences, where it was not cut off before. */
static void find_dateline_inside(qi_story *out, const qi_parsed *doc) {
  enum { DATELINE_TOKENS = 14 };
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

/* Is "Moscow" behind the byline a place, and not an agency? */
static bool is_place(const reader *r, qi_slice words) {
  uint32_t start = offset(r, words), n = 0;
  for (uint32_t k = 0; k < r->doc->n_sentences && k < 2 * LABEL_SENTENCES; k++) {
    const qi_sentence *s = &r->doc->sentences[k];
    for (uint32_t i = 0; i < s->n_tokens; i++) {
      if (s->tokens[i].start < start || s->tokens[i].end > start + words.len || s->tokens[i].upos == QI_PUNCT) continue;
      if (s->tokens[i].ner != QI_NER_LOC) return false;
      n++;
    }
  }
  return n > 0;
}

static void find_dateline(reader *r) {
  const qi_header *h = r->header;
  r->out->place = h->dateline.place;
  for (uint32_t i = 0; i < r->doc->n_sentences && i < 2 * LABEL_SENTENCES; i++) {
    const qi_sentence *s = &r->doc->sentences[i];
    if (!lies_in(r, s, h->dateline_line)) continue;
    r->out->sentences[i] = QI_DATELINE;
    if (h->dateline.run_in) r->out->dateline = (int32_t)i, r->out->dateline_end = s->end;
  }
  if (r->out->dateline < 0) find_dateline_inside(r->out, r->doc);
  if (!h->dateline.place.len && h->beside_byline.len && is_place(r, h->beside_byline)) r->out->place = h->beside_byline;
}

bool qi_story_find(qi_story *out, const qi_know *know, const qi_parsed *doc, const qi_header *header, const char *byline,
                   qi_arena *arena) {
  *out = (qi_story){.dateline = -1};
  qi_header own = {.day = QI_DAY_NONE};
  if (!header) own = qi_header_read(doc->text, "", "", "");
  reader r = {.know = know, .doc = doc, .header = header ? header : &own, .out = out};
  out->sentences = qi_arena_zalloc(arena, (size_t)doc->n_sentences + 1);
  r.cues = QI_NEW_ARRAY(arena, unsigned, (size_t)doc->n_sentences + 1);
  if (!out->sentences || !r.cues) return false;
  unsigned labels = 0;
  for (uint32_t k = 0; k < doc->n_sentences; k++) {
    const qi_sentence *s = &doc->sentences[k];
    qi_slice folded = qi_utf8_fold(arena, qi_slice_sub(doc->text, s->start, s->end));
    if (!folded.ptr) return false;
    r.cues[k] = qi_cues_find(know->cues, folded);
    if (k < LABEL_SENTENCES) labels |= r.cues[k];
  }
  out->cues = r.cues;
  if (r.header->title.len) out->title = (quid_span){offset(&r, r.header->title), offset(&r, r.header->title) + (uint32_t)r.header->title.len};
  find_byline(&r, byline);
  find_dateline(&r);
  judge_all(&r);
  out->genre = qi_genre_find(out, know, doc, r.header, labels);
  if (out->genre == QI_GENRE_REPORT || out->genre == QI_GENRE_OPINION) judge_asides(&r);
  return true;
}
