#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define N_PATHS 4
#define PATH_BYTES 4096

static const char *join(const char *dir, const char *relative) {
  static char paths[N_PATHS][PATH_BYTES];
  static int next;
  char *path = paths[next];
  next = (next + 1) % N_PATHS;
  snprintf(path, PATH_BYTES, "%s/%s", dir, relative);
  return path;
}

const char *test_root(const char *relative) { return join(QUID_TEST_ROOT, relative); }

const char *test_data(const char *relative) {
  const char *dir = getenv("QUID_TEST_DATA");
  const char *path = join(dir ? dir : QUID_TEST_ROOT "/../shared/data", relative);
  if (access(path, R_OK) == 0) return path;
  printf("# absent: shared/data/%s\n", relative);
  return NULL;
}
