/* Which events tell of one event, which documents copy one, and what the questions make of it. */
#include "unit.h"

#include "base/builder.h"
#include "quid/ask.h"
#include "quid/store.h"
#include "store/likeness.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- who ---- */

static qi_somebody somebody(int64_t id, const char *code, const char *country, const char *sector) {
  qi_somebody out;
  qi_like_somebody(&out, id, qi_slice_str(code), qi_slice_str(country), qi_slice_str(sector));
  return out;
}

static void test_who(void **state) {
  (void)state;
  const struct { const char *a[3], *b[3]; int like; } cases[] = {
      {{"RUS", "RUS", ""}, {"RUS.MIL", "RUS", "MIL"}, 2},
      {{"RUS.GOV", "RUS", "GOV"}, {"RUS.MIL", "RUS", "MIL"}, 2},
      {{"RUS", "RUS", ""}, {"UKR", "UKR", ""}, 0},
      {{"RUS.GOV.VLADIMIR_PUTIN", "RUS", "GOV"}, {"RUS.GOV.SERGEY_LAVROV", "RUS", "GOV"}, 0},
      {{"UKR.KHARKIV", "UKR", ""}, {"UKR.KHERSON", "UKR", ""}, 0},
      {{"UKR.KHARKIV", "UKR", ""}, {"CVL", "", "CVL"}, 1},
      {{"OPP", "", "OPP"}, {"RUS.OPP.ALEXEI_NAVALNY", "RUS", "OPP"}, 0},
      {{"IGO.UN", "IGO", "IGO"}, {"IGO.UN.SECURITY_COUNCIL", "IGO", "IGO"}, 2},
      {{"IGO.UN", "IGO", "IGO"}, {"IGO.NATO", "IGO", "IGO"}, 0},
      {{"MMR.MIL", "MMR", "MIL"}, {"MIL", "", "MIL"}, 1},
      {{"---.PER.A_B", "", ""}, {"USA.EDU.A_B", "USA", "EDU"}, 2},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    qi_somebody a = somebody(1, cases[i].a[0], cases[i].a[1], cases[i].a[2]), b = somebody(2, cases[i].b[0], cases[i].b[1], cases[i].b[2]);
    if (qi_like_who(&a, &b) != cases[i].like || qi_like_who(&b, &a) != cases[i].like)
      fail_msg("%s and %s: %d, not %d", cases[i].a[0], cases[i].b[0], qi_like_who(&a, &b), cases[i].like);
  }
}

static void test_words(void **state) {
  (void)state;
  uint32_t a[QI_MAX_WORDS], b[QI_MAX_WORDS];
  assert_int_equal(qi_like_words(a, QI_MAX_WORDS, QI_SLICE("The army shelled a village on Monday.")), 3);
  assert_int_equal(qi_like_words(b, QI_MAX_WORDS, QI_SLICE("Shelling of villages; army")), 3);
  assert_memory_equal(a, b, 3 * sizeof *a);
  assert_int_equal(qi_like_places(a, QI_MAX_PLACES, QI_SLICE("border village of Panmunjom")), 1);
  assert_int_equal(qi_like_words(a, 2, QI_SLICE("alpha beta gamma delta")), 2);
  assert_int_equal(qi_like_words(a, 2, QI_SLICE("")), 0);
}

/* ---- a store of records ---- */

typedef struct told { /* of an ASSAULT by RUS */
  int number;
  const char *document, *publisher, *published, *day, *status, *place, *sentence; /* day NULL: that of publication, guessed */
} told;

static void add(quid_store *store, const told *t) {
  qi_builder line;
  quid_error err = {.code = QUID_OK};
  qi_builder_init(&line, 0);
  qi_builder_printf(&line, "{\"id\":\"%016x\",\"document\":{\"id\":\"%s\",\"publisher\":\"%s\",\"published\":\"%s\"},\"sentence\":{\"index\":%d,\"start\":0,"
                           "\"end\":%zu,\"text\":\"%s\"},\"actor\":[{\"id\":\"RUS.MIL\",\"name\":\"Russia: armed forces\",\"country\":\"RUS\",\"sector\":\"MIL\"}],"
                           "\"recipient\":[{\"id\":\"UKR\",\"name\":\"Ukraine\",\"country\":\"UKR\"}],\"event\":\"ASSAULT\",\"status\":\"%s\","
                           "\"trigger\":{\"start\":0,\"end\":1}",
                    (unsigned)t->number, t->document, t->publisher, t->published, t->number, strlen(t->sentence), t->sentence, t->status);
  if (t->day) qi_builder_printf(&line, ",\"date\":{\"from\":\"%s\",\"to\":\"%s\",\"source\":\"expression\",\"granularity\":\"day\"}", t->day, t->day);
  else qi_builder_printf(&line, ",\"date\":{\"from\":null,\"to\":\"%s\",\"source\":\"tense\"}", t->published);
  if (t->place) qi_builder_printf(&line, ",\"place\":{\"name\":\"%s\",\"country\":\"UKR\"}", t->place);
  if (strcmp(t->status, "denied") == 0)
    qi_builder_str(&line, ",\"attribution\":[{\"text\":\"Moscow\",\"entity\":{\"id\":\"RUS\",\"name\":\"Russia\",\"country\":\"RUS\"}}]");
  qi_builder_printf(&line, ",\"victims\":[{\"kind\":\"dead\",\"start\":0,\"end\":1,\"count\":%d}],\"why\":{\"frame\":\"assault.shell\"}}", t->number);
  if (quid_store_add(store, line.ptr, line.len, &err)) fail_msg("%s", err.message);
  qi_builder_clear(&line);
}

static const told stories[] = {
    {1, "d1", "A", "2024-03-11", "2024-03-11", "asserted", "Kharkiv", "Russian troops shelled a market in Kharkiv."},
    {2, "d2", "B", "2024-03-12", "2024-03-11", "claimed", "Kharkiv", "Eight died when a market in Kharkiv was shelled by Russia."},
    {3, "d3", "C", "2024-03-12", "2024-03-11", "asserted", "Kherson", "Russian troops shelled a market in Kherson."},
    {4, "d4", "D", "2024-03-12", NULL, "denied", "Kharkiv", "Moscow denied that it shelled a market in Kharkiv."},
    {5, "d5", "E", "2024-03-20", "2024-03-20", "asserted", "Kharkiv", "Russian troops shelled a market in Kharkiv."},
    {6, "d6", "F", "2024-03-11", "2024-03-11", "planned", "Kharkiv", "Russian troops will shell a market in Kharkiv."},
};
enum { N_STORIES = sizeof stories / sizeof *stories };

static quid_store *open_store(char *path, size_t room) {
  quid_store *store;
  quid_error err = {.code = QUID_OK};
  snprintf(path, room, "/tmp/quid-match-%d.db", (int)getpid());
  remove(path);
  if (quid_store_open(&store, path, QUID_STORE_WRITE, &err)) fail_msg("%s", err.message);
  return store;
}

static void match(quid_store *store) {
  quid_error err = {.code = QUID_OK};
  if (quid_store_match(store, &err)) fail_msg("%s", err.message);
}

static void expect(quid_store *store, const char *sql, const char *cell) {
  quid_answer *a;
  quid_error err = {.code = QUID_OK};
  if (quid_ask_sql(&a, store, sql, &err)) fail_msg("%s", err.message);
  assert_string_equal(quid_answer_n_rows(a) ? quid_answer_cell(a, 0, 0) : "(nothing)", cell);
  quid_answer_free(a);
}

/* All members of all occurrences, whatever their rows are called. */
static const char MEMBERS[] = "SELECT group_concat(list, ' ') FROM (SELECT group_concat(key, ',') AS list FROM (SELECT key, story FROM event WHERE story "
                              "IS NOT NULL ORDER BY key) GROUP BY story ORDER BY list)";

static void test_any_order(void **state) {
  (void)state;
  static const int orders[][N_STORIES] = {{0, 1, 2, 3, 4, 5}, {5, 4, 3, 2, 1, 0}, {3, 0, 4, 1, 5, 2}, {2, 3, 5, 1, 4, 0}};
  for (size_t k = 0; k < sizeof orders / sizeof *orders; k++)
    for (int often = 0; often < 2; often++) {
      char path[64];
      quid_store *store = open_store(path, sizeof path);
      for (int i = 0; i < N_STORIES; i++) {
        add(store, &stories[orders[k][i]]);
        if (often) match(store);
      }
      match(store);
      expect(store, MEMBERS, "1,2,4");
      expect(store, "SELECT n_events || ' ' || n_documents || ' ' || n_sources || ' ' || key || ' ' || date(day * 86400, 'unixepoch') FROM occurrence",
             "3 3 3 1 2024-03-11");
      match(store);
      expect(store, MEMBERS, "1,2,4");
      quid_store_close(store);
      remove(path);
    }
}

static void test_questions(void **state) {
  (void)state;
  char path[64];
  quid_store *store = open_store(path, sizeof path);
  quid_answer *a;
  quid_error err = {.code = QUID_OK};
  for (int i = 0; i < N_STORIES; i++) add(store, &stories[i]);
  match(store);
  assert_int_equal(quid_ask_occurrences(&a, store, NULL, &err), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 1);
  for (size_t i = 0; i < quid_answer_n_columns(a); i++) {
    if (strcmp(quid_answer_column(a, i), "differ") == 0) assert_string_equal(quid_answer_cell(a, 0, i), "dead 1 | 2 | 4");
    if (strcmp(quid_answer_column(a, i), "denied_by") == 0) assert_string_equal(quid_answer_cell(a, 0, i), "Russia");
  }
  quid_answer_free(a);
  quid_filter told_only = {.status = "told"}, day = {.one_a_day = true, .from = "2024-03-11", .to = "2024-03-11"};
  assert_int_equal(quid_ask_occurrences(&a, store, &told_only, &err), QUID_OK);
  assert_string_equal(quid_answer_cell(a, 0, 5), "2");
  quid_answer_free(a);
  assert_int_equal(quid_ask_contradict(&a, store, NULL, &err), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 2);
  assert_string_equal(quid_answer_cell(a, 1, 2), "whether");
  assert_string_equal(quid_answer_cell(a, 0, 2), "how many");
  quid_answer_free(a);
  assert_int_equal(quid_ask_events(&a, store, &day, &err), QUID_OK);
  assert_int_equal(quid_answer_n_rows(a), 1);
  quid_answer_free(a);
  quid_store_close(store);
  remove(path);
}

/* ---- copies ---- */

#define LONG "The ship docked at the port before dawn and workers unloaded sacks of grain all through a hot day while the mayor looked on from a terrace"

static void test_copies(void **state) {
  (void)state;
  static const told texts[] = {
      {1, "late", "A", "2024-03-13", "2024-03-11", "asserted", NULL, LONG " and smiled."},
      {2, "early", "B", "2024-03-11", "2024-03-11", "asserted", NULL, LONG "."},
      {3, "middle", "C", "2024-03-12", "2024-03-11", "asserted", NULL, LONG ", it was said."},
      {4, "other", "D", "2024-03-10", "2024-03-09", "asserted", NULL,
       "A fire broke out in a mill on the river last night and firemen fought it for six hours with water from boats while neighbours carried beds."},
      {5, "short", "E", "2024-03-10", "2024-03-10", "asserted", NULL, "The ship docked at the port before dawn."},
  };
  for (int backwards = 0; backwards < 2; backwards++) {
    char path[64];
    quid_store *store = open_store(path, sizeof path);
    for (int i = 0; i < 5; i++) {
      add(store, &texts[backwards ? 4 - i : i]);
      match(store);
    }
    expect(store, "SELECT group_concat(n, ' ') FROM (SELECT d.name || '<' || o.name AS n FROM document d JOIN document o ON o.id = d.original ORDER BY 1)",
           "late<early middle<early");
    expect(store, "SELECT count(*) FROM document WHERE signature IS NULL", "1");
    /* One source: two are copies of it. */
    expect(store, "SELECT n_documents || ' ' || n_sources FROM occurrence WHERE n_documents > 2", "3 1");
    quid_store_close(store);
    remove(path);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_who), cmocka_unit_test(test_words), cmocka_unit_test(test_any_order),
                                     cmocka_unit_test(test_questions), cmocka_unit_test(test_copies)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
