/* code: enumerated points -> lists, each with the sentence that it stands under.
 *
 * Markers at the head of a sentence, and of some kinds inside it, are read one by one: "First," "For another," "The second
 * is", "(3)", "- ", "Mistake number two". A marker of the first place opens a list, the next number carries it on; what stays
 * alone is no list ("First, a clarification", "the first visit"). A point reaches to the next marker or to the end of
 * its paragraph. The head is the sentence before the first point.
 *
 * "Ostria will want two things. First, Norland must send grain. Second, it must pay." -> head "Ostria will want two
 * things", points 1 "First" (send) and 2 "Second" (pay). */
#include "code/list.h"

#include "base/vec.h"

#define MAX_POINTS 20000u     /* of a document; a longer list is cut */
#define MAX_LISTS 1000u
#define MAX_APART 60u         /* sentences from one marker to the next */
#define HEAD_SENTENCES 3u     /* how far before the first point the head may stand */
#define HEAD_NOUN_SENTENCES 4u

/* Markers of one family count together. */
typedef enum family { ADVERBS, NOMINALS, NUMERALS, LETTERS, ROMANS, BULLETS, NAMED, NOUNS, QUESTIONS, INLINE, N_FAMILIES } family;

typedef struct marker {
  family family;
  uint32_t number;       /* 0: whatever comes next */
  bool last;             /* "finally" */
  uint32_t sentence, first, last_token;
} marker;

typedef struct open_list { /* the latest of a family */
  bool on, closed;
  uint32_t list, n, sentence; /* points so far; where the last one stands */
} open_list;

typedef struct finder {
  const qi_parsed *doc;
  const qi_story *story;
  qi_arena *arena;
  open_list open[N_FAMILIES];
  struct { qi_list *items; size_t len, cap; } lists;
  struct { qi_list_point *items; size_t len, cap; } points;
  bool failed;
} finder;

/* ---- words ---- */

static bool is(const qi_sentence *s, uint32_t i, const char *word) {
  return i < s->n_tokens && qi_slice_eq_nocase(s->tokens[i].form, qi_slice_str(word));
}

static bool is_any(const qi_sentence *s, uint32_t i, const char *const *words) {
  for (; *words; words++)
    if (is(s, i, *words)) return true;
  return false;
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

static bool is_adverb(const qi_sentence *s, uint32_t i) { return i < s->n_tokens && s->tokens[i].form.len > 2 && qi_slice_ends(s->tokens[i].form, QI_SLICE("ly")); }

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
  return is_any(s, i, dashes);
}

static bool is_comma(const qi_sentence *s, uint32_t i) { return is(s, i, ",") || is(s, i, ":") || is_dash(s, i); }

static bool is_be(const qi_sentence *s, uint32_t i) { return i < s->n_tokens && s->tokens[i].upos == QI_AUX; }

static bool is_verbal(const qi_sentence *s, uint32_t i) { return i < s->n_tokens && (s->tokens[i].upos == QI_VERB || s->tokens[i].upos == QI_AUX); }

static bool is_noun(const qi_sentence *s, uint32_t i) { return i < s->n_tokens && s->tokens[i].upos == QI_NOUN; }

/* ---- markers ---- */

static bool set(marker *m, family f, uint32_t number, uint32_t first, uint32_t last) {
  m->family = f, m->number = number, m->first = first, m->last_token = last;
  m->last = false;
  return true;
}

/* "First,", "Secondly", "Third and last,", "Finally,": 1, 2, 3, whatever comes next. */
static bool read_adverb(marker *m, const qi_sentence *s, uint32_t i) {
  static const char *const lasts[] = {"finally", "lastly", "last", NULL};
  static const char *const further[] = {"next", "further", "furthermore", "moreover", NULL};
  uint32_t n = ordinal_at(s, i), end = i + 1;
  if (is(s, end, "and") && end + 1 < s->n_tokens) end += 2; /* "and foremost", "and last" */
  else if (is(s, end, "of") && is(s, end + 1, "all")) end += 2;
  bool stops = is_comma(s, end);
  if (n) return (stops || (is_adverb(s, i) && end == i + 1)) && set(m, ADVERBS, n, i, i);
  if (is_any(s, i, lasts) && (is_comma(s, i + 1) || (is_adverb(s, i) && is(s, i + 1, "and") == false && is_comma(s, end)))) {
    set(m, ADVERBS, 0, i, i);
    return m->last = true;
  }
  return is(s, i, further[0]) && is_comma(s, i + 1) && set(m, ADVERBS, 0, i, i);
}

/* "For one thing,", "For another,", "To begin with,", "In the second place,", "On the other hand,". */
static bool read_phrase(marker *m, const qi_sentence *s, uint32_t i) {
  if (is(s, i, "for") && (is(s, i + 1, "one") || is(s, i + 1, "another"))) {
    uint32_t end = i + 2 + is(s, i + 2, "thing");
    return is_comma(s, end) && set(m, ADVERBS, is(s, i + 1, "one"), i, end - 1);
  }
  if (is(s, i, "to") && (is(s, i + 1, "begin") || is(s, i + 1, "start")) && is(s, i + 2, "with")) return set(m, ADVERBS, 1, i, i + 2);
  if (is(s, i, "in") && is(s, i + 1, "the") && ordinal_at(s, i + 2) && is(s, i + 3, "place"))
    return set(m, ADVERBS, ordinal_at(s, i + 2), i, i + 3);
  if (is(s, i, "on") && is(s, i + 1, "the") && is(s, i + 2, "one") && is(s, i + 3, "hand")) return set(m, ADVERBS, 1, i, i + 3);
  if (is(s, i, "on") && is(s, i + 1, "the") && is(s, i + 2, "other"))
    return (is(s, i + 3, "hand") || is_comma(s, i + 3)) && set(m, ADVERBS, 0, i, i + 2 + is(s, i + 3, "hand"));
  return false;
}

/* "The first is", "The second, to quit,", "A third reason was", "One is", "Another would be": not "The first visit by". */
static bool read_nominal(marker *m, const qi_sentence *s, uint32_t i) {
  static const char *const lasts[] = {"last", "final", NULL};
  uint32_t at = i, number = 0;
  bool last = false;
  if (is(s, i, "the") || is(s, i, "a") || is(s, i, "my") || is(s, i, "our")) {
    at++;
    number = ordinal_at(s, at);
    last = !number && is_any(s, at, lasts);
    if (!number && !last && !(is(s, at, "other") && is(s, i, "the"))) return false;
  } else if (is(s, i, "one")) {
    number = 1;
  } else if (!is(s, i, "another")) {
    return false;
  }
  uint32_t end = at + 1;
  bool noun = is_noun(s, end);
  while (is_noun(s, end)) end++;
  bool goes_on = is_be(s, end) || is(s, end, ":") || (!noun && at > i && (is_comma(s, end) || is_verbal(s, end)));
  if (!goes_on) return false;
  set(m, NOMINALS, number, i, at);
  m->last = last;
  return true;
}

static uint32_t roman(qi_slice f) {
  static const char *const numbers[] = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", NULL};
  for (uint32_t n = 0; numbers[n]; n++)
    if (qi_slice_eq_nocase(f, qi_slice_str(numbers[n]))) return n + 1;
  return 0;
}

/* "(1)", "1.", "2)", "(b)", "iii)": in one token or several. */
static bool read_number(marker *m, const finder *x, const qi_sentence *s, uint32_t i, bool brackets) {
  uint32_t at = i, end;
  bool opened = is(s, at, "(");
  at += opened;
  if (at >= s->n_tokens) return false;
  qi_slice f = s->tokens[at].form;
  bool joined = f.len > 1 && (f.ptr[f.len - 1] == ')' || f.ptr[f.len - 1] == '.');
  bool closes = (joined && f.ptr[f.len - 1] == ')') || is(s, at + 1, ")");
  if (joined) f.len--, end = at;
  else end = at + 1;
  if (f.len > 1 && f.ptr[0] == '(') f = qi_slice_sub(f, 1, f.len), opened = true;
  if (!joined && !is(s, end, ")") && !is(s, end, ".")) return false;
  if (brackets && !(opened && closes)) return false;
  long value;
  if (qi_slice_to_long(f, &value)) return value > 0 && value < 100 && set(m, NUMERALS, (uint32_t)value, i, end);
  if (!closes) return false; /* "A." may be anybody */
  uint32_t letter = f.len == 1 && (f.ptr[0] | 32) >= 'a' && (f.ptr[0] | 32) <= 'z' ? (uint32_t)((f.ptr[0] | 32) - 'a') + 1 : 0;
  if (letter && x->open[LETTERS].on && x->open[LETTERS].n + 1 == letter) return set(m, LETTERS, letter, i, end);
  if (roman(f)) return set(m, ROMANS, roman(f), i, end);
  return letter && set(m, LETTERS, letter, i, end);
}

static bool read_bullet(marker *m, const qi_sentence *s) {
  static const char *const bullets[] = {"\xE2\x80\xA2", "*", "\xC2\xB7", "\xE2\x96\xAA", "\xE2\x97\x8F", "\xE2\x80\xA3", NULL};
  if (!s->new_paragraph || s->n_tokens < 2) return false;
  return (is_any(s, 0, bullets) || is_dash(s, 0)) && set(m, BULLETS, 0, 0, 0);
}

/* "Mistake number one was", "Lesson 2:", "Point three:". */
static bool read_named(marker *m, const qi_sentence *s, uint32_t i) {
  if (!is_noun(s, i) && !(i < s->n_tokens && s->tokens[i].upos == QI_PROPN)) return false;
  bool number = is(s, i + 1, "number") || is(s, i + 1, "no.");
  uint32_t at = i + 1 + number, n = cardinal_at(s, at);
  return n && (is_comma(s, at + 1) || (number && is_be(s, at + 1)) || is(s, at + 1, ".")) && set(m, NAMED, n, i, at);
}

/* ---- what the points are announced as ---- */

static bool is_plural(const qi_token *t) { return t->upos == QI_NOUN && qi_slice_eq_str(t->xpos, "NNS"); }

/* "three reasons", "two dangers", "several demands": the place of the noun; n_tokens none. lemma: any, or that one. */
static uint32_t announced(const qi_sentence *s, qi_slice lemma) {
  static const char *const vague[] = {"several", "some", "following", "few", "many", "various", NULL};
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    if (!is_plural(&s->tokens[i]) || (lemma.len && !qi_slice_eq_nocase(s->tokens[i].lemma, lemma))) continue;
    for (uint32_t k = i > 3 ? i - 3 : 0; k < i; k++)
      if (cardinal_at(s, k) > 1 || is_any(s, k, vague)) return i;
  }
  return s->n_tokens;
}

static bool ends_with_colon(const qi_sentence *s) { return s->n_tokens && is(s, s->n_tokens - 1, ":"); }

/* The noun of "The greater danger is", where one of the last sentences has announced dangers. */
static bool read_noun(marker *m, const finder *x, const qi_sentence *s, uint32_t i) {
  if (!is(s, i, "the") || i + 3 >= s->n_tokens || s->tokens[i + 1].upos != QI_ADJ || ordinal_at(s, i + 1)) return false;
  if (!is_noun(s, i + 2) || !is_be(s, i + 3)) return false;
  const open_list *o = &x->open[NOUNS];
  if (o->on && !o->closed) return set(m, NOUNS, 0, i, i + 2);
  for (uint32_t k = s->index, n = 0; k-- > 0 && n < HEAD_NOUN_SENTENCES; n++)
    if (announced(&x->doc->sentences[k], s->tokens[i + 2].lemma) < x->doc->sentences[k].n_tokens) return set(m, NOUNS, 1, i, i + 2);
  return false;
}

static bool is_question(const qi_sentence *s) { return s->n_tokens && is(s, s->n_tokens - 1, "?"); }

/* A paragraph that begins with a question, under a sentence that announced questions. */
static bool read_question(marker *m, const finder *x, const qi_sentence *s) {
  if (!s->new_paragraph || !is_question(s)) return false;
  const open_list *o = &x->open[QUESTIONS];
  if (o->on && s->index - o->sentence < HEAD_SENTENCES * 2) return set(m, QUESTIONS, 0, 0, s->n_tokens - 1);
  for (uint32_t k = s->index, n = 0; k-- > 0 && n < HEAD_SENTENCES; n++)
    if (announced(&x->doc->sentences[k], QI_SLICE("question")) < x->doc->sentences[k].n_tokens) return set(m, QUESTIONS, 1, 0, s->n_tokens - 1);
  return false;
}

/* ---- lists ---- */

/* The head of a list whose first point begins a sentence. */
static bool find_head(const finder *x, const marker *m, qi_list *list) {
  uint32_t nearest = UINT32_MAX, n = 0;
  for (uint32_t k = m->sentence; k-- > 0 && n < HEAD_SENTENCES; n++) {
    const qi_sentence *s = &x->doc->sentences[k];
    bool story = x->story->sentences[k] == QI_STORY || x->story->sentences[k] == QI_HEADING;
    if (!story || !s->n_tokens) continue;
    if (nearest == UINT32_MAX) nearest = k;
    if (ends_with_colon(s) || announced(s, (qi_slice){0}) < s->n_tokens) {
      nearest = k;
      break;
    }
  }
  if (nearest == UINT32_MAX) return false;
  const qi_sentence *s = &x->doc->sentences[nearest];
  *list = (qi_list){.sentence = nearest, .n_tokens = s->n_tokens};
  return true;
}

static void set_span(const finder *x, qi_list *list) {
  const qi_sentence *s = &x->doc->sentences[list->sentence];
  uint32_t end = list->n_tokens, first = 0;
  while (end > 1 && s->tokens[end - 1].upos == QI_PUNCT) end--;
  while (first + 1 < end && s->tokens[first].upos == QI_PUNCT) first++;
  list->head = (quid_span){s->tokens[first].start, s->tokens[end - 1].end};
}

static void add_point(finder *x, open_list *o, const marker *m) {
  const qi_sentence *s = &x->doc->sentences[m->sentence];
  qi_list_point p = {.list = o->list, .number = ++o->n, .sentence = m->sentence, .token = m->first, .last_sentence = m->sentence,
                     .end_token = s->n_tokens, .marker = {s->tokens[m->first].start, s->tokens[m->last_token].end}};
  o->sentence = m->sentence;
  o->closed = m->last;
  x->lists.items[o->list].n_points++;
  if (x->points.len < MAX_POINTS && !QI_VEC_PUSH_IN(x->arena, &x->points, p)) x->failed = true;
}

static void open(finder *x, const marker *m) {
  qi_list list;
  bool inside = m->first > 1 && m->family != ADVERBS && m->family != NOMINALS && m->family != NAMED && m->family != NOUNS;
  if (x->points.len >= MAX_POINTS || x->lists.len >= MAX_LISTS) return;
  if (inside) list = (qi_list){.sentence = m->sentence, .n_tokens = m->first};
  else if (!find_head(x, m, &list)) return;
  set_span(x, &list);
  x->open[m->family] = (open_list){.on = true, .list = (uint32_t)x->lists.len};
  if (!QI_VEC_PUSH_IN(x->arena, &x->lists, list)) x->failed = true;
  else add_point(x, &x->open[m->family], m);
}

static bool carries_on(const open_list *o, const marker *m) {
  return o->on && !o->closed && (m->number == 0 || m->number == o->n + 1) && m->sentence - o->sentence <= MAX_APART;
}

static void take(finder *x, const marker *m) {
  static const family other[N_FAMILIES] = {[ADVERBS] = NOMINALS, [NOMINALS] = ADVERBS, [NUMERALS] = NUMERALS, [LETTERS] = LETTERS,
                                           [ROMANS] = ROMANS, [BULLETS] = BULLETS, [NAMED] = NAMED, [NOUNS] = NOUNS,
                                           [QUESTIONS] = QUESTIONS, [INLINE] = INLINE};
  open_list *own = &x->open[m->family], *kin = &x->open[other[m->family]];
  if (m->family == BULLETS) { /* the paragraph before has one, or a new list begins */
    uint32_t k = m->sentence;
    while (k > 0 && !x->doc->sentences[k - 1].new_paragraph) k--;
    bool next_to = own->on && k > 0 && own->sentence + 1 >= k;
    if (next_to) add_point(x, own, m);
    else open(x, m);
    return;
  }
  if (m->number == 1) open(x, m);
  else if (carries_on(own, m) && !(m->number == 0 && carries_on(kin, m) && kin->sentence > own->sentence)) add_point(x, own, m);
  else if (carries_on(kin, m)) add_point(x, kin, m);
}

/* "first, to free the hostages; second, to ...", "(1) ...; (2) ...": inside a sentence, from the token on. */
static void read_inside(finder *x, const qi_sentence *s, uint32_t from) {
  static const char *const before[] = {":", ";", ",", "and", "\xE2\x80\x94", "\xE2\x80\x93", "-", NULL};
  static const char *const behind[] = {",", "by", "to", "that", "because", NULL};
  marker m = {.sentence = s->index};
  for (uint32_t i = from; i + 1 < s->n_tokens; i++) {
    if (is(s, i, "(") || (s->tokens[i].form.len > 2 && s->tokens[i].form.ptr[0] == '(')) {
      if (read_number(&m, x, s, i, true)) take(x, &m);
    } else if (i && ordinal_at(s, i) && is_any(s, i - 1, before) && is_any(s, i + 1, behind)) {
      set(&m, INLINE, ordinal_at(s, i), i, i);
      take(x, &m);
    }
  }
}

static uint32_t first_word(const qi_sentence *s) {
  static const char *const joins[] = {"and", "but", "\"", "\xE2\x80\x9C", NULL};
  uint32_t i = 0;
  while (i < 2 && i + 1 < s->n_tokens && is_any(s, i, joins)) i++;
  return i;
}

static void read_sentence(finder *x, const qi_sentence *s) {
  marker m = {.sentence = s->index};
  uint32_t i = first_word(s), from = i + 1;
  if (!s->n_tokens) return;
  if (read_bullet(&m, s)) {
    take(x, &m);
    from = i = 1;
  }
  if (read_adverb(&m, s, i) || read_phrase(&m, s, i) || read_nominal(&m, s, i) || read_number(&m, x, s, i, false) ||
      read_named(&m, s, i) || read_noun(&m, x, s, i) || read_question(&m, x, s)) {
    take(x, &m);
    from = m.last_token + 1;
  }
  read_inside(x, s, from);
}

/* ---- how far the points reach ---- */

/* The last sentence of the paragraph; *known: [first, last] of the one asked about before. */
static uint32_t paragraph_end(const qi_parsed *doc, uint32_t k, uint32_t known[2]) {
  if (k >= known[0] && k <= known[1]) return known[1];
  known[0] = k;
  while (k + 1 < doc->n_sentences && !doc->sentences[k + 1].new_paragraph) k++;
  while (known[0] > 0 && !doc->sentences[known[0]].new_paragraph) known[0]--;
  return known[1] = k;
}

/* Each point's end: before the next of its list, else with its paragraph. */
static void bound(qi_lists *out, const qi_parsed *doc, qi_arena *arena, bool *failed) {
  uint32_t *next = QI_NEW_ARRAY(arena, uint32_t, (size_t)out->len + 1), *sentences = QI_NEW_ARRAY(arena, uint32_t, (size_t)out->len + 1);
  if (!next || !sentences) {
    *failed = true;
    return;
  }
  uint32_t known[2] = {1, 0};
  for (uint32_t l = 0; l < out->len; l++) next[l] = UINT32_MAX, sentences[l] = 0;
  for (uint32_t k = 0; k < out->n_points; k++) { /* forward: do all but the last take one sentence of one paragraph? */
    const qi_list_point *p = &out->points[k];
    uint32_t before = sentences[p->list];
    bool close = p->number == 1 || (before && before != UINT32_MAX && p->sentence == before && !doc->sentences[p->sentence].new_paragraph);
    sentences[p->list] = close ? p->sentence + 1 : UINT32_MAX;
  }
  for (uint32_t k = out->n_points; k-- > 0;) {
    qi_list_point *p = &out->points[k];
    uint32_t end = paragraph_end(doc, p->sentence, known);
    if (next[p->list] != UINT32_MAX) {
      const qi_list_point *q = &out->points[next[p->list]];
      if (q->sentence == p->sentence) p->last_sentence = p->sentence, p->end_token = q->token;
      else p->last_sentence = q->sentence - 1 < end ? q->sentence - 1 : end, p->end_token = doc->sentences[p->last_sentence].n_tokens;
    } else {
      bool one = sentences[p->list] != UINT32_MAX && p->number > 1;
      bool inside = out->items[p->list].sentence == p->sentence;
      p->last_sentence = one || inside ? p->sentence : end;
      p->end_token = doc->sentences[p->last_sentence].n_tokens;
    }
    next[p->list] = k;
  }
}

bool qi_lists_find(qi_lists *out, const qi_parsed *doc, const qi_story *story, qi_arena *arena) {
  finder x = {.doc = doc, .story = story, .arena = arena};
  *out = (qi_lists){0};
  for (uint32_t k = 0; k < doc->n_sentences && !x.failed; k++) {
    if (story->sentences[k] == QI_STORY || story->sentences[k] == QI_HEADING) read_sentence(&x, &doc->sentences[k]);
  }
  if (x.failed) return false;
  *out = (qi_lists){x.lists.items, x.points.items, (uint32_t)x.lists.len, (uint32_t)x.points.len};
  uint32_t kept = 0;
  for (uint32_t k = 0; k < out->n_points; k++) /* what stayed alone is no list */
    if (out->items[out->points[k].list].n_points > 1) out->points[kept++] = out->points[k];
  out->n_points = kept;
  bound(out, doc, arena, &x.failed);
  return !x.failed;
}

static bool is_before(const qi_list_point *p, uint32_t sentence, uint32_t token) {
  return p->sentence < sentence || (p->sentence == sentence && p->token <= token);
}

const qi_list_point *qi_lists_at(const qi_lists *lists, uint32_t sentence, uint32_t token) {
  enum { MAX_NESTED = 4 };
  uint32_t low = 0, high = lists->n_points;
  while (low < high) {
    uint32_t mid = low + (high - low) / 2;
    if (is_before(&lists->points[mid], sentence, token)) low = mid + 1;
    else high = mid;
  }
  for (uint32_t n = 0; low-- > 0 && n < MAX_NESTED; n++) {
    const qi_list_point *p = &lists->points[low];
    if (p->last_sentence > sentence || (p->last_sentence == sentence && token < p->end_token)) return p;
  }
  return NULL;
}
