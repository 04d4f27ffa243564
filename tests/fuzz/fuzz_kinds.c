/* Whatever the bytes of kinds.tsv: they are refused with their line, or they can be asked. */
#include "know/kinds.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  qi_slice text = qi_slice_of((const char *)data, size), word;
  qi_kinds *kinds = NULL;
  quid_error err = {0};
  if (qi_kinds_parse(&kinds, text, "file", &err)) {
    if (kinds || !err.message[0] || !err.line) abort();
    return 0;
  }
  while (qi_slice_word(&text, &word)) qi_kinds_of(kinds, word);
  qi_kinds_free(kinds);
  return 0;
}
