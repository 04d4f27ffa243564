#include "unit/unit.h"

#include "base/file.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/quid-file-XXXXXX";
static char path[64];

static int make_folder(void **state) {
  (void)state;
  if (!mkdtemp(folder)) return -1;
  snprintf(path, sizeof path, "%s/file", folder);
  return 0;
}

static int remove_folder(void **state) {
  (void)state;
  unlink(path);
  return rmdir(folder);
}

static void write_file(qi_slice text) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
  assert_int_equal(fclose(file), 0);
}

static void reads(void **state) {
  (void)state;
  qi_builder out;
  qi_mapping map;
  qi_builder_init(&out, 0);
  write_file(QI_SLICE("one\0two\n"));
  assert_int_equal(qi_file_read(&out, path, 8, NULL), QUID_OK);
  assert_true(qi_slice_eq(qi_builder_view(&out), QI_SLICE("one\0two\n")));
  assert_int_equal(qi_mapping_open(&map, path, 0, NULL), QUID_OK);
  assert_true(qi_slice_eq((qi_slice){map.ptr, map.len}, QI_SLICE("one\0two\n")));
  qi_mapping_close(&map);
  qi_mapping_close(&map);
  write_file(QI_SLICE(""));
  qi_builder_reset(&out);
  assert_int_equal(qi_file_read(&out, path, 8, NULL), QUID_OK);
  assert_int_equal(out.len, 0);
  assert_int_equal(qi_mapping_open(&map, path, 1, NULL), QUID_OK);
  assert_non_null(map.ptr);
  assert_int_equal(map.len, 0);
  qi_mapping_close(&map);
  qi_builder_clear(&out);
}

static void says_what_is_wrong(void **state) {
  (void)state;
  qi_builder out;
  qi_mapping map;
  const struct { const char *path; quid_status code; const char *says; } cases[] = {
      {"/no/such/file", QUID_ERR_IO, "no such file '/no/such/file'"},
      {"/tmp", QUID_ERR_IO, "'/tmp' is a directory"},
      {path, QUID_ERR_LIMIT, "more than 4 bytes in"},
  };
  write_file(QI_SLICE("12345"));
  qi_builder_init(&out, 0);
  for (size_t i = 0; i < 3; i++) {
    quid_error err = {0}, again = {0};
    assert_int_equal(qi_file_read(&out, cases[i].path, 4, &err), cases[i].code);
    assert_int_equal(qi_mapping_open(&map, cases[i].path, 4, &again), cases[i].code);
    assert_true(qi_slice_starts(qi_slice_str(err.message), qi_slice_str(cases[i].says)));
    assert_string_equal(err.message, again.message);
    assert_string_equal(err.file, cases[i].path);
    qi_mapping_close(&map);
  }
  quid_error err = {0};
  assert_int_equal(qi_mapping_open(&map, "/dev/null", 0, &err), QUID_ERR_IO);
  qi_builder_clear(&out);
  qi_builder_init(&out, 2); /* the builder's own ceiling */
  qi_error_clear(&err);
  assert_int_equal(qi_file_read(&out, path, 0, &err), QUID_ERR_LIMIT);
  qi_builder_clear(&out);
}

/* A pipe that nobody writes to is refused, not waited for. */
static void maps_no_pipe(void **state) {
  (void)state;
  qi_mapping map;
  quid_error err = {0};
  char pipe_path[64];
  snprintf(pipe_path, sizeof pipe_path, "/tmp/quid-test-pipe-%ld", (long)getpid());
  assert_int_equal(mkfifo(pipe_path, 0600), 0);
  alarm(20);
  quid_status status = qi_mapping_open(&map, pipe_path, 0, &err);
  alarm(0);
  unlink(pipe_path);
  assert_int_equal(status, QUID_ERR_IO);
  assert_non_null(strstr(err.message, "not an ordinary file"));
}

static void reads_endless_devices_to_the_ceiling(void **state) {
  (void)state;
  qi_builder out;
  quid_error err = {0};
  qi_builder_init(&out, 0);
  assert_int_equal(qi_file_read(&out, "/dev/zero", 1 << 20, &err), QUID_ERR_LIMIT);
  FILE *file = fopen("/dev/zero", "rb");
  qi_error_clear(&err);
  assert_int_equal(qi_file_read_stream(&out, file, "zeros", 1 << 20, &err), QUID_ERR_LIMIT);
  assert_string_equal(err.file, "zeros");
  fclose(file);
  assert_true(out.len <= 2 << 20);
  qi_builder_clear(&out);
}

static void reads_streams(void **state) {
  (void)state;
  qi_builder out;
  quid_error err = {0};
  qi_builder_init(&out, 0);
  write_file(QI_SLICE("streamed"));
  FILE *file = fopen(path, "rb");
  assert_int_equal(qi_file_read_stream(&out, file, "it", 8, &err), QUID_OK);
  assert_slice(qi_builder_view(&out), "streamed");
  fclose(file);
  file = fopen("/tmp", "rb"); /* opens, but cannot be read */
  assert_int_equal(qi_file_read_stream(&out, file, "/tmp", 8, &err), QUID_ERR_IO);
  assert_string_equal(err.message, "'/tmp' is a directory");
  fclose(file);
  qi_builder_clear(&out);
}

static void reads_lines(void **state) {
  (void)state;
  write_file(QI_SLICE("one\r\n\n12345678\n123456789 and more\nlast"));
  const struct { const char *text; size_t byte; bool too_long; } wanted[] = {
      {"one", 0, false}, {"", 5, false}, {"12345678", 6, false}, {"12345678", 15, true},
      {"last", 34, false}};
  FILE *file = fopen(path, "rb");
  qi_lines lines;
  qi_slice line;
  qi_lines_open(&lines, file, path, 8);
  for (size_t i = 0; i < 5; i++) {
    assert_true(qi_lines_next(&lines, &line));
    assert_slice(line, wanted[i].text);
    assert_int_equal(lines.number, i + 1);
    assert_int_equal(lines.byte, wanted[i].byte);
    assert_int_equal(lines.too_long, wanted[i].too_long);
  }
  assert_false(qi_lines_next(&lines, &line));
  assert_int_equal(qi_lines_close(&lines, NULL), QUID_OK);
  fclose(file);
  file = fopen("/tmp", "rb");
  qi_lines_open(&lines, file, "/tmp", 0);
  assert_false(qi_lines_next(&lines, &line));
  assert_int_equal(qi_lines_close(&lines, NULL), QUID_ERR_IO);
  fclose(file);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads),         cmocka_unit_test(says_what_is_wrong),
      cmocka_unit_test(reads_streams), cmocka_unit_test(maps_no_pipe), cmocka_unit_test(reads_endless_devices_to_the_ceiling),
      cmocka_unit_test(reads_lines),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
