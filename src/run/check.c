/* run: a folder of dictionaries -> findings told one by one; see quid/check.h. The work is know/check.c's.
 * Example: knowledge/ as shipped -> no errors. */
#include "quid/check.h"

#include "know/check.h"
#include "run/context.h"
#include <stdlib.h>

static void tell_all(quid_check_totals *totals, const qi_check *check,
                     void (*tell)(void *user, const quid_finding *finding), void *user) {
  size_t of_file = 0;
  for (size_t i = 0; i < check->findings.len; i++) {
    const qi_finding *f = &check->findings.items[i];
    of_file = i && strcmp(check->findings.items[i - 1].file, f->file) == 0 ? of_file + 1 : 1;
    totals->n_errors += !f->warning;
    totals->n_warnings += f->warning;
    quid_finding finding = {f->warning, f->file, f->line, f->column, f->message};
    if (of_file == QUID_MAX_FINDINGS + 1) finding.message = "more findings in this file, not told";
    if (tell && of_file <= QUID_MAX_FINDINGS + 1) tell(user, &finding);
  }
}

quid_status quid_check(quid_check_totals *totals, const char *knowledge,
                       void (*tell)(void *user, const quid_finding *finding), void *user, quid_error *err) {
  quid_check_totals mine = {0};
  qi_check check = {0};
  char *dir = NULL;
  if (!totals) totals = &mine;
  *totals = mine;
  quid_status status = qi_context_find_knowledge(&dir, knowledge, err);
  if (status) return status;
  size_t len = strlen(dir);
  while (len > 1 && dir[len - 1] == '/') dir[--len] = '\0';
  status = qi_check_run(&check, dir, err);
  totals->n_files = check.files.len;
  if (!status) tell_all(totals, &check, tell, user);
  qi_check_clear(&check);
  free(dir);
  return status;
}
