/* Makes records as `quid code` writes them, of a world that does not exist, for measuring the store.
 *
 *   bench-make-events -n 10000000 [-s SEED] | quid load --records big.db
 *
 * The skew is that of news: a few countries are in most events and each has its few partners (Zipf), talk is more common than
 * deeds, documents tell 1 to 8 events and come in the order of their days, most events lie a few days before their document and
 * some long before. The same N and seed give the same bytes. A record is on average as long as one of real news. */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char countries[] =
    "USA RUS CHN UKR ISR PRK IRN GBR PSE KOR FRA DEU IND SYR TUR JPN PAK SAU EGY IRQ AFG LBN YEM TWN AUS CAN ITA POL MEX BRA VEN ZAF NGA SDN "
    "ETH LBY ESP NLD BEL SWE NOR FIN GRC HUN ROU BGR SRB HRV CZE SVK AUT CHE PRT IRL DNK EST LVA LTU BLR MDA GEO ARM AZE KAZ UZB TKM KGZ TJK "
    "MNG VNM THA MMR KHM LAO MYS SGP IDN PHL BGD LKA NPL BTN MDV ARE QAT KWT BHR OMN JOR CYP MLT TUN DZA MAR MRT MLI NER TCD BFA CIV GHA TGO "
    "BEN CMR CAF COD COG GAB GNQ AGO ZMB ZWE MOZ MWI TZA KEN UGA RWA BDI SOM DJI ERI SSD NAM BWA LSO SWZ MDG MUS COM SEN GMB GIN GNB SLE LBR "
    "ARG CHL PER COL ECU BOL PRY URY GUY SUR CUB HTI DOM JAM TTO PAN CRI NIC HND SLV GTM BLZ NZL PNG FJI SLB VUT WSM TON ISL LUX ALB MKD MNE "
    "BIH SVN AND MCO LIE";
static const char *const bodies[] = {"IGO.UN", "IGO.NATO", "IGO.EUU", "IGO.AFU", "IGO.ASN", "IGO.IAEA"};
static const char *const sectors[] = {"GOV", "GOV", "GOV", "MIL", "GOV", "REB", "CVL", "OPP", "BUS", "MED", "LEG", "COP"};

typedef struct type {
  const char *name, *quad, *cameo;
  double score;
  int weight;
  const char *verb, *modes[3];
} type;

static const type types[] = {
    {"CONSULT", "verbal cooperation", "040", 2.5, 26, "met", {"visit", "third-party", NULL}},
    {"SUPPORT", "verbal cooperation", "051", 3.5, 10, "praised", {NULL}},
    {"AGREE", "verbal cooperation", "057", 5, 8, "agreed", {"meet", "material", NULL}},
    {"REQUEST", "verbal conflict", "020", -1, 9, "urged", {"assist", "change", NULL}},
    {"ACCUSE", "verbal conflict", "112", -3.5, 11, "accused", {"disapprove", NULL}},
    {"REJECT", "verbal conflict", "120", -4, 5, "rejected", {"assist", "yield", NULL}},
    {"THREATEN", "verbal conflict", "130", -6, 5, "threatened", {"violence", "restrict", NULL}},
    {"COOPERATE", "material cooperation", "060", 6.5, 5, "worked with", {"trade", "military", NULL}},
    {"AID", "material cooperation", "070", 9, 6, "supplied", {NULL}},
    {"CONCEDE", "material cooperation", "080", 5, 2, "yielded to", {"release", NULL}},
    {"RETREAT", "material cooperation", "087", 6.5, 1, "withdrew from", {"withdraw", NULL}},
    {"MOBILIZE", "material conflict", "150", -7, 3, "massed troops against", {"troops", NULL}},
    {"PROTEST", "material conflict", "140", -6, 3, "marched against", {"demo", "riot", NULL}},
    {"SANCTION", "material conflict", "163", -8, 2, "imposed sanctions on", {"convict", NULL}},
    {"COERCE", "material conflict", "170", -7, 4, "seized ships of", {"seize", "arrest", NULL}},
    {"ASSAULT", "material conflict", "190", -10, 9, "shelled", {"heavy-weapons", "aerial", "explosives"}},
};
enum { N_TYPES = sizeof types / sizeof *types };
static const char *const statuses[] = {"asserted", "asserted", "asserted", "asserted", "claimed", "claimed", "reported", "planned",
                                       "expected", "possible", "requested", "recommended", "denied", "negated", "asserted", "claimed"};
static const char *const classes[] = {"arms", "ammunition", "vehicles", "oil", "food", "money", "medicine", "technology", "gas", "labour"};

enum { MAX_COUNTRIES = 256, N_WORDS = 8192, N_PLACES = 4000, N_PEOPLE = 24, N_PUBLISHERS = 400, FIRST_DAY = 7305, LAST_DAY = 20089 }; /* 1990..2024 */

typedef struct world {
  uint64_t state;
  char country[MAX_COUNTRIES][4];
  unsigned n_countries;
  char words[N_WORDS][16];
  double zipf_countries[MAX_COUNTRIES], zipf_words[N_WORDS], zipf_places[N_PLACES], zipf_people[N_PEOPLE], zipf_publishers[N_PUBLISHERS];
  int types[256];
} world;

/* ---- chance: splitmix64 ---- */

static uint64_t mix(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}
static uint64_t next(world *w) { return mix(w->state += 0x9E3779B97F4A7C15u); }
static double unit(world *w) { return (double)(next(w) >> 11) * 0x1p-53; }
static unsigned below(world *w, unsigned n) { return (unsigned)((next(w) >> 32) * n >> 32); }
static bool chance(world *w, double p) { return unit(w) < p; }

static void fill_zipf(double *sums, unsigned n, double power) {
  double total = 0;
  for (unsigned i = 0; i < n; i++) sums[i] = total += pow(i + 1, -power);
  for (unsigned i = 0; i < n; i++) sums[i] /= total;
}

static unsigned draw(world *w, const double *sums, unsigned n) {
  double x = unit(w);
  unsigned low = 0, high = n - 1;
  while (low < high) {
    unsigned middle = (low + high) / 2;
    if (sums[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* ---- the world ---- */

static void make_word(char *out, uint64_t seed, int syllables) {
  static const char first[] = "bcdfghklmnprstvz", vowel[] = "aeiou";
  for (int i = 0; i < syllables; i++, seed = mix(seed + 1)) {
    *out++ = first[seed % 16];
    *out++ = vowel[(seed >> 8) % 5];
    if ((seed >> 16) % 3 == 0) *out++ = "nrsl"[(seed >> 24) % 4];
  }
  *out = '\0';
}

static void make_world(world *w, uint64_t seed) {
  w->state = seed;
  for (const char *c = countries; *c; c += c[3] ? 4 : 3) {
    memcpy(w->country[w->n_countries], c, 3);
    w->country[w->n_countries++][3] = '\0';
  }
  for (unsigned i = 0; i < N_WORDS; i++) make_word(w->words[i], mix(i + 17), 1 + (int)(i > 40) + (int)(i > 700));
  fill_zipf(w->zipf_countries, w->n_countries, 1.0);
  fill_zipf(w->zipf_words, N_WORDS, 1.0);
  fill_zipf(w->zipf_places, N_PLACES, 0.9);
  fill_zipf(w->zipf_people, N_PEOPLE, 1.2);
  fill_zipf(w->zipf_publishers, N_PUBLISHERS, 1.0);
  int at = 0;
  for (int i = 0; i < N_TYPES; i++)
    for (int k = 0; k < types[i].weight * 256 / 109 && at < 256; k++) w->types[at++] = i;
  while (at < 256) w->types[at++] = 0;
}

typedef struct who {
  char id[40], name[32], country[8], role[12];
  const char *sector, *via;
  unsigned number; /* of the country */
} who;

static void name_of(char *out, uint64_t seed) {
  make_word(out, mix(seed), 2 + (int)(seed % 2));
  *out = (char)(*out - 32);
}

/* A country's government, one of its bodies, or one of its people. */
static void make_who(world *w, who *out, unsigned country) {
  const char *code = w->country[country];
  *out = (who){.number = country, .sector = "GOV", .via = "name"};
  snprintf(out->country, sizeof out->country, "%s", code);
  snprintf(out->id, sizeof out->id, "%s", code);
  name_of(out->name, country * 7919u + 3);
  if (chance(w, 0.45)) return;
  unsigned person = draw(w, w->zipf_people, N_PEOPLE);
  out->sector = sectors[person % 12];
  char family[20];
  name_of(family, country * 101u + person + 77);
  if (person % 3 == 0) {
    snprintf(out->id, sizeof out->id, "%s.%s", code, out->sector);
    out->via = "title";
    return;
  }
  for (size_t i = 0; i < sizeof out->name && (out->name[i] = family[i]); i++) {}
  snprintf(out->role, sizeof out->role, "%s", person < 6 ? "president" : "minister");
  for (char *c = family; *c; c++) *c = (char)(*c >= 'a' ? *c - 32 : *c);
  snprintf(out->id, sizeof out->id, "%s.%s.%s_%u", code, out->sector, family, person);
}

static void make_body(world *w, who *out) {
  unsigned which = below(w, sizeof bodies / sizeof *bodies);
  *out = (who){.number = MAX_COUNTRIES, .sector = "IGO", .via = "alias", .country = "IGO"};
  snprintf(out->id, sizeof out->id, "%s", bodies[which]);
  snprintf(out->name, sizeof out->name, "%s", bodies[which] + 4);
}

/* Most deals of a country are with its few partners. */
static unsigned partner_of(world *w, unsigned country) {
  unsigned other = country;
  while (other == country) {
    if (chance(w, 0.65)) other = (unsigned)(mix(country * 31u + draw(w, w->zipf_people, 8)) % (w->n_countries / 3));
    else other = draw(w, w->zipf_countries, w->n_countries);
  }
  return other;
}

/* ---- writing ---- */

static void date_of(char out[11], int day) {
  int z = day + 719468, era = z / 146097, doe = z - era * 146097;
  int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int mp = (5 * doy + 2) / 153, d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9;
  int y = yoe + era * 400 + (m <= 2);
  out[0] = (char)('0' + y / 1000), out[1] = (char)('0' + y / 100 % 10), out[2] = (char)('0' + y / 10 % 10), out[3] = (char)('0' + y % 10);
  out[4] = out[7] = '-', out[10] = '\0';
  out[5] = (char)('0' + m / 10), out[6] = (char)('0' + m % 10), out[8] = (char)('0' + d / 10), out[9] = (char)('0' + d % 10);
}

typedef struct page { /* the text so far */
  char text[1024];
  size_t len;
} page;

typedef struct span { size_t start, end; } span;

static span write_word(page *p, const char *word) {
  span s;
  if (p->len) p->text[p->len++] = ' ';
  s.start = p->len;
  size_t n = strlen(word);
  memcpy(p->text + p->len, word, n);
  p->len += n;
  s.end = p->len;
  return s;
}

static void write_words(world *w, page *p, unsigned n) {
  while (n--) write_word(p, w->words[draw(w, w->zipf_words, N_WORDS)]);
}

static void print_who(const who *a, span s, size_t base) {
  printf("{\"id\":\"%s\",\"name\":\"%s\",\"country\":\"%s\",\"sector\":\"%s\",\"role\":", a->id, a->name, a->country, a->sector);
  if (*a->role) printf("\"%s\"", a->role);
  else printf("null");
  printf(",\"text\":\"%s\",\"start\":%zu,\"end\":%zu,\"via\":\"%s\"}", a->name, base + s.start, base + s.end, a->via);
}

typedef struct event {
  const type *type;
  const char *status;
  who actor[2], recipient, source;
  span actor_at[2], recipient_at, source_at, verb_at, item_at, place_at, word_at;
  int n_actors;
  bool has_recipient, has_source, has_item, has_place;
  unsigned place, amount, class;
} event;

static void choose(world *w, event *e) {
  *e = (event){.type = &types[w->types[below(w, 256)]], .status = statuses[below(w, 16)], .n_actors = 1};
  unsigned a = draw(w, w->zipf_countries, w->n_countries), b = partner_of(w, a);
  make_who(w, &e->actor[0], a);
  make_who(w, &e->recipient, b);
  if (chance(w, 0.04)) make_body(w, chance(w, 0.5) ? &e->actor[0] : &e->recipient);
  e->has_recipient = chance(w, 0.82);
  if (strcmp(e->type->name, "CONSULT") == 0 && e->has_recipient) { /* all sides are actors */
    e->actor[1] = e->recipient;
    e->n_actors = 2;
    e->has_recipient = false;
  }
  e->has_source = strcmp(e->status, "claimed") == 0 || strcmp(e->status, "denied") == 0 || chance(w, 0.15);
  make_who(w, &e->source, chance(w, 0.5) ? a : b);
  e->has_item = strcmp(e->type->name, "AID") == 0 || (e->type->score > -2 && chance(w, 0.15));
  e->has_place = chance(w, 0.35);
  e->place = draw(w, w->zipf_places, N_PLACES);
  e->class = below(w, 10);
  e->amount = 1 + below(w, 5000);
}

static void tell(world *w, page *p, event *e) {
  char word[64];
  e->actor_at[0] = write_word(p, e->actor[0].name);
  if (e->n_actors > 1) write_word(p, "and"), e->actor_at[1] = write_word(p, e->actor[1].name);
  write_words(w, p, 2 + below(w, 5));
  e->verb_at = write_word(p, e->type->verb);
  if (e->has_recipient) e->recipient_at = write_word(p, e->recipient.name);
  write_words(w, p, 3 + below(w, 8));
  if (e->has_item) {
    snprintf(word, sizeof word, "%u tons of %s", e->amount, classes[e->class]);
    e->item_at = write_word(p, word);
  }
  if (e->has_place) {
    name_of(word, e->place + 100000u);
    write_word(p, "in");
    e->place_at = write_word(p, word);
  }
  e->word_at = write_word(p, "on Monday");
  write_words(w, p, 2 + below(w, 8));
  if (e->has_source) e->source_at = write_word(p, e->source.name), write_word(p, "said");
  p->text[p->len++] = '.';
}

typedef struct document {
  uint64_t number;
  char id[33], title[160], published[11];
  unsigned publisher, sentence;
  int day;
  size_t at;     /* where its last sentence starts */
  page p;        /* that sentence */
  event e;       /* the last event */
} document;

static void start_document(world *w, document *d, uint64_t number, double progress) {
  page p = {.len = 0};
  d->number = number;
  snprintf(d->id, sizeof d->id, "%016" PRIx64 "%016" PRIx64, mix(number * 2 + 1), mix(number * 2 + 2));
  /* news grew: the later half of the time has three quarters of it */
  d->day = FIRST_DAY + (int)((LAST_DAY - FIRST_DAY) * sqrt(progress));
  date_of(d->published, d->day);
  write_words(w, &p, 8);
  snprintf(d->title, sizeof d->title, "%.*s", (int)p.len, p.text);
  d->publisher = draw(w, w->zipf_publishers, N_PUBLISHERS);
  d->sentence = 0;
  d->at = 0;
  d->p.len = 0;
}

static void print_head(const document *d, uint64_t id) {
  const page *p = &d->p;
  size_t base = d->at;
  printf("{\"id\":\"%016" PRIx64 "\",\"document\":{\"id\":\"%s\",\"title\":\"%s\",\"byline\":null,\"publisher\":\"Outlet %u\",\"published\":\"%s\","
         "\"genre\":\"report\",\"url\":\"https://outlet%u.example/%" PRIu64 "\",\"language\":\"en\"},"
         "\"sentence\":{\"index\":%u,\"start\":%zu,\"end\":%zu,\"text\":\"%.*s\"},",
         id, d->id, d->title, d->publisher, d->published, d->publisher, d->number, d->sentence, base, base + p->len, (int)p->len, p->text);
}

static void print_parties(world *w, const event *e, size_t base) {
  printf("\"actor\":[");
  for (int i = 0; i < e->n_actors; i++) {
    if (i) printf(",");
    print_who(&e->actor[i], e->actor_at[i], base);
  }
  printf("],\"recipient\":[");
  if (e->has_recipient) print_who(&e->recipient, e->recipient_at, base);
  unsigned n_modes = 0;
  while (n_modes < 3 && e->type->modes[n_modes]) n_modes++;
  const char *mode = n_modes && chance(w, 0.6) ? e->type->modes[below(w, n_modes)] : NULL;
  printf("],\"event\":\"%s\",\"mode\":[%s%s%s],\"context\":[\"%s\"],\"cameo\":\"%s\",\"quad\":\"%s\",\"score\":%g,", e->type->name, mode ? "\"" : "",
         mode ? mode : "", mode ? "\"" : "", e->type->score < -5 ? "military" : "diplomatic", e->type->cameo, e->type->quad, e->type->score);
  printf("\"trigger\":{\"text\":\"%s\",\"start\":%zu,\"end\":%zu},\"status\":\"%s\",\"attribution\":[", e->type->verb, base + e->verb_at.start,
         base + e->verb_at.end, e->status);
  if (e->has_source) {
    printf("{\"text\":\"%s\",\"start\":%zu,\"end\":%zu,\"entity\":", e->source.name, base + e->source_at.start, base + e->source_at.end);
    print_who(&e->source, e->source_at, base);
    printf("}");
  }
  printf("],");
}

static void print_details(world *w, const document *d, const event *e, size_t base) {
  char from[11], to[11];
  int day = d->day - (chance(w, 0.1) ? (int)below(w, 2000) : (int)below(w, 4));
  date_of(from, day);
  date_of(to, day);
  printf("\"date\":{\"from\":\"%s\",\"to\":\"%s\",\"text\":\"Monday\",\"start\":%zu,\"end\":%zu,\"source\":\"expression\",\"granularity\":\"day\"},", from, to,
         base + e->word_at.start + 3, base + e->word_at.end);
  if (e->has_place) {
    char name[32];
    name_of(name, e->place + 100000u);
    printf("\"place\":{\"text\":\"%s\",\"start\":%zu,\"end\":%zu,\"name\":\"%s\",\"latitude\":%.4f,\"longitude\":%.4f,\"country\":\"%s\",\"admin1\":null,"
           "\"geonames\":%u},", name, base + e->place_at.start, base + e->place_at.end, name, (int)(e->place % 140) - 60.0, (int)(e->place * 7 % 360) - 180.0,
           w->country[e->place % w->n_countries], 100000 + e->place);
  } else {
    printf("\"place\":null,");
  }
  printf("\"item\":[");
  if (e->has_item)
    printf("{\"text\":\"%u tons of %s\",\"start\":%zu,\"end\":%zu,\"class\":\"%s\",\"count\":%u,\"count_to\":null,\"bound\":null,\"unit\":\"ton\"}", e->amount,
           classes[e->class], base + e->item_at.start, base + e->item_at.end, classes[e->class], e->amount);
  printf("],\"victims\":[");
  if (strcmp(e->type->name, "ASSAULT") == 0 && chance(w, 0.4))
    printf("{\"text\":\"%s\",\"start\":%zu,\"end\":%zu,\"kind\":\"dead\",\"count\":%u,\"count_to\":null,\"bound\":null}", e->type->verb, base + e->verb_at.start,
           base + e->verb_at.end, 1 + below(w, 40));
  printf("],\"crowd\":null,\"times\":null,\"duration\":null,\"deadline\":");
  if ((strcmp(e->type->name, "THREATEN") == 0 || strcmp(e->type->name, "AGREE") == 0) && chance(w, 0.15)) {
    date_of(to, day + 1 + (int)below(w, 60));
    printf("{\"text\":\"Monday\",\"start\":%zu,\"end\":%zu,\"from\":\"%s\",\"to\":\"%s\"},", base + e->word_at.start + 3, base + e->word_at.end, to, to);
  } else {
    printf("null,");
  }
}

/* Every third event is told by the sentence of the one before it. */
static void next_event(world *w, document *d, bool first) {
  if (!first && chance(w, 0.33)) {
    d->e.type = &types[w->types[below(w, 256)]];
    d->e.status = statuses[below(w, 16)];
    return;
  }
  if (!first) d->sentence++, d->at += d->p.len + 1;
  d->p.len = 0;
  choose(w, &d->e);
  tell(w, &d->p, &d->e);
}

static void print_event(world *w, document *d, uint64_t number, uint64_t before) {
  char frame[16];
  next_event(w, d, !before);
  event e = d->e;
  size_t base = d->at, n = 0;
  for (; e.type->name[n]; n++) frame[n] = (char)(e.type->name[n] | 32);
  frame[n] = '\0';
  print_head(d, mix(number + 0x1234567));
  print_parties(w, &e, base);
  print_details(w, d, &e, base);
  bool bargain = e.has_item && e.has_recipient && chance(w, 0.1), linked = before && chance(w, 0.04);
  printf("\"content\":[");
  if (linked && e.type->score < 0) printf("\"%016" PRIx64 "\"", mix(before + 0x1234567));
  printf("],\"exchange\":");
  if (bargain) {
    printf("{\"id\":\"%016" PRIx64 ".1\",\"side\":\"given\",\"text\":\"%s\",\"start\":%zu,\"end\":%zu,\"giver\":[", mix(number + 0x1234567), e.type->verb,
           base + e.verb_at.start, base + e.verb_at.end);
    print_who(&e.actor[0], e.actor_at[0], base);
    printf("],\"taker\":[");
    print_who(&e.recipient, e.recipient_at, base);
    printf("],\"other\":[{\"event\":null,\"text\":\"oil\",\"start\":%zu,\"end\":%zu,\"status\":\"expected\",\"item\":[{\"text\":\"oil\",\"start\":%zu,\"end\":%zu,"
           "\"class\":\"oil\",\"count\":null,\"count_to\":null,\"bound\":null,\"unit\":null}]}]}", base, base + 3, base, base + 3);
  } else {
    printf("null");
  }
  printf(",\"link\":[");
  if (linked && e.type->score > 0)
    printf("{\"type\":\"condition\",\"text\":\"if\",\"start\":%zu,\"end\":%zu,\"event\":\"%016" PRIx64 "\",\"other\":null}", base, base + 2, mix(before + 0x1234567));
  printf("],\"purpose\":null,\"confidence\":0.%u,\"why\":{\"frame\":\"%s.%s\",\"file\":\"knowledge/frames/%s.frames\",\"line\":%u,\"part\":\"v\","
         "\"prior\":0.850,\"second_opinion\":0.%u,\"model\":\"24a6183fbdf51bd6\",\"knowledge\":\"dffaf1df011f55a1\"}}\n",
         300 + below(w, 650), frame, e.type->modes[0] ? e.type->modes[0] : "any", frame, 1 + (unsigned)(e.type - types) * 37, 100 + below(w, 890));
}

static bool read_number(const char *text, uint64_t *out) {
  char *end;
  *out = strtoull(text, &end, 10);
  return *text >= '0' && *text <= '9' && !*end;
}

int main(int argc, char **argv) {
  static world w; /* large */
  static char buffer[1 << 16];
  uint64_t n = 1000, seed = 1, made = 0;
  for (int i = 1; i < argc; i += 2)
    if (i + 1 == argc || (strcmp(argv[i], "-n") && strcmp(argv[i], "-s")) || !read_number(argv[i + 1], argv[i][1] == 'n' ? &n : &seed)) {
      fprintf(stderr, "usage: bench-make-events [-n EVENTS] [-s SEED]\n");
      return 2;
    }
  setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
  make_world(&w, seed);
  for (uint64_t number = 0; made < n; number++) {
    document d;
    start_document(&w, &d, number ^ seed << 40, (double)made / (double)n);
    unsigned events = 1 + below(&w, 4) + below(&w, 5); /* 1 to 8 */
    for (unsigned i = 0; i < events && made < n; i++, made++) {
      print_event(&w, &d, made ^ seed << 40, i ? (made - 1) ^ seed << 40 : 0);
      if (ferror(stdout)) return 1;
    }
  }
  return fflush(stdout) ? 1 : 0;
}
