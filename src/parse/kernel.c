/* parse: the portable kernel, and the choice among the three. */
#include "parse/kernel.h"
#include "parse/kernel_impl.h"
#include <stdlib.h>

#define KERNEL_TARGET
#define KERNEL(name) portable_##name
#include "parse/kernel_body.h"

/* Written so that compilers vectorise it over the 64 lanes of a panel: the weights of some columns
 * are spread out as 16-bit numbers once for all rows. A 7-bit by 8-bit product and the sum of two
 * fit in 16. */
#define BLOCK 32u /* columns spread out at a time: 4 KB */
typedef int16_t spread_block[BLOCK][QI_PANEL];

static void spread(spread_block wide, const int8_t *restrict w, uint32_t n_columns) {
  for (uint32_t k = 0; k < n_columns; k += 4, w += 4 * QI_PANEL)
    for (uint32_t j = 0; j < QI_PANEL; j++)
      for (uint32_t i = 0; i < 4; i++) wide[k + i][j] = w[4 * j + i];
}

static void add_products(int32_t *restrict acc, const uint8_t *restrict a, const spread_block wide,
                         uint32_t n_columns) {
  for (uint32_t k = 0; k < n_columns; k += 4) {
    const int16_t *w0 = wide[k], *w1 = wide[k + 1], *w2 = wide[k + 2], *w3 = wide[k + 3];
    for (uint32_t j = 0; j < QI_PANEL; j++) {
      int16_t low = (int16_t)(a[k] * w0[j] + a[k + 1] * w1[j]),
              high = (int16_t)(a[k + 2] * w2[j] + a[k + 3] * w3[j]);
      acc[j] += low + high;
    }
  }
}

static void portable_matmul(const uint8_t *act, size_t act_stride, uint32_t m,
                            const int8_t *weights, uint32_t n_pad, uint32_t k_pad, int32_t *out,
                            size_t out_stride) {
  spread_block wide;
  for (uint32_t p = 0; p < n_pad; p += QI_PANEL) {
    for (uint32_t r = 0; r < m; r++) memset(out + r * out_stride + p, 0, QI_PANEL * sizeof *out);
    for (uint32_t k = 0; k < k_pad; k += BLOCK) {
      uint32_t n_columns = k_pad - k < BLOCK ? k_pad - k : BLOCK;
      spread(wide, weights + (size_t)p * k_pad + (size_t)k * QI_PANEL, n_columns);
      for (uint32_t r = 0; r < m; r++)
        add_products(out + r * out_stride + p, act + r * act_stride + k, wide, n_columns);
    }
  }
}

static const qi_kernel portable = {"portable", KERNEL_FUNCTIONS};

const qi_kernel *qi_kernel_named(const char *name) {
#if defined(__x86_64__)
  if (strcmp(name, "vnni") == 0 && __builtin_cpu_supports("avx512vnni") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq"))
    return &qi_kernel_vnni;
  if (strcmp(name, "avx2") == 0 && __builtin_cpu_supports("avx2")) return &qi_kernel_avx2;
#endif
  return strcmp(name, "portable") == 0 ? &portable : NULL;
}

const qi_kernel *qi_kernel_best(void) {
  static const char *const order[] = {"vnni", "avx2", "portable"};
  const char *wanted = getenv("QUID_KERNEL");
  const qi_kernel *kernel = wanted ? qi_kernel_named(wanted) : NULL;
  for (size_t i = 0; !kernel && i < sizeof order / sizeof *order; i++)
    kernel = qi_kernel_named(order[i]);
  return kernel;
}
