/* Whatever the bytes: repair gives valid UTF-8 without NULs, and walking forth and back agree. */
#include "base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  qi_slice in = {(const char *)data, size};
  qi_utf8_repairs repairs;
  qi_builder out;
  qi_arena arena;
  qi_builder_init(&out, 0);
  qi_arena_init(&arena, 0);
  if (!qi_utf8_repair(&out, in, &repairs)) abort();
  qi_slice text = qi_builder_view(&out);
  if (!qi_utf8_is_valid(text) || qi_slice_find_char(text, '\0') != QI_NOT_FOUND) abort();
  size_t forth = qi_utf8_count(in), back = 0;
  if (repairs.n_invalid == 0)
    for (size_t at = in.len; at > 0; back++) qi_utf8_decode_back(in, &at);
  if (repairs.n_invalid == 0 && forth != back) abort();
  qi_slice folded = qi_utf8_fold(&arena, text), lower = qi_utf8_lower(&arena, text);
  if (!qi_utf8_is_valid(folded) || !qi_utf8_is_valid(lower)) abort();
  if (!qi_utf8_is_valid(qi_utf8_cut(text, text.len / 2))) abort();
  qi_utf8_width(in);
  qi_arena_clear(&arena);
  qi_builder_clear(&out);
  return 0;
}
