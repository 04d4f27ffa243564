/* read: bytes of a table -> rows of sentence, source and target.
 *
 * The header says which columns these are; others are passed over. Fields are taken as they stand: no quotes, no
 * escapes, which is how such tables are published. A carriage return before the line's end and a byte order
 * mark before the header are dropped.
 * Example: "id\tsentence\tsource\ttarget\n7\tA hit B.\tA\tB\n" -> one row, "A hit B.", "A", "B". */
#include "read/read.h"

static const char *const names[] = {"sentence", "source", "target"};

static bool next_line(qi_pairs *p, qi_slice *line) {
  if (!p->rest.len) return false;
  size_t end = qi_slice_find_char(p->rest, '\n');
  bool last = end == QI_NOT_FOUND;
  *line = qi_slice_sub(p->rest, 0, last ? p->rest.len : end);
  p->rest = qi_slice_sub(p->rest, last ? p->rest.len : end + 1, p->rest.len);
  if (line->len && line->ptr[line->len - 1] == '\r') line->len--;
  p->line++;
  return true;
}

quid_status qi_pairs_open(qi_pairs *out, qi_slice bytes, const char *name, quid_error *err) {
  *out = (qi_pairs){.name = name, .rest = bytes, .column = {SIZE_MAX, SIZE_MAX, SIZE_MAX}};
  qi_slice line = {0}, field;
  if (qi_slice_starts(bytes, QI_SLICE("\xEF\xBB\xBF"))) out->rest = qi_slice_sub(bytes, 3, bytes.len);
  next_line(out, &line);
  while (qi_slice_split(&line, '\t', &field)) {
    for (size_t k = 0; k < 3; k++) {
      if (!qi_slice_eq_str(qi_slice_trim(field), names[k])) continue;
      if (out->column[k] != SIZE_MAX)
        return qi_error_at(err, QUID_ERR_FORMAT, name, 1, out->n_columns + 1, "two columns named '%s'", names[k]);
      out->column[k] = out->n_columns;
    }
    out->n_columns++;
  }
  for (size_t k = 0; k < 3; k++)
    if (out->column[k] == SIZE_MAX)
      return qi_error_at(err, QUID_ERR_FORMAT, name, 1, 0, "no column '%s' in the header; it needs sentence, source, target", names[k]);
  return QUID_OK;
}

quid_status qi_pairs_next(qi_pairs_row *out, qi_pairs *p, bool *more, quid_error *err) {
  qi_slice line, field, *to[] = {&out->sentence, &out->source, &out->target};
  do *more = next_line(p, &line);
  while (*more && !line.len);
  if (!*more) return QUID_OK;
  size_t n = 0, found = 0;
  while (qi_slice_split(&line, '\t', &field)) {
    for (size_t k = 0; k < 3; k++)
      if (p->column[k] == n) *to[k] = qi_slice_trim(field), found++;
    n++;
  }
  if (found == 3) return QUID_OK;
  return qi_error_at(err, QUID_ERR_FORMAT, p->name, p->line, 0, "%zu fields instead of %zu", n, p->n_columns);
}
