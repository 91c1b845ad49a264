// Definite integrals: against known antiderivatives, and planted divergence.
#include <fmt/format.h>

#include <random>

#include "asking.h"
#include "expr/rewrite.h"

using namespace nabla;
using number::Rational;

namespace {

struct Integrals : test::Asking {
  eval::Outcome enclosed(const std::string& text, base::Bits bits = 96) {
    return in().evaluator().evaluate(value(text).scalar(), bits);
  }
  std::string number(const std::string& text, int digits = 12) {
    return in().number(value(text).scalar(), digits).decimal.text;
  }
  number::Ball difference(const std::string& f, long from, long to) { return number::sub(at(f, to), at(f, from), 96); }
  number::Ball at(const std::string& f, long x) {
    const expr::Expr e = value(f).scalar();
    const expr::Replacement put{graph().symbol("x"), expr::integer(graph(), x)};
    return in().evaluator().evaluate(expr::substitute(graph(), e, std::span(&put, 1)), 96).ball;
  }
  std::string reason(const std::string& text) {
    const eval::Outcome o = enclosed(text);
    return o.state == eval::Outcome::State::undefined ? o.reason->message : "";
  }
};

// Functions that are smooth on 1..2.
std::string random_function(std::mt19937& random, int depth) {
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  if (depth == 0) return pick(3) == 0 ? std::to_string(1 + pick(4)) : "x";
  const std::string a = random_function(random, depth - 1);
  const std::string b = random_function(random, depth - 1);
  switch (pick(8)) {
    case 0: return "(" + a + " + " + b + ")";
    case 1: return "(" + a + ")*(" + b + ")";
    case 2: return "sin(" + a + ")";
    case 3: return "exp(-(" + a + ")^2)";
    case 4: return "ln(1 + (" + a + ")^2)";
    case 5: return "atan(" + a + ")";
    case 6: return "sqrt(1 + (" + a + ")^2)";
    default: return "(" + a + ")/(1 + (" + b + ")^2)";
  }
}

}  // namespace

TEST_CASE("The integral of a derivative is the difference of the function") {
  std::mt19937 random(20);
  for (int i = 0; i < 25; ++i) {
    Integrals w;
    const std::string f = random_function(random, 2);
    INFO(f);
    const eval::Outcome integral = w.enclosed("integrate(diff(" + f + ", x), x, 1, 2)");
    REQUIRE(integral.has_value());
    CHECK(integral.ball.overlaps(w.difference(f, 1, 2)));
    CHECK(integral.ball.radius() < 1e-12);
  }
}

TEST_CASE("Divergence is found wherever it is put") {
  std::mt19937 random(21);
  for (int i = 0; i < 30; ++i) {
    Integrals w;
    const std::string f = random_function(random, 2);
    const int power = 1 + static_cast<int>(random() % 3);
    const std::string place = std::to_string(8 + random() % 9) + "/8";
    const std::string planted = fmt::format("{} + 1/|x - {}|^{}", f, place, power);
    INFO(planted);
    CHECK(w.reason("integrate(" + planted + ", x, 1, 2)").starts_with("the integral diverges at "));
  }
}

TEST_CASE("Weak singularities are integrated, with any power") {
  for (int n = 1; n <= 7; ++n) {
    Integrals w;
    const std::string q = fmt::format("{}/8", n);
    INFO(q);
    const eval::Outcome o = w.enclosed("integrate(x^(-" + q + "), x, 0, 1)");
    REQUIRE(o.has_value());
    CHECK(o.ball.contains(Rational(8, 8 - n)));
    CHECK(o.ball.radius() < 1e-12);
    const eval::Outcome log = w.enclosed("integrate(ln(x) x^(-" + q + "), x, 0, 1)");
    REQUIRE(log.has_value());
    CHECK(log.ball.contains(-Rational(64, (8 - n) * (8 - n))));
  }
}

TEST_CASE("Ranges without end are integrated or refused") {
  Integrals w;
  CHECK(w.number("integrate(e^(-x^2), x, -inf, inf)", 30) == "1.77245385090551602729816748334");
  CHECK(w.number("integrate(sin(x)/x, x, 0, inf)") == "1.57079632679");
  CHECK(w.number("integrate(cos(x)/sqrt(x), x, 0, inf)") == "1.25331413732");
  CHECK(w.number("integrate(x^3/(e^x - 1), x, 0, inf)") == "6.49393940227");
  CHECK(w.number("integrate(1/(x ln(x)^2), x, 2, inf)") == "1.44269504089");
  CHECK(w.reason("integrate(1/(x ln(x)), x, 2, inf)") == "the integral diverges towards ∞");
  CHECK(w.reason("integrate(sin(x)^2, x, 0, inf)") == "the integral diverges towards ∞");
  CHECK(w.reason("integrate(sin(x), x, 0, inf)") == "the integral oscillates towards ∞");
  CHECK(w.reason("integrate(e^(-x), x, -inf, 0)") == "the integral diverges towards -∞");
}

TEST_CASE("Kinks, jumps and narrow peaks are not missed") {
  Integrals w;
  CHECK(w.number("integrate(abs(x^3 - 2), x, 0, 2)") == "3.77976314968");
  CHECK(w.number("integrate(floor(x^2), x, 0, 2)") == "1.85373563006");
  CHECK(w.number("integrate(e^(-1e8 (x - 0.37)^2), x, 0, 1)") == "0.000177245385091");
  CHECK(w.number("integrate(1/(x^2 + 1e-10), x, -1, 1)") == "314157.265359");
}

TEST_CASE("Bounds may be equal, reversed, or depend on other variables") {
  Integrals w;
  CHECK(w.number("integrate(1/x, x, 0, 0)") == "0");
  CHECK(w.number("integrate(x^2, x, 3, 0)") == "-9");
  CHECK(w.number("integrate(integrate(e^(-x - y), y, 0, x), x, 0, 1)") == "0.199788200447");
  CHECK(w.same("diff(integrate(e^(-t^2), t, 0, x), x)", "e^(-x^2)"));
  const number::Ball slope = w.at("diff(integrate(cos(x t), t, 0, 1), x)", 2);
  CHECK(slope.overlaps(w.at("cos(x)/x - sin(x)/x^2", 2)));
  CHECK(slope.radius() < 1e-12);
}
