#include "calc/landmarks/zeros.h"

#include <algorithm>

#include "algebra/derivative/derivative.h"
#include "algebra/derivative/derivative_node.h"
#include "calc/landmarks/exact_zeros.h"
#include "calc/landmarks/landmarks.h"
#include "calc/landmarks/smooth_piece.h"
#include "expr/build.h"

namespace nabla::calc {
namespace {

using eval::Evaluator;
using eval::Outcome;
using expr::Expr;
using number::Ball;
using number::Rational;
using number::Truth;

constexpr base::Bits kBits = 64;
constexpr long kMostOfFamily = 100'000;

class Collector {
 public:
  Collector(Evaluator& in, Expr f, Expr x, const Rational& lo, const Rational& hi)
      : in_(in), g_(in.graph()), f_(f), x_(x), lo_(lo), hi_(hi) {}

  Zeros run() {
    if (algebra::has_pieces(g_, f_)) {
      by_pieces();
    } else {
      by_factors();
    }
    merge();
    return std::move(out_);
  }

 private:
  // Between neighbouring landmarks by the formula that holds there; the landmarks one by one.
  void by_pieces() {
    const Landmarks marks = landmarks(in_, f_, x_, lo_, hi_);
    out_.open = marks.open;
    Rational from = lo_;
    for (std::size_t i = 0; i <= marks.found.size(); ++i) {
      const Rational& to = i < marks.found.size() ? marks.found[i].lo : hi_;
      if (from < to) in_gap(from, to, marks);
      if (i == marks.found.size()) break;
      at_landmark(marks.found[i]);
      from = marks.found[i].hi;
    }
    for (const Rational& end : {lo_, hi_}) at_landmark({end, end, g_.rational(end), {}, {}});
  }

  void in_gap(const Rational& from, const Rational& to, const Landmarks& marks) {
    if (std::ranges::any_of(marks.open, [&](const Interval& i) { return i.lo < to && from < i.hi; })) {
      out_.open.push_back({from, to});
      return;
    }
    const std::optional<Expr> piece = smooth_piece(in_, f_, x_, (from + to) * Rational(1, 2));
    if (!piece) {
      out_.open.push_back({from, to});
      return;
    }
    // The gap goes on to the landmark itself: its formula is looked at a little beyond, the zeros there left out.
    Zeros found = zeros(in_, *piece, x_, from, to);
    std::erase_if(found.found, [&](const Place& p) { return p.lo == p.hi && (p.lo == from || p.lo == to); });
    std::ranges::move(found.found, std::back_inserter(out_.found));
    std::ranges::move(found.open, std::back_inserter(out_.open));
    std::ranges::move(found.flat, std::back_inserter(out_.flat));
  }

  void at_landmark(const Place& p) {
    Outcome value;
    const Truth defined = defined_at(in_, f_, x_, p, &value);
    if (defined == Truth::no || (defined == Truth::yes && value.exact && !value.exact->is_zero())) return;
    if (defined == Truth::yes && !value.exact && !value.ball.contains_zero()) return;
    if (p.at && is_zero_at(in_, f_, x_, *p.at)) {
      out_.found.push_back(p);
    } else {
      out_.open.push_back({p.lo, p.hi});
    }
  }

  void by_factors() {
    const ZeroFactors parts = zero_factors(g_, f_, x_, in_.budget());
    if (parts.factors.size() == 1 && parts.factors[0] == f_ && !parts.under) {
      of_factor(f_);
    } else {
      for (Expr factor : parts.factors) of_factor(factor);
      keep_zeros_of_whole(parts);
    }
  }

  void of_factor(Expr factor) {
    if (const std::optional<ExactZeros> exact = exact_zeros(in_, factor, x_)) {
      if (exact->conditions.empty() && of_exact(factor, *exact)) return;
    }
    const Expr slope = algebra::derivative(g_, factor, x_, in_.budget());
    Zeros found = isolated_zeros(in_, factor, slope, x_, lo_, hi_);
    std::ranges::move(found.found, std::back_inserter(out_.found));
    std::ranges::move(found.open, std::back_inserter(out_.open));
    std::ranges::move(found.flat, std::back_inserter(out_.flat));
  }

  // Whether all of them are placed against the ends.
  bool of_exact(Expr factor, const ExactZeros& exact) {
    std::vector<Place> places;
    for (Expr at : exact.at) {
      if (!take(factor, at, places)) return false;
    }
    for (Expr family : exact.families) {
      const Expr first = put(in_, family, exact.k, expr::integer(g_, 0));
      const Expr step = expr::subtract(g_, put(in_, family, exact.k, expr::integer(g_, 1)), first);
      const Outcome a = in_.evaluate(first, kBits);
      const Outcome b = in_.evaluate(step, kBits);
      if (!a.has_value() || !b.has_value()) return false;
      const Ball from = number::div(number::sub(Ball(lo_, kBits), a.ball, kBits), b.ball, kBits);
      const Ball to = number::div(number::sub(Ball(hi_, kBits), a.ball, kBits), b.ball, kBits);
      if (!from.is_finite() || !to.is_finite()) return false;
      const double least = std::min(from.lower(), to.lower());
      const double most = std::max(from.upper(), to.upper());
      if (!(most - least < static_cast<double>(kMostOfFamily)) || !(std::max(-least, most) < 1e15)) return false;
      for (long k = static_cast<long>(least) - 1; k <= static_cast<long>(most) + 1; ++k) {
        in_.budget().check();
        if (!take(factor, put(in_, family, exact.k, expr::integer(g_, k)), places)) return false;
      }
    }
    std::ranges::move(places, std::back_inserter(out_.found));
    return true;
  }

  // Adds an exact zero if it lies in the interval. false: that is not decided.
  bool take(Expr factor, Expr at, std::vector<Place>& places) {
    if (g_.is_number(at)) {
      const Rational& q = g_.number(at);
      if (lo_ <= q && q <= hi_) places.push_back({q, q, at, factor, {}});
      return true;
    }
    const Outcome o = in_.refine(at, [](const Outcome& found) { return found.has_value(); });
    if (o.state == Outcome::State::undefined) return true;
    if (o.state != Outcome::State::enclosed || !o.ball.is_finite()) return false;
    if (o.exact) {
      if (lo_ <= *o.exact && *o.exact <= hi_) places.push_back({*o.exact, *o.exact, g_.rational(*o.exact), factor, {}});
      return true;
    }
    const Truth above = number::less_equal(Ball(lo_, kBits), o.ball);
    const Truth below = number::less_equal(o.ball, Ball(hi_, kBits));
    if (above == Truth::no || below == Truth::no) return true;
    const auto inside = [&](Truth quick, Expr low, Expr high) {
      return quick == Truth::yes ? quick : in_.decide(expr::compare(g_, expr::Relation::less_equal, low, high));
    };
    const Truth from = inside(above, g_.rational(lo_), at);
    const Truth to = inside(below, at, g_.rational(hi_));
    if (from == Truth::no || to == Truth::no) return true;
    if (from == Truth::unknown || to == Truth::unknown) return false;
    const std::optional<Rational> middle = o.ball.midpoint();
    if (!middle) return false;
    const Rational radius = Rational::from_double(o.ball.radius());
    places.push_back({*middle - radius, *middle + radius, at, factor, {}});
    return true;
  }

  // Drops zeros of factors at which f has no value, or another one.
  void keep_zeros_of_whole(const ZeroFactors& parts) {
    if (!parts.under && g_.is(f_, expr::kTotal)) return;
    std::vector<Place> kept;
    for (Place& p : out_.found) {
      in_.budget().check();
      Outcome value;
      const Truth defined = defined_at(in_, f_, x_, p, &value);
      if (defined == Truth::no) continue;
      if (defined == Truth::yes && value.exact ? !value.exact->is_zero()
                                               : !value.ball.is_nan() && !value.ball.contains_zero())
        continue;
      Outcome under;
      const bool not_zero = !parts.under || (defined_at(in_, *parts.under, x_, p, &under) == Truth::yes &&
                                             (under.exact ? !under.exact->is_zero() : !under.ball.contains_zero()));
      const bool proven = defined == Truth::yes && (not_zero || (value.exact && value.exact->is_zero()) ||
                                                    (p.at && is_zero_at(in_, f_, x_, *p.at)));
      if (proven) {
        kept.push_back(std::move(p));
      } else {
        out_.open.push_back({p.lo, p.hi});
      }
    }
    out_.found = std::move(kept);
  }

  void merge() {
    std::ranges::sort(out_.found, {}, &Place::lo);
    std::vector<Place> apart;
    for (Place& p : out_.found) {
      in_.budget().check();
      bool gone = false;
      while (!apart.empty() && !gone && apart.back().hi >= p.lo) {
        bool same = false;
        if (part(in_, x_, apart.back(), p, &same)) {
          if (p.hi < apart.back().lo) std::swap(apart.back(), p);
          break;
        }
        gone = true;
        if (same) break;
        if (apart.back().lo == p.lo && apart.back().hi == p.hi && p.lo == p.hi) break;
        out_.open.push_back({std::min(p.lo, apart.back().lo), std::max(p.hi, apart.back().hi)});
        apart.pop_back();
      }
      if (!gone) apart.push_back(std::move(p));
    }
    out_.found = std::move(apart);
    const auto join = [](std::vector<Interval>& list) {
      std::ranges::sort(list, {}, &Interval::lo);
      std::vector<Interval> out;
      for (Interval& i : list) {
        if (!out.empty() && i.lo <= out.back().hi) {
          out.back().hi = std::max(out.back().hi, i.hi);
        } else {
          out.push_back(std::move(i));
        }
      }
      list = std::move(out);
    };
    join(out_.open);
    join(out_.flat);
  }

  Evaluator& in_;
  expr::Graph& g_;
  Expr f_;
  Expr x_;
  Rational lo_;
  Rational hi_;
  Zeros out_;
};

}  // namespace

Zeros zeros(Evaluator& in, Expr f, Expr x, const Rational& lo, const Rational& hi) {
  if (!expr::depends_on(in.graph(), f, x)) {
    const Outcome o = in.refine(f, [](const Outcome& found) { return found.exact || !found.ball.contains_zero(); });
    if (o.exact && o.exact->is_zero()) return {{}, {}, {{lo, hi}}};
    if (o.exact || o.state == Outcome::State::undefined || (o.has_value() && !o.ball.contains_zero())) return {};
    if (in.proven_equal(f, expr::integer(in.graph(), 0))) return {{}, {}, {{lo, hi}}};
    return {{}, {{lo, hi}}, {}};
  }
  return Collector(in, f, x, lo, hi).run();
}

}  // namespace nabla::calc
