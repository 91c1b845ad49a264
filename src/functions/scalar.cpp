#include "functions/scalar.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace nabla::functions::scalar {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool is_integer(double x) { return std::floor(x) == x; }  // and infinities

double lower_tail(double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; }
double standardised(const double* x, int count) {
  if (count > 2 && !(x[2] > 0)) return kNan;
  const double z = count > 1 ? x[0] - x[1] : x[0];
  return count > 2 ? z / x[2] : z;
}

double gcd_of(double a, double b) {
  while (b != 0) {
    const double r = std::fmod(a, b);
    a = b;
    b = r;
  }
  return std::abs(a);
}

}  // namespace

double sqrt(const double* x, int) { return std::sqrt(x[0]); }
double cbrt(const double* x, int) { return std::cbrt(x[0]); }

double root(const double* x, int) {
  const bool odd = is_integer(x[1]) && std::fmod(x[1], 2) != 0;
  if (x[1] == 0 || (x[0] == 0 && x[1] < 0) || (x[0] < 0 && !odd)) return kNan;
  return std::copysign(std::pow(std::abs(x[0]), 1 / x[1]), x[0]);
}

double exp(const double* x, int) { return std::exp(x[0]); }
double ln(const double* x, int) { return x[0] == 0 ? kNan : std::log(x[0]); }
double log(const double* x, int count) { return count < 2 ? log10(x, 1) : ln(x, 1) / ln(x + 1, 1); }
double log2(const double* x, int) { return x[0] == 0 ? kNan : std::log2(x[0]); }
double log10(const double* x, int) { return x[0] == 0 ? kNan : std::log10(x[0]); }

double sin(const double* x, int) { return std::sin(x[0]); }
double cos(const double* x, int) { return std::cos(x[0]); }
double tan(const double* x, int) { return std::tan(x[0]); }
double sec(const double* x, int) { return 1 / std::cos(x[0]); }
double csc(const double* x, int) { return x[0] == 0 ? kNan : 1 / std::sin(x[0]); }
double cot(const double* x, int) { return x[0] == 0 ? kNan : 1 / std::tan(x[0]); }
double asin(const double* x, int) { return std::asin(x[0]); }
double acos(const double* x, int) { return std::acos(x[0]); }
double atan(const double* x, int) { return std::atan(x[0]); }
double asec(const double* x, int) { return std::acos(1 / x[0]); }
double acsc(const double* x, int) { return std::asin(1 / x[0]); }
double acot(const double* x, int) { return x[0] > 0 ? std::atan(1 / x[0]) : std::numbers::pi / 2 - std::atan(x[0]); }
double atan2(const double* x, int) { return x[0] == 0 && x[1] == 0 ? kNan : std::atan2(x[0] + 0.0, x[1]); }

double sinh(const double* x, int) { return std::sinh(x[0]); }
double cosh(const double* x, int) { return std::cosh(x[0]); }
double tanh(const double* x, int) { return std::tanh(x[0]); }
double sech(const double* x, int) { return 1 / std::cosh(x[0]); }
double csch(const double* x, int) { return x[0] == 0 ? kNan : 1 / std::sinh(x[0]); }
double coth(const double* x, int) { return x[0] == 0 ? kNan : 1 / std::tanh(x[0]); }
double asinh(const double* x, int) { return std::asinh(x[0]); }
double acosh(const double* x, int) { return std::acosh(x[0]); }
double atanh(const double* x, int) { return std::abs(x[0]) < 1 ? std::atanh(x[0]) : kNan; }
double asech(const double* x, int) { return x[0] == 0 ? kNan : std::acosh(1 / x[0]); }
double acsch(const double* x, int) { return x[0] == 0 ? kNan : std::asinh(1 / x[0]); }
double acoth(const double* x, int) { return std::abs(x[0]) > 1 ? std::atanh(1 / x[0]) : kNan; }

double abs(const double* x, int) { return std::abs(x[0]); }
double sign(const double* x, int) { return x[0] > 0 ? 1 : x[0] < 0 ? -1 : x[0]; }
double floor(const double* x, int) { return std::floor(x[0]); }
double ceil(const double* x, int) { return std::ceil(x[0]); }

double round(const double* x, int count) {
  if (count < 2) return std::round(x[0]);
  if (!is_integer(x[1])) return kNan;
  const double scale = std::pow(10.0, std::abs(x[1]));
  return x[1] < 0 ? std::round(x[0] / scale) * scale : std::round(x[0] * scale) / scale;
}

double trunc(const double* x, int) { return std::trunc(x[0]); }
double frac(const double* x, int) { return x[0] - std::floor(x[0]); }

double mod(const double* x, int) {
  const double r = std::fmod(x[0], x[1]);
  return r != 0 && (r < 0) != (x[1] < 0) ? r + x[1] : r;
}

double min(const double* x, int count) { return *std::min_element(x, x + count); }
double max(const double* x, int count) { return *std::max_element(x, x + count); }
double clamp(const double* x, int) { return x[1] <= x[2] ? std::clamp(x[0], x[1], x[2]) : kNan; }
double hypot(const double* x, int) { return std::hypot(x[0], x[1]); }
double heaviside(const double* x, int) { return x[0] > 0 ? 1 : x[0] < 0 ? 0 : x[0] + 0.5; }
double relu(const double* x, int) { return x[0] > 0 ? x[0] : x[0] * 0; }

double gcd(const double* x, int count) {
  double r = 0;
  for (int i = 0; i < count; ++i) {
    if (!is_integer(x[i]) || std::isinf(x[i])) return kNan;
    r = gcd_of(r, x[i]);
  }
  return r;
}

double lcm(const double* x, int count) {
  double r = 1;
  for (int i = 0; i < count; ++i) {
    if (!is_integer(x[i]) || std::isinf(x[i])) return kNan;
    r = x[i] == 0 ? 0 : r / std::max(gcd_of(r, x[i]), 1.0) * std::abs(x[i]);
  }
  return r;
}

double erf(const double* x, int) { return std::erf(x[0]); }
double erfc(const double* x, int) { return std::erfc(x[0]); }

double normpdf(const double* x, int count) {
  const double z = standardised(x, count);
  return std::exp(-z * z / 2) / (std::sqrt(2 * std::numbers::pi) * (count > 2 ? x[2] : 1));
}

double normcdf(const double* x, int count) { return lower_tail(standardised(x, count)); }
double sigmoid(const double* x, int) { return 1 / (1 + std::exp(-x[0])); }
double softplus(const double* x, int) { return std::max(x[0], 0.0) + std::log1p(std::exp(-std::abs(x[0]))); }
double gelu(const double* x, int) { return x[0] * lower_tail(x[0]); }

double pi(const double*, int) { return std::numbers::pi; }
double e(const double*, int) { return std::numbers::e; }
double tau(const double*, int) { return 2 * std::numbers::pi; }
double phi(const double*, int) { return std::numbers::phi; }
double infinity(const double*, int) { return kInfinity; }
double euler_gamma(const double*, int) { return std::numbers::egamma; }

}  // namespace nabla::functions::scalar
