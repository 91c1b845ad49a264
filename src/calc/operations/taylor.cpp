// Taylor polynomials and the beginnings of other power series: taylor(E, x, a, n).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "algebra/derivative/derivative.h"
#include "algebra/derivative/derivative_node.h"
#include "algebra/rules/call.h"
#include "base/error.h"
#include "calc/asymptotics/side_expansion.h"
#include "calc/elaborate/forms.h"
#include "eval/jets/jet.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;

constexpr number::Bits kBits = 128;
constexpr long kHighestDegree = 100;
constexpr std::size_t kLongestFormula = 20'000;  // nodes of a derivative
constexpr std::string_view kExample = "taylor(cos(x), x, 0, 4)";

// Coefficients by exponents of the distance from the point; they may contain its logarithm.
struct Side {
  Asymptotic series;
  Expr log;            // stands for ln(1/distance)
  std::string absent;  // why there are no values on this side
};

class TaylorSeries {
 public:
  TaylorSeries(Elaborator& in, Expr x, Expr at, int infinite, long degree, const Term& call)
      : in_(in), g_(in.graph()), x_(x), at_(at), infinite_(infinite), degree_(degree), call_(call) {}

  Expr of(Expr e) {
    const auto is_other = [this](Expr s) { return s != x_; };
    if (!g_.is_constant(at_) || std::ranges::any_of(expr::symbols(g_, e), is_other)) return by_derivatives(e);
    if (infinite_ != 0) return written(beside(e, infinite_), infinite_);
    const bool is_analytic = !algebra::has_pieces(g_, e) && is_taylor(e);
    const Side right = beside(e, 1);
    if (is_analytic) return written(right, 1);
    const Side left = beside(e, -1);
    if (!right.absent.empty() && !left.absent.empty()) {
      throw Error(Code::undefined, call_.span(), "there are no values near the point: " + right.absent);
    }
    if (!right.absent.empty() || !left.absent.empty()) {
      const int side = left.absent.empty() ? -1 : 1;
      in_.note(call_.span(), fmt::format("from the {} only: no values on the other side", side > 0 ? "right" : "left"));
      return written(side > 0 ? right : left, side);
    }
    demand_agreement(left.series, right.series);
    note_hole(e, right.series);
    return written(right, 1);
  }

 private:
  bool is_taylor(Expr e) {
    const eval::Expansion around = eval::expand(in_.evaluator(), e, x_, at_, eval::Side::both, 2, kBits);
    return around.state == eval::Expansion::State::known && around.germ.is_taylor() && !around.rough &&
           !around.estimated;
  }

  // Of free letters: the derivatives at the point, which hold wherever they are defined.
  Expr by_derivatives(Expr e) {
    if (infinite_ != 0 || algebra::has_pieces(g_, e)) {
      throw Error(Code::undecided, call_.span(), "the series with these free letters could not be told",
                  "give them values first");
    }
    const expr::Replacement put{x_, at_};
    Asymptotic::Terms terms;
    Expr derivative = e;
    Rational factorial = 1;
    for (long k = 0; k <= degree_; ++k) {
      if (k > 0) {
        derivative = algebra::derivative(g_, derivative, x_, 1, in_.budget(), kLongestFormula);
        factorial = factorial * Rational(k);
      }
      const Expr value = expr::substitute(g_, derivative, std::span(&put, 1));
      terms.emplace(k, expr::multiply(g_, g_.rational(factorial.reciprocal()), value));
    }
    return sum_of(terms, expr::subtract(g_, x_, at_));
  }

  Side beside(Expr e, int side) {
    const std::array lengths{degree_ + 2, 2 * degree_ + 8, 4 * degree_ + 24};
    for (const long terms : lengths) {
      try {
        AsymptoticField field(in_.evaluator(), terms, 0);
        SideExpansion expansion(field, x_, approaching(field, {at_, infinite_ != 0, side}));
        Asymptotic series = expansion.of(e);
        field.leading(series);
        if (!series.growth.empty()) {
          throw Error(Code::undefined, call_.span(),
                      "it is no series in powers: it grows or falls like an exponential");
        }
        if (series.end && (*series.end < Rational(degree_) || (*series.end == Rational(degree_) && !series.strict))) {
          continue;
        }
        return {std::move(series), field.logarithm(), {}};
      } catch (const Error& error) {
        if (error.code == Code::domain) return {{}, {}, error.message};
        if (error.code != Code::undecided) throw;
        if (terms == lengths.back()) throw unsettled(error.message);
      }
    }
    throw unsettled("too few of its terms are known");
  }

  Error unsettled(const std::string& why) const {
    return {Code::undecided, call_.span(), "the series could not be told: " + why};
  }

  // h is |x - a|: on the left the odd powers change their signs, and roots of even order have no value.
  void demand_agreement(const Asymptotic& left, const Asymptotic& right) {
    Asymptotic::Terms difference = right.terms;
    for (const auto& [p, c] : left.terms) {
      if (p > Rational(degree_)) break;
      const bool is_odd = !p.numerator().is_zero() && !(p.numerator() / Rational(2)).is_integer();
      const Expr turned = is_odd ? expr::negate(g_, c) : c;
      const auto at = difference.find(p);
      const Expr other = at == difference.end() ? expr::integer(g_, 0) : at->second;
      const bool may_turn = p.denominator_is_odd();
      if (!may_turn || !in_.evaluator().proven_equal(turned, other)) differ();
      if (at != difference.end()) difference.erase(at);
    }
    for (const auto& [p, c] : difference) {
      if (p <= Rational(degree_) && !in_.evaluator().proven_equal(c, expr::integer(g_, 0))) differ();
    }
  }

  [[noreturn]] void differ() const {
    throw Error(Code::undefined, call_.span(), "no one series holds on both sides of the point",
                "substitute x = a + t^2 or x = a - t^2 for one side");
  }

  void note_hole(Expr e, const Asymptotic& series) {
    if (!series.terms.empty() && series.terms.begin()->first.sign() < 0) return;
    const expr::Replacement put{x_, at_};
    const eval::Outcome o = in_.evaluator().evaluate(expr::substitute(g_, e, std::span(&put, 1)), kBits);
    if (o.state == eval::Outcome::State::undefined) {
      in_.note(call_.span(), "the expression has no value at the point itself; the series is that of its limit");
    }
  }

  Expr written(const Side& side, int way) {
    if (!side.absent.empty()) {
      throw Error(Code::undefined, call_.span(), "there are no values near the point: " + side.absent);
    }
    const Expr way_number = expr::integer(g_, way);
    const Expr distance =
        infinite_ != 0 ? expr::divide(g_, way_number, x_) : expr::multiply(g_, way_number, expr::subtract(g_, x_, at_));
    Asymptotic::Terms terms;
    bool is_polynomial = true;
    for (const auto& [p, c] : side.series.terms) {
      if (p > Rational(degree_)) break;
      is_polynomial = is_polynomial && p.is_integer() && (infinite_ != 0 || p.sign() >= 0);
      const Expr ln = algebra::call(g_, *algebra::kernel().ln, std::span(&distance, 1));
      const expr::Replacement put{side.log, expr::negate(g_, ln)};
      const Expr coefficient = expr::substitute(g_, c, std::span(&put, 1));
      is_polynomial = is_polynomial && coefficient == c;
      terms.emplace(p, coefficient);
    }
    if (!is_polynomial) in_.note(call_.span(), "no Taylor polynomial: the series has other powers or logarithms");
    return sum_of(terms, distance);
  }

  Expr sum_of(const Asymptotic::Terms& terms, Expr distance) {
    std::vector<Expr> summands;
    for (const auto& [p, c] : terms) {
      summands.push_back(expr::multiply(g_, c, expr::power(g_, distance, g_.rational(p))));
    }
    return expr::sum(g_, summands);
  }

  Elaborator& in_;
  Graph& g_;
  Expr x_;
  Expr at_;
  int infinite_;
  long degree_;
  const Term& call_;
};

Value elaborate_taylor(Elaborator& in, const Term& call) {
  expect_arguments(call, 4, 4, kExample);
  const Expr at = in.scalar(call[2]);
  const long degree = in.integer(call[3], 0, kHighestDegree, "the degree of a Taylor polynomial");
  int infinite = 0;
  if (in.graph().is_constant(at)) {
    const eval::Outcome o = in.evaluator().evaluate(at, kBits);
    if (o.state == eval::Outcome::State::undefined) in.number(at, 16);
    if (o.has_value() && o.ball.is_exact() && !o.ball.is_finite() && !o.ball.is_nan()) {
      infinite = o.ball.is_positive() ? 1 : -1;
    }
  }
  FormVariables variables(in, {in.variable(call[1], "taylor")}, call[1].span());
  Value v = variables.read(call[0]);
  TaylorSeries series(in, variables.symbol(), at, infinite, degree, call);
  for (Expr& e : v.elements) e = series.of(e);
  return variables.close(v);
}

constexpr expr::Operation kTaylor[] = {
    {.name = "taylor",
     .title = "Taylor polynomial",
     .signature = "taylor(E, x, a, n)",
     .help = "The Taylor polynomial of E at a up to degree n; at inf in powers of 1/x. Poles and roots give negative "
             "and broken powers, with a note.",
     .example = "taylor(cos(x), x, 0, 4)",
     .answer = "x^4/24 - x^2/2 + 1",
     .elaborate = elaborate_taylor},
};

}  // namespace

extern const expr::OperationRows taylor_operations = kTaylor;

}  // namespace nabla::calc
