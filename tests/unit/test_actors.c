#include "unit/who_fixture.h"

#include "base/builder.h"

#include <stdio.h>

/* ---- what is refused ---- */

typedef struct mistake {
  const char *line; /* after the header */
  const char *message;
  size_t at_line, at_column;
} mistake;

static void refuses_mistakes(void **state) {
  (void)state;
  static const mistake all[] = {
    {"rus\tstate\tRUS\tGOV\t\t\t\tRussia\town\n", "bad id 'rus'", 2, 1},
    {"RUS.\tstate\tRUS\tGOV\t\t\t\tRussia\town\n", "bad id 'RUS.'", 2, 1},
    {"RUS\tcountry\tRUS\tGOV\t\t\t\tRussia\town\n", "unknown type 'country'", 2, 5},
    {"RUS\tstate\tRus\tGOV\t\t\t\tRussia\town\n", "bad country 'Rus'", 2, 11},
    {"RUS\tstate\tRUS\tGOVT\t\t\t\tRussia\town\n", "unknown sector 'GOVT'", 2, 15},
    {"RUS\tstate\tRUS\tGOV\t1991-13\t\t\tRussia\town\n", "no such date '1991-13'", 2, 19},
    {"RUS\tstate\tRUS\tGOV\t\t2000-02-30\t\tRussia\town\n", "no such date '2000-02-30'", 2, 20},
    {"RUS\tstate\tRUS\tGOV\t2001\t2000\t\tRussia\town\n", "ends before it begins '2000'", 2, 24},
    {"RUS\tstate\tRUS\tGOV\t\t\tRussia\town\n", "8 fields where 9 are needed", 2, 31},
    {"RUS\tstate\tRUS\tGOV\t\t\t\tRussia\town\tmore\n", "too many fields at 'more'", 2, 33},
    {"RUS\tstate\tRUS\tGOV\t\t\t\t\town\n", "no names for 'RUS'", 2, 22},
    {"RUS\tstate\tRUS\tGOV\t\t\t\tRussia | city:Moscow\town\n", "unknown tag 'city:Moscow'", 2, 22},
    {"RUS\tstate\tRUS\tGOV\t\t\t\tRussia | adj:\town\n", "empty name in 'Russia | adj:'", 2, 22},
    {"RUS\tstate\tRUS\tGOV\t\t\t\tRussia | Russia\town\n", "name stands twice 'Russia'", 2, 22},
    {"RUS\tstate\tRUS\tGOV\t\t\t\t...\town\n", "unusable name '...'", 2, 22},
    {"RUS\tstate\tRUS\tGOV\t\t\t\tRussia\t\n", "no source for 'RUS'", 2, 29},
    {"RUS\tstate\tRUS\tGOV\t\t\t\t=\town\n", "no line above has names for 'RUS'", 2, 22},
    {"RUS\tstate\tRUS\tGOV\t\t\t\tRussia\town\nRUS\tperson\tRUS\tGOV\t\t\t\t=\town\n",
     "type differs from the line above for 'RUS'", 3, 5},
    {"RUS\tstate\tRUS\tGOV\t\t\t\tRussia\town\nRUS\tstate\tRUS\tGOV\t\t\t\tRussia\town\n",
     "name stands twice 'Russia'", 3, 22},
  };
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    qi_actors *a;
    quid_error err = {0};
    char text[512];
    snprintf(text, sizeof text, "%s%s", WHO_HEADER, all[i].line);
    assert_int_equal(qi_actors_new(&a, &err), QUID_OK);
    assert_int_equal(qi_actors_add(a, qi_slice_str(text), "x.tsv", &err), QUID_ERR_FORMAT);
    assert_string_equal(err.message, all[i].message);
    assert_string_equal(err.file, "x.tsv");
    assert_int_equal(err.line, all[i].at_line);
    assert_int_equal(err.column, all[i].at_column);
    qi_actors_free(a);
  }
}

static void refuse_whole(const char *lines, const char *message, size_t line, size_t column) {
  qi_actors *a;
  quid_error err = {0};
  char text[512];
  snprintf(text, sizeof text, "%s%s", WHO_HEADER, lines);
  assert_int_equal(qi_actors_new(&a, &err), QUID_OK);
  assert_int_equal(qi_actors_add(a, qi_slice_str(text), "x.tsv", &err), QUID_OK);
  assert_int_equal(qi_actors_finish(a, &err), QUID_ERR_FORMAT);
  assert_string_equal(err.message, message);
  assert_int_equal(err.line, line);
  assert_int_equal(err.column, column);
  qi_actors_free(a);
}

static void refuses_mistakes_across_lines(void **state) {
  (void)state;
  refuse_whole("RUS.GOV.A\tperson\tRUS\tGOV\t2000\t\tpresident\tAl A\town\n", "no such country 'RUS'", 2, 18);
  refuse_whole("RUS\tstate\tRUS\tGOV\t\t\t\tRussia\town\n"
               "RUS.GOV.A\tperson\tRUS\tGOV\t2000\t\tpresident\tAl A\town\n"
               "RUS.GOV.A\tperson\tRUS\tGOV\t2000\t\tpresident\t=\town\n",
               "duplicate 'RUS.GOV.A'", 4, 1);
}

static void refuses_other_files(void **state) {
  (void)state;
  qi_actors *a;
  quid_error err = {0};
  assert_int_equal(qi_actors_new(&a, &err), QUID_OK);
  assert_int_equal(qi_actors_add(a, QI_SLICE("id\tname\n"), "x", &err), QUID_ERR_FORMAT);
  err = (quid_error){0};
  assert_int_equal(qi_actors_add(a, QI_SLICE(""), "x", &err), QUID_ERR_FORMAT);
  err = (quid_error){0};
  assert_int_equal(qi_actors_add_agents(a, QI_SLICE("words\tsector\trole\tplural\tsource\narmy\tMILITARY\t\t\town\n"), "x", &err), QUID_ERR_FORMAT);
  assert_string_equal(err.message, "unknown sector 'MILITARY'");
  err = (quid_error){0};
  assert_int_equal(qi_actors_add_agents(a, QI_SLICE("words\tsector\trole\tplural\tsource\narmy\tMIL\t\tmany\town\n"), "x", &err), QUID_ERR_FORMAT);
  assert_string_equal(err.message, "unknown plural 'many'");
  err = (quid_error){0};
  assert_int_equal(qi_actors_add_agents(a, QI_SLICE("words\tsector\trole\tplural\tsource\narmy\tMIL\t\t\town\nnavy | army\tMIL\t\t\town\n"), "x", &err), QUID_ERR_FORMAT);
  assert_string_equal(err.message, "duplicate 'army'");
  assert_int_equal(err.line, 3);
  err = (quid_error){0};
  assert_int_equal(qi_actors_add_first_names(a, QI_SLICE("gender\tnames\tsource\nx\tJane\town\n"), "x", &err), QUID_ERR_FORMAT);
  assert_string_equal(err.message, "unknown gender 'x'");
  err = (quid_error){0};
  assert_int_equal(qi_actors_add_clashes(a, QI_SLICE("names\tother\tcountry\tfor\tagainst\tsource\nMay\tmonth\t-\t\t\town\n"), "x", &err), QUID_ERR_FORMAT);
  assert_string_equal(err.message, "unknown kind of other meaning 'month'");
  qi_actors_free(a);
}

/* ---- matching ---- */

#define MAX_WORDS 16

typedef struct looked_up {
  qi_arena arena;
  qi_slice forms[MAX_WORDS];
  qi_atoms atoms;
  qi_actor_match match;
  bool found;
} looked_up;

/* Tokens are separated by blanks. */
static looked_up *look(looked_up *l, const qi_actors *a, const char *text, uint32_t token) {
  qi_slice rest = qi_slice_str(text), word;
  uint32_t n = 0;
  *l = (looked_up){0};
  while (n < MAX_WORDS && qi_slice_word(&rest, &word)) l->forms[n++] = word;
  assert_true(qi_actors_atoms(&l->atoms, a, l->forms, n, &l->arena));
  l->found = qi_actors_match(a, &l->atoms, token, &l->match);
  return l;
}

static void finds(const qi_actors *a, const char *text, uint32_t token, const char *id, uint32_t n_tokens) {
  looked_up l;
  look(&l, a, text, token);
  if (!l.found) fail_msg("nothing in '%s'", text);
  assert_slice(qi_actors_get(a, l.match.names[0]->actor)->id, id);
  assert_int_equal(l.match.n_tokens, n_tokens);
  qi_arena_clear(&l.arena);
}

static void finds_nothing(const qi_actors *a, const char *text, uint32_t token) {
  looked_up l;
  look(&l, a, text, token);
  if (l.found) fail_msg("'%.*s' in '%s'", QI_SLICE_ARG(l.match.names[0]->text), text);
  qi_arena_clear(&l.arena);
}

static void matches_names(void **state) {
  (void)state;
  qi_actors *a = who_actors();
  finds(a, "South Korea 's army", 0, "KOR", 2);
  finds(a, "the U.S. army", 1, "USA", 1);
  finds(a, "the U.S army", 1, "USA", 1);
  finds(a, "U.N. Security Council", 0, "IGO.UN.SECURITY_COUNCIL", 3); /* the longest */
  finds(a, "U.N. Security Council", 1, "IGO.UN.SECURITY_COUNCIL", 2);
  finds(a, "Guinea - Bissau", 0, "GNB", 3);
  finds(a, "Guinea-Bissau", 0, "GNB", 1);
  finds(a, "Cote d'Ivoire", 0, "CIV", 2);
  finds(a, "Côte d’Ivoire", 0, "CIV", 2);
  finds(a, "Cote d' Ivoire", 0, "CIV", 3);
  finds(a, "Turkiye", 0, "TUR", 1);
  finds(a, "Kim Jong-un", 0, "PRK.GOV.KIM_JONG_UN", 2);
  finds(a, "Vladimir V. Putin", 0, "RUS.GOV.VLADIMIR_PUTIN", 3);
  finds(a, "the hermit kingdom", 1, "PRK", 2);
  finds(a, "the “ Hermit Kingdom ”", 2, "PRK", 2);
  finds_nothing(a, "South . Korea", 0);
  finds_nothing(a, "South , Korea", 0);
  finds_nothing(a, "Korea", 0);
  finds_nothing(a, "- Bissau", 0);
  qi_actors_free(a);
}

static void heeds_case(void **state) {
  (void)state;
  qi_actors *a = who_actors();
  finds(a, "the WHO said", 1, "IGO.UN.WHO", 1);
  finds(a, "told the US", 2, "USA", 1);
  finds_nothing(a, "told us so", 1);
  finds_nothing(a, "Us too", 0);
  finds_nothing(a, "people who said", 1);
  finds_nothing(a, "ate turkey", 1);
  finds(a, "RUSSIA AND UKRAINE TALK", 0, "RUS", 1);
  finds(a, "north korea fired missiles", 0, "PRK", 2); /* a text without capitals */
  finds_nothing(a, "turkey fired missiles", 0);
  qi_actors_free(a);
}

static void gives_all_readings(void **state) {
  (void)state;
  qi_actors *a = who_actors();
  looked_up l;
  look(&l, a, "Mr. Kim", 1);
  assert_true(l.found);
  assert_int_equal(l.match.n_names, 2);
  assert_int_equal(l.match.names[0]->kind, QI_NAME_SUR);
  qi_arena_clear(&l.arena);
  look(&l, a, "Russian gas", 0);
  assert_int_equal(l.match.n_names, 2);
  assert_int_equal(l.match.names[0]->kind, QI_NAME_ADJ);
  assert_int_equal(l.match.names[1]->kind, QI_NAME_DEM);
  qi_arena_clear(&l.arena);
  qi_actors_free(a);
}

static void matches_agents(void **state) {
  (void)state;
  qi_actors *a = who_actors();
  qi_arena arena;
  qi_arena_init(&arena, 0);
  qi_slice forms[] = {QI_SLICE("Russian"), QI_SLICE("Foreign"), QI_SLICE("Ministers"), QI_SLICE("Armed"), QI_SLICE("Forces")};
  qi_slice lemmas[] = {QI_SLICE("Russian"), QI_SLICE("Foreign"), QI_SLICE("Minister"), QI_SLICE("arm"), QI_SLICE("force")};
  qi_atoms f, l;
  uint32_t n;
  assert_true(qi_actors_atoms(&f, a, forms, 5, &arena) && qi_actors_atoms(&l, a, lemmas, 5, &arena));
  assert_int_equal(qi_agents_match(a, &f, &l, 0, &n), QI_NO_AGENT);
  uint32_t agent = qi_agents_match(a, &f, &l, 1, &n);
  assert_int_not_equal(agent, QI_NO_AGENT);
  assert_int_equal(n, 2);
  assert_slice(qi_agents_get(a, agent)->role, "foreign minister");
  agent = qi_agents_match(a, &f, &l, 3, &n); /* "armed forces" by its forms */
  assert_int_not_equal(agent, QI_NO_AGENT);
  assert_int_equal(n, 2);
  assert_slice(qi_agents_get(a, agent)->sector, "MIL");
  qi_arena_clear(&arena);
  qi_actors_free(a);
}

/* ---- posts ---- */

static const char *holder(const qi_actors *a, const char *country, const char *role, int y, int m, int d) {
  uint32_t who = qi_actors_holder(a, qi_slice_str(country), qi_slice_str(role), qi_day_from_ymd(y, m, d));
  return who == QI_NO_ACTOR ? "-" : qi_actors_get(a, who)->id.ptr;
}

static void knows_who_held_what(void **state) {
  (void)state;
  qi_actors *a = who_actors();
  assert_string_equal(holder(a, "RUS", "president", 2005, 1, 1), "RUS.GOV.VLADIMIR_PUTIN");
  assert_string_equal(holder(a, "RUS", "president", 2010, 1, 1), "RUS.GOV.DMITRY_MEDVEDEV");
  assert_string_equal(holder(a, "RUS", "president", 2012, 5, 7), "RUS.GOV.VLADIMIR_PUTIN"); /* the one who comes */
  assert_string_equal(holder(a, "RUS", "prime minister", 2010, 1, 1), "RUS.GOV.VLADIMIR_PUTIN");
  assert_string_equal(holder(a, "RUS", "president", 1999, 1, 1), "-");
  assert_string_equal(holder(a, "RUS", "king", 2010, 1, 1), "-");
  assert_string_equal(holder(a, "GBR", "leader", 2020, 1, 1), "GBR.GOV.BORIS_JOHNSON");
  assert_string_equal(holder(a, "GBR", "president", 2020, 1, 1), "-");
  assert_string_equal(holder(a, "USA", "envoy", 2022, 1, 1), "-"); /* two of them */
  assert_int_equal(qi_actors_holder(a, QI_SLICE("RUS"), QI_SLICE("president"), QI_DAY_NONE), QI_NO_ACTOR);
  qi_actors_free(a);
}

static void knows_posts_at_a_date(void **state) {
  (void)state;
  qi_actors *a = who_actors();
  const qi_actor *trump = qi_actors_get(a, qi_actors_find(a, QI_SLICE("USA.GOV.DONALD_TRUMP")));
  bool current;
  assert_slice(qi_actors_post_at(a, trump, qi_day_from_ymd(2018, 1, 1), &current)->role, "president");
  assert_true(current);
  assert_slice(qi_actors_post_at(a, trump, qi_day_from_ymd(2023, 1, 1), &current)->role, "president");
  assert_false(current);
  const qi_actor *putin = qi_actors_get(a, qi_actors_find(a, QI_SLICE("RUS.GOV.VLADIMIR_PUTIN")));
  assert_slice(qi_actors_post_at(a, putin, qi_day_from_ymd(2009, 1, 1), NULL)->role, "prime minister");
  assert_slice(qi_actors_post_at(a, putin, QI_DAY_NONE, NULL)->role, "president");
  assert_slice(qi_actors_post_at(a, putin, qi_day_from_ymd(1980, 1, 1), &current)->role, "president");
  assert_false(current);
  assert_true(qi_actors_has_role(a, putin, QI_SLICE("leader"), qi_day_from_ymd(2009, 1, 1)));
  assert_false(qi_actors_has_role(a, putin, QI_SLICE("president"), qi_day_from_ymd(2009, 1, 1)));
  assert_true(qi_actors_has_role(a, putin, QI_SLICE("president"), QI_DAY_NONE));
  assert_int_equal(qi_actors_find(a, QI_SLICE("QZZ")), QI_NO_ACTOR);
  qi_actors_free(a);
}

static void knows_people_words(void **state) {
  (void)state;
  qi_actors *a = who_actors();
  qi_arena arena;
  qi_arena_init(&arena, 0);
  assert_int_equal(qi_actors_gender(a, QI_SLICE("Jane"), &arena), 'f');
  assert_int_equal(qi_actors_gender(a, QI_SLICE("Kim"), &arena), 0);
  assert_int_equal(qi_actors_title(a, QI_SLICE("Ms."), &arena)->gender, 'f');
  assert_slice(qi_actors_title(a, QI_SLICE("gen."), &arena)->sector, "MIL");
  assert_null(qi_actors_title(a, QI_SLICE("Putin"), &arena));
  assert_int_equal(qi_actors_clash(a, QI_SLICE("Johnson"), &arena)->n_cues, 2);
  assert_null(qi_actors_clash(a, QI_SLICE("Putin"), &arena));
  qi_arena_clear(&arena);
  qi_actors_free(a);
}

static void loads_the_dictionary(void **state) {
  (void)state;
  qi_actors *a = NULL;
  quid_error err = {0};
  if (qi_actors_load(&a, test_root("knowledge"), &err))
    fail_msg("%s:%zu:%zu: %s", err.file, err.line, err.column, err.message);
  assert_true(qi_actors_count(a) > 2000);
  finds(a, "the Kremlin", 1, "RUS", 1);
  finds(a, "Angela Merkel", 0, "DEU.GOV.ANGELA_MERKEL", 2);
  qi_actors_free(a);
  assert_int_equal(qi_actors_load(&a, "/nowhere", &err), QUID_ERR_IO);
  assert_null(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(refuses_mistakes),
    cmocka_unit_test(refuses_mistakes_across_lines),
    cmocka_unit_test(refuses_other_files),
    cmocka_unit_test(matches_names),
    cmocka_unit_test(heeds_case),
    cmocka_unit_test(gives_all_readings),
    cmocka_unit_test(matches_agents),
    cmocka_unit_test(knows_who_held_what),
    cmocka_unit_test(knows_posts_at_a_date),
    cmocka_unit_test(knows_people_words),
    cmocka_unit_test(loads_the_dictionary),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
