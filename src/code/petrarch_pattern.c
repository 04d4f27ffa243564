/* code: does a PETRARCH pattern hold around a verb?
 *
 * Words are matched away from the verb on either side, in order; other words may stand between two
 * elements unless they are joined. $ and + are the next group with a code, % the next compound, ^ the
 * next group whatever it is, or the rest of the one being read. Backtracking is bounded by a budget.
 *
 * In a file with {} and () (PETRARCH-2) the tree has its say too: a bare word must stand in a phrase of
 * the verb's own (object, subject, particle), words of one {} in one noun phrase, those of a () close
 * behind their preposition; words count in all their inflections.
 *
 *   "- + WAS * DEAD IN $" over "An Eriadorian was shot dead in Osgiliath":
 *   upward was, + = [An Eriadorian]; downward dead, in, $ = [Osgiliath] */
#include "code/petrarch.h"

enum { BUDGET = 4000, CLOSE = 8, MAX_STEPS = 32 };

typedef struct matcher {
  const qi_petr_site *site;
  const qi_petr_line *line;
  const qi_petr_element *elements; /* [n], of the side at hand */
  uint32_t n;
  const bool *allowed;             /* atoms of that side */
  bool back;
  int budget;
  qi_petr_found found;
  uint32_t at[QI_PETR_PATTERN_WORDS * 2]; /* atom of each element, for {} and () */
} matcher;

/* The next atom of the side after `at`; UINT32_MAX none. */
static uint32_t next_atom(const matcher *m, uint32_t at) {
  if (m->back) {
    while (at > 0)
      if (m->allowed[--at]) return at;
    return UINT32_MAX;
  }
  while (++at < m->line->n)
    if (m->allowed[at]) return at;
  return UINT32_MAX;
}

/* ---- the tree's say ---- */

/* Where the token's phrase hangs on the verb: its relation; QI_REL_DEP when it does not. */
static qi_rel relation_to(const qi_petr_site *site, int32_t token) {
  const qi_view *v = site->line->v;
  for (int step = 0; step < MAX_STEPS && token >= 0; step++) {
    const qi_token *t = qi_tok(v, token);
    if (t->head == site->verb) return (qi_rel)t->rel;
    bool inside = t->rel == QI_REL_DET || t->rel == QI_REL_AMOD || t->rel == QI_REL_COMPOUND || t->rel == QI_REL_FLAT ||
                  t->rel == QI_REL_NUMMOD || t->rel == QI_REL_NMOD_POSS || t->rel == QI_REL_CONJ;
    if (!inside) break;
    token = t->head;
  }
  return QI_REL_DEP;
}

static bool is_own_phrase(const matcher *m, uint32_t atom) {
  int32_t token = (int32_t)m->line->token[atom];
  switch (relation_to(m->site, token)) {
  case QI_REL_NSUBJ: return m->back;
  case QI_REL_CCOMP: return qi_child(m->line->v, token, QI_REL_NSUBJ) < 0; /* somebody else's deed is no word of this one */
  case QI_REL_OBJ:
  case QI_REL_IOBJ:
  case QI_REL_XCOMP:
  case QI_REL_COMPOUND_PRT:
  case QI_REL_ADVMOD:
  case QI_REL_NSUBJ_PASS:
  case QI_REL_OBL_UNMARKED:
  case QI_REL_AUX:
  case QI_REL_AUX_PASS: return true;
  default: break;
  }
  int32_t subject = m->back ? qi_deep_subject(m->line->v, m->site->verb) : QI_NO_TOKEN;
  return subject >= 0 && m->line->chunk[atom] >= 0 && m->line->chunk[atom] == subject;
}

/* The element before k in its {} or (), counted from the verb; -1 none. */
static int32_t mate(const matcher *m, uint32_t k, bool noun) {
  uint8_t group = noun ? m->elements[k].noun : m->elements[k].phrase;
  if (!group || k == 0) return -1;
  return (noun ? m->elements[k - 1].noun : m->elements[k - 1].phrase) == group ? (int32_t)k - 1 : -1;
}

static uint32_t distance(uint32_t a, uint32_t b) { return a > b ? a - b : b - a; }

static bool tree_agrees(const matcher *m, uint32_t k, uint32_t atom) {
  const qi_petr_element *e = &m->elements[k];
  if (!m->site->tree) return true;
  int32_t noun = mate(m, k, true), phrase = mate(m, k, false);
  if (noun >= 0) {
    uint32_t other = m->at[noun];
    bool same = m->line->chunk[other] >= 0 ? m->line->chunk[other] == m->line->chunk[atom] : distance(other, atom) <= 2;
    if (!same) return false;
  }
  if (phrase >= 0) return distance(m->at[phrase], atom) <= CLOSE;
  if (e->phrase) return true; /* a preposition may hang lower than it belongs */
  return noun >= 0 || is_own_phrase(m, atom);
}

/* ---- elements ---- */

static bool match_from(matcher *m, uint32_t k, uint32_t at);

/* Atoms that the element covers when it starts at `atom`; 0: not here. */
static uint32_t covers(const matcher *m, const qi_petr_element *e, uint32_t atom) {
  const qi_petr_line *line = m->line;
  if (e->sign == QI_PETR_WORD) return line->form[atom] == e->id || (m->site->tree && line->lemma[atom] == e->id);
  uint32_t n = qi_petrarch_set_at(line->p, e->id, line->form, atom, 0, line->n, m->back);
  if (!n && m->site->tree) n = qi_petrarch_set_at(line->p, e->id, line->lemma, atom, 0, line->n, m->back);
  return n;
}

static bool try_word(matcher *m, uint32_t k, uint32_t atom) {
  uint32_t n = covers(m, &m->elements[k], atom);
  if (!n || !tree_agrees(m, k, atom)) return false;
  m->at[k] = atom;
  uint32_t end = m->back ? atom + 1 - n : atom + n - 1;
  qi_petr_found saved = m->found;
  if (match_from(m, k + 1, end)) return true;
  m->found = saved;
  return false;
}

static bool match_word(matcher *m, uint32_t k, uint32_t at) {
  for (uint32_t atom = next_atom(m, at); atom != UINT32_MAX; atom = next_atom(m, atom)) {
    if (m->budget-- <= 0) return false;
    if (try_word(m, k, atom)) return true;
    if (m->elements[k].joined) break;
  }
  /* What a passive is done to stands before it. */
  if (m->back || !m->site->tree || !m->site->passive || m->elements[k].phrase) return false;
  for (uint32_t atom = 0; atom < m->site->first; atom++) {
    if (!covers(m, &m->elements[k], atom) || relation_to(m->site, (int32_t)m->line->token[atom]) != QI_REL_NSUBJ_PASS) continue;
    m->at[k] = atom;
    if (match_from(m, k + 1, at)) return true;
  }
  return false;
}

static uint32_t far_end(const matcher *m, int32_t g) { return m->back ? m->line->groups[g].first : m->line->groups[g].last; }

/* The group of the next atom that has one, from `at` on; NO_GROUP none. inside: the one `at` stands in counts. */
static int32_t next_group(const matcher *m, uint32_t at, bool inside) {
  int32_t here = at < m->line->n ? m->line->group[at] : QI_PETR_NO_GROUP;
  if (inside && here != QI_PETR_NO_GROUP) return here;
  for (uint32_t atom = next_atom(m, at); atom != UINT32_MAX; atom = next_atom(m, atom)) {
    int32_t g = m->line->group[atom];
    if (g != QI_PETR_NO_GROUP && g != here) return g;
  }
  return QI_PETR_NO_GROUP;
}

static bool match_skip(matcher *m, uint32_t k, uint32_t at, bool fresh) {
  int32_t here = at < m->line->n ? m->line->group[at] : QI_PETR_NO_GROUP;
  bool at_end = here == QI_PETR_NO_GROUP || at == far_end(m, here); /* "their ^": the rest of the phrase */
  int32_t g = next_group(m, at, !fresh && !at_end);
  if (g == QI_PETR_NO_GROUP) return false;
  m->at[k] = far_end(m, g);
  return match_from(m, k + 1, far_end(m, g));
}

static bool match_group(matcher *m, uint32_t k, uint32_t at, bool fresh) {
  uint8_t sign = m->elements[k].sign;
  int32_t g = next_group(m, at, !fresh);
  for (int tries = 0; g != QI_PETR_NO_GROUP && m->budget-- > 0; tries++) {
    const qi_petr_group *group = &m->line->groups[g];
    bool taken = g == m->found.source || g == m->found.target;
    bool fits = !taken && (sign == QI_PETR_BOTH ? group->n_codes > 1 : group->n_codes > 0);
    if (fits) {
      qi_petr_found saved = m->found;
      if (sign != QI_PETR_TARGET && !(sign == QI_PETR_BOTH && !m->back)) m->found.source = g;
      if (sign != QI_PETR_SOURCE) m->found.target = g;
      m->found.both |= sign == QI_PETR_BOTH && m->back;
      m->at[k] = group->first;
      if (match_from(m, k + 1, far_end(m, g))) return true;
      m->found = saved;
    }
    if (m->site->tree && tries) break; /* the next but one is too far */
    g = next_group(m, far_end(m, g), false);
  }
  return false;
}

/* at: the atom last matched, on the way away from the verb. */
static bool match_from(matcher *m, uint32_t k, uint32_t at) {
  if (m->budget-- <= 0) return false;
  if (k == m->n) {
    if (!m->back) m->found.last = at;
    return true;
  }
  bool fresh = k > 0 && m->elements[k - 1].sign >= QI_PETR_SOURCE; /* just behind a group */
  switch (m->elements[k].sign) {
  case QI_PETR_WORD:
  case QI_PETR_SET: return match_word(m, k, at);
  case QI_PETR_SKIP: return match_skip(m, k, at, fresh);
  default: return match_group(m, k, at, fresh || k == 0);
  }
}

bool qi_petr_pattern_holds(const qi_petr_site *site, const qi_petr_pattern *pattern, qi_petr_found *out) {
  matcher m = {.site = site, .line = site->line, .elements = pattern->lower, .n = pattern->n_lower, .allowed = site->lower,
               .budget = BUDGET, .found = {QI_PETR_NO_GROUP, QI_PETR_NO_GROUP, false, site->last}};
  if (pattern->n_lower > QI_PETR_PATTERN_WORDS * 2 || pattern->n_upper > QI_PETR_PATTERN_WORDS * 2) return false;
  if (!match_from(&m, 0, site->last)) return false;
  m.elements = pattern->upper;
  m.n = pattern->n_upper;
  m.allowed = site->upper;
  m.back = true;
  if (!match_from(&m, 0, site->first)) return false;
  *out = m.found;
  return true;
}
