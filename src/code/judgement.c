/* code: the writer's own praise and blame -> events of the writer.
 *
 * Outside quotation marks, "I" and "we" with a verb of story/judgements.tsv are whose text it is; in an opinion piece
 * an adjective, noun or verb that judges what a named party does is ACCUSE or SUPPORT by the writer, and no deed of
 * that party. "I applaud the judges, but Norland's reckless threat ..." by Jane Doe -> SUPPORT, Jane Doe; ACCUSE, Jane Doe >
 * NRL, both on the word of Jane Doe. What somebody else is said to find reckless is not the writer's. */
#include "code/judgement.h"

#include "base/utf8.h"
#include "know/judgements.h"

/* ---- who the writer is ---- */

/* "Jane Doe" -> "---.PER.JANE_DOE", as unknown names have it. */
static const char *id_of(qi_slice name, qi_arena *arena) {
  qi_slice folded = qi_utf8_fold(arena, name);
  char *id = folded.ptr ? qi_arena_alloc(arena, folded.len + 9) : NULL;
  size_t n = 8;
  if (!id) return NULL;
  memcpy(id, "---.PER.", n);
  for (size_t i = 0; i < folded.len; i++) {
    char c = folded.ptr[i];
    bool word = qi_ascii_is_alpha(c) || qi_ascii_is_digit(c) || (unsigned char)c >= 0x80;
    if (word) id[n++] = qi_ascii_is_lower(c) ? (char)(c - 32) : c;
    else if (n > 8 && id[n - 1] != '_' && c != '.' && c != '\'') id[n++] = '_';
  }
  while (n > 8 && id[n - 1] == '_') n--;
  id[n] = '\0';
  return id;
}

/* The person of the dictionaries that the byline's mention means. */
static const quid_entity *named_in(const qi_parsed *doc, const qi_mentions *mentions, quid_span span) {
  for (uint32_t i = 0; i < mentions->len && span.end > span.start; i++) {
    const qi_mention *m = &mentions->items[i];
    const qi_sentence *s = &doc->sentences[m->sentence];
    if (s->tokens[m->first].start >= span.end) break;
    if (m->is_person && m->n_entities == 1 && s->tokens[m->first].start >= span.start && s->tokens[m->last].end <= span.end) return m->entities[0];
  }
  return NULL;
}

bool qi_judgement_writer(qi_story *story, const qi_parsed *doc, const qi_mentions *mentions, qi_arena *arena) {
  bool opinion = story->genre == QI_GENRE_OPINION || (story->genre == QI_GENRE_UNKNOWN && story->byline.len);
  if (!opinion && story->genre != QI_GENRE_STATEMENT) return true;
  story->writer = opinion ? named_in(doc, mentions, story->byline_span) : mentions->giver;
  if (story->writer) return true;
  quid_entity *e = QI_NEW(arena, quid_entity);
  if (!e) return false;
  bool named = opinion && story->byline.len;
  *e = (quid_entity){.id = "---.WRITER", .name = "the writer", .country = "", .sector = "", .role = "writer", .via = "writer"};
  if (named) {
    e->id = id_of(story->byline, arena);
    e->name = qi_arena_strdup(arena, story->byline);
    e->via = "name";
    e->span = story->byline_span;
  }
  story->writer = e;
  return e->id && e->name;
}

/* ---- the deeds ---- */

typedef struct judge { /* a sentence */
  qi_deed **at;   /* [n_tokens] the deed of each token, NULL none */
  bool *quoted;   /* [n_tokens] between quotation marks */
  const qi_view *v;
  const qi_story *story;
  qi_deeds *deeds;
  qi_arena *arena;
  qi_explain *explain;
} judge;

static bool is_first_person(const qi_view *v, int32_t i) { return i >= 0 && (qi_form_is(v, i, "I") || qi_form_is(v, i, "we")); }

static qi_deed *deed_at(const judge *j, int32_t token) { return j->at[token]; }

static void set_actor(const judge *j, qi_deed *deed, qi_by_writer how) {
  deed->actors.who[0] = j->story->writer;
  deed->actors.n = 1;
  deed->by_writer = (uint8_t)how;
}

/* In its place among the others, in order of their tokens. */
static bool insert(const judge *j, qi_deed *deed) {
  qi_deeds *d = j->deeds;
  if (!QI_VEC_PUSH_IN(j->arena, d, deed)) return false;
  for (size_t k = d->len - 1; k > 0 && d->items[k - 1]->token > deed->token; k--) {
    d->items[k] = d->items[k - 1];
    d->items[k - 1] = deed;
  }
  return true;
}

static bool add(const judge *j, const qi_judgement *row, int32_t token, const qi_cast *target, qi_by_writer how) {
  qi_deed *deed = QI_NEW(j->arena, qi_deed);
  if (!deed) return false;
  *deed = (qi_deed){.frame = &row->frame, .words = &row->trigger, .part = row->part, .sentence = j->v->s->index, .token = token,
                    .light = QI_NO_TOKEN, .recipients = *target};
  set_actor(j, deed, how);
  qi_explain_add(j->explain, j->v->s->index, token, "%s: the writer's own word", row->frame.id);
  return insert(j, deed);
}

/* "I applaud", "we do not blame": said now, or by "I" at any time, and not "we must condemn". */
static bool is_said(const qi_view *v, int32_t verb, int32_t subject) {
  for (QI_EACH_CHILD(v, verb, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_AUX && !qi_lemma_is(v, (int32_t)c, "do")) return false;
  bool present = qi_xpos_is(v, verb, "VBP") || qi_xpos_is(v, verb, "VB");
  return present || (qi_form_is(v, subject, "I") && qi_xpos_is(v, verb, "VBD"));
}

/* Whom a verb's object names, or whose it is. */
static void target_of_verb(const qi_view *v, int32_t verb, qi_cast *out) {
  for (QI_EACH_CHILD(v, verb, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel == QI_REL_OBJ || rel == QI_REL_IOBJ) qi_cast_phrase(v, (int32_t)c, true, out);
  }
}

static bool is_judgement(const qi_deed *d) {
  quid_event_type t = d->frame->type;
  return t == QUID_ACCUSE || t == QUID_SUPPORT || t == QUID_REJECT;
}

/* "Peru salutes", in a statement of Peru's ministry. */
static bool is_of_giver(const judge *j, const qi_deed *d) {
  const quid_entity *giver = j->story->writer;
  if (j->story->genre != QI_GENRE_STATEMENT || !qi_xpos_is(j->v, d->token, "VBZ")) return false;
  for (uint32_t i = 0; i < d->actors.n; i++) {
    const quid_entity *e = d->actors.who[i];
    if (strcmp(e->id, giver->id) == 0 || (*giver->country && strlen(giver->country) == 3 && strcmp(e->country, giver->country) == 0 && strcmp(e->sector, "GOV") == 0)) return true;
  }
  return false;
}

/* What frames have found, with "I" or "we" as its doer. */
static void judge_deed(const judge *j, qi_deed *d) {
  if (d->dropped || d->by_writer || !is_judgement(d) || j->quoted[d->token]) return;
  const qi_fill *doer = &d->role[QI_ROLE_ACTOR];
  bool first = doer->n && !doer->clause[0] && is_first_person(j->v, doer->token[0]);
  if (first && d->actors.n == 0) set_actor(j, d, QI_BY_WRITER_SAYING);
  else if (first || is_of_giver(j, d)) d->by_writer = QI_BY_WRITER_SAYING;
}

/* A verb with "I" or "we" as its subject, found by a frame or not. */
static bool judge_saying(const judge *j, int32_t t) {
  const qi_view *v = j->v;
  const qi_judgement *row = qi_judgements_find(v->know->judgements, QI_JUDGEMENT_PRAISE, 'v', qi_tok(v, t)->lemma);
  if (!row) row = qi_judgements_find(v->know->judgements, QI_JUDGEMENT_BLAME, 'v', qi_tok(v, t)->lemma);
  int32_t subject = row ? qi_deep_subject(v, t) : QI_NO_TOKEN;
  if (!is_first_person(v, subject) || !is_said(v, t, subject)) return true;
  qi_deed *deed = deed_at(j, t);
  if (deed) {
    if (deed->actors.n == 0 || j->story->genre != QI_GENRE_STATEMENT) set_actor(j, deed, QI_BY_WRITER_SAYING);
    deed->by_writer = QI_BY_WRITER_SAYING;
    return true;
  }
  qi_cast target = {.n = 0};
  target_of_verb(v, t, &target);
  return add(j, row, t, &target, QI_BY_WRITER_SAYING);
}

/* Whose the judged thing is, or who is judged. */
static void target_of_noun(const qi_view *v, int32_t noun, qi_cast *out) {
  const qi_mention *m = qi_mention_at(v, noun);
  if (m && m->kind == QI_MENTION_PRONOUN && is_first_person(v, noun)) return;
  qi_cast_phrase(v, noun, true, out);
  int32_t owner = out->n ? QI_NO_TOKEN : qi_deep_owner(v, noun);
  for (QI_EACH_CHILD(v, noun, k, c)) { /* "the reckless war of the Kremlin" */
    int32_t prep = QI_NO_TOKEN;
    if (out->n || owner >= 0 || qi_tok(v, (int32_t)c)->rel != QI_REL_NMOD) continue;
    qi_preposition(v, (int32_t)c, &prep);
    if (prep >= 0 && (qi_form_is(v, prep, "of") || qi_form_is(v, prep, "by"))) owner = (int32_t)c;
  }
  if (owner >= 0 && !is_first_person(v, owner)) qi_cast_phrase(v, owner, true, out);
}

static const qi_judgement *row_of(const qi_view *v, int32_t t, char part) {
  const qi_judgement *row = qi_judgements_find(v->know->judgements, QI_JUDGEMENT_GOOD, part, qi_tok(v, t)->lemma);
  return row ? row : qi_judgements_find(v->know->judgements, QI_JUDGEMENT_BAD, part, qi_tok(v, t)->lemma);
}

/* The noun that the word judges: "his reckless threat", "the threat is reckless", "his folly", "his silence abets theft". */
static int32_t judged_by(const qi_view *v, int32_t t, char part) {
  const qi_token *token = qi_tok(v, t);
  if (part == 'n') return t;
  if (part == 'a' && token->rel == QI_REL_AMOD && token->head >= 0 && qi_is_nominal(v, token->head)) return token->head;
  if (part == 'v' && !qi_is_passive(v, t)) return qi_deep_subject(v, t);
  if (part == 'a') return qi_child(v, t, QI_REL_NSUBJ);
  return QI_NO_TOKEN;
}

static bool judge_word(const judge *j, int32_t t) {
  const qi_view *v = j->v;
  uint8_t upos = qi_tok(v, t)->upos;
  char part = upos == QI_ADJ ? 'a' : upos == QI_NOUN ? 'n' : upos == QI_VERB ? 'v' : 0;
  const qi_judgement *row = part ? row_of(v, t, part) : NULL;
  int32_t judged = row ? judged_by(v, t, part) : QI_NO_TOKEN;
  if (judged < 0 || deed_at(j, t)) return true;
  qi_cast target = {.n = 0};
  if (part == 'n') { /* "his folly", not "folly" */
    int32_t owner = qi_deep_owner(v, t);
    if (owner >= 0 && !is_first_person(v, owner)) qi_cast_phrase(v, owner, true, &target);
  } else {
    target_of_noun(v, judged, &target);
  }
  if (!target.n || strcmp(target.who[0]->id, j->story->writer->id) == 0) return true;
  bool naming = part == 'n' || (part == 'a' && judged != QI_NO_TOKEN && qi_tok(v, t)->rel == QI_REL_AMOD);
  return add(j, row, t, &target, naming ? QI_BY_WRITER_NAMING : QI_BY_WRITER_CLAIMING);
}

bool qi_judgement_add(const qi_view *v, const qi_story *story, const qi_quote *quote, qi_deeds *deeds, qi_arena *arena,
                      qi_explain *explain) {
  judge j = {.v = v, .story = story, .deeds = deeds, .arena = arena, .explain = explain};
  bool open = false;
  if (!story->writer || quote->inside || !v->s->n_tokens) return true;
  j.at = qi_arena_zalloc(arena, v->s->n_tokens * sizeof *j.at);
  j.quoted = qi_arena_zalloc(arena, v->s->n_tokens);
  if (!j.at || !j.quoted) return false;
  for (uint32_t i = 0; i < v->s->n_tokens; i++) j.quoted[i] = qi_story_mark(&v->s->tokens[i], &open) || open;
  for (size_t i = 0; i < deeds->len; i++) {
    if (!deeds->items[i]->dropped) j.at[deeds->items[i]->token] = deeds->items[i];
    judge_deed(&j, deeds->items[i]);
  }
  for (uint32_t i = 0; i < v->s->n_tokens; i++) {
    if (j.quoted[i]) continue;
    if (qi_tok(v, (int32_t)i)->upos == QI_VERB && !judge_saying(&j, (int32_t)i)) return false;
    if (story->genre == QI_GENRE_OPINION && !judge_word(&j, (int32_t)i)) return false;
  }
  return true;
}

bool qi_judgement_attribute(const qi_story *story, const qi_deed *deed, qi_standing *standing) {
  if (!story->writer) return true;
  bool own = deed->by_writer != QI_BY_OTHERS;
  if (deed->by_writer == QI_BY_WRITER_SAYING && standing->n_by) return true; /* "he said that we condemn" */
  if (own && (standing->n_by || (deed->by_writer == QI_BY_WRITER_CLAIMING && standing->status != QUID_ASSERTED))) return false;
  if (deed->by_writer == QI_BY_WRITER_NAMING) standing->status = QUID_ASSERTED; /* whatever becomes of what is so named */
  bool advice = story->genre == QI_GENRE_OPINION && standing->status == QUID_RECOMMENDED && !standing->n_by;
  if (!own && !advice) return true;
  if (standing->n_by >= QI_MAX_ATTRIBUTION) return true;
  standing->by[standing->n_by++] = (qi_word_of){story->byline_span.start, story->byline_span.end, story->writer};
  return true;
}
