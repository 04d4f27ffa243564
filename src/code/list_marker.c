/* code: the words that number points. A sentence -> the marker at its head, or inside it.
 *
 * "The second, to quit the treaty, would ..." -> nominal, 2. "The second visit by" -> none: an ordinal before a noun
 * counts only where that noun was announced ("two demands ... The second demand was refused"). */
#include "code/list_impl.h"
#include "know/cues.h"

#define ANNOUNCED_BACK 6u /* sentences */

/* ---- words ---- */

static bool is(const qi_sentence *s, uint32_t i, const char *word) {
  return i < s->n_tokens && qi_slice_eq_nocase(s->tokens[i].form, qi_slice_str(word));
}

static uint32_t index_in(const qi_sentence *s, uint32_t i, const char *const *words) {
  for (uint32_t n = 0; words[n]; n++)
    if (is(s, i, words[n])) return n + 1;
  return 0;
}

/* "first", "secondly": 1, 2 ...; 0 none. */
static uint32_t ordinal_at(const qi_sentence *s, uint32_t i) {
  static const char *const plain[] = {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", NULL};
  static const char *const adverbs[] = {"firstly", "secondly", "thirdly", "fourthly", "fifthly", "sixthly", "seventhly", NULL};
  uint32_t n = index_in(s, i, plain);
  return n ? n : index_in(s, i, adverbs);
}

/* "one", "2": 0 none. */
static uint32_t cardinal_at(const qi_sentence *s, uint32_t i) {
  static const char *const words[] = {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", NULL};
  uint32_t n = index_in(s, i, words);
  if (n || i >= s->n_tokens) return n;
  qi_slice f = s->tokens[i].form;
  if (f.len && f.ptr[f.len - 1] == '.') f.len--;
  long value = 0;
  return qi_slice_to_long(f, &value) && value > 0 && value < 100 ? (uint32_t)value : 0;
}

static bool is_dash(const qi_sentence *s, uint32_t i) {
  static const char *const dashes[] = {"-", "--", "\xE2\x80\x93", "\xE2\x80\x94", NULL};
  return index_in(s, i, dashes);
}

static bool is_comma(const qi_sentence *s, uint32_t i) { return is(s, i, ",") || is(s, i, ":") || is_dash(s, i); }

static bool is_be(const qi_sentence *s, uint32_t i) { return i < s->n_tokens && s->tokens[i].upos == QI_AUX; }

static bool is_verbal(const qi_sentence *s, uint32_t i) { return i < s->n_tokens && (s->tokens[i].upos == QI_VERB || s->tokens[i].upos == QI_AUX); }

static bool is_noun(const qi_sentence *s, uint32_t i) { return i < s->n_tokens && s->tokens[i].upos == QI_NOUN; }

static bool set(qi_marker *m, qi_marker_family f, uint32_t number, uint32_t first, uint32_t last) {
  m->family = f, m->number = number, m->first = first, m->last_token = last;
  m->last = m->near = m->inside = false;
  return true;
}

/* ---- what the points are announced as ---- */

static bool is_plural(const qi_token *t) { return t->upos == QI_NOUN && qi_slice_eq_str(t->xpos, "NNS"); }

bool qi_list_announces(const qi_story *story, const qi_sentence *s, uint32_t *count, uint32_t *noun) {
  static const char *const vague[] = {"several", "following", "various", "these", NULL};
  if (!(story->cues[s->index] & QI_CUE(QI_CUE_POINTS)) || is(s, s->n_tokens - 1, "?")) return false;
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    if (!is_plural(&s->tokens[i])) continue;
    for (uint32_t k = i; k-- > 0 && k + 3 >= i;) {
      uint32_t n = cardinal_at(s, k);
      bool known = k > 0 && (is(s, k - 1, "the") || is(s, k - 1, "those") || is(s, k - 1, "both")) && !is(s, 0, "here") && !qi_list_colon(s);
      if ((n > 1 || index_in(s, k, vague)) && !known) { /* "the two fields" were spoken of before */
        *count = n, *noun = i;
        return true;
      }
      if (s->tokens[k].upos != QI_ADJ && s->tokens[k].upos != QI_NOUN && s->tokens[k].upos != QI_ADV) break;
    }
  }
  return false;
}

/* Has one of the last sentences spoken of several of what the noun names ("two dangers", "the demands")? */
static bool was_announced(const qi_list_state *x, const qi_sentence *s, uint32_t noun) {
  if (!is_noun(s, noun)) return false;
  for (uint32_t k = s->index, n = 0; k-- > 0 && n < ANNOUNCED_BACK; n++) {
    const qi_sentence *before = &x->doc->sentences[k];
    for (uint32_t i = 0; i < before->n_tokens; i++) {
      if (!is_plural(&before->tokens[i]) || !qi_slice_eq_nocase(before->tokens[i].lemma, s->tokens[noun].lemma)) continue;
      for (uint32_t c = i > 3 ? i - 3 : 0; c < i; c++)
        if (cardinal_at(before, c) > 1) return true;
      if (n < 2 || (x->story->cues[k] & QI_CUE(QI_CUE_POINTS))) return true;
    }
  }
  return false;
}

/* Have points been announced in the last sentences? */
static bool points_near(const qi_list_state *x, const qi_sentence *s) {
  enum { BACK = 4 };
  uint32_t count, noun;
  for (uint32_t k = s->index, n = 0; k-- > 0 && n < BACK; n++)
    if (qi_list_announces(x->story, &x->doc->sentences[k], &count, &noun)) return true;
  return false;
}

/* ---- at the head of a sentence ---- */

static bool read_adverb(qi_marker *m, const qi_sentence *s, uint32_t i) {
  static const char *const lasts[] = {"finally", "lastly", "last", NULL};
  uint32_t n = ordinal_at(s, i), end = i + 1;
  if (is(s, end, "and")) { /* "and foremost,", "and more important," */
    for (uint32_t k = end; k < end + 4; k++)
      if (is_comma(s, k + 1)) {
        end = k + 1;
        break;
      }
  } else if (is(s, end, "of") && is(s, end + 1, "all")) {
    end += 2;
  } else if (is(s, end, "on") && is(s, end + 1, "the") && is(s, end + 2, "list")) {
    end += 3;
  }
  bool adverb = i < s->n_tokens && s->tokens[i].form.len > 4 && qi_slice_ends(s->tokens[i].form, QI_SLICE("ly"));
  bool stops = is_comma(s, end) || is(s, end, ".") || is_verbal(s, end) || is(s, end, "there") || is(s, end, "among");
  if (n) return (stops || adverb) && set(m, QI_MARK_ADVERBS, n, i, i);
  if (!index_in(s, i, lasts) || !(stops || (adverb && !is(s, i + 1, "and")))) return false;
  set(m, QI_MARK_ADVERBS, 0, i, i);
  return m->last = true;
}

/* "For one thing,", "For another,", "To begin with,", "Start with", "In the second place,", "On the other hand,". */
static bool read_phrase(qi_marker *m, const qi_list_state *x, const qi_sentence *s, uint32_t i) {
  static const char *const under[] = {"in", "under", "with", "by", "on", "through", "at", "for", "from", "after", "to", "during", NULL};
  if (index_in(s, i, under) && is(s, i + 1, "the") && ordinal_at(s, i + 2)) { /* "In the first, ..." of two scenarios */
    uint32_t end = i + 3 + (is_noun(s, i + 3) && (was_announced(x, s, i + 3) || is(s, i + 3, "case") || is(s, i + 3, "place")));
    if (is(s, end, ",") && (end > i + 3 || points_near(x, s))) return set(m, QI_MARK_NOMINALS, ordinal_at(s, i + 2), i, i + 2);
  }
  uint32_t on_list = is(s, i, "at") ? 2 : is(s, i, "next") || is(s, i, "top") || is(s, i, "high") || is(s, i, "last") ? 0 : 9;
  for (uint32_t k = i + on_list; on_list < 9 && k < i + 5; k++)
    if ((is(s, k, "list") || is(s, k, "agenda")) && is_verbal(s, k + 1)) {
      bool first = is(s, i + on_list, "top");
      set(m, QI_MARK_ADVERBS, first, i, k);
      m->last = is(s, i, "last") || is(s, i + 2, "bottom");
      return true;
    }
  if (is(s, i, "for") && (is(s, i + 1, "one") || is(s, i + 1, "another") || is(s, i + 1, "starters") || (is(s, i + 1, "a") && is(s, i + 2, "start")))) {
    uint32_t end = i + 2 + (is(s, i + 2, "thing") || is(s, i + 2, "start"));
    return is_comma(s, end) && set(m, QI_MARK_ADVERBS, !is(s, i + 1, "another"), i, end - 1);
  }
  bool to = is(s, i, "to");
  if ((is(s, i + to, "begin") || is(s, i + to, "start")) && (is(s, i + to + 1, "with") || (to && is_comma(s, i + 2))))
    return set(m, QI_MARK_ADVERBS, 1, i, i + to + is(s, i + to + 1, "with"));
  if (is(s, i, "in") && is(s, i + 1, "the") && ordinal_at(s, i + 2) && is(s, i + 3, "place"))
    return set(m, QI_MARK_ADVERBS, ordinal_at(s, i + 2), i, i + 3);
  if (is(s, i, "on") && is(s, i + 1, "the") && is(s, i + 2, "one") && is(s, i + 3, "hand")) return set(m, QI_MARK_ADVERBS, 1, i, i + 3);
  if (is(s, i, "on") && is(s, i + 1, "the") && is(s, i + 2, "other"))
    return (is(s, i + 3, "hand") || is_comma(s, i + 3)) && set(m, QI_MARK_ADVERBS, 0, i, i + 2 + is(s, i + 3, "hand"));
  return false;
}

/* "Then there is", "Next comes", "Moreover,", "What is more,", "As for Iran,": they carry on what stands right before them. */
static bool read_further(qi_marker *m, const qi_sentence *s, uint32_t i) {
  static const char *const with_comma[] = {"next", "moreover", "furthermore", "besides", "also", "likewise", "then", "similarly", NULL};
  static const char *const come[] = {"is", "are", "was", "were", "comes", "come", "came", "there", NULL};
  bool found = (index_in(s, i, with_comma) && is_comma(s, i + 1)) ||
               ((is(s, i, "then") || is(s, i, "next")) && index_in(s, i + 1, come)) || (is(s, i, "what") && is(s, i + 1, "is") && is(s, i + 2, "more")) ||
               (is(s, i, "in") && is(s, i + 1, "addition") && is_comma(s, i + 2)) || (is(s, i, "as") && (is(s, i + 1, "for") || is(s, i + 1, "to"))) ||
               ((is(s, i, "above") || is(s, i, "worst") || is(s, i, "most")) && (is(s, i + 1, "all") || (is(s, i + 1, "of") && is(s, i + 2, "all"))));
  found |= (is(s, i, "after") && is(s, i + 1, "that") && is_comma(s, i + 2)) || (is(s, i, "and") && is(s, i + 1, "then"));
  bool end = is(s, i, "in") && is(s, i + 1, "the") && is(s, i + 2, "end");
  if (!found && !end) return false;
  set(m, QI_MARK_ADVERBS, 0, i, end ? i + 2 : i + !is_comma(s, i + 1));
  return m->near = true;
}

static bool is_owner(const qi_sentence *s, uint32_t i) {
  static const char *const words[] = {"the", "a", "an", "my", "our", "his", "her", "its", "their", "your", NULL};
  return index_in(s, i, words);
}

/* "The first is", "The second, to quit,", "A third reason was", "One is", "Another would be", "The third and last is", "One of
 * them": not "The first visit by", unless visits were announced. */
static bool read_nominal(qi_marker *m, const qi_list_state *x, const qi_sentence *s, uint32_t i) {
  static const char *const lasts[] = {"last", "final", NULL};
  uint32_t at = i, number = 0;
  for (uint32_t k = i + 1; k < i + 4 && !is_owner(s, i + 1); k++) /* "The president's first mistake was" */
    if ((is(s, k, "'s") || is(s, k, "\xE2\x80\x99s") || is(s, k, "'")) && ordinal_at(s, k + 1)) {
      i = at = k;
      break;
    }
  bool last = false, owner = is_owner(s, i) || is(s, i, "'s") || is(s, i, "\xE2\x80\x99s") || is(s, i, "'");
  if (owner) {
    at++;
    number = ordinal_at(s, at);
    last = !number && index_in(s, at, lasts);
    bool the = is(s, i, "the"), next = is(s, at, "next") || is(s, at, "further") || (the && (is(s, at, "other") || is(s, at, "latter")));
    if (the && (is(s, at, "one") || is(s, at, "former")) && is_verbal(s, at + 1)) number = 1;
    if (!number && !last && !next) return false;
  } else if (is(s, i, "one")) {
    number = 1;
    if (is_verbal(s, i + 1) && !is_be(s, i + 1) && !points_near(x, s)) return set(m, QI_MARK_NOMINALS, 1, i, i);
  } else if (!is(s, i, "another") && !is(s, i, "yet")) {
    return false;
  }
  at += is(s, i, "yet") && is(s, i + 1, "another");
  uint32_t end = at + 1;
  if (is(s, end, "and") && (index_in(s, end + 1, lasts) || is(s, end + 1, "most"))) { /* "and last", "and most dangerous" */
    last |= index_in(s, end + 1, lasts) > 0;
    end += 2;
  }
  while (end < s->n_tokens && s->tokens[end].upos == QI_ADJ) end++;
  if (is(s, end, "one")) end++;
  bool noun = false, known = false;
  for (; is_noun(s, end); end++) noun = true, known |= was_announced(x, s, end);
  bool of_them = is(s, end, "of") && (is(s, end + 1, "these") || is(s, end + 1, "them") || is(s, end + 1, "those") || (is(s, end + 1, "the") && cardinal_at(s, end + 2) > 1));
  if (of_them) {
    known = true;
    end += 2;
    while (is_noun(s, end) || cardinal_at(s, end)) end++;
  }
  bool goes_on = is_be(s, end) || is(s, end, ":") || known || (!noun && owner && (is_comma(s, end) || is_verbal(s, end)));
  if (!goes_on) return false;
  set(m, QI_MARK_NOMINALS, number, i, at);
  m->last = last;
  return true;
}

static uint32_t roman(qi_slice f) {
  static const char *const numbers[] = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", NULL};
  for (uint32_t n = 0; numbers[n]; n++)
    if (qi_slice_eq_nocase(f, qi_slice_str(numbers[n]))) return n + 1;
  return 0;
}

/* "(1)", "1.", "2)", "(b)", "iii)", "4:": in one token or several. inside: only with a bracket. */
static bool read_number(qi_marker *m, const qi_list_state *x, const qi_sentence *s, uint32_t i, bool inside) {
  uint32_t at = i, end;
  bool opened = is(s, at, "(") || is(s, at, "#");
  at += opened;
  if (at >= s->n_tokens) return false;
  qi_slice f = s->tokens[at].form;
  bool joined = f.len > 1 && (f.ptr[f.len - 1] == ')' || f.ptr[f.len - 1] == '.');
  bool closes = (joined && f.ptr[f.len - 1] == ')') || is(s, at + 1, ")");
  if (joined) f.len--, end = at;
  else end = at + 1;
  if (f.len > 1 && (f.ptr[0] == '(' || f.ptr[0] == '#')) f = qi_slice_sub(f, 1, f.len);
  bool starts = s->new_paragraph && !inside;
  if (!joined && !is(s, end, ")") && !is(s, end, ".") && !(starts && is_comma(s, end))) return false;
  if (inside && !closes) return false;
  long value;
  if (qi_slice_to_long(f, &value)) return value > 0 && value < 100 && set(m, QI_MARK_NUMERALS, (uint32_t)value, i, end);
  if (!closes && !(starts && (joined || is(s, end, ".")))) return false; /* "A." may be anybody */
  uint32_t letter = f.len == 1 && (f.ptr[0] | 32) >= 'a' && (f.ptr[0] | 32) <= 'z' ? (uint32_t)((f.ptr[0] | 32) - 'a') + 1 : 0;
  if (letter && x->open[QI_MARK_LETTERS].on && x->open[QI_MARK_LETTERS].n + 1 == letter) return set(m, QI_MARK_LETTERS, letter, i, end);
  if (roman(f)) return set(m, QI_MARK_ROMANS, roman(f), i, end);
  return letter && set(m, QI_MARK_LETTERS, letter, i, end);
}

bool qi_list_bullet(qi_marker *m, const qi_sentence *s) {
  static const char *const bullets[] = {"\xE2\x80\xA2", "*", "\xC2\xB7", "\xE2\x96\xAA", "\xE2\x97\x8F", "\xE2\x80\xA3", "\xE2\x86\x92",
                                        "\xE2\x96\xBA", "\xE2\x9C\x93", "\xE2\x96\xA0", ">", "+", NULL};
  if (!s->new_paragraph || s->n_tokens < 2) return false;
  return (index_in(s, 0, bullets) || is_dash(s, 0)) && set(m, QI_MARK_BULLETS, 0, 0, 0);
}

/* "Money: ...": up to four words that are no speaker before a colon. */
bool qi_list_label(qi_marker *m, const qi_sentence *s) {
  if (!s->new_paragraph) return false;
  for (uint32_t i = 0; i < s->n_tokens && i < 5; i++) {
    const qi_token *t = &s->tokens[i];
    if (is(s, i, ":")) return i > 0 && i + 1 < s->n_tokens && set(m, QI_MARK_LABELS, 0, 0, i - 1);
    bool small = false;
    for (size_t k = 0; k < t->form.len; k++) small |= t->form.ptr[k] >= 'a' && t->form.ptr[k] <= 'z';
    bool person = t->ner == QI_NER_PER || (i == 0 && t->upos == QI_PRON);
    if (person || t->upos == QI_AUX || (t->upos == QI_VERB && i > 0) || !small) return false;
  }
  return false;
}

/* "Mistake number one was", "Lesson 2:", "Three:". */
static bool read_named(qi_marker *m, const qi_sentence *s, uint32_t i) {
  uint32_t n = cardinal_at(s, i);
  bool digit = n && s->tokens[i].upos == QI_NUM && s->tokens[i].form.ptr[0] <= '9';
  if (n && !digit && (is(s, i + 1, ":") || is(s, i + 1, ".") || is(s, i + 1, ",") || is_dash(s, i + 1))) return set(m, QI_MARK_NAMED, n, i, i);
  if (!is_noun(s, i) && !(i < s->n_tokens && (s->tokens[i].upos == QI_PROPN || s->tokens[i].upos == QI_VERB))) return false;
  qi_slice f = i + 1 < s->n_tokens ? s->tokens[i + 1].form : (qi_slice){0};
  bool letter = f.len == 1 && f.ptr[0] >= 'A' && f.ptr[0] <= 'F' && (is_noun(s, i) || s->tokens[i].upos == QI_PROPN);
  if (letter && (is_comma(s, i + 2) || is_verbal(s, i + 2))) return set(m, QI_MARK_NAMED, (uint32_t)(f.ptr[0] - 'A') + 1, i, i + 1);
  if (is(s, i + 1, "the") && ordinal_at(s, i + 2) && is_comma(s, i + 3)) return set(m, QI_MARK_NAMED, ordinal_at(s, i + 2), i, i + 2);
  bool number = is(s, i + 1, "number") || is(s, i + 1, "no.") || is(s, i + 1, "No");
  uint32_t at = i + 1 + number;
  n = cardinal_at(s, at);
  bool ends = is_comma(s, at + 1) || (is_verbal(s, at + 1) && (number || s->tokens[i].upos != QI_VERB)) || is(s, at + 1, ".") || at + 1 == s->n_tokens ||
              (is(s, at + 1, "on") && is(s, at + 2, "the")) || (is(s, at + 1, "of") && is(s, at + 2, "the"));
  return n && ends && set(m, QI_MARK_NAMED, n, i, at);
}

/* "The greater danger is", "The more obvious one is", where one of the last sentences has announced dangers. */
static bool read_noun(qi_marker *m, const qi_list_state *x, const qi_sentence *s, uint32_t i) {
  uint32_t at = i + 1;
  if (!is(s, i, "the")) return false;
  while (at < i + 4 && at < s->n_tokens && (s->tokens[at].upos == QI_ADJ || s->tokens[at].upos == QI_ADV)) at++;
  if (at == i + 1 || ordinal_at(s, i + 1)) return false;
  const qi_open_list *o = &x->open[QI_MARK_NOUNS];
  bool open = o->on && !o->closed, one = is(s, at, "one") && is_be(s, at + 1);
  if (open && (one || (is_noun(s, at) && was_announced(x, s, at)))) return set(m, QI_MARK_NOUNS, 0, i, at);
  return is_noun(s, at) && is_verbal(s, at + 1) && was_announced(x, s, at) && set(m, QI_MARK_NOUNS, 1, i, at);
}

/* A paragraph that begins with a question, under a sentence that announced questions. */
static bool read_question(qi_marker *m, const qi_list_state *x, const qi_sentence *s) {
  enum { BACK = 3 };
  if (!s->n_tokens || !is(s, s->n_tokens - 1, "?")) return false;
  const qi_open_list *o = &x->open[QI_MARK_QUESTIONS];
  if (o->on && (s->new_paragraph ? s->index - o->sentence < 2 * BACK : s->index == o->sentence + 1)) return set(m, QI_MARK_QUESTIONS, 0, 0, s->n_tokens - 1);
  for (uint32_t k = s->index, n = 0; k-- > 0 && n < BACK; n++) {
    const qi_sentence *before = &x->doc->sentences[k];
    uint32_t count, noun;
    if (qi_list_announces(x->story, before, &count, &noun) && qi_slice_eq_str(before->tokens[noun].lemma, "question"))
      return set(m, QI_MARK_QUESTIONS, 1, 0, s->n_tokens - 1);
  }
  return false;
}

bool qi_list_marker(qi_marker *m, const qi_list_state *x, const qi_sentence *s, uint32_t i) {
  return read_adverb(m, s, i) || read_phrase(m, x, s, i) || read_nominal(m, x, s, i) || read_number(m, x, s, i, false) ||
         read_named(m, s, i) || read_noun(m, x, s, i) || read_question(m, x, s) || read_further(m, s, i);
}

/* ---- inside a sentence ---- */

/* ";", ":", a dash. */
static bool hard_before(const qi_sentence *s, uint32_t i) { return is(s, i - 1, ";") || is(s, i - 1, ":") || is_dash(s, i - 1); }

bool qi_list_opens_with_first(const qi_sentence *s) {
  uint32_t i = qi_list_first_word(s);
  return ordinal_at(s, i) == 1 && i + 1 < s->n_tokens && s->tokens[i + 1].upos != QI_NOUN && s->tokens[i + 1].upos != QI_ADJ;
}

bool qi_list_marker_inside(qi_marker *m, const qi_list_state *x, const qi_sentence *s, uint32_t i) {
  static const char *const before[] = {":", ";", ",", "and", "\xE2\x80\x94", "\xE2\x80\x93", "-", NULL};
  static const char *const behind[] = {",", "by", "to", "that", "because", "in", "with", "it", "he", "she", "they", "the", "a", NULL};
  if (is(s, i, "\xE2\x80\xA2")) return set(m, QI_MARK_BULLETS, 0, i, i), m->inside = true;
  if (is(s, i, "(") || is(s, i + 1, ")") || (s->tokens[i].form.len > 1 && s->tokens[i].form.ptr[s->tokens[i].form.len - 1] == ')'))
    return read_number(m, x, s, i, true) && (m->inside = true);
  if (i == 0 || !index_in(s, i - 1, before)) return false;
  if (is(s, i - 1, ",") && is(s, i, "the") && is(s, i + 2, "of") && (is(s, i + 3, "which") || is(s, i + 3, "them")) && ordinal_at(s, i + 1)) {
    set(m, QI_MARK_NOMINALS, ordinal_at(s, i + 1), i, i + 1);
    return m->inside = true;
  }
  if (hard_before(s, i) && is(s, i, "one") && i + 1 < s->n_tokens && s->tokens[i + 1].upos == QI_ADP) /* "two fronts: one in the north, another ..." */
    return set(m, QI_MARK_NOMINALS, 1, i, i), m->inside = true;
  bool goes_on = i + 2 < s->n_tokens && (is_verbal(s, i + 1) || s->tokens[i + 1].upos == QI_ADP), other = is(s, i, "the") && is(s, i + 1, "other") && is_verbal(s, i + 2);
  bool third = is(s, i, "a") && ordinal_at(s, i + 1) > 1 && i + 2 < s->n_tokens && (is_verbal(s, i + 2) || s->tokens[i + 2].upos == QI_ADP);
  if (third || other || (is(s, i, "another") && goes_on)) { /* "one resigned, another fled and a third was arrested" */
    bool one = x->open[QI_MARK_NOMINALS].on && x->open[QI_MARK_NOMINALS].sentence == s->index;
    return one && set(m, QI_MARK_NOMINALS, third ? ordinal_at(s, i + 1) : 0, i, i + (third || other));
  }
  if (ordinal_at(s, i) && is(s, i + 1, "of") && is(s, i + 2, "all")) return set(m, QI_MARK_INLINE, ordinal_at(s, i), i, i + 2), m->inside = true;
  if (is(s, i, "last") && is(s, i + 1, "but")) return set(m, QI_MARK_INLINE, 0, i, i), m->inside = m->last = true;
  bool hard = is(s, i - 1, ";") || is(s, i - 1, ":") || (is(s, i - 1, "and") && i > 1 && is(s, i - 2, ";"));
  if (hard_before(s, i) && cardinal_at(s, i) && s->tokens[i].form.len > 2 && is(s, i + 1, ",")) return set(m, QI_MARK_INLINE, cardinal_at(s, i), i, i), m->inside = true;
  if (ordinal_at(s, i) && (index_in(s, i + 1, behind) || (hard && s->tokens[i].upos == QI_ADV))) return set(m, QI_MARK_INLINE, ordinal_at(s, i), i, i), m->inside = true;
  if (!hard || !(read_nominal(m, x, s, i) || (is(s, i, "finally") && set(m, QI_MARK_INLINE, 0, i, i)))) return false;
  m->family = QI_MARK_INLINE;
  return m->inside = true;
}

uint32_t qi_list_apposition(const qi_list_state *x, const qi_sentence *s) {
  for (uint32_t i = 2; i + 2 < s->n_tokens && i < 9; i++)
    if (is(s, i - 2, ",") && is(s, i - 1, "the") && ordinal_at(s, i) == 2 && is_noun(s, i + 1)) {
      for (uint32_t k = s->index, n = 0; k-- > 0 && n < 3; n++)
        for (uint32_t j = 0; j < x->doc->sentences[k].n_tokens; j++)
          if (is_plural(&x->doc->sentences[k].tokens[j]) && qi_slice_eq_nocase(x->doc->sentences[k].tokens[j].lemma, s->tokens[i + 1].lemma)) return i;
    }
  return 0;
}

uint32_t qi_list_colon(const qi_sentence *s) {
  uint32_t dash = 0;
  for (uint32_t i = 1; i + 2 < s->n_tokens; i++) {
    if (is(s, i, ":")) return i + 1;
    if (!dash && is_dash(s, i) && s->tokens[i].form.len > 1) dash = i + 1;
  }
  return dash;
}

bool qi_list_counts(const qi_sentence *s, uint32_t before, uint32_t *count, uint32_t *noun) {
  for (uint32_t i = 1; i < before && i < s->n_tokens; i++)
    for (uint32_t k = i; is_plural(&s->tokens[i]) && k-- > 0 && k + 3 >= i;)
      if (cardinal_at(s, k) > 1) {
        *count = cardinal_at(s, k), *noun = i;
        return true;
      }
  return false;
}

uint32_t qi_list_first_word(const qi_sentence *s) {
  static const char *const joins[] = {"and", "but", "\"", "\xE2\x80\x9C", "so", NULL};
  uint32_t i = 0;
  while (i < 2 && i + 1 < s->n_tokens && index_in(s, i, joins)) i++;
  return i;
}
