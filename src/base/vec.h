/* Growable arrays, on the heap or in an arena. Zero-initialise to start.
 *
 *   QI_VEC(int) v = {0};
 *   if (!QI_VEC_PUSH(&v, 7)) return qi_error_memory(err, "numbers");
 *   for (size_t i = 0; i < v.len; i++) use(v.items[i]);
 *   QI_VEC_CLEAR(&v);
 *
 * The arena form leaves old copies behind in the arena until its reset: at most
 * as much again as the array itself. Use one form throughout on one array. */
#ifndef QI_BASE_VEC_H
#define QI_BASE_VEC_H

#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#define QI_VEC(type)                                                                               \
  struct {                                                                                         \
    type *items;                                                                                   \
    size_t len, cap; /* items */                                                                   \
  }

/* Room for `n` items in all; false when out of memory (the array stays as it was). */
#define QI_VEC_RESERVE(v, n)                                                                       \
  ((n) <= (v)->cap || qi_vec_grow(&(v)->items, &(v)->cap, (n), sizeof *(v)->items))
#define QI_VEC_PUSH(v, ...)                                                                        \
  (QI_VEC_RESERVE(v, (v)->len + 1) ? ((v)->items[(v)->len++] = (__VA_ARGS__), true) : false)
#define QI_VEC_CLEAR(v) (free((v)->items), (v)->items = NULL, (v)->len = (v)->cap = 0)

#define QI_VEC_RESERVE_IN(arena, v, n)                                                             \
  ((n) <= (v)->cap ||                                                                              \
   qi_vec_grow_in((arena), &(v)->items, &(v)->cap, (v)->len, (n), sizeof *(v)->items))
#define QI_VEC_PUSH_IN(arena, v, ...)                                                              \
  (QI_VEC_RESERVE_IN(arena, v, (v)->len + 1) ? ((v)->items[(v)->len++] = (__VA_ARGS__), true)      \
                                             : false)

/* items: address of the typed pointer. Grows to at least `need` items. */
bool qi_vec_grow(void *items, size_t *cap, size_t need, size_t item_bytes);
bool qi_vec_grow_in(qi_arena *arena, void *items, size_t *cap, size_t len, size_t need,
                    size_t item_bytes);

#endif
