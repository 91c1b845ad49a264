// How an expression is laid out on the line: the order of terms and factors, and what stands above and below a fraction
// bar. Shared by text, LaTeX and whatever counts the operators of the printed form.
#pragma once

#include <string_view>
#include <vector>

#include "expr/fold.h"
#include "expr/graph.h"

namespace nabla::expr {

// Of polynomials: x² + x + 1, or 1 + x + x² as Taylor polynomials are written.
enum class Order { descending, ascending };

// A factor base^exponent. A power whose exponent is not a number is itself the base, with exponent 1; e^q with a number
// q has the base e (`is_e`; `base` is the call) and the exponent q.
struct Factor {
  Expr base;
  Rational exponent = 1;
  bool is_e = false;
};

// sign · numerator · over… / (denominator · under…), all exponents positive.
struct Fraction {
  bool negative = false;
  Rational numerator = 1;
  Rational denominator = 1;
  std::vector<Factor> over;
  std::vector<Factor> under;

  bool has_bar() const { return !denominator.is_one() || !under.empty(); }
  std::size_t parts_over() const { return over.size() + (numerator.is_one() ? 0u : 1u); }
  std::size_t parts_under() const { return under.size() + (denominator.is_one() ? 0u : 1u); }
  // Whether it is one factor and nothing else, so that there is nothing to lay out.
  bool is_lone_factor() const { return !negative && !has_bar() && parts_over() == 1 && over.size() == 1; }
};

// Knows about all nodes below one expression what their order depends on.
class Layout {
 public:
  Layout(const Graph& g, Expr root);

  // The terms of a sum as they are written. A leading minus is avoided where two terms can change places.
  std::vector<Expr> terms(Expr sum, Order order) const;
  // Any expression as a fraction, its factors as they are written.
  Fraction fraction(Expr e) const;
  // Whether |…| stands somewhere below it.
  bool has_bars_below(Expr e) const { return traits(e).bars_below; }
  // Whether a minus sign can be taken out of it: a negative number or coefficient.
  bool is_negative(Expr e) const;

 private:
  struct Traits {
    float degree = 0;        // in all symbols together; of sums the greatest
    bool polynomial = true;  // symbols only under rational powers, sums and products
    bool bars_below = false;
  };
  const Traits& traits(Expr e) const { return traits_.at(e); }
  int factor_class(const Factor& f) const;
  bool factor_before(const Factor& a, const Factor& b) const;
  bool term_before(Expr a, Expr b, Order order) const;

  const Graph& g_;
  Fold<Traits> traits_;
};

// An order of expressions that depends on what they say, not on when they were made.
bool comes_before(const Graph& g, Expr a, Expr b);

}  // namespace nabla::expr
