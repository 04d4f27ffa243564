/* know: the dictionary of actors as one block of bytes, to be mapped instead of read line by line.
 * freeze.c writes it, thaw.c reads it, cache.c knows where it lies. What a frozen dictionary answers
 * is what the text answers. */
#ifndef QI_KNOW_FROZEN_H
#define QI_KNOW_FROZEN_H

#include "base/builder.h"
#include "base/file.h"
#include "know/actors.h"

#define QI_MAX_FROZEN_BYTES ((size_t)256 << 20)

/* Appends the block. a: finished. version: of the dictionaries, 16 hex digits. */
quid_status qi_actors_freeze(qi_builder *out, const qi_actors *a, const char version[17], quid_error *err);

/* *out: *new*; it *borrows* from bytes, which must be aligned to 8. name: for messages.
 * QUID_ERR_FORMAT: made from other dictionaries, by another quid, or damaged. */
quid_status qi_actors_thaw(qi_actors **out, qi_slice bytes, const char version[17], const char *name,
                           quid_error *err);
/* The same from a file, mapped until qi_actors_free. */
quid_status qi_actors_thaw_file(qi_actors **out, const char *path, const char version[17], quid_error *err);

#endif
