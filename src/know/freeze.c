/* know: qi_actors -> a block of bytes. See frozen_impl.h for the layout.
 *
 * Tables are written record by record with texts as offsets, each text once; maps as their keys in
 * order, so that the reader puts them anew; the trees of atoms as they are, so that it need not.
 *
 * Example: a post {RUS.GOV.SERGEY_LAVROV, "foreign minister", from 2004-03-09} becomes 48 bytes, its
 * role an offset that all foreign ministers share. */
#include "know/frozen_impl.h"

#include "base/hash.h"

typedef struct writer {
  qi_builder *out;
  size_t start; /* of the block in out */
  const qi_actors *a;
  qi_builder texts;
  qi_map text_at;  /* text -> offset; keys borrowed from the dictionary */
  qi_map file_at;  /* path -> number */
  QI_VEC(qi_slice) files;
  qi_frozen_range table[QI_N_FROZEN];
} writer;

/* Failure sticks in w->texts. */
static qi_frozen_text text(writer *w, qi_slice s) {
  uint32_t at = qi_map_find(&w->text_at, s, QI_MAP_NONE);
  if (at == QI_MAP_NONE) {
    at = (uint32_t)w->texts.len;
    qi_builder_slice(&w->texts, s);
    qi_builder_char(&w->texts, '\0');
    if (!qi_map_put(&w->text_at, s.ptr ? s : QI_SLICE(""), at)) w->texts.failed = QUID_ERR_MEMORY;
  }
  return (qi_frozen_text){at, (uint32_t)s.len};
}

static uint32_t file_number(writer *w, const char *path) {
  qi_slice s = qi_actors_shown_file(path);
  uint32_t n = qi_map_find(&w->file_at, s, QI_MAP_NONE);
  if (n != QI_MAP_NONE) return n;
  n = (uint32_t)w->files.len;
  if (!QI_VEC_PUSH(&w->files, s) || !qi_map_put(&w->file_at, s, n)) w->texts.failed = QUID_ERR_MEMORY;
  return n;
}

static void record(writer *w, const void *p, size_t bytes) { qi_builder_slice(w->out, qi_slice_of(p, bytes)); }

static void begin(writer *w, qi_frozen_section s) {
  while ((w->out->len - w->start) % QI_FROZEN_ALIGN && !w->out->failed) qi_builder_char(w->out, '\0');
  w->table[s].at = w->out->len - w->start;
}

static void end(writer *w, qi_frozen_section s) { w->table[s].bytes = w->out->len - w->start - w->table[s].at; }

static void whole(writer *w, qi_frozen_section s, const void *items, size_t bytes) {
  begin(w, s);
  if (bytes) record(w, items, bytes);
  end(w, s);
}

static void write_actors(writer *w) {
  begin(w, QI_FROZEN_ACTORS);
  for (size_t i = 0; i < w->a->actors.len; i++) {
    const qi_actor *x = &w->a->actors.items[i];
    qi_frozen_actor r = {text(w, x->id), text(w, x->name), text(w, x->country), text(w, x->sector),
                         x->from, x->to, x->first_post, x->n_posts, x->type};
    record(w, &r, sizeof r);
  }
  end(w, QI_FROZEN_ACTORS);
}

static void write_posts(writer *w) {
  begin(w, QI_FROZEN_POSTS);
  for (size_t i = 0; i < w->a->posts.len; i++) {
    const qi_post *x = &w->a->posts.items[i];
    const qi_actor_line *line = &w->a->lines.items[i];
    qi_frozen_post r = {text(w, x->role), text(w, x->country), text(w, x->sector), x->from, x->to, x->actor,
                        file_number(w, line->file), line->line, line->country_column};
    record(w, &r, sizeof r);
  }
  end(w, QI_FROZEN_POSTS);
}

static void write_names(writer *w) {
  begin(w, QI_FROZEN_NAMES);
  for (size_t i = 0; i < w->a->names.len; i++) {
    const qi_name *x = &w->a->names.items[i];
    qi_frozen_name r = {text(w, x->text), x->from, x->to, x->actor, x->next, x->kind, x->upper, x->n_atoms, 0};
    record(w, &r, sizeof r);
  }
  end(w, QI_FROZEN_NAMES);
}

static void write_words(writer *w) {
  begin(w, QI_FROZEN_AGENTS);
  for (size_t i = 0; i < w->a->agents.len; i++) {
    const qi_agent *x = &w->a->agents.items[i];
    qi_frozen_words r = {text(w, x->words), text(w, x->sector), text(w, x->role), x->group};
    record(w, &r, sizeof r);
  }
  end(w, QI_FROZEN_AGENTS);
  begin(w, QI_FROZEN_TITLES);
  for (size_t i = 0; i < w->a->titles.len; i++) {
    const qi_title *x = &w->a->titles.items[i];
    qi_frozen_words r = {text(w, x->words), text(w, x->sector), text(w, x->role), (uint8_t)x->gender};
    record(w, &r, sizeof r);
  }
  end(w, QI_FROZEN_TITLES);
}

static void write_clashes(writer *w) {
  uint32_t cue = 0;
  begin(w, QI_FROZEN_CLASHES);
  for (size_t i = 0; i < w->a->clashes.len; i++) {
    const qi_clash *x = &w->a->clashes.items[i];
    qi_frozen_clash r = {text(w, x->name), text(w, x->other), text(w, x->country),
                         cue, x->n_cues, cue + x->n_cues, x->n_against};
    record(w, &r, sizeof r);
    cue += x->n_cues + x->n_against;
  }
  end(w, QI_FROZEN_CLASHES);
  begin(w, QI_FROZEN_CUES);
  for (size_t i = 0; i < w->a->clashes.len; i++) {
    const qi_clash *x = &w->a->clashes.items[i];
    for (uint32_t k = 0; k < x->n_cues + x->n_against; k++) {
      qi_frozen_text r = text(w, k < x->n_cues ? x->cues[k] : x->against[k - x->n_cues]);
      record(w, &r, sizeof r);
    }
  }
  end(w, QI_FROZEN_CUES);
}

static void write_members(writer *w) {
  begin(w, QI_FROZEN_MEMBERS);
  for (size_t i = 0; i < w->a->members.len; i++) {
    const qi_member *x = &w->a->members.items[i];
    const qi_actor_line *line = &w->a->member_lines.items[i];
    qi_frozen_member r = {x->from, x->to, x->body, x->member, file_number(w, line->file), line->line,
                          line->country_column};
    record(w, &r, sizeof r);
  }
  end(w, QI_FROZEN_MEMBERS);
  begin(w, QI_FROZEN_FILES);
  for (size_t i = 0; i < w->files.len; i++) {
    qi_frozen_text r = text(w, w->files.items[i]);
    record(w, &r, sizeof r);
  }
  end(w, QI_FROZEN_FILES);
}

static void write_map(writer *w, qi_frozen_section s, const qi_map *map) {
  size_t at = 0;
  qi_frozen_key r;
  qi_slice key;
  begin(w, s);
  while (qi_map_next(map, &at, &key, &r.value)) {
    r.key = text(w, key);
    record(w, &r, sizeof r);
  }
  end(w, s);
}

static void write_trie(writer *w, qi_frozen_section keys, const qi_trie *t) {
  whole(w, keys, t->keys, t->cap * sizeof *t->keys);
  whole(w, keys + 1, t->nodes, t->cap * sizeof *t->nodes);
  whole(w, keys + 2, t->payload.items, t->payload.len * sizeof *t->payload.items);
}

static void write_all(writer *w) {
  const qi_actors *a = w->a;
  write_actors(w);
  write_posts(w);
  write_names(w);
  write_words(w);
  write_clashes(w);
  write_members(w);
  write_map(w, QI_FROZEN_ATOMS, &a->atoms.ids);
  write_map(w, QI_FROZEN_BY_ID, &a->by_id);
  write_map(w, QI_FROZEN_BY_ROLE, &a->by_role);
  whole(w, QI_FROZEN_ROLE_NEXT, a->role_next, a->posts.len * sizeof *a->role_next);
  write_map(w, QI_FROZEN_FIRST_NAMES, &a->first_names);
  write_map(w, QI_FROZEN_TITLE_OF, &a->title_of);
  write_map(w, QI_FROZEN_CLASH_OF, &a->clash_of);
  write_trie(w, QI_FROZEN_NAME_KEYS, &a->name_trie);
  write_trie(w, QI_FROZEN_AGENT_KEYS, &a->agent_trie);
  whole(w, QI_FROZEN_STARTS, a->starts, a->n_starts * sizeof *a->starts);
  whole(w, QI_FROZEN_TEXT, w->texts.ptr, w->texts.len);
}

quid_status qi_actors_freeze(qi_builder *out, const qi_actors *a, const char version[17], quid_error *err) {
  writer w = {.out = out, .start = out->len, .a = a};
  qi_frozen_header head = {.magic = QI_FROZEN_MAGIC, .layout = QI_FROZEN_LAYOUT, .order = QI_FROZEN_ORDER};
  memcpy(head.version, version, sizeof head.version);
  memcpy(head.program, QUID_VERSION, strlen(QUID_VERSION) < sizeof head.program ? strlen(QUID_VERSION) : sizeof head.program);
  qi_builder_init(&w.texts, UINT32_MAX);
  record(&w, &head, sizeof head);
  record(&w, w.table, sizeof w.table);
  write_all(&w);
  quid_status status = qi_builder_status(&w.texts, "the compiled dictionary", err);
  if (!status) status = qi_builder_status(out, "the compiled dictionary", err);
  if (!status) {
    char *block = out->ptr + w.start;
    head.n_bytes = out->len - w.start;
    memcpy(block + sizeof head, w.table, sizeof w.table);
    head.checksum = qi_hash64(qi_slice_of(block + sizeof head, (size_t)head.n_bytes - sizeof head));
    memcpy(block, &head, sizeof head);
  }
  qi_builder_clear(&w.texts);
  qi_map_clear(&w.text_at);
  qi_map_clear(&w.file_at);
  QI_VEC_CLEAR(&w.files);
  return status;
}
