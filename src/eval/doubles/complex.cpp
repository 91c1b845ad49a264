#include "eval/doubles/complex.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "algebra/rules/rules.h"
#include "eval/doubles/round_off.h"
#include "expr/fold.h"
#include "number/series.h"

namespace nabla::eval {
namespace {

using expr::Kind;
using Complex = std::complex<double>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr long kTerms = 24;       // of a continuation
constexpr Bits kDoubleBits = 64;  // precision of the series' coefficients

class ComplexWalk {
 public:
  ComplexWalk(Evaluator& in, Expr x, Complex z) : in_(in), g_(in.graph()), x_(x), z_(z), known_(g_) {}

  Complex run(Expr root) {
    return known_.run(
        root, [this](Expr e, auto& ask) { need(e, ask); }, [this](Expr e) { return value(e); });
  }

 private:
  Complex at(Expr e) const { return known_.at(e); }

  template <class Ask>
  void need(Expr e, Ask& ask) {
    if (g_.kind(e) == Kind::operation || g_.kind(e) == Kind::apply) return;
    if (e == x_ || !expr::depends_on(g_, e, x_)) return;
    if (g_.kind(e) == Kind::select) {
      if (const Complex* first = ask(g_.arg(e, 0))) ask(g_.arg(e, first->real() != 0 ? 1 : 2));
      return;
    }
    for (Expr a : g_.args(e)) ask(a);
  }

  Complex value(Expr e) {
    if (e == x_) return z_;
    if (!expr::depends_on(g_, e, x_)) return plain_double(in_, e);
    const std::span<const Expr> args = g_.args(e);
    switch (g_.kind(e)) {
      case Kind::sum: {
        Complex s = 0;
        for (Expr a : args) s += at(a);
        return s;
      }
      case Kind::product: {
        Complex p = 1;
        for (Expr a : args) p *= at(a);
        return p;
      }
      case Kind::power: return power(e);
      case Kind::call: return continued(e);
      case Kind::select: return at(g_.arg(e, at(args[0]).real() != 0 ? 1 : 2));
      case Kind::compare: return compared(g_.relation(e), at(args[0]).real(), at(args[1]).real());
      case Kind::logic: return connected(e);
      case Kind::rational:
      case Kind::boolean:
      case Kind::symbol:
      case Kind::bound:
      case Kind::parameter:
      case Kind::operation:
      case Kind::apply:
      case Kind::component: break;
    }
    return kNan;
  }

  Complex power(Expr e) {
    const Complex base = at(g_.arg(e, 0));
    if (!g_.is_number(g_.arg(e, 1))) return std::pow(base, at(g_.arg(e, 1)));
    const Rational& q = g_.number(g_.arg(e, 1));
    if (const std::optional<long> n = q.to_long(); n && std::abs(*n) <= 64) {
      Complex p = 1;
      for (long i = 0; i < std::abs(*n); ++i) p *= base;
      return *n < 0 ? 1.0 / p : p;
    }
    if (base.real() < 0 && q.denominator_is_odd()) {
      const Complex magnitude = std::pow(-base, q.to_double());
      return (q.numerator() / Rational(2)).is_integer() ? magnitude : -magnitude;
    }
    return base.real() < 0 && !q.is_integer() ? Complex(kNan) : std::pow(base, q.to_double());
  }

  // f(u + i v) by the series of f(u + t v) at t = i.
  Complex continued(Expr e) {
    const expr::Function& f = g_.function(e);
    if (f.forms.series == nullptr) return kNan;
    std::vector<number::Series> args;
    for (Expr a : g_.args(e)) {
      const Complex w = at(a);
      if (!std::isfinite(w.real()) || !std::isfinite(w.imag())) return kNan;
      number::Series s(Ball::from_double(w.real()));
      s.set_coefficient(1, Ball::from_double(w.imag()));
      args.push_back(std::move(s));
    }
    const number::Series c = f.forms.series(args, kTerms, kDoubleBits);
    Complex total = 0;
    for (long k = kTerms - 1; k >= 0; --k) total = total * Complex(0, 1) + c.coefficient(k).mid();
    return total;
  }

  Complex connected(Expr e) {
    const std::span<const Expr> args = g_.args(e);
    const auto holds = [this](Expr a) { return at(a).real() != 0; };
    switch (g_.connective(e)) {
      case expr::Connective::not_: return holds(args[0]) ? 0 : 1;
      case expr::Connective::and_: return std::all_of(args.begin(), args.end(), holds) ? 1 : 0;
      case expr::Connective::or_: return std::any_of(args.begin(), args.end(), holds) ? 1 : 0;
    }
    return kNan;
  }

  static double compared(expr::Relation r, double a, double b) {
    switch (r) {
      case expr::Relation::less: return a < b;
      case expr::Relation::less_equal: return a <= b;
      case expr::Relation::equal: return a == b;
      case expr::Relation::not_equal: return a != b;
    }
    return kNan;
  }

  Evaluator& in_;
  Graph& g_;
  Expr x_;
  Complex z_;
  expr::Fold<Complex> known_;
};

}  // namespace

std::complex<double> complex_value(Evaluator& in, Expr e, Expr x, std::complex<double> z) {
  return ComplexWalk(in, x, z).run(e);
}

}  // namespace nabla::eval
