#include "calc/landmarks/turning_points.h"

#include <algorithm>

#include "algebra/derivative/derivative.h"
#include "algebra/derivative/derivative_node.h"
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
const Rational kHalf(1, 2);

// A point or piece of the line at which something may change.
struct Mark {
  Rational lo;
  Rational hi;
  std::optional<Place> place;  // none: an open piece, or one on which the slope is 0
  bool flat = false;
  bool settled = true;
};

// All marks of a derivative: its zeros, and the points at which it may stop being analytic. Apart from each other.
struct Marks {
  std::vector<Mark> list;
  bool complete = true;
};

Marks marks_of(Evaluator& in, Expr slope, Expr x, const Landmarks& breaks, const Rational& lo, const Rational& hi) {
  Marks out;
  std::vector<Place> places = breaks.found;
  const auto open = [&out](const Interval& i) {
    out.list.push_back({i.lo, i.hi, std::nullopt, false, false});
    out.complete = false;
  };
  const Zeros zero = zeros(in, slope, x, lo, hi);
  places.insert(places.end(), zero.found.begin(), zero.found.end());
  std::ranges::sort(places, {}, &Place::lo);
  std::vector<Place> apart;
  for (Place& p : places) {
    in.budget().check();
    bool same = false;
    if (!apart.empty() && apart.back().hi >= p.lo && !part(in, x, apart.back(), p, &same)) {
      if (!same) {
        open({std::min(p.lo, apart.back().lo), std::max(p.hi, apart.back().hi)});
        apart.pop_back();
      }
      continue;
    }
    if (!apart.empty() && p.hi < apart.back().lo) std::swap(apart.back(), p);
    apart.push_back(std::move(p));
  }
  for (Place& p : apart) out.list.push_back({p.lo, p.hi, p, false, true});
  for (const Interval& i : zero.open) open(i);
  for (const Interval& i : breaks.open) open(i);
  // A plateau ends where f may stop being analytic, or at the end of the range.
  for (const Interval& i : zero.flat) {
    Rational from = i.lo;
    for (const Place& p : apart) {
      if (p.hi <= from || p.lo >= i.hi) continue;
      if (from < p.lo) out.list.push_back({from, p.lo, std::nullopt, true, true});
      from = p.hi;
    }
    if (from < i.hi) out.list.push_back({from, i.hi, std::nullopt, true, true});
  }
  std::ranges::stable_sort(out.list, {}, &Mark::lo);
  return out;
}

// The sign of the slope all over the gap between two marks; nothing if there is no gap or it is not known.
std::optional<int> sign_between(Evaluator& in, Expr slope, Expr x, const Rational& a, const Rational& b) {
  if (a >= b) return std::nullopt;
  const int s = sign_at(in, slope, x, (a + b) * kHalf);
  return s == 0 ? std::nullopt : std::optional(s);
}

class Turning {
 public:
  Turning(Evaluator& in, Expr f, Expr x, Place lo, Place hi)
      : in_(in), f_(f), x_(x), left_(std::move(lo)), right_(std::move(hi)), lo_(left_.lo), hi_(right_.hi) {}

  Turns run() {
    expr::Graph& g = in_.graph();
    breaks_ = landmarks(in_, f_, x_, lo_, hi_);
    const Expr formula = algebra::written_out(g, f_, in_.budget());
    const Expr first = algebra::derivative(g, formula, x_, in_.budget());
    out_.complete = out_.continuous = true;
    look(first, false);
    look(algebra::derivative(g, first, x_, in_.budget()), true);
    add_end(TurnKind::left_end, left_);
    add_end(TurnKind::right_end, right_);
    std::ranges::stable_sort(out_.found, [](const Turn& a, const Turn& b) {
      return a.place.lo != b.place.lo ? a.place.lo < b.place.lo
                                      : a.kind == TurnKind::left_end && b.kind != TurnKind::left_end;
    });
    // Between its landmarks f is analytic, or has no value all over.
    if (out_.complete) check_gaps();
    return std::move(out_);
  }

 private:
  void check_gaps() {
    Rational from = lo_;
    for (std::size_t i = 0; i <= breaks_.found.size() && out_.continuous; ++i) {
      const Rational& to = i < breaks_.found.size() ? breaks_.found[i].lo : hi_;
      if (from < to) {
        Evaluator::Scope variable(in_, x_);
        variable.bind((from + to) * kHalf);
        out_.continuous = in_.evaluate(f_, kBits).state == Outcome::State::enclosed;
      }
      if (i < breaks_.found.size()) from = breaks_.found[i].hi;
    }
  }

  void look(Expr slope, bool bends) {
    const Marks marks = marks_of(in_, slope, x_, breaks_, lo_, hi_);
    out_.complete = out_.complete && marks.complete;
    for (std::size_t i = 0; i < marks.list.size(); ++i) {
      const Mark& m = marks.list[i];
      in_.budget().check();
      if (m.flat) {
        if (!bends) add_plateau(m);
        continue;
      }
      if (!m.place) continue;
      if (!in_range(*m.place)) continue;
      const Rational& before = i == 0 ? lo_ : marks.list[i - 1].hi;
      const Rational& after = i + 1 == marks.list.size() ? hi_ : marks.list[i + 1].lo;
      const std::optional<int> left = sign_between(in_, slope, x_, before, m.lo);
      const std::optional<int> right = sign_between(in_, slope, x_, m.hi, after);
      if (is_break(*m.place)) {
        if (bends) continue;
        const bool flat_before = i > 0 && marks.list[i - 1].flat;
        const bool flat_after = i + 1 < marks.list.size() && marks.list[i + 1].flat;
        judge_landmark(m, ((flat_before ? marks.list[i - 1].lo : before) + m.lo) * kHalf, left,
                       (m.hi + (flat_after ? marks.list[i + 1].hi : after)) * kHalf, right);
      } else {
        judge(m, left, right, bends);
      }
    }
  }

  // Whether a place lies strictly between the ends.
  bool in_range(Place p) {
    const std::optional<int> left = order_of(in_, x_, left_, p);
    const std::optional<int> right = order_of(in_, x_, p, right_);
    if (!left || !right) out_.complete = false;
    return left && right && *left < 0 && *right < 0;
  }

  // Whether the place is a landmark of f itself.
  bool is_break(const Place& p) const {
    return std::ranges::any_of(breaks_.found, [&](const Place& b) { return b.lo <= p.hi && p.lo <= b.hi; });
  }

  void judge(const Mark& m, std::optional<int> left, std::optional<int> right, bool bends) {
    const Truth defined = defined_at(in_, f_, x_, *m.place);
    if (defined == Truth::no) return;
    if (defined == Truth::unknown || !left || !right) {
      out_.complete = false;
    } else if (*left != *right) {
      out_.found.push_back({bends       ? TurnKind::inflection
                            : *left > 0 ? TurnKind::maximum
                                        : TurnKind::minimum,
                            *m.place});
    }
  }

  void judge_landmark(const Mark& m, const Rational& before, std::optional<int> left, const Rational& after,
                      std::optional<int> right) {
    switch (defined_at(in_, f_, x_, *m.place)) {
      case Truth::yes: return judge_broken(*m.place, before, left, after, right);
      case Truth::no: out_.continuous = false; return;
      case Truth::unknown: out_.continuous = out_.complete = false; return;
    }
  }

  // At a landmark: f is continuous there if the formulas on both sides have its value there; a jump is a turn only if
  // the value at it is beyond the limits on both sides.
  void judge_broken(const Place& p, const Rational& before, std::optional<int> left, const Rational& after,
                    std::optional<int> right) {
    const std::optional<int> from_left = step_at(p, before);
    const std::optional<int> from_right = step_at(p, after);
    if (!from_left || !from_right) {
      out_.continuous = out_.complete = false;
      return;
    }
    if (*from_left != 0 || *from_right != 0) out_.continuous = false;
    const std::optional<int> rises = *from_left != 0 ? from_left : left;
    const std::optional<int> goes_on = *from_right != 0 ? std::optional(-*from_right) : right;
    if ((*from_left == 0) != (*from_right == 0) || !rises || !goes_on) return;
    if (*rises != *goes_on) out_.found.push_back({*rises > 0 ? TurnKind::maximum : TurnKind::minimum, p});
  }

  // The sign of f(p) less the limit of f at p from the side of a point near it; 0 if they are proven equal.
  std::optional<int> step_at(const Place& p, const Rational& near) {
    const std::optional<Expr> piece = smooth_piece(in_, f_, x_, near);
    if (!piece) return std::nullopt;
    if (p.at) {
      const Expr here = put(in_, f_, x_, *p.at);
      const Expr there = put(in_, *piece, x_, *p.at);
      if (here == there || in_.proven_equal(here, there)) {
        Outcome value;
        if (defined_at(in_, *piece, x_, p, &value) == Truth::yes) return 0;
        return std::nullopt;
      }
    }
    Outcome here;
    Outcome there;
    if (defined_at(in_, f_, x_, p, &here) != Truth::yes || defined_at(in_, *piece, x_, p, &there) != Truth::yes)
      return std::nullopt;
    if (here.exact && there.exact) return (*here.exact - *there.exact).sign();
    const Ball a = here.exact ? Ball(*here.exact, kBits) : here.ball;
    const Ball b = there.exact ? Ball(*there.exact, kBits) : there.ball;
    if (number::less(a, b) == Truth::yes) return -1;
    if (number::less(b, a) == Truth::yes) return 1;
    return std::nullopt;
  }

  // Between landmarks f is analytic, or has no value all over; its slope is 0.
  void add_plateau(const Mark& m) {
    const Rational middle = (m.lo + m.hi) * kHalf;
    const Place p{middle, middle, in_.graph().rational(middle), {}, {}};
    if (defined_at(in_, f_, x_, p) == Truth::yes) out_.found.push_back({TurnKind::plateau, p, Interval{m.lo, m.hi}});
  }

  void add_end(TurnKind kind, const Place& p) {
    if (defined_at(in_, f_, x_, p) == Truth::yes) {
      out_.found.push_back({kind, p});
    } else {
      out_.continuous = false;
    }
  }

  Evaluator& in_;
  Expr f_;
  Expr x_;
  Place left_;
  Place right_;
  Rational lo_;
  Rational hi_;
  Landmarks breaks_;
  Turns out_;
};

}  // namespace

std::string_view name_of(TurnKind kind) {
  switch (kind) {
    case TurnKind::left_end: return "left end";
    case TurnKind::maximum: return "maximum";
    case TurnKind::minimum: return "minimum";
    case TurnKind::inflection: return "inflection";
    case TurnKind::plateau: return "plateau";
    case TurnKind::right_end: return "right end";
  }
  return {};
}

Turns turns(Evaluator& in, Expr f, Expr x, Place lo, Place hi) {
  return Turning(in, f, x, std::move(lo), std::move(hi)).run();
}

}  // namespace nabla::calc
