/* Interning: each distinct text once, under a small number 0, 1, 2, ... in order
 * of arrival. Texts are copied into an own arena, each NUL-terminated. Readers may share it
 * between threads once nobody adds. */
#ifndef QI_BASE_INTERN_H
#define QI_BASE_INTERN_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

typedef struct qi_intern {
  qi_arena arena;
  qi_map ids;
  QI_VEC(qi_slice) texts; /* [len], by id */
} qi_intern;

#define QI_INTERN_NONE UINT32_MAX

/* max_bytes: ceiling on the stored text, 0 for none. */
void qi_intern_init(qi_intern *in, size_t max_bytes);
void qi_intern_clear(qi_intern *in);
/* The id of the text, new if need be; QI_INTERN_NONE when out of memory or over the ceiling. */
uint32_t qi_intern_add(qi_intern *in, qi_slice text);
/* The id of the text, QI_INTERN_NONE if it was never added. */
uint32_t qi_intern_find(const qi_intern *in, qi_slice text);
/* *borrowed until clear*; the empty slice for an unknown id. */
qi_slice qi_intern_text(const qi_intern *in, uint32_t id);
size_t qi_intern_count(const qi_intern *in);

#endif
