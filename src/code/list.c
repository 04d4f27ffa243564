/* code: enumerated points -> lists, each with the sentence that it stands under.
 *
 * Markers (list_marker.c) are taken one by one: "First," "For another," "The second is", "(3)", "- ", "Mistake number two".
 * A marker of the first place opens a list, the next number carries it on; what stays alone is no list ("First, a
 * clarification"). A point reaches to the next marker or to the end of its paragraph. The head is the sentence
 * before the first point, or one a little further up that announces as many points. A sentence that announces points which
 * bear no marks ("for three reasons" and three sentences, or paragraphs, or parts behind its colon) has a list as well.
 *
 * "Ostria will want two things. First, Norland must send grain. Second, it must pay." -> head "Ostria will want two
 * things", points 1 "First" (send) and 2 "Second" (pay). */
#include "code/list_impl.h"

#include "base/vec.h"
#include "know/cues.h"
#include <stdlib.h>

#define MAX_POINTS 20000u /* of a document; more are left out */
#define MAX_LISTS 1000u
#define MAX_APART 60u     /* sentences from one marker to the next */
#define HEAD_SENTENCES 5u /* how far before the first point the head may stand */
#define MAX_BARE 7u       /* points without marks */
#define NO_SENTENCE UINT32_MAX

typedef struct finder {
  qi_list_state at;
  const qi_parsed *doc;
  const qi_story *story;
  qi_arena *arena;
  struct { qi_list *items; size_t len, cap; } lists;
  struct { qi_list_point *items; size_t len, cap; } points;
  bool failed;
} finder;

static const qi_sentence *sentence(const finder *x, uint32_t k) { return &x->doc->sentences[k]; }

static bool is_title(const finder *x, uint32_t k) {
  return sentence(x, k)->start >= x->story->title.start && sentence(x, k)->end <= x->story->title.end;
}

static bool is_text(const finder *x, uint32_t k) {
  return (x->story->sentences[k] == QI_STORY || x->story->sentences[k] == QI_HEADING) && sentence(x, k)->n_tokens && !is_title(x, k);
}

/* The last sentence of the paragraph; *known: [first, last] of the one asked about before. */
static uint32_t paragraph_end(const qi_parsed *doc, uint32_t k, uint32_t known[2]) {
  if (k >= known[0] && k <= known[1]) return known[1];
  known[0] = k;
  while (k + 1 < doc->n_sentences && !doc->sentences[k + 1].new_paragraph) k++;
  while (known[0] > 0 && !doc->sentences[known[0]].new_paragraph) known[0]--;
  return known[1] = k;
}

/* ---- points ---- */

static quid_span span_of(const qi_sentence *s, uint32_t first, uint32_t last) { return (quid_span){s->tokens[first].start, s->tokens[last].end}; }

static void push(finder *x, qi_open_list *o, const qi_list_point *p) {
  if (x->points.len >= MAX_POINTS) return;
  if (!QI_VEC_PUSH_IN(x->arena, &x->points, *p)) x->failed = true;
  x->lists.items[o->list].n_points++;
}

static void add_point(finder *x, qi_open_list *o, const qi_marker *m) {
  const qi_sentence *s = sentence(x, m->sentence);
  qi_list_point p = {.list = o->list, .number = ++o->n, .sentence = m->sentence, .token = m->first, .last_sentence = m->sentence,
                     .end_token = s->n_tokens, .marker = span_of(s, m->first, m->last_token)};
  qi_list *list = &x->lists.items[o->list];
  if (o->n == 2 && m->inside && list->sentence != m->sentence) list->sentence = NO_SENTENCE; /* "It must, first, ... It must, second, ..." */
  o->sentence = m->sentence;
  o->closed = m->last;
  push(x, o, &p);
}

/* A new list of that family; its head stands before the marker in the same sentence, or is looked for later. */
static void begin(finder *x, const qi_marker *m) {
  bool inside = m->inside && m->first > 1;
  qi_list list = {.sentence = inside ? m->sentence : NO_SENTENCE, .n_tokens = m->first};
  if (x->points.len >= MAX_POINTS || x->lists.len >= MAX_LISTS) return;
  x->at.open[m->family] = (qi_open_list){.on = true, .list = (uint32_t)x->lists.len};
  if (!QI_VEC_PUSH_IN(x->arena, &x->lists, list)) x->failed = true;
  else add_point(x, &x->at.open[m->family], m);
}

/* Is the last point of the list in the paragraph before, or a sentence or two before in the same one? */
static bool is_next_to(const finder *x, const qi_open_list *o, uint32_t k) {
  if (!sentence(x, k)->new_paragraph) return k - o->sentence <= 2;
  while (k > 0 && k - 1 > o->sentence && !sentence(x, k - 1)->new_paragraph) k--;
  return k > 0 && k - 1 <= o->sentence;
}

static bool is_open_near(const finder *x, const qi_open_list *o, uint32_t k) { return o->on && !o->closed && o->sentence != k && is_next_to(x, o, k); }

static bool carries_on(const finder *x, const qi_open_list *o, const qi_marker *m) {
  if (!o->on || o->closed || (m->number && m->number != o->n + 1) || m->sentence - o->sentence > MAX_APART) return false;
  return !m->near || is_next_to(x, o, m->sentence);
}

/* Labels are points under a sentence that announces some, or where the next paragraph has the same. */
static bool announces_labels(const finder *x, uint32_t k) {
  uint32_t next = k + 1, known[2] = {1, 0}, count, noun;
  if (k > 0 && (qi_list_announces(x->story, sentence(x, k - 1), &count, &noun) || qi_slice_eq_str(sentence(x, k - 1)->tokens[sentence(x, k - 1)->n_tokens - 1].form, ":"))) return true;
  next = paragraph_end(x->doc, k, known) + 1;
  return next < x->doc->n_sentences && sentence(x, next)->n_tokens && qi_slice_eq(sentence(x, next)->tokens[0].form, sentence(x, k)->tokens[0].form);
}

/* Families of words, which may carry each other on: "One is ... The second ... Finally," */
static const qi_marker_family words[] = {QI_MARK_ADVERBS, QI_MARK_NOMINALS, QI_MARK_INLINE};

static bool is_words(qi_marker_family f) { return f == QI_MARK_ADVERBS || f == QI_MARK_NOMINALS || f == QI_MARK_INLINE; }

/* "First the army seized the radio. Second, it ...": the first was no marker by itself. */
static void take_first_before(finder *x, const qi_marker *m) {
  enum { BACK = 3 };
  for (uint32_t k = m->sentence, n = 0; k-- > 0 && n < BACK; n++) {
    if (!is_text(x, k) || !qi_list_opens_with_first(sentence(x, k))) continue;
    qi_open_list *own = &x->at.open[QI_MARK_ADVERBS];
    if (own->on && own->sentence == k) return; /* known */
    qi_marker first = {.family = QI_MARK_ADVERBS, .number = 1, .sentence = k, .first = qi_list_first_word(sentence(x, k))};
    first.last_token = first.first;
    begin(x, &first);
    return;
  }
}

static void take(finder *x, const qi_marker *m) {
  qi_open_list *own = &x->at.open[m->family];
  if (m->family == QI_MARK_BULLETS || m->family == QI_MARK_LABELS) {
    if (own->on && m->inside && own->sentence == m->sentence) add_point(x, own, m);
    else if (own->on && is_next_to(x, own, m->sentence)) add_point(x, own, m);
    else begin(x, m);
    return;
  }
  if (m->family == QI_MARK_NOUNS && is_open_near(x, &x->at.open[QI_MARK_NOMINALS], m->sentence)) { /* "The most painful lesson is" */
    add_point(x, &x->at.open[QI_MARK_NOMINALS], m);
    return;
  }
  if (m->number == 1) {
    begin(x, m);
    return;
  }
  if (m->number == 2 && m->family == QI_MARK_ADVERBS) take_first_before(x, m);
  qi_open_list *best = carries_on(x, own, m) ? own : NULL;
  for (size_t i = 0; i < sizeof words / sizeof *words && is_words(m->family); i++) {
    qi_open_list *kin = &x->at.open[words[i]];
    if (carries_on(x, kin, m) && (!best || kin->sentence > best->sentence)) best = kin;
  }
  if (best) add_point(x, best, m);
}

/* "Hezbollah ... || Russia, the second ally, ...": the first stands in the paragraph, or sentence, before. */
static void take_apposition(finder *x, const qi_sentence *s) {
  uint32_t i = qi_list_apposition(&x->at, s), k = s->index;
  if (!i || k == 0) return;
  qi_marker m = {.family = QI_MARK_NOMINALS, .number = 1, .sentence = k - 1};
  while (s->new_paragraph && m.sentence > 0 && !sentence(x, m.sentence)->new_paragraph) m.sentence--;
  if (m.sentence == 0 || !is_text(x, m.sentence)) return;
  begin(x, &m);
  m = (qi_marker){.family = QI_MARK_NOMINALS, .number = 2, .sentence = k, .first = 0, .last_token = i};
  take(x, &m);
}

static void read_sentence(finder *x, const qi_sentence *s) {
  qi_marker m = {.sentence = s->index};
  uint32_t i = qi_list_first_word(s), from = i + 1;
  if (qi_list_bullet(&m, s)) {
    take(x, &m);
    from = i = 1;
  }
  if (qi_list_marker(&m, &x->at, s, i)) {
    take(x, &m);
    from = m.last_token + 1;
  } else if (from > 0 && i != 1 && qi_list_label(&m, s)) {
    take(x, &m);
  } else {
    take_apposition(x, s);
  }
  for (; from + 1 < s->n_tokens; from++)
    if (qi_list_marker_inside(&m, &x->at, s, from)) {
      take(x, &m);
      from = m.last_token;
    }
}

/* ---- heads ---- */

static void set_head(const finder *x, qi_list *list, uint32_t k, uint32_t n_tokens) {
  const qi_sentence *s = sentence(x, k);
  uint32_t end = n_tokens, first = 0;
  list->sentence = k;
  list->n_tokens = n_tokens;
  while (end > 1 && s->tokens[end - 1].upos == QI_PUNCT) end--;
  while (first + 1 < end && s->tokens[first].upos == QI_PUNCT) first++;
  list->head = span_of(s, first, end - 1);
}

/* The sentence before the first point, unless one before it announces so many points, or ends in a colon. */
static bool find_head(const finder *x, qi_list *list, uint32_t first) {
  uint32_t nearest = NO_SENTENCE, best = NO_SENTENCE, rank = 0, seen = 0;
  for (uint32_t k = first; k-- > 0 && seen < HEAD_SENTENCES;) {
    const qi_sentence *s = sentence(x, k);
    uint32_t count = 0, noun;
    if (!is_text(x, k)) continue;
    seen++;
    if (nearest == NO_SENTENCE) nearest = k;
    bool announces = qi_list_announces(x->story, s, &count, &noun);
    bool colon = seen == 1 && qi_slice_eq_str(s->tokens[s->n_tokens - 1].form, ":");
    uint32_t worth = announces && count == list->n_points ? 2 : colon;
    if (worth > rank) best = k, rank = worth;
  }
  for (uint32_t k = first, n = 0; nearest == NO_SENTENCE && k-- > 0 && n < HEAD_SENTENCES; n++)
    if (is_title(x, k)) nearest = k;
  if (nearest == NO_SENTENCE) return false;
  if (best == NO_SENTENCE) best = nearest;
  set_head(x, list, best, sentence(x, best)->n_tokens);
  return true;
}

static int by_place(const void *a, const void *b) {
  const qi_list_point *p = a, *q = b;
  if (p->sentence != q->sentence) return p->sentence < q->sentence ? -1 : 1;
  if (p->token != q->token) return p->token < q->token ? -1 : 1;
  return p->list < q->list ? -1 : p->list > q->list;
}

/* Lists of no points go. */
static void renumber(finder *x) {
  uint32_t *new = QI_NEW_ARRAY(x->arena, uint32_t, x->lists.len + 1), n = 0;
  if (!new) {
    x->failed = true;
    return;
  }
  for (uint32_t l = 0; l < x->lists.len; l++) {
    new[l] = n;
    if (x->lists.items[l].n_points > 1) x->lists.items[n++] = x->lists.items[l];
  }
  for (size_t k = 0; k < x->points.len; k++) x->points.items[k].list = new[x->points.items[k].list];
  x->lists.len = n;
}

/* Two labels that nothing announces are no list; three are. */
static bool is_bare_label(const finder *x, const qi_list_point *p) {
  qi_marker m;
  const qi_sentence *s = sentence(x, p->sentence);
  bool label = p->token == 0 && qi_list_label(&m, s) && p->marker.end == s->tokens[m.last_token].end;
  return label && !announces_labels(x, p->sentence);
}

/* Drops what stayed alone or has no head; the rest in order of the text. */
static void settle(finder *x) {
  size_t kept = 0;
  for (size_t k = 0; k < x->points.len; k++) {
    qi_list_point *p = &x->points.items[k];
    qi_list *list = &x->lists.items[p->list];
    if (list->n_points < 2 || (list->n_points == 2 && p->number == 1 && is_bare_label(x, p))) {
      list->n_points = 0;
      continue;
    }
    if (p->number == 1) {
      bool headed = list->sentence == NO_SENTENCE ? find_head(x, list, p->sentence) : (set_head(x, list, list->sentence, list->n_tokens), true);
      if (!headed) list->n_points = 0;
    }
    if (list->n_points) x->points.items[kept++] = *p;
  }
  x->points.len = kept;
  renumber(x);
  if (kept > 1 && !x->failed) qsort(x->points.items, kept, sizeof *x->points.items, by_place);
}

/* ---- how far the points reach ---- */

/* Do all points of a list but the last take one sentence each, of one paragraph? close: [lists], where the next would stand. */
static void find_close(const finder *x, uint32_t *close) {
  for (size_t l = 0; l < x->lists.len; l++) close[l] = 0;
  for (size_t k = 0; k < x->points.len; k++) {
    const qi_list_point *p = &x->points.items[k];
    bool next = p->number == 1 || (p->sentence == close[p->list] && !sentence(x, p->sentence)->new_paragraph);
    close[p->list] = next ? p->sentence + 1 : NO_SENTENCE;
  }
}

/* Each point's end: before the next of its list, else with its paragraph. */
static void bound(finder *x) {
  size_t n = x->lists.len + 1;
  uint32_t *next = QI_NEW_ARRAY(x->arena, uint32_t, n), *close = QI_NEW_ARRAY(x->arena, uint32_t, n), known[2] = {1, 0};
  if (!next || !close) {
    x->failed = true;
    return;
  }
  find_close(x, close);
  for (size_t l = 0; l < n; l++) next[l] = NO_SENTENCE;
  for (size_t k = x->points.len; k-- > 0;) {
    qi_list_point *p = &x->points.items[k];
    uint32_t end = paragraph_end(x->doc, p->sentence, known);
    const qi_list_point *q = next[p->list] != NO_SENTENCE ? &x->points.items[next[p->list]] : NULL;
    bool alone = !q && ((close[p->list] != NO_SENTENCE && p->number > 1) || x->lists.items[p->list].sentence == p->sentence);
    p->last_sentence = alone || (q && q->sentence == p->sentence) ? p->sentence : q && q->sentence - 1 < end ? q->sentence - 1 : end;
    p->end_token = q && q->sentence == p->sentence ? q->token : sentence(x, p->last_sentence)->n_tokens;
    next[p->list] = (uint32_t)k;
  }
}

/* ---- points without marks ---- */

static bool hangs_on(const qi_sentence *s, uint32_t i, uint32_t top) {
  enum { MAX_UP = 48 };
  int32_t at = (int32_t)i;
  for (int n = 0; n < MAX_UP && at >= 0; n++, at = s->tokens[at].head)
    if ((uint32_t)at == top) return true;
  return false;
}

/* The parts behind a colon: between semicolons, or what is coordinated there. starts: [MAX_BARE]. Returns how many. */
static uint32_t split_tail(const qi_sentence *s, uint32_t from, uint32_t *starts) {
  uint32_t n = 0, top = from;
  starts[n++] = from;
  for (uint32_t i = from; i + 1 < s->n_tokens && n < MAX_BARE; i++)
    if (qi_slice_eq_str(s->tokens[i].form, ";")) starts[n++] = i + 1;
  if (n > 1) return n;
  while (top < s->n_tokens && s->tokens[top].head >= (int32_t)from) top++;
  for (uint32_t i = top + 1; i < s->n_tokens && n < MAX_BARE; i++) {
    bool beside = s->tokens[i].rel == QI_REL_CONJ || (s->tokens[i].rel == QI_REL_PARATAXIS && s->tokens[i].upos == QI_VERB);
    if (!beside || s->tokens[i].head != (int32_t)top) continue;
    uint32_t first = i;
    while (first > starts[n - 1] + 1 && hangs_on(s, first - 1, i)) first--;
    starts[n++] = first;
  }
  return n;
}

/* The same by commas alone, where the tree does not tell: "to disarm, to pay and to leave". */
static uint32_t split_commas(const qi_sentence *s, uint32_t from, uint32_t count, uint32_t *starts) {
  uint32_t n = 0, last_and = 0;
  starts[n++] = from;
  for (uint32_t i = from; i + 1 < s->n_tokens && n < MAX_BARE; i++) {
    bool joins = s->tokens[i].rel == QI_REL_CC && s->tokens[i].upos == QI_CCONJ;
    if (qi_slice_eq_str(s->tokens[i].form, ",")) starts[n++] = i + 1 + (s->tokens[i + 1].upos == QI_CCONJ), last_and = 0;
    else if (joins && !qi_slice_eq_str(s->tokens[i - 1].form, ",")) last_and = i + 1;
  }
  if (n + 1 == count && last_and && n < MAX_BARE) starts[n++] = last_and;
  return n;
}

static void add_bare(finder *x, const qi_list *list, quid_span marker, const uint32_t *sentences, const uint32_t *tokens, uint32_t n) {
  if (x->lists.len >= MAX_LISTS) return;
  uint32_t id = (uint32_t)x->lists.len;
  if (!QI_VEC_PUSH_IN(x->arena, &x->lists, *list)) x->failed = true;
  qi_open_list o = {.on = true, .list = id};
  for (uint32_t k = 0; k < n && !x->failed; k++) {
    qi_list_point p = {.list = id, .number = k + 1, .sentence = sentences[k], .token = tokens[k], .marker = marker};
    push(x, &o, &p);
  }
}

/* `count` parts of the sentence, sentences of the paragraph, or paragraphs. */
static void read_bare(finder *x, const qi_sentence *s, uint32_t count, uint32_t noun, uint32_t known[2]) {
  uint32_t sentences[MAX_BARE], tokens[MAX_BARE] = {0}, end = paragraph_end(x->doc, s->index, known), colon = qi_list_colon(s), n = 0;
  qi_list list = {0};
  quid_span marker = span_of(s, noun > 0 ? noun - 1 : noun, noun);
  if (colon && noun < colon) {
    n = split_tail(s, colon, tokens);
    if (count && n != count) n = split_commas(s, colon, count, tokens);
    if (count ? n != count : n < 2) return;
    count = n;
    for (n = 0; n < count; n++) sentences[n] = s->index;
    set_head(x, &list, s->index, colon - 1);
  } else if (!count) {
    return;
  } else if (end - s->index == 1 && split_tail(sentence(x, end), 0, tokens) == count) {
    for (; n < count; n++) sentences[n] = end;
    set_head(x, &list, s->index, s->n_tokens);
  } else if (end - s->index == count) {
    memset(tokens, 0, sizeof tokens);
    for (; n < count; n++) sentences[n] = s->index + 1 + n;
    set_head(x, &list, s->index, s->n_tokens);
  } else if (end <= s->index + 1) {
    for (uint32_t k = end + 1; n < count && k < x->doc->n_sentences && is_text(x, k); n++) {
      sentences[n] = k;
      k = paragraph_end(x->doc, k, (uint32_t[2]){1, 0}) + 1;
    }
    set_head(x, &list, s->index, s->n_tokens);
  }
  if (n == count && n > 1) add_bare(x, &list, marker, sentences, tokens, n);
}

/* "The ministers agreed:" and then short paragraphs that bear no marks. */
static void read_column(finder *x, const qi_sentence *s) {
  uint32_t sentences[MAX_BARE], tokens[MAX_BARE] = {0}, n = 0;
  qi_list list = {0};
  for (uint32_t k = s->index + 1; k < x->doc->n_sentences && n < MAX_BARE && is_text(x, k) && sentence(x, k)->new_paragraph; k++) {
    bool alone = k + 1 == x->doc->n_sentences || sentence(x, k + 1)->new_paragraph, open = false;
    const qi_token *first = &sentence(x, k)->tokens[0];
    if (!alone || first->upos == QI_PRON || qi_story_mark(first, &open)) break;
    sentences[n++] = k;
  }
  set_head(x, &list, s->index, s->n_tokens);
  if (n > 1) add_bare(x, &list, span_of(s, s->n_tokens - 1, s->n_tokens - 1), sentences, tokens, n);
}

/* "The neighbours answered in kind: Perun closed the border, Samar expelled an envoy and Ostria recalled its own." */
static void read_series(finder *x, const qi_sentence *s) {
  enum { LEAST = 3 };
  uint32_t sentences[MAX_BARE], tokens[MAX_BARE] = {0}, colon = qi_list_colon(s);
  qi_list list = {0};
  if (!colon) return;
  uint32_t n = split_tail(s, colon, tokens), verbs = 0;
  for (uint32_t k = 0; k < n; k++) sentences[k] = s->index;
  for (uint32_t i = colon; i < s->n_tokens; i++) verbs += s->tokens[i].upos == QI_VERB;
  if (n < LEAST || verbs < n) return;
  set_head(x, &list, s->index, colon - 1);
  add_bare(x, &list, span_of(s, colon - 1, colon - 1), sentences, tokens, n);
}

/* Sentences that announce points and have no list below them. */
static void find_bare(finder *x) {
  bool *used = QI_NEW_ARRAY(x->arena, bool, (size_t)x->doc->n_sentences + 1);
  uint32_t known[2] = {1, 0};
  if (!used) {
    x->failed = true;
    return;
  }
  if (x->story->genre == QI_GENRE_REPORT) return; /* reports count much and list little */
  for (uint32_t k = 0; k < x->doc->n_sentences; k++) used[k] = false;
  for (size_t k = 0; k < x->points.len; k++) {
    const qi_list_point *p = &x->points.items[k];
    used[p->sentence] = used[x->lists.items[p->list].sentence] = true;
  }
  for (uint32_t k = 0; k < x->doc->n_sentences && !x->failed; k++) {
    uint32_t count = 0, noun = 0;
    bool free = !used[k] && !(k + 1 < x->doc->n_sentences && used[k + 1]) && is_text(x, k);
    if (free && k + 1 < x->doc->n_sentences && sentence(x, k + 1)->new_paragraph && qi_slice_eq_str(sentence(x, k)->tokens[sentence(x, k)->n_tokens - 1].form, ":"))
{
      if (sentence(x, k)->n_tokens > 4 && x->story->sentences[k] == QI_STORY && x->story->genre != QI_GENRE_UNKNOWN) read_column(x, sentence(x, k));
    }
    else if (free && qi_list_announces(x->story, sentence(x, k), &count, &noun) && count != 1 && count <= MAX_BARE) read_bare(x, sentence(x, k), count, noun, known);
    else if (free && qi_list_counts(sentence(x, k), qi_list_colon(sentence(x, k)), &count, &noun) && count <= MAX_BARE) read_bare(x, sentence(x, k), count, noun, known);
    else if (free && x->story->genre != QI_GENRE_UNKNOWN) read_series(x, sentence(x, k));
  }
  if (x->points.len > 1) qsort(x->points.items, x->points.len, sizeof *x->points.items, by_place);
}

bool qi_lists_find(qi_lists *out, const qi_parsed *doc, const qi_story *story, qi_arena *arena) {
  finder x = {.at = {.doc = doc, .story = story}, .doc = doc, .story = story, .arena = arena};
  *out = (qi_lists){0};
  for (uint32_t k = 0; k < doc->n_sentences && !x.failed; k++)
    if (is_text(&x, k)) read_sentence(&x, &doc->sentences[k]);
  if (!x.failed) settle(&x);
  if (!x.failed) find_bare(&x);
  if (!x.failed) bound(&x);
  *out = (qi_lists){x.lists.items, x.points.items, (uint32_t)x.lists.len, (uint32_t)x.points.len};
  return !x.failed;
}

static bool is_before(const qi_list_point *p, uint32_t at_sentence, uint32_t token) {
  return p->sentence < at_sentence || (p->sentence == at_sentence && p->token <= token);
}

const qi_list_point *qi_lists_at(const qi_lists *lists, uint32_t at_sentence, uint32_t token) {
  enum { MAX_NESTED = 4 };
  uint32_t low = 0, high = lists->n_points;
  while (low < high) {
    uint32_t mid = low + (high - low) / 2;
    if (is_before(&lists->points[mid], at_sentence, token)) low = mid + 1;
    else high = mid;
  }
  for (uint32_t n = 0; low-- > 0 && n < MAX_NESTED; n++) {
    const qi_list_point *p = &lists->points[low];
    if (p->last_sentence > at_sentence || (p->last_sentence == at_sentence && token < p->end_token)) return p;
  }
  return NULL;
}
