/* Whatever the line: it becomes a document with a text, or an error with this line's number. */
#include "read/read.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  qi_jsonl_document doc;
  quid_error err = {0};
  char *line = malloc(size + 1); /* changed in place */
  if (!line) abort();
  if (size) memcpy(line, data, size);
  quid_status status = qi_jsonl_parse(&doc, line, size, "file", 9, &err);
  if (status && (err.line != 9 || err.column > size + 1 || !err.message[0])) abort();
  if (!status && (!doc.input.text || doc.input.text_bytes != strlen(doc.input.text))) abort();
  if (!status) qi_jsonl_clear(&doc);
  free(line);
  return 0;
}
