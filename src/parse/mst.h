/* parse: the best tree in a matrix of arc scores. */
#ifndef QI_PARSE_MST_H
#define QI_PARSE_MST_H

#include "base/arena.h"
#include <stdint.h>

/* True when head[1..n] (0 the root) form one tree with a single child of the root. */
bool qi_mst_is_tree(const uint32_t *head, uint32_t n, qi_arena *scratch);

/* score[h * (n + 1) + d]: arc h -> d among nodes 0..n, 0 the root; it is overwritten. Sets head[1..n].
 * One child of the root. Cost: n^2. false: out of memory. */
bool qi_mst_solve(double *score, uint32_t n, uint32_t *head, qi_arena *scratch);

#endif
