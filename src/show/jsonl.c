/* show: events -> JSON lines, the event record of docs/event-record.md.
 *
 * One object a line for each event, its keys always the same and in the same order, so that the lines
 * load as a table anywhere; null where the text says nothing. A span is three keys, `text`, `start`,
 * `end`, wherever it stands. What is the same for all events of a document (`document`, `why`'s
 * versions) is written once and copied.
 *
 * Example: {"id":"5a...","document":{...},"sentence":{"index":0,...},"actor":[{"id":"NOR",...}], ...} */
#include "show/show.h"

/* --- JSON --- */

/* Length of the run without a character that must be escaped. The text is valid UTF-8 already. */
static size_t plain_run(qi_slice s) {
  size_t n = 0;
  while (n < s.len && (unsigned char)s.ptr[n] >= 0x20 && s.ptr[n] != '"' && s.ptr[n] != '\\') n++;
  return n;
}

static void escape(qi_builder *b, char c) {
  switch (c) {
  case '"': qi_builder_str(b, "\\\""); break;
  case '\\': qi_builder_str(b, "\\\\"); break;
  case '\n': qi_builder_str(b, "\\n"); break;
  case '\r': qi_builder_str(b, "\\r"); break;
  case '\t': qi_builder_str(b, "\\t"); break;
  default: qi_builder_printf(b, "\\u%04x", (unsigned)(unsigned char)c); break;
  }
}

static void put_string(qi_builder *b, qi_slice s) {
  qi_builder_char(b, '"');
  while (s.len) {
    size_t n = plain_run(s);
    qi_builder_slice(b, qi_slice_sub(s, 0, n));
    if (n < s.len) escape(b, s.ptr[n++]);
    s = qi_slice_sub(s, n, s.len);
  }
  qi_builder_char(b, '"');
}

/* null for the empty string, which stands for "unknown" in the structs. */
static void put_text(qi_builder *b, const char *text) {
  if (text && *text) put_string(b, qi_slice_str(text));
  else qi_builder_str(b, "null");
}

void qi_show_json_text(qi_builder *b, const char *text) { put_text(b, text); }

/* before: the key and what stands between it and the value before, as it is to appear. */
static void put_key_text(qi_builder *b, const char *before, const char *text) {
  qi_builder_str(b, before);
  put_text(b, text);
}

static void put_key_number(qi_builder *b, const char *before, double value, int decimals) {
  qi_builder_str(b, before);
  qi_show_number(b, value, decimals);
}

/* --- parts of the record --- */

/* The three keys of a span, without braces. */
static void put_span_keys(qi_builder *b, const quid_document *doc, quid_span span) {
  if (span.start == span.end) {
    qi_builder_str(b, "\"text\":null,\"start\":null,\"end\":null");
    return;
  }
  qi_builder_str(b, "\"text\":");
  put_string(b, qi_show_words(doc, span));
  qi_builder_printf(b, ",\"start\":%u,\"end\":%u", (unsigned)span.start, (unsigned)span.end);
}

static void put_span(qi_builder *b, const quid_document *doc, quid_span span) {
  if (span.start == span.end) {
    qi_builder_str(b, "null");
    return;
  }
  qi_builder_char(b, '{');
  put_span_keys(b, doc, span);
  qi_builder_char(b, '}');
}

static void put_entity(qi_builder *b, const quid_document *doc, const quid_entity *e) {
  put_key_text(b, "{\"id\":", e->id);
  put_key_text(b, ",\"name\":", e->name);
  put_key_text(b, ",\"country\":", e->country);
  put_key_text(b, ",\"sector\":", e->sector);
  put_key_text(b, ",\"role\":", e->role);
  qi_builder_char(b, ',');
  put_span_keys(b, doc, e->span);
  put_key_text(b, ",\"via\":", e->via);
  qi_builder_char(b, '}');
}

static void put_entities(qi_builder *b, const quid_document *doc, const quid_entity *list, uint32_t n) {
  qi_builder_char(b, '[');
  for (uint32_t i = 0; i < n; i++) {
    if (i) qi_builder_char(b, ',');
    put_entity(b, doc, &list[i]);
  }
  qi_builder_char(b, ']');
}

static void put_words(qi_builder *b, const char *const *words, uint32_t n) {
  qi_builder_char(b, '[');
  for (uint32_t i = 0; i < n; i++) put_key_text(b, i ? "," : "", words[i]);
  qi_builder_char(b, ']');
}

static void put_attribution(qi_builder *b, const quid_document *doc, const quid_word_of *list, uint32_t n) {
  qi_builder_char(b, '[');
  for (uint32_t i = 0; i < n; i++) {
    const quid_word_of *word = &list[i];
    qi_builder_str(b, i ? ",{" : "{");
    put_span_keys(b, doc, word->span);
    qi_builder_str(b, ",\"entity\":");
    if (word->entity) put_entity(b, doc, word->entity);
    else qi_builder_str(b, "null");
    qi_builder_char(b, '}');
  }
  qi_builder_char(b, ']');
}

static void put_date(qi_builder *b, const quid_document *doc, const quid_event *e) {
  if (!e->date.from[0] && !e->date.to[0]) {
    qi_builder_str(b, "null");
    return;
  }
  put_key_text(b, "{\"from\":", e->date.from);
  put_key_text(b, ",\"to\":", e->date.to);
  qi_builder_char(b, ',');
  put_span_keys(b, doc, e->date.span);
  put_key_text(b, ",\"source\":", e->date.source);
  if (e->date.granularity && *e->date.granularity) put_key_text(b, ",\"granularity\":", e->date.granularity);
  qi_builder_char(b, '}');
}

static void put_amount(qi_builder *b, quid_amount count) {
  if (count.from < 0) {
    qi_builder_str(b, ",\"count\":null,\"count_to\":null,\"bound\":null");
    return;
  }
  put_key_number(b, ",\"count\":", count.from, 6);
  if (count.to > count.from) put_key_number(b, ",\"count_to\":", count.to, 6);
  else qi_builder_str(b, ",\"count_to\":null");
  put_key_text(b, ",\"bound\":", count.bound);
}

static void put_place(qi_builder *b, const quid_document *doc, const quid_event *e) {
  if (e->place.span.start == e->place.span.end) {
    qi_builder_str(b, "null");
    return;
  }
  qi_builder_char(b, '{');
  put_span_keys(b, doc, e->place.span);
  put_key_text(b, ",\"name\":", e->place.name);
  put_key_text(b, ",\"country\":", e->place.country);
  put_key_text(b, ",\"admin1\":", e->place.admin1);
  if (e->place.located) {
    put_key_number(b, ",\"latitude\":", e->place.latitude, 5);
    put_key_number(b, ",\"longitude\":", e->place.longitude, 5);
  } else {
    qi_builder_str(b, ",\"latitude\":null,\"longitude\":null");
  }
  if (e->place.geonames) qi_builder_printf(b, ",\"geonames\":%u", (unsigned)e->place.geonames);
  else qi_builder_str(b, ",\"geonames\":null");
  qi_builder_char(b, '}');
}

static void put_items(qi_builder *b, const quid_document *doc, const quid_item *list, uint32_t n) {
  qi_builder_char(b, '[');
  for (uint32_t i = 0; i < n; i++) {
    qi_builder_str(b, i ? ",{" : "{");
    put_span_keys(b, doc, list[i].span);
    put_key_text(b, ",\"class\":", list[i].item_class);
    put_amount(b, list[i].count);
    put_key_text(b, ",\"unit\":", list[i].unit);
    qi_builder_char(b, '}');
  }
  qi_builder_char(b, ']');
}

static void put_victims(qi_builder *b, const quid_document *doc, const quid_event *e) {
  qi_builder_char(b, '[');
  for (uint32_t i = 0; i < e->n_victims; i++) {
    qi_builder_str(b, i ? ",{" : "{");
    put_span_keys(b, doc, e->victims[i].span);
    put_key_text(b, ",\"kind\":", e->victims[i].kind);
    put_amount(b, e->victims[i].count);
    qi_builder_char(b, '}');
  }
  qi_builder_char(b, ']');
}

static void put_crowd(qi_builder *b, const quid_document *doc, const quid_event *e) {
  if (e->crowd.span.start == e->crowd.span.end) {
    qi_builder_str(b, "null");
    return;
  }
  qi_builder_char(b, '{');
  put_span_keys(b, doc, e->crowd.span);
  put_amount(b, e->crowd.count);
  qi_builder_char(b, '}');
}

/* A duration has a value, a deadline its days. */
static void put_period(qi_builder *b, const quid_document *doc, const quid_period *p, bool deadline) {
  if (p->span.start == p->span.end) {
    qi_builder_str(b, "null");
    return;
  }
  qi_builder_char(b, '{');
  put_span_keys(b, doc, p->span);
  if (deadline) {
    put_key_text(b, ",\"from\":", p->from);
    put_key_text(b, ",\"to\":", p->to);
  } else {
    put_key_text(b, ",\"value\":", p->value);
  }
  qi_builder_char(b, '}');
}

/* The id of an event of the document, null for QUID_NO_EVENT. */
static void put_event_id(qi_builder *b, const char *before, const quid_document *doc, uint32_t index) {
  const quid_event *e = index == QUID_NO_EVENT ? NULL : quid_document_event(doc, index);
  put_key_text(b, before, e ? e->id : NULL);
}

static void put_content(qi_builder *b, const quid_document *doc, const quid_event *e) {
  bool first = true;
  qi_builder_char(b, '[');
  for (uint32_t i = 0; i < e->n_content; i++) {
    const quid_event *about = quid_document_event(doc, e->content[i]);
    if (!about) continue;
    put_key_text(b, first ? "" : ",", about->id);
    first = false;
  }
  qi_builder_char(b, ']');
}

static void put_counterparts(qi_builder *b, const quid_document *doc, const quid_event *e) {
  qi_builder_char(b, '[');
  for (uint32_t i = 0; i < e->exchange.n_others; i++) {
    const quid_counterpart *o = &e->exchange.others[i];
    put_event_id(b, i ? ",{\"event\":" : "{\"event\":", doc, o->event);
    qi_builder_char(b, ',');
    put_span_keys(b, doc, o->span);
    qi_builder_str(b, ",\"item\":");
    put_items(b, doc, o->items, o->n_items);
    put_key_text(b, ",\"status\":", o->status < 0 ? NULL : quid_event_status_name((quid_event_status)o->status));
    qi_builder_char(b, '}');
  }
  qi_builder_char(b, ']');
}

static void put_exchange(qi_builder *b, const quid_document *doc, const quid_event *e) {
  if (!e->exchange.id || !*e->exchange.id) {
    qi_builder_str(b, "null");
    return;
  }
  put_key_text(b, "{\"id\":", e->exchange.id);
  put_key_text(b, ",\"side\":", e->exchange.side);
  qi_builder_char(b, ',');
  put_span_keys(b, doc, e->exchange.span);
  qi_builder_str(b, ",\"giver\":");
  put_entities(b, doc, e->exchange.givers, e->exchange.n_givers);
  qi_builder_str(b, ",\"taker\":");
  put_entities(b, doc, e->exchange.takers, e->exchange.n_takers);
  qi_builder_str(b, ",\"other\":");
  put_counterparts(b, doc, e);
  qi_builder_char(b, '}');
}

static void put_links(qi_builder *b, const quid_document *doc, const quid_event *e) {
  qi_builder_char(b, '[');
  for (uint32_t i = 0; i < e->n_links; i++) {
    const quid_link *l = &e->links[i];
    put_key_text(b, i ? ",{\"type\":" : "{\"type\":", l->type);
    put_event_id(b, ",\"event\":", doc, l->event);
    qi_builder_str(b, ",\"other\":");
    put_span(b, doc, l->other);
    qi_builder_char(b, ',');
    put_span_keys(b, doc, l->span);
    qi_builder_char(b, '}');
  }
  qi_builder_char(b, ']');
}

static void put_document(qi_builder *b, const quid_document *doc) {
  put_key_text(b, "{\"id\":", quid_document_id(doc));
  put_key_text(b, ",\"title\":", quid_document_title(doc));
  put_key_text(b, ",\"byline\":", quid_document_byline(doc));
  put_key_text(b, ",\"publisher\":", quid_document_publisher(doc));
  put_key_text(b, ",\"published\":", quid_document_published(doc));
  put_key_text(b, ",\"genre\":", quid_genre_name(quid_document_genre(doc)));
  put_key_text(b, ",\"url\":", quid_document_url(doc));
  put_key_text(b, ",\"language\":", quid_document_language(doc));
  qi_builder_char(b, '}');
}

static void put_sentence(qi_builder *b, const quid_document *doc, uint32_t sentence) {
  quid_span span = quid_document_sentence(doc, sentence);
  qi_builder_printf(b, "{\"index\":%u,\"start\":%u,\"end\":%u,\"text\":", (unsigned)sentence,
                    (unsigned)span.start, (unsigned)span.end);
  put_string(b, qi_show_words(doc, span));
  qi_builder_char(b, '}');
}

static void put_why(qi_builder *b, const quid_document *doc, const quid_event *e) {
  put_key_text(b, "{\"frame\":", e->frame);
  put_key_text(b, ",\"file\":", e->frame_file);
  if (e->frame_line) qi_builder_printf(b, ",\"line\":%u", (unsigned)e->frame_line);
  else qi_builder_str(b, ",\"line\":null");
  qi_builder_printf(b, ",\"part\":\"%c\",\"prior\":%.3f", e->part ? e->part : '-', e->prior);
  if (e->second_opinion >= 0) qi_builder_printf(b, ",\"second_opinion\":%.3f", e->second_opinion);
  put_key_text(b, ",\"model\":", quid_document_model_version(doc));
  put_key_text(b, ",\"knowledge\":", quid_document_knowledge_version(doc));
  qi_builder_char(b, '}');
}

/* --- the record --- */

/* What was done, by whom, to whom. */
static void put_deed(qi_builder *b, const quid_document *doc, const quid_event *e) {
  qi_builder_str(b, ",\"actor\":");
  put_entities(b, doc, e->actors, e->n_actors);
  qi_builder_str(b, ",\"recipient\":");
  put_entities(b, doc, e->recipients, e->n_recipients);
  put_key_text(b, ",\"event\":", quid_event_type_name(e->type));
  qi_builder_str(b, ",\"mode\":");
  put_words(b, e->modes, e->n_modes);
  qi_builder_str(b, ",\"context\":");
  put_words(b, e->contexts, e->n_contexts);
  put_key_text(b, ",\"cameo\":", e->cameo);
  put_key_text(b, ",\"quad\":", e->quad);
  put_key_number(b, ",\"score\":", e->score, 3);
  qi_builder_str(b, ",\"trigger\":");
  put_span(b, doc, e->trigger);
}

/* Whether, when, where, with what, what for. */
static void put_circumstances(qi_builder *b, const quid_document *doc, const quid_event *e) {
  put_key_text(b, ",\"status\":", quid_event_status_name(e->status));
  qi_builder_str(b, ",\"attribution\":");
  put_attribution(b, doc, e->attribution, e->n_attribution);
  qi_builder_str(b, ",\"date\":");
  put_date(b, doc, e);
  qi_builder_str(b, ",\"place\":");
  put_place(b, doc, e);
  qi_builder_str(b, ",\"item\":");
  put_items(b, doc, e->items, e->n_items);
  qi_builder_str(b, ",\"victims\":");
  put_victims(b, doc, e);
  qi_builder_str(b, ",\"crowd\":");
  put_crowd(b, doc, e);
  if (e->times) qi_builder_printf(b, ",\"times\":%u", (unsigned)e->times);
  else qi_builder_str(b, ",\"times\":null");
  qi_builder_str(b, ",\"duration\":");
  put_period(b, doc, &e->duration, false);
  qi_builder_str(b, ",\"deadline\":");
  put_period(b, doc, &e->deadline, true);
  qi_builder_str(b, ",\"content\":");
  put_content(b, doc, e);
  qi_builder_str(b, ",\"exchange\":");
  put_exchange(b, doc, e);
  qi_builder_str(b, ",\"link\":");
  put_links(b, doc, e);
  qi_builder_str(b, ",\"purpose\":");
  put_span(b, doc, e->purpose);
}

static void put_option(qi_builder *b, const quid_document *doc, qi_slice same, const quid_option *o) {
  put_key_text(b, "{\"record\":\"option\",\"id\":", o->id);
  qi_builder_str(b, ",\"document\":");
  qi_builder_slice(b, same);
  qi_builder_str(b, ",\"sentence\":");
  put_sentence(b, doc, o->sentence);
  qi_builder_str(b, ",\"by\":");
  put_attribution(b, doc, o->by, o->n_by);
  qi_builder_str(b, ",\"on\":");
  put_entities(b, doc, o->on, o->n_on);
  qi_builder_str(b, ",\"on_words\":");
  put_span(b, doc, o->on_words);
  qi_builder_str(b, ",\"deed\":");
  put_span(b, doc, o->deed);
  qi_builder_str(b, ",\"verb\":");
  put_span(b, doc, o->verb);
  qi_builder_str(b, o->negated ? ",\"negated\":true" : ",\"negated\":false");
  put_key_text(b, ",\"strength\":", quid_strength_name(o->strength));
  put_event_id(b, ",\"event\":", doc, o->event);
  qi_builder_str(b, ",\"toward\":");
  put_entities(b, doc, o->toward, o->n_toward);
  qi_builder_str(b, ",\"purpose\":");
  put_span(b, doc, o->purpose);
  qi_builder_str(b, ",\"reason\":");
  put_span(b, doc, o->reason);
  qi_builder_str(b, ",\"words\":");
  put_span(b, doc, o->words);
  if (o->number) qi_builder_printf(b, ",\"number\":%u", (unsigned)o->number);
  else qi_builder_str(b, ",\"number\":null");
  qi_builder_str(b, ",\"head\":");
  put_span(b, doc, o->head);
  put_key_text(b, ",\"why\":{\"model\":", quid_document_model_version(doc));
  put_key_text(b, ",\"knowledge\":", quid_document_knowledge_version(doc));
  qi_builder_str(b, "}}\n");
}

static void put_side(qi_builder *b, const quid_document *doc, const quid_bond_side *side, bool exchange) {
  qi_builder_str(b, "{\"part\":[");
  for (uint32_t i = 0; i < side->n_parts; i++) {
    const quid_bond_part *p = &side->parts[i];
    put_event_id(b, i ? ",{\"event\":" : "{\"event\":", doc, p->event);
    qi_builder_char(b, ',');
    put_span_keys(b, doc, p->span);
    qi_builder_str(b, ",\"head\":");
    put_span(b, doc, p->head);
    qi_builder_str(b, ",\"item\":");
    put_items(b, doc, p->items, p->n_items);
    put_key_text(b, ",\"status\":", p->status < 0 ? NULL : quid_event_status_name((quid_event_status)p->status));
    qi_builder_char(b, '}');
  }
  qi_builder_char(b, ']');
  if (exchange) {
    qi_builder_str(b, ",\"giver\":");
    put_entities(b, doc, side->givers, side->n_givers);
    qi_builder_str(b, ",\"taker\":");
    put_entities(b, doc, side->takers, side->n_takers);
  }
  qi_builder_char(b, '}');
}

static void put_bond(qi_builder *b, const quid_document *doc, qi_slice same, const quid_bond *r) {
  bool exchange = strcmp(r->type, "exchange") == 0;
  put_key_text(b, "{\"record\":\"link\",\"id\":", r->id);
  qi_builder_str(b, ",\"document\":");
  qi_builder_slice(b, same);
  qi_builder_str(b, ",\"sentence\":");
  put_sentence(b, doc, r->sentence);
  put_key_text(b, ",\"type\":", r->type);
  qi_builder_str(b, ",\"first\":");
  put_side(b, doc, &r->first, exchange);
  qi_builder_str(b, ",\"second\":");
  put_side(b, doc, &r->second, exchange);
  qi_builder_str(b, ",\"words\":");
  put_span(b, doc, r->span);
  put_key_text(b, ",\"why\":{\"model\":", quid_document_model_version(doc));
  put_key_text(b, ",\"knowledge\":", quid_document_knowledge_version(doc));
  qi_builder_str(b, "}}\n");
}

void qi_show_jsonl(qi_builder *out, const quid_document *doc, quid_records records) {
  qi_builder same; /* the `document` object */
  qi_builder_init(&same, 0);
  put_document(&same, doc);
  bool options = records == QUID_RECORDS_OPTIONS || records == QUID_RECORDS_ALL, links = records == QUID_RECORDS_LINKS || records == QUID_RECORDS_ALL;
  for (size_t i = 0; records != QUID_RECORDS_OPTIONS && records != QUID_RECORDS_LINKS && i < quid_document_n_events(doc); i++) {
    const quid_event *e = quid_document_event(doc, i);
    put_key_text(out, "{\"id\":", e->id);
    qi_builder_str(out, ",\"document\":");
    qi_builder_slice(out, qi_builder_view(&same));
    qi_builder_str(out, ",\"sentence\":");
    put_sentence(out, doc, e->sentence);
    put_deed(out, doc, e);
    put_circumstances(out, doc, e);
    put_key_number(out, ",\"confidence\":", e->confidence, 3);
    qi_builder_str(out, ",\"why\":");
    put_why(out, doc, e);
    qi_builder_str(out, "}\n");
  }
  for (size_t i = 0; options && i < quid_document_n_options(doc); i++) put_option(out, doc, qi_builder_view(&same), quid_document_option(doc, i));
  for (size_t i = 0; links && i < quid_document_n_bonds(doc); i++) put_bond(out, doc, qi_builder_view(&same), quid_document_bond(doc, i));
  if (same.failed) out->failed = same.failed;
  qi_builder_clear(&same);
}
