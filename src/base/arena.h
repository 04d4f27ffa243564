/* A bump arena: many small allocations, freed all at once.
 *
 * One per document; each worker has a scratch arena that is reset per sentence.
 * Not for sharing between threads while anybody allocates. Out of memory, or
 * over the ceiling, returns NULL and sets nothing else. */
#ifndef QI_BASE_ARENA_H
#define QI_BASE_ARENA_H

#include "base/error.h"
#include "base/slice.h"
#include <stdarg.h>

typedef struct qi_arena_block qi_arena_block;

typedef struct qi_arena {
  qi_arena_block *first, *current; /* chain in order of use */
  size_t used_bytes;               /* handed out since the last reset, with padding */
  size_t max_bytes;                /* ceiling on used_bytes */
} qi_arena;

#define QI_ARENA_ALIGN 16
#define QI_ARENA_NO_LIMIT ((size_t)-1)

/* max_bytes: ceiling, 0 or QI_ARENA_NO_LIMIT for none. Allocates nothing yet. */
void qi_arena_init(qi_arena *arena, size_t max_bytes);
/* Free everything. The arena may be used again, with the same ceiling. */
void qi_arena_clear(qi_arena *arena);
/* Take back all allocations but keep the memory for the next round. */
void qi_arena_reset(qi_arena *arena);

/* *borrowed until reset or clear*; aligned to 16 bytes. size 0 gives a valid pointer. */
void *qi_arena_alloc(qi_arena *arena, size_t size_bytes);
void *qi_arena_zalloc(qi_arena *arena, size_t size_bytes);
/* n * size with overflow check, zeroed. */
void *qi_arena_array(qi_arena *arena, size_t n, size_t item_bytes);
/* QI_NEW(arena, struct x) and QI_NEW_ARRAY(arena, struct x, n): zeroed and typed. */
#define QI_NEW(arena, type) ((type *)qi_arena_zalloc((arena), sizeof(type)))
#define QI_NEW_ARRAY(arena, type, n) ((type *)qi_arena_array((arena), (n), sizeof(type)))

/* A NUL-terminated copy; NULL out of memory. */
char *qi_arena_strdup(qi_arena *arena, qi_slice s);
/* A copy as a slice (also NUL-terminated after its end); ptr NULL out of memory. */
qi_slice qi_arena_slice(qi_arena *arena, qi_slice s);
/* Formatted, NUL-terminated; ptr NULL out of memory. */
qi_slice qi_arena_printf(qi_arena *arena, const char *fmt, ...) QI_PRINTF(2, 3);
qi_slice qi_arena_vprintf(qi_arena *arena, const char *fmt, va_list args) QI_PRINTF(2, 0);

#endif
