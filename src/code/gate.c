/* code: deeds -> those that may be political events.
 *
 * Frames know the words of a deed; this step knows what is never one, whatever the frame:
 *
 *   "attack helicopters"                      a deed noun that only names a kind of thing
 *   "killed when the hotel collapsed"         an accident
 *   "an insurgency against the church"        a figure of speech
 *   "John Smith met Peter Miller"             private people among themselves
 *   "Germany discussed the budget"            a meeting with nobody
 *   "declared a ceasefire in Mariupol"        a place is no recipient
 *
 * Precision first: where the words leave it open, there is no event. */
#include "code/gate.h"

/* ---- deed nouns that modify ---- */

/* Nouns that leave the deed before them a deed: "bombing campaign", "aid package", "peace talks". */
static const char *const carriers[] = {
    "campaign", "wave", "series", "operation", "spree", "package", "effort", "deal", "agreement", "accord", "pact", "plan",
    "threat", "talk", "talks", "round", "session", "meeting", "summit", "order", "decision", "move", "measure", "offensive",
    "attempt", "march", "rally", "demonstration", "program", "programme", "delivery", "shipment", "offer", "bid", "initiative",
    "action", "violation", "breach", "announcement", "declaration", "proposal", "request", "demand", "call", "process", "group",
    "incident", "visit", "trip", "mission", "drill", "exercise", "sentence", "warning", "vote", "pledge", "commitment", NULL};

static bool is_deed_word(const qi_view *v, int32_t i) {
  qi_slice lemma = qi_tok(v, i)->lemma;
  const qi_trigger *words;
  uint32_t at = qi_frames_first(v->know->frames, lemma, 'n');
  while (qi_frames_next(v->know->frames, &at, &words))
    if (words->words.n == 1 || qi_words_at(v, i, &words->words, false)) return true;
  return qi_operators_first(v->know->operators, lemma, 'n') != QI_MAP_NONE || qi_lemma_in(v, i, carriers);
}

/* "attack, bomber and fighter aircraft": a list that only its last noun completes. */
static bool opens_list(const qi_view *v, int32_t i) {
  if (!qi_xpos_is(v, i, "NN") || i + 1 >= (int32_t)v->s->n_tokens) return false;
  if (!qi_form_is(v, i + 1, ",") && !qi_form_is(v, i + 1, "and") && !qi_form_is(v, i + 1, "or")) return false;
  for (QI_EACH_CHILD(v, i, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if ((int32_t)c < i && rel != QI_REL_CC && rel != QI_REL_PUNCT) return false;
  }
  int32_t last = QI_NO_TOKEN;
  int bare = 0; /* "attack, bomber, fighter and drone aircraft": nouns that count, without an article */
  for (QI_EACH_CHILD(v, i, k, c)) {
    if (qi_tok(v, (int32_t)c)->rel != QI_REL_CONJ || qi_tok(v, (int32_t)c)->upos != QI_NOUN) continue;
    if (last >= 0 && qi_xpos_is(v, last, "NN") && qi_child(v, last, QI_REL_DET) < 0 && !is_deed_word(v, last)) bare++;
    last = (int32_t)c;
  }
  return last >= 0 && (bare > 1 || qi_child(v, last, QI_REL_COMPOUND) >= 0) && qi_child(v, last, QI_REL_DET) < 0 && !is_deed_word(v, last);
}

bool qi_gate_is_modifier(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  if (t->upos != QI_NOUN) return false;
  if (opens_list(v, i)) return true;
  int32_t at = i; /* "attack and transport helicopters" */
  for (int step = 0; step < 4 && qi_tok(v, at)->rel == QI_REL_CONJ && qi_tok(v, at)->head >= 0; step++) at = qi_tok(v, at)->head;
  const qi_token *top = qi_tok(v, at);
  if (top->rel != QI_REL_COMPOUND || top->head <= i) return false;
  const qi_token *head = qi_tok(v, top->head);
  return head->upos == QI_NOUN && !is_deed_word(v, top->head);
}

bool qi_gate_is_attribute(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  if (t->rel != QI_REL_AMOD || t->head <= i || !qi_is_participle(v, i)) return false;
  for (QI_EACH_CHILD(v, i, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    if (rel == QI_REL_OBL || rel == QI_REL_OBL_AGENT || qi_names_somebody(v, (int32_t)c)) return false;
  }
  return true;
}

bool qi_gate_is_phrasal(const qi_view *v, int32_t verb) {
  static const char *const particles[] = {"off", "up", "down", "out", "away", "over", NULL};
  /* Here the particle only says where to or how thoroughly. */
  static const char *const plain[] = {"send", "ship", "fly", "pay", "drive", "push", "pull", "force", "move", "march", "hand",
                                      "pass", "beat", "round", "lock", "spread", "free", "fight", "block", "seal", "close", "fire",
                                      "burn", "buy", "sell", "scale", "speed", "open", "offer", "walk", "kick", "clean",
                                      "cut", "shut", "withdraw", "evacuate", "transfer", "airlift", "clash", "dole", NULL};
  /* With these an adverb right behind does the same ("backed away"). */
  static const char *const turned[] = {"back", "break", "step", "turn", "call", "strike", "blow", "write", "give", "put", "stand", NULL};
  if (qi_lemma_in(v, verb, plain)) return false;
  if (qi_lemma_is(v, verb, "storm") && verb + 1 < (int32_t)v->s->n_tokens && qi_lemma_in(v, verb + 1, particles)) return true;
  for (QI_EACH_CHILD(v, verb, k, c)) {
    uint8_t rel = qi_tok(v, (int32_t)c)->rel;
    bool behind = rel == QI_REL_ADVMOD && (int32_t)c == verb + 1 && qi_lemma_in(v, verb, turned);
    if ((rel == QI_REL_COMPOUND_PRT || behind) && (int32_t)c > verb && qi_lemma_in(v, (int32_t)c, particles)) return true;
  }
  return false;
}

/* ---- accidents and figures of speech ---- */

static const char *const accident_verbs[] = {"collapse", "crash", "sink", "capsize", "derail", "overturn", "collide", "slip",
                                             "fall", "topple", "erupt", "flood", "burn", "melt", "swerve", "skid", "plunge",
                                             "malfunction", "cave", "give", "lose", "stall", "run", NULL};
static const char *const accident_nouns[] = {
    "accident", "crash", "collision", "stampede", "collapse", "avalanche", "landslide", "mudslide", "earthquake", "quake",
    "tsunami", "flood", "storm", "hurricane", "typhoon", "cyclone", "tornado", "blizzard", "lightning", "heat", "heatwave",
    "drought", "famine", "wildfire", "disease", "virus", "epidemic", "pandemic", "outbreak", "cholera", "ebola", "malaria",
    "measles", "cancer", "covid-19", "coronavirus", "flu", "influenza", "poisoning", "overdose", "starvation", "hunger", "cold",
    "smoke", "pollution", "wave", "shark", "bear", "crocodile", "elephant", "derailment", "wreck", "shipwreck", "pile-up",
    "crush", "volcano", "eruption", "illness", "weather", "rain", "snow", "wind", "dog", "infection", NULL};
/* "gave way", "lost control", "ran aground": the verb alone says nothing. */
static const char *const needs_more[] = {"give", "lose", "run", "fall", "burn", NULL};
static const char *const completions[] = {"way", "control", "aground", "over", "down", "power", "from", NULL};
/* With these as cause a fall is no accident: "killed when a bomb fell on the market". */
static const char *const violent_nouns[] = {"bomb", "missile", "rocket", "shell", "mortar", "drone", "grenade", "gunman", "attacker",
                                            "rebel", "militant", "soldier", "troop", "police", "bomber", "army", NULL};

static bool is_accident_verb(const qi_view *v, int32_t i) {
  if (!qi_lemma_in(v, i, accident_verbs)) return false;
  int32_t subject = qi_child(v, i, QI_REL_NSUBJ);
  if (subject < 0) subject = qi_child(v, i, QI_REL_NSUBJ_PASS);
  if (subject >= 0 && qi_lemma_in(v, subject, violent_nouns)) return false;
  if (qi_child(v, i, QI_REL_OBL_AGENT) >= 0) return false;
  if (!qi_lemma_in(v, i, needs_more)) return true;
  for (int32_t k = i + 1; k < (int32_t)v->s->n_tokens && k <= i + 3; k++)
    if (qi_lemma_in(v, k, completions)) return true;
  return qi_lemma_is(v, i, "fall") && subject >= 0;
}

/* "killed when the hotel collapsed", "after the boat capsized". */
static bool is_by_accident_clause(const qi_view *v, int32_t verb) {
  static const char *const marks[] = {"when", "after", "as", "because", NULL};
  for (QI_EACH_CHILD(v, verb, k, c)) {
    if (qi_tok(v, (int32_t)c)->rel != QI_REL_ADVCL || !is_accident_verb(v, (int32_t)c)) continue;
    for (QI_EACH_CHILD(v, c, kk, cc))
      if ((int32_t)cc < (int32_t)c && qi_lemma_in(v, (int32_t)cc, marks)) return true;
  }
  return false;
}

/* "an explosion at a coal mine", "a gas explosion". */
static bool is_works_blast(const qi_view *v, int32_t i) {
  static const char *const blasts[] = {"explosion", "blast", "fire", "blaze", NULL};
  static const char *const works[] = {"mine", "factory", "plant", "refinery", "pipeline", "warehouse", "colliery", "mill", "gas",
                                      "boiler", "fireworks", "firework", "coal", "kitchen", "forest", "nightclub", NULL};
  if (!qi_lemma_in(v, i, blasts)) return false;
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_lemma_in(v, (int32_t)c, works)) return true;
  int32_t h = qi_tok(v, i)->head; /* hung on the verb beside it */
  for (QI_EACH_CHILD(v, h < 0 ? i : h, k, c))
    if ((int32_t)c > i && qi_tok(v, (int32_t)c)->rel == QI_REL_OBL && qi_lemma_in(v, (int32_t)c, works)) return true;
  return false;
}

static bool is_by_accident(const qi_view *v, const qi_deep *d) {
  static const char *const preps[] = {"by", "in", "from", "of", "due_to", "because_of", "during", "to", NULL};
  for (uint32_t i = 0; i < d->n; i++) {
    const qi_filler *f = &d->fillers[i];
    bool kind = f->origin == QI_FROM_MODIFIER && f->slot != QI_SLOT_SUBJ;
    if (f->clause || kind || !qi_lemma_in(v, f->token, accident_nouns)) continue;
    if (f->slot == QI_SLOT_SUBJ) return true;
    for (size_t k = 0; preps[k]; k++)
      if (f->slot == qi_slot_of_preposition(qi_slice_str(preps[k]))) return true;
  }
  for (uint32_t i = 0; i < d->n; i++)
    if (!d->fillers[i].clause && d->fillers[i].slot >= QI_SLOT_FIRST_PREP && is_works_blast(v, d->fillers[i].token)) return true;
  return is_by_accident_clause(v, d->light >= 0 ? d->light : d->trigger);
}

/* What is attacked or fought in words only. */
static const char *const ideas[] = {
    "proposal", "idea", "plan", "policy", "decision", "record", "bill", "report", "budget", "reform", "remark", "comment",
    "statement", "speech", "article", "book", "film", "law", "argument", "view", "theory", "character", "credibility",
    "reputation", "integrity", "motive", "motion", "amendment", "verdict", "ruling", "legislation", "strategy", "approach",
    "corruption", "poverty", "inflation", "crime", "cancer", "disease", "drug", "hunger", "racism", "virus", "tax", "pact",
    "deal", "agreement", "treaty", "notion", "claim", "concept", "problem", "culture", "faith", "obesity", NULL};
static const char *const campaigns[] = {"insurgency", "war", "crusade", "revolt", "rebellion", "campaign", "battle", "fight",
                                        "struggle", "offensive", "mutiny", NULL};

static bool is_figure_of_speech(const qi_view *v, const qi_deep *d, const qi_deed *deed) {
  static const char *const preps[] = {"on", "against", "of", NULL};
  for (uint32_t i = 0; i < d->n; i++) {
    const qi_filler *f = &d->fillers[i];
    bool target = f->slot == QI_SLOT_OBJ;
    for (size_t k = 0; preps[k] && !target; k++) target = f->slot == qi_slot_of_preposition(qi_slice_str(preps[k]));
    if (target && !f->clause && f->origin != QI_FROM_LIGHT && qi_lemma_in(v, f->token, ideas)) return true;
  }
  if (deed->part != 'n' || !qi_lemma_in(v, deed->token, campaigns)) return false;
  for (uint32_t i = 0; i < deed->recipients.n; i++)
    if (deed->recipients.who[i]->country[0]) return false;
  return deed->actors.n == 0 && deed->recipients.n > 0;
}

/* ---- private people ---- */

/* "the Serbs", "Kurdish authorities": a people is no private person, though no one state is its own. */
static bool is_people(const quid_entity *e) { return strstr(e->id, ".ETH.") != NULL; }

/* A name without an office, or "a man". */
static bool is_private(const quid_entity *e, quid_event_type type) {
  bool person = strstr(e->id, ".PER.") != NULL;
  if (person && e->role[0] == '\0') return true;
  if (is_people(e)) return false;
  if (e->country[0]) return false;
  static const char *const lay[] = {"CVL", "BUS", "EDU", "MED", NULL}; /* "---.BUS.JANE_DOE" */
  for (size_t k = 0; lay[k]; k++)
    if (strncmp(e->id, "---.", 4) == 0 && strcmp(e->sector, lay[k]) == 0) return true;
  if (strcmp(e->sector, "CVL") == 0) return type != QUID_ASSAULT && type != QUID_COERCE && type != QUID_PROTEST;
  return strcmp(e->sector, "MED") == 0 && type == QUID_CONSULT; /* an interview */
}

/* What private people do or undergo is political by itself: they demonstrate and resign, and whoever arrests or charges them
 * without being named is an authority. */
static bool is_public_deed(const qi_deed *deed) {
  switch (deed->frame->type) {
  case QUID_PROTEST:
  case QUID_RETREAT:
  case QUID_MOBILIZE: return true;
  case QUID_COERCE:
  case QUID_SANCTION:
  case QUID_ACCUSE: return deed->actors.n == 0;
  default: return false;
  }
}

/* "herders", "the two communities", "Arab militias": they fight for a group, not for themselves. */
static bool is_communal(const qi_view *v, const qi_fill *fill) {
  uint32_t communal = qi_items_class(v->know->items, QI_SLICE("communal"));
  if (communal == QI_NO_CLASS) return false;
  for (uint32_t i = 0; i < fill->n; i++) {
    qi_classes have = qi_classes_of(v, fill->token[i]);
    if (have.bits[communal / 64] >> (communal % 64) & 1) return true;
  }
  return false;
}

/* "Three men attacked a woman": a crime. */
static bool is_crime(const qi_view *v, const qi_deed *deed) {
  if (deed->frame->type != QUID_ASSAULT || !deed->actors.n || is_communal(v, &deed->role[QI_ROLE_ACTOR])) return false;
  for (uint32_t i = 0; i < deed->actors.n; i++)
    if (strcmp(deed->actors.who[i]->sector, "CVL") != 0 || deed->actors.who[i]->country[0] || is_people(deed->actors.who[i])) return false;
  for (uint32_t i = 0; i < deed->recipients.n; i++)
    if (strcmp(deed->recipients.who[i]->sector, "CVL") != 0) return false;
  return true;
}

static bool all_private(const qi_view *v, const qi_deed *deed) {
  if (is_crime(v, deed)) return true;
  if (is_public_deed(deed)) return false;
  for (uint32_t i = 0; i < deed->actors.n; i++)
    if (!is_private(deed->actors.who[i], deed->frame->type)) return false;
  for (uint32_t i = 0; i < deed->recipients.n; i++)
    if (!is_private(deed->recipients.who[i], deed->frame->type)) return false;
  return true;
}

/* ---- meetings ---- */

static bool is_plural(const qi_view *v, int32_t i) {
  const qi_token *t = qi_tok(v, i);
  const qi_mention *m = qi_mention_at(v, i);
  if (m && m->kind == QI_MENTION_GROUP) return true;
  if (qi_child(v, i, QI_REL_CONJ) >= 0) return true;
  return qi_slice_eq_str(t->xpos, "NNS") || qi_slice_eq_str(t->xpos, "NNPS") || qi_token_has(t, "Number=Plur");
}

/* Somebody, known or not, stands under "with", "between", "to" or is the object. */
static bool has_other_side(const qi_view *v, const qi_deep *d) {
  static const char *const preps[] = {"with", "between", "among", "to", NULL};
  for (uint32_t i = 0; i < d->n; i++) {
    const qi_filler *f = &d->fillers[i];
    bool side = f->slot == QI_SLOT_OBJ && !qi_lemma_is(v, d->trigger, "discuss");
    if (f->clause) continue;
    for (size_t k = 0; preps[k] && !side; k++) side = f->slot == qi_slot_of_preposition(qi_slice_str(preps[k]));
    const qi_token *t = qi_tok(v, f->token);
    bool somebody = t->etype == QI_ETYPE_PERSON || t->etype == QI_ETYPE_ORGANIZATION || t->ner == QI_NER_PER || t->ner == QI_NER_ORG ||
                    qi_mention_at(v, f->token);
    if (side && somebody) return true;
  }
  return false;
}

/* Words that need somebody to talk to; a summit or a mediation has others by itself. */
static const char *const talk_words[] = {"meet", "discuss", "speak", "talk", "contact", "confer", "sit", "converse", "chat", "brief",
                                         "interview", "phone", "telephone", "call", "write", "consult", "dine", "update",
                                         "debate", "address", "discussion", "conversation", NULL};

static bool is_lone_meeting(const qi_view *v, const qi_deep *d, const qi_deed *deed) {
  if (deed->part == 'v' && !deed->actors.n) return true; /* somebody went somewhere */
  if (deed->actors.n + deed->recipients.n != 1 || !qi_lemma_in(v, deed->token, talk_words)) return false;
  if (deed->part == 'n' && qi_lemma_is(v, deed->token, "talk") && qi_xpos_is(v, deed->token, "NNS")) return false;
  if (has_other_side(v, d)) return false;
  const qi_fill *fill = deed->actors.n ? &deed->role[QI_ROLE_ACTOR] : &deed->role[QI_ROLE_RECIPIENT];
  const quid_entity *one = deed->actors.n ? deed->actors.who[0] : deed->recipients.who[0];
  if (strcmp(one->country, "IGO") == 0) return false; /* its members meet */
  for (uint32_t i = 0; i < fill->n; i++)
    if (!fill->clause[i] && is_plural(v, fill->token[i])) return false;
  return true;
}

/* ---- the gate ---- */

const char *qi_gate_why_not(const qi_view *v, const qi_deed *deed) {
  quid_event_type type = deed->frame->type;
  qi_deep d;
  if (all_private(v, deed)) return "private people";
  /* "accused Iran of it, which Tehran denied": what is denied is the deed, not a thing asked for. */
  if (type == QUID_REJECT && qi_lemma_is(v, deed->token, "deny") && qi_tok(v, deed->token)->rel == QI_REL_ACL_RELCL) return "a denial";
  if (type != QUID_ASSAULT && type != QUID_CONSULT) return NULL;
  qi_deep_read(v, deed->token, deed->part, &d);
  if (type == QUID_CONSULT) return is_lone_meeting(v, &d, deed) ? "a meeting with nobody" : NULL;
  if (is_by_accident(v, &d)) return "an accident";
  return is_figure_of_speech(v, &d, deed) ? "a figure of speech" : NULL;
}

bool qi_gate_is_note(const qi_view *v, const qi_deed *deed) {
  if (deed->frame->type != QUID_PROTEST || deed->part != 'v' || !qi_lemma_is(v, deed->token, "protest") || !deed->actors.n) return false;
  for (uint32_t i = 0; i < deed->actors.n; i++) {
    const quid_entity *e = deed->actors.who[i];
    bool state = e->country[0] && !strchr(e->id, '.') && strcmp(e->via, "demonym") != 0 && strcmp(e->via, "agent") != 0;
    if (!state && strcmp(e->sector, "GOV") != 0) return false;
  }
  const qi_fill *fill = &deed->role[QI_ROLE_ACTOR];
  if (!fill->n) return false;
  const qi_mention *m = qi_mention_at(v, fill->token[0]); /* "Polish teachers protest" stand for Poland, but are a crowd */
  return m && !qi_slice_eq_str(qi_tok(v, fill->token[0])->xpos, "NNPS") && !qi_slice_eq_str(qi_tok(v, fill->token[0])->xpos, "NNS") &&
         m->kind == QI_MENTION_NAME && (m->is_state || (m->n_entities && strcmp(m->entities[0]->sector, "GOV") == 0));
}

bool qi_gate_is_nobody(const qi_view *v, int32_t token) {
  static const char *const all[] = {"each", "every", "any", "no", NULL};
  static const char *const bodies[] = {"country", "state", "nation", "government", "side", "party", NULL};
  const qi_mention *m = qi_mention_at(v, token);
  if (!m || m->kind != QI_MENTION_AGENT) return false;
  for (uint32_t i = 0; i < m->n_entities; i++)
    if (m->entities[i]->country[0]) return false;
  if (!m->is_actor) return qi_tok(v, token)->etype != QI_ETYPE_PERSON && strcmp(m->n_entities ? m->entities[0]->sector : "", "MIL") == 0;
  if (!qi_lemma_in(v, token, bodies)) return false;
  for (QI_EACH_CHILD(v, token, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_DET && qi_lemma_in(v, (int32_t)c, all)) return true;
  return false;
}

bool qi_gate_is_scene(const qi_view *v, int32_t token) {
  static const char *const where[] = {"in", "at", "near", "around", "outside", "inside", "within", "across", NULL};
  const qi_mention *m = qi_mention_at(v, token);
  int32_t prep = QI_NO_TOKEN;
  if (!m || !m->is_place || m->is_state) return false;
  for (uint32_t i = 0; i < m->n_entities; i++)
    if (m->entities[i]->sector[0] && strcmp(m->entities[i]->sector, "-") != 0) return false;
  qi_preposition(v, token, &prep);
  if (prep < 0 || !qi_lemma_in(v, prep, where)) return false;
  /* "fired rockets at Kharkiv": what they were meant for. */
  static const char *const aimed[] = {"fire", "launch", "shoot", "throw", "lob", "hurl", "aim", "direct", "rocket", "missile", "shell", NULL};
  return !(qi_form_is(v, prep, "at") && qi_tok(v, token)->head >= 0 && qi_lemma_in(v, qi_tok(v, token)->head, aimed));
}

static bool is_help(quid_event_type t) { return t == QUID_AID || t == QUID_SUPPORT || t == QUID_COOPERATE; }

static bool among(const qi_cast *some, const qi_cast *all) {
  for (uint32_t i = 0; i < some->n; i++) {
    bool found = false;
    for (uint32_t k = 0; k < all->n; k++) found |= strcmp(some->who[i]->id, all->who[k]->id) == 0;
    if (!found) return false;
  }
  return true;
}

bool qi_gate_is_purpose_of(const qi_view *v, const qi_deed *deed, const qi_deed *purpose) {
  const qi_token *t = qi_tok(v, purpose->token);
  bool help = is_help(purpose->frame->type) && (is_help(deed->frame->type) || deed->frame->type == QUID_MOBILIZE);
  if (!help && purpose->frame->type != deed->frame->type) return false; /* "summoned the envoy to protest" */
  if (purpose->part != 'v' || !qi_is_to_infinitive(v, purpose->token)) return false;
  if (t->rel != QI_REL_ADVCL && t->rel != QI_REL_ACL && t->rel != QI_REL_XCOMP) return false;
  int32_t carrier = deed->light >= 0 ? deed->light : deed->token, at = t->head;
  bool below = at == carrier || at == deed->token;
  for (int r = QI_ROLE_ACTOR + 1; r <= QI_ROLE_ITEM && !below; r++) /* hung on the goods or on whom they go to */
    for (uint32_t i = 0; i < deed->role[r].n; i++) below |= deed->role[r].token[i] == at;
  for (uint32_t i = 0; i < deed->role[QI_ROLE_CONTENT].n; i++)
    if (deed->role[QI_ROLE_CONTENT].token[i] == purpose->token) return false;
  return below && among(&purpose->actors, &deed->actors);
}
