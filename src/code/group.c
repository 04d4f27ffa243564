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
                                    "belligerent"};
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
    *out = all.n == count ? all : core.n == count ? core : before;
    return out->n == count;
  }
  return false;
}

void qi_group_resolve(qi_whos *w, uint32_t k) {
  qi_who *who = &w->items.items[k];
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
