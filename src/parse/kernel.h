/* parse: the one matrix product that everything runs on, exact in integers, so that the three
 * kernels (portable C, AVX2, AVX-512 VNNI) give the same bits.
 *
 * Activations are unsigned 7-bit (0..127): then AVX2's vpmaddubsw, which adds pairs into 16 bits
 * with saturation, can never saturate (2 * 127 * 127 < 2^15). Weights are signed 8-bit. */
#ifndef QI_PARSE_KERNEL_H
#define QI_PARSE_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QI_PANEL 64u       /* rows of weights that are packed together */
#define QI_MAX_HIDDEN 512u /* LSTM units in each direction */

/* out[m][j] = sum_k act[m][k] * weight[j][k]; the layer's value is out * scale[j] + bias[j]. */
typedef struct qi_linear {
  uint32_t n, k;         /* weights [n x k] */
  uint32_t n_pad, k_pad; /* n up to a multiple of QI_PANEL, k of 4 */
  const float *scale;    /* [n_pad] */
  const float *bias;     /* [n_pad], holds the correction for the inputs' zero point */
  const int8_t *weights; /* packed [n_pad / 64][k_pad / 4][64][4] */
} qi_linear;

/* act: [m] rows of k_pad bytes, `act_stride` apart; out: [m][n_pad] int32, `out_stride` apart. */
typedef void (*qi_matmul)(const uint8_t *act, size_t act_stride, uint32_t m, const int8_t *weights,
                          uint32_t n_pad, uint32_t k_pad, int32_t *out, size_t out_stride);

/* One LSTM step for one row, all arrays [hidden] or [4 hidden] (gates i f g o):
 * pre = x / 1024 + acc * scale + bias; c, h as usual; h out as 64 + round(63 h). */
typedef void (*qi_lstm_cell)(const int16_t *x, const int32_t *acc, const float *scale,
                             const float *bias, float *c, uint8_t *h, uint32_t hidden);
/* out[j] = x / 1024 kept as int16: round(1024 * (acc * scale + bias)), saturating. */
typedef void (*qi_to_gates)(const int32_t *acc, const float *scale, const float *bias, int16_t *out,
                            uint32_t n);
/* out[j] = max(0, acc * scale + bias) as 0..127 of clip (mult = 127 / clip). */
typedef void (*qi_to_relu)(const int32_t *acc, const float *scale, const float *bias, float mult,
                           uint8_t *out, uint32_t n);

/* out[j] = acc * scale + bias. */
typedef void (*qi_to_float)(const int32_t *acc, const float *scale, const float *bias, float *out, uint32_t n);
/* Index of the largest of acc * scale + bias, compared in steps of 1/4096; `except` is passed over
 * (QI_NO_INDEX: none). n at most QI_MAX_CLASSES. */
typedef uint32_t (*qi_argmax)(const int32_t *acc, const float *scale, const float *bias, uint32_t n, uint32_t except);
/* out[j] = max(0, a + b) as 0..127 (mult = 127 / clip). */
typedef void (*qi_relu_sum)(const float *a, const float *b, float mult, uint8_t *out, uint32_t n);
/* out[j] = a * 127 / top, where top, the largest size in a (at least 1e-6), is returned. n at most QI_MAX_CLASSES. */
typedef float (*qi_to_signed)(const float *a, int8_t *out, uint32_t n);

#define QI_MAX_CLASSES 2048u
#define QI_NO_INDEX UINT32_MAX

typedef struct qi_kernel {
  const char *name; /* "vnni", "avx2", "portable" */
  qi_matmul matmul;
  qi_lstm_cell cell;
  qi_to_gates gates;
  qi_to_relu relu;
  qi_to_float to_float;
  qi_argmax argmax;
  qi_relu_sum relu_sum;
  qi_to_signed to_signed;
} qi_kernel;

/* The best kernel for this processor; the environment's QUID_KERNEL (vnni, avx2, portable) picks a
 * lesser one, for tests. */
const qi_kernel *qi_kernel_best(void);
/* By name; NULL when unknown or not for this processor. */
const qi_kernel *qi_kernel_named(const char *name);

#endif
