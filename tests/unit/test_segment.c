/* What the shipped segmenter makes of news, and what any segmenter must do with odd input. */
#include "unit/unit.h"

#include "base/utf8.h"
#include "parse/parser.h"
#include "parse/segment.h"

static qi_model *model;
static qi_slice blob;

static int open_model(void **state) {
  (void)state;
  quid_error err = {0};
  if (qi_model_open(&model, test_root("model/quid.model"), &err)) {
    print_message("# %s\n", err.message);
    return -1;
  }
  blob = qi_model_section(model, "segment");
  return 0;
}

static int close_model(void **state) {
  (void)state;
  qi_model_close(model);
  return 0;
}

/* Tokens parted by "|", words of one token by "+", sentences by new lines. */
static void write_plain(qi_builder *out, const qi_parsed *doc) {
  for (uint32_t i = 0; i < doc->n_sentences; i++) {
    const qi_sentence *s = &doc->sentences[i];
    if (i) qi_builder_char(out, '\n');
    for (uint32_t k = 0; k < s->n_tokens; k++) {
      bool same = k && s->tokens[k].mwt && s->tokens[k].mwt == s->tokens[k - 1].mwt;
      if (k) qi_builder_char(out, same ? '+' : '|');
      qi_builder_slice(out, s->tokens[k].form);
    }
  }
}

/* Whatever the text: the tokens stand in order in it and leave out nothing but white space. */
static void check_whole(const qi_parsed *doc) {
  size_t at = 0;
  for (uint32_t i = 0; i < doc->n_sentences; i++) {
    const qi_sentence *s = &doc->sentences[i];
    assert_int_equal(s->index, i);
    assert_in_range(s->n_tokens, 1, QI_MAX_SENTENCE_TOKENS);
    assert_int_equal(s->start, s->tokens[0].start);
    assert_int_equal(s->end, s->tokens[s->n_tokens - 1].end);
    for (uint32_t k = 0; k < s->n_tokens; k++) {
      const qi_token *t = &s->tokens[k];
      assert_in_range(t->end - t->start, 1, QI_MAX_TOKEN_BYTES);
      bool space = false;
      while (at < t->start) {
        assert_true(qi_cp_is_space(qi_utf8_decode(doc->text, &at)));
        space = true;
      }
      assert_int_equal(at, t->start);
      if (i || k) {
        const qi_token *before = k ? t - 1 : &s[-1].tokens[s[-1].n_tokens - 1];
        assert_int_equal(before->space_after, space);
      }
      assert_true(qi_slice_eq(t->form, qi_slice_sub(doc->text, t->start, t->end)));
      assert_true(qi_utf8_is_valid(t->form));
      at = t->end;
    }
  }
  while (at < doc->text.len) assert_true(qi_cp_is_space(qi_utf8_decode(doc->text, &at)));
}

static void segment(qi_parsed *doc, qi_slice text, qi_arena *arena) {
  quid_error err = {0};
  if (qi_segment(model, text, arena, doc, &err)) fail_msg("%s", err.message);
  check_whole(doc);
}

typedef struct sample {
  const char *text, *wanted;
} sample;

static void check(const sample *samples, size_t n) {
  size_t n_wrong = 0;
  for (size_t i = 0; i < n; i++) {
    qi_arena arena;
    qi_parsed doc;
    qi_builder got;
    qi_arena_init(&arena, 0);
    qi_builder_init(&got, 0);
    segment(&doc, qi_slice_str(samples[i].text), &arena);
    write_plain(&got, &doc);
    if (strcmp(got.ptr, samples[i].wanted) != 0) {
      print_message("# wanted: %s\n# got:    %s\n", samples[i].wanted, got.ptr);
      n_wrong++;
    }
    qi_builder_clear(&got);
    qi_arena_clear(&arena);
  }
  if (n_wrong) fail_msg("%zu of %zu samples are cut otherwise", n_wrong, n);
}

#define CHECK(samples) check((samples), sizeof(samples) / sizeof *(samples))

static void abbreviations(void **state) {
  (void)state;
  static const sample samples[] = {
      {"Mr. Kim met Ms. Choe and Gen. Lloyd Austin in Washington, D.C. on Monday. They talked.",
       "Mr.|Kim|met|Ms.|Choe|and|Gen.|Lloyd|Austin|in|Washington|,|D.C.|on|Monday|.\nThey|talked|."},
      {"The U.S. said it would act. The U.N. Security Council met on Nov. 25 in New York.",
       "The|U.S.|said|it|would|act|.\nThe|U.N.|Security|Council|met|on|Nov.|25|in|New|York|."},
      {"Russia does not agree with the U.S. He said so.",
       "Russia|does|not|agree|with|the|U.S.\nHe|said|so|."},
      {"U.S. President Joe Biden met U.K. Prime Minister Keir Starmer. The U.S.'s allies disagreed.",
       "U.S.|President|Joe|Biden|met|U.K.|Prime|Minister|Keir|Starmer|.\nThe|U.S.+'s|allies|disagreed|."},
      {"Lt. Gen. Kyrylo Budanov told Sen. John McCain that Russia had lost 40 tanks vs. 12 for Ukraine.",
       "Lt.|Gen.|Kyrylo|Budanov|told|Sen.|John|McCain|that|Russia|had|lost|40|tanks|vs.|12|for|Ukraine|."},
      {"Apple Inc. bought Acme Corp. It paid $2bn.",
       "Apple|Inc.|bought|Acme|Corp.\nIt|paid|$|2|bn|."},
      {"Chevron Corp. did not. Exxon Mobil Corp., a rival, did.",
       "Chevron|Corp.|did|not|.\nExxon|Mobil|Corp.|,|a|rival|,|did|."},
      {"The St. Louis firm was sold at 5 p.m. EST on Jan. 3. It was No. 1.",
       "The|St.|Louis|firm|was|sold|at|5|p.m.|EST|on|Jan.|3|.\nIt|was|No.|1|."},
      {"Gov. Gavin Newsom signed S.B. 1047 into law on Sept. 29. So did Col. James Lee.",
       "Gov.|Gavin|Newsom|signed|S.B.|1047|into|law|on|Sept.|29|.\nSo|did|Col.|James|Lee|."},
      {"The family moved to Washington, D.C. In 1990 they returned.",
       "The|family|moved|to|Washington|,|D.C.\nIn|1990|they|returned|."},
      {"The U.N.'s envoy left at 6 p.m. The talks ended.",
       "The|U.N.+'s|envoy|left|at|6|p.m.\nThe|talks|ended|."},
      {"What did Col. Gaddafi's regime do? It bombed Benghazi, i.e. the rebels' capital.",
       "What|did|Col.|Gaddafi+'s|regime|do|?\nIt|bombed|Benghazi|,|i.e.|the|rebels+'|capital|."},
      {"On Feb. 24, 2022, Russia invaded Ukraine. In the U.S., 70% agreed.",
       "On|Feb.|24|,|2022|,|Russia|invaded|Ukraine|.\nIn|the|U.S.|,|70|%|agreed|."},
      {"Mr. and Mrs. Smith went to the U.S. Supreme Court.",
       "Mr.|and|Mrs.|Smith|went|to|the|U.S.|Supreme|Court|."},
      {"Dr. Martin Luther King Jr. spoke in St. Petersburg. Then he left.",
       "Dr.|Martin|Luther|King|Jr.|spoke|in|St.|Petersburg|.\nThen|he|left|."},
  };
  CHECK(samples);
}

static void initials(void **state) {
  (void)state;
  static const sample samples[] = {
      {"J. K. Rowling and J.K. Rowling met George W. Bush.",
       "J.|K.|Rowling|and|J.K.|Rowling|met|George|W.|Bush|."},
      {"The USS Gerald R. Ford sailed. S. Korea and N. Korea reacted.",
       "The|USS|Gerald|R.|Ford|sailed|.\nS.|Korea|and|N.|Korea|reacted|."},
      {"Daniel N. Hoffman is a retired officer. So is J.P. Morgan's son.",
       "Daniel|N.|Hoffman|is|a|retired|officer|.\nSo|is|J.P.|Morgan+'s|son|."},
  };
  CHECK(samples);
}

static void quotations(void **state) {
  (void)state;
  static const sample samples[] = {
      {"“We won’t stop,” Putin said. “We can’t.” He added: “It’s over.”",
       "“|We|wo+n’t|stop|,|”|Putin|said|.\n“|We|ca+n’t|.|”\nHe|added|:|“|It+’s|over|.|”"},
      {"\"We won't stop,\" Putin said. \"We can't.\" He added: \"It's over.\"",
       "\"|We|wo+n't|stop|,|\"|Putin|said|.\n\"|We|ca+n't|.|\"\nHe|added|:|\"|It+'s|over|.|\""},
      {"“Nothing at all?” asked Ms. Park. “Nothing.”",
       "“|Nothing|at|all|?|”|asked|Ms.|Park|.\n“|Nothing|.|”"},
      {"\"I don't know,\" said O'Brien, \"whether that's 'true' or not.\" Then he left.",
       "\"|I|do+n't|know|,|\"|said|O'Brien|,|\"|whether|that+'s|'|true|'|or|not|.|\"\nThen|he|left|."},
      {"Hamas said in a statement, \"The U.S. is responsible.\" Israel's Prime Minister, Benjamin Netanyahu, didn't comment.",
       "Hamas|said|in|a|statement|,|\"|The|U.S.|is|responsible|.|\"\nIsrael+'s|Prime|Minister|,|Benjamin|Netanyahu|,|did+n't|comment|."},
      {"Putin: \"We will win.\" Then he left.", "Putin|:|\"|We|will|win|.|\"\nThen|he|left|."},
      {"Is it over? \"No!\" he cried. It was not.",
       "Is|it|over|?\n\"|No|!|\"|he|cried|.\nIt|was|not|."},
      {"He called it a ‘disaster’ for North Korea’s “hermit kingdom.”",
       "He|called|it|a|‘|disaster|’|for|North|Korea+’s|“|hermit|kingdom|.|”"},
      {"He said: \"It's over\". Then he left.", "He|said|:|\"|It+'s|over|\"|.\nThen|he|left|."},
  };
  CHECK(samples);
}

static void dashes_and_dots(void **state) {
  (void)state;
  static const sample samples[] = {
      {"The deal—worth $1.5 billion—was signed… then cancelled. It cost 3.7% more, 1,200 people said.",
       "The|deal|—|worth|$|1.5|billion|—|was|signed|…|then|cancelled|.\nIt|cost|3.7|%|more|,|1,200|people|said|."},
      {"The deal -- worth $1.5 billion -- was signed ... then cancelled.",
       "The|deal|--|worth|$|1.5|billion|--|was|signed|...|then|cancelled|."},
      {"The minister – who resigned – denied it. The minister - who resigned in 2019 - denied it.",
       "The|minister|–|who|resigned|–|denied|it|.\nThe|minister|-|who|resigned|in|2019|-|denied|it|."},
      {"The 27-year-old left. Moscow-based, Russia-backed forces stayed.",
       "The|27|-|year|-|old|left|.\nMoscow|-|based|,|Russia|-|backed|forces|stayed|."},
      {"The F-16s and MiG-29s flew. COVID-19 and AK-47s did not.",
       "The|F|-|16s|and|MiG|-|29s|flew|.\nCOVID|-|19|and|AK|-|47s|did|not|."},
  };
  CHECK(samples);
}

static void numbers_and_addresses(void **state) {
  (void)state;
  static const sample samples[] = {
      {"It happened on 24.11.2024 at 10:30 on the 9/11 anniversary. The bill failed 52-48.",
       "It|happened|on|24.11.2024|at|10:30|on|the|9/11|anniversary|.\nThe|bill|failed|52|-|48|."},
      {"The drills cost £3bn and €500 million, or 50% of the 2023-24 budget.",
       "The|drills|cost|£|3|bn|and|€|500|million|,|or|50|%|of|the|2023|-|24|budget|."},
      {"Visit https://www.state.gov/briefings/2024-11-25/index.html?id=3&x=1. Write to press@state.gov.",
       "Visit|https://www.state.gov/briefings/2024-11-25/index.html?id=3&x=1|.\nWrite|to|press@state.gov|."},
      {"See www.un.org/en, please.", "See|www.un.org/en|,|please|."},
      {"AT&T's R&D chief, @POTUS and others agreed.", "AT&T+'s|R&D|chief|,|@POTUS|and|others|agreed|."},
  };
  CHECK(samples);
}

static void contractions(void **state) {
  (void)state;
  static const sample samples[] = {
      {"We cannot stop. We're going to win. The soldiers' families don't agree.",
       "We|can+not|stop|.\nWe+'re|going|to|win|.\nThe|soldiers+'|families|do+n't|agree|."},
      {"They'll say she'd gone; I've seen it and I'm sure it isn't.",
       "They+'ll|say|she+'d|gone|;|I+'ve|seen|it|and|I+'m|sure|it|is+n't|."},
      {"Al-Qa'ida and Kata'ib Hezbollah didn't. Côte d’Ivoire and N’Djamena were silent.",
       "Al|-|Qa'ida|and|Kata'ib|Hezbollah|did+n't|.\nCôte|d’Ivoire|and|N’Djamena|were|silent|."},
      {"I'm gonna go; you wanna stay?", "I+'m|gon+na|go|;|you|wan+na|stay|?"},
  };
  CHECK(samples);
}

static void datelines_and_headlines(void **state) {
  (void)state;
  static const sample samples[] = {
      {"KYIV, Ukraine (AP) — Russia fired 120 missiles at Kyiv on Sunday, Ukraine's air force said.",
       "KYIV|,|Ukraine|(|AP|)|—|Russia|fired|120|missiles|at|Kyiv|on|Sunday|,|Ukraine+'s|air|force|said|."},
      {"MOSCOW, Nov 25 (Reuters) - Russia's Defence Ministry said its forces had captured two villages.",
       "MOSCOW|,|Nov|25|(|Reuters|)|-|Russia+'s|Defence|Ministry|said|its|forces|had|captured|two|villages|."},
      {"(CNN) The attack killed 12 people.", "(|CNN|)|The|attack|killed|12|people|."},
      {"Kremlin Says It Downed 59 Drones\n\nRussia’s ministry said Monday it downed 59 drones.",
       "Kremlin|Says|It|Downed|59|Drones\nRussia+’s|ministry|said|Monday|it|downed|59|drones|."},
      {"North Korea’s Kim Jong Un vows “full support” for Russia\nMOSCOW — Lavrov said Thursday that ties are "
       "at an “unprecedentedly high level.”\nHe spoke in Pyongyang.",
       "North|Korea+’s|Kim|Jong|Un|vows|“|full|support|”|for|Russia\nMOSCOW|—|Lavrov|said|Thursday|that|ties|are|"
       "at|an|“|unprecedentedly|high|level|.|”\nHe|spoke|in|Pyongyang|."},
      {"By JOHN SMITH and MARY JONES\nAssociated Press", "By|JOHN|SMITH|and|MARY|JONES\nAssociated|Press"},
      {"RUSSIAN TROOPS ENTER KYIV. PRESIDENT ZELENSKY SAYS U.S. WON'T HELP. THE WAR GOES ON.",
       "RUSSIAN|TROOPS|ENTER|KYIV|.\nPRESIDENT|ZELENSKY|SAYS|U.S.|WO+N'T|HELP|.\nTHE|WAR|GOES|ON|."},
      {"N. Korea fires ICBM, says Seoul", "N.|Korea|fires|ICBM|,|says|Seoul"},
  };
  CHECK(samples);
}

static void lists_and_brackets(void **state) {
  (void)state;
  static const sample samples[] = {
      {"1. Sanctions on oil.\n2. Sanctions on gas.\n3. Visa bans",
       "1.|Sanctions|on|oil|.\n2.|Sanctions|on|gas|.\n3.|Visa|bans"},
      {"• Sanctions on oil\n• Sanctions on gas", "•|Sanctions|on|oil\n•|Sanctions|on|gas"},
      {"The treaty (signed in 1972) expired. (It was renewed in 1975.) The parties agreed that: (a) arms be "
       "limited; (b) talks resume; and (c) nothing else.",
       "The|treaty|(|signed|in|1972|)|expired|.\n(|It|was|renewed|in|1975|.|)\nThe|parties|agreed|that|:|(|a|)|arms|be|"
       "limited|;|(|b|)|talks|resume|;|and|(|c|)|nothing|else|."},
      {"China \"firmly opposes\" the move.[1] Taiwan disagreed.",
       "China|\"|firmly|opposes|\"|the|move|.|[|1|]\nTaiwan|disagreed|."},
  };
  CHECK(samples);
}

static void lines(void **state) {
  (void)state;
  static const sample samples[] = {
      /* wrapped: the first line is full */
      {"The presence of North Korean troops in the most destructive ground war in\nEurope since World War II is "
       "unprecedented. The incoming administration would\ndo well to make them pay a price for it.\n",
       "The|presence|of|North|Korean|troops|in|the|most|destructive|ground|war|in|Europe|since|World|War|II|is|"
       "unprecedented|.\nThe|incoming|administration|would|do|well|to|make|them|pay|a|price|for|it|."},
      {"One thing.\r\n\r\nAnother thing", "One|thing|.\nAnother|thing"},
      {"one\n \t\ntwo", "one\ntwo"},
      {"one\ftwo", "one\ntwo"},
      {"  \n\n  ", ""},
      {"", ""},
      {"\xC2\xA0x\xE2\x80\x83y\xC2\xA0", "x|y"},
  };
  CHECK(samples);
}

static void paragraphs(void **state) {
  (void)state;
  qi_arena arena;
  qi_parsed doc;
  qi_arena_init(&arena, 0);
  segment(&doc, QI_SLICE("\n He left. She stayed.\n\nThey met."), &arena);
  assert_int_equal(doc.n_sentences, 3);
  assert_true(doc.sentences[0].new_paragraph);
  assert_false(doc.sentences[1].new_paragraph);
  assert_true(doc.sentences[2].new_paragraph);
  assert_true(doc.sentences[2].tokens[2].space_after); /* the end of the text counts as white space */
  qi_arena_clear(&arena);
}

/* A token of a megabyte, a sentence of 5,000 words, emoji, and ten megabytes: within the ceilings. */
static void ceilings(void **state) {
  (void)state;
  qi_arena arena;
  qi_parsed doc;
  qi_builder text;
  qi_arena_init(&arena, 0);
  qi_builder_init(&text, 0);
  qi_builder_repeat(&text, 'x', 1 << 20);
  segment(&doc, qi_builder_view(&text), &arena);
  assert_in_range(doc.n_sentences, 4, 5); /* 4096 tokens */
  qi_builder_reset(&text);
  qi_arena_reset(&arena);
  for (int i = 0; i < 5000; i++) qi_builder_str(&text, i % 700 == 600 ? "and; " : i % 50 ? "word " : "so, ");
  segment(&doc, qi_builder_view(&text), &arena);
  assert_in_range(doc.n_sentences, 5, 12);
  for (uint32_t i = 0; i + 1 < doc.n_sentences; i++)
    assert_slice(doc.sentences[i].tokens[doc.sentences[i].n_tokens - 1].form, ";");
  qi_builder_reset(&text);
  qi_arena_reset(&arena);
  for (int i = 0; i < 300; i++) qi_builder_str(&text, "👍🏽👨‍👩‍👧🇺🇦ééé");
  segment(&doc, qi_builder_view(&text), &arena);
  qi_builder_reset(&text);
  qi_arena_reset(&arena);
  for (int i = 0; i < 100000; i++) qi_builder_str(&text, "Mr. Kim didn't go to the U.S. \"on Monday\", they said: he stayed.\nIt rained. He didn't mind (much).\n\n");
  segment(&doc, qi_builder_view(&text), &arena);
  assert_int_equal(doc.n_sentences, 300000);
  qi_arena_clear(&arena);
  qi_builder_clear(&text);
}

/* Windows over a long paragraph cut like one look: the same text alone and far into a paragraph. */
static void windows(void **state) {
  (void)state;
  static const char text[] = "He left, and she stayed. Gen. Lee of the U.S. met \"them\" in 3.5 hours. ";
  qi_arena arena;
  qi_parsed doc;
  qi_builder all;
  qi_arena_init(&arena, 0);
  qi_builder_init(&all, 0);
  for (int i = 0; i < 2000; i++) qi_builder_str(&all, text);
  segment(&doc, qi_builder_view(&all), &arena);
  assert_int_equal(doc.n_sentences, 4000);
  for (uint32_t i = 0; i < doc.n_sentences; i++)
    assert_int_equal(doc.sentences[i].n_tokens, doc.sentences[i & 1].n_tokens);
  qi_arena_clear(&arena);
  qi_builder_clear(&all);
}

static void refuses(qi_slice bytes) {
  qi_arena arena;
  qi_parsed doc;
  quid_error err = {0};
  qi_arena_init(&arena, 0);
  assert_int_equal(qi_segment_blob(&doc, bytes, QI_SLICE("He left."), &arena, &err), QUID_ERR_FORMAT);
  assert_true(err.message[0] != '\0');
  qi_arena_clear(&arena);
}

static void bad_blobs(void **state) {
  (void)state;
  refuses((qi_slice){0});
  refuses(QI_SLICE("QSEG"));
  for (size_t len = 0; len < 200; len++) refuses(qi_slice_sub(blob, 0, len));
  refuses(qi_slice_sub(blob, 0, blob.len - 1));
  refuses(qi_slice_sub(blob, 1, blob.len));
  char *copy = malloc(blob.len + 8);
  assert_non_null(copy);
  for (size_t i = 0; i < 16; i++) { /* any other magic, version or size */
    memcpy(copy, blob.ptr, blob.len);
    copy[i] = (char)(copy[i] ^ 0x41);
    refuses(qi_slice_of(copy, blob.len));
  }
  memcpy(copy, blob.ptr, blob.len);
  memset(copy + 16, 0x7F, 2); /* a bias that could overflow */
  refuses(qi_slice_of(copy, blob.len));
  memcpy(copy + 1, blob.ptr, blob.len); /* any alignment will do */
  qi_arena arena;
  qi_parsed doc;
  qi_arena_init(&arena, 0);
  assert_int_equal(qi_segment_blob(&doc, qi_slice_of(copy + 1, blob.len), QI_SLICE("He left. She did."), &arena, NULL), QUID_OK);
  assert_int_equal(doc.n_sentences, 2);
  qi_arena_clear(&arena);
  free(copy);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(abbreviations),           cmocka_unit_test(initials),
      cmocka_unit_test(quotations),              cmocka_unit_test(dashes_and_dots),
      cmocka_unit_test(numbers_and_addresses),   cmocka_unit_test(contractions),
      cmocka_unit_test(datelines_and_headlines), cmocka_unit_test(lists_and_brackets),
      cmocka_unit_test(lines),                   cmocka_unit_test(paragraphs),
      cmocka_unit_test(ceilings),                cmocka_unit_test(windows),
      cmocka_unit_test(bad_blobs),
  };
  return cmocka_run_group_tests(tests, open_model, close_model);
}
