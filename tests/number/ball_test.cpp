#include "number/ball.h"

#include <limits>

#include "number/random.h"

namespace nabla::number {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Bits kBits = 80;

Ball between(const Rational& low, const Rational& high) {
  return Ball::hull(Ball(low, kBits), Ball(high, kBits), kBits);
}

// How much wider the ball is than the interval [low, high] that it should cover tightly.
void check_tight(const Ball& ball, double low, double high) {
  CHECK(ball.lower() <= low);
  CHECK(ball.upper() >= high);
  const double slack = 1e-6 * (high - low);
  CHECK(ball.lower() >= low - slack);
  CHECK(ball.upper() <= high + slack);
}

TEST_CASE("arithmetic of balls contains the arithmetic of what is in them") {
  Random random(11);
  for (int i = 0; i < 3000; ++i) {
    const Rational x = random_rational(random, 9);
    const Rational y = random_rational(random, 9);
    const long width = random_long(random, -2, 60);
    const Ball a = random_ball(random, x, width);
    const Ball b = random_ball(random, y, width);
    CHECK(add(a, b, 53).contains(x + y));
    CHECK(sub(a, b, 53).contains(x - y));
    CHECK(mul(a, b, 53).contains(x * y));
    CHECK(neg(a).contains(-x));
    const Ball quotient = div(a, b, 53);
    CHECK(quotient.is_nan() == b.contains_zero());
    if (!b.contains_zero()) CHECK(quotient.contains(x / y));
    Ball sum = a;
    add_to(sum, b, 53);
    CHECK(sum.contains(x + y));
    Ball product = a;
    mul_to(product, b, 53);
    CHECK(product.contains(x * y));
    CHECK(Ball::hull(a, b, 53).contains(x));
    CHECK(Ball::hull(a, b, 53).contains(y));
    CHECK(Rational::from_double(a.lower()) <= x);
    CHECK(x <= Rational::from_double(a.upper()));
  }
}

TEST_CASE("powers of balls contain the powers of what is in them") {
  Random random(12);
  for (int i = 0; i < 3000; ++i) {
    const Rational x = random_rational(random, 6);
    const Ball a = random_ball(random, x, random_long(random, -2, 60));
    const long n = random_long(random, -7, 7);
    const Ball y = power(a, n, 64);
    if (n < 0 && a.contains_zero()) {
      CHECK(y.is_nan());
      continue;
    }
    CHECK(y.contains(Rational::power(x, n)));
    if (n % 2 == 0) CHECK(y.is_nonnegative());
    // x is the root of x^d: so a ball around x^d to the power n/d contains x^n.
    const long d = random_long(random, 2, 60);
    const Ball raised = random_ball(random, Rational::power(x, d), random_long(random, -2, 60));
    const Rational q(n, d);
    const Ball z = power(raised, q, 64);
    if (z.is_nan()) {
      CHECK((q.sign() < 0 ? raised.contains_zero() : !q.denominator_is_odd() && raised.lower() < 0));
    } else {
      CHECK(z.contains(Rational::power(d % 2 == 0 ? x.abs() : x, n)));
    }
  }
}

TEST_CASE("powers are tight where the ball straddles 0 or is wide") {
  const Ball x = between(-1, 2);
  check_tight(power(x, 2, kBits), 0, 4);
  CHECK(power(x, 2, kBits).is_nonnegative());
  check_tight(power(x, Rational(2, 3), kBits), 0, 1.5874010519681994);
  check_tight(power(x, Rational(1, 3), kBits), -1, 1.2599210498948732);
  check_tight(power(between(1, 3), 2, kBits), 1, 9);
  check_tight(power(between(-3, -1), 3, kBits), -27, -1);
  check_tight(power(between(1, 4), -1, kBits), 0.25, 1);
  check_tight(power(between(1, 9), Rational(1, 2), kBits), 1, 3);
  check_tight(power(between(0, 9), Rational(1, 2), kBits), 0, 3);
}

TEST_CASE("a hull has no sign that neither part has") {
  Random random(14);
  for (int i = 0; i < 500; ++i) {
    const Rational x = random_rational(random, 9).abs();
    CHECK(between(0, x).is_nonnegative());
    CHECK(between(-x, 0).is_nonpositive());
    CHECK(between(0, x).contains(x));
  }
}

TEST_CASE("roots keep to their domain") {
  CHECK(power(Ball(-8), Rational(1, 3), kBits).contains(Ball(-2)));
  CHECK(power(Ball(-8), Rational(2, 3), kBits).contains(Ball(4)));
  CHECK(power(Ball(-8), Rational(-1, 3), kBits).contains(Rational(-1, 2)));
  CHECK(power(Ball(-8), Rational(1, 2), kBits).is_nan());
  CHECK(power(between(-1, 1), Rational(1, 2), kBits).is_nan());
  CHECK(power(between(-1, 1), Rational(-1, 3), kBits).is_nan());
  CHECK(power(Ball(0), Rational(1, 2), kBits).is_zero());
  CHECK(power(Ball(0), Rational(-1, 2), kBits).is_nan());
  CHECK(power(Ball(0), 0L, kBits).contains(Ball(1)));
  CHECK(power(Ball(0), Ball(0), kBits).contains(Ball(1)));
  CHECK(power(Ball(0), -1L, kBits).is_nan());
  CHECK(power(Ball(-2), Ball(3), kBits).contains(Ball(-8)));
  CHECK(power(Ball(-2), Ball(Rational(1, 3), kBits), kBits).is_nan());
  CHECK(power(Ball(0), Ball(Rational(1, 3), kBits), kBits).is_zero());
  CHECK(power(Ball(2), Ball(Rational(1, 3), kBits), kBits).overlaps(power(Ball(2), Rational(1, 3), kBits)));
  const Ball huge = power(Ball(10), 1'000'000'000'000L, kBits);
  CHECK(huge.is_finite());
  CHECK_FALSE(huge.exact());
  CHECK_FALSE(huge.unique_integer());
  // A small midpoint, and a radius beyond all numbers that can be written.
  const Ball third(Rational(1, 3), kBits);
  CHECK_FALSE(sub(mul(huge, third, kBits), mul(huge, third, kBits), kBits).unique_integer());
}

TEST_CASE("infinities behave, and their indefinite forms are NaN") {
  const Ball inf = Ball::infinity(1);
  const Ball minus = Ball::infinity(-1);
  CHECK(add(inf, Ball(1), kBits).lower() == kInfinity);
  CHECK(add(inf, minus, kBits).is_nan());
  CHECK(mul(inf, Ball(0), kBits).is_nan());
  CHECK(mul(inf, Ball(-2), kBits).upper() == -kInfinity);
  CHECK(div(Ball(1), inf, kBits).is_zero());
  CHECK(div(inf, inf, kBits).is_nan());
  CHECK(div(inf, Ball(-2), kBits).upper() == -kInfinity);
  CHECK(power(inf, 2L, kBits).lower() == kInfinity);
  CHECK(power(minus, 3L, kBits).upper() == -kInfinity);
  CHECK(power(inf, 0L, kBits).is_nan());
  CHECK(power(inf, Rational(1, 2), kBits).lower() == kInfinity);
  CHECK(power(minus, Rational(1, 3), kBits).upper() == -kInfinity);
  CHECK(power(Ball(2), inf, kBits).lower() == kInfinity);
  CHECK(power(Ball(1), inf, kBits).is_nan());
  CHECK(power(Ball(Rational(1, 2), kBits), inf, kBits).is_zero());
  CHECK(less(Ball(5), inf) == Truth::yes);
  CHECK(less(inf, inf) == Truth::no);
  CHECK(equal(inf, inf) == Truth::yes);
  CHECK(Ball::hull(Ball(0), inf, kBits).contains(Ball(5)));
  CHECK(Ball::from_double(kInfinity).lower() == kInfinity);
  CHECK(Ball::from_double(std::numeric_limits<double>::quiet_NaN()).is_nan());
}

TEST_CASE("NaN spreads and decides nothing") {
  const Ball nan = Ball::nan();
  CHECK_FALSE(nan.is_finite());
  CHECK(add(nan, Ball(1), kBits).is_nan());
  CHECK(mul(nan, Ball(0), kBits).is_nan());
  CHECK(div(Ball(1), nan, kBits).is_nan());
  CHECK(power(nan, 0L, kBits).is_nan());
  CHECK(power(nan, Rational(1, 2), kBits).is_nan());
  CHECK(Ball::hull(nan, Ball(1), kBits).is_nan());
  CHECK(less(nan, Ball(1)) == Truth::unknown);
  CHECK(less_equal(nan, Ball(1)) == Truth::unknown);
  CHECK(equal(nan, nan) == Truth::unknown);
  CHECK(nan.lower() == -kInfinity);
  CHECK(nan.upper() == kInfinity);
  CHECK_FALSE(nan.exact());
}

TEST_CASE("comparisons decide only what is decided") {
  const Ball x = between(0, 2);
  CHECK(less(x, Ball(3)) == Truth::yes);
  CHECK(less(x, Ball(1)) == Truth::unknown);
  CHECK(less(Ball(3), x) == Truth::no);
  CHECK(less_equal(x, Ball(2)) != Truth::no);
  CHECK(equal(x, Ball(1)) == Truth::unknown);
  CHECK(equal(x, Ball(3)) == Truth::no);
  CHECK(equal(x, x) == Truth::unknown);
  CHECK(equal(Ball(2), Ball(2)) == Truth::yes);
}

TEST_CASE("exact balls give their value") {
  Random random(13);
  for (int i = 0; i < 500; ++i) {
    const Rational x = random_rational(random, 8) * Rational(1, 1024);
    const Rational dyadic = (x * Rational(1 << 20)).floor() * Rational(1, 1 << 30);
    CHECK(Ball(dyadic, 200).exact() == dyadic);
  }
  CHECK(between(Rational(3, 2), Rational(5, 2)).unique_integer() == 2);
  CHECK_FALSE(between(Rational(3, 2), Rational(7, 2)).unique_integer());
  // Exponents beyond a machine word.
  const Ball tiny = power(Ball(2), -(1L << 62), kBits);
  CHECK_FALSE(mul(tiny, tiny, kBits).unique_integer());
  CHECK(sub(mul(tiny, tiny, kBits), mul(tiny, tiny, kBits), kBits).unique_integer() == 0);
  CHECK(add(Ball(3), sub(Ball::from_double(0.5), Ball(Rational(1, 2), kBits), kBits), kBits).unique_integer() == 3);
  CHECK_FALSE(Ball(Rational(1, 3), kBits).exact());
}

}  // namespace
}  // namespace nabla::number
