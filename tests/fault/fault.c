#include "fault/fault.h"

#include <string.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);
char *__wrap_strdup(const char *s);

static size_t left; /* allocations until the one that fails; 0: none will */
static bool fired;

void fault_arm(size_t nth) {
  left = nth;
  fired = false;
}

bool fault_fired(void) { return fired; }

static bool fails(void) {
  if (left == 0 || --left > 0) return false;
  return fired = true;
}

void *__wrap_malloc(size_t size) { return fails() ? NULL : __real_malloc(size); }
void *__wrap_calloc(size_t n, size_t size) { return fails() ? NULL : __real_calloc(n, size); }
void *__wrap_realloc(void *p, size_t size) { return fails() ? NULL : __real_realloc(p, size); }

char *__wrap_strdup(const char *s) {
  size_t bytes = strlen(s) + 1;
  char *copy = fails() ? NULL : __real_malloc(bytes);
  return copy ? memcpy(copy, s, bytes) : NULL;
}
