/* code: a short or long form of a name -> the one of the story or the dictionary that goes by another.
 *
 * Names of the story are indexed by their words. A surname alone is the bearer named last whose gender fits; a first name only a
 * stranger's; "Scientology" is the only body that is "... of Scientology"; and a name between the first and the last hides nobody.
 *
 * Worked example: "Jane A. Doe met John Doe. Mrs. Doe left.": two bear "Doe", and the title rules one of them out. */
#include "code/who.h"

#include "base/utf8.h"

#define MAX_SAME_WORD 32u /* bearers of one surname that are looked at */

static const qi_spot *spot_of(const qi_whos *w, const qi_who *who) { return &w->spots[who->sentence].items[who->spot]; }

/* The bearer of the one-word name in this story, the one named last. */
uint32_t qi_short_bearer(const qi_whos *w, qi_slice word, const qi_who *who, uint32_t now) {
  qi_slice key = qi_actors_key(word, w->arena);
  uint32_t best = QI_NO_REF;
  if (!key.ptr) return best;
  uint32_t node = qi_map_find(&w->word_refs_of, key, UINT32_MAX), steps = 0;
  for (; node != UINT32_MAX && steps < MAX_SAME_WORD; node = w->word_refs.items[node].next, steps++) {
    uint32_t ref = w->word_refs.items[node].ref;
    const qi_ref *r = &w->refs.items[ref];
    if (!r->person || r->born == UINT32_MAX) continue;
    if (who->gender && r->gender && who->gender != r->gender) continue;
    /* A first word stands alone only where it is a family name: "Mr. Kim", "Kim" of "Kim Jong Un". */
    bool family = w->word_refs.items[node].last_word;
    if (!family && r->actor != QI_NO_ACTOR) {
      const qi_spot *spot = who->spot >= 0 ? spot_of(w, who) : NULL;
      for (uint32_t i = 0; spot && i < spot->n_names; i++) family |= spot->names[i]->actor == r->actor;
    } else if (!family) { /* or where a stranger goes by his first name */
      family = true;
      for (uint32_t n = qi_map_find(&w->word_refs_of, key, UINT32_MAX), i = 0; n != UINT32_MAX && i < MAX_SAME_WORD;
           n = w->word_refs.items[n].next, i++)
        family &= w->word_refs.items[n].ref == ref;
    }
    if (!family) continue;
    if (best == QI_NO_REF) {
      best = ref;
      continue;
    }
    const qi_ref *b = &w->refs.items[best];
    bool r_before = r->born <= now, b_before = b->born <= now;
    if (r_before != b_before ? r_before : r_before ? r->last > b->last : r->born < b->born) best = ref;
  }
  return best;
}

/* Capitals of the words: "Syrian Observatory for Human Rights" -> SOHR. */
qi_slice qi_short_initials(qi_whos *w, qi_slice name) {
  char out[16];
  size_t n = 0;
  qi_slice word;
  while (qi_slice_word(&name, &word) && n < sizeof out)
    if (qi_ascii_is_upper(word.ptr[0])) out[n++] = word.ptr[0];
  return qi_arena_slice(w->arena, qi_slice_of(out, n));
}

/* Does the longer name have all words of the shorter one, in order? */
bool qi_short_has_words(qi_slice longer, qi_slice shorter) {
  qi_slice word, other;
  while (qi_slice_word(&shorter, &word)) {
    bool found = false;
    while (!found && qi_slice_word(&longer, &other)) found = qi_slice_eq_nocase(word, other);
    if (!found) return false;
  }
  return true;
}

/* "Abu Jandal" after "Abu Jandal al-Kuwaiti", "Jane Doe" after "Jane A. Doe". */
uint32_t qi_short_person(const qi_whos *w, qi_slice text) {
  qi_slice rest = text, first;
  if (!qi_slice_word(&rest, &first) || qi_slice_trim(rest).len == 0) return QI_NO_REF;
  qi_slice key = qi_actors_key(first, w->arena);
  uint32_t node = key.ptr ? qi_map_find(&w->word_refs_of, key, UINT32_MAX) : UINT32_MAX;
  for (uint32_t i = 0; node != UINT32_MAX && i < MAX_SAME_WORD; node = w->word_refs.items[node].next, i++) {
    const qi_ref *ref = &w->refs.items[w->word_refs.items[node].ref];
    if (ref->person && qi_short_has_words(ref->full.len ? ref->full : qi_slice_str(ref->name), text))
      return w->word_refs.items[node].ref;
  }
  return QI_NO_REF;
}

/* "Scientology" after "Church of Scientology", "Hitwise" after "Hitwise UK": the only body whose name begins with the word, or ends
 * with it behind "of". */
uint32_t qi_short_body(const qi_whos *w, qi_slice text) {
  uint32_t found = QI_NO_REF;
  if (qi_slice_find_char(text, ' ') != QI_NOT_FOUND || text.len < 4) return found;
  qi_slice key = qi_actors_key(text, w->arena);
  uint32_t node = key.ptr ? qi_map_find(&w->word_refs_of, key, UINT32_MAX) : UINT32_MAX;
  for (uint32_t i = 0; node != UINT32_MAX && i < MAX_SAME_WORD; node = w->word_refs.items[node].next, i++) {
    const qi_ref *ref = &w->refs.items[w->word_refs.items[node].ref];
    if (!ref->body || !ref->full.len) continue;
    qi_slice of = qi_arena_printf(w->arena, " of %.*s", QI_SLICE_ARG(text));
    bool begins = qi_slice_starts(ref->full, text) && ref->full.len > text.len && ref->full.ptr[text.len] == ' ';
    if (!begins && !(of.ptr && qi_slice_ends(ref->full, of))) continue;
    if (found != QI_NO_REF && found != w->word_refs.items[node].ref) return QI_NO_REF;
    found = w->word_refs.items[node].ref;
  }
  return found;
}

/* "Donald John Trump": one whom the dictionary knows without the names between his first and his last. */
uint32_t qi_short_known(qi_whos *w, const qi_who *who, qi_slice text) {
  qi_slice rest = text, word, ends[2] = {{0}};
  uint32_t n = 0;
  qi_atoms atoms;
  qi_actor_match m;
  while (qi_slice_word(&rest, &word)) ends[n++ == 0 ? 0 : 1] = word;
  if (who->how != QI_WHO_UNKNOWN || who->ner != QI_NER_PER || n < 3 || n > 4) return QI_NO_REF;
  if (!qi_actors_atoms(&atoms, w->actors, ends, 2, w->arena) || !qi_actors_match(w->actors, &atoms, 0, &m) || m.n_tokens != 2) return QI_NO_REF;
  const qi_actor *actor = qi_actors_get(w->actors, m.names[0]->actor);
  if (m.n_names != 1 || actor->type != QI_ACTOR_PERSON || m.names[0]->kind != QI_NAME_NAME) return QI_NO_REF;
  uint32_t old = qi_map_find(&w->ref_of, actor->id, QI_NO_REF);
  bool current;
  qi_actors_post_at(w->actors, actor, w->day, &current);
  return old != QI_NO_REF || current ? qi_resolve_actor_ref(w, m.names[0]->actor) : QI_NO_REF;
}
