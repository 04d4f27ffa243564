/* read: the outside of a text -> its headline, byline, date line, dateline, and who speaks in it.
 *
 * Rules over the first lines, in this order: labels ("OPINION:"), a headline (a short line without
 * a full stop that stands apart from what follows), and below it in any order a byline ("By Jane Doe"), a date line
 * ("Friday, August 21, 2015"), a dateline (dateline.c). The text itself is left as
 * it is: the headline is one of its sentences.
 *
 * Example: "Ostria asks for grain\n\nFriday, August 21, 2015\n\nOSTRIA CITY - The ..."
 *   -> title "Ostria asks for grain", day 2015-08-21, genre report. */
#include "read/read.h"

#include "base/utf8.h"

#define MAX_HEADER_LINES 7
#define MAX_TITLE_BYTES 200
#define MAX_BYLINE_BYTES 100
#define MAX_LABEL_BYTES 40
#define MAX_NAME_WORDS 12
#define MIN_PARAGRAPH_BYTES 120 /* a line as long as this is a whole paragraph, not a wrapped line */

#define S(text) QI_SLICE_INIT(text)
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Lines that stand above or below a headline. */
static const qi_slice label_lines[] = {
    S("opinion"), S("op-ed"), S("editorial"), S("commentary"), S("column"), S("guest essay"), S("guest column"), S("viewpoint"),
    S("letter to the editor"), S("letters to the editor"), S("analysis"), S("press release"), S("press statement"),
    S("for immediate release"), S("statement"), S("news release"), S("media release"), S("breaking"), S("breaking news"),
    S("exclusive"), S("world"), S("news"), S("politics"), S("europe"), S("asia"), S("africa"), S("middle east"), S("americas")};
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

/* "Friday, August 21, 2015", "Nov. 25, 2024", "2015-08-21", "Published: 25 November 2024": the line, or, where a
 * weekday comes first, its beginning. */
static qi_day read_date_line(qi_slice line) {
  static const qi_slice before[] = {S("published"), S("posted"), S("updated"), S("date"), S("issued"), S("on")};
  for (size_t i = 0; i < COUNT(before); i++)
    if (starts_nocase(line, before[i])) {
      size_t n = before[i].len;
      while (n < line.len && (line.ptr[n] == ' ' || line.ptr[n] == ':')) n++;
      if (n > before[i].len) line = qi_slice_sub(line, n, line.len);
    }
  size_t at = 0;
  bool weekday;
  qi_ymd date;
  if (!qi_date_read_words(line, &at, &date, &weekday) || !date.year) return QI_DAY_NONE;
  if (at < line.len && !(weekday && line.ptr[at] == ' ')) return QI_DAY_NONE;
  return qi_day_from_ymd(date.year, date.month, date.day);
}

/* ---- bylines ---- */

static bool is_small(qi_slice word) {
  static const qi_slice words[] = {S("and"), S("de"), S("van"), S("von"), S("der"), S("den"), S("al"), S("bin"), S("da"), S("di"),
                                   S("el"), S("ben"), S("ibn"), S("y"), S("&"), S("la"), S("du")};
  for (size_t i = 0; i < COUNT(words); i++)
    if (qi_slice_eq(word, words[i])) return true;
  return false;
}

/* "Dr.", "Father": forms of address before a name. */
static qi_slice without_address(qi_slice name) {
  static const qi_slice forms[] = {S("dr. "), S("dr "), S("prof. "), S("professor "), S("father "), S("rev. "), S("sir ")};
  for (size_t i = 0; i < COUNT(forms); i++)
    if (starts_nocase(name, forms[i])) return qi_slice_sub(name, forms[i].len, name.len);
  return name;
}

/* The names at the start, up to a comma, a bar, or "in Moscow". Empty where other words stand among them. */
static qi_slice read_names(qi_slice rest) {
  static const qi_slice ends[] = {S(","), S(" |"), S(" in "), S(" for "), S(" at "), S(" /"), S(" -"), S(" \xE2\x80\x93"), S(" \xE2\x80\x94"), S(" (")};
  size_t end = rest.len;
  for (size_t i = 0; i < COUNT(ends); i++) {
    size_t at = qi_slice_find(rest, ends[i]);
    if (at == QI_NOT_FOUND || at >= end) continue;
    qi_slice behind = qi_slice_sub(rest, at, rest.len); /* "Ann Roe, Bo Li and Cy Doe" */
    bool list = ends[i].ptr[0] == ',' && qi_slice_find(behind, QI_SLICE(" and ")) != QI_NOT_FOUND;
    if (!list) end = at;
  }
  qi_slice names = qi_slice_trim(qi_slice_sub(rest, 0, end)), left = names, word;
  size_t n = 0;
  for (; qi_slice_word(&left, &word); n++) {
    size_t at = 0;
    bool capital = qi_cp_is_upper(qi_utf8_decode(word, &at));
    if (!capital && !is_small(word)) return (qi_slice){0};
  }
  return n && n <= MAX_NAME_WORDS ? names : (qi_slice){0};
}

/* "By Staff Writers": a byline that names nobody. */
static bool is_nobody(qi_slice names) {
  static const qi_slice words[] = {S("staff"), S("our "), S("agencies"), S("news desk"), S("wire "), S("newsroom"), S("agency "), S("a correspondent"),
                                   S("a staff"), S("news staff"), S("web desk")};
  return starts_any(names, words, COUNT(words), NULL);
}

static bool is_reporter(qi_slice line) {
  static const qi_slice posts[] = {S("correspondent"), S("editor"), S("reporter"), S("columnist"), S("staff writer"), S("bureau chief"),
                                   S("contributor"), S("special to")};
  return has_any(line, posts, COUNT(posts));
}

/* "By Jane Doe", "Story by Jane Doe and John Roe", "Jane Doe, Moscow correspondent". *behind: what follows the names. */
static qi_slice read_byline(qi_slice line, qi_slice *behind) {
  static const qi_slice by[] = {S("by "), S("by: "), S("story by "), S("words by "), S("text by "), S("written by "), S("report by ")};
  *behind = (qi_slice){0};
  if (line.len <= 4 || line.len > MAX_BYLINE_BYTES) return (qi_slice){0};
  size_t from = 0;
  for (size_t i = 0; i < COUNT(by) && !from; i++)
    if (starts_nocase(line, by[i])) from = by[i].len;
  size_t comma = qi_slice_find_char(line, ',');
  bool post = !from && comma != QI_NOT_FOUND && comma >= 5 && is_reporter(qi_slice_sub(line, comma, line.len));
  char last = line.ptr[line.len - 1];
  bool initial = line.len > 3 && (line.ptr[line.len - 3] == ' ' || qi_slice_ends(line, QI_SLICE(" Jr.")));
  if ((!from && !post) || strchr("?!:;,", last) || (last == '.' && !initial && !post)) return (qi_slice){0};
  qi_slice rest = qi_slice_sub(line, from, line.len), names = read_names(rest);
  if (!names.len || (post && qi_slice_find_char(names, ' ') == QI_NOT_FOUND)) return (qi_slice){0};
  *behind = qi_slice_trim(qi_slice_sub(line, (size_t)(names.ptr + names.len - line.ptr), line.len));
  return without_address(names);
}

/* "..., Moscow" and "... in Moscow" behind a byline; "| Nov. 25, 2024". */
static void read_behind_byline(qi_header *h, qi_slice rest) {
  while (rest.len && strchr(",|-/ ", rest.ptr[0])) rest = qi_slice_sub(rest, 1, rest.len);
  qi_day day = read_date_line(rest);
  if (h->day == QI_DAY_NONE && day != QI_DAY_NONE) h->day = day;
  if (starts_nocase(rest, QI_SLICE("in "))) rest = qi_slice_trim(qi_slice_sub(rest, 3, rest.len));
  if (day != QI_DAY_NONE || is_reporter(rest) || !rest.len) return;
  h->beside_byline = rest;
}

/* ---- headlines ---- */

static bool is_by(qi_slice line) {
  qi_slice behind;
  return read_byline(line, &behind).len > 0;
}

static bool is_title(qi_slice line, qi_slice next, bool apart) {
  qi_dateline d;
  if (line.len == 0 || line.len > MAX_TITLE_BYTES || next.len == 0) return false;
  if (strchr(".:;,", line.ptr[line.len - 1]) || is_by(line) || qi_dateline_read(line, &d)) return false;
  return apart || read_date_line(next) != QI_DAY_NONE || is_by(next) || next.len >= MIN_PARAGRAPH_BYTES;
}

/* A line that says what kind of text it is, and nothing else. */
static bool is_label_line(qi_slice line) {
  if (line.len > MAX_LABEL_BYTES) return false;
  while (line.len && strchr(": |", line.ptr[line.len - 1])) line.len--;
  for (size_t i = 0; i < COUNT(label_lines); i++)
    if (qi_slice_eq_nocase(line, label_lines[i])) return true;
  return false;
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

static size_t read_lines(qi_slice text, qi_slice *lines, bool *apart) {
  qi_slice line;
  size_t n = 0;
  while (n <= MAX_HEADER_LINES && qi_slice_line(&text, &line)) {
    line = qi_slice_trim(line);
    if (line.len) lines[n++] = line;
    else if (n) apart[n - 1] = true;
  }
  return n;
}

/* A line of cookies or adverts may stand above a headline that has a byline or dateline under it. */
static bool is_headed(const qi_slice *lines, size_t i, size_t n) {
  qi_dateline d;
  if (i + 2 >= n || !strchr(".!", lines[i].ptr[lines[i].len - 1]) || lines[i].len > MAX_TITLE_BYTES) return false;
  return is_title(lines[i + 1], lines[i + 2], false) && (is_by(lines[i + 2]) || qi_dateline_read(lines[i + 2], &d));
}

static void read_line_below(qi_header *h, qi_slice line);

/* "LETTER FROM PERUN | By Jane Doe | Nov. 20, 2024" */
static bool read_bars(qi_header *h, qi_slice line) {
  static const qi_slice bars[] = {S(" | "), S(" \xE2\x80\xA2 "), S(" \xC2\xB7 ")};
  for (size_t i = 0; i < COUNT(bars) && line.len <= MAX_TITLE_BYTES; i++) {
    size_t at = qi_slice_find(line, bars[i]);
    if (at == QI_NOT_FOUND) continue;
    qi_slice byline = h->byline;
    read_line_below(h, qi_slice_trim(qi_slice_sub(line, 0, at)));
    read_line_below(h, qi_slice_trim(qi_slice_sub(line, at + bars[i].len, line.len)));
    if (byline.len != h->byline.len) h->byline_line = line;
    return true;
  }
  return false;
}

static void read_line_below(qi_header *h, qi_slice line) {
  qi_dateline d;
  qi_slice behind;
  qi_day day = read_date_line(line);
  if (!line.len || (!is_by(line) && read_bars(h, line))) return;
  if (day != QI_DAY_NONE) {
    if (h->day == QI_DAY_NONE) h->day = day;
  } else if (!h->byline_line.len && (h->byline = read_byline(line, &behind)).len) {
    h->byline_line = line;
    if (is_nobody(h->byline)) h->byline = (qi_slice){0};
    read_behind_byline(h, behind);
  } else if (!h->dateline.place.len && qi_dateline_read(line, &d)) {
    h->dateline = d;
    h->dateline_line = qi_slice_sub(line, 0, d.run_in ? d.run_in : line.len);
  }
}

qi_header qi_header_read(qi_slice text, const char *title, const char *publisher, const char *url) {
  qi_header header = {.day = QI_DAY_NONE};
  qi_slice lines[MAX_HEADER_LINES + 1] = {{0}};
  bool apart[MAX_HEADER_LINES + 1] = {0}; /* a blank line follows */
  size_t n = read_lines(text, lines, apart), i = 0;
  while (i + 1 < n && is_label_line(lines[i])) i++;
  if (is_headed(lines, i, n)) i++;
  if (i + 1 < n && is_title(lines[i], lines[i + 1], apart[i])) header.title = lines[i++];
  for (; i < n && i < MAX_HEADER_LINES; i++) {
    read_line_below(&header, lines[i]);
    if (header.dateline.run_in) break; /* the report has begun */
  }
  if (header.day == QI_DAY_NONE) header.day = qi_date_near(header.dateline.date, QI_DAY_NONE);
  qi_slice shown = title && *title ? qi_slice_str(title) : header.title;
  header.genre = genre_of(shown, lines[0], header.dateline.run_in > 0, publisher, url);
  header.sure = header.genre != QUID_GENRE_REPORT || genre_of(shown, lines[0], false, publisher, url) == header.genre;
  return header;
}
