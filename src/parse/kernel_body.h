/* parse: the element-wise loops of a kernel, compiled once for each instruction set. No reductions
 * and no fused multiply-add (-ffp-contract=off), so each lane does the same IEEE operations
 * everywhere. Included by kernel_*.c after KERNEL_TARGET and KERNEL(name) are defined. */

/* Rounds to nearest even for |x| < 2^22 by pushing the fraction out of the mantissa. */
#define ROUND_MAGIC 12582912.0f /* 1.5 * 2^23 */
static inline KERNEL_TARGET int32_t KERNEL(round)(float x) {
  union { float f; int32_t i; } u = {x + ROUND_MAGIC};
  return u.i - 0x4B400000;
}

/* x between -most and most. Sizes of floats order as their bits do, and compilers make one
 * instruction of a minimum of integers, but three of one of floats. */
static inline KERNEL_TARGET float KERNEL(clamp)(float x, float most) {
  union { float f; int32_t i; } u = {x}, m = {most};
  int32_t size = u.i & INT32_MAX;
  u.i = (size < m.i ? size : m.i) | (u.i & INT32_MIN);
  return u.f;
}

/* x between 0 and most. */
static inline KERNEL_TARGET float KERNEL(clamp_positive)(float x, float most) {
  union { float f; int32_t i; } u = {x}, m = {most};
  u.i = u.i > 0 ? u.i : 0;
  u.i = u.i < m.i ? u.i : m.i;
  return u.f;
}

/* tanh by the (7,6) continued fraction of Lambert, cut where it reaches 1; error below 1e-4 against
 * 8e-3 of a 7-bit step. */
static inline KERNEL_TARGET float KERNEL(tanh)(float x) {
  x = KERNEL(clamp)(x, 4.97f);
  float y = x * x;
  float p = x * (135135.0f + y * (17325.0f + y * (378.0f + y)));
  float q = 135135.0f + y * (62370.0f + y * (3150.0f + y * 28.0f));
  return p / q;
}

/* Three loops, because compilers do not vectorise one that mixes 8-, 16- and 32-bit arrays. */
static KERNEL_TARGET void KERNEL(cell)(const int16_t *restrict x, const int32_t *restrict acc,
                                       const float *restrict scale, const float *restrict bias,
                                       float *restrict c, uint8_t *restrict h, uint32_t n) {
  float pre[4 * QI_MAX_HIDDEN], out[QI_MAX_HIDDEN];
  /* Not pre[n + j]: n + j may wrap, for all that the compiler knows, and then it gathers. */
  const float *pre_i = pre, *pre_f = pre + n, *pre_g = pre_f + n, *pre_o = pre_g + n;
  for (uint32_t j = 0; j < 4 * n; j++)
    pre[j] = (float)x[j] * (1.0f / 1024) + (float)acc[j] * scale[j] + bias[j];
  for (uint32_t j = 0; j < n; j++) {
    float i = 0.5f + 0.5f * KERNEL(tanh)(0.5f * pre_i[j]);
    float f = 0.5f + 0.5f * KERNEL(tanh)(0.5f * pre_f[j]);
    float g = KERNEL(tanh)(pre_g[j]);
    float o = 0.5f + 0.5f * KERNEL(tanh)(0.5f * pre_o[j]);
    float cell = f * c[j] + i * g;
    c[j] = cell;
    out[j] = 63.0f * (o * KERNEL(tanh)(cell));
  }
  for (uint32_t j = 0; j < n; j++) h[j] = (uint8_t)(64 + KERNEL(round)(out[j]));
}

static KERNEL_TARGET void KERNEL(gates)(const int32_t *restrict acc, const float *restrict scale,
                                        const float *restrict bias, int16_t *restrict out,
                                        uint32_t n) {
  for (uint32_t j = 0; j < n; j++) {
    float v = KERNEL(clamp)(((float)acc[j] * scale[j] + bias[j]) * 1024.0f, 32767.0f);
    out[j] = (int16_t)KERNEL(round)(v);
  }
}

static KERNEL_TARGET void KERNEL(relu)(const int32_t *restrict acc, const float *restrict scale,
                                       const float *restrict bias, float mult,
                                       uint8_t *restrict out, uint32_t n) {
  for (uint32_t j = 0; j < n; j++) {
    float v = KERNEL(clamp_positive)(((float)acc[j] * scale[j] + bias[j]) * mult, 127.0f);
    out[j] = (uint8_t)KERNEL(round)(v);
  }
}

static KERNEL_TARGET void KERNEL(to_float)(const int32_t *restrict acc, const float *restrict scale,
                                           const float *restrict bias, float *restrict out,
                                           uint32_t n) {
  for (uint32_t j = 0; j < n; j++) out[j] = (float)acc[j] * scale[j] + bias[j];
}

/* Compared as integers, because only their maximum may be taken in any order. */
static KERNEL_TARGET uint32_t KERNEL(argmax)(const int32_t *restrict acc,
                                             const float *restrict scale,
                                             const float *restrict bias, uint32_t n,
                                             uint32_t except) {
  int32_t v[QI_MAX_CLASSES], top = INT32_MIN;
  for (uint32_t j = 0; j < n; j++)
    v[j] = KERNEL(round)(KERNEL(clamp)(((float)acc[j] * scale[j] + bias[j]) * 4096.0f, 4e6f));
  if (except < n) v[except] = INT32_MIN;
  for (uint32_t j = 0; j < n; j++) top = v[j] > top ? v[j] : top;
  uint32_t best = 0;
  while (v[best] != top) best++;
  return best;
}

static KERNEL_TARGET void KERNEL(relu_sum)(const float *restrict a, const float *restrict b,
                                           float mult, uint8_t *restrict out, uint32_t n) {
  for (uint32_t j = 0; j < n; j++)
    out[j] = (uint8_t)KERNEL(round)(KERNEL(clamp_positive)((a[j] + b[j]) * mult, 127.0f));
}

static KERNEL_TARGET float KERNEL(to_signed)(const float *restrict a, int8_t *restrict out,
                                             uint32_t n) {
  int32_t bits[QI_MAX_CLASSES], top = 0x358637BD; /* 1e-6f; they order as the floats do */
  memcpy(bits, a, n * sizeof *bits);
  for (uint32_t j = 0; j < n; j++) {
    int32_t size = bits[j] & 0x7FFFFFFF;
    top = size > top ? size : top;
  }
  float largest;
  memcpy(&largest, &top, sizeof largest);
  float mult = 127.0f / largest;
  for (uint32_t j = 0; j < n; j++) out[j] = (int8_t)KERNEL(round)(a[j] * mult);
  return largest;
}

#define KERNEL_FUNCTIONS                                                                           \
  KERNEL(matmul), KERNEL(cell), KERNEL(gates), KERNEL(relu), KERNEL(to_float), KERNEL(argmax),     \
      KERNEL(relu_sum), KERNEL(to_signed)
