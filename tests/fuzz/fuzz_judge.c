/* Whatever the section: weights that fit, with which each confidence is one, or a refusal. */
#include "code/judge.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  qi_judge *judge;
  quid_error err = {0};
  if (qi_judge_from_bytes(&judge, qi_slice_of((const char *)data, size), "section", &err)) {
    if (judge || !err.message[0]) abort();
    return 0;
  }
  for (int both = 0; both < 2; both++) {
    double p = qi_judge_confidence(judge, 0.7f, &(qi_likeness){.prior = 0.6, .actor = both != 0, .verb = both == 0});
    if (!(p >= 0 && p <= 1)) abort();
  }
  qi_judge_free(judge);
  return 0;
}
