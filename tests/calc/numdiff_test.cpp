#include "calc/operations/numdiff.h"

#include <fmt/format.h>

#include <cmath>

#include "asking.h"
#include "base/error.h"

namespace {

using namespace nabla;
using calc::DifferenceTrace;

double slope(test::Asking& ask, const std::string& question) {
  const eval::Outcome o = ask.in().evaluator().evaluate(ask.value(question).scalar(), 64);
  INFO(question);
  REQUIRE(o.state == eval::Outcome::State::estimated);
  return o.ball.mid();
}

DifferenceTrace trace(test::Asking& ask, const std::string& body, const std::string& at) {
  const expr::Expr f = ask.value(body).scalar();
  return calc::trace_differences(ask.in(), f, ask.graph().symbol("x"), ask.value(at).scalar());
}

std::size_t column(std::string_view method) {
  return static_cast<std::size_t>(calc::find_difference_method(method) - calc::difference_methods().data());
}

}  // namespace

TEST_CASE("every method comes as near to the derivative as its order lets it", "[calc]") {
  struct {
    const char* body;
    double at;
    double exact;
  } const cases[] = {{"sin(x)", 1, std::cos(1)},
                     {"e^(-x^2)", 0.5, -std::exp(-0.25)},
                     {"x^3 - 2x", 2, 10},
                     {"ln(1 + x^2)", 3, 0.6},
                     {"sqrt(x)*cos(x)", 2, std::cos(2) / (2 * std::sqrt(2)) - std::sqrt(2) * std::sin(2)}};
  const std::pair<const char*, double> within[] = {{"forward", 1e-6},     {"backward", 1e-6},
                                                   {"central", 1e-9},     {"five_point", 1e-11},
                                                   {"richardson", 1e-11}, {"complex_step", 4e-15}};
  for (const auto& c : cases) {
    for (const auto& [method, tolerance] : within) {
      test::Asking ask;
      const std::string question = fmt::format("numdiff({}, x, {}, {})", c.body, c.at, method);
      INFO(question);
      CHECK(std::abs(slope(ask, question) - c.exact) <= tolerance * std::max(1.0, std::abs(c.exact)));
    }
  }
}

TEST_CASE("a numerical derivative is one of doubles, step by step", "[calc]") {
  test::Asking ask;
  const double h = 1e-9;
  const double a = 1.0;
  CHECK(slope(ask, "numdiff(x^2, x, 1, forward, 1e-9)") == ((a + h) * (a + h) - a * a) / h);
  CHECK(slope(ask, "numdiff(x^2, x, 1, backward, 1e-9)") == (a * a - (a - h) * (a - h)) / h);
  CHECK(slope(ask, "numdiff(x^2, x, 1, central, 1e-9)") == ((a + h) * (a + h) - (a - h) * (a - h)) / (2 * h));
  CHECK(slope(ask, "numdiff(x^2, x, 1, central, 1e-17)") == 0);
}

TEST_CASE("a numerical derivative that waits for a value is printed as it can be typed", "[calc]") {
  for (const char* question : {"numdiff(x^2*y, x, 1, central)", "numdiff(x^2, x, a, forward)",
                               "numdiff(sin(x)^2, x, 1, complex_step, h)", "numdiff(x^2*y, x, 1, richardson, 1/2)"}) {
    test::Asking ask;
    const expr::Expr e = ask.value(question).scalar();
    const std::string printed = expr::print(ask.graph(), e, expr::Style::plain);
    INFO(printed);
    CHECK(ask.graph().is(e, expr::kEstimate));
    CHECK(ask.value(printed).scalar() == e);
    CHECK(ask.value(expr::print(ask.graph(), e, expr::Style::unicode)).scalar() == e);
  }
}

TEST_CASE("errors of numerical derivatives fall by their order, then grow", "[calc]") {
  test::Asking ask;
  const DifferenceTrace t = trace(ask, "sin(x)", "1");
  REQUIRE(t.rows.size() == 15);
  REQUIRE(t.best.size() == calc::difference_methods().size());
  CHECK(ask.same("cos(1)", expr::print(ask.graph(), t.exact, expr::Style::plain)));
  const auto error = [&](std::size_t row, std::string_view method) {
    return std::abs(t.rows[row].errors[column(method)]);
  };
  const std::pair<const char*, double> orders[] = {
      {"forward", 1}, {"backward", 1}, {"central", 2}, {"five_point", 4}, {"complex_step", 2}};
  for (const auto& [method, order] : orders) {
    INFO(method);
    CHECK(std::log10(error(0, method) / error(1, method)) == Approx(order).margin(0.05));
  }
  for (const char* method : {"forward", "backward", "central", "five_point", "richardson"}) {
    INFO(method);
    CHECK(error(14, method) > 1e5 * error(t.best[column(method)], method));
  }
  for (std::size_t row = 7; row < 15; ++row) CHECK(error(row, "complex_step") < 1e-15);
  // Where theory says: h = 2e-8, 8e-6 and 1e-3.
  CHECK(t.best[column("forward")] + 1 >= 7);
  CHECK(t.best[column("forward")] + 1 <= 9);
  CHECK(t.best[column("central")] + 1 >= 5);
  CHECK(t.best[column("central")] + 1 <= 6);
  std::string reasons;
  for (const std::string& line : t.reasons) reasons += line + "\n";
  CHECK(reasons.find("h = 2e-8 for forward and backward, h = 8e-6 for central, h = 1e-3 for five_point") !=
        std::string::npos);
}

TEST_CASE("what the theory of steps cannot say it does not say", "[calc]") {
  test::Asking ask;
  CHECK(trace(ask, "x^2", "1").reasons[2].find("any large h for central") != std::string::npos);
  CHECK(trace(ask, "sin(x)", "0").reasons[1].starts_with("round-off does not grow"));
}

TEST_CASE("there is no numerical trace where there is no derivative", "[calc]") {
  test::Asking ask;
  for (const char* body : {"abs(x)", "sqrt(x)", "1/x"}) {
    INFO(body);
    CHECK_THROWS_AS(trace(ask, body, "0"), base::Error);
  }
  // A method that needs what is not there says so in its place; the others go on.
  const DifferenceTrace t = trace(ask, "x*abs(x)", "0");
  CHECK(std::isnan(t.rows[3].errors[column("complex_step")]));
  CHECK(t.rows[3].errors[column("forward")] == Approx(1e-4));
}

TEST_CASE("numdiff says what it wants", "[calc]") {
  test::Asking ask;
  CHECK(ask.error("numdiff(x^2, x, 1, centrl)") == "this is no method of numerical differentiation");
  CHECK(ask.error("numdiff(x^2, x, 1)") == "numdiff is given 3 arguments");
  for (const char* h : {"0", "-1", "1e-400"}) {
    CHECK(ask.error("numdiff(x^2, x, 1, central, " + std::string(h) + ")").starts_with("the step h must be positive"));
  }
  CHECK(ask.error("numdiff([x, x^2], x, 1, central)").starts_with("numdiff needs a number here"));
  CHECK_FALSE(ask.error("numdiff(x^2, 3, 1, central)").empty());
}
