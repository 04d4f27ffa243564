/* know: a folder of dictionaries -> qi_know. The version is a hash over the path and the bytes of
 * every file, in the order of their paths, so that two runs with one version know the same. */
#include "know/know.h"

#include "base/file.h"
#include "base/hash.h"
#include "know/actors.h"
#include "know/amounts.h"
#include "know/cache.h"
#include "know/cameo.h"
#include "know/cues.h"
#include "know/days.h"
#include "know/files.h"
#include "know/forms.h"
#include "know/frames.h"
#include "know/items.h"
#include "know/judgements.h"
#include "know/kinds.h"
#include "know/links.h"
#include "know/ontology.h"
#include "know/operators.h"
#include "know/petrarch.h"
#include "know/places.h"
#include "know/table.h"
#include "know/topics.h"
#include "know/urging.h"
#include "know/victims.h"

static const struct { const char *folder, *suffix; } PARTS[] = {
  {".", ".tsv"}, {"actors", ".tsv"}, {"frames", ".frames"}, {"items", ".tsv"}, {"links", ".tsv"}, {"names", ".tsv"}, {"places", ".tsv"}, {"status", ".tsv"}, {"story", ".tsv"},
  {"when", ".tsv"}};

static quid_status hash_folder(qi_builder *sums, const char *dir, size_t part, quid_error *err) {
  qi_know_files files;
  quid_status status = qi_know_files_list(&files, dir, PARTS[part].folder, PARTS[part].suffix, err);
  for (size_t i = 0; !status && i < files.len; i++) {
    qi_mapping map;
    char hex[QI_HASH64_HEX_BYTES];
    if ((status = qi_mapping_open(&map, files.paths[i], QI_MAX_KNOWLEDGE_BYTES, err))) break;
    qi_builder_str(sums, files.paths[i] + strlen(dir));
    qi_builder_char(sums, '\n');
    qi_builder_str(sums, qi_hash64_hex(hex, qi_slice_of(map.ptr, map.len)));
    qi_builder_char(sums, '\n');
    qi_mapping_close(&map);
  }
  qi_know_files_clear(&files);
  return status;
}

static quid_status hash_all(char version[17], const char *dir, quid_error *err) {
  qi_builder sums;
  quid_status status = QUID_OK;
  qi_builder_init(&sums, 0);
  for (size_t i = 0; !status && i < sizeof PARTS / sizeof *PARTS; i++)
    status = hash_folder(&sums, dir, i, err);
  if (!status) status = qi_builder_status(&sums, "the version of the dictionaries", err);
  if (!status) qi_hash64_hex(version, qi_builder_view(&sums));
  qi_builder_clear(&sums);
  return status;
}

quid_status qi_know_load(qi_know *out, const char *dir, quid_error *err) {
  *out = (qi_know){0};
  quid_status status = hash_all(out->version, dir, err);
  if (status || (status = qi_know_cached_actors(&out->actors, dir, out->version, err)) ||
      (status = qi_know_cached_places(&out->places, dir, out->version, err)) ||
      (status = qi_items_load(&out->items, dir, err)) ||
      (status = qi_amounts_load(&out->amounts, dir, out->items, err)) ||
      (status = qi_victims_load(&out->victims, dir, err)) ||
      (status = qi_operators_load(&out->operators, dir, err)) ||
      (status = qi_urging_load(&out->urging, dir, err)) ||
      (status = qi_cues_load(&out->cues, dir, err)) ||
      (status = qi_judgements_load(&out->judgements, dir, err)) ||
      (status = qi_topics_load(&out->topics, dir, err)) ||
      (status = qi_days_load(&out->days, dir, err)) ||
      (status = qi_kinds_load(&out->kinds, dir, err)) ||
      (status = qi_links_load(&out->links, dir, err)) ||
      (status = qi_ontology_load(&out->ontology, dir, err)) ||
      (status = qi_frames_load(&out->frames, dir, out->items, out->ontology, err)) ||
      (status = qi_forms_load(&out->forms, dir, out, err)))
    qi_know_clear(out);
  return status;
}

void qi_know_clear(qi_know *know) {
  qi_petrarch_free(know->petrarch);
  qi_cameo_free(know->cameo);
  qi_forms_free(know->forms);
  qi_frames_free(know->frames);
  qi_operators_free(know->operators);
  qi_urging_free(know->urging);
  qi_amounts_free(know->amounts);
  qi_victims_free(know->victims);
  qi_items_free(know->items);
  qi_ontology_free(know->ontology);
  qi_cues_free(know->cues);
  qi_judgements_free(know->judgements);
  qi_topics_free(know->topics);
  qi_days_free(know->days);
  qi_places_free(know->places);
  qi_kinds_free(know->kinds);
  qi_links_free(know->links);
  qi_actors_free(know->actors);
  *know = (qi_know){0};
}
