/* know: names of slots <-> numbers. Spelling variants of one preposition share a slot. */
#include "know/slots.h"

static const char *const fixed_names[QI_SLOT_FIRST_PREP] = {"",       "subj", "obj", "iobj", "comp",
                                                            "to-inf", "ing",  "inf", "self"};

/* In byte order, for the binary search. */
static const char *const prepositions[] = {
    "aboard", "about", "above", "according_to", "across", "after", "against", "ahead_of", "along",
    "alongside", "amid", "amidst", "among", "amongst", "around", "as", "as_a_result_of", "at",
    "away_from", "because_of", "before", "behind", "below", "beneath", "beside", "between", "beyond",
    "by", "concerning", "despite", "down", "due_to", "during", "except", "following", "for", "from",
    "in", "in_case_of", "in_exchange_for", "in_favor_of", "in_favour_of", "in_front_of",
    "in_lieu_of", "in_place_of", "in_response_to", "in_retaliation_for", "in_return_for",
    "in_spite_of", "in_support_of", "in_the_event_of", "in_the_opinion_of", "in_the_view_of",
    "in_the_words_of", "inside", "instead_of", "into", "like", "near", "next_to", "of", "off", "on",
    "on_behalf_of", "onto", "opposite", "out", "out_of", "outside", "over", "pending", "per",
    "prior_to", "rather_than", "regarding", "short_of", "since", "such_as", "thanks_to", "through",
    "throughout", "to", "together_with", "toward", "towards", "under", "underneath", "until", "up",
    "upon", "versus", "via", "with", "within", "without", "worth"};

enum { N_PREPOSITIONS = sizeof prepositions / sizeof *prepositions };
_Static_assert(QI_SLOT_FIRST_PREP + N_PREPOSITIONS <= 255, "slots are one byte");

typedef struct variant {
  const char *from, *to;
} variant;

static const variant variants[] = {
    {"towards", "toward"}, {"amongst", "among"}, {"amidst", "amid"},  {"upon", "on"},
    {"onto", "on"},        {"vs", "versus"},     {"vs.", "versus"},   {"off_of", "off"},
    {"unto", "to"},        {"till", "until"},    {"in_favor_of", "in_favour_of"},
};

static int compare(qi_slice a, const char *b) { return qi_slice_cmp(a, qi_slice_str(b)); }

qi_slot qi_slot_of_preposition(qi_slice word) {
  for (size_t i = 0; i < sizeof variants / sizeof *variants; i++)
    if (compare(word, variants[i].from) == 0) {
      word = qi_slice_str(variants[i].to);
      break;
    }
  size_t low = 0, high = N_PREPOSITIONS;
  while (low < high) {
    size_t mid = (low + high) / 2;
    int order = compare(word, prepositions[mid]);
    if (order == 0) return (qi_slot)(QI_SLOT_FIRST_PREP + mid);
    if (order < 0) high = mid;
    else low = mid + 1;
  }
  return QI_SLOT_NONE;
}

qi_slot qi_slot_of(qi_slice name) {
  for (qi_slot i = 1; i < QI_SLOT_FIRST_PREP; i++)
    if (qi_slice_eq_str(name, fixed_names[i])) return i;
  return qi_slot_of_preposition(name);
}

const char *qi_slot_name(qi_slot slot) {
  if (slot < QI_SLOT_FIRST_PREP) return fixed_names[slot];
  size_t i = (size_t)slot - QI_SLOT_FIRST_PREP;
  return i < N_PREPOSITIONS ? prepositions[i] : "";
}
