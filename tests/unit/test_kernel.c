/* The kernels that this processor has give the same bits, and those of a naive computation. */
#include "unit/unit.h"

#include "parse/kernel.h"

#include <math.h>
#include <stdio.h>

static const char *const names[] = {"portable", "avx2", "vnni"};
#define N_NAMES (sizeof names / sizeof *names)
#define EACH_KERNEL(k)                                                                             \
  for (size_t k##_n = 0; k##_n < N_NAMES; k##_n++)                                                 \
    for (const qi_kernel *k = qi_kernel_named(names[k##_n]); k; k = NULL)

static uint64_t state_;

static uint32_t draw(void) { /* splitmix64 */
  uint64_t z = (state_ += UINT64_C(0x9E3779B97F4A7C15));
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return (uint32_t)(z >> 32);
}
static uint32_t below(uint32_t n) { return draw() % n; }
/* Mostly of a trained layer's size, now and then far out. */
static float real(float size) {
  float v = ((float)draw() / 4294967296.0f * 2 - 1) * size;
  return below(20) == 0 ? v * 1000 : v;
}

static void names_the_kernels(void **state) {
  (void)state;
  size_t n = 0;
  EACH_KERNEL(k) {
    assert_string_equal(k->name, names[k_n]);
    setenv("QUID_KERNEL", names[k_n], 1);
    assert_ptr_equal(qi_kernel_best(), k);
    n++;
  }
  print_message("# %zu kernels on this processor\n", n);
  setenv("QUID_KERNEL", "abacus", 1); /* unknown: the best there is */
  assert_non_null(qi_kernel_best());
  unsetenv("QUID_KERNEL");
  assert_non_null(qi_kernel_best());
  assert_null(qi_kernel_named("abacus"));
  assert_null(qi_kernel_named(""));
  assert_non_null(qi_kernel_named("portable"));
}

/* Row-by-row weights [n][k] as the kernels want them: [n / 64][k / 4][64][4]. */
static void pack(int8_t *packed, const int8_t *w, uint32_t n, uint32_t k) {
  for (uint32_t j = 0; j < n; j++)
    for (uint32_t i = 0; i < k; i++)
      packed[(size_t)(j / QI_PANEL) * QI_PANEL * k + i / 4 * 4 * QI_PANEL + j % QI_PANEL * 4 +
             i % 4] = w[(size_t)j * k + i];
}

#define GUARD 0x5A5A5A5A

/* fill: 0 random, 1 the largest products of one sign, 2 of the other. */
static void one_product(uint32_t m, uint32_t n, uint32_t k, int fill) {
  size_t act_stride = k + below(3) * 4, out_stride = n + below(3) * 16;
  uint8_t *act = malloc(m * act_stride);
  int8_t *w = malloc((size_t)n * k), *packed = malloc((size_t)n * k);
  int32_t *expected = malloc(m * out_stride * sizeof *expected),
          *out = malloc(m * out_stride * sizeof *out);
  assert_true(act && w && packed && expected && out);
  for (size_t i = 0; i < m * act_stride; i++) act[i] = (uint8_t)(fill ? 127 : below(128));
  for (size_t i = 0; i < (size_t)n * k; i++)
    w[i] = (int8_t)(fill == 1 ? 127 : fill ? -128 : (int)below(256) - 128);
  pack(packed, w, n, k);
  for (size_t i = 0; i < m * out_stride; i++) expected[i] = GUARD;
  for (uint32_t r = 0; r < m; r++)
    for (uint32_t j = 0; j < n; j++) {
      int32_t sum = 0;
      for (uint32_t i = 0; i < k; i++) sum += act[r * act_stride + i] * w[(size_t)j * k + i];
      expected[r * out_stride + j] = sum;
    }
  EACH_KERNEL(kernel) {
    for (size_t i = 0; i < m * out_stride; i++) out[i] = GUARD;
    kernel->matmul(act, act_stride, m, packed, n, k, out, out_stride);
    if (memcmp(out, expected, m * out_stride * sizeof *out) != 0)
      fail_msg("%s: %u x %u x %u, fill %d", kernel->name, m, n, k, fill);
  }
  free(act), free(w), free(packed), free(expected), free(out);
}

static void products(void **state) {
  (void)state;
  state_ = 1;
  static const uint32_t ks[] = {4, 8, 12, 60, 64, 68, 128, 132, 192};
  for (uint32_t m = 1; m <= 50; m++) one_product(m, QI_PANEL * (1 + m % 3), ks[m % 9], 0);
  for (uint32_t i = 0; i < 40; i++)
    one_product(1 + below(50), QI_PANEL * (1 + below(4)), 4 * (1 + below(130)), 0);
  for (int fill = 1; fill <= 2; fill++)
    for (uint32_t m = 1; m < 16; m += 4) one_product(m, QI_PANEL, 1040, fill);
  one_product(5, QI_PANEL, 0, 0); /* nothing to add up */
  one_product(24, 768, 492, 0);
}

/* --- Element by element --- */

#define MAX_N 2048u
typedef struct numbers { /* what the functions take */
  int32_t acc[MAX_N];
  int16_t x[MAX_N];
  float scale[MAX_N], bias[MAX_N], a[MAX_N], b[MAX_N];
} numbers;

static numbers *drawn(uint32_t n) {
  static numbers v;
  for (uint32_t i = 0; i < n; i++) {
    v.acc[i] = (int32_t)below(1 << 20) - (1 << 19);
    v.x[i] = (int16_t)((int)below(65536) - 32768);
    v.scale[i] = (float)below(1000) * 1e-8f;
    v.bias[i] = real(2);
    v.a[i] = real(3);
    v.b[i] = real(3);
  }
  return &v;
}

static const uint32_t sizes[] = {1,  2,  3,  4,  5,  7,  8,   9,   15,  16,
                                 17, 31, 33, 63, 64, 65, 100, 160, 192, 500};
#define EACH_SIZE(n)                                                                               \
  for (size_t i_ = 0; i_ < 3 * sizeof sizes / sizeof *sizes; i_++)                                 \
    for (uint32_t n = sizes[i_ / 3], once_ = 1; once_; once_ = 0)

static float limit(float v, float lo, float hi) { return v < lo ? lo : v > hi ? hi : v; }
/* acc * scale + bias with both roundings: volatile keeps the compiler from joining them. */
static float value(const numbers *v, uint32_t i) {
  volatile float product = (float)v->acc[i] * v->scale[i];
  return product + v->bias[i];
}

static void gates_and_floats(void **state) {
  (void)state;
  state_ = 2;
  EACH_SIZE(n) {
    const numbers *v = drawn(n);
    EACH_KERNEL(k) {
      int16_t out[MAX_N];
      float real_out[MAX_N];
      k->gates(v->acc, v->scale, v->bias, out, n);
      k->to_float(v->acc, v->scale, v->bias, real_out, n);
      for (uint32_t i = 0; i < n; i++) {
        float expected = value(v, i);
        assert_memory_equal(&real_out[i], &expected, sizeof expected);
        assert_int_equal(out[i], (int)rintf(limit(expected * 1024.0f, -32767.0f, 32767.0f)));
      }
    }
  }
}

static void rectified(void **state) {
  (void)state;
  state_ = 3;
  EACH_SIZE(n) {
    const numbers *v = drawn(n);
    float mult = 127.0f / (0.1f + (float)below(100));
    EACH_KERNEL(k) {
      uint8_t out[MAX_N], sum[MAX_N];
      k->relu(v->acc, v->scale, v->bias, mult, out, n);
      k->relu_sum(v->a, v->b, mult, sum, n);
      for (uint32_t i = 0; i < n; i++) {
        assert_int_equal(out[i], (int)rintf(limit(value(v, i) * mult, 0.0f, 127.0f)));
        assert_int_equal(sum[i], (int)rintf(limit((v->a[i] + v->b[i]) * mult, 0.0f, 127.0f)));
      }
    }
  }
}

static uint32_t first_largest(const numbers *v, uint32_t n, uint32_t except) {
  uint32_t best = QI_NO_INDEX;
  float top = 0;
  for (uint32_t i = 0; i < n; i++) {
    float steps = rintf(limit(value(v, i) * 4096.0f, -4e6f, 4e6f));
    if (i != except && (best == QI_NO_INDEX || steps > top)) top = steps, best = i;
  }
  return best;
}

static void largest(void **state) {
  (void)state;
  state_ = 4;
  EACH_SIZE(n) {
    numbers *v = drawn(n);
    if (below(2)) /* many equal ones: the first wins */
      for (uint32_t i = 0; i < n; i++) v->acc[i] = 0, v->bias[i] = (float)below(3);
    uint32_t best = first_largest(v, n, QI_NO_INDEX), second = first_largest(v, n, best);
    EACH_KERNEL(k) {
      assert_int_equal(k->argmax(v->acc, v->scale, v->bias, n, QI_NO_INDEX), best);
      if (n > 1) assert_int_equal(k->argmax(v->acc, v->scale, v->bias, n, best), second);
      assert_int_equal(k->argmax(v->acc, v->scale, v->bias, n, n), best);
    }
  }
  numbers *v = drawn(QI_MAX_CLASSES);
  EACH_KERNEL(k) assert_int_equal(k->argmax(v->acc, v->scale, v->bias, QI_MAX_CLASSES, QI_NO_INDEX),
                                  first_largest(v, QI_MAX_CLASSES, QI_NO_INDEX));
}

static void signed_bytes(void **state) {
  (void)state;
  state_ = 5;
  EACH_SIZE(n) {
    numbers *v = drawn(n);
    if (below(8) == 0) memset(v->a, 0, sizeof v->a);
    float top = 1e-6f;
    for (uint32_t i = 0; i < n; i++) top = fabsf(v->a[i]) > top ? fabsf(v->a[i]) : top;
    float mult = 127.0f / top;
    EACH_KERNEL(k) {
      int8_t out[MAX_N];
      float got = k->to_signed(v->a, out, n);
      assert_memory_equal(&got, &top, sizeof top);
      for (uint32_t i = 0; i < n; i++) assert_int_equal(out[i], (int)rintf(v->a[i] * mult));
    }
  }
}

static double logistic(double x) { return 1 / (1 + exp(-x)); }

/* Against libm: tanh is an approximation, so the state may be off by a little. */
static void check_cell(const numbers *v, uint32_t n, const float *before, const float *c,
                       const uint8_t *h) {
  for (uint32_t j = 0; j < n; j++) {
    double pre[4];
    for (uint32_t g = 0; g < 4; g++)
      pre[g] = v->x[g * n + j] / 1024.0 + (double)value(v, g * n + j);
    double cell = logistic(pre[1]) * (double)before[j] + logistic(pre[0]) * tanh(pre[2]);
    double out = 64 + 63 * logistic(pre[3]) * tanh((double)c[j]);
    if (fabs((double)c[j] - cell) > 3e-4 * (1 + fabs((double)before[j])) || fabs(h[j] - out) > 0.53)
      fail_msg("unit %u of %u: c %f instead of %f, h %d instead of %f", j, n, (double)c[j], cell,
               h[j], out);
    assert_true(h[j] >= 1 && h[j] <= 127);
  }
}

static void cells(void **state) {
  (void)state;
  state_ = 6;
  EACH_SIZE(hidden) {
    uint32_t n = hidden;
    const numbers *v = drawn(4 * n);
    float before[QI_MAX_HIDDEN], first_c[QI_MAX_HIDDEN];
    uint8_t first_h[QI_MAX_HIDDEN];
    for (uint32_t j = 0; j < n; j++) before[j] = real(2);
    bool first = true;
    EACH_KERNEL(k) {
      float c[QI_MAX_HIDDEN];
      uint8_t h[QI_MAX_HIDDEN];
      memcpy(c, before, sizeof c);
      k->cell(v->x, v->acc, v->scale, v->bias, c, h, n);
      if (first) {
        memcpy(first_c, c, n * sizeof *c);
        memcpy(first_h, h, n);
        check_cell(v, n, before, c, h);
      }
      first = false;
      assert_memory_equal(c, first_c, n * sizeof *c); /* to the last bit */
      assert_memory_equal(h, first_h, n);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_the_kernels),
      cmocka_unit_test(products),
      cmocka_unit_test(gates_and_floats),
      cmocka_unit_test(rectified),
      cmocka_unit_test(largest),
      cmocka_unit_test(signed_bytes),
      cmocka_unit_test(cells),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
