/* code: who says "I" and "we".
 *
 *   "We have trained their forces," General Roe of Norland said. -> we: the armed forces of Norland
 *   Ministry of Foreign Affairs of Ostria / We urge both sides to talk. -> we: that ministry
 *   SPEAKER ROE: We have talked. -> we: whoever has the word in a transcript
 *
 * Between quotation marks, the subject of a verb of saying outside the marks: in the sentence itself, where
 * the quotation ends, where it begins, or in the sentence before when that ends in a colon. "I" is that person, "we" the body or
 * country he speaks for. Outside quotations, whoever a statement says it is from: in a line of its
 * head, or as subject of a first sentence that could only be said by itself ("Canada condemns").
 * Anywhere else nobody is better than a guess: the writer is one person throughout, but has no name. */
#include "code/who.h"

#include "know/judgements.h"

#define N(list) (sizeof(list) / sizeof *(list))
#define HEAD_LINES 7u  /* sentences at the start that may say whose statement it is */
#define MAX_QUOTE 50u  /* sentences to either side that a quotation is followed */
#define MAX_ANNOUNCED 200u  /* sentences of a paragraph behind "The minister said:" */
#define MAX_ROLE_WORDS 8u
#define MAX_TURN_TOKENS 12u /* of a line that says whose turn it is */
#define NOBODY (-1)

static bool says(const qi_token *t) {
  static const char *const verbs[] = {
    "say", "tell", "add", "state", "note", "declare", "announce", "explain", "insist", "warn", "claim", "write",
    "tweet", "comment", "remark", "argue", "vow", "reply", "respond", "continue", "conclude", "assert", "stress",
    "emphasize", "emphasise", "acknowledge", "admit", "promise", "recall", "observe", "underline", "underscore", "read"};
  return t->upos == QI_VERB && qi_tree_lemma_in(t, verbs, N(verbs));
}

/* ---- quotation marks ---- */

/* Follows the marks from `open` at the token's start; the state behind it. */
static bool follow(const qi_token *t, bool open) {
  if (qi_slice_eq_str(t->form, "\xE2\x80\x9C") || qi_slice_eq_str(t->form, "``")) return true;
  if (qi_slice_eq_str(t->form, "\xE2\x80\x9D") || qi_slice_eq_str(t->form, "''")) return false;
  return qi_slice_eq_str(t->form, "\"") ? !open : open;
}

/* Does the next mark of the paragraph that begins there close what one before it opened? */
static bool goes_on(const qi_whos *w, uint32_t sentence) {
  for (uint32_t i = sentence; i < w->doc->n_sentences && i - sentence < MAX_QUOTE; i++) {
    const qi_sentence *s = &w->doc->sentences[i];
    if (i > sentence && s->new_paragraph) return false;
    for (uint32_t k = 0; k < s->n_tokens; k++) {
      if (follow(&s->tokens[k], true) == follow(&s->tokens[k], false) && !follow(&s->tokens[k], true)) return true; /* a closing one */
      if (follow(&s->tokens[k], true) && follow(&s->tokens[k], false)) return false;                               /* an opening one */
      if (!follow(&s->tokens[k], true)) return k > 0 && !s->tokens[k - 1].space_after;                             /* either */
    }
  }
  return false;
}

bool qi_speaker_mark(qi_whos *w) {
  w->open_at = QI_NEW_ARRAY(w->arena, bool, (size_t)w->doc->n_sentences + 1);
  bool open = false;
  for (uint32_t i = 0; w->open_at && i < w->doc->n_sentences; i++) {
    const qi_sentence *s = &w->doc->sentences[i];
    if (s->new_paragraph && open) open = goes_on(w, i); /* most begin with a mark again */
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

/* "Roe defended the plan: 'We ...'": the subject of what stands before the colon. */
static int32_t before_colon(const qi_whos *w, uint32_t sentence) {
  const qi_sentence *s = &w->doc->sentences[sentence];
  for (uint32_t i = 0; i + 1 < s->n_tokens; i++) {
    if (!qi_slice_eq_str(s->tokens[i].form, ":") || follow(&s->tokens[i + 1], false) == false) continue;
    for (uint32_t k = 0; k < i; k++) {
      const qi_token *t = &s->tokens[k];
      if (t->rel == QI_REL_NSUBJ && t->head >= 0 && s->tokens[t->head].rel == QI_REL_ROOT) return w->at[sentence][k];
    }
    return NOBODY;
  }
  return NOBODY;
}

static int32_t speaker_of(const qi_whos *w, const qi_who *who) {
  uint32_t first = who->sentence, last = who->sentence, n = w->doc->n_sentences;
  int32_t k = sayer(w, who->sentence, who->head);
  if (k == NOBODY) k = before_colon(w, who->sentence);
  while (first > 0 && w->open_at[first] && who->sentence - first < MAX_QUOTE) first--;
  while (last + 1 < n && w->open_at[last + 1] && last - who->sentence < MAX_QUOTE) last++;
  if (k == NOBODY && last != who->sentence) k = sayer(w, last, 0);
  if (k == NOBODY && first != who->sentence) k = sayer(w, first, UINT32_MAX / 2);
  if (k == NOBODY && first != who->sentence) k = before_colon(w, first);
  if (k != NOBODY || first == 0) return k;
  const qi_sentence *before = &w->doc->sentences[first - 1];
  bool colon = before->n_tokens > 0 && qi_slice_eq_str(before->tokens[before->n_tokens - 1].form, ":");
  return colon ? sayer(w, first - 1, before->n_tokens) : NOBODY;
}

/* "Speaker Roe." or "MR. ROE: We have ..." in a transcript: the person whose turn begins in the sentence. */
static int32_t takes_turn(const qi_whos *w, uint32_t sentence) {
  const qi_sentence *s = &w->doc->sentences[sentence];
  for (uint32_t i = 0; i < s->n_tokens && i < MAX_TURN_TOKENS; i++) {
    int32_t k = w->at[sentence][i];
    if (k == NOBODY) continue;
    const qi_who *who = &w->items.items[k];
    if (who->first > 1 || (who->how != QI_WHO_NAME && who->how != QI_WHO_UNKNOWN && !(who->how == QI_WHO_AGENT && who->person))) return NOBODY;
    uint32_t end = who->last + 1;
    if (end >= s->n_tokens) return NOBODY;
    bool colon = qi_slice_eq_str(s->tokens[end].form, ":");
    bool alone = end + 1 == s->n_tokens && (colon || qi_slice_eq_str(s->tokens[end].form, "."));
    return (colon && s->new_paragraph) || (alone && sentence > 0) ? k : NOBODY;
  }
  return NOBODY;
}

/* Who has the word in the sentence: whoever took the last turn. */
static int32_t turn_at(qi_whos *w, uint32_t sentence) {
  if (!w->turn) {
    int32_t now = NOBODY;
    w->turn = qi_arena_alloc(w->arena, ((size_t)w->doc->n_sentences + 1) * sizeof *w->turn);
    w->failed |= !w->turn;
    for (uint32_t i = 0; w->turn && i < w->doc->n_sentences; i++) {
      int32_t next = takes_turn(w, i);
      w->turn[i] = now = next == NOBODY ? now : next;
    }
  }
  return w->turn ? w->turn[sentence] : NOBODY;
}

/* "The minister said:" and then his words without marks: to the end of the paragraph behind it, or of the
 * text where it stands in the head of a statement. */
static int32_t announcer(qi_whos *w, const qi_who *who) {
  bool same_paragraph = true;
  int32_t turn = turn_at(w, who->sentence);
  if (turn != NOBODY) return turn;
  for (uint32_t i = who->sentence; i-- > 0;) {
    const qi_sentence *s = &w->doc->sentences[i];
    bool colon = s->n_tokens > 0 && qi_slice_eq_str(s->tokens[s->n_tokens - 1].form, ":");
    int32_t k = colon && (same_paragraph || i < HEAD_LINES) ? sayer(w, i, s->n_tokens) : NOBODY;
    if (k != NOBODY) return k;
    same_paragraph &= !w->doc->sentences[i].new_paragraph;
    if ((!same_paragraph || who->sentence - i > MAX_ANNOUNCED) && i > HEAD_LINES) i = HEAD_LINES;
  }
  return NOBODY;
}

/* ---- whose statement the document is ---- */

/* A body, or an office that speaks for one; in "Remarks by" a person as well. */
static bool is_public_sector(qi_slice sector) {
  static const char *const sectors[] = {"GOV", "MIL", "IGO", "LEG", "COP"};
  for (size_t i = 0; i < N(sectors); i++)
    if (qi_slice_eq_str(sector, sectors[i])) return true;
  return false;
}

static bool is_public(const qi_whos *w, const qi_who *who) {
  if (who->n_refs != 1 || who->how == QI_WHO_PRONOUN || who->how == QI_WHO_GROUP || who->dateline) return false;
  const qi_ref *ref = &w->refs.items[who->refs[0]];
  return is_public_sector(qi_slice_str(ref->sector)) && (ref->actor != QI_NO_ACTOR || strlen(ref->country) == 3);
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

/* Who publishes the text, where that is a government or a body of one: "US State Department", "UK Government"; not "Times of
 * India". QI_NO_REF nobody. */
static uint32_t publisher(qi_whos *w) {
  qi_slice rest = w->doc->publisher, forms[MAX_ROLE_WORDS], word;
  uint32_t n = 0, length, found = QI_NO_REF;
  qi_atoms atoms;
  bool public = false;
  while (n < MAX_ROLE_WORDS && qi_slice_word(&rest, &word)) forms[n++] = word;
  if (n == 0 || rest.len || !qi_actors_atoms(&atoms, w->actors, forms, n, w->arena)) return QI_NO_REF;
  for (uint32_t i = 0; i < n; i++) {
    uint32_t agent = qi_agents_match(w->actors, &atoms, &atoms, i, &length);
    public |= agent != QI_NO_AGENT && is_public_sector(qi_agents_get(w->actors, agent)->sector);
  }
  for (uint32_t i = 0; i < n; i++) {
    qi_actor_match m;
    if (!qi_actors_match(w->actors, &atoms, i, &m) || m.n_names != 1) continue;
    uint32_t ref = qi_resolve_actor_ref(w, m.names[0]->actor);
    if (ref == QI_NO_REF || !is_public_sector(qi_slice_str(w->refs.items[ref].sector)) || w->refs.items[ref].person) continue;
    bool body = !w->refs.items[ref].state, whole = i + m.n_tokens == n && i <= 1;
    if (body || whole || public) found = ref;
    if (body) break;
  }
  return found;
}

uint32_t qi_speaker_giver(qi_whos *w) {
  if (w->giver_found) return w->giver;
  w->giver_found = true;
  w->giver = w->giver_who = QI_NO_REF;
  for (size_t k = 0; k < w->items.len && w->items.items[k].sentence < HEAD_LINES; k++) {
    const qi_who *who = &w->items.items[k];
    if (!is_public(w, who) || !(heads_statement(w, who) || speaks_at_once(w, who))) continue;
    if (is_quoted(w, who->sentence, who->head)) continue;
    w->giver = who->refs[0];
    w->giver_who = (uint32_t)k;
    return w->giver;
  }
  return w->giver = publisher(w);
}

/* ---- I and we ---- */

/* The body that an office is of: "secretary-general of NATO". QI_NO_REF none. */
static uint32_t body_of_role(qi_whos *w, qi_slice role) {
  size_t of = qi_slice_find(role, QI_SLICE(" of "));
  if (of == QI_NOT_FOUND) return QI_NO_REF;
  qi_slice rest = qi_slice_sub(role, of + strlen(" of "), role.len), one, word, forms[MAX_ROLE_WORDS];
  if (!qi_slice_split(&rest, ';', &one)) return QI_NO_REF;
  uint32_t n = 0;
  qi_atoms atoms;
  qi_actor_match m;
  while (n < MAX_ROLE_WORDS && qi_slice_word(&one, &word)) forms[n++] = word;
  uint32_t first = n > 0 && qi_slice_eq_str(forms[0], "the");
  if (n <= first || !qi_actors_atoms(&atoms, w->actors, forms, n, w->arena) || !qi_actors_match(w->actors, &atoms, first, &m)) return QI_NO_REF;
  return m.n_names > 0 ? qi_resolve_actor_ref(w, m.names[0]->actor) : QI_NO_REF;
}

static uint32_t unnamed_ref(qi_whos *w, qi_slice key, bool person) {
  uint32_t old = key.ptr ? qi_map_find(&w->ref_of, key, QI_NO_REF) : QI_NO_REF;
  if (old != QI_NO_REF || !key.ptr) return old;
  return qi_resolve_add_ref(w, key, (qi_ref){.actor = QI_NO_ACTOR, .unnamed = true, .person = person, .plural = !person});
}

/* Whom a person speaks for when he says "we". */
static uint32_t side_of(qi_whos *w, uint32_t person) {
  static const char *const words[][2] = {{"MIL", "forces"}, {"COP", "police"}};
  const qi_ref *ref = &w->refs.items[person];
  qi_slice country = qi_slice_str(ref->country), sector = qi_slice_str(ref->sector);
  bool land = country.len == 3 && qi_actors_find(w->actors, country) != QI_NO_ACTOR;
  if (qi_slice_eq_str(qi_slice_str(ref->role), "captain")) return QI_NO_REF; /* of a team, as often as not */
  for (size_t i = 0; i < N(words); i++)
    if (qi_slice_eq_str(sector, words[i][0])) {
      const qi_agent agent = {.words = qi_slice_str(words[i][1]), .sector = sector, .role = QI_SLICE("")};
      return qi_resolve_agent_ref(w, land ? country : QI_SLICE(""), &agent);
    }
  bool former = qi_slice_find(qi_slice_str(ref->role), QI_SLICE("former ")) != QI_NOT_FOUND;
  if (former) return QI_NO_REF;
  if (land && qi_slice_eq_str(sector, "GOV")) return qi_resolve_country_ref(w, country);
  if (ref->side != QI_NO_REF) return ref->side;
  return qi_slice_eq_str(sector, "IGO") ? body_of_role(w, qi_slice_str(ref->role)) : QI_NO_REF;
}

static bool is_one(const qi_whos *w, const qi_who *who) {
  static const char *const words[] = {"i", "me", "my", "mine", "myself"};
  return qi_tree_form_in(&w->doc->sentences[who->sentence].tokens[who->head], words, N(words));
}

/* "the ministry's statement said", "a Home Office letter reads": whose it is. */
static int32_t owner_of(qi_whos *w, const qi_who *who) {
  const qi_sentence *s = &w->doc->sentences[who->sentence];
  for (uint32_t i = s->child_begin[who->head]; i < s->child_begin[who->head + 1]; i++) {
    uint32_t c = s->child[i];
    bool owns = s->tokens[c].rel == QI_REL_NMOD_POSS || s->tokens[c].rel == QI_REL_COMPOUND ||
                (s->tokens[c].rel == QI_REL_NMOD && (qi_slice_eq_str(qi_tree_case(s, c), "by") || qi_slice_eq_str(qi_tree_case(s, c), "from") ||
                                                      qi_slice_eq_str(qi_tree_case(s, c), "of")));
    int32_t k = owns ? w->at[who->sentence][c] : NOBODY;
    if (k == NOBODY || w->items.items[k].first_person) continue;
    qi_resolve_ahead(w, (uint32_t)k);
    if (w->items.items[k].n_refs == 1) return k;
  }
  return NOBODY;
}

/* The mention of who says it, NOBODY where nobody is named. */
static int32_t voice_of(qi_whos *w, uint32_t k) {
  const qi_who *who = &w->items.items[k];
  int32_t at = is_quoted(w, who->sentence, who->head) ? speaker_of(w, who) : announcer(w, who);
  if (at == NOBODY || at == (int32_t)k) return NOBODY;
  qi_resolve_ahead(w, (uint32_t)at);
  const qi_who *speaker = &w->items.items[at];
  if (speaker->n_refs == 0 && speaker->how == QI_WHO_NOUN && (at = owner_of(w, speaker)) != NOBODY) speaker = &w->items.items[at];
  if (at == NOBODY) return at;
  return speaker->n_refs == 1 && !speaker->first_person ? at : NOBODY;
}

void qi_speaker_resolve(qi_whos *w, uint32_t k) {
  bool one = is_one(w, &w->items.items[k]);
  bool quoted = is_quoted(w, w->items.items[k].sentence, w->items.items[k].head);
  int32_t at = voice_of(w, k);
  qi_who *who = &w->items.items[k];
  if (at == NOBODY) {
    uint32_t giver = quoted ? QI_NO_REF : qi_speaker_giver(w);
    if (giver != QI_NO_REF && w->refs.items[giver].person) qi_resolve_add(w, who, one ? giver : side_of(w, giver));
    else if (!one) qi_resolve_add(w, who, giver);
    return;
  }
  uint32_t ref = w->items.items[at].refs[0];
  if (w->refs.items[ref].person) qi_resolve_add(w, who, one ? ref : side_of(w, ref));
  else if (one && w->items.items[at].person && !w->items.items[at].plural && *w->refs.items[ref].country) /* "I," the envoy said */
    qi_resolve_add(w, who, ref);
  else if (!one && (w->refs.items[ref].state || w->refs.items[ref].body || *w->refs.items[ref].country))
    qi_resolve_add(w, who, ref);
}

void qi_speaker_remain(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  bool one = is_one(w, who), quoted = is_quoted(w, who->sentence, who->head);
  int32_t at = voice_of(w, k);
  who = &w->items.items[k];
  if (quoted && at == NOBODY) return;
  uint32_t voice = at == NOBODY ? 0 : w->items.items[at].refs[0] + 1;
  qi_slice key = qi_arena_printf(w->arena, "%s/%u", one ? "I" : "we", voice);
  qi_resolve_add(w, who, unnamed_ref(w, key, one));
}
