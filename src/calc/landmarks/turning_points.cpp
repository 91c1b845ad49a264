#include "calc/landmarks/turning_points.h"

#include <algorithm>
#include <cmath>
#include <deque>

#include "algebra/derivative/derivative.h"
#include "algebra/rules/call.h"
#include "expr/build.h"
#include "expr/rewrite.h"
#include "number/functions/functions.h"

namespace nabla::calc {
namespace {

using eval::Evaluator;
using eval::Outcome;
using expr::Expr;
using number::Ball;
using number::Rational;

constexpr base::Bits kBits = 64;
constexpr int kDepth = 44;                // halvings of the interval
constexpr std::size_t kPieces = 4000;     // looked at, before what is left is given up
constexpr base::Bits kSettledBits = 200;  // a sign not known at this accuracy is that of zero
constexpr int kRound = 16;                // halvings between two looks at the digits
constexpr int kHalvingsToSpare = 60;
constexpr int kFirstHalvings = 32;  // so that places are in order, and short fractions are recognised
constexpr base::Bits kShort = 20;   // a fraction worth trying
const Rational kHalf(1, 2);

int sign_of(const Outcome& o) {
  if (o.exact) return o.exact->sign();
  if (!o.has_value() || o.ball.is_nan()) return 0;
  return o.ball.is_positive() ? 1 : o.ball.is_negative() ? -1 : 0;
}

// The number with the smallest denominator between a and b, ends included (Stern and Brocot).
Rational simplest_between(const Rational& a, const Rational& b) {
  if (a.sign() <= 0 && b.sign() >= 0) return {};
  if (b.sign() < 0) return -simplest_between(-b, -a);
  const Rational whole = a.ceil();
  if (whole <= b) return whole;
  const Rational below = a.floor();
  return below + simplest_between((b - below).reciprocal(), (a - below).reciprocal()).reciprocal();
}

bool is_short(const Rational& q) { return q.bits() <= kShort; }

Expr with(Evaluator& in, Expr e, Expr x, Expr value) {
  const expr::Replacement replacement{x, value};
  return expr::substitute(in.graph(), e, std::span(&replacement, 1));
}

// Whether f is proven to be 0 at a point.
bool is_zero(Evaluator& in, Expr f, Expr x, Expr p) {
  const Expr value = with(in, f, x, p);
  const Outcome o = in.evaluate(value, kBits);
  if (o.exact) return o.exact->is_zero();
  return o.has_value() && o.ball.contains_zero() && in.proven_equal(value, expr::integer(in.graph(), 0));
}

bool is_zero(Evaluator& in, Expr f, Expr x, const Rational& p) { return is_zero(in, f, x, in.graph().rational(p)); }

// The sign of f at a point; by higher precision if need be. 0: zero, or not known.
int sign_at(Evaluator& in, Expr f, Expr x, const Rational& p) {
  Evaluator::Scope variable(in, x);
  variable.bind(p);
  if (const int sign = sign_of(in.evaluated(f, kBits)); sign != 0 || is_zero(in, f, x, p)) return sign;
  return sign_of(in.refine(
      f, [](const Outcome& o) { return o.exact || sign_of(o) != 0 || o.ball.accuracy_bits() > kSettledBits; }));
}

void settle_at(Evaluator& in, SignChange& c, const Rational& p) {
  c.lo = c.hi = p;
  c.at = in.graph().rational(p);
}

// Halves an interval around a sign change so many times.
void narrow(Evaluator& in, Expr x, SignChange& c, int times) {
  for (int k = 0; k < times && !c.at; ++k) {
    const Rational middle = (c.lo + c.hi) * kHalf;
    const int sign = sign_at(in, c.of, x, middle);
    if (sign == 0) {
      if (is_zero(in, c.of, x, middle)) settle_at(in, c, middle);
      return;
    }
    ((sign > 0) == c.rising ? c.hi : c.lo) = middle;
  }
}

// Finds the zero in a narrow interval exactly if it is a short fraction or one of π.
void recognise(Evaluator& in, Expr x, SignChange& c) {
  if (c.at) return;
  expr::Graph& g = in.graph();
  const Rational q = simplest_between(c.lo, c.hi);
  if (is_short(q) && is_zero(in, c.of, x, q)) {
    return settle_at(in, c, q);
  }
  const Ball pi = number::pi(kBits);
  const std::optional<Rational> a = number::div(Ball(c.lo, kBits), pi, kBits).midpoint();
  const std::optional<Rational> b = number::div(Ball(c.hi, kBits), pi, kBits).midpoint();
  if (!a || !b) return;
  const Rational turns = simplest_between(*a, *b);
  const Ball place = number::mul(Ball(turns, kBits), pi, kBits);
  const bool inside = number::less(Ball(c.lo, kBits), place) == number::Truth::yes &&
                      number::less(place, Ball(c.hi, kBits)) == number::Truth::yes;
  if (!is_short(turns) || !inside) return;
  const Expr p = expr::multiply(g, g.rational(turns), expr::call(g, *algebra::kernel().pi, {}));
  if (is_zero(in, c.of, x, p)) c.at = p;
}

// Whether e is defined and finite all around a place: at a pole its derivative changes its sign, too.
bool defined_around(Evaluator& in, Expr e, Expr x, const SignChange& place) {
  Evaluator::Scope variable(in, x);
  variable.bind(Outcome::enclosed(Ball::hull(Ball(place.lo, kBits), Ball(place.hi, kBits), kBits)));
  const Outcome o = in.evaluate(e, kBits);
  return o.has_value() && o.ball.is_finite();
}

class Search {
 public:
  Search(Evaluator& in, Expr f, Expr derivative, Expr x) : in_(in), f_(f), derivative_(derivative), x_(x) {}

  SignChanges run(const Rational& lo, const Rational& hi) {
    out_.complete = true;
    // The widest first: one place that cannot be settled leaves enough for the others.
    std::deque<Piece> pieces{{lo, hi, 0}};
    std::vector<Piece> unresolved;
    std::size_t looked = 0;
    while (!pieces.empty()) {
      in_.budget().check();
      const Piece piece = pieces.front();
      pieces.pop_front();
      const Outcome here = over(f_, piece);
      if (sign_of(here) != 0) continue;
      if (monotone(piece)) {
        add_monotone(piece);
        continue;
      }
      if (piece.depth == kDepth || ++looked > kPieces) {
        unresolved.push_back(piece);
        continue;
      }
      const Rational middle = (piece.lo + piece.hi) * kHalf;
      pieces.push_back({piece.lo, middle, piece.depth + 1});
      pieces.push_back({middle, piece.hi, piece.depth + 1});
    }
    add_unresolved(std::move(unresolved), lo, hi);
    std::ranges::sort(out_.found, {}, &SignChange::lo);
    // A zero on the border of two pieces is found in both.
    const auto same = [](const SignChange& a, const SignChange& b) { return a.hi >= b.lo; };
    out_.found.erase(std::unique(out_.found.begin(), out_.found.end(), same), out_.found.end());
    std::erase_if(out_.found, [&](const SignChange& c) { return c.hi <= lo || c.lo >= hi; });
    return std::move(out_);
  }

 private:
  struct Piece {
    Rational lo;
    Rational hi;
    int depth;
  };

  Outcome over(Expr e, const Piece& piece) {
    Evaluator::Scope variable(in_, x_);
    variable.bind(Outcome::enclosed(Ball::hull(Ball(piece.lo, kBits), Ball(piece.hi, kBits), kBits)));
    return in_.evaluate(e, kBits);
  }
  bool monotone(const Piece& piece) {
    const Outcome f = over(f_, piece);
    return f.has_value() && f.ball.is_finite() && sign_of(over(derivative_, piece)) != 0;
  }

  void add_monotone(const Piece& piece) {
    const int left = sign(piece.lo);
    const int right = sign(piece.hi);
    if (left == 0 || right == 0) {
      const Rational& end = left == 0 ? piece.lo : piece.hi;
      if (is_zero(in_, f_, x_, end)) {
        out_.found.push_back({f_, end, end, in_.graph().rational(end), left == 0 ? right > 0 : left < 0, true});
      } else {
        out_.complete = false;
      }
    } else if (left != right) {
      out_.found.push_back({f_, piece.lo, piece.hi, std::nullopt, right > 0, true});
    }
  }

  int sign(const Rational& p) { return sign_at(in_, f_, x_, p); }

  // Neighbouring pieces that enclosures do not settle: at a zero of higher order, a kink or a pole.
  void add_unresolved(std::vector<Piece> pieces, const Rational& lo, const Rational& hi) {
    std::ranges::sort(pieces, {}, &Piece::lo);
    for (std::size_t i = 0; i < pieces.size();) {
      std::size_t end = i + 1;
      while (end < pieces.size() && pieces[end].lo <= pieces[end - 1].hi) ++end;
      const Rational from = pieces[i].lo;
      const Rational to = pieces[end - 1].hi;
      i = end;
      const Rational q = simplest_between(from, to);
      const bool exact = is_zero(in_, f_, x_, q);
      if (from <= lo || to >= hi) continue;
      const int left = sign(from);
      const int right = sign(to);
      out_.complete = out_.complete && exact && left * right != 0;
      if (left * right >= 0) continue;
      const std::optional<Expr> at = exact ? std::optional(in_.graph().rational(q)) : std::nullopt;
      out_.found.push_back({f_, exact ? q : from, exact ? q : to, at, right > 0, false});
    }
  }

  Evaluator& in_;
  Expr f_;
  Expr derivative_;
  Expr x_;
  SignChanges out_;
};

}  // namespace

SignChanges sign_changes(Evaluator& in, Expr f, Expr derivative, Expr x, const Rational& lo, const Rational& hi) {
  SignChanges out = Search(in, f, derivative, x).run(lo, hi);
  for (SignChange& c : out.found) {
    if (!c.certain) continue;
    narrow(in, x, c, kFirstHalvings);
    recognise(in, x, c);
  }
  std::ranges::sort(out.found, {}, &SignChange::lo);
  return out;
}

std::string_view name_of(TurnKind kind) {
  switch (kind) {
    case TurnKind::maximum: return "maximum";
    case TurnKind::minimum: return "minimum";
    case TurnKind::inflection: return "inflection";
  }
  return {};
}

Turns turns(Evaluator& in, Expr f, Expr x, const Rational& lo, const Rational& hi) {
  expr::Graph& g = in.graph();
  const Expr first = algebra::derivative(g, f, x, in.budget());
  const Expr second = algebra::derivative(g, first, x, in.budget());
  const Expr third = algebra::derivative(g, second, x, in.budget());
  Turns out;
  const auto add = [&](SignChanges changes, bool inflections) {
    out.complete = changes.complete && (inflections ? out.complete : true);
    for (SignChange& c : changes.found) {
      const TurnKind kind = inflections ? TurnKind::inflection : c.rising ? TurnKind::minimum : TurnKind::maximum;
      if (defined_around(in, f, x, c)) out.found.push_back({kind, std::move(c)});
    }
  };
  add(sign_changes(in, first, second, x, lo, hi), false);
  add(sign_changes(in, second, third, x, lo, hi), true);
  std::ranges::stable_sort(out.found, [](const Turn& a, const Turn& b) { return a.place.lo < b.place.lo; });
  return out;
}

eval::Number number_at(Evaluator& in, Expr e, Expr x, SignChange& place, int digits) {
  Evaluator::Scope variable(in, x);
  if (place.at) {
    eval::Number found = eval::proven_number(in, with(in, e, x, *place.at), digits);
    if (!place.certain) found.decimal.certainty = std::max(found.decimal.certainty, number::Certainty::proven);
    return found;
  }
  const int most = 4 * digits + kHalvingsToSpare;
  for (int k = 0;; k += kRound) {
    const base::Bits bits = kBits + 4 * digits + k;
    variable.bind(Outcome::enclosed(Ball::hull(Ball(place.lo, bits), Ball(place.hi, bits), bits)));
    const Outcome o = in.evaluate(e, bits);
    if (o.has_value() && place.certain) {
      if (std::optional<number::Decimal> text = number::proven_decimal(o.ball, digits)) return {*text, std::nullopt};
    }
    if (k > most || !place.certain) {
      if (!o.has_value() || !o.ball.is_finite())
        throw base::Error(base::Code::undecided, {}, "the value could not be decided");
      return {number::estimated_decimal(o.ball, digits), std::nullopt};
    }
    narrow(in, x, place, kRound);
  }
}

}  // namespace nabla::calc
