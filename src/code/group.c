/* code: "the two leaders", "both sides", "each other", "the latter" -> the members, named before.
 *
 * Counted nouns and the words that stand for them look back for as many members of their kind: persons of such an
 * office, states, or any parties. Every member must be found and no other be as near: no answer is better than a wrong one.
 *
 * Worked example: "Norland and Ostria held talks. Neither side signed. The latter left." Two parties are named in the sentence
 * before, so "side" means both; "the latter" is the second of the last two that "and" joins. */
#include "code/who.h"

#define N(list) (sizeof(list) / sizeof *(list))
#define MAX_BACK 3u /* sentences that a group looks back */

static const qi_sentence *sentence_of(const qi_whos *w, const qi_who *who) { return &w->doc->sentences[who->sentence]; }

static const qi_token *head_of(const qi_whos *w, const qi_who *who) { return &sentence_of(w, who)->tokens[who->head]; }

/* ---- words that stand for members ---- */

/* "each other", "one another" */
static bool is_reciprocal(const qi_sentence *s, uint32_t i) {
  if (i + 1 >= s->n_tokens) return false;
  const qi_token *t = &s->tokens[i], *next = t + 1;
  bool each = qi_slice_eq_nocase(t->form, QI_SLICE("each")) && qi_slice_eq_nocase(next->form, QI_SLICE("other"));
  return each || (qi_slice_eq_nocase(t->form, QI_SLICE("one")) && qi_slice_eq_nocase(next->form, QI_SLICE("another")));
}

/* "the latter", "the former" without a noun */
static bool is_one_of_two(const qi_sentence *s, uint32_t i) {
  static const char *const words[] = {"latter", "former"};
  if (!qi_tree_form_in(&s->tokens[i], words, N(words))) return false;
  uint32_t det = qi_tree_child(s, i, QI_REL_DET);
  if (det == QI_NO_TOKEN || det + 1 != i || !qi_slice_eq_nocase(s->tokens[det].form, QI_SLICE("the"))) return false;
  if (i + 1 < s->n_tokens && qi_slice_eq_nocase(s->tokens[i + 1].form, QI_SLICE("two"))) return false;
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++)
    if (s->tokens[s->child[k]].rel == QI_REL_NMOD) return false; /* "the latter of the plans" */
  return true;
}

bool qi_group_stands(const qi_sentence *s, uint32_t i, uint8_t *count) {
  static const char *const words[] = {"both", "pair", "duo", "two", "trio", "neither"};
  const qi_token *t = &s->tokens[i];
  *count = 2;
  switch (t->rel) {
  case QI_REL_NSUBJ: case QI_REL_NSUBJ_PASS: case QI_REL_OBJ: case QI_REL_OBL: case QI_REL_NMOD:
  case QI_REL_NMOD_POSS: case QI_REL_IOBJ: case QI_REL_OBL_AGENT: break;
  default: return false;
  }
  if (is_reciprocal(s, i)) return true;
  if (is_one_of_two(s, i)) {
    *count = 1;
    return true;
  }
  if (!qi_tree_lemma_in(t, words, N(words))) return false;
  if (t->upos == QI_NUM) return qi_tree_child(s, i, QI_REL_DET) != QI_NO_TOKEN;
  return true;
}

uint8_t qi_group_counted(const qi_token *t, bool *whole) {
  static const char *const all[] = {"both", "neither", "either", "each"};
  static const char *const numbers[] = {"two", "three", "four"};
  *whole = qi_tree_form_in(t, all, N(all));
  if (*whole) return 2;
  for (uint8_t i = 0; i < N(numbers); i++)
    if (qi_slice_eq_nocase(t->form, qi_slice_str(numbers[i]))) return (uint8_t)(i + 2);
  return 0;
}

/* ---- members ---- */

typedef struct members_list {
  uint32_t refs[QI_MAX_GROUP * 4];
  uint32_t n;
} members_list;

static void add_member(members_list *g, uint32_t ref) {
  for (uint32_t i = 0; i < g->n; i++)
    if (g->refs[i] == ref) return;
  if (ref != QI_NO_REF && g->n < N(g->refs)) g->refs[g->n++] = ref;
}

typedef enum members { PEOPLE, LEADERS, STATES, ANYBODY } members;

static members members_of(const qi_whos *w, const qi_who *who) {
  static const char *const leaders[] = {"leader", "president", "premier", "minister", "diplomat",
                                        "statesman", "prime minister", "counterpart"};
  static const char *const people[] = {"man", "woman"};
  static const char *const any[] = {"both", "pair", "duo", "two", "trio", "side", "party", "foe",
                                    "rival", "ally", "enemy", "adversary", "partner", "faction",
                                    "belligerent", "neither", "latter", "former"};
  const qi_token *t = head_of(w, who);
  if (qi_tree_lemma_in(t, leaders, N(leaders))) return LEADERS;
  if (qi_tree_lemma_in(t, people, N(people))) return PEOPLE;
  if (qi_tree_lemma_in(t, any, N(any))) return ANYBODY;
  return STATES;
}

/* Has the person an office such as "the two ministers" names? */
static bool is_of_office(const qi_whos *w, const qi_ref *ref, const qi_who *group) {
  const qi_token *t = head_of(w, group);
  qi_slice role = qi_slice_str(ref->role), lemma = t->lemma;
  if (qi_slice_find(role, QI_SLICE("former ")) != QI_NOT_FOUND) return false;
  if (qi_slice_find(role, lemma) != QI_NOT_FOUND) return true;
  if (qi_slice_eq_str(lemma, "diplomat")) return qi_slice_find(role, QI_SLICE("foreign")) != QI_NOT_FOUND;
  if (qi_slice_eq_str(lemma, "counterpart")) return role.len > 0;
  return qi_slice_eq_str(lemma, "leader") && qi_role_leads(role);
}

/* What a ref counts as among such members; QI_NO_REF: nothing. */
static uint32_t as_member(qi_whos *w, uint32_t index, members kind, const qi_who *group) {
  const qi_ref *ref = &w->refs.items[index];
  bool person = ref->person;
  switch (kind) {
  case PEOPLE: return person ? index : QI_NO_REF;
  case LEADERS: return person && is_of_office(w, ref, group) ? index : QI_NO_REF;
  case STATES:
    if (ref->state) return index;
    return strlen(ref->country) == 3 ? qi_resolve_country_ref(w, qi_slice_str(ref->country)) : QI_NO_REF;
  default:
    if (ref->ner == QI_NER_LOC && !ref->state) return QI_NO_REF;
    if (person || ref->state || ref->body || ref->actor != QI_NO_ACTOR) return index;
    return strlen(ref->country) == 3 ? index : QI_NO_REF;
  }
}

/* Members named in the sentence before mention `k`. core: only subjects, objects, and those in a
 * coordination with them or under "with". */
static void members_in(qi_whos *w, uint32_t sentence, uint32_t k, members kind, bool core, members_list *g) {
  const qi_who *what = &w->items.items[k];
  static const char *const with[] = {"with", "between", "against", "and"};
  for (uint32_t i = k; i-- > 0 && w->items.items[i].sentence >= sentence;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence != sentence || c->first_person || c->dateline) continue;
    const qi_sentence *s = sentence_of(w, c);
    uint32_t top = qi_tree_conj_top(s, c->head);
    qi_slice prep = qi_tree_case(s, top);
    bool is_core = c->subject || c->object || s->tokens[top].rel == QI_REL_OBL_AGENT;
    for (size_t p = 0; p < N(with); p++) is_core |= qi_slice_eq_str(prep, with[p]);
    if (core && !is_core) continue;
    for (uint32_t r = c->n_refs; r-- > 0;) add_member(g, as_member(w, c->refs[r], kind, what));
  }
}

/* "Norland and Ostria sat down with Sudland": those who are subjects together. */
static void subjects_in(qi_whos *w, uint32_t sentence, uint32_t k, members kind, members_list *g) {
  const qi_who *what = &w->items.items[k];
  for (uint32_t i = k; i-- > 0 && w->items.items[i].sentence >= sentence;) {
    const qi_who *c = &w->items.items[i];
    if (c->sentence != sentence || c->first_person || c->dateline || !c->subject) continue;
    for (uint32_t r = c->n_refs; r-- > 0;) add_member(g, as_member(w, c->refs[r], kind, what));
  }
}

/* The leaders of the members' countries. */
static void to_leaders(qi_whos *w, const members_list *states, members_list *out) {
  for (uint32_t i = 0; i < states->n; i++) {
    qi_slice country = qi_slice_str(w->refs.items[states->refs[i]].id);
    uint32_t holder = qi_actors_holder(w->actors, country, QI_SLICE("leader"), w->day);
    if (holder != QI_NO_ACTOR) add_member(out, qi_resolve_actor_ref(w, holder));
  }
}

static bool gather_group(qi_whos *w, uint32_t k, members kind, uint32_t count, members_list *out) {
  const qi_who *who = &w->items.items[k];
  members_list all = {0};
  for (uint32_t back = 0; back <= MAX_BACK && back <= who->sentence; back++) {
    uint32_t sentence = who->sentence - back;
    members_list before = all, core = all;
    members_in(w, sentence, k, kind, false, &all);
    if (all.n < count) continue;
    members_in(w, sentence, k, kind, true, &core);
    members_list subjects = before;
    subjects_in(w, sentence, k, kind, &subjects);
    *out = all.n == count ? all : core.n == count ? core : subjects.n == count ? subjects : before;
    return out->n == count;
  }
  return false;
}

/* "Norland and Ostria accused each other": the subject's members. */
static void resolve_reciprocal(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  const qi_sentence *s = sentence_of(w, who);
  int32_t verb = s->tokens[who->head].head;
  for (uint32_t steps = 0; verb >= 0 && steps < QI_MAX_TREE_STEPS; steps++, verb = s->tokens[verb].head) {
    uint32_t subject = qi_tree_child(s, (uint32_t)verb, QI_REL_NSUBJ);
    int32_t above = subject == QI_NO_TOKEN ? -1 : w->at[who->sentence][subject];
    if (above < 0 || above == (int32_t)k) continue;
    qi_coref_copy(w, who, &w->items.items[above]);
    for (uint32_t i = s->child_begin[subject]; i < s->child_begin[subject + 1]; i++) {
      int32_t next = w->at[who->sentence][s->child[i]];
      if (s->tokens[s->child[i]].rel != QI_REL_CONJ || next < 0) continue;
      qi_resolve_ahead(w, (uint32_t)next);
      qi_coref_copy(w, who, &w->items.items[next]);
    }
    break;
  }
  who->from = -1;
  if (who->n_refs < 2) who->n_refs = 0; /* "Ministers accused each other" */
}

/* "the latter": the second of two. */
static void resolve_one_of_two(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  bool latter = qi_slice_eq_nocase(head_of(w, who)->form, QI_SLICE("latter"));
  members_list g = {0};
  uint32_t begin = k; /* "the former invaded the latter": named in a sentence before */
  while (begin > 0 && w->items.items[begin - 1].sentence == who->sentence && w->items.items[begin - 1].how == QI_WHO_GROUP) begin--;
  if (!gather_group(w, begin, ANYBODY, 2, &g)) return;
  qi_resolve_add(w, who, g.refs[latter ? 0 : 1]); /* gathered backwards */
}

void qi_group_resolve(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
  if (is_reciprocal(sentence_of(w, who), who->head)) {
    resolve_reciprocal(w, k);
    return;
  }
  if (who->count == 1) {
    resolve_one_of_two(w, k);
    return;
  }
  members kind = members_of(w, who);
  uint32_t count = who->count ? who->count : 2;
  members_list g = {0};
  if (!gather_group(w, k, kind, count, &g) && kind == LEADERS) {
    members_list states = {0};
    g = (members_list){0};
    if (gather_group(w, k, STATES, count, &states)) to_leaders(w, &states, &g);
  }
  if (g.n != count) return;
  for (uint32_t i = g.n; i-- > 0;) qi_resolve_add(w, who, g.refs[i]); /* in order of the text */
}
