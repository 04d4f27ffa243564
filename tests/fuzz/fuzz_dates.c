/* Any words, any day: expressions lie in the sentence, their days in the years -9999..9999, the first
 * not after the last. The first 4 bytes are the day; lines are sentences. */
#include "base/utf8.h"
#include "base/vec.h"
#include "code/when.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char WORDS[] =
    "kind\tvalue\twords\nmonth\t1\tjanuary | jan\nmonth\t2\tfebruary\nmonth\t5\tmay\nmonth\t12\tdecember | dec\nweekday\t1\tmonday | mon\n"
    "weekday\t5\tfriday\nunit\tday\tday | days\nunit\tweek\tweek | weeks\nunit\tfortnight\tfortnight\nunit\tweekend\tweekend\nunit\tmonth\tmonth | months\n"
    "unit\tquarter\tquarter\nunit\tyear\tyear | years\nunit\tdecade\tdecade | decades\nunit\tcentury\tcentury | centuries\nseason\t06-08\tsummer\nseason\t12-02\twinter\n"
    "daypart\t0\tnight\nday\t-1\tyesterday\nday\t1\ttomorrow\ndecade\t60\tsixties\nsome\t3\tfew | several\nrecent\t1826\trecent years\npart\t0-50\tearly | beginning\npart\t50-100\tlate\n";
static const char HOLIDAYS[] = "rule\tnames\n12-25\tchristmas\n02-29\tleap day\n11 -1 thursday\tthanks\neaster+1\teaster monday\northodox+0\torthodox easter\nhijri 09\tramadan\nhijri 12-10\teid\n";
static const char PERIODS[] = "from\tto\tnames\n1939\t1945\twar\n";

static bool fits(qi_day from, qi_day to) {
  qi_day low = qi_day_from_ymd(-9999, 1, 1), high = qi_day_from_ymd(9999, 12, 31);
  return from <= to && (from == QI_DAY_MIN || (from >= low && from <= high)) && (to == QI_DAY_MAX || (to >= low && to <= high));
}

static void check(const qi_time *t, const qi_sentence *s) {
  if (t->first > t->last || t->last >= s->n_tokens || t->head >= s->n_tokens || t->start > t->end) abort();
  if (!fits(t->said_from, t->said_to) || !fits(t->from, t->to)) abort();
}

static bool read_sentence(qi_sentence *s, qi_slice line, qi_slice text, qi_arena *arena) {
  QI_VEC(qi_token) tokens = {0};
  qi_slice word;
  while (qi_slice_word(&line, &word)) {
    qi_token t = {.form = word, .lemma = word, .start = (uint32_t)(word.ptr - text.ptr), .rel = (uint8_t)(word.len % QI_N_RELS)};
    t.end = t.start + (uint32_t)word.len;
    t.upos = qi_ascii_is_upper(word.ptr[0]) ? QI_PROPN : qi_ascii_is_digit(word.ptr[0]) ? QI_NUM : word.len % 3 ? QI_NOUN : QI_VERB;
    t.xpos = t.upos == QI_VERB ? QI_SLICE("VBD") : QI_SLICE("NN");
    t.head = tokens.len ? (int32_t)(word.len % tokens.len) : QI_ROOT;
    if (!QI_VEC_PUSH_IN(arena, &tokens, t)) return false;
  }
  s->tokens = tokens.items, s->n_tokens = (uint32_t)tokens.len;
  return s->n_tokens && qi_sentence_link(s, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  quid_error err = {0};
  qi_days *days;
  qi_arena arena;
  int32_t day;
  if (size < 4 || size > 4000) return 0;
  memcpy(&day, data, 4);
  if (day != QI_DAY_NONE) day %= 4000000; /* as a document's: to the year 12921 */
  qi_arena_init(&arena, 0);
  qi_slice text = {(const char *)data + 4, size - 4}, rest = text, line;
  QI_VEC(qi_sentence) list = {0};
  if (qi_days_new(&days, &err)) return 0;
  if (qi_days_add(days, 'w', qi_slice_str(WORDS), "w", &err) || qi_days_add(days, 'h', qi_slice_str(HOLIDAYS), "h", &err) ||
      qi_days_add(days, 'p', qi_slice_str(PERIODS), "p", &err)) abort();
  while (qi_slice_line(&rest, &line)) {
    qi_sentence s = {.index = (uint32_t)list.len};
    if (read_sentence(&s, line, text, &arena) && !QI_VEC_PUSH_IN(&arena, &list, s)) abort();
  }
  qi_parsed doc = {.text = text, .sentences = list.items, .n_sentences = (uint32_t)list.len};
  qi_times times;
  if (!qi_when_find(&times, days, &doc, day, &arena)) abort();
  for (uint32_t i = 0; i < times.len; i++) check(&times.items[i], &doc.sentences[times.items[i].sentence]);
  for (uint32_t k = 0; k < doc.n_sentences; k++) {
    qi_time t;
    if (qi_when_read(&t, days, &doc, &times, k, 0, doc.sentences[k].n_tokens - 1, day)) check(&t, &doc.sentences[k]);
  }
  qi_days_free(days);
  qi_days_new(&days, &err); /* and any table */
  static const char WHICH[] = "whp";
  for (int i = 0; days && i < 3; i++) (void)qi_days_add(days, WHICH[i], text, "any", &err);
  qi_days_free(days);
  qi_arena_clear(&arena);
  return 0;
}
