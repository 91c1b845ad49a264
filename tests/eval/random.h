// Random expressions and points for property tests.
#pragma once

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "build.h"

namespace nabla::test {

struct Random : Workbench {
  std::mt19937_64 source;
  std::vector<Expr> variables{x("x"), x("y")};
  std::vector<std::string_view> functions{"sin",  "cos",     "tan",  "exp",   "ln",    "asin",  "acos",
                                          "atan", "sinh",    "cosh", "tanh",  "asinh", "acosh", "atanh",
                                          "abs",  "cbrt",    "erf",  "erfc",  "gamma", "sec",   "coth",
                                          "relu", "sigmoid", "frac", "floor", "sign",  "ceil"};

  explicit Random(std::uint64_t seed) : source(seed) {}

  long below(long n) { return static_cast<long>(source() % static_cast<std::uint64_t>(n)); }
  bool once_in(long n) { return below(n) == 0; }

  Rational rational() {
    const long denominators[] = {1, 1, 2, 3, 4, 5, 10, 7};
    return Rational(below(21) - 10, denominators[below(8)]);
  }

  Expr expression(int depth) {
    if (depth == 0 || once_in(8))
      return once_in(3) ? g.rational(rational()) : variables[static_cast<std::size_t>(below(2))];
    const Expr a = expression(depth - 1);
    switch (below(10)) {
      case 0:
      case 1: return expr::add(g, a, expression(depth - 1));
      case 2: return expr::subtract(g, a, expression(depth - 1));
      case 3:
      case 4: return expr::multiply(g, a, expression(depth - 1));
      case 5: return expr::divide(g, a, expression(depth - 1));
      case 6: {
        const Rational exponents[] = {
            2, 3, -1, -2, Rational(1, 2), Rational(3, 2), Rational(1, 3), 5, Rational(-1, 2), Rational(2, 5)};
        return expr::power(g, a, g.rational(exponents[below(10)]));
      }
      case 7: return expr::select(g, less(a, expression(depth - 1)), expression(depth - 1), expression(depth - 1));
      default: return call(functions[static_cast<std::size_t>(below(static_cast<long>(functions.size())))], {a});
    }
  }

  // Mostly ordinary, now and then a nasty one.
  double point() {
    constexpr double kNasty[] = {0.0,
                                 -0.0,
                                 1.0,
                                 -1.0,
                                 0.5,
                                 2.0,
                                 3.141592653589793,
                                 1.5707963267948966,
                                 1e-300,
                                 -1e-300,
                                 4.9e-324,
                                 1e300,
                                 -1e300,
                                 2.2250738585072014e-308,
                                 -5e-310,
                                 1.7976931348623157e308,
                                 1e-9,
                                 -2.0,
                                 -2.0000000000000004,
                                 -0.9999999999999999,
                                 -3.1415926535897936,
                                 171.62,
                                 709.0,
                                 -745.0,
                                 1e16,
                                 0.9999999999999999,
                                 1.0000000000000002,
                                 22.0,
                                 1e5,
                                 std::numeric_limits<double>::infinity(),
                                 -std::numeric_limits<double>::infinity(),
                                 std::numeric_limits<double>::quiet_NaN()};
    if (once_in(12)) return kNasty[below(std::size(kNasty))];
    const double u = std::uniform_real_distribution<double>(-1, 1)(source);
    return once_in(2) ? 3 * u : std::ldexp(u, static_cast<int>(below(40)) - 20);
  }
};

}  // namespace nabla::test
