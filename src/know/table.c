/* know: bytes of a dictionary file -> rows of fields. See table.h. */
#include "know/table.h"

#include "base/file.h"
#include <stdio.h>

static bool next_line(qi_table *t, qi_slice *line) {
  while (qi_slice_line(&t->rest, line)) {
    t->line++;
    if (qi_slice_trim(*line).len > 0 && line->ptr[0] != '#') return true;
  }
  return false;
}

static size_t count_columns(qi_slice line) {
  size_t n = 1;
  for (size_t i = 0; i < line.len; i++) n += line.ptr[i] == '\t';
  return n;
}

quid_status qi_table_open(qi_table *t, qi_slice data, const char *file, const char *header,
                          quid_error *err) {
  *t = (qi_table){.file = file, .rest = data, .n_columns = count_columns(qi_slice_str(header))};
  qi_slice line;
  if (!next_line(t, &line))
    return qi_error_at(err, QUID_ERR_FORMAT, file, 1, 1, "no header line");
  if (!qi_slice_eq_str(line, header))
    return qi_error_at(err, QUID_ERR_FORMAT, file, t->line, 1, "unexpected header '%.*s'",
                       QI_SLICE_ARG(line));
  return QUID_OK;
}

quid_status qi_table_next(qi_table *t, bool *more, quid_error *err) {
  qi_slice line, field;
  if (!(*more = next_line(t, &line))) return QUID_OK;
  size_t n = 0;
  qi_slice rest = line;
  while (qi_slice_split(&rest, '\t', &field)) {
    size_t at = (size_t)(field.ptr - line.ptr) + 1;
    if (n == t->n_columns)
      return qi_error_at(err, QUID_ERR_FORMAT, t->file, t->line, at, "too many fields at '%.*s'",
                         QI_SLICE_ARG(field));
    t->column[n] = at;
    t->field[n++] = qi_slice_trim(field);
  }
  if (n < t->n_columns)
    return qi_error_at(err, QUID_ERR_FORMAT, t->file, t->line, line.len + 1,
                       "%zu fields where %zu are needed", n, t->n_columns);
  return QUID_OK;
}

quid_status qi_table_error(const qi_table *t, size_t i, quid_error *err, const char *problem,
                           qi_slice subject) {
  return qi_error_at(err, QUID_ERR_FORMAT, t->file, t->line, t->column[i], "%s '%.*s'", problem,
                     QI_SLICE_ARG(subject));
}

quid_status qi_know_read(qi_builder *data, char *path, size_t path_room, const char *dir,
                         const char *relative, quid_error *err) {
  qi_builder_init(data, QI_MAX_KNOWLEDGE_BYTES);
  int n = snprintf(path, path_room, "%s/%s", dir, relative);
  if (n < 0 || (size_t)n >= path_room)
    return qi_error_set(err, QUID_ERR_ARGUMENT, "path too long '%s/%s'", dir, relative);
  return qi_file_read(data, path, QI_MAX_KNOWLEDGE_BYTES, err);
}
