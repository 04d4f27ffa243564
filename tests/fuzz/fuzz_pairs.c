/* Whatever the table: rows with three fields inside it, each line at most once, or an error with a line. */
#include "read/read.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_inside(qi_slice field, const uint8_t *data, size_t size) {
  const char *from = (const char *)data;
  if (field.len && (field.ptr < from || field.ptr + field.len > from + size)) abort();
  if (qi_slice_find_char(field, '\n') != QI_NOT_FOUND || qi_slice_find_char(field, '\t') != QI_NOT_FOUND) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  qi_pairs pairs;
  quid_error err = {0};
  size_t last = 1;
  if (qi_pairs_open(&pairs, qi_slice_of((const char *)data, size), "file", &err)) {
    if (err.line != 1 || !err.message[0]) abort();
    return 0;
  }
  for (bool more = true;;) {
    qi_pairs_row row = {{0}, {0}, {0}};
    quid_error bad = {0};
    quid_status status = qi_pairs_next(&row, &pairs, &more, &bad);
    if (!more) break;
    if (pairs.line <= last || (status && bad.line != pairs.line)) abort();
    last = pairs.line;
    check_inside(row.sentence, data, size);
    check_inside(row.source, data, size);
    check_inside(row.target, data, size);
  }
  return 0;
}
