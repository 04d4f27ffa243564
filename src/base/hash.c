/* base: bytes -> XXH3 hash. The algorithm is inlined from the header, so that the library has no
 * run-time dependency for it; digits are in canonical (big-endian) order.
 * Example: "" -> 64-bit "2d06800538d394c2". Y. Collet, xxHash 0.8 (stable since). */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/hash.h"

uint64_t qi_hash64(qi_slice s) { return XXH3_64bits(s.ptr ? s.ptr : "", s.len); }

static char *to_hex(char *out, const unsigned char *bytes, size_t n) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < n; i++) {
    out[2 * i] = digits[bytes[i] >> 4];
    out[2 * i + 1] = digits[bytes[i] & 15];
  }
  out[2 * n] = '\0';
  return out;
}

char *qi_hash64_hex(char out[QI_HASH64_HEX_BYTES], qi_slice s) {
  XXH64_canonical_t canonical;
  XXH64_canonicalFromHash(&canonical, qi_hash64(s));
  return to_hex(out, canonical.digest, sizeof canonical.digest);
}

char *qi_hash128_hex(char out[QI_HASH128_HEX_BYTES], qi_slice s) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(s.ptr ? s.ptr : "", s.len));
  return to_hex(out, canonical.digest, sizeof canonical.digest);
}
