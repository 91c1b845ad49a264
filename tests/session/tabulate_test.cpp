// Tables by the batch engine against tables by balls.
#include "session/tables/tabulate.h"

#include <fmt/format.h>

#include <array>

#include "algebra/derivative/derivative_node.h"
#include "eval/batch/sweep.h"
#include "eval/random.h"
#include "expr/rewrite.h"
#include "expr/write/print.h"

using namespace nabla;
using eval::Variable;
using expr::Expr;
using number::Rational;
using session::Tabulator;
using test::Random;

namespace {

std::string text(const view::Cell& c) {
  return fmt::format("{} {} {}", static_cast<int>(c.content), c.decimal, static_cast<int>(c.certainty));
}

// Rows in order are swept; rows backwards are proven one by one.
void compare(Random& w, const std::vector<Variable>& variables, const std::vector<Expr>& columns, int digits) {
  Tabulator swept(w.in, variables, columns);
  std::vector<std::string> forwards;
  for (std::size_t i = 0; i < swept.size(); ++i) {
    for (const view::Cell& c : swept.row(i, digits)) forwards.push_back(text(c));
  }
  Tabulator proven(w.in, variables, columns);
  for (std::size_t i = proven.size(); i-- > 1;) {
    const auto row = proven.row(i, digits);
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (text(row[c]) == forwards[i * row.size() + c]) continue;
      const Expr e = c < variables.size() ? variables[c].symbol : columns[c - variables.size()];
      FAIL(expr::print(w.g, e, expr::Style::plain) << " to " << digits << " digits at " << row[0].decimal << ": "
                                                   << forwards[i * row.size() + c] << " and " << text(row[c]));
    }
  }
}

eval::Points steps(Random& w, const Rational& from, const Rational& step, std::size_t count) {
  return eval::Points(w.g, w.g.rational(from), w.g.rational(step), count);
}

}  // namespace

TEST_CASE("Rows of the batch engine are those of balls, at ordinary and nasty points") {
  Random w(11);
  const std::vector<std::pair<Rational, Rational>> ranges{
      {-3, Rational(1, 50)},                                   // decimals that end
      {Rational(-7, 3), Rational(1, 77)},                      // that do not
      {0, Rational(1, 1024)},                                  // doubles
      {-150, 1},                                               // integers
      {Rational::power(10, 11), Rational::power(10, 10)},      // beyond 12 digits
      {1, Rational::power(10, -13)},                           // cancellation beside 1
      {-Rational::power(10, -9), Rational::power(10, -11)},    // beside 0
      {700, Rational(1, 10)},                                  // overflow of exp
      {Rational::power(10, 300), Rational::power(10, 306)},    // overflow of doubles
      {Rational::power(10, -320), Rational::power(10, -310)},  // denormal numbers
      {Rational(3141592653589793, 1000000000000000), Rational::power(10, -15)},
  };
  for (int round = 0; round < 220; ++round) {
    const auto& [from, step] = ranges[static_cast<std::size_t>(round) % ranges.size()];
    const std::vector<Variable> variables{{w.variables[0], steps(w, from, step, 300)}};
    const Expr e = expr::substitute(w.g, w.expression(1 + round % 4),
                                    std::array{expr::Replacement{w.variables[1], w.g.rational(w.rational())}});
    compare(w, variables, {e}, round % 3 == 0 ? 5 : round % 3 == 1 ? 12 : 15);
  }
}

TEST_CASE("Exact values of polynomials, steps and conditions are told as exact by the engine") {
  Random w(12);
  const Expr x = w.variables[0];
  const auto power = [&](long n) { return expr::power(w.g, x, w.q(n)); };
  const std::vector<Expr> columns{power(2),
                                  power(7),
                                  expr::subtract(w.g, power(3), expr::multiply(w.g, w.q(3, 8), x)),
                                  w.call("abs", {x}),
                                  w.call("floor", {x}),
                                  w.less(x, w.q(1, 3)),
                                  expr::select(w.g, w.less(x, w.q(0)), w.q(1, 4), power(2))};
  const std::vector<Variable> variables{{x, steps(w, -2, Rational(1, 200), 801)}};
  for (const int digits : {3, 6, 12, 15}) compare(w, variables, columns, digits);
}

TEST_CASE("Points that are no rational numbers, lists and two ranges are swept like others") {
  Random w(13);
  const Expr pi = w.call("pi", {});
  const Expr y = w.variables[1];
  for (int round = 0; round < 40; ++round) {
    const eval::Points across(w.g, expr::negate(w.g, pi), expr::divide(w.g, pi, w.q(60)), 121);
    const eval::Points up(std::vector<Expr>{w.q(1, 3), w.root(w.q(2)), w.q(-2), w.q(0)});
    const Variable first{w.variables[0], across};
    const Variable second{y, up};
    const std::vector<Variable> variables = round % 2 == 0 ? std::vector{second, first} : std::vector{first, second};
    compare(w, variables, {w.expression(1 + round % 4)}, 12);
  }
}

TEST_CASE("Derivatives are swept by their formulas, and have no value where they have none by balls") {
  Random w(15);
  const Expr x = w.variables[0];
  const std::vector<Expr> bodies{expr::multiply(w.g, x, w.call("sin", {x})),
                                 w.call("ln", {x}),
                                 w.root(x),
                                 expr::multiply(w.g, x, w.root(x)),
                                 expr::divide(w.g, w.q(1), x),
                                 expr::multiply(w.g, x, w.call("abs", {x})),
                                 w.call("floor", {x}),
                                 w.call("asin", {x}),
                                 w.call("exp", {expr::divide(w.g, w.q(1), x)})};
  const std::vector<Variable> variables{{x, steps(w, -2, Rational(1, 75), 301)}};
  for (const long order : {1L, 2L}) {
    std::vector<Expr> columns;
    for (const Expr body : bodies) columns.push_back(algebra::derivative_at(w.g, body, x, order, x, w.budget));
    compare(w, variables, columns, 12);
  }
}

TEST_CASE("A derivative whose formula is too long to be swept is proven point by point") {
  Random w(16);
  const Expr x = w.variables[0];
  const Expr body = expr::multiply(w.g, expr::power(w.g, x, x), w.call("ln", {w.call("sin", {x})}));
  const Expr long_one = algebra::derivative_at(w.g, body, x, 20, x, w.budget);
  compare(w, {{x, steps(w, 1, Rational(1, 300), 260)}}, {long_one}, 12);
}

TEST_CASE("Tables are the same for any number of threads") {
  Random w(14);
  const Expr x = w.variables[0];
  const std::vector<Variable> variables{{x, steps(w, 0, Rational(1, 99'999), 100'000)}};
  const std::vector<Expr> columns{w.call("sin", {x}), expr::multiply(w.g, x, w.call("exp", {x}))};
  std::vector<std::vector<std::string>> found(2);
  for (const int threads : {1, 3}) {
    w.budget.threads = threads;
    Tabulator table(w.in, variables, columns);
    for (std::size_t i = 0; i < table.size(); ++i) {
      for (const view::Cell& c : table.row(i, 12)) found[threads == 1 ? 0 : 1].push_back(text(c));
    }
  }
  CHECK(found[0] == found[1]);
}
