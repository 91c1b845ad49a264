// Short ways to write expressions in tests.
#pragma once

#include <string_view>
#include <vector>

#include "calc/operations/defined.h"
#include "calc/operations/diff/derivative_at.h"
#include "calc/operations/nowhere.h"
#include "eval/balls/evaluator.h"
#include "expr/build.h"
#include "expr/rows.h"
#include "functions/table.h"

namespace nabla::test {

using expr::Expr;
using expr::Graph;
using number::Rational;

// Nodes as they are made: no rules of functions, but the rows that passes make nodes of.
inline const expr::Rules kOnlyRows{nullptr, nullptr, &calc::kPointDerivative, &calc::kDefined, &calc::kNowhere};

struct Workbench {
  Graph g{&kOnlyRows};
  base::Budget budget;
  eval::Evaluator in{g, budget};

  Expr q(long numerator, long denominator = 1) { return g.rational(Rational(numerator, denominator)); }
  Expr x(std::string_view name = "x") { return g.symbol(name); }
  Expr call(std::string_view function, std::vector<Expr> args) {
    return g.make(expr::Kind::call, args, reinterpret_cast<std::uint64_t>(functions::find(function)));
  }
  Expr root(Expr e) { return expr::square_root(g, e); }
  Expr less(Expr a, Expr b) { return expr::compare(g, expr::Relation::less, a, b); }
  Expr less_equal(Expr a, Expr b) { return expr::compare(g, expr::Relation::less_equal, a, b); }
  Expr equal(Expr a, Expr b) { return expr::compare(g, expr::Relation::equal, a, b); }

  std::string number(Expr e, int digits = 12) { return eval::proven_number(in, e, digits).decimal.text; }
  number::Certainty certainty(Expr e) { return eval::proven_number(in, e, 12).decimal.certainty; }
  // The message of the error that evaluation throws.
  std::string failure(Expr e) {
    try {
      eval::proven_number(in, e, 12);
    } catch (const base::Error& error) {
      return std::string(base::name_of(error.code)) + ": " + error.message;
    }
    return "";
  }
};

}  // namespace nabla::test
