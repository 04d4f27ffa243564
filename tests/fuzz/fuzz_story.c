/* Whatever the bytes: they are taken or refused as story/judgements.tsv and story/cues.tsv, and what is taken can be
 * asked; and any line is a dateline or none, whose parts lie within it. */
#include "base/utf8.h"
#include "know/cues.h"
#include "know/judgements.h"
#include "read/dateline.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_dateline(qi_slice line) {
  qi_dateline d;
  if (!qi_dateline_read(line, &d)) return;
  if (d.place.ptr < line.ptr || d.place.ptr + d.place.len > line.ptr + line.len || d.run_in > line.len) abort();
  qi_day day = qi_date_near(d.date, qi_day_from_ymd(2024, 11, 25));
  if (!d.date.month && day != QI_DAY_NONE) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  qi_slice bytes = {(const char *)data, size}, rest = bytes, line;
  quid_error err = {0};
  qi_judgements *j = NULL;
  qi_cues *c = NULL;
  if (!qi_judgements_parse(&j, bytes, "judgements.tsv", &err)) {
    rest = bytes;
    for (int n = 0; n < 64 && qi_slice_word(&rest, &line); n++) {
      unsigned kinds = qi_judgements_kinds(j, 'v', line);
      if ((kinds & 1u << QI_JUDGEMENT_BLAME) && !qi_judgements_find(j, QI_JUDGEMENT_BLAME, 'v', line)) abort();
    }
  }
  if (!qi_cues_parse(&c, bytes, "cues.tsv", &err)) (void)qi_cues_find(c, bytes);
  rest = bytes;
  for (int n = 0; n < 64 && qi_slice_line(&rest, &line); n++)
    if (qi_utf8_is_valid(line)) check_dateline(line);
  qi_judgements_free(j);
  qi_cues_free(c);
  return 0;
}
