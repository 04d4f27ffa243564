/* A second opinion made by hand: whatever it is asked, it answers as its biases say. */
#ifndef QUID_TEST_JUDGE_FIXTURE_H
#define QUID_TEST_JUDGE_FIXTURE_H

#include "base/builder.h"
#include "code/judge.h"
#include <math.h>

static void put_u32(qi_builder *b, uint32_t v) { qi_builder_slice(b, qi_slice_of((const char *)&v, sizeof v)); }
static void put_float(qi_builder *b, float v) { qi_builder_slice(b, qi_slice_of((const char *)&v, sizeof v)); }

/* All weights zero: every answer is as likely as its bias says; one has one. */
static void put_matrix(qi_builder *b, uint32_t n_in, uint32_t n_out, bool has_bias, uint32_t one, float bias) {
  put_u32(b, n_in);
  put_u32(b, n_out);
  put_u32(b, has_bias);
  for (uint32_t i = 0; has_bias && i < n_out; i++) put_float(b, i == one ? bias : 0);
  for (uint32_t i = 0; i < n_in; i++) {
    put_float(b, 1);
    for (uint32_t o = 0; o < n_out; o++) qi_builder_char(b, 0);
  }
}

enum { DIMS = 2, SCORE = 2, HEADS = 1, HIDDEN = 3, LEMMA = 1 };

static void put_section(qi_builder *b, uint32_t deed, float bias) {
  qi_builder_str(b, "QJ04");
  put_u32(b, DIMS), put_u32(b, SCORE), put_u32(b, HEADS), put_u32(b, HIDDEN);
  for (int i = 0; i < 3; i++) put_float(b, 1);
  const float confidence[] = {0, 1, 0, 0, 0, 0, 0};
  for (int i = 0; i < 7; i++) put_float(b, confidence[i]);
  put_u32(b, 1);
  put_u32(b, QUID_AGREE), put_u32(b, 4), qi_builder_str(b, "mode");
  put_matrix(b, QI_VECTOR_DIMS, DIMS, true, 0, 0);
  put_matrix(b, QI_WORD_BUCKETS, LEMMA, false, 0, 0);
  put_matrix(b, LEMMA, DIMS, false, 0, 0);
  put_matrix(b, QI_N_FEATURES, DIMS, false, 0, 0);
  put_matrix(b, DIMS, SCORE, true, 0, 0);
  put_matrix(b, SCORE, HEADS, true, 0, 0);
  put_matrix(b, (HEADS + 2) * DIMS, HIDDEN, true, 0, 0);
  put_matrix(b, HIDDEN, QI_N_DEEDS, true, 0, logf(16)); /* 16 to 1 against each of 16 others: a half */
  put_matrix(b, HIDDEN, QI_N_DEEDS, true, deed, bias);
  put_matrix(b, HIDDEN, QUID_N_EVENT_STATUSES, true, 0, 0);
  put_matrix(b, HIDDEN, 1, true, 0, 0);
}

/* *new*: deed has that bias over all others. */
static inline qi_judge *made_judge(uint32_t deed, float bias) {
  qi_builder b;
  qi_judge *judge = NULL;
  quid_error err = {0};
  qi_builder_init(&b, 0);
  put_section(&b, deed, bias);
  if (qi_judge_from_bytes(&judge, qi_builder_view(&b), "section", &err)) fail_msg("%s", err.message);
  qi_builder_clear(&b);
  return judge;
}

#endif
