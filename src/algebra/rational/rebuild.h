// From rational functions over generators back to expressions, in the shortest readable form.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "algebra/rational/rational_function.h"
#include "algebra/rules/length.h"

namespace nabla::algebra {

// An expression and its length in operators and calls, with a surcharge for forms that textbooks avoid (x·(2·sin(x) +
// x·cos(x)), which saves only one sign).
struct Form {
  Expr e;
  double cost = 0;
};

class Rebuilder {
 public:
  Rebuilder(Field& field, Length& length) : field_(field), g_(field.graph()), length_(length) {}

  // The shortest of the forms tried.
  Form shortest(const Quotient& q);
  // The form with every polynomial multiplied out.
  Expr plain(const Quotient& q);
  // The same rational function always as the same node: one fraction multiplied out, or a sum of terms if its
  // denominator has no sums. Throws TooLarge.
  Expr normal(const Quotient& q);

 private:
  // Polynomials up to this size are factored.
  static constexpr std::size_t kMostTermsToFactor = 24;
  // A product is preferred to a sum, or grouped terms, only if it saves more than this.
  static constexpr double kFactored = 1;
  static constexpr double kGrouped = 0.5;

  struct Parts {
    Quotient over;
    Quotient under;  // of positive exponents
  };
  Parts split(const Quotient& q) const;

  Form best_polynomial(const Polynomial& p, bool with_factors = true);
  void offer_factors(Form& best, const Polynomial& p);
  void offer_grouped(Form& best, const Polynomial& p);
  Expr expanded(const Polynomial& p);
  std::optional<Expr> with_double_angles(const Polynomial& p, std::size_t sine);
  Expr monomial(const Rational& c, std::span<const long> exponents);
  Expr monomial(const Rational& c, std::span<const long> exponents, bool doubled);
  void put_scaled(std::vector<long>& exponents, std::vector<Expr>& factors);
  void put_circular(std::size_t sine, long s, long c, bool doubled, std::vector<Expr>& factors);
  Expr product(const Quotient& q);
  bool can_be_turned(const Polynomial& p);
  bool leads_with_minus(const Polynomial& p);
  void offer(Form& best, Expr e, double surcharge);
  void offer_multiplied_out(Form& best, const Quotient& q, double surcharge);
  void offer_by_terms(Form& best, const Quotient& q);
  void offer_hyperbolic(Form& best, const Quotient& q);
  void offer_divided(Form& best, const Quotient& q);
  void offer_split(Form& best, const Quotient& q);
  std::optional<Polynomial> multiplied_out(const Quotient& q);
  struct Split {
    Polynomial with;
    Polynomial without;
  };
  Split split_by(const Polynomial& p, std::size_t generator) const;
  bool is_symbol(std::size_t generator) const;
  bool is_plain_monomial(std::span<const long> exponents) const;

  Field& field_;
  Graph& g_;
  Length& length_;
  std::vector<std::pair<Polynomial, Form>> polynomials_;
};

}  // namespace nabla::algebra
