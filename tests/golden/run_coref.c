/* Measures coreference on the news, speeches and interviews of OntoGUM (../shared/data/coref, OntoNotes style: no singletons,
 * no appositions, no relative pronouns).
 *
 *   run_coref [--model FILE] [--show NAME] [--pairs SHARE] [--conll SHARE]
 *
 * Tokens and sentences are given, trees are the parser's own, mentions and whom they mean quid's own. Two of them corefer when they mean the same refs (who.h); where a ref is only a kind of people ("troops" of a country), when one took its
 * meaning from the other, or is definite and has the same word. Appositions and relative pronouns, which the gold leaves out, do not count.
 *
 * A gold mention is found when quid has a mention with the same head word (by the gold tree on the one side, the parser's on the
 * other), else one whose span holds that head and whose head lies in the gold span. Reported, on both parts:
 *
 *   pairs  of mentions that are names or pronouns, of acting chains. Acting is a chain whose commonest type in the GUM treebank is
 *          person or organization, or place where a mention of it is a subject, agent or possessor. What quid
 *          links to something that is in no gold chain counts against precision; what it finds of other chains does not.
 *   acting CoNLL average (MUC, B3, CEAFe: coref_score.h) of all mentions of acting chains
 *   all    the same of all gold chains: events, things and times too, which quid does not follow at all
 *
 * Development and held-out part go by the document's name. Most documents are in the train half of the model's treebank, so trees are a
 * little better than elsewhere. --show lists the mentions of one document of the development part. */
#include "base/file.h"
#include "code/mend.h"
#include "code/who.h"
#include "golden/coref_score.h"
#include "golden/held_out.h"
#include "know/know.h"
#include "know/table.h"
#include "base/utf8.h"
#include "parse/conllu.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#define MAX_OPEN 64 /* mentions open at once */
#define DOCS_HEADER "doc\tgenre\tsplit\tsentences\twords\tbucket\ttext_licence\tsource_url\tnote"

static const char *const GENRES[] = {"news", "speech", "interview"};
static const char *const TYPES[] = {"", "person", "organization", "place", "other"};
enum { N_GENRES = 3, N_TYPES = 5 };

typedef struct gold {
  uint32_t sentence, first, last, head;
  int32_t chain;
  uint8_t type;
  int32_t found; /* quid's mention, -1 */
} gold;

typedef struct chain {
  uint32_t id; /* of the file */
  uint32_t by_type[N_TYPES];
  bool acts, acting;
} chain;

typedef struct results {
  scores pairs, acting, all;
  size_t n_docs;
} results;

typedef struct runner {
  qi_know know;
  qi_model *model;
  qi_parser *parser;
  qi_arena arena, types_arena;
  qi_map types; /* "DOC/sentence/first/last" -> index into TYPES */
  results by[N_GENRES][2]; /* [genre][held out] */
  const char *show;
} runner;

typedef struct document {
  const char *name;
  qi_parsed gold, doc;
  qi_day day;
  QI_VEC(gold) golds;
  QI_VEC(chain) chains;
  qi_whos whos;
  int32_t *cluster; /* [whos.items.len], -1: means nobody, or not counted */
} document;

/* ---- gold ---- */

static qi_slice misc_entities(qi_slice line, qi_slice *id) {
  qi_slice rest = line, field;
  qi_slice_split(&rest, '\t', id);
  for (int i = 1; i < 10; i++) qi_slice_split(&rest, '\t', &field);
  qi_slice part;
  while (qi_slice_split(&field, '|', &part))
    if (qi_slice_starts(part, QI_SLICE("Entity="))) return qi_slice_sub(part, strlen("Entity="), part.len);
  return QI_SLICE("");
}

static bool is_word_line(qi_slice line, qi_slice id) {
  return line.len > 0 && qi_ascii_is_digit(line.ptr[0]) && qi_slice_find_char(id, '-') == QI_NOT_FOUND &&
         qi_slice_find_char(id, '.') == QI_NOT_FOUND;
}

typedef struct open_mention {
  uint32_t id, first;
  uint8_t type;
} open_mention;

/* One file of CoNLL-U, told mention by mention. */
typedef void on_mention(void *to, const char *doc, uint32_t sentence, uint32_t first, uint32_t last, uint32_t id, uint8_t type);

static uint8_t type_of(qi_slice text) {
  for (uint8_t i = 1; i + 1 < N_TYPES; i++)
    if (qi_slice_starts(text, qi_slice_str(TYPES[i]))) return i;
  return N_TYPES - 1;
}

/* "(3-person-new(5)4)" */
static size_t read_brackets(qi_slice text, open_mention *open, size_t n, uint32_t sentence, uint32_t token, const char *doc, on_mention *tell,
                            void *to) {
  for (size_t i = 0; i < text.len;) {
    bool opens = text.ptr[i] == '(';
    if (opens) i++;
    if (i >= text.len || !qi_ascii_is_digit(text.ptr[i])) {
      i++;
      continue;
    }
    uint32_t id = 0;
    for (; i < text.len && qi_ascii_is_digit(text.ptr[i]); i++) id = id * 10 + (uint32_t)(text.ptr[i] - '0');
    uint8_t type = i < text.len && text.ptr[i] == '-' ? type_of(qi_slice_sub(text, i + 1, text.len)) : 0;
    while (i < text.len && text.ptr[i] != '(' && text.ptr[i] != ')') i++;
    bool closes = i < text.len && text.ptr[i] == ')';
    if (closes) i++;
    if (opens && n < MAX_OPEN) open[n++] = (open_mention){id, token, type};
    if (!closes) continue;
    for (size_t k = n; k-- > 0;)
      if (open[k].id == id) {
        tell(to, doc, sentence, open[k].first, token, id, open[k].type);
        for (size_t m = k; m + 1 < n; m++) open[m] = open[m + 1];
        n--;
        break;
      }
  }
  return n;
}

static void read_mentions(qi_slice data, qi_day *day, on_mention *tell, void *to) {
  qi_slice line, id;
  char doc[128] = "";
  open_mention open[MAX_OPEN];
  size_t n_open = 0;
  uint32_t sentence = 0, token = 0;
  while (qi_slice_line(&data, &line)) {
    static const char *const newdoc = "# newdoc id = ", *const created = "# meta::dateCreated = ";
    if (qi_slice_starts(line, qi_slice_str(newdoc))) {
      snprintf(doc, sizeof doc, "%.*s", (int)(line.len - strlen(newdoc)), line.ptr + strlen(newdoc));
      sentence = token = 0;
      n_open = 0;
    } else if (day && qi_slice_starts(line, qi_slice_str(created))) {
      qi_date_parse(qi_slice_sub(line, strlen(created), line.len), day, NULL);
    } else if (line.len == 0 && token > 0) {
      sentence++;
      token = 0;
      n_open = 0;
    } else if (line.len > 0 && line.ptr[0] != '#') {
      qi_slice entities = misc_entities(line, &id);
      if (!is_word_line(line, id)) continue;
      n_open = read_brackets(entities, open, n_open, sentence, token, doc, tell, to);
      token++;
    }
  }
}

static qi_slice type_key(qi_arena *arena, const char *doc, uint32_t sentence, uint32_t first, uint32_t last) {
  return qi_arena_printf(arena, "%s/%u/%u/%u", doc, sentence, first, last);
}

static void keep_type(void *to, const char *doc, uint32_t sentence, uint32_t first, uint32_t last, uint32_t id, uint8_t type) {
  runner *r = to;
  (void)id;
  qi_slice key = type_key(&r->types_arena, doc, sentence, first, last);
  if (key.ptr) qi_map_put(&r->types, key, type);
}

typedef struct reading {
  runner *r;
  document *d;
} reading;

static void keep_gold(void *to, const char *doc, uint32_t sentence, uint32_t first, uint32_t last, uint32_t id, uint8_t type) {
  reading *in = to;
  document *d = in->d;
  int32_t c = -1;
  (void)type;
  for (size_t i = 0; i < d->chains.len && c < 0; i++)
    if (d->chains.items[i].id == id) c = (int32_t)i;
  if (c < 0 && QI_VEC_PUSH(&d->chains, (chain){.id = id})) c = (int32_t)d->chains.len - 1;
  qi_slice key = type_key(&in->r->arena, doc, sentence, first, last);
  if (c < 0 || !key.ptr || sentence >= d->gold.n_sentences || last >= d->gold.sentences[sentence].n_tokens) return;
  gold g = {sentence, first, last, qi_tree_span_head(&d->gold.sentences[sentence], first, last), c,
            (uint8_t)qi_map_find(&in->r->types, key, 0), -1};
  QI_VEC_PUSH(&d->golds, g);
}

static void judge_chains(document *d) {
  for (size_t i = 0; i < d->golds.len; i++) {
    const gold *g = &d->golds.items[i];
    chain *c = &d->chains.items[g->chain];
    qi_rel rel = (qi_rel)d->gold.sentences[g->sentence].tokens[g->head].rel;
    c->by_type[g->type]++;
    c->acts |= rel == QI_REL_NSUBJ || rel == QI_REL_NSUBJ_PASS || rel == QI_REL_OBL_AGENT || rel == QI_REL_NMOD_POSS;
  }
  for (size_t i = 0; i < d->chains.len; i++) {
    chain *c = &d->chains.items[i];
    int best = 4;
    for (int t = 1; t < N_TYPES; t++)
      if (c->by_type[t] > c->by_type[best]) best = t;
    c->acting = c->by_type[best] && (best <= 2 || (best == 3 && c->acts));
  }
}

/* ---- quid's side ---- */

static bool is_counted(const qi_whos *w, const qi_who *who) {
  static const char *const relative[] = {"who", "whom", "whose", "which", "that"};
  if (who->n_refs == 0 || who->same >= 0) return false;
  return who->how != QI_WHO_PRONOUN || !qi_tree_form_in(&w->doc->sentences[who->sentence].tokens[who->head], relative, 5);
}

static bool same_refs(const qi_who *a, const qi_who *b) {
  if (a->n_refs != b->n_refs) return false;
  for (uint32_t i = 0; i < a->n_refs; i++) {
    bool found = false;
    for (uint32_t k = 0; k < b->n_refs; k++) found |= a->refs[i] == b->refs[k];
    if (!found) return false;
  }
  return true;
}

/* "the troops": such people, or such a body, of a country; not always the same ones. */
static bool is_kind(const qi_whos *w, const qi_who *who) {
  const qi_ref *ref = &w->refs.items[who->refs[0]];
  return who->n_refs == 1 && ref->actor == QI_NO_ACTOR && ref->full.len == 0 && !ref->unnamed;
}

static bool is_one_of_kind(const qi_whos *w, const qi_who *who) {
  return who->body && !who->plural && !who->indefinite && *w->refs.items[who->refs[0]].country;
}

static bool means_same(const qi_whos *w, const qi_who *a, const qi_who *b) {
  if (!same_refs(a, b)) return false;
  if (!is_kind(w, b) || (is_one_of_kind(w, a) && is_one_of_kind(w, b))) return true;
  const qi_token *x = &w->doc->sentences[a->sentence].tokens[a->head], *y = &w->doc->sentences[b->sentence].tokens[b->head];
  return b->definite && qi_slice_eq_nocase(x->lemma, y->lemma);
}

/* cluster[i]: the antecedent's, else that of the first mention that means the same. */
static bool cluster(runner *r, document *d) {
  const qi_whos *w = &d->whos;
  d->cluster = qi_arena_alloc(&r->arena, (w->items.len + 1) * sizeof(int32_t));
  if (!d->cluster) return false;
  for (size_t i = 0; i < w->items.len; i++) {
    const qi_who *who = &w->items.items[i];
    d->cluster[i] = -1;
    if (!is_counted(w, who)) continue;
    d->cluster[i] = (int32_t)i;
    if (who->from >= 0 && who->from < (int32_t)i && d->cluster[who->from] >= 0 && same_refs(&w->items.items[who->from], who)) {
      d->cluster[i] = d->cluster[who->from];
      continue;
    }
    for (size_t k = i; k-- > 0;)
      if (d->cluster[k] >= 0 && means_same(w, &w->items.items[k], who)) {
        d->cluster[i] = d->cluster[k];
        break;
      }
  }
  return true;
}

static void match(document *d) {
  const qi_whos *w = &d->whos;
  bool *taken = calloc(w->items.len + 1, sizeof *taken);
  for (int round = 0; taken && round < 2; round++)
    for (size_t i = 0; i < d->golds.len; i++) {
      gold *g = &d->golds.items[i];
      for (size_t k = 0; g->found < 0 && k < w->items.len; k++) {
        const qi_who *who = &w->items.items[k];
        if (who->sentence != g->sentence || taken[k] || d->cluster[k] < 0) continue;
        bool same = round == 0 ? who->head == g->head
                               : who->first <= g->head && g->head <= who->last && g->first <= who->head && who->head <= g->last;
        /* Of two gold mentions with one head ("Kim", "Kim and his aide") the shorter is meant. */
        for (size_t j = 0; same && j < d->golds.len; j++) {
          const gold *o = &d->golds.items[j];
          same = j == i || o->found >= 0 || o->sentence != g->sentence || o->head != g->head || o->last - o->first >= g->last - g->first;
        }
        if (!same) continue;
        g->found = (int32_t)k;
        taken[k] = true;
      }
    }
  free(taken);
}

/* ---- scores ---- */

typedef enum which { PAIRS, ACTING, ALL } which;

static bool is_name_or_pronoun(const qi_token *t) { return t->upos == QI_PROPN || t->upos == QI_PRON; }

static bool wants_gold(const document *d, const gold *g, which what) {
  if (what == ALL) return true;
  if (!d->chains.items[g->chain].acting) return false;
  return what == ACTING || is_name_or_pronoun(&d->gold.sentences[g->sentence].tokens[g->head]);
}

static bool wants_who(const qi_who *who, which what) {
  return what != PAIRS || who->how == QI_WHO_NAME || who->how == QI_WHO_UNKNOWN || who->how == QI_WHO_PRONOUN;
}

/* Numbers clusters from 0 and takes away those of one mention. */
static void tidy(int32_t *of, uint32_t n, int32_t *map, uint32_t *count, uint32_t room) {
  int32_t next = 0;
  for (uint32_t i = 0; i < room; i++) count[i] = 0, map[i] = -1;
  for (uint32_t i = 0; i < n; i++)
    if (of[i] >= 0) count[of[i]]++;
  for (uint32_t i = 0; i < n; i++) {
    if (of[i] < 0) continue;
    if (count[of[i]] < 2) {
      of[i] = -1;
      continue;
    }
    if (map[of[i]] < 0) map[of[i]] = next++;
    of[i] = map[of[i]];
  }
}

static bool score_document(runner *r, document *d, which what, scores *to) {
  size_t n_golds = d->golds.len, n_whos = d->whos.items.len, room = n_golds + n_whos + 1;
  int32_t *key = QI_NEW_ARRAY(&r->arena, int32_t, room), *response = QI_NEW_ARRAY(&r->arena, int32_t, room);
  int32_t *map = QI_NEW_ARRAY(&r->arena, int32_t, room);
  uint32_t *count = QI_NEW_ARRAY(&r->arena, uint32_t, room), n = 0;
  bool *seen = QI_NEW_ARRAY(&r->arena, bool, n_whos + 1);
  if (!key || !response || !map || !count || !seen) return false;
  for (size_t i = 0; i < n_golds; i++) {
    const gold *g = &d->golds.items[i];
    if (g->found >= 0) seen[g->found] = true;
    if (!wants_gold(d, g, what)) continue;
    key[n] = g->chain;
    response[n++] = g->found >= 0 && wants_who(&d->whos.items.items[g->found], what) ? d->cluster[g->found] : -1;
  }
  for (size_t k = 0; k < n_whos; k++) {
    if (seen[k] || d->cluster[k] < 0 || !wants_who(&d->whos.items.items[k], what)) continue;
    key[n] = -1;
    response[n++] = d->cluster[k];
  }
  tidy(key, n, map, count, (uint32_t)room);
  tidy(response, n, map, count, (uint32_t)room);
  return scores_add(to, key, response, n, &r->arena);
}

static void show_document(const document *d) {
  for (size_t i = 0; i < d->golds.len; i++) {
    const gold *g = &d->golds.items[i];
    const qi_sentence *s = &d->gold.sentences[g->sentence];
    if (!d->chains.items[g->chain].acting) continue;
    qi_slice text = qi_slice_sub(d->gold.text, s->tokens[g->first].start, s->tokens[g->last].end);
    printf("%3u:%-3u chain %-3u %-40.*s", g->sentence + 1, g->head + 1, d->chains.items[g->chain].id, (int)(text.len < 40 ? text.len : 40), text.ptr);
    for (uint32_t k = 0; g->found >= 0 && k < d->whos.items.items[g->found].n_refs; k++)
      printf(" [%u %s]", d->whos.items.items[g->found].refs[k], d->whos.refs.items[d->whos.items.items[g->found].refs[k]].name);
    printf(g->found < 0 ? " -\n" : "\n");
  }
  for (size_t k = 0; k < d->whos.items.len; k++) {
    const qi_who *who = &d->whos.items.items[k];
    bool matched = false, linked = false;
    for (size_t i = 0; i < d->golds.len; i++) matched |= d->golds.items[i].found == (int32_t)k;
    for (size_t i = 0; i < d->whos.items.len; i++) linked |= i != k && d->cluster[i] == d->cluster[k];
    if (matched || !linked || d->cluster[k] < 0) continue;
    const qi_token *t = &d->doc.sentences[who->sentence].tokens[who->head];
    printf("%3u:%-3u not gold  %-40.*s [%u %s]\n", who->sentence + 1, who->head + 1, QI_SLICE_ARG(t->form), who->refs[0], d->whos.refs.items[who->refs[0]].name);
  }
}

/* ---- documents ---- */

static quid_status read_document(runner *r, document *d, qi_slice data, const char *file, quid_error *err) {
  for (int trees = 0; trees < 2; trees++) {
    qi_conllu in;
    qi_conllu_open(&in, data, file, trees);
    quid_status status = qi_conllu_next(trees ? &d->gold : &d->doc, &in, &r->arena, err);
    qi_conllu_close(&in);
    if (status) return status;
  }
  reading to = {r, d};
  read_mentions(data, &d->day, keep_gold, &to);
  judge_chains(d);
  quid_status status = qi_parser_run(r->parser, &d->doc, &r->arena, err);
  if (!status && !qi_mend(&r->know, &d->doc, &r->arena)) status = qi_error_memory(err, "the trees");
  return status;
}

static quid_status run_document(runner *r, const char *name, int genre, quid_error *err) {
  char path[1024];
  qi_builder data;
  document d = {.name = name, .day = QI_DAY_NONE};
  bool held = held_out(qi_slice_str(name));
  results *to = &r->by[genre][held];
  if (r->show && (held || strcmp(r->show, name) != 0)) return QUID_OK;
  snprintf(path, sizeof path, "%s/%s.conllu", test_data("coref"), name);
  qi_builder_init(&data, 0);
  quid_status status = qi_file_read(&data, path, 0, err);
  if (!status) status = read_document(r, &d, qi_builder_view(&data), path, err);
  d.whos = (qi_whos){.know = &r->know, .actors = r->know.actors, .doc = &d.doc, .day = d.day, .arena = &r->arena};
  if (!status) status = qi_whos_find(&d.whos, err);
  if (!status && !cluster(r, &d)) status = qi_error_memory(err, "the mentions");
  if (!status) {
    match(&d);
    bool fine = score_document(r, &d, PAIRS, &to->pairs) && score_document(r, &d, ACTING, &to->acting) && score_document(r, &d, ALL, &to->all);
    if (!fine) status = qi_error_memory(err, "the scores");
    to->n_docs++;
    if (r->show) show_document(&d);
  }
  qi_whos_clear(&d.whos);
  QI_VEC_CLEAR(&d.golds);
  QI_VEC_CLEAR(&d.chains);
  qi_builder_clear(&data);
  qi_arena_reset(&r->arena);
  return status;
}

static quid_status run_all(runner *r, quid_error *err) {
  static const char *const halves[] = {"treebank/gum/gum-open-train.conllu", "treebank/gum/gum-open-dev.conllu"};
  qi_builder data;
  quid_status status = QUID_OK;
  for (int i = 0; i < 2 && !status; i++) {
    qi_builder_init(&data, 0);
    status = qi_file_read(&data, test_data(halves[i]), 0, err);
    if (!status) read_mentions(qi_builder_view(&data), NULL, keep_type, r);
    qi_builder_clear(&data);
  }
  qi_table t;
  bool more = true;
  qi_builder_init(&data, 0);
  if (!status) status = qi_file_read(&data, test_data("treebank/gum/docs.tsv"), 0, err);
  if (!status) status = qi_table_open(&t, qi_builder_view(&data), "docs.tsv", DOCS_HEADER, err);
  while (!status && !(status = qi_table_next(&t, &more, err)) && more)
    for (int g = 0; g < N_GENRES && !status; g++)
      if (qi_slice_eq_str(t.field[1], GENRES[g])) {
        char name[128];
        snprintf(name, sizeof name, "%.*s", QI_SLICE_ARG(t.field[0]));
        status = run_document(r, name, g, err);
      }
  qi_builder_clear(&data);
  return status;
}

/* ---- report ---- */

static void add_score(score *to, const score *s) {
  to->right_key += s->right_key, to->key += s->key;
  to->right_response += s->right_response, to->response += s->response;
}

static void add_scores(scores *to, const scores *s) {
  add_score(&to->muc, &s->muc);
  add_score(&to->b3, &s->b3);
  add_score(&to->ceafe, &s->ceafe);
  add_score(&to->pairs, &s->pairs);
}

static void report(const char *what, const results *x) {
  const score *p = &x->pairs.pairs;
  printf("%-22s %2zu documents  pairs P %.3f R %.3f F %.3f", what, x->n_docs, score_precision(p), score_recall(p), score_f1(p));
  const scores *both[] = {&x->acting, &x->all};
  for (int i = 0; i < 2; i++)
    printf("  %s MUC %.3f B3 %.3f CEAFe %.3f CoNLL %.3f", i ? "all" : "acting", score_f1(&both[i]->muc), score_f1(&both[i]->b3),
           score_f1(&both[i]->ceafe), scores_conll(both[i]));
  printf("\n");
}

static void report_all(const runner *r, results total[2]) {
  static const char *const parts[] = {"development", "held out"};
  for (int h = 0; h < 2; h++) {
    for (int g = 0; g < N_GENRES; g++) {
      char what[64];
      snprintf(what, sizeof what, "%s %s", GENRES[g], parts[h]);
      report(what, &r->by[g][h]);
      if (g == 2) continue; /* interviews are a third figure */
      add_scores(&total[h].pairs, &r->by[g][h].pairs);
      add_scores(&total[h].acting, &r->by[g][h].acting);
      add_scores(&total[h].all, &r->by[g][h].all);
      total[h].n_docs += r->by[g][h].n_docs;
    }
    report(h ? "both held out" : "both development", &total[h]);
  }
  printf("news and speeches: pairs F %.3f and %.3f held out, CoNLL average acting %.3f and %.3f, all %.3f and %.3f\n",
         score_f1(&total[0].pairs.pairs), score_f1(&total[1].pairs.pairs), scores_conll(&total[0].acting), scores_conll(&total[1].acting),
         scores_conll(&total[0].all), scores_conll(&total[1].all));
}

int main(int argc, char **argv) {
  static runner r;
  quid_error err = {.code = QUID_OK};
  const char *model = test_root("model/quid.model");
  double pairs = 0, conll = 0;
  for (int i = 1; i < argc; i++) {
    const char *next = i + 1 < argc ? argv[i + 1] : "";
    if (strcmp(argv[i], "--model") == 0) model = next, i++;
    else if (strcmp(argv[i], "--show") == 0) r.show = next, i++;
    else if (strcmp(argv[i], "--pairs") == 0) pairs = strtod(next, NULL), i++;
    else if (strcmp(argv[i], "--conll") == 0) conll = strtod(next, NULL), i++;
  }
  if (!test_data("coref") || !test_data("treebank/gum")) {
    printf("run_coref: no such data '../shared/data/%s': not measured\n", test_data("coref") ? "treebank/gum" : "coref");
    return 77;
  }
  qi_arena_init(&r.arena, 0);
  qi_arena_init(&r.types_arena, 0);
  results total[2] = {{.n_docs = 0}};
  quid_status status = qi_know_load(&r.know, test_root("knowledge"), &err);
  if (!status && !(status = qi_model_open(&r.model, model, &err))) status = qi_parser_new(&r.parser, r.model, &err);
  if (!status) status = run_all(&r, &err);
  if (status) fprintf(stderr, "run_coref: %s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
  else if (!r.show) report_all(&r, total);
  qi_map_clear(&r.types);
  if (r.parser) qi_parser_free(r.parser);
  if (r.model) qi_model_close(r.model);
  qi_know_clear(&r.know);
  qi_arena_clear(&r.arena);
  qi_arena_clear(&r.types_arena);
  if (status) return 2;
  bool enough = true;
  for (int h = 0; h < 2 && !r.show; h++) enough &= score_f1(&total[h].pairs.pairs) >= pairs && scores_conll(&total[h].acting) >= conll;
  return enough ? 0 : 1;
}
