/* show: an answer -> a table for people, JSON lines, CSV or TSV.
 *
 * In JSON a column whose cells are all numbers is written as numbers; an empty cell is null. CSV after RFC 4180.
 * Example: giver, taker, events / PRK, RUS, 12 -> {"giver":"PRK","taker":"RUS","events":12} */
#include "ask/ask.h"
#include "base/utf8.h"
#include "show/show.h"

#define GAP 2
#define MIN_WIDTH 8 /* a column is not squeezed below this */

static void put_json(qi_builder *b, const quid_answer *a) {
  for (size_t row = 0; row < quid_answer_n_rows(a); row++) {
    for (size_t i = 0; i < a->columns.len; i++) {
      const char *cell = quid_answer_cell(a, row, i);
      qi_builder_char(b, i ? ',' : '{');
      qi_show_json_text(b, a->columns.items[i]);
      qi_builder_char(b, ':');
      if (*cell && a->is_number.items[i]) qi_builder_str(b, cell);
      else qi_show_json_text(b, cell);
    }
    qi_builder_str(b, "}\n");
  }
}

static void put_csv_cell(qi_builder *b, const char *cell) {
  qi_slice s = qi_slice_str(cell);
  bool quote = false;
  for (size_t i = 0; i < s.len; i++) quote |= s.ptr[i] == ',' || s.ptr[i] == '"' || s.ptr[i] == '\n' || s.ptr[i] == '\r';
  if (quote) qi_builder_char(b, '"');
  for (size_t i = 0; i < s.len; i++) {
    if (s.ptr[i] == '"') qi_builder_char(b, '"');
    qi_builder_char(b, s.ptr[i]);
  }
  if (quote) qi_builder_char(b, '"');
}

static void put_separated(qi_builder *b, const quid_answer *a, bool tabs) {
  size_t n = a->columns.len;
  for (size_t row = 0; row <= quid_answer_n_rows(a); row++)
    for (size_t i = 0; i < n; i++) {
      const char *cell = row ? quid_answer_cell(a, row - 1, i) : a->columns.items[i];
      if (tabs) qi_show_tsv_text(b, qi_slice_str(cell));
      else put_csv_cell(b, cell);
      qi_builder_str(b, i + 1 < n ? (tabs ? "\t" : ",") : tabs ? "\n" : "\r\n");
    }
}

/* ---- the table ---- */

static size_t clean_width(const char *cell) {
  qi_builder clean;
  qi_builder_init(&clean, 0);
  qi_show_clean(&clean, qi_slice_str(cell));
  size_t width = qi_utf8_width(qi_builder_view(&clean));
  qi_builder_clear(&clean);
  return width;
}

/* The widest columns give way until all fit. */
static void fit(size_t *widths, size_t n, unsigned width) {
  for (;;) {
    size_t sum = n ? GAP * (n - 1) : 0, widest = 0;
    for (size_t i = 0; i < n; i++) {
      sum += widths[i];
      if (widths[i] > widths[widest]) widest = i;
    }
    if (!width || sum <= width || widths[widest] <= MIN_WIDTH) return;
    widths[widest]--;
  }
}

/* One line of the cell's text from *at, at most `width` columns; broken at spaces if it can be. */
static qi_slice take(qi_slice text, size_t *at, size_t width) {
  size_t start = *at, end = start, cut = 0, used = 0;
  while (end < text.len) {
    size_t next = end;
    qi_utf8_decode(text, &next);
    used += qi_utf8_width(qi_slice_sub(text, end, next));
    if (used > width && end > start) break;
    if (text.ptr[end] == ' ' || text.ptr[end] == ',' || text.ptr[end] == ';') cut = next;
    end = next;
  }
  if (end < text.len && cut > start) end = cut;
  *at = end;
  while (*at < text.len && text.ptr[*at] == ' ') (*at)++;
  return qi_slice_trim(qi_slice_sub(text, start, end));
}

static void put_lines(qi_builder *b, const qi_slice *cells, const bool *right, const size_t *widths, size_t *at, size_t n) {
  bool more = true;
  for (size_t i = 0; i < n; i++) at[i] = 0;
  while (more) {
    size_t due = 0;
    more = false;
    for (size_t i = 0; i < n; i++) {
      qi_slice line = at[i] < cells[i].len ? take(cells[i], &at[i], widths[i]) : QI_SLICE("");
      size_t width = qi_utf8_width(line), pad = widths[i] > width ? widths[i] - width : 0;
      if (right[i]) due += pad;
      if (line.len) {
        qi_builder_repeat(b, ' ', due);
        qi_builder_slice(b, line);
        due = 0;
      } else {
        due += width;
      }
      due += (right[i] ? 0 : pad) + GAP;
      more |= at[i] < cells[i].len;
    }
    qi_builder_char(b, '\n');
  }
}

static void put_table(qi_builder *b, const quid_answer *a, unsigned width) {
  qi_arena arena;
  size_t n = a->columns.len, n_rows = quid_answer_n_rows(a);
  qi_arena_init(&arena, 0);
  size_t *widths = QI_NEW_ARRAY(&arena, size_t, n), *at = QI_NEW_ARRAY(&arena, size_t, n);
  qi_slice *cells = QI_NEW_ARRAY(&arena, qi_slice, n);
  bool *left = QI_NEW_ARRAY(&arena, bool, n);
  if (!widths || !at || !cells || !left) {
    b->failed = QUID_ERR_MEMORY;
    qi_arena_clear(&arena);
    return;
  }
  for (size_t i = 0; i < n; i++) {
    widths[i] = clean_width(a->columns.items[i]);
    left[i] = false;
    for (size_t row = 0; row < n_rows; row++) {
      size_t w = clean_width(quid_answer_cell(a, row, i));
      if (w > widths[i]) widths[i] = w;
    }
  }
  fit(widths, n, width);
  for (size_t row = 0; row <= n_rows && n; row++) {
    qi_builder clean;
    for (size_t i = 0; i < n; i++) {
      qi_builder_init(&clean, 0);
      qi_show_clean(&clean, qi_slice_str(row ? quid_answer_cell(a, row - 1, i) : a->columns.items[i]));
      cells[i] = qi_arena_slice(&arena, qi_builder_view(&clean));
      if (clean.failed || !cells[i].ptr) b->failed = QUID_ERR_MEMORY;
      qi_builder_clear(&clean);
    }
    put_lines(b, cells, row ? a->is_number.items : left, widths, at, n);
  }
  if (!n_rows) qi_builder_str(b, "(nothing)\n");
  qi_arena_clear(&arena);
}

quid_status quid_answer_show(char **out, size_t *n_bytes, const quid_answer *a, quid_answer_format format, unsigned width, quid_error *err) {
  qi_builder b;
  qi_builder_init(&b, 0);
  qi_builder_reserve(&b, 1);
  switch (format) {
  case QUID_ANSWER_JSON: put_json(&b, a); break;
  case QUID_ANSWER_CSV: put_separated(&b, a, false); break;
  case QUID_ANSWER_TSV: put_separated(&b, a, true); break;
  case QUID_ANSWER_TABLE: put_table(&b, a, width); break;
  }
  quid_status status = qi_builder_status(&b, "the answer", err);
  size_t len = 0;
  *out = status ? NULL : qi_builder_take(&b, &len);
  if (n_bytes) *n_bytes = len;
  qi_builder_clear(&b);
  return status;
}
