/* parse: the element-wise loops of a kernel, compiled once for each instruction set. No reductions
 * and no fused multiply-add (-ffp-contract=off), so each lane does the same IEEE operations
 * everywhere. Included by kernel_*.c after KERNEL_TARGET and KERNEL(name) are defined. */

/* Rounds to nearest even for |x| < 2^22 by pushing the fraction out of the mantissa. */
#define ROUND_MAGIC 12582912.0f /* 1.5 * 2^23 */
static inline KERNEL_TARGET int32_t KERNEL(round)(float x) {
  union { float f; int32_t i; } u = {x + ROUND_MAGIC};
  return u.i - 0x4B400000;
}

static inline KERNEL_TARGET float KERNEL(clamp)(float x, float lo, float hi) {
  x = x < lo ? lo : x;
  return x > hi ? hi : x;
}

/* tanh by the (7,6) continued fraction of Lambert, cut where it reaches 1; error below 1e-4 against
 * 8e-3 of a 7-bit step. */
static inline KERNEL_TARGET float KERNEL(tanh)(float x) {
  x = KERNEL(clamp)(x, -4.97f, 4.97f);
  float y = x * x;
  float p = x * (135135.0f + y * (17325.0f + y * (378.0f + y)));
  float q = 135135.0f + y * (62370.0f + y * (3150.0f + y * 28.0f));
  return p / q;
}

static KERNEL_TARGET void KERNEL(cell)(const int16_t *restrict x, const int32_t *restrict acc,
                                       const float *restrict scale, const float *restrict bias,
                                       float *restrict c, uint8_t *restrict h, uint32_t n) {
  for (uint32_t j = 0; j < n; j++) {
    float i = (float)x[j] * (1.0f / 1024) + (float)acc[j] * scale[j] + bias[j];
    float f = (float)x[n + j] * (1.0f / 1024) + (float)acc[n + j] * scale[n + j] + bias[n + j];
    float g = (float)x[2 * n + j] * (1.0f / 1024) + (float)acc[2 * n + j] * scale[2 * n + j] + bias[2 * n + j];
    float o = (float)x[3 * n + j] * (1.0f / 1024) + (float)acc[3 * n + j] * scale[3 * n + j] + bias[3 * n + j];
    i = 0.5f + 0.5f * KERNEL(tanh)(0.5f * i);
    f = 0.5f + 0.5f * KERNEL(tanh)(0.5f * f);
    o = 0.5f + 0.5f * KERNEL(tanh)(0.5f * o);
    float cell = f * c[j] + i * KERNEL(tanh)(g);
    c[j] = cell;
    h[j] = (uint8_t)(64 + KERNEL(round)(63.0f * (o * KERNEL(tanh)(cell))));
  }
}

static KERNEL_TARGET void KERNEL(gates)(const int32_t *restrict acc, const float *restrict scale,
                                        const float *restrict bias, int16_t *restrict out, uint32_t n) {
  for (uint32_t j = 0; j < n; j++) {
    float v = KERNEL(clamp)(((float)acc[j] * scale[j] + bias[j]) * 1024.0f, -32767.0f, 32767.0f);
    out[j] = (int16_t)KERNEL(round)(v);
  }
}

static KERNEL_TARGET void KERNEL(relu)(const int32_t *restrict acc, const float *restrict scale,
                                       const float *restrict bias, float mult, uint8_t *restrict out,
                                       uint32_t n) {
  for (uint32_t j = 0; j < n; j++) {
    float v = KERNEL(clamp)(((float)acc[j] * scale[j] + bias[j]) * mult, 0.0f, 127.0f);
    out[j] = (uint8_t)KERNEL(round)(v);
  }
}
