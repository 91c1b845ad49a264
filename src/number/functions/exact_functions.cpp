#include "number/functions/exact_functions.h"

#include <bernoulli.h>
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "base/error.h"
#include "number/functions/functions.h"

namespace nabla::number::exact {
namespace {

constexpr long kMaxRoot = 1'000'000;   // order of a root
constexpr long kMaxDigits = 100'000;   // of round
constexpr long kMaxBernoulli = 2'000;  // index of a Bernoulli number
constexpr long kMaxBeta = 10'000;      // arguments of beta
constexpr long kMaxProduct = 2'000;    // factors of a product of fractions
constexpr int kMaxDenominator = 12;    // of a rational logarithm
constexpr Bits kLogBits = 64;

// Nothing if n is no long.
std::optional<long> small(const Rational& x) { return x.to_long(); }

[[noreturn]] void too_large(std::string_view what) {
  throw base::Error(base::Code::limit, {}, fmt::format("{} has more than a million digits", what),
                    "lgamma gives the logarithm of such a number");
}

// n! for n >= 0.
Rational factorial_of(long n, std::string_view name) {
  const double digits = std::lgamma(static_cast<double>(n) + 1) / std::log(2.0);
  if (digits > static_cast<double>(base::Budget::kMaxExactBits)) too_large(fmt::format("{}({})", name, n));
  Rational r(1);
  fmpz_fac_ui(fmpq_numref(r.raw()), static_cast<ulong>(n));
  return r;
}

double ln_of(const Rational& x) {
  const Ball ball(x, kLogBits);
  return number::ln({&ball, 1}, kLogBits).mid();
}

// Whether x^q = b^p.
bool powers_agree(const Rational& x, long q, const Rational& b, long p) {
  const auto bits = [](const Rational& y, long n) {
    return static_cast<double>(y.bits()) * std::abs(static_cast<double>(n));
  };
  if (std::max(bits(x, q), bits(b, p)) > static_cast<double>(base::Budget::kMaxExactBits)) return false;
  return Rational::power(x, q) == Rational::power(b, p);
}

Value log_of(const Rational& x, const Rational& b) {
  if (x.sign() <= 0 || b.sign() <= 0 || b.is_one()) return std::nullopt;
  if (x.is_one()) return Rational(0);
  const double ratio = ln_of(x) / ln_of(b);
  for (int q = 1; q <= kMaxDenominator; ++q) {
    const double p = std::round(ratio * q);
    if (p == 0 || std::abs(p) > 1e15 || std::abs(ratio * q - p) > 1e-9 * std::abs(p)) continue;
    if (powers_agree(x, q, b, static_cast<long>(p))) return Rational(static_cast<long>(p), q);
  }
  return std::nullopt;
}

// Halves away from zero.
Rational rounded(const Rational& x) {
  const Rational size = (x.abs() + Rational(1, 2)).floor();
  return x.sign() < 0 ? -size : size;
}

Rational floored_mod(const Rational& a, const Rational& n) { return a - n * (a / n).floor(); }

bool all_integers(Rationals x) {
  for (const Rational& a : x)
    if (!a.is_integer()) return false;
  return true;
}

// n (n-1) … (n-k+1) / k!
Rational product_of_ratios(const Rational& n, long k) {
  Rational r(1);
  for (long i = 0; i < k; ++i) r = r * (n - Rational(i)) / Rational(i + 1);
  return r;
}

// binomial(n, k) of integers 0 <= k <= n.
Rational chosen(const Rational& n, const Rational& k) {
  if (k.is_zero()) return Rational(1);
  // At most (e n/k)^k.
  const double bits = k.to_double() * (ln_of(n) - ln_of(k) + 1) / std::log(2.0);
  if (!(bits <= static_cast<double>(base::Budget::kMaxExactBits))) {
    too_large(fmt::format("binomial({}, {})", n.text(), k.text()));
  }
  const std::optional<long> whole = small(n);
  const long factors = small(k).value();
  if (!whole) return product_of_ratios(n, factors);
  Rational r;
  fmpz_bin_uiui(fmpq_numref(r.raw()), static_cast<ulong>(*whole), static_cast<ulong>(factors));
  return r;
}

}  // namespace

Value sqrt(Rationals x) { return x[0].sign() < 0 ? std::nullopt : Rational::root(x[0], 2); }
Value cbrt(Rationals x) { return Rational::root(x[0], 3); }

Value root(Rationals x) {
  const std::optional<long> n = small(x[1]);
  if (!n || *n == 0 || *n > kMaxRoot || *n < -kMaxRoot) return std::nullopt;
  if ((x[0].sign() < 0 && *n % 2 == 0) || (x[0].is_zero() && *n < 0)) return std::nullopt;
  const Value r = Rational::root(x[0], std::abs(*n));
  return r && *n < 0 ? Value(r->reciprocal()) : r;
}

Value log(Rationals x) { return log_of(x[0], x.size() > 1 ? x[1] : Rational(10)); }
Value log2(Rationals x) { return log_of(x[0], Rational(2)); }
Value log10(Rationals x) { return log_of(x[0], Rational(10)); }

Value abs(Rationals x) { return x[0].abs(); }
Value sign(Rationals x) { return Rational(x[0].sign()); }
Value floor(Rationals x) { return x[0].floor(); }
Value ceil(Rationals x) { return x[0].ceil(); }
Value trunc(Rationals x) { return x[0].sign() < 0 ? x[0].ceil() : x[0].floor(); }
Value frac(Rationals x) { return x[0] - x[0].floor(); }
Value mod(Rationals x) { return x[1].is_zero() ? std::nullopt : Value(floored_mod(x[0], x[1])); }
Value heaviside(Rationals x) { return Rational(x[0].sign() + 1, 2); }
Value relu(Rationals x) { return x[0].sign() > 0 ? x[0] : Rational(0); }

Value round(Rationals x) {
  if (x.size() < 2) return rounded(x[0]);
  const std::optional<long> digits = small(x[1]);
  if (!digits || *digits > kMaxDigits || *digits < -kMaxDigits) return std::nullopt;
  const Rational scale = Rational::power(Rational(10), *digits);
  return rounded(x[0] * scale) / scale;
}

Value min(Rationals x) {
  Rational r = x[0];
  for (const Rational& y : x)
    if (y < r) r = y;
  return r;
}

Value max(Rationals x) {
  Rational r = x[0];
  for (const Rational& y : x)
    if (y > r) r = y;
  return r;
}

Value clamp(Rationals x) {
  if (x[1] > x[2]) return std::nullopt;
  return x[0] < x[1] ? x[1] : x[0] > x[2] ? x[2] : x[0];
}

Value hypot(Rationals x) { return Rational::root(x[0] * x[0] + x[1] * x[1], 2); }

Value factorial(Rationals x) {
  if (!x[0].is_integer() || x[0].sign() < 0) return std::nullopt;
  const std::optional<long> n = small(x[0]);
  if (!n) too_large("the factorial of " + x[0].text());
  return factorial_of(*n, "factorial");
}

Value gamma(Rationals x) {
  if (!x[0].is_integer() || x[0].sign() <= 0) return std::nullopt;
  const std::optional<long> n = small(x[0]);
  if (!n) too_large("gamma of " + x[0].text());
  return factorial_of(*n - 1, "gamma");
}

Value binomial(Rationals x) {
  const Rational& n = x[0];
  const Rational& k = x[1];
  if (!k.is_integer()) return std::nullopt;
  if (n.is_integer()) {
    if (k.sign() < 0) return Rational(0);
    if (n.sign() >= 0) return k > n ? Rational(0) : chosen(n, k + k > n ? n - k : k);
    const Rational turned = chosen(k - n - Rational(1), k);  // (-1)^k binomial(k - n - 1, k)
    return (k / Rational(2)).is_integer() ? turned : -turned;
  }
  const std::optional<long> factors = small(k);
  if (!factors || *factors < 0 || *factors > kMaxProduct) return std::nullopt;
  return product_of_ratios(n, *factors);
}

Value beta(Rationals x) {
  const std::optional<long> a = small(x[0]), b = small(x[1]);
  if (!a || !b || *a <= 0 || *b <= 0 || *a > kMaxBeta || *b > kMaxBeta) return std::nullopt;
  const std::array<Rational, 2> pair{Rational(*a + *b - 1), Rational(*a)};
  return (binomial(pair).value() * Rational(*a)).reciprocal();
}

Value gcd(Rationals x) {
  if (!all_integers(x)) return std::nullopt;
  Rational r = x[0].abs();
  for (const Rational& y : x) fmpz_gcd(fmpq_numref(r.raw()), fmpq_numref(r.raw()), fmpq_numref(y.raw()));
  return r;
}

Value lcm(Rationals x) {
  if (!all_integers(x)) return std::nullopt;
  Rational r = x[0].abs();
  for (const Rational& y : x) {
    if (r.bits() + y.bits() > base::Budget::kMaxExactBits) too_large("this least common multiple");
    fmpz_lcm(fmpq_numref(r.raw()), fmpq_numref(r.raw()), fmpq_numref(y.raw()));
  }
  return r;
}

Value zeta(Rationals x) {
  const std::optional<long> s = small(x[0]);
  if (!s || *s > 0 || *s < -kMaxBernoulli) return std::nullopt;
  if (*s == 0) return Rational(-1, 2);
  Rational r;  // -B(1 - s)/(1 - s)
  bernoulli_fmpq_ui(r.raw(), static_cast<ulong>(1 - *s));
  return -r / Rational(1 - *s);
}

Value besselj(Rationals x) {
  if (!x[1].is_zero() || (x[0].sign() < 0 && !x[0].is_integer())) return std::nullopt;
  return Rational(x[0].is_zero() ? 1 : 0);
}

Value atan2(Rationals x) { return x[0].is_zero() && x[1].sign() > 0 ? Value(Rational(0)) : std::nullopt; }

}  // namespace nabla::number::exact
