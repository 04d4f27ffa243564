/* know: a block of bytes -> qi_actors. See frozen_impl.h for the layout.
 *
 * The checksum guards against damage; the checks of offsets, indices and chains against a block made
 * to look right: whatever passes them can be asked and matched with, without harm. Records become
 * the tables of qi_actors, whose texts point into the block; the trees of atoms stay in the block.
 *
 * Example: a block whose last byte is gone -> "compiled dictionary cut short or grown", and the caller
 * reads the text instead. */
#include "know/frozen_impl.h"

#include "base/hash.h"

typedef struct reader {
  qi_actors *a;
  const char *bytes, *name;
  qi_frozen_range range[QI_N_FROZEN];
  qi_slice texts;
  bool memory; /* it was memory that failed */
} reader;

static quid_status refuse(const char *name, const char *problem, quid_error *err) {
  return qi_error_at(err, QUID_ERR_FORMAT, name, 0, 0, "compiled dictionary %s", problem);
}

/* ---- header and table ---- */

static quid_status check_header(qi_slice bytes, const char version[17], const char *name, quid_error *err) {
  qi_frozen_header h;
  char program[sizeof h.program] = {0};
  if (bytes.len < sizeof h + sizeof(qi_frozen_range) * QI_N_FROZEN) return refuse(name, "cut short", err);
  memcpy(&h, bytes.ptr, sizeof h);
  memcpy(program, QUID_VERSION, strlen(QUID_VERSION) < sizeof program ? strlen(QUID_VERSION) : sizeof program);
  if (memcmp(h.magic, QI_FROZEN_MAGIC, sizeof h.magic) != 0) return refuse(name, "is something else", err);
  if (h.layout != QI_FROZEN_LAYOUT || h.order != QI_FROZEN_ORDER || memcmp(h.program, program, sizeof program) != 0)
    return refuse(name, "of another quid", err);
  if (memcmp(h.version, version, sizeof h.version) != 0) return refuse(name, "of other dictionaries", err);
  if (h.n_bytes != bytes.len) return refuse(name, "cut short or grown", err);
  if (h.checksum != qi_hash64(qi_slice_sub(bytes, sizeof h, bytes.len))) return refuse(name, "damaged", err);
  return QUID_OK;
}

/* Sections lie one behind another up to the end, but for padding; the texts are the last. */
static bool read_table(reader *r, qi_slice bytes) {
  memcpy(r->range, bytes.ptr + sizeof(qi_frozen_header), sizeof r->range);
  for (int i = 0; i < QI_N_FROZEN; i++) {
    const qi_frozen_range *x = &r->range[i];
    if (x->at % QI_FROZEN_ALIGN || x->at > bytes.len || x->bytes > bytes.len - x->at) return false;
  }
  r->texts = qi_slice_of(bytes.ptr + r->range[QI_FROZEN_TEXT].at, (size_t)r->range[QI_FROZEN_TEXT].bytes);
  return true;
}

/* The section as records; *n their number. false: no whole number of them, or more than can be counted. */
static bool records(const reader *r, qi_frozen_section s, size_t record_bytes, const void **out, size_t *n) {
  *out = r->bytes + r->range[s].at;
  *n = (size_t)r->range[s].bytes / record_bytes;
  return r->range[s].bytes % record_bytes == 0 && *n < UINT32_MAX;
}

static bool get_text(const reader *r, qi_frozen_text t, qi_slice *out) {
  if (t.at >= r->texts.len || t.len >= r->texts.len - t.at || r->texts.ptr[t.at + t.len] != '\0') return false;
  *out = qi_slice_of(r->texts.ptr + t.at, t.len);
  return true;
}

/* Room for n items in the vector, or the reader is told. */
#define ROOM(r, v, n) (QI_VEC_RESERVE((v), (n) + 1) || !((r)->memory = true))

/* ---- tables ---- */

static bool read_actors(reader *r) {
  const qi_frozen_actor *x;
  size_t n, n_posts = (size_t)r->range[QI_FROZEN_POSTS].bytes / sizeof(qi_frozen_post);
  if (!records(r, QI_FROZEN_ACTORS, sizeof *x, (const void **)&x, &n) || !ROOM(r, &r->a->actors, n)) return false;
  for (size_t i = 0; i < n; i++, x++) {
    qi_actor *y = &r->a->actors.items[i];
    *y = (qi_actor){.type = (uint8_t)x->type, .from = x->from, .to = x->to, .first_post = x->first_post,
                    .n_posts = x->n_posts};
    if (x->type >= QI_N_ACTOR_TYPES || x->n_posts == 0 || x->first_post >= n_posts ||
        x->n_posts > n_posts - x->first_post || !get_text(r, x->id, &y->id) || !get_text(r, x->name, &y->name) ||
        !get_text(r, x->country, &y->country) || !get_text(r, x->sector, &y->sector))
      return false;
  }
  r->a->actors.len = n;
  return true;
}

static bool read_files(reader *r) {
  const qi_frozen_text *x;
  size_t n;
  if (!records(r, QI_FROZEN_FILES, sizeof *x, (const void **)&x, &n) || !ROOM(r, &r->a->files, n)) return false;
  for (size_t i = 0; i < n; i++) {
    qi_slice path;
    if (!get_text(r, x[i], &path)) return false;
    r->a->files.items[i] = path.ptr;
  }
  r->a->files.len = n;
  return true;
}

static bool read_posts(reader *r) {
  const qi_frozen_post *x;
  const uint32_t *next;
  size_t n, n_next;
  if (!records(r, QI_FROZEN_POSTS, sizeof *x, (const void **)&x, &n) ||
      !records(r, QI_FROZEN_ROLE_NEXT, sizeof *next, (const void **)&next, &n_next) || n_next != n ||
      !ROOM(r, &r->a->posts, n) || !ROOM(r, &r->a->lines, n))
    return false;
  for (size_t i = 0; i < n; i++, x++) {
    qi_post *y = &r->a->posts.items[i];
    *y = (qi_post){.actor = x->actor, .from = x->from, .to = x->to};
    if (x->actor >= r->a->actors.len || x->file >= r->a->files.len || !get_text(r, x->role, &y->role) ||
        !get_text(r, x->country, &y->country) || !get_text(r, x->sector, &y->sector) ||
        (next[i] != UINT32_MAX && (next[i] <= i || next[i] >= n)))
      return false;
    r->a->lines.items[i] = (qi_actor_line){r->a->files.items[x->file], x->line, x->country_column};
  }
  r->a->posts.len = r->a->lines.len = n;
  r->a->role_next = next;
  return true;
}

/* Further readings of a name stand further on, so that no chain can be a ring. */
static bool read_names(reader *r) {
  const qi_frozen_name *x;
  size_t n;
  if (!records(r, QI_FROZEN_NAMES, sizeof *x, (const void **)&x, &n) || !ROOM(r, &r->a->names, n)) return false;
  for (size_t i = 0; i < n; i++, x++) {
    qi_name *y = &r->a->names.items[i];
    *y = (qi_name){.actor = x->actor, .kind = x->kind, .upper = x->upper, .n_atoms = x->n_atoms, .from = x->from,
                   .to = x->to, .next = x->next};
    if (x->actor >= r->a->actors.len || x->kind >= QI_N_NAME_KINDS || !get_text(r, x->text, &y->text) ||
        (x->next != QI_NO_NAME && (x->next <= i || x->next >= n)))
      return false;
  }
  r->a->names.len = n;
  return true;
}

static bool read_agents(reader *r) {
  const qi_frozen_words *x;
  size_t n;
  if (!records(r, QI_FROZEN_AGENTS, sizeof *x, (const void **)&x, &n) || !ROOM(r, &r->a->agents, n)) return false;
  for (size_t i = 0; i < n; i++, x++) {
    qi_agent *y = &r->a->agents.items[i];
    y->group = x->flag != 0;
    if (!get_text(r, x->words, &y->words) || !get_text(r, x->sector, &y->sector) || !get_text(r, x->role, &y->role))
      return false;
  }
  r->a->agents.len = n;
  return true;
}

static bool read_titles(reader *r) {
  const qi_frozen_words *x;
  size_t n;
  if (!records(r, QI_FROZEN_TITLES, sizeof *x, (const void **)&x, &n) || !ROOM(r, &r->a->titles, n)) return false;
  for (size_t i = 0; i < n; i++, x++) {
    qi_title *y = &r->a->titles.items[i];
    y->gender = (char)x->flag;
    if (!get_text(r, x->words, &y->words) || !get_text(r, x->sector, &y->sector) || !get_text(r, x->role, &y->role))
      return false;
  }
  r->a->titles.len = n;
  return true;
}

static bool read_clashes(reader *r) {
  const qi_frozen_clash *x;
  const qi_frozen_text *cue;
  size_t n, n_cues;
  if (!records(r, QI_FROZEN_CLASHES, sizeof *x, (const void **)&x, &n) ||
      !records(r, QI_FROZEN_CUES, sizeof *cue, (const void **)&cue, &n_cues) || !ROOM(r, &r->a->clashes, n))
    return false;
  qi_slice *cues = QI_NEW_ARRAY(&r->a->arena, qi_slice, n_cues + 1);
  if (!cues) return !(r->memory = true);
  for (size_t i = 0; i < n_cues; i++)
    if (!get_text(r, cue[i], &cues[i])) return false;
  for (size_t i = 0; i < n; i++, x++) {
    qi_clash *y = &r->a->clashes.items[i];
    if (x->first_cue > n_cues || x->n_cues > n_cues - x->first_cue || x->first_against > n_cues ||
        x->n_against > n_cues - x->first_against || !get_text(r, x->name, &y->name) ||
        !get_text(r, x->other, &y->other) || !get_text(r, x->country, &y->country))
      return false;
    y->cues = cues + x->first_cue, y->n_cues = x->n_cues;
    y->against = cues + x->first_against, y->n_against = x->n_against;
  }
  r->a->clashes.len = n;
  return true;
}

static bool read_members(reader *r) {
  const qi_frozen_member *x;
  size_t n;
  if (!records(r, QI_FROZEN_MEMBERS, sizeof *x, (const void **)&x, &n) || !ROOM(r, &r->a->members, n) ||
      !ROOM(r, &r->a->member_lines, n))
    return false;
  for (size_t i = 0; i < n; i++, x++) {
    if (x->body >= r->a->actors.len || x->member >= r->a->actors.len || x->file >= r->a->files.len) return false;
    r->a->members.items[i] = (qi_member){x->body, x->member, x->from, x->to};
    r->a->member_lines.items[i] = (qi_actor_line){r->a->files.items[x->file], x->line, x->column};
  }
  r->a->members.len = r->a->member_lines.len = n;
  return true;
}

/* ---- maps and trees ---- */

/* Values must lie under `limit`. */
static bool read_map(reader *r, qi_frozen_section s, size_t limit, qi_map *out) {
  const qi_frozen_key *x;
  size_t n;
  if (!records(r, s, sizeof *x, (const void **)&x, &n)) return false;
  if (!qi_map_reserve(out, n)) return !(r->memory = true);
  for (size_t i = 0; i < n; i++, x++) {
    qi_slice key;
    if (x->value >= limit || !get_text(r, x->key, &key)) return false;
    if (!qi_map_put(out, key, x->value)) return !(r->memory = true);
  }
  return true;
}

/* An empty place must be left in the table, where look-ups end; nodes lead away from the root. */
static bool read_trie(reader *r, qi_frozen_section keys, size_t limit, qi_trie *t) {
  size_t n_nodes, n_payload;
  const uint32_t *payload;
  if (!records(r, keys, sizeof *t->keys, (const void **)&t->keys, &t->cap) ||
      !records(r, keys + 1, sizeof *t->nodes, (const void **)&t->nodes, &n_nodes) ||
      !records(r, keys + 2, sizeof *payload, (const void **)&payload, &n_payload) || n_nodes != t->cap ||
      t->cap < 2 || (t->cap & (t->cap - 1)) || n_payload == 0)
    return false;
  for (size_t i = 0; i < t->cap; i++) {
    if (t->keys[i] == 0) continue;
    t->len++;
    if (t->nodes[i] >= n_payload || t->nodes[i] <= (t->keys[i] - 1) >> 32) return false;
  }
  for (size_t i = 0; i < n_payload; i++)
    if (payload[i] != QI_NO_NAME && payload[i] >= limit) return false;
  t->payload.items = (uint32_t *)(uintptr_t)payload;
  t->payload.len = n_payload;
  return t->len < t->cap;
}

static bool read_starts(reader *r) {
  qi_actors *a = r->a;
  size_t n;
  if (!records(r, QI_FROZEN_STARTS, sizeof *a->starts, (const void **)&a->starts, &n) || n != a->atoms.ids.len) return false;
  for (size_t i = 0; i < n; i++)
    if (a->starts[i].name >= a->name_trie.payload.len || a->starts[i].agent >= a->agent_trie.payload.len) return false;
  a->n_starts = (uint32_t)n;
  return true;
}

static bool read_all(reader *r) {
  qi_actors *a = r->a;
  a->in_block = true;
  return read_actors(r) && read_files(r) && read_posts(r) && read_names(r) && read_agents(r) && read_titles(r) &&
         read_clashes(r) && read_members(r) && read_map(r, QI_FROZEN_ATOMS, r->range[QI_FROZEN_ATOMS].bytes / sizeof(qi_frozen_key), &a->atoms.ids) &&
         read_map(r, QI_FROZEN_BY_ID, a->actors.len, &a->by_id) &&
         read_map(r, QI_FROZEN_BY_ROLE, a->posts.len, &a->by_role) &&
         read_map(r, QI_FROZEN_FIRST_NAMES, 128, &a->first_names) &&
         read_map(r, QI_FROZEN_TITLE_OF, a->titles.len, &a->title_of) &&
         read_map(r, QI_FROZEN_CLASH_OF, a->clashes.len, &a->clash_of) &&
         read_trie(r, QI_FROZEN_NAME_KEYS, a->names.len, &a->name_trie) &&
         read_trie(r, QI_FROZEN_AGENT_KEYS, a->agents.len, &a->agent_trie) && read_starts(r);
}

quid_status qi_actors_thaw(qi_actors **out, qi_slice bytes, const char version[17], const char *name,
                           quid_error *err) {
  *out = NULL;
  quid_status status = check_header(bytes, version, name, err);
  if (status) return status;
  reader r = {.a = calloc(1, sizeof *r.a), .bytes = bytes.ptr, .name = name};
  if (!r.a) return qi_error_memory(err, "the dictionary");
  qi_arena_init(&r.a->arena, 0);
  qi_intern_init(&r.a->atoms, 0);
  qi_intern_init(&r.a->words, 0);
  if (!read_table(&r, bytes) || !read_all(&r)) {
    status = r.memory ? qi_error_memory(err, "the dictionary") : refuse(name, "does not fit together", err);
    qi_actors_free(r.a);
    return status;
  }
  if (!qi_names_index(r.a)) {
    qi_actors_free(r.a);
    return qi_error_memory(err, "the dictionary");
  }
  r.a->finished = true;
  *out = r.a;
  return QUID_OK;
}

quid_status qi_actors_thaw_file(qi_actors **out, const char *path, const char version[17], quid_error *err) {
  qi_mapping file;
  *out = NULL;
  quid_status status = qi_mapping_open(&file, path, QI_MAX_FROZEN_BYTES, err);
  if (status) return status;
  status = qi_actors_thaw(out, qi_slice_of(file.ptr, file.len), version, path, err);
  if (status) qi_mapping_close(&file);
  else (*out)->block = file;
  return status;
}
