/* know: the files of when/ -> phrases with their rules. "summer | summers" with the value 06-08 gives two
 * phrases of the kind season; a table of first words keeps the common word from being looked for. */
#include "know/days.h"

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "know/table.h"
#include <stdlib.h>

struct qi_days {
  qi_arena arena;
  QI_VEC(qi_day_word) items;
  qi_map phrases; /* -> items */
  qi_map starts;  /* first words */
};

static const char *const KINDS[QI_N_DAY_KINDS] = {"month", "weekday", "unit", "season", "daypart", "day", "decade", "some",
                                                  "recent", "part", NULL, NULL};
static const char *const UNITS[QI_N_UNITS] = {"", "day", "week", "fortnight", "weekend", "month", "quarter", "season", "year", "decade", "century"};
static const char *const WEEKDAYS[8] = {"", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
static const char HEADER_WORDS[] = "kind\tvalue\twords", HEADER_HOLIDAYS[] = "rule\tnames", HEADER_PERIODS[] = "from\tto\tnames";

static bool number(qi_slice text, long low, long high, int *out) {
  long n;
  if (text.len && text.ptr[0] == '+') text = qi_slice_sub(text, 1, text.len);
  if (!qi_slice_to_long(text, &n) || n < low || n > high) return false;
  *out = (int)n;
  return true;
}

/* "a-b" */
static bool pair(qi_slice text, long low, long high, int *a, int *b) {
  size_t dash = qi_slice_find_char(text, '-');
  return dash != QI_NOT_FOUND && number(qi_slice_sub(text, 0, dash), low, high, a) &&
         number(qi_slice_sub(text, dash + 1, text.len), low, high, b);
}

static int index_of(const char *const *names, int n, qi_slice text) {
  for (int i = 0; i < n; i++)
    if (names[i] && *names[i] && qi_slice_eq_str(text, names[i])) return i;
  return -1;
}

static bool read_word_value(qi_day_word *w, qi_slice text) {
  switch (w->kind) {
  case QI_DAY_MONTH: return number(text, 1, 12, &w->a);
  case QI_DAY_WEEKDAY: return number(text, 1, 7, &w->a);
  case QI_DAY_UNIT: return (w->a = index_of(UNITS, QI_N_UNITS, text)) > 0;
  case QI_DAY_SEASON: return pair(text, 1, 12, &w->a, &w->b);
  case QI_DAY_DAYPART: return number(text, 0, 0, &w->a);
  case QI_DAY_DAY: return number(text, -366, 366, &w->a);
  case QI_DAY_DECADE: return number(text, 0, 90, &w->a) && w->a % 10 == 0;
  case QI_DAY_SOME: return number(text, 1, 1000, &w->a);
  case QI_DAY_RECENT: return number(text, 1, 100000, &w->a);
  default: return pair(text, 0, 100, &w->a, &w->b) && w->a < w->b;
  }
}

static bool month_day(qi_slice text, int *month, int *day) {
  return pair(text, 1, 31, month, day) && *month <= 12 && *day <= qi_days_in_month(2000, *month);
}

static bool read_holiday(qi_day_word *w, qi_slice rule) {
  qi_slice rest = rule, first, second, third;
  const struct { qi_slice name; qi_holiday rule; } feasts[] = {{QI_SLICE("easter"), QI_HOLIDAY_EASTER}, {QI_SLICE("orthodox"), QI_HOLIDAY_ORTHODOX}};
  for (size_t i = 0; i < sizeof feasts / sizeof *feasts; i++)
    if (qi_slice_starts(rule, feasts[i].name)) {
      w->rule = (uint8_t)feasts[i].rule;
      return number(qi_slice_sub(rule, feasts[i].name.len, rule.len), -200, 200, &w->a);
    }
  if (!qi_slice_word(&rest, &first)) return false;
  if (qi_slice_eq_str(first, "hijri")) {
    w->rule = QI_HOLIDAY_HIJRI;
    if (!qi_slice_word(&rest, &second)) return false;
    return pair(second, 1, 30, &w->a, &w->b) ? w->a <= 12 : number(second, 1, 12, &w->a);
  }
  if (qi_slice_word(&rest, &second)) {
    w->rule = QI_HOLIDAY_NTH;
    return number(first, 1, 12, &w->a) && number(second, -1, 4, &w->b) && w->b != 0 && qi_slice_word(&rest, &third) &&
           (w->c = index_of(WEEKDAYS, 8, third)) > 0;
  }
  size_t dots = qi_slice_find(first, QI_SLICE(".."));
  w->rule = QI_HOLIDAY_FIXED;
  if (!month_day(qi_slice_sub(first, 0, dots == QI_NOT_FOUND ? first.len : dots), &w->a, &w->b)) return false;
  w->c = w->a, w->d = w->b;
  return dots == QI_NOT_FOUND || month_day(qi_slice_sub(first, dots + 2, first.len), &w->c, &w->d);
}

/* "summer | summers": each with the rule. */
static quid_status add_names(qi_days *d, const qi_table *t, size_t column, const qi_day_word *w, quid_error *err) {
  qi_slice rest = t->field[column], name;
  uint32_t at = (uint32_t)d->items.len;
  if (!QI_VEC_PUSH(&d->items, *w)) return qi_error_memory(err, "the calendar's words");
  while (qi_slice_split(&rest, '|', &name)) {
    name = qi_slice_trim(name);
    qi_slice words = name, word, first = {0};
    size_t n = 0;
    for (; qi_slice_word(&words, &word); n++)
      if (n == 0) first = word;
    if (n == 0 || n > QI_MAX_DAY_WORDS) return qi_table_error(t, column, err, "too few or too many words", name);
    if (qi_map_get(&d->phrases, name, NULL)) return qi_table_error(t, column, err, "said twice:", name);
    qi_slice key = qi_arena_slice(&d->arena, name);
    if (!key.ptr || !qi_map_put(&d->phrases, key, at) || !qi_map_put(&d->starts, qi_slice_sub(key, 0, first.len), 1))
      return qi_error_memory(err, "the calendar's words");
  }
  return QUID_OK;
}

static quid_status add_word(qi_days *d, const qi_table *t, quid_error *err) {
  int kind = index_of(KINDS, QI_N_DAY_KINDS, t->field[0]);
  if (kind < 0) return qi_table_error(t, 0, err, "unknown kind", t->field[0]);
  qi_day_word w = {.kind = (uint8_t)kind};
  if (!read_word_value(&w, t->field[1])) return qi_table_error(t, 1, err, "not a value of its kind:", t->field[1]);
  return add_names(d, t, 2, &w, err);
}

static quid_status add_holiday(qi_days *d, const qi_table *t, quid_error *err) {
  qi_day_word w = {.kind = QI_DAY_HOLIDAY};
  if (!read_holiday(&w, t->field[0])) return qi_table_error(t, 0, err, "not a rule:", t->field[0]);
  return add_names(d, t, 1, &w, err);
}

static quid_status add_period(qi_days *d, const qi_table *t, quid_error *err) {
  qi_day_word w = {.kind = QI_DAY_PERIOD};
  if (!qi_date_parse(t->field[0], &w.from, NULL)) return qi_table_error(t, 0, err, "not a date", t->field[0]);
  if (!qi_date_parse(t->field[1], NULL, &w.to)) return qi_table_error(t, 1, err, "not a date", t->field[1]);
  if (w.to < w.from) return qi_table_error(t, 1, err, "ends before it begins:", t->field[1]);
  return add_names(d, t, 2, &w, err);
}

quid_status qi_days_add(qi_days *d, char which, qi_slice data, const char *file, quid_error *err) {
  qi_table t;
  bool more = true;
  quid_status status = qi_table_open(&t, data, file, which == 'w' ? HEADER_WORDS : which == 'h' ? HEADER_HOLIDAYS : HEADER_PERIODS, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more)
    status = which == 'w' ? add_word(d, &t, err) : which == 'h' ? add_holiday(d, &t, err) : add_period(d, &t, err);
  return status;
}

/* With which the grammar of code/dates.c begins an expression, apart from the words of the files and figures. */
static const char *const LEADS[] = {
    "the", "a", "an", "this", "these", "that", "current", "last", "past", "previous", "next", "coming", "upcoming", "later", "earlier", "eve", "half",
    "post", "then", "ad", "a.d", "ce", "c.e", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
    "ninety", "dozen", "dozens", "score", "scores", "hundred", "hundreds", "thousand", "thousands", "first", "second", "third", "fourth", "fifth",
    "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth", "twenty-first", "thirtieth"};

quid_status qi_days_new(qi_days **out, quid_error *err) {
  qi_days *d = calloc(1, sizeof *d);
  if (!d) return qi_error_memory(err, "the calendar's words");
  qi_arena_init(&d->arena, 0);
  for (size_t i = 0; i < sizeof LEADS / sizeof *LEADS; i++)
    if (!qi_map_put(&d->starts, qi_slice_str(LEADS[i]), 1)) {
      qi_days_free(d);
      return qi_error_memory(err, "the calendar's words");
    }
  *out = d;
  return QUID_OK;
}

quid_status qi_days_load(qi_days **out, const char *dir, quid_error *err) {
  static const struct { char which; const char *file; } FILES[] = {
      {'w', "when/words.tsv"}, {'h', "when/holidays.tsv"}, {'p', "when/periods.tsv"}};
  qi_days *d = NULL;
  quid_status status = qi_days_new(&d, err);
  for (size_t i = 0; !status && i < sizeof FILES / sizeof *FILES; i++) {
    qi_builder data;
    char path[4096];
    status = qi_know_read(&data, path, sizeof path, dir, FILES[i].file, err);
    if (!status) status = qi_days_add(d, FILES[i].which, qi_builder_view(&data), path, err);
    qi_builder_clear(&data);
  }
  if (status) qi_days_free(d);
  else *out = d;
  return status;
}

void qi_days_free(qi_days *d) {
  if (!d) return;
  QI_VEC_CLEAR(&d->items);
  qi_map_clear(&d->phrases);
  qi_map_clear(&d->starts);
  qi_arena_clear(&d->arena);
  free(d);
}

bool qi_days_starts(const qi_days *d, qi_slice word) {
  char lower[32];
  if (!d || word.len == 0 || word.len > sizeof lower) return false;
  if (word.len > 1 && word.ptr[word.len - 1] == '.') word.len--; /* "Sept." */
  for (size_t i = 0; i < word.len; i++) lower[i] = qi_ascii_lower(word.ptr[i]);
  return qi_map_get(&d->starts, qi_slice_of(lower, word.len), NULL);
}

const qi_day_word *qi_days_find(const qi_days *d, qi_slice phrase) {
  uint32_t at;
  return d && qi_map_get(&d->phrases, phrase, &at) ? &d->items.items[at] : NULL;
}
