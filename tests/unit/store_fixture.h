/* For tests of questions: a store in memory, filled with short records. */
#ifndef QUID_TESTS_STORE_FIXTURE_H
#define QUID_TESTS_STORE_FIXTURE_H

#include "unit/unit.h"

#include "quid/ask.h"
#include "quid/store.h"
#include <stdio.h>
#include <string.h>

/* What a test says of an event; NULL or 0: nothing. Parties are countries: "PRK", "PRK,RUS". */
typedef struct one_event {
  unsigned id;
  const char *day, *type, *status, *actor, *recipient; /* day: of the document and of the event */
  const char *mode, *cameo, *item, *deadline;
  unsigned content; /* id of the event that it is about */
  const char *exchange; /* rest of the exchange's object */
} one_event;

static void put_entities(char *out, size_t size, const char *list) {
  size_t n = 0;
  out[0] = '\0';
  for (const char *at = list; at && *at; at += strcspn(at, ","), at += *at == ',')
    n += (size_t)snprintf(out + n, size - n, "%s{\"id\":\"%.3s\",\"name\":\"%.3s\",\"country\":\"%.3s\",\"sector\":\"GOV\",\"text\":\"x\",\"start\":0,\"end\":1,\"via\":\"name\"}", n ? "," : "", at, at, at);
}

static void add_event(quid_store *s, one_event e) {
  char line[8192], actors[1024], recipients[1024], item[256] = "", deadline[256] = "null", content[32] = "";
  quid_error err = {0};
  put_entities(actors, sizeof actors, e.actor);
  put_entities(recipients, sizeof recipients, e.recipient);
  if (e.item) snprintf(item, sizeof item, "{\"text\":\"goods\",\"start\":2,\"end\":7,\"class\":\"%s\"}", e.item);
  if (e.deadline) snprintf(deadline, sizeof deadline, "{\"text\":\"x\",\"start\":0,\"end\":1,\"from\":\"%s\",\"to\":\"%s\"}", e.deadline, e.deadline);
  if (e.content) snprintf(content, sizeof content, "\"%016x\"", e.content);
  snprintf(line, sizeof line,
           "{\"id\":\"%016x\",\"document\":{\"id\":\"d%u\",\"published\":\"%s\"},\"sentence\":{\"index\":0,\"start\":0,\"end\":40,\"text\":\"x goods in exchange for oil, sentence %u.\"},"
           "\"actor\":[%s],\"recipient\":[%s],\"event\":\"%s\",\"mode\":[%s%s%s],\"cameo\":\"%s\",\"score\":1,\"status\":\"%s\",\"date\":{\"from\":\"%s\",\"to\":\"%s\"},"
           "\"item\":[%s],\"deadline\":%s,\"content\":[%s],\"exchange\":%s,\"why\":{\"model\":\"m\",\"knowledge\":\"k\"}}",
           e.id, e.id, e.day, e.id, actors, recipients, e.type, e.mode ? "\"" : "", e.mode ? e.mode : "", e.mode ? "\"" : "", e.cameo ? e.cameo : "", e.status ? e.status : "asserted",
           e.day, e.day, item, deadline, content, e.exchange ? e.exchange : "null");
  quid_status status = quid_store_add(s, line, strlen(line), &err);
  if (status) fprintf(stderr, "%s\n", err.message);
  assert_int_equal(status, QUID_OK);
}

static quid_store *new_store(void) {
  quid_store *s;
  quid_error err = {0};
  assert_int_equal(quid_store_open(&s, ":memory:", QUID_STORE_WRITE, &err), QUID_OK);
  return s;
}

/* The cell of that column in the first row whose column `where` is `is`; "-" no such row. */
static const char *cell(const quid_answer *a, const char *where, const char *is, const char *column) {
  size_t at = 0, wanted = 0, n = quid_answer_n_columns(a);
  while (at < n && strcmp(quid_answer_column(a, at), where) != 0) at++;
  while (wanted < n && strcmp(quid_answer_column(a, wanted), column) != 0) wanted++;
  assert_true(at < n && wanted < n);
  for (size_t row = 0; row < quid_answer_n_rows(a); row++)
    if (strcmp(quid_answer_cell(a, row, at), is) == 0) return quid_answer_cell(a, row, wanted);
  return "-";
}

#endif
