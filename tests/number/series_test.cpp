#include "number/series.h"

#include <algorithm>
#include <vector>

#include "number/functions/functions.h"
#include "number/random.h"

namespace nabla::number {
namespace {

constexpr Bits kBits = 128;
using Coefficients = std::vector<Rational>;

Series series_of(const Coefficients& c) {
  Series r;
  for (std::size_t k = 0; k < c.size(); ++k) r.set_coefficient(static_cast<long>(k), Ball(c[k], kBits));
  return r;
}

Coefficients random_coefficients(Random& random, long n) {
  Coefficients c;
  for (long k = 0; k < n; ++k) c.push_back(random_rational(random, 2));
  return c;
}

Coefficients product(const Coefficients& a, const Coefficients& b, std::size_t n) {
  Coefficients c(n);
  for (std::size_t i = 0; i < std::min(n, a.size()); ++i) {
    for (std::size_t j = 0; j < std::min(n - i, b.size()); ++j) c[i + j] = c[i + j] + a[i] * b[j];
  }
  return c;
}

void check_contains(const Series& x, const Coefficients& c) {
  for (std::size_t k = 0; k < c.size(); ++k) {
    const Ball ball = x.coefficient(static_cast<long>(k));
    INFO("coefficient " << k << " around " << ball.mid());
    CHECK_FALSE(ball.is_nan());
    CHECK(ball.contains(c[k]));
  }
}

// The coefficients from `first` on are NaN, those before it are what `c` says.
void check_known(const Series& x, const Coefficients& c, long n) {
  check_contains(x, c);
  for (long k = static_cast<long>(c.size()); k < n; ++k) CHECK(x.coefficient(k).is_nan());
  CHECK(x.is_nan() == (static_cast<long>(c.size()) < n));
}

TEST_CASE("series arithmetic contains the exact coefficients") {
  Random random(31);
  for (int i = 0; i < 300; ++i) {
    const long n = random_long(random, 1, 12);
    const Coefficients a = random_coefficients(random, random_long(random, 1, n));
    Coefficients b = random_coefficients(random, random_long(random, 1, n));
    const Series x = series_of(a);
    const Series y = series_of(b);
    const Coefficients ab = product(a, b, static_cast<std::size_t>(n));
    check_contains(mul(x, y, n, kBits), ab);
    check_contains(sub(add(x, y, n, kBits), y, n, kBits), a);
    const Series quotient = div(series_of(ab), y, n, kBits);
    if (b[0].is_zero()) {
      for (long k = 0; k < n; ++k) CHECK(quotient.coefficient(k).is_nan());
    } else {
      check_contains(quotient, a);
    }
  }
}

TEST_CASE("powers of series undo each other") {
  Random random(32);
  for (int i = 0; i < 300; ++i) {
    const long n = random_long(random, 1, 10);
    const Coefficients a = random_coefficients(random, n);
    const long exponent = random_long(random, 1, 6);
    Coefficients raised = {Rational(1)};
    for (long k = 0; k < exponent; ++k) raised = product(raised, a, static_cast<std::size_t>(n));
    const Series x = series_of(a);
    check_contains(power(x, Rational(exponent), n, kBits), raised);
    if (a[0].is_zero()) continue;
    const Series inverse = power(x, Rational(-exponent), n, kBits);
    check_contains(mul(inverse, series_of(raised), n, kBits), {Rational(1)});
    // The root of a^exponent is a, or |a|.
    Series root = power(series_of(raised), Rational(1, exponent), n, kBits);
    if (exponent % 2 == 0 && a[0].sign() < 0) root = sub(Series(), root, n, kBits);
    check_contains(root, a);
    if (a[0].sign() > 0) {
      const Series y = series_of(random_coefficients(random, n));
      const Series z = series_of(random_coefficients(random, n));
      const Series both = mul(power(x, y, n, kBits), power(x, z, n, kBits), n, kBits);
      const Series sum = power(x, add(y, z, n, kBits), n, kBits);
      for (long k = 0; k < n; ++k) CHECK(both.coefficient(k).overlaps(sum.coefficient(k)));
    }
  }
}

TEST_CASE("roots of series keep to their domain") {
  CHECK(power(Series::variable(-4), Rational(1, 2), 3, kBits).is_nan());
  check_contains(power(Series::variable(-8), Rational(1, 3), 2, kBits), {Rational(-2), Rational(1, 12)});
  check_contains(power(Series::variable(-8), Rational(2, 3), 2, kBits), {Rational(4), Rational(-1, 3)});
  check_contains(power(Series::variable(4), Series(Ball(Rational(1, 2), 53)), 2, kBits), {Rational(2), Rational(1, 4)});
  CHECK(power(Series::variable(-2), Series::variable(1), 3, kBits).is_nan());
  const Ball around_zero = Ball::hull(Ball(-1), Ball(1), kBits);
  CHECK(power(Series::variable(around_zero), Rational(-1), 3, kBits).is_nan());
  const Series square = power(Series::variable(around_zero), Rational(2), 3, kBits);
  CHECK(square.coefficient(0).is_nonnegative());
  check_contains(square, {Rational(1, 4), Rational(1), Rational(1)});
}

TEST_CASE("powers at exactly 0 are known as far as they are smooth") {
  const auto h = [](long exponent) { return power(Series::variable(0), Rational(exponent), 8, kBits); };
  const auto zeros = [](long count) { return Coefficients(static_cast<std::size_t>(count)); };
  check_known(h(2), {0, 0, 1, 0, 0, 0, 0, 0}, 8);
  check_known(power(h(1), Rational(-1), 4, kBits), {}, 4);
  check_known(power(h(1), Rational(1, 2), 4, kBits), {0}, 4);
  check_known(power(h(2), Rational(1, 2), 4, kBits), {0}, 4);           // |h|
  check_known(power(h(4), Rational(1, 2), 6, kBits), {0, 0, 1, 0}, 6);  // h^2
  check_known(power(h(6), Rational(1, 2), 8, kBits), zeros(3), 8);      // |h|^3
  check_known(power(sub(Series(), h(4), 8, kBits), Rational(1, 2), 6, kBits), {0}, 6);
  check_known(power(h(3), Rational(1, 3), 6, kBits), {0, 1, 0, 0}, 6);  // h
  check_known(power(h(3), Rational(2, 3), 6, kBits), {0, 0, 1, 0, 0}, 6);
  check_known(power(h(1), Rational(4, 3), 2, kBits), {0, 0}, 2);
  check_known(power(h(1), Rational(4, 3), 4, kBits), {0, 0}, 4);
  check_known(power(h(1), Rational(1, 3), 1, kBits), {0}, 1);
  check_known(power(Series(), Rational(1, 3), 3, kBits), {0}, 3);
  check_known(power(Series(), Rational(4, 3), 3, kBits), {0, 0, 0}, 3);
  check_known(power(Series(), Rational(0), 3, kBits), {1, 0, 0}, 3);
  // A power of what has a vertical tangent knows no more than its value.
  const Series vertical = power(h(1), Rational(1, 3), 2, kBits);
  check_known(power(vertical, Rational(4, 3), 2, kBits), {0}, 2);
  check_known(power(power(h(1), Rational(4, 3), 2, kBits), Rational(2, 3), 2, kBits), {0}, 2);
}

TEST_CASE("a series with a coefficient that is not known says so") {
  Series x = Series::variable(1);
  CHECK_FALSE(x.is_nan());
  x.set_coefficient(3, Ball::nan());
  CHECK(x.is_nan());
  const Series y = mul(x, Series::variable(2), 6, kBits);
  CHECK_FALSE(y.coefficient(2).is_nan());
  CHECK(y.coefficient(3).is_nan());
  CHECK(power(x, Rational(3), 6, kBits).coefficient(3).is_nan());
  CHECK(power(x, Rational(1, 2), 6, kBits).coefficient(3).is_nan());
  CHECK(power(x, Rational(0), 6, kBits).is_nan());
  CHECK(div(Series::variable(1), x, 6, kBits).coefficient(3).is_nan());
}

TEST_CASE("series at an end of the domain say no more than the value") {
  const Series h = Series::variable(0);
  const Series below = sub(Series(Ball(1)), mul(h, h, 4, kBits), 4, kBits);  // 1 - h^2
  const Series squared = mul(h, h, 4, kBits);
  const auto ends = [](const Series& r) { return r.coefficient(1).is_nan() && r.coefficient(2).is_nan(); };
  CHECK(ends(forms::asin.series({&below, 1}, 4, kBits)));
  CHECK(ends(forms::acos.series({&below, 1}, 4, kBits)));
  CHECK(ends(forms::asec.series({&below, 1}, 4, kBits)));
  CHECK(ends(forms::asech.series({&below, 1}, 4, kBits)));
  CHECK(ends(forms::acosh.series({&below, 1}, 4, kBits)));
  CHECK(ends(forms::logarithmic_integral.series({&squared, 1}, 4, kBits)));
  const Series both[] = {squared, squared};
  CHECK(ends(forms::hypot.series(Arguments(both), 4, kBits)));
  const Series order_half[] = {Series(Ball(Rational(1, 2), kBits)), squared};
  CHECK(ends(forms::besselj.series(Arguments(order_half), 4, kBits)));
}

}  // namespace
}  // namespace nabla::number
