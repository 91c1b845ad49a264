// Special functions in double: the C library's where it has them, else balls rounded. (Boost.Math has more of them, and
// computes each once when the program starts.)
#include <array>
#include <cmath>
#include <limits>

#include "functions/scalar.h"
#include "number/functions/functions.h"

namespace nabla::functions::scalar {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr number::Bits kGoodBits = 56;
constexpr number::Bits kMaxBits = 2048;
constexpr int kMaxArguments = 3;

bool is_pole(double x) { return x <= 0 && std::floor(x) == x; }

// The value to nearly the last bit; NaN outside the domain.
template <number::BallFunction F>
double rounded(const double* x, int count) {
  std::array<number::Ball, kMaxArguments> at;
  for (int i = 0; i < count; ++i) at[static_cast<std::size_t>(i)] = number::Ball::from_double(x[i]);
  number::Ball value = number::Ball::nan();
  for (number::Bits bits = 64; bits <= kMaxBits && (value.is_nan() || value.accuracy_bits() < kGoodBits); bits *= 2) {
    value = F({at.data(), static_cast<std::size_t>(count)}, bits);
    if (value.is_exact() || (value.is_nan() && bits > kGoodBits * 2)) break;
  }
  return value.is_nan() ? kNan : value.mid();
}

}  // namespace

double gamma(const double* x, int) { return is_pole(x[0]) ? kNan : std::tgamma(x[0]); }
double factorial(const double* x, int) { return is_pole(x[0] + 1) ? kNan : std::tgamma(x[0] + 1); }

double lgamma(const double* x, int) {
  int sign = 0;
  return is_pole(x[0]) ? kNan : ::lgamma_r(x[0], &sign);
}

double digamma(const double* x, int count) { return rounded<number::digamma>(x, count); }
double polygamma(const double* x, int count) { return rounded<number::polygamma>(x, count); }
double beta(const double* x, int count) { return rounded<number::beta>(x, count); }
double binomial(const double* x, int count) { return rounded<number::binomial>(x, count); }
double erfinv(const double* x, int count) { return rounded<number::erfinv>(x, count); }
double sine_integral(const double* x, int count) { return rounded<number::sine_integral>(x, count); }
double cosine_integral(const double* x, int count) { return rounded<number::cosine_integral>(x, count); }
double exponential_integral(const double* x, int count) { return rounded<number::exponential_integral>(x, count); }
double logarithmic_integral(const double* x, int count) { return rounded<number::logarithmic_integral>(x, count); }
double lambertw(const double* x, int count) { return rounded<number::lambertw>(x, count); }
double zeta(const double* x, int count) { return rounded<number::zeta>(x, count); }
double besselj(const double* x, int count) { return rounded<number::besselj>(x, count); }
double bessely(const double* x, int count) { return rounded<number::bessely>(x, count); }
double besseli(const double* x, int count) { return rounded<number::besseli>(x, count); }
double besselk(const double* x, int count) { return rounded<number::besselk>(x, count); }
double airyai(const double* x, int count) { return rounded<number::airyai>(x, count); }
double airybi(const double* x, int count) { return rounded<number::airybi>(x, count); }
double airyai_derivative(const double* x, int count) { return rounded<number::airyai_derivative>(x, count); }
double airybi_derivative(const double* x, int count) { return rounded<number::airybi_derivative>(x, count); }

}  // namespace nabla::functions::scalar
