/* know: a folder -> the sorted paths of its dictionary files. */
#include "know/files.h"

#include "base/slice.h"
#include "base/vec.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>

static int by_path(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "dir/folder/name"; "dir/name" for the folder ".". */
static char *join(const char *dir, const char *folder, const char *name) {
  if (strcmp(folder, ".") == 0) folder = name, name = "";
  size_t room = strlen(dir) + strlen(folder) + strlen(name) + 3;
  char *path = malloc(room);
  if (path) snprintf(path, room, "%s%s%s%s%s", dir, *folder ? "/" : "", folder, *name ? "/" : "", name);
  return path;
}

quid_status qi_know_files_list(qi_know_files *out, const char *dir, const char *folder,
                               const char *suffix, quid_error *err) {
  *out = (qi_know_files){0};
  char *path = join(dir, folder, "");
  if (!path) return qi_error_memory(err, "the dictionary");
  DIR *stream = opendir(path);
  quid_status status = QUID_OK;
  if (!stream)
    status = qi_error_at(err, QUID_ERR_IO, path, 0, 0, "cannot open folder '%s': %s", path,
                         strerror(errno));
  for (struct dirent *entry; !status && (entry = readdir(stream));) {
    if (entry->d_name[0] == '.' ||
        !qi_slice_ends(qi_slice_str(entry->d_name), qi_slice_str(suffix)))
      continue;
    char *name = join(dir, folder, entry->d_name);
    if (!name || (out->len == out->cap && !qi_vec_grow(&out->paths, &out->cap, out->len + 1, sizeof *out->paths))) {
      free(name);
      status = qi_error_memory(err, "the dictionary");
    } else {
      out->paths[out->len++] = name;
    }
  }
  if (stream) closedir(stream);
  free(path);
  if (out->len > 1) qsort(out->paths, out->len, sizeof *out->paths, by_path);
  return status;
}

void qi_know_files_clear(qi_know_files *files) {
  for (size_t i = 0; i < files->len; i++) free(files->paths[i]);
  free(files->paths);
  *files = (qi_know_files){0};
}
