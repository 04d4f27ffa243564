/* run: records, lines that `quid code` wrote -> a store.
 *
 * Lines are added in order; a bad one is told and skipped. Memory: one line.
 * Example: {"id":"5a...", ...} -> a row of `event` with all that hangs on it. */
#include "quid/load.h"

#include "base/file.h"
#include "base/error.h"
#include "run/source.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void tell(const quid_load_options *o, quid_notice kind, const quid_error *what) {
  if (o->notice) o->notice(o->user, kind, what);
}

/* ---- lines, read in blocks ---- */

#define BLOCK_BYTES ((size_t)1 << 18)
#define PATIENCE_MS 100 /* for a pipe */

typedef struct lines {
  int file;
  char *bytes; /* [cap] */
  size_t cap, start, end; /* of what is not given yet */
  size_t number; /* of the line just given, from 1 */
  bool at_end, too_long, skipping; /* skipping: the rest of a line that was too long */
  int error_number;
} lines;

/* Nothing to read for a while: what was added is committed, so that nobody waits for us while we wait. */
static quid_status rest(const lines *l, quid_store *store, quid_error *err) {
  struct pollfd one = {.fd = l->file, .events = POLLIN};
  return poll(&one, 1, PATIENCE_MS) == 0 ? quid_store_pause(store, err) : QUID_OK;
}

static quid_status read_block(lines *l, quid_store *store, quid_error *err) {
  memmove(l->bytes, l->bytes + l->start, l->end - l->start);
  l->end -= l->start;
  l->start = 0;
  if (l->end == l->cap) {
    char *more = realloc(l->bytes, l->cap ? 2 * l->cap : BLOCK_BYTES);
    if (!more) return qi_error_memory(err, "a line");
    l->bytes = more;
    l->cap = l->cap ? 2 * l->cap : BLOCK_BYTES;
  }
  quid_status status = rest(l, store, err);
  if (status) return status;
  ssize_t n;
  do n = read(l->file, l->bytes + l->end, l->cap - l->end);
  while (n < 0 && errno == EINTR);
  if (n < 0) l->error_number = errno;
  l->at_end = n <= 0;
  if (n > 0) l->end += (size_t)n;
  return QUID_OK;
}

/* The next line; *found is false at the end. Of a line that is too long only that it was there. */
static quid_status next_line(qi_slice *line, bool *found, lines *l, quid_store *store, quid_error *err) {
  size_t seen = 0;
  l->too_long = false;
  for (;;) {
    const char *newline = l->end - l->start > seen ? memchr(l->bytes + l->start + seen, '\n', l->end - l->start - seen) : NULL;
    seen = l->end - l->start;
    if (newline || (l->at_end && seen)) {
      *line = qi_slice_of(l->bytes + l->start, newline ? (size_t)(newline - l->bytes) - l->start : seen);
      l->start += line->len + (newline != NULL);
      l->too_long = l->skipping || line->len > QUID_MAX_LINE_BYTES;
      l->skipping = false;
      l->number++;
      return *found = true, QUID_OK;
    }
    if (l->at_end) return *found = false, QUID_OK;
    if (seen > QUID_MAX_LINE_BYTES) l->skipping = true, l->start = l->end = seen = 0;
    quid_status status = read_block(l, store, err);
    if (status) return status;
  }
}

/* ---- records ---- */

static quid_status add(quid_run_totals *totals, quid_store *store, qi_slice line, const lines *l, const char *name, const quid_load_options *o,
                       quid_error *err) {
  quid_error bad = {0}, told = {0};
  quid_status added = l->too_long ? qi_error_set(&bad, QUID_ERR_LIMIT, "line of more than %zu bytes", QUID_MAX_LINE_BYTES)
                                  : quid_store_add(store, line.ptr, line.len, &bad);
  if (!added) {
    totals->n_events++;
  } else if (added == QUID_ERR_FORMAT || added == QUID_ERR_LIMIT) {
    qi_error_at(&told, added, name, l->number, 0, "%s", bad.message);
    totals->n_skipped++;
    tell(o, QUID_NOTICE_SKIPPED, &told);
  } else {
    if (err) *err = bad;
    return added;
  }
  return QUID_OK;
}

static quid_status load_stream(quid_run_totals *totals, quid_store *store, int file, const char *name, const quid_load_options *o, quid_error *err) {
  lines l = {.file = file};
  qi_slice line;
  bool found;
  quid_status status;
  while (!(status = next_line(&line, &found, &l, store, err)) && found) {
    totals->done_bytes += line.len + 1;
    line = qi_slice_trim(line);
    if (line.len || l.too_long) status = add(totals, store, line, &l, name, o, err);
    if (status) break;
    if (o->progress && totals->n_events % 1000 == 0) o->progress(o->user, totals);
  }
  if (!status && l.error_number) status = qi_error_at(err, QUID_ERR_IO, name, 0, 0, "%s", strerror(l.error_number));
  free(l.bytes);
  return status;
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
    status = load_stream(totals, store, fileno(stream), in ? "standard input" : paths[i], o, err);
    if (!in) fclose(stream);
  }
  return status ? status : quid_store_commit(store, err);
}
