/* show: the meanings of a name, or the members of a body -> a table, JSON, tab-separated values.
 *
 * One list of columns serves all formats: a key, a heading and where the cell comes from. The table is
 * as wide as its cells; what is chosen is marked, what does not hold on the day is dim.
 *
 * Example:
 *      ID                     NAME           TYPE    COUNTRY  SECTOR  ROLE              FROM        TO  SOURCE
 *   *  RUS.GOV.SERGEY_LAVROV  Sergey Lavrov  person  RUS      GOV     foreign minister  2004-03-09      actors/ministers.tsv:12
 *   Lavrov: its only meaning */
#include "show/show.h"

#include "base/utf8.h"
#include "quid/who.h"
#include <stdio.h>

#define GAP 2
#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

enum { ID, NAME, TYPE, COUNTRY, SECTOR, ROLE, FROM, TO, KIND, SOURCE, N_COLUMNS };
enum { SOURCE_BYTES = 512 };

static const struct { const char *key, *title; bool of_member; } columns[N_COLUMNS] = {
    {"id", "ID", true},         {"name", "NAME", true}, {"type", "TYPE", false},
    {"country", "COUNTRY", false}, {"sector", "SECTOR", false}, {"role", "ROLE", false},
    {"from", "FROM", true},     {"to", "TO", true},     {"kind", "AS", false},
    {"source", "SOURCE", true},
};

typedef struct row {
  const char *cells[N_COLUMNS]; /* [SOURCE] is the file */
  char source[SOURCE_BYTES];
  bool chosen, holds;
} row;

static size_t n_rows(const quid_who *who, bool members) {
  return members ? quid_who_n_members(who) : quid_who_n_meanings(who);
}

static void get_row(row *r, const quid_who *who, bool members, size_t i) {
  *r = (row){.holds = true};
  const char *file;
  unsigned line;
  if (members) {
    const quid_member *m = quid_who_member(who, i);
    const char *cells[N_COLUMNS] = {[ID] = m->id, [NAME] = m->name, [FROM] = m->from, [TO] = m->to};
    memcpy(r->cells, cells, sizeof cells);
    file = m->file, line = m->line;
  } else {
    const quid_meaning *m = quid_who_meaning(who, i);
    const char *cells[N_COLUMNS] = {m->id, m->name, m->type, m->country, m->sector, m->role, m->from, m->to, m->kind};
    memcpy(r->cells, cells, sizeof cells);
    file = m->file, line = m->line;
    r->chosen = m->chosen, r->holds = m->holds;
  }
  snprintf(r->source, sizeof r->source, "%s:%u", file, line);
  r->cells[SOURCE] = r->source;
}

/* ---- table ---- */

static size_t width_of(const char *cell) { return cell ? qi_utf8_width(qi_slice_str(cell)) : 0; }

static void put_cells(qi_builder *b, const char *const cells[N_COLUMNS], const size_t widths[N_COLUMNS]) {
  size_t spaces = 0;
  for (int c = 0; c < N_COLUMNS; c++) {
    if (widths[c] == 0) continue;
    size_t width = width_of(cells[c]);
    if (width) {
      qi_builder_repeat(b, ' ', spaces); /* none at the end of a line */
      spaces = 0;
      qi_show_clean(b, qi_slice_str(cells[c]));
    }
    spaces += widths[c] - width + GAP;
  }
}

static void show_table(qi_builder *b, const quid_who *who, bool members, const quid_show_options *o) {
  const char *titles[N_COLUMNS];
  size_t widths[N_COLUMNS] = {0}, n = n_rows(who, members);
  row r;
  for (size_t i = 0; i < n; i++) {
    get_row(&r, who, members, i);
    for (int c = 0; c < N_COLUMNS; c++)
      if (width_of(r.cells[c]) > widths[c]) widths[c] = width_of(r.cells[c]);
  }
  for (int c = 0; c < N_COLUMNS; c++) {
    titles[c] = columns[c].title;
    if (widths[c] && width_of(titles[c]) > widths[c]) widths[c] = width_of(titles[c]);
  }
  if (n) {
    if (o->color) qi_builder_str(b, DIM);
    qi_builder_str(b, members ? "" : "   ");
    put_cells(b, titles, widths);
    if (o->color) qi_builder_str(b, PLAIN);
    qi_builder_char(b, '\n');
  }
  for (size_t i = 0; i < n; i++) {
    get_row(&r, who, members, i);
    const char *color = !o->color ? "" : r.chosen ? BOLD : r.holds ? "" : DIM;
    qi_builder_str(b, color);
    if (!members) qi_builder_str(b, r.chosen ? "*  " : "   ");
    put_cells(b, r.cells, widths);
    if (*color) qi_builder_str(b, PLAIN);
    qi_builder_char(b, '\n');
  }
  if (members) return;
  if (*quid_who_words(who)) {
    qi_show_clean(b, qi_slice_str(quid_who_words(who)));
    qi_builder_str(b, ": ");
  }
  qi_show_clean(b, qi_slice_str(quid_who_reason(who)));
  qi_builder_char(b, '\n');
}

/* ---- tsv, json ---- */

static void show_tsv(qi_builder *b, const quid_who *who, bool members) {
  for (int c = 0; c < N_COLUMNS; c++)
    if (!members || columns[c].of_member) qi_builder_printf(b, "%s%s", c ? "\t" : "", columns[c].key);
  qi_builder_str(b, members ? "\n" : "\tholds\tchosen\n");
  for (size_t i = 0; i < n_rows(who, members); i++) {
    row r;
    get_row(&r, who, members, i);
    for (int c = 0; c < N_COLUMNS; c++) {
      if (members && !columns[c].of_member) continue;
      if (c) qi_builder_char(b, '\t');
      qi_show_tsv_text(b, qi_slice_str(r.cells[c]));
    }
    if (!members) qi_builder_printf(b, "\t%s\t%s", r.holds ? "yes" : "no", r.chosen ? "yes" : "no");
    qi_builder_char(b, '\n');
  }
}

static void put_pair(qi_builder *b, const char *before, const char *text) {
  qi_builder_str(b, before);
  qi_show_json_text(b, text);
}

static void json_rows(qi_builder *b, const quid_who *who, bool members) {
  for (size_t i = 0; i < n_rows(who, members); i++) {
    row r;
    get_row(&r, who, members, i);
    qi_builder_str(b, i ? ",{" : "{");
    for (int c = 0; c < N_COLUMNS; c++) {
      if (members && !columns[c].of_member) continue;
      qi_builder_printf(b, "%s\"%s\":", c ? "," : "", columns[c].key);
      qi_show_json_text(b, r.cells[c]);
    }
    if (!members) qi_builder_printf(b, ",\"holds\":%s,\"chosen\":%s", r.holds ? "true" : "false", r.chosen ? "true" : "false");
    qi_builder_char(b, '}');
  }
}

static void show_json(qi_builder *b, const quid_who *who) {
  put_pair(b, "{\"words\":", quid_who_words(who));
  put_pair(b, ",\"reason\":", quid_who_reason(who));
  qi_builder_str(b, ",\"meanings\":[");
  json_rows(b, who, false);
  qi_builder_str(b, "],\"members\":[");
  json_rows(b, who, true);
  qi_builder_str(b, "]}\n");
}

void qi_show_who(qi_builder *out, const quid_who *who, const quid_show_options *options) {
  bool members = quid_who_n_members(who) > 0;
  switch (options->format) {
  case QUID_FORMAT_JSONL: show_json(out, who); break;
  case QUID_FORMAT_TSV: show_tsv(out, who, members); break;
  case QUID_FORMAT_TABLE: show_table(out, who, members, options); break;
  case QUID_N_FORMATS: break;
  }
}
