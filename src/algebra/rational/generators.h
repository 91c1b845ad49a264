// The parts of an expression that polynomial arithmetic takes as its variables: symbols, calls, roots, exponentials.
#pragma once

#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "expr/build.h"
#include "expr/graph.h"

namespace nabla::algebra {

using expr::Expr;
using expr::Graph;
using expr::Rational;

// How calls are represented.
enum class View {
  as_written,  // each call is a generator
  circular,    // tan(u), sec(u) … as powers of sin(u) and cos(u); tanh … likewise
};

struct Generator {
  enum class Kind {
    power,        // base^unit; free of relations
    root,         // base^unit, unit = 1/degree; its degree-th power is base, which is no product
    number_root,  // the same of a prime number
    absolute,     // |base|; its square is base²
    sign,         // sign(base); sign(base)·base = |base|, which is the next generator or an earlier one
    exponential,  // e^(unit · exponent)
    scaled,       // base^(unit · exponent), the exponent not a number
    sine,         // sin(base); sine² + cosine² = 1, the cosine being the next generator
    cosine,
    hyperbolic_sine,  // cosine² - sine² = 1
    hyperbolic_cosine,
  };
  Kind kind = Kind::power;
  Expr base;
  Expr exponent;
  Rational unit = 1;
  long degree = 1;
};

inline bool is_sine(Generator::Kind kind) {
  return kind == Generator::Kind::sine || kind == Generator::Kind::hyperbolic_sine;
}

// An expression that is no sum or product, as powers of generators and of expressions still to be converted.
struct Monomial {
  Rational coefficient = 1;
  std::vector<std::pair<std::size_t, Rational>> powers;  // of base, e, … (not yet of the generator with its unit)
  std::vector<std::pair<Expr, long>> parts;
};

// Finds the generators of expressions: everything below sums, products and powers.
class Generators {
 public:
  Generators(Graph& g, View view) : g_(g), view_(view) {}

  void look_through(Expr e);
  void finish();  // fixes the units; call after look_through and before the rest
  const std::vector<Generator>& list() const { return list_; }
  const Generator& operator[](std::size_t i) const { return list_[i]; }
  std::size_t size() const { return list_.size(); }
  // Of an expression met that is no number, sum or product.
  const Monomial& monomial(Expr e) const { return monomials_.at(e.id); }

 private:
  Monomial of_power(Expr e);
  Monomial of_call(Expr e);
  void add_power(Monomial& m, Expr base, const Rational& q);
  void add_number_power(Monomial& m, const Rational& base, const Rational& q);
  void add_exponential(Monomial& m, Expr exponent);
  void add_scaled(Monomial& m, Expr base, Expr exponent);
  void add_circular(Monomial& m, Expr argument, int sine, int cosine, bool hyperbolic, const Rational& q);
  std::size_t index(Generator::Kind kind, Expr base, Expr exponent);

  Graph& g_;
  View view_;
  std::vector<Generator> list_;
  std::unordered_map<std::uint32_t, Monomial> monomials_;
  std::unordered_set<std::uint32_t> seen_;
};

// A term of a sum as coefficient · rest; for a number `rest` is 1.
struct Scaled {
  Rational coefficient;
  Expr rest;
};
Scaled take_coefficient(Graph& g, Expr term);
// The greatest rational number of which both are integer multiples.
Rational common_unit(const Rational& a, const Rational& b);
// The terms of a sum, or of c·(sum) multiplied out; anything else is a single term.
std::vector<Expr> terms_of(Graph& g, Expr e);

}  // namespace nabla::algebra
