/* Measures goods, victims, crowds, times, durations and purposes on items.tsv, and the classes of goods on
 * knowledge/items/examples.tsv.
 *
 *   run_items [--model FILE] [--show] [--dev SHARE] [--held SHARE] [--classes SHARE]
 *
 * A row of items.tsv names a word of the deed ("sent#2": the second "sent"), a field, its value, and the text:
 *   item      class;word;count;count_to;unit   an item whose span holds the word; "-" where nothing is said
 *   victims   kind;count;count_to              crowd   count;count_to
 *   times     a number                         duration ISO 8601
 *   purpose   a word inside its span           none    a field that must stay empty
 * A deed may be told by two words, of which quid keeps one ("killed in a strike", "imposed sanctions"): where no event
 * has the word, one counts whose trigger hangs on it in the tree or on which it hangs.
 * The third of the texts that held_out.h names is counted apart; --show prints failures of the others alone. */
#include "base/file.h"
#include "code/coder.h"
#include "code/item.h"
#include "code/mend.h"
#include "held_out.h"
#include "know/items.h"
#include "know/table.h"
#include "mention_at.h"
#include "parse/parser.h"
#include "parse/segment.h"
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { ITEM, VICTIMS, CROWD, TIMES, DURATION, PURPOSE, NONE, N_FIELDS };
static const char *const FIELDS[N_FIELDS] = {"item", "victims", "crowd", "times", "duration", "purpose", "none"};
enum { MAX_PARTS = 5 };

typedef struct tally {
  size_t n, right;
} tally;

typedef struct runner {
  qi_know know;
  qi_model *model;
  qi_parser *parser;
  qi_second second;
  qi_arena arena;
  bool show;
  tally by_field[2][N_FIELDS]; /* [held out][field] */
  tally item_class[2], item_count[2], item_unit[2];
  size_t no_event[2], no_word[2], no_event_at_all[2];
  tally classes;
} runner;

static void count(tally *t, bool right) {
  t->n++;
  t->right += right;
}

/* "-" or nothing: not said, -1. */
static double number(qi_slice text) {
  double value;
  return qi_slice_to_double(text, &value) ? value : -1;
}

static bool same_amount(const quid_amount *a, qi_slice from, qi_slice to) {
  double f = number(from), t = number(to);
  if (f < 0) return a->from < 0;
  if (t < 0) t = f;
  return fabs(a->from - f) <= 1e-3 * f && fabs(a->to - t) <= 1e-3 * t;
}

/* Does the span hold the word as a token? */
static bool holds(const qi_parsed *doc, quid_span span, qi_slice word) {
  for (uint32_t i = 0; i < doc->n_sentences; i++)
    for (uint32_t k = 0; k < doc->sentences[i].n_tokens; k++) {
      const qi_token *t = &doc->sentences[i].tokens[k];
      if (t->start >= span.start && t->end <= span.end && qi_slice_eq(t->form, word)) return true;
    }
  size_t len = span.end - span.start; /* a part of a hyphened word */
  for (size_t at = 0; word.len <= len && at + word.len <= len; at++)
    if (memcmp(doc->text.ptr + span.start + at, word.ptr, word.len) == 0) return true;
  return false;
}

static bool same_unit(const char *unit, qi_slice wanted) {
  return qi_slice_eq_str(wanted, "-") ? !*unit : qi_slice_eq_str(wanted, unit);
}

typedef struct found_item {
  bool word, class, count, unit;
} found_item;

static bool item_right(const qi_parsed *doc, const quid_event *e, const qi_slice part[MAX_PARTS], found_item *best) {
  for (uint32_t i = 0; i < e->n_items; i++) {
    const quid_item *it = &e->items[i];
    if (!holds(doc, it->span, part[1])) continue;
    found_item f = {true, qi_slice_eq_str(part[0], it->item_class), same_amount(&it->count, part[2], part[3]),
                    same_unit(it->unit, part[4])};
    if (f.class + f.count + f.unit >= best->class + best->count + best->unit || !best->word) *best = f;
  }
  return best->word && best->class && best->count && best->unit;
}

static bool victims_right(const quid_event *e, const qi_slice part[MAX_PARTS]) {
  for (uint32_t i = 0; i < e->n_victims; i++)
    if (qi_slice_eq_str(part[0], e->victims[i].kind) && same_amount(&e->victims[i].count, part[1], part[2])) return true;
  return false;
}

static bool is_empty(const quid_event *e, qi_slice field) {
  if (qi_slice_eq_str(field, "item")) return e->n_items == 0;
  if (qi_slice_eq_str(field, "victims")) return e->n_victims == 0;
  if (qi_slice_eq_str(field, "crowd")) return e->crowd.span.start == e->crowd.span.end;
  if (qi_slice_eq_str(field, "times")) return e->times == 0;
  if (qi_slice_eq_str(field, "duration")) return e->duration.span.start == e->duration.span.end;
  return e->purpose.start == e->purpose.end;
}

static bool right(const qi_parsed *doc, const quid_event *e, int field, qi_slice value, const qi_slice part[MAX_PARTS], found_item *best) {
  switch (field) {
  case ITEM: return item_right(doc, e, part, best);
  case VICTIMS: return victims_right(e, part);
  case CROWD: return e->crowd.span.start < e->crowd.span.end && same_amount(&e->crowd.count, part[0], part[1]);
  case TIMES: return e->times == (uint32_t)number(value);
  case DURATION: return qi_slice_eq_str(value, e->duration.value);
  case PURPOSE: return holds(doc, e->purpose, value);
  default: return is_empty(e, value);
  }
}

static void put_amount(const quid_amount *a) { printf("%g..%g%s", a->from, a->to, a->bound); }

static void tell_event(const qi_parsed *doc, const quid_event *e) {
  printf("    %s %.*s (%s)", quid_event_type_name(e->type), QI_SLICE_ARG(qi_slice_sub(doc->text, e->trigger.start, e->trigger.end)), e->frame);
  for (uint32_t i = 0; i < e->n_items; i++) {
    const quid_item *it = &e->items[i];
    printf(" | item '%.*s' %s ", QI_SLICE_ARG(qi_slice_sub(doc->text, it->span.start, it->span.end)), it->item_class);
    put_amount(&it->count);
    printf(" %s", it->unit);
  }
  for (uint32_t i = 0; i < e->n_victims; i++) {
    printf(" | %s '%.*s' ", e->victims[i].kind, QI_SLICE_ARG(qi_slice_sub(doc->text, e->victims[i].span.start, e->victims[i].span.end)));
    put_amount(&e->victims[i].count);
  }
  if (e->crowd.span.end > e->crowd.span.start) printf(" | crowd "), put_amount(&e->crowd.count);
  if (e->times) printf(" | times %u", e->times);
  if (*e->duration.value) printf(" | duration %s", e->duration.value);
  printf(" | purpose '%.*s'\n", QI_SLICE_ARG(qi_slice_sub(doc->text, e->purpose.start, e->purpose.end)));
}

/* Does the event's trigger hold the word, or (near) a word that is its governor or hangs on it? */
static bool is_told_by(const qi_parsed *doc, const quid_event *e, uint32_t sentence, uint32_t token, bool near) {
  const qi_sentence *s = &doc->sentences[sentence];
  if (e->sentence != sentence) return false;
  for (uint32_t k = 0; k < s->n_tokens; k++) {
    if (s->tokens[k].start < e->trigger.start || s->tokens[k].end > e->trigger.end) continue;
    if (k == token || (near && (s->tokens[k].head == (int32_t)token || s->tokens[token].head == (int32_t)k))) return true;
  }
  return false;
}

static void compare(runner *r, const qi_table *t, int field, const qi_parsed *doc, const qi_events *events) {
  uint32_t sentence, token;
  qi_slice part[MAX_PARTS] = {{"", 0}}, rest = t->field[2], one;
  for (size_t n = 0; n < MAX_PARTS && qi_slice_split(&rest, ';', &one); n++) part[n] = one;
  bool held = held_out(t->field[3]), there = find_word(doc, t->field[0], &sentence, &token), ok = false, none = true, any = false;
  found_item best = {0};
  for (int near = 0; there && near < 2 && !any; near++)
    for (uint32_t i = 0; i < events->len; i++) {
      const quid_event *e = &events->items[i];
      if (!is_told_by(doc, e, sentence, token, near)) continue;
      any = true;
      bool one_right = right(doc, e, field, t->field[2], part, &best);
      ok |= one_right, none &= one_right;
    }
  if (field == NONE) ok = none;
  else r->no_event[held] += !any;
  r->no_word[held] += !there;
  r->no_event_at_all[held] += field != NONE && !any && events->len == 0;
  count(&r->by_field[held][field], ok);
  if (field == ITEM) {
    count(&r->item_class[held], best.word && best.class);
    count(&r->item_count[held], best.word && best.count);
    count(&r->item_unit[held], best.word && best.unit);
  }
  if (ok || held || !r->show) return;
  printf("%zu: %s %.*s of '%.*s'%s: %.*s\n", t->line, FIELDS[field], QI_SLICE_ARG(t->field[2]), QI_SLICE_ARG(t->field[0]),
         !there ? " (no such word)" : any || field == NONE ? "" : " (no deed)", QI_SLICE_ARG(t->field[3]));
  for (uint32_t i = 0; i < events->len; i++) tell_event(doc, &events->items[i]);
}

static quid_status run_row(runner *r, const qi_table *t, quid_error *err) {
  qi_parsed doc;
  qi_events events;
  qi_document_info info = {.published = qi_day_from_ymd(2024, 11, 25)};
  int field = 0;
  while (field < N_FIELDS && !qi_slice_eq_str(t->field[1], FIELDS[field])) field++;
  if (field == N_FIELDS) return qi_table_error(t, 1, err, "unknown field", t->field[1]);
  qi_arena_reset(&r->arena);
  quid_status status = qi_segment(r->model, t->field[3], &r->arena, &doc, err);
  if (!status) status = qi_parser_run(r->parser, &doc, &r->arena, err);
  if (!status) status = qi_code_document(&r->know, &r->second, &doc, &info, &r->arena, &events, NULL, err);
  if (!status) compare(r, t, field, &doc, &events);
  return status;
}

/* The class of the object of "They took PHRASE." */
static quid_status run_example(runner *r, const qi_table *t, quid_error *err) {
  qi_parsed doc;
  qi_mentions mentions;
  qi_amount_list amounts;
  quid_item items[2];
  qi_slice name = t->field[0];
  bool must_not = qi_slice_starts(name, QI_SLICE("!"));
  if (must_not) name = qi_slice_sub(name, 1, name.len);
  qi_arena_reset(&r->arena);
  qi_slice text = qi_arena_printf(&r->arena, "They took %.*s from the town.", QI_SLICE_ARG(t->field[1]));
  quid_status status = qi_segment(r->model, text, &r->arena, &doc, err);
  if (!status) status = qi_parser_run(r->parser, &doc, &r->arena, err);
  if (!status && !qi_mend(&r->know, &doc, &r->arena)) status = qi_error_memory(err, "the trees");
  if (!status) status = qi_mentions_find(&mentions, &r->know, &doc, QI_DAY_NONE, &r->arena, err);
  if (!status && !qi_amount_scan(&amounts, r->know.amounts, &doc.sentences[0], &r->arena)) status = qi_error_memory(err, "the amounts");
  if (status) return status;
  qi_view v = {&r->know, &doc, &doc.sentences[0], &mentions};
  int32_t object = qi_child(&v, 1, QI_REL_OBJ);
  uint32_t n = object < 0 ? 0 : qi_items_of(items, 1, &v, &amounts, (uint32_t)object);
  bool has = false;
  for (uint32_t id = n ? qi_items_class(r->know.items, qi_slice_str(items[0].item_class)) : QI_NO_CLASS; id != QI_NO_CLASS && !has;) {
    has = qi_slice_eq_str(name, qi_items_class_name(r->know.items, id));
    id = must_not ? qi_items_parent(r->know.items, id) : QI_NO_CLASS;
  }
  count(&r->classes, has != must_not);
  if (r->show && has == must_not)
    printf("%zu: '%.*s' is %s, %.*s\n", t->line, QI_SLICE_ARG(t->field[1]), n ? items[0].item_class : "nothing", QI_SLICE_ARG(t->field[0]));
  return QUID_OK;
}

static quid_status run_file(runner *r, const char *file, const char *header, quid_status (*row)(runner *, const qi_table *, quid_error *),
                            quid_error *err) {
  qi_builder data;
  qi_table t;
  bool more = true;
  qi_builder_init(&data, 0);
  quid_status status = qi_file_read(&data, file, 0, err);
  if (!status) status = qi_table_open(&t, qi_builder_view(&data), file, header, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = row(r, &t, err);
  qi_builder_clear(&data);
  return status;
}

static quid_status set_up(runner *r, const char *model, qi_judge **judge, quid_error *err) {
  quid_status status = qi_know_load(&r->know, test_root("knowledge"), err);
  if (!status) status = qi_model_open(&r->model, model, err);
  if (!status) status = qi_parser_new(&r->parser, r->model, err);
  if (!status) status = qi_judge_open(judge, r->model, err);
  r->second = (qi_second){r->model, *judge};
  return status;
}

static double share(tally t) { return t.n ? (double)t.right / (double)t.n : 1; }

static double tell_part(const runner *r, int held) {
  tally all = {0, 0};
  for (int f = 0; f < N_FIELDS; f++) {
    const tally *t = &r->by_field[held][f];
    all.n += t->n, all.right += t->right;
    printf("%s %zu/%zu; ", FIELDS[f], t->right, t->n);
  }
  printf("of items: class %zu, word and count %zu, unit %zu of %zu; no deed %zu (none in the text %zu, no such word %zu); ", r->item_class[held].right, r->item_count[held].right,
         r->item_unit[held].right, r->item_class[held].n, r->no_event[held], r->no_event_at_all[held], r->no_word[held]);
  printf("%s %.3f (%zu of %zu)\n", held ? "held out" : "development", share(all), all.right, all.n);
  return share(all);
}

int main(int argc, char **argv) {
  runner r = {.show = false};
  quid_error err = {.code = QUID_OK};
  qi_judge *judge = NULL;
  const char *model = test_root("model/quid.model");
  double least[2] = {0, 0}, least_classes = 0;
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = value, i++;
    else if (strcmp(argv[i], "--dev") == 0) least[0] = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--held") == 0) least[1] = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--classes") == 0) least_classes = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--show") == 0) r.show = true;
  }
  qi_arena_init(&r.arena, 0);
  quid_status status = set_up(&r, model, &judge, &err);
  if (!status) status = run_file(&r, test_root("tests/golden/items.tsv"), "trigger\tfield\tvalue\ttext", run_row, &err);
  if (!status) status = run_file(&r, test_root("knowledge/items/examples.tsv"), QI_ITEM_EXAMPLES_HEADER, run_example, &err);
  bool good = !status && share(r.classes) >= least_classes;
  if (status) fprintf(stderr, "run_items: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else {
    printf("classes %zu of %zu phrases right\n", r.classes.right, r.classes.n);
    for (int held = 0; held < 2; held++) good &= tell_part(&r, held) >= least[held];
  }
  if (r.parser) qi_parser_free(r.parser);
  qi_judge_free(judge);
  if (r.model) qi_model_close(r.model);
  qi_know_clear(&r.know);
  qi_arena_clear(&r.arena);
  return status ? 2 : good ? 0 : 1;
}
