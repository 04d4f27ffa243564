/* know: a folder of dictionaries -> everything that is wrong in it, in order of file, line, column.
 *
 * Each file is first looked at as text. Then its loader reads it, and stops at the first mistake as it
 * does when quid starts; the line is made a comment and the loader goes on, until it has read the
 * whole: so the checker refuses what the program refuses, and no second set of rules is kept.
 *
 * Worked example: two bad dates in lines 3 and 7 of states.tsv -> the loader names line 3; with that
 * line a comment it names line 7; with both it is through. */
#include "know/check.h"

#include "base/file.h"
#include "base/utf8.h"
#include "know/amounts.h"
#include "know/cameo.h"
#include "know/cues.h"
#include "know/days.h"
#include "know/files.h"
#include "know/forms.h"
#include "know/frames.h"
#include "know/items.h"
#include "know/judgements.h"
#include "know/kinds.h"
#include "know/links.h"
#include "know/ontology.h"
#include "know/operators.h"
#include "know/places.h"
#include "know/topics.h"
#include "know/urging.h"
#include "know/victims.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MAX_TRIES 2000 /* mistakes of one file that its loader names */

void qi_check_tell(qi_check *c, const char *file, size_t line, size_t column, bool warning, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  qi_slice message = qi_arena_vprintf(&c->arena, fmt, args);
  va_end(args);
  qi_finding f = {file, message.ptr, line, column, warning, c->findings.len};
  if (!message.ptr || !QI_VEC_PUSH(&c->findings, f)) c->memory = true;
}

bool qi_check_row(qi_table *t) {
  bool more;
  for (;;) {
    quid_status status = qi_table_next(t, &more, NULL);
    if (!more) return false;
    if (!status) return true;
  }
}

/* ---- as text ---- */

enum { NO_SCRIPT, LATIN, OTHER_ALPHABET };

static int script_of(uint32_t cp) {
  if (cp < 0x250 && qi_cp_is_letter(cp)) return LATIN;
  if (cp >= 0x370 && cp < 0x530 && qi_cp_is_letter(cp)) return OTHER_ALPHABET; /* Greek, Cyrillic */
  return NO_SCRIPT;
}

/* A Cyrillic letter that looks like a Latin one, and characters that cannot be seen. */
static void check_letters(qi_check *c, const qi_check_file *f, qi_slice line, size_t number) {
  int script = NO_SCRIPT;
  for (size_t at = 0; at < line.len;) {
    size_t here = at;
    uint32_t cp = qi_utf8_decode(line, &at);
    if (cp < 0x80 && cp != '\t' && (cp < 0x20 || cp == 0x7F))
      qi_check_tell(c, f->path, number, here + 1, false, "control character U+%04X", cp);
    if (cp >= 0x80 && (cp == 0xA0 || cp == 0xAD || (cp >= 0x200B && cp <= 0x200F) || cp == 0xFEFF))
      qi_check_tell(c, f->path, number, here + 1, true, "invisible character U+%04X", cp);
    int now = cp < 0x80 && !qi_ascii_is_alpha((char)cp) ? NO_SCRIPT : script_of(cp);
    if (now && script && now != script)
      qi_check_tell(c, f->path, number, here + 1, false, "letters of two alphabets in one word, at U+%04X", cp);
    script = now;
  }
}

static void check_spaces(qi_check *c, const qi_check_file *f, qi_slice line, size_t number) {
  for (size_t i = 0; i < line.len; i++) {
    if (line.ptr[i] != ' ') continue;
    bool left = i == 0 || line.ptr[i - 1] == '\t', right = i + 1 == line.len || line.ptr[i + 1] == '\t';
    if (left || right) qi_check_tell(c, f->path, number, i + 1, false, "space beside a tab or at the end of the line");
    else if (line.ptr[i - 1] == ' ') qi_check_tell(c, f->path, number, i + 1, true, "two spaces");
  }
}

/* Names separated by " | ": none empty, none twice. */
static void check_alternatives(qi_check *c, const qi_check_file *f, qi_slice line, qi_slice field, size_t number) {
  qi_slice rest = field, part;
  if (qi_slice_find_char(field, '|') == QI_NOT_FOUND) return;
  while (qi_slice_split(&rest, '|', &part)) {
    size_t column = (size_t)(part.ptr - line.ptr) + 1;
    qi_slice name = qi_slice_trim(part), before = qi_slice_of(field.ptr, (size_t)(part.ptr - field.ptr)), old;
    if (name.len == 0) qi_check_tell(c, f->path, number, column, false, "empty name between '|'");
    else if ((part.ptr != field.ptr && part.ptr[0] != ' ') || (rest.ptr && part.ptr[part.len - 1] != ' '))
      qi_check_tell(c, f->path, number, column, true, "no space beside '|' at '%.*s'", QI_SLICE_ARG(name));
    while (name.len && before.len && qi_slice_split(&before, '|', &old))
      if (qi_slice_eq(qi_slice_trim(old), name)) {
        qi_check_tell(c, f->path, number, (size_t)(name.ptr - line.ptr) + 1, false, "name stands twice '%.*s'", QI_SLICE_ARG(name));
        break;
      }
  }
}

static bool named(const qi_check_file *f, const char *name) {
  const char *slash = strrchr(f->path, '/');
  return name && strcmp(slash ? slash + 1 : f->path, name) == 0;
}

static void check_text(qi_check *c, const qi_check_file *f) {
  qi_slice rest = f->data, line;
  bool table = qi_slice_ends(qi_slice_str(f->path), QI_SLICE(".tsv")), returns = false;
  if (qi_slice_starts(rest, QI_SLICE("\xEF\xBB\xBF")))
    qi_check_tell(c, f->path, 1, 1, false, "byte-order mark at the start");
  if (rest.len && rest.ptr[rest.len - 1] != '\n') {
    size_t lines = 1;
    for (size_t i = 0; i < rest.len; i++) lines += rest.ptr[i] == '\n';
    qi_check_tell(c, f->path, lines, 1, true, "no line break at the end of the file");
  }
  for (size_t number = 1; rest.len && qi_slice_split(&rest, '\n', &line); number++) {
    bool is_return = line.len && line.ptr[line.len - 1] == '\r';
    if (is_return && !returns) qi_check_tell(c, f->path, number, line.len, false, "carriage return at the end of the line");
    returns |= is_return;
    if (is_return) line.len--;
    if (!qi_utf8_is_valid(line)) {
      qi_check_tell(c, f->path, number, 1, false, "not valid UTF-8");
      continue;
    }
    if (qi_slice_trim(line).len == 0 || line.ptr[0] == '#') continue;
    check_letters(c, f, line, number);
    if (!table) continue;
    check_spaces(c, f, line, number);
    qi_slice fields = line, field;
    if (strcmp(f->part, "examples") != 0 && !named(f, "examples.tsv"))
      while (qi_slice_split(&fields, '\t', &field)) check_alternatives(c, f, line, field, number);
  }
}

/* ---- by their loaders ---- */

/* The first byte of the line with that number becomes '#'. false: it was a comment, or is empty. */
static bool comment_out(char *data, size_t len, size_t line) {
  size_t at = 0;
  for (size_t n = 1; n < line && at < len; at++) n += data[at] == '\n';
  if (at >= len || data[at] == '\n' || data[at] == '#') return false;
  data[at] = '#';
  return true;
}

typedef quid_status try_fn(qi_check *c, qi_slice data, const char *file, quid_error *err);

/* Where the line with that number begins. */
static size_t line_at(const char *data, size_t len, size_t line) {
  size_t at = 0;
  for (size_t n = 1; n < line && at < len; at++) n += data[at] == '\n';
  return at;
}

static bool begins(const char *data, size_t len, size_t at, const char *word) {
  return qi_slice_starts(qi_slice_of(data + at, len - at), qi_slice_str(word));
}

/* Makes the rest of the frame that begins at the line a comment. */
static void comment_block(char *data, size_t len, size_t line) {
  size_t at = line_at(data, len, line);
  for (bool first = true; at < len && data[at] != '\n' && (first || !begins(data, len, at, "frame")); first = false) {
    data[at] = '#';
    while (at < len && data[at] != '\n') at++;
    if (at < len) at++;
  }
}

/* Has a line of the frame that begins there been made a comment already? */
static bool is_maimed(const qi_check_file *f, const char *data, size_t line) {
  size_t at = line_at(data, f->data.len, line);
  while (at < f->data.len && data[at] != '\n') {
    if (data[at] != f->data.ptr[at]) return true;
    while (at < f->data.len && data[at] != '\n') at++;
    if (at < f->data.len) at++;
  }
  return false;
}

static void tell_error(qi_check *c, const char *file, const quid_error *err) {
  qi_check_tell(c, file, err->line ? err->line : 1, err->column ? err->column : 1, false, "%s", err->message);
}

/* After a mistake in a frame: the line goes; where the frame hangs on it, the frame. */
static void pass_over(qi_check *c, const qi_check_file *f, char *data, const quid_error *err) {
  size_t len = f->data.len, at = line_at(data, len, err->line);
  bool head = begins(data, len, at, "frame");
  if (!head || !is_maimed(f, data, err->line)) tell_error(c, f->path, err);
  if (head) comment_block(data, len, err->line);
  else if (begins(data, len, at, "event") || begins(data, len, at, "like")) {
    size_t line = err->line;
    while (line > 1 && !begins(data, len, line_at(data, len, line), "frame")) line--;
    comment_block(data, len, line);
  } else {
    comment_out(data, len, err->line);
  }
}

/* The number of the first line that is no comment: the header of a table. */
static size_t header_of(qi_slice data) {
  qi_slice line;
  for (size_t n = 1; qi_slice_line(&data, &line); n++)
    if (qi_slice_trim(line).len && line.ptr[0] != '#') return n;
  return 1;
}

/* all_before: the loader keeps what it has read, so lines it is through with must not come again. */
static void try_file(qi_check *c, const qi_check_file *f, try_fn *load, bool all_before) {
  char *data = qi_arena_strdup(&c->arena, f->data);
  bool frames = strcmp(f->part, "frames") == 0;
  size_t header = frames ? 0 : header_of(f->data), from = header + 1;
  if (!data) c->memory = true;
  for (size_t tries = 0; data && tries < MAX_TRIES && !c->memory; tries++) {
    quid_error err = {0};
    quid_status status = load(c, qi_slice_of(data, f->data.len), f->path, &err);
    if (status == QUID_ERR_MEMORY) c->memory = true;
    if (!status && frames && c->know.items && c->know.ontology && /* for the words; ids are looked at elsewhere */
        qi_frames_add(c->know.frames, qi_slice_of(data, f->data.len), f->path, c->know.items, c->know.ontology, NULL) == QUID_ERR_MEMORY)
      c->memory = true;
    if (!status || c->memory) return;
    if (frames && err.line) {
      pass_over(c, f, data, &err);
      continue;
    }
    tell_error(c, f->path, &err);
    if (err.line <= header) return;
    for (; all_before && from < err.line; from++) comment_out(data, f->data.len, from);
    if (!comment_out(data, f->data.len, err.line)) return;
  }
}

static quid_status try_items(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  qi_items_free(c->know.items);
  c->know.items = NULL;
  return qi_items_parse(&c->know.items, data, file, err);
}

/* Amounts name classes of the items. */
static quid_status try_amounts(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  qi_amounts *alone = NULL;
  if (!c->know.items) return QUID_OK; /* told already */
  quid_status status = qi_amounts_parse(&alone, data, file, c->know.items, err);
  qi_amounts_free(alone);
  return status;
}

static quid_status try_victims(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  qi_victims *alone = NULL;
  (void)c;
  quid_status status = qi_victims_parse(&alone, data, file, err);
  qi_victims_free(alone);
  return status;
}

static quid_status try_item_examples(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  if (!c->know.items) return QUID_OK;
  return qi_items_check_examples(c->know.items, data, file, err);
}

static quid_status try_ontology(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  qi_ontology_free(c->know.ontology);
  c->know.ontology = NULL;
  return qi_ontology_parse(&c->know.ontology, data, file, err);
}

static quid_status try_cameo(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  if (!c->know.ontology) return QUID_OK; /* told already */
  qi_cameo_free(c->know.cameo);
  c->know.cameo = NULL;
  return qi_cameo_parse(&c->know.cameo, data, file, c->know.ontology, err);
}

static quid_status try_cues(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  qi_cues_free(c->know.cues);
  c->know.cues = NULL;
  return qi_cues_parse(&c->know.cues, data, file, err);
}

static quid_status try_judgements(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  qi_judgements *alone = NULL;
  (void)c;
  quid_status status = qi_judgements_parse(&alone, data, file, err);
  qi_judgements_free(alone);
  return status;
}

static quid_status try_kinds(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  qi_kinds *alone = NULL;
  (void)c;
  quid_status status = qi_kinds_parse(&alone, data, file, err);
  qi_kinds_free(alone);
  return status;
}

static quid_status try_links(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  qi_links *alone = NULL;
  (void)c;
  quid_status status = qi_links_parse(&alone, data, file, err);
  qi_links_free(alone);
  return status;
}

static quid_status try_topics(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  qi_topics *alone = NULL;
  (void)c;
  quid_status status = qi_topics_parse(&alone, data, file, err);
  qi_topics_free(alone);
  return status;
}
static quid_status try_days(char which, qi_slice data, const char *file, quid_error *err) {
  qi_days *days = NULL;
  quid_status status = qi_days_new(&days, err);
  if (!status) status = qi_days_add(days, which, data, file, err);
  qi_days_free(days);
  return status;
}
static quid_status try_day_words(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  (void)c;
  return try_days('w', data, file, err);
}
static quid_status try_holidays(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  (void)c;
  return try_days('h', data, file, err);
}
static quid_status try_periods(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  (void)c;
  return try_days('p', data, file, err);
}

/* Each file leans on those before it; what was wrong in them is told there. */
static quid_status try_places(qi_check *c, qi_places_file which, qi_slice data, const char *file, quid_error *err) {
  if (!c->places) {
    quid_status status = qi_places_maker_new(&c->places, err);
    if (status) return status;
  }
  return qi_places_maker_add(c->places, which, data, file, err);
}
static quid_status try_countries(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  return try_places(c, QI_PLACES_COUNTRIES, data, file, err);
}
static quid_status try_divisions(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  return try_places(c, QI_PLACES_DIVISIONS, data, file, err);
}
static quid_status try_towns(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  return try_places(c, QI_PLACES_TOWNS, data, file, err);
}
static quid_status try_features(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  return try_places(c, QI_PLACES_FEATURES, data, file, err);
}
static quid_status try_place_words(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  return try_places(c, QI_PLACES_WORDS, data, file, err);
}
static quid_status try_place_names(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  return try_places(c, QI_PLACES_NAMES, data, file, err);
}

#define NO_LIGHT "verb\teffect\tnote\n"
#define NO_OPERATORS "word\tpos\tslot\teffect\tattribution\tnote\n"

static quid_status try_operators(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  qi_operators_free(c->know.operators);
  c->know.operators = NULL;
  return qi_operators_parse(&c->know.operators, data, file, QI_SLICE(NO_LIGHT), "", err);
}

static quid_status try_light(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  qi_operators *alone = NULL;
  (void)c;
  quid_status status = qi_operators_parse(&alone, QI_SLICE(NO_OPERATORS), "", data, file, err);
  qi_operators_free(alone);
  return status;
}

static quid_status try_urging(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  qi_urging *alone = NULL;
  (void)c;
  quid_status status = qi_urging_parse(&alone, data, file, err);
  qi_urging_free(alone);
  return status;
}

static quid_status try_forms(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  qi_forms *alone = NULL;
  if (!c->know.frames || !c->know.operators || !c->know.items) return QUID_OK; /* told already */
  quid_status status = qi_forms_parse(&alone, data, file, &c->know, err);
  qi_forms_free(alone);
  return status;
}

/* Alone, so that a frame's `like` finds the frames of its file each time. */
static quid_status try_frames(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  qi_frames *alone = NULL;
  if (!c->know.items || !c->know.ontology) return QUID_OK;
  quid_status status = qi_frames_new(&alone, err);
  if (!status) status = qi_frames_add(alone, data, file, c->know.items, c->know.ontology, err);
  qi_frames_free(alone);
  return status;
}

static quid_status try_actors(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  return qi_actors_add(c->know.actors, data, file, err);
}
static quid_status try_agents(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  return qi_actors_add_agents(c->know.actors, data, file, err);
}
static quid_status try_members(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  return qi_actors_add_members(c->know.actors, data, file, err);
}
static quid_status try_first_names(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  return qi_actors_add_first_names(c->know.actors, data, file, err);
}
static quid_status try_titles(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  return qi_actors_add_titles(c->know.actors, data, file, err);
}
static quid_status try_clashes(qi_check *c, qi_slice data, const char *file, quid_error *err) {
  return qi_actors_add_clashes(c->know.actors, data, file, err);
}

/* Who reads which file, in the order in which they lean on each other. part: all files of it. */
static const struct loader {
  const char *part, *name;
  try_fn *load;
  bool all_before, needed;
} loaders[] = {
    {".", "ontology.tsv", try_ontology, false, true},
    {".", "cameo.tsv", try_cameo, false, false},
    {"items", "items.tsv", try_items, false, true},
    {"items", "amounts.tsv", try_amounts, false, true},
    {"items", "victims.tsv", try_victims, false, true},
    {"items", "examples.tsv", try_item_examples, false, false},
    {"status", "operators.tsv", try_operators, false, true},
    {"status", "light.tsv", try_light, false, true},
    {"links", "cues.tsv", try_links, false, true},
    {"status", "urging.tsv", try_urging, false, true},
    {"story", "cues.tsv", try_cues, false, true},
    {"story", "judgements.tsv", try_judgements, false, true},
    {"story", "topics.tsv", try_topics, false, true},
    {"when", "words.tsv", try_day_words, false, true},
    {"when", "holidays.tsv", try_holidays, false, true},
    {"when", "periods.tsv", try_periods, false, true},
    {"places", "countries.tsv", try_countries, true, true},
    {"places", "admin.tsv", try_divisions, true, true},
    {"places", "cities.tsv", try_towns, true, true},
    {"places", "features.tsv", try_features, true, true},
    {"places", "words.tsv", try_place_words, true, true},
    {"places", "names.tsv", try_place_names, true, true},
    {"frames", NULL, try_frames, false, false},
    {".", "forms.tsv", try_forms, false, true},
    {"names", "first-names.tsv", try_first_names, true, false},
    {"names", "titles.tsv", try_titles, true, false},
    {"names", "clashes.tsv", try_clashes, true, false},
    {"names", "kinds.tsv", try_kinds, false, true},
    {"actors", "agents.tsv", try_agents, true, false},
    {"actors", "members.tsv", try_members, true, false},
    {"actors", NULL, try_actors, true, false},
};

/* The first loader of the table that takes the file: names come before whole folders' rest. */
static const struct loader *loader_of(const qi_check_file *f) {
  const struct loader *folder = NULL;
  for (size_t i = 0; i < sizeof loaders / sizeof *loaders; i++) {
    if (strcmp(f->part, loaders[i].part) != 0) continue;
    if (named(f, loaders[i].name)) return &loaders[i];
    if (!loaders[i].name) folder = &loaders[i];
  }
  return folder;
}

static void try_all(qi_check *c) {
  for (size_t l = 0; l < sizeof loaders / sizeof *loaders; l++) {
    bool found = false;
    for (size_t i = 0; i < c->files.len; i++) {
      const qi_check_file *f = &c->files.items[i];
      if (loader_of(f) != &loaders[l]) continue;
      found = true;
      try_file(c, f, loaders[l].load, loaders[l].all_before);
    }
    if (!found && loaders[l].needed) {
      qi_slice path = qi_arena_printf(&c->arena, "%s/%s%s%s", c->dir, *loaders[l].part == '.' ? "" : loaders[l].part,
                                      *loaders[l].part == '.' ? "" : "/", loaders[l].name);
      if (path.ptr) qi_check_tell(c, path.ptr, 1, 1, false, "no such file '%s'", path.ptr);
      else c->memory = true;
    }
  }
  for (size_t i = 0; i < c->files.len; i++) {
    const qi_check_file *f = &c->files.items[i];
    if (strcmp(f->part, "examples") == 0) qi_check_example_file(c, f);
    else if (strcmp(f->part, "status") == 0 && named(f, "examples.tsv")) continue; /* qi_check_operators */
    else if (!loader_of(f)) qi_check_tell(c, f->path, 1, 1, true, "nothing reads this file");
  }
}

/* ---- all of it ---- */

static quid_status read_part(qi_check *c, const char *part, const char *suffix, bool must, quid_error *err) {
  qi_know_files files;
  qi_slice folder = qi_arena_printf(&c->arena, "%s/%s", c->dir, part);
  if (!folder.ptr) return qi_error_memory(err, "the check");
  if (!must && access(folder.ptr, F_OK) != 0) return QUID_OK;
  quid_status status = qi_know_files_list(&files, c->dir, part, suffix, err);
  for (size_t i = 0; !status && i < files.len; i++) {
    qi_builder data;
    qi_builder_init(&data, QI_MAX_KNOWLEDGE_BYTES);
    status = qi_file_read(&data, files.paths[i], QI_MAX_KNOWLEDGE_BYTES, err);
    qi_check_file f = {qi_arena_strdup(&c->arena, qi_slice_str(files.paths[i])), part, qi_arena_slice(&c->arena, qi_builder_view(&data))};
    qi_builder_clear(&data);
    if (!status && (!f.path || !f.data.ptr || !QI_VEC_PUSH(&c->files, f))) status = qi_error_memory(err, "the check");
  }
  qi_know_files_clear(&files);
  return status;
}

static quid_status read_files(qi_check *c, quid_error *err) {
  static const struct { const char *part, *suffix; bool must; } parts[] = {
      {".", ".tsv", true},      {"actors", ".tsv", true}, {"frames", ".frames", true}, {"items", ".tsv", true},
      {"links", ".tsv", true},
      {"names", ".tsv", true},  {"places", ".tsv", true}, {"status", ".tsv", true}, {"story", ".tsv", true},     {"when", ".tsv", true},
      {"examples", ".tsv", false}};
  quid_status status = QUID_OK;
  for (size_t i = 0; !status && i < sizeof parts / sizeof *parts; i++)
    status = read_part(c, parts[i].part, parts[i].suffix, parts[i].must, err);
  return status;
}

static int in_order(const void *x, const void *y) {
  const qi_finding *a = x, *b = y;
  int file = strcmp(a->file, b->file);
  if (file) return file;
  if (a->line != b->line) return a->line < b->line ? -1 : 1;
  if (a->column != b->column) return a->column < b->column ? -1 : 1;
  return a->at < b->at ? -1 : a->at > b->at;
}

/* The same thing said twice, by the loader and by a check of ours, is said once. */
static void sort_findings(qi_check *c) {
  size_t n = 0;
  if (c->findings.len == 0) return;
  qsort(c->findings.items, c->findings.len, sizeof *c->findings.items, in_order);
  for (size_t i = 1; i < c->findings.len; i++) {
    const qi_finding *a = &c->findings.items[n], *b = &c->findings.items[i];
    if (strcmp(a->file, b->file) || a->line != b->line || strcmp(a->message, b->message)) n++;
    c->findings.items[n] = c->findings.items[i];
  }
  c->findings.len = n + 1;
}

quid_status qi_check_run(qi_check *c, const char *dir, quid_error *err) {
  *c = (qi_check){.dir = dir};
  qi_arena_init(&c->arena, 0);
  quid_status status = read_files(c, err);
  if (!status) status = qi_actors_new(&c->know.actors, err);
  if (!status) status = qi_frames_new(&c->know.frames, err);
  if (status) return status;
  for (size_t i = 0; i < c->files.len; i++) check_text(c, &c->files.items[i]);
  try_all(c);
  if (!c->memory) qi_check_actors(c);
  if (!c->memory) qi_check_frames(c);
  if (!c->memory) qi_check_operators(c);
  if (c->memory) return qi_error_memory(err, "the check");
  sort_findings(c);
  return QUID_OK;
}

void qi_check_clear(qi_check *c) {
  qi_actors_free(c->know.actors);
  qi_frames_free(c->know.frames);
  qi_items_free(c->know.items);
  qi_operators_free(c->know.operators);
  qi_ontology_free(c->know.ontology);
  qi_cameo_free(c->know.cameo);
  qi_cues_free(c->know.cues);
  qi_places_maker_free(c->places);
  QI_VEC_CLEAR(&c->files);
  QI_VEC_CLEAR(&c->findings);
  qi_arena_clear(&c->arena);
  *c = (qi_check){0};
}
