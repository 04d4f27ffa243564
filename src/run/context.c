/* run: options -> the model and the dictionaries, loaded. Where they are looked for is said in
 * quid/context.h: a table of places, tried in order.
 * Example: build/quid in a source tree -> build/../model/quid.model and build/../knowledge. */
#include "run/context.h"

#include "base/builder.h"
#include "base/hash.h"
#include "code/judge.h"
#include "know/cameo.h"
#include "know/petrarch.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MODEL_FILE "model/quid.model"
#define KNOWLEDGE_DIR "knowledge"
#define MAX_PATH_BYTES 4096

/* The folder of the running program, "" when it cannot be told. */
static void program_folder(char out[MAX_PATH_BYTES]) {
  ssize_t n = readlink("/proc/self/exe", out, MAX_PATH_BYTES - 1);
  out[n > 0 ? n : 0] = '\0';
  char *slash = strrchr(out, '/');
  if (slash) *slash = '\0';
  else out[0] = '\0';
}

/* *out: base, between and name joined, if such a file is there; else it stays NULL. */
static quid_status try_place(char **out, const char *base, const char *between, const char *name,
                             quid_error *err) {
  if (*out || !base || !*base) return QUID_OK;
  qi_builder path;
  qi_builder_init(&path, MAX_PATH_BYTES);
  qi_builder_printf(&path, "%s%s/%s", base, between, name);
  quid_status status = path.failed == QUID_ERR_MEMORY ? qi_error_memory(err, "a path") : QUID_OK;
  if (!path.failed && access(path.ptr, F_OK) == 0) *out = qi_builder_take(&path, NULL);
  qi_builder_clear(&path);
  return status;
}

static quid_status copy_path(char **out, const char *path, quid_error *err) {
  *out = strdup(path);
  return *out ? QUID_OK : qi_error_memory(err, "a path");
}

/* *out: *new*. given: the option, taken as it is. */
static quid_status find(char **out, const char *given, const char *name, quid_error *err) {
  if (given && *given) return copy_path(out, given, err);
  char program[MAX_PATH_BYTES];
  program_folder(program);
  const char *home = getenv("QUID_HOME");
  const struct {
    const char *base, *between;
  } places[] = {
      {home, ""},           {program, ""},          {program, "/.."},        {program, "/../.."},
      {program, "/../../.."}, {program, "/../share/quid"}, {QUID_DATA_DIR, ""},
  };
  *out = NULL;
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    quid_status status = try_place(out, places[i].base, places[i].between, name, err);
    if (status) return status;
    /* A home that is set and empty-handed is a mistake worth telling, not one to paper over. */
    if (i == 0 && !*out && home && *home)
      return qi_error_set(err, QUID_ERR_IO, "no '%s' in QUID_HOME '%s'", name, home);
  }
  if (*out) return QUID_OK;
  return qi_error_set(err, QUID_ERR_IO,
                      "no '%s' near the program or in '" QUID_DATA_DIR "'; set QUID_HOME", name);
}

/* Somebody else's dictionaries, and what turns their codes into PLOVER. The version of the knowledge tells of both. */
static quid_status load_dictionary(quid_context *ctx, const quid_context_options *options, quid_error *err) {
  qi_know *know = &ctx->know;
  if (!options->dictionary || !*options->dictionary) return QUID_OK;
  quid_status status = qi_cameo_load(&know->cameo, ctx->knowledge_path, know->ontology, err);
  if (!status) status = qi_petrarch_load(&know->petrarch, options->dictionary, err);
  if (status) return status;
  know->petrarch_beside = options->dictionary_beside;
  char both[64];
  snprintf(both, sizeof both, "%s %s %d", know->version, qi_petrarch_version(know->petrarch), know->petrarch_beside);
  qi_hash64_hex(know->version, qi_slice_str(both));
  return QUID_OK;
}

bool quid_context_dictionary(const quid_context *ctx, quid_dictionary_counts *counts) {
  if (!ctx->know.petrarch) return false;
  qi_petr_counts n = qi_petrarch_counts(ctx->know.petrarch);
  *counts = (quid_dictionary_counts){n.files, n.names, n.agents, n.verbs, n.patterns, n.sets, n.discards, n.faults};
  return true;
}

size_t quid_context_n_notes(const quid_context *ctx) { return ctx->know.petrarch ? qi_petrarch_n_notes(ctx->know.petrarch) : 0; }

const quid_error *quid_context_note(const quid_context *ctx, size_t index) {
  return ctx->know.petrarch ? qi_petrarch_note(ctx->know.petrarch, index) : NULL;
}

quid_status qi_context_find_knowledge(char **out, const char *given, quid_error *err) {
  return find(out, given, KNOWLEDGE_DIR, err);
}

quid_status quid_context_new(quid_context **out, const quid_context_options *options,
                             quid_error *err) {
  static const quid_context_options defaults = {0};
  if (!options) options = &defaults;
  *out = NULL;
  quid_context *ctx = calloc(1, sizeof *ctx);
  if (!ctx) return qi_error_memory(err, "the context");
  quid_status status = find(&ctx->model_path, options->model, MODEL_FILE, err);
  if (!status) status = qi_model_open(&ctx->model, ctx->model_path, err);
  if (!status && !options->parser_only) status = qi_judge_open(&ctx->judge, ctx->model, err);
  if (!status && !options->parser_only) {
    status = qi_context_find_knowledge(&ctx->knowledge_path, options->knowledge, err);
    if (!status) status = qi_know_load(&ctx->know, ctx->knowledge_path, err);
    ctx->has_know = !status;
    if (!status) status = load_dictionary(ctx, options, err);
    if (!status && options->prefilter) status = qi_glance_new(&ctx->glance, &ctx->know, err);
  }
  if (status) quid_context_free(ctx);
  else *out = ctx;
  return status;
}

void quid_context_free(quid_context *ctx) {
  if (!ctx) return;
  qi_glance_free(ctx->glance);
  if (ctx->has_know) qi_know_clear(&ctx->know);
  qi_judge_free(ctx->judge);
  if (ctx->model) qi_model_close(ctx->model);
  free(ctx->model_path);
  free(ctx->knowledge_path);
  free(ctx);
}

const char *quid_context_model_version(const quid_context *ctx) {
  return qi_model_version(ctx->model);
}

const char *quid_context_knowledge_version(const quid_context *ctx) {
  return ctx->has_know ? ctx->know.version : "";
}

const char *quid_context_model_path(const quid_context *ctx) { return ctx->model_path; }

const char *quid_context_knowledge_path(const quid_context *ctx) {
  return ctx->knowledge_path ? ctx->knowledge_path : "";
}

quid_status quid_worker_new(quid_worker **out, const quid_context *ctx, quid_error *err) {
  *out = NULL;
  if (!ctx->has_know)
    return qi_error_set(err, QUID_ERR_ARGUMENT, "no dictionaries in this context");
  quid_worker *worker = calloc(1, sizeof *worker);
  if (!worker) return qi_error_memory(err, "a worker");
  worker->ctx = ctx;
  quid_status status = qi_parser_new(&worker->parser, ctx->model, err);
  if (status) quid_worker_free(worker);
  else *out = worker;
  return status;
}

void quid_worker_free(quid_worker *worker) {
  if (!worker) return;
  if (worker->parser) qi_parser_free(worker->parser);
  free(worker);
}
