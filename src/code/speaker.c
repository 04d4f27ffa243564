/* code: who says "I" and "we".
 *
 *   "We have trained their forces," General Roe of Norland said. -> we: the armed forces of Norland
 *   Ministry of Foreign Affairs of Ostria / We urge both sides to talk. -> we: that ministry
 *
 * Between quotation marks, the subject of a verb of saying outside the marks: in the sentence itself, where
 * the quotation ends, where it begins, or in the sentence before when that ends in a colon. "I" is that person, "we" the body or
 * country he speaks for. Outside quotations, whoever a statement says it is from: in a line of its
 * head, or as subject of a first sentence that could only be said by itself ("Canada condemns").
 * Anywhere else nobody is better than a guess. */
#include "code/who.h"

#include "know/judgements.h"

#define N(list) (sizeof(list) / sizeof *(list))
#define HEAD_LINES 7u  /* sentences at the start that may say whose statement it is */
#define MAX_QUOTE 50u  /* sentences to either side that a quotation is followed */
#define NOBODY (-1)

static bool says(const qi_token *t) {
  static const char *const verbs[] = {
    "say", "tell", "add", "state", "note", "declare", "announce", "explain", "insist", "warn", "claim", "write",
    "tweet", "comment", "remark", "argue", "vow", "reply", "respond", "continue", "conclude", "assert", "stress",
    "emphasize", "emphasise", "acknowledge", "admit", "promise", "recall", "observe", "underline", "underscore"};
  return t->upos == QI_VERB && qi_tree_lemma_in(t, verbs, N(verbs));
}

/* ---- quotation marks ---- */

/* Follows the marks from `open` at the token's start; the state behind it. */
static bool follow(const qi_token *t, bool open) {
  if (qi_slice_eq_str(t->form, "\xE2\x80\x9C") || qi_slice_eq_str(t->form, "``")) return true;
  if (qi_slice_eq_str(t->form, "\xE2\x80\x9D") || qi_slice_eq_str(t->form, "''")) return false;
  return qi_slice_eq_str(t->form, "\"") ? !open : open;
}

bool qi_speaker_mark(qi_whos *w) {
  w->open_at = QI_NEW_ARRAY(w->arena, bool, (size_t)w->doc->n_sentences + 1);
  bool open = false;
  for (uint32_t i = 0; w->open_at && i < w->doc->n_sentences; i++) {
    const qi_sentence *s = &w->doc->sentences[i];
    if (s->new_paragraph) open = false; /* a quotation that goes on begins with a mark again */
    w->open_at[i] = open;
    for (uint32_t k = 0; k < s->n_tokens; k++) open = follow(&s->tokens[k], open);
  }
  return w->open_at != NULL;
}

static bool is_quoted(const qi_whos *w, uint32_t sentence, uint32_t token) {
  bool open = w->open_at[sentence];
  for (uint32_t k = 0; k < token; k++) open = follow(&w->doc->sentences[sentence].tokens[k], open);
  return open;
}

/* The mention that is subject of a verb of saying outside the marks, the one nearest to `token`. */
static int32_t sayer(const qi_whos *w, uint32_t sentence, uint32_t token) {
  const qi_sentence *s = &w->doc->sentences[sentence];
  bool open = w->open_at[sentence];
  int32_t best = NOBODY;
  uint32_t nearest = UINT32_MAX;
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    bool outside = !open;
    open = follow(&s->tokens[i], open);
    if (!outside || !says(&s->tokens[i])) continue;
    uint32_t subject = qi_tree_child(s, i, QI_REL_NSUBJ), far = i > token ? i - token : token - i;
    if (subject == QI_NO_TOKEN || w->at[sentence][subject] < 0 || far >= nearest) continue;
    nearest = far;
    best = w->at[sentence][subject];
  }
  return best;
}

static int32_t speaker_of(const qi_whos *w, const qi_who *who) {
  uint32_t first = who->sentence, last = who->sentence, n = w->doc->n_sentences;
  int32_t k = sayer(w, who->sentence, who->head);
  while (first > 0 && w->open_at[first] && who->sentence - first < MAX_QUOTE) first--;
  while (last + 1 < n && w->open_at[last + 1] && last - who->sentence < MAX_QUOTE) last++;
  if (k == NOBODY && last != who->sentence) k = sayer(w, last, 0);
  if (k == NOBODY && first != who->sentence) k = sayer(w, first, UINT32_MAX / 2);
  if (k != NOBODY || first == 0) return k;
  const qi_sentence *before = &w->doc->sentences[first - 1];
  bool colon = before->n_tokens > 0 && qi_slice_eq_str(before->tokens[before->n_tokens - 1].form, ":");
  return colon ? sayer(w, first - 1, before->n_tokens) : NOBODY;
}

/* "The minister said:" and then his words without marks: to the end of the paragraph behind it, or of the
 * text where it stands in the head of a statement. */
static int32_t announcer(const qi_whos *w, const qi_who *who) {
  bool same_paragraph = true;
  for (uint32_t i = who->sentence; i-- > 0;) {
    const qi_sentence *s = &w->doc->sentences[i];
    bool colon = s->n_tokens > 0 && qi_slice_eq_str(s->tokens[s->n_tokens - 1].form, ":");
    int32_t k = colon && (same_paragraph || i < HEAD_LINES) ? sayer(w, i, s->n_tokens) : NOBODY;
    if (k != NOBODY) return k;
    same_paragraph &= !w->doc->sentences[i].new_paragraph;
    if (!same_paragraph && i > HEAD_LINES) i = HEAD_LINES;
  }
  return NOBODY;
}

/* ---- whose statement the document is ---- */

/* A body, or an office that speaks for one; in "Remarks by" a person as well. */
static bool is_public(const qi_whos *w, const qi_who *who) {
  if (who->n_refs != 1 || who->how == QI_WHO_PRONOUN || who->how == QI_WHO_GROUP || who->dateline) return false;
  const qi_ref *ref = &w->refs.items[who->refs[0]];
  static const char *const sectors[] = {"GOV", "MIL", "IGO", "LEG", "COP"};
  bool known = false;
  for (size_t i = 0; i < N(sectors); i++) known |= qi_slice_eq_str(qi_slice_str(ref->sector), sectors[i]);
  return known && (ref->actor != QI_NO_ACTOR || strlen(ref->country) == 3);
}

static bool is_state(const qi_whos *w, const qi_who *who) { return w->refs.items[who->refs[0]].state; }

static bool has_verb(const qi_sentence *s) {
  for (uint32_t i = 0; i < s->n_tokens; i++)
    if (s->tokens[i].upos == QI_VERB || s->tokens[i].upos == QI_AUX) return true;
  return false;
}

/* "U.S. Department of State" by itself; "Statement by the Government of Canada". */
static bool heads_statement(const qi_whos *w, const qi_who *who) {
  static const char *const labels[] = {"statement", "communique", "declaration", "remarks", "release", "address", "speech", "message"};
  static const char *const from[] = {"by", "of", "from"};
  const qi_sentence *s = &w->doc->sentences[who->sentence];
  if (has_verb(s)) return false;
  uint32_t other = 0;
  for (uint32_t i = 0; i < s->n_tokens; i++)
    other += (i < who->first || i > who->last) && s->tokens[i].upos != QI_PUNCT && s->tokens[i].upos != QI_DET &&
             !qi_tree_under(s, i, who->head);
  if (other == 0 && !is_state(w, who)) return !w->refs.items[who->refs[0]].person;
  const qi_token *t = &s->tokens[who->head];
  qi_slice prep = qi_tree_case(s, who->head);
  for (size_t i = 0; t->rel == QI_REL_NMOD && t->head >= 0 && i < N(from); i++)
    if (qi_slice_eq_str(prep, from[i]) && qi_tree_form_in(&s->tokens[t->head], labels, N(labels))) return true;
  return false;
}

/* "Canada condemns the attack": a deed of words in the present tense is done by saying so. */
static bool speaks_at_once(const qi_whos *w, const qi_who *who) {
  const qi_sentence *s = &w->doc->sentences[who->sentence];
  const qi_token *t = &s->tokens[who->head];
  if (t->rel != QI_REL_NSUBJ || t->head < 0) return false;
  const qi_token *verb = &s->tokens[t->head];
  if (w->refs.items[who->refs[0]].person || verb->rel != QI_REL_ROOT || !qi_slice_eq_str(verb->xpos, "VBZ")) return false;
  return qi_judgements_kinds(w->know->judgements, 'v', verb->lemma) & 1u << QI_JUDGEMENT_SPEECH;
}

uint32_t qi_speaker_giver(qi_whos *w) {
  if (w->giver_found) return w->giver;
  w->giver_found = true;
  w->giver = QI_NO_REF;
  for (size_t k = 0; k < w->items.len && w->items.items[k].sentence < HEAD_LINES; k++) {
    const qi_who *who = &w->items.items[k];
    if (!is_public(w, who) || !(heads_statement(w, who) || speaks_at_once(w, who))) continue;
    if (is_quoted(w, who->sentence, who->head)) continue;
    w->giver = who->refs[0];
    w->giver_who = (uint32_t)k;
    break;
  }
  return w->giver;
}

/* ---- I and we ---- */

/* Whom a person speaks for when he says "we". */
static uint32_t side_of(qi_whos *w, uint32_t person) {
  const qi_ref *ref = &w->refs.items[person];
  static const char *const words[][2] = {{"MIL", "forces"}, {"COP", "police"}};
  qi_slice country = qi_slice_str(ref->country), sector = qi_slice_str(ref->sector);
  bool land = country.len == 3 && qi_actors_find(w->actors, country) != QI_NO_ACTOR;
  if (qi_slice_eq_str(qi_slice_str(ref->role), "captain")) return QI_NO_REF; /* of a team, as often as not */
  for (size_t i = 0; i < N(words); i++)
    if (qi_slice_eq_str(sector, words[i][0])) {
      const qi_agent agent = {.words = qi_slice_str(words[i][1]), .sector = sector, .role = QI_SLICE("")};
      return qi_resolve_agent_ref(w, land ? country : QI_SLICE(""), &agent);
    }
  bool former = qi_slice_find(qi_slice_str(ref->role), QI_SLICE("former ")) != QI_NOT_FOUND;
  return land && !former && qi_slice_eq_str(sector, "GOV") ? qi_resolve_country_ref(w, country) : QI_NO_REF;
}

static bool is_one(const qi_whos *w, const qi_who *who) {
  static const char *const words[] = {"i", "me", "my", "mine", "myself"};
  return qi_tree_form_in(&w->doc->sentences[who->sentence].tokens[who->head], words, N(words));
}

void qi_speaker_resolve(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  bool one = is_one(w, who);
  bool quoted = is_quoted(w, who->sentence, who->head);
  int32_t at = quoted ? speaker_of(w, who) : announcer(w, who);
  uint32_t giver = at == NOBODY && !quoted ? qi_speaker_giver(w) : QI_NO_REF;
  if (giver != QI_NO_REF && w->refs.items[giver].person) qi_resolve_add(w, who, one ? giver : side_of(w, giver));
  else if (!one) qi_resolve_add(w, who, giver);
  if (at == NOBODY || at == (int32_t)k) return;
  qi_resolve_ahead(w, (uint32_t)at);
  const qi_who *speaker = &w->items.items[at];
  if (speaker->n_refs != 1 || speaker->first_person) return;
  uint32_t ref = speaker->refs[0];
  if (w->refs.items[ref].person) qi_resolve_add(w, who, one ? ref : side_of(w, ref));
  else if (!one && (w->refs.items[ref].state || w->refs.items[ref].body || *w->refs.items[ref].country))
    qi_resolve_add(w, who, ref);
}
