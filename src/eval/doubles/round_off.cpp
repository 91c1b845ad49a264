#include "eval/doubles/round_off.h"

#include <cmath>
#include <limits>

#include "expr/fold.h"
#include "expr/rows.h"

namespace nabla::eval {
namespace {

using expr::Kind;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

double plain_power(double x, const Rational& q) {
  if (q == Rational(1, 2)) return std::sqrt(x);
  if (x < 0 && !q.is_integer() && q.denominator_is_odd()) {
    const double magnitude = std::pow(-x, q.to_double());
    return (q.numerator() * Rational(1, 2)).is_integer() ? magnitude : -magnitude;
  }
  return std::pow(x, q.to_double());
}

class Plain {
 public:
  explicit Plain(Evaluator& in) : in_(in), g_(in.graph()), known_(g_) {}

  double run(Expr root) {
    return known_.run(
        root, [this](Expr e, auto& ask) { need(e, ask); }, [this](Expr e) { return value(e); });
  }

 private:
  double at(Expr e) const { return known_.at(e); }
  bool is_reciprocal(Expr e) const {
    return g_.kind(e) == Kind::power && g_.is_number(g_.arg(e, 1)) && g_.number(g_.arg(e, 1)) == Rational(-1);
  }

  template <class Ask>
  void need(Expr e, Ask& ask) const {
    switch (g_.kind(e)) {
      case Kind::operation:
      case Kind::apply: return;
      case Kind::select:
      case Kind::component:
        if (const double* first = ask(g_.arg(e, 0))) {
          if (const std::size_t i = branch(e, *first); i != 0) ask(g_.arg(e, i));
        }
        return;
      case Kind::product:
        for (Expr a : g_.args(e)) ask(is_reciprocal(a) ? g_.arg(a, 0) : a);
        return;
      default:
        for (Expr a : g_.args(e)) ask(a);
    }
  }

  // The argument that a select or component with this first argument selects; 0 if there is none.
  std::size_t branch(Expr e, double first) const {
    if (g_.kind(e) == Kind::select) return std::isnan(first) ? 0 : first != 0 ? 1 : 2;
    const auto last = static_cast<double>(g_.args(e).size() - 1);
    return first >= 1 && first <= last && first == std::floor(first) ? static_cast<std::size_t>(first) : 0;
  }

  double from_balls(Expr e) {
    const Outcome o = in_.evaluate(e, 64);
    return o.has_value() ? o.ball.mid() : kNan;
  }

  double value(Expr e) {
    const auto args = g_.args(e);
    switch (g_.kind(e)) {
      case Kind::rational: return g_.number(e).to_double();
      case Kind::boolean: return g_.truth(e) ? 1 : 0;
      case Kind::symbol:
      case Kind::bound:
      case Kind::parameter:
      case Kind::operation:
      case Kind::apply: return from_balls(e);
      case Kind::sum: {
        double s = at(args[0]);
        for (Expr a : args.subspan(1)) s += at(a);
        return s;
      }
      case Kind::product: {
        double p = is_reciprocal(args[0]) ? 1 / at(g_.arg(args[0], 0)) : at(args[0]);
        for (Expr a : args.subspan(1)) is_reciprocal(a) ? p /= at(g_.arg(a, 0)) : p *= at(a);
        return p;
      }
      case Kind::power:
        return g_.is_number(args[1]) ? plain_power(at(args[0]), g_.number(args[1]))
                                     : std::pow(at(args[0]), at(args[1]));
      case Kind::call: {
        std::vector<double> x;
        for (Expr a : args) x.push_back(at(a));
        return g_.function(e).forms.scalar(x.data(), static_cast<int>(x.size()));
      }
      case Kind::compare: return compared(g_.relation(e), at(args[0]), at(args[1]));
      case Kind::logic: {
        if (g_.connective(e) == expr::Connective::not_) return at(args[0]) == 0;
        const bool decisive = g_.connective(e) == expr::Connective::or_;
        for (Expr a : args) {
          if ((at(a) != 0) == decisive) return decisive;
        }
        return !decisive;
      }
      case Kind::select:
      case Kind::component: {
        const std::size_t i = branch(e, at(args[0]));
        return i == 0 ? kNan : at(args[i]);
      }
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
  expr::Fold<double> known_;
};

}  // namespace

double plain_double(Evaluator& in, Expr e) { return Plain(in).run(e); }

}  // namespace nabla::eval
