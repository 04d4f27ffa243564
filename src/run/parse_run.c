/* run: `quid parse`. Plain text -> segmented, parsed -> CoNLL-U; CoNLL-U -> the same with new
 * trees; a treebank -> scores. One thread.
 *
 * A long text is worked on in parts of about a megabyte that end at a blank line, where a sentence
 * ends anyway, so memory does not grow with it.
 * Example: "He left.\n\nShe stayed." -> two paragraphs, sentences 1 and 2. */
#include "quid/parse.h"

#include "base/file.h"
#include "base/utf8.h"
#include "parse/conllu.h"
#include "parse/eval.h"
#include "quid/document.h"
#include "read/read.h"
#include "run/context.h"

#include <time.h>

_Static_assert(QUID_N_METRICS == QI_N_METRICS, "the public count of metrics is wrong");

#define PART_BYTES ((size_t)1 << 20)
#define STDIN_NAME "standard input"

typedef struct job {
  const quid_context *ctx;
  const quid_parse_options *options;
  quid_parse_totals totals;
  qi_parser *parser;
  qi_arena arena;   /* of the document, or the part */
  qi_builder bytes; /* of the input */
  qi_builder out;
  bool write_failed; /* the error is that of `write`: it ends the run */
} job;

static quid_status write_parsed(job *j, const qi_parsed *doc, const char *id, quid_error *err) {
  qi_builder_reset(&j->out);
  qi_conllu_write(&j->out, doc, id);
  quid_status status = qi_builder_status(&j->out, "CoNLL-U", err);
  if (status)
    return status;
  for (uint32_t i = 0; i < doc->n_sentences; i++)
    j->totals.n_words += doc->sentences[i].n_tokens;
  j->totals.n_sentences += doc->n_sentences;
  status = j->options->write(j->options->user, j->out.ptr, j->out.len, err);
  j->write_failed = status != QUID_OK;
  return status;
}

/* --- Plain text --- */

/* The first part of the text: up to a blank line behind PART_BYTES, or all. */
static size_t part_end(qi_slice text) {
  if (text.len <= PART_BYTES)
    return text.len;
  size_t at = qi_slice_find(qi_slice_sub(text, PART_BYTES, text.len), QI_SLICE("\n\n"));
  return at == QI_NOT_FOUND ? text.len : PART_BYTES + at + 2;
}

static quid_status parse_part(job *j, qi_slice text, uint32_t n_before, const char *id,
                              uint32_t *n_sentences, quid_error *err) {
  qi_parsed doc;
  qi_arena_reset(&j->arena);
  quid_status status = qi_segment(j->ctx->model, text, &j->arena, &doc, err);
  if (!status)
    status = qi_parser_run(j->parser, &doc, &j->arena, err);
  if (status)
    return status;
  for (uint32_t i = 0; i < doc.n_sentences; i++)
    doc.sentences[i].index += n_before;
  *n_sentences = doc.n_sentences;
  return write_parsed(j, &doc, id, err);
}

static void notice(const job *j, quid_notice kind, const quid_error *what) {
  if (j->options->notice)
    j->options->notice(j->options->user, kind, what);
}

static quid_status parse_plain(job *j, const char *name, const char *id, quid_error *err) {
  qi_builder text;
  qi_utf8_repairs repairs;
  quid_status status = qi_plain_check(qi_builder_view(&j->bytes), name, err);
  if (status)
    return status;
  qi_builder_init(&text, 0);
  if (!qi_utf8_repair(&text, qi_builder_view(&j->bytes), &repairs)) {
    status = qi_error_memory(err, "the text");
    goto cleanup;
  }
  if (repairs.n_invalid + repairs.n_nul) {
    quid_error said = {0};
    size_t n = repairs.n_invalid + repairs.n_nul;
    qi_error_at(&said, QUID_ERR_FORMAT, name, 0, 0,
                "%zu bad byte sequence%s (no UTF-8, or NUL) replaced by U+FFFD", n,
                n == 1 ? "" : "s");
    notice(j, QUID_NOTICE_WARNING, &said);
  }
  qi_slice rest = qi_builder_view(&text);
  for (uint32_t n = 0, more = 0; !status && rest.len; n += more) {
    size_t end = part_end(rest);
    status = parse_part(j, qi_slice_sub(rest, 0, end), n, id, &more, err);
    rest = qi_slice_sub(rest, end, rest.len);
    id = NULL;
  }
  if (!status)
    j->totals.n_documents++;
cleanup:
  qi_builder_clear(&text);
  return status;
}

/* --- CoNLL-U --- */

static quid_status parse_conllu(job *j, const char *name, quid_error *err) {
  qi_conllu in;
  qi_parsed doc;
  quid_status status;
  qi_conllu_open(&in, qi_builder_view(&j->bytes), name, false);
  for (;;) {
    qi_arena_reset(&j->arena);
    status = qi_conllu_next(&doc, &in, &j->arena, err);
    if (status || doc.n_sentences == 0)
      break;
    status = qi_parser_run(j->parser, &doc, &j->arena, err);
    if (!status)
      status = write_parsed(j, &doc, in.doc_id, err);
    if (status)
      break;
    j->totals.n_documents++;
  }
  qi_conllu_close(&in);
  return status;
}

static quid_status read_input(qi_builder *out, const char *path, size_t max_bytes,
                              quid_error *err) {
  qi_builder_reset(out);
  if (strcmp(path, "-") == 0)
    return qi_file_read_stdin(out, max_bytes, err);
  return qi_file_read(out, path, max_bytes, err);
}

static quid_status parse_input(job *j, const char *path, quid_error *err) {
  bool is_stdin = strcmp(path, "-") == 0, conllu = j->options->input == QUID_PARSE_CONLLU;
  const char *name = is_stdin ? STDIN_NAME : path;
  quid_status status =
      read_input(&j->bytes, path, conllu ? QUID_MAX_CONLLU_BYTES : QUID_MAX_DOCUMENT_BYTES, err);
  if (status)
    return status;
  return conllu ? parse_conllu(j, name, err) : parse_plain(j, name, is_stdin ? NULL : path, err);
}

quid_status quid_parse(quid_parse_totals *totals, const quid_context *ctx, const char *const *paths,
                       size_t n_paths, const quid_parse_options *options, quid_error *err) {
  job j = {.ctx = ctx, .options = options};
  qi_arena_init(&j.arena, 0);
  qi_builder_init(&j.bytes, 0);
  qi_builder_init(&j.out, 0);
  quid_status status = qi_parser_new(&j.parser, ctx->model, err);
  for (size_t i = 0; !status && i < n_paths; i++) {
    quid_error problem = {0};
    status = parse_input(&j, paths[i], &problem);
    if (!status)
      continue;
    if (status == QUID_ERR_MEMORY || j.write_failed) {
      if (err && err->code == QUID_OK)
        *err = problem;
      break;
    }
    notice(&j, QUID_NOTICE_FAILED, &problem);
    j.totals.n_failed++;
    status = QUID_OK;
  }
  qi_parser_free(j.parser);
  qi_arena_clear(&j.arena);
  qi_builder_clear(&j.bytes);
  qi_builder_clear(&j.out);
  if (totals)
    *totals = j.totals;
  return status;
}

/* --- Evaluation --- */

typedef struct tally { /* one way of parsing */
  qi_eval eval;
  double seconds;
} tally;

typedef struct exam {
  const quid_context *ctx;
  const quid_evaluate_options *options;
  qi_parser *parser;
  qi_arena arena;
  tally tokens, text;
  quid_evaluation sum;
} exam;

const char *quid_metric_name(size_t index) {
  return index < QI_N_METRICS ? qi_metric_name((qi_metric)index) : "";
}

static double thread_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void add_eval(qi_eval *to, const qi_eval *more) {
  for (int m = 0; m < QI_N_METRICS; m++) {
    to->of[m].n_gold += more->of[m].n_gold;
    to->of[m].n_system += more->of[m].n_system;
    to->of[m].n_correct += more->of[m].n_correct;
  }
  to->n_documents += more->n_documents;
}

static quid_scores scores_of(const tally *t) {
  quid_scores s = {0};
  for (int m = 0; m < QI_N_METRICS; m++)
    s.of[m] = qi_eval_f1(&t->eval, (qi_metric)m);
  uint64_t n = t->eval.of[QI_METRIC_WORDS].n_gold;
  s.words_per_s = t->seconds > 0 ? (double)n / t->seconds : 0;
  return s;
}

static quid_evaluation evaluation_of(const tally *tokens, const tally *text) {
  return (quid_evaluation){.from_tokens = scores_of(tokens),
                           .from_text = scores_of(text),
                           .n_documents = tokens->eval.n_documents,
                           .n_sentences = tokens->eval.of[QI_METRIC_SENTENCES].n_gold,
                           .n_words = tokens->eval.of[QI_METRIC_WORDS].n_gold,
                           .n_names = tokens->eval.of[QI_METRIC_ENTITIES].n_gold};
}

static bool is_wanted(const char *id, const char *wanted) {
  qi_slice rest = qi_slice_str(wanted), part;
  if (rest.len == 0)
    return true;
  while (qi_slice_split(&rest, ',', &part))
    if (part.len && qi_slice_find(qi_slice_str(id), part) != QI_NOT_FOUND)
      return true;
  return false;
}

/* given: the gold tokens without their trees. */
static quid_status examine(exam *x, const qi_parsed *gold, qi_parsed *given, const char *id,
                           quid_error *err) {
  tally tokens = {0}, text = {0};
  qi_parsed found;
  double start = thread_s();
  quid_status status = qi_parser_run(x->parser, given, &x->arena, err);
  double middle = thread_s();
  if (!status)
    status = qi_segment(x->ctx->model, gold->text, &x->arena, &found, err);
  if (!status)
    status = qi_parser_run(x->parser, &found, &x->arena, err);
  tokens.seconds = middle - start;
  text.seconds = thread_s() - middle;
  if (!status)
    status = qi_eval_add(&tokens.eval, gold, given, err);
  if (!status)
    status = qi_eval_add(&text.eval, gold, &found, err);
  if (status)
    return status;
  quid_evaluation alone = evaluation_of(&tokens, &text);
  if (x->options->document)
    x->options->document(x->options->user, id, &alone);
  add_eval(&x->tokens.eval, &tokens.eval);
  add_eval(&x->text.eval, &text.eval);
  x->tokens.seconds += tokens.seconds;
  x->text.seconds += text.seconds;
  return QUID_OK;
}

static quid_status examine_all(exam *x, qi_slice data, const char *path, quid_error *err) {
  qi_conllu gold_in, given_in;
  qi_parsed gold, given;
  quid_status status;
  qi_conllu_open(&gold_in, data, path, true);
  qi_conllu_open(&given_in, data, path, false);
  for (;;) {
    qi_arena_reset(&x->arena);
    status = qi_conllu_next(&gold, &gold_in, &x->arena, err);
    if (!status)
      status = qi_conllu_next(&given, &given_in, &x->arena, err);
    if (status || gold.n_sentences == 0)
      break;
    const char *id = gold_in.doc_id ? gold_in.doc_id : "";
    if (is_wanted(id, x->options->documents))
      status = examine(x, &gold, &given, id, err);
    if (status)
      break;
  }
  qi_conllu_close(&gold_in);
  qi_conllu_close(&given_in);
  if (!status && x->tokens.eval.n_documents == 0)
    status = qi_error_at(err, QUID_ERR_ARGUMENT, path, 0, 0, "no such document in '%s'", path);
  return status;
}

quid_status quid_evaluate(quid_evaluation *out, const quid_context *ctx, const char *path,
                          const quid_evaluate_options *options, quid_error *err) {
  static const quid_evaluate_options defaults = {0};
  exam x = {.ctx = ctx, .options = options ? options : &defaults};
  qi_builder data;
  qi_builder_init(&data, 0);
  qi_arena_init(&x.arena, 0);
  quid_status status = qi_parser_new(&x.parser, ctx->model, err);
  if (!status)
    status = read_input(&data, path, QUID_MAX_CONLLU_BYTES, err);
  if (!status)
    status =
        examine_all(&x, qi_builder_view(&data), strcmp(path, "-") == 0 ? STDIN_NAME : path, err);
  *out = evaluation_of(&x.tokens, &x.text);
  qi_parser_free(x.parser);
  qi_arena_clear(&x.arena);
  qi_builder_clear(&data);
  return status;
}
