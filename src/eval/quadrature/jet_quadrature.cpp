#include "eval/quadrature/jet_quadrature.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "algebra/rules/call.h"
#include "eval/jets/jet.h"
#include "eval/quadrature/range.h"

namespace nabla::eval {
namespace {

constexpr std::size_t kMostPieces = 20'000;
constexpr int kObstacleDepth = 10;  // halvings after which a place of the integrand is looked for
constexpr int kHopelessDepth = 40;  // … after which an unbounded integrand is given up
constexpr int kSpareDepth = 24;     // halvings beyond one for each bit
constexpr Bits kSlackBits = 10;     // lost to rounding
constexpr double kLeastShare = 1.0 / 64;
constexpr long kMostDenominator = 12;

struct Piece {
  Rational lo;
  Rational hi;
  bool first = false;
  bool last = false;
  int depth = 0;
};

class Sweep {
 public:
  Sweep(Evaluator& in, Expr e, Expr x, const Ball& lo, const Ball& hi, double tolerance, Bits bits)
      : in_(in), e_(e), x_(x), lo_(lo), hi_(hi), tolerance_(tolerance), bits_(bits), order_(12 + bits / 6) {}

  Quadrature run() {
    const std::optional<Rational> lo = lo_.midpoint();
    const std::optional<Rational> hi = hi_.midpoint();
    if (!lo || !hi || !(*lo < *hi)) return {};
    total_ = (*hi - *lo).to_double();
    Evaluator::Scope scope(in_, x_);
    std::vector<Piece> stack{{*lo, *hi, true, true, 0}};
    Quadrature result;
    std::size_t taken = 0;
    while (!stack.empty()) {
      in_.budget().check();
      if (++taken > kMostPieces) return {};
      const Piece piece = std::move(stack.back());
      stack.pop_back();
      if (take(scope, piece, result.value)) continue;
      if (failed_.state != Quadrature::State::enclosed) return failed_;
      const Rational middle = (piece.lo + piece.hi) * Rational(1, 2);
      stack.push_back({middle, piece.hi, false, piece.last, piece.depth + 1});
      stack.push_back({piece.lo, middle, piece.first, false, piece.depth + 1});
    }
    result.state = result.value.is_finite() ? Quadrature::State::enclosed : Quadrature::State::unknown;
    return result;
  }

 private:
  Ball left(const Piece& p) const { return p.first ? lo_ : Ball(p.lo, bits_); }
  Ball right(const Piece& p) const { return p.last ? hi_ : Ball(p.hi, bits_); }

  double share(const Piece& p) const { return tolerance_ * ((p.hi - p.lo).to_double() / total_ + kLeastShare); }

  // Adds the integral over a piece, or says why not: `failed_`, or it is to be halved.
  bool take(Evaluator::Scope& scope, const Piece& p, Ball& sum) {
    failed_.state = Quadrature::State::enclosed;
    const Ball whole = Ball::hull(left(p), right(p), bits_);
    const Rational middle = (p.lo + p.hi) * Rational(1, 2);
    const Ball to_left = number::sub(left(p), Ball(middle, bits_), bits_);
    const Ball to_right = number::sub(right(p), Ball(middle, bits_), bits_);
    scope.bind(Outcome::enclosed(whole));
    const Ball last = jet(in_, e_, x_, whole, order_ + 1, bits_).coefficient(order_);
    if (!last.is_finite()) return take_bounded(p, sum);
    // The remainder of f is last·h^order with a value of `last` that depends on h.
    const Ball reach = Ball::hull(to_left, to_right, bits_);
    const Ball rest = number::mul(number::mul(last, number::power(reach, order_, bits_), bits_),
                                  number::sub(to_right, to_left, bits_), bits_);
    const double error = std::max(std::abs(rest.lower()), std::abs(rest.upper()));
    const bool good = error <= share(p);
    if (!good && p.depth == 0 && error > tolerance_ * 1e6) return false;  // the middle is not worth it yet
    scope.bind(middle);
    const Series c = jet(in_, e_, x_, Ball(middle, bits_), order_, bits_);
    Ball value;
    Ball up = to_right;
    Ball down = to_left;
    for (long k = 0; k < order_; ++k) {
      const Ball width = number::sub(up, down, bits_);
      number::add_to(value, number::div(number::mul(c.coefficient(k), width, bits_), Ball(k + 1), bits_), bits_);
      up = number::mul(up, to_right, bits_);
      down = number::mul(down, to_left, bits_);
    }
    if (!value.is_finite()) return false;
    const double size = std::abs(value.mid());
    if (!good && error > 4 * value.radius() && error > std::ldexp(size, static_cast<int>(kSlackBits - bits_))) {
      return false;
    }
    number::add_to(sum, number::add(value, rest, bits_), bits_);
    return true;
  }

  // A piece on which the integrand is not known to be analytic: its bounds times the width, once that is small.
  bool take_bounded(const Piece& p, Ball& sum) {
    if (p.depth < kObstacleDepth / 2) return false;
    const Outcome values = range_on(in_, e_, bits_);
    if (values.state == Outcome::State::undefined) {
      failed_.state = Quadrature::State::undefined;
      failed_.reason = values.reason;
      failed_.where = values.where;
      return false;
    }
    const bool bounded = values.state == Outcome::State::enclosed && values.ball.is_finite();
    if (bounded) {
      const Ball area = number::mul(values.ball, number::sub(right(p), left(p), bits_), bits_);
      if (area.radius() <= tolerance_ * kLeastShare) {
        number::add_to(sum, area, bits_);
        return true;
      }
    }
    const bool deep = p.depth >= kObstacleDepth && p.depth % 4 == kObstacleDepth % 4;
    const bool inside = !p.first && !p.last;
    if (deep && inside && simple_place(in_.graph(), p.lo, p.hi)) {
      failed_.state = Quadrature::State::obstacle;
    } else if (p.depth > static_cast<int>(bits_) + kSpareDepth || (!bounded && inside && p.depth > kHopelessDepth)) {
      failed_.state = Quadrature::State::obstacle;
    }
    failed_.lo = p.lo;
    failed_.hi = p.hi;
    return false;
  }

  Evaluator& in_;
  Expr e_;
  Expr x_;
  Ball lo_;
  Ball hi_;
  double tolerance_;
  Bits bits_;
  long order_;
  double total_ = 0;
  Quadrature failed_;
};

// A fraction in lo..hi with the least denominator up to kMostDenominator.
std::optional<Rational> fraction_between(const Rational& lo, const Rational& hi) {
  for (long d = 1; d <= kMostDenominator; ++d) {
    const Rational n = (lo * Rational(d)).ceil();
    if (n <= hi * Rational(d)) return n / Rational(d);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Expr> simple_place(Graph& g, const Rational& lo, const Rational& hi) {
  if (const std::optional<Rational> q = fraction_between(lo, hi)) return g.rational(*q);
  constexpr Bits kBits = 128;
  const Rational pi = *algebra::kernel().pi->forms.ball({}, kBits).midpoint();
  if (const std::optional<Rational> q = fraction_between(lo / pi, hi / pi)) {
    return expr::multiply(g, g.rational(*q), algebra::call(g, *algebra::kernel().pi, {}));
  }
  const bool negative = hi.sign() < 0;
  const Rational low = negative ? hi * hi : lo * lo;
  const Rational high = negative ? lo * lo : hi * hi;
  if (lo.sign() == hi.sign()) {
    if (const std::optional<Rational> q = fraction_between(low, high)) {
      const Expr root = expr::square_root(g, g.rational(*q));
      return negative ? expr::negate(g, root) : root;
    }
  }
  return std::nullopt;
}

Quadrature jet_quadrature(Evaluator& in, Expr e, Expr x, const Ball& lo, const Ball& hi, double tolerance, Bits bits) {
  return Sweep(in, e, x, lo, hi, tolerance, bits).run();
}

}  // namespace nabla::eval
