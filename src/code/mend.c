/* code: parsed sentences -> the same, less a few errors that the words themselves give away.
 *
 *   "Turkey offered to mediate/obl"        an infinitive is no oblique: xcomp
 *   "forces pulled back from Lebanon/obj"  what stands under a preposition is no object: obl
 *   "Spain/compound trained soldiers"      a name cannot be part of a noun behind the finite verb: nsubj
 *   "Juncker and May/aux failed"           a modal stands before no past tense: a name
 *
 * Nothing here guesses between readings that English allows. Linear in the text. */
#include "code/mend.h"

#include "base/utf8.h"
#include "know/forms.h"

static bool form_is(const qi_token *t, const char *word) {
  return qi_slice_eq_nocase(t->form, qi_slice_str(word));
}

static bool tag_is(const qi_token *t, const char *tag) { return qi_slice_eq_str(t->xpos, tag); }

static void relabel(qi_token *t, qi_rel rel) {
  t->rel = (uint8_t)rel;
  t->deprel = qi_slice_str(qi_rel_name(rel));
}

/* The parser guesses lemmas of words it never saw ("violat"); the dictionaries know theirs. */
static void mend_lemma(const qi_know *know, qi_token *t) {
  char part = t->upos == QI_VERB ? 'v' : t->upos == QI_NOUN ? 'n' : t->upos == QI_ADJ ? 'a' : 0;
  if (!part) return;
  bool base = tag_is(t, "VB") || tag_is(t, "VBP") || tag_is(t, "NN") || part == 'a';
  qi_slice word = qi_forms_lemma(know->forms, t->form, t->lemma, part, base);
  if (word.ptr) t->lemma = word;
}

/* First child of `i` before it that is a case or mark; -1 none. */
static int32_t marker(const qi_sentence *s, uint32_t i) {
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
    uint32_t c = s->child[k];
    if (c < i && (s->tokens[c].rel == QI_REL_CASE || s->tokens[c].rel == QI_REL_MARK)) return (int32_t)c;
  }
  return -1;
}

static void mend_label(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  bool object = t->rel == QI_REL_OBJ, oblique = t->rel == QI_REL_OBL || t->rel == QI_REL_NMOD;
  if (!object && !oblique) return;
  int32_t m = marker(s, i);
  if (m < 0) return;
  qi_token *to = &s->tokens[m];
  if (tag_is(t, "VB") && form_is(to, "to") && t->head >= 0) {
    bool noun = s->tokens[t->head].upos == QI_NOUN || s->tokens[t->head].upos == QI_PROPN;
    relabel(t, noun ? QI_REL_ACL : QI_REL_XCOMP);
    relabel(to, QI_REL_MARK);
  } else if (object && to->upos == QI_ADP && to->rel == QI_REL_CASE && !form_is(to, "of") && t->upos != QI_VERB) {
    relabel(t, QI_REL_OBL);
  }
}

static bool has_subject(const qi_sentence *s, uint32_t i) {
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
    uint8_t rel = s->tokens[s->child[k]].rel;
    if (rel == QI_REL_NSUBJ || rel == QI_REL_NSUBJ_PASS || rel == QI_REL_CSUBJ || rel == QI_REL_EXPL) return true;
  }
  return false;
}

/* A name that is hung on a noun across a finite verb without a subject is that subject. */
static bool mend_subject(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  if ((t->rel != QI_REL_COMPOUND && t->rel != QI_REL_OBL_UNMARKED && t->rel != QI_REL_NMOD_UNMARKED && t->rel != QI_REL_APPOS) || t->upos != QI_PROPN ||
      t->head < 0)
    return false;
  uint32_t v = i + 1;
  if (v >= s->n_tokens || (t->rel == QI_REL_COMPOUND && v >= (uint32_t)t->head)) return false;
  bool auxiliary = s->tokens[v].rel == QI_REL_AUX && s->tokens[v].head > (int32_t)v;
  if (auxiliary) v = (uint32_t)s->tokens[v].head;
  const qi_token *verb = &s->tokens[v];
  bool finite = verb->upos == QI_VERB && (auxiliary || tag_is(verb, "VBD") || tag_is(verb, "VBZ"));
  if (!finite || has_subject(s, v) || verb->head == (int32_t)i) return false;
  /* "Having attacked Georgia, Russia/appos will ...": the main clause begins behind the comma. */
  bool opening = t->rel == QI_REL_APPOS && i > 0 && form_is(&s->tokens[i - 1], ",");
  if (t->rel != QI_REL_COMPOUND && !opening && t->head != (int32_t)v) return false;
  /* The verb must not hang below the name, or a circle would come of it. */
  int32_t up = verb->head;
  for (int step = 0; step < 64 && up >= 0; step++, up = s->tokens[up].head)
    if (up == (int32_t)i) return false;
  t->head = (int32_t)v;
  relabel(t, QI_REL_NSUBJ);
  return true;
}

/* A bare name right behind a verb without an object is that object ("attacking Ukraine/obl, ..."). */
static bool mend_object(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  if (t->rel != QI_REL_OBL || t->upos != QI_PROPN || t->ner == QI_NER_NONE || i == 0 || marker(s, i) >= 0) return false;
  uint32_t v = i - 1;
  const qi_token *verb = &s->tokens[v];
  if (verb->upos != QI_VERB || t->head == (int32_t)v) return false;
  for (uint32_t k = s->child_begin[v]; k < s->child_begin[v + 1]; k++) {
    uint8_t rel = s->tokens[s->child[k]].rel;
    if (rel == QI_REL_OBJ || rel == QI_REL_AUX_PASS) return false;
  }
  int32_t up = verb->head;
  for (int step = 0; step < 64 && up >= 0; step++, up = s->tokens[up].head)
    if (up == (int32_t)i) return false;
  t->head = (int32_t)v;
  relabel(t, QI_REL_OBJ);
  return true;
}

/* "May handed", "that May had": behind a modal only the bare infinitive stands, so this is a name. */
static bool mend_modal(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  if (t->upos != QI_AUX || t->rel != QI_REL_AUX || t->head < 0 || !qi_slice_eq_str(t->form, "May")) return false;
  if (i + 1 >= s->n_tokens || !(tag_is(t + 1, "VBD") || tag_is(t + 1, "VBZ") || tag_is(t + 1, "VBN"))) return false;
  if (qi_ascii_is_upper(t[1].form.ptr[0])) return false; /* a headline */
  t->upos = QI_PROPN;
  t->xpos = QI_SLICE("NNP");
  t->lemma = t->form;
  t->etype = QI_ETYPE_PERSON;
  t->ner = QI_NER_PER;
  t->ner_begin = true;
  bool joined = i >= 2 && s->tokens[i - 1].upos == QI_CCONJ && s->tokens[i - 2].head == t->head && has_subject(s, (uint32_t)t->head);
  if (joined) {
    t->head = (int32_t)i - 2;
    s->tokens[i - 1].head = (int32_t)i;
  }
  for (uint32_t k = s->child_begin[t->head]; !joined && k < s->child_begin[t->head + 1]; k++) {
    qi_token *other = &s->tokens[s->child[k]]; /* "the deal that/nsubj May had brought" */
    if (other->rel == QI_REL_NSUBJ && other->upos == QI_PRON && other + 1 == t) relabel(other, QI_REL_OBJ);
  }
  relabel(t, joined ? QI_REL_CONJ : QI_REL_NSUBJ);
  return true;
}

bool qi_mend(const qi_know *know, qi_parsed *doc, qi_arena *arena) {
  for (uint32_t n = 0; n < doc->n_sentences; n++) {
    qi_sentence *s = &doc->sentences[n];
    bool moved = false;
    for (uint32_t i = 0; i < s->n_tokens; i++) {
      mend_lemma(know, &s->tokens[i]);
      mend_label(s, i);
    }
    for (uint32_t i = 0; i < s->n_tokens; i++) moved |= mend_modal(s, i) || mend_subject(s, i) || mend_object(s, i);
    if (moved && !qi_sentence_link(s, arena)) return false;
  }
  return true;
}
