/* read: the line that says where and when a report was written -> place, day.
 *
 * A place (capitalised words, further ones behind commas or a stroke), a date and an agency in any order that
 * is in use, and then a dash with the report behind it, or the end of the line. A date without a year stays
 * without one: the day of publication tells it.
 *
 * Example: "SEOUL, South Korea, Oct. 31 (Agency) - Norland shipped ..."
 *   -> place "SEOUL, South Korea", 31 October, runs on at "Norland". */
#include "read/dateline.h"

#include "base/utf8.h"

#define MAX_DATELINE_BYTES 110
#define MAX_PLACE_WORDS 5
#define S(text) QI_SLICE_INIT(text)
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const qi_slice months[12] = {S("january"), S("february"), S("march"), S("april"), S("may"), S("june"),
                                    S("july"), S("august"), S("september"), S("october"), S("november"), S("december")};
static const qi_slice weekdays[7] = {S("monday"), S("tuesday"), S("wednesday"), S("thursday"),
                                     S("friday"), S("saturday"), S("sunday")};

/* ---- dates ---- */

static void skip(qi_slice s, size_t *at, const char *set) {
  while (*at < s.len && s.ptr[*at] && strchr(set, s.ptr[*at])) ++*at;
}

static qi_slice letters_at(qi_slice s, size_t at) {
  size_t end = at;
  while (end < s.len && qi_ascii_is_alpha(s.ptr[end])) end++;
  return qi_slice_sub(s, at, end);
}

/* A whole name or its first three letters or more ("Nov", "Sept"), and a point behind those: 1 is the first; 0 none. */
static int read_name(qi_slice s, size_t *at, const qi_slice *names, int n) {
  qi_slice word = letters_at(s, *at);
  for (int i = 0; i < n; i++) {
    if (word.len < 3 || word.len > names[i].len || !qi_slice_eq_nocase(word, qi_slice_sub(names[i], 0, word.len))) continue;
    if (word.len > 4 && word.len < names[i].len) continue;
    *at += word.len;
    if (word.len < names[i].len && *at < s.len && s.ptr[*at] == '.') ++*at;
    return i + 1;
  }
  return 0;
}

/* At most `max` digits, none behind them. */
static int read_number(qi_slice s, size_t *at, size_t max) {
  int number = 0;
  size_t start = *at;
  while (*at < s.len && *at - start < max && qi_ascii_is_digit(s.ptr[*at])) number = number * 10 + (s.ptr[(*at)++] - '0');
  if (*at < s.len && qi_ascii_is_digit(s.ptr[*at])) *at = start, number = 0;
  return number;
}

/* "31", "31st". */
static int read_day(qi_slice s, size_t *at) {
  static const qi_slice ends[] = {S("st"), S("nd"), S("rd"), S("th")};
  int day = read_number(s, at, 2);
  qi_slice word = letters_at(s, *at);
  for (size_t i = 0; day && i < COUNT(ends); i++)
    if (qi_slice_eq_nocase(word, ends[i])) *at += word.len;
  return day;
}

bool qi_date_read_words(qi_slice s, size_t *at, qi_ymd *out, bool *weekday) {
  size_t i = *at;
  *weekday = read_name(s, &i, weekdays, 7) > 0;
  if (*weekday) skip(s, &i, "., ");
  qi_day first, last;
  if (qi_date_parse(qi_slice_sub(s, i, i + 10), &first, &last) && first == last) {
    *out = qi_day_to_ymd(first);
    *at = i + 10;
    return true;
  }
  *out = (qi_ymd){0, 0, 0};
  out->day = read_day(s, &i);
  skip(s, &i, " ");
  out->month = read_name(s, &i, months, 12);
  if (!out->month) return false;
  size_t end = i;
  skip(s, &i, " ");
  if (!out->day) out->day = read_day(s, &i), end = i;
  if (!out->day) return false;
  i = end;
  skip(s, &i, ", ");
  int year = i > end ? read_number(s, &i, 4) : 0;
  if (year >= 1000) out->year = year, end = i;
  *at = end;
  return qi_day_from_ymd(out->year ? out->year : 2000, out->month, out->day) != QI_DAY_NONE;
}

qi_day qi_date_near(qi_ymd d, qi_day near) {
  if (!d.month) return QI_DAY_NONE;
  if (d.year) return qi_day_from_ymd(d.year, d.month, d.day);
  if (near <= QI_DAY_MIN || near == QI_DAY_MAX) return QI_DAY_NONE;
  qi_day best = QI_DAY_NONE;
  int year = qi_day_to_ymd(near).year;
  for (int y = year - 1; y <= year + 1; y++) {
    qi_day day = qi_day_from_ymd(y, d.month, d.day);
    int64_t far = (int64_t)day - near, was = (int64_t)best - near;
    if (day != QI_DAY_NONE && (best == QI_DAY_NONE || (far < 0 ? -far : far) < (was < 0 ? -was : was))) best = day;
  }
  return best;
}

/* ---- places ---- */

static bool is_capital(qi_slice word) {
  size_t at = 0;
  return word.len && qi_cp_is_upper(qi_utf8_decode(word, &at));
}

/* Bytes of a dash at `at`: "-", "--", en dash, em dash, bar; 0 none. */
static size_t dash_at(qi_slice s, size_t at) {
  if (at < s.len && s.ptr[at] == '-') return at + 1 < s.len && s.ptr[at + 1] == '-' ? 2 : 1;
  if (at + 3 <= s.len && s.ptr[at] == '\xE2' && s.ptr[at + 1] == '\x80' && s.ptr[at + 2] >= '\x93' && s.ptr[at + 2] <= '\x95') return 3;
  return 0;
}

static bool ends_word(qi_slice s, size_t at) {
  char c = s.ptr[at];
  if (c == ',' || c == '(' || c == ')' || c == '/' || c == ':' || c == ';' || qi_ascii_is_space(c)) return true;
  return (unsigned char)c == 0xE2 && dash_at(s, at) == 3;
}

/* Capitalised words, with "de", "the" and the like between them. The end, or `at` where there is none. */
static size_t read_place(qi_slice s, size_t at) {
  static const qi_slice inner[] = {S("de"), S("del"), S("la"), S("el"), S("al"), S("of"), S("the"), S("on"), S("upon"),
                                   S("sur"), S("and"), S("es"), S("da"), S("do")};
  size_t end = at, words = 0;
  while (at < s.len && words < MAX_PLACE_WORDS) {
    size_t to = at;
    while (to < s.len && !ends_word(s, to)) to++;
    qi_slice word = qi_slice_sub(s, at, to);
    bool joins = false;
    for (size_t i = 0; words && i < COUNT(inner); i++) joins |= qi_slice_eq(word, inner[i]);
    if (!joins && !is_capital(word)) break;
    if (!joins) end = to;
    words++;
    at = to;
    while (at < s.len && s.ptr[at] == ' ') at++;
    if (at == to) break;
  }
  return end;
}

/* Letters, none of them small. */
static bool all_capitals(qi_slice s, size_t least) {
  size_t letters = 0;
  for (size_t at = 0; at < s.len;) {
    uint32_t cp = qi_utf8_decode(s, &at);
    if (qi_cp_is_lower(cp)) return false;
    letters += qi_cp_is_letter(cp);
  }
  return letters >= least;
}

/* What stands before a dash in capitals and is no place. */
static bool is_label(qi_slice place) {
  static const qi_slice labels[] = {S("opinion"), S("analysis"), S("update"), S("breaking"), S("exclusive"), S("watch"), S("video"),
                                    S("live"), S("editorial"), S("commentary"), S("explainer"), S("factbox"), S("timeline"), S("nato"),
                                    S("opec"), S("unicef"), S("asean"), S("news"), S("urgent"), S("correction"), S("photos"), S("podcast")};
  for (size_t i = 0; i < COUNT(labels); i++)
    if (place.len >= labels[i].len && qi_slice_eq_nocase(qi_slice_sub(place, 0, labels[i].len), labels[i])) return true;
  return false;
}

/* ---- all of it ---- */

typedef struct scan {
  size_t at, place_end, parts;
  bool agency, dated, run_in, weekday;
  qi_ymd date;
} scan;

/* "(Agency)", "(Nov. 21, 2024)". */
static bool read_brackets(qi_slice s, scan *c) {
  size_t close = qi_slice_find_char(qi_slice_sub(s, c->at, s.len), ')');
  if (close == QI_NOT_FOUND) return false;
  qi_slice inside = qi_slice_trim(qi_slice_sub(s, c->at + 1, c->at + close));
  size_t at = 0;
  bool weekday;
  qi_ymd date;
  if (!c->dated && qi_date_read_words(inside, &at, &date, &weekday) && at == inside.len) c->dated = true, c->date = date;
  else c->agency = true;
  c->at += close + 1;
  return true;
}

/* What follows the first place; false where no dateline goes on so. */
static bool read_part(qi_slice s, scan *c) {
  size_t start = c->at;
  skip(s, &c->at, " ,");
  if (c->at >= s.len) return true;
  size_t dash = dash_at(s, c->at);
  if (dash) {
    bool spaced = c->at > start || s.ptr[c->at - 1] == ')' || dash > 1;
    c->at += dash;
    if (!spaced) return false;
    skip(s, &c->at, " ");
    return c->run_in = true;
  }
  if (s.ptr[c->at] == '(') return read_brackets(s, c);
  qi_ymd date;
  if (!c->dated && qi_date_read_words(s, &c->at, &date, &c->weekday)) {
    c->dated = true;
    c->date = date;
    return true;
  }
  bool stroke = s.ptr[c->at] == '/';
  c->at += stroke;
  size_t end = read_place(s, c->at);
  if (end == c->at || (c->at == start && !stroke) || ++c->parts > 3) return false;
  if (!c->dated && !c->agency) c->place_end = end; /* behind the date stands the agency */
  c->at = end;
  return true;
}

/* "WASHINGTON - May 3, 2022", alone in its line. */
static void read_date_behind(qi_slice s, scan *c) {
  size_t at = c->at;
  qi_ymd date;
  bool weekday;
  if (c->dated || !qi_date_read_words(s, &at, &date, &weekday)) return;
  size_t end = at;
  skip(s, &end, " ).");
  if (end < s.len) return;
  c->dated = true;
  c->date = date;
  c->at = s.len;
  c->run_in = false;
}

bool qi_dateline_read(qi_slice line, qi_dateline *out) {
  qi_slice s = qi_slice_sub(line, 0, MAX_DATELINE_BYTES);
  scan c = {.at = line.len && line.ptr[0] == '('};
  *out = (qi_dateline){.run_in = 0};
  bool weekday;
  qi_ymd date;
  if (qi_date_read_words(s, &c.at, &date, &weekday)) { /* "18 November 2024, New York" */
    c.dated = true, c.date = date;
    skip(s, &c.at, ", ");
  }
  size_t place = c.at;
  c.place_end = c.at = read_place(s, c.at);
  if (c.at == place) return false;
  while (!c.run_in && c.at < s.len) {
    if (c.dated && c.at + 1 == s.len && strchr(").", s.ptr[c.at])) break;
    if (!read_part(s, &c)) return false;
  }
  if (c.run_in) read_date_behind(s, &c);
  out->place = qi_slice_sub(line, place, c.place_end);
  out->date = c.date;
  if (!c.run_in) return s.len == line.len && c.dated;
  if (c.at >= line.len || is_label(out->place)) return false;
  qi_slice first = out->place, rest = qi_slice_sub(line, c.at, line.len);
  qi_slice_word(&(qi_slice){first.ptr, first.len}, &first);
  size_t comma = qi_slice_find_char(out->place, ',');
  out->run_in = c.at;
  bool starts = is_capital(rest) || rest.ptr[0] == '"' || (unsigned char)rest.ptr[0] == 0xE2; /* "Taipei, Taiwan - The ..." */
  return (c.dated || c.agency || (comma != QI_NOT_FOUND && starts) || all_capitals(first, 4)) && !all_capitals(rest, 1);
}
