/* code: the fields of one event. */
#include "code/event.h"

#include "base/hash.h"
#include "code/aim.h"
#include "code/calendar.h"
#include "code/duration.h"
#include "code/item.h"
#include "code/victims.h"
#include "code/where.h"
#include "know/ontology.h"
#include <stdio.h>

enum { MAX_ITEMS = 12, MAX_VICTIMS = 12 };

static quid_span span_of(const qi_view *v, uint32_t first, uint32_t last) {
  return (quid_span){v->s->tokens[first].start, v->s->tokens[last].end};
}

/* The deed word with the other words of its entry ("carried ... out"). */
static quid_span trigger_span(const qi_view *v, const qi_deed *d) {
  int32_t last = d->token, first = d->token;
  const qi_words *w = &d->words->words;
  if (w->n > 1 && d->part == 'v') {
    for (uint32_t at = (uint32_t)d->token + 1, n = 1; n < w->n && at < v->s->n_tokens && at < (uint32_t)d->token + 10; at++)
      if (qi_slice_eq_nocase(qi_tok(v, (int32_t)at)->lemma, w->w[n]) || qi_slice_eq_nocase(qi_tok(v, (int32_t)at)->form, w->w[n])) {
        last = (int32_t)at;
        n++;
      }
  } else if (w->n > 1) {
    for (int32_t k = 1; k < (int32_t)w->n && d->token - k >= 0; k++)
      if (qi_slice_eq_nocase(qi_tok(v, d->token - k)->form, w->w[w->n - 1 - (uint32_t)k])) first = d->token - k;
  }
  return span_of(v, (uint32_t)first, (uint32_t)last);
}

static bool copy_cast(qi_arena *arena, const qi_cast *cast, const quid_entity **out, uint32_t *n) {
  quid_entity *list = QI_NEW_ARRAY(arena, quid_entity, cast->n);
  if (!list) return false;
  for (uint32_t i = 0; i < cast->n; i++) list[i] = *cast->who[i];
  *out = list;
  *n = cast->n;
  return true;
}

static bool fill_attribution(quid_event *e, qi_coding *c, const qi_standing *s) {
  quid_word_of *list = QI_NEW_ARRAY(c->arena, quid_word_of, s->n_by);
  if (!list) return false;
  for (uint32_t i = 0; i < s->n_by; i++)
    list[i] = (quid_word_of){{s->by[i].start, s->by[i].end}, s->by[i].entity};
  e->attribution = list;
  e->n_attribution = s->n_by;
  return true;
}

static bool fill_items(quid_event *e, qi_coding *c, const qi_view *v, const qi_deed *d) {
  quid_item found[MAX_ITEMS];
  uint32_t n = qi_items_of_deed(found, MAX_ITEMS, v, &c->amounts, d);
  quid_item *list = QI_NEW_ARRAY(c->arena, quid_item, n);
  if (!list) return false;
  memcpy(list, found, n * sizeof *list);
  e->items = list;
  e->n_items = n;
  return true;
}

/* Nobody acts but "it" and "they", or somebody who is no state: the scene may be that of the sentence before. */
static bool acts_alone(const qi_deed *d, qi_deed_kind kind) {
  bool pronoun = false;
  for (uint32_t i = 0; i < d->actors.n; i++) {
    const quid_entity *e = d->actors.who[i];
    if (strcmp(e->via, "pronoun") == 0) pronoun = true;
    else if ((*e->id && strcmp(e->id, e->country) == 0) || strcmp(e->via, "capital") == 0) return false;
  }
  return kind == QI_DEED_DONE || (pronoun && kind == QI_DEED_MEETS);
}

/* May the next sentence go on about this deed? It does about the last blow that is told. */
static bool is_last_blow(const qi_coding *c, const qi_view *v, const qi_deed *d, const qi_standing *s) {
  uint32_t next = v->s->index + 1;
  if (d->frame->type != QUID_ASSAULT || !qi_status_is_told(s->status) || next >= c->doc->n_sentences) return false;
  if (c->doc->sentences[next].new_paragraph || c->doc->sentences[next].unparsed || c->out->story.sentences[next] != QI_STORY) return false;
  for (size_t i = 0; i < c->deeds.len; i++)
    if (!c->deeds.items[i]->dropped && c->deeds.items[i]->frame->type == QUID_ASSAULT && c->deeds.items[i]->token > d->token) return false;
  return true;
}

static bool fill_victims(quid_event *e, qi_coding *c, const qi_view *v, const qi_deed *d, const qi_standing *s) {
  quid_victims found[MAX_VICTIMS];
  uint32_t n = qi_victims_of(found, MAX_VICTIMS, v, &c->amounts, d, c->deeds.items, c->deeds.len);
  if (!n && is_last_blow(c, v, d, s)) {
    qi_view after = *v;
    qi_amount_list amounts;
    after.s = &c->doc->sentences[v->s->index + 1];
    if (!qi_amount_scan(&amounts, c->know->amounts, after.s, c->arena)) return false;
    n = qi_victims_after(found, MAX_VICTIMS, &after, &amounts);
  }
  quid_victims *list = QI_NEW_ARRAY(c->arena, quid_victims, n);
  if (!list) return false;
  memcpy(list, found, n * sizeof *list);
  e->victims = list;
  e->n_victims = n;
  qi_crowd_of(&e->crowd.span, &e->crowd.count, v, &c->amounts, d);
  return true;
}

/* Once for a sentence, and only for one with events. */
static bool read_amounts(qi_coding *c, const qi_view *v) {
  if (c->has_amounts) return true;
  c->has_amounts = true;
  return qi_amount_scan(&c->amounts, c->know->amounts, v->s, c->arena);
}

static bool fill_place(quid_event *e, qi_coding *c, const qi_deed *d) {
  qi_place place = {.name = "", .country = "", .admin1 = ""};
  const qi_fill *role = &d->role[QI_ROLE_PLACE];
  for (uint32_t i = 0; i < role->n && place.start == place.end; i++)
    if (!role->clause[i] && !qi_where_at(&place, &c->atlas, d->sentence, (uint32_t)role->token[i], c->arena)) return false;
  qi_where q = {.atlas = &c->atlas, .sentence = d->sentence, .token = (uint32_t)d->token, .light = d->part == 'n' ? d->light : -1,
                .kind = qi_where_kind(d->frame->type)};
  q.acts_alone = acts_alone(d, q.kind);
  q.actors = e->actors;
  q.n_actors = e->n_actors;
  if (place.start == place.end && !qi_where_of(&place, &q, c->arena)) return false;
  e->place.span = (quid_span){place.start, place.end};
  e->place.name = place.name ? place.name : "";
  e->place.country = place.country ? place.country : "";
  e->place.located = place.located;
  e->place.latitude = place.latitude;
  e->place.longitude = place.longitude;
  e->place.admin1 = place.admin1 ? place.admin1 : "";
  e->place.geonames = place.geonames;
  return true;
}

/* Without an expression, the tense says where the deed lies about "now": the day of a saying above it, else that of the text. */
static void fill_tense(quid_event *e, const qi_coding *c, const qi_dating *d) {
  qi_day first = d->speech ? d->speech->from : c->day, last = d->speech ? d->speech->to : c->day;
  if (first == QI_DAY_NONE) return;
  switch (e->status) {
  case QUID_PLANNED:
  case QUID_EXPECTED:
  case QUID_REQUESTED:
  case QUID_RECOMMENDED:
    qi_calendar_iso(e->date.from, first);
    e->date.source = "tense";
    return;
  case QUID_POSSIBLE: return;
  default: break;
  }
  bool report = c->out->story.genre == QI_GENRE_REPORT || c->out->story.genre == QI_GENRE_UNKNOWN;
  qi_calendar_iso(e->date.to, last);
  e->date.source = "tense";
  if (!d->finite || d->before || (!report && !d->speech)) return;
  qi_calendar_iso(e->date.from, first);
  e->date.source = d->speech ? "expression" : "dateline";
  e->date.granularity = d->speech ? qi_unit_name((qi_unit)d->speech->unit) : "day";
  if (d->speech) e->date.span = (quid_span){d->speech->start, d->speech->end};
}

static void fill_date(quid_event *e, qi_coding *c, const qi_view *v, const qi_deed *d) {
  qi_dating dating;
  e->date.source = "";
  qi_govern_date(&dating, &c->times, v, d, &c->deeds);
  const qi_time *t = dating.time;
  qi_deadline_of(&e->deadline, &c->times, v, d, e->status, dating.speech ? dating.speech->to : c->day);
  if (!t) {
    fill_tense(e, c, &dating);
    return;
  }
  bool ahead = e->status == QUID_PLANNED || e->status == QUID_EXPECTED || e->status == QUID_REQUESTED || e->status == QUID_RECOMMENDED;
  qi_day now = dating.speech ? dating.speech->to : c->day;
  bool from_now = ahead && t->from == QI_DAY_MIN && now != QI_DAY_NONE && t->to >= now; /* "will suspend it until 2028" */
  qi_calendar_iso(e->date.from, from_now ? now : t->from);
  qi_calendar_iso(e->date.to, t->to);
  e->date.span = (quid_span){t->start, t->end};
  e->date.source = "expression";
  e->date.granularity = qi_unit_name((qi_unit)t->unit);
}

double qi_event_prior(const qi_view *v, const qi_deed *d, const qi_standing *s) {
  double p = 0.5;
  p += 0.05 * (d->n_needs < 3 ? d->n_needs : 3);
  if (d->actors.n && d->recipients.n) p += 0.1;
  if (d->part == 'v') p += 0.05;
  if (d->words->words.n > 1) p += 0.05;
  for (uint32_t i = 0; i < d->role[QI_ROLE_ACTOR].n; i++) {
    uint8_t origin = d->role[QI_ROLE_ACTOR].origin[i];
    if (origin == QI_FROM_TREE || origin == QI_FROM_PASSIVE) p += 0.05;
    else if (origin == QI_FROM_ATTACHMENT || origin == QI_FROM_CONTROL) p -= 0.05;
    break;
  }
  for (uint32_t i = 0; i < d->actors.n; i++)
    if (strcmp(d->actors.who[i]->via, "pronoun") == 0) {
      p -= 0.1;
      break;
    }
  if (v->s->n_tokens > 50) p -= 0.05;
  if (v->s->n_tokens > 100) p -= 0.1;
  if (s->n_by > 1) p -= 0.05;
  return p < 0.05 ? 0.05 : p > 0.95 ? 0.95 : p;
}

static bool fill_id(quid_event *e, qi_coding *c, const qi_deed *d) {
  char text[512], hex[QI_HASH64_HEX_BYTES];
  int n = snprintf(text, sizeof text, "%016llx %u %u %u %s %s", (unsigned long long)c->text_hash, d->sentence,
                   e->trigger.start, e->trigger.end, quid_event_type_name(e->type), d->frame->id);
  size_t len = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
  e->id = qi_arena_strdup(c->arena, qi_slice_str(qi_hash64_hex(hex, (qi_slice){text, len})));
  return e->id != NULL;
}

bool qi_event_add_link(qi_coding *c, quid_event *e, const quid_link *link) {
  quid_link *list = QI_NEW_ARRAY(c->arena, quid_link, (size_t)e->n_links + 1);
  if (!list) return false;
  if (e->n_links) memcpy(list, e->links, e->n_links * sizeof *list);
  list[e->n_links++] = *link;
  e->links = list;
  return true;
}

bool qi_event_fill(quid_event *e, qi_coding *c, const qi_view *v, const qi_deed *d, const qi_standing *s) {
  const qi_frame *f = d->frame;
  *e = (quid_event){.sentence = d->sentence, .type = f->type, .modes = f->modes, .n_modes = f->n_modes,
                    .contexts = f->contexts, .n_contexts = f->n_contexts, .cameo = f->cameo,
                    .quad = qi_ontology_quad(c->know->ontology, f->type), .status = (quid_event_status)s->status,
                    .frame = f->id, .frame_file = f->file, .frame_line = f->line};
  e->score = qi_ontology_score(c->know->ontology, f->type, f->n_modes ? f->modes[0] : NULL);
  e->exchange.id = e->exchange.side = e->place.admin1 = e->duration.value = "";
  e->crowd.count = (quid_amount){-1, -1, ""};
  e->trigger = trigger_span(v, d);
  if (!copy_cast(c->arena, &d->actors, &e->actors, &e->n_actors) ||
      !copy_cast(c->arena, &d->recipients, &e->recipients, &e->n_recipients) || !fill_attribution(e, c, s) ||
      !read_amounts(c, v) || !fill_items(e, c, v, d) || !fill_victims(e, c, v, d, s) || !fill_place(e, c, d) ||
      !qi_duration_of(&e->duration, v, d, c->arena) || !fill_id(e, c, d))
    return false;
  fill_date(e, c, v, d);
  e->purpose = qi_aim_of(v, d);
  e->times = qi_times_of(v, &c->amounts, d);
  e->part = d->part;
  e->prior = e->confidence = qi_event_prior(v, d, s);
  e->second_opinion = d->judged ? (double)d->sure : -1;
  qi_likeness like = {.prior = e->prior, .actor = d->actors.n > 0, .recipient = d->recipients.n > 0, .verb = d->part == 'v',
                      .told = qi_status_is_told(s->status)};
  if (d->judged) e->confidence = qi_judge_confidence(c->second->judge, d->sure, &like);
  return true;
}
