// Functions of a small h > 0 as they behave for h -> 0: an exponential times a truncated series in powers of h whose
// coefficients may contain the logarithm of 1/h.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "eval/balls/evaluator.h"
#include "expr/build.h"

namespace nabla::calc {

using expr::Expr;
using expr::Graph;
using number::Rational;

// e^growth · (Σ c_p h^p + remainder). A coefficient is constant, or an expression in T = ln(1/h) that is smaller than
// every power of 1/h and greater than every power of h. A known zero has no terms and no end.
struct Asymptotic {
  using Terms = std::map<Rational, Expr>;
  Terms terms;                  // by ascending exponents; a coefficient is not known to be other than 0
  std::optional<Rational> end;  // the remainder is O(h^end T^m) for some m; nothing: there is none
  bool strict = false;          // it is o(h^end)
  Terms growth;                 // exponents <= 0; together unbounded, and not a rational multiple of T at h^0

  bool is_exact() const { return !end.has_value(); }
};

// Arithmetic, exact but for the remainder. What cannot be decided throws Error (undecided); what is not real near the
// point, Error (domain). Never a guess: a coefficient is 0 if that is proven, and not 0 if a ball excludes it.
class AsymptoticField {
 public:
  static constexpr int kDeepest = 5;  // logarithms of logarithms

  // `terms`: how many a series keeps; `depth`: how many fields of logarithms this one is in.
  AsymptoticField(eval::Evaluator& in, long terms, int depth);

  Graph& graph() const { return g_; }
  eval::Evaluator& evaluator() const { return in_; }
  long terms() const { return terms_; }
  int depth() const { return depth_; }
  Expr logarithm() const { return log_; }  // T

  Asymptotic constant(Expr c) const;
  Asymptotic monomial(Expr c, const Rational& exponent) const;
  Asymptotic remainder(const Rational& end, bool strict) const;

  Asymptotic add(const Asymptotic& a, const Asymptotic& b);
  Asymptotic subtract(const Asymptotic& a, const Asymptotic& b);
  Asymptotic multiply(const Asymptotic& a, const Asymptotic& b);
  Asymptotic scaled(const Asymptotic& a, Expr c);
  Asymptotic power(const Asymptotic& a, const Rational& q);
  Asymptotic ln(const Asymptotic& a);
  Asymptotic exp(const Asymptotic& a);

  // The first term that is proven not to vanish, after removing those before it that are proven to; nullptr if there
  // is none.
  const Asymptotic::Terms::value_type* leading(Asymptotic& a);
  // The sign near the point, 0 for a known zero. Throws Error (undecided) where only a remainder is known.
  int sign(Asymptotic a);
  // The sign of a coefficient, for a small h if it contains T.
  int sign_of(Expr c);
  bool has_logarithm(Expr c) const;
  // Of an unbounded exponent: 1 or -1, as it tends to infinity or its opposite; 0 if it is known to vanish.
  int sign_of_growth(Asymptotic::Terms growth);
  // The number c > 0 or c < 0 of an exponent that is c·T and less; nothing if it outgrows T.
  std::optional<Expr> order_of_growth(const Asymptotic::Terms& growth);

  Rational lowest(const Asymptotic& a) const;  // an exponent p with a = e^growth · O(h^p T^m); not of a known zero

 private:
  int decided_sign(Expr c);
  void cut(Asymptotic& a) const;
  // Σ c(k) v^k for v -> 0, k = 0, 1, …
  template <class Coefficient>
  Asymptotic composed(const Asymptotic& v, Coefficient c);
  // What e^c contributes for a coefficient at h^0: a power of h, a coefficient, and what outgrows T.
  struct Exponential {
    Rational exponent;
    Expr coefficient;
    Expr growth;
  };
  Exponential exponential(Expr c);

  eval::Evaluator& in_;
  Graph& g_;
  long terms_;
  int depth_;
  Expr log_;
  std::unordered_map<std::uint32_t, int> signs_;  // of coefficients, by their nodes
};

[[noreturn]] void give_up(std::string why);
[[noreturn]] void not_real(std::string why);

}  // namespace nabla::calc
