/* run: records, lines that `quid code` wrote -> a store.
 *
 * Lines are added in order; a bad one is told and skipped. Memory: one line.
 * Example: {"id":"5a...", ...} -> a row of `event` with all that hangs on it. */
#include "quid/load.h"

#include "base/file.h"
#include "base/error.h"
#include "run/source.h"
#include <string.h>

static void tell(const quid_load_options *o, quid_notice kind, const quid_error *what) {
  if (o->notice) o->notice(o->user, kind, what);
}

static quid_status load_stream(quid_run_totals *totals, quid_store *store, FILE *stream, const char *name, const quid_load_options *o,
                               quid_error *err) {
  qi_lines lines;
  qi_slice line;
  quid_status status = QUID_OK;
  qi_lines_open(&lines, stream, name, QUID_MAX_LINE_BYTES);
  while (!status && qi_lines_next(&lines, &line)) {
    quid_error bad = {0};
    line = qi_slice_trim(line);
    totals->done_bytes += lines.next_byte - lines.byte;
    if (!line.len) continue;
    quid_status added = lines.too_long ? qi_error_set(&bad, QUID_ERR_LIMIT, "line of more than %zu bytes", QUID_MAX_LINE_BYTES)
                                       : quid_store_add(store, line.ptr, line.len, &bad);
    if (added == QUID_ERR_FORMAT || added == QUID_ERR_LIMIT) {
      quid_error told = {0};
      qi_error_at(&told, added, name, lines.number, 0, "%s", bad.message);
      totals->n_skipped++;
      tell(o, QUID_NOTICE_SKIPPED, &told);
    } else if (added) {
      if (err) *err = bad;
      status = added;
    } else {
      totals->n_events++;
    }
    if (o->progress && totals->n_events % 1000 == 0) o->progress(o->user, totals);
  }
  quid_status closed = qi_lines_close(&lines, status ? NULL : err);
  return status ? status : closed;
}

quid_status quid_load_records(quid_run_totals *totals, quid_store *store, const char *const *paths, size_t n_paths,
                              const quid_load_options *o, quid_error *err) {
  quid_status status = QUID_OK;
  *totals = (quid_run_totals){0};
  for (size_t i = 0; !status && i < n_paths; i++) {
    quid_error bad = {0};
    bool in = strcmp(paths[i], "-") == 0;
    FILE *stream = stdin;
    if (!in && qi_file_open(&stream, paths[i], &bad)) {
      totals->n_failed++;
      totals->n_skipped++;
      tell(o, QUID_NOTICE_FAILED, &bad);
      continue;
    }
    status = load_stream(totals, store, stream, in ? "standard input" : paths[i], o, err);
    if (!in) fclose(stream);
  }
  return status ? status : quid_store_commit(store, err);
}
