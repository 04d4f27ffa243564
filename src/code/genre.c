/* code: who speaks in a text: a reporter, somebody with an opinion, or somebody who gives a statement.
 *
 * A label ("Editorial", "Statement by ..."), the publisher or the address settle it. Without them the story itself is
 * asked, outside quotation marks, and each sign counts some points: "I" and "we", words of praise and blame, "should", questions
 * and the author's biography for an opinion; bodies that do something by saying so ("The ministry condemns", "We urge") for a
 * statement; dateline, days of the week, "said" and sign-offs for a report. The most points win, if they are enough.
 *
 * "The ministry condemns the attack. We call on both sides to talk." -> statement. */
#include "code/list_impl.h"
#include "know/cues.h"
#include "know/judgements.h"
#include "know/operators.h"

#define LEAST_POINTS 3 /* fewer prove nothing */
#define LEAST_SENTENCES 3u
#define MIN_QUESTIONS 5 /* of an interview: it is nobody's opinion piece */

typedef struct signs {
  int stories, questions;                /* sentences */
  int one, we, should, judges, asks, points; /* sentences, by the writer */
  int performs, body_performs, salutes;  /* in the present, by "we", by a body */
  int says, days, orders;                /* sentences; orders: imperatives */
  bool dated, interview, biography, signoff, dateline, byline, first_body, lead_day, place, title;
} signs;

static bool is(const qi_token *t, const char *word) { return qi_slice_eq_nocase(t->form, qi_slice_str(word)); }

static bool is_in(const qi_token *t, const char *const *words) {
  for (; *words; words++)
    if (is(t, *words)) return true;
  return false;
}

/* With what is said below it, or hung on it ("..., he said"). */
static bool has_clause(const qi_sentence *s, uint32_t verb) {
  if (s->tokens[verb].rel == QI_REL_PARATAXIS) return true;
  for (uint32_t k = s->child_begin[verb]; k < s->child_begin[verb + 1]; k++) {
    uint8_t rel = s->tokens[s->child[k]].rel;
    if (rel == QI_REL_CCOMP || rel == QI_REL_PARATAXIS) return true;
  }
  return false;
}

/* "said", "told": somebody's word over a clause. */
static bool is_saying(const qi_know *know, const qi_sentence *s, uint32_t i) {
  const qi_operator *op;
  const qi_token *t = &s->tokens[i];
  if (t->upos != QI_VERB || !has_clause(s, i)) return false;
  for (uint32_t at = qi_operators_first(know->operators, t->lemma, 'v'); (op = qi_operators_next(know->operators, &at));)
    if (op->slot == QI_SLOT_COMP && op->words.n == 1 && (op->effect == QUID_CLAIMED || op->effect == QUID_REPORTED)) return true;
  return false;
}

static bool is_first_person(const qi_token *t) {
  static const char *const words[] = {"I", "my", "me", "we", "our", "us", "mine", "ours", NULL};
  return is_in(t, words) && !qi_slice_eq_str(t->form, "US") && !(is(t, "I") && t->upos != QI_PRON);
}

static const qi_token *subject_of(const qi_sentence *s, uint32_t verb) {
  for (uint32_t k = s->child_begin[verb]; k < s->child_begin[verb + 1]; k++)
    if (s->tokens[s->child[k]].rel == QI_REL_NSUBJ) return &s->tokens[s->child[k]];
  return NULL;
}

static bool has_auxiliary(const qi_sentence *s, uint32_t verb) {
  for (uint32_t k = s->child_begin[verb]; k < s->child_begin[verb + 1]; k++)
    if (s->tokens[s->child[k]].rel == QI_REL_AUX) return true;
  return false;
}

/* "The ministry condemns", "We urge": a deed of words that is done by saying so. */
static void count_performance(signs *x, const qi_know *know, const qi_sentence *s, uint32_t i) {
  const qi_token *t = &s->tokens[i];
  bool present = qi_slice_eq_str(t->xpos, "VBZ") || qi_slice_eq_str(t->xpos, "VBP");
  if (!present || t->rel != QI_REL_ROOT || has_auxiliary(s, i)) return;
  if (!(qi_judgements_kinds(know->judgements, 'v', t->lemma) & 1u << QI_JUDGEMENT_SPEECH)) return;
  const qi_token *who = subject_of(s, i);
  if (!who) return;
  if (is(who, "we")) x->performs++;
  else if (who->upos != QI_PRON && who->ner != QI_NER_PER && who->etype != QI_ETYPE_PERSON) {
    x->body_performs++;
    x->first_body |= s->index < 3;
  }
}

static bool judges(const qi_know *know, const qi_token *t) {
  char part = t->upos == QI_ADJ ? 'a' : t->upos == QI_NOUN ? 'n' : t->upos == QI_VERB ? 'v' : 0;
  return part && (qi_judgements_kinds(know->judgements, part, t->lemma) & (1u << QI_JUDGEMENT_GOOD | 1u << QI_JUDGEMENT_BAD));
}

/* "Free the journalists." */
static bool is_imperative(const qi_sentence *s) {
  for (uint32_t i = 0; i < s->n_tokens && i < 4; i++)
    if (s->tokens[i].rel == QI_REL_ROOT && qi_slice_eq_str(s->tokens[i].xpos, "VB")) return !subject_of(s, i) && !has_auxiliary(s, i);
  return false;
}

/* Headlines that argue: "Why Seoul should", "How not to", "End the blockade", "Five demands for Baku". */
static bool argues(const qi_sentence *s) {
  static const char *const begins[] = {"why", "how", "what", "don't", "let", "stop", "no", "against", "in", NULL};
  static const char *const holds[] = {"should", "must", "?", "needs", "cannot", "deserves", "deserve", "wrong", "our", "we", "us", NULL};
  if (!s->n_tokens) return false;
  bool found = is_in(&s->tokens[0], begins) && !is(&s->tokens[0], "in") && !is(&s->tokens[0], "no");
  for (uint32_t i = 0; i < s->n_tokens; i++) found |= is_in(&s->tokens[i], holds) && !qi_slice_eq_str(s->tokens[i].form, "US");
  bool counts = s->n_tokens > 1 && s->tokens[0].upos == QI_NUM && qi_slice_eq_str(s->tokens[1].xpos, "NNS") && s->tokens[0].etype != QI_ETYPE_PERSON;
  bool people = counts && (s->tokens[1].etype == QI_ETYPE_PERSON || s->tokens[1].etype == QI_ETYPE_TIME);
  return found || (counts && !people) || is_imperative(s);
}

static void count_sentence(signs *x, const qi_know *know, const qi_sentence *s, bool *open) {
  static const char *const days[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", NULL};
  static const char *const duties[] = {"should", "must", "ought", NULL};
  static const char *const greetings[] = {"Excellencies", "Excellency", NULL};
  bool one = false, we = false, should = false, judge = false, says = false, day = false, asks = false;
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    const qi_token *t = &s->tokens[i];
    if (qi_story_mark(t, open)) continue;
    says |= is_saying(know, s, i) && subject_of(s, i) && !is_first_person(subject_of(s, i));
    if (*open) continue;
    bool first = is_first_person(t);
    one |= first && (is(t, "I") || is(t, "my") || is(t, "me"));
    we |= first && !one;
    should |= t->upos == QI_AUX && is_in(t, duties);
    judge |= judges(know, t);
    day |= is_in(t, days);
    asks |= is(t, "?");
    x->salutes += is_in(t, greetings);
    count_performance(x, know, s, i);
  }
  if (s->n_tokens && is_imperative(s)) x->orders++;
  x->lead_day |= day && x->stories < 2 && !one;
  x->stories++;
  x->says += says;
  x->days += day;
  x->questions += asks;
  if (says) return; /* else it is the writer's own word */
  x->one += one, x->we += we, x->should += should, x->judges += judge, x->asks += asks;
}

static void count_all(signs *x, const qi_story *story, const qi_know *know, const qi_parsed *doc, const qi_header *header) {
  bool open = false;
  for (uint32_t i = 0; i < doc->n_sentences; i++) {
    const qi_sentence *s = &doc->sentences[i];
    if (s->new_paragraph) open = false;
    x->biography |= story->sentences[i] == QI_BIOGRAPHY;
    x->signoff |= story->sentences[i] == QI_SIGNOFF || story->sentences[i] == QI_CAPTION;
    bool title = header->title.len && s->start >= (size_t)(header->title.ptr - doc->text.ptr) && s->end <= (size_t)(header->title.ptr - doc->text.ptr) + header->title.len;
    if (title) x->title |= argues(s);
    uint32_t count = 0, noun;
    if (!title && story->sentences[i] == QI_STORY && qi_list_announces(story, s, &count, &noun)) x->points++;
    if (!title && story->sentences[i] == QI_STORY && !s->unparsed) count_sentence(x, know, s, &open);
  }
  x->dateline = story->dateline >= 0;
  x->dated = header->day != QI_DAY_NONE && !x->byline;
  x->interview = x->questions >= MIN_QUESTIONS && 8 * x->questions > x->stories;
  x->place = !x->dateline && header->beside_byline.len && story->place.ptr == header->beside_byline.ptr;
  x->byline = story->byline.len > 0;
  x->signoff |= header->dateline.run_in > 0 && header->dateline.date.month;
}

static int at_most(int n, int most) { return n < most ? n : most; }

static qi_genre weigh(const signs *x) {
  int personal = x->one >= 2 && 3 * x->says < x->stories ? 6 : 3 * (x->one > 0);
  int opinion = 3 * (x->one > 0) + at_most(x->one, 3) + at_most(x->we, 3) + at_most(x->should, 3) + 2 * at_most(x->judges, 3) +
                at_most(x->asks, 2) + 2 * x->biography + (x->byline && !x->dateline) + 2 * x->title + at_most(x->orders, 3) + at_most(x->points, 2);
  if (x->byline && !x->dateline && !x->place && !x->days && 6 * x->says <= x->stories) opinion += 2; /* no report says so little of when and who says */
  int statement = 2 * at_most(x->performs, 3) + 2 * at_most(x->body_performs, 2) + 3 * x->first_body + 3 * (x->salutes > 0) -
                  3 * x->byline - 2 * x->biography;
  int report = 4 * x->dateline + at_most(x->days, 3) + 2 * at_most(x->says, 3) + 2 * x->signoff + 2 * x->lead_day + 2 * x->place - personal - at_most(x->judges, 3) + 2 * x->dated + 3 * (4 * x->says > x->stories);
  if (x->interview) return QI_GENRE_UNKNOWN;
  if (statement >= LEAST_POINTS && statement >= opinion && statement > report) return QI_GENRE_STATEMENT;
  if (opinion >= LEAST_POINTS && opinion > report) return QI_GENRE_OPINION;
  return report >= LEAST_POINTS ? QI_GENRE_REPORT : QI_GENRE_UNKNOWN;
}

qi_genre qi_genre_find(const qi_story *story, const qi_know *know, const qi_parsed *doc, const qi_header *header, unsigned labels) {
  static const qi_genre of[] = {[QUID_GENRE_UNKNOWN] = QI_GENRE_UNKNOWN, [QUID_GENRE_REPORT] = QI_GENRE_REPORT,
                                [QUID_GENRE_OPINION] = QI_GENRE_OPINION, [QUID_GENRE_STATEMENT] = QI_GENRE_STATEMENT};
  if (header->sure && header->genre != QUID_GENRE_UNKNOWN) return of[header->genre];
  if (labels & QI_CUE(QI_CUE_OPINION)) return QI_GENRE_OPINION;
  if (labels & QI_CUE(QI_CUE_STATEMENT)) return QI_GENRE_STATEMENT;
  signs x = {.one = 0};
  count_all(&x, story, know, doc, header);
  qi_genre inside = doc->n_sentences >= LEAST_SENTENCES ? weigh(&x) : QI_GENRE_UNKNOWN;
  if (inside != QI_GENRE_UNKNOWN) return inside;
  if (x.biography) return QI_GENRE_OPINION;
  return story->dateline >= 0 ? QI_GENRE_REPORT : of[header->genre];
}
