/* parse: AVX2 kernel: vpmaddubsw makes 16-bit sums of two products (never saturating with 7-bit
 * activations), vpmaddwd with ones widens them to int32. */
#include "parse/kernel_impl.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define KERNEL_TARGET __attribute__((target("avx2")))
#define KERNEL(name) avx2_##name
#include "parse/kernel_body.h"

/* R rows against 16 weights: 2 R accumulators, each a variable of its own, because gcc 12 keeps
 * arrays of registers in memory. */
#define DOT(acc, w) _mm256_add_epi32(acc, _mm256_madd_epi16(_mm256_maddubs_epi16(x, w), ones))
#define ROW_OPEN(r) __m256i a##r = _mm256_setzero_si256(), b##r = a##r;
#define ROW_STEP(r)                                                                                \
  memcpy(&four, act + (size_t)r * stride + k, 4);                                                  \
  x = _mm256_set1_epi32(four);                                                                     \
  a##r = DOT(a##r, w0);                                                                            \
  b##r = DOT(b##r, w1);
#define ROW_CLOSE(r)                                                                               \
  _mm256_storeu_si256((void *)(out + (size_t)r * out_stride), a##r);                               \
  _mm256_storeu_si256((void *)(out + (size_t)r * out_stride + 8), b##r);
#define ONE(X) X(0)
#define TWO(X) X(0) X(1)
#define FIVE(X) X(0) X(1) X(2) X(3) X(4)
#define TILE(name, ROWS)                                                                           \
  static inline KERNEL_TARGET void name(const uint8_t *act, size_t stride, const int8_t *w,        \
                                        uint32_t k_pad, int32_t *out, size_t out_stride) {         \
    const __m256i ones = _mm256_set1_epi16(1);                                                     \
    ROWS(ROW_OPEN)                                                                                 \
    for (uint32_t k = 0; k < k_pad; k += 4, w += 256) {                                            \
      __m256i x, w0 = _mm256_loadu_si256((const void *)w);                                         \
      __m256i w1 = _mm256_loadu_si256((const void *)(w + 32));                                     \
      int32_t four;                                                                                \
      ROWS(ROW_STEP)                                                                               \
    }                                                                                              \
    ROWS(ROW_CLOSE)                                                                                \
  }
TILE(tile_5, FIVE)
TILE(tile_2, TWO)
TILE(tile_1, ONE)

static KERNEL_TARGET void avx2_matmul(const uint8_t *act, size_t act_stride, uint32_t m,
                                      const int8_t *weights, uint32_t n_pad, uint32_t k_pad,
                                      int32_t *out, size_t out_stride) {
  for (uint32_t j = 0; j < n_pad; j += 16) {
    const int8_t *w = weights + (size_t)(j / QI_PANEL) * QI_PANEL * k_pad + (j % QI_PANEL) * 4;
    uint32_t r = 0;
    for (; r + 5 <= m; r += 5) tile_5(act + r * act_stride, act_stride, w, k_pad, out + r * out_stride + j, out_stride);
    for (; r + 2 <= m; r += 2) tile_2(act + r * act_stride, act_stride, w, k_pad, out + r * out_stride + j, out_stride);
    for (; r < m; r++) tile_1(act + r * act_stride, act_stride, w, k_pad, out + r * out_stride + j, out_stride);
  }
}

const qi_kernel qi_kernel_avx2 = {"avx2", KERNEL_FUNCTIONS};
#endif
