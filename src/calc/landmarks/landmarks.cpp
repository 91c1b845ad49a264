#include "calc/landmarks/landmarks.h"

#include <algorithm>
#include <unordered_set>

#include "algebra/derivative/derivative_node.h"
#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "eval/jets/jet.h"
#include "expr/build.h"

namespace nabla::calc {
namespace {

using eval::Evaluator;
using eval::Outcome;
using expr::Expr;
using expr::Graph;
using expr::Kind;
using number::Ball;
using number::Rational;

constexpr base::Bits kBits = 64;
constexpr long kMostSteps = 20'000;  // of one floor
constexpr int kDepth = 24;           // halvings where nothing is known of the structure
constexpr std::size_t kMostPieces = 600;

class Walk {
 public:
  Walk(Evaluator& in, Expr x, const Rational& lo, const Rational& hi)
      : in_(in), g_(in.graph()), x_(x), lo_(lo), hi_(hi) {}

  Landmarks run(Expr e) {
    look_into(e);
    merge();
    return std::move(out_);
  }

 private:
  bool depends(Expr e) const { return expr::depends_on(g_, e, x_); }

  void look_into(Expr root) {
    const Expr roots[] = {root};
    for (Expr e : expr::reachable(g_, roots)) {
      in_.budget().check();
      if (!seen_.insert(e.id).second || !depends(e) || g_.is(e, expr::kHasBound)) continue;
      look_at(e);
    }
  }

  void look_at(Expr e) {
    switch (g_.kind(e)) {
      case Kind::power: return look_at_power(e);
      case Kind::call: return look_at_call(e);
      case Kind::compare: return zeros_of(expr::subtract(g_, g_.arg(e, 0), g_.arg(e, 1)));
      case Kind::operation:
      case Kind::apply: return by_pieces(e);
      case Kind::component:
        if (depends(g_.arg(e, 0))) by_pieces(e);
        return;
      default: return;
    }
  }

  void look_at_power(Expr e) {
    const Expr base = g_.arg(e, 0);
    const Expr exponent = g_.arg(e, 1);
    if (!depends(base)) {
      if (!g_.is(base, expr::kPositive)) by_pieces(e);
      return;
    }
    if (g_.is_number(exponent) && g_.number(exponent).is_integer() && g_.number(exponent).sign() >= 0) return;
    zeros_of(base);
  }

  void look_at_call(Expr e) {
    const expr::Function& f = g_.function(e);
    if (f.domain.contains == nullptr && !algebra::is_piecewise(f) && f.forms.series != nullptr) return;
    const algebra::Kernel& kernel = algebra::kernel();
    const Expr u = g_.arg(e, 0);
    if (&f == kernel.ln || &f == kernel.abs || &f == kernel.sign) return zeros_of(u);
    if (&f == kernel.floor) return steps_of(u, false);
    if (f.name == "asin" || f.name == "acos") {
      zeros_of(expr::subtract(g_, u, expr::integer(g_, 1)));
      return zeros_of(expr::add(g_, u, expr::integer(g_, 1)));
    }
    if (f.name == "gamma" || f.name == "digamma") return steps_of(u, true);
    if (const std::optional<Expr> other = algebra::expanded(g_, e)) return look_into(*other);
    by_pieces(e);
  }

  void zeros_of(Expr h) {
    if (g_.is(h, expr::kPositive) || !conditions_.insert(h.id).second) return;
    Zeros found = zeros(in_, h, x_, lo_, hi_);
    std::ranges::move(found.found, std::back_inserter(out_.found));
    std::ranges::move(found.open, std::back_inserter(out_.open));
    // Where it is 0 all over, the ends are what can matter.
    for (const Interval& flat : found.flat) {
      for (const Rational& end : {flat.lo, flat.hi}) {
        out_.found.push_back({end, end, g_.rational(end), {}, {}});
      }
    }
  }

  // Where u is an integer; `poles`: one that is not positive.
  void steps_of(Expr u, bool poles) {
    Evaluator::Scope variable(in_, x_);
    variable.bind(Outcome::enclosed(Ball::hull(Ball(lo_, kBits), Ball(hi_, kBits), kBits)));
    const Outcome range = in_.evaluate(u, kBits);
    if (range.state == Outcome::State::undefined) return;
    if (range.state != Outcome::State::enclosed || !range.ball.is_finite() ||
        range.ball.upper() - range.ball.lower() > static_cast<double>(kMostSteps)) {
      if (poles && range.has_value() && range.ball.lower() > 0) return;
      out_.open.push_back({lo_, hi_});
      return;
    }
    const Rational first = Rational::from_double(range.ball.lower()).ceil();
    Rational last = Rational::from_double(range.ball.upper()).floor();
    if (poles && last.sign() > 0) last = 0;
    for (Rational n = first; n <= last; n = n + Rational(1)) {
      in_.budget().check();
      zeros_of(expr::subtract(g_, u, g_.rational(n)));
    }
  }

  // Pieces on which e is proven analytic, or proven to have no value, are left out.
  void by_pieces(Expr e) {
    std::vector<Interval> level{{lo_, hi_}};
    std::size_t looked = 0;
    for (int depth = 0; depth < kDepth && !level.empty() && looked < kMostPieces; ++depth) {
      std::vector<Interval> next;
      for (const Interval& piece : level) {
        in_.budget().check();
        ++looked;
        if (is_settled(e, piece)) continue;
        const Rational middle = (piece.lo + piece.hi) * Rational(1, 2);
        next.push_back({piece.lo, middle});
        next.push_back({middle, piece.hi});
      }
      level = std::move(next);
    }
    std::ranges::move(level, std::back_inserter(out_.open));
  }

  bool is_settled(Expr e, const Interval& piece) {
    const Ball ball = Ball::hull(Ball(piece.lo, kBits), Ball(piece.hi, kBits), kBits);
    {
      Evaluator::Scope variable(in_, x_);
      variable.bind(Outcome::enclosed(ball));
      const Outcome::State state = in_.evaluated(e, kBits).state;
      if (state == Outcome::State::undefined) return true;
      if (state != Outcome::State::enclosed) return false;
    }
    const number::Series s = eval::jet(in_, e, x_, ball, 2, kBits);
    return !s.is_nan() && s.coefficient(0).is_finite() && s.coefficient(1).is_finite();
  }

  void merge() {
    std::ranges::sort(out_.open, {}, &Interval::lo);
    std::vector<Interval> open;
    for (Interval& i : out_.open) {
      if (!open.empty() && i.lo <= open.back().hi) {
        open.back().hi = std::max(open.back().hi, i.hi);
      } else {
        open.push_back(std::move(i));
      }
    }
    std::ranges::sort(out_.found, {}, &Place::lo);
    std::vector<Place> apart;
    for (Place& p : out_.found) {
      bool listed = false;
      while (!apart.empty() && apart.back().hi >= p.lo) {
        bool same = false;
        if (part(in_, x_, apart.back(), p, &same)) {
          if (p.hi < apart.back().lo) std::swap(apart.back(), p);
          break;
        }
        listed = same;
        if (same) break;
        // Two conditions that meet in one place, it seems: the piece around both is not settled.
        open.push_back({std::min(p.lo, apart.back().lo), std::max(p.hi, apart.back().hi)});
        apart.pop_back();
        listed = true;
        break;
      }
      if (!listed) apart.push_back(std::move(p));
    }
    std::ranges::sort(open, {}, &Interval::lo);
    out_.open = std::move(open);
    out_.found = std::move(apart);
  }

  Evaluator& in_;
  Graph& g_;
  Expr x_;
  Rational lo_;
  Rational hi_;
  std::unordered_set<std::uint32_t> seen_;
  std::unordered_set<std::uint32_t> conditions_;
  Landmarks out_;
};

}  // namespace

Landmarks landmarks(Evaluator& in, Expr e, Expr x, const Rational& lo, const Rational& hi) {
  return Walk(in, x, lo, hi).run(algebra::written_out(in.graph(), e, in.budget()));
}

}  // namespace nabla::calc
