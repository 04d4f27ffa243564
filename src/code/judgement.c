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
  const qi_view *v;
  const qi_story *story;
  qi_deeds *deeds;
  qi_arena *arena;
  qi_explain *explain;
} judge;

static bool is_first_person(const qi_view *v, int32_t i) { return i >= 0 && (qi_form_is(v, i, "I") || qi_form_is(v, i, "we")); }

static qi_deed *deed_at(const judge *j, int32_t token) {
  for (size_t i = 0; i < j->deeds->len; i++)
    if (j->deeds->items[i]->token == token && !j->deeds->items[i]->dropped) return j->deeds->items[i];
  return NULL;
}

static void set_actor(const judge *j, qi_deed *deed) {
  deed->actors.who[0] = j->story->writer;
  deed->actors.n = 1;
  deed->by_writer = true;
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

/* subject: "I", where somebody says so. */
static bool add(const judge *j, const qi_judgement *row, int32_t token, const qi_cast *target, int32_t subject) {
  qi_deed *deed = QI_NEW(j->arena, qi_deed);
  if (!deed) return false;
  *deed = (qi_deed){.frame = &row->frame, .words = &row->trigger, .part = row->part, .sentence = j->v->s->index, .token = token,
                    .light = QI_NO_TOKEN, .recipients = *target};
  if (subject >= 0) deed->role[QI_ROLE_ACTOR].token[deed->role[QI_ROLE_ACTOR].n++] = subject;
  set_actor(j, deed);
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

/* A verb with "I" or "we" as its subject; *known: a frame has found it. */
static bool judge_saying(const judge *j, int32_t t) {
  const qi_view *v = j->v;
  const qi_judgement *row = qi_judgements_find(v->know->judgements, QI_JUDGEMENT_PRAISE, 'v', qi_tok(v, t)->lemma);
  if (!row) row = qi_judgements_find(v->know->judgements, QI_JUDGEMENT_BLAME, 'v', qi_tok(v, t)->lemma);
  int32_t subject = row ? qi_deep_subject(v, t) : QI_NO_TOKEN;
  if (!is_first_person(v, subject) || !is_said(v, t, subject)) return true;
  qi_deed *deed = deed_at(j, t);
  if (deed) {
    if (deed->actors.n == 0 || j->story->genre != QI_GENRE_STATEMENT) set_actor(j, deed);
    return true;
  }
  qi_cast target = {.n = 0};
  target_of_verb(v, t, &target);
  return add(j, row, t, &target, subject);
}

/* Whose the judged thing is, or who is judged. */
static void target_of_noun(const qi_view *v, int32_t noun, qi_cast *out) {
  const qi_mention *m = qi_mention_at(v, noun);
  if (m && m->kind == QI_MENTION_PRONOUN && is_first_person(v, noun)) return;
  qi_cast_phrase(v, noun, true, out);
  int32_t owner = out->n ? QI_NO_TOKEN : qi_deep_owner(v, noun);
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
  return add(j, row, t, &target, QI_NO_TOKEN);
}

bool qi_judgement_add(const qi_view *v, const qi_story *story, const qi_quote *quote, qi_deeds *deeds, qi_arena *arena,
                      qi_explain *explain) {
  judge j = {v, story, deeds, arena, explain};
  bool open = false;
  if (!story->writer || quote->inside) return true;
  for (uint32_t i = 0; i < v->s->n_tokens; i++) {
    if (qi_story_mark(&v->s->tokens[i], &open) || open) continue;
    if (qi_tok(v, (int32_t)i)->upos == QI_VERB && !judge_saying(&j, (int32_t)i)) return false;
    if (story->genre == QI_GENRE_OPINION && !judge_word(&j, (int32_t)i)) return false;
  }
  return true;
}

bool qi_judgement_attribute(const qi_story *story, const qi_deed *deed, qi_standing *standing) {
  if (!story->writer) return true;
  bool own = deed->by_writer;
  bool saying = own && deed->role[QI_ROLE_ACTOR].n; /* "I condemn" may be wished, or not be so */
  if (own && (standing->n_by || (!saying && standing->status != QUID_ASSERTED))) return false;
  bool advice = story->genre == QI_GENRE_OPINION && standing->status == QUID_RECOMMENDED && !standing->n_by;
  if (!own && !advice) return true;
  standing->by[standing->n_by++] = (qi_word_of){story->byline_span.start, story->byline_span.end, story->writer};
  return true;
}
