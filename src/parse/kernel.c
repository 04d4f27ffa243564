/* parse: the portable kernel, and the choice among the three. */
#include "parse/kernel.h"
#include "parse/kernel_impl.h"
#include <stdlib.h>

#define KERNEL_TARGET
#define KERNEL(name) portable_##name
#include "parse/kernel_body.h"

static void portable_matmul(const uint8_t *act, size_t act_stride, uint32_t m, const int8_t *weights,
                            uint32_t n_pad, uint32_t k_pad, int32_t *out, size_t out_stride) {
  for (uint32_t r = 0; r < m; r++)
    for (uint32_t p = 0; p < n_pad / QI_PANEL; p++) {
      const int8_t *w = weights + (size_t)p * QI_PANEL * k_pad;
      int32_t acc[QI_PANEL] = {0};
      for (uint32_t k = 0; k < k_pad; k += 4, w += 4 * QI_PANEL) {
        const uint8_t *a = act + r * act_stride + k;
        for (uint32_t j = 0; j < QI_PANEL; j++)
          acc[j] += a[0] * w[4 * j] + a[1] * w[4 * j + 1] + a[2] * w[4 * j + 2] + a[3] * w[4 * j + 3];
      }
      memcpy(out + r * out_stride + p * QI_PANEL, acc, sizeof acc);
    }
}

static const qi_kernel portable = {"portable", KERNEL_FUNCTIONS};

const qi_kernel *qi_kernel_named(const char *name) {
#if defined(__x86_64__)
  if (strcmp(name, "vnni") == 0 && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq"))
    return &qi_kernel_vnni;
  if (strcmp(name, "avx2") == 0 && __builtin_cpu_supports("avx2")) return &qi_kernel_avx2;
#endif
  return strcmp(name, "portable") == 0 ? &portable : NULL;
}

const qi_kernel *qi_kernel_best(void) {
  static const char *const order[] = {"vnni", "avx2", "portable"};
  const char *wanted = getenv("QUID_KERNEL");
  const qi_kernel *kernel = wanted ? qi_kernel_named(wanted) : NULL;
  for (size_t i = 0; !kernel && i < sizeof order / sizeof *order; i++) kernel = qi_kernel_named(order[i]);
  return kernel;
}
