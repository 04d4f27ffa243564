/* run: paths -> documents in order. A file of plain text is one, a file of JSON lines as many as it
 * has lines. What cannot be read comes out as a task with a problem, at its place in the order.
 * Example: {"a.txt", "b.jsonl"} -> a.txt; b.jsonl line 1; b.jsonl line 2: "no 'text' in the object". */
#include "run/source.h"

#include <sys/stat.h>

#define STDIN_NAME "standard input"

static bool is_stdin(const char *path) { return strcmp(path, "-") == 0; }

static bool is_jsonl(const qi_source *source, const char *path) {
  qi_slice name = qi_slice_str(path);
  if (source->input != QUID_INPUT_AUTO) return source->input == QUID_INPUT_JSONL;
  return qi_slice_ends(name, QI_SLICE(".jsonl")) || qi_slice_ends(name, QI_SLICE(".ndjson"));
}

void qi_task_clear(qi_task *task) {
  qi_builder_clear(&task->bytes);
  qi_jsonl_clear(&task->json);
}

void qi_source_open(qi_source *source, const char *const *paths, size_t n_paths,
                    const quid_run_options *options) {
  *source = (qi_source){.paths = paths, .n_paths = n_paths, .input = options->input,
                        .published = options->published};
}

bool qi_source_has_lines(const qi_source *source) {
  for (size_t i = 0; i < source->n_paths; i++)
    if (is_jsonl(source, source->paths[i])) return true;
  return false;
}

uint64_t qi_source_total_bytes(const qi_source *source) {
  uint64_t sum = 0;
  for (size_t i = 0; i < source->n_paths; i++) {
    struct stat info;
    if (is_stdin(source->paths[i])) return 0;
    if (stat(source->paths[i], &info) != 0) continue; /* told when its turn comes */
    if (!S_ISREG(info.st_mode)) return 0;
    sum += (uint64_t)info.st_size;
  }
  return sum;
}

/* --- plain text --- */

static void read_plain(const qi_source *source, qi_task *task, const char *path) {
  quid_status status;
  if (is_stdin(path))
    status = qi_file_read_stdin(&task->bytes, QUID_MAX_DOCUMENT_BYTES, &task->problem);
  else
    status = qi_file_read(&task->bytes, path, QUID_MAX_DOCUMENT_BYTES, &task->problem);
  qi_slice bytes = qi_builder_view(&task->bytes);
  if (!status) status = qi_plain_check(bytes, task->name, &task->problem);
  task->whole_input = status != QUID_OK;
  task->in_bytes = bytes.len;
  task->input.text = bytes.ptr;
  task->input.text_bytes = bytes.len;
  task->input.published = source->published;
}

/* --- JSON lines --- */

static quid_status open_lines(qi_source *source, qi_task *task, const char *path) {
  quid_status status = QUID_OK;
  if (is_stdin(path)) source->stream = stdin;
  else status = qi_file_open(&source->stream, path, &task->problem);
  source->n_tasks = 0;
  if (!status) qi_lines_open(&source->lines, source->stream, task->name, QUID_MAX_LINE_BYTES);
  return status;
}

static quid_status close_lines(qi_source *source, quid_error *err) {
  quid_status status = qi_lines_close(&source->lines, err);
  if (source->stream != stdin) fclose(source->stream);
  source->stream = NULL;
  return status;
}

/* A file that is something else altogether is refused at its first line, not a million times. */
static quid_status check_first_line(qi_slice line, const char *name, quid_error *err) {
  if (line.ptr[0] == '{') return QUID_OK;
  if (line.ptr[0] == '[')
    return qi_error_at(err, QUID_ERR_FORMAT, name, 0, 0,
                       "no JSON lines: '%s' is a JSON array; each line must be one object", name);
  return qi_plain_check(line, name, err);
}

/* false: the line is blank. */
static bool read_line(qi_source *source, qi_task *task, qi_slice line) {
  const qi_lines *lines = &source->lines;
  if (lines->number == 1 && qi_slice_starts(line, QI_SLICE("\xEF\xBB\xBF")))
    line = qi_slice_sub(line, 3, line.len);
  line = qi_slice_trim(line);
  if (line.len == 0) return false;
  task->line = lines->number;
  task->in_bytes = lines->next_byte - lines->byte;
  if (source->n_tasks++ == 0 && check_first_line(line, task->name, &task->problem)) {
    task->whole_input = true;
    close_lines(source, NULL);
  } else if (lines->too_long) {
    qi_error_at(&task->problem, QUID_ERR_LIMIT, task->name, task->line, 0,
                "line of more than %zu bytes", QUID_MAX_LINE_BYTES);
  } else {
    /* The line is the reader's buffer, free to be changed until the next one. */
    char *writable = lines->text.ptr + (line.ptr - lines->text.ptr);
    if (qi_jsonl_parse(&task->json, writable, line.len, task->name, task->line, &task->problem))
      return true;
    task->input = task->json.input;
    if (!task->input.published || !*task->input.published) task->input.published = source->published;
  }
  return true;
}

/* false: the stream has ended without a further task, and is closed. */
static bool next_line(qi_source *source, qi_task *task) {
  qi_slice line;
  while (qi_lines_next(&source->lines, &line))
    if (read_line(source, task, line)) return true;
  if (close_lines(source, &task->problem) == QUID_OK && source->n_tasks == 0)
    qi_error_at(&task->problem, QUID_ERR_FORMAT, task->name, 0, 0, "no documents in '%s'", task->name);
  task->whole_input = task->problem.code != QUID_OK;
  return task->whole_input;
}

bool qi_source_next(qi_source *source, qi_task *task) {
  *task = (qi_task){0};
  qi_builder_init(&task->bytes, 0);
  for (;;) {
    if (source->stream) {
      task->name = source->lines.name;
      if (next_line(source, task)) return true;
    }
    if (source->at == source->n_paths) return false;
    const char *path = source->paths[source->at++];
    task->name = is_stdin(path) ? STDIN_NAME : path;
    if (!is_jsonl(source, path)) {
      read_plain(source, task, path);
      return true;
    }
    if (open_lines(source, task, path)) {
      task->whole_input = true;
      return true;
    }
  }
}

void qi_source_close(qi_source *source) {
  if (source->stream) close_lines(source, NULL);
}
