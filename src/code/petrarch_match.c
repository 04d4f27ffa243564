/* code: PETRARCH verbs in a sentence -> deeds.
 *
 * Each verb of the dictionary is tried from left to right. The longest pattern that holds gives the code, else
 * the verb's own. Who does not stand in the pattern: the source is the verb's subject (by qi_deep_subject, so
 * through control, relative clauses and coordination), else the first in the part of the sentence that is open
 * to the verb; the target is the first in what hangs below it that is somebody else. A verb below one that
 * was coded is its content and not coded again.
 *
 *   "Arnor is about to restore full diplomatic ties with Gondor": RESTORE, pattern "* DIPLOMATIC [064]",
 *   subject of restore Arnor -> ARN 064 GON.
 *
 * Above: what stands left of the verb in its own clause and in those that it hangs on, less the clauses that
 * are closed before it. Below: what hangs on the verb to its right, less verbs coordinated with it. */
#include "code/petrarch.h"

#include "base/intern.h"
#include "know/cameo.h"
#include "know/frames.h"
#include <limits.h>
#include <stdio.h>

enum { MAX_STEPS = 64, MAX_EVENTS = 64 };

/* A verb that was coded. */
typedef struct firing {
  const qi_petr_verb *verb;
  const qi_petr_block *block;
  const qi_petr_pattern *pattern; /* NULL: the verb's own code */
  qi_petr_site site;
  qi_petr_found found;
  const char *code, *back; /* "" none */
  const char *file;        /* of what gave the code */
  uint32_t line;
  bool dropped;            /* part of another event */
} firing;

/* A sentence while it is being coded. */
typedef struct coding {
  qi_petr_line line;
  qi_arena *arena;
  qi_deeds *out;
  qi_explain *explain;
  bool *used;    /* [n_tokens]: below a verb that was coded */
  QI_VEC(firing) firings;
  size_t first;  /* deed of this sentence */
} coding;

static const qi_view *view(const coding *c) { return c->line.v; }

/* ---- above and below ---- */

static bool is_clause(qi_rel rel) {
  return rel == QI_REL_ACL || rel == QI_REL_ACL_RELCL || rel == QI_REL_ADVCL || rel == QI_REL_ADVCL_RELCL ||
         rel == QI_REL_CCOMP || rel == QI_REL_CSUBJ || rel == QI_REL_PARATAXIS || rel == QI_REL_CSUBJ_PASS;
}

/* Clauses that the verb stands in, up to where a parenthesis parts it from the rest. */
static void mark_open(const qi_view *v, int32_t verb, bool *open) {
  for (int32_t i = verb, step = 0; i >= 0 && step < MAX_STEPS; step++) {
    open[i] = true;
    if (qi_tok(v, i)->rel == QI_REL_PARATAXIS) break;
    i = qi_tok(v, i)->head;
  }
}

static bool is_above(const qi_view *v, int32_t token, const bool *open) {
  for (int step = 0; step < MAX_STEPS && token >= 0; step++) {
    if (open[token]) return true;
    const qi_token *t = qi_tok(v, token);
    if (is_clause((qi_rel)t->rel) && (qi_is_verb(v, token) || qi_child(v, token, QI_REL_NSUBJ) >= 0)) return false;
    token = t->head;
  }
  return false;
}

/* In the verb's subtree, but not in a verb coordinated with it or a parenthesis. */
static bool is_below(const qi_view *v, int32_t token, int32_t verb) {
  for (int step = 0; step < MAX_STEPS && token >= 0; step++) {
    if (token == verb) return true;
    const qi_token *t = qi_tok(v, token);
    if (t->head == verb && (t->rel == QI_REL_PARATAXIS || t->rel == QI_REL_CC || (t->rel == QI_REL_CONJ && token > verb))) return false;
    token = t->head;
  }
  return false;
}

/* Below the verb, but in no other clause; an infinitive shares it. */
static bool is_own(const qi_view *v, int32_t token, int32_t verb) {
  for (int step = 0; step < MAX_STEPS && token >= 0 && token != verb; step++) {
    if (is_clause((qi_rel)qi_tok(v, token)->rel)) return false;
    token = qi_tok(v, token)->head;
  }
  return token == verb;
}

/* A verb that the parser left without anybody below it: up to the next comma or clause above, all is below. */
static void widen(const qi_petr_site *site, const bool *open) {
  const qi_petr_line *line = site->line;
  for (uint32_t a = site->last + 1; a < line->n; a++)
    if (site->lower[a] && line->group[a] != QI_PETR_NO_GROUP && line->groups[line->group[a]].n_codes) return;
  for (uint32_t a = site->last + 1; a < line->n; a++) {
    int32_t token = (int32_t)line->token[a];
    bool clause = open[token] && token != site->verb && qi_is_verb(line->v, token);
    if (qi_tok(line->v, token)->upos == QI_PUNCT) return;
    if (clause && qi_child(line->v, token, QI_REL_NSUBJ) > site->verb) return;
    site->lower[a] = true;
  }
}

static bool open_site(const coding *c, qi_petr_site *site) {
  const qi_petr_line *line = &c->line;
  const qi_view *v = line->v;
  bool *open = QI_NEW_ARRAY(c->arena, bool, v->s->n_tokens);
  site->upper = QI_NEW_ARRAY(c->arena, bool, line->n);
  site->lower = QI_NEW_ARRAY(c->arena, bool, line->n);
  site->own = QI_NEW_ARRAY(c->arena, bool, line->n);
  if (!open || !site->upper || !site->lower || !site->own) return false;
  mark_open(v, site->verb, open);
  for (uint32_t a = 0; a < site->first; a++) site->upper[a] = is_above(v, (int32_t)line->token[a], open);
  for (uint32_t a = site->last + 1; a < line->n; a++) site->lower[a] = is_below(v, (int32_t)line->token[a], site->verb);
  for (uint32_t a = site->last + 1; a < line->n; a++) site->own[a] = site->lower[a] && is_own(v, (int32_t)line->token[a], site->verb);
  if (!site->tree) widen(site, open);
  site->passive = qi_is_passive(v, site->verb);
  return true;
}

/* ---- who ---- */

static int32_t group_of_token(const qi_petr_line *line, int32_t token) {
  for (uint32_t a = 0; token >= 0 && a < line->n; a++)
    if ((int32_t)line->token[a] == token) return line->group[a];
  return QI_PETR_NO_GROUP;
}

static bool has_code(const qi_petr_line *line, int32_t g) { return g != QI_PETR_NO_GROUP && line->groups[g].n_codes > 0; }

/* Does the group have a code that the other has not? */
static bool differs(const qi_petr_line *line, int32_t g, int32_t other) {
  if (other == QI_PETR_NO_GROUP) return true;
  const qi_petr_group *a = &line->groups[g], *b = &line->groups[other];
  for (uint32_t i = 0; i < a->n_codes; i++) {
    bool known = false;
    for (uint32_t k = 0; k < b->n_codes; k++) known |= strcmp(a->codes[i], b->codes[k]) == 0;
    if (!known) return true;
  }
  return false;
}

/* What stands above before the verb's own subject and a comma ("On their visit to Arnor, he said") is no source. */
static void close_opening(const qi_petr_site *site) {
  const qi_petr_line *line = site->line;
  int32_t subject = qi_child(line->v, site->verb, QI_REL_NSUBJ);
  bool comma = false;
  if (subject < 0 || subject > site->verb) return;
  for (uint32_t a = site->first; a-- > 0;) {
    int32_t token = (int32_t)line->token[a];
    comma |= token < subject && line->group[a] == QI_PETR_NO_GROUP && qi_form_is(line->v, token, ",");
    if (comma) site->upper[a] = false;
  }
}

/* The first coded group among the allowed atoms, but for `other` and whoever is the same. */
static int32_t first_group(const qi_petr_line *line, const bool *allowed, int32_t other) {
  for (uint32_t a = 0; a < line->n; a++) {
    int32_t g = line->group[a];
    if (allowed[a] && g != other && has_code(line, g) && differs(line, g, other)) return g;
  }
  return QI_PETR_NO_GROUP;
}

/* "by Osgiliath" of a passive. */
static int32_t agent_group(const qi_petr_site *site) {
  const qi_view *v = site->line->v;
  if (!site->passive) return QI_PETR_NO_GROUP;
  for (QI_EACH_CHILD(v, site->verb, k, c)) {
    qi_rel rel = (qi_rel)qi_tok(v, (int32_t)c)->rel;
    int32_t prep = QI_NO_TOKEN;
    if ((rel != QI_REL_OBL && rel != QI_REL_OBL_AGENT) || (int32_t)c < site->verb) continue;
    qi_preposition(v, (int32_t)c, &prep);
    int32_t g = group_of_token(site->line, (int32_t)c);
    if (prep >= 0 && qi_form_is(v, prep, "by") && has_code(site->line, g)) return g;
  }
  return QI_PETR_NO_GROUP;
}

/* Of "it" and "he": the group of the one whom quid takes them for, named before in the sentence. */
static int32_t group_meant(const qi_petr_line *line, int32_t pronoun) {
  const qi_view *v = line->v;
  const qi_mention *m = v->mentions && v->mentions->at ? qi_mention_at(v, pronoun) : NULL;
  if (!m || m->n_entities != 1) return QI_PETR_NO_GROUP;
  for (uint32_t i = line->n_groups; i-- > 0;) {
    int32_t head = line->groups[i].head;
    const qi_mention *other = head < pronoun ? qi_mention_at(v, head) : NULL;
    if (line->groups[i].n_codes == 1 && other && other->n_entities == 1 && strcmp(other->entities[0]->id, m->entities[0]->id) == 0) return (int32_t)i;
  }
  return QI_PETR_NO_GROUP;
}

static int32_t subject_group(const qi_petr_site *site) {
  const qi_view *v = site->line->v;
  int32_t subject = QI_NO_TOKEN; /* the nearest of several */
  for (QI_EACH_CHILD(v, site->verb, k, c)) {
    qi_rel rel = (qi_rel)qi_tok(v, (int32_t)c)->rel;
    if ((rel == QI_REL_NSUBJ || rel == QI_REL_NSUBJ_PASS) && ((int32_t)c < site->verb || subject < 0)) subject = (int32_t)c;
  }
  if (subject < 0) subject = qi_deep_subject(v, site->verb);
  if (subject >= 0 && site->tree) subject = qi_antecedent(v, subject);
  int32_t g = group_of_token(site->line, subject);
  bool pronoun = site->tree && subject >= 0 && !has_code(site->line, g) && qi_tok(v, subject)->upos == QI_PRON;
  return pronoun ? group_meant(site->line, subject) : g;
}

/* How near a noun below the verb is to being its target: 0 object, 1 under a preposition that points, 2 under
 * one that tells where or when, 3 deeper. */
static int target_rank(const qi_petr_site *site, int32_t token) {
  static const char *const where[] = {"in", "near", "during", "after", "since", "before", "within", "as", "under", "by", "inside", "outside", NULL};
  const qi_view *v = site->line->v;
  int depth = 0;
  for (int step = 0; step < MAX_STEPS && token >= 0; step++) {
    const qi_token *t = qi_tok(v, token);
    bool object = t->rel == QI_REL_OBJ || t->rel == QI_REL_IOBJ;
    int32_t prep = QI_NO_TOKEN;
    qi_preposition(v, token, &prep);
    bool place = prep >= 0 && qi_lemma_in(v, prep, where);
    if (t->head == site->verb) return object && !depth ? 0 : place ? 2 : object || depth < 2 ? 1 : 3;
    if (place) return 3;
    depth += t->rel == QI_REL_NMOD;
    token = t->head;
  }
  return 3;
}

static int32_t nearest_target(const qi_petr_site *site, int32_t source) {
  const qi_petr_line *line = site->line;
  int32_t best = QI_PETR_NO_GROUP;
  int best_rank = INT_MAX;
  for (uint32_t i = 0; i < line->n_groups; i++) {
    int32_t g = (int32_t)i;
    if (g == source || !has_code(line, g) || !site->own[line->groups[i].first] || !differs(line, g, source)) continue;
    /* "sent troops to Syria": what is sent is no party beside a country that is named. */
    int rank = 2 * target_rank(site, line->groups[i].head) + (line->groups[i].agent ? 3 : 0);
    if (rank < best_rank) best = g, best_rank = rank;
  }
  return best;
}

/* "demanded that Iran stop": who is to do what is asked is the target. */
static int32_t subject_below(const qi_petr_site *site, const char *code) {
  const qi_view *v = site->line->v;
  bool asks = strncmp(code, "02", 2) == 0 || strncmp(code, "10", 2) == 0 || strncmp(code, "11", 2) == 0 || strncmp(code, "13", 2) == 0;
  int32_t clause = qi_child(v, site->verb, QI_REL_CCOMP);
  if (!asks || clause < site->verb) return QI_PETR_NO_GROUP;
  int32_t subject = qi_child(v, clause, QI_REL_NSUBJ);
  int32_t g = group_of_token(site->line, subject >= 0 ? subject : qi_child(v, clause, QI_REL_NSUBJ_PASS));
  return has_code(site->line, g) ? g : QI_PETR_NO_GROUP;
}

/* PETRARCH-2: by the tree alone. */
static void cast_by_tree(const qi_petr_site *site, const char *code, qi_petr_found *f) {
  const qi_petr_line *line = site->line;
  int32_t subject = subject_group(site);
  if (!has_code(line, subject)) subject = QI_PETR_NO_GROUP;
  if (site->passive) {
    if (f->source == QI_PETR_NO_GROUP) f->source = agent_group(site);
    if (f->target == QI_PETR_NO_GROUP && subject != f->source) f->target = subject;
    return;
  }
  if (f->source == QI_PETR_NO_GROUP && subject != f->target) f->source = subject;
  if (f->target == QI_PETR_NO_GROUP) f->target = nearest_target(site, f->source);
  if (f->target == QI_PETR_NO_GROUP) f->target = subject_below(site, code);
  if (f->target == f->source) f->target = QI_PETR_NO_GROUP;
  /* "India and Pakistan agreed": what several do together, with nobody else, they do with each other. */
  bool together = code[0] == '0' && code[1] >= '3' && code[1] <= '6' && f->source != QI_PETR_NO_GROUP && line->groups[f->source].n_codes > 1;
  f->both |= together && f->target == QI_PETR_NO_GROUP;
}

/* PETRARCH and TABARI: by the order of the words. */
static void cast_by_order(const qi_petr_site *site, qi_petr_found *f) {
  const qi_petr_line *line = site->line;
  int32_t by = agent_group(site), subject = subject_group(site);
  if (by != QI_PETR_NO_GROUP && f->source == QI_PETR_NO_GROUP && f->target == QI_PETR_NO_GROUP) {
    f->source = by;
    f->target = has_code(line, subject) && subject != by ? subject : first_group(line, site->upper, by);
    return;
  }
  if (f->source == QI_PETR_NO_GROUP) {
    bool fits = has_code(line, subject) && subject != f->target && differs(line, subject, f->target);
    if (!fits) close_opening(site);
    f->source = fits ? subject : first_group(line, site->upper, f->target);
  }
  if (f->target == QI_PETR_NO_GROUP) f->target = first_group(line, site->lower, f->source);
}

/* The first group among the allowed atoms that may be an actor under its own words; it is one from now on. */
static int32_t first_unnamed(coding *c, const bool *allowed, int32_t other) {
  qi_petr_line *line = &c->line;
  for (uint32_t i = 0; i < line->n_groups; i++) {
    qi_petr_group *g = &line->groups[i];
    if (!g->unnamed || g->n_codes || (int32_t)i == other || !allowed[g->first]) continue;
    g->from[0] = g->first;
    g->to[0] = g->last;
    g->codes[g->n_codes++] = g->unnamed;
    return (int32_t)i;
  }
  return QI_PETR_NO_GROUP;
}

/* Fills what the pattern leaves open. */
static void cast(coding *c, const qi_petr_site *site, const char *code, qi_petr_found *f) {
  if (site->tree) cast_by_tree(site, code, f);
  else cast_by_order(site, f);
  if (f->source == QI_PETR_NO_GROUP) f->source = first_unnamed(c, site->upper, f->target);
  if (f->target == QI_PETR_NO_GROUP && !f->both) f->target = first_unnamed(c, site->lower, f->source);
}

/* ---- events ---- */

static quid_entity *entity_of(const coding *c, int32_t g, uint32_t i) {
  const qi_petr_line *line = &c->line;
  const qi_petr_group *group = &line->groups[g];
  const qi_sentence *s = line->v->s;
  quid_entity *e = QI_NEW(c->arena, quid_entity);
  const char *code = group->codes[i];
  uint32_t first = line->token[group->from[i]], last = line->token[group->to[i]];
  quid_span span = {s->tokens[first].start, s->tokens[last].end};
  if (!e) return NULL;
  bool unknown = code[0] == '"', country = !unknown && strncmp(code, "---", 3) != 0;
  qi_slice rest = qi_slice_str(code);
  *e = (quid_entity){.id = code, .role = "", .via = group->agent ? "agent" : "name", .span = span};
  e->name = qi_arena_strdup(c->arena, qi_slice_sub(line->v->doc->text, span.start, span.end));
  e->country = country ? qi_arena_strdup(c->arena, qi_slice_sub(rest, 0, 3)) : "";
  e->sector = !unknown && rest.len > 3 ? qi_arena_strdup(c->arena, qi_slice_sub(rest, 3, 6)) : "";
  return e->name && e->country && e->sector ? e : NULL;
}

static bool fill_cast(const coding *c, int32_t g, const qi_cast *but, qi_cast *out) {
  if (g == QI_PETR_NO_GROUP) return true;
  const qi_petr_group *group = &c->line.groups[g];
  for (uint32_t i = 0; i < group->n_codes && out->n < QI_MAX_PARTICIPANTS; i++) {
    bool known = false;
    for (uint32_t k = 0; but && k < but->n; k++) known |= strcmp(but->who[k]->id, group->codes[i]) == 0;
    if (known) continue;
    const quid_entity *e = entity_of(c, g, i);
    if (!e) return false;
    out->who[out->n++] = e;
  }
  return true;
}

/* What fired, in the shape of a frame, so that status, date, place and the record need not know. */
static const qi_frame *frame_of(const coding *c, const char *name, const char *code, const char *file, uint32_t line) {
  qi_frame *f = QI_NEW(c->arena, qi_frame);
  if (!f) return NULL;
  bool exact = false;
  const qi_cameo_row *row = qi_cameo_find(view(c)->know->cameo, qi_slice_str(code), &exact);
  qi_slice id = qi_arena_printf(c->arena, "%s.%s", name, code);
  *f = (qi_frame){.id = id.ptr, .file = file, .line = line, .type = row ? row->type : QUID_N_EVENT_TYPES, .cameo = code, .embeds = QI_NO_STATUS};
  if (row && exact && row->mode) f->modes[f->n_modes++] = row->mode;
  for (uint32_t i = 0; row && i < row->n_contexts; i++) f->contexts[f->n_contexts++] = row->contexts[i];
  return id.ptr ? f : NULL;
}

static bool same_cast(const qi_cast *a, const qi_cast *b) {
  if (a->n != b->n) return false;
  for (uint32_t i = 0; i < a->n; i++)
    if (strcmp(a->who[i]->id, b->who[i]->id) != 0) return false;
  return true;
}

static bool is_told(const coding *c, const qi_deed *d) {
  for (size_t i = c->first; i < c->out->len; i++) {
    const qi_deed *other = c->out->items[i];
    if (strcmp(other->frame->cameo, d->frame->cameo) == 0 && same_cast(&other->actors, &d->actors) && same_cast(&other->recipients, &d->recipients))
      return true;
  }
  return false;
}

/* Is there a noun phrase below that could be a target, though nobody known? "said today" has none. */
static bool has_phrase_below(const qi_petr_site *site) {
  const qi_petr_line *line = site->line;
  for (uint32_t i = 0; i < line->n_groups; i++) {
    const qi_petr_group *g = &line->groups[i];
    if (site->lower[g->first] && qi_tok(line->v, g->head)->rel != QI_REL_OBL_UNMARKED) return true;
  }
  return false;
}

/* One direction of an event; back: from the target to the source. */
static bool add_deed(coding *c, const firing *f, const char *code, bool back) {
  const qi_petr_site *site = &f->site;
  if (!*code || c->out->len - c->first >= MAX_EVENTS) return true;
  int32_t from = back ? f->found.target : f->found.source, to = back ? f->found.source : f->found.target;
  qi_deed *d = QI_NEW(c->arena, qi_deed);
  qi_trigger *words = QI_NEW(c->arena, qi_trigger);
  if (!d || !words) return false;
  const char *name = qi_arena_printf(c->arena, "%s%s", f->block->name, back ? "<" : "").ptr;
  if (!name) return false;
  words->part = 'v';
  words->words.n = 1;
  words->words.w[0] = qi_tok(view(c), site->verb)->lemma;
  *d = (qi_deed){.words = words, .part = 'v', .sentence = view(c)->s->index, .token = site->verb, .light = QI_NO_TOKEN};
  d->frame = frame_of(c, name, code, f->file, f->line);
  if (!d->frame || !fill_cast(c, from, NULL, &d->actors)) return false;
  if (!f->found.both && !fill_cast(c, to, &d->actors, &d->recipients)) return false;
  if (from != QI_PETR_NO_GROUP) d->role[QI_ROLE_ACTOR] = (qi_fill){.token = {c->line.groups[from].head}, .n = 1};
  if (to != QI_PETR_NO_GROUP && !f->found.both) d->role[QI_ROLE_RECIPIENT] = (qi_fill){.token = {c->line.groups[to].head}, .n = 1};
  d->n_needs = f->pattern ? f->pattern->weight : 0;
  d->says_not = f->pattern && f->pattern->negates;
  bool pair = f->found.both ? d->actors.n > 1 : d->actors.n && d->recipients.n;
  bool dyads = !qi_petrarch_settings(c->line.p).any_pairs;
  if (!pair && (dyads || !d->actors.n || !has_phrase_below(site))) {
    qi_explain_add(c->explain, d->sentence, d->token, "%s (%s:%u): no %s", d->frame->id, f->file, f->line,
                   d->actors.n ? "target" : "source");
    return true;
  }
  if (is_told(c, d)) return true;
  qi_explain_add(c->explain, d->sentence, d->token, "%s (%s:%u) fired", d->frame->id, f->file, f->line);
  return QI_VEC_PUSH_IN(c->arena, c->out, d);
}

/* ---- verbs ---- */

/* "has broken relations", where the participle was hung on the noun: the auxiliary carries the clause. */
static int32_t carrier(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  bool torn = t->rel == QI_REL_AMOD && i > 0 && (qi_xpos_is(v, i, "VBN") || qi_xpos_is(v, i, "VBD"));
  return torn && qi_lemma_in(v, i - 1, (const char *const[]){"have", "be", NULL}) ? i - 1 : i;
}

static bool is_verb_here(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  if (t->rel == QI_REL_AMOD || t->rel == QI_REL_COMPOUND) return carrier(v, i) != i;
  if (t->upos == QI_VERB || t->upos == QI_AUX) return true;
  return t->xpos.len >= 2 && memcmp(t->xpos.ptr, "VB", 2) == 0;
}

/* "should" before another verb: its patterns count, its own code would take the other verb's place. */
static bool is_auxiliary(const qi_view *v, int32_t i) {
  qi_rel rel = (qi_rel)qi_tok(v, i)->rel;
  return rel == QI_REL_AUX || rel == QI_REL_AUX_PASS || rel == QI_REL_COP;
}

/* The parser's lemma helps with forms that no rule makes ("stabbed"); a regular ending that the dictionary does
 * not have is no form of the verb ("departes"). */
static bool is_irregular(const qi_token *t) {
  static const char *const endings[] = {"s", "es", "d", "ed", "ing"};
  if (t->form.len <= t->lemma.len || !qi_slice_eq_nocase(qi_slice_sub(t->form, 0, t->lemma.len), t->lemma)) return true;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (qi_slice_eq_nocase(qi_slice_sub(t->form, t->lemma.len, t->form.len), qi_slice_str(endings[i]))) return false;
  return true;
}

/* Do the words of the form stand around the atom? */
static bool form_here(const qi_petr_line *line, const qi_petr_form *f, uint32_t atom) {
  if (atom < f->n_before || atom + f->n_after >= line->n) return false;
  for (uint32_t i = 0; i < f->n_before; i++)
    if (line->form[atom - f->n_before + i] != f->atoms[i]) return false;
  for (uint32_t i = 0; i < f->n_after; i++)
    if (line->form[atom + 1 + i] != f->atoms[f->n_before + 1 + i]) return false;
  return true;
}

/* The first pattern of the block that holds: they stand longest first. */
static bool best_pattern(const qi_petr_site *site, const qi_petr_block *block, firing *out) {
  for (uint32_t i = 0; i < block->n_patterns; i++) {
    const qi_petr_pattern *p = qi_petrarch_pattern(site->line->p, block->first_pattern + i);
    if (!qi_petr_pattern_holds(site, p, &out->found)) continue;
    out->pattern = p;
    return true;
  }
  out->found = (qi_petr_found){QI_PETR_NO_GROUP, QI_PETR_NO_GROUP, false, site->last};
  return false;
}

/* The verb whose form stands at `atom`, as *out. false: nothing of it is coded, or *memory. */
static bool read_form(const coding *c, uint32_t atom, const qi_petr_form *f, firing *out, bool *memory) {
  const qi_petr_line *line = &c->line;
  const qi_petr_verb *verb = qi_petrarch_verb(line->p, f->verb);
  const qi_petr_block *block = qi_petrarch_block(line->p, verb->block);
  *out = (firing){.verb = verb, .block = block};
  out->site = (qi_petr_site){.line = line, .verb = carrier(line->v, (int32_t)line->token[atom]), .first = atom - f->n_before,
                             .last = atom + f->n_after, .tree = block->tree};
  if (!open_site(c, &out->site)) return *memory = true, false;
  bool any = best_pattern(&out->site, block, out), null = any && out->pattern->null;
  out->code = !any ? verb->code : null ? "" : out->pattern->code;
  out->back = !any ? verb->back : null ? "" : out->pattern->back;
  out->file = any ? out->pattern->file : verb->file;
  out->line = any ? out->pattern->line : verb->line;
  bool carries = block->tree && qi_petrarch_transformation(line->p, verb->block, QI_PETR_NONE, 0);
  return any || ((*verb->code || *verb->back || carries) && !is_auxiliary(line->v, out->site.verb));
}

/* The best reading of the verb at `atom`: the form of most words, of these the longest pattern. false: none. */
static bool read_verb(const coding *c, uint32_t atom, uint32_t first_form, firing *out, bool *memory) {
  const qi_petrarch *p = c->line.p;
  uint32_t longest = 0;
  for (uint32_t i = first_form; i != QI_PETR_NONE; i = qi_petrarch_form(p, i)->next) {
    const qi_petr_form *f = qi_petrarch_form(p, i);
    uint32_t n = 1u + f->n_before + f->n_after;
    if (n > longest && form_here(&c->line, f, atom)) longest = n;
  }
  *out = (firing){.verb = NULL};
  for (uint32_t i = first_form; longest && i != QI_PETR_NONE; i = qi_petrarch_form(p, i)->next) {
    const qi_petr_form *f = qi_petrarch_form(p, i);
    firing found;
    if (1u + f->n_before + f->n_after != longest || !form_here(&c->line, f, atom) || !read_form(c, atom, f, &found, memory)) continue;
    bool longer = found.pattern && (!out->pattern || found.pattern->weight > out->pattern->weight);
    if (!out->verb || longer) *out = found;
  }
  return out->verb != NULL && !*memory;
}

static void mark_used(coding *c, const qi_petr_site *site) {
  for (uint32_t a = site->last + 1; a < c->line.n; a++)
    if (site->lower[a]) c->used[c->line.token[a]] = true;
}

/* "Ethiopia departs from Libya", taken for a noun: right behind somebody, before what is no part of its phrase;
 * "is about to accord with Libya": right behind "to". */
static bool is_torn_verb(const qi_petr_line *line, uint32_t atom) {
  const qi_view *v = line->v;
  int32_t token = (int32_t)line->token[atom], g = line->group[atom];
  qi_upos upos = (qi_upos)qi_tok(v, token)->upos;
  bool noun = upos == QI_NOUN || upos == QI_PROPN || upos == QI_ADJ;
  if (!noun || atom == 0 || atom + 1 >= line->n || g == QI_PETR_NO_GROUP) return false;
  if (upos == QI_NOUN && qi_form_is(v, (int32_t)line->token[atom - 1], "to")) return true;
  if (!line->groups[g].n_codes) return false;
  qi_upos next = (qi_upos)qi_tok(v, (int32_t)line->token[atom + 1])->upos;
  return line->group[atom - 1] == g && qi_tok(v, (int32_t)line->token[atom - 1])->upos == QI_PROPN && (next == QI_ADP || next == QI_DET || next == QI_PROPN);
}

static bool match_atom(coding *c, uint32_t atom, bool torn) {
  const qi_petr_line *line = &c->line;
  int32_t token = (int32_t)line->token[atom];
  if (c->used[token]) return true;
  if (torn ? !is_torn_verb(line, atom) : !is_verb_here(view(c), token)) return true;
  uint32_t form = line->form[atom] == QI_INTERN_NONE ? QI_PETR_NONE : qi_petrarch_first_form(line->p, line->form[atom]);
  if (form == QI_PETR_NONE && line->lemma[atom] != QI_INTERN_NONE && is_irregular(qi_tok(view(c), token))) form = qi_petrarch_first_form(line->p, line->lemma[atom]);
  firing f;
  bool memory = false;
  if (form == QI_PETR_NONE || !read_verb(c, atom, form, &f, &memory)) return !memory;
  if (torn && f.block->tree) return true; /* PETRARCH-2 codes verbs alone */
  if (!f.block->tree) mark_used(c, &f.site);
  if (f.pattern && f.pattern->null) return true;
  cast(c, &f.site, *f.code ? f.code : f.back, &f.found);
  return QI_VEC_PUSH_IN(c->arena, &c->firings, f);
}

/* ---- verbs that take others (PETRARCH-2) ---- */

/* Is the second verb's clause what the first is about: "promised to send", "said that it sent"? */
static bool is_about(const qi_view *v, const firing *outer, const firing *inner) {
  int32_t token = inner->site.verb;
  if (token == outer->site.verb || qi_tok(v, token)->head != outer->site.verb) return false;
  qi_rel rel = (qi_rel)qi_tok(v, token)->rel;
  bool clause = rel == QI_REL_XCOMP || rel == QI_REL_CCOMP;
  return clause || ((rel == QI_REL_ADVCL || rel == QI_REL_ACL) && qi_is_to_infinitive(v, token));
}

static bool same_group(const coding *c, int32_t a, int32_t b) {
  return a == b || (has_code(&c->line, a) && has_code(&c->line, b) && !differs(&c->line, a, b));
}

static bool sign_fits(const coding *c, char sign, int32_t g, int32_t a) {
  if (sign == 'a') return g != QI_PETR_NO_GROUP && same_group(c, g, a);
  if (sign == 'b') return g != QI_PETR_NO_GROUP && !same_group(c, g, a);
  return true; /* "_" and ".": whoever it is, or nobody */
}

static void transform(const coding *c, firing *outer, firing *inner) {
  const qi_petr_transformation *t;
  for (uint32_t nth = 0; (t = qi_petrarch_transformation(c->line.p, outer->verb->block, inner->verb->block, nth)); nth++) {
    int32_t a = outer->found.source;
    if (!sign_fits(c, t->inner_source, inner->found.source, a) || !sign_fits(c, t->inner_target, inner->found.target, a)) continue;
    if (a == QI_PETR_NO_GROUP || strcmp(t->code, "Q") == 0) return;
    int32_t b = t->inner_source == 'b' ? inner->found.source : inner->found.target;
    outer->found.target = t->target == 'b' ? b : outer->found.target;
    outer->code = t->code;
    outer->back = "";
    outer->file = t->file;
    outer->line = t->line;
    inner->dropped = true;
    return;
  }
}

static void combine(const coding *c, firing *outer, firing *inner) {
  const char *code = *outer->code && *inner->code ? qi_petr_combine(outer->code, inner->code) : "";
  if (!*code) return;
  bool asks = code[0] == '1' ? code[1] == '0' : code[1] == '2'; /* 10 and 02: of somebody else */
  int32_t a = outer->found.source, doer = inner->found.source;
  int32_t theirs = asks && doer != QI_PETR_NO_GROUP && !same_group(c, doer, a) ? doer : inner->found.target;
  bool taken = theirs != QI_PETR_NO_GROUP && !same_group(c, theirs, a);
  if (taken && (!asks || outer->found.target == QI_PETR_NO_GROUP)) outer->found.target = theirs;
  outer->code = code;
  outer->back = "";
  inner->dropped = true;
}

/* Innermost first, so that "promised to try to help" is read from its end. */
static void join_verbs(coding *c) {
  for (size_t i = c->firings.len; i-- > 0;)
    for (size_t k = 0; k < c->firings.len; k++) {
      firing *outer = &c->firings.items[i], *inner = &c->firings.items[k];
      if (!outer->block->tree || outer->dropped || inner->dropped || !is_about(view(c), outer, inner)) continue;
      bool within = outer->pattern && inner->site.first > outer->site.last && inner->site.first <= outer->found.last;
      if (within) inner->dropped = true; /* "* HELP": a word of the pattern */
      else if (qi_petrarch_transformation(c->line.p, outer->verb->block, QI_PETR_NONE, 0)) transform(c, outer, inner);
      else if (!outer->pattern) combine(c, outer, inner);
    }
}

static bool add_all(coding *c) {
  join_verbs(c);
  for (size_t i = 0; i < c->firings.len; i++) {
    const firing *f = &c->firings.items[i];
    if (f->dropped) continue;
    if (f->found.both && !add_deed(c, f, *f->code ? f->code : f->back, false)) return false;
    if (!f->found.both && (!add_deed(c, f, f->code, false) || !add_deed(c, f, f->back, true))) return false;
  }
  c->firings.len = 0;
  return true;
}

/* Whom the dictionary knows in the sentence. */
static void explain_groups(const coding *c) {
  if (!c->explain) return;
  for (uint32_t i = 0; i < c->line.n_groups; i++) {
    const qi_petr_group *g = &c->line.groups[i];
    qi_slice codes = QI_SLICE("");
    for (uint32_t k = 0; k < g->n_codes; k++) codes = qi_arena_printf(c->arena, "%.*s%s%s", QI_SLICE_ARG(codes), k ? " " : "", g->codes[k]);
    uint32_t start = view(c)->s->tokens[c->line.token[g->first]].start, end = view(c)->s->tokens[c->line.token[g->last]].end;
    qi_slice words = qi_slice_sub(view(c)->doc->text, start, end);
    if (g->n_codes) qi_explain_add(c->explain, view(c)->s->index, g->head, "'%.*s' is %.*s", QI_SLICE_ARG(words), QI_SLICE_ARG(codes));
  }
}

bool qi_petr_match_sentence(const qi_view *v, qi_day day, qi_arena *arena, qi_deeds *out, qi_explain *explain) {
  coding c = {.arena = arena, .out = out, .explain = explain, .first = out->len};
  c.used = QI_NEW_ARRAY(arena, bool, v->s->n_tokens);
  if (!c.used || !qi_petr_line_read(&c.line, v, v->know->petrarch, day, arena)) return false;
  explain_groups(&c);
  for (uint32_t a = 0; a < c.line.n; a++)
    if (!match_atom(&c, a, false)) return false;
  if (!add_all(&c)) return false;
  for (uint32_t a = 0; out->len == c.first && a < c.line.n; a++)
    if (!match_atom(&c, a, true)) return false;
  return add_all(&c);
}

int qi_petr_discards(const qi_view *v, qi_arena *arena) {
  qi_petr_line line;
  if (!qi_petr_line_read(&line, v, v->know->petrarch, QI_DAY_NONE, arena)) return 0;
  return qi_petrarch_discards(v->know->petrarch, line.form, line.n);
}
