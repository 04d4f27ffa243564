/* The small dictionary of who_fixture.h with members, and its frozen form. */
#ifndef QUID_TEST_FROZEN_FIXTURE_H
#define QUID_TEST_FROZEN_FIXTURE_H

#include "unit/who_fixture.h"

#include "know/frozen.h"

static const char FROZEN_VERSION[17] = "0123456789abcdef";
static const char WHO_MEMBERS[] = "body\tmember\tfrom\tto\tsource\n"
                                  "IGO.UN.SECURITY_COUNCIL\tUSA\t1945-10-24\t\town\n"
                                  "IGO.UN.SECURITY_COUNCIL\tRUS\t1991-12-25\t\town\n"
                                  "IGO.UN.SECURITY_COUNCIL\tSYR\t1947\t1948\town\n"
                                  "IGO.UN.WHO\tUSA\t1948\t\town\n";

static qi_actors *actors_with_members(void) {
  qi_actors *a = NULL;
  quid_error err = {0};
  if (qi_actors_new(&a, &err) || qi_actors_add_members(a, qi_slice_str(WHO_MEMBERS), "k/actors/members.tsv", &err) ||
      qi_actors_add(a, qi_slice_str(WHO_ACTORS), "/some/where/knowledge/actors/all.tsv", &err) ||
      qi_actors_add_agents(a, qi_slice_str(WHO_AGENTS), "agents", &err) ||
      qi_actors_add_titles(a, qi_slice_str(WHO_TITLES), "titles", &err) ||
      qi_actors_add_first_names(a, qi_slice_str(WHO_FIRST_NAMES), "first", &err) ||
      qi_actors_add_clashes(a, qi_slice_str(WHO_CLASHES), "clashes", &err) || qi_actors_finish(a, &err))
    fail_msg("%s:%zu:%zu: %s", err.file, err.line, err.column, err.message);
  return a;
}

#endif
