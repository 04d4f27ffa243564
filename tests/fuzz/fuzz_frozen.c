/* Whatever a compiled dictionary says: it is refused, or it can be asked and matched with, without harm.
 *
 * Size and checksum are put right first, so that what lies behind them is reached. The input is a list
 * of changes to the compiled form of a small dictionary, 8 bytes each: u8 section (255: header and
 * table), u8 how (bytes to write: 1, 2 or 4; 0x80: from the section's end), u16 place, u32 value. */
#include "base/hash.h"
#include "know/frozen_impl.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CHANGE = 8 };

static const char VERSION[17] = "0123456789abcdef";
static const char ACTORS[] = "id\ttype\tcountry\tsector\tfrom\tto\trole\tnames\tsource\n"
  "RUS\tstate\tRUS\tGOV\t1991-12-25\t\t\tRussia | Russian Federation | adj:Russian | seat:the Kremlin\town\n"
  "GNB\tstate\tGNB\tGOV\t\t\t\tGuinea-Bissau\town\n"
  "IGO.UN\tigo\tIGO\tIGO\t\t\t\tUnited Nations | abbr:UN\town\n"
  "RUS.GOV.VLADIMIR_PUTIN\tperson\tRUS\tGOV\t2000-05-07\t2008-05-07\thead of state; president\tVladimir Putin | sur:Putin\town\n"
  "RUS.GOV.VLADIMIR_PUTIN\tperson\tRUS\tGOV\t2012-05-07\t\thead of state; president\t=\town\n"
  "RUS.GOV.OTHER_PUTIN\tperson\tRUS\tGOV\t2012\t2013\tenvoy\tIgor Putin | sur:Putin\town\n";
static const char AGENTS[] = "words\tsector\trole\tplural\tsource\npresident | head of state\tGOV\tpresident\t\town\n"
                             "troops\tMIL\t\tgroup\town\n";
static const char TITLES[] = "words\tgender\tsector\trole\tsource\nMr\tm\t-\t\town\n";
static const char FIRST[] = "gender\tnames\tsource\nm\tVladimir | Igor\town\n";
static const char CLASHES[] = "names\tother\tcountry\tfor\tagainst\tsource\nPutin\tperson\t-\tKremlin | Moscow\tgoal\town\n";
static const char MEMBERS[] = "body\tmember\tfrom\tto\tsource\nIGO.UN\tRUS\t1945\t\town\nIGO.UN\tGNB\t1974\t\town\n";

static qi_builder frozen;

static void make_frozen(void) {
  qi_actors *a;
  quid_error err = {0};
  qi_builder_init(&frozen, 0);
  if (qi_actors_new(&a, &err) || qi_actors_add(a, qi_slice_str(ACTORS), "actors", &err) ||
      qi_actors_add_agents(a, qi_slice_str(AGENTS), "agents", &err) || qi_actors_add_titles(a, qi_slice_str(TITLES), "titles", &err) ||
      qi_actors_add_first_names(a, qi_slice_str(FIRST), "first", &err) || qi_actors_add_clashes(a, qi_slice_str(CLASHES), "clashes", &err) ||
      qi_actors_add_members(a, qi_slice_str(MEMBERS), "members", &err) || qi_actors_finish(a, &err) ||
      qi_actors_freeze(&frozen, a, VERSION, &err))
    abort();
  qi_actors_free(a);
}

static void change(char *block, const uint8_t *c) {
  qi_frozen_range range = {0, sizeof(qi_frozen_header) + sizeof(qi_frozen_range) * QI_N_FROZEN};
  if (c[0] != 255) memcpy(&range, frozen.ptr + sizeof(qi_frozen_header) + (c[0] % QI_N_FROZEN) * sizeof range, sizeof range);
  size_t bytes = (size_t)1 << c[1] % 3, place = (size_t)(c[2] | c[3] << 8);
  if (range.bytes == 0) return;
  size_t at = (size_t)(c[1] & 0x80 ? range.at + range.bytes - 1 - place % range.bytes : range.at + place % range.bytes);
  if (at + bytes <= frozen.len) memcpy(block + at, c + 4, bytes);
}

static void ask(const qi_actors *a) {
  qi_arena arena;
  qi_arena_init(&arena, 0);
  for (uint32_t i = 0; i < qi_actors_count(a); i++) {
    const qi_actor *actor = qi_actors_get(a, i);
    const qi_post *post = qi_actors_post_at(a, actor, 20000, NULL);
    qi_slice file;
    uint32_t line;
    size_t n, all;
    if (!post || strlen(actor->id.ptr) > actor->id.len || strlen(post->role.ptr) > post->role.len) abort();
    qi_actors_source(a, post, &file, &line);
    qi_actors_holder(a, post->country, post->role, 20000);
    qi_actors_holder(a, post->country, QI_SLICE("leader"), 20000);
    qi_actors_has_role(a, actor, post->role, QI_DAY_NONE);
    const qi_member *m = qi_actors_members(a, i, &n);
    (void)qi_actors_all_members(a, &all);
    if (n > all) abort();
    for (size_t k = 0; k < n; k++) qi_actors_member_source(a, &m[k], &file, &line);
  }
  qi_arena_clear(&arena);
}

static void match(const qi_actors *a) {
  static const char *const words[] = {"The", "U.N.", "met", "Vladimir", "V.", "Putin", "of", "the", "Russian", "Federation", ",",
                                      "Guinea-Bissau", "'s", "head", "of", "state", "Mr.", "troops", "counterrevolutionaries",
                                      "the", "Kremlin", "Igor", "Putin", "\xC3\x89t\xC3\xA9"};
  enum { N = sizeof words / sizeof *words };
  qi_slice forms[N];
  qi_arena arena;
  qi_atoms atoms;
  qi_arena_init(&arena, 0);
  for (uint32_t i = 0; i < N; i++) forms[i] = qi_slice_str(words[i]);
  if (!qi_actors_atoms(&atoms, a, forms, N, &arena)) abort();
  for (uint32_t i = 0; i < N; i++) {
    qi_actor_match m;
    uint32_t n, agent = qi_agents_match(a, &atoms, &atoms, i, &n);
    if (agent != QI_NO_AGENT && (n == 0 || n > N - i || !qi_agents_get(a, agent)->words.ptr)) abort();
    if (qi_actors_match(a, &atoms, i, &m) && (m.n_tokens == 0 || m.n_tokens > N - i || m.n_names == 0)) abort();
    qi_actors_gender(a, forms[i], &arena);
    qi_actors_title(a, forms[i], &arena);
    const qi_clash *clash = qi_actors_clash(a, forms[i], &arena);
    for (uint32_t k = 0; clash && k < clash->n_cues; k++)
      if (!clash->cues[k].ptr) abort();
  }
  qi_arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!frozen.ptr || !frozen.len) make_frozen();
  char *block = malloc(frozen.len);
  qi_frozen_header head;
  qi_actors *a = NULL;
  quid_error err = {0};
  if (!block) abort();
  memcpy(block, frozen.ptr, frozen.len);
  for (size_t i = 0; i + CHANGE <= size; i += CHANGE) change(block, data + i);
  memcpy(&head, block, sizeof head);
  head.n_bytes = frozen.len;
  head.checksum = qi_hash64(qi_slice_of(block + sizeof head, frozen.len - sizeof head));
  memcpy(block, &head, sizeof head);
  quid_status status = qi_actors_thaw(&a, qi_slice_of(block, frozen.len), VERSION, "fuzz", &err);
  if (status == QUID_OK) {
    ask(a);
    match(a);
    qi_actors_free(a);
  } else if (status != QUID_ERR_FORMAT || err.code != status || !err.message[0] || a) {
    abort();
  }
  free(block);
  return 0;
}
