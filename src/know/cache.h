/* know: where the compiled dictionary of actors and the compiled gazetteer lie, and when they are made anew. */
#ifndef QI_KNOW_CACHE_H
#define QI_KNOW_CACHE_H

#include "know/actors.h"
#include "know/places.h"

/* The actors of the dictionaries in `dir`, whose content hash is `version`: out of a compiled file
 * that was made from the same content, otherwise out of the text, and then a compiled file is
 * written for the next time. Only a mistake in the text, or memory, is an error: a compiled file that
 * is missing, stale, damaged or cannot be written is silently passed over. */
quid_status qi_know_cached_actors(qi_actors **out, const char *dir, const char version[17], quid_error *err);
/* The same for the gazetteer. */
quid_status qi_know_cached_places(qi_places **out, const char *dir, const char version[17], quid_error *err);

#endif
