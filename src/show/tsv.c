/* show: events -> tab-separated values, one line each, for spreadsheets, R and awk.
 *
 * The main fields only; lists are joined by ";". A tab, line break or backslash within a field is
 * written \t, \n, \r, \\, so that a line is always an event and a tab always parts two fields.
 * Example: 5a...<tab>news-1<tab>2024-06-19<tab>0<tab>...<tab>Norland shipped grain to Ostria. */
#include "show/show.h"

const char qi_show_tsv_head[] =
    "id\tdocument\tpublished\tsentence\tdate_from\tdate_to\tstatus\tevent\tmode\tcontext\tcameo\tquad\t"
    "score\tactor\tactor_name\trecipient\trecipient_name\ttrigger\titem\titem_class\titem_count\tplace\t"
    "place_country\tlatitude\tlongitude\ttimes\tvictims\tcrowd\tduration\tdeadline\tattribution\tcontent\texchange\t"
    "exchange_side\tlink\tpurpose\tconfidence\tframe\t"
    "text\n";

const char qi_show_tsv_option_head[] =
    "id\tdocument\tpublished\tsentence\tby\ton\ton_name\ton_words\tstrength\tnegated\tverb\tdeed\ttoward\ttoward_name\tpurpose\treason\twords\tevent\t"
    "number\thead\ttext\n";

const char qi_show_tsv_link_head[] =
    "id\tdocument\tpublished\tsentence\ttype\tfirst\tfirst_head\tfirst_status\tfirst_event\tsecond\tsecond_head\tsecond_status\tsecond_event\t"
    "giver\tgiver_name\ttaker\ttaker_name\twords\ttext\n";

static void put(qi_builder *b, qi_slice s) {
  for (size_t from = 0; from < s.len;) {
    size_t at = from;
    while (at < s.len && !(s.ptr[at] == '\\' || (s.ptr[at] >= '\t' && s.ptr[at] <= '\r'))) at++;
    qi_builder_slice(b, qi_slice_sub(s, from, at));
    if (at < s.len)
      switch (s.ptr[at]) {
      case '\\': qi_builder_str(b, "\\\\"); break;
      case '\t': qi_builder_str(b, "\\t"); break;
      case '\n': qi_builder_str(b, "\\n"); break;
      case '\r': qi_builder_str(b, "\\r"); break;
      default: qi_builder_char(b, ' '); break; /* vertical tab, form feed */
      }
    from = at + 1;
  }
}

void qi_show_tsv_text(qi_builder *b, qi_slice s) { put(b, s); }

static void field(qi_builder *b, qi_slice s) {
  put(b, s);
  qi_builder_char(b, '\t');
}

static void text_field(qi_builder *b, const char *text) { field(b, qi_slice_str(text)); }

static void span_field(qi_builder *b, const quid_document *doc, quid_span span) {
  field(b, qi_show_words(doc, span));
}

static void list_field(qi_builder *b, const char *const *words, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (i) qi_builder_char(b, ';');
    put(b, qi_slice_str(words[i]));
  }
  qi_builder_char(b, '\t');
}

static void entity_fields(qi_builder *b, const quid_entity *list, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (i) qi_builder_char(b, ';');
    put(b, qi_slice_str(list[i].id));
  }
  qi_builder_char(b, '\t');
  for (uint32_t i = 0; i < n; i++) {
    if (i) qi_builder_char(b, ';');
    put(b, qi_slice_str(list[i].name));
  }
  qi_builder_char(b, '\t');
}

static void item_fields(qi_builder *b, const quid_document *doc, const quid_event *e) {
  for (uint32_t i = 0; i < e->n_items; i++) {
    if (i) qi_builder_char(b, ';');
    put(b, qi_show_words(doc, e->items[i].span));
  }
  qi_builder_char(b, '\t');
  for (uint32_t i = 0; i < e->n_items; i++) {
    if (i) qi_builder_char(b, ';');
    put(b, qi_slice_str(e->items[i].item_class));
  }
  qi_builder_char(b, '\t');
  for (uint32_t i = 0; i < e->n_items; i++) {
    if (i) qi_builder_char(b, ';');
    if (e->items[i].count.from >= 0) qi_show_number(b, e->items[i].count.from, 6);
  }
  qi_builder_char(b, '\t');
}

static void attribution_field(qi_builder *b, const quid_document *doc, const quid_word_of *list, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    const quid_word_of *word = &list[i];
    if (i) qi_builder_char(b, ';');
    put(b, word->entity ? qi_slice_str(word->entity->id) : qi_show_words(doc, word->span));
  }
  qi_builder_char(b, '\t');
}

static void content_field(qi_builder *b, const quid_document *doc, const quid_event *e) {
  for (uint32_t i = 0; i < e->n_content; i++) {
    const quid_event *about = quid_document_event(doc, e->content[i]);
    if (i) qi_builder_char(b, ';');
    if (about) put(b, qi_slice_str(about->id));
  }
  qi_builder_char(b, '\t');
}

/* "retaliation:5a..."; without an id where the other side is bare words. */
static void link_field(qi_builder *b, const quid_document *doc, const quid_event *e) {
  for (uint32_t i = 0; i < e->n_links; i++) {
    const quid_event *other = e->links[i].event == QUID_NO_EVENT ? NULL : quid_document_event(doc, e->links[i].event);
    if (i) qi_builder_char(b, ';');
    put(b, qi_slice_str(e->links[i].type));
    qi_builder_char(b, ':');
    if (other) put(b, qi_slice_str(other->id));
  }
  qi_builder_char(b, '\t');
}

/* "dead:12;wounded:40" */
static void victims_field(qi_builder *b, const quid_event *e) {
  for (uint32_t i = 0; i < e->n_victims; i++) {
    if (i) qi_builder_char(b, ';');
    put(b, qi_slice_str(e->victims[i].kind));
    qi_builder_char(b, ':');
    if (e->victims[i].count.from >= 0) qi_show_number(b, e->victims[i].count.from, 0);
  }
  qi_builder_char(b, '\t');
}

static void number_field(qi_builder *b, bool known, double value, int decimals) {
  if (known) qi_show_number(b, value, decimals);
  qi_builder_char(b, '\t');
}

static void put_event(qi_builder *b, const quid_document *doc, const quid_event *e) {
  text_field(b, e->id);
  text_field(b, quid_document_id(doc));
  text_field(b, quid_document_published(doc));
  qi_builder_printf(b, "%u\t", (unsigned)e->sentence);
  text_field(b, e->date.from);
  text_field(b, e->date.to);
  text_field(b, quid_event_status_name(e->status));
  text_field(b, quid_event_type_name(e->type));
  list_field(b, e->modes, e->n_modes);
  list_field(b, e->contexts, e->n_contexts);
  text_field(b, e->cameo);
  text_field(b, e->quad);
  qi_show_number(b, e->score, 3);
  qi_builder_char(b, '\t');
  entity_fields(b, e->actors, e->n_actors);
  entity_fields(b, e->recipients, e->n_recipients);
  span_field(b, doc, e->trigger);
  item_fields(b, doc, e);
  span_field(b, doc, e->place.span);
  text_field(b, e->place.country);
  number_field(b, e->place.located, e->place.latitude, 5);
  number_field(b, e->place.located, e->place.longitude, 5);
  number_field(b, e->times > 0, e->times, 0);
  victims_field(b, e);
  number_field(b, e->crowd.span.end > e->crowd.span.start && e->crowd.count.from >= 0, e->crowd.count.from, 0);
  text_field(b, e->duration.value ? e->duration.value : "");
  text_field(b, e->deadline.to);
  attribution_field(b, doc, e->attribution, e->n_attribution);
  content_field(b, doc, e);
  text_field(b, e->exchange.id);
  text_field(b, e->exchange.side);
  link_field(b, doc, e);
  span_field(b, doc, e->purpose);
  qi_show_number(b, e->confidence, 3);
  qi_builder_char(b, '\t');
  text_field(b, e->frame);
  put(b, qi_show_words(doc, quid_document_sentence(doc, e->sentence)));
  qi_builder_char(b, '\n');
}

static void put_option(qi_builder *b, const quid_document *doc, const quid_option *o) {
  const quid_event *event = o->event == QUID_NO_EVENT ? NULL : quid_document_event(doc, o->event);
  text_field(b, o->id);
  text_field(b, quid_document_id(doc));
  text_field(b, quid_document_published(doc));
  qi_builder_printf(b, "%u\t", (unsigned)o->sentence);
  attribution_field(b, doc, o->by, o->n_by);
  entity_fields(b, o->on, o->n_on);
  span_field(b, doc, o->on_words);
  text_field(b, quid_strength_name(o->strength));
  text_field(b, o->negated ? "not" : "");
  span_field(b, doc, o->verb);
  span_field(b, doc, o->deed);
  entity_fields(b, o->toward, o->n_toward);
  span_field(b, doc, o->purpose);
  span_field(b, doc, o->reason);
  span_field(b, doc, o->words);
  text_field(b, event ? event->id : "");
  number_field(b, o->number > 0, o->number, 0);
  span_field(b, doc, o->head);
  put(b, qi_show_words(doc, quid_document_sentence(doc, o->sentence)));
  qi_builder_char(b, '\n');
}

/* One field of each part of a side, joined by ";". */
static void side_field(qi_builder *b, const quid_document *doc, const quid_bond_side *side, char what) {
  for (uint32_t i = 0; i < side->n_parts; i++) {
    const quid_bond_part *p = &side->parts[i];
    const quid_event *e = p->event == QUID_NO_EVENT ? NULL : quid_document_event(doc, p->event);
    if (i) qi_builder_char(b, ';');
    if (what == 's') put(b, qi_slice_str(p->status < 0 ? "" : quid_event_status_name((quid_event_status)p->status)));
    else if (what == 'e') put(b, qi_slice_str(e ? e->id : ""));
    else put(b, qi_show_words(doc, what == 'h' ? p->head : p->span));
  }
  qi_builder_char(b, '\t');
}

static void side_fields(qi_builder *b, const quid_document *doc, const quid_bond_side *side) {
  side_field(b, doc, side, 'w');
  side_field(b, doc, side, 'h');
  side_field(b, doc, side, 's');
  side_field(b, doc, side, 'e');
}

static void put_bond(qi_builder *b, const quid_document *doc, const quid_bond *r) {
  text_field(b, r->id);
  text_field(b, quid_document_id(doc));
  text_field(b, quid_document_published(doc));
  qi_builder_printf(b, "%u\t", (unsigned)r->sentence);
  text_field(b, r->type);
  side_fields(b, doc, &r->first);
  side_fields(b, doc, &r->second);
  entity_fields(b, r->first.givers, r->first.n_givers);
  entity_fields(b, r->first.takers, r->first.n_takers);
  span_field(b, doc, r->span);
  put(b, qi_show_words(doc, quid_document_sentence(doc, r->sentence)));
  qi_builder_char(b, '\n');
}

void qi_show_tsv(qi_builder *out, const quid_document *doc, quid_records records) {
  for (size_t i = 0; records == QUID_RECORDS_LINKS && i < quid_document_n_bonds(doc); i++) put_bond(out, doc, quid_document_bond(doc, i));
  if (records == QUID_RECORDS_LINKS) return;
  if (records == QUID_RECORDS_OPTIONS) {
    for (size_t i = 0; i < quid_document_n_options(doc); i++) put_option(out, doc, quid_document_option(doc, i));
    return;
  }
  for (size_t i = 0; i < quid_document_n_events(doc); i++)
    put_event(out, doc, quid_document_event(doc, i));
}
