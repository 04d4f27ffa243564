/* code: parsed sentences -> the same, less a few errors that the words themselves give away.
 *
 *   "Turkey offered to mediate/obl"        an infinitive is no oblique: xcomp
 *   "forces pulled back from Lebanon/obj"  what stands under a preposition is no object: obl
 *   "Spain/compound trained soldiers"      a name cannot be part of a noun behind the finite verb: nsubj
 *   "Spain is training/compound troops"    a verb taken for part of the noun behind it: it heads the clause
 *   "rejected on Monday a plan/obl"        a noun without a preposition is no oblique: obj
 *   "on May 9/nummod Norland's troops"     a day of a month counts nothing
 *   "turned down/case the offer/obl"       a particle taken for a preposition: the noun is the object
 *   "refrained from bombing/amod Spain"    a gerund behind its verb or preposition and before a bare name has it for object
 *   "Juncker and May/aux failed"           a modal stands before no past tense: a name
 *   "sent between/case 5 and 7 tanks/obl"  a word before a number that only says how it is meant: obj
 *   "paid Chad/compound 3 million"         a name cannot be part of a number behind the verb: iobj
 *   "A raid left 9 dead, a union said"     of two subjects of "said" the first is that of the clause before
 *   "Rebels took a town and a base/conj"   what is joined behind an object is not joined to the subject
 *
 * Nothing here guesses between readings that English allows. Linear in the text. */
#include "code/mend.h"

#include "base/utf8.h"
#include "code/amount.h"
#include "know/forms.h"
#include "know/frames.h"
#include "know/operators.h"

static bool form_is(const qi_token *t, const char *word) {
  return qi_slice_eq_nocase(t->form, qi_slice_str(word));
}

static bool tag_is(const qi_token *t, const char *tag) { return qi_slice_eq_str(t->xpos, tag); }

static void relabel(qi_token *t, qi_rel rel) {
  t->rel = (uint8_t)rel;
  t->deprel = qi_slice_str(qi_rel_name(rel));
}

/* The parser guesses lemmas of words it never saw ("violat"); the dictionaries know theirs. */
static bool is_listed_verb(const qi_know *know, qi_slice lemma) {
  return qi_frames_first(know->frames, lemma, 'v') != QI_MAP_NONE || qi_lights_first(know->operators, lemma) != QI_MAP_NONE;
}

/* "co-hosted", "re-arrested": the verb behind the prefix, where the dictionaries know only that one. */
static void strip_prefix(const qi_know *know, qi_token *t) {
  if (t->upos != QI_VERB || t->lemma.len < 6 || t->lemma.ptr[2] != '-') return;
  qi_slice prefix = {t->lemma.ptr, 2}, rest = {t->lemma.ptr + 3, t->lemma.len - 3};
  if (!qi_slice_eq_nocase(prefix, QI_SLICE("co")) && !qi_slice_eq_nocase(prefix, QI_SLICE("re"))) return;
  if (!is_listed_verb(know, t->lemma) && is_listed_verb(know, rest)) t->lemma = rest;
}

static void mend_lemma(const qi_know *know, qi_token *t) {
  if (tag_is(t, "VB") && t->form.len > 5 && qi_slice_ends(t->form, QI_SLICE("ing")) && !qi_slice_ends(t->lemma, QI_SLICE("ing")))
    t->xpos = qi_slice_str("VBG"); /* "resorted to bombing/VB" */
  char part = t->upos == QI_VERB ? 'v' : t->upos == QI_NOUN ? 'n' : t->upos == QI_ADJ ? 'a' : 0;
  if (!part) return;
  bool base = tag_is(t, "VB") || tag_is(t, "VBP") || tag_is(t, "NN") || part == 'a';
  /* "shot/VBP", whose lemma says that it is no base form after all */
  if (part == 'v' && tag_is(t, "VBP") && is_listed_verb(know, t->lemma) && !qi_slice_eq_nocase(t->form, t->lemma)) {
    qi_slice word = qi_forms_lemma(know->forms, t->form, t->lemma, part, false);
    if (qi_slice_eq_nocase(word, t->lemma)) {
      t->xpos = qi_slice_str("VBD");
      return;
    }
  }
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

/* "is threatening/JJ to veto", "accused of threatening/JJ to": behind "of" or a copula and before "to" it is the verb. */
static void mend_participle(const qi_know *know, qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  if (t->upos != QI_ADJ || i + 2 >= s->n_tokens || !qi_slice_ends(t->form, QI_SLICE("ing")) || !form_is(t + 1, "to")) return;
  if (!tag_is(&s->tokens[i + 2], "VB") || s->tokens[i + 2].head != (int32_t)i) return;
  qi_slice word = qi_forms_lemma(know->forms, t->form, t->lemma, 'v', false);
  if (!word.ptr) return;
  t->upos = QI_VERB;
  t->xpos = qi_slice_str("VBG");
  t->lemma = word;
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++)
    if (s->tokens[s->child[k]].rel == QI_REL_COP) relabel(&s->tokens[s->child[k]], QI_REL_AUX);
  if (s->tokens[i + 2].rel == QI_REL_ADVCL) relabel(&s->tokens[i + 2], QI_REL_XCOMP);
}

static bool has_subject(const qi_sentence *s, uint32_t i) {
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
    uint8_t rel = s->tokens[s->child[k]].rel;
    if (rel == QI_REL_NSUBJ || rel == QI_REL_NSUBJ_PASS || rel == QI_REL_CSUBJ || rel == QI_REL_EXPL) return true;
  }
  return false;
}

static int32_t child_of(const qi_sentence *s, uint32_t i, qi_rel rel) {
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++)
    if (s->tokens[s->child[k]].rel == rel) return (int32_t)s->child[k];
  return -1;
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
  finite |= tag_is(verb, "VBN") && verb->rel == QI_REL_ROOT && v == i + 1 && child_of(s, v, QI_REL_OBJ) >= 0; /* "Spain trained/VBN 40 men" */
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

/* "rejected on Saturday a proposal/obl", "was denied access": a noun without a preposition behind a verb without an object. */
static void mend_bare_noun(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  if (t->rel != QI_REL_OBL || t->upos != QI_NOUN || t->etype == QI_ETYPE_TIME || t->head < 0 || t->head >= (int32_t)i || marker(s, i) >= 0) return;
  const qi_token *verb = &s->tokens[t->head];
  if (verb->upos != QI_VERB) return;
  for (uint32_t k = s->child_begin[t->head]; k < s->child_begin[t->head + 1]; k++) {
    uint8_t rel = s->tokens[s->child[k]].rel;
    if (rel == QI_REL_OBJ || rel == QI_REL_IOBJ || rel == QI_REL_AUX_PASS || rel == QI_REL_CCOMP || rel == QI_REL_XCOMP) return;
  }
  relabel(t, QI_REL_OBJ);
}

/* The verb taken for part of the noun `n` behind it gets the noun's place, and the noun is its object. */
static void raise_verb(qi_sentence *s, uint32_t v, uint32_t n) {
  qi_token *verb = &s->tokens[v], *noun = &s->tokens[n];
  for (uint32_t k = s->child_begin[n]; k < s->child_begin[n + 1]; k++) {
    uint32_t c = s->child[k];
    qi_token *t = &s->tokens[c];
    if ((c > v && c < n) || (c > n && t->rel == QI_REL_NMOD)) continue;
    t->head = (int32_t)v;
    if (t->rel == QI_REL_COP) relabel(t, QI_REL_AUX);
  }
  verb->head = noun->head;
  relabel(verb, (qi_rel)noun->rel);
  verb->upos = QI_VERB;
  noun->head = (int32_t)v;
  relabel(noun, QI_REL_OBJ);
}

/* "Britain is training/compound Ukrainian troops", "Germany/amod delivered/amod tanks to Kyiv". */
static bool mend_verb(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  if ((t->rel != QI_REL_COMPOUND && t->rel != QI_REL_AMOD) || t->head <= (int32_t)i || i == 0) return false;
  uint32_t n = (uint32_t)t->head;
  qi_token *before = &s->tokens[i - 1];
  if (before->head != (int32_t)n || !(s->tokens[n].upos == QI_NOUN || s->tokens[n].upos == QI_PROPN)) return false;
  bool plural = tag_is(&s->tokens[n], "NNS") || tag_is(&s->tokens[n], "NNPS");
  if (tag_is(t, "VBG") && before->rel == QI_REL_COP && plural && has_subject(s, n)) {
    raise_verb(s, i, n);
    return true;
  }
  bool name = before->upos == QI_PROPN && before->ner != QI_NER_NONE && (before->rel == QI_REL_AMOD || before->rel == QI_REL_COMPOUND);
  if (t->upos != QI_VERB || tag_is(t, "VBG") || !name || s->tokens[n].rel != QI_REL_ROOT) return false;
  bool told = form_is(&s->tokens[s->n_tokens - 1], ".") && before->ner == QI_NER_LOC; /* no headline */
  if (!plural && !told) return false;
  raise_verb(s, i, n);
  relabel(before, QI_REL_NSUBJ);
  t->xpos = qi_slice_str("VBD");
  t->feats = qi_slice_str("Mood=Ind|Tense=Past|VerbForm=Fin");
  return true;
}

/* "resisted bombing/amod Spain", "kept it from bombing/amod Spain". */
static bool mend_gerund(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  if (!tag_is(t, "VBG") || (t->rel != QI_REL_AMOD && t->rel != QI_REL_COMPOUND) || t->head != (int32_t)i + 1 || i == 0) return false;
  uint32_t n = i + 1;
  qi_token *noun = &s->tokens[n], *before = t - 1;
  bool under = noun->rel == QI_REL_OBL || noun->rel == QI_REL_NMOD, object = noun->rel == QI_REL_OBJ;
  bool cased = before->rel == QI_REL_CASE && before->head == (int32_t)n;
  if (cased) under = true, object = false; /* "everything short of attacking Spain" */
  bool behind = (under && before->head == (int32_t)n && (before->rel == QI_REL_CASE || before->rel == QI_REL_MARK)) ||
                (object && (noun->head == (int32_t)i - 1 || (before->rel == QI_REL_COMPOUND_PRT && before->head == noun->head)));
  if (noun->upos != QI_PROPN || !behind || noun->head < 0) return false;
  bool of_noun = s->tokens[noun->head].upos == QI_NOUN || s->tokens[noun->head].upos == QI_PROPN;
  raise_verb(s, i, n);
  relabel(t, object ? QI_REL_XCOMP : of_noun ? QI_REL_ACL : QI_REL_ADVCL);
  if (under) relabel(before, QI_REL_MARK);
  return true;
}

/* "Riyadh denied/amod reports/nsubj that its prince had asked": a clause with two subjects, of which the first is what the
 * verb before it is about. */
static bool mend_denial(qi_sentence *s, uint32_t i) {
  qi_token *verb = &s->tokens[i];
  if ((verb->rel != QI_REL_AMOD && verb->rel != QI_REL_COMPOUND) || verb->upos != QI_VERB || tag_is(verb, "VBG") || i == 0 || verb->head <= (int32_t)i)
    return false;
  uint32_t n = (uint32_t)verb->head;
  qi_token *noun = &s->tokens[n], *name = &s->tokens[i - 1];
  if (noun->rel != QI_REL_NSUBJ || noun->upos != QI_NOUN || noun->head <= (int32_t)n) return false;
  if (name->upos != QI_PROPN || (name->head != (int32_t)i && name->head != (int32_t)n) || (name->rel != QI_REL_COMPOUND && name->rel != QI_REL_AMOD)) return false;
  uint32_t clause = (uint32_t)noun->head;
  bool that = false, other = false;
  for (uint32_t k = s->child_begin[clause]; k < s->child_begin[clause + 1]; k++) {
    const qi_token *t = &s->tokens[s->child[k]];
    that |= s->child[k] > n && t->rel == QI_REL_MARK && form_is(t, "that");
    other |= that && t->rel == QI_REL_NSUBJ;
  }
  if (!that || !other) return false;
  verb->head = s->tokens[clause].head;
  relabel(verb, (qi_rel)s->tokens[clause].rel);
  verb->xpos = qi_slice_str("VBD");
  verb->feats = qi_slice_str("Mood=Ind|Tense=Past|VerbForm=Fin");
  noun->head = name->head = (int32_t)i;
  relabel(noun, QI_REL_OBJ);
  relabel(name, QI_REL_NSUBJ);
  s->tokens[clause].head = (int32_t)n;
  relabel(&s->tokens[clause], QI_REL_ACL);
  return true;
}

/* "Estonia called/VBN for sanctions.": the sentence's only verb, with an object or "for" behind it, is finite. */
static bool is_only_verb(const qi_sentence *s, uint32_t i) {
  bool object = i + 1 < s->n_tokens && form_is(&s->tokens[i + 1], "for");
  bool beside = s->tokens[i].head + 1 == (int32_t)i || child_of(s, i, QI_REL_OBJ) >= 0;
  if (!tag_is(&s->tokens[i], "VBN") || !beside || !form_is(&s->tokens[s->n_tokens - 1], ".")) return false;
  for (uint32_t k = 0; k < s->n_tokens; k++) {
    const qi_token *t = &s->tokens[k];
    if (k != i && (t->upos == QI_AUX || tag_is(t, "VBD") || tag_is(t, "VBZ") || tag_is(t, "VBP"))) return false;
    object |= t->rel == QI_REL_OBJ && t->head == (int32_t)i;
    if (t->rel == QI_REL_OBL_AGENT && t->head == (int32_t)i) return false;
  }
  return object;
}

/* "Reports that they had met were denied/acl by Athens": an auxiliary of its own makes it finite. */
static bool is_finite_passive(const qi_sentence *s, uint32_t i) {
  if (!tag_is(&s->tokens[i], "VBN")) return false;
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
    const qi_token *t = &s->tokens[s->child[k]];
    if (t->rel == QI_REL_AUX_PASS && s->child[k] < i && (tag_is(t, "VBD") || tag_is(t, "VBP") || tag_is(t, "VBZ"))) return true;
  }
  return false;
}

/* "A bomb attack on a mosque killed/acl 59 people, police said": a finite verb is no participle of its subject. */
static bool mend_finite(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  bool passive = is_finite_passive(s, i);
  if ((t->rel != QI_REL_ACL && !(passive && t->rel == QI_REL_CCOMP)) || !(tag_is(t, "VBD") || passive || is_only_verb(s, i)) || t->upos != QI_VERB || t->head < 0 || t->head >= (int32_t)i || marker(s, i) >= 0 ||
      has_subject(s, i))
    return false;
  uint32_t n = (uint32_t)t->head;
  for (int step = 0; step < 4 && s->tokens[n].rel == QI_REL_NMOD && s->tokens[n].head >= 0; step++) { /* "the deaths of nine men angered Delhi" */
    uint32_t up = (uint32_t)s->tokens[n].head;
    if (up > n) break;
    for (uint32_t k = s->child_begin[n]; k < s->child_begin[n + 1]; k++)
      if (s->child[k] > i && s->tokens[s->child[k]].head == (int32_t)n) return false; /* what follows could be anybody's */
    n = up;
  }
  qi_token *noun = &s->tokens[n];
  bool clause = noun->rel == QI_REL_ROOT || noun->rel == QI_REL_CCOMP || noun->rel == QI_REL_PARATAXIS;
  if (!clause || (noun->upos != QI_NOUN && noun->upos != QI_PROPN) || has_subject(s, n)) return false;
  for (uint32_t k = s->child_begin[n]; k < s->child_begin[n + 1]; k++) {
    uint32_t c = s->child[k];
    if (s->tokens[c].rel == QI_REL_COP) return false;
    if (c > i) s->tokens[c].head = (int32_t)i;
  }
  if (!passive) t->xpos = qi_slice_str("VBD");
  t->head = noun->head;
  relabel(t, (qi_rel)noun->rel);
  noun->head = (int32_t)i;
  relabel(noun, passive ? QI_REL_NSUBJ_PASS : QI_REL_NSUBJ);
  return true;
}

/* "Gunmen/compound shot/NOUN and killed/conj a mayor". */
static bool mend_shot(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  if (i == 0 || t->upos != QI_NOUN || !form_is(t, "shot") || s->tokens[i - 1].head != (int32_t)i) return false;
  qi_token *before = &s->tokens[i - 1];
  if (before->rel != QI_REL_COMPOUND && before->rel != QI_REL_AMOD) return false;
  bool verb = false;
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++) {
    const qi_token *c = &s->tokens[s->child[k]];
    verb |= c->rel == QI_REL_CONJ && c->upos == QI_VERB && tag_is(c, "VBD");
  }
  if (!verb) return false;
  t->upos = QI_VERB;
  t->lemma = qi_slice_str("shoot");
  t->xpos = qi_slice_str("VBD");
  t->feats = qi_slice_str("Mood=Ind|Tense=Past|VerbForm=Fin");
  relabel(before, QI_REL_NSUBJ);
  return true;
}

/* "the president, Jane Doe/conj, said": between commas and without "and" a name explains the noun before it. */
static bool mend_apposition(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  if (t->rel != QI_REL_CONJ || t->upos != QI_PROPN || t->ner != QI_NER_PER || t->head < 0 || i == 0) return false;
  uint32_t h = (uint32_t)t->head, conjuncts = 0;
  /* "the president of France, Jane Doe/conj of France": it explains the president. */
  bool land = s->tokens[h].ner == QI_NER_LOC && s->tokens[h].rel == QI_REL_NMOD && s->tokens[h].head >= 0 &&
              s->tokens[s->tokens[h].head].upos == QI_NOUN;
  if (!form_is(&s->tokens[i - 1], ",") || (s->tokens[h].upos != QI_NOUN && !land)) return false;
  for (uint32_t k = s->child_begin[h]; k < s->child_begin[h + 1]; k++) conjuncts += s->tokens[s->child[k]].rel == QI_REL_CONJ;
  for (uint32_t k = s->child_begin[i]; k < s->child_begin[i + 1]; k++)
    if (s->tokens[s->child[k]].rel == QI_REL_CC) return false;
  if (conjuncts != 1) return false;
  relabel(t, QI_REL_APPOS);
  if (land) t->head = s->tokens[h].head;
  return land;
}

static bool is_month(const qi_token *t) {
  static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", NULL};
  if (t->form.len < 3 || !qi_ascii_is_upper(t->form.ptr[0])) return false;
  for (size_t i = 0; names[i]; i++)
    if (qi_slice_eq_nocase((qi_slice){t->form.ptr, 3}, qi_slice_str(names[i])) && (t->ner != QI_NER_PER || t->etype == QI_ETYPE_TIME)) return true;
  return false;
}

/* "on Nov. 19/nummod Ukrainian forces struck": the day of a month counts no forces. */
static bool mend_day(qi_sentence *s, uint32_t i) {
  qi_token *day = &s->tokens[i];
  if (i < 2 || day->rel != QI_REL_NUMMOD || day->head <= (int32_t)i || !is_month(&s->tokens[i - 1])) return false;
  qi_token *month = &s->tokens[i - 1], *prep = &s->tokens[i - 2];
  const qi_token *noun = &s->tokens[day->head];
  long n;
  if (prep->upos != QI_ADP || !qi_slice_to_long(day->form, &n) || n < 1 || n > 31 || noun->head < 0 ||
      (noun->upos != QI_NOUN && noun->upos != QI_PROPN))
    return false;
  month->head = noun->head;
  relabel(month, QI_REL_OBL);
  month->etype = QI_ETYPE_TIME;
  day->head = prep->head = (int32_t)i - 1;
  relabel(prep, QI_REL_CASE);
  return true;
}

/* Is "turn down" a verb of the frames with that particle? */
static bool has_particle(const qi_know *know, const qi_token *verb, const qi_token *particle) {
  const qi_trigger *words;
  uint32_t at = qi_frames_first(know->frames, verb->lemma, 'v');
  while (qi_frames_next(know->frames, &at, &words))
    if (words->words.n > 1 && qi_slice_eq_nocase(words->words.w[1], particle->form)) return true;
  const qi_light *light;
  at = qi_lights_first(know->operators, verb->lemma);
  while ((light = qi_lights_next(know->operators, &at)))
    if (light->words.n > 1 && qi_slice_eq_nocase(light->words.w[1], particle->form)) return true;
  return false;
}

/* A particle right behind its verb that was taken for the preposition of the object. */
static bool mend_particle(const qi_know *know, qi_sentence *s, uint32_t i) {
  static const char *const particles[] = {"off", "up", "down", "out", "away", "back", NULL};
  qi_token *t = &s->tokens[i];
  if (i == 0 || (t->rel != QI_REL_CASE && t->rel != QI_REL_ADVMOD) || t->head <= (int32_t)i) return false;
  bool particle = t->rel == QI_REL_ADVMOD && form_is(t, "over"); /* "handed over four hostages" */
  for (size_t k = 0; particles[k] && !particle; k++) particle = form_is(t, particles[k]);
  qi_token *verb = &s->tokens[i - 1], *noun = &s->tokens[t->head];
  if (!particle) return false;
  if (t->rel == QI_REL_ADVMOD) { /* "shot down/advmod 21 drones" */
    if (verb->upos != QI_VERB || !has_particle(know, verb, t) || s->tokens[i + 1].upos != QI_NUM) return false;
    relabel(t, QI_REL_COMPOUND_PRT);
    t->head = (int32_t)i - 1;
    return true;
  }
  if (verb->upos != QI_VERB || noun->head != (int32_t)i - 1) return false;
  bool surely = tag_is(t, "RP"); /* the parser's own tag has it right */
  if (noun->rel != QI_REL_OBL && !(surely && noun->rel == QI_REL_OBJ)) return false;
  if (i + 1 < s->n_tokens && s->tokens[i + 1].upos == QI_ADP) return false; /* "pulled out of" */
  if (!surely && !has_particle(know, verb, t)) return false;
  for (uint32_t k = s->child_begin[i - 1]; k < s->child_begin[i]; k++)
    if ((s->tokens[s->child[k]].rel == QI_REL_OBJ && s->child[k] != (uint32_t)t->head) || s->tokens[s->child[k]].rel == QI_REL_AUX_PASS) return false;
  relabel(noun, QI_REL_OBJ);
  t->head = (int32_t)i - 1;
  relabel(t, QI_REL_COMPOUND_PRT);
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

/* "about 40": after these verbs it says of what. */
static bool is_topic(const qi_sentence *s, uint32_t word, uint32_t verb) {
  static const char *const verbs[] = {"talk", "speak", "say", "know", "hear", "learn", "ask", "warn", "worry", "complain", "write", "think",
                                      "tell", "read", "inform", "inquire", "lie", "argue", "fight", "boast", NULL};
  static const char *const unsure[] = {"over", "under", "above", "below", NULL};
  for (size_t k = 0; unsure[k]; k++)
    if (form_is(&s->tokens[word], unsure[k]) && !tag_is(&s->tokens[word], "RB")) return true;
  for (size_t k = 0; verbs[k]; k++)
    if (form_is(&s->tokens[word], "about") && qi_slice_eq_nocase(s->tokens[verb].lemma, qi_slice_str(verbs[k]))) return true;
  return false;
}

/* Words before a number are no prepositions of what it counts, which then may be subject or object. */
static bool mend_amount(qi_sentence *s, const qi_amount *a) {
  uint32_t n = a->core;
  if (a->first == a->core) return false;
  for (int step = 0; step < 8 && n >= a->first && n <= a->last && s->tokens[n].head >= 0; step++) {
    uint32_t up = (uint32_t)s->tokens[n].head;
    bool noun = s->tokens[up].upos == QI_NOUN || s->tokens[up].upos == QI_PROPN || s->tokens[up].upos == QI_SYM || s->tokens[up].upos == QI_NUM;
    if (!noun || (up < a->first)) break;
    n = up;
  }
  qi_token *noun = &s->tokens[n];
  if (noun->head < 0 || (noun->rel != QI_REL_OBL && noun->rel != QI_REL_OBJ) || s->tokens[noun->head].upos != QI_VERB) return false;
  uint32_t verb = (uint32_t)noun->head;
  if (is_topic(s, a->first, verb)) return false;
  for (uint32_t k = s->child_begin[n]; k < s->child_begin[n + 1]; k++) /* a preposition of its own */
    if (s->child[k] < a->first && s->tokens[s->child[k]].rel == QI_REL_CASE) return false;
  if (noun->rel == QI_REL_OBL) {
    bool passive = child_of(s, verb, QI_REL_AUX_PASS) >= 0;
    if (n < verb && has_subject(s, verb)) return false;
    if (n > verb && (passive || child_of(s, verb, QI_REL_OBJ) >= 0)) return false;
    relabel(noun, n > verb ? QI_REL_OBJ : passive ? QI_REL_NSUBJ_PASS : QI_REL_NSUBJ);
  }
  for (uint32_t i = a->first; i < a->core; i++) {
    qi_token *t = &s->tokens[i];
    if (t->rel != QI_REL_CASE && t->rel != QI_REL_COMPOUND_PRT && t->rel != QI_REL_MARK) continue;
    relabel(t, QI_REL_ADVMOD);
    t->head = (int32_t)n;
  }
  return true;
}

/* "paid Rwanda/compound 290 million pounds". */
static bool mend_receiver(qi_sentence *s, const qi_amount *a) {
  uint32_t i = a->first > 0 ? a->first - 1 : 0;
  qi_token *t = &s->tokens[i];
  if (i == 0 || t->rel != QI_REL_COMPOUND || t->upos != QI_PROPN || t->head <= (int32_t)i) return false;
  if (t->ner == QI_NER_NONE && !a->money && a->value.from < 10) return false; /* "sent Leopard 2 tanks" */
  uint32_t v = i - 1;
  while (v > 0 && s->tokens[v].rel == QI_REL_COMPOUND && s->tokens[v].head == t->head) v--;
  int32_t up = t->head;
  for (int step = 0; step < 6 && up >= 0 && up != (int32_t)v; step++) up = s->tokens[up].head;
  if (s->tokens[v].upos != QI_VERB || up != (int32_t)v) return false;
  t->head = (int32_t)v;
  relabel(t, QI_REL_IOBJ);
  return true;
}

/* Of two subjects of a verb at the end the first is that of the clause between them. */
static bool mend_said(qi_sentence *s, uint32_t verb) {
  int32_t first = -1, second = -1, clause = -1;
  for (uint32_t k = s->child_begin[verb]; k < s->child_begin[verb + 1]; k++) {
    uint32_t c = s->child[k];
    if (s->tokens[c].rel == QI_REL_NSUBJ) (first < 0 ? (first = (int32_t)c) : (second = (int32_t)c));
    if (s->tokens[c].rel == QI_REL_CCOMP && c < verb && clause < 0) clause = (int32_t)c;
  }
  if (second < 0 || second > (int32_t)verb) return false;
  if (clause < 0) { /* "Drones destroyed/acl seven tanks, the staff claimed" */
    clause = child_of(s, (uint32_t)first, QI_REL_ACL);
    bool active = clause > first && (tag_is(&s->tokens[clause], "VBD") || child_of(s, (uint32_t)clause, QI_REL_OBJ) >= 0);
    if (!active || clause > second || tag_is(&s->tokens[clause], "VBG") || marker(s, (uint32_t)clause) >= 0) return false;
    s->tokens[clause].head = (int32_t)verb;
    relabel(&s->tokens[clause], QI_REL_CCOMP);
  }
  if (clause < first || clause > second || has_subject(s, (uint32_t)clause)) return false;
  s->tokens[first].head = clause;
  relabel(&s->tokens[first], QI_REL_NSUBJ);
  return true;
}

/* "Rebels captured five villages and a base/conj": joined to the object, which it follows. */
static bool mend_joined(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  if (t->rel != QI_REL_CONJ || t->head < 0 || t->upos != QI_NOUN) return false;
  const qi_token *subject = &s->tokens[t->head];
  if (subject->rel != QI_REL_NSUBJ || subject->head <= t->head || subject->head >= (int32_t)i) return false;
  int32_t object = child_of(s, (uint32_t)subject->head, QI_REL_OBJ);
  if (object < subject->head || object > (int32_t)i || s->tokens[object].upos != QI_NOUN) return false;
  t->head = object;
  return true;
}

/* "after an ambush by/case jihadists/obl": what stands right behind a noun with "by" says whose deed the noun is, but for the agent of
 * a passive. */
static bool mend_by(qi_sentence *s, uint32_t i) {
  qi_token *t = &s->tokens[i];
  if ((t->rel != QI_REL_OBL && t->rel != QI_REL_OBL_AGENT) || t->head < 0 || s->tokens[t->head].upos != QI_VERB) return false;
  int32_t by = marker(s, i);
  if (by < 1 || !form_is(&s->tokens[by], "by") || (uint32_t)by > i) return false;
  uint32_t noun = (uint32_t)by - 1;
  bool hangs = s->tokens[noun].head == t->head && (s->tokens[noun].rel == QI_REL_OBL || s->tokens[noun].rel == QI_REL_OBJ);
  if (s->tokens[noun].upos != QI_NOUN || !hangs || child_of(s, (uint32_t)t->head, QI_REL_AUX_PASS) >= 0 || tag_is(&s->tokens[t->head], "VBN")) return false;
  if (t->etype != QI_ETYPE_PERSON && t->etype != QI_ETYPE_ORGANIZATION && t->ner == QI_NER_NONE) return false;
  t->head = (int32_t)noun;
  relabel(t, QI_REL_NMOD);
  return true;
}

/* Amounts, and what they keep the parser from seeing. */
static bool mend_amounts(const qi_know *know, qi_sentence *s, qi_arena *arena, bool *moved) {
  qi_amount_list amounts;
  if (!qi_amount_scan(&amounts, know->amounts, s, arena)) return false;
  for (uint32_t i = 0; i < amounts.len; i++) {
    *moved |= mend_amount(s, &amounts.items[i]);
    *moved |= mend_receiver(s, &amounts.items[i]);
  }
  return true;
}

bool qi_mend(const qi_know *know, qi_parsed *doc, qi_arena *arena) {
  for (uint32_t n = 0; n < doc->n_sentences; n++) {
    qi_sentence *s = &doc->sentences[n];
    bool moved = false;
    for (uint32_t i = 0; i < s->n_tokens; i++) {
      mend_lemma(know, &s->tokens[i]);
      strip_prefix(know, &s->tokens[i]);
      mend_label(s, i);
      mend_participle(know, s, i);
      mend_bare_noun(s, i);
      moved |= mend_apposition(s, i) || mend_day(s, i);
    }
    for (uint32_t i = 0; i < s->n_tokens; i++) moved |= mend_subject(s, i) || mend_object(s, i) || mend_particle(know, s, i) || mend_shot(s, i);
    for (uint32_t i = 0; i < s->n_tokens; i++) moved |= mend_modal(s, i) || mend_subject(s, i) || mend_object(s, i);
    if (!mend_amounts(know, s, arena, &moved)) return false;
    for (uint32_t i = 0; i < s->n_tokens; i++)
      if (s->tokens[i].upos == QI_VERB) moved |= mend_said(s, i);
      else moved |= mend_joined(s, i) || mend_by(s, i);
    if (moved && !qi_sentence_link(s, arena)) return false;
    for (uint32_t i = 0; i < s->n_tokens; i++)
      if ((mend_denial(s, i) || mend_verb(s, i) || mend_gerund(s, i) || mend_finite(s, i) || qi_mend_list(s, i)) && !qi_sentence_link(s, arena)) return false;
  }
  return true;
}
