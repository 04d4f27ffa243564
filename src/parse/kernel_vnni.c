/* parse: AVX-512 VNNI kernel: vpdpbusd adds four products of u8 x s8 to each of 16 int32 lanes. */
#include "parse/kernel_impl.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define KERNEL_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,prefer-vector-width=512")))
#define KERNEL(name) vnni_##name
#include "parse/kernel_body.h"

/* R rows of activations against one panel of 64 weights: R * 4 accumulators. */
#define TILE(R)                                                                                    \
  static inline KERNEL_TARGET void tile_##R(const uint8_t *act, size_t stride, const int8_t *w,    \
                                            uint32_t k_pad, int32_t *out, size_t out_stride) {     \
    __m512i acc[R][4];                                                                             \
    for (int r = 0; r < R; r++)                                                                    \
      for (int c = 0; c < 4; c++) acc[r][c] = _mm512_setzero_si512();                              \
    for (uint32_t k = 0; k < k_pad; k += 4, w += 256) {                                            \
      __m512i b[4];                                                                                \
      for (int c = 0; c < 4; c++) b[c] = _mm512_loadu_si512((const void *)(w + 64 * c));           \
      for (int r = 0; r < R; r++) {                                                                \
        int32_t four;                                                                              \
        memcpy(&four, act + (size_t)r * stride + k, 4);                                            \
        __m512i a = _mm512_set1_epi32(four);                                                       \
        for (int c = 0; c < 4; c++) acc[r][c] = _mm512_dpbusd_epi32(acc[r][c], a, b[c]);           \
      }                                                                                            \
    }                                                                                              \
    for (int r = 0; r < R; r++)                                                                    \
      for (int c = 0; c < 4; c++)                                                                  \
        _mm512_storeu_si512((void *)(out + (size_t)r * out_stride + 16 * c), acc[r][c]);           \
  }
TILE(6)
TILE(3)
TILE(1)

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

const qi_kernel qi_kernel_vnni = {"vnni", vnni_matmul, vnni_cell, vnni_gates, vnni_relu};
#endif
