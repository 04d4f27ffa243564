/* run: `quid relate`. A table of sentences with two phrases each -> the deed that links them, a line a row. One thread.
 *
 * A row is a sentence with two phrases (row.c); the second opinion (code/judge.h) says which deed links them.
 * Example: "Ostria agreed to lend Norland money." Ostria, Norland -> AGREE, status asserted, trigger "agreed". */
#include "quid/relate.h"

#include "base/file.h"
#include "base/utf8.h"
#include "code/judge.h"
#include "read/read.h"
#include "run/context.h"
#include "run/row.h"

#define STDIN_NAME "standard input"
#define MAX_SENTENCE_BYTES ((size_t)64 << 10)
#define MAX_SHOWN_BYTES 80 /* of a phrase in a message */

static const char head[] = "line\tevent\tquad\tmode\tdeed\tstatus\tconfidence\ttrigger\n";

typedef struct job {
  const quid_context *ctx;
  const quid_relate_options *options;
  quid_relate_totals totals;
  qi_parser *parser;
  qi_arena arena;   /* of the row */
  qi_builder bytes; /* of the file */
  qi_builder text[3]; /* of the row, as valid UTF-8: sentence, source, target */
  qi_builder out;
} job;

static void notice(const job *j, quid_notice kind, const quid_error *what) {
  if (j->options->notice) j->options->notice(j->options->user, kind, what);
}

static quid_status flush(job *j, quid_error *err) {
  quid_status status = qi_builder_status(&j->out, "the table", err);
  if (!status && j->out.len) status = j->options->write(j->options->user, j->out.ptr, j->out.len, err);
  qi_builder_reset(&j->out);
  return status;
}

/* --- a row --- */

static void tell_missing(job *j, const qi_pairs *pairs, int which) {
  quid_error said = {0};
  qi_slice shown = qi_utf8_cut(qi_builder_view(&j->text[which]), MAX_SHOWN_BYTES);
  qi_error_at(&said, QUID_ERR_FORMAT, pairs->name, pairs->line, 0, "%s '%.*s' does not stand in the sentence; judged without it",
              which == 1 ? "source" : "target", QI_SLICE_ARG(shown));
  notice(j, QUID_NOTICE_WARNING, &said);
}

static void write_verdict(job *j, const qi_pairs *pairs, const qi_scene *scene, const qi_verdict *verdict) {
  uint32_t event = qi_judge_event(verdict->relation), deed = qi_judge_likeliest(verdict->deed, QUID_N_EVENT_TYPES);
  if (event == QI_NO_DEED) {
    qi_builder_printf(&j->out, "%zu\tNONE\t-\t-\t-\t-\t%.3f\t-\n", pairs->line, (double)verdict->relation[event]);
    return;
  }
  qi_slice trigger = verdict->trigger >= 0 ? qi_tok(scene->v, verdict->trigger)->form : QI_SLICE("-");
  qi_builder_printf(&j->out, "%zu\t%s\t%s\t%s\t%s\t%s\t%.3f\t%.*s\n", pairs->line, quid_event_type_name((quid_event_type)event),
                    qi_ontology_quad(j->ctx->know.ontology, (quid_event_type)event), *verdict->mode ? verdict->mode : "-",
                    quid_event_type_name((quid_event_type)deed), quid_event_status_name((quid_event_status)qi_judge_likeliest(verdict->status, QUID_N_EVENT_STATUSES)),
                    (double)verdict->relation[event], QI_SLICE_ARG(trigger));
  j->totals.n_related++;
}

static quid_status relate_row(job *j, const qi_pairs *pairs, const qi_pairs_row *row, quid_error *err) {
  const qi_slice fields[] = {row->sentence, row->source, row->target};
  if (row->sentence.len > MAX_SENTENCE_BYTES) return qi_error_set(err, QUID_ERR_LIMIT, "a sentence of %zu bytes, more than %zu", row->sentence.len, MAX_SENTENCE_BYTES);
  for (int k = 0; k < 3; k++) {
    qi_utf8_repairs repairs;
    qi_builder_reset(&j->text[k]);
    if (!qi_utf8_repair(&j->text[k], fields[k], &repairs)) return qi_error_memory(err, "the row");
  }
  qi_row r;
  qi_bench bench;
  qi_verdict verdict;
  qi_arena_reset(&j->arena);
  quid_status status = qi_row_read(&r, j->ctx->model, &j->ctx->know, j->parser, qi_builder_view(&j->text[0]),
                                   qi_builder_view(&j->text[1]), qi_builder_view(&j->text[2]), &j->arena, err);
  if (status) return status;
  if (!r.has_source) tell_missing(j, pairs, 1);
  if (!r.has_target) tell_missing(j, pairs, 2);
  if (!qi_judge_sentence(&bench, j->ctx->judge, &r.scene, &j->arena) ||
      !qi_judge_pair(&verdict, j->ctx->judge, &bench, &r.pair, &j->arena))
    return qi_error_memory(err, "the row");
  write_verdict(j, pairs, &r.scene, &verdict);
  return QUID_OK;
}

/* --- a file --- */

static quid_status relate_file(job *j, const char *path, quid_error *err) {
  bool is_stdin = strcmp(path, "-") == 0;
  quid_error why = {0};
  qi_pairs pairs;
  qi_builder_reset(&j->bytes);
  quid_status status = is_stdin ? qi_file_read_stdin(&j->bytes, QUID_MAX_TABLE_BYTES, &why) : qi_file_read(&j->bytes, path, QUID_MAX_TABLE_BYTES, &why);
  if (!status) status = qi_pairs_open(&pairs, qi_builder_view(&j->bytes), is_stdin ? STDIN_NAME : path, &why);
  if (status) {
    j->totals.n_failed++;
    notice(j, QUID_NOTICE_FAILED, &why);
    return status == QUID_ERR_MEMORY ? qi_error_memory(err, "the table") : QUID_OK;
  }
  for (bool more = true; more;) {
    qi_pairs_row row;
    quid_error bad = {0};
    status = qi_pairs_next(&row, &pairs, &more, &bad);
    if (!more) break;
    if (!status) status = relate_row(j, &pairs, &row, &bad);
    if (status == QUID_ERR_MEMORY) return qi_error_memory(err, "the table");
    if (status) {
      quid_error said = {0};
      qi_error_at(&said, bad.code, pairs.name, pairs.line, bad.column, "%.200s", bad.message);
      notice(j, QUID_NOTICE_SKIPPED, &said);
      qi_builder_printf(&j->out, "%zu\tNONE\t-\t-\t-\t-\t0.000\t-\n", pairs.line);
      j->totals.n_skipped++;
    }
    j->totals.n_rows++;
    if (j->out.len > (size_t)1 << 16 && (status = flush(j, err))) return status;
  }
  return QUID_OK;
}

quid_status quid_relate(quid_relate_totals *totals, const quid_context *ctx, const char *const *paths, size_t n_paths,
                        const quid_relate_options *options, quid_error *err) {
  job j = {.ctx = ctx, .options = options};
  if (totals) *totals = j.totals;
  if (!ctx->has_know) return qi_error_set(err, QUID_ERR_ARGUMENT, "no dictionaries in this context");
  if (!ctx->judge) return qi_error_set(err, QUID_ERR_ARGUMENT, "the model '%s' has no second opinion", ctx->model_path);
  quid_status status = qi_parser_new(&j.parser, ctx->model, err);
  if (status) return status;
  qi_arena_init(&j.arena, 0);
  qi_builder_init(&j.bytes, 0);
  qi_builder_init(&j.out, 0);
  for (int k = 0; k < 3; k++) qi_builder_init(&j.text[k], 0);
  qi_builder_str(&j.out, head);
  for (size_t i = 0; i < n_paths && !status; i++) status = relate_file(&j, paths[i], err);
  if (!status) status = flush(&j, err);
  for (int k = 0; k < 3; k++) qi_builder_clear(&j.text[k]);
  qi_builder_clear(&j.out);
  qi_builder_clear(&j.bytes);
  qi_arena_clear(&j.arena);
  qi_parser_free(j.parser);
  if (totals) *totals = j.totals;
  return status;
}
