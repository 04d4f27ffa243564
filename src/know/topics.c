/* know: story/topics.tsv -> cues by their first word; deed words and actors by topic.
 *
 * Text is read as words: runs of letters and digits, folded to lower case, between which only blanks,
 * hyphens and apostrophes may stand inside a phrase. "Quarter-final" and "quarter final" are one.
 * Worked example: "Spain beat Italy 1-0 in the quarter-finals" holds the cues "<score>" and
 * "quarter final" of sport, each counted once. */
#include "know/topics.h"

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "know/table.h"

#define MAX_CUE_WORDS 8u
#define MAX_WORD_BYTES 40u
#define NO_CUE UINT32_MAX
#define ANY QI_N_TOPICS /* row for all topics */

typedef struct cue {
  qi_slice text;                /* as written, for --explain */
  qi_slice word[MAX_CUE_WORDS]; /* folded; "_" any one word */
  bool upper[MAX_CUE_WORDS];    /* must have a capital */
  uint8_t n;
  uint8_t topic;                /* ANY for all */
  int16_t weight;
  uint32_t next;                /* cue with the same first word */
} cue;

struct qi_topics {
  qi_arena arena;
  QI_VEC(cue) cues;
  qi_map first;                      /* first word -> cue */
  qi_map deeds[QI_N_TOPICS + 1];     /* lemma or TYPE -> weight + BIAS */
  qi_map actors[QI_N_TOPICS + 1];    /* code -> weight + BIAS */
};

enum { BIAS = 100, MAX_WEIGHT = 20 };

static const char *const NAMES[QI_N_TOPICS + 1] = {"politics", "sport", "business", "weather", "nature", "science",
                                                   "entertainment", "fiction", "history", "any"};

const char *qi_topic_name(qi_topic topic) { return NAMES[topic]; }

/* ---- words of a text ---- */

typedef struct word {
  qi_slice text;             /* folded, in `room`, or a class "<number>" */
  char room[MAX_WORD_BYTES];
  bool upper, joined;        /* joined: nothing but blanks, hyphens, apostrophes before it */
  bool number;
  char before;               /* the byte right before it */
  size_t start;
} word;

static bool word_byte(char c) { return qi_ascii_is_alpha(c) || qi_ascii_is_digit(c) || (unsigned char)c >= 0xC3; }

/* Skips what is no word; says whether a phrase may run across it. */
static bool skip_gap(qi_slice text, size_t *at) {
  bool joined = true;
  while (*at < text.len) {
    unsigned char c = (unsigned char)text.ptr[*at];
    if (c == 0xE2 && *at + 2 < text.len) { /* dashes, curly quotes */
      unsigned char last = (unsigned char)text.ptr[*at + 2];
      joined &= (unsigned char)text.ptr[*at + 1] == 0x80 && (last == 0x93 || last == 0x91 || last == 0x90 || last == 0x99);
      *at += 3;
    } else if (word_byte((char)c)) {
      return joined;
    } else {
      joined &= c == ' ' || c == '-' || c == '\'' || c == '\n' || c == '\t' || c == '\r';
      ++*at;
    }
  }
  return joined;
}

static bool next_word(qi_slice text, size_t *at, word *out) {
  out->joined = skip_gap(text, at);
  if (*at >= text.len) return false;
  size_t n = 0, start = *at;
  out->start = start;
  out->before = start ? text.ptr[start - 1] : ' ';
  out->upper = text.ptr[start] >= 'A' && text.ptr[start] <= 'Z';
  out->number = true;
  while (*at < text.len) {
    char c = text.ptr[*at];
    if ((unsigned char)c == 0xE2 || !(word_byte(c) || (unsigned char)c >= 0x80)) break;
    out->number &= qi_ascii_is_digit(c);
    if (n < MAX_WORD_BYTES) out->room[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    ++*at;
  }
  out->text = (qi_slice){out->room, n};
  return true;
}

/* ---- loading ---- */

static quid_status add_text(qi_topics *t, const qi_table *row, qi_slice phrase, unsigned topic, int weight, quid_error *err) {
  cue c = {.topic = (uint8_t)topic, .weight = (int16_t)weight, .next = NO_CUE};
  c.text = qi_arena_slice(&t->arena, phrase);
  qi_slice rest = c.text, part;
  if (!c.text.ptr) return qi_error_memory(err, "the topics");
  while (qi_slice_word(&rest, &part)) {
    if (c.n == MAX_CUE_WORDS) return qi_table_error(row, 3, err, "too many words in", phrase);
    if (part.len > MAX_WORD_BYTES) return qi_table_error(row, 3, err, "word too long in", phrase);
    for (size_t i = 0; i < part.len; i++)
      if (!word_byte(part.ptr[i]) && !(part.len == 1 && part.ptr[0] == '_') && part.ptr[0] != '<')
        return qi_table_error(row, 3, err, "only letters, digits and blanks may stand in", phrase);
    c.upper[c.n] = part.ptr[0] >= 'A' && part.ptr[0] <= 'Z';
    char *low = qi_arena_strdup(&t->arena, part);
    if (!low) return qi_error_memory(err, "the topics");
    for (char *p = low; *p; p++)
      if (*p >= 'A' && *p <= 'Z') *p = (char)(*p + 32);
    c.word[c.n++] = qi_slice_str(low);
  }
  if (!c.n || qi_slice_eq_str(c.word[0], "_")) return qi_table_error(row, 3, err, "a phrase must start with a word:", phrase);
  c.next = qi_map_find(&t->first, c.word[0], NO_CUE);
  uint32_t index = (uint32_t)t->cues.len;
  return QI_VEC_PUSH(&t->cues, c) && qi_map_put(&t->first, c.word[0], index) ? QUID_OK : qi_error_memory(err, "the topics");
}

static quid_status add_code(qi_topics *t, qi_map *map, qi_slice code, int weight, quid_error *err) {
  qi_slice kept = qi_arena_slice(&t->arena, code);
  return kept.ptr && qi_map_put(map, kept, (uint32_t)(weight + BIAS)) ? QUID_OK : qi_error_memory(err, "the topics");
}

static quid_status add_row(qi_topics *t, const qi_table *row, quid_error *err) {
  unsigned topic = 0;
  long weight;
  for (unsigned k = 1; k <= ANY; k++)
    if (qi_slice_eq_str(row->field[0], NAMES[k])) topic = k;
  if (!topic) return qi_table_error(row, 0, err, "unknown topic", row->field[0]);
  bool text = qi_slice_eq_str(row->field[1], "text"), deed = qi_slice_eq_str(row->field[1], "deed");
  if (!text && !deed && !qi_slice_eq_str(row->field[1], "actor"))
    return qi_table_error(row, 1, err, "neither 'text' nor 'deed' nor 'actor':", row->field[1]);
  if (!qi_slice_to_long(row->field[2], &weight) || weight < -MAX_WEIGHT || weight > MAX_WEIGHT)
    return qi_table_error(row, 2, err, "no weight from -20 to 20:", row->field[2]);
  qi_slice rest = row->field[3], one;
  quid_status status = QUID_OK;
  while (!status && qi_slice_split(&rest, '|', &one)) {
    one = qi_slice_trim(one);
    if (!one.len) status = qi_table_error(row, 3, err, "empty entry in", row->field[3]);
    else if (text) status = add_text(t, row, one, topic, (int)weight, err);
    else status = add_code(t, deed ? &t->deeds[topic] : &t->actors[topic], one, (int)weight, err);
  }
  return status;
}

quid_status qi_topics_parse(qi_topics **out, qi_slice data, const char *file, quid_error *err) {
  qi_topics *t = calloc(1, sizeof *t);
  if (!t) return qi_error_memory(err, "the topics");
  qi_arena_init(&t->arena, 0);
  qi_table row;
  bool more = true;
  quid_status status = qi_table_open(&row, data, file, "topic\tat\tweight\twords", err);
  while (!status && !(status = qi_table_next(&row, &more, err)) && more) status = add_row(t, &row, err);
  if (status) qi_topics_free(t);
  else *out = t;
  return status;
}

quid_status qi_topics_load(qi_topics **out, const char *dir, quid_error *err) {
  qi_builder data;
  char path[4096];
  quid_status status = qi_know_read(&data, path, sizeof path, dir, "story/topics.tsv", err);
  if (!status) status = qi_topics_parse(out, qi_builder_view(&data), path, err);
  qi_builder_clear(&data);
  return status;
}

void qi_topics_free(qi_topics *t) {
  if (!t) return;
  for (size_t i = 0; i <= QI_N_TOPICS; i++) qi_map_clear(&t->deeds[i]), qi_map_clear(&t->actors[i]);
  qi_map_clear(&t->first);
  QI_VEC_CLEAR(&t->cues);
  qi_arena_clear(&t->arena);
  free(t);
}

/* ---- finding ---- */

/* "final" is also "finals"; -es likewise. */
static bool word_fits(qi_slice wanted, qi_slice have, bool last) {
  if (qi_slice_eq(wanted, have)) return true;
  size_t more = have.len - wanted.len;
  if (!last || have.len < wanted.len + 1 || more > 2 || wanted.len < 3 || !qi_slice_starts(have, wanted)) return false;
  return have.ptr[have.len - 1] == 's' && (more == 1 || have.ptr[have.len - 2] == 'e');
}

static bool rest_fits(const cue *c, qi_slice text, size_t at) {
  for (unsigned i = 1; i < c->n; i++) {
    word w;
    if (!next_word(text, &at, &w) || !w.joined) return false;
    if (qi_slice_eq_str(c->word[i], "_")) continue;
    if (c->upper[i] && !w.upper) return false;
    bool fits = w.number && c->word[i].ptr[0] == '<';
    if (fits && qi_slice_eq_str(c->word[i], "<oldyear>")) {
      long year = 0;
      fits = w.text.len >= 3 && w.text.len <= 4 && qi_slice_to_long(w.text, &year) && year < 1946 && year > 99;
    }
    if (!fits && !word_fits(c->word[i], w.text, i + 1u == c->n)) return false;
  }
  return true;
}

static void count(qi_topic_sum *out, const qi_topics *t, uint32_t index) {
  const cue *c = &t->cues.items[index];
  for (unsigned i = 0; i < out->n_cues; i++)
    if (out->cue[i] == index) return;
  if (out->n_cues == QI_MAX_TOPIC_CUES) return;
  out->cue[out->n_cues++] = index;
  if (c->topic != ANY) {
    out->weight[c->topic] = (int16_t)(out->weight[c->topic] + c->weight);
    return;
  }
  out->politics = (int16_t)(out->politics + c->weight);
  for (unsigned k = 1; k < QI_N_TOPICS; k++)
    if (k != QI_TOPIC_FICTION) out->weight[k] = (int16_t)(out->weight[k] + c->weight);
}

/* All cues that start with this key; `cut`: letters taken off for it, which a phrase of several words does not allow. */
static void count_key(qi_topic_sum *out, const qi_topics *t, qi_slice key, bool upper, bool cut, qi_slice text, size_t at) {
  for (uint32_t i = qi_map_find(&t->first, key, NO_CUE); i != NO_CUE; i = t->cues.items[i].next) {
    const cue *c = &t->cues.items[i];
    if ((c->upper[0] && !upper) || (cut && c->n > 1)) continue;
    if (rest_fits(c, text, at)) count(out, t, i);
  }
}

/* "2-1": two short numbers with a hyphen or dash between them. */
static bool is_score(const word *w, qi_slice text, size_t at) {
  word next;
  if (!w->number || w->text.len > 3 || w->before == '-' || w->before == '.' || w->before == '/' || at >= text.len) return false;
  size_t gap = at;
  char c = text.ptr[at];
  if (c != '-' && (unsigned char)c != 0xE2) return false;
  if (!next_word(text, &at, &next) || !next.joined || !next.number || next.text.len > 3) return false;
  if (next.start - gap > 3 || (w->text.len == 3 && next.text.len < 2)) return false;
  return at >= text.len || (text.ptr[at] != '-' && text.ptr[at] != '%' && text.ptr[at] != '/');
}

void qi_topics_sum(qi_topic_sum *out, const qi_topics *t, qi_slice text) {
  memset(out->weight, 0, sizeof out->weight);
  out->n_cues = 0;
  out->politics = 0;
  word w;
  for (size_t at = 0; next_word(text, &at, &w);) {
    count_key(out, t, w.text, w.upper, false, text, at);
    if (w.number) {
      count_key(out, t, QI_SLICE("<number>"), false, false, text, at);
      if (is_score(&w, text, at)) count_key(out, t, QI_SLICE("<score>"), false, false, text, at);
    }
    size_t n = w.text.len;
    if (n < 4 || w.room[n - 1] != 's') continue;
    count_key(out, t, qi_slice_of(w.room, n - 1), w.upper, true, text, at);
    if (w.room[n - 2] == 'e') count_key(out, t, qi_slice_of(w.room, n - 2), w.upper, true, text, at);
  }
}

qi_slice qi_topics_cue(const qi_topics *t, uint32_t index, qi_topic topic, int *weight) {
  const cue *c = &t->cues.items[index];
  bool any = c->topic == ANY && topic != QI_TOPIC_FICTION;
  *weight = c->topic == (uint8_t)topic || any ? c->weight : 0;
  return c->text;
}

static int code_weight(const qi_map *own, const qi_map *any, qi_slice code) {
  uint32_t value = qi_map_find(own, code, QI_MAP_NONE);
  if (value == QI_MAP_NONE) value = qi_map_find(any, code, QI_MAP_NONE);
  return value == QI_MAP_NONE ? QI_TOPIC_NO_WEIGHT : (int)value - BIAS;
}

int qi_topics_deed(const qi_topics *t, qi_topic topic, qi_slice deed) {
  return code_weight(&t->deeds[topic], &t->deeds[ANY], deed);
}

int qi_topics_actor(const qi_topics *t, qi_topic topic, qi_slice code) {
  return code_weight(&t->actors[topic], &t->actors[ANY], code);
}
