/* A coded document made by hand, for the tests of src/show: two sentences, three events. */
#ifndef QUID_TEST_SHOW_FIXTURE_H
#define QUID_TEST_SHOW_FIXTURE_H

#include "run/document.h"

#include <string.h>

#define FIXTURE_TEXT                                                                               \
  "Norland has sent 10,000 \"cadets\" to Port\tOst six times. Ostria said Norland shelled a school."

static quid_span fixture_span(const char *words) {
  const char *at = strstr(FIXTURE_TEXT, words);
  uint32_t start = at ? (uint32_t)(at - FIXTURE_TEXT) : 0;
  return (quid_span){start, at ? start + (uint32_t)strlen(words) : 0};
}

static const quid_entity *fixture_entities(void) {
  static quid_entity e[2];
  e[0] = (quid_entity){"NOR", "Norland", "NOR", "", "", "name", fixture_span("Norland")};
  e[1] = (quid_entity){"OST.GOV.ANN_O", "Ann \xC3\x96", "OST", "GOV", "king", "title", fixture_span("Ostria")};
  return e;
}

/* Clear with fixture_clear. */
static void fixture_make(quid_document *doc) {
  static const char *const modes[] = {"visit", "phone"};
  static const uint32_t about[] = {2};
  static quid_event events[3];
  static quid_item item;
  static quid_word_of word;
  static quid_victims victims;
  static quid_link links[2];
  static quid_counterpart others[2];
  static qi_sentence sentences[2];
  const quid_entity *e = fixture_entities();
  uint32_t cut = fixture_span("Ostria said").start;
  *doc = (quid_document){.id = "d\"1", .title = "Cadets", .byline = "", .publisher = "", .url = "", .language = "en",
                         .published = "2024-06-19", .genre = QUID_GENRE_REPORT,
                         .model_version = "m1", .knowledge_version = "k1"};
  qi_arena_init(&doc->arena, 0);
  qi_builder_init(&doc->text, 0);
  qi_builder_str(&doc->text, FIXTURE_TEXT);
  sentences[0] = (qi_sentence){.index = 0, .start = 0, .end = cut - 1};
  sentences[1] = (qi_sentence){.index = 1, .start = cut, .end = (uint32_t)strlen(FIXTURE_TEXT)};
  doc->parsed = (qi_parsed){.text = qi_builder_view(&doc->text), .sentences = sentences, .n_sentences = 2};
  item = (quid_item){fixture_span("10,000 \"cadets\""), "people", {10000, 12000, "about"}, "persons"};
  word = (quid_word_of){fixture_span("Ostria"), &e[1]};
  quid_event plain = {.cameo = "", .quad = "verbal cooperation", .date = {.source = ""}, .place = {.name = "", .country = "", .admin1 = ""}, .crowd.count = {-1, -1, ""},
                      .exchange = {.id = "", .side = ""}, .confidence = 0.5, .frame = "f", .frame_file = "a.frames", .frame_line = 7};
  for (int i = 0; i < 3; i++) events[i] = plain;
  events[0].id = "e0";
  events[0].type = QUID_AID, events[0].status = QUID_ASSERTED;
  events[0].modes = modes, events[0].n_modes = 2;
  events[0].actors = e, events[0].n_actors = 1;
  events[0].recipients = e, events[0].n_recipients = 2;
  events[0].trigger = fixture_span("sent");
  events[0].items = &item, events[0].n_items = 1;
  events[0].times = 6;
  victims = (quid_victims){fixture_span("cadets"), "held", {12, 12, "over"}};
  events[0].victims = &victims, events[0].n_victims = 1;
  events[0].crowd.span = fixture_span("10,000"), events[0].crowd.count = (quid_amount){10000, 10000, ""};
  events[0].duration = (quid_period){.span = fixture_span("six times"), .value = "P3D"};
  events[0].deadline = (quid_period){.span = fixture_span("six times"), .from = "2024-07-01", .to = "2024-07-02"};
  events[0].score = -7.25;
  events[0].place.span = fixture_span("Port\tOst"), events[0].place.name = "Port Ost", events[0].place.country = "OST";
  events[0].place.admin1 = "East", events[0].place.located = true;
  events[0].place.latitude = -12.5, events[0].place.longitude = 45.25, events[0].place.geonames = 77;
  memcpy(events[0].date.from, "2024-06-01", 11), memcpy(events[0].date.to, "2024-06-30", 11);
  events[0].date.source = "tense";
  events[1].id = "e1";
  events[1].sentence = 1, events[1].type = QUID_ACCUSE, events[1].status = QUID_ASSERTED;
  events[1].actors = e + 1, events[1].n_actors = 1;
  events[1].trigger = fixture_span("said");
  events[1].content = about, events[1].n_content = 1;
  links[0] = (quid_link){"retaliation", 0, fixture_span("sent"), fixture_span("said")};
  links[1] = (quid_link){"condition", QUID_NO_EVENT, fixture_span("school"), fixture_span("shelled")};
  events[1].links = links, events[1].n_links = 2;
  others[0] = (quid_counterpart){2, fixture_span("shelled"), NULL, 0, QUID_CLAIMED};
  others[1] = (quid_counterpart){QUID_NO_EVENT, fixture_span("cadets"), &item, 1, -1};
  events[1].exchange.id = "x1", events[1].exchange.side = "given", events[1].exchange.span = fixture_span("said");
  events[1].exchange.givers = e, events[1].exchange.n_givers = 1;
  events[1].exchange.takers = e + 1, events[1].exchange.n_takers = 1;
  events[1].exchange.others = others, events[1].exchange.n_others = 2;
  events[2].id = "e2";
  events[2].sentence = 1, events[2].type = QUID_ASSAULT, events[2].status = QUID_CLAIMED;
  events[2].actors = e, events[2].n_actors = 1;
  events[2].trigger = fixture_span("shelled");
  events[2].attribution = &word, events[2].n_attribution = 1;
  doc->events.items = events;
  doc->events.len = 3;
}

/* Two options: one with all fields, one with none. */
static inline void fixture_options(quid_document *doc) {
  static quid_option options[2];
  static quid_word_of by;
  const quid_entity *e = fixture_entities();
  by = (quid_word_of){fixture_span("Ostria"), &e[1]};
  options[0] = (quid_option){.id = "o0", .sentence = 1, .deed = fixture_span("shelled a school"), .verb = fixture_span("shelled"), .negated = true,
                             .strength = QUID_MUST, .event = 2, .by = &by, .n_by = 1, .on = e, .n_on = 1, .on_words = fixture_span("Norland shelled"),
                             .toward = e + 1, .n_toward = 1, .purpose = fixture_span("said"), .reason = fixture_span("a school"),
                             .words = fixture_span("said"), .number = 3, .head = fixture_span("six times")};
  options[1] = (quid_option){.id = "o1", .deed = fixture_span("sent"), .verb = fixture_span("sent"), .strength = QUID_COULD, .event = QUID_NO_EVENT};
  doc->events.options = options;
  doc->events.n_options = 2;
}

/* Two links: a bargain with an event on one side, and a condition with words alone. */
static inline void fixture_bonds(quid_document *doc) {
  static quid_bond bonds[2];
  static quid_bond_part parts[3];
  const quid_entity *e = fixture_entities();
  parts[0] = (quid_bond_part){.span = fixture_span("shelled a school"), .head = fixture_span("shelled"), .event = 2, .status = QUID_CLAIMED};
  parts[1] = (quid_bond_part){.span = fixture_span("six times"), .head = fixture_span("times"), .event = QUID_NO_EVENT, .status = -1};
  parts[2] = (quid_bond_part){.span = fixture_span("said"), .head = fixture_span("said"), .event = QUID_NO_EVENT, .status = QUID_POSSIBLE};
  bonds[0] = (quid_bond){.id = "b0", .type = "exchange", .sentence = 1, .span = fixture_span("said"), .first = {.parts = parts, .n_parts = 2, .givers = e, .n_givers = 1, .takers = e + 1, .n_takers = 1},
                         .second = {.parts = parts + 2, .n_parts = 1, .givers = e + 1, .n_givers = 1, .takers = e, .n_takers = 1}};
  bonds[1] = (quid_bond){.id = "b1", .type = "condition", .first = {.parts = parts, .n_parts = 1}, .second = {.parts = parts + 2, .n_parts = 1}};
  doc->events.bonds = bonds;
  doc->events.n_bonds = 2;
}

static void fixture_clear(quid_document *doc) {
  qi_arena_clear(&doc->arena);
  qi_builder_clear(&doc->text);
}

#endif
