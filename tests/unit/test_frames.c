/* The loader of frames, items and the ontology: what it reads, and how it refuses. */
#include "unit/unit.h"

#include "know/frames.h"

static const char items_text[] = "class\tparent\twords\tsource\n"
                                 "arms\t-\tarms | weapon | F-16\town\n"
                                 "missile\tarms\tballistic missile | rocket\town\n"
                                 "talks\t-\ttalk | round of talks\town\n";

static qi_items *items;
static qi_ontology *ontology;

static int setup(void **state) {
  quid_error err = {0};
  (void)state;
  if (qi_items_parse(&items, qi_slice_str(items_text), "items", &err) ||
      qi_ontology_load(&ontology, test_root("knowledge"), &err))
    fail_msg("%s", err.message);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  qi_items_free(items);
  qi_ontology_free(ontology);
  return 0;
}

#define BASE                                                                                       \
  "frame assault.attack\n"                                                                         \
  "event ASSAULT\n"                                                                                \
  "mode aerial\n"                                                                                  \
  "words attack/v carry_out/v raid/n\n"                                                            \
  "actor subj\n"                                                                                   \
  "recipient obj | on & against\n"                                                                 \
  "need subj @actor\n"

static quid_status load(qi_frames **f, const char *text, quid_error *err) {
  quid_status status = qi_frames_new(f, err);
  if (!status) status = qi_frames_add(*f, qi_slice_str(text), "test.frames", items, ontology, err);
  return status;
}

static void refuses(const char *text, size_t line, size_t column, const char *message) {
  qi_frames *f = NULL;
  quid_error err = {0};
  assert_int_equal(load(&f, text, &err), QUID_ERR_FORMAT);
  assert_string_equal(err.file, "test.frames");
  if (err.line != line || err.column != column || !strstr(err.message, message))
    fail_msg("%zu:%zu: %s; wanted %zu:%zu: %s", err.line, err.column, err.message, line, column, message);
  qi_frames_free(f);
}

static void reads_a_frame(void **state) {
  (void)state;
  qi_frames *f = NULL;
  quid_error err = {0};
  const qi_trigger *words;
  if (load(&f, "# remark\n" BASE "need obj @arms rocket peace_talk\nnot subj storm\n"
               "yes A attacked B. => AAA, CCC > BBB; planned\nno The storm attacked.\n", &err))
    fail_msg("%zu:%zu: %s", err.line, err.column, err.message);
  assert_int_equal(qi_frames_count(f), 1);
  const qi_frame *x = qi_frames_get(f, 0);
  assert_string_equal(x->id, "assault.attack");
  assert_int_equal(x->line, 2);
  assert_int_equal(x->type, QUID_ASSAULT);
  assert_string_equal(x->modes[0], "aerial");
  assert_int_equal(x->n_triggers, 3);
  assert_int_equal(x->role[QI_ROLE_RECIPIENT].n, 3);
  assert_false(x->role[QI_ROLE_RECIPIENT].with_next[0]);
  assert_true(x->role[QI_ROLE_RECIPIENT].with_next[1]);
  assert_int_equal(x->n_needs, 2);
  assert_int_equal(x->needs[0].kinds, QI_KIND_ACTOR);
  assert_int_equal(x->needs[1].n_lemmas, 2);
  assert_int_equal(x->needs[1].lemmas[1].n, 2);
  assert_false(x->needs[1].anything);
  assert_int_equal(x->embeds, QI_NO_STATUS);
  assert_int_equal(x->n_examples, 2);
  assert_string_equal(x->examples[0].sentence, "A attacked B.");
  assert_string_equal(x->examples[0].actors, "AAA, CCC");
  assert_string_equal(x->examples[0].recipients, "BBB");
  assert_int_equal(x->examples[0].status, QUID_PLANNED);
  assert_false(x->examples[1].yes);
  /* Verbs stand under their first word. */
  uint32_t at = qi_frames_first(f, QI_SLICE("carry"), 'v');
  assert_ptr_equal(qi_frames_next(f, &at, &words), x);
  assert_int_equal(words->words.n, 2);
  assert_null(qi_frames_next(f, &at, &words));
  assert_int_equal(qi_frames_first(f, QI_SLICE("out"), 'v'), QI_MAP_NONE);
  assert_int_equal(qi_frames_first(f, QI_SLICE("attack"), 'n'), QI_MAP_NONE);
  qi_frames_free(f);
}

static void inherits(void **state) {
  (void)state;
  qi_frames *f = NULL;
  quid_error err = {0};
  if (load(&f, BASE "yes A attacked B. => A > B\n\n"
               "frame assault.bomb\nlike assault.attack\nwords bomb/v\nrecipient -\nneed obj @arms\n", &err))
    fail_msg("%zu:%zu: %s", err.line, err.column, err.message);
  const qi_frame *x = qi_frames_get(f, 1);
  assert_string_equal(x->id, "assault.bomb");
  assert_int_equal(x->type, QUID_ASSAULT);
  assert_int_equal(x->n_triggers, 4);
  assert_int_equal(x->n_needs, 2);
  assert_int_equal(x->role[QI_ROLE_ACTOR].n, 1);
  assert_int_equal(x->role[QI_ROLE_RECIPIENT].n, 0);
  assert_int_equal(x->n_examples, 0);
  qi_frames_free(f);
}

static void refuses_mistakes(void **state) {
  (void)state;
  refuses(BASE "wordz x/v\n", 8, 1, "unknown key 'wordz'");
  refuses(BASE "actor subj\n", 8, 1, "key given twice: 'actor'");
  refuses(BASE "item\n", 8, 1, "no value after 'item'");
  refuses(BASE "item objj\n", 8, 6, "unknown slot 'objj'");
  refuses(BASE "item obj to\n", 8, 10, "expected '|' or '&' before 'to'");
  refuses(BASE "item obj |\n", 8, 11, "slot missing");
  refuses(BASE "need obj @armz\n", 8, 10, "unknown class '@armz'");
  refuses(BASE "words attack\n", 8, 7, "word without part of speech (/v, /n or /a) 'attack'");
  refuses(BASE "words carry__out/v\n", 8, 7, "not a word");
  refuses(BASE "embeds perhaps\n", 8, 8, "unknown status 'perhaps'");
  refuses(BASE "context militari\n", 8, 9, "unknown context 'militari'");
  refuses("frame a.b\nevent ASSAULT\nmode curfew\n", 3, 6, "no mode of this event type: 'curfew'");
  refuses("frame a.b\nmode aerial\n", 2, 6, "event type must come before mode");
  refuses("frame a.b\nevent ATTACK\n", 2, 7, "unknown event type 'ATTACK'");
  refuses("event ASSAULT\n", 1, 1, "outside a frame: 'event'");
  refuses(BASE "\n" BASE, 9, 7, "frame given twice: 'assault.attack'");
  refuses("frame a.b\nlike a.c\n", 2, 6, "no frame above in this file: 'a.c'");
  refuses("frame a.b\nevent ASSAULT\nactor subj\n\n", 1, 1, "frame without words: 'a.b'");
  refuses("frame a.b\nwords x/v\nactor subj\n", 1, 1, "frame without event type: 'a.b'");
  refuses("frame a.b\nevent ASSAULT\nwords x/v\n", 1, 1, "frame without actor and recipient: 'a.b'");
  refuses(BASE "yes A attacked B.\n", 8, 5, "no '=>' in");
  refuses(BASE "yes A attacked B. => A\n", 8, 21, "no '>' in");
  refuses(BASE "yes A attacked B. => A > B; sure\n", 8, 29, "unknown status 'sure'");
  refuses(BASE "no A attacked B. => A > B\n", 8, 4, "'=>' in a sentence that must not match");
  refuses("frame \xFF\n", 0, 0, "not valid UTF-8");
}

static bool has_class(const char *const *words, const char *name) {
  qi_item_key key = {.len = 0};
  qi_classes all = {{0}};
  uint32_t own;
  for (; *words; words++) assert_true(qi_item_key_append(&key, qi_slice_str(*words)));
  uint32_t id = qi_items_class(items, qi_slice_str(name));
  assert_int_not_equal(id, QI_NO_CLASS);
  return qi_items_find(items, &key, &all, &own) && (all.bits[id / 64] >> (id % 64) & 1);
}

static void finds_items(void **state) {
  (void)state;
  assert_true(has_class((const char *[]){"ballistic", "missile", NULL}, "missile"));
  assert_true(has_class((const char *[]){"Ballistic", "missile", NULL}, "arms"));
  assert_true(has_class((const char *[]){"F", "-", "16", NULL}, "arms"));
  assert_true(has_class((const char *[]){"round", "of", "talks", NULL}, "talks"));
  assert_false(has_class((const char *[]){"weapon", NULL}, "missile"));
  assert_false(has_class((const char *[]){"peace", NULL}, "arms"));
  qi_items *bad = NULL;
  quid_error err = {0};
  assert_int_equal(qi_items_parse(&bad, QI_SLICE("class\tparent\twords\tsource\na\tb\tc\town\n"), "items", &err), QUID_ERR_FORMAT);
  assert_int_equal(err.line, 2);
  assert_int_equal(err.column, 3);
  assert_null(bad);
}

static void knows_the_ontology(void **state) {
  (void)state;
  quid_event_type type;
  const char *text;
  assert_true(qi_ontology_type(QI_SLICE("AID"), &type));
  assert_int_equal(type, QUID_AID);
  assert_false(qi_ontology_type(QI_SLICE("aid"), &type));
  assert_string_equal(qi_ontology_quad(ontology, QUID_AID), "material cooperation");
  assert_true(qi_ontology_mode(ontology, QUID_ASSAULT, QI_SLICE("drone"), &text));
  assert_false(qi_ontology_mode(ontology, QUID_AID, QI_SLICE("drone"), &text));
  assert_float_equal(qi_ontology_score(ontology, QUID_ASSAULT, "drone"), -9.5, 0.001);
  assert_float_equal(qi_ontology_score(ontology, QUID_ASSAULT, NULL), -9, 0.001);
  assert_true(qi_ontology_context(ontology, QI_SLICE("military"), &text));
  for (int i = 0; i < QUID_N_EVENT_TYPES; i++) assert_non_null(qi_ontology_quad(ontology, (quid_event_type)i));
}

static void slots_have_names(void **state) {
  (void)state;
  for (int i = 1; i < 256; i++) {
    const char *name = qi_slot_name((qi_slot)i);
    if (*name && strcmp(name, "amidst") && strcmp(name, "amongst") && strcmp(name, "towards") && strcmp(name, "upon") &&
        strcmp(name, "onto") && strcmp(name, "in_favor_of"))
      assert_int_equal(qi_slot_of(qi_slice_str(name)), i);
  }
  assert_int_equal(qi_slot_of(QI_SLICE("upon")), qi_slot_of(QI_SLICE("on")));
  assert_int_equal(qi_slot_of(QI_SLICE("banana")), QI_SLOT_NONE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_a_frame), cmocka_unit_test(inherits),           cmocka_unit_test(refuses_mistakes),
      cmocka_unit_test(finds_items),   cmocka_unit_test(knows_the_ontology), cmocka_unit_test(slots_have_names),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
