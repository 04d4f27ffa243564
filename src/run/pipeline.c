/* run: the pipeline. Inputs -> documents -> events -> bytes, in the order of the inputs.
 *
 *   reader thread      source.c: paths -> tasks              (read)
 *        | ring of tasks, bounded in number and in bytes
 *   worker threads     document.c: repair, segment, parse, code; then show
 *        | the same ring, tasks now done, in any order
 *   calling thread     takes them in order: write, notices, progress
 *
 * A ring of numbered places keeps the order: place i holds document i, whoever codes it, and the
 * writer waits for the next number. So the output is the same bytes for any number of threads, and
 * a slow document holds up at most the ring. A task passes through the states
 * EMPTY -> READY -> TAKEN -> DONE -> EMPTY; all changes are made under one lock, which is held for
 * moments only, since a document takes milliseconds.
 *
 * Example, two threads: "a.txt" READY, TAKEN by the first; "b.txt" TAKEN by the second and DONE
 * sooner; the writer waits for "a.txt", writes it, then "b.txt". */
#define _GNU_SOURCE /* the processors this process may use */
#include "run/document.h"
#include "run/source.h"

#include "base/date.h"
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

#define PLACES_PER_THREAD 16
/* The reader waits while as much input as this is in the ring. */
#define MAX_RING_BYTES ((size_t)64 << 20)

typedef enum place_state { EMPTY, READY, TAKEN, DONE } place_state;

typedef struct place {
  place_state state;
  qi_task task;
  char *shown; /* what to write, heap */
  quid_document *doc; /* for `take`, else NULL */
  size_t shown_bytes, n_events;
  bool known; /* not coded */
  quid_error warnings[QI_MAX_WARNINGS];
  size_t n_warnings;
} place;

typedef struct pipeline {
  const quid_run_options *options;
  qi_source source;
  pthread_mutex_t lock;
  pthread_cond_t ready;  /* a task became READY, or there will be none: for workers */
  pthread_cond_t done;   /* a task became DONE, or there will be none: for the writer */
  pthread_cond_t room;   /* a place became EMPTY: for the reader */
  place *places;         /* [n_places]; document i lives at i % n_places */
  size_t n_places;
  uint64_t n_read, n_taken, n_written; /* documents that came so far, in this order */
  size_t ring_bytes;                   /* of input in the ring */
  bool at_end, stopping;               /* no more input; the writer gave up */
  pthread_t reader;
  pthread_t *threads;     /* [n_threads] */
  quid_worker **workers;  /* [n_threads] */
  unsigned n_threads, n_started;
  bool reader_started;
} pipeline;

static place *place_of(pipeline *p, uint64_t number) { return &p->places[number % p->n_places]; }

/* --- reader thread --- */

static void *read_all(void *user) {
  pipeline *p = user;
  qi_task task;
  while (qi_source_next(&p->source, &task)) {
    pthread_mutex_lock(&p->lock);
    while (!p->stopping && (p->n_read - p->n_written == p->n_places ||
                            (p->ring_bytes > 0 && p->ring_bytes + task.in_bytes > MAX_RING_BYTES)))
      pthread_cond_wait(&p->room, &p->lock);
    bool stopping = p->stopping;
    if (!stopping) {
      place *to = place_of(p, p->n_read++);
      to->task = task;
      to->state = READY;
      p->ring_bytes += task.in_bytes;
      pthread_cond_signal(&p->ready);
    }
    pthread_mutex_unlock(&p->lock);
    if (stopping) {
      qi_task_clear(&task);
      break;
    }
  }
  pthread_mutex_lock(&p->lock);
  p->at_end = true;
  pthread_cond_broadcast(&p->ready);
  pthread_cond_broadcast(&p->done);
  pthread_mutex_unlock(&p->lock);
  return NULL;
}

/* --- worker threads --- */

static void note_warnings(place *at, const quid_document *doc) {
  at->n_warnings = quid_document_n_warnings(doc);
  for (size_t i = 0; i < at->n_warnings; i++)
    qi_error_at(&at->warnings[i], QUID_ERR_FORMAT, at->task.name, at->task.line, 0, "%s",
                quid_document_warning(doc, i));
}

static void code_one(pipeline *p, quid_worker *worker, place *at) {
  qi_task *task = &at->task;
  quid_document *doc = NULL;
  if (task->problem.code) return;
  quid_error err = {0};
  task->input.prefilter = p->options->prefilter;
  task->input.explain = p->options->show.explain;
  task->input.known = p->options->known;
  task->input.known_user = p->options->user;
  quid_status status = quid_document_code(&doc, worker, &task->input, &err);
  at->known = !status && quid_document_is_known(doc);
  if (!status && !at->known) {
    note_warnings(at, doc);
    at->n_events = quid_document_n_events(doc);
    status = quid_document_show(&at->shown, &at->shown_bytes, doc, &p->options->show, &err);
  }
  if (status)
    qi_error_at(&task->problem, status, task->name, task->line, 0, "%s", err.message);
  if (!status && !at->known && p->options->take) at->doc = doc;
  else quid_document_free(doc);
}

typedef struct worker_start {
  pipeline *p;
  quid_worker *worker;
} worker_start;

static void *work(void *user) {
  worker_start start = *(worker_start *)user;
  pipeline *p = start.p;
  free(user);
  pthread_mutex_lock(&p->lock);
  for (;;) {
    while (!p->stopping && !p->at_end && p->n_taken == p->n_read)
      pthread_cond_wait(&p->ready, &p->lock);
    if (p->stopping || p->n_taken == p->n_read) break;
    place *at = place_of(p, p->n_taken++);
    at->state = TAKEN;
    pthread_mutex_unlock(&p->lock);
    code_one(p, start.worker, at);
    pthread_mutex_lock(&p->lock);
    at->state = DONE;
    pthread_cond_signal(&p->done);
  }
  pthread_mutex_unlock(&p->lock);
  return NULL;
}

/* --- the calling thread --- */

static void give_notice(const pipeline *p, quid_notice kind, const quid_error *what) {
  if (p->options->notice) p->options->notice(p->options->user, kind, what);
}

static quid_status write_one(pipeline *p, place *at, quid_run_totals *totals, quid_error *err) {
  const quid_run_options *options = p->options;
  const qi_task *task = &at->task;
  quid_status status = QUID_OK;
  totals->done_bytes += task->in_bytes;
  if (task->problem.code) {
    totals->n_skipped++;
    totals->n_failed += task->whole_input;
    give_notice(p, task->whole_input ? QUID_NOTICE_FAILED : QUID_NOTICE_SKIPPED, &task->problem);
  } else if (at->known) {
    totals->n_known++;
  } else {
    totals->n_documents++;
    totals->n_events += at->n_events;
    for (size_t i = 0; i < at->n_warnings; i++) give_notice(p, QUID_NOTICE_WARNING, &at->warnings[i]);
    if (at->doc) status = options->take(options->user, at->doc, at->shown ? at->shown : "", at->shown_bytes, err);
    else if (at->shown_bytes) status = options->write(options->user, at->shown, at->shown_bytes, err);
  }
  if (options->progress) options->progress(options->user, totals);
  return status;
}

static void clear_place(place *at) {
  qi_task_clear(&at->task);
  quid_document_free(at->doc);
  free(at->shown);
  *at = (place){0};
}

static quid_status write_all(pipeline *p, quid_run_totals *totals, quid_error *err) {
  const char *head = quid_show_head(&p->options->show);
  quid_status status = QUID_OK;
  if (*head && !p->options->take) status = p->options->write(p->options->user, head, strlen(head), err);
  pthread_mutex_lock(&p->lock);
  while (!status) {
    place *at = place_of(p, p->n_written);
    while (at->state != DONE && !(p->at_end && p->n_written == p->n_read))
      pthread_cond_wait(&p->done, &p->lock);
    if (at->state != DONE) break;
    pthread_mutex_unlock(&p->lock);
    size_t in_bytes = at->task.in_bytes;
    status = write_one(p, at, totals, err);
    clear_place(at);
    pthread_mutex_lock(&p->lock);
    p->n_written++;
    p->ring_bytes -= in_bytes;
    pthread_cond_signal(&p->room);
  }
  pthread_mutex_unlock(&p->lock);
  return status;
}

/* --- start and end --- */

static unsigned usable_processors(void) {
  cpu_set_t set;
  int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  return n < 1 ? 1 : n > (int)QUID_MAX_THREADS ? QUID_MAX_THREADS : (unsigned)n;
}

static quid_status check_options(const quid_run_options *options, quid_error *err) {
  qi_day first, last;
  if (options->n_threads > QUID_MAX_THREADS)
    return qi_error_set(err, QUID_ERR_ARGUMENT, "%u threads, more than %u", options->n_threads,
                        QUID_MAX_THREADS);
  if ((unsigned)options->show.format >= QUID_N_FORMATS)
    return qi_error_set(err, QUID_ERR_ARGUMENT, "no such format");
  if ((unsigned)options->show.records >= QUID_N_RECORDS || (options->show.format == QUID_FORMAT_TSV && options->show.records == QUID_RECORDS_ALL))
    return qi_error_set(err, QUID_ERR_ARGUMENT, "no such records for that format");
  const char *date = options->published;
  if (date && *date && !(qi_date_parse(qi_slice_str(date), &first, &last) && first == last))
    return qi_error_set(err, QUID_ERR_ARGUMENT,
                        "no date '%.40s'; it should be a day such as 2024-11-25", date);
  return QUID_OK;
}

static quid_status make_workers(pipeline *p, const quid_context *ctx, quid_error *err) {
  p->places = calloc(p->n_places, sizeof *p->places);
  p->threads = calloc(p->n_threads, sizeof *p->threads);
  p->workers = calloc(p->n_threads, sizeof *p->workers);
  if (!p->places || !p->threads || !p->workers) return qi_error_memory(err, "the pipeline");
  quid_status status = QUID_OK;
  for (unsigned i = 0; !status && i < p->n_threads; i++)
    status = quid_worker_new(&p->workers[i], ctx, err);
  return status;
}

static quid_status start_threads(pipeline *p, quid_error *err) {
  for (; p->n_started < p->n_threads; p->n_started++) {
    worker_start *start = malloc(sizeof *start);
    if (!start) return qi_error_memory(err, "a thread");
    *start = (worker_start){p, p->workers[p->n_started]};
    if (pthread_create(&p->threads[p->n_started], NULL, work, start)) {
      free(start);
      return qi_error_set(err, QUID_ERR_MEMORY, "cannot start a thread");
    }
  }
  p->reader_started = pthread_create(&p->reader, NULL, read_all, p) == 0;
  return p->reader_started ? QUID_OK : qi_error_set(err, QUID_ERR_MEMORY, "cannot start a thread");
}

static void stop_threads(pipeline *p) {
  pthread_mutex_lock(&p->lock);
  p->stopping = true;
  pthread_cond_broadcast(&p->ready);
  pthread_cond_broadcast(&p->room);
  pthread_mutex_unlock(&p->lock);
  if (p->reader_started) pthread_join(p->reader, NULL);
  for (unsigned i = 0; i < p->n_started; i++) pthread_join(p->threads[i], NULL);
}

static void clear(pipeline *p) {
  for (unsigned i = 0; p->workers && i < p->n_threads; i++) quid_worker_free(p->workers[i]);
  for (size_t i = 0; p->places && i < p->n_places; i++) clear_place(&p->places[i]);
  free(p->places);
  free(p->threads);
  free(p->workers);
  qi_source_close(&p->source);
  pthread_mutex_destroy(&p->lock);
  pthread_cond_destroy(&p->ready);
  pthread_cond_destroy(&p->done);
  pthread_cond_destroy(&p->room);
}

quid_status quid_run(quid_run_totals *totals, const quid_context *ctx, const char *const *paths,
                     size_t n_paths, const quid_run_options *options, quid_error *err) {
  quid_run_totals own;
  if (!totals) totals = &own;
  *totals = (quid_run_totals){0};
  quid_status status = check_options(options, err);
  if (status) return status;

  pipeline p = {.options = options};
  qi_source_open(&p.source, paths, n_paths, options);
  totals->total_bytes = qi_source_total_bytes(&p.source);
  p.n_threads = options->n_threads ? options->n_threads : usable_processors();
  if (!qi_source_has_lines(&p.source) && p.n_threads > n_paths)
    p.n_threads = n_paths ? (unsigned)n_paths : 1;
  p.n_places = (size_t)p.n_threads * PLACES_PER_THREAD;
  pthread_mutex_init(&p.lock, NULL);
  pthread_cond_init(&p.ready, NULL);
  pthread_cond_init(&p.done, NULL);
  pthread_cond_init(&p.room, NULL);
  status = make_workers(&p, ctx, err);
  if (!status) status = start_threads(&p, err);
  if (!status) status = write_all(&p, totals, err);
  stop_threads(&p);
  clear(&p);
  return status;
}
