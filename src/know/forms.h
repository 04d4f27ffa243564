/* know: inflected form -> dictionary word. The parser guesses lemmas of words it never saw; a word of
 * the dictionaries is found by the rules of spelling and a list of irregular forms instead. */
#ifndef QI_KNOW_FORMS_H
#define QI_KNOW_FORMS_H

#include "base/error.h"
#include "base/slice.h"
#include "know/know.h"

/* Loads DIR/forms.tsv; the words of the other dictionaries are what it can lead to. */
quid_status qi_forms_load(qi_forms **out, const char *dir, const qi_know *know, quid_error *err);
quid_status qi_forms_parse(qi_forms **out, qi_slice data, const char *file, const qi_know *know,
                           quid_error *err);
void qi_forms_free(qi_forms *forms); /* NULL is fine */

/* The dictionary word that `form` is an inflection of, *borrowed* until free; ptr NULL when there is
 * none. part: v n a; base: the tags say that the form is its own lemma; lemma: the parser's guess,
 * which wins where it is a dictionary word that the form can come from. */
qi_slice qi_forms_lemma(const qi_forms *forms, qi_slice form, qi_slice lemma, char part, bool base);

/* Calls `each` for every irregular form ("bought", "buy"). false when it gave false. */
bool qi_forms_each_irregular(const qi_forms *forms, bool (*each)(void *data, qi_slice form, qi_slice lemma), void *data);

#endif
