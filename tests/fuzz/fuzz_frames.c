/* Whatever a dictionary file holds: it is loaded, or refused with file, line and message; never both.
 * The first byte of the input says which kind of file the rest is. */
#include "know/amounts.h"
#include "know/forms.h"
#include "know/frames.h"
#include "know/items.h"
#include "know/ontology.h"
#include "know/operators.h"
#include "know/victims.h"
#include "know/urging.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static qi_know know; /* the real dictionaries, for what the files point to */

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  quid_error err = {0};
  const char *dir = QUID_TEST_ROOT "/knowledge";
  if (qi_items_load(&know.items, dir, &err) || qi_ontology_load(&know.ontology, dir, &err) ||
      qi_operators_load(&know.operators, dir, &err) ||
      qi_frames_load(&know.frames, dir, know.items, know.ontology, &err)) {
    fprintf(stderr, "%s:%zu: %s\n", err.file, err.line, err.message);
    abort();
  }
  return 0;
}

static void check(quid_status status, const void *made, const quid_error *err) {
  if ((status == QUID_OK) != (made != NULL)) abort();
  if (status == QUID_OK) return;
  if (status != QUID_ERR_FORMAT || err->code != status || !err->message[0] || strcmp(err->file, "fuzz") != 0) abort();
}

static void fuzz_frames(qi_slice text) {
  qi_frames *f = NULL;
  quid_error err = {0};
  if (qi_frames_new(&f, &err)) abort();
  quid_status status = qi_frames_add(f, text, "fuzz", know.items, know.ontology, &err);
  check(status, status ? NULL : f, &err);
  for (uint32_t i = 0; !status && i < qi_frames_count(f); i++) {
    const qi_frame *x = qi_frames_get(f, i);
    if (!x->n_triggers || x->type >= QUID_N_EVENT_TYPES || !x->cameo) abort();
    const qi_trigger *words = NULL;
    uint32_t at = qi_frames_first(f, x->triggers[0].words.w[0], x->triggers[0].part);
    if (!qi_frames_next(f, &at, &words) || !words) abort();
  }
  qi_frames_free(f);
}

static void fuzz_amounts(qi_slice text) {
  qi_amounts *a = NULL;
  quid_error err = {0};
  quid_status status = qi_amounts_parse(&a, text, "fuzz", know.items, &err);
  check(status, a, &err);
  qi_slice rest = text, word;
  while (!status && qi_slice_word(&rest, &word)) { /* of its own bytes */
    const qi_amount_word *w = qi_amounts_find(a, word);
    if (w && (!w->kinds || !w->name || !qi_amounts_starts(a, word) || !qi_amounts_is(a, word, w->kinds))) abort();
  }
  qi_amounts_free(a);
}

static void fuzz_victims(qi_slice text) {
  qi_victims *v = NULL;
  quid_error err = {0};
  quid_status status = qi_victims_parse(&v, text, "fuzz", &err);
  check(status, v, &err);
  qi_slice rest = text, word;
  while (!status && qi_slice_word(&rest, &word))
    for (qi_harm_part part = 0; part < QI_N_HARM_PARTS; part++) {
      uint32_t at = qi_victims_first(v, word, part);
      for (const qi_harm *h; (h = qi_victims_next(v, &at));)
        if (!h->kind || !h->words.n) abort();
    }
  qi_victims_free(v);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  quid_error err = {0};
  qi_operators *ops = NULL;
  qi_urging *urging = NULL;
  qi_items *items = NULL;
  qi_ontology *ontology = NULL;
  qi_forms *forms = NULL;
  quid_status status;
  if (size == 0) return 0;
  qi_slice text = {(const char *)data + 1, size - 1};
  qi_slice empty_ops = QI_SLICE("word\tpos\tslot\teffect\tattribution\tnote\n"), empty_light = QI_SLICE("verb\teffect\tnote\n");
  switch (data[0]) {
  case 'o':
    status = qi_operators_parse(&ops, text, "fuzz", empty_light, "light", &err);
    check(status, ops, &err);
    break;
  case 'l':
    status = qi_operators_parse(&ops, empty_ops, "operators", text, "fuzz", &err);
    check(status, ops, &err);
    break;
  case 'u':
    status = qi_urging_parse(&urging, text, "fuzz", &err);
    check(status, urging, &err);
    break;
  case 'i':
    status = qi_items_parse(&items, text, "fuzz", &err);
    check(status, items, &err);
    break;
  case 'y':
    status = qi_ontology_parse(&ontology, text, "fuzz", &err);
    check(status, ontology, &err);
    break;
  case 'w':
    status = qi_forms_parse(&forms, text, "fuzz", &know, &err);
    check(status, forms, &err);
    break;
  case 'a': fuzz_amounts(text); break;
  case 'v': fuzz_victims(text); break;
  case 'e':
    status = qi_items_check_examples(know.items, text, "fuzz", &err);
    check(status, status ? NULL : know.items, &err);
    break;
  default: fuzz_frames(text); break;
  }
  qi_operators_free(ops);
  qi_urging_free(urging);
  qi_items_free(items);
  qi_ontology_free(ontology);
  qi_forms_free(forms);
  return 0;
}
