// Builders: nodes with total identities applied, and no others. A total identity holds wherever either side is defined,
// so that a value computed from a built expression is the value of what was written: x + x = 2x, x·x = x², x^1 = x;
// but not x/x = 1, 0·ln(x) = 0 or √x² = x.
#pragma once

#include <initializer_list>
#include <span>

#include "expr/graph.h"

namespace nabla::expr {

// Flattened, sorted, like terms collected, numbers added. A term whose coefficient becomes 0 vanishes only if it is
// total.
Expr sum(Graph& g, std::span<const Expr> terms);
// Flattened, sorted, numbers multiplied, equal bases collected where that is total. (c·(a + b) is not multiplied out.)
Expr product(Graph& g, std::span<const Expr> factors);
// Exact powers of rationals; (x^m)^n for integers m, n where total; x^1, x^0 (0^0 is 1) for total x; roots of rationals
// with their square parts taken out (8^(1/2) = 2·2^(1/2)). 0^-1 stays a node: it has no value.
Expr power(Graph& g, Expr base, Expr exponent);

Expr add(Graph& g, Expr a, Expr b);
Expr subtract(Graph& g, Expr a, Expr b);
Expr multiply(Graph& g, Expr a, Expr b);
Expr divide(Graph& g, Expr a, Expr b);
Expr negate(Graph& g, Expr a);
Expr power(Graph& g, Expr base, long n);
Expr integer(Graph& g, long n);
Expr square_root(Graph& g, Expr a);

// Comparisons and logic of numbers are decided where both sides are rational; nothing else is.
Expr compare(Graph& g, Relation r, Expr a, Expr b);
Expr logic(Graph& g, Connective c, std::span<const Expr> args);
Expr negation(Graph& g, Expr a);
Expr select(Graph& g, Expr condition, Expr then, Expr otherwise);
Expr component(Graph& g, Expr index, std::span<const Expr> elements);

// A call as it is; algebra/call.h builds calls with exact values.
Expr call(Graph& g, const Function& f, std::span<const Expr> args);
Expr apply(Graph& g, Recursive& r, std::span<const Expr> args);

// An operation node without a variable; those with one are made by operation() of expr/rewrite.h.
Expr operation(Graph& g, const Operation& op, std::span<const Expr> args);
// The node of the same kind and payload with other arguments, through the builders.
Expr with_args(Graph& g, Expr e, std::span<const Expr> args);

}  // namespace nabla::expr
