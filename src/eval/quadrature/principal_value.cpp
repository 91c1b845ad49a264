#include <algorithm>
#include <cmath>

#include "algebra/simplify/simplify.h"
#include "eval/quadrature/definite_integral.h"
#include "expr/rewrite.h"

namespace nabla::eval {
namespace {

constexpr int kMostPoles = 20;

class PrincipalValue {
 public:
  PrincipalValue(Evaluator& in, Expr e, Expr x, Bits bits) : in_(in), g_(in.graph()), e_(e), x_(x), bits_(bits) {}

  Outcome between(Expr a, Expr b) {
    in_.budget().check();
    std::optional<Expr> pole;
    Outcome whole = definite_integral(in_, e_, x_, a, b, bits_, &pole);
    if (whole.has_value() || !pole || ++poles_ > kMostPoles) return whole;
    const std::optional<Rational> reach = reach_at(*pole, a, b);
    if (!reach) return whole;
    const Expr distance = g_.rational(*reach);
    Outcome sum = symmetric(*pole, distance);
    for (const auto& [from, to] :
         {std::pair(a, expr::subtract(g_, *pole, distance)), std::pair(expr::add(g_, *pole, distance), b)}) {
      if (!sum.has_value()) return sum;
      Outcome part = between(from, to);
      if (!part.has_value()) return part;
      sum = Outcome::enclosed(number::add(sum.ball, part.ball, bits_ + kSpareBits));
    }
    return sum;
  }

 private:
  static constexpr Bits kSpareBits = 24;

  // Half the way from a pole to the nearer bound, at most 1; nothing at a bound.
  std::optional<Rational> reach_at(Expr pole, Expr a, Expr b) {
    double reach = 1;
    const Outcome at = in_.evaluate(pole, bits_);
    for (const Expr bound : {a, b}) {
      const Outcome o = in_.evaluate(bound, bits_);
      if (bound == pole || !o.has_value() || !at.has_value()) return std::nullopt;
      const Ball far =
          number::sub(o.exact ? Ball(*o.exact, bits_) : o.ball, at.exact ? Ball(*at.exact, bits_) : at.ball, bits_);
      if (far.contains_zero()) return std::nullopt;
      reach = std::min(reach, std::abs(far.mid()) / 2);
    }
    return Rational::from_double(std::ldexp(1.0, std::ilogb(reach)));
  }

  // The integral of e(pole + h) + e(pole - h) over h from 0.
  Outcome symmetric(Expr pole, Expr distance) {
    const Expr h = g_.fresh_symbol();
    std::vector<Expr> sides;
    for (const Expr at : {expr::add(g_, pole, h), expr::subtract(g_, pole, h)}) {
      const expr::Replacement put{x_, at};
      sides.push_back(expr::substitute(g_, e_, std::span(&put, 1)));
    }
    const Expr both = algebra::simplify(g_, expr::sum(g_, sides), in_.budget()).expression;
    return definite_integral(in_, both, h, expr::integer(g_, 0), distance, bits_);
  }

  Evaluator& in_;
  Graph& g_;
  Expr e_;
  Expr x_;
  Bits bits_;
  int poles_ = 0;
};

}  // namespace

Outcome principal_value(Evaluator& in, Expr e, Expr x, Expr a, Expr b, Bits bits) {
  return PrincipalValue(in, e, x, bits).between(a, b);
}

}  // namespace nabla::eval
