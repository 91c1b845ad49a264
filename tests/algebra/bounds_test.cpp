#include "algebra/simplify/bounds.h"

#include <cmath>
#include <random>

#include "double_value.h"
#include "reading.h"

namespace nabla::algebra {

TEST_CASE("values lie within bounds") {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> anywhere(-3, 3);
  for (const char* text : {"2+sin(x)",
                           "sin(x)*cos(y)",
                           "1-3*cos(x)/2",
                           "1+e^x",
                           "-e^(-x)/2",
                           "x^2",
                           "-x^2-1",
                           "1/(1+x^2)",
                           "x^2*y^4+1/3",
                           "abs(x)-2",
                           "sqrt(x)+cosh(y)",
                           "1/sqrt(x)-1",
                           "tanh(x)+sech(x)",
                           "sigmoid(x)*e^y",
                           "2-erf(x)",
                           "x^(2/3)-1",
                           "x^3",
                           "e^x-e^y",
                           "abs(x)^3",
                           "2^x+1",
                           "acos(x)-1",
                           "acosh(x)-2",
                           "normpdf(x)+1",
                           "sign(x)*2-1",
                           "(1+sin(x))^(3/2)",
                           "-2*abs(x*y)"}) {
    Graph g(&kRules);
    const Expr e = read(g, text);
    const Bounds b = bounds_of(g, e);
    for (int i = 0; i < 200; ++i) {
      const double value = double_value(g, e, {{"x", anywhere(random)}, {"y", anywhere(random)}});
      if (!std::isfinite(value)) continue;
      INFO(text << " is " << value);
      if (b.lower) CHECK(value >= b.lower->at.to_double() - 1e-12);
      if (b.upper) CHECK(value <= b.upper->at.to_double() + 1e-12);
    }
  }
}

TEST_CASE("the bounds of a function are the least and greatest value it takes or comes near") {
  const auto near = [](double a, double b) { return std::abs(a - b) < 1e-3; };
  for (const char* name :
       {"sin", "cos", "exp", "abs", "sign", "cosh", "sech", "tanh", "erf", "sigmoid", "normpdf", "acos", "acosh"}) {
    Graph g(&kRules);
    const Expr e = read(g, std::string(name) + "(x)");
    double least = INFINITY;
    double greatest = -INFINITY;
    for (int i = -20'000; i <= 20'000; ++i) {
      const double value = double_value(g, e, {{"x", i / 1000.0}});
      if (std::isnan(value)) continue;
      least = std::min(least, value);
      greatest = std::max(greatest, value);
    }
    const Bounds b = bounds_of(g, e);
    INFO(name << " from " << least << " to " << greatest);
    REQUIRE(b.lower);
    CHECK(near(b.lower->at.to_double(), least));
    if (b.upper) CHECK(near(b.upper->at.to_double(), greatest));
    if (b.lower->open) CHECK(sign_by_bounds(g, expr::subtract(g, e, g.rational(b.lower->at))) == 1);
  }
}

TEST_CASE("signs are told where bounds tell them, and only there") {
  const auto sign = [](const char* text) {
    Graph g(&kRules);
    return sign_by_bounds(g, read(g, text)).value_or(0);
  };
  CHECK(sign("2+sin(x)") == 1);
  CHECK(sign("1+e^x") == 1);
  CHECK(sign("-x^2-1") == -1);
  CHECK(sign("cosh(x)-1/2") == 1);
  CHECK(sign("cos(x)-2") == -1);
  CHECK(sign("e^x") == 1);
  CHECK(sign("1/x^2") == 1);
  CHECK(sign("acosh(x)+1/2") == 1);
  for (const char* text : {"1+sin(x)", "x^2", "abs(x)", "x", "e^x-1", "cosh(x)-1", "sin(x)", "x*y", "1/x"}) {
    INFO(text);
    CHECK(sign(text) == 0);
  }
}

}  // namespace nabla::algebra
