// Powers and roots in tables, sums and single answers: one point, one answer.
#include <fmt/format.h>

#include <array>

#include "algebra/reading.h"
#include "expr/rewrite.h"
#include "expr/write/print.h"
#include "session/tables/tabulate.h"

using namespace nabla;
using expr::Expr;
using number::Rational;

namespace {

std::string alone(eval::Evaluator& in, Expr e) {
  try {
    return eval::proven_number(in, e, 12).decimal.text;
  } catch (const base::Error&) {
    return "undefined";
  }
}

std::string text(const view::Cell& c) { return c.content == view::Cell::Content::nothing ? "undefined" : c.decimal; }

}  // namespace

TEST_CASE("every function and operator has in a table the value it has alone, at exact points", "[table]") {
  std::vector<std::string> formulas{"x^x",       "(-8)^x",  "(-8)^(x/3)", "x^(x/3)",   "(2*x)^x",    "atan(x)^x",
                                    "x^(1/3)",   "x^(2/3)", "x^(1/x)",    "root(x,3)", "(-x)^(1/5)", "x^(2*x/3)",
                                    "x^(x+1/3)", "0^x",     "x^0",        "(-1)^(x/7)"};
  for (const expr::Function& f : functions::table()) {
    if (f.parameters.empty()) continue;
    const std::size_t count = algebra::parameters_of(f).required;
    std::string args = "x";
    for (std::size_t i = 1; i < count; ++i) args += ",2";
    formulas.push_back(std::string(f.name) + "(" + args + ")");
  }
  const std::vector<Rational> points{-3,
                                     -2,
                                     Rational(-5, 3),
                                     -1,
                                     Rational(-2, 3),
                                     Rational(-1, 2),
                                     Rational(-1, 3),
                                     0,
                                     Rational(1, 5),
                                     Rational(1, 3),
                                     Rational(1, 2),
                                     1,
                                     2,
                                     3,
                                     5};
  for (const std::string& formula : formulas) {
    expr::Graph g(&algebra::kRules);
    base::Budget budget;
    eval::Evaluator in(g, budget);
    const Expr x = g.symbol("x");
    const Expr e = read(g, formula);
    std::vector<Expr> list;
    for (const Rational& q : points) list.push_back(g.rational(q));
    session::Tabulator table(in, {{x, eval::Points(list)}}, {e});
    for (std::size_t i = 0; i < points.size(); ++i) {
      const std::string cell = text(table.row(i, 12)[1]);
      const expr::Replacement put{x, list[i]};
      const std::string single = alone(in, expr::substitute(g, e, std::span(&put, 1)));
      INFO(formula << " at " << points[i].text());
      CHECK(cell == single);
    }
  }
}

TEST_CASE("an exponent that only comes out as a fraction takes no root of a negative number", "[power]") {
  expr::Graph g(&algebra::kRules);
  base::Budget budget;
  eval::Evaluator in(g, budget);
  const auto at = [&](const char* formula, const Rational& q) {
    const expr::Replacement put{g.symbol("x"), g.rational(q)};
    return alone(in, expr::substitute(g, read(g, formula), std::span(&put, 1)));
  };
  CHECK(at("x^x", Rational(-1, 3)) == "undefined");
  CHECK(at("(-8)^x", Rational(1, 3)) == "undefined");
  CHECK(at("(-8)^(1/x)", 3) == "undefined");
  CHECK(at("(-8)^(x/3)", 1) == "-2");
  CHECK(at("(-8)^(x/3)", 2) == "4");
  CHECK(at("(-8)^(x/3)", Rational(1, 2)) == "undefined");
  CHECK(at("(-8)^(x + 1/3)", 0) == "-2");
  CHECK(at("root(-8, x)", 3) == "-2");
  CHECK(at("x^(1/3)", -8) == "-2");
  CHECK(at("8^x", Rational(1, 3)) == "2");
  CHECK(at("x^x", 0) == "1");
}
