/* bench: loads a PETRARCH dictionary (a folder, an .ini, or files joined by commas) and prints how long it
 * took in CPU time, the fastest and the median of the rounds, and what was in it.
 *
 *   bench-dictionary [--notes] WHERE */
#include "bench.h"

#include "know/petrarch.h"
#include <string.h>

enum { ROUNDS = 21 };

static void print_notes(const qi_petrarch *p) {
  for (size_t i = 0; i < qi_petrarch_n_notes(p); i++) {
    const quid_error *note = qi_petrarch_note(p, i);
    printf("%s:%zu:%zu: %s\n", note->file, note->line, note->column, note->message);
  }
}

int main(int argc, char **argv) {
  bool notes = argc > 2 && strcmp(argv[1], "--notes") == 0;
  const char *where = argc > 1 ? argv[argc - 1] : "";
  double ms[ROUNDS];
  for (int i = 0; i < ROUNDS; i++) {
    qi_petrarch *p;
    quid_error err = {0};
    double start = cpu_s();
    if (qi_petrarch_load(&p, where, &err)) stop(&err);
    ms[i] = 1e3 * (cpu_s() - start);
    qi_petr_counts n = qi_petrarch_counts(p);
    if (i == 0 && notes) print_notes(p);
    if (i == 0)
      printf("files     %u\nnames     %u names of actors, %u agents\nverbs     %u verbs, %u patterns, %u synonym sets\ndiscards  %u\nnot read  %u lines\n",
             n.files, n.names, n.agents, n.verbs, n.patterns, n.sets, n.discards, n.faults);
    qi_petrarch_free(p);
  }
  double middle = median(ms, ROUNDS);
  printf("load      %.1f ms of CPU time, fastest %.1f ms, slowest %.1f ms (median of %d)\n", middle, ms[0], ms[ROUNDS - 1], ROUNDS);
  return 0;
}
