/* know: where a PETRARCH dictionary is -> its files, read in order of kind.
 *
 *   a folder     every file with a name that says its kind; if there is a PETR_config.ini, that decides
 *   x.ini        keys as in PETRARCH's own: verbfile_name, actorfile_list, agentfile_name, discardfile_name
 *                (lists are fine for all), require_dyad, new_actor_length; paths from the folder of the .ini
 *   a,b,c        these files
 *
 * Example: "../petrarch2" -> CAMEO.2.0.txt (verbs), Phoenix.agents.txt (agents) ... */
#include "know/petrarch_impl.h"

#include "base/file.h"
#include "know/files.h"
#include <errno.h>
#include <sys/stat.h>

/* Files to read, in order of their kinds. */
typedef struct choice {
  qi_arena arena;
  QI_VEC(char *) paths[QI_PETR_N_KINDS];
  qi_petr_settings settings;
} choice;

static void clear_choice(choice *c) {
  for (int k = 0; k < QI_PETR_N_KINDS; k++) QI_VEC_CLEAR(&c->paths[k]);
  qi_arena_clear(&c->arena);
}

static bool has(const char *name, const char *part) {
  size_t n = strlen(part);
  for (; *name; name++)
    if (qi_slice_eq_nocase(qi_slice_sub(qi_slice_str(name), 0, n), qi_slice_of(part, n))) return true;
  return false;
}

static const char *name_of(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

qi_petr_kind qi_petrarch_kind_of(const char *path) {
  const char *name = name_of(path);
  if (!qi_slice_ends(qi_slice_str(name), QI_SLICE(".txt"))) return QI_PETR_N_KINDS;
  if (has(name, "actors")) return QI_PETR_ACTORS;
  if (has(name, "agents")) return QI_PETR_AGENTS;
  if (has(name, "discards")) return QI_PETR_DISCARDS;
  if (has(name, "verbs") || qi_slice_starts(qi_slice_str(name), QI_SLICE("CAMEO"))) return QI_PETR_VERBS;
  return QI_PETR_N_KINDS;
}

static quid_status add_path(choice *c, qi_petr_kind kind, qi_slice folder, qi_slice path, quid_error *err) {
  bool rooted = !folder.len || (path.len && path.ptr[0] == '/');
  qi_slice full = rooted ? qi_arena_slice(&c->arena, path) : qi_arena_printf(&c->arena, "%.*s/%.*s", QI_SLICE_ARG(folder), QI_SLICE_ARG(path));
  if (kind == QI_PETR_N_KINDS && full.ptr) kind = qi_petrarch_kind_of(full.ptr);
  if (kind == QI_PETR_N_KINDS && full.ptr)
    return qi_error_at(err, QUID_ERR_ARGUMENT, full.ptr, 0, 0,
                       "no dictionary by its name '%s'; it should have 'actors', 'agents', 'verbs', 'discards' or 'CAMEO' in it and end in .txt",
                       name_of(full.ptr));
  if (!full.ptr || !QI_VEC_PUSH(&c->paths[kind], (char *)full.ptr)) return qi_error_memory(err, "the dictionary");
  return QUID_OK;
}

static quid_status add_list(choice *c, qi_petr_kind kind, qi_slice folder, qi_slice list, quid_error *err) {
  quid_status status = QUID_OK;
  for (qi_slice path; !status && qi_slice_split(&list, ',', &path);)
    if ((path = qi_slice_trim(path)).len) status = add_path(c, kind, folder, path, err);
  return status;
}

/* ---- .ini ---- */

static quid_status read_setting(choice *c, qi_slice folder, qi_slice key, qi_slice value, quid_error *err) {
  static const struct { const char *key; qi_petr_kind kind; } lists[] = {
    {"verbfile_name", QI_PETR_VERBS}, {"verbfile_list", QI_PETR_VERBS}, {"actorfile_list", QI_PETR_ACTORS},
    {"actorfile_name", QI_PETR_ACTORS}, {"agentfile_name", QI_PETR_AGENTS}, {"agentfile_list", QI_PETR_AGENTS},
    {"discardfile_name", QI_PETR_DISCARDS}, {"discardfile_list", QI_PETR_DISCARDS}};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
    if (qi_slice_eq_nocase(key, qi_slice_str(lists[i].key))) return add_list(c, lists[i].kind, folder, value, err);
  long words;
  if (qi_slice_eq_nocase(key, QI_SLICE("require_dyad"))) c->settings.any_pairs = qi_slice_eq_nocase(value, QI_SLICE("false"));
  if (qi_slice_eq_nocase(key, QI_SLICE("new_actor_length")) && qi_slice_to_long(value, &words) && words >= 0 && words < 100)
    c->settings.new_actor_length = (uint32_t)words;
  return QUID_OK; /* PETRARCH has settings for its parser and its output too */
}

static quid_status choose_by_ini(choice *c, const char *path, quid_error *err) {
  qi_builder data;
  qi_builder_init(&data, 0);
  quid_status status = qi_file_read(&data, path, QI_MAX_KNOWLEDGE_BYTES, err);
  qi_slice rest = qi_builder_view(&data), line;
  qi_slice folder = {path, (size_t)(name_of(path) - path)};
  if (folder.len > 1) folder.len--; /* the slash, but for the root's own */
  while (!status && qi_slice_line(&rest, &line)) {
    line = qi_slice_trim(line);
    size_t equals = qi_slice_find_char(line, '=');
    if (!line.len || strchr("#;[", line.ptr[0]) || equals == QI_NOT_FOUND) continue;
    status = read_setting(c, folder, qi_slice_trim(qi_slice_sub(line, 0, equals)), qi_slice_trim(qi_slice_sub(line, equals + 1, line.len)), err);
  }
  qi_builder_clear(&data);
  return status;
}

/* ---- folder ---- */

/* A remark about a file or folder, no fault. */
static void add_remark(qi_petrarch *p, const char *path, const char *text) {
  quid_error note = {0};
  qi_error_at(&note, QUID_OK, path, 0, 0, "%s", text);
  if (p->notes.len < QI_PETR_MAX_NOTES) (void)QI_VEC_PUSH(&p->notes, note);
}

static quid_status choose_folder(choice *c, qi_petrarch *p, const char *dir, quid_error *err) {
  qi_slice ini = qi_arena_printf(&c->arena, "%s/PETR_config.ini", dir);
  struct stat info;
  if (!ini.ptr) return qi_error_memory(err, "the dictionary");
  if (stat(ini.ptr, &info) == 0) return choose_by_ini(c, ini.ptr, err);
  qi_know_files files;
  quid_status status = qi_know_files_list(&files, dir, ".", ".txt", err);
  for (size_t i = 0; !status && i < files.len; i++) {
    if (qi_petrarch_kind_of(files.paths[i]) == QI_PETR_N_KINDS) add_remark(p, files.paths[i], "not read: no name of a dictionary that quid reads");
    else status = add_path(c, QI_PETR_N_KINDS, (qi_slice){0}, qi_slice_str(files.paths[i]), err);
  }
  qi_know_files_clear(&files);
  if (!status && c->paths[QI_PETR_VERBS].len > 1) add_remark(p, dir, "several dictionaries of verbs, all read; name files to choose among them");
  return status;
}

static quid_status choose(choice *c, qi_petrarch *p, const char *where, quid_error *err) {
  struct stat info;
  bool there = stat(where, &info) == 0;
  if (there && S_ISDIR(info.st_mode)) return choose_folder(c, p, where, err);
  if (qi_slice_ends(qi_slice_str(where), QI_SLICE(".ini"))) return choose_by_ini(c, where, err);
  if (there) return add_path(c, QI_PETR_N_KINDS, (qi_slice){0}, qi_slice_str(where), err);
  if (strchr(where, ',')) return add_list(c, QI_PETR_N_KINDS, (qi_slice){0}, qi_slice_str(where), err);
  return qi_error_at(err, QUID_ERR_IO, where, 0, 0, "cannot open '%s': %s", where, strerror(errno));
}

static quid_status read_all(qi_petrarch *p, const choice *c, quid_error *err) {
  quid_status status = QUID_OK;
  for (int k = 0; !status && k < QI_PETR_N_KINDS; k++)
    for (size_t i = 0; !status && i < c->paths[k].len; i++) {
      qi_mapping map;
      if ((status = qi_mapping_open(&map, c->paths[k].items[i], QI_MAX_KNOWLEDGE_BYTES, err))) break;
      status = qi_petrarch_add(p, (qi_petr_kind)k, qi_slice_of(map.ptr, map.len), c->paths[k].items[i], err);
      qi_mapping_close(&map);
    }
  return status;
}

quid_status qi_petrarch_load(qi_petrarch **out, const char *where, quid_error *err) {
  qi_petrarch *p = NULL;
  choice c = {.settings = {.any_pairs = false}};
  *out = NULL;
  qi_arena_init(&c.arena, 0);
  quid_status status = qi_petrarch_new(&p, err);
  if (!status) status = choose(&c, p, where, err);
  if (!status && !c.paths[QI_PETR_VERBS].len)
    status = qi_error_at(err, QUID_ERR_ARGUMENT, where, 0, 0, "no dictionary of verbs in '%s'", where);
  if (!status) status = read_all(p, &c, err);
  if (!status) status = qi_petrarch_finish(p, err);
  if (!status) p->settings = c.settings;
  clear_choice(&c);
  if (status) qi_petrarch_free(p);
  else *out = p;
  return status;
}
