/* know: PETRARCH dictionaries as one whole: lines of a file, notes of its faults, lookups.
 * The readers of each kind of file are in petrarch_*.c; what the files look like is said in petrarch.h.
 *
 * Worked example: PETR.Validate.verbs.txt with "- % * [030:030]" in block AGREE
 *   -> a pattern of that block, `both` above the verb, code 030 and back 030. */
#include "know/petrarch_impl.h"

#include "base/hash.h"
#include <stdio.h>

enum { MAX_SET_DEPTH = 4 };

/* ---- lines ---- */

/* Cuts "# ..." off, but for a '#' between brackets ("[###]"). */
static qi_slice without_comment(qi_slice line) {
  bool inside = false;
  for (size_t i = 0; i < line.len; i++) {
    if (line.ptr[i] == '[') inside = true;
    else if (line.ptr[i] == ']') inside = false;
    else if (line.ptr[i] == '#' && !inside) return qi_slice_sub(line, 0, i);
  }
  return line;
}

bool qi_petr_next(qi_petr_reader *r) {
  while (qi_slice_line(&r->rest, &r->raw)) {
    r->line++;
    qi_slice text = qi_slice_trim(r->raw);
    if (r->in_comment || qi_slice_starts(text, QI_SLICE("<!")) || qi_slice_starts(text, QI_SLICE("<"))) {
      r->in_comment = qi_slice_find(text, QI_SLICE("-->")) == QI_NOT_FOUND && (r->in_comment || qi_slice_starts(text, QI_SLICE("<!")));
      continue;
    }
    r->text = qi_slice_trim(without_comment(text));
    if (r->text.len) return true;
  }
  return false;
}

bool qi_petr_fault(qi_petr_reader *r, const char *at, const char *fmt, ...) {
  qi_petrarch *p = r->p;
  quid_error note = {0};
  char message[200];
  va_list args;
  va_start(args, fmt);
  vsnprintf(message, sizeof message, fmt, args);
  va_end(args);
  bool inside = at && at >= r->raw.ptr && at <= r->raw.ptr + r->raw.len;
  size_t column = inside ? (size_t)(at - r->raw.ptr) + 1 : r->text.ptr >= r->raw.ptr && r->text.len ? (size_t)(r->text.ptr - r->raw.ptr) + 1 : 1;
  qi_slice whole = qi_utf8_cut(qi_slice_str(message), sizeof message - 1 - QI_UTF8_MAX_BYTES);
  qi_error_at(&note, QUID_ERR_FORMAT, r->file, r->line, column, "%.*s", QI_SLICE_ARG(whole));
  p->counts.faults++;
  if (p->notes.len < QI_PETR_MAX_NOTES) (void)QI_VEC_PUSH(&p->notes, note);
  return false;
}

/* ---- making ---- */

quid_status qi_petrarch_new(qi_petrarch **out, quid_error *err) {
  enum { EDGES = 1 << 12 };
  *out = NULL;
  qi_petrarch *p = calloc(1, sizeof *p);
  if (!p) return qi_error_memory(err, "the dictionary");
  qi_arena_init(&p->arena, 0);
  qi_intern_init(&p->atoms, 0);
  qi_builder_init(&p->sums, 0);
  if (!qi_trie_init(&p->actor_names, EDGES) || !qi_trie_init(&p->agent_names, EDGES) || !qi_trie_init(&p->discard_names, EDGES)) {
    qi_petrarch_free(p);
    return qi_error_memory(err, "the dictionary");
  }
  *out = p;
  return QUID_OK;
}

quid_status qi_petrarch_add(qi_petrarch *p, qi_petr_kind kind, qi_slice data, const char *file, quid_error *err) {
  qi_petr_reader r = {.p = p, .file = qi_arena_strdup(&p->arena, qi_slice_str(file)), .rest = data};
  char hex[QI_HASH64_HEX_BYTES];
  bool fine = r.file != NULL;
  if (qi_slice_starts(data, QI_SLICE("\xEF\xBB\xBF"))) r.rest = qi_slice_sub(data, 3, data.len);
  if (fine && kind == QI_PETR_ACTORS) fine = qi_petr_read_actors(&r);
  else if (fine && kind == QI_PETR_AGENTS) fine = qi_petr_read_agents(&r);
  else if (fine && kind == QI_PETR_DISCARDS) fine = qi_petr_read_discards(&r);
  else if (fine) fine = qi_petr_read_verbs(&r);
  qi_builder_str(&p->sums, qi_hash64_hex(hex, data));
  p->counts.files++;
  return fine ? qi_builder_status(&p->sums, "the dictionary", err) : qi_error_memory(err, "the dictionary");
}

/* Sets that patterns or other sets name and nobody defines. */
static void note_undefined(qi_petrarch *p) {
  for (size_t i = 0; i < p->sets.len; i++) {
    if (p->sets.items[i].defined) continue;
    const qi_petr_pattern *user = NULL;
    for (size_t k = 0; !user && k < p->patterns.len; k++) {
      const qi_petr_pattern *at = &p->patterns.items[k];
      for (uint32_t e = 0; e < at->n_upper; e++)
        if (at->upper[e].sign == QI_PETR_SET && at->upper[e].id == i) user = at;
      for (uint32_t e = 0; e < at->n_lower; e++)
        if (at->lower[e].sign == QI_PETR_SET && at->lower[e].id == i) user = at;
    }
    qi_petr_reader r = {.p = p, .file = user ? user->file : "", .line = user ? user->line : 0, .raw = {"", 0}, .text = {"", 0}};
    qi_petr_fault(&r, NULL, "no set '&%s' anywhere", p->sets.items[i].name);
  }
}

/* The block of the verb with that base form, QI_PETR_NONE. */
static uint32_t block_of(qi_petrarch *p, const char *verb) {
  uint32_t atoms[QI_PETR_NAME_ATOMS];
  if (qi_petr_name_atoms(p, qi_slice_str(verb), true, atoms) != 1) return QI_PETR_NONE;
  uint32_t form = qi_petrarch_first_form(p, atoms[0]);
  return form == QI_PETR_NONE ? QI_PETR_NONE : p->verbs.items[p->forms.items[form].verb].block;
}

static void resolve_transformations(qi_petrarch *p) {
  for (size_t i = 0; i < p->transformations.len; i++) {
    qi_petr_transformation *t = &p->transformations.items[i];
    bool any = strcmp(t->inner, "Q") == 0;
    t->outer_block = block_of(p, t->outer);
    t->inner_block = any ? QI_PETR_NONE : block_of(p, t->inner);
    bool lost = t->outer_block == QI_PETR_NONE || (!any && t->inner_block == QI_PETR_NONE);
    qi_petr_reader r = {.p = p, .file = t->file, .line = (uint32_t)t->line, .raw = {"", 0}, .text = {"", 0}};
    if (!lost) continue;
    qi_petr_fault(&r, NULL, "no verb '%s' anywhere", t->outer_block == QI_PETR_NONE ? t->outer : t->inner);
    t->outer_block = QI_PETR_NONE - 1; /* no block has this number */
  }
}

quid_status qi_petrarch_finish(qi_petrarch *p, quid_error *err) {
  (void)err;
  note_undefined(p);
  resolve_transformations(p);
  qi_hash64_hex(p->version, qi_builder_view(&p->sums));
  return QUID_OK;
}

void qi_petrarch_free(qi_petrarch *p) {
  if (!p) return;
  for (size_t i = 0; i < p->sets.len; i++) QI_VEC_CLEAR(&p->sets.items[i].members);
  QI_VEC_CLEAR(&p->sets);
  qi_map_clear(&p->set_of);
  qi_map_clear(&p->substitutions);
  QI_VEC_CLEAR(&p->lists);
  QI_VEC_CLEAR(&p->actors);
  QI_VEC_CLEAR(&p->codes);
  QI_VEC_CLEAR(&p->agents);
  QI_VEC_CLEAR(&p->blocks);
  QI_VEC_CLEAR(&p->verbs);
  QI_VEC_CLEAR(&p->forms);
  QI_VEC_CLEAR(&p->first_form);
  QI_VEC_CLEAR(&p->last_form);
  QI_VEC_CLEAR(&p->patterns);
  QI_VEC_CLEAR(&p->transformations);
  QI_VEC_CLEAR(&p->notes);
  qi_trie_clear(&p->actor_names);
  qi_trie_clear(&p->agent_names);
  qi_trie_clear(&p->discard_names);
  qi_intern_clear(&p->atoms);
  qi_arena_clear(&p->arena);
  qi_builder_clear(&p->sums);
  free(p);
}

/* ---- asking ---- */

qi_petr_counts qi_petrarch_counts(const qi_petrarch *p) { return p->counts; }
size_t qi_petrarch_n_notes(const qi_petrarch *p) { return p->notes.len; }
const quid_error *qi_petrarch_note(const qi_petrarch *p, size_t i) { return i < p->notes.len ? &p->notes.items[i] : NULL; }
const char *qi_petrarch_version(const qi_petrarch *p) { return p->version; }
qi_petr_settings qi_petrarch_settings(const qi_petrarch *p) { return p->settings; }
void qi_petrarch_set(qi_petrarch *p, qi_petr_settings settings) { p->settings = settings; }

const char *qi_petrarch_actor_code(const qi_petrarch *p, uint32_t actor, qi_day day) {
  const qi_petr_actor *a = &p->actors.items[actor];
  const qi_petr_code *plain = NULL, *last = NULL;
  for (uint32_t i = 0; i < a->n_codes; i++) {
    const qi_petr_code *c = &p->codes.items[a->first_code + i];
    if (c->dated && day != QI_DAY_NONE && c->from <= day && day <= c->to) return c->text;
    if (!c->dated && !plain) plain = c;
    if (!last || c->to > last->to) last = c;
  }
  if (plain) return plain->text;
  return day == QI_DAY_NONE && last ? last->text : "";
}

const qi_petr_agent *qi_petrarch_agent(const qi_petrarch *p, uint32_t agent) { return &p->agents.items[agent]; }

uint32_t qi_petrarch_first_form(const qi_petrarch *p, uint32_t atom) {
  return atom < p->first_form.len ? p->first_form.items[atom] : QI_PETR_NONE;
}

const qi_petr_form *qi_petrarch_form(const qi_petrarch *p, uint32_t form) { return &p->forms.items[form]; }
const qi_petr_verb *qi_petrarch_verb(const qi_petrarch *p, uint32_t verb) { return &p->verbs.items[verb]; }
const qi_petr_block *qi_petrarch_block(const qi_petrarch *p, uint32_t block) { return &p->blocks.items[block]; }
const qi_petr_pattern *qi_petrarch_pattern(const qi_petrarch *p, uint32_t pattern) { return &p->patterns.items[pattern]; }

/* A stretch of a sentence's atoms, read from `at` on. */
typedef struct stretch {
  const uint32_t *atoms;
  uint32_t at, begin, end;
  bool back;
} stretch;

static bool member_here(const qi_petr_member *m, const stretch *s) {
  uint32_t room = s->back ? s->at + 1 - s->begin : s->end - s->at;
  if (m->n > room) return false;
  uint32_t first = s->back ? s->at + 1 - m->n : s->at;
  return memcmp(m->atoms, s->atoms + first, m->n * sizeof *m->atoms) == 0;
}

static uint32_t set_here(const qi_petrarch *p, uint32_t set, const stretch *s, int depth) {
  uint32_t best = 0;
  for (size_t i = 0; i < p->sets.items[set].members.len; i++) {
    const qi_petr_member *m = &p->sets.items[set].members.items[i];
    uint32_t n = m->set == QI_PETR_NONE ? (member_here(m, s) ? m->n : 0) : depth ? set_here(p, m->set, s, depth - 1) : 0;
    if (n > best) best = n;
  }
  return best;
}

uint32_t qi_petrarch_set_at(const qi_petrarch *p, uint32_t set, const uint32_t *atoms, uint32_t at, uint32_t begin,
                            uint32_t end, bool back) {
  stretch s = {atoms, at, begin, end, back};
  return at < begin || at >= end ? 0 : set_here(p, set, &s, MAX_SET_DEPTH);
}

const qi_petr_transformation *qi_petrarch_transformation(const qi_petrarch *p, uint32_t outer, uint32_t inner, uint32_t nth) {
  for (size_t i = 0; i < p->transformations.len; i++) {
    const qi_petr_transformation *t = &p->transformations.items[i];
    bool fits = t->outer_block == outer && (inner == QI_PETR_NONE || t->inner_block == inner || t->inner_block == QI_PETR_NONE);
    if (fits && nth-- == 0) return t;
  }
  return NULL;
}
