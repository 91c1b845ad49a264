// sinc where sin(x)/x has its hole.
#include "number/functions/functions.h"
#include "number/random.h"

namespace nabla::number {
namespace {

constexpr Bits kBits = 128;

// The coefficients of sinc at x + h.
Series at(const Ball& x, long n) {
  const Series along = Series::variable(x);
  return forms::sinc.series({&along, 1}, n, kBits);
}

TEST_CASE("sinc has its Taylor series at 0, where sin(x)/x has none") {
  const Series s = at(Ball(0), 8);
  const Rational expected[] = {1, 0, Rational(-1, 6), 0, Rational(1, 120), 0, Rational(-1, 5040), 0};
  for (long k = 0; k < 8; ++k) {
    CHECK(s.coefficient(k).contains(expected[k]));
    CHECK(s.coefficient(k).radius() < 1e-36);
  }
}

TEST_CASE("sinc of a series that begins with a power of h is a series") {
  Series square;  // h^2
  square.set_coefficient(2, Ball(1));
  const Series s = forms::sinc.series({&square, 1}, 6, kBits);
  const Rational expected[] = {1, 0, 0, 0, Rational(-1, 6), 0};
  for (long k = 0; k < 6; ++k) CHECK(s.coefficient(k).contains(expected[k]));
}

TEST_CASE("the series of sinc at a ball around 0 contain those at its points") {
  Random random(7);
  for (int i = 0; i < 200; ++i) {
    const Rational width(random_long(random, 1, 1000), 1000);
    const Rational where = width * Rational(random_long(random, -1000, 1000), 1000);
    const long n = random_long(random, 1, 8);
    const Series wide = at(Ball::hull(Ball(-width, kBits), Ball(width, kBits), kBits), n);
    const Series one = at(Ball(where, kBits), n);
    INFO("[" << width.text() << "] at " << where.text());
    for (long k = 0; k < n; ++k) {
      CHECK(wide.coefficient(k).is_finite());
      CHECK(wide.coefficient(k).overlaps(one.coefficient(k)));
      CHECK(wide.coefficient(k).lower() <= one.coefficient(k).mid());
      CHECK(wide.coefficient(k).upper() >= one.coefficient(k).mid());
    }
  }
}

TEST_CASE("sinc vanishes at multiples of pi and nowhere at 0") {
  for (long k : {-3, -1, 1, 2, 50}) {
    const Ball x = mul(pi(kBits), Ball(k), kBits);
    const Ball value = forms::sinc.ball({&x, 1}, kBits);
    CHECK(value.contains_zero());
    CHECK(value.radius() < 1e-34);
  }
  const Ball near = Ball::hull(Ball(Rational(-1, 10), kBits), Ball(Rational(1, 10), kBits), kBits);
  const Ball value = forms::sinc.ball({&near, 1}, kBits);
  CHECK(value.contains(Rational(1)));
  CHECK(value.lower() > 0.9);
}

}  // namespace
}  // namespace nabla::number
