// Rules of calculus as on a blackboard: a formula in letters, and the same formula with values for the letters, not
// simplified.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "expr/graph.h"
#include "expr/write/print.h"

namespace nabla::calc {

using expr::Expr;
using expr::Graph;

// A letter of a formula.
struct Letter {
  char in_formula = 'u';
  std::string name;                // as shown: formulas avoid letters that the user has defined
  Expr value;                      // its value
  std::optional<Expr> slope = {};  // the value of its derivative
};

class Board {
 public:
  Board(const Graph& g, expr::Style style) : g_(g), style_(style) {}

  std::string text(Expr e) const { return expr::print(g_, e, style_); }
  // a·b, not multiplied out.
  std::string product(Expr a, Expr b) const;

  // "(u·v)' = u'·v + u·v'" in the letters' names. Formulas are written with ·, √, ^ and single letters.
  std::string named(std::string_view formula, const std::vector<Letter>& letters) const;
  // "u'·v + u·v'" with the values of the letters and their derivatives.
  std::string filled(std::string_view formula, const std::vector<Letter>& letters) const;
  // Terms as a sum, signs joined.
  std::string joined(const std::vector<Expr>& terms) const;
  // The same for a term that is already text.
  static void add_term(std::string& sum, std::string_view term);

 private:
  enum class Place { alone, term, first_factor, factor, over_bar, under_bar, base, radicand };
  std::string in_place(Expr e, Place place) const;
  std::string fill(std::string_view formula, const std::vector<Letter>& letters, bool values) const;
  std::string symbol(std::string_view sign) const;

  const Graph& g_;
  expr::Style style_;
};

}  // namespace nabla::calc
