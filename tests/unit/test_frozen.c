/* The compiled form of the actors: it answers as the text does, and whatever is wrong with it, it is
 * refused or made anew. */
#include "unit/frozen_fixture.h"

#include "know/actors_impl.h"
#include "know/cache.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define SAME_TEXT(x, y) assert_true(qi_slice_eq((x), (y)))

static void same_posts(const qi_actors *a, const qi_actors *b) {
  assert_int_equal(a->posts.len, b->posts.len);
  for (size_t i = 0; i < a->posts.len; i++) {
    const qi_post *x = &a->posts.items[i], *y = &b->posts.items[i];
    qi_slice file, other;
    uint32_t line, at;
    assert_true(x->actor == y->actor && x->from == y->from && x->to == y->to && a->role_next[i] == b->role_next[i]);
    SAME_TEXT(x->role, y->role), SAME_TEXT(x->country, y->country), SAME_TEXT(x->sector, y->sector);
    qi_actors_source(a, x, &file, &line);
    qi_actors_source(b, y, &other, &at);
    SAME_TEXT(file, other);
    assert_int_equal(line, at);
  }
}

static void same_map(const qi_map *a, const qi_map *b) {
  size_t at = 0;
  qi_slice key;
  uint32_t value;
  assert_int_equal(a->len, b->len);
  while (qi_map_next(a, &at, &key, &value)) assert_int_equal(qi_map_find(b, key, QI_MAP_NONE), value);
}

static void same_trie(const qi_trie *a, const qi_trie *b) {
  assert_int_equal(a->cap, b->cap);
  assert_int_equal(a->payload.len, b->payload.len);
  assert_memory_equal(a->keys, b->keys, a->cap * sizeof *a->keys);
  assert_memory_equal(a->nodes, b->nodes, a->cap * sizeof *a->nodes);
  assert_memory_equal(a->payload.items, b->payload.items, a->payload.len * sizeof *a->payload.items);
}

/* Every table, every text. */
static void same_dictionary(const qi_actors *a, const qi_actors *b) {
  assert_int_equal(a->actors.len, b->actors.len);
  for (size_t i = 0; i < a->actors.len; i++) {
    const qi_actor *x = &a->actors.items[i], *y = &b->actors.items[i];
    SAME_TEXT(x->id, y->id), SAME_TEXT(x->name, y->name), SAME_TEXT(x->country, y->country), SAME_TEXT(x->sector, y->sector);
    assert_true(x->type == y->type && x->from == y->from && x->to == y->to && x->first_post == y->first_post && x->n_posts == y->n_posts);
    assert_int_equal(y->name.ptr[y->name.len], 0);
  }
  same_posts(a, b);
  assert_int_equal(a->names.len, b->names.len);
  for (size_t i = 0; i < a->names.len; i++) {
    const qi_name *x = &a->names.items[i], *y = &b->names.items[i];
    SAME_TEXT(x->text, y->text);
    assert_true(x->actor == y->actor && x->kind == y->kind && x->upper == y->upper && x->n_atoms == y->n_atoms &&
                x->from == y->from && x->to == y->to && x->next == y->next);
  }
  assert_int_equal(a->agents.len, b->agents.len);
  for (size_t i = 0; i < a->agents.len; i++) {
    SAME_TEXT(a->agents.items[i].words, b->agents.items[i].words);
    SAME_TEXT(a->agents.items[i].sector, b->agents.items[i].sector);
    SAME_TEXT(a->agents.items[i].role, b->agents.items[i].role);
    assert_int_equal(a->agents.items[i].group, b->agents.items[i].group);
  }
  assert_int_equal(a->titles.len, b->titles.len);
  for (size_t i = 0; i < a->titles.len; i++) {
    SAME_TEXT(a->titles.items[i].role, b->titles.items[i].role);
    SAME_TEXT(a->titles.items[i].sector, b->titles.items[i].sector);
    assert_int_equal(a->titles.items[i].gender, b->titles.items[i].gender);
  }
  assert_int_equal(a->clashes.len, b->clashes.len);
  for (size_t i = 0; i < a->clashes.len; i++) {
    const qi_clash *x = &a->clashes.items[i], *y = &b->clashes.items[i];
    SAME_TEXT(x->other, y->other), SAME_TEXT(x->country, y->country);
    assert_true(x->n_cues == y->n_cues && x->n_against == y->n_against);
    for (uint32_t k = 0; k < x->n_cues; k++) SAME_TEXT(x->cues[k], y->cues[k]);
    for (uint32_t k = 0; k < x->n_against; k++) SAME_TEXT(x->against[k], y->against[k]);
  }
  assert_int_equal(a->members.len, b->members.len);
  for (size_t i = 0; i < a->members.len; i++) assert_memory_equal(&a->members.items[i], &b->members.items[i], sizeof(qi_member));
  same_map(&a->atoms.ids, &b->atoms.ids);
  same_map(&a->by_id, &b->by_id);
  same_map(&a->by_role, &b->by_role);
  same_map(&a->first_names, &b->first_names);
  same_map(&a->title_of, &b->title_of);
  same_map(&a->clash_of, &b->clash_of);
  same_trie(&a->name_trie, &b->name_trie);
  same_trie(&a->agent_trie, &b->agent_trie);
}

static void knows_members(void **state) {
  (void)state;
  qi_actors *a = actors_with_members();
  size_t n;
  qi_slice file;
  uint32_t line;
  const qi_member *m = qi_actors_members(a, qi_actors_find(a, QI_SLICE("IGO.UN.SECURITY_COUNCIL")), &n);
  assert_int_equal(n, 3);
  assert_slice(qi_actors_get(a, m[0].member)->id, "USA"); /* 1945 */
  assert_slice(qi_actors_get(a, m[1].member)->id, "SYR");
  assert_int_equal(m[1].to, qi_day_from_ymd(1948, 12, 31));
  qi_actors_member_source(a, &m[1], &file, &line);
  assert_slice(file, "actors/members.tsv");
  assert_int_equal(line, 4);
  assert_null(qi_actors_members(a, qi_actors_find(a, QI_SLICE("RUS")), &n));
  assert_int_equal(n, 0);
  qi_actors_free(a);
}

static void refuses_members(void **state) {
  (void)state;
  static const struct { const char *line; size_t column; const char *message; } wrong[] = {
      {"IGO.UN.WHO\tQZZ\t\t\town\n", 12, "no such actor 'QZZ'"},
      {"NATO\tUSA\t\t\town\n", 1, "no such actor 'NATO'"},
      {"IGO.UN.WHO\tUSA\t2001-13\t\town\n", 16, "no such date '2001-13'"},
      {"IGO.UN.WHO\tUSA\t\t2001-02-30\town\n", 17, "no such date '2001-02-30'"},
      {"IGO.UN.WHO\tUSA\t2002\t2001\town\n", 21, "ends before it begins '2001'"},
      {"IGO.UN.WHO\tUSA\n", 15, "2 fields where 5 are needed"}};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    qi_actors *a = NULL;
    quid_error err = {0};
    char text[256];
    snprintf(text, sizeof text, "body\tmember\tfrom\tto\tsource\n%s", wrong[i].line);
    assert_int_equal(qi_actors_new(&a, &err), QUID_OK);
    quid_status status = qi_actors_add(a, qi_slice_str(WHO_ACTORS), "actors", &err);
    if (!status) status = qi_actors_add_members(a, qi_slice_str(text), "members", &err);
    if (!status) status = qi_actors_finish(a, &err);
    assert_int_equal(status, QUID_ERR_FORMAT);
    assert_string_equal(err.message, wrong[i].message);
    assert_int_equal(err.line, 2);
    assert_int_equal(err.column, wrong[i].column);
    qi_actors_free(a);
  }
}

static void answers_alike(void **state) {
  (void)state;
  qi_actors *a = actors_with_members(), *b = NULL;
  qi_builder block;
  quid_error err = {0};
  qi_builder_init(&block, 0);
  assert_int_equal(qi_actors_freeze(&block, a, FROZEN_VERSION, &err), QUID_OK);
  assert_int_equal(qi_actors_thaw(&b, qi_builder_view(&block), FROZEN_VERSION, "block", &err), QUID_OK);
  same_dictionary(a, b);
  qi_actors_free(a);
  uint32_t putin = qi_actors_holder(b, QI_SLICE("RUS"), QI_SLICE("leader"), qi_day_from_ymd(2020, 1, 1));
  assert_slice(qi_actors_get(b, putin)->id, "RUS.GOV.VLADIMIR_PUTIN");
  qi_actors_free(b);
  qi_builder_clear(&block);
}

static void real_dictionaries_alike(void **state) {
  (void)state;
  qi_actors *a = NULL, *b = NULL;
  qi_builder block;
  quid_error err = {0};
  qi_builder_init(&block, 0);
  if (qi_actors_load(&a, test_root("knowledge"), &err)) fail_msg("%s:%zu: %s", err.file, err.line, err.message);
  assert_int_equal(qi_actors_freeze(&block, a, FROZEN_VERSION, &err), QUID_OK);
  assert_int_equal(qi_actors_thaw(&b, qi_builder_view(&block), FROZEN_VERSION, "block", &err), QUID_OK);
  same_dictionary(a, b);
  qi_actors_free(a);
  qi_actors_free(b);
  qi_builder_clear(&block);
}

static quid_status thaw_once(qi_slice bytes, const char version[17]) {
  qi_actors *a = NULL;
  quid_error err = {0};
  quid_status status = qi_actors_thaw(&a, bytes, version, "block", &err);
  if (status) {
    assert_null(a);
    assert_string_equal(err.file, "block");
  }
  qi_actors_free(a);
  return status;
}

static void refuses_damage(void **state) {
  (void)state;
  qi_actors *a = actors_with_members();
  qi_builder block;
  quid_error err = {0};
  qi_builder_init(&block, 0);
  assert_int_equal(qi_actors_freeze(&block, a, FROZEN_VERSION, &err), QUID_OK);
  qi_actors_free(a);
  for (size_t i = 0; i < block.len; i += i < 600 ? 1 : 97) {
    block.ptr[i] ^= 0x10;
    assert_int_equal(thaw_once(qi_builder_view(&block), FROZEN_VERSION), QUID_ERR_FORMAT);
    block.ptr[i] ^= 0x10;
  }
  for (size_t i = 0; i < block.len; i += i < 600 ? 7 : 1031)
    assert_int_equal(thaw_once(qi_slice_of(block.ptr, i), FROZEN_VERSION), QUID_ERR_FORMAT);
  assert_int_equal(thaw_once(qi_builder_view(&block), "0123456789abcdee"), QUID_ERR_FORMAT);
  assert_int_equal(thaw_once(qi_builder_view(&block), FROZEN_VERSION), QUID_OK);
  qi_builder_clear(&block);
}

/* ---- cache ---- */

static char folder[64], path[256];

static size_t size_of(const char *file) {
  struct stat info;
  return stat(file, &info) == 0 ? (size_t)info.st_size : 0;
}

/* The one file in the cache folder. */
static const char *cached(void) {
  char command[256];
  snprintf(command, sizeof command, "ls %s/*.compiled 2>/dev/null", folder);
  FILE *list = popen(command, "r");
  path[0] = '\0';
  if (list && fgets(path, sizeof path, list)) path[strcspn(path, "\n")] = '\0';
  if (list) pclose(list);
  return path;
}

static void write_text(const char *file, const char *text) {
  FILE *f = fopen(file, "w");
  assert_non_null(f);
  fputs(text, f);
  fclose(f);
}

static void shell(const char *format, const char *a, const char *b) {
  char command[512];
  snprintf(command, sizeof command, format, a, b);
  assert_int_equal(system(command), 0);
}

static qi_know load(const char *dir) {
  qi_know know;
  quid_error err = {0};
  if (qi_know_load(&know, dir, &err)) fail_msg("%s:%zu: %s", err.file, err.line, err.message);
  return know;
}

static void makes_and_remakes(void **state) {
  (void)state;
  char dir[128], file[256];
  snprintf(folder, sizeof folder, "/tmp/quid-test-XXXXXX");
  assert_non_null(mkdtemp(folder));
  snprintf(dir, sizeof dir, "%s/know", folder);
  shell("cp -R %s %s", test_root("tests/data/know"), dir);
  shell("chmod -R u+w %s%s", dir, "");
  setenv("QUID_CACHE", "", 1);
  qi_know text = load(dir);
  assert_string_equal(cached(), "");
  setenv("QUID_CACHE", folder, 1);
  qi_know first = load(dir);
  assert_false(first.actors->in_block);
  assert_string_not_equal(cached(), "");
  qi_know second = load(dir);
  assert_true(second.actors->in_block);
  assert_string_equal(text.version, second.version);
  same_dictionary(text.actors, second.actors);
  qi_know_clear(&first), qi_know_clear(&second);

  size_t size = size_of(cached());
  assert_int_equal(truncate(path, (off_t)size - 9), 0); /* damaged: made anew */
  first = load(dir), second = load(dir);
  assert_false(first.actors->in_block);
  assert_true(second.actors->in_block);
  assert_int_equal(size_of(cached()), size);
  qi_know_clear(&first), qi_know_clear(&second);
  write_text(cached(), "something else"); /* not even one of ours */
  first = load(dir);
  assert_false(first.actors->in_block);
  qi_know_clear(&first);

  snprintf(file, sizeof file, "%s/actors/more.tsv", dir); /* stale: a file more, then another byte in it */
  write_text(file, WHO_HEADER "QZZ\tstate\tQZZ\tGOV\t\t\t\tNowhere\town\n");
  first = load(dir), second = load(dir);
  assert_false(first.actors->in_block);
  assert_true(second.actors->in_block);
  assert_int_not_equal(qi_actors_find(second.actors, QI_SLICE("QZZ")), QI_NO_ACTOR);
  assert_string_not_equal(first.version, text.version);
  qi_know_clear(&first), qi_know_clear(&second);
  write_text(file, WHO_HEADER "XXY\tstate\tXXY\tGOV\t\t\t\tNowhere\town\n");
  first = load(dir);
  assert_int_not_equal(qi_actors_find(first.actors, QI_SLICE("XXY")), QI_NO_ACTOR);
  assert_int_equal(qi_actors_find(first.actors, QI_SLICE("QZZ")), QI_NO_ACTOR);
  qi_know_clear(&first);

  setenv("QUID_CACHE", "/proc/nowhere", 1); /* nothing can be written there: the text serves */
  first = load(dir);
  assert_false(first.actors->in_block);
  qi_know_clear(&first);
  write_text(file, "no header\n"); /* a mistake in the text is told all the same */
  quid_error err = {0};
  assert_int_equal(qi_know_load(&first, dir, &err), QUID_ERR_FORMAT);
  qi_know_clear(&text);
  unsetenv("QUID_CACHE");
  shell("rm -rf %s%s", folder, "");
}

/* Whatever decides results is in the version: a byte more in any of these, and it is another. */
static void version_counts_all(void **state) {
  (void)state;
  static const char *const files[] = {"ontology.tsv", "forms.tsv", "actors/members.tsv", "actors/states.tsv", "actors/agents.tsv",
                                      "names/clashes.tsv", "names/titles.tsv", "names/kinds.tsv", "frames/consult.frames", "items/items.tsv",
                                      "status/operators.tsv", "status/light.tsv", "status/urging.tsv", "story/cues.tsv", "story/judgements.tsv",
                                      "when/words.tsv", "when/holidays.tsv", "when/periods.tsv"};
  char dir[128], file[256], before[17];
  snprintf(folder, sizeof folder, "/tmp/quid-test-XXXXXX");
  assert_non_null(mkdtemp(folder));
  snprintf(dir, sizeof dir, "%s/know", folder);
  shell("cp -R %s %s", test_root("tests/data/know"), dir);
  shell("chmod -R u+w %s%s", dir, "");
  setenv("QUID_CACHE", "", 1);
  qi_know know = load(dir);
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    memcpy(before, know.version, sizeof before);
    qi_know_clear(&know);
    snprintf(file, sizeof file, "%s/%s", dir, files[i]);
    FILE *f = fopen(file, "a");
    assert_non_null(f);
    fputs("# one\n", f);
    fclose(f);
    know = load(dir);
    assert_string_not_equal(know.version, before);
  }
  memcpy(before, know.version, sizeof before);
  qi_know_clear(&know);
  shell("rm %s/examples/%s", dir, "own.tsv"); /* decides nothing */
  know = load(dir);
  assert_string_equal(know.version, before);
  qi_know_clear(&know);
  unsetenv("QUID_CACHE");
  shell("rm -rf %s%s", folder, "");
}

/* Beside the folder; where that cannot be written to, under $XDG_CACHE_HOME. */
static void finds_its_place(void **state) {
  (void)state;
  char dir[128], file[256], xdg[128];
  snprintf(folder, sizeof folder, "/tmp/quid-test-XXXXXX");
  assert_non_null(mkdtemp(folder));
  snprintf(dir, sizeof dir, "%s/know", folder);
  snprintf(xdg, sizeof xdg, "%s/cache", folder);
  shell("cp -R %s %s", test_root("tests/data/know"), dir);
  unsetenv("QUID_CACHE");
  setenv("XDG_CACHE_HOME", xdg, 1);
  snprintf(file, sizeof file, "%s.compiled", dir);
  qi_know know = load(dir);
  qi_know_clear(&know);
  assert_true(size_of(file) > 0);
  unlink(file);
  assert_int_equal(mkdir(file, 0755), 0); /* whoever runs this, no file can be written over a folder */
  know = load(dir);
  qi_know_clear(&know);
  know = load(dir);
  assert_true(know.actors->in_block);
  qi_know_clear(&know);
  unsetenv("XDG_CACHE_HOME");
  shell("rm -rf %s%s", folder, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(knows_members),
    cmocka_unit_test(refuses_members),
    cmocka_unit_test(answers_alike),
    cmocka_unit_test(real_dictionaries_alike),
    cmocka_unit_test(refuses_damage),
    cmocka_unit_test(makes_and_remakes),
    cmocka_unit_test(version_counts_all),
    cmocka_unit_test(finds_its_place),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
