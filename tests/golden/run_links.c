/* Runs links.tsv through the whole road: bargains, conditions, retaliation, enabling, deadlines, and texts that hold none of them.
 *
 *   run_links [--model FILE] [--show] [--open] [--least SHARE] [--held-out SHARE] [--examples SHARE] [FILE.tsv]
 *
 * A row names one link: its type, a word of each of its sides ("cut#2": the second "cut" of the text), giver > taker
 * of the first side, both statuses and the words that say it. It is right when an event whose trigger (or the verb that carries it, "launch a strike") or item covers the first
 * word is linked by that type to an event or to words that cover the second one, or when a link record has the two sides so, each word
 * heading a part of its side or standing right below that head; it counts as well when the program
 * stores the link at the other event, or tells a bargain the other way round with its parties turned too. A row of
 * type `none` is right when its text has no link at all (deadlines and lists apart). Parties, statuses and cue are
 * counted apart, among the links that are right. Failures are named for the development part alone
 * (--open: nothing is held out); deadlines are counted apart. The examples of knowledge/links are run too: each `yes` must be
 * linked, each `no` must not. */
#include "base/file.h"
#include "base/utf8.h"
#include "golden/road.h"
#include "know/links.h"
#include "know/table.h"

#include <stdio.h>
#include <stdlib.h>

enum { TYPE, FIRST, SECOND, PARTIES, STATUSES, CUE, TEXT };

static const char header[] = "type\tfirst\tsecond\tparties\tstatuses\tcue\ttext";
static const char *const types[] = {"exchange", "condition", "retaliation", "enabling", "deadline", "none"};
enum { EXCHANGE, CONDITION, RETALIATION, ENABLING, DEADLINE, NONE, N_TYPES };

typedef struct tally {
  size_t n, right, parties, statuses, cue;
} tally;

typedef struct runner {
  road road;
  tally by[N_TYPES][2]; /* [type][held out] */
  tally yes, no;        /* examples of the dictionary */
  bool show, open; /* open: nothing is held out */
} runner;

/* What the row asks, found in its text. */
typedef struct wish {
  qi_slice type, text, parties, first_status, second_status, cue;
  quid_span first, second;
} wish;

typedef struct told_text {
  const qi_parsed *doc;
  const qi_events *events;
} told_text;

/* One link as the program tells it, seen from one of its sides. */
typedef struct told {
  const quid_entity *givers, *takers; /* of the first side; exchange alone */
  uint32_t n_givers, n_takers;
  int first_status, second_status;    /* -1: words without a status */
  quid_span cue;
  bool turned;                        /* the first side stands as the return */
} told;

/* Rows whose text was read by the maker of the links while the halves were still cut another way. */
static const size_t read_by_mistake[] = {21,  22,  77,  78,  93,  110, 131, 158, 167, 172, 174, 175, 187, 198,
                                         213, 214, 220, 231, 245, 253, 271, 272, 277, 278, 279, 287, 299, 301};

/* A third by FNV-1a of the text, but for those rows. */
static bool is_held_out(qi_slice text, size_t line) {
  uint64_t h = UINT64_C(0xcbf29ce484222325);
  for (size_t i = 0; i < text.len; i++) h = (h ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001b3);
  for (size_t i = 0; i < sizeof read_by_mistake / sizeof *read_by_mistake; i++)
    if (read_by_mistake[i] == line) return false;
  return h % 3 == 0;
}

static bool word_byte(char c) { return qi_ascii_is_alpha(c) || qi_ascii_is_digit(c) || (unsigned char)c >= 0x80; }

/* "cut#2" -> where the second "cut" stands. */
static bool find_nth(quid_span *out, qi_slice text, qi_slice word) {
  size_t hash = qi_slice_find_char(word, '#');
  long nth = 1;
  if (hash != QI_NOT_FOUND) {
    if (!qi_slice_to_long(qi_slice_sub(word, hash + 1, word.len), &nth)) return false;
    word = qi_slice_sub(word, 0, hash);
  }
  for (size_t i = 0; word.len && i + word.len <= text.len; i++) {
    if (memcmp(text.ptr + i, word.ptr, word.len) != 0 || (i > 0 && word_byte(text.ptr[i - 1]))) continue;
    if (i + word.len < text.len && word_byte(text.ptr[i + word.len])) continue;
    if (--nth > 0) continue;
    *out = (quid_span){(uint32_t)i, (uint32_t)(i + word.len)};
    return true;
  }
  return false;
}

static bool covers(quid_span s, quid_span word) { return s.start <= word.start && word.end <= s.end; }

static bool items_cover(const quid_item *items, uint32_t n, quid_span word) {
  for (uint32_t i = 0; i < n; i++)
    if (covers(items[i].span, word)) return true;
  return false;
}

static const qi_token *token_at(const qi_parsed *doc, const quid_event *e, uint32_t start) {
  const qi_sentence *s = &doc->sentences[e->sentence];
  for (uint32_t i = 0; i < s->n_tokens; i++)
    if (s->tokens[i].end > start) return &s->tokens[i];
  return NULL;
}

/* The verb that carries the event's noun: "launch" of "launch a strike". */
static bool carrier_covers(const qi_parsed *doc, const quid_event *e, quid_span word) {
  const qi_token *t = token_at(doc, e, e->trigger.end - 1);
  if (e->part != 'n' || !t || t->head < 0 || (t->rel != QI_REL_OBJ && t->rel != QI_REL_NSUBJ_PASS)) return false;
  return doc->sentences[e->sentence].tokens[t->head].start == word.start;
}

static bool event_covers(const told_text *x, const quid_event *e, quid_span word) {
  return covers(e->trigger, word) || items_cover(e->items, e->n_items, word) || carrier_covers(x->doc, e, word);
}

static bool other_covers(const told_text *events, const quid_counterpart *o, quid_span word) {
  if (covers(o->span, word) || items_cover(o->items, o->n_items, word)) return true;
  return o->event != QUID_NO_EVENT && event_covers(events, &events->events->items[o->event], word);
}

/* ---- bargains ---- */

static bool id_fits(qi_slice wanted, const quid_entity *e) {
  qi_slice have = qi_slice_str(e->id);
  return qi_slice_starts(have, wanted) && (have.len == wanted.len || have.ptr[wanted.len] == '.');
}

static bool cast_fits(qi_slice wanted, const quid_entity *who, uint32_t n) {
  qi_slice rest = wanted, one;
  if (qi_slice_eq_str(wanted, "*")) return true;
  for (uint32_t i = 0; i < n; i++) {
    bool found = false;
    for (rest = wanted; qi_slice_split(&rest, ',', &one);) found |= id_fits(qi_slice_trim(one), &who[i]);
    if (!found) return false;
  }
  for (rest = wanted; qi_slice_split(&rest, ',', &one);) {
    bool found = false;
    for (uint32_t i = 0; i < n; i++) found |= id_fits(qi_slice_trim(one), &who[i]);
    if (!found) return false;
  }
  return true;
}

static bool parties_fit(const wish *w, const told *t) {
  qi_slice rest = w->parties, giver;
  if (!qi_slice_split(&rest, '>', &giver)) return false;
  if (qi_slice_eq_str(w->parties, "*")) return true;
  return cast_fits(giver, t->givers, t->n_givers) && cast_fits(rest, t->takers, t->n_takers);
}

/* The bargain of which `e` is one side, with the first word on the side of `e` (own) or on the other. */
static told tell(const quid_event *e, const quid_counterpart *o, bool own) {
  bool given = strcmp(e->exchange.side, "given") == 0;
  told t = {e->exchange.givers, e->exchange.takers, e->exchange.n_givers, e->exchange.n_takers, (int)e->status, o->status, e->exchange.span,
            own != given};
  if (own) return t;
  return (told){t.takers, t.givers, t.n_takers, t.n_givers, t.second_status, t.first_status, t.cue, t.turned};
}

static bool find_exchange(told *best, const wish *w, const told_text *x) {
  const qi_events *events = x->events;
  bool found = false;
  for (uint32_t i = 0; i < events->len; i++) {
    const quid_event *e = &events->items[i];
    for (uint32_t k = 0; e->exchange.id[0] && k < e->exchange.n_others; k++)
      for (int own = 0; own < 2; own++) {
        const quid_counterpart *o = &e->exchange.others[k];
        if (!(own ? event_covers(x, e, w->first) && other_covers(x, o, w->second)
                  : event_covers(x, e, w->second) && other_covers(x, o, w->first)))
          continue;
        told t = tell(e, o, own);
        bool fit = parties_fit(w, &t);
        if (t.turned && !fit) continue;
        if (!found || fit) *best = t;
        found = true;
      }
  }
  return found;
}

/* ---- the other links ---- */

static bool find_link(told *best, const wish *w, const told_text *x) {
  const qi_events *events = x->events;
  for (uint32_t i = 0; i < events->len; i++) {
    const quid_event *e = &events->items[i];
    for (uint32_t k = 0; k < e->n_links; k++) {
      const quid_link *l = &e->links[k];
      const quid_event *other = l->event == QUID_NO_EVENT ? NULL : &events->items[l->event];
      if (!qi_slice_eq_str(w->type, l->type) || !event_covers(x, e, w->first)) continue;
      if (!covers(l->other, w->second) && !(other && event_covers(x, other, w->second))) continue;
      *best = (told){.first_status = (int)e->status, .second_status = other ? (int)other->status : -1, .cue = l->span};
      return true;
    }
  }
  return false;
}

static bool find_deadline(told *best, const wish *w, const told_text *x) {
  const qi_events *events = x->events;
  for (uint32_t i = 0; i < events->len; i++) {
    const quid_event *e = &events->items[i];
    quid_span s = e->deadline.span;
    if (s.start == s.end || !event_covers(x, e, w->first)) continue;
    /* With its preposition or without. */
    if (!covers(s, w->second) && !(s.start > w->second.end && s.start <= w->second.end + 5)) continue;
    *best = (told){.first_status = (int)e->status, .second_status = -1, .cue = s};
    return true;
  }
  return false;
}

/* ---- the link record ---- */

/* The part's head, its goods, the deed that it is, or the noun right below the head: its object, or its subject in the passive. Never merely
 * a word somewhere in the part. */
static bool part_covers(const told_text *x, const quid_bond_part *p, quid_span word) {
  if (covers(p->head, word) || items_cover(p->items, p->n_items, word)) return true;
  if (p->event != QUID_NO_EVENT && event_covers(x, &x->events->items[p->event], word)) return true;
  for (uint32_t i = 0; i < x->doc->n_sentences; i++) {
    const qi_sentence *s = &x->doc->sentences[i];
    for (uint32_t k = 0; k < s->n_tokens; k++) {
      const qi_token *t = &s->tokens[k];
      if (t->start != word.start) continue;
      while (t->rel == QI_REL_CONJ && t->head >= 0 && t->upos != QI_VERB) t = &s->tokens[t->head]; /* "wants jets and batteries" */
      if (t->head < 0 || (t->rel != QI_REL_OBJ && t->rel != QI_REL_NSUBJ_PASS)) continue;
      return s->tokens[t->head].start == p->head.start;
    }
  }
  return false;
}

static const quid_bond_part *part_of(const told_text *x, const quid_bond_side *side, quid_span word) {
  for (uint32_t i = 0; i < side->n_parts; i++)
    if (part_covers(x, &side->parts[i], word)) return &side->parts[i];
  return NULL;
}

static bool find_bond(told *best, const wish *w, const told_text *x) {
  bool found = false;
  for (uint32_t i = 0; i < x->events->n_bonds; i++)
    for (int turned = 0; turned < 2; turned++) {
      const quid_bond *r = &x->events->bonds[i];
      const quid_bond_side *one = turned ? &r->second : &r->first, *two = turned ? &r->first : &r->second;
      const quid_bond_part *first = part_of(x, one, w->first), *second = part_of(x, two, w->second);
      if (!qi_slice_eq_str(w->type, r->type) || !first || !second) continue;
      told t = {one->givers, one->takers, one->n_givers, one->n_takers, first->status, second->status, r->span, turned};
      bool fit = parties_fit(w, &t);
      if (turned && (!qi_slice_eq_str(w->type, "exchange") || !fit || qi_slice_eq_str(w->parties, "*"))) continue;
      if (!found || fit) *best = t;
      found = true;
    }
  return found;
}

/* Words that are no event have their status in the link record alone. */
static void add_statuses(told *got, const wish *w, const told_text *x) {
  told same;
  if (!find_bond(&same, w, x)) return;
  if (got->first_status < 0) got->first_status = same.first_status;
  if (got->second_status < 0) got->second_status = same.second_status;
}

static bool has_none(const qi_events *events) {
  if (events->n_bonds) return false;
  for (uint32_t i = 0; i < events->len; i++) {
    const quid_event *e = &events->items[i];
    if (e->exchange.id[0]) return false;
    for (uint32_t k = 0; k < e->n_links; k++)
      if (strcmp(e->links[k].type, "listed") != 0) return false;
  }
  return true;
}

/* ---- a row ---- */

static bool status_fits(qi_slice wanted, int status) {
  if (qi_slice_eq_str(wanted, "*")) return true;
  return status >= 0 && qi_slice_eq_str(wanted, quid_event_status_name((quid_event_status)status));
}

static bool cue_fits(const wish *w, quid_span span) {
  qi_slice have = qi_slice_sub(w->text, span.start, span.end), want = w->cue;
  size_t hash = qi_slice_find_char(want, '#');
  if (hash != QI_NOT_FOUND) want = qi_slice_sub(want, 0, hash);
  for (int turn = 0; turn < 2; turn++) { /* either may be the longer one */
    qi_slice a = turn ? have : want, b = turn ? want : have;
    for (size_t i = 0; a.len && i + a.len <= b.len; i++)
      if (qi_slice_eq_nocase(a, qi_slice_sub(b, i, i + a.len))) return true;
  }
  return false;
}

static void show_cast(const quid_entity *who, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) printf("%s%s", i ? "," : "", who[i].id);
  if (!n) printf("-");
}

static void show_words(qi_slice text, quid_span s) { printf("'%.*s'", QI_SLICE_ARG(qi_slice_sub(text, s.start, s.end))); }

static void show_event(const qi_events *events, uint32_t i, qi_slice text) {
  const quid_event *e = &events->items[i];
  printf("    #%u %s ", i, quid_event_type_name(e->type));
  show_words(text, e->trigger);
  printf(" %s ", quid_event_status_name(e->status));
  show_cast(e->actors, e->n_actors);
  printf(" > ");
  show_cast(e->recipients, e->n_recipients);
  for (uint32_t k = 0; k < e->n_items; k++) printf(k ? ", " : " ; "), show_words(text, e->items[k].span);
  printf("\n");
  for (uint32_t k = 0; e->exchange.id[0] && k < e->exchange.n_others; k++) {
    const quid_counterpart *o = &e->exchange.others[k];
    printf("       exchange %s ", e->exchange.side);
    show_cast(e->exchange.givers, e->exchange.n_givers);
    printf(" > ");
    show_cast(e->exchange.takers, e->exchange.n_takers);
    printf(" for #%d ", (int)o->event);
    show_words(text, o->span);
    printf(" by ");
    show_words(text, e->exchange.span);
    printf("\n");
  }
  for (uint32_t k = 0; k < e->n_links; k++) {
    printf("       %s #%d ", e->links[k].type, (int)e->links[k].event);
    show_words(text, e->links[k].other);
    printf(" by ");
    show_words(text, e->links[k].span);
    printf("\n");
  }
}

static void show_bond(const quid_bond *r, qi_slice text) {
  printf("    %s", r->type);
  for (int k = 0; k < 2; k++) {
    const quid_bond_side *side = k ? &r->second : &r->first;
    printf(k ? " <-" : "");
    for (uint32_t i = 0; i < side->n_parts; i++) {
      printf(" ");
      show_words(text, side->parts[i].head);
      printf(" in ");
      show_words(text, side->parts[i].span);
    }
  }
  printf(" by ");
  show_words(text, r->span);
  printf("\n");
}

static void show_row(const qi_table *t, const qi_events *events, const char *what) {
  printf("%zu: %s: %.*s %.*s <- %.*s %.*s %.*s [%.*s]: %.*s\n", t->line, what, QI_SLICE_ARG(t->field[TYPE]), QI_SLICE_ARG(t->field[FIRST]),
         QI_SLICE_ARG(t->field[SECOND]), QI_SLICE_ARG(t->field[PARTIES]), QI_SLICE_ARG(t->field[STATUSES]), QI_SLICE_ARG(t->field[CUE]),
         QI_SLICE_ARG(t->field[TEXT]));
  for (uint32_t i = 0; i < events->len; i++) show_event(events, i, t->field[TEXT]);
  for (uint32_t i = 0; i < events->n_bonds; i++) show_bond(&events->bonds[i], t->field[TEXT]);
}

static void count(runner *r, const qi_table *t, size_t type, const wish *w, const told_text *x) {
  const qi_events *events = x->events;
  bool apart = !r->open && is_held_out(w->text, t->line);
  tally *n = &r->by[type][apart];
  told got = {0};
  bool right = type == EXCHANGE ? find_exchange(&got, w, x) : type == DEADLINE ? find_deadline(&got, w, x)
               : type == NONE ? has_none(events) : find_link(&got, w, x);
  if (!right && type != NONE && type != DEADLINE) right = find_bond(&got, w, x);
  else if (right && type != NONE && type != DEADLINE && got.second_status < 0) add_statuses(&got, w, x);
  n->n++;
  n->right += right;
  if (right && type != NONE) {
    bool parties = parties_fit(w, &got), cue = cue_fits(w, got.cue);
    bool status = status_fits(w->first_status, got.first_status) && status_fits(w->second_status, got.second_status);
    n->parties += parties, n->statuses += status, n->cue += cue;
    if (r->show && !apart && !(parties && cue && status)) 
      show_row(t, events, !parties ? "parties" : !status ? "statuses" : "cue");
  }
  if (!right && !apart && r->show) show_row(t, events, "WRONG");
}

static quid_status code(runner *r, qi_slice text, qi_parsed *doc, qi_events *events, quid_error *err) {
  qi_document_info info = {.published = qi_day_from_ymd(2024, 11, 25)};
  return road_code(&r->road, text, &info, doc, events, err);
}

/* ---- the examples of the dictionary ---- */

/* "1[sent] grain for 2[oil]" -> the text without marks, and its two sides. */
static bool unmark(char *out, size_t size, wish *w, qi_slice marked) {
  size_t n = 0;
  quid_span *open = NULL;
  for (size_t i = 0; i < marked.len && n + 1 < size; i++) {
    bool mark = i + 1 < marked.len && marked.ptr[i + 1] == '[' && (marked.ptr[i] == '1' || marked.ptr[i] == '2');
    if (mark) {
      open = marked.ptr[i++] == '1' ? &w->first : &w->second;
      open->start = (uint32_t)n;
    } else if (open && marked.ptr[i] == ']') {
      open->end = (uint32_t)n;
      open = NULL;
    } else {
      out[n++] = marked.ptr[i];
    }
  }
  w->text = qi_slice_of(out, n);
  return w->first.end && w->second.end;
}

static bool run_example(void *data, const qi_link_cue *cue, qi_slice yes, qi_slice no) {
  runner *r = data;
  char text[600];
  qi_parsed doc;
  qi_events events;
  told got;
  wish w = {.type = qi_slice_str(qi_link_type_name((qi_link_type)cue->type)), .parties = QI_SLICE("*")};
  if (!qi_slice_eq_str(yes, "-")) {
    bool marked = unmark(text, sizeof text, &w, yes);
    if (code(r, w.text, &doc, &events, NULL)) return false;
    told_text x = {&doc, &events};
    bool right = marked && (cue->type == QI_LINK_EXCHANGE ? find_exchange(&got, &w, &x) : find_link(&got, &w, &x));
    right = right || (marked && find_bond(&got, &w, &x));
    r->yes.n++, r->yes.right += right;
    if (!right && r->show) printf("cues.tsv:%u: not linked: %.*s\n", cue->line, QI_SLICE_ARG(yes));
    for (uint32_t i = 0; !right && r->show && i < events.len; i++) show_event(&events, i, w.text);
  }
  if (!qi_slice_eq_str(no, "-")) {
    if (code(r, no, &doc, &events, NULL)) return false;
    bool right = has_none(&events);
    r->no.n++, r->no.right += right;
    if (!right && r->show) printf("cues.tsv:%u: linked: %.*s\n", cue->line, QI_SLICE_ARG(no));
  }
  return true;
}

static quid_status run_examples(runner *r, quid_error *err) {
  qi_builder data;
  const char *file = test_root("knowledge/links/cues.tsv");
  qi_builder_init(&data, 0);
  quid_status status = qi_file_read(&data, file, 0, err);
  if (!status) status = qi_links_examples(qi_builder_view(&data), file, run_example, r, err);
  qi_builder_clear(&data);
  return status;
}

static quid_status read_wish(wish *w, size_t *type, const qi_table *t, quid_error *err) {
  for (*type = 0; *type < N_TYPES && !qi_slice_eq_str(t->field[TYPE], types[*type]);) ++*type;
  if (*type == N_TYPES) return qi_table_error(t, TYPE, err, "unknown type", t->field[TYPE]);
  *w = (wish){.type = t->field[TYPE], .text = t->field[TEXT], .parties = t->field[PARTIES], .cue = t->field[CUE]};
  if (*type == NONE) return QUID_OK;
  w->second_status = t->field[STATUSES];
  qi_slice_split(&w->second_status, '/', &w->first_status);
  if (!find_nth(&w->first, w->text, t->field[FIRST])) return qi_table_error(t, FIRST, err, "no such word", t->field[FIRST]);
  if (!find_nth(&w->second, w->text, t->field[SECOND])) return qi_table_error(t, SECOND, err, "no such word", t->field[SECOND]);
  return QUID_OK;
}

static quid_status run_row(runner *r, const qi_table *t, quid_error *err) {
  qi_parsed doc;
  qi_events events;
  wish w;
  size_t type;
  quid_status status = read_wish(&w, &type, t, err);
  if (!status) status = code(r, w.text, &doc, &events, err);
  if (!status) count(r, t, type, &w, &(told_text){&doc, &events});
  return status;
}

static double share(size_t n, size_t of) { return of ? 100.0 * (double)n / (double)of : 0; }

static void sum_line(const char *name, const tally *t) {
  printf("%-12s", name);
  for (int h = 0; h < 2; h++)
    printf("  %s %3zu of %3zu (%5.1f%%; parties %zu, statuses %zu, cue %zu)", h ? "held out" : "development", t[h].right, t[h].n,
           share(t[h].right, t[h].n), t[h].parties, t[h].statuses, t[h].cue);
  printf("\n");
}

/* One line a type, then all links but deadlines, with their `none`. */
static void sum_up(const runner *r, tally all[2]) {
  for (size_t t = 0; t < N_TYPES; t++) {
    sum_line(types[t], r->by[t]);
    for (int h = 0; h < 2 && t != DEADLINE; h++) {
      const tally *x = &r->by[t][h];
      all[h].n += x->n, all[h].right += x->right, all[h].parties += x->parties, all[h].statuses += x->statuses, all[h].cue += x->cue;
    }
  }
  printf("examples of the dictionary: %zu of %zu linked, %zu of %zu not\n", r->yes.right, r->yes.n, r->no.right, r->no.n);
  printf("all but deadlines: development %zu of %zu (%.1f%%), held out %zu of %zu (%.1f%%)\n", all[0].right, all[0].n,
         share(all[0].right, all[0].n), all[1].right, all[1].n, share(all[1].right, all[1].n));
}

static quid_status run_file(runner *r, qi_slice data, const char *file, quid_error *err) {
  qi_table t;
  bool more;
  quid_status status = qi_table_open(&t, data, file, header, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more) status = run_row(r, &t, err);
  return status;
}

int main(int argc, char **argv) {
  static runner r;
  quid_error err = {.code = QUID_OK};
  const char *model = test_root("model/quid.model"), *file = test_root("tests/golden/links.tsv");
  double least = 0, least_held = 0, least_examples = 0;
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = value, i++;
    else if (strcmp(argv[i], "--least") == 0) least = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--held-out") == 0) least_held = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--examples") == 0) least_examples = strtod(value, NULL), i++;
    else if (strcmp(argv[i], "--show") == 0) r.show = true;
    else if (strcmp(argv[i], "--open") == 0) r.open = true;
    else file = argv[i];
  }
  qi_builder data;
  tally all[2] = {{0}, {0}};
  qi_builder_init(&data, 0);
  quid_status status = road_open(&r.road, model, &err);
  if (!status) status = qi_file_read(&data, file, 0, &err);
  if (!status) status = run_file(&r, qi_builder_view(&data), file, &err);
  if (!status) status = run_examples(&r, &err);
  if (status) fprintf(stderr, "run_links: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else sum_up(&r, all);
  road_clear(&r.road);
  qi_builder_clear(&data);
  if (status) return 2;
  if ((double)(r.yes.right + r.no.right) < least_examples * (double)(r.yes.n + r.no.n)) return 1;
  return (double)all[0].right < least * (double)all[0].n || (double)all[1].right < least_held * (double)all[1].n ? 1 : 0;
}
