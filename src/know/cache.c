/* know: a folder of dictionaries -> its actors and its gazetteer, by way of a compiled file each where there is one.
 *
 * The compiled file carries the content hash of all dictionaries (know.c computes it at each start,
 * which costs about a millisecond), so that an edit is noticed whatever the clock says. Places, in
 * this order: $QUID_CACHE when it is set, and when it is empty, none; DIR.compiled beside the folder;
 * a name made from the folder's path in $XDG_CACHE_HOME/quid or ~/.cache/quid; the gazetteer's name has ".places"
 * before ".compiled". The file is written under another name and moved into place, so that no one sees half of it.
 *
 * Example: /usr/share/quid/knowledge is not ours to write beside ->
 *   ~/.cache/quid/knowledge-6b0f35c0d8a1c2e4.compiled */
#define _XOPEN_SOURCE 700 /* realpath */
#include "know/cache.h"

#include "base/hash.h"
#include "know/frozen.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_PLACES 2
#define MAX_PATH_BYTES 4096
#define ACTORS ".compiled"
#define PLACES ".places.compiled"

typedef struct places {
  char path[MAX_PLACES][MAX_PATH_BYTES];
  size_t n;
} places;

static void add_place(places *p, const char *folder, const char *name, const char *hash, const char *suffix) {
  int n = snprintf(p->path[p->n], MAX_PATH_BYTES, "%s%s%s%s%s", folder, *folder ? "/" : "", name, hash, suffix);
  if (n > 0 && n < MAX_PATH_BYTES) p->n++;
}

/* The absolute path of the folder without its links; "" when there is none. */
static void real_path(const char *dir, char out[MAX_PATH_BYTES]) {
  char *path = realpath(dir, NULL);
  int n = path ? snprintf(out, MAX_PATH_BYTES, "%s", path) : 0;
  if (n <= 1 || n >= MAX_PATH_BYTES) out[0] = '\0';
  free(path);
}

static void find_places(places *p, const char *dir, const char *suffix) {
  char real[MAX_PATH_BYTES], hash[QI_HASH64_HEX_BYTES], folder[MAX_PATH_BYTES];
  const char *own = getenv("QUID_CACHE"), *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
  p->n = 0;
  real_path(dir, real);
  if (!real[0] || (own && !*own)) return;
  qi_hash64_hex(hash, qi_slice_str(real));
  if (own) {
    add_place(p, own, "knowledge-", hash, suffix);
    return;
  }
  add_place(p, "", real, "", suffix);
  if (xdg && *xdg == '/') snprintf(folder, sizeof folder, "%s/quid", xdg);
  else if (home && *home == '/') snprintf(folder, sizeof folder, "%s/.cache/quid", home);
  else return;
  add_place(p, folder, "knowledge-", hash, suffix);
}

/* Ours, root's, or of whoever owns the dictionaries: nobody else may say what they mean. */
static bool is_trusted(const char *path, const char *dir) {
  struct stat file, folder;
  if (stat(path, &file) != 0 || stat(dir, &folder) != 0) return false;
  return file.st_uid == geteuid() || file.st_uid == 0 || file.st_uid == folder.st_uid;
}

/* Makes the last folder of the path, and the one above it ("~/.cache"), if they are missing. */
static void make_folders(const char *path) {
  char folder[MAX_PATH_BYTES];
  snprintf(folder, sizeof folder, "%s", path);
  char *last = strrchr(folder, '/');
  if (!last || last == folder) return;
  *last = '\0';
  if (access(folder, F_OK) == 0) return;
  char *above = strrchr(folder, '/');
  if (above && above != folder) {
    *above = '\0';
    (void)mkdir(folder, 0700);
    *above = '/';
  }
  (void)mkdir(folder, 0700);
}

/* false: not there, and nothing left behind. */
static bool write_file(const char *path, qi_slice bytes) {
  char fresh[MAX_PATH_BYTES + 32];
  make_folders(path);
  snprintf(fresh, sizeof fresh, "%s.XXXXXX", path);
  int fd = mkstemp(fresh);
  if (fd < 0) return false;
  bool ok = fchmod(fd, 0644) == 0;
  for (size_t done = 0; ok && done < bytes.len;) {
    ssize_t n = write(fd, bytes.ptr + done, bytes.len - done);
    if (n > 0) done += (size_t)n;
    else ok = false;
  }
  ok = close(fd) == 0 && ok;
  ok = ok && rename(fresh, path) == 0;
  if (!ok) unlink(fresh);
  return ok;
}

/* status: of making the block. Takes the block. */
static void keep(const places *p, qi_builder *block, quid_status status) {
  for (size_t i = 0; i < p->n && !status; i++)
    if (write_file(p->path[i], qi_builder_view(block))) break;
  qi_builder_clear(block);
}

quid_status qi_know_cached_actors(qi_actors **out, const char *dir, const char version[17], quid_error *err) {
  places p;
  qi_builder block;
  find_places(&p, dir, ACTORS);
  for (size_t i = 0; i < p.n; i++) {
    if (!is_trusted(p.path[i], dir)) continue;
    quid_status status = qi_actors_thaw_file(out, p.path[i], version, NULL);
    if (!status) return QUID_OK;
    if (status == QUID_ERR_MEMORY) return qi_error_memory(err, "the dictionary");
  }
  quid_status status = qi_actors_load(out, dir, err);
  qi_builder_init(&block, QI_MAX_FROZEN_BYTES);
  if (!status && p.n) keep(&p, &block, qi_actors_freeze(&block, *out, version, NULL));
  return status;
}

quid_status qi_know_cached_places(qi_places **out, const char *dir, const char version[17], quid_error *err) {
  places p;
  qi_builder block;
  find_places(&p, dir, PLACES);
  for (size_t i = 0; i < p.n; i++) {
    if (!is_trusted(p.path[i], dir)) continue;
    quid_status status = qi_places_thaw_file(out, p.path[i], version, NULL);
    if (!status) return QUID_OK;
    if (status == QUID_ERR_MEMORY) return qi_error_memory(err, "the gazetteer");
  }
  quid_status status = qi_places_load(out, dir, err);
  qi_builder_init(&block, QI_MAX_FROZEN_BYTES);
  if (!status && p.n) keep(&p, &block, qi_places_freeze(&block, *out, version, NULL));
  return status;
}
