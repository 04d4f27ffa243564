/* Whatever the line: a tree whose texts end where they should, or an error; and what we take, cJSON takes as well. */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t walk(const cJSON *node, int depth) {
  size_t n = 0;
  if (depth > 80) abort();
  for (; node; node = node->next) {
    if (node->string) n += strlen(node->string);
    if (node->type == cJSON_String) n += strlen(node->valuestring);
    n += 1 + walk(node->child, depth + 1);
  }
  return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  qi_arena arena = {0};
  cJSON *tree, *other;
  quid_error err = {0};
  quid_status status = qi_store_json(&tree, &arena, qi_slice_of((const char *)data, size), &err);
  if (status ? !err.message[0] || tree : !tree) abort();
  if (!status) {
    if (walk(tree, 0) > size + 1) abort();
    if (!(other = cJSON_ParseWithLength((const char *)data, size)) || other->type != tree->type) abort();
    cJSON_Delete(other);
  }
  qi_arena_clear(&arena);
  return 0;
}
