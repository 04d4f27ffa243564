/* know: the .tsv files of knowledge/actors and knowledge/names -> qi_actors.
 *
 * A line is an actor's names, or one more post of an actor that a line above introduced. Names go
 * into a tree of atoms (names.c), posts into an array sorted by actor and date with chains by
 * country and role.
 *
 * Worked example: the line
 *   PRK.GOV.KIM_JONG_UN  person  PRK  GOV  2011-12-17    leader; supreme leader  Kim Jong Un | sur:Kim
 * gives an actor, two names, and two posts from 2011-12-17 on; qi_actors_holder("PRK", "leader",
 * 2024-11-25) finds the actor by them. */
#include "know/actors_impl.h"

#include "base/file.h"
#include "base/utf8.h"
#include "know/files.h"
#include <stdio.h>

enum { C_ID, C_TYPE, C_COUNTRY, C_SECTOR, C_FROM, C_TO, C_ROLE, C_NAMES, C_SOURCE };
static const char HEADER[] = "id\ttype\tcountry\tsector\tfrom\tto\trole\tnames\tsource";
static const char AGENT_HEADER[] = "words\tsector\trole\tplural\tsource";

static const char *const TYPES[QI_N_ACTOR_TYPES] = {
  "state", "territory", "igo", "alliance", "court", "ngo", "company", "media", "armed-group",
  "party", "union", "religious", "ethnic", "agency", "person"};
static const char *const KINDS[QI_N_NAME_KINDS] = {"", "adj", "dem", "cap", "seat", "sur", "abbr"};
static const char *const SECTORS[] = {
  "GOV", "MIL", "COP", "OPP", "REB", "INS", "SEP", "CVL", "MED", "BUS", "JUD", "LEG", "PTY", "SPY",
  "UAF", "IGO", "NGO", "EDU", "REF", "CRM", "LAB", "REL", "ETH", "MNC"};

static int find(const char *const *list, size_t n, qi_slice what) {
  for (size_t i = 0; i < n; i++)
    if (qi_slice_eq_str(what, list[i])) return (int)i;
  return -1;
}

int qi_actor_type_find(qi_slice name) { return find(TYPES, QI_N_ACTOR_TYPES, name); }

static bool is_sector(qi_slice s) {
  return qi_slice_eq_str(s, "-") || find(SECTORS, sizeof SECTORS / sizeof *SECTORS, s) >= 0;
}

static bool is_country(qi_slice s) {
  if (qi_slice_eq_str(s, "-")) return true;
  for (size_t i = 0; i < s.len; i++)
    if (!qi_ascii_is_upper(s.ptr[i])) return false;
  return s.len == 3;
}

/* Capitals, digits, '_' and '-' in parts joined by dots. */
static bool is_id(qi_slice s) {
  bool in_part = false;
  for (size_t i = 0; i < s.len; i++) {
    char c = s.ptr[i];
    if (c == '.' && !in_part) return false;
    in_part = c != '.';
    if (in_part && !qi_ascii_is_upper(c) && !qi_ascii_is_digit(c) && c != '_' && c != '-') return false;
  }
  return in_part;
}

/* One copy of each short text; "-" is "". */
static qi_slice word(qi_actors *a, qi_slice s) {
  uint32_t id = qi_intern_add(&a->words, qi_slice_eq_str(s, "-") ? QI_SLICE("") : s);
  return id == QI_INTERN_NONE ? (qi_slice){0} : qi_intern_text(&a->words, id);
}

/* ---- names ---- */

static quid_status add_name(qi_actors *a, const qi_table *t, qi_name name, quid_error *err) {
  qi_word_atom atoms[QI_MAX_NAME_ATOMS + 1];
  size_t n = qi_word_atoms(a, &a->atoms, name.text, atoms, QI_MAX_NAME_ATOMS + 1, &a->arena);
  if (n == SIZE_MAX) return qi_error_memory(err, "the dictionary");
  if (n > QI_MAX_NAME_ATOMS) return qi_table_error(t, C_NAMES, err, "name too long", name.text);
  uint32_t node = 0;
  name.upper = QI_NO_UPPER;
  for (size_t i = 0; i < n; i++) {
    if (atoms[i].id == QI_INTERN_NONE)
      return qi_table_error(t, C_NAMES, err, "unusable name", name.text);
    if (atoms[i].upper && name.upper == QI_NO_UPPER) name.upper = (uint8_t)i;
    if ((node = qi_trie_add(&a->name_trie, node, atoms[i].id)) == UINT32_MAX)
      return qi_error_memory(err, "the dictionary");
  }
  if (node == 0) return qi_table_error(t, C_NAMES, err, "unusable name", name.text);
  name.n_atoms = (uint8_t)n;
  name.first = atoms[0].id;
  uint32_t *last = &a->name_trie.payload.items[node];
  for (; *last != QI_NO_NAME; last = &a->names.items[*last].next) {
    const qi_name *old = &a->names.items[*last];
    if (old->actor != name.actor || old->kind != name.kind || old->from != name.from ||
        old->to != name.to)
      continue;
    if (qi_slice_eq(old->text, name.text) && a->actors.items[name.actor].type != QI_ACTOR_PERSON)
      return qi_table_error(t, C_NAMES, err, "name stands twice", name.text);
    return QUID_OK; /* two spellings that match alike */
  }
  *last = (uint32_t)a->names.len; /* before the push: `last` may point into names */
  return QI_VEC_PUSH(&a->names, name) ? QUID_OK : qi_error_memory(err, "the dictionary");
}

/* "adj:Russian" -> its kind; the rest of the text stays in *text. -1: unknown tag. */
static int tag_of(qi_slice *text) {
  size_t colon = qi_slice_find_char(*text, ':');
  if (colon == QI_NOT_FOUND || colon == 0) return QI_NAME_NAME;
  for (size_t i = 0; i < colon; i++)
    if (!qi_ascii_is_lower(text->ptr[i])) return QI_NAME_NAME;
  int kind = find(KINDS, QI_N_NAME_KINDS, qi_slice_sub(*text, 0, colon));
  *text = qi_slice_trim(qi_slice_sub(*text, colon + 1, text->len));
  return kind;
}

static quid_status add_names(qi_actors *a, const qi_table *t, uint32_t actor, qi_day from, qi_day to,
                             quid_error *err) {
  qi_slice rest = t->field[C_NAMES], part;
  bool dated = a->actors.items[actor].type != QI_ACTOR_PERSON;
  while (qi_slice_split(&rest, '|', &part)) {
    qi_slice text = qi_slice_trim(part);
    int kind = tag_of(&text);
    if (kind < 0) return qi_table_error(t, C_NAMES, err, "unknown tag", qi_slice_trim(part));
    if (text.len == 0) return qi_table_error(t, C_NAMES, err, "empty name in", t->field[C_NAMES]);
    if (!(text = qi_arena_slice(&a->arena, text)).ptr) return qi_error_memory(err, "the dictionary");
    if (a->actors.items[actor].name.len == 0) a->actors.items[actor].name = text;
    qi_name name = {.actor = actor, .kind = (uint8_t)kind, .from = dated ? from : QI_DAY_MIN,
                    .to = dated ? to : QI_DAY_MAX, .text = text, .next = QI_NO_NAME};
    quid_status status = add_name(a, t, name, err);
    if (status) return status;
  }
  return QUID_OK;
}

/* ---- lines ---- */

const char *qi_actor_type_name(qi_actor_type type) { return type < QI_N_ACTOR_TYPES ? TYPES[type] : ""; }
const char *qi_name_kind_name(qi_name_kind kind) { return kind < QI_N_NAME_KINDS ? KINDS[kind] : ""; }

qi_slice qi_actors_shown_file(const char *path) {
  qi_slice s = qi_slice_str(path);
  size_t slashes = 0, at = s.len;
  while (at > 0 && (s.ptr[at - 1] != '/' || ++slashes < 2)) at--;
  return qi_slice_sub(s, at, s.len);
}

static quid_status dates_of(const qi_table *t, qi_day *from, qi_day *to, quid_error *err) {
  *from = QI_DAY_MIN;
  *to = QI_DAY_MAX;
  if (t->field[C_FROM].len > 0 && !qi_date_parse(t->field[C_FROM], from, NULL))
    return qi_table_error(t, C_FROM, err, "no such date", t->field[C_FROM]);
  if (t->field[C_TO].len > 0 && !qi_date_parse(t->field[C_TO], NULL, to))
    return qi_table_error(t, C_TO, err, "no such date", t->field[C_TO]);
  if (*from > *to) return qi_table_error(t, C_TO, err, "ends before it begins", t->field[C_TO]);
  return QUID_OK;
}

static quid_status check_fields(const qi_table *t, quid_error *err) {
  if (!is_id(t->field[C_ID])) return qi_table_error(t, C_ID, err, "bad id", t->field[C_ID]);
  if (find(TYPES, QI_N_ACTOR_TYPES, t->field[C_TYPE]) < 0)
    return qi_table_error(t, C_TYPE, err, "unknown type", t->field[C_TYPE]);
  if (!is_country(t->field[C_COUNTRY]))
    return qi_table_error(t, C_COUNTRY, err, "bad country", t->field[C_COUNTRY]);
  if (!is_sector(t->field[C_SECTOR]))
    return qi_table_error(t, C_SECTOR, err, "unknown sector", t->field[C_SECTOR]);
  if (t->field[C_NAMES].len == 0) return qi_table_error(t, C_NAMES, err, "no names for", t->field[C_ID]);
  if (t->field[C_SOURCE].len == 0)
    return qi_table_error(t, C_SOURCE, err, "no source for", t->field[C_ID]);
  return QUID_OK;
}

/* The actor of the line, new if its id is. */
static quid_status actor_of(qi_actors *a, const qi_table *t, uint32_t *out, quid_error *err) {
  uint32_t type = (uint32_t)find(TYPES, QI_N_ACTOR_TYPES, t->field[C_TYPE]);
  bool same_names = qi_slice_eq_str(t->field[C_NAMES], "=");
  if (qi_map_get(&a->by_id, t->field[C_ID], out)) {
    /* A territory may become a state, a rebel group a party; nobody turns into a person. */
    if ((a->actors.items[*out].type == QI_ACTOR_PERSON) != (type == QI_ACTOR_PERSON))
      return qi_table_error(t, C_TYPE, err, "type differs from the line above for", t->field[C_ID]);
    return QUID_OK;
  }
  if (same_names) return qi_table_error(t, C_NAMES, err, "no line above has names for", t->field[C_ID]);
  qi_actor actor = {.id = qi_arena_slice(&a->arena, t->field[C_ID]),
                    .country = word(a, t->field[C_COUNTRY]), .sector = word(a, t->field[C_SECTOR]),
                    .type = (uint8_t)type, .from = QI_DAY_MAX, .to = QI_DAY_MIN};
  *out = (uint32_t)a->actors.len;
  if (!actor.id.ptr || !actor.country.ptr || !actor.sector.ptr || !QI_VEC_PUSH(&a->actors, actor) ||
      !qi_map_put(&a->by_id, actor.id, *out))
    return qi_error_memory(err, "the dictionary");
  return QUID_OK;
}

/* Roles are separated by ';'. Without any, one post says when the actor is there at all. */
static quid_status add_posts(qi_actors *a, const qi_table *t, uint32_t actor, qi_day from, qi_day to,
                             quid_error *err) {
  qi_slice rest = t->field[C_ROLE], role;
  if (!rest.ptr) rest = QI_SLICE("");
  while (qi_slice_split(&rest, ';', &role)) {
    qi_post post = {actor, from, to, word(a, qi_slice_trim(role)), word(a, t->field[C_COUNTRY]),
                    word(a, t->field[C_SECTOR])};
    if (!post.role.ptr || !post.country.ptr || !post.sector.ptr || !QI_VEC_PUSH(&a->posts, post))
      return qi_error_memory(err, "the dictionary");
    qi_actor_line where = {t->file, (uint32_t)t->line, (uint32_t)t->column[C_COUNTRY]};
    if (!QI_VEC_PUSH(&a->lines, where)) return qi_error_memory(err, "the dictionary");
  }
  return QUID_OK;
}

static quid_status add_line(qi_actors *a, const qi_table *t, quid_error *err) {
  qi_day from, to;
  uint32_t actor;
  quid_status status = check_fields(t, err);
  if (status || (status = dates_of(t, &from, &to, err)) || (status = actor_of(a, t, &actor, err)))
    return status;
  qi_actor *who = &a->actors.items[actor];
  if (from < who->from) who->from = from;
  if (to > who->to) who->to = to;
  if (!qi_slice_eq_str(t->field[C_NAMES], "=") && (status = add_names(a, t, actor, from, to, err)))
    return status;
  return add_posts(a, t, actor, from, to, err);
}

quid_status qi_actors_add(qi_actors *a, qi_slice data, const char *file, quid_error *err) {
  qi_table t;
  bool more;
  if (a->finished) return qi_error_set(err, QUID_ERR_INTERNAL, "a finished dictionary takes no more lines");
  const char *kept = qi_arena_strdup(&a->arena, qi_slice_str(file));
  if (!kept) return qi_error_memory(err, "the dictionary");
  quid_status status = qi_table_open(&t, data, kept, HEADER, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = add_line(a, &t, err);
  return status;
}

/* ---- agents ---- */

static quid_status add_agent_words(qi_actors *a, const qi_table *t, qi_slice words, uint32_t agent,
                                   quid_error *err) {
  qi_word_atom atoms[QI_MAX_NAME_ATOMS + 1];
  size_t n = qi_word_atoms(a, &a->atoms, words, atoms, QI_MAX_NAME_ATOMS + 1, &a->arena);
  uint32_t node = 0;
  if (n == SIZE_MAX) return qi_error_memory(err, "the dictionary");
  if (n == 0 || n > QI_MAX_NAME_ATOMS) return qi_table_error(t, 0, err, "unusable words", words);
  for (size_t i = 0; i < n; i++) {
    if (atoms[i].id == QI_INTERN_NONE) return qi_table_error(t, 0, err, "unusable words", words);
    if ((node = qi_trie_add(&a->agent_trie, node, atoms[i].id)) == UINT32_MAX)
      return qi_error_memory(err, "the dictionary");
  }
  uint32_t *here = &a->agent_trie.payload.items[node];
  if (*here == agent) return QUID_OK; /* "vice president | vice-president" */
  if (*here != QI_NO_AGENT) return qi_table_error(t, 0, err, "duplicate", words);
  *here = agent;
  return QUID_OK;
}

quid_status qi_actors_add_agents(qi_actors *a, qi_slice data, const char *file, quid_error *err) {
  qi_table t;
  bool more;
  if (a->finished) return qi_error_set(err, QUID_ERR_INTERNAL, "a finished dictionary takes no more lines");
  quid_status status = qi_table_open(&t, data, file, AGENT_HEADER, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) {
    if (!is_sector(t.field[1])) return qi_table_error(&t, 1, err, "unknown sector", t.field[1]);
    bool group = qi_slice_eq_str(t.field[3], "group");
    if (!group && t.field[3].len > 0) return qi_table_error(&t, 3, err, "unknown plural", t.field[3]);
    qi_agent agent = {.sector = word(a, t.field[1]), .role = word(a, t.field[2]), .group = group};
    qi_slice rest = t.field[0], words;
    if (t.field[0].len == 0) return qi_table_error(&t, 0, err, "no words in", t.field[0]);
    while (!status && qi_slice_split(&rest, '|', &words)) {
      if (!agent.words.ptr) agent.words = qi_arena_slice(&a->arena, qi_slice_trim(words));
      status = add_agent_words(a, &t, qi_slice_trim(words), (uint32_t)a->agents.len, err);
    }
    if (status) break;
    if (!agent.words.ptr || !agent.sector.ptr || !agent.role.ptr || !QI_VEC_PUSH(&a->agents, agent))
      return qi_error_memory(err, "the dictionary");
  }
  return status;
}

/* ---- all of it ---- */

#define FIRST_EDGES 32768 /* near what the dictionary needs, so that little is copied */

quid_status qi_actors_new(qi_actors **out, quid_error *err) {
  qi_actors *a = calloc(1, sizeof *a);
  *out = NULL;
  if (!a) return qi_error_memory(err, "the dictionary");
  qi_arena_init(&a->arena, 0);
  qi_intern_init(&a->atoms, 0);
  qi_intern_init(&a->words, 0);
  if (!qi_trie_init(&a->name_trie, FIRST_EDGES) || !qi_trie_init(&a->agent_trie, FIRST_EDGES / 8) ||
      !qi_map_reserve(&a->atoms.ids, FIRST_EDGES / 2)) {
    qi_actors_free(a);
    return qi_error_memory(err, "the dictionary");
  }
  *out = a;
  return QUID_OK;
}

void qi_actors_free(qi_actors *a) {
  if (!a) return;
  qi_arena_clear(&a->arena);
  qi_intern_clear(&a->atoms);
  qi_intern_clear(&a->words);
  QI_VEC_CLEAR(&a->actors);
  QI_VEC_CLEAR(&a->posts);
  QI_VEC_CLEAR(&a->names);
  QI_VEC_CLEAR(&a->agents);
  QI_VEC_CLEAR(&a->titles);
  QI_VEC_CLEAR(&a->clashes);
  QI_VEC_CLEAR(&a->lines);
  qi_map_clear(&a->by_id);
  qi_map_clear(&a->by_role);
  qi_map_clear(&a->first_names);
  qi_map_clear(&a->title_of);
  qi_map_clear(&a->clash_of);
  QI_VEC_CLEAR(&a->member_text);
  QI_VEC_CLEAR(&a->members);
  QI_VEC_CLEAR(&a->member_lines);
  QI_VEC_CLEAR(&a->files);
  if (!a->in_block) {
    qi_trie_clear(&a->name_trie);
    qi_trie_clear(&a->agent_trie);
  }
  qi_mapping_close(&a->block);
  free(a);
}

typedef quid_status (*add_fn)(qi_actors *a, qi_slice data, const char *file, quid_error *err);

static quid_status add_file(qi_actors *a, const char *path, add_fn add, quid_error *err) {
  qi_builder data;
  qi_builder_init(&data, QI_MAX_KNOWLEDGE_BYTES);
  quid_status status = qi_file_read(&data, path, QI_MAX_KNOWLEDGE_BYTES, err);
  if (!status) status = add(a, qi_builder_view(&data), path, err);
  qi_builder_clear(&data);
  return status;
}

static quid_status add_folder(qi_actors *a, const char *dir, const char *folder, quid_error *err) {
  static const struct { const char *file; add_fn add; } special[] = {
    {"/actors/agents.tsv", qi_actors_add_agents},
    {"/actors/members.tsv", qi_actors_add_members},
    {"/names/first-names.tsv", qi_actors_add_first_names},
    {"/names/titles.tsv", qi_actors_add_titles},
    {"/names/clashes.tsv", qi_actors_add_clashes},
    {"/names/kinds.tsv", NULL}}; /* kinds.c */
  qi_know_files files;
  quid_status status = qi_know_files_list(&files, dir, folder, ".tsv", err);
  for (size_t i = 0; !status && i < files.len; i++) {
    add_fn add = qi_actors_add;
    for (size_t k = 0; k < sizeof special / sizeof *special; k++)
      if (qi_slice_ends(qi_slice_str(files.paths[i]), qi_slice_str(special[k].file)))
        add = special[k].add;
    if (add) status = add_file(a, files.paths[i], add, err);
  }
  qi_know_files_clear(&files);
  return status;
}

quid_status qi_actors_load(qi_actors **out, const char *dir, quid_error *err) {
  quid_status status = qi_actors_new(out, err);
  if (status || (status = add_folder(*out, dir, "actors", err)) ||
      (status = add_folder(*out, dir, "names", err)) || (status = qi_actors_finish(*out, err))) {
    qi_actors_free(*out);
    *out = NULL;
  }
  return status;
}
