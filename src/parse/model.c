/* parse: bytes of the model file -> tables. Every size is checked before use.
 *
 * Layout: see model/README.md. The file is mapped; tables point into it. The checksum guards
 * against damage; the checks of sizes, indices and ranges guard against a file made to look right:
 * whatever passes them parses without overflow, and alike with every kernel.
 * Example: a file without its last byte -> "model file cut short or grown: 9 bytes instead of 10". */
#include "parse/model.h"
#include "base/hash.h"
#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>

#define MAGIC "QUIDMDL1"
#define VERSION 1u
#define HEADER_BYTES 64u
#define HEADER_USED_BYTES 32u /* the rest is zero */
#define SECTION_ALIGN 64u
#define MAX_SECTIONS 256u
#define ENTRY_BYTES 48u
#define NAME_BYTES 32u
#define MAX_MODEL_BYTES ((size_t)256 << 20)
#define MAX_DIM (1u << 20)
#define MAX_SCALE 1e4f /* trained ones are below 1 */
#define MAX_BIAS 1e6f

static uint32_t read_u32(const char *p) {
  uint32_t v;
  memcpy(&v, p, sizeof v);
  return v;
}

static uint64_t read_u64(const char *p) {
  uint64_t v;
  memcpy(&v, p, sizeof v);
  return v;
}

qi_slice qi_model_section(const qi_model *m, const char *name) {
  const char *p = m->bytes.ptr;
  uint32_t n = read_u32(p + 12);
  for (uint32_t i = 0; i < n; i++) {
    const char *entry = p + HEADER_BYTES + (size_t)i * ENTRY_BYTES;
    if (strncmp(entry, name, NAME_BYTES) == 0)
      return qi_slice_of(p + read_u64(entry + NAME_BYTES), (size_t)read_u64(entry + NAME_BYTES + 8));
  }
  return (qi_slice){0};
}

/* While loading: leaves the name for the message. */
static qi_slice section(qi_model *m, const char *name) {
  m->reading = name;
  return qi_model_section(m, name);
}

static bool out_of_memory(qi_model *m) {
  m->reading = NULL;
  return false;
}

static size_t aligned(size_t at) { return (at + SECTION_ALIGN - 1) / SECTION_ALIGN * SECTION_ALIGN; }

/* The sections follow the table without gaps but for padding, up to the end: so no byte of the table
 * or of n can change unseen, although the checksum leaves out the header. */
static quid_status check_sections(const qi_model *m, const char *path, quid_error *err) {
  size_t len = m->bytes.len;
  const char *p = m->bytes.ptr;
  uint32_t n = read_u32(p + 12);
  size_t end = HEADER_BYTES + (size_t)n * ENTRY_BYTES;
  if (n > MAX_SECTIONS || end > len)
    return qi_error_at(err, QUID_ERR_FORMAT, path, 0, 0, "model file names too many sections: %u", n);
  for (uint32_t i = 0; i < n; i++) {
    const char *entry = p + HEADER_BYTES + (size_t)i * ENTRY_BYTES;
    uint64_t at = read_u64(entry + NAME_BYTES), size = read_u64(entry + NAME_BYTES + 8);
    if (memchr(entry, 0, NAME_BYTES) == NULL)
      return qi_error_at(err, QUID_ERR_FORMAT, path, 0, 0, "model section %u has a broken name", i);
    if (at > len || size > len - at)
      return qi_error_at(err, QUID_ERR_FORMAT, path, 0, 0, "model section %u lies outside the file", i);
    if (at != aligned(end))
      return qi_error_at(err, QUID_ERR_FORMAT, path, 0, 0, "model section %u is out of place", i);
    end = (size_t)(at + size);
  }
  if (end != len)
    return qi_error_at(err, QUID_ERR_FORMAT, path, 0, 0, "model file has bytes after its last section");
  return QUID_OK;
}

static quid_status check_file(const qi_model *m, const char *path, quid_error *err) {
  size_t len = m->bytes.len;
  const char *p = m->bytes.ptr;
  if (len == 0) return qi_error_at(err, QUID_ERR_FORMAT, path, 0, 0, "model file is empty");
  if (len < 8 || memcmp(p, MAGIC, 8) != 0)
    return qi_error_at(err, QUID_ERR_FORMAT, path, 0, 0, "not a quid model");
  if (len < HEADER_BYTES)
    return qi_error_at(err, QUID_ERR_FORMAT, path, 0, 0, "model file cut short in its header");
  if (read_u32(p + 8) != VERSION)
    return qi_error_at(err, QUID_ERR_FORMAT, path, 0, 0, "model of version %u where %u is wanted", read_u32(p + 8), VERSION);
  if (read_u64(p + 16) != len)
    return qi_error_at(err, QUID_ERR_FORMAT, path, 0, 0, "model file cut short or grown: %zu bytes instead of %llu", len,
                       (unsigned long long)read_u64(p + 16));
  if (read_u64(p + 24) != qi_hash64(qi_slice_of(p + HEADER_BYTES, len - HEADER_BYTES)))
    return qi_error_at(err, QUID_ERR_FORMAT, path, 0, 0, "model file altered: its checksum does not hold");
  for (uint32_t i = HEADER_USED_BYTES; i < HEADER_BYTES; i++)
    if (p[i]) return qi_error_at(err, QUID_ERR_FORMAT, path, 0, 0, "model file altered in its header");
  return check_sections(m, path, err);
}

/* All between -most and most: neither infinite nor NaN. */
static bool in_range(const float *v, size_t n, float most) {
  bool ok = true;
  for (size_t i = 0; i < n; i++) ok &= v[i] >= -most && v[i] <= most;
  return ok;
}

/* Activations have 7 bits: see kernel.h. */
static bool seven_bits(const uint8_t *v, size_t n) {
  uint8_t all = 0;
  for (size_t i = 0; i < n; i++) all |= v[i];
  return all < 128;
}

static bool get_linear(qi_model *m, const char *name, uint32_t n, uint32_t k, qi_linear *out) {
  qi_slice s = section(m, name);
  if (s.len < 64) return false;
  *out = (qi_linear){.n = read_u32(s.ptr), .k = read_u32(s.ptr + 4), .n_pad = read_u32(s.ptr + 8), .k_pad = read_u32(s.ptr + 12)};
  if (out->n != n || out->k != k || out->n_pad != (n + QI_PANEL - 1) / QI_PANEL * QI_PANEL || out->k_pad != (k + 3) / 4 * 4) return false;
  if (s.len != 64 + (size_t)out->n_pad * 8 + (size_t)out->n_pad * out->k_pad) return false;
  out->scale = (const float *)(const void *)(s.ptr + 64);
  out->bias = out->scale + out->n_pad;
  out->weights = (const int8_t *)(out->bias + out->n_pad);
  return in_range(out->scale, out->n_pad, MAX_SCALE) && in_range(out->bias, out->n_pad, MAX_BIAS);
}

static bool get_table(qi_model *m, const char *name, size_t bytes, const void **out) {
  qi_slice s = section(m, name);
  *out = s.ptr;
  return s.len == bytes;
}

/* Fit for CoNLL-U. */
static bool is_text(qi_slice s) {
  return qi_utf8_is_valid(s) && qi_slice_find_char(s, '\t') == QI_NOT_FOUND && qi_slice_find_char(s, '\0') == QI_NOT_FOUND;
}

/* A list of labels, one a line. */
static bool get_names(qi_model *m, const char *name, qi_names *out) {
  qi_slice rest = section(m, name), line;
  if (rest.len == 0) return false;
  if (!is_text(rest)) return false;
  uint32_t n = 1;
  for (size_t i = 0; i < rest.len; i++) n += rest.ptr[i] == '\n';
  out->items = QI_NEW_ARRAY(&m->arena, qi_slice, n);
  if (!out->items) return out_of_memory(m);
  while (qi_slice_split(&rest, '\n', &line)) out->items[out->n++] = line;
  return true;
}

static bool get_meta(qi_model *m) {
  qi_slice s = section(m, "meta");
  if (s.len != 16 * 4 + 4 * 4) return false;
  uint32_t *dims[] = {&m->hidden, &m->d_pre, &m->d_word, &m->d_affix, &m->n_affix, &m->n_buckets, &m->d_conv,
                      &m->max_chars, &m->d_tag, &m->d_arc, &m->d_lab, &m->n_pre, &m->n_word};
  for (size_t i = 0; i < sizeof dims / sizeof *dims; i++) {
    *dims[i] = read_u32(s.ptr + 4 * i);
    if (*dims[i] == 0 || *dims[i] > MAX_DIM) return false;
  }
  float *clips[] = {&m->clip_tag, &m->clip_arc, &m->clip_lab, &m->clip_conv};
  for (size_t i = 0; i < 4; i++) {
    memcpy(clips[i], s.ptr + 64 + 4 * i, sizeof(float));
    if (!(*clips[i] > 1e-6f && *clips[i] < 1e6f)) return false;
  }
  m->d_input = m->d_pre + m->d_word + m->n_affix * m->d_affix + m->d_conv;
  /* The ceilings keep every product below 2^24, where float holds integers exactly. */
  return m->n_affix == QI_N_AFFIX && m->max_chars <= 64 && m->hidden % 4 == 0 && m->hidden <= QI_MAX_HIDDEN && m->d_input <= 1040 &&
         m->d_tag % 4 == 0 && m->d_arc % 4 == 0 && m->d_lab % 4 == 0 && m->d_tag <= 1024 && m->d_arc <= 1024 && m->d_lab <= 1024 && m->d_conv <= 1024;
}

static bool get_words(qi_model *m) {
  qi_slice s = section(m, "words");
  if (s.len < 16) return false;
  m->n_words = read_u32(s.ptr);
  m->word_cap = read_u32(s.ptr + 4);
  uint32_t text = read_u32(s.ptr + 8);
  if (m->word_cap < 2 || (m->word_cap & (m->word_cap - 1)) != 0 || m->n_words >= m->word_cap) return false;
  if (s.len != 16 + (size_t)m->word_cap * 4 + (size_t)m->n_words * sizeof(qi_word_entry) + text) return false;
  m->word_slots = (const uint32_t *)(const void *)(s.ptr + 16);
  m->word_entries = (const qi_word_entry *)(m->word_slots + m->word_cap);
  m->word_text = (const char *)(m->word_entries + m->n_words);
  uint32_t used = 0;
  for (uint32_t i = 0; i < m->word_cap; i++) {
    if (m->word_slots[i] > m->n_words) return false;
    used += m->word_slots[i] != 0;
  }
  if (used >= m->word_cap) return false; /* look-ups end at an empty slot */
  for (uint32_t i = 0; i < m->n_words; i++) {
    const qi_word_entry *e = &m->word_entries[i];
    if (e->at > text || e->len > text - e->at || e->pre >= m->n_pre || e->word >= m->n_word) return false;
  }
  return true;
}

static bool get_layers(qi_model *m) {
  uint32_t h = m->hidden, n_tags = 0;
  for (int i = 0; i < QI_N_TAG_HEADS; i++) n_tags += m->heads[i].n;
  const void *conv, *root;
  if (!get_table(m, "conv", ((size_t)3 * 128 + 1) * m->d_conv * sizeof(int16_t), &conv) ||
      !get_table(m, "root", m->d_lab * sizeof(float) + m->d_arc, &root) ||
      !get_table(m, "pre", (size_t)m->n_pre * m->d_pre, (const void **)&m->tab_pre) ||
      !get_table(m, "word", (size_t)m->n_word * m->d_word, (const void **)&m->tab_word) ||
      !get_table(m, "affix", (size_t)m->n_affix * m->n_buckets * m->d_affix, (const void **)&m->tab_affix))
    return false;
  m->reading = "pre, word, affix";
  if (!seven_bits(m->tab_pre, (size_t)m->n_pre * m->d_pre) || !seven_bits(m->tab_word, (size_t)m->n_word * m->d_word) ||
      !seven_bits(m->tab_affix, (size_t)m->n_affix * m->n_buckets * m->d_affix))
    return false;
  m->conv = conv;
  m->conv_bias = m->conv + (size_t)3 * 128 * m->d_conv;
  m->root_lab = root;
  m->root_arc = (const uint8_t *)(m->root_lab + m->d_lab);
  m->reading = "root";
  if (!in_range(m->root_lab, m->d_lab, MAX_BIAS) || !seven_bits(m->root_arc, m->d_arc)) return false;
  return get_linear(m, "in1", 8 * h, m->d_input, &m->in1) && get_linear(m, "hh1f", 4 * h, h, &m->hh1[0]) &&
         get_linear(m, "hh1b", 4 * h, h, &m->hh1[1]) && get_linear(m, "in2", 8 * h, 2 * h, &m->in2) &&
         get_linear(m, "hh2f", 4 * h, h, &m->hh2[0]) && get_linear(m, "hh2b", 4 * h, h, &m->hh2[1]) &&
         get_linear(m, "proj", m->d_tag + 2 * m->d_arc + 2 * m->d_lab, 2 * h, &m->proj) &&
         get_linear(m, "arcu", m->d_arc, m->d_arc, &m->arcu) && get_linear(m, "tags", n_tags, m->d_tag, &m->tags) &&
         get_linear(m, "label", m->deprel.n, m->d_lab, &m->label);
}

/* Lines "v shot shoot": part, form, lemma. The section may be missing. */
static bool get_irregular(qi_model *m) {
  qi_slice all = section(m, "irregular"), rest = all, line;
  if (all.len >= QI_MAP_NONE || !is_text(all)) return false;
  while (rest.len && qi_slice_split(&rest, '\n', &line)) {
    size_t space = line.len > 2 ? qi_slice_find_char(qi_slice_sub(line, 2, line.len), ' ') : QI_NOT_FOUND;
    if (space == QI_NOT_FOUND) return false;
    if (!qi_map_put(&m->irregular, qi_slice_sub(line, 0, 2 + space), (uint32_t)(line.ptr + 3 + space - all.ptr))) return out_of_memory(m);
  }
  return true;
}

qi_slice qi_model_irregular(const qi_model *m, qi_slice key) {
  qi_slice all = qi_model_section(m, "irregular");
  uint32_t at = qi_map_find(&m->irregular, key, QI_MAP_NONE);
  if (at == QI_MAP_NONE) return (qi_slice){0};
  qi_slice rest = qi_slice_sub(all, at, all.len);
  size_t end = qi_slice_find_char(rest, '\n');
  return qi_slice_sub(rest, 0, end == QI_NOT_FOUND ? rest.len : end);
}

static qi_etype etype_of(qi_slice name) {
  for (int e = 1; e < QI_N_ETYPES; e++)
    if (qi_slice_eq_str(name, qi_etype_name((qi_etype)e))) return (qi_etype)e;
  return QI_ETYPE_NONE;
}

static bool get_labels(qi_model *m) {
  static const char *const lists[] = {"list.upos", "list.xpos", "list.feats", "list.lemma", "list.ner", "list.etype"};
  for (int i = 0; i < QI_N_TAG_HEADS; i++)
    if (!get_names(m, lists[i], &m->heads[i]) || m->heads[i].n > QI_MAX_CLASSES) return false;
  if (!get_names(m, "list.deprel", &m->deprel) || m->heads[QI_HEAD_NER].n != 7) return false;
  m->upos_of = QI_NEW_ARRAY(&m->arena, uint8_t, m->heads[QI_HEAD_UPOS].n);
  m->etype_of = QI_NEW_ARRAY(&m->arena, uint8_t, m->heads[QI_HEAD_ETYPE].n);
  m->rel_of = QI_NEW_ARRAY(&m->arena, uint8_t, m->deprel.n);
  if (!m->upos_of || !m->etype_of || !m->rel_of) return out_of_memory(m);
  for (uint32_t i = 0; i < m->heads[QI_HEAD_UPOS].n; i++) m->upos_of[i] = (uint8_t)qi_upos_of(m->heads[QI_HEAD_UPOS].items[i]);
  for (uint32_t i = 0; i < m->heads[QI_HEAD_ETYPE].n; i++) m->etype_of[i] = (uint8_t)etype_of(m->heads[QI_HEAD_ETYPE].items[i]);
  m->root_label = m->deprel.n;
  for (uint32_t i = 0; i < m->deprel.n; i++) {
    m->rel_of[i] = (uint8_t)qi_rel_of(m->deprel.items[i]);
    if (m->rel_of[i] == QI_REL_ROOT) m->root_label = i;
  }
  return m->root_label < m->deprel.n && m->deprel.n > 1 && m->deprel.n <= QI_MAX_CLASSES;
}

static quid_status load(qi_model *m, const char *name, quid_error *err) {
  quid_status status = check_file(m, name, err);
  if (status) return status;
  if (!get_meta(m) || !get_labels(m) || !get_words(m) || !get_irregular(m) || !get_layers(m))
    return !m->reading ? qi_error_memory(err, "the model") : qi_error_at(err, QUID_ERR_FORMAT, name, 0, 0, "model section '%s' is missing or does not fit", m->reading);
  snprintf(m->version, sizeof m->version, "%016llx", (unsigned long long)read_u64(m->bytes.ptr + 24));
  return QUID_OK;
}

quid_status qi_model_from_bytes(qi_model **out, qi_slice bytes, const char *name, quid_error *err) {
  *out = NULL;
  qi_model *m = calloc(1, sizeof *m);
  if (!m) return qi_error_memory(err, "the model");
  qi_arena_init(&m->arena, 0);
  m->bytes = bytes;
  quid_status status = load(m, name, err);
  if (status) qi_model_close(m);
  else *out = m;
  return status;
}

quid_status qi_model_open(qi_model **out, const char *path, quid_error *err) {
  qi_mapping file;
  *out = NULL;
  quid_status status = qi_mapping_open(&file, path, MAX_MODEL_BYTES, err);
  if (!status) status = qi_model_from_bytes(out, qi_slice_of(file.ptr, file.len), path, err);
  if (status) qi_mapping_close(&file);
  else (*out)->file = file;
  return status;
}

void qi_model_close(qi_model *m) {
  if (!m) return;
  qi_mapping_close(&m->file);
  qi_map_clear(&m->irregular);
  qi_arena_clear(&m->arena);
  free(m);
}

const char *qi_model_version(const qi_model *m) { return m->version; }
