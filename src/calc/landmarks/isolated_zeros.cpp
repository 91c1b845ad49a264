// Zeros of one function by enclosures: an interval is halved until every piece is proven to hold none or exactly one.
#include <algorithm>

#include "algebra/derivative/derivative.h"
#include "calc/landmarks/zeros.h"
#include "expr/build.h"

namespace nabla::calc {
namespace {

using eval::Evaluator;
using eval::Outcome;
using expr::Expr;
using number::Ball;
using number::Rational;

constexpr base::Bits kBits = 64;
constexpr int kDepth = 52;                   // halvings of the interval
constexpr std::size_t kMostPieces = 60'000;  // looked at, before what is left is given up
constexpr int kFirstLook = 7;                // halvings before a cluster of pieces is looked at as one
constexpr int kLookEvery = 5;
constexpr std::size_t kWidestCluster = 4;  // pieces
constexpr int kMostOrder = 5;              // of a zero that is no simple one
constexpr int kNarrowings = 5;             // so that short fractions are recognised
const Rational kHalf(1, 2);

int sign_of(const Outcome& o) {
  if (o.exact) return o.exact->sign();
  if (o.state != Outcome::State::enclosed || o.ball.is_nan()) return 0;
  return o.ball.is_positive() ? 1 : o.ball.is_negative() ? -1 : 0;
}

class Search {
 public:
  Search(Evaluator& in, Expr f, Expr slope, Expr x) : in_(in), f_(f), slope_(slope), x_(x) {}

  Zeros run(const Rational& lo, const Rational& hi) {
    if (lo == hi) {
      at_point(lo);
      return std::move(out_);
    }
    std::vector<Interval> level{{lo, hi}};
    std::size_t looked = 0;
    for (int depth = 0; !level.empty(); ++depth) {
      looked += level.size();
      if (depth == kDepth || looked > kMostPieces) break;
      std::vector<Interval> next;
      for (const Interval& piece : level) {
        in_.budget().check();
        if (settled(piece)) continue;
        const Rational middle = (piece.lo + piece.hi) * kHalf;
        next.push_back({piece.lo, middle});
        next.push_back({middle, piece.hi});
      }
      level = std::move(next);
      if (depth >= kFirstLook && depth % kLookEvery == 0) settle_clusters(level);
    }
    out_.open.insert(out_.open.end(), level.begin(), level.end());
    tidy();
    return std::move(out_);
  }

 private:
  Outcome over(Expr e, const Interval& piece) {
    Evaluator::Scope variable(in_, x_);
    variable.bind(Outcome::enclosed(Ball::hull(Ball(piece.lo, kBits), Ball(piece.hi, kBits), kBits)));
    return in_.evaluate(e, kBits);
  }

  // Whether all zeros of a piece are known.
  bool settled(const Interval& piece) {
    const Outcome here = over(f_, piece);
    if (here.state == Outcome::State::undefined || sign_of(here) != 0) return true;
    if (here.exact && here.exact->is_zero()) {
      out_.flat.push_back(piece);
      return true;
    }
    if (here.state != Outcome::State::enclosed || !here.ball.is_finite()) return false;
    const Outcome slope = over(slope_, piece);
    if (slope.state != Outcome::State::enclosed) return false;
    if (sign_of(slope) == 0) return has_no_zero(piece, slope);
    return settle_monotone(piece);
  }

  // By the mean value theorem: f(m) + f'(X)·(X - m) has a sign.
  bool has_no_zero(const Interval& piece, const Outcome& slope) {
    if (!slope.ball.is_finite()) return false;
    const Rational middle = (piece.lo + piece.hi) * kHalf;
    Evaluator::Scope variable(in_, x_);
    variable.bind(middle);
    const Outcome value = in_.evaluate(f_, kBits);
    if (value.state != Outcome::State::enclosed) return false;
    const Rational half = (piece.hi - piece.lo) * kHalf;
    const Ball reach = Ball::hull(Ball(-half, kBits), Ball(half, kBits), kBits);
    const Ball bound =
        number::add(value.exact ? Ball(*value.exact, kBits) : value.ball, number::mul(slope.ball, reach, kBits), kBits);
    return bound.is_positive() || bound.is_negative();
  }

  bool settle_monotone(const Interval& piece) {
    const int left = sign_at(in_, f_, x_, piece.lo);
    const int right = sign_at(in_, f_, x_, piece.hi);
    if (left != 0 && right != 0) {
      if (left != right) out_.found.push_back({piece.lo, piece.hi, std::nullopt, f_, slope_});
      return true;
    }
    const Rational& end = left == 0 ? piece.lo : piece.hi;
    const Expr at = in_.graph().rational(end);
    if (!is_zero_at(in_, f_, x_, at)) return false;
    out_.found.push_back({end, end, at, f_, slope_});
    return true;
  }

  void at_point(const Rational& p) {
    const Expr at = in_.graph().rational(p);
    if (is_zero_at(in_, f_, x_, at)) {
      out_.found.push_back({p, p, at, f_, slope_});
      return;
    }
    Evaluator::Scope variable(in_, x_);
    variable.bind(p);
    const Outcome o = in_.refine(f_, [](const Outcome& found) { return found.exact || sign_of(found) != 0; });
    if (o.state != Outcome::State::undefined && !o.exact && sign_of(o) == 0) out_.open.push_back({p, p});
  }

  // Few pieces side by side, all that is left around a place: a zero of higher order, if it is recognised.
  void settle_clusters(std::vector<Interval>& level) {
    std::vector<Interval> left;
    for (std::size_t i = 0; i < level.size();) {
      std::size_t end = i + 1;
      while (end < level.size() && level[end].lo == level[end - 1].hi) ++end;
      const Interval hull{level[i].lo, level[end - 1].hi};
      if (end - i > kWidestCluster || !settle_multiple(hull)) {
        left.insert(left.end(), level.begin() + static_cast<long>(i), level.begin() + static_cast<long>(end));
      }
      i = end;
    }
    level = std::move(left);
  }

  // f and its first derivatives are 0 at a place and the next one has a sign all over the piece: then f is not 0
  // elsewhere on it.
  bool settle_multiple(const Interval& piece) {
    for (int order = 2; order <= kMostOrder; ++order) {
      if (sign_of(over(derivative(order), piece)) == 0) continue;
      for (int k = 0; k < order; ++k) {
        const Outcome lower = over(derivative(k), piece);
        if (lower.state != Outcome::State::enclosed || !lower.ball.is_finite()) return false;
      }
      // The derivative before it is monotone: its only zero is the place.
      Place p{piece.lo, piece.hi, std::nullopt, derivative(order - 1), derivative(order)};
      if (sign_at(in_, p.of, x_, p.lo) * sign_at(in_, p.of, x_, p.hi) >= 0) return false;
      for (int k = 0; k < kNarrowings; ++k) narrow(in_, x_, p);
      recognise(in_, x_, p);
      if (!p.at) return false;
      for (int k = order - 2; k >= 0; --k) {
        if (!is_zero_at(in_, derivative(k), x_, *p.at)) return false;
      }
      out_.found.push_back(p);
      return true;
    }
    return false;
  }

  Expr derivative(int order) {
    if (derivatives_.empty()) derivatives_ = {f_, slope_};
    while (static_cast<int>(derivatives_.size()) <= order) {
      derivatives_.push_back(algebra::derivative(in_.graph(), derivatives_.back(), x_, in_.budget()));
    }
    return derivatives_[static_cast<std::size_t>(order)];
  }

  static std::vector<Interval> joined(std::vector<Interval> pieces) {
    std::ranges::sort(pieces, {}, &Interval::lo);
    std::vector<Interval> out;
    for (const Interval& piece : pieces) {
      if (!out.empty() && piece.lo <= out.back().hi) {
        out.back().hi = std::max(out.back().hi, piece.hi);
      } else {
        out.push_back(piece);
      }
    }
    return out;
  }

  void tidy() {
    out_.open = joined(std::move(out_.open));
    out_.flat = joined(std::move(out_.flat));
    for (Place& p : out_.found) {
      for (int k = 0; k < kNarrowings && !p.at; ++k) narrow(in_, x_, p);
      recognise(in_, x_, p);
    }
    std::ranges::sort(out_.found, {}, &Place::lo);
    // A zero on the border of two pieces is found in both.
    const auto same = [](const Place& a, const Place& b) { return a.lo == b.lo && a.hi == b.hi && a.lo == a.hi; };
    out_.found.erase(std::unique(out_.found.begin(), out_.found.end(), same), out_.found.end());
    // A zero at the end of a flat piece belongs to it.
    std::erase_if(out_.found, [this](const Place& p) {
      return std::ranges::any_of(out_.flat, [&](const Interval& f) { return f.lo <= p.lo && p.hi <= f.hi; });
    });
  }

  Evaluator& in_;
  Expr f_;
  Expr slope_;
  Expr x_;
  std::vector<Expr> derivatives_;
  Zeros out_;
};

}  // namespace

Zeros isolated_zeros(Evaluator& in, Expr f, Expr slope, Expr x, const Rational& lo, const Rational& hi) {
  return Search(in, f, slope, x).run(lo, hi);
}

}  // namespace nabla::calc
