/* Runs places.tsv through the whole road: which words are the deed's place, in which country, and where on earth.
 *
 *   run_places [--model FILE] [--show [--names]] [--country SHARE] [--near SHARE] [--held-country SHARE] [--held-near SHARE] [FILE.tsv]
 *
 * Where no frame codes the trigger, the step is asked about the trigger's token itself, as of a deed of the type that
 * the frames give its word: the set is about places, not frames. A row with place "-" is right when the deed has none. Held out: FNV-1a 64 of the
 * text % 3 == 0; their failures are counted, never shown. Resolution alone: the right words are given, and only
 * their meaning is asked (what other toponym resolvers report). */
#include "base/file.h"
#include "code/where.h"
#include "golden/road.h"
#include "know/frames.h"
#include "know/table.h"
#include "mention_at.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define NEAR_KM 161.0

enum { KIND, TRIGGER, PLACE, COUNTRY, LATITUDE, LONGITUDE, TEXT };

typedef struct score {
  size_t n, country, near, words;  /* rows; right country; within 161 km; the entry's own words */
  size_t with, found, overlap, none, without; /* rows with a place: one was found, over the right words; rows without one: none */
  size_t events, spans, resolved_country, resolved_near, resolved_exact; /* resolution alone, of rows with a place on earth */
} score;

typedef struct runner {
  road road;
  bool show, names;
  score part[2]; /* development, held out */
} runner;

static bool held_out_row(qi_slice text) {
  uint64_t h = UINT64_C(0xcbf29ce484222325);
  for (size_t i = 0; i < text.len; i++) h = (h ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001b3);
  return h % 3 == 0;
}

static double kilometres(double la, double lo, double lb, double lp) {
  const double rad = 3.14159265358979323846 / 180;
  double dla = (lb - la) * rad, dlo = (lp - lo) * rad;
  double h = sin(dla / 2) * sin(dla / 2) + cos(la * rad) * cos(lb * rad) * sin(dlo / 2) * sin(dlo / 2);
  return 12742 * asin(sqrt(h < 1 ? h : 1));
}

/* "Damascus#2" -> where the second one stands. */
static bool span_of(qi_slice text, qi_slice words, size_t *start, size_t *end) {
  size_t hash = qi_slice_find_char(words, '#'), from = 0;
  long nth = 1;
  if (hash != QI_NOT_FOUND) {
    if (!qi_slice_to_long(qi_slice_sub(words, hash + 1, words.len), &nth)) return false;
    words = qi_slice_sub(words, 0, hash);
  }
  for (; nth > 0; nth--) {
    size_t at = qi_slice_find(qi_slice_sub(text, from, text.len), words);
    if (at == QI_NOT_FOUND) return false;
    *start = from + at, *end = *start + words.len;
    from = *end;
  }
  return true;
}

/* The token that the byte lies in. */
static bool token_at(const qi_parsed *doc, size_t byte, uint32_t *sentence, uint32_t *token) {
  for (uint32_t i = 0; i < doc->n_sentences; i++)
    for (uint32_t k = 0; k < doc->sentences[i].n_tokens; k++)
      if (byte >= doc->sentences[i].tokens[k].start && byte < doc->sentences[i].tokens[k].end) {
        *sentence = i, *token = k;
        return true;
      }
  return false;
}

static bool is_right_place(const qi_place *p, const qi_table *t, bool *country) {
  double la, lo;
  *country = qi_slice_eq_str(t->field[COUNTRY], *p->country ? p->country : "-");
  if (!qi_slice_to_double(t->field[LATITUDE], &la) || !qi_slice_to_double(t->field[LONGITUDE], &lo)) return !p->located;
  return p->located && kilometres(la, lo, p->latitude, p->longitude) <= NEAR_KM;
}

/* The meaning of the right words alone. */
static void resolve_alone(runner *r, const qi_table *t, const qi_atlas *atlas, score *sum) {
  size_t start, end;
  uint32_t sentence, token;
  double la, lo;
  if (!qi_slice_to_double(t->field[LATITUDE], &la) || !qi_slice_to_double(t->field[LONGITUDE], &lo)) return;
  sum->spans++;
  if (!span_of(t->field[TEXT], t->field[PLACE], &start, &end) || !token_at(atlas->doc, start, &sentence, &token)) return;
  const qi_sentence *s = &atlas->doc->sentences[sentence];
  for (; token < s->n_tokens && s->tokens[token].start < end; token++) {
    uint32_t named = qi_atlas_at(atlas, sentence, token);
    if (named == QI_NO_NAMED || atlas->items[named].place == QI_NO_PLACE) continue;
    qi_place p;
    bool country;
    if (!qi_where_at(&p, atlas, sentence, token, &r->road.arena)) return;
    const qi_spot_of_earth *e = qi_places_get(r->road.know.places, atlas->items[named].place);
    if (!p.located) p = (qi_place){.country = e->country, .located = true, .latitude = e->latitude / 1000.0, .longitude = e->longitude / 1000.0};
    bool near = is_right_place(&p, t, &country);
    sum->resolved_country += country, sum->resolved_near += near;
    sum->resolved_exact += kilometres(la, lo, p.latitude, p.longitude) <= 10;
    if (r->show && (!near || !country))
      printf("  resolve %zu: '%.*s' -> %s %.2f %.2f, must be %.*s %.*s %.*s\n", t->line, QI_SLICE_ARG(t->field[PLACE]), p.country, p.latitude,
             p.longitude, QI_SLICE_ARG(t->field[COUNTRY]), QI_SLICE_ARG(t->field[LATITUDE]), QI_SLICE_ARG(t->field[LONGITUDE]));
    return;
  }
  if (r->show) printf("  resolve %zu: '%.*s' is no name\n", t->line, QI_SLICE_ARG(t->field[PLACE]));
}

/* The kind of deed that the frames see in the word: one that is done, if half as many see that as see it said. */
static qi_deed_kind kind_of_word(const runner *r, const qi_token *t) {
  size_t n[3] = {0}, best = QI_DEED_DONE;
  const qi_trigger *trigger;
  const qi_frame *f;
  uint32_t at = qi_frames_first(r->road.know.frames, t->lemma, t->upos == QI_VERB ? 'v' : 'n');
  while ((f = qi_frames_next(r->road.know.frames, &at, &trigger))) n[qi_where_kind(f->type)]++;
  for (size_t k = 0; k < 3; k++)
    if (n[k] > 2 * n[best]) best = k;
  return (qi_deed_kind)best;
}

/* The event with that trigger; without one, the step itself is asked. */
static bool place_of(runner *r, const qi_table *t, const qi_events *events, const qi_atlas *atlas, qi_place *out, bool *event) {
  size_t start, end;
  *event = false;
  *out = (qi_place){.name = "", .country = "", .admin1 = ""};
  if (!span_of(t->field[TEXT], t->field[TRIGGER], &start, &end)) return true;
  for (uint32_t i = 0; i < events->len; i++) {
    const quid_event *e = &events->items[i];
    if (e->trigger.end <= start || e->trigger.start >= end) continue;
    bool better = !*event || (out->start == out->end && e->place.span.end > e->place.span.start);
    *event = true;
    if (better)
      *out = (qi_place){e->place.span.start, e->place.span.end, e->place.name, e->place.country, e->place.located, e->place.latitude,
                        e->place.longitude, e->place.admin1, e->place.geonames};
  }
  qi_where q = {.atlas = atlas, .light = -1};
  if (*event || !token_at(atlas->doc, start, &q.sentence, &q.token)) return true;
  q.kind = kind_of_word(r, &atlas->doc->sentences[q.sentence].tokens[q.token]);
  q.acts_alone = q.kind != QI_DEED_SAID;
  return qi_where_of(out, &q, &r->road.arena);
}

static void compare(runner *r, const qi_table *t, const qi_place *p, bool event, score *sum) {
  bool none = qi_slice_eq_str(t->field[PLACE], "-"), is = p->end > p->start, country = none && !is, near = country, words = country;
  size_t start = 0, end = 0;
  sum->n++;
  sum->events += event;
  if (none) sum->without++, sum->none += !is;
  else {
    sum->with++;
    near = is_right_place(p, t, &country) && is;
    country &= is;
    if (is && span_of(t->field[TEXT], t->field[PLACE], &start, &end)) {
      words = p->start == start && p->end == end;
      sum->overlap += p->start < end && p->end > start;
    }
    sum->found += is;
  }
  sum->country += country, sum->near += near, sum->words += words;
  if (r->show && (!country || !near))
    printf("%zu %.*s%s: '%.*s' at '%s' %s %.2f %.2f, must be '%.*s' %.*s: %.*s\n", t->line, QI_SLICE_ARG(t->field[KIND]), event ? "" : " (no event)",
           QI_SLICE_ARG(t->field[TRIGGER]), p->name, p->country, p->latitude, p->longitude, QI_SLICE_ARG(t->field[PLACE]),
           QI_SLICE_ARG(t->field[COUNTRY]), QI_SLICE_ARG(t->field[TEXT]));
}

static quid_status run_row(runner *r, const qi_table *t, quid_error *err) {
  qi_parsed doc;
  qi_events events;
  qi_atlas atlas;
  qi_place place;
  bool event, held = held_out_row(t->field[TEXT]), show = r->show;
  qi_document_info info = {.published = qi_day_from_ymd(2024, 6, 1)};
  quid_status status = road_code(&r->road, t->field[TEXT], &info, &doc, &events, err);
  if (status) return status;
  if (!qi_atlas_find(&atlas, &r->road.know, &doc, &events.mentions, events.story.dateline, events.story.dateline_end, &r->road.arena) ||
      !place_of(r, t, &events, &atlas, &place, &event))
    return qi_error_memory(err, "the places");
  r->show = show && !held;
  compare(r, t, &place, event, &r->part[held]);
  for (uint32_t i = 0; r->names && r->show && i < atlas.len; i++) {
    const qi_named_place *x = &atlas.items[i];
    printf("    %s (%u)%s%s\n", x->place == QI_NO_PLACE ? "?" : qi_places_name(r->road.know.places, x->place), x->n, x->part ? " part" : "", x->dateline ? " dateline" : "");
  }
  resolve_alone(r, t, &atlas, &r->part[held]);
  r->show = show;
  return QUID_OK;
}

static double share(size_t n, size_t of) { return of ? (double)n / (double)of : 1; }

static void tell(const char *name, const score *s) {
  printf("%s: %zu rows, %zu with an event; right country %.1f %%, within 161 km %.1f %%, entry's words %.1f %%\n", name, s->n, s->events,
         100 * share(s->country, s->n), 100 * share(s->near, s->n), 100 * share(s->words, s->n));
  printf("  span: a place found in %zu of %zu that have one, over the right words in %zu; none in %zu of %zu that have none\n", s->found, s->with,
         s->overlap, s->none, s->without);
  printf("  resolution, right words given, %zu places: country %.1f %%, within 161 km %.1f %%, within 10 km %.1f %%\n", s->spans,
         100 * share(s->resolved_country, s->spans), 100 * share(s->resolved_near, s->spans), 100 * share(s->resolved_exact, s->spans));
}

static bool reached(const score *s, double country, double near) {
  return share(s->country, s->n) >= country && share(s->near, s->n) >= near;
}

int main(int argc, char **argv) {
  runner r = {.show = false};
  quid_error err = {.code = QUID_OK};
  const char *model = test_root("model/quid.model"), *file = test_root("tests/golden/places.tsv");
  double least[2][2] = {{0, 0}, {0, 0}};
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = value, i++;
    else if (strcmp(argv[i], "--country") == 0) least[0][0] = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--near") == 0) least[0][1] = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--held-country") == 0) least[1][0] = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--held-near") == 0) least[1][1] = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--show") == 0) r.show = true;
    else if (strcmp(argv[i], "--names") == 0) r.names = true;
    else file = argv[i];
  }
  qi_builder data;
  qi_builder_init(&data, 0);
  qi_table t;
  bool more = true;
  quid_status status = qi_file_read(&data, file, 0, &err);
  if (!status) status = road_open(&r.road, model, &err);
  if (!status) status = qi_table_open(&t, qi_builder_view(&data), file, "kind\ttrigger\tplace\tcountry\tlatitude\tlongitude\ttext", &err);
  while (!status && !(status = qi_table_next(&t, &more, &err)) && more) status = run_row(&r, &t, &err);
  if (status) fprintf(stderr, "run_places: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else {
    tell("development", &r.part[0]);
    tell("held out", &r.part[1]);
    printf("held out: right country %.1f %%, within 161 km %.1f %% of %zu\n", 100 * share(r.part[1].country, r.part[1].n),
           100 * share(r.part[1].near, r.part[1].n), r.part[1].n);
  }
  road_clear(&r.road);
  qi_builder_clear(&data);
  if (status) return 2;
  return reached(&r.part[0], least[0][0], least[0][1]) && reached(&r.part[1], least[1][0], least[1][1]) ? 0 : 1;
}
