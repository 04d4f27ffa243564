/* show: events -> a table for people.
 *
 * The events of one sentence stand together: a row each, then the sentence with its triggers marked by
 * the numbers of the rows. Columns are as wide as their cells need; where that is more than the
 * terminal has, the widest of the flexible ones give way, and their cells go on in the next line.
 * Control characters are shown as spaces: the text of a document must not steer a terminal.
 *
 * Example:
 *   #  DATE        STATUS    EVENT  ACTOR > RECIPIENT  ITEM   PLACE
 *   1  2024-06-19  asserted  AID    Norland > Ostria   grain
 *      Norland [1 shipped] grain to Ostria. */
#include "show/show.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/utf8.h"
#include <stdlib.h>

enum { NUMBER, DATE, STATUS, EVENT, WHO, ITEM, PLACE, N_COLUMNS };

#define GAP 2           /* spaces between columns */
#define INDENT 4        /* of sentences */
#define MIN_TEXT_WIDTH 20

static const struct {
  const char *title;
  size_t min_width; /* it may shrink to this; 0: it does not */
} columns[N_COLUMNS] = {
    {"#", 0}, {"DATE", 0}, {"STATUS", 0}, {"EVENT", 14},
    {"ACTOR > RECIPIENT", 22}, {"ITEM", 10}, {"PLACE", 10},
};

typedef struct row {
  const quid_event *event;
  qi_slice cells[N_COLUMNS]; /* in the arena */
  qi_slice notes;            /* line below it, "" none */
} row;

typedef struct table {
  qi_builder *out;
  const quid_document *doc;
  const quid_show_options *options;
  const qi_parsed *parsed;
  const qi_explain *explain; /* NULL: not wanted */
  qi_arena arena;
  row *rows; /* [n_rows], as the document's events */
  size_t n_rows;
  size_t widths[N_COLUMNS]; /* columns of the terminal; 0: the column is left out */
} table;

/* --- colour --- */

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define BLUE "\033[34m"
#define PLAIN "\033[0m"

static void color(const table *t, const char *code) {
  if (t->options->color) qi_builder_str(t->out, code);
}

/* What happened, what is said to have happened, what did not happen, what may. */
static const char *status_color(quid_event_status status) {
  switch (status) {
  case QUID_ASSERTED: return GREEN;
  case QUID_REPORTED: case QUID_CLAIMED: return YELLOW;
  case QUID_DENIED: case QUID_NEGATED: return RED;
  default: return BLUE;
  }
}

/* --- cells --- */

static void put_str(qi_builder *b, const char *s) { qi_show_clean(b, qi_slice_str(s)); }

static void put_names(qi_builder *b, const quid_document *doc, const quid_entity *list, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (i) qi_builder_str(b, ", ");
    if (*list[i].name) put_str(b, list[i].name);
    else qi_show_clean(b, qi_show_words(doc, list[i].span));
  }
  if (n == 0) qi_builder_char(b, '-');
}

/* "2024-06-19"; "2024-06" and "2024" for a whole month or year; else "2024-06-19..2024-06-21". */
static void put_date(qi_builder *b, const quid_event *e) {
  qi_day first, last, from, to;
  if (!qi_date_parse(qi_slice_str(e->date.from), &from, &last) ||
      !qi_date_parse(qi_slice_str(e->date.to), &first, &to)) {
    qi_builder_str(b, *e->date.from ? e->date.from : *e->date.to ? e->date.to : "");
    return;
  }
  static const size_t lengths[] = {4, 7, 10};
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    qi_slice part = qi_slice_sub(qi_slice_str(e->date.from), 0, lengths[i]);
    if (qi_date_parse(part, &first, &last) && first == from && last == to) {
      qi_builder_slice(b, part);
      return;
    }
  }
  qi_builder_printf(b, "%s..%s", e->date.from, e->date.to);
}

static void put_items(qi_builder *b, const quid_document *doc, const quid_event *e) {
  for (uint32_t i = 0; i < e->n_items; i++) {
    if (i) qi_builder_str(b, ", ");
    qi_show_clean(b, qi_show_words(doc, e->items[i].span));
  }
}

static void put_cell(qi_builder *b, const table *t, const quid_event *e, size_t number, int column) {
  switch (column) {
  case NUMBER: qi_builder_printf(b, "%zu", number); break;
  case DATE: put_date(b, e); break;
  case STATUS: qi_builder_str(b, quid_event_status_name(e->status)); break;
  case EVENT:
    qi_builder_str(b, e->type < QUID_N_EVENT_TYPES ? quid_event_type_name(e->type) : e->cameo);
    for (uint32_t i = 0; i < e->n_modes; i++) qi_builder_printf(b, "%s%s", i ? "," : "/", e->modes[i]);
    break;
  case WHO:
    put_names(b, t->doc, e->actors, e->n_actors);
    if (e->n_recipients) {
      qi_builder_str(b, " > ");
      put_names(b, t->doc, e->recipients, e->n_recipients);
    }
    break;
  case ITEM: put_items(b, t->doc, e); break;
  case PLACE:
    if (*e->place.name) put_str(b, e->place.name);
    else qi_show_clean(b, qi_show_words(t->doc, e->place.span));
    break;
  default: break;
  }
}

static void put_words_note(qi_builder *b, const quid_document *doc, const char *label, quid_span span) {
  if (span.end <= span.start) return;
  if (b->len) qi_builder_str(b, "; ");
  qi_builder_str(b, label);
  qi_show_clean(b, qi_show_words(doc, span));
}

/* Number of another event's row, else its words. */
static void put_other(qi_builder *b, const quid_document *doc, uint32_t event, quid_span words) {
  if (event != QUID_NO_EVENT) qi_builder_printf(b, "%u", (unsigned)event + 1);
  else qi_show_clean(b, qi_show_words(doc, words));
}

static void put_exchange_note(qi_builder *b, const quid_document *doc, const quid_event *e) {
  qi_builder_printf(b, "%sexchange: %s", b->len ? "; " : "", e->exchange.side);
  if (e->exchange.n_givers || e->exchange.n_takers) {
    qi_builder_str(b, " by ");
    put_names(b, doc, e->exchange.givers, e->exchange.n_givers);
    qi_builder_str(b, " to ");
    put_names(b, doc, e->exchange.takers, e->exchange.n_takers);
  }
  for (uint32_t i = 0; i < e->exchange.n_others; i++) {
    qi_builder_str(b, i ? ", " : " for ");
    put_other(b, doc, e->exchange.others[i].event, e->exchange.others[i].span);
  }
  if (e->exchange.span.end > e->exchange.span.start) {
    qi_builder_str(b, ", \"");
    qi_show_clean(b, qi_show_words(doc, e->exchange.span));
    qi_builder_char(b, '"');
  }
}

static void put_link_notes(qi_builder *b, const quid_document *doc, const quid_event *e) {
  for (uint32_t i = 0; i < e->n_links; i++) {
    const quid_link *l = &e->links[i];
    qi_builder_printf(b, "%s%s: ", b->len ? "; " : "", l->type);
    put_other(b, doc, l->event, l->other);
    if (l->span.end <= l->span.start) continue;
    qi_builder_str(b, ", \"");
    qi_show_clean(b, qi_show_words(doc, l->span));
    qi_builder_char(b, '"');
  }
}

/* What has no column: on whose word, how often, about what, in a bargain for what, what for. */
static void put_notes(qi_builder *b, const quid_document *doc, const quid_event *e) {
  for (uint32_t i = 0; i < e->n_attribution; i++) {
    const quid_word_of *word = &e->attribution[i];
    qi_builder_str(b, i ? ", on the word of " : "on the word of ");
    if (word->entity) put_names(b, doc, word->entity, 1);
    else qi_show_clean(b, qi_show_words(doc, word->span));
  }
  if (e->times) qi_builder_printf(b, "%s%u times", b->len ? "; " : "", (unsigned)e->times);
  for (uint32_t i = 0; i < e->n_content; i++)
    qi_builder_printf(b, "%s%u", i ? ", " : b->len ? "; about " : "about ", (unsigned)e->content[i] + 1);
  if (*e->exchange.id) put_exchange_note(b, doc, e);
  put_words_note(b, doc, "aim: ", e->purpose);
  put_words_note(b, doc, "crowd: ", e->crowd.span);
  for (uint32_t i = 0; i < e->n_victims; i++) {
    qi_builder_str(b, i ? ", " : b->len ? "; " : "");
    if (!i) qi_builder_str(b, "victims: ");
    qi_builder_printf(b, "%s ", e->victims[i].kind);
    if (e->victims[i].count.from >= 0) qi_show_number(b, e->victims[i].count.from, 0);
    else qi_show_clean(b, qi_show_words(doc, e->victims[i].span));
  }
  put_words_note(b, doc, "lasts: ", e->duration.span);
  put_words_note(b, doc, "until: ", e->deadline.span);
  put_link_notes(b, doc, e);
}

static bool fill_rows(table *t) {
  qi_builder b;
  qi_builder_init(&b, 0);
  t->n_rows = quid_document_n_events(t->doc);
  t->rows = QI_NEW_ARRAY(&t->arena, row, t->n_rows);
  bool ok = t->rows != NULL;
  for (size_t i = 0; ok && i < t->n_rows; i++) {
    row *r = &t->rows[i];
    r->event = quid_document_event(t->doc, i);
    for (int c = 0; ok && c < N_COLUMNS; c++) {
      qi_builder_reset(&b);
      put_cell(&b, t, r->event, i + 1, c);
      r->cells[c] = qi_arena_slice(&t->arena, qi_builder_view(&b));
      ok = r->cells[c].ptr && !b.failed;
    }
    qi_builder_reset(&b);
    put_notes(&b, t->doc, r->event);
    r->notes = qi_arena_slice(&t->arena, qi_builder_view(&b));
    ok = ok && r->notes.ptr && !b.failed;
  }
  qi_builder_clear(&b);
  return ok;
}

/* --- widths --- */

static size_t total_width(const table *t) {
  size_t sum = 0;
  for (int c = 0; c < N_COLUMNS; c++)
    if (t->widths[c]) sum += t->widths[c] + (sum ? GAP : 0);
  return sum;
}

static void fit_widths(table *t) {
  for (int c = 0; c < N_COLUMNS; c++) {
    t->widths[c] = 0;
    for (size_t i = 0; i < t->n_rows; i++) {
      size_t width = qi_utf8_width(t->rows[i].cells[c]);
      if (width > t->widths[c]) t->widths[c] = width;
    }
    size_t title = strlen(columns[c].title);
    if (t->widths[c] && t->widths[c] < title) t->widths[c] = title;
  }
  while (t->options->width && total_width(t) > t->options->width) {
    int widest = -1;
    for (int c = 0; c < N_COLUMNS; c++)
      if (columns[c].min_width && t->widths[c] > columns[c].min_width &&
          (widest < 0 || t->widths[c] > t->widths[widest]))
        widest = c;
    if (widest < 0) break; /* too narrow a terminal: let it wrap */
    t->widths[widest]--;
  }
}

/* Takes from *rest what fits into `width` columns, broken behind a space, "/" or "," if it can be. */
static qi_slice take_line(qi_slice *rest, size_t width) {
  size_t at = 0, used = 0, cut = 0;
  while (at < rest->len) {
    size_t next = at;
    qi_utf8_decode(*rest, &next);
    used += qi_utf8_width(qi_slice_sub(*rest, at, next));
    char c = rest->ptr[at];
    if (used > width && at > 0 && c != ' ') break;
    at = next;
    if (c == ' ' || c == '/' || c == ',') cut = at;
  }
  if (at == rest->len || cut == 0) cut = at;
  qi_slice line = qi_slice_trim(qi_slice_sub(*rest, 0, cut));
  *rest = qi_slice_sub(*rest, cut, rest->len);
  return line;
}

/* --- rows --- */

/* One line of cells; `gap` spaces are due before the next. Nothing is written behind the last. */
static void put_cell_line(const table *t, size_t *gap, int column, qi_slice text, const char *code) {
  if (!t->widths[column]) return;
  if (text.len) {
    qi_builder_repeat(t->out, ' ', *gap);
    if (code) color(t, code);
    qi_builder_slice(t->out, text);
    if (code) color(t, PLAIN);
    *gap = 0;
  }
  size_t width = qi_utf8_width(text);
  *gap += (t->widths[column] > width ? t->widths[column] - width : 0) + GAP;
}

static void put_titles(const table *t) {
  size_t gap = 0;
  for (int c = 0; c < N_COLUMNS; c++) put_cell_line(t, &gap, c, qi_slice_str(columns[c].title), DIM);
  qi_builder_char(t->out, '\n');
}

/* As many lines as the cell with the most needs. */
static void put_row(const table *t, const row *r) {
  qi_slice rest[N_COLUMNS];
  bool more = true;
  memcpy(rest, r->cells, sizeof rest);
  while (more) {
    size_t gap = 0;
    more = false;
    for (int c = 0; c < N_COLUMNS; c++) {
      const char *code = c == STATUS ? status_color(r->event->status) : c == EVENT ? BOLD : NULL;
      put_cell_line(t, &gap, c, take_line(&rest[c], t->widths[c]), code);
      more = more || rest[c].len > 0;
    }
    qi_builder_char(t->out, '\n');
  }
}

/* --- sentences --- */

/* Writes words with line breaks where the terminal ends. */
typedef struct wrapper {
  const table *t;
  size_t column;
  bool space;       /* white space is due before the next word */
  const char *code; /* colour of the words, NULL none */
} wrapper;

static void wrap_open(wrapper *w, const table *t) {
  *w = (wrapper){.t = t, .column = INDENT};
  qi_builder_repeat(t->out, ' ', INDENT);
}

/* A piece without white space; pieces with none between them are not parted. */
static void wrap_piece(wrapper *w, qi_slice piece) {
  size_t width = qi_utf8_width(piece), limit = w->t->options->width;
  if (limit && limit < INDENT + MIN_TEXT_WIDTH) limit = INDENT + MIN_TEXT_WIDTH;
  if (w->space && limit && w->column + 1 + width > limit && w->column > INDENT) {
    qi_builder_char(w->t->out, '\n');
    qi_builder_repeat(w->t->out, ' ', INDENT);
    w->column = INDENT;
  } else if (w->space && w->column > INDENT) {
    qi_builder_char(w->t->out, ' ');
    w->column++;
  }
  w->space = false;
  if (w->code) color(w->t, w->code);
  qi_builder_slice(w->t->out, piece);
  if (w->code) color(w->t, PLAIN);
  w->column += width;
}

static void wrap_text(wrapper *w, qi_slice clean) {
  for (size_t at = 0; at < clean.len;) {
    size_t end = at;
    while (end < clean.len && clean.ptr[end] != ' ') end++;
    if (end > at) wrap_piece(w, qi_slice_sub(clean, at, end));
    if (end < clean.len) w->space = true;
    at = end + 1;
  }
}

/* Wraps what the scratch builder holds, and empties it. */
static void wrap_scratch(wrapper *w, qi_builder *scratch) {
  if (scratch->failed) w->t->out->failed = scratch->failed;
  else wrap_text(w, qi_builder_view(scratch));
  qi_builder_reset(scratch);
}

static int by_trigger(const void *a, const void *b) {
  const quid_event *x = (*(const row *const *)a)->event, *y = (*(const row *const *)b)->event;
  if (x->trigger.start != y->trigger.start) return x->trigger.start < y->trigger.start ? -1 : 1;
  if (x->trigger.end != y->trigger.end) return x->trigger.end > y->trigger.end ? -1 : 1;
  return *(const row *const *)a < *(const row *const *)b ? -1 : 1; /* as in the table */
}

/* The sentence with "[1 sent]" for its triggers; triggers that overlap share one mark. */
static void put_sentence(table *t, uint32_t sentence, const row *rows, size_t n) {
  quid_span span = quid_document_sentence(t->doc, sentence);
  const row **order = QI_NEW_ARRAY(&t->arena, const row *, n);
  qi_builder scratch;
  wrapper w;
  if (!order) {
    t->out->failed = QUID_ERR_MEMORY;
    return;
  }
  qi_builder_init(&scratch, 0);
  for (size_t i = 0; i < n; i++) order[i] = &rows[i];
  qsort(order, n, sizeof *order, by_trigger);
  wrap_open(&w, t);
  uint32_t at = span.start;
  for (size_t i = 0, next; i < n; i = next) {
    quid_span mark = order[i]->event->trigger;
    for (next = i + 1; next < n && order[next]->event->trigger.start < mark.end; next++)
      if (order[next]->event->trigger.end > mark.end) mark.end = order[next]->event->trigger.end;
    if (mark.start < at || mark.end > span.end || mark.start >= mark.end) continue;
    qi_show_clean(&scratch, qi_show_words(t->doc, (quid_span){at, mark.start}));
    wrap_scratch(&w, &scratch);
    qi_builder_char(&scratch, '[');
    for (size_t k = i; k < next; k++)
      qi_builder_printf(&scratch, "%s%zu", k > i ? "," : "", (size_t)(order[k] - t->rows) + 1);
    qi_builder_char(&scratch, ' ');
    qi_show_clean(&scratch, qi_show_words(t->doc, mark));
    qi_builder_char(&scratch, ']');
    w.code = BOLD;
    wrap_scratch(&w, &scratch);
    w.code = NULL;
    at = mark.end;
  }
  qi_show_clean(&scratch, qi_show_words(t->doc, (quid_span){at, span.end}));
  wrap_scratch(&w, &scratch);
  qi_builder_char(t->out, '\n');
  qi_builder_clear(&scratch);
}

static void put_note_line(const table *t, const row *r) {
  wrapper w;
  if (r->notes.len == 0) return;
  color(t, DIM);
  wrap_open(&w, t);
  wrap_text(&w, r->notes);
  color(t, PLAIN);
  qi_builder_char(t->out, '\n');
}

/* --- options --- */

/* "UNHCR > Canada, Australia: should resettle 10,000 people", and below it what else is said. */
static void put_option_row(const table *t, const quid_option *o, qi_builder *scratch) {
  for (uint32_t i = 0; i < o->n_by; i++) {
    if (i) qi_builder_str(scratch, ", says ");
    if (o->by[i].entity) put_names(scratch, t->doc, o->by[i].entity, 1);
    else qi_show_clean(scratch, qi_show_words(t->doc, o->by[i].span));
  }
  if (o->n_by == 0) qi_builder_str(scratch, "the writer");
  qi_builder_str(scratch, " > ");
  if (o->n_on || o->on_words.start == o->on_words.end) put_names(scratch, t->doc, o->on, o->n_on);
  else qi_show_clean(scratch, qi_show_words(t->doc, o->on_words));
  qi_builder_printf(scratch, ": %s%s", quid_strength_name(o->strength), o->negated ? " not:" : ":");
}

static void put_option_notes(const table *t, const quid_option *o, qi_builder *scratch) {
  if (o->n_toward) {
    qi_builder_str(scratch, "toward: ");
    put_names(scratch, t->doc, o->toward, o->n_toward);
  }
  put_words_note(scratch, t->doc, "aim: ", o->purpose);
  put_words_note(scratch, t->doc, "reason: ", o->reason);
  if (o->event != QUID_NO_EVENT) qi_builder_printf(scratch, "%sevent: %u", scratch->len ? "; " : "", (unsigned)o->event + 1);
  if (o->number) {
    qi_builder_printf(scratch, "%spoint %u", scratch->len ? "; " : "", (unsigned)o->number);
    if (o->head.end > o->head.start) qi_builder_str(scratch, " of: ");
    qi_show_clean(scratch, qi_show_words(t->doc, o->head));
  }
}

/* What somebody is urged to do: who urges > who shall do it, the deed, and below it the rest. */
static void put_options(const table *t) {
  qi_builder scratch;
  wrapper w;
  size_t n = quid_document_n_options(t->doc);
  if (n == 0) return;
  qi_builder_init(&scratch, 0);
  color(t, BOLD);
  qi_builder_str(t->out, "OPTIONS URGED\n");
  color(t, PLAIN);
  for (size_t i = 0; i < n && !t->out->failed; i++) {
    const quid_option *o = quid_document_option(t->doc, i);
    put_option_row(t, o, &scratch);
    wrap_open(&w, t);
    wrap_scratch(&w, &scratch);
    w.space = true;
    w.code = BOLD;
    qi_show_clean(&scratch, qi_show_words(t->doc, o->deed));
    wrap_scratch(&w, &scratch);
    qi_builder_char(t->out, '\n');
    put_option_notes(t, o, &scratch);
    if (scratch.len == 0) continue;
    color(t, DIM);
    qi_builder_repeat(t->out, ' ', 2);
    wrap_open(&w, t);
    w.column += 2;
    wrap_scratch(&w, &scratch);
    color(t, PLAIN);
    qi_builder_char(t->out, '\n');
  }
  qi_builder_clear(&scratch);
  qi_builder_char(t->out, '\n');
}

/* --- links --- */

static void put_side(const table *t, wrapper *w, const quid_bond_side *side, qi_builder *scratch) {
  for (uint32_t i = 0; i < side->n_parts; i++) {
    qi_builder_str(scratch, i ? "; " : "");
    qi_show_clean(scratch, qi_show_words(t->doc, side->parts[i].span));
    if (side->parts[i].status >= 0) qi_builder_printf(scratch, " (%s)", quid_event_status_name((quid_event_status)side->parts[i].status));
  }
  wrap_scratch(w, scratch);
  w->space = true;
}

/* "condition: will close the port (planned) <- the frost comes (possible), by 'If'". */
static void put_bonds(const table *t) {
  qi_builder scratch;
  wrapper w;
  size_t n = quid_document_n_bonds(t->doc);
  if (n == 0) return;
  qi_builder_init(&scratch, 0);
  color(t, BOLD);
  qi_builder_str(t->out, "LINKS\n");
  color(t, PLAIN);
  for (size_t i = 0; i < n && !t->out->failed; i++) {
    const quid_bond *r = quid_document_bond(t->doc, i);
    wrap_open(&w, t);
    qi_builder_printf(&scratch, "%s:", r->type);
    wrap_scratch(&w, &scratch);
    w.space = true;
    put_side(t, &w, &r->first, &scratch);
    qi_builder_str(&scratch, strcmp(r->type, "exchange") == 0 ? "<->" : "<-");
    wrap_scratch(&w, &scratch);
    w.space = true;
    put_side(t, &w, &r->second, &scratch);
    put_words_note(&scratch, t->doc, "by: ", r->span);
    wrap_scratch(&w, &scratch);
    qi_builder_char(t->out, '\n');
  }
  qi_builder_clear(&scratch);
  qi_builder_char(t->out, '\n');
}

/* --- the document --- */

static void put_heading(const table *t) {
  const quid_document *doc = t->doc;
  quid_records what = t->options->records;
  size_t n_options = what == QUID_RECORDS_EVENTS || what == QUID_RECORDS_LINKS ? 0 : quid_document_n_options(doc);
  size_t n_events = quid_document_n_events(doc), n_sentences = quid_document_n_sentences(doc);
  const char *title = quid_document_title(doc);
  color(t, BOLD);
  if (!*title) qi_builder_str(t->out, "document ");
  put_str(t->out, *title ? title : quid_document_id(doc));
  color(t, PLAIN);
  qi_builder_char(t->out, '\n');
  if (*quid_document_publisher(doc)) {
    put_str(t->out, quid_document_publisher(doc));
    qi_builder_str(t->out, ", ");
  }
  if (*quid_document_published(doc)) qi_builder_printf(t->out, "%s, ", quid_document_published(doc));
  if (quid_document_genre(doc) != QUID_GENRE_UNKNOWN)
    qi_builder_printf(t->out, "%s, ", quid_genre_name(quid_document_genre(doc)));
  if (what == QUID_RECORDS_LINKS) qi_builder_printf(t->out, "%zu link%s", quid_document_n_bonds(doc), quid_document_n_bonds(doc) == 1 ? "" : "s");
  else if (what != QUID_RECORDS_OPTIONS) qi_builder_printf(t->out, "%zu event%s%s", n_events, n_events == 1 ? "" : "s", n_options ? " and " : "");
  if (n_options || what == QUID_RECORDS_OPTIONS) qi_builder_printf(t->out, "%zu option%s", n_options, n_options == 1 ? "" : "s");
  qi_builder_printf(t->out, " in %zu sentence%s\n", n_sentences, n_sentences == 1 ? "" : "s");
}

/* Rows of the sentence's events, the sentence, and where wanted how it was read. Without events a
 * sentence is shown only to say what stopped it. Returns the row behind its last. */
static size_t put_group(table *t, uint32_t sentence, size_t first_row, size_t *next_remark) {
  size_t next = first_row;
  for (; next < t->n_rows && t->rows[next].event->sentence == sentence; next++) {
    put_row(t, &t->rows[next]);
    put_note_line(t, &t->rows[next]);
  }
  if (next > first_row || t->explain) put_sentence(t, sentence, &t->rows[first_row], next - first_row);
  if (t->explain) qi_show_explain(t->out, &t->parsed->sentences[sentence], t->explain, next_remark);
  return next;
}

void qi_show_table(qi_builder *out, const quid_document *doc, const quid_show_options *options,
                   const qi_parsed *parsed, const qi_explain *explain) {
  table t = {.out = out, .doc = doc, .options = options, .parsed = parsed, .explain = explain};
  size_t at_row = 0, remark = 0;
  qi_arena_init(&t.arena, 0);
  put_heading(&t);
  if (options->records == QUID_RECORDS_OPTIONS || options->records == QUID_RECORDS_LINKS) {
    qi_builder_char(out, '\n');
    if (options->records == QUID_RECORDS_OPTIONS) put_options(&t);
    else put_bonds(&t);
    qi_arena_clear(&t.arena);
    return;
  }
  if (fill_rows(&t)) fit_widths(&t);
  else out->failed = QUID_ERR_MEMORY;
  if ((t.n_rows || explain) && !out->failed) qi_builder_char(out, '\n');
  if (t.n_rows && !out->failed) put_titles(&t);
  for (uint32_t i = 0; i < parsed->n_sentences && !out->failed; i++) at_row = put_group(&t, i, at_row, &remark);
  qi_builder_char(out, '\n');
  if (options->records != QUID_RECORDS_EVENTS && !out->failed) put_options(&t);
  if (options->records == QUID_RECORDS_ALL && !out->failed) put_bonds(&t);
  qi_arena_clear(&t.arena);
}
