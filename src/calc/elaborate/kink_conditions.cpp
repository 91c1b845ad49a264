#include "calc/elaborate/kink_conditions.h"

#include <algorithm>
#include <array>
#include <memory>

#include "algebra/derivative/derivative_node.h"
#include "algebra/simplify/borders.h"
#include "algebra/simplify/bounds.h"
#include "algebra/simplify/conditions.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using eval::Outcome;

constexpr base::Bits kBits = 128;
constexpr std::size_t kMostNodes = 2000;

class Kinks {
 public:
  Kinks(Elaborator& in, Expr value, Expr shown)
      : in_(in), g_(in.graph()), value_(value), shown_(shown), symbols_(expr::symbols(g_, value)) {}

  std::vector<Expr> conditions() {
    for (Expr e : expr::reachable(g_, std::span(&value_, 1))) {
      if (!algebra::is_derivative(g_, e) || g_.is(e, expr::kHasBound) || g_.is_constant(e)) continue;
      const algebra::DerivativeParts d = algebra::parts_of_derivative(g_, e);
      if (!algebra::has_pieces(g_, d.body)) continue;
      const expr::Replacement put{d.variable, d.point};
      const Expr body = expr::substitute(g_, d.body, std::span(&put, 1));
      for (Expr border : algebra::borders(g_, body).value_or(std::vector<Expr>())) add(border);
    }
    algebra::drop_weaker(g_, found_);
    return std::move(found_);
  }

 private:
  void add(Expr border) {
    if (algebra::sign_by_bounds(g_, border)) return;
    const std::vector<Expr> inside = expr::symbols(g_, border);
    if (inside.size() == 1 && symbols_.size() == 1) {
      const algebra::RationalZeros zeros = algebra::rational_zeros(g_, border, inside[0], in_.budget());
      if (zeros.all) {
        for (const Rational& q : zeros.at) {
          if (!agree({q})) put(expr::subtract(g_, inside[0], g_.rational(q)));
        }
        return;
      }
    } else if (agree_along(border, inside)) {
      return;
    }
    put(border);
  }

  void put(Expr difference) {
    const Expr c = algebra::condition_on(g_, expr::Relation::not_equal, difference);
    if (g_.kind(c) == expr::Kind::compare && std::ranges::find(found_, c) == found_.end()) found_.push_back(c);
  }

  // Whether value and formula agree at points of a border in several symbols, others being given some numbers.
  bool agree_along(Expr border, std::span<const Expr> inside) {
    static const std::array<Rational, 5> kOthers{Rational(2), Rational(1), Rational(-1), Rational(3, 7),
                                                 Rational(-5, 3)};
    int tried = 0;
    for (Expr x : inside) {
      for (std::size_t k = 0; k < kOthers.size(); ++k) {
        std::vector<Rational> point;
        std::vector<expr::Replacement> others;
        std::size_t at = 0;
        for (std::size_t s = 0; s < symbols_.size(); ++s) {
          point.push_back(kOthers[(k + s) % kOthers.size()]);
          if (symbols_[s] == x) at = s;
          if (symbols_[s] != x) others.push_back({symbols_[s], g_.rational(point[s])});
        }
        const Expr difference = expr::substitute(g_, border, others);
        for (const Rational& q : algebra::rational_zeros(g_, difference, x, in_.budget()).at) {
          point[at] = q;
          if (!agree(point)) return false;
          ++tried;
        }
      }
    }
    return tried > 0;
  }

  // Whether both have the same value at a point, as far as balls tell, or neither has one.
  bool agree(const std::vector<Rational>& point) {
    in_.budget().check();
    eval::Evaluator& evaluator = in_.evaluator();
    std::vector<std::unique_ptr<eval::Evaluator::Scope>> scopes;
    for (std::size_t s = 0; s < symbols_.size(); ++s) {
      scopes.push_back(std::make_unique<eval::Evaluator::Scope>(evaluator, symbols_[s]));
      scopes.back()->bind(point[s]);
    }
    const Outcome a = evaluator.evaluate(value_, kBits);
    const Outcome b = evaluator.evaluate(shown_, kBits);
    if (a.state == Outcome::State::undefined) return b.state == Outcome::State::undefined;
    if (a.state != Outcome::State::enclosed || b.state != Outcome::State::enclosed) return false;
    return a.ball.is_finite() && a.ball.overlaps(b.ball);
  }

  Elaborator& in_;
  Graph& g_;
  Expr value_;
  Expr shown_;
  std::vector<Expr> symbols_;
  std::vector<Expr> found_;
};

}  // namespace

std::vector<Expr> kink_conditions(Elaborator& in, Expr value, Expr shown) {
  Graph& g = in.graph();
  if (!g.is(value, expr::kHasOperation)) return {};
  if (expr::reachable(g, std::span(&value, 1)).size() > kMostNodes) return {};
  return Kinks(in, value, shown).conditions();
}

}  // namespace nabla::calc
