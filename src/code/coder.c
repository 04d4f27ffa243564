/* code: runs the steps of coder.h over one document. */
#include "code/coder.h"

#include "base/hash.h"
#include "code/event.h"
#include "code/judgement.h"
#include "code/mend.h"
#include "code/option.h"
#include "code/petrarch.h"
#include "know/ontology.h"
#include <time.h>

/* Books the time since the last lap on that stage. */
static void lap(const qi_coding *c, qi_stage stage) {
  qi_stopwatch *w = c->info->watch;
  struct timespec t;
  if (!w || clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t)) return;
  double now = (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
  if (stage < QI_N_STAGES) w->spent[stage] += now - w->last;
  w->last = now;
}

/* Adds the context `historical` to an event that is long past. */
static bool mark_past(quid_event *e, const qi_coding *c, const qi_view *v, const qi_deed *deed) {
  const char *context;
  if (!qi_ontology_context(c->know->ontology, QI_SLICE("historical"), &context)) return true;
  for (uint32_t i = 0; i < e->n_contexts; i++)
    if (strcmp(e->contexts[i], context) == 0) return true;
  if (!qi_topic_is_historical(&c->out->topics, v, deed, e, c->info->published)) return true;
  const char **list = qi_arena_alloc(c->arena, (e->n_contexts + 1) * sizeof *list);
  if (!list) return false;
  for (uint32_t i = 0; i < e->n_contexts; i++) list[i] = e->contexts[i];
  list[e->n_contexts++] = context;
  e->contexts = list;
  return true;
}

static bool add_event(qi_coding *c, const qi_view *v, qi_deed *deed, const qi_standing *standing) {
  quid_event e;
  if (c->n_events == QI_MAX_EVENTS) {
    c->out->cut = true;
    return true;
  }
  if (!qi_event_fill(&e, c, v, deed, standing) || !mark_past(&e, c, v, deed)) return false;
  size_t n = c->n_events;
  if (n == c->cap_events && !qi_vec_grow_in(c->arena, &c->out->items, &c->cap_events, n, n + 1, sizeof e)) return false;
  if (n == c->cap_deeds && !qi_vec_grow_in(c->arena, &c->deed_of, &c->cap_deeds, n, n + 1, sizeof *c->deed_of)) return false;
  c->out->items[n] = e;
  c->deed_of[n] = deed;
  c->n_events++;
  c->out->len = (uint32_t)c->n_events;
  return true;
}

/* The event of this sentence whose content the token is part of, seen from below. */
static size_t about(const qi_coding *c, const qi_view *v, size_t first, size_t inner) {
  int32_t at = c->deed_of[inner]->token;
  for (int step = 0; step < 32 && at >= 0; step++) {
    for (size_t k = first; k < c->n_events; k++) {
      const qi_fill *f = &c->deed_of[k]->role[QI_ROLE_CONTENT];
      if (k == inner || c->deed_of[k]->token == c->deed_of[inner]->token) continue;
      for (uint32_t i = 0; i < f->n; i++)
        if (f->token[i] == at) return k;
    }
    at = qi_tok(v, at)->head;
  }
  return c->n_events;
}

/* Links each event of the sentence to those that it is about. */
static bool link_content(qi_coding *c, const qi_view *v, size_t first) {
  size_t n = c->n_events - first;
  if (n < 2) return true;
  uint32_t *outer = QI_NEW_ARRAY(c->arena, uint32_t, n);
  if (!outer) return false;
  for (size_t i = 0; i < n; i++) {
    size_t k = about(c, v, first, first + i);
    outer[i] = (uint32_t)k;
    if (k < c->n_events) c->out->items[k].n_content++;
  }
  for (size_t k = first; k < c->n_events; k++) {
    quid_event *e = &c->out->items[k];
    uint32_t *list = QI_NEW_ARRAY(c->arena, uint32_t, e->n_content), filled = 0;
    if (!list) return false;
    for (size_t i = 0; i < n; i++)
      if (outer[i] == k) list[filled++] = (uint32_t)(first + i);
    e->content = list;
  }
  return true;
}

static bool match_by_frames(qi_coding *c, const qi_view *v) {
  qi_arena_reset(&c->scratch);
  c->deeds.scratch = c->second ? &c->scratch : NULL;
  if (!qi_match_sentence(v, c->arena, &c->deeds, c->explain)) return false;
  lap(c, QI_STAGE_MATCH);
  return !c->second || qi_opinion_ask(c->second, v, &c->quotes[v->s->index], &c->deeds, c->arena, &c->scratch, c->explain);
}

/* The deeds of the sentence: by the frames, by somebody else's dictionary, or by both. */
static bool match(qi_coding *c, const qi_view *v) {
  bool dictionary = c->know->petrarch != NULL;
  if ((!dictionary || c->know->petrarch_beside) && !match_by_frames(c, v)) return false;
  if (dictionary && !qi_petr_match_sentence(v, c->info->published, c->arena, &c->deeds, c->explain)) return false;
  if (dictionary) qi_deeds_sort(&c->deeds);
  return true;
}

static bool code_sentence(qi_coding *c, const qi_sentence *s) {
  qi_view v = {c->know, c->doc, s, &c->out->mentions};
  size_t first = c->n_events;
  c->deeds.len = 0;
  c->has_amounts = false;
  if (!match(c, &v)) return false;
  if (!qi_link_add_deeds(c, &v)) return false;
  if (!c->know->petrarch && !qi_judgement_add(&v, &c->out->story, &c->quotes[s->index], &c->deeds, c->arena, c->explain)) return false;
  lap(c, c->second ? QI_STAGE_OPINION : QI_STAGE_MATCH);
  for (size_t i = 0; i < c->deeds.len; i++) {
    qi_deed *deed = c->deeds.items[i];
    qi_standing standing;
    if (deed->dropped) {
      const char *why = deed->why_not ? deed->why_not : "the same deed is told by another word";
      qi_explain_add(c->explain, s->index, deed->token, "%s: %s", deed->frame->id, why);
      continue;
    }
    qi_status_of(&standing, &v, deed, c->deeds.items, c->deeds.len, c->out->story.genre, &c->quotes[s->index]);
    if (!qi_judgement_attribute(&c->out->story, deed, &standing)) {
      qi_explain_add(c->explain, s->index, deed->token, "%s: somebody else's word", deed->frame->id);
      continue;
    }
    lap(c, QI_STAGE_STATUS);
    qi_topic topic = qi_topic_explains(&c->out->topics, &v, deed);
    if (topic) {
      qi_topic_tell(&c->out->topics, &v, deed, topic, c->explain);
      continue;
    }
    if (!add_event(c, &v, deed, &standing)) return false;
    lap(c, QI_STAGE_EVENT);
  }
  if (!link_content(c, &v, first)) return false;
  bool ok = qi_options_of_sentence(c, &v, first);
  lap(c, QI_STAGE_EVENT);
  return ok;
}

/* Sentences that the dictionary discards are no story; *all: nor is any other. */
static bool discard(qi_coding *c, const qi_sentence *s, bool *all) {
  if (!c->know->petrarch || c->know->petrarch_beside) return false;
  qi_view v = {c->know, c->doc, s, &c->out->mentions};
  int what = qi_petr_discards(&v, c->arena);
  if (what) qi_explain_add(c->explain, s->index, -1, "%s discarded by the dictionary", what == 2 ? "story" : "sentence");
  *all |= what == 2;
  return what != 0;
}

/* A sentence without remarks had no deed word at all. */
static void explain_silence(qi_coding *c, const qi_sentence *s, size_t lines_before, size_t events_before) {
  if (!c->explain || c->n_events > events_before) return;
  if (c->explain->lines.len == lines_before) qi_explain_add(c->explain, s->index, -1, "no deed word");
}

static quid_status code_sentences(qi_coding *c, quid_error *err) {
  bool discarded = false;
  for (uint32_t i = 0; i < c->doc->n_sentences && !discarded; i++) {
    const qi_sentence *s = &c->doc->sentences[i];
    size_t lines = c->explain ? c->explain->lines.len : 0, events = c->n_events;
    if (s->unparsed) {
      qi_explain_add(c->explain, i, -1, "not parsed: no deed word has beside it what its frames need");
      continue;
    }
    if (c->out->story.sentences[i] != QI_STORY) {
      qi_explain_add(c->explain, i, -1, "not story: %s", qi_not_story_name((qi_not_story)c->out->story.sentences[i]));
      continue;
    }
    if (discard(c, s, &discarded)) continue;
    if (!code_sentence(c, s)) return qi_error_memory(err, "the events");
    explain_silence(c, s, lines, events);
  }
  if (discarded) c->out->len = c->out->n_options = 0, c->bonds.len = 0;
  return QUID_OK;
}

enum { MAX_LATE_DAYS = 7 }; /* a report is published so long after the day of its dateline */

/* The dates of the text; that of its dateline ("KYIV, Nov. 25 (Agency) -") dates the whole. */
static bool find_dates(qi_coding *c) {
  const qi_story *story = &c->out->story;
  qi_day published = c->info->published;
  c->day = qi_today(c->info);
  if (!qi_when_find(&c->times, c->know->days, c->doc, c->day, c->arena)) return false;
  for (uint32_t k = 0; story->dateline >= 0 && k < c->times.len && c->times.items[k].end <= story->dateline_end; k++) {
    qi_time *t = &c->times.items[k];
    if (t->sentence != (uint32_t)story->dateline || t->unit != QI_UNIT_DAY || t->said_from != t->said_to) continue;
    bool fits = published == QI_DAY_NONE ? t->has_year : t->said_from <= published && published - t->said_from <= MAX_LATE_DAYS;
    uint32_t n = c->times.len;
    if (fits && t->said_from != c->day) {
      c->day = t->said_from;
      if (!qi_when_find(&c->times, c->know->days, c->doc, c->day, c->arena)) return false;
    }
    if (n == c->times.len) c->times.items[k].dateline = true;
    break;
  }
  return true;
}

quid_status qi_code_document(const qi_know *know, const qi_second *second, qi_parsed *doc, const qi_document_info *info,
                             qi_arena *arena, qi_events *out, qi_explain *explain, quid_error *err) {
  qi_coding c = {.know = know, .second = second && second->judge ? second : NULL, .doc = doc, .info = info, .arena = arena,
                 .out = out, .explain = explain};
  *out = (qi_events){0};
  lap(&c, QI_N_STAGES);
  if (!qi_mend(know, doc, arena)) return qi_error_memory(err, "the trees");
  c.text_hash = qi_hash64(doc->text);
  if (!qi_story_find(&out->story, know, doc, info->header, info->byline, arena)) return qi_error_memory(err, "the story");
  for (uint32_t i = 0; i < doc->n_sentences; i++)
    doc->sentences[i].outside = out->story.sentences[i] == QI_DATELINE || out->story.sentences[i] == QI_BYLINE;
  if (!qi_lists_find(&out->lists, doc, &out->story, arena)) return qi_error_memory(err, "the lists");
  lap(&c, QI_STAGE_STORY);
  if (!qi_topic_find(&out->topics, know, doc, arena)) return qi_error_memory(err, "the topics");
  lap(&c, QI_STAGE_TOPIC);
  quid_status status = qi_mentions_find(&out->mentions, know, doc, info->published, arena, err);
  if (status) return status;
  if (!qi_judgement_writer(&out->story, doc, &out->mentions, arena)) return qi_error_memory(err, "the writer");
  lap(&c, QI_STAGE_MENTIONS);
  if (!find_dates(&c)) return qi_error_memory(err, "the dates");
  if (!qi_quotes_find(&c.quotes, know, doc, &out->mentions, arena)) return qi_error_memory(err, "the quotations");
  if (!qi_atlas_find(&c.atlas, know, doc, &out->mentions, out->story.dateline, out->story.dateline_end, arena))
    return qi_error_memory(err, "the places");
  if (!qi_link_find(&c)) return qi_error_memory(err, "the links");
  lap(&c, QI_STAGE_WHEN);
  qi_arena_init(&c.scratch, 0);
  status = code_sentences(&c, err);
  qi_arena_clear(&c.scratch);
  if (status) return status;
  bool linked = qi_link_events(&c) && qi_lists_link(&c);
  lap(&c, QI_STAGE_EVENT);
  return linked ? QUID_OK : qi_error_memory(err, "the events");
}
