/* Failing allocations: the linker sends malloc, calloc, realloc and strdup of the test and of the
 * static library here (not those inside other shared libraries).
 *
 *   QI_FAULT_EACH { run_and_clean_up(); }   // fails the 1st allocation, then the 2nd, ...
 *
 * runs the block once for each allocation it makes, and a last time with none failing. Whatever
 * happens, it must not crash or leak; ASan watches the leaks. */
#ifndef QUID_TEST_FAULT_H
#define QUID_TEST_FAULT_H

#include <stdbool.h>
#include <stddef.h>

/* From now on the nth allocation (from 1) fails, and only that; 0: none. */
void fault_arm(size_t nth);
/* Whether it has failed since fault_arm. */
bool fault_fired(void);

#define QI_FAULT_EACH                                                                              \
  for (size_t fault_n = 1, fault_more = 1;                                                         \
       fault_more ? (fault_arm(fault_n), true) : (fault_arm(0), false);                            \
       fault_more = fault_fired(), fault_n++)

#endif
