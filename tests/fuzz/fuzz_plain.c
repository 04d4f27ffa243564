/* Whatever the bytes: a file is taken or refused with a message, and what its header shows lies within
 * the text. */
#include "base/utf8.h"
#include "read/read.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_within(qi_slice part, qi_slice whole) {
  if (part.len && (part.ptr < whole.ptr || part.ptr + part.len > whole.ptr + whole.len)) abort();
  if (!qi_utf8_is_valid(part)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  qi_slice bytes = {(const char *)data, size};
  quid_error err = {0};
  qi_utf8_repairs repairs;
  qi_builder text;
  quid_status status = qi_plain_check(bytes, "file", &err);
  if ((status != QUID_OK) != (err.message[0] != '\0')) abort();
  qi_builder_init(&text, 0);
  if (!qi_utf8_repair(&text, bytes, &repairs)) abort();
  qi_slice whole = qi_builder_view(&text);
  qi_header header = qi_header_read(whole, "", text.ptr, text.ptr);
  check_within(header.title, whole);
  check_within(header.byline, whole);
  check_within(header.byline_line, whole);
  check_within(header.dateline_line, whole);
  check_within(header.beside_byline, whole);
  check_within(header.dateline.place, whole);
  qi_builder_clear(&text);
  return 0;
}
