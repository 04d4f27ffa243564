/* cmocka with what it needs before it, and checks for slices. */
#ifndef QUID_TEST_UNIT_H
#define QUID_TEST_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

#include "base/slice.h"

/* The slice reads exactly like the string. */
#define assert_slice(slice, str)                                                                   \
  do {                                                                                             \
    qi_slice got_ = (slice);                                                                       \
    if (!qi_slice_eq_str(got_, (str)))                                                             \
      fail_msg("'%.*s' is not '%s'", QI_SLICE_ARG(got_), (str));                                   \
  } while (0)

#endif
