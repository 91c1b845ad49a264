// Rewriting expressions so that equal ones become the same rational function.
#pragma once

#include <optional>
#include <unordered_set>
#include <vector>

#include "algebra/rational/rational_function.h"
#include "algebra/rules/circular.h"
#include "algebra/rules/length.h"
#include "base/budget.h"
#include "expr/fold.h"

namespace nabla::algebra {

// Rewrites by identities that hold wherever the original is defined: logarithms and roots of products by their factors'
// absolute values, hyperbolic functions by exponentials, functions by their rows' expansions, gamma(x + n) by gamma(x),
// exponents and angles as sums. Throws TooLarge.
class Canonical {
 public:
  Canonical(Graph& g, base::Budget& budget) : g_(g), budget_(budget), length_(g), known_(g) {}

  Expr rewrite(Expr e);

  // Assumes from now on that f, an irreducible factor, is not negative: |f| is f.
  void suppose_nonnegative(Expr f);
  // Whether a factor of e (already rewritten) is known to be neither negative nor positive.
  bool is_known_zero(Expr e);
  // Assumes that e is defined: radicands outside branches are not negative.
  void suppose_defined(Expr e);

 private:
  Expr node(Expr e, std::span<const Expr> args);
  Expr call(Expr e, std::span<const Expr> args);
  std::optional<Expr> of_inverse(const Circular& c, Expr angle);
  Expr of_smaller_angle(const Circular& c, Expr e);
  Expr floor(Expr u);
  Expr logarithm(Expr u);
  Expr size(Expr u);
  Expr root(Expr u, const Rational& q);
  Expr exponential(Expr u);
  Expr shifted(const expr::Function& f, Expr u);
  Expr size_of_factor(Expr f);
  Expr normal(Expr e);

  struct Factor {
    Expr base;  // irreducible
    Rational exponent;
  };
  struct Factors {
    Rational constant = 1;
    std::vector<Factor> powers;
    std::vector<Expr> exponents;  // of e; positive factors
  };
  Factors factors(Expr u);

  Graph& g_;
  base::Budget& budget_;
  Length length_;
  expr::Fold<Expr> known_;
  std::unordered_set<std::uint32_t> nonnegative_;
};

}  // namespace nabla::algebra
