/* read: the outside of a text -> its headline, byline, date line, and who speaks in it.
 *
 * Rules over the first lines, in this order: a label ("OPINION:"), a headline (a short line without
 * a full stop that stands apart from what follows), a byline ("By Jane Doe"), a date line
 * ("Friday, August 21, 2015"), a dateline ("SEOUL, Aug 21 (Reuters) -"). The text itself is left as
 * it is: the headline is one of its sentences.
 *
 * Example: "Ostria asks for grain\n\nFriday, August 21, 2015\n\nOSTRIA CITY - The ..."
 *   -> title "Ostria asks for grain", day 2015-08-21, genre report. */
#include "read/read.h"

#include "base/utf8.h"

#define MAX_HEADER_LINES 5
#define MAX_TITLE_BYTES 200
#define MAX_BYLINE_BYTES 100
#define MAX_DATELINE_BYTES 80
#define MIN_PARAGRAPH_BYTES 120 /* a line as long as this is a whole paragraph, not a wrapped line */

#define S(text) QI_SLICE_INIT(text)
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const qi_slice months[12] = {S("January"), S("February"), S("March"),     S("April"),
                                    S("May"),     S("June"),     S("July"),      S("August"),
                                    S("September"), S("October"), S("November"), S("December")};
static const qi_slice weekdays[7] = {S("Monday"), S("Tuesday"),  S("Wednesday"), S("Thursday"),
                                     S("Friday"), S("Saturday"), S("Sunday")};

/* At the start of a title or of the first line. */
static const qi_slice opinion_labels[] = {S("opinion"), S("op-ed"), S("editorial"), S("commentary"),
                                          S("column"), S("letter to the editor")};
static const qi_slice statement_labels[] = {
    S("for immediate release"), S("press release"), S("press statement"), S("joint statement"),
    S("statement by"), S("statement of"), S("statement on"), S("statement from"), S("remarks by"),
    S("readout of"), S("communique"), S("joint communique")};
/* Anywhere in the address. */
static const qi_slice opinion_addresses[] = {S("/opinion"), S("/op-ed"), S("/editorial"),
                                             S("/commentary"), S("/columnists")};
static const qi_slice statement_addresses[] = {S(".gov/"), S(".mil/"), S("//mfa."), S(".mfa."),
                                               S("kremlin.ru"), S("/press-release"), S("/statements")};
static const qi_slice report_addresses[] = {S("/news/"), S("/world/"), S("/article/")};
/* Anywhere in the publisher's name. */
static const qi_slice statement_publishers[] = {
    S("ministry"), S("department of"), S("state department"), S("government"), S("embassy"),
    S("white house"), S("kremlin"), S("central command"), S("delegation of"), S("office of the")};
static const qi_slice report_publishers[] = {
    S("reuters"), S("associated press"), S("agence france"), S("xinhua"), S("tass"), S("yonhap"),
    S("wikinews"), S("kyodo"), S("interfax"), S("united press international")};

/* Needle in lower case; only ASCII letters are folded. */
static bool starts_nocase(qi_slice s, qi_slice needle) {
  return s.len >= needle.len && qi_slice_eq_nocase(qi_slice_sub(s, 0, needle.len), needle);
}

static bool has_any(qi_slice s, const qi_slice *needles, size_t n) {
  for (size_t i = 0; i < n; i++)
    for (size_t at = 0; at + needles[i].len <= s.len; at++)
      if (starts_nocase(qi_slice_sub(s, at, s.len), needles[i])) return true;
  return false;
}

/* "OPINION", "Opinion: ...", "Editorial | ...": the label, then no further letter of the word. */
static bool starts_any(qi_slice s, const qi_slice *labels, size_t n, const char *after) {
  for (size_t i = 0; i < n; i++) {
    if (!starts_nocase(s, labels[i])) continue;
    qi_slice rest = qi_slice_trim(qi_slice_sub(s, labels[i].len, s.len));
    if (rest.len == 0 || !after || strchr(after, rest.ptr[0])) return true;
  }
  return false;
}

/* A number of 1 to 4 digits at *at, which moves behind it; 0 for none. */
static int read_number(qi_slice s, size_t *at) {
  int number = 0;
  size_t start = *at;
  while (*at < s.len && *at - start < 4 && qi_ascii_is_digit(s.ptr[*at]))
    number = number * 10 + (s.ptr[(*at)++] - '0');
  return number;
}

static void skip(qi_slice s, size_t *at, const char *set) {
  while (*at < s.len && strchr(set, s.ptr[*at]) && s.ptr[*at]) ++*at;
}

static int read_word(qi_slice s, size_t *at, const qi_slice *words, int n) {
  for (int i = 0; i < n; i++)
    if (starts_nocase(qi_slice_sub(s, *at, s.len), words[i])) {
      *at += words[i].len;
      return i + 1;
    }
  return 0;
}

/* "Friday, August 21, 2015", "21 August 2015", "2015-08-21": the line, or, where a weekday comes
 * first, its beginning. */
static qi_day read_date_line(qi_slice line) {
  qi_day first, last;
  if (line.len == 10 && qi_date_parse(line, &first, &last)) return first;
  size_t at = 0;
  bool weekday = read_word(line, &at, weekdays, 7) > 0;
  skip(line, &at, ", ");
  int day = read_number(line, &at);
  skip(line, &at, " ");
  int month = read_word(line, &at, months, 12);
  skip(line, &at, " ");
  if (day == 0) day = read_number(line, &at);
  skip(line, &at, ", ");
  int year = read_number(line, &at);
  if (!month || year < 1000 || (at < line.len && !(weekday && line.ptr[at] == ' ')))
    return QI_DAY_NONE;
  return qi_day_from_ymd(year, month, day);
}

static qi_slice read_byline(qi_slice line) {
  bool by = line.len > 4 && line.len <= MAX_BYLINE_BYTES && starts_nocase(line, QI_SLICE("by "));
  char last = line.len ? line.ptr[line.len - 1] : '.';
  if (!by || !qi_ascii_is_upper(line.ptr[3]) || strchr(".?!:;,", last)) return (qi_slice){0};
  return qi_slice_trim(qi_slice_sub(line, 3, line.len));
}

/* "SEOUL, Aug 21 (Reuters) -" or "Taipei, Taiwan -" with any dash: names, then a dash. */
static bool is_dateline(qi_slice line) {
  static const qi_slice dashes[] = {S(" \xE2\x80\x94"), S(" \xE2\x80\x93"), S(" - "), S(" -- ")};
  size_t end = QI_NOT_FOUND;
  qi_slice head = qi_slice_sub(line, 0, MAX_DATELINE_BYTES);
  for (size_t i = 0; i < COUNT(dashes); i++) {
    size_t at = qi_slice_find(head, dashes[i]);
    if (at != QI_NOT_FOUND && at < end) end = at;
  }
  if (end == QI_NOT_FOUND) return false;
  qi_slice rest = qi_slice_sub(head, 0, end), word;
  bool comma = qi_slice_find_char(rest, ',') != QI_NOT_FOUND;
  bool agency = rest.len && rest.ptr[rest.len - 1] == ')';
  bool capitals = true, names = true, first = true;
  for (; qi_slice_word(&rest, &word); first = false) {
    if (first)
      for (size_t i = 0; i < word.len; i++) capitals = capitals && !qi_ascii_is_lower(word.ptr[i]);
    if (first && word.len < 4) capitals = false; /* "U.S." is no city, but let "Rome," pass */
    names = names && !qi_ascii_is_lower(word.ptr[0]);
  }
  return names && !first && (agency || comma || capitals);
}

static bool is_title(qi_slice line, qi_slice next, bool apart) {
  if (line.len == 0 || line.len > MAX_TITLE_BYTES || next.len == 0) return false;
  if (strchr(".!:;,", line.ptr[line.len - 1]) || is_dateline(line)) return false;
  return apart || read_date_line(next) != QI_DAY_NONE || read_byline(next).len > 0 ||
         next.len >= MIN_PARAGRAPH_BYTES;
}

static quid_genre genre_of(qi_slice title, qi_slice first, bool dateline, const char *publisher,
                           const char *url) {
  qi_slice address = qi_slice_str(url), house = qi_slice_str(publisher);
  if (starts_any(title, opinion_labels, COUNT(opinion_labels), ":|-") ||
      starts_any(first, opinion_labels, COUNT(opinion_labels), ":|-") ||
      has_any(address, opinion_addresses, COUNT(opinion_addresses)))
    return QUID_GENRE_OPINION;
  if (starts_any(title, statement_labels, COUNT(statement_labels), NULL) ||
      starts_any(first, statement_labels, COUNT(statement_labels), NULL) ||
      has_any(address, statement_addresses, COUNT(statement_addresses)) ||
      has_any(house, statement_publishers, COUNT(statement_publishers)))
    return QUID_GENRE_STATEMENT;
  if (dateline || has_any(address, report_addresses, COUNT(report_addresses)) ||
      has_any(house, report_publishers, COUNT(report_publishers)))
    return QUID_GENRE_REPORT;
  return QUID_GENRE_UNKNOWN;
}

qi_header qi_header_read(qi_slice text, const char *title, const char *publisher, const char *url) {
  qi_header header = {.day = QI_DAY_NONE};
  qi_slice lines[MAX_HEADER_LINES + 1] = {{0}}, line;
  bool apart[MAX_HEADER_LINES + 1] = {0}; /* a blank line follows */
  size_t n = 0;
  while (n <= MAX_HEADER_LINES && qi_slice_line(&text, &line)) {
    line = qi_slice_trim(line);
    if (line.len) lines[n++] = line;
    else if (n) apart[n - 1] = true;
  }
  bool dateline = false;
  bool label = starts_any(lines[0], opinion_labels, COUNT(opinion_labels), ":|-") &&
               lines[0].len <= MAX_BYLINE_BYTES && qi_slice_find_char(lines[0], ' ') == QI_NOT_FOUND;
  size_t i = label ? 1 : 0;
  if (i + 1 < n && is_title(lines[i], lines[i + 1], apart[i])) header.title = lines[i++];
  for (; i < n && i < MAX_HEADER_LINES; i++) {
    if (header.day == QI_DAY_NONE) header.day = read_date_line(lines[i]);
    if (!header.byline.len) header.byline = read_byline(lines[i]);
    dateline = dateline || is_dateline(lines[i]);
  }
  qi_slice shown = title && *title ? qi_slice_str(title) : header.title;
  header.genre = genre_of(shown, lines[0], dateline, publisher, url);
  return header;
}
