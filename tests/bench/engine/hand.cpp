#include "hand.h"

#include <immintrin.h>
#include <sleef.h>

namespace bench {
namespace {

#if defined(__AVX512F__)
using V = __m512d;
constexpr std::size_t kWidth = 8;
V load(const double* p) { return _mm512_loadu_pd(p); }
void store(double* p, V v) { _mm512_storeu_pd(p, v); }
V root(V x) { return _mm512_sqrt_pd(x); }
#define ROUTINE(name) Sleef_##name##d8_u10avx512f
#else
using V = __m256d;
constexpr std::size_t kWidth = 4;
V load(const double* p) { return _mm256_loadu_pd(p); }
void store(double* p, V v) { _mm256_storeu_pd(p, v); }
V root(V x) { return _mm256_sqrt_pd(x); }
#define ROUTINE(name) Sleef_##name##d4_u10avx2
#endif
V all(double x) { return V{} + x; }
double total(V v) {
  double s = 0;
  for (std::size_t i = 0; i < kWidth; ++i) s += v[i];
  return s;
}

template <class F>
void loop(const double* x, const double* y, double* out, std::size_t n, F f) {
  for (std::size_t i = 0; i + kWidth <= n; i += kWidth) store(out + i, f(load(x + i), load(y + i)));
}

#define HAND(expression)                                                        \
  [](const double* px, const double* py, double* out, std::size_t n) {          \
    loop(px, py, out, n, [](V x, [[maybe_unused]] V y) { return expression; }); \
  }

constexpr Classroom kClassroom[] = {
    {"x^2 sin(x)", "x^2*sin(x)", "x**2*np.sin(x)", HAND(x* x* ROUTINE(sin)(x))},
    {"x^2 y + e^(-y)", "x^2*y+exp(-y)", "x**2*y+np.exp(-y)", HAND(x* x* y + ROUTINE(exp)(-y))},
    {"e^(-x^2/2)/sqrt(2 pi)", "exp(-x^2/2)/sqrt(2*_pi)", "np.exp(-x**2/2)/np.sqrt(2*np.pi)",
     HAND(ROUTINE(exp)(-0.5 * x * x) * 0.3989422804014327)},
    {"x^3 - 3x + 2", "x^3-3*x+2", "x**3-3*x+2", HAND(x* x* x - 3 * x + 2)},
    {"sin(x)/x", "sin(x)/x", "np.sin(x)/x", HAND(ROUTINE(sin)(x) / x)},
    {"sqrt(4 - x^2)", "sqrt(4-x^2)", "np.sqrt(4-x**2)", HAND(root(4 - x * x))},
    {"ln(1 + x^2)", "ln(1+x^2)", "np.log(1+x**2)", HAND(ROUTINE(log)(1 + x * x))},
    {"1/(1 + x^2)", "1/(1+x^2)", "1/(1+x**2)", HAND(1 / (1 + x * x))},
    {"e^(-x/5) cos(3x)", "exp(-x/5)*cos(3*x)", "np.exp(-x/5)*np.cos(3*x)",
     HAND(ROUTINE(exp)(x * -0.2) * ROUTINE(cos)(3 * x))},
    {"x^x", "x^x", "x**x", HAND(ROUTINE(pow)(x, x))},
    {"x < 1 ? 2x : 4 - 2x", "x<1 ? 2*x : 4-2*x", "np.where(x<1,2*x,4-2*x)", HAND(x < 1 ? 2 * x : 4 - 2 * x)},
    {"atan(x/y) + sqrt(x^2 + y^2)", "atan(x/y)+sqrt(x^2+y^2)", "np.arctan(x/y)+np.sqrt(x**2+y**2)",
     HAND(ROUTINE(atan)(x / y) + root(x * x + y * y))},
};

}  // namespace

std::span<const Classroom> classroom() { return kClassroom; }

double network(const double* x1, const double* x2, const double* y, std::size_t rows, const double* p,
               double* gradient) {
  V loss = all(0);
  V g[33];
  for (V& v : g) v = all(0);
  for (std::size_t i = 0; i + kWidth <= rows; i += kWidth) {
    const V a = load(x1 + i);
    const V b = load(x2 + i);
    V h[8];
    V out = all(p[32]);
    for (int j = 0; j < 8; ++j) {
      h[j] = ROUTINE(tanh)(p[j] * a + p[8 + j] * b + p[16 + j]);
      out = out + p[24 + j] * h[j];
    }
    const V r = out - load(y + i);
    loss = loss + r * r;
    if (gradient == nullptr) continue;
    const V d = 2 * r;
    g[32] = g[32] + d;
    for (int j = 0; j < 8; ++j) {
      g[24 + j] = g[24 + j] + d * h[j];
      const V s = d * p[24 + j] * (1 - h[j] * h[j]);
      g[j] = g[j] + s * a;
      g[8 + j] = g[8 + j] + s * b;
      g[16 + j] = g[16 + j] + s;
    }
  }
  if (gradient != nullptr) {
    for (int k = 0; k < 33; ++k) gradient[k] = total(g[k]) / static_cast<double>(rows);
  }
  return total(loss) / static_cast<double>(rows);
}

double fit(const double* x, const double* y, std::size_t rows, const double* p, double* gradient) {
  V loss = all(0);
  V g[10];
  for (V& v : g) v = all(0);
  for (std::size_t i = 0; i + kWidth <= rows; i += kWidth) {
    const V t = load(x + i);
    const V t1 = t - p[4];
    const V t2 = t - p[7];
    const V e1 = ROUTINE(exp)(-p[3] * t1 * t1);
    const V e2 = ROUTINE(exp)(-p[6] * t2 * t2);
    const V s = ROUTINE(sin)(p[9] * t);
    const V r = p[0] + p[1] * t + p[2] * e1 + p[5] * e2 + p[8] * s - load(y + i);
    loss = loss + r * r;
    if (gradient == nullptr) continue;
    const V c = ROUTINE(cos)(p[9] * t);
    const V d = 2 * r;
    g[0] = g[0] + d;
    g[1] = g[1] + d * t;
    g[2] = g[2] + d * e1;
    g[3] = g[3] - d * p[2] * e1 * t1 * t1;
    g[4] = g[4] + d * p[2] * e1 * 2 * p[3] * t1;
    g[5] = g[5] + d * e2;
    g[6] = g[6] - d * p[5] * e2 * t2 * t2;
    g[7] = g[7] + d * p[5] * e2 * 2 * p[6] * t2;
    g[8] = g[8] + d * s;
    g[9] = g[9] + d * p[8] * c * t;
  }
  if (gradient != nullptr) {
    for (int k = 0; k < 10; ++k) gradient[k] = total(g[k]) / static_cast<double>(rows);
  }
  return total(loss) / static_cast<double>(rows);
}

}  // namespace bench
