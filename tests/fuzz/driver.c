/* Runs a fuzz target without a fuzzer: each seed as it is, then its mutations from a fixed
 * generator, so that every run of the tests sees the same inputs. One TAP line per seed.
 *
 *   fuzz_utf8 SEEDS_FOLDER        all seeds and mutations
 *   fuzz_utf8 --one FILE [N]      one seed; with N, its Nth mutation alone (to repeat a crash)
 *
 * QUID_FUZZ_MUTATIONS sets their number per seed (100 otherwise). */
#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
__attribute__((weak)) int LLVMFuzzerInitialize(int *argc, char ***argv);
__attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)(void));

#define MAX_SEEDS 10000
#define DEFAULT_MUTATIONS 100

/* For the note at a crash. */
static char now[4200];

static void tell(void) {
  ssize_t n = write(STDERR_FILENO, now, strlen(now));
  (void)n;
}

static void on_signal(int number) {
  tell();
  signal(number, SIG_DFL);
  raise(number);
}

static uint64_t next_random(uint64_t *state) { /* splitmix64 */
  uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

static size_t below(uint64_t *state, size_t n) { return n ? (size_t)(next_random(state) % n) : 0; }

/* One change in place: cut, flip, overwrite, remove or double a part. `data` has room for 2*size. */
static size_t mutate_once(uint8_t *data, size_t size, uint64_t *state) {
  static const uint8_t nasty[] = {0, 0xFF, 0x80, 0xC0, 0xED, 0xF4, '"', '\\', '{', '[', '\t', '\n',
                                  '\r', '-', '0', '9', '<', '&', ' ', 0x7F};
  if (size == 0) return 0;
  size_t at = below(state, size), len = 1 + below(state, size - at < 64 ? size - at : 64);
  switch (next_random(state) % 6) {
  case 0: return at;                                                          /* cut */
  case 1: data[at] ^= (uint8_t)(1u << below(state, 8)); return size;          /* flip a bit */
  case 2: data[at] = nasty[below(state, sizeof nasty)]; return size;          /* overwrite */
  case 3: memmove(data + at, data + at + len, size - at - len); return size - len; /* remove */
  case 4: memset(data + at, data[below(state, size)], len); return size;      /* a run of one byte */
  default:                                                                    /* double a part */
    memmove(data + at + len, data + at, size - at);
    return size + len;
  }
}

/* An exact copy on the heap, so that ASan sees a read past its end. */
static void run_one(const uint8_t *data, size_t size) {
  uint8_t *copy = malloc(size ? size : 1);
  if (!copy) abort();
  if (size) memcpy(copy, data, size);
  LLVMFuzzerTestOneInput(copy, size);
  free(copy);
}

static void run_mutation(const uint8_t *seed, size_t size, size_t number) {
  enum { MAX_CHANGES = 4, ROOM = MAX_CHANGES * 64 };
  uint64_t state = number * UINT64_C(0xD1342543DE82EF95) + size;
  uint8_t *data = malloc(size + ROOM);
  if (!data) abort();
  if (size) memcpy(data, seed, size);
  for (size_t i = 1 + below(&state, MAX_CHANGES); i > 0; i--) size = mutate_once(data, size, &state);
  run_one(data, size);
  free(data);
}

static uint8_t *read_seed(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  size_t cap = 1 << 16, n;
  uint8_t *data = malloc(cap);
  *size = 0;
  while (data && (n = fread(data + *size, 1, cap - *size, file)) > 0)
    if ((*size += n) == cap) data = realloc(data, cap *= 2);
  fclose(file);
  return data;
}

/* only: the number of the one mutation to run, 0 for all. */
static int run_seed(const char *path, size_t n_mutations, size_t only) {
  size_t size;
  uint8_t *seed = read_seed(path, &size);
  if (!seed) return -1;
  for (size_t i = only; i <= (only ? only : n_mutations); i++) {
    snprintf(now, sizeof now, "\n# crashed on: --one %s %zu\n", path, i);
    if (i == 0) run_one(seed, size);
    else run_mutation(seed, size, i);
  }
  free(seed);
  return 0;
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static int run_folder(const char *folder, size_t n_mutations) {
  char *names[MAX_SEEDS];
  size_t n = 0;
  DIR *dir = opendir(folder);
  for (struct dirent *entry; dir && n < MAX_SEEDS && (entry = readdir(dir));)
    if (entry->d_name[0] != '.') names[n++] = strdup(entry->d_name);
  if (dir) closedir(dir);
  qsort(names, n, sizeof *names, by_name);
  printf("1..%zu\n", n ? n : 1);
  if (n == 0) printf("not ok 1 - no seeds in %s\n", folder);
  for (size_t i = 0; i < n; i++) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, names[i]);
    int bad = run_seed(path, n_mutations, 0);
    printf("%s %zu - seed %s\n", bad ? "not ok" : "ok", i + 1, names[i]);
    fflush(stdout);
    free(names[i]);
  }
  return n == 0;
}

int main(int argc, char **argv) {
  const char *wish = getenv("QUID_FUZZ_MUTATIONS");
  size_t n_mutations = wish ? strtoul(wish, NULL, 10) : DEFAULT_MUTATIONS;
  if (LLVMFuzzerInitialize) LLVMFuzzerInitialize(&argc, &argv);
  /* Sanitizers report by themselves, all but an abort of the target's own. */
  bool sanitized = __sanitizer_set_death_callback != NULL;
  if (sanitized) __sanitizer_set_death_callback(tell);
  for (size_t i = 0; i < (sanitized ? 1 : 5); i++)
    signal((int[]){SIGABRT, SIGSEGV, SIGFPE, SIGBUS, SIGILL}[i], on_signal);
  if (argc >= 3 && strcmp(argv[1], "--one") == 0)
    return run_seed(argv[2], n_mutations, argc > 3 ? strtoul(argv[3], NULL, 10) : 0) ? 1 : 0;
  if (argc != 2) {
    fprintf(stderr, "usage: %s SEEDS_FOLDER | --one FILE [MUTATION]\n", argv[0]);
    return 2;
  }
  return run_folder(argv[1], n_mutations);
}
