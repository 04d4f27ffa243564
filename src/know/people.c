/* know: small tables about people's names -> gender, titles, names that also mean something else.
 *
 * names/first-names.tsv: "Jane" is f; names/titles.tsv: "Gen." is of the armed forces;
 * names/clashes.tsv: "Georgia" is also a state of the U.S., which "Atlanta" speaks for. */
#include "know/actors_impl.h"

#include "base/utf8.h"

static quid_status put(qi_map *map, qi_actors *a, const qi_table *t, size_t column, qi_slice word,
                       uint32_t value, quid_error *err) {
  qi_slice key = qi_actors_key(word, &a->arena);
  if (!key.ptr) return qi_error_memory(err, "the dictionary");
  if (key.len == 0) return qi_table_error(t, column, err, "empty word", word);
  if (qi_map_find(map, key, QI_MAP_NONE) != QI_MAP_NONE)
    return qi_table_error(t, column, err, "duplicate", word);
  return qi_map_put(map, key, value) ? QUID_OK : qi_error_memory(err, "the dictionary");
}

/* Fields are separated by " | "; gives them one by one. */
static bool next_part(qi_slice *rest, qi_slice *part) {
  if (!qi_slice_split(rest, '|', part)) return false;
  *part = qi_slice_trim(*part);
  return true;
}

/* 'm', 'f', 0 for "-"; -1 for anything else. */
static int gender_of(qi_slice field) {
  if (qi_slice_eq_str(field, "m")) return 'm';
  if (qi_slice_eq_str(field, "f")) return 'f';
  return qi_slice_eq_str(field, "-") || field.len == 0 ? 0 : -1;
}

static qi_slice keep(qi_actors *a, qi_slice s) { return qi_arena_slice(&a->arena, s); }

quid_status qi_actors_add_first_names(qi_actors *a, qi_slice data, const char *file,
                                      quid_error *err) {
  qi_table t;
  bool more;
  quid_status status = qi_table_open(&t, data, file, "gender\tnames\tsource", err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) {
    int gender = gender_of(t.field[0]);
    if (gender <= 0) return qi_table_error(&t, 0, err, "unknown gender", t.field[0]);
    qi_slice rest = t.field[1], name;
    while (!status && next_part(&rest, &name))
      status = put(&a->first_names, a, &t, 1, name, (uint32_t)gender, err);
  }
  return status;
}

quid_status qi_actors_add_titles(qi_actors *a, qi_slice data, const char *file, quid_error *err) {
  qi_table t;
  bool more;
  quid_status status = qi_table_open(&t, data, file, "words\tgender\tsector\trole\tsource", err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) {
    int gender = gender_of(t.field[1]);
    if (gender < 0) return qi_table_error(&t, 1, err, "unknown gender", t.field[1]);
    bool sector = !qi_slice_eq_str(t.field[2], "-");
    qi_title title = {keep(a, t.field[0]), keep(a, sector ? t.field[2] : QI_SLICE("")),
                      keep(a, t.field[3]), (char)gender};
    if (!title.words.ptr || !title.sector.ptr || !title.role.ptr ||
        !QI_VEC_PUSH(&a->titles, title))
      return qi_error_memory(err, "the dictionary");
    qi_slice rest = t.field[0], word;
    while (!status && next_part(&rest, &word))
      status = put(&a->title_of, a, &t, 0, word, (uint32_t)a->titles.len - 1, err);
  }
  return status;
}

static quid_status add_cues(qi_actors *a, qi_slice field, qi_slice **out, uint32_t *n,
                            quid_error *err) {
  QI_VEC(qi_slice) cues = {0};
  qi_slice rest = field, word;
  while (field.len > 0 && next_part(&rest, &word)) {
    qi_slice key = qi_actors_key(word, &a->arena);
    if (!key.ptr || !QI_VEC_PUSH_IN(&a->arena, &cues, key))
      return qi_error_memory(err, "the dictionary");
  }
  *out = cues.items;
  *n = (uint32_t)cues.len;
  return QUID_OK;
}

quid_status qi_actors_add_clashes(qi_actors *a, qi_slice data, const char *file, quid_error *err) {
  static const char header[] = "names\tother\tcountry\tfor\tagainst\tsource";
  qi_table t;
  bool more;
  quid_status status = qi_table_open(&t, data, file, header, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) {
    qi_clash clash = {.name = keep(a, t.field[0]), .other = keep(a, t.field[1]),
                      .country = keep(a, qi_slice_eq_str(t.field[2], "-") ? QI_SLICE("") : t.field[2])};
    if (!qi_slice_eq_str(clash.other, "place") && !qi_slice_eq_str(clash.other, "person") &&
        !qi_slice_eq_str(clash.other, "none") && !qi_slice_eq_str(clash.other, "actor"))
      return qi_table_error(&t, 1, err, "unknown kind of other meaning", t.field[1]);
    if ((status = add_cues(a, t.field[3], &clash.cues, &clash.n_cues, err)) ||
        (status = add_cues(a, t.field[4], &clash.against, &clash.n_against, err)))
      return status;
    if (!clash.name.ptr || !clash.other.ptr || !clash.country.ptr ||
        !QI_VEC_PUSH(&a->clashes, clash))
      return qi_error_memory(err, "the dictionary");
    qi_slice rest = t.field[0], word;
    while (!status && next_part(&rest, &word))
      status = put(&a->clash_of, a, &t, 0, word, (uint32_t)a->clashes.len - 1, err);
  }
  return status;
}

static uint32_t look_up(const qi_map *map, qi_slice word, qi_arena *scratch) {
  qi_slice key = qi_actors_key(word, scratch);
  return key.ptr ? qi_map_find(map, key, QI_MAP_NONE) : QI_MAP_NONE;
}

char qi_actors_gender(const qi_actors *a, qi_slice first_name, qi_arena *scratch) {
  uint32_t gender = look_up(&a->first_names, first_name, scratch);
  return gender == QI_MAP_NONE ? 0 : (char)gender;
}

const qi_title *qi_actors_title(const qi_actors *a, qi_slice form, qi_arena *scratch) {
  uint32_t title = look_up(&a->title_of, form, scratch);
  return title == QI_MAP_NONE ? NULL : &a->titles.items[title];
}

const qi_clash *qi_actors_clash(const qi_actors *a, qi_slice name, qi_arena *scratch) {
  uint32_t clash = look_up(&a->clash_of, name, scratch);
  return clash == QI_MAP_NONE ? NULL : &a->clashes.items[clash];
}
