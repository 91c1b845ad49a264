// Arithmetic of rational functions over the generators of an expression, factored as far as factors are known.
#pragma once

#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "algebra/rational/generators.h"
#include "base/budget.h"
#include "number/polynomial.h"

namespace nabla::algebra {

using number::Polynomial;

// coefficient · g0^e0 · g1^e1 … · p0^k0 · p1^k1 …: generators to any power, and different primitive polynomials of at
// least two terms that no generator divides.
struct Quotient {
  Rational coefficient = 1;
  std::vector<long> exponents;
  std::vector<std::pair<Polynomial, long>> factors;

  bool is_zero() const { return coefficient.is_zero(); }
};

// Thrown where an expression is too large for this arithmetic; callers then leave it unchanged.
struct TooLarge {};

class Field {
 public:
  // Over the generators of `root`.
  Field(Graph& g, Expr root, View view, base::Budget& budget);

  const Generators& generators() const { return generators_; }
  const number::PolynomialRing& ring() const { return ring_; }
  Graph& graph() { return g_; }

  // Of the root or any expression below it. Throws TooLarge.
  const Quotient& quotient(Expr e);

  Quotient one() const;
  Quotient multiply(const Quotient& a, const Quotient& b);
  Quotient power(const Quotient& a, long n);
  Quotient add(std::vector<Quotient> terms);
  // coefficient · monomial · polynomials, all exponents at least 0, multiplied out.
  Polynomial expand(const Quotient& q);
  // An upper bound for the number of its terms.
  static double terms_when_expanded(const Quotient& q);
  // p as a Quotient: content, monomial and the rest.
  Quotient from(Polynomial p);
  // p with sin² replaced by cos², and with cos² replaced by sin², as far as they occur.
  std::vector<Polynomial> by_pythagoras(const Polynomial& p, std::size_t sine);
  // Whether q is zero by the relations of its generators; false proves nothing if the generators depend on each other.
  bool is_zero(const Quotient& q);
  // p times its conjugate by a square root in it, which removes the root; nothing if there is none.
  std::optional<Polynomial> norm(const Polynomial& p);
  // Whether p times its conjugates by square roots is a number other than 0, so that p has no zero: x + √(x² + 1).
  bool has_constant_norm(const Polynomial& p);
  // With every polynomial split into irreducible ones.
  Quotient factored(const Quotient& q);

 private:
  void tidy(Quotient& q);
  void tidy_roots(Quotient& q);
  void tidy_signs(Quotient& q);
  void tidy_circular(Quotient& q);
  bool join_conjugates(Quotient& q, std::size_t squared, const Polynomial& other);
  bool rationalise(Quotient& q);
  Polynomial conjugate(const Polynomial& p, std::size_t root) const;
  void merge(Quotient& q, const Polynomial& p, long k);
  void cancel(Quotient& q);
  Polynomial reduced(Polynomial p);
  Polynomial without_high_powers(const Polynomial& p, std::size_t i, long degree, const Polynomial& value);
  Polynomial by_pythagoras(Polynomial p);
  std::optional<Polynomial> relation(std::size_t i);
  Quotient of_leaf(Expr e);
  Polynomial generator(std::size_t i) const;
  void check(const Polynomial& p) const;

  Graph& g_;
  Generators generators_;
  number::PolynomialRing ring_;
  base::Budget& budget_;
  std::unordered_map<std::uint32_t, Quotient> known_;
  std::unordered_map<std::size_t, std::optional<Polynomial>> relations_;
};

}  // namespace nabla::algebra
