/* Whatever the bytes of a dictionary file: it is refused with its line, or it can be matched with.
 * The first byte says which of the files it is. */
#include "know/actors.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef quid_status (*add_fn)(qi_actors *a, qi_slice data, const char *file, quid_error *err);

/* The file's own bytes as a sentence: its names must be found in it without harm. */
static void match_all(const qi_actors *a, qi_slice text) {
  qi_arena arena;
  qi_atoms atoms;
  qi_slice words[256], word;
  uint32_t n = 0;
  qi_arena_init(&arena, 0);
  while (n < 256 && qi_slice_word(&text, &word)) words[n++] = word;
  if (!qi_actors_atoms(&atoms, a, words, n, &arena)) abort();
  for (uint32_t i = 0; i < n; i++) {
    qi_actor_match m;
    uint32_t len;
    if (qi_actors_match(a, &atoms, i, &m) && (m.n_tokens == 0 || m.n_tokens > n - i || m.n_names == 0)) abort();
    if (qi_agents_match(a, &atoms, &atoms, i, &len) != QI_NO_AGENT && (len == 0 || len > n - i)) abort();
    qi_actors_gender(a, words[i], &arena);
    qi_actors_title(a, words[i], &arena);
    qi_actors_clash(a, words[i], &arena);
  }
  qi_arena_clear(&arena);
}

static void ask_all(const qi_actors *a) {
  for (uint32_t i = 0; i < qi_actors_count(a); i++) {
    const qi_actor *actor = qi_actors_get(a, i);
    const qi_post *post = qi_actors_post_at(a, actor, 20000, NULL);
    if (qi_actors_find(a, actor->id) != i || !post) abort();
    qi_actors_holder(a, post->country, post->role, 20000);
    qi_actors_holder(a, post->country, QI_SLICE("leader"), 20000);
    qi_actors_has_role(a, actor, post->role, QI_DAY_NONE);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const add_fn adds[] = {qi_actors_add, qi_actors_add, qi_actors_add_agents, qi_actors_add_titles,
                                qi_actors_add_first_names, qi_actors_add_clashes};
  qi_actors *a = NULL;
  quid_error err = {0};
  if (size == 0) return 0;
  qi_slice text = {(const char *)data + 1, size - 1};
  if (qi_actors_new(&a, &err)) abort();
  quid_status status = adds[data[0] % 6](a, text, "fuzz.tsv", &err);
  if (!status) status = qi_actors_finish(a, &err);
  if (status == QUID_ERR_FORMAT && (err.line == 0 || err.column == 0)) abort();
  if (status && status != QUID_ERR_FORMAT) abort();
  if (!status) {
    match_all(a, text);
    ask_all(a);
  }
  qi_actors_free(a);
  return 0;
}
