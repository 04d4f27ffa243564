/* parse: AVX-512 VNNI kernel: vpdpbusd adds four products of u8 x s8 to each of 16 int32 lanes. */
#include "parse/kernel_impl.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define VNNI_FEATURES "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"
#ifdef __clang__ /* knows no prefer-vector-width here, and then takes none of the list */
#define KERNEL_TARGET __attribute__((target(VNNI_FEATURES), min_vector_width(512)))
#else
#define KERNEL_TARGET __attribute__((target(VNNI_FEATURES ",prefer-vector-width=512")))
#endif
#define KERNEL(name) vnni_##name
#include "parse/kernel_body.h"

/* R rows of activations against one panel of 64 weights: R * 4 accumulators, each a variable of its
 * own, because gcc 12 keeps arrays of registers in memory. */
#define ROW_OPEN(r)                                                                                \
  __m512i a##r = _mm512_setzero_si512(), b##r = a##r, c##r = a##r, d##r = a##r;
#define ROW_STEP(r)                                                                                \
  memcpy(&four, act + (size_t)r * stride + k, 4);                                                  \
  x = _mm512_set1_epi32(four);                                                                     \
  a##r = _mm512_dpbusd_epi32(a##r, x, w0);                                                         \
  b##r = _mm512_dpbusd_epi32(b##r, x, w1);                                                         \
  c##r = _mm512_dpbusd_epi32(c##r, x, w2);                                                         \
  d##r = _mm512_dpbusd_epi32(d##r, x, w3);
#define ROW_CLOSE(r)                                                                               \
  _mm512_storeu_si512((void *)(out + (size_t)r * out_stride), a##r);                               \
  _mm512_storeu_si512((void *)(out + (size_t)r * out_stride + 16), b##r);                          \
  _mm512_storeu_si512((void *)(out + (size_t)r * out_stride + 32), c##r);                          \
  _mm512_storeu_si512((void *)(out + (size_t)r * out_stride + 48), d##r);
#define ONE(X) X(0)
#define THREE(X) X(0) X(1) X(2)
#define SIX(X) X(0) X(1) X(2) X(3) X(4) X(5)
#define TILE(name, ROWS)                                                                           \
  static inline KERNEL_TARGET void name(const uint8_t *act, size_t stride, const int8_t *w,        \
                                        uint32_t k_pad, int32_t *out, size_t out_stride) {         \
    ROWS(ROW_OPEN)                                                                                 \
    for (uint32_t k = 0; k < k_pad; k += 4, w += 256) {                                            \
      __m512i x, w0 = _mm512_loadu_si512((const void *)w);                                         \
      __m512i w1 = _mm512_loadu_si512((const void *)(w + 64));                                     \
      __m512i w2 = _mm512_loadu_si512((const void *)(w + 128));                                    \
      __m512i w3 = _mm512_loadu_si512((const void *)(w + 192));                                    \
      int32_t four;                                                                                \
      ROWS(ROW_STEP)                                                                               \
    }                                                                                              \
    ROWS(ROW_CLOSE)                                                                                \
  }
TILE(tile_6, SIX)
TILE(tile_3, THREE)
TILE(tile_1, ONE)

static KERNEL_TARGET void vnni_matmul(const uint8_t *act, size_t act_stride, uint32_t m,
                                      const int8_t *weights, uint32_t n_pad, uint32_t k_pad,
                                      int32_t *out, size_t out_stride) {
  for (uint32_t p = 0; p < n_pad / QI_PANEL; p++) {
    const int8_t *w = weights + (size_t)p * QI_PANEL * k_pad;
    uint32_t r = 0;
    for (; r + 6 <= m; r += 6)
      tile_6(act + r * act_stride, act_stride, w, k_pad, out + r * out_stride + p * QI_PANEL, out_stride);
    for (; r + 3 <= m; r += 3)
      tile_3(act + r * act_stride, act_stride, w, k_pad, out + r * out_stride + p * QI_PANEL, out_stride);
    for (; r < m; r++)
      tile_1(act + r * act_stride, act_stride, w, k_pad, out + r * out_stride + p * QI_PANEL, out_stride);
  }
}

const qi_kernel qi_kernel_vnni = {"vnni", KERNEL_FUNCTIONS};
#endif
