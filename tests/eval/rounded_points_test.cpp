// The points of ranges as doubles against the exact ones.
#include <cmath>
#include <random>

#include "eval/batch/grid.h"
#include "eval/build.h"

using namespace nabla;
using eval::RoundedPoints;
using number::Rational;

namespace {

struct Steps {
  std::mt19937_64 source{91};

  long below(long n) { return static_cast<long>(source() % static_cast<std::uint64_t>(n)); }
  // Decimals, fractions and doubles, great and small.
  Rational number() {
    const Rational sign = below(2) == 0 ? 1 : -1;
    switch (below(5)) {
      case 0: return sign * Rational(below(2000), 100);
      case 1: return sign * Rational(below(100000) + 1, below(1000) + 1);
      case 2: return sign * Rational::from_double(std::ldexp(static_cast<double>(source() >> 11), -50));
      case 3: return sign * Rational(below(1000) + 1) * Rational::power(10, below(40) - 20);
      default: return sign * (Rational(1) + Rational(below(1000)) * Rational::power(10, -16));
    }
  }
};

}  // namespace

TEST_CASE("every point of a range lies within its error of its double") {
  test::Workbench w;
  Steps some;
  for (int round = 0; round < 400; ++round) {
    const Rational from = some.number();
    const Rational step = some.number();
    const std::size_t count = 1'000'000;
    const eval::Points points(w.g, w.g.rational(from), w.g.rational(step), count);
    const RoundedPoints rounded(w.in, points);
    for (int i = 0; i < 100; ++i) {
      const std::size_t n = i == 0 ? 0 : static_cast<std::size_t>(some.below(i < 50 ? 100 : count));
      const RoundedPoints::Rounded at = rounded[n];
      const Rational exact = from + Rational(static_cast<long>(n)) * step;
      REQUIRE(std::isfinite(at.error));
      const Rational off = (exact - Rational::from_double(at.value)).abs();
      INFO(from.text() << " + " << n << " times " << step.text() << " as " << at.value << " within " << at.error);
      CHECK(off <= Rational::from_double(at.error));
      // The nearest double, or nearly, and an error that says so.
      const double unit = std::ldexp(std::max(std::abs(at.value), from.abs().to_double() * 0x1p-50), -52);
      CHECK(at.error <= unit);
      if (off.is_zero() && n == 0) CHECK(at.error == 0);
    }
  }
}

TEST_CASE("steps that are doubles give doubles without error, and say where they end") {
  test::Workbench w;
  const RoundedPoints eighths(w.in, eval::Points(w.g, w.q(-3), w.q(1, 8), 1000));
  CHECK(eighths.places() == 3);
  for (std::size_t i = 0; i < 1000; ++i) {
    CHECK(eighths[i].error == 0);
    CHECK(eighths[i].value == -3 + static_cast<double>(i) / 8);
  }
  CHECK(RoundedPoints(w.in, eval::Points(w.g, w.q(1, 2), w.q(1, 20), 10)).places() == 2);
  CHECK_FALSE(RoundedPoints(w.in, eval::Points(w.g, w.q(0), w.q(1, 3), 10)).places());
  CHECK_FALSE(RoundedPoints(w.in, eval::Points(w.g, w.root(w.q(2)), w.q(1), 10)).places());
}

TEST_CASE("points that are no rational numbers, and lists, are enclosed too") {
  test::Workbench w;
  const auto check = [&](const eval::Points& points) {
    const RoundedPoints rounded(w.in, points);
    for (std::size_t i = 0; i < points.size(); ++i) {
      const RoundedPoints::Rounded at = rounded[i];
      const eval::Outcome exact = w.in.evaluate(points.at(w.g, i), 512);
      if (exact.state != eval::Outcome::State::enclosed) {
        CHECK(std::isinf(at.error));
        continue;
      }
      const number::Ball off = number::sub(exact.ball, number::Ball::from_double(at.value), 512);
      CHECK(std::max(std::abs(off.lower()), std::abs(off.upper())) <= std::nextafter(at.error, 1e300));
      CHECK(at.error <= std::ldexp(std::abs(at.value) + 1, -52));
    }
  };
  const expr::Expr pi = w.call("pi", {});
  check(eval::Points(w.g, expr::negate(w.g, pi), expr::divide(w.g, pi, w.q(60)), 500));
  check(eval::Points(w.g, w.root(w.q(3)), expr::negate(w.g, w.root(w.q(2))), 500));
  check(eval::Points(std::vector<expr::Expr>{w.q(1, 3), pi, w.q(7), w.root(w.q(-1)), w.call("ln", {w.q(0)})}));
  check(eval::Points(std::vector<expr::Expr>{w.q(2)}));
}

TEST_CASE("where rounding errors are no doubles nothing is told") {
  test::Workbench w;
  const expr::Expr tiny = w.g.rational(Rational::power(10, -300));
  const RoundedPoints rounded(w.in, eval::Points(w.g, w.q(0), tiny, 10));
  CHECK(rounded[0].error == 0);
  CHECK(std::isinf(rounded[3].error));
}
