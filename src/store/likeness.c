/* store: two events -> points for their being tellings of one event of the world.
 *
 * What must agree: type, standing (told or denied; to come; asked for), the stretch of days, who did it and to whom. Sides agree
 * where one id stands below the other (RUS, RUS.MIL), where both act for one state, or where one is anybody (CVL) of that sort;
 * two persons, two towns, two countries are somebody else. Meetings and treaties have one group of sides, of which two must agree.
 * Then points are added up, as in the record linkage of Fellegi and Sunter (1969), with weights set by hand on the development
 * part of tests/golden/retellings.tsv: sides, place, class of goods, the shared words of both sentences (overlap coefficient).
 * Numbers do not count: they are what tellings differ in.
 *
 *   "Russian forces shelled a market in Kharkiv on Monday, killing six" and "At least eight died in the Russian shelling of a market in
 *   Kharkiv on March 11": ASSAULT, the same day, RUS.MIL and RUS (30 points), nobody and UKR.KHARKIV (0), both in Kharkiv (20),
 *   one frame (5), "market" and "shell" shared of 5 words (24) -> 79 of the 60 that are enough. Both sides alike are enough
 *   by themselves where the text says the day, and nothing else differs. */
#include "store/likeness.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <string.h>

/* ---- an id ---- */

static bool among(qi_slice word, const char *const *list) {
  for (; *list; list++)
    if (qi_slice_eq_str(word, *list)) return true;
  return false;
}

void qi_like_somebody(qi_somebody *out, int64_t id, qi_slice code, qi_slice country, qi_slice sector) {
  static const char *const states[] = {"GOV", "MIL", "COP", "SPY", "LEG", "JUD", NULL};
  qi_slice rest = code, part;
  *out = (qi_somebody){.id = id, .code = code, .sector = sector};
  qi_slice_split(&rest, '.', &part);
  out->mask = UINT64_C(1) << (qi_hash64(part) & 63);
  out->unknown = qi_slice_eq_str(part, "---");
  if (!out->unknown && qi_slice_eq(part, country)) out->country = country;
  bool has_sector = false;
  while (qi_slice_split(&rest, '.', &part)) {
    if (qi_slice_eq(part, sector) || qi_slice_eq_str(part, "LOC") || qi_slice_eq_str(part, "PER")) has_sector = true;
    else out->name = part;
    if (qi_slice_eq_str(part, "LOC")) out->place = true;
  }
  if (out->country.len && out->name.len && !has_sector && !qi_slice_eq_str(country, "IGO")) out->place = true;
  out->state = among(sector, states) || (!sector.len && !out->name.len) || (out->place && !out->unknown);
}

static bool is_above(qi_slice a, qi_slice b) { return a.len < b.len && b.ptr[a.len] == '.' && qi_slice_starts(b, a); }

/* One of them is anybody: civilians, a government. */
static int like_anybody(const qi_somebody *any, const qi_somebody *b) {
  if (b->place) return 1;
  if (b->name.len) return 0;
  if (!b->sector.len) return 1;
  if (qi_slice_eq(any->sector, b->sector)) return 1;
  return any->state == b->state;
}

static int like_unknown(const qi_somebody *a, const qi_somebody *b) {
  if (a->name.len && qi_slice_eq(a->name, b->name)) return 2;
  if (a->place) return !b->name.len || b->place ? !(b->place && b->unknown) : 0;
  return !b->name.len;
}

int qi_like_who(const qi_somebody *a, const qi_somebody *b) {
  if (a->id == b->id) return 3;
  if (is_above(a->code, b->code) || is_above(b->code, a->code)) return 2;
  if (a->unknown) return like_unknown(a, b);
  if (b->unknown) return like_unknown(b, a);
  if (!a->country.len) return like_anybody(a, b);
  if (!b->country.len) return like_anybody(b, a);
  if (!qi_slice_eq(a->country, b->country)) return 0;
  if (a->name.len && b->name.len) return qi_slice_eq(a->name, b->name) ? 2 : 0;
  if (a->place || b->place) return 1;
  if (a->name.len || b->name.len) return a->state && b->state;
  if (qi_slice_eq(a->country, qi_slice_str("IGO")) || qi_slice_eq(a->country, qi_slice_str("INT"))) return 0;
  return a->state && b->state ? 2 : a->state == b->state;
}

/* ---- words ---- */

/* Sorted. */
static bool is_stop_word(qi_slice word) {
  static const char *const words[] = {
      "about", "after", "and", "april", "are", "august", "before", "but", "could", "december", "february", "for", "friday",
      "from", "had", "has", "have", "her", "his", "into", "its", "january", "july", "june", "least", "march", "may",
      "monday", "more", "not", "november", "october", "over", "said", "saturday", "says", "september", "some", "sunday",
      "than", "that", "the", "their", "they", "this", "thursday", "tuesday", "was", "wednesday", "were", "when", "where",
      "which", "who", "will", "with", "would"};
  size_t low = 0, high = sizeof words / sizeof *words;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = strncmp(word.ptr, words[middle], word.len);
    if (order == 0) order = words[middle][word.len] ? -1 : 0;
    if (order == 0) return true;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return false;
}

static bool is_letter(char c) { return qi_ascii_is_alpha(c) || (unsigned char)c >= 0x80; }

static void insert(uint32_t *out, uint8_t *n, size_t most, uint32_t hash) {
  size_t at = 0;
  while (at < *n && out[at] < hash) at++;
  if ((at < *n && out[at] == hash) || (*n == most && at == most)) return;
  size_t kept = *n < most ? *n : most - 1;
  memmove(out + at + 1, out + at, (kept - at) * sizeof *out);
  out[at] = hash;
  *n = (uint8_t)(kept + 1);
}

/* The next word, in lower case, cut to its first five bytes: "shelled" and "shelling" are one. */
static bool next_word(const char **p, const char *end, char *out, size_t *n, bool *capital) {
  enum { STEM = 5, MOST = 12 };
  char word[MOST];
  while (*p < end && !is_letter(**p)) (*p)++;
  if (*p == end) return false;
  *capital = qi_ascii_is_upper(**p) || (unsigned char)**p >= 0x80;
  size_t len = 0;
  for (; *p < end && is_letter(**p); (*p)++)
    if (len < MOST) word[len++] = qi_ascii_lower(**p);
  *n = len < 3 || is_stop_word(qi_slice_of(word, len)) ? 0 : len < STEM ? len : STEM;
  memcpy(out, word, *n);
  return true;
}

static uint8_t hash_words(uint32_t *out, size_t most, qi_slice text, bool only_capitals) {
  const char *p = text.ptr, *end = text.ptr + text.len;
  char word[16];
  uint8_t n = 0;
  size_t len;
  bool capital;
  while (p && next_word(&p, end, word, &len, &capital))
    if (len && (capital || !only_capitals)) insert(out, &n, most, (uint32_t)qi_hash64(qi_slice_of(word, len)));
  return n;
}

uint8_t qi_like_words(uint32_t *out, size_t most, qi_slice text) { return hash_words(out, most, text, false); }
uint8_t qi_like_places(uint32_t *out, size_t most, qi_slice name) { return hash_words(out, most, name, true); }

static bool is_name(const qi_telling *t, uint32_t word) {
  for (size_t side = 0; side < 2; side++)
    for (size_t i = 0; i < (side ? t->n_recipients : t->n_actors); i++) {
      const qi_somebody *who = (side ? t->recipient : t->actor)[i];
      for (size_t k = 0; k < who->n_names; k++)
        if (who->names[k] == word) return true;
    }
  return false;
}

void qi_like_unname(qi_telling *t) {
  uint8_t n = 0;
  for (uint8_t i = 0; i < t->n_words; i++)
    if (!is_name(t, t->words[i])) t->words[n++] = t->words[i];
  t->n_words = n;
}

/* Members of both; both ascending. */
static unsigned shared(const uint32_t *a, size_t n_a, const uint32_t *b, size_t n_b) {
  unsigned n = 0;
  for (size_t i = 0, k = 0; i < n_a && k < n_b;) {
    if (a[i] < b[k]) i++;
    else if (a[i] > b[k]) k++;
    else n++, i++, k++;
  }
  return n;
}

/* ---- the pair ---- */

/* Best likeness of anyone with anyone; -1 one list is empty. */
static int like_sides(const qi_somebody *const *a, size_t n_a, const qi_somebody *const *b, size_t n_b) {
  int best = -1;
  for (size_t i = 0; i < n_a; i++)
    for (size_t k = 0; k < n_b; k++) {
      int like = qi_like_who(a[i], b[k]);
      if (like > best) best = like;
    }
  return best;
}

static size_t all_sides(const qi_somebody **out, const qi_telling *t) {
  size_t n = 0;
  for (size_t i = 0; i < t->n_actors; i++) out[n++] = t->actor[i];
  for (size_t i = 0; i < t->n_recipients; i++) out[n++] = t->recipient[i];
  return n;
}

/* Points for the group of sides; 0: too few agree. */
static int like_group(const qi_telling *a, const qi_telling *b) {
  const qi_somebody *x[2 * QI_MAX_SIDES], *y[2 * QI_MAX_SIDES];
  size_t n_x = all_sides(x, a), n_y = all_sides(y, b);
  if (n_x > n_y || (n_x == n_y && a->key > b->key)) return like_group(b, a);
  bool taken[2 * QI_MAX_SIDES] = {false};
  int points = 0;
  size_t n = 0;
  for (size_t i = 0; i < n_x; i++) {
    size_t best_at = 0;
    int best = 0;
    for (size_t k = 0; k < n_y; k++) {
      int like = taken[k] ? 0 : qi_like_who(x[i], y[k]);
      if (like > best) best = like, best_at = k;
    }
    if (!best) continue;
    taken[best_at] = true;
    if (n++ < 2) points += best >= 2 ? 30 : 15;
  }
  if (n_x >= 2 && n < 2) return 0;
  return points >= 30 ? points : 0;
}

static int like_roles(const qi_telling *a, const qi_telling *b) {
  static const int points[] = {0, 15, 30, 30};
  int actor = like_sides(a->actor, a->n_actors, b->actor, b->n_actors);
  int recipient = like_sides(a->recipient, a->n_recipients, b->recipient, b->n_recipients);
  if (actor == 0 || recipient == 0 || (actor < 2 && recipient < 2)) return 0;
  return (actor > 0 ? points[actor] : 0) + (recipient > 0 ? points[recipient] : 0);
}

static bool mentions(const qi_telling *t, const qi_telling *place) {
  for (size_t i = 0; i < place->n_places; i++)
    for (size_t k = 0; k < t->n_words; k++)
      if (t->words[k] == place->places[i]) return true;
  return false;
}

static bool elsewhere(const qi_telling *a, const qi_telling *b) {
  return a->n_places && b->n_places && !shared(a->places, a->n_places, b->places, b->n_places) && !mentions(a, b) && !mentions(b, a);
}

static bool shares_class(const qi_telling *a, const qi_telling *b) {
  for (size_t i = 0; i < a->n_classes; i++)
    for (size_t k = 0; k < b->n_classes; k++)
      if (a->classes[i] == b->classes[k]) return true;
  return false;
}

static bool other_days(const qi_telling *a, const qi_telling *b) {
  return a->dated && b->dated && (a->day != b->day || a->day_to != b->day_to);
}

bool qi_like_conflict(const qi_telling *a, const qi_telling *b) {
  if (a->type != b->type || a->standing != b->standing || other_days(a, b)) return true;
  if ((a->way & QI_TYPE_LOCAL) && elsewhere(a, b)) return true;
  if (a->way & QI_TYPE_MUTUAL) return !like_group(a, b);
  return like_sides(a->actor, a->n_actors, b->actor, b->n_actors) == 0 ||
         like_sides(a->recipient, a->n_recipients, b->recipient, b->n_recipients) == 0;
}

enum { FEW_WORDS = 4 }; /* one shared word of one is no more than chance */

static int like_parties(const qi_telling *a, const qi_telling *b) {
  if (a->type != b->type || a->standing != b->standing || other_days(a, b) || a->sentence == b->sentence) return 0;
  return a->way & QI_TYPE_MUTUAL ? like_group(a, b) : like_roles(a, b);
}

bool qi_like_possible(const qi_telling *a, const qi_telling *b) { return like_parties(a, b) > 0; }

int qi_like(const qi_telling *a, const qi_telling *b) {
  int points = like_parties(a, b);
  if (!points) return 0;
  if (elsewhere(a, b)) {
    if (a->way & QI_TYPE_LOCAL) return 0;
    points -= 10;
  } else if (shared(a->places, a->n_places, b->places, b->n_places)) {
    points += 20;
  }
  if (a->n_classes && b->n_classes) points += shares_class(a, b) ? 15 : a->way & QI_TYPE_GOODS ? -20 : -5;
  if (a->frame == b->frame) points += 5;
  unsigned fewer = a->n_words < b->n_words ? a->n_words : b->n_words;
  points += (int)(60 * shared(a->words, a->n_words, b->words, b->n_words) / (fewer < FEW_WORDS ? FEW_WORDS : fewer));
  return points > 0 ? points : 0;
}

bool qi_like_dispute(const qi_telling *a, const qi_telling *b) {
  if (a->type != b->type || a->standing || b->standing || other_days(a, b) || (a->way & QI_TYPE_MUTUAL) || (a->actor_mask & b->actor_mask)) return false;
  if (!(a->said_mask & b->actor_mask) || !(b->said_mask & a->actor_mask)) return false;
  return shared(a->places, a->n_places, b->places, b->n_places) ||
         like_sides(a->recipient, a->n_recipients, b->recipient, b->n_recipients) >= 2;
}
