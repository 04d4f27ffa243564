/* ask: counts over time: where they change for good, and how unlike the past one of them is. */
#ifndef QI_ASK_CHANGE_H
#define QI_ASK_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QI_LEAST_PAST 3 /* periods; of less no surprise is told */

typedef struct qi_counts { double cooperation, conflict; } qi_counts;

/* starts: [n], set to whether a new stretch begins at that period; the first one begins none. Returns false without memory.
 * Cost: linear where changes are many, quadratic in n where there is none. */
bool qi_change_points(bool *starts, const qi_counts *counts, size_t n);

/* The usual count after the past [n], and -log10 of the probability of one as far off as `now`: 2 is one in a hundred. Negative when
 * there are fewer than usual; 0 when the past is too short. */
typedef struct qi_surprise { double usual, surprise; } qi_surprise;
qi_surprise qi_surprise_of(const double *past, size_t n, double now);

#endif
