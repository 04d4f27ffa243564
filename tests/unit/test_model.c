/* A model file that is not what it should be is refused, and the message says why. The file is
 * tests/data/tiny.model, made by model/train/tiny.py. */
#include "unit/unit.h"

#include "base/file.h"
#include "base/hash.h"
#include "parse/model.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

enum { HEADER = 64, ENTRY = 48, NAME = 32 };

static qi_builder whole; /* the file as it is */

static int read_file(void **state) {
  (void)state;
  qi_builder_init(&whole, 0);
  return qi_file_read(&whole, test_root("tests/data/tiny.model"), 0, NULL) ? -1 : 0;
}

static int forget_file(void **state) {
  (void)state;
  qi_builder_clear(&whole);
  return 0;
}

/* --- A copy to spoil; on the heap and no longer than needed, so that ASan sees a read past it --- */

typedef struct copy {
  char *bytes;
  size_t len;
} copy;

static copy copy_of(size_t len) {
  copy c = {malloc(len ? len : 1), len};
  assert_non_null(c.bytes);
  memcpy(c.bytes, whole.ptr, len);
  return c;
}

static uint32_t u32_at(const char *p) {
  uint32_t v;
  memcpy(&v, p, sizeof v);
  return v;
}

static uint64_t u64_at(const char *p) {
  uint64_t v;
  memcpy(&v, p, sizeof v);
  return v;
}

static void put_u32(char *p, uint32_t v) { memcpy(p, &v, sizeof v); }
static void put_u64(char *p, uint64_t v) { memcpy(p, &v, sizeof v); }
static void put_float(char *p, float v) { memcpy(p, &v, sizeof v); }

/* Size and checksum as they should be: what is wrong lies deeper. */
static void repair(copy c) {
  if (c.len < HEADER) return;
  put_u64(c.bytes + 16, c.len);
  put_u64(c.bytes + 24, qi_hash64(qi_slice_of(c.bytes + HEADER, c.len - HEADER)));
}

static char *entry_of(copy c, const char *name) {
  for (uint32_t i = 0; i < u32_at(c.bytes + 12); i++)
    if (strcmp(c.bytes + HEADER + i * ENTRY, name) == 0) return c.bytes + HEADER + i * ENTRY;
  fail_msg("no section '%s'", name);
  return NULL;
}

static char *section_of(copy c, const char *name) {
  return c.bytes + u64_at(entry_of(c, name) + NAME);
}
static size_t size_of(copy c, const char *name) {
  return (size_t)u64_at(entry_of(c, name) + NAME + 8);
}

/* Tries to open; the copy is gone after that. says: what the message holds, NULL for success. */
static void check(copy c, const char *says) {
  quid_error err = {0};
  qi_model *model = NULL;
  quid_status status = qi_model_from_bytes(&model, qi_slice_of(c.bytes, c.len), "it", &err);
  if (!says) {
    if (status) fail_msg("refused: %s", err.message);
    qi_model_close(model);
  } else {
    if (!status) fail_msg("not refused, where one should read '%s'", says);
    assert_null(model);
    assert_int_equal(status, QUID_ERR_FORMAT);
    assert_int_equal(err.code, QUID_ERR_FORMAT);
    assert_string_equal(err.file, "it");
    if (!strstr(err.message, says)) fail_msg("'%s' where it should read '%s'", err.message, says);
  }
  free(c.bytes);
}

static void opens(void **state) {
  (void)state;
  qi_model *model, *same;
  quid_error err = {0};
  assert_int_equal(qi_model_open(&model, test_root("tests/data/tiny.model"), &err), QUID_OK);
  assert_int_equal(qi_model_from_bytes(&same, qi_builder_view(&whole), "it", &err), QUID_OK);
  char hex[QI_HASH64_HEX_BYTES];
  qi_hash64_hex(hex, qi_slice_of(whole.ptr + HEADER, whole.len - HEADER));
  assert_string_equal(qi_model_version(model), hex);
  assert_string_equal(qi_model_version(same), hex);
  assert_int_equal(qi_model_section(model, "meta").len, 80);
  assert_slice(qi_model_section(model, "list.ner"), "O\nB-PER\nI-PER\nB-ORG\nI-ORG\nB-LOC\nI-LOC");
  assert_int_equal(qi_model_section(model, "nothing").len, 0);
  assert_int_equal(qi_model_section(model, "").len, 0);
  qi_model_close(model);
  qi_model_close(same);
  qi_model_close(NULL);
}

static size_t table_end(void) { return HEADER + u32_at(whole.ptr + 12) * (size_t)ENTRY; }

/* Every point of header and table, and many behind. */
static void cut_short(void **state) {
  (void)state;
  for (size_t len = 0; len < whole.len; len += len < table_end() + 64 ? 1 : 997) {
    check(copy_of(len), len == 0       ? "empty"
                        : len < 8      ? "not a quid model"
                        : len < HEADER ? "cut short in its header"
                                       : "cut short or grown");
    copy c = copy_of(len);
    repair(c);
    check(c, "");
  }
  copy c = copy_of(whole.len ? whole.len - 1 : 0);
  repair(c);
  check(c, "lies outside the file");
  c = copy_of(whole.len);
  c.bytes = realloc(c.bytes, ++c.len);
  assert_non_null(c.bytes);
  c.bytes[whole.len] = 0;
  repair(c);
  check(c, "bytes after its last section");
}

static void altered(void **state) {
  (void)state;
  for (size_t at = 0; at < whole.len; at += at < table_end() ? 1 : 331) {
    copy c = copy_of(whole.len);
    c.bytes[at] ^= 0x10;
    check(c, at < 8                ? "not a quid model"
             : at < 12             ? "of version"
             : at < 16             ? "model" /* the number of sections: seen in many ways */
             : at < 24             ? "cut short or grown"
             : at >= 32 && at < 64 ? "altered in its header"
                                   : "checksum does not hold");
  }
}

/* One section more or less than there are: the checksum does not cover the number. */
static void other_number_of_sections(void **state) {
  (void)state;
  uint32_t n = u32_at(whole.ptr + 12);
  for (uint32_t k = 0; k < n + 20; k++) {
    copy c = copy_of(whole.len);
    put_u32(c.bytes + 12, k);
    check(c, k == n ? NULL : "model");
  }
  copy c = copy_of(whole.len);
  put_u32(c.bytes + 12, UINT32_MAX);
  check(c, "too many sections");
}

static void foreign(void **state) {
  (void)state;
  qi_model *model;
  const struct { const char *path, *says; quid_status status; } cases[] = {
      {test_root("LICENSE"), "not a quid model", QUID_ERR_FORMAT},
      {"/proc/self/exe", "not a quid model", QUID_ERR_FORMAT},
      {"/no/such.model", "no such file '/no/such.model'", QUID_ERR_IO},
      {"/tmp", "'/tmp' is a directory", QUID_ERR_IO},
      {"/dev/zero", "not an ordinary file", QUID_ERR_IO},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    quid_error err = {0};
    assert_int_equal(qi_model_open(&model, cases[i].path, &err), cases[i].status);
    assert_null(model);
    assert_string_equal(err.file, cases[i].path);
    assert_non_null(strstr(err.message, cases[i].says));
  }
  copy c = copy_of(whole.len);
  put_u32(c.bytes + 8, 2);
  check(c, "model of version 2 where 1 is wanted");
}

/* On disk as well as in memory. */
static void spoilt_files(void **state) {
  (void)state;
  char path[] = "/tmp/quid-model-XXXXXX";
  int fd = mkstemp(path);
  assert_true(fd >= 0);
  qi_model *model;
  quid_error err = {0};
  assert_int_equal(qi_model_open(&model, path, &err), QUID_ERR_FORMAT);
  assert_string_equal(err.message, "model file is empty");
  assert_int_equal(write(fd, whole.ptr, 5000), 5000);
  err = (quid_error){0};
  assert_int_equal(qi_model_open(&model, path, &err), QUID_ERR_FORMAT);
  assert_non_null(strstr(err.message, "cut short or grown: 5000 bytes instead of"));
  assert_string_equal(err.file, path);
  close(fd);
  unlink(path);
}

/* --- Sound on the outside --- */

static void sections_out_of_place(void **state) {
  (void)state;
  static const uint64_t offsets[] = {0, 64, 1, UINT64_MAX, UINT64_MAX - 63, (uint64_t)1 << 63};
  for (uint32_t i = 0; i < u32_at(whole.ptr + 12); i++) {
    size_t entry = HEADER + (size_t)i * ENTRY, at = (size_t)u64_at(whole.ptr + entry + NAME);
    size_t size = (size_t)u64_at(whole.ptr + entry + NAME + 8);
    for (size_t k = 0; k < 8; k++) {
      copy c = copy_of(whole.len);
      put_u64(c.bytes + entry + NAME, k < 6 ? offsets[k] : k == 6 ? at + 64 : at - 64);
      repair(c);
      check(c, "model section");
    }
    static const uint64_t sizes[] = {UINT64_MAX, UINT64_MAX - 100, (uint64_t)1 << 40};
    bool list = strncmp(whole.ptr + entry, "list.", 5) == 0 ||
                strcmp(whole.ptr + entry, "irregular") == 0; /* may end sooner */
    for (size_t k = 0; k < (list ? 4 : 5); k++) { /* too long, longer into the next one, shorter */
      copy c = copy_of(whole.len);
      put_u64(c.bytes + entry + NAME + 8, k < 3 ? sizes[k] : k == 3 ? size + 64 : size - 1);
      repair(c);
      check(c, "");
    }
    copy c = copy_of(whole.len);
    memset(c.bytes + entry, 'x', NAME);
    repair(c);
    check(c, "has a broken name");
    c = copy_of(whole.len);
    bool optional =
        strcmp(c.bytes + entry, "segment") == 0 || strcmp(c.bytes + entry, "irregular") == 0;
    c.bytes[entry] ^= 1;
    repair(c);
    check(c, optional ? NULL : "is missing or does not fit");
  }
}

static void dimensions(void **state) {
  (void)state;
  static const uint32_t wrong[] = {0, UINT32_MAX, 1u << 31, 1u << 20, (1u << 20) + 1, 65537};
  enum { MAX_CHARS = 7, N_DIMS = 13 };
  for (size_t dim = 0; dim < N_DIMS; dim++) {
    for (size_t k = 0; k < 10; k++) {
      copy c = copy_of(whole.len);
      char *p = section_of(c, "meta") + 4 * dim;
      uint32_t right = u32_at(p);
      put_u32(p, k < 6    ? wrong[k]
                 : k == 6 ? right + 1
                 : k == 7 ? right - 1
                 : k == 8 ? right + 4
                          : right * 2);
      repair(c);
      check(c, dim == MAX_CHARS && k >= 6 ? NULL : "is missing or does not fit");
    }
  }
  copy c = copy_of(whole.len);
  put_u32(section_of(c, "meta") + 4 * MAX_CHARS, 65);
  repair(c);
  check(c, "model section 'meta'");
}

static const float not_numbers[] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f};

static void clips(void **state) {
  (void)state;
  for (size_t i = 0; i < 4; i++)
    for (size_t k = 0; k < 7; k++) {
      copy c = copy_of(whole.len);
      put_float(section_of(c, "meta") + 64 + 4 * i, k < 5 ? not_numbers[k] : k == 5 ? 0.0f : -1.0f);
      repair(c);
      check(c, "model section 'meta' is missing or does not fit");
    }
}

static void layers(void **state) {
  (void)state;
  static const char *const names[] = {"in1",  "hh1f", "hh1b", "in2",  "hh2f",
                                      "hh2b", "proj", "arcu", "tags", "label"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    for (size_t field = 0; field < 4; field++) {
      copy c = copy_of(whole.len);
      char *p = section_of(c, names[i]) + 4 * field;
      put_u32(p, u32_at(p) + 64);
      repair(c);
      check(c, names[i]);
    }
    size_t n_pad = u32_at(section_of((copy){whole.ptr, whole.len}, names[i]) + 8);
    for (size_t k = 0; k < 5; k++) { /* the first scale, the last bias */
      copy c = copy_of(whole.len);
      put_float(section_of(c, names[i]) + 64 + (k % 2 ? 8 * n_pad - 4 : 0), not_numbers[k]);
      repair(c);
      check(c, names[i]);
    }
  }
}

/* One byte or number of a section replaced. */
static void spoil(const char *section, size_t at, uint32_t value, size_t bytes, const char *says) {
  copy c = copy_of(whole.len);
  memcpy(section_of(c, section) + at, &value, bytes);
  repair(c);
  check(c, says);
}

static void tables(void **state) {
  (void)state;
  static const char *const names[] = {"pre", "word", "affix"};
  copy all = {whole.ptr, whole.len};
  for (size_t i = 0; i < 3; i++) { /* eight bits */
    spoil(names[i], 0, 128, 1, "section 'pre, word, affix'");
    spoil(names[i], size_of(all, names[i]) - 1, 255, 1, "section 'pre, word, affix'");
  }
  spoil("root", size_of(all, "root") - 1, 128, 1, "section 'root'");
  spoil("root", 0, 0x7FC00000, 4, "section 'root'"); /* NaN */
}

static void words(void **state) {
  (void)state;
  const char *p = section_of((copy){whole.ptr, whole.len}, "words");
  uint32_t n = u32_at(p), cap = u32_at(p + 4), text = u32_at(p + 8);
  const char *says = "section 'words'";
  const uint32_t others[] = {0, 1, UINT32_MAX, 1u << 31};
  for (size_t i = 0; i < 4; i++) {
    spoil("words", 0, others[i], 4, says);
    spoil("words", 4, others[i], 4, says);
    spoil("words", 8, others[i], 4, says);
  }
  spoil("words", 4, cap - 1, 4, says);
  spoil("words", 16, n + 1, 4, says);
  spoil("words", 16, UINT32_MAX, 4, says);
  size_t entries = 16 + (size_t)cap * 4;
  spoil("words", entries, text + 1, 4, says);
  spoil("words", entries + 4, text + 1, 4, says);
  spoil("words", entries + 4, UINT32_MAX, 4, says);
  spoil("words", entries + 8, UINT32_MAX, 4, says);
  spoil("words", entries + 12, 1u << 20, 4, says);
  copy c = copy_of(whole.len); /* no empty slot: a look-up would never end */
  for (uint32_t i = 0; i < cap; i++) put_u32(section_of(c, "words") + 16 + 4 * i, 1);
  repair(c);
  check(c, says);
}

static void irregular_forms(void **state) {
  (void)state;
  const char *says = "section 'irregular'";
  spoil("irregular", 1, '\n', 1, says);
  spoil("irregular", 2, '\n', 1, says);
  spoil("irregular", 8, '_', 1, says); /* the space behind the form */
  spoil("irregular", 3, '\t', 1, says);
  spoil("irregular", 3, 0xFF, 1, says);
  qi_model *model;
  assert_int_equal(qi_model_from_bytes(&model, qi_builder_view(&whole), "it", NULL), QUID_OK);
  assert_slice(qi_model_irregular(model, QI_SLICE("a better")), "good");
  assert_slice(qi_model_irregular(model, QI_SLICE("v sent")), "send"); /* the last line */
  assert_int_equal(qi_model_irregular(model, QI_SLICE("n sent")).len, 0);
  assert_int_equal(qi_model_irregular(model, QI_SLICE("")).len, 0);
  qi_model_close(model);
}

static void labels(void **state) {
  (void)state;
  static const char *const lists[] = {"list.upos", "list.xpos",  "list.feats", "list.lemma",
                                      "list.ner",  "list.etype", "list.deprel"};
  copy all = {whole.ptr, whole.len};
  for (size_t i = 0; i < 7; i++) {
    spoil(lists[i], 0, '\t', 1, lists[i]);
    spoil(lists[i], 0, '\0', 1, lists[i]);
    spoil(lists[i], 0, 0xFF, 1, lists[i]);
    spoil(lists[i], size_of(all, lists[i]) - 1, 0xC3, 1, lists[i]);
    copy c = copy_of(whole.len); /* one label fewer, where there is more than one */
    char *newline = memchr(section_of(c, lists[i]), '\n', size_of(c, lists[i]));
    assert_non_null(newline);
    *newline = '_';
    repair(c);
    check(c, "is missing or does not fit");
  }
  copy c = copy_of(whole.len);
  char *p = section_of(c, "list.deprel");
  for (size_t i = 0; i + 4 < size_of(c, "list.deprel"); i++)
    if (memcmp(p + i, "\nroot", 5) == 0) p[i + 1] = 'f';
  repair(c);
  check(c, "section 'list.deprel'");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(opens),        cmocka_unit_test(cut_short),
      cmocka_unit_test(altered),      cmocka_unit_test(other_number_of_sections),
      cmocka_unit_test(foreign),      cmocka_unit_test(spoilt_files),
      cmocka_unit_test(sections_out_of_place), cmocka_unit_test(dimensions),
      cmocka_unit_test(clips),        cmocka_unit_test(layers),
      cmocka_unit_test(tables),       cmocka_unit_test(words),
      cmocka_unit_test(labels),       cmocka_unit_test(irregular_forms),
  };
  return cmocka_run_group_tests(tests, read_file, forget_file);
}
