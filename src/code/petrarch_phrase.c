/* code: a sentence -> what PETRARCH dictionaries know in it.
 *
 * Names and agents are looked up over the atoms of the whole sentence; the tree says which of them make
 * one phrase. A phrase has the first actor named in it, several when they are joined by "and"; its agents
 * stand behind each. Phrases joined by the tree's coordination are one group. An agent takes the actors
 * behind "of", "in", "from" that follow it at once.
 *
 *   "The ambassadors of Arnor, Osgiliath and Gondor presented credentials to Ithilen's president"
 *   -> [ARNGOV OSGGOV GONGOV] ... [credentials: nobody] ... [ITHGOV] */
#include "code/petrarch.h"

#include "base/intern.h"
#include "base/utf8.h"
#include <stdio.h>

enum { MAX_MEMBERS = 8, MAX_STEPS = 32 };

/* A name or agent in the sentence. */
typedef struct spotted {
  uint32_t first, last; /* atoms */
  const char *code;     /* of an actor on the day; NULL: an agent */
  const qi_petr_agent *agent;
} spotted;

/* A noun phrase. */
typedef struct chunk {
  int32_t head; /* token */
  uint32_t first, last; /* atoms */
  const char *actors[MAX_MEMBERS];
  const qi_petr_agent *agents[MAX_MEMBERS];
  uint32_t n_actors, n_agents;
  int32_t group;
} chunk;

typedef struct reading {
  qi_petr_line *line;
  QI_VEC(spotted) spots;
  QI_VEC(chunk) chunks;
} reading;

/* ---- atoms ---- */

static bool is_bar(const qi_token *t) {
  return t->upos == QI_PUNCT && t->form.len && strchr(",;:.!?", t->form.ptr[0]);
}

static bool read_atoms(qi_petr_line *line) {
  const qi_sentence *s = line->v->s;
  size_t room = (size_t)s->n_tokens * 2 + QI_PETR_WORD_ATOMS, n = 0;
  for (uint32_t i = 0; i < s->n_tokens; i++) room += s->tokens[i].form.len / 2;
  line->form = QI_NEW_ARRAY(line->arena, uint32_t, room);
  line->lemma = QI_NEW_ARRAY(line->arena, uint32_t, room);
  line->token = QI_NEW_ARRAY(line->arena, uint32_t, room);
  if (!line->form || !line->lemma || !line->token) return false;
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    uint32_t forms[QI_PETR_WORD_ATOMS], lemmas[QI_PETR_WORD_ATOMS];
    uint32_t k = is_bar(&s->tokens[i]) ? 0 : qi_petrarch_atoms(line->p, s->tokens[i].form, forms, line->arena);
    uint32_t l = k ? qi_petrarch_atoms(line->p, s->tokens[i].lemma, lemmas, line->arena) : 0;
    if (k == QI_PETR_NONE || l == QI_PETR_NONE) return false;
    if (is_bar(&s->tokens[i])) forms[k++] = QI_INTERN_NONE;
    for (uint32_t a = 0; a < k; a++, n++) {
      line->form[n] = forms[a];
      line->lemma[n] = k == l && lemmas[a] != QI_INTERN_NONE ? lemmas[a] : forms[a];
      line->token[n] = i;
    }
  }
  line->n = (uint32_t)n;
  return true;
}

/* ---- names and agents ---- */

static const qi_token *token_at(const qi_petr_line *line, uint32_t atom) { return &line->v->s->tokens[line->token[atom]]; }

/* A name of one word is written with a capital, but for a text that has none. */
static bool is_written_as_name(const qi_petr_line *line, uint32_t first, uint32_t last) {
  for (uint32_t a = first; a <= last; a++) {
    const char c = token_at(line, a)->form.ptr[0];
    if (!(c >= 'a' && c <= 'z')) return true;
  }
  return last > first + 1;
}

static bool crosses_bar(const qi_petr_line *line, uint32_t first, uint32_t last) {
  for (uint32_t a = first; a <= last; a++)
    if (is_bar(token_at(line, a))) return true;
  return false;
}

static bool spot_all(reading *r, qi_day day) {
  qi_petr_line *line = r->line;
  for (uint32_t at = 0; at < line->n;) {
    uint32_t actor, agent;
    uint32_t n = qi_petrarch_actor_at(line->p, line->form, at, line->n, &actor);
    uint32_t k = qi_petrarch_agent_at(line->p, line->form, at, line->n, &agent);
    if (n && (crosses_bar(line, at, at + n - 1) || !is_written_as_name(line, at, at + n - 1))) n = 0;
    if (k && crosses_bar(line, at, at + k - 1)) k = 0;
    spotted s = {.first = at, .last = at + (n >= k ? n : k) - 1};
    if (n && n >= k) s.code = qi_petrarch_actor_code(line->p, actor, day);
    else if (k) s.agent = qi_petrarch_agent(line->p, agent);
    if ((n || k) && !QI_VEC_PUSH_IN(line->arena, &r->spots, s)) return false;
    at += n > k ? n : k ? k : n ? n : 1;
  }
  return true;
}

/* ---- noun phrases ---- */

static bool is_inside(qi_rel rel) {
  return rel == QI_REL_DET || rel == QI_REL_AMOD || rel == QI_REL_COMPOUND || rel == QI_REL_FLAT || rel == QI_REL_NUMMOD ||
         rel == QI_REL_NMOD_POSS || rel == QI_REL_NMOD_DESC || rel == QI_REL_NMOD_UNMARKED || rel == QI_REL_GOESWITH;
}

static bool is_noun(const qi_token *t) {
  if (t->upos == QI_NOUN || t->upos == QI_PROPN || t->upos == QI_PRON || t->upos == QI_NUM || t->upos == QI_SYM || t->upos == QI_X) return true;
  bool argument = t->rel == QI_REL_NSUBJ || t->rel == QI_REL_OBJ || t->rel == QI_REL_IOBJ || t->rel == QI_REL_OBL ||
                  t->rel == QI_REL_NMOD || t->rel == QI_REL_NSUBJ_PASS || t->rel == QI_REL_APPOS || t->rel == QI_REL_OBL_AGENT;
  return argument && (t->upos == QI_ADJ || t->upos == QI_DET);
}

/* "awful" of "his awful and evil minister", taken for the head: the noun coordinated with it. */
static int32_t noun_beside(const qi_view *v, int32_t i) {
  if (qi_tok(v, i)->upos != QI_ADJ) return i;
  for (QI_EACH_CHILD(v, i, k, c))
    if (qi_tok(v, (int32_t)c)->rel == QI_REL_CONJ && (int32_t)c > i && is_noun(qi_tok(v, (int32_t)c))) return (int32_t)c;
  return i;
}

/* The noun whose phrase the token stands in, -1 none. */
static int32_t noun_of(const qi_view *v, int32_t i) {
  for (int step = 0; step < MAX_STEPS; step++) {
    const qi_token *t = qi_tok(v, i);
    if (t->head < 0) return is_noun(t) ? i : -1;
    const qi_token *h = qi_tok(v, t->head);
    bool clitic = t->rel == QI_REL_CASE && t->head < i;
    bool inner_conj = (t->rel == QI_REL_CONJ && is_inside(h->rel) && h->head > i) || (t->rel == QI_REL_CC && is_inside(h->rel)) ||
                      (t->rel == QI_REL_CC && h->rel == QI_REL_CONJ && h->head >= 0 && is_inside(qi_tok(v, h->head)->rel) &&
                       qi_tok(v, h->head)->head > t->head);
    bool adverb = t->rel == QI_REL_ADVMOD && is_inside(h->rel);
    if (!is_inside(t->rel) && !clitic && !inner_conj && !adverb) {
      if (t->upos == QI_PUNCT || t->rel == QI_REL_CASE || t->rel == QI_REL_MARK || t->rel == QI_REL_CC) return -1;
      return is_noun(t) ? noun_beside(v, i) : -1;
    }
    i = t->head;
  }
  return -1;
}

/* Adjectives and "and" between two words of one phrase are of it, wherever the parser hung them: "the evil
 * awful Gondor", "his awful and cool minister". */
static void mend_phrase(qi_petr_line *line, uint32_t from) {
  enum { MAX_WORDS = 5 };
  if (line->chunk[from] < 0) return;
  for (uint32_t to = from + 1; to < line->n && to <= from + MAX_WORDS; to++) {
    uint8_t upos = token_at(line, to)->upos;
    if (line->chunk[to] == line->chunk[from]) {
      for (uint32_t a = from + 1; a < to; a++) line->chunk[a] = line->chunk[from];
      return;
    }
    if (upos != QI_ADJ && upos != QI_CCONJ && upos != QI_ADV) return;
  }
}

static bool find_chunks(reading *r) {
  qi_petr_line *line = r->line;
  line->chunk = QI_NEW_ARRAY(line->arena, int32_t, line->n);
  if (!line->chunk) return false;
  for (uint32_t a = 0; a < line->n; a++) line->chunk[a] = is_bar(token_at(line, a)) ? -1 : noun_of(line->v, (int32_t)line->token[a]);
  /* What stands in a name is of its first noun: "Prince of Dol Amroth". */
  for (size_t i = 0; i < r->spots.len; i++) {
    const spotted *s = &r->spots.items[i];
    int32_t head = -1;
    for (uint32_t a = s->first; head < 0 && a <= s->last; a++) head = line->chunk[a];
    if (head < 0 && s->code && token_at(line, s->last)->upos == QI_PROPN) head = (int32_t)line->token[s->last];
    for (uint32_t a = s->first; head >= 0 && a <= s->last; a++) line->chunk[a] = head;
  }
  for (uint32_t a = 0; a < line->n; a++) mend_phrase(line, a);
  for (uint32_t a = 0; a < line->n;) {
    uint32_t end = a + 1;
    while (end < line->n && line->chunk[end] == line->chunk[a]) end++;
    while (end > a + 1 && token_at(line, end - 1)->upos == QI_CCONJ) line->chunk[--end] = -1;
    if (line->chunk[a] >= 0 && !QI_VEC_PUSH_IN(line->arena, &r->chunks, (chunk){.head = line->chunk[a], .first = a, .last = end - 1, .group = -1}))
      return false;
    a = end;
  }
  return true;
}

/* Only "and" and commas between the two names. */
static bool are_joined(const qi_petr_line *line, const spotted *a, const spotted *b) {
  bool joined = false;
  for (uint32_t i = a->last + 1; i < b->first; i++) {
    const qi_token *t = token_at(line, i);
    bool cc = t->upos == QI_CCONJ || is_bar(t);
    if (!cc && t->upos != QI_DET && t->upos != QI_ADJ) return false;
    joined |= cc;
  }
  return joined;
}

static void read_members(reading *r, chunk *c) {
  const spotted *last = NULL;
  for (size_t i = 0; i < r->spots.len; i++) {
    const spotted *s = &r->spots.items[i];
    if (s->first < c->first || s->last > c->last) continue;
    if (s->agent && c->n_agents < MAX_MEMBERS) c->agents[c->n_agents++] = s->agent;
    if (!s->code || c->n_actors == MAX_MEMBERS) continue;
    if (c->n_actors && !(last && are_joined(r->line, last, s))) {
      /* "U.S. President Barack Obama": the name says more of the same. */
      const char **before = &c->actors[c->n_actors - 1];
      if (**before && strncmp(s->code, *before, strlen(*before)) == 0) *before = s->code;
      continue;
    }
    c->actors[c->n_actors++] = s->code;
    last = s;
  }
}

/* ---- codes ---- */

/* Does `code`, read in threes, hold `part`? */
static bool holds(const char *code, const char *part) {
  size_t n = strlen(code), k = strlen(part);
  for (size_t i = 0; i + k <= n; i += 3)
    if (memcmp(code + i, part, k) == 0) return true;
  return false;
}

static void append(char *to, size_t room, const char *part) {
  size_t n = strlen(to), k = strlen(part);
  if (n + k < room) memcpy(to + n, part, k + 1);
}

static bool add_code(qi_petr_line *line, qi_petr_group *g, const char *code, const chunk *c) {
  for (uint32_t i = 0; i < g->n_codes; i++)
    if (strcmp(g->codes[i], code) == 0) return true;
  if (g->n_codes == QI_PETR_GROUP_CODES) return true;
  char *copy = qi_arena_strdup(line->arena, qi_slice_str(code));
  if (!copy) return false;
  g->from[g->n_codes] = c->first;
  g->to[g->n_codes] = c->last;
  g->codes[g->n_codes++] = copy;
  return true;
}

/* The actor's code between those of its agents, each once. */
static bool add_member(qi_petr_line *line, qi_petr_group *g, qi_slice actor, const chunk *c) {
  char code[64] = "", full[96];
  bool none = !actor.len || actor.ptr[0] == '-';
  if (none && !c->n_agents) return true;
  for (uint32_t i = 0; i < c->n_agents; i++)
    if (c->agents[i]->prefix) append(code, sizeof code, c->agents[i]->code);
  snprintf(full, sizeof full, "%.*s", (int)(actor.len < 60 ? actor.len : 60), none ? "---" : actor.ptr);
  if (none) snprintf(full, sizeof full, "---");
  if (holds(full, code) && *code) code[0] = '\0';
  append(code, sizeof code, full);
  for (uint32_t i = 0; i < c->n_agents; i++)
    if (!c->agents[i]->prefix && !holds(code, c->agents[i]->code)) append(code, sizeof code, c->agents[i]->code);
  g->agent |= none;
  return add_code(line, g, code, c);
}

/* All codes of the chunk with these actors: "ELR/GAL" is two. */
static bool add_codes(qi_petr_line *line, qi_petr_group *g, const chunk *c, const char *const *actors, uint32_t n_actors) {
  if (!n_actors) return add_member(line, g, (qi_slice){"", 0}, c);
  for (uint32_t i = 0; i < n_actors; i++) {
    qi_slice rest = qi_slice_str(actors[i]), one;
    if (!rest.len && !add_member(line, g, rest, c)) return false;
    while (rest.len && qi_slice_split(&rest, '/', &one))
      if (!add_member(line, g, one, c)) return false;
  }
  return true;
}

/* ---- groups ---- */

static chunk *chunk_headed(reading *r, int32_t head) {
  for (size_t i = 0; i < r->chunks.len; i++)
    if (r->chunks.items[i].head == head) return &r->chunks.items[i];
  return NULL;
}

/* What stands between chunks i and i + 1: 0 other words, 1 a comma, 2 "and" with or without one. */
static int parted_by(const reading *r, size_t i) {
  const qi_petr_line *line = r->line;
  int found = 0;
  for (uint32_t k = r->chunks.items[i].last + 1; k < r->chunks.items[i + 1].first; k++) {
    const qi_token *t = token_at(line, k);
    if (found == 2 && (t->upos == QI_DET || t->upos == QI_ADJ)) continue; /* hung elsewhere */
    if (t->upos != QI_CCONJ && !qi_slice_eq_str(t->form, ",")) return 0;
    found = t->upos == QI_CCONJ ? 2 : found ? found : 1;
  }
  return found;
}

static bool is_known(const chunk *c) { return c->n_actors + c->n_agents > 0; }

static bool verb_before(const qi_petr_line *line, uint32_t atom) {
  for (uint32_t a = 0; a < atom; a++)
    if (token_at(line, a)->upos == QI_VERB) return true;
  return false;
}

/* Chunks i to the result are a list: "X, Y and Z", all known, which the tree may have torn. It is one when the
 * tree coordinates any two, or when no verb stands before it that could part them ("attacked X and Y replied"). */
static size_t list_end(reading *r, size_t i) {
  const qi_view *v = r->line->v;
  size_t end = i;
  bool coordinated = false, complete = false;
  while (!complete && end + 1 < r->chunks.len && is_known(&r->chunks.items[end]) && is_known(&r->chunks.items[end + 1])) {
    int mark = parted_by(r, end);
    if (!mark) break;
    complete = mark == 2;
    end++;
    coordinated |= qi_tok(v, r->chunks.items[end].head)->rel == QI_REL_CONJ;
  }
  if (!complete) return i;
  qi_rel last = (qi_rel)qi_tok(v, r->chunks.items[end].head)->rel;
  if (coordinated || !verb_before(r->line, r->chunks.items[i].first)) return end;
  return last != QI_REL_NSUBJ && last != QI_REL_NSUBJ_PASS && end == i + 1 ? end : i;
}

/* The chunk that the ith is coordinated with, before it; NULL none. */
static chunk *partner(reading *r, size_t i) {
  const qi_view *v = r->line->v;
  const chunk *c = &r->chunks.items[i];
  const qi_token *t = qi_tok(v, c->head);
  if (t->rel == QI_REL_CONJ && t->head >= 0) {
    chunk *other = chunk_headed(r, noun_of(v, t->head));
    if (other && other < c) return other;
  }
  return NULL;
}

/* Places the chunks in groups; members of a coordination are one. Returns how many. */
static int32_t gather(reading *r) {
  int32_t n = 0;
  size_t listed = 0; /* end of the list at hand */
  for (size_t i = 0; i < r->chunks.len; i++) {
    chunk *c = &r->chunks.items[i], *other = i > 0 && i <= listed ? c - 1 : partner(r, i);
    if (i >= listed) {
      size_t end = list_end(r, i);
      if (end > i) listed = end;
    }
    /* A list is one stretch: what stands between its members is of it. */
    bool last = other && other->group == n - 1;
    c->group = last ? other->group : n++;
    if (!last || c->n_actors || !c->n_agents || !other->n_actors) continue;
    bool own = token_at(r->line, c->first)->upos == QI_DET || token_at(r->line, c->first)->upos == QI_PRON;
    if (own) continue; /* "Danish media and government", but not "... and the government" */
    memcpy(c->actors, other->actors, sizeof c->actors);
    c->n_actors = other->n_actors;
  }
  return n;
}

/* Is group b right behind "of", "in", "from" after group a? */
static bool is_behind(const qi_petr_line *line, uint32_t last_of_a, uint32_t first_of_b, bool of_only) {
  static const char *const words[] = {"of", "in", "from", "at", "within", NULL};
  if (first_of_b != last_of_a + 2) return false;
  for (size_t i = 0; words[i]; i++)
    if (qi_form_is(line->v, (int32_t)line->token[last_of_a + 1], words[i])) return i == 0 || !of_only;
  return false;
}

static bool has_actor(const reading *r, int32_t group) {
  for (size_t i = 0; i < r->chunks.len; i++)
    if (r->chunks.items[i].group == group && r->chunks.items[i].n_actors) return true;
  return false;
}

static uint32_t actors_of(const reading *r, int32_t group, const char *out[MAX_MEMBERS]) {
  uint32_t n = 0;
  for (size_t i = 0; i < r->chunks.len; i++) {
    const chunk *c = &r->chunks.items[i];
    for (uint32_t k = 0; c->group == group && k < c->n_actors && n < MAX_MEMBERS; k++) out[n++] = c->actors[k];
  }
  return n;
}

/* An agent, or anybody before "of", takes the actors of the group behind it. */
static void absorb(reading *r, int32_t n_groups) {
  for (size_t i = 0; i + 1 < r->chunks.len; i++) {
    chunk *a = &r->chunks.items[i], *b = &r->chunks.items[i + 1];
    if (a->group == b->group || a->n_actors) continue;
    if (!is_behind(r->line, a->last, b->first, a->n_agents == 0) || !has_actor(r, b->group)) continue;
    const char *actors[MAX_MEMBERS];
    uint32_t n = actors_of(r, b->group, actors);
    int32_t from = b->group, to = a->group;
    for (size_t k = 0; k < r->chunks.len; k++) {
      chunk *c = &r->chunks.items[k];
      if (c->group == to && !c->n_actors && (c->n_agents || c == a)) {
        memcpy(c->actors, actors, n * sizeof *actors);
        c->n_actors = n;
      } else if (c->group == from && a->n_agents) {
        if (!c->n_agents) c->n_actors = 0; /* told by the agents now */
      }
    }
    for (size_t k = 0; k < r->chunks.len; k++)
      if (r->chunks.items[k].group == from) r->chunks.items[k].group = to;
  }
  (void)n_groups;
}

/* ---- actors under their own words ---- */

/* The words of the atoms, in capitals and quotes; NULL when they are more than `max`. false: out of memory. */
static bool own_words(qi_petr_line *line, uint32_t first, uint32_t last, uint32_t max, const char **out) {
  qi_slice words = QI_SLICE("\"");
  uint32_t from = line->token[first], to = line->token[last], n = 0;
  *out = NULL;
  for (uint32_t i = from; i <= to; i++) {
    const qi_token *t = &line->v->s->tokens[i];
    if (qi_slice_eq_str(t->xpos, "POS") || t->upos == QI_PUNCT) continue;
    words = qi_arena_printf(line->arena, "%.*s%s%.*s", QI_SLICE_ARG(words), n++ ? " " : "", QI_SLICE_ARG(t->form));
    if (!words.ptr) return false;
  }
  if (n == 0 || n > max) return true;
  words = qi_arena_printf(line->arena, "%.*s\"", QI_SLICE_ARG(words));
  if (!words.ptr) return false;
  char *copy = qi_arena_strdup(line->arena, words);
  for (char *c = copy; c && *c; c++)
    if (*c >= 'a' && *c <= 'z') *c = (char)(*c - 'a' + 'A');
  *out = copy;
  return copy != NULL;
}

/* Is chunk b part of what chunk a, right before it, names: "head" + "Minerva McGonagall", "the Ministry" + of + "Magic"? */
static bool goes_on(const reading *r, const chunk *a, const chunk *b) {
  if (b->n_actors || b->n_agents) return false;
  bool title = b->first == a->last + 1 && qi_tok(r->line->v, a->head)->upos == QI_NOUN && qi_tok(r->line->v, b->head)->upos == QI_PROPN;
  return title || is_behind(r->line, a->last, b->first, true);
}

/* Unknown members beside known ones are actors too; of unknown groups the words are kept. */
static bool name_unknown(reading *r, uint32_t max) {
  qi_petr_line *line = r->line;
  for (size_t i = 0, end; i < r->chunks.len; i = end + 1) {
    const chunk *c = &r->chunks.items[i];
    qi_petr_group *g = &line->groups[line->group[c->first]];
    const char *words;
    end = i;
    if (c->n_actors || c->n_agents) continue;
    while (end + 1 < r->chunks.len && goes_on(r, &r->chunks.items[end], &r->chunks.items[end + 1])) end++;
    if (!own_words(line, c->first, r->chunks.items[end].last, max, &words)) return false;
    if (words && g->n_codes && g->n_codes < QI_PETR_GROUP_CODES) {
      g->from[g->n_codes] = c->first;
      g->to[g->n_codes] = c->last;
      g->codes[g->n_codes++] = words;
    } else if (!g->n_codes && !g->unnamed) {
      g->unnamed = words;
    }
  }
  return true;
}

static bool fill_groups(reading *r, int32_t n) {
  qi_petr_line *line = r->line;
  line->groups = QI_NEW_ARRAY(line->arena, qi_petr_group, (size_t)n);
  line->group = QI_NEW_ARRAY(line->arena, int32_t, line->n);
  int32_t *place = QI_NEW_ARRAY(line->arena, int32_t, (size_t)n);
  if (!line->groups || !line->group || !place) return false;
  for (uint32_t a = 0; a < line->n; a++) line->group[a] = QI_PETR_NO_GROUP;
  for (int32_t i = 0; i < n; i++) place[i] = -1;
  for (size_t i = 0; i < r->chunks.len; i++) {
    const chunk *c = &r->chunks.items[i];
    if (place[c->group] < 0) {
      place[c->group] = (int32_t)line->n_groups;
      line->groups[line->n_groups++] = (qi_petr_group){.first = c->first, .head = c->head};
    }
    qi_petr_group *g = &line->groups[place[c->group]];
    g->last = c->last;
    if ((c->n_actors || c->n_agents) && !add_codes(line, g, c, c->actors, c->n_actors)) return false;
  }
  for (uint32_t i = 0; i < line->n_groups; i++)
    for (uint32_t a = line->groups[i].first; a <= line->groups[i].last; a++) line->group[a] = (int32_t)i;
  return true;
}

bool qi_petr_line_read(qi_petr_line *out, const qi_view *v, const qi_petrarch *p, qi_day day, qi_arena *arena) {
  *out = (qi_petr_line){.v = v, .p = p, .arena = arena};
  reading r = {.line = out};
  if (!read_atoms(out) || !spot_all(&r, day) || !find_chunks(&r)) return false;
  for (size_t i = 0; i < r.chunks.len; i++) read_members(&r, &r.chunks.items[i]);
  int32_t n = gather(&r);
  absorb(&r, n);
  uint32_t words = qi_petrarch_settings(p).new_actor_length;
  return fill_groups(&r, n) && (!words || name_unknown(&r, words));
}
