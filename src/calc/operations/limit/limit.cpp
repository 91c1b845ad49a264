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
#include "calc/operations/limit/plane_limit.h"
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

// Throws Error (undecided) if e has other symbols than these.
void demand_numbers(const Graph& g, Expr e, std::span<const Expr> variables, const Term& call) {
  for (Expr s : expr::symbols(g, e)) {
    if (std::ranges::find(variables, s) != variables.end()) continue;
    throw Error(Code::undecided, call[0].span(), "a limit with other letters than its variable is not available",
                "give them values first");
  }
}

std::string shown(Elaborator& in, const SideLimit& limit) {
  if (limit.kind == Kind::infinite) return limit.sign > 0 ? "inf" : "-inf";
  return expr::print(in.graph(), algebra::simplify(in.graph(), limit.value, in.budget()).expression,
                     expr::Style::plain);
}

class TwoSided {
 public:
  TwoSided(Elaborator& in, Expr x, const Term& call) : in_(in), g_(in.graph()), x_(x), call_(call) {}

  Expr of(Expr e, const Target& to) {
    demand_numbers(g_, e, std::span(&x_, 1), call_);
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
    error.left = shown(in_, left);
    error.right = shown(in_, right);
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

  Elaborator& in_;
  Graph& g_;
  Expr x_;
  const Term& call_;
};

// In several variables: a value where e is continuous, undefined where two paths differ.
Value elaborate_plane(Elaborator& in, const Term& call) {
  expect_arguments(call, 3, 3, "limit(x y/(x^2 + y^2), [x, y], [0, 0])");
  Graph& g = in.graph();
  const std::vector<Expr> point = in.vector(call[2]).elements;
  FormVariables variables(in, in.variables(call[1], "limit"), call[1].span());
  const auto is_number = [&](Expr c) { return g.is_constant(c) && in.evaluator().evaluate(c, kBits).ball.is_finite(); };
  if (point.size() != variables.names().size() || point.size() < 2 || !std::ranges::all_of(point, is_number)) {
    throw Error(Code::argument, call[2].span(), "the point needs a finite number for each of the variables",
                "limit(x y/(x^2 + y^2), [x, y], [0, 0])");
  }
  Value v = variables.read(call[0]);
  for (Expr& e : v.elements) {
    demand_numbers(g, e, variables.symbols(), call);
    if (is_continuous_at(in.evaluator(), e, variables.symbols(), point)) {
      std::vector<expr::Replacement> put;
      for (std::size_t i = 0; i < point.size(); ++i) put.emplace_back(variables.symbols()[i], point[i]);
      e = expr::substitute(g, e, put);
      continue;
    }
    const auto differ = different_paths(in.evaluator(), e, variables.symbols(), variables.names(), point);
    if (!differ) {
      throw Error(Code::undecided, call.span(), "the limit could not be settled: no two paths tried differ",
                  "in polar coordinates a bound may show what it is");
    }
    throw Error(Code::undefined, call.span(),
                fmt::format("limit does not exist: {} along {}, but {} along {}", shown(in, differ->along_first),
                            differ->first, shown(in, differ->along_second), differ->second));
  }
  return v;
}

Value elaborate_limit(Elaborator& in, const Term& call) {
  expect_arguments(call, 3, 4, kExample);
  if (call[1].head() == parse::Head::vector) return elaborate_plane(in, call);
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
     .signature =
         "limit(E, x, a) | limit(E, x, a, left) | limit(E, x, a, right) | limit(E, x, inf) | limit(E, [x, y], [a, b])",
     .help = "What E tends to for x near a, from both sides if none is given; a may be inf or -inf. A limit that does "
             "not exist is undefined, with both one-sided ones, or with two paths in several variables.",
     .example = "limit(sin(x)/x, x, 0)",
     .answer = "1",
     .elaborate = elaborate_limit},
};

}  // namespace

extern const expr::OperationRows limit_operations = kLimit;

}  // namespace nabla::calc
