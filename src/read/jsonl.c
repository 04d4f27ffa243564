/* read: a line of JSON -> a document. cJSON reads it; two things it would get wrong are mended first,
 * in place: a NUL (raw or as backslash-u0000) would end its strings early, and half of a surrogate
 * pair would make it refuse the line. Both become the byte FF, which later counts as broken UTF-8.
 *
 * Example: {"id": 7, "text": "Norland shipped grain.", "published": "2024-06-19"}
 *   -> id "7", text "Norland shipped grain.", published "2024-06-19". */
#include "read/read.h"

#include "base/utf8.h"
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>

#define BROKEN_BYTE '\xFF'
#define MAX_EXACT 9007199254740992.0 /* 2^53 */

static int hex_digit(char c) {
  if (qi_ascii_is_digit(c)) return c - '0';
  c = qi_ascii_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The code unit of a \uXXXX at p, or -1. */
static int code_unit(const char *p, const char *end) {
  if (end - p < 6 || p[0] != '\\' || p[1] != 'u') return -1;
  int unit = 0;
  for (int i = 2; i < 6; i++) {
    int digit = hex_digit(p[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

/* How many bytes of the escape at p to copy as they are; 0: put BROKEN_BYTE for its six. */
static size_t escape_bytes(const char *p, const char *end) {
  int unit = code_unit(p, end);
  if (unit < 0) return end - p < 2 ? 1 : 2;
  if (unit == 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return 0;
  if (unit < 0xD800 || unit > 0xDBFF) return 6;
  int low = code_unit(p + 6, end);
  return low >= 0xDC00 && low <= 0xDFFF ? 12 : 0;
}

/* Returns the new length; it never grows. */
static size_t mend(char *line, size_t n_bytes) {
  char *to = line;
  const char *from = line, *end = line + n_bytes;
  while (from < end) {
    if (*from == '\0') {
      *to++ = BROKEN_BYTE;
      from++;
    } else if (*from == '\\') {
      size_t n = escape_bytes(from, end);
      if (n == 0) *to++ = BROKEN_BYTE, from += 6;
      for (; n; n--) *to++ = *from++;
    } else {
      *to++ = *from++;
    }
  }
  return (size_t)(to - line);
}

/* The string under `key`, NULL when absent or null. */
static quid_status get_string(const char **out, const cJSON *object, const char *key,
                              const char *name, size_t number, quid_error *err) {
  const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, key);
  *out = NULL;
  if (!value || cJSON_IsNull(value)) return QUID_OK;
  if (!cJSON_IsString(value))
    return qi_error_at(err, QUID_ERR_FORMAT, name, number, 0, "no string under '%s'", key);
  *out = value->valuestring;
  return QUID_OK;
}

/* Many collections number their documents; the number is made a string in the tree. A double holds
 * whole numbers to 2^53. */
static quid_status get_id(const char **out, cJSON *object, const char *name, size_t number,
                          quid_error *err) {
  const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, "id");
  if (!cJSON_IsNumber(value)) return get_string(out, object, "id", name, number, err);
  double id = value->valuedouble;
  char digits[32];
  if (floor(id) != id || fabs(id) > MAX_EXACT)
    return qi_error_at(err, QUID_ERR_FORMAT, name, number, 0,
                       "neither a string nor a whole number up to 2^53 under 'id'");
  snprintf(digits, sizeof digits, "%lld", (long long)id);
  cJSON *string = cJSON_CreateString(digits);
  if (!string || !cJSON_ReplaceItemInObjectCaseSensitive(object, "id", string)) {
    cJSON_Delete(string);
    return qi_error_memory(err, "an id");
  }
  return get_string(out, object, "id", name, number, err);
}

static quid_status get_fields(qi_jsonl_document *out, const char *name, size_t number,
                              quid_error *err) {
  quid_document_input *in = &out->input;
  const struct {
    const char *key;
    const char **to;
  } fields[] = {
      {"text", &in->text},         {"title", &in->title}, {"published", &in->published},
      {"publisher", &in->publisher}, {"byline", &in->byline}, {"url", &in->url},
      {"language", &in->language},
  };
  if (!cJSON_IsObject((const cJSON *)out->tree))
    return qi_error_at(err, QUID_ERR_FORMAT, name, number, 0, "not a JSON object");
  quid_status status = get_id(&in->id, out->tree, name, number, err);
  for (size_t i = 0; !status && i < sizeof fields / sizeof *fields; i++)
    status = get_string(fields[i].to, out->tree, fields[i].key, name, number, err);
  if (status) return status;
  if (!in->text) return qi_error_at(err, QUID_ERR_FORMAT, name, number, 0, "no 'text' in the object");
  in->text_bytes = strlen(in->text);
  return QUID_OK;
}

/* Did cJSON, which gave up at byte `at`, run into the end? It also gives up just behind the opening
 * quote of a string that is never closed. */
static bool ends_early(qi_slice line, size_t at) {
  if (qi_slice_trim(qi_slice_sub(line, at + 1, line.len)).len == 0) return true;
  if (at == 0 || line.ptr[at - 1] != '"') return false;
  while (at < line.len && line.ptr[at] != '"') at += line.ptr[at] == '\\' ? 2 : 1;
  return at >= line.len;
}

quid_status qi_jsonl_parse(qi_jsonl_document *out, char *line, size_t line_bytes, const char *name,
                           size_t number, quid_error *err) {
  *out = (qi_jsonl_document){0};
  size_t n = mend(line, line_bytes);
  const char *end = line;
  out->tree = cJSON_ParseWithLengthOpts(line, n, &end, false);
  size_t at = end ? (size_t)(end - line) : 0;
  qi_slice text = qi_slice_of(line, n);
  while (out->tree && at < n && qi_ascii_is_space(line[at])) at++;
  quid_status status = QUID_OK;
  if (!out->tree && ends_early(text, at))
    status = qi_error_at(err, QUID_ERR_FORMAT, name, number, at + 1, "the JSON ends too early");
  else if (!out->tree || at < n)
    status = qi_error_at(err, QUID_ERR_FORMAT, name, number, at + 1, "not JSON");
  else
    status = get_fields(out, name, number, err);
  if (status) qi_jsonl_clear(out);
  return status;
}

void qi_jsonl_clear(qi_jsonl_document *doc) {
  cJSON_Delete(doc->tree);
  *doc = (qi_jsonl_document){0};
}
