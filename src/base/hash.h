/* Content hashes: XXH3, the same on every machine and in every version. Not for security. */
#ifndef QI_BASE_HASH_H
#define QI_BASE_HASH_H

#include "base/slice.h"
#include <stdint.h>

#define QI_HASH64_HEX_BYTES 17
#define QI_HASH128_HEX_BYTES 33

uint64_t qi_hash64(qi_slice s);
/* Lower-case hexadecimal, most significant digit first, NUL-terminated. Returns out. */
char *qi_hash64_hex(char out[QI_HASH64_HEX_BYTES], qi_slice s);
char *qi_hash128_hex(char out[QI_HASH128_HEX_BYTES], qi_slice s);

#endif
