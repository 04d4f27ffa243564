/* base: files and streams -> bytes in memory, under a ceiling, with errors that say what was wrong.
 * Example: a directory -> QUID_ERR_IO "'knowledge' is a directory". */
#define _POSIX_C_SOURCE 200809L
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BYTES ((size_t)64 << 10)

static quid_status io_error(quid_error *err, const char *path, int number) {
  const char *what = "cannot read";
  switch (number) {
  case ENOENT: case ENOTDIR: what = "no such file"; break;
  case EACCES: case EPERM: what = "no permission to read"; break;
  case EISDIR: return qi_error_at(err, QUID_ERR_IO, path, 0, 0, "'%s' is a directory", path);
  case ENOMEM: return qi_error_memory(err, path);
  default:
    return qi_error_at(err, QUID_ERR_IO, path, 0, 0, "cannot read '%s' (error %d)", path, number);
  }
  return qi_error_at(err, QUID_ERR_IO, path, 0, 0, "%s '%s'", what, path);
}

static quid_status too_big(quid_error *err, const char *path, size_t max_bytes) {
  return qi_error_at(err, QUID_ERR_LIMIT, path, 0, 0, "more than %zu bytes in '%s'", max_bytes,
                     path);
}

/* Opened, known not to be a directory. */
static quid_status open_checked(int *fd, struct stat *info, const char *path, int flags, size_t max_bytes,
                                quid_error *err) {
  *fd = open(path, O_RDONLY | O_CLOEXEC | flags);
  if (*fd < 0) return io_error(err, path, errno);
  quid_status status = QUID_OK;
  if (fstat(*fd, info) != 0) status = io_error(err, path, errno);
  else if (S_ISDIR(info->st_mode)) status = io_error(err, path, EISDIR);
  else if (S_ISREG(info->st_mode) && (uintmax_t)info->st_size > max_bytes)
    status = too_big(err, path, max_bytes);
  if (status) {
    close(*fd);
    *fd = -1;
  }
  return status;
}

quid_status qi_file_open(FILE **out, const char *path, quid_error *err) {
  int fd;
  struct stat info;
  *out = NULL;
  quid_status status = open_checked(&fd, &info, path, 0, SIZE_MAX, err);
  if (status) return status;
  *out = fdopen(fd, "rb");
  if (*out) return QUID_OK;
  status = io_error(err, path, errno);
  close(fd);
  return status;
}

/* All that is left of fd. The ceiling counts what is read here, not what `out` held before. */
static quid_status read_all(qi_builder *out, int fd, const char *name, size_t max_bytes,
                            quid_error *err) {
  size_t start = out->len;
  for (;;) {
    char chunk[READ_BYTES];
    ssize_t n = read(fd, chunk, sizeof chunk);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return io_error(err, name, errno);
    if (n == 0) return QUID_OK;
    if ((size_t)n > max_bytes - (out->len - start)) return too_big(err, name, max_bytes);
    if (!qi_builder_slice(out, qi_slice_of(chunk, (size_t)n)))
      return qi_builder_status(out, name, err);
  }
}

quid_status qi_file_read(qi_builder *out, const char *path, size_t max_bytes, quid_error *err) {
  int fd;
  struct stat info;
  if (max_bytes == 0) max_bytes = SIZE_MAX;
  quid_status status = open_checked(&fd, &info, path, 0, max_bytes, err);
  if (status) return status;
  /* One allocation for an ordinary file; a pipe or a lying size just grows as it goes. */
  if (S_ISREG(info.st_mode) && info.st_size > 0 && !qi_builder_reserve(out, (size_t)info.st_size))
    status = qi_builder_status(out, path, err);
  else
    status = read_all(out, fd, path, max_bytes, err);
  close(fd);
  return status;
}

quid_status qi_file_read_stream(qi_builder *out, FILE *stream, const char *name, size_t max_bytes,
                                quid_error *err) {
  if (max_bytes == 0) max_bytes = SIZE_MAX;
  size_t start = out->len;
  for (;;) {
    char chunk[READ_BYTES];
    errno = 0;
    size_t n = fread(chunk, 1, sizeof chunk, stream);
    if (n > max_bytes - (out->len - start)) return too_big(err, name, max_bytes);
    if (!qi_builder_slice(out, qi_slice_of(chunk, n))) return qi_builder_status(out, name, err);
    if (n < sizeof chunk && ferror(stream)) return io_error(err, name, errno);
    if (n < sizeof chunk) return QUID_OK;
  }
}

quid_status qi_file_read_stdin(qi_builder *out, size_t max_bytes, quid_error *err) {
  return qi_file_read_stream(out, stdin, "standard input", max_bytes, err);
}

quid_status qi_mapping_open(qi_mapping *map, const char *path, size_t max_bytes, quid_error *err) {
  int fd;
  struct stat info;
  *map = (qi_mapping){"", 0};
  if (max_bytes == 0) max_bytes = SIZE_MAX;
  /* A pipe that nobody writes to would be waited for, just to be refused. */
  quid_status status = open_checked(&fd, &info, path, O_NONBLOCK, max_bytes, err);
  if (status) return status;
  if (!S_ISREG(info.st_mode)) {
    status = qi_error_at(err, QUID_ERR_IO, path, 0, 0, "not an ordinary file '%s'", path);
  } else if (info.st_size > 0) {
    void *ptr = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (ptr == MAP_FAILED) status = io_error(err, path, errno);
    else *map = (qi_mapping){ptr, (size_t)info.st_size};
  }
  close(fd);
  return status;
}

void qi_mapping_close(qi_mapping *map) {
  if (map->len) munmap((void *)(uintptr_t)map->ptr, map->len);
  *map = (qi_mapping){"", 0};
}

void qi_lines_open(qi_lines *lines, FILE *stream, const char *name, size_t max_line_bytes) {
  *lines = (qi_lines){.stream = stream, .name = name};
  qi_builder_init(&lines->text, max_line_bytes);
}

bool qi_lines_next(qi_lines *lines, qi_slice *line) {
  qi_builder *text = &lines->text;
  if (lines->error_number || text->failed == QUID_ERR_MEMORY) return false;
  qi_builder_reset(text);
  lines->byte = lines->next_byte;
  lines->too_long = false;
  errno = 0;
  int c;
  while ((c = getc_unlocked(lines->stream)) != EOF) {
    lines->next_byte++;
    if (c == '\n') break;
    if (text->len + 1 < text->cap) text->ptr[text->len++] = (char)c; /* the NUL comes below */
    else if (!text->failed) {
      if (text->cap) text->ptr[text->len] = '\0';
      qi_builder_char(text, (char)c);
    }
  }
  if (text->cap) text->ptr[text->len] = '\0';
  if (c == EOF && ferror(lines->stream)) {
    lines->error_number = errno ? errno : EIO;
    return false;
  }
  if (text->failed == QUID_ERR_MEMORY) return false;
  if (c == EOF && lines->next_byte == lines->byte) return false;
  lines->number++;
  lines->too_long = text->failed == QUID_ERR_LIMIT;
  *line = qi_builder_view(text);
  if (!lines->too_long && line->len && line->ptr[line->len - 1] == '\r') line->len--;
  return true;
}

quid_status qi_lines_close(qi_lines *lines, quid_error *err) {
  quid_status status = QUID_OK;
  if (lines->error_number) status = io_error(err, lines->name, lines->error_number);
  else if (lines->text.failed == QUID_ERR_MEMORY) status = qi_error_memory(err, lines->name);
  qi_builder_clear(&lines->text);
  return status;
}
