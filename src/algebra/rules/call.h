// Calls of mathematical functions with what is exactly known of them. Only total identities: a call built here has a
// value exactly where the call as written has one.
#pragma once

#include <optional>
#include <span>

#include "expr/build.h"
#include "expr/graph.h"
#include "expr/rows.h"
#include "number/rational.h"

namespace nabla::algebra {

using expr::Expr;
using expr::Function;
using expr::Graph;
using number::Rational;

// For graphs that hold calls and powers only; those of the program are made with calc::kRules.
extern const expr::Rules kRules;

// f(args) with exact values (sin(pi/6) = 1/2, gamma(5) = 24), parity and total inverses applied: total identities only.
Expr call(Graph& g, const Function& f, std::span<const Expr> args);

// base^exponent where a rule about functions says more than the builder: e^u is exp(u), exp(u)^q is exp(q u),
// (x^2)^(1/2) is |x|, |x|^2 is x^2. Nothing if no rule applies.
std::optional<Expr> power_rule(Graph& g, Expr base, Expr exponent);

// Whether the call stands at a pole of its function that is listed among its values: tan(pi/2). It has no value there.
bool is_pole(const Graph& g, Expr call);

// e / π, if that is a rational number that can be read off (0, pi, 2pi/3).
std::optional<Rational> pi_multiple(const Graph& g, Expr e);

// The rows that the identities of powers need by name.
struct Kernel {
  const Function* e;
  const Function* pi;
  const Function* exp;
  const Function* ln;
  const Function* abs;
  const Function* sign;
  const Function* floor;
  const Function* sin;
  const Function* cos;
};
const Kernel& kernel();

// Whether e is a call of this row.
inline bool is_call(const Graph& g, Expr e, const Function* f) {
  return g.kind(e) == expr::Kind::call && &g.function(e) == f;
}

// Whether every part of e carries a minus sign, so that -e reads simpler.
bool is_negative_form(const Graph& g, Expr e);
// -e, the signs of a sum turned one by one.
Expr opposite(Graph& g, Expr e);

}  // namespace nabla::algebra
