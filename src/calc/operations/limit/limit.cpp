// Limits: limit(E, x, a), limit(E, x, a, left), limit(E, x, inf).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "algebra/derivative/derivative_node.h"
#include "algebra/rules/rules.h"
#include "algebra/simplify/simplify.h"
#include "calc/asymptotics/side_limit.h"
#include "calc/elaborate/forms.h"
#include "eval/jets/jet.h"
#include "expr/rewrite.h"
#include "expr/write/print.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using Kind = SideLimit::Kind;

constexpr number::Bits kBits = 128;
constexpr std::string_view kExample = "limit(sin(x)/x, x, 0) or limit(1/x, x, 0, left)";

// Where the variable goes, as written.
struct Target {
  Expr at;
  int infinite = 0;  // 1 or -1 for inf and -inf
  int side = 0;      // 1 right, -1 left, 0 both
};

Target read_target(Elaborator& in, const Term& call) {
  Target to;
  to.at = in.scalar(call[2]);
  if (!in.graph().is_constant(to.at)) {
    throw Error(Code::argument, call[2].span(), "the point of a limit must be a number", std::string(kExample));
  }
  const eval::Outcome o = in.evaluator().evaluate(to.at, kBits);
  if (o.state == eval::Outcome::State::undefined) in.number(to.at, 16);
  if (o.has_value() && o.ball.is_exact() && !o.ball.is_finite() && !o.ball.is_nan()) {
    to.infinite = o.ball.is_positive() ? 1 : -1;
  }
  if (call.size() < 4) return to;
  const std::string word = call[3].is_name() ? call[3].text() : std::string();
  if (word != "left" && word != "right") {
    throw Error(Code::argument, call[3].span(), "the side of a limit is left or right", std::string(kExample));
  }
  if (to.infinite != 0) {
    throw Error(Code::argument, call[3].span(), "infinity has one side only", "write limit(E, x, inf)");
  }
  to.side = word == "left" ? -1 : 1;
  return to;
}

class TwoSided {
 public:
  TwoSided(Elaborator& in, Expr x, const Term& call) : in_(in), g_(in.graph()), x_(x), call_(call) {}

  Expr of(Expr e, const Target& to) {
    for (Expr s : expr::symbols(g_, e)) {
      if (s == x_) continue;
      throw Error(Code::undecided, call_[0].span(),
                  fmt::format("a limit with another free letter, {}, is not available", g_.name(s)),
                  fmt::format("give {} a value first", g_.name(s)));
    }
    eval::Evaluator& evaluator = in_.evaluator();
    if (to.infinite != 0) return one(side_limit(evaluator, e, x_, {to.at, true, to.infinite}));
    if (to.side != 0) return one(side_limit(evaluator, e, x_, {to.at, false, to.side}));
    if (const std::optional<Expr> value = regular(e, to.at)) return *value;
    return both(side_limit(evaluator, e, x_, {to.at, false, -1}), side_limit(evaluator, e, x_, {to.at, false, 1}));
  }

 private:
  // By substitution where e is analytic.
  std::optional<Expr> regular(Expr e, Expr at) {
    if (algebra::has_pieces(g_, e)) return std::nullopt;
    const eval::Expansion around = eval::expand(in_.evaluator(), e, x_, at, eval::Side::both, 2, kBits);
    const bool is_analytic =
        around.state == eval::Expansion::State::known && around.germ.is_taylor() && !around.rough && !around.estimated;
    const expr::Replacement put{x_, at};
    const Expr value = expr::substitute(g_, e, std::span(&put, 1));
    const eval::Outcome o = in_.evaluator().evaluate(value, kBits);
    const bool has_value = o.state == eval::Outcome::State::enclosed && o.ball.is_finite();
    return is_analytic && has_value ? std::optional(value) : std::nullopt;
  }

  Expr one(const SideLimit& limit) {
    switch (limit.kind) {
      case Kind::value: return limit.value;
      case Kind::infinite: return algebra::built_in(g_, limit.sign > 0 ? "inf" : "-inf");
      case Kind::absent:
        throw Error(Code::undefined, call_.span(), "limit does not exist: no values near the point: " + limit.reason);
      case Kind::oscillates: throw Error(Code::undefined, call_.span(), "limit does not exist: it oscillates");
      case Kind::unsettled: break;
    }
    throw unsettled(limit);
  }

  Error unsettled(const SideLimit& limit) const {
    return {Code::undecided, call_.span(), "the limit could not be settled: " + limit.reason,
            "values near the point: table E for x in [0.1, 0.01, 0.001]"};
  }

  Expr both(const SideLimit& left, const SideLimit& right) {
    if (left.kind == Kind::absent || right.kind == Kind::absent) {
      const bool from_right = left.kind == Kind::absent;
      const Expr value = one(from_right ? right : left);
      in_.note(call_.span(),
               fmt::format("from the {} only: no values on the other side", from_right ? "right" : "left"));
      return value;
    }
    if (left.kind == Kind::oscillates || right.kind == Kind::oscillates) {
      return one(left.kind == Kind::oscillates ? left : right);
    }
    if (left.kind == Kind::unsettled || right.kind == Kind::unsettled) {
      throw unsettled(left.kind == Kind::unsettled ? left : right);
    }
    if (is_same(left, right)) return one(right);
    Error error(Code::undefined, call_.span(), "limit does not exist");
    error.left = shown(left);
    error.right = shown(right);
    throw error;
  }

  bool is_same(const SideLimit& left, const SideLimit& right) {
    if (left.kind != right.kind) return false;
    if (left.kind == Kind::infinite) return left.sign == right.sign;
    if (left.value == right.value) return true;
    if (in_.evaluator().proven_equal(left.value, right.value)) return true;
    const Expr difference = expr::subtract(g_, left.value, right.value);
    const eval::Outcome o = in_.evaluator().refine(
        difference, [](const eval::Outcome& value) { return value.exact || !value.ball.contains_zero(); });
    if (!o.has_value() || (!o.exact && o.ball.contains_zero())) {
      throw unsettled({Kind::unsettled, {}, 0, "whether both sides are equal is not decided"});
    }
    return o.exact && o.exact->is_zero();
  }

  std::string shown(const SideLimit& limit) {
    if (limit.kind == Kind::infinite) return limit.sign > 0 ? "inf" : "-inf";
    return expr::print(g_, algebra::simplify(g_, limit.value, in_.budget()).expression, expr::Style::plain);
  }

  Elaborator& in_;
  Graph& g_;
  Expr x_;
  const Term& call_;
};

Value elaborate_limit(Elaborator& in, const Term& call) {
  expect_arguments(call, 3, 4, kExample);
  const Target to = read_target(in, call);
  FormVariables variables(in, {in.variable(call[1], "limit")}, call[1].span());
  Value v = variables.read(call[0]);
  TwoSided limits(in, variables.symbol(), call);
  for (Expr& e : v.elements) e = limits.of(e, to);
  return v;
}

constexpr expr::Operation kLimit[] = {
    {.name = "limit",
     .title = "limit",
     .signature = "limit(E, x, a) | limit(E, x, a, left) | limit(E, x, a, right) | limit(E, x, inf)",
     .help = "What E tends to for x near a, from both sides if none is given; a may be inf or -inf. A limit that does "
             "not exist is undefined, with both one-sided ones.",
     .example = "limit(sin(x)/x, x, 0)",
     .answer = "1",
     .elaborate = elaborate_limit},
};

}  // namespace

extern const expr::OperationRows limit_operations = kLimit;

}  // namespace nabla::calc
