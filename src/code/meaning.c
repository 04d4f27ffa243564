/* code: a name, alone or in a text -> the actors it can mean, the one taken, and the reason in words.
 *
 * The choice is reading.c's own, asked to keep its points; the reason names the evidence in which the
 * one taken is furthest ahead of the next. In a text the whole of it is resolved as quid code does,
 * so that a name which the text itself introduces is seen to win.
 *
 * Worked example: "Bush" on 2003-05-01: George H. W. (president until 1993) and George W. (until 2009)
 * bear it -> USA.GOV.GEORGE_W_BUSH, "in office on 2003-05-01". */
#include "code/meaning.h"

#include "base/utf8.h"
#include "code/who.h"

#define MAX_NAME_WORDS 64u

/* ---- the name as tokens ---- */

static uint32_t cut_words(qi_slice name, qi_slice *out) {
  qi_slice word;
  uint32_t n = 0;
  while (n < MAX_NAME_WORDS && qi_slice_word(&name, &word)) out[n++] = word;
  return n;
}

/* The longest name that starts at any of the words. */
static bool longest(const qi_actors *a, const qi_slice *words, uint32_t n, qi_arena *arena, uint32_t *first,
                    qi_actor_match *out, bool *memory) {
  qi_atoms atoms;
  bool found = false;
  if (!qi_actors_atoms(&atoms, a, words, n, arena)) return !(*memory = true);
  atoms.no_caps = false; /* "sergey lavrov" is tried again with capitals */
  for (uint32_t i = 0; i < n; i++) {
    qi_actor_match m;
    if (!qi_actors_match(a, &atoms, i, &m) || (found && m.n_tokens <= out->n_tokens)) continue;
    *out = m;
    *first = i;
    found = true;
  }
  return found;
}

/* Each word with a capital first letter, or all capitals. */
static bool raise_case(qi_slice *words, uint32_t n, bool all, qi_arena *arena) {
  for (uint32_t i = 0; i < n; i++) {
    qi_builder b;
    qi_builder_init(&b, 0);
    for (size_t at = 0; at < words[i].len;) {
      bool first = at == 0;
      uint32_t cp = qi_utf8_decode(words[i], &at);
      qi_builder_codepoint(&b, first || all ? qi_cp_upper(cp) : cp);
    }
    qi_slice raised = b.failed ? (qi_slice){0} : qi_arena_slice(arena, qi_builder_view(&b));
    qi_builder_clear(&b);
    if (!raised.ptr) return false;
    words[i] = raised;
  }
  return true;
}

/* As written, else with capitals. false: nothing found, or out of memory. */
static bool find_name(const qi_actors *a, qi_slice *words, uint32_t n, qi_arena *arena, uint32_t *first,
                      qi_actor_match *out, bool *memory) {
  for (int way = 0; way < 3 && !*memory; way++) {
    if (way && !raise_case(words, n, way == 2, arena)) *memory = true;
    else if (longest(a, words, n, arena, first, out, memory)) return true;
  }
  return false;
}

static qi_slice join(const qi_slice *words, uint32_t n, qi_arena *arena) {
  qi_builder b;
  qi_builder_init(&b, 0);
  for (uint32_t i = 0; i < n; i++) {
    if (i) qi_builder_char(&b, ' ');
    qi_builder_slice(&b, words[i]);
  }
  qi_slice out = b.failed ? (qi_slice){0} : qi_arena_slice(arena, qi_builder_view(&b));
  qi_builder_clear(&b);
  return out;
}

/* ---- from readings to meanings ---- */

/* Chosen first, then by points, then as in the dictionary. */
static bool before(const qi_meaning *x, const qi_meaning *y) {
  bool x_chosen = x->fate == QI_FATE_CHOSEN, y_chosen = y->fate == QI_FATE_CHOSEN;
  if (x_chosen != y_chosen) return x_chosen;
  return x->score > y->score;
}

/* One meaning an actor: of several names of his the best. */
static bool fill(qi_meanings *out, const qi_name *const *names, const qi_reading *all, uint32_t n, qi_arena *arena) {
  out->items = QI_NEW_ARRAY(arena, qi_meaning, (size_t)n + 1);
  if (!out->items) return false;
  for (uint32_t i = 0; i < n; i++) {
    qi_meaning m = {names[i]->actor, names[i], all[i].score, all[i].fate};
    uint32_t at = 0;
    while (at < out->len && out->items[at].actor != m.actor) at++;
    if (at < out->len && !before(&m, &out->items[at])) continue;
    if (at == out->len) out->len++;
    for (; at > 0 && before(&m, &out->items[at - 1]); at--) out->items[at] = out->items[at - 1];
    out->items[at] = m;
  }
  return true;
}

static const char *day_words(qi_whos *w) {
  char day[QI_DATE_BYTES];
  return qi_arena_printf(w->arena, "on %s", qi_date_format(day, w->day)).ptr;
}

/* What the evidence says in words. */
static const char *say(qi_whos *w, qi_evidence kind, const qi_actor *actor) {
  bool person = actor->type == QI_ACTOR_PERSON, current = false;
  switch (kind) {
  case QI_EVIDENCE_NAME: return person ? "this is its full name" : "this is its name";
  case QI_EVIDENCE_DATE:
    if (w->day == QI_DAY_NONE) return "the highest office; a date would tell more";
    if (person) qi_actors_post_at(w->actors, actor, w->day, &current);
    if (person && !current) return qi_arena_printf(w->arena, "nearest to its time in office %s", day_words(w)).ptr;
    return qi_arena_printf(w->arena, person ? "in office %s" : "so called %s", day_words(w)).ptr;
  case QI_EVIDENCE_COUNTRY: return "the text names its country";
  case QI_EVIDENCE_OWNER: return "the country beside the name is its own";
  case QI_EVIDENCE_ROLE: return "the office or title beside the name is its own";
  case QI_EVIDENCE_STATE: return "a state comes before what else bears its name";
  case QI_N_EVIDENCE: break;
  }
  return "first in the dictionaries";
}

/* The evidence in which the one taken is furthest ahead of its strongest rival. */
static const char *why_chosen(qi_whos *w, const qi_name *const *names, const qi_reading *all, uint32_t n, uint32_t best) {
  const qi_reading *rival = NULL;
  for (uint32_t i = 0; i < n; i++)
    if (names[i]->actor != names[best]->actor && (!rival || all[i].score > rival->score)) rival = &all[i];
  const qi_actor *actor = qi_actors_get(w->actors, names[best]->actor);
  if (!rival) return "its only meaning";
  qi_evidence most = QI_N_EVIDENCE;
  int ahead = 0;
  for (int k = 0; k < QI_N_EVIDENCE; k++)
    if (all[best].part[k] - rival->part[k] > ahead) {
      ahead = all[best].part[k] - rival->part[k];
      most = (qi_evidence)k;
    }
  return say(w, most, actor);
}

static const char *other_words(const qi_clash *clash) {
  if (!clash) return "something else";
  return qi_slice_eq_str(clash->other, "none") ? "a common word"
         : qi_slice_eq_str(clash->other, "person") ? "a name of other people"
         : qi_slice_eq_str(clash->other, "actor")  ? "a name of other actors" : "a place";
}

static const char *why_none(qi_whos *w, const qi_name *const *names, const qi_reading *all, uint32_t n) {
  const char *tied = NULL;
  for (uint32_t i = 0; i < n; i++) {
    const char *name = qi_actors_get(w->actors, names[i]->actor)->name.ptr;
    if (all[i].fate == QI_FATE_CLASH) {
      const qi_clash *clash = qi_actors_clash(w->actors, names[i]->text, w->arena);
      return qi_arena_printf(w->arena, "names/clashes.tsv: also %s%s%s, and more speaks for that than for %s",
                             other_words(clash),
                             clash && clash->country.len ? " in " : "", clash ? clash->country.ptr : "", name).ptr;
    }
    if (all[i].fate == QI_FATE_TIED && tied) return qi_arena_printf(w->arena, "%s and %s fit alike", tied, name).ptr;
    if (all[i].fate == QI_FATE_TIED) tied = name;
  }
  for (uint32_t i = 0; i < n; i++)
    if (all[i].fate == QI_FATE_ELSEWHERE) return "the text names no country of these parties";
  return w->day == QI_DAY_NONE ? "too little speaks for any bearer of this surname; a date would tell more"
                               : "too little speaks for any bearer of this surname at that date";
}

/* Without a text nothing can speak for what else a name means; the points stand, and it is said. */
static const qi_name *pass_clash(qi_meanings *out, qi_whos *w, const qi_spot *spot, qi_reading *all) {
  for (uint32_t i = 0; i < spot->n_names; i++) {
    if (all[i].fate != QI_FATE_CLASH) continue;
    for (uint32_t k = 0; k < spot->n_names; k++)
      if (all[k].fate == QI_FATE_TIED && spot->names[i]->kind == QI_NAME_SUR) return NULL;
    all[i].fate = QI_FATE_CHOSEN;
    out->reason = qi_arena_printf(w->arena, "%s; in a text something must speak for it, for names/clashes.tsv "
                                  "has it as %s too", why_chosen(w, spot->names, all, spot->n_names, i),
                                  other_words(qi_actors_clash(w->actors, spot->names[i]->text, w->arena))).ptr;
    return spot->names[i];
  }
  return NULL;
}

/* Runs reading.c over the spot; who: the mention there, NULL alone. */
static bool choose(qi_meanings *out, qi_whos *w, const qi_spot *spot, const qi_who *who, bool alone) {
  qi_reading *all = QI_NEW_ARRAY(w->arena, qi_reading, (size_t)spot->n_names + 1);
  if (!all) return false;
  const qi_name *taken = qi_reading_choose(w, spot, who, all);
  out->reason = NULL;
  if (!taken && alone) taken = pass_clash(out, w, spot, all);
  if (!fill(out, spot->names, all, spot->n_names, w->arena)) return false;
  uint32_t best = 0;
  while (best < spot->n_names && spot->names[best] != taken) best++;
  if (!out->reason)
    out->reason = taken ? why_chosen(w, spot->names, all, spot->n_names, best)
                        : why_none(w, spot->names, all, spot->n_names);
  out->chosen = taken ? 0 : QI_NO_MEANING;
  return out->reason != NULL;
}

/* ---- alone ---- */

static bool by_id(qi_meanings *out, const qi_actors *a, qi_slice id, qi_arena *arena) {
  uint32_t actor = qi_actors_find(a, id);
  if (actor == QI_NO_ACTOR || !(out->items = QI_NEW(arena, qi_meaning))) return false;
  out->items[0] = (qi_meaning){.actor = actor, .fate = QI_FATE_CHOSEN};
  out->len = 1;
  out->chosen = 0;
  out->words = id;
  out->reason = "this is its id";
  return true;
}

/* A document that is nothing but the name. */
static bool make_document(qi_parsed *doc, const qi_slice *words, uint32_t n, qi_arena *arena) {
  qi_sentence *s = QI_NEW(arena, qi_sentence);
  qi_token *tokens = QI_NEW_ARRAY(arena, qi_token, (size_t)n + 1);
  if (!s || !tokens) return false;
  for (uint32_t i = 0; i < n; i++)
    tokens[i] = (qi_token){.form = words[i], .lemma = words[i], .upos = QI_PROPN, .head = i ? 0 : QI_ROOT};
  *s = (qi_sentence){.n_tokens = n, .tokens = tokens};
  *doc = (qi_parsed){.sentences = s, .n_sentences = 1};
  return true;
}

quid_status qi_meanings_alone(qi_meanings *out, const qi_know *know, qi_slice name, qi_day day,
                              qi_arena *arena, quid_error *err) {
  qi_slice words[MAX_NAME_WORDS];
  qi_actor_match m;
  qi_parsed doc;
  uint32_t n = cut_words(name, words), first = 0;
  bool memory = false;
  *out = (qi_meanings){.chosen = QI_NO_MEANING, .reason = "nothing in the dictionaries is called so"};
  if (by_id(out, know->actors, qi_slice_trim(name), arena)) return QUID_OK;
  if (!find_name(know->actors, words, n, arena, &first, &m, &memory))
    return memory ? qi_error_memory(err, "the meanings") : QUID_OK;
  qi_whos w = {.know = know, .actors = know->actors, .doc = &doc, .day = day, .arena = arena};
  qi_spot spot = {.first = first, .last = first + m.n_tokens - 1, .head = first, .n_names = m.n_names,
                  .names = m.names, .agent = QI_NO_AGENT};
  out->words = join(words + first, m.n_tokens, arena);
  bool ok = out->words.ptr && make_document(&doc, words, n, arena) && choose(out, &w, &spot, NULL, true);
  qi_whos_clear(&w);
  return ok ? QUID_OK : qi_error_memory(err, "the meanings");
}

/* ---- in a text ---- */

/* Do the spot's tokens read like the name? */
static bool is_called(const qi_whos *w, const qi_sentence *s, const qi_spot *spot, qi_slice key) {
  qi_slice words[MAX_NAME_WORDS];
  uint32_t n = 0;
  for (uint32_t i = spot->first; i <= spot->last && n < MAX_NAME_WORDS; i++) words[n++] = s->tokens[i].form;
  qi_slice all = join(words, n, w->arena);
  qi_slice own = all.ptr ? qi_actors_key(all, w->arena) : all;
  return own.ptr && qi_slice_eq(own, key);
}

/* What the text's own story made of the mention, where that is not the dictionary's choice. */
static bool take_story(qi_meanings *out, qi_whos *w, const qi_who *who) {
  const qi_ref *ref = who && who->n_refs == 1 ? &w->refs.items[who->refs[0]] : NULL;
  if (!ref) return true;
  uint32_t actor = out->chosen == QI_NO_MEANING ? QI_NO_ACTOR : out->items[out->chosen].actor;
  if (ref->actor == actor) return true;
  out->chosen = QI_NO_MEANING;
  for (uint32_t i = 0; i < out->len; i++) {
    out->items[i].fate = out->items[i].actor == ref->actor ? QI_FATE_CHOSEN : QI_FATE_BEATEN;
    if (out->items[i].actor == ref->actor) out->chosen = i;
  }
  const char *full = *ref->name ? ref->name : ref->id;
  out->reason = qi_arena_printf(w->arena, "the text itself says who this is: %s", full).ptr;
  if (out->chosen != QI_NO_MEANING && out->chosen > 0) {
    qi_meaning taken = out->items[out->chosen];
    memmove(out->items + 1, out->items, out->chosen * sizeof taken);
    out->items[0] = taken;
    out->chosen = 0;
  }
  return out->reason != NULL;
}

static bool look_in(qi_meanings *out, qi_whos *w, qi_slice key) {
  for (uint32_t i = 0; i < w->doc->n_sentences; i++)
    for (uint32_t k = 0; k < w->spots[i].len; k++) {
      const qi_spot *spot = &w->spots[i].items[k];
      if (!spot->names || !is_called(w, &w->doc->sentences[i], spot, key)) continue;
      const qi_who *who = NULL;
      for (size_t m = 0; m < w->items.len && !who; m++)
        if (w->items.items[m].sentence == i && w->items.items[m].spot == (int32_t)k) who = &w->items.items[m];
      return choose(out, w, spot, who, false) && take_story(out, w, who);
    }
  out->chosen = QI_NO_MEANING;
  out->reason = "the text does not name it by these words alone";
  return true;
}

quid_status qi_meanings_in(qi_meanings *out, const qi_know *know, qi_slice name, const qi_parsed *doc,
                           qi_day day, qi_arena *arena, quid_error *err) {
  quid_status status = qi_meanings_alone(out, know, name, day, arena, err);
  if (status || out->len == 0 || !out->items[0].name) return status;
  qi_whos w = {.know = know, .actors = know->actors, .doc = doc, .day = day, .arena = arena};
  qi_slice key = qi_actors_key(out->words, arena);
  qi_meanings found = *out;
  found.len = 0;
  status = qi_whos_find(&w, err);
  if (!status && (!key.ptr || !look_in(&found, &w, key))) status = qi_error_memory(err, "the meanings");
  if (!status && found.len) *out = found;
  else if (!status) {
    out->chosen = QI_NO_MEANING;
    out->reason = found.reason;
    for (uint32_t i = 0; i < out->len; i++) out->items[i].fate = QI_FATE_BEATEN;
  }
  qi_whos_clear(&w);
  return status;
}
