/* Who is meant, on trees written by hand, so that the parser's slips play no part. */
#include "unit/who_fixture.h"

#include "base/builder.h"
#include "code/mend.h"
#include "code/mention.h"
#include "parse/conllu.h"

#include <stdio.h>

typedef struct found {
  qi_know know;
  qi_arena arena;
  qi_builder text; /* CoNLL-U */
  qi_conllu in;
  qi_parsed doc;
  qi_mentions m;
} found;

/* One token a line: form lemma UPOS head relation [entity type [NER [features]]], "-" for none; an
 * empty line between sentences. */
static void to_conllu(qi_builder *out, const char *tree) {
  qi_slice rest = qi_slice_str(tree), line;
  uint32_t id = 0;
  while (qi_slice_line(&rest, &line)) {
    qi_slice f[8] = {{0}}, words = line;
    size_t n = 0;
    while (n < 8 && qi_slice_word(&words, &f[n])) n++;
    if (n == 0) {
      qi_builder_char(out, '\n');
      id = 0;
      continue;
    }
    bool etype = n > 5 && !qi_slice_eq_str(f[5], "-"), ner = n > 6 && !qi_slice_eq_str(f[6], "-");
    qi_builder_printf(out, "%u\t%.*s\t%.*s\t%.*s\t_\t%.*s\t%.*s\t%.*s\t_\t", ++id, QI_SLICE_ARG(f[0]),
                      QI_SLICE_ARG(f[1]), QI_SLICE_ARG(f[2]), n > 7 ? (int)f[7].len : 1,
                      n > 7 ? f[7].ptr : "_", QI_SLICE_ARG(f[3]), QI_SLICE_ARG(f[4]));
    if (etype) qi_builder_printf(out, "EType=%.*s", QI_SLICE_ARG(f[5]));
    if (ner) qi_builder_printf(out, "%sNER=%.*s", etype ? "|" : "", QI_SLICE_ARG(f[6]));
    qi_builder_str(out, etype || ner ? "\n" : "_\n");
  }
  qi_builder_str(out, "\n");
}

static qi_day the_day(void) { return qi_day_from_ymd(2024, 11, 25); }

static found *find_on(const char *tree, qi_day day) {
  found *f = calloc(1, sizeof *f);
  quid_error err = {0};
  assert_non_null(f);
  qi_arena_init(&f->arena, 0);
  qi_builder_init(&f->text, 0);
  to_conllu(&f->text, tree);
  f->know.actors = who_actors();
  qi_conllu_open(&f->in, qi_builder_view(&f->text), "tree", true);
  if (qi_conllu_next(&f->doc, &f->in, &f->arena, &err) ||
      qi_mentions_find(&f->m, &f->know, &f->doc, day, &f->arena, &err))
    fail_msg("%zu: %s", err.line, err.message);
  return f;
}

static found *find(const char *tree) { return find_on(tree, the_day()); }

static void drop(found *f) {
  qi_conllu_close(&f->in);
  qi_builder_clear(&f->text);
  qi_actors_free(f->know.actors);
  qi_arena_clear(&f->arena);
  free(f);
}

static const qi_mention *at(const found *f, uint32_t sentence, uint32_t token) {
  int32_t k = f->m.at[sentence][token];
  return k < 0 ? NULL : &f->m.items[k];
}

/* The mention headed there means these ids, joined by '+', in order; "-" nobody. */
static void means(const found *f, uint32_t sentence, uint32_t token, const char *ids, const char *via) {
  const qi_mention *m = at(f, sentence, token);
  char got[256] = "";
  size_t n = 0;
  for (uint32_t i = 0; m && i < m->n_entities; i++)
    n += (size_t)snprintf(got + n, sizeof got - n, "%s%s", i ? "+" : "", m->entities[i]->id);
  if (!*got) snprintf(got, sizeof got, "-");
  assert_string_equal(got, ids);
  if (via) assert_string_equal(m->entities[0]->via, via);
}

static void spans(const found *f, uint32_t sentence, uint32_t token, uint32_t first, uint32_t last) {
  const qi_mention *m = at(f, sentence, token);
  assert_non_null(m);
  assert_int_equal(m->first, first);
  assert_int_equal(m->last, last);
}

/* ---- names, titles, appositions ---- */

static const char LAVROV[] = "Russian Russian ADJ 3 amod\n"
                             "Foreign Foreign ADJ 3 amod\n"
                             "Minister Minister PROPN 4 nmod:desc\n"
                             "Sergey Sergey PROPN 6 nsubj person B-PER\n"
                             "Lavrov Lavrov PROPN 4 flat - I-PER\n"
                             "met meet VERB 0 root\n"
                             "his his PRON 10 nmod:poss person - Poss=Yes\n"
                             "North North PROPN 9 compound\n"
                             "Korean Korean ADJ 10 amod\n"
                             "counterpart counterpart NOUN 6 obj person\n"
                             "in in ADP 12 case\n"
                             "Moscow Moscow PROPN 6 obl place B-LOC\n";

static void takes_titles_into_names(void **state) {
  (void)state;
  found *f = find(LAVROV);
  means(f, 0, 3, "RUS.GOV.SERGEY_LAVROV", "name");
  spans(f, 0, 3, 0, 4);
  assert_ptr_equal(at(f, 0, 2), at(f, 0, 3)); /* the title's head leads to the same mention */
  const quid_entity *e = at(f, 0, 3)->entities[0];
  assert_string_equal(e->role, "foreign minister");
  assert_string_equal(e->sector, "GOV");
  assert_string_equal(e->country, "RUS");
  assert_int_equal(e->span.start, 0);
  assert_int_equal(e->span.end, strlen("Russian Foreign Minister Sergey Lavrov"));
  means(f, 0, 6, "RUS.GOV.SERGEY_LAVROV", "pronoun");
  means(f, 0, 9, "PRK.GOV.CHOE_SON_HUI", "title");
  means(f, 0, 11, "RUS.LOC.MOSCOW", "name");
  assert_true(at(f, 0, 11)->is_place);
  assert_false(at(f, 0, 11)->is_actor);
  assert_true(at(f, 0, 3)->is_actor && at(f, 0, 3)->is_person);
  drop(f);
  f = find_on(LAVROV, QI_DAY_NONE); /* without a date nobody is known to hold the office */
  means(f, 0, 3, "RUS.GOV.SERGEY_LAVROV", "name");
  means(f, 0, 9, "PRK.GOV", "agent");
  drop(f);
}

static void takes_names_under_titles(void **state) {
  (void)state;
  found *f = find("the the DET 3 det\n"
                  "Syrian Syrian ADJ 3 amod\n"
                  "activist activist NOUN 6 nsubj person\n"
                  "Jane Jane PROPN 3 appos person B-PER\n"
                  "Doe Doe PROPN 4 flat - I-PER\n"
                  "fled flee VERB 0 root\n");
  means(f, 0, 2, "SYR.NGO.JANE_DOE", "name");
  assert_ptr_equal(at(f, 0, 2), at(f, 0, 3));
  spans(f, 0, 2, 1, 4);
  assert_string_equal(at(f, 0, 2)->entities[0]->role, "activist");
  drop(f);
}

static void ties_appositions(void **state) {
  (void)state;
  found *f = find("Choe Choe PROPN 10 nsubj person B-PER\n"
                  "Son Son PROPN 1 flat - I-PER\n"
                  "Hui Hui PROPN 1 flat - I-PER\n"
                  ", , PUNCT 9 punct\n"
                  "the the DET 9 det\n"
                  "North North PROPN 7 compound\n"
                  "Korean Korean ADJ 9 amod\n"
                  "foreign foreign ADJ 9 amod\n"
                  "minister minister NOUN 1 appos person\n"
                  "flew fly VERB 0 root\n");
  means(f, 0, 0, "PRK.GOV.CHOE_SON_HUI", "name");
  means(f, 0, 8, "PRK.GOV.CHOE_SON_HUI", "title");
  drop(f);
}

static void links_short_forms(void **state) {
  (void)state;
  const char *tree = "Kim Kim PROPN 4 nsubj person B-PER\n"
                     "Jong Jong PROPN 1 flat - I-PER\n"
                     "Un Un PROPN 1 flat - I-PER\n"
                     "spoke speak VERB 0 root\n"
                     "\n"
                     "Mr. Mr. PROPN 2 nmod:desc\n"
                     "Kim Kim PROPN 3 nsubj person B-PER\n"
                     "smiled smile VERB 0 root\n";
  found *f = find(tree);
  means(f, 1, 1, "PRK.GOV.KIM_JONG_UN", "name");
  spans(f, 1, 1, 0, 1);
  drop(f);
  f = find_on(tree, qi_day_from_ymd(2005, 1, 1)); /* the story beats the date */
  means(f, 1, 1, "PRK.GOV.KIM_JONG_UN", "name");
  drop(f);
}

static void heeds_the_date(void **state) {
  (void)state;
  const char *kim = "Mr. Mr. PROPN 2 nmod:desc\n"
                    "Kim Kim PROPN 3 nsubj person B-PER\n"
                    "smiled smile VERB 0 root\n";
  const char *president = "The the DET 3 det\n"
                          "Russian Russian ADJ 3 amod\n"
                          "president president NOUN 4 nsubj person\n"
                          "smiled smile VERB 0 root\n";
  const char *former = "The the DET 4 det\n"
                       "former former ADJ 4 amod\n"
                       "Russian Russian ADJ 4 amod\n"
                       "president president NOUN 5 nsubj person\n"
                       "smiled smile VERB 0 root\n";
  found *f = find_on(kim, qi_day_from_ymd(2005, 1, 1));
  means(f, 0, 1, "PRK.GOV.KIM_JONG_IL", "name");
  drop(f);
  f = find_on(kim, qi_day_from_ymd(2015, 1, 1));
  means(f, 0, 1, "PRK.GOV.KIM_JONG_UN", "name");
  drop(f);
  f = find_on(kim, QI_DAY_NONE); /* two bearers, nothing to tell them apart */
  means(f, 0, 1, "---.PER.KIM", "name");
  drop(f);
  f = find_on(president, qi_day_from_ymd(2010, 1, 1));
  means(f, 0, 2, "RUS.GOV.DMITRY_MEDVEDEV", "title");
  drop(f);
  f = find_on(president, qi_day_from_ymd(2014, 1, 1));
  means(f, 0, 2, "RUS.GOV.VLADIMIR_PUTIN", "title");
  drop(f);
  f = find_on(former, qi_day_from_ymd(2014, 1, 1));
  means(f, 0, 3, "RUS.GOV", "agent");
  drop(f);
}

static void story_beats_dictionary(void **state) {
  (void)state;
  found *f = find_on("Jane Jane PROPN 3 nsubj person B-PER\n"
                     "Johnson Johnson PROPN 1 flat - I-PER\n"
                     "sued sue VERB 0 root\n"
                     "\n"
                     "Johnson Johnson PROPN 2 nsubj person B-PER\n"
                     "won win VERB 0 root\n"
                     "\n"
                     "She she PRON 2 nsubj person\n"
                     "smiled smile VERB 0 root\n", qi_day_from_ymd(2021, 1, 1));
  means(f, 0, 0, "---.PER.JANE_JOHNSON", "name");
  means(f, 1, 0, "---.PER.JANE_JOHNSON", "name");
  means(f, 2, 0, "---.PER.JANE_JOHNSON", "pronoun");
  drop(f);
}

static void heeds_clashes(void **state) {
  (void)state;
  const char *scored = "Johnson Johnson PROPN 2 nsubj person B-PER\n"
                       "scored score VERB 0 root\n";
  const char *minister = "Johnson Johnson PROPN 2 nsubj person B-PER\n"
                         "replaced replace VERB 0 root\n"
                         "a a DET 4 det\n"
                         "minister minister NOUN 2 obj\n";
  const char *roast = "Turkey Turkey PROPN 3 nsubj:pass\n"
                      "was be AUX 3 aux:pass\n"
                      "roast roast VERB 0 root\n";
  found *f = find_on(scored, qi_day_from_ymd(2021, 1, 1));
  means(f, 0, 0, "---.PER.JOHNSON", NULL);
  drop(f);
  f = find_on(minister, qi_day_from_ymd(2021, 1, 1));
  means(f, 0, 0, "GBR.GOV.BORIS_JOHNSON", "name");
  drop(f);
  f = find(roast);
  means(f, 0, 0, "-", NULL);
  drop(f);
}

/* ---- agents ---- */

static void combines_agents_with_owners(void **state) {
  (void)state;
  found *f = find("Russian Russian ADJ 2 amod\n"
                  "troops troop NOUN 3 nsubj person - Number=Plur\n"
                  "joined join VERB 0 root\n"
                  "the the DET 5 det\n"
                  "army army NOUN 3 obj organization\n"
                  "of of ADP 7 case\n"
                  "Syria Syria PROPN 5 nmod place B-LOC\n"
                  "and and CCONJ 11 cc\n"
                  "Ukraine Ukraine PROPN 11 nmod:poss place B-LOC\n"
                  "'s 's PART 9 case\n"
                  "government government NOUN 5 conj organization\n");
  means(f, 0, 1, "RUS.MIL", "agent");
  spans(f, 0, 1, 0, 1);
  assert_string_equal(at(f, 0, 1)->entities[0]->sector, "MIL");
  assert_string_equal(at(f, 0, 1)->entities[0]->country, "RUS");
  means(f, 0, 4, "SYR.MIL", "agent");
  means(f, 0, 10, "UKR.GOV", "agent");
  drop(f);
}

static void combines_agents_with_several_owners(void **state) {
  (void)state;
  found *f = find("U.S. U.S. PROPN 5 compound place B-LOC\n"
                  "and and CCONJ 4 cc\n"
                  "South South PROPN 4 compound\n"
                  "Korean Korean ADJ 1 conj\n"
                  "officials official NOUN 6 nsubj person - Number=Plur\n"
                  "met meet VERB 0 root\n"
                  "Trump Trump PROPN 8 compound person B-PER\n"
                  "administration administration NOUN 6 obj organization\n"
                  "rebels rebel NOUN 6 obl person - Number=Plur\n"
                  "Hamas Hamas PROPN 11 compound organization B-ORG\n"
                  "fighters fighter NOUN 6 obl person - Number=Plur\n");
  means(f, 0, 4, "USA.GOV+KOR.GOV", "agent");
  means(f, 0, 7, "USA.GOV", "agent");
  means(f, 0, 8, "REB", "agent");
  assert_string_equal(at(f, 0, 8)->entities[0]->country, "");
  means(f, 0, 10, "PSE.UAF.HAMAS", "agent");
  drop(f);
}

static void lists_coordinated_names(void **state) {
  (void)state;
  found *f = find("The the DET 2 det\n"
                  "U.S. U.S. PROPN 6 nsubj place B-LOC\n"
                  "and and CCONJ 5 cc\n"
                  "South South PROPN 5 compound\n"
                  "Korea Korea PROPN 2 conj place B-LOC\n"
                  "agreed agree VERB 0 root\n");
  const quid_entity *who[4];
  assert_int_equal(qi_mentions_of_phrase(&f->m, &f->doc, 0, 1, who, 4), 2);
  assert_string_equal(who[0]->id, "USA");
  assert_string_equal(who[1]->id, "KOR");
  assert_int_equal(qi_mentions_of_phrase(&f->m, &f->doc, 0, 1, who, 1), 1);
  assert_int_equal(qi_mentions_of_phrase(&f->m, &f->doc, 0, 5, who, 4), 0);
  assert_true(at(f, 0, 1)->is_state && at(f, 0, 1)->is_actor);
  drop(f);
}

static void tells_modifiers(void **state) {
  (void)state;
  found *f = find("Russian Russian ADJ 2 amod\n"
                  "gas gas NOUN 3 nsubj substance\n"
                  "fuelled fuel VERB 0 root\n"
                  "Ukraine Ukraine PROPN 6 nmod:poss place B-LOC\n"
                  "'s 's PART 4 case\n"
                  "plants plant NOUN 3 obj object\n"
                  "and and CCONJ 11 cc\n"
                  "pro pro ADJ 11 amod\n"
                  "- - PUNCT 8 punct\n"
                  "Russian Russian ADJ 11 amod\n"
                  "farms farm NOUN 6 conj place\n");
  assert_null(at(f, 0, 0));
  assert_string_equal(qi_mentions_modifier(&f->m, &f->doc, 0, 1)->id, "RUS");
  assert_string_equal(qi_mentions_modifier(&f->m, &f->doc, 0, 1)->via, "demonym");
  assert_string_equal(qi_mentions_modifier(&f->m, &f->doc, 0, 5)->id, "UKR");
  assert_null(qi_mentions_modifier(&f->m, &f->doc, 0, 10)); /* for Russia, not Russia's */
  assert_null(qi_mentions_modifier(&f->m, &f->doc, 0, 2));
  drop(f);
}

/* ---- capitals, seats, demonyms ---- */

static void tells_capitals_from_governments(void **state) {
  (void)state;
  found *f = find("Moscow Moscow PROPN 2 nsubj place B-LOC\n"
                  "accused accuse VERB 0 root\n"
                  "Kyiv Kyiv PROPN 2 obj place B-LOC\n"
                  "\n"
                  "Missiles missile NOUN 2 nsubj object - Number=Plur\n"
                  "hit hit VERB 0 root\n"
                  "Kyiv Kyiv PROPN 2 obj place B-LOC\n"
                  "\n"
                  "The the DET 2 det\n"
                  "Kremlin Kremlin PROPN 3 nsubj organization B-ORG\n"
                  "praised praise VERB 0 root\n"
                  "the the DET 6 det\n"
                  "hermit hermit NOUN 6 compound\n"
                  "kingdom kingdom NOUN 3 obj\n"
                  "\n"
                  "Russians Russian PROPN 2 nsubj person - Number=Plur\n"
                  "wept weep VERB 0 root\n");
  means(f, 0, 0, "RUS", "capital");
  assert_true(at(f, 0, 0)->is_actor);
  means(f, 0, 2, "UKR", "capital");
  means(f, 1, 2, "UKR.LOC.KYIV", "name");
  assert_false(at(f, 1, 2)->is_actor);
  means(f, 2, 1, "RUS", "alias");
  means(f, 2, 5, "PRK", "alias");
  means(f, 3, 0, "RUS", "demonym");
  assert_string_equal(at(f, 3, 0)->entities[0]->sector, ""); /* people, not the government */
  drop(f);
}

/* ---- coreference ---- */

static const char SUMMIT[] = "Putin Putin PROPN 2 nsubj person B-PER\n"
                             "met meet VERB 0 root\n"
                             "Kim Kim PROPN 2 obj person B-PER\n"
                             "Jong Jong PROPN 3 flat - I-PER\n"
                             "Un Un PROPN 3 flat - I-PER\n"
                             "\n";

static found *after_summit(const char *more) {
  char tree[2048];
  snprintf(tree, sizeof tree, "%s%s", SUMMIT, more);
  return find(tree);
}

static void resolves_groups(void **state) {
  (void)state;
  found *f = after_summit("The the DET 3 det\n"
                          "two two NUM 3 nummod\n"
                          "leaders leader NOUN 4 nsubj person - Number=Plur\n"
                          "smiled smile VERB 0 root\n"
                          "\n"
                          "Both both DET 2 det\n"
                          "countries country NOUN 3 nsubj place - Number=Plur\n"
                          "gained gain VERB 0 root\n");
  means(f, 1, 2, "RUS.GOV.VLADIMIR_PUTIN+PRK.GOV.KIM_JONG_UN", NULL);
  assert_int_equal(at(f, 1, 2)->kind, QI_MENTION_GROUP);
  means(f, 2, 1, "RUS+PRK", NULL);
  assert_true(at(f, 2, 1)->is_state && !at(f, 2, 1)->is_person);
  drop(f);
  f = find("The the DET 3 det\n"
           "two two NUM 3 nummod\n"
           "leaders leader NOUN 4 nsubj person - Number=Plur\n"
           "smiled smile VERB 0 root\n");
  means(f, 0, 2, "-", NULL);
  drop(f);
}

static void resolves_members(void **state) {
  (void)state;
  found *f = find("Russia Russia PROPN 4 nsubj place B-LOC\n"
                  "and and CCONJ 3 cc\n"
                  "Ukraine Ukraine PROPN 1 conj place B-LOC\n"
                  "accused accuse VERB 0 root\n"
                  "each each DET 4 obj\n"
                  "other other ADJ 5 fixed\n"
                  "\n"
                  "Neither neither DET 2 det\n"
                  "country country NOUN 3 nsubj place\n"
                  "yielded yield VERB 0 root\n"
                  "\n"
                  "The the DET 2 det\n"
                  "latter latter ADJ 3 nsubj\n"
                  "wept weep VERB 0 root\n");
  means(f, 0, 4, "RUS+UKR", "pronoun");
  means(f, 1, 1, "RUS+UKR", "pronoun");
  means(f, 2, 1, "UKR", NULL);
  drop(f);
  f = find("Russia Russia PROPN 4 nsubj place B-LOC\n"
           "and and CCONJ 3 cc\n"
           "Ukraine Ukraine PROPN 1 conj place B-LOC\n"
           "talked talk VERB 0 root\n"
           "\n"
           "The the DET 2 det\n"
           "former former ADJ 3 nsubj\n"
           "warned warn VERB 0 root\n"
           "the the DET 5 det\n"
           "latter latter ADJ 3 obj\n");
  means(f, 1, 1, "RUS", NULL);
  means(f, 1, 4, "UKR", NULL);
  drop(f);
  f = find("Officials official NOUN 2 nsubj person - Number=Plur\n"
           "thanked thank VERB 0 root\n"
           "each each DET 2 obj\n"
           "other other ADJ 3 fixed\n");
  means(f, 0, 2, "-", NULL);
  drop(f);
}

/* Lists and speakers are hung where they belong before anybody asks. */
static void mends_lists(void **state) {
  (void)state;
  found *f = find("Lavrov Lavrov PROPN 6 nsubj person B-PER\n"
                  ", , PUNCT 3 punct\n"
                  "Choe Choe PROPN 1 appos person B-PER\n"
                  "and and CCONJ 5 cc\n"
                  "Kim Kim PROPN 3 conj person B-PER\n"
                  "met meet VERB 0 root\n");
  qi_sentence *s = &f->doc.sentences[0];
  assert_true(qi_mend_list(s, 2));
  assert_int_equal(s->tokens[2].rel, QI_REL_CONJ);
  assert_int_equal(s->tokens[4].head, 0);
  assert_true(qi_sentence_link(s, &f->arena));
  assert_false(qi_mend_list(s, 2));
  drop(f);
  f = find("\" \" PUNCT 3 punct\n"
           "We we PRON 3 nsubj\n"
           "met meet VERB 8 ccomp\n"
           "Kim Kim PROPN 3 obj person B-PER\n"
           ", , PUNCT 3 punct\n"
           "\" \" PUNCT 3 punct\n"
           "Lavrov Lavrov PROPN 4 appos person B-PER\n"
           "said say VERB 0 root\n");
  s = &f->doc.sentences[0];
  assert_true(qi_mend_list(s, 6));
  assert_int_equal(s->tokens[6].head, 7);
  assert_int_equal(s->tokens[6].rel, QI_REL_NSUBJ);
  drop(f);
  f = find("Moscow Moscow PROPN 0 root place B-LOC\n" /* "in Moscow, Russia and Kyiv" */
           "in in ADP 1 case\n"
           ", , PUNCT 4 punct\n"
           "Russia Russia PROPN 1 appos place B-LOC\n"
           "and and CCONJ 6 cc\n"
           "Kyiv Kyiv PROPN 4 conj place B-LOC\n");
  assert_false(qi_mend_list(&f->doc.sentences[0], 3));
  drop(f);
}

/* A transcript: whoever's name opens the line has the word. A writer without a name is nobody. */
static void knows_whose_turn_it_is(void **state) {
  (void)state;
  found *f = find("I I PRON 2 nsubj\n"
                  "wrote write VERB 0 root\n"
                  "\n"
                  "Lavrov Lavrov PROPN 0 root person B-PER\n"
                  ". . PUNCT 1 punct\n"
                  "\n"
                  "We we PRON 2 nsubj\n"
                  "met meet VERB 0 root\n"
                  "\n"
                  "I I PRON 2 nsubj\n"
                  "slept sleep VERB 0 root\n");
  means(f, 0, 0, "-", NULL);
  assert_null(at(f, 0, 0)); /* not even a mention */
  means(f, 2, 0, "RUS", "pronoun");
  means(f, 3, 0, "RUS.GOV.SERGEY_LAVROV", "pronoun");
  drop(f);
}

/* "met Kim and thanked him": not himself, though the second verb has no subject of its own. */
static void shares_subjects(void **state) {
  (void)state;
  found *f = find("Lavrov Lavrov PROPN 2 nsubj person B-PER\n"
                  "met meet VERB 0 root\n"
                  "Putin Putin PROPN 2 obj person B-PER\n"
                  "and and CCONJ 5 cc\n"
                  "thanked thank VERB 2 conj\n"
                  "him he PRON 5 obj person\n");
  means(f, 0, 5, "RUS.GOV.VLADIMIR_PUTIN", "pronoun");
  drop(f);
}

static void resolves_relatives_and_reflexives(void **state) {
  (void)state;
  found *f = find("Putin Putin PROPN 5 nsubj person B-PER\n"
                  ", , PUNCT 4 punct\n"
                  "who who PRON 4 nsubj - - PronType=Rel\n"
                  "won win VERB 1 acl:relcl\n"
                  "praised praise VERB 0 root\n"
                  "himself himself PRON 5 obj\n"
                  "\n"
                  "The the DET 2 det\n"
                  "treaty treaty NOUN 0 root abstract\n"
                  "that that PRON 4 obj - - PronType=Rel\n"
                  "failed fail VERB 2 acl:relcl\n");
  means(f, 0, 2, "RUS.GOV.VLADIMIR_PUTIN", "pronoun");
  means(f, 0, 5, "RUS.GOV.VLADIMIR_PUTIN", "pronoun");
  means(f, 1, 2, "-", NULL);
  drop(f);
}

static void does_not_guess(void **state) {
  (void)state;
  /* Two men side by side; a treaty that "it" may mean; nobody at all. */
  found *f = find("Putin Putin PROPN 4 nsubj person B-PER\n"
                  "and and CCONJ 3 cc\n"
                  "Lavrov Lavrov PROPN 1 conj person B-PER\n"
                  "left leave VERB 0 root\n"
                  "\n"
                  "He he PRON 2 nsubj person\n"
                  "smiled smile VERB 0 root\n"
                  "\n"
                  "The the DET 2 det\n"
                  "treaty treaty NOUN 3 nsubj abstract\n"
                  "binds bind VERB 0 root\n"
                  "Russia Russia PROPN 3 obj place B-LOC\n"
                  "; ; PUNCT 7 punct\n"
                  "it it PRON 7 nsubj\n"
                  "lasts last VERB 3 parataxis\n");
  means(f, 1, 0, "-", NULL);
  means(f, 2, 5, "-", NULL);
  drop(f);
}

static void heeds_gender(void **state) {
  (void)state;
  found *f = find("Mr. Mr. PROPN 2 nmod:desc\n"
                  "Lavrov Lavrov PROPN 3 nsubj person B-PER\n"
                  "met meet VERB 0 root\n"
                  "Ms. Ms. PROPN 5 nmod:desc\n"
                  "Choe Choe PROPN 3 obj person B-PER\n"
                  "\n"
                  "She she PRON 2 nsubj person\n"
                  "thanked thank VERB 0 root\n"
                  "him he PRON 2 obj person\n");
  means(f, 1, 0, "PRK.GOV.CHOE_SON_HUI", "pronoun");
  means(f, 1, 2, "RUS.GOV.SERGEY_LAVROV", "pronoun");
  drop(f);
}

static void resolves_definite_descriptions(void **state) {
  (void)state;
  found *f = find("Russian Russian ADJ 2 amod\n"
                  "troops troop NOUN 3 nsubj person - Number=Plur\n"
                  "entered enter VERB 0 root\n"
                  "Syria Syria PROPN 3 obj place B-LOC\n"
                  "\n"
                  "The the DET 2 det\n"
                  "troops troop NOUN 3 nsubj person - Number=Plur\n"
                  "shelled shell VERB 0 root\n"
                  "it it PRON 3 obj\n"
                  "\n"
                  "Putin Putin PROPN 2 nsubj person B-PER\n"
                  "spoke speak VERB 0 root\n"
                  "\n"
                  "The the DET 2 det\n"
                  "president president NOUN 3 nsubj person\n"
                  "smiled smile VERB 0 root\n"
                  "\n"
                  "A a DET 2 det\n"
                  "president president NOUN 3 nsubj person\n"
                  "smiled smile VERB 0 root\n");
  means(f, 1, 1, "RUS.MIL", "agent");
  means(f, 3, 1, "RUS.GOV.VLADIMIR_PUTIN", "title");
  means(f, 4, 1, "GOV", "agent");
  drop(f);
}

/* ---- odd input ---- */

static void stands_odd_trees(void **state) {
  (void)state;
  enum { LONG = 900 };
  static const char *const words[] = {"Russian", "troops", "of", "Kim", "and", "the", "president", "he", "Ms."};
  static const char *const rels[] = {"conj", "appos", "flat", "nmod", "amod", "compound", "nmod:poss", "acl:relcl", "nsubj"};
  static const char *const tags[] = {"PROPN", "NOUN", "ADJ", "PRON", "DET"};
  for (unsigned seed = 1; seed <= 40; seed++) {
    qi_builder b;
    qi_builder_init(&b, 0);
    unsigned r = seed * 2654435761u;
    for (unsigned i = 0; i < LONG; i++) {
      r = r * 1103515245u + 12345u;
      unsigned head = i == 0 ? 0 : seed % 2 ? i : 1 + (r >> 16) % i; /* a chain, or any tree */
      qi_builder_printf(&b, "%s %s %s %u %s person %s\n", words[(r >> 8) % 9], words[(r >> 9) % 9],
                        tags[(r >> 12) % 5], head, i == 0 ? "root" : rels[(r >> 20) % 9],
                        (r >> 24) % 4 ? "I-PER" : "B-ORG");
    }
    found *f = find_on(b.ptr, the_day());
    for (uint32_t i = 0; i < f->m.len; i++) {
      const qi_mention *m = &f->m.items[i];
      assert_true(m->first <= m->last && m->last < LONG);
      const quid_entity *who[8];
      qi_mentions_of_phrase(&f->m, &f->doc, m->sentence, m->head, who, 8);
      qi_mentions_modifier(&f->m, &f->doc, m->sentence, m->head);
    }
    drop(f);
    qi_builder_clear(&b);
  }
}

static void gives_the_same_twice(void **state) {
  (void)state;
  found *f = find(LAVROV), *g = find(LAVROV);
  assert_int_equal(f->m.len, g->m.len);
  for (uint32_t i = 0; i < f->m.len; i++) {
    assert_int_equal(f->m.items[i].n_entities, g->m.items[i].n_entities);
    for (uint32_t k = 0; k < f->m.items[i].n_entities; k++)
      assert_string_equal(f->m.items[i].entities[k]->id, g->m.items[i].entities[k]->id);
  }
  drop(f);
  drop(g);
}

/* "SEOUL, South Korea - Russia fired.": the dateline's countries do nothing here. */
static void knows_datelines(void **state) {
  (void)state;
  found *f = find("SEOUL Seoul PROPN 6 nsubj place LOC\n, , PUNCT 3 punct\nSouth South PROPN 4 compound\n"
                  "Korea Korea PROPN 1 appos place LOC\n- - PUNCT 7 punct\nRussia Russia PROPN 7 nsubj place LOC\n"
                  "fired fire VERB 0 root\nmissiles missile NOUN 7 obj\n");
  assert_non_null(at(f, 0, 3));
  assert_false(at(f, 0, 0) && at(f, 0, 0)->is_actor);
  assert_false(at(f, 0, 3)->is_actor);
  assert_false(at(f, 0, 3)->is_state);
  assert_true(at(f, 0, 5)->is_actor);
  drop(f);
}

/* "We left", Lavrov said. We left.: his country between the marks, nobody behind them. */
static void knows_who_says_we(void **state) {
  (void)state;
  found *f = find("`` `` PUNCT 3 punct\nWe we PRON 3 nsubj\nleft leave VERB 7 ccomp\n, , PUNCT 3 punct\n"
                  "'' '' PUNCT 3 punct\nLavrov Lavrov PROPN 7 nsubj person PER\nsaid say VERB 0 root\n\n"
                  "We we PRON 2 nsubj\nleft leave VERB 0 root\n");
  assert_non_null(at(f, 0, 1));
  assert_int_equal(at(f, 0, 1)->n_entities, 1);
  assert_string_equal(at(f, 0, 1)->entities[0]->id, "RUS");
  assert_string_equal(at(f, 0, 1)->entities[0]->via, "pronoun");
  assert_null(at(f, 1, 0));
  drop(f);
}

/* "Syria, Ukraine, Syria, ..." as one long apposition: each name placed in the next one, which is placed in the
 * next; asked for in full, twice as long for each name. */
static void ends_on_chains_of_places(void **state) {
  (void)state;
  qi_builder tree;
  qi_builder_init(&tree, 0);
  qi_builder_str(&tree, "Police police NOUN 2 nsubj\nsaw see VERB 0 root\nSyria Syria PROPN 2 obj place B-LOC\n");
  for (int i = 0; i < 60; i++)
    qi_builder_printf(&tree, ", , PUNCT 3 punct\n%s x PROPN 3 appos place B-LOC\n", i % 2 ? "Syria" : "Ukraine");
  found *f = find(qi_builder_view(&tree).ptr);
  assert_int_equal(f->doc.sentences[0].n_tokens, 123);
  qi_builder_clear(&tree);
  drop(f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(takes_titles_into_names),
    cmocka_unit_test(takes_names_under_titles),
    cmocka_unit_test(ties_appositions),
    cmocka_unit_test(links_short_forms),
    cmocka_unit_test(heeds_the_date),
    cmocka_unit_test(story_beats_dictionary),
    cmocka_unit_test(heeds_clashes),
    cmocka_unit_test(combines_agents_with_owners),
    cmocka_unit_test(combines_agents_with_several_owners),
    cmocka_unit_test(lists_coordinated_names),
    cmocka_unit_test(tells_modifiers),
    cmocka_unit_test(tells_capitals_from_governments),
    cmocka_unit_test(resolves_groups),
    cmocka_unit_test(resolves_members),
    cmocka_unit_test(mends_lists),
    cmocka_unit_test(knows_whose_turn_it_is),
    cmocka_unit_test(shares_subjects),
    cmocka_unit_test(resolves_relatives_and_reflexives),
    cmocka_unit_test(does_not_guess),
    cmocka_unit_test(heeds_gender),
    cmocka_unit_test(resolves_definite_descriptions),
    cmocka_unit_test(knows_datelines),
    cmocka_unit_test(knows_who_says_we),
    cmocka_unit_test(stands_odd_trees),
    cmocka_unit_test(ends_on_chains_of_places),
    cmocka_unit_test(gives_the_same_twice),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
